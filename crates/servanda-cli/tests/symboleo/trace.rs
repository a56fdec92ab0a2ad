//! A trace, and the states that an agreement gives for it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::suites;

/// The states of Symboleo (Sharifi et al., RE 2020) that traces expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// An obligation was done.
    Fulfillment,
    /// An obligation was not done in time.
    Violation,
    /// An obligation rests.
    Suspension,
    /// It binds, or can be exerted.
    InEffect,
    /// In effect or suspended.
    Active,
    /// A power was exerted; a contract ran to its end.
    SuccessfulTermination,
    /// Ended by the end of its contract; a contract that a power ended.
    UnsuccessfulTermination,
}

/// One trace.
#[derive(Debug)]
pub struct Trace {
    /// Its name.
    pub name: String,
    /// The arguments of its contract: `contract(a, b)` is `a`, `b`.
    pub arguments: Vec<String>,
    /// Attributes by name and first argument.
    attributes: BTreeMap<(String, String), String>,
    /// Events in order, each with its day.
    pub events: Vec<(String, i64)>,
    /// The states that it expects, and of what.
    pub expected: Vec<(State, String)>,
}

/// `f(a, b)` as `f` and its arguments; a bare name has none.
pub fn term(text: &str) -> (String, Vec<String>) {
    match text.trim().strip_suffix(')').and_then(|t| t.split_once('(')) {
        Some((head, rest)) => {
            (head.trim().to_owned(), rest.split(',').map(|a| a.trim().to_owned()).collect())
        }
        None => (text.trim().to_owned(), Vec::new()),
    }
}

impl Trace {
    /// Makes one of texts.
    pub fn new(name: &str, initials: &str, attributes: &[&str], events: &[&str]) -> Trace {
        let attribute = |text: &&str| {
            let (head, mut arguments) = term(text);
            let value = (arguments.len() == 2).then(|| arguments.pop()).flatten()?;
            Some(((head, arguments.pop()?), value))
        };
        let event = |text: &&str| {
            let (name, day) = text.rsplit_once(',').expect("an event is `name,day`");
            (name.trim().to_owned(), day.trim().parse().expect("a day is a whole number"))
        };
        let mut events: Vec<(String, i64)> = events.iter().map(event).collect();
        events.sort_by_key(|(_, day)| *day);
        Trace {
            name: name.to_owned(),
            arguments: term(initials).1,
            attributes: attributes.iter().filter_map(attribute).collect(),
            events,
            expected: Vec::new(),
        }
    }

    /// Reads one of the suite.
    pub fn read(value: &Value) -> Trace {
        let texts = |field: &str| -> Vec<&str> {
            value[field].as_array().expect("a list").iter().filter_map(Value::as_str).collect()
        };
        let mut trace = Trace::new(
            value["name"].as_str().expect("a name"),
            texts("initials").first().expect("a contract"),
            &texts("attributes"),
            &texts("events"),
        );
        trace.expected = texts("expectedStates").into_iter().map(expectation).collect();
        assert!(!trace.expected.is_empty(), "a trace expects something");
        trace
    }

    /// An attribute of an event or a thing.
    pub fn attribute(&self, name: &str, of: &str) -> Option<&str> {
        self.attributes.get(&(name.to_owned(), of.to_owned())).map(String::as_str)
    }

    /// The day of the first event with this head, such as `started`.
    pub fn first(&self, head: &str) -> Option<i64> {
        self.events.iter().find(|(name, _)| term(name).0 == head).map(|(_, day)| *day)
    }

    /// The day of the last event.
    pub fn last(&self) -> i64 {
        self.events.last().map_or(0, |(_, day)| *day)
    }
}

fn expectation(text: &str) -> (State, String) {
    let (head, arguments) = term(text);
    let state = match head.as_str() {
        "fulfillment" => State::Fulfillment,
        "violation" => State::Violation,
        "suspension" => State::Suspension,
        "inEffect" => State::InEffect,
        "active" => State::Active,
        "successfulTermination" => State::SuccessfulTermination,
        "unsuccessfulTermination" => State::UnsuccessfulTermination,
        other => panic!("`{other}` is not a state of Symboleo that is known here"),
    };
    (state, arguments.into_iter().next().expect("a state is a state of something"))
}

/// The day of a trace as a day of ours: day 0 is the day on which our versions begin to bind.
pub fn day(day: i64) -> String {
    let first = jiff::civil::date(2026, 1, 1);
    first.checked_add(jiff::Span::new().days(day)).expect("a day of the calendar").to_string()
}

/// A history, in the order in which the trace tells it.
#[derive(Debug, Default)]
pub struct History(Vec<Value>);

impl History {
    /// Adds a record. Its place in the day keeps the order of the trace.
    pub fn log(&mut self, on: i64, event: &str, by: &str, data: &[(&str, Value)]) {
        let mut fields: serde_json::Map<String, Value> =
            data.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        fields.insert("by".to_owned(), json!(by));
        let (minute, second) = (self.0.len() / 60, self.0.len() % 60);
        let time = format!("{}T00:{minute:02}:{second:02}Z", day(on));
        self.0.push(json!({"type": event, "time": time, "data": fields}));
    }
}

