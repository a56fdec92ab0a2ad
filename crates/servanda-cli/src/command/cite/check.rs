//! `servanda cite check`: what became of the passages that an agreement cites.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use servanda_evidence::{Located, Place, Text, locate};
use servanda_program::Citation;
use servanda_report::{Style, Table};
use servanda_syntax::ast::Cite;

use super::write::{Rewrite, rewrite};
use super::{notation, spelt};
use crate::agreement::{Agreement, counted, deed_files};
use crate::citation::{citation, cites, documents, places, texts};
use crate::context::{Context, Exit, Fault};
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda cite check examples/steel-supply --sources examples/steel-supply/sources\n  \
    servanda cite check lease.deed --sources papers --write\n  \
    servanda cite check lease.deed --sources papers --write --accept lease:120\n\n\
    exact: it is at its place. moved: the same characters stand elsewhere. edited: it is known where it is, and it says something\n\
    else. ambiguous: several places may be it. lost: it is not there. unchecked: the citation has no digest.\n\
    Exit code: 0 all are exact, or were written so; 1 one is not; 2 input that cannot be used."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// A folder with the documents
    #[arg(long, value_name = "DIR")]
    sources: PathBuf,
    /// One JSON object for each citation
    #[arg(long)]
    json: bool,
    /// Write moved citations to their new place, and the anchors of exact and moved ones anew, in the `.deed` files
    #[arg(long)]
    write: bool,
    /// Write an edited citation too, or an ambiguous one with one place: the name of its source and its first character,
    /// as it is written now
    #[arg(long, value_name = "NAME:START", requires = "write")]
    accept: Vec<String>,
}

/// A citation of the agreement.
struct Row<'a> {
    /// Which of the files it is in.
    file: usize,
    line: usize,
    cite: &'a Cite,
    citation: Citation,
    /// `None` where there is no document.
    located: Option<Located>,
    /// What is written in its place.
    new: Option<String>,
    written: bool,
}

/// Runs the command.
///
/// # Errors
/// An agreement with errors, no folder of sources, an `--accept` of nothing, files that cannot be written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let paths = deed_files(context.world, &arguments.agreement)?;
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let documents = documents(context.world, program, Some(&arguments.sources))?;
    let texts = texts(&documents, program);
    let files = agreement.files();
    let accepted = accepted(&arguments.accept)?;
    let mut located: BTreeMap<Citation, Option<Located>> = BTreeMap::new();
    let mut rows = Vec::new();
    // The first texts are those of the files, in their order; what they import comes after.
    for (index, file) in files.iter().take(paths.len()).enumerate() {
        for cite in cites(file) {
            let citation = citation(cite);
            let text = texts.get(&citation.source);
            let found = located.entry(citation.clone()).or_insert_with(|| Some(locate(&citation, text?)));
            let (line, _) = agreement.sources.line_column(cite.at.0);
            let located = found.clone();
            let new = text.zip(located.as_ref()).and_then(|(text, l)| anew(&citation, text, l, &accepted));
            rows.push(Row { file: index, line, cite, citation, located, new, written: false });
        }
    }
    for (name, start) in &accepted {
        let mut own = rows.iter().filter(|r| r.citation.source == *name && r.citation.start == *start);
        if !own.any(|r| r.located.as_ref().and_then(acceptable).is_some()) {
            return Err(Fault::input(format!(
                "--accept {name}:{start}: no citation of `{name}` that begins at {start} is edited, or ambiguous with one place"
            )));
        }
    }
    if arguments.write {
        for (index, path) in paths.iter().enumerate() {
            let own = || rows.iter().filter(|r| r.file == index);
            let rewrites: Vec<Rewrite<'_>> = own()
                .filter_map(|r| Some(Rewrite { place: r.cite.at.0.range(), new: r.new.as_deref()? }))
                .collect();
            let text = agreement.sources.iter().nth(index).map(|(_, s)| s.text.as_str()).unwrap_or_default();
            let done: BTreeSet<usize> = rewrite(context, path, text, &rewrites)?;
            for row in rows.iter_mut().filter(|r| r.file == index) {
                row.written = done.contains(&row.cite.at.0.range().start);
            }
        }
    }
    let names: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
    tell(arguments, &names, &rows, context)?;
    for (_, code, message) in &documents.faults {
        writeln!(context.err, "warning[{code}]: {message}")?;
    }
    writeln!(context.err, "{}", summary(&rows))?;
    let good = |r: &Row<'_>| r.located == Some(Located::Exact) || r.written;
    Ok(if rows.iter().all(good) { Exit::Good } else { Exit::Failed })
}

/// `NAME:START`, several times.
fn accepted(list: &[String]) -> Result<Vec<(String, u32)>, Fault> {
    let read = |one: &String| {
        let (name, start) = one.rsplit_once(':')?;
        Some((name.trim_matches('`').to_string(), start.parse().ok()?))
    };
    let wrong = |one: &String| Fault::input(format!("--accept {one}: write NAME:START, such as lease:120"));
    list.iter().map(|one| read(one).ok_or_else(|| wrong(one))).collect()
}

/// The place that a person may accept.
fn acceptable(located: &Located) -> Option<Place> {
    match located {
        Located::Edited { place, .. } => Some(*place),
        Located::Ambiguous { candidates } if candidates.len() == 1 => candidates.first().copied(),
        _ => None,
    }
}

