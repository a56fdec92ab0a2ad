//! Parts of one: "half a million", "two and a half", "three fifths".

use super::{Amount, Form};
use crate::lexicon::Sense;
use crate::reader::Reader;
use servanda_quantity::Number;

impl Reader<'_> {
    /// "साढ़े तीन" (3½), "सवा लाख" (1¼ lakh): a part added to the next number, in units of it.
    pub(crate) fn added(&self, i: usize) -> Option<Amount> {
        let (part, at) = self.phrase(i, |s| if let Sense::Added(part) = s { Some(part) } else { None })?;
        if !self.same_line(at) {
            return None;
        }
        let scale = |at: usize| {
            self.phrase(at, |s| if let Sense::Scale { factor, .. } = s { Some(factor) } else { None })
        };
        if let Some((factor, end)) = scale(at) {
            let value = Number::from(1).add(part).ok()?.mul(factor).ok()?;
            return Some(self.more_scales(Amount { value, start: i, end, form: Form::Words, scaled: true }));
        }
        let small = self
            .phrase(at, |s| if let Sense::Cardinal(v) = s { Some(Number::from(*v as i64)) } else { None })
            .or_else(|| self.literal(at).map(|l| (l.value, l.end)))?;
        let value = small.0.add(part).ok()?;
        match scale(small.1) {
            Some((factor, end)) => {
                let value = value.mul(factor).ok()?;
                Some(self.more_scales(Amount { value, start: i, end, form: Form::Words, scaled: true }))
            }
            None => Some(Amount { value, start: i, end: small.1, form: Form::Words, scaled: false }),
        }
    }

    /// "दो का पाँचवाँ भाग" (two fifths): the ordinal is the head of its phrase; "दो की पाँचवीं बैठक" is a meeting.
    fn share(&self, amount: &Amount) -> Option<(Number, usize)> {
        let at = self.is(amount.end, |s| matches!(s, Sense::ShareLink)).filter(|&at| self.same_line(at))?;
        let below = self.sequence(at).filter(|b| b.form == Form::Ordinal && b.value > Number::from(2))?;
        let noun =
            self.is(below.end, |s| matches!(s, Sense::ShareNoun)).filter(|_| self.same_line(below.end));
        let bare = matches!(amount.form, Form::Words | Form::One) && self.nothing_counted(below.end);
        let end = noun.filter(|_| amount.form != Form::Digits(4)).or_else(|| bare.then_some(below.end))?;
        Some((Number::from(1).div(&below.value).ok()?, end))
    }

    /// "half a dozen", "a quarter", "two thirds of a million" (from the part on).
    pub(crate) fn leading_part(&self, i: usize) -> Option<Amount> {
        let article = self.is(i, |s| matches!(s, Sense::Article));
        let at = article.unwrap_or(i);
        let (part, end) = self.phrase(at, |s| match s {
            Sense::Part { part, bound } if !bound || article.is_some() => Some(part.clone()),
            _ => None,
        })?;
        // "a third party" has no thirds in it: a part that may be an ordinal stands before "of", or ends its phrase.
        let ordinal = self.is(at, |s| matches!(s, Sense::Ordinal(_))) == Some(end);
        if ordinal
            && self.is_word(end)
            && self.same_line(end)
            && self.is(end, |s| matches!(s, Sense::Of)).is_none()
        {
            return None;
        }
        let found = self.of_scale(Amount { value: part, start: i, end, form: Form::Words, scaled: false });
        // "a mezzo posta" (by post): half of something is half of a scale or a unit.
        let weak = self.is(at, |s| matches!(s, Sense::WeakPart)) == Some(end) && found.end == end;
        let counts = || {
            self.is(end, |s| matches!(s, Sense::Unit(_) | Sense::Currency(_))).is_some()
                || (i == 0 && end == self.tokens.len())
        };
        (!weak || counts()).then_some(found)
    }

    /// "خمس الأرض": a fifth of the land; "خمس السنوات" are five years.
    pub(crate) fn definite_part(&self, i: usize) -> Option<Amount> {
        let (part, end) =
            self.phrase(i, |s| if let Sense::DefinitePart(part) = s { Some(part.clone()) } else { None })?;
        let counted = self
            .is(end, |s| {
                matches!(s, Sense::PluralUnit | Sense::Currency(_) | Sense::Cardinal(_) | Sense::Scale { .. })
            })
            .is_some();
        let value = (self.same_line(end) && !counted && self.is_definite(end)).then_some(part)?;
        Some(Amount { value, start: i, end, form: Form::Words, scaled: false })
    }

    /// A part of a scale or group: "half a million", "three quarters of a dozen".
    fn of_scale(&self, part: Amount) -> Amount {
        let mut at = part.end;
        for _ in 0..2 {
            let link = self.is(at, |s| matches!(s, Sense::Of | Sense::Article));
            at = link.filter(|&next| self.same_line(next)).unwrap_or(at);
        }
        if !self.same_line(at) {
            return part;
        }
        match self.scale_at(at) {
            Some((factor, end)) => match part.value.mul(&factor) {
                Ok(value) => self.more_scales(Amount { value, end, scaled: true, ..part }),
                Err(_) => part,
            },
            None => part,
        }
    }

    /// "two and a half", "one million and a half", "three fifths".
    pub(crate) fn with_part(&self, amount: Amount) -> Amount {
        if !self.same_line(amount.end) || amount.form == Form::Ordinal {
            return amount;
        }
        self.shared(&amount)
            .or_else(|| self.divided(&amount))
            .or_else(|| self.times_part(&amount))
            .or_else(|| self.and_part_of_one(&amount))
            .unwrap_or(amount)
    }

    /// A part at `at`; `bound` ones too, that need a number before them.
    fn part_at(&self, at: usize, bound_too: bool) -> Option<(Number, usize)> {
        self.phrase(at, |s| match s {
            Sense::Part { part, bound } if bound_too || !bound => Some(part.clone()),
            _ => None,
        })
    }

    /// "दस का पाँचवाँ भाग": a share with its noun.
    fn shared(&self, amount: &Amount) -> Option<Amount> {
        let (part, end) = self.share(amount)?;
        self.split_off(amount, &part, end).or_else(|| times(amount, &part, end))
    }

    /// "one twenty-fifth", "tre ventunesimi".
    fn divided(&self, amount: &Amount) -> Option<Amount> {
        if !matches!(amount.form, Form::Words | Form::Article | Form::One) {
            return None;
        }
        let (part, end) = self.denominator(amount.end)?;
        (amount.form == Form::Words || self.nothing_counted(end)).then(|| times(amount, &part, end))?
    }

    /// "three fifths".
    fn times_part(&self, amount: &Amount) -> Option<Amount> {
        // An article before a part is a leading part, or the part is none: "un mezzo di trasporto".
        let one = matches!(amount.form, Form::Article | Form::One);
        if one && self.lexicon().compound_ordinals {
            return None;
        }
        let at = amount.end + usize::from(self.mark(amount.end) == Some('-'));
        // "one and a half" as one word ("डेढ़") begins a number of its own.
        let (part, end) = self.part_at(at, true).filter(|(part, _)| *part < Number::from(1))?;
        if self.is(at, |s| matches!(s, Sense::Ordinal(_))) == Some(end) {
            // "two millionth": one of an order, and no share. "a third party" has no thirds in it.
            let order = amount.value != Number::from(1) && !self.lexicon().ordinal_shares;
            let noun = amount.form == Form::Article && self.is_word(end) && self.same_line(end);
            if order || (noun && self.is(end, |s| matches!(s, Sense::Of)).is_none()) {
                return None;
            }
        }
        self.split_off(amount, &part, end).or_else(|| Some(self.of_scale(times(amount, &part, end)?)))
    }

    /// "and a half", "and three fifths", "and three over five".
    fn and_part_of_one(&self, amount: &Amount) -> Option<Amount> {
        let joined = self.is(amount.end, |s| matches!(s, Sense::And))?;
        if amount.form == Form::Article {
            return None;
        }
        let article = self.is(joined, |s| matches!(s, Sense::Article));
        let counted = || {
            let (count, next) = self.phrase(joined, |s| match s {
                Sense::Cardinal(count) => i64::try_from(*count).ok(),
                _ => None,
            })?;
            let (part, end) = self.part_at(next, true)?;
            Some((part.mul(&Number::from(count)).ok()?, end))
        };
        let over = || {
            let above =
                self.sequence(joined).filter(|above| matches!(above.form, Form::Words | Form::One))?;
            let part = self.over(above.clone());
            (part.end > above.end && part.value < Number::from(1)).then_some((part.value, part.end))
        };
        let (part, end) =
            self.part_at(article.unwrap_or(joined), article.is_some()).or_else(counted).or_else(over)?;
        // In units of the scale that the number ends in, or of the scale that follows.
        let next = self.same_line(end).then(|| self.scale_at(end)).flatten();
        let (value, end) = match (self.last_scale(amount), next) {
            (Some(unit), Some((factor, after))) if factor <= unit => {
                (amount.value.add(&part.mul(&factor).ok()?).ok()?, after)
            }
            (Some(unit), _) => (amount.value.add(&part.mul(&unit).ok()?).ok()?, end),
            (None, Some((factor, after))) => (amount.value.add(&part).ok()?.mul(&factor).ok()?, after),
            (None, None) => (amount.value.add(&part).ok()?, end),
        };
        let scaled = self.scale_at(end.saturating_sub(1)).is_some();
        Some(Amount { value, end, form: Form::Words, scaled, ..amount.clone() })
    }

    /// "one hundred and thirty and two fifths": what stands after the last "and" belongs to the part, if it makes
    /// less than one of it.
    fn split_off(&self, amount: &Amount, part: &Number, end: usize) -> Option<Amount> {
        let one = Number::from(1);
        let (tail, at) = self.after_and(amount, amount.end)?;
        let share = tail.mul(part).ok()?;
        let rest = amount.value.sub(&tail).ok()?;
        if share >= one || rest.is_zero() || rest < one {
            return None;
        }
        // "two million and three fifths": in units of the scale before.
        let before =
            self.scale_at(at - 1).filter(|(factor, end)| *end == at && *factor >= Number::from(1000));
        let share = share.mul(&before.map_or(one, |(factor, _)| factor)).ok()?;
        Some(Amount {
            value: rest.add(&share).ok()?,
            end,
            form: Form::Words,
            scaled: false,
            ..amount.clone()
        })
    }

    /// Whether one word at `i` is put together of number words and the ending of an ordinal: "ventunesimo".
    pub(crate) fn compound_ordinal(&self, i: usize) -> bool {
        let end = (i + 1..self.tokens.len())
            .find(|&end| !self.glued(end) || !self.is_word(end))
            .unwrap_or(self.tokens.len());
        end > i + 1 && self.is(end - 1, |s| matches!(s, Sense::OrdinalEnding)) == Some(end)
    }

    /// What stands after the last "and" of a number up to `end`, and where that "and" is.
    pub(crate) fn after_and(&self, amount: &Amount, end: usize) -> Option<(Number, usize)> {
        (amount.start + 1..amount.end).rev().find_map(|at| {
            let after = self.is(at, |s| matches!(s, Sense::And)).filter(|&after| after < amount.end)?;
            let tail = self.sequence(after).filter(|tail| tail.end == end)?;
            Some((tail.value, at))
        })
    }

    /// A denominator at `i`: "fifths", "twenty-fifth", "ventunesimi".
    pub(crate) fn denominator(&self, i: usize) -> Option<(Number, usize)> {
        if self.lexicon().compound_ordinals {
            let below = self
                .compound_ordinal(i)
                .then(|| self.sequence(i))
                .flatten()
                .filter(|b| b.form == Form::Ordinal)?;
            return Some((Number::from(1).div(&below.value).ok()?, below.end));
        }
        let (tens, at) = self.phrase(i, |s| match s {
            Sense::Cardinal(v) if (20..100).contains(v) && v % 10 == 0 => Some(Number::from(*v as i64)),
            _ => None,
        })?;
        let at = if self.mark(at) == Some('-') { at + 1 } else { at };
        if !self.same_line(at) {
            return None;
        }
        let one = Number::from(1);
        let (units, end) = self.phrase(at, |s| match s {
            Sense::Ordinal(v @ 1..10) => Some(Number::from(*v as i64)),
            Sense::Part { part, bound: true } => one.div(part).ok().filter(|units| *units < Number::from(10)),
            _ => None,
        })?;
        Some((one.div(&tens.add(&units).ok()?).ok()?, end))
    }

    /// The scale word that an amount ends in.
    fn last_scale(&self, amount: &Amount) -> Option<Number> {
        if !amount.scaled {
            return None;
        }
        let (factor, end) = self.scale_at(amount.end.checked_sub(1)?)?;
        (end == amount.end && factor >= Number::from(1000)).then_some(factor)
    }
}

/// So many times a part, up to token `end`.
fn times(amount: &Amount, part: &Number, end: usize) -> Option<Amount> {
    let value = amount.value.mul(part).ok()?;
    Some(Amount { value, end, form: Form::Words, scaled: false, ..amount.clone() })
}
