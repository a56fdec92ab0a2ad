//! What the documents say of each declaration: program + documents → verdicts.
//!
//! `docs/evidence.md` defines the words. [`audit`] goes through its sections in their order.

mod contradict;
mod find;
pub(crate) mod paper;
pub(crate) mod swap;

use std::collections::{BTreeMap, BTreeSet};

use servanda_mention::Kind;
use servanda_program::{Citation, Program};

use crate::audit::contradict::contradict;
use crate::audit::find::{found, locate_all, terms_of_versions};
use crate::audit::paper::{Paper, Spot};
use crate::citation::anchor::Text;
use crate::citation::locate::{Located, Place};
use crate::claim::compare::Remark;
use crate::claim::{Declaration, DeclarationKind, Stated, declarations};
use crate::disagree::{Disagreement, disagreements};

/// Characters before a number among which its line begins.
const LINE_MAX: usize = 16;

/// What the reader may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How many times the median of its currency an amount must be to be called implausible.
    pub implausible: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { implausible: 10 }
    }
}

/// What the documents say of an agreement.
#[derive(Debug, Clone)]
pub struct Audit<'p> {
    /// The agreement.
    pub program: &'p Program,
    /// The documents, as the program orders them.
    pub papers: Vec<Paper>,
    /// What cites, with what was found.
    pub findings: Vec<Finding<'p>>,
    /// Mentions that no declaration accounts for, in order of place.
    pub unaccounted: Vec<Unaccounted>,
    /// Passages that disagree.
    pub disagreements: Vec<Disagreement>,
}

/// A declaration, and what was found of it.
#[derive(Debug, Clone)]
pub struct Finding<'p> {
    /// The declaration.
    pub declaration: Declaration<'p>,
    /// The verdict.
    pub verdict: Verdict,
    /// What it states, in its order.
    pub figures: Vec<FigureFinding>,
    /// Its citations, in its order.
    pub citations: Vec<CitationFinding<'p>>,
}

/// What the documents say of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A passage mentions another figure in the place of a stated one.
    Contradicted,
    /// It states something, and nothing is found.
    Unsupported,
    /// Some is found.
    PartlySupported,
    /// There was nothing to compare.
    NotChecked,
    /// Everything is found.
    Supported,
}

impl Verdict {
    /// All of them, the worst first.
    pub const ALL: [Verdict; 5] = [
        Verdict::Contradicted,
        Verdict::Unsupported,
        Verdict::PartlySupported,
        Verdict::NotChecked,
        Verdict::Supported,
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Contradicted => "contradicted",
            Verdict::Unsupported => "unsupported",
            Verdict::PartlySupported => "partly-supported",
            Verdict::NotChecked => "not-checked",
            Verdict::Supported => "supported",
        }
    }
}

/// Whether a stated figure stands in the passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// It does.
    Yes,
    /// It is the sum of those that do.
    Sum,
    /// It does not.
    No,
    /// It does not, and the declaration says that it rests on something else.
    Outside,
    /// Another stands in its place.
    Contradicted,
}

impl Found {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Found::Yes => "yes",
            Found::Sum => "sum",
            Found::No => "no",
            Found::Outside => "outside",
            Found::Contradicted => "contradicted",
        }
    }

    /// Whether it counts as found.
    pub fn is_found(self) -> bool {
        matches!(self, Found::Yes | Found::Sum)
    }
}

/// A stated figure, and what was found of it.
#[derive(Debug, Clone)]
pub struct FigureFinding {
    /// The figure.
    pub stated: Stated,
    /// Whether it was found.
    pub found: Found,
    /// The mentions that are equal to it, or that it is the sum of.
    pub mentions: Vec<Spot>,
    /// The mentions that stand in its place.
    pub against: Vec<Spot>,
    /// Whether a digest proves that they do.
    pub proven: bool,
    /// What a reader should know.
    pub remarks: BTreeSet<Remark>,
}

