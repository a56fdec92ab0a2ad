//! Aggregates over the records of an event type: `docs/meaning.md`, "Values and conditions".
//!
//! Counts and sums whose filter reads nothing but the record itself are kept as running totals, so that a long history
//! costs no more than the search for two days. What cannot be kept so is looked at record by record.

use servanda_program::{AggregateKind, Cond, EventId, Expr, ExtremeKind, FieldId, PartyId, Pattern, Type};
use servanda_quantity::{Day, Figure, Number, Qualifier, Unit};

use crate::facts::{AllTotals, Totals};
use crate::opens::Eval;
use crate::record::Datum;
use crate::value::{Val, extreme};
use crate::world::{Env, Hand, Point, World};

/// An aggregate, taken apart.
struct Aggregate<'e> {
    kind: AggregateKind,
    event: EventId,
    /// Only records by this party.
    by: Option<PartyId>,
    field: Option<FieldId>,
    filter: &'e Cond,
    default: Option<&'e Expr>,
    first: Option<Day>,
    last: Option<Day>,
}

/// What running totals tell of an aggregate.
#[derive(Default)]
struct Kept {
    /// It is told of the records before this one.
    upto: usize,
    /// How many of them count for certain, which is the first, and what their figures sum up to.
    count: usize,
    first: Option<usize>,
    sum: Option<Figure>,
    /// Those that have to be looked at each time.
    apart: Vec<usize>,
}

impl Aggregate<'_> {
    fn find<'t>(&self, all: &'t AllTotals) -> Option<&'t Totals> {
        all.get(&(self.event, self.by, self.field))?.iter().find(|t| t.filter == *self.filter)
    }

    fn keep<'t>(&self, all: &'t mut AllTotals) -> &'t mut Totals {
        let list = all.entry((self.event, self.by, self.field)).or_default();
        let at = list.iter().position(|t| t.filter == *self.filter).unwrap_or_else(|| {
            list.push(Totals::of(self.filter));
            list.len() - 1
        });
        &mut list[at]
    }
}

