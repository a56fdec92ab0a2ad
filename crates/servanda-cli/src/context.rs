//! What every command is given, and how it ends.

use std::io::{self, Write};
use std::process::ExitCode;

use servanda_report::Style;
use servanda_text::Style as Drawing;

use crate::world::{Stream, World};

/// The world, and where words go.
pub struct Context<'c> {
    /// Files, clock, terminal.
    pub world: &'c dyn World,
    /// Data.
    pub out: &'c mut dyn Write,
    /// Everything else.
    pub err: &'c mut dyn Write,
}

impl Context<'_> {
    /// How lines on a stream may look.
    pub fn style(&self, stream: Stream) -> Style {
        let terminal = self.world.is_terminal(stream);
        Style {
            colour: terminal && !self.world.no_colour(),
            width: if terminal { self.world.columns() } else { None },
        }
    }

    /// How problems on a stream may look.
    pub fn drawing(&self, stream: Stream) -> Drawing {
        if self.style(stream).colour { Drawing::Colour } else { Drawing::Plain }
    }
}

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// As it should be.
    Good,
    /// The check found errors, a test failed, a file is not formatted.
    Failed,
    /// What was given cannot be used, or some line of a batch was an error.
    Unusable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Failed => 1,
            Exit::Unusable => 2,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// What was given cannot be used; the message says what would be.
    #[error("{0}")]
    Input(String),
    /// The agreement has errors, which have been told.
    #[error("{0}")]
    Agreement(String),
    /// A question has no answer.
    #[error("{} [{}]", .0.message, .0.code)]
    Question(#[from] servanda_engine::Error),
    /// Output could not be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl Fault {
    /// Something that cannot be used.
    pub fn input(message: impl Into<String>) -> Fault {
        Fault::Input(message.into())
    }
}
