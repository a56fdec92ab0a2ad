//! Where schedules are used: periods of duties, and the next day of one.

use servanda_program::{Moment, Period, ScheduleId};
use servanda_quantity::CalendarError;
use servanda_syntax::ast;
use servanda_text::{Diagnostic, Span};

use super::Lowerer;
use crate::vocabulary::unknown;

impl Lowerer<'_> {
    /// A period, or nothing after a diagnostic.
    pub(crate) fn period(&mut self, period: &ast::Period) -> Option<Period> {
        Some(match period {
            ast::Period::Week => Period::Week,
            ast::Period::Month => Period::Month,
            ast::Period::Quarter => Period::Quarter,
            ast::Period::Year => Period::Year,
            ast::Period::Schedule(name) => Period::Schedule(self.schedule_in(name)?),
        })
    }

    fn schedule_in(&mut self, name: &ast::Name) -> Option<ScheduleId> {
        let schedules = &self.vocabulary.schedules;
        match schedules.iter().position(|s| s.name == name.text) {
            Some(i) => Some(ScheduleId(i as u32)),
            None => {
                let names = schedules.iter().map(|s| s.name.as_str());
                let d = unknown("unknown-schedule", "schedule", name, names)
                    .help(format!("declare `schedule {} every … from …`", name.text));
                self.report(d);
                None
            }
        }
    }

    /// `the next NAME after M`: the day itself where `M` is one.
    pub(crate) fn next_of(&mut self, name: &ast::Name, on: bool, after: Moment, span: Span) -> Moment {
        let Some(id) = self.schedule_in(name) else { return Moment::Never };
        let Moment::Day(day) = after else { return Moment::Next(id, on, Box::new(after)) };
        match self.vocabulary.schedules[id.index()].next(day, on) {
            Ok(Some(day)) => Moment::Day(day),
            Ok(None) => Moment::Never,
            Err(why) => {
                self.no_day(span, &why);
                Moment::Never
            }
        }
    }

    /// Reports that a day cannot be found.
    pub(crate) fn no_day(&mut self, span: Span, why: &CalendarError) {
        let code = match why {
            CalendarError::Ends(..) => "calendar-too-short",
            _ => "impossible-day",
        };
        let mut d = Diagnostic::error(code, span, why.to_string());
        if let CalendarError::Ends(name, _) = why {
            d = d.help(format!("write a later `through` in the calendar `{name}`, with its holidays"));
        }
        self.report(d);
    }
}
