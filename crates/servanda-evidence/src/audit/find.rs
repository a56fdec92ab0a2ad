//! Where citations lead, and which stated figures stand there.

use std::collections::{BTreeMap, BTreeSet};

use servanda_mention::Value;
use servanda_program::Citation;
use servanda_quantity::{Number, Unit};

use crate::audit::paper::{Paper, Spot};
use crate::audit::swap::restored;
use crate::audit::{CitationFinding, FigureFinding, Finding, Found};
use crate::citation::anchor::Text;
use crate::citation::locate::{Confidence, Located, Place, locate};
use crate::claim::compare::{Likeness, Remark, compare, may_replace, same_qualifier};
use crate::claim::{Declaration, DeclarationKind, Quantity, Stated};

/// A mention that is known to stand in the place of a stated figure, by a digest.
#[derive(Debug, Clone)]
pub(crate) struct Proof {
    pub(crate) declaration: String,
    pub(crate) stated: Stated,
    pub(crate) spot: Spot,
}

/// Looks every citation up. Proofs come with passages that nothing but a changed figure hides.
pub(crate) fn locate_all<'p>(
    declarations: &[Declaration<'p>],
    papers: &[Paper],
    texts: &[Option<Text<'_>>],
) -> (BTreeMap<String, Vec<CitationFinding<'p>>>, Vec<Proof>) {
    let index: BTreeMap<&str, usize> = papers.iter().enumerate().map(|(i, p)| (p.name.as_str(), i)).collect();
    let mut known: BTreeMap<&Citation, Located> = BTreeMap::new();
    let mut proofs: Vec<Proof> = Vec::new();
    let all = all_stated(declarations);
    for declaration in declarations {
        for citation in &declaration.grounds.cites {
            let Some((paper, text)) = paper_of(&index, texts, citation) else { continue };
            let located = known.entry(citation).or_insert_with(|| locate(citation, text));
            if !matches!(located, Located::Lost { .. } | Located::Ambiguous { .. }) {
                continue;
            }
            // Whoever states the figure: a passage that one declaration cites may be known by what another states.
            for (place, stated, spot) in hidden(&all, citation, papers, paper, text) {
                let confidence = Confidence { agree: 0, of: 0 };
                *located = Located::Edited { place, confidence, same_letters: false };
                let by = declarations
                    .iter()
                    .filter(|d| d.grounds.cites.contains(citation) && d.stated.contains(stated));
                proofs.extend(by.map(|d| Proof { declaration: d.id.clone(), stated: stated.clone(), spot }));
            }
        }
    }
    let mut out: BTreeMap<String, Vec<CitationFinding<'p>>> = BTreeMap::new();
    for declaration in declarations {
        let of = |citation: &'p Citation| CitationFinding {
            citation,
            paper: paper_of(&index, texts, citation).map(|(paper, _)| paper),
            located: known.get(citation).cloned().unwrap_or(Located::Lost { was: None }),
        };
        out.insert(declaration.id.clone(), declaration.grounds.cites.iter().map(of).collect());
    }
    (out, proofs)
}

/// Most stated figures that are put back into a lost passage.
const STATED_MAX: usize = 1_000;

/// What all declarations state, each once.
fn all_stated<'d>(declarations: &'d [Declaration<'_>]) -> Vec<&'d Stated> {
    let mut all: Vec<&Stated> = Vec::new();
    for stated in declarations.iter().flat_map(|d| &d.stated) {
        if all.len() < STATED_MAX && !all.contains(&stated) {
            all.push(stated);
        }
    }
    all
}

fn paper_of<'t, 'x>(
    index: &BTreeMap<&str, usize>,
    texts: &'x [Option<Text<'t>>],
    citation: &Citation,
) -> Option<(usize, &'x Text<'t>)> {
    let paper = *index.get(citation.source.as_str())?;
    Some((paper, texts[paper].as_ref()?))
}

/// A passage at its old place of which only a figure was changed: its place, and which figure stood where.
fn hidden<'s>(
    all: &[&'s Stated],
    citation: &Citation,
    papers: &[Paper],
    paper: usize,
    text: &Text<'_>,
) -> Vec<(Place, &'s Stated, Spot)> {
    let place = Place { start: citation.start, end: citation.end };
    let mut out = Vec::new();
    for spot in papers[paper].within(paper, place) {
        for stated in all.iter().filter(|s| may_replace(s, spot.of(papers))) {
            if let Some(place) = restored(citation, stated, spot.of(papers), text, None) {
                out.push((place, *stated, spot));
            }
        }
    }
    out
}

