# What clauses say: norms, conditions, moments, values. Names come from the agreement.

norm-alone = { $parties } alone may { $action }
norm-may = { $parties } may { $action }
norm-may-not = { $parties } may not { $action }
norm-only-where = { $parties } may { $action } only where { $condition }
norm-has-power = { $parties } has power to { $action }
norm-if = { $norm }, if { $condition }
norm-provided = { $norm }, provided { $condition }
norm-when = { $norm }, when { $condition }

cond-always = always
cond-never = never
# Between conditions that must all hold, and of which one must hold.
between-and = {" and "}
between-or = {" or "}
cond-group = ({ $condition })
cond-not = not ({ $condition })
cond-is = { $left } is { $right }
cond-is-not = { $left } is not { $right }
cond-one-of = { $left } is one of { $list }
cond-given = { $left } is given
cond-not-given = { $left } is not given
cond-answered = { $name } is answered
cond-equal = { $left } = { $right }
cond-less = { $left } < { $right }
cond-less-equal = { $left } <= { $right }
cond-greater = { $left } > { $right }
cond-greater-equal = { $left } >= { $right }
cond-happened = { $records } has happened
cond-in-force = { $clause } is in force
cond-violated = { $clause } is violated
cond-fulfilled = { $clause } is fulfilled
# A condition that the clause gave a name.
cond-defined = { $name }

expr-of = { $value } of { $key }
expr-text = “{ $text }”
expr-attribute = the act's attribute
expr-by = by
expr-key = the one asked
expr-sum = sum of { $records }
expr-count = count of { $records }
expr-latest = latest { $records }
expr-lowest = lowest of { $records }
expr-highest = highest of { $records }
expr-this = { $value } in this { $period }
expr-last = { $value } in the last { $period }
expr-before = { $value } before this { $period }
expr-over = { $value } over the last { $duration }
expr-if = { $value } if { $condition }
between-else = {" else "}
period-week = week
period-month = month
period-quarter = quarter
period-year = year
expr-counted = counted of { $clause }
expr-add = { $left } + { $right }
expr-subtract = { $left } - { $right }
expr-multiply = { $left } * { $right }
expr-divide = { $left } / { $right }
expr-round = { $left } rounded to { $right }
expr-round-down = { $left } rounded down to { $right }
expr-round-up = { $left } rounded up to { $right }
expr-min = min({ $list })
expr-max = max({ $list })
expr-today = today
expr-day-of = day of { $moment }
expr-days = days from { $from } to { $to }
expr-business-days = business-days from { $from } to { $to } in { $calendar }
expr-years = years from { $from } to { $to } by { $count }
expr-day-plus = { $day } + { $duration }
expr-day-minus = { $day } - { $duration }

pattern-by = { $event } by { $party }
pattern-where = { $records } where { $condition }

moment-never = never
moment-entry = { $process } becomes { $state }
moment-some-state = a state
moment-violation = violation of { $clause }
moment-fulfilment = fulfilment of { $clause }
moment-end = the end of { $clause }
moment-agreement-end = the end of the agreement
moment-before = { $duration } before { $moment }
moment-after = { $duration } after { $moment }
moment-next = the next { $schedule } after { $moment }
moment-next-on = the next { $schedule } on or after { $moment }
moment-earlier = the earlier of { $list }
moment-later = the later of { $list }
moment-arm = { $word }: { $moment }
moment-by-reading = { $name } ({ $arms })

duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
duration-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
duration-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
duration-quarters = { $count ->
    [one] { $count } quarter
   *[other] { $count } quarters
}
duration-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
duration-business-days = { $count ->
    [one] { $count } business-day
   *[other] { $count } business-days
}
duration-rounded-down = { $duration } rounded down
duration-rounded-up = { $duration } rounded up
duration-in = { $duration } in { $calendar }
