//! Which language a passage is in.
//!
//! Script first, then letters that only one of the languages in question has, then trigrams. A line with too little of
//! all that takes the language of its neighbours.

use std::ops::Range;

use whatlang::{Detector, Lang};

use crate::Passage;
use crate::script::{Writing, lang, own_letters};

/// Fewer letters than this decide nothing by trigrams.
const LETTERS_ENOUGH: usize = 20;

/// From so many letters on, a language that was not asked about is noticed.
const LETTERS_FOREIGN: usize = 80;

/// Letters of a line that are looked at.
const SAMPLE_MAX: usize = 1_000;

/// The paragraphs of a text, each with its language among the given ones (primary tags, BCP 47), in order of place.
///
/// A paragraph is a stretch of lines in one language without a blank line in it. Places count Unicode scalar values;
/// blanks at the ends of a paragraph are not in it. A long paragraph that shows none of the languages has none.
pub fn languages_of(text: &str, among: &[&str]) -> Vec<Passage> {
    let lines = lines(text);
    let found: Vec<Finding> = lines.iter().map(|line| find(line.text, among)).collect();
    let decided = settle(&found, &distances(&lines), among, at_a_guess(text, &found, among));
    let mut passages: Vec<Passage> = Vec::new();
    for (line, tag) in lines.iter().zip(decided) {
        let language = tag.map(|t| among[t].to_string());
        match passages.last_mut() {
            Some(last) if !line.after_blank && last.language == language => last.place.end = line.place.end,
            _ => passages.push(Passage { place: line.place.clone(), language }),
        }
    }
    passages
}

struct Line<'t> {
    text: &'t str,
    place: Range<usize>,
    /// A blank line stands before it.
    after_blank: bool,
}

/// The lines that are not blank, without the blanks at their ends.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut chars = 0;
    let mut after_blank = false;
    // A line end of two characters is one line end.
    let mut halfway = false;
    for piece in text.split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            after_blank = after_blank || !(halfway && piece == "\n");
        } else {
            let lead = piece.chars().take_while(|c| c.is_whitespace()).count();
            let start = chars + lead;
            let place = start..start + trimmed.chars().count();
            lines.push(Line { text: trimmed, place, after_blank });
            after_blank = false;
        }
        halfway = piece.ends_with('\r');
        chars += piece.chars().count();
    }
    lines
}

/// What a line says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    /// A language, by its place among the given ones.
    Language(usize),
    /// None of them.
    Foreign,
    /// Too little to tell; the script of its letters, where it has any, and what it is at a guess.
    Little(Option<Writing>, Option<usize>),
}

fn find(line: &str, among: &[&str]) -> Finding {
    let Some((writing, letters)) = writing_of(line) else { return Finding::Little(None, None) };
    let enough = letters >= LETTERS_ENOUGH;
    let candidates: Vec<usize> = (0..among.len()).filter(|&t| writing.writes(among[t])).collect();
    let sample = sample(line, writing);
    if letters >= LETTERS_FOREIGN && is_foreign(&sample, among) {
        return Finding::Foreign;
    }
    match candidates[..] {
        [] if enough => Finding::Foreign,
        [] => Finding::Little(Some(writing), None),
        // Latin words stand in texts of all scripts; the other scripts do not stray.
        [only] if enough || writing != Writing::Latin => Finding::Language(only),
        [only] => Finding::Little(Some(writing), Some(only)),
        _ => {
            if let Some(tag) = by_own_letters(line, among, &candidates) {
                return Finding::Language(tag);
            }
            let guess = by_trigrams(&sample, among, &candidates);
            match guess {
                Some(tag) if enough => Finding::Language(tag),
                guess => Finding::Little(Some(writing), guess),
            }
        }
    }
}

