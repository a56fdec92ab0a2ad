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
