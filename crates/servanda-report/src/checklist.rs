//! What an agreement speaks of, held against a list of topics.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use servanda_program::{Clause, Moment, Program, VersionId};

use crate::{Arg, Style, Tongue};

/// A topic of the list.
#[derive(Debug, Clone, Copy)]
pub struct Topic<'a> {
    /// Its name, as `covers` writes it.
    pub name: &'a str,
    /// Whether it stands on the list that every agreement is held against; the others are told only where a clause
    /// has them.
    pub listed: bool,
}

/// How an agreement stands to a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It speaks of it.
    Present,
    /// It says that nobody has disclosed what is agreed.
    Undisclosed,
    /// It is silent.
    Absent,
}

impl Presence {
    fn message(self) -> &'static str {
        match self {
            Presence::Present => "checklist-present",
            Presence::Undisclosed => "checklist-undisclosed",
            Presence::Absent => "checklist-absent",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Presence::Present => "present",
            Presence::Undisclosed => "undisclosed",
            Presence::Absent => "absent",
        }
    }
}

/// A line of the checklist.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    /// The topic.
    pub topic: Topic<'a>,
    /// How the agreement stands to it.
    pub presence: Presence,
    /// The clauses that cover it, in the order of the text.
    pub clauses: Vec<String>,
}

/// Holds the text of a version, and the laws, against topics. What the frame of an agreement says by itself (its name,
/// its parties, its days) needs no clause that covers it.
pub fn checklist<'a>(
    program: &Program,
    version: Option<VersionId>,
    topics: &[Topic<'a>],
) -> Vec<Checked<'a>> {
    let standing = version.into_iter().flat_map(|v| &program.versions[v.index()].text);
    let text: Vec<&Clause> = standing
        .filter(|s| s.ended.is_none())
        .map(|s| s.clause)
        .chain(program.laws.iter().copied())
        .map(|c| program.clause(c))
        .collect();
    let undisclosed: BTreeSet<&str> =
        program.undisclosed.iter().flat_map(|u| &u.topics).map(String::as_str).collect();
    let name = |c: &Clause| program.clause_names[c.name.index()].clone();
    let mut lines = Vec::new();
    for topic in topics {
        let covers = |c: &&&Clause| {
            let ends = topic.name == "expiration-date" && !matches!(c.until, Moment::Never);
            ends || c.topics.iter().any(|t| t == topic.name)
        };
        let clauses: Vec<String> = text.iter().filter(covers).map(|c| name(c)).collect();
        let own = version.map(|v| &program.versions[v.index()]);
        let frame = match topic.name {
            "document-name" => !program.title.is_empty(),
            "parties" => program.parties.iter().filter(|p| !p.anyone_else).count() > 1,
            "agreement-date" => own.is_some_and(|v| v.signed.is_some()),
            "effective-date" => own.is_some_and(|v| v.effective.is_some()),
            _ => false,
        };
        let presence = if frame || !clauses.is_empty() {
            Presence::Present
        } else if undisclosed.contains(topic.name) {
            Presence::Undisclosed
        } else {
            Presence::Absent
        };
        if topic.listed || presence != Presence::Absent {
            lines.push(Checked { topic: *topic, presence, clauses });
        }
    }
    lines
}

/// The checklist for a terminal: the list, what goes beyond it, and how much there is.
pub fn checklist_text(tongue: &Tongue, lines: &[Checked<'_>], style: Style) -> String {
    let mut out = String::new();
    let say = |message: &str| tongue.say(message, &[]);

    for listed in [true, false] {
        let mut table = tongue.table(&["checklist-topic", "checklist-state", "checklist-clauses"]);
        for line in lines.iter().filter(|l| l.topic.listed == listed) {
            let state = say(line.presence.message());
            let state = match line.presence {
                Presence::Present => style.good(&state),
                Presence::Undisclosed => style.open(&state),
                Presence::Absent => style.faint(&state),
            };
            table.row(vec![say(&format!("topic-{}", line.topic.name)), state, line.clauses.join(", ")]);
        }
        if !table.is_empty() {
            if !listed {
                out.push_str(&format!("\n{}\n", style.faint(&say("checklist-beyond"))));
            }
            out.push_str(&table.text(style, 0));
        }
    }
    let count = |presence| lines.iter().filter(|l| l.topic.listed && l.presence == presence).count() as u64;
    let all = lines.iter().filter(|l| l.topic.listed).count() as u64;
    let with = [
        ("all", Arg::Count(all)),
        ("present", Arg::Count(count(Presence::Present))),
        ("undisclosed", Arg::Count(count(Presence::Undisclosed))),
        ("absent", Arg::Count(count(Presence::Absent))),
    ];
    out.push_str(&format!("\n{}\n", tongue.say("checklist-summary", &with)));
    out
}

/// The checklist as JSON, one object for each topic.
pub fn checklist_json(lines: &[Checked<'_>]) -> Vec<Value> {
    let one = |l: &Checked<'_>| json!({"topic": l.topic.name, "listed": l.topic.listed, "state": l.presence.word(), "clauses": l.clauses});
    lines.iter().map(one).collect()
}
