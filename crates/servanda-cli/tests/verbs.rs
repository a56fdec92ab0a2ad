//! The other verbs through the binary.

#![allow(clippy::disallowed_methods, reason = "tests write files")]

mod common;

use common::{FERRY, ferry, folder, said, servanda};
use serde_json::Value;

#[test]
fn check_tells_errors_on_the_data_stream_and_by_its_exit_code() {
    let folder = folder(&[
        ("right/a.deed", FERRY),
        ("wrong/a.deed", &FERRY.replace("Ferry may carry", "Fery may carry")),
    ]);
    let check =
        |path: &str, flags: &[&str]| said(servanda().arg("check").arg(folder.path().join(path)).args(flags));
    let (code, out, err) = check("right", &[]);
    assert!(code == 0 && err.contains("3 clauses, 1 version"), "{out}{err}");
    let (code, out, err) = check("wrong", &[]);
    assert!(code == 1 && out.contains("Fery may carry") && err.contains("1 error"), "{out}{err}");
    let (code, out, _) = check("wrong", &["--json"]);
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let error = lines.iter().find(|l| l["severity"] == "error").unwrap();
    assert_eq!((code, &error["code"]), (1, &Value::from("unknown-party")));
    assert!(error["place"]["line"].as_u64().is_some_and(|l| l > 30), "{error}");
    assert_eq!(check("nowhere", &[]).0, 2);
}

#[test]
fn check_holds_a_text_against_a_list_of_topics() {
    let text = FERRY
        .replace("clause no-storm\n", "clause no-storm\n  covers exclusivity, force-majeure\n")
        .replace(
            "party Harbour\n",
            "undisclosed insurance, audit-rights outside \"invented\"\nparty Harbour\n",
        )
        .replace("binding from 2026-01-01", "signed 2025-12-01\n  binding from 2026-01-01");
    let later = "\nversion second \"Second\" amends first binding from 2027-01-01 strikes no-storm outside \"invented\"\n";
    let folder = folder(&[
        ("a.deed", &format!("{text}{later}")),
        ("wrong.deed", &text.replace("exclusivity", "exclusivty")),
    ]);
    let list = |flags: &[&str]| {
        let (code, out, err) = said(
            servanda()
                .arg("check")
                .arg(folder.path().join("a.deed"))
                .args(["--checklist", "--json"])
                .args(flags),
        );
        assert_eq!(code, 0, "{err}");
        let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        lines
    };
    let state = |lines: &[Value], topic: &str| {
        let line = lines.iter().find(|l| l["topic"] == topic);
        line.map(|l| (l["state"].as_str().unwrap().to_string(), l["clauses"].clone()))
    };
    let first = list(&["--text", "first"]);
    assert_eq!(first.iter().filter(|l| l["listed"] == true).count(), 41);
    let present = |clauses: Value| Some(("present".to_string(), clauses));
    let none = serde_json::json!([]);
    assert_eq!(state(&first, "exclusivity"), present(serde_json::json!(["no-storm"])));
    assert_eq!(state(&first, "force-majeure"), present(serde_json::json!(["no-storm"])));
    for frame in ["document-name", "parties", "agreement-date", "effective-date"] {
        assert_eq!(state(&first, frame), present(none.clone()), "{frame}");
    }
    assert_eq!(state(&first, "expiration-date"), present(serde_json::json!(["south-only", "no-storm"])));
    assert_eq!(state(&first, "insurance"), Some(("undisclosed".to_string(), none.clone())));
    assert_eq!(state(&first, "governing-law"), Some(("absent".to_string(), none.clone())));
    // The last version that binds, which struck the clause; what nothing covers is told only where it is listed.
    let last = list(&[]);
    assert_eq!(state(&last, "exclusivity"), Some(("absent".to_string(), none.clone())));
    assert_eq!(state(&last, "force-majeure"), None);
    assert_eq!(state(&last, "agreement-date"), Some(("absent".to_string(), none)));
    let (code, out, err) = said(servanda().arg("check").arg(folder.path().join("a.deed")).arg("--checklist"));
    assert!(
        code == 0 && out.contains("Audit rights") && out.contains("of 41 topics are present"),
        "{out}{err}"
    );
    let (code, out, _) =
        said(servanda().arg("check").arg(folder.path().join("wrong.deed")).arg("--checklist"));
    assert!(code == 1 && out.contains("`exclusivity`") && !out.contains("of 41"), "{out}");
    let (code, _, err) = said(servanda().arg("check").arg(folder.path().join("a.deed")).args([
        "--checklist",
        "--text",
        "third",
    ]));
    assert!(code == 2 && err.contains("there are first, second"), "{err}");
}

