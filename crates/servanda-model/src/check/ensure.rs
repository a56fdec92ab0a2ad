//! `ensure-failed` and `ensure-not-constant`: what a text demands of its own figures.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use servanda_program::{Clause, ClauseName, Comparison, Cond, Expr, ExtremeKind, Program};
use servanda_quantity::{ArithmeticError, Figure};
use servanda_text::Diagnostic;

use super::clauses_of;
use crate::consolidate::Texts;
use crate::lower::Lowerer;

/// Most parts of expressions that are looked at for one `ensure`.
const PARTS_MAX: usize = 100_000;

/// How deep values are followed.
const DEPTH_MAX: usize = 200;

/// What the text alone makes of an expression.
#[derive(Debug, Clone, PartialEq)]
enum Known<T> {
    It(T),
    /// Somebody could disclose it.
    Open,
    /// It takes a history or an act.
    No,
}

pub(super) fn check(texts: &Texts<'_>, lowered: &Lowerer<'_>, out: &mut Vec<Diagnostic>) {
    let program = &lowered.program;
    for version in &program.versions {
        let text: BTreeMap<ClauseName, (usize, &Clause)> =
            clauses_of(program, version).map(|(name, id, c)| (name, (id, c))).collect();
        for ensured in &lowered.ensured {
            let Some(wording) = texts.wordings.get(ensured.wording) else { continue };
            let stands = text.get(&wording.name).is_some_and(|(id, _)| *id == ensured.wording);
            if !stands || wording.broken {
                continue;
            }
            let constants = Constants { program, text: &text, parts: Cell::new(0) };
            let place = wording.uses.unwrap_or(ensured.at);
            let told = |d: Diagnostic, label: String| {
                if place == ensured.at { d.label(label) } else { d.also(ensured.at, label) }
            };
            match constants.cond(&ensured.cond, 0) {
                Known::It(true) | Known::Open => {}
                Known::It(false) => out.push(told(
                    Diagnostic::error("ensure-failed", place, &ensured.message),
                    format!("it is not so that {}", ensured.written),
                )),
                Known::No => out.push(told(
                    Diagnostic::error(
                        "ensure-not-constant",
                        place,
                        format!("the text alone does not tell whether {}", ensured.written),
                    )
                    .help("compare figures and days that the text states, not what happens later"),
                    "what must be so".to_string(),
                )),
            }
        }
    }
}

/// A text whose figures are computed without any history.
struct Constants<'p> {
    program: &'p Program,
    text: &'p BTreeMap<ClauseName, (usize, &'p Clause)>,
    parts: Cell<usize>,
}

impl<'p> Constants<'p> {
    /// Whether the limits are reached.
    fn enough(&self, depth: usize) -> bool {
        self.parts.set(self.parts.get() + 1);
        depth > DEPTH_MAX || self.parts.get() > PARTS_MAX
    }

    fn cond(&self, cond: &'p Cond, depth: usize) -> Known<bool> {
        if self.enough(depth) {
            return Known::No;
        }
        let next = depth + 1;
        match cond {
            Cond::Constant(b) => Known::It(*b),
            Cond::Not(inner) => match self.cond(inner, next) {
                Known::It(b) => Known::It(!b),
                other => other,
            },
            Cond::All(list) | Cond::Any(list) => {
                let by = matches!(cond, Cond::Any(_));
                let parts: Vec<_> = list.iter().map(|c| self.cond(c, next)).collect();
                [Known::It(by), Known::No, Known::Open]
                    .into_iter()
                    .find(|found| parts.contains(found))
                    .unwrap_or(Known::It(!by))
            }
            Cond::Compare(comparison, a, b, _) => {
                let order = match (self.expr(a, next), self.expr(b, next)) {
                    (Known::It(Expr::Figure(a)), Known::It(Expr::Figure(b))) => match a.compare(&b) {
                        Ok(order) => order,
                        Err(_) => return Known::No,
                    },
                    (Known::It(Expr::Day(a)), Known::It(Expr::Day(b))) => Some(a.cmp(&b)),
                    (Known::Open, Known::Open | Known::It(_)) | (Known::It(_), Known::Open) => None,
                    _ => return Known::No,
                };
                // What a qualifier leaves open, somebody may disclose.
                order.map_or(Known::Open, |order| {
                    Known::It(match comparison {
                        Comparison::Equal => order == Ordering::Equal,
                        Comparison::Less => order == Ordering::Less,
                        Comparison::LessEqual => order != Ordering::Greater,
                        Comparison::Greater => order == Ordering::Greater,
                        Comparison::GreaterEqual => order != Ordering::Less,
                    })
                })
            }
            Cond::Same(a, b) => self.same(a, b, next),
            Cond::OneOf(a, list) => {
                let parts: Vec<_> = list.iter().map(|b| self.same(a, b, next)).collect();
                [Known::It(true), Known::No, Known::Open]
                    .into_iter()
                    .find(|found| parts.contains(found))
                    .unwrap_or(Known::It(false))
            }
            Cond::Answered(..) => Known::Open,
            Cond::Defined(clause, name, None) => {
                let define = self.clause(*clause).and_then(|c| c.define(name, None));
                define.map_or(Known::No, |d| self.cond(&d.cond, next))
            }
            Cond::Given(_)
            | Cond::Happened(_)
            | Cond::InState(..)
            | Cond::InForce(_)
            | Cond::Violated(_)
            | Cond::Fulfilled(_)
            | Cond::Defined(..) => Known::No,
        }
    }

