prose-all = निम्नलिखित सभी सत्य हैं
prose-any = निम्नलिखित में से कम से कम एक सत्य है
prose-not-all = निम्नलिखित सभी एक साथ सत्य नहीं हैं
prose-not-any = निम्नलिखित में से कोई सत्य नहीं है
prose-and = { $left } और { $right }
prose-or = { $left } या { $right }
prose-group = ({ $phrase })
prose-not = यह सत्य नहीं है कि { $condition }
prose-always = यह हर दशा में सत्य है
prose-never = यह किसी दशा में सत्य नहीं है
prose-same = { $negated ->
    [yes] { $left } का मान { $right } नहीं है
   *[no] { $left } का मान { $right } है
}
prose-one-of = { $negated ->
    [yes] { $left } का मान { $list } में से कोई नहीं है
   *[no] { $left } का मान { $list } में से एक है
}
prose-given = { $negated ->
    [yes] { $left } नहीं बताया गया है
   *[no] { $left } बताया गया है
}
prose-equal = { $negated ->
    [yes] { $left } { $right } के बराबर नहीं है
   *[no] { $left } { $right } के बराबर है
}
prose-less = { $negated ->
    [yes] { $left } { $right } से कम नहीं है
   *[no] { $left } { $right } से कम है
}
prose-at-most = { $negated ->
    [yes] { $left } अधिकतम { $right } नहीं है
   *[no] { $left } अधिकतम { $right } है
}
prose-more = { $negated ->
    [yes] { $left } { $right } से अधिक नहीं है
   *[no] { $left } { $right } से अधिक है
}
prose-at-least = { $negated ->
    [yes] { $left } कम से कम { $right } नहीं है
   *[no] { $left } कम से कम { $right } है
}
prose-on-day = { $negated ->
    [yes] { $left } { $right } को नहीं है
   *[no] { $left } { $right } को है
}
prose-earlier = { $negated ->
    [yes] { $left } { $right } से पहले नहीं है
   *[no] { $left } { $right } से पहले है
}
prose-by-day = { $negated ->
    [yes] { $left } { $right } को या उससे पहले नहीं है
   *[no] { $left } { $right } को या उससे पहले है
}
prose-later = { $negated ->
    [yes] { $left } { $right } के बाद नहीं है
   *[no] { $left } { $right } के बाद है
}
prose-from-day = { $negated ->
    [yes] { $left } { $right } को या उसके बाद नहीं है
   *[no] { $left } { $right } को या उसके बाद है
}
prose-answered = { $negated ->
    [yes] प्रश्न { $question } का उत्तर { $word } नहीं है
   *[no] प्रश्न { $question } का उत्तर { $word } है
}
prose-happened = { $negated ->
    [yes] { $records } नहीं हुई है
   *[no] { $records } हो चुकी है
}
prose-in-state = { $negated ->
    [yes] { $process } { $state } अवस्था में नहीं है
   *[no] { $process } { $state } अवस्था में है
}
prose-in-states = { $negated ->
    [yes] { $process } { $states } में से किसी अवस्था में नहीं है
   *[no] { $process } { $states } में से किसी एक अवस्था में है
}
prose-in-force = { $negated ->
    [yes] { $clause } प्रभावी नहीं है
   *[no] { $clause } प्रभावी है
}
prose-violated = { $negated ->
    [yes] { $clause } का उल्लंघन नहीं हुआ है
   *[no] { $clause } का उल्लंघन हुआ है
}
prose-fulfilled = { $negated ->
    [yes] { $clause } पूरा नहीं हुआ है
   *[no] { $clause } पूरा हुआ है
}
prose-applies = { $negated ->
    [yes] { $name } सत्य नहीं है
   *[no] { $name } सत्य है
}
prose-applies-to = { $negated ->
    [yes] { $key } के लिए { $name } सत्य नहीं है
   *[no] { $key } के लिए { $name } सत्य है
}

prose-event = घटना { $event }
prose-by = { $party } द्वारा { $records }
prose-where = { $records } (जहाँ { $condition })
