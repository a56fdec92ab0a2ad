//! What time does to processes: the steps that no event brings.

use servanda_program::{ClauseName, OpenId};
use servanda_quantity::Day;

use super::TimelineQuestion;
use super::look::Looker;
use crate::answer::Error;
use crate::engine::Engine;
use crate::opens::Eval;
use crate::tree::{self, Tree};
use crate::world::World;

/// A step that time takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passing {
    /// The clause of the process.
    pub clause: ClauseName,
    /// The process.
    pub process: String,
    /// Which run of it; `None` where there is one.
    pub key: Option<String>,
    /// The state that is left.
    pub from: String,
    /// The state that is entered.
    pub to: String,
}

/// The steps of a day, or, where they differ between answers to open questions, on which.
pub type Passed = Result<Vec<Passing>, Vec<OpenId>>;

impl Engine<'_> {
    /// The steps that time takes on a day, in processes of clauses that are in force then.
    ///
    /// # Errors
    /// As a question about the day.
    pub fn passed(&self, day: Day) -> Result<Passed, Error> {
        let clauses = Some(Vec::new());
        let assume = Default::default();
        let asked =
            TimelineQuestion { from: day, until: day.next(), as_of: day, known_at: None, assume, clauses };
        let looker = Looker::new(self, &asked)?;
        let root = looker.root(day)?;
        let (tree, found) = looker.explore(&root, &|world, _| world.passed(day))?;
        if found.windows(2).all(|pair| pair[0] == pair[1]) {
            return Ok(Ok(found.into_iter().next().unwrap_or_default()));
        }
        Ok(Err(read_by(&tree)))
    }
}

/// The questions that a tree forks over.
fn read_by(tree: &Tree) -> Vec<OpenId> {
    let mut widths = std::collections::BTreeMap::new();
    tree::questions(tree, &mut widths);
    widths.into_keys().collect()
}

impl World<'_> {
    fn passed(&self, day: Day) -> Eval<Vec<Passing>> {
        let mut out = Vec::new();
        let text = self.text(day, self.cut(day))?;
        let there = crate::world::Point::new(day, self.cut(day), text);
        let before = self.end_of(Day(day.0 - 1), there);
        for place in self.places(text) {
            for (at, process) in place.clause.processes.iter().enumerate() {
                if process.steps.iter().all(|step| step.event().is_some()) || !self.in_force(&place, there)? {
                    continue;
                }
                for key in self.keys(process, before.cut) {
                    let mut now = self.run(place.id, process, at, key.as_deref(), before)?;
                    while let Some((due, to)) = self.timer(process, &now)?.filter(|(due, _)| *due == day) {
                        let state = |state: u32| process.states[state as usize].name.clone();
                        out.push(Passing {
                            clause: place.clause.name,
                            process: process.name.clone(),
                            key: key.clone(),
                            from: state(now.state),
                            to: state(to),
                        });
                        (now.day, now.state) = (due, to);
                    }
                }
            }
        }
        Ok(out)
    }
}
