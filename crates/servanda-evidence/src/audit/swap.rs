//! Whether a passage is what was cited but for one figure: the figure is put back, and the digest compared.

use servanda_document::digest;
use servanda_mention::{Kind, Mention, Value};
use servanda_program::Citation;
use servanda_quantity::{DurationUnit, Number};

use crate::citation::anchor::Text;
use crate::citation::locate::Place;
use crate::claim::{Quantity, Stated};

/// The zeros of the decimal digits that documents use (general category Nd, ten in a row).
const ZEROS: [u32; 20] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0,
    0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10,
];

/// What groups digits or stands before decimals.
const MARKS: [char; 9] = [',', '.', '\u{66C}', '\u{66B}', '\'', '\u{2019}', ' ', '\u{A0}', '\u{202F}'];

/// Longest mention that is looked at, in scalar values.
const MENTION_MAX: usize = 80;

/// Most ways to write a figure that are tried.
const WAYS_MAX: usize = 64;

/// The passage of a citation in which `mention` stands instead of `stated`, if its digest proves that nothing else
/// differs. `passage` is where it was found; where it was not, it begins at the citation's own place.
pub(crate) fn restored(
    citation: &Citation,
    stated: &Stated,
    mention: &Mention,
    text: &Text<'_>,
    passage: Option<Place>,
) -> Option<Place> {
    let wanted = citation.digest.as_ref()?;
    let length = citation.end.checked_sub(citation.start)?;
    let place = &mention.place;
    if place.len() > MENTION_MAX {
        return None;
    }
    let (from, to) = (u32::try_from(place.start).ok()?, u32::try_from(place.end).ok()?);
    let start = passage.map_or(citation.start, |p| p.start);
    for written in ways(stated, mention, text.slice(from..to)?) {
        // The passage is as much longer as the figure is.
        let longer = i64::from(to - from) - written.chars().count() as i64;
        let Ok(end) = u32::try_from(i64::from(start) + i64::from(length) + longer) else { continue };
        if from < start || to > end {
            continue;
        }
        let (Some(head), Some(tail)) = (text.slice(start..from), text.slice(to..end)) else { continue };
        if digest(&format!("{head}{written}{tail}")) == *wanted {
            return Some(Place { start, end });
        }
    }
    None
}

/// A run of digits of one script with marks between them.
struct Numeral {
    /// Scalar values of the mention.
    place: std::ops::Range<usize>,
    zero: u32,
    text: Vec<char>,
}

impl Numeral {
    /// What it may say, each with its decimal mark: all marks group, or the last one stands before decimals.
    fn readings(&self) -> Vec<(Number, Option<char>)> {
        let ascii = |chars: &[char], point: Option<usize>| -> Option<Number> {
            let digits = chars.iter().enumerate().filter_map(|(i, c)| match digit(*c) {
                Some((_, d)) => char::from_digit(d, 10),
                None => (Some(i) == point).then_some('.'),
            });
            digits.collect::<String>().parse().ok()
        };
        let mut all: Vec<(Number, Option<char>)> =
            ascii(&self.text, None).map(|n| (n, None)).into_iter().collect();
        if let Some(point) = self.text.iter().rposition(|c| digit(*c).is_none()) {
            all.extend(ascii(&self.text, Some(point)).map(|n| (n, Some(self.text[point]))));
        }
        all
    }

    /// A number in its digits, in all the ways in which its marks may be meant.
    fn write(&self, number: &Number, decimal: Option<char>) -> Vec<String> {
        if !number.is_decimal() || number.is_negative() {
            return Vec::new();
        }
        let plain = number.to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let points: Vec<char> = match decimal {
            _ if fraction.is_empty() => vec!['.'],
            Some(mark) => vec![mark],
            None => vec!['.', ',', '\u{66B}'],
        };
        let marks = self.text.iter().copied().filter(|c| digit(*c).is_none() && Some(*c) != decimal);
        let mut groups: Vec<Option<char>> = marks.map(Some).take(1).collect();
        groups.push(None);
        groups.extend([',', '.', '\u{66C}', '\u{A0}', ' '].map(Some));
        let mut out = Vec::new();
        for group in groups {
            for point in &points {
                let mut text = String::new();
                for (i, c) in whole.chars().enumerate() {
                    if let (Some(group), true) = (group, i > 0 && (whole.len() - i).is_multiple_of(3)) {
                        text.push(group);
                    }
                    text.push(self.digit(c));
                }
                if !fraction.is_empty() {
                    text.push(*point);
                    text.extend(fraction.chars().map(|c| self.digit(c)));
                }
                if !out.contains(&text) {
                    out.push(text);
                }
            }
        }
        out
    }

