//! Expressions, conditions, event patterns and moments. Names are resolved; `docs/meaning.md` section 3.

use servanda_quantity::{Day, DayCount, Duration, Figure, Rounding};

use crate::clause::Period;
use crate::{AttributeId, CalendarId, ClauseName, EventId, FieldId, OpenId, PartyId, ScheduleId};

/// A value: a figure, a day, a word, an identifier, a party.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A figure as written.
    Figure(Figure),
    /// A day as written.
    Day(Day),
    /// A word of an enumeration.
    Word(String),
    /// A party.
    Party(PartyId),
    /// Words that nothing computes with.
    Text(String),
    /// An attribute of the act that is asked about.
    Attribute(AttributeId),
    /// A field of the innermost record in hand of that event type.
    Field(EventId, FieldId),
    /// Who brought the innermost record in hand about.
    By,
    /// The key in hand, inside a keyed process, value or definition.
    Key,
    /// A value of the clause of that name in the text that is asked, by its name; of a keyed one, the key.
    Value(ClauseName, String, Option<Box<Expr>>),
    /// A fact, an index into `Program::facts`.
    Fact(u32),
    /// A figure that a process step kept: clause, process, slot, and the key of a keyed process.
    Kept(ClauseName, String, String, Option<Box<Expr>>),
    /// A value that nobody has disclosed.
    Undisclosed(OpenId),
    /// What the answer of a reading gives, one for each answer in order.
    Gives(OpenId, Vec<Expr>),
    /// A sum, a count, an extreme, or the latest value over admitted records.
    Aggregate {
        /// Which aggregate. All but the latest begin on the day on which the clause that holds them took effect.
        kind: AggregateKind,
        /// The event.
        event: EventId,
        /// The field; none for counts.
        field: Option<FieldId>,
        /// Which records.
        filter: Box<Cond>,
        /// Over which days; from the clause's effect on, or over the period of a duty, where it is `None`.
        window: Option<Window>,
        /// What it is when there is none; sums and counts are zero then, others absent.
        default: Option<Box<Expr>>,
    },
    /// The first value whose condition holds; absent where none does.
    Cases(Vec<(Cond, Expr)>),
    /// What a periodic duty's `counting` has reached within the period, or a duty's counted amount of a clause.
    Counted(ClauseName),
    /// The sum.
    Add(Box<Expr>, Box<Expr>),
    /// The difference.
    Subtract(Box<Expr>, Box<Expr>),
    /// The product.
    Multiply(Box<Expr>, Box<Expr>),
    /// The quotient.
    Divide(Box<Expr>, Box<Expr>),
    /// The nearest multiple of the second, halves away from zero.
    Round(Rounding, Box<Expr>, Box<Expr>),
    /// The least or greatest.
    Extreme(ExtremeKind, Vec<Expr>),
    /// The day asked.
    Today,
    /// The day of a moment, as far as it is known; absent while it has not come.
    DayOf(Box<Moment>),
    /// The day of the innermost record in hand of that event type.
    RecordDay(EventId),
    /// What lies between two days, below zero where the second is earlier: a pure number.
    Between(Measure, Box<Expr>, Box<Expr>),
    /// A day moved; `true` for back.
    Shift(Box<Expr>, bool, Duration, Option<CalendarId>),
}

/// How what lies between two days is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// In days.
    Days,
    /// In business days of a calendar.
    BusinessDays(CalendarId),
    /// In years by a day count.
    Years(DayCount),
}

/// Aggregates over records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateKind {
    /// The sum of a field, since the clause took effect.
    Sum,
    /// How many records, since the clause took effect.
    Count,
    /// The field of the latest record, over the whole history or the days of the window.
    Latest,
    /// The least of a field, since the clause took effect.
    Lowest,
    /// The greatest of a field, since the clause took effect.
    Highest,
}

/// Which days an aggregate runs over, seen from the day asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Window {
    /// The period that the day lies in.
    This(Period),
    /// The period before that.
    Last(Period),
    /// The days after the day that lies so long before, up to the day.
    Over(Duration, Option<CalendarId>),
    /// All days before the period that the day lies in.
    Before(Period),
}

/// Extremes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExtremeKind {
    /// The least.
    Min,
    /// The greatest.
    Max,
}

/// How two figures or days compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

/// A condition: true or false under each full answer to the open questions.
#[derive(Debug, Clone, PartialEq)]
pub enum Cond {
    /// Always or never.
    Constant(bool),
    /// All of them.
    All(Vec<Cond>),
    /// At least one of them.
    Any(Vec<Cond>),
    /// Not it.
    Not(Box<Cond>),
    /// Figures or days in order. Where the sides fail or do not decide it, `open` is the yes/no question
    /// that it becomes, unless one side is an undisclosed figure or left-out datum with regions of its own.
    Compare(Comparison, Expr, Expr, OpenId),
    /// Words, parties, identifiers or texts that are equal. A datum that is not given equals nothing.
    Same(Expr, Expr),
    /// Equal to one of them.
    OneOf(Expr, Vec<Expr>),
    /// An optional attribute or field that is given.
    Given(Expr),
    /// The reading or open fact has this answer, an index into its answers.
    Answered(OpenId, u32),
    /// Some admitted record matches, up to the day.
    Happened(Box<Pattern>),
    /// A process is in one of these states: clause, process, the key of a keyed one, state indices.
    InState(ClauseName, String, Option<Box<Expr>>, Vec<u32>),
    /// The clause is in force on the day.
    InForce(ClauseName),
    /// Some duty of the clause is violated on the day.
    Violated(ClauseName),
    /// Every duty of the clause is fulfilled on the day.
    Fulfilled(ClauseName),
    /// A definition of a clause holds: clause, definition, the key of a keyed one.
    Defined(ClauseName, String, Option<Box<Expr>>),
}

/// Which records: an event type, perhaps by a party, perhaps under a condition on the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The event type.
    pub event: EventId,
    /// By whom; by anyone with the power where it is `None`.
    pub by: Option<PartyId>,
    /// On the record in hand.
    pub filter: Cond,
}

/// A day that may depend on the history and on readings.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// The day.
    Day(Day),
    /// No day.
    Never,
    /// The day of the first admitted record that matches.
    First(Pattern),
    /// The first day on which a process enters a state: clause, process, state (any key).
    Entry(ClauseName, String, u32),
    /// The first day on which a duty of the clause is violated.
    Violation(ClauseName),
    /// The first day on which a duty of the clause is fulfilled.
    Fulfilment(ClauseName),
    /// The first day on which the clause no longer holds.
    End(ClauseName),
    /// The first day on which an effect or a version ended the agreement.
    AgreementEnd,
    /// A day that a record in hand carries.
    Field(EventId, FieldId),
    /// The moment moved; `true` for back, which only a fixed day allows.
    Shift(Box<Moment>, bool, Duration, Option<CalendarId>),
    /// The first day of a schedule after the moment, or, where `true`, on it or after it.
    Next(ScheduleId, bool, Box<Moment>),
    /// The first of them that comes.
    Earlier(Vec<Moment>),
    /// The last of them, once all have come.
    Later(Vec<Moment>),
    /// By the answer of a reading, one for each answer in order.
    ByReading(OpenId, Vec<Moment>),
}
