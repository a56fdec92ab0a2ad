//! What the documents say of each declaration, for a terminal.

mod json;
mod marks;
mod page;
mod words;

pub use json::evidence_json;
pub(crate) use page::base64;
pub use page::evidence_page;

use servanda_evidence::{Audit, Disagreement, FigureFinding, Finding, Found, Side, Verdict};

use crate::{Style, Table, Tongue};

/// Most mentions without an account that are listed; the page and the JSON have all of them.
const UNACCOUNTED_MAX: usize = 200;

/// The report: a table of verdicts, what is to be looked at, disagreements, mentions without an account.
pub fn evidence(tongue: &Tongue, audit: &Audit<'_>, style: Style) -> String {
    let mut out = String::new();
    out.push_str(&summary(tongue, audit));
    out.push_str("\n\n");
    out.push_str(&verdicts(tongue, audit, style));
    for verdict in Verdict::ALL {
        for finding in audit.findings.iter().filter(|f| f.verdict == verdict && is_remarkable(f)) {
            out.push('\n');
            out.push_str(&details(tongue, audit, finding, style));
        }
    }
    if !audit.disagreements.is_empty() {
        out.push_str(&heading(tongue, style, "evidence-disagreements"));
        for disagreement in &audit.disagreements {
            out.push_str(&at_odds(tongue, audit, disagreement, style));
        }
    }
    if !audit.unaccounted.is_empty() {
        out.push_str(&heading(tongue, style, "evidence-unaccounted"));
        out.push_str(&unaccounted(tongue, audit, style));
    }
    out
}

fn heading(tongue: &Tongue, style: Style, message: &str) -> String {
    format!("\n{}\n", style.strong(&tongue.say(message, &[])))
}

/// `5 documents, 31 clauses: 12 supported, 3 partly supported, …`
fn summary(tongue: &Tongue, audit: &Audit<'_>) -> String {
    let documents = tongue.say("evidence-document-count", &[("count", audit.papers.len().into())]);
    let counts = audit.verdicts();
    let count =
        |v: &Verdict| format!("{} {}", tongue.number(&(counts[v] as i64).into()), verdict(tongue, *v));
    let verdicts: Vec<String> = Verdict::ALL.iter().filter(|v| counts[v] > 0).map(count).collect();
    format!(
        "{}: {documents}; {}",
        tongue.name(&audit.program.title),
        verdicts.join(&tongue.say("comma", &[]))
    )
}

/// The word for a verdict.
pub(crate) fn verdict(tongue: &Tongue, verdict: Verdict) -> String {
    tongue.say(&format!("evidence-{}", verdict.word()), &[])
}

fn painted(style: Style, verdict: Verdict, text: &str) -> String {
    match verdict {
        Verdict::Contradicted => style.bad(text),
        Verdict::Unsupported | Verdict::PartlySupported => style.open(text),
        Verdict::NotChecked => style.faint(text),
        Verdict::Supported => style.good(text),
    }
}

fn verdicts(tongue: &Tongue, audit: &Audit<'_>, style: Style) -> String {
    let columns =
        ["evidence-verdict", "evidence-kind", "evidence-name", "evidence-figures", "evidence-citations"];
    let mut table = tongue.table(&columns);
    for v in Verdict::ALL {
        for finding in audit.findings.iter().filter(|f| f.verdict == v) {
            table.row(vec![
                painted(style, v, &verdict(tongue, v)),
                words::kind(tongue, finding.declaration.kind),
                words::name(tongue, audit, finding),
                words::found(tongue, finding),
                words::citations(tongue, finding),
            ]);
        }
    }
    table.text(style, 0)
}

/// Whether there is more to say than its row in the table.
fn is_remarkable(finding: &Finding<'_>) -> bool {
    let told = |f: &FigureFinding| !f.found.is_found() || !f.remarks.is_empty();
    finding.figures.iter().any(told)
        || finding.citations.iter().any(|c| !matches!(c.outcome(), "exact" | "unchecked"))
}

fn details(tongue: &Tongue, audit: &Audit<'_>, finding: &Finding<'_>, style: Style) -> String {
    let mut out = format!(
        "{}  {}\n",
        style.strong(&words::name(tongue, audit, finding)),
        painted(style, finding.verdict, &verdict(tongue, finding.verdict))
    );
    for figure in &finding.figures {
        out.push_str(&format!("  {}\n", figure_line(tongue, figure, style)));
        for spot in figure.against.iter().chain(&figure.mentions) {
            out.push_str(&format!(
                "    {}  {}  {}\n",
                style.faint(&words::spot(audit, *spot)),
                words::mentioned(tongue, spot.of(&audit.papers)),
                tongue.name(&words::clean(spot.text(&audit.papers)))
            ));
        }
        if figure.found == Found::Contradicted {
            for (paper, place) in passages_of(audit, finding, figure) {
                out.push_str(&passage(tongue, audit, paper, place, 6, style));
            }
        }
    }
    if let Some(outside) = &finding.declaration.grounds.outside {
        out.push_str(&format!("  {}\n", tongue.say("from-outside", &[("where", outside.into())])));
    }
    for citation in finding.citations.iter().filter(|c| !matches!(c.outcome(), "exact" | "unchecked")) {
        let own =
            format!("{} {}..{}", citation.citation.source, citation.citation.start, citation.citation.end);
        let places: Vec<String> = citation.places().iter().map(|p| p.to_string()).collect();
        let outcome = tongue.say(&format!("evidence-{}", citation.outcome()), &[]);
        let arrow = if places.is_empty() { String::new() } else { format!("  → {}", places.join(", ")) };
        out.push_str(&format!("  {}  {outcome}{arrow}\n", tongue.name(&own)));
    }
    out
}

