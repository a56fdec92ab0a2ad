//! A timeline as lines of text, as a picture, and as JSON. `docs/timelines.md` says how to read it.

mod json;
mod scale;
mod svg;
mod text;

use servanda_engine::{DutyState, Row, RowEnd, State, Timeline};
use servanda_program::{Program, VersionId};
use servanda_quantity::Day;

use crate::{Tongue, title};

pub use json::timeline_json;
pub use svg::timeline_svg;
pub use text::timeline_text;

/// How a stretch of days looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// There is nothing, or not yet.
    Nothing,
    /// Its term is over.
    Over,
    /// Only a version that does not bind has it.
    NonBinding,
    /// It rests.
    Resting,
    /// It depends on an open question.
    Open,
    /// It holds as things stand, and events can still end it.
    Fading,
    /// It holds.
    Firm,
    /// The engine has no answer.
    Fault,
}

impl Look {
    /// The looks that the legend explains, strongest first.
    const TOLD: [Look; 7] =
        [Look::Firm, Look::Fading, Look::Open, Look::Resting, Look::Over, Look::NonBinding, Look::Fault];

    fn message(self) -> &'static str {
        match self {
            Look::Nothing => "timeline-nothing",
            Look::Over => "timeline-over",
            Look::NonBinding => "timeline-non-binding",
            Look::Resting => "timeline-resting",
            Look::Open => "timeline-open",
            Look::Fading => "timeline-fading",
            Look::Firm => "timeline-firm",
            Look::Fault => "timeline-fault",
        }
    }
}

/// A bar: consecutive days that look alike. `until` is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bar {
    from: Day,
    until: Day,
    look: Look,
}

/// The bars of a clause, in order, without those where there is nothing.
///
/// What lies after the last day of which anything is known fades where an event can still end the clause, or where the
/// answers to open questions give several ends.
fn bars(row: &Row, timeline: &Timeline) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    let mut push = |from: Day, until: Day, look: Look| {
        if from >= until || look == Look::Nothing {
            return;
        }
        match bars.last_mut() {
            Some(last) if last.look == look && last.until == from => last.until = until,
            _ => bars.push(Bar { from, until, look }),
        }
    };
    let can_end = |end: &RowEnd| !end.events.is_empty();
    for stretch in &row.stretches {
        let look = match &stretch.state {
            State::Absent | State::NotYet | State::NonBinding { within: false } => Look::Nothing,
            State::InForce => Look::Firm,
            State::Resting => Look::Resting,
            State::Ended(_) => Look::Over,
            State::NonBinding { within: true } => Look::NonBinding,
            State::Depends(_) => Look::Open,
            State::Unanswered(_) => Look::Fault,
        };
        let known = Day(timeline.known.0.saturating_add(1));
        if look == Look::Firm && row.end.as_ref().is_some_and(can_end) && stretch.until > known {
            push(stretch.from, known.max(stretch.from), Look::Firm);
            push(known.max(stretch.from), stretch.until, Look::Fading);
        } else {
            push(stretch.from, stretch.until, look);
        }
    }
    bars
}

/// The days on which a version governs, by some answer: first day and first day after them.
fn governed(timeline: &Timeline, version: VersionId) -> Vec<(Day, Day)> {
    let has = timeline.governs.iter().filter(|s| s.state.0.contains(&Some(version)));
    has.map(|s| (s.from, s.until)).collect()
}

/// What a row is called: the clause's name, and its title where it has one.
fn called(program: &Program, tongue: &Tongue, row: &Row) -> (String, Option<String>) {
    let name = program.clause_names[row.clause.index()].clone();
    let wordings = program.versions.iter().rev().flat_map(|v| &v.text);
    let id = wordings.filter(|s| s.name == row.clause).map(|s| s.clause).next();
    let law = program.laws.iter().copied().find(|c| program.clause(*c).name == row.clause);
    let own = id.or(law).and_then(|id| title::of_clause(program, tongue, id, program.clause(id)).any());
    (name, own.map(String::from).or_else(|| row.title.clone()))
}

/// The message for the state of a duty on its last day.
fn duty_message(state: Option<DutyState>) -> &'static str {
    match state {
        None => "timeline-due-later",
        Some(DutyState::Fulfilled | DutyState::Discharged) => "timeline-due-done",
        Some(DutyState::Violated | DutyState::Overdue) => "timeline-due-missed",
        Some(_) => "timeline-due-open",
    }
}
