//! What the words around quantities make of them: qualifiers, ranges, units said once for several.

use crate::lexicon::Sense;
use crate::mention::{Kind, Qualifier, Value};
use crate::reader::Reader;
use crate::scan::Found;
use servanda_quantity::Number;

/// Most tokens between a qualifier and its number.
const BEFORE_MAX: usize = 8;

impl Reader<'_> {
    /// "from 8 to 12 April": a day before a range's last day takes its month.
    pub(crate) fn first_days(&self, found: &mut [Found]) {
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
    pub(crate) fn ranges(&self, found: &mut [Found]) {
        for second in 1..found.len() {
            let (before, after) = found.split_at_mut(second);
            let (a, b) = (&mut before[second - 1], &after[0]);
            let counted =
                self.is_digits(a.start) || matches!(&a.value, Value::Number(value) if value.is_whole());
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
                && let Ok(scaled) = low.mul(scale)
                && scaled < *high
                && low < scale
            {
                a.value = Value::Number(scaled);
                a.scale = Some(scale.clone());
            }
            if b.kind != Kind::Number {
                a.kind = b.kind;
                a.unit = b.unit.clone();
            }
        }
    }

    /// "a billion dollars in 2019, then 10 billion more": a further number in a scale is of the money before it in
    /// the sentence.
    pub(crate) fn elided(&self, found: &mut [Found]) {
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
    pub(crate) fn preceding<T>(
        &self,
        i: usize,
        pick: impl Fn(&Sense) -> Option<T> + Copy,
    ) -> Vec<(T, usize)> {
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
    pub(crate) fn qualifier(&self, found: &Found) -> Option<Qualifier> {
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
}
