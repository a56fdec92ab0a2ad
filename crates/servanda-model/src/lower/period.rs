//! Periods, durations that may be holes, and the days of aggregates.

use servanda_program::{CalendarId, Period, Window};
use servanda_quantity::{Duration, DurationUnit, MonthEnd, Schedule};
use servanda_syntax::ast::{self, DurationOrName};
use servanda_text::{Diagnostic, Span};

use super::Lowerer;

impl Lowerer<'_> {
    /// A duration; nothing after a diagnostic where a name stands for none.
    pub(crate) fn long(&mut self, duration: &DurationOrName) -> Option<Duration> {
        match duration {
            DurationOrName::Duration(duration) => Some(duration.clone()),
            DurationOrName::Name(name) => {
                self.report(
                    Diagnostic::error(
                        "wrong-kind",
                        name.span(),
                        format!("a duration is expected, found `{}`", name.text),
                    )
                    .help("write a duration such as `30 days`"),
                );
                None
            }
        }
    }

    /// A duration that is counted from a day that is not known, with its calendar.
    pub(crate) fn span_of_time(
        &mut self,
        duration: &DurationOrName,
        span: Span,
    ) -> Option<(Duration, Option<CalendarId>)> {
        let duration = self.long(duration)?;
        let calendar = self.duration(&duration, span);
        self.month_sum(&duration, span);
        Some((duration, calendar))
    }

    /// The days of an aggregate; nothing after a diagnostic.
    pub(crate) fn window(&mut self, window: &ast::Window, span: Span) -> Option<Window> {
        Some(match window {
            ast::Window::This(period) => Window::This(self.period(period)?),
            ast::Window::Last(period) => Window::Last(self.period(period)?),
            ast::Window::Before(period) => Window::Before(self.period(period)?),
            ast::Window::Over(duration) => {
                let mut duration = self.long(duration)?;
                let calendar = self.duration(&duration, span);
                // Days after one that a month may not have are those after its last.
                let months = !matches!(
                    duration.unit,
                    DurationUnit::Days | DurationUnit::Weeks | DurationUnit::BusinessDays
                );
                if months && duration.month_end == MonthEnd::Exact {
                    duration.month_end = MonthEnd::Down;
                }
                Window::Over(duration, calendar)
            }
        })
    }
}

/// Whether a duration is longer than any period of a kind.
pub(crate) fn outlasts(duration: &Duration, period: Period, schedules: &[Schedule]) -> bool {
    let (days, months) = match period {
        Period::Week => (7, 0),
        Period::Month => (31, 1),
        Period::Quarter => (92, 3),
        Period::Year => (366, 12),
        Period::Schedule(id) => {
            let every = &schedules[id.index()].every;
            match every.unit {
                DurationUnit::Days | DurationUnit::BusinessDays => (every.count, 0),
                DurationUnit::Weeks => (every.count * 7, 0),
                DurationUnit::Months => (every.count * 31, every.count),
                DurationUnit::Quarters => (every.count * 92, every.count * 3),
                DurationUnit::Years => (every.count * 366, every.count * 12),
            }
        }
    };
    let count = duration.count;
    match duration.unit {
        DurationUnit::Days => count > days,
        DurationUnit::Weeks => count > days / 7,
        DurationUnit::Months => count > months,
        DurationUnit::Quarters => count > months / 3,
        DurationUnit::Years => count > months / 12,
        // Weekends and holidays: no more than half of the days.
        DurationUnit::BusinessDays => count > days / 2,
    }
}
