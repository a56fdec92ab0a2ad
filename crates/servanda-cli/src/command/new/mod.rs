//! `servanda new`: the first files of an agreement, from the kinds of clauses that it needs.

mod dialogue;
mod draft;
mod kinds;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use servanda_engine::{Ask, Assumptions, Engine, Outcome, Question};
use servanda_model::Checked;
use servanda_quantity::Day;
use servanda_report::Table;
use servanda_syntax::print_name;
use servanda_text::{Severity, Sources, nearest, render_all};

use self::draft::{Chosen, Wanted, draft};
use self::kinds::{Kind, kinds};
use crate::context::{Context, Exit, Fault};
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  servanda new --list\n  servanda new licence-deal\n  \
    servanda new supply --party Mill,Foundry --clause minimum-commitment,liability-cap --from 2027-01-01\n  \
    servanda new supply --party Mill,Foundry --clause fuel:purchase-commitment --set fuel.committed=\"EUR 2 million\"\n\n\
    Without --clause, and at a terminal, it asks. Nothing that exists is written over.\n\
    Exit code: 0 the files are written, 2 they could not be.")]
pub struct Arguments {
    /// The folder to be made; its last part is the agreement's name
    #[arg(required_unless_present = "list")]
    folder: Option<PathBuf>,
    /// List the kinds of clauses, and write nothing
    #[arg(long, conflicts_with_all = ["folder", "clause", "party", "set"])]
    list: bool,
    /// With --list: one JSON object for each kind
    #[arg(long, requires = "list")]
    json: bool,
    /// What the agreement is called
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Its parties, two at least
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    party: Vec<String>,
    /// Kinds of clauses (`--list` shows them), each perhaps with a name before it: `fuel:purchase-commitment`
    #[arg(long, value_name = "[NAME:]KIND", value_delimiter = ',')]
    clause: Vec<String>,
    /// What fills a hole: `fuel.committed=EUR 2 million`
    #[arg(long, value_name = "CLAUSE.HOLE=VALUE")]
    set: Vec<String>,
    /// The first day on which it binds (today, where it is left out)
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The zone of its days
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
    /// Its currency
    #[arg(long, value_name = "CUR", default_value = "USD")]
    currency: String,
}

/// Runs the command.
///
/// # Errors
/// A folder that is there already, a kind that there is not, an answer that cannot be used, a disk that cannot be
/// written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let kinds = kinds();
    let Some(folder) = &arguments.folder else { return list(arguments.json, &kinds, context) };
    if context.world.kind(folder).is_some() {
        return Err(Fault::input(format!(
            "`{}` is there already; name a folder that is not",
            folder.display()
        )));
    }
    let mut wanted = wanted(arguments, folder, &kinds, context)?;
    if arguments.clause.is_empty() {
        if !context.world.is_terminal(Stream::Input) {
            return Err(Fault::input(
                "say which clauses it has, such as `--clause renewal,liability-cap` (`servanda new --list` shows the \
                 kinds), or run it at a terminal, where it asks",
            ));
        }
        dialogue::complete(&mut wanted, arguments, &kinds, context)?;
    }
    let mut files = draft(&wanted, &kinds);
    if let Some(told) = problems(&files, context) {
        return Err(Fault::input(format!("nothing was written: what was given does not fit\n{told}")));
    }
    files.push(("tests.deed".into(), first_day(&wanted, &files)?));
    context
        .world
        .create_folder(folder, &files)
        .map_err(|e| Fault::input(format!("`{}` cannot be made: {e}", folder.display())))?;
    for (name, _) in &files {
        writeln!(context.out, "{}", folder.join(name).display())?;
    }
    context.out.flush()?;
    writeln!(
        context.err,
        "Now say what was agreed where a figure or condition was only assumed, then run `servanda check {0}` and \
         `servanda read {0}`.",
        folder.display()
    )?;
    Ok(Exit::Good)
}

