//! placeholder
use crate::{Style, Tongue};
use servanda_evidence::Audit;
/// The view.
pub fn evidence(_tongue: &Tongue, _audit: &Audit<'_>, _style: Style) -> String { String::new() }
