//! Passages that speak of one matter and differ. `docs/evidence.md`, "Disagreements", defines the kinds.

mod figures;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use servanda_mention::{Kind, Mention, Value};
use servanda_program::Program;

use crate::audit::paper::{Paper, Spot};
use crate::audit::{FigureFinding, Finding, Found, Settings};
use crate::citation::locate::Place;
use crate::claim::compare::{Likeness, alike, compare};
use crate::claim::{DeclarationKind, Quantity, Stated};

/// Most disagreements that are told, and most sides of one.
pub(crate) const DISAGREEMENTS_MAX: usize = 2_000;

/// Most sides of a disagreement.
const SIDES_MAX: usize = 64;

/// How passages differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisagreementKind {
    /// They mention other figures of one kind and unit.
    Figures,
    /// A reading gives several figures.
    Claims,
    /// One mentions a range, another a single figure.
    Range,
    /// They qualify one figure in two ways.
    Qualifier,
    /// A later version changes a figure or a term.
    Amendment,
    /// A version ends or suspends a clause.
    Ended,
    /// A share of an amount, and qualifiers that do not go together.
    Arithmetic,
    /// A length of time and a year that leave the other year unmentioned.
    Duration,
    /// An amount that is hardly meant.
    Implausible,
    /// The agreement records several readings.
    Reading,
    /// The agreement notes something.
    Noted,
}

impl DisagreementKind {
    /// All of them, in the order of the report.
    pub const ALL: [DisagreementKind; 11] = [
        DisagreementKind::Figures,
        DisagreementKind::Claims,
        DisagreementKind::Range,
        DisagreementKind::Qualifier,
        DisagreementKind::Amendment,
        DisagreementKind::Ended,
        DisagreementKind::Arithmetic,
        DisagreementKind::Duration,
        DisagreementKind::Implausible,
        DisagreementKind::Reading,
        DisagreementKind::Noted,
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            DisagreementKind::Figures => "figures",
            DisagreementKind::Claims => "claims",
            DisagreementKind::Range => "range",
            DisagreementKind::Qualifier => "qualifier",
            DisagreementKind::Amendment => "amendment",
            DisagreementKind::Ended => "ended",
            DisagreementKind::Arithmetic => "arithmetic",
            DisagreementKind::Duration => "duration",
            DisagreementKind::Implausible => "implausible",
            DisagreementKind::Reading => "reading",
            DisagreementKind::Noted => "noted",
        }
    }

    /// Whether the agreement says so itself, and nothing was compared.
    pub fn is_recorded(self) -> bool {
        matches!(self, DisagreementKind::Reading | DisagreementKind::Noted)
    }
}

/// A passage of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// Its document, an index into the documents.
    pub paper: usize,
    /// Its place.
    pub place: Place,
    /// The mentions in it that matter.
    pub spots: Vec<Spot>,
}

/// Passages that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// How.
    pub kind: DisagreementKind,
    /// About what: a name of the agreement, or the characters of a mention.
    pub matter: String,
    /// The declarations that bring the passages together, indices into the findings.
    pub declarations: Vec<usize>,
    /// The passages.
    pub sides: Vec<Side>,
    /// What the agreement notes of it; the fields that an amendment changes.
    pub note: Option<String>,
}