impl World<'_> {
    /// What an aggregate gives; nothing for another expression.
    pub fn aggregate(&self, expr: &Expr, pt: Point, env: Env) -> Eval<Val> {
        let Expr::Aggregate { kind, event, field, filter, window, default } = expr else {
            return Ok(Val::Absent);
        };
        let (first, last) = match kind {
            AggregateKind::Latest => self.latest_days(window.as_ref(), pt, env)?,
            _ => self.counted_days(window.as_ref(), pt, env)?,
        };
        let (kind, event, field, default) = (*kind, *event, *field, default.as_deref());
        let of = Aggregate { kind, event, by: None, field, filter, default, first, last };
        match kind {
            AggregateKind::Count => self.count(&of, pt, env),
            AggregateKind::Sum => self.sum(&of, pt, env),
            AggregateKind::Lowest | AggregateKind::Highest => self.most(&of, pt, env),
            AggregateKind::Latest => self.latest(&of, pt, env),
        }
    }

    /// The records from one on that an aggregate may count by their days.
    fn within(&self, of: &Aggregate<'_>, from: usize, pt: Point) -> &[usize] {
        let all = self.fold.of(of.event);
        let day = |r: &usize| self.records[*r].time.day;
        let first = all.partition_point(|r| *r < from || of.first.is_some_and(|f| day(r) < f));
        let end = all.partition_point(|r| *r < pt.cut && of.last.is_none_or(|l| day(r) <= l));
        &all[first..end.max(first)]
    }

    fn counts(&self, of: &Aggregate<'_>, record: usize, pt: Point, env: Env) -> Eval<bool> {
        if of.by.is_some_and(|by| self.records[record].by != Some(by)) {
            return Ok(false);
        }
        let hand = Hand { record, outer: env.hand };
        Ok(self.admitted(record)? && self.cond(of.filter, pt, Env { hand: Some(&hand), ..env })?)
    }

    fn count(&self, of: &Aggregate<'_>, pt: Point, env: Env) -> Eval<Val> {
        let kept = self.total(of, pt)?;
        let mut count = kept.count as i64;
        for &record in kept.apart.iter().chain(self.within(of, kept.upto, pt)) {
            count += i64::from(self.counts(of, record, pt, env)?);
        }
        Ok(Val::Figure(Figure::exact(Number::from(count), Unit::One)))
    }

    fn sum(&self, of: &Aggregate<'_>, pt: Point, env: Env) -> Eval<Val> {
        let field = of.field.expect("a sum has a field");
        let kept = self.total(of, pt)?;
        let mut sum = kept.sum;
        // A value that cannot be computed goes before one that nobody knows, whatever their order, and both go before
        // figures that do not add up.
        let (mut fault, mut unknown, mut clash) = (None, false, None);
        for &record in kept.apart.iter().chain(self.within(of, kept.upto, pt)) {
            if !self.counts(of, record, pt, env)? {
                continue;
            }
            match (self.field(record, field, pt, env)?, &sum) {
                (Val::Figure(f), None) => sum = Some(f),
                (Val::Figure(f), Some(s)) => match s.add(&f) {
                    Ok(s) => sum = Some(s),
                    Err(e) => clash = Some(e.to_string()),
                },
                (Val::Unknown(_), _) => unknown = true,
                (Val::Fault(e), _) => fault = Some(e),
                _ => {}
            }
        }
        match (fault, unknown, clash) {
            (Some(why), ..) | (None, false, Some(why)) => return Ok(Val::Fault(why)),
            (None, true, _) => return Ok(Val::Unknown(None)),
            (None, false, None) => {}
        }
        let empty = |unit: Unit| Val::Figure(Figure::exact(Number::zero(), unit));
        Ok(match (sum, of.default, self.field_type(of.event, field)) {
            (Some(sum), ..) => Val::Figure(sum),
            (None, Some(default), _) => self.expr(default, pt, env)?,
            (None, None, Type::Figure(unit)) => empty(match unit {
                // Money of any currency: nothing has been counted in the agreement's own.
                Unit::Money(code) if code.is_empty() => {
                    Unit::Money(self.program.currency.clone().unwrap_or_default())
                }
                unit => unit.clone(),
            }),
            (None, None, _) => empty(Unit::One),
        })
    }

    /// Of the records before a point that match a pattern and count, the first that surely does so, as far as running totals
    /// tell; those before it that have to be looked at; and up to which record that is all.
    pub fn first_kept(&self, pattern: &Pattern, pt: Point) -> Eval<(Option<usize>, Vec<usize>, usize)> {
        let (event, by, filter) = (pattern.event, pattern.by, &pattern.filter);
        let (field, default, first, last) = (None, None, None, None);
        let of = Aggregate { kind: AggregateKind::Count, event, by, field, filter, default, first, last };
        let Kept { upto, first, apart, .. } = self.total(&of, pt)?;
        let before = apart.into_iter().take_while(|&r| r < first.unwrap_or(upto));
        Ok((first, before.collect(), upto))
    }

    fn most(&self, of: &Aggregate<'_>, pt: Point, env: Env) -> Eval<Val> {
        let which = if of.kind == AggregateKind::Lowest { ExtremeKind::Min } else { ExtremeKind::Max };
        let field = of.field.expect("an extreme has a field");
        let mut found: Option<Val> = None;
        // As with sums, the order of what cannot be compared means nothing.
        let (mut fault, mut unknown) = (None, false);
        for &record in self.within(of, 0, pt) {
            if !self.counts(of, record, pt, env)? {
                continue;
            }
            found = match (self.field(record, field, pt, env)?, found) {
                (Val::NotGiven, found) => found,
                (Val::Unknown(_), found) => {
                    unknown = true;
                    found
                }
                (Val::Fault(why), found) => {
                    fault = Some(why);
                    found
                }
                (value, None) => Some(value),
                (value, Some(best)) => Some(extreme(which, best, value)),
            };
        }
        match (found, of.default) {
            _ if fault.is_some() => Ok(Val::Fault(fault.unwrap_or_default())),
            _ if unknown => Ok(Val::Unknown(None)),
            (Some(found), _) => Ok(found),
            (None, Some(default)) => self.expr(default, pt, env),
            (None, None) => Ok(Val::Absent),
        }
    }

    fn latest(&self, of: &Aggregate<'_>, pt: Point, env: Env) -> Eval<Val> {
        for &record in self.within(of, 0, pt).iter().rev() {
            if self.counts(of, record, pt, env)? {
                return match of.field {
                    Some(field) => self.field(record, field, pt, env),
                    None => Ok(Val::Day(self.records[record].time.day)),
                };
            }
        }
        match of.default {
            Some(default) => self.expr(default, pt, env),
            None => Ok(Val::Absent),
        }
    }

    fn field_type(&self, event: EventId, field: FieldId) -> &Type {
        &self.program.events[event.index()].fields[field.index()].ty
    }

    /// What running totals tell of an aggregate at a point: of the records before that at which they stop.
    fn total(&self, of: &Aggregate<'_>, pt: Point) -> Eval<Kept> {
        let upto = self.fold.shared.min(pt.cut);
        if upto == 0 || !self.total_until(of, upto, pt)? {
            return Ok(Kept::default());
        }
        let totals = self.fold.facts.totals.borrow();
        let Some(totals) = of.find(&totals) else { return Ok(Kept::default()) };
        let day = |r: usize| self.records[r].time.day;
        let part = |list: &[usize]| {
            // More may be known of the log than this history has of it.
            let list = &list[..list.partition_point(|&r| r < upto)];
            let first = list.partition_point(|&r| of.first.is_some_and(|f| day(r) < f));
            let end = list.partition_point(|&r| of.last.is_none_or(|l| day(r) <= l));
            first..end.max(first)
        };
        let counted = part(&totals.counted);
        let sum = match (&totals.unit, counted.is_empty()) {
            (Some(unit), false) => {
                let end = totals.sums[counted.end - 1].clone();
                let sum = match counted.start.checked_sub(1) {
                    // A difference of two sums has no more digits than they have.
                    Some(before) => end.sub(&totals.sums[before]).unwrap_or(end),
                    None => end,
                };
                Some(Figure::exact(sum, unit.clone()))
            }
            _ => None,
        };
        let first = counted.clone().next().map(|at| totals.counted[at]);
        let apart = totals.apart[part(&totals.apart)].to_vec();
        Ok(Kept { upto, count: counted.len(), first, sum, apart })
    }

    /// Looks at the records up to one that the totals do not know yet, without any assumption; whether there can be totals.
    fn total_until(&self, of: &Aggregate<'_>, upto: usize, pt: Point) -> Eval<bool> {
        let mut read: Vec<FieldId> = of.field.into_iter().collect();
        if !is_own(of.filter, of.event, &mut read) {
            return Ok(false);
        }
        loop {
            let known = of.find(&self.fold.facts.totals.borrow()).map_or(0, |t| t.upto);
            if known >= upto {
                return Ok(true);
            }
            let Some(record) = self.fold.among([of.event], (known, upto)).next() else {
                of.keep(&mut self.fold.facts.totals.borrow_mut()).upto = upto;
                return Ok(true);
            };
            // What stops the evaluation of one record stops it again when that record is looked at by itself.
            let counts = self.nested(|| self.freely(|| self.counts(of, record, pt, Env::default()))).ok();
            let mut all = self.fold.facts.totals.borrow_mut();
            let totals = of.keep(&mut all);
            if totals.upto > record {
                continue;
            }
            totals.upto = record + 1;
            let figure = of.field.and_then(|f| match &self.records[record].data[f.index()] {
                Some(Datum::Figure(figure)) => Some(figure),
                _ => None,
            });
            let exact = read.iter().all(|f| is_exact(&self.records[record].data[f.index()]));
            let whole = exact && of.field.is_some() == figure.is_some();
            let added = match counts.filter(|_| whole) {
                Some(true) => totals.add(record, figure),
                Some(false) => Some(()),
                None => None,
            };
            if added.is_none() {
                totals.apart.push(record);
            }
        }
    }

    /// Whether the sum of a field can fall, or lose its meaning, with one of the records of an event. Without a field only counted.
    pub fn can_fall(&self, event: EventId, field: Option<FieldId>) -> bool {
        let Some(field) = field else { return false };
        let Type::Figure(unit) = self.field_type(event, field) else {
            return !self.fold.of(event).is_empty();
        };
        let falls = |r: &usize| match &self.records[*r].data[field.index()] {
            Some(Datum::Figure(f)) => {
                f.number.is_negative() || f.qualifier != Qualifier::Exact || f.unit != *unit
            }
            _ => true,
        };
        let all = self.fold.of(event);
        let shared = &all[..all.partition_point(|&r| r < self.fold.shared)];
        let mut known = self.fold.facts.falls.borrow_mut();
        let known = known.entry((event, field)).or_default();
        if known.seen > shared.len() {
            // More is known of the log than this history has of it.
            return all.iter().any(falls);
        }
        known.so |= shared[known.seen..].iter().any(falls);
        known.seen = shared.len();
        known.so || all[shared.len()..].iter().any(falls)
    }
}

/// Whether a condition reads nothing but the record in hand, and which fields of it.
fn is_own(cond: &Cond, event: EventId, read: &mut Vec<FieldId>) -> bool {
    let mut own = |e: &Expr| match e {
        Expr::Figure(_) | Expr::Day(_) | Expr::Word(_) | Expr::Text(_) | Expr::Party(_) | Expr::By => true,
        Expr::RecordDay(of) => *of == event,
        Expr::Field(of, field) => {
            read.push(*field);
            *of == event
        }
        _ => false,
    };
    match cond {
        Cond::Constant(_) => true,
        Cond::Compare(_, a, b, _) | Cond::Same(a, b) => own(a) && own(b),
        Cond::OneOf(a, list) => own(a) && list.iter().all(own),
        Cond::Given(e) => own(e),
        Cond::All(list) | Cond::Any(list) => list.iter().all(|c| is_own(c, event, read)),
        Cond::Not(c) => is_own(c, event, read),
        _ => false,
    }
}

/// Whether a datum is there and exact, so that no answer and no default tells more of it.
fn is_exact(datum: &Option<Datum>) -> bool {
    match datum {
        Some(Datum::Figure(figure)) => figure.qualifier == Qualifier::Exact,
        datum => datum.is_some(),
    }
}