#[test]
fn a_version_can_stand_in_several_files() {
    let (head, rest) = FERRY.split_once("clause dues").expect("the ferry has dues");
    let (clauses, test) = rest.split_once("test \"").expect("the ferry has a test");
    let head = format!("{head}\ntest \"{test}");
    let folder = folder(&[
        ("whole/a.deed", &head),
        ("whole/b.deed", &format!("version first continued\nclause dues{clauses}")),
        ("lost/a.deed", &head),
        ("lost/b.deed", &format!("version frist continued\nclause dues{clauses}")),
    ]);
    let (code, out, err) = said(servanda().arg("test").arg(folder.path().join("whole")));
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = said(servanda().arg("fmt").arg(folder.path().join("whole")));
    assert_eq!(code, 0, "{out}{err}");
    let laid_out = std::fs::read_to_string(folder.path().join("whole/b.deed")).unwrap();
    assert!(laid_out.starts_with("version first continued\n"), "{laid_out}");
    assert_eq!(said(servanda().arg("test").arg(folder.path().join("whole"))).0, 0);
    let (code, out, err) = said(servanda().arg("check").arg(folder.path().join("lost")));
    assert!(code == 1 && out.contains("[unknown-version]") && out.contains("`first`"), "{out}");
    assert!(!out.contains("clause-without-version"), "{out}{err}");
}

#[test]
fn check_explains_what_each_norm_is_silent_on_and_forbids() {
    let folder = ferry();
    let (code, out, _) = said(servanda().arg("check").arg(folder.path()).arg("--explain"));
    assert_eq!(code, 0);
    for line in
        ["Ferry may dock only where quay is south", "silent for others", "forbidden for quay is not south"]
    {
        assert!(out.contains(line), "{line}\n{out}");
    }
}

#[test]
fn check_looks_citations_up() {
    let south = servanda_digest("South");
    let cited = |cite: &str| FERRY.replace("cites lease 0..5", cite);
    let folder = folder(&[
        ("papers/lease.txt", "South of the mole"),
        ("right.deed", &cited(&format!("cites lease 0..5 digest \"{south}\""))),
        ("changed.deed", &cited(&format!("cites lease 1..5 digest \"{south}\""))),
        ("far.deed", &cited("cites lease 0..500")),
        (
            "source.deed",
            &FERRY.replace("language en\n\naction", "language en digest \"sha256:00\"\n\naction"),
        ),
        ("none/papers.txt", ""),
    ]);
    let check = |file: &str, papers: &str| {
        let mut command = servanda();
        command.arg("check").arg(folder.path().join(file)).arg("--sources").arg(folder.path().join(papers));
        said(&mut command)
    };
    let (code, out, err) = check("right.deed", "papers");
    assert!(code == 0 && err.contains("1 citation looked up"), "{out}{err}");
    for (file, papers, told) in [
        ("changed.deed", "papers", "citation-changed"),
        ("far.deed", "papers", "citation-out-of-range"),
        ("source.deed", "papers", "source-changed"),
        ("right.deed", "none", "source-missing"),
    ] {
        let (code, out, _) = check(file, papers);
        assert!(code == 1 && out.contains(told), "{file}: {out}");
    }
    assert_eq!(check("right.deed", "nowhere").0, 2);
}

/// As citations write it.
fn servanda_digest(passage: &str) -> String {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(passage.as_bytes());
    format!("sha256:{}", hash.iter().take(8).map(|b| format!("{b:02x}")).collect::<String>())
}

#[test]
fn tests_pass_or_say_what_they_found() {
    let folder = folder(&[
        ("right.deed", FERRY),
        ("wrong.deed", &FERRY.replace("quay south is permitted", "quay south is forbidden")),
    ]);
    let (code, out, err) = said(servanda().arg("test").arg(folder.path().join("right.deed")));
    assert!(code == 0 && out.contains("1 test, 5 expectations: all passed"), "{out}{err}");
    let (code, out, _) = said(servanda().arg("test").arg(folder.path().join("wrong.deed")));
    assert_eq!(code, 1);
    assert!(out.contains("expected `forbidden`") && out.contains("found    `permitted`"), "{out}");
}

