//! A document with the quantities in it: text + languages of its passages → [`Paper`].

use servanda_document::Passage;
use servanda_mention::Mention;

use crate::citation::locate::Place;

/// A document, read.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its name in citations.
    pub name: String,
    /// The name of its file.
    pub file: String,
    /// Why it could not be read; it has no text then.
    pub fault: Option<String>,
    /// Its text.
    pub text: String,
    /// Its paragraphs with their languages.
    pub passages: Vec<Passage>,
    /// What it mentions, in order of place; places count in the text.
    pub mentions: Vec<Mentioned>,
    /// The bytes at which scalar values begin, and the length.
    bytes: Vec<usize>,
}

/// A mention in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Mentioned {
    /// What, and where.
    pub mention: Mention,
    /// The language by whose rules it was read.
    pub language: String,
}

/// A mention: which document, and which of its mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// An index into the documents.
    pub paper: usize,
    /// An index into [`Paper::mentions`].
    pub mention: usize,
}

impl Paper {
    /// A document and what it mentions. `declared` is the language that the agreement says it is in: it decides where
    /// a passage shows no other that is known, and how its digits and calendar are read.
    pub fn new(
        name: &str,
        file: &str,
        declared: Option<&str>,
        text: String,
        passages: Vec<Passage>,
    ) -> Paper {
        let bytes = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        let mut paper = Paper {
            name: name.into(),
            file: file.into(),
            fault: None,
            text,
            passages,
            mentions: Vec::new(),
            bytes,
        };
        for stretch in stretches(&paper.passages, declared) {
            let Some(language) = stretch.language else { continue };
            let from = stretch.place.start;
            let text = paper.slice(from..stretch.place.end);
            // A language without a folder has no quantities that could be found.
            let found = servanda_mention::scan(text, &language).unwrap_or_default();
            paper.mentions.extend(found.into_iter().map(|mut mention| {
                mention.place = mention.place.start + from..mention.place.end + from;
                Mentioned { mention, language: language.clone() }
            }));
        }
        paper
    }

    /// A document that could not be read.
    pub fn missing(name: &str, file: &str, fault: String) -> Paper {
        Paper { fault: Some(fault), ..Paper::new(name, file, None, String::new(), Vec::new()) }
    }

    /// Scalar values of the text.
    pub fn characters(&self) -> usize {
        self.bytes.len() - 1
    }

    /// The characters of a range of scalar values, as far as the text goes.
    pub fn slice(&self, place: std::ops::Range<usize>) -> &str {
        let last = self.bytes.len() - 1;
        let (from, to) = (place.start.min(last), place.end.min(last));
        if from >= to { "" } else { &self.text[self.bytes[from]..self.bytes[to]] }
    }

    /// The characters of a place.
    pub fn at(&self, place: Place) -> &str {
        self.slice(place.start as usize..place.end as usize)
    }

    /// The mentions that touch a place; `paper` is the index of this document.
    pub fn within(&self, paper: usize, place: Place) -> impl Iterator<Item = Spot> + '_ {
        let (from, to) = (place.start as usize, place.end as usize);
        // Mentions do not overlap, so their ends rise as their starts do.
        let first = self.mentions.partition_point(|m| m.mention.place.end <= from);
        let inside = self.mentions[first..].iter().take_while(move |m| m.mention.place.start < to);
        inside.enumerate().map(move |(i, _)| Spot { paper, mention: first + i })
    }

    /// The paragraph around a character.
    pub fn paragraph_at(&self, at: usize) -> Option<&Passage> {
        let i = self.passages.partition_point(|p| p.place.end <= at);
        self.passages.get(i).filter(|p| p.place.start <= at)
    }

    /// The language of the paragraph around a character.
    pub fn language_at(&self, at: usize) -> Option<&str> {
        self.paragraph_at(at).and_then(|p| p.language.as_deref())
    }
}

impl Spot {
    /// The mention.
    pub fn of(self, papers: &[Paper]) -> &Mention {
        &papers[self.paper].mentions[self.mention].mention
    }

    /// Its characters.
    pub fn text(self, papers: &[Paper]) -> &str {
        papers[self.paper].slice(self.of(papers).place.clone())
    }

    /// Its place.
    pub fn place(self, papers: &[Paper]) -> Place {
        let place = &self.of(papers).place;
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { start: narrow(place.start), end: narrow(place.end) }
    }
}

/// The passages, those in one language taken together: a quantity may go over a line end.
fn stretches(passages: &[Passage], declared: Option<&str>) -> Vec<Passage> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or(tag).to_lowercase();
    let language = |found: Option<&str>| match (found, declared) {
        (None, declared) => declared.map(str::to_string),
        (Some(found), Some(declared)) if primary(found) == primary(declared) => Some(declared.to_string()),
        (Some(found), _) => Some(found.to_string()),
    };
    let mut stretches: Vec<Passage> = Vec::new();
    for passage in passages {
        let language = language(passage.language.as_deref());
        match stretches.last_mut() {
            Some(last) if last.language == language => last.place.end = passage.place.end,
            _ => stretches.push(Passage { place: passage.place.clone(), language }),
        }
    }
    stretches
}
