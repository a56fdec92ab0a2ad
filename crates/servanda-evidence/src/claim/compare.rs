//! A stated quantity beside a mention: [`Stated`] + [`Mention`] → equal, another of its kind, or unlike.
//!
//! `docs/evidence.md`, "When a mention equals what is stated", is the table that this follows.

use servanda_mention::{Date, Kind, Mention, Qualifier as Said, Value};
use servanda_quantity::{Day, Duration, DurationUnit, Figure, Number, Qualifier, Unit};

use crate::claim::{Quantity, Stated};

/// What a reader should know of a figure that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remark {
    /// The passage qualifies it in another way.
    Qualifier,
    /// The agreement leaves the unit out.
    NoUnit,
    /// The passage leaves the year out.
    NoYear,
    /// The agreement counts business days, the passage days.
    BusinessDays,
    /// The passage names the last day of a term, the agreement the day after.
    LastDay,
    /// It stands where the version that brought the clause is cited.
    Version,
    /// Figures of its kind stand in the passages, and none can be said to stand in its place.
    Others,
}

impl Remark {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Remark::Qualifier => "qualifier",
            Remark::NoUnit => "unit-left-out",
            Remark::NoYear => "year-left-out",
            Remark::BusinessDays => "business-days",
            Remark::LastDay => "last-day",
            Remark::Version => "by-version",
            Remark::Others => "others",
        }
    }
}

/// How a mention stands to a stated quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// It says the same.
    Equal(Option<Remark>),
    /// It is of the same kind and unit, and says something else.
    Other,
    /// It is about something else.
    Unlike,
}

/// Compares the two. Qualifiers do not matter.
pub fn compare(stated: &Stated, mention: &Mention) -> Likeness {
    match (&stated.quantity, &mention.value) {
        (Quantity::Figure(figure), Value::Number(number)) => of_figure(figure, number, mention),
        (Quantity::Duration(duration), Value::Number(number)) if mention.kind == Kind::Duration => {
            of_duration(duration, number, mention)
        }
        (Quantity::Year(year), Value::Number(number)) if mention.kind == Kind::Year => {
            equal(*number == Number::from(*year))
        }
        (Quantity::Year(year), Value::Date(Date { year: Some(there), month: None, .. })) => {
            equal(there == year)
        }
        (Quantity::Month(year, month), Value::Date(date)) if date.day.is_none() => match date.year {
            Some(there) => equal(there == *year && date.month == Some(*month)),
            None => Likeness::Unlike,
        },
        (Quantity::Day(day), _) => of_day(*day, stated.field == "until", mention),
        _ => Likeness::Unlike,
    }
}

fn equal(is: bool) -> Likeness {
    if is { Likeness::Equal(None) } else { Likeness::Other }
}

fn of_figure(figure: &Figure, number: &Number, mention: &Mention) -> Likeness {
    let same = figure.number == *number;
    let unit = mention.unit.as_deref();
    match (&figure.unit, mention.kind) {
        (Unit::Money(code) | Unit::MoneyPer(code, _), Kind::Money) if unit == Some(code) => equal(same),
        (Unit::Percent, Kind::Percent) => equal(same),
        (Unit::One, Kind::Number | Kind::Ordinal) if unit.is_none() => equal(same),
        // Where the agreement has no unit, a length of time is no other figure of its kind.
        (Unit::One, Kind::Duration | Kind::Number) if same => Likeness::Equal(Some(Remark::NoUnit)),
        (Unit::Named(_), Kind::Number) => equal(same),
        (Unit::Named(name), Kind::Duration) => match time_unit(name) {
            Some(name) if unit == Some(name) => equal(same),
            _ => Likeness::Unlike,
        },
        _ => Likeness::Unlike,
    }
}

/// The unit of time of a name, in the singular.
fn time_unit(name: &str) -> Option<&'static str> {
    let singular = name.strip_suffix('s').unwrap_or(name);
    ["year", "month", "week", "day", "hour", "minute", "second"].into_iter().find(|u| *u == singular)
}

fn of_duration(duration: &Duration, number: &Number, mention: &Mention) -> Likeness {
    use DurationUnit::{BusinessDays, Days, Months, Quarters, Weeks, Years};
    let count = i64::from(duration.count);
    // Days and months do not convert: a month has no length.
    let (days, times) = match duration.unit {
        Days | BusinessDays => (true, 1),
        Weeks => (true, 7),
        Months => (false, 1),
        Quarters => (false, 3),
        Years => (false, 12),
    };
    let there = match mention.unit.as_deref() {
        Some("day") => Some((true, 1)),
        Some("week") => Some((true, 7)),
        Some("month") => Some((false, 1)),
        Some("year") => Some((false, 12)),
        _ => None,
    };
    let Some((there_days, there_times)) = there else { return Likeness::Unlike };
    let Ok(length) = number.mul(&Number::from(there_times)) else { return Likeness::Unlike };
    if days == there_days && length == Number::from(count * times) {
        return Likeness::Equal((duration.unit == BusinessDays).then_some(Remark::BusinessDays));
    }
    Likeness::Other
}

