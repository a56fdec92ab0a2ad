//! Texts as letters: what stays the same when a document is wrapped anew, copied or normalised.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// What counts as the same letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Spaces, invisible characters, normalisation, kinds of quotation marks and dashes do not matter.
    /// `docs/citations.md`, "Anchors".
    Letters,
    /// Nor do case, diacritics, Arabic and Persian forms of a letter, and the script of digits.
    Search,
}

/// The letters of a text, each with the scalar values that it came from.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The letters.
    pub letters: Vec<char>,
    /// Of each letter the first scalar value of the text that it came from; never falls.
    from: Vec<u32>,
    /// One past the last.
    to: Vec<u32>,
}

impl Folded {
    /// The letters of a text. Linear in its length.
    pub fn new(text: &str, level: Level) -> Folded {
        let mut folded = Folded::default();
        let mut cluster = String::new();
        let mut start = 0;
        let mut place = 0;
        for c in text.chars() {
            // A decomposed character is ordered with the marks that follow it, so they are folded together.
            if !continues(c) {
                folded.push(&cluster, start..place, level);
                cluster.clear();
                start = place;
            }
            cluster.push(c);
            place += 1;
        }
        folded.push(&cluster, start..place, level);
        folded
    }

    fn push(&mut self, cluster: &str, place: Range<u32>, level: Level) {
        let mut put = |c: char| {
            self.letters.push(c);
            self.from.push(place.start);
            self.to.push(place.end);
        };
        for c in cluster.nfkd().filter(|c| !is_invisible(*c)).map(plain) {
            match level {
                Level::Letters => put(c),
                Level::Search if is_diacritic(c) => {}
                Level::Search => c.to_lowercase().filter(|l| !is_diacritic(*l)).map(alike).for_each(&mut put),
            }
        }
    }

    /// How many letters.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether there is no letter.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The letters that came from a range of scalar values, even if they came from others as well: an accent is not
    /// cited without its letter.
    pub fn letters_in(&self, place: Range<u32>) -> Range<usize> {
        let start = self.to.partition_point(|to| *to <= place.start);
        start..self.from.partition_point(|from| *from < place.end).max(start)
    }

    /// The scalar values that some letters came from; an empty range stands where the next letter begins.
    pub fn place_of(&self, letters: Range<usize>) -> Range<u32> {
        let start = match self.from.get(letters.start) {
            Some(from) => *from,
            None => self.to.last().copied().unwrap_or(0),
        };
        let end = letters.end.checked_sub(1).and_then(|last| self.to.get(last)).copied().unwrap_or(start);
        start..end.max(start)
    }

    /// Where other letters stand in these, without overlaps, in order; at most `most` of them.
    pub fn find(&self, other: &Folded, most: usize) -> Vec<Range<usize>> {
        if other.is_empty() {
            return Vec::new();
        }
        let hay: String = self.letters.iter().collect();
        let needle: String = other.letters.iter().collect();
        // Bytes are counted along with letters, once for all matches.
        let mut letters = hay.char_indices().map(|(byte, _)| byte).enumerate();
        let mut found = Vec::new();
        for (byte, _) in hay.match_indices(&needle).take(most) {
            if let Some((letter, _)) = letters.by_ref().find(|(_, b)| *b == byte) {
                found.push(letter..letter + other.len());
            }
        }
        found
    }
}

/// Whether a character belongs to the one before it.
fn continues(c: char) -> bool {
    let mut first = c;
    let mut seen = false;
    if !c.is_ascii() {
        unicode_normalization::char::decompose_compatible(c, |d| {
            if !seen {
                (first, seen) = (d, true);
            }
        });
    }
    canonical_combining_class(first) != 0
}

/// Spaces, controls, characters that Unicode calls default ignorable, and the Arabic lengthening stroke.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(u32::from(c),
            0xad | 0x34f | 0x61c | 0x640 | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
            | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfff8
            | 0x1_bca0..=0x1_bca3 | 0x1_d173..=0x1_d17a | 0xe_0000..=0xe_0fff)
}

/// One kind of apostrophe, quotation mark and dash.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '`' | '´' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