/// A citation, and where its passage is.
#[derive(Debug, Clone)]
pub struct CitationFinding<'p> {
    /// The citation.
    pub citation: &'p Citation,
    /// Its document, an index into [`Audit::papers`].
    pub paper: Option<usize>,
    /// Where its passage is; lost where the document is not there.
    pub located: Located,
}

impl CitationFinding<'_> {
    /// The passage, where there is one.
    pub fn passage(&self) -> Option<(usize, Place)> {
        let own = Place { start: self.citation.start, end: self.citation.end };
        let place = match &self.located {
            Located::Exact | Located::Unchecked => own,
            Located::Moved { place, .. } | Located::Edited { place, .. } => *place,
            Located::Ambiguous { .. } | Located::Lost { .. } => return None,
        };
        Some((self.paper?, place))
    }

    /// Whether the passage was edited in more than its layout.
    pub fn is_edited(&self) -> bool {
        matches!(self.located, Located::Edited { same_letters: false, .. })
    }

    /// Whether there is no passage any more.
    pub fn is_lost(&self) -> bool {
        matches!(self.located, Located::Lost { .. })
    }

    /// The word for where it is, in JSON and in messages.
    pub fn outcome(&self) -> &'static str {
        outcome(&self.located)
    }

    /// The places that it may be at.
    pub fn places(&self) -> Vec<Place> {
        match &self.located {
            Located::Ambiguous { candidates } => candidates.clone(),
            Located::Lost { was } => was.iter().copied().collect(),
            _ => self.passage().map(|(_, place)| place).into_iter().collect(),
        }
    }
}

/// The word for an outcome.
pub fn outcome(located: &Located) -> &'static str {
    match located {
        Located::Exact => "exact",
        Located::Moved { .. } => "moved",
        Located::Edited { .. } => "edited",
        Located::Ambiguous { .. } => "ambiguous",
        Located::Lost { .. } => "lost",
        Located::Unchecked => "unchecked",
    }
}

/// A mention that nothing accounts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unaccounted {
    /// The mention.
    pub spot: Spot,
    /// The declarations that cite its passage, indices into [`Audit::findings`].
    pub cited_by: Vec<usize>,
}

impl Finding<'_> {
    /// How many of its figures were found, and how many there are. The alternatives of a reading are one figure for
    /// whoever names the reading.
    pub fn count(&self) -> (usize, usize) {
        let (mut found, mut wanted) = (0, 0);
        let mut groups = BTreeMap::new();
        for figure in &self.figures {
            match figure.stated.alternative.filter(|_| self.declaration.kind != DeclarationKind::Reading) {
                Some(reading) => *groups.entry(reading).or_insert(false) |= figure.found.is_found(),
                None => {
                    wanted += 1;
                    found += usize::from(figure.found.is_found());
                }
            }
        }
        (found + groups.values().filter(|f| **f).count(), wanted + groups.len())
    }

    /// Its passages, each once, in the order of its citations.
    pub fn passages(&self) -> Vec<(usize, Place)> {
        let mut all = Vec::new();
        for passage in self.citations.iter().filter_map(CitationFinding::passage) {
            if !all.contains(&passage) {
                all.push(passage);
            }
        }
        all
    }
}

impl Audit<'_> {
    /// How many declarations have each verdict.
    pub fn verdicts(&self) -> BTreeMap<Verdict, usize> {
        let mut counts: BTreeMap<Verdict, usize> = Verdict::ALL.into_iter().map(|v| (v, 0)).collect();
        self.findings.iter().for_each(|f| *counts.entry(f.verdict).or_default() += 1);
        counts
    }

    /// How many different citations have each outcome.
    pub fn outcomes(&self) -> BTreeMap<&'static str, usize> {
        let mut seen = BTreeSet::new();
        let mut counts: BTreeMap<&'static str, usize> =
            ["exact", "moved", "edited", "ambiguous", "lost", "unchecked"]
                .into_iter()
                .map(|o| (o, 0))
                .collect();
        for citation in self.findings.iter().flat_map(|f| &f.citations) {
            if seen.insert(citation.citation) {
                *counts.entry(citation.outcome()).or_default() += 1;
            }
        }
        counts
    }

    /// Whether the documents contradict a declaration, or a passage is lost.
    pub fn has_failed(&self) -> bool {
        let lost = |f: &Finding<'_>| f.citations.iter().any(CitationFinding::is_lost);
        self.findings.iter().any(|f| f.verdict == Verdict::Contradicted || lost(f))
    }
}

