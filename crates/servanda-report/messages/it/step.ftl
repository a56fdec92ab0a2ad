phrase = { $phrase }
day = { $day }

record = { $event } il giorno { $day }
record-by = { $event } da parte di { $party } il giorno { $day }
record-id = { $event } il giorno { $day } ({ $id })
record-by-id = { $event } da parte di { $party } il giorno { $day } ({ $id })

step-so = è vero che { $condition }
step-not-so = non è vero che { $condition }
step-holds-right = il diritto è di { $party }
step-lacks-right = il diritto non è di { $party }
step-steps-back = si ritrae dove { $condition }
step-yields = cede a { $clause }

step-holds-from = vale dal giorno { $day }, in forza di { $version }
step-begins = comincia il giorno { $day }, in forza di { $version }
step-binds-from-law = vincola dal giorno { $day }, come legge
step-begins-law = comincia il giorno { $day }, come legge
step-not-begun = non è cominciata
step-holds-until = vale fino a: { $moment }
step-ended-term = è cessata il giorno { $day }; termine: { $moment }
step-ends-term = cessa il giorno { $day }; termine: { $moment }
step-ended-by = è cessata il giorno { $day }, per effetto di { $clause }
step-ends-by = cessa il giorno { $day }, per effetto di { $clause }
step-ended-waived = è cessata il giorno { $day }: rinuncia in { $version }
step-ends-waived = cessa il giorno { $day }: rinuncia in { $version }
step-ended-terminated = è cessata il giorno { $day }: risolta da { $version }
step-ends-terminated = cessa il giorno { $day }: risolta da { $version }

step-rests = è sospesa il giorno { $day }: { $why }
rests-while = vale solo finché { $condition }
rests-suspended = è sospesa da { $version }
rests-suspended-since = è sospesa dal giorno { $day } per effetto di { $clause }

step-not-come = { $event } non è avvenuto fino al giorno { $day }
step-only-can = solo { $who } ha il potere di { $action } ({ $clause })
step-only-can-when = solo { $who } ha il potere di { $action } quando { $condition } ({ $clause })
step-without-effect = senza effetto: { $why }
step-power-when = il potere può essere usato quando { $condition }

step-runs-on-none = { $name }: l'atto non ne riguarda nessuno
step-state = { $process } è nello stato { $state }
step-state-since = { $process } è nello stato { $state } dal giorno { $day }
step-state-keyed = { $process } di { $key } è nello stato { $state }
step-state-keyed-since = { $process } di { $key } è nello stato { $state } dal giorno { $day }

step-value = { $name } = { $value }
step-part = { $name } è { $value }
step-version-not-governing = la versione che la contiene non governa il giorno { $day }
step-stands-only = sta solo in { $version }, che è una versione { $status }

status-reported = riferita
status-proposed = proposta
status-non-binding = non vincolante
status-binding = vincolante

refused-nobody = non dice chi l'ha compiuto
refused-party = { $party } non ha il potere di produrre { $event }; lo ha { $who }
refused-guarded = { $party } ha il potere di { $action } solo quando { $condition } ({ $clause })
refused-powerless = nessuna clausola in vigore in quel giorno dava a { $party } il potere di { $action }
refused-state = { $process } è nello stato { $state }, da cui { $event } non porta in nessun luogo ({ $clause })
refused-state-keyed = { $process } di { $key } è nello stato { $state }, da cui { $event } non porta in nessun luogo ({ $clause })

note-does-not-bind = { $version } è una versione { $status } e non vincola; governa { $governing }
note-none-binds = { $version } è una versione { $status } e non vincola; non governa nessuna versione
note-no-effect = { $record }: senza effetto, perché { $why }
note-further = altri atti non hanno avuto effetto
