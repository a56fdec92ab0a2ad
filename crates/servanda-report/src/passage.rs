//! Cited passages, from documents that the user has.

use std::collections::BTreeMap;

pub use servanda_document::digest;
use servanda_evidence::{Located, Place, Text, locate};
use servanda_program::Citation;

use crate::Tongue;

/// Documents by the name that citations use.
#[derive(Debug, Clone, Default)]
pub struct Passages {
    documents: BTreeMap<String, Document>,
}

#[derive(Debug, Clone)]
struct Document {
    text: String,
    language: Option<String>,
}

/// What a citation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'d> {
    /// The passage. `verified` is `None` where the citation has no digest, and false where the passage is not
    /// the one that was cited.
    Passage {
        /// The characters, unchanged.
        text: &'d str,
        /// Whether it is the passage that was cited.
        verified: Option<bool>,
    },
    /// The document ends before the passage does.
    OutOfRange {
        /// Characters of the document.
        characters: usize,
    },
    /// The document is not there.
    NoDocument,
}

/// Whether a language (BCP 47) is written from right to left.
pub fn is_right_to_left(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or(tag);
    ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&primary)
}

impl Passages {
    /// No documents.
    pub fn new() -> Passages {
        Passages::default()
    }

    /// Adds the decoded text of a document.
    pub fn add(&mut self, name: &str, language: Option<&str>, text: String) {
        self.documents.insert(name.to_string(), Document { text, language: language.map(str::to_string) });
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The text of a document.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.documents.get(name).map(|d| d.text.as_str())
    }

    /// What a citation leads to. Its range counts Unicode scalar values.
    pub fn find(&self, citation: &Citation) -> Found<'_> {
        let Some(document) = self.documents.get(&citation.source) else { return Found::NoDocument };
        let text = &document.text;
        let (start, end) = (citation.start as usize, citation.end as usize);
        let bytes = |n: usize| text.char_indices().map(|(b, _)| b).chain([text.len()]).nth(n);
        match (bytes(start), bytes(end)) {
            (Some(from), Some(to)) if from <= to => {
                let passage = &text[from..to];
                let verified = citation.digest.as_ref().map(|d| *d == digest(passage));
                Found::Passage { text: passage, verified }
            }
            _ => Found::OutOfRange { characters: text.chars().count() },
        }
    }

    /// The number of the passage in which a citation begins where it stands now, from 1, counted in lines that are
    /// not blank; and a warning where that is not where it was cited. Nothing of the document is in either.
    pub(crate) fn place(&self, tongue: &Tongue, citation: &Citation) -> (Option<usize>, Option<String>) {
        let Some(document) = self.documents.get(&citation.source) else { return (None, None) };
        let number = |start: usize| {
            let before: String = document.text.chars().take(start + 1).collect();
            before.lines().filter(|l| !l.trim().is_empty()).count().max(1)
        };
        let asked = number(citation.start as usize);
        match self.find(citation) {
            Found::Passage { text, verified: None | Some(true) } if !text.is_empty() => {
                return (Some(asked), None);
            }
            Found::OutOfRange { characters } if citation.digest.is_none() => {
                let with = [("characters", characters.into())];
                return (None, Some(tongue.say("passage-beyond", &with)));
            }
            _ => {}
        }
        let at = |id: &str, place: Place| {
            let shown = format!("{}..{}", place.start, place.end);
            (Some(number(place.start as usize)), Some(tongue.say(id, &[("place", shown.into())])))
        };
        match locate(citation, &Text::new(&document.text)) {
            Located::Moved { place, .. } => at("passage-moved", place),
            Located::Edited { place, .. } => at("passage-edited", place),
            Located::Ambiguous { candidates } => {
                let places: Vec<String> =
                    candidates.into_iter().map(|p| format!("{}..{}", p.start, p.end)).collect();
                let places = tongue.list(&places);
                (None, Some(tongue.say("passage-ambiguous", &[("places", places.into())])))
            }
            Located::Lost { .. } | Located::Exact | Located::Unchecked => {
                (None, Some(tongue.say("passage-lost", &[])))
            }
        }
    }

    /// The passage behind a citation as lines, from where it stands now, with a line of warning where that is not
    /// where it was cited. A passage that cannot be found is not replaced by another.
    pub(crate) fn lines(&self, tongue: &Tongue, citation: &Citation) -> Vec<String> {
        let Some(document) = self.documents.get(&citation.source) else {
            return vec![tongue.say("passage-no-document", &[("document", (&citation.source).into())])];
        };
        match self.find(citation) {
            Found::Passage { text, verified: None | Some(true) } if !text.is_empty() => {
                return document.lines(text);
            }
            Found::OutOfRange { characters } if citation.digest.is_none() => {
                return vec![tongue.say("passage-beyond", &[("characters", characters.into())])];
            }
            _ => {}
        }
        // Only a passage that is not at its place is searched for.
        let text = Text::new(&document.text);
        let place = |place: Place| format!("{}..{}", place.start, place.end);
        let at = |id: &str, found: Place| {
            let mut lines = document.lines(text.slice(found.range()).unwrap_or_default());
            lines.push(tongue.say(id, &[("place", place(found).into())]));
            lines
        };
        match locate(citation, &text) {
            Located::Moved { place, .. } => at("passage-moved", place),
            Located::Edited { place, .. } => at("passage-edited", place),
            Located::Ambiguous { candidates } => {
                let places: Vec<String> = candidates.into_iter().map(place).collect();
                vec![tongue.say("passage-ambiguous", &[("places", tongue.list(&places).into())])]
            }
            Located::Lost { .. } | Located::Exact | Located::Unchecked => {
                vec![tongue.say("passage-lost", &[])]
            }
        }
    }
}

