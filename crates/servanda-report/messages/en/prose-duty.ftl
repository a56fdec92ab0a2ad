# Duties. What is long about a duty follows in a list.
prose-must = { $debtors } must { $act }
prose-to = { $duty }, which is owed to { $creditors }
prose-once = from { $moment } on, { $duty }
prose-within-each = within { $duration } after each occurrence of { $records }, { $duty }
prose-within = within { $duration } after { $moment }, { $duty }
prose-each-period = in every { $period }, { $duty }
prose-arrears = within { $duration } after the end of every { $period }, for that { $period }, { $duty }
prose-duty-and = { $duty }; { $more }
prose-last-day = the last day for it is { $moment }
prose-worth = what is owed is { $value }
prose-counting = what counts towards it is { $value }
prose-done = it is fulfilled when { $condition }
prose-owed-if = it is owed only if { $condition }
prose-cure = after its last day it can still be made good for { $duration }
prose-remedy = if it is violated, { $clause } applies
