//! Processes, values and definitions.

use servanda_program::{Clause, Cond, Define, Expr, Process, Step, Trigger, Value};

use super::cond::always;
use super::teller::{Draft, Sentence, Teller};
use crate::Arg;

impl Teller<'_> {
    /// The sentences of the processes of a clause.
    pub fn processes(&self, clause: &Clause) -> Vec<Sentence> {
        clause.processes.iter().map(|p| self.process_sentence(p)).collect()
    }

    fn process_sentence(&self, process: &Process) -> Sentence {
        let inner = Teller { key: process.key.as_deref(), ..*self };
        let states: Vec<String> = process.states.iter().map(|s| self.quoted(&s.name)).collect();
        let first = states.first().cloned().unwrap_or_default();
        let name = self.say("prose-process-name", &[("name", self.quoted(&process.name).into())]);
        let mut with =
            vec![("name", Arg::from(name)), ("states", self.list(&states).into()), ("first", first.into())];
        let text = match &process.key {
            None => self.say("prose-process", &with),
            Some(key) => {
                with.push(("key", self.datum(key).into()));
                self.say("prose-process-per", &with)
            }
        };
        self.with_list(&text, process.steps.iter().map(|s| inner.step(s, &states).into()).collect())
    }

    fn step(&self, step: &Step, states: &[String]) -> String {
        let state = |at: &u32| states.get(*at as usize).cloned().unwrap_or_default();
        let from: Vec<String> = step.from.iter().map(state).collect();
        let all = from.len() > 1 && (0..states.len() as u32).all(|s| step.from.contains(&s));
        let from = if all { self.say("prose-any-state", &[]) } else { self.any_of(&from) };
        let (from, to) = (("from", Arg::from(from)), ("to", state(&step.to).into()));
        let (mut text, record) = match &step.trigger {
            Trigger::On(pattern) => {
                let records = ("records", self.pattern(pattern).into());
                (self.say("prose-step-on", &[records, from, to]), Some(pattern.event))
            }
            Trigger::After(duration, _) => {
                let duration = ("duration", self.duration(duration).into());
                (self.say("prose-step-after", &[duration, from, to]), None)
            }
        };
        let inner = Teller { record, ..*self };
        for (slot, value) in &step.keeps {
            // The record is the one of the step; nothing else stands between.
            let value = match (value, record) {
                (Expr::Field(event, field), Some(of)) if *event == of => {
                    Teller { record: None, ..*self }.expr(&Expr::Field(*event, *field))
                }
                (value, _) => inner.expr(value),
            };
            let with = [("step", text.into()), ("slot", self.quoted(slot).into()), ("value", value.into())];
            text = self.say("prose-step-keeps", &with);
        }
        text
    }

    /// The sentences of the values of a clause.
    pub fn values(&self, clause: &Clause) -> Vec<Sentence> {
        clause.values.iter().map(|v| self.value(v)).collect()
    }

    fn value(&self, value: &Value) -> Sentence {
        let inner = Teller { key: value.key.as_deref(), ..*self };
        if let Expr::Cases(list) = &value.expr
            && always(&value.cond)
        {
            return inner.cases(value, list);
        }
        let name = ("name", Arg::from(self.quoted(&value.name)));
        let mut text = match (&value.expr, &value.key) {
            (Expr::Undisclosed(_), None) => self.say("prose-is-undisclosed", &[name]),
            (expr, None) => self.say("prose-is", &[name, ("value", inner.expr(expr).into())]),
            (expr, Some(key)) => self.say(
                "prose-is-per",
                &[name, ("key", self.datum(key).into()), ("value", inner.expr(expr).into())],
            ),
        };
        let mut items = Vec::new();
        if !always(&value.cond) {
            let cond = inner.condition(&value.cond);
            // A list ends the sentence, so nothing follows it.
            let message = if cond.items.is_empty() { "prose-is-if" } else { "prose-is-only-if" };
            text = self.say(message, &[("sentence", text.into()), ("condition", cond.text.into())]);
            items = cond.items;
        }
        self.with_list(&text, items)
    }

    /// A value by cases: a list, of which the first case that holds counts.
    fn cases(&self, value: &Value, list: &[(Cond, Expr)]) -> Sentence {
        let name = ("name", Arg::from(self.quoted(&value.name)));
        let text = match &value.key {
            None => self.say("prose-is-first", &[name]),
            Some(key) => self.say("prose-is-first-per", &[name, ("key", self.datum(key).into())]),
        };
        let case = |(cond, e): &(Cond, Expr)| {
            if always(cond) {
                return Draft::from(self.say("prose-case-last", &[("value", self.expr(e).into())]));
            }
            let cond = self.condition(cond);
            let with = [("value", self.atom(e).into()), ("condition", cond.text.into())];
            Draft { text: self.say("prose-case", &with), items: cond.items }
        };
        let mut items: Vec<Draft> = list.iter().map(case).collect();
        if !list.iter().any(|(cond, _)| always(cond)) {
            items.push(self.say("prose-case-none", &[]).into());
        }
        self.with_list(&text, items)
    }

    /// The sentences of the definitions of a clause.
    pub fn defines(&self, clause: &Clause) -> Vec<Sentence> {
        // One that looks at acts says the same of each action.
        let mut told: Vec<&str> = Vec::new();
        let once = clause.defines.iter().filter(|d| {
            let new = !told.contains(&d.name.as_str());
            told.push(&d.name);
            new
        });
        once.map(|d| self.define(d)).collect()
    }

    fn define(&self, define: &Define) -> Sentence {
        let inner = Teller { key: define.key.as_deref(), action: define.action, ..*self };
        let cond: Draft = inner.condition(&define.cond);
        let with = [("name", Arg::from(self.quoted(&define.name))), ("condition", cond.text.into())];
        let text = match &define.key {
            None => self.say("prose-means", &with),
            Some(key) => {
                let [name, condition] = with;
                self.say("prose-means-per", &[name, condition, ("key", self.datum(key).into())])
            }
        };
        self.with_list(&text, cond.items)
    }
}
