//! Cited passages, from documents that the user has.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

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

/// `sha256:` and the first 16 hexadecimal digits of the SHA-256 of a passage.
pub fn digest(passage: &str) -> String {
    let hash = Sha256::digest(passage.as_bytes());
    let digits: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("sha256:{digits}")
}

/// Whether a language (BCP 47) is written from right to left.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
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

    /// The passage behind a citation as lines, with a line of warning where it is not what was cited.
    pub(crate) fn lines(&self, tongue: &Tongue, citation: &Citation) -> Vec<String> {
        match self.find(citation) {
            Found::NoDocument => {
                vec![tongue.say("passage-no-document", &[("document", (&citation.source).into())])]
            }
            Found::OutOfRange { characters } => {
                vec![tongue.say("passage-beyond", &[("characters", characters.into())])]
            }
            Found::Passage { text, verified } => {
                let right_to_left = self
                    .documents
                    .get(&citation.source)
                    .is_some_and(|d| d.language.as_deref().is_some_and(is_right_to_left));
                // An isolate of its own keeps the lines of the tree on the left; the passage itself is unchanged.
                let line =
                    |l: &str| if right_to_left { format!("\u{2067}{l}\u{2069}") } else { l.to_string() };
                let mut lines: Vec<String> = text.lines().map(line).collect();
                if verified == Some(false) {
                    // Only a citation with a digest can be found not to be verified.
                    let cited = citation.digest.as_deref().unwrap_or_default();
                    let with = [("digest", digest(text).into()), ("cited", cited.into())];
                    lines.push(tongue.say("passage-changed", &with));
                }
                lines
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cite(start: u32, end: u32, digest: Option<String>) -> Citation {
        Citation { source: "003".into(), start, end, digest, anchor: None }
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
        let wrong = passages.lines(&english, &cite(5, 7, Some(digest("۱۳۵"))));
        assert!(wrong.len() == 2 && wrong[1].starts_with("! not the passage"), "{wrong:?}");
        assert_eq!(passages.find(&cite(5, 17, None)), Found::OutOfRange { characters: 16 });
        assert_eq!(passages.find(&cite(8, 5, None)), Found::OutOfRange { characters: 16 });
        assert!(matches!(passages.find(&cite(16, 16, None)), Found::Passage { text: "", .. }));
    }
}
