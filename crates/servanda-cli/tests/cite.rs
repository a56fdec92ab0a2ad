//! `servanda cite` and the citations of `servanda check`, through the binary, over documents that change.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod common;

use std::path::Path;

use common::{folder, said, servanda};
use serde_json::Value;
use tempfile::TempDir;

const LEASE: &str = "The harbour lets the northern crane to the ferry line.\n\n\
    The line keeps the crane in order: it pays for grease and ropes, and has the hook tried each year by a surveyor \
    whom the harbour names.\n\n\
    The rent is EUR 4200 for each quarter, due within 30 days of the harbour's invoice, and rises with the index of \
    crane rents that the statistical office publishes.\n\n\
    The harbour may look at the crane whenever no ship lies at the quay, and tells the line two days before.\n\n\
    The line may give the crane back at the end of any quarter, with three months' notice in writing.\n";

const ROPES: &str =
    "it pays for grease and ropes, and has the hook tried each year by a surveyor whom the harbour names";
const RENT: &str = "The rent is EUR 4200 for each quarter, due within 30 days of the harbour's invoice";
const LOOK: &str = "whenever no ship lies at the quay";

/// An agreement whose clauses cite passages without digests, and its document.
fn lease() -> TempDir {
    let place = |words: &str| {
        let start = LEASE.find(words).expect("the lease says so");
        format!("{start}..{}", start + words.len())
    };
    let clause = |name: &str, cite: &str| format!("clause {name}\n  Line may lift\n  cites {cite}\n\n");
    let with = |words: &str| {
        let digest = servanda_digest(words);
        format!("lease {} digest \"{digest}\"", place(words))
    };
    let agreement = format!(
        "agreement crane \"The crane\"\n  zone UTC\n  currency EUR\n\nparty Harbour\nparty Line\n\n\
         source lease file \"lease.txt\" language en\n\naction lift by Line\n\n\
         version first \"The lease\"\n  starts\n  binding from 2026-01-01\n  outside \"invented\"\n\n{}{}{}",
        clause("ropes", &with(ROPES)),
        clause("rent", &format!("{},\n        {}", with(RENT), with(LOOK))),
        clause("look", &with(LOOK)),
    );
    let folder = folder(&[("deed/crane.deed", &agreement), ("papers/lease.txt", LEASE)]);
    said(servanda().arg("fmt").arg(folder.path().join("deed")));
    folder
}

fn servanda_digest(passage: &str) -> String {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(passage.as_bytes());
    format!("sha256:{}", hash.iter().take(8).map(|b| format!("{b:02x}")).collect::<String>())
}

fn check(folder: &TempDir, flags: &[&str]) -> (i32, String, String) {
    let mut command = servanda();
    command.args(["cite", "check"]).arg(folder.path().join("deed"));
    said(command.arg("--sources").arg(folder.path().join("papers")).args(flags))
}

/// The outcomes in order of place, and where they are.
fn outcomes(folder: &TempDir) -> Vec<(String, Value)> {
    let (_, out, _) = check(folder, &["--json"]);
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        (row["passage"].as_str().unwrap_or_default().to_string(), row)
    };
    out.lines().map(row).collect()
}

fn words(folder: &TempDir) -> Vec<String> {
    outcomes(folder).into_iter().map(|(word, _)| word).collect()
}

fn write(folder: &TempDir, document: &str) {
    std::fs::write(folder.path().join("papers/lease.txt"), document).expect("the folder takes a file");
}

fn deed(folder: &TempDir) -> String {
    std::fs::read_to_string(folder.path().join("deed/crane.deed")).expect("the agreement is there")
}

/// The lease with anchors in it.
fn anchored() -> TempDir {
    let folder = lease();
    let (code, out, err) = check(&folder, &["--write"]);
    assert!(code == 0 && err.contains("4 citations: 4 exact; 4 written"), "{out}{err}");
    assert_eq!(deed(&folder).matches("anchor \"1:").count(), 4);
    folder
}

#[test]
fn anchors_are_added_once_and_the_layout_stays() {
    let folder = anchored();
    let before = deed(&folder);
    let (code, _, err) = check(&folder, &["--write"]);
    assert!(code == 0 && !err.contains("written"), "{err}");
    assert_eq!(deed(&folder), before);
    assert_eq!(said(servanda().args(["fmt", "--check"]).arg(folder.path().join("deed"))).0, 0);
    assert!(!before.contains("grease") && !before.contains("4200"), "an anchor quotes");
}

