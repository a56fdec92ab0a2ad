//! Bytes → text.
//!
//! A byte order mark is no part of the text: offsets count from the character after it (Encoding Standard, "decode").

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, REPLACEMENT, UTF_8};

use crate::limits::TEXT_CHARS;
use crate::{Options, Unreadable};

/// Bytes at the beginning of a page in which its encoding may be declared (HTML Living Standard, 13.2.3.2).
const DECLARATION_BYTES: usize = 1024;

/// Bytes that are looked at to suggest an encoding.
const SUGGESTION_BYTES: usize = 1 << 20;

/// Plain text: UTF-8, UTF-16 with a byte order mark, or the encoding of the options. Nothing is guessed, and no
/// character is changed.
pub(crate) fn plain(bytes: &[u8], options: &Options) -> Result<String, Unreadable> {
    decode(bytes, options, None)
}

/// A page: as plain text, and by the encoding that it declares.
pub(crate) fn html(bytes: &[u8], options: &Options) -> Result<String, Unreadable> {
    decode(bytes, options, declared(&bytes[..bytes.len().min(DECLARATION_BYTES)]))
}

fn decode(bytes: &[u8], options: &Options, declared: Option<String>) -> Result<String, Unreadable> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => match options.encoding.clone().or(declared) {
            Some(label) => (known(label)?, 0),
            None => (UTF_8, 0),
        },
    };
    if let (true, Some(byte)) = (encoding.is_ascii_compatible(), bytes.iter().position(|&b| b == 0)) {
        let help = if byte < 2 {
            "UTF-16 without a byte order mark needs `--encoding utf-16le` or `--encoding utf-16be`"
        } else {
            "only text, Markdown, HTML, PDF and DOCX are read"
        };
        return Err(Unreadable::Binary { byte, help });
    }
    let text = strict(encoding, bytes, mark, options.limits.text_chars)?;
    match text.bytes().position(|b| b == 0) {
        Some(byte) => Err(Unreadable::Binary { byte, help: "save it as UTF-8" }),
        None => Ok(text),
    }
}

fn known(label: String) -> Result<&'static Encoding, Unreadable> {
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding != REPLACEMENT => Ok(encoding),
        _ => Err(Unreadable::UnknownEncoding { label }),
    }
}

/// All bytes after the mark, or the place of the first that does not fit.
fn strict(
    encoding: &'static Encoding,
    bytes: &[u8],
    mark: usize,
    chars_max: usize,
) -> Result<String, Unreadable> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // A character takes at most 4 bytes of UTF-8, and a file has no more characters than bytes, nearly always.
    let capacity = (chars_max.saturating_mul(4)).min(bytes.len().saturating_mul(3)).saturating_add(16);
    let mut text = String::with_capacity(capacity);
    let (result, read) = decoder.decode_to_string_without_replacement(&bytes[mark..], &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull => Err(Unreadable::limit(TEXT_CHARS, chars_max)),
        DecoderResult::Malformed(length, after) => {
            let behind = usize::from(length) + usize::from(after);
            Err(Unreadable::NotText {
                encoding: encoding.name().to_string(),
                byte: (mark + read).saturating_sub(behind),
                help: suggestion(encoding, bytes),
            })
        }
    }
}

/// What to do about bytes that are not in their encoding.
fn suggestion(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SUGGESTION_BYTES)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if encoding == UTF_8 {
        format!(
            "it is probably {}: `--encoding {}` reads it so",
            guess.name(),
            guess.name().to_ascii_lowercase()
        )
    } else {
        "name another with `--encoding`, or save it as UTF-8".to_string()
    }
}

/// The encoding that a page declares: `<meta charset=…>`, `<meta … content="…charset=…">`, or the declaration of XML.
/// UTF-16 cannot be declared in ASCII: UTF-8 is meant then.
fn declared(start: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let after = |text: &str, word: &str| -> Option<String> {
        let (_, rest) = text.split_once(word)?;
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let label: String =
            value.chars().take_while(|c| !c.is_ascii_whitespace() && !"\"';/>?".contains(*c)).collect();
        (!label.is_empty()).then_some(label)
    };
    let xml = start.trim_start().strip_prefix("<?xml").and_then(|rest| {
        let (declaration, _) = rest.split_once("?>")?;
        after(declaration, "encoding")
    });
    let metas = || start.split("<meta").skip(1).map(|m| m.split('>').next().unwrap_or_default());
    let label = xml.or_else(|| metas().find_map(|meta| after(meta, "charset")))?;
    Some(if label.starts_with("utf-16") { "utf-8".into() } else { label })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: Option<&str>) -> Result<String, Unreadable> {
        plain(bytes, &Options { encoding: encoding.map(str::to_string), ..Options::default() })
    }

    #[test]
    fn marks_are_no_text_and_nothing_else_is_changed() {
        assert_eq!(decoded("\u{feff}a\r\ne\u{301}\t".as_bytes(), None).unwrap(), "a\r\ne\u{301}\t");
        assert_eq!(decoded(b"\xff\xfea\0\xe9\0", None).unwrap(), "aé");
        assert_eq!(decoded(b"\xfe\xff\0a\xd8\x3d\xde\x00", None).unwrap(), "a😀");
        assert_eq!(decoded(b"\xc7\xc8", Some("windows-1256")).unwrap(), "اب");
    }

    #[test]
    fn bytes_that_do_not_fit_are_refused_with_their_place_and_a_likely_encoding() {
        let error = decoded(b"le prix est \xe9lev\xe9", None).unwrap_err();
        assert!(
            matches!(&error, Unreadable::NotText { byte: 12, help, .. } if help.contains("windows-1252")),
            "{error}"
        );
        let error = decoded(b"\xff\xfea\0\x00\xd8b\0", None).unwrap_err();
        assert!(matches!(&error, Unreadable::NotText { byte: 4, .. }), "{error:?}");
        assert!(matches!(decoded(b"ab\0", None), Err(Unreadable::Binary { byte: 2, .. })));
        assert!(matches!(decoded(b"\xff\xfea\0\0\0", None), Err(Unreadable::Binary { byte: 1, .. })));
        assert!(matches!(decoded(b"a", Some("ebcdic")), Err(Unreadable::UnknownEncoding { .. })));
    }

    #[test]
    fn pages_declare_their_encoding() {
        for page in [
            &b"<meta charset=windows-1252>\xe9"[..],
            b"<META http-equiv='Content-Type' content='text/html; charset=latin1'>\xe9",
            b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><p>\xe9",
        ] {
            let text = html(page, &Options::default()).unwrap();
            assert!(text.ends_with('é'), "{text}");
        }
        assert!(html(b"<p charset=latin1>\xe9", &Options::default()).is_err());
        assert!(html("<meta charset=utf-16>é".as_bytes(), &Options::default()).is_ok());
    }
}
