//! Business days by a named calendar: weekend days and holidays.

use std::collections::BTreeSet;

use crate::day::{Day, DayError, Duration, DurationUnit};

pub use jiff::civil::Weekday;

/// The working days of a place, known up to a stated last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The calendar's name in the agreement.
    pub name: String,
    /// Days of the week on which nobody works.
    pub weekend: Vec<Weekday>,
    /// Days on which nobody works.
    pub holidays: BTreeSet<Day>,
    /// The last day for which the holidays are known.
    pub through: Day,
}

/// Why business days could not be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The count runs past the last day that the calendar knows.
    #[error("the calendar `{0}` ends on {1}, before the days are counted out")]
    Ends(String, Day),
    /// The calendar has no working day in a week.
    #[error("the calendar `{0}` has no working day")]
    NoWorkingDay(String),
    /// A day of the sum does not exist.
    #[error(transparent)]
    Day(#[from] DayError),
}

impl Calendar {
    /// Whether people work on `day`.
    pub fn is_business_day(&self, day: Day) -> bool {
        !self.weekend.contains(&day.date().weekday()) && !self.holidays.contains(&day)
    }

    /// The `count`-th business day after `day` (before it, for a negative count).
    ///
    /// # Errors
    /// `Ends` beyond the calendar's last day, `NoWorkingDay` when every day of the week is weekend.
    pub fn plus(&self, day: Day, count: i64) -> Result<Day, CalendarError> {
        if self.weekend.len() >= 7 {
            return Err(CalendarError::NoWorkingDay(self.name.clone()));
        }
        let step = if count < 0 { -1 } else { 1 };
        let mut left = count.abs();
        let mut at = day;
        while left > 0 {
            at = at.plus_days(step)?;
            if at > self.through {
                return Err(CalendarError::Ends(self.name.clone(), self.through));
            }
            if self.is_business_day(at) {
                left -= 1;
            }
        }
        Ok(at)
    }

    /// How many business days it is from one day to another: those after `from` up to and with `to`. Below zero, where
    /// `to` is earlier: those before `from` down to and with `to`. So `count(d, plus(d, n))` is `n`.
    ///
    /// # Errors
    /// `Ends` where a day lies beyond the calendar's last.
    pub fn count(&self, from: Day, to: Day) -> Result<i64, CalendarError> {
        if from.max(to) > self.through {
            return Err(CalendarError::Ends(self.name.clone(), self.through));
        }
        // Half-open, from the first day that counts to the first that does not.
        let (first, end, sign) = if from <= to { (from.next(), to.next(), 1) } else { (to, from, -1) };
        let weeks = (end.0 - first.0) / 7;
        let works = |day: Day| !self.weekend.contains(&day.date().weekday());
        let a_week = (0..7).filter(|d| weeks > 0 && works(Day(first.0 + d))).count() as i64;
        let rest = (first.0 + 7 * weeks..end.0).filter(|d| works(Day(*d))).count() as i64;
        let holidays = self.holidays.range(first..end).filter(|d| works(**d)).count() as i64;
        Ok(sign * (i64::from(weeks) * a_week + rest - holidays))
    }
}

impl Duration {
    /// The day that lies this duration after `day` (before it, when `back`).
    ///
    /// # Errors
    /// An ambiguous month sum, a day out of range, or a calendar that ends too soon. `calendar` must be
    /// given for business days.
    pub fn from(&self, day: Day, back: bool, calendar: Option<&Calendar>) -> Result<Day, CalendarError> {
        let count = if back { -i64::from(self.count) } else { i64::from(self.count) };
        Ok(match self.unit {
            DurationUnit::Days => day.plus_days(count)?,
            DurationUnit::Weeks => day.plus_days(count * 7)?,
            DurationUnit::Months => day.plus_months(count, self.month_end)?,
            DurationUnit::Quarters => day.plus_months(count * 3, self.month_end)?,
            DurationUnit::Years => day.plus_months(count * 12, self.month_end)?,
            DurationUnit::BusinessDays => match calendar {
                Some(calendar) => calendar.plus(day, count)?,
                None => return Err(CalendarError::NoWorkingDay(self.calendar.clone().unwrap_or_default())),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_days_step_over_weekends_and_holidays_and_stop_at_the_end() {
        let calendar = Calendar {
            name: "oslo".into(),
            weekend: vec![Weekday::Saturday, Weekday::Sunday],
            holidays: ["2026-05-01".parse().unwrap()].into(),
            through: "2026-12-31".parse().unwrap(),
        };
        let thursday: Day = "2026-04-30".parse().unwrap();
        assert_eq!(calendar.plus(thursday, 1).unwrap().to_string(), "2026-05-04");
        assert_eq!(calendar.plus("2026-05-04".parse().unwrap(), -1).unwrap(), thursday);
        assert!(matches!(calendar.plus(thursday, 400), Err(CalendarError::Ends(..))));
    }
}
