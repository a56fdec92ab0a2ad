//! Citations that survive edits of a document: anchors, the search for a passage, selectors of the W3C.

pub(crate) mod anchor;
pub(crate) mod fold;
pub(crate) mod locate;
pub(crate) mod selector;
