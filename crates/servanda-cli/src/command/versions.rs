//! `servanda versions`: how far each version has come, the text that governs, and who wrote its fields.

use std::path::PathBuf;

use serde_json::{Value, json};

use servanda_engine::{Ask, Outcome, Question, Role};
use servanda_model::{StandingText, VersionText};
use servanda_program::{ClauseName, Moment, Program, Status, VersionId};
use servanda_quantity::Day;
use servanda_report::{Style, Tongue, VersionRow, VersionState};
use servanda_syntax::print_clause;
use servanda_text::nearest;

use super::locale::Locale;
use crate::agreement::Agreement;
use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  servanda versions examples/microsoft-openai --as-of 2025-06-01\n  \
    servanda versions examples/steel-supply --text signed-2026")]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// The day asked about (today, where it is left out)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Show the text of this version instead of the one that governs
    #[arg(long, value_name = "VERSION")]
    text: Option<String>,
    /// A log of events, on which conditions of versions may rest
    #[arg(long, value_name = "LOG.jsonl")]
    events: Vec<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// An agreement or a log that cannot be used, a version that there is not.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let history = History::load(context.world, program, &arguments.events)?;
    let day = match &arguments.as_of {
        None => history.today,
        Some(day) => day
            .parse()
            .map_err(|_| Fault::input(format!("--as-of `{day}`: write a date such as 2026-06-01")))?,
    };
    let governs = governing(&history, program, day)?;
    // JSON is the same in every locale.
    let tongue = if arguments.json { Tongue::english() } else { tongue };
    let rows: Vec<VersionRow> =
        (0..program.versions.len()).map(|i| row(&tongue, program, i, governs, day)).collect();
    let shown = match &arguments.text {
        None => governs.map(|v| program.versions[v.index()].name.clone()),
        Some(name) => {
            if program.version(name).is_none() {
                let near = nearest(name, program.versions.iter().map(|v| v.name.as_str()));
                let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                return Err(Fault::input(format!("there is no version `{name}`{hint}")));
            }
            Some(name.clone())
        }
    };
    let text = shown.as_ref().and_then(|name| agreement.checked.texts.iter().find(|t| t.version == *name));
    if arguments.json {
        writeln!(context.out, "{}", as_json(day, program, governs, &rows, text))?;
        return Ok(Exit::Good);
    }
    let style = context.style(Stream::Output);
    let with = [("agreement", style.strong(&program.name).into()), ("day", tongue.day(day).into())];
    writeln!(context.out, "{}\n", tongue.say("versions-on", &with))?;
    write!(context.out, "{}", servanda_report::versions(&tongue, &rows, style))?;
    if let Some(text) = text {
        write!(
            context.out,
            "\n{}\n",
            style.strong(&tongue.say("versions-text", &[("version", (&text.version).into())]))
        )?;
        for standing in &text.clauses {
            write!(context.out, "\n{}", clause(&tongue, standing, style))?;
        }
    }
    Ok(Exit::Good)
}

/// A clause of a text, and which version wrote each of its fields.
fn clause(tongue: &Tongue, standing: &StandingText, style: Style) -> String {
    let mut out = print_clause(&standing.clause);
    out.push('\n');
    if let Some(by) = &standing.ended {
        out.push_str(&format!("  {}\n", style.bad(&tongue.say("versions-ended", &[("version", by.into())]))));
    }
    let mut blame = tongue.table(&["column-field", "column-written-by"]);
    for (label, version) in &standing.blame {
        blame.row(vec![label.clone(), version.clone()]);
    }
    if !blame.is_empty() {
        out.push_str(&blame.text(style, 4));
    }
    out
}

