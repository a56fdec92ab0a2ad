//! A document with its cited passages and mentions marked: paragraphs cut where a mark begins or ends.

use std::collections::{BTreeMap, BTreeSet};

use servanda_evidence::{Audit, Place, Spot};

use crate::Tongue;
use crate::evidence::page::{Link, declaration_id, direction_at, mention_id, passage_id};
use crate::evidence::words;

/// A paragraph.
pub(crate) struct Marked {
    pub(crate) dir: &'static str,
    pub(crate) lang: Option<String>,
    pub(crate) segments: Vec<Segment>,
}

/// A stretch of a paragraph under the same marks.
pub(crate) struct Segment {
    /// Passages that begin here.
    pub(crate) anchors: Vec<Anchor>,
    /// The mention that begins here.
    pub(crate) id: Option<String>,
    /// The declaration that states what the mention says, or that it contradicts.
    pub(crate) href: Option<String>,
    /// Its marks.
    pub(crate) class: String,
    pub(crate) text: String,
}

/// The beginning of a cited passage, with links back to whoever cites it.
pub(crate) struct Anchor {
    pub(crate) id: String,
    pub(crate) links: Vec<Link>,
}

/// The paragraphs of a document. `passages` are all cited passages with the declarations that cite them.
pub(crate) fn paragraphs(
    audit: &Audit<'_>,
    paper: usize,
    passages: &BTreeMap<(usize, Place), Vec<usize>>,
) -> Vec<Marked> {
    let marks = Marks::new(audit, paper, passages);
    let last = audit.papers[paper].passages.len().saturating_sub(1);
    let paragraph = |(i, p): (usize, &servanda_document::Passage)| {
        let (dir, lang) = direction_at(audit, paper, p.place.start);
        // What begins in the blank between paragraphs begins with the next; at the end of the text with the last.
        let from = if i == 0 { 0 } else { audit.papers[paper].passages[i - 1].place.end };
        let until = if i == last { usize::MAX } else { p.place.end };
        Marked { dir, lang, segments: marks.segments(p.place.clone(), from..until) }
    };
    audit.papers[paper].passages.iter().enumerate().map(paragraph).collect()
}

struct Marks<'a> {
    audit: &'a Audit<'a>,
    paper: usize,
    tongue: Tongue,
    /// Cited passages by their first character, and who cites them.
    cited: Vec<(Place, &'a [usize])>,
    /// Stretches that some passage covers, in order, none touching another.
    covered: Vec<Place>,
    against: BTreeSet<Spot>,
    free: BTreeSet<Spot>,
    /// The first declaration that a mention matters to.
    owner: BTreeMap<Spot, usize>,
}

impl<'a> Marks<'a> {
    fn new(
        audit: &'a Audit<'a>,
        paper: usize,
        passages: &'a BTreeMap<(usize, Place), Vec<usize>>,
    ) -> Marks<'a> {
        let cited: Vec<(Place, &[usize])> = passages
            .iter()
            .filter(|((p, _), _)| *p == paper)
            .map(|((_, place), by)| (*place, by.as_slice()))
            .collect();
        let mut covered: Vec<Place> = Vec::new();
        for (place, _) in &cited {
            match covered.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => covered.push(*place),
            }
        }
        let mut owner = BTreeMap::new();
        for (i, finding) in audit.findings.iter().enumerate() {
            for spot in finding.figures.iter().flat_map(|f| f.against.iter().chain(&f.mentions)) {
                owner.entry(*spot).or_insert(i);
            }
        }
        Marks {
            owner,
            audit,
            paper,
            tongue: Tongue::english(),
            cited,
            covered,
            against: audit.findings.iter().flat_map(|f| &f.figures).flat_map(|f| f.against.clone()).collect(),
            free: audit.unaccounted.iter().map(|u| u.spot).collect(),
        }
    }

    /// A paragraph in segments. Anchors of passages that begin within `anchors` are among them.
    fn segments(&self, place: std::ops::Range<usize>, anchors: std::ops::Range<usize>) -> Vec<Segment> {
        let whole = Place { start: place.start as u32, end: place.end as u32 };
        let paper = &self.audit.papers[self.paper];
        let spots: Vec<Spot> = paper.within(self.paper, whole).collect();
        let first = self.cited.partition_point(|(p, _)| (p.start as usize) < anchors.start);
        let begin: Vec<&(Place, &[usize])> =
            self.cited[first..].iter().take_while(|(p, _)| (p.start as usize) < anchors.end).collect();
        let covered = self.covered.partition_point(|p| p.end as usize <= place.start);
        let covered: Vec<&Place> =
            self.covered[covered..].iter().take_while(|p| (p.start as usize) < place.end).collect();
        let mut cuts = BTreeSet::from([place.start, place.end]);
        cuts.extend(begin.iter().map(|(p, _)| p.start as usize));
        cuts.extend(covered.iter().flat_map(|p| [p.start as usize, p.end as usize]));
        cuts.extend(
            spots
                .iter()
                .flat_map(|s| [s.of(&self.audit.papers).place.start, s.of(&self.audit.papers).place.end]),
        );
        let cuts: Vec<usize> = cuts.into_iter().filter(|c| (place.start..=place.end).contains(c)).collect();
        let mut out = Vec::new();
        let (mut anchor, mut spot, mut cover) = (0, 0, 0);
        for (i, pair) in cuts.windows(2).enumerate() {
            let (from, to) = (pair[0], pair[1]);
            let mut anchors = Vec::new();
            let all = i + 2 == cuts.len();
            while begin.get(anchor).is_some_and(|(p, _)| p.start as usize <= from || all) {
                anchors.push(self.anchor(begin[anchor]));
                anchor += 1;
            }
            while covered.get(cover).is_some_and(|p| p.end as usize <= from) {
                cover += 1;
            }
            while spots.get(spot).is_some_and(|s| s.of(&self.audit.papers).place.end <= from) {
                spot += 1;
            }
            let is_cited = covered.get(cover).is_some_and(|p| p.start as usize <= from);
            let within = spots.get(spot).filter(|s| s.of(&self.audit.papers).place.start <= from);
            let mut class: Vec<&str> = Vec::new();
            is_cited.then(|| class.push("cited"));
            class.extend(within.map(|s| self.class(*s)));
            let starts = |s: &&Spot| s.of(&self.audit.papers).place.start.max(place.start) == from;
            out.push(Segment {
                anchors,
                id: within.filter(starts).map(|s| mention_id(*s)),
                href: within.and_then(|s| self.owner.get(s)).map(|i| declaration_id(*i)),
                class: class.join(" "),
                text: shown(paper.slice(from..to)),
            });
        }
        out
    }

    fn class(&self, spot: Spot) -> &'static str {
        if self.against.contains(&spot) {
            "against"
        } else if self.free.contains(&spot) {
            "free"
        } else {
            "found"
        }
    }

    fn anchor(&self, (place, by): &(Place, &[usize])) -> Anchor {
        let link = |i: &usize| Link {
            href: declaration_id(*i),
            value: (i + 1).to_string(),
            title: words::name(&self.tongue, self.audit, &self.audit.findings[*i]),
        };
        Anchor { id: passage_id(self.paper, *place), links: by.iter().map(link).collect() }
    }
}

/// A text as it is shown: its controls do not steer the page.
fn shown(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| !words::is_direction(*c))
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' => '\n',
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\x7f'..='\u{9f}' => '\u{fffd}',
            c => c,
        })
        .collect()
}
