//! Conditions: inline with parentheses where they are short, as lists where they are not.

use servanda_program::{Answers, Comparison, Cond, Expr, OpenId, Pattern, Type};

use super::teller::{Draft, Teller};
use crate::Arg;

/// A condition whose words are longer than this, in characters, becomes a list where it can.
const INLINE_MAX: usize = 140;

/// Whether a condition is always met.
pub(super) fn always(cond: &Cond) -> bool {
    *cond == Cond::Constant(true)
}

/// Whether a condition is never met.
pub(super) fn never(cond: &Cond) -> bool {
    *cond == Cond::Constant(false)
}

/// The members of a list of conditions, where there are several.
fn several(cond: &Cond) -> Option<&[Cond]> {
    match cond {
        Cond::All(list) | Cond::Any(list) if list.len() != 1 => Some(list),
        _ => None,
    }
}

impl Teller<'_> {
    /// A condition as a phrase that follows "if".
    pub fn cond(&self, cond: &Cond) -> String {
        self.stated(cond, false)
    }

    /// A condition as a phrase that follows "if", and the list that goes on from there.
    pub fn condition(&self, cond: &Cond) -> Draft {
        let (inner, negated) = match cond {
            Cond::Not(inner) => (&**inner, true),
            cond => (cond, false),
        };
        if let Some(list) = several(inner)
            && !list.is_empty()
        {
            let nested = list.iter().any(|c| several(bare(c)).is_some());
            let text = self.cond(cond);
            if !nested && list.len() < 4 && text.chars().count() <= INLINE_MAX {
                return text.into();
            }
            let message = match (inner, negated) {
                (Cond::All(_), false) => "prose-all",
                (Cond::All(_), true) => "prose-not-all",
                (_, false) => "prose-any",
                (_, true) => "prose-not-any",
            };
            let items = list.iter().map(|c| self.condition(c)).collect();
            return Draft { text: self.say(message, &[]), items };
        }
        self.cond(cond).into()
    }

    /// A condition, or its denial.
    fn stated(&self, cond: &Cond, negated: bool) -> String {
        let no = ("negated", Arg::from(if negated { "yes" } else { "no" }));
        let deny = |phrase: String| match negated {
            true => self.say("prose-not", &[("condition", self.group(phrase).into())]),
            false => phrase,
        };
        match cond {
            Cond::Constant(true) => deny(self.say("prose-always", &[])),
            Cond::Constant(false) => deny(self.say("prose-never", &[])),
            Cond::All(list) | Cond::Any(list) => {
                let (between, none) = match cond {
                    Cond::All(_) => ("prose-and", "prose-always"),
                    _ => ("prose-or", "prose-never"),
                };
                let parts = list.iter().map(|c| if list.len() > 1 { self.part(c) } else { self.cond(c) });
                let joined = parts.reduce(|left, right| {
                    self.say(between, &[("left", left.into()), ("right", right.into())])
                });
                deny(joined.unwrap_or_else(|| self.say(none, &[])))
            }
            Cond::Not(inner) if negated => deny(self.stated(inner, true)),
            Cond::Not(inner) => self.stated(inner, true),
            Cond::Compare(comparison, left, right, _) => {
                let days = self.is_day(left) || self.is_day(right);
                let message = match (comparison, days) {
                    (Comparison::Equal, false) => "prose-equal",
                    (Comparison::Less, false) => "prose-less",
                    (Comparison::LessEqual, false) => "prose-at-most",
                    (Comparison::Greater, false) => "prose-more",
                    (Comparison::GreaterEqual, false) => "prose-at-least",
                    (Comparison::Equal, true) => "prose-on-day",
                    (Comparison::Less, true) => "prose-earlier",
                    (Comparison::LessEqual, true) => "prose-by-day",
                    (Comparison::Greater, true) => "prose-later",
                    (Comparison::GreaterEqual, true) => "prose-from-day",
                };
                self.say(message, &[("left", self.atom(left).into()), ("right", self.atom(right).into()), no])
            }
            Cond::Same(left, right) => {
                let right = self.told(right);
                self.say("prose-same", &[("left", self.asked(left).into()), ("right", right.into()), no])
            }
            Cond::OneOf(left, list) => {
                let list: Vec<String> = list.iter().map(|e| self.told(e)).collect();
                let list = self.list(&list);
                self.say("prose-one-of", &[("left", self.asked(left).into()), ("list", list.into()), no])
            }
            Cond::Given(left) => self.say("prose-given", &[("left", self.atom(left).into()), no]),
            Cond::Answered(open, answer) => {
                let question = self.names.opens[open.index()].as_str().into();
                let word = self.word(&self.answer(*open, *answer as usize));
                self.say("prose-answered", &[("question", question), ("word", word.into()), no])
            }
            Cond::Happened(pattern) => {
                self.say("prose-happened", &[("records", self.pattern(pattern).into()), no])
            }
            Cond::InState(clause, process, key, states) => {
                let states: Vec<String> =
                    states.iter().map(|s| self.state(*clause, process, *s as usize)).collect();
                let process = ("process", Arg::from(self.process(*clause, process, key.as_deref())));
                match &states[..] {
                    [one] => self.say("prose-in-state", &[process, ("state", one.into()), no]),
                    _ => {
                        let states = self.list(&states);
                        self.say("prose-in-states", &[process, ("states", states.into()), no])
                    }
                }
            }
            Cond::InForce(clause) => {
                self.say("prose-in-force", &[("clause", self.clause(*clause).into()), no])
            }
            Cond::Violated(clause) => {
                self.say("prose-violated", &[("clause", self.clause(*clause).into()), no])
            }
            Cond::Fulfilled(clause) => {
                self.say("prose-fulfilled", &[("clause", self.clause(*clause).into()), no])
            }
            Cond::Defined(clause, name, key) => {
                let name = ("name", Arg::from(self.of_clause(&self.quoted(name), *clause)));
                match key {
                    None => self.say("prose-applies", &[name, no]),
                    Some(key) => self.say("prose-applies-to", &[name, ("key", self.atom(key).into()), no]),
                }
            }
        }
    }

    /// A condition among others: what holds an "and", an "or" or a list itself is in parentheses.
    fn part(&self, cond: &Cond) -> String {
        let lists = several(cond).is_some()
            || matches!(bare(cond), Cond::OneOf(_, list) if list.len() > 1)
            || matches!(bare(cond), Cond::InState(.., states) if states.len() > 1);
        let phrase = self.cond(cond);
        if lists { self.group(phrase) } else { phrase }
    }

    /// What is said to be something: a yes-no datum is the answer to a question.
    fn asked(&self, expr: &Expr) -> String {
        let ty = match expr {
            Expr::Attribute(a) => self.attribute_of(*a).map(|a| (&a.ty, a.name.as_str())),
            Expr::Field(event, field) if self.record == Some(*event) => {
                let field = &self.program.events[event.index()].fields[field.index()];
                Some((&field.ty, field.name.as_str()))
            }
            _ => None,
        };
        match ty {
            Some((ty, name)) if is_yes_no(ty) => {
                self.say("prose-attribute-yes-no", &[("name", self.quoted(name).into())])
            }
            _ => self.atom(expr),
        }
    }

    /// Whether a value is a day, as far as its form tells.
    fn is_day(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Day(_) | Expr::Today | Expr::DayOf(_) | Expr::RecordDay(_) | Expr::Shift(..) => true,
            Expr::Attribute(a) => self.attribute_of(*a).is_some_and(|a| a.ty == Type::Date),
            Expr::Field(event, field) => {
                self.program.events[event.index()].fields[field.index()].ty == Type::Date
            }
            _ => false,
        }
    }

    /// What something is said to be.
    fn told(&self, expr: &Expr) -> String {
        match expr {
            Expr::Word(word) => self.word(word),
            expr => self.atom(expr),
        }
    }

    /// A word of an enumeration or an answer.
    pub fn word(&self, word: &str) -> String {
        match word {
            "yes" => self.say("prose-yes", &[]),
            "no" => self.say("prose-no", &[]),
            // A name of several words is kept together.
            word if word.contains(|c: char| c.is_whitespace() || c == ',') => self.quoted(word),
            word => word.to_string(),
        }
    }

    /// The word of an answer to an open question.
    pub fn answer(&self, open: OpenId, answer: usize) -> String {
        match &self.program.opens[open.index()].answers {
            Answers::Words(words) => words.get(answer).map(|a| a.word.clone()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Which records: `the event “…” brought about by … (where …)`.
    pub fn pattern(&self, pattern: &Pattern) -> String {
        let mut records = self.event(pattern.event);
        if let Some(by) = pattern.by {
            let party = self.party(by);
            records = self.say("prose-by", &[("records", records.into()), ("party", party.into())]);
        }
        self.filtered(records, pattern.event, &pattern.filter)
    }

    /// Records under a condition on each.
    pub fn filtered(&self, records: String, event: servanda_program::EventId, filter: &Cond) -> String {
        if always(filter) {
            return records;
        }
        let inner = Teller { record: Some(event), action: None, ..*self };
        self.say("prose-where", &[("records", records.into()), ("condition", inner.cond(filter).into())])
    }

    /// An event inside a sentence.
    pub fn event(&self, event: servanda_program::EventId) -> String {
        self.say("prose-event", &[("event", self.names.events[event.index()].as_str().into())])
    }
}

/// Without the denials around it.
fn bare(cond: &Cond) -> &Cond {
    match cond {
        Cond::Not(inner) => bare(inner),
        cond => cond,
    }
}

/// Whether a datum is `yes-no`.
pub(super) fn is_yes_no(ty: &Type) -> bool {
    matches!(ty, Type::Words(words) if words[..] == ["yes", "no"])
}
