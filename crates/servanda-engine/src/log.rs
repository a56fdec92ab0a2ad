//! The log: which records count for a question, and in which order.
//!
//! `docs/meaning.md`, "The visible history".

use std::collections::HashMap;

use servanda_program::Program;

use crate::answer::Error;
use crate::record::{Record, Time};

/// The records that count for what was known at a time, sorted by (time, rank of the event type,
/// recorded time, digest): a total order that does not depend on the order of the log.
///
/// # Errors
/// One identity with different content, or a correction of a record that is not there, of another type,
/// or by somebody who cannot correct it.
pub(crate) fn visible(
    program: &Program,
    records: &[Record],
    known_at: Option<Time>,
) -> Result<Vec<Record>, Error> {
    let known: Vec<&Record> = records.iter().filter(|r| known_at.is_none_or(|k| r.recorded <= k)).collect();
    let mut by_identity: HashMap<(&str, &str), usize> = HashMap::new();
    let mut kept: Vec<&Record> = Vec::with_capacity(known.len());
    for record in known {
        let Some(id) = &record.id else {
            kept.push(record);
            continue;
        };
        match by_identity.get(&(record.source.as_str(), id.as_str())) {
            None => {
                by_identity.insert((&record.source, id), kept.len());
                kept.push(record);
            }
            Some(&at) if kept[at].digest != record.digest => {
                return Err(Error::new(
                    "contradictory-record",
                    format!(
                        "the record `{id}` of source `{}` comes twice with different content; \
                         a correction is a record of its own with `corrects`",
                        record.source
                    ),
                ));
            }
            // The same again: the earliest recording counts.
            Some(&at) if record.recorded < kept[at].recorded => kept[at] = record,
            Some(_) => {}
        }
    }
    let removed = corrected(program, &kept, &by_identity)?;
    let mut out: Vec<Record> = kept
        .into_iter()
        .zip(removed)
        .filter(|(r, removed)| !removed && !r.withdrawn)
        .map(|(r, _)| r.clone())
        .collect();
    out.sort_by_key(key);
    Ok(out)
}

/// The sort key of a record.
pub(crate) fn key(record: &Record) -> (Time, u32, Time, [u8; 32]) {
    (record.time, record.event.0, record.recorded, record.digest)
}

/// For each record whether a correction removes it. Of several corrections of one record the latest counts.
fn corrected(
    program: &Program,
    kept: &[&Record],
    by_identity: &HashMap<(&str, &str), usize>,
) -> Result<Vec<bool>, Error> {
    let mut removed = vec![false; kept.len()];
    let mut latest: HashMap<usize, usize> = HashMap::new();
    for (at, record) in kept.iter().enumerate() {
        let Some(target) = &record.corrects else { continue };
        let named = || record.id.as_deref().unwrap_or("without id").to_string();
        let Some(&original) = by_identity.get(&(record.source.as_str(), target.as_str())) else {
            return Err(Error::new(
                "unknown-correction",
                format!(
                    "the correction `{}` names the record `{target}` of source `{}`, which is not in the log; \
                     name the id of a record of the same source",
                    named(),
                    record.source
                ),
            ));
        };
        let first = kept[original];
        if first.event != record.event || original == at {
            return Err(Error::new(
                "correction-of-another-type",
                format!(
                    "the correction `{}` is of type `{}`, but the record `{target}` is of type `{}`; \
                     withdraw that one and record a new event",
                    named(),
                    program.events[record.event.index()].name,
                    program.events[first.event.index()].name
                ),
            ));
        }
        let may_correct = record
            .by
            .is_none_or(|by| first.by == Some(by) || program.events[record.event.index()].by.contains(&by));
        if !may_correct {
            // Somebody else's word: it corrects nothing and is no event of its own.
            removed[at] = true;
            continue;
        }
        match latest.get(&original) {
            Some(&other) if (kept[other].recorded, kept[other].digest) > (record.recorded, record.digest) => {
                removed[at] = true;
            }
            Some(&other) => {
                removed[other] = true;
                latest.insert(original, at);
            }
            None => {
                latest.insert(original, at);
            }
        }
        removed[original] = true;
    }
    Ok(removed)
}
