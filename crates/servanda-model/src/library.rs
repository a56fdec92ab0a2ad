//! The standard library: templates that every agreement can import.

/// The files of the library: import path and text.
pub const LIBRARY: &[(&str, &str)] = &[
    ("standard.commitment", include_str!("../standard/commitment.deed")),
    ("standard.determination", include_str!("../standard/determination.deed")),
    ("standard.first-refusal", include_str!("../standard/first-refusal.deed")),
    ("standard.supply", include_str!("../standard/supply.deed")),
];

/// The text of an import path, such as `standard.first-refusal`.
pub fn library(path: &str) -> Option<&'static str> {
    LIBRARY.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}
