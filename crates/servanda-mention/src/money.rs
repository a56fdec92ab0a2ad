//! Amounts of money: the currency before or after its number, and its hundredths.

use crate::lexicon::Sense;
use crate::mention::{Kind, Value};
use crate::number::{Amount, Form};
use crate::reader::Reader;
use crate::scan::Found;
use servanda_quantity::Number;

impl Reader<'_> {
    /// A currency at `i`: its code where it is known, whether it is a symbol or code, and the token after it.
    pub(crate) fn currency(&self, i: usize) -> Option<(Option<String>, bool, usize)> {
        if i >= self.tokens.len() {
            return None;
        }
        let raw = self.raw(i);
        let (found, end) = self.phrase(i, |s| match s {
            Sense::Currency(code) => Some((code.clone(), false)),
            Sense::Symbol(code) => Some((code.clone(), true)),
            Sense::Code(code) if raw == code => Some((Some(code.clone()), true)),
            _ => None,
        })?;
        // "a $ 5" has a preposition before its sign, and no Australian dollars.
        let word = || {
            self.is(i, |s| matches!(s, Sense::Article | Sense::To | Sense::Filler | Sense::And))
                == Some(i + 1)
        };
        if end == i + 2
            && !self.glued(i + 1)
            && raw.len() == 1
            && self.mark(i + 1).is_some()
            && raw.to_lowercase() == raw
            && word()
        {
            return None;
        }
        let found = self.spelt(i, end).map_or(found, |code| (Some(code), true));
        (self.is(i, |s| matches!(s, Sense::NotMoney)) != Some(end)).then_some((found.0, found.1, end))
    }

    /// The currency of a spelling that folding has united with another.
    fn spelt(&self, i: usize, end: usize) -> Option<String> {
        let spelt = &self.lexicon().spelt;
        if spelt.is_empty() {
            return None;
        }
        spelt.get(&self.text[self.tokens[i].bytes.start..self.tokens[end - 1].bytes.end]).cloned()
    }

    /// "$ 5", "USD5", "dollars 5".
    pub(crate) fn money_before(&self, i: usize) -> Option<Found> {
        if self.glued(i) && i > 0 && self.is_word(i) && self.is_word(i - 1) {
            return None;
        }
        let negative =
            matches!(self.mark(i), Some('-' | '\u{2212}')) && self.glued(i + 1) && !(i > 0 && self.glued(i));
        let start = i + usize::from(negative);
        let (code, symbol, mut at) = self.currency(start)?;
        if self.mark(at) == Some('.') && self.glued(at) && self.is_word(at - 1) {
            at += 1;
        }
        if !self.same_line(at) {
            return None;
        }
        let mut amount = self.number(at).filter(|a| !matches!(a.form, Form::Article | Form::Ordinal))?;
        // A name before a number is its unit only where the number is in digits, and has none of its own, or where
        // the amount is closed as in "Rupees Five Thousand Only".
        let closed =
            self.same_line(amount.end) && self.is(amount.end, |s| matches!(s, Sense::Closing)).is_some();
        if !symbol && !closed && (!self.is_digits(at) && self.mark(at).is_none()) {
            return None;
        }
        // "dollars 5 euros": the name before belongs to something else.
        let own = self.currency(amount.end).is_some_and(|(_, sign, _)| sign || self.same_line(amount.end));
        if own && !symbol {
            return None;
        }
        if self.percent(&amount).is_some() || (!symbol && self.duration(&amount).is_some()) {
            return None;
        }
        self.money_suffix(&mut amount);
        amount.start = i;
        if negative {
            amount.value = Number::zero().sub(&amount.value).ok()?;
        }
        let found = self.of(Kind::Money, amount, code);
        Some(self.with_minor(found))
    }

    /// "2.500,00 euro (duemilacinquecento/00)": an amount and its value again is one mention.
    pub(crate) fn restated(&self, found: Found) -> Found {
        let Value::Number(value) = &found.value else { return found };
        // "(dos mil quinientos euros)": with its currency.
        let with_unit = || {
            let amount = (self.mark(found.end) == Some('('))
                .then(|| self.number(found.end + 1))
                .flatten()
                .filter(|a| a.value == *value)?;
            let (code, _, end) = self.currency(amount.end)?;
            (code == found.unit && self.mark(end) == Some(')')).then_some(end + 1)
        };
        match self.said_again(found.end, value).or_else(with_unit) {
            Some(end) => Found { end, ..found },
            None => found,
        }
    }

    /// "$5m": a letter that is a scale beside money only.
    fn money_suffix(&self, amount: &mut Amount) {
        let end = amount.end;
        if amount.scaled
            || !self.is_digits(end - 1)
            || !self.is_word(end)
            || !self.same_line(end)
            || (self.glued(end + 1) && self.mark(end + 1).is_none_or(|m| m == '-'))
        {
            return;
        }
        if let Some(Ok(value)) =
            self.lexicon().money_suffixes.get(self.raw(end)).map(|factor| amount.value.mul(factor))
        {
            *amount = Amount { value, end: end + 1, scaled: true, ..amount.clone() };
        }
    }

    /// "MEUR", "kUSD": a code in thousands or millions, as finance writes it.
    fn scaled_code(&self, i: usize) -> Option<(String, Number)> {
        let raw = self.raw(i);
        let factor = match raw.chars().next()? {
            'M' => Number::from(1_000_000),
            'k' | 'K' | 'T' => Number::from(1000),
            _ => return None,
        };
        let code = raw.get(1..)?;
        self.lexicon().codes.contains(code).then(|| (code.to_owned(), factor))
    }

    /// "120 MEUR", "MAUD 60".
    fn scaled_money(&self, amount: &Amount) -> Option<Found> {
        let after = self
            .scaled_code(amount.end)
            .filter(|_| self.same_line(amount.end))
            .map(|found| (found, amount.start, amount.end + 1));
        let before = || {
            let at = amount.start.checked_sub(1)?;
            self.scaled_code(at).filter(|_| self.same_line(amount.start)).map(|found| (found, at, amount.end))
        };
        let ((code, factor), start, end) = after.or_else(before)?;
        let value = amount.value.mul(&factor).ok()?;
        Some(Found {
            start,
            end,
            value: Value::Number(value),
            ..self.of(Kind::Money, amount.clone(), Some(code))
        })
    }

    /// "5 dollars", "5 million of euros".
    pub(crate) fn money_after(&self, amount: &Amount) -> Option<Found> {
        if amount.form == Form::Ordinal {
            return None;
        }
        if let Some(found) = (amount.form != Form::Article).then(|| self.scaled_money(amount)).flatten() {
            return Some(found);
        }
        let mut with_suffix = amount.clone();
        self.money_suffix(&mut with_suffix);
        if with_suffix.scaled && !amount.scaled {
            return self.money_after(&with_suffix);
        }
        let mut at = amount.end;
        if self.mark(at) == Some('-') {
            at += 1;
        }
        for _ in 0..2 {
            if self.currency(at).is_none() {
                at = self.is(at, |s| matches!(s, Sense::Of)).unwrap_or(at);
            }
        }
        if !self.same_line(at) {
            return None;
        }
        if let Some((code, symbol, end)) = self.currency(at) {
            // "a US$ 150 million loan": the symbol belongs to the number after it.
            let next = symbol && amount.form == Form::Article
                || (symbol && amount.form == Form::Words && self.is_digits(end) && self.same_line(end));
            if next {
                return None;
            }
            let found = Found { end, ..self.of(Kind::Money, amount.clone(), code) };
            return Some(self.with_minor(found));
        }
        if amount.form == Form::Article {
            return None;
        }
        if let Some(found) = self.multiple(amount, at) {
            return Some(found);
        }
        // A hundredth by itself counts itself: no ISO code is its unit.
        let end = self.is(at, |s| matches!(s, Sense::Minor { .. }))?;
        Some(Found { end, ..self.of(Kind::Money, amount.clone(), None) })
    }

    /// "20 toman": a unit that is so many of an ISO unit.
    fn multiple(&self, amount: &Amount, at: usize) -> Option<Found> {
        let ((code, count), end) = self.phrase(at, |s| {
            if let Sense::Multiple { code, count } = s { Some((code.clone(), count)) } else { None }
        })?;
        let value = amount.value.mul(count).ok()?;
        Some(Found { end, value: Value::Number(value), ..self.of(Kind::Money, amount.clone(), Some(code)) })
    }

    /// "3 dollars and 50 cents", "15 dollars 50".
    fn with_minor(&self, mut found: Found) -> Found {
        // Currencies in tens have two steps below: "1 yuan 5 jiao 5 fen".
        for _ in 0..2 {
            let end = found.end;
            found = self.one_minor(found);
            if found.end == end
                || self.is(found.end - 1, |s| matches!(s, Sense::Minor { .. })) != Some(found.end)
            {
                break;
            }
        }
        found
    }

    fn one_minor(&self, found: Found) -> Found {
        let Value::Number(main) = &found.value else { return found };
        let joined = self.is(found.end, |s| matches!(s, Sense::And));
        let at = joined.unwrap_or(found.end);
        if !self.same_line(at) || found.scale.is_some() {
            return found;
        }
        let Some(amount) = self.number(at).filter(|a| !matches!(a.form, Form::Article | Form::Ordinal))
        else {
            return found;
        };
        let minor = self.phrase(amount.end, |s| {
            if let Sense::Minor { part, .. } = s { Some(part.clone()) } else { None }
        });
        let hundredth = || Number::from(1).div(&Number::hundred()).ok().map(|part| (part, amount.end));
        let bare = || {
            (amount.end == at + 1 && self.nothing_counted(amount.end) && main.is_whole())
                .then(hundredth)
                .flatten()
        };
        // "तेरह डॉलर पैंतालीस की": a postposition after it, and nothing that it could count.
        let governed = || {
            let link = amount.form == Form::Words
                && joined.is_none()
                && self.is(amount.end, |s| matches!(s, Sense::ShareLink)).is_some();
            (link && main.is_whole()).then(hundredth).flatten()
        };
        let Some((part, end)) = minor.or_else(bare).or_else(governed) else { return found };
        if amount.value >= Number::hundred() || !amount.value.is_whole() {
            return found;
        }
        match amount.value.mul(&part).and_then(|p| main.add(&p)) {
            Ok(value) => Found { end, value: Value::Number(value), ..found },
            Err(_) => found,
        }
    }
}
