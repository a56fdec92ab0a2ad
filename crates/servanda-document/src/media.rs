//! What a document is: its bytes first, its name second.

use std::fmt;

use crate::Unreadable;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Media {
    /// Plain text.
    Text,
    /// Markdown, which is kept as it is written.
    Markdown,
    /// A web page.
    Html,
    /// Portable Document Format.
    Pdf,
    /// Office Open XML, word processing.
    Docx,
}

impl Media {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Media::Text => "text",
            Media::Markdown => "markdown",
            Media::Html => "html",
            Media::Pdf => "pdf",
            Media::Docx => "docx",
        }
    }

    /// The format of a word.
    pub fn of_word(word: &str) -> Option<Media> {
        [Media::Text, Media::Markdown, Media::Html, Media::Pdf, Media::Docx]
            .into_iter()
            .find(|m| m.word() == word)
    }

    /// Whether reading it is decoding it: nothing in it is parsed.
    pub fn is_plain(self) -> bool {
        matches!(self, Media::Text | Media::Markdown)
    }

    /// What to say of a document of this format that has no text.
    pub(crate) fn without_text(self) -> &'static str {
        match self {
            Media::Pdf => ": pages that are pictures need text recognition first",
            _ => "",
        }
    }

    /// The format that the ending of a file name promises.
    fn of_name(name: &str) -> Option<Media> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Media::Text),
            "md" | "markdown" => Some(Media::Markdown),
            "html" | "htm" | "xhtml" => Some(Media::Html),
            "pdf" => Some(Media::Pdf),
            "docx" => Some(Media::Docx),
            _ => None,
        }
    }
}

impl fmt::Display for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Media::Text => "plain text",
            Media::Markdown => "Markdown",
            Media::Html => "HTML",
            Media::Pdf => "PDF",
            Media::Docx => "DOCX",
        })
    }
}

/// What the bytes of a document are. PDF, DOCX and what is not read are known by their first bytes, HTML by its first
/// tag; where those say nothing, the ending of the name tells text from Markdown and HTML.
///
/// # Errors
/// No bytes at all, a format that is not read, or a name that promises another format than the bytes have.
pub fn media_of(name: &str, bytes: &[u8]) -> Result<Media, Unreadable> {
    let named = Media::of_name(name);
    if bytes.is_empty() {
        return Err(Unreadable::Empty { media: named.unwrap_or(Media::Text) });
    }
    let found = match signature(bytes) {
        Signature::Known(media) => media,
        Signature::Unread { found, instead } => {
            return Err(match named {
                Some(named) if named != Media::Docx || !instead.contains("password") => {
                    Unreadable::Mislabelled { named, found: found.to_string() }
                }
                _ => Unreadable::Unsupported { found, instead },
            });
        }
        // HTML has no signature, and any text may begin with a tag: here the name is believed.
        Signature::Text { page } => {
            return match named {
                Some(named @ (Media::Pdf | Media::Docx)) => {
                    Err(Unreadable::Mislabelled { named, found: "something else".into() })
                }
                Some(named) => Ok(named),
                None if page => Ok(Media::Html),
                None => Ok(Media::Text),
            };
        }
    };
    match named {
        Some(named) if named != found => Err(Unreadable::Mislabelled { named, found: found.to_string() }),
        _ => Ok(found),
    }
}

enum Signature {
    Known(Media),
    Unread { found: &'static str, instead: &'static str },
    Text { page: bool },
}

fn signature(bytes: &[u8]) -> Signature {
    const UNREAD: [(&[u8], &str, &str); 9] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file", "DOCX without a password"),
        (b"{\\rtf", "RTF", "DOCX"),
        (b"\x89PNG\r\n", "a picture", "text"),
        (b"\xff\xd8\xff", "a picture", "text"),
        (b"GIF8", "a picture", "text"),
        (b"\x1f\x8b", "a gzip archive", "what is in it"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "what is in it"),
        (b"Rar!\x1a\x07", "a RAR archive", "what is in it"),
        (b"\x7fELF", "a program", "text"),
    ];
    if let Some((_, found, instead)) = UNREAD.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Signature::Unread { found, instead };
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Signature::Known(Media::Docx);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.starts_with(b"%PDF-") {
        return Signature::Known(Media::Pdf);
    }
    let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    Signature::Text { page: begins(b"<!doctype html") || begins(b"<html") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_go_before_names_and_a_wrong_name_is_told() {
        let media = |name: &str, bytes: &[u8]| media_of(name, bytes).map_err(|e| e.to_string());
        assert_eq!(media("lease", b"%PDF-1.7"), Ok(Media::Pdf));
        assert_eq!(media("lease.PDF", b"\n%PDF-1.7"), Ok(Media::Pdf));
        assert_eq!(media("lease.docx", b"PK\x03\x04"), Ok(Media::Docx));
        assert_eq!(media("lease", b" <!DOCTYPE HTML>"), Ok(Media::Html));
        assert_eq!(media("lease.md", b"<html>"), Ok(Media::Markdown));
        assert_eq!(media("lease.htm", b"the berth"), Ok(Media::Html));
        assert_eq!(media("a.b/lease", b"the berth"), Ok(Media::Text));
        for (name, bytes, told) in [
            ("lease.txt", &b"%PDF-1.7"[..], "named as plain text, but its bytes are PDF"),
            ("lease.pdf", b"PK\x03\x04", "named as PDF, but its bytes are DOCX"),
            ("lease.pdf", b"the berth", "named as PDF"),
            ("lease.html", b"\x89PNG\r\n\x1a\n", "its bytes are a picture"),
            ("lease.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOCX without a password"),
            ("lease", b"{\\rtf1", "is RTF, which is not read"),
        ] {
            let error = media(name, bytes).unwrap_err();
            assert!(error.contains(told), "{name}: {error}");
        }
    }
}
