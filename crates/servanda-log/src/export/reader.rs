//! Reads an export, line by line.

use std::io::{BufRead, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{Fault, FaultKind, Header, HeaderLine, Limits, Place, VERSION};
use crate::hash::{Hash, digest};

/// A line of an export after the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An entry of the log.
    Entry {
        /// Its place, from 0.
        index: u64,
        /// Its bytes.
        bytes: String,
    },
    /// The bytes of a document.
    Blob {
        /// Their digest.
        digest: Hash,
        /// The bytes, which have that digest.
        bytes: Vec<u8>,
    },
    /// The last line: a checkpoint as a signed note, which nobody has looked at.
    Checkpoint(String),
}

/// Reads the lines of an export: whether they are the right ones in the right order. Whether they are true is for
/// [`super::verify()`] to find out.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    limits: Limits,
    header: Header,
    /// The number of the last line that was read, from 1.
    line: u64,
    entries: u64,
    blobs: u64,
    ended: bool,
}

/// The first line, as far as every version has to have it.
#[derive(Deserialize)]
struct VersionLine {
    #[serde(rename = "servanda-export")]
    version: u64,
}

/// Any line after the first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnyLine {
    entry: Option<u64>,
    bytes: Option<String>,
    blob: Option<Hexadecimal>,
    base64: Option<String>,
    checkpoint: Option<String>,
}

/// A hash in hexadecimal digits.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Hexadecimal(Hash);

impl TryFrom<String> for Hexadecimal {
    type Error = crate::hash::HashError;

    fn try_from(text: String) -> Result<Hexadecimal, Self::Error> {
        text.parse().map(Hexadecimal)
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// A file that does not begin as an export does, or one beyond the limits.
    pub fn new(mut input: R, limits: Limits) -> Result<Reader<R>, Fault> {
        let fault = |kind| Fault { place: Place::Line(1), kind };
        let expected = "the first line of an export, `{\"servanda-export\":1,…}`".to_string();
        let Some(text) = read_line(&mut input, limits.line_bytes).map_err(fault)? else {
            return Err(fault(FaultKind::Ended(expected)));
        };
        let not_header = |why: serde_json::Error| {
            fault(FaultKind::Line { expected: expected.clone(), why: why_not_json(&why) })
        };
        let VersionLine { version } = serde_json::from_slice(&text).map_err(not_header)?;
        if version != VERSION {
            return Err(fault(FaultKind::Version(version)));
        }
        let HeaderLine { matter, origin, entries, blobs, .. } =
            serde_json::from_slice(&text).map_err(not_header)?;
        for (what, count, max) in [("entries", entries, limits.entries), ("blobs", blobs, limits.blobs)] {
            if count > max {
                return Err(fault(FaultKind::TooMany { what, count, max }));
            }
        }
        let header = Header { matter, origin, entries, blobs };
        Ok(Reader { input, limits, header, line: 1, entries: 0, blobs: 0, ended: false })
    }

    /// What the first line says.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The number of the line that was read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next line; `None` after the checkpoint, which is the last of a whole file.
    ///
    /// # Errors
    /// A line that is not the one that comes next, or no line where one is missing.
    pub fn next_item(&mut self) -> Result<Option<Item>, Fault> {
        self.line += 1;
        let item = self.read_item();
        if !matches!(item, Ok(Some(_))) {
            self.ended = true;
        }
        item.map_err(|kind| Fault { place: Place::Line(self.line), kind })
    }

    fn read_item(&mut self) -> Result<Option<Item>, FaultKind> {
        if self.ended {
            return Ok(None);
        }
        let (entries, blobs) = (self.header.entries, self.header.blobs);
        let expected = if self.entries < entries {
            format!("entry {} of the {entries} from 0 to {}", self.entries, entries - 1)
        } else if self.blobs < blobs {
            format!("blob {} of {blobs}", self.blobs + 1)
        } else {
            "the checkpoint".to_string()
        };
        let Some(text) = read_line(&mut self.input, self.limits.line_bytes)? else {
            return Err(FaultKind::Ended(expected));
        };
        let line: AnyLine = serde_json::from_slice(&text)
            .map_err(|e| FaultKind::Line { expected: expected.clone(), why: why_not_json(&e) })?;
        let found = match line {
            AnyLine {
                entry: Some(index),
                bytes: Some(bytes),
                blob: None,
                base64: None,
                checkpoint: None,
            } => {
                if index == self.entries && index < entries {
                    let (found, max) = (bytes.len(), self.limits.entry_bytes);
                    if found > max {
                        return Err(FaultKind::EntryTooLong { found, max });
                    }
                    self.entries += 1;
                    return Ok(Some(Item::Entry { index, bytes }));
                }
                format!("entry {index}")
            }
            AnyLine {
                blob: Some(Hexadecimal(named)),
                base64: Some(base64),
                entry: None,
                bytes: None,
                checkpoint: None,
            } => {
                if self.entries == entries && self.blobs < blobs {
                    let bytes = STANDARD.decode(base64).map_err(|e| FaultKind::Line {
                        expected: expected.clone(),
                        why: format!("`base64` is no base64 ({e})"),
                    })?;
                    let found = digest(&bytes);
                    if found != named {
                        return Err(FaultKind::BlobDigest { expected: named, found });
                    }
                    self.blobs += 1;
                    return Ok(Some(Item::Blob { digest: named, bytes }));
                }
                format!("the blob {named}")
            }
            AnyLine { checkpoint: Some(note), entry: None, bytes: None, blob: None, base64: None } => {
                if self.entries == entries && self.blobs == blobs {
                    self.ended = true;
                    return match read_line(&mut self.input, self.limits.line_bytes)? {
                        None => Ok(Some(Item::Checkpoint(note))),
                        Some(_) => {
                            self.line += 1;
                            Err(FaultKind::AfterEnd)
                        }
                    };
                }
                "the checkpoint".to_string()
            }
            _ => {
                let why =
                    "it has to hold `entry` and `bytes`, `blob` and `base64`, or `checkpoint`".to_string();
                return Err(FaultKind::Line { expected, why });
            }
        };
        Err(FaultKind::Order { expected, found })
    }
}

/// The next line without its line feed, `None` at the end. It holds at most `max` bytes and one.
fn read_line(input: &mut impl BufRead, max: usize) -> Result<Option<Vec<u8>>, FaultKind> {
    let mut line = Vec::new();
    // One byte for the line feed, one more to see that there is more.
    let most = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(2);
    let read = input
        .by_ref()
        .take(most)
        .read_until(b'\n', &mut line)
        .map_err(|e| FaultKind::Unreadable(e.to_string()))?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    if line.len() > max { Err(FaultKind::LineTooLong(max)) } else { Ok(Some(line)) }
}

/// What a line lacks to be JSON, with the place in the line.
fn why_not_json(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // A line is all there is: the position within it is its column.
    match text.rsplit_once(" at line 1 column ") {
        Some((what, column)) => format!("{what} at byte {column}"),
        None => text,
    }
}