fn of_day(day: Day, until: bool, mention: &Mention) -> Likeness {
    let civil = |day: Day| {
        let date = day.date();
        (i32::from(date.year()), date.month() as u8, date.day() as u8)
    };
    let (year, month, dom) = civil(day);
    let before = day.plus_days(-1).map_or((year, month, dom), civil);
    let after = day.plus_days(1).map_or((year, month, dom), civil);
    match &mention.value {
        Value::Number(number) if mention.kind == Kind::Year => {
            // The first day of the year, its last, or the first after it.
            let edge = (dom, month) == (1, 1) || after.0 != year;
            let in_it = *number == Number::from(year);
            let after_it = (dom, month) == (1, 1) && *number == Number::from(year - 1);
            if edge && (in_it || after_it) { Likeness::Equal(None) } else { Likeness::Unlike }
        }
        Value::Number(_) => Likeness::Unlike,
        Value::Date(date) => match (date.year, date.month, date.day) {
            (Some(y), Some(m), Some(d)) if (y, m, d) == (year, month, dom) => Likeness::Equal(None),
            (Some(y), Some(m), Some(d)) if until && (y, m, d) == before => {
                Likeness::Equal(Some(Remark::LastDay))
            }
            (Some(_), Some(_), Some(_)) => Likeness::Other,
            (None, Some(m), Some(d)) => {
                let last = until && (m, d) == (before.1, before.2);
                if (m, d) == (month, dom) || last {
                    Likeness::Equal(Some(Remark::NoYear))
                } else {
                    Likeness::Other
                }
            }
            (Some(y), Some(m), None) => {
                let in_it = (y, m) == (year, month) && (dom == 1 || after.1 != month);
                let after_it = dom == 1 && (y, m) == (before.0, before.1);
                if in_it || after_it { Likeness::Equal(None) } else { Likeness::Unlike }
            }
            _ => Likeness::Unlike,
        },
    }
}

/// Whether a mention has the qualifier that is stated. What a language adds to a sum (“another”) qualifies nothing.
pub fn same_qualifier(stated: &Stated, mention: &Mention) -> bool {
    let Quantity::Figure(figure) = &stated.quantity else { return true };
    let said = match mention.qualifier {
        None | Some(Said::Additional) => Qualifier::Exact,
        Some(Said::About) => Qualifier::About,
        Some(Said::AtLeast | Said::MoreThan) => Qualifier::AtLeast,
        Some(Said::AtMost) => Qualifier::AtMost,
    };
    said == figure.qualifier
}

/// Whether a mention may stand where the stated figure stood, if a digest says so: another of its kind, or a length
/// of time where the agreement leaves the unit out.
pub(crate) fn may_replace(stated: &Stated, mention: &Mention) -> bool {
    let bare = matches!(&stated.quantity, Quantity::Figure(figure) if figure.unit == Unit::One);
    match compare(stated, mention) {
        Likeness::Equal(_) => false,
        Likeness::Other => true,
        Likeness::Unlike => bare && matches!(mention.kind, Kind::Duration | Kind::Number),
    }
}

