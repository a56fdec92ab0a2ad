//! `cyclic-definition`: nothing is computed from itself.

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{Clause, ClauseName, DutyStart, EffectTarget, EffectVerb, Moment, Program};
use servanda_syntax::ast::FieldKind;
use servanda_text::{Diagnostic, Span};

use super::clauses_of;
use super::refs::{Node, Refs};
use crate::consolidate::Texts;
use crate::expand::declared_name;

pub(super) fn check(texts: &Texts<'_>, program: &Program, out: &mut Vec<Diagnostic>) {
    let mut reported: BTreeSet<BTreeSet<Node>> = BTreeSet::new();
    for version in &program.versions {
        let clauses: BTreeMap<ClauseName, (usize, &Clause)> =
            clauses_of(program, version).map(|(name, id, c)| (name, (id, c))).collect();
        let graph = graph(program, &clauses);
        if let Some(cycle) = cycle(&graph)
            && reported.insert(cycle.iter().cloned().collect())
        {
            out.push(diagnostic(texts, program, &clauses, &cycle));
        }
    }
}

fn graph(program: &Program, clauses: &BTreeMap<ClauseName, (usize, &Clause)>) -> BTreeMap<Node, Vec<Node>> {
    let mut graph: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for (i, fact) in program.facts.iter().enumerate() {
        let mut refs = Refs::default();
        refs.expr(&fact.expr);
        graph.insert(Node::Fact(i as u32), refs.nodes);
    }
    // What ends the agreement at a moment of time; an event is judged by what came before it.
    let mut agreement = Refs::default();
    for (name, (_, clause)) in clauses {
        for effect in &clause.effects {
            let ends = effect.verb == EffectVerb::Ends && effect.target == EffectTarget::Agreement;
            if ends && !matches!(effect.when, Moment::First(_)) {
                agreement.moment(&effect.when);
            }
        }
        for value in &clause.values {
            let mut refs = Refs::default();
            refs.expr(&value.expr);
            refs.cond(&value.cond);
            graph.insert(Node::Value(*name, value.name.clone()), refs.nodes);
        }
        for define in &clause.defines {
            let mut refs = Refs::default();
            refs.cond(&define.cond);
            graph.entry(Node::Define(*name, define.name.clone())).or_default().extend(refs.nodes);
        }
        let mut term = Refs::default();
        clause.from.iter().for_each(|m| term.moment(m));
        term.moment(&clause.until);
        clause.while_.iter().for_each(|c| term.cond(c));
        graph.insert(Node::Term(*name), term.nodes);
        let mut duties = Refs::default();
        let mut counting = Refs::default();
        for duty in &clause.duties {
            duty.counting.iter().for_each(|e| counting.expr(e));
            duties.cond(&duty.reach);
            match &duty.start {
                DutyStart::Once(m) | DutyStart::Within(m, ..) => duties.moment(m),
                DutyStart::Each(p, ..) => duties.pattern(p),
                DutyStart::Clause | DutyStart::Period(_) | DutyStart::Arrears(..) => {}
            }
            duty.due.iter().for_each(|m| duties.moment(m));
            duty.worth.iter().for_each(|e| duties.expr(e));
            duty.done.iter().for_each(|c| duties.cond(c));
        }
        if !clause.duties.is_empty() {
            duties.nodes.push(Node::Term(*name));
            duties.nodes.push(Node::Counting(*name));
        }
        graph.insert(Node::Duties(*name), duties.nodes);
        graph.insert(Node::Counting(*name), counting.nodes);
    }
    graph.insert(Node::Agreement, agreement.nodes);
    graph
}

/// A cycle of the graph, if there is one.
fn cycle(graph: &BTreeMap<Node, Vec<Node>>) -> Option<Vec<Node>> {
    let mut done: BTreeSet<&Node> = BTreeSet::new();
    for start in graph.keys() {
        if done.contains(start) {
            continue;
        }
        let mut path: Vec<(&Node, usize)> = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let node: &Node = node;
            let targets = graph.get(node).map(Vec::as_slice).unwrap_or_default();
            let Some(target) = targets.get(*next) else {
                done.insert(node);
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(from) = path.iter().position(|(n, _)| *n == target) {
                return Some(path[from..].iter().map(|(n, _)| (*n).clone()).collect());
            }
            if !done.contains(target)
                && let Some((key, _)) = graph.get_key_value(target)
            {
                path.push((key, 0));
            }
        }
    }
    None
}

fn diagnostic(
    texts: &Texts<'_>,
    program: &Program,
    clauses: &BTreeMap<ClauseName, (usize, &Clause)>,
    cycle: &[Node],
) -> Diagnostic {
    let clause = |c: ClauseName| program.clause_names.get(c.index()).cloned().unwrap_or_default();
    let name = |n: &Node| match n {
        Node::Fact(i) => format!("`{}`", program.facts.get(*i as usize).map_or("", |f| f.name.as_str())),
        Node::Value(c, n) | Node::Define(c, n) => format!("`{}.{n}`", clause(*c)),
        Node::Term(c) => format!("the term of `{}`", clause(*c)),
        Node::Duties(c) => format!("the duties of `{}`", clause(*c)),
        Node::Counting(c) => format!("the count of `{}`", clause(*c)),
        Node::Agreement => "the end of the agreement".to_string(),
    };
    let place = |n: &Node| -> Option<Span> {
        let (c, item) = match n {
            Node::Fact(_) | Node::Agreement => return None,
            Node::Value(c, n) | Node::Define(c, n) => (c, Some(n)),
            Node::Term(c) | Node::Duties(c) | Node::Counting(c) => (c, None),
        };
        let ast = &texts.wordings.get(clauses.get(c)?.0)?.clause;
        let field = ast.fields.iter().find(|f| match (item, &f.kind) {
            (Some(item), kind) => declared_name(kind) == Some(item.as_str()),
            (
                None,
                FieldKind::Until(_) | FieldKind::Through(_) | FieldKind::From(_) | FieldKind::While(_),
            ) => {
                matches!(n, Node::Term(_))
            }
            (None, FieldKind::Norm(norm)) => {
                !matches!(n, Node::Term(_)) && matches!(norm.kind, servanda_syntax::ast::NormKind::Must(_))
            }
            _ => false,
        });
        Some(field.map_or(ast.name.span(), |f| f.at.0))
    };
    let mut names: Vec<String> = cycle.iter().map(&name).collect();
    names.extend(cycle.first().map(&name));
    let message = format!("{} is computed from itself: {}", names[0], names.join(" from "));
    let mut spans = cycle.iter().filter_map(place);
    let mut d = match spans.next() {
        Some(span) => Diagnostic::error("cyclic-definition", span, message),
        None => Diagnostic::global("cyclic-definition", message),
    };
    for span in spans.take(4) {
        d = d.also(span, "through this");
    }
    d.help("say one of them without the others")
}
