//! Open questions during evaluation: what has been answered, and what has to be asked.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{Answers, OpenId, Program, Type};
use servanda_quantity::{Day, Figure, Number, Qualifier};

use crate::answer::Error;
use crate::question::Assumed;
use crate::record::{Datum, Record};

/// A partial answer to the open questions.
pub(crate) type Assignment = BTreeMap<OpenId, Assumed>;

/// Why an evaluation stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It reads an open question that has no answer: fork over its answers.
    Need(OpenId),
    /// It cannot be decided, and nothing is asked about it: a duty is never fulfilled by silence.
    Unsure,
    /// It has no meaning at all.
    Fail(Error),
}

/// What an evaluation gives.
pub(crate) type Eval<T> = Result<T, Stop>;

/// The word for an identifier that is none of those in the log.
pub(crate) const ANOTHER: &str = "another";

/// All answers of a question with their words, in order. `records` gives the identifiers in use.
pub(crate) fn answers<R: Borrow<Record>>(
    program: &Program,
    open: OpenId,
    records: &[R],
) -> Vec<(String, Assumed)> {
    let question = &program.opens[open.index()];
    match &question.answers {
        Answers::Words(words) => {
            words.iter().enumerate().map(|(i, a)| (a.word.clone(), Assumed::Word(i as u32))).collect()
        }
        Answers::Parties => program
            .parties
            .iter()
            .enumerate()
            .map(|(i, p)| (p.name.clone(), Assumed::Datum(Datum::Party(servanda_program::PartyId(i as u32)))))
            .collect(),
        Answers::Ids => {
            let field = question.name.rsplit('.').next().unwrap_or("");
            let mut ids: BTreeSet<&str> = BTreeSet::new();
            for record in records.iter().map(Borrow::borrow) {
                for (f, datum) in program.events[record.event.index()].fields.iter().zip(&record.data) {
                    if let (Type::Id, true, Some(Datum::Word(id))) = (&f.ty, f.name == field, datum) {
                        ids.insert(id);
                    }
                }
            }
            let word = |id: &str| (id.to_string(), Assumed::Datum(Datum::Word(id.to_string())));
            ids.into_iter().map(word).chain([word(ANOTHER)]).collect()
        }
        Answers::Figure { cuts, .. } => regions(cuts.len(), |i| cuts[i].to_string()),
        Answers::Date { cuts } => regions(cuts.len(), |i| cuts[i].to_string()),
    }
}

/// The regions that `n` cut points make: below the first, the first, between, …, above the last.
fn regions(n: usize, cut: impl Fn(usize) -> String) -> Vec<(String, Assumed)> {
    if n == 0 {
        return Vec::new();
    }
    (0..2 * n + 1)
        .map(|r| {
            let word = if r % 2 == 1 {
                cut(r / 2)
            } else if r == 0 {
                format!("below {}", cut(0))
            } else if r == 2 * n {
                format!("above {}", cut(n - 1))
            } else {
                format!("between {} and {}", cut(r / 2 - 1), cut(r / 2))
            };
            (word, Assumed::Region(r as u32))
        })
        .collect()
}

/// A figure inside region `r` of the cut points.
pub(crate) fn representative(cuts: &[Figure], r: u32) -> Option<Figure> {
    let r = r as usize;
    let one = Number::from(1);
    let number = if r % 2 == 1 {
        cuts.get(r / 2)?.number.clone()
    } else if r == 0 {
        cuts.first()?.number.sub(&one).ok()?
    } else if r == 2 * cuts.len() {
        cuts.last()?.number.add(&one).ok()?
    } else {
        cuts.get(r / 2 - 1)?.number.add(&cuts.get(r / 2)?.number).ok()?.div(&Number::from(2)).ok()?
    };
    Some(Figure { number, unit: cuts.first()?.unit.clone(), qualifier: Qualifier::Exact })
}

/// A day inside region `r` of the cut points. Between two neighbouring days there is none; then the
/// earlier stands for the region, which no day is in.
pub(crate) fn representative_day(cuts: &[Day], r: u32) -> Option<Day> {
    let r = r as usize;
    if r % 2 == 1 {
        cuts.get(r / 2).copied()
    } else if r == 0 {
        cuts.first().map(|d| Day(d.0 - 1))
    } else if r == 2 * cuts.len() {
        cuts.last().map(|d| Day(d.0 + 1))
    } else {
        let (a, b) = (cuts.get(r / 2 - 1)?, cuts.get(r / 2)?);
        Some(Day(a.0 + (b.0 - a.0) / 2))
    }
}
