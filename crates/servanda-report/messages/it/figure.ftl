figure-about = circa { $figure }
figure-at-least = almeno { $figure }
figure-at-most = al massimo { $figure }
figure-percent = { $number ->
   *[other] { $number } per cento
}
figure-named = { $number ->
   *[other] { $number } { $unit }
}
figure-money = { $number } { $currency }
figure-money-million = { $number ->
    [one] { $number } milione di { $currency }
   *[other] { $number } milioni di { $currency }
}
figure-money-billion = { $number ->
    [one] { $number } miliardo di { $currency }
   *[other] { $number } miliardi di { $currency }
}
figure-money-trillion = { $number ->
    [one] { $number } bilione di { $currency }
   *[other] { $number } bilioni di { $currency }
}
figure-money-per = { $number } { $currency } per { $unit }

currency = { $code ->
    [USD] { $number ->
        [one] dollaro statunitense
       *[other] dollari statunitensi
    }
    [EUR] euro
    [GBP] { $number ->
        [one] sterlina britannica
       *[other] sterline britanniche
    }
   *[other] { $code }
}
currency-scaled = { $code ->
    [USD] dollari statunitensi
    [EUR] euro
    [GBP] sterline britanniche
   *[other] { $code }
}
