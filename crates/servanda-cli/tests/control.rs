//! The control: what the articles say, asked of the flagship. It lies outside the project and is looked at where
//! `SERVANDA_SHARED` names its folder.

#![allow(clippy::disallowed_methods, reason = "tests read the environment and start processes")]

mod common;

use std::path::PathBuf;
use std::process::Command;

use common::root;

#[test]
fn the_flagship_answers_what_the_articles_say() {
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    let leave_out = |why: &str| {
        assert!(!required, "left out although SERVANDA_REQUIRE=all: {why}");
        println!("left out: the control of the flagship: {why}");
    };
    let Some(shared) = std::env::var_os("SERVANDA_SHARED").map(PathBuf::from) else {
        return leave_out("SERVANDA_SHARED is not set");
    };
    // A relative path means the root of the project, as for every check.
    let answers = root().join(shared).join("answers");
    let run = Command::new("python3")
        .arg(answers.join("check.py"))
        .arg(assert_cmd::cargo::cargo_bin("servanda"))
        .arg(root().join("examples/microsoft-openai"))
        .arg(answers.join("flagship.jsonl"))
        .output();
    match run {
        Err(e) => leave_out(&format!("python3 does not start: {e}")),
        Ok(run) => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout)),
    }
}
