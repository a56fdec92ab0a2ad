//! Why a document cannot be read.

use crate::Media;

/// Why a document cannot be read. The message is the rest of a sentence that begins with the name of the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The name promises one format, the bytes are another.
    #[error("is named as {named}, but its bytes are {found}: give it the name of what it is")]
    Mislabelled {
        /// What its name says.
        named: Media,
        /// What its bytes are.
        found: String,
    },
    /// A format that is not read.
    #[error("is {found}, which is not read: save it as {instead}")]
    Unsupported {
        /// What it is.
        found: &'static str,
        /// What would be read.
        instead: &'static str,
    },
    /// Locked by a password.
    #[error("is encrypted: save it without a password")]
    Encrypted,
    /// There is more of something than is read.
    #[error("has too much in it: {limit} are limited to {allowed}")]
    Limit {
        /// What there is too much of, in the plural.
        limit: &'static str,
        /// How much is read.
        allowed: usize,
    },
    /// Bytes that are not text in the encoding they should be in.
    #[error("is not text in {encoding}: byte {byte} does not belong to any character; {help}")]
    NotText {
        /// The encoding it was read in.
        encoding: String,
        /// The first byte that does not fit, counted from 0.
        byte: usize,
        /// A likely fix.
        help: String,
    },
    /// Something that no text has.
    #[error("is not text: there is a NUL at byte {byte}; {help}")]
    Binary {
        /// Its place, counted from 0; in decoded text, the byte of the text in UTF-8.
        byte: usize,
        /// A likely fix.
        help: &'static str,
    },
    /// An encoding that nobody knows.
    #[error(
        "cannot be read as `{label}`: there is no such encoding; `utf-8` and `windows-1252` are two that there are"
    )]
    UnknownEncoding {
        /// What was given or declared.
        label: String,
    },
    /// Its format is broken.
    #[error("is a damaged {media}: {why}; save it anew from the program that made it")]
    Damaged {
        /// What it should be.
        media: Media,
        /// What is wrong, and where.
        why: String,
    },
    /// There is nothing to read in it.
    #[error("has no text in it{}", .media.without_text())]
    Empty {
        /// What it is.
        media: Media,
    },
}

impl Unreadable {
    pub(crate) fn limit(limit: &'static str, allowed: usize) -> Unreadable {
        Unreadable::Limit { limit, allowed }
    }

    pub(crate) fn damaged(media: Media, why: impl Into<String>) -> Unreadable {
        Unreadable::Damaged { media, why: why.into() }
    }
}
