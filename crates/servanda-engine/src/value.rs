//! What an expression gives.

use std::cmp::Ordering;

use servanda_program::{ExtremeKind, OpenId, PartyId};
use servanda_quantity::{Day, Figure};

use crate::record::Datum;

/// What an expression gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val {
    Figure(Figure),
    Day(Day),
    /// A word, an identifier, a text.
    Word(String),
    Party(PartyId),
    /// An optional datum that was left out, or a key that was.
    NotGiven,
    /// There is no such value here: no such clause, or its condition does not hold.
    Absent,
    /// Nobody has said it; the question where the value is exactly that.
    Unknown(Option<OpenId>),
    /// It cannot be computed.
    Fault(String),
}

impl From<Datum> for Val {
    fn from(datum: Datum) -> Val {
        match datum {
            Datum::Word(w) => Val::Word(w),
            Datum::Party(p) => Val::Party(p),
            Datum::Figure(f) => Val::Figure(f),
            Datum::Day(d) => Val::Day(d),
        }
    }
}

/// The lower or the higher of two values.
pub(crate) fn extreme(kind: ExtremeKind, a: Val, b: Val) -> Val {
    let wanted = match kind {
        ExtremeKind::Min => Ordering::Greater,
        ExtremeKind::Max => Ordering::Less,
    };
    match (&a, &b) {
        (Val::Figure(x), Val::Figure(y)) => {
            if x.unit != y.unit {
                return Val::Fault(format!("cannot compare {} and {}", x.unit, y.unit));
            }
            // By the numbers alone: the result keeps the qualifiers of both.
            let qualifier = x.qualifier.join(y.qualifier);
            let number = if x.number.cmp(&y.number) == wanted { y.number.clone() } else { x.number.clone() };
            Val::Figure(Figure { number, unit: x.unit.clone(), qualifier })
        }
        (Val::Day(x), Val::Day(y)) => Val::Day(if x.cmp(y) == wanted { *y } else { *x }),
        (Val::Fault(_), _) => a,
        (_, Val::Fault(_)) => b,
        (Val::Unknown(_), _) | (_, Val::Unknown(_)) => Val::Unknown(None),
        (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
        _ => Val::Fault("a figure was expected".to_string()),
    }
}
