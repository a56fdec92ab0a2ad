//! `servanda owes`: what a party owes.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use servanda_engine::AnswerValue;
use servanda_report::Detail;

use super::ask::put;
use super::locale::Locale;
use crate::agreement::Agreement;
use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  servanda owes examples/steel-supply Nordwerk --as-of 2026-09-25 --events examples/steel-supply/log.jsonl"
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// The party
    party: String,
    /// The day asked about (today, where it is left out)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A log of events, one JSON object a line; can be given more than once
    #[arg(long, value_name = "LOG.jsonl")]
    events: Vec<PathBuf>,
    /// The answer as JSON
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
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let history = History::load(context.world, program, &arguments.events)?;
    let mut question = Map::new();
    question.insert("owes".into(), json!({"party": arguments.party}));
    if let Some(day) = &arguments.as_of {
        question.insert("as_of".into(), day.as_str().into());
    }
    let (_, answer) = put(&history, &question)?;
    if arguments.json {
        writeln!(context.out, "{}", servanda_wire::answer_json(program, &Value::Null, &answer))?;
        return Ok(Exit::Good);
    }
    let style = context.style(Stream::Output);
    match &answer.value {
        AnswerValue::Owes(list) => {
            write!(context.out, "{}", servanda_report::owes(&tongue, program, list, style))?
        }
        // It depends on something: the answer says on what.
        _ => {
            let none = servanda_report::Passages::new();
            write!(
                context.out,
                "{}",
                servanda_report::answer(&tongue, program, &answer, &none, style, Detail::Short)
            )?;
        }
    }
    for note in &answer.notes {
        context.out.flush()?;
        let note = tongue.words(program, note);
        writeln!(context.err, "{}", tongue.say("frame-note", &[("message", note.into())]))?;
    }
    Ok(Exit::Good)
}
