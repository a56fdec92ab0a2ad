//! `servanda check`: everything that is wrong with an agreement.

use std::path::PathBuf;

use serde_json::{Value, json};

use servanda_program::{Program, Status, VersionId};
use servanda_report::{Topic, checklist, checklist_json, checklist_text, explain_program};
use servanda_text::{Diagnostic, Severity, Sources, has_errors, render_all};

use super::locale::Locale;
use crate::agreement::{Agreement, counted};
use crate::citation;
use crate::context::{Context, Exit, Fault};
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda check examples/steel-supply --sources examples/steel-supply/sources\n  \
    servanda check examples/steel-supply --checklist\n\n\
    Exit code: 0 no errors, 1 errors were found, 2 the agreement could not be read."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// Tell for each norm on which acts it is silent, which it forbids, which it permits
    #[arg(long)]
    explain: bool,
    /// A folder with the documents; every citation is looked up and its digest verified
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    /// Hold the text against the 41 clause categories of CUAD and some more: present, undisclosed, absent
    #[arg(long, conflicts_with = "explain")]
    checklist: bool,
    /// With --checklist: the version whose text is looked at (the last that binds, where it is left out)
    #[arg(long = "text", value_name = "VERSION", requires = "checklist")]
    text: Option<String>,
    /// One JSON object for each problem; with --checklist, for each topic
    #[arg(long, conflicts_with = "explain")]
    json: bool,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// Files that cannot be read.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    let agreement = Agreement::load(context.world, &arguments.agreement)?;
    let mut diagnostics = agreement.checked.diagnostics.clone();
    if arguments.checklist {
        // What is open is not what the list is about.
        diagnostics.retain(|d| d.severity != Severity::Note);
    }
    let mut verified = None;
    if let (Some(folder), Some(program)) = (&arguments.sources, &agreement.checked.program) {
        let files = agreement.files();
        let documents = citation::documents(context.world, program, Some(folder))?;
        diagnostics.extend(citation::check(&files, program, &documents));
        verified = Some(citation::count(&files));
    }
    let listed = match &agreement.checked.program {
        Some(program) if arguments.checklist => Some((program, version(arguments, program)?)),
        _ => None,
    };
    if let (Some((program, version)), true) = (&listed, arguments.json) {
        for line in checklist_json(&checklist(program, *version, &topics())) {
            writeln!(context.out, "{line}")?;
        }
    } else if arguments.json {
        for diagnostic in &diagnostics {
            writeln!(context.out, "{}", diagnostic_json(diagnostic, &agreement.sources))?;
        }
    } else {
        write!(
            context.out,
            "{}",
            render_all(&diagnostics, &agreement.sources, context.drawing(Stream::Output))
        )?;
    }
    if let (Some((program, version)), false) = (&listed, arguments.json) {
        let lines = checklist(program, *version, &topics());
        write!(context.out, "{}", checklist_text(&tongue, &lines, context.style(Stream::Output)))?;
    }
    if let (true, Some(program)) = (arguments.explain, &agreement.checked.program) {
        if !diagnostics.is_empty() {
            writeln!(context.out)?;
        }
        write!(context.out, "{}", explain_program(&tongue, program, context.style(Stream::Output)))?;
    }
    if !arguments.json {
        // What was found comes before its summary, also where both go to one place.
        context.out.flush()?;
        writeln!(context.err, "{}", summary(&agreement, &diagnostics, verified))?;
    }
    Ok(if has_errors(&diagnostics) { Exit::Failed } else { Exit::Good })
}

/// The topics that an agreement is held against.
fn topics() -> Vec<Topic<'static>> {
    servanda_model::TOPICS.iter().map(|t| Topic { name: t.name, listed: t.cuad }).collect()
}

/// The version whose text is looked at: the one that is named, or the last that binds.
fn version(arguments: &Arguments, program: &Program) -> Result<Option<VersionId>, Fault> {
    let ids = || (0..program.versions.len()).map(|i| VersionId(i as u32));
    match &arguments.text {
        None => Ok(ids().rfind(|v| program.versions[v.index()].status == Status::Binding)),
        Some(name) => match program.version(name) {
            Some(id) => Ok(Some(id)),
            None => {
                let names: Vec<&str> = program.versions.iter().map(|v| v.name.as_str()).collect();
                Err(Fault::input(format!("there is no version `{name}`; there are {}", names.join(", "))))
            }
        },
    }
}

fn summary(agreement: &Agreement, diagnostics: &[Diagnostic], verified: Option<usize>) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let mut parts = Vec::new();
    for (severity, word) in
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
    {
        if of(severity) > 0 {
            parts.push(counted(of(severity), word));
        }
    }
    let found = if parts.is_empty() { "nothing to mend".to_string() } else { parts.join(", ") };
    let program = agreement.checked.program.as_ref().map(|p| {
        format!(": {}, {}", counted(p.clause_names.len(), "clause"), counted(p.versions.len(), "version"))
    });
    let cited = verified.map(|n| format!("; {} looked up", counted(n, "citation")));
    format!("{found}{}{}", program.unwrap_or_default(), cited.unwrap_or_default())
}

fn diagnostic_json(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let place = |span| {
        let (line, column) = sources.line_column(span);
        json!({"file": sources.get(span.source).name, "line": line, "column": column,
            "start": span.start, "end": span.end})
    };
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let label = |l: &servanda_text::Label| json!({"place": place(l.span), "text": l.text});
    json!({
        "code": diagnostic.code,
        "severity": severity,
        "message": diagnostic.message,
        "place": diagnostic.primary.as_ref().map(|l| place(l.span)),
        "label": diagnostic.primary.as_ref().map(|l| l.text.clone()).filter(|t| !t.is_empty()),
        "labels": diagnostic.secondary.iter().map(label).collect::<Vec<_>>(),
        "help": diagnostic.help,
    })
}