fn list(json: bool, kinds: &[Kind], context: &mut Context<'_>) -> Result<Exit, Fault> {
    if json {
        for kind in kinds {
            let holes: Vec<_> = kind
                .holes()
                .map(|(p, help)| {
                    serde_json::json!({"hole": p.name.text, "kind": p.kind.text, "needed": p.default.is_none(),
                        "help": help})
                })
                .collect();
            let line = serde_json::json!({"kind": kind.name(), "title": kind.title(), "import": kind.import,
                "holes": holes});
            writeln!(context.out, "{line}")?;
        }
        return Ok(Exit::Good);
    }
    let mut table = Table::new(&["kind", "what it is", "import"]);
    for kind in kinds {
        table.row(vec![kind.name().into(), kind.title().into(), kind.import.into()]);
    }
    write!(context.out, "{}", table.text(context.style(Stream::Output), 0))?;
    Ok(Exit::Good)
}

/// What the options say.
fn wanted(
    arguments: &Arguments,
    folder: &Path,
    kinds: &[Kind],
    context: &Context<'_>,
) -> Result<Wanted, Fault> {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() || name == ".." {
        return Err(Fault::input(format!("`{}` has no name for the agreement to take", folder.display())));
    }
    let today = today(context, &arguments.zone)?;
    let start = match &arguments.from {
        Some(day) => day
            .parse()
            .map_err(|_| Fault::input(format!("--from `{day}`: write a date such as 2027-01-01")))?,
        None => today,
    };
    let mut parties: Vec<String> = arguments.party.iter().map(|p| print_name(p.trim())).collect();
    if parties.is_empty() && !arguments.clause.is_empty() {
        parties = vec!["First".into(), "Second".into()];
    }
    if parties.len() == 1 {
        return Err(Fault::input("an agreement has two parties at least: `--party Buyer,Seller`"));
    }
    let mut wanted = Wanted {
        name: print_name(&name),
        title: arguments.title.clone().unwrap_or(name),
        parties,
        start,
        zone: arguments.zone.clone(),
        currency: arguments.currency.clone(),
        clauses: Vec::new(),
    };
    for clause in &arguments.clause {
        let (name, kind) = clause.split_once(':').unwrap_or((clause, clause));
        let chosen = choose(&wanted, kinds, name.trim(), kind.trim())?;
        wanted.clauses.push(chosen);
    }
    for set in &arguments.set {
        fill(&mut wanted, kinds, set)?;
    }
    Ok(wanted)
}

fn today(context: &Context<'_>, zone: &str) -> Result<Day, Fault> {
    let unknown =
        |_| Fault::input(format!("--zone `{zone}`: write a zone of the tz database, such as Europe/Rome"));
    let zoned = context.world.now().in_tz(zone).map_err(unknown)?;
    Day::from_date(zoned.date()).map_err(|e| Fault::input(format!("the clock shows no day: {e}")))
}

/// A clause of a kind, with a name that no other has.
fn choose(wanted: &Wanted, kinds: &[Kind], name: &str, kind: &str) -> Result<Chosen, Fault> {
    let Some(index) = kinds.iter().position(|k| k.name() == kind) else {
        let hint = nearest(kind, kinds.iter().map(Kind::name)).map_or_else(
            || "`servanda new --list` shows them".to_string(),
            |n| format!("did you mean `{n}`?"),
        );
        return Err(Fault::input(format!("there is no kind of clause `{kind}`; {hint}")));
    };
    let taken = |n: &str| wanted.clauses.iter().any(|c| c.name == n);
    let name = print_name(name);
    let name = if taken(&name) {
        (2..).map(|i| format!("{name}-{i}")).find(|n| !taken(n)).unwrap_or_default()
    } else {
        name
    };
    Ok(Chosen { name, kind: index, filled: BTreeMap::new() })
}

