//! What the tests of other projects' suites share: where the suites lie, and how an agreement is asked.

#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::disallowed_methods, reason = "tests read the environment and write files")]

use std::path::PathBuf;

use serde_json::Value;

use crate::common;

/// The folder of a suite, or `None` where the suites are not there; that it is left out is printed.
///
/// # Panics
///
/// Where `SERVANDA_REQUIRE=all` says that nothing may be left out, and the suite is not there.
pub fn suite(name: &str) -> Option<PathBuf> {
    let found = std::env::var_os("SERVANDA_SHARED")
        .map(|shared| common::root().join(shared).join("suites").join(name))
        .filter(|folder| folder.is_dir());
    if found.is_none() {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "the suite {name} is not there although SERVANDA_REQUIRE=all");
        println!("left out: the suite {name}: SERVANDA_SHARED does not name a folder that holds it");
    }
    found
}

/// Reads a file of a suite.
pub fn read(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file of the suite");
    serde_json::from_str(&text).expect("a file of the suite is JSON")
}

/// What the agreement answers, a line for each question; an error line where it cannot be asked at all.
pub fn ask(deed: &str, questions: &[Value]) -> Vec<Value> {
    let folder = common::folder(&[("agreement.deed", deed)]);
    let lines: Vec<String> = questions.iter().map(Value::to_string).collect();
    let (_, out, err) = common::said(
        common::servanda().arg("ask").arg(folder.path()).args(["--batch", "-"]).write_stdin(lines.join("\n")),
    );
    let answers: Vec<Value> =
        out.lines().map(|l| serde_json::from_str(l).expect("an answer is JSON")).collect();
    assert_eq!(answers.len(), questions.len(), "an answer for each question:\n{err}");
    answers
}

/// A scenario that came out otherwise than expected, or as expected, counted.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many came out as expected.
    pub passed: usize,
    /// The others, with what was found.
    pub failed: Vec<String>,
}

impl Tally {
    /// Counts one.
    pub fn count(&mut self, name: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(why) => self.failed.push(format!("{name}: {why}")),
        }
    }
}
