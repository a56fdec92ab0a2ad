//! The language's text: lexer, parser, lossless tree, formatter. `.deed` text → [`ast::File`].

pub mod ast;
mod codes;
pub mod lexer;
mod parser;
pub mod tree;
mod words;

pub use codes::CODES;
use servanda_text::{Diagnostic, SourceId};
pub use tree::SyntaxNode;

/// What reading a text gives: always a tree, and everything that was wrong with the text.
#[derive(Debug, Clone)]
pub struct Parse {
    /// The declarations that could be read. Where the diagnostics hold an error, it lacks what was broken.
    pub file: ast::File,
    /// The problems, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    green: rowan::GreenNode,
}

impl Parse {
    /// The lossless tree: its tokens, joined, are the text.
    pub fn syntax(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }

    /// The lossless tree without places, cheap to keep and to share.
    pub fn green(&self) -> &rowan::GreenNode {
        &self.green
    }
}

/// Reads the text of a `.deed` file. `source` is what the places of the result name.
pub fn parse(text: &str, source: SourceId) -> Parse {
    let parser::Outcome { file, diagnostics, green } = parser::read(text, source);
    Parse { file, diagnostics, green }
}