    fn digit(&self, c: char) -> char {
        c.to_digit(10).and_then(|d| char::from_u32(self.zero + d)).unwrap_or(c)
    }
}

/// The zero of a digit's script, and its value.
fn digit(c: char) -> Option<(u32, u32)> {
    let code = u32::from(c);
    ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code)).map(|zero| (zero, code - zero))
}

/// The numerals of a mention.
fn numerals(text: &[char]) -> Vec<Numeral> {
    let mut all: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some((zero, _)) = digit(text[at]) else {
            at += 1;
            continue;
        };
        let start = at;
        let same = |i: usize| text.get(i).and_then(|c| digit(*c)).is_some_and(|(z, _)| z == zero);
        while same(at) || (text.get(at).is_some_and(|c| MARKS.contains(c)) && same(at + 1)) {
            at += 1;
        }
        all.push(Numeral { place: start..at, zero, text: text[start..at].to_vec() });
    }
    all
}

/// A mention's text with the stated figure in the place of its own, in the ways in which it may have been written.
fn ways(stated: &Stated, mention: &Mention, text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let numerals = numerals(&chars);
    if let (Value::Date(_), Some(date)) = (&mention.value, date_of(stated)) {
        return date_ways(mention, date, &chars, &numerals);
    }
    let [numeral] = &numerals[..] else { return Vec::new() };
    let Value::Number(there) = &mention.value else { return Vec::new() };
    let Some(target) = target(stated, mention) else { return Vec::new() };
    let mut out: Vec<String> = Vec::new();
    for (number, decimal) in numeral.readings() {
        // What stands beside the numeral multiplies it; a scale is not written anew.
        let Ok(scale) = there.div(&number) else { continue };
        let Ok(number) = target.div(&scale) else { continue };
        for written in numeral.write(&number, decimal) {
            let way = spliced(&chars, &[(numeral.place.clone(), written)]);
            if out.len() < WAYS_MAX && !out.contains(&way) {
                out.push(way);
            }
        }
    }
    out
}

/// The number that a mention writes in digits, and what it is multiplied by.
pub(crate) fn numeral_and_scale(mention: &Mention, text: &str) -> Option<(Number, Number)> {
    let chars: Vec<char> = text.chars().take(MENTION_MAX + 1).collect();
    let numerals = numerals(&chars);
    let ([numeral], Value::Number(value), true) = (&numerals[..], &mention.value, chars.len() <= MENTION_MAX)
    else {
        return None;
    };
    // Of several readings the one with the smallest number is meant to be judged: it accuses nobody wrongly.
    let (number, _) = numeral.readings().into_iter().min()?;
    let scale = value.div(&number).ok()?;
    Some((number, scale))
}