/// The script of a line and how many of its letters are in it. One that is not Latin needs a third of the letters
/// only: names and brands are Latin everywhere.
fn writing_of(line: &str) -> Option<(Writing, usize)> {
    let mut counts: Vec<(Writing, usize)> = Vec::new();
    for writing in line.chars().filter_map(Writing::of) {
        match counts.iter_mut().find(|(w, _)| *w == writing) {
            Some((_, count)) => *count += 1,
            None => counts.push((writing, 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, n)| n).sum();
    let of = |writing| counts.iter().find(|(w, _)| *w == writing).map_or(0, |(_, n)| *n);
    // Japanese mixes its own letters with those of Chinese.
    let (kana, han) = (of(Writing::Kana), of(Writing::Han));
    if kana * 10 > han && (kana + han) * 3 >= all {
        return (kana > 0).then_some((Writing::Kana, kana + han));
    }
    let best = counts.iter().filter(|(w, _)| *w != Writing::Latin).max_by_key(|(w, n)| (*n, *w));
    match best {
        Some((writing, n)) if n * 3 >= all => Some((*writing, *n)),
        _ => counts.iter().max_by_key(|(w, n)| (*n, *w)).copied(),
    }
}

/// The words of a line in one script.
fn sample(line: &str, writing: Writing) -> String {
    let mixed = |w: Writing| w == writing || (writing == Writing::Kana && w == Writing::Han);
    let words = line.split(|c: char| c.is_whitespace() || c.is_numeric());
    let mut sample = String::new();
    let mut letters = 0;
    for word in words.filter(|w| w.chars().filter_map(Writing::of).any(mixed)) {
        sample.extend(word.chars().filter(|c| Writing::of(*c).is_none_or(mixed)));
        sample.push(' ');
        letters += word.chars().count();
        if letters >= SAMPLE_MAX {
            break;
        }
    }
    // A single word may be longer than any.
    sample.chars().take(2 * SAMPLE_MAX).collect()
}

/// The language most of whose own letters are there, if it is one.
fn by_own_letters(line: &str, among: &[&str], candidates: &[usize]) -> Option<usize> {
    let count = |tag: usize| line.chars().filter(|c| own_letters(among[tag]).contains(*c)).count();
    let counts: Vec<usize> = candidates.iter().map(|&t| count(t)).collect();
    let best = *counts.iter().max()?;
    let mut winners = counts.iter().zip(candidates).filter(|(n, _)| **n == best).map(|(_, t)| *t);
    let winner = winners.next()?;
    (best > 0 && winners.next().is_none()).then_some(winner)
}

fn by_trigrams(sample: &str, among: &[&str], candidates: &[usize]) -> Option<usize> {
    let allowed: Vec<Lang> = candidates.iter().filter_map(|&t| lang(among[t])).collect();
    let found = Detector::with_allowlist(allowed).detect_lang(sample)?;
    candidates.iter().copied().find(|&t| lang(among[t]) == Some(found))
}

/// Whether a sample is surely in a language that is not among the given ones.
fn is_foreign(sample: &str, among: &[&str]) -> bool {
    whatlang::detect(sample)
        .is_some_and(|info| info.is_reliable() && !among.iter().any(|t| lang(t) == Some(info.lang())))
}

/// How far down the text each line is: a blank line parts more than any number of line ends.
fn distances(lines: &[Line<'_>]) -> Vec<usize> {
    let mut far = 0;
    lines
        .iter()
        .map(|line| {
            far += if line.after_blank { lines.len() } else { 1 };
            far
        })
        .collect()
}

/// The languages of all lines: those that say too little take that of the nearest line that says enough, a line
/// before it if two are as near. A line in a script takes a language of that script, if there is one.
fn settle(found: &[Finding], far: &[usize], among: &[&str], fallback: Option<usize>) -> Vec<Option<usize>> {
    let forward = nearest(found.iter().copied().enumerate(), among);
    let mut backward = nearest(found.iter().copied().enumerate().rev(), among);
    backward.reverse();
    found
        .iter()
        .enumerate()
        .map(|(at, finding)| match *finding {
            Finding::Language(tag) => Some(tag),
            Finding::Foreign => None,
            Finding::Little(writing, guess) => {
                let sides = [&forward[at], &backward[at]];
                let of_script = sides.iter().any(|near| near.own.is_some());
                let [before, after] = sides.map(|near| {
                    let any = near.any.filter(|_| near.stray && !of_script);
                    near.own.or(any).map(|(tag, line)| (far[line].abs_diff(far[at]), tag))
                });
                match (before, after) {
                    (Some(b), Some(a)) => Some(if a.0 < b.0 { a.1 } else { b.1 }),
                    (Some((_, tag)), None) | (None, Some((_, tag))) => Some(tag),
                    (None, None) => fallback
                        .filter(|&tag| writing.is_none_or(|w| w == Writing::Latin || w.writes(among[tag])))
                        .or(guess),
                }
            }
        })
        .collect()
}

/// The language of a text none of whose lines says enough by itself.
fn at_a_guess(text: &str, found: &[Finding], among: &[&str]) -> Option<usize> {
    if found.iter().any(|f| matches!(f, Finding::Language(_))) {
        return None;
    }
    let start: String = text.chars().take(2 * SAMPLE_MAX).collect();
    match find(&start, among) {
        Finding::Language(tag) | Finding::Little(_, Some(tag)) => Some(tag),
        _ => None,
    }
}

/// The nearest languages on one side of a line, each with the line that has it.
#[derive(Clone, Copy, Default)]
struct Near {
    /// One that is written in the script of the line.
    own: Option<(usize, usize)>,
    /// Any.
    any: Option<(usize, usize)>,
    /// Whether the line may be in a language of another script: it is Latin, or has no letters.
    stray: bool,
}

fn nearest(found: impl Iterator<Item = (usize, Finding)>, among: &[&str]) -> Vec<Near> {
    // The last line of each language, the nearest last.
    let mut last: Vec<(usize, usize)> = Vec::new();
    found
        .map(|(at, finding)| match finding {
            Finding::Language(tag) => {
                last.retain(|(t, _)| *t != tag);
                last.push((tag, at));
                Near::default()
            }
            Finding::Foreign => Near::default(),
            Finding::Little(writing, _) => Near {
                own: writing.and_then(|w| last.iter().rev().find(|(t, _)| w.writes(among[*t])).copied()),
                any: last.last().copied(),
                stray: writing.is_none_or(|w| w == Writing::Latin),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AMONG: [&str; 6] = ["ar", "en", "es", "fa", "hi", "it"];

    fn told(text: &str, among: &[&str]) -> Vec<(String, String)> {
        let chars: Vec<char> = text.chars().collect();
        languages_of(text, among)
            .into_iter()
            .map(|p| (p.language.unwrap_or_default(), chars[p.place].iter().collect()))
            .collect()
    }

    #[test]
    fn each_paragraph_has_its_language() {
        for (language, line) in [
            ("fa", "شرکت بندرگاه اجاره اسکله را تا سال ۱۴۰۹ تمدید کرد"),
            ("fa", "کرایه هر ماه"),
            ("ar", "وقعت شركة الميناء اتفاقية لتأجير الرصيف حتى عام ٢٠٣٠"),
            ("ar", "الإيجار الشهري للشركة"),
            ("hi", "बंदरगाह कंपनी ने 2030 तक घाट का पट्टा बढ़ाया"),
            ("it", "La società del porto ha prorogato il contratto di affitto del molo fino al 2030"),
            ("en", "The harbour company has extended the lease of the quay until the year 2030"),
            (
                "es",
                "La empresa del puerto ha prorrogado el contrato de arrendamiento del muelle hasta el año 2030",
            ),
        ] {
            assert_eq!(told(line, &AMONG), [(language.to_string(), line.to_string())]);
        }
    }

    #[test]
    fn a_short_line_takes_the_language_of_its_neighbours() {
        let text = "Il canone annuo è fissato dalle parti entro il mese di gennaio.\nNOTE\n12.500\r\n\r\n\
            The annual fee is fixed by the parties before the end of January.\n\n2031\nNOTES";
        let found: Vec<_> = told(text, &["en", "it"]).into_iter().map(|(l, t)| (l, t.len())).collect();
        assert_eq!(
            found,
            [("it".into(), 76), ("en".into(), 65), ("en".into(), 10)].map(|(l, n): (String, usize)| (l, n)),
            "{:?}",
            told(text, &["en", "it"])
        );
        let text = "وقعت شركة الميناء اتفاقية لتأجير الرصيف.\nFerry Line\n٥٠٠";
        assert_eq!(told(text, &AMONG).len(), 1);
        let english = "The annual fee is fixed by the parties.\nماه\n";
        assert_eq!(told(english, &["en", "fa"])[1].0, "fa");
    }

    #[test]
    fn lines_that_all_say_too_little_are_taken_together() {
        let text = "Il canone\nè di euro\n12.500\nl'anno,\n\ndal 2031";
        let found = told(text, &AMONG);
        assert!(found.len() == 2 && found.iter().all(|(language, _)| language == "it"), "{found:?}");
    }

    #[test]
    fn a_language_that_was_not_asked_about_is_none() {
        let french = "La société du port a prolongé le bail du quai jusqu'à la fin de l'année, et les parties \
            conviennent que le loyer sera révisé chaque année au mois de janvier.";
        assert_eq!(told(french, &["en", "it"])[0].0, "");
        assert_eq!(told("Компания порта продлила договор аренды", &["en"])[0].0, "");
        assert_eq!(told("anything at all that is long enough", &[])[0].0, "");
        assert!(told(" \n\t\n", &AMONG).is_empty());
    }

    proptest! {
        #[test]
        fn passages_are_in_order_and_hold_all_that_is_not_blank(
            text in "([a-zé ]{0,30}|[\u{627}-\u{64a} ]{0,30}|[\r\n\u{2028} \t]{1,3}|[0-9۰-۹]{1,4}){0,12}"
        ) {
            let chars: Vec<char> = text.chars().collect();
            let mut end = 0;
            for passage in languages_of(&text, &AMONG) {
                let place = passage.place;
                prop_assert!(end <= place.start && place.start < place.end && place.end <= chars.len());
                prop_assert!(chars[end..place.start].iter().all(|c| c.is_whitespace()));
                prop_assert!(!chars[place.start].is_whitespace() && !chars[place.end - 1].is_whitespace());
                end = place.end;
            }
            prop_assert!(chars[end..].iter().all(|c| c.is_whitespace()));
        }

        #[test]
        fn any_text_has_languages_among_those_asked(text in "\\PC{0,200}") {
            for passage in languages_of(&text, &AMONG) {
                prop_assert!(passage.language.is_none_or(|l| AMONG.contains(&l.as_str())));
            }
        }
    }
}
