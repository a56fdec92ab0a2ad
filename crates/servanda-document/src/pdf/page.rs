//! The text that a page draws.
//!
//! Lines come in the order of the content stream. Where the pen jumps between two glyphs decides what stands there:
//! nothing, a blank, a tab (a gap as between columns), a line end, or a blank line.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::Font;
use super::line::{Line, Placed};
use crate::limits::Limits;
use crate::sheet::Sheet;
use crate::{Media, Unreadable};

/// Jumps across the line in parts of the font size: a raised or lowered glyph, another line, another paragraph.
const RAISED: f64 = 0.1;
const LINE: f64 = 0.5;
const PARAGRAPH: f64 = 1.9;

/// Forms inside each other, at most; the limit on depth may be lower.
const FORMS_MAX: usize = 16;

/// Saved graphics states, at most (as many as the limit of early readers, many times over).
const STATES_MAX: usize = 1_024;

/// Reads pages, and counts over all of them.
pub(super) struct Reader<'d> {
    document: &'d Document,
    limits: Limits,
    /// Fonts by the address of their dictionary, which does not move.
    fonts: BTreeMap<usize, Rc<Font<'d>>>,
    /// Texts and forms so far.
    shown: usize,
    unpacked_left: usize,
    known: usize,
    unknown: usize,
}

/// Why a page cannot be read.
pub(super) enum Trouble {
    Refused(Unreadable),
    Parser(lopdf::Error),
}

impl From<Unreadable> for Trouble {
    fn from(error: Unreadable) -> Trouble {
        Trouble::Refused(error)
    }
}

impl From<lopdf::Error> for Trouble {
    fn from(error: lopdf::Error) -> Trouble {
        Trouble::Parser(error)
    }
}

impl Trouble {
    /// The error, with the number of its page.
    pub(super) fn told(self, page: usize, limits: &Limits) -> Unreadable {
        match self {
            Trouble::Refused(error) => error,
            Trouble::Parser(error) => match super::refusal(error, limits) {
                Unreadable::Damaged { why, .. } => {
                    Unreadable::damaged(Media::Pdf, format!("on page {page}: {why}"))
                }
                error => error,
            },
        }
    }
}

/// An affine map: `[a b c d e f]` of ISO 32000-2, 8.3.3.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const UNIT: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn moved(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, other.0);
        Matrix([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }
}

#[derive(Clone)]
struct State<'d> {
    map: Matrix,
    font: Option<Rc<Font<'d>>>,
    size: f64,
    between_glyphs: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Where the pen is, in a map whose first axis is the line.
#[derive(Clone, Copy)]
struct Pen {
    along: f64,
    across: f64,
    size: f64,
}

/// A page while it is drawn.
struct Drawing<'s, 'd> {
    sheet: &'s mut Sheet,
    state: State<'d>,
    saved: Vec<State<'d>>,
    text: Matrix,
    line: Matrix,
    /// Where the last glyph ended.
    pen: Option<Pen>,
    glyphs: Line,
    any: bool,
}

