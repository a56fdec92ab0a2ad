//! Mentions in a compact rendering, for comparing.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

use servanda_mention::{Mention, scan};

/// What is found in a text, each as "money 135000000000 USD about @12..28": kind, value, unit, calendar, qualifier
/// and place, as far as it has them.
pub fn found(tag: &str, text: &str) -> Vec<String> {
    all(tag, text).iter().map(|m| format!("{} @{}..{}", said_by(m), m.place.start, m.place.end)).collect()
}

/// The same without places.
pub fn said(tag: &str, text: &str) -> Vec<String> {
    all(tag, text).iter().map(said_by).collect()
}

/// The words of the text that each mention covers.
pub fn spans(tag: &str, text: &str) -> Vec<String> {
    all(tag, text).iter().map(|m| text.chars().skip(m.place.start).take(m.place.len()).collect()).collect()
}

fn all(tag: &str, text: &str) -> Vec<Mention> {
    scan(text, tag).unwrap_or_else(|unknown| panic!("no rules for {:?}", unknown.tag))
}

fn said_by(m: &Mention) -> String {
    let mut parts = vec![m.kind.word().to_owned(), m.value.decimal()];
    parts.extend(m.unit.clone());
    parts.extend(m.calendar.map(|c| c.word().to_owned()));
    parts.extend(m.qualifier.map(|q| q.word().to_owned()));
    parts.join(" ")
}
