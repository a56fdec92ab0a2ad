//! An engine with the logs that the user gave.

use std::path::PathBuf;

use servanda_engine::Engine;
use servanda_program::Program;
use servanda_quantity::Day;
use servanda_wire::Reader;

use crate::agreement::read_text;
use crate::context::Fault;
use crate::world::World;

/// An engine, and what reads questions for it.
pub struct History<'p> {
    /// What answers.
    pub engine: Engine<'p>,
    /// What reads questions and events.
    pub reader: Reader<'p>,
    /// The present day in the agreement's zone.
    pub today: Day,
}

impl<'p> History<'p> {
    /// An engine over the logs, one after the other.
    ///
    /// # Errors
    /// A file that cannot be read, a line that is no event, records that contradict each other.
    pub fn load(world: &dyn World, program: &'p Program, logs: &[PathBuf]) -> Result<History<'p>, Fault> {
        let reader = Reader::new(program)?;
        let mut engine = Engine::new(program);
        for log in logs {
            let text = read_text(world, log)?;
            engine.append(reader.log(&log.display().to_string(), &text)?)?;
        }
        let today = reader.day(world.now())?;
        Ok(History { engine, reader, today })
    }
}
