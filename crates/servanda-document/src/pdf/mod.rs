//! The text of a PDF (ISO 32000-2).

mod font;
mod line;
mod map;
mod page;

use lopdf::{Document, LoadOptions};

use crate::limits::Limits;
use crate::sheet::Sheet;
use crate::{Media, Unreadable};
use page::Reader;

/// Between two pages: a line that holds a form feed alone.
const PAGE_END: &str = "\u{c}";

/// The text of all pages, its lines in the order in which the pages draw them.
pub(crate) fn text(bytes: &[u8], limits: &Limits) -> Result<String, Unreadable> {
    let options =
        LoadOptions { max_decompressed_size: Some(limits.unpacked_bytes), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|e| refusal(e, limits))?;
    if document.is_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    // What is left of a file that was cut off may read well and lack what matters.
    if matches!(document.xref_recovery, Some(lopdf::xref::XrefRecovery::Reconstructed)) {
        return Err(Unreadable::damaged(
            Media::Pdf,
            "its table of objects is not whole, as when a file is cut off",
        ));
    }
    let mut sheet = Sheet::new(limits);
    let mut reader = Reader::new(&document, limits);
    let mut pages = 0usize;
    let mut any = false;
    for page in document.page_iter() {
        pages += 1;
        if pages > limits.pages {
            return Err(Unreadable::limit("pages", limits.pages));
        }
        if any {
            sheet.line();
            sheet.verbatim(PAGE_END)?;
            sheet.line();
        }
        any = reader.page(page, &mut sheet).map_err(|e| e.told(pages, limits))? || any;
    }
    let promised = promised_pages(&document);
    if pages == 0 || promised > pages as i64 {
        return Err(Unreadable::damaged(Media::Pdf, format!("of {promised} pages, {pages} are there")));
    }
    if reader.is_mostly_unknown() {
        return Err(Unreadable::damaged(
            Media::Pdf,
            "its fonts do not tell which characters they show; text recognition would read it",
        ));
    }
    Ok(sheet.finish())
}

/// How many pages the root of their tree promises.
fn promised_pages(document: &Document) -> i64 {
    let root = document.catalog().and_then(|c| c.get_deref(b"Pages", document)).and_then(|p| p.as_dict());
    root.and_then(|r| r.get_deref(b"Count", document)).and_then(|c| c.as_i64()).unwrap_or(0)
}

/// What is wrong, by the error of the parser.
fn refusal(error: lopdf::Error, limits: &Limits) -> Unreadable {
    use lopdf::{DecompressError, Error};
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            Unreadable::Encrypted
        }
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            Unreadable::limit("unpacked bytes", limits.unpacked_bytes)
        }
        error => Unreadable::damaged(Media::Pdf, error.to_string()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A PDF with a page for each content stream. `F1` is a font of one-byte codes, `F2` one of two-byte codes whose
    /// map says that 0x0041 is ا and 0x0042 the two letters ff.
    pub(crate) fn drawn(pages: &[&str]) -> Vec<u8> {
        let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n\
            1 begincodespacerange <0000> <ffff> endcodespacerange\n\
            2 beginbfchar <0041> <0627> <0042> <00660066> endbfchar\nendcmap end end";
        let form = "BT /F1 10 Tf 10 500 Td (in a form) Tj ET";
        let stream = |dict: &str, content: &str| {
            format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len())
        };
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
            String::new(),
            "<< /Font << /F1 4 0 R /F2 5 0 R >> /XObject << /X 8 0 R >> >>".to_string(),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /FirstChar 32 /Widths [ "
                .to_string()
                + &"600 ".repeat(224)
                + "] >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
                .to_string(),
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /W [65 [500] 66 70 700] >>".to_string(),
            stream("", map),
            stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", form),
        ];
        let mut kids = String::new();
        for content in pages {
            let page = objects.len() + 1;
            kids += &format!("{page} 0 R ");
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /Resources 3 0 R /MediaBox [0 0 600 800] /Contents {} 0 R >>",
                page + 1
            ));
            objects.push(stream("", content));
        }
        objects[1] = format!("<< /Type /Pages /Kids [ {kids}] /Count {} >>", pages.len());
        let mut file = String::from("%PDF-1.7\n");
        let mut offsets = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            offsets.push(file.len());
            file += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
        }
        let table = file.len();
        file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for offset in offsets {
            file += &format!("{offset:010} 00000 n \n");
        }
        file +=
            &format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
        file.into_bytes()
    }

    fn read(content: &str) -> Result<String, Unreadable> {
        text(&drawn(&[content]), &Limits::default())
    }

    #[test]
    fn jumps_of_the_pen_are_blanks_tabs_and_lines() {
        // A glyph is 6 wide: the next one stands where the last one ended, a blank later, or in another column.
        let content = "BT /F1 10 Tf 10 700 Td (The) Tj 18 0 Td (n) Tj 12 0 Td (fee) Tj 60 0 Td (EUR\\2005) Tj \
            -90 -12 Td [(spl) 20 (it) -300 (up)] TJ 0 -30 Td (par) Tj 3 Ts (1) Tj 0 Ts ET";
        assert_eq!(read(content).unwrap(), "Then fee\tEUR\u{20ac}5\nsplit up\n\npar 1\n");
    }

    #[test]
    fn codes_are_characters_by_the_map_of_the_font() {
        // The line has letters that are read from the right.
        let content = "BT /F2 10 Tf 10 700 Td <00410042> Tj ET q 1 0 0 1 0 0 cm /X Do Q";
        assert_eq!(read(content).unwrap(), "ffا\n\nin a form\n");
        let unknown = read("BT /F2 10 Tf 10 700 Td <0050> Tj ET").unwrap_err().to_string();
        assert!(unknown.contains("its fonts do not tell"), "{unknown}");
    }

    #[test]
    fn pages_are_parted_by_form_feeds() {
        let page = |word: &str| format!("BT /F1 10 Tf 10 700 Td ({word}) Tj ET");
        let bytes = drawn(&[&page("one"), "", &page("two")]);
        assert_eq!(text(&bytes, &Limits::default()).unwrap(), "one\n\u{c}\n\u{c}\ntwo\n");
        let limits = Limits { pages: 2, ..Limits::default() };
        assert_eq!(text(&bytes, &limits), Err(Unreadable::limit("pages", 2)));
        let limits = Limits { nodes: 1, ..Limits::default() };
        assert_eq!(text(&bytes, &limits), Err(Unreadable::limit("texts and forms of the pages", 1)));
    }

    #[test]
    fn broken_files_are_refused() {
        let bytes = drawn(&["BT /F1 10 Tf (x) Tj ET"]);
        assert!(matches!(text(b"%PDF-1.7", &Limits::default()), Err(Unreadable::Damaged { .. })));
        assert!(matches!(text(&bytes[..200], &Limits::default()), Err(Unreadable::Damaged { .. })));
        let deep = drawn(&["BT /F1 10 Tf (x) Tj ET"]);
        let deep =
            String::from_utf8(deep).unwrap().replace("/MediaBox", &format!("/Deep {}", "[".repeat(100_000)));
        assert!(text(deep.as_bytes(), &Limits::default()).is_err());
        let own = drawn(&["/X Do"]);
        let own = String::from_utf8(own)
            .unwrap()
            .replace("/F1 10 Tf 10 500 Td (in a form) Tj ET", "ET q /X Do Q                         ");
        assert_eq!(
            text(own.as_bytes(), &Limits::default()),
            Err(Unreadable::limit("forms inside each other", 16))
        );
    }
}
