//! Text into tokens: words, runs of digits, marks, each with its place.

use crate::fold::{Class, Folded, Folds};
use crate::lexicon::{Lexicon, Word};
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word, by its number in the lexicon.
    Word(Word),
    /// A run of digits of one or several scripts.
    Digits,
    /// One other character.
    Mark(char),
}

/// A piece of the text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// What it is.
    pub shape: Shape,
    /// Its place in Unicode scalar values.
    pub start: usize,
    /// The end of its place.
    pub end: usize,
    /// Its place in bytes.
    pub bytes: Range<usize>,
    /// Nothing stands between it and the token before.
    pub glued: bool,
    /// A line end stands before it.
    pub line: bool,
}

/// The tokens of `text`. Words that the lexicon knows only in parts (clitics, endings, compounds) become several
/// tokens, glued to one another.
pub(crate) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 6 + 4);
    let mut walk =
        Walk { text, folds: Folds::new(), here: Here { position: 0, byte: 0 }, glued: false, line: true };
    let mut word = String::new();
    while let Some((c, folded)) = walk.peek() {
        let from = walk.here;
        match folded.class {
            Class::Space => {
                walk.step(c);
                walk.glued = false;
            }
            Class::Line => {
                walk.step(c);
                walk.glued = false;
                walk.line = true;
            }
            Class::Nothing => walk.step(c),
            Class::Mark => {
                walk.step(c);
                walk.push(&mut out, Shape::Mark(c), from, walk.here);
            }
            Class::Digit(_) => {
                let to = walk.run(|class| matches!(class, Class::Digit(_)), |_| {});
                walk.push(&mut out, Shape::Digits, from, to);
            }
            Class::Letter => {
                word.clear();
                let to = walk.run(
                    |class| class == Class::Letter,
                    |letter| {
                        if letter != '\0' {
                            word.push(letter);
                        }
                    },
                );
                walk.push_word(&mut out, lexicon, &word, from, to);
            }
        }
    }
    out
}

/// A place, in scalar values and in bytes.
#[derive(Clone, Copy)]
struct Here {
    position: usize,
    byte: usize,
}

struct Walk<'a> {
    text: &'a str,
    folds: Folds,
    here: Here,
    glued: bool,
    line: bool,
}

impl Walk<'_> {
    fn peek(&self) -> Option<(char, Folded)> {
        let c = self.text[self.here.byte..].chars().next()?;
        Some((c, self.folds.fold(c)))
    }

    pub(crate) fn step(&mut self, c: char) {
        self.here.position += 1;
        self.here.byte += c.len_utf8();
    }

    /// Goes on over characters of a class, and over those that are not written; gives the end of the last of the class.
    fn run(&mut self, is: impl Fn(Class) -> bool, mut each: impl FnMut(char)) -> Here {
        let mut end = self.here;
        while let Some((c, folded)) = self.peek() {
            if is(folded.class) {
                each(folded.letter);
                self.step(c);
                end = self.here;
            } else if folded.class == Class::Nothing {
                self.step(c);
            } else {
                break;
            }
        }
        end
    }

    pub(crate) fn push(&mut self, out: &mut Vec<Token>, shape: Shape, from: Here, to: Here) {
        out.push(Token {
            shape,
            start: from.position,
            end: to.position,
            bytes: from.byte..to.byte,
            glued: self.glued,
            line: self.line,
        });
        self.glued = true;
        self.line = false;
    }

    fn push_word(&mut self, out: &mut Vec<Token>, lexicon: &Lexicon, word: &str, from: Here, to: Here) {
        let known = lexicon.word(word);
        if known != Word::UNKNOWN {
            return self.push(out, Shape::Word(known), from, to);
        }
        let Some(parts) = lexicon.parts(word) else {
            return self.push(out, Shape::Word(Word::UNKNOWN), from, to);
        };
        let mut start = from;
        for (index, part) in parts.iter().enumerate() {
            let end = parts.get(index + 1).map_or(to, |next| self.place_of(from, to, next.0));
            if part.1 != Word::NOTHING {
                self.push(out, Shape::Word(part.1), start, end);
            }
            start = end;
        }
    }

    /// Where in the text the folded word that begins at `from` has come to `offset` bytes.
    fn place_of(&self, from: Here, to: Here, offset: usize) -> Here {
        let mut folded = 0;
        let mut here = from;
        for c in self.text[from.byte..to.byte].chars() {
            let fold = self.folds.fold(c);
            let written = fold.class == Class::Letter && fold.letter != '\0';
            if written && folded >= offset {
                return here;
            }
            if written {
                folded += fold.letter.len_utf8();
            }
            here = Here { position: here.position + 1, byte: here.byte + c.len_utf8() };
        }
        to
    }
}
