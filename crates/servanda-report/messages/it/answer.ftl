heading-because = perché
heading-reached = anch'esse riguardano l'atto, ma non hanno deciso
heading-to-know = da sapere
heading-ways = che cosa dovrebbe cambiare
no-way = nessun singolo attributo, risposta o evento ulteriore fra quelli provati dà un altro esito
nothing-is-owed = nulla è dovuto

column-clause = clausola
column-to = verso
column-what = che cosa
column-for = per
column-remains = resta
column-due = scadenza
column-state = stato
column-depends-on = dipende da
column-kind = tipo
column-answer = risposta
column-then = allora

role-permits = lo permette
role-forbids = lo vieta
role-lacks = lo riguarda, ma non lo rende libero
role-met = lo riguarda, ed è rispettata
role-over = lo riguarda, ma in quel giorno non vale
role-yields = cede
role-moves = sposta un termine
role-stands = è la clausola in questione
role-gives = dà il valore
role-empowers = conferisce il potere
role-obliges = lo impone
reason-version = ({ $version })
reason-law = (legge)
reason-agreement = l'accordo

cites = cita { $places }
from-outside = da fuori delle fonti: { $where }
reason-note = nota: { $note }
with-records = { $step } [{ $records }]

comma = {", "}
semicolon = {"; "}

way-if = se { $change }
way-next = { $first }, poi { $next }
way-attribute = { $name } è { $word } invece di { $was }
way-answer = { $name } è { $word }
way-event = avviene { $event } da parte di { $party }
way-event-data = avviene { $event } da parte di { $party } con { $data }

passage-no-document = ! il documento { $document } non è tra le fonti
passage-beyond = { $characters ->
    [one] ! il documento ha { $characters } carattere; la citazione va oltre la sua fine
   *[other] ! il documento ha { $characters } caratteri; la citazione va oltre la sua fine
}
passage-moved = ! il passo è stato spostato; ora è in { $place }
passage-edited = ! il passo è stato modificato dopo la citazione; ora è in { $place }
passage-ambiguous = ! il passo non è al suo posto; può essere { $places }
passage-lost = ! il passo citato non si trova più nel documento
