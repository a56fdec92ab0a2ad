//! Questions, events and answers in JSON, both ways: JSON ⇄ [`Question`], [`Record`], [`Answer`].
//!
//! The shapes are those of the project's fixed interface; `docs/meaning.md` says what they mean. Read
//! [`Reader`] first. Nothing is opened here: lines come in as text, and answers go out as values.

mod answer;
mod assume;
mod datum;
mod event;
mod json;
mod log;
mod question;

pub use answer::{answer_json, error_json, value_json, ways_json};
pub use json::{LINE_BYTES_MAX, canonical, parse_json, parse_line};
pub use question::Asked;
pub use servanda_engine::{Answer, Error, Question, Record};

use jiff::tz::TimeZone;

use servanda_program::Program;
use servanda_quantity::Day;

/// Reads questions and events of one agreement, with its names and its zone.
pub struct Reader<'p> {
    program: &'p Program,
    zone: TimeZone,
}

impl<'p> Reader<'p> {
    /// A reader for a program.
    ///
    /// # Errors
    /// The agreement's zone is not in the time zone database.
    pub fn new(program: &'p Program) -> Result<Reader<'p>, Error> {
        let zone = if program.zone.is_empty() {
            TimeZone::UTC
        } else {
            TimeZone::get(&program.zone).map_err(|_| {
                Error::new("unknown-zone", format!("the time zone `{}` is not known", program.zone))
            })?
        };
        Ok(Reader { program, zone })
    }

    /// The program.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The civil day of an instant in the agreement's zone.
    ///
    /// # Errors
    /// A day beyond the years 1 to 9999.
    pub fn day(&self, instant: jiff::Timestamp) -> Result<Day, Error> {
        Day::from_date(instant.to_zoned_datetime(self.zone.clone()).date())
            .map_err(|e| Error::new("impossible-date", e.to_string()))
    }

    /// The instant at which a day begins in the agreement's zone.
    ///
    /// # Errors
    /// A day beyond those that instants reach.
    pub fn beginning(&self, day: Day) -> Result<jiff::Timestamp, Error> {
        let zoned = day.date().to_zoned_datetime(self.zone.clone());
        zoned.map(|z| z.timestamp()).map_err(|e| Error::new("impossible-date", e.to_string()))
    }
}

/// `unknown party `Opanai`; did you mean `OpenAI`?`, or the names that there are where none is near.
pub(crate) fn unknown<'a>(
    code: &'static str,
    what: &str,
    word: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Error {
    /// Most names that a message lists.
    const LISTED_MAX: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    let hint = match servanda_text::nearest(word, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "there is none".to_string(),
        None => {
            let listed: Vec<String> = names.iter().take(LISTED_MAX).map(|n| format!("`{n}`")).collect();
            let more = if names.len() > LISTED_MAX { ", …" } else { "" };
            format!("expected one of {}{more}", listed.join(", "))
        }
    };
    Error::new(code, format!("unknown {what} `{}`; {hint}", json::short(word)))
}
