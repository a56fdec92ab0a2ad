//! Versions and clauses.

use servanda_quantity::{Day, Duration};
use servanda_text::Span;

use crate::expr::{Cond, Expr, Moment, Pattern};
use crate::vocabulary::Grounds;
use crate::{ActionId, CalendarId, ClauseId, ClauseName, EventId, OpenId, PartyId, ScheduleId, VersionId};

/// One version of the agreement: an instrument, and the text that it leaves.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The version that it builds on.
    pub base: Option<VersionId>,
    /// What it is.
    pub status: Status,
    /// When it was signed.
    pub signed: Option<Day>,
    /// From when it binds; `None` for one that never does. It may depend on events.
    pub effective: Option<Moment>,
    /// Whether it binds from then also where it was signed later.
    pub retroactive: bool,
    /// The condition precedent, judged by the text that governed before.
    pub requires: Option<Cond>,
    /// The day on which an unmet condition precedent kills it.
    pub lapses: Option<Moment>,
    /// Who is party to it; empty where the text does not say.
    pub parties: Vec<PartyId>,
    /// The clauses that stand in it, those that it ended included, in the order of the text.
    pub text: Vec<Standing>,
    /// Names that it struck, for explanations.
    pub struck: Vec<ClauseName>,
    /// Readings that it settles: the question and the index of its answer. They bind from `effective` on.
    pub settles: Vec<(OpenId, u32)>,
    /// Whether it only clarifies: it moves nothing but `settles`.
    pub clarifies: bool,
    /// Whether it ends the agreement: every clause but those that survive.
    pub terminates: bool,
    /// What supports it.
    pub grounds: Grounds,
    /// Where it is declared.
    pub span: Span,
}

/// How far an instrument has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Somebody reports it.
    Reported,
    /// Somebody proposes it.
    Proposed,
    /// Signed without meaning to be bound.
    NonBinding,
    /// Signed and binding from its effective day on, once its condition precedent is met.
    Binding,
}

/// A clause as it stands in a version.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its name.
    pub name: ClauseName,
    /// Its wording.
    pub clause: ClauseId,
    /// The version from whose effective day its totals count: the one that added or replaced it.
    pub birth: VersionId,
    /// The version that waived or terminated it, if one did.
    pub ended: Option<(VersionId, Ending)>,
    /// Times in which it rests.
    pub suspended: Vec<Suspension>,
    /// For each field, the version that wrote it: `("until", v)`, in the order of the clause.
    pub blame: Vec<(String, VersionId)>,
}

/// How an instrument ends a clause that stays in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// One side gave it up.
    Waived,
    /// The agreement ended, and it did not survive.
    Terminated,
}

/// A time in which a clause rests.
#[derive(Debug, Clone)]
pub struct Suspension {
    /// The version that says so.
    pub by: VersionId,
    /// From when; the version's effective day where it is `None`.
    pub from: Option<Moment>,
    /// Until when; for good where it is `None`.
    pub until: Option<Moment>,
}

/// One wording of a clause.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its name.
    pub name: ClauseName,
    /// Its title.
    pub title: Option<String>,
    /// Whom it protects, and who can waive it; empty where the text does not say.
    pub protects: Vec<PartyId>,
    /// When it begins; its version's effective day where it is `None`.
    pub from: Option<Moment>,
    /// The first day on which it no longer holds, for good.
    pub until: Moment,
    /// It rests on days on which this is false.
    pub while_: Option<Cond>,
    /// Permissions and restrictions.
    pub norms: Vec<Norm>,
    /// Powers.
    pub powers: Vec<Power>,
    /// Obligations.
    pub duties: Vec<Duty>,
    /// Clauses to which its norms do not yield.
    pub overrides: Vec<Override>,
    /// What its events do to clauses.
    pub effects: Vec<Effect>,
    /// Its processes.
    pub processes: Vec<Process>,
    /// Its values.
    pub values: Vec<Value>,
    /// Its definitions.
    pub defines: Vec<Define>,
    /// Whether the end of the agreement spares it.
    pub survives: bool,
    /// The topics that it is about, in the order of the text.
    pub topics: Vec<String>,
    /// What supports it.
    pub grounds: Grounds,
    /// Where it is written.
    pub span: Span,
}

/// Whether a norm frees or binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// A permission.
    Grant,
    /// A restriction.
    Bar,
}

/// The form in which a norm is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NormForm {
    /// `may`
    May,
    /// `may not`
    MayNot,
    /// `may … only where`
    OnlyWhere,
    /// `alone may`: a grant to the holder and a bar on every actor.
    Alone,
    /// `has power to`
    HasPower,
}

/// A permission or a restriction.
#[derive(Debug, Clone)]
pub struct Norm {
    /// Which.
    pub sign: Sign,
    /// How it is written.
    pub form: NormForm,
    /// Whom it speaks of. A bar of form `Alone` speaks of every actor of the action.
    pub parties: Vec<PartyId>,
    /// The holders of an exclusive right, for whom its bar is met; empty otherwise.
    pub holders: Vec<PartyId>,
    /// The act.
    pub action: ActionId,
    /// Which acts it speaks of; outside, the clause is silent.
    pub reach: Cond,
    /// What it demands: a grant frees where it holds, a bar binds where it does not.
    pub meet: Cond,
    /// Where it steps back.
    pub except: Cond,
    /// Where it is written.
    pub span: Span,
}

/// An act that changes the agreement's own state.
#[derive(Debug, Clone)]
pub struct Power {
    /// The holders.
    pub parties: Vec<PartyId>,
    /// The act; it brings events.
    pub action: ActionId,
    /// When it can be used.
    pub when: Cond,
    /// Where it is written.
    pub span: Span,
}

