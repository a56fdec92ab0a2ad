//! Citations that survive edits of a document, and what the documents say of each clause.
