//! Numbers in digits: grouping and decimal signs, fractions, powers.
//!
//! Which sign is which depends on the locale where a number leaves it open ("1.234" is a thousand in Italian and one
//! in English) and only on the number where it does not ("1.234,5").

use crate::lexicon::Sense;
use crate::reader::Reader;
use crate::token::Shape;
use servanda_quantity::Number;

/// A number in digits.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    /// Its value.
    pub value: Number,
    /// The first token of it.
    pub start: usize,
    /// The token after it.
    pub end: usize,
    /// Digits alone: how many; 0 where there are signs in it.
    pub plain: usize,
}

/// Longest run of digits that is a number.
const DIGITS_MAX: usize = 40;

/// The role of a sign between two runs of digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Stands for itself in every locale: `٫`.
    Decimal,
    /// Stands for itself in every locale: `٬`, spaces, apostrophes.
    Group,
    /// `.` or `,` or `،`.
    Either(char),
}

impl Reader<'_> {
    /// The number in digits that starts at token `i`, with its sign if one is there.
    pub fn literal(&self, i: usize) -> Option<Literal> {
        let (negative, at) = self.sign(i);
        let mut found = self.unsigned(at)?;
        if negative {
            found.value = Number::zero().sub(&found.value).ok()?;
        }
        if at != i {
            found.start = i;
            found.plain = 0;
        }
        self.power(found)
    }

    /// Whether a minus stands at `i`, and where the number after it begins.
    fn sign(&self, i: usize) -> (bool, usize) {
        let Some(mark) = self.mark(i) else { return (false, i) };
        if !matches!(mark, '-' | '\u{2212}' | '\u{2013}' | '+' | '\u{FE63}' | '\u{FF0D}')
            || !self.same_line_or_first(i + 1)
        {
            return (false, i);
        }
        // "10-20" and "A-4" have no minus; nor does a dash between words.
        let after = i > 0
            && self.same_line(i)
            && (self.is_digits(i - 1) || self.is_word(i - 1) || self.mark(i - 1) == Some(mark));
        if after && (self.glued(i) || !self.glued(i + 1)) {
            return (false, i);
        }
        if self.date_in_digits(i + 1) {
            return (false, i);
        }
        if i > 0
            && self.glued(i)
            && self.mark(i - 1).is_some_and(|m| matches!(m, '.' | ',' | '/' | '%' | ')' | '\u{66A}'))
        {
            return (false, i);
        }
        (mark != '+', i + 1)
    }

    fn same_line_or_first(&self, i: usize) -> bool {
        i == 0 || self.same_line(i)
    }

    fn unsigned(&self, i: usize) -> Option<Literal> {
        let found = match self.fraction(i) {
            Some(found) => found,
            None => self.mixed(self.grouped(i)?),
        };
        Some(found)
    }

    /// "2 1/4", "2½".
    fn mixed(&self, whole: Literal) -> Literal {
        if whole.plain == 0 || !self.same_line(whole.end) {
            return whole;
        }
        let part =
            self.fraction(whole.end).filter(|part| !self.is_digits(whole.end) || !self.glued(part.start));
        match part {
            Some(part) if part.value < Number::from(1) => match whole.value.add(&part.value) {
                Ok(value) => Literal { value, start: whole.start, end: part.end, plain: 0 },
                Err(_) => whole,
            },
            _ => whole,
        }
    }

    /// "3/4" that is no date, "¾".
    fn fraction(&self, i: usize) -> Option<Literal> {
        if let Some(value) = self.mark(i).and_then(vulgar) {
            return Some(Literal { value, start: i, end: i + 1, plain: 0 });
        }
        if !self.is_digits(i) || !matches!(self.mark(i + 1), Some('/' | '\u{2044}')) || !self.is_digits(i + 2)
        {
            return None;
        }
        let alone = !matches!(self.mark(i + 3), Some('/' | '.' | '-'))
            || !self.is_digits(i + 4)
            || !self.glued(i + 4);
        let before = i > 0 && self.glued(i) && matches!(self.mark(i - 1), Some('/' | '.' | ','));
        if !self.glued(i + 1) || !self.glued(i + 2) || !alone || before {
            return None;
        }
        let (above, below) = (self.digits(i), self.digits(i + 2));
        if above.len() > 4
            || below.len() > 4
            || above.len() + below.len() > 7
            || below.starts_with('0')
            || (above.len() > 1 && above.starts_with('0'))
        {
            return None;
        }
        let decimal = self.lexicon().slash_decimal
            && self.is(i + 3, |s| matches!(s, Sense::Percent(_) | Sense::Scale { .. })).is_some();
        if decimal {
            return Some(Literal {
                value: format!("{above}.{below}").parse().ok()?,
                start: i,
                end: i + 3,
                plain: 0,
            });
        }
        // "231/2001" is the number of a law or a file in its year.
        if below.len() == 4 && (below.starts_with("19") || below.starts_with("20")) {
            return None;
        }
        let value = above.parse::<Number>().ok()?.div(&below.parse().ok()?).ok()?;
        Some(Literal { value, start: i, end: i + 3, plain: 0 })
    }

    /// A run of digits with grouping and decimal signs.
    fn grouped(&self, i: usize) -> Option<Literal> {
        // ".08": a decimal sign first.
        if self.mark(i).is_some_and(|m| m == '.' || m == '\u{66B}' || m == self.locale.decimal)
            && self.is_digits(i + 1)
            && self.glued(i + 1)
            && !(i > 0 && self.glued(i) && (self.is_word(i - 1) || self.is_digits(i - 1)))
        {
            let digits = self.digits(i + 1);
            let ends = !(self.glued(i + 2)
                && matches!(self.mark(i + 2), Some('.' | ','))
                && self.glued(i + 3)
                && self.is_digits(i + 3));
            if !ends || digits.len() > DIGITS_MAX {
                return None;
            }
            return Some(Literal {
                value: format!("0.{digits}").parse().ok()?,
                start: i,
                end: i + 2,
                plain: 0,
            });
        }
        if !self.is_digits(i) {
            return None;
        }
        let mut runs = vec![self.digits(i)];
        // "192.168.1.2": what goes on from a chain of numbers is a number of its own.
        let chained = i >= 2
            && self.glued(i)
            && self.glued(i - 1)
            && matches!(self.mark(i - 1), Some('.' | ','))
            && self.is_digits(i - 2);
        let mut signs = Vec::new();
        let mut ends = vec![i + 1];
        let mut at = i + 1;
        while let Some((sign, next)) = self.separator(at) {
            if runs.len() > 20 || chained {
                break;
            }
            signs.push(sign);
            runs.push(self.digits(next));
            at = next + 1;
            ends.push(at);
        }
        if runs.iter().any(|run| run.len() > DIGITS_MAX) {
            return None;
        }
        // The longest reading that makes sense.
        for count in (1..=runs.len()).rev() {
            if let Some(value) = self.interpret(&runs[..count], &signs[..count - 1]) {
                let whole = count == runs.len();
                // "192.168.1.2" is four numbers in a locale that does not group with points, not two decimals.
                if !whole
                    && count > 1
                    && signs[count - 2] == signs[count - 1]
                    && matches!(signs[count - 1], Sign::Either(_))
                {
                    let group = matches!(signs[count - 2], Sign::Either(c) if self.locale.groups(c));
                    if !group {
                        continue;
                    }
                }
                return Some(Literal {
                    value,
                    start: i,
                    end: ends[count - 1],
                    plain: if count == 1 { runs[0].len() } else { 0 },
                });
            }
        }
        None
    }

    /// A sign between digits, and the digits after it.
    fn separator(&self, i: usize) -> Option<(Sign, usize)> {
        let token = self.tokens.get(i)?;
        if token.line {
            return None;
        }
        match token.shape {
            // "1 234": one space, three digits.
            Shape::Digits if !token.glued => {
                let gap = &self.text[self.tokens[i - 1].bytes.end..token.bytes.start];
                (gap.chars().filter(|c| c.is_whitespace()).count() == 1 && self.digits(i).len() == 3)
                    .then_some((Sign::Group, i))
            }
            Shape::Mark(mark) if self.glued(i) && self.glued(i + 1) && self.is_digits(i + 1) => {
                let sign = match mark {
                    '\u{66B}' => Sign::Decimal,
                    '\u{66C}' | '\'' | '\u{2019}' | '_' => Sign::Group,
                    '.' | ',' | '\u{60C}' => Sign::Either(mark),
                    _ => return None,
                };
                Some((sign, i + 1))
            }
            // "32, 5%": a decimal torn apart, known by the percent sign.
            Shape::Mark(mark)
                if mark == ','
                    && self.locale.decimal == ','
                    && self.glued(i)
                    && self.is_digits(i + 1)
                    && self.same_line(i + 1)
                    && self.digits(i + 1).len() <= 2
                    && matches!(self.mark(i + 2), Some('%' | '\u{66A}')) =>
            {
                Some((Sign::Decimal, i + 1))
            }
            _ => None,
        }
    }

    fn interpret(&self, runs: &[String], signs: &[Sign]) -> Option<Number> {
        let whole = |runs: &[String]| runs.concat();
        let number = |whole: String, decimals: &str| -> Option<Number> {
            if decimals.is_empty() { whole.parse().ok() } else { format!("{whole}.{decimals}").parse().ok() }
        };
        let Some((&last, before)) = signs.split_last() else { return number(runs[0].clone(), "") };
        let (front, back) = (&runs[..runs.len() - 1], &runs[runs.len() - 1]);
        let one_sign = before.iter().all(|s| *s == last);
        let same_before = before.windows(2).all(|w| w[0] == w[1]);
        match last {
            Sign::Group => (one_sign && grouped_well(runs)).then(|| number(whole(runs), ""))?,
            // A number has one decimal sign: more of them group.
            Sign::Decimal if one_sign && !before.is_empty() => {
                grouped_well(runs).then(|| number(whole(runs), ""))?
            }
            Sign::Decimal => (before.is_empty() || (same_before && before[0] != last && grouped_well(front)))
                .then(|| number(whole(front), back))?,
            Sign::Either(c) => {
                if before.is_empty() {
                    let group = self.locale.groups(c) || c == '\u{60C}';
                    if group && grouped_well(runs) && runs[0] != "0" {
                        return number(whole(runs), "");
                    }
                    return (c != '\u{60C}').then(|| number(whole(front), back))?;
                }
                if one_sign {
                    return grouped_well(runs).then(|| number(whole(runs), ""))?;
                }
                (same_before && before[0] != last && grouped_well(front))
                    .then(|| number(whole(front), back))?
            }
        }
    }

    /// "12e-1", "1.1^23", "6.2x10^-4".
    fn power(&self, base: Literal) -> Option<Literal> {
        let signed = |at: usize| -> Option<(i32, usize)> {
            let mut at = at;
            let mut negative = false;
            while matches!(self.mark(at), Some('-' | '+' | '\u{2212}')) && self.glued(at) {
                negative ^= self.mark(at) != Some('+');
                at += 1;
            }
            let value: i32 =
                (self.is_digits(at) && self.glued(at)).then(|| self.digits(at).parse().ok())??;
            (value <= 60).then_some((if negative { -value } else { value }, at + 1))
        };
        let raise = |base: &Number, exponent: i32| -> Option<Number> {
            let mut value = Number::from(1);
            for _ in 0..exponent.unsigned_abs() {
                value = value.mul(base).ok()?;
            }
            if exponent < 0 { Number::from(1).div(&value).ok() } else { Some(value) }
        };
        let at = base.end;
        let ten = Number::from(10);
        if self.glued(at)
            && self.mark(at) == Some('^')
            && let Some((exponent, end)) = signed(at + 1)
        {
            // "-1.1^2" is the negative of a power.
            let negative = base.value.is_negative();
            let size = if negative { Number::zero().sub(&base.value).ok()? } else { base.value.clone() };
            let mut value = raise(&size, exponent)?;
            if negative {
                value = Number::zero().sub(&value).ok()?;
            }
            return Some(Literal { value, end, plain: 0, ..base });
        }
        if self.glued(at)
            && matches!(self.raw(at), "e" | "E")
            && let Some((exponent, end)) = signed(at + 1)
        {
            return Some(Literal {
                value: base.value.mul(&raise(&ten, exponent)?).ok()?,
                end,
                plain: 0,
                ..base
            });
        }
        if self.glued(at)
            && matches!(self.raw(at), "x" | "×")
            && self.digits_are(at + 1, "10")
            && self.mark(at + 2) == Some('^')
            && let Some((exponent, end)) = signed(at + 3)
        {
            return Some(Literal {
                value: base.value.mul(&raise(&ten, exponent)?).ok()?,
                end,
                plain: 0,
                ..base
            });
        }
        Some(base)
    }

    fn digits_are(&self, i: usize, digits: &str) -> bool {
        self.glued(i) && self.is_digits(i) && self.digits(i) == digits
    }
}

/// Whether runs of digits are a grouped number: threes, or threes with twos before them as in India.
fn grouped_well(runs: &[String]) -> bool {
    let Some((last, front)) = runs.split_last() else { return false };
    let Some((first, middle)) = front.split_first() else { return true };
    let western = middle.iter().all(|run| run.len() == 3);
    let indian = middle.iter().all(|run| run.len() == 2) && first.len() <= 2;
    last.len() == 3 && (1..=3).contains(&first.len()) && (western || indian)
}

/// Whether a mark is a fraction by itself: "½".
pub(crate) fn is_fraction(mark: char) -> bool {
    !mark.is_ascii() && vulgar(mark).is_some()
}

fn vulgar(mark: char) -> Option<Number> {
    let (above, below) = match mark {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Number::from(above).div(&Number::from(below)).ok()
}
