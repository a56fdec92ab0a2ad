prose-sentence = { $text }.
prose-lead = { $text }:
prose-item = { $text };
prose-small-words = il lo la i gli le un uno una chiunque ogni ciascuno ciascuna tutti nessuno
prose-function-words = –
prose-letters = a b c d e f g h i l m n o p q r s t u v z
prose-label = { $letter })
prose-number = { $number ->
   *[other] { $number }
}
prose-quoted = «{ $text }»
prose-yes = sì
prose-no = no

prose-title = { $agreement }: { $title }
prose-text-of = Testo della versione «{ $title }» ({ $version }) al giorno { $day }.
prose-governs = È la versione che vige in tale giorno.
prose-not-governing = Questa versione non vige in tale giorno; il suo stato è: { $state }. Vige la versione { $governing }.
prose-none-governing = Questa versione non vige in tale giorno; il suo stato è: { $state }. Nessuna versione è vigente.
prose-no-version = Nessuna versione è vigente al giorno { $day }: si applicano soltanto le leggi indicate qui sotto, se ve ne sono.
prose-proposed = Questa versione è soltanto proposta. Non vincola nessuno e nulla di essa è in vigore.
prose-reported = Questa versione è soltanto riferita. Non vincola nessuno e nulla di essa è in vigore.
prose-non-binding = Questa versione è stata redatta senza volontà di obbligarsi. Non vincola nessuno e nulla di essa è in vigore.
prose-terminates = Questa versione pone fine all'accordo; proseguono soltanto le clausole che vi sopravvivono.
prose-between = Le parti sono { $parties }.
prose-signed = È stata firmata il giorno { $day }.
prose-effective = Ha effetto dal { $moment }.
prose-effective-once = Ha effetto dal { $moment }, una volta che { $condition }.
prose-lapses = Se ciò non avviene prima del { $moment }, decade.

prose-heading-parties = Parti
prose-heading-definitions = Definizioni
prose-heading-clauses = Clausole
prose-heading-laws = Leggi
prose-heading-questions = Questioni aperte

prose-party = { $name }: { $title }
prose-party-else = { $party } (sta per chiunque non sia nominato)
prose-defined-as = { $term } ({ $name })
prose-clause-title = { $title } [{ $name }]

prose-is-ended = Non più in vigore al giorno { $day }
prose-is-suspended = Sospesa al giorno { $day }
prose-is-not-yet = Non ancora in vigore al giorno { $day }
prose-is-depends = Se sia in vigore al giorno { $day } dipende da: { $questions }
prose-is-unknown = Non si può dire come sia al giorno { $day }: { $reason }
prose-status = { $status }: { $reason }

prose-cites = Fonti: { $places }
prose-cite-in = { $place } ({ $file }, passo { $number })
prose-outside = Al di fuori delle fonti: { $where }
prose-note = Nota: { $note }
prose-topics = Materie: { $topics }
prose-unsaid = Nessuno ha detto che cosa sia convenuto su quanto segue: { $topics }
prose-written = Scritto dalla versione { $version }: { $fields }
prose-question = { $name }: { $question }
prose-what-is = Qual è { $value }?
prose-question-reading = Il testo ammette più letture: { $answers }
prose-question-fact = È una questione di fatto: { $answers }
prose-question-figure = È una questione di fatto
prose-question-undisclosed = La risposta non è stata resa nota
prose-answer = { $word } ({ $title })