/// `fuel.committed=EUR 2 million`
fn fill(wanted: &mut Wanted, kinds: &[Kind], set: &str) -> Result<(), Fault> {
    let parts =
        set.split_once('=').and_then(|(place, value)| Some((place.trim().rsplit_once('.')?, value.trim())));
    let Some(((clause, hole), value)) = parts else {
        return Err(Fault::input(format!(
            "--set `{set}`: write CLAUSE.HOLE=VALUE, such as fuel.committed=\"EUR 2 million\""
        )));
    };
    let names: Vec<String> = wanted.clauses.iter().map(|c| c.name.clone()).collect();
    let Some(chosen) = wanted.clauses.iter_mut().find(|c| c.name == clause) else {
        let all = names.join(", ");
        return Err(Fault::input(format!("--set `{set}`: there is no clause `{clause}`; there are {all}")));
    };
    let holes: Vec<&str> = kinds[chosen.kind].holes().map(|(p, _)| p.name.text.as_str()).collect();
    if !holes.contains(&hole) {
        let all = holes.join(", ");
        return Err(Fault::input(format!("--set `{set}`: the clause has no hole `{hole}`; it has {all}")));
    }
    chosen.filled.insert(hole.to_string(), value.to_string());
    Ok(())
}

/// A test that says how the clauses stand on the first day, as the engine finds them.
fn first_day(wanted: &Wanted, files: &[(String, String)]) -> Result<String, Fault> {
    let mut sources = Sources::new();
    let checked = servanda_model::load(&mut sources, files);
    let Some(program) = checked.program.as_ref() else {
        return Err(Fault::Agreement("the draft has errors".into()));
    };
    let engine = Engine::new(program);
    let mut text = format!("test \"the first day\"\n  on {}\n", wanted.start);
    for clause in &wanted.clauses {
        let name = clause.name.trim_matches('`');
        let Some(id) = program.clause_name(name) else { continue };
        let question = Question {
            as_of: wanted.start,
            known_at: None,
            version: None,
            events: Vec::new(),
            assume: Assumptions::default(),
            ask: Ask::InForce(id),
        };
        let answer = engine.ask(&question)?;
        if answer.outcome != Outcome::Depends {
            let _ = writeln!(text, "  expect in-force {} is {}", clause.name, answer.outcome.word());
        }
    }
    Ok(servanda_syntax::format(&text))
}

/// What is wrong with the files, as people read it; `None` where nothing is.
fn problems(files: &[(String, String)], context: &Context<'_>) -> Option<String> {
    let mut sources = Sources::new();
    let checked: Checked = servanda_model::load(&mut sources, files);
    let errors: Vec<_> = checked.diagnostics.into_iter().filter(|d| d.severity == Severity::Error).collect();
    (!errors.is_empty()).then(|| render_all(&errors, &sources, context.drawing(Stream::Error)))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::command::Arguments;
    use crate::world::fake::Fake;
    use clap::Parser;

    fn at_a_terminal(typed: &str) -> (Result<Exit, Fault>, Fake, String) {
        let world = Fake { terminal: true, typed: typed.into(), ..Fake::default() };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let arguments = Arguments::parse_from(["servanda", "new", "deals/fuel"]);
        let done = {
            let mut context = Context { world: &world, out: &mut out, err: &mut err };
            crate::command::run(&arguments, &mut context)
        };
        (done, world, String::from_utf8_lossy(&err).into_owned())
    }

    #[test]
    fn it_asks_for_what_it_needs_and_asks_again_for_what_does_not_fit() {
        let typed = "The fuel deal\nMill, Foundry\nsoon\n2027-01-01\nno-such-kind\npurchase-commitment\n\n\n\
            \"coal\"\na lot\nUSD 2 million\n";
        let (done, world, err) = at_a_terminal(typed);
        assert!(matches!(done, Ok(Exit::Good)), "{err}");
        let files = world.files.borrow();
        let text = String::from_utf8_lossy(&files[&PathBuf::from("deals/fuel/signed.deed")]).into_owned();
        for line in
            ["\"The fuel deal\"", "binding from 2027-01-01", "what \"coal\"", "committed USD 2 million"]
        {
            assert!(text.contains(line), "{line}\n{text}\n{err}");
        }
        for told in ["`soon` is no day", "no kind of clause `no-such-kind`", "error"] {
            assert!(err.contains(told), "{told}\n{err}");
        }
    }

    #[test]
    fn nothing_is_written_when_the_person_goes_away() {
        let (done, world, _) = at_a_terminal("The fuel deal\nMill, Foundry\n");
        assert!(matches!(done, Err(Fault::Input(m)) if m.contains("the answers ended")));
        assert!(world.files.borrow().is_empty());
    }
}
