//! Answers: the outcome, why, and on what it depends.

use servanda_engine::{
    Answer, AnswerValue, Because, Dependence, DutyState, Outcome, Owed, OwedAmount, Role, Step, WayOut, Words,
};
use servanda_program::{OpenKind, PartyId, Program};

use unicode_width::UnicodeWidthStr;

use crate::tree::{Node, draw};
use crate::{Arg, Passages, Style, Tongue};

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
    tongue: &Tongue,
    program: &Program,
    answer: &Answer,
    passages: &Passages,
    style: Style,
    detail: Detail,
) -> String {
    let mut out = headline(tongue, program, answer, style);
    if let AnswerValue::Owes(list) = &answer.value {
        out.push_str(&owes(tongue, program, list, style));
    }
    if !answer.depends_on.is_empty() {
        out.push('\n');
        out.push_str(&dependences(tongue, program, &answer.depends_on, style));
    }
    let (deciding, others) = parts(answer);
    let depth = if detail == Detail::Full { DEPTH_MAX } else { 2 };
    let page = Page { tongue, program, style };
    for (title, list) in [("heading-because", deciding), ("heading-reached", others)] {
        if list.is_empty() || (title != "heading-because" && detail == Detail::Short) {
            continue;
        }
        let nodes: Vec<Node> = list.iter().map(|b| page.reason(b, passages, detail)).collect();
        let title = tongue.say(title, &[]);
        out.push_str(&format!("\n{}\n{}", style.faint(&title), draw(tongue, &nodes, style, depth)));
    }
    if !answer.notes.is_empty() {
        let nodes: Vec<Node> = answer.notes.iter().map(|n| Node::text(tongue.words(program, n))).collect();
        let title = tongue.say("heading-to-know", &[]);
        out.push_str(&format!("\n{}\n{}", style.faint(&title), draw(tongue, &nodes, style, 1)));
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

fn headline(tongue: &Tongue, program: &Program, answer: &Answer, style: Style) -> String {
    let word = &tongue.say(outcome_message(answer.outcome), &[]);
    let word = match answer.outcome {
        Outcome::Permitted | Outcome::InForce | Outcome::Known => style.good(word),
        Outcome::Forbidden | Outcome::Conflict | Outcome::Ended => style.bad(word),
        Outcome::Depends | Outcome::Undisclosed => style.open(word),
        _ => style.strong(word),
    };
    match &answer.value {
        AnswerValue::Nothing | AnswerValue::Owes(_) => format!("{word}\n"),
        value => format!("{}\n", with_value(tongue, program, word, value)),
    }
}

fn outcome_message(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "outcome-permitted",
        Outcome::Forbidden => "outcome-forbidden",
        Outcome::Unregulated => "outcome-unregulated",
        Outcome::Conflict => "outcome-conflict",
        Outcome::Depends => "outcome-depends",
        Outcome::InForce => "outcome-in-force",
        Outcome::Ended => "outcome-ended",
        Outcome::NotYet => "outcome-not-yet",
        Outcome::Absent => "outcome-absent",
        Outcome::NonBinding => "outcome-non-binding",
        Outcome::On => "outcome-on",
        Outcome::Open => "outcome-open",
        Outcome::Never => "outcome-never",
        Outcome::Known => "outcome-known",
        Outcome::Undisclosed => "outcome-undisclosed",
    }
}

fn state_message(state: DutyState) -> &'static str {
    match state {
        DutyState::InEffect => "state-in-effect",
        DutyState::Due => "state-due",
        DutyState::Overdue => "state-overdue",
        DutyState::Fulfilled => "state-fulfilled",
        DutyState::Violated => "state-violated",
        DutyState::Suspended => "state-suspended",
        DutyState::Discharged => "state-discharged",
    }
}

fn with_value(tongue: &Tongue, program: &Program, word: String, value: &AnswerValue) -> String {
    let value = value_words(tongue, program, value);
    tongue.say("headline", &[("outcome", word.into()), ("value", value.into())])
}

