//! Records of a log: what happened, when it took effect, when it was recorded.

use servanda_program::{EventId, PartyId};
use servanda_quantity::{Day, Figure};

/// A point in time in the agreement's zone: the civil day and the nanoseconds since its midnight (of the
/// wall clock). A bare date is its midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// The civil day.
    pub day: Day,
    /// `0 <= nanos < 90_000_000_000_000`: 25 hours, for days on which the clock goes back.
    pub nanos: i64,
}

impl Time {
    /// The midnight with which a day begins.
    pub fn midnight(day: Day) -> Time {
        Time { day, nanos: 0 }
    }

    /// The last moment of a day.
    pub fn last(day: Day) -> Time {
        Time { day, nanos: i64::MAX }
    }
}

/// A datum of an act or a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Datum {
    /// A word of an enumeration, an identifier, or a text.
    Word(String),
    /// A party.
    Party(PartyId),
    /// A figure.
    Figure(Figure),
    /// A day.
    Day(Day),
}

/// One line of a log, checked against the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it comes from (CloudEvents `source`); empty where it was left out.
    pub source: String,
    /// Its identity within the source; without one it counts as a record of its own.
    pub id: Option<String>,
    /// What happened.
    pub event: EventId,
    /// When it took effect.
    pub time: Time,
    /// When it was recorded.
    pub recorded: Time,
    /// Who did it; only a withdrawal may leave it out.
    pub by: Option<PartyId>,
    /// The fields in the order of the event type; `None` where one was left out.
    pub data: Vec<Option<Datum>>,
    /// The id of the record of the same source that this one corrects.
    pub corrects: Option<String>,
    /// Whether a correction takes the record back without another in its place.
    pub withdrawn: bool,
    /// SHA-256 of the content, the recorded time left out: equal content of one identity counts once.
    pub digest: [u8; 32],
}
