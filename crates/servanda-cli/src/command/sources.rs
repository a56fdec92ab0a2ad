//! `servanda sources`: documents as text, and the quantities in them.

mod terms;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::{Map, Value, json};

use servanda_document::{Document, Passage};
use servanda_mention::{Kind, Mention};
use servanda_report::{Table, is_right_to_left};

use crate::context::{Context, Exit, Fault};
use crate::document;
use crate::progress::Progress;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda sources text lease.docx\n  servanda sources scan lease.docx notice.txt --json\n\n\
    Formats and limits: docs/documents.md."
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Prints the text of documents, in which the offsets of citations count
    Text(TextArguments),
    /// Lists the amounts, percentages, numbers, years, dates, durations and ordinals in documents
    Scan(ScanArguments),
    /// Proposes the dates, the length and the governing law of contracts
    Terms(terms::Arguments),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  servanda sources text lease.pdf | less\n\n\
    Exit code: 0 all documents were read, 2 one could not be read; the others are printed.")]
struct TextArguments {
    /// Documents: plain text, Markdown, HTML, PDF, DOCX
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The encoding of text that is not UTF-8, such as windows-1256
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// One JSON object for each document: digests, passages with their languages, text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda sources scan lease.docx notice.txt\n  servanda sources scan notice.txt --lang fa --json\n\n\
    Exit code: 0 all documents were read, 2 one could not be read; what the others mention is printed."
)]
struct ScanArguments {
    /// Documents: plain text, Markdown, HTML, PDF, DOCX
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The language of all of it (BCP 47, also with -u-ca- and -u-nu-); found by itself for each passage if not given
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The encoding of text that is not UTF-8, such as windows-1256
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// One JSON object for each mention
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// A language that is not known, output that cannot be written. Documents that cannot be read are told one by one.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    match &arguments.what {
        What::Text(arguments) => text(arguments, context),
        What::Scan(arguments) => scan(arguments, context),
        What::Terms(arguments) => terms::run(arguments, context),
    }
}

