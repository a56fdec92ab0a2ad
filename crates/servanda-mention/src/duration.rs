//! Lengths of time.

use crate::lexicon::Sense;
use crate::mention::{Kind, Value};
use crate::number::{Amount, Form};
use crate::reader::Reader;
use crate::scan::Found;
use servanda_quantity::Number;

impl Reader<'_> {
    /// "5 years", "ten business days", "an hour and a half".
    pub(crate) fn duration(&self, amount: &Amount) -> Option<Found> {
        // "the third quarter" is one of an order.
        if amount.form == Form::Ordinal {
            return None;
        }
        // "half an hour".
        let article = self
            .is(amount.end, |s| matches!(s, Sense::Article))
            .filter(|_| amount.value < Number::from(1) && amount.form == Form::Words);
        let (unit, end) = self.unit_after(article.unwrap_or(amount.end))?;
        if amount.form == Form::Article && unit.short {
            return None;
        }
        // "a year" is a rate after an amount ("$5 a year"), a length only where the language says so.
        if amount.form == Form::Article {
            return None;
        }
        let value = amount.value.mul(&unit.factor).ok()?;
        let found = Found {
            end,
            value: Value::Number(value),
            ..self.of(Kind::Duration, amount.clone(), Some(unit.name.to_owned()))
        };
        Some(self.longer(self.and_part(found, &unit.factor)))
    }

    /// The unit of time at `i`, over a hyphen and words such as "business".
    pub(crate) fn unit_after(&self, i: usize) -> Option<(crate::lexicon::TimeUnit, usize)> {
        let mut at = i;
        if self.mark(at) == Some('-') {
            at += 1;
        }
        for _ in 0..2 {
            if self.unit(at).is_none() {
                at = self.is(at, |s| matches!(s, Sense::UnitBetween | Sense::Of)).unwrap_or(at);
            }
        }
        if !self.same_line(at) {
            return None;
        }
        self.unit(at).filter(|(unit, _)| !unit.complete && (!unit.short || self.is_digits(i - 1)))
    }

    fn unit(&self, i: usize) -> Option<(crate::lexicon::TimeUnit, usize)> {
        if i >= self.tokens.len() {
            return None;
        }
        let (unit, end) =
            self.phrase(i, |s| if let Sense::Unit(unit) = s { Some(unit.clone()) } else { None })?;
        let end = if unit.short && self.mark(end) == Some('.') && self.glued(end) { end + 1 } else { end };
        Some((unit, end))
    }

    /// "… and a half" after a unit.
    fn and_part(&self, found: Found, unit: &Number) -> Found {
        let Value::Number(value) = &found.value else { return found };
        let Some(joined) = self.is(found.end, |s| matches!(s, Sense::And)).filter(|&at| self.same_line(at))
        else {
            return found;
        };
        let at = self.is(joined, |s| matches!(s, Sense::Article)).unwrap_or(joined);
        let Some((part, end)) = self.phrase(at, |s| match s {
            Sense::Part { part, bound: false } => Some(part.clone()),
            _ => None,
        }) else {
            return found;
        };
        // "two years and a quarter of the shares": a part of something else.
        if self.is(end, |s| matches!(s, Sense::Of)).is_some() && !self.lexicon().bare_units {
            return found;
        }
        match part.mul(unit).and_then(|p| value.add(&p)) {
            Ok(value) => Found { end, value: Value::Number(value), ..found },
            Err(_) => found,
        }
    }

    /// "2 years and 3 months" in months; units that convert exactly only.
    fn longer(&self, found: Found) -> Found {
        let mut found = found;
        for _ in 0..6 {
            let Value::Number(value) = &found.value else { return found };
            let Some(unit) = found.unit.clone() else { return found };
            let mut at = found.end;
            if matches!(self.mark(at), Some(',' | '،')) {
                at += 1;
            }
            at = self.is(at, |s| matches!(s, Sense::And)).unwrap_or(at);
            if !self.same_line(at) {
                return found;
            }
            let Some(amount) = self.number(at).filter(|a| !matches!(a.form, Form::Article | Form::Ordinal))
            else {
                return found;
            };
            // "1 hour thirty".
            let spoken = self.lexicon().spoken_minutes
                && unit == "hour"
                && self.nothing_counted(amount.end)
                && value.is_whole()
                && amount.value < Number::from(60)
                && !amount.value.is_zero();
            if spoken {
                let minutes = value.mul(&Number::from(60)).and_then(|v| v.add(&amount.value));
                return match minutes {
                    Ok(sum) => Found {
                        end: amount.end,
                        value: Value::Number(sum),
                        unit: Some("minute".to_owned()),
                        ..found
                    },
                    Err(_) => found,
                };
            }
            let Some((next, end)) = self.unit_after(amount.end) else { return found };
            let Some(factor) = factor_between(&unit, next.name) else { return found };
            let sum = value.mul(&factor).and_then(|v| amount.value.mul(&next.factor).and_then(|n| v.add(&n)));
            let Ok(sum) = sum else { return found };
            found = Found { end, value: Value::Number(sum), unit: Some(next.name.to_owned()), ..found };
        }
        found
    }

    /// A word that holds its number: an Arabic dual, "biennium".
    pub(crate) fn complete_unit(&self, i: usize) -> Option<Found> {
        let (unit, end) = self.unit(i).filter(|(unit, _)| unit.complete)?;
        let amount = Amount { value: unit.factor, start: i, end, form: Form::Words, scaled: false };
        let found = self.of(Kind::Duration, amount, Some(unit.name.to_owned()));
        Some(self.longer(self.and_part(found, &Number::from(1))))
    }

    /// "an hour", "another month".
    pub(crate) fn unit_alone(&self, i: usize) -> Option<Found> {
        let one = self.is(i, |s| matches!(s, Sense::One)).filter(|&at| self.same_line(at));
        let at = one.unwrap_or(i);
        let (unit, end) = self.unit(at).filter(|(unit, _)| !unit.complete && !unit.short)?;
        let plural = self.is(at, |s| matches!(s, Sense::PluralUnit)) == Some(end);
        if plural || self.is_definite(at) {
            return None;
        }
        let whole = self.is(end, |s| matches!(s, Sense::OneAfter)).filter(|_| self.same_line(end));
        if one.is_none() && whole.is_none() && !self.bare_unit(end) {
            return None;
        }
        let end = whole.unwrap_or(end);
        // "$5 a year": a rate.
        if i > 0 && self.same_line(i) && (self.is_digits(i - 1) || self.scale_or_unit_before(i)) {
            return None;
        }
        let amount = Amount { value: unit.factor.clone(), start: i, end, form: Form::Words, scaled: false };
        let found = self.of(Kind::Duration, amount, Some(unit.name.to_owned()));
        Some(self.longer(self.and_part(found, &unit.factor)))
    }

    /// "الأيام العشرة": where a plural and its number both have the article, the number follows.
    pub(crate) fn unit_first(&self, i: usize) -> Option<Found> {
        let (unit, at) = self
            .unit(i)
            .filter(|_| self.is_definite(i) && self.is(i, |s| matches!(s, Sense::PluralUnit)).is_some())?;
        let amount = self.number(at).filter(|a| {
            a.form == Form::Words
                && self.same_line(at)
                && self.is_definite(at)
                && self.unit_after(a.end).is_none()
        })?;
        let value = amount.value.mul(&unit.factor).ok()?;
        Some(Found {
            value: Value::Number(value),
            ..self.of(Kind::Duration, Amount { start: i, ..amount }, Some(unit.name.to_owned()))
        })
    }

    /// Whether the unit that ends at `end` is one of it without a word for that: "ساعة ونصف".
    fn bare_unit(&self, end: usize) -> bool {
        let half = || {
            let part = self.is(end, |s| matches!(s, Sense::And)).filter(|&at| self.same_line(at))?;
            self.is(part, |s| matches!(s, Sense::Part { bound: false, .. }))
        };
        self.lexicon().bare_units && ((self.tokens.len() == 1 && end == 1) || half().is_some())
    }

    /// Whether the word at `i` has the article on its front.
    pub fn is_definite(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        let before = &self.text[..token.bytes.start];
        let split = |article: &String| before.ends_with(article.as_str());
        let whole = |article: &String| self.raw(i).starts_with(article.as_str());
        self.is_word(i) && self.lexicon().definite.iter().any(|article| split(article) || whole(article))
    }

    fn scale_or_unit_before(&self, i: usize) -> bool {
        self.phrase(i - 1, |s| {
            matches!(
                s,
                Sense::Scale { .. }
                    | Sense::Currency(_)
                    | Sense::Symbol(_)
                    | Sense::Code(_)
                    | Sense::Minor { .. }
                    | Sense::Percent(_)
            )
            .then_some(())
        })
        .is_some_and(|(_, end)| end == i)
    }
}

/// How many of the smaller unit make one of the larger, where that is exact.
fn factor_between(larger: &str, smaller: &str) -> Option<Number> {
    const STEPS: [(&str, &str, i64); 9] = [
        ("year", "month", 12),
        ("week", "day", 7),
        ("week", "hour", 168),
        ("day", "hour", 24),
        ("day", "minute", 1440),
        ("day", "second", 86400),
        ("hour", "minute", 60),
        ("hour", "second", 3600),
        ("minute", "second", 60),
    ];
    STEPS.iter().find(|(l, s, _)| *l == larger && *s == smaller).map(|(.., n)| Number::from(*n))
}
