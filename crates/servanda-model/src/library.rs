//! The standard library: templates that every agreement can import.

/// The files of the library: import path and text.
pub const LIBRARY: &[(&str, &str)] = &[
    ("standard.assignment", include_str!("../standard/assignment.deed")),
    ("standard.audit", include_str!("../standard/audit.deed")),
    ("standard.commitment", include_str!("../standard/commitment.deed")),
    ("standard.conditions", include_str!("../standard/conditions.deed")),
    ("standard.confidentiality", include_str!("../standard/confidentiality.deed")),
    ("standard.control", include_str!("../standard/control.deed")),
    ("standard.deadlock", include_str!("../standard/deadlock.deed")),
    ("standard.determination", include_str!("../standard/determination.deed")),
    ("standard.equity", include_str!("../standard/equity.deed")),
    ("standard.escrow", include_str!("../standard/escrow.deed")),
    ("standard.exclusivity", include_str!("../standard/exclusivity.deed")),
    ("standard.favoured", include_str!("../standard/favoured.deed")),
    ("standard.first-refusal", include_str!("../standard/first-refusal.deed")),
    ("standard.insurance", include_str!("../standard/insurance.deed")),
    ("standard.liability", include_str!("../standard/liability.deed")),
    ("standard.licence", include_str!("../standard/licence.deed")),
    ("standard.price", include_str!("../standard/price.deed")),
    ("standard.renewal", include_str!("../standard/renewal.deed")),
    ("standard.restraint", include_str!("../standard/restraint.deed")),
    ("standard.revenue", include_str!("../standard/revenue.deed")),
    ("standard.supply", include_str!("../standard/supply.deed")),
    ("standard.survival", include_str!("../standard/survival.deed")),
    ("standard.termination", include_str!("../standard/termination.deed")),
    ("standard.warranty", include_str!("../standard/warranty.deed")),
];

/// The text of an import path, such as `standard.first-refusal`.
pub fn library(path: &str) -> Option<&'static str> {
    LIBRARY.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}