/// The passages in which a contradicting mention lies, the shortest one for each.
fn passages_of(
    audit: &Audit<'_>,
    finding: &Finding<'_>,
    figure: &FigureFinding,
) -> Vec<(usize, servanda_evidence::Place)> {
    let mut out = Vec::new();
    for spot in &figure.against {
        let at = spot.place(&audit.papers);
        let around = finding
            .passages()
            .into_iter()
            .filter(|(paper, p)| *paper == spot.paper && p.start <= at.start && at.end <= p.end);
        out.extend(around.min_by_key(|(_, p)| p.end - p.start).filter(|p| !out.contains(p)));
    }
    out
}

/// `until 2032: not found`
fn figure_line(tongue: &Tongue, figure: &FigureFinding, style: Style) -> String {
    let found = tongue.say(&format!("evidence-found-{}", figure.found.word()), &[]);
    let found = match figure.found {
        Found::Yes | Found::Sum => style.good(&found),
        Found::Contradicted => style.bad(&found),
        Found::No | Found::Outside => style.open(&found),
    };
    let mut line = format!("{} {}: {found}", figure.stated.field, words::stated(tongue, &figure.stated));
    for remark in notes(tongue, figure) {
        line.push_str(&format!("; {remark}"));
    }
    line
}

/// Remarks on a figure, in words.
pub(crate) fn notes(tongue: &Tongue, figure: &FigureFinding) -> Vec<String> {
    let remarks = figure.remarks.iter().map(|r| tongue.say(&format!("evidence-remark-{}", r.word()), &[]));
    figure.proven.then(|| tongue.say("evidence-proven", &[])).into_iter().chain(remarks).collect()
}

/// A passage below its place, each line in its own direction.
fn passage(
    tongue: &Tongue,
    audit: &Audit<'_>,
    paper: usize,
    place: servanda_evidence::Place,
    indent: usize,
    style: Style,
) -> String {
    let text = words::clean(audit.papers[paper].at(place));
    let lines = style.lines(&text, indent);
    lines.iter().map(|l| format!("{}{}\n", " ".repeat(indent), tongue.name(l))).collect()
}

fn at_odds(tongue: &Tongue, audit: &Audit<'_>, disagreement: &Disagreement, style: Style) -> String {
    let kind = tongue.say(&format!("evidence-kind-{}", disagreement.kind.word()), &[]);
    let mut out = format!(
        "\n  {}  {}\n",
        style.strong(&tongue.name(&words::clean(&disagreement.matter))),
        style.faint(&kind)
    );
    if let Some(note) = &disagreement.note {
        style
            .lines(&words::clean(note), 4)
            .iter()
            .for_each(|l| out.push_str(&format!("    {}\n", tongue.name(l))));
    }
    for side in &disagreement.sides {
        out.push_str(&format!("    {}\n", one_side(tongue, audit, side, style)));
        out.push_str(&passage(tongue, audit, side.paper, side.place, 6, style));
    }
    out
}

/// The place of a side, and its figures.
fn one_side(tongue: &Tongue, audit: &Audit<'_>, side: &Side, style: Style) -> String {
    let figures: Vec<String> =
        side.spots.iter().map(|s| words::mentioned(tongue, s.of(&audit.papers))).collect();
    format!(
        "{}  {}",
        style.faint(&words::place(audit, side.paper, side.place)),
        figures.join(&tongue.say("comma", &[]))
    )
    .trim_end()
    .to_string()
}

fn unaccounted(tongue: &Tongue, audit: &Audit<'_>, style: Style) -> String {
    let mut table: Table =
        tongue.table(&["evidence-place", "evidence-figure", "evidence-passage", "evidence-cited-by"]);
    for entry in audit.unaccounted.iter().take(UNACCOUNTED_MAX) {
        let by: Vec<String> =
            entry.cited_by.iter().map(|i| audit.findings[*i].declaration.name.to_string()).collect();
        table.row(vec![
            words::spot(audit, entry.spot),
            words::mentioned(tongue, entry.spot.of(&audit.papers)),
            tongue.name(&words::clean(entry.spot.text(&audit.papers))),
            by.iter().map(|n| tongue.name(n)).collect::<Vec<_>>().join(", "),
        ]);
    }
    let mut out = table.text(style, 2);
    let more = audit.unaccounted.len().saturating_sub(UNACCOUNTED_MAX);
    if more > 0 {
        out.push_str(&format!("  {}\n", tongue.say("evidence-more", &[("count", more.into())])));
    }
    out
}
