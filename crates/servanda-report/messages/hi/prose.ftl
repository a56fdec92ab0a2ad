prose-sentence = { $text }।
prose-lead = { $text }:
prose-item = { $text };
prose-small-words = –
prose-function-words = –
prose-letters = क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह
prose-label = ({ $letter })
prose-number = { $number ->
   *[other] { $number }
}
prose-quoted = “{ $text }”
prose-yes = हाँ
prose-no = नहीं

prose-title = { $agreement }: { $title }
prose-text-of = संस्करण “{ $title }” ({ $version }) का { $day } को पाठ।
prose-governs = उस दिन यही संस्करण लागू है।
prose-not-governing = यह संस्करण उस दिन लागू नहीं है; इसकी स्थिति: { $state }। लागू संस्करण { $governing } है।
prose-none-governing = यह संस्करण उस दिन लागू नहीं है; इसकी स्थिति: { $state }। कोई संस्करण लागू नहीं है।
prose-no-version = { $day } को कोई संस्करण लागू नहीं है: केवल नीचे दिए गए कानून, यदि कोई हों, लागू होते हैं।
prose-proposed = यह संस्करण केवल प्रस्तावित है। यह किसी को बाध्य नहीं करता, और इसका कुछ भी प्रभावी नहीं है।
prose-reported = इस संस्करण की केवल सूचना मिली है। यह किसी को बाध्य नहीं करता, और इसका कुछ भी प्रभावी नहीं है।
prose-non-binding = यह संस्करण बाध्य होने के आशय के बिना बनाया गया। यह किसी को बाध्य नहीं करता, और इसका कुछ भी प्रभावी नहीं है।
prose-terminates = यह संस्करण अनुबंध को समाप्त करता है; केवल वे खंड आगे चलते हैं जो बने रहते हैं।
prose-between = इसके पक्षकार { $parties } हैं।
prose-signed = इस पर { $day } को हस्ताक्षर हुए।
prose-effective = यह { $moment } से प्रभावी है।
prose-effective-once = यह { $moment } से प्रभावी है, जब यह शर्त पूरी हो जाए: { $condition }।
prose-lapses = यदि ऐसा { $moment } से पहले न हो, तो यह समाप्त हो जाता है।

prose-heading-parties = पक्षकार
prose-heading-definitions = परिभाषाएँ
prose-heading-clauses = खंड
prose-heading-laws = कानून
prose-heading-questions = खुले प्रश्न

prose-party = { $name }: { $title }
prose-party-else = { $party } (जिसका नाम नहीं आया, ऐसा कोई भी)
prose-defined-as = { $term } ({ $name })
prose-clause-title = { $title } [{ $name }]

prose-is-ended = { $day } को अब प्रभावी नहीं
prose-is-suspended = { $day } को निलंबित
prose-is-not-yet = { $day } को अभी प्रभावी नहीं
prose-is-depends = { $day } को प्रभावी होना इस पर निर्भर है: { $questions }
prose-is-unknown = { $day } को इसकी स्थिति नहीं बताई जा सकती: { $reason }
prose-status = { $status }: { $reason }

prose-cites = स्रोत: { $places }
prose-cite-in = { $place } ({ $file }, अनुच्छेद { $number })
prose-outside = स्रोतों से बाहर: { $where }
prose-note = टिप्पणी: { $note }
prose-topics = विषय: { $topics }
prose-unsaid = इन पर क्या सहमति है, यह किसी ने नहीं बताया: { $topics }
prose-written = संस्करण { $version } द्वारा लिखित: { $fields }
prose-question = { $name }: { $question }
prose-what-is = { $value } क्या है?
prose-question-reading = शब्दों को कई प्रकार से पढ़ा जा सकता है: { $answers }
prose-question-fact = यह तथ्य का प्रश्न है: { $answers }
prose-question-figure = यह तथ्य का प्रश्न है
prose-question-undisclosed = उत्तर प्रकट नहीं किया गया है
prose-answer = { $word } ({ $title })
