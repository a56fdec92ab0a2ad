//! The text of an Office Open XML document (ECMA-376, WordprocessingML).

mod archive;
mod story;

use crate::limits::Limits;
use crate::sheet::Sheet;
use crate::{Media, Unreadable};
use archive::Archive;
use story::Story;

/// Where the main part nearly always lies.
const MAIN: &str = "word/document.xml";

/// The body, then footnotes, endnotes, headers and footers, a blank line between them.
pub(crate) fn text(bytes: &[u8], limits: &Limits) -> Result<String, Unreadable> {
    let mut archive = Archive::open(bytes, limits)?;
    let main = match archive.part("_rels/.rels")? {
        Some(relations) => story::main_part(&relations, limits)?.unwrap_or_else(|| MAIN.to_string()),
        None => MAIN.to_string(),
    };
    let Some(body) = archive.part(&main)?.filter(|_| main.ends_with(".xml")) else {
        return Err(other_archive(&archive));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut story = Story::new(limits);
    let mut sheet = Sheet::new(limits);
    story.read(&main, &body, &mut sheet)?;
    for kind in ["footnotes", "endnotes", "header", "footer"] {
        let prefix = if folder.is_empty() { kind.to_string() } else { format!("{folder}/{kind}") };
        for name in archive.names_with(&prefix) {
            if let Some(part) = archive.part(&name)? {
                sheet.gap();
                story.read(&name, &part, &mut sheet)?;
            }
        }
    }
    Ok(sheet.finish())
}

/// An archive without a main part of a text.
fn other_archive(archive: &Archive<'_>) -> Unreadable {
    let has = |prefix: &str| !archive.names_with(prefix).is_empty();
    let (found, instead) = if has("xl/") {
        ("a workbook of a spreadsheet", "PDF or text")
    } else if has("ppt/") {
        ("a presentation", "PDF or text")
    } else if has("META-INF/") {
        ("an archive of another kind (OpenDocument, EPUB)", "DOCX")
    } else if has("word/") {
        return Unreadable::damaged(Media::Docx, format!("the part `{MAIN}` is not in it"));
    } else {
        ("a zip archive", "what is in it")
    };
    Unreadable::Unsupported { found, instead }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    /// An archive with some parts.
    pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A part of a text.
    fn part(root: &str, content: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{root} \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">{content}</w:{root}>"
        )
    }

    fn read(body: &str) -> Result<String, Unreadable> {
        text(&packed(&[(MAIN, &part("document", body))]), &Limits::default())
    }

    #[test]
    fn paragraphs_tables_and_tracked_changes() {
        let body = "<w:body><w:p><w:r><w:t xml:space=\"preserve\">The fee is </w:t></w:r>\
            <w:ins><w:r><w:t>EUR&#160;6</w:t></w:r></w:ins><w:del><w:r><w:delText>EUR 5</w:delText></w:r></w:del>\
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t> a &amp; b</w:t><w:br/><w:t>next</w:t></w:r></w:p>\
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>joined</w:t></w:r></w:p><w:p><w:r><w:t>up</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Fee</w:t></w:r></w:p>\
            <w:p><w:r><w:t>(EUR)</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>2026</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc>\
            <w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>\
            <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
            <mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>end</w:t></w:r></w:p></w:body>";
        assert_eq!(
            read(body).unwrap(),
            "The fee is EUR\u{a0}6a & b\nnext\njoinedup\nYear\tFee (EUR)\n2026\t5 6\nend\nbox\n"
        );
    }

    #[test]
    fn notes_headers_and_footers_come_at_the_end() {
        let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let notes = format!(
            "<w:footnote w:type=\"separator\">{}</w:footnote><w:footnote>{}</w:footnote>",
            paragraph("line"),
            paragraph("note")
        );
        let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
            <Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
            Target=\"/text/main.xml\"/></Relationships>";
        let bytes = packed(&[
            ("_rels/.rels", rels),
            ("text/header1.xml", &part("hdr", &paragraph("head"))),
            ("text/footer1.xml", &part("ftr", &paragraph("foot"))),
            ("text/footnotes.xml", &part("footnotes", &notes)),
            ("text/main.xml", &part("document", &format!("<w:body>{}</w:body>", paragraph("body")))),
        ]);
        assert_eq!(text(&bytes, &Limits::default()).unwrap(), "body\n\nnote\n\nhead\n\nfoot\n");
    }

    #[test]
    fn what_is_no_document_says_what_it_is() {
        let told = |parts: &[(&str, &str)]| text(&packed(parts), &Limits::default()).unwrap_err().to_string();
        assert!(told(&[("xl/workbook.xml", "<x/>")]).contains("spreadsheet"));
        assert!(told(&[("notes.txt", "x")]).contains("is a zip archive"));
        assert!(told(&[("word/styles.xml", "<x/>")]).contains(MAIN));
        assert!(told(&[(MAIN, "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")]).contains("document type"));
        assert!(told(&[(MAIN, "<w:p>&a;</w:p>")]).contains("entity"));
        assert!(
            told(&[(MAIN, "<x><y></x>")]).contains("damaged DOCX: in the part"),
            "{}",
            told(&[(MAIN, "<x><y></x>")])
        );
        assert!(told(&[(MAIN, "<x><y>")]).contains("not closed"));
        assert!(told(&[(MAIN, &"<x>".repeat(600))]).contains("elements inside each other"));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let zeros = " ".repeat(9 << 20);
        let bytes = packed(&[(MAIN, &part("document", &zeros))]);
        let told = |limits: Limits| text(&bytes, &limits).unwrap_err().to_string();
        assert!(told(Limits::default()).contains("times its packed size"), "{}", told(Limits::default()));
        let wide = Limits { unpacked_ratio: 5_000, ..Limits::default() };
        assert_eq!(text(&bytes, &wide).unwrap(), "");
        assert!(told(Limits { unpacked_bytes: 8 << 20, ..wide.clone() }).contains("unpacked bytes"));
        assert!(told(Limits { zip_entries: 0, ..wide }).contains("files in the archive"));
    }
}
