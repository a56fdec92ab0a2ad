//! The examples of `docs/operating.md` and `README.md` are run against a real server, and give what stands beneath them.

#![allow(clippy::disallowed_methods, reason = "tests read files and start curl")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::process::Command;

use serde_json::Value;

use served::Served;

/// The address that the pages name.
const NAMED: &str = "http://127.0.0.1:8080";

/// Each `sh` block of a page with the `json` block beneath it.
fn examples(page: &str) -> Vec<(String, Value)> {
    let text = std::fs::read_to_string(common::root().join(page)).unwrap();
    let mut out = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("```sh\n") {
        rest = &rest[start + 6..];
        let end = rest.find("```").expect("the block ends");
        let command = rest[..end].to_string();
        rest = &rest[end + 3..];
        let beneath = rest.trim_start().strip_prefix("```json\n").expect("what it gives stands beneath it");
        let end = beneath.find("```").expect("the block ends");
        out.push((command, serde_json::from_str(&beneath[..end]).expect("it is JSON")));
        rest = &beneath[end + 3..];
    }
    out
}

/// Whether everything that is expected is there; there may be more members.
fn holds(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(name, value)| found.get(name).is_some_and(|f| holds(f, value)))
        }
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| holds(f, e))
        }
        _ => found == expected,
    }
}

#[test]
fn the_examples_with_curl_give_what_stands_beneath_them() {
    if Command::new("curl").arg("--version").output().is_err() {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "there is no curl although SERVANDA_REQUIRE=all");
        println!("left out: the examples with curl: there is no curl");
        return;
    }
    let flagship = common::root().join("examples/microsoft-openai");
    let data = tempfile::tempdir().unwrap();
    let served = Served::start(data.path(), &[flagship.to_str().unwrap()]);
    let examples = examples("docs/operating.md");
    assert!(examples.len() >= 6, "the page has its examples");
    for (command, expected) in &examples {
        assert!(command.contains(NAMED), "{command}");
        let done = Command::new("sh").arg("-c").arg(command.replace(NAMED, &served.base)).output().unwrap();
        let out = String::from_utf8(done.stdout).unwrap();
        let found: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {command}\n{out}"));
        assert!(holds(&found, expected), "{command}\nexpected {expected}\nfound {found}");
    }
    // The README shows some of them.
    for (command, expected) in self::examples("README.md") {
        assert!(
            examples.iter().any(|(c, e)| *c == command && *e == expected),
            "not in docs/operating.md: {command}"
        );
    }
}
