//! Timelines: how each clause stands on every day of a window. `docs/meaning.md`, "Timelines".
//!
//! Each day is looked at by itself, with what the engine finds on that day and nothing else, so that a timeline
//! cannot say another thing than a question about one of its days.

mod duties;
mod look;
mod passing;
mod span;

use std::collections::BTreeSet;

use servanda_program::{Clause, ClauseName, EventId, NormForm, OpenId, PartyId, Sign, VersionId};
use servanda_quantity::Day;

use crate::answer::{DutyState, Error, Outcome};
use crate::engine::Engine;
use crate::question::Assumptions;
use crate::record::Time;
use crate::words::Words;

use look::{Looker, TOO_LARGE};
pub use passing::{Passed, Passing};

/// Most days of a window.
pub const WINDOW_DAYS_MAX: i32 = 45_000;

/// Which timeline is asked for.
#[derive(Debug, Clone)]
pub struct TimelineQuestion {
    /// The first day of the window.
    pub from: Day,
    /// The first day after the window.
    pub until: Day,
    /// The present day: what comes later, and later than the last record, can still be moved by events.
    pub as_of: Day,
    /// Only records recorded by then count; all where it is `None`.
    pub known_at: Option<Time>,
    /// Answers to open questions.
    pub assume: Assumptions,
    /// The clauses that get a row; all where it is `None`.
    pub clauses: Option<Vec<ClauseName>>,
}

/// A timeline.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The first day of the window.
    pub from: Day,
    /// The first day after the window.
    pub until: Day,
    /// The present day.
    pub as_of: Day,
    /// The last day of which anything is known: the present day, or that of the last record where it is later.
    pub known: Day,
    /// The versions, in the order of the program.
    pub versions: Vec<VersionLine>,
    /// Which text governs.
    pub governs: Vec<Stretch<Governs>>,
    /// A row for each clause, in the order in which the texts bring them.
    pub rows: Vec<Row>,
    /// The records of the window, in their order.
    pub records: Vec<RecordMark>,
    /// What could not be found out.
    pub faults: Vec<Error>,
}

/// How a version stands on a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// The version.
    pub version: VersionId,
    /// The days from which it governs, by the answers to what is open; several where it depends, none where it
    /// never does as far as the window shows.
    pub effective: BTreeSet<Day>,
    /// Whether it may never govern, under some answer.
    pub doubtful: bool,
}

/// Consecutive days that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch<T> {
    /// The first day.
    pub from: Day,
    /// The first day that is left out.
    pub until: Day,
    /// How they are.
    pub state: T,
    /// The open questions that matter; none where it is the same under all answers.
    pub on: Vec<OpenId>,
}

/// Which text governs: one, or several where it depends. `None` before the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Governs(pub Vec<Option<VersionId>>);

/// How a clause stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The text has no such clause.
    Absent,
    /// Its term has not begun.
    NotYet,
    /// It holds.
    InForce,
    /// It rests: its `while` is false, or it is suspended.
    Resting,
    /// Its term is over.
    Ended(Ended),
    /// Only a version that does not bind has it.
    NonBinding {
        /// Whether the day lies in the term that is written there.
        within: bool,
    },
    /// It differs between answers to open questions: the outcomes, each once, in their order.
    Depends(Vec<Outcome>),
    /// The engine has no answer about the day.
    Unanswered(Error),
}

/// What ended a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Its own term.
    Term,
    /// An effect of a clause.
    Effect(ClauseName),
    /// One side gave it up.
    Waived(VersionId),
    /// The agreement ended, and it did not survive.
    Terminated(VersionId),
}

