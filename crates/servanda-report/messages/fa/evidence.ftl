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
