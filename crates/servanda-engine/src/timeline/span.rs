//! The days that an agreement and its log name: the window of a timeline for which none is given.

use servanda_program::{Duty, DutyStart, Moment, Program};
use servanda_quantity::Day;

use crate::engine::Engine;

/// Longest window that is chosen, in years.
const YEARS_MAX: i16 = 60;

/// A day counts as near the others within so many days.
const NEAR: i32 = 400;

impl Engine<'_> {
    /// A window in whole years around the days that the text and the log name; `as_of` among them where it lies
    /// near the others. `None` where they name no day.
    pub fn natural_window(&self, as_of: Day) -> Option<(Day, Day)> {
        let program = self.program();
        let mut days: Vec<Day> = self.log().map(|r| r.time.day).collect();
        for version in &program.versions {
            days.extend(version.signed);
            version.effective.iter().for_each(|m| named(program, m, &mut days));
            for standing in &version.text {
                let clause = program.clause(standing.clause);
                clause.from.iter().chain([&clause.until]).for_each(|m| named(program, m, &mut days));
                clause.duties.iter().for_each(|d| of_duty(program, d, &mut days));
            }
        }
        let (first, last) = (*days.iter().min()?, *days.iter().max()?);
        let near = first.0 - NEAR <= as_of.0 && as_of.0 <= last.0 + NEAR;
        let (first, last) = if near { (first.min(as_of), last.max(as_of)) } else { (first, last) };
        let year = first.date().year();
        let after = (last.date().year() + 1).min(year + YEARS_MAX).min(9999);
        Some((Day::new(year, 1, 1).ok()?, Day::new(after, 1, 1).ok()?))
    }
}

fn of_duty(program: &Program, duty: &Duty, days: &mut Vec<Day>) {
    duty.due.iter().for_each(|m| named(program, m, days));
    if let DutyStart::Once(m) | DutyStart::Within(m, ..) = &duty.start {
        named(program, m, days);
    }
}

/// The days that a moment names, those that it reaches from them included.
fn named(program: &Program, moment: &Moment, days: &mut Vec<Day>) {
    match moment {
        Moment::Day(day) => days.push(*day),
        Moment::Shift(base, back, duration, calendar) => {
            let mut from = Vec::new();
            named(program, base, &mut from);
            let calendar = calendar.map(|c| &program.calendars[c.index()]);
            days.extend(from.into_iter().filter_map(|d| duration.from(d, *back, calendar).ok()));
        }
        Moment::Earlier(all) | Moment::Later(all) | Moment::ByReading(_, all) => {
            all.iter().for_each(|m| named(program, m, days));
        }
        _ => {}
    }
}