/// Does something with each document; one that cannot be read is told, and the others go on.
fn each(
    files: &[PathBuf],
    encoding: Option<&str>,
    context: &mut Context<'_>,
    mut act: impl FnMut(&Path, &Document, &mut Context<'_>) -> Result<(), Fault>,
) -> Result<Exit, Fault> {
    let options = document::options(encoding);
    let person = context.world.is_terminal(Stream::Error) && !context.world.is_terminal(Stream::Output);
    let template = "{bar:24} {pos} of {len} documents read";
    let mut progress = Progress::new(context.world, person, Some(files.len() as u64), template);
    let mut exit = Exit::Good;
    for (done, path) in files.iter().enumerate() {
        progress.at(context.world, done as u64);
        match document::read(context.world, path, &options) {
            Ok(document) => act(path, &document, context)?,
            Err(why) => {
                context.out.flush()?;
                progress.aside(|| writeln!(context.err, "error: `{}` {why}", path.display()))?;
                exit = Exit::Unusable;
            }
        }
        context.out.flush()?;
    }
    Ok(exit)
}

fn text(arguments: &TextArguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let terminal = context.world.is_terminal(Stream::Output);
    each(&arguments.files, arguments.encoding.as_deref(), context, |_, document, context| {
        if arguments.json {
            writeln!(context.out, "{}", document_json(document))?;
        } else if terminal {
            write!(context.out, "{}", without_controls(&document.text))?;
        } else {
            write!(context.out, "{}", document.text)?;
        }
        Ok(())
    })
}

fn document_json(document: &Document) -> Value {
    let passage = |p: &Passage| json!({"start": p.place.start, "end": p.place.end, "lang": p.language});
    json!({
        "document": document.name,
        "media": document.media.word(),
        "digest": document.digest,
        "text_digest": document.text_digest,
        "passages": document.passages.iter().map(passage).collect::<Vec<_>>(),
        "text": document.text,
    })
}

/// The text with a picture in the place of each control character that would steer a terminal: places stay.
fn without_controls(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\x7f' => '\u{2421}',
            '\u{80}'..='\u{9f}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// A mention with its language and its characters.
struct Found {
    mention: Mention,
    language: String,
    text: String,
}

fn scan(arguments: &ScanArguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    if let Some(tag) = &arguments.lang {
        servanda_mention::scan("", tag).map_err(|_| {
            Fault::input(format!(
                "`{tag}` is not a language whose quantities are known: {}",
                servanda_mention::languages().join(", ")
            ))
        })?;
    }
    let many = arguments.files.len() > 1;
    each(&arguments.files, arguments.encoding.as_deref(), context, |path, document, context| {
        let (found, unknown) = mentions(document, arguments.lang.as_deref());
        for place in unknown {
            context.out.flush()?;
            writeln!(
                context.err,
                "warning: `{}` {}..{}: not looked at, its language is none of {}; name one with --lang",
                path.display(),
                place.start,
                place.end,
                servanda_mention::languages().join(", ")
            )?;
        }
        if arguments.json {
            for found in &found {
                writeln!(context.out, "{}", mention_json(&document.name, found))?;
            }
            return Ok(());
        }
        if many {
            writeln!(context.out, "{}", context.style(Stream::Output).strong(&document.name))?;
        }
        let style = context.style(Stream::Output);
        write!(context.out, "{}", table(&found).text(style, if many { 2 } else { 0 }))?;
        Ok(())
    })
}

/// The mentions of a document in order of place, and the stretches in no known language.
fn mentions(document: &Document, tag: Option<&str>) -> (Vec<Found>, Vec<std::ops::Range<usize>>) {
    let (mut all, mut unknown) = (Vec::new(), Vec::new());
    let starts: Vec<usize> =
        document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
    let slice = |from: usize, to: usize| &document.text[starts[from]..starts[to]];
    for stretch in stretches(document, tag) {
        let Some(language) = stretch.language else {
            unknown.push(stretch.place);
            continue;
        };
        // The tag is one of the known ones: `scan` looked, or the passages were asked about those alone.
        let found = servanda_mention::scan(slice(stretch.place.start, stretch.place.end), &language);
        for mut mention in found.unwrap_or_default() {
            mention.place.start += stretch.place.start;
            mention.place.end += stretch.place.start;
            let text = slice(mention.place.start, mention.place.end).to_string();
            all.push(Found { mention, language: language.clone(), text });
        }
    }
    (all, unknown)
}

/// The passages, those in one language taken together: a quantity may go over a line end.
fn stretches(document: &Document, tag: Option<&str>) -> Vec<Passage> {
    if let Some(tag) = tag {
        let place = 0..document.text.chars().count();
        return vec![Passage { place, language: Some(tag.to_string()) }];
    }
    let mut stretches: Vec<Passage> = Vec::new();
    for passage in &document.passages {
        match stretches.last_mut() {
            Some(last) if last.language == passage.language => last.place.end = passage.place.end,
            _ => stretches.push(passage.clone()),
        }
    }
    stretches
}

/// The members are those of the interface, in its order.
fn mention_json(document: &str, found: &Found) -> Value {
    let mention = &found.mention;
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_string(), value);
    put("document", document.into());
    put("start", mention.place.start.into());
    put("end", mention.place.end.into());
    put("text", found.text.clone().into());
    put("lang", found.language.clone().into());
    put("kind", mention.kind.word().into());
    put("value", mention.value.decimal().into());
    if let Some(unit) = &mention.unit {
        put("unit", unit.clone().into());
    }
    if let Some(calendar) = mention.calendar {
        put("calendar", calendar.word().into());
    }
    if let Some(qualifier) = mention.qualifier {
        put("qualifier", qualifier.word().into());
    }
    Value::Object(members)
}

fn table(found: &[Found]) -> Table {
    let mut table = Table::new(&["place", "kind", "value", "", "text"]);
    for found in found {
        let mention = &found.mention;
        let mut notes: BTreeSet<&str> = BTreeSet::new();
        notes.extend(mention.qualifier.map(servanda_mention::Qualifier::word));
        notes.extend(mention.calendar.map(servanda_mention::Calendar::word));
        table.row(vec![
            format!("{}..{}", mention.place.start, mention.place.end),
            mention.kind.word().to_string(),
            shown(mention),
            notes.into_iter().collect::<Vec<_>>().join(", "),
            isolated(
                &without_controls(&found.text.split_whitespace().collect::<Vec<_>>().join(" ")),
                &found.language,
            ),
        ]);
    }
    table
}

/// The value with its unit as people read it: `USD 135,000,000,000`, `27 percent`, `2032`.
fn shown(mention: &Mention) -> String {
    let number = mention.value.decimal();
    match (mention.kind, mention.unit.as_deref()) {
        (Kind::Year | Kind::Ordinal | Kind::Date, _) => number,
        (Kind::Money, Some(code)) => format!("{code} {}", grouped(&number)),
        (_, Some(unit)) => format!("{} {unit}", grouped(&number)),
        (_, None) => grouped(&number),
    }
}

/// A decimal with its whole part in groups of three digits.
fn grouped(decimal: &str) -> String {
    let whole = decimal.find('.').unwrap_or(decimal.len());
    let mut out = String::new();
    for (at, c) in decimal.char_indices() {
        let left = whole.saturating_sub(at);
        if c.is_ascii_digit() && left > 0 && left % 3 == 0 && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A text in an isolate of its own where its language goes from right to left, so that the columns stay on the left.
/// Its own controls of direction would reach beyond it.
fn isolated(text: &str, language: &str) -> String {
    let control = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|c| !control(c)).collect();
    if is_right_to_left(language) { format!("\u{2067}{text}\u{2069}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_controls_are_pictures() {
        for (decimal, shown) in [
            ("0", "0"),
            ("999", "999"),
            ("-1000", "-1,000"),
            ("135000000000", "135,000,000,000"),
            ("1234.5678", "1,234.5678"),
        ] {
            assert_eq!(grouped(decimal), shown);
        }
        assert_eq!(without_controls("a\u{1b}[2J\n\u{7f}\u{9b}"), "a\u{241b}[2J\n\u{2421}\u{fffd}");
        assert_eq!(isolated("۵\u{2069}", "fa-u-nu-latn"), "\u{2067}۵\u{2069}");
    }
}
