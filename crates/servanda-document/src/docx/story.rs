//! The text of one part of a document.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use crate::limits::Limits;
use crate::sheet::Sheet;
use crate::{Media, Unreadable};

/// Names of WordprocessingML, of its strict form, of formulas, and of alternatives.
const NAMESPACES: [&str; 5] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
];

/// Content that is not part of the text: deleted, moved away, a field's instruction, what older programs show
/// instead, and the small reading beside a ruby.
const LEFT_OUT: [&str; 6] = ["del", "moveFrom", "instrText", "delText", "Fallback", "rt"];

/// Reads parts, and counts over all of them.
pub(super) struct Story {
    limits: Limits,
    nodes: usize,
}

/// A text in the making: the part itself, or a text box in it.
struct Frame {
    sheet: Sheet,
    /// Tables inside each other.
    tables: usize,
    /// Cells of the row so far.
    cells: usize,
    /// The mark of the last paragraph is deleted: the next one continues it.
    joins: bool,
}

impl Story {
    pub(super) fn new(limits: &Limits) -> Story {
        Story { limits: limits.clone(), nodes: 0 }
    }

    /// Writes the text of a part.
    pub(super) fn read(&mut self, name: &str, part: &str, sheet: &mut Sheet) -> Result<(), Unreadable> {
        let frame = |sheet| Frame { sheet, tables: 0, cells: 0, joins: false };
        let own = std::mem::replace(sheet, Sheet::new(&self.limits));
        let mut reading =
            Reading { frames: vec![frame(own)], open: Vec::new(), skip: None, boxes: Vec::new() };
        let mut reader = NsReader::from_str(part);
        reader.config_mut().expand_empty_elements = true;
        loop {
            let (namespace, event) =
                reader.read_resolved_event().map_err(|e| damaged(name, e.to_string()))?;
            let ours = matches!(&namespace, ResolveResult::Bound(ns) if NAMESPACES.contains(&ns.0));
            match event {
                Event::Start(tag) => {
                    self.nodes += 1;
                    if self.nodes > self.limits.nodes {
                        return Err(Unreadable::limit("elements", self.limits.nodes));
                    }
                    if reading.open.len() >= self.limits.depth {
                        return Err(Unreadable::limit("elements inside each other", self.limits.depth));
                    }
                    let word = if ours { tag.local_name().into_inner() } else { "" };
                    if word == "txbxContent" && reading.skip.is_none() {
                        reading.frames.push(frame(Sheet::new(&self.limits)));
                    }
                    reading.start(word, &tag)?;
                }
                Event::End(_) => reading.end()?,
                Event::Text(text) => reading.words(&text.xml10_content()),
                Event::CData(text) => reading.words(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let entity = reference.xml10_content();
                    let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                    let known = quick_xml::escape::resolve_xml_entity(&entity).map(str::to_string);
                    let Some(text) = character.or(known) else {
                        return Err(damaged(name, format!("there is no entity `&{};`", short(&entity))));
                    };
                    reading.words(&text);
                }
                Event::DocType(_) => {
                    return Err(damaged(name, "a part has no document type declaration".into()));
                }
                Event::Eof => break,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
        if !reading.open.is_empty() {
            return Err(damaged(name, "its last element is not closed".into()));
        }
        reading.write_boxes()?;
        if let Some(frame) = reading.frames.into_iter().next() {
            *sheet = frame.sheet;
        }
        Ok(())
    }
}

/// A place in a part.
struct Reading {
    frames: Vec<Frame>,
    /// The open elements by their local names; empty for what is not of this vocabulary.
    open: Vec<Element>,
    /// How many elements are open where content begins that is left out.
    skip: Option<usize>,
    /// Texts of boxes, until the paragraph ends that holds them.
    boxes: Vec<String>,
}

struct Element {
    word: String,
    /// White space at its ends counts.
    preserves: bool,
    /// The characters of a text, until it ends.
    text: String,
}

impl Reading {
    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn parent(&self, above: usize) -> &str {
        self.open.iter().rev().nth(above).map_or("", |e| &e.word)
    }

    fn start(&mut self, word: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        if self.skip.is_none() {
            self.open_element(word, tag)?;
        }
        let preserves = word == "t" && attribute(tag, "xml:space").as_deref() == Some("preserve");
        self.open.push(Element { word: word.to_string(), preserves, text: String::new() });
        Ok(())
    }

    fn open_element(&mut self, word: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        let (parent, grandparent) = (self.parent(0).to_string(), self.parent(1).to_string());
        let here = self.open.len();
        match word {
            // The mark of a paragraph, a row: the element says that what holds it is deleted.
            "del" if parent == "rPr" && grandparent == "pPr" => self.frame().joins = true,
            "del" if parent == "rPr" => {}
            "del" if parent == "trPr" => self.skip = self.open.iter().rposition(|e| e.word == "tr"),
            "vanish" if parent == "rPr" && grandparent == "r" => {
                let off = attribute(tag, "w:val");
                if !off.is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off")) {
                    self.skip = self.open.iter().rposition(|e| e.word == "r");
                }
            }
            "footnote" | "endnote"
                if attribute(tag, "w:type").is_some_and(|t| t.contains("eparat") || t.contains("Notice")) =>
            {
                self.skip = Some(here);
            }
            word if LEFT_OUT.contains(&word) => self.skip = Some(here),
            "p" => {
                let frame = self.frame();
                if std::mem::take(&mut frame.joins) {
                } else if frame.tables > 0 {
                    frame.sheet.space();
                } else {
                    frame.sheet.line();
                }
            }
            "tbl" => self.frame().tables += 1,
            "tr" if self.frame().tables == 1 => {
                let frame = self.frame();
                frame.cells = 0;
                frame.sheet.line();
            }
            "tc" if self.frame().tables == 1 => {
                let frame = self.frame();
                if frame.cells > 0 {
                    frame.sheet.tab();
                }
                frame.cells += 1;
            }
            "tab" | "ptab" if parent == "r" => {
                let frame = self.frame();
                if frame.tables > 0 { frame.sheet.space() } else { frame.sheet.tab() }
            }
            "br" | "cr" if parent == "r" => {
                let frame = self.frame();
                if frame.tables > 0 { frame.sheet.space() } else { frame.sheet.lines_more() }
            }
            "noBreakHyphen" => self.frame().sheet.verbatim("\u{2011}")?,
            // A character of a font that is not Unicode.
            "sym" => self.frame().sheet.verbatim("\u{fffd}")?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        let Some(element) = self.open.pop() else { return Ok(()) };
        if let Some(skip) = self.skip {
            if self.open.len() == skip {
                self.skip = None;
            }
            return Ok(());
        }
        match element.word.as_str() {
            "t" if element.preserves => {
                self.frame().sheet.verbatim(&element.text.replace(['\n', '\t'], " "))?;
            }
            "t" => self.frame().sheet.flowing(element.text.trim_matches([' ', '\n', '\t']))?,
            "tbl" => {
                let frame = self.frame();
                frame.tables = frame.tables.saturating_sub(1);
                if frame.tables == 0 { frame.sheet.line() } else { frame.sheet.space() }
            }
            "txbxContent" if self.frames.len() > 1 => {
                if let Some(frame) = self.frames.pop() {
                    self.boxes.push(frame.sheet.finish());
                }
            }
            "p" if self.frames.len() == 1 => self.write_boxes()?,
            _ => {}
        }
        Ok(())
    }

    /// Writes the boxes of the paragraph that has ended.
    fn write_boxes(&mut self) -> Result<(), Unreadable> {
        for text in std::mem::take(&mut self.boxes) {
            let frame = self.frame();
            if frame.tables > 0 {
                frame.sheet.space();
                frame.sheet.flowing(&text)?;
            } else {
                frame.sheet.line();
                frame.sheet.verbatim(&text)?;
            }
        }
        Ok(())
    }

    fn words(&mut self, text: &str) {
        if let (None, Some(element)) = (self.skip, self.open.last_mut().filter(|e| e.word == "t")) {
            element.text.push_str(text);
        }
    }
}

/// The main part that the relations of a package name.
pub(super) fn main_part(relations: &str, limits: &Limits) -> Result<Option<String>, Unreadable> {
    let mut reader = NsReader::from_str(relations);
    for _ in 0..limits.nodes {
        let event = reader.read_event().map_err(|e| damaged("_rels/.rels", e.to_string()))?;
        match event {
            Event::Start(tag) | Event::Empty(tag)
                if attribute(&tag, "Type").is_some_and(|t| t.ends_with("/relationships/officeDocument")) =>
            {
                return Ok(attribute(&tag, "Target").map(|t| t.trim_start_matches('/').to_string()));
            }
            Event::DocType(_) => {
                return Err(damaged("_rels/.rels", "a part has no document type declaration".into()));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
    Err(Unreadable::limit("elements", limits.nodes))
}

/// The value of an attribute, as it is written.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

/// The beginning of a name that may be long.
fn short(name: &str) -> String {
    name.chars().take(32).collect()
}

fn damaged(name: &str, why: String) -> Unreadable {
    Unreadable::damaged(Media::Docx, format!("in the part `{name}`: {why}"))
}
