//! Makes the anchor of a passage. `docs/citations.md`, "Anchors", says what is in it and why.

use std::cell::OnceCell;
use std::ops::Range;

pub use servanda_document::digest;
use servanda_program::{ANCHOR_LETTERS_MAX, ANCHOR_SAMPLES_MAX, Anchor, Edge};

use crate::citation::fold::{Folded, Level};

/// Letters of a window beside the passage.
pub(crate) const BESIDE: usize = 24;

/// Letters of a window at an end of the passage and within it.
pub(crate) const WITHIN: usize = 16;

/// Bits of a sketch.
const SKETCH_BITS: u32 = 66;

/// Letters of the runs that a sketch is of.
const GRAM: usize = 4;

/// A Mersenne prime: the field of the rolling hash.
const PRIME: u64 = (1 << 61) - 1;

/// Where the polynomial is evaluated: any element of high order; this one is the fraction of the golden ratio.
const BASE: u64 = 0x1e37_79b9_7f4a_7c15;

/// A document's text, prepared for many citations: its letters and what their hashes are made of.
pub struct Text<'t> {
    text: &'t str,
    /// Byte of each scalar value, and the length.
    bytes: Vec<usize>,
    pub(crate) folded: Folded,
    /// Polynomial hashes of the beginnings of the letters.
    beginnings: Vec<u64>,
    /// Hashes of all windows of the two lengths, sorted.
    windows: [OnceCell<Vec<u64>>; 2],
}

impl<'t> Text<'t> {
    /// Prepares a text. Linear in its length.
    pub fn new(text: &'t str) -> Text<'t> {
        let folded = Folded::new(text, Level::Letters);
        let mut beginnings = Vec::with_capacity(folded.len() + 1);
        let mut hash = 0;
        beginnings.push(hash);
        for c in &folded.letters {
            hash = (times(hash, BASE) + u64::from(u32::from(*c)) + 1) % PRIME;
            beginnings.push(hash);
        }
        let bytes = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        Text { text, bytes, folded, beginnings, windows: [OnceCell::new(), OnceCell::new()] }
    }

    /// How many scalar values it has.
    pub fn scalars(&self) -> u32 {
        u32::try_from(self.bytes.len() - 1).unwrap_or(u32::MAX)
    }

    /// The characters of a range of scalar values; `None` beyond the end.
    pub fn slice(&self, place: Range<u32>) -> Option<&'t str> {
        let (from, to) = (self.bytes.get(place.start as usize)?, self.bytes.get(place.end as usize)?);
        self.text.get(*from..*to)
    }

    /// The letters of a range of scalar values.
    pub fn letters_in(&self, place: Range<u32>) -> Range<usize> {
        self.folded.letters_in(place)
    }

    /// The scalar values of some letters.
    pub fn place_of(&self, letters: Range<usize>) -> Range<u32> {
        self.folded.place_of(letters)
    }

    /// The hash of some letters.
    fn hash(&self, letters: Range<usize>) -> u64 {
        self.rolled(letters.start, letters.len(), power(letters.len()))
    }

    /// The hash of `length` letters, whose power of the base is at hand.
    fn rolled(&self, start: usize, length: usize, power: u64) -> u64 {
        let before = times(self.beginnings[start], power);
        (self.beginnings[start + length] + PRIME - before) % PRIME
    }

