//! Any text is an anchor that is written as it was read, or none; any citation with one is located in any text, within
//! it. Any JSON is a selector or none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_evidence::{Located, Selector, Text, locate};
use servanda_program::{Anchor, Citation};

fuzz_target!(|input: (&str, &str, u16, u16, bool)| {
    let (written, document, start, end, own) = input;
    let _ = Selector::read(written);
    let text = Text::new(document);
    let anchor = match written.parse::<Anchor>() {
        Ok(anchor) => {
            assert_eq!(anchor.to_string(), written);
            Some(anchor)
        }
        Err(_) => text.anchor(start.into()..end.into()),
    };
    let digest = Some(servanda_document::digest(if own { document } else { written }));
    let citation = Citation { source: "s".into(), start: start.into(), end: end.into(), digest, anchor };
    let places = match locate(&citation, &text) {
        Located::Moved { place, .. } | Located::Edited { place, .. } => vec![place],
        Located::Ambiguous { candidates } => candidates,
        Located::Lost { was } => was.into_iter().collect(),
        Located::Exact | Located::Unchecked => Vec::new(),
    };
    assert!(places.iter().all(|p| p.start <= p.end && p.end <= text.scalars()));
});
