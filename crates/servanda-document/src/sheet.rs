//! The text of a parsed document while it is written: words, lines, and a limit.

use crate::Unreadable;
use crate::limits::{Limits, TEXT_CHARS};

/// A text that is written word by word. Blanks and line ends are held back until something follows them, so that no
/// line ends in a blank and the text neither begins nor ends with a line end.
#[derive(Debug)]
pub(crate) struct Sheet {
    text: String,
    chars: usize,
    limit: usize,
    /// Held back before the next character.
    pending: Pending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    Nothing,
    Spaces(usize),
    Tab(usize),
    Lines(usize),
}

/// Most line ends in a row: a blank line between paragraphs.
const LINES_MAX: usize = 2;

impl Sheet {
    pub(crate) fn new(limits: &Limits) -> Sheet {
        Sheet { text: String::new(), chars: 0, limit: limits.text_chars, pending: Pending::Nothing }
    }

    /// Characters as they are; white space among them counts.
    pub(crate) fn verbatim(&mut self, text: &str) -> Result<(), Unreadable> {
        for c in text.chars() {
            match c {
                '\n' => self.lines_more(),
                '\t' => self.tab(),
                ' ' => {
                    self.pending = match self.pending {
                        Pending::Spaces(n) => Pending::Spaces(n + 1),
                        other => other.max(Pending::Spaces(1)),
                    }
                }
                c => self.put(c)?,
            }
        }
        Ok(())
    }

    /// Characters in which any run of ASCII white space is one blank, as HTML shows them.
    pub(crate) fn flowing(&mut self, text: &str) -> Result<(), Unreadable> {
        for c in text.chars() {
            if c.is_ascii_whitespace() { self.space() } else { self.put(c)? }
        }
        Ok(())
    }

    /// A blank, unless there is a wider gap.
    pub(crate) fn space(&mut self) {
        self.pending = self.pending.max(Pending::Spaces(1));
    }

    /// A gap between cells.
    pub(crate) fn tab(&mut self) {
        self.pending = match self.pending {
            Pending::Tab(n) => Pending::Tab(n + 1),
            other => other.max(Pending::Tab(1)),
        };
    }

    /// The end of a line, once.
    pub(crate) fn line(&mut self) {
        self.pending = self.pending.max(Pending::Lines(1));
    }

    /// A blank line.
    pub(crate) fn gap(&mut self) {
        self.pending = Pending::Lines(LINES_MAX);
    }

    /// One more line end.
    pub(crate) fn lines_more(&mut self) {
        self.pending = match self.pending {
            Pending::Lines(n) => Pending::Lines((n + 1).min(LINES_MAX)),
            other => other.max(Pending::Lines(1)),
        };
    }

    /// Whether the next character begins a line.
    pub(crate) fn at_line_start(&self) -> bool {
        self.text.is_empty() || matches!(self.pending, Pending::Lines(_))
    }

    fn put(&mut self, c: char) -> Result<(), Unreadable> {
        let (held, times) = match std::mem::replace(&mut self.pending, Pending::Nothing) {
            _ if self.text.is_empty() => (' ', 0),
            Pending::Nothing => (' ', 0),
            Pending::Spaces(n) => (' ', n),
            Pending::Tab(n) => ('\t', n),
            Pending::Lines(n) => ('\n', n),
        };
        self.chars = self.chars.saturating_add(times).saturating_add(1);
        if self.chars > self.limit {
            return Err(Unreadable::limit(TEXT_CHARS, self.limit));
        }
        self.text.extend(std::iter::repeat_n(held, times));
        self.text.push(c);
        Ok(())
    }

    /// The text, with a line end after its last line.
    pub(crate) fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_as_wide_as_the_widest_and_none_is_at_an_end() {
        let mut sheet = Sheet::new(&Limits::default());
        sheet.line();
        sheet.flowing("  a \n b ").unwrap();
        sheet.line();
        sheet.flowing(" c").unwrap();
        sheet.tab();
        sheet.tab();
        sheet.flowing(" d").unwrap();
        sheet.gap();
        sheet.line();
        sheet.verbatim("e  f\n\n\n\ng").unwrap();
        sheet.gap();
        assert_eq!(sheet.finish(), "a b\nc\t\td\n\ne  f\n\ng\n");
    }

    #[test]
    fn more_text_than_is_allowed_is_refused() {
        let mut sheet = Sheet::new(&Limits { text_chars: 3, ..Limits::default() });
        sheet.flowing("a b").unwrap();
        assert_eq!(sheet.flowing("c"), Err(Unreadable::limit(TEXT_CHARS, 3)));
    }
}
