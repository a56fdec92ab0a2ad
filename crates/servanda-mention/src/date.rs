//! Days, months of a year, and years, in the calendars that the language names.

use crate::lexicon::{Era, Sense};
use crate::locale::Order;
use crate::mention::{Calendar, Date};
use crate::number::Form;
use crate::reader::Reader;
use crate::token::Shape;
use servanda_quantity::Number;

/// A date or a year in the text.
#[derive(Clone, Debug)]
pub(crate) struct Dated {
    /// The first token of it.
    pub start: usize,
    /// The token after it.
    pub end: usize,
    /// What it says.
    pub when: When,
    /// The calendar of the text, where it is not the Gregorian one.
    pub calendar: Option<Calendar>,
}

/// A date or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// In the Gregorian calendar.
    Date(Date),
    /// A Gregorian year.
    Year(i32),
}

/// A date in the making, in the calendar of its month.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    year: Option<Year>,
    month: Option<(Option<Calendar>, u8)>,
    day: Option<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Year {
    value: i32,
    era: Option<Era>,
}

/// Years that a bare run of four digits may mean.
const BARE_YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

impl Reader<'_> {
    /// The date or year that starts at token `i`.
    pub fn date(&self, i: usize) -> Option<Dated> {
        if !self.may_be_date(i) {
            return None;
        }
        let at = self.weekday(i).unwrap_or(i);
        self.in_words(i, at)
            .or_else(|| self.in_digits(i, at))
            .or_else(|| self.day_and_month(i, at))
            .or_else(|| self.year_alone(i))
    }

    /// A quick look that most numbers do not pass: four digits, a sign of dates in digits, a month nearby, or a word
    /// that claims a year or a day.
    fn may_be_date(&self, i: usize) -> bool {
        let month =
            || (i..(i + 7).min(self.tokens.len())).any(|at| self.lexicon().roles(self.word(at)).dates());
        match self.tokens.get(i).map(|t| t.shape) {
            Some(Shape::Digits) => {
                // "2026-27": the end of a span of years.
                let second = i >= 2 && self.glued(i) && self.mark(i - 1).is_some() && self.is_digits(i - 2);
                matches!(self.mark(i + 1), Some('/' | '-' | '.' | '\u{2013}'))
                    || self.digits(i).len() == 4
                    || second
                    || month()
            }
            Some(Shape::Word(word)) => self.lexicon().roles(word).claims() || month(),
            _ => false,
        }
    }

    fn weekday(&self, i: usize) -> Option<usize> {
        let end = self.is(i, |s| matches!(s, Sense::Weekday))?;
        let end = if matches!(self.mark(end), Some('.')) && self.glued(end) { end + 1 } else { end };
        let end = if matches!(self.mark(end), Some(',' | '،')) { end + 1 } else { end };
        self.same_line(end).then_some(end)
    }

    /// A date with a month's name.
    fn in_words(&self, start: usize, i: usize) -> Option<Dated> {
        let mut best: Option<(Parts, usize)> = None;
        let mut offer = |found: Option<(Parts, usize)>| {
            if let Some((parts, end)) = found
                && best.is_none_or(|(_, old)| end > old)
            {
                best = Some((parts, end));
            }
        };
        offer(self.day_first(i));
        offer(self.month_first(i));
        offer(self.year_first(i));
        offer(self.year_day_month(i));
        let (parts, end) = best?;
        let (end, parts) = self.with_era(end, parts);
        self.finish(start, end, parts)
    }

    /// "28 October 2025", "the 4th of May".
    fn day_first(&self, i: usize) -> Option<(Parts, usize)> {
        let at = self.is(i, |s| matches!(s, Sense::DayWord)).unwrap_or(i);
        let (day, at) = self.day(at)?;
        let at = self.links(at, 2);
        let (month, at) = self.month(at)?;
        let parts = Parts { year: None, month: Some(month), day: Some(day) };
        Some(self.with_year(parts, at))
    }

    /// "October 28, 2025", "October 2025".
    fn month_first(&self, i: usize) -> Option<(Parts, usize)> {
        let (month, at) = self.month(i)?;
        let parts = Parts { year: None, month: Some(month), day: None };
        let linked = self.links(at, 1);
        let day_at = self.is(linked, |s| matches!(s, Sense::DayWord)).unwrap_or(linked);
        // "जून की दो बैठकें" (two meetings in June): after a word between them only what is called a day is one.
        let worded = linked > at && self.is_word(at);
        if let Some((day, after)) =
            self.day(day_at).filter(|&(_, after)| self.same_line(day_at) && !self.counts_on(after))
        {
            let named = self.is(after, |s| matches!(s, Sense::DayNoun)).filter(|_| self.same_line(after));
            if !worded || named.is_some() {
                let parts = Parts { day: Some(day), ..parts };
                return Some(self.with_year(parts, named.unwrap_or(after)));
            }
        }
        let (parts, after) = self.with_year(parts, at);
        parts.year.map(|_| (parts, after))
    }

    /// Whether a scale or a percent sign follows at `i`: "in May 20 million people".
    fn counts_on(&self, i: usize) -> bool {
        self.same_line(i)
            && self
                .is(i, |s| matches!(s, Sense::Scale { .. } | Sense::Group(_) | Sense::Percent(_)))
                .is_some()
    }

    /// "2019-Sep-1".
    fn year_first(&self, i: usize) -> Option<(Parts, usize)> {
        let (year, at) = self.digit_year(i, 4)?;
        let linked = self.links(at, 1);
        let (month, at) = self.month(linked)?;
        let linked = self.links(at, 1);
        let parts = Parts { year: Some(Year { value: year, era: None }), month: Some(month), day: None };
        self.day(linked)
            .filter(|_| self.same_line(linked))
            .map(|(day, at)| (Parts { day: Some(day), ..parts }, at))
    }

    /// "2020/23/Sep".
    fn year_day_month(&self, i: usize) -> Option<(Parts, usize)> {
        let (year, at) = self.digit_year(i, 4)?;
        let (day, at) = self.day(self.links(at, 1)).filter(|_| self.glued(at))?;
        let (month, at) = self.month(self.links(at, 1)).filter(|_| self.glued(at))?;
        Some((Parts { year: Some(Year { value: year, era: None }), month: Some(month), day: Some(day) }, at))
    }

    fn with_year(&self, parts: Parts, at: usize) -> (Parts, usize) {
        let linked = self.links(at, 2);
        if !self.same_line(linked) {
            return (parts, at);
        }
        let year_at = self.is(linked, |s| matches!(s, Sense::YearWord)).unwrap_or(linked);
        match self.any_year(year_at, parts.day.is_some()) {
            Some((year, end)) => (Parts { year: Some(Year { value: year, era: None }), ..parts }, end),
            None => (parts, at),
        }
    }

    /// Skips up to `most` links between parts of a date.
    fn links(&self, i: usize, most: usize) -> usize {
        let mut at = i;
        for _ in 0..most {
            match self.is(at, |s| matches!(s, Sense::DateLink)) {
                Some(end) if self.same_line(at) && self.same_line(end) => at = end,
                _ => break,
            }
        }
        at
    }

    pub(crate) fn month(&self, i: usize) -> Option<((Option<Calendar>, u8), usize)> {
        if i >= self.tokens.len() {
            return None;
        }
        let (month, end) = self.phrase(i, |s| {
            if let Sense::Month(calendar, month) = s { Some((*calendar, *month)) } else { None }
        })?;
        let end = if self.mark(end) == Some('.') && self.glued(end) { end + 1 } else { end };
        Some((month, end))
    }

    /// A day of the month: "4", "4th", "fourth", "twenty four".
    fn day(&self, i: usize) -> Option<(u8, usize)> {
        if self.is_digits(i) {
            let digits = self.digits(i);
            if digits.len() > 2 {
                return None;
            }
            let day = digits.parse().ok().filter(|d| (1..=31).contains(d))?;
            let end = self.is(i + 1, |s| matches!(s, Sense::OrdinalEnding)).filter(|_| self.same_line(i + 1));
            return Some((day, end.unwrap_or(i + 1)));
        }
        let amount = self
            .number(i)
            .filter(|a| matches!(a.form, Form::Words | Form::One | Form::Ordinal) && !a.scaled)?;
        small(&amount.value, 1, 31).map(|day| (day as u8, amount.end))
    }

    /// A year in digits or words, after a month; two digits only after a day.
    fn any_year(&self, i: usize, after_day: bool) -> Option<(i32, usize)> {
        if let Some(found) = self.digit_year(i, 4) {
            return Some(found);
        }
        let apostrophe = matches!(self.mark(i), Some('\'' | '\u{2019}'));
        let at = if apostrophe { i + 1 } else { i };
        if (after_day || apostrophe) && self.is_digits(at) {
            let digits = self.digits(at);
            let date = self.mark(at + 1) == Some('/') && self.glued(at + 1) && self.is_digits(at + 2);
            if digits.len() == 2 && !date && !self.counts_more(at + 1) {
                return digits.parse().ok().map(|year: i32| (full_year(year), at + 1));
            }
        }
        self.spoken_year(i)
    }

    /// A year of four digits that no more digits, signs or units go on from.
    fn digit_year(&self, i: usize, length: usize) -> Option<(i32, usize)> {
        if !self.is_digits(i) {
            return None;
        }
        let digits = self.digits(i);
        let year = (digits.len() == length).then(|| digits.parse::<i32>().ok())??;
        ((1000..3000).contains(&year) && !self.counts_more(i + 1)).then_some((year, i + 1))
    }

    /// Whether digits go on at `i`: ",500" or ".5" or "%".
    fn counts_more(&self, i: usize) -> bool {
        self.glued(i)
            && (self.is(i, |s| matches!(s, Sense::OrdinalEnding)).is_some()
                || matches!(self.mark(i), Some('%' | '٪'))
                || (matches!(self.mark(i), Some(',' | '.' | ':'))
                    && self.glued(i + 1)
                    && self.is_digits(i + 1)))
    }

    /// "nineteen seventy eight", "two thousand and eighteen".
    fn spoken_year(&self, i: usize) -> Option<(i32, usize)> {
        let first = self.number(i).filter(|a| a.form == Form::Words)?;
        if let Some(year) = small(&first.value, 1000, 2999) {
            return Some((year as i32, first.end));
        }
        let century = small(&first.value, 10, 29)?;
        let rest = self.number(first.end).filter(|a| a.form == Form::Words && self.same_line(first.end))?;
        let (rest, end) = match small(&rest.value, 0, 99) {
            // "nineteen oh one", "nineteen zero one".
            Some(0) => {
                let last = self.number(rest.end).filter(|a| a.form == Form::Words)?;
                (small(&last.value, 1, 9)?, last.end)
            }
            Some(value) if value >= 10 => (value, rest.end),
            _ => return None,
        };
        Some(((century * 100 + rest) as i32, end))
    }

    fn with_era(&self, at: usize, parts: Parts) -> (usize, Parts) {
        let Some(year) = parts.year else { return (at, parts) };
        match self.era(at) {
            Some((era, end)) => (end, Parts { year: Some(Year { era: Some(era), ..year }), ..parts }),
            None => (at, parts),
        }
    }

    fn era(&self, i: usize) -> Option<(Era, usize)> {
        let bracket = matches!(self.mark(i), Some('('));
        let at = if bracket { i + 1 } else { i };
        if !self.same_line(at) {
            return None;
        }
        let (era, end) = self.phrase(at, |s| if let Sense::Era(era) = s { Some(*era) } else { None })?;
        if bracket {
            return (self.mark(end) == Some(')')).then_some((era, end + 1));
        }
        let end =
            if self.mark(end) == Some('.') && self.glued(end) && self.glued(end - 1) { end + 1 } else { end };
        Some((era, end))
    }

    /// Whether a date in digits starts at `i` with its year.
    pub fn date_in_digits(&self, i: usize) -> bool {
        self.is_digits(i) && self.digits(i).len() == 4 && self.in_digits(i, i).is_some()
    }

    /// A day and a month in digits, after a word that calls for a day: "on 22/04".
    fn day_and_month(&self, start: usize, i: usize) -> Option<Dated> {
        // With a point it is a number, but after a day of the week.
        let sign = self.mark(i + 1).filter(|m| matches!(m, '/' | '-') || (*m == '.' && start != i))?;
        if !self.is_digits(i)
            || !self.is_digits(i + 2)
            || !self.glued(i + 1)
            || !self.glued(i + 2)
            || (i > 0 && self.glued(i))
        {
            return None;
        }
        if self.glued(i + 3)
            && (self.mark(i + 3) == Some(sign) || self.is_word(i + 3) || self.counts_more(i + 3))
        {
            return None;
        }
        let (a, b) = (self.digits(i), self.digits(i + 2));
        if a.len() > 2 || b.len() > 2 {
            return None;
        }
        let zero = sign == '/' && (a.starts_with('0') || b.starts_with('0'));
        let called = start != i || self.called_for(i);
        if !zero && !called {
            return None;
        }
        let (a, b): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
        let (month, day) = if self.locale.order == Order::DayMonthYear { (b, a) } else { (a, b) };
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        let parts = Parts { year: None, month: Some((None, month)), day: Some(day) };
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| self.finish(start, i + 3, parts))?
    }

    /// Whether a word that calls for a day stands right before `i`.
    fn called_for(&self, i: usize) -> bool {
        (1..=3.min(i)).any(|back| self.is(i - back, |s| matches!(s, Sense::BareDayWord)) == Some(i))
    }

    /// A date in digits: the same sign between its parts.
    fn in_digits(&self, start: usize, i: usize) -> Option<Dated> {
        if !self.is_digits(i)
            || (i > 0
                && self.glued(i)
                && (self.is_word(i - 1)
                    || matches!(self.mark(i - 1), Some('/' | '.' | '$'))
                    || (self.mark(i - 1) == Some('-') && self.digits(i).len() != 4)))
        {
            return None;
        }
        let sign = self.mark(i + 1).filter(|m| matches!(m, '/' | '-' | '.' | '\u{2013}'))?;
        let close = self.glued(i + 1);
        if !self.is_digits(i + 2) || !self.same_line(i + 2) || self.glued(i + 2) != close {
            return None;
        }
        let second = self.mark(i + 3);
        let three = second == Some(sign) || (sign == '/' && second == Some(','));
        if !three
            || !self.is_digits(i + 4)
            || !self.same_line(i + 4)
            || self.glued(i + 3) != close
            || self.glued(i + 4) != close
        {
            return None;
        }
        // Another sign and digits: an address or a number of a file.
        if self.glued(i + 5)
            && (self.is_digits(i + 6) && self.mark(i + 5) == Some(sign)
                || self.is_word(i + 5) && self.raw(i + 5) != "T" && self.era(i + 5).is_none())
        {
            return None;
        }
        let runs = [self.digits(i), self.digits(i + 2), self.digits(i + 4)];
        let numbers: Vec<i32> = runs.iter().filter_map(|r| r.parse().ok()).collect();
        let [a, b, c] = numbers[..] else { return None };
        let long = |run: &String| run.len() == 4;
        if runs.iter().any(|run| run.len() > 4 || run.len() == 3)
            || runs.iter().filter(|run| long(run)).count() > 1
        {
            return None;
        }
        // Decimals and version numbers are written with points: a date with points has a year of four digits, or
        // two digits everywhere.
        if sign == '.' && !runs.iter().any(long) && runs.iter().any(|run| run.len() != 2) {
            return None;
        }
        let (year, month, day) = if long(&runs[0]) {
            (a, b, c)
        } else if long(&runs[1]) {
            return None;
        } else {
            let year = if long(&runs[2]) { c } else { full_year_in(c, self.locale.calendar) };
            match self.locale.order {
                Order::MonthDayYear => (year, a, b),
                Order::YearMonthDay if !long(&runs[2]) => (full_year_in(a, self.locale.calendar), b, c),
                _ => (year, b, a),
            }
        };
        let (month, day) = if month > 12 && day <= 12 { (day, month) } else { (month, day) };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let calendar = self.locale.calendar.or_else(|| self.calendar_of(year));
        let parts = Parts {
            year: Some(Year { value: year, era: None }),
            month: Some((calendar, month as u8)),
            day: Some(day as u8),
        };
        let (end, parts) = self.with_era(i + 5, parts);
        let calendar = match parts.year.and_then(|y| y.era) {
            Some(Era::Other(calendar)) => Some(calendar),
            Some(_) => None,
            None => calendar,
        };
        self.finish(start, end, Parts { month: Some((calendar, month as u8)), ..parts })
    }

    /// The calendar that a year of digits alone must mean: nobody writes of 1404 but in the calendar of Iran, in its
    /// language.
    fn calendar_of(&self, year: i32) -> Option<Calendar> {
        (1250..1500).contains(&year).then_some(self.locale.old_years).flatten()
    }

    /// "the year 2032", "2032", "سال ۱۴۰۴".
    fn year_alone(&self, i: usize) -> Option<Dated> {
        let named = self.is(i, |s| matches!(s, Sense::YearWord)).filter(|&end| self.same_line(end));
        if let Some(at) = named {
            let found =
                self.digit_year(at, 4).or_else(|| self.digit_year_short(at)).or_else(|| self.spoken_year(at));
            let (year, end) = found?;
            return self.a_year(i, end, year);
        }
        if let Some(year) = self.second_year(i) {
            return self.a_year(i, i + 1, year);
        }
        let (year, end) = self.digit_year(i, 4)?;
        let era = self.era(end);
        let bare = BARE_YEARS.contains(&year)
            || (self.calendar_of(year).is_some()
                && self.same_line(i)
                && (self.claimed(i) || self.after_old_year(i)));
        // A letter apart may stand for metres as well: "1500 م".
        let era = era
            .filter(|_| self.glued(end) || self.mark(end) == Some('(') || self.raw(end).chars().count() > 1);
        (bare || era.is_some()).then(|| self.a_year(i, end, year)).flatten()
    }

    /// The second year of "2024-25", in which a business year lies.
    fn second_year(&self, i: usize) -> Option<i32> {
        let dash = |i: usize| matches!(self.mark(i), Some('-' | '\u{2013}')) && self.glued(i);
        let goes_on = (dash(i + 1) && self.is_digits(i + 2)) || self.counts_more(i + 1);
        if i < 2 || !self.is_digits(i) || !self.glued(i) || !dash(i - 1) || !self.is_digits(i - 2) || goes_on
        {
            return None;
        }
        let (first, second) = (self.digits(i - 2), self.digits(i));
        let year = (first.len() == 4 && second.len() == 2).then(|| first.parse::<i32>().ok())??;
        let next = (year + 1).rem_euclid(100);
        (BARE_YEARS.contains(&year) && second.parse() == Ok(next)).then_some(year + 1)
    }

    /// Whether a word that a year often follows stands right before `i`.
    fn claimed(&self, i: usize) -> bool {
        (1..=3.min(i)).any(|back| self.is(i - back, |s| matches!(s, Sense::YearPreposition)) == Some(i))
    }

    /// "۱۳۹۵ و ۱۳۹۶": a year that "and" joins to one of the same calendar.
    fn after_old_year(&self, i: usize) -> bool {
        i >= 2
            && self.is(i - 1, |s| matches!(s, Sense::And | Sense::To)) == Some(i)
            && self.digit_year(i - 2, 4).is_some_and(|(year, _)| self.calendar_of(year).is_some())
    }

    /// The end of a day and a month whose year is open in a calendar that is not the Gregorian one: no date can be
    /// given for it, and its number counts nothing.
    pub fn open_day(&self, i: usize) -> Option<usize> {
        let (_, at) = self.day(i)?;
        let ((calendar, _), end) = self.month(self.links(at, 2))?;
        (calendar.is_some() && self.same_line(end - 1)).then_some(end)
    }

    fn digit_year_short(&self, i: usize) -> Option<(i32, usize)> {
        self.era(i + 1)?;
        let digits = self.is_digits(i).then(|| self.digits(i))?;
        (digits.len() < 4).then(|| digits.parse().ok())?.map(|year| (year, i + 1))
    }

    fn a_year(&self, start: usize, end: usize, value: i32) -> Option<Dated> {
        let (end, era) = match self.era(end) {
            Some((era, after)) => (after, Some(era)),
            None => (end, None),
        };
        let calendar = match era {
            Some(Era::Other(calendar)) => Some(calendar),
            Some(_) => None,
            None => self.locale.calendar.filter(|_| value < 1700).or_else(|| self.calendar_of(value)),
        };
        let year = match (era, calendar) {
            (Some(Era::BeforeChrist), _) => 1 - value,
            (_, Some(calendar)) => gregorian(calendar, value, 1, 1)?.year?,
            _ => value,
        };
        Some(Dated { start, end, when: When::Year(year), calendar })
    }

    fn finish(&self, start: usize, end: usize, parts: Parts) -> Option<Dated> {
        let (own, month) = parts.month?;
        let calendar = match parts.year.and_then(|y| y.era) {
            Some(Era::Other(calendar)) => Some(calendar),
            _ => own,
        };
        let year = parts.year.map(|y| if y.era == Some(Era::BeforeChrist) { 1 - y.value } else { y.value });
        let date = match (calendar, year, parts.day) {
            (None, year, day) => {
                if day.is_some_and(|day| day > month_length(year, month)) {
                    return None;
                }
                Date { year, month: Some(month), day }
            }
            (Some(calendar), Some(year), Some(day)) => gregorian(calendar, year, month, day)?,
            // A month of another calendar is no month of the Gregorian one: its year is all that can be said.
            (Some(calendar), Some(year), None) => {
                let year = gregorian(calendar, year, month, 1)?.year?;
                return Some(Dated { start, end, when: When::Year(year), calendar: Some(calendar) });
            }
            (Some(_), None, _) => return None,
        };
        Some(Dated { start, end, when: When::Date(date), calendar })
    }
}