/// The resources of a page or a form, nearest first.
type Resources<'d> = Vec<&'d Dictionary>;

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document, limits: &Limits) -> Reader<'d> {
        Reader {
            document,
            limits: limits.clone(),
            fonts: BTreeMap::new(),
            shown: 0,
            unpacked_left: limits.unpacked_bytes,
            known: 0,
            unknown: 0,
        }
    }

    /// Whether most of the glyphs have no characters.
    pub(super) fn is_mostly_unknown(&self) -> bool {
        self.unknown > self.known
    }

    /// Writes the text of a page; whether there was any.
    pub(super) fn page(&mut self, page: ObjectId, sheet: &mut Sheet) -> Result<bool, Trouble> {
        // What cannot be found is not passed over: it could be what matters.
        self.document.get_dictionary(page)?;
        for part in self.document.get_page_contents(page) {
            self.document.get_object(part)?.as_stream()?;
        }
        let content = self.document.get_page_content_with_limit(page, self.unpacked_left)?;
        self.unpacked_left = self.unpacked_left.saturating_sub(content.len());
        let (own, shared) = self.document.get_page_resources(page)?;
        let shared = shared.iter().filter_map(|id| self.document.get_dictionary(*id).ok());
        let resources: Resources<'d> = own.into_iter().chain(shared).collect();
        let state = State {
            map: Matrix::UNIT,
            font: None,
            size: 1.0,
            between_glyphs: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let (text, line) = (Matrix::UNIT, Matrix::UNIT);
        let mut drawing = Drawing {
            sheet,
            state,
            saved: Vec::new(),
            text,
            line,
            pen: None,
            glyphs: Line::default(),
            any: false,
        };
        self.draw(&content, &resources, 0, &mut drawing)?;
        drawing.glyphs.write(drawing.sheet)?;
        Ok(drawing.any)
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: &Resources<'d>,
        depth: usize,
        drawing: &mut Drawing<'_, 'd>,
    ) -> Result<(), Trouble> {
        for operation in Content::decode_iter(content) {
            let operation = operation?;
            if matches!(operation.operator.as_str(), "Do" | "Tj" | "TJ" | "'" | "\"") {
                self.shown += 1;
                if self.shown > self.limits.nodes {
                    return Err(Unreadable::limit("texts and forms of the pages", self.limits.nodes).into());
                }
            }
            if operation.operator == "Do" {
                self.form(&operation, resources, depth, drawing)?;
            } else {
                self.operator(&operation, resources, drawing)?;
            }
        }
        Ok(())
    }

    /// Draws a form; pictures are passed over.
    fn form(
        &mut self,
        operation: &Operation,
        resources: &Resources<'d>,
        depth: usize,
        drawing: &mut Drawing<'_, 'd>,
    ) -> Result<(), Trouble> {
        let Some(Ok(name)) = operation.operands.first().map(Object::as_name) else { return Ok(()) };
        let Some(stream) = self.resource(resources, b"XObject", name).and_then(|o| o.as_stream().ok()) else {
            return Ok(());
        };
        if !stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form") {
            return Ok(());
        }
        if depth >= FORMS_MAX.min(self.limits.depth) {
            return Err(Unreadable::limit("forms inside each other", FORMS_MAX.min(self.limits.depth)).into());
        }
        let content = stream.get_plain_content_with_limit(self.unpacked_left)?;
        self.unpacked_left = self.unpacked_left.saturating_sub(content.len());
        let mut inner: Resources<'d> = Vec::new();
        if let Ok(own) = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
            inner.push(own);
        }
        inner.extend(resources.iter().take(2));
        let map = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let map = map.and_then(|list| matrix(list)).unwrap_or(Matrix::UNIT);
        let before = drawing.state.clone();
        let saved = std::mem::take(&mut drawing.saved);
        drawing.state.map = map.then(before.map);
        self.draw(&content, &inner, depth + 1, drawing)?;
        drawing.state = before;
        drawing.saved = saved;
        Ok(())
    }

    fn resource(&self, resources: &Resources<'d>, kind: &[u8], name: &[u8]) -> Option<&'d Object> {
        resources.iter().find_map(|r| {
            let list = r.get_deref(kind, self.document).and_then(Object::as_dict).ok()?;
            list.get_deref(name, self.document).ok()
        })
    }

    fn font(&mut self, resources: &Resources<'d>, name: &[u8]) -> Result<Option<Rc<Font<'d>>>, Trouble> {
        let Some(dict) = self.resource(resources, b"Font", name).and_then(|o| o.as_dict().ok()) else {
            return Ok(None);
        };
        let address = std::ptr::from_ref(dict) as usize;
        if let Some(font) = self.fonts.get(&address) {
            return Ok(Some(font.clone()));
        }
        let font = Rc::new(Font::new(dict, self.document, self.unpacked_left)?);
        self.fonts.insert(address, font.clone());
        Ok(Some(font))
    }

    fn operator(
        &mut self,
        operation: &Operation,
        resources: &Resources<'d>,
        drawing: &mut Drawing<'_, 'd>,
    ) -> Result<(), Trouble> {
        let operands = &operation.operands;
        let n = |i: usize| operands.get(i).and_then(plain_number).unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if drawing.saved.len() < STATES_MAX => drawing.saved.push(drawing.state.clone()),
            "Q" => {
                if let Some(state) = drawing.saved.pop() {
                    drawing.state = state;
                }
            }
            "cm" => {
                if let Some(map) = matrix(operands) {
                    drawing.state.map = map.then(drawing.state.map);
                }
            }
            "BT" => (drawing.text, drawing.line) = (Matrix::UNIT, Matrix::UNIT),
            "Tf" => {
                if let Some(Ok(name)) = operands.first().map(Object::as_name) {
                    drawing.state.font = self.font(resources, name)?;
                }
                drawing.state.size = n(1);
            }
            "Tc" => drawing.state.between_glyphs = n(0),
            "Tw" => drawing.state.between_words = n(0),
            "Tz" => drawing.state.stretch = n(0) / 100.0,
            "TL" => drawing.state.leading = n(0),
            "Ts" => drawing.state.rise = n(0),
            "Td" => drawing.next_line(n(0), n(1)),
            "TD" => {
                drawing.state.leading = -n(1);
                drawing.next_line(n(0), n(1));
            }
            "Tm" => {
                if let Some(map) = matrix(operands) {
                    (drawing.text, drawing.line) = (map, map);
                }
            }
            "T*" => drawing.next_line(0.0, -drawing.state.leading),
            "Tj" => self.show(operands.first(), drawing)?,
            "'" => {
                drawing.next_line(0.0, -drawing.state.leading);
                self.show(operands.first(), drawing)?;
            }
            "\"" => {
                drawing.state.between_words = n(0);
                drawing.state.between_glyphs = n(1);
                drawing.next_line(0.0, -drawing.state.leading);
                self.show(operands.get(2), drawing)?;
            }
            "TJ" => {
                for item in operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                    match plain_number(item) {
                        Some(back) => drawing.advance(-back / 1000.0 * drawing.state.size),
                        None => self.show(Some(item), drawing)?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, string: Option<&Object>, drawing: &mut Drawing<'_, 'd>) -> Result<(), Trouble> {
        let Some(Object::String(bytes, _)) = string else { return Ok(()) };
        let Some(font) = drawing.state.font.clone() else {
            self.unknown = self.unknown.saturating_add(bytes.len());
            return Ok(());
        };
        for glyph in font.glyphs(bytes) {
            let state = &drawing.state;
            let mut advance = glyph.width * state.size + state.between_glyphs;
            if glyph.is_space {
                advance += state.between_words;
            }
            let text = if glyph.text.is_empty() {
                self.unknown = self.unknown.saturating_add(1);
                "\u{fffd}".to_string()
            } else {
                self.known = self.known.saturating_add(1);
                glyph.text
            };
            drawing.glyph(text, advance)?;
        }
        Ok(())
    }
}

impl Drawing<'_, '_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        self.text = Matrix::moved(by * self.state.stretch, 0.0).then(self.text);
    }

    /// Where the pen is, and how large a glyph is there.
    fn pen(&self) -> Pen {
        let [a, b, c, d, x, y] = Matrix::moved(0.0, self.state.rise).then(self.text).then(self.state.map).0;
        let length = a.hypot(b);
        let (cos, sin) = if length > 0.0 { (a / length, b / length) } else { (1.0, 0.0) };
        Pen {
            along: x * cos + y * sin,
            across: y * cos - x * sin,
            size: (self.state.size * c.hypot(d)).abs().max(f64::MIN_POSITIVE),
        }
    }

    /// Puts a glyph on the line, and before it what the jump across the line since the last one stands for.
    fn glyph(&mut self, text: String, advance: f64) -> Result<(), Unreadable> {
        let now = self.pen();
        let mut raised = false;
        if let Some(last) = self.pen {
            let across = (now.across - last.across).abs() / now.size.max(last.size);
            if across > LINE {
                self.glyphs.write(self.sheet)?;
                if across > PARAGRAPH { self.sheet.gap() } else { self.sheet.line() }
            }
            raised = across > RAISED;
        }
        if self.glyphs.is_full() {
            self.glyphs.write(self.sheet)?;
            self.sheet.line();
        }
        self.any = self.any || !text.trim().is_empty();
        self.advance(advance);
        let after = self.pen();
        self.pen = Some(after);
        self.glyphs.push(Placed { text, start: now.along, end: after.along, size: now.size, raised });
        Ok(())
    }
}

fn plain_number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|n| n.is_finite())
}

fn matrix(list: &[Object]) -> Option<Matrix> {
    let mut numbers = list.iter().map_while(plain_number);
    let mut map = Matrix::UNIT;
    for cell in &mut map.0 {
        *cell = numbers.next()?;
    }
    Some(map)
}
