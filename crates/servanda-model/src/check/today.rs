//! `today-in-term`: what moves by itself stands where nothing has to wait for it.

use std::collections::BTreeSet;

use servanda_program::{Clause, ClauseName, Duty, DutyStart, Moment, Program, Trigger};
use servanda_syntax::ast::FieldKind;
use servanda_text::{Diagnostic, Span};

use super::clauses_of;
use super::refs::{Node, Refs};
use crate::consolidate::Texts;
use crate::vocabulary::Vocabulary;

pub(super) fn check(
    vocabulary: &Vocabulary<'_>,
    texts: &Texts<'_>,
    program: &Program,
    out: &mut Vec<Diagnostic>,
) {
    let mut reported = BTreeSet::new();
    for version in &program.versions {
        let clauses: Vec<(ClauseName, usize, &Clause)> = clauses_of(program, version).collect();
        let looker = Looker { program, clauses: &clauses };
        for (_, wording, clause) in &clauses {
            if !reported.insert(*wording) {
                continue;
            }
            let Some(text) = texts.wordings.get(*wording) else { continue };
            for (what, refs, place) in places(clause) {
                let Some(through) = looker.finds(&refs, &mut BTreeSet::new()) else { continue };
                let span = place.unwrap_or_else(|| {
                    let field = text.clause.fields.iter().find(|f| is_field(what, &f.kind));
                    field.map_or(text.clause.name.span(), |f| f.at.0)
                });
                out.push(diagnostic(program, what, through.as_ref(), span));
            }
        }
        let mut refs = Refs::default();
        version.effective.iter().chain(&version.lapses).for_each(|m| refs.moment(m));
        version.requires.iter().for_each(|c| refs.cond(c));
        let suspended = version.text.iter().flat_map(|s| &s.suspended);
        suspended.flat_map(|s| s.from.iter().chain(&s.until)).for_each(|m| refs.moment(m));
        if let Some(through) = looker.finds(&refs, &mut BTreeSet::new()) {
            out.push(diagnostic(program, "a version", through.as_ref(), version.span));
        }
    }
    let looker = Looker { program, clauses: &[] };
    for (event, info) in program.events.iter().zip(&vocabulary.events) {
        for default in event.fields.iter().filter_map(|f| f.default.as_ref()) {
            let mut refs = Refs::default();
            refs.expr(default);
            if let Some(through) = looker.finds(&refs, &mut BTreeSet::new()) {
                out.push(diagnostic(program, "a record", through.as_ref(), info.ast.name.span()));
            }
        }
    }
}

/// The parts of a clause that may not look at the day asked, with what they are, and where where that is known.
fn places(clause: &Clause) -> Vec<(&'static str, Refs, Option<Span>)> {
    let mut out = Vec::new();
    let mut moment = |what, m: &Moment, at| {
        let mut refs = Refs::default();
        refs.moment(m);
        out.push((what, refs, at));
    };
    clause.from.iter().for_each(|m| moment("from", m, None));
    moment("until", &clause.until, None);
    for effect in &clause.effects {
        std::iter::once(&effect.when).chain(&effect.before).for_each(|m| moment("on", m, Some(effect.span)));
    }
    for duty in &clause.duties {
        duty.due.iter().for_each(|m| moment("by", m, Some(duty.span)));
        match &duty.start {
            DutyStart::Once(m) => moment("once", m, Some(duty.span)),
            DutyStart::Within(m, ..) => moment("within", m, Some(duty.span)),
            DutyStart::Clause | DutyStart::Each(..) | DutyStart::Period(_) | DutyStart::Arrears(..) => {}
        }
    }
    let mut rests = Refs::default();
    clause.while_.iter().for_each(|c| rests.cond(c));
    out.push(("while", rests, None));
    let mut steps = Refs::default();
    for step in clause.processes.iter().flat_map(|p| &p.steps) {
        if let Trigger::On(pattern) = &step.trigger {
            steps.pattern(pattern);
        }
        step.keeps.iter().for_each(|(_, e)| steps.expr(e));
    }
    out.push(("process", steps, None));
    // Everywhere else, only what picks records.
    let mut others: Vec<(Refs, Option<Span>)> = Vec::new();
    for norm in &clause.norms {
        let mut refs = Refs::default();
        [&norm.reach, &norm.meet, &norm.except].iter().for_each(|c| refs.cond(c));
        others.push((refs, Some(norm.span)));
    }
    for duty in &clause.duties {
        let mut refs = Refs::default();
        duty_parts(duty, &mut refs);
        others.push((refs, Some(duty.span)));
    }
    let mut refs = Refs::default();
    clause.overrides.iter().for_each(|o| refs.cond(&o.cond));
    clause.defines.iter().for_each(|d| refs.cond(&d.cond));
    for value in &clause.values {
        refs.expr(&value.expr);
        refs.cond(&value.cond);
    }
    others.push((refs, None));
    for (refs, at) in others {
        out.extend(refs.patterns.into_iter().map(|p| ("where", p, at)));
    }
    out
}

