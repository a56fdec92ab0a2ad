prose-all = كل ما يلي متحقق
prose-any = واحد على الأقل مما يلي متحقق
prose-not-all = ما يلي غير متحقق كله معًا
prose-not-any = لا شيء مما يلي متحقق
prose-and = { $left } و{ $right }
prose-or = { $left } أو { $right }
prose-group = ({ $phrase })
prose-not = ليس صحيحًا أن { $condition }
prose-always = هذا متحقق في كل حال
prose-never = هذا غير متحقق في أي حال
prose-same = { $negated ->
    [yes] { $left } ليس { $right }
   *[no] { $left } هو { $right }
}
prose-one-of = { $negated ->
    [yes] { $left } ليس أيًّا من { $list }
   *[no] { $left } واحد من { $list }
}
prose-given = { $negated ->
    [yes] { $left } غير مذكور
   *[no] { $left } مذكور
}
prose-equal = { $negated ->
    [yes] { $left } لا يساوي { $right }
   *[no] { $left } يساوي { $right }
}
prose-less = { $negated ->
    [yes] { $left } ليس أقل من { $right }
   *[no] { $left } أقل من { $right }
}
prose-at-most = { $negated ->
    [yes] ليس صحيحًا أن { $left } لا يزيد على { $right }
   *[no] { $left } لا يزيد على { $right }
}
prose-more = { $negated ->
    [yes] { $left } ليس أكثر من { $right }
   *[no] { $left } أكثر من { $right }
}
prose-at-least = { $negated ->
    [yes] ليس صحيحًا أن { $left } لا يقل عن { $right }
   *[no] { $left } لا يقل عن { $right }
}
prose-on-day = { $negated ->
    [yes] { $left } ليس في { $right }
   *[no] { $left } في { $right }
}
prose-earlier = { $negated ->
    [yes] { $left } ليس قبل { $right }
   *[no] { $left } قبل { $right }
}
prose-by-day = { $negated ->
    [yes] { $left } ليس في { $right } ولا قبله
   *[no] { $left } في { $right } أو قبله
}
prose-later = { $negated ->
    [yes] { $left } ليس بعد { $right }
   *[no] { $left } بعد { $right }
}
prose-from-day = { $negated ->
    [yes] { $left } ليس في { $right } ولا بعده
   *[no] { $left } في { $right } أو بعده
}
prose-answered = { $negated ->
    [yes] جواب المسألة { $question } ليس { $word }
   *[no] جواب المسألة { $question } هو { $word }
}
prose-happened = { $negated ->
    [yes] { $records } لم يقع
   *[no] { $records } قد وقع
}
prose-in-state = { $negated ->
    [yes] { $process } ليس في حالة { $state }
   *[no] { $process } في حالة { $state }
}
prose-in-states = { $negated ->
    [yes] { $process } ليس في أي من الحالات { $states }
   *[no] { $process } في إحدى الحالات { $states }
}
prose-in-force = { $negated ->
    [yes] { $clause } غير نافذ
   *[no] { $clause } نافذ
}
prose-violated = { $negated ->
    [yes] { $clause } غير مخالَف
   *[no] { $clause } مخالَف
}
prose-fulfilled = { $negated ->
    [yes] { $clause } غير منفَّذ
   *[no] { $clause } منفَّذ
}
prose-applies = { $negated ->
    [yes] { $name } لا يصدق
   *[no] { $name } يصدق
}
prose-applies-to = { $negated ->
    [yes] { $name } لا يصدق على { $key }
   *[no] { $name } يصدق على { $key }
}

prose-event = الحدث { $event }
prose-by = { $records } الصادر عن { $party }
prose-where = { $records } (حيث { $condition })
