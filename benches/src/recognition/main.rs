//! How well quantities are recognised, on the suites of a folder that the user names.
//!
//! Prints, per suite, language and kind, the share of cases right; with `--misses` each case that is not, with what
//! was found instead. No case is looked up: every text goes through `servanda_mention::scan`.

mod score;
mod suite;

use clap::Parser;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Measures recognition on the suites under a folder.
#[derive(Parser)]
struct Arguments {
    /// The folder with `suites`, `answers` and `sources`.
    #[arg(long, env = "SERVANDA_SHARED")]
    shared: PathBuf,
    /// Shows the misses of the groups whose name contains this.
    #[arg(long)]
    misses: Option<String>,
    /// Ends with 1 where a group is below its aim.
    #[arg(long)]
    check: bool,
}

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    let cases = match suite::all(&arguments.shared) {
        Ok(cases) => cases,
        Err(problem) => {
            eprintln!("{problem}");
            return std::process::ExitCode::from(2);
        }
    };
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for case in &cases {
        let verdict = score::judge(case);
        let group = groups.entry(case.group.clone()).or_default();
        group.1 += 1;
        group.0 += usize::from(verdict.is_none());
        if let (Some(why), Some(wanted)) = (verdict, &arguments.misses) {
            if case.group.contains(wanted.as_str()) {
                println!("{}\t{}\n\t{:?}\n\t{why}", case.group, case.name, case.text);
            }
        }
    }
    let width = groups.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    println!("{:width$}  right   of   share  aim", "group");
    let mut low = false;
    for (name, (right, of)) in &groups {
        let aim = suite::aim(name);
        let below = aim.is_some_and(|aim| *right * 1000 < *of * aim);
        low |= below;
        let aim = aim.map(|aim| format!("{}.{}%", aim / 10, aim % 10)).unwrap_or_default();
        let share = *right * 1000 / (*of).max(1);
        println!(
            "{name:width$} {right:>6} {of:>4}  {:>3}.{}%  {aim}{}",
            share / 10,
            share % 10,
            if below { "  below" } else { "" }
        );
    }
    std::process::ExitCode::from(u8::from(low && arguments.check))
}
