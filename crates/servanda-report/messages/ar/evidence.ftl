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
