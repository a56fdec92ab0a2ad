//! Any text is an event that is taken in, or one that is refused; what is taken in is what its bytes fold to.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use servanda_matter::{Bringer, Entry, Live, Matter};

const TEXT: &str = r#"
agreement loan "A loan" zone Europe/Oslo currency EUR
party Bank party Firm
event paid by Firm amount : money share : percent else 1 percent on-day : date optional lot : id optional
version first "The loan" starts binding from 2026-01-01 outside "invented"
clause sum value paid-so-far is sum of paid.amount outside "invented"
"#;

fuzz_target!(|text: &str| {
    let _ = Entry::from_bytes(text.as_bytes());
    let Ok(event) = servanda_wire::parse_json(text) else { return };
    let files = BTreeMap::from([("loan.deed".to_string(), TEXT.to_string())]);
    let live = Live::check(files).unwrap_or_else(|fault| panic!("{fault}"));
    let mut matter = Matter::begin("loan", live).unwrap_or_else(|fault| panic!("{fault}"));
    let now = jiff_now();
    let bringer = Bringer { by: "user:x".into(), speaks_for: None, may_backdate: true };
    let mut drafting = matter.draft(now);
    drafting.text("user:x");
    if drafting.event(&bringer, event, "fresh").is_err() {
        return;
    }
    let drafted = drafting.finish();
    let bytes: Vec<Vec<u8>> = drafted.iter().map(|p| p.bytes.clone()).collect();
    matter.take(drafted).expect("what was drafted is taken in");
    let folded = Matter::fold("loan", bytes.iter().map(Vec::as_slice)).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(folded.version(), matter.version());
    for bytes in &bytes {
        assert_eq!(Entry::from_bytes(bytes).unwrap_or_else(|fault| panic!("{fault}")).to_bytes(), *bytes);
    }
});

/// A moment that is always the same.
fn jiff_now() -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_780_000_000).unwrap_or_default()
}
