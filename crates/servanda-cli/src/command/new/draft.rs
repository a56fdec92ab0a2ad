//! What a person chose → the files of an agreement.
//!
//! Holes that nobody filled get something that is declared for them (an action, an event, a question), or are
//! undisclosed; nothing is made up that could free an act.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use servanda_quantity::Day;
use servanda_syntax::ast::Param;
use servanda_syntax::{print_text, print_type};

use super::kinds::Kind;

/// What a person chose.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The agreement's name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its parties, two at least.
    pub parties: Vec<String>,
    /// The first day on which it binds.
    pub start: Day,
    /// The zone of its days.
    pub zone: String,
    /// Its currency.
    pub currency: String,
    /// Its clauses.
    pub clauses: Vec<Chosen>,
}

/// A clause that a person chose.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The clause's name.
    pub name: String,
    /// Which kind, an index into the kinds.
    pub kind: usize,
    /// What fills its holes, as it is written.
    pub filled: BTreeMap<String, String>,
}

/// The files of the agreement: name and text, laid out.
pub fn draft(wanted: &Wanted, kinds: &[Kind]) -> Vec<(String, String)> {
    let mut vocabulary = Declared::default();
    let mut clauses = String::new();
    for chosen in &wanted.clauses {
        clause(wanted, chosen, &kinds[chosen.kind], &mut vocabulary, &mut clauses);
    }
    let mut head = format!(
        "-- What the agreement speaks of.\n\nagreement {} {}\n",
        wanted.name,
        print_text(&wanted.title)
    );
    let _ = writeln!(head, "  zone {}\n  currency {}\n", wanted.zone, wanted.currency);
    let mut imports: Vec<&str> = wanted.clauses.iter().map(|c| kinds[c.kind].import).collect();
    imports.sort_unstable();
    imports.dedup();
    for import in imports {
        let _ = writeln!(head, "import {import}");
    }
    head.push('\n');
    for party in wanted.parties.iter().chain(&vocabulary.parties) {
        let _ = writeln!(head, "party {party}");
    }
    head.push_str(&vocabulary.text(&wanted.parties));
    let text = format!(
        "-- What was agreed.\n\nversion signed {}\n  starts\n  binding from {}\n  parties {}\n  outside \"a draft; cite here where the text lies\"\n{clauses}",
        print_text(&wanted.title),
        wanted.start,
        wanted.parties.join(", "),
    );
    [("vocabulary.deed", head), ("signed.deed", text)]
        .map(|(name, text)| (name.to_string(), servanda_syntax::format(&text)))
        .to_vec()
}

/// What has to be declared for the clauses.
#[derive(Default)]
struct Declared {
    parties: Vec<String>,
    actions: Vec<Item>,
    events: Vec<Item>,
    questions: Vec<(String, String)>,
    promises: Vec<String>,
    /// Calendars and schedules, as they are declared.
    days: Vec<String>,
}

/// An action or event.
struct Item {
    name: String,
    help: String,
    brings: Vec<String>,
    attributes: Vec<(String, String)>,
}

impl Declared {
    fn text(&self, parties: &[String]) -> String {
        let by = parties.iter().chain(&self.parties).cloned().collect::<Vec<_>>().join(", ");
        let mut out: String = self.days.iter().map(|declared| format!("\n{declared}\n")).collect();
        for (keyword, items) in [("action", &self.actions), ("event", &self.events)] {
            for item in items {
                let title =
                    if item.help.is_empty() { String::new() } else { format!(" {}", print_text(&item.help)) };
                let _ = write!(out, "\n{keyword} {}{title} by {by}", item.name);
                if !item.brings.is_empty() {
                    let _ = write!(out, " brings {}", item.brings.join(" or "));
                }
                out.push('\n');
                for (name, ty) in &item.attributes {
                    let _ = writeln!(out, "  {name} : {ty}");
                }
            }
        }
        for (name, question) in &self.questions {
            let _ = writeln!(
                out,
                "\nquestion {name} {} : yes-no\n  outside \"a draft; put the condition in its place\"",
                print_text(question)
            );
        }
        out
    }
}

