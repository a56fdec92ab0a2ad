//! Signed statements of how many entries a log has and which: C2SP tlog-checkpoint (`c2sp.org/tlog-checkpoint`).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::hash::Hash;
use crate::note::{Note, NoteError, SigningKey, VerifierKey};

/// A statement of how many entries a log has, and of their root. By itself nobody has signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// A checkpoint and the trusted keys that signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What they signed.
    pub checkpoint: Checkpoint,
    /// Who did, of those that were trusted: at least one.
    pub signed_by: Vec<VerifierKey>,
}

/// What is wrong with a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it is broken, or no trusted key signed it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// No name of a log.
    #[error(
        "a checkpoint begins with the origin of its log, one line that is not empty and has no control characters, such as `example.com/main/lease`"
    )]
    Origin,
    /// No size.
    #[error(
        "the second line of a checkpoint is the number of entries in decimal digits, without zeros before it; found `{0}`"
    )]
    Size(String),
    /// No root.
    #[error("the third line of a checkpoint is the root of the tree in base64, 44 characters; found `{0}`")]
    Root(String),
    /// An extension that is no line.
    #[error("an extension of a checkpoint is one line that is not empty and has no control characters")]
    Extension,
}

impl Checkpoint {
    /// The statement that the log called `origin` has `size` entries with this root.
    ///
    /// # Errors
    /// An origin that is empty or no single line.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Checkpoint, CheckpointError> {
        if !is_line(origin) {
            return Err(CheckpointError::Origin);
        }
        Ok(Checkpoint { origin: origin.to_string(), size, root, extensions: Vec::new() })
    }

    /// The same with an extension line after it. The specification advises against them; they are kept where they
    /// are.
    ///
    /// # Errors
    /// An extension that is empty or no single line.
    pub fn with_extension(mut self, line: &str) -> Result<Checkpoint, CheckpointError> {
        if !is_line(line) {
            return Err(CheckpointError::Extension);
        }
        self.extensions.push(line.to_string());
        Ok(self)
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of their tree.
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The lines after the root, whatever they mean.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The text of a checkpoint, without signatures.
    ///
    /// # Errors
    /// What the specification forbids ("Note text").
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(NoteError::TextEnd)?.split('\n');
        let origin = lines.next().unwrap_or_default();
        let size = lines.next().unwrap_or_default();
        let root = lines.next().unwrap_or_default();
        let checkpoint = Checkpoint::new(
            origin,
            parse_number(size).ok_or_else(|| CheckpointError::Size(short(size)))?,
            parse_hash(root).ok_or_else(|| CheckpointError::Root(short(root)))?,
        )?;
        lines.try_fold(checkpoint, Checkpoint::with_extension)
    }

    /// Signs it: the text of a signed note.
    ///
    /// # Errors
    /// No key, too many keys, or extensions beyond the limit of a note.
    pub fn sign(&self, keys: &[&SigningKey]) -> Result<String, CheckpointError> {
        Ok(Note::sign(&self.to_string(), keys)?.to_string())
    }

    /// Reads a signed note that a trusted key has signed.
    ///
    /// # Errors
    /// What is wrong with the note, its signatures, or the checkpoint in it.
    pub fn open(note: &str, trusted: &[VerifierKey]) -> Result<SignedCheckpoint, CheckpointError> {
        let note = Note::parse(note)?;
        let signed_by = note.verify(trusted)?.into_iter().cloned().collect();
        Ok(SignedCheckpoint { checkpoint: Checkpoint::parse(note.text())?, signed_by })
    }

    /// Reads a signed note and believes it: no signature is checked. For what one has kept oneself, and to find out
    /// which log and whose key one has before one.
    ///
    /// # Errors
    /// What is wrong with the note or the checkpoint in it.
    pub fn open_unchecked(note: &str) -> Result<Checkpoint, CheckpointError> {
        Checkpoint::parse(Note::parse(note)?.text())
    }
}

impl fmt::Display for Checkpoint {
    /// The text that is signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root.as_bytes()))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A number in decimal digits without zeros before it, in its one spelling.
pub(crate) fn parse_number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// A hash in base64.
pub(crate) fn parse_hash(text: &str) -> Option<Hash> {
    let bytes = STANDARD.decode(text).ok()?;
    Some(Hash::from_bytes(bytes.try_into().ok()?))
}

/// A text for a message: its first characters.
pub(crate) fn short(text: &str) -> String {
    const CHARACTERS_MAX: usize = 60;
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}

fn is_line(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b >= b' ')
}
