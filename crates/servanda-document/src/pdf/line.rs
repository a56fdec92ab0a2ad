//! A line of glyphs, and the order in which they are read.
//!
//! A PDF draws from left to right. Text of a right-to-left script is in it either in the order in which it is seen, or
//! glyph by glyph from the right. So a line with such letters is put in the order of what is seen, and then turned into
//! the order of reading: what the Unicode Bidirectional Algorithm (UAX #9) does, the other way round, as far as that is
//! possible without knowing the text.

use unicode_normalization::UnicodeNormalization;

use crate::Unreadable;
use crate::script::Writing;
use crate::sheet::Sheet;

/// Gaps in parts of the font size: from here on a blank was meant, and from there on another column.
const BLANK: f64 = 0.18;
const COLUMN: f64 = 1.5;

/// Most glyphs of a line; what follows is another line.
const GLYPHS_MAX: usize = 100_000;

/// Glyphs on one line, in the order in which they were drawn.
#[derive(Default)]
pub(super) struct Line {
    glyphs: Vec<Placed>,
}

/// A glyph at its place along the line.
#[derive(Clone)]
pub(super) struct Placed {
    /// Its characters, in the order of reading.
    pub(super) text: String,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) size: f64,
    /// It stands higher or lower than the one before.
    pub(super) raised: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Left,
    Right,
    Digit,
    /// Of the Arabic script, to which signs do not join.
    ArabicDigit,
    /// Between digits: `.` and the like.
    Separator,
    /// Beside digits: `%` and the like.
    Sign,
    Other,
    Blank,
    Tab,
}

impl Class {
    fn is_digit(self) -> bool {
        matches!(self, Class::Digit | Class::ArabicDigit)
    }

    fn of(text: &str) -> Class {
        let Some(c) = text.chars().find(|c| !c.is_whitespace()) else { return Class::Blank };
        match c {
            '\u{660}'..='\u{669}' => Class::ArabicDigit,
            c if c.is_numeric() => Class::Digit,
            '.' | ',' | ':' | '/' | '\u{66b}' | '\u{66c}' => Class::Separator,
            '%' | '+' | '-' | '\u{2212}' | '\u{66a}' | '$' | '€' | '£' | '¥' | '₹' => Class::Sign,
            c if is_right_to_left(c) => Class::Right,
            c if c.is_alphabetic() => Class::Left,
            _ => Class::Other,
        }
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(Writing::of(c), Some(Writing::Arabic | Writing::Hebrew))
        || matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{60c}' | '\u{61b}' | '\u{61f}')
}

impl Line {
    /// Whether it should be written before anything more is put on it.
    pub(super) fn is_full(&self) -> bool {
        self.glyphs.len() >= GLYPHS_MAX
    }

    pub(super) fn push(&mut self, glyph: Placed) {
        self.glyphs.push(glyph);
    }

