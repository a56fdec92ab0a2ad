//! What the documents say of each declaration, as a page that opens nothing else.
//!
//! The documents are hostile: the template escapes everything, and the page's policy allows its own style alone.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use sha2::{Digest, Sha256};

use servanda_evidence::{Audit, DeclarationKind, Disagreement, Finding, Found, Place, Side, Spot, Verdict};

use crate::Tongue;
use crate::evidence::marks::{Marked, paragraphs};
use crate::evidence::words;
use crate::evidence::{notes, verdict};
use crate::passage::is_right_to_left;

/// The style; its digest stands in the policy, so it is written byte for byte.
const STYLE: &str = include_str!("../../templates/evidence.css");

#[derive(Template)]
#[template(path = "evidence.html")]
struct Page<'a> {
    tongue: &'a Tongue,
    lang: &'a str,
    dir: &'static str,
    title: &'a str,
    style: &'static str,
    style_hash: String,
    documents_count: String,
    counts: Vec<Counted>,
    outcomes: Vec<Counted>,
    declarations: Vec<Declared>,
    disagreements: Vec<AtOdds>,
    unaccounted: Vec<Free>,
    papers: Vec<Document>,
}

impl Page<'_> {
    fn say(&self, message: &str) -> String {
        self.tongue.say(message, &[])
    }
}

struct Counted {
    number: String,
    word: String,
    class: &'static str,
}

/// A link, and what it shows.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) value: String,
    pub(crate) title: String,
}

struct Declared {
    id: String,
    number: usize,
    kind: String,
    name: String,
    title: Option<String>,
    verdict: String,
    class: &'static str,
    found: String,
    cited: String,
    outside: Option<String>,
    figures: Vec<Figure>,
    sides: Vec<Said>,
}

struct Figure {
    field: String,
    stated: String,
    found: String,
    class: &'static str,
    notes: Vec<String>,
    mentions: Vec<Mentioned>,
}

struct Mentioned {
    href: String,
    place: String,
    value: String,
}

/// A passage beside others.
struct Said {
    href: Option<String>,
    place: String,
    figures: String,
    said: Option<String>,
    dir: &'static str,
    lang: Option<String>,
}

struct AtOdds {
    id: String,
    matter: String,
    kind: String,
    note: Option<String>,
    declarations: Vec<Link>,
    sides: Vec<Said>,
}

struct Free {
    href: String,
    place: String,
    value: String,
    said: String,
    dir: &'static str,
    lang: String,
    cited_by: Vec<Link>,
}

struct Document {
    id: String,
    name: String,
    file: String,
    fault: Option<String>,
    paragraphs: Vec<Marked>,
}

/// The page, in the reader's language.
pub fn evidence_page(tongue: &Tongue, audit: &Audit<'_>) -> String {
    let count = |number: usize, message: String, class| Counted {
        number: tongue.number(&(number as i64).into()),
        word: tongue.say(&message, &[]),
        class,
    };
    let verdicts = audit.verdicts();
    let page = Page {
        tongue,
        lang: tongue.tag(),
        dir: direction(tongue.is_right_to_left()),
        title: &audit.program.title,
        style: STYLE,
        style_hash: format!("sha256-{}", base64(&Sha256::digest(STYLE.as_bytes()))),
        documents_count: tongue.say("evidence-document-count", &[("count", audit.papers.len().into())]),
        counts: verdicts.iter().map(|(v, n)| count(*n, format!("evidence-{}", v.word()), v.word())).collect(),
        outcomes: audit
            .outcomes()
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(o, n)| count(n, format!("evidence-{o}"), ""))
            .collect(),
        declarations: audit.findings.iter().enumerate().map(|(i, f)| declared(tongue, audit, i, f)).collect(),
        disagreements: audit
            .disagreements
            .iter()
            .enumerate()
            .map(|(i, d)| at_odds(tongue, audit, i, d))
            .collect(),
        unaccounted: audit.unaccounted.iter().map(|u| free(tongue, audit, u)).collect(),
        papers: documents(audit),
    };
    // Writing to a string does not fail, and the template has no other source of errors.
    page.render().unwrap_or_default()
}

fn direction(right_to_left: bool) -> &'static str {
    if right_to_left { "rtl" } else { "ltr" }
}

/// The direction and the language of a place in a document; `auto` where the language is not known.
pub(crate) fn direction_at(audit: &Audit<'_>, paper: usize, at: usize) -> (&'static str, Option<String>) {
    match audit.papers[paper].language_at(at) {
        Some(tag) => (direction(is_right_to_left(tag)), Some(tag.to_string())),
        None => ("auto", None),
    }
}

/// The anchor of a declaration.
pub(crate) fn declaration_id(index: usize) -> String {
    format!("d{}", index + 1)
}

/// The anchor of a passage in its document.
pub(crate) fn passage_id(paper: usize, place: Place) -> String {
    format!("c{paper}-{}-{}", place.start, place.end)
}

/// The anchor of a mention in its document.
pub(crate) fn mention_id(spot: Spot) -> String {
    format!("m{}-{}", spot.paper, spot.mention)
}

fn link(tongue: &Tongue, audit: &Audit<'_>, index: usize) -> Link {
    let finding = &audit.findings[index];
    let value = words::name(tongue, audit, finding);
    Link { href: declaration_id(index), title: value.clone(), value }
}

