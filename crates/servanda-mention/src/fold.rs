//! One spelling for the spellings of a letter, and classes of characters.
//!
//! Words are compared folded: lower case, without accents, vowel points and joiners, with one letter for the variants
//! that writers of Arabic and Persian use for one another. Folding works on one character at a time, so that places
//! in the text are never lost.

use std::sync::LazyLock;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// What a character is to the recogniser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Part of a word.
    Letter,
    /// A decimal digit of any script, with its value.
    Digit(u8),
    /// White space within a line.
    Space,
    /// A line end.
    Line,
    /// Not written: direction marks, joiners, soft hyphens.
    Nothing,
    /// Anything else, by itself.
    Mark,
}

/// The folded form and class of one character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folded {
    /// The class.
    pub class: Class,
    /// The folded letter; `'\0'` where the character adds nothing to a word.
    pub letter: char,
}

const TABLE: usize = 0x2100;

static FOLDED: LazyLock<Vec<Folded>> =
    LazyLock::new(|| (0..TABLE as u32).map(|c| char::from_u32(c).map_or(NOTHING, compute)).collect());

const NOTHING: Folded = Folded { class: Class::Nothing, letter: '\0' };

/// The folded form of any character.
pub(crate) fn fold(c: char) -> Folded {
    Folds::new().fold(c)
}

/// The table of folded characters, for those who ask often.
#[derive(Clone, Copy)]
pub(crate) struct Folds(&'static [Folded]);

impl Folds {
    /// The table, made at its first use.
    pub fn new() -> Folds {
        Folds(&FOLDED)
    }

    /// The folded form of any character.
    pub fn fold(self, c: char) -> Folded {
        self.0.get(c as usize).copied().unwrap_or_else(|| compute(c))
    }
}

/// Folds a whole word of a language's data, so that it compares with the words of a text.
pub(crate) fn fold_word(word: &str) -> String {
    word.chars()
        .filter_map(|c| {
            let folded = fold(c);
            match folded.class {
                Class::Letter => (folded.letter != '\0').then_some(folded.letter),
                Class::Digit(value) => char::from_digit(value.into(), 10),
                _ => None,
            }
        })
        .collect()
}

fn compute(c: char) -> Folded {
    let class = |class| Folded { class, letter: '\0' };
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' => return class(Class::Line),
        // Direction marks and isolates, joiners, the soft hyphen, the byte order mark.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{061C}'
        | '\u{AD}'
        | '\u{FEFF}' => {
            return class(Class::Nothing);
        }
        // The tatweel stretches a word and is no letter of it.
        '\u{0640}' => return Folded { class: Class::Letter, letter: '\0' },
        _ => {}
    }
    if c.is_whitespace() {
        return class(Class::Space);
    }
    if let Some(value) = digit(c) {
        return class(Class::Digit(value));
    }
    if is_combining_mark(c) {
        // Vowel signs of Indic scripts are part of the spelling; points of Arabic and accents of Latin are not.
        let letter = match c {
            '\u{0901}' => '\u{0902}',
            '\u{093C}' => '\0',
            '\u{0902}' | '\u{0903}' | '\u{093A}'..='\u{094F}' => c,
            _ if ('\u{0900}'..'\u{0E00}').contains(&c) => c,
            _ => '\0',
        };
        return Folded { class: Class::Letter, letter };
    }
    if c.is_alphabetic() {
        return Folded { class: Class::Letter, letter: base(c) };
    }
    class(Class::Mark)
}

/// The value of a decimal digit (general category Nd: ten in a row from each script's zero).
fn digit(c: char) -> Option<u8> {
    const ZEROS: [char; 12] = [
        '0', '\u{0660}', '\u{06F0}', '\u{07C0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0BE6}',
        '\u{0C66}', '\u{0CE6}', '\u{FF10}',
    ];
    ZEROS.iter().find_map(|&zero| {
        (c as u32).checked_sub(zero as u32).filter(|&value| value < 10).map(|value| value as u8)
    })
}

fn base(c: char) -> char {
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    let c = first.unwrap_or(c);
    let c = c.to_lowercase().next().unwrap_or(c);
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ة' | 'ۀ' => 'ه',
        'ؤ' => 'و',
        'ß' => 's',
        c => c,
    }
}
