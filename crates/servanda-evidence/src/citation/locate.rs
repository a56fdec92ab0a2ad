//! Finds the passage of a citation in a text that may have been edited. The rules and their reasons:
//! `docs/citations.md`, "Finding a passage again".

use std::collections::BTreeMap;
use std::ops::Range;

use servanda_program::{Anchor, Citation, Edge};

use crate::citation::anchor::{BESIDE, Text, WITHIN, agreement, digest, edge_of, long, short, sketch};

/// Bits of a hash of a window.
const WINDOW_BITS: i64 = 18;

/// Bits that a sketch that agrees is worth: unrelated texts pass in one of a thousand.
const SKETCH_WORTH: i64 = 10;

/// Of 66 bits of a sketch, those that must agree.
const SKETCH_LEAST: u32 = 48;

/// Bits that a claim must have to spare after all places of the text had their chance.
const SPARE_BITS: i64 = 20;

/// Bits to spare for telling where a lost passage was, which is only a hint.
const HINT_BITS: i64 = 10;

/// Letters of a passage that nobody writes again by chance.
const LONG: usize = 32;

/// Letters by which neighbours may lie further apart than twice their distance.
const SHIFT: i64 = 200;

/// Most claims that are compared, and most candidates that are told.
const CLAIMS_MAX: usize = 16;

/// Most scalar values that are hashed to find a passage by its digest alone.
const DIGESTED_MAX: u64 = 1 << 25;

/// A range of Unicode scalar values of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The first.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Place {
    /// The place as a range.
    pub fn range(self) -> Range<u32> {
        self.start..self.end
    }
}

impl From<Range<u32>> for Place {
    fn from(range: Range<u32>) -> Place {
        Place { start: range.start, end: range.end }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// On what a place rests: how many windows of the anchor agree, of how many that it has. The hash of the whole
/// passage is one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confidence {
    /// Windows that agree.
    pub agree: u32,
    /// Windows of the anchor.
    pub of: u32,
}

/// Where the passage of a citation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// The digest is that of the characters at the citation's place.
    Exact,
    /// The same characters stand elsewhere, and it is this passage.
    Moved {
        /// Where.
        place: Place,
        /// On what that rests.
        confidence: Confidence,
    },
    /// It is known where the passage begins and ends; its characters are others.
    Edited {
        /// Where; it may be the citation's own place.
        place: Place,
        /// On what that rests.
        confidence: Confidence,
        /// Whether its letters are the same: only spaces, invisible marks or normalisation differ.
        same_letters: bool,
    },
    /// Several places have a claim, or one that cannot be told from another.
    Ambiguous {
        /// At most 16 of them, in order.
        candidates: Vec<Place>,
    },
    /// It is not there any more, or too little of it is.
    Lost {
        /// Where it was, if its surroundings are there; may be empty.
        was: Option<Place>,
    },
    /// The citation has no digest: nothing says what stood at its place.
    Unchecked,
}

/// Where the passage of a citation is in a text. Linear in the length of the text, apart from passages without an
/// anchor, for which a limit is set.
pub fn locate(citation: &Citation, text: &Text<'_>) -> Located {
    let there = text.slice(citation.start..citation.end).filter(|p| !p.is_empty());
    let Some(wanted) = &citation.digest else {
        return if there.is_some() { Located::Unchecked } else { Located::Lost { was: None } };
    };
    if there.is_some_and(|passage| digest(passage) == *wanted) {
        return Located::Exact;
    }
    match &citation.anchor {
        Some(anchor) => Search { citation, wanted, anchor, text, windows: windows(anchor) }.run(),
        None => by_digest(citation, wanted, text),
    }
}

