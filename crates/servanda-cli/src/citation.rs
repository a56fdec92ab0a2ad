//! The user's documents, and whether citations lead to what they cite.

use std::path::Path;

use sha2::{Digest, Sha256};

use servanda_program::{Citation, Program, SourceDocument};
use servanda_report::{Found, Passages};
use servanda_syntax::ast::{Cite, Edit, Field, FieldKind, File, Grounds, ItemKind};
use servanda_text::Diagnostic;

use crate::context::Fault;
use crate::world::{Kind, World};

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
        match document(world, source, folder) {
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

/// The text of a document, and what to say where its digest is another.
fn document(
    world: &dyn World,
    source: &SourceDocument,
    folder: &Path,
) -> Result<(String, Option<String>), String> {
    let path = folder.join(&source.file);
    if Path::new(&source.file).components().any(|c| !matches!(c, std::path::Component::Normal(_))) {
        return Err(format!(
            "the file `{}` of source `{}` lies outside the folder",
            source.file, source.name
        ));
    }
    let bytes = world.read_file(&path).map_err(|e| {
        format!("the document `{}` of source `{}` cannot be read: {e}", source.file, source.name)
    })?;
    let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let changed = source
        .digest
        .as_deref()
        .filter(|digest| {
            let digits = digest.strip_prefix("sha256:").unwrap_or(digest);
            digits.is_empty() || !hash.starts_with(&digits.to_lowercase())
        })
        .map(|digest| {
            format!(
                "the document `{}` of source `{}` has changed: its digest is `sha256:{hash}`, not `{digest}`",
                source.file, source.name
            )
        });
    let text = String::from_utf8(bytes).map_err(|_| {
        format!("the document `{}` of source `{}` is not UTF-8 text", source.file, source.name)
    })?;
    Ok((text, changed))
}

/// Problems of the citations of some files.
pub fn check(files: &[File], documents: &Documents) -> Vec<Diagnostic> {
    let mut cites = Vec::new();
    let mut diagnostics = Vec::new();
    for item in files.iter().flat_map(|f| &f.items) {
        if let ItemKind::Source(source) = &item.kind {
            for (name, code, message) in &documents.faults {
                if *name == source.name.text {
                    diagnostics.push(Diagnostic::error(code, source.file.at.0, message.clone()));
                }
            }
        }
        of_item(&item.kind, &mut cites);
    }
    for cite in cites {
        let citation = Citation {
            source: cite.source.text.clone(),
            start: cite.start,
            end: cite.end,
            digest: cite.digest.as_ref().map(|d| d.value.clone()),
        };
        let place = cite.at.0;
        match documents.passages.find(&citation) {
            // A document that is not there has been told once.
            Found::NoDocument => {}
            Found::OutOfRange { characters } => diagnostics.push(Diagnostic::error(
                "citation-out-of-range",
                place,
                format!(
                    "the document `{}` has {characters} characters; the passage is not in it",
                    citation.source
                ),
            )),
            Found::Passage { text, verified: Some(false) } => {
                let digest = servanda_report::digest(text);
                diagnostics.push(
                    Diagnostic::error("citation-changed", place, "the passage is not the one that was cited")
                        .label(format!("its digest is {digest}"))
                        .help("look at the passage with `servanda explain --sources`, and move the citation to its place"),
                );
            }
            Found::Passage { text: "", .. } => {
                diagnostics.push(Diagnostic::error("citation-empty", place, "the passage is empty"));
            }
            Found::Passage { .. } => {}
        }
    }
    diagnostics
}

/// How many citations the files have.
pub fn count(files: &[File]) -> usize {
    let mut cites = Vec::new();
    files.iter().flat_map(|f| &f.items).for_each(|item| of_item(&item.kind, &mut cites));
    cites.len()
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
