//! Questions of every kind at one full answer to the open questions. `docs/meaning.md`, "Questions".

use std::collections::BTreeSet;

use servanda_program::{ActionId, ClauseName, Standing, Status, VersionId};

use crate::ahead::Ahead;
use crate::answer::{AnswerValue, Because, Error, Outcome, Role};
use crate::decide::Finding;
use crate::opens::{Eval, Stop};
use crate::question::{Ask, Question, ValueRef};
use crate::value::Val;
use crate::words::{Part, Phrase, Said, Words};
use crate::world::{Env, Place, Point, World};

/// What a named version changes about a question.
pub(crate) struct Named {
    /// The version.
    pub version: VersionId,
    /// Whether it governs from its effective day on; otherwise it never binds.
    pub governs: bool,
}

impl<'a> World<'a> {
    /// The finding for a question, with what an asker should know besides.
    pub fn find(&self, question: &Question, named: Option<&Named>) -> Eval<(Finding, Vec<Words>)> {
        let cut = self.cut(question.as_of);
        let text = self.text(question.as_of, cut)?;
        let pt = Point::new(question.as_of, cut, text);
        // A version that is asked before it takes effect, and the time before the first one.
        let early = match named {
            Some(n) if n.governs => text != Some(n.version),
            _ => text.is_none(),
        };
        // Where the named version is not there yet, only laws are.
        let pt = if early { Point { text: None, ..pt } } else { pt };
        let other = named.filter(|n| !n.governs).map(|n| n.version);
        let mut notes = Vec::new();
        if let Some(version) = other {
            let v = &self.program.versions[version.index()];
            let governing = text.map(|t| self.program.versions[t.index()].name.as_str());
            let mut with = vec![("version", Part::name(&v.name)), ("status", status_part(v.status))];
            with.extend(governing.map(|g| ("governing", Part::name(g))));
            let message = if governing.is_some() { "note-does-not-bind" } else { "note-none-binds" };
            let text = format!(
                "{} is {} and does not bind; {} governs",
                v.name,
                status_word(v.status),
                governing.unwrap_or("no version")
            );
            notes.push(Words::new(text, message, with));
        }
        let finding = match &question.ask {
            Ask::May(act) => self.decide(act, pt)?,
            Ask::InForce(clause) => self.ask_in_force(*clause, pt, early, other)?,
            Ask::Ends(clause) => self.ask_ends(*clause, pt, early, other)?,
            Ask::Value(value) => self.ask_value(value, question, pt, other)?,
            Ask::Owes(party) => self.owes(*party, pt)?,
            Ask::Who(action) => self.ask_who(*action, pt)?,
        };
        notes.extend(self.without_effect(pt)?);
        Ok((finding, notes))
    }

