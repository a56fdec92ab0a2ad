//! `term-ends-before-it-begins`, `signed-later`.

use servanda_program::{Moment, Program};
use servanda_quantity::Day;
use servanda_syntax::ast::FieldKind;
use servanda_text::Diagnostic;

use crate::consolidate::Texts;

/// A version that is signed after the day from which it is said to bind.
fn signed_later(texts: &Texts<'_>, program: &Program, out: &mut Vec<Diagnostic>) {
    for (text, version) in texts.versions.iter().zip(&program.versions) {
        let (Some(signed), Some(Moment::Day(from)), false) =
            (version.signed, &version.effective, version.retroactive)
        else {
            continue;
        };
        if signed <= *from {
            continue;
        }
        let told =
            format!("`{}` binds from the day it was signed, {signed}, and not from {from}", version.name);
        out.push(
            Diagnostic::warning("signed-later", text.decl.name.span(), told)
                .help(format!("write `binding as of {from}` if it reaches back, or `binding from {signed}`")),
        );
    }
}

pub(super) fn check(texts: &Texts<'_>, program: &Program, out: &mut Vec<Diagnostic>) {
    signed_later(texts, program, out);
    for (index, wording) in texts.wordings.iter().enumerate() {
        let Some(clause) = program.clauses.get(index) else { continue };
        // An own beginning, or the effective day of the version from which the clause stands.
        let begins = match &clause.from {
            Some(from) => latest_start(from),
            None => wording.version.and_then(|v| {
                let standing = program.versions.get(v)?.text.iter().find(|s| s.clause.index() == index)?;
                latest_start(program.versions.get(standing.birth.index())?.effective.as_ref()?)
            }),
        };
        let (Some(begins), Some(ends)) = (begins, latest_end(&clause.until)) else { continue };
        if ends > begins {
            continue;
        }
        let field = |until: bool| {
            wording
                .clause
                .fields
                .iter()
                .find(|f| match &f.kind {
                    FieldKind::Until(_) | FieldKind::Through(_) => until,
                    FieldKind::From(_) => !until,
                    _ => false,
                })
                .map(|f| f.at.0)
        };
        let mut d = Diagnostic::error(
            "term-ends-before-it-begins",
            field(true).unwrap_or(wording.clause.name.span()),
            format!(
                "the term of `{}` is empty: it begins on {begins} and ends on {ends}",
                wording.clause.name.text
            ),
        );
        match field(false) {
            Some(from) => d = d.also(from, "it begins here"),
            None => {
                if let Some(version) = wording.version.and_then(|v| texts.versions.get(v)) {
                    d = d.also(version.decl.name.span(), "it begins with this version");
                }
            }
        }
        out.push(d.help("write an end after the beginning, or strike the clause"));
    }
}

/// The day of a moment that is fixed; by readings, the earliest.
fn latest_start(moment: &Moment) -> Option<Day> {
    match moment {
        Moment::Day(day) => Some(*day),
        Moment::ByReading(_, list) => {
            list.iter().map(latest_start).collect::<Option<Vec<_>>>()?.into_iter().min()
        }
        _ => None,
    }
}

/// The last day on which a moment can be, if that is fixed.
pub(super) fn latest_end(moment: &Moment) -> Option<Day> {
    match moment {
        Moment::Day(day) => Some(*day),
        Moment::Earlier(list) => list.iter().filter_map(latest_end).min(),
        Moment::ByReading(_, list) | Moment::Later(list) => {
            list.iter().map(latest_end).collect::<Option<Vec<_>>>()?.into_iter().max()
        }
        _ => None,
    }
}
