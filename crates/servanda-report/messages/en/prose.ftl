# The text of an agreement as legal prose: the page, its head, and what stands around the sentences of a clause.
# The sentences themselves are in the other files that begin with "prose".

# A sentence, one that a list follows, a member of a list, and its last member.
prose-sentence = { $text }.
prose-lead = { $text }:
prose-item = { $text };
# Words that begin a title with a capital letter and stand inside a sentence without it, with blanks between them.
prose-small-words = the a an any anyone anybody all each every whoever whatever nobody nothing
# Names of data that read badly after "the" and are quoted, with blanks between them.
prose-function-words = to with by for from of in on at into as is and or not if per
# What the members of lists are called, in order, with blanks between them.
prose-letters = a b c d e f g h i j k l m n o p q r s t u v w x y z
prose-label = ({ $letter })
prose-number = { $number ->
   *[other] { $number }
}
prose-quoted = “{ $text }”
prose-yes = yes
prose-no = no

prose-title = { $agreement }: { $title }
prose-text-of = The text of the version “{ $title }” ({ $version }) on { $day }.
prose-governs = This version governs on that day.
prose-not-governing = This version does not govern on that day; its status is: { $state }. What governs is the version { $governing }.
prose-none-governing = This version does not govern on that day; its status is: { $state }. No version governs.
prose-no-version = No version governs on { $day }: only the laws below, if any, apply.
prose-proposed = This version is only proposed. It binds nobody, and nothing in it is in force.
prose-reported = This version is only reported. It binds nobody, and nothing in it is in force.
prose-non-binding = This version was made without the intention to be bound. It binds nobody, and nothing in it is in force.
prose-terminates = This version ends the agreement; only the clauses that survive go on.
prose-between = It is made between { $parties }.
prose-signed = It was signed on { $day }.
prose-effective = It takes effect on { $moment }.
prose-effective-once = It takes effect on { $moment }, once { $condition }.
prose-lapses = If that has not happened before { $moment }, it lapses.

prose-heading-parties = Parties
prose-heading-definitions = Definitions
prose-heading-clauses = Clauses
prose-heading-laws = Laws
prose-heading-questions = Open questions

prose-party = { $name }: { $title }
prose-party-else = { $party } (stands for anyone who is not named)
prose-defined-as = { $term } ({ $name })
prose-clause-title = { $title } [{ $name }]

# How a clause stands; the reason is a phrase that begins with "it".
prose-is-ended = No longer in force on { $day }
prose-is-suspended = Suspended on { $day }
prose-is-not-yet = Not yet in force on { $day }
prose-is-depends = Whether it is in force on { $day } depends on: { $questions }
prose-is-unknown = How it stands on { $day } cannot be told: { $reason }
prose-status = { $status }: { $reason }

prose-cites = Sources: { $places }
prose-cite-in = { $place } ({ $file }, passage { $number })
prose-outside = From outside the sources: { $where }
prose-note = Note: { $note }
prose-topics = Topics: { $topics }
prose-unsaid = Nobody has said what is agreed on the following: { $topics }
prose-written = Written by { $version }: { $fields }
prose-question = { $name }: { $question }
prose-what-is = What is { $value }?
prose-question-reading = The words can be read in several ways: { $answers }
prose-question-fact = It is a question of fact: { $answers }
prose-question-figure = It is a question of fact
prose-question-undisclosed = The answer has not been disclosed
prose-answer = { $word } ({ $title })
