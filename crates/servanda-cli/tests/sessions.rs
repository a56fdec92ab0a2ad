//! Pages that a reader works through at the keyboard are worked through: files are written as the page says, and
//! every command prints what the page shows.
//!
//! A block marked `deed file NAME` (or `json`, `text` with `file NAME`) is written; `add NAME` goes to the end of what
//! is there. In a block `console` a line `$ servanda …` is run in the folder of the page, and what is below it is what
//! both streams print; a line `…` stands for any lines. `SERVANDA_BLESS=1` writes what was printed into the page,
//! which a person then reads.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod common;

use std::path::Path;

use common::{root, servanda};

/// The pages that are sessions.
const PAGES: &[&str] = &["docs/tutorial.md"];

/// Arguments of a command line: blanks divide, quotation marks keep together, as far as pages need it.
fn arguments(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    let (mut word, mut quoted, mut any) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, any) = (!quoted, true),
            c if c.is_whitespace() && !quoted => {
                if any || !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
                any = false;
            }
            c => word.push(c),
        }
    }
    if any || !word.is_empty() {
        all.push(word);
    }
    all
}

fn printed(folder: &Path, line: &str) -> String {
    let output = servanda().args(arguments(line)).current_dir(folder).output().expect("the command starts");
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).expect("output is UTF-8").trim_end().to_string()
}

/// Whether what was printed is what the page shows.
fn same(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"…", rest)) => (0..=printed.len()).any(|skip| same(rest, &printed[skip..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(p, more)| p.trim_end() == line.trim_end() && same(rest, more))
        }
    }
}

/// Works a page through; gives the page as it would be with what was printed, and what differed.
fn work(page: &str) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut out, mut faults, mut commands) = (String::new(), Vec::new(), 0);
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(marks) = line.strip_prefix("```") else { continue };
        let mut block = Vec::new();
        for line in lines.by_ref() {
            if line.starts_with("```") {
                break;
            }
            block.push(line);
        }
        let marks: Vec<&str> = marks.split_whitespace().collect();
        if let [.., how @ ("file" | "add"), name] = marks[..] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            let before = if how == "add" {
                std::fs::read_to_string(&path).expect("a file to add to")
            } else {
                String::new()
            };
            std::fs::write(&path, format!("{before}{}\n", block.join("\n"))).expect("a file");
        }
        if marks == ["console"] {
            let mut at = 0;
            while at < block.len() {
                let mut end = at + 1;
                out.push_str(block[at]);
                out.push('\n');
                let mut command = block[at].trim_end_matches('\\').to_string();
                while block[end - 1].ends_with('\\') {
                    out.push_str(block[end]);
                    out.push('\n');
                    command.push_str(block[end].trim_end_matches('\\'));
                    end += 1;
                }
                let next = (end..block.len()).find(|&i| block[i].starts_with("$ ")).unwrap_or(block.len());
                let mut shown = &block[end..next];
                while shown.last().is_some_and(|l| l.is_empty()) {
                    shown = &shown[..shown.len() - 1];
                }
                let command = command.strip_prefix("$ servanda ").expect("a command of ours");
                let printed = printed(folder.path(), command);
                commands += 1;
                if same(shown, &printed.lines().collect::<Vec<_>>()) {
                    block[end..next].iter().for_each(|l| out.extend([l, "\n"]));
                } else {
                    faults.push(format!("$ servanda {command}\n{printed}\n"));
                    out.push_str(&printed);
                    out.push_str(if next < block.len() { "\n\n" } else { "\n" });
                }
                at = next;
            }
        } else {
            block.iter().for_each(|l| out.extend([l, "\n"]));
        }
        out.push_str("```\n");
    }
    assert!(commands > 0, "the page has no command");
    (out, faults)
}

#[test]
fn every_session_prints_what_its_page_shows() {
    for page in PAGES {
        let path = root().join(page);
        let text = std::fs::read_to_string(&path).expect("the page is there");
        let (worked, faults) = work(&text);
        if std::env::var_os("SERVANDA_BLESS").is_some() {
            std::fs::write(&path, worked).expect("the page can be written");
        } else {
            assert!(
                faults.is_empty(),
                "{page}: {} commands print something else:\n\n{}",
                faults.len(),
                faults.join("\n")
            );
        }
    }
}

#[test]
fn a_page_that_shows_something_else_is_found() {
    let page =
        "```text file a.deed\nagreement a \"A\"\n```\n```console\n$ servanda fmt a.deed\na.deed: fine\n```\n";
    let (worked, faults) = work(page);
    assert_eq!(faults.len(), 1);
    assert!(!worked.contains("a.deed: fine") && worked.ends_with("```\n"), "{worked}");
    let elided = worked.replace("$ servanda fmt a.deed\n", "$ servanda fmt a.deed\n…\n");
    assert!(work(&elided).1.is_empty());
}
