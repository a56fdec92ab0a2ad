//! A whole log as a text file of JSON lines, with its documents and a signed checkpoint: the format of
//! `docs/living.md`, "The log as evidence".
//!
//! ```text
//! {"servanda-export":1,"matter":"steel-supply","origin":"localhost/main/steel-supply","entries":3,"blobs":1}
//! {"entry":0,"bytes":"{\"at\":…}"}              one line for each entry, in order
//! {"blob":"<sha-256, hex>","base64":"…"}        one line for each document
//! {"checkpoint":"<signed note>"}                the last line
//! ```
//!
//! [`Writer`] and [`Reader`] know the lines; [`verify()`] finds out whether the file is the log that was signed. All of
//! them hold one line at a time.

mod fault;
mod reader;
mod verify;
mod writer;

use serde::{Deserialize, Serialize};

pub use fault::{Fault, FaultKind, Place};
pub use reader::{Item, Reader};
pub use verify::{Options, Trust, Verified, verify, verify_with};
pub use writer::{WriteError, Writer};

/// The version of the format that is written and read.
pub const VERSION: u64 = 1;

/// Most bytes of a line: a document of 64 MiB in base64, and some room.
pub const LINE_BYTES_MAX: usize = 96 << 20;

/// Most bytes of an entry. JSON that is read takes up to fifty times its length in memory, so this is far below
/// [`LINE_BYTES_MAX`].
pub const ENTRY_BYTES_MAX: usize = 8 << 20;

/// What a reader takes before it refuses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a line.
    pub line_bytes: usize,
    /// Most bytes of an entry.
    pub entry_bytes: usize,
    /// Most entries.
    pub entries: u64,
    /// Most blobs. The digests of all of them are held at once.
    pub blobs: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            line_bytes: LINE_BYTES_MAX,
            entry_bytes: ENTRY_BYTES_MAX,
            entries: 100_000_000,
            blobs: 1_000_000,
        }
    }
}

/// What the first line says. Nobody has signed it: [`verify()`] holds it against the checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The matter to which the entries belong.
    pub matter: String,
    /// The name of the log: `HOST/ORGANISATION/MATTER`.
    pub origin: String,
    /// How many entries follow.
    pub entries: u64,
    /// How many blobs follow: one for each digest that `document` entries name.
    pub blobs: u64,
}

/// The first line.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct HeaderLine {
    #[serde(rename = "servanda-export")]
    version: u64,
    matter: String,
    origin: String,
    entries: u64,
    blobs: u64,
}

/// The line of an entry.
#[derive(Serialize)]
struct EntryLine<'a> {
    entry: u64,
    bytes: &'a str,
}

/// The line of a blob.
#[derive(Serialize)]
struct BlobLine<'a> {
    blob: &'a str,
    base64: &'a str,
}

/// The last line.
#[derive(Serialize)]
struct CheckpointLine<'a> {
    checkpoint: &'a str,
}
