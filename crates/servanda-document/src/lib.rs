//! Documents of many formats as plain text with places and digests: bytes + file name → [`Document`].
//!
//! What becomes of markup, how offsets count, which encodings are read and which limits hold is in
//! `docs/documents.md`. Nothing here opens a file. Plain text and Markdown are decoded only; the other formats are
//! parsed, and whoever reads strangers' documents does that in a process of its own, as the command does.

mod decode;
mod digest;
mod docx;
mod html;
mod language;
mod limits;
mod media;
mod pdf;
mod script;
mod sheet;
mod unreadable;

use std::ops::Range;

pub use digest::{digest, full_digest};
pub use language::languages_of;
pub use limits::{Limits, Options};
pub use media::{Media, media_of};
pub use unreadable::Unreadable;

/// A document as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file name that was given.
    pub name: String,
    /// What the bytes are.
    pub media: Media,
    /// The text in which all places count.
    pub text: String,
    /// `sha256:` and 64 hexadecimal digits of the SHA-256 of the raw bytes.
    pub digest: String,
    /// The same of the text in UTF-8.
    pub text_digest: String,
    /// The paragraphs with their languages, in order of place. They do not overlap, and hold all that is not blank.
    pub passages: Vec<Passage>,
}

/// A stretch of a text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its place, in Unicode scalar values of the text, end exclusive. Never empty.
    pub place: Range<usize>,
    /// The primary tag of its language (BCP 47); `None` where the text shows none of those that were asked about.
    pub language: Option<String>,
}

/// Reads a document within limits. No language is looked for: see [`read_with`].
///
/// # Errors
/// Bytes that are no document of a known format, or more of something than the limits allow.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    read_with(name, bytes, &Options { limits: limits.clone(), ..Options::default() })
}

/// Reads a document, and tells the language of its passages among those of the options.
///
/// # Errors
/// Bytes that are no document of a known format, or more of something than the limits allow.
pub fn read_with(name: &str, bytes: &[u8], options: &Options) -> Result<Document, Unreadable> {
    let (media, text) = text_of(name, bytes, options)?;
    document(name, bytes, media, text, options)
}

/// The format and the text of a document: the part of reading that parses.
///
/// # Errors
/// Bytes that are no document of a known format, or more of something than the limits allow.
pub fn text_of(name: &str, bytes: &[u8], options: &Options) -> Result<(Media, String), Unreadable> {
    let limits = &options.limits;
    if bytes.len() > limits.input_bytes {
        return Err(Unreadable::limit("bytes of the file", limits.input_bytes));
    }
    let media = media_of(name, bytes)?;
    let text = match media {
        Media::Text | Media::Markdown => decode::plain(bytes, options)?,
        Media::Html => html::text(&decode::html(bytes, options)?, limits)?,
        Media::Pdf => pdf::text(bytes, limits)?,
        Media::Docx => docx::text(bytes, limits)?,
    };
    Ok((media, text))
}

/// The document whose text was read, here or by another process: nothing in the text is believed.
///
/// # Errors
/// A text that is blank or longer than the limits allow.
pub fn document(
    name: &str,
    bytes: &[u8],
    media: Media,
    text: String,
    options: &Options,
) -> Result<Document, Unreadable> {
    if text.chars().count() > options.limits.text_chars {
        return Err(Unreadable::limit(limits::TEXT_CHARS, options.limits.text_chars));
    }
    if text.chars().all(char::is_whitespace) {
        return Err(Unreadable::Empty { media });
    }
    let among: Vec<&str> = options.languages.iter().map(String::as_str).collect();
    Ok(Document {
        name: name.to_string(),
        media,
        digest: full_digest(bytes),
        text_digest: full_digest(text.as_bytes()),
        passages: languages_of(&text, &among),
        text,
    })
}
