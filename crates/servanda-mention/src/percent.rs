//! Percentages.

use crate::lexicon::Sense;
use crate::mention::{Kind, Value};
use crate::number::{Amount, Form};
use crate::reader::Reader;
use crate::scan::Found;

impl Reader<'_> {
    pub(crate) fn percent(&self, amount: &Amount) -> Option<Found> {
        if amount.form == Form::Article || !self.same_line(amount.end) {
            return None;
        }
        let at = if self.mark(amount.end) == Some('-') && self.glued(amount.end) {
            amount.end + 1
        } else {
            amount.end
        };
        let (part, end) =
            self.phrase(at, |s| if let Sense::Percent(part) = s { Some(part.clone()) } else { None })?;
        let value = amount.value.mul(&part).ok()?;
        Some(Found {
            end,
            value: Value::Number(value),
            ..self.of(Kind::Percent, amount.clone(), Some("percent".to_owned()))
        })
    }

    /// "per cent of twenty" as chat writes it: the word, then the number.
    pub(crate) fn percent_before(&self, i: usize) -> Option<Found> {
        let (part, end) =
            self.phrase(i, |s| if let Sense::Percent(part) = s { Some(part.clone()) } else { None })?;
        let at =
            self.is(end, |s| matches!(s, Sense::Of)).filter(|&at| self.same_line(at) && self.is_word(i))?;
        let amount =
            self.number(at).filter(|a| !matches!(a.form, Form::Article | Form::One | Form::Ordinal))?;
        if self.money_after(&amount).is_some()
            || self.percent(&amount).is_some()
            || !self.nothing_counted(amount.end)
        {
            return None;
        }
        let value = amount.value.mul(&part).ok()?;
        Some(Found {
            start: i,
            value: Value::Number(value),
            ..self.of(Kind::Percent, amount, Some("percent".to_owned()))
        })
    }

    /// "%20", where the language writes so.
    pub(crate) fn percent_first(&self, i: usize) -> Option<Found> {
        if !self.lexicon().percent_first {
            return None;
        }
        let (part, at) =
            self.phrase(i, |s| if let Sense::Percent(part) = s { Some(part.clone()) } else { None })?;
        let amount = self.number(at).filter(|_| self.is_digits(at) && self.same_line(at))?;
        if self.percent(&amount).is_some()
            || self.currency(amount.end).is_some()
            || self.unit_after(amount.end).is_some()
        {
            return None;
        }
        let value = amount.value.mul(&part).ok()?;
        Some(Found {
            value: Value::Number(value),
            ..self.of(Kind::Percent, Amount { start: i, ..amount }, Some("percent".to_owned()))
        })
    }
}
