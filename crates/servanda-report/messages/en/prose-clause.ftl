# What a clause says.

# Its term.
prose-term-open = this clause holds from the day on which its version takes effect, without a fixed end
prose-term-from = this clause holds from { $from }, without a fixed end
prose-term-until = this clause holds until, but not including, { $until }
prose-term-both = this clause holds from { $from } until, but not including, { $until }
prose-term-while = it holds only while { $condition }
prose-protects = this clause is for the benefit of { $parties }, who can waive it
prose-survives = this clause survives the end of the agreement
prose-waived = the version { $version } waived this clause
prose-terminated = the version { $version } terminated this clause
prose-suspended = the version { $version } suspends this clause
prose-suspended-from = the version { $version } suspends this clause from { $from }
prose-suspended-until = the version { $version } suspends this clause until, but not including, { $until }
prose-suspended-both = the version { $version } suspends this clause from { $from } until, but not including, { $until }

# Norms. A norm whose conditions are long is followed by a list of them.
prose-may = { $parties } may { $action }
prose-may-not = { $parties } may not { $action }
prose-only-where = { $parties } may { $action } only where { $condition }
prose-alone = { $parties } alone may { $action }
prose-has-power = { $parties } has the power to { $action }
prose-subject-to = { $norm }, subject to the following
prose-if = { $norm } if { $condition }
prose-provided = { $norm }, provided that { $condition }
prose-when = { $norm } when { $condition }
prose-unless = { $norm }, unless { $condition }
prose-item-only = only where { $condition }
prose-item-if = if { $condition }
prose-item-provided = provided that { $condition }
prose-item-when = when { $condition }
prose-item-unless = unless { $condition }
prose-brings = by doing so, { $parties } brings about { $events }

# Against other clauses.
prose-overrides = where a rule of this clause applies, { $clause } gives way
prose-overrides-if = where a rule of this clause applies, { $clause } gives way if { $condition }
prose-effect-ends = on { $moment }, this clause ends { $target }
prose-effect-starts = on { $moment }, this clause brings { $target } into force
prose-effect-suspends = on { $moment }, this clause suspends { $target }
prose-effect-resumes = on { $moment }, this clause puts { $target } into force again
prose-effect-before = { $effect }, if that day is before { $before }
prose-agreement = the whole agreement
prose-itself = itself

# Processes.
prose-process = { $name } has the states { $states }, and begins as { $first }
prose-process-per = for each { $key }, { $name } has the states { $states }, and begins as { $first }
prose-step-on = upon { $records }, it passes from { $from } to { $to }
prose-step-after = if it stays { $from } for { $duration }, it counts as { $to } from the next day on
prose-any-state = any state
prose-step-keeps = { $step }, and { $slot } is recorded as { $value }
prose-process-name = the process { $name }

# Values and definitions.
prose-is = the value { $name } is { $value }
prose-is-per = for each { $key }, the value { $name } is { $value }
prose-is-if = { $sentence } if { $condition }; otherwise there is none
prose-is-only-if = { $sentence }, but only if { $condition }
prose-is-first = the value { $name } is the first of the following that applies
prose-is-first-per = for each { $key }, the value { $name } is the first of the following that applies
prose-case-last = in any other case, { $value }
prose-case-none = in any other case there is none
prose-is-undisclosed = the value { $name } has not been disclosed
prose-means = { $name } applies where { $condition }
prose-means-per = for each { $key }, { $name } applies where { $condition }
