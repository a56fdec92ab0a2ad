//! The lossless tree: every character of the text, blanks and comments included, grouped into
//! declarations and fields. Formatter and editors work on it; meaning is in [`crate::ast`].

use rowan::{GreenNodeBuilder, Language};

use crate::lexer::Token;

/// What a node or token of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u16)]
pub enum Kind {
    /// The whole text.
    File,
    /// A declaration.
    Declaration,
    /// A field of a declaration.
    Field,
    /// An argument of a template.
    Argument,
    /// What could not be read.
    Error,
    /// A token that means something.
    Word,
    /// Blanks.
    Blank,
    /// A comment.
    Comment,
}

const KINDS: [Kind; 8] = [
    Kind::File,
    Kind::Declaration,
    Kind::Field,
    Kind::Argument,
    Kind::Error,
    Kind::Word,
    Kind::Blank,
    Kind::Comment,
];

/// The language of the tree, for `rowan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deed {}

impl Language for Deed {
    type Kind = Kind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> Kind {
        KINDS[raw.0 as usize]
    }

    fn kind_to_raw(kind: Kind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

/// A node of the lossless tree.
pub type SyntaxNode = rowan::SyntaxNode<Deed>;

/// A stretch of tokens that is one node: indices into all tokens, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Builds the tree from the tokens and the marks of the parser. Marks nest or lie apart.
pub(crate) fn build(text: &str, tokens: &[(Token, std::ops::Range<usize>)], marks: &[Mark]) -> SyntaxNode {
    let mut marks: Vec<Mark> = marks.to_vec();
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    let mut builder = GreenNodeBuilder::new();
    builder.start_node(Deed::kind_to_raw(Kind::File));
    let mut open: Vec<usize> = Vec::new();
    let mut next = marks.into_iter().peekable();
    for (i, (token, range)) in tokens.iter().enumerate() {
        while open.last().is_some_and(|&end| end <= i) {
            open.pop();
            builder.finish_node();
        }
        while let Some(mark) = next.peek().filter(|m| m.start <= i) {
            if mark.start == i && open.last().is_none_or(|&end| mark.end <= end) {
                builder.start_node(Deed::kind_to_raw(mark.kind));
                open.push(mark.end);
            }
            next.next();
        }
        let kind = match token {
            Token::Blank => Kind::Blank,
            Token::Comment => Kind::Comment,
            _ => Kind::Word,
        };
        builder.token(Deed::kind_to_raw(kind), &text[range.clone()]);
    }
    for _ in open {
        builder.finish_node();
    }
    builder.finish_node();
    SyntaxNode::new_root(builder.finish())
}
