//! Schedules: days that come again, and the periods between them.
//!
//! The words are those of ACTUS (*Algorithmic Contract Types Unified Standards*): cycle, anchor, stub, end-of-month
//! convention, business-day convention.

use std::fmt;
use std::str::FromStr;

use crate::calendar::{Calendar, CalendarError};
use crate::day::{Day, DayError, Duration, DurationUnit, MonthEnd};

/// Days that come again: the anchor and every so long after it, counted from the anchor and never from the last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its name in the agreement.
    pub name: String,
    /// How long it is from day to day. At least one day, and no business days.
    pub every: Duration,
    /// The first day.
    pub anchor: Day,
    /// The last day, where there is one, and what becomes of a period that it cuts short.
    pub to: Option<(Day, Stub)>,
    /// Which day of a month is meant that has no such day.
    pub month_end: MonthEndRule,
    /// How a day on which nobody works is moved, and by which calendar.
    pub business: Option<(Convention, Calendar)>,
}

/// What becomes of the last period where the last day is none of the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stub {
    /// It is cut short.
    Short,
    /// It is joined to the one before, where there is one.
    Long,
}

/// Which day of its month a day of a schedule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MonthEndRule {
    /// The anchor's day of the month, or the last of a shorter month. ACTUS *SD*.
    SameDay,
    /// The last of the month, where the anchor is the last of its month. ACTUS *EOM*.
    EndOfMonth,
}

/// Where a day moves on which nobody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shift {
    /// To the next business day.
    Following,
    /// To the next business day, or, where that lies in another month, to the one before.
    ModifiedFollowing,
    /// To the business day before.
    Preceding,
    /// To the business day before, or, where that lies in another month, to the next.
    ModifiedPreceding,
}

/// A business-day convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Convention {
    /// Where the days move.
    pub shift: Shift,
    /// Whether periods run between the moved days (*shift-calculate*) or the days as counted (*calculate-shift*).
    pub periods_move: bool,
}

const SHIFTS: [(Shift, &str); 4] = [
    (Shift::Following, "following"),
    (Shift::ModifiedFollowing, "modified-following"),
    (Shift::Preceding, "preceding"),
    (Shift::ModifiedPreceding, "modified-preceding"),
];

impl Convention {
    /// The names, as agreements write them.
    pub fn names() -> impl Iterator<Item = String> {
        let all = |periods_move| SHIFTS.into_iter().map(move |(shift, _)| Convention { shift, periods_move });
        all(false).chain(all(true)).map(|c| c.to_string())
    }

    /// The day itself where people work on it, or the day to which it moves.
    ///
    /// # Errors
    /// A calendar that ends too soon or has no working day.
    pub fn apply(self, day: Day, calendar: &Calendar) -> Result<Day, CalendarError> {
        if day > calendar.through {
            return Err(CalendarError::Ends(calendar.name.clone(), calendar.through));
        }
        if calendar.is_business_day(day) {
            return Ok(day);
        }
        let month = |day: Day| (day.date().year(), day.date().month());
        match self.shift {
            Shift::Following => calendar.plus(day, 1),
            Shift::Preceding => calendar.plus(day, -1),
            Shift::ModifiedFollowing => match calendar.plus(day, 1) {
                Ok(next) if month(next) == month(day) => Ok(next),
                // A calendar that ends within the month cannot tell whether a business day is left in it.
                Err(CalendarError::Ends(..))
                    if month(calendar.through) == month(day) && !last(calendar.through) =>
                {
                    calendar.plus(day, 1)
                }
                _ => calendar.plus(day, -1),
            },
            Shift::ModifiedPreceding => match calendar.plus(day, -1)? {
                before if month(before) == month(day) => Ok(before),
                _ => calendar.plus(day, 1),
            },
        }
    }
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = if self.periods_move { "shift-calculate" } else { "calculate-shift" };
        let shift = SHIFTS.iter().find(|(shift, _)| *shift == self.shift).map_or("", |(_, name)| name);
        write!(f, "{order}-{shift}")
    }
}

