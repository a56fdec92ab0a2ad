//! Open questions: what nobody has said, disclosed or settled.

use servanda_quantity::{Figure, Unit};

use crate::vocabulary::Grounds;

/// Why a question is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenKind {
    /// Something about the world that the log or the asker can know.
    Fact,
    /// A figure of the agreement that is not public.
    Undisclosed,
    /// Words that can be read in several ways.
    Reading,
}

/// One answer of a question with finitely many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The word.
    pub word: String,
    /// What it means.
    pub title: Option<String>,
}

/// What can answer a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answers {
    /// One of some words, in order.
    Words(Vec<Answer>),
    /// One of the agreement's parties.
    Parties,
    /// An identifier: one of those in the log, or another.
    Ids,
    /// A figure. Undecided comparisons fork over the regions that these cut points make, in order;
    /// without cut points nothing compares it with a constant.
    Figure {
        /// Its unit, where the text says it.
        unit: Option<Unit>,
        /// Where the meaning changes, ascending, all of one unit.
        cuts: Vec<Figure>,
    },
    /// A day; cut points as for figures, as day numbers.
    Date {
        /// Where the meaning changes, ascending.
        cuts: Vec<servanda_quantity::Day>,
    },
}

/// An open question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its name in `assume` and in answers: `until-year`, `host.audience`, `revenue-share.rate`.
    pub name: String,
    /// Why it is open.
    pub kind: OpenKind,
    /// The question in words.
    pub question: String,
    /// What can answer it.
    pub answers: Answers,
    /// Where it comes from.
    pub grounds: Grounds,
}
