evidence-report = گزارش شواهد
evidence-document = سند
evidence-documents = اسناد
evidence-clause = بند
evidence-clauses = بندها
evidence-supported = تأییدشده
evidence-partly-supported = تا حدی تأییدشده
evidence-unsupported = تأییدنشده
evidence-contradicted = نقض‌شده با سند
evidence-not-checked = بررسی‌نشده
evidence-passage = قطعه
evidence-figure = رقم
evidence-unaccounted = ارقامی که هیچ بندی آن‌ها را در بر نمی‌گیرد
evidence-disagreements = اختلاف میان اسناد
evidence-says = می‌گوید
evidence-clause-says = بند می‌گوید
evidence-moved = جابه‌جاشده
evidence-edited = ویرایش‌شده
evidence-lost = گم‌شده
evidence-ambiguous = مبهم
evidence-confidence = اطمینان
evidence-language = زبان
evidence-generated-from = تولیدشده از
evidence-legend = راهنما
evidence-back-to-clause = بازگشت به بند
evidence-light = روشن
evidence-dark = تیره
evidence-contents = فهرست
evidence-figures-found = { $total ->
   *[other] { $found } از { $total } رقم یافت شد
}
evidence-document-count = { $count ->
   *[other] { $count } سند
}
evidence-clause-count = { $count ->
   *[other] { $count } بند
}
evidence-law = قانون
evidence-version = نسخه
evidence-fact = واقعیت
evidence-reading = خوانش
evidence-question = پرسش
evidence-exact = دقیق
evidence-unchecked = بدون چکیده
evidence-verdict = نتیجه
evidence-kind = نوع
evidence-name = نام
evidence-figures = ارقام
evidence-citations = استنادها
evidence-place = جای
evidence-cited-by = مورد استناد
evidence-found-yes = یافت شد
evidence-found-sum = به صورت جمع یافت شد
evidence-found-no = یافت نشد
evidence-found-outside = از بیرون
evidence-found-contradicted = رقم دیگری به جای آن آمده است
evidence-proven = چکیده ثابت می‌کند که تنها همین رقم تغییر کرده است
evidence-remark-qualifier = قطعه آن را به گونه‌ای دیگر مقید می‌کند
evidence-remark-unit-left-out = قرارداد واحد را نمی‌آورد
evidence-remark-year-left-out = قطعه سال را نمی‌آورد
evidence-remark-business-days = در قرارداد روز کاری، در قطعه روز
evidence-remark-last-day = قطعه آخرین روز را نام می‌برد و قرارداد روز پس از آن را
evidence-remark-by-version = آنجا آمده است که به نسخه استناد شده
evidence-remark-others = ارقام دیگری از همان نوع در آنجا هست
evidence-kind-figures = ارقام دیگر
evidence-kind-claims = چند رقم ادعا شده است
evidence-kind-range = یک بازه و یک رقم
evidence-kind-qualifier = همان رقم با دو قید
evidence-kind-amendment = با نسخه‌ای بعدی تغییر کرده است
evidence-kind-ended = با نسخه‌ای پایان یافته است
evidence-kind-arithmetic = سهم، مبلغ و قیدهایی که با هم نمی‌خوانند
evidence-kind-duration = مدت و سالی که به هم نمی‌رسند
evidence-kind-implausible = نامحتمل
evidence-kind-reading = چند خوانش، چنان‌که قرارداد ثبت کرده است
evidence-kind-noted = یادداشت قرارداد
evidence-no-disagreements = هیچ قطعه‌ای اختلاف ندارد
evidence-nothing-unaccounted = هیچ رقمی بی‌حساب نمانده است
evidence-no-declaration = هیچ چیز در قرارداد به سندی استناد نمی‌کند
evidence-theme = رنگ‌ها
evidence-as-device = مانند دستگاه
evidence-mark-cited = قطعه مورد استناد
evidence-mark-found = رقمی که بندی آن را در بر می‌گیرد
evidence-mark-against = رقمی که بندی را نقض می‌کند
evidence-mark-unaccounted = رقمی که بندی آن را در بر نمی‌گیرد
evidence-not-read = خوانده نشد
evidence-more = { $count ->
   *[other] و { $count } مورد دیگر
}