    fn same(&self, a: &'p Expr, b: &'p Expr, depth: usize) -> Known<bool> {
        match (self.expr(a, depth), self.expr(b, depth)) {
            (Known::No, _) | (_, Known::No) => Known::No,
            (Known::It(a), Known::It(b)) => Known::It(match (a, b) {
                (Expr::Word(a) | Expr::Text(a), Expr::Word(b) | Expr::Text(b)) => a == b,
                (a, b) => a == b,
            }),
            _ => Known::Open,
        }
    }

    fn clause(&self, name: ClauseName) -> Option<&'p Clause> {
        self.text.get(&name).map(|(_, c)| *c)
    }

    /// An expression as a figure, a day, a word or a party.
    fn expr(&self, expr: &'p Expr, depth: usize) -> Known<Expr> {
        if self.enough(depth) {
            return Known::No;
        }
        let next = depth + 1;
        let two =
            |a: &'p Expr, b: &'p Expr, op: &dyn Fn(&Figure, &Figure) -> Result<Figure, ArithmeticError>| {
                match (self.expr(a, next), self.expr(b, next)) {
                    (Known::It(Expr::Figure(a)), Known::It(Expr::Figure(b))) => {
                        op(&a, &b).map_or(Known::No, |f| Known::It(Expr::Figure(f)))
                    }
                    (Known::Open, Known::Open | Known::It(_)) | (Known::It(_), Known::Open) => Known::Open,
                    _ => Known::No,
                }
            };
        match expr {
            Expr::Figure(_) | Expr::Day(_) | Expr::Word(_) | Expr::Text(_) | Expr::Party(_) => {
                Known::It(expr.clone())
            }
            Expr::Undisclosed(_) => Known::Open,
            Expr::Shift(base, back, by, calendar) => match self.expr(base, next) {
                Known::It(Expr::Day(day)) => {
                    let calendar = calendar.map(|c| &self.program.calendars[c.index()]);
                    by.from(day, *back, calendar).map_or(Known::No, |d| Known::It(Expr::Day(d)))
                }
                Known::Open => Known::Open,
                _ => Known::No,
            },
            Expr::Today | Expr::DayOf(_) | Expr::RecordDay(_) | Expr::Between(..) => Known::No,
            Expr::Fact(i) => {
                self.program.facts.get(*i as usize).map_or(Known::No, |f| self.expr(&f.expr, next))
            }
            Expr::Gives(_, arms) => {
                let mut arms = arms.iter().map(|arm| self.expr(arm, next));
                let Some(first) = arms.next() else { return Known::No };
                arms.fold(first, |all, one| match (all, one) {
                    (Known::No, _) | (_, Known::No) => Known::No,
                    (a, b) if a == b => a,
                    _ => Known::Open,
                })
            }
            Expr::Value(clause, name, None) => {
                let value = self.clause(*clause).and_then(|c| c.values.iter().find(|v| v.name == *name));
                let Some(value) = value else { return Known::No };
                match self.cond(&value.cond, next) {
                    Known::It(true) => self.expr(&value.expr, next),
                    Known::Open => Known::Open,
                    _ => Known::No,
                }
            }
            Expr::Cases(list) => {
                for (cond, e) in list {
                    match self.cond(cond, next) {
                        Known::It(true) => return self.expr(e, next),
                        Known::It(false) => {}
                        Known::Open => return Known::Open,
                        Known::No => return Known::No,
                    }
                }
                Known::No
            }
            Expr::Add(a, b) => two(a, b, &Figure::add),
            Expr::Subtract(a, b) => two(a, b, &Figure::sub),
            Expr::Multiply(a, b) => two(a, b, &Figure::mul),
            Expr::Divide(a, b) => two(a, b, &Figure::div),
            Expr::Round(way, a, b) => two(a, b, &|a, b| a.round_to(b, *way)),
            Expr::Extreme(kind, list) => {
                let wanted = match kind {
                    ExtremeKind::Min => Ordering::Greater,
                    ExtremeKind::Max => Ordering::Less,
                };
                let mut best: Option<Known<Expr>> = None;
                for e in list {
                    let found = self.expr(e, next);
                    best = Some(match (best, found) {
                        (None, found) => found,
                        (Some(Known::No), _) | (_, Known::No) => Known::No,
                        (Some(Known::Open), _) | (_, Known::Open) => Known::Open,
                        (Some(Known::It(Expr::Day(a))), Known::It(Expr::Day(b))) => {
                            Known::It(Expr::Day(if a.cmp(&b) == wanted { b } else { a }))
                        }
                        (Some(Known::It(Expr::Figure(a))), Known::It(Expr::Figure(b)))
                            if a.unit == b.unit =>
                        {
                            let qualifier = a.qualifier.join(b.qualifier);
                            let best = if a.number.cmp(&b.number) == wanted { b } else { a };
                            Known::It(Expr::Figure(Figure { qualifier, ..best }))
                        }
                        _ => Known::No,
                    });
                }
                best.unwrap_or(Known::No)
            }
            Expr::Value(..)
            | Expr::Attribute(_)
            | Expr::Field(..)
            | Expr::By
            | Expr::Key
            | Expr::Kept(..)
            | Expr::Aggregate { .. }
            | Expr::Counted(_) => Known::No,
        }
    }
}