fn is_field(what: &str, field: &FieldKind) -> bool {
    match field {
        FieldKind::Value(_) | FieldKind::Define(_) => what == "where",
        other => other.keyword() == what,
    }
}

/// Everything that the state of a duty looks at.
fn duty_parts(duty: &Duty, refs: &mut Refs) {
    refs.cond(&duty.reach);
    duty.done.iter().for_each(|c| refs.cond(c));
    duty.worth.iter().chain(&duty.counting).for_each(|e| refs.expr(e));
    if let DutyStart::Each(pattern, ..) = &duty.start {
        refs.pattern(pattern);
    }
}

struct Looker<'p> {
    program: &'p Program,
    clauses: &'p [(ClauseName, usize, &'p Clause)],
}

impl Looker<'_> {
    /// Whether `today` is looked at: directly, or through the value, definition or duty that is given back.
    fn finds(&self, refs: &Refs, seen: &mut BTreeSet<Node>) -> Option<Option<Node>> {
        if refs.today {
            return Some(None);
        }
        for node in &refs.nodes {
            if seen.insert(node.clone())
                && let Some(through) = self.finds(&self.inside(node), seen)
            {
                return Some(Some(through.unwrap_or_else(|| node.clone())));
            }
        }
        None
    }

    fn inside(&self, node: &Node) -> Refs {
        let mut refs = Refs::default();
        let clause = |name: &ClauseName| self.clauses.iter().find(|(c, ..)| c == name).map(|(_, _, c)| *c);
        match node {
            Node::Fact(i) => self.program.facts.get(*i as usize).iter().for_each(|f| refs.expr(&f.expr)),
            Node::Value(c, name) => {
                for value in clause(c).iter().flat_map(|c| &c.values).filter(|v| v.name == *name) {
                    refs.expr(&value.expr);
                    refs.cond(&value.cond);
                }
            }
            Node::Define(c, name) => {
                let defines = clause(c).into_iter().flat_map(|c| &c.defines);
                defines.filter(|d| d.name == *name).for_each(|d| refs.cond(&d.cond));
            }
            Node::Duties(c) => {
                clause(c).iter().flat_map(|c| &c.duties).for_each(|d| duty_parts(d, &mut refs));
            }
            Node::Counting(c) => {
                let duties = clause(c).into_iter().flat_map(|c| &c.duties);
                duties.flat_map(|d| &d.counting).for_each(|e| refs.expr(e));
            }
            // A term has been looked at by itself.
            Node::Term(_) | Node::Agreement => {}
        }
        refs
    }
}

fn diagnostic(program: &Program, what: &str, through: Option<&Node>, span: Span) -> Diagnostic {
    let clause = |c: &ClauseName| program.clause_names.get(c.index()).map_or("", String::as_str);
    let through = match through {
        None | Some(Node::Term(_) | Node::Agreement) => String::new(),
        Some(Node::Fact(i)) => {
            format!(", through `{}`", program.facts.get(*i as usize).map_or("", |f| &f.name))
        }
        Some(Node::Value(c, name) | Node::Define(c, name)) => format!(", through `{}.{name}`", clause(c)),
        Some(Node::Duties(c) | Node::Counting(c)) => format!(", through the duties of `{}`", clause(c)),
    };
    let what = match what {
        "a version" | "a record" => what.to_string(),
        "process" => "a step of a process".to_string(),
        "where" => "what picks records".to_string(),
        keyword => format!("`{keyword}`"),
    };
    Diagnostic::error(
        "today-in-term",
        span,
        format!("{what} looks at `today`{through}, which moves by itself"),
    )
    .help("write what time brings as a day: `EVENT + 30 days`, `the next … after EVENT`")
    .help("or as a timer of a process: `after 30 days in STATE to STATE`")
}
