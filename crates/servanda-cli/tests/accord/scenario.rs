//! A scenario of the suite, read: what is given, what comes in, what is expected.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::Value;
use servanda_quantity::Day;

/// One scenario of a template.
#[derive(Debug, Default)]
pub struct Scenario {
    /// The template.
    pub template: String,
    /// What it is called.
    pub name: String,
    /// The text of the contract, with single blanks.
    pub contract: String,
    /// The lines of that text.
    pub lines: Vec<String>,
    /// The current time, as it is written.
    pub now: Option<String>,
    /// The state before.
    pub state: Option<Value>,
    /// What the contract receives.
    pub request: Option<Value>,
    /// Whether that is refused.
    pub refused: bool,
    /// What it responds with.
    pub response: Option<Value>,
    /// The obligations that arise.
    pub obligations: Option<Vec<Value>>,
    /// The state afterwards, or the first one.
    pub after: Option<Value>,
}

impl Scenario {
    /// The scenarios of a file of the suite.
    pub fn all(file: &Value) -> Vec<Scenario> {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let mut out = Vec::new();
        for feature in list(&file["features"]) {
            for scenario in list(&feature["scenarios"]) {
                let mut read = Scenario {
                    template: file["template"].as_str().unwrap_or_default().to_owned(),
                    name: scenario["name"].as_str().unwrap_or_default().to_owned(),
                    ..Scenario::default()
                };
                for step in list(&feature["background"]).iter().chain(&list(&scenario["steps"])) {
                    read.step(step, file);
                }
                out.push(read);
            }
        }
        out
    }

    fn step(&mut self, step: &Value, file: &Value) {
        let text = step["step"].as_str().unwrap_or_default();
        let doc = || step["doc"].as_str().unwrap_or_default();
        let json = || serde_json::from_str::<Value>(doc()).ok();
        match text {
            "the default contract" => {
                self.contract = file["default_contract"]["sample.md"].as_str().unwrap_or_default().to_owned();
            }
            "that the contract says" | "the contract says" => self.contract = doc().to_owned(),
            "the state" | "it is in the state" => self.state = json(),
            "it receives the request" => self.request = json(),
            "it receives the default request" => {
                self.request = file["default_requests"].get("request.json").cloned();
            }
            "it should respond with" => self.response = json(),
            "the following obligations should have been emitted" => {
                self.obligations = json().and_then(|o| o.as_array().cloned());
            }
            "the initial state of the contract should be" | "the new state of the contract should be" => {
                self.after = json();
            }
            _ if text.starts_with("it should reject the request") => self.refused = true,
            _ if text.starts_with("the current time is ") => {
                self.now = text.split('"').nth(1).map(str::to_owned);
            }
            _ if text.starts_with("the UTC offset is ") => {}
            _ => panic!("{}: the step “{text}” is not known", self.name),
        }
        if text.contains("contract") && !self.contract.is_empty() && self.lines.is_empty() {
            self.lines = self.contract.lines().map(str::to_owned).collect();
            self.contract = self.contract.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    /// The request.
    pub fn request(&self) -> &Value {
        self.request.as_ref().unwrap_or(&Value::Null)
    }

    /// The class of the request, without its package.
    pub fn class(&self) -> &str {
        let class = self.request()["$class"].as_str().unwrap_or_default();
        class.rsplit('.').next().unwrap_or_default()
    }

    /// The current time in seconds.
    pub fn seconds(&self) -> i64 {
        self.now.as_deref().map_or(0, seconds)
    }

    /// The figure behind a phrase of the contract, without its commas.
    pub fn after(&self, phrase: &str) -> Option<String> {
        let rest = self.contract.split_once(phrase)?.1;
        figure(rest)
    }

    /// The figure in front of a phrase of the contract.
    pub fn before(&self, phrase: &str) -> Option<String> {
        let rest = self.contract.split_once(phrase)?.0;
        let from = rest.rfind(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).map_or(0, |i| i + 1);
        figure(rest.get(from..)?)
    }

    /// The same where the phrase has to be there.
    ///
    /// # Panics
    ///
    /// Where it is not.
    pub fn stated(&self, phrase: &str) -> String {
        self.after(phrase).unwrap_or_else(|| panic!("{}: no figure behind “{phrase}”", self.template))
    }
}

/// The figure with which a text begins.
fn figure(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['$', '£', '€', ' ']);
    let end = text.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(text.len());
    let number = text.get(..end)?.trim_end_matches(['.', ',']).replace(',', "");
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(number)
}

/// A moment: the date and time where it is written, and the seconds since 1970. Without an offset it is in UTC.
///
/// # Panics
///
/// Where it is written neither by ISO 8601 nor as `January 2, 2026 03:04:05`, `2026/01/02` or `01-02-2026`.
fn read(moment: &str) -> (DateTime, i64) {
    if let Ok(instant) = moment.parse::<Timestamp>() {
        let local = moment.get(..19).unwrap_or(moment).parse().expect("an instant has a date and a time");
        return (local, instant.as_second());
    }
    let other = ["%B %d, %Y %H:%M:%S", "%Y/%m/%d", "%m-%d-%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"];
    let local = other.iter().find_map(|format| {
        let time = DateTime::strptime(format, moment);
        time.or_else(|_| Date::strptime(format, moment).map(|day| day.at(0, 0, 0, 0))).ok()
    });
    let local = local.unwrap_or_else(|| panic!("`{moment}` is no moment that is known"));
    (local, at_utc(local))
}

/// The seconds since 1970 of a date and time in UTC.
fn at_utc(time: DateTime) -> i64 {
    let day = Day::from_date(time.date()).expect("a day of these years").0;
    let hours = i64::from(day) * 24 + i64::from(time.hour());
    (hours * 60 + i64::from(time.minute())) * 60 + i64::from(time.second())
}

/// A moment in seconds since 1970.
pub fn seconds(moment: &str) -> i64 {
    read(moment).1
}

/// The date of a moment where it is written, and what that place is ahead of UTC in seconds.
pub fn date(moment: &str) -> (Date, i64) {
    let (local, instant) = read(moment);
    (local.date(), at_utc(local) - instant)
}

#[test]
fn moments_are_read_as_they_are_written() {
    assert_eq!(seconds("1970-01-02 00:00:00Z"), 86_400);
    assert_eq!(seconds("January 2, 1970 00:00:01"), 86_401);
    assert_eq!(seconds("1970/01/03"), 2 * 86_400);
    assert_eq!(date("2018-04-05T00:00:00-05:00"), (Date::constant(2018, 4, 5), -5 * 3600));
}
