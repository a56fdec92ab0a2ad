//! Asking through the binary.

#![allow(clippy::disallowed_methods, reason = "tests write files and start processes")]

mod common;

use std::io::Write;

use common::{FERRY, ferry, folder, said, servanda};
use serde_json::{Value, json};

/// Answers of a batch with what it is asked.
fn batch(questions: &[Value]) -> (i32, Vec<Value>) {
    let folder = ferry();
    let lines: String = questions.iter().map(|q| format!("{q}\n")).collect();
    let (code, out, _) =
        said(servanda().arg("ask").arg(folder.path()).args(["--batch", "-"]).write_stdin(lines));
    (code, out.lines().map(|l| serde_json::from_str(l).expect("an answer is JSON")).collect())
}

#[test]
fn a_batch_answers_each_line_at_its_place_and_goes_on_after_an_error() {
    let folder = ferry();
    let lines = "{\"id\": 1, \"as_of\": \"2026-06-01\", \"in_force\": \"south-only\"}\n\n\
        not JSON\n\
        {\"id\": {\"n\": 2}, \"as_of\": \"2026-06-01\", \"ends\": \"south-olny\"}\r\n\
        {\"as_of\": \"2026-06-01\", \"value\": \"dues.paid\"}";
    let (code, out, _) =
        said(servanda().arg("ask").arg(folder.path()).args(["--batch", "-"]).write_stdin(lines));
    let answers: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((code, answers.len()), (2, 4), "{out}");
    assert_eq!((&answers[0]["id"], &answers[0]["outcome"]), (&json!(1), &json!("in-force")));
    assert_eq!(answers[1]["error"]["code"], "not-json");
    assert_eq!(
        (&answers[2]["id"], &answers[2]["error"]["code"]),
        (&json!({"n": 2}), &json!("unknown-clause"))
    );
    assert!(answers[2]["error"]["message"].as_str().unwrap().contains("did you mean `south-only`?"));
    assert_eq!(
        (&answers[3]["id"], &answers[3]["value"]),
        (&Value::Null, &json!({"amount": "0", "unit": "EUR"}))
    );
}

#[test]
fn a_batch_without_errors_exits_with_zero() {
    let (code, answers) = batch(&[json!({"as_of": "2026-06-01", "in_force": "south-only"})]);
    assert_eq!((code, answers.len()), (0, 1));
    assert_eq!(batch(&[]), (0, vec![]));
}

