//! What would have to change for another outcome.

use std::collections::BTreeSet;

use servanda_program::{EventId, OpenId, PartyId, Program, Type};

use crate::answer::{Answer, AnswerValue, Error, Outcome, WayOut};
use crate::engine::Engine;
use crate::question::{Ask, Question};
use crate::record::{Datum, Record, Time};
use crate::words::{Part, Words};

/// How many further events a way may need.
const EVENTS_MAX: usize = 3;

/// Most histories that are tried.
const TRIES_MAX: usize = 400;

impl Engine<'_> {
    /// What would have to change for another outcome: single attributes, single answers, and up to three
    /// further events by those who have the power, the shortest ways first. Each way has been tried.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn ways_out(&self, question: &Question) -> Result<Vec<WayOut>, Error> {
        let answer = self.ask(question)?;
        let mut ways = self.by_attribute(question, &answer);
        ways.extend(by_answer(self.program(), &answer));
        ways.extend(self.by_events(question, &answer));
        Ok(ways)
    }

    /// Other words for single attributes of an act.
    fn by_attribute(&self, question: &Question, answer: &Answer) -> Vec<WayOut> {
        let Ask::May(act) = &question.ask else { return Vec::new() };
        let action = &self.program().actions[act.action.index()];
        let mut ways = Vec::new();
        for (i, attribute) in action.attributes.iter().enumerate() {
            let Some(Some(given)) = act.with.get(i) else { continue };
            for (word, datum) in self.words(&attribute.ty) {
                if datum == *given {
                    continue;
                }
                let mut changed = act.clone();
                changed.with[i] = Some(datum);
                let asked = Question { ask: Ask::May(changed), ..question.clone() };
                if let Some((outcome, value)) = self.other(&asked, answer) {
                    let was = datum_word(self.program(), given);
                    ways.push(WayOut {
                        change: vec![Words::new(
                            format!("{} is {word} instead of {was}", attribute.name),
                            "way-attribute",
                            [
                                ("name", Part::name(&attribute.name)),
                                ("word", Part::name(&word)),
                                ("was", datum_part(self.program(), given)),
                            ],
                        )],
                        outcome,
                        value,
                    });
                }
            }
        }
        ways
    }

    fn words(&self, ty: &Type) -> Vec<(String, Datum)> {
        match ty {
            Type::Words(words) => words.iter().map(|w| (w.clone(), Datum::Word(w.clone()))).collect(),
            Type::Party => self
                .program()
                .parties
                .iter()
                .enumerate()
                .map(|(i, p)| (p.name.clone(), Datum::Party(PartyId(i as u32))))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The outcome of a changed question, where it is another one.
    fn other(&self, question: &Question, answer: &Answer) -> Option<(Outcome, AnswerValue)> {
        let changed = self.ask(question).ok()?;
        let same = changed.outcome == answer.outcome && changed.value == answer.value;
        (!same && changed.outcome != Outcome::Depends).then_some((changed.outcome, changed.value))
    }

    /// Further events on the day asked, by those who have the power, breadth first.
    fn by_events(&self, question: &Question, answer: &Answer) -> Vec<WayOut> {
        let candidates = self.candidates(question);
        let mut ways: Vec<WayOut> = Vec::new();
        let mut tried = 0;
        let mut layer: Vec<Vec<usize>> = vec![Vec::new()];
        for _ in 0..EVENTS_MAX {
            let mut next = Vec::new();
            for path in &layer {
                for (i, _) in candidates.iter().enumerate() {
                    if path.contains(&i) || tried >= TRIES_MAX {
                        continue;
                    }
                    tried += 1;
                    let path: Vec<usize> = path.iter().copied().chain([i]).collect();
                    let mut asked = question.clone();
                    for (n, &c) in path.iter().enumerate() {
                        let mut record = candidates[c].clone();
                        // After everything else of the day, in the order of the path.
                        record.time = Time { nanos: 86_400_000_000_000 + n as i64, ..record.time };
                        record.recorded = Time::midnight(question.as_of);
                        record.digest[0] = n as u8;
                        asked.events.push(record);
                    }
                    if question.known_at.is_some() {
                        asked.known_at = Some(Time::last(question.as_of));
                    }
                    match self.other(&asked, answer) {
                        Some((outcome, value)) => {
                            let change = path.iter().map(|&c| self.event_words(&candidates[c])).collect();
                            ways.push(WayOut { change, outcome, value });
                        }
                        None => next.push(path),
                    }
                }
            }
            // Longer ways are worth telling only while no shorter one is known.
            if !ways.is_empty() {
                break;
            }
            layer = next;
        }
        ways
    }

    /// One record of each event type that plays a part in the clauses that the question is about, for each
    /// party that can bring it about, with the identifiers in use.
    fn candidates(&self, question: &Question) -> Vec<Record> {
        let program = self.program();
        let events: BTreeSet<EventId> = program
            .events
            .iter()
            .enumerate()
            .filter(|(_, e)| e.fields.iter().all(|f| f.optional || f.default.is_some() || is_key(&f.ty)))
            .map(|(i, _)| EventId(i as u32))
            .collect();
        let mut keys: BTreeSet<String> = BTreeSet::new();
        if let Ask::May(act) = &question.ask {
            let attributes = &program.actions[act.action.index()].attributes;
            for (attribute, datum) in attributes.iter().zip(&act.with) {
                if let (Type::Id, Some(Datum::Word(id))) = (&attribute.ty, datum) {
                    keys.insert(id.clone());
                }
            }
        }
        keys.extend(question.assume.keys.values().cloned());
        let mut out = Vec::new();
        for event in events {
            let e = &program.events[event.index()];
            for &by in &e.by {
                let variants = variants(program, event, &keys);
                for data in variants {
                    out.push(Record {
                        source: String::new(),
                        id: None,
                        event,
                        time: Time::midnight(question.as_of),
                        recorded: Time::midnight(question.as_of),
                        by: Some(by),
                        data,
                        corrects: None,
                        withdrawn: false,
                        digest: [0; 32],
                    });
                }
            }
        }
        out
    }

    fn event_words(&self, record: &Record) -> Words {
        let program = self.program();
        let event = &program.events[record.event.index()];
        let by = record.by.map_or("", |b| program.parties[b.index()].name.as_str());
        let data: Vec<String> = event
            .fields
            .iter()
            .zip(&record.data)
            .filter_map(|(f, d)| d.as_ref().map(|d| format!(" {} {}", f.name, datum_word(program, d))))
            .collect();
        let message = if data.is_empty() { "way-event" } else { "way-event-data" };
        let mut with = vec![("event", Part::name(&event.name)), ("party", Part::name(by))];
        if !data.is_empty() {
            with.push(("data", Part::name(data.concat().trim_start())));
        }
        Words::new(format!("{} by {by}{}", event.name, data.concat()), message, with)
    }
}

fn is_key(ty: &Type) -> bool {
    matches!(ty, Type::Id | Type::Words(_))
}

/// The data of a candidate: each word of enumerations, each identifier in use.
fn variants(program: &Program, event: EventId, keys: &BTreeSet<String>) -> Vec<Vec<Option<Datum>>> {
    let mut out: Vec<Vec<Option<Datum>>> = vec![Vec::new()];
    for field in &program.events[event.index()].fields {
        let mut choices: Vec<Option<Datum>> = match &field.ty {
            Type::Words(words) => words.iter().map(|w| Some(Datum::Word(w.clone()))).collect(),
            Type::Id => keys.iter().map(|k| Some(Datum::Word(k.clone()))).collect(),
            _ => Vec::new(),
        };
        if field.optional || choices.is_empty() {
            choices.push(None);
        }
        out = out
            .into_iter()
            .flat_map(|data| {
                choices.iter().map(move |c| data.iter().cloned().chain([c.clone()]).collect::<Vec<_>>())
            })
            .take(16)
            .collect();
    }
    // An identifier that is needed and not known makes no candidate.
    let needed = |data: &Vec<Option<Datum>>| {
        program.events[event.index()]
            .fields
            .iter()
            .zip(data)
            .all(|(f, d)| d.is_some() || f.optional || f.default.is_some())
    };
    out.retain(needed);
    out
}

/// Answers of open questions that settle the outcome alone.
fn by_answer(program: &Program, answer: &Answer) -> Vec<WayOut> {
    let mut ways = Vec::new();
    for dependence in &answer.depends_on {
        for (word, outcome, value) in &dependence.answers {
            if *outcome != Outcome::Depends {
                let name = open_name(program, dependence.open);
                ways.push(WayOut {
                    change: vec![Words::new(
                        format!("{name} is {word}"),
                        "way-answer",
                        [("name", Part::name(name)), ("word", Part::name(word))],
                    )],
                    outcome: *outcome,
                    value: value.clone(),
                });
            }
        }
    }
    ways
}

fn open_name(program: &Program, open: OpenId) -> &str {
    &program.opens[open.index()].name
}

fn datum_part(program: &Program, datum: &Datum) -> Part {
    match datum {
        Datum::Figure(f) => Part::Figure(f.clone()),
        Datum::Day(d) => Part::Day(*d),
        other => Part::Name(datum_word(program, other)),
    }
}

fn datum_word(program: &Program, datum: &Datum) -> String {
    match datum {
        Datum::Word(w) => w.clone(),
        Datum::Party(p) => program.parties[p.index()].name.clone(),
        Datum::Figure(f) => f.to_string(),
        Datum::Day(d) => d.to_string(),
    }
}
