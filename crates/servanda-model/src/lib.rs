//! From trees to meaning: names are resolved, templates expanded, versions consolidated, kinds and units
//! checked, and the result lowered to a [`Program`].
//!
//! Data flows one way: `vocabulary` (what there is) → `expand` (templates) → `consolidate` (texts of
//! versions) → `lower` (the program) → `check` (what only the whole can show).

mod check;
mod codes;
mod consolidate;
mod expand;
mod library;
mod load;
mod lower;
mod opens;
mod print;
mod schedule;
mod topics;
mod vocabulary;

use servanda_program::Program;
use servanda_syntax::ast;
use servanda_text::{Diagnostic, has_errors};

pub use codes::CODES;
pub use library::{LIBRARY, library};
pub use load::load;
pub use topics::{TOPICS, Topic, topic};

/// The trees of an agreement.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The agreement's own files.
    pub files: &'a [ast::File],
    /// Files that hold the templates that it imports.
    pub library: &'a [ast::File],
}

/// The text of a version: its clauses, each with who wrote its fields.
#[derive(Debug, Clone)]
pub struct VersionText {
    /// The version's name.
    pub version: String,
    /// Clauses in the order of the text, templates expanded and changes applied.
    pub clauses: Vec<StandingText>,
}

/// A clause in the text of a version.
#[derive(Debug, Clone)]
pub struct StandingText {
    /// The clause.
    pub clause: ast::Clause,
    /// For each field in order its label (`may host`, `until`, `value rate`) and the version that wrote it.
    pub blame: Vec<(String, String)>,
    /// The version that waived or terminated it.
    pub ended: Option<String>,
}

/// What checking an agreement gives.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The program; `None` where there is any error.
    pub program: Option<Program>,
    /// Problems and notes, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// The `test` blocks.
    pub tests: Vec<ast::Test>,
    /// The declared clauses with their templates expanded, laws first.
    pub expanded: Vec<ast::Clause>,
    /// The consolidated text of each version, a base before what builds on it.
    pub texts: Vec<VersionText>,
}

/// Checks an agreement and lowers it.
pub fn check(input: Input<'_>) -> Checked {
    let mut vocabulary = vocabulary::Vocabulary::collect(input.files, input.library);
    let mut diagnostics = std::mem::take(&mut vocabulary.diagnostics);
    let vocabulary = vocabulary;
    let texts = consolidate::consolidate(&vocabulary, &mut diagnostics);
    let mut lowered = lower::Lowerer::new(&vocabulary, &texts).run();
    diagnostics.append(&mut lowered.diagnostics);
    diagnostics.extend(check::check(&vocabulary, &texts, &lowered));
    sort(&mut diagnostics);
    let versions: Vec<String> = texts.versions.iter().map(|v| v.decl.name.text.clone()).collect();
    let name = |v: usize| versions.get(v).cloned().unwrap_or_default();
    let consolidated = texts
        .versions
        .iter()
        .map(|v| VersionText {
            version: v.decl.name.text.clone(),
            clauses: v
                .text
                .iter()
                .map(|s| StandingText {
                    clause: texts.wordings[s.wording].clause.clone(),
                    blame: s.blame.iter().map(|(label, v)| (label.clone(), name(*v))).collect(),
                    ended: s.ended.map(|(v, _)| name(v)),
                })
                .collect(),
        })
        .collect();
    Checked {
        program: (!has_errors(&diagnostics)).then_some(lowered.program),
        diagnostics,
        tests: vocabulary.tests.iter().map(|t| (*t).clone()).collect(),
        expanded: texts.expanded,
        texts: consolidated,
    }
}

/// Errors first, then in order of place; equal ones once.
fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let place = |d: &Diagnostic| d.primary.as_ref().map(|l| (l.span.source, l.span.start, l.span.end));
    diagnostics.sort_by_key(|d| (d.severity, place(d)));
    let mut seen: Vec<Diagnostic> = Vec::new();
    diagnostics.retain(|d| {
        let new = !seen.contains(d);
        if new {
            seen.push(d.clone());
        }
        new
    });
}
