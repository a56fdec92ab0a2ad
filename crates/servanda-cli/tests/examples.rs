//! The examples: each checks with its papers, passes its tests, and answers its questions as written down.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod common;

use std::path::PathBuf;

use common::{root, said, servanda};
use serde_json::Value;

/// The folders of `examples`.
fn examples() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("examples")).expect("the folder is there");
    let mut all: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    all.sort();
    all
}

fn lines(path: PathBuf) -> Vec<Value> {
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        .collect()
}

#[test]
fn every_example_is_laid_out_checks_with_its_papers_and_passes_its_tests() {
    let examples = examples();
    assert!(examples.len() >= 5, "{examples:?}");
    for example in examples {
        let mut check = servanda();
        check.arg("check").arg(&example);
        if example.join("sources").is_dir() {
            check.arg("--sources").arg(example.join("sources"));
        }
        let (code, out, err) = said(&mut check);
        assert_eq!(code, 0, "{}\n{out}{err}", example.display());
        for verb in [&["test"][..], &["fmt", "--check"]] {
            let (code, out, err) = said(servanda().args(verb).arg(&example));
            assert_eq!(code, 0, "{} {verb:?}\n{out}{err}", example.display());
        }
        assert!(example.join("README.md").is_file(), "{} has no tour", example.display());
    }
}

#[test]
fn every_question_is_answered_as_written_down() {
    let mut answered = 0;
    for example in examples().into_iter().filter(|e| e.join("answers.jsonl").is_file()) {
        let (code, out, err) = said(
            servanda()
                .arg("ask")
                .arg(&example)
                .arg("--events")
                .arg(example.join("log.jsonl"))
                .arg("--batch")
                .arg(example.join("questions.jsonl")),
        );
        assert_eq!(code, 0, "{}: {err}", example.display());
        let expected = lines(example.join("answers.jsonl"));
        let found: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        assert_eq!(expected.len(), found.len(), "{}", example.display());
        for (expected, found) in expected.iter().zip(&found) {
            let open: Vec<&Value> =
                found["depends_on"].as_array().expect("a list").iter().map(|o| &o["open"]).collect();
            let wanted: Vec<&Value> = expected["depends_on"].as_array().into_iter().flatten().collect();
            assert_eq!(
                (&expected["id"], &expected["outcome"], &expected["value"], wanted),
                (&found["id"], &found["outcome"], &found["value"], open),
                "{}",
                example.display()
            );
            answered += 1;
        }
    }
    assert!(answered >= 36, "{answered} questions");
}

/// The two texts of the services agreement say the same; one figure changed in one of them is found.
#[test]
fn two_languages_agree_and_one_changed_figure_is_found() {
    let example = root().join("examples/hosting-services");
    let page = |sources: &std::path::Path| -> Value {
        let (code, out, err) =
            said(servanda().arg("evidence").arg(&example).arg("--json").arg("--sources").arg(sources));
        assert!(code == 0 || code == 1, "{err}");
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}\n{out}"))
    };
    let noticed = |page: &Value, figure: &str| {
        let declarations = page["declarations"].as_array().expect("declarations").iter();
        let against =
            declarations.flat_map(|d| d["figures"].as_array().into_iter().flatten().map(|f| &f["against"]));
        against.chain([&page["disagreements"]]).any(|place| place.to_string().contains(figure))
    };
    let whole = page(&example.join("sources"));
    assert_eq!(whole["counts"]["contradicted"], 0, "{whole}");
    assert!(!noticed(&whole, "13000"));
    let folder = tempfile::tempdir().expect("a folder");
    for (name, from, to) in [
        ("agreement.en.txt", "", ""),
        ("agreement.it.txt", "canone mensile è di 12.000", "canone mensile è di 13.000"),
    ] {
        let text = std::fs::read_to_string(example.join("sources").join(name)).expect("a text");
        assert!(text.contains(from));
        std::fs::write(folder.path().join(name), text.replace(from, to)).expect("a file");
    }
    let changed = page(folder.path());
    assert!(noticed(&changed, "13000"), "13,000 against 12,000 is not noticed\n{changed}");
}
