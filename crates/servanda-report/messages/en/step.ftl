# The steps of a derivation. "It" is the clause whose name stands above.

phrase = { $phrase }
day = { $day }

# A record of something that happened.
record = { $event } on { $day }
record-by = { $event } by { $party } on { $day }
record-id = { $event } on { $day } ({ $id })
record-by-id = { $event } by { $party } on { $day } ({ $id })

step-so = it is so that { $condition }
step-not-so = it is not so that { $condition }
step-holds-right = { $party } holds the right
step-lacks-right = { $party } does not hold the right
step-steps-back = it steps back where { $condition }
step-yields = it yields to { $clause }

step-holds-from = it holds from { $day }, by { $version }
step-begins = it begins on { $day }, by { $version }
step-binds-from-law = it binds from { $day }, as law
step-begins-law = it begins on { $day }, as law
step-not-begun = it has not begun
step-holds-until = it holds until { $moment }
step-ended-term = it ended on { $day }: until { $moment }
step-ends-term = it ends on { $day }: until { $moment }
step-ended-by = it ended on { $day }, by { $clause }
step-ends-by = it ends on { $day }, by { $clause }
step-ended-waived = it ended on { $day }: waived by { $version }
step-ends-waived = it ends on { $day }: waived by { $version }
step-ended-terminated = it ended on { $day }: terminated by { $version }
step-ends-terminated = it ends on { $day }: terminated by { $version }

step-rests = it rests on { $day }: { $why }
rests-while = it holds only while { $condition }
rests-suspended = it is suspended by { $version }
rests-suspended-since = it is suspended since { $day } by { $clause }

step-not-come = { $event } has not come about by { $day }
step-only-can = only { $who } can { $action } ({ $clause })
step-only-can-when = only { $who } can { $action } when { $condition } ({ $clause })
step-without-effect = without effect: { $why }
step-power-when = the power can be used when { $condition }

step-runs-on-none = { $name }: the act runs on none
step-state = { $process } is { $state }
step-state-since = { $process } is { $state } since { $day }
step-state-keyed = { $process } of { $key } is { $state }
step-state-keyed-since = { $process } of { $key } is { $state } since { $day }

step-value = { $name } = { $value }
step-part = { $name } is { $value }
step-version-not-governing = the version that holds it does not govern on { $day }
step-stands-only = it stands only in { $version }, which is { $status }

status-reported = reported
status-proposed = proposed
status-non-binding = non-binding
status-binding = binding

# Why a record does not count.
refused-nobody = it does not say who did it
refused-party = { $party } has no power to bring about { $event }; { $who } can
refused-guarded = { $party } has the power to { $action } only when { $condition } ({ $clause })
refused-powerless = no clause in force on that day gave { $party } the power to { $action }
refused-state = { $process } is { $state }, from where { $event } leads nowhere ({ $clause })
refused-state-keyed = { $process } of { $key } is { $state }, from where { $event } leads nowhere ({ $clause })

note-does-not-bind = { $version } is { $status } and does not bind; { $governing } governs
note-none-binds = { $version } is { $status } and does not bind; no version governs
note-no-effect = { $record } had no effect: { $why }
note-further = further acts had no effect
