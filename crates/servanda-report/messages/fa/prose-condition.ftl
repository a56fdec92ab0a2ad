prose-all = همهٔ موارد زیر برقرار باشند
prose-any = دست‌کم یکی از موارد زیر برقرار باشد
prose-not-all = موارد زیر همگی با هم برقرار نباشند
prose-not-any = هیچ‌یک از موارد زیر برقرار نباشد
prose-and = { $left } و { $right }
prose-or = { $left } یا { $right }
prose-group = ({ $phrase })
prose-not = چنین نباشد که { $condition }
prose-always = این در هر حال برقرار باشد
prose-never = این در هیچ حالی برقرار نباشد
prose-same = { $negated ->
    [yes] { $left } برابر با { $right } نباشد
   *[no] { $left } برابر با { $right } باشد
}
prose-one-of = { $negated ->
    [yes] { $left } هیچ‌یک از { $list } نباشد
   *[no] { $left } یکی از { $list } باشد
}
prose-given = { $negated ->
    [yes] { $left } ذکر نشده باشد
   *[no] { $left } ذکر شده باشد
}
prose-equal = { $negated ->
    [yes] { $left } مساوی { $right } نباشد
   *[no] { $left } مساوی { $right } باشد
}
prose-less = { $negated ->
    [yes] { $left } کمتر از { $right } نباشد
   *[no] { $left } کمتر از { $right } باشد
}
prose-at-most = { $negated ->
    [yes] { $left } حداکثر { $right } نباشد
   *[no] { $left } حداکثر { $right } باشد
}
prose-more = { $negated ->
    [yes] { $left } بیشتر از { $right } نباشد
   *[no] { $left } بیشتر از { $right } باشد
}
prose-at-least = { $negated ->
    [yes] { $left } دست‌کم { $right } نباشد
   *[no] { $left } دست‌کم { $right } باشد
}
prose-on-day = { $negated ->
    [yes] { $left } در { $right } نباشد
   *[no] { $left } در { $right } باشد
}
prose-earlier = { $negated ->
    [yes] { $left } پیش از { $right } نباشد
   *[no] { $left } پیش از { $right } باشد
}
prose-by-day = { $negated ->
    [yes] { $left } در { $right } یا پیش از آن نباشد
   *[no] { $left } در { $right } یا پیش از آن باشد
}
prose-later = { $negated ->
    [yes] { $left } پس از { $right } نباشد
   *[no] { $left } پس از { $right } باشد
}
prose-from-day = { $negated ->
    [yes] { $left } در { $right } یا پس از آن نباشد
   *[no] { $left } در { $right } یا پس از آن باشد
}
prose-answered = { $negated ->
    [yes] پاسخ پرسش { $question } غیر از { $word } باشد
   *[no] پاسخ پرسش { $question } { $word } باشد
}
prose-happened = { $negated ->
    [yes] { $records } رخ نداده باشد
   *[no] { $records } رخ داده باشد
}
prose-in-state = { $negated ->
    [yes] { $process } در حالت { $state } نباشد
   *[no] { $process } در حالت { $state } باشد
}
prose-in-states = { $negated ->
    [yes] { $process } در هیچ‌یک از حالت‌های { $states } نباشد
   *[no] { $process } در یکی از حالت‌های { $states } باشد
}
prose-in-force = { $negated ->
    [yes] { $clause } نافذ نباشد
   *[no] { $clause } نافذ باشد
}
prose-violated = { $negated ->
    [yes] { $clause } نقض نشده باشد
   *[no] { $clause } نقض شده باشد
}
prose-fulfilled = { $negated ->
    [yes] { $clause } انجام نشده باشد
   *[no] { $clause } انجام شده باشد
}
prose-applies = { $negated ->
    [yes] { $name } صدق نکند
   *[no] { $name } صدق کند
}
prose-applies-to = { $negated ->
    [yes] { $name } دربارهٔ { $key } صدق نکند
   *[no] { $name } دربارهٔ { $key } صدق کند
}

prose-event = رویداد { $event }
prose-by = { $records } از سوی { $party }
prose-where = { $records } (در صورتی که { $condition })