/// A passage without an anchor: where the same characters stand.
fn by_digest(citation: &Citation, wanted: &str, text: &Text<'_>) -> Located {
    let length = citation.end.saturating_sub(citation.start);
    let last = text.scalars().checked_sub(length);
    let (Some(last), 1..) = (last, length) else { return Located::Lost { was: None } };
    if u64::from(last + 1) * u64::from(length) > DIGESTED_MAX {
        return Located::Lost { was: None };
    }
    let same = |start: &u32| text.slice(*start..start + length).is_some_and(|p| digest(p) == *wanted);
    let found: Vec<Place> =
        (0..=last).filter(same).take(CLAIMS_MAX).map(|start| (start..start + length).into()).collect();
    // Whether it stood in the document once, nobody knows: the only place may be another's.
    match found.is_empty() {
        true => Located::Lost { was: None },
        false => Located::Ambiguous { candidates: found },
    }
}

/// Sides of a passage.
const BEFORE: u8 = 1;
const INSIDE: u8 = 2;
const AFTER: u8 = 4;

/// A window of an anchor.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// `None` for a sample.
    edge: Option<Edge>,
    /// Where it begins, counted from the passage's first letter.
    offset: i64,
    length: usize,
    hash: u32,
    /// Whether it stood in the document once.
    identifies: bool,
}

impl Window {
    /// Whether it is a part of the passage.
    fn inside(&self) -> bool {
        self.length == WITHIN
    }

    /// On which side of the passage it is, a bit each.
    fn side(&self) -> u8 {
        match (self.inside(), self.offset < 0) {
            (true, _) => INSIDE,
            (false, true) => BEFORE,
            (false, false) => AFTER,
        }
    }
}

/// The windows of an anchor in their order.
fn windows(anchor: &Anchor) -> Vec<Window> {
    let letters = anchor.letters as usize;
    let edge = |edge: Edge| {
        let (offset, length) = edge_of(edge, letters)?;
        let hash = Some(anchor.edges[edge as usize]).filter(|h| *h != 0)?;
        Some(Window { edge: Some(edge), offset, length, hash, identifies: anchor.identifies(edge) })
    };
    let sample = |(offset, hash): &(u32, u32)| Window {
        edge: None,
        offset: i64::from(*offset),
        length: WITHIN,
        hash: *hash,
        identifies: true,
    };
    let [far_before, before, head, tail, after, far_after] = Edge::ALL;
    let first = [far_before, before, head].into_iter().filter_map(edge);
    let last = [tail, after, far_after].into_iter().filter_map(edge);
    first.chain(anchor.samples.iter().map(sample)).chain(last).collect()
}

/// A window where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    at: i64,
    /// Its index among the windows.
    window: usize,
    /// Whether it was found elsewhere too.
    copied: bool,
}

/// A place that may be the passage's.
#[derive(Debug, Clone, Default)]
struct Claim {
    /// The letters from which to which it is, as far as that is known.
    start: Option<i64>,
    end: Option<i64>,
    /// Which windows agree, a bit each; the highest is the hash of the whole.
    agree: u32,
    /// Bits against chance.
    bits: i64,
    /// Whether something of the inside is there.
    inside: bool,
    /// Whether the letters are those of the passage.
    same_letters: bool,
    /// Whether it counts.
    counts: bool,
}

/// The bit of a claim for the hash of the whole passage.
const WHOLE: u32 = 1 << 31;

impl Claim {
    fn letters(&self) -> Option<Range<usize>> {
        let (start, end) = (usize::try_from(self.start?).ok()?, usize::try_from(self.end?).ok()?);
        (start < end).then_some(start..end)
    }

    /// Whether it agrees in everything in which the other does, and in two more.
    fn beats(&self, other: &Claim) -> bool {
        other.agree & !self.agree == 0 && self.agree.count_ones() >= other.agree.count_ones() + 2
    }
}

struct Search<'s, 't> {
    citation: &'s Citation,
    wanted: &'s str,
    anchor: &'s Anchor,
    text: &'s Text<'t>,
    windows: Vec<Window>,
}