    /// The hashes of all windows of a length, in order of place.
    pub(crate) fn roll(&self, length: usize) -> impl Iterator<Item = u64> + '_ {
        let power = power(length);
        let count = (self.folded.len() + 1).saturating_sub(length);
        (0..count).map(move |i| self.rolled(i, length, power))
    }

    /// The hash of a window as an anchor writes it; `None` beyond the ends of the text.
    pub(crate) fn window(&self, start: i64, length: usize) -> Option<u32> {
        let start = usize::try_from(start).ok()?;
        (start + length <= self.folded.len()).then(|| short(self.hash(start..start + length)))
    }

    /// How often a window stands in the text.
    fn count(&self, hash: u64, length: usize) -> usize {
        let sorted = self.windows[usize::from(length == BESIDE)].get_or_init(|| {
            let mut all: Vec<u64> = self.roll(length).collect();
            all.sort_unstable();
            all
        });
        sorted.partition_point(|h| *h <= hash) - sorted.partition_point(|h| *h < hash)
    }

    /// The anchor of a passage, a range of scalar values; `None` where it has no letters, too many, or is not in
    /// the text.
    pub fn anchor(&self, place: Range<u32>) -> Option<Anchor> {
        self.slice(place.clone())?;
        let passage = self.folded.letters_in(place);
        let letters = u32::try_from(passage.len()).ok().filter(|n| (1..=ANCHOR_LETTERS_MAX).contains(n))?;
        let hash = self.hash(passage.clone());
        let occurrences = self.roll(passage.len()).filter(|h| *h == hash).take(63).count() as u8;
        let (mut edges, mut once) = ([0; 6], 0);
        for edge in Edge::ALL {
            let Some((start, length)) = edge_of(edge, passage.len()) else { continue };
            let start = passage.start as i64 + start;
            let Some(window) = self.window(start, length) else { continue };
            edges[edge as usize] = window;
            let full = self.hash(start as usize..start as usize + length);
            once |= u8::from(self.count(full, length) == 1) << (5 - edge as u8);
        }
        Some(Anchor {
            letters,
            occurrences,
            once,
            whole: long(hash),
            edges,
            sketch: sketch(&self.folded.letters[passage.clone()]),
            samples: self.samples(passage),
        })
    }

    /// Windows from within: of each block the one with the smallest hash, if any stands in the text once.
    fn samples(&self, passage: Range<usize>) -> Vec<(u32, u32)> {
        let within = passage.start + WITHIN..passage.end.saturating_sub(WITHIN);
        let room = within.end.saturating_sub(within.start);
        // A block of one and a half windows leaves a choice; a single one takes what there is.
        let blocks = (room * 2 / (WITHIN * 3)).clamp(usize::from(room >= WITHIN), ANCHOR_SAMPLES_MAX);
        let power = power(WITHIN);
        let block = |b: usize| {
            let starts = within.start + room * b / blocks..=within.start + room * (b + 1) / blocks - WITHIN;
            let hashes = starts.map(|start| (self.rolled(start, WITHIN, power), start));
            let one = hashes.filter(|(hash, _)| self.count(*hash, WITHIN) == 1);
            let (hash, start) = one.min_by_key(|(hash, _)| mixed(*hash))?;
            Some(((start - passage.start) as u32, short(hash)))
        };
        (0..blocks).filter_map(block).collect()
    }
}

/// Where an edge of a passage of so many letters begins, counted from the passage's first letter, and its length.
pub(crate) fn edge_of(edge: Edge, letters: usize) -> Option<(i64, usize)> {
    let (beside, within, end) = (BESIDE as i64, WITHIN as i64, letters as i64);
    match edge {
        Edge::FarBefore => Some((-2 * beside, BESIDE)),
        Edge::Before => Some((-beside, BESIDE)),
        Edge::Head => (letters >= WITHIN).then_some((0, WITHIN)),
        Edge::Tail => (letters >= 2 * WITHIN).then_some((end - within, WITHIN)),
        Edge::After => Some((end, BESIDE)),
        Edge::FarAfter => Some((end + beside, BESIDE)),
    }
}

