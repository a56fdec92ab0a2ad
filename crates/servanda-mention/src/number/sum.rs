//! Cardinals, digits and scales that make one number, by place value.

use super::{Amount, Form};
use crate::lexicon::Sense;
use crate::reader::Reader;
use servanda_quantity::Number;
use std::ops::Range;

/// Most parts of a number in words.
const PARTS_MAX: usize = 60;

/// A number in the making: the groups that are done, and the one below a thousand that grows.
#[derive(Clone)]
struct Sum {
    total: Number,
    group: Option<Number>,
    /// What still fits below the last part of the group: 10 after "twenty", 100 after "two hundred".
    room: Number,
    /// The last scale above a hundred.
    scale: Option<Number>,
    /// The group has its hundreds.
    hundreds: bool,
    /// The last part was a scale.
    on_scale: bool,
    words: bool,
    plain: usize,
    /// Digits with decimals are in it: scales go on from them, no further words.
    decimal: bool,
    ordinal: bool,
    end: usize,
    parts: usize,
}

impl Sum {
    pub(crate) fn new(start: usize) -> Sum {
        Sum {
            total: Number::zero(),
            group: None,
            room: Number::zero(),
            scale: None,
            hundreds: false,
            on_scale: false,
            words: true,
            plain: 0,
            decimal: false,
            ordinal: false,
            end: start,
            parts: 0,
        }
    }

    fn value(&self) -> Option<Number> {
        match &self.group {
            None => Some(self.total.clone()),
            Some(group) => self.total.add(group).ok(),
        }
    }

    fn fits(&self, value: &Number) -> bool {
        match (&self.group, &self.scale) {
            (Some(_), _) => *value < self.room && !value.is_zero(),
            (None, Some(scale)) => value < scale && !value.is_zero(),
            (None, None) => true,
        }
    }

    fn put(&mut self, value: Number, end: usize) -> Option<()> {
        self.room = room(&value);
        self.group = Some(match self.group.take() {
            None => value,
            Some(group) => group.add(&value).ok()?,
        });
        self.on_scale = false;
        self.end = end;
        self.parts += 1;
        Some(())
    }
}

