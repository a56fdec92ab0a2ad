//! What the documents say of each declaration, as JSON. `docs/evidence.md`, "JSON", is its shape.

use serde_json::{Map, Value, json};

use servanda_evidence::{
    Audit, CitationFinding, Disagreement, FigureFinding, Finding, Place, Quantity, Side, Spot, Stated,
};
use servanda_mention::Value as Said;
use servanda_quantity::{DurationUnit, Qualifier, Unit};

/// The object.
pub fn evidence_json(audit: &Audit<'_>) -> Value {
    let mut counts: Map<String, Value> =
        audit.verdicts().into_iter().map(|(v, n)| (v.word().to_string(), n.into())).collect();
    counts.insert("citations".into(), json!(audit.outcomes()));
    counts.insert("unaccounted".into(), audit.unaccounted.len().into());
    counts.insert("disagreements".into(), audit.disagreements.len().into());
    let id = |i: &usize| audit.findings[*i].declaration.id.clone();
    let unaccounted = |u: &servanda_evidence::Unaccounted| {
        let mut line = mention(audit, u.spot);
        line["cited_by"] = u.cited_by.iter().map(id).collect();
        line
    };
    json!({
        "agreement": audit.program.name,
        "counts": counts,
        "documents": audit.papers.iter().map(|p| json!({
            "source": p.name,
            "file": p.file,
            "fault": p.fault,
            "characters": p.characters(),
            "mentions": p.mentions.len(),
        })).collect::<Vec<_>>(),
        "declarations": audit.findings.iter().map(|f| declaration(audit, f)).collect::<Vec<_>>(),
        "unaccounted": audit.unaccounted.iter().map(unaccounted).collect::<Vec<_>>(),
        "disagreements": audit.disagreements.iter().map(|d| disagreement(audit, d)).collect::<Vec<_>>(),
    })
}

fn declaration(audit: &Audit<'_>, finding: &Finding<'_>) -> Value {
    let declaration = &finding.declaration;
    let version = |v: &servanda_program::VersionId| audit.program.versions[v.index()].name.clone();
    json!({
        "id": declaration.id,
        "kind": declaration.kind.word(),
        "name": declaration.name,
        "title": declaration.title,
        "versions": declaration.versions.iter().map(version).collect::<Vec<_>>(),
        "verdict": finding.verdict.word(),
        "outside": declaration.grounds.outside,
        "figures": finding.figures.iter().map(|f| figure(audit, f)).collect::<Vec<_>>(),
        "citations": finding.citations.iter().map(citation).collect::<Vec<_>>(),
    })
}

fn figure(audit: &Audit<'_>, figure: &FigureFinding) -> Value {
    let stated = &figure.stated;
    let (kind, value, unit) = parts(stated);
    let qualifier = match &stated.quantity {
        Quantity::Figure(figure) => match figure.qualifier {
            Qualifier::Exact => None,
            Qualifier::About => Some("about"),
            Qualifier::AtLeast => Some("at-least"),
            Qualifier::AtMost => Some("at-most"),
        },
        _ => None,
    };
    let mentions = |spots: &[Spot]| spots.iter().map(|s| mention(audit, *s)).collect::<Vec<_>>();
    json!({
        "in": stated.field,
        "kind": kind,
        "value": value,
        "unit": unit,
        "qualifier": qualifier,
        "alternative": stated.alternative.map(|o| audit.program.opens[o.index()].name.clone()),
        "found": figure.found.word(),
        "mentions": mentions(&figure.mentions),
        "against": mentions(&figure.against),
        "proven": figure.proven,
        "remarks": figure.remarks.iter().map(|r| r.word()).collect::<Vec<_>>(),
    })
}

/// Kind, value and unit of what is stated.
fn parts(stated: &Stated) -> (&'static str, String, Option<String>) {
    match &stated.quantity {
        Quantity::Figure(figure) => {
            let kind = match &figure.unit {
                Unit::Money(_) | Unit::MoneyPer(..) => "money",
                Unit::Percent => "percent",
                Unit::One | Unit::Named(_) => "number",
            };
            let unit = (figure.unit != Unit::One).then(|| figure.unit.to_string());
            (kind, figure.number.to_string(), unit)
        }
        Quantity::Day(day) => ("date", day.to_string(), None),
        Quantity::Year(year) => ("year", year.to_string(), None),
        Quantity::Month(year, month) => ("date", format!("{year:04}-{month:02}"), None),
        Quantity::Duration(duration) => {
            let unit = match duration.unit {
                DurationUnit::Days => "day",
                DurationUnit::Weeks => "week",
                DurationUnit::Months => "month",
                DurationUnit::Quarters => "quarter",
                DurationUnit::Years => "year",
                DurationUnit::BusinessDays => "business-day",
            };
            ("duration", duration.count.to_string(), Some(unit.to_string()))
        }
    }
}

fn citation(citation: &CitationFinding<'_>) -> Value {
    json!({
        "source": citation.citation.source,
        "start": citation.citation.start,
        "end": citation.citation.end,
        "outcome": citation.outcome(),
        "places": citation.places().iter().map(place).collect::<Vec<_>>(),
    })
}

fn place(place: &Place) -> Value {
    json!({"start": place.start, "end": place.end})
}

fn mention(audit: &Audit<'_>, spot: Spot) -> Value {
    let paper = &audit.papers[spot.paper];
    let mentioned = &paper.mentions[spot.mention];
    let mention = &mentioned.mention;
    let value = match &mention.value {
        Said::Number(number) => number.to_string(),
        Said::Date(date) => date.to_string(),
    };
    let mut line = json!({
        "document": paper.name,
        "start": mention.place.start,
        "end": mention.place.end,
        "text": spot.text(&audit.papers),
        "lang": mentioned.language,
        "kind": mention.kind.word(),
        "value": value,
    });
    if let Some(unit) = &mention.unit {
        line["unit"] = unit.clone().into();
    }
    if let Some(calendar) = mention.calendar {
        line["calendar"] = calendar.word().into();
    }
    if let Some(qualifier) = mention.qualifier {
        line["qualifier"] = qualifier.word().into();
    }
    line
}

fn disagreement(audit: &Audit<'_>, disagreement: &Disagreement) -> Value {
    let side = |side: &Side| {
        let paper = &audit.papers[side.paper];
        json!({
            "source": paper.name,
            "start": side.place.start,
            "end": side.place.end,
            "said": paper.at(side.place),
            "mentions": side.spots.iter().map(|s| mention(audit, *s)).collect::<Vec<_>>(),
        })
    };
    let id = |i: &usize| audit.findings[*i].declaration.id.clone();
    json!({
        "kind": disagreement.kind.word(),
        "matter": disagreement.matter,
        "declarations": disagreement.declarations.iter().map(id).collect::<Vec<_>>(),
        "sides": disagreement.sides.iter().map(side).collect::<Vec<_>>(),
        "note": disagreement.note,
    })
}
