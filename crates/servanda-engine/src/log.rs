//! The log: which records count for a question, and in which order.
//!
//! `docs/meaning.md`, "The visible history".

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use servanda_program::Program;

use crate::answer::Error;
use crate::record::{Record, Time};

/// Everything that was recorded, as it came, and sorted.
#[derive(Debug, Default)]
pub(crate) struct Log {
    records: Vec<Rc<Record>>,
    /// The records that have an identity, found by it.
    identified: HashSet<Identified>,
    /// The visible history of all of them.
    sorted: Rc<Vec<Rc<Record>>>,
    /// Whether the order and the times of recording alone make the history: no record corrects another or came twice.
    plain: bool,
}

/// A record, found by its source and id.
#[derive(Debug, Clone)]
struct Identified(Rc<Record>);

impl PartialEq for Identified {
    fn eq(&self, other: &Identified) -> bool {
        self.0.source == other.0.source && self.0.id == other.0.id
    }
}

impl Eq for Identified {}

impl Hash for Identified {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.0.source, &self.0.id).hash(state);
    }
}

impl Log {
    pub fn new() -> Log {
        Log { plain: true, ..Log::default() }
    }

    /// The records, as they came.
    pub fn records(&self) -> &[Rc<Record>] {
        &self.records
    }

    /// Adds records, all or none, and returns the first place of the sorted history that is not as before.
    ///
    /// # Errors
    /// As [`visible`].
    pub fn append(&mut self, program: &Program, more: Vec<Rc<Record>>) -> Result<usize, Error> {
        let before = self.records.len();
        let plain = self.adds_only(&more);
        self.records.extend(more);
        let more = &self.records[before..];
        let first = if plain {
            insert(Rc::make_mut(&mut self.sorted), more)
        } else {
            match visible(program, &self.records, None) {
                Ok(sorted) => {
                    let first = common(&self.sorted, &sorted);
                    self.sorted = Rc::new(sorted);
                    self.plain = false;
                    first
                }
                Err(error) => {
                    self.records.truncate(before);
                    return Err(error);
                }
            }
        };
        self.identified.extend(identified(more));
        Ok(first)
    }

    /// Whether records only come to those that there are: none corrects another, or has an identity that is there.
    fn adds_only(&self, more: &[Rc<Record>]) -> bool {
        let mut seen = HashSet::new();
        more.iter().all(|r| r.corrects.is_none() && !r.withdrawn)
            && identified(more).all(|r| !self.identified.contains(&r) && seen.insert(r))
    }

    /// The visible history of what was known at a time, with records added.
    ///
    /// # Errors
    /// As [`visible`].
    pub fn history(
        &self,
        program: &Program,
        known_at: Option<Time>,
        added: &[Record],
    ) -> Result<Rc<Vec<Rc<Record>>>, Error> {
        if known_at.is_none() && added.is_empty() {
            return Ok(self.sorted.clone());
        }
        let added: Vec<Rc<Record>> = added.iter().cloned().map(Rc::new).collect();
        let known = |r: &Rc<Record>| known_at.is_none_or(|k| r.recorded <= k);
        if (self.plain || known_at.is_none()) && self.adds_only(&added) {
            let mut sorted: Vec<Rc<Record>> = self.sorted.iter().filter(|r| known(r)).cloned().collect();
            let added: Vec<Rc<Record>> = added.into_iter().filter(known).collect();
            insert(&mut sorted, &added);
            return Ok(Rc::new(sorted));
        }
        let all: Vec<Rc<Record>> = self.records.iter().cloned().chain(added).collect();
        visible(program, &all, known_at).map(Rc::new)
    }
}

/// Those of some records that have an identity.
fn identified(records: &[Rc<Record>]) -> impl Iterator<Item = Identified> {
    records.iter().filter(|r| r.id.is_some()).cloned().map(Identified)
}

/// Puts records into a sorted history, where nothing else decides than their order; the first place that is not as before.
fn insert(sorted: &mut Vec<Rc<Record>>, more: &[Rc<Record>]) -> usize {
    let Some(least) = more.iter().map(|r| key(r)).min() else { return sorted.len() };
    // What is equal comes in the order of the log.
    let first = sorted.partition_point(|r| key(r) <= least);
    sorted.extend(more.iter().cloned());
    sorted[first..].sort_by_key(|r| key(r));
    first
}

/// How many records two histories have in common at their beginning.
pub(crate) fn common(a: &[Rc<Record>], b: &[Rc<Record>]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| Rc::ptr_eq(a, b)).count()
}

/// The records that count for what was known at a time, sorted by (time, rank of the event type,
/// recorded time, digest): a total order that does not depend on the order of the log.
///
/// # Errors
/// One identity with different content, or a correction of a record that is not there, of another type,
/// or by somebody who cannot correct it.
fn visible(
    program: &Program,
    records: &[Rc<Record>],
    known_at: Option<Time>,
) -> Result<Vec<Rc<Record>>, Error> {
    let known: Vec<&Rc<Record>> =
        records.iter().filter(|r| known_at.is_none_or(|k| r.recorded <= k)).collect();
    let mut by_identity: HashMap<(&str, &str), usize> = HashMap::new();
    let mut kept: Vec<&Rc<Record>> = Vec::with_capacity(known.len());
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
    let mut out: Vec<Rc<Record>> = kept
        .into_iter()
        .zip(removed)
        .filter(|(r, removed)| !removed && !r.withdrawn)
        .map(|(r, _)| r.clone())
        .collect();
    out.sort_by_key(|r| key(r));
    Ok(out)
}

/// The sort key of a record.
fn key(record: &Record) -> (Time, u32, Time, [u8; 32]) {
    (record.time, record.event.0, record.recorded, record.digest)
}

/// For each record whether a correction removes it. Of several corrections of one record the latest counts.
fn corrected(
    program: &Program,
    kept: &[&Rc<Record>],
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
