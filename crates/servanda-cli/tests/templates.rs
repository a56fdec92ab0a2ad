//! Templates add no power: an agreement whose templates are written out by hand answers alike.

#![allow(clippy::disallowed_methods, reason = "tests write files")]

use servanda_syntax::ast::{Clause, File, ItemKind};
use servanda_text::{SourceId, Sources};

mod common;

fn read(folder: &str) -> Vec<(String, String)> {
    let folder = common::root().join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("an example")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "deed"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a text")))
        .collect();
    files.sort();
    files
}

#[test]
fn examples_with_their_templates_written_out_pass_the_same_tests() {
    for example in ["examples/microsoft-openai", "examples/steel-supply"] {
        let files = read(example);
        let mut sources = Sources::new();
        let checked = servanda_model::load(&mut sources, &files);
        assert!(checked.program.is_some(), "{example} checks");
        let mut expanded: Vec<Clause> = checked.expanded;
        let folder = tempfile::tempdir().expect("a folder");
        let mut written = 0;
        for (i, (_, text)) in files.iter().enumerate() {
            // The files are the first texts, so that the places tell which clause is which.
            let mut file: File = servanda_syntax::parse(text, SourceId(i as u32)).file;
            file.items.retain(|item| !matches!(item.kind, ItemKind::Import(_)));
            for item in &mut file.items {
                let ItemKind::Clause(clause) = &mut item.kind else { continue };
                let at = expanded
                    .iter()
                    .position(|c| c.name.span() == clause.name.span())
                    .expect("every clause is expanded");
                let whole = expanded.remove(at);
                if clause.uses.is_some() {
                    *clause = whole;
                    written += 1;
                }
            }
            let name = folder.path().join(format!("{i:02}.deed"));
            std::fs::write(name, servanda_syntax::print(&file)).expect("a file");
        }
        assert!(written > 0, "{example} uses templates");
        common::servanda().arg("test").arg(folder.path()).assert().success();
    }
}
