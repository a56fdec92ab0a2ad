evidence-report = Rapporto delle prove
evidence-document = documento
evidence-documents = documenti
evidence-clause = clausola
evidence-clauses = clausole
evidence-supported = sostenuta
evidence-partly-supported = sostenuta in parte
evidence-unsupported = non sostenuta
evidence-contradicted = contraddetta
evidence-not-checked = non verificata
evidence-passage = passo
evidence-figure = cifra
evidence-unaccounted = cifre di cui nessuna clausola rende conto
evidence-disagreements = divergenze tra documenti
evidence-says = dice
evidence-clause-says = la clausola dice
evidence-moved = spostato
evidence-edited = modificato
evidence-lost = perduto
evidence-ambiguous = ambiguo
evidence-confidence = affidabilità
evidence-language = lingua
evidence-generated-from = generato da
evidence-legend = legenda
evidence-back-to-clause = torna alla clausola
evidence-light = chiaro
evidence-dark = scuro
evidence-contents = indice
evidence-figures-found = { $total ->
    [one] { $found } cifra su { $total } trovata
   *[other] { $found } cifre su { $total } trovate
}
evidence-document-count = { $count ->
    [one] { $count } documento
   *[other] { $count } documenti
}
evidence-clause-count = { $count ->
    [one] { $count } clausola
   *[other] { $count } clausole
}
evidence-law = legge
evidence-version = versione
evidence-fact = fatto
evidence-reading = lettura
evidence-question = domanda
evidence-exact = esatto
evidence-unchecked = senza impronta
evidence-verdict = esito
evidence-kind = tipo
evidence-name = nome
evidence-figures = cifre
evidence-citations = citazioni
evidence-place = luogo
evidence-cited-by = citato da
evidence-found-yes = trovata
evidence-found-sum = trovata come somma
evidence-found-no = non trovata
evidence-found-outside = da fuori
evidence-found-contradicted = al suo posto sta un’altra cifra
evidence-proven = l’impronta prova che è cambiata soltanto questa cifra
evidence-remark-qualifier = il passo la qualifica in altro modo
evidence-remark-unit-left-out = l’accordo tralascia l’unità
evidence-remark-year-left-out = il passo tralascia l’anno
evidence-remark-business-days = giorni lavorativi nell’accordo, giorni nel passo
evidence-remark-last-day = il passo nomina l’ultimo giorno, l’accordo quello successivo
evidence-remark-by-version = sta dove è citata la versione
evidence-remark-others = vi stanno altre cifre dello stesso tipo
evidence-kind-figures = altre cifre
evidence-kind-claims = sono sostenute più cifre
evidence-kind-range = un intervallo e una cifra
evidence-kind-qualifier = la stessa cifra, qualificata in due modi
evidence-kind-amendment = cambiata da una versione successiva
evidence-kind-ended = terminata da una versione
evidence-kind-arithmetic = quota, importo e qualificazioni che non si accordano
evidence-kind-duration = una durata e un anno che non si incontrano
evidence-kind-implausible = poco plausibile
evidence-kind-reading = più letture, come registra l’accordo
evidence-kind-noted = annotato dall’accordo
evidence-no-disagreements = nessun passo diverge
evidence-nothing-unaccounted = nulla è senza conto
evidence-no-declaration = nulla nell’accordo cita un documento
evidence-theme = colori
evidence-as-device = come il dispositivo
evidence-mark-cited = passo citato
evidence-mark-found = cifra di cui una clausola rende conto
evidence-mark-against = cifra che contraddice una clausola
evidence-mark-unaccounted = cifra di cui nessuno rende conto
evidence-not-read = non letto
evidence-more = { $count ->
    [one] e un’altra
   *[other] e altre { $count }
}
