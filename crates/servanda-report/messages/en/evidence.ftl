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
evidence-law = law
evidence-version = version
evidence-fact = fact
evidence-reading = reading
evidence-question = question
evidence-exact = exact
evidence-unchecked = without a digest
evidence-verdict = verdict
evidence-kind = kind
evidence-name = name
evidence-figures = figures
evidence-citations = citations
evidence-place = place
evidence-cited-by = cited by
# Whether a stated figure stands in the passages.
evidence-found-yes = found
evidence-found-sum = found as a sum
evidence-found-no = not found
evidence-found-outside = from outside
evidence-found-contradicted = another figure stands in its place
evidence-proven = the digest proves that this figure alone was changed
# What a reader should know of a figure that was looked for.
evidence-remark-qualifier = the passage qualifies it in another way
evidence-remark-unit-left-out = the agreement leaves the unit out
evidence-remark-year-left-out = the passage leaves the year out
evidence-remark-business-days = business days in the agreement, days in the passage
evidence-remark-last-day = the passage names the last day, the agreement the day after
evidence-remark-by-version = it stands where the version is cited
evidence-remark-others = other figures of its kind stand there
# How passages disagree.
evidence-kind-figures = other figures
evidence-kind-claims = several figures are claimed
evidence-kind-range = a range and a figure
evidence-kind-qualifier = the same figure, qualified in two ways
evidence-kind-amendment = changed by a later version
evidence-kind-ended = ended by a version
evidence-kind-arithmetic = share, amount and qualifiers that do not go together
evidence-kind-duration = a length of time and a year that do not meet
evidence-kind-implausible = hardly plausible
evidence-kind-reading = several readings, as the agreement records
evidence-kind-noted = noted by the agreement
evidence-no-disagreements = no passages disagree
evidence-nothing-unaccounted = nothing is without an account
evidence-no-declaration = nothing in the agreement cites a document
evidence-theme = colours
evidence-as-device = as the device
# The legend of marks in a document.
evidence-mark-cited = cited passage
evidence-mark-found = figure that a clause accounts for
evidence-mark-against = figure that contradicts a clause
evidence-mark-unaccounted = figure without an account
evidence-not-read = not read
# Below a list that is cut short.
evidence-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
