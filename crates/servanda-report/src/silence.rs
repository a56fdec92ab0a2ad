//! What each norm is silent on, forbids and permits, in the words of its own conditions.

use servanda_program::{Clause, ClauseId, Cond, Norm, NormForm, Program, Sign};

use crate::Style;
use crate::tree::{Node, draw};

/// Deepest that the drawing goes: clause, norm, line.
const DEPTH: usize = 3;

/// For each wording of each clause, its norms and what each says about which acts.
pub fn explain_program(program: &Program, style: Style) -> String {
    let mut out = String::new();
    let mut shown: Vec<ClauseId> = Vec::new();
    if !program.laws.is_empty() {
        out.push_str(&format!("{}\n", style.strong("laws")));
        let nodes: Vec<Node> =
            program.laws.iter().map(|id| clause(program, program.clause(*id), style)).collect();
        out.push_str(&draw(&nodes, style, DEPTH));
        shown.extend(&program.laws);
    }
    for version in &program.versions {
        let fresh: Vec<ClauseId> =
            version.text.iter().map(|s| s.clause).filter(|c| !shown.contains(c)).collect();
        shown.extend(&fresh);
        if fresh.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{} {}\n", style.strong(&version.name), version.title));
        let nodes: Vec<Node> = fresh.iter().map(|id| clause(program, program.clause(*id), style)).collect();
        out.push_str(&draw(&nodes, style, DEPTH));
    }
    out
}

fn clause(program: &Program, clause: &Clause, style: Style) -> Node {
    let mut below: Vec<Node> = clause.norms.iter().map(|n| norm(program, n)).collect();
    below.extend(clause.overrides.iter().map(|o| {
        let when = match &o.cond {
            Cond::Constant(true) => String::new(),
            cond => format!(" where {}", program.describe_cond(cond, None)),
        };
        Node::text(format!("beats {} where its own norm fires{when}", program.clause_names[o.clause.index()]))
    }));
    if clause.norms.is_empty() {
        below.push(Node::text("says nothing about what anybody may do"));
    }
    let from = match &clause.from {
        Some(from) => format!(" from {}", program.describe_moment(from)),
        None => String::new(),
    };
    let until = program.describe_moment(&clause.until);
    let until = if until == "never" { String::new() } else { format!(" until {until}") };
    let rests = match &clause.while_ {
        Some(cond) => format!(" while {}", program.describe_cond(cond, None)),
        None => String::new(),
    };
    let name = &program.clause_names[clause.name.index()];
    Node { head: style.strong(name), below, ..Node::text(format!("{from}{until}{rests}").trim_start()) }
}

fn norm(program: &Program, norm: &Norm) -> Node {
    let action = Some(norm.action);
    let say = |c: &Cond| program.describe_cond(c, action);
    let negated = |c: &Cond| program.describe_cond(&Cond::Not(Box::new(c.clone())), action);
    let names = |list: &[servanda_program::PartyId]| {
        list.iter().map(|p| program.parties[p.index()].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<(&str, String)> = Vec::new();
    let silent = match (&norm.reach, norm.form) {
        (Cond::Constant(true), NormForm::Alone) => "nothing".to_string(),
        (Cond::Constant(true), _) => "others".to_string(),
        (reach, NormForm::Alone) => negated(reach),
        (reach, _) => format!("others, and where {}", negated(reach)),
    };
    lines.push(("silent for", silent));
    match (norm.sign, norm.form) {
        (Sign::Grant, NormForm::Alone) => lines.push(("permitted for", names(&norm.parties))),
        (Sign::Bar, NormForm::Alone) => {
            lines.push(("forbidden for", format!("everybody but {}", names(&norm.holders))))
        }
        (Sign::Grant, _) => match &norm.meet {
            Cond::Constant(true) => {
                lines.push(("permitted for", format!("{}, always", names(&norm.parties))))
            }
            meet => {
                lines.push(("permitted for", say(meet)));
                lines.push(("forbidden for", format!("{}, unless another clause frees it", negated(meet))));
            }
        },
        (Sign::Bar, NormForm::OnlyWhere) => {
            lines.push(("forbidden for", negated(&norm.meet)));
            lines.push(("left free for", say(&norm.meet)));
        }
        (Sign::Bar, _) => lines.push(("forbidden for", format!("{}, always", names(&norm.parties)))),
    }
    if norm.except != Cond::Constant(false) {
        lines.push(("steps back for", say(&norm.except)));
    }
    let below = lines.into_iter().map(|(lead, text)| Node::text(format!("{lead} {text}"))).collect();
    Node { below, ..Node::text(program.describe_norm(norm)) }
}