/// Which stated figures stand in the passages.
pub(crate) fn found(
    declaration: &Declaration<'_>,
    citations: &[CitationFinding<'_>],
    papers: &[Paper],
) -> Vec<FigureFinding> {
    let spots = spots(citations, papers);
    declaration.stated.iter().map(|stated| figure(stated, declaration, &spots, papers)).collect()
}

/// The mentions in the passages of some citations.
fn spots(citations: &[CitationFinding<'_>], papers: &[Paper]) -> BTreeSet<Spot> {
    let passages = citations.iter().filter_map(CitationFinding::passage);
    passages.flat_map(|(paper, place)| papers[paper].within(paper, place)).collect()
}

/// Terms of clauses that stand where the version is cited that brought the clause: one sentence of an instrument gives
/// a term to many of its clauses.
pub(crate) fn terms_of_versions(findings: &mut [Finding<'_>], papers: &[Paper]) {
    let versions: BTreeMap<usize, BTreeSet<Spot>> = findings
        .iter()
        .filter(|f| f.declaration.kind == DeclarationKind::Version)
        .filter_map(|f| Some((f.declaration.versions.first()?.index(), spots(&f.citations, papers))))
        .collect();
    for finding in findings.iter_mut().filter(|f| f.declaration.kind == DeclarationKind::Clause) {
        let Some(spots) = finding.declaration.versions.first().and_then(|v| versions.get(&v.index())) else {
            continue;
        };
        for figure in
            finding.figures.iter_mut().filter(|f| !f.found.is_found() && is_term(&f.stated.quantity))
        {
            let equal = |s: &&Spot| matches!(compare(&figure.stated, s.of(papers)), Likeness::Equal(_));
            let mentions: Vec<Spot> = spots.iter().filter(equal).copied().collect();
            if !mentions.is_empty() {
                figure.found = Found::Yes;
                figure.mentions = mentions;
                figure.remarks.insert(Remark::Version);
            }
        }
    }
}

/// Whether what is stated is a term: a year, a month, a day.
pub(crate) fn is_term(quantity: &Quantity) -> bool {
    matches!(quantity, Quantity::Day(_) | Quantity::Year(_) | Quantity::Month(..))
}

fn figure(
    stated: &Stated,
    declaration: &Declaration<'_>,
    spots: &BTreeSet<Spot>,
    papers: &[Paper],
) -> FigureFinding {
    let mut finding = FigureFinding {
        stated: stated.clone(),
        found: if declaration.grounds.outside.is_some() { Found::Outside } else { Found::No },
        mentions: Vec::new(),
        against: Vec::new(),
        proven: false,
        remarks: BTreeSet::new(),
    };
    let mut remarks: Vec<Option<Remark>> = Vec::new();
    for spot in spots {
        if let Likeness::Equal(remark) = compare(stated, spot.of(papers)) {
            finding.mentions.push(*spot);
            remarks.push(remark);
        }
    }
    let qualified = finding.mentions.iter().any(|s| same_qualifier(stated, s.of(papers)));
    if let (false, Some(parts)) = (qualified, sum(stated, spots, papers)) {
        finding.found = Found::Sum;
        finding.mentions = parts;
    } else if !finding.mentions.is_empty() {
        finding.found = Found::Yes;
        // What one passage leaves out another may say.
        if !remarks.contains(&None) {
            finding.remarks.extend(remarks.into_iter().flatten());
        }
        if !qualified {
            finding.remarks.insert(Remark::Qualifier);
        }
    }
    finding
}

/// The mentions of one document that together make a figure.
fn sum(stated: &Stated, spots: &BTreeSet<Spot>, papers: &[Paper]) -> Option<Vec<Spot>> {
    let Quantity::Figure(figure) = &stated.quantity else { return None };
    if figure.unit == Unit::One {
        return None;
    }
    (0..papers.len()).find_map(|paper| {
        let parts = parts(stated, spots, paper, papers);
        (parts.len() >= 2 && total(&parts, papers)? == figure.number).then_some(parts)
    })
}

/// The mentions of one document of which a figure could be the sum.
pub(crate) fn parts(stated: &Stated, spots: &BTreeSet<Spot>, paper: usize, papers: &[Paper]) -> Vec<Spot> {
    let of_kind = |s: &&Spot| s.paper == paper && compare(stated, s.of(papers)) == Likeness::Other;
    spots.iter().filter(of_kind).copied().collect()
}

/// The sum of some mentions.
pub(crate) fn total(parts: &[Spot], papers: &[Paper]) -> Option<Number> {
    parts.iter().try_fold(Number::zero(), |total, spot| match &spot.of(papers).value {
        Value::Number(number) => total.add(number).ok(),
        Value::Date(_) => None,
    })
}
