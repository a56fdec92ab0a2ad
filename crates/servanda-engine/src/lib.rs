//! Fold a history, decide, explain: [`Program`](servanda_program::Program) + records + [`Question`] → [`Answer`].
//!
//! Read the module [`mod@reference`] first: the meaning of the language on a few pages, plain and slow. [`Engine`] gives
//! the same answers over a history that is folded once and extended event by event. The engine knows no
//! clock, file or network; the day asked and everything recorded come with the question.

mod admit;
mod agreement;
mod ahead;
mod answer;
mod ask;
mod decide;
mod engine;
mod eval;
mod explain;
mod facts;
mod log;
mod oblige;
mod opens;
mod pace;
mod period;
mod process;
mod question;
mod record;
pub mod reference;
mod span;
mod term;
mod timeline;
mod total;
mod tree;
mod value;
mod ways;
mod window;
mod words;
mod world;

pub use answer::{
    Answer, AnswerValue, Because, Dependence, DutyState, Error, Outcome, Owed, OwedAmount, Role, Step, WayOut,
};
pub use engine::Engine;
pub use question::{Act, Ask, Assumed, Assumptions, Question, ValueRef};
pub use record::{Datum, Record, Time};
pub use timeline::{
    ClauseKind, Due, Ended, Governs, Passed, Passing, RecordMark, Row, RowEnd, State, Stretch, Timeline,
    TimelineQuestion, VersionLine, WINDOW_DAYS_MAX,
};
pub use words::{Part, Phrase, Said, Words};
