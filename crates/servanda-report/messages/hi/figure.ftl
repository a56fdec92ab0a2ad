figure-about = लगभग { $figure }
figure-at-least = कम से कम { $figure }
figure-at-most = अधिक से अधिक { $figure }
figure-percent = { $number ->
   *[other] { $number } प्रतिशत
}
figure-named = { $number ->
   *[other] { $number } { $unit }
}
figure-money = { $number } { $currency }
# As the Hindi press counts dollars: million, arab (a thousand million), trillion.
figure-money-million = { $number ->
   *[other] { $number } मिलियन { $currency }
}
figure-money-billion = { $number ->
   *[other] { $number } अरब { $currency }
}
figure-money-trillion = { $number ->
   *[other] { $number } ट्रिलियन { $currency }
}
figure-money-per = प्रति { $unit } { $number } { $currency }

currency = { $number ->
   *[other] { $code ->
        [USD] अमेरिकी डॉलर
        [EUR] यूरो
        [GBP] ब्रिटिश पाउंड
        [INR] भारतीय रुपये
       *[other] { $code }
    }
}
currency-scaled = { $code ->
    [USD] अमेरिकी डॉलर
    [EUR] यूरो
    [GBP] ब्रिटिश पाउंड
    [INR] भारतीय रुपये
   *[other] { $code }
}
