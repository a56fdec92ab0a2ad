//! Random documents, random edits: a passage is found where it is, or told to be lost or ambiguous; never is
//! another text taken for it. Every character has a number that goes with it through the edits, so what is
//! left of the passage is known.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use servanda_document::digest;
use servanda_evidence::{Located, Text, locate};
use servanda_program::Citation;

/// A small generator of numbers (Marsaglia's xorshift), the same everywhere.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            dice.below(2);
        }
        dice
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: [&[&str]; 3] = [
    &[
        "lessee",
        "crane",
        "harbour",
        "pays",
        "tonne",
        "quay",
        "before",
        "within",
        "days",
        "each",
        "notice",
        "rope",
        "ship",
        "keeps",
        "the",
        "of",
        "and",
        "to",
        "shall",
        "not",
        "unless",
        "berth",
        "dues",
        "north",
        "south",
        "Company",
        "party",
        "other",
        "agreement",
        "term",
    ],
    &[
        "مستأجر",
        "جرثقیل",
        "بندر",
        "می‌پردازد",
        "تن",
        "اسکله",
        "پیش",
        "از",
        "روز",
        "هر",
        "اطلاع",
        "طناب",
        "کشتی",
        "نگه",
        "و",
        "به",
        "نباید",
        "مگر",
        "لنگرگاه",
        "عوارض",
        "شمال",
        "جنوب",
        "شرکت",
        "طرف",
        "دیگر",
        "قرارداد",
    ],
    &[
        "किरायेदार",
        "क्रेन",
        "बंदरगाह",
        "देता",
        "टन",
        "घाट",
        "पहले",
        "भीतर",
        "दिन",
        "प्रत्येक",
        "सूचना",
        "रस्सी",
        "जहाज",
        "रखता",
        "और",
        "को",
        "नहीं",
        "जब",
        "तक",
        "शुल्क",
        "उत्तर",
        "दक्षिण",
        "कंपनी",
        "पक्ष",
        "दूसरा",
        "समझौता",
    ],
];

/// A sentence; one in five is a standing phrase, which documents are full of.
fn sentence(dice: &mut Dice, language: usize) -> String {
    let words = WORDS[language];
    if dice.one_in(5) {
        let fixed = Dice::new(dice.below(4) as u64 + 77).0;
        return plain_sentence(&mut Dice(fixed | 1), words);
    }
    if dice.one_in(6) {
        return format!(
            "{} {}: {} {} per {}.",
            dice.pick(words),
            dice.below(90),
            dice.pick(words),
            dice.below(5000),
            words[0]
        );
    }
    plain_sentence(dice, words)
}

/// Half of the words are common ones, half are made of pieces of them.
fn word(dice: &mut Dice, words: &[&str]) -> String {
    if dice.one_in(2) {
        return dice.pick(words).to_string();
    }
    let mut piece =
        |from: usize, most: usize| -> String { dice.pick(words).chars().skip(from).take(most).collect() };
    format!("{}{}{}", piece(0, 2), piece(1, 2), piece(2, 3))
}

fn plain_sentence(dice: &mut Dice, words: &[&str]) -> String {
    let n = 4 + dice.below(16);
    let mut out: Vec<String> = (0..n).map(|_| word(dice, words)).collect();
    if dice.one_in(3) {
        out.push(dice.below(10_000).to_string());
    }
    format!("{}.", out.join(" "))
}

/// A character and its number; 0 where it is new.
type Marked = Vec<(char, u32)>;

/// A document as paragraphs of marked characters, the passage's range, and its numbers.
struct Document {
    paragraphs: Vec<Marked>,
    language: usize,
    copies: u32,
}

/// Characters of the original are below this number; copies come after.
const COPY: u32 = 1 << 20;

impl Document {
    fn new(dice: &mut Dice) -> Document {
        let language = dice.below(3);
        let mut next = 0;
        let mut paragraph = |dice: &mut Dice| -> Marked {
            let n = 1 + dice.below(5);
            let text = (0..n).map(|_| sentence(dice, language)).collect::<Vec<_>>().join(" ");
            text.chars()
                .map(|c| {
                    next += 1;
                    (c, next)
                })
                .collect()
        };
        let n = 3 + dice.below(25);
        Document { paragraphs: (0..n).map(|_| paragraph(dice)).collect(), language, copies: 0 }
    }

    /// All characters, paragraphs apart.
    fn characters(&self) -> Marked {
        let mut out = Vec::new();
        for p in &self.paragraphs {
            out.extend_from_slice(p);
            out.extend([('\n', 0), ('\n', 0)]);
        }
        out
    }