/// A clause that yields to this one, act by act: where a norm of this clause fires, the other's norms do not.
#[derive(Debug, Clone)]
pub struct Override {
    /// The clause that yields.
    pub clause: ClauseName,
    /// When.
    pub cond: Cond,
}

/// What an event does to clauses.
#[derive(Debug, Clone)]
pub struct Effect {
    /// What sets it off, on a day on which this clause is in force.
    pub when: Moment,
    /// The day before which it must happen.
    pub before: Option<Moment>,
    /// What it does.
    pub verb: EffectVerb,
    /// To which clauses.
    pub target: EffectTarget,
    /// Where it is written.
    pub span: Span,
}

/// What an effect does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EffectVerb {
    /// The clause is over for good.
    Ends,
    /// The clause begins.
    Starts,
    /// The clause rests.
    Suspends,
    /// The clause rests no longer.
    Resumes,
}

/// Whom an effect reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectTarget {
    /// These clauses.
    Clauses(Vec<ClauseName>),
    /// Every clause of the version, this one included; `ends` spares those that survive.
    Agreement,
}

/// States that events and time move.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its name.
    pub name: String,
    /// The field whose value is the key of a run; one run where it is `None`.
    pub key: Option<String>,
    /// Its states; it begins in the first.
    pub states: Vec<State>,
    /// Its steps; the first that matches is taken.
    pub steps: Vec<Step>,
}

/// A state of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: String,
}

/// A way from states to a state.
#[derive(Debug, Clone)]
pub struct Step {
    /// What moves it.
    pub trigger: Trigger,
    /// From these states, as indices.
    pub from: Vec<u32>,
    /// To this state.
    pub to: u32,
    /// Figures kept for later: slot and value, the record in hand.
    pub keeps: Vec<(String, Expr)>,
}

impl Step {
    /// The event type that moves it; `None` where time does.
    pub fn event(&self) -> Option<EventId> {
        match &self.trigger {
            Trigger::On(pattern) => Some(pattern.event),
            Trigger::After(..) => None,
        }
    }
}

/// What moves a process.
#[derive(Debug, Clone)]
pub enum Trigger {
    /// An event. Of a keyed process, the record's field of the key's name says which run.
    On(Pattern),
    /// Time: this long after the day of entry, the step is taken at the start of the following day.
    After(Duration, Option<CalendarId>),
}

/// A value of a clause.
#[derive(Debug, Clone)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// The name of its key.
    pub key: Option<String>,
    /// What it is.
    pub expr: Expr,
    /// Where this does not hold it is absent.
    pub cond: Cond,
}

/// A definition of a clause.
#[derive(Debug, Clone)]
pub struct Define {
    /// Its name.
    pub name: String,
    /// The name of its key.
    pub key: Option<String>,
    /// The action at whose acts it looks. A definition that looks at acts stands here once for each action that uses it.
    pub action: Option<ActionId>,
    /// When it is so.
    pub cond: Cond,
}

impl Clause {
    /// The definition of a name, for an act of an action where one is in hand.
    pub fn define(&self, name: &str, act: Option<ActionId>) -> Option<&Define> {
        self.defines.iter().find(|d| d.name == name && (d.action.is_none() || d.action == act))
    }
}

/// An obligation.
#[derive(Debug, Clone)]
pub struct Duty {
    /// Who owes.
    pub debtors: Vec<PartyId>,
    /// To whom; empty where the text does not say.
    pub creditors: Vec<PartyId>,
    /// What.
    pub what: DutyWhat,
    /// It is owed only where this holds (`if`).
    pub reach: Cond,
    /// When it begins, and how many there are.
    pub start: DutyStart,
    /// The last day for it; none where it is `None`.
    pub due: Option<Moment>,
    /// What is owed in all.
    pub worth: Option<Expr>,
    /// What has been done so far, in the unit of `worth`.
    pub counting: Option<Expr>,
    /// What fulfils it. Where it is `None`, an event that performs the action does, or `counting >= worth`.
    pub done: Option<Cond>,
    /// How long after the due day it can still be mended.
    pub cure: Option<(Duration, Option<CalendarId>)>,
    /// The clause that answers a violation.
    pub remedy: Option<ClauseName>,
    /// Where it is written.
    pub span: Span,
}

/// What a duty is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyWhat {
    /// An action.
    Act(ActionId),
    /// Words.
    Words(String),
}

/// When a duty begins, and how many there are.
#[derive(Debug, Clone)]
pub enum DutyStart {
    /// One, from the clause's first day.
    Clause,
    /// One, from the moment.
    Once(Moment),
    /// One for each record that matches while the clause is in force; the last day is this long after it.
    Each(Pattern, Duration, Option<CalendarId>),
    /// One, from the moment, whose last day is this long after it (a moment that is not an event).
    Within(Moment, Duration, Option<CalendarId>),
    /// One for each period; the last day is the period's last.
    Period(Period),
    /// One for each calendar period, from the day after it, whose last day is so long after the period's last. What
    /// is owed counts in the period, what is done in the days from then to the end of the following period, or to that
    /// last day where it is later; what counts for one period does not count for the next.
    Arrears(Period, Duration, Option<CalendarId>),
}

/// A period of the calendar or of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// From Monday.
    Week,
    /// From the first of the month.
    Month,
    /// From 1 January, 1 April, 1 July, 1 October.
    Quarter,
    /// From 1 January.
    Year,
    /// From a day of the schedule to the next.
    Schedule(ScheduleId),
}
