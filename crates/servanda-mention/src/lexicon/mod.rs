//! The words of a locale and what each of them can mean.

mod fill;
mod parts;
mod sense;

pub(crate) use sense::{Era, Roles, Sense, TimeUnit};

use crate::fold::{Class, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use servanda_quantity::Number;

/// A word by its number in a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Word(u32);

impl Word {
    /// A word that the lexicon does not have.
    pub const UNKNOWN: Word = Word(0);
    /// A part of a word that says nothing.
    pub const NOTHING: Word = Word(1);
}

/// The words of a locale.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, Word>,
    marks: FxHashMap<char, Word>,
    steps: FxHashMap<(u32, Word), u32>,
    senses: Vec<Vec<Sense>>,
    /// By word: the phrase position after it, where a phrase begins with it.
    first: Vec<u32>,
    /// By word: what the phrases that begin with it can do.
    roles: Vec<Roles>,
    prefixes: Vec<(String, Word)>,
    endings: Vec<String>,
    ordinal_suffixes: Vec<String>,
    /// Number words are written together.
    pub compound: bool,
    /// Ordinals are made of compounds with an ending: "ventunesimo".
    pub compound_ordinals: bool,
    bound: FxHashMap<Box<str>, Word>,
    longest: usize,
    /// Letters on digits that multiply them.
    pub suffixes: FxHashMap<String, Number>,
    /// The same, beside an amount of money only.
    pub money_suffixes: FxHashMap<String, Number>,
    /// The ISO 4217 codes.
    pub codes: FxHashSet<String>,
    /// A number after an hour counts minutes.
    pub spoken_minutes: bool,
    /// Units come before tens.
    pub units_first: bool,
    /// An ordinal after a cardinal is a share of it.
    pub ordinal_shares: bool,
    /// The percent sign may stand before its number.
    pub percent_first: bool,
    /// A slash between digits may be the decimal sign.
    pub slash_decimal: bool,
    joined_units: bool,
    /// The article, where it is written on the front of a word.
    pub definite: Vec<String>,
    /// A unit of time by itself may be one of it.
    pub bare_units: bool,
    /// Spellings that folding unites although they mean different currencies: "د.أ" and "د.إ".
    pub spelt: FxHashMap<String, String>,
    /// A digit pair may follow a digit.
    pub spoken_pairs: bool,
}

enum Piece {
    Word(String),
    Mark(char),
}

impl Lexicon {
    /// An empty lexicon.
    pub fn new() -> Lexicon {
        Lexicon { senses: vec![Vec::new()], ..Lexicon::default() }
    }

    /// The word spelt `folded`.
    pub fn word(&self, folded: &str) -> Word {
        self.words.get(folded).copied().unwrap_or(Word::UNKNOWN)
    }

    /// The word for a mark.
    pub fn mark(&self, mark: char) -> Word {
        self.marks.get(&plain_mark(mark)).copied().unwrap_or(Word::UNKNOWN)
    }

    /// The phrase position after `word` from `node`; 0 is the start.
    pub fn step(&self, node: u32, word: Word) -> Option<u32> {
        if node == 0 {
            return self.first.get(word.0 as usize).copied().filter(|&next| next != 0);
        }
        self.steps.get(&(node, word)).copied()
    }

    /// What phrases that begin with `word` can do.
    pub fn roles(&self, word: Word) -> Roles {
        self.roles.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// Keeps what `step` and `roles` ask first in tables by word.
    pub(crate) fn begins(&mut self, word: Word, node: u32, sense: &Sense) {
        let at = word.0 as usize;
        if self.first.len() <= at {
            self.first.resize(at + 1, 0);
            self.roles.resize(at + 1, Roles::default());
        }
        self.first[at] = node;
        self.roles[at].add(sense);
    }

    /// What the phrase that ends at `node` can mean.
    pub fn senses(&self, node: u32) -> &[Sense] {
        &self.senses[node as usize]
    }

    pub(crate) fn intern(&mut self, word: &str) -> Word {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let number = Word(self.words.len() as u32 + self.marks.len() as u32 + 2);
        self.words.insert(word.into(), number);
        number
    }

    /// Adds a meaning to a phrase.
    pub fn add(&mut self, phrase: &str, sense: Sense) {
        let mut node = 0;
        let mut begin = None;
        for part in pieces(phrase) {
            let word = match part {
                Piece::Word(word) => self.intern(&word),
                Piece::Mark(mark) => {
                    let number = Word(self.words.len() as u32 + self.marks.len() as u32 + 2);
                    *self.marks.entry(plain_mark(mark)).or_insert(number)
                }
            };
            let start = node == 0;
            node = match self.steps.get(&(node, word)) {
                Some(&next) => next,
                None => {
                    let next = self.senses.len() as u32;
                    self.senses.push(Vec::new());
                    self.steps.insert((node, word), next);
                    next
                }
            };
            if start {
                begin = Some((word, node));
            }
        }
        if let Some((word, next)) = begin {
            self.begins(word, next, &sense);
            self.senses[node as usize].push(sense);
        }
    }
}

/// The typewriter's apostrophe for the printer's: phrases such as "vent'" are written with either.
fn plain_mark(mark: char) -> char {
    if mark == '\u{2019}' { '\'' } else { mark }
}

/// The words and marks of a phrase, folded as the words of a text are.
fn pieces(phrase: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in phrase.chars() {
        let folded = fold(c);
        match folded.class {
            Class::Letter => {
                if folded.letter != '\0' {
                    word.push(folded.letter);
                }
            }
            Class::Nothing => {}
            _ => {
                if !word.is_empty() {
                    out.push(Piece::Word(std::mem::take(&mut word)));
                }
                if folded.class == Class::Mark {
                    out.push(Piece::Mark(c));
                }
            }
        }
    }
    if !word.is_empty() {
        out.push(Piece::Word(word));
    }
    out
}
