//! What things are called in prose: by their title in the reader's language where there is one, else by their name.

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{ActionId, ClauseName, EventId, PartyId, Program, VersionId};

use crate::{Tongue, title};

/// The names of a program in a language. Two things of a kind are never called the same.
pub(super) struct Names {
    pub parties: Vec<String>,
    /// Whether a party is called by a title, which may begin with a small word.
    pub party_titled: Vec<bool>,
    pub actions: Vec<String>,
    pub events: Vec<String>,
    pub facts: Vec<String>,
    pub opens: Vec<String>,
    /// The numbers of the clauses of the text, from 1.
    pub numbers: BTreeMap<ClauseName, usize>,
    /// The titles of the clauses of the text.
    pub clauses: BTreeMap<ClauseName, String>,
}

impl Names {
    /// The names for a text: that of a version, and the laws.
    pub fn new(tongue: &Tongue, program: &Program, version: Option<VersionId>) -> Names {
        let quoted = |text: &str| tongue.say("prose-quoted", &[("text", text.into())]);
        let own = |title: title::Title<'_>| title.own().map(str::to_string);
        let any = |title: title::Title<'_>| title.any().map(str::to_string);
        let all = |n: usize| 0..n as u32;
        let of_parties = all(program.parties.len()).map(|i| title::of_party(program, tongue, PartyId(i)));
        let party_titles = distinct(of_parties.map(own));
        let parties = program.parties.iter().zip(&party_titles);
        let of_actions = all(program.actions.len()).map(|i| title::of_action(program, tongue, ActionId(i)));
        let of_actions: Vec<title::Title<'_>> = of_actions.collect();
        // In English a name of several words reads as they do.
        let spaced = |at: usize| match tongue.is_english() {
            true => Some(program.actions[at].name.replace('-', " ")),
            false => None,
        };
        let called = of_actions.iter().enumerate().map(|(at, title)| own(*title).or_else(|| spaced(at)));
        let action_titles = distinct(called);
        let action = |(at, own): (usize, &Option<String>)| match own {
            Some(title) => title.clone(),
            None if tongue.is_english() => program.actions[at].name.clone(),
            None => quoted(of_actions[at].any().unwrap_or(&program.actions[at].name)),
        };
        let of_events = all(program.events.len()).map(|i| title::of_event(program, tongue, EventId(i)));
        let event_titles = distinct(of_events.map(any));
        let event = |(at, title): (usize, &Option<String>)| {
            quoted(title.as_deref().unwrap_or(&program.events[at].name))
        };
        let fact_titles = distinct(program.facts.iter().map(|f| f.title.clone()));
        let fact = |(at, title): (usize, &Option<String>)| {
            quoted(title.as_deref().unwrap_or(&program.facts[at].name))
        };
        let questions = distinct(program.opens.iter().map(|o| Some(o.question.clone())));
        let open = |(at, question): (usize, &Option<String>)| {
            quoted(question.as_deref().unwrap_or(&program.opens[at].name))
        };
        let mut numbers = BTreeMap::new();
        let mut clauses = BTreeMap::new();
        let standing = version.into_iter().flat_map(|v| &program.versions[v.index()].text).map(|s| s.clause);
        for (at, id) in standing.chain(program.laws.iter().copied()).enumerate() {
            let clause = program.clause(id);
            numbers.insert(clause.name, at + 1);
            if let Some(title) = any(title::of_clause(program, tongue, id, clause)) {
                clauses.insert(clause.name, title);
            }
        }
        Names {
            parties: parties.clone().map(|(p, t)| t.clone().unwrap_or_else(|| p.name.clone())).collect(),
            party_titled: party_titles.iter().map(Option::is_some).collect(),
            actions: action_titles.iter().enumerate().map(action).collect(),
            events: event_titles.iter().enumerate().map(event).collect(),
            facts: fact_titles.iter().enumerate().map(fact).collect(),
            opens: questions.iter().enumerate().map(open).collect(),
            numbers,
            clauses,
        }
    }
}

/// The titles that only one thing has.
fn distinct(titles: impl Iterator<Item = Option<String>>) -> Vec<Option<String>> {
    let titles: Vec<Option<String>> = titles.map(|t| t.filter(|t| !t.trim().is_empty())).collect();
    let (mut once, mut again) = (BTreeSet::new(), BTreeSet::new());
    for title in titles.iter().flatten() {
        if !once.insert(title.to_lowercase()) {
            again.insert(title.to_lowercase());
        }
    }
    titles.into_iter().map(|t| t.filter(|t| !again.contains(&t.to_lowercase()))).collect()
}
