# The page of an answer.

heading-because = because
heading-reached = reached as well, and did not decide
heading-to-know = to know
heading-ways = what would have to change
no-way = no single attribute, answer, or further event that was tried gives another outcome
nothing-is-owed = nothing is owed

# Heads of columns.
column-clause = clause
column-to = to
column-what = what
column-for = for
column-remains = remains
column-due = due
column-state = state
column-depends-on = depends on
column-kind = kind
column-answer = answer
column-then = then

# What a clause did; the clause's name, and the version in brackets, stand before it.
role-permits = permits it
role-forbids = forbids it
role-lacks = reaches it, and does not free it
role-met = reaches it, and is met
role-over = reaches it, and does not hold on that day
role-yields = yields
role-moves = moves a term
role-stands = is asked about
role-gives = gives the value
role-empowers = gives the power
role-obliges = imposes it
reason-version = ({ $version })
reason-law = (law)
reason-agreement = the agreement

cites = cites { $places }
from-outside = from outside the sources: { $where }
reason-note = note: { $note }
# A step, and the records that make it so.
with-records = { $step } [{ $records }]

# Between the members of plain lists.
comma = {", "}
semicolon = {"; "}

# Ways to another outcome; the outcome stands before "if".
way-if = if { $change }
way-next = { $first }, then { $next }
way-attribute = { $name } is { $word } instead of { $was }
way-answer = { $name } is { $word }
way-event = { $event } by { $party }
way-event-data = { $event } by { $party } { $data }

# Passages behind a citation.
passage-no-document = ! the document { $document } is not among the sources
passage-beyond = { $characters ->
    [one] ! the document has { $characters } character; the citation reaches beyond its end
   *[other] ! the document has { $characters } characters; the citation reaches beyond its end
}
passage-moved = ! the passage has moved; it stands at { $place }
passage-edited = ! the passage was edited since it was cited; it stands at { $place }
passage-ambiguous = ! the passage is not at its place; it may be { $places }
passage-lost = ! the passage that was cited is nowhere in the document
