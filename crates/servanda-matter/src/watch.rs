//! What time does to a matter: changes from day to day, and the notices that tell them. `docs/living.md`, "Time that acts".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use servanda_engine::{AnswerValue, Ask, Engine, Outcome, Question, TimelineQuestion};
use servanda_log::{canonical, digest};
use servanda_program::{ClauseName, PartyId};
use servanda_quantity::Day;

use crate::fault::Fault;
use crate::matter::Matter;

/// Most days that are looked at in one go; what is left is looked at in the next.
pub const DAYS_MAX: i32 = 400;

/// How far a matter has been watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// The entries that were taken into account.
    pub version: u64,
    /// The last day whose changes all have their notices.
    pub day: Day,
}

/// What a look at a matter gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The bodies of the notices that are to be appended, in order.
    pub notices: Vec<Value>,
    /// How far it has been watched once they are.
    pub watched: Watched,
}

/// A difference between a day and the day before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    day: Day,
    what: &'static str,
    subject: String,
    party: Option<String>,
    since: Option<String>,
    instance: Option<String>,
    from: String,
    to: String,
    depends_on: Vec<String>,
}

/// One of the things whose state is watched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Subject {
    what: &'static str,
    name: String,
    party: Option<String>,
    since: Option<String>,
    instance: Option<String>,
    /// Tells duties apart that are alike in everything else.
    number: usize,
}

/// A state, and the open questions on which it depends.
type State = (String, Vec<String>);

/// What stands for a state that is not there.
const ABSENT: &str = "absent";
/// What stands for a state that differs between answers to open questions.
const DEPENDS: &str = "depends";

impl Matter {
    /// Looks at the days up to `today` that have not been watched, or that what came since could have changed.
    ///
    /// # Errors
    /// A day about which the engine has no answer.
    pub fn look(&self, today: Day, watched: Option<Watched>) -> Result<Look, Fault> {
        let Some(first) = self.texts().first() else {
            return Ok(Look {
                notices: Vec::new(),
                watched: Watched { version: self.version(), day: today },
            });
        };
        let begun = self.day(first.at)?;
        let newest_text = self.texts().last().map_or(0, |text| text.index);
        // A text can change everything; a record nothing before its day.
        let from = match watched {
            Some(w) if newest_text < w.version => {
                let touched = self.touched_since(w.version).unwrap_or(w.day.next());
                touched.min(w.day.next())
            }
            _ => begun.next(),
        };
        let from = from.max(begun.next());
        let last = today.min(Day(from.0.saturating_add(DAYS_MAX - 1)));
        if last < from {
            return Ok(Look {
                notices: Vec::new(),
                watched: Watched { version: self.version(), day: today },
            });
        }
        let changes = self.live().with(|answering| changes(&answering.engine, from, last))?;
        let notices = reconcile(self.notices().iter().map(|(_, body)| body), &changes, from, last);
        // What is left of a long sleep is looked at again from here, with all entries in mind.
        Ok(Look { notices, watched: Watched { version: self.version(), day: last } })
    }
}

/// The changes of the days from `from` to `last`, in their order.
fn changes(engine: &Engine<'_>, from: Day, last: Day) -> Result<Vec<Change>, Fault> {
    let mut out = Vec::new();
    let mut before = states(engine, Day(from.0 - 1))?;
    for day in (from.0..=last.0).map(Day) {
        let after = states(engine, day)?;
        let subjects: BTreeSet<&Subject> = before.keys().chain(after.keys()).collect();
        for subject in subjects {
            let absent = || (ABSENT.to_string(), Vec::new());
            let (from, _) = before.get(subject).cloned().unwrap_or_else(absent);
            let (to, depends_on) = after.get(subject).cloned().unwrap_or_else(absent);
            if from != to {
                let Subject { what, name, party, since, instance, .. } = subject.clone();
                out.push(Change { day, what, subject: name, party, since, instance, from, to, depends_on });
            }
        }
        before = after;
        out.extend(passed(engine, day)?);
    }
    Ok(out)
}

/// The steps that time takes on a day in processes: windows that run out.
fn passed(engine: &Engine<'_>, day: Day) -> Result<Vec<Change>, Fault> {
    let program = engine.program();
    let of =
        |subject: String, instance: Option<String>, from: String, to: String, depends_on: Vec<String>| {
            let (what, party, since) = ("process", None, None);
            Change { day, what, subject, party, since, instance, from, to, depends_on }
        };
    Ok(match engine.passed(day)? {
        Ok(steps) => steps
            .into_iter()
            .map(|step| {
                let subject = format!("{}.{}", program.clause_names[step.clause.index()], step.process);
                of(subject, step.key, step.from, step.to, Vec::new())
            })
            .collect(),
        Err(opens) => {
            let opens = opens.iter().map(|open| program.opens[open.index()].name.clone()).collect();
            vec![of(program.name.clone(), None, ABSENT.into(), DEPENDS.into(), opens)]
        }
    })
}