#[test]
fn a_paragraph_before_moves_passages_and_write_follows_them() {
    let folder = anchored();
    let before = deed(&folder);
    write(&folder, &format!("Signed in the harbour office on a rainy day.\n\n{LEASE}"));
    assert_eq!(words(&folder), ["moved", "moved", "moved", "moved"]);
    let (code, out, err) = check(&folder, &[]);
    assert!(code == 1 && out.contains("moved") && err.contains("4 citations: 4 moved"), "{out}{err}");
    assert_eq!(deed(&folder), before, "nothing is written unasked");
    let mut command = servanda();
    command.arg("check").arg(folder.path().join("deed")).arg("--sources").arg(folder.path().join("papers"));
    let (code, out, _) = said(&mut command);
    let ropes = 46 + LEASE.find(ROPES).expect("it is there");
    assert!(code == 1 && out.contains(&format!("it stands at {ropes}..{}", ropes + ROPES.len())), "{out}");
    let (code, _, err) = check(&folder, &["--write"]);
    assert!(code == 0 && err.contains("4 moved; 4 written"), "{err}");
    assert_eq!(words(&folder), ["exact"; 4]);
    let (code, out, _) = said(&mut command);
    assert!(code == 0 && !out.contains("citation-changed"), "{out}");
    assert_eq!(said(servanda().args(["fmt", "--check"]).arg(folder.path().join("deed"))).0, 0);
}

#[test]
fn a_deleted_paragraph_takes_its_passage_with_it() {
    let folder = anchored();
    let paragraph = LEASE.split("\n\n").nth(1).expect("there are five");
    write(&folder, &LEASE.replace(&format!("{paragraph}\n\n"), ""));
    let found = outcomes(&folder);
    assert_eq!(words(&folder), ["lost", "moved", "moved", "moved"]);
    assert!(found[0].1.get("place").is_none(), "{}", found[0].1);
    let before = deed(&folder);
    let (code, _, err) = check(&folder, &["--write"]);
    assert!(code == 1 && err.contains("3 moved, 1 lost; 3 written"), "{err}");
    let ropes = |text: &str| text.lines().find(|l| l.contains("cites lease")).map(str::to_string);
    assert_eq!(ropes(&deed(&folder)), ropes(&before), "what is lost is not touched");
}

#[test]
fn a_changed_figure_is_edited_and_written_only_when_it_is_accepted() {
    let folder = anchored();
    let before = deed(&folder);
    write(&folder, &LEASE.replace("EUR 4200", "EUR 14200"));
    assert_eq!(words(&folder), ["exact", "edited", "moved", "moved"]);
    let start = LEASE.find(RENT).expect("it is there");
    let place = outcomes(&folder)[1].1["place"].clone();
    assert_eq!(place["start"], start);
    assert_eq!(place["end"], start + RENT.len() + 1);
    let (code, _, err) = check(&folder, &["--write"]);
    assert!(code == 1 && err.contains("1 exact, 2 moved, 1 edited"), "{err}");
    let rent = format!("lease {start}..{} digest \"{}\"", start + RENT.len(), servanda_digest(RENT));
    assert!(before.contains(&rent) && deed(&folder).contains(&rent), "an edited passage waits for a person");
    let accept = format!("lease:{start}");
    let (code, _, err) = check(&folder, &["--write", "--accept", &accept]);
    assert!(code == 0 && err.contains("1 edited"), "{err}");
    assert_eq!(words(&folder), ["exact"; 4]);
    assert!(!deed(&folder).contains(&rent));
    for wrong in ["lease:7", "lease", "lease:x"] {
        let (code, _, err) = check(&folder, &["--write", "--accept", wrong]);
        assert!(code == 2 && err.contains("--accept"), "{err}");
    }
}

#[test]
fn a_copy_is_told_from_the_original_by_what_is_beside_it_or_not_at_all() {
    let folder = anchored();
    let paragraph = LEASE.split("\n\n").nth(2).expect("there are five");
    write(&folder, &format!("{paragraph}\n\n{LEASE}"));
    let found = outcomes(&folder);
    let start = paragraph.len() + 2 + LEASE.find(RENT).expect("it is there");
    assert_eq!((found[1].0.as_str(), &found[1].1["place"]["start"]), ("moved", &Value::from(start)));
    write(&folder, &format!("Twice.\n\n{LEASE}\n{LEASE}"));
    let found = outcomes(&folder);
    assert_eq!(
        (found[1].0.as_str(), found[1].1["candidates"].as_array().map(Vec::len)),
        ("ambiguous", Some(2))
    );
    let before = deed(&folder);
    assert_eq!(check(&folder, &["--write"]).0, 1);
    assert_eq!(deed(&folder), before);
}

