//! Days: phrases that name one, to follow "from", "until" and "on".

use servanda_program::{EventId, Expr, FieldId, Moment};
use servanda_quantity::{Duration, DurationUnit};

use super::teller::Teller;
use crate::Arg;

impl Teller<'_> {
    /// A moment as a phrase that names a day.
    pub fn moment(&self, moment: &Moment) -> String {
        match moment {
            Moment::Day(day) => self.say("prose-day", &[("day", self.tongue.day(*day).into())]),
            Moment::Never => self.say("prose-no-day", &[]),
            Moment::First(pattern) => self.say("prose-day-of", &[("records", self.pattern(pattern).into())]),
            Moment::Entry(clause, process, state) => {
                let state = self.state(*clause, process, *state as usize);
                let process = self.process(*clause, process, None);
                self.say("prose-entry", &[("process", process.into()), ("state", state.into())])
            }
            Moment::Violation(c) => self.say("prose-violation", &[("clause", self.clause(*c).into())]),
            Moment::Fulfilment(c) => self.say("prose-fulfilment", &[("clause", self.clause(*c).into())]),
            Moment::End(c) => self.say("prose-end", &[("clause", self.clause(*c).into())]),
            Moment::AgreementEnd => self.say("prose-agreement-end", &[]),
            Moment::Field(event, field) => self.field(*event, *field),
            Moment::Shift(base, back, duration, _) => {
                let message = if *back { "prose-before" } else { "prose-after" };
                let duration = self.duration(duration);
                let base = self.single(base);
                self.say(message, &[("duration", duration.into()), ("moment", base.into())])
            }
            Moment::Next(schedule, on, after) => {
                let schedule = self.quoted(&self.program.schedules[schedule.index()].name);
                let message = if *on { "prose-next-or-on" } else { "prose-next" };
                let after = self.single(after);
                self.say(message, &[("schedule", schedule.into()), ("moment", after.into())])
            }
            Moment::Earlier(all) => self.of_several("prose-earliest", all),
            Moment::Later(all) => self.of_several("prose-latest-of", all),
            Moment::ByReading(open, arms) => {
                let arms = arms.iter().map(|m| self.moment(m)).collect();
                self.by_answer("prose-by-answer", *open, arms)
            }
        }
    }

    /// A length of time.
    pub fn duration(&self, duration: &Duration) -> String {
        let bare = Duration { calendar: None, ..duration.clone() };
        let text = match duration.unit {
            DurationUnit::BusinessDays => {
                self.say("prose-business-days", &[("count", Arg::Count(duration.count.into()))])
            }
            _ => self.tongue.duration(&bare),
        };
        match &duration.calendar {
            None => text,
            Some(calendar) => {
                let calendar = self.quoted(calendar);
                self.say("prose-in-calendar", &[("duration", text.into()), ("calendar", calendar.into())])
            }
        }
    }

    fn field(&self, event: EventId, field: FieldId) -> String {
        let value = self.expr(&Expr::Field(event, field));
        self.say("prose-day-stated", &[("value", value.into())])
    }

    fn of_several(&self, message: &str, all: &[Moment]) -> String {
        let all: Vec<String> = all.iter().map(|m| self.single(m)).collect();
        self.say(message, &[("list", self.list(&all).into())])
    }

    /// A moment within another: one of several, or one that is moved, in parentheses.
    fn single(&self, moment: &Moment) -> String {
        let phrase = self.moment(moment);
        match moment {
            Moment::Earlier(_) | Moment::Later(_) | Moment::Shift(..) | Moment::Next(..) => {
                self.group(phrase)
            }
            _ => phrase,
        }
    }
}
