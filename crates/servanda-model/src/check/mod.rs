//! What only the whole program can show.

mod calendars;
mod cycles;
mod ensure;
mod names;
mod overrides;
mod readings;
mod refs;
mod terms;
mod today;

use servanda_program::{Clause, ClauseName, Program, Version};
use servanda_text::Diagnostic;

use crate::consolidate::Texts;
use crate::lower::Lowerer;
use crate::vocabulary::Vocabulary;

/// Problems of the whole.
pub(crate) fn check(
    vocabulary: &Vocabulary<'_>,
    texts: &Texts<'_>,
    lowered: &Lowerer<'_>,
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    names::check(vocabulary, &mut out);
    cycles::check(texts, &lowered.program, &mut out);
    overrides::check(texts, &lowered.program, &mut out);
    terms::check(texts, &lowered.program, &mut out);
    calendars::check(texts, &lowered.program, &mut out);
    today::check(vocabulary, texts, &lowered.program, &mut out);
    ensure::check(texts, lowered, &mut out);
    readings::check(vocabulary, lowered, &mut out);
    out
}

/// The clauses of a version's text and the laws.
fn clauses_of<'p>(
    program: &'p Program,
    version: &'p Version,
) -> impl Iterator<Item = (ClauseName, usize, &'p Clause)> {
    let ids = version.text.iter().map(|s| s.clause).chain(program.laws.iter().copied());
    ids.filter_map(|id| program.clauses.get(id.index()).map(|c| (c.name, id.index(), c)))
}
