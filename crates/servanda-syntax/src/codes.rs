//! The kinds of problems that reading a text can find. Each has a page in `docs/diagnostics/`.

/// All codes of this crate.
pub const CODES: &[&str] = &[
    BAD_DATE,
    BAD_NUMBER,
    BIDI_CONTROL,
    MIXED_SCRIPT,
    RESERVED_NAME,
    TEMPLATE_IN_TEMPLATE,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY,
    UNCLOSED_TEXT,
    UNEXPECTED,
    UNKNOWN_CHARACTER,
    UNKNOWN_DECLARATION,
    UNKNOWN_KEYWORD,
];

/// A day that no calendar has.
pub const BAD_DATE: &str = "bad-date";
/// A number that cannot be read.
pub const BAD_NUMBER: &str = "bad-number";
/// An invisible character that changes the order in which text is shown.
pub const BIDI_CONTROL: &str = "bidi-control";
/// A name whose letters come from scripts that look alike.
pub const MIXED_SCRIPT: &str = "mixed-script";
/// A name that would be read as something else where it is used.
pub const RESERVED_NAME: &str = "reserved-name";
/// A template that uses a template.
pub const TEMPLATE_IN_TEMPLATE: &str = "template-in-template";
/// Parentheses, `not`s or days within days beyond any use.
pub const TOO_DEEP: &str = "too-deep";
/// A file beyond the limit of size.
pub const TOO_LARGE: &str = "too-large";
/// More problems than are worth listing.
pub const TOO_MANY: &str = "too-many-problems";
/// A text whose closing mark is missing.
pub const UNCLOSED_TEXT: &str = "unclosed-text";
/// Something else was expected here.
pub const UNEXPECTED: &str = "unexpected";
/// A character that the language does not know.
pub const UNKNOWN_CHARACTER: &str = "unknown-character";
/// A word that begins no declaration.
pub const UNKNOWN_DECLARATION: &str = "unknown-declaration";
/// A word that begins no field.
pub const UNKNOWN_KEYWORD: &str = "unknown-keyword";
