# Values, in words.
prose-attribute = the { $name }
prose-attribute-of = the { $part } of the { $whole }
prose-attribute-yes-no = the answer on { $name }
prose-field = the { $name } of { $event }
prose-its = its { $name }
prose-its-author = whoever brought it about
prose-key = the { $key } in question
prose-some-key = the one in question
prose-some-attribute = the attribute of the act
prose-value = the value { $name }
prose-of-key = { $name } for { $key }
prose-of-clause = { $name } of { $clause }
prose-kept = the { $slot } recorded by { $process }
prose-not-disclosed = an undisclosed value ({ $name })
prose-gives = what the answer to { $question } gives ({ $answers })
prose-arm = { $word }: { $value }
prose-sum = the total { $field } of all occurrences of { $records }
prose-count = the number of occurrences of { $records }
prose-latest = the latest { $field } of { $records }
prose-lowest-field = the lowest { $field } of all occurrences of { $records }
prose-highest-field = the highest { $field } of all occurrences of { $records }
prose-in-this = { $value } in the current { $period }
prose-in-last = { $value } in the { $period } before the current one
prose-before-this = { $value } before this { $period }
prose-over-last = { $value } over the last { $duration }
prose-case = { $value } if { $condition }
prose-case-else = { $left }, otherwise { $right }
prose-otherwise = { $value }, or else { $default }
prose-counted-here = what has been counted under this clause
prose-counted = what has been counted under { $clause }
prose-plus = { $left } plus { $right }
prose-minus = { $left } minus { $right }
prose-times = { $left } times { $right }
prose-divided = { $left } divided by { $right }
prose-rounded = { $left } rounded to the nearest { $right }
prose-rounded-down = { $left } rounded down to a multiple of { $right }
prose-rounded-up = { $left } rounded up to a multiple of { $right }
prose-lowest = the lowest of { $list }
prose-highest = the highest of { $list }

# Clauses.
prose-clause = clause { $number }
prose-this-clause = this clause
prose-clause-called = clause { $number } ({ $title })
prose-clause-absent = the clause { $name }, which does not stand in this text

# Days.
prose-day = { $day }
prose-day-stated = { $value }
prose-day-of = the day of { $records }
prose-entry = the day on which { $process } becomes { $state }
prose-violation = the day on which { $clause } is violated
prose-fulfilment = the day on which { $clause } is fulfilled
prose-end = the end of { $clause }
prose-agreement-end = the day on which the agreement ends
prose-today = the day on which it is asked
prose-day-when = { $moment }
prose-its-day = its day
prose-day-of-that = the day of that occurrence of { $event }
prose-days-between = the number of days from { $left } to { $right }
prose-business-days-between = the number of business days by the calendar { $calendar } from { $left } to { $right }
prose-years-between = the number of years from { $left } to { $right } by the day count { $count }
prose-shifted-back = the day { $duration } before { $day }
prose-shifted = the day { $duration } after { $day }
prose-next = the first day of the schedule { $schedule } after { $moment }
prose-next-or-on = the first day of the schedule { $schedule } on or after { $moment }
prose-schedule-period = period of the schedule { $schedule }
prose-no-day = a day that never comes
prose-before = { $duration } before { $moment }
prose-after = { $duration } after { $moment }
prose-earliest = the earliest of { $list }
prose-latest-of = the latest of { $list }
prose-by-answer = the day that the answer to { $question } gives ({ $answers })

# Lengths of time in business days, and the calendar that tells them.
prose-business-days = { $count ->
    [one] { $count } business day
   *[other] { $count } business days
}
prose-in-calendar = { $duration } by the calendar { $calendar }

# Kinds of data.
prose-type-words = { $words }
prose-type-yes-no = yes or no
prose-type-party = a party
prose-type-id = an identifier
prose-type-number = a number
prose-type-percent = a percentage
prose-type-units = a number of { $unit }
prose-type-money = an amount of money
prose-type-money-in = an amount in { $currency }
prose-type-money-per = an amount in { $currency } per { $unit }
prose-type-date = a day
prose-type-text = words
prose-datum = { $name }: { $type }
prose-datum-optional = { $name }: { $type }; it may be left out
prose-datum-default = { $name }: { $type }; if it is left out, it is { $default }

# Definitions of acts, events and facts.
prose-act-by = it can be done by { $parties }
prose-described = { $sentence }, and is described by
prose-act-reserved = it touches somebody else's property: once a clause reaches it, only a permission in force frees it
prose-act-brings = doing it brings about { $events }
prose-event-by = it is brought about by { $parties }
prose-event-performs = it fulfils a duty to { $action }
prose-event-attested = that it is not on record does not mean that it did not happen
prose-fact-is = it is { $value }

# Schedules.
prose-schedule = every { $duration } from { $from }
prose-schedule-to = every { $duration } from { $from } to { $to }
prose-stub-short = a last period that this cuts short stands by itself
prose-stub-long = a last period that this cuts short is joined to the one before
prose-same-day = a day that a month lacks is the last of that month
prose-end-of-month = where the first day is the last of its month, every day is
prose-convention = a day on which nobody works by the calendar { $calendar } moves by the convention { $convention }
