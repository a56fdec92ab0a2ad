prose-sentence = { $text }.
prose-lead = { $text }:
prose-item = { $text }؛
prose-small-words = –
prose-function-words = –
prose-letters = أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ
prose-label = ({ $letter })
prose-number = { $number ->
   *[other] { $number }
}
prose-quoted = «{ $text }»
prose-yes = نعم
prose-no = لا

prose-title = { $agreement }: { $title }
prose-text-of = نص الإصدار «{ $title }» ({ $version }) بتاريخ { $day }.
prose-governs = هذا الإصدار هو الساري في ذلك اليوم.
prose-not-governing = هذا الإصدار غير سارٍ في ذلك اليوم؛ وحالته: { $state }. والإصدار الساري هو { $governing }.
prose-none-governing = هذا الإصدار غير سارٍ في ذلك اليوم؛ وحالته: { $state }. ولا يسري أي إصدار.
prose-no-version = لا يسري أي إصدار بتاريخ { $day }: لا تنطبق إلا القوانين أدناه إن وُجدت.
prose-proposed = هذا الإصدار مجرد اقتراح. لا يُلزم أحدًا، ولا شيء منه نافذ.
prose-reported = هذا الإصدار مجرد خبر منقول. لا يُلزم أحدًا، ولا شيء منه نافذ.
prose-non-binding = وُضع هذا الإصدار دون نية الالتزام. لا يُلزم أحدًا، ولا شيء منه نافذ.
prose-terminates = ينهي هذا الإصدار الاتفاق؛ ولا تستمر إلا البنود التي تبقى بعده.
prose-between = أطرافه: { $parties }.
prose-signed = وُقّع بتاريخ { $day }.
prose-effective = يسري مفعوله من { $moment }.
prose-effective-once = يسري مفعوله من { $moment }، متى تحقق أن { $condition }.
prose-lapses = وإن لم يقع ذلك قبل { $moment } سقط.

prose-heading-parties = الأطراف
prose-heading-definitions = التعريفات
prose-heading-clauses = البنود
prose-heading-laws = القوانين
prose-heading-questions = المسائل المفتوحة

prose-party = { $name }: { $title }
prose-party-else = { $party } (يقوم مقام كل من لم يُذكر اسمه)
prose-defined-as = { $term } ({ $name })
prose-clause-title = { $title } [{ $name }]

prose-is-ended = لم يعد نافذًا بتاريخ { $day }
prose-is-suspended = موقوف بتاريخ { $day }
prose-is-not-yet = لم ينفذ بعد بتاريخ { $day }
prose-is-depends = نفاذه بتاريخ { $day } متوقف على: { $questions }
prose-is-unknown = لا يمكن معرفة حاله بتاريخ { $day }: { $reason }
prose-status = { $status }: { $reason }

prose-cites = المصادر: { $places }
prose-cite-in = { $place } ({ $file }، الفقرة { $number })
prose-outside = من خارج المصادر: { $where }
prose-note = ملاحظة: { $note }
prose-topics = المواضيع: { $topics }
prose-unsaid = لم يُفصح أحد عما اتُّفق عليه في ما يلي: { $topics }
prose-written = كتبه الإصدار { $version }: { $fields }
prose-question = { $name }: { $question }
prose-what-is = ما { $value }؟
prose-question-reading = يحتمل النص أكثر من قراءة: { $answers }
prose-question-fact = هذه مسألة واقع: { $answers }
prose-question-figure = هذه مسألة واقع
prose-question-undisclosed = لم يُفصح عن الجواب
prose-answer = { $word } ({ $title })
