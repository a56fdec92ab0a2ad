//! The words of a report on evidence: declarations, figures, places and passages as people read them.

use servanda_evidence::{Audit, DeclarationKind, Finding, Place, Quantity, Spot, Stated};
use servanda_mention::{Kind, Mention, Qualifier as Said, Value};
use servanda_quantity::{DurationUnit, Figure, Number, Qualifier, Unit};

use crate::Tongue;

/// What is stated: `about USD 135 billion`, `2032`, `30 days`.
pub(crate) fn stated(tongue: &Tongue, stated: &Stated) -> String {
    match &stated.quantity {
        Quantity::Figure(figure) => tongue.figure(figure),
        Quantity::Day(day) => tongue.day(*day),
        Quantity::Year(year) => year.to_string(),
        Quantity::Month(year, month) => format!("{year:04}-{month:02}"),
        Quantity::Duration(duration) => {
            let unit = match duration.unit {
                DurationUnit::Days => "duration-days",
                DurationUnit::Weeks => "duration-weeks",
                DurationUnit::Months => "duration-months",
                DurationUnit::Quarters => "duration-quarters",
                DurationUnit::Years => "duration-years",
                DurationUnit::BusinessDays => "duration-business-days",
            };
            tongue.say(unit, &[("count", (duration.count as usize).into())])
        }
    }
}

/// What a mention says, in the words of the reader.
pub(crate) fn mentioned(tongue: &Tongue, mention: &Mention) -> String {
    let number = match &mention.value {
        Value::Date(date) => return date.to_string(),
        Value::Number(number) => number,
    };
    let qualifier = match mention.qualifier {
        None | Some(Said::Additional) => Qualifier::Exact,
        Some(Said::About) => Qualifier::About,
        Some(Said::AtLeast | Said::MoreThan) => Qualifier::AtLeast,
        Some(Said::AtMost) => Qualifier::AtMost,
    };
    let unit = match (mention.kind, &mention.unit) {
        (Kind::Year, _) => return number.to_string(),
        (Kind::Money, Some(code)) => Unit::Money(code.clone()),
        (Kind::Percent, _) => Unit::Percent,
        (Kind::Duration, Some(unit)) => return length(tongue, number, unit),
        _ => Unit::One,
    };
    tongue.figure(&Figure { number: number.clone(), unit, qualifier })
}

fn length(tongue: &Tongue, number: &Number, unit: &str) -> String {
    let message = match unit {
        "day" => "duration-days",
        "week" => "duration-weeks",
        "month" => "duration-months",
        "year" => "duration-years",
        _ => return tongue.say("figure-named", &[("number", number.into()), ("unit", unit.into())]),
    };
    tongue.say(message, &[("count", number.into())])
}

/// `clause`, `law` and so on.
pub(crate) fn kind(tongue: &Tongue, kind: DeclarationKind) -> String {
    tongue.say(&format!("evidence-{}", kind.word()), &[])
}

/// A declaration: its name, and the version that brought it.
pub(crate) fn name(tongue: &Tongue, audit: &Audit<'_>, finding: &Finding<'_>) -> String {
    let name = tongue.name(finding.declaration.name);
    let version =
        finding.declaration.versions.first().filter(|_| finding.declaration.kind == DeclarationKind::Clause);
    match version {
        Some(version) => format!("{name} ({})", tongue.name(&audit.program.versions[version.index()].name)),
        None => name,
    }
}

/// `003 12..40`
pub(crate) fn place(audit: &Audit<'_>, paper: usize, place: Place) -> String {
    format!("{} {place}", clean(&audit.papers[paper].name))
}

/// The place of a mention.
pub(crate) fn spot(audit: &Audit<'_>, spot: Spot) -> String {
    place(audit, spot.paper, spot.place(&audit.papers))
}

/// How many of the figures were found; nothing where none is stated.
pub(crate) fn found(tongue: &Tongue, finding: &Finding<'_>) -> String {
    let (found, total) = finding.count();
    if total == 0 {
        return String::new();
    }
    tongue.say("evidence-figures-found", &[("found", found.into()), ("total", total.into())])
}

/// `3 exact, 1 lost`, the usual outcome without its number where it is the only one.
pub(crate) fn citations(tongue: &Tongue, finding: &Finding<'_>) -> String {
    let order = ["lost", "ambiguous", "edited", "moved", "unchecked", "exact"];
    let count = |o: &str| finding.citations.iter().filter(|c| c.outcome() == o).count();
    let parts: Vec<String> = order
        .into_iter()
        .filter(|o| count(o) > 0)
        .map(|o| {
            format!(
                "{} {}",
                tongue.number(&Number::from(count(o) as i64)),
                tongue.say(&format!("evidence-{o}"), &[])
            )
        })
        .collect();
    parts.join(&tongue.say("comma", &[]))
}

/// A text of a document in one line, without what would steer a terminal or reach beyond it.
pub(crate) fn clean(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !is_direction(*c))
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\x7f' => '\u{2421}',
            '\u{80}'..='\u{9f}' => '\u{fffd}',
            c => c,
        })
        .collect();
    plain.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A control of direction.
pub(crate) fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
