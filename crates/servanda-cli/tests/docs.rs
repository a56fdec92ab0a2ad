//! The documents are run: every block of the language in `docs/` is checked and its tests pass, and every
//! page in `docs/diagnostics/` shows what it says.
//!
//! A block marked `deed preamble` begins an agreement; a plain `deed` block is a piece that could stand at its
//! end. On a page of a diagnostic `deed wrong` must raise it and `deed right` must not, each after the
//! preamble of `docs/diagnostics/README.md`, or by itself where `whole` is added. Blocks that write a file (`file`,
//! `add`) belong to a session: `sessions.rs` works through those pages.

#![allow(clippy::disallowed_methods, reason = "tests read the documents")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// Diagnostics whose example would be too long for a page, or invisible on it, or needs a document beside it.
const WITHOUT_EXAMPLE: [&str; 10] = [
    "bidi-control",
    "hidden-character",
    "too-deep",
    "too-large",
    "too-many-problems",
    "citation-changed",
    "citation-empty",
    "citation-out-of-range",
    "source-changed",
    "source-missing",
];

/// A fenced block: its marks, its text, and where it stands.
struct Block {
    marks: Vec<String>,
    text: String,
    place: String,
}

impl Block {
    fn is(&self, mark: &str) -> bool {
        self.marks.iter().any(|m| m == mark)
    }
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The pages of a folder by name.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of documents is there");
    let mut pages: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e == "md"));
    pages.sort();
    pages
}

/// The blocks of a page whose first mark is `deed`.
fn blocks(page: &Path) -> Vec<Block> {
    let text = std::fs::read_to_string(page).expect("a page is text");
    let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    let mut foreign = false;
    for (index, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(_)) if foreign => foreign = false,
            (None, Some(marks)) => {
                let mut marks = marks.split_whitespace().map(str::to_string);
                if marks.next().as_deref() == Some("deed") {
                    let place = format!("{name}:{}", index + 1);
                    open = Some(Block { marks: marks.collect(), text: String::new(), place });
                } else {
                    foreign = true;
                }
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{name}: the last block is not closed");
    found
}

/// What the command says of an agreement: whether it succeeded, and everything that it printed.
fn servanda(verb: &str, agreement: &str) -> (bool, String) {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    std::fs::write(folder.path().join("agreement.deed"), agreement).expect("the folder takes a file");
    let output = Command::cargo_bin("servanda")
        .expect("the command is built")
        .arg(verb)
        .arg(folder.path())
        .env_remove("SERVANDA_SHARED")
        .env("NO_COLOR", "1")
        .output()
        .expect("the command starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn every_block_of_the_documents_checks_and_its_tests_pass() {
    let mut faults = Vec::new();
    let mut pieces = 0;
    for page in pages(&docs()).into_iter().chain(pages(&docs().join("library"))) {
        let mut preamble = String::new();
        for block in blocks(&page).into_iter().filter(|b| !b.is("file") && !b.is("add")) {
            let agreement = if block.is("preamble") {
                preamble.clone_from(&block.text);
                preamble.clone()
            } else {
                pieces += 1;
                assert!(!preamble.is_empty(), "{}: no preamble stands above", block.place);
                format!("{preamble}\n{}", block.text)
            };
            let tested = block.text.lines().any(|l| l.starts_with("test "));
            for verb in if tested { &["check", "test"][..] } else { &["check"][..] } {
                let (succeeded, said) = servanda(verb, &agreement);
                if !succeeded {
                    faults.push(format!("{}: servanda {verb}\n{said}", block.place));
                    break;
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {pieces} pieces:\n\n{}", faults.len(), faults.join("\n"));
    assert!(pieces > 20, "the documents have lost their examples");
}

#[test]
fn every_page_of_a_diagnostic_shows_it_and_its_mending() {
    let folder = docs().join("diagnostics");
    let preamble: String = blocks(&folder.join("README.md")).into_iter().map(|b| b.text).collect();
    let mut faults = Vec::new();
    for page in pages(&folder) {
        let code = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if code == "README" {
            continue;
        }
        let blocks = blocks(&page);
        if !blocks.iter().any(|b| b.is("wrong")) && !WITHOUT_EXAMPLE.contains(&&*code) {
            faults.push(format!("{code}.md: no block `deed wrong` shows it"));
        }
        for block in &blocks {
            let agreement =
                if block.is("whole") { block.text.clone() } else { format!("{preamble}\n{}", block.text) };
            let (succeeded, said) = servanda("check", &agreement);
            let raised = said.contains(&format!("[{code}]"));
            if block.is("wrong") && !raised {
                faults.push(format!("{}: does not raise `{code}`\n{said}", block.place));
            }
            if block.is("right") && (raised || !succeeded) {
                faults.push(format!("{}: is not mended\n{said}", block.place));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_cookbook_leads_to_every_template() {
    let cookbook = std::fs::read_to_string(docs().join("cookbook.md")).expect("the cookbook");
    let mut missing = Vec::new();
    let mut count = 0;
    for (import, text) in servanda_model::LIBRARY {
        let page = format!("library/{}.md", import.trim_start_matches("standard."));
        let sections = std::fs::read_to_string(docs().join(&page)).unwrap_or_default();
        for name in text.lines().filter_map(|l| l.strip_prefix("template ")?.split(' ').next()) {
            count += 1;
            if !cookbook.contains(&format!("[`{name}`]({page}#{name})"))
                || !sections.contains(&format!("\n## {name}\n"))
            {
                missing.push(format!("{name}: no row in the cookbook leads to {page}#{name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(count > 40, "the library has templates");
}
