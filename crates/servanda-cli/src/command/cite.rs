//! `servanda cite`: finds passages, writes citations, and tells what became of them.

mod check;
mod find;
mod line;
mod write;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use servanda_document::digest;
use servanda_evidence::{Place, Text};
use servanda_program::Program;

use crate::agreement::Agreement;
use crate::citation::read_document;
use crate::context::{Context, Exit, Fault};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda cite find \"first refusal\" papers/lease.txt\n  servanda cite line papers/lease.txt 120..204\n  \
    servanda cite check examples/steel-supply --sources examples/steel-supply/sources\n\n\
    What an anchor is and how passages are found again: docs/citations.md."
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Finds words in documents, and gives the citation of each place
    Find(find::Arguments),
    /// Gives the citation of a place in a document
    Line(line::Arguments),
    /// Looks every citation of an agreement up, and tells where its passage is
    Check(check::Arguments),
}

/// What documents are called in citations.
#[derive(Debug, clap::Args)]
struct Names {
    /// An agreement whose sources give the documents their names (else: the file's name without its extension)
    #[arg(long, value_name = "AGREEMENT")]
    agreement: Option<PathBuf>,
}

impl Names {
    /// The program that knows the names.
    fn load(&self, context: &mut Context<'_>) -> Result<Option<Program>, Fault> {
        let Some(path) = &self.agreement else { return Ok(None) };
        let agreement = Agreement::usable(context, path)?;
        agreement.program().cloned().map(Some)
    }
}

/// Runs the command.
///
/// # Errors
/// Input that cannot be used, output that cannot be written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    match &arguments.what {
        What::Find(arguments) => find::run(arguments, context),
        What::Line(arguments) => line::run(arguments, context),
        What::Check(arguments) => check::run(arguments, context),
    }
}

/// A document's text.
fn document(context: &Context<'_>, path: &Path) -> Result<String, Fault> {
    let read = read_document(context.world, path);
    read.map(|(text, _)| text).map_err(|why| Fault::input(format!("the document `{}` {why}", path.display())))
}

/// What a document is called in citations.
fn name(program: Option<&Program>, path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    if let Some(source) = program.and_then(|p| p.sources.iter().find(|s| s.file == file)) {
        return spelt(&source.name);
    }
    spelt(&path.file_stem().unwrap_or_default().to_string_lossy())
}

/// A name as the language spells it: digits and plain words as they are, others in backticks.
fn spelt(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let word = name.split('-').all(|part| !part.is_empty() && part.chars().all(plain))
        && name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let digits = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    if word || digits { name.to_string() } else { format!("`{}`", name.replace(['`', '\n', '\r'], "")) }
}

/// `NAME START..END digest "…" anchor "…"`
fn notation(name: &str, text: &Text<'_>, place: Place) -> String {
    let digest = digest(text.slice(place.range()).unwrap_or_default());
    let anchor = text.anchor(place.range()).map(|a| format!(" anchor \"{a}\"")).unwrap_or_default();
    format!("{name} {place} digest \"{digest}\"{anchor}")
}

/// A passage on one line, cut in its middle where it is long, in an isolate of its own: neither direction nor
/// controls of the document reach the terminal.
fn shown(passage: &str, most: usize) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words: Vec<&str> = passage.split_whitespace().collect();
    let line: Vec<char> = words.join(" ").chars().filter(|c| !hidden(*c)).collect();
    let text = match line.len() {
        n if n <= most => line.iter().collect::<String>(),
        n => {
            let half = most / 2;
            line[..half].iter().chain(&[' ', '…', ' ']).chain(&line[n - half..]).collect()
        }
    };
    format!("\u{2068}{text}\u{2069}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_as_the_language_reads_them() {
        for (name, spelling) in [
            ("003", "003"),
            ("lease", "lease"),
            ("lease-2", "lease-2"),
            ("00a", "`00a`"),
            ("a b", "`a b`"),
            ("", "``"),
        ] {
            assert_eq!(spelt(name), spelling);
        }
    }

    #[test]
    fn a_document_steers_no_terminal() {
        assert_eq!(shown("a\u{202e}b\u{1b}[31m\nc", 90), "\u{2068}ab[31m c\u{2069}");
        assert_eq!(shown(&"x".repeat(30), 10), format!("\u{2068}{0} … {0}\u{2069}", "xxxxx"));
    }
}
