//! What a matter refuses, and why.

/// One problem of a text, at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable code of the diagnostic.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// `FILE:LINE:COLUMN`, counted from 1; empty where it has no place.
    pub place: String,
    /// A likely fix.
    pub help: Option<String>,
}

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Stable name of the kind of problem.
    pub code: String,
    /// What is wrong, what was expected, and a likely fix.
    pub message: String,
    /// Where a text was refused: its problems.
    pub problems: Vec<Problem>,
}

impl Fault {
    /// A fault of a kind.
    pub fn new(code: &str, message: impl Into<String>) -> Fault {
        Fault { code: code.to_string(), message: message.into(), problems: Vec::new() }
    }
}

impl From<servanda_wire::Error> for Fault {
    fn from(error: servanda_wire::Error) -> Fault {
        Fault::new(error.code, error.message)
    }
}
