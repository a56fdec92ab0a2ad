//! Answers and texts as people read them in a terminal: [`Answer`](servanda_engine::Answer) → lines.
//!
//! Everything here gives a `String` and opens nothing. [`Style`] says whether there may be colours and how
//! wide a line is; [`Tongue`] gives the words in the reader's language; [`Passages`] holds the documents that the
//! user has, for citations.

mod answer;
mod calendar;
mod checklist;
mod evidence;
mod figure;
mod passage;
mod prose;
mod silence;
mod style;
mod table;
mod timeline;
mod title;
mod tongue;
mod tree;
mod version;

pub use answer::{Detail, answer, outcome_words, owes, value_words, ways};
pub use calendar::{CalendarOf, calendar};
pub use checklist::{Checked, Presence, Topic, checklist, checklist_json, checklist_text};
pub use evidence::{evidence, evidence_json, evidence_page};
pub use passage::{Found, Passages, digest, is_right_to_left};
pub use prose::{
    CiteReading, ClauseReading, ClauseStatus, Reading, ReadingOf, Sentence, prose_json, prose_page,
    prose_text, reading,
};
pub use silence::explain_program;
pub use style::Style;
pub use table::Table;
pub use timeline::{timeline_json, timeline_svg, timeline_text};
pub use tongue::{Arg, Tongue, UnknownLocale};
pub use version::{VersionRow, VersionState, versions};
