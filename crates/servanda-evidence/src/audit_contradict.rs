//! Which mentions stand in the place of a stated figure. `docs/evidence.md`, "Contradicted", gives the three cases.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use servanda_mention::Value;
use servanda_quantity::{Figure, Unit};

use crate::anchor::Text;
use crate::audit::{CitationFinding, FigureFinding, Finding, Found};
use crate::audit_find::{Proof, parts, total};
use crate::audit_paper::{Paper, Spot};
use crate::audit_swap::restored;
use crate::claim::{DeclarationKind, Quantity, Stated};
use crate::claim_compare::{Likeness, Remark, compare, may_replace};
use crate::locate::Place;

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
    /// The free mentions of a passage that could stand for a figure.
    fn within(
        &self,
        finding: &Finding<'_>,
        stated: &Stated,
        papers: &[Paper],
        passage: (usize, Place),
    ) -> Vec<Spot> {
        let (paper, place) = passage;
        let own = |s: &Spot| {
            finding.figures.iter().any(|f| matches!(compare(&f.stated, s.of(papers)), Likeness::Equal(_)))
        };
        papers[paper]
            .within(paper, place)
            .filter(|s| compare(stated, s.of(papers)) == Likeness::Other)
            .filter(|s| !self.claims.contains_key(s) && !self.settled.contains(s) && !own(s))
            .collect()
    }

    /// Second case: figures that are gone, and as many others in one passage.
    fn gone(&self, finding: &Finding<'_>, papers: &[Paper]) -> Vec<(usize, Spot)> {
        let reading = finding.declaration.kind == DeclarationKind::Reading;
        let met = |figure: &FigureFinding| match figure.stated.alternative.filter(|_| !reading) {
            // One alternative is enough.
            Some(open) => finding.figures.iter().any(|f| {
                f.stated.alternative == Some(open) && (f.found.is_found() || f.found == Found::Contradicted)
            }),
            None => figure.found != Found::No,
        };
        let gone: Vec<usize> = (0..finding.figures.len()).filter(|i| !met(&finding.figures[*i])).collect();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        let mut out = Vec::new();
        for figure in &gone {
            if done.contains(figure) {
                continue;
            }
            let stated = &finding.figures[*figure].stated;
            let class: Vec<usize> =
                gone.iter().copied().filter(|i| same_class(&finding.figures[*i].stated, stated)).collect();
            done.extend(&class);
            // Passages of a version are about the whole instrument, and days in them about many things.
            let all = finding.figures.iter().filter(|f| same_class(&f.stated, stated)).count();
            let edited_only = match finding.declaration.kind {
                DeclarationKind::Reading | DeclarationKind::Version => true,
                _ => !is_measure(&stated.quantity) && class.len() < all,
            };
            if let Some(spots) = self.instead(finding, stated, class.len(), edited_only, papers) {
                out.extend(class.into_iter().zip(spots));
            }
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
        let edited = finding.citations.iter().filter(|c| c.is_edited()).filter_map(CitationFinding::passage);
        for passage in edited {
            let free = self.within(finding, stated, papers, passage);
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
            for spot in self.within(finding, stated, papers, passage) {
                let value = &spot.of(papers).value;
                if !values.contains(&value) {
                    values.push(value);
                    different.push(spot);
                }
            }
        }
        (different.len() == count).then_some(different)
    }

    /// Third case: one edited passage has another figure where all others have the stated one.
    fn lone(&self, finding: &Finding<'_>, papers: &[Paper]) -> Vec<(usize, Spot)> {
        let mut out = Vec::new();
        for (i, figure) in finding.figures.iter().enumerate().filter(|(_, f)| f.found == Found::Yes) {
            let has = |passage: (usize, Place)| {
                papers[passage.0]
                    .within(passage.0, passage.1)
                    .any(|s| matches!(compare(&figure.stated, s.of(papers)), Likeness::Equal(_)))
            };
            let edited: BTreeSet<(usize, Place)> = finding
                .citations
                .iter()
                .filter(|c| c.is_edited())
                .filter_map(CitationFinding::passage)
                .collect();
            let without: Vec<(usize, Place)> = finding.passages().into_iter().filter(|p| !has(*p)).collect();
            let [passage] = without[..] else { continue };
            if !edited.contains(&passage) || finding.passages().len() < 2 {
                continue;
            }
            if let [spot] = self.within(finding, &figure.stated, papers, passage)[..] {
                out.push((i, spot));
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
                .any(|p| !self.within(finding, &figure.stated, papers, p).is_empty())
        };
        let gone = |f: &FigureFinding| matches!(f.found, Found::No | Found::Outside);
        (0..finding.figures.len())
            .filter(|i| gone(&finding.figures[*i]) && stands(&finding.figures[*i]))
            .collect()
    }
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
