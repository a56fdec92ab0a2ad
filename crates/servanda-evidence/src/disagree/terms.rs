//! What versions change and end, and what an agreement records of its sources.

use servanda_program::{Clause, ClauseId, Program, VersionId};

use crate::audit::Finding;
use crate::audit::paper::{Paper, Spot};
use crate::claim::{DeclarationKind, Stated};
use crate::disagree::{Disagreement, DisagreementKind, Side, sides};

/// The passages of a finding, each with its mentions that the finding claims.
fn claimed(finding: &Finding<'_>, papers: &[Paper]) -> Vec<Side> {
    let all: Vec<Spot> =
        finding.figures.iter().flat_map(|f| f.mentions.iter().chain(&f.against)).copied().collect();
    sides(finding, papers, |spot| all.contains(&spot))
}

/// Readings that give several figures.
pub(crate) fn claims(findings: &[Finding<'_>], papers: &[Paper]) -> Vec<Disagreement> {
    let several = |f: &Finding<'_>| f.declaration.kind == DeclarationKind::Reading && f.figures.len() > 1;
    let of = |(i, f): (usize, &Finding<'_>)| Disagreement {
        kind: DisagreementKind::Claims,
        matter: f.declaration.name.to_string(),
        declarations: vec![i],
        sides: claimed(f, papers),
        note: f.declaration.title.map(str::to_string),
    };
    findings.iter().enumerate().filter(|(_, f)| several(f)).map(of).collect()
}

/// Clauses whose figures or terms a later version changes.
pub(crate) fn amendments(program: &Program, findings: &[Finding<'_>], papers: &[Paper]) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (i, version) in program.versions.iter().enumerate() {
        let Some(base) = version.base else { continue };
        for standing in &version.text {
            let before = program.versions[base.index()].text.iter().find(|s| s.name == standing.name);
            let Some(before) = before.filter(|b| b.clause != standing.clause) else { continue };
            // A version that builds on this one does not change the clause again.
            if standing.birth != VersionId(i as u32) && !standing.blame.iter().any(|(_, v)| v.index() == i) {
                continue;
            }
            let (Some(old), Some(new)) =
                (of_clause(findings, before.clause), of_clause(findings, standing.clause))
            else {
                continue;
            };
            let fields = changed(program, (old, before.clause), (new, standing.clause), findings);
            if fields.is_empty() {
                continue;
            }
            out.push(Disagreement {
                kind: DisagreementKind::Amendment,
                matter: program.clause_names[standing.name.index()].clone(),
                declarations: vec![old, new],
                sides: claimed(&findings[old], papers)
                    .into_iter()
                    .chain(claimed(&findings[new], papers))
                    .collect(),
                note: Some(fields.join(", ")),
            });
        }
    }
    out
}

fn of_clause(findings: &[Finding<'_>], clause: ClauseId) -> Option<usize> {
    findings.iter().position(|f| f.declaration.clause == Some(clause))
}

/// The fields of two wordings that state something else.
fn changed(
    program: &Program,
    (old, before): (usize, ClauseId),
    (new, after): (usize, ClauseId),
    findings: &[Finding<'_>],
) -> Vec<String> {
    let (before, after) = (program.clause(before), program.clause(after));
    let (old, new) = (&findings[old].declaration.stated, &findings[new].declaration.stated);
    let missing = |all: &[Stated], s: &Stated| !all.iter().any(|o| o.quantity == s.quantity);
    let mut fields: Vec<String> = Vec::new();
    let mut add = |field: &str| {
        if !fields.iter().any(|f| f == field) {
            fields.push(field.to_string());
        }
    };
    old.iter().filter(|s| missing(new, s)).for_each(|s| add(&s.field));
    new.iter().filter(|s| missing(old, s)).for_each(|s| add(&s.field));
    if before.until != after.until {
        add("until");
    }
    effects(before, after).then(|| add("on"));
    fields
}

/// Whether what moves clauses was changed.
fn effects(before: &Clause, after: &Clause) -> bool {
    let of = |c: &Clause| {
        c.effects.iter().map(|e| format!("{:?}{:?}{:?}", e.when, e.verb, e.target)).collect::<Vec<_>>()
    };
    of(before) != of(after)
}

/// Clauses that a version ends or suspends.
pub(crate) fn endings(program: &Program, findings: &[Finding<'_>], papers: &[Paper]) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (i, version) in program.versions.iter().enumerate() {
        let by = |f: &Finding<'_>| {
            f.declaration.kind == DeclarationKind::Version && f.declaration.name == version.name
        };
        let Some(instrument) = findings.iter().position(by) else { continue };
        for standing in &version.text {
            let ended = standing.ended.is_some_and(|(v, _)| v.index() == i);
            let suspended = standing.suspended.iter().any(|s| s.by.index() == i);
            let Some(clause) = of_clause(findings, standing.clause).filter(|_| ended || suspended) else {
                continue;
            };
            out.push(Disagreement {
                kind: DisagreementKind::Ended,
                matter: program.clause_names[standing.name.index()].clone(),
                declarations: vec![clause, instrument],
                sides: claimed(&findings[clause], papers)
                    .into_iter()
                    .chain(claimed(&findings[instrument], papers))
                    .collect(),
                note: None,
            });
        }
    }
    out
}

/// Readings without figures, and notes, with passages from several places.
pub(crate) fn recorded(findings: &[Finding<'_>], papers: &[Paper]) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (i, finding) in findings.iter().enumerate() {
        let sides = claimed(finding, papers);
        if sides.len() < 2 {
            continue;
        }
        let notes = &finding.declaration.grounds.notes;
        let (kind, note) = match finding.declaration.kind {
            DeclarationKind::Reading if finding.figures.len() < 2 => {
                (DisagreementKind::Reading, finding.declaration.title.map(str::to_string))
            }
            DeclarationKind::Clause | DeclarationKind::Law | DeclarationKind::Fact if !notes.is_empty() => {
                (DisagreementKind::Noted, Some(notes.join("; ")))
            }
            _ => continue,
        };
        let matter = finding.declaration.name.to_string();
        out.push(Disagreement { kind, matter, declarations: vec![i], sides, note });
    }
    out
}
