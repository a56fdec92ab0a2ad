versions-on = { $agreement } al giorno { $day }
versions-text = il testo di { $version }
versions-ended = cessata per effetto di { $version }
versions-once = { $moment }, una volta che { $condition }

column-version = versione
column-builds-on = si fonda su
column-signed = firmata
column-binds-from = vincola da
column-status = stato
column-title = titolo
column-field = campo
column-written-by = scritto da

version-reported = riferita
version-proposed = proposta
version-non-binding = non vincolante
version-signed = firmata
version-conditional = condizionata
version-in-force = in vigore
version-superseded = sostituita
version-lapsed = decaduta
version-not-yet = non ancora
