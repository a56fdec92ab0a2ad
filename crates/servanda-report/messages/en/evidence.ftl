# Labels of the evidence report.

evidence-report = Evidence report
evidence-document = document
evidence-documents = documents
evidence-clause = clause
evidence-clauses = clauses
evidence-supported = supported
evidence-partly-supported = partly supported
evidence-unsupported = unsupported
evidence-contradicted = contradicted
evidence-not-checked = not checked
evidence-passage = passage
evidence-figure = figure
evidence-unaccounted = figures that no clause accounts for
evidence-disagreements = disagreements between documents
# Before what a document says.
evidence-says = says
# Before what the clause says.
evidence-clause-says = the clause says
evidence-moved = moved
evidence-edited = edited
evidence-lost = lost
evidence-ambiguous = ambiguous
evidence-confidence = confidence
evidence-language = language
# Before what the report was generated from.
evidence-generated-from = generated from
evidence-legend = legend
evidence-back-to-clause = back to the clause
evidence-light = light
evidence-dark = dark
evidence-contents = contents
evidence-figures-found = { $total ->
    [one] { $found } of { $total } figure found
   *[other] { $found } of { $total } figures found
}
evidence-document-count = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
evidence-clause-count = { $count ->
    [one] { $count } clause
   *[other] { $count } clauses
}