/// A citation as it should be written; `None` where it stays, or where a person has to look first.
fn anew(
    citation: &Citation,
    text: &Text<'_>,
    located: &Located,
    accepted: &[(String, u32)],
) -> Option<String> {
    let place: Place = match located {
        Located::Exact if citation.anchor == text.anchor(citation.start..citation.end) => return None,
        Located::Exact => (citation.start..citation.end).into(),
        Located::Moved { place, .. } => *place,
        _ => {
            let said = accepted.iter().any(|(n, s)| *n == citation.source && *s == citation.start);
            acceptable(located).filter(|_| said)?
        }
    };
    Some(notation(&spelt(&citation.source), text, place))
}

fn tell(
    arguments: &Arguments,
    names: &[String],
    rows: &[Row<'_>],
    context: &mut Context<'_>,
) -> Result<(), Fault> {
    if arguments.json {
        for row in rows {
            writeln!(context.out, "{}", row_json(&names[row.file], row))?;
        }
    } else if !rows.is_empty() {
        let style = context.style(Stream::Output);
        let mut table = Table::new(&["where", "citation", "passage", "at", "windows", ""]);
        for row in rows {
            let Row { citation, line, .. } = row;
            let (at, windows) = detail(row);
            table.row(vec![
                format!("{}:{line}", names[row.file]),
                format!("{} {}..{}", spelt(&citation.source), citation.start, citation.end),
                outcome(row, style),
                at,
                windows,
                remark(row),
            ]);
        }
        write!(context.out, "{}", table.text(style, 0))?;
    }
    context.out.flush()?;
    Ok(())
}

/// The outcome in a word.
fn word(located: &Option<Located>) -> &'static str {
    match located {
        None => "no document",
        Some(Located::Exact) => "exact",
        Some(Located::Moved { .. }) => "moved",
        Some(Located::Edited { .. }) => "edited",
        Some(Located::Ambiguous { .. }) => "ambiguous",
        Some(Located::Lost { .. }) => "lost",
        Some(Located::Unchecked) => "unchecked",
    }
}

fn outcome(row: &Row<'_>, style: Style) -> String {
    let word = word(&row.located);
    match &row.located {
        Some(Located::Exact) => style.good(word),
        Some(Located::Moved { .. } | Located::Unchecked) => style.open(word),
        _ => style.bad(word),
    }
}

/// Where the passage is, and how many windows of the anchor say so.
fn detail(row: &Row<'_>) -> (String, String) {
    match &row.located {
        Some(Located::Moved { place, confidence } | Located::Edited { place, confidence, .. }) => {
            let windows = format!("{} of {}", confidence.agree, confidence.of);
            (place.to_string(), windows)
        }
        Some(Located::Ambiguous { candidates }) => (places(candidates), String::new()),
        Some(Located::Lost { was: Some(was) }) => (format!("was at {was}"), String::new()),
        _ => (String::new(), String::new()),
    }
}

fn remark(row: &Row<'_>) -> String {
    let said = match (&row.located, row.written) {
        (_, true) => "written",
        (Some(Located::Edited { same_letters: true, .. }), _) => "only its layout differs",
        (Some(Located::Exact), _) if row.citation.anchor.is_none() => "no anchor",
        _ => "",
    };
    said.to_string()
}

fn row_json(file: &str, row: &Row<'_>) -> Value {
    let place = |p: &Place| json!({"start": p.start, "end": p.end});
    let mut out = Map::new();
    out.insert("file".into(), file.into());
    out.insert("line".into(), row.line.into());
    out.insert("source".into(), row.citation.source.as_str().into());
    out.insert("start".into(), row.citation.start.into());
    out.insert("end".into(), row.citation.end.into());
    out.insert("anchor".into(), row.citation.anchor.is_some().into());
    out.insert("passage".into(), word(&row.located).into());
    match &row.located {
        Some(Located::Moved { place: p, confidence } | Located::Edited { place: p, confidence, .. }) => {
            out.insert("place".into(), place(p));
            out.insert("windows".into(), json!({"agree": confidence.agree, "of": confidence.of}));
        }
        Some(Located::Ambiguous { candidates }) => {
            out.insert("candidates".into(), candidates.iter().map(place).collect());
        }
        Some(Located::Lost { was: Some(was) }) => drop(out.insert("was".into(), place(was))),
        _ => {}
    }
    if let Some(Located::Edited { same_letters, .. }) = &row.located {
        out.insert("same_letters".into(), (*same_letters).into());
    }
    out.insert("written".into(), row.written.into());
    Value::Object(out)
}

/// `98 citations: 96 exact, 2 moved; 2 written`
fn summary(rows: &[Row<'_>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    rows.iter().for_each(|r| *counts.entry(word(&r.located)).or_default() += 1);
    let order = ["exact", "moved", "edited", "ambiguous", "lost", "unchecked", "no document"];
    let parts: Vec<String> = order.iter().filter_map(|w| counts.get(w).map(|n| format!("{n} {w}"))).collect();
    let list = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let written = rows.iter().filter(|r| r.written).count();
    let written = if written > 0 { format!("; {written} written") } else { String::new() };
    format!("{}{list}{written}", counted(rows.len(), "citation"))
}
