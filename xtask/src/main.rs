//! The chores of this project: one command that runs every check, and leaves nothing out in silence.
//!
//! `cargo xtask check` is what has to pass before a change goes in. What a machine lacks is left out and
//! named at the end; with `SERVANDA_REQUIRE=all` it is a failure instead.

#![allow(clippy::disallowed_methods, reason = "chores read files, the environment and the clock")]

mod fuzz;
mod postgres;
mod steps;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask check   format, lints, tests, documentation, licences, examples, tidy
cargo xtask test    tests, documentation tests and examples only
cargo xtask fuzz [SECONDS [TARGET...]]
                    every reader of untrusted bytes, 600 seconds each or as many as are named
cargo xtask postgres COMMAND...
                    a command beside a PostgreSQL of its own, whose address is in SERVANDA_TEST_POSTGRES
cargo xtask tidy    what no compiler looks at: imports, paths in documents, pages of diagnostics

SERVANDA_SHARED     a folder with the articles, answer keys and suites, for the tests that need them
SERVANDA_TEST_POSTGRES
                    a PostgreSQL that the tests may make databases in; one is started where there is none
SERVANDA_REQUIRE    `all`: what would be left out is a failure
";

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["check"] => steps::check(&root()),
        ["test"] => steps::test(&root()),
        ["tidy"] => steps::tidy(&root()),
        ["fuzz"] => fuzz::fuzz(&root(), 600, &[]),
        ["fuzz", seconds, ref only @ ..] if seconds.parse::<u32>().is_ok() => {
            fuzz::fuzz(&root(), seconds.parse().unwrap_or(600), only)
        }
        ["postgres", ref command @ ..] if !command.is_empty() => steps::with_postgres(&root(), command),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            true
        }
        _ => {
            eprint!("unknown chore `{}`\n\n{HELP}", arguments.join(" "));
            false
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
