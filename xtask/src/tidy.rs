//! What no compiler looks at: the import table, paths in documents, pages of diagnostics, leftovers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Lines of a file beyond which it is worth a second look.
const LONG_FILE_LINES: usize = 1000;

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// What has to be mended.
    pub faults: Vec<String>,
    /// What deserves a look.
    pub warnings: Vec<String>,
}

/// A file of the project, read.
struct File {
    /// The path from the root, with `/`.
    path: String,
    text: String,
}

/// Looks at everything.
pub fn look(root: &Path) -> Report {
    let files = files(root);
    let mut report = Report::default();
    imports(root, &files, &mut report);
    paths_in_documents(root, &files, &mut report);
    headings(&files, &mut report);
    diagnostics_pages(&files, &mut report);
    leftovers(&files, &mut report);
    lengths(&files, &mut report);
    report
}

/// All text files of the project; what is built, hidden by version control, excluded from the workspace or not
/// UTF-8 is left aside.
fn files(root: &Path) -> Vec<File> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    let excluded: Vec<PathBuf> = excluded(&manifest).into_iter().map(|e| root.join(e)).collect();
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let built = name == "target" || name == "node_modules" || name == ".git";
            if path.is_dir() && !built && !path.is_symlink() && !excluded.contains(&path) {
                folders.push(path);
            } else if path.is_file()
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                found.push(File { path: relative(root, &path), text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The folders that the manifest of the workspace excludes.
fn excluded(manifest: &str) -> Vec<String> {
    let Some(line) = manifest.lines().find(|l| l.starts_with("exclude = [")) else { return Vec::new() };
    line.split('"').skip(1).step_by(2).map(str::to_string).collect()
}

fn relative(root: &Path, path: &Path) -> String {
    let parts: Vec<_> = path.strip_prefix(root).unwrap_or(path).iter().map(|p| p.to_string_lossy()).collect();
    parts.join("/")
}

/// A row of the import table in ARCHITECTURE.md.
#[derive(Debug, PartialEq)]
struct Room {
    floor: u32,
    may_import: BTreeSet<String>,
}

/// The rows of the import table: `` | 2 | `servanda-model` | its job | text, syntax | ``.
fn table(text: &str) -> BTreeMap<String, Room> {
    let mut rooms = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let (Some(floor), Some(name), Some(imports)) = (cells.first(), cells.get(1), cells.last()) else {
            continue;
        };
        let (Ok(floor), Some(name)) = (floor.parse(), name.strip_prefix("`servanda-")) else { continue };
        let may_import =
            imports.split(',').map(|i| i.trim().to_string()).filter(|i| !i.is_empty() && i != "–").collect();
        rooms.insert(name.trim_end_matches('`').to_string(), Room { floor, may_import });
    }
    rooms
}

/// The `servanda-…` crates under `[dependencies]` of a manifest, without that prefix.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim() == "[dependencies]";
        } else if let (true, Some(rest)) = (inside, line.strip_prefix("servanda-")) {
            let name = rest.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
            found.push(name.to_string());
        }
    }
    found
}

/// Imports between rooms are those of the table, and point down.
fn imports(root: &Path, files: &[File], report: &mut Report) {
    let architecture = files.iter().find(|f| f.path == "ARCHITECTURE.md").map_or("", |f| &f.text);
    let rooms = table(architecture);
    for (name, room) in &rooms {
        if !root.join("crates").join(format!("servanda-{name}")).is_dir() {
            report
                .faults
                .push(format!("ARCHITECTURE.md: the table has `servanda-{name}`, which is not in crates/"));
        }
        for import in &room.may_import {
            match rooms.get(import) {
                None => report.faults.push(format!("ARCHITECTURE.md: `{name}` may import `{import}`, which has no row")),
                Some(below) if below.floor >= room.floor => report.faults.push(format!(
                    "ARCHITECTURE.md: `{name}` (floor {}) may import `{import}` (floor {}); imports point down",
                    room.floor, below.floor
                )),
                Some(_) => {}
            }
        }
    }
    for file in files {
        let Some(folder) = file.path.strip_prefix("crates/").and_then(|p| p.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        let package = file
            .text
            .lines()
            .find_map(|l| l.strip_prefix("name = \"")?.strip_suffix('"'))
            .unwrap_or_default();
        if package != folder {
            report
                .faults
                .push(format!("{}: the package `{package}` lies in the folder `{folder}`", file.path));
        }
        let Some(room) = package.strip_prefix("servanda-").and_then(|name| rooms.get(name)) else {
            report
                .faults
                .push(format!("{}: `{package}` has no row in the table of ARCHITECTURE.md", file.path));
            continue;
        };
        for import in dependencies(&file.text) {
            if !room.may_import.contains(&import) {
                report.faults.push(format!(
                    "{}: imports `servanda-{import}`, which the table of ARCHITECTURE.md does not allow",
                    file.path
                ));
            }
        }
    }
}

/// Texts between backticks on one line, code blocks left aside.
fn inline_code(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(|code| (index + 1, code)));
        }
    }
    found
}

