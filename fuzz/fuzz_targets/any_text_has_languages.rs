//! Any text falls into passages in order that hold all that is not blank.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let chars: Vec<char> = text.chars().collect();
    let mut end = 0;
    for passage in
        servanda_document::languages_of(text, &["ar", "en", "es", "fa", "hi", "it", "ja", "ru", "ur"])
    {
        let place = passage.place;
        assert!(end <= place.start && place.start < place.end && place.end <= chars.len());
        assert!(chars[end..place.start].iter().all(|c| c.is_whitespace()));
        end = place.end;
    }
    assert!(chars[end..].iter().all(|c| c.is_whitespace()));
});
