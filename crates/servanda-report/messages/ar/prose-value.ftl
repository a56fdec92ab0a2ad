prose-attribute = { $name }
prose-attribute-of = { $part } الخاص بـ { $whole }
prose-attribute-yes-no = الجواب عن { $name }
prose-field = { $name } الوارد في { $event }
prose-its = { $name } الوارد فيه
prose-its-author = من أحدثه
prose-key = { $key } المعني
prose-some-key = المعني
prose-some-attribute = صفة الفعل
prose-value = القيمة { $name }
prose-of-key = { $name } بالنسبة إلى { $key }
prose-of-clause = { $name } في { $clause }
prose-kept = { $slot } الذي سجّله { $process }
prose-not-disclosed = قيمة لم يُفصح عنها ({ $name })
prose-gives = ما يعطيه جواب المسألة { $question } ({ $answers })
prose-arm = { $word }: { $value }
prose-sum = مجموع { $field } في كل مرات وقوع { $records }
prose-count = عدد مرات وقوع { $records }
prose-latest = أحدث { $field } في { $records }
prose-lowest-field = أدنى { $field } في كل مرات وقوع { $records }
prose-highest-field = أعلى { $field } في كل مرات وقوع { $records }
prose-in-this = { $value } في الفترة الجارية ({ $period })
prose-in-last = { $value } في الفترة السابقة للجارية ({ $period })
prose-before-this = { $value } قبل الفترة الجارية ({ $period })
prose-over-last = { $value } خلال آخر { $duration }
prose-case = { $value } إذا تحقق أن { $condition }
prose-case-else = { $left }، وإلا { $right }
prose-otherwise = { $value }، فإن لم يوجد فهو { $default }
prose-counted-here = ما احتُسب بموجب هذا البند
prose-counted = ما احتُسب بموجب { $clause }
prose-plus = { $left } زائد { $right }
prose-minus = { $left } ناقص { $right }
prose-times = { $left } ضرب { $right }
prose-divided = { $left } تقسيم { $right }
prose-rounded = { $left } بعد التقريب إلى أقرب مضاعف لـ { $right }
prose-rounded-down = { $left } بعد التقريب إلى الأدنى إلى مضاعف لـ { $right }
prose-rounded-up = { $left } بعد التقريب إلى الأعلى إلى مضاعف لـ { $right }
prose-lowest = الأصغر من { $list }
prose-highest = الأكبر من { $list }

prose-clause = البند { $number }
prose-this-clause = هذا البند
prose-clause-called = البند { $number } ({ $title })
prose-clause-absent = البند { $name } الذي لا يرد في هذا النص

prose-day = { $day }
prose-day-stated = اليوم المذكور في { $value }
prose-day-of = يوم وقوع { $records }
prose-entry = اليوم الذي يصير فيه { $process } في حالة { $state }
prose-violation = اليوم الذي يخالَف فيه { $clause }
prose-fulfilment = اليوم الذي ينفَّذ فيه { $clause }
prose-end = يوم انتهاء { $clause }
prose-agreement-end = يوم انتهاء الاتفاق
prose-today = يوم السؤال
prose-day-when = { $moment }
prose-its-day = يومه
prose-day-of-that = يوم ذلك الوقوع لـ { $event }
prose-days-between = عدد الأيام من { $left } إلى { $right }
prose-business-days-between = عدد أيام العمل وفق التقويم { $calendar } من { $left } إلى { $right }
prose-years-between = عدد السنوات من { $left } إلى { $right } وفق حساب الأيام { $count }
prose-shifted-back = اليوم الواقع قبل { $day } بمقدار { $duration }
prose-shifted = اليوم الواقع بعد { $day } بمقدار { $duration }
prose-next = أول يوم في الجدول { $schedule } بعد { $moment }
prose-next-or-on = أول يوم في الجدول { $schedule } في { $moment } أو بعده
prose-schedule-period = فترة الجدول { $schedule }
prose-no-day = يوم لا يأتي أبدًا
prose-before = اليوم الواقع قبل { $moment } بمدة { $duration }
prose-after = اليوم الواقع بعد { $moment } بمدة { $duration }
prose-earliest = الأسبق من { $list }
prose-latest-of = الأخير من { $list }
prose-by-answer = اليوم الذي يعطيه جواب المسألة { $question } ({ $answers })

prose-business-days = { $count ->
    [zero] { $count } يوم عمل
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $count } أيام عمل
    [many] { $count } يوم عمل
   *[other] { $count } يوم عمل
}
prose-in-calendar = { $duration } وفق التقويم { $calendar }

prose-type-words = { $words }
prose-type-yes-no = نعم أو لا
prose-type-party = أحد الأطراف
prose-type-id = معرّف
prose-type-number = عدد
prose-type-percent = نسبة مئوية
prose-type-units = عدد من { $unit }
prose-type-money = مبلغ من المال
prose-type-money-in = مبلغ بعملة { $currency }
prose-type-money-per = مبلغ بعملة { $currency } لكل { $unit }
prose-type-date = يوم
prose-type-text = نص
prose-datum = { $name }: { $type }
prose-datum-optional = { $name }: { $type }؛ ويجوز إغفاله
prose-datum-default = { $name }: { $type }؛ فإن أُغفل فهو { $default }

prose-act-by = يمكن أن يقوم به { $parties }
prose-described = { $sentence }، ويوصف بما يلي
prose-act-reserved = يمس ملك الغير: متى تناوله بند لم يبحه إلا إذن نافذ
prose-act-brings = القيام به يُحدث { $events }
prose-event-by = يُحدثه { $parties }
prose-event-performs = يفي بالالتزام بـ { $action }
prose-event-attested = عدم تسجيله لا يعني أنه لم يقع
prose-fact-is = هو { $value }

prose-schedule = كل { $duration } من { $from }
prose-schedule-to = كل { $duration } من { $from } إلى { $to }
prose-stub-short = الفترة الأخيرة التي تقصر بذلك تبقى وحدها
prose-stub-long = الفترة الأخيرة التي تقصر بذلك تُضم إلى سابقتها
prose-same-day = اليوم الذي لا يوجد في شهر ما هو آخر أيام ذلك الشهر
prose-end-of-month = إذا كان أول يوم آخر شهره فكل يوم كذلك
prose-convention = يوم لا عمل فيه وفق التقويم { $calendar } يُنقل وفق قاعدة { $convention }
