//! Writes an export, line by line.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::{
    BlobLine, CheckpointLine, ENTRY_BYTES_MAX, EntryLine, Header, HeaderLine, LINE_BYTES_MAX, VERSION,
};
use crate::hash::digest;

/// Why an export cannot be written on.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The place to which it is written takes no more.
    #[error("the export cannot be written: {0}")]
    Output(#[from] std::io::Error),
    /// The lines are not those that the header promised.
    #[error("the export promised {promised} {what}, and got {given}")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many the header promised.
        promised: u64,
        /// How many came, at least.
        given: u64,
    },
    /// An entry that no reader would take.
    #[error("an entry has {0} bytes, and readers take at most {ENTRY_BYTES_MAX}")]
    EntryTooLong(usize),
    /// A line that no reader would take.
    #[error("a line of the export would have {0} bytes, and readers take at most {LINE_BYTES_MAX}")]
    LineTooLong(usize),
}

/// Writes an export: first as many entries as its header says, in order, then the blobs, then the checkpoint.
///
/// It does not look into what it writes. The same entries, blobs and checkpoint in the same order give the same bytes.
/// By custom, blobs come in the order in which entries first name them.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    header: Header,
    entries: u64,
    blobs: u64,
}

impl<W: Write> Writer<W> {
    /// Starts an export: writes its first line.
    ///
    /// # Errors
    /// An output that fails.
    pub fn new(out: W, header: Header) -> Result<Writer<W>, WriteError> {
        let mut writer = Writer { out, header, entries: 0, blobs: 0 };
        let Header { matter, origin, entries, blobs } = writer.header.clone();
        writer.line(&HeaderLine { version: VERSION, matter, origin, entries, blobs })?;
        Ok(writer)
    }

    /// Writes the next entry, by its bytes.
    ///
    /// # Errors
    /// More entries than promised, an entry that is too long, or an output that fails.
    pub fn entry(&mut self, bytes: &str) -> Result<(), WriteError> {
        if self.entries == self.header.entries {
            return Err(self.count("entries", self.header.entries, self.entries + 1));
        }
        if bytes.len() > ENTRY_BYTES_MAX {
            return Err(WriteError::EntryTooLong(bytes.len()));
        }
        self.line(&EntryLine { entry: self.entries, bytes })?;
        self.entries += 1;
        Ok(())
    }

    /// Writes the bytes of the next document.
    ///
    /// # Errors
    /// Entries that are still missing, more blobs than promised, a blob that is too long, or an output that fails.
    pub fn blob(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.all_entries()?;
        if self.blobs == self.header.blobs {
            return Err(self.count("blobs", self.header.blobs, self.blobs + 1));
        }
        self.line(&BlobLine { blob: &digest(bytes).to_string(), base64: &STANDARD.encode(bytes) })?;
        self.blobs += 1;
        Ok(())
    }

    /// Writes the last line, the checkpoint as a signed note, and gives the output back.
    ///
    /// # Errors
    /// Entries or blobs that are still missing, or an output that fails.
    pub fn finish(mut self, checkpoint: &str) -> Result<W, WriteError> {
        self.all_entries()?;
        if self.blobs != self.header.blobs {
            return Err(self.count("blobs", self.header.blobs, self.blobs));
        }
        self.line(&CheckpointLine { checkpoint })?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn all_entries(&self) -> Result<(), WriteError> {
        if self.entries == self.header.entries {
            return Ok(());
        }
        Err(self.count("entries", self.header.entries, self.entries))
    }

    fn count(&self, what: &'static str, promised: u64, given: u64) -> WriteError {
        WriteError::Count { what, promised, given }
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), WriteError> {
        let mut text = serde_json::to_string(line).map_err(std::io::Error::from)?;
        if text.len() > LINE_BYTES_MAX {
            return Err(WriteError::LineTooLong(text.len()));
        }
        text.push('\n');
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }
}
