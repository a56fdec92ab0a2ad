//! `servanda read`: the consolidated text as legal prose.

use std::collections::BTreeMap;
use std::path::PathBuf;

use servanda_engine::{Answer, Ask, Question};
use servanda_program::{ClauseName, Program, VersionId};
use servanda_quantity::Day;
use servanda_report::ReadingOf;
use servanda_text::nearest;

use super::ask::tell_documents;
use super::locale::Locale;
use super::versions::{governing, state};
use crate::agreement::Agreement;
use crate::citation;
use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    disable_version_flag = true,
    after_help = "Examples:\n  servanda read examples/steel-supply surplus --as-of 2026-06-01\n  \
    servanda read examples/microsoft-openai --as-of 2026-06-01 --locale fa\n\n\
    The prose is made from the agreement; docs/reading.md says what each sentence means. With --json the sentences \
    are in the language of --locale, everything else is English."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// Only these clauses
    #[arg(value_name = "CLAUSE")]
    clauses: Vec<String>,
    /// The day as of which the text is read (today, where it is left out)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Read the text of this version instead of the one that governs
    #[arg(long, value_name = "NAME")]
    version: Option<String>,
    /// A log of events, on which terms and versions may rest; can be given more than once
    #[arg(long, value_name = "LOG.jsonl")]
    events: Vec<PathBuf>,
    /// A folder with the documents: citations then name the file and the passage
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    /// Tell for each field of a clause which version wrote it
    #[arg(long)]
    blame: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Write the text as a page that needs nothing else, and print no lines
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// An agreement or a log that cannot be used; a clause, a version or a locale that there is not.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let history = History::load(context.world, program, &arguments.events)?;
    let day = match &arguments.as_of {
        None => history.today,
        Some(day) => day
            .parse()
            .map_err(|_| Fault::input(format!("--as-of `{day}`: write a date such as 2026-06-01")))?,
    };
    let documents = citation::documents(context.world, program, arguments.sources.as_deref())?;
    tell_documents(context, &tongue, &documents)?;
    let governs = governing(&history, program, day)?;
    let named = arguments.version.as_deref().map(|name| version(program, name)).transpose()?;
    let version = named.or(governs);
    let only: Vec<ClauseName> =
        arguments.clauses.iter().map(|name| clause(program, version, name)).collect::<Result<_, _>>()?;
    let of = ReadingOf {
        version,
        state: version.map(|v| state(program, v, governs, day)),
        governs,
        in_force: in_force(&history, program, version, named, &only, day),
        only,
    };
    let reading = servanda_report::reading(&tongue, program, &of, day, &documents.passages);
    if let Some(path) = &arguments.html {
        let page = servanda_report::prose_page(&tongue, &reading, arguments.blame);
        context
            .world
            .replace_file(path, page.as_bytes())
            .map_err(|e| Fault::input(format!("`{}` cannot be written: {e}", path.display())))?;
    }
    if arguments.json {
        writeln!(context.out, "{}", servanda_report::prose_json(&tongue, &reading, arguments.blame))?;
    } else if arguments.html.is_none() {
        let style = context.style(Stream::Output);
        write!(context.out, "{}", servanda_report::prose_text(&tongue, &reading, style, arguments.blame))?;
    }
    Ok(Exit::Good)
}

fn version(program: &Program, name: &str) -> Result<VersionId, Fault> {
    program.version(name).ok_or_else(|| {
        let near = nearest(name, program.versions.iter().map(|v| v.name.as_str()));
        let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        Fault::input(format!("there is no version `{name}`{hint}"))
    })
}

/// A clause of the text that is read, or a law.
fn clause(program: &Program, version: Option<VersionId>, name: &str) -> Result<ClauseName, Fault> {
    let standing = names(program, version);
    let found = program.clause_name(name);
    if let Some(found) = found.filter(|f| standing.contains(f)) {
        return Ok(found);
    }
    let word = |n: &ClauseName| program.clause_names[n.index()].as_str();
    let near = nearest(name, standing.iter().map(word));
    let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
    let text = version.map(|v| format!(" in the text of `{}`", program.versions[v.index()].name));
    let text = text.unwrap_or_else(|| " on that day: no version governs".to_string());
    // A clause that other versions have is no misspelling.
    let hint = if found.is_some() { "; `--version` names another".to_string() } else { hint };
    Err(Fault::input(format!("there is no clause `{name}`{text}{hint}")))
}

/// The clauses of a text, and the laws.
fn names(program: &Program, version: Option<VersionId>) -> Vec<ClauseName> {
    let standing = version.into_iter().flat_map(|v| &program.versions[v.index()].text).map(|s| s.name);
    standing.chain(program.laws.iter().map(|l| program.clause(*l).name)).collect()
}

/// How each clause that is read stands; a clause of which that cannot be told is read all the same.
fn in_force(
    history: &History<'_>,
    program: &Program,
    version: Option<VersionId>,
    named: Option<VersionId>,
    only: &[ClauseName],
    day: Day,
) -> BTreeMap<ClauseName, Result<Answer, String>> {
    let wanted = |n: &ClauseName| only.is_empty() || only.contains(n);
    let ask = |clause: ClauseName| {
        let question = Question {
            as_of: day,
            known_at: None,
            version: named,
            events: Vec::new(),
            assume: Default::default(),
            ask: Ask::InForce(clause),
        };
        (clause, history.engine.ask(&question).map_err(|e| Fault::from(e).to_string()))
    };
    names(program, version).into_iter().filter(wanted).map(ask).collect()
}