/// A name that is none of a convention.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a business-day convention such as shift-calculate-following")]
pub struct UnknownConvention;

impl FromStr for Convention {
    type Err = UnknownConvention;

    fn from_str(text: &str) -> Result<Convention, UnknownConvention> {
        let (periods_move, rest) = match text.strip_prefix("shift-calculate-") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("calculate-shift-").ok_or(UnknownConvention)?),
        };
        let shift = SHIFTS.iter().find(|(_, name)| *name == rest).ok_or(UnknownConvention)?.0;
        Ok(Convention { shift, periods_move })
    }
}

/// Whether a day is the last of its month.
fn last(day: Day) -> bool {
    day.date().day() == day.date().days_in_month()
}

/// A day of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Nth {
    /// As counted from the anchor.
    counted: Day,
    /// Whether it is the last.
    last: bool,
}

impl Schedule {
    /// The months from day to day, where it is counted in months.
    fn months(&self) -> Option<i64> {
        let count = i64::from(self.every.count);
        match self.every.unit {
            DurationUnit::Months => Some(count),
            DurationUnit::Quarters => Some(3 * count),
            DurationUnit::Years => Some(12 * count),
            DurationUnit::Days | DurationUnit::Weeks | DurationUnit::BusinessDays => None,
        }
    }

    /// The days from day to day, where it is counted in days. At least one.
    fn days(&self) -> i64 {
        let count = i64::from(self.every.count).max(1);
        if self.every.unit == DurationUnit::Weeks { 7 * count } else { count }
    }

    /// Day `k` of the cycle, without a last day and without a shift.
    fn cycle(&self, k: i64) -> Result<Day, DayError> {
        let Some(months) = self.months() else {
            return self.anchor.plus_days(k.checked_mul(self.days()).ok_or(DayError::OutOfRange)?);
        };
        let day =
            self.anchor.plus_months(months.checked_mul(k).ok_or(DayError::OutOfRange)?, MonthEnd::Down)?;
        if self.month_end == MonthEndRule::EndOfMonth && last(self.anchor) {
            let date = day.date();
            return Day::new(date.year(), date.month(), date.days_in_month());
        }
        Ok(day)
    }

    /// The last `k` whose day of the cycle is on or before a day; below zero where the anchor is later.
    fn last_on_or_before(&self, day: Day) -> i64 {
        let Some(months) = self.months() else {
            return (i64::from(day.0) - i64::from(self.anchor.0)).div_euclid(self.days());
        };
        let of = |day: Day| i64::from(day.date().year()) * 12 + i64::from(day.date().month());
        let k = (of(day) - of(self.anchor)).div_euclid(months.max(1));
        // The day of the cycle lies in the month that was counted, and may come later in it.
        if self.cycle(k).is_ok_and(|d| d <= day) { k } else { k - 1 }
    }

    /// The index of the last day, where there is one.
    fn last_index(&self) -> Option<i64> {
        let (to, stub) = self.to?;
        let k = self.last_on_or_before(to);
        let on_cycle = self.cycle(k) == Ok(to);
        Some(if on_cycle || (stub == Stub::Long && k >= 1) { k } else { k + 1 })
    }

    /// Day `k` of the schedule; `None` before the first and after the last.
    fn nth(&self, k: i64) -> Result<Option<Nth>, DayError> {
        if k < 0 {
            return Ok(None);
        }
        match (self.last_index(), self.to) {
            (Some(last), _) if k > last => Ok(None),
            (Some(last), Some((to, _))) if k == last => Ok(Some(Nth { counted: to, last: true })),
            _ => match self.cycle(k) {
                Ok(counted) => Ok(Some(Nth { counted, last: false })),
                // There is no further day in the calendar.
                Err(DayError::OutOfRange) => Ok(None),
                Err(e) => Err(e),
            },
        }
    }

