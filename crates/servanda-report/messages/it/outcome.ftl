outcome-permitted = permesso
outcome-forbidden = vietato
outcome-unregulated = non regolato
outcome-conflict = conflitto
outcome-depends = dipende
outcome-in-force = in vigore
outcome-ended = cessata
outcome-not-yet = non ancora
outcome-absent = assente
outcome-non-binding = non vincolante
outcome-on = fine
outcome-open = aperto
outcome-never = mai
outcome-known = noto
outcome-undisclosed = non divulgato

headline = { $outcome }: { $value }
value-until = fino a { $events }
value-until-or-on = fino a { $events }, o altrimenti il giorno { $day }
value-nothing = nulla
value-owed = { $clause } ({ $state })
value-undisclosed = non divulgato

state-in-effect = in corso
state-due = in scadenza oggi
state-overdue = scaduto
state-fulfilled = adempiuto
state-violated = violato
state-suspended = sospeso
state-discharged = estinto

kind-fact = fatto
kind-undisclosed = non divulgato
kind-reading = interpretazione
