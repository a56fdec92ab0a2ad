//! Citations that survive edits of a document, and what the documents say of each clause.

mod anchor;
mod fold;
mod locate;
mod selector;

pub use anchor::Text;
pub use fold::{Folded, Level};
pub use locate::{Confidence, Located, Place, locate};
pub use selector::{Quote, Selector, SelectorError};