fn declared(tongue: &Tongue, audit: &Audit<'_>, index: usize, finding: &Finding<'_>) -> Declared {
    let own: BTreeSet<Spot> =
        finding.figures.iter().flat_map(|f| f.mentions.iter().chain(&f.against)).copied().collect();
    let side = |c: &servanda_evidence::CitationFinding<'_>| match c.passage() {
        Some((paper, place)) => {
            let spots = audit.papers[paper].within(paper, place).filter(|s| own.contains(s)).collect();
            let mut side = said(tongue, audit, &Side { paper, place, spots }, true);
            if c.outcome() != "exact" {
                side.figures =
                    format!("{} {}", tongue.say(&format!("evidence-{}", c.outcome()), &[]), side.figures);
            }
            side
        }
        None => Said {
            href: None,
            place: format!("{} {}..{}", words::clean(&c.citation.source), c.citation.start, c.citation.end),
            figures: tongue.say(&format!("evidence-{}", c.outcome()), &[]),
            said: None,
            dir: "auto",
            lang: None,
        },
    };
    Declared {
        id: declaration_id(index),
        number: index + 1,
        kind: words::kind(tongue, finding.declaration.kind),
        name: words::name(tongue, audit, finding),
        title: finding
            .declaration
            .title
            .filter(|_| finding.declaration.kind != DeclarationKind::Question)
            .map(words::clean),
        verdict: verdict(tongue, finding.verdict),
        class: finding.verdict.word(),
        found: words::found(tongue, finding),
        cited: words::citations(tongue, finding),
        outside: finding
            .declaration
            .grounds
            .outside
            .as_ref()
            .map(|w| tongue.say("from-outside", &[("where", w.into())])),
        figures: finding
            .figures
            .iter()
            .map(|f| Figure {
                field: f.stated.field.clone(),
                stated: words::stated(tongue, &f.stated),
                found: tongue.say(&format!("evidence-found-{}", f.found.word()), &[]),
                class: match f.found {
                    Found::Yes | Found::Sum => Verdict::Supported.word(),
                    Found::Contradicted => Verdict::Contradicted.word(),
                    Found::No | Found::Outside => Verdict::Unsupported.word(),
                },
                notes: notes(tongue, f),
                mentions: f.against.iter().chain(&f.mentions).map(|s| mentioned(tongue, audit, *s)).collect(),
            })
            .collect(),
        sides: finding.citations.iter().map(side).collect(),
    }
}

fn mentioned(tongue: &Tongue, audit: &Audit<'_>, spot: Spot) -> Mentioned {
    Mentioned {
        href: mention_id(spot),
        place: words::spot(audit, spot),
        value: words::mentioned(tongue, spot.of(&audit.papers)),
    }
}

/// A passage; `cited` where it is one that the document marks.
fn said(tongue: &Tongue, audit: &Audit<'_>, side: &Side, cited: bool) -> Said {
    let (dir, lang) = direction_at(audit, side.paper, side.place.start as usize);
    let figures: Vec<String> =
        side.spots.iter().map(|s| words::mentioned(tongue, s.of(&audit.papers))).collect();
    let first = side.spots.first().map(|s| mention_id(*s));
    Said {
        href: if cited { Some(passage_id(side.paper, side.place)) } else { first },
        place: words::place(audit, side.paper, side.place),
        figures: figures.join(&tongue.say("comma", &[])),
        said: Some(words::clean(audit.papers[side.paper].at(side.place))),
        dir,
        lang,
    }
}

fn at_odds(tongue: &Tongue, audit: &Audit<'_>, index: usize, disagreement: &Disagreement) -> AtOdds {
    // Passages that a declaration brings together are marked in their documents, others are not.
    let cited = !disagreement.declarations.is_empty();
    AtOdds {
        id: format!("x{}", index + 1),
        matter: words::clean(&disagreement.matter),
        kind: tongue.say(&format!("evidence-kind-{}", disagreement.kind.word()), &[]),
        note: disagreement.note.as_deref().map(words::clean),
        declarations: disagreement.declarations.iter().map(|i| link(tongue, audit, *i)).collect(),
        sides: disagreement.sides.iter().map(|s| said(tongue, audit, s, cited)).collect(),
    }
}

fn free(tongue: &Tongue, audit: &Audit<'_>, entry: &servanda_evidence::Unaccounted) -> Free {
    let mentioned = &audit.papers[entry.spot.paper].mentions[entry.spot.mention];
    let (dir, _) = direction_at(audit, entry.spot.paper, mentioned.mention.place.start);
    Free {
        href: mention_id(entry.spot),
        place: words::spot(audit, entry.spot),
        value: words::mentioned(tongue, &mentioned.mention),
        said: words::clean(entry.spot.text(&audit.papers)),
        dir,
        lang: mentioned.language.clone(),
        cited_by: entry.cited_by.iter().map(|i| link(tongue, audit, *i)).collect(),
    }
}

fn documents(audit: &Audit<'_>) -> Vec<Document> {
    let mut passages: BTreeMap<(usize, Place), Vec<usize>> = BTreeMap::new();
    for (i, finding) in audit.findings.iter().enumerate() {
        for passage in finding.passages() {
            passages.entry(passage).or_default().push(i);
        }
    }
    let document = |(paper, p): (usize, &servanda_evidence::Paper)| Document {
        id: format!("s{}", paper + 1),
        name: p.name.clone(),
        file: p.file.clone(),
        fault: p.fault.clone(),
        paragraphs: paragraphs(audit, paper, &passages),
    };
    audit.papers.iter().enumerate().map(document).collect()
}

/// Base 64 with padding (RFC 4648, section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0u32, |w, i| w << 8 | u32::from(chunk.get(i).copied().unwrap_or(0)));
        for i in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
