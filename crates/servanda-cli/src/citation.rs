//! The user's documents, and whether citations lead to what they cite.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use servanda_evidence::{Located, Place, Text, locate};
use servanda_program::{Citation, Program, SourceDocument};
use servanda_report::{Found, Passages};
use servanda_syntax::ast::{Cite, Edit, Field, FieldKind, File, Grounds, ItemKind};
use servanda_text::Diagnostic;

use crate::context::Fault;
use crate::document;
use crate::world::{Kind, World};

/// The codes of what `check --sources` says; each has a page in `docs/diagnostics`.
#[expect(dead_code, reason = "`cargo xtask tidy` compares it with the pages")]
pub const CODES: &[&str] =
    &["citation-changed", "citation-empty", "citation-out-of-range", "source-changed", "source-missing"];

/// What was found of an agreement's documents.
pub struct Documents {
    /// Their texts.
    pub passages: Passages,
    /// What is wrong with them, each with the name of the document.
    pub faults: Vec<(String, &'static str, String)>,
}

/// Reads the documents of an agreement from a folder.
///
/// # Errors
/// The folder is not there.
pub fn documents(world: &dyn World, program: &Program, folder: Option<&Path>) -> Result<Documents, Fault> {
    let mut documents = Documents { passages: Passages::new(), faults: Vec::new() };
    let Some(folder) = folder else { return Ok(documents) };
    if world.kind(folder) != Some(Kind::Folder) {
        return Err(Fault::input(format!("`{}`: there is no such folder of sources", folder.display())));
    }
    for source in &program.sources {
        match source_text(world, source, folder) {
            Ok((text, changed)) => {
                documents.passages.add(&source.name, source.language.as_deref(), text);
                if let Some(changed) = changed {
                    documents.faults.push((source.name.clone(), "source-changed", changed));
                }
            }
            Err(why) => documents.faults.push((source.name.clone(), "source-missing", why)),
        }
    }
    Ok(documents)
}

/// The text of a document in which places count, and the digest of its bytes. The one door through which the
/// text of a cited document comes.
///
/// # Errors
/// A sentence without its subject, the document.
pub fn read_document(world: &dyn World, path: &Path) -> Result<(String, String), String> {
    let options = servanda_document::Options { languages: Vec::new(), ..document::options(None) };
    document::read(world, path, &options).map(|d| (d.text, d.digest))
}

/// Whether a file's name leads out of the folder of sources.
pub fn is_outside(file: &str) -> bool {
    Path::new(file).components().any(|c| !matches!(c, Component::Normal(_)))
}

/// The text of a source, and what to say where its digest is another.
fn source_text(
    world: &dyn World,
    source: &SourceDocument,
    folder: &Path,
) -> Result<(String, Option<String>), String> {
    let SourceDocument { name, file, .. } = source;
    if is_outside(file) {
        return Err(format!("the file `{file}` of source `{name}` lies outside the folder"));
    }
    let (text, hash) = read_document(world, &folder.join(file))
        .map_err(|why| format!("the document `{file}` of source `{name}` {why}"))?;
    let digits = |digest: &str| digest.strip_prefix("sha256:").unwrap_or(digest).to_lowercase();
    let changed = source
        .digest
        .as_deref()
        .filter(|digest| digits(digest).is_empty() || !digits(&hash).starts_with(&digits(digest)))
        .map(|digest| {
            format!(
                "the document `{file}` of source `{name}` has changed: its digest is `{hash}`, not `{digest}`"
            )
        });
    Ok((text, changed))
}

/// A citation as data.
pub fn citation(cite: &Cite) -> Citation {
    Citation {
        source: cite.source.text.clone(),
        start: cite.start,
        end: cite.end,
        digest: cite.digest.as_ref().map(|d| d.value.clone()),
        anchor: cite.anchor.as_ref().and_then(|a| a.value.parse().ok()),
    }
}

/// The documents, prepared for finding passages in them.
pub fn texts<'d>(documents: &'d Documents, program: &Program) -> BTreeMap<String, Text<'d>> {
    let text = |source: &SourceDocument| {
        Some((source.name.clone(), Text::new(documents.passages.text(&source.name)?)))
    };
    program.sources.iter().filter_map(text).collect()
}

