evidence-report = تقرير الأدلة
evidence-document = وثيقة
evidence-documents = الوثائق
evidence-clause = بند
evidence-clauses = البنود
evidence-supported = مؤيَّد
evidence-partly-supported = مؤيَّد جزئيًا
evidence-unsupported = غير مؤيَّد
evidence-contradicted = مناقَض
evidence-not-checked = غير مفحوص
evidence-passage = مقطع
evidence-figure = رقم
evidence-unaccounted = أرقام لا يفسرها أي بند
evidence-disagreements = الاختلافات بين الوثائق
evidence-says = تقول
evidence-clause-says = يقول البند
evidence-moved = منقول
evidence-edited = معدَّل
evidence-lost = مفقود
evidence-ambiguous = ملتبس
evidence-confidence = درجة الثقة
evidence-language = اللغة
evidence-generated-from = أُنشئ من
evidence-legend = مفتاح الرموز
evidence-back-to-clause = العودة إلى البند
evidence-light = فاتح
evidence-dark = داكن
evidence-contents = المحتويات
evidence-figures-found = { $total ->
    [zero] لا توجد أرقام
    [one] عُثر على { $found } من رقم واحد
    [two] عُثر على { $found } من رقمين
    [few] عُثر على { $found } من { $total } أرقام
    [many] عُثر على { $found } من { $total } رقمًا
   *[other] عُثر على { $found } من { $total } رقم
}
evidence-document-count = { $count ->
    [zero] لا وثائق
    [one] وثيقة واحدة
    [two] وثيقتان
    [few] { $count } وثائق
    [many] { $count } وثيقة
   *[other] { $count } وثيقة
}
evidence-clause-count = { $count ->
    [zero] لا بنود
    [one] بند واحد
    [two] بندان
    [few] { $count } بنود
    [many] { $count } بندًا
   *[other] { $count } بند
}
evidence-law = قانون
evidence-version = نسخة
evidence-fact = واقعة
evidence-reading = قراءة
evidence-question = سؤال
evidence-exact = مطابق
evidence-unchecked = بلا بصمة
evidence-verdict = النتيجة
evidence-kind = النوع
evidence-name = الاسم
evidence-figures = الأرقام
evidence-citations = الاقتباسات
evidence-place = الموضع
evidence-cited-by = مقتبس في
evidence-found-yes = موجود
evidence-found-sum = موجود بوصفه مجموعًا
evidence-found-no = غير موجود
evidence-found-outside = من خارج الوثائق
evidence-found-contradicted = في مكانه رقم آخر
evidence-proven = تثبت البصمة أن هذا الرقم وحده قد تغيّر
evidence-remark-qualifier = يقيّده المقطع على نحو آخر
evidence-remark-unit-left-out = يترك الاتفاق الوحدة
evidence-remark-year-left-out = يترك المقطع السنة
evidence-remark-business-days = أيام عمل في الاتفاق، أيام في المقطع
evidence-remark-last-day = يذكر المقطع آخر يوم، والاتفاق اليوم الذي يليه
evidence-remark-by-version = يرد حيث اقتُبست النسخة
evidence-remark-others = توجد هناك أرقام أخرى من نوعه
evidence-kind-figures = أرقام أخرى
evidence-kind-claims = عدة أرقام مدّعاة
evidence-kind-range = نطاق ورقم
evidence-kind-qualifier = الرقم نفسه بقيدين مختلفين
evidence-kind-amendment = غيّرته نسخة لاحقة
evidence-kind-ended = أنهته نسخة
evidence-kind-arithmetic = نسبة ومبلغ وقيود لا تتفق
evidence-kind-duration = مدة وسنة لا تلتقيان
evidence-kind-implausible = بعيد الاحتمال
evidence-kind-reading = عدة قراءات، كما يسجل الاتفاق
evidence-kind-noted = ملاحظة في الاتفاق
evidence-no-disagreements = لا تختلف أي مقاطع
evidence-nothing-unaccounted = لا شيء بلا تفسير
evidence-no-declaration = لا شيء في الاتفاق يقتبس وثيقة
evidence-theme = الألوان
evidence-as-device = كما في الجهاز
evidence-mark-cited = مقطع مقتبس
evidence-mark-found = رقم يفسره بند
evidence-mark-against = رقم يناقض بندًا
evidence-mark-unaccounted = رقم لا يفسره بند
evidence-not-read = لم تُقرأ
evidence-more = { $count ->
    [zero] ولا شيء آخر
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
}
