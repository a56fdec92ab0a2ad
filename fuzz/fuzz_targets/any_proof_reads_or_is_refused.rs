//! Any text is a proof or is refused; what is read is written as it was, and proves nothing that nobody signed.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use servanda_log::{Proof, VerifierKey};

/// A key that signed no seed.
const STRANGER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

fuzz_target!(|text: &str| {
    static KEYS: OnceLock<[VerifierKey; 1]> = OnceLock::new();
    let keys = KEYS.get_or_init(|| [STRANGER.parse().expect("the key is one")]);
    if let Ok(proof) = Proof::parse(text) {
        assert_eq!(proof.to_string(), text);
        assert!(proof.verify(b"entry", "log.example/main/lease", keys).is_err());
    }
});
