# Conditions. Where one stands inside another it is in parentheses. $negated says whether it is denied.
prose-all = all of the following are so
prose-any = at least one of the following is so
prose-not-all = the following are not all so
prose-not-any = none of the following is so
prose-and = { $left } and { $right }
prose-or = { $left } or { $right }
prose-group = ({ $phrase })
prose-not = it is not so that { $condition }
prose-always = this is so in every case
prose-never = this is so in no case
prose-same = { $negated ->
    [yes] { $left } is not { $right }
   *[no] { $left } is { $right }
}
prose-one-of = { $negated ->
    [yes] { $left } is none of { $list }
   *[no] { $left } is one of { $list }
}
prose-given = { $negated ->
    [yes] { $left } is not stated
   *[no] { $left } is stated
}
prose-equal = { $negated ->
    [yes] { $left } does not equal { $right }
   *[no] { $left } equals { $right }
}
prose-less = { $negated ->
    [yes] { $left } is not less than { $right }
   *[no] { $left } is less than { $right }
}
prose-at-most = { $negated ->
    [yes] { $left } is not at most { $right }
   *[no] { $left } is at most { $right }
}
prose-more = { $negated ->
    [yes] { $left } is not more than { $right }
   *[no] { $left } is more than { $right }
}
prose-at-least = { $negated ->
    [yes] { $left } is not at least { $right }
   *[no] { $left } is at least { $right }
}
# Days.
prose-on-day = { $negated ->
    [yes] { $left } is not on { $right }
   *[no] { $left } is on { $right }
}
prose-earlier = { $negated ->
    [yes] { $left } is not before { $right }
   *[no] { $left } is before { $right }
}
prose-by-day = { $negated ->
    [yes] { $left } is not on or before { $right }
   *[no] { $left } is on or before { $right }
}
prose-later = { $negated ->
    [yes] { $left } is not after { $right }
   *[no] { $left } is after { $right }
}
prose-from-day = { $negated ->
    [yes] { $left } is not on or after { $right }
   *[no] { $left } is on or after { $right }
}
prose-answered = { $negated ->
    [yes] the question { $question } is not answered with { $word }
   *[no] the question { $question } is answered with { $word }
}
prose-happened = { $negated ->
    [yes] { $records } has not happened
   *[no] { $records } has happened
}
prose-in-state = { $negated ->
    [yes] { $process } is not { $state }
   *[no] { $process } is { $state }
}
prose-in-states = { $negated ->
    [yes] { $process } is none of { $states }
   *[no] { $process } is one of { $states }
}
prose-in-force = { $negated ->
    [yes] { $clause } is not in force
   *[no] { $clause } is in force
}
prose-violated = { $negated ->
    [yes] { $clause } is not violated
   *[no] { $clause } is violated
}
prose-fulfilled = { $negated ->
    [yes] { $clause } is not fulfilled
   *[no] { $clause } is fulfilled
}
prose-applies = { $negated ->
    [yes] { $name } does not apply
   *[no] { $name } applies
}
prose-applies-to = { $negated ->
    [yes] { $name } does not apply to { $key }
   *[no] { $name } applies to { $key }
}

# Records of events.
prose-event = the event { $event }
prose-by = { $records } brought about by { $party }
prose-where = { $records } (where { $condition })
