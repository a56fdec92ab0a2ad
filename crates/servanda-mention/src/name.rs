//! Digits that belong to a name or an address and count nothing.

use crate::lexicon::Sense;
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
}
