//! What the codes of a font mean, and how wide its glyphs are.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::map::CodeMap;

/// Thousandths of the font size that a glyph is wide, where the font does not say.
const USUAL_WIDTH: f64 = 500.0;

/// Most codes whose widths are kept for a font: as many as codes of two bytes.
const WIDTHS_MAX: usize = 1 << 16;

/// A font of a page.
pub(super) struct Font<'d> {
    /// The map to Unicode that the font carries.
    to_unicode: Option<CodeMap>,
    /// Its encoding, for codes that the map lacks.
    encoding: Option<Encoding<'d>>,
    /// Bytes of a code.
    code_bytes: usize,
    widths: BTreeMap<u32, f64>,
    usual: f64,
}

/// A code that was shown.
pub(super) struct Glyph {
    /// Its characters; empty where nobody knows them.
    pub(super) text: String,
    /// Its width in parts of the font size.
    pub(super) width: f64,
    /// Whether it is the code 32 of one byte, which word spacing widens.
    pub(super) is_space: bool,
}

impl<'d> Font<'d> {
    /// A font by its dictionary. `unpacked_max` bounds, in bytes, what a map may unpack to.
    pub(super) fn new(
        font: &'d Dictionary,
        document: &'d Document,
        unpacked_max: usize,
    ) -> Result<Font<'d>, lopdf::Error> {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type0");
        let to_unicode = to_unicode(font, document, unpacked_max)?;
        let encoding = match font.get_font_encoding_with_limit(document, unpacked_max) {
            Ok(encoding) => Some(encoding),
            Err(error @ lopdf::Error::Decompress(_)) => return Err(error),
            Err(_) => None,
        };
        let (widths, usual) =
            if composite { composite_widths(font, document) } else { simple_widths(font, document) };
        Ok(Font { to_unicode, encoding, code_bytes: if composite { 2 } else { 1 }, widths, usual })
    }

    /// The glyphs of a string, one for each code.
    pub(super) fn glyphs<'s>(&'s self, string: &'s [u8]) -> impl Iterator<Item = Glyph> + 's {
        string.chunks(self.code_bytes).map(|bytes| {
            let code = bytes.iter().fold(0u32, |code, &b| code << 8 | u32::from(b));
            let width = self.widths.get(&code).copied().unwrap_or(self.usual) / 1000.0;
            Glyph { text: self.text(bytes, code), width, is_space: bytes == b" " }
        })
    }

    fn text(&self, bytes: &[u8], code: u32) -> String {
        if let Some(text) = self.to_unicode.as_ref().and_then(|map| map.get(code, bytes.len())) {
            return text.to_string();
        }
        let known = |e: &Encoding<'_>| e.bytes_to_string(bytes).ok().filter(|t| !t.contains('\u{fffd}'));
        self.encoding
            .as_ref()
            .filter(|e| self.code_bytes == 1 || !matches!(e, Encoding::OneByteEncoding(_)))
            .and_then(known)
            .unwrap_or_default()
    }
}

/// The map of `/ToUnicode`, which goes before the encoding (ISO 32000-2, 9.10.2).
fn to_unicode(
    font: &Dictionary,
    document: &Document,
    unpacked_max: usize,
) -> Result<Option<CodeMap>, lopdf::Error> {
    let Ok(stream) = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream) else {
        return Ok(None);
    };
    match stream.get_plain_content_with_limit(unpacked_max) {
        Ok(content) => Ok(Some(CodeMap::parse(&content))),
        Err(error @ lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            Err(error)
        }
        Err(_) => Ok(None),
    }
}

fn number(object: &Object, document: &Document) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().map(f64::from).filter(|n| n.is_finite())
}

fn simple_widths(font: &Dictionary, document: &Document) -> (BTreeMap<u32, f64>, f64) {
    let first = font.get(b"FirstChar").ok().and_then(|o| number(o, document)).unwrap_or(0.0) as u32;
    // Glyphs of a Type 3 font have a space of their own; that of all others is a thousandth (ISO 32000-2, 9.6.4).
    let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
    let scale = matrix.and_then(|m| m.first()).and_then(|o| number(o, document)).map_or(1.0, |a| a * 1000.0);
    let mut widths = BTreeMap::new();
    if let Ok(list) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
        for (code, width) in (first..).zip(list).take(256) {
            // A width of nothing is what producers write for glyphs that they do not use.
            if let Some(width) = number(width, document).filter(|w| *w > 0.0) {
                widths.insert(code, width * scale);
            }
        }
    }
    (widths, USUAL_WIDTH)
}

/// The widths of a composite font by the codes of its strings, which are the identifiers of its glyphs for the
/// encodings `Identity-H` and `Identity-V` (ISO 32000-2, 9.7.4.3).
fn composite_widths(font: &Dictionary, document: &Document) -> (BTreeMap<u32, f64>, f64) {
    let mut widths = BTreeMap::new();
    let descendant = font
        .get_deref(b"DescendantFonts", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|list| list.first())
        .and_then(|o| document.dereference(o).ok())
        .and_then(|(_, o)| o.as_dict().ok());
    let Some(descendant) = descendant else { return (widths, 1000.0) };
    let usual = descendant.get(b"DW").ok().and_then(|o| number(o, document)).unwrap_or(1000.0);
    let Ok(list) = descendant.get_deref(b"W", document).and_then(Object::as_array) else {
        return (widths, usual);
    };
    let mut items = list.iter().map(|o| document.dereference(o).map_or(o, |(_, o)| o));
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let Some(first) = number(first, document) else { break };
        let first = first as u32;
        match second {
            Object::Array(each) => {
                for (code, width) in (first..).zip(each).take(WIDTHS_MAX) {
                    if let Some(width) = number(width, document) {
                        widths.insert(code, width);
                    }
                }
            }
            last => {
                let (Some(last), Some(width)) =
                    (number(last, document), items.next().and_then(|w| number(w, document)))
                else {
                    break;
                };
                for code in (first..=last as u32).take(WIDTHS_MAX) {
                    widths.insert(code, width);
                }
            }
        }
        if widths.len() > WIDTHS_MAX {
            break;
        }
    }
    (widths, usual)
}
