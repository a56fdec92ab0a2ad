//! The words of the language, by the place at which they are keywords.

/// Words that begin a declaration.
pub(crate) const DECLARATIONS: &[&str] = &[
    "agreement", "import", "party", "role", "source", "unit", "calendar", "kind", "action", "event", "reading",
    "question", "fact", "law", "version", "clause", "change", "template", "test",
];

/// Words that begin a field of a clause, norms and grounds aside.
pub(crate) const FIELDS: &[&str] =
    &["for", "from", "until", "through", "while", "unless", "overrides", "on", "process", "value", "define"];

/// Words that begin grounds.
pub(crate) const GROUNDS: &[&str] = &["cites", "outside", "note"];

/// Words that a `drop` can name.
pub(crate) const DROPPED: &[&str] = &[
    "norm", "for", "from", "until", "while", "unless", "overrides", "on", "process", "value", "define", "cites",
    "outside", "note",
];

/// Words that begin a field of a version.
pub(crate) const VERSION_FIELDS: &[&str] = &[
    "starts", "amends", "restates", "clarifies", "terminates", "binding", "proposed", "reported", "non-binding",
    "signed", "parties", "requires", "lapses", "keeps", "strikes", "waives", "revives", "suspends", "extends",
    "settles", "survives",
];

/// Words that begin a step of a test.
pub(crate) const TEST_STEPS: &[&str] = &["on", "known", "under", "log", "assume", "expect"];

/// Words that begin a part of a duty.
pub(crate) const DUTY_PARTS: &[&str] =
    &["once", "by", "within", "each", "worth", "counting", "done", "cure", "else"];

/// Further words that can follow an expression, so that they are no unit of a number before them.
pub(crate) const NEVER_UNITS: &[&str] = &[
    "and", "or", "is", "has", "of", "rounded", "to", "where", "else", "then", "if", "provided", "when", "only", "by",
    "in", "per", "not", "once", "within", "each", "worth", "counting", "done", "cure", "after", "before", "ends",
    "resumes", "uses", "takes", "with", "add", "drop", "answer", "gives", "because", "recorded", "optional",
    "reserved", "brings", "performs", "attested", "reads", "states",
];

/// Words that mean something at the start of an operand.
pub(crate) const OPERANDS: &[&str] =
    &["about", "at", "more", "less", "undisclosed", "none", "not", "max", "min", "sum", "count", "latest"];

/// Words that mean something at the start of a day or an event.
pub(crate) const DAYS: &[&str] = &["the", "never", "entry", "violation", "fulfilment", "end"];

/// Words that mean something after `is`.
pub(crate) const TESTS: &[&str] = &["not", "one", "given", "in", "violated", "fulfilled"];

/// Words that are types.
pub(crate) const TYPES: &[&str] =
    &["party", "id", "yes-no", "money", "percent", "number", "date", "text", "kind"];

/// Words that multiply the number before them.
pub(crate) fn scale(word: &str) -> Option<i64> {
    Some(match word {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    })
}
