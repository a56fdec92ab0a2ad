//! Expressions and conditions at a point: `docs/meaning.md`, "Values and conditions".

use std::cmp::Ordering;

use servanda_program::{
    Answers, AttributeId, ClauseName, Comparison, Cond, EventId, Expr, FieldId, OpenId, Pattern,
};
use servanda_quantity::{ArithmeticError, Figure, Qualifier};

use crate::facts::Verdict;
use crate::opens::{Eval, Stop, representative, representative_day};
use crate::question::Assumed;
use crate::record::Datum;
use crate::value::{Val, extreme};
use crate::world::{Env, Hand, Point, World};

impl World<'_> {
    /// The answer that has been given to a question, as a value.
    fn answer(&self, open: OpenId) -> Option<Val> {
        let question = &self.program.opens[open.index()];
        Some(match (self.assignment().get(&open)?, &question.answers) {
            (Assumed::Datum(d), _) => d.clone().into(),
            (Assumed::Word(i), Answers::Words(words)) => Val::Word(words.get(*i as usize)?.word.clone()),
            _ => return None,
        })
    }

    /// The answer of a yes/no question or of a question with words, as an index; asks where there is none.
    pub fn answered(&self, open: OpenId) -> Eval<u32> {
        match self.assignment().get(&open) {
            Some(Assumed::Word(i) | Assumed::Region(i)) => Ok(*i),
            _ => Err(Stop::Need(open)),
        }
    }

    /// A datum that may have been left out: its default, *not given*, or an open question.
    fn datum(
        &self,
        given: Option<&Datum>,
        optional: bool,
        default: Option<&Expr>,
        open: OpenId,
        pt: Point,
        env: Env,
    ) -> Eval<Val> {
        if let Some(datum) = given {
            return Ok(datum.clone().into());
        }
        if let Some(answer) = self.answer(open) {
            return Ok(answer);
        }
        if let Some(default) = default {
            match self.nested(|| self.expr(default, pt, env))? {
                Val::Absent | Val::NotGiven => {}
                value => return Ok(value),
            }
        }
        Ok(if optional { Val::NotGiven } else { Val::Unknown(Some(open)) })
    }

    fn attribute(&self, attribute: AttributeId, pt: Point, env: Env) -> Eval<Val> {
        let Some(act) = env.act else {
            let Some((action, record)) = env.told else { return Ok(Val::NotGiven) };
            let name = &self.program.actions[action.index()].attributes[attribute.index()].name;
            let fields = &self.program.events[self.records[record].event.index()].fields;
            return match fields.iter().position(|f| f.name == *name) {
                Some(field) => self.field(record, FieldId(field as u32), pt, env),
                None => Ok(Val::NotGiven),
            };
        };
        let a = &self.program.actions[act.action.index()].attributes[attribute.index()];
        let given = act.with.get(attribute.index()).and_then(Option::as_ref);
        self.datum(given, a.optional, a.default.as_ref(), a.open, pt, env)
    }

    /// A field of a record.
    pub fn field(&self, record: usize, field: FieldId, pt: Point, env: Env) -> Eval<Val> {
        let r = &self.records[record];
        let f = &self.program.events[r.event.index()].fields[field.index()];
        let given = r.data.get(field.index()).and_then(Option::as_ref);
        let hand = Hand { record, outer: env.hand };
        self.datum(given, f.optional, f.default.as_ref(), f.open, pt, Env { hand: Some(&hand), ..env })
    }

    /// The innermost record in hand of an event type.
    pub fn in_hand(&self, event: EventId, env: Env) -> Option<usize> {
        let mut hand = env.hand;
        while let Some(h) = hand {
            if self.records[h.record].event == event {
                return Some(h.record);
            }
            hand = h.outer;
        }
        env.duty.and_then(|d| d.record).filter(|&r| self.records[r].event == event)
    }

    /// The key that an expression gives: a word; `None` where it is not given.
    pub fn key(&self, key: Option<&Expr>, pt: Point, env: Env) -> Eval<Option<String>> {
        let Some(key) = key else { return Ok(None) };
        match self.expr(key, pt, env)? {
            Val::Word(word) => Ok(Some(word)),
            Val::Unknown(Some(open)) => Err(Stop::Need(open)),
            _ => Ok(None),
        }
    }

    /// What an expression gives at a point.
    pub fn expr(&self, expr: &Expr, pt: Point, env: Env) -> Eval<Val> {
        Ok(match expr {
            Expr::Figure(f) => Val::Figure(f.clone()),
            Expr::Day(d) => Val::Day(*d),
            Expr::Word(w) | Expr::Text(w) => Val::Word(w.clone()),
            Expr::Party(p) => Val::Party(*p),
            Expr::Attribute(a) => self.attribute(*a, pt, env)?,
            Expr::Field(event, field) => match self.in_hand(*event, env) {
                Some(record) => self.field(record, *field, pt, env)?,
                None => Val::NotGiven,
            },
            Expr::By => match env.hand.and_then(|h| self.records[h.record].by) {
                Some(party) => Val::Party(party),
                None => Val::NotGiven,
            },
            Expr::Key => env.key.map_or(Val::NotGiven, |k| Val::Word(k.to_string())),
            Expr::Value(clause, name, key) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    Val::Absent
                } else {
                    self.value(*clause, name, key.as_deref(), pt, env)?
                }
            }
            Expr::Fact(fact) => {
                let fact = &self.program.facts[*fact as usize];
                self.nested(|| self.expr(&fact.expr, pt, Env::default()))?
            }
            Expr::Kept(clause, process, slot, key) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    Val::Absent
                } else {
                    self.kept(*clause, process, slot, key.as_deref(), pt)?
                }
            }
            Expr::Undisclosed(open) => self.answer(*open).unwrap_or(Val::Unknown(Some(*open))),
            Expr::Gives(open, arms) => {
                let answer = self.answered(*open)?;
                match arms.get(answer as usize) {
                    Some(arm) => self.expr(arm, pt, env)?,
                    None => Val::Absent,
                }
            }
            Expr::Aggregate { .. } => self.aggregate(expr, pt, env)?,
            Expr::Cases(list) => {
                for (cond, e) in list {
                    if self.cond(cond, pt, env)? {
                        return self.expr(e, pt, env);
                    }
                }
                Val::Absent
            }
            Expr::Counted(clause) => self.counted(*clause, pt, env)?,
            Expr::Add(a, b) => self.combine(a, b, pt, env, Figure::add)?,
            Expr::Subtract(a, b) => self.combine(a, b, pt, env, Figure::sub)?,
            Expr::Multiply(a, b) => self.combine(a, b, pt, env, Figure::mul)?,
            Expr::Divide(a, b) => self.combine(a, b, pt, env, Figure::div)?,
            Expr::Round(way, a, b) => self.combine(a, b, pt, env, |a, b| a.round_to(b, *way))?,
            Expr::Extreme(kind, all) => {
                let (first, rest) = all.split_first().expect("an extreme has an operand");
                let mut best = self.expr(first, pt, env)?;
                for e in rest {
                    let other = self.expr(e, pt, env)?;
                    best = extreme(*kind, best, other);
                }
                best
            }
            Expr::Today => Val::Day(pt.day),
            Expr::DayOf(moment) => self.day_of(moment, pt, env)?,
            Expr::RecordDay(event) => match self.in_hand(*event, env) {
                Some(record) => Val::Day(self.records[record].time.day),
                None => Val::NotGiven,
            },
            Expr::Between(measure, a, b) => self.between(*measure, a, b, pt, env)?,
            Expr::Shift(base, back, duration, c) => self.shifted(base, *back, duration, *c, pt, env)?,
        })
    }

    fn combine(
        &self,
        a: &Expr,
        b: &Expr,
        pt: Point,
        env: Env,
        op: impl Fn(&Figure, &Figure) -> Result<Figure, ArithmeticError>,
    ) -> Eval<Val> {
        let (a, b) = (self.expr(a, pt, env)?, self.expr(b, pt, env)?);
        Ok(match (a, b) {
            (Val::Figure(a), Val::Figure(b)) => {
                op(&a, &b).map_or_else(|e| Val::Fault(e.to_string()), Val::Figure)
            }
            (fault @ Val::Fault(_), _) | (_, fault @ Val::Fault(_)) => fault,
            (Val::Unknown(_), _) | (_, Val::Unknown(_)) => Val::Unknown(None),
            (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
            _ => Val::Fault("a figure was expected".to_string()),
        })
    }

    /// A value of the clause of a name in the text that is read.
    pub fn value(&self, clause: ClauseName, name: &str, key: Option<&str>, pt: Point, env: Env) -> Eval<Val> {
        self.nested(|| {
            let Some(place) = self.place(clause, pt.text) else { return Ok(Val::Absent) };
            let Some(value) = place.clause.values.iter().find(|v| v.name == name) else {
                return Ok(Val::Absent);
            };
            let inner = Env { clause: Some(clause), key, act: None, hand: None, ..env };
            if !self.cond(&value.cond, pt, inner)? {
                return Ok(Val::Absent);
            }
            self.expr(&value.expr, pt, inner)
        })
    }

    /// Whether a record matches a pattern, its admission left aside.
    pub fn matches(&self, pattern: &Pattern, record: usize, pt: Point, env: Env) -> Eval<bool> {
        let r = &self.records[record];
        if r.event != pattern.event || pattern.by.is_some_and(|p| r.by != Some(p)) {
            return Ok(false);
        }
        let hand = Hand { record, outer: env.hand };
        self.cond(&pattern.filter, pt, Env { hand: Some(&hand), ..env })
    }

    /// The first admitted record before `pt.cut` that matches, each read as it was just before it: nothing that
    /// comes later changes what has matched. Where none surely does and one may, that is unsure.
    pub fn first(&self, pattern: &Pattern, pt: Point, env: Env) -> Eval<Option<usize>> {
        let (kept, apart, upto) = self.first_kept(pattern, pt)?;
        let beyond = if kept.is_none() { (upto, pt.cut) } else { (0, 0) };
        let mut unsure = false;
        for record in apart.into_iter().chain(self.fold.among([pattern.event], beyond)) {
            let there = Point::new(self.records[record].time.day, record, pt.text);
            let matches = match self.matches(pattern, record, there, env) {
                Err(Stop::Unsure) => None,
                found => Some(found?),
            };
            if matches != Some(false) && self.admitted(record)? {
                if matches == Some(true) {
                    return Ok(Some(record));
                }
                unsure = true;
            }
        }
        if unsure && kept.is_none() { Err(Stop::Unsure) } else { Ok(kept) }
    }

    /// Whether a condition holds at a point.
    pub fn cond(&self, cond: &Cond, pt: Point, env: Env) -> Eval<bool> {
        Ok(match cond {
            Cond::Constant(b) => *b,
            Cond::All(all) => self.decided(all, false, pt, env)?,
            Cond::Any(any) => self.decided(any, true, pt, env)?,
            Cond::Not(c) => !self.cond(c, pt, env)?,
            Cond::Compare(op, a, b, site) => self.compare(*op, a, b, *site, pt, env)?,
            Cond::Same(a, b) => {
                let (a, b) = (self.definite(a, pt, env)?, self.definite(b, pt, env)?);
                same(&a, &b)
            }
            Cond::OneOf(a, list) => {
                let a = self.definite(a, pt, env)?;
                for b in list {
                    if same(&a, &self.definite(b, pt, env)?) {
                        return Ok(true);
                    }
                }
                false
            }
            Cond::Given(e) => !matches!(self.expr(e, pt, env)?, Val::NotGiven | Val::Absent),
            Cond::Answered(open, answer) => self.answered(*open)? == *answer,
            Cond::Happened(pattern) => match self.first(pattern, pt, env)? {
                Some(_) => true,
                None => match self.program.events[pattern.event.index()].attested {
                    Some(open) => self.answered(open)? == 0,
                    None => false,
                },
            },
            Cond::InState(clause, process, key, states) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    return Ok(false);
                }
                match self.state(*clause, process, key.as_deref(), pt)? {
                    Some(state) => states.contains(&state),
                    None => false,
                }
            }
            Cond::InForce(clause) => match self.place(*clause, pt.text) {
                Some(place) => self.nested(|| self.in_force(&place, pt))?,
                None => false,
            },
            Cond::Violated(clause) => self.nested(|| self.violated(*clause, pt))?,
            Cond::Fulfilled(clause) => self.nested(|| self.fulfilled(*clause, pt))?,
            Cond::Defined(clause, name, key) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    return Ok(false);
                }
                let Some(place) = self.place(*clause, pt.text) else { return Ok(false) };
                let Some(define) = place.clause.define(name, env.acting()) else {
                    return Ok(false);
                };
                let inner = Env { key: key.as_deref(), clause: Some(*clause), ..env };
                self.nested(|| self.cond(&define.cond, pt, inner))?
            }
        })
    }

    /// Whether one of the conditions decides a list: the first that is false decides `and`, the first that
    /// is true decides `or`. What is unsure leaves it open to the others.
    fn decided(&self, list: &[Cond], by: bool, pt: Point, env: Env) -> Eval<bool> {
        let mut unsure = false;
        for cond in list {
            match self.cond(cond, pt, env) {
                Ok(value) if value == by => return Ok(by),
                Ok(_) => {}
                Err(Stop::Unsure) => unsure = true,
                Err(stop) => return Err(stop),
            }
        }
        if unsure { Err(Stop::Unsure) } else { Ok(!by) }
    }

    /// A value for a test of equality: what nobody has said is asked.
    fn definite(&self, expr: &Expr, pt: Point, env: Env) -> Eval<Val> {
        match self.expr(expr, pt, env)? {
            Val::Unknown(Some(open)) => Err(Stop::Need(open)),
            value => Ok(value),
        }
    }

    fn compare(&self, op: Comparison, a: &Expr, b: &Expr, site: OpenId, pt: Point, env: Env) -> Eval<bool> {
        let (a, b) = (self.expr(a, pt, env)?, self.expr(b, pt, env)?);
        let decided = match (&a, &b) {
            (Val::Unknown(Some(open)), _) if self.cut_by(*open, &b) => self.in_region(*open, &b, env)?,
            (_, Val::Unknown(Some(open))) if self.cut_by(*open, &a) => {
                self.in_region(*open, &a, env)?.map(Ordering::reverse)
            }
            _ => order(&a, &b),
        };
        match decided {
            Some(order) => Ok(match op {
                Comparison::Equal => order == Ordering::Equal,
                Comparison::Less => order == Ordering::Less,
                Comparison::LessEqual => order != Ordering::Greater,
                Comparison::Greater => order == Ordering::Greater,
                Comparison::GreaterEqual => order != Ordering::Less,
            }),
            None if env.sure => Err(Stop::Unsure),
            None => Ok(self.answered(site)? == 0),
        }
    }

    /// Whether a question has regions that a value is a border of.
    fn cut_by(&self, open: OpenId, value: &Val) -> bool {
        match (&self.program.opens[open.index()].answers, value) {
            (Answers::Figure { cuts, .. }, Val::Figure(f)) => {
                f.qualifier == Qualifier::Exact
                    && cuts.iter().any(|c| c.number == f.number && c.unit == f.unit)
            }
            (Answers::Date { cuts }, Val::Day(d)) => cuts.contains(d),
            _ => false,
        }
    }

    /// How an unknown figure compares with a border of its regions; asks for the region.
    fn in_region(&self, open: OpenId, value: &Val, env: Env) -> Eval<Option<Ordering>> {
        if env.sure {
            return Err(Stop::Unsure);
        }
        let region = self.answered(open)?;
        Ok(match (&self.program.opens[open.index()].answers, value) {
            (Answers::Figure { cuts, .. }, Val::Figure(f)) => {
                representative(cuts, region).map(|r| r.number.cmp(&f.number))
            }
            (Answers::Date { cuts }, Val::Day(d)) => representative_day(cuts, region).map(|r| r.cmp(d)),
            _ => None,
        })
    }

    /// Whether a record counts.
    pub fn admitted(&self, record: usize) -> Eval<bool> {
        Ok(self.verdict(record)? == Verdict::Admitted)
    }
}

/// How two values compare, where they do and nothing leaves it undecided.
fn order(a: &Val, b: &Val) -> Option<Ordering> {
    match (a, b) {
        (Val::Figure(a), Val::Figure(b)) => a.compare(b).ok().flatten(),
        (Val::Day(a), Val::Day(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Equality of words, parties, identifiers and days. What is not there equals nothing.
fn same(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::Word(a), Val::Word(b)) => a == b,
        (Val::Party(a), Val::Party(b)) => a == b,
        (Val::Day(a), Val::Day(b)) => a == b,
        (Val::Figure(a), Val::Figure(b)) => a == b,
        _ => false,
    }
}
