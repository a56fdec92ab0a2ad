//! What the tests of the command share: a small agreement, a folder for it, and the binary.

#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::disallowed_methods, reason = "tests write files")]

use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// A port and a ferry line.
pub const FERRY: &str = r#"
agreement ferry "The ferry line"
  zone Europe/Lisbon
  currency EUR

party Harbour
party Ferry
party Other stands for anyone else

source lease file "lease.txt" language en

action dock by Ferry
  quay : north | south
action carry by Ferry or Other
  price : money in EUR

event dues-paid by Ferry
  amount : money in EUR
event storm by Harbour

reading until-year "Is the year after “until” included?"
  answer through takes a year to its end
  answer before takes a year to its start
  outside "invented"

version first "The lease"
  starts
  binding from 2026-01-01
  outside "invented"

clause south-only "Boats lie in the south"
  Ferry may dock only where quay is south
  until 2030
  cites lease 0..5
clause dues
  value paid is sum of dues-paid.amount
  Ferry must "pay the dues" to Harbour
    worth EUR 1000
    counting paid
  outside "invented"
clause no-storm
  Ferry may carry
  until storm
  outside "invented"

test "boats lie in the south"
  on 2026-06-01
  expect may Ferry dock quay north is forbidden because south-only
  expect may Ferry dock quay south is permitted
  expect ends south-only is depends on until-year
  log 2026-06-02 dues-paid by Ferry amount EUR 400
  on 2026-06-03
  expect value dues.paid is known EUR 400
  expect owes Ferry is known dues
"#;

/// A folder that holds some files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("the folder takes a folder");
        std::fs::write(path, text).expect("the folder takes a file");
    }
    folder
}

/// The folder of the ferry line.
pub fn ferry() -> TempDir {
    folder(&[("ferry.deed", FERRY)])
}

/// The command, without what the environment would add.
pub fn servanda() -> Command {
    let mut command = Command::cargo_bin("servanda").expect("the command is built");
    command.env("NO_COLOR", "1");
    command
}

/// What a run said: exit code, data, everything else.
pub fn said(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("the command starts");
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).expect("data is UTF-8"),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// The root of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
