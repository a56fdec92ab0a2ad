//! A zip archive that cannot unpack to more than it may.

use std::io::{Cursor, Read};

use zip::read::ZipArchive;
use zip::result::ZipError;

use crate::limits::Limits;
use crate::{Media, Unreadable};

/// A part below this size may be packed as tightly as it likes, in bytes.
const RATIO_FREE: usize = 1 << 20;

/// An archive in memory.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
    /// Bytes that may still be unpacked.
    left: usize,
}

impl<'b> Archive<'b> {
    /// Looks at the directory: the entries are few and none shares bytes with another.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Archive<'b>, Unreadable> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > limits.zip_entries {
            return Err(Unreadable::limit("files in the archive", limits.zip_entries));
        }
        if zip.has_duplicate_names() {
            return Err(Unreadable::damaged(Media::Docx, "two files in the archive have one name"));
        }
        if zip.has_overlapping_entries().map_err(damaged)? {
            return Err(Unreadable::damaged(Media::Docx, "files in the archive overlap"));
        }
        Ok(Archive { zip, limits: limits.clone(), left: limits.unpacked_bytes })
    }

    /// The names that begin so, sorted.
    pub(super) fn names_with(&self, prefix: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .zip
            .file_names_raw()
            .filter_map(|name| std::str::from_utf8(name).ok())
            .filter(|name| name.starts_with(prefix))
            .map(str::to_string)
            .collect();
        names.sort();
        names
    }

    /// The text of a part; `None` where it is not there.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        if self.zip.by_index_raw(index).map_err(damaged)?.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let file = self.zip.by_index(index).map_err(damaged)?;
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let by_ratio = packed.saturating_mul(self.limits.unpacked_ratio).max(RATIO_FREE);
        let allowed = by_ratio.min(self.left);
        let mut bytes = Vec::new();
        // One byte more than is allowed tells that there is more.
        file.take(allowed as u64 + 1).read_to_end(&mut bytes).map_err(|e| {
            Unreadable::damaged(Media::Docx, format!("the part `{name}` cannot be unpacked: {e}"))
        })?;
        if bytes.len() > allowed {
            return Err(if allowed == self.left {
                Unreadable::limit("unpacked bytes", self.limits.unpacked_bytes)
            } else {
                Unreadable::limit("unpacked sizes as times its packed size", self.limits.unpacked_ratio)
            });
        }
        self.left -= bytes.len();
        text(name, bytes).map(Some)
    }
}

/// Parts are UTF-8, or UTF-16 with a byte order mark (ECMA-376-2, 7.2.3).
fn text(name: &str, bytes: Vec<u8>) -> Result<String, Unreadable> {
    let not_text = || Unreadable::damaged(Media::Docx, format!("the part `{name}` is not text in UTF-8"));
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(not_text),
        None => String::from_utf8(bytes).map_err(|_| not_text()),
    }
}

fn damaged(error: ZipError) -> Unreadable {
    match error {
        ZipError::InvalidPassword => Unreadable::Encrypted,
        ZipError::UnsupportedArchive(why) if why.to_ascii_lowercase().contains("password") => {
            Unreadable::Encrypted
        }
        error => Unreadable::damaged(Media::Docx, error.to_string()),
    }
}