/// Accents, points and vowel marks that a search overlooks: Latin, Greek and Cyrillic accents, Hebrew and Arabic
/// points, and the Indic dot below. Vowel signs of Indic scripts are letters.
fn is_diacritic(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 7 | 10..=36 | 200..=240)
}

/// Letters and digits that a search takes for each other.
fn alike(c: char) -> char {
    /// The zero of each script whose digits stand in order.
    const ZEROS: [u32; 18] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
        0xed0, 0xf20, 0x1040, 0x17e0,
    ];
    match c {
        'ς' => 'σ',
        'ı' => 'i',
        'ي' | 'ى' | 'ې' => 'ی',
        'ك' | 'ڪ' => 'ک',
        'ة' | 'ه' | 'ە' | 'ہ' | 'ھ' | 'ۃ' => 'ه',
        'ٱ' => 'ا',
        '٫' => '.',
        '٬' | '،' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        _ => {
            let n = u32::from(c);
            let digit = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&n)).map(|zero| n - zero);
            digit.and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str, level: Level) -> String {
        Folded::new(text, level).letters.iter().collect()
    }

    #[test]
    fn layout_marks_and_normalisation_do_not_matter() {
        for (a, b) in [
            ("the  pier\r\n and\u{a0}quay", "thepierandquay"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("\u{202b}می\u{200c}دهد\u{202c}", "میدهد"),
            ("“of\u{ad}fice” — o\u{fb03}ce’s", "\"office\"-office's"),
            ("مـــبلغ", "مبلغ"),
            ("\u{fe91}\u{fef4}\u{fe96}", "بيت"),
        ] {
            assert_eq!(letters(a, Level::Letters), letters(b, Level::Letters));
        }
        assert_ne!(letters("Pier", Level::Letters), letters("pier", Level::Letters));
        assert_ne!(letters("15", Level::Letters), letters("16", Level::Letters));
    }

    #[test]
    fn a_search_overlooks_case_diacritics_forms_and_scripts_of_digits() {
        for (a, b) in [
            ("Società", "SOCIETA"),
            ("Ελλάς", "ελλασ"),
            ("مايكروسوفت", "مایکروسوفت"),
            ("شراكة", "شراکه"),
            ("أُسِّسَ", "اسس"),
            ("۱۳٫۵ ٪", "13.5%"),
            ("१३ अरब", "13अरब"),
            ("फ़िल्म", "फिल्म"),
        ] {
            assert_eq!(letters(a, Level::Search), letters(b, Level::Search));
        }
        assert_ne!(letters("कि", Level::Search), letters("कु", Level::Search));
    }

    #[test]
    fn letters_know_where_they_came_from() {
        let folded = Folded::new("a  e\u{301}\u{200b} b", Level::Letters);
        assert_eq!(folded.letters, ['a', 'e', '\u{301}', 'b']);
        assert_eq!((folded.letters_in(1..5), folded.letters_in(4..5)), (1..3, 1..3));
        assert_eq!((folded.letters_in(1..3), folded.letters_in(7..9)), (1..1, 3..4));
        assert_eq!(folded.place_of(1..3), 3..5);
        assert_eq!(folded.place_of(4..4), 8..8);
        assert_eq!(folded.find(&Folded::new("é b", Level::Letters), 9).first(), Some(&(1..4)));
    }

    proptest! {
        #[test]
        fn normalised_texts_have_the_same_letters(text in any::<String>()) {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(letters(&text, Level::Letters), letters(&composed, Level::Letters));
            prop_assert_eq!(letters(&text, Level::Letters), letters(&decomposed, Level::Letters));
        }

        #[test]
        fn places_are_within_the_text(text in any::<String>(), level in prop_oneof![Just(Level::Letters), Just(Level::Search)]) {
            let folded = Folded::new(&text, level);
            let n = text.chars().count() as u32;
            prop_assert!(folded.from.windows(2).all(|w| w[0] <= w[1]));
            for i in 0..folded.len() {
                let place = folded.place_of(i..i + 1);
                prop_assert!(place.start < place.end && place.end <= n);
            }
        }
    }
}
