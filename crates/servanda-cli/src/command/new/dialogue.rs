//! The questions that `servanda new` puts to a person.

use std::io::BufRead;

use servanda_syntax::print_name;

use super::draft::{Wanted, draft, placeholder};
use super::kinds::Kind;
use super::{Arguments, choose, problems};
use crate::context::{Context, Fault};

/// Asks for what the options left out: title, parties, first day, clauses, and what fills their holes.
///
/// # Errors
/// The person goes away.
pub fn complete(
    wanted: &mut Wanted,
    arguments: &Arguments,
    kinds: &[Kind],
    context: &mut Context<'_>,
) -> Result<(), Fault> {
    let mut person = Person { input: context.world.input() };
    if arguments.title.is_none() {
        wanted.title = person.ask(context, "What is the agreement called?", &wanted.title)?;
    }
    while wanted.parties.len() < 2 {
        let names = person.ask(context, "Who are its parties? (two names or more, with commas)", "")?;
        wanted.parties = listed(&names).map(|p| print_name(&p)).collect();
    }
    if arguments.from.is_none() {
        loop {
            let day = person.ask(context, "From which day does it bind?", &wanted.start.to_string())?;
            match day.parse() {
                Ok(day) => {
                    wanted.start = day;
                    break;
                }
                Err(_) => writeln!(context.err, "  `{day}` is no day; write one such as 2027-01-01")?,
            }
        }
    }
    writeln!(context.err, "\nWhich clauses does it have?\n")?;
    for (i, kind) in kinds.iter().enumerate() {
        writeln!(context.err, "  {:>2}  {:<28} {}", i + 1, kind.name(), kind.title())?;
    }
    loop {
        let all = person.ask(context, "\nNumbers or names, with commas", "")?;
        let mut chosen = Ok(());
        for one in listed(&all) {
            let kind = one.parse::<usize>().ok().and_then(|n| kinds.get(n.wrapping_sub(1)));
            let name = kind.map_or(one.as_str(), Kind::name);
            chosen = choose(wanted, kinds, name, name).map(|clause| wanted.clauses.push(clause));
            if chosen.is_err() {
                break;
            }
        }
        match chosen {
            Ok(()) if !wanted.clauses.is_empty() => break,
            Ok(()) => writeln!(context.err, "  one at least")?,
            Err(fault) => {
                wanted.clauses.clear();
                writeln!(context.err, "  {fault}")?;
            }
        }
    }
    for i in 0..wanted.clauses.len() {
        holes(wanted, i, kinds, &mut person, context)?;
    }
    Ok(())
}

/// Asks for each hole of a clause that needs something a person has to say. What does not fit is asked again.
fn holes(
    wanted: &mut Wanted,
    clause: usize,
    kinds: &[Kind],
    person: &mut Person,
    context: &mut Context<'_>,
) -> Result<(), Fault> {
    let kind = &kinds[wanted.clauses[clause].kind];
    writeln!(context.err, "\n{}: {}", wanted.clauses[clause].name, kind.title())?;
    for (param, help) in kind.needed() {
        // Actions, events and conditions are declared for the clause; a person renames them in the files.
        if matches!(param.kind.text.as_str(), "action" | "event" | "attribute" | "condition" | "clause") {
            continue;
        }
        let hole = &param.name.text;
        let assumed = match param.kind.text.as_str() {
            "party" => {
                let before = kind.needed().take_while(|(p, _)| p.name != param.name);
                let open = before.filter(|(p, _)| {
                    p.kind.text == "party" && !wanted.clauses[clause].filled.contains_key(&p.name.text)
                });
                wanted.parties.get(open.count()).cloned().unwrap_or_default()
            }
            _ => placeholder(wanted, param, help),
        };
        let help = if help.is_empty() { String::new() } else { format!(", {help}") };
        loop {
            let value = person.ask(context, &format!("  {hole} (a {}{help})", param.kind.text), &assumed)?;
            // What was assumed is what the draft says anyway.
            if value == assumed {
                break;
            }
            wanted.clauses[clause].filled.insert(hole.clone(), value);
            match problems(&draft(wanted, kinds), context) {
                None => break,
                Some(told) => {
                    wanted.clauses[clause].filled.remove(hole);
                    writeln!(context.err, "{told}")?;
                }
            }
        }
    }
    Ok(())
}

fn listed(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',').map(|t| t.trim().to_string()).filter(|t| !t.is_empty())
}

/// Who answers.
struct Person {
    input: Box<dyn BufRead>,
}

impl Person {
    /// One answer; what is assumed where the line is empty.
    fn ask(&mut self, context: &mut Context<'_>, question: &str, assumed: &str) -> Result<String, Fault> {
        let shown = if assumed.is_empty() { String::new() } else { format!(" [{assumed}]") };
        write!(context.err, "{question}{shown}: ")?;
        context.err.flush()?;
        let mut line = String::new();
        let read =
            self.input.read_line(&mut line).map_err(|e| Fault::input(format!("standard input: {e}")))?;
        if read == 0 {
            return Err(Fault::input("the answers ended before the questions; nothing was written"));
        }
        let line = line.trim();
        Ok(if line.is_empty() { assumed.to_string() } else { line.to_string() })
    }
}
