prose-attribute = { $name }
prose-attribute-of = { $whole } में { $part }
prose-attribute-yes-no = { $name } का उत्तर
prose-field = { $event } में { $name }
prose-its = उसमें { $name }
prose-its-author = उसे घटित करने वाला
prose-key = संबंधित { $key }
prose-some-key = संबंधित
prose-some-attribute = कार्य का गुण
prose-value = मान { $name }
prose-of-key = { $key } के लिए { $name }
prose-of-clause = { $clause } में { $name }
prose-kept = { $process } द्वारा दर्ज { $slot }
prose-not-disclosed = प्रकट न किया गया मान ({ $name })
prose-gives = प्रश्न { $question } का उत्तर जो देता है ({ $answers })
prose-arm = { $word }: { $value }
prose-sum = { $records } की सभी बार के { $field } का योग
prose-count = { $records } कितनी बार हुई उसकी संख्या
prose-latest = { $records } में नवीनतम { $field }
prose-otherwise = { $value }, अन्यथा { $default }
prose-counted-here = इस खंड के अधीन जो गिना गया
prose-counted = { $clause } के अधीन जो गिना गया
prose-plus = { $left } धन { $right }
prose-minus = { $left } ऋण { $right }
prose-times = { $left } गुणा { $right }
prose-divided = { $left } भाग { $right }
prose-rounded = { $right } के निकटतम गुणज तक पूर्णांकित { $left }
prose-lowest = { $list } में से सबसे कम
prose-highest = { $list } में से सबसे अधिक

prose-clause = खंड { $number }
prose-this-clause = यह खंड
prose-clause-called = खंड { $number } ({ $title })
prose-clause-absent = खंड { $name }, जो इस पाठ में नहीं है

prose-day = { $day }
prose-day-stated = { $value } का दिन
prose-day-of = { $records } के दिन
prose-entry = { $process } के { $state } होने के दिन
prose-violation = { $clause } के उल्लंघन के दिन
prose-fulfilment = { $clause } की पूर्ति के दिन
prose-end = { $clause } की समाप्ति के दिन
prose-no-day = कभी न आने वाला दिन
prose-before = { $moment } से { $duration } पहले
prose-after = { $moment } के { $duration } बाद
prose-earliest = { $list } में से जो पहले हो
prose-latest-of = { $list } में से जो बाद में हो
prose-by-answer = प्रश्न { $question } का उत्तर जो दिन देता है ({ $answers })

prose-business-days = { $count ->
   *[other] { $count } कार्य दिवस
}
prose-in-calendar = कैलेंडर { $calendar } के अनुसार { $duration }

prose-type-words = { $words }
prose-type-yes-no = हाँ या नहीं
prose-type-party = कोई पक्षकार
prose-type-id = पहचान
prose-type-number = संख्या
prose-type-percent = प्रतिशत
prose-type-units = { $unit } की संख्या
prose-type-money = धनराशि
prose-type-money-in = { $currency } में राशि
prose-type-money-per = प्रति { $unit } { $currency } में राशि
prose-type-date = दिन
prose-type-text = शब्द
prose-datum = { $name }: { $type }
prose-datum-optional = { $name }: { $type }; इसे छोड़ा जा सकता है
prose-datum-default = { $name }: { $type }; यदि छोड़ा जाए, तो { $default }

prose-act-by = इसे { $parties } कर सकता है
prose-described = { $sentence }, और इसका वर्णन इनसे होता है
prose-act-reserved = यह किसी और की संपत्ति से संबंधित है: जैसे ही कोई खंड इस पर लागू हो, केवल कोई प्रभावी अनुमति इसे मुक्त करती है
prose-act-brings = इसे करने से { $events } घटित होती है
prose-event-by = इसे { $parties } घटित करता है
prose-event-performs = यह { $action } के दायित्व को पूरा करती है
prose-event-attested = दर्ज न होने का अर्थ यह नहीं कि यह नहीं हुई
prose-fact-is = यह है: { $value }