#[test]
fn without_an_anchor_the_same_words_elsewhere_are_a_candidate() {
    let folder = lease();
    write(&folder, &format!("Signed.\n\n{LEASE}"));
    assert_eq!(words(&folder), ["ambiguous"; 4]);
    let accept = format!("lease:{}", LEASE.find(RENT).expect("it is there"));
    let (code, _, err) = check(&folder, &["--write", "--accept", &accept]);
    assert!(code == 1 && err.contains("4 ambiguous; 1 written"), "{err}");
    assert_eq!(words(&folder), ["ambiguous", "exact", "ambiguous", "ambiguous"]);
}

#[test]
fn a_wrapped_document_is_the_same_letters() {
    let folder = anchored();
    write(&folder, &LEASE.replace(", ", ",\n   "));
    let found = outcomes(&folder);
    assert_eq!((found[0].0.as_str(), &found[0].1["same_letters"]), ("edited", &Value::Bool(true)));
}

#[test]
fn words_are_found_whatever_their_form_and_their_line_is_ready() {
    let arabic = "أعلنت الشركة شراكةً بمبلغ ١٣٫٥ مليار\nثم سكتت.";
    let folder = folder(&[("lease.txt", LEASE), ("ar.txt", arabic)]);
    let find = |words: &str, file: &str| {
        let mut command = servanda();
        command.args(["cite", "find", words]).arg(folder.path().join(file));
        said(&mut command)
    };
    let (code, out, err) = find("NORTHERN   crane", "lease.txt");
    let start = LEASE.find("northern").expect("it is there");
    let line = format!(
        "cites lease {start}..{} digest \"{}\" anchor \"1:",
        start + 14,
        servanda_digest("northern crane")
    );
    assert!(code == 0 && out.contains(&line) && err.contains("1 place in 1 document"), "{out}{err}");
    let (code, out, _) = find("شراکه بمبلغ 13.5", "ar.txt");
    assert!(code == 0 && out.contains("\u{2068}شراكةً بمبلغ ١٣٫٥\u{2069}"), "{out}");
    assert_eq!(find("southern crane", "lease.txt").0, 1);
    assert_eq!(find(" \u{200f}", "lease.txt").0, 2);
    assert_eq!(find("crane", "nowhere.txt").0, 2);
    let (_, out, err) = find("e", "lease.txt");
    assert!(out.matches("cites lease").count() == 20 && err.contains("--limit"), "{err}");
}

#[test]
fn a_place_is_written_as_a_line_or_as_selectors_and_read_back() {
    let folder =
        folder(&[("lease.txt", LEASE), ("other.txt", &LEASE.replace(' ', "\n")), ("gone.txt", "Nothing.")]);
    let start = LEASE.find(RENT).expect("it is there");
    let place = format!("{start}..{}", start + RENT.len());
    let line = |file: &str, arguments: &[&str]| {
        let mut command = servanda();
        command.current_dir(folder.path()).args(["cite", "line", file]).args(arguments);
        said(&mut command)
    };
    let (code, out, _) = line("lease.txt", &[&place]);
    assert!(
        code == 0
            && out.starts_with(&format!("cites lease {place} digest \"{}\" anchor", servanda_digest(RENT)))
    );
    let (code, json, _) = line("lease.txt", &[&place, "--selectors"]);
    let target: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!((code, &target["selector"][1]["exact"]), (0, &Value::from(RENT)));
    std::fs::write(Path::new(folder.path()).join("target.json"), json).expect("the folder takes a file");
    let (code, out, _) = line("other.txt", &["--from", "target.json"]);
    assert!(code == 0 && out.contains(&format!("cites other {place} ")), "{out}");
    let (code, _, err) = line("gone.txt", &["--from", "target.json"]);
    assert!(code == 1 && err.contains("not in the document"), "{err}");
    for wrong in ["9000..9001", "7..7", "9..3", "x..3", "12"] {
        assert_eq!(line("lease.txt", &[wrong]).0, 2, "{wrong}");
    }
    assert_eq!(line("lease.txt", &["--from", "lease.txt"]).0, 2);
}

#[test]
fn a_citation_with_a_comment_in_it_is_left_to_a_person() {
    let folder = lease();
    let path = folder.path().join("deed/crane.deed");
    let digest = servanda_digest(ROPES);
    let commented =
        deed(&folder).replace(&format!("digest \"{digest}\""), &format!("-- why\n    digest \"{digest}\""));
    std::fs::write(&path, &commented).expect("the folder takes a file");
    let (_, _, err) = check(&folder, &["--write"]);
    assert!(err.contains("write it by hand") && err.contains("3 written"), "{err}");
    assert!(deed(&folder).contains("-- why"));
}

#[test]
fn a_document_that_is_not_there_is_told() {
    let folder = anchored();
    std::fs::remove_file(folder.path().join("papers/lease.txt")).expect("it was there");
    let (code, out, err) = check(&folder, &[]);
    assert!(code == 1 && out.contains("no document") && err.contains("source-missing"), "{out}{err}");
}
