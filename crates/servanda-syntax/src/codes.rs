//! The kinds of problems that reading a text can find. Each has a page in `docs/diagnostics/`.

/// All codes of this crate, in alphabetical order.
pub const CODES: &[&str] = &[
    "bad-date",
    "bad-escape",
    "bad-number",
    "bidi-control",
    "expected-day",
    "expected-name",
    "expected-text",
    "expected-type",
    "expected-value",
    "hidden-character",
    "mixed-script",
    "repeated-part",
    "too-deep",
    "too-large",
    "too-many-problems",
    "unclosed-text",
    "unexpected",
    "unknown-character",
    "unknown-declaration",
    "unknown-field",
];

/// A day, month or year that no calendar has.
pub const BAD_DATE: &str = "bad-date";
/// A backslash in a text before a character that it does not escape.
pub const BAD_ESCAPE: &str = "bad-escape";
/// A number that cannot be read.
pub const BAD_NUMBER: &str = "bad-number";
/// An invisible character that changes the order in which text is shown.
pub const BIDI_CONTROL: &str = "bidi-control";
/// A day or an event was expected here.
pub const EXPECTED_DAY: &str = "expected-day";
/// A name was expected here.
pub const EXPECTED_NAME: &str = "expected-name";
/// A text in quotation marks was expected here.
pub const EXPECTED_TEXT: &str = "expected-text";
/// A type was expected here.
pub const EXPECTED_TYPE: &str = "expected-type";
/// A condition or a value was expected here.
pub const EXPECTED_VALUE: &str = "expected-value";
/// A character that cannot be seen, where it can mislead.
pub const HIDDEN_CHARACTER: &str = "hidden-character";
/// A name whose letters come from scripts that look alike.
pub const MIXED_SCRIPT: &str = "mixed-script";
/// Something that can be said once is said twice.
pub const REPEATED_PART: &str = "repeated-part";
/// Parentheses, `not`s or days within days beyond any use.
pub const TOO_DEEP: &str = "too-deep";
/// A file beyond the limit of size.
pub const TOO_LARGE: &str = "too-large";
/// More problems than are worth listing.
pub const TOO_MANY_PROBLEMS: &str = "too-many-problems";
/// A text or a name in backticks whose closing mark is missing.
pub const UNCLOSED_TEXT: &str = "unclosed-text";
/// Something else was expected here.
pub const UNEXPECTED: &str = "unexpected";
/// A character that the language does not know.
pub const UNKNOWN_CHARACTER: &str = "unknown-character";
/// A word that begins no declaration.
pub const UNKNOWN_DECLARATION: &str = "unknown-declaration";
/// A word that begins no field.
pub const UNKNOWN_FIELD: &str = "unknown-field";