fn clause(wanted: &Wanted, chosen: &Chosen, kind: &Kind, declared: &mut Declared, out: &mut String) {
    let mut lines: Vec<(String, String, String)> = Vec::new();
    let mut parties = 0;
    let (mut actions, mut events, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
    for (param, help) in kind.holes() {
        let hole = param.name.text.as_str();
        let own = format!("{}-{hole}", chosen.name);
        let filled = chosen.filled.get(hole).cloned();
        if filled.is_none() && param.default.is_some() {
            continue;
        }
        let value = filled.unwrap_or_else(|| match param.kind.text.as_str() {
            "party" => {
                parties += 1;
                party(wanted, declared, hole, parties - 1)
            }
            "action" => {
                actions.push((own.clone(), param, help));
                own.clone()
            }
            "event" => {
                events.push((own.clone(), param, help));
                own.clone()
            }
            "attribute" => {
                attributes.push(hole.to_string());
                hole.to_string()
            }
            "condition" => {
                let question = if help.is_empty() { hole } else { help };
                declared.questions.push((own.clone(), format!("{question}: does it hold?")));
                format!("{own} is yes")
            }
            "schedule" => {
                let start = wanted.start;
                declared.days.push(format!("schedule {own} every 1 year from {start} month-end same-day"));
                own.clone()
            }
            "calendar" => {
                let through = wanted.start.plus_days(730).unwrap_or(wanted.start);
                declared.days.push(format!("calendar {own} weekend Saturday, Sunday through {through}"));
                own.clone()
            }
            "clause" => {
                declared.promises.push(own.clone());
                own.clone()
            }
            _ => placeholder(wanted, param, help),
        });
        let note = if chosen.filled.contains_key(hole) { String::new() } else { help.to_string() };
        lines.push((hole.to_string(), value, note));
    }
    let keys = |ty: &str| attributes.iter().map(|a| (a.clone(), ty.to_string())).collect::<Vec<_>>();
    for (name, param, help) in actions {
        let brings = param
            .brings
            .iter()
            .filter_map(|b| lines.iter().find(|(hole, ..)| *hole == b.text))
            .map(|(_, value, _)| value.clone())
            .collect();
        let attributes = with(param).chain(keys("id optional")).collect();
        declared.actions.push(Item { name, help: help.to_string(), brings, attributes });
    }
    for (name, param, help) in events {
        let attributes = with(param).chain(keys("id optional")).collect();
        declared.events.push(Item { name, help: help.to_string(), brings: Vec::new(), attributes });
    }
    for promise in declared.promises.drain(..) {
        let (debtor, creditor) = (&wanted.parties[0], &wanted.parties[1]);
        let _ = writeln!(
            out,
            "\nclause {promise} \"What was promised\"\n  {debtor} must \"do what was promised\" to {creditor}\n  \
             outside \"a draft; put the promise in its place\""
        );
    }
    let _ = writeln!(out, "\nclause {} {} uses {}", chosen.name, print_text(kind.title()), kind.name());
    for (hole, value, note) in &lines {
        let note = if note.is_empty() { String::new() } else { format!("  -- {note}") };
        let _ = writeln!(out, "    {hole} {value}{note}");
    }
    for (param, help) in kind.holes().filter(|(p, _)| p.default.is_some()) {
        if !chosen.filled.contains_key(&param.name.text) {
            let help = if help.is_empty() { String::new() } else { format!(": {help}") };
            let _ = writeln!(out, "    -- {} may be said as well{help}", param.name.text);
        }
    }
    let _ = writeln!(out, "  outside \"a draft; cite here where it is written\"");
}

/// The party of the `n`-th hole for one: the parties in turn, then one that is declared for the hole.
fn party(wanted: &Wanted, declared: &mut Declared, hole: &str, n: usize) -> String {
    if let Some(party) = wanted.parties.get(n) {
        return party.clone();
    }
    let mut letters = hole.chars();
    let first = letters.next().map(char::to_uppercase);
    let name: String = first.into_iter().flatten().chain(letters).collect();
    if !wanted.parties.contains(&name) && !declared.parties.contains(&name) {
        declared.parties.push(name.clone());
    }
    name
}

/// What stands in a hole until somebody says what was agreed.
pub fn placeholder(wanted: &Wanted, param: &Param, help: &str) -> String {
    let undisclosed = param.or_words.iter().any(|w| w.text == "undisclosed");
    match param.kind.text.as_str() {
        "none" => "none".into(),
        kind @ ("money" | "number" | "percent") if undisclosed => format!("undisclosed {kind}"),
        "money" => format!("{} 1", wanted.currency),
        "number" => "1".into(),
        "percent" => "1 percent".into(),
        "duration" => "30 days".into(),
        "period" => "quarter".into(),
        "day" => format!("{} + 365 days", wanted.start),
        "text" => print_text(if help.is_empty() { &param.name.text } else { help }),
        _ => param.name.text.clone(),
    }
}

/// The fields that a hole asks of its action or event.
fn with(param: &Param) -> impl Iterator<Item = (String, String)> + '_ {
    param.with.iter().map(|(name, ty)| (name.text.clone(), print_type(ty)))
}
