//! Figures of documents that do not go together, whatever the agreement says of them.

use std::collections::{BTreeMap, BTreeSet};

use servanda_mention::{Kind, Mention, Qualifier, Value};
use servanda_quantity::Number;

use crate::audit::Settings;
use crate::audit::paper::{Paper, Spot};
use crate::citation::locate::Place;
use crate::disagree::{Disagreement, DisagreementKind, Side, by_value};

/// Scalar values between mentions that belong to one statement.
const NEAR: usize = 160;

/// Different amounts of a currency without which none of them is implausible.
const AMOUNTS_LEAST: usize = 5;

/// A mention as a side of its own, with the line around it.
fn side(papers: &[Paper], spot: Spot) -> Side {
    let paper = &papers[spot.paper];
    let own = spot.place(papers);
    let passage = paper.paragraph_at(own.start as usize);
    let near = |at: usize, from: usize, to: usize| at.clamp(from, to.max(from));
    let (from, to) = passage.map_or((0, paper.characters()), |p| (p.place.start, p.place.end));
    let start = near((own.start as usize).saturating_sub(NEAR / 2), from, own.start as usize);
    let end = near(own.end as usize + NEAR / 2, own.end as usize, to.max(own.end as usize));
    Side { paper: spot.paper, place: Place { start: start as u32, end: end as u32 }, spots: vec![spot] }
}

fn of(kind: DisagreementKind, papers: &[Paper], spots: &[Spot]) -> Disagreement {
    Disagreement {
        kind,
        matter: spots
            .first()
            .map(|s| s.text(papers).split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default(),
        declarations: Vec::new(),
        sides: spots.iter().map(|s| side(papers, *s)).collect(),
        note: None,
    }
}

/// The same amount or share twice in one document with another qualifier, unless that has been told.
pub(crate) fn repeated(papers: &[Paper], told: &[Disagreement]) -> Vec<Disagreement> {
    let qualified = told.iter().filter(|d| d.kind == DisagreementKind::Qualifier);
    let told: BTreeSet<Spot> = qualified.flat_map(|d| &d.sides).flat_map(|s| s.spots.clone()).collect();
    let mut out = Vec::new();
    for ((_, kind, ..), spots) in by_value(papers) {
        let ways: BTreeSet<_> = spots.iter().map(|s| s.of(papers).qualifier).collect();
        let new = !spots.iter().all(|s| told.contains(s));
        if matches!(kind, Kind::Money | Kind::Percent) && ways.len() > 1 && new {
            out.push(of(DisagreementKind::Qualifier, papers, &spots));
        }
    }
    out
}

/// Whether two neighbouring mentions are the ends of a range.
pub(crate) fn is_range(papers: &[Paper], low: Spot, high: Spot) -> bool {
    let (a, b) = (low.of(papers), high.of(papers));
    if !crate::claim::compare::alike(a, b) || a.value == b.value {
        return false;
    }
    let between = papers[low.paper].slice(a.place.end..b.place.start);
    let dash =
        matches!(between.trim(), "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "~");
    let least = matches!(a.qualifier, Some(Qualifier::AtLeast | Qualifier::MoreThan));
    dash || (least && b.qualifier == Some(Qualifier::AtMost) && between.chars().count() < NEAR)
}

fn number(mention: &Mention) -> Option<&Number> {
    match &mention.value {
        Value::Number(number) => Some(number),
        Value::Date(_) => None,
    }
}

/// Two amounts and a percentage of which one is that share of the other, with qualifiers that differ.
pub(crate) fn arithmetic(papers: &[Paper]) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (paper, p) in papers.iter().enumerate() {
        let spot = |mention| Spot { paper, mention };
        for (i, share) in p.mentions.iter().enumerate().filter(|(_, m)| m.mention.kind == Kind::Percent) {
            let near: Vec<usize> =
                near(p, i).filter(|j| p.mentions[*j].mention.kind == Kind::Money).collect();
            for a in &near {
                for b in near.iter().filter(|b| *b != a) {
                    let (part, whole) = (&p.mentions[*a].mention, &p.mentions[*b].mention);
                    let qualifiers =
                        BTreeSet::from([part.qualifier, whole.qualifier, share.mention.qualifier]);
                    if part.unit == whole.unit
                        && qualifiers.len() > 2
                        && is_share(part, whole, &share.mention)
                    {
                        out.push(of(DisagreementKind::Arithmetic, papers, &[spot(*a), spot(i), spot(*b)]));
                    }
                }
            }
        }
    }
    out
}

fn is_share(part: &Mention, whole: &Mention, share: &Mention) -> bool {
    let product = || number(whole)?.mul(number(share)?).ok()?.div(&Number::hundred()).ok();
    product().is_some_and(|product| Some(&product) == number(part))
}

/// The mentions near another, by index.
fn near(paper: &Paper, index: usize) -> impl Iterator<Item = usize> + '_ {
    let place = paper.mentions[index].mention.place.clone();
    let first = paper.mentions.partition_point(|m| m.mention.place.end + NEAR < place.start);
    let inside = paper.mentions[first..].iter().take_while(move |m| m.mention.place.start < place.end + NEAR);
    inside.enumerate().map(move |(i, _)| first + i).filter(move |i| *i != index)
}

