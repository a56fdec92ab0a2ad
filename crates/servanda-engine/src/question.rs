//! Questions.

use std::collections::BTreeMap;

use servanda_program::{ActionId, ClauseName, OpenId, PartyId, VersionId};
use servanda_quantity::Day;

use crate::record::{Datum, Record, Time};

/// A question with its dates.
#[derive(Debug, Clone)]
pub struct Question {
    /// Valid time: what holds on this day.
    pub as_of: Day,
    /// Only records recorded by then count; all where it is `None`.
    pub known_at: Option<Time>,
    /// The version to ask as if it governed; the one that binds on the day where it is `None`.
    pub version: Option<VersionId>,
    /// Records added to the log.
    pub events: Vec<Record>,
    /// Answers to open questions.
    pub assume: Assumptions,
    /// What is asked.
    pub ask: Ask,
}

/// What is assumed about open questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// By question: an index into its answers, or a datum for figures, days, parties and identifiers.
    pub opens: BTreeMap<OpenId, Assumed>,
    /// By name of a key, such as `request`: whose run is asked about.
    pub keys: BTreeMap<String, String>,
}

/// One assumed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assumed {
    /// The index of a word among the question's answers.
    Word(u32),
    /// A region of an undisclosed figure or a left-out datum, by its index.
    Region(u32),
    /// A figure, a day, a party, or an identifier.
    Datum(Datum),
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// May the party do this?
    May(Act),
    /// Is the clause in force?
    InForce(ClauseName),
    /// When does the clause end?
    Ends(ClauseName),
    /// What is the value? Of a clause by its name, or of a fact (an index into `Program::facts`).
    Value(ValueRef),
    /// What does the party owe?
    Owes(PartyId),
    /// Who has the power?
    Who(ActionId),
}

/// Which value is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueRef {
    /// A value of a clause.
    Clause(ClauseName, String),
    /// A fact.
    Fact(u32),
}

/// An act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub party: PartyId,
    /// What.
    pub action: ActionId,
    /// The attributes in the order of the action; `None` where one was left out.
    pub with: Vec<Option<Datum>>,
}
