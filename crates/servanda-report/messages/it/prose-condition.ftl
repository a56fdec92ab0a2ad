prose-all = ricorre tutto quanto segue
prose-any = ricorre almeno una delle ipotesi seguenti
prose-not-all = non ricorre tutto quanto segue
prose-not-any = non ricorre alcuna delle ipotesi seguenti
prose-and = { $left } e { $right }
prose-or = { $left } o { $right }
prose-group = ({ $phrase })
prose-not = non è vero che { $condition }
prose-always = ciò ricorre in ogni caso
prose-never = ciò non ricorre in alcun caso
prose-same = { $negated ->
    [yes] { $left } non è { $right }
   *[no] { $left } è { $right }
}
prose-one-of = { $negated ->
    [yes] { $left } non è alcuno fra { $list }
   *[no] { $left } è uno fra { $list }
}
prose-given = { $negated ->
    [yes] { $left } non è indicato
   *[no] { $left } è indicato
}
prose-equal = { $negated ->
    [yes] { $left } non è pari a { $right }
   *[no] { $left } è pari a { $right }
}
prose-less = { $negated ->
    [yes] { $left } non è inferiore a { $right }
   *[no] { $left } è inferiore a { $right }
}
prose-at-most = { $negated ->
    [yes] { $left } non è al massimo { $right }
   *[no] { $left } è al massimo { $right }
}
prose-more = { $negated ->
    [yes] { $left } non è superiore a { $right }
   *[no] { $left } è superiore a { $right }
}
prose-at-least = { $negated ->
    [yes] { $left } non è almeno { $right }
   *[no] { $left } è almeno { $right }
}
prose-on-day = { $negated ->
    [yes] { $left } non cade nel giorno { $right }
   *[no] { $left } cade nel giorno { $right }
}
prose-earlier = { $negated ->
    [yes] { $left } non è anteriore a { $right }
   *[no] { $left } è anteriore a { $right }
}
prose-by-day = { $negated ->
    [yes] { $left } non è anteriore o uguale a { $right }
   *[no] { $left } è anteriore o uguale a { $right }
}
prose-later = { $negated ->
    [yes] { $left } non è posteriore a { $right }
   *[no] { $left } è posteriore a { $right }
}
prose-from-day = { $negated ->
    [yes] { $left } non è posteriore o uguale a { $right }
   *[no] { $left } è posteriore o uguale a { $right }
}
prose-answered = { $negated ->
    [yes] la risposta alla questione { $question } non è { $word }
   *[no] la risposta alla questione { $question } è { $word }
}
prose-happened = { $negated ->
    [yes] l'{ $records } non è avvenuto
   *[no] l'{ $records } è avvenuto
}
prose-in-state = { $negated ->
    [yes] il { $process } non è { $state }
   *[no] il { $process } è { $state }
}
prose-in-states = { $negated ->
    [yes] il { $process } non è in alcuno degli stati { $states }
   *[no] il { $process } è in uno degli stati { $states }
}
prose-in-force = { $negated ->
    [yes] la { $clause } non è in vigore
   *[no] la { $clause } è in vigore
}
prose-violated = { $negated ->
    [yes] la { $clause } non è violata
   *[no] la { $clause } è violata
}
prose-fulfilled = { $negated ->
    [yes] la { $clause } non è adempiuta
   *[no] la { $clause } è adempiuta
}
prose-applies = { $negated ->
    [yes] non ricorre { $name }
   *[no] ricorre { $name }
}
prose-applies-to = { $negated ->
    [yes] non ricorre { $name } per { $key }
   *[no] ricorre { $name } per { $key }
}

prose-event = evento { $event }
prose-by = { $records } di cui è autore { $party }
prose-where = { $records } (dove { $condition })