impl State {
    /// What `in_force`, asked as of the day, answers; `None` where it is an error.
    pub fn outcome(&self) -> Option<Outcome> {
        Some(match self {
            State::Absent => Outcome::Absent,
            State::NotYet => Outcome::NotYet,
            State::InForce => Outcome::InForce,
            State::Resting | State::Ended(_) => Outcome::Ended,
            State::NonBinding { .. } => Outcome::NonBinding,
            State::Depends(_) => Outcome::Depends,
            State::Unanswered(_) => return None,
        })
    }

    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            State::Absent => "absent",
            State::NotYet => "not-yet",
            State::InForce => "in-force",
            State::Resting => "resting",
            State::Ended(_) => "ended",
            State::NonBinding { .. } => "non-binding",
            State::Depends(_) => "depends",
            State::Unanswered(_) => "unanswered",
        }
    }
}

impl Ended {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Ended::Term => "term",
            Ended::Effect(_) => "effect",
            Ended::Waived(_) => "waived",
            Ended::Terminated(_) => "terminated",
        }
    }
}

/// What a clause is for, by what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClauseKind {
    /// It permits.
    Right,
    /// It restricts.
    Restriction,
    /// It obliges.
    Duty,
    /// It gives a power.
    Power,
    /// It holds values, processes or effects alone.
    Other,
}

impl ClauseKind {
    /// Every kind.
    pub const ALL: [ClauseKind; 5] =
        [ClauseKind::Right, ClauseKind::Restriction, ClauseKind::Duty, ClauseKind::Power, ClauseKind::Other];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            ClauseKind::Restriction => "restriction",
            ClauseKind::Right => "right",
            ClauseKind::Duty => "duty",
            ClauseKind::Power => "power",
            ClauseKind::Other => "other",
        }
    }
}

/// The row of a clause.
#[derive(Debug, Clone)]
pub struct Row {
    /// The clause.
    pub clause: ClauseName,
    /// Its title, in the last wording that has one.
    pub title: Option<String>,
    /// The version that alone has it, and does not bind.
    pub only_in: Option<VersionId>,
    /// Whether it is a law.
    pub law: bool,
    /// What it is for, over all its wordings.
    pub kinds: BTreeSet<ClauseKind>,
    /// What its last wording is for first of all: an exclusive right is a right, though it restricts others.
    pub lead: ClauseKind,
    /// The whole window, in order, without a gap.
    pub stretches: Vec<Stretch<State>>,
    /// How it ends, by what is known; `None` where it has not begun, or the engine has no answer.
    pub end: Option<RowEnd>,
    /// The last days of its duties.
    pub dues: Vec<Due>,
}

/// The end of a clause, as `ends` answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowEnd {
    /// The day that is asked: the last one of which anything is known, or the first on which the clause holds.
    pub asked: Day,
    /// The first end that some answer gives; `None` where none gives any.
    pub earliest: Option<Day>,
    /// The last end that some answer gives; `None` where under some answer it has no day.
    pub latest: Option<Day>,
    /// Events that can still end it, before those days or without one.
    pub events: Vec<EventId>,
    /// The open questions on which the end depends.
    pub on: Vec<OpenId>,
}

/// The last day of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who owes.
    pub party: PartyId,
    /// What, in the agreement's words.
    pub what: String,
    /// Since when.
    pub since: Day,
    /// The last day for it.
    pub due: Day,
    /// How it stands on the last day of which anything is known; `None` where it has not begun by then.
    pub state: Option<DutyState>,
    /// Whether it is owed under some answers to open questions alone.
    pub depends: bool,
}

/// A record on a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordMark {
    /// The day on which it took effect.
    pub day: Day,
    /// What happened.
    pub event: EventId,
    /// Who did it.
    pub by: Option<PartyId>,
    /// Its id.
    pub id: Option<String>,
    /// Whether it counts; `None` where that depends on open questions.
    pub counts: Option<bool>,
    /// Why it does not.
    pub why: Option<Words>,
}

/// What a wording of a clause is for.
fn kinds_of(clause: &Clause) -> BTreeSet<ClauseKind> {
    let mut kinds = BTreeSet::new();
    for norm in clause.norms.iter().filter(|n| n.form != NormForm::HasPower) {
        kinds.insert(match norm.sign {
            Sign::Grant => ClauseKind::Right,
            Sign::Bar => ClauseKind::Restriction,
        });
    }
    kinds.extend((!clause.duties.is_empty()).then_some(ClauseKind::Duty));
    kinds.extend((!clause.powers.is_empty()).then_some(ClauseKind::Power));
    if kinds.is_empty() {
        kinds.insert(ClauseKind::Other);
    }
    kinds
}

