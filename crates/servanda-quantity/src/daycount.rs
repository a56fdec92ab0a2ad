//! Day counts: how long it is from one day to another, in years.
//!
//! The names are those of the ACTUS data dictionary; the rules are those of the 2006 ISDA Definitions, section 4.16.

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
use crate::number::{Number, NumberError};

/// How the time between two days is counted in years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayCount {
    /// Days over 365. ISDA *Actual/365 (Fixed)*.
    A365,
    /// Days over 360. ISDA *Actual/360*.
    A360,
    /// Months of 30 days; the 31st counts as the 30th. ISDA *30E/360*, the Eurobond basis.
    ThirtyE360,
    /// As `ThirtyE360`, and the last day of February counts as the 30th too. ISDA *30E/360 (ISDA)*, of a span that does
    /// not end with the contract.
    ThirtyE360Isda,
    /// Days in leap years over 366, and the others over 365. ISDA *Actual/Actual*.
    ActualActual,
}

/// All of them with their names.
const NAMES: [(DayCount, &str); 5] = [
    (DayCount::A365, "A365"),
    (DayCount::A360, "A360"),
    (DayCount::ThirtyE360, "30E360"),
    (DayCount::ThirtyE360Isda, "30E360ISDA"),
    (DayCount::ActualActual, "AA"),
];

impl DayCount {
    /// The names, as agreements write them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().map(|(_, name)| name)
    }

    /// The years from one day to another, exact; below zero where `to` is the earlier.
    ///
    /// # Errors
    /// None for days of the years 1 to 9999; the type of a sum of numbers is kept.
    pub fn years(self, from: Day, to: Day) -> Result<Number, NumberError> {
        let over = |days: i64, year: i64| Number::from(days).div(&Number::from(year));
        let days = i64::from(to.0) - i64::from(from.0);
        match self {
            DayCount::A365 => over(days, 365),
            DayCount::A360 => over(days, 360),
            DayCount::ThirtyE360 => over(thirty(from, to, |day, _| day.min(30)), 360),
            DayCount::ThirtyE360Isda => {
                over(thirty(from, to, |day, last| if day == last { 30 } else { day.min(30) }), 360)
            }
            DayCount::ActualActual => {
                let (since, until) = (from.min(to), from.max(to));
                let leap = leap_days(until) - leap_days(since);
                let plain = days.abs() - leap;
                let years = over(leap, 366)?.add(&over(plain, 365)?)?;
                if days < 0 { Number::zero().sub(&years) } else { Ok(years) }
            }
        }
    }
}

/// Days between two days in years of twelve months of 30; `rule` gives the day of the month that counts, from the
/// day of the month and the last one.
fn thirty(from: Day, to: Day, rule: impl Fn(i64, i64) -> i64) -> i64 {
    let place = |day: Day| {
        let date = day.date();
        let of_month = rule(i64::from(date.day()), i64::from(date.days_in_month()));
        360 * i64::from(date.year()) + 30 * i64::from(date.month()) + of_month
    };
    place(to) - place(from)
}

/// How many days before a day lie in leap years, from a fixed beginning.
fn leap_days(day: Day) -> i64 {
    let date = day.date();
    let before = i64::from(date.year()) - 1;
    let whole = 366 * (before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400));
    if date.in_leap_year() { whole + i64::from(date.day_of_year()) - 1 } else { whole }
}

impl fmt::Display for DayCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAMES.iter().find(|(count, _)| count == self).map_or("", |(_, name)| name))
    }
}

/// A name that is none of a day count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a day count such as A365")]
pub struct UnknownDayCount;

impl FromStr for DayCount {
    type Err = UnknownDayCount;

    fn from_str(text: &str) -> Result<DayCount, UnknownDayCount> {
        NAMES.iter().find(|(_, name)| *name == text).map(|(count, _)| *count).ok_or(UnknownDayCount)
    }
}
