//! Walks a text once and takes at each place the longest quantity that begins there.

use crate::date::When;
use crate::lexicon::Sense;
use crate::locale::Locale;
use crate::mention::{Calendar, Kind, Mention, Qualifier, Value};
use crate::number::{Amount, Form, is_whole};
use crate::reader::Reader;
use crate::token::{Shape, tokens};
use servanda_quantity::Number;

/// A mention in the making, in tokens.
#[derive(Clone, Debug)]
struct Found {
    start: usize,
    end: usize,
    kind: Kind,
    value: Value,
    unit: Option<String>,
    calendar: Option<Calendar>,
    /// It ends in a scale, and this is the last: a range takes it over to its first end.
    scale: Option<Number>,
}

/// All quantities of a text.
pub(crate) fn scan(text: &str, locale: &Locale) -> Vec<Mention> {
    let tokens = tokens(text, &locale.lexicon);
    let reader = Reader { text, tokens: &tokens, locale };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if !reader.may_begin(i) {
            i += 1;
            continue;
        }
        match reader.quantity(i) {
            Step::Found(one) => {
                i = one.end.max(i + 1);
                found.push(one);
            }
            Step::Past(end) => i = end.max(i + 1),
        }
    }
    reader.first_days(&mut found);
    reader.ranges(&mut found);
    reader.elided(&mut found);
    found.into_iter().map(|one| reader.mention(one)).collect()
}

/// Most tokens between a qualifier and its number.
const BEFORE_MAX: usize = 8;

enum Step {
    Found(Found),
    Past(usize),
}

