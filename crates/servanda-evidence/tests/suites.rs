//! Clauses that lawyers marked in real agreements, and the examples of the W3C, where `SERVANDA_SHARED` names
//! their folder.

#![allow(clippy::disallowed_methods, reason = "tests read the environment and files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use servanda_document::digest;
use servanda_evidence::{Located, Place, Quote, Selector, Text, locate};
use servanda_program::Citation;

/// The folder of a suite; says why where there is none.
fn suite(name: &str) -> Option<PathBuf> {
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    let Some(shared) = std::env::var_os("SERVANDA_SHARED").map(PathBuf::from) else {
        assert!(!required, "left out although SERVANDA_REQUIRE=all: SERVANDA_SHARED is not set");
        println!("left out: the suite {name}: SERVANDA_SHARED is not set");
        return None;
    };
    // A relative path means the root of the project, as for every check.
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(shared).join("suites").join(name))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The text wrapped anew, as another program would have written it.
fn wrapped(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.chunks(7).map(|line| line.join("\u{a0}")).collect::<Vec<_>>().join("\r\n\u{200b}")
}

#[test]
fn marked_clauses_are_found_by_their_quotation() {
    let Some(folder) = suite("cuad") else { return };
    let labels: Value = serde_json::from_str(&read(&folder.join("labels.json"))).expect("labels are JSON");
    let (mut marked, mut found, mut several, mut verbatim) = (0, 0, 0, 0);
    for (contract, categories) in labels.as_object().expect("contracts by name") {
        let text = read(&folder.join("contracts").join(format!("{contract}.txt")));
        let other = wrapped(&text);
        let (prepared, other_prepared) = (Text::new(&text), Text::new(&other));
        for (_, category) in categories.as_object().expect("categories by name") {
            let clauses = category["clauses"].as_array().into_iter().flatten().filter_map(Value::as_str);
            // What the lawyers left out stands between two quotations.
            for clause in clauses.flat_map(|c| c.split("<omitted>")).filter(|c| !c.trim().is_empty()) {
                marked += 1;
                verbatim += usize::from(text.contains(clause));
                let quote = Quote { exact: clause.to_string(), ..Quote::default() };
                let places = quote.find(&prepared);
                assert_eq!(quote.find(&other_prepared).len(), places.len(), "{contract}: wrapped anew");
                found += usize::from(!places.is_empty());
                several += usize::from(places.len() > 1);
                if places.is_empty() {
                    println!("not found: {contract}: {}", clause.chars().take(160).collect::<String>());
                }
            }
        }
    }
    println!(
        "{marked} quotations: {verbatim} verbatim, {found} by letters, {several} of them at several places"
    );
    assert!(marked > 200 && found * 100 >= marked * 97, "{found} of {marked}");
}

#[test]
fn text_selectors_of_the_standard_are_read() {
    let Some(folder) = suite("web-annotation") else { return };
    let of = |name: &str| Selector::read(&read(&folder.join("correct").join(name)));
    assert!(matches!(of("anno23.json").as_deref(), Ok([Selector::Quote(q)]) if !q.exact.is_empty()));
    assert!(matches!(of("anno24.json").as_deref(), Ok([Selector::Position(p)]) if p.start < p.end));
}

/// A citation of a passage of a text, in scalar values.
fn cited(text: &Text<'_>, place: Place) -> Citation {
    Citation {
        source: "contract".into(),
        start: place.start,
        end: place.end,
        digest: text.slice(place.range()).map(digest),
        anchor: text.anchor(place.range()),
    }
}

/// The text with another passage in the place of the cited one, and where that is.
fn replaced(text: &str, place: Place, new: &str) -> (String, Place) {
    let before: String = text.chars().take(place.start as usize).collect();
    let after: String = text.chars().skip(place.end as usize).collect();
    let end = place.start + new.chars().count() as u32;
    (format!("{before}{new}{after}"), Place { start: place.start, end })
}

#[test]
fn marked_clauses_are_found_after_edits() {
    let Some(folder) = suite("cuad") else { return };
    let labels: Value = serde_json::from_str(&read(&folder.join("labels.json"))).expect("labels are JSON");
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (contract, categories) in labels.as_object().expect("contracts by name") {
        let text = read(&folder.join("contracts").join(format!("{contract}.txt")));
        let prepared = Text::new(&text);
        let other = wrapped(&text);
        let (wrapped, moved) = (Text::new(&other), format!("A line of its own.\n{text}"));
        let moved_text = Text::new(&moved);
        let mut places = BTreeSet::new();
        for (_, category) in categories.as_object().expect("categories by name") {
            let clauses = category["clauses"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for clause in clauses.filter(|c| c.len() > 20) {
                places.extend(
                    Quote { exact: clause.into(), ..Quote::default() }.find(&prepared).first().copied(),
                );
            }
        }
        // A dozen of each contract: an unoptimised test takes seconds for each.
        let some = std::env::var("SERVANDA_CASES").map_or(12, |n| n.parse().unwrap_or(12));
        let step = places.len().div_ceil(some).max(1);
        for place in places.into_iter().step_by(step) {
            let citation = cited(&prepared, place);
            let passage = prepared.slice(place.range()).expect("it is in the text");
            let mut tell = |edit: &'static str, text: &Text<'_>, at: Option<Place>| {
                let located = locate(&citation, text);
                // Blanks at the ends belong to no passage.
                let covers = |place: &Place| {
                    let (there, wanted) =
                        (at.map(|at| text.letters_in(at.range())), text.letters_in(place.range()));
                    there.is_some_and(|t| wanted.start <= t.start && wanted.end >= t.end)
                };
                let word = match &located {
                    Located::Exact => "exact",
                    Located::Moved { place, .. } if Some(*place) == at => "moved",
                    Located::Edited { place, .. } if covers(place) => "edited",
                    Located::Ambiguous { .. } => "ambiguous",
                    Located::Lost { .. } if at.is_none() => "lost, and gone",
                    Located::Lost { .. } => "lost",
                    _ => {
                        println!(
                            "{contract} {}..{} {edit}: {located:?}, not {at:?}",
                            citation.start, citation.end
                        );
                        "wrong"
                    }
                };
                *counts.entry((edit, word)).or_default() += 1;
            };
            let shifted = Place { start: place.start + 19, end: place.end + 19 };
            tell("moved", &moved_text, Some(shifted));
            let letters = prepared.letters_in(place.range());
            let at = wrapped.place_of(letters).into();
            tell("wrapped", &wrapped, Some(at));
            let (gone, _) = replaced(&text, place, "");
            tell("deleted", &Text::new(&gone), None);
            let words: Vec<&str> = passage.split(' ').collect();
            let changed: Vec<&str> = words
                .iter()
                .enumerate()
                .map(|(i, w)| if i == words.len() / 2 { "quarterly" } else { w })
                .collect();
            let (changed, at) = replaced(&text, place, &changed.join(" "));
            tell("a word changed", &Text::new(&changed), Some(at));
            let half = words.len() / 2;
            let longer = format!(
                "{} (which, for the avoidance of doubt, includes every ship in the harbour) {}",
                words[..half].join(" "),
                words[half..].join(" ")
            );
            let (longer, at) = replaced(&text, place, &longer);
            tell("words inserted", &Text::new(&longer), Some(at));
            let (shorter, at) = replaced(&text, place, &words[..(words.len() * 2).div_ceil(3)].join(" "));
            tell("the last third deleted", &Text::new(&shorter), Some(at));
        }
    }
    counts.iter().for_each(|((edit, word), n)| println!("{edit}: {word} {n}"));
    assert!(counts.keys().all(|(_, word)| *word != "wrong"));
}
