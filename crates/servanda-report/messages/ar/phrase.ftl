norm-alone = يحق لـ { $parties } دون غيره القيام بـ { $action }
norm-may = يحق لـ { $parties } القيام بـ { $action }
norm-may-not = لا يحق لـ { $parties } القيام بـ { $action }
norm-only-where = لا يحق لـ { $parties } القيام بـ { $action } إلا حيث { $condition }
norm-has-power = يملك { $parties } صلاحية { $action }
norm-if = { $norm }، إذا تحقق أن { $condition }
norm-provided = { $norm }، بشرط أن { $condition }
norm-when = { $norm }، عندما { $condition }

cond-always = دائمًا
cond-never = أبدًا
between-and = {" و"}
between-or = {" أو "}
cond-group = ({ $condition })
cond-not = ليس ({ $condition })
cond-is = { $left } هو { $right }
cond-is-not = { $left } ليس { $right }
cond-one-of = { $left } واحد من { $list }
cond-given = { $left } مذكور
cond-not-given = { $left } غير مذكور
cond-answered = { $name } له إجابة
cond-equal = { $left } يساوي { $right }
cond-less = { $left } أقل من { $right }
cond-less-equal = { $left } لا يزيد على { $right }
cond-greater = { $left } أكثر من { $right }
cond-greater-equal = { $left } لا يقل عن { $right }
cond-happened = { $records } قد وقع
cond-in-force = { $clause } نافذ
cond-violated = { $clause } مخالَف
cond-fulfilled = { $clause } منفَّذ
cond-defined = { $name } متحقق

expr-of = { $value } الخاص بـ { $key }
expr-text = «{ $text }»
expr-attribute = صفة الفعل
expr-by = القائم بالفعل
expr-key = المسؤول عنه
expr-sum = مجموع { $records }
expr-count = عدد { $records }
expr-latest = أحدث { $records }
expr-lowest = أدنى { $records }
expr-highest = أعلى { $records }
expr-this = { $value } في الفترة الجارية ({ $period })
expr-last = { $value } في الفترة السابقة ({ $period })
expr-before = { $value } قبل الفترة الجارية ({ $period })
expr-over = { $value } خلال آخر { $duration }
expr-if = { $value } إذا { $condition }
between-else = {" وإلا "}
period-week = أسبوع
period-month = شهر
period-quarter = ربع سنة
period-year = سنة
expr-counted = المحتسب في { $clause }
expr-add = { $left } + { $right }
expr-subtract = { $left } − { $right }
expr-multiply = { $left } × { $right }
expr-divide = { $left } ÷ { $right }
expr-round = { $left } مقرَّبًا إلى { $right }
expr-round-down = { $left } مقرَّبًا إلى الأدنى إلى { $right }
expr-round-up = { $left } مقرَّبًا إلى الأعلى إلى { $right }
expr-min = الأصغر من ({ $list })
expr-max = الأكبر من ({ $list })
expr-today = اليوم
expr-day-of = يوم { $moment }
expr-days = الأيام من { $from } إلى { $to }
expr-business-days = أيام العمل من { $from } إلى { $to } حسب { $calendar }
expr-years = السنوات من { $from } إلى { $to } حسب { $count }
expr-day-plus = { $day } + { $duration }
expr-day-minus = { $day } - { $duration }

pattern-by = { $event } من { $party }
pattern-where = { $records } حيث { $condition }

moment-never = أبدًا
moment-entry = انتقال { $process } إلى حالة { $state }
moment-some-state = حالة ما
moment-violation = مخالفة { $clause }
moment-fulfilment = تنفيذ { $clause }
moment-end = انتهاء { $clause }
moment-agreement-end = انتهاء الاتفاقية
moment-before = { $duration } قبل { $moment }
moment-after = { $duration } بعد { $moment }
moment-next = { $schedule } التالي بعد { $moment }
moment-next-on = { $schedule } التالي في { $moment } أو بعده
moment-earlier = الأسبق من { $list }
moment-later = الأخير من { $list }
moment-arm = { $word }: { $moment }
moment-by-reading = { $name } ({ $arms })

duration-days = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
duration-weeks = { $count ->
    [zero] { $count } أسبوع
    [one] أسبوع واحد
    [two] أسبوعان
    [few] { $count } أسابيع
    [many] { $count } أسبوعًا
   *[other] { $count } أسبوع
}
duration-months = { $count ->
    [zero] { $count } شهر
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
}
duration-quarters = { $count ->
    [zero] { $count } ربع سنة
    [one] ربع سنة واحد
    [two] ربعا سنة
    [few] { $count } أرباع سنة
    [many] { $count } ربع سنة
   *[other] { $count } ربع سنة
}
duration-years = { $count ->
    [zero] { $count } سنة
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
    [many] { $count } سنة
   *[other] { $count } سنة
}
duration-business-days = { $count ->
    [zero] { $count } يوم عمل
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $count } أيام عمل
    [many] { $count } يوم عمل
   *[other] { $count } يوم عمل
}
duration-rounded-down = { $duration } (بالتقريب إلى الأدنى)
duration-rounded-up = { $duration } (بالتقريب إلى الأعلى)
duration-in = { $duration } في تقويم { $calendar }
