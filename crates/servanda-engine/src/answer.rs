//! Answers: an outcome, what it depends on, and why.

use servanda_program::{Citation, ClauseName, EventId, OpenId, PartyId, VersionId};
use servanda_quantity::{Day, Figure};

use crate::words::Words;

/// The outcome of a question, as `interface` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The act is free.
    Permitted,
    /// The act is forbidden.
    Forbidden,
    /// No clause reaches the act.
    Unregulated,
    /// Norms collide and neither yields.
    Conflict,
    /// It differs between answers to open questions.
    Depends,
    /// The clause holds.
    InForce,
    /// The clause held, and no longer does.
    Ended,
    /// The clause does not hold yet.
    NotYet,
    /// There is no such clause, value or power in that version.
    Absent,
    /// Only a version that does not bind has it.
    NonBinding,
    /// The end is a known day.
    On,
    /// Events can still end it.
    Open,
    /// Nothing ends it.
    Never,
    /// The value is known.
    Known,
    /// The value exists and nobody has disclosed it.
    Undisclosed,
}

impl Outcome {
    /// The word in answers.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Permitted => "permitted",
            Outcome::Forbidden => "forbidden",
            Outcome::Unregulated => "unregulated",
            Outcome::Conflict => "conflict",
            Outcome::Depends => "depends",
            Outcome::InForce => "in-force",
            Outcome::Ended => "ended",
            Outcome::NotYet => "not-yet",
            Outcome::Absent => "absent",
            Outcome::NonBinding => "non-binding",
            Outcome::On => "on",
            Outcome::Open => "open",
            Outcome::Never => "never",
            Outcome::Known => "known",
            Outcome::Undisclosed => "undisclosed",
        }
    }
}

/// The value of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AnswerValue {
    /// None.
    Nothing,
    /// A figure.
    Figure(Figure),
    /// The first day on which a clause no longer holds, or a value that is a day.
    Day(Day),
    /// Events that can end a clause, and the day on which it ends without them.
    End {
        /// The event types, by their rank.
        on: Vec<EventId>,
        /// The day.
        by: Option<Day>,
    },
    /// A party.
    Party(PartyId),
    /// A word or an identifier.
    Word(String),
    /// Holders of a power, by their rank.
    Parties(Vec<PartyId>),
    /// Duties.
    Owes(Vec<Owed>),
}

/// One duty as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Owed {
    /// The clause.
    pub clause: ClauseName,
    /// To whom; empty where the text does not say.
    pub to: Vec<PartyId>,
    /// What.
    pub what: String,
    /// What remains to be done of what is owed.
    pub amount: OwedAmount,
    /// The last day for it.
    pub due: Option<Day>,
    /// How it stands.
    pub state: DutyState,
    /// Since when it is owed.
    pub since: Day,
    /// For a duty that follows an event or a period: which (an event's id, a period's first day).
    pub instance: Option<Words>,
}

/// The amount of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OwedAmount {
    /// It is not counted.
    None,
    /// This much remains.
    Known(Figure),
    /// Nobody has disclosed it.
    Undisclosed,
}

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyState {
    /// Owed, its last day unknown or ahead.
    InEffect,
    /// Today is the last day.
    Due,
    /// The last day is past, and it can still be mended.
    Overdue,
    /// Done.
    Fulfilled,
    /// Not done in time, nor mended.
    Violated,
    /// It rests.
    Suspended,
    /// It is owed no longer.
    Discharged,
}

impl DutyState {
    /// The word in answers.
    pub fn word(self) -> &'static str {
        match self {
            DutyState::InEffect => "in-effect",
            DutyState::Due => "due",
            DutyState::Overdue => "overdue",
            DutyState::Fulfilled => "fulfilled",
            DutyState::Violated => "violated",
            DutyState::Suspended => "suspended",
            DutyState::Discharged => "discharged",
        }
    }
}

/// One open question that matters, and what each of its answers leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependence {
    /// The question.
    pub open: OpenId,
    /// The answers in order: the word, the outcome and value once that answer alone is assumed.
    pub answers: Vec<(String, Outcome, AnswerValue)>,
}

/// What a clause did to the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A permission in force covers the act.
    Permits,
    /// A restriction in force forbids the act.
    Forbids,
    /// A permission reaches the act, and its condition is not met, or it steps back.
    Lacks,
    /// A restriction reaches the act, and what it demands is met, or it steps back.
    Met,
    /// It reaches the act, and its term is over.
    Over,
    /// It would decide, and yields to another clause.
    Yields,
    /// It moves the term of another clause.
    Moves,
    /// It is the clause that is asked about.
    Stands,
    /// It gives the value.
    Gives,
    /// It gives the power.
    Empowers,
    /// It imposes the duty.
    Obliges,
}

impl Role {
    /// The word in answers.
    pub fn word(self) -> &'static str {
        match self {
            Role::Permits => "permits",
            Role::Forbids => "forbids",
            Role::Lacks => "lacks",
            Role::Met => "met",
            Role::Over => "over",
            Role::Yields => "yields",
            Role::Moves => "moves",
            Role::Stands => "stands",
            Role::Gives => "gives",
            Role::Empowers => "empowers",
            Role::Obliges => "obliges",
        }
    }
}

/// A reason: one clause (or fact) and what it did.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Because {
    /// The clause; `None` for a fact.
    pub clause: Option<ClauseName>,
    /// The fact's name.
    pub fact: Option<String>,
    /// The version in whose text it stands; `None` for laws and facts.
    pub version: Option<VersionId>,
    /// What it did.
    pub role: Role,
    /// The passages behind it.
    pub cites: Vec<Citation>,
    /// The steps that led there, in the contract's words.
    pub steps: Vec<Step>,
}

/// A step of a derivation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Step {
    /// What is so, in a sentence without a full stop.
    pub text: Words,
    /// Records that make it so, as `type by PARTY on DATE` with their id where they have one.
    pub records: Vec<Words>,
    /// The steps that it rests on.
    pub steps: Vec<Step>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The outcome.
    pub outcome: Outcome,
    /// The value.
    pub value: AnswerValue,
    /// The open questions that matter, and no other.
    pub depends_on: Vec<Dependence>,
    /// Why: over all answers of the questions that matter.
    pub because: Vec<Because>,
    /// What else an asker should know: acts without effect, a version that does not bind.
    pub notes: Vec<Words>,
}

/// A way to another outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What would have to be so: attributes, answers, events; in words.
    pub change: Vec<Words>,
    /// The outcome then.
    pub outcome: Outcome,
    /// The value then.
    pub value: AnswerValue,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Stable name of the kind of problem.
    pub code: &'static str,
    /// What is wrong, what was expected, and a likely fix.
    pub message: String,
}

impl Error {
    /// An error of a kind.
    pub fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error { code, message: message.into() }
    }
}
