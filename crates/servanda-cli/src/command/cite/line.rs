//! `servanda cite line`: the citation of a place.

use std::path::{Path, PathBuf};

use servanda_evidence::{Place, Selector, Text};

use super::{Names, document, name, notation};
use crate::agreement::read_text;
use crate::citation::places;
use crate::context::{Context, Exit, Fault};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda cite line papers/lease.txt 120..204\n  servanda cite line papers/lease.txt 120..204 --selectors\n  \
    servanda cite line papers/lease.txt --from target.json\n\n\
    Selectors quote the document; a citation does not.\n\
    Exit code: 0 the place is told, 1 the quotation is not in the document, or several times, 2 input that cannot be used."
)]
pub struct Arguments {
    /// The document
    file: PathBuf,
    /// The first character and the one past the last, in Unicode scalar values of the document's text
    #[arg(value_name = "START..END", required_unless_present = "from")]
    place: Option<String>,
    /// Write the W3C Web Annotation selectors of the place as JSON instead
    #[arg(long)]
    selectors: bool,
    /// Take the place from W3C Web Annotation selectors in a JSON file
    #[arg(long, value_name = "JSON", conflicts_with = "place")]
    from: Option<PathBuf>,
    #[command(flatten)]
    names: Names,
}

/// Runs the command.
///
/// # Errors
/// A place that is not in the document, JSON without selectors, files that cannot be read.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let program = arguments.names.load(context)?;
    let text = document(context, &arguments.file)?;
    let text = Text::new(&text);
    let place = match (&arguments.place, &arguments.from) {
        (Some(place), _) => parsed(place)?,
        (None, Some(json)) => match selected(json, &text, context)? {
            Ok(place) => place,
            Err(why) => {
                writeln!(context.err, "error: {why}")?;
                return Ok(Exit::Failed);
            }
        },
        (None, None) => return Err(Fault::input("a place START..END is needed, or --from")),
    };
    if text.slice(place.range()).is_none_or(str::is_empty) {
        let n = text.scalars();
        return Err(Fault::input(format!("the document has {n} characters; {place} is no passage of it")));
    }
    if arguments.selectors {
        let source = arguments.file.file_name().unwrap_or_default().to_string_lossy();
        let target = Selector::target(&source, &Selector::of(&text, place.range()));
        writeln!(context.out, "{target:#}")?;
    } else {
        let name = name(program.as_ref(), &arguments.file);
        writeln!(context.out, "cites {}", notation(&name, &text, place))?;
    }
    Ok(Exit::Good)
}

/// `120..204`
fn parsed(place: &str) -> Result<Place, Fault> {
    let wrong = || Fault::input(format!("`{place}` is no place; write START..END, such as 120..204"));
    let (start, end) = place.split_once("..").ok_or_else(wrong)?;
    let number = |n: &str| n.parse::<u32>().map_err(|_| wrong());
    Ok(Place { start: number(start)?, end: number(end)? })
}

/// The place of selectors, or why they name none. A quotation is believed before a position.
fn selected(json: &Path, text: &Text<'_>, context: &mut Context<'_>) -> Result<Result<Place, String>, Fault> {
    let selectors = Selector::read(&read_text(context.world, json)?)
        .map_err(|e| Fault::input(format!("`{}`: {e}", json.display())))?;
    let position = selectors.iter().find_map(|s| match s {
        Selector::Position(place) => Some(*place),
        Selector::Quote(_) => None,
    });
    let quote = selectors.iter().find_map(|s| match s {
        Selector::Quote(quote) => Some(quote),
        Selector::Position(_) => None,
    });
    let Some(quote) = quote else { return Ok(position.ok_or_else(|| "there is no selector".to_string())) };
    let found = quote.find(text);
    let there = position.filter(|p| found.contains(p));
    Ok(match (there, &found[..]) {
        (Some(place), _) => Ok(place),
        (None, []) => Err("the quotation is not in the document".to_string()),
        (None, [place]) => {
            if let Some(position) = position {
                writeln!(context.err, "warning: the quotation stands at {place}, not at {position}")?;
            }
            Ok(*place)
        }
        (None, several) => Err(format!("the quotation stands at {} alike", places(several))),
    })
}
