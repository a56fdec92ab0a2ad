//! `servanda fmt`: one layout for every file.

use std::io::Read;
use std::path::{Path, PathBuf};

use servanda_text::{Sources, has_errors, render_all};

use crate::agreement::{deed_files, read_text};
use crate::context::{Context, Exit, Fault};
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda fmt examples/steel-supply\n  servanda fmt --check examples/steel-supply\n  \
    servanda fmt - < draft.deed\n\n\
    A file that cannot be read as the language is never written.\n\
    Exit code: 0 all is laid out, 1 a file is not (with --check) or has errors, 2 a path leads nowhere."
)]
pub struct Arguments {
    /// `.deed` files, or folders of them (`-`: standard input to standard output)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; name the files that are not laid out
    #[arg(long)]
    check: bool,
}

/// Runs the command.
///
/// # Errors
/// Paths that lead nowhere, files that cannot be read or written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let mut exit = Exit::Good;
    if arguments.paths.iter().any(|p| p.as_os_str() == "-") {
        if arguments.paths.len() > 1 || arguments.check {
            return Err(Fault::input("`-` stands alone, without --check"));
        }
        let mut bytes = Vec::new();
        let read = context.world.input().read_to_end(&mut bytes);
        read.map_err(|e| Fault::input(format!("standard input: {e}")))?;
        let text = String::from_utf8(bytes).map_err(|_| Fault::input("standard input is not UTF-8 text"))?;
        return Ok(match laid_out("standard input", &text, context)? {
            Some(new) => {
                write!(context.out, "{new}")?;
                Exit::Good
            }
            None => Exit::Failed,
        });
    }
    let mut files = Vec::new();
    for path in &arguments.paths {
        files.extend(deed_files(context.world, path)?);
    }
    for file in files {
        let text = read_text(context.world, &file)?;
        match laid_out(&file.display().to_string(), &text, context)? {
            None => exit = Exit::Failed,
            Some(new) if new == text => {}
            Some(_) if arguments.check => {
                writeln!(context.out, "{}", file.display())?;
                exit = Exit::Failed;
            }
            Some(new) => {
                write_file(context, &file, &new)?;
                writeln!(context.out, "{}", file.display())?;
            }
        }
    }
    Ok(exit)
}

/// The text laid out; `None` where it has errors, which are told.
fn laid_out(name: &str, text: &str, context: &mut Context<'_>) -> Result<Option<String>, Fault> {
    let mut sources = Sources::new();
    let id = sources.add(name, text);
    let parsed = servanda_syntax::parse(text, id);
    if has_errors(&parsed.diagnostics) {
        write!(context.err, "{}", render_all(&parsed.diagnostics, &sources, context.drawing(Stream::Error)))?;
        return Ok(None);
    }
    Ok(Some(servanda_syntax::format(text)))
}

fn write_file(context: &Context<'_>, file: &Path, text: &str) -> Result<(), Fault> {
    context
        .world
        .replace_file(file, text.as_bytes())
        .map_err(|e| Fault::input(format!("`{}` cannot be written: {e}", file.display())))
}
