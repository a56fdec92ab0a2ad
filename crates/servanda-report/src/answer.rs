//! Answers: the outcome, why, and on what it depends.

use servanda_engine::{
    Answer, AnswerValue, Because, Dependence, DutyState, Outcome, Owed, OwedAmount, Role, Step, WayOut,
};
use servanda_program::{OpenKind, PartyId, Program};

use crate::figure::figure;
use crate::tree::{Node, draw};
use crate::{Passages, Style, Table};

/// How much of a derivation is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The clauses that decided, with their first steps.
    Short,
    /// Every step, and the clauses that reached the act and did not decide.
    Full,
}

/// Deepest step that is drawn.
const DEPTH_MAX: usize = 64;

/// An answer as lines. Its first line is the outcome, with the value where there is one.
pub fn answer(
    program: &Program,
    answer: &Answer,
    passages: &Passages,
    style: Style,
    detail: Detail,
) -> String {
    let mut out = headline(program, answer, style);
    if let AnswerValue::Owes(list) = &answer.value {
        out.push_str(&owes(program, list, style));
    }
    if !answer.depends_on.is_empty() {
        out.push('\n');
        out.push_str(&dependences(program, &answer.depends_on, style));
    }
    let (deciding, others) = parts(answer);
    let depth = if detail == Detail::Full { DEPTH_MAX } else { 2 };
    for (title, list) in [("because", deciding), ("reached as well, and did not decide", others)] {
        if list.is_empty() || (title != "because" && detail == Detail::Short) {
            continue;
        }
        let nodes: Vec<Node> = list.iter().map(|b| reason(program, b, passages, style, detail)).collect();
        out.push_str(&format!("\n{}\n{}", style.faint(title), draw(&nodes, style, depth)));
    }
    if !answer.notes.is_empty() {
        let nodes: Vec<Node> = answer.notes.iter().map(Node::text).collect();
        out.push_str(&format!("\n{}\n{}", style.faint("to know"), draw(&nodes, style, 1)));
    }
    out
}

/// The reasons that decided, and those that reached the act without deciding.
fn parts(answer: &Answer) -> (Vec<&Because>, Vec<&Because>) {
    let lost = |b: &&Because| matches!(b.role, Role::Lacks | Role::Met | Role::Over | Role::Yields);
    let (others, deciding): (Vec<&Because>, Vec<&Because>) = answer.because.iter().partition(lost);
    // Where no norm fires, what is met, over or lacking is what decides.
    let fires = |b: &&Because| !matches!(b.role, Role::Moves);
    if deciding.iter().any(fires) && answer.outcome != Outcome::Depends {
        (deciding, others)
    } else {
        (answer.because.iter().collect(), Vec::new())
    }
}

fn headline(program: &Program, answer: &Answer, style: Style) -> String {
    let word = answer.outcome.word();
    let word = match answer.outcome {
        Outcome::Permitted | Outcome::InForce | Outcome::Known => style.good(word),
        Outcome::Forbidden | Outcome::Conflict | Outcome::Ended => style.bad(word),
        Outcome::Depends | Outcome::Undisclosed => style.open(word),
        _ => style.strong(word),
    };
    match &answer.value {
        AnswerValue::Nothing | AnswerValue::Owes(_) => format!("{word}\n"),
        value => format!("{word} {}\n", value_words(program, value)),
    }
}

/// A value in words, on one line.
pub fn value_words(program: &Program, value: &AnswerValue) -> String {
    let party = |p: &PartyId| program.parties[p.index()].name.clone();
    match value {
        AnswerValue::Nothing => String::new(),
        AnswerValue::Figure(f) => figure(f),
        AnswerValue::Day(day) => day.to_string(),
        AnswerValue::End { on, by } => {
            let on: Vec<&str> = on.iter().map(|e| program.events[e.index()].name.as_str()).collect();
            match by {
                Some(day) => format!("until {}, or on {day} without it", on.join(" or ")),
                None => format!("until {}", on.join(" or ")),
            }
        }
        AnswerValue::Party(p) => party(p),
        AnswerValue::Word(word) => word.clone(),
        AnswerValue::Parties(list) => list.iter().map(party).collect::<Vec<_>>().join(", "),
        AnswerValue::Owes(list) if list.is_empty() => "nothing".to_string(),
        AnswerValue::Owes(list) => {
            let name = |o: &Owed| format!("{} ({})", program.clause_names[o.clause.index()], o.state.word());
            list.iter().map(name).collect::<Vec<_>>().join(", ")
        }
    }
}

fn outcome_words(program: &Program, outcome: Outcome, value: &AnswerValue) -> String {
    match value {
        AnswerValue::Nothing => outcome.word().to_string(),
        value => format!("{} {}", outcome.word(), value_words(program, value)),
    }
}

