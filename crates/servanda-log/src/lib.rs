//! A log as evidence: entries → [`Tree`], [`Proof`], [`Checkpoint`], and an [`export`] that anybody can verify.
//!
//! The ground floor. A log is a list of entries, which are only ever added. Its Merkle tree (RFC 6962 §2.1) gives a
//! root; a key signs the name, the size and the root of the log ([`Checkpoint`]); from then on nobody can alter, drop,
//! add or reorder an entry below that size without being found out by whoever holds the checkpoint.
//!
//! What entries look like and what an export is: `docs/living.md`, "Entries" and "The log as evidence". What an
//! entry means is none of this room's business.

mod canonical;
mod checkpoint;
mod entry;
pub mod export;
mod hash;
mod note;
mod proof;
mod tree;

pub use canonical::{canonical, inexact};
pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use entry::{Document, Entry, EntryError};
pub use hash::{Hash, HashError, digest, leaf_hash, node_hash};
pub use note::{
    KeyError, NOTE_BYTES_MAX, Note, NoteError, SIGNATURES_MAX, Signature, SigningKey, VerifierKey,
};
pub use proof::{Proof, ProofError};
pub use tree::{Frontier, Tree, TreeError, Unproved, verify_consistency, verify_inclusion};