    /// Writes the line, and begins another.
    pub(super) fn write(&mut self, sheet: &mut Sheet) -> Result<(), Unreadable> {
        let mut glyphs = std::mem::take(&mut self.glyphs);
        for glyph in &mut glyphs {
            glyph.text = plain(&glyph.text);
        }
        let count = |class| glyphs.iter().filter(|g| Class::of(&g.text) == class).count();
        let (right, left) = (count(Class::Right), count(Class::Left));
        if right == 0 {
            for (class, text) in with_gaps(&glyphs) {
                put(sheet, class, text)?;
            }
            return Ok(());
        }
        glyphs.sort_by(|a, b| a.start.total_cmp(&b.start));
        let seen = with_gaps(&glyphs);
        // Names and brands in Latin letters do not make it a line that begins on the left.
        for (class, text) in read_order(seen, right * 3 >= right + left) {
            put(sheet, class, text)?;
        }
        Ok(())
    }
}

fn put(sheet: &mut Sheet, class: Class, text: &str) -> Result<(), Unreadable> {
    match class {
        Class::Tab => sheet.tab(),
        Class::Blank => sheet.space(),
        _ => return sheet.flowing(text),
    }
    Ok(())
}

/// Forms of letters and ligatures, which only fonts have, as the letters that they are; control characters, which no
/// glyph is, as unknown ones.
fn plain(text: &str) -> String {
    let form =
        |c: char| matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}');
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if form(c) => out.extend(c.nfkc()),
            c if c.is_control() && !c.is_whitespace() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The glyphs with what the gaps between them stand for.
fn with_gaps(glyphs: &[Placed]) -> Vec<(Class, &str)> {
    let mut pieces: Vec<(Class, &str)> = Vec::new();
    for (at, glyph) in glyphs.iter().enumerate() {
        if let Some(last) = at.checked_sub(1).map(|before| &glyphs[before]) {
            let gap = (glyph.start - last.end) / last.size.max(glyph.size);
            if !(-COLUMN..COLUMN).contains(&gap) {
                pieces.push((Class::Tab, ""));
            } else if !(-BLANK..BLANK).contains(&gap) || glyph.raised {
                pieces.push((Class::Blank, ""));
            }
        }
        pieces.push((Class::of(&glyph.text), &glyph.text));
    }
    pieces
}

/// From the order of what is seen to the order of reading.
fn read_order(seen: Vec<(Class, &str)>, from_right: bool) -> Vec<(Class, &str)> {
    let leftward = runs_from_left(&seen);
    let mut out = seen;
    if from_right {
        out.reverse();
        let mut same: Vec<bool> = leftward;
        same.reverse();
        turn_back(&mut out, &same);
        return out;
    }
    // Stretches of right-to-left letters, and what stands between two of them.
    let mut at = 0;
    while at < out.len() {
        if out[at].0 != Class::Right {
            at += 1;
            continue;
        }
        let stretch = out[at..].iter().take_while(|(c, _)| !matches!(c, Class::Left | Class::Tab));
        let last = stretch.enumerate().filter(|(_, (c, _))| *c == Class::Right).map(|(n, _)| n).last();
        let end = at + last.unwrap_or(0) + 1;
        out[at..end].reverse();
        let mut same = leftward[at..end].to_vec();
        same.reverse();
        turn_back(&mut out[at..end], &same);
        at = end;
    }
    out
}

/// Which pieces go from left to right inside text that goes the other way: letters, digits, and what joins them.
fn runs_from_left(seen: &[(Class, &str)]) -> Vec<bool> {
    let classes: Vec<Class> = seen.iter().map(|(class, _)| *class).collect();
    let beside = |at: usize, fits: fn(Class) -> bool| {
        let before = at.checked_sub(1).map(|b| fits(classes[b]));
        (before.unwrap_or(false), classes.get(at + 1).is_some_and(|c| fits(*c)))
    };
    let goes_left = |(at, class): (usize, &Class)| match class {
        Class::Left | Class::Digit | Class::ArabicDigit => true,
        Class::Separator => beside(at, Class::is_digit) == (true, true),
        Class::Sign => beside(at, |c| c == Class::Digit) != (false, false),
        _ => false,
    };
    let mut left: Vec<bool> = classes.iter().enumerate().map(goes_left).collect();
    // What stands between letters, or between letters and digits after them, goes with them.
    let mut letter: Option<usize> = None;
    for (at, class) in classes.iter().enumerate() {
        match (class, letter) {
            (Class::Right | Class::Tab, _) => letter = None,
            (Class::Left | Class::Digit | Class::ArabicDigit, Some(from)) => {
                left[from..at].fill(true);
                letter = Some(at);
            }
            (Class::Left, None) => letter = Some(at),
            _ => {}
        }
    }
    left
}

/// Turns the marked runs round once more, and mirrors the brackets outside them.
fn turn_back(pieces: &mut [(Class, &str)], same: &[bool]) {
    let mut at = 0;
    while at < pieces.len() {
        if !same[at] {
            pieces[at].1 = mirrored(pieces[at].1);
            at += 1;
            continue;
        }
        let end = at + same[at..].iter().take_while(|s| **s).count();
        pieces[at..end].reverse();
        at = end;
    }
}

fn mirrored(text: &str) -> &str {
    match text {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "«" => "»",
        "»" => "«",
        "<" => ">",
        ">" => "<",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    /// The line that shows these characters from left to right, each one wide; blanks are gaps.
    fn line(seen: &str) -> Line {
        let mut line = Line::default();
        for (at, c) in seen.chars().enumerate().filter(|(_, c)| *c != ' ') {
            let start = at as f64;
            line.push(Placed { text: c.to_string(), start, end: start + 1.0, size: 1.0, raised: false });
        }
        line
    }

    fn read(mut line: Line) -> String {
        let mut sheet = Sheet::new(&Limits::default());
        line.write(&mut sheet).unwrap();
        sheet.finish()
    }

    #[test]
    fn lines_from_the_right_are_read_from_the_right_and_numbers_are_not() {
        // Each is what the algorithm shows for what is read.
        for (seen, text) in [
            (".دش دیدمت 2032 لاس ات هلکسا", "اسکله تا سال 2032 تمدید شد."),
            ("۱۳٫۵٪ مهس", "سهم ۱۳٫۵٪"),
            ("٪٢٧ ةصح", "حصة ٢٧٪"),
            ("دش (OpenAI Group) تکرش", "شرکت (OpenAI Group) شد"),
            ("the fee ههرک is due", "the fee کرهه is due"),
            ("plain (text) 5%", "plain (text) 5%"),
        ] {
            assert_eq!(read(line(seen)), format!("{text}\n"), "{seen}");
            let mut backwards = line(seen);
            if seen.contains('ا') {
                // Drawn from the right, it is the same line.
                backwards.glyphs.reverse();
                assert_eq!(read(backwards), format!("{text}\n"), "{seen}");
            }
        }
    }

    #[test]
    fn forms_of_letters_are_the_letters() {
        assert_eq!(plain("\u{fefb}\u{fb01}\u{fe8e}a\0"), "\u{644}\u{627}fi\u{627}a\u{fffd}");
    }
}
