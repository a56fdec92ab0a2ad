//! Values: formulas in words. What holds another formula is in parentheses wherever it could be read otherwise.

use servanda_program::{
    AggregateKind, Attribute, AttributeId, ClauseName, Cond, Expr, ExtremeKind, Measure, OpenId, Window,
};
use servanda_quantity::Rounding;

use super::cond::always;
use super::teller::Teller;
use crate::Arg;

/// How tightly the words of a value hold together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    /// A phrase that goes on to the right: always in parentheses.
    Loose,
    /// A sum.
    Sum,
    /// A product.
    Product,
    /// One thing.
    Tight,
}

fn hold(expr: &Expr) -> Hold {
    match expr {
        Expr::Add(..) | Expr::Subtract(..) => Hold::Sum,
        Expr::Multiply(..) | Expr::Divide(..) => Hold::Product,
        Expr::Round(..) | Expr::Extreme(..) | Expr::Cases(_) => Hold::Loose,
        Expr::Between(..) | Expr::Shift(..) => Hold::Loose,
        Expr::Aggregate { default: Some(_), .. } => Hold::Loose,
        _ => Hold::Tight,
    }
}

impl Teller<'_> {
    /// A value, in parentheses where it is a formula.
    pub fn atom(&self, expr: &Expr) -> String {
        self.held(expr, Hold::Tight)
    }

    fn held(&self, expr: &Expr, least: Hold) -> String {
        let phrase = self.expr(expr);
        if hold(expr) < least { self.group(phrase) } else { phrase }
    }

    /// A formula of two values; what stands on its right holds more tightly.
    fn formula(&self, message: &str, expr: &Expr, left: &Expr, right: &Expr) -> String {
        let (least, more) = match hold(expr) {
            Hold::Sum => (Hold::Sum, Hold::Product),
            Hold::Product => (Hold::Product, Hold::Tight),
            _ => (Hold::Tight, Hold::Tight),
        };
        let (left, right) = (self.held(left, least), self.held(right, more));
        self.say(message, &[("left", left.into()), ("right", right.into())])
    }

    /// A value as a phrase.
    pub fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Figure(figure) => self.tongue.figure(figure),
            Expr::Day(day) => self.tongue.day(*day),
            Expr::Word(word) => self.word(word),
            Expr::Text(text) => self.quoted(text),
            Expr::Party(party) => self.party(*party),
            Expr::Attribute(attribute) => self.attribute(*attribute),
            Expr::Field(event, field) => {
                let name = &self.program.events[event.index()].fields[field.index()].name;
                if self.record == Some(*event) {
                    return self.say("prose-its", &[("name", self.datum(name).into())]);
                }
                let event = self.event(*event);
                self.say("prose-field", &[("name", self.datum(name).into()), ("event", event.into())])
            }
            Expr::By => self.say("prose-its-author", &[]),
            Expr::Key => match self.key {
                Some(key) => self.say("prose-key", &[("key", self.datum(key).into())]),
                None => self.say("prose-some-key", &[]),
            },
            Expr::Value(clause, name, key) => {
                let value = self.say("prose-value", &[("name", self.quoted(name).into())]);
                self.of_key(self.of_clause(&value, *clause), key.as_deref())
            }
            Expr::Fact(fact) => self.names.facts[*fact as usize].clone(),
            Expr::Kept(clause, process, slot, key) => {
                let process = self.process(*clause, process, key.as_deref());
                self.say("prose-kept", &[("slot", self.quoted(slot).into()), ("process", process.into())])
            }
            Expr::Undisclosed(open) => {
                let name = &self.program.opens[open.index()].name;
                self.say("prose-not-disclosed", &[("name", name.into())])
            }
            Expr::Gives(open, list) => {
                let arms = list.iter().map(|e| self.expr(e)).collect();
                self.by_answer("prose-gives", *open, arms)
            }
            Expr::Aggregate { kind, event, field, filter, default, window } => {
                let records = self.filtered(self.event(*event), *event, filter);
                let field = field.map(|f| &self.program.events[event.index()].fields[f.index()].name);
                let field = field.map(|f| self.datum(f)).unwrap_or_default();
                let (records, field) = (("records", Arg::from(records)), ("field", Arg::from(field)));
                let value = match kind {
                    AggregateKind::Sum => self.say("prose-sum", &[field, records]),
                    AggregateKind::Count => self.say("prose-count", &[records]),
                    AggregateKind::Latest => self.say("prose-latest", &[field, records]),
                    AggregateKind::Lowest => self.say("prose-lowest-field", &[field, records]),
                    AggregateKind::Highest => self.say("prose-highest-field", &[field, records]),
                };
                let value = match window {
                    None => value,
                    Some(window) => self.within(value, window),
                };
                match default {
                    None => value,
                    Some(default) => {
                        let default = self.atom(default);
                        self.say("prose-otherwise", &[("value", value.into()), ("default", default.into())])
                    }
                }
            }
            Expr::Today => self.say("prose-today", &[]),
            Expr::DayOf(moment) => self.say("prose-day-when", &[("moment", self.moment(moment).into())]),
            Expr::RecordDay(event) if self.record == Some(*event) => self.say("prose-its-day", &[]),
            Expr::RecordDay(event) => self.say("prose-day-of-that", &[("event", self.event(*event).into())]),
            Expr::Between(measure, from, to) => self.between(*measure, from, to),
            Expr::Shift(base, back, duration, _) => {
                let message = if *back { "prose-shifted-back" } else { "prose-shifted" };
                let (duration, base) = (self.duration(duration), self.atom(base));
                self.say(message, &[("duration", duration.into()), ("day", base.into())])
            }
            Expr::Cases(list) => {
                let case = |(cond, value): &(Cond, Expr)| match always(cond) {
                    true => self.atom(value),
                    false => {
                        let with =
                            [("value", self.atom(value).into()), ("condition", self.cond(cond).into())];
                        self.say("prose-case", &with)
                    }
                };
                let cases = list.iter().map(case).reduce(|left, right| {
                    self.say("prose-case-else", &[("left", left.into()), ("right", right.into())])
                });
                cases.unwrap_or_default()
            }
            Expr::Counted(clause) if self.clause == Some(*clause) => self.say("prose-counted-here", &[]),
            Expr::Counted(clause) => self.say("prose-counted", &[("clause", self.clause(*clause).into())]),
            Expr::Add(a, b) => self.formula("prose-plus", expr, a, b),
            Expr::Subtract(a, b) => self.formula("prose-minus", expr, a, b),
            Expr::Multiply(a, b) => self.formula("prose-times", expr, a, b),
            Expr::Divide(a, b) => self.formula("prose-divided", expr, a, b),
            Expr::Round(way, a, b) => {
                let message = match way {
                    Rounding::Nearest => "prose-rounded",
                    Rounding::Down => "prose-rounded-down",
                    Rounding::Up => "prose-rounded-up",
                };
                self.formula(message, expr, a, b)
            }
            Expr::Extreme(kind, list) => {
                let list: Vec<String> = list.iter().map(|e| self.atom(e)).collect();
                let message = match kind {
                    ExtremeKind::Min => "prose-lowest",
                    ExtremeKind::Max => "prose-highest",
                };
                self.say(message, &[("list", self.list(&list).into())])
            }
        }
    }

    /// What lies between two days.
    fn between(&self, measure: Measure, from: &Expr, to: &Expr) -> String {
        let mut with = vec![("left", Arg::from(self.atom(from))), ("right", self.atom(to).into())];
        match measure {
            Measure::Days => self.say("prose-days-between", &with),
            Measure::BusinessDays(calendar) => {
                let calendar = self.quoted(&self.program.calendars[calendar.index()].name);
                with.push(("calendar", calendar.into()));
                self.say("prose-business-days-between", &with)
            }
            Measure::Years(count) => {
                with.push(("count", count.to_string().into()));
                self.say("prose-years-between", &with)
            }
        }
    }

    /// A value over some days.
    fn within(&self, value: String, window: &Window) -> String {
        let value = ("value", Arg::from(value));
        match window {
            Window::This(period) => {
                self.say("prose-in-this", &[value, ("period", self.period(*period).into())])
            }
            Window::Last(period) => {
                self.say("prose-in-last", &[value, ("period", self.period(*period).into())])
            }
            Window::Before(period) => {
                self.say("prose-before-this", &[value, ("period", self.period(*period).into())])
            }
            Window::Over(duration, _) => {
                self.say("prose-over-last", &[value, ("duration", self.duration(duration).into())])
            }
        }
    }

    /// What each answer to a question gives.
    pub fn by_answer(&self, message: &str, open: OpenId, arms: Vec<String>) -> String {
        let arm = |(at, value): (usize, String)| {
            let word = self.word(&self.answer(open, at));
            self.say("prose-arm", &[("word", word.into()), ("value", value.into())])
        };
        let arms: Vec<String> = arms.into_iter().enumerate().map(arm).map(|a| self.tongue.name(&a)).collect();
        let answers = self.directed(arms.join(&self.tongue.say("semicolon", &[])));
        let question = self.names.opens[open.index()].as_str().into();
        self.say(message, &[("question", question), ("answers", answers.into())])
    }

    pub(super) fn attribute_of(&self, attribute: AttributeId) -> Option<&Attribute> {
        self.program.actions[self.action?.index()].attributes.get(attribute.index())
    }

    /// An attribute: of a kind, with what it is an attribute of.
    fn attribute(&self, attribute: AttributeId) -> String {
        match self.attribute_of(attribute) {
            None => self.say("prose-some-attribute", &[]),
            Some(attribute) => self.attribute_name(&attribute.name),
        }
    }

    pub(super) fn attribute_name(&self, name: &str) -> String {
        match name.rsplit_once('.') {
            Some((whole, part)) => {
                let (part, whole) = (self.datum(part), self.datum(whole));
                self.say("prose-attribute-of", &[("part", part.into()), ("whole", whole.into())])
            }
            None => self.say("prose-attribute", &[("name", self.datum(name).into())]),
        }
    }

    /// The name of a datum inside a sentence: as it is where it reads as a word of the language, else quoted.
    pub(super) fn datum(&self, name: &str) -> String {
        let reads = self.tongue.is_english() && name.chars().all(char::is_alphanumeric);
        let function = || self.say("prose-function-words", &[]).split_whitespace().any(|w| w == name);
        if reads && !function() { name.to_string() } else { self.quoted(name) }
    }

    /// Something for a key.
    pub fn of_key(&self, name: String, key: Option<&Expr>) -> String {
        match key {
            None => name,
            Some(key) => self.say("prose-of-key", &[("name", name.into()), ("key", self.atom(key).into())]),
        }
    }

    /// A process, with its key.
    pub fn process(&self, clause: ClauseName, process: &str, key: Option<&Expr>) -> String {
        let name = self.say("prose-process-name", &[("name", self.quoted(process).into())]);
        self.of_key(self.of_clause(&name, clause), key)
    }

    /// A state of a process of a clause, by its index.
    pub fn state(&self, clause: ClauseName, process: &str, state: usize) -> String {
        let found = self.program.clauses.iter().filter(|c| c.name == clause);
        let mut found = found.filter_map(|c| c.processes.iter().find(|p| p.name == process));
        let name = found.find_map(|p| p.states.get(state)).map_or("?", |s| s.name.as_str());
        self.quoted(name)
    }
}
