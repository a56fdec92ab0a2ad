//! The visible text of a page.
//!
//! A tokenizer of the HTML Living Standard, and beside it only as much of the tree as tells what is hidden: the open
//! elements, with the end tags that may be left out. No style sheet is read.

use html5gum::{HtmlString, StartTag, State, Token, Tokenizer};

use crate::Unreadable;
use crate::limits::Limits;
use crate::sheet::Sheet;

/// Elements that show nothing of what they hold.
const HIDDEN: [&str; 20] = [
    "area", "audio", "base", "canvas", "datalist", "head", "iframe", "link", "meta", "noembed", "noframes",
    "noscript", "object", "param", "rp", "script", "style", "template", "title", "video",
];

/// Elements without an end tag.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "wbr",
];

/// Elements that begin and end a line.
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// Blocks with a blank line before and after them.
const SPACED: [&str; 14] =
    ["blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"];

/// Elements whose end tag closes them alone, wherever they are; all others close what is open inside them.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Whether a name is in a list, which is sorted.
fn is_of(list: &[&str], name: &str) -> bool {
    list.binary_search(&name).is_ok()
}

/// The visible text: runs of white space are one blank (but not in `pre`), blocks begin and end lines, a row of a table
/// is a line with tabs between its cells.
pub(crate) fn text(page: &str, limits: &Limits) -> Result<String, Unreadable> {
    let mut reader = Reader {
        sheet: Sheet::new(limits),
        open: Vec::new(),
        hidden: 0,
        verbatim: 0,
        tables: 0,
        cells: 0,
        foreign: 0,
    };
    let mut tokenizer = Tokenizer::new(page);
    let mut nodes = 0usize;
    while let Some(token) = tokenizer.next() {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                nodes += 1;
                if nodes > limits.nodes {
                    return Err(Unreadable::limit("elements", limits.nodes));
                }
                if let Some(state) = reader.start(&tag, limits)? {
                    tokenizer.set_state(state);
                }
            }
            Token::EndTag(tag) => reader.end(name(&tag.name)),
            Token::String(text) => reader.words(&String::from_utf8_lossy(&text.value))?,
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    Ok(reader.sheet.finish())
}

/// The name of an element; tags with a name that is not ASCII are like any unknown ones.
fn name(name: &HtmlString) -> &str {
    std::str::from_utf8(name).unwrap_or("x")
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

struct Open {
    name: String,
    hidden: bool,
    verbatim: bool,
}

struct Reader {
    sheet: Sheet,
    open: Vec<Open>,
    /// How many of the open elements hide what they hold.
    hidden: usize,
    /// How many keep white space.
    verbatim: usize,
    /// Tables inside each other: only the outermost has tabs.
    tables: usize,
    /// Cells inside each other.
    cells: usize,
    /// Drawings and formulas, whose elements are not those of HTML.
    foreign: usize,
}

impl Reader {
    /// The state in which the content of the element is read, where that is another.
    fn start(&mut self, tag: &StartTag<()>, limits: &Limits) -> Result<Option<State>, Unreadable> {
        let name = name(&tag.name);
        let foreign = self.foreign > 0;
        self.close_implied(name);
        match name {
            "br" if self.hidden == 0 => self.sheet.lines_more(),
            "hr" if self.hidden == 0 => self.sheet.line(),
            "td" | "th" => self.cell(),
            _ => self.block(name),
        }
        let closed = is_of(&VOID, name) || (foreign && tag.self_closing);
        if !closed {
            if self.open.len() >= limits.depth {
                return Err(Unreadable::limit("elements inside each other", limits.depth));
            }
            let hidden = is_of(&HIDDEN, name) || hides(tag);
            let verbatim = matches!(name, "pre" | "textarea");
            self.open.push(Open { name: name.to_string(), hidden, verbatim });
            self.hidden += usize::from(hidden);
            self.verbatim += usize::from(verbatim);
            self.tables += usize::from(name == "table");
            self.cells += usize::from(is_cell(name));
            self.foreign += usize::from(is_foreign(name));
        }
        Ok(match name {
            _ if foreign || closed => None,
            "title" | "textarea" => Some(State::RcData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(State::RawText),
            "script" => Some(State::ScriptData),
            "plaintext" => Some(State::PlainText),
            _ => None,
        })
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|o| o.name == name) else {
            // `</p>` and `</br>` stand for an empty element.
            if matches!(name, "p" | "br") && self.hidden == 0 {
                self.sheet.line();
            }
            return;
        };
        if is_of(&FORMATTING, name) {
            let open = self.open.remove(at);
            self.forget(&open);
            return;
        }
        // An inline element does not close the blocks inside it.
        let block = |n: &str| is_of(&BLOCKS, n) || matches!(n, "td" | "th");
        let known = block(name) || is_of(&HIDDEN, name) || matches!(name, "thead" | "tbody" | "tfoot");
        if !known && self.open[at + 1..].iter().any(|o| block(&o.name)) {
            return;
        }
        // Nor does what stands in a cell close the cell.
        let inside_cell =
            self.open[at + 1..].iter().any(|o| matches!(o.name.as_str(), "td" | "th" | "table"));
        let of_table =
            matches!(name, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "table" | "body" | "html");
        if inside_cell && !of_table {
            return;
        }
        self.close_to(at);
        self.block(name);
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            if let Some(open) = self.open.pop() {
                self.forget(&open);
            }
        }
    }

    fn forget(&mut self, open: &Open) {
        self.hidden -= usize::from(open.hidden);
        self.verbatim -= usize::from(open.verbatim);
        self.tables -= usize::from(open.name == "table");
        self.cells -= usize::from(is_cell(&open.name));
        self.foreign -= usize::from(is_foreign(&open.name));
    }

    /// Closes the elements whose end tag is left out before this one (HTML Living Standard, 13.1.2.4).
    fn close_implied(&mut self, name: &str) {
        let (closes, inside): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["thead", "tbody", "tfoot", "table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption", "colgroup"], &["table"]),
            "option" | "optgroup" => (&["option"], &["select", "datalist"]),
            "body" => (&["head"], &[]),
            _ if is_of(&BLOCKS, name) => (&["p"], &["button", "td", "th", "table", "object", "template"]),
            _ => return,
        };
        let found = self
            .open
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, o)| !inside.contains(&o.name.as_str()))
            .find(|(_, o)| closes.contains(&o.name.as_str()))
            .map(|(at, _)| at);
        if let Some(at) = found {
            self.close_to(at);
        }
    }

    fn block(&mut self, name: &str) {
        if self.hidden > 0 || !is_of(&BLOCKS, name) {
            return;
        }
        if self.tables > 0 && self.cells > 0 {
            self.sheet.space();
        } else if is_of(&SPACED, name) {
            self.sheet.gap();
        } else {
            self.sheet.line();
        }
    }

    fn cell(&mut self) {
        if self.hidden > 0 || self.sheet.at_line_start() {
            return;
        }
        if self.cells == 0 { self.sheet.tab() } else { self.sheet.space() }
    }

    fn words(&mut self, text: &str) -> Result<(), Unreadable> {
        match (self.hidden, self.verbatim) {
            (0, 0) => self.sheet.flowing(text),
            (0, _) if self.tables == 0 => self.sheet.verbatim(text),
            (0, _) => self.sheet.flowing(text),
            _ => Ok(()),
        }
    }
}