fn spliced(chars: &[char], parts: &[(std::ops::Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (place, written) in parts {
        out.extend(&chars[at..place.start]);
        out.push_str(written);
        at = place.end;
    }
    out.extend(&chars[at..]);
    out
}

/// The stated number in the unit of the mention.
fn target(stated: &Stated, mention: &Mention) -> Option<Number> {
    match &stated.quantity {
        Quantity::Figure(figure) => Some(figure.number.clone()),
        Quantity::Year(year) if mention.kind == Kind::Year && mention.calendar.is_none() => {
            Some(Number::from(*year))
        }
        Quantity::Duration(duration) => {
            let count = i64::from(duration.count);
            let (one, other) = match (duration.unit, mention.unit.as_deref()?) {
                (DurationUnit::Days | DurationUnit::BusinessDays, "day")
                | (DurationUnit::Weeks, "week")
                | (DurationUnit::Months, "month")
                | (DurationUnit::Years, "year") => (1, 1),
                (DurationUnit::Weeks, "day") => (7, 1),
                (DurationUnit::Days, "week") => (1, 7),
                (DurationUnit::Quarters, "month") => (3, 1),
                (DurationUnit::Years, "month") => (12, 1),
                (DurationUnit::Months, "year") => (1, 12),
                _ => return None,
            };
            Number::from(count * one).div(&Number::from(other)).ok()
        }
        _ => None,
    }
}

/// Year, month and day of what is stated.
fn date_of(stated: &Stated) -> Option<(i32, Option<u8>, Option<u8>)> {
    match &stated.quantity {
        Quantity::Day(day) => {
            let date = day.date();
            Some((i32::from(date.year()), Some(date.month() as u8), Some(date.day() as u8)))
        }
        Quantity::Month(year, month) => Some((*year, Some(*month), None)),
        Quantity::Year(year) => Some((*year, None, None)),
        _ => None,
    }
}

/// Each numeral of a date that is its year, month or day becomes that of the stated date.
fn date_ways(
    mention: &Mention,
    (year, month, day): (i32, Option<u8>, Option<u8>),
    chars: &[char],
    numerals: &[Numeral],
) -> Vec<String> {
    let Value::Date(there) = &mention.value else { return Vec::new() };
    if mention.calendar.is_some() {
        return Vec::new();
    }
    let swap = |numeral: &Numeral| -> Option<String> {
        let (number, _) = numeral.readings().into_iter().next()?;
        let is = |part: Option<i64>| part.is_some_and(|p| number == Number::from(p));
        let new = if is(there.year.map(i64::from)) {
            i64::from(year)
        } else if is(there.day.map(i64::from)) {
            i64::from(day?)
        } else if is(there.month.map(i64::from)) {
            i64::from(month?)
        } else {
            return None;
        };
        let padded = numeral.text.first().and_then(|c| digit(*c)).is_some_and(|(_, d)| d == 0);
        let plain =
            if padded { format!("{new:0width$}", width = numeral.text.len()) } else { new.to_string() };
        Some(plain.chars().map(|c| numeral.digit(c)).collect())
    };
    let swapped: Option<Vec<_>> = numerals.iter().map(|n| Some((n.place.clone(), swap(n)?))).collect();
    swapped.map(|parts| spliced(chars, &parts)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use servanda_quantity::{Figure, Unit};

    fn restores(text: &str, figure: Quantity, mention: Mention, was: &str) -> bool {
        let citation = Citation {
            source: "s".into(),
            start: 0,
            end: was.chars().count() as u32,
            digest: Some(digest(was)),
            anchor: None,
        };
        let stated = Stated { quantity: figure, field: "value v".into(), alternative: None };
        restored(&citation, &stated, &mention, &Text::new(text), None).is_some()
    }

    fn money(number: &str, code: &str) -> Quantity {
        Quantity::Figure(Figure::exact(number.parse().unwrap(), Unit::Money(code.into())))
    }

    fn only(text: &str, tag: &str) -> Mention {
        let mut all = servanda_mention::scan(text, tag).unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn a_figure_is_put_back_in_its_own_digits_groups_and_scale() {
        for (tag, was, now, number, code) in [
            ("en", "Rent of EUR 1,250,000 a year.", "Rent of EUR 990,000 a year.", "1250000", "EUR"),
            ("en", "Rent of EUR 12.5 million a year.", "Rent of EUR 13 million a year.", "12500000", "EUR"),
            ("en", "It costs $40 billion.", "It costs $400 billion.", "40000000000", "USD"),
        ] {
            let mention = only(now, tag);
            assert!(restores(now, money(number, code), mention.clone(), was), "{was} {mention:?}");
            let other = was.replace('.', "!");
            assert!(!restores(now, money(number, code), mention, &other), "{was}");
        }
    }

    #[test]
    fn a_date_is_put_back_part_by_part() {
        let (was, now) = ("It ends on 30 June 2031.", "It ends on 28 June 2032.");
        let day = Quantity::Day("2031-06-30".parse().unwrap());
        assert!(restores(now, day, only(now, "en"), was));
    }
}
