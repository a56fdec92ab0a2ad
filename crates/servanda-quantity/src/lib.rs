//! Exact numbers with units, money, days and durations: the values that agreements speak of.
//!
//! Numbers are exact rationals; nothing rounds unless a text says `rounded to`. Days are civil days
//! of the agreement's zone; there is no clock here.

mod calendar;
mod day;
mod daycount;
mod figure;
mod number;
mod schedule;

pub use calendar::{Calendar, CalendarError, Weekday};
pub use day::{Day, DayError, Duration, DurationUnit, MonthEnd};
pub use daycount::{DayCount, UnknownDayCount};
pub use figure::{ArithmeticError, Figure, Qualifier, Unit};
pub use number::{Number, NumberError, Rounding};
pub use schedule::{Convention, MonthEndRule, Schedule, Shift, Stub, UnknownConvention};
