# Figures. $number shows in the digits of the locale and chooses the plural.

figure-about = about { $figure }
figure-at-least = at least { $figure }
figure-at-most = at most { $figure }
figure-percent = { $number ->
   *[other] { $number } percent
}
figure-named = { $number ->
   *[other] { $number } { $unit }
}
figure-money = { $currency } { $number }
figure-money-million = { $number ->
   *[other] { $currency } { $number } million
}
figure-money-billion = { $number ->
   *[other] { $currency } { $number } billion
}
figure-money-trillion = { $number ->
   *[other] { $currency } { $number } trillion
}
figure-money-per = { $currency } { $number } per { $unit }

# The currency of an amount; $code is its ISO 4217 code.
currency = { $number ->
   *[other] { $code }
}
# The currency of an amount in millions and more.
currency-scaled = { $code }
