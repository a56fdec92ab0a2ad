//! That one entry is in a log, for somebody who has no log: C2SP tlog-proof (`c2sp.org/tlog-proof`).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint, parse_hash, parse_number, short};
use crate::hash::{Hash, leaf_hash};
use crate::note::{Note, NoteError, VerifierKey};
use crate::tree::{PROOF_HASHES_MAX, Tree, TreeError, Unproved, verify_inclusion};

/// The first line of a proof.
const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// An entry's place in a log, the hashes from it to the root, and the signed checkpoint with that root. It is kept in
/// a file `*.tlog-proof`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Bytes that whoever made the proof put beside it. Nobody has signed them.
    pub extra: Option<Vec<u8>>,
    /// The place of the entry in its log, from 0.
    pub index: u64,
    /// The hashes from the sibling of the entry up to below the root (RFC 6962 §2.1.1).
    pub hashes: Vec<Hash>,
    /// The checkpoint, as it was signed.
    pub checkpoint: Note,
}

/// What is wrong with a proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not a proof of the version that is known.
    #[error("line 1 of a proof is `{FORMAT}`; found `{0}`")]
    Format(String),
    /// Extra data that cannot be read.
    #[error("line 2 of the proof: `extra` is followed by base64")]
    Extra,
    /// No index.
    #[error(
        "line {line} of the proof: expected `index` and a number without zeros before it, found `{found}`"
    )]
    Index {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A line that is no hash.
    #[error(
        "line {line} of the proof: expected a hash in base64 (44 characters) or an empty line before the checkpoint, found `{found}`"
    )]
    Hash {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// More hashes than any tree has levels.
    #[error("the proof has more than {PROOF_HASHES_MAX} hashes; no tree is that high")]
    TooManyHashes,
    /// It ends before the checkpoint.
    #[error("the proof ends before its checkpoint; it was cut off")]
    Ended,
    /// The checkpoint is broken, or no trusted key signed it.
    #[error("the checkpoint of the proof: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is that of another log.
    #[error("the proof is of the log `{found}`, not of `{expected}`")]
    Origin {
        /// The log that was asked for.
        expected: String,
        /// The log that was signed.
        found: String,
    },
    /// The tree has no such entry, or is smaller than the checkpoint says.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// The hashes do not lead from the entry to the root.
    #[error(transparent)]
    Unproved(#[from] Unproved),
}

impl From<NoteError> for ProofError {
    fn from(error: NoteError) -> ProofError {
        ProofError::Checkpoint(error.into())
    }
}

impl Proof {
    /// Proves that the entry at `index` is in the log with this tree, against a checkpoint (the text of a signed note) of this log.
    ///
    /// # Errors
    /// A checkpoint that cannot be read or is of another tree, or no entry at `index` below its size.
    pub fn new(tree: &Tree, index: u64, checkpoint: &str) -> Result<Proof, ProofError> {
        let note = Note::parse(checkpoint)?;
        let signed = Checkpoint::parse(note.text())?;
        let hashes = tree.inclusion_proof(index, signed.size())?;
        let found = tree.root(signed.size())?;
        if found != signed.root() {
            return Err(Unproved::Root { expected: signed.root(), found }.into());
        }
        Ok(Proof { extra: None, index, hashes, checkpoint: note })
    }

    /// Reads a proof. Nothing in it is known to be true before [`Proof::verify`].
    ///
    /// # Errors
    /// What the specification forbids ("Format"), by line.
    pub fn parse(text: &str) -> Result<Proof, ProofError> {
        let mut lines = Lines { rest: text, line: 0 };
        let first = lines.next()?;
        if first != FORMAT {
            return Err(ProofError::Format(short(first)));
        }
        let mut line = lines.next()?;
        let mut extra = None;
        if let Some(encoded) = line.strip_prefix("extra ") {
            extra = Some(STANDARD.decode(encoded).map_err(|_| ProofError::Extra)?);
            line = lines.next()?;
        }
        let index = line
            .strip_prefix("index ")
            .and_then(parse_number)
            .ok_or_else(|| ProofError::Index { line: lines.line, found: short(line) })?;
        let mut hashes = Vec::new();
        loop {
            let line = lines.next()?;
            if line.is_empty() {
                break;
            }
            if hashes.len() == PROOF_HASHES_MAX {
                return Err(ProofError::TooManyHashes);
            }
            let wrong = || ProofError::Hash { line: lines.line, found: short(line) };
            hashes.push(parse_hash(line).ok_or_else(wrong)?);
        }
        Ok(Proof { extra, index, hashes, checkpoint: Note::parse(lines.rest)? })
    }

    /// Whether these bytes are an entry of the log called `origin`: a trusted key signed a checkpoint of that log, and
    /// the hashes lead from the bytes to its root.
    ///
    /// # Errors
    /// Why it is not proved.
    pub fn verify(
        &self,
        entry: &[u8],
        origin: &str,
        trusted: &[VerifierKey],
    ) -> Result<SignedCheckpoint, ProofError> {
        let signed_by = self.checkpoint.verify(trusted)?.into_iter().cloned().collect();
        let checkpoint = Checkpoint::parse(self.checkpoint.text())?;
        if checkpoint.origin() != origin {
            return Err(ProofError::Origin {
                expected: origin.to_string(),
                found: checkpoint.origin().to_string(),
            });
        }
        let root = checkpoint.root();
        verify_inclusion(&leaf_hash(entry), self.index, checkpoint.size(), &self.hashes, &root)?;
        Ok(SignedCheckpoint { checkpoint, signed_by })
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FORMAT}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", STANDARD.encode(hash.as_bytes()))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

/// The lines of a text, one after the other.
struct Lines<'t> {
    rest: &'t str,
    /// The number of the last line that was read, from 1.
    line: usize,
}

impl<'t> Lines<'t> {
    fn next(&mut self) -> Result<&'t str, ProofError> {
        let (line, rest) = self.rest.split_once('\n').ok_or(ProofError::Ended)?;
        self.rest = rest;
        self.line += 1;
        Ok(line)
    }
}
