//! Any text gives a tree that is the text, and formatting twice is formatting once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_text::SourceId;

fuzz_target!(|text: &str| {
    assert_eq!(servanda_syntax::parse(text, SourceId(0)).tree().to_string(), text);
    let once = servanda_syntax::format(text);
    assert_eq!(servanda_syntax::format(&once), once);
});
