//! `servanda new` through the binary.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod common;

use std::path::Path;

use common::{said, servanda};
use serde_json::Value;

fn new(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    said(servanda().arg("new").arg(folder).args(["--from", "2026-01-01"]).args(arguments))
}

fn kinds() -> Vec<Value> {
    let (code, out, err) = said(servanda().args(["new", "--list", "--json"]));
    assert_eq!(code, 0, "{err}");
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn every_kind_of_clause_drafts_an_agreement_that_checks_is_laid_out_and_passes_its_test() {
    let folder = tempfile::tempdir().expect("a folder");
    let kinds = kinds();
    assert!(kinds.len() >= 5, "{kinds:?}");
    for kind in &kinds {
        let kind = kind["kind"].as_str().expect("a name");
        let path = folder.path().join(kind);
        let (code, out, err) = new(&path, &["--clause", &format!("ours:{kind}")]);
        assert_eq!(code, 0, "{kind}: {err}");
        assert_eq!(out.lines().count(), 3, "{kind}: {out}");
        for arguments in [&["check"][..], &["test"], &["fmt", "--check"]] {
            let (code, out, err) = said(servanda().args(arguments).arg(&path));
            assert_eq!(code, 0, "{kind}: {arguments:?}\n{out}{err}");
        }
        let (code, _, err) = said(servanda().arg("check").arg(&path));
        assert!(code == 0 && err.starts_with("nothing to mend"), "{kind}: {err}");
    }
}

#[test]
fn all_kinds_fit_into_one_agreement() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("all");
    let all: Vec<String> = kinds().iter().map(|k| k["kind"].as_str().expect("a name").to_string()).collect();
    let (code, _, err) = new(&path, &["--clause", &all.join(","), "--party", "Mill,the Foundry"]);
    assert_eq!(code, 0, "{err}");
    let text = std::fs::read_to_string(path.join("vocabulary.deed")).expect("the vocabulary");
    assert!(text.contains("party `the Foundry`"), "{text}");
    assert_eq!(said(servanda().arg("test").arg(&path)).0, 0);
}

#[test]
fn what_is_set_stands_in_the_clause_and_what_does_not_fit_is_told_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("supply");
    let fuel = ["--clause", "fuel:purchase-commitment", "--currency", "EUR"];
    let set = |value: &str| new(&path, &[&fuel[..], &["--set", value]].concat());
    for (value, told) in [
        ("fuel.committed", "write CLAUSE.HOLE=VALUE"),
        ("coal.committed=EUR 2", "there is no clause `coal`; there are fuel"),
        ("fuel.comitted=EUR 2", "the clause has no hole `comitted`"),
        ("fuel.committed=30 days", "wrong-argument"),
        ("fuel.committed=EUR 2 million extra stuff", "error"),
    ] {
        let (code, out, err) = set(value);
        assert!(code == 2 && err.contains(told) && out.is_empty(), "{value}: {err}");
        assert!(!path.exists(), "{value}");
    }
    let (code, _, err) = set("fuel.committed=EUR 2 million");
    assert_eq!(code, 0, "{err}");
    let (_, out, _) = said(servanda().args(["ask"]).arg(&path).args([
        "--value",
        "fuel.total",
        "--as-of",
        "2026-02-01",
        "--json",
    ]));
    assert!(out.contains("\"2000000\""), "{out}");
    let before = std::fs::read_to_string(path.join("signed.deed")).expect("a text");
    let (code, _, err) = set("fuel.committed=EUR 3 million");
    assert!(code == 2 && err.contains("is there already"), "{err}");
    assert_eq!(before, std::fs::read_to_string(path.join("signed.deed")).expect("a text"));
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_kind_that_there_is_not_and_a_party_too_few_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x");
    for (arguments, told) in [
        (&["--clause", "purchase-comitment"][..], "did you mean `purchase-commitment`?"),
        (&["--clause", "purchase-commitment", "--party", "Mill"], "two parties at least"),
        (&["--clause", "purchase-commitment", "--zone", "Mars/Base"], "write a zone of the tz database"),
        (&[], "at a terminal, where it asks"),
    ] {
        let (code, _, err) = new(&path, arguments);
        assert!(code == 2 && err.contains(told), "{arguments:?}: {err}");
        assert!(!path.exists());
    }
}
