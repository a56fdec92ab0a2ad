//! Text into tokens: words, runs of digits, marks, each with its place.

use crate::fold::{Class, fold};
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
    let mut walk = Walk { text, position: 0, byte: 0, glued: false, line: true };
    let mut word = String::new();
    let mut places = Vec::new();
    while let Some((c, folded)) = walk.peek() {
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
                let at = walk.here();
                walk.step(c);
                walk.push(&mut out, Shape::Mark(c), at);
            }
            Class::Digit(_) => {
                let at = walk.here();
                let mut end = walk.here();
                while let Some((c, folded)) = walk.peek() {
                    match folded.class {
                        Class::Digit(_) => {
                            walk.step(c);
                            end = walk.here();
                        }
                        Class::Nothing => walk.step(c),
                        _ => break,
                    }
                }
                walk.push_to(&mut out, Shape::Digits, at, end);
            }
            Class::Letter => {
                word.clear();
                places.clear();
                let at = walk.here();
                let mut end = at;
                while let Some((c, folded)) = walk.peek() {
                    match folded.class {
                        Class::Letter => {
                            if folded.letter != '\0' {
                                places.push((word.len(), walk.here()));
                                word.push(folded.letter);
                            }
                            walk.step(c);
                            end = walk.here();
                        }
                        Class::Nothing => walk.step(c),
                        _ => break,
                    }
                }
                walk.push_word(&mut out, lexicon, &word, &places, at, end);
            }
        }
    }
    out
}

/// A place, in scalar values and in bytes.
type Here = (usize, usize);

struct Walk<'a> {
    text: &'a str,
    position: usize,
    byte: usize,
    glued: bool,
    line: bool,
}

impl Walk<'_> {
    fn peek(&self) -> Option<(char, crate::fold::Folded)> {
        let c = self.text[self.byte..].chars().next()?;
        Some((c, fold(c)))
    }

    fn here(&self) -> Here {
        (self.position, self.byte)
    }

    fn step(&mut self, c: char) {
        self.position += 1;
        self.byte += c.len_utf8();
    }

    fn push(&mut self, out: &mut Vec<Token>, shape: Shape, from: Here) {
        self.push_to(out, shape, from, self.here());
    }

    fn push_to(&mut self, out: &mut Vec<Token>, shape: Shape, from: Here, to: Here) {
        out.push(Token { shape, start: from.0, end: to.0, bytes: from.1..to.1, glued: self.glued, line: self.line });
        self.glued = true;
        self.line = false;
    }

    fn push_word(&mut self, out: &mut Vec<Token>, lexicon: &Lexicon, word: &str, places: &[(usize, Here)], at: Here, end: Here) {
        let known = lexicon.word(word);
        if known != Word::UNKNOWN {
            return self.push_to(out, Shape::Word(known), at, end);
        }
        let Some(parts) = lexicon.parts(word) else { return self.push_to(out, Shape::Word(Word::UNKNOWN), at, end) };
        let mut from = at;
        for (index, part) in parts.iter().enumerate() {
            let to = match parts.get(index + 1) {
                None => end,
                Some(next) => places.iter().find(|(offset, _)| *offset >= next.0).map_or(end, |(_, here)| *here),
            };
            if part.1 != Word::NOTHING {
                self.push_to(out, Shape::Word(part.1), from, to);
            }
            from = to;
        }
    }
}
