//! Numbers in words, in digits, and in both.

use crate::lexicon::Sense;
use crate::reader::Reader;
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
    fn new(start: usize) -> Sum {
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

/// The power of ten below which a further part fits: 10 for 20, 100 for 300, 1 for 3 and for 15.
fn room(value: &Number) -> Number {
    let mut room = Number::from(1);
    let ten = Number::from(10);
    if *value <= ten {
        return room;
    }
    while let (Ok(next), true) = (room.mul(&ten), room < *value) {
        if value.div(&next).map_or(true, |q| !is_whole(&q)) {
            break;
        }
        room = next;
    }
    room
}

pub(crate) fn is_whole(value: &Number) -> bool {
    value.round_to(&Number::from(1)).is_ok_and(|whole| whole == *value)
}

impl Reader<'_> {
    /// The number that starts at token `i`.
    pub fn number(&self, i: usize) -> Option<Amount> {
        // "al menos sesenta" (at least sixty): the last word of a qualifier is no minus.
        let qualifies = |end: usize| {
            (1..=3.min(i)).any(|back| self.is(i - back, |s| matches!(s, Sense::Before(_))) == Some(end))
        };
        if let Some(end) = self.is(i, |s| matches!(s, Sense::Minus)).filter(|&end| !qualifies(end)) {
            if let Some(found) = self.same_line(end).then(|| self.unsigned_number(end)).flatten() {
                if found.form != Form::Article {
                    let value = Number::zero().sub(&found.value).ok()?;
                    let form = if matches!(found.form, Form::Words | Form::One) {
                        Form::Words
                    } else {
                        Form::Literal
                    };
                    return Some(Amount { value, start: i, form, ..found });
                }
            }
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

    /// "साढ़े तीन" (3½), "सवा लाख" (1¼ lakh): a part added to the next number, in units of it.
    fn added(&self, i: usize) -> Option<Amount> {
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
    fn leading_part(&self, i: usize) -> Option<Amount> {
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
    fn definite_part(&self, i: usize) -> Option<Amount> {
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

    fn more_scales(&self, mut amount: Amount) -> Amount {
        while let Some((factor, end)) =
            self.same_line(amount.end).then(|| self.scale_at(amount.end)).flatten()
        {
            let Ok(value) = amount.value.mul(&factor) else { break };
            amount = Amount { value, end, ..amount };
        }
        amount
    }

    /// A scale or group word at `i`.
    fn scale_at(&self, i: usize) -> Option<(Number, usize)> {
        self.phrase(i, |s| match s {
            Sense::Scale { factor, .. } => Some(factor.clone()),
            Sense::Group(count) => Some(Number::from(*count as i64)),
            _ => None,
        })
    }

    /// Cardinals, digits and scales that make one number.
    fn sequence(&self, i: usize) -> Option<Amount> {
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

    /// "a hundred", "a million": an article before a scale; else an article alone, which counts only before a unit.
    fn article(&self, i: usize) -> Option<Amount> {
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
            if starts_scale {
                if let Some(found) = self.sequence(end) {
                    return Some(Amount { start: i, ..found });
                }
            }
        }
        Some(Amount { value: Number::from(1), start: i, end, form: Form::Article, scaled: false })
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
            sum.decimal |= !is_whole(&literal.value);
            sum.put(literal.value, literal.end)?;
            self.suffix(sum);
            return Some(true);
        }
        // Words go on from digits only after a scale: "100 and fifty" are two numbers.
        let lone = sum.plain > 0 || sum.decimal || (!sum.words && !sum.on_scale);
        // Of several readings of a word the longest phrase wins; at equal length, the order here.
        let card = self
            .phrase(at, |s| if let Sense::Cardinal(v) = s { Some(Number::from(*v as i64)) } else { None });
        let ordinal =
            self.phrase(at, |s| if let Sense::Ordinal(v) = s { Some(Number::from(*v as i64)) } else { None });
        let scale = self.phrase(at, |s| match s {
            Sense::Scale { factor, bound } if !bound || sum.parts > 0 => Some(factor.clone()),
            _ => None,
        });
        let (card, ordinal) = if lone && !first { (None, None) } else { (card, ordinal) };
        let length = |end: Option<usize>| end.unwrap_or(0);
        let (c, o, s) = (
            length(card.as_ref().map(|c| c.1)),
            length(ordinal.as_ref().map(|o| o.1)),
            length(scale.as_ref().map(|s| s.1)),
        );
        let dual =
            self.phrase(at, |s| if let Sense::DualScale(factor) = s { Some(factor.clone()) } else { None });
        if let Some((factor, end)) = dual.filter(|(_, end)| *end > c && *end > o && *end > s) {
            return self.dual_scale(sum, factor, end, first, earlier);
        }
        if c == 0 && o == 0 && s == 0 {
            if sum.parts > 0 && sum.words && !joined && self.glued(at) {
                if let Some(end) = self.is(at, |s| matches!(s, Sense::OrdinalEnding)) {
                    sum.ordinal = true;
                    sum.end = end;
                    return Some(true);
                }
            }
            return Some(false);
        }
        if let Some((factor, end)) = scale.filter(|_| s >= c && s >= o) {
            return self.scale_part(sum, factor, end, joined, earlier);
        }
        let (value, end, is_ordinal) =
            if c >= o { card.map(|(v, e)| (v, e, false))? } else { ordinal.map(|(v, e)| (v, e, true))? };
        if first || sum.fits(&value) {
            if is_ordinal && !first && !sum.words {
                return Some(false);
            }
            sum.put(value, end)?;
            sum.ordinal = is_ordinal;
            return Some(true);
        }
        let (ten, hundred) = (Number::from(10), Number::hundred());
        let group = sum.group.clone();
        if let Some(group) = group {
            // "three and twenty".
            let units = sum.room == Number::from(1) && !sum.on_scale;
            let lone = earlier
                .as_ref()
                .map_or(&group, |e| if e.group.is_some() { &sum.room } else { &group })
                .clone();
            let below_ten = last_units(&group);
            if self.lexicon().units_first
                && joined
                && units
                && below_ten
                && value >= Number::from(20)
                && value < hundred
                && is_whole(&value.div(&ten).ok()?)
            {
                let _ = lone;
                sum.put(value, end)?;
                sum.room = Number::from(1);
                sum.ordinal = is_ordinal;
                return Some(true);
            }
            // "one twenty two".
            if self.lexicon().spoken_pairs
                && !joined
                && self.denominator(at).is_none()
                && sum.parts == 1
                && sum.words
                && !is_ordinal
                && group < ten
                && !group.is_zero()
                && value >= Number::from(10)
                && value < hundred
            {
                let hundreds = group.mul(&hundred).ok()?;
                sum.group = Some(hundreds);
                sum.put(value, end)?;
                return Some(true);
            }
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

    /// "two hundred point zero three".
    fn point(&self, amount: Amount) -> Amount {
        let Some(mut at) = self.is(amount.end, |s| matches!(s, Sense::Point)) else { return amount };
        if !matches!(amount.form, Form::Words | Form::One | Form::Digits(_))
            || amount.scaled && !is_whole(&amount.value)
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

    /// "two and a half", "one million and a half", "three fifths".
    fn with_part(&self, amount: Amount) -> Amount {
        if !self.same_line(amount.end) || matches!(amount.form, Form::Ordinal) {
            return amount;
        }
        let part_at = |at: usize, bound_too: bool| {
            self.phrase(at, |s| match s {
                Sense::Part { part, bound } if bound_too || !bound => Some(part.clone()),
                _ => None,
            })
        };
        if let Some((part, end)) = self.share(&amount) {
            if let Some(split) = self.split_off(&amount, &part, end) {
                return split;
            }
            if let Ok(value) = amount.value.mul(&part) {
                return Amount { value, end, form: Form::Words, scaled: false, ..amount };
            }
        }
        // "three fifths".
        let hyphen = usize::from(self.mark(amount.end) == Some('-'));
        if let Some((part, end)) = matches!(amount.form, Form::Words | Form::Article | Form::One)
            .then(|| self.denominator(amount.end))
            .flatten()
            .filter(|(_, end)| amount.form == Form::Words || self.nothing_counted(*end))
        {
            if let Ok(value) = amount.value.mul(&part) {
                return Amount { value, end, form: Form::Words, scaled: false, ..amount };
            }
        }
        // An article before a part is a leading part, or the part is none: "un mezzo di trasporto".
        let article = matches!(amount.form, Form::Article | Form::One) && self.lexicon().compound_ordinals;
        // "one and a half" as one word ("डेढ़") begins a number of its own.
        if let Some((part, end)) =
            part_at(amount.end + hyphen, true).filter(|(part, _)| *part < Number::from(1) && !article)
        {
            // "two millionth": one of an order, and no share.
            let ordinal = self.is(amount.end + hyphen, |s| matches!(s, Sense::Ordinal(_))) == Some(end);
            if ordinal && amount.value != Number::from(1) && !self.lexicon().ordinal_shares {
                return amount;
            }
            // "a third party" has no thirds in it.
            if ordinal
                && amount.form == Form::Article
                && self.is_word(end)
                && self.same_line(end)
                && self.is(end, |s| matches!(s, Sense::Of)).is_none()
            {
                return amount;
            }
            if let Some(split) = self.split_off(&amount, &part, end) {
                return split;
            }
            if let Ok(value) = amount.value.mul(&part) {
                return self.of_scale(Amount { value, end, form: Form::Words, scaled: false, ..amount });
            }
        }
        // "and a half".
        let Some(joined) = self.is(amount.end, |s| matches!(s, Sense::And)) else { return amount };
        if matches!(amount.form, Form::Article) {
            return amount;
        }
        let article = self.is(joined, |s| matches!(s, Sense::Article));
        let at = article.unwrap_or(joined);
        let found = part_at(at, article.is_some()).map(|(part, end)| (part, end)).or_else(|| {
            let (count, next) =
                self.phrase(joined, |s| if let Sense::Cardinal(v) = s { Some(*v) } else { None })?;
            let (part, end) = part_at(next, true)?;
            Some((part.mul(&Number::from(count as i64)).ok()?, end))
        });
        // "two and three over five".
        let found = found.or_else(|| {
            let above =
                self.sequence(joined).filter(|above| matches!(above.form, Form::Words | Form::One))?;
            let part = self.over(above.clone());
            (part.end > above.end && part.value < Number::from(1)).then_some((part.value, part.end))
        });
        let Some((part, end)) = found else { return amount };
        // In units of the scale that the number ends in, or of the scale that follows.
        let unit = self.last_scale(&amount);
        let next = self.same_line(end).then(|| self.scale_at(end)).flatten();
        let result = match (&unit, next) {
            (Some(unit), Some((factor, after))) if factor <= *unit => {
                part.mul(&factor).and_then(|p| amount.value.add(&p)).map(|v| (v, after))
            }
            (Some(unit), _) => part.mul(unit).and_then(|p| amount.value.add(&p)).map(|v| (v, end)),
            (None, Some((factor, after))) => {
                amount.value.add(&part).and_then(|v| v.mul(&factor)).map(|v| (v, after))
            }
            (None, None) => amount.value.add(&part).map(|v| (v, end)),
        };
        match result {
            Ok((value, end)) => Amount {
                value,
                end,
                form: Form::Words,
                scaled: self.scale_at(end.saturating_sub(1)).is_some(),
                ..amount
            },
            Err(_) => amount,
        }
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
    fn compound_ordinal(&self, i: usize) -> bool {
        let end = (i + 1..self.tokens.len())
            .find(|&end| !self.glued(end) || !self.is_word(end))
            .unwrap_or(self.tokens.len());
        end > i + 1 && self.is(end - 1, |s| matches!(s, Sense::OrdinalEnding)) == Some(end)
    }

    /// What stands after the last "and" of a number up to `end`, and where that "and" is.
    fn after_and(&self, amount: &Amount, end: usize) -> Option<(Number, usize)> {
        (amount.start + 1..amount.end).rev().find_map(|at| {
            let after = self.is(at, |s| matches!(s, Sense::And)).filter(|&after| after < amount.end)?;
            let tail = self.sequence(after).filter(|tail| tail.end == end)?;
            Some((tail.value, at))
        })
    }

    /// A denominator at `i`: "fifths", "twenty-fifth", "ventunesimi".
    fn denominator(&self, i: usize) -> Option<(Number, usize)> {
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

    /// "one over three", "two out of five hundred".
    fn over(&self, amount: Amount) -> Amount {
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

/// Whether the units of a whole number are its only part below a hundred: 3, 103, 2005.
fn last_units(value: &Number) -> bool {
    let hundred = Number::hundred();
    let Ok(quotient) = value.div(&hundred) else { return false };
    let half = Number::from(1).div(&Number::from(2)).unwrap_or_else(|_| Number::zero());
    let Some(floor) = quotient.sub(&half).ok().and_then(|q| q.round_to(&Number::from(1)).ok()) else {
        return false;
    };
    let mut rest = match floor.mul(&hundred).and_then(|f| value.sub(&f)) {
        Ok(rest) => rest,
        Err(_) => return false,
    };
    if rest >= hundred {
        rest = rest.sub(&hundred).unwrap_or(rest);
    }
    rest < Number::from(10) && rest > Number::zero()
}
