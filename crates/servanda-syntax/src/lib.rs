//! The language's text: lexer, parser, lossless tree, formatter. `.deed` text → [`ast::File`].
//!
//! [`parse`] always gives a tree and all problems; it never fails and never panics. Knows nothing about
//! names and kinds: what a name means is for `servanda-model`.

pub mod ast;
mod codes;
mod format;
mod lexer;
mod parser;
mod print;
mod tree;

use servanda_text::{Diagnostic, SourceId};

pub use codes::CODES;
pub use format::format;
pub use print::{print, print_clause, print_name, print_rounding, print_text, print_type, print_window};

pub use tree::{Deed, Kind, SyntaxNode};

/// What reading a text gives.
#[derive(Debug, Clone)]
pub struct Parse {
    /// What the text says, as far as it could be read.
    pub file: ast::File,
    /// All problems, in order of place as far as they were met.
    pub diagnostics: Vec<Diagnostic>,
    tree: SyntaxNode,
}

impl Parse {
    /// The lossless tree: its text is the text that was read.
    pub fn tree(&self) -> &SyntaxNode {
        &self.tree
    }
}

/// Reads a text.
pub fn parse(text: &str, source: SourceId) -> Parse {
    let outcome = parser::read(text, source);
    let tree = tree::build(text, &outcome.tokens, &outcome.marks);
    Parse { file: outcome.file, diagnostics: outcome.diagnostics, tree }
}
