//! `servanda timeline`: rights, duties and restrictions over the years.

use std::collections::BTreeSet;
use std::path::PathBuf;

use servanda_engine::{ClauseKind, Question, TimelineQuestion};
use servanda_program::{ClauseName, Program};
use servanda_quantity::Day;
use servanda_report::{timeline_json, timeline_svg, timeline_text};
use servanda_text::nearest;

use super::locale::Locale;
use crate::agreement::Agreement;
use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda timeline examples/joint-venture --events examples/joint-venture/log.jsonl\n  \
    servanda timeline examples/microsoft-openai --kind right --svg rights.svg\n\n\
    docs/timelines.md says how to read it.\n\
    Exit code: 0 drawn, 2 input that cannot be used."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// The first day (where it is left out: the year of the first day that text and log name)
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day (where it is left out: the year of the last day that text and log name)
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// The present day (today, where it is left out)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A log of events; can be given more than once
    #[arg(long, value_name = "LOG.jsonl")]
    events: Vec<PathBuf>,
    /// Only what was recorded by then
    #[arg(long, value_name = "DATE")]
    known_at: Option<String>,
    /// An answer to an open question: `until-year=through`
    #[arg(long, value_name = "NAME=ANSWER")]
    assume: Vec<String>,
    /// Only these clauses
    #[arg(long, value_name = "NAME")]
    clause: Vec<String>,
    /// Only clauses of these kinds: right, restriction, duty, power, other
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Write a picture (SVG) instead of lines
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// How wide the picture is, in its own units; 360 for a phone
    #[arg(long, value_name = "N", default_value_t = 720, requires = "svg")]
    width: u32,
    /// As JSON
    #[arg(long, conflicts_with = "svg")]
    json: bool,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// An agreement or a log that cannot be used; a day, a clause, a kind or an answer that there is not; a window without
/// a day.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let history = History::load(context.world, program, &arguments.events)?;
    let as_of = day("--as-of", &arguments.as_of)?.unwrap_or(history.today);
    let (first, after) = history
        .engine
        .natural_window(as_of)
        .ok_or_else(|| Fault::input("the text and the log name no day: say --from and --to"))?;
    let from = day("--from", &arguments.from)?.unwrap_or(first);
    let until = day("--to", &arguments.to)?
        .map_or(Ok(after), |d| d.plus_days(1))
        .map_err(|_| Fault::input("--to: the day is beyond the years that are counted"))?;
    let Question { known_at, assume, .. } = question(arguments, &history)?;
    let clauses = clauses(arguments, program)?;
    let asked = TimelineQuestion { from, until, as_of, known_at, assume, clauses };
    let mut timeline = history.engine.timeline(&asked)?;
    let kinds = kinds(arguments)?;
    if !kinds.is_empty() {
        timeline.rows.retain(|row| !row.kinds.is_disjoint(&kinds));
    }
    if let Some(path) = &arguments.svg {
        let picture = timeline_svg(&tongue, program, &timeline, arguments.width);
        context
            .world
            .replace_file(path, picture.as_bytes())
            .map_err(|e| Fault::input(format!("`{}` cannot be written: {e}", path.display())))?;
    } else if arguments.json {
        writeln!(context.out, "{}", timeline_json(program, &timeline))?;
    } else {
        write!(context.out, "{}", timeline_text(&tongue, program, &timeline, context.style(Stream::Output)))?;
    }
    Ok(Exit::Good)
}

fn day(option: &str, text: &Option<String>) -> Result<Option<Day>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let day = text
        .parse()
        .map_err(|_| Fault::input(format!("{option} `{text}`: write a date such as 2026-06-01")))?;
    Ok(Some(day))
}

/// What a question with these options knows and assumes, read as questions are.
fn question(arguments: &Arguments, history: &History<'_>) -> Result<Question, Fault> {
    let mut assume = serde_json::Map::new();
    for pair in &arguments.assume {
        let (name, answer) = pair.split_once('=').ok_or_else(|| {
            Fault::input(format!("--assume `{pair}`: write NAME=ANSWER, such as until-year=through"))
        })?;
        assume.insert(name.trim().into(), answer.trim().into());
    }
    let clause = history.engine.program().clause_names.first().cloned().unwrap_or_default();
    let mut asked = serde_json::json!({"in_force": clause, "assume": assume});
    if let Some(known) = &arguments.known_at {
        asked["known_at"] = known.as_str().into();
    }
    Ok(history.reader.question(&asked, history.today).question?)
}

fn clauses(arguments: &Arguments, program: &Program) -> Result<Option<Vec<ClauseName>>, Fault> {
    if arguments.clause.is_empty() {
        return Ok(None);
    }
    let named = |name: &String| {
        program.clause_name(name).ok_or_else(|| {
            let near = nearest(name, program.clause_names.iter().map(String::as_str));
            let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            Fault::input(format!("there is no clause `{name}`{hint}"))
        })
    };
    arguments.clause.iter().map(named).collect::<Result<_, _>>().map(Some)
}

fn kinds(arguments: &Arguments) -> Result<BTreeSet<ClauseKind>, Fault> {
    let known = |word: &String| {
        let word = word.trim().trim_end_matches('s');
        ClauseKind::ALL
            .into_iter()
            .find(|k| k.word() == word || (k.word() == "duty" && word == "dutie"))
            .ok_or_else(|| {
                Fault::input(format!("--kind `{word}`: write right, restriction, duty, power or other"))
            })
    };
    arguments.kind.iter().map(known).collect()
}
