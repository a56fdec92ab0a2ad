//! What tells the sentences of a text: the language, the program, the names, and what is in hand at a place.

use servanda_program::{ActionId, ClauseName, EventId, PartyId, Program};

use super::name::Names;
use crate::tongue::bidi;
use crate::{Arg, Tongue};

/// A program in prose, at a place of it.
#[derive(Clone, Copy)]
pub(super) struct Teller<'t> {
    pub tongue: &'t Tongue,
    pub program: &'t Program,
    pub names: &'t Names,
    /// The clause that speaks.
    pub clause: Option<ClauseName>,
    /// Whose attributes are meant.
    pub action: Option<ActionId>,
    /// The innermost record in hand.
    pub record: Option<EventId>,
    /// What the key in hand is called.
    pub key: Option<&'t str>,
}

/// A sentence or a part of one, and the list that follows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// The words, with what ends them; each line of text that stands alone.
    pub text: String,
    /// The list.
    pub items: Vec<Sentence>,
}

impl<'t> Teller<'t> {
    pub fn new(tongue: &'t Tongue, program: &'t Program, names: &'t Names) -> Teller<'t> {
        Teller { tongue, program, names, clause: None, action: None, record: None, key: None }
    }

    pub fn say(&self, message: &str, with: &[(&str, Arg<'_>)]) -> String {
        self.directed(self.tongue.say(message, with))
    }

    /// A phrase of the language. Where it runs from right to left and the phrase has no letter of its own to show
    /// that, as in `«…»: «…»`, a mark shows it: isolates around the phrase take their direction from it.
    pub fn directed(&self, phrase: String) -> String {
        let shows = !self.tongue.is_right_to_left() || bidi::has_open_right_to_left(&phrase);
        if shows { phrase } else { format!("{}{phrase}", bidi::RIGHT_TO_LEFT_MARK) }
    }

    /// Several texts, all of them.
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        self.directed(self.tongue.list(items))
    }

    /// Several texts, any of them.
    pub fn any_of(&self, items: &[impl AsRef<str>]) -> String {
        self.directed(self.tongue.any_of(items))
    }

    /// Several texts with commas between them.
    pub fn commas(&self, items: &[impl AsRef<str>]) -> String {
        self.directed(self.tongue.commas(items))
    }

    pub fn quoted(&self, text: &str) -> String {
        self.say("prose-quoted", &[("text", text.into())])
    }

    /// A phrase in parentheses.
    pub fn group(&self, phrase: String) -> String {
        self.say("prose-group", &[("phrase", phrase.into())])
    }

    /// A party inside a sentence.
    pub fn party(&self, id: PartyId) -> String {
        let name = &self.names.parties[id.index()];
        if self.names.party_titled[id.index()] { self.small(name) } else { name.clone() }
    }

    /// Parties, any of them.
    pub fn parties(&self, ids: &[PartyId]) -> String {
        self.any_of(&ids.iter().map(|p| self.party(*p)).collect::<Vec<_>>())
    }

    /// A title that stands inside a sentence: a small word at its beginning has no capital letter.
    fn small(&self, title: &str) -> String {
        let first = title.split(' ').next().unwrap_or_default();
        let lower = first.to_lowercase();
        let words = self.say("prose-small-words", &[]);
        match words.split_whitespace().any(|w| w == lower) {
            true => format!("{lower}{}", &title[first.len()..]),
            false => title.to_string(),
        }
    }

    /// A clause by its number.
    pub fn clause(&self, name: ClauseName) -> String {
        if self.clause == Some(name) {
            return self.say("prose-this-clause", &[]);
        }
        match self.names.numbers.get(&name) {
            Some(number) => self.say("prose-clause", &[("number", (*number).into())]),
            None => self.absent(name),
        }
    }

    /// A clause by its number and title.
    pub fn clause_called(&self, name: ClauseName) -> String {
        if self.clause == Some(name) {
            return self.say("prose-this-clause", &[]);
        }
        let Some(number) = self.names.numbers.get(&name) else { return self.absent(name) };
        let title = self.names.clauses.get(&name);
        let title = title.unwrap_or(&self.program.clause_names[name.index()]);
        let with = [("number", Arg::from(*number)), ("title", self.quoted(title).into())];
        self.say("prose-clause-called", &with)
    }

    fn absent(&self, name: ClauseName) -> String {
        let name = self.quoted(&self.program.clause_names[name.index()]);
        self.say("prose-clause-absent", &[("name", name.into())])
    }

    /// What a clause calls by a name; of another clause, with its number.
    pub fn of_clause(&self, name: &str, clause: ClauseName) -> String {
        if self.clause == Some(clause) {
            return name.to_string();
        }
        self.say("prose-of-clause", &[("name", name.into()), ("clause", self.clause(clause).into())])
    }

    /// A sentence that stands alone.
    pub fn sentence(&self, text: &str) -> Sentence {
        Sentence { text: self.ended("prose-sentence", &self.begun(text)), items: Vec::new() }
    }

    /// A sentence that a list follows; one without a list where there is nothing in it.
    pub fn with_list(&self, text: &str, items: Vec<Draft>) -> Sentence {
        if items.is_empty() {
            return self.sentence(text);
        }
        let text = self.ended("prose-lead", &self.begun(text));
        Sentence { text, items: self.items(items, true) }
    }

    /// The members of a list; `end` where the sentence ends with it.
    fn items(&self, drafts: Vec<Draft>, end: bool) -> Vec<Sentence> {
        let last = drafts.len().saturating_sub(1);
        let item = |(at, draft): (usize, Draft)| {
            let end = end && at == last;
            let message = match (draft.items.is_empty(), end) {
                (false, _) => "prose-lead",
                (true, true) => "prose-sentence",
                (true, false) => "prose-item",
            };
            Sentence { text: self.ended(message, &draft.text), items: self.items(draft.items, end) }
        };
        drafts.into_iter().enumerate().map(item).collect()
    }

    fn ended(&self, message: &str, text: &str) -> String {
        self.say(message, &[("text", text.into())])
    }

    /// A text that begins a sentence. A name keeps its letters.
    pub fn begun(&self, text: &str) -> String {
        let first = text.split([' ', ',']).next().unwrap_or_default();
        let bare = self.names.parties.iter().zip(&self.names.party_titled);
        if bare.into_iter().any(|(n, titled)| !titled && n == first) {
            return text.to_string();
        }
        let mut letters = text.chars();
        match letters.next() {
            Some(c) => c.to_uppercase().chain(letters).collect(),
            None => String::new(),
        }
    }
}

/// A part of a sentence before it is known what ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub text: String,
    pub items: Vec<Draft>,
}

impl From<String> for Draft {
    fn from(text: String) -> Draft {
        Draft { text, items: Vec::new() }
    }
}
