//! `overrides-cycle`: no clause beats itself, under any answers to the readings.

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{Answers, ClauseName, Cond, OpenId, OpenKind, Program};
use servanda_text::Diagnostic;

use super::clauses_of;
use super::refs::Refs;
use crate::consolidate::Texts;

/// Most combinations of answers that are tried; beyond, conditions count as true.
const COMBINATIONS_MAX: usize = 4096;

pub(super) fn check(texts: &Texts<'_>, program: &Program, out: &mut Vec<Diagnostic>) {
    let mut reported: BTreeSet<BTreeSet<ClauseName>> = BTreeSet::new();
    for version in &program.versions {
        let mut edges: Vec<(ClauseName, ClauseName, &Cond)> = Vec::new();
        let mut wording: BTreeMap<ClauseName, usize> = BTreeMap::new();
        for (name, id, clause) in clauses_of(program, version) {
            wording.insert(name, id);
            edges.extend(clause.overrides.iter().map(|o| (name, o.clause, &o.cond)));
        }
        let mut refs = Refs::default();
        edges.iter().for_each(|(_, _, cond)| refs.cond(cond));
        let opens: BTreeSet<OpenId> = refs
            .readings
            .into_iter()
            .filter(|o| program.opens.get(o.index()).is_some_and(|o| o.kind == OpenKind::Reading))
            .collect();
        let sizes: Vec<(OpenId, u32)> = opens
            .iter()
            .map(|o| match program.opens.get(o.index()).map(|o| &o.answers) {
                Some(Answers::Words(words)) => (*o, words.len().max(1) as u32),
                _ => (*o, 1),
            })
            .collect();
        let total = sizes
            .iter()
            .try_fold(1usize, |t, (_, n)| t.checked_mul(*n as usize))
            .filter(|t| *t <= COMBINATIONS_MAX);
        for combination in 0..total.unwrap_or(1) {
            let mut rest = combination;
            let mut answers: BTreeMap<OpenId, u32> = BTreeMap::new();
            if total.is_some() {
                for (open, size) in &sizes {
                    answers.insert(*open, (rest % *size as usize) as u32);
                    rest /= *size as usize;
                }
            }
            let live: Vec<(ClauseName, ClauseName)> = edges
                .iter()
                .filter(|(_, _, cond)| holds(cond, &answers) != Some(false))
                .map(|(a, b, _)| (*a, *b))
                .collect();
            if let Some(cycle) = cycle(&live)
                && reported.insert(cycle.iter().copied().collect())
            {
                out.push(diagnostic(texts, program, &wording, &cycle, &answers));
            }
        }
    }
}

/// Whether a condition holds, as far as the readings alone say.
fn holds(cond: &Cond, answers: &BTreeMap<OpenId, u32>) -> Option<bool> {
    match cond {
        Cond::Constant(b) => Some(*b),
        Cond::Not(inner) => holds(inner, answers).map(|b| !b),
        Cond::Answered(open, answer) => answers.get(open).map(|a| a == answer),
        Cond::All(list) => {
            let results: Vec<_> = list.iter().map(|c| holds(c, answers)).collect();
            if results.contains(&Some(false)) {
                Some(false)
            } else if results.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Cond::Any(list) => {
            let results: Vec<_> = list.iter().map(|c| holds(c, answers)).collect();
            if results.contains(&Some(true)) {
                Some(true)
            } else if results.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        _ => None,
    }
}

fn cycle(edges: &[(ClauseName, ClauseName)]) -> Option<Vec<ClauseName>> {
    let mut graph: BTreeMap<ClauseName, Vec<ClauseName>> = BTreeMap::new();
    for (a, b) in edges {
        graph.entry(*a).or_default().push(*b);
    }
    let mut done = BTreeSet::new();
    for start in graph.keys() {
        if done.contains(start) {
            continue;
        }
        let mut path: Vec<(ClauseName, usize)> = vec![(*start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(target) = graph.get(&node).and_then(|t| t.get(*next)).copied() else {
                done.insert(node);
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(from) = path.iter().position(|(n, _)| *n == target) {
                return Some(path[from..].iter().map(|(n, _)| *n).collect());
            }
            if !done.contains(&target) {
                path.push((target, 0));
            }
        }
    }
    None
}

fn diagnostic(
    texts: &Texts<'_>,
    program: &Program,
    wording: &BTreeMap<ClauseName, usize>,
    cycle: &[ClauseName],
    answers: &BTreeMap<OpenId, u32>,
) -> Diagnostic {
    let name =
        |c: ClauseName| format!("`{}`", program.clause_names.get(c.index()).map_or("", String::as_str));
    let mut names: Vec<String> = cycle.iter().map(|c| name(*c)).collect();
    names.extend(cycle.first().map(|c| name(*c)));
    let message = format!("these clauses override each other in a circle: {}", names.join(" over "));
    let mut spans = cycle.iter().enumerate().filter_map(|(i, c)| {
        let beaten = *cycle.get((i + 1) % cycle.len())?;
        let ast = &texts.wordings.get(*wording.get(c)?)?.clause;
        let field = ast.fields.iter().find(|f| match &f.kind {
            servanda_syntax::ast::FieldKind::Overrides(n, _) => {
                program.clause_names.get(beaten.index()).is_some_and(|b| *b == n.text)
            }
            _ => false,
        });
        Some(field.map_or(ast.name.span(), |f| f.at.0))
    });
    let mut d = match spans.next() {
        Some(span) => Diagnostic::error("overrides-cycle", span, message),
        None => Diagnostic::global("overrides-cycle", message),
    };
    for span in spans.take(4) {
        d = d.also(span, "and this");
    }
    let under: Vec<String> = answers
        .iter()
        .filter_map(|(open, answer)| {
            let open = program.opens.get(open.index())?;
            let Answers::Words(words) = &open.answers else { return None };
            Some(format!("`{}` is `{}`", open.name, words.get(*answer as usize)?.word))
        })
        .collect();
    if !under.is_empty() {
        d = d.help(format!("this is so where {}", under.join(" and ")));
    }
    d.help("take one `overrides` out, or give it an `if` that excludes the other")
}
