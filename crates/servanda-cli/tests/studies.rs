//! Two real contracts, modelled in `studies/`: they check, their tests pass, every citation is at its place, nothing that
//! lawyers marked was skipped, and no sentence was copied. The contracts lie outside the project (CUAD v1, The Atticus
//! Project) and are looked at where `SERVANDA_SHARED` names their folder. `docs/expressiveness.md` counts what the language
//! can say of them.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;
#[path = "common/suites.rs"]
mod suites;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

use common::{root, said, servanda};
use serde_json::Value;
use servanda_evidence::{Quote, Text};

/// The folders in `studies/`, and the section of `docs/expressiveness.md` that counts each.
const STUDIES: [(&str, &str); 2] =
    [("strategic-alliance", "### A strategic alliance"), ("content-licence", "### A content licence")];

/// What lawyers mark in a contract that is no term of it.
const NO_TERMS: [&str; 2] = ["Document Name", "Parties"];

/// How much a row of the count can say.
const VERDICTS: [&str; 5] = ["as is", "with", "question", "in part", "no"];

fn folder(study: &str) -> PathBuf {
    root().join("studies").join(study)
}

/// The `.deed` files of a study, as one text.
fn text_of(study: &str) -> String {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder(study))
        .expect("the study has a folder")
        .map(|entry| entry.expect("a file of the study").path())
        .filter(|path| path.extension().is_some_and(|e| e == "deed"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("a text")).collect()
}

/// The documents that a study cites: the file of each source.
fn sources(study: &str) -> BTreeMap<String, String> {
    let text = text_of(study);
    text.lines()
        .filter_map(|line| line.strip_prefix("source "))
        .filter_map(|line| Some((line.split(' ').next()?.to_string(), line.split('"').nth(1)?.to_string())))
        .collect()
}

/// Every citation of a study, as `servanda cite check` tells of it.
fn citations(study: &str, contracts: &std::path::Path) -> Vec<Value> {
    let mut command = servanda();
    command.args(["cite", "check"]).arg(folder(study)).arg("--sources").arg(contracts).arg("--json");
    let (code, out, err) = said(&mut command);
    assert_eq!(code, 0, "{study}: {err}{out}");
    out.lines().map(|line| serde_json::from_str(line).expect("a citation is JSON")).collect()
}

#[test]
fn the_studies_check_and_their_tests_pass() {
    for (study, _) in STUDIES {
        let (code, out, err) = said(servanda().arg("check").arg(folder(study)));
        assert_eq!(code, 0, "{study}: {err}{out}");
        let (code, out, err) = said(servanda().arg("test").arg(folder(study)));
        assert_eq!(code, 0, "{study}: {err}{out}");
        let last = out.lines().last().expect("a count");
        println!("{study}: {last}");
        let expectations: usize =
            last.split(' ').nth(2).and_then(|n| n.parse().ok()).expect("how many expectations");
        assert!(expectations >= 150, "{study}: {last}");
    }
}

#[test]
fn every_citation_is_at_its_place() {
    let Some(suite) = suites::suite("cuad") else { return };
    let contracts = suite.join("contracts");
    for (study, _) in STUDIES {
        let all = citations(study, &contracts);
        for citation in &all {
            assert_eq!(citation["passage"], "exact", "{citation}");
            assert_eq!(citation["anchor"], true, "{citation}");
        }
        println!("{study}: {} citations, all exact", all.len());
        assert!(all.len() >= 75, "{study}");
        let mut command = servanda();
        command.arg("evidence").arg(folder(study)).arg("--sources").arg(&contracts).arg("--json");
        let (code, out, err) = said(&mut command);
        assert_eq!(code, 0, "{study}: {err}");
        let report: Value = serde_json::from_str(&out).expect("a report");
        assert_eq!(report["counts"]["contradicted"], 0, "{study}");
    }
}

/// Whether every letter of a place lies in some range.
fn covered(text: &Text<'_>, place: Range<u32>, ranges: &[Range<u32>]) -> bool {
    let passage = text.slice(place.clone()).unwrap_or_default();
    (place.start..)
        .zip(passage.chars())
        .all(|(at, c)| !c.is_alphanumeric() || ranges.iter().any(|r| r.contains(&at)))
}

