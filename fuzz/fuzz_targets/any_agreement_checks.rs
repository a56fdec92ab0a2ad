//! Any text is checked without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_text::Sources;

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    servanda_model::load(&mut sources, &[("agreement.deed".to_string(), text.to_string())]);
});
