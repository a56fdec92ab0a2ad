//! Logs for the tests of exports.

use servanda_log::export::{Header, Writer};
use servanda_log::{Checkpoint, Entry, SigningKey, Tree, VerifierKey, leaf_hash};

pub const MATTER: &str = "lease";
pub const ORIGIN: &str = "log.example/main/lease";

/// The server's key.
pub fn key() -> SigningKey {
    SigningKey::from_seed("log.example", &[1; 32]).unwrap()
}

/// Those whom a verifier trusts: the server.
pub fn trusted() -> [VerifierKey; 1] {
    [key().verifier().clone()]
}

/// The bytes of an entry.
pub fn entry(matter: &str, second: u32, kind: &str, body: serde_json::Value) -> String {
    let serde_json::Value::Object(body) = body else { panic!("a body is an object") };
    Entry {
        at: format!("2026-11-25T17:{:02}:{:02}Z", second / 60 % 60, second % 60),
        kind: kind.to_string(),
        by: "user:ada".to_string(),
        matter: matter.to_string(),
        body,
    }
    .canonical()
}

/// The signed checkpoint of these entries.
pub fn checkpoint(origin: &str, entries: &[String], key: &SigningKey) -> String {
    let tree: Tree = entries.iter().map(|e| leaf_hash(e.as_bytes())).collect();
    Checkpoint::new(origin, tree.size(), tree.current_root()).unwrap().sign(&[key]).unwrap()
}

/// The export of these entries and blobs with a checkpoint.
pub fn export_with(entries: &[String], blobs: &[&[u8]], checkpoint: &str) -> String {
    let header = Header {
        matter: MATTER.to_string(),
        origin: ORIGIN.to_string(),
        entries: entries.len() as u64,
        blobs: blobs.len() as u64,
    };
    let mut writer = Writer::new(Vec::new(), header).unwrap();
    entries.iter().for_each(|e| writer.entry(e).unwrap());
    blobs.iter().for_each(|b| writer.blob(b).unwrap());
    String::from_utf8(writer.finish(checkpoint).unwrap()).unwrap()
}

/// The export of these entries and blobs, signed by the server.
pub fn export(entries: &[String], blobs: &[&[u8]]) -> String {
    export_with(entries, blobs, &checkpoint(ORIGIN, entries, &key()))
}
