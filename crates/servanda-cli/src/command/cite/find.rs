//! `servanda cite find`: words in documents.

use std::path::{Path, PathBuf};

use servanda_evidence::{Folded, Level, Place, Text};

use super::{Names, document, name, notation, shown};
use crate::agreement::counted;
use crate::context::{Context, Exit, Fault};
use crate::world::Stream;

/// Scalar values that are shown before and after what was found.
const CONTEXT: u32 = 48;

/// Scalar values of a passage that are shown.
const SHOWN: usize = 160;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda cite find \"first refusal\" papers/lease.txt\n  servanda cite find \"13.5 ٪\" papers/a.txt papers/b.txt\n\n\
    Case, spaces, line ends, diacritics, Arabic and Persian forms of letters, and the script of digits do not matter.\n\
    Exit code: 0 it was found, 1 it was not, 2 a document cannot be read."
)]
pub struct Arguments {
    /// The words to look for
    text: String,
    /// The documents
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    names: Names,
    /// At most so many places of each document
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Runs the command.
///
/// # Errors
/// Nothing to look for, documents that cannot be read.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let wanted = Folded::new(&arguments.text, Level::Search);
    if wanted.is_empty() {
        return Err(Fault::input("there is no letter to look for"));
    }
    let program = arguments.names.load(context)?;
    let mut found = 0;
    for path in &arguments.files {
        let text = document(context, path)?;
        let name = name(program.as_ref(), path);
        found += in_document(arguments, &wanted, path, &name, &text, context)?;
    }
    context.out.flush()?;
    let documents = counted(arguments.files.len(), "document");
    writeln!(context.err, "{} in {documents}", counted(found, "place"))?;
    Ok(if found > 0 { Exit::Good } else { Exit::Failed })
}

/// Tells the places in a document; gives how many there are.
fn in_document(
    arguments: &Arguments,
    wanted: &Folded,
    path: &Path,
    name: &str,
    text: &str,
    context: &mut Context<'_>,
) -> Result<usize, Fault> {
    let style = context.style(Stream::Output);
    let folded = Folded::new(text, Level::Search);
    let places = folded.find(wanted, usize::MAX);
    let text = Text::new(text);
    for letters in places.iter().take(arguments.limit) {
        let place: Place = folded.place_of(letters.clone()).into();
        let before = text.slice(place.start.saturating_sub(CONTEXT)..place.start).unwrap_or_default();
        let after = place.end..place.end.saturating_add(CONTEXT).min(text.scalars());
        let after = text.slice(after).unwrap_or_default();
        let passage = shown(text.slice(place.range()).unwrap_or_default(), SHOWN);
        // The passage is isolated within its line, and the line within the terminal.
        let beside =
            |t: &str| if t.trim().is_empty() { String::new() } else { style.faint(&shown(t, SHOWN)) };
        let blank = |is: bool| if is { " " } else { "" };
        let line = format!(
            "{}{}[{}]{}{}",
            beside(before),
            blank(before.ends_with(char::is_whitespace)),
            style.strong(&passage),
            blank(after.starts_with(char::is_whitespace)),
            beside(after)
        );
        writeln!(context.out, "{} {place}", path.display())?;
        writeln!(context.out, "  \u{2068}{}\u{2069}", line.trim())?;
        writeln!(context.out, "  cites {}\n", notation(name, &text, place))?;
    }
    if places.len() > arguments.limit {
        writeln!(
            context.err,
            "`{}`: {} places, {} shown; --limit shows more",
            path.display(),
            places.len(),
            arguments.limit
        )?;
    }
    Ok(places.len())
}
