//! Any bytes are an export that fits together or are refused; what fits together does so again when it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_log::export::{Item, Limits, Options, Trust, Writer, verify_with};
use servanda_log::{Entry, canonical, inexact};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { line_bytes: 1 << 16, ..Limits::default() };
    let options = Options { trust: Trust::Unchecked, since: None, limits };
    let mut items = Vec::new();
    if let Ok(verified) = verify_with(bytes, &options, |item| items.push(item.clone())) {
        let mut writer = Writer::new(Vec::new(), verified.header.clone()).expect("a list takes everything");
        let mut note = String::new();
        for item in items {
            match item {
                Item::Entry { bytes, .. } => {
                    assert_eq!(Entry::parse(&bytes).map(|e| e.matter).as_ref(), Ok(&verified.header.matter));
                    writer.entry(&bytes).expect("the entry was promised");
                }
                Item::Blob { bytes, .. } => writer.blob(&bytes).expect("the blob was promised"),
                Item::Checkpoint(text) => note = text,
            }
        }
        let again = writer.finish(&note).expect("everything is there");
        assert_eq!(verify_with(again.as_slice(), &options, |_| {}), Ok(verified));
    }
    // The form of any JSON is that of its form.
    if let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) {
        let form = canonical(&value);
        let again = serde_json::from_str(&form).expect("the form is JSON");
        assert_eq!(canonical(&again), form);
        if inexact(&value).is_none() {
            assert_eq!(inexact(&again), None);
        }
    }
});