/// Targets of links to files: `](docs/language.md#sections)`.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', ' ', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                found.push((index + 1, target));
            }
        }
    }
    found
}

/// Whether a text reads as the path of a file or folder of this project.
fn looks_like_a_path(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    let top = text.split('/').next().unwrap_or_default();
    let folder =
        ["crates", "docs", "examples", "xtask", ".ci", ".cargo"].contains(&top) && text.contains('/');
    let document = !text.contains('/')
        && top.len() > 3
        && top.ends_with(".md")
        && top.starts_with(|c: char| c.is_uppercase());
    plain && (folder || document)
}

/// Every path in a document, and every `docs/…` in a comment, leads somewhere.
fn paths_in_documents(root: &Path, files: &[File], report: &mut Report) {
    for file in files {
        let document = file.path.ends_with(".md");
        if document {
            let folder = root.join(&file.path).parent().map(PathBuf::from).unwrap_or_default();
            for (line, target) in links(&file.text) {
                if !folder.join(target).exists() {
                    report.faults.push(format!("{}:{line}: the link `{target}` leads nowhere", file.path));
                }
            }
        }
        if document || file.path.ends_with(".rs") {
            for (line, code) in inline_code(&file.text) {
                let meant = looks_like_a_path(code) && (document || code.starts_with("docs/"));
                if meant && !root.join(code).exists() {
                    report.faults.push(format!("{}:{line}: `{code}` is not there", file.path));
                }
            }
        }
    }
}

/// Every page in backticks with a "heading" after a comma names a heading of that page, with or without its number.
fn headings(files: &[File], report: &mut Report) {
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            for (before, rest) in line.match_indices("`, \"").map(|(at, m)| line.split_at(at + m.len())) {
                let page = before.trim_end_matches("`, \"").rsplit('`').next().unwrap_or_default();
                let heading = rest.split('"').next().unwrap_or_default();
                let Some(page) = files.iter().find(|f| f.path == page && page.ends_with(".md")) else {
                    continue;
                };
                let plain = |l: &str| {
                    l.trim_start_matches(|c: char| "#. ".contains(c) || c.is_ascii_digit()) == heading
                };
                if !page.text.lines().any(|l| l.starts_with('#') && plain(l)) {
                    report.faults.push(format!(
                        "{}:{}: `{}` has no heading \"{heading}\"",
                        file.path,
                        index + 1,
                        page.path
                    ));
                }
            }
        }
    }
}

/// The codes of the constant `CODES` of a source text: strings, or names of constants of the same text.
fn codes(text: &str) -> Vec<String> {
    let Some((_, rest)) = text.split_once("pub const CODES") else { return Vec::new() };
    let Some((_, rest)) = rest.split_once('=') else { return Vec::new() };
    let list = rest.split_once("];").map_or(rest, |(list, _)| list);
    let constant = |name: &str| {
        let (_, rest) = text.split_once(&format!("const {name}: &str = \""))?;
        rest.split('"').next()
    };
    list.split([',', '[', ']', '(', ')', '&'])
        .map(str::trim)
        .filter_map(|entry| match entry.strip_prefix('"') {
            Some(string) => string.strip_suffix('"'),
            None => constant(entry),
        })
        .filter(|c| {
            !c.is_empty() && c.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        })
        .map(str::to_string)
        .collect()
}