/// The version whose text governs a day: any clause that has begun tells.
pub(super) fn governing(
    history: &History<'_>,
    program: &Program,
    day: Day,
) -> Result<Option<VersionId>, Fault> {
    for clause in 0..program.clause_names.len() {
        let question = Question {
            as_of: day,
            known_at: None,
            version: None,
            events: Vec::new(),
            assume: Default::default(),
            ask: Ask::InForce(ClauseName(clause as u32)),
        };
        let answer = history.engine.ask(&question)?;
        if matches!(answer.outcome, Outcome::InForce | Outcome::Ended | Outcome::Depends) {
            let stands = answer.because.iter().find(|b| b.role == Role::Stands && b.version.is_some());
            if let Some(version) = stands.and_then(|b| b.version) {
                return Ok(Some(version));
            }
        }
    }
    // No clause has begun: the days of the versions are all there is to go by.
    let begun = |v: &servanda_program::Version| {
        v.status == Status::Binding
            && v.requires.is_none()
            && matches!(v.effective, Some(Moment::Day(d)) if d <= day)
    };
    Ok(program.versions.iter().rposition(begun).map(|i| VersionId(i as u32)))
}

fn row(tongue: &Tongue, program: &Program, index: usize, governs: Option<VersionId>, day: Day) -> VersionRow {
    let version = &program.versions[index];
    let effective = match (&version.effective, &version.requires) {
        (None, _) => "–".to_string(),
        (Some(moment), None) => tongue.moment(program, moment),
        (Some(moment), Some(cond)) => {
            let (moment, condition) = (tongue.moment(program, moment), tongue.condition(program, cond));
            tongue.say("versions-once", &[("moment", moment.into()), ("condition", condition.into())])
        }
    };
    VersionRow {
        name: version.name.clone(),
        base: version.base.map(|b| program.versions[b.index()].name.clone()),
        signed: version.signed,
        effective,
        state: state(program, VersionId(index as u32), governs, day),
        title: tongue.version_title(program, VersionId(index as u32)).to_string(),
    }
}

pub(super) fn state(program: &Program, id: VersionId, governs: Option<VersionId>, day: Day) -> VersionState {
    let version = &program.versions[id.index()];
    match version.status {
        Status::Reported => return VersionState::Reported,
        Status::Proposed => return VersionState::Proposed,
        Status::NonBinding => return VersionState::NonBinding,
        Status::Binding => {}
    }
    if governs == Some(id) {
        return VersionState::InForce;
    }
    let base = |v: VersionId| program.versions[v.index()].base;
    // A base stands before what builds on it, so this walk ends.
    let above = |from: Option<VersionId>| std::iter::successors(from, move |v| base(*v).filter(|b| b < v));
    if above(governs).any(|v| v == id) {
        return VersionState::Superseded;
    }
    let over = |v: VersionId| {
        let version = &program.versions[v.index()];
        version.requires.is_some() && matches!(version.lapses, Some(Moment::Day(d)) if d <= day)
    };
    let governed = |v: VersionId| above(governs).any(|g| g == v);
    if above(Some(id)).any(|v| over(v) && !governed(v)) {
        return VersionState::Lapsed;
    }
    match version.signed {
        Some(signed) if signed > day => VersionState::NotYet,
        _ if version.requires.is_some() => VersionState::Conditional,
        Some(_) => VersionState::Signed,
        None => VersionState::NotYet,
    }
}

fn as_json(
    day: Day,
    program: &Program,
    governs: Option<VersionId>,
    rows: &[VersionRow],
    text: Option<&VersionText>,
) -> Value {
    let version = |r: &VersionRow| {
        json!({"name": r.name, "title": r.title, "base": r.base, "signed": r.signed.map(|d| d.to_string()),
            "effective": r.effective, "status": r.state.word()})
    };
    let clause = |s: &StandingText| {
        let blame = |(field, version): &(String, String)| json!({"field": field, "version": version});
        json!({
            "clause": s.clause.name.text,
            "title": s.clause.title.as_ref().map(|t| t.value.clone()),
            "text": print_clause(&s.clause),
            "ended": s.ended,
            "blame": s.blame.iter().map(blame).collect::<Vec<_>>(),
        })
    };
    json!({
        "agreement": program.name,
        "as_of": day.to_string(),
        "governs": governs.map(|v| program.versions[v.index()].name.clone()),
        "versions": rows.iter().map(version).collect::<Vec<_>>(),
        "text": text.map(|t| json!({
            "version": t.version,
            "clauses": t.clauses.iter().map(clause).collect::<Vec<_>>(),
        })),
    })
}
