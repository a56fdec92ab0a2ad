//! The kinds of clauses that there are: the templates of the library, as a person chooses from them.

use servanda_model::LIBRARY;
use servanda_syntax::ast::{ItemKind, Param, Template};
use servanda_text::SourceId;

/// A template of the library.
pub struct Kind {
    /// What is written after `import`.
    pub import: &'static str,
    /// The template.
    pub template: Template,
    /// For each hole in order, what the library's comment says of it.
    pub help: Vec<String>,
}

impl Kind {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.template.name.text
    }

    /// What it is for.
    pub fn title(&self) -> &str {
        self.template.title.as_ref().map_or("", |t| &t.value)
    }

    /// The holes that have to be filled, with what the library says of them.
    pub fn needed(&self) -> impl Iterator<Item = (&Param, &str)> {
        self.holes().filter(|(param, _)| param.default.is_none())
    }

    /// All holes.
    pub fn holes(&self) -> impl Iterator<Item = (&Param, &str)> {
        self.template.params.iter().zip(self.help.iter().map(String::as_str))
    }
}

/// Every template of the library, in the order of its files.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for &(import, text) in LIBRARY {
        let file = servanda_syntax::parse(text, SourceId(0)).file;
        for item in file.items {
            let ItemKind::Template(template) = item.kind else { continue };
            let help = template.params.iter().map(|p| comment(text, p)).collect();
            kinds.push(Kind { import, template, help });
        }
    }
    kinds
}

/// The comment at the end of the line on which a hole is declared.
fn comment(text: &str, param: &Param) -> String {
    let line =
        text.get(param.name.span().start as usize..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.split_once("--").map_or("", |(_, comment)| comment).trim().to_string()
}
