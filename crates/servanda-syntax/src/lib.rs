//! The language's text: lexer, parser, lossless tree, formatter. `.deed` text → [`ast::File`].

pub mod ast;
