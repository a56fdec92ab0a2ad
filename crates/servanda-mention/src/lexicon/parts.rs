//! Words that are not known whole: particles before them, endings after them, number words written as one.

use super::{Lexicon, Sense, Word};

impl Lexicon {
    /// The parts of a word that is not known whole, each with its offset in bytes: particles before it, endings
    /// after it, number words written as one.
    pub fn parts(&self, word: &str) -> Option<Vec<(usize, Word)>> {
        let mut out = Vec::new();
        self.take_apart(word, 0, 2, &mut out).then_some(out)
    }

    fn take_apart(&self, word: &str, offset: usize, particles: usize, out: &mut Vec<(usize, Word)>) -> bool {
        let rest = &word[offset..];
        if rest.is_empty() {
            return false;
        }
        let known = self.word(rest);
        if known != Word::UNKNOWN {
            out.push((offset, known));
            return true;
        }
        for ending in &self.endings {
            if let Some(stem) = rest.strip_suffix(ending.as_str()) {
                let known = self.word(stem);
                if known != Word::UNKNOWN && stem.chars().count() > 1 && self.takes_ending(known) {
                    out.push((offset, known));
                    return true;
                }
            }
        }
        if self.joined_unit(rest, offset, out)
            || self.ordinal_word(rest, offset, out)
            || (self.compound && rest.len() >= 5 && self.compounds(rest, offset, out))
        {
            return true;
        }
        if particles > 0 {
            for (prefix, particle) in &self.prefixes {
                if rest.starts_with(prefix.as_str()) {
                    let depth = out.len();
                    out.push((offset, *particle));
                    if self.take_apart(word, offset + prefix.len(), particles - 1, out) {
                        return true;
                    }
                    out.truncate(depth);
                }
            }
        }
        false
    }

    /// "دهساله": a number word with a unit, a scale or the like of three letters or more behind it.
    fn joined_unit(&self, word: &str, offset: usize, out: &mut Vec<(usize, Word)>) -> bool {
        if !self.joined_units || word.len() > 60 {
            return false;
        }
        let means = |word: Word, wanted: fn(&Sense) -> bool| {
            self.step(0, word).is_some_and(|node| self.senses(node).iter().any(wanted))
        };
        let counts = |s: &Sense| matches!(s, Sense::Cardinal(_) | Sense::Scale { .. });
        let counted = |s: &Sense| {
            matches!(
                s,
                Sense::Unit(_)
                    | Sense::Scale { .. }
                    | Sense::Percent(_)
                    | Sense::Currency(_)
                    | Sense::Multiple { .. }
            )
        };
        let cut = word.char_indices().skip(2).map(|(cut, _)| cut).find(|&cut| {
            let (number, unit) = (self.word(&word[..cut]), self.word(&word[cut..]));
            number != Word::UNKNOWN
                && unit != Word::UNKNOWN
                && word[cut..].chars().count() > 2
                && means(number, counts)
                && means(unit, counted)
        });
        if let Some(cut) = cut {
            out.push((offset, self.word(&word[..cut])));
            out.push((offset + cut, self.word(&word[cut..])));
        }
        cut.is_some()
    }

    /// Whether a word keeps its meaning with an ending. Number words do not: "یک" is one and "یکی" somebody.
    fn takes_ending(&self, word: Word) -> bool {
        let senses = self.step(0, word).map_or(&[][..], |node| self.senses(node));
        senses.iter().all(|s| {
            !matches!(s, Sense::Cardinal(_) | Sense::Ordinal(_) | Sense::Part { .. } | Sense::And | Sense::To)
        })
    }

    /// A number word with the ending of an ordinal: "पाँचवाँ".
    fn ordinal_word(&self, word: &str, offset: usize, out: &mut Vec<(usize, Word)>) -> bool {
        let found = self.ordinal_suffixes.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending.as_str())?;
            let number = self.step(0, self.word(stem)).is_some_and(|node| {
                self.senses(node).iter().any(|s| matches!(s, Sense::Cardinal(_) | Sense::Scale { .. }))
            });
            number.then_some(stem)
        });
        if let Some(stem) = found {
            out.push((offset, self.word(stem)));
            out.push((offset + stem.len(), self.word(&word[stem.len()..])));
        }
        found.is_some()
    }

    /// Cuts a compound into the fewest number words that make it up.
    fn compounds(&self, word: &str, offset: usize, out: &mut Vec<(usize, Word)>) -> bool {
        if word.len() > 160 {
            return false;
        }
        // best[i]: the cut that ends at byte i, as (pieces, start, word).
        let mut best: Vec<Option<(usize, usize, Word)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0, Word::NOTHING));
        for start in 0..word.len() {
            let Some((pieces, ..)) = best[start] else { continue };
            for end in start + 1..=word.len().min(start + self.longest) {
                if !word.is_char_boundary(end) || !word.is_char_boundary(start) {
                    continue;
                }
                let Some(&piece) = self.bound.get(&word[start..end]) else { continue };
                if best[end].is_none_or(|(old, ..)| pieces + 1 < old) {
                    best[end] = Some((pieces + 1, start, piece));
                }
            }
        }
        let mut cuts = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let Some((_, start, piece)) = best[end] else { return false };
            cuts.push((offset + start, piece));
            end = start;
        }
        cuts.reverse();
        out.extend(cuts);
        true
    }
}