impl Search<'_, '_> {
    fn run(&self) -> Located {
        let whole = self.whole();
        let overlaps = |a: &Claim, b: &Claim| match (a.letters(), b.letters()) {
            (Some(a), Some(b)) => a.start < b.end && b.start < a.end,
            _ => false,
        };
        // Neighbours of a place where the whole passage stands speak for it, and claim no place of their own.
        let beside = |w: &Claim, c: &Claim| {
            c.letters().is_none()
                && ((c.start.is_some() && c.start == w.start) || (c.end.is_some() && c.end == w.end))
        };
        let chains: Vec<Claim> = self
            .chains()
            .iter()
            .map(|chain| self.claim(chain))
            .filter(|c| !whole.iter().any(|w| overlaps(w, c) || beside(w, c)))
            .collect();
        // A passage that stood in the document once is a rival wherever its letters stand now.
        let alone = self.anchor.occurrences == 1;
        let mut rivals: Vec<&Claim> = whole.iter().filter(|c| c.counts || alone).collect();
        // What has part of the passage counts against others even where its ends are not known.
        rivals.extend(
            chains.iter().filter(|c| c.counts || (c.inside && c.letters().is_none() && self.likely(c.bits))),
        );
        let best = rivals.iter().filter(|c| c.counts).max_by_key(|c| (c.agree.count_ones(), c.bits));
        let Some(best) = best else {
            // One part whose ends are not known is no place.
            return match (whole.is_empty(), rivals.len()) {
                (true, 0 | 1) => Located::Lost { was: self.was(&chains) },
                _ => self.ambiguous(whole.iter().chain(rivals.iter().copied())),
            };
        };
        if !rivals.iter().all(|other| std::ptr::eq(*other, *best) || best.beats(other)) {
            return self.ambiguous(rivals.iter().copied());
        }
        let Some(letters) = best.letters() else { return Located::Lost { was: None } };
        let of = self.windows.len() as u32 + 1;
        let confidence = Confidence { agree: best.agree.count_ones(), of };
        match self.same(&letters) {
            Some(place) if best.same_letters => Located::Moved { place, confidence },
            _ => Located::Edited {
                place: self.text.folded.place_of(letters).into(),
                confidence,
                same_letters: best.same_letters,
            },
        }
    }