impl Reader<'_> {
    pub(crate) fn more_scales(&self, mut amount: Amount) -> Amount {
        while let Some((factor, end)) =
            self.same_line(amount.end).then(|| self.scale_at(amount.end)).flatten()
        {
            let Ok(value) = amount.value.mul(&factor) else { break };
            amount = Amount { value, end, ..amount };
        }
        amount
    }

    /// A scale or group word at `i`.
    pub(crate) fn scale_at(&self, i: usize) -> Option<(Number, usize)> {
        self.phrase(i, |s| match s {
            Sense::Scale { factor, .. } => Some(factor.clone()),
            Sense::Group(count) => Some(Number::from(*count as i64)),
            _ => None,
        })
    }

    /// Cardinals, digits and scales that make one number.
    pub(crate) fn sequence(&self, i: usize) -> Option<Amount> {
        let mut sum = Sum::new(i);
        // Where the number stood before its last part, in case that part turns out to begin another number.
        let mut earlier: Option<Sum> = None;
        while sum.parts < PARTS_MAX {
            let first = sum.parts == 0;
            let mut at = sum.end;
            let mut joined = false;
            if !first {
                if !self.same_line(at) {
                    break;
                }
                if let Some(end) = self.is(at, |s| matches!(s, Sense::And)) {
                    joined = true;
                    at = end;
                } else if self.mark(at) == Some('-')
                    && self.is_word(at - 1)
                    && self.is_word(at + 1)
                    && sum.words
                {
                    at += 1;
                }
                if !self.same_line(at) || at >= self.tokens.len() {
                    break;
                }
            }
            // In a language that writes numbers as one word, an ordinal apart names a share: "cento trentacinquesimi".
            if !first
                && self.lexicon().compound_ordinals
                && !self.glued(at)
                && (self.is(at, |s| matches!(s, Sense::Ordinal(_))).is_some() || self.compound_ordinal(at))
            {
                break;
            }
            let before = sum.clone();
            if !self.part(&mut sum, at, joined, first, &mut earlier)? {
                break;
            }
            if !sum.on_scale {
                earlier = Some(before);
            }
            if sum.ordinal {
                self.ordinal_ten(&mut sum);
                break;
            }
        }
        if sum.parts == 0 {
            return self.article(i);
        }
        let form = match (sum.words, sum.ordinal) {
            (true, true) => Form::Ordinal,
            (true, false)
                if sum.parts == 1 && self.is(i, |s| matches!(s, Sense::Article)) == Some(sum.end) =>
            {
                Form::One
            }
            (true, false) => Form::Words,
            _ if sum.plain > 0 && sum.parts == 1 => Form::Digits(sum.plain),
            _ => Form::Literal,
        };
        let amount = Amount { value: sum.value()?, start: i, end: sum.end, form, scaled: sum.on_scale };
        Some(self.grouped_amount(amount))
    }

    /// "الحادي والعشرون": the ten after an ordinal of units.
    fn ordinal_ten(&self, sum: &mut Sum) -> Option<()> {
        let units = sum
            .group
            .clone()
            .filter(|units| self.lexicon().units_first && sum.parts == 1 && *units < Number::from(10))?;
        let at = self.is(sum.end, |s| matches!(s, Sense::And)).filter(|&at| self.same_line(at))?;
        let (ten, end) = self.phrase(at, |s| match s {
            Sense::Cardinal(v) if *v >= 20 && *v < 100 && *v % 10 == 0 => Some(*v as i64),
            _ => None,
        })?;
        sum.group = Some(units.add(&Number::from(ten)).ok()?);
        sum.end = end;
        Some(())
    }

    /// "three dozen".
    fn grouped_amount(&self, amount: Amount) -> Amount {
        let group = self.same_line(amount.end).then(|| {
            self.phrase(amount.end, |s| {
                if let Sense::Group(count) = s { Some(Number::from(*count as i64)) } else { None }
            })
        });
        let Some((count, end)) = group.flatten() else { return amount };
        // "three hundred and two dozen": what stands after the last "and" is counted in dozens.
        let value = match self.after_and(&amount, end) {
            Some((dozens, _)) => dozens.div(&count).and_then(|tail| amount.value.sub(&tail)?.add(&dozens)),
            None => amount.value.mul(&count),
        };
        match value {
            Ok(value) => Amount { value, end, form: Form::Words, scaled: true, ..amount },
            Err(_) => amount,
        }
    }

    /// Takes one part at token `at` into the sum. `false` where none is there.
    fn part(
        &self,
        sum: &mut Sum,
        at: usize,
        joined: bool,
        first: bool,
        earlier: &mut Option<Sum>,
    ) -> Option<bool> {
        if let Some(literal) = self.literal_part(sum, at, first) {
            let plain = literal.plain;
            if sum.parts == 0 {
                sum.plain = plain;
            }
            sum.words = false;
            sum.decimal |= !literal.value.is_whole();
            sum.put(literal.value, literal.end)?;
            self.suffix(sum);
            return Some(true);
        }
        let Some((reading, end)) = self.reading(sum, at, first) else {
            return Some(self.ordinal_ending(sum, at, joined));
        };
        match reading {
            Reading::Scale(factor) => self.scale_part(sum, factor, end, joined, earlier),
            Reading::DualScale(factor) => self.dual_scale(sum, factor, end, first, earlier),
            Reading::Cardinal(value) => Some(
                self.word_part(sum, &value, end, joined, first)?
                    || (!joined && self.pair_part(sum, value, at..end)?),
            ),
            Reading::Ordinal(value) => {
                let taken = (first || sum.words) && self.word_part(sum, &value, end, joined, first)?;
                sum.ordinal |= taken;
                Some(taken)
            }
        }
    }

    /// What the words at `at` are within a number. Of several readings the longest phrase wins; of equally long ones,
    /// the first here.
    fn reading(&self, sum: &Sum, at: usize, first: bool) -> Option<(Reading, usize)> {
        // Words go on from digits only after a scale: "100 and fifty" are two numbers.
        let words = first || ((sum.on_scale || sum.words) && !sum.decimal && sum.plain == 0);
        let number = |value: &u64| i64::try_from(*value).ok().map(Number::from);
        let scale = self.phrase(at, |s| match s {
            Sense::Scale { factor, bound } if !bound || sum.parts > 0 => Some(Reading::Scale(factor.clone())),
            _ => None,
        });
        let cardinal = self.phrase(at, |s| match s {
            Sense::Cardinal(value) if words => number(value).map(Reading::Cardinal),
            _ => None,
        });
        let ordinal = self.phrase(at, |s| match s {
            Sense::Ordinal(value) if words => number(value).map(Reading::Ordinal),
            _ => None,
        });
        let dual = self.phrase(at, |s| match s {
            Sense::DualScale(factor) => Some(Reading::DualScale(factor.clone())),
            _ => None,
        });
        // `max_by_key` takes the last of equals.
        [dual, ordinal, cardinal, scale].into_iter().flatten().max_by_key(|(_, end)| *end)
    }

    /// "ventun-esimo": the ending that makes an ordinal of the number before it.
    fn ordinal_ending(&self, sum: &mut Sum, at: usize, joined: bool) -> bool {
        if sum.parts == 0 || !sum.words || joined || !self.glued(at) {
            return false;
        }
        let Some(end) = self.is(at, |s| matches!(s, Sense::OrdinalEnding)) else { return false };
        sum.ordinal = true;
        sum.end = end;
        true
    }

    /// A number word that fits below the last, or that the language puts before it.
    fn word_part(
        &self,
        sum: &mut Sum,
        value: &Number,
        end: usize,
        joined: bool,
        first: bool,
    ) -> Option<bool> {
        if first || sum.fits(value) {
            sum.put(value.clone(), end)?;
            return Some(true);
        }
        let (Some(group), Some(small)) = (sum.group.clone(), value.to_i64()) else { return Some(false) };
        // "three and twenty".
        let tens = (20..100).contains(&small) && small % 10 == 0;
        let units = sum.room == Number::from(1) && !sum.on_scale && last_units(&group);
        if self.lexicon().units_first && joined && units && tens {
            sum.put(value.clone(), end)?;
            sum.room = Number::from(1);
            return Some(true);
        }
        Some(false)
    }

    /// "one twenty two": a digit of hundreds, said without them.
    fn pair_part(&self, sum: &mut Sum, value: Number, at: Range<usize>) -> Option<bool> {
        let (Some(group), Some(small)) = (sum.group.clone(), value.to_i64()) else { return Some(false) };
        let digit =
            group.to_i64().is_some_and(|group| (1..10).contains(&group)) && sum.parts == 1 && sum.words;
        let pair = (10..100).contains(&small) && self.denominator(at.start).is_none();
        if self.lexicon().spoken_pairs && digit && pair {
            sum.group = Some(group.mul(&Number::hundred()).ok()?);
            sum.put(value, at.end)?;
            return Some(true);
        }
        Some(false)
    }

    /// "ألفان": two and a scale in one word.
    fn dual_scale(
        &self,
        sum: &mut Sum,
        factor: Number,
        end: usize,
        first: bool,
        earlier: &mut Option<Sum>,
    ) -> Option<bool> {
        let two = Number::from(2);
        let descending = sum.scale.as_ref().is_none_or(|scale| factor < *scale);
        if !first && (sum.group.is_some() || !descending || !sum.fits(&two)) {
            return Some(false);
        }
        sum.put(two, end)?;
        self.scale_part(sum, factor, end, false, earlier)
    }

    fn literal_part(&self, sum: &Sum, at: usize, first: bool) -> Option<crate::literal::Literal> {
        if first {
            return self.literal(at);
        }
        // "4 thousand 3 hundred and 21": digits go on only after a scale or in the room that it left.
        let apart = !self.glued(at) || self.is(at - 1, |s| matches!(s, Sense::And)) == Some(at);
        if !self.is_digits(at) || !apart || !sum.on_scale {
            return None;
        }
        self.literal(at).filter(|l| sum.fits(&l.value) && (l.plain <= 3))
    }

    /// "10k", "2.5bn": letters on the digits.
    fn suffix(&self, sum: &mut Sum) {
        let at = sum.end;
        if !self.is_word(at)
            || !self.same_line(at)
            || (self.glued(at + 1) && (self.is_digits(at + 1) || self.is_word(at + 1)))
        {
            return;
        }
        let raw = self.raw(at);
        // "5G" is a generation of mobile networks.
        if raw == "G" && sum.plain == 1 && self.glued(at) {
            return;
        }
        let Some(factor) = self.lexicon().suffixes.get(raw) else { return };
        if let Some(Ok(value)) = sum.group.as_ref().map(|g| g.mul(factor)) {
            sum.total = value;
            sum.group = None;
            sum.scale = Some(Number::zero());
            sum.on_scale = true;
            sum.end = at + 1;
            sum.plain = 0;
        }
    }

    fn scale_part(
        &self,
        sum: &mut Sum,
        factor: Number,
        end: usize,
        joined: bool,
        earlier: &mut Option<Sum>,
    ) -> Option<bool> {
        let hundred = Number::hundred();
        let one = Number::from(1);
        if factor <= hundred {
            match &sum.group {
                Some(_) if sum.hundreds || (joined && !sum.on_scale) => {
                    // "3 hundred and 2 hundred": the part before begins a number of its own.
                    if let Some(back) = earlier.take().filter(|e| e.parts > 0 && !joined) {
                        *sum = back;
                    }
                    return Some(false);
                }
                Some(group) => sum.group = Some(group.mul(&factor).ok()?),
                None if sum.scale.as_ref().is_none_or(|s| factor < *s) => sum.group = Some(factor.clone()),
                None => return Some(false),
            }
            sum.hundreds = true;
            sum.room = factor;
            sum.end = end;
            sum.parts += 1;
            sum.plain = 0;
            sum.on_scale = true;
            return Some(true);
        }
        let descending = sum.scale.as_ref().is_none_or(|s| factor < *s);
        if descending && !(joined && sum.group.is_some()) {
            let group = sum.group.take().unwrap_or(one);
            sum.total = sum.total.add(&group.mul(&factor).ok()?).ok()?;
        } else if !joined && sum.scale != Some(Number::zero()) {
            // "three lakh crore", "hundred thousand million".
            let all = sum.value()?;
            // "twelve thousand five hundred billion" is one number: the larger scale counts all before it.
            // A few of it are a number of their own: "ten thousand and three million".
            let same = sum.scale.as_ref().is_none_or(|scale| factor <= *scale)
                || sum.group.as_ref().is_some_and(|group| *group <= Number::from(10));
            if same
                && sum.group.is_some()
                && earlier.as_ref().is_some_and(|e| e.parts > 0 && e.on_scale && e.group.is_none())
            {
                // "two million three million": the part before begins a number of its own.
                if let Some(back) = earlier.take() {
                    *sum = back;
                }
                return Some(false);
            }
            sum.total = all.mul(&factor).ok()?;
            sum.group = None;
        } else {
            return Some(false);
        }
        sum.scale = Some(factor);
        sum.hundreds = false;
        sum.room = Number::zero();
        sum.on_scale = true;
        sum.end = end;
        sum.parts += 1;
        sum.plain = 0;
        Some(true)
    }
}

/// The power of ten below which a further part fits: 10 for 20, 100 for 300, 1 for 3 and for 15.
fn room(value: &Number) -> Number {
    let mut room = 1_i64;
    if let Some(value) = value.to_i64().filter(|value| *value > 10) {
        while let Some(next) = room.checked_mul(10).filter(|next| room < value && value % next == 0) {
            room = next;
        }
    }
    Number::from(room)
}

/// What words can be within a number.
enum Reading {
    Scale(Number),
    DualScale(Number),
    Cardinal(Number),
    Ordinal(Number),
}

/// Whether the units of a whole number are its only part below a hundred: 3, 103, 2005.
fn last_units(value: &Number) -> bool {
    value.to_i64().is_some_and(|value| (1..10).contains(&(value % 100)))
}
