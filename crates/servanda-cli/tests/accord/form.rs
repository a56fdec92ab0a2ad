//! An agreement as a form: its terms are filled in from the text of a contract, and it is asked.

use serde_json::{Map, Value, json};

use crate::suites;

/// What an answer should be.
#[derive(Debug)]
pub enum Want {
    /// This outcome.
    Outcome(&'static str),
    /// Forbidden, or no figure that there could be.
    Refused,
    /// A known figure of this amount.
    Amount(f64),
    /// A known day.
    Day(String),
    /// Of what is owed, something is not yet done, of this amount where one is given.
    Owed(Option<f64>),
    /// What is owed has this last day.
    Due(String),
    /// Nothing is left to do.
    Nothing,
}

/// An agreement, what happened, and what is asked.
#[derive(Debug)]
pub struct Case {
    deed: String,
    day: String,
    events: Vec<Value>,
    assume: Map<String, Value>,
    asked: Vec<(Value, Want)>,
}

impl Case {
    /// An agreement, asked as of a day.
    pub fn new(deed: &str, day: impl ToString) -> Case {
        let (events, assume, asked) = (Vec::new(), Map::new(), Vec::new());
        Case { deed: deed.to_owned(), day: day.to_string(), events, assume, asked }
    }

    /// Writes a term of the form.
    ///
    /// # Panics
    ///
    /// Where the form has no such value.
    pub fn fill(&mut self, value: &str, figure: impl AsRef<str>) -> &mut Case {
        let begin = format!("  value {value} is ");
        let mut found = false;
        let lines: Vec<String> = self
            .deed
            .lines()
            .map(|line| match line.strip_prefix(&begin) {
                Some(_) if !found => {
                    found = true;
                    format!("{begin}{}", figure.as_ref())
                }
                _ => line.to_owned(),
            })
            .collect();
        assert!(found, "the form has no value `{value}`");
        self.deed = lines.join("\n") + "\n";
        self
    }

    /// Writes other words of the form.
    ///
    /// # Panics
    ///
    /// Where the form does not have them.
    pub fn word(&mut self, printed: &str, instead: &str) -> &mut Case {
        assert!(self.deed.contains(printed), "the form does not say “{printed}”");
        self.deed = self.deed.replace(printed, instead);
        self
    }

    /// Something that happened, on the day that is asked.
    pub fn log(&mut self, event: &str, by: &str, data: Value) -> &mut Case {
        let day = self.day.clone();
        self.log_on(&day, event, by, data)
    }

    /// Something that happened on a day.
    pub fn log_on(&mut self, day: &str, event: &str, by: &str, mut data: Value) -> &mut Case {
        data["by"] = json!(by);
        self.events.push(json!({"type": event, "time": day, "data": data}));
        self
    }

    /// An answer to an open question, or the run that is meant.
    pub fn assume(&mut self, name: &str, word: &str) -> &mut Case {
        self.assume.insert(name.to_owned(), json!(word));
        self
    }

    /// Asks a question.
    pub fn ask(&mut self, mut question: Value, want: Want) -> &mut Case {
        question["as_of"] = json!(self.day);
        question["events"] = json!(self.events);
        question["assume"] = json!(self.assume);
        self.asked.push((question, want));
        self
    }

    /// Asks whether an act is permitted, or refused.
    pub fn may(&mut self, party: &str, action: &str, with: Value, refused: bool) -> &mut Case {
        let want = if refused { Want::Refused } else { Want::Outcome("permitted") };
        self.ask(json!({"may": {"party": party, "action": action, "with": with}}), want)
    }

    /// Asks for a figure, where one is expected.
    pub fn value(&mut self, path: &str, expected: &Value) -> &mut Case {
        match expected.as_f64() {
            Some(amount) => self.ask(json!({"value": path}), Want::Amount(amount)),
            None => self,
        }
    }

    /// Asks for the obligations that are expected of a party, where they are told.
    pub fn owes(&mut self, party: &str, expected: Option<&Vec<Value>>) -> &mut Case {
        let question = json!({"owes": {"party": party}});
        match expected.map(Vec::as_slice) {
            None => self,
            Some([]) => self.ask(question, Want::Nothing),
            Some(list) => {
                for obligation in list {
                    let want = Want::Owed(obligation["amount"]["doubleValue"].as_f64());
                    self.ask(question.clone(), want);
                }
                self
            }
        }
    }

    /// Whether everything is answered as expected, or what is not.
    pub fn check(&self) -> Result<(), String> {
        let questions: Vec<Value> = self.asked.iter().map(|(q, _)| q.clone()).collect();
        let answers = suites::ask(&self.deed, &questions);
        let wrong: Vec<String> = self
            .asked
            .iter()
            .zip(&answers)
            .filter(|((_, want), answer)| !meets(answer, want))
            .map(|((question, want), answer)| {
                let kind = ["may", "value", "owes"].iter().find(|k| question.get(**k).is_some());
                let asked = kind.map_or(&Value::Null, |k| &question[*k]);
                format!(
                    "{asked}: {want:?} expected, found {} {} {}",
                    answer["outcome"], answer["value"], answer["error"]
                )
            })
            .collect();
        if wrong.is_empty() && !questions.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }
}

/// Whether two amounts are one; the suite was computed in binary floating point.
fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

fn meets(answer: &Value, want: &Want) -> bool {
    let amount = |value: &Value| value["amount"].as_str().and_then(|a| a.parse::<f64>().ok());
    let left: Vec<&Value> =
        answer["value"].as_array().into_iter().flatten().filter(|d| d["state"] != "fulfilled").collect();
    match want {
        Want::Outcome(outcome) => answer["outcome"] == *outcome,
        Want::Refused => answer["outcome"] == "forbidden" || answer["error"]["code"] == "negative-figure",
        Want::Amount(expected) => {
            answer["outcome"] == "known" && amount(&answer["value"]).is_some_and(|a| equal(a, *expected))
        }
        Want::Day(day) => answer["outcome"] == "known" && answer["value"] == **day,
        Want::Owed(None) => !left.is_empty(),
        Want::Owed(Some(expected)) => {
            left.iter().any(|d| amount(&d["amount"]).is_some_and(|a| equal(a, *expected)))
        }
        Want::Due(day) => left.iter().any(|d| d["due"] == **day),
        Want::Nothing => answer["outcome"] == "known" && left.is_empty(),
    }
}
