//! Over which days an aggregate runs: `docs/meaning.md`, "Values and conditions".

use servanda_program::Window;
use servanda_quantity::Day;

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
        // Where a schedule has no such period, the window has no day.
        let none = (Some(day.next()), Some(day));
        let days = match window {
            Window::This(period) => self.period(*period, day)?.map(|(first, _)| (Some(first), Some(day))),
            Window::Before(period) => {
                self.period(*period, day)?.map(|(first, _)| (None, Some(Day(first.0 - 1))))
            }
            Window::Last(period) => match self.period(*period, day)? {
                Some((first, _)) => {
                    let last = Day(first.0 - 1);
                    self.period(*period, last)?.map(|(first, _)| (Some(first), Some(last)))
                }
                None => None,
            },
            Window::Over(duration, calendar) => {
                Some((Some(self.shift(day, true, duration, *calendar)?.next()), Some(day)))
            }
        };
        Ok(days.unwrap_or(none))
    }
}

/// The day from which a window is seen: a duty that recurs looks back from its last day, once that is past.
fn looked_from(pt: Point, env: Env) -> Day {
    env.duty.and_then(|d| d.window).map_or(pt.day, |(_, last)| pt.day.min(last))
}
