//! Words of an answer: an English phrase, and what it says.
//!
//! The engine speaks English. What it says is kept beside the words, as the name of a message and what stands in
//! it, so that a report can say the same in another language and never has to read English.

use std::fmt;

use servanda_program::ClauseId;
use servanda_quantity::{Day, Duration, Figure};

/// A phrase without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Words {
    /// In English.
    pub text: String,
    /// What it says; `None` where the words are not the engine's but the agreement's or the log's.
    pub said: Option<Said>,
}

/// A message and what stands in it. The names of messages and of their variables are those of
/// `crates/servanda-report/messages`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Said {
    /// The message.
    pub message: &'static str,
    /// Its variables.
    pub with: Vec<(&'static str, Part)>,
}

/// What stands in a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// A name or identifier, as the agreement or the log writes it.
    Name(String),
    /// One of these names.
    OneOf(Vec<String>),
    /// A day.
    Day(Day),
    /// A figure.
    Figure(Figure),
    /// A duration.
    Duration(Duration),
    /// A phrase of a clause.
    Of(ClauseId, Phrase),
    /// The value of a fact, an index into the program's facts.
    Fact(u32),
    /// A phrase within the phrase.
    Said(Box<Said>),
}

/// Which phrase of a clause; numbers are indices into its norms, powers and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phrase {
    /// A norm, as a sentence.
    Norm(u32),
    /// What a norm demands.
    Meet(u32),
    /// Where a norm steps back.
    Except(u32),
    /// Until when the clause holds.
    Until,
    /// While what it holds.
    While,
    /// When a power can be used.
    When(u32),
    /// How a value is made.
    Value(u32),
}

impl Words {
    /// A phrase, and what it says.
    pub fn new(
        text: impl Into<String>,
        message: &'static str,
        with: impl Into<Vec<(&'static str, Part)>>,
    ) -> Words {
        Words { text: text.into(), said: Some(Said { message, with: with.into() }) }
    }

    /// This phrase as a part of another.
    pub fn part(&self) -> Part {
        match &self.said {
            Some(said) => Part::Said(Box::new(said.clone())),
            None => Part::Name(self.text.clone()),
        }
    }
}

impl Part {
    /// A name.
    pub fn name(name: impl Into<String>) -> Part {
        Part::Name(name.into())
    }
}

impl From<String> for Words {
    /// Words of the agreement or the log.
    fn from(text: String) -> Words {
        Words { text, said: None }
    }
}

impl From<&str> for Words {
    /// Words of the agreement or the log.
    fn from(text: &str) -> Words {
        Words::from(text.to_string())
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