#[test]
fn nothing_that_lawyers_marked_was_skipped() {
    let Some(suite) = suites::suite("cuad") else { return };
    let contracts = suite.join("contracts");
    let labels = suites::read(&suite.join("labels.json"));
    let (mut marked, mut categories) = (0, BTreeSet::new());
    let mut skipped = Vec::new();
    for (study, _) in STUDIES {
        let mut cited: BTreeMap<String, Vec<Range<u32>>> = BTreeMap::new();
        for citation in citations(study, &contracts) {
            let at = |key: &str| u32::try_from(citation[key].as_u64().expect("a place")).expect("a place");
            let source = citation["source"].as_str().expect("a source").to_string();
            cited.entry(source).or_default().push(at("start")..at("end"));
        }
        for (source, file) in sources(study) {
            let document = std::fs::read_to_string(contracts.join(&file)).expect("the contract");
            let text = Text::new(&document);
            let ranges = cited.get(&source).map(Vec::as_slice).unwrap_or_default();
            let name = file.trim_end_matches(".txt");
            for (category, marks) in labels[name].as_object().expect("the contract is labelled") {
                if NO_TERMS.contains(&category.as_str()) {
                    continue;
                }
                let clauses = marks["clauses"].as_array().into_iter().flatten().filter_map(Value::as_str);
                // What the lawyers left out stands between two passages.
                for passage in clauses.flat_map(|c| c.split("<omitted>")).filter(|c| !c.trim().is_empty()) {
                    marked += 1;
                    categories.insert(category.clone());
                    let quote = Quote { exact: passage.to_string(), ..Quote::default() };
                    let places = quote.find(&text);
                    if !places.iter().any(|place| covered(&text, place.range(), ranges)) {
                        let hint: String = passage.chars().take(60).collect();
                        skipped.push(format!("{study}: {category}: {hint}…"));
                    }
                }
            }
        }
    }
    println!(
        "{marked} passages of {} categories, all cited from their first letter to their last",
        categories.len()
    );
    assert!(skipped.is_empty(), "{}", skipped.join("\n"));
    assert_eq!((marked, categories.len()), (149, 34));
}

/// A category of CUAD as the language spells it.
fn topic(category: &str) -> String {
    match category {
        "Rofr/Rofo/Rofn" => "first-refusal".to_string(),
        "Revenue/Profit Sharing" => "revenue-sharing".to_string(),
        other => other.to_lowercase().replace([' ', '/'], "-"),
    }
}

