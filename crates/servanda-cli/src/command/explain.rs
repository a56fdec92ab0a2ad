//! `servanda explain`: the whole derivation, and what would have to change.

use std::path::PathBuf;

use serde_json::Value;

use servanda_report::Detail;

use super::ask::{put, tell_documents};
use super::locale::Locale;
use super::question::Flags;
use crate::agreement::Agreement;
use crate::citation;
use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    disable_version_flag = true,
    after_help = "Example:\n  \
    servanda explain examples/microsoft-openai --may \"OpenAI host\" \\\n    \
    --with interface=api --with cloud=Google --as-of 2026-06-01\n\n\
    Exit code: 0 answered, 2 the question could not be answered."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    #[command(flatten)]
    flags: Flags,
    /// A folder with the documents, for the passages behind the answer
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    /// The answer as JSON, with `ways`
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// An agreement, a log or a question that cannot be used.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    if !arguments.flags.asks() {
        return Err(Fault::input(
            "nothing is asked; give one of --may, --in-force, --ends, --value, --owes, --who",
        ));
    }
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let history = History::load(context.world, program, &arguments.flags.events)?;
    let documents = citation::documents(context.world, program, arguments.sources.as_deref())?;
    tell_documents(context, &tongue, &documents)?;
    let (question, answer) = put(&history, &arguments.flags.json()?)?;
    let ways = history.engine.ways_out(&question)?;
    if arguments.json {
        let mut line = servanda_wire::answer_json(program, &Value::Null, &answer);
        line["ways"] = servanda_wire::ways_json(program, &ways);
        writeln!(context.out, "{line}")?;
    } else {
        let style = context.style(Stream::Output);
        let text =
            servanda_report::answer(&tongue, program, &answer, &documents.passages, style, Detail::Full);
        write!(context.out, "{text}{}", servanda_report::ways(&tongue, program, &ways, style))?;
    }
    Ok(Exit::Good)
}
