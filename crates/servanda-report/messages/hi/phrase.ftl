norm-alone = { $action } की अनुमति केवल { $parties } को है
norm-may = { $parties } को { $action } की अनुमति है
norm-may-not = { $parties } को { $action } की अनुमति नहीं है
norm-only-where = { $parties } को { $action } की अनुमति केवल वहाँ है जहाँ { $condition }
norm-has-power = { $parties } को { $action } का अधिकार है
norm-if = { $norm }, यदि { $condition }
norm-provided = { $norm }, इस शर्त पर कि { $condition }
norm-when = { $norm }, जब { $condition }

cond-always = हमेशा
cond-never = कभी नहीं
between-and = {" और "}
between-or = {" या "}
cond-group = ({ $condition })
cond-not = नहीं ({ $condition })
cond-is = { $left } का मान { $right } है
cond-is-not = { $left } का मान { $right } नहीं है
cond-one-of = { $left } का मान इनमें से एक है: { $list }
cond-given = { $left } दिया गया है
cond-not-given = { $left } नहीं दिया गया है
cond-answered = { $name } का उत्तर है
cond-equal = { $left } = { $right }
cond-less = { $left } < { $right }
cond-less-equal = { $left } ≤ { $right }
cond-greater = { $left } > { $right }
cond-greater-equal = { $left } ≥ { $right }
cond-happened = { $records } घटित हो चुका है
cond-in-force = { $clause } प्रभावी है
cond-violated = { $clause } का उल्लंघन हुआ है
cond-fulfilled = { $clause } पूरा हुआ है
cond-defined = { $name } सत्य है

expr-of = { $key } के लिए { $value }
expr-text = “{ $text }”
expr-attribute = कार्य का गुण
expr-by = कर्ता
expr-key = जिसके बारे में पूछा गया है
expr-sum = { $records } का योग
expr-count = { $records } की संख्या
expr-latest = नवीनतम { $records }
expr-lowest = { $records } का न्यूनतम
expr-highest = { $records } का अधिकतम
expr-this = { $value } (चालू अवधि: { $period })
expr-last = { $value } (पिछली अवधि: { $period })
expr-before = { $value } (चालू अवधि से पहले: { $period })
expr-over = { $value } (अब तक के { $duration })
expr-if = { $value } यदि { $condition }
between-else = {" अन्यथा "}
period-week = सप्ताह
period-month = महीना
period-quarter = तिमाही
period-year = वर्ष
expr-counted = { $clause } में गिना गया
expr-add = { $left } + { $right }
expr-subtract = { $left } − { $right }
expr-multiply = { $left } × { $right }
expr-divide = { $left } ÷ { $right }
expr-round = { $right } तक पूर्णांकित { $left }
expr-round-down = { $right } तक नीचे की ओर पूर्णांकित { $left }
expr-round-up = { $right } तक ऊपर की ओर पूर्णांकित { $left }
expr-min = न्यूनतम({ $list })
expr-max = अधिकतम({ $list })
expr-today = आज
expr-day-of = { $moment } का दिन
expr-days = { $from } से { $to } तक के दिन
expr-business-days = { $calendar } के अनुसार { $from } से { $to } तक के कार्य-दिवस
expr-years = { $count } के अनुसार { $from } से { $to } तक के वर्ष
expr-day-plus = { $day } + { $duration }
expr-day-minus = { $day } - { $duration }

pattern-by = { $party } द्वारा { $event }
pattern-where = { $records }, जहाँ { $condition }

moment-never = कभी नहीं
moment-entry = { $process } का { $state } अवस्था में आना
moment-some-state = कोई अवस्था
moment-violation = { $clause } का उल्लंघन
moment-fulfilment = { $clause } की पूर्ति
moment-end = { $clause } की समाप्ति
moment-agreement-end = समझौते की समाप्ति
moment-before = { $moment } से { $duration } पहले
moment-after = { $moment } के { $duration } बाद
moment-next = { $moment } के बाद अगला { $schedule }
moment-next-on = { $moment } को या उसके बाद अगला { $schedule }
moment-earlier = { $list } में से जो पहले हो
moment-later = { $list } में से जो बाद में हो
moment-arm = { $word }: { $moment }
moment-by-reading = { $name } ({ $arms })

duration-days = { $count ->
   *[other] { $count } दिन
}
duration-weeks = { $count ->
   *[other] { $count } सप्ताह
}
duration-months = { $count ->
    [one] { $count } महीना
   *[other] { $count } महीने
}
duration-quarters = { $count ->
    [one] { $count } तिमाही
   *[other] { $count } तिमाहियाँ
}
duration-years = { $count ->
   *[other] { $count } वर्ष
}
duration-business-days = { $count ->
   *[other] { $count } कार्य दिवस
}
duration-rounded-down = { $duration } (नीचे की ओर पूर्णांकित)
duration-rounded-up = { $duration } (ऊपर की ओर पूर्णांकित)
duration-in = { $calendar } कैलेंडर में { $duration }