/// The product in the field.
fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let sum = (product as u64 & PRIME) + (product >> 61) as u64;
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn power(exponent: usize) -> u64 {
    let (mut result, mut square, mut rest) = (1, BASE, exponent);
    while rest > 0 {
        if rest & 1 == 1 {
            result = times(result, square);
        }
        square = times(square, square);
        rest >>= 1;
    }
    result
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): every bit depends on every other.
fn mixed(x: u64) -> u64 {
    let x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

/// 18 bits of a hash, never 0.
pub(crate) fn short(hash: u64) -> u32 {
    ((mixed(hash) >> 46) as u32).max(1)
}

/// 36 bits of a hash.
pub(crate) fn long(hash: u64) -> u64 {
    mixed(hash.wrapping_add(1)) >> 28
}

/// The sketch of some letters.
pub(crate) fn sketch(letters: &[char]) -> u128 {
    let gram = |g: &[char]| mixed(g.iter().fold(0u64, |h, c| h.rotate_left(21) ^ u64::from(u32::from(*c))));
    let grams: Vec<u64> = letters.windows(letters.len().clamp(1, GRAM)).map(gram).collect();
    (0..SKETCH_BITS).fold(0, |bits, i| {
        let seed = mixed(u64::from(i) + 1);
        let least = grams.iter().map(|g| mixed(g ^ seed)).min().unwrap_or(0);
        bits << 1 | u128::from(least & 1)
    })
}

/// In how many bits two sketches agree.
pub(crate) fn agreement(a: u128, b: u128) -> u32 {
    SKETCH_BITS - (a ^ b).count_ones().min(SKETCH_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The lessee keeps the crane in order. It pays for grease, for ropes and for the yearly trial \
        of the hook, and tells the harbour of every fault within two days. The harbour may look at the crane \
        whenever a ship is not at the quay. The lessee keeps the log of its hours.";

    /// The place of some words.
    fn place(text: &str, words: &str) -> Range<u32> {
        let start = text[..text.find(words).expect("the words are there")].chars().count() as u32;
        start..start + words.chars().count() as u32
    }

    #[test]
    fn an_anchor_is_the_same_for_the_same_letters() {
        let words = "It pays for grease, for ropes and for the yearly trial of the hook, and tells";
        let anchor = Text::new(TEXT).anchor(place(TEXT, words)).expect("it has letters");
        assert_eq!(anchor.to_string().parse(), Ok(anchor.clone()));
        assert!(!anchor.samples.is_empty() && anchor.occurrences == 1, "{anchor:?}");
        let wrap = |t: &str| t.replace(' ', "\r\n  ").replace('h', "h\u{200d}");
        let wrapped = wrap(TEXT);
        assert_eq!(Text::new(&wrapped).anchor(place(&wrapped, &wrap(words))), Some(anchor));
    }

    #[test]
    fn what_stands_twice_does_not_identify() {
        let text = Text::new(TEXT);
        let last =
            text.anchor(place(TEXT, "The lessee keeps the log of its hours.")).expect("it has letters");
        assert!(last.edges[Edge::Head as usize] != 0 && !last.identifies(Edge::Head), "{last:?}");
        assert_eq!((last.occurrences, last.edges[Edge::After as usize]), (1, 0));
        let first = text.anchor(place(TEXT, "The lessee keeps the ")).expect("it has letters");
        assert!(first.occurrences == 2 && !first.identifies(Edge::Head), "{first:?}");
    }

    #[test]
    fn nothing_has_no_anchor() {
        let text = Text::new(TEXT);
        assert_eq!(text.anchor(3..4), None);
        assert_eq!(text.anchor(9000..9001), None);
        let backward = Range { start: 20, end: 10 };
        assert_eq!(text.anchor(backward), None);
    }

    #[test]
    fn sketches_of_like_texts_agree_and_of_unlike_ones_do_not() {
        let of = |t: &str| sketch(&t.chars().collect::<Vec<_>>());
        let like = agreement(
            of("paysforgreaseforropesandfortheyearlytrial"),
            of("paysforgreaseforropesandforthemonthlytrial"),
        );
        let unlike = agreement(
            of("paysforgreaseforropesandfortheyearlytrial"),
            of("mayvisitthequayuntilthelightisputoutagain"),
        );
        assert!(like > 48 && unlike < 44, "{like} {unlike}");
    }
}