    fn ambiguous<'c>(&self, claims: impl Iterator<Item = &'c Claim>) -> Located {
        let place = |claim: &Claim| -> Place {
            // An end that is not known is taken for the other one.
            let at = claim.start.or(claim.end).unwrap_or(0).max(0);
            let letters = claim.letters().unwrap_or(at as usize..at as usize);
            self.text.folded.place_of(letters).into()
        };
        let mut candidates: Vec<Place> = claims.map(place).collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.truncate(CLAIMS_MAX);
        Located::Ambiguous { candidates }
    }

    /// Whether bits are too many for chance, all places of the text considered.
    fn likely(&self, bits: i64) -> bool {
        bits - self.places() >= SPARE_BITS
    }

    /// The binary logarithm of the number of places, rounded up.
    fn places(&self) -> i64 {
        i64::from((self.text.folded.len() as u64 + 1).ilog2()) + 1
    }

    /// Where the whole passage stands: a claim each.
    fn whole(&self) -> Vec<Claim> {
        let length = self.anchor.letters as usize;
        let all = self.text.roll(length).enumerate().filter(|(_, hash)| long(*hash) == self.anchor.whole);
        let mut claims = Vec::new();
        for (at, _) in all {
            // Passages that overlap themselves (`……`) are told once.
            if claims.last().is_some_and(|c: &Claim| c.end > Some(at as i64)) {
                continue;
            }
            let (start, end) = (at as i64, (at + length) as i64);
            let mut claim = Claim { start: Some(start), end: Some(end), agree: WHOLE, ..Claim::default() };
            let mut sides = 0;
            for (i, window) in self.windows.iter().enumerate() {
                if self.text.window(start + window.offset, window.length) == Some(window.hash) {
                    claim.agree |= 1 << i;
                    sides |= if window.identifies { window.side() } else { 0 };
                    claim.bits += if window.identifies { WINDOW_BITS } else { 0 };
                }
            }
            let alone = self.anchor.occurrences == 1;
            claim.bits += if alone { 2 * WINDOW_BITS } else { 0 };
            (claim.inside, claim.same_letters) = (true, true);
            claim.counts = match alone {
                true => length >= LONG || sides & (BEFORE | AFTER) != 0,
                false => sides & BEFORE != 0 && sides & AFTER != 0,
            };
            claims.push(claim);
            if claims.len() > CLAIMS_MAX {
                break;
            }
        }
        claims
    }

    /// Where the windows that identify stand.
    fn hits(&self) -> Vec<Hit> {
        let mut places: Vec<Vec<i64>> = vec![Vec::new(); self.windows.len()];
        // By chance a window of 18 bits stands in every 2¹⁸th place; more than this is a text that repeats itself.
        let most = 32 + (self.text.folded.len() >> 15);
        for length in [WITHIN, BESIDE] {
            let wanted: Vec<(usize, u32)> = self
                .windows
                .iter()
                .enumerate()
                .filter(|(_, w)| w.identifies && w.length == length)
                .map(|(i, w)| (i, w.hash))
                .collect();
            if wanted.is_empty() {
                continue;
            }
            for (at, hash) in self.text.roll(length).enumerate() {
                let hash = short(hash);
                for (i, _) in wanted.iter().filter(|(_, w)| *w == hash) {
                    if places[*i].len() <= most {
                        places[*i].push(at as i64);
                    }
                }
            }
        }
        places.iter_mut().filter(|p| p.len() > most).for_each(Vec::clear);
        // What chance finds stands alone; what was copied stands where another window expects it.
        let mut beginnings: BTreeMap<i64, u32> = BTreeMap::new();
        for (window, places) in self.windows.iter().zip(&places) {
            places.iter().for_each(|at| *beginnings.entry(at - window.offset).or_default() += 1);
        }
        let mut hits = Vec::new();
        for (index, (window, places)) in self.windows.iter().zip(&mut places).enumerate() {
            let expected = |at: &i64| beginnings.get(&(at - window.offset)).is_some_and(|n| *n > 1);
            if places.iter().any(expected) {
                places.retain(expected);
            }
            hits.extend(places.iter().map(|at| Hit { at: *at, window: index, copied: places.len() > 1 }));
        }
        hits.sort_unstable();
        hits
    }

    /// By how many letters a hit lies elsewhere than the one before it expects; `None` where they do not join.
    fn shift(&self, before: &Hit, after: &Hit) -> Option<i64> {
        if before.window >= after.window {
            return None;
        }
        let (b, a) = (&self.windows[before.window], &self.windows[after.window]);
        let (apart, expected) = (after.at - before.at, a.offset - b.offset);
        let shift = apart - expected;
        let fits = apart >= b.length as i64 && apart <= 2 * expected + SHIFT;
        // What was copied joins only where it is expected: otherwise parts of two copies would make a whole.
        let own = shift == 0 || !(before.copied || after.copied);
        (fits && own).then_some(shift)
    }

    /// The hits as chains, the strongest first; no hit is in two.
    fn chains(&self) -> Vec<Vec<Hit>> {
        let mut hits = self.hits();
        let mut chains = Vec::new();
        while !hits.is_empty() && chains.len() < CLAIMS_MAX {
            let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(hits.len());
            for (j, hit) in hits.iter().enumerate() {
                let mut here = (WINDOW_BITS, None);
                for i in 0..j {
                    let Some(shift) = self.shift(&hits[i], hit) else { continue };
                    let bits = best[i].0 + WINDOW_BITS - shift_bits(shift);
                    if bits > here.0 {
                        here = (bits, Some(i));
                    }
                }
                best.push(here);
            }
            let Some(last) = (0..hits.len()).max_by_key(|j| best[*j].0) else { break };
            let mut chain = Vec::new();
            let mut next = Some(last);
            while let Some(j) = next {
                chain.push(hits[j]);
                next = best[j].1;
            }
            chain.reverse();
            hits.retain(|h| !chain.contains(h));
            chains.push(chain);
        }
        chains
    }

    /// What a chain claims.
    fn claim(&self, chain: &[Hit]) -> Claim {
        let mut found: Vec<Hit> = chain.to_vec();
        let mut bits = WINDOW_BITS;
        for pair in chain.windows(2) {
            bits += WINDOW_BITS - shift_bits(self.shift(&pair[0], &pair[1]).unwrap_or(0));
        }
        // What only delimits joins where a neighbour expects it.
        for (i, window) in self.windows.iter().enumerate().filter(|(_, w)| !w.identifies) {
            let before = chain.iter().rev().find(|h| h.window < i);
            let after = chain.iter().find(|h| h.window > i);
            for hit in [before, after].into_iter().flatten() {
                let at = hit.at + window.offset - self.windows[hit.window].offset;
                let clear = before.is_none_or(|b| at >= b.at + self.windows[b.window].length as i64)
                    && after.is_none_or(|a| at + window.length as i64 <= a.at);
                if clear && self.text.window(at, window.length) == Some(window.hash) {
                    found.push(Hit { at, window: i, copied: false });
                    break;
                }
            }
        }
        let at = |edge: Edge| {
            let hit = found.iter().find(|h| self.windows[h.window].edge == Some(edge))?;
            Some((hit.at, hit.at + self.windows[hit.window].length as i64))
        };
        let mut claim = Claim {
            start: at(Edge::Head).map(|h| h.0).or(at(Edge::Before).map(|b| b.1)),
            end: at(Edge::Tail).map(|t| t.1).or(at(Edge::After).map(|a| a.0)),
            agree: found.iter().fold(0, |bits, h| bits | 1 << h.window),
            bits,
            ..Claim::default()
        };
        let parts = found.iter().filter(|h| self.windows[h.window].inside()).count();
        let alike = claim.letters().is_some_and(|letters| {
            let there = sketch(&self.text.folded.letters[letters]);
            agreement(there, self.anchor.sketch) >= SKETCH_LEAST
        });
        let short = (self.anchor.letters as usize) < 2 * LONG;
        claim.bits += if alike { SKETCH_WORTH } else { 0 };
        claim.inside = alike || parts >= 2 || (parts == 1 && (short || claim.letters().is_none()));
        // Where the passage is deleted, one like it may come to stand beside one of its neighbours.
        let sides = chain.iter().fold(0, |sides, h| sides | self.windows[h.window].side());
        let own = sides & INSIDE != 0 || sides == BEFORE | AFTER;
        claim.counts = own && claim.inside && claim.letters().is_some() && self.likely(claim.bits);
        claim
    }

    /// The range of scalar values whose digest is the citation's and whose letters are these.
    fn same(&self, letters: &Range<usize>) -> Option<Place> {
        /// Blanks and marks around the first letter among which a passage may begin.
        const LEADING_MAX: u32 = 256;
        let length = self.citation.end.checked_sub(self.citation.start)?;
        let first = self.text.folded.place_of(letters.start..letters.start + 1);
        let floor = match letters.start.checked_sub(1) {
            Some(before) => self.text.folded.place_of(before..letters.start).end,
            None => 0,
        };
        let before = (floor.max(first.start.saturating_sub(LEADING_MAX))..=first.start).rev();
        // A passage may begin with an accent, apart from its letter.
        let within = first.start + 1..first.end.min(first.start.saturating_add(LEADING_MAX));
        before.chain(within).find_map(|start| {
            let place = start..start.checked_add(length)?;
            let passage = self.text.slice(place.clone())?;
            (digest(passage) == self.wanted).then(|| place.into())
        })
    }

    /// Where a lost passage was.
    fn was(&self, chains: &[Claim]) -> Option<Place> {
        let (start, end) = chains
            .iter()
            .filter(|c| c.bits - self.places() >= HINT_BITS)
            .find_map(|c| c.start.or(c.end).map(|_| (c.start, c.end)))?;
        let letter = |n: i64| usize::try_from(n).unwrap_or(0);
        let letters = match (start, end) {
            (Some(start), Some(end)) => letter(start)..letter(end.max(start)),
            (Some(only), None) | (None, Some(only)) => letter(only)..letter(only),
            (None, None) => return None,
        };
        Some(self.text.folded.place_of(letters).into())
    }
}

/// Bits that it takes to say a shift.
fn shift_bits(shift: i64) -> i64 {
    match shift {
        0 => 0,
        _ => i64::from((2 * shift.unsigned_abs() + 1).ilog2()) + 1,
    }
}
