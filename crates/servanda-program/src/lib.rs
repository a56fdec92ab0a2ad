//! The compiled program of an agreement: the narrow waist. `model` writes it, everything else reads it.
//!
//! Plain data without behaviour: a vocabulary, open questions, and for each version a text, which is a
//! list of clauses. Everything is resolved (names are indices), typed, and expanded (no templates).
//! `docs/meaning.md` says what each part means; the engine and the reference interpreter give that
//! meaning to this data and to nothing else.

mod anchor;
mod clause;
mod describe;
mod expr;
mod open;
mod vocabulary;

pub use anchor::{ANCHOR_LETTERS_MAX, ANCHOR_SAMPLES_MAX, Anchor, AnchorError, Edge};
pub use clause::{
    Clause, Define, Duty, DutyStart, DutyWhat, Effect, EffectTarget, EffectVerb, Ending, Norm, NormForm,
    Override, Period, Power, Process, Sign, Standing, State, Status, Step, Suspension, Trigger, Value,
    Version,
};
pub use expr::{AggregateKind, Comparison, Cond, Expr, ExtremeKind, Measure, Moment, Pattern, Window};
pub use open::{Answer, Answers, Open, OpenKind};
pub use vocabulary::{Action, Attribute, Citation, EventType, Field, Grounds, Party, SourceDocument, Type};

use servanda_quantity::{Calendar, Schedule};

macro_rules! index {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    /// A party, an index into [`Program::parties`].
    PartyId,
    /// An action, an index into [`Program::actions`].
    ActionId,
    /// An attribute of an action, an index into [`Action::attributes`].
    AttributeId,
    /// An event type, an index into [`Program::events`].
    EventId,
    /// A field of an event type, an index into [`EventType::fields`].
    FieldId,
    /// An open question, an index into [`Program::opens`].
    OpenId,
    /// A clause's name, an index into [`Program::clause_names`]. In each version it names at most one clause.
    ClauseName,
    /// One wording of a clause, an index into [`Program::clauses`].
    ClauseId,
    /// A version, an index into [`Program::versions`].
    VersionId,
    /// A named calendar, an index into [`Program::calendars`].
    CalendarId,
    /// A schedule, an index into [`Program::schedules`].
    ScheduleId,
}

/// A compiled agreement.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The BCP 47 tag of its titles, where it says.
    pub language: Option<String>,
    /// Titles in further languages, in the order of what they belong to.
    pub titles: Vec<Title>,
    /// The IANA time zone in which instants become days.
    pub zone: String,
    /// The ISO 4217 code of the currency that is meant where none is written.
    pub currency: Option<String>,
    /// Who is in it.
    pub parties: Vec<Party>,
    /// The documents that its citations point into.
    pub sources: Vec<SourceDocument>,
    /// What can be done.
    pub actions: Vec<Action>,
    /// What can happen. The order is the rank of events of one moment.
    pub events: Vec<EventType>,
    /// Calendars of business days.
    pub calendars: Vec<Calendar>,
    /// Schedules.
    pub schedules: Vec<Schedule>,
    /// Open questions: readings, open facts, left-out attributes, undisclosed values.
    pub opens: Vec<Open>,
    /// Values that belong to no clause: `invested.total`.
    pub facts: Vec<Fact>,
    /// Topics of which nobody has said what is agreed.
    pub undisclosed: Vec<Undisclosed>,
    /// The names of all clauses of all versions and laws.
    pub clause_names: Vec<String>,
    /// All wordings of all clauses.
    pub clauses: Vec<Clause>,
    /// The versions in the order in which they are declared; a base stands before what builds on it.
    pub versions: Vec<Version>,
    /// Clauses of every version.
    pub laws: Vec<ClauseId>,
}

/// A title in a further language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Whose title it is.
    pub of: Titled,
    /// BCP 47 tag.
    pub language: String,
    /// The title.
    pub text: String,
}

/// What a title in a further language belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Titled {
    /// A party.
    Party(PartyId),
    /// An action.
    Action(ActionId),
    /// An event type.
    Event(EventId),
    /// A wording of a clause.
    Clause(ClauseId),
    /// A version.
    Version(VersionId),
}

/// Topics of which nobody has said what is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undisclosed {
    /// The topics, in the order of the text.
    pub topics: Vec<String>,
    /// How that is known.
    pub grounds: Grounds,
}

/// A value that belongs to no clause.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name, dots included.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// Its value.
    pub expr: Expr,
    /// What supports it.
    pub grounds: Grounds,
}

impl Program {
    /// The party of a name.
    pub fn party(&self, name: &str) -> Option<PartyId> {
        self.parties.iter().position(|p| p.name == name).map(|i| PartyId(i as u32))
    }

    /// The action of a name.
    pub fn action(&self, name: &str) -> Option<ActionId> {
        self.actions.iter().position(|a| a.name == name).map(|i| ActionId(i as u32))
    }

    /// The event type of a name.
    pub fn event(&self, name: &str) -> Option<EventId> {
        self.events.iter().position(|e| e.name == name).map(|i| EventId(i as u32))
    }

    /// The clause name of a text.
    pub fn clause_name(&self, name: &str) -> Option<ClauseName> {
        self.clause_names.iter().position(|c| c == name).map(|i| ClauseName(i as u32))
    }

    /// The version of a name.
    pub fn version(&self, name: &str) -> Option<VersionId> {
        self.versions.iter().position(|v| v.name == name).map(|i| VersionId(i as u32))
    }

    /// The open question of a name.
    pub fn open(&self, name: &str) -> Option<OpenId> {
        self.opens.iter().position(|o| o.name == name).map(|i| OpenId(i as u32))
    }

    /// The actions that bring an event about. Where there is one, the event needs a power of a clause.
    pub fn bringers(&self, event: EventId) -> impl Iterator<Item = ActionId> + '_ {
        self.actions
            .iter()
            .enumerate()
            .filter(move |(_, a)| a.brings.contains(&event))
            .map(|(i, _)| ActionId(i as u32))
    }

    /// The wording of an id.
    pub fn clause(&self, id: ClauseId) -> &Clause {
        &self.clauses[id.index()]
    }
}