/// Every code of a diagnostic has a page, and every page a code.
fn diagnostics_pages(files: &[File], report: &mut Report) {
    let mut all: BTreeSet<String> = BTreeSet::new();
    for file in files.iter().filter(|f| f.path.starts_with("crates/")) {
        all.extend(codes(&file.text));
    }
    if all.is_empty() {
        report.faults.push("crates: no constant `CODES` names the diagnostics".to_string());
    }
    let page = |f: &File| Some(f.path.strip_prefix("docs/diagnostics/")?.strip_suffix(".md")?.to_string());
    let pages: BTreeSet<String> = files.iter().filter_map(page).filter(|p| p != "README").collect();
    for code in all.difference(&pages) {
        report.faults.push(format!("docs/diagnostics/{code}.md: the diagnostic `{code}` has no page"));
    }
    for page in pages.difference(&all) {
        report.faults.push(format!("docs/diagnostics/{page}.md: no diagnostic has the code `{page}`"));
    }
}

/// Leftovers of work, places of one machine, hosts of registries.
fn leftovers(files: &[File], report: &mut Report) {
    // Written in two halves, so that this file does not find itself.
    let in_code = [("dbg", "!("), ("to", "do!("), ("FIX", "ME"), ("unimple", "mented!(")];
    let in_text = [
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("crates", ".io"),
        ("pypi", ".org"),
        ("npmjs", ".com"),
        ("npmjs", ".org"),
    ];
    for file in files {
        // The second is a copy of the first for fuzzing, and no part of the project.
        if matches!(file.path.as_str(), "Cargo.lock" | "fuzz/Cargo.lock") {
            continue;
        }
        let code: &[_] = if file.path.ends_with(".rs") { &in_code } else { &[] };
        for (a, b) in code.iter().chain(&in_text) {
            let needle = format!("{a}{b}");
            for (index, line) in file.text.lines().enumerate() {
                if line.contains(&needle) {
                    report.faults.push(format!("{}:{}: holds `{needle}`", file.path, index + 1));
                }
            }
        }
    }
}

/// Long files are not forbidden; they deserve a look.
fn lengths(files: &[File], report: &mut Report) {
    for file in files.iter().filter(|f| f.path.ends_with(".rs")) {
        let lines = file.text.lines().count();
        if lines > LONG_FILE_LINES {
            report.warnings.push(format!("{}: {lines} lines; is it still one room?", file.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let report = look(&crate::root());
        assert!(report.faults.is_empty(), "\n{}", report.faults.join("\n"));
    }

    #[test]
    fn the_import_table_is_read_row_by_row() {
        let rooms = table(
            "| Floor | Crate | Job | May import |\n| - | - | - | - |\n| 2 | `servanda-model` | x | text, syntax |",
        );
        assert_eq!(rooms["model"].floor, 2);
        assert_eq!(rooms["model"].may_import, BTreeSet::from(["text".to_string(), "syntax".to_string()]));
        assert_eq!(rooms.len(), 1);
    }

    #[test]
    fn what_the_workspace_excludes_is_not_looked_at() {
        assert_eq!(excluded("[workspace]\nexclude = [\"fuzz\", \"crates/old\"]\n"), ["fuzz", "crates/old"]);
    }

    #[test]
    fn only_imports_of_the_built_crate_count() {
        let manifest = "[dependencies]\nservanda-text.workspace = true\n[dev-dependencies]\nservanda-model.workspace = true";
        assert_eq!(dependencies(manifest), ["text"]);
    }

    #[test]
    fn codes_are_the_words_of_the_constant() {
        let text =
            "pub const CODES: &[(&str, &str)] = &[(\"unknown-name\", \"A name.\"), (\"bad\", \"So it is\")];";
        assert_eq!(codes(text), ["unknown-name", "bad"]);
        let text = "pub const CODES: &[&str] = &[\n    BAD_DATE,\n];\n/// A day.\npub const BAD_DATE: &str = \"bad-date\";";
        assert_eq!(codes(text), ["bad-date"]);
    }

    #[test]
    fn paths_are_told_from_other_code() {
        assert!(looks_like_a_path("crates/servanda-text") && looks_like_a_path("README.md"));
        assert!(!looks_like_a_path("yes/no") && !looks_like_a_path("docs") && !looks_like_a_path("a.md"));
    }
}