/// A value in words, on one line.
pub fn value_words(tongue: &Tongue, program: &Program, value: &AnswerValue) -> String {
    let party = |p: &PartyId| program.parties[p.index()].name.as_str();
    match value {
        AnswerValue::Nothing => String::new(),
        AnswerValue::Figure(f) => tongue.figure(f),
        AnswerValue::Day(day) => tongue.day(*day),
        AnswerValue::End { on, by } => {
            let on: Vec<&str> = on.iter().map(|e| program.events[e.index()].name.as_str()).collect();
            let events = ("events", Arg::from(tongue.one_of(&on)));
            match by {
                Some(day) => tongue.say("value-until-or-on", &[events, ("day", tongue.day(*day).into())]),
                None => tongue.say("value-until", &[events]),
            }
        }
        AnswerValue::Party(p) => party(p).to_string(),
        AnswerValue::Word(word) => word.clone(),
        AnswerValue::Parties(list) => tongue.commas(&list.iter().map(party).collect::<Vec<_>>()),
        AnswerValue::Owes(list) if list.is_empty() => tongue.say("value-nothing", &[]),
        AnswerValue::Owes(list) => {
            let name = |o: &Owed| {
                let state = tongue.say(state_message(o.state), &[]);
                let clause = program.clause_names[o.clause.index()].as_str();
                tongue.say("value-owed", &[("clause", clause.into()), ("state", state.into())])
            };
            tongue.commas(&list.iter().map(name).collect::<Vec<_>>())
        }
    }
}

/// An outcome with its value, on one line.
pub fn outcome_words(tongue: &Tongue, program: &Program, outcome: Outcome, value: &AnswerValue) -> String {
    let word = tongue.say(outcome_message(outcome), &[]);
    match value {
        AnswerValue::Nothing => word,
        value => with_value(tongue, program, word, value),
    }
}

/// What is owed, as a table.
pub fn owes(tongue: &Tongue, program: &Program, list: &[Owed], style: Style) -> String {
    if list.is_empty() {
        return format!("{}\n", tongue.say("nothing-is-owed", &[]));
    }
    let columns = [
        "column-clause",
        "column-to",
        "column-what",
        "column-for",
        "column-remains",
        "column-due",
        "column-state",
    ];
    let mut table = tongue.table(&columns);
    for owed in list {
        let to: Vec<&str> = owed.to.iter().map(|p| program.parties[p.index()].name.as_str()).collect();
        let state = &tongue.say(state_message(owed.state), &[]);
        let state = match owed.state {
            DutyState::Violated | DutyState::Overdue => style.bad(state),
            DutyState::Due => style.open(state),
            DutyState::Fulfilled => style.good(state),
            _ => state.to_string(),
        };
        table.row(vec![
            tongue.name(&program.clause_names[owed.clause.index()]),
            tongue.commas(&to),
            tongue.name(&owed.what),
            owed.instance.as_ref().map(|w| tongue.words(program, w)).unwrap_or_default(),
            match &owed.amount {
                OwedAmount::None => String::new(),
                OwedAmount::Known(f) => tongue.figure(f),
                OwedAmount::Undisclosed => tongue.say("value-undisclosed", &[]),
            },
            owed.due.map(|d| tongue.day(d)).unwrap_or_default(),
            state,
        ]);
    }
    table.text(style, 0)
}

fn dependences(tongue: &Tongue, program: &Program, list: &[Dependence], style: Style) -> String {
    let mut table = tongue.table(&["column-depends-on", "column-kind", "column-answer", "column-then"]);
    let mut questions = String::new();
    for dependence in list {
        let open = &program.opens[dependence.open.index()];
        let kind = match open.kind {
            OpenKind::Fact => "kind-fact",
            OpenKind::Undisclosed => "kind-undisclosed",
            OpenKind::Reading => "kind-reading",
        };
        let shown = tongue.name(&open.name);
        for (i, (word, outcome, value)) in dependence.answers.iter().enumerate() {
            let (name, kind) =
                if i == 0 { (shown.clone(), tongue.say(kind, &[])) } else { Default::default() };
            let then = outcome_words(tongue, program, *outcome, value);
            table.row(vec![name, kind, tongue.name(word), then]);
        }
        let indent = shown.width() + 2;
        for (i, line) in style.lines(&tongue.name(&open.question), indent).iter().enumerate() {
            let lead = if i == 0 { format!("{shown}: ") } else { " ".repeat(indent) };
            questions.push_str(&format!("{lead}{line}\n"));
        }
    }
    format!("{}{questions}", table.text(style, 0))
}