    fn moved(&self, day: Day) -> Result<Day, CalendarError> {
        match &self.business {
            Some((convention, calendar)) => convention.apply(day, calendar),
            None => Ok(day),
        }
    }

    fn bound(&self, day: Day) -> Result<Day, CalendarError> {
        match &self.business {
            Some((convention, _)) if !convention.periods_move => Ok(day),
            _ => self.moved(day),
        }
    }

    /// Its day `k`, counted from 0, moved to a business day; `None` after the last.
    ///
    /// # Errors
    /// A calendar that ends too soon.
    pub fn day(&self, k: i64) -> Result<Option<Day>, CalendarError> {
        self.nth(k)?.map(|d| self.moved(d.counted)).transpose()
    }

    /// The first day that comes after a day, or on it where `on` says so: both as counted and as moved. `None` where
    /// there is none.
    ///
    /// # Errors
    /// A calendar that ends too soon.
    pub fn next(&self, day: Day, on: bool) -> Result<Option<Day>, CalendarError> {
        let comes = |found: Day| found > day || (on && found == day);
        let mut k = self.last_on_or_before(day).max(0);
        if let Some(last) = self.last_index() {
            k = k.min(last.max(0));
        }
        while let Some(d) = self.nth(k)? {
            if comes(d.counted) {
                let moved = self.moved(d.counted)?;
                if comes(moved) {
                    return Ok(Some(moved));
                }
            }
            k += 1;
        }
        Ok(None)
    }

    /// The first day of period `k` and the first day after it; `None` after the last.
    fn period(&self, k: i64) -> Result<Option<(Day, Day)>, CalendarError> {
        let (Some(first), Some(next)) = (self.nth(k)?, self.nth(k + 1)?) else { return Ok(None) };
        if first.last {
            return Ok(None);
        }
        Ok(Some((self.bound(first.counted)?, self.bound(next.counted)?)))
    }

    /// The period that holds a day, or the first one after it: its first day and the first day after it. `None` after
    /// the last.
    ///
    /// # Errors
    /// A calendar that ends too soon.
    pub fn period_from(&self, day: Day) -> Result<Option<(Day, Day)>, CalendarError> {
        let mut k = self.last_on_or_before(day).max(0);
        if let Some(last) = self.last_index() {
            k = k.min(last.max(0));
        }
        // A bound may have moved past the day.
        while k > 0
            && match self.nth(k)? {
                Some(first) => first.last || self.bound(first.counted)? > day,
                None => true,
            }
        {
            k -= 1;
        }
        while let Some((first, next)) = self.period(k)? {
            if next > day && next > first {
                return Ok(Some((first, next)));
            }
            k += 1;
        }
        Ok(None)
    }

    /// The period that holds a day: its first day and the first day after it. `None` before the first and after the
    /// last.
    ///
    /// # Errors
    /// A calendar that ends too soon.
    pub fn period_of(&self, day: Day) -> Result<Option<(Day, Day)>, CalendarError> {
        Ok(self.period_from(day)?.filter(|(first, _)| *first <= day))
    }

    /// A month that lacks the anchor's day, though the schedule comes to it.
    pub fn lacks(&self) -> Option<Day> {
        let months = self.months()?;
        // The Gregorian calendar repeats after 400 years.
        for k in 1..=4_800 / months.max(1) {
            let day = self.cycle(k).ok()?;
            if self.to.is_some_and(|(to, _)| day > to) {
                return None;
            }
            if self.anchor.plus_months(months * k, MonthEnd::Exact) == Err(DayError::Ambiguous) {
                return Some(day);
            }
        }
        None
    }

    /// Whether its last day is a day of its cycle.
    pub fn ends_on_cycle(&self) -> bool {
        self.to.is_none_or(|(to, _)| self.cycle(self.last_on_or_before(to)) == Ok(to))
    }
}
