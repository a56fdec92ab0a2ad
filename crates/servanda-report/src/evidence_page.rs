//! placeholder
use crate::Tongue;
use servanda_evidence::Audit;
/// The page.
pub fn evidence_page(_tongue: &Tongue, _audit: &Audit<'_>) -> String { String::new() }
