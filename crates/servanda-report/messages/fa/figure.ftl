figure-about = حدود { $figure }
figure-at-least = دست‌کم { $figure }
figure-at-most = حداکثر { $figure }
figure-percent = { $number ->
   *[other] { $number } درصد
}
figure-named = { $number ->
   *[other] { $number } { $unit }
}
figure-money = { $number } { $currency }
figure-money-million = { $number ->
   *[other] { $number } میلیون { $currency }
}
figure-money-billion = { $number ->
   *[other] { $number } میلیارد { $currency }
}
figure-money-trillion = { $number ->
   *[other] { $number } تریلیون { $currency }
}
figure-money-per = { $number } { $currency } برای هر { $unit }

currency = { $number ->
   *[other] { $code ->
        [USD] دلار آمریکا
        [EUR] یورو
        [GBP] پوند بریتانیا
        [IRR] ریال ایران
       *[other] { $code }
    }
}
currency-scaled = { $code ->
    [USD] دلار آمریکا
    [EUR] یورو
    [GBP] پوند بریتانیا
    [IRR] ریال ایران
   *[other] { $code }
}