fn small(value: &Number, least: i64, most: i64) -> Option<i64> {
    value.to_i64().filter(|value| (least..=most).contains(value))
}

/// A year of two digits: the century that puts it between 1951 and 2050.
fn full_year(year: i32) -> i32 {
    if year > 50 { 1900 + year } else { 2000 + year }
}

fn full_year_in(year: i32, calendar: Option<Calendar>) -> i32 {
    match calendar {
        _ if year >= 100 => year,
        Some(Calendar::Persian) => {
            if year > 50 {
                1300 + year
            } else {
                1400 + year
            }
        }
        Some(Calendar::Islamic) => 1400 + year,
        Some(Calendar::Indian) => 1900 + year,
        None => full_year(year),
    }
}

fn month_length(year: Option<i32>, month: u8) -> u8 {
    match month {
        2 => {
            let leap = year.is_none_or(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
            if leap { 29 } else { 28 }
        }
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The Gregorian day of a day in another calendar, as ICU4X reckons it.
fn gregorian(calendar: Calendar, year: i32, month: u8, day: u8) -> Option<Date> {
    use icu::calendar::{Date as IcuDate, Iso, cal::Hijri};
    let iso = match calendar {
        Calendar::Persian => IcuDate::try_new_persian(year, month, day).ok()?.to_calendar(Iso),
        Calendar::Islamic => IcuDate::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura())
            .ok()?
            .to_calendar(Iso),
        Calendar::Indian => IcuDate::try_new_indian(year, month, day).ok()?.to_calendar(Iso),
    };
    Some(Date {
        year: Some(iso.year().extended_year()),
        month: Some(iso.month().ordinal),
        day: Some(iso.day_of_month().0),
    })
}