#[test]
fn what_is_no_question_is_an_error_with_code_and_message() {
    let paid = |data: Value| {
        json!({"as_of": "2026-06-03", "value": "dues.paid",
            "events": [{"type": "dues-paid", "time": "2026-06-02", "data": data}]})
    };
    for (question, code) in [
        (json!({"as_of": "2026-06-01"}), "no-question"),
        (json!({"as_of": "2026-06-01", "in_force": "dues", "ends": "dues"}), "several-questions"),
        (json!({"as_of": "2026-13-01", "in_force": "dues"}), "impossible-date"),
        (json!({"as_of": "2026-02-29", "in_force": "dues"}), "impossible-date"),
        (json!({"as_of": "2026-06-01", "owes": {"party": "Fery"}}), "unknown-party"),
        (json!({"as_of": "2026-06-01", "may": {"party": "Ferry", "action": "fly"}}), "unknown-action"),
        (json!({"as_of": "2026-06-01", "may": {"party": "Harbour", "action": "dock"}}), "not-an-actor"),
        (
            json!({"as_of": "2026-06-01", "may": {"party": "Ferry", "action": "dock", "with": {"quay": "west"}}}),
            "unknown-word",
        ),
        (
            json!({"as_of": "2026-06-01", "may": {"party": "Ferry", "action": "dock", "with": {"pier": "north"}}}),
            "unknown-attribute",
        ),
        (json!({"as_of": "2026-06-01", "ends": "dues", "version": "frist"}), "unknown-version"),
        (
            json!({"as_of": "2026-06-01", "ends": "dues", "assume": {"until-yaer": "before"}}),
            "unknown-assumption",
        ),
        (json!({"as_of": "2026-06-01", "ends": "dues", "assume": {"until-year": "after"}}), "unknown-answer"),
        (json!({"as_of": "2026-06-01", "value": "dues.unpaid"}), "unknown-value"),
        (
            json!({"as_of": "2026-06-01", "ends": "dues", "events": [{"type": "strom", "time": "2026-01-01"}]}),
            "unknown-event",
        ),
        (paid(json!({"by": "Ferry", "amount": {"amount": "1", "unit": "USD"}})), "currency-mismatch"),
        (paid(json!({"by": "Ferry", "amount": {"amount": "-1", "unit": "EUR"}})), "negative-figure"),
        (paid(json!({"by": "Ferry", "amount": true})), "wrong-shape"),
        (paid(json!({"by": "Ferry", "amount": {"amount": "1e3", "unit": "EUR"}})), "impossible-figure"),
        (paid(json!({"amount": {"amount": "1", "unit": "EUR"}})), "missing-member"),
    ] {
        let (exit, answers) = batch(std::slice::from_ref(&question));
        assert_eq!((exit, &answers[0]["error"]["code"]), (2, &json!(code)), "{question}: {}", answers[0]);
        assert!(!answers[0]["error"]["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn an_answer_has_every_member_of_its_shape() {
    let (_, answers) = batch(&[
        json!({"id": "a", "as_of": "2026-06-01", "may": {"party": "Ferry", "action": "dock", "with": {"quay": "north"}}}),
        json!({"as_of": "2026-06-01", "ends": "south-only"}),
        json!({"as_of": "2026-06-01", "ends": "no-storm"}),
        json!({"as_of": "2026-06-01", "owes": {"party": "Ferry"}}),
    ]);
    assert_eq!(answers[0]["outcome"], "forbidden");
    assert_eq!(answers[0]["because"][0]["clause"], "south-only");
    assert_eq!(answers[0]["because"][0]["version"], "first");
    assert_eq!(answers[0]["because"][0]["effect"], "forbids");
    assert_eq!(answers[0]["because"][0]["cites"][0], json!({"source": "lease", "start": 0, "end": 5}));
    assert_eq!(answers[1]["outcome"], "depends");
    assert_eq!(answers[1]["depends_on"][0]["open"], "until-year");
    assert_eq!(answers[1]["depends_on"][0]["kind"], "reading");
    assert_eq!(
        answers[1]["depends_on"][0]["answers"],
        json!({"through": "2031-01-01", "before": "2030-01-01"})
    );
    assert_eq!((&answers[2]["outcome"], &answers[2]["value"]), (&json!("open"), &json!({"on": ["storm"]})));
    let owed = &answers[3]["value"][0];
    assert_eq!(
        (&owed["clause"], &owed["to"], &owed["state"]),
        (&json!("dues"), &json!("Harbour"), &json!("in-effect"))
    );
    assert_eq!(owed["amount"], json!({"amount": "1000", "unit": "EUR"}));
    for answer in &answers {
        for member in ["id", "outcome", "value", "depends_on", "because"] {
            assert!(answer.get(member).is_some(), "{member}: {answer}");
        }
    }
}

#[test]
fn flags_ask_what_json_asks() {
    let folder = ferry();
    let flags = ["--may", "Ferry dock", "--with", "quay=north", "--as-of", "2026-06-01", "--json"];
    let (code, out, _) = said(servanda().arg("ask").arg(folder.path()).args(flags));
    let (_, answers) = batch(&[
        json!({"as_of": "2026-06-01", "may": {"party": "Ferry", "action": "dock", "with": {"quay": "north"}}}),
    ]);
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), answers[0]);
}

#[test]
fn the_first_line_of_an_answer_is_its_outcome() {
    let folder = ferry();
    let ask = |flags: &[&str]| {
        let (code, out, err) = said(servanda().arg("ask").arg(folder.path()).args(flags));
        assert_eq!(code, 0, "{err}");
        out
    };
    let may = ask(&["--may", "Ferry dock", "--with", "quay=north", "--as-of", "2026-06-01"]);
    assert!(may.starts_with("forbidden\n") && may.contains("south-only (first) forbids it"), "{may}");
    let value = ask(&[
        "--value",
        "dues.paid",
        "--as-of",
        "2026-06-03",
        "--event",
        "dues-paid 2026-06-02 by=Ferry amount=EUR 1.5 thousand",
    ]);
    assert!(value.starts_with("known EUR 1,500\n"), "{value}");
    let ends = ask(&["--ends", "south-only", "--as-of", "2026-06-01"]);
    assert!(
        ends.starts_with("depends\n") && ends.contains("until-year  reading  through  on 2031-01-01"),
        "{ends}"
    );
    let settled = ask(&["--ends", "south-only", "--as-of", "2026-06-01", "--assume", "until-year=before"]);
    assert!(settled.starts_with("on 2030-01-01\n"), "{settled}");
}

#[test]
fn a_log_counts_and_a_bad_line_of_it_is_named() {
    let good = r#"{"specversion":"1.0","id":"1","source":"/bank","type":"dues-paid","time":"2026-06-02","data":{"by":"Ferry","amount":{"amount":"400","unit":"EUR"}}}"#;
    let other = good.replace("400", "500");
    let folder = folder(&[
        ("ferry.deed", FERRY),
        ("log.jsonl", &format!("{good}\n{good}\n")),
        ("bad.jsonl", &format!("{good}\n\n{}\n", good.replace("Ferry", "Fery"))),
        ("two.jsonl", &format!("{good}\n{other}\n")),
    ]);
    let ask = |log: &str| {
        let mut command = servanda();
        command.arg("ask").arg(folder.path()).args([
            "--value",
            "dues.paid",
            "--as-of",
            "2026-06-03",
            "--events",
        ]);
        said(command.arg(folder.path().join(log)))
    };
    assert!(ask("log.jsonl").1.starts_with("known EUR 400\n"));
    let (code, _, err) = ask("bad.jsonl");
    assert!(
        code == 2 && err.contains("bad.jsonl, line 3: ") && err.contains("did you mean `Ferry`?"),
        "{err}"
    );
    let (code, _, err) = ask("two.jsonl");
    assert!(code == 2 && err.contains("contradictory-record"), "{err}");
    let (code, _, err) = ask("none.jsonl");
    assert!(code == 2 && err.contains("no such file"), "{err}");
}

#[test]
fn an_agreement_that_cannot_be_read_is_told_and_not_asked() {
    let folder = folder(&[
        ("empty/notes.txt", ""),
        ("wrong/a.deed", &FERRY.replace("Ferry may carry", "Fery may carry")),
    ]);
    std::fs::write(folder.path().join("latin.deed"), b"agreement caf\xe9").unwrap();
    let ask = |path: &str| {
        said(servanda().arg("ask").arg(folder.path().join(path)).args([
            "--in-force",
            "dues",
            "--as-of",
            "2026-06-01",
        ]))
    };
    for (path, told) in [
        ("nowhere", "there is no such file or folder"),
        ("empty", "no `.deed` file"),
        ("latin.deed", "is not UTF-8 text: byte 13"),
        ("wrong", "cannot be asked"),
    ] {
        let (code, out, err) = ask(path);
        assert!(code == 2 && out.is_empty() && err.contains(told), "{path}: {err}");
    }
    assert!(ask("wrong").2.contains("`Ferry`, which is the nearest"), "{}", ask("wrong").2);
}

#[test]
fn nothing_and_two_things_asked_are_wrong_usage() {
    let folder = ferry();
    let ask = |flags: &[&str]| said(servanda().arg("ask").arg(folder.path()).args(flags)).0;
    assert_eq!(ask(&[]), 2);
    assert_eq!(ask(&["--in-force", "dues", "--ends", "dues"]), 2);
    assert_eq!(ask(&["--may", "Ferry"]), 2);
    assert_eq!(ask(&["--value", "dues.paid", "--event", "dues-paid 2026-06-02 by=Ferry amuont=EUR 5"]), 2);
    assert_eq!(ask(&["--may", "Ferry dock", "--with", "quay"]), 2);
    assert_eq!(ask(&["--batch", "-", "--version", "first"]), 2);
    assert_eq!(ask(&["--in-force", "dues", "--as-of", "tomorrow"]), 2);
}

#[test]
fn passages_come_from_the_users_folder() {
    let folder = folder(&[("ferry.deed", FERRY), ("papers/lease.txt", "South of the mole")]);
    let mut command = servanda();
    command.arg("ask").arg(folder.path()).args([
        "--in-force",
        "south-only",
        "--as-of",
        "2026-06-01",
        "--sources",
    ]);
    let (code, out, err) = said(command.arg(folder.path().join("papers")));
    assert!(code == 0 && out.contains("cites lease 0..5\n") && out.contains(" South\n"), "{out}{err}");
}

#[test]
fn a_closed_pipe_is_no_accident() {
    let folder = ferry();
    let question = "{\"as_of\": \"2026-06-01\", \"in_force\": \"south-only\"}\n".repeat(2_000);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("servanda"))
        .arg("ask")
        .arg(folder.path())
        .args(["--batch", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("there is an input");
    let _ = stdin.write_all(question.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the command ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.is_empty(), "{:?} {err}", output.status);
}

#[test]
fn explain_tells_the_clauses_that_lost_and_the_ways_out() {
    let folder = ferry();
    let mut command = servanda();
    command.arg("explain").arg(folder.path()).args(["--may", "Ferry dock", "--with", "quay=north"]);
    let (code, out, err) = said(command.args(["--as-of", "2026-06-01"]));
    assert!(code == 0 && out.starts_with("forbidden\n"), "{out}{err}");
    assert!(
        out.contains("what would have to change") && out.contains("if quay is south instead of north"),
        "{out}"
    );
    let mut command = servanda();
    command.arg("explain").arg(folder.path()).args(["--may", "Ferry dock", "--with", "quay=north", "--json"]);
    let (_, out, _) = said(command.args(["--as-of", "2026-06-01"]));
    let line: Value = serde_json::from_str(&out).unwrap();
    assert!(line["ways"].as_array().is_some_and(|w| w.iter().any(|w| w["outcome"] == "permitted")), "{line}");
}
