prose-attribute = { $name }
prose-attribute-of = { $part } مربوط به { $whole }
prose-attribute-yes-no = پاسخ دربارهٔ { $name }
prose-field = { $name } در { $event }
prose-its = { $name } آن
prose-its-author = پدیدآورندهٔ آن
prose-key = { $key } مورد نظر
prose-some-key = مورد نظر
prose-some-attribute = ویژگی عمل
prose-value = مقدار { $name }
prose-of-key = { $name } برای { $key }
prose-of-clause = { $name } در { $clause }
prose-kept = { $slot } که { $process } ثبت کرده است
prose-not-disclosed = مقداری افشانشده ({ $name })
prose-gives = آنچه پاسخ پرسش { $question } به دست می‌دهد ({ $answers })
prose-arm = { $word }: { $value }
prose-sum = مجموع { $field } در همهٔ دفعات وقوع { $records }
prose-count = شمار دفعات وقوع { $records }
prose-latest = آخرین { $field } در { $records }
prose-otherwise = { $value } یا، اگر نباشد، { $default }
prose-counted-here = آنچه به موجب این بند به حساب آمده است
prose-counted = آنچه به موجب { $clause } به حساب آمده است
prose-plus = { $left } به‌علاوهٔ { $right }
prose-minus = { $left } منهای { $right }
prose-times = { $left } ضرب در { $right }
prose-divided = { $left } تقسیم بر { $right }
prose-rounded = { $left } گردشده به نزدیک‌ترین مضرب { $right }
prose-lowest = کمترینِ { $list }
prose-highest = بیشترینِ { $list }

prose-clause = بند { $number }
prose-this-clause = این بند
prose-clause-called = بند { $number } ({ $title })
prose-clause-absent = بند { $name } که در این متن نیست

prose-day = { $day }
prose-day-stated = روزی که { $value } می‌گوید
prose-day-of = روز { $records }
prose-entry = روزی که { $process } به حالت { $state } می‌رسد
prose-violation = روزی که { $clause } نقض می‌شود
prose-fulfilment = روزی که { $clause } انجام می‌شود
prose-end = روز پایان { $clause }
prose-no-day = روزی که هرگز نمی‌رسد
prose-before = { $duration } پیش از { $moment }
prose-after = { $duration } پس از { $moment }
prose-earliest = زودترینِ { $list }
prose-latest-of = دیرترینِ { $list }
prose-by-answer = روزی که پاسخ پرسش { $question } به دست می‌دهد ({ $answers })

prose-business-days = { $count ->
   *[other] { $count } روز کاری
}
prose-in-calendar = { $duration } بر پایهٔ تقویم { $calendar }

prose-type-words = { $words }
prose-type-yes-no = بله یا خیر
prose-type-party = یکی از طرف‌ها
prose-type-id = یک شناسه
prose-type-number = یک عدد
prose-type-percent = یک درصد
prose-type-units = شماری از { $unit }
prose-type-money = مبلغی پول
prose-type-money-in = مبلغی به { $currency }
prose-type-money-per = مبلغی به { $currency } برای هر { $unit }
prose-type-date = یک روز
prose-type-text = یک متن
prose-datum = { $name }: { $type }
prose-datum-optional = { $name }: { $type }؛ ذکر آن لازم نیست
prose-datum-default = { $name }: { $type }؛ اگر ذکر نشود، { $default } است

prose-act-by = { $parties } می‌تواند آن را انجام دهد
prose-described = { $sentence } و با این داده‌ها توصیف می‌شود
prose-act-reserved = به مال دیگری مربوط است: همین‌که بندی به آن بپردازد، تنها اجازه‌ای نافذ آن را آزاد می‌کند
prose-act-brings = انجام آن { $events } را پدید می‌آورد
prose-event-by = { $parties } آن را پدید می‌آورد
prose-event-performs = تعهد به { $action } را ادا می‌کند
prose-event-attested = ثبت نشدن آن به معنای رخ ندادنش نیست
prose-fact-is = برابر است با { $value }
