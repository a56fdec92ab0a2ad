//! Any bytes are a document or are refused, whatever their name says, twice in the same way.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_document::{Limits, read};

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let name = ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a"][usize::from(kind) % 6];
    let limits = Limits { text_chars: 100_000, unpacked_bytes: 8 << 20, nodes: 100_000, ..Limits::default() };
    let document = read(name, bytes, &limits);
    assert_eq!(document, read(name, bytes, &limits));
    if let Ok(document) = document {
        assert!(document.text.chars().count() <= limits.text_chars);
        assert!(!document.passages.is_empty());
    }
});
