norm-alone = solo { $parties } può { $action }
norm-may = { $parties } può { $action }
norm-may-not = { $parties } non può { $action }
norm-only-where = { $parties } può { $action } solo dove { $condition }
norm-has-power = { $parties } ha il potere di { $action }
norm-if = { $norm }, se { $condition }
norm-provided = { $norm }, alla condizione: { $condition }
norm-when = { $norm }, quando { $condition }

cond-always = sempre
cond-never = mai
between-and = {" e "}
between-or = {" o "}
cond-group = ({ $condition })
cond-not = non ({ $condition })
cond-is = { $left } è { $right }
cond-is-not = { $left } non è { $right }
cond-one-of = { $left } è uno fra { $list }
cond-given = { $left } è indicato
cond-not-given = { $left } non è indicato
cond-answered = { $name } ha una risposta
cond-equal = { $left } = { $right }
cond-less = { $left } < { $right }
cond-less-equal = { $left } ≤ { $right }
cond-greater = { $left } > { $right }
cond-greater-equal = { $left } ≥ { $right }
cond-happened = { $records } è avvenuto
cond-in-force = { $clause } è in vigore
cond-violated = { $clause } è violata
cond-fulfilled = { $clause } è adempiuta
cond-defined = vale { $name }

expr-of = { $value } di { $key }
expr-text = «{ $text }»
expr-attribute = l'attributo dell'atto
expr-by = chi agisce
expr-key = quello richiesto
expr-sum = somma di { $records }
expr-count = numero di { $records }
expr-latest = ultimo { $records }
expr-lowest = minimo di { $records }
expr-highest = massimo di { $records }
expr-this = { $value } nel periodo corrente ({ $period })
expr-last = { $value } nel periodo precedente ({ $period })
expr-before = { $value } prima del periodo corrente ({ $period })
expr-over = { $value } nell'arco di { $duration } fino a oggi
expr-if = { $value } se { $condition }
between-else = {" altrimenti "}
period-week = settimana
period-month = mese
period-quarter = trimestre
period-year = anno
expr-counted = conteggio di { $clause }
expr-add = { $left } + { $right }
expr-subtract = { $left } − { $right }
expr-multiply = { $left } × { $right }
expr-divide = { $left } ÷ { $right }
expr-round = { $left } arrotondato a { $right }
expr-round-down = { $left } arrotondato per difetto a { $right }
expr-round-up = { $left } arrotondato per eccesso a { $right }
expr-min = min({ $list })
expr-max = max({ $list })
expr-today = oggi
expr-day-of = giorno di { $moment }
expr-days = giorni da { $from } a { $to }
expr-business-days = giorni lavorativi da { $from } a { $to } secondo { $calendar }
expr-years = anni da { $from } a { $to } secondo { $count }
expr-day-plus = { $day } + { $duration }
expr-day-minus = { $day } - { $duration }

pattern-by = { $event } da parte di { $party }
pattern-where = { $records } dove { $condition }

moment-never = mai
moment-entry = passaggio di { $process } allo stato { $state }
moment-some-state = uno stato
moment-violation = violazione di { $clause }
moment-fulfilment = adempimento di { $clause }
moment-end = la fine di { $clause }
moment-agreement-end = la fine dell'accordo
moment-before = { $duration } prima di { $moment }
moment-after = { $duration } dopo { $moment }
moment-next = il prossimo { $schedule } dopo { $moment }
moment-next-on = il prossimo { $schedule } a partire da { $moment }
moment-earlier = il primo fra { $list }
moment-later = l'ultimo fra { $list }
moment-arm = { $word }: { $moment }
moment-by-reading = { $name } ({ $arms })

duration-days = { $count ->
    [one] { $count } giorno
   *[other] { $count } giorni
}
duration-weeks = { $count ->
    [one] { $count } settimana
   *[other] { $count } settimane
}
duration-months = { $count ->
    [one] { $count } mese
   *[other] { $count } mesi
}
duration-quarters = { $count ->
    [one] { $count } trimestre
   *[other] { $count } trimestri
}
duration-years = { $count ->
    [one] { $count } anno
   *[other] { $count } anni
}
duration-business-days = { $count ->
    [one] { $count } giorno lavorativo
   *[other] { $count } giorni lavorativi
}
duration-rounded-down = { $duration } (arrotondamento per difetto)
duration-rounded-up = { $duration } (arrotondamento per eccesso)
duration-in = { $duration } nel calendario { $calendar }
