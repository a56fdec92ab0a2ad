//! Matters kept durably: opaque bytes under (organisation, matter, version), with registers and blobs beside them.
//!
//! Takes entries and gives them back, the same bytes in the same order, for ever. [`Store`] is the contract, which
//! `docs/living.md`, "The store", explains; [`Memory`] is its plain form. What an entry means is none of this
//! room's business.

mod limits;
mod memory;
mod name;
mod postgres;
mod sqlite;

use async_trait::async_trait;

pub use memory::Memory;
pub use name::{MatterName, NameFault, Organisation};
pub use postgres::Postgres;
pub use sqlite::{Sqlite, SqliteOptions};

/// Most bytes of one entry.
pub const ENTRY_BYTES_MAX: usize = 8 << 20;
/// Most entries of one append.
pub const APPEND_ENTRIES_MAX: usize = 10_000;
/// Most bytes of a key.
pub const KEY_BYTES_MAX: usize = 1_024;
/// Most bytes of a blob.
pub const BLOB_BYTES_MAX: usize = 64 << 20;
/// Most bytes of a register.
pub const REGISTER_BYTES_MAX: usize = 1 << 20;

/// A hash: SHA-256.
pub type Hash = [u8; 32];

/// The leaf hash of an entry (RFC 6962 §2.1).
pub(crate) fn leaf_hash(bytes: &[u8]) -> Hash {
    *servanda_log::leaf_hash(bytes).as_bytes()
}

/// Where a matter is: its organisation and its name in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The organisation.
    pub organisation: Organisation,
    /// The matter.
    pub matter: MatterName,
}

/// An entry that is to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Unique in its matter for ever; at most [`KEY_BYTES_MAX`] bytes.
    pub key: Option<String>,
    /// At most [`ENTRY_BYTES_MAX`] bytes.
    pub bytes: Vec<u8>,
}

/// An entry that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log, from 0: it made version `index + 1`.
    pub index: u64,
    /// Its key.
    pub key: Option<String>,
    /// Its bytes, as they were appended.
    pub bytes: Vec<u8>,
    /// Its leaf hash, checked against the bytes when it was read.
    pub leaf: Hash,
}

/// A place in the feed. Positions grow; they have gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// The transaction that wrote it, in the order in which the feed hands transactions out.
    pub transaction: u64,
    /// The row within all rows.
    pub row: u64,
}

/// One entry as the feed tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// Read on after this.
    pub position: Position,
    /// The matter.
    pub place: Place,
    /// The entry's place in the matter's log.
    pub index: u64,
}

/// A small value that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Its name within its kind.
    pub id: String,
    /// How often it was written: from 1.
    pub revision: u64,
    /// Its value.
    pub bytes: Vec<u8>,
}

/// Why a store did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Somebody else was first: the matter has another version than was expected. Nothing was written.
    #[error("the matter has {version} entries and not {expected}: read what is new and try again")]
    Conflict {
        /// The version that was expected.
        expected: u64,
        /// The version that there is.
        version: u64,
    },
    /// The key is there already. Nothing was written.
    #[error("the key `{key}` is taken by entry {index}")]
    Taken {
        /// The key.
        key: String,
        /// The entry that has it.
        index: u64,
    },
    /// A register has another revision than was named. Nothing was written.
    #[error("the register `{kind}/{id}` is at revision {revision} and not {expected}")]
    Revised {
        /// The kind of the register.
        kind: String,
        /// Its id.
        id: String,
        /// The revision that was named; 0 for a register that should not be there.
        expected: u64,
        /// The revision that there is; 0 where there is none.
        revision: u64,
    },
    /// A limit of this page was passed. Nothing was written.
    #[error("{what} has {size}; at most {max} are kept")]
    TooLarge {
        /// What is too large, with its unit.
        what: &'static str,
        /// Its size.
        size: usize,
        /// The limit.
        max: usize,
    },
    /// What is read is not what was written. Nothing of it is handed out.
    #[error(
        "{place} is damaged: {problem}; restore the database from a backup, or import an export of the matter"
    )]
    Damaged {
        /// The entry, register or blob.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The ground is not safe: a setting under which what is acknowledged could be lost, or another process on the file.
    #[error("{0}")]
    Unsafe(String),
    /// The database did not answer. Whether a write was done is not known: read, and try again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
}

