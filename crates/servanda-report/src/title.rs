//! Titles, and the languages in which they are written.

use servanda_program::{ActionId, Clause, ClauseId, EventId, PartyId, Program, Titled, VersionId};

use crate::Tongue;

/// The language of titles where the agreement does not say.
const BASE: &str = "en";

/// A title in the agreement's language, and in the reader's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Title<'p> {
    base: Option<&'p str>,
    own: Option<&'p str>,
}

impl<'p> Title<'p> {
    /// The title in the reader's language.
    pub fn own(self) -> Option<&'p str> {
        self.own
    }

    /// The title in the reader's language, else in the agreement's.
    pub fn any(self) -> Option<&'p str> {
        self.own.or(self.base)
    }
}

/// How well a title's language suits the reader's, 0 where it does not: the same tag best, the same language next.
fn suits(language: &str, tongue: &Tongue) -> u8 {
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    match tongue.tag() {
        tag if language.eq_ignore_ascii_case(tag) => 2,
        tag if first(language) == first(tag) => 1,
        _ => 0,
    }
}

/// Whether the agreement is written in the reader's language.
pub(crate) fn is_own(program: &Program, tongue: &Tongue) -> bool {
    suits(program.language.as_deref().unwrap_or(BASE), tongue) > 0
}

fn title<'p>(program: &'p Program, tongue: &Tongue, of: Titled, base: Option<&'p str>) -> Title<'p> {
    let language = program.language.as_deref().unwrap_or(BASE);
    let first = program.titles.partition_point(|t| t.of < of);
    let others = program.titles[first..].iter().take_while(|t| t.of == of);
    let others = others.map(|t| (suits(&t.language, tongue), t.text.as_str()));
    let all = base.map(|b| (suits(language, tongue), b)).into_iter().chain(others);
    // Of equally good ones the first counts.
    let best = all.filter(|(n, _)| *n > 0).reduce(|best, next| if next.0 > best.0 { next } else { best });
    Title { base, own: best.map(|(_, text)| text) }
}

pub(crate) fn of_party<'p>(program: &'p Program, tongue: &Tongue, id: PartyId) -> Title<'p> {
    title(program, tongue, Titled::Party(id), program.parties[id.index()].title.as_deref())
}

pub(crate) fn of_action<'p>(program: &'p Program, tongue: &Tongue, id: ActionId) -> Title<'p> {
    title(program, tongue, Titled::Action(id), program.actions[id.index()].title.as_deref())
}

pub(crate) fn of_event<'p>(program: &'p Program, tongue: &Tongue, id: EventId) -> Title<'p> {
    title(program, tongue, Titled::Event(id), program.events[id.index()].title.as_deref())
}

pub(crate) fn of_clause<'p>(
    program: &'p Program,
    tongue: &Tongue,
    id: ClauseId,
    clause: &'p Clause,
) -> Title<'p> {
    title(program, tongue, Titled::Clause(id), clause.title.as_deref())
}

pub(crate) fn of_version<'p>(program: &'p Program, tongue: &Tongue, id: VersionId) -> Title<'p> {
    title(program, tongue, Titled::Version(id), Some(&program.versions[id.index()].title))
}

impl Tongue {
    /// The title of a version, in this language where it has one.
    pub fn version_title<'p>(&self, program: &'p Program, id: VersionId) -> &'p str {
        of_version(program, self, id).any().unwrap_or_default()
    }
}
