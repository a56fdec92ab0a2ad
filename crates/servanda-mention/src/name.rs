//! Digits that belong to a name or an address and count nothing.

use crate::lexicon::Sense;
use crate::number::Amount;
use crate::reader::Reader;
use crate::token::Shape;

impl Reader<'_> {
    /// The end of a web address whose "://" stands at `i`: digits in it count nothing.
    pub(crate) fn address(&self, i: usize) -> Option<usize> {
        let scheme = self.mark(i) == Some(':')
            && [1, 2].iter().all(|n| self.glued(i + n) && self.mark(i + n) == Some('/'));
        scheme.then(|| (i + 3..).find(|&end| !self.glued(end)).unwrap_or(i + 3))
    }

    /// "B2B", "GPT-4", "v1.2": digits that belong to a name.
    pub(crate) fn glued_to_a_name(&self, i: usize) -> bool {
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

    pub(crate) fn end_of_name(&self, i: usize) -> usize {
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

    /// "Section 2.1", "Sections 2.1 and 2.2", a number that begins a line before its heading: the number of a part of the
    /// text counts nothing.
    pub(crate) fn names_a_part(&self, amount: &Amount) -> bool {
        let reference = |s: &Sense| matches!(s, Sense::Reference).then_some(());
        self.in_list_of_parts(amount.start)
            || !self.preceding(amount.start, reference).is_empty()
            || self.heads_a_part(amount.start)
    }

    /// Whether nothing but a link stands between the last number of a part and `i`.
    fn in_list_of_parts(&self, i: usize) -> bool {
        let last = self.label.get();
        if last == 0 || last >= i || i - last > 2 || !self.same_line(i) {
            return false;
        }
        (last..i).all(|at| {
            matches!(self.mark(at), Some(',' | '،' | '-' | '\u{2013}'))
                || self.is(at, |s| matches!(s, Sense::And | Sense::To)).is_some()
        })
    }

    /// "2.1 Definitions", "1. The parties": a number that begins a line or follows a sentence, and words after it.
    fn heads_a_part(&self, i: usize) -> bool {
        let begins = i == 0
            || !self.same_line(i)
            || (!self.glued(i) && matches!(self.mark(i - 1), Some('.' | ';' | ':' | '।' | '؛')));
        if !begins {
            return false;
        }
        let end = self.end_of_numbering(i);
        let (dotted, marked) = (end > i + 1, matches!(self.mark(end), Some('.' | ')')) && self.glued(end));
        let after = if marked { end + 1 } else { end };
        let quoted = matches!(self.mark(after), Some('"' | '\u{201C}' | '«' | '\u{2018}' | '('));
        let word = if quoted { after + 1 } else { after };
        (dotted || marked) && self.is_word(word) && self.same_line(word) && !self.glued(after) && {
            // A heading begins with a capital, where letters have them.
            self.raw(word).chars().next().is_some_and(|c| !c.is_lowercase())
        }
    }

    /// The end of "2.1.3", short runs of digits with points between them.
    pub(crate) fn end_of_numbering(&self, i: usize) -> usize {
        let short = |at: usize| self.is_digits(at) && self.digits(at).len() <= 3;
        let mut end = i + usize::from(short(i));
        while end > i
            && self.mark(end) == Some('.')
            && self.glued(end)
            && self.glued(end + 1)
            && short(end + 1)
        {
            end += 2;
        }
        end
    }
}
