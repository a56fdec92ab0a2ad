//! `servanda sources terms`: the dates, the length and the law of contracts.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use servanda_evidence::{Says, Term, terms};
use servanda_report::Table;

use super::{each, without_controls};
use crate::context::{Context, Exit, Fault};
use crate::world::Stream;

/// Most characters of a place's name that are shown.
const NAME_MAX: usize = 60;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  servanda sources terms lease.pdf\n\nWhat is found is a proposal: look at the place before you rely on it.\n\n\
    Exit code: 0 all documents were read, 2 one could not be read; what the others say is printed."
)]
pub(super) struct Arguments {
    /// Contracts: plain text, Markdown, HTML, PDF, DOCX
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The language of the contracts (BCP 47); contracts in English are known
    #[arg(long, value_name = "TAG", default_value = "en")]
    lang: String,
    /// The encoding of text that is not UTF-8, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// One JSON object for each term
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// A language without phrases, output that cannot be written.
pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    if !servanda_evidence::term_languages().contains(&arguments.lang.split('-').next().unwrap_or_default()) {
        let known = servanda_evidence::term_languages().join(", ");
        return Err(Fault::input(format!(
            "`{}` is not a language in which the terms of contracts are known: {known}",
            arguments.lang
        )));
    }
    let many = arguments.files.len() > 1;
    each(&arguments.files, arguments.encoding.as_deref(), context, |_, document, context| {
        let found = terms(&document.text, &arguments.lang);
        if arguments.json {
            for term in &found {
                writeln!(context.out, "{}", term_json(&document.name, term))?;
            }
            return Ok(());
        }
        let style = context.style(Stream::Output);
        if many {
            writeln!(context.out, "{}", style.strong(&document.name))?;
        }
        let mut table = Table::new(&["term", "says", "place"]);
        for term in &found {
            table.row(vec![
                term.kind.word().to_string(),
                shown(term),
                format!("{}..{}", term.place.start, term.place.end),
            ]);
        }
        write!(context.out, "{}", table.text(style, if many { 2 } else { 0 }))?;
        Ok(())
    })
}

fn term_json(document: &str, term: &Term) -> Value {
    let mut members = Map::new();
    members.insert("document".to_string(), document.into());
    members.insert("term".to_string(), term.kind.word().into());
    members.insert("start".to_string(), term.place.start.into());
    members.insert("end".to_string(), term.place.end.into());
    let (name, value) = match &term.says {
        Says::Day(day) => ("day", day.to_string().into()),
        Says::Length(length, unit) => ("length", json!({"value": length.to_string(), "unit": unit})),
        Says::Reckoned { day, length, unit } => {
            members.insert("length".to_string(), json!({"value": length.to_string(), "unit": unit}));
            ("day", day.to_string().into())
        }
        Says::Perpetual => ("perpetual", true.into()),
        Says::Place(place) => ("place", place.clone().into()),
    };
    members.insert(name.to_string(), value);
    Value::Object(members)
}

fn shown(term: &Term) -> String {
    match &term.says {
        Says::Day(day) => day.to_string(),
        Says::Length(length, unit) => format!("{length} {unit}"),
        Says::Reckoned { day, length, unit } => format!("{day} ({length} {unit} from the first day)"),
        Says::Perpetual => "no end".to_string(),
        Says::Place(place) => without_controls(place).chars().take(NAME_MAX).collect(),
    }
}