    /// A copy of a paragraph; its characters know of which copy they are.
    fn copy(&mut self, paragraph: usize) -> Marked {
        self.copies += 1;
        let number = |n: u32| if n == 0 { 0 } else { n % COPY + self.copies * COPY };
        self.paragraphs[paragraph].iter().map(|(c, n)| (*c, number(*n))).collect()
    }

    fn fresh(&self, dice: &mut Dice) -> Marked {
        sentence(dice, self.language).chars().map(|c| (c, 0)).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edit {
    InsertElsewhere,
    DeleteElsewhere,
    WordsElsewhere,
    WordInside,
    DeleteInside,
    InsertInside,
    Duplicate,
    DuplicateAndChange,
    DeletePassage,
    ReplacePassage,
    DeleteParagraph,
    CutAndPaste,
    AcrossTheStart,
    Layout,
    Several,
}

const EDITS: [Edit; 15] = [
    Edit::InsertElsewhere,
    Edit::DeleteElsewhere,
    Edit::WordsElsewhere,
    Edit::WordInside,
    Edit::DeleteInside,
    Edit::InsertInside,
    Edit::Duplicate,
    Edit::DuplicateAndChange,
    Edit::DeletePassage,
    Edit::ReplacePassage,
    Edit::DeleteParagraph,
    Edit::CutAndPaste,
    Edit::AcrossTheStart,
    Edit::Layout,
    Edit::Several,
];

/// What is cited: a paragraph and a range in it.
struct Passage {
    paragraph: usize,
    range: std::ops::Range<usize>,
    numbers: BTreeSet<u32>,
}

/// The indices in a paragraph at which the passage's characters stand now.
fn here(paragraph: &Marked, passage: &Passage) -> Vec<usize> {
    (0..paragraph.len()).filter(|i| passage.numbers.contains(&(paragraph[*i].1 % COPY))).collect()
}

/// The paragraph that holds the passage, if any does.
fn holder(document: &Document, passage: &Passage) -> Option<usize> {
    (0..document.paragraphs.len()).find(|p| !here(&document.paragraphs[*p], passage).is_empty())
}

/// Replaces the word at an index; gives whether there was one.
fn change_word(paragraph: &mut Marked, at: usize, dice: &mut Dice, language: usize) {
    let mut start = at;
    while start > 0 && paragraph[start - 1].0 != ' ' {
        start -= 1;
    }
    let mut end = at;
    while end < paragraph.len() && paragraph[end].0 != ' ' {
        end += 1;
    }
    let word =
        if dice.one_in(2) { dice.below(9999).to_string() } else { dice.pick(WORDS[language]).to_string() };
    paragraph.splice(start..end, word.chars().map(|c| (c, 0)));
}

fn apply(edit: Edit, document: &mut Document, passage: &Passage, dice: &mut Dice) {
    let Some(own) = holder(document, passage) else { return };
    let n = document.paragraphs.len();
    let language = document.language;
    let other = (own + 1 + dice.below(n - 1)) % n;
    let inside = here(&document.paragraphs[own], passage);
    let (first, last) = (inside[0], inside[inside.len() - 1]);
    match edit {
        Edit::InsertElsewhere => {
            let fresh = document.fresh(dice);
            document.paragraphs.insert(dice.below(n + 1), fresh);
        }
        Edit::DeleteElsewhere => drop(document.paragraphs.remove(other)),
        Edit::WordsElsewhere => {
            for _ in 0..1 + dice.below(12) {
                let p = (own + 1 + dice.below(n - 1)) % n;
                let at = dice.below(document.paragraphs[p].len());
                if !document.paragraphs[p].is_empty() {
                    change_word(&mut document.paragraphs[p], at, dice, language);
                }
            }
            // And beside the passage, in its own paragraph.
            let rest = document.paragraphs[own].len() - last;
            if rest > 30 {
                change_word(&mut document.paragraphs[own], last + 20 + dice.below(rest - 25), dice, language);
            }
        }
        Edit::WordInside => {
            let at = inside[dice.below(inside.len())];
            change_word(&mut document.paragraphs[own], at, dice, language);
        }
        Edit::DeleteInside => {
            let length = last - first;
            let start = first + dice.below(length / 2 + 1);
            let end = (start + 1 + dice.below(length / 2 + 1)).min(last);
            document.paragraphs[own].drain(start..end.max(start));
        }
        Edit::InsertInside => {
            let fresh = document.fresh(dice);
            let at = inside[dice.below(inside.len())];
            document.paragraphs[own].splice(at..at, fresh);
        }
        Edit::Duplicate => {
            let copy = document.copy(own);
            document.paragraphs.insert(dice.below(n + 1), copy);
        }
        Edit::DuplicateAndChange => {
            let copy = document.copy(own);
            let at = inside[dice.below(inside.len())];
            change_word(&mut document.paragraphs[own], at, dice, language);
            document.paragraphs.insert(dice.below(n + 1), copy);
        }
        Edit::DeletePassage => drop(document.paragraphs[own].drain(first..=last)),
        Edit::ReplacePassage => {
            let fresh = document.fresh(dice);
            document.paragraphs[own].splice(first..=last, fresh);
        }
        Edit::DeleteParagraph => drop(document.paragraphs.remove(own)),
        Edit::CutAndPaste => {
            let moved = document.paragraphs.remove(own);
            document.paragraphs.insert(dice.below(n), moved);
        }
        Edit::AcrossTheStart => {
            let start = first.saturating_sub(1 + dice.below(30));
            let end = (first + 1 + dice.below(last - first + 1)).min(last);
            document.paragraphs[own].drain(start..end);
        }
        Edit::Layout => {
            for paragraph in &mut document.paragraphs {
                let mut wrapped = Vec::new();
                for (c, number) in paragraph.drain(..) {
                    wrapped.push((c, number));
                    if c == ' ' && dice.one_in(6) {
                        wrapped.extend([('\n', 0), ('\u{200f}', 0), (' ', 0)]);
                    }
                }
                *paragraph = wrapped;
            }
        }
        Edit::Several => {
            for _ in 0..2 + dice.below(4) {
                let edit = EDITS[dice.below(EDITS.len() - 1)];
                if document.paragraphs.len() > 2 {
                    apply(edit, document, passage, dice);
                }
            }
        }
    }
}

/// Documents have paragraphs enough for every edit.
fn cited(document: &Document, dice: &mut Dice) -> Passage {
    let paragraph = dice.below(document.paragraphs.len());
    let length = document.paragraphs[paragraph].len();
    let start = if dice.one_in(3) { 0 } else { dice.below(length - 5) };
    let long = if dice.one_in(3) { 8 + dice.below(30) } else { 20 + dice.below(250) };
    let range = start..(start + long).min(length);
    let numbers = document.paragraphs[paragraph][range.clone()].iter().map(|(_, n)| *n).collect();
    Passage { paragraph, range, numbers }
}

fn text_of(characters: &Marked) -> String {
    characters.iter().map(|(c, _)| c).collect()
}

fn is_letter(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{200c}' | '\u{200f}')
}

/// What came of one case, in a word, or why it is wrong.
fn case(seed: u64, edit: Edit, anchored: bool) -> Result<&'static str, String> {
    let mut dice = Dice::new(seed);
    let mut document = Document::new(&mut dice);
    let passage = cited(&document, &mut dice);
    let before: u32 = document.paragraphs[..passage.paragraph].iter().map(|p| p.len() as u32 + 2).sum();
    let place = before + passage.range.start as u32..before + passage.range.end as u32;
    let original = text_of(&document.characters());
    let text = Text::new(&original);
    let cited = text.slice(place.clone()).unwrap().to_string();
    let citation = Citation {
        source: "doc".into(),
        start: place.start,
        end: place.end,
        digest: Some(digest(&cited)),
        anchor: text.anchor(place).filter(|_| anchored),
    };
    if locate(&citation, &text) != Located::Exact {
        return Err("the passage is not exact in its own document".into());
    }
    apply(edit, &mut document, &passage, &mut dice);
    let characters = document.characters();
    let edited = text_of(&characters);
    let located = locate(&citation, &Text::new(&edited));
    let is_own = |n: u32| passage.numbers.contains(&(n % COPY));
    // What remains of the original, and of each copy.
    let mut remains: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (i, (c, n)) in characters.iter().enumerate() {
        if is_own(*n) && is_letter(*c) {
            remains.entry(*n / COPY).or_default().push(i as u32);
        }
    }
    let letters = cited.chars().filter(|c| is_letter(*c)).count();
    let whole = remains.values().any(|r| r.len() >= letters);
    let wrong = |why: &str, place: &dyn std::fmt::Debug| {
        Err(format!("{edit:?}, seed {seed}: {why}\n{located:?} at {place:?}\ncited: {cited}\n\n{edited}"))
    };
    match &located {
        Located::Exact => {
            let there = &characters[citation.start as usize..citation.end as usize];
            let own = there.iter().all(|(c, n)| is_own(*n) || !is_letter(*c));
            Ok(if own { "exact" } else { "exact, by coincidence" })
        }
        Located::Moved { place, .. } => {
            let there = &characters[place.start as usize..place.end as usize];
            if text_of(&there.to_vec()) != cited {
                return wrong("the characters differ", place);
            }
            let letters = || there.iter().filter(|(c, _)| is_letter(*c));
            let own = letters().filter(|(_, n)| is_own(*n)).count();
            match letters().all(|(_, n)| *n == 0 || is_own(*n)) {
                true if own == letters().count() => Ok("moved"),
                // The edit wrote the very characters again, or joined what remains to some that are the same.
                true => Ok("moved, by coincidence"),
                false if 2 * own > letters().count() => Ok("moved, by coincidence"),
                false => wrong("the same characters, and another passage", place),
            }
        }
        Located::Edited { place, same_letters, .. } => {
            let range = place.range();
            if remains.values().any(|r| r.iter().all(|i| range.contains(i))) {
                return Ok("edited");
            }
            let there = &characters[place.start as usize..place.end as usize];
            let (mut own, mut other) = (0, 0);
            for (_, n) in there.iter().filter(|(c, n)| *n != 0 && is_letter(*c)) {
                *if is_own(*n) { &mut own } else { &mut other } += 1;
            }
            match (own, other) {
                // The edit wrote letters of the passage again.
                (1.., 0) if *same_letters => Ok("edited, by coincidence"),
                // What took the place of the whole passage looks like it.
                (0, 0) if remains.is_empty() => Ok("edited, though replaced"),
                _ => wrong("a part of the passage lies outside, or nothing of it inside", place),
            }
        }
        Located::Ambiguous { .. } => Ok("ambiguous"),
        Located::Lost { .. } if remains.is_empty() => Ok("lost, and gone"),
        Located::Lost { .. } if whole => Ok("lost, though whole"),
        Located::Lost { .. } => Ok("lost, though part remains"),
        Located::Unchecked => wrong("it has a digest", &0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        // The same cases everywhere: among random texts of few words, some edit makes by coincidence what it took away.
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn another_text_is_never_taken_for_the_passage(
        seed in any::<u64>(),
        edit in prop::sample::select(EDITS.to_vec()),
        anchored in prop::bool::weighted(0.9),
    ) {
        if let Err(why) = case(seed, edit, anchored) {
            prop_assert!(false, "{why}");
        }
    }

    #[test]
    fn any_anchor_meets_any_text(
        letters in 1u32..300,
        edges in prop::array::uniform6(0u32..1 << 18),
        once in 0u8..64,
        samples in prop::collection::btree_map(0u32..300, 1u32..1 << 18, 0..4),
        text in "\\PC{0,200}",
        start in 0u32..300,
        length in 0u32..300,
    ) {
        let mut anchor = Text::new("a text of its own").anchor(2..9).unwrap();
        (anchor.letters, anchor.edges, anchor.once) = (letters, edges, once);
        anchor.samples = samples.into_iter().collect();
        let digest = Some(digest("never"));
        let citation = Citation { source: "doc".into(), start, end: start + length, digest, anchor: Some(anchor) };
        let found = locate(&citation, &Text::new(&text));
        prop_assert!(matches!(found, Located::Lost { .. } | Located::Ambiguous { .. }), "{found:?}");
    }
}

/// How often each edit ends how. `SERVANDA_CASES` sets the number of cases of each edit.
#[test]
#[allow(clippy::disallowed_methods, reason = "tests read the environment")]
fn rates() {
    let cases = std::env::var("SERVANDA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let mut wrong = Vec::new();
    for edit in EDITS {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for seed in 0..cases {
            match case(1_000_000 + seed, edit, true) {
                Ok(word) => *counts.entry(word).or_default() += 1,
                Err(why) => wrong.push(why),
            }
        }
        println!("{edit:?}: {counts:?}");
        let share =
            |words: &[&str]| 100 * words.iter().filter_map(|w| counts.get(w)).sum::<u32>() / cases as u32;
        // What is not touched is found.
        match edit {
            Edit::InsertElsewhere | Edit::DeleteElsewhere => {
                assert!(share(&["exact", "moved"]) >= 90, "{edit:?}: {counts:?}");
            }
            // Short phrases that stand elsewhere too lose what was beside them.
            Edit::CutAndPaste => assert!(share(&["exact", "moved"]) >= 60, "{edit:?}: {counts:?}"),
            Edit::Layout => assert!(share(&["exact", "moved", "edited"]) >= 85, "{edit:?}: {counts:?}"),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} wrong, first:\n{}", wrong.len(), wrong[0]);
}
