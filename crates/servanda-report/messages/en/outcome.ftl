# The outcomes of questions, and the values that go with them.

outcome-permitted = permitted
outcome-forbidden = forbidden
outcome-unregulated = unregulated
outcome-conflict = conflict
outcome-depends = depends
outcome-in-force = in-force
outcome-ended = ended
outcome-not-yet = not-yet
outcome-absent = absent
outcome-non-binding = non-binding
# The day on which a clause ends is known; the day follows.
outcome-on = on
# Something can still end the clause.
outcome-open = open
# Nothing ends the clause.
outcome-never = never
outcome-known = known
outcome-undisclosed = undisclosed

# An outcome and the value that goes with it: "known USD 5 billion", "on 2031-01-01".
headline = { $outcome } { $value }
# What can still end a clause.
value-until = until { $events }
value-until-or-on = until { $events }, or on { $day } without it
# Nobody owes anything.
value-nothing = nothing
value-owed = { $clause } ({ $state })
value-undisclosed = undisclosed

# How a duty stands.
state-in-effect = in-effect
state-due = due
state-overdue = overdue
state-fulfilled = fulfilled
state-violated = violated
state-suspended = suspended
state-discharged = discharged

# Why a question is open.
kind-fact = fact
kind-undisclosed = undisclosed
kind-reading = reading
