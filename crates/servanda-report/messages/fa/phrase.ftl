norm-alone = تنها { $parties } مجاز به { $action } است
norm-may = { $parties } مجاز به { $action } است
norm-may-not = { $parties } مجاز به { $action } نیست
norm-only-where = { $parties } تنها در این حالت مجاز به { $action } است: { $condition }
norm-has-power = { $parties } اختیار { $action } را دارد
norm-if = { $norm }، اگر { $condition }
norm-provided = { $norm }، به این شرط: { $condition }
norm-when = { $norm }، هنگامی که { $condition }

cond-always = همیشه
cond-never = هیچ‌گاه
between-and = {" و "}
between-or = {" یا "}
cond-group = ({ $condition })
cond-not = نه ({ $condition })
cond-is = { $left } برابر { $right } است
cond-is-not = { $left } برابر { $right } نیست
cond-one-of = { $left } یکی از این‌ها است: { $list }
cond-given = { $left } داده شده است
cond-not-given = { $left } داده نشده است
cond-answered = { $name } پاسخ دارد
cond-equal = { $left } مساوی { $right } است
cond-less = { $left } کمتر از { $right } است
cond-less-equal = { $left } حداکثر { $right } است
cond-greater = { $left } بیشتر از { $right } است
cond-greater-equal = { $left } دست‌کم { $right } است
cond-happened = { $records } رخ داده است
cond-in-force = { $clause } نافذ است
cond-violated = { $clause } نقض شده است
cond-fulfilled = { $clause } انجام شده است
cond-defined = { $name } برقرار است

expr-of = { $value } برای { $key }
expr-text = «{ $text }»
expr-attribute = ویژگی عمل
expr-by = انجام‌دهنده
expr-key = مورد پرسش
expr-sum = مجموع { $records }
expr-count = شمار { $records }
expr-latest = آخرین { $records }
expr-lowest = کمترین { $records }
expr-highest = بیشترین { $records }
expr-this = { $value } در این { $period }
expr-last = { $value } در { $period } پیش
expr-before = { $value } پیش از این { $period }
expr-over = { $value } در بازهٔ { $duration } گذشته
expr-if = { $value } اگر { $condition }
between-else = {" وگرنه "}
period-week = هفته
period-month = ماه
period-quarter = فصل
period-year = سال
expr-counted = شمارش‌شده در { $clause }
expr-add = { $left } + { $right }
expr-subtract = { $left } − { $right }
expr-multiply = { $left } × { $right }
expr-divide = { $left } ÷ { $right }
expr-round = { $left } گردشده به { $right }
expr-round-down = { $left } گردشده به پایین به { $right }
expr-round-up = { $left } گردشده به بالا به { $right }
expr-min = کمینهٔ ({ $list })
expr-max = بیشینهٔ ({ $list })
expr-today = امروز
expr-day-of = روزِ { $moment }
expr-days = روزها از { $from } تا { $to }
expr-business-days = روزهای کاری از { $from } تا { $to } بر پایهٔ { $calendar }
expr-years = سال‌ها از { $from } تا { $to } بر پایهٔ { $count }
expr-day-plus = { $day } + { $duration }
expr-day-minus = { $day } - { $duration }

pattern-by = { $event } از سوی { $party }
pattern-where = { $records } در حالتی که { $condition }

moment-never = هیچ‌گاه
moment-entry = رسیدن { $process } به حالت { $state }
moment-some-state = یک حالت
moment-violation = نقض { $clause }
moment-fulfilment = انجام { $clause }
moment-end = پایان { $clause }
moment-agreement-end = پایان قرارداد
moment-before = { $duration } پیش از { $moment }
moment-after = { $duration } پس از { $moment }
moment-next = { $schedule } بعدی پس از { $moment }
moment-next-on = { $schedule } بعدی در { $moment } یا پس از آن
moment-earlier = زودترینِ { $list }
moment-later = دیرترینِ { $list }
moment-arm = { $word }: { $moment }
moment-by-reading = { $name } ({ $arms })

duration-days = { $count ->
   *[other] { $count } روز
}
duration-weeks = { $count ->
   *[other] { $count } هفته
}
duration-months = { $count ->
   *[other] { $count } ماه
}
duration-quarters = { $count ->
   *[other] { $count } سه‌ماهه
}
duration-years = { $count ->
   *[other] { $count } سال
}
duration-business-days = { $count ->
   *[other] { $count } روز کاری
}
duration-rounded-down = { $duration } (گردشده به پایین)
duration-rounded-up = { $duration } (گردشده به بالا)
duration-in = { $duration } در تقویم { $calendar }