/// The state of everything that is watched, as of a day.
fn states(engine: &Engine<'_>, day: Day) -> Result<BTreeMap<Subject, State>, Fault> {
    let program = engine.program();
    let subject = |what, name: &str| Subject {
        what,
        name: name.to_string(),
        party: None,
        since: None,
        instance: None,
        number: 0,
    };
    let ask = |ask: Ask| {
        let assume = Default::default();
        engine.ask(&Question { as_of: day, known_at: None, version: None, events: Vec::new(), assume, ask })
    };
    let opens = |list: &[servanda_engine::Dependence]| -> Vec<String> {
        list.iter().map(|d| program.opens[d.open.index()].name.clone()).collect()
    };
    let mut out = BTreeMap::new();
    for (i, name) in program.clause_names.iter().enumerate() {
        let answer = ask(Ask::InForce(ClauseName(i as u32)))?;
        if !matches!(answer.outcome, Outcome::Absent | Outcome::NonBinding) {
            let state = (answer.outcome.word().to_string(), opens(&answer.depends_on));
            out.insert(subject("clause", name), state);
        }
    }
    for (i, party) in program.parties.iter().enumerate() {
        let id = PartyId(i as u32);
        if !program.clauses.iter().flat_map(|c| &c.duties).any(|d| d.debtors.contains(&id)) {
            continue;
        }
        let answer = ask(Ask::Owes(id))?;
        let AnswerValue::Owes(list) = answer.value else {
            // Which duties there are differs between answers to open questions.
            let mut duties = subject("duties", &party.name);
            duties.party = Some(party.name.clone());
            out.insert(duties, (DEPENDS.to_string(), opens(&answer.depends_on)));
            continue;
        };
        for owed in list {
            let mut duty = subject("duty", &program.clause_names[owed.clause.index()]);
            duty.party = Some(party.name.clone());
            duty.since = Some(owed.since.to_string());
            duty.instance = owed.instance.as_ref().map(|words| words.text.clone());
            while out.contains_key(&duty) {
                duty.number += 1;
            }
            out.insert(duty, (owed.state.word().to_string(), Vec::new()));
        }
    }
    let asked = TimelineQuestion {
        from: day,
        until: day.next(),
        as_of: day,
        known_at: None,
        assume: Default::default(),
        clauses: Some(Vec::new()),
    };
    if let Some(governs) = engine.timeline(&asked)?.governs.first() {
        let names: Vec<&str> = governs
            .state
            .0
            .iter()
            .map(|v| v.map_or("none", |v| program.versions[v.index()].name.as_str()))
            .collect();
        let on = governs.on.iter().map(|open| program.opens[open.index()].name.clone()).collect();
        let state = match names[..] {
            [one] => (one.to_string(), Vec::new()),
            _ => (DEPENDS.to_string(), on),
        };
        out.insert(subject("version", &program.name), state);
    }
    Ok(out)
}

impl Change {
    /// What changed from what to what, without the day and the generation.
    fn digest(&self) -> String {
        let whole =
            json!([self.what, self.subject, self.party, self.since, self.instance, self.from, self.to]);
        // Half of the digits tell changes of one day apart.
        digest(canonical(&whole).as_bytes()).to_string()[..32].to_string()
    }

    /// The key without its generation.
    fn base(&self) -> String {
        format!("notice/{}/{}", self.day, self.digest())
    }

    fn body(&self, generation: usize) -> Value {
        let mut body = json!({
            "key": format!("{}/{generation}", self.base()),
            "what": self.what,
            "subject": self.subject,
            "from": self.from,
            "to": self.to,
            "day": self.day.to_string(),
        });
        for (name, value) in [("party", &self.party), ("since", &self.since), ("instance", &self.instance)] {
            if let Some(value) = value {
                body[name] = value.as_str().into();
            }
        }
        if !self.depends_on.is_empty() {
            body["depends_on"] = self.depends_on.clone().into();
        }
        body
    }
}

/// The notices that are missing so that those of these days tell these changes and no others.
fn reconcile<'n>(
    earlier: impl Iterator<Item = &'n Value>,
    changes: &[Change],
    from: Day,
    last: Day,
) -> Vec<Value> {
    let mut generations: HashMap<String, usize> = HashMap::new();
    let mut standing: BTreeMap<String, (Day, String)> = BTreeMap::new();
    for body in earlier {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        if let Some(retracted) = text("retracts") {
            standing.remove(retracted);
            continue;
        }
        let (Some(key), Some(day)) = (text("key"), text("day").and_then(|d| d.parse::<Day>().ok())) else {
            continue;
        };
        let base = key.rsplit_once('/').map_or(key, |(base, _)| base).to_string();
        *generations.entry(base.clone()).or_default() += 1;
        if from <= day && day <= last {
            standing.insert(key.to_string(), (day, base));
        }
    }
    let holds: BTreeSet<String> = changes.iter().map(Change::base).collect();
    let told: BTreeSet<&str> = standing.values().map(|(_, base)| base.as_str()).collect();
    let mut out: Vec<(Day, Value)> = Vec::new();
    for (key, (day, base)) in &standing {
        if !holds.contains(base) {
            let body = json!({"key": format!("retraction/{key}"), "what": "retraction", "retracts": key,
                "day": day.to_string()});
            out.push((*day, body));
        }
    }
    let mut seen = BTreeSet::new();
    for change in changes {
        let base = change.base();
        // Changes that are alike in everything are told once.
        if !told.contains(base.as_str()) && seen.insert(base.clone()) {
            let generation = generations.get(&base).copied().unwrap_or(0);
            out.push((change.day, change.body(generation)));
        }
    }
    out.sort_by_key(|(day, _)| *day);
    out.into_iter().map(|(_, body)| body).collect()
}
