//! Which mentions stand in the place of a stated figure. `docs/evidence.md`, "Contradicted", gives the three cases.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use servanda_mention::{Mention, Value};
use servanda_program::OpenId;
use servanda_quantity::{Figure, Number, Unit};

use crate::audit::find::{Proof, parts, total};
use crate::audit::paper::{Paper, Spot};
use crate::audit::swap::restored;
use crate::audit::{CitationFinding, FigureFinding, Finding, Found};
use crate::citation::anchor::Text;
use crate::citation::locate::Place;
use crate::claim::compare::{Likeness, Remark, compare, may_replace};
use crate::claim::{DeclarationKind, Quantity, Stated};

/// Marks the figures that a document contradicts.
pub(crate) fn contradict(
    findings: &mut [Finding<'_>],
    papers: &[Paper],
    texts: &[Option<Text<'_>>],
    proofs: &[Proof],
) {
    let mut settled: BTreeSet<Spot> = BTreeSet::new();
    for finding in findings.iter_mut() {
        for (figure, spot) in proven(finding, papers, texts, proofs) {
            settled.insert(spot);
            put(&mut finding.figures[figure], spot, true);
        }
    }
    let free = Free { claims: claims(findings), settled };
    let gone: Vec<Vec<(usize, Spot)>> = findings.iter().map(|f| free.gone(f, papers)).collect();
    for (finding, gone) in findings.iter_mut().zip(gone) {
        gone.into_iter().for_each(|(figure, spot)| put(&mut finding.figures[figure], spot, false));
    }
    // A mention that was found to stand for one figure does not stand for another.
    let against = findings.iter().flat_map(|f| &f.figures).flat_map(|f| f.against.clone());
    let free = Free { settled: against.chain(free.settled).collect(), ..free };
    let lone: Vec<Vec<(usize, Spot)>> = findings.iter().map(|f| free.lone(f, papers)).collect();
    for (finding, lone) in findings.iter_mut().zip(lone) {
        lone.into_iter().for_each(|(figure, spot)| put(&mut finding.figures[figure], spot, false));
    }
    let others: Vec<Vec<usize>> = findings.iter().map(|f| free.others(f, papers)).collect();
    for (finding, others) in findings.iter_mut().zip(others) {
        for figure in others {
            finding.figures[figure].remarks.insert(Remark::Others);
        }
    }
}

fn put(figure: &mut FigureFinding, spot: Spot, proven: bool) {
    figure.found = Found::Contradicted;
    figure.proven |= proven;
    if !figure.against.contains(&spot) {
        figure.against.push(spot);
    }
}

/// First case: figures in edited passages that a digest proves to stand for a stated one.
fn proven(
    finding: &Finding<'_>,
    papers: &[Paper],
    texts: &[Option<Text<'_>>],
    proofs: &[Proof],
) -> Vec<(usize, Spot)> {
    let spots: BTreeSet<Spot> = finding
        .passages()
        .into_iter()
        .flat_map(|(paper, place)| papers[paper].within(paper, place))
        .collect();
    let mut out = Vec::new();
    for (i, figure) in finding.figures.iter().enumerate() {
        let of = |p: &&Proof| p.declaration == finding.declaration.id && p.stated == figure.stated;
        out.extend(proofs.iter().filter(of).map(|p| (i, p.spot)));
        for citation in finding.citations.iter().filter(|c| c.is_edited()) {
            let Some((paper, place)) = citation.passage() else { continue };
            let Some(text) = &texts[paper] else { continue };
            for spot in papers[paper].within(paper, place) {
                let mention = spot.of(papers);
                let mut before: Vec<Stated> = Vec::new();
                if may_replace(&figure.stated, mention) {
                    before.push(figure.stated.clone());
                }
                before.extend(addend(figure, spot, &spots, papers));
                if before.iter().any(|b| restored(citation.citation, b, mention, text, Some(place)).is_some())
                {
                    out.push((i, spot));
                }
            }
        }
    }
    out
}

/// What a mention was if the stated figure, which is not found, was the sum of it and the others of its document.
fn addend(figure: &FigureFinding, spot: Spot, spots: &BTreeSet<Spot>, papers: &[Paper]) -> Option<Stated> {
    let Quantity::Figure(sum) = &figure.stated.quantity else { return None };
    let mut others = parts(&figure.stated, spots, spot.paper, papers);
    let found = figure.found.is_found() && !figure.remarks.contains(&Remark::Qualifier);
    if found || !others.contains(&spot) || others.len() < 2 {
        return None;
    }
    others.retain(|s| *s != spot);
    let number = sum.number.sub(&total(&others, papers)?).ok()?;
    let quantity = Quantity::Figure(Figure { number, ..sum.clone() });
    Some(Stated { quantity, ..figure.stated.clone() })
}

/// Who claims each mention.
fn claims(findings: &[Finding<'_>]) -> BTreeMap<Spot, BTreeSet<usize>> {
    let mut claims: BTreeMap<Spot, BTreeSet<usize>> = BTreeMap::new();
    for (i, finding) in findings.iter().enumerate() {
        for spot in finding.figures.iter().flat_map(|f| &f.mentions) {
            claims.entry(*spot).or_default().insert(i);
        }
    }
    claims
}

/// Mentions that nobody claims and nothing is known of.
struct Free {
    claims: BTreeMap<Spot, BTreeSet<usize>>,
    settled: BTreeSet<Spot>,
}

impl Free {
    /// The free mentions of a passage that could stand for a figure. Where the passage was edited, a length of time may
    /// stand for a number without a unit.
    fn within(
        &self,
        finding: &Finding<'_>,
        stated: &Stated,
        papers: &[Paper],
        (paper, place): (usize, Place),
        edited: bool,
    ) -> Vec<Spot> {
        let own = |s: &Spot| finding.figures.iter().any(|f| is_equal(&f.stated, *s, papers));
        let like = |s: &Spot| match edited {
            true => may_replace(stated, s.of(papers)),
            false => compare(stated, s.of(papers)) == Likeness::Other,
        };
        papers[paper]
            .within(paper, place)
            .filter(like)
            .filter(|s| !self.claims.contains_key(s) && !self.settled.contains(s) && !own(s))
            .collect()
    }

    /// Second case: figures that are gone, and as many others in one passage.
    fn gone(&self, finding: &Finding<'_>, papers: &[Paper]) -> Vec<(usize, Spot)> {
        let mut out = Vec::new();
        let mut wanted = wanted(finding);
        while let Some(stated) = wanted.first().map(|w| &finding.figures[w[0]].stated) {
            let (class, rest): (Vec<_>, Vec<_>) =
                wanted.into_iter().partition(|w| same_class(&finding.figures[w[0]].stated, stated));
            // Passages of a version are about the whole instrument, and days in them about many things.
            let all = finding.figures.iter().filter(|f| same_class(&f.stated, stated)).count();
            let some_found = class.iter().map(Vec::len).sum::<usize>() < all;
            let elsewhere = class.iter().flatten().any(|i| is_elsewhere(&finding.figures[*i]));
            let edited_only = match finding.declaration.kind {
                DeclarationKind::Reading | DeclarationKind::Version => true,
                _ => elsewhere || (!is_measure(&stated.quantity) && some_found),
            };
            if let Some(spots) = self.instead(finding, stated, class.len(), edited_only, papers) {
                for (alternatives, spot) in class.into_iter().zip(spots) {
                    out.extend(alternatives.into_iter().map(|i| (i, spot)));
                }
            }
            wanted = rest;
        }
        out
    }

    /// So many free mentions in one edited passage; else so many different ones in all passages together.
    fn instead(
        &self,
        finding: &Finding<'_>,
        stated: &Stated,
        count: usize,
        edited_only: bool,
        papers: &[Paper],
    ) -> Option<Vec<Spot>> {
        for passage in edited(finding) {
            let free = self.within(finding, stated, papers, passage, true);
            if free.len() == count {
                return Some(free);
            }
        }
        if edited_only {
            return None;
        }
        let mut different: Vec<Spot> = Vec::new();
        let mut values: Vec<&Value> = Vec::new();
        for passage in finding.passages() {
            for spot in self.within(finding, stated, papers, passage, false) {
                let value = &spot.of(papers).value;
                if !values.contains(&value) {
                    values.push(value);
                    different.push(spot);
                }
            }
        }
        (different.len() == count).then_some(different)
    }

    /// Third case: one edited passage has another figure where others have the stated one.
    fn lone(&self, finding: &Finding<'_>, papers: &[Paper]) -> Vec<(usize, Spot)> {
        let passages = finding.passages();
        let mut out = Vec::new();
        for passage in edited(finding) {
            // By the mention, the figures that it could stand for, each with how many passages mention it.
            let mut candidates: BTreeMap<Spot, Vec<(usize, usize)>> = BTreeMap::new();
            for (i, figure) in finding.figures.iter().enumerate().filter(|(_, f)| f.found == Found::Yes) {
                let free = |p: (usize, Place)| self.within(finding, &figure.stated, papers, p, true);
                let has = |p: &&(usize, Place)| {
                    papers[p.0].within(p.0, p.1).any(|s| is_equal(&figure.stated, s, papers))
                };
                let [spot] = free(passage)[..] else { continue };
                let alone = passages.iter().all(|p| *p == passage || free(*p).is_empty());
                let times = passages.iter().filter(has).count();
                if alone && times > 0 && !has(&&passage) {
                    candidates.entry(spot).or_default().push((times, i));
                }
            }
            for (spot, figures) in candidates {
                let most = figures.iter().map(|(times, _)| *times).max();
                let best =
                    figures.iter().filter(|(times, _)| Some(*times) == most).map(|(_, figure)| *figure);
                let nearest = best.min_by_key(|i| far(&finding.figures[*i].stated, spot.of(papers)));
                out.extend(nearest.map(|figure| (figure, spot)));
            }
        }
        out
    }

    /// Figures that are gone while others of their kind stand there.
    fn others(&self, finding: &Finding<'_>, papers: &[Paper]) -> Vec<usize> {
        let stands = |figure: &FigureFinding| {
            finding
                .passages()
                .into_iter()
                .any(|p| !self.within(finding, &figure.stated, papers, p, false).is_empty())
        };
        let gone = |f: &FigureFinding| matches!(f.found, Found::No | Found::Outside);
        (0..finding.figures.len())
            .filter(|i| gone(&finding.figures[*i]) && stands(&finding.figures[*i]))
            .collect()
    }
}

/// The edited passages of a finding, each once.
fn edited(finding: &Finding<'_>) -> BTreeSet<(usize, Place)> {
    finding.citations.iter().filter(|c| c.is_edited()).filter_map(CitationFinding::passage).collect()
}

fn is_equal(stated: &Stated, spot: Spot, papers: &[Paper]) -> bool {
    matches!(compare(stated, spot.of(papers)), Likeness::Equal(_))
}

/// How far a mention is from what is stated; what cannot be subtracted is the same distance apart.
fn far(stated: &Stated, mention: &Mention) -> Option<Number> {
    let stated = match &stated.quantity {
        Quantity::Figure(figure) => figure.number.clone(),
        Quantity::Year(year) => Number::from(*year),
        Quantity::Day(_) | Quantity::Month(..) | Quantity::Duration(_) => return None,
    };
    let Value::Number(there) = &mention.value else { return None };
    let (low, high) = if stated < *there { (&stated, there) } else { (there, &stated) };
    high.sub(low).ok()
}

/// Whether a figure was found only where the version is cited.
fn is_elsewhere(figure: &FigureFinding) -> bool {
    figure.remarks.contains(&Remark::Version)
}

/// The figures that none of a finding's own passages has. The alternatives of a reading stand together: for whoever
/// names the reading one of them is enough.
fn wanted(finding: &Finding<'_>) -> Vec<Vec<usize>> {
    let met = |f: &FigureFinding| (f.found.is_found() && !is_elsewhere(f)) || f.found == Found::Contradicted;
    let mut groups: BTreeMap<OpenId, Vec<usize>> = BTreeMap::new();
    let mut out = Vec::new();
    for (i, figure) in finding.figures.iter().enumerate() {
        match figure.stated.alternative.filter(|_| finding.declaration.kind != DeclarationKind::Reading) {
            Some(reading) => groups.entry(reading).or_default().push(i),
            None if met(figure) || figure.found == Found::Outside => {}
            None => out.push(vec![i]),
        }
    }
    out.extend(groups.into_values().filter(|g| !g.iter().any(|i| met(&finding.figures[*i]))));
    out
}

/// Whether what is stated has a unit that tells what it is of: an amount, a share, a length of time.
fn is_measure(quantity: &Quantity) -> bool {
    match quantity {
        Quantity::Figure(figure) => !matches!(figure.unit, Unit::One | Unit::Named(_)),
        Quantity::Duration(_) => true,
        Quantity::Day(_) | Quantity::Year(_) | Quantity::Month(..) => false,
    }
}

/// Whether two stated figures are of one kind and unit.
fn same_class(a: &Stated, b: &Stated) -> bool {
    match (&a.quantity, &b.quantity) {
        (Quantity::Figure(a), Quantity::Figure(b)) => a.unit == b.unit,
        (a, b) => discriminant(a) == discriminant(b),
    }
}
