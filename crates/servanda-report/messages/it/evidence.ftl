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
