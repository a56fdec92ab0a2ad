//! Periods of the calendar and of schedules. `docs/meaning.md`, "Days and spans".

use servanda_program::{Period, ScheduleId};
use servanda_quantity::{CalendarError, Day, DayError, MonthEnd};

use crate::answer::Error;
use crate::opens::{Eval, Stop};
use crate::world::World;

impl World<'_> {
    /// The period that holds a day: its first day and the first day after it. `None` before the first period of a
    /// schedule and after its last.
    pub fn period(&self, period: Period, day: Day) -> Eval<Option<(Day, Day)>> {
        Ok(self.period_from(period, day)?.filter(|(first, _)| *first <= day))
    }

    /// The period that holds a day, or the first one after it.
    pub fn period_from(&self, period: Period, day: Day) -> Eval<Option<(Day, Day)>> {
        if let Period::Schedule(id) = period {
            let found = self.program.schedules[id.index()].period_from(day);
            return found.map_err(|why| self.no_schedule_day(id, day, &why));
        }
        let first = period_start(period, day);
        Ok(next_period(period, first).map(|next| (first, next)))
    }

    /// The first day of a schedule after a day, or on it where `on` says so.
    pub fn next_of(&self, id: ScheduleId, on: bool, day: Day) -> Eval<Option<Day>> {
        let found = self.program.schedules[id.index()].next(day, on);
        found.map_err(|why| self.no_schedule_day(id, day, &why))
    }

    /// A day that cannot be found has no answer: taken for *never* it would let a permission stand for ever.
    fn no_schedule_day(&self, id: ScheduleId, day: Day, why: &CalendarError) -> Stop {
        let name = &self.program.schedules[id.index()].name;
        Stop::Fail(Error::new(
            "no-such-day",
            format!("the day of `{name}` after {day} cannot be found: {why}"),
        ))
    }
}

/// The first day of the calendar period that a day lies in.
fn period_start(period: Period, day: Day) -> Day {
    let date = day.date();
    let month = |m: i8| Day::new(date.year(), m, 1).unwrap_or(day);
    match period {
        Period::Week => Day(day.0 - i32::from(date.weekday().to_monday_zero_offset())),
        Period::Month => month(date.month()),
        Period::Quarter => month((date.month() - 1) / 3 * 3 + 1),
        Period::Year => month(1),
        Period::Schedule(_) => day,
    }
}

fn next_period(period: Period, first: Day) -> Option<Day> {
    match period {
        Period::Week => first.plus_days(7),
        Period::Month => first.plus_months(1, MonthEnd::Down),
        Period::Quarter => first.plus_months(3, MonthEnd::Down),
        Period::Year => first.plus_months(12, MonthEnd::Down),
        Period::Schedule(_) => Err(DayError::OutOfRange),
    }
    .ok()
}
