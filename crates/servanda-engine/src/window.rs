//! Over which days an aggregate runs: `docs/meaning.md`, "Values and conditions".

use servanda_program::{Period, Window};
use servanda_quantity::{Day, MonthEnd};

use crate::opens::Eval;
use crate::world::{Env, Point, World};

impl World<'_> {
    /// The first and the last day of the latest record: any, or those of a window.
    pub fn latest_days(
        &self,
        window: Option<&Window>,
        pt: Point,
        env: Env,
    ) -> Eval<(Option<Day>, Option<Day>)> {
        match window {
            None => Ok((None, None)),
            Some(window) => self.seen_from(window, looked_from(pt, env)),
        }
    }

    /// The first and the last day of another aggregate: from the effective day of the version that wrote its clause
    /// afresh to the clause's end; within a periodic duty, its period; with a window, those of the window.
    pub fn counted_days(
        &self,
        window: Option<&Window>,
        pt: Point,
        env: Env,
    ) -> Eval<(Option<Day>, Option<Day>)> {
        let (mut first, mut last) = (None, None);
        let paying = env.duty.is_some_and(|d| d.paying);
        if let Some(place) = env.clause.and_then(|c| self.place(c, pt.text)) {
            if let Some((standing, _)) = place.standing {
                first = self.effective(standing.birth, pt.day, pt.cut)?;
            }
            // What is paid in arrears is paid when the clause is over, too.
            if !paying
                && env.uncut != env.clause
                && let Some(end) = self.known_end(&place, pt)?
            {
                last = Some(Day(end.0 - 1));
            }
        }
        let (from, to) = match (window, env.duty.and_then(|d| d.window)) {
            (Some(window), _) => self.seen_from(window, looked_from(pt, env))?,
            (None, own) => own.unzip(),
        };
        Ok((first.max(from), last.into_iter().chain(to).min()))
    }

    /// The days of a window seen from a day, which looks at nothing after it.
    fn seen_from(&self, window: &Window, day: Day) -> Eval<(Option<Day>, Option<Day>)> {
        let (first, last) = match window {
            Window::This(period) => (period_start(*period, day), day),
            Window::Before(period) => return Ok((None, Some(Day(period_start(*period, day).0 - 1)))),
            Window::Last(period) => {
                let last = Day(period_start(*period, day).0 - 1);
                (period_start(*period, last), last)
            }
            Window::Over(duration, calendar) => (self.shift(day, true, duration, *calendar)?.next(), day),
        };
        Ok((Some(first), Some(last)))
    }
}

/// The day from which a window is seen: a duty that recurs looks back from its last day, once that is past.
fn looked_from(pt: Point, env: Env) -> Day {
    env.duty.and_then(|d| d.window).map_or(pt.day, |(_, last)| pt.day.min(last))
}

/// The first day of the period that a day lies in.
pub(crate) fn period_start(period: Period, day: Day) -> Day {
    let date = day.date();
    let month = |m: i8| Day::new(date.year(), m, 1).unwrap_or(day);
    match period {
        Period::Week => Day(day.0 - i32::from(date.weekday().to_monday_zero_offset())),
        Period::Month => month(date.month()),
        Period::Quarter => month((date.month() - 1) / 3 * 3 + 1),
        Period::Year => month(1),
    }
}

/// The first day of the period after the one that begins on a day.
pub(crate) fn next_period(period: Period, first: Day) -> Option<Day> {
    match period {
        Period::Week => first.plus_days(7),
        Period::Month => first.plus_months(1, MonthEnd::Down),
        Period::Quarter => first.plus_months(3, MonthEnd::Down),
        Period::Year => first.plus_months(12, MonthEnd::Down),
    }
    .ok()
}
