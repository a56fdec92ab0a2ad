//! Whether what was found is what had to be found.

use crate::suite::{Case, What};
use servanda_mention::{Kind, Mention, Value};

/// Why a case is a miss; `None` where it is right.
pub fn judge(case: &Case) -> Option<String> {
    let found = match servanda_mention::scan(&case.text, &case.tag) {
        Ok(found) => found,
        Err(unknown) => return Some(format!("no language {:?}", unknown.tag)),
    };
    let show = || found.iter().map(|m| describe(m, &case.text)).collect::<Vec<_>>().join("; ");
    let mut used = vec![false; found.len()];
    for expected in &case.expected {
        let near = |m: &Mention| {
            expected.place.is_none_or(|(start, end)| m.place.start < end && start < m.place.end)
        };
        if let What::Length { months, seconds } = expected.what {
            let (mut m, mut s) = (0.0, 0.0);
            for (index, one) in
                found.iter().enumerate().filter(|(_, one)| one.kind == Kind::Duration && near(one))
            {
                used[index] = true;
                let (a, b) = length(one);
                m += a;
                s += b;
            }
            // A suite that gives seconds for months takes 30 days for a month, or 365 for a year.
            let days = |months: f64, year: f64| months * year / 12.0 * 86_400.0;
            let same = (close(m, months) && close(s, seconds))
                || (months * m == 0.0
                    && [360.0, 365.0]
                        .iter()
                        .any(|year| close(days(m, *year) + s, days(months, *year) + seconds)));
            if !same {
                return Some(format!("expected {months} months {seconds} s; found {}", show()));
            }
            continue;
        }
        let index = found
            .iter()
            .enumerate()
            .position(|(index, m)| !used[index] && near(m) && says(m, &expected.what));
        match index {
            Some(index) => used[index] = true,
            None => return Some(format!("expected {}; found {}", expectation(&expected.what), show())),
        }
    }
    let extra = found
        .iter()
        .enumerate()
        .any(|(index, m)| !used[index] && (case.only.is_empty() || case.only.contains(&m.kind.word())));
    (case.exact && extra).then(|| format!("too much: {}", show()))
}

fn expectation(what: &What) -> String {
    match what {
        What::Number(value, unit) => format!("{value} {}", unit.as_deref().unwrap_or("")),
        What::Kind(kind, value, unit) => format!("{kind} {value} {}", unit.as_deref().unwrap_or("")),
        What::Date(date) => date.clone(),
        What::Length { .. } => String::new(),
    }
}

fn describe(m: &Mention, text: &str) -> String {
    let span: String = text.chars().skip(m.place.start).take(m.place.len()).collect();
    format!("{span:?} {} {} {}", m.kind.word(), m.value.decimal(), m.unit.as_deref().unwrap_or(""))
}

fn says(m: &Mention, what: &What) -> bool {
    match what {
        What::Number(value, unit) => {
            same_value(m, *value) && unit.as_ref().is_none_or(|u| m.unit.as_ref() == Some(u))
        }
        What::Kind(kind, value, unit) => {
            m.kind.word() == *kind
                && same_value(m, *value)
                && unit.as_ref().is_none_or(|u| m.unit.as_ref() == Some(u))
                || (*kind == "number" && m.kind == Kind::Year && same_value(m, *value))
        }
        What::Date(date) => matches!(&m.value, Value::Date(d) if d.to_string() == *date),
        What::Length { .. } => false,
    }
}

fn number(m: &Mention) -> Option<f64> {
    match &m.value {
        Value::Number(_) => m.value.decimal().parse().ok(),
        Value::Date(date) => date.month.is_none().then_some(f64::from(date.year?)),
    }
}

fn same_value(m: &Mention, value: f64) -> bool {
    number(m).is_some_and(|own| close(own, value))
}

/// Equal in the first twelve digits: the suites round what they print.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

fn length(m: &Mention) -> (f64, f64) {
    let count = number(m).unwrap_or(f64::NAN);
    match m.unit.as_deref() {
        Some("year") => (12.0 * count, 0.0),
        Some("month") => (count, 0.0),
        Some("week") => (0.0, 604_800.0 * count),
        Some("day") => (0.0, 86_400.0 * count),
        Some("hour") => (0.0, 3_600.0 * count),
        Some("minute") => (0.0, 60.0 * count),
        Some("second") => (0.0, count),
        _ => (f64::NAN, 0.0),
    }
}

/// Of the mentions that a text has to give: how many were found, how many there are, and how many were found besides.
pub fn precision(case: &Case) -> (usize, usize, usize) {
    let found = servanda_mention::scan(&case.text, &case.tag).unwrap_or_default();
    let mut used = vec![false; found.len()];
    for expected in &case.expected {
        let near = |m: &Mention| {
            expected.place.is_none_or(|(start, end)| m.place.start < end && start < m.place.end)
        };
        let index =
            (0..found.len()).find(|&at| !used[at] && near(&found[at]) && says(&found[at], &expected.what));
        if let Some(index) = index {
            used[index] = true;
        }
    }
    let hits = used.iter().filter(|used| **used).count();
    (hits, case.expected.len(), found.len() - hits)
}