#[test]
fn what_lawyers_marked_is_what_the_clauses_cover() {
    let Some(suite) = suites::suite("cuad") else { return };
    let labels = suites::read(&suite.join("labels.json"));
    for (study, _) in STUDIES {
        let (code, out, err) =
            said(servanda().arg("check").arg(folder(study)).args(["--checklist", "--json"]));
        assert_eq!(code, 0, "{study}: {err}");
        let lines = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
        let mut covered: BTreeSet<String> = lines
            .filter(|line| line["state"] == "present")
            .filter_map(|line| Some(line["topic"].as_str()?.to_string()))
            .collect();
        // What an amendment struck is in the text, and no longer on the list.
        let text = text_of(study);
        let own = text.lines().filter_map(|line| line.trim_start().strip_prefix("covers "));
        covered.extend(own.flat_map(|names| names.split(", ")).map(str::to_string));
        let mut marked = BTreeSet::new();
        for file in sources(study).values() {
            let categories = labels[file.trim_end_matches(".txt")].as_object().expect("labels");
            let there =
                |marks: &Value| marks["clauses"].as_array().is_some_and(|clauses| !clauses.is_empty());
            marked.extend(categories.iter().filter(|(_, marks)| there(marks)).map(|(name, _)| topic(name)));
        }
        // The licence and its amendments were signed after the days as of which they bind; the days are in notes.
        marked.remove("agreement-date");
        let missing: Vec<&String> = marked.difference(&covered).collect();
        println!("{study}: {} topics, all covered", marked.len());
        assert!(missing.is_empty() && marked.len() >= 20, "{study}: {missing:?} of {}", marked.len());
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

#[test]
fn no_sentence_was_copied() {
    /// A run of so many words in common is a quotation.
    const RUN: usize = 8;
    let Some(suite) = suites::suite("cuad") else { return };
    for (study, _) in STUDIES {
        let mut theirs: BTreeSet<Vec<String>> = BTreeSet::new();
        for file in sources(study).values() {
            let text = std::fs::read_to_string(suite.join("contracts").join(file)).expect("the contract");
            theirs.extend(words(&text).windows(RUN).map(<[String]>::to_vec));
        }
        let ours =
            text_of(study) + &std::fs::read_to_string(root().join("docs/expressiveness.md")).expect("a page");
        for run in words(&ours).windows(RUN) {
            assert!(!theirs.contains(run), "{study} copies “{}”", run.join(" "));
        }
    }
}

/// The rows of a table below a heading: the cells of each, without the two rows at its head.
fn table(page: &str, heading: &str) -> Vec<Vec<String>> {
    let at = page.find(heading).unwrap_or_else(|| panic!("the page has a section “{heading}”"));
    page[at..]
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect())
        .collect()
}

/// `alliance 5, 32; licence 18` as rows of the two studies.
fn references(cell: &str) -> Vec<(usize, usize)> {
    cell.split(';')
        .filter_map(|part| {
            let (name, rows) = part.trim().split_once(' ')?;
            let which = ["alliance", "licence"].iter().position(|n| *n == name)?;
            Some(rows.split(", ").map(move |row| (which, row.parse().expect("the number of a row"))))
        })
        .flatten()
        .collect()
}

#[test]
fn the_count_of_what_can_be_said_is_right() {
    let page = std::fs::read_to_string(root().join("docs/expressiveness.md")).expect("the page");
    let mut lacking = BTreeSet::new();
    let mut counts: BTreeMap<&str, Vec<usize>> = VERDICTS.iter().map(|v| (*v, Vec::new())).collect();
    for (which, (study, heading)) in STUDIES.into_iter().enumerate() {
        let rows = table(&page, heading);
        let text = text_of(study);
        let mut named = BTreeSet::new();
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, row) in rows.iter().enumerate() {
            assert_eq!(row.len(), 6, "{study}: {row:?}");
            assert_eq!(row[0], (n + 1).to_string(), "{study}: rows are numbered");
            let verdict = VERDICTS
                .iter()
                .find(|v| {
                    row[5] == **v
                        || row[5].starts_with(&format!("{v} "))
                        || row[5].starts_with(&format!("{v}:"))
                })
                .unwrap_or_else(|| panic!("{study}: row {} says “{}”", n + 1, row[5]));
            *count.entry(verdict).or_default() += 1;
            if ["no", "in part"].contains(verdict) {
                lacking.insert((which, n + 1));
            }
            for name in row[3].split('`').skip(1).step_by(2) {
                let there = ["clause", "law", "fact", "version", "reading", "change"].iter().any(|kind| {
                    text.contains(&format!("\n{kind} {name}\n"))
                        || text.contains(&format!("\n{kind} {name} "))
                });
                assert!(there, "{study}: row {} names `{name}`, which is not in the study", n + 1);
                named.insert(name.to_string());
            }
        }
        for line in text.lines() {
            let mut parts = line.split(' ');
            if let (Some("clause" | "law" | "reading"), Some(name)) = (parts.next(), parts.next()) {
                assert!(named.contains(name), "{study}: `{name}` is in no row");
            }
        }
        for verdict in VERDICTS {
            counts.get_mut(verdict).expect("a verdict").push(count.get(verdict).copied().unwrap_or(0));
        }
    }
    let wanting: BTreeSet<(usize, usize)> =
        table(&page, "## What the language cannot say").iter().flat_map(|row| references(&row[1])).collect();
    assert_eq!(wanting, lacking, "the rows that say no or in part, and those that the last section explains");
    let totals = table(&page, "## Two real contracts");
    assert_eq!(totals.len(), VERDICTS.len() + 1);
    let mut sums = [0; 3];
    for (row, verdict) in totals.iter().zip(VERDICTS) {
        let [alliance, licence] = counts[verdict][..] else { panic!("two studies") };
        let found = [alliance, licence, alliance + licence];
        assert!(row[0].starts_with(verdict), "{row:?}");
        assert_eq!(row[1..4], found.map(|n| n.to_string()), "{verdict}");
        sums.iter_mut().zip(found).for_each(|(sum, n)| *sum += n);
    }
    assert_eq!(totals[VERDICTS.len()][1..4], sums.map(|n| n.to_string()));
}
