//! Agreements as legal prose, through the binary.

#![allow(clippy::disallowed_methods, reason = "tests start processes")]

mod common;

use common::{ferry, folder, root, said, servanda};
use serde_json::Value;

fn read(arguments: &[&str]) -> (i32, String, String) {
    let folder = ferry();
    said(servanda().arg("read").arg(folder.path()).args(arguments))
}

fn json(arguments: &[&str]) -> Value {
    let (code, out, err) = read(&[&["--json"], arguments].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).expect("one JSON value")
}

#[test]
fn the_text_is_numbered_sentences() {
    let (code, out, err) = read(&["--as-of", "2026-06-01"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for line in [
        "The text of the version “The lease” (first) on 2026-06-01.",
        "This version governs on that day.",
        "1. Boats lie in the south [south-only]",
        "   1.1 Ferry may dock only where the quay is south.",
        "   1.2 This clause holds until, but not including, the day that the answer to “Is the year after “until” included?” \
         gives (through: 2031-01-01; before: 2030-01-01).",
        "   Sources: lease 0..5",
        "2. dues",
        "   2.1 Ferry must pay the dues, which is owed to Harbour:",
        "       (a) what is owed is EUR 1,000;",
        "       (b) what counts towards it is the value “paid”.",
        "   2.2 The value “paid” is the total amount of all occurrences of the event “dues-paid”.",
        "   3.2 This clause holds until, but not including, the day of the event “storm”.",
        "  until-year: Is the year after “until” included?",
    ] {
        assert!(out.lines().any(|l| l == line), "{line}\n{out}");
    }
}

/// The page of the documents shows what the command prints.
#[test]
fn the_example_of_the_documents_is_what_is_printed() {
    let page = std::fs::read_to_string(root().join("docs/reading.md")).unwrap();
    let (_, block) = page.split_once("```console\n$ servanda ").unwrap();
    let (line, block) = block.split_once('\n').unwrap();
    let (code, out, err) = said(servanda().args(line.split(' ')).current_dir(root()));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(block.split("```").next(), Some(out.as_str()));
}

#[test]
fn a_clause_alone_keeps_its_number_and_its_definitions() {
    let (_, out, _) = read(&["no-storm", "--as-of", "2026-06-01"]);
    assert!(out.contains("3. no-storm\n") && !out.contains("south-only"), "{out}");
    assert!(out.contains("carry") && !out.contains("dock"), "{out}");
}

#[test]
fn what_is_over_or_open_says_so_with_the_day_and_the_reason() {
    let log = r#"{"type":"storm","time":"2026-03-01","data":{"by":"Harbour"}}"#;
    let files = folder(&[("ferry.deed", common::FERRY), ("log.jsonl", log)]);
    let run = |day: &str| {
        let log = files.path().join("log.jsonl");
        said(servanda().arg("read").arg(files.path()).args(["--as-of", day, "--json", "--events"]).arg(log))
    };
    let of = |day: &str, name: &str| {
        let all: Value = serde_json::from_str(&run(day).1).unwrap();
        let clauses = all["clauses"].as_array().unwrap().clone();
        clauses.into_iter().find(|c| c["name"] == name).unwrap()
    };
    assert_eq!(of("2026-02-28", "no-storm")["status"], "in-force");
    assert_eq!(of("2026-02-28", "no-storm")["status_words"], Value::Null);
    let over = of("2026-03-01", "no-storm");
    assert_eq!(over["status"], "ended");
    let words = over["status_words"].as_str().unwrap();
    assert!(words.contains("2026-03-01") && words.contains("storm by Harbour"), "{words}");
    let depends = of("2030-06-01", "south-only");
    assert_eq!(depends["status"], "depends");
    assert!(depends["status_words"].as_str().unwrap().contains("until-year"));
}

#[test]
fn blame_names_the_version_of_each_field() {
    let path = root().join("examples/microsoft-openai");
    let run = |more: &[&str]| {
        said(servanda().arg("read").arg(&path).args(["api-exclusivity", "--as-of", "2026-06-01"]).args(more))
            .1
    };
    assert!(
        run(&["--blame"]).contains("Written by definitive-2025-10: until, cites, unless, note"),
        "{}",
        run(&["--blame"])
    );
    assert!(!run(&[]).contains("Written by"));
    let all: Value = serde_json::from_str(&run(&["--blame", "--json"])).unwrap();
    let blame = all["clauses"][0]["blame"].as_array().unwrap();
    let wrote = |field: &str| blame.iter().find(|b| b["field"] == field).unwrap()["version"].clone();
    assert_eq!(wrote("until"), "definitive-2025-10");
    assert_eq!(wrote("may host only where"), "v2025-01");
}

#[test]
fn sources_give_the_place_and_quote_nothing() {
    let path = root().join("examples/steel-supply");
    let run = |more: &[&str]| {
        said(servanda().arg("read").arg(&path).args(["rebate", "--as-of", "2026-06-01"]).args(more))
    };
    let sources = path.join("sources");
    let (code, out, err) = run(&["--sources", sources.to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("Sources: contract 797..903 (contract.txt, passage 12)"), "{out}");
    let text = std::fs::read_to_string(sources.join("contract.txt")).unwrap();
    let passage: String = text.chars().skip(797).take(903 - 797).collect();
    assert!(!out.contains(&passage), "no passage is quoted");
    assert!(run(&[]).1.contains("Sources: contract 797..903\n"));
}

#[test]
fn a_named_version_is_read_with_a_warning() {
    let path = root().join("examples/microsoft-openai");
    let run = |version: &str| {
        said(servanda().arg("read").arg(&path).args(["--as-of", "2026-06-01", "--version", version]))
    };
    let (code, out, _) = run("v2019");
    assert_eq!(code, 0);
    assert!(out.contains("does not govern on that day; its status is: superseded"), "{out}");
    assert!(out.contains("What governs is the version definitive-2025-10."), "{out}");
    let (code, _, err) = run("v2091");
    assert_eq!(code, 2);
    assert!(err.contains("there is no version `v2091`; did you mean `v2019`?"), "{err}");
}

#[test]
fn before_the_first_version_only_laws_are_read() {
    let (code, out, _) = read(&["--as-of", "2020-01-01"]);
    assert_eq!(code, 0);
    assert!(out.contains("No version governs on 2020-01-01"), "{out}");
    assert!(!out.contains("south-only"));
}

#[test]
fn a_clause_day_or_locale_that_there_is_not_is_bad_usage() {
    for (arguments, told) in [
        (["south-olny", "--as-of=2026-06-01"], "did you mean `south-only`?"),
        (["south-only", "--as-of=June"], "write a date such as 2026-06-01"),
        (
            ["south-only", "--locale=de"],
            "there are no messages for the locale `de`; there are ar, en, fa, hi, it",
        ),
    ] {
        let (code, out, err) = read(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(told), "{err}");
    }
}

#[test]
fn sentences_are_in_the_language_of_the_locale_and_keys_in_english() {
    let [english, italian] =
        ["en", "it"].map(|l| json(&["south-only", "--as-of", "2026-06-01", "--locale", l]));
    assert_eq!(english["locale"], "en");
    assert_eq!(italian["locale"], "it");
    assert_eq!(
        italian["clauses"][0]["sentences"][0]["text"],
        "Ferry può «dock» soltanto dove «quay» è south."
    );
    for key in ["name", "number", "status", "cites"] {
        assert_eq!(english["clauses"][0][key], italian["clauses"][0][key], "{key}");
    }
    for locale in ["fa", "ar", "hi"] {
        let (code, out, _) = read(&["--as-of", "2026-06-01", "--locale", locale]);
        assert_eq!(code, 0, "{locale}");
        assert_eq!(out.starts_with('\u{200F}'), locale != "hi");
    }
}

#[test]
fn a_title_in_the_language_of_the_reader_is_used() {
    let text = common::FERRY
        .replace(
            "action dock by Ferry",
            "action dock \"lie at the quay\" in it \"ormeggiare al molo\" by Ferry",
        )
        .replace("\"Boats lie in the south\"", "\"Boats lie in the south\" in it \"Le barche a sud\"")
        .replace("party Ferry\n", "party Ferry \"the line\" in it \"la compagnia\"\n")
        .replace("version first \"The lease\"", "version first \"The lease\" in it-CH \"La concessione\"");
    let files = folder(&[("ferry.deed", &text)]);
    let run = |verb: &str, locale: &str| {
        said(servanda().arg(verb).arg(files.path()).args(["--as-of", "2026-06-01", "--locale", locale])).1
    };
    let italian = run("read", "it");
    assert!(
        italian.contains("1.1 La compagnia può ormeggiare al molo soltanto dove «quay» è south."),
        "{italian}"
    );
    assert!(
        italian.contains("1. Le barche a sud [south-only]") && italian.contains("«La concessione»"),
        "{italian}"
    );
    assert!(run("read", "en").contains("1.1 The line may lie at the quay only where the quay is south."));
    assert!(run("read", "hi").contains("“lie at the quay”"));
    assert!(run("versions", "it").contains("La concessione"));
    let (_, expanded, _) = said(servanda().arg("expand").arg(files.path()).arg("south-only"));
    assert!(
        expanded.starts_with("clause south-only \"Boats lie in the south\" in it \"Le barche a sud\"\n"),
        "{expanded}"
    );
}

#[test]
fn a_page_is_written_beside_or_instead_of_lines() {
    let files = ferry();
    let page = files.path().join("page.html");
    let command = &mut servanda();
    command
        .arg("read")
        .arg(files.path())
        .args(["--as-of", "2026-06-01", "--locale", "fa", "--html"])
        .arg(&page);
    assert_eq!(said(command), (0, String::new(), String::new()));
    let html = std::fs::read_to_string(page).unwrap();
    assert!(
        html.contains("dir=\"rtl\"") && html.contains("width=device-width") && html.contains("@media print")
    );
}
