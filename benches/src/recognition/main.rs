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
        if let (Some(why), Some(wanted)) = (verdict, &arguments.misses)
            && case.group.contains(wanted.as_str())
        {
            println!("{}\t{}\n\t{:?}\n\t{why}", case.group, case.name, case.text);
        }
    }
    print("group", &groups.iter().map(|(name, counts)| (name.as_str(), *counts, None)).collect::<Vec<_>>());
    println!();
    let sums: Vec<(&str, (usize, usize), Option<usize>)> = suite::AIMS
        .iter()
        .map(|aim| {
            let of_it = groups.iter().filter(|(name, _)| (aim.holds)(name));
            let sum = of_it.fold((0, 0), |sum, (_, counts)| (sum.0 + counts.0, sum.1 + counts.1));
            (aim.name, sum, Some(aim.thousandths))
        })
        .collect();
    let low = print("in sum", &sums);
    let (mut hits, mut of, mut besides) = (0, 0, 0);
    for case in cases.iter().filter(|case| case.group == "figures") {
        let (own, all, more) = score::precision(case);
        (hits, of, besides) = (hits + own, of + all, besides + more);
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!(
        "\narticles, mention by mention: {hits} of {of} found (recall {:.3}), {besides} found besides (precision {:.3})",
        share(hits, of),
        share(hits, hits + besides)
    );
    std::process::ExitCode::from(u8::from(low && arguments.check))
}

/// Prints a table of counts; tells whether one of them is below its aim.
fn print(title: &str, rows: &[(&str, (usize, usize), Option<usize>)]) -> bool {
    let width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    println!(
        "{title:width$}  right    of   share{}",
        if rows.iter().any(|(.., aim)| aim.is_some()) { "   aim" } else { "" }
    );
    let mut low = false;
    for (name, (right, of), aim) in rows {
        let share = right * 1000 / of.max(&1);
        let below = aim.is_some_and(|aim| share < aim);
        low |= below;
        let aim = aim.map(|aim| format!("  {:>2}.{}%", aim / 10, aim % 10)).unwrap_or_default();
        println!(
            "{name:width$} {right:>6} {of:>5}  {:>3}.{}%{aim}{}",
            share / 10,
            share % 10,
            if below { "  below" } else { "" }
        );
    }
    low
}