#[test]
fn fmt_writes_only_what_it_can_read() {
    let wrong = "agreement ferry \"x\"\nclause ((\n";
    let folder = folder(&[("a.deed", &FERRY.replace("  starts", "      starts")), ("wrong/b.deed", wrong)]);
    let file = folder.path().join("a.deed");
    let (code, out, _) = said(servanda().args(["fmt", "--check"]).arg(&file));
    assert!(code == 1 && out.contains("a.deed"), "{out}");
    assert_eq!(said(servanda().arg("fmt").arg(&file)).0, 0);
    let (code, out, _) = said(servanda().args(["fmt", "--check"]).arg(&file));
    assert!(code == 0 && out.is_empty(), "{out}");
    assert_eq!(said(servanda().arg("check").arg(&file)).0, 0);
    let (code, _, err) = said(servanda().arg("fmt").arg(folder.path().join("wrong")));
    assert!(code == 1 && !err.is_empty());
    assert_eq!(std::fs::read_to_string(folder.path().join("wrong/b.deed")).unwrap(), wrong);
    assert_eq!(said(servanda().arg("fmt").arg(folder.path().join("nowhere"))).0, 2);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

#[test]
fn expand_shows_clauses_as_text() {
    let folder = ferry();
    let (code, out, err) = said(servanda().arg("expand").arg(folder.path()).arg("south-only"));
    assert!(code == 0 && out.contains("Ferry may dock only where quay is south"), "{out}{err}");
    let (code, _, err) = said(servanda().arg("expand").arg(folder.path()).arg("south-olny"));
    assert!(code == 2 && err.contains("did you mean `south-only`?"), "{err}");
}

#[test]
fn versions_tells_which_governs_and_who_wrote_what() {
    let more = format!(
        "{FERRY}\nversion second \"An amendment\"\n  amends first\n  signed 2026-03-01\n  binding from 2027-01-01\n  \
         outside \"invented\"\nchange no-storm\n  until 2028-01-01\n\
         version talks \"Talks\"\n  amends first\n  proposed\n  outside \"invented\"\n"
    );
    let folder = folder(&[("a.deed", &more)]);
    let versions = |day: &str| {
        let (code, out, err) =
            said(servanda().arg("versions").arg(folder.path()).args(["--as-of", day, "--json"]));
        assert_eq!(code, 0, "{err}");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let status = |value: &Value| {
        let of = |v: &Value| v["status"].as_str().unwrap().to_string();
        value["versions"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(status(&versions("2025-06-01")), ["not yet", "not yet", "proposed"]);
    assert_eq!(status(&versions("2026-06-01")), ["in force", "signed", "proposed"]);
    let late = versions("2027-06-01");
    assert_eq!(
        (status(&late), &late["governs"]),
        (vec!["superseded".into(), "in force".into(), "proposed".into()], &"second".into())
    );
    let clauses = late["text"]["clauses"].as_array().unwrap();
    let storm = clauses.iter().find(|c| c["clause"] == "no-storm").unwrap();
    let until = storm["blame"].as_array().unwrap().iter().find(|b| b["field"] == "until").unwrap();
    assert_eq!(until["version"], "second");
    let (_, out, _) = said(servanda().arg("versions").arg(folder.path()).args(["--as-of", "2027-06-01"]));
    assert!(out.contains("the text of second") && out.contains("in force"), "{out}");
}

#[test]
fn owes_is_a_table() {
    let folder = ferry();
    let (code, out, err) =
        said(servanda().arg("owes").arg(folder.path()).args(["Ferry", "--as-of", "2026-06-01"]));
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        out,
        "clause  to       what          remains    state\ndues    Harbour  pay the dues  EUR 1,000  in-effect\n"
    );
    let (code, _, err) = said(servanda().arg("owes").arg(folder.path()).arg("Fery"));
    assert!(code == 2 && err.contains("did you mean `Ferry`?"), "{err}");
}

#[test]
fn every_verb_has_help_with_an_example_and_shells_have_scripts() {
    for verb in ["check", "fmt", "test", "expand", "ask", "explain", "versions", "owes", "completions"] {
        let (code, out, _) = said(servanda().args([verb, "--help"]));
        assert!(code == 0 && out.contains("Example"), "{verb}: {out}");
    }
    let (code, out, _) = said(servanda().args(["completions", "bash"]));
    assert!(code == 0 && out.contains("_servanda"), "{out}");
    assert_eq!(said(&mut servanda()).0, 2);
    assert_eq!(said(servanda().arg("asck")).0, 2);
}

#[test]
fn a_folder_standard_beside_the_agreement_takes_the_place_of_the_library() {
    let own = "template supply-of-nothing\n  takes who : party\n  who may dock\n";
    let main = format!(
        "import standard.supply\n{FERRY}\nclause borrowed uses supply-of-nothing\n    who Ferry\n  outside \"invented\"\n"
    );
    let folder = folder(&[("a.deed", &main), ("standard/supply.deed", own)]);
    let (code, out, err) = said(servanda().arg("check").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = said(servanda().arg("check").arg(folder.path().join("a.deed")));
    assert_eq!(code, 0, "{out}{err}");
}
