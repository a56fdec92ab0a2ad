prose-attribute = { $name }
prose-attribute-of = { $part } di { $whole }
prose-attribute-yes-no = la risposta su { $name }
prose-field = { $name } dell'{ $event }
prose-its = il suo { $name }
prose-its-author = chi ne è autore
prose-key = il { $key } in questione
prose-some-key = quello in questione
prose-some-attribute = l'attributo dell'atto
prose-value = il valore { $name }
prose-of-key = { $name } per { $key }
prose-of-clause = { $name } della { $clause }
prose-kept = il { $slot } registrato dal { $process }
prose-not-disclosed = un valore non reso noto ({ $name })
prose-gives = ciò che risulta dalla risposta alla questione { $question } ({ $answers })
prose-arm = { $word }: { $value }
prose-sum = il totale di { $field } per tutte le occorrenze dell'{ $records }
prose-count = il numero di occorrenze dell'{ $records }
prose-latest = l'ultimo { $field } dell'{ $records }
prose-lowest-field = il minore { $field } fra tutte le occorrenze dell'{ $records }
prose-highest-field = il maggiore { $field } fra tutte le occorrenze dell'{ $records }
prose-in-this = { $value } nel periodo in corso ({ $period })
prose-in-last = { $value } nel periodo precedente a quello in corso ({ $period })
prose-before-this = { $value } prima del periodo corrente ({ $period })
prose-over-last = { $value } nell'arco degli ultimi { $duration }
prose-case = { $value } se { $condition }
prose-case-else = { $left }, altrimenti { $right }
prose-otherwise = { $value } o, in mancanza, { $default }
prose-counted-here = quanto è stato computato ai sensi della presente clausola
prose-counted = quanto è stato computato ai sensi della { $clause }
prose-plus = { $left } più { $right }
prose-minus = { $left } meno { $right }
prose-times = { $left } per { $right }
prose-divided = { $left } diviso { $right }
prose-rounded = { $left } con arrotondamento al multiplo più vicino di { $right }
prose-lowest = il minore fra { $list }
prose-highest = il maggiore fra { $list }

prose-clause = clausola { $number }
prose-this-clause = presente clausola
prose-clause-called = clausola { $number } ({ $title })
prose-clause-absent = clausola { $name }, che non figura in questo testo

prose-day = giorno { $day }
prose-day-stated = giorno indicato come { $value }
prose-day-of = giorno dell'{ $records }
prose-entry = giorno in cui il { $process } diventa { $state }
prose-violation = giorno in cui la { $clause } è violata
prose-fulfilment = giorno in cui la { $clause } è adempiuta
prose-end = giorno in cui cessa la { $clause }
prose-agreement-end = giorno in cui cessa l'accordo
prose-no-day = giorno che non arriva mai
prose-before = giorno che cade { $duration } prima del { $moment }
prose-after = giorno che cade { $duration } dopo il { $moment }
prose-earliest = primo fra i giorni seguenti: { $list }
prose-latest-of = più tardo fra i giorni seguenti: { $list }
prose-by-answer = giorno che risulta dalla risposta alla questione { $question } ({ $answers })

prose-business-days = { $count ->
    [one] { $count } giorno lavorativo
   *[other] { $count } giorni lavorativi
}
prose-in-calendar = { $duration } secondo il calendario { $calendar }

prose-type-words = { $words }
prose-type-yes-no = sì o no
prose-type-party = una parte
prose-type-id = un identificativo
prose-type-number = un numero
prose-type-percent = una percentuale
prose-type-units = un numero di { $unit }
prose-type-money = una somma di denaro
prose-type-money-in = una somma in { $currency }
prose-type-money-per = una somma in { $currency } per { $unit }
prose-type-date = un giorno
prose-type-text = un testo
prose-datum = { $name }: { $type }
prose-datum-optional = { $name }: { $type }; può essere omesso
prose-datum-default = { $name }: { $type }; se è omesso, è { $default }

prose-act-by = può compierlo { $parties }
prose-described = { $sentence }, ed è descritto da
prose-act-reserved = riguarda una cosa altrui: non appena una clausola vi si riferisce, lo rende libero soltanto un permesso in vigore
prose-act-brings = compiendolo si determina l'{ $events }
prose-event-by = lo determina { $parties }
prose-event-performs = adempie un obbligo di { $action }
prose-event-attested = che non risulti registrato non significa che non sia avvenuto
prose-fact-is = è { $value }