impl Reader<'_> {
    /// Whether a quantity may begin at `i`: a quick look that most words of a text do not pass.
    fn may_begin(&self, i: usize) -> bool {
        let word = match self.tokens[i].shape {
            Shape::Digits => return true,
            Shape::Mark(':') => return true,
            // A sign before digits, or before their decimal sign: "-.5".
            Shape::Mark(mark)
                if self.is_digits(i + 1)
                    || (self.mark(i + 1).is_some() && self.is_digits(i + 2))
                    || crate::literal::is_fraction(mark) =>
            {
                return true;
            }
            // "-USD 42".
            Shape::Mark('-' | '\u{2212}') if self.glued(i + 1) && self.is_word(i + 1) && !self.glued(i) => {
                self.word(i + 1)
            }
            Shape::Mark(mark) => self.lexicon().mark(mark),
            Shape::Word(word) => word,
        };
        let roles = self.lexicon().roles(word);
        roles.counts()
            || self.lexicon().bare_units && roles.follows()
            || roles.leads()
                && (i + 1..(i + 6).min(self.tokens.len()))
                    .any(|next| self.is_digits(next) || self.lexicon().roles(self.word(next)).follows())
            || self.tokens.len() == 1
    }

    fn quantity(&self, i: usize) -> Step {
        if self.is_digits(i) && self.glued_to_a_name(i) && !self.date_in_digits(i) {
            return Step::Past(self.end_of_name(i));
        }
        if let Some(end) = self.address(i) {
            return Step::Past(end);
        }
        if let Some(end) = self.not_a_number(i) {
            return Step::Past(end);
        }
        let date = self.date(i).map(|d| {
            let (kind, value) = match d.when {
                When::Date(date) => (Kind::Date, Value::Date(date)),
                When::Year(year) => (Kind::Year, Value::Number(Number::from(year))),
            };
            Found { start: d.start, end: d.end, kind, value, unit: None, calendar: d.calendar, scale: None }
        });
        let amount = self.amount(i);
        match (date, amount) {
            // A year with a unit behind it counts something: "2000 dollars".
            (Some(date), Step::Found(amount)) => {
                let longer = amount.end > date.end
                    || (amount.end == date.end
                        && amount.kind != Kind::Number
                        && amount.kind != Kind::Ordinal
                        && date.kind == Kind::Year);
                Step::Found(if longer { amount } else { date })
            }
            (Some(date), Step::Past(_)) => Step::Found(date),
            (None, Step::Found(one)) if matches!(one.kind, Kind::Number | Kind::Ordinal) => {
                self.open_day(i).map_or(Step::Found(one), Step::Past)
            }
            (None, step) => step,
        }
    }

    /// The end of a web address whose "://" stands at `i`: digits in it count nothing.
    fn address(&self, i: usize) -> Option<usize> {
        let scheme = self.mark(i) == Some(':')
            && [1, 2].iter().all(|n| self.glued(i + n) && self.mark(i + n) == Some('/'));
        scheme.then(|| (i + 3..).find(|&end| !self.glued(end)).unwrap_or(i + 3))
    }

    /// "this one": a phrase whose number word does not count, unless it goes on to one that does ("this one million").
    fn not_a_number(&self, i: usize) -> Option<usize> {
        let end = self.is(i, |s| matches!(s, Sense::NotNumber))?;
        let counts = self.number(i).is_some_and(|a| a.end > end);
        let counted = |a: &Amount| {
            a.form != Form::Ordinal && (self.unit_after(a.end).is_some() || self.percent(a).is_some())
        };
        let counts = counts || self.number(end - 1).is_some_and(|a| a.end > end || counted(&a));
        (!counts).then_some(end)
    }

    /// "B2B", "GPT-4", "v1.2": digits that belong to a name.
    fn glued_to_a_name(&self, i: usize) -> bool {
        if i == 0 || !self.glued(i) {
            return false;
        }
        match self.tokens[i - 1].shape {
            Shape::Word(_) => {
                !self.is_prefix_particle(i - 1)
                    && self.currency_before(i).is_none()
                    && self.phrase(i - 1, |s| matches!(s, Sense::Month(..)).then_some(())).is_none()
            }
            // "5k-20k" is a range and no name.
            Shape::Mark('-')
                if i >= 3 && self.glued(i - 2) && self.is_word(i - 2) && self.is_digits(i - 3) =>
            {
                false
            }
            Shape::Mark('-' | '_' | '#') => {
                i >= 2
                    && self.glued(i - 1)
                    && self.is_word(i - 2)
                    && self
                        .phrase(i - 2, |s| {
                            matches!(s, Sense::Month(..) | Sense::Currency(_) | Sense::Code(_)).then_some(())
                        })
                        .is_none()
            }
            _ => false,
        }
    }

    fn is_prefix_particle(&self, i: usize) -> bool {
        // Particles are written on digits in Arabic ("و5"); "A4" is a name, though "a" is a preposition.
        if self.raw(i).is_ascii() && self.is(i, |s| matches!(s, Sense::YearWord | Sense::Before(_))).is_none()
        {
            return false;
        }
        self.is(i, |s| {
            matches!(s, Sense::And | Sense::Of | Sense::Filler | Sense::YearWord | Sense::Before(_))
        })
        .is_some()
    }

    fn currency_before(&self, i: usize) -> Option<usize> {
        (1..=4.min(i)).find(|back| self.currency(i - back).is_some_and(|(_, _, end)| end == i))
    }

    fn end_of_name(&self, i: usize) -> usize {
        let mut end = i + 1;
        while self.glued(end)
            && (self.is_digits(end)
                || self.is_word(end)
                || (self.mark(end) == Some('-') && self.glued(end + 1) && self.is_digits(end + 1)))
        {
            end += 1;
        }
        end
    }

    fn amount(&self, i: usize) -> Step {
        if let Some(found) = self.money_before(i) {
            return Step::Found(self.restated(found));
        }
        if let Some(found) = self.percent_before(i) {
            return Step::Found(found);
        }
        if let Some(found) = self.complete_unit(i).or_else(|| self.percent_first(i)) {
            return Step::Found(found);
        }
        let whole = self.lexicon().bare_units && self.tokens.len() == 1;
        if let Some(found) = whole.then(|| self.unit_alone(i)).flatten() {
            return Step::Found(found);
        }
        let Some(amount) = self.number(i) else {
            return self.unit_alone(i).or_else(|| self.unit_first(i)).map_or(Step::Past(i + 1), Step::Found);
        };
        let end = amount.end;
        let money = self.money_after(&amount).map(|found| self.restated(found));
        for found in [self.percent(&amount), money, self.duration(&amount), self.ordinal(&amount)] {
            if let Some(found) = found {
                return Step::Found(found);
            }
        }
        if matches!(amount.form, Form::Article | Form::One) {
            return match self.unit_alone(i) {
                Some(found) => Step::Found(found),
                None if amount.form == Form::One && self.alone(&amount) => Step::Found(self.plain(amount)),
                None => Step::Past(i + 1),
            };
        }
        // "180ml": digits that belong to a measure we do not know.
        if matches!(amount.form, Form::Digits(_) | Form::Literal)
            && self.glued(end)
            && self.is_word(end)
            && self.is_digits(end - 1)
            && !self.tokens_split(end)
        {
            return Step::Past(self.end_of_name(end - 1));
        }
        Step::Found(self.plain(amount))
    }

    /// A word that begins at `end` was cut from one with a known particle; only then may it follow digits directly.
    fn tokens_split(&self, end: usize) -> bool {
        self.is(end, |s| matches!(s, Sense::And | Sense::Of | Sense::To)).is_some()
    }

    /// The amount is the whole text.
    fn alone(&self, amount: &Amount) -> bool {
        // No longer text is one word; so this costs the same everywhere.
        if self.tokens.len() > 12 {
            return false;
        }
        let word = |i: usize| matches!(self.tokens[i].shape, Shape::Word(_) | Shape::Digits);
        (0..self.tokens.len()).all(|i| (amount.start..amount.end).contains(&i) || !word(i))
    }

    fn plain(&self, amount: Amount) -> Found {
        let kind = if amount.form == Form::Ordinal || self.definite_ordinal(&amount) {
            Kind::Ordinal
        } else {
            Kind::Number
        };
        self.of(kind, amount, None)
    }

    /// "العشرون": a cardinal that is an ordinal as well counts what follows it, and is a place in an order where
    /// nothing does.
    fn definite_ordinal(&self, amount: &Amount) -> bool {
        let ends_so = |from: usize| {
            self.is(from, |s| matches!(s, Sense::Ordinal(_))) == Some(amount.end)
                && self.is(from, |s| matches!(s, Sense::Cardinal(_))) == Some(amount.end)
        };
        amount.form == Form::Words && !amount.scaled && (amount.start..amount.end).rev().take(2).any(ends_so)
    }

    fn of(&self, kind: Kind, amount: Amount, unit: Option<String>) -> Found {
        let scale = amount
            .scaled
            .then(|| {
                self.phrase(amount.end - 1, |s| {
                    if let Sense::Scale { factor, .. } = s { Some(factor.clone()) } else { None }
                })
            })
            .flatten();
        Found {
            start: amount.start,
            end: amount.end,
            kind,
            value: Value::Number(amount.value),
            unit,
            calendar: None,
            scale: scale.map(|(factor, _)| factor),
        }
    }

    fn percent(&self, amount: &Amount) -> Option<Found> {
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
    fn percent_before(&self, i: usize) -> Option<Found> {
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
    fn percent_first(&self, i: usize) -> Option<Found> {
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

    /// A currency at `i`: its code where it is known, whether it is a symbol or code, and the token after it.
    fn currency(&self, i: usize) -> Option<(Option<String>, bool, usize)> {
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
    fn money_before(&self, i: usize) -> Option<Found> {
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
        if self
            .currency(amount.end)
            .is_some_and(|(_, own, _)| !symbol && self.same_line(amount.end) || own && !symbol)
        {
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
    fn restated(&self, found: Found) -> Found {
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
            || (self.glued(end + 1) && !self.mark(end + 1).is_some_and(|m| m != '-'))
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
    fn money_after(&self, amount: &Amount) -> Option<Found> {
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
            (amount.end == at + 1 && self.nothing_counted(amount.end) && is_whole(main))
                .then(hundredth)
                .flatten()
        };
        // "तेरह डॉलर पैंतालीस की": a postposition after it, and nothing that it could count.
        let governed = || {
            let link = amount.form == Form::Words
                && joined.is_none()
                && self.is(amount.end, |s| matches!(s, Sense::ShareLink)).is_some();
            (link && is_whole(main)).then(hundredth).flatten()
        };
        let Some((part, end)) = minor.or_else(bare).or_else(governed) else { return found };
        if amount.value >= Number::hundred() || !is_whole(&amount.value) {
            return found;
        }
        match amount.value.mul(&part).and_then(|p| main.add(&p)) {
            Ok(value) => Found { end, value: Value::Number(value), ..found },
            Err(_) => found,
        }
    }

    /// Nothing stands at `i` that a number before it could count.
    pub fn nothing_counted(&self, i: usize) -> bool {
        i >= self.tokens.len()
            || !self.same_line(i)
            || (matches!(self.mark(i), Some('.' | ',' | ';' | '!' | '?' | ')' | ':' | '।'))
                && !(self.glued(i + 1) && self.is_digits(i + 1)))
    }

    /// "5 years", "ten business days", "an hour and a half".
    fn duration(&self, amount: &Amount) -> Option<Found> {
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
    fn unit_after(&self, i: usize) -> Option<(crate::lexicon::TimeUnit, usize)> {
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
                && is_whole(value)
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
    fn complete_unit(&self, i: usize) -> Option<Found> {
        let (unit, end) = self.unit(i).filter(|(unit, _)| unit.complete)?;
        let amount = Amount { value: unit.factor, start: i, end, form: Form::Words, scaled: false };
        let found = self.of(Kind::Duration, amount, Some(unit.name.to_owned()));
        Some(self.longer(self.and_part(found, &Number::from(1))))
    }

    /// "an hour", "another month".
    fn unit_alone(&self, i: usize) -> Option<Found> {
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
    fn unit_first(&self, i: usize) -> Option<Found> {
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

    fn ordinal(&self, amount: &Amount) -> Option<Found> {
        let Form::Digits(_) = amount.form else { return None };
        let apart = || {
            self.same_line(amount.end) && self.is(amount.end, |s| matches!(s, Sense::EndingApart)).is_some()
        };
        let end = self
            .is(amount.end, |s| matches!(s, Sense::OrdinalEnding))
            .filter(|_| self.glued(amount.end) || apart())?;
        if self.glued(end) && (self.is_word(end) || self.is_digits(end)) {
            return None;
        }
        Some(Found { end, ..self.of(Kind::Ordinal, amount.clone(), None) })
    }

    /// "from 8 to 12 April": a day before a range's last day takes its month.
    fn first_days(&self, found: &mut [Found]) {
        for second in 1..found.len() {
            let (before, after) = found.split_at_mut(second);
            let (a, b) = (&mut before[second - 1], &after[0]);
            let (Kind::Number | Kind::Ordinal, Value::Number(first), Value::Date(last), None) =
                (a.kind, &a.value, &b.value, b.calendar)
            else {
                continue;
            };
            let to = self.is(a.end, |s| matches!(s, Sense::To)) == Some(b.start) && self.is_word(a.end);
            let hyphen = a.end + 1 == b.start
                && self.glued(a.end)
                && self.glued(b.start)
                && matches!(self.mark(a.end), Some('-' | '–'));
            if !(to || hyphen)
                || !self.is_digits(a.start)
                || !self.is_digits(b.start)
                || !self.same_line(b.start)
            {
                continue;
            }
            let Some(day) = (1..last.day.unwrap_or(1)).find(|day| Number::from(i64::from(*day)) == *first)
            else {
                continue;
            };
            a.value = Value::Date(crate::mention::Date { day: Some(day), ..*last });
            a.kind = Kind::Date;
        }
    }

    /// A first end of a range takes the unit of the second: "10 to 20 million dollars".
    fn ranges(&self, found: &mut [Found]) {
        for second in 1..found.len() {
            let (before, after) = found.split_at_mut(second);
            let (a, b) = (&mut before[second - 1], &after[0]);
            let counted =
                self.is_digits(a.start) || matches!(&a.value, Value::Number(value) if is_whole(value));
            if a.kind != Kind::Number
                || !counted
                || !matches!(b.kind, Kind::Money | Kind::Percent | Kind::Duration | Kind::Number)
                || !self.same_line(b.start)
            {
                continue;
            }
            let to = self.is(a.end, |s| matches!(s, Sense::To)) == Some(b.start)
                || (a.end + 1 == b.start && matches!(self.mark(a.end), Some('-' | '–' | '—' | '~')));
            let between = self.is(a.end, |s| matches!(s, Sense::And)) == Some(b.start)
                && !self.preceding(a.start, |s| matches!(s, Sense::Between).then_some(())).is_empty();
            let between = between
                || (self.is(a.end, |s| matches!(s, Sense::ToWithin)) == Some(b.start)
                    && !self.preceding(a.start, |s| matches!(s, Sense::Between).then_some(())).is_empty())
                || (self.is(a.end, |s| matches!(s, Sense::And)) == Some(b.start)
                    && self.is(b.end, |s| matches!(s, Sense::BetweenAfter)).is_some());
            if !to && !between {
                continue;
            }
            if let (Value::Number(low), Value::Number(high), Some(scale), None) =
                (&a.value, &b.value, &b.scale, &a.scale)
            {
                if let Ok(scaled) = low.mul(scale) {
                    if scaled < *high && low < scale {
                        a.value = Value::Number(scaled);
                        a.scale = Some(scale.clone());
                    }
                }
            }
            if b.kind != Kind::Number {
                a.kind = b.kind;
                a.unit = b.unit.clone();
            }
        }
    }

    /// "a billion dollars in 2019, then 10 billion more": a further number in a scale is of the money before it in
    /// the sentence.
    fn elided(&self, found: &mut [Found]) {
        for at in 1..found.len() {
            let further = found[at].kind == Kind::Number
                && found[at].scale.is_some()
                && self.qualifier(&found[at]) == Some(Qualifier::Additional);
            if !further {
                continue;
            }
            let Some(before) = found[..at]
                .iter()
                .rev()
                .find(|f| !matches!(f.kind, Kind::Year | Kind::Date))
                .filter(|f| f.kind == Kind::Money)
            else {
                continue;
            };
            let ends = |i: usize| {
                self.tokens[i].line || matches!(self.mark(i), Some('.' | '!' | '?' | ';' | '؟' | '؛' | '।'))
            };
            let unit = before.unit.clone();
            if !(before.end..found[at].start).any(ends) && !self.tokens[found[at].start].line {
                (found[at].kind, found[at].unit) = (Kind::Money, unit);
            }
        }
    }

    /// The phrases that end right before token `i`, over fillers, as `pick` reads them: the nearest first.
    fn preceding<T>(&self, i: usize, pick: impl Fn(&Sense) -> Option<T> + Copy) -> Vec<(T, usize)> {
        let mut out = Vec::new();
        for start in (i.saturating_sub(BEFORE_MAX)..i).rev() {
            if self.tokens[start + 1].line {
                break;
            }
            if !self.lexicon().roles(self.word(start)).qualifies() {
                continue;
            }
            let Some((found, mut at)) = self.phrase(start, pick) else { continue };
            while at < i {
                match self.is(at, |s| matches!(s, Sense::Filler | Sense::Of)) {
                    Some(next) => at = next,
                    None if matches!(self.mark(at), Some('~' | '"' | '«' | '(')) => at += 1,
                    None => break,
                }
            }
            if at == i {
                out.push((found, start));
            }
        }
        out
    }

    /// What the words around a quantity make of it. Of several, the one that says most.
    fn qualifier(&self, found: &Found) -> Option<Qualifier> {
        use Qualifier::{About, Additional, AtLeast, AtMost, MoreThan};
        // "until 2032" bounds something else than the year.
        let point = matches!(found.kind, Kind::Year | Kind::Date);
        let before = self.preceding(found.start, |s| if let Sense::Before(q) = s { Some(*q) } else { None });
        let rank = |q: &Qualifier| [AtLeast, AtMost, MoreThan, About, Additional].iter().position(|r| r == q);
        if let Some((qualifier, _)) =
            before.iter().filter(|(q, _)| !point || *q == About).min_by_key(|(q, _)| rank(q))
        {
            return Some(*qualifier);
        }
        if !self.same_line(found.end) {
            return None;
        }
        let amount = !matches!(found.kind, Kind::Year | Kind::Date | Kind::Duration);
        let after = self.phrase(found.end, |s| match s {
            Sense::After(q) if !point || *q == About => Some(*q),
            Sense::AfterAmount(q) if amount => Some(*q),
            _ => None,
        });
        after.map(|(q, _)| q)
    }

    fn mention(&self, found: Found) -> Mention {
        let qualifier = self.qualifier(&found);
        Mention {
            place: self.tokens[found.start].start..self.tokens[found.end - 1].end,
            kind: found.kind,
            value: found.value,
            unit: found.unit,
            calendar: found.calendar,
            qualifier,
        }
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
