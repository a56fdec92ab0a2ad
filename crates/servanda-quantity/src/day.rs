//! Civil days and durations.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

/// A civil day, counted from 1970-01-01, which is day 0. Comparing and adding days is plain arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Why a day could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not a day of the form 2026-06-01.
    #[error("not a day of the form 2026-06-01")]
    NotADay,
    /// Beyond the years 1 to 9999.
    #[error("the day lies beyond the years 1 to 9999")]
    OutOfRange,
    /// A month sum that has no such day, with no rounding stated.
    #[error("the month has no such day, and no rounding is stated")]
    Ambiguous,
}

impl Day {
    /// The day of a year, month and day of month.
    ///
    /// # Errors
    /// `NotADay` for a day that the calendar does not have.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Day, DayError> {
        Date::new(year, month, day).map_err(|_| DayError::NotADay).and_then(Day::from_date)
    }

    /// The day of a civil date.
    pub fn from_date(date: Date) -> Result<Day, DayError> {
        if date.year() < 1 {
            return Err(DayError::OutOfRange);
        }
        let span = Date::constant(1970, 1, 1).until(date).map_err(|_| DayError::OutOfRange)?;
        Ok(Day(span.get_days()))
    }

    /// The civil date of the day.
    ///
    /// # Panics
    /// Only for a `Day` that was made from a number beyond the years 1 to 9999.
    pub fn date(self) -> Date {
        Date::constant(1970, 1, 1).checked_add(self.0.days()).expect("a day within the years 1 to 9999")
    }

    /// The next day.
    pub fn next(self) -> Day {
        Day(self.0 + 1)
    }

    /// This day moved by `count` days.
    ///
    /// # Errors
    /// `OutOfRange` beyond the years 1 to 9999.
    pub fn plus_days(self, count: i64) -> Result<Day, DayError> {
        const FIRST: i64 = -719_162; // 0001-01-01
        const LAST: i64 = 2_932_896; // 9999-12-31
        let day = i64::from(self.0).checked_add(count).ok_or(DayError::OutOfRange)?;
        if (FIRST..=LAST).contains(&day) { Ok(Day(day as i32)) } else { Err(DayError::OutOfRange) }
    }

    /// This day moved by `count` months; where the month has no such day, `rule` decides.
    ///
    /// # Errors
    /// `Ambiguous` when the month has no such day and `rule` is `Exact`; `OutOfRange`.
    pub fn plus_months(self, count: i64, rule: MonthEnd) -> Result<Day, DayError> {
        let date = self.date();
        let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + count;
        let year = i16::try_from(months.div_euclid(12)).map_err(|_| DayError::OutOfRange)?;
        let month = months.rem_euclid(12) as i8 + 1;
        let first = Date::new(year, month, 1).map_err(|_| DayError::OutOfRange)?;
        if date.day() <= first.days_in_month() {
            return Day::new(year, month, date.day());
        }
        match rule {
            MonthEnd::Exact => Err(DayError::Ambiguous),
            MonthEnd::Down => Day::new(year, month, first.days_in_month()),
            MonthEnd::Up => Day::new(year, month, first.days_in_month()).map(Day::next),
        }
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Day, DayError> {
        let parts: Vec<&str> = text.split('-').collect();
        let [y, m, d] = parts[..] else { return Err(DayError::NotADay) };
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !(digits(y, 4) && digits(m, 2) && digits(d, 2)) {
            return Err(DayError::NotADay);
        }
        let number = |s: &str| s.parse::<i16>().map_err(|_| DayError::NotADay);
        Day::new(number(y)?, number(m)? as i8, number(d)? as i8)
    }
}

impl fmt::Display for Day {
    /// ISO 8601, such as `2026-06-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// What a month sum does when the month has no such day (31 January plus one month).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MonthEnd {
    /// Nothing is stated: such a sum is an error.
    #[default]
    Exact,
    /// The last day of the month.
    Down,
    /// The first day of the next month.
    Up,
}

/// A unit of time of a [`Duration`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// Civil days.
    Days,
    /// Seven civil days.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar quarters, three months each.
    Quarters,
    /// Calendar years.
    Years,
    /// Days that are working days of a named calendar.
    BusinessDays,
}

/// A length of time as an agreement writes it: one number of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
    /// What a month sum does at a month's end.
    pub month_end: MonthEnd,
    /// The calendar of business days.
    pub calendar: Option<String>,
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            DurationUnit::Days => "day",
            DurationUnit::Weeks => "week",
            DurationUnit::Months => "month",
            DurationUnit::Quarters => "quarter",
            DurationUnit::Years => "year",
            DurationUnit::BusinessDays => "business-day",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })?;
        match self.month_end {
            MonthEnd::Exact => {}
            MonthEnd::Down => f.write_str(" rounded down")?,
            MonthEnd::Up => f.write_str(" rounded up")?,
        }
        if let Some(calendar) = &self.calendar {
            write!(f, " in {calendar}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_read_print_and_count() {
        assert_eq!(day("1970-01-01"), Day(0));
        assert_eq!(day("2026-06-01").to_string(), "2026-06-01");
        assert_eq!(day("0001-01-01"), Day(-719_162));
        assert_eq!(day("9999-12-31"), Day(2_932_896));
        for bad in ["2026-13-01", "2026-02-29", "2026-6-1", "x", "2026-06-01T00:00"] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_month_after_31_january_needs_a_rule() {
        let d = day("2027-01-31");
        assert_eq!(d.plus_months(1, MonthEnd::Exact), Err(DayError::Ambiguous));
        assert_eq!(d.plus_months(1, MonthEnd::Down).unwrap(), day("2027-02-28"));
        assert_eq!(d.plus_months(1, MonthEnd::Up).unwrap(), day("2027-03-01"));
        assert_eq!(d.plus_months(-2, MonthEnd::Down).unwrap(), day("2026-11-30"));
        assert_eq!(day("2028-02-29").plus_months(12, MonthEnd::Down).unwrap(), day("2029-02-28"));
    }
}