/// How a thing of the upstream is asked for here.
#[derive(Debug)]
pub enum Thing {
    /// A duty: its debtor, its clauses (the last that has begun counts), and a value that is known once it is broken
    /// for good where that is not seen by its last day.
    Duty(&'static str, &'static [&'static str], Option<&'static str>),
    /// A duty to leave something undone: values that are known while it is kept, once it is broken, once it is over.
    Abstention([&'static str; 3]),
    /// A power: its holder, its action, its clause (whose value `used` is known once it was exerted).
    Power(&'static str, &'static str, &'static str),
    /// The contract: what is asked while it runs and what its answer then is, and what its answer is at a good end.
    Contract(Value, &'static str, Option<&'static str>),
}

/// What an agreement answers about a trace.
#[derive(Debug)]
pub struct Unit(BTreeMap<String, Vec<State>>);

impl Unit {
    /// Asks the agreement on the day, `near`, on which the trace and its dates have run. What abstentions have come to is
    /// asked on the day, `far`, on which they are over as well.
    pub fn ask(deed: &str, history: &History, near: i64, far: i64, things: Vec<(String, Thing)>) -> Unit {
        let mut questions = Vec::new();
        let mut put = |on: i64, mut question: Value| {
            question["as_of"] = json!(day(on));
            question["events"] = json!(history.0);
            questions.push(question);
            questions.len() - 1
        };
        let value = |path: &str| json!({"value": path});
        let places: Vec<Vec<usize>> = things
            .iter()
            .map(|(_, thing)| match thing {
                Thing::Duty(party, _, broken) => {
                    let mut places = vec![put(near, json!({"owes": {"party": party}}))];
                    places.extend(broken.map(|path| put(near, value(path))));
                    places
                }
                Thing::Abstention([kept, broken, over]) => {
                    vec![put(near, value(kept)), put(far, value(broken)), put(far, value(over))]
                }
                Thing::Power(party, action, clause) => vec![
                    put(near, json!({"may": {"party": party, "action": action}})),
                    put(near, value(&format!("{clause}.used"))),
                    put(near, json!({"in_force": clause})),
                ],
                Thing::Contract(running, ..) => {
                    vec![put(near, running.clone()), put(near, value("life.ended"))]
                }
            })
            .collect();
        let answers = suites::ask(deed, &questions);
        for (question, answer) in questions.iter().zip(&answers) {
            assert!(answer.get("error").is_none(), "{question}\n{answer}");
            assert_ne!(answer["outcome"], "depends", "{question}\n{answer}");
        }
        let unit = things.iter().zip(&places).map(|((name, thing), places)| {
            let answers: Vec<&Value> = places.iter().map(|at| &answers[*at]).collect();
            (name.clone(), states(thing, &answers))
        });
        Unit(unit.collect())
    }

    /// The states of a thing of the upstream.
    pub fn states(&self, name: &str) -> &[State] {
        self.0.get(name).unwrap_or_else(|| panic!("`{name}` has no counterpart in the agreement"))
    }

    /// Whether all is as expected, or what is not.
    pub fn check(&self, expected: &[(State, String)]) -> Result<(), String> {
        let wrong: Vec<String> = expected
            .iter()
            .filter(|(state, name)| !self.states(name).contains(state))
            .map(|(state, name)| format!("{name} is {:?}, not {state:?}", self.states(name)))
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }
}

/// The states that the answers to a thing's questions amount to.
fn states(thing: &Thing, answers: &[&Value]) -> Vec<State> {
    let says = |at: usize, outcome: &str| answers.get(at).is_some_and(|a| a["outcome"] == outcome);
    let known = |at: usize| says(at, "known");
    match thing {
        Thing::Duty(_, clauses, _) => {
            let owed = answers[0]["value"].as_array().map_or(&[][..], Vec::as_slice);
            let stands =
                clauses.iter().rev().find_map(|clause| owed.iter().rfind(|duty| duty["clause"] == *clause));
            let state = stands.and_then(|duty| duty["state"].as_str());
            match state {
                None => vec![],
                Some("fulfilled") => vec![State::Fulfillment],
                Some("violated") => vec![State::Violation],
                Some(_) if known(1) => vec![State::Violation],
                Some("suspended") => vec![State::Suspension, State::Active],
                Some("discharged") => vec![State::UnsuccessfulTermination],
                Some("in-effect" | "due" | "overdue") => vec![State::InEffect, State::Active],
                Some(other) => panic!("a duty is never `{other}`"),
            }
        }
        Thing::Abstention(_) if known(1) => vec![State::Violation],
        // In effect is asked before it is over, what it came to afterwards.
        Thing::Abstention(_) => {
            let mut states = if known(0) { vec![State::InEffect, State::Active] } else { vec![] };
            states.extend(known(2).then_some(State::Fulfillment));
            states
        }
        Thing::Power(..) if says(0, "permitted") => vec![State::InEffect, State::Active],
        Thing::Power(..) if known(1) => vec![State::SuccessfulTermination],
        Thing::Power(..) if says(2, "ended") => vec![State::UnsuccessfulTermination],
        Thing::Power(..) => vec![],
        Thing::Contract(..) if known(1) => vec![State::UnsuccessfulTermination],
        Thing::Contract(_, running, good) => match answers[0]["outcome"].as_str() {
            Some(outcome) if outcome == *running => vec![State::InEffect, State::Active],
            outcome if good.is_some() && outcome == *good => vec![State::SuccessfulTermination],
            _ => vec![],
        },
    }
}
