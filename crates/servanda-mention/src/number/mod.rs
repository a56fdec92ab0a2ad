//! Numbers in words, in digits, and in both.

mod part;
mod sum;

use crate::lexicon::Sense;
use crate::literal::is_fraction;
use crate::reader::Reader;
use crate::token::Shape;
use servanda_quantity::Number;

/// A number found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Amount {
    /// Its value.
    pub value: Number,
    /// The first token of it.
    pub start: usize,
    /// The token after it.
    pub end: usize,
    /// How it is written.
    pub form: Form,
    /// It ends in a scale word or letter ("million", "k").
    pub scaled: bool,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// So many plain digits.
    Digits(usize),
    /// Digits with signs or words.
    Literal,
    /// Words.
    Words,
    /// An article that stands for one: it counts only before a unit.
    Article,
    /// A word that is both the article and the numeral ("एक", "un"): it counts where a numeral has to stand.
    One,
    /// Only words, and an ordinal: its place in an order.
    Ordinal,
}

impl Reader<'_> {
    /// The number that starts at token `i`. Dates, money and lengths all ask for it: it is read once.
    pub fn number(&self, i: usize) -> Option<Amount> {
        if !self.may_be_number(i) {
            return None;
        }
        let slot = i % self.numbers.len();
        if let Some((at, known)) = &*self.numbers[slot].borrow()
            && *at == i
        {
            return known.clone();
        }
        let found = self.signed_number(i);
        self.numbers[slot].replace(Some((i, found.clone())));
        found
    }

    /// A quick look that most words do not pass.
    fn may_be_number(&self, i: usize) -> bool {
        let word = match self.tokens.get(i).map(|t| t.shape) {
            None => return false,
            Some(Shape::Digits) => return true,
            Some(Shape::Mark(mark)) => {
                let digits = self.is_digits(i + 1) || (self.mark(i + 1).is_some() && self.is_digits(i + 2));
                if digits || is_fraction(mark) {
                    return true;
                }
                self.lexicon().mark(mark)
            }
            Some(Shape::Word(word)) => word,
        };
        let roles = self.lexicon().roles(word);
        roles.counts() || roles.leads()
    }

    fn signed_number(&self, i: usize) -> Option<Amount> {
        // "al menos sesenta" (at least sixty): the last word of a qualifier is no minus.
        let qualifies = |end: usize| {
            (1..=3.min(i)).any(|back| self.is(i - back, |s| matches!(s, Sense::Before(_))) == Some(end))
        };
        if let Some(end) = self.is(i, |s| matches!(s, Sense::Minus)).filter(|&end| !qualifies(end))
            && let Some(found) = self.same_line(end).then(|| self.unsigned_number(end)).flatten()
            && found.form != Form::Article
        {
            let value = Number::zero().sub(&found.value).ok()?;
            let form =
                if matches!(found.form, Form::Words | Form::One) { Form::Words } else { Form::Literal };
            return Some(Amount { value, start: i, form, ..found });
        }
        self.unsigned_number(i)
    }

    fn unsigned_number(&self, i: usize) -> Option<Amount> {
        // "one of them" counts nothing, "one of three" does.
        let idle = self.is(i, |s| matches!(s, Sense::NotNumber));
        let found = self.counted(i)?;
        idle.is_none_or(|end| found.end > end).then_some(found)
    }

    fn counted(&self, i: usize) -> Option<Amount> {
        let found = self
            .added(i)
            .or_else(|| self.leading_part(i))
            .or_else(|| self.definite_part(i))
            .or_else(|| self.sequence(i))
            .or_else(|| self.weak_ordinal(i))?;
        let found = self.point(found);
        let found = self.with_part(found);
        Some(self.said_twice(self.over(found)))
    }

    /// "thirty (30)": contracts say a number in words and again in digits.
    fn said_twice(&self, amount: Amount) -> Amount {
        if amount.form == Form::Article {
            return amount;
        }
        match self.said_again(amount.end, &amount.value) {
            Some(end) => Amount { end, ..amount },
            None => amount,
        }
    }

    /// The end of the brackets at `i` in which a value is said again: "(30)", "(two thousand)", "(duemila/00)".
    pub fn said_again(&self, i: usize, value: &Number) -> Option<usize> {
        if self.mark(i) != Some('(') || !self.same_line(i) {
            return None;
        }
        let words = || self.sequence(i + 1).filter(|a| a.form == Form::Words).map(|a| (a.value, a.end));
        let (again, mut end) = self.literal(i + 1).map(|l| (l.value, l.end)).or_else(words)?;
        let mut cents = Number::zero();
        if self.mark(end) == Some('/') && self.is_digits(end + 1) && self.digits(end + 1).len() == 2 {
            cents = self.digits(end + 1).parse::<Number>().ok()?.div(&Number::hundred()).ok()?;
            end += 2;
        }
        (self.mark(end) == Some(')') && again.add(&cents).ok()? == *value).then_some(end + 1)
    }

    /// "पहले": an ordinal by itself only where nothing else stands in the text, a month after it, or a determiner
    /// before it.
    fn weak_ordinal(&self, i: usize) -> Option<Amount> {
        let (value, end) =
            self.phrase(
                i,
                |s| if let Sense::WeakOrdinal(v) = s { Some(Number::from(*v as i64)) } else { None },
            )?;
        let alone = (i == 0 && end == self.tokens.len())
            || (1..=2.min(i)).any(|back| self.is(i - back, |s| matches!(s, Sense::Determiner)) == Some(i));
        let day = end < self.tokens.len()
            && self.same_line(end)
            && self.is(end, |s| matches!(s, Sense::Month(..))).is_some();
        (alone || day).then_some(Amount { value, start: i, end, form: Form::Ordinal, scaled: false })
    }

    /// "a hundred", "a million": an article before a scale; else an article alone, which counts only before a unit.
    pub(crate) fn article(&self, i: usize) -> Option<Amount> {
        if let Some((count, end)) = self
            .phrase(i, |s| if let Sense::Group(count) = s { Some(Number::from(*count as i64)) } else { None })
        {
            return Some(Amount { value: count, start: i, end, form: Form::Words, scaled: true });
        }
        let end = self.is(i, |s| matches!(s, Sense::Article))?;
        if self.same_line(end) {
            let starts_scale = self
                .phrase(end, |s| matches!(s, Sense::Scale { .. } | Sense::Group(_)).then_some(()))
                .is_some();
            if starts_scale && let Some(found) = self.sequence(end) {
                return Some(Amount { start: i, ..found });
            }
        }
        Some(Amount { value: Number::from(1), start: i, end, form: Form::Article, scaled: false })
    }

    /// "two hundred point zero three".
    fn point(&self, amount: Amount) -> Amount {
        let Some(mut at) = self.is(amount.end, |s| matches!(s, Sense::Point)) else { return amount };
        if !matches!(amount.form, Form::Words | Form::One | Form::Digits(_))
            || amount.scaled && !amount.value.is_whole()
        {
            return amount;
        }
        let mut digits = String::new();
        let mut end = amount.end;
        while digits.len() < 30 && self.same_line(at) {
            if digits.is_empty() && self.is_digits(at) && self.digits(at).len() < 20 {
                digits = self.digits(at);
                end = at + 1;
                break;
            }
            let next = self.phrase(at, |s| match s {
                Sense::Cardinal(v) if *v < 100 => Some(*v),
                _ => None,
            });
            let Some((value, after)) = next else { break };
            // "point seventy one" is one number of two digits.
            let tens = digits.chars().last().is_some_and(|c| c == '0')
                && digits.len() >= 2
                && (1..10).contains(&value)
                && end > amount.end
                && self.tens(end);
            if tens {
                digits.pop();
            }
            digits.push_str(&value.to_string());
            at = after;
            end = after;
        }
        if digits.is_empty() {
            return amount;
        }
        let decimals: Option<Number> = format!("0.{digits}").parse().ok();
        match decimals.and_then(|d| amount.value.add(&d).ok()) {
            Some(value) => {
                let found = Amount { value, end, form: Form::Words, ..amount };
                self.more_scales(found)
            }
            None => amount,
        }
    }

    /// Whether the word before token `end` is a ten: twenty to ninety.
    fn tens(&self, end: usize) -> bool {
        self.phrase(end - 1, |s| match s {
            Sense::Cardinal(v) if *v >= 20 && *v % 10 == 0 => Some(()),
            _ => None,
        })
        .is_some_and(|(_, e)| e == end)
    }

    /// "one over three", "two out of five hundred".
    pub(crate) fn over(&self, amount: Amount) -> Amount {
        let Some(at) = self.is(amount.end, |s| matches!(s, Sense::Over)) else { return amount };
        if matches!(amount.form, Form::Article | Form::Ordinal) || !self.same_line(at) {
            return amount;
        }
        let Some(below) = self.sequence(at).filter(|b| !matches!(b.form, Form::Article | Form::Ordinal))
        else {
            return amount;
        };
        // "$10000 over 3 years" divides nothing.
        if self.phrase(below.end, |s| matches!(s, Sense::Unit(_)).then_some(())).is_some() {
            return amount;
        }
        match amount.value.div(&below.value) {
            Ok(value) => Amount { value, end: below.end, form: Form::Words, scaled: false, ..amount },
            Err(_) => amount,
        }
    }
}