impl Document {
    /// A passage line by line. An isolate of its own keeps the lines of the tree on the left where its language goes
    /// from right to left; the passage itself is unchanged.
    fn lines(&self, passage: &str) -> Vec<String> {
        let right_to_left = self.language.as_deref().is_some_and(is_right_to_left);
        let line = |line: &str| match right_to_left {
            true => format!("\u{2067}{line}\u{2069}"),
            false => line.to_string(),
        };
        passage.lines().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cite(start: u32, end: u32, digest: Option<String>) -> Citation {
        Citation { source: "003".into(), start, end, digest, anchor: None }
    }

    #[test]
    fn a_passage_that_moved_is_shown_where_it_stands() {
        let old = "The mast is let for five years from the day of signing. The rent is due in spring.";
        let passage = "The rent is due in spring.";
        let start = old.find(passage).unwrap() as u32;
        let end = start + passage.len() as u32;
        let anchor = Text::new(old).anchor(start..end);
        let citation = Citation { anchor, ..cite(start, end, Some(digest(passage))) };
        let mut passages = Passages::new();
        passages.add("003", Some("en"), format!("Read this first, all of it, twice. {old}"));
        let lines = passages.lines(&Tongue::english(), &citation);
        assert_eq!(
            lines,
            [
                passage.to_string(),
                format!("! the passage has moved; it stands at {}..{}", start + 35, end + 35)
            ]
        );
        let mut gone = Passages::new();
        gone.add("003", Some("en"), "Nothing is let here, and nobody owes anybody a thing.".into());
        assert_eq!(
            gone.lines(&Tongue::english(), &citation),
            ["! the passage that was cited is nowhere in the document"]
        );
    }

    #[test]
    fn offsets_count_characters_and_a_changed_passage_is_told() {
        let mut passages = Passages::new();
        passages.add("003", Some("fa"), "مبلغ ۱۳۵ میلیارد".into());
        let right = digest("۱۳۵");
        assert_eq!(right.len(), "sha256:".len() + 16);
        let found = passages.find(&cite(5, 8, Some(right)));
        assert_eq!(found, Found::Passage { text: "۱۳۵", verified: Some(true) });
        let english = Tongue::english();
        assert_eq!(passages.lines(&english, &cite(5, 8, None)), ["\u{2067}۱۳۵\u{2069}"]);
        let wrong = passages.lines(&english, &cite(5, 7, Some(digest("۱۳۶"))));
        assert_eq!(wrong, ["! the passage that was cited is nowhere in the document"]);
        assert_eq!(passages.find(&cite(5, 17, None)), Found::OutOfRange { characters: 16 });
        let beyond = passages.lines(&english, &cite(5, 17, None));
        assert_eq!(beyond, ["! the document has 16 characters; the citation reaches beyond its end"]);
        assert_eq!(passages.find(&cite(8, 5, None)), Found::OutOfRange { characters: 16 });
        assert!(matches!(passages.find(&cite(16, 16, None)), Found::Passage { text: "", .. }));
    }
}