fn role_message(role: Role) -> &'static str {
    match role {
        Role::Permits => "role-permits",
        Role::Forbids => "role-forbids",
        Role::Lacks => "role-lacks",
        Role::Met => "role-met",
        Role::Over => "role-over",
        Role::Yields => "role-yields",
        Role::Moves => "role-moves",
        Role::Stands => "role-stands",
        Role::Gives => "role-gives",
        Role::Empowers => "role-empowers",
        Role::Obliges => "role-obliges",
    }
}

/// What every line of a derivation needs.
struct Page<'p> {
    tongue: &'p Tongue,
    program: &'p Program,
    style: Style,
}

impl Page<'_> {
    fn reason(&self, because: &Because, passages: &Passages, detail: Detail) -> Node {
        let Page { tongue, program, style } = *self;
        let name = match (&because.clause, &because.fact) {
            (Some(clause), _) => tongue.name(&program.clause_names[clause.index()]),
            (None, Some(fact)) => tongue.name(fact),
            (None, None) => tongue.say("reason-agreement", &[]),
        };
        let place = match (because.version, because.clause) {
            (Some(v), _) => {
                let version = program.versions[v.index()].name.as_str();
                tongue.say("reason-version", &[("version", version.into())])
            }
            (None, Some(_)) => tongue.say("reason-law", &[]),
            (None, None) => String::new(),
        };
        let mut below: Vec<Node> = because.steps.iter().map(|s| self.step(s)).collect();
        let place_of = |c: &servanda_program::Citation| format!("{} {}..{}", c.source, c.start, c.end);
        let cites = |places: String| tongue.say("cites", &[("places", places.into())]);
        if passages.is_empty() {
            let places: Vec<String> = because.cites.iter().map(place_of).collect();
            if !places.is_empty() {
                below.push(Node::text(cites(tongue.commas(&places))));
            }
        } else {
            for citation in &because.cites {
                below.push(Node {
                    verbatim: passages.lines(tongue, citation),
                    ..Node::text(cites(place_of(citation)))
                });
            }
        }
        if detail == Detail::Full
            && let Some(grounds) = grounds(program, because)
        {
            let say = |message: &str, name: &str, text: &String| {
                Node::text(tongue.say(message, &[(name, text.into())]))
            };
            below.extend(grounds.outside.iter().map(|o| say("from-outside", "where", o)));
            below.extend(grounds.notes.iter().map(|n| say("reason-note", "note", n)));
        }
        let role = tongue.say(role_message(because.role), &[]);
        Node {
            text: format!("{place} {role}").trim_start().to_string(),
            head: style.strong(&name),
            below,
            ..Node::default()
        }
    }

    fn step(&self, step: &Step) -> Node {
        let Page { tongue, program, .. } = *self;
        let text = tongue.words(program, &step.text);
        let text = match &step.records[..] {
            [] => text,
            records => {
                let records: Vec<String> =
                    records.iter().map(|r| tongue.name(&tongue.words(program, r))).collect();
                let records = records.join(&tongue.say("semicolon", &[]));
                tongue.say("with-records", &[("step", text.into()), ("records", records.into())])
            }
        };
        Node { below: step.steps.iter().map(|s| self.step(s)).collect(), ..Node::text(text) }
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

/// What would have to change for another outcome, as lines.
pub fn ways(tongue: &Tongue, program: &Program, ways: &[WayOut], style: Style) -> String {
    let heading = style.faint(&tongue.say("heading-ways", &[]));
    if ways.is_empty() {
        return format!("\n{heading}\n{}\n", tongue.say("no-way", &[]));
    }
    let node = |w: &WayOut| {
        let then = outcome_words(tongue, program, w.outcome, &w.value);
        let next = |first: String, next: &Words| {
            let next = tongue.words(program, next);
            tongue.say("way-next", &[("first", first.into()), ("next", next.into())])
        };
        let change = match w.change.split_first() {
            Some((first, rest)) => rest.iter().fold(tongue.words(program, first), next),
            None => String::new(),
        };
        Node { head: style.strong(&then), ..Node::text(tongue.say("way-if", &[("change", change.into())])) }
    };
    let nodes: Vec<Node> = ways.iter().map(node).collect();
    format!("\n{heading}\n{}", draw(tongue, &nodes, style, 1))
}
