//! Colours and widths.

use unicode_width::UnicodeWidthStr;

use crate::tongue::bidi;

/// How lines may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether there may be ANSI colours.
    pub colour: bool,
    /// Columns of a line, `None` where lines are not broken.
    pub width: Option<usize>,
}

impl Style {
    /// Plain characters, lines of any length: files, pipes, tests.
    pub const PLAIN: Style = Style { colour: false, width: None };

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }

    /// Words that matter.
    pub fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Words beside the matter.
    pub fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// What is free or as it should be.
    pub fn good(self, text: &str) -> String {
        self.paint("1;32", text)
    }

    /// What is bound or wrong.
    pub fn bad(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// What is open.
    pub fn open(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    /// A text in lines of at most the width, `indent` columns of which are taken. Breaks stand at blanks
    /// only, so no character is cut; a word that is wider than the line stands alone.
    pub(crate) fn lines(self, text: &str, indent: usize) -> Vec<String> {
        /// Narrower than this, broken lines are harder to read than long ones.
        const NARROW: usize = 24;
        let room = match self.width {
            Some(width) if width >= indent + NARROW => width - indent,
            _ => return bidi::in_pairs(text.lines().map(str::to_string).collect()),
        };
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                if !line.is_empty() && line.width() + 1 + word.width() > room {
                    lines.push(std::mem::take(&mut line));
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            lines.push(line);
        }
        bidi::in_pairs(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_count_wide_characters_twice() {
        let style = Style { colour: false, width: Some(30) };
        assert_eq!(
            style.lines("one two three four five six seven", 0),
            ["one two three four five six", "seven"]
        );
        assert_eq!(
            style.lines("一二三四五六七八 一二三四五六七八 一", 0),
            ["一二三四五六七八", "一二三四五六七八 一"]
        );
        assert_eq!(Style::PLAIN.lines("a  b", 0), ["a  b"]);
    }

    #[test]
    fn a_broken_line_ends_its_isolates_and_the_next_begins_them_again() {
        let style = Style { colour: false, width: Some(24) };
        assert_eq!(
            style.lines("به \u{2068}a name of several words\u{2069} است", 0),
            ["به \u{2068}a name of several\u{2069}", "\u{2068}words\u{2069} است"]
        );
    }
}