/// Lays the documents beside an agreement.
pub fn audit<'p>(program: &'p Program, papers: Vec<Paper>, settings: &Settings) -> Audit<'p> {
    let texts: Vec<Option<Text<'_>>> =
        papers.iter().map(|p| p.fault.is_none().then(|| Text::new(&p.text))).collect();
    let declarations = declarations(program);
    let (mut citations, proofs) = locate_all(&declarations, &papers, &texts);
    let mut findings: Vec<Finding<'p>> = declarations
        .into_iter()
        .map(|declaration| {
            let citations = std::mem::take(citations.entry(declaration.id.clone()).or_default());
            let figures = found(&declaration, &citations, &papers);
            Finding { declaration, verdict: Verdict::NotChecked, figures, citations }
        })
        .collect();
    terms_of_versions(&mut findings, &papers);
    contradict(&mut findings, &papers, &texts, &proofs);
    drop(texts);
    findings.iter_mut().for_each(|f| f.verdict = verdict(f));
    let unaccounted = unaccounted(&findings, &papers);
    let disagreements = disagreements(program, &findings, &papers, settings);
    Audit { program, papers, findings, unaccounted, disagreements }
}

/// The verdict on a declaration whose figures have been looked for.
fn verdict(finding: &Finding<'_>) -> Verdict {
    if finding.figures.iter().any(|f| f.found == Found::Contradicted) {
        return Verdict::Contradicted;
    }
    let whole = finding.citations.iter().all(|c| c.passage().is_some());
    match finding.count() {
        (_, 0) => Verdict::NotChecked,
        (0, _) if finding.declaration.grounds.outside.is_some() => Verdict::NotChecked,
        (0, _) => Verdict::Unsupported,
        (found, wanted) if found == wanted && whole => Verdict::Supported,
        _ => Verdict::PartlySupported,
    }
}

/// The mentions that no declaration accounts for.
fn unaccounted(findings: &[Finding<'_>], papers: &[Paper]) -> Vec<Unaccounted> {
    let claimed: BTreeSet<Spot> =
        findings.iter().flat_map(|f| &f.figures).flat_map(|f| f.mentions.clone()).collect();
    let mut cited: BTreeMap<Spot, Vec<usize>> = BTreeMap::new();
    for (i, finding) in findings.iter().enumerate() {
        for (paper, place) in finding.passages() {
            for spot in papers[paper].within(paper, place) {
                let by = cited.entry(spot).or_default();
                if by.last() != Some(&i) {
                    by.push(i);
                }
            }
        }
    }
    let spots = papers
        .iter()
        .enumerate()
        .flat_map(|(paper, p)| (0..p.mentions.len()).map(move |mention| Spot { paper, mention }));
    spots
        .filter(|spot| !claimed.contains(spot) && !is_numbering(*spot, papers))
        .map(|spot| Unaccounted { spot, cited_by: cited.remove(&spot).unwrap_or_default() })
        .collect()
}

/// Whether a bare number stands at the beginning of a line, as numbers of paragraphs do.
fn is_numbering(spot: Spot, papers: &[Paper]) -> bool {
    let mention = spot.of(papers);
    let before = papers[spot.paper].slice(mention.place.start.saturating_sub(LINE_MAX)..mention.place.start);
    let line = before.rsplit(['\n', '\r']).next().unwrap_or(before);
    let begins = line.chars().all(|c| !c.is_alphanumeric()) && line.chars().count() < LINE_MAX;
    mention.kind == Kind::Number && mention.unit.is_none() && (begins || mention.place.start == 0)
}
