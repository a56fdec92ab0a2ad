//! The text of an agreement as legal prose: [`Program`] + what is asked → [`Reading`] → lines, JSON, a page.
//!
//! The prose is made from the program. Each construct has its sentence, a message of `messages/<tag>/prose*.ftl`;
//! `docs/reading.md` says what each sentence means. Reading order keeps the structure: what stands inside something
//! else is in parentheses or in a list, so that two different conditions are never said alike.

mod clause;
mod cond;
mod define;
mod duty;
mod expr;
mod head;
mod json;
mod moment;
mod name;
mod norm;
mod page;
mod process;
mod status;
mod teller;
mod text;
mod uses;

use std::collections::BTreeMap;

use servanda_engine::Answer;
use servanda_program::{ClauseId, ClauseName, Program, Standing, VersionId};
use servanda_quantity::Day;

use crate::{Passages, Tongue, VersionState};
use name::Names;
pub use status::ClauseStatus;
pub use teller::Sentence;
use teller::Teller;
use uses::Uses;

/// What is to be read.
#[derive(Debug, Clone, Default)]
pub struct ReadingOf {
    /// The version whose text is read; where it is `None`, no version governs, and only laws are.
    pub version: Option<VersionId>,
    /// How that version stands on the day.
    pub state: Option<VersionState>,
    /// The version that governs on the day.
    pub governs: Option<VersionId>,
    /// The clauses that are read; all where it is empty. They keep their numbers.
    pub only: Vec<ClauseName>,
    /// What the engine answers to "in force?" for each clause, or why it has no answer.
    pub in_force: BTreeMap<ClauseName, Result<Answer, String>>,
}

/// A text in prose.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The agreement's name.
    pub agreement: String,
    /// The heading: the agreement and its title.
    pub heading: String,
    /// The day as of which it is read.
    pub day: Day,
    /// The version whose text it is.
    pub version: Option<String>,
    /// What there is to say of the version, sentence by sentence; whether it is a warning.
    pub head: Vec<(String, bool)>,
    /// The parties.
    pub parties: Vec<String>,
    /// Acts, events and facts that the clauses speak of: the term, and what it is.
    pub definitions: Vec<(String, Vec<Sentence>)>,
    /// The clauses, laws last.
    pub clauses: Vec<ClauseReading>,
    /// The open questions that the clauses leave: the question, and what can answer it.
    pub questions: Vec<(String, Vec<Sentence>)>,
}

/// A clause in prose.
#[derive(Debug, Clone)]
pub struct ClauseReading {
    /// Its name.
    pub name: String,
    /// Its number in the text, from 1.
    pub number: usize,
    /// The number in the digits of the language.
    pub number_shown: String,
    /// Its title.
    pub title: Option<String>,
    /// The title and the name, as a heading has them.
    pub heading: String,
    /// Whether it is a law.
    pub law: bool,
    /// How it stands on the day.
    pub status: ClauseStatus,
    /// How it stands, with the reason, where it is not simply in force.
    pub status_words: Option<String>,
    /// What it says.
    pub sentences: Vec<Sentence>,
    /// For each field the version that wrote it, in the order of the clause.
    pub blame: Vec<(String, String)>,
    /// The same as lines, a version each.
    pub written: Vec<String>,
    /// The passages behind it.
    pub cites: Vec<CiteReading>,
    /// Where it comes from outside the sources, and notes.
    pub notes: Vec<String>,
    /// The topics that it is about.
    pub topics: Vec<String>,
    /// The same on one line, in words of the language.
    pub topics_line: Option<String>,
    /// The places of all citations on one line.
    pub sources: Option<String>,
}

/// A citation of a clause. No passage is quoted.
#[derive(Debug, Clone)]
pub struct CiteReading {
    /// The document's name.
    pub source: String,
    /// First character, in Unicode scalar values.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The file of the document, and the number of the passage in it, from 1, where the document is there.
    pub place: Option<(String, usize)>,
    /// The place in words.
    pub shown: String,
    /// What became of the passage, where it is not where it was cited.
    pub warning: Option<String>,
}

/// A text in prose.
pub fn reading(tongue: &Tongue, program: &Program, of: &ReadingOf, day: Day, passages: &Passages) -> Reading {
    let names = Names::new(tongue, program, of.version);
    let teller = Teller::new(tongue, program, &names);
    let standing = of.version.into_iter().flat_map(|v| &program.versions[v.index()].text);
    let laws = program.laws.iter().map(|id| (*id, None));
    let all = standing.map(|s| (s.clause, Some(s))).chain(laws);
    let wanted = |name: &ClauseName| of.only.is_empty() || of.only.contains(name);
    let mut uses = Uses::default();
    let mut clauses = Vec::new();
    for (at, (id, standing)) in all.enumerate() {
        let clause = program.clause(id);
        if !wanted(&clause.name) {
            continue;
        }
        uses.clause(clause);
        clauses.push(clause_reading(&teller, at + 1, id, standing, of, day, passages));
    }
    let (head, version) = teller.head(of, day, &mut uses);
    let mut questions: Vec<_> = uses.opens.iter().map(|o| teller.open_entry(*o)).collect();
    if of.only.is_empty() {
        questions.extend(teller.unsaid());
    }
    Reading {
        agreement: program.name.clone(),
        heading: teller.heading(),
        day,
        version,
        head,
        parties: teller.party_entries(),
        definitions: teller.definitions(&uses),
        clauses,
        questions,
    }
}

fn clause_reading(
    teller: &Teller<'_>,
    number: usize,
    id: ClauseId,
    standing: Option<&Standing>,
    of: &ReadingOf,
    day: Day,
    passages: &Passages,
) -> ClauseReading {
    let program = teller.program;
    let clause = program.clause(id);
    let answer = of.in_force.get(&clause.name);
    let status = status::of(answer.and_then(|a| a.as_ref().ok()), program, of.version);
    let name = &program.clause_names[clause.name.index()];
    let title = teller.names.clauses.get(&clause.name);
    let blame: Vec<(String, String)> = standing
        .into_iter()
        .flat_map(|s| &s.blame)
        .map(|(field, v)| (field.clone(), program.versions[v.index()].name.clone()))
        .collect();
    let cites: Vec<CiteReading> = clause.grounds.cites.iter().map(|c| teller.cite(c, passages)).collect();
    ClauseReading {
        name: name.clone(),
        number,
        number_shown: teller.say("prose-number", &[("number", number.into())]),
        title: title.cloned(),
        heading: match title {
            Some(title) => {
                teller.say("prose-clause-title", &[("title", title.into()), ("name", name.into())])
            }
            None => teller.tongue.name(name),
        },
        law: standing.is_none(),
        status,
        status_words: answer.and_then(|a| teller.status_words(status, a.as_ref(), day)),
        sentences: teller.clause_sentences(clause, standing),
        written: teller.written(&blame),
        blame,
        topics: clause.topics.clone(),
        topics_line: teller.topics_line(&clause.topics),
        sources: teller.sources(&cites),
        cites,
        notes: teller.notes(&clause.grounds),
    }
}

pub use json::prose_json;
pub use page::prose_page;
pub use text::prose_text;

#[cfg(test)]
#[path = "../../../servanda-engine/tests/random/mod.rs"]
mod random;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;
