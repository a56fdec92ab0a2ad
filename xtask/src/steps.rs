//! The steps of a check, one after the other; each is a command that a person could run as well.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::postgres::Postgres;
use crate::tidy;

/// A run of steps: what failed so far, and what was left out.
struct Run<'r> {
    root: &'r Path,
    failed: Vec<String>,
    left_out: Vec<String>,
    require_all: bool,
    /// Where the tests reach a PostgreSQL.
    postgres: Option<String>,
}

/// Everything.
pub fn check(root: &Path) -> bool {
    let mut run = Run::new(root);
    run.cargo("format", &["fmt", "--all", "--", "--check"], &[]);
    run.cargo("without features", &["check", "--workspace", "--locked"], &[]);
    run.cargo(
        "lints",
        &["clippy", "--workspace", "--all-features", "--all-targets", "--locked", "--", "-D", "warnings"],
        &[],
    );
    run.tests();
    run.cargo(
        "documentation",
        &["doc", "--workspace", "--all-features", "--no-deps", "--document-private-items", "--locked"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    );
    run.deny();
    run.examples();
    run.tidy();
    run.end()
}

/// Tests and examples.
pub fn test(root: &Path) -> bool {
    let mut run = Run::new(root);
    run.tests();
    run.examples();
    run.end()
}

/// Runs a command beside a PostgreSQL of its own.
pub fn with_postgres(root: &Path, command: &[&str]) -> bool {
    let [program, arguments @ ..] = command else { return false };
    let mut run = Run::new(root);
    let Some(postgres) = run.database() else { return run.end() };
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .env("SERVANDA_TEST_POSTGRES", &postgres.url)
        .status();
    status.is_ok_and(|status| status.success())
}

/// What no compiler looks at.
pub fn tidy(root: &Path) -> bool {
    let mut run = Run::new(root);
    run.tidy();
    run.end()
}

impl<'r> Run<'r> {
    fn new(root: &'r Path) -> Run<'r> {
        let require_all = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        let mut run = Run { root, failed: Vec::new(), left_out: Vec::new(), require_all, postgres: None };
        if let Some(shared) = std::env::var_os("SERVANDA_SHARED") {
            let shared = PathBuf::from(shared);
            if !root.join(&shared).is_dir() {
                run.failed.push(format!("SERVANDA_SHARED: `{}` is not a folder", shared.display()));
            }
        }
        run
    }

    /// A command; its failure is a failure of the run, and the other steps still run.
    fn command(&mut self, name: &str, mut command: Command) {
        println!("== {name}");
        let start = Instant::now();
        let done = command.current_dir(self.root).status();
        match done {
            Ok(status) if status.success() => println!("== {name}: {:.0?}", start.elapsed()),
            Ok(_) => {
                println!("== {name}: FAILED");
                self.failed.push(name.to_string());
            }
            Err(e) => {
                println!("== {name}: {e}");
                self.failed.push(name.to_string());
            }
        }
    }

    fn cargo(&mut self, name: &str, arguments: &[&str], environment: &[(&str, &str)]) {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).envs(environment.iter().copied());
        // Tests run where the project stands, wherever the folder was named from.
        if let Some(shared) = std::env::var_os("SERVANDA_SHARED") {
            command.env("SERVANDA_SHARED", self.root.join(shared));
        }
        if let Some(url) = &self.postgres {
            command.env("SERVANDA_TEST_POSTGRES", url);
        }
        self.command(name, command);
    }

    /// Something that this machine cannot do.
    fn leave_out(&mut self, what: &str, why: &str) {
        println!("== {what}: left out: {why}");
        let line = format!("{what}: {why}");
        if self.require_all { self.failed.push(line) } else { self.left_out.push(line) }
    }

    /// A PostgreSQL for the tests, for as long as it is held; `None` where one is named already, or there is none.
    fn database(&mut self) -> Option<Postgres> {
        if std::env::var_os("SERVANDA_TEST_POSTGRES").is_some() {
            return None;
        }
        let what = "tests against PostgreSQL";
        match Postgres::start() {
            Ok(Some(postgres)) => {
                self.postgres = Some(postgres.url.clone());
                Some(postgres)
            }
            Ok(None) => {
                self.leave_out(what, "there is no PostgreSQL server; Debian's package is `postgresql`");
                None
            }
            Err(said) => {
                self.leave_out(what, &format!("PostgreSQL does not start: {}", said.trim()));
                None
            }
        }
    }

    fn tests(&mut self) {
        let _database = self.database();
        if has("cargo-nextest") {
            self.cargo(
                "tests",
                &["nextest", "run", "--workspace", "--all-features", "--locked", "--no-fail-fast"],
                &[],
            );
        } else {
            let all = ["test", "--workspace", "--all-features", "--lib", "--bins", "--tests", "--locked"];
            self.cargo("tests", &[&all[..], &["--no-fail-fast"]].concat(), &[]);
        }
        self.cargo(
            "documentation tests",
            &["test", "--workspace", "--all-features", "--doc", "--locked"],
            &[],
        );
        if std::env::var_os("SERVANDA_CHROMIUM").is_none() && !has("chromium") {
            self.leave_out(
                "the evidence page in a browser",
                "there is no `chromium` on the path, and SERVANDA_CHROMIUM is not set",
            );
        }
        if std::env::var_os("SERVANDA_SHARED").is_none() {
            self.leave_out(
                "tests against articles, answer keys and suites",
                "SERVANDA_SHARED is not set; set it to a folder with the articles, answer keys and suites",
            );
        }
    }

    fn deny(&mut self) {
        if has("cargo-deny") {
            self.cargo(
                "licences and sources",
                &["deny", "--all-features", "check", "licenses", "bans", "sources"],
                &[],
            );
        } else {
            self.leave_out(
                "licences and sources",
                "cargo-deny is not installed; `cargo install --locked cargo-deny` installs it",
            );
        }
    }

    fn examples(&mut self) {
        let Ok(folder) = std::fs::read_dir(self.root.join("examples")) else {
            self.failed.push("examples: no such folder".to_string());
            return;
        };
        let mut examples: Vec<String> = folder
            .flatten()
            .filter(|e| e.path().is_dir())
            .map(|e| format!("examples/{}", e.file_name().to_string_lossy()))
            .collect();
        examples.sort();
        for example in &examples {
            for verb in ["check", "test"] {
                let run = ["run", "--quiet", "--locked", "--all-features", "--package", "servanda-cli", "--"];
                let arguments = [&run[..], &[verb, example]].concat();
                self.cargo(&format!("servanda {verb} {example}"), &arguments, &[]);
            }
        }
    }

    fn tidy(&mut self) {
        println!("== tidy");
        let report = tidy::look(self.root);
        for warning in &report.warnings {
            println!("warning: {warning}");
        }
        for fault in &report.faults {
            println!("error: {fault}");
        }
        if !report.faults.is_empty() {
            self.failed.push(format!("tidy: {} faults", report.faults.len()));
        }
    }

    fn end(self) -> bool {
        println!();
        for line in &self.left_out {
            println!("left out: {line}");
        }
        for line in &self.failed {
            println!("failed: {line}");
        }
        if self.failed.is_empty() {
            println!("all passed");
        }
        self.failed.is_empty()
    }
}

/// Whether a command of that name can be started.
fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}