/// What keeps matters. Every method is safe to call from many tasks at once, and to drop half way: a dropped append
/// was done or not done, never in part.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether other processes may write to the same database, so that what was read can be old.
    fn is_shared(&self) -> bool;

    /// Adds entries behind the last one, all or none, and returns the version after them once they are durable. A matter begins
    /// with its first entry, where `expected` is 0.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the matter has another version; [`Error::Taken`] where a key is there already (the first such,
    /// looked for only where the version is right); [`Error::TooLarge`]; [`Error::Unavailable`].
    async fn append(&self, place: &Place, expected: u64, drafts: Vec<Draft>) -> Result<u64, Error>;

    /// How many entries a matter has: 0 where there is no such matter.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    async fn version(&self, place: &Place) -> Result<u64, Error>;

    /// Entries from an index on, in order: at most `limit`, and fewer where they are large, but at least one if there is one.
    ///
    /// # Errors
    /// [`Error::Damaged`] where bytes changed or an entry is missing; [`Error::Unavailable`].
    async fn entries(&self, place: &Place, from: u64, limit: usize) -> Result<Vec<Entry>, Error>;

    /// The entry that has a key.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    async fn index_of(&self, place: &Place, key: &str) -> Result<Option<u64>, Error>;

    /// Matters of an organisation with their versions, by name, behind `after`: at most `limit`. Its audit log is not among them.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    async fn matters(
        &self,
        organisation: &Organisation,
        after: Option<&MatterName>,
        limit: usize,
    ) -> Result<Vec<(MatterName, u64)>, Error>;

    /// Entries of all matters behind a position, in the order of their positions: at most `limit`. No entry ever appears at or
    /// before a position that was handed out; entries of one matter come in their order.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    async fn feed(&self, after: Position, limit: usize) -> Result<Vec<FeedItem>, Error>;

    /// A register.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Unavailable`].
    async fn register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
    ) -> Result<Option<Register>, Error>;

    /// Registers of a kind, by id, behind `after`: at most `limit`.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Unavailable`].
    async fn registers(
        &self,
        organisation: &Organisation,
        kind: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Register>, Error>;

    /// Registers of a kind in all organisations, by organisation and id, behind `after`: at most `limit`. For what a server does by
    /// itself, and never for a caller.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Unavailable`].
    async fn registers_everywhere(
        &self,
        kind: &str,
        after: Option<(&Organisation, &str)>,
        limit: usize,
    ) -> Result<Vec<(Organisation, Register)>, Error>;

    /// Writes a register whose revision is still `expected` (0: it is not there), or removes it where `bytes` is `None`. Returns the
    /// new revision, which goes on where a register is removed and written anew.
    ///
    /// # Errors
    /// [`Error::Revised`], [`Error::TooLarge`], [`Error::Unavailable`].
    async fn write_register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
        expected: u64,
        bytes: Option<Vec<u8>>,
    ) -> Result<u64, Error>;

    /// Keeps the bytes of a document under their SHA-256, which is returned. Bytes that are there already change nothing.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::Unavailable`].
    async fn keep_blob(&self, place: &Place, bytes: Vec<u8>) -> Result<Hash, Error>;

    /// The bytes of a document.
    ///
    /// # Errors
    /// [`Error::Damaged`] where they do not have that digest any more; [`Error::Unavailable`].
    async fn blob(&self, place: &Place, digest: &Hash) -> Result<Option<Vec<u8>>, Error>;

    /// Sets when a matter wants to be looked at next: milliseconds since 1970, `None` for never. An append sets it to 0; so nothing is
    /// set where the matter has another version by now.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    async fn set_wake(&self, place: &Place, version: u64, at: Option<i64>) -> Result<(), Error>;

    /// Matters that want to be looked at by a time, the longest waiting first: at most `limit`.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    async fn awake(&self, by: i64, limit: usize) -> Result<Vec<Place>, Error>;

    /// Waits until everything that was begun is done, and gives the database back.
    async fn close(&self);
}
