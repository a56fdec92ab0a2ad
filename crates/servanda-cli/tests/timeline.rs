//! `servanda timeline` through the binary.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod common;

use common::{root, said, servanda};
use serde_json::Value;

fn timeline(arguments: &[&str]) -> (i32, String, String) {
    said(servanda().current_dir(root()).arg("timeline").args(arguments))
}

const VENTURE: [&str; 5] =
    ["examples/joint-venture", "--events", "examples/joint-venture/log.jsonl", "--as-of", "2028-06-01"];

#[test]
fn lines_are_aligned_and_tell_what_the_engine_finds() {
    let (code, out, err) = timeline(&VENTURE);
    assert_eq!(code, 0, "{err}");
    insta::assert_snapshot!(out);
}

#[test]
fn every_day_of_a_row_is_what_a_question_about_that_day_answers() {
    let (code, out, err) = timeline(&[&VENTURE[..], &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    let page: Value = serde_json::from_str(&out).expect("JSON");
    let mut questions = String::new();
    let mut expected = Vec::new();
    for row in page["rows"].as_array().expect("rows") {
        let stretches = row["stretches"].as_array().expect("stretches");
        assert_eq!(stretches.first().map(|s| &s["from"]), Some(&page["from"]));
        assert_eq!(stretches.last().map(|s| &s["until"]), Some(&page["until"]));
        for pair in stretches.windows(2) {
            assert_eq!(pair[0]["until"], pair[1]["from"], "{}", row["clause"]);
        }
        for stretch in stretches {
            let outcome = match stretch["state"].as_str().expect("a word") {
                "resting" => "ended",
                other => other,
            };
            if outcome == "non-binding" {
                continue;
            }
            questions.push_str(&format!(
                "{}\n",
                serde_json::json!({"id": expected.len(), "as_of": stretch["from"], "in_force": row["clause"]})
            ));
            expected.push((row["clause"].clone(), stretch["from"].clone(), outcome.to_string()));
        }
    }
    assert!(expected.len() > 30, "{}", expected.len());
    let mut ask = servanda();
    ask.current_dir(root())
        .args(["ask", VENTURE[0], "--events", VENTURE[2], "--batch", "-"])
        .write_stdin(questions);
    let (code, out, err) = said(&mut ask);
    assert_eq!(code, 0, "{err}");
    for (line, (clause, day, outcome)) in out.lines().zip(&expected) {
        let answer: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(answer["outcome"], outcome.as_str(), "{clause} on {day}");
    }
}

#[test]
fn a_picture_is_well_formed_escapes_what_it_shows_and_has_no_script() {
    let folder = tempfile::tempdir().expect("a folder");
    let deed = folder.path().join("a.deed");
    std::fs::write(
        &deed,
        "agreement a \"<script>alert(1)</script> & more\" zone UTC currency EUR\nparty A party B\naction go by A\n\
         version v \"V\" starts binding from 2026-01-01 outside \"x\"\nclause c \"]]> <b>\" A may go until 2028-01-01 outside \"x\"\n",
    )
    .expect("a file");
    for locale in ["en", "fa", "ar", "hi", "it"] {
        let path = folder.path().join(format!("{locale}.svg"));
        let (code, out, err) =
            said(servanda().arg("timeline").arg(&deed).arg("--svg").arg(&path).args(["--locale", locale]));
        assert!(code == 0 && out.is_empty(), "{err}");
        let text = std::fs::read_to_string(&path).expect("a picture");
        assert!(
            !text.contains("<script") && !text.contains("<b>") && text.contains("&lt;script&gt;"),
            "{text}"
        );
        assert!(
            text.contains("viewBox=") && text.contains("role=\"img\"") && text.contains("<desc"),
            "{text}"
        );
        // A strict reader of XML reads it to its end.
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{locale}: {e}")) {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{locale}");
        assert_eq!(locale == "fa" || locale == "ar", text.contains("direction=\"rtl\""), "{locale}");
    }
}

#[test]
fn what_cannot_be_drawn_is_told() {
    for (arguments, told) in [
        (&["--from", "2030-01-01", "--to", "2029-01-01"][..], "has no day"),
        (&["--from", "yesterday"], "write a date such as"),
        (&["--kind", "wish"], "write right, restriction, duty, power or other"),
        (&["--clause", "controll"], "did you mean `control`?"),
        (&["--assume", "nothing"], "write NAME=ANSWER"),
        (&["--from", "1800-01-01", "--to", "2200-01-01"], "name a nearer end"),
    ] {
        let (code, out, err) = timeline(&[&VENTURE[..], arguments].concat());
        assert!(code == 2 && out.is_empty() && err.contains(told), "{arguments:?}: {err}");
    }
    let (code, out, _) = timeline(&[&VENTURE[..], &["--kind", "duties", "--json"]].concat());
    let page: Value = serde_json::from_str(&out).expect("JSON");
    let rows: Vec<&str> =
        page["rows"].as_array().unwrap().iter().map(|r| r["clause"].as_str().unwrap()).collect();
    assert!(code == 0 && rows.contains(&"profits") && !rows.contains(&"floor"), "{rows:?}");
}
