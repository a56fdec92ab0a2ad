figure-about = نحو { $figure }
figure-at-least = { $figure } على الأقل
figure-at-most = { $figure } على الأكثر
figure-percent = { $number ->
   *[other] { $number } في المئة
}
figure-named = { $number ->
   *[other] { $number } { $unit }
}
figure-money = { $number } { $currency }
figure-money-million = { $number ->
    [few] { $number } ملايين { $currency }
   *[other] { $number } مليون { $currency }
}
figure-money-billion = { $number ->
    [few] { $number } مليارات { $currency }
   *[other] { $number } مليار { $currency }
}
figure-money-trillion = { $number ->
    [few] { $number } تريليونات { $currency }
   *[other] { $number } تريليون { $currency }
}
figure-money-per = { $number } { $currency } لكل { $unit }

currency = { $code ->
    [USD] { $number ->
        [few] دولارات أمريكية
        [many] دولارًا أمريكيًا
       *[other] دولار أمريكي
    }
    [EUR] { $number ->
       *[other] يورو
    }
    [GBP] { $number ->
        [few] جنيهات إسترلينية
        [many] جنيهًا إسترلينيًا
       *[other] جنيه إسترليني
    }
   *[other] { $code }
}
currency-scaled = { $code ->
    [USD] دولار أمريكي
    [EUR] يورو
    [GBP] جنيه إسترليني
   *[other] { $code }
}
