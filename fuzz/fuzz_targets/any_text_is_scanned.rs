//! Any text is scanned for quantities in every language, and what is found lies in it, in order.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let length = text.chars().count();
    for language in servanda_mention::languages() {
        let mut end = 0;
        for mention in servanda_mention::scan(text, language).expect("the language has a folder") {
            assert!(mention.place.start >= end && mention.place.start < mention.place.end && mention.place.end <= length);
            end = mention.place.end;
        }
    }
    let _ = servanda_evidence::terms(text, "en");
});
