# Duties. What is long about a duty follows in a list.
prose-must = { $debtors } must { $act }
prose-to = { $duty }, which is owed to { $creditors }
prose-once = from { $moment } on, { $duty }
prose-within-each = within { $duration } after each occurrence of { $records }, { $duty }
prose-within = within { $duration } after { $moment }, { $duty }
prose-each-week = in every week, { $duty }
prose-each-month = in every month, { $duty }
prose-each-quarter = in every quarter of a year, { $duty }
prose-each-year = in every year, { $duty }
prose-last-day = the last day for it is { $moment }
prose-worth = what is owed is { $value }
prose-counting = what counts towards it is { $value }
prose-done = it is fulfilled when { $condition }
prose-owed-if = it is owed only if { $condition }
prose-cure = after its last day it can still be made good for { $duration }
prose-remedy = if it is violated, { $clause } applies
