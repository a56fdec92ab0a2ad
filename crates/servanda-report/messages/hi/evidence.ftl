evidence-report = साक्ष्य रिपोर्ट
evidence-document = दस्तावेज़
evidence-documents = दस्तावेज़
evidence-clause = खंड
evidence-clauses = खंड
evidence-supported = समर्थित
evidence-partly-supported = आंशिक रूप से समर्थित
evidence-unsupported = असमर्थित
evidence-contradicted = खंडित
evidence-not-checked = जाँचा नहीं गया
evidence-passage = अंश
evidence-figure = आँकड़ा
evidence-unaccounted = वे आँकड़े जिनका हिसाब कोई खंड नहीं देता
evidence-disagreements = दस्तावेज़ों के बीच असहमतियाँ
evidence-says = कहता है
evidence-clause-says = खंड कहता है
evidence-moved = स्थानांतरित
evidence-edited = संपादित
evidence-lost = खोया हुआ
evidence-ambiguous = अस्पष्ट
evidence-confidence = विश्वास स्तर
evidence-language = भाषा
evidence-generated-from = इससे निर्मित
evidence-legend = संकेत-सूची
evidence-back-to-clause = खंड पर वापस
evidence-light = हल्का
evidence-dark = गहरा
evidence-contents = विषय-सूची
evidence-figures-found = { $total ->
    [one] { $total } में से { $found } आँकड़ा मिला
   *[other] { $total } में से { $found } आँकड़े मिले
}
evidence-document-count = { $count ->
   *[other] { $count } दस्तावेज़
}
evidence-clause-count = { $count ->
   *[other] { $count } खंड
}
evidence-law = विधि
evidence-version = संस्करण
evidence-fact = तथ्य
evidence-reading = पाठ
evidence-question = प्रश्न
evidence-exact = यथावत
evidence-unchecked = बिना डाइजेस्ट
evidence-verdict = परिणाम
evidence-kind = प्रकार
evidence-name = नाम
evidence-figures = आँकड़े
evidence-citations = उद्धरण
evidence-place = स्थान
evidence-cited-by = उद्धृत
evidence-found-yes = मिला
evidence-found-sum = योग के रूप में मिला
evidence-found-no = नहीं मिला
evidence-found-outside = बाहर से
evidence-found-contradicted = उसके स्थान पर दूसरा आँकड़ा है
evidence-proven = डाइजेस्ट सिद्ध करता है कि केवल यही आँकड़ा बदला गया
evidence-remark-qualifier = अंश इसे दूसरे ढंग से विशेषित करता है
evidence-remark-unit-left-out = समझौता इकाई छोड़ देता है
evidence-remark-year-left-out = अंश वर्ष छोड़ देता है
evidence-remark-business-days = समझौते में कार्य दिवस, अंश में दिन
evidence-remark-last-day = अंश अंतिम दिन बताता है, समझौता उसके बाद का दिन
evidence-remark-by-version = वहाँ है जहाँ संस्करण उद्धृत है
evidence-remark-others = उसी प्रकार के दूसरे आँकड़े वहाँ हैं
evidence-kind-figures = दूसरे आँकड़े
evidence-kind-claims = कई आँकड़ों का दावा
evidence-kind-range = एक सीमा और एक आँकड़ा
evidence-kind-qualifier = वही आँकड़ा, दो ढंग से विशेषित
evidence-kind-amendment = बाद के संस्करण ने बदला
evidence-kind-ended = किसी संस्करण ने समाप्त किया
evidence-kind-arithmetic = हिस्सा, राशि और विशेषण जो मेल नहीं खाते
evidence-kind-duration = अवधि और वर्ष जो मेल नहीं खाते
evidence-kind-implausible = कम संभाव्य
evidence-kind-reading = कई पाठ, जैसा समझौते में दर्ज है
evidence-kind-noted = समझौते में टिप्पणी
evidence-no-disagreements = कोई अंश असहमत नहीं
evidence-nothing-unaccounted = कुछ भी बिना हिसाब नहीं
evidence-no-declaration = समझौते में कुछ भी किसी दस्तावेज़ को उद्धृत नहीं करता
evidence-theme = रंग
evidence-as-device = उपकरण के अनुसार
evidence-mark-cited = उद्धृत अंश
evidence-mark-found = वह आँकड़ा जिसका हिसाब कोई खंड देता है
evidence-mark-against = वह आँकड़ा जो किसी खंड का खंडन करता है
evidence-mark-unaccounted = वह आँकड़ा जिसका हिसाब नहीं है
evidence-not-read = नहीं पढ़ा गया
evidence-more = { $count ->
    [one] और { $count } अन्य
   *[other] और { $count } अन्य
}