/// What a wording is for first of all.
fn lead_of(clause: &Clause) -> ClauseKind {
    let restricts = clause.norms.iter().any(|n| n.sign == Sign::Bar && n.form != NormForm::Alone);
    if restricts {
        ClauseKind::Restriction
    } else {
        kinds_of(clause).first().copied().unwrap_or(ClauseKind::Other)
    }
}

impl Engine<'_> {
    /// How each clause stands on every day of a window. On each day a row says what `in_force` answers that is
    /// asked as of this day over the same log.
    ///
    /// # Errors
    /// `empty-window`, `window-too-long`: the window; `timeline-too-large`: more days, clauses and open questions
    /// than are looked at; a log that contradicts itself. What goes wrong on single days is part of the timeline.
    pub fn timeline(&self, asked: &TimelineQuestion) -> Result<Timeline, Error> {
        if asked.until <= asked.from {
            return Err(Error::new(
                "empty-window",
                format!("the window from {} to {} has no day; name a later end", asked.from, asked.until),
            ));
        }
        if i64::from(asked.until.0) - i64::from(asked.from.0) > i64::from(WINDOW_DAYS_MAX) {
            return Err(Error::new(
                "window-too-long",
                format!("the window has more than {WINDOW_DAYS_MAX} days; name a nearer end"),
            ));
        }
        let looker = Looker::new(self, asked)?;
        let known = looker.records.last().map_or(asked.as_of, |r| r.time.day.max(asked.as_of));
        let mut faults = Vec::new();
        let mut rows = looker.rows()?;
        let mut governs: Vec<Stretch<Governs>> = Vec::new();
        for day in (asked.from.0..asked.until.0).map(Day) {
            let root = match looker.root(day) {
                Ok(root) => root,
                Err(error) if error.code == TOO_LARGE => return Err(error),
                Err(error) => {
                    push(&mut governs, day, Governs(Vec::new()), Vec::new());
                    for row in &mut rows {
                        push(&mut row.stretches, day, State::Unanswered(error.clone()), Vec::new());
                    }
                    continue;
                }
            };
            let (texts, on) = match looker.texts(&root, day) {
                Ok(found) => found,
                Err(error) if error.code == TOO_LARGE => return Err(error),
                Err(_) => (Vec::new(), Vec::new()),
            };
            push(&mut governs, day, Governs(texts), on);
            for row in &mut rows {
                let (state, on) = looker.state(&root, row, day)?;
                push(&mut row.stretches, day, state, on);
            }
        }
        for row in rows.iter_mut().filter(|r| r.only_in.is_none()) {
            match looker.end(row, known) {
                Ok(end) => row.end = end,
                Err(error) => keep(&mut faults, error),
            }
        }
        duties::put(&looker, asked, known, &governs, &mut rows, &mut faults);
        let versions = looker.versions(Day(asked.until.0 - 1).max(known), &mut faults);
        let records = looker.marks(&mut faults);
        let (from, until) = (asked.from, asked.until);
        Ok(Timeline { from, until, as_of: asked.as_of, known, versions, governs, rows, records, faults })
    }
}

/// Adds a day to the stretches.
fn push<T: PartialEq>(stretches: &mut Vec<Stretch<T>>, day: Day, state: T, on: Vec<OpenId>) {
    match stretches.last_mut() {
        Some(last) if last.state == state && last.on == on => last.until = day.next(),
        _ => stretches.push(Stretch { from: day, until: day.next(), state, on }),
    }
}

/// Keeps a fault once.
fn keep(faults: &mut Vec<Error>, error: Error) {
    if !faults.contains(&error) {
        faults.push(error);
    }
}
