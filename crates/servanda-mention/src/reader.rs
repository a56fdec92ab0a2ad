//! The text under the rules of a locale, and the questions that all recognisers ask of it.

use crate::lexicon::{Lexicon, Sense, Word};
use crate::locale::Locale;
use crate::number::Amount;
use crate::token::{Shape, Token};
use std::cell::{Cell, RefCell};

/// A text, its tokens and the locale that reads them.
pub(crate) struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The rules.
    pub locale: &'a Locale,
    /// The token after the last number that names a part of a text.
    pub label: Cell<usize>,
    /// The numbers that were read last, by their first token.
    pub numbers: [NumberSeen; 16],
}

/// A first token and the number that was read from it.
pub(crate) type NumberSeen = RefCell<Option<(usize, Option<Amount>)>>;

/// Longest phrase, in tokens.
const PHRASE_MAX: usize = 10;

impl<'a> Reader<'a> {
    /// The words of the locale.
    pub fn lexicon(&self) -> &'a Lexicon {
        &self.locale.lexicon
    }

    /// The word of the token at `i`; unknown for digits and past the end.
    pub fn word(&self, i: usize) -> Word {
        match self.tokens.get(i).map(|t| t.shape) {
            Some(Shape::Word(word)) => word,
            Some(Shape::Mark(mark)) => self.lexicon().mark(mark),
            _ => Word::UNKNOWN,
        }
    }

    /// The longest phrase from `i` that means something to `pick`: what it picked, and the token after the phrase.
    /// A phrase does not go over a line end.
    pub fn phrase<T>(&self, i: usize, mut pick: impl FnMut(&'a Sense) -> Option<T>) -> Option<(T, usize)> {
        let lexicon = self.lexicon();
        let mut node = 0;
        let mut best = None;
        for end in i..(i + PHRASE_MAX).min(self.tokens.len()) {
            if end > i && self.tokens[end].line {
                break;
            }
            let word = self.word(end);
            if word == Word::UNKNOWN {
                break;
            }
            let Some(next) = lexicon.step(node, word) else { break };
            node = next;
            if let Some(found) = lexicon.senses(node).iter().find_map(&mut pick) {
                best = Some((found, end + 1));
            }
        }
        best
    }

    /// The end of the longest phrase from `i` that has this meaning.
    pub fn is(&self, i: usize, meaning: impl Fn(&Sense) -> bool) -> Option<usize> {
        self.phrase(i, |sense| meaning(sense).then_some(())).map(|(_, end)| end)
    }

    /// The mark at `i`.
    pub fn mark(&self, i: usize) -> Option<char> {
        match self.tokens.get(i)?.shape {
            Shape::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether the token at `i` is digits.
    pub fn is_digits(&self, i: usize) -> bool {
        matches!(self.tokens.get(i).map(|t| t.shape), Some(Shape::Digits))
    }

    /// Whether the token at `i` is a word.
    pub fn is_word(&self, i: usize) -> bool {
        matches!(self.tokens.get(i).map(|t| t.shape), Some(Shape::Word(_)))
    }

    /// Whether nothing stands between the token at `i` and the one before it.
    pub fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.glued)
    }

    /// Whether the token at `i` is on the line of the one before it.
    pub fn same_line(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.line)
    }

    /// The token at `i` as it is written.
    pub fn raw(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| &self.text[t.bytes.clone()])
    }

    /// The digits of the token at `i`, in ASCII.
    pub fn digits(&self, i: usize) -> String {
        crate::fold::fold_word(self.raw(i))
    }
}