/// A length of years beside a year whose other end is mentioned nowhere.
pub(crate) fn durations(papers: &[Paper]) -> Vec<Disagreement> {
    let year = |m: &Mention| match &m.value {
        Value::Number(n) if m.kind == Kind::Year => Some(n.clone()),
        Value::Date(date) => date.year.map(Number::from),
        Value::Number(_) => None,
    };
    let known: BTreeSet<Number> =
        papers.iter().flat_map(|p| &p.mentions).filter_map(|m| year(&m.mention)).collect();
    let mut out = Vec::new();
    for (paper, p) in papers.iter().enumerate() {
        for (i, length) in p.mentions.iter().enumerate() {
            let length = &length.mention;
            let Some(years) = number(length) else { continue };
            let long = length.kind == Kind::Duration
                && length.unit.as_deref() == Some("year")
                && *years >= Number::from(2);
            if !long {
                continue;
            }
            let end = near(p, i).find(|j| {
                let Some(year) = year(&p.mentions[*j].mention) else { return false };
                let ends = [year.add(years), year.sub(years)];
                ends.into_iter().flatten().all(|end| !known.contains(&end))
            });
            if let Some(j) = end {
                let spot = |mention| Spot { paper, mention };
                out.push(of(DisagreementKind::Duration, papers, &[spot(i), spot(j)]));
            }
        }
    }
    out
}

/// Amounts that are hardly meant.
pub(crate) fn implausible(papers: &[Paper], settings: &Settings) -> Vec<Disagreement> {
    let spots = papers
        .iter()
        .enumerate()
        .flat_map(|(paper, p)| (0..p.mentions.len()).map(move |mention| Spot { paper, mention }));
    let money: Vec<Spot> = spots.filter(|s| s.of(papers).kind == Kind::Money).collect();
    let mut amounts: BTreeMap<&str, BTreeSet<&Number>> = BTreeMap::new();
    for mention in money.iter().map(|s| s.of(papers)) {
        if let (Some(unit), Some(number)) = (&mention.unit, number(mention)) {
            amounts.entry(unit).or_default().insert(number);
        }
    }
    let limit = |amounts: &BTreeSet<&Number>| {
        let median =
            amounts.iter().nth((amounts.len() - 1) / 2).filter(|_| amounts.len() >= AMOUNTS_LEAST)?;
        median.mul(&Number::from(i64::from(settings.implausible))).ok()
    };
    let limits: BTreeMap<&str, Option<Number>> =
        amounts.iter().map(|(unit, all)| (*unit, limit(all))).collect();
    let huge = |spot: &Spot| {
        let mention = spot.of(papers);
        let limit = mention.unit.as_deref().and_then(|unit| limits.get(unit)?.as_ref());
        limit.is_some_and(|limit| number(mention).is_some_and(|n| n >= limit))
    };
    money
        .iter()
        .filter(|s| scales_twice(s.of(papers), s.text(papers)) || huge(s))
        .map(|s| of(DisagreementKind::Implausible, papers, &[*s]))
        .collect()
}

/// Whether a number of a thousand or more stands before a word of scale.
fn scales_twice(mention: &Mention, text: &str) -> bool {
    let Some((number, scale)) = crate::audit::swap::numeral_and_scale(mention, text) else { return false };
    let thousand = Number::from(1_000);
    number >= thousand && scale >= thousand
}
