//! Definitions of acts, events and facts, and the open questions of a text.

use servanda_program::{ActionId, Answers, EventId, Expr, Moment, Open, OpenId, OpenKind, ScheduleId, Type};
use servanda_quantity::{MonthEndRule, Stub, Unit};

use super::cond::is_yes_no;
use super::teller::{Draft, Sentence, Teller};
use crate::{Arg, title};

impl Teller<'_> {
    /// What an act is: who can do it, and what it is described by.
    pub fn action_entry(&self, id: ActionId) -> (String, Vec<Sentence>) {
        let action = &self.program.actions[id.index()];
        let teller = Teller { action: Some(id), ..*self };
        let own = match self.tongue.is_english() {
            true => self.names.actions[id.index()].as_str(),
            false => title::of_action(self.program, self.tongue, id).any().unwrap_or(&action.name),
        };
        let mut out = Vec::new();
        let by = self.say("prose-act-by", &[("parties", self.parties(&action.by).into())]);
        let datum = |a: &servanda_program::Attribute| {
            teller.datum_entry(teller.attribute_name(&a.name), &a.ty, a.optional, a.default.as_ref())
        };
        out.push(self.described(&by, action.attributes.iter().map(datum).collect()));
        if action.reserved {
            out.push(self.sentence(&self.say("prose-act-reserved", &[])));
        }
        if !action.brings.is_empty() {
            let events: Vec<String> = action.brings.iter().map(|e| self.event(*e)).collect();
            let events = self.any_of(&events);
            out.push(self.sentence(&self.say("prose-act-brings", &[("events", events.into())])));
        }
        (self.defined_as(own, &action.name), out)
    }

    /// What an event is: who brings it about, and what is recorded with it.
    pub fn event_entry(&self, id: EventId) -> (String, Vec<Sentence>) {
        let event = &self.program.events[id.index()];
        let teller = Teller { record: Some(id), ..*self };
        let own = title::of_event(self.program, self.tongue, id).any().unwrap_or(&event.name);
        let mut out = Vec::new();
        let by = self.say("prose-event-by", &[("parties", self.parties(&event.by).into())]);
        let datum = |f: &servanda_program::Field| {
            teller.datum_entry(teller.datum(&f.name), &f.ty, f.optional, f.default.as_ref())
        };
        out.push(self.described(&by, event.fields.iter().map(datum).collect()));
        if let Some(action) = event.performs {
            let action = self.names.actions[action.index()].as_str();
            out.push(self.sentence(&self.say("prose-event-performs", &[("action", action.into())])));
        }
        if event.attested.is_some() {
            out.push(self.sentence(&self.say("prose-event-attested", &[])));
        }
        (self.defined_as(own, &event.name), out)
    }

    /// What a fact is.
    pub fn fact_entry(&self, fact: u32) -> (String, Vec<Sentence>) {
        let fact = &self.program.facts[fact as usize];
        let text = self.say("prose-fact-is", &[("value", self.expr(&fact.expr).into())]);
        (self.defined_as(fact.title.as_ref().unwrap_or(&fact.name), &fact.name), vec![self.sentence(&text)])
    }

    /// What the days of a schedule are.
    pub fn schedule_entry(&self, id: ScheduleId) -> (String, Vec<Sentence>) {
        let schedule = &self.program.schedules[id.index()];
        let mut with = vec![
            ("duration", Arg::from(self.duration(&schedule.every))),
            ("from", self.moment(&Moment::Day(schedule.anchor)).into()),
        ];
        let mut out = Vec::new();
        match schedule.to {
            None => out.push(self.sentence(&self.say("prose-schedule", &with))),
            Some((to, stub)) => {
                with.push(("to", self.moment(&Moment::Day(to)).into()));
                out.push(self.sentence(&self.say("prose-schedule-to", &with)));
                let stub = if stub == Stub::Short { "prose-stub-short" } else { "prose-stub-long" };
                out.push(self.sentence(&self.say(stub, &[])));
            }
        }
        let rule = match schedule.month_end {
            MonthEndRule::SameDay => "prose-same-day",
            MonthEndRule::EndOfMonth => "prose-end-of-month",
        };
        // Only a day that some month lacks needs a rule.
        if schedule.anchor.date().day() > 28 {
            out.push(self.sentence(&self.say(rule, &[])));
        }
        if let Some((convention, calendar)) = &schedule.business {
            let calendar = ("calendar", Arg::from(self.quoted(&calendar.name)));
            let convention = ("convention", self.quoted(&convention.to_string()).into());
            out.push(self.sentence(&self.say("prose-convention", &[calendar, convention])));
        }
        (self.quoted(&schedule.name), out)
    }

    /// An open question with its answers.
    pub fn open_entry(&self, id: OpenId) -> (String, Vec<Sentence>) {
        let open = &self.program.opens[id.index()];
        let with = [("name", Arg::from(&open.name)), ("question", self.question(open).into())];
        let term = self.say("prose-question", &with);
        let words: Vec<String> = match &open.answers {
            Answers::Words(words) => words
                .iter()
                .map(|a| match &a.title {
                    None => self.word(&a.word),
                    Some(title) => self.say(
                        "prose-answer",
                        &[("word", (&a.word).into()), ("title", self.quoted(title).into())],
                    ),
                })
                .collect(),
            _ => Vec::new(),
        };
        let answers = ("answers", Arg::from(self.any_of(&words)));
        let text = match (open.kind, words.is_empty()) {
            (OpenKind::Reading, _) => self.say("prose-question-reading", &[answers]),
            (OpenKind::Undisclosed, _) => self.say("prose-question-undisclosed", &[]),
            (OpenKind::Fact, false) => self.say("prose-question-fact", &[answers]),
            (OpenKind::Fact, true) => self.say("prose-question-figure", &[]),
        };
        (term, vec![self.sentence(&text)])
    }

    /// A question as the agreement asks it; that for an undisclosed value is asked in the reader's language.
    fn question(&self, open: &Open) -> String {
        let undisclosed = open.kind == OpenKind::Undisclosed;
        let place = open.name.rsplit_once('.').filter(|_| undisclosed);
        match place.and_then(|(clause, value)| Some((self.program.clause_name(clause)?, value))) {
            None => open.question.clone(),
            Some((clause, value)) => {
                let value = self.say("prose-value", &[("name", self.quoted(value).into())]);
                self.say("prose-what-is", &[("value", self.of_clause(&value, clause).into())])
            }
        }
    }

    fn defined_as(&self, term: &str, name: &str) -> String {
        if term == name {
            return self.quoted(name);
        }
        let with = [("term", Arg::from(self.quoted(term))), ("name", name.into())];
        self.say("prose-defined-as", &with)
    }

    fn described(&self, by: &str, data: Vec<Draft>) -> Sentence {
        if data.is_empty() {
            return self.sentence(by);
        }
        self.with_list(&self.say("prose-described", &[("sentence", by.into())]), data)
    }

    fn datum_entry(&self, name: String, ty: &Type, optional: bool, default: Option<&Expr>) -> Draft {
        let (name, ty) = (("name", Arg::from(name)), ("type", Arg::from(self.kind_of_datum(ty))));
        match default {
            Some(default) => {
                let default = self.expr(default);
                self.say("prose-datum-default", &[name, ty, ("default", default.into())]).into()
            }
            None if optional => self.say("prose-datum-optional", &[name, ty]).into(),
            None => self.say("prose-datum", &[name, ty]).into(),
        }
    }

    fn kind_of_datum(&self, ty: &Type) -> String {
        match ty {
            ty if is_yes_no(ty) => self.say("prose-type-yes-no", &[]),
            Type::Words(words) => {
                let words: Vec<String> = words.iter().map(|w| self.word(w)).collect();
                self.say("prose-type-words", &[("words", self.any_of(&words).into())])
            }
            Type::Party => self.say("prose-type-party", &[]),
            Type::Id => self.say("prose-type-id", &[]),
            Type::Figure(Unit::One) => self.say("prose-type-number", &[]),
            Type::Figure(Unit::Percent) => self.say("prose-type-percent", &[]),
            Type::Figure(Unit::Named(unit)) => self.say("prose-type-units", &[("unit", unit.into())]),
            Type::Figure(Unit::Money(code)) if code.is_empty() => self.say("prose-type-money", &[]),
            Type::Figure(Unit::Money(code)) => self.say("prose-type-money-in", &[("currency", code.into())]),
            Type::Figure(Unit::MoneyPer(code, unit)) => {
                self.say("prose-type-money-per", &[("currency", code.into()), ("unit", unit.into())])
            }
            Type::Date => self.say("prose-type-date", &[]),
            Type::Text => self.say("prose-type-text", &[]),
        }
    }
}