/// All disagreements, by kind.
pub(crate) fn disagreements(
    program: &Program,
    findings: &[Finding<'_>],
    papers: &[Paper],
    settings: &Settings,
) -> Vec<Disagreement> {
    let mut all = Vec::new();
    let claimed: BTreeSet<Spot> =
        findings.iter().flat_map(|f| &f.figures).flat_map(|f| f.mentions.iter().copied()).collect();
    for (i, finding) in findings.iter().enumerate() {
        all.extend(figures(i, finding, &claimed, papers));
        all.extend(ranges(i, finding, papers));
        all.extend(qualifiers(i, finding, papers));
    }
    all.extend(figures::repeated(papers, &all));
    all.extend(terms::claims(findings, papers));
    all.extend(terms::amendments(program, findings, papers));
    all.extend(terms::endings(program, findings, papers));
    all.extend(terms::recorded(findings, papers));
    all.extend(figures::arithmetic(papers));
    all.extend(figures::durations(papers));
    all.extend(figures::implausible(papers, settings));
    all.retain(|d| !d.sides.is_empty());
    for disagreement in &mut all {
        disagreement.sides = merged(std::mem::take(&mut disagreement.sides));
        disagreement.sides.truncate(SIDES_MAX);
    }
    all.sort_by_key(|d| DisagreementKind::ALL.iter().position(|k| *k == d.kind));
    all.truncate(DISAGREEMENTS_MAX);
    all
}

/// Each passage once, with all its mentions.
fn merged(sides: Vec<Side>) -> Vec<Side> {
    let mut all: BTreeMap<(usize, Place), BTreeSet<Spot>> = BTreeMap::new();
    for side in sides {
        all.entry((side.paper, side.place)).or_default().extend(side.spots);
    }
    all.into_iter()
        .map(|((paper, place), spots)| Side { paper, place, spots: spots.into_iter().collect() })
        .collect()
}

/// The passages of a finding as sides, each with the mentions that a test picks.
pub(crate) fn sides(finding: &Finding<'_>, papers: &[Paper], pick: impl Fn(Spot) -> bool) -> Vec<Side> {
    let side = |(paper, place): (usize, Place)| Side {
        paper,
        place,
        spots: papers[paper].within(paper, place).filter(|s| pick(*s)).collect(),
    };
    finding.passages().into_iter().map(side).collect()
}

/// Whether figures of a mention's kind are compared: amounts and shares always, others where such a one is stated.
fn matters(finding: &Finding<'_>, mention: &Mention) -> bool {
    match mention.kind {
        Kind::Money | Kind::Percent => true,
        _ => finding.figures.iter().any(|f| compare(&f.stated, mention) != Likeness::Unlike),
    }
}

/// Passages of one declaration with figures of one kind and unit, none of which is equal.
fn figures(
    index: usize,
    finding: &Finding<'_>,
    claimed: &BTreeSet<Spot>,
    papers: &[Paper],
) -> Vec<Disagreement> {
    // Alternatives of a reading are claims; they are shown as such.
    if finding.figures.iter().any(|f| f.stated.alternative.is_some()) {
        return Vec::new();
    }
    let passages = sides(finding, papers, |s| matters(finding, s.of(papers)));
    let mut classes: Vec<Mention> = Vec::new();
    for spot in passages.iter().flat_map(|s| &s.spots) {
        if !classes.iter().any(|c| alike(c, spot.of(papers))) {
            classes.push(spot.of(papers).clone());
        }
    }
    let mut out = Vec::new();
    for class in classes {
        let of_class: Vec<Side> = passages
            .iter()
            .map(|s| Side {
                spots: s.spots.iter().copied().filter(|s| alike(&class, s.of(papers))).collect(),
                ..s.clone()
            })
            .filter(|s| !s.spots.is_empty())
            .collect();
        let mut at_odds = BTreeSet::new();
        for (i, a) in of_class.iter().enumerate() {
            for b in &of_class[i + 1..] {
                if disjoint(a, b, papers) && !(explained(a, claimed) && explained(b, claimed)) {
                    at_odds.extend([a.clone(), b.clone()]);
                }
            }
        }
        if !at_odds.is_empty() {
            out.push(Disagreement {
                kind: DisagreementKind::Figures,
                matter: finding.declaration.name.to_string(),
                declarations: vec![index],
                sides: at_odds.into_iter().collect(),
                note: None,
            });
        }
    }
    out
}

fn disjoint(a: &Side, b: &Side, papers: &[Paper]) -> bool {
    let overlap = a.paper == b.paper && a.place.start < b.place.end && b.place.start < a.place.end;
    !overlap && !a.spots.iter().any(|x| b.spots.iter().any(|y| x.of(papers).value == y.of(papers).value))
}

/// Whether every mention of a side is what some declaration states that cites it: then the agreement says what it is.
fn explained(side: &Side, claimed: &BTreeSet<Spot>) -> bool {
    side.spots.iter().all(|s| claimed.contains(s))
}

/// A range in one passage, a single figure in another.
fn ranges(index: usize, finding: &Finding<'_>, papers: &[Paper]) -> Vec<Disagreement> {
    let passages = sides(finding, papers, |s| matters(finding, s.of(papers)));
    let mut with_range = Vec::new();
    for side in &passages {
        for pair in side.spots.windows(2) {
            if figures::is_range(papers, pair[0], pair[1]) {
                with_range.push((side, pair[0], pair[1]));
            }
        }
    }
    let Some((side, low, high)) = with_range.first() else { return Vec::new() };
    let single = |other: &&Side| {
        let of_class: Vec<&Spot> =
            other.spots.iter().filter(|s| alike(s.of(papers), low.of(papers))).collect();
        disjoint(side, other, papers) && of_class.len() == 1
    };
    let singles: Vec<Side> = passages.iter().filter(single).cloned().collect();
    if singles.is_empty() {
        return Vec::new();
    }
    let first = Side { spots: vec![*low, *high], ..(*side).clone() };
    vec![Disagreement {
        kind: DisagreementKind::Range,
        matter: finding.declaration.name.to_string(),
        declarations: vec![index],
        sides: std::iter::once(first).chain(singles).collect(),
        note: None,
    }]
}

/// A stated figure that the passages qualify in several ways.
fn qualifiers(index: usize, finding: &Finding<'_>, papers: &[Paper]) -> Vec<Disagreement> {
    let mut out = Vec::new();
    let of_figure =
        |f: &&FigureFinding| f.found == Found::Yes && matches!(f.stated.quantity, Quantity::Figure(_));
    for figure in finding.figures.iter().filter(of_figure) {
        let ways: BTreeSet<_> = figure.mentions.iter().map(|s| s.of(papers).qualifier).collect();
        if ways.len() > 1 {
            let own = sides(finding, papers, |s| figure.mentions.contains(&s));
            out.push(Disagreement {
                kind: DisagreementKind::Qualifier,
                matter: matter(finding, &figure.stated),
                declarations: vec![index],
                sides: own.into_iter().filter(|s| !s.spots.is_empty()).collect(),
                note: None,
            });
        }
    }
    out
}

/// `equity-stake: value share`
fn matter(finding: &Finding<'_>, stated: &Stated) -> String {
    match finding.declaration.kind {
        DeclarationKind::Clause | DeclarationKind::Law => {
            format!("{}: {}", finding.declaration.name, stated.field)
        }
        _ => finding.declaration.name.to_string(),
    }
}

/// The values of some kinds by document, for what is compared over all of it.
pub(crate) fn by_value(papers: &[Paper]) -> BTreeMap<(usize, Kind, Option<&str>, String), Vec<Spot>> {
    let mut all: BTreeMap<(usize, Kind, Option<&str>, String), Vec<Spot>> = BTreeMap::new();
    for (paper, p) in papers.iter().enumerate() {
        for (i, m) in p.mentions.iter().enumerate() {
            let m = &m.mention;
            let value = match &m.value {
                Value::Number(number) => number.to_string(),
                Value::Date(date) => date.to_string(),
            };
            let spot = Spot { paper, mention: i };
            all.entry((paper, m.kind, m.unit.as_deref(), value)).or_default().push(spot);
        }
    }
    all
}
