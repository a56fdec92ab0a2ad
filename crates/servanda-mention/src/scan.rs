//! Walks a text once and takes at each place the longest quantity that begins there.

use crate::date::When;
use crate::lexicon::Sense;
use crate::locale::Locale;
use crate::mention::{Calendar, Kind, Mention, Value};
use crate::number::{Amount, Form};
use crate::reader::Reader;
use crate::token::{Shape, tokens};
use servanda_quantity::Number;
use std::cell::Cell;

/// A mention in the making, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The first token of it.
    pub start: usize,
    /// The token after it.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub value: Value,
    /// Its unit.
    pub unit: Option<String>,
    /// The calendar of the text, where it is not the Gregorian one.
    pub calendar: Option<Calendar>,
    /// It ends in a scale, and this is the last: a range takes it over to its first end.
    pub scale: Option<Number>,
}

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
        let measured = self
            .percent(&amount)
            .or_else(|| self.money_after(&amount).map(|found| self.restated(found)))
            .or_else(|| self.duration(&amount))
            .or_else(|| self.ordinal(&amount));
        if let Some(found) = measured {
            return Step::Found(found);
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
        if matches!(amount.form, Form::Digits(_) | Form::Literal)
            && !amount.scaled
            && self.names_a_part(&amount)
        {
            let end = self.end_of_numbering(amount.start).max(end);
            self.label.set(end);
            return Step::Past(end);
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

    pub(crate) fn of(&self, kind: Kind, amount: Amount, unit: Option<String>) -> Found {
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

    /// Nothing stands at `i` that a number before it could count.
    pub fn nothing_counted(&self, i: usize) -> bool {
        i >= self.tokens.len()
            || !self.same_line(i)
            || (matches!(self.mark(i), Some('.' | ',' | ';' | '!' | '?' | ')' | ':' | '।'))
                && !(self.glued(i + 1) && self.is_digits(i + 1)))
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

/// All quantities of a text.
pub(crate) fn scan(text: &str, locale: &Locale) -> Vec<Mention> {
    let tokens = tokens(text, &locale.lexicon);
    let reader = Reader { text, tokens: &tokens, locale, label: Cell::new(0), numbers: Default::default() };
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
