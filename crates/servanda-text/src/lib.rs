//! Texts, places in them, and problems found there: bytes → [`Source`], [`Span`], [`Diagnostic`].
//!
//! The ground floor. It knows nothing about agreements, files or terminals: a text has a name and
//! characters, a place is a range of bytes in one text, and a problem is a sentence with places.

mod diagnostic;
mod nearest;
mod render;
mod source;

pub use diagnostic::{Diagnostic, Label, Severity, has_errors};
pub use nearest::nearest;
pub use render::{Style, render, render_all};
pub use source::{Source, SourceId, Sources, Span};
