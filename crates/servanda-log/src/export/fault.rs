//! What is wrong with an export, and where.

use std::fmt;

use crate::checkpoint::CheckpointError;
use crate::entry::EntryError;
use crate::hash::Hash;

/// Where a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this line of the export, from 1.
    Line(u64),
    /// In the older checkpoint that was given.
    Since,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "line {line}"),
            Place::Since => f.write_str("the older checkpoint"),
        }
    }
}

/// Why a file is not the export that was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {kind}")]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: FaultKind,
}

/// What is wrong with an export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The file cannot be read on.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A line beyond the limit.
    #[error("the line has more than {0} bytes; no line of an export is that long")]
    LineTooLong(usize),
    /// An entry beyond the limit.
    #[error("the entry has {found} bytes, and at most {max} are read")]
    EntryTooLong {
        /// How many it has.
        found: usize,
        /// The limit.
        max: usize,
    },
    /// A line that is no JSON of an export.
    #[error("expected {expected}, but the line cannot be read as that: {why}")]
    Line {
        /// What should stand there.
        expected: String,
        /// Why it does not.
        why: String,
    },
    /// Another line than the one that comes next.
    #[error("expected {expected}, found {found}; a line was left out, added or moved")]
    Order {
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The file ends too early.
    #[error("the file ends where {0} should stand; it was cut off, so export it again")]
    Ended(String),
    /// A format of the future, or of something else.
    #[error("the export is of version {0}, and this program reads version 1; use a newer program")]
    Version(u64),
    /// More than the limits allow.
    #[error("the export has {count} {what}, and at most {max} are read")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: u64,
        /// The limit.
        max: u64,
    },
    /// A line below the last.
    #[error("there is something after the checkpoint, which is the last line; take it away")]
    AfterEnd,
    /// An entry that is none.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// An entry of another matter.
    #[error("the entry belongs to the matter `{found}`, but the export is of `{expected}`")]
    Matter {
        /// The matter of the export.
        expected: String,
        /// The matter of the entry.
        found: String,
    },
    /// An entry that was recorded before the one above.
    #[error(
        "the entry was recorded at {found}, before the one above at {before}; time never goes back in a log"
    )]
    TimeBack {
        /// When it was recorded.
        found: String,
        /// When the entry above was.
        before: String,
    },
    /// Documents without their bytes.
    #[error(
        "the entry names the document {digest}, which is one more than the {blobs} blobs that the first line promises"
    )]
    BlobsMissing {
        /// Its digest.
        digest: Hash,
        /// How many blobs there should be.
        blobs: u64,
    },
    /// A document whose bytes are not there.
    #[error(
        "the entry names the document {0}, but the export has no blob with that digest; its bytes were left out"
    )]
    BlobMissing(Hash),
    /// Two entries that say differently how long a document is.
    #[error("the entry says that the document {digest} has {found} bytes, and an earlier one {expected}")]
    DocumentLength {
        /// Its digest.
        digest: Hash,
        /// How many the earlier entry says.
        expected: u64,
        /// How many this one says.
        found: u64,
    },
    /// Bytes with another digest.
    #[error("the bytes of the blob have the digest {found}, not {expected}; they were changed")]
    BlobDigest {
        /// The digest that the line names.
        expected: Hash,
        /// The digest of the bytes.
        found: Hash,
    },
    /// Bytes of another length than the entry says.
    #[error("the blob {digest} has {found} bytes, but its entry says {expected}")]
    BlobLength {
        /// Its digest.
        digest: Hash,
        /// How many the entry says.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// Bytes that no entry names.
    #[error(
        "no entry names a document with the digest {0}, or its blob stands above already; take the line away"
    )]
    BlobUnwanted(Hash),
    /// The checkpoint, or the signature under it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is that of another log.
    #[error("the checkpoint is of the log `{signed}`, but the export says that it is of `{header}`")]
    Origin {
        /// The log that the first line names.
        header: String,
        /// The log that was signed.
        signed: String,
    },
    /// The origin names another matter.
    #[error("the log `{origin}` is not that of the matter `{matter}`; its name ends in `/{matter}`")]
    OriginMatter {
        /// The name of the log.
        origin: String,
        /// The matter of the export.
        matter: String,
    },
    /// More or fewer entries than were signed.
    #[error(
        "the checkpoint is of {signed} entries, but the export has {found}; entries were cut off or added"
    )]
    Size {
        /// How many were signed.
        signed: u64,
        /// How many there are.
        found: u64,
    },
    /// Other entries than were signed.
    #[error(
        "the entries have the root {found}, but {signed} was signed; an entry was changed, left out, added or moved"
    )]
    Root {
        /// The root that was signed.
        signed: Hash,
        /// The root of the entries.
        found: Hash,
    },
    /// The older checkpoint is of another log.
    #[error("it is of the log `{since}`, but the export is of `{signed}`; give a checkpoint of this log")]
    SinceOrigin {
        /// The log of the older checkpoint.
        since: String,
        /// The log of the export.
        signed: String,
    },
    /// The log has become shorter.
    #[error(
        "it is of {since} entries, and the export has only {found}; the newest entries were cut off, or the export is older than the checkpoint"
    )]
    SinceSize {
        /// How many there were.
        since: u64,
        /// How many there are.
        found: u64,
    },
    /// The beginning of the log has become another.
    #[error(
        "the first {size} entries had the root {since}, and now have {found}; the log was rewritten after that checkpoint was signed"
    )]
    SinceRoot {
        /// How many entries the older checkpoint has.
        size: u64,
        /// Their root then.
        since: Hash,
        /// Their root now.
        found: Hash,
    },
}
