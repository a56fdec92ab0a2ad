//! `servanda evidence`: what the documents say of each clause.

use std::path::{Path, PathBuf};

use servanda_evidence::{Paper, Settings, audit};
use servanda_program::{Program, SourceDocument};
use servanda_report::{evidence, evidence_json, evidence_page};

use super::locale::Locale;
use crate::agreement::Agreement;
use crate::citation::is_outside;
use crate::context::{Context, Exit, Fault};
use crate::document;
use crate::progress::Progress;
use crate::world::{Kind, Stream, World};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda evidence examples/steel-supply --sources examples/steel-supply/sources\n  \
    servanda evidence examples/steel-supply --sources examples/steel-supply/sources --html report.html\n\n\
    What the words mean: docs/evidence.md.\n\n\
    Exit code: 0, 1 a document contradicts a clause or a citation is lost, 2 the agreement or the folder could not \
    be used."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// The folder with the documents
    #[arg(long, value_name = "DIR")]
    sources: PathBuf,
    /// One JSON object
    #[arg(long)]
    json: bool,
    /// Write the report as a page that needs nothing else
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Call an amount implausible that is so many times the median of its currency
    #[arg(long, value_name = "TIMES", default_value_t = Settings::default().implausible,
        value_parser = clap::value_parser!(u32).range(2..))]
    implausible: u32,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// An agreement or a folder that cannot be used, a page that cannot be written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    if context.world.kind(&arguments.sources) != Some(Kind::Folder) {
        let folder = arguments.sources.display();
        return Err(Fault::input(format!("`{folder}`: there is no such folder of sources")));
    }
    let papers = papers(program, &arguments.sources, context)?;
    let settings = Settings { implausible: arguments.implausible };
    let audit = audit(program, papers, &settings);
    if arguments.json {
        writeln!(context.out, "{}", evidence_json(&audit))?;
    } else {
        write!(context.out, "{}", evidence(&tongue, &audit, context.style(Stream::Output)))?;
    }
    if let Some(path) = &arguments.html {
        let page = evidence_page(&tongue, &audit);
        context
            .world
            .replace_file(path, page.as_bytes())
            .map_err(|e| Fault::input(format!("`{}` cannot be written: {e}", path.display())))?;
    }
    Ok(if audit.has_failed() { Exit::Failed } else { Exit::Good })
}

/// The documents of an agreement. One that cannot be read is told, and has nothing in it.
fn papers(program: &Program, folder: &Path, context: &mut Context<'_>) -> Result<Vec<Paper>, Fault> {
    let person = context.world.is_terminal(Stream::Error);
    let template = "{bar:24} {pos} of {len} documents compared";
    let mut progress = Progress::new(context.world, person, Some(program.sources.len() as u64), template);
    let mut papers = Vec::new();
    for source in &program.sources {
        progress.at(context.world, papers.len() as u64);
        let paper = paper(context.world, source, folder);
        if let Some(fault) = &paper.fault {
            progress.aside(|| writeln!(context.err, "warning: {fault}"))?;
        }
        papers.push(paper);
    }
    Ok(papers)
}

fn paper(world: &dyn World, source: &SourceDocument, folder: &Path) -> Paper {
    let SourceDocument { name, file, language, .. } = source;
    let read = if is_outside(file) {
        Err("lies outside the folder".to_string())
    } else {
        document::read(world, &folder.join(file), &document::options(None))
    };
    match read {
        Ok(document) => Paper::new(name, file, language.as_deref(), document.text, document.passages),
        Err(why) => Paper::missing(name, file, format!("the document `{file}` of source `{name}` {why}")),
    }
}
