//! Schedules of the vocabulary: what is declared, and what cannot be meant.

use servanda_quantity::{MonthEndRule, Schedule, Stub};
use servanda_syntax::ast;
use servanda_text::Diagnostic;

use crate::vocabulary::{Vocabulary, unknown};

impl Vocabulary<'_> {
    /// Adds a schedule, after diagnostics about one that has no days, ambiguous ones, or ones that nobody can move.
    pub(crate) fn schedule(&mut self, s: &ast::ScheduleDecl) {
        let name = &s.name.text;
        if self.schedules.iter().any(|o| o.name == *name) {
            self.diagnostics.push(Diagnostic::error(
                "duplicate-name",
                s.name.span(),
                format!("the schedule `{name}` is declared twice"),
            ));
            return;
        }
        let mut schedule = Schedule {
            name: name.clone(),
            every: s.every.0.clone(),
            anchor: s.from.0,
            to: s.to.map(|(day, stub, _)| (day, stub.unwrap_or(Stub::Short))),
            month_end: s.month_end.unwrap_or(MonthEndRule::SameDay),
            business: None,
        };
        let (every, every_at) = (&s.every.0, s.every.1.0);
        if every.count == 0 {
            let d = Diagnostic::error(
                "empty-schedule",
                every_at,
                format!("`{every}` is no step from day to day"),
            )
            .help("write how long it is from one day to the next, such as `every 1 month`");
            self.diagnostics.push(d);
            schedule.every.count = 1;
        }
        if let Some((day, _, at)) = s.to
            && day <= s.from.0
        {
            let d = Diagnostic::error(
                "empty-schedule",
                at.0,
                format!("the schedule `{name}` ends on {day}, before its first period is over"),
            )
            .also(s.from.1.0, "it begins here")
            .help("write a last day after the first");
            self.diagnostics.push(d);
            schedule.to = None;
        } else if let Some((day, None, at)) = s.to
            && !schedule.ends_on_cycle()
        {
            let d = Diagnostic::error(
                "missing-stub",
                at.0,
                format!("{day} is no day of `{name}`, and nothing says what becomes of the period that it cuts short"),
            )
            .help(format!("write `to {day} short stub` for a last period that is shorter"))
            .help(format!("write `to {day} long stub` to join it to the one before"));
            self.diagnostics.push(d);
        }
        if s.month_end.is_none()
            && let Some(day) = schedule.lacks()
        {
            let d = Diagnostic::error(
                "ambiguous-date-sum",
                every_at,
                format!("`every {every}` from {} comes to {day}, whose month has no such day", s.from.0),
            )
            .also(s.from.1.0, "it is counted from this day")
            .help("write `month-end same-day` for the last day of a month that has no such day")
            .help("write `month-end end-of-month` for the last day of every month");
            self.diagnostics.push(d);
        }
        if let Some((convention, calendar, at)) = &s.business {
            match self.calendars.iter().find(|c| c.name == calendar.text) {
                Some(found) => {
                    if let Some((day, ..)) = s.to.filter(|(day, ..)| *day > found.through) {
                        let d = Diagnostic::error(
                            "calendar-too-short",
                            at.0,
                            format!(
                                "the schedule `{name}` goes on to {day}, and the calendar `{}` knows no day after {}",
                                found.name, found.through
                            ),
                        )
                        .help(format!("write `through {day}` or later in the calendar, with its holidays"));
                        self.diagnostics.push(d);
                    } else {
                        schedule.business = Some((*convention, found.clone()));
                    }
                }
                None => {
                    let names = self.calendars.iter().map(|c| c.name.as_str());
                    let d = unknown("unknown-calendar", "calendar", calendar, names);
                    self.diagnostics.push(d);
                }
            }
        }
        self.schedules.push(schedule);
    }
}
