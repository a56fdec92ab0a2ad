//! A reading as lines of a terminal.

use unicode_width::UnicodeWidthStr;

use super::{ClauseReading, ClauseStatus, Reading, Sentence};
use crate::tongue::bidi;
use crate::{Style, Tongue};

/// A reading as lines. `blame` tells who wrote which field.
pub fn prose_text(tongue: &Tongue, reading: &Reading, style: Style, blame: bool) -> String {
    let mut page = Page { tongue, style, out: String::new() };
    page.line(0, &reading.heading, Paint::Strong);
    page.blank();
    for (text, warning) in &reading.head {
        page.hanging(0, "", text, if *warning { Paint::Bad } else { Paint::Plain });
    }
    page.heading("prose-heading-parties");
    for party in &reading.parties {
        page.hanging(2, "", party, Paint::Plain);
    }
    if !reading.definitions.is_empty() {
        page.heading("prose-heading-definitions");
        for (term, sentences) in &reading.definitions {
            page.hanging(2, "", term, Paint::Strong);
            sentences.iter().for_each(|s| page.sentence(4, "", s, 0));
        }
    }
    let (laws, clauses): (Vec<&ClauseReading>, _) = reading.clauses.iter().partition(|c| c.law);
    for (title, list) in [("prose-heading-clauses", clauses), ("prose-heading-laws", laws)] {
        if list.is_empty() {
            continue;
        }
        page.heading(title);
        for (at, clause) in list.iter().enumerate() {
            if at > 0 {
                page.blank();
            }
            page.clause(clause, blame);
        }
    }
    if !reading.questions.is_empty() {
        page.heading("prose-heading-questions");
        for (question, sentences) in &reading.questions {
            page.hanging(2, "", question, Paint::Open);
            sentences.iter().for_each(|s| page.sentence(4, "", s, 0));
        }
    }
    page.out
}

#[derive(Clone, Copy)]
enum Paint {
    Plain,
    Strong,
    Faint,
    Bad,
    Open,
}

struct Page<'p> {
    tongue: &'p Tongue,
    style: Style,
    out: String,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn heading(&mut self, message: &str) {
        self.blank();
        let text = self.tongue.say(message, &[]);
        self.line(0, &text, Paint::Strong);
    }

    /// A line. In a language from right to left it begins with a mark, so that it begins on the right whatever it holds.
    fn line(&mut self, indent: usize, text: &str, paint: Paint) {
        let mark = if self.tongue.is_right_to_left() { bidi::RIGHT_TO_LEFT_MARK } else { "" };
        let style = self.style;
        let text = match paint {
            Paint::Plain => text.to_string(),
            Paint::Strong => style.strong(text),
            Paint::Faint => style.faint(text),
            Paint::Bad => style.bad(text),
            Paint::Open => style.open(text),
        };
        self.out.push_str(&format!("{mark}{}{text}\n", " ".repeat(indent)));
    }

    /// A text after a label, its further lines below its first word.
    fn hanging(&mut self, indent: usize, label: &str, text: &str, paint: Paint) {
        let label = if label.is_empty() { String::new() } else { format!("{label} ") };
        let inner = indent + label.width();
        for (at, line) in self.style.lines(text, inner).iter().enumerate() {
            match at {
                0 => self.line(indent, &format!("{label}{line}"), paint),
                _ => self.line(inner, line, paint),
            }
        }
    }

    fn sentence(&mut self, indent: usize, label: &str, sentence: &Sentence, depth: usize) {
        self.hanging(indent, label, &sentence.text, Paint::Plain);
        let inner = indent + if label.is_empty() { 2 } else { label.width() + 1 };
        for (at, item) in sentence.items.iter().enumerate() {
            let label = label_of(self.tongue, at, depth);
            self.sentence(inner, &label, item, depth + 1);
        }
    }

    fn clause(&mut self, clause: &ClauseReading, blame: bool) {
        let number = format!("{}.", clause.number_shown);
        self.hanging(0, &number, &clause.heading, Paint::Strong);
        if let Some(words) = &clause.status_words {
            let paint = match clause.status {
                ClauseStatus::Depends | ClauseStatus::NotYet => Paint::Open,
                _ => Paint::Bad,
            };
            self.hanging(3, "", words, paint);
        }
        for (at, sentence) in clause.sentences.iter().enumerate() {
            let at = self.tongue.say("prose-number", &[("number", (at + 1).into())]);
            self.sentence(3, &format!("{}.{at}", clause.number_shown), sentence, 0);
        }
        for note in &clause.notes {
            self.hanging(3, "", note, Paint::Faint);
        }
        for text in clause.topics_line.iter().chain(&clause.sources) {
            self.hanging(3, "", text, Paint::Faint);
        }
        for warning in clause.cites.iter().filter_map(|c| c.warning.as_ref()) {
            self.hanging(3, "", warning, Paint::Bad);
        }
        if blame {
            for line in &clause.written {
                self.hanging(3, "", line, Paint::Faint);
            }
        }
    }
}

/// What a member of a list is called: letters, and numbers in lists within lists, by turns.
pub(super) fn label_of(tongue: &Tongue, at: usize, depth: usize) -> String {
    let letters = tongue.say("prose-letters", &[]);
    let letter = if depth.is_multiple_of(2) { letters.split_whitespace().nth(at) } else { None };
    let letter = match letter {
        Some(letter) => letter.to_string(),
        None => tongue.say("prose-number", &[("number", (at + 1).into())]),
    };
    tongue.say("prose-label", &[("letter", letter.into())])
}