/// What is owed, as a table.
pub fn owes(program: &Program, list: &[Owed], style: Style) -> String {
    if list.is_empty() {
        return "nothing is owed\n".to_string();
    }
    let mut table = Table::new(&["clause", "to", "what", "for", "remains", "due", "state"]);
    for owed in list {
        let to: Vec<&str> = owed.to.iter().map(|p| program.parties[p.index()].name.as_str()).collect();
        let state = owed.state.word();
        let state = match owed.state {
            DutyState::Violated | DutyState::Overdue => style.bad(state),
            DutyState::Due => style.open(state),
            DutyState::Fulfilled => style.good(state),
            _ => state.to_string(),
        };
        table.row(vec![
            program.clause_names[owed.clause.index()].clone(),
            to.join(", "),
            owed.what.clone(),
            owed.instance.clone().unwrap_or_default(),
            match &owed.amount {
                OwedAmount::None => String::new(),
                OwedAmount::Known(f) => figure(f),
                OwedAmount::Undisclosed => "undisclosed".to_string(),
            },
            owed.due.map(|d| d.to_string()).unwrap_or_default(),
            state,
        ]);
    }
    table.text(style, 0)
}

fn dependences(program: &Program, list: &[Dependence], style: Style) -> String {
    let mut table = Table::new(&["depends on", "kind", "answer", "then"]);
    let mut questions = String::new();
    for dependence in list {
        let open = &program.opens[dependence.open.index()];
        let kind = match open.kind {
            OpenKind::Fact => "fact",
            OpenKind::Undisclosed => "undisclosed",
            OpenKind::Reading => "reading",
        };
        for (i, (word, outcome, value)) in dependence.answers.iter().enumerate() {
            let (name, kind) =
                if i == 0 { (open.name.clone(), kind.to_string()) } else { Default::default() };
            table.row(vec![name, kind, word.clone(), outcome_words(program, *outcome, value)]);
        }
        for (i, line) in style.lines(&open.question, open.name.chars().count() + 2).iter().enumerate() {
            let lead =
                if i == 0 { format!("{}: ", open.name) } else { " ".repeat(open.name.chars().count() + 2) };
            questions.push_str(&format!("{lead}{line}\n"));
        }
    }
    format!("{}{questions}", table.text(style, 0))
}

fn reason(program: &Program, because: &Because, passages: &Passages, style: Style, detail: Detail) -> Node {
    let name = match (&because.clause, &because.fact) {
        (Some(clause), _) => program.clause_names[clause.index()].clone(),
        (None, Some(fact)) => fact.clone(),
        (None, None) => "the agreement".to_string(),
    };
    let place = match (because.version, because.clause) {
        (Some(v), _) => format!(" ({})", program.versions[v.index()].name),
        (None, Some(_)) => " (law)".to_string(),
        (None, None) => String::new(),
    };
    let mut below: Vec<Node> = because.steps.iter().map(step).collect();
    let cite = |c: &servanda_program::Citation| format!("{} {}..{}", c.source, c.start, c.end);
    if passages.is_empty() {
        let cites: Vec<String> = because.cites.iter().map(cite).collect();
        if !cites.is_empty() {
            below.push(Node::text(format!("cites {}", cites.join(", "))));
        }
    } else {
        for citation in &because.cites {
            below.push(Node {
                verbatim: passages.lines(citation),
                ..Node::text(format!("cites {}", cite(citation)))
            });
        }
    }
    if detail == Detail::Full
        && let Some(grounds) = grounds(program, because)
    {
        below.extend(grounds.outside.iter().map(|o| Node::text(format!("from outside the sources: {o}"))));
        below.extend(grounds.notes.iter().map(|n| Node::text(format!("note: {n}"))));
    }
    let role = match because.role {
        Role::Permits => "permits it",
        Role::Forbids => "forbids it",
        Role::Lacks => "reaches it, and does not free it",
        Role::Met => "reaches it, and is met",
        Role::Over => "reaches it, and does not hold on that day",
        Role::Yields => "yields",
        Role::Moves => "moves a term",
        Role::Stands => "is asked about",
        Role::Gives => "gives the value",
        Role::Empowers => "gives the power",
        Role::Obliges => "imposes it",
    };
    Node {
        text: format!("{place} {role}").trim_start().to_string(),
        head: style.strong(&name),
        below,
        ..Node::default()
    }
}

fn grounds<'p>(program: &'p Program, because: &Because) -> Option<&'p servanda_program::Grounds> {
    if let Some(fact) = &because.fact {
        return program.facts.iter().find(|f| f.name == *fact).map(|f| &f.grounds);
    }
    let (name, version) = (because.clause?, because.version?);
    let standing = program.versions[version.index()].text.iter().find(|s| s.name == name)?;
    Some(&program.clause(standing.clause).grounds)
}

fn step(step: &Step) -> Node {
    let text = match &step.records[..] {
        [] => step.text.clone(),
        records => format!("{} [{}]", step.text, records.join("; ")),
    };
    Node { below: step.steps.iter().map(self::step).collect(), ..Node::text(text) }
}

/// What would have to change for another outcome, as lines.
pub fn ways(program: &Program, ways: &[WayOut], style: Style) -> String {
    if ways.is_empty() {
        return format!(
            "\n{}\nno single attribute, answer, or further event that was tried gives another outcome\n",
            style.faint("what would have to change")
        );
    }
    let node = |w: &WayOut| {
        let then = outcome_words(program, w.outcome, &w.value);
        Node { head: style.strong(&then), ..Node::text(format!("if {}", w.change.join(", then "))) }
    };
    let nodes: Vec<Node> = ways.iter().map(node).collect();
    format!("\n{}\n{}", style.faint("what would have to change"), draw(&nodes, style, 1))
}