/// Whether the element itself says that it is not shown.
fn hides(tag: &StartTag<()>) -> bool {
    if tag.attributes.contains_key(&b"hidden"[..]) {
        return true;
    }
    let Some(style) = tag.attributes.get(&b"style"[..]) else { return false };
    let style: String = String::from_utf8_lossy(&style.value)
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    style.split(';').any(|rule| {
        let rule = rule.trim_end_matches("!important");
        rule == "display:none" || rule == "visibility:hidden"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> String {
        text(page, &Limits::default()).unwrap()
    }

    #[test]
    fn blocks_are_lines_and_white_space_is_one_blank() {
        let page = "<!doctype html><html><head><title>No</title><style>p{}</style></head><body>\n<h1>The\n berth</h1>\
            <p>One <b>two</b>three &euro;5&nbsp;000 &lt;x&gt;<br>four<p>five<ul><li>a<li>b</ul><script>if(a<b)</script>\
            <pre>x  y\n z</pre>end";
        assert_eq!(
            shown(page),
            "The berth\n\nOne twothree €5\u{a0}000 <x>\nfour\n\nfive\n\na\nb\n\nx  y\nz\n\nend\n"
        );
    }

    #[test]
    fn rows_of_a_table_are_lines_with_tabs() {
        let page = "<table><thead><tr><th>Year<th>Fee<tbody><tr><td><p>2026</p><td>EUR<div>5</div>\
            <tr><td>2027</td><td><table><tr><td>a<td>b</table></td></tr></table>after";
        assert_eq!(shown(page), "Year\tFee\n2026\tEUR 5\n2027\ta b\n\nafter\n");
    }

    #[test]
    fn what_is_hidden_is_left_out_and_what_follows_is_not() {
        for (page, rest) in [
            ("a<div hidden>b<p>c</div>d", "a\nd\n"),
            ("a<span style='color:red; Display : none'>b<i>c</span>d", "ad\n"),
            ("<p hidden>b<p>d", "d\n"),
            ("<table><tr hidden><td>b<tr><td>d</table>", "d\n"),
            ("<b hidden>a<div>b</b>c</div>", "c\n"),
            ("<noscript>b<p></noscript>d<template>e</template>", "d\n"),
            ("<svg><title/><style/></svg>d", "d\n"),
            ("<head><title>b<body>d", ""),
            ("<head><meta x><body>d", "d\n"),
            ("<!-- <p>b --><p>d", "d\n"),
        ] {
            assert_eq!(shown(page), rest, "{page}");
        }
    }

    #[test]
    fn lists_of_names_are_sorted() {
        for list in [&HIDDEN[..], &VOID, &BLOCKS, &SPACED, &FORMATTING] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn depth_and_number_are_limited() {
        let limits = Limits { nodes: 1_000, ..Limits::default() };
        assert_eq!(
            text(&"<i>".repeat(513), &limits),
            Err(Unreadable::limit("elements inside each other", 512))
        );
        assert_eq!(text(&"<br>".repeat(1_001), &limits), Err(Unreadable::limit("elements", 1_000)));
    }
}
