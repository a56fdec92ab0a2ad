//! Duties.

use servanda_program::{Clause, Duty, DutyStart, DutyWhat, Period};

use super::cond::always;
use super::teller::{Draft, Sentence, Teller};
use crate::title;

impl Teller<'_> {
    /// The sentences of the duties of a clause.
    pub fn duties(&self, clause: &Clause) -> Vec<Sentence> {
        clause.duties.iter().map(|d| self.duty(d)).collect()
    }

    fn duty(&self, duty: &Duty) -> Sentence {
        // What counts for one of several duties looks at the record that it follows.
        let record = match &duty.start {
            DutyStart::Each(pattern, ..) => Some(pattern.event),
            _ => None,
        };
        let inner = Teller { record, ..*self };
        let act = match &duty.what {
            DutyWhat::Act(action) => self.names.actions[action.index()].clone(),
            DutyWhat::Words(words) if title::is_own(self.program, self.tongue) => words.clone(),
            DutyWhat::Words(words) => self.quoted(words),
        };
        let debtors = self.parties(&duty.debtors);
        let mut text = self.say("prose-must", &[("debtors", debtors.into()), ("act", act.into())]);
        if !duty.creditors.is_empty() {
            let creditors = self.parties(&duty.creditors);
            text = self.say("prose-to", &[("duty", text.into()), ("creditors", creditors.into())]);
        }
        let text = self.started(text, &duty.start);
        let mut items: Vec<Draft> = Vec::new();
        if let Some(due) = &duty.due {
            items.push(self.say("prose-last-day", &[("moment", self.moment(due).into())]).into());
        }
        let value = |message: &str, e| Draft::from(self.say(message, &[("value", inner.expr(e).into())]));
        items.extend(duty.worth.iter().map(|e| value("prose-worth", e)));
        items.extend(duty.counting.iter().map(|e| value("prose-counting", e)));
        let condition = |message: &str, cond| {
            let cond = inner.condition(cond);
            Draft { text: self.say(message, &[("condition", cond.text.into())]), items: cond.items }
        };
        items.extend(duty.done.iter().map(|c| condition("prose-done", c)));
        if !always(&duty.reach) {
            items.push(condition("prose-owed-if", &duty.reach));
        }
        if let Some((duration, _)) = &duty.cure {
            let duration = self.duration(duration);
            items.push(self.say("prose-cure", &[("duration", duration.into())]).into());
        }
        if let Some(remedy) = duty.remedy {
            items.push(self.say("prose-remedy", &[("clause", self.clause_called(remedy).into())]).into());
        }
        match &items[..] {
            [one] if one.items.is_empty() => {
                let with = [("duty", text.into()), ("more", (&one.text).into())];
                self.sentence(&self.say("prose-duty-and", &with))
            }
            _ => self.with_list(&text, items),
        }
    }

    fn started(&self, duty: String, start: &DutyStart) -> String {
        let with = || ("duty", (&duty).into());
        match start {
            DutyStart::Clause => duty,
            DutyStart::Once(moment) => {
                self.say("prose-once", &[with(), ("moment", self.moment(moment).into())])
            }
            DutyStart::Each(pattern, duration, _) => {
                let duration = self.duration(duration);
                let records = self.pattern(pattern);
                self.say(
                    "prose-within-each",
                    &[with(), ("duration", duration.into()), ("records", records.into())],
                )
            }
            DutyStart::Within(moment, duration, _) => {
                let duration = self.duration(duration);
                let moment = self.moment(moment);
                self.say("prose-within", &[with(), ("duration", duration.into()), ("moment", moment.into())])
            }
            DutyStart::Period(period) => {
                self.say("prose-each-period", &[with(), ("period", self.period(*period).into())])
            }
            DutyStart::Arrears(period, duration, _) => {
                let (period, duration) = (self.period(*period), self.duration(duration));
                self.say("prose-arrears", &[with(), ("period", period.into()), ("duration", duration.into())])
            }
        }
    }

    /// The word for a period.
    pub fn period(&self, period: Period) -> String {
        let message = match period {
            Period::Week => "period-week",
            Period::Month => "period-month",
            Period::Quarter => "period-quarter",
            Period::Year => "period-year",
            Period::Schedule(schedule) => {
                let schedule = self.quoted(&self.program.schedules[schedule.index()].name);
                return self.say("prose-schedule-period", &[("schedule", schedule.into())]);
            }
        };
        self.say(message, &[])
    }
}