    /// The clause of a name in a version that does not bind, where that version wrote it itself.
    fn own_place(&self, clause: ClauseName, version: VersionId) -> Option<Place<'a>> {
        self.standing_in(version, |s| s.name == clause && s.blame.iter().any(|(_, v)| *v == version))
    }

    /// The first clause in the text of a version that is wanted; laws left aside.
    fn standing_in(&self, version: VersionId, wanted: impl Fn(&Standing) -> bool) -> Option<Place<'a>> {
        self.places(Some(version)).find(|p| p.standing.is_some_and(|(s, _)| wanted(s)))
    }

    fn plain(outcome: Outcome) -> Finding {
        Finding { outcome, value: AnswerValue::Nothing, because: Vec::new() }
    }

    fn about(&self, outcome: Outcome, value: AnswerValue, place: &Place<'a>, pt: Point) -> Eval<Finding> {
        let mut because = Vec::new();
        let mut movers = Vec::new();
        let steps = self.term_steps(place, pt, &mut movers)?;
        self.reason(&mut because, place, Role::Stands, steps);
        for mover in movers {
            self.moved(&mut because, mover, pt);
        }
        Ok(Finding { outcome, value, because })
    }

    /// A finding about a clause that no text at the point has.
    fn missing(&self, clause: ClauseName, pt: Point, early: bool, other: Option<VersionId>) -> Finding {
        let (outcome, place, text) = if early {
            // Not yet: whichever version brings it first.
            let mut versions = (0..self.program.versions.len()).map(|i| VersionId(i as u32));
            let place = versions.find_map(|v| self.standing_in(v, |s| s.name == clause));
            let text = Words::new(
                format!("the version that holds it does not govern on {}", pt.day),
                "step-version-not-governing",
                [("day", Part::Day(pt.day))],
            );
            (Outcome::NotYet, place, text)
        } else if let Some((version, place)) = other.and_then(|v| Some((v, self.own_place(clause, v)?))) {
            let version = &self.program.versions[version.index()];
            let status = status_word(version.status);
            let text = Words::new(
                format!("it stands only in {}, which is {status}", version.name),
                "step-stands-only",
                [("version", Part::name(&version.name)), ("status", status_part(version.status))],
            );
            (Outcome::NonBinding, Some(place), text)
        } else {
            return Self::plain(Outcome::Absent);
        };
        let mut because = Vec::new();
        if let Some(place) = place {
            self.reason(&mut because, &place, Role::Stands, vec![self.step(text, Vec::new())]);
        }
        Finding { because, ..Self::plain(outcome) }
    }

    fn ask_in_force(
        &self,
        clause: ClauseName,
        pt: Point,
        early: bool,
        other: Option<VersionId>,
    ) -> Eval<Finding> {
        let Some(place) = self.place(clause, pt.text) else {
            return Ok(self.missing(clause, pt, early, other));
        };
        let outcome = match self.start(&place, pt)? {
            Some(start) if start <= pt.day => {
                if self.in_force(&place, pt)? {
                    Outcome::InForce
                } else {
                    Outcome::Ended
                }
            }
            _ => Outcome::NotYet,
        };
        self.about(outcome, AnswerValue::Nothing, &place, pt)
    }

    fn ask_ends(
        &self,
        clause: ClauseName,
        pt: Point,
        early: bool,
        other: Option<VersionId>,
    ) -> Eval<Finding> {
        let Some(place) = self.place(clause, pt.text) else {
            return Ok(self.missing(clause, pt, early, other));
        };
        if self.start(&place, pt)?.is_none_or(|s| s > pt.day) {
            return self.about(Outcome::NotYet, AnswerValue::Nothing, &place, pt);
        }
        let (outcome, value) = match self.known_end(&place, pt)? {
            Some(day) => (Outcome::On, AnswerValue::Day(day)),
            None => match self.ahead(&place, pt)? {
                Ahead { by: Some(day), events, .. } if events.is_empty() => {
                    (Outcome::On, AnswerValue::Day(day))
                }
                Ahead { by: None, events, .. } if events.is_empty() => (Outcome::Never, AnswerValue::Nothing),
                Ahead { by, events, .. } => {
                    (Outcome::Open, AnswerValue::End { on: events.into_iter().collect(), by })
                }
            },
        };
        self.about(outcome, value, &place, pt)
    }

    fn ask_value(
        &self,
        value: &ValueRef,
        question: &Question,
        pt: Point,
        other: Option<VersionId>,
    ) -> Eval<Finding> {
        let (got, because) = match value {
            ValueRef::Fact(i) => {
                let fact = &self.program.facts[*i as usize];
                let reason = Because {
                    clause: None,
                    fact: Some(fact.name.clone()),
                    version: None,
                    role: Role::Gives,
                    cites: fact.grounds.cites.clone(),
                    steps: vec![self.step(
                        Words::new(
                            self.program.describe_expr(&fact.expr, None),
                            "phrase",
                            [("phrase", Part::Fact(*i))],
                        ),
                        Vec::new(),
                    )],
                };
                (self.expr(&fact.expr, pt, Env::default())?, vec![reason])
            }
            ValueRef::Clause(clause, name) => {
                // The text at the point first; what only the named version has, from that one.
                let at = |text| {
                    self.place(*clause, text).filter(|p| p.clause.values.iter().any(|v| v.name == *name))
                };
                let (place, pt) = match (at(pt.text), other.filter(|_| pt.text.is_some())) {
                    (Some(place), _) => (place, pt),
                    (None, Some(version)) if self.own_place(*clause, version).is_some() => {
                        let pt = Point { text: Some(version), ..pt };
                        match at(pt.text) {
                            Some(place) => (place, pt),
                            None => return Ok(Self::plain(Outcome::Absent)),
                        }
                    }
                    _ => return Ok(Self::plain(Outcome::Absent)),
                };
                let Some((at, value)) = place.clause.values.iter().enumerate().find(|(_, v)| v.name == *name)
                else {
                    return Ok(Self::plain(Outcome::Absent));
                };
                let key = match &value.key {
                    None => None,
                    Some(key) => match question.assume.keys.get(key) {
                        Some(word) => Some(word.clone()),
                        None => {
                            return Err(Stop::Fail(Error::new(
                                "key-needed",
                                format!("`{name}` is kept for each {key}; say which with assume `{key}`"),
                            )));
                        }
                    },
                };
                let got = self.value(*clause, name, key.as_deref(), pt, Env::default())?;
                let mut because = Vec::new();
                let mut steps = vec![self.step(
                    Words::new(
                        format!("{name} = {}", self.program.describe_expr(&value.expr, None)),
                        "step-value",
                        [("name", Part::name(name)), ("value", Part::Of(place.id, Phrase::Value(at as u32)))],
                    ),
                    Vec::new(),
                )];
                steps.extend(self.parts(&value.expr, *clause, pt)?);
                self.reason(&mut because, &place, Role::Gives, steps);
                (got, because)
            }
        };
        let (outcome, value) = match got {
            Val::Figure(f) => (Outcome::Known, AnswerValue::Figure(f)),
            Val::Day(d) => (Outcome::Known, AnswerValue::Day(d)),
            Val::Word(w) => (Outcome::Known, AnswerValue::Word(w)),
            Val::Party(p) => (Outcome::Known, AnswerValue::Party(p)),
            Val::Unknown(_) => (Outcome::Undisclosed, AnswerValue::Nothing),
            Val::Absent | Val::NotGiven => return Ok(Self::plain(Outcome::Absent)),
            Val::Fault(why) => {
                return Err(Stop::Fail(Error::new(
                    "no-value",
                    format!("the value cannot be computed: {why}"),
                )));
            }
        };
        Ok(Finding { outcome, value, because })
    }

    /// The values that a value is made of, with what they are at the point: the arithmetic shown.
    fn parts(&self, expr: &servanda_program::Expr, clause: ClauseName, pt: Point) -> Eval<Vec<crate::Step>> {
        use servanda_program::Expr;
        let mut steps = Vec::new();
        match expr {
            Expr::Add(a, b)
            | Expr::Subtract(a, b)
            | Expr::Multiply(a, b)
            | Expr::Divide(a, b)
            | Expr::Round(_, a, b) => {
                steps.extend(self.parts(a, clause, pt)?);
                steps.extend(self.parts(b, clause, pt)?);
            }
            Expr::Shift(base, ..) => steps.extend(self.parts(base, clause, pt)?),
            Expr::Extreme(_, list) => {
                for e in list {
                    steps.extend(self.parts(e, clause, pt)?);
                }
            }
            Expr::Cases(list) => {
                for (cond, e) in list {
                    if self.cond(cond, pt, Env { clause: Some(clause), ..Env::default() })? {
                        steps.extend(self.parts(e, clause, pt)?);
                        break;
                    }
                }
            }
            Expr::Value(..) | Expr::Aggregate { .. } | Expr::Fact(_) | Expr::Between(..) => {
                if let Val::Figure(f) = self.expr(expr, pt, Env { clause: Some(clause), ..Env::default() })? {
                    let described = self.program.describe_expr(expr, None);
                    let name = self.part_name(expr, &described);
                    let text = Words::new(
                        format!("{described} is {f}"),
                        "step-part",
                        [("name", name), ("value", Part::Figure(f))],
                    );
                    let mut step = self.step(text, Vec::new());
                    if let Expr::Aggregate { event, .. } = expr {
                        const SHOWN: usize = 50;
                        for &record in self.fold.of(*event).iter().take_while(|&&r| r < pt.cut).take(SHOWN) {
                            if self.admitted(record)? {
                                step.records.push(self.record_text(record));
                            }
                        }
                    }
                    steps.push(step);
                }
            }
            _ => {}
        }
        steps.dedup();
        Ok(steps)
    }

    /// What a value or a sum of records is called.
    fn part_name(&self, expr: &servanda_program::Expr, described: &str) -> Part {
        use servanda_program::{AggregateKind, Expr, Period, Window};
        let Expr::Aggregate { kind, event, field, window, .. } = expr else { return Part::name(described) };
        let message = match kind {
            AggregateKind::Sum => "expr-sum",
            AggregateKind::Count => "expr-count",
            AggregateKind::Latest => "expr-latest",
            AggregateKind::Lowest => "expr-lowest",
            AggregateKind::Highest => "expr-highest",
        };
        let event = &self.program.events[event.index()];
        let field = field.map(|f| format!(".{}", event.fields[f.index()].name)).unwrap_or_default();
        let of = Part::Name(format!("{}{field}", event.name));
        let said = |message, with| Part::Said(Box::new(Said { message, with }));
        let value = said(message, vec![("records", of)]);
        let period = |period: Period| {
            let message = match period {
                Period::Week => "period-week",
                Period::Month => "period-month",
                Period::Quarter => "period-quarter",
                Period::Year => "period-year",
                Period::Schedule(_) => return Part::name(self.program.period_word(period)),
            };
            said(message, Vec::new())
        };
        match window {
            None => value,
            Some(Window::This(p)) => said("expr-this", vec![("value", value), ("period", period(*p))]),
            Some(Window::Last(p)) => said("expr-last", vec![("value", value), ("period", period(*p))]),
            Some(Window::Before(p)) => said("expr-before", vec![("value", value), ("period", period(*p))]),
            Some(Window::Over(duration, _)) => {
                said("expr-over", vec![("value", value), ("duration", Part::Duration(duration.clone()))])
            }
        }
    }

    fn ask_who(&self, action: ActionId, pt: Point) -> Eval<Finding> {
        let mut holders = BTreeSet::new();
        let mut because = Vec::new();
        for place in self.places(pt.text) {
            for (at, power) in place.clause.powers.iter().enumerate().filter(|(_, p)| p.action == action) {
                if self.in_force(&place, pt)? {
                    holders.extend(power.parties.iter().copied());
                    let when = self.program.describe_cond(&power.when, None);
                    self.reason(
                        &mut because,
                        &place,
                        Role::Empowers,
                        vec![self.step(
                            Words::new(
                                format!("the power can be used when {when}"),
                                "step-power-when",
                                [("condition", Part::Of(place.id, Phrase::When(at as u32)))],
                            ),
                            Vec::new(),
                        )],
                    );
                }
            }
        }
        if holders.is_empty() {
            return Ok(Self::plain(Outcome::Absent));
        }
        let value = AnswerValue::Parties(holders.into_iter().collect());
        Ok(Finding { outcome: Outcome::Known, value, because })
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Reported => "reported",
        Status::Proposed => "proposed",
        Status::NonBinding => "non-binding",
        Status::Binding => "binding",
    }
}

fn status_part(status: Status) -> Part {
    let message = match status {
        Status::Reported => "status-reported",
        Status::Proposed => "status-proposed",
        Status::NonBinding => "status-non-binding",
        Status::Binding => "status-binding",
    };
    Part::Said(Box::new(Said { message, with: Vec::new() }))
}
