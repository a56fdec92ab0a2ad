//! The folders of messages: a language each, held in the binary.

use fluent_bundle::FluentResource;
use icu::locale::LanguageIdentifier;
use include_dir::{Dir, include_dir};

use super::{Bundle, shown};

/// Every folder beside the sources.
static MESSAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/messages");

/// The language that every message has.
pub(super) const ENGLISH: &str = "en";

/// The names of all folders, in order.
pub(super) fn all() -> Vec<&'static str> {
    let mut names: Vec<&str> = MESSAGES.dirs().filter_map(|d| d.path().to_str()).collect();
    names.sort_unstable();
    names
}

/// The folder for a language: the most particular one that there is, `pt-BR` before `pt`.
pub(super) fn of(id: &LanguageIdentifier) -> Option<&'static str> {
    let language = id.language.to_string();
    let (script, region) = (id.script.map(|s| s.to_string()), id.region.map(|r| r.to_string()));
    let names = [
        [Some(&language), script.as_ref(), region.as_ref()],
        [Some(&language), None, region.as_ref()],
        [Some(&language), script.as_ref(), None],
        [Some(&language), None, None],
    ];
    let folders = all();
    names.into_iter().find_map(|parts| {
        let name = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("-");
        folders.iter().copied().find(|f| **f == name)
    })
}

/// The files of a folder with their names, in order.
pub(super) fn files(folder: &str) -> Vec<(&'static str, &'static str)> {
    let Some(folder) = MESSAGES.get_dir(folder) else { return Vec::new() };
    let mut files: Vec<(&str, &str)> = folder
        .files()
        .filter(|f| f.path().extension().is_some_and(|e| e == "ftl"))
        .filter_map(|f| Some((f.path().file_name()?.to_str()?, f.contents_utf8()?)))
        .collect();
    files.sort_unstable();
    files
}

/// The messages of a folder. What does not parse is passed over here; the tests read every file.
pub(super) fn bundle(folder: &str, isolating: bool) -> Bundle {
    // Every bundle counts as Arabic does; see `number`.
    let mut bundle = Bundle::new("ar".parse().into_iter().collect());
    bundle.set_use_isolating(isolating);
    bundle.set_formatter(Some(|value, _| shown(value)));
    for (_, text) in files(folder) {
        let resource = FluentResource::try_new(text.to_string()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A message of a folder without variables, read as a setting; empty where there is none.
pub(super) fn setting(folder: &str, message: &str) -> String {
    let lead = format!("{message} =");
    let lines = files(folder).into_iter().flat_map(|(_, text)| text.lines());
    lines.filter_map(|line| line.strip_prefix(&lead)).map(|v| v.trim().to_string()).next().unwrap_or_default()
}
