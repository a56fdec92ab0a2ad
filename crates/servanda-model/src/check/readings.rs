//! `unused-reading` and `open-reading`.

use servanda_program::{OpenKind, Status};
use servanda_text::Diagnostic;

use crate::lower::Lowerer;
use crate::vocabulary::Vocabulary;

pub(super) fn check(vocabulary: &Vocabulary<'_>, lowered: &Lowerer<'_>, out: &mut Vec<Diagnostic>) {
    let program = &lowered.program;
    for (reading, _) in &vocabulary.readings {
        let Some(open) = program.open(&reading.name.text) else { continue };
        if program.opens[open.index()].kind != OpenKind::Reading {
            continue;
        }
        let span = reading.name.span();
        let Some(users) = lowered.used.get(&open) else {
            out.push(
                Diagnostic::warning(
                    "unused-reading",
                    span,
                    format!("nothing depends on the reading `{}`", reading.name.text),
                )
                .help("use it in a condition, a value or a term, or take it out"),
            );
            continue;
        };
        let settled = program
            .versions
            .iter()
            .any(|v| v.status == Status::Binding && v.settles.iter().any(|(settled, _)| *settled == open));
        if settled {
            continue;
        }
        let mut names: Vec<String> = users
            .iter()
            .flatten()
            .filter_map(|c| program.clause_names.get(c.index()))
            .map(|n| format!("`{n}`"))
            .collect();
        if users.contains(&None) {
            names.push("what belongs to no clause".into());
        }
        let answers: Vec<&str> = reading.answers.iter().map(|a| a.word.text.as_str()).collect();
        out.push(
            Diagnostic::note(
                "open-reading",
                span,
                format!("the reading `{}` is open: {}", reading.name.text, reading.question.value),
            )
            .label(format!("looked at by {}", names.join(", ")))
            .help(format!(
                "a version can settle it: `settles {} as {}`",
                reading.name.text,
                answers.join("` or `… as ")
            )),
        );
    }
}
