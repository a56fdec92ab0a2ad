# Timelines: what the signs of a row mean.

timeline-firm = it holds
timeline-fading = it holds as things stand; an event can still end it
timeline-open = it depends on an open question
timeline-resting = it rests
timeline-over = its term is over
timeline-non-binding = only a text that does not bind has it
timeline-fault = no answer
timeline-due-open = a duty is due
timeline-due-done = a duty was done or fell away
timeline-due-missed = a duty was missed
timeline-due-later = a duty will be due
timeline-described = Rights, duties and restrictions over the days
timeline-nothing = nothing
timeline-kind-right = permits
timeline-kind-restriction = restricts
timeline-kind-duty = obliges
timeline-kind-power = empowers
timeline-kind-other = says something else
