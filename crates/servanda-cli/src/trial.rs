//! `test` blocks: each expectation is put to the engine as a question in JSON, the way that everybody asks.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use servanda_engine::{Answer, AnswerValue, DutyState, Engine, Outcome, Owed};
use servanda_program::Program;
use servanda_quantity::{Day, Figure, Qualifier, Unit};
use servanda_syntax::ast::{
    Datum, Expect, ExpectAsk, FigureLit, LogLine, QualifierWord, Test, TestStepKind, UnitLit,
};
use servanda_text::{Sources, Span};
use servanda_wire::{Reader, value_json};

/// An expectation that was not met.
#[derive(Debug, Clone)]
pub struct Miss {
    /// Where it stands.
    pub span: Span,
    /// What was expected, as far as it was not met.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// How a test went.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// How many expectations it has.
    pub expectations: usize,
    /// Those that were not met.
    pub misses: Vec<Miss>,
}

/// Runs tests over one agreement.
pub struct Court<'p> {
    program: &'p Program,
    sources: &'p Sources,
    engine: Engine<'p>,
    reader: Reader<'p>,
}

impl<'p> Court<'p> {
    /// A court for a program; `sources` holds the texts that the tests stand in.
    ///
    /// # Errors
    /// The agreement's zone is not known.
    pub fn new(program: &'p Program, sources: &'p Sources) -> Result<Court<'p>, servanda_engine::Error> {
        Ok(Court { program, sources, engine: Engine::new(program), reader: Reader::new(program)? })
    }

    /// Runs a test.
    pub fn run(&self, test: &Test) -> Verdict {
        let mut question = Map::new();
        let mut events: Vec<Value> = Vec::new();
        let mut assume = Map::new();
        let mut day: Option<Day> = None;
        let mut verdict = Verdict { expectations: 0, misses: Vec::new() };
        for step in &test.steps {
            match &step.kind {
                TestStepKind::On(on) => day = Some(*on),
                TestStepKind::Known(known) => {
                    question.insert("known_at".into(), known.to_string().into());
                }
                TestStepKind::Under(version) => {
                    question.insert("version".into(), version.text.as_str().into());
                }
                TestStepKind::Log(line) => events.push(self.event(line)),
                TestStepKind::Assume(path, datum) => {
                    assume.insert(path.text(), self.datum(datum));
                }
                TestStepKind::Expect(expect) => {
                    verdict.expectations += 1;
                    let mut asked = question.clone();
                    asked.insert("events".into(), Value::Array(events.clone()));
                    asked.insert("assume".into(), Value::Object(assume.clone()));
                    if let Err((expected, found)) = self.judge(asked, day, expect) {
                        verdict.misses.push(Miss { span: step.at.0, expected, found });
                    }
                }
            }
        }
        verdict
    }

    fn judge(
        &self,
        mut asked: Map<String, Value>,
        day: Option<Day>,
        expect: &Expect,
    ) -> Result<(), (String, String)> {
        let wanted = expect.outcome.text.clone();
        let Some(day) = day else {
            return Err((format!("`{wanted}`"), "no day is asked about; write `on DATE` above".to_string()));
        };
        asked.insert("as_of".into(), day.to_string().into());
        let slip =
            |e: servanda_engine::Error| (format!("`{wanted}`"), format!("error: {} [{}]", e.message, e.code));
        for event in asked.get("events").and_then(Value::as_array).into_iter().flatten() {
            self.reader.only_known_data(event).map_err(slip)?;
        }
        let (kind, what) = self.ask(&expect.ask);
        asked.insert(kind.into(), what);
        let answer = self
            .reader
            .question(&Value::Object(asked), day)
            .question
            .and_then(|q| self.engine.ask(&q))
            .map_err(slip)?;
        self.compare(expect, &answer)
    }

    fn ask(&self, ask: &ExpectAsk) -> (&'static str, Value) {
        match ask {
            ExpectAsk::May(party, action, with) => {
                let with: Map<String, Value> =
                    with.iter().map(|(path, datum)| (path.text(), self.datum(datum))).collect();
                ("may", json!({"party": party.text, "action": action.text, "with": with}))
            }
            ExpectAsk::InForce(clause) => ("in_force", clause.text.as_str().into()),
            ExpectAsk::Ends(clause) => ("ends", clause.text.as_str().into()),
            ExpectAsk::Value(path) => ("value", path.text().into()),
            ExpectAsk::Owes(party) => ("owes", json!({"party": party.text})),
            ExpectAsk::Who(action) => ("who", json!({"action": action.text})),
        }
    }

    fn event(&self, line: &LogLine) -> Value {
        let mut data: Map<String, Value> =
            line.data.iter().map(|(name, datum)| (name.text.clone(), self.datum(datum))).collect();
        data.insert("by".into(), line.by.text.as_str().into());
        let mut event = Map::new();
        event.insert("type".into(), line.event.text.as_str().into());
        event.insert("time".into(), line.day.to_string().into());
        if let Some(recorded) = line.recorded {
            event.insert("recordedtime".into(), recorded.to_string().into());
        }
        event.insert("data".into(), Value::Object(data));
        Value::Object(event)
    }

    /// A datum as JSON. Figures go as they are written, so that a word of digits such as `001` stays one.
    fn datum(&self, datum: &Datum) -> Value {
        match datum {
            Datum::Word(name) => name.text.as_str().into(),
            Datum::Text(text) => text.value.as_str().into(),
            Datum::Day(day) => day.to_string().into(),
            Datum::Figure(figure) => self.sources.slice(figure.at.0).trim().into(),
        }
    }

    fn compare(&self, expect: &Expect, answer: &Answer) -> Result<(), (String, String)> {
        let wanted = expect.outcome.text.as_str();
        let found = self.found(answer);
        if answer.outcome.word() != wanted {
            return Err((format!("`{wanted}`"), found));
        }
        let missed = |expected: String| Err((expected, found.clone()));
        if let Some(day) = expect.day {
            let is = match &answer.value {
                AnswerValue::Day(on) => Some(*on),
                AnswerValue::End { by, .. } => *by,
                _ => None,
            };
            if is != Some(day) {
                return missed(format!("`{wanted}` with the day {day}"));
            }
        }
        if !expect.on.is_empty() {
            let wanted: BTreeSet<String> = expect.on.iter().map(|p| p.text()).collect();
            let is: BTreeSet<String> = match (&answer.value, answer.outcome) {
                (AnswerValue::End { on, .. }, _) => {
                    on.iter().map(|e| self.program.events[e.index()].name.clone()).collect()
                }
                (_, Outcome::Depends) => answer
                    .depends_on
                    .iter()
                    .map(|d| self.program.opens[d.open.index()].name.clone())
                    .collect(),
                _ => BTreeSet::new(),
            };
            if is != wanted {
                return missed(format!("`{}` on {}", expect.outcome.text, names(wanted)));
            }
        }
        if !expect.values.is_empty() && !self.same_value(&expect.values, &answer.value) {
            let values: Vec<String> = expect.values.iter().map(|d| text(&self.datum(d))).collect();
            return missed(format!("`{wanted}` {}", values.join(", ")));
        }
        let because: BTreeSet<&str> = answer
            .because
            .iter()
            .filter_map(|b| b.clause.map(|c| self.program.clause_names[c.index()].as_str()))
            .collect();
        if let Some(missing) = expect.because.iter().find(|c| !because.contains(c.text.as_str())) {
            return missed(format!("`{wanted}` because {}", missing.text));
        }
        Ok(())
    }

    fn same_value(&self, wanted: &[Datum], value: &AnswerValue) -> bool {
        let words = || wanted.iter().map(|d| text(&self.datum(d))).collect::<BTreeSet<String>>();
        match value {
            AnswerValue::Figure(figure) => {
                matches!(wanted, [Datum::Figure(lit)] if literal(lit) == *figure)
            }
            AnswerValue::Owes(list) => {
                // What is done or gone is told, and is not owed.
                let open = |o: &&Owed| !matches!(o.state, DutyState::Fulfilled | DutyState::Discharged);
                let owed =
                    list.iter().filter(open).map(|o| self.program.clause_names[o.clause.index()].clone());
                owed.collect::<BTreeSet<String>>() == words()
            }
            AnswerValue::Nothing => false,
            other => match value_json(self.program, other) {
                Value::Array(list) => list.iter().map(text).collect::<BTreeSet<String>>() == words(),
                one => words() == BTreeSet::from([text(&one)]),
            },
        }
    }

    /// An answer on one line.
    fn found(&self, answer: &Answer) -> String {
        let value =
            servanda_report::value_words(&servanda_report::Tongue::english(), self.program, &answer.value);
        let mut out = format!("`{}`", answer.outcome.word());
        if !value.is_empty() {
            out.push_str(&format!(" {value}"));
        }
        if !answer.depends_on.is_empty() {
            let opens = answer.depends_on.iter().map(|d| self.program.opens[d.open.index()].name.clone());
            out.push_str(&format!(" on {}", names(opens.collect())));
        }
        let because: BTreeSet<String> = answer
            .because
            .iter()
            .filter_map(|b| b.clause.map(|c| self.program.clause_names[c.index()].clone()))
            .collect();
        if !because.is_empty() {
            out.push_str(&format!(" because {}", names(because)));
        }
        out
    }
}

fn names(set: BTreeSet<String>) -> String {
    set.into_iter().collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

/// The figure of a literal.
fn literal(lit: &FigureLit) -> Figure {
    let unit = match &lit.unit {
        UnitLit::One => Unit::One,
        UnitLit::Percent => Unit::Percent,
        UnitLit::Money(code) => Unit::Money(code.text.clone()),
        UnitLit::Named(unit) => Unit::Named(unit.text.clone()),
        UnitLit::MoneyPer(code, unit) => Unit::MoneyPer(code.text.clone(), unit.text.clone()),
    };
    let qualifier = match lit.qualifier {
        None => Qualifier::Exact,
        Some(QualifierWord::About) => Qualifier::About,
        Some(QualifierWord::AtLeast) => Qualifier::AtLeast,
        Some(QualifierWord::AtMost) => Qualifier::AtMost,
    };
    Figure { number: lit.number.clone(), unit, qualifier }
}