/// Problems of the citations of some files.
pub fn check(files: &[File], program: &Program, documents: &Documents) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for item in files.iter().flat_map(|f| &f.items) {
        if let ItemKind::Source(source) = &item.kind {
            for (name, code, message) in &documents.faults {
                if *name == source.name.text {
                    diagnostics.push(Diagnostic::error(code, source.file.at.0, message.clone()));
                }
            }
        }
    }
    let texts = texts(documents, program);
    for cite in files.iter().flat_map(cites) {
        let citation = citation(cite);
        // A document that is not there has been told once.
        let Some(text) = texts.get(&citation.source) else { continue };
        diagnostics.extend(problem(cite, &citation, documents, &locate(&citation, text)));
    }
    diagnostics
}

/// What to say of a citation whose passage is not at its place.
fn problem(cite: &Cite, citation: &Citation, documents: &Documents, located: &Located) -> Option<Diagnostic> {
    let found = documents.passages.find(citation);
    let name = &citation.source;
    let changed = |message: String| Diagnostic::error("citation-changed", cite.at.0, message);
    Some(match located {
        Located::Exact => return None,
        Located::Unchecked => match found {
            Found::Passage { text: "", .. } => {
                Diagnostic::error("citation-empty", cite.at.0, "the passage is empty")
            }
            _ => return None,
        },
        Located::Moved { place, .. } => {
            changed(format!("the passage is not at its place; it stands at {place}"))
                .help(format!("write `{name} {place}`; `servanda cite check --sources DIR --write` does it"))
        }
        Located::Edited { place, same_letters, .. } => {
            let how = if *same_letters { "laid out anew" } else { "edited" };
            changed(format!("the passage is not the one that was cited; it was {how}, and stands at {place}"))
                .help(format!(
                    "read it; if it still says so, `servanda cite check --sources DIR --write --accept {name}:{}` cites it",
                    citation.start
                ))
        }
        Located::Ambiguous { candidates } => {
            changed("the passage is not at its place, and may be another".to_string())
                .label(format!("it may be {}", places(candidates)))
                .help("read them, and write the place with `servanda cite line`")
        }
        Located::Lost { was } => {
            if let Found::OutOfRange { characters } = found {
                let message =
                    format!("the document `{name}` has {characters} characters; the passage is not in it");
                return Some(Diagnostic::error("citation-out-of-range", cite.at.0, message));
            }
            let lost =
                changed("the passage is not the one that was cited, which is nowhere in the document".into())
                    .help("read the document, and write what it says now with `servanda cite find`");
            match was {
                Some(was) => lost.label(format!("it was at {was}")),
                None => lost,
            }
        }
    })
}

/// `12..30, 40..58`
pub fn places(places: &[Place]) -> String {
    places.iter().map(Place::to_string).collect::<Vec<_>>().join(", ")
}

/// How many citations the files have.
pub fn count(files: &[File]) -> usize {
    files.iter().map(|f| cites(f).len()).sum()
}

/// The citations of a file, in order of place.
pub fn cites(file: &File) -> Vec<&Cite> {
    let mut out = Vec::new();
    file.items.iter().for_each(|item| of_item(&item.kind, &mut out));
    out.sort_by_key(|c| c.at.0.start);
    out
}

fn of_item<'f>(item: &'f ItemKind, out: &mut Vec<&'f Cite>) {
    let mut grounds = |g: &'f Grounds| out.extend(&g.cites);
    match item {
        ItemKind::Reading(reading) => {
            grounds(&reading.grounds);
            reading.answers.iter().for_each(|a| grounds(&a.grounds));
        }
        ItemKind::Question(question) => grounds(&question.grounds),
        ItemKind::Fact(fact) => grounds(&fact.grounds),
        ItemKind::Version(version) => grounds(&version.grounds),
        ItemKind::Law(clause) | ItemKind::Clause(clause) => of_fields(&clause.fields, out),
        ItemKind::Template(template) => of_fields(&template.fields, out),
        ItemKind::Change(change) => {
            for edit in &change.edits {
                if let Edit::Replace(field) | Edit::Add(field) = edit {
                    of_fields(std::slice::from_ref(field), out);
                }
            }
        }
        _ => {}
    }
}

fn of_fields<'f>(fields: &'f [Field], out: &mut Vec<&'f Cite>) {
    for field in fields {
        if let FieldKind::Cites(cites) = &field.kind {
            out.extend(cites);
        }
    }
}
