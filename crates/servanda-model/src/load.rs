//! From texts to a checked agreement in one call.

use std::collections::BTreeSet;

use servanda_syntax::ast;
use servanda_text::{Diagnostic, Sources, has_errors};

use crate::vocabulary::unknown_at;
use crate::{Checked, Input, LIBRARY, check, library};

/// Parses the files of an agreement, resolves its imports and checks it.
///
/// `files` holds names and texts in the order in which they count. A file in a folder `standard`
/// (`standard/first-refusal.deed`) takes the place of the library's file of the same name
/// (`import standard.first-refusal`) and is not part of the agreement itself. The texts are added to
/// `sources`, so that the diagnostics can be drawn. Where a text cannot be read, only that is reported.
pub fn load(sources: &mut Sources, files: &[(String, String)]) -> Checked {
    let parse = |sources: &mut Sources, name: &str, text: &str, diagnostics: &mut Vec<Diagnostic>| {
        let id = sources.add(name, text);
        let parsed = servanda_syntax::parse(text, id);
        diagnostics.extend(parsed.diagnostics);
        parsed.file
    };
    let mut diagnostics = Vec::new();
    let mut own: Vec<ast::File> = Vec::new();
    let mut overrides: Vec<(String, &(String, String))> = Vec::new();
    for file in files {
        match import_path(&file.0) {
            Some(path) => overrides.push((path, file)),
            None => own.push(parse(sources, &file.0, &file.1, &mut diagnostics)),
        }
    }
    let mut imported = BTreeSet::new();
    let mut templates: Vec<ast::File> = Vec::new();
    let imports: Vec<&ast::Path> = own
        .iter()
        .flat_map(|f| &f.items)
        .filter_map(|item| match &item.kind {
            ast::ItemKind::Import(path) => Some(path),
            _ => None,
        })
        .collect();
    for import in imports {
        let path = import.text();
        if !imported.insert(path.clone()) {
            continue;
        }
        if let Some((_, (name, text))) = overrides.iter().find(|(p, _)| *p == path) {
            templates.push(parse(sources, name, text, &mut diagnostics));
        } else if let Some(text) = library(&path) {
            templates.push(parse(
                sources,
                &format!("{}.deed", path.replace('.', "/")),
                text,
                &mut diagnostics,
            ));
        } else {
            let names =
                LIBRARY.iter().map(|(name, _)| *name).chain(overrides.iter().map(|(p, _)| p.as_str()));
            diagnostics.push(unknown_at("unknown-import", "file to import", &path, import.span(), names));
        }
    }
    if has_errors(&diagnostics) {
        return Checked { diagnostics, ..Checked::default() };
    }
    let mut checked = check(Input { files: &own, library: &templates });
    checked.diagnostics.splice(0..0, diagnostics);
    checked
}

/// The import path of a file in a folder `standard`: `standard/supply.deed` is `standard.supply`.
fn import_path(name: &str) -> Option<String> {
    let mut parts = name.rsplit(['/', '\\']);
    let stem = parts.next()?.strip_suffix(".deed")?;
    (parts.next()? == "standard").then(|| format!("standard.{stem}"))
}
