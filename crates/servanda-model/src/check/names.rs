//! `confusable-names`: no two names look alike.

use std::collections::BTreeMap;

use servanda_text::{Diagnostic, Span};
use unicode_security::confusable_detection::skeleton;

use crate::vocabulary::Vocabulary;

pub(super) fn check(vocabulary: &Vocabulary<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (name, (_, span)) in &vocabulary.things {
        let shape: String = skeleton(name).collect();
        // Letters and digits that look alike in one script (`l1`, `O0`) are a matter of taste.
        if name.is_ascii() && seen.get(&shape).is_none_or(|(other, _)| other.is_ascii()) {
            seen.entry(shape).or_insert((name, *span));
            continue;
        }
        match seen.get(&shape) {
            Some((other, first)) if other != name => out.push(
                Diagnostic::error(
                    "confusable-names",
                    *span,
                    format!("the names `{name}` and `{other}` look alike and are not the same"),
                )
                .also(*first, "the other one")
                .help("rename one of them"),
            ),
            _ => {
                seen.insert(shape, (name, *span));
            }
        }
    }
}
