//! Clauses that lawyers marked in real agreements, and the examples of the W3C, where `SERVANDA_SHARED` names
//! their folder.

#![allow(clippy::disallowed_methods, reason = "tests read the environment and files")]

use std::path::{Path, PathBuf};

use serde_json::Value;

use servanda_evidence::{Quote, Selector, Text};

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