/// Whether two mentions are of one kind and unit, so that their values can be compared.
pub fn alike(a: &Mention, b: &Mention) -> bool {
    a.kind == b.kind && a.unit == b.unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(quantity: Quantity, field: &str) -> Stated {
        Stated { quantity, field: field.into(), alternative: None }
    }

    fn said(kind: Kind, value: &str, unit: Option<&str>) -> Mention {
        Mention {
            place: 0..1,
            kind,
            value: Value::Number(value.parse().unwrap()),
            unit: unit.map(str::to_string),
            calendar: None,
            qualifier: None,
        }
    }

    fn date(year: Option<i32>, month: Option<u8>, day: Option<u8>) -> Mention {
        Mention { value: Value::Date(Date { year, month, day }), ..said(Kind::Date, "0", None) }
    }

    fn figure(number: &str, unit: Unit) -> Stated {
        stated(Quantity::Figure(Figure::exact(number.parse().unwrap(), unit)), "value v")
    }

    const SAME: Likeness = Likeness::Equal(None);

    #[test]
    fn figures_are_equal_in_their_unit_alone() {
        let euros = figure("5000", Unit::Money("EUR".into()));
        assert_eq!(compare(&euros, &said(Kind::Money, "5000", Some("EUR"))), SAME);
        assert_eq!(compare(&euros, &said(Kind::Money, "5000", Some("USD"))), Likeness::Unlike);
        assert_eq!(compare(&euros, &said(Kind::Money, "5001", Some("EUR"))), Likeness::Other);
        assert_eq!(compare(&euros, &said(Kind::Money, "5000", None)), Likeness::Unlike);
        assert_eq!(compare(&euros, &said(Kind::Number, "5000", None)), Likeness::Unlike);
        let per = figure("12.5", Unit::MoneyPer("EUR".into(), "tonne".into()));
        assert_eq!(compare(&per, &said(Kind::Money, "12.50", Some("EUR"))), SAME);
        let share = figure("27", Unit::Percent);
        assert_eq!(compare(&share, &said(Kind::Percent, "27", Some("percent"))), SAME);
        assert_eq!(compare(&share, &said(Kind::Number, "27", None)), Likeness::Unlike);
        let count = figure("3", Unit::One);
        assert_eq!(compare(&count, &said(Kind::Number, "3", None)), SAME);
        assert_eq!(
            compare(&count, &said(Kind::Duration, "3", Some("year"))),
            Likeness::Equal(Some(Remark::NoUnit))
        );
        assert_eq!(compare(&count, &said(Kind::Duration, "4", Some("year"))), Likeness::Unlike);
        let named = figure("30", Unit::Named("days".into()));
        assert_eq!(compare(&named, &said(Kind::Duration, "30", Some("day"))), SAME);
        assert_eq!(compare(&figure("9", Unit::Named("tonne".into())), &said(Kind::Number, "9", None)), SAME);
    }

    #[test]
    fn a_year_a_month_and_a_day_are_found_at_their_edges() {
        let year = stated(Quantity::Year(2032), "until");
        assert_eq!(compare(&year, &said(Kind::Year, "2032", None)), SAME);
        assert_eq!(compare(&year, &said(Kind::Year, "2030", None)), Likeness::Other);
        assert_eq!(compare(&year, &date(Some(2032), None, None)), SAME);
        assert_eq!(compare(&year, &date(Some(2032), Some(5), None)), Likeness::Unlike);
        let month = stated(Quantity::Month(2032, 5), "until");
        assert_eq!(compare(&month, &date(Some(2032), Some(5), None)), SAME);
        let day = |text: &str| stated(Quantity::Day(text.parse().unwrap()), "until");
        for edge in ["2025-01-01", "2025-12-31", "2026-01-01"] {
            assert_eq!(compare(&day(edge), &said(Kind::Year, "2025", None)), SAME, "{edge}");
        }
        assert_eq!(compare(&day("2025-06-30"), &said(Kind::Year, "2025", None)), Likeness::Unlike);
        for edge in ["2025-06-01", "2025-06-30", "2025-07-01"] {
            assert_eq!(compare(&day(edge), &date(Some(2025), Some(6), None)), SAME, "{edge}");
        }
        assert_eq!(compare(&day("2025-06-30"), &date(Some(2025), Some(6), Some(30))), SAME);
        assert_eq!(
            compare(&day("2025-06-30"), &date(Some(2025), Some(6), Some(29))),
            Likeness::Equal(Some(Remark::LastDay))
        );
        assert_eq!(
            compare(&day("2025-06-30"), &date(None, Some(6), Some(30))),
            Likeness::Equal(Some(Remark::NoYear))
        );
        assert_eq!(compare(&day("2025-06-30"), &date(Some(2025), Some(6), Some(15))), Likeness::Other);
    }

    #[test]
    fn lengths_of_time_convert_where_their_units_do() {
        let length = |count, unit| {
            let duration =
                Duration { count, unit, month_end: servanda_quantity::MonthEnd::Exact, calendar: None };
            stated(Quantity::Duration(duration), "within")
        };
        assert_eq!(
            compare(&length(1, DurationUnit::Years), &said(Kind::Duration, "12", Some("month"))),
            SAME
        );
        assert_eq!(compare(&length(2, DurationUnit::Weeks), &said(Kind::Duration, "14", Some("day"))), SAME);
        assert_eq!(
            compare(&length(1, DurationUnit::Months), &said(Kind::Duration, "30", Some("day"))),
            Likeness::Other
        );
        assert_eq!(
            compare(&length(5, DurationUnit::BusinessDays), &said(Kind::Duration, "5", Some("day"))),
            Likeness::Equal(Some(Remark::BusinessDays))
        );
        assert_eq!(
            compare(&length(1, DurationUnit::Days), &said(Kind::Duration, "24", Some("hour"))),
            Likeness::Unlike
        );
    }
}
