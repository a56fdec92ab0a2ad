prose-sentence = { $text }.
prose-lead = { $text }:
prose-item = { $text }؛
prose-small-words = –
prose-function-words = –
prose-letters = الف ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی
prose-label = ({ $letter })
prose-number = { $number ->
   *[other] { $number }
}
prose-quoted = «{ $text }»
prose-yes = بله
prose-no = خیر

prose-title = { $agreement }: { $title }
prose-text-of = متن نسخهٔ «{ $title }» ({ $version }) در { $day }.
prose-governs = در این روز همین نسخه حاکم است.
prose-not-governing = این نسخه در آن روز حاکم نیست؛ وضعیت آن چنین است: { $state }. نسخهٔ حاکم { $governing } است.
prose-none-governing = این نسخه در آن روز حاکم نیست؛ وضعیت آن چنین است: { $state }. هیچ نسخه‌ای حاکم نیست.
prose-no-version = در { $day } هیچ نسخه‌ای حاکم نیست: تنها قوانین زیر، اگر باشند، اجرا می‌شوند.
prose-proposed = این نسخه تنها پیشنهاد شده است. کسی را ملزم نمی‌کند و هیچ بخشی از آن نافذ نیست.
prose-reported = این نسخه تنها گزارش شده است. کسی را ملزم نمی‌کند و هیچ بخشی از آن نافذ نیست.
prose-non-binding = این نسخه بدون قصد التزام نوشته شده است. کسی را ملزم نمی‌کند و هیچ بخشی از آن نافذ نیست.
prose-terminates = این نسخه به قرارداد پایان می‌دهد؛ تنها بندهایی که باقی می‌مانند ادامه دارند.
prose-between = طرف‌های آن { $parties } هستند.
prose-signed = در { $day } امضا شده است.
prose-effective = از { $moment } اثر دارد.
prose-effective-once = از { $moment } اثر دارد، پس از آنکه { $condition }.
prose-lapses = اگر این پیش از { $moment } رخ ندهد، منتفی می‌شود.

prose-heading-parties = طرف‌ها
prose-heading-definitions = تعریف‌ها
prose-heading-clauses = بندها
prose-heading-laws = قوانین
prose-heading-questions = پرسش‌های باز

prose-party = { $name }: { $title }
prose-party-else = { $party } (به جای هر کسی که نام برده نشده است)
prose-defined-as = { $term } ({ $name })
prose-clause-title = { $title } [{ $name }]

prose-is-ended = در { $day } دیگر نافذ نیست
prose-is-suspended = در { $day } معلق است
prose-is-not-yet = در { $day } هنوز نافذ نیست
prose-is-depends = نافذ بودن آن در { $day } بستگی دارد به: { $questions }
prose-is-unknown = وضعیت آن در { $day } را نمی‌توان گفت: { $reason }
prose-status = { $status }: { $reason }

prose-cites = منابع: { $places }
prose-cite-in = { $place } ({ $file }، پاراگراف { $number })
prose-outside = بیرون از منابع: { $where }
prose-note = یادداشت: { $note }
prose-topics = موضوع‌ها: { $topics }
prose-unsaid = کسی نگفته است دربارهٔ این‌ها چه توافق شده است: { $topics }
prose-written = نوشتهٔ نسخهٔ { $version }: { $fields }
prose-question = { $name }: { $question }
prose-what-is = { $value } چیست؟
prose-question-reading = متن را به چند گونه می‌توان خواند: { $answers }
prose-question-fact = پرسشی دربارهٔ واقعیت است: { $answers }
prose-question-figure = پرسشی دربارهٔ واقعیت است
prose-question-undisclosed = پاسخ آن افشا نشده است
prose-answer = { $word } ({ $title })
