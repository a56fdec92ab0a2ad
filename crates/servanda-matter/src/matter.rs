//! A matter: entries folded in their order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::Value;

use servanda_engine::Record;
use servanda_quantity::Day;

use crate::entry::{Body, DocumentBody, Entry, event_key, moment_text};
use crate::fault::Fault;
use crate::live::Live;

/// Most documents of a matter.
const DOCUMENTS_MAX: usize = 10_000;
/// Most letters of an event's `source` and `id`.
const IDENTITY_LETTERS_MAX: usize = 1_000;

/// A text that a matter had from some entry on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextVersion {
    /// The entry that brought it.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// A document of a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The entry that brought it.
    pub index: u64,
    /// What is said of it.
    pub body: DocumentBody,
}

/// An event that is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    index: u64,
    digest: [u8; 32],
    event: u32,
    /// The day on which it took effect.
    day: Day,
}

/// What entries tell beside the text: kept in the same way while they are folded and afterwards.
#[derive(Debug, Default)]
struct Facts {
    version: u64,
    at: Option<Timestamp>,
    texts: Vec<TextVersion>,
    directory: Option<(u64, Value)>,
    documents: Vec<Document>,
    events: HashMap<String, Seen>,
    notices: Vec<(u64, Value)>,
    /// For each event the first day whose state it can change.
    touched: Vec<(u64, Day)>,
}

/// What an entry leaves to be done.
enum Left {
    Nothing,
    /// A text that governs from now on.
    Text(BTreeMap<String, String>),
    /// A record for the engine.
    Record(Record),
}

impl Facts {
    /// Takes the next entry in. `read` makes the record of an event, or none where that can wait.
    fn add(
        &mut self,
        entry: Entry,
        read: impl FnOnce(&Value) -> Result<Option<Record>, Fault>,
    ) -> Result<Left, Fault> {
        let index = self.version;
        let left = match entry.body {
            Body::Text(files) => {
                self.texts.push(TextVersion { index, at: entry.at, by: entry.by });
                Left::Text(files)
            }
            Body::Directory(value) => {
                self.directory = Some((index, value));
                Left::Nothing
            }
            Body::Document(body) => {
                self.documents.push(Document { index, body });
                Left::Nothing
            }
            Body::Notice(value) => {
                self.notices.push((index, value));
                Left::Nothing
            }
            Body::Event(value) => match read(&value)? {
                Some(record) => {
                    self.note(&record, index);
                    Left::Record(record)
                }
                None => Left::Nothing,
            },
        };
        self.at = self.at.max(Some(entry.at));
        self.version += 1;
        Ok(left)
    }

    /// Keeps an event, and the first day whose state it can change: its own, or that of the record that it corrects.
    fn note(&mut self, record: &Record, index: u64) {
        let day = record.time.day;
        let corrected =
            record.corrects.as_ref().and_then(|id| self.events.get(&event_key(&record.source, id)));
        let first = corrected.map_or(day, |seen| seen.day.min(day));
        if let Some(id) = &record.id {
            let seen = Seen { index, digest: record.digest, event: record.event.0, day };
            self.events.entry(event_key(&record.source, id)).or_insert(seen);
        }
        self.touched.push((index, first));
    }
}

/// A matter as it is after so many entries.
pub struct Matter {
    name: String,
    live: Live,
    facts: Facts,
}

/// An entry that may be appended.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// Its key.
    pub key: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it says.
    pub entry: Entry,
    /// The record of an event, where it was read already.
    record: Option<Record>,
}

impl Prepared {
    /// An entry that somebody else has appended.
    ///
    /// # Errors
    /// As [`Entry::from_bytes`].
    pub fn read(key: Option<String>, bytes: Vec<u8>) -> Result<Prepared, Fault> {
        Ok(Prepared { key, entry: Entry::from_bytes(&bytes)?, bytes, record: None })
    }
}

/// What became of an event that was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// It is new: it will be this entry.
    New(u64),
    /// It was there already: this entry.
    There(u64),
}

/// Entries in the making, which will be appended together or not at all.
pub struct Drafting<'m> {
    matter: &'m Matter,
    at: Timestamp,
    seen: HashMap<String, Seen>,
    prepared: Vec<Prepared>,
}

/// Who brings an event, as far as that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bringer {
    /// `user:NAME`, `token:NAME`, `time`.
    pub by: String,
    /// The parties for which they speak; all where it is `None`.
    pub speaks_for: Option<BTreeSet<String>>,
    /// Whether they may say when an event was recorded, which rewrites what was known.
    pub may_backdate: bool,
}

/// Entries that are being folded.
pub struct Folding {
    name: String,
    live: Option<Live>,
    /// Whether the text was given, and those among the entries are passed over.
    given: bool,
    newest: Option<BTreeMap<String, String>>,
    facts: Facts,
    records: Vec<Record>,
}

impl Folding {
    /// Begins with the first text among the entries.
    pub fn new(name: &str) -> Folding {
        Folding {
            name: name.to_string(),
            live: None,
            given: false,
            newest: None,
            facts: Facts::default(),
            records: Vec::new(),
        }
    }

    /// Reads all events by this text, whatever texts there are among the entries.
    pub fn over(name: &str, live: Live) -> Folding {
        Folding { live: Some(live), given: true, ..Folding::new(name) }
    }

    /// How many entries were added.
    pub fn version(&self) -> u64 {
        self.facts.version
    }

    /// Adds the next entry.
    ///
    /// # Errors
    /// An entry of another matter, or one that is damaged; an event that the text cannot read.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let index = self.facts.version;
        let at_entry = |fault: Fault| Fault { message: format!("entry {index}: {}", fault.message), ..fault };
        let entry = Entry::from_bytes(bytes).map_err(at_entry)?;
        if entry.matter != self.name {
            return Err(Fault::new(
                "damaged-entry",
                format!("entry {index} belongs to the matter `{}` and not to `{}`", entry.matter, self.name),
            ));
        }
        let (live, name) = (self.live.as_ref(), &self.name);
        // With a newer text all is read again.
        let waits = self.newest.is_some();
        let left = self.facts.add(entry, |event| {
            if waits {
                return Ok(None);
            }
            let live = live.ok_or_else(|| no_text(name))?;
            let unreadable = |e: servanda_wire::Error| {
                Fault::new(
                    "unreadable-event",
                    format!("the text cannot read the event of entry {index}: {}", e.message),
                )
            };
            live.with(|a| a.reader.event(event)).map(Some).map_err(unreadable)
        })?;
        match left {
            Left::Text(files) if !self.given && self.live.is_none() => {
                self.live = Some(Live::check(files).map_err(at_entry)?);
            }
            Left::Text(files) if !self.given => self.newest = Some(files),
            Left::Record(record) => self.records.push(record),
            Left::Text(_) | Left::Nothing => {}
        }
        Ok(())
    }

    /// The matter; or the text by which its entries have to be read once more, where there was a newer one.
    ///
    /// # Errors
    /// Entries without any text; a newer text with errors; records that contradict each other.
    pub fn finish(self) -> Result<Result<Matter, Live>, Fault> {
        if let Some(files) = self.newest {
            return Ok(Err(Live::check(files)?));
        }
        let mut live = self.live.ok_or_else(|| no_text(&self.name))?;
        live.with_mut(|a| a.engine.append(self.records))?;
        Ok(Ok(Matter { name: self.name, live, facts: self.facts }))
    }
}

fn no_text(name: &str) -> Fault {
    Fault::new("no-text", format!("the matter `{name}` has no text before its first event"))
}

impl Matter {
    /// A matter that has no entry yet and will have this text.
    pub fn begin(name: &str, live: Live) -> Result<Matter, Fault> {
        match Folding::over(name, live).finish()? {
            Ok(matter) => Ok(matter),
            Err(_) => Err(no_text(name)),
        }
    }

    /// A matter from its entries in their order.
    ///
    /// # Errors
    /// As [`Folding::add`] and [`Folding::finish`].
    pub fn fold<'e>(name: &str, entries: impl Iterator<Item = &'e [u8]> + Clone) -> Result<Matter, Fault> {
        let mut folding = Folding::new(name);
        loop {
            for bytes in entries.clone() {
                folding.add(bytes)?;
            }
            match folding.finish()? {
                Ok(matter) => return Ok(matter),
                Err(newer) => folding = Folding::over(name, newer),
            }
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many entries it has.
    pub fn version(&self) -> u64 {
        self.facts.version
    }

    /// When its last entry was recorded.
    pub fn at(&self) -> Option<Timestamp> {
        self.facts.at
    }

    /// What answers.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// The texts that it has had.
    pub fn texts(&self) -> &[TextVersion] {
        &self.facts.texts
    }

    /// The directory that governs now, and the entry that brought it.
    pub fn directory(&self) -> Option<(u64, &Value)> {
        self.facts.directory.as_ref().map(|(index, value)| (*index, value))
    }

    /// Its documents, in the order in which they came.
    pub fn documents(&self) -> &[Document] {
        &self.facts.documents
    }

    /// The bodies of its notices with their entries, in order.
    pub fn notices(&self) -> &[(u64, Value)] {
        &self.facts.notices
    }

    /// The entry that brought an event.
    pub fn event_index(&self, source: &str, id: &str) -> Option<u64> {
        self.facts.events.get(&event_key(source, id)).map(|seen| seen.index)
    }

    /// The first day whose state the entries from `index` on can change; `None` where they change none.
    pub(crate) fn touched_since(&self, index: u64) -> Option<Day> {
        let from = self.facts.touched.partition_point(|(at, _)| *at < index);
        self.facts.touched[from..].iter().map(|(_, day)| *day).min()
    }

    /// The day on which a moment lies in the agreement's zone.
    ///
    /// # Errors
    /// A day beyond the years 1 to 9999.
    pub fn day(&self, now: Timestamp) -> Result<Day, Fault> {
        Ok(self.live.with(|a| a.reader.day(now))?)
    }

    /// The instant at which a day begins in the agreement's zone.
    ///
    /// # Errors
    /// A day beyond those that instants reach.
    pub fn beginning(&self, day: Day) -> Result<Timestamp, Fault> {
        Ok(self.live.with(|a| a.reader.beginning(day))?)
    }

    /// The question with its day filled in, and the answer to it, both as JSON. A question that has no answer gets an error in
    /// the place of the answer, as in a batch.
    ///
    /// # Errors
    /// Those of the answer: the fault that its JSON tells.
    pub fn ask(&self, question: &Value, today: Day) -> (Value, Result<Value, Fault>) {
        let mut full = question.clone();
        if let Value::Object(object) = &mut full
            && object.get("as_of").is_none_or(Value::is_null)
        {
            object.insert("as_of".into(), today.to_string().into());
        }
        let answer = self.live.with(|a| {
            let asked = a.reader.question(&full, today);
            let answer = asked.question.and_then(|q| a.engine.ask(&q))?;
            Ok(servanda_wire::answer_json(a.engine.program(), &asked.id, &answer))
        });
        (full, answer)
    }

    /// Begins entries that will be appended together, at a moment: that of the clock, or that of the last entry where the clock went
    /// back.
    pub fn draft(&self, now: Timestamp) -> Drafting<'_> {
        let at = self.facts.at.map_or(now, |at| at.max(now));
        Drafting { matter: self, at, seen: HashMap::new(), prepared: Vec::new() }
    }

    /// Takes entries in that were appended. A text among them is not taken in: the matter has to be folded anew.
    ///
    /// # Errors
    /// Entries that were not drafted over this matter.
    pub fn take(&mut self, prepared: Vec<Prepared>) -> Result<(), Fault> {
        let mut records = Vec::new();
        for Prepared { entry, record, .. } in prepared {
            let live = &self.live;
            let read = |event: &Value| match record {
                Some(record) => Ok(Some(record)),
                None => Ok(Some(live.with(|a| a.reader.event(event))?)),
            };
            if let Left::Record(record) = self.facts.add(entry, read)? {
                records.push(record);
            }
        }
        if !records.is_empty() {
            self.live.with_mut(|a| a.engine.append(records))?;
        }
        Ok(())
    }
}

impl Drafting<'_> {
    /// The matter to which the entries are added.
    pub fn matter(&self) -> &Matter {
        self.matter
    }

    /// The moment at which the entries are recorded.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// What was drafted.
    pub fn finish(self) -> Vec<Prepared> {
        self.prepared
    }

    /// How many entries were drafted.
    pub fn len(&self) -> usize {
        self.prepared.len()
    }

    /// Whether nothing was drafted.
    pub fn is_empty(&self) -> bool {
        self.prepared.is_empty()
    }

    /// Takes back what was drafted after a number of entries.
    pub fn truncate(&mut self, len: usize) {
        self.prepared.truncate(len);
        let version = self.matter.facts.version + len as u64;
        self.seen.retain(|_, seen| seen.index < version);
    }

    fn push(&mut self, by: &str, body: Body, record: Option<Record>) -> u64 {
        let entry = Entry { at: self.at, by: by.to_string(), matter: self.matter.name.clone(), body };
        let index = self.matter.facts.version + self.prepared.len() as u64;
        self.prepared.push(Prepared { key: entry.key(), bytes: entry.to_bytes(), entry, record });
        index
    }

    /// The text that the matter was begun or folded over.
    pub fn text(&mut self, by: &str) -> u64 {
        let files = self.matter.live.files().clone();
        self.push(by, Body::Text(files), None)
    }

    /// A directory.
    ///
    /// # Errors
    /// `wrong-shape`: not of the form that docs/living.md describes.
    pub fn directory(&mut self, by: &str, value: Value) -> Result<u64, Fault> {
        check_directory(&value)?;
        Ok(self.push(by, Body::Directory(value), None))
    }

    /// A document, whose bytes are kept; the entry that it is already, where it is the last of its name.
    ///
    /// # Errors
    /// `too-many-documents`.
    pub fn document(&mut self, by: &str, body: DocumentBody) -> Result<u64, Fault> {
        let last = self.matter.facts.documents.iter().rev().find(|d| d.body.name == body.name);
        if let Some(there) = last.filter(|d| d.body == body) {
            return Ok(there.index);
        }
        if self.matter.facts.documents.len() >= DOCUMENTS_MAX {
            return Err(Fault::new(
                "too-many-documents",
                format!("the matter has {DOCUMENTS_MAX} documents, and no more are kept"),
            ));
        }
        Ok(self.push(by, Body::Document(body), None))
    }

    /// A notice: its body has its key.
    pub fn notice(&mut self, body: Value) -> u64 {
        self.push("time", Body::Notice(body), None)
    }

    /// An event. One without `id` gets the fresh one.
    ///
    /// # Errors
    /// An event that the agreement cannot read; `conflicting-event`: its source and id belong to another content;
    /// `not-your-party`: it says to be by a party for which the bringer does not speak; `recorded-time-given`;
    /// `unknown-correction` and `correction-of-another-type`.
    pub fn event(&mut self, bringer: &Bringer, event: Value, fresh_id: &str) -> Result<Admitted, Fault> {
        exact(&event)?;
        let mut event = event;
        let Some(members) = event.as_object_mut() else {
            return Err(Fault::new(
                "wrong-shape",
                "an event is a JSON object with `type`, `time` and `data`",
            ));
        };
        if members.get("id").is_none_or(Value::is_null) {
            members.insert("id".into(), fresh_id.into());
        }
        let claimed = members.insert("recordedtime".into(), moment_text(self.at).into());
        let claimed = claimed.filter(|v| !v.is_null());
        let mut record = self.read(&event)?;
        let id = record.id.clone().unwrap_or_default();
        if id.chars().count() > IDENTITY_LETTERS_MAX || record.source.chars().count() > IDENTITY_LETTERS_MAX {
            return Err(Fault::new(
                "identity-too-long",
                format!("the `source` or the `id` of the event has more than {IDENTITY_LETTERS_MAX} letters"),
            ));
        }
        let key = event_key(&record.source, &id);
        if let Some(seen) = self.seen(&key) {
            if seen.digest == record.digest {
                return Ok(Admitted::There(seen.index));
            }
            return Err(Fault::new(
                "conflicting-event",
                format!(
                    "the event `{id}` of source `{}` is entry {} already, with other content; to correct it, send an \
                     event of its own with `corrects`",
                    record.source, seen.index
                ),
            ));
        }
        if let Some(claimed) = claimed {
            record = self.backdate(bringer, &mut event, claimed, &record)?;
        }
        self.speaks(bringer, &event)?;
        if let Some(target) = &record.corrects {
            self.correctable(&record, target)?;
        }
        let (digest, day) = (record.digest, record.time.day);
        let kind = record.event.0;
        let index = self.push(&bringer.by, Body::Event(event), Some(record));
        self.seen.insert(key, Seen { index, digest, event: kind, day });
        Ok(Admitted::New(index))
    }

    fn seen(&self, key: &str) -> Option<&Seen> {
        self.matter.facts.events.get(key).or_else(|| self.seen.get(key))
    }

    fn read(&self, event: &Value) -> Result<Record, Fault> {
        Ok(self.matter.live.with(|a| a.reader.event(event))?)
    }

    /// Lets an event say when it was recorded; its record.
    fn backdate(
        &self,
        bringer: &Bringer,
        event: &mut Value,
        claimed: Value,
        now: &Record,
    ) -> Result<Record, Fault> {
        if !bringer.may_backdate {
            return Err(Fault::new(
                "recorded-time-given",
                "`recordedtime` is set by the server when an event arrives; leave it out",
            ));
        }
        event["recordedtime"] = claimed;
        let then = self.read(event)?;
        if then.recorded > now.recorded {
            return Err(Fault::new(
                "recorded-time-given",
                "`recordedtime` lies ahead: an event cannot have been recorded later than now",
            ));
        }
        Ok(then)
    }

    fn speaks(&self, bringer: &Bringer, event: &Value) -> Result<(), Fault> {
        let Some(parties) = &bringer.speaks_for else { return Ok(()) };
        let by = event.get("data").and_then(|data| data.get("by")).and_then(Value::as_str);
        if by.is_some_and(|by| parties.contains(by)) {
            return Ok(());
        }
        let listed = parties.iter().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", ");
        let listed = if listed.is_empty() { "nobody".to_string() } else { listed };
        Err(Fault::new(
            "not-your-party",
            match by {
                Some(by) => format!(
                    "the event says to be by `{by}`, for whom you do not speak; you speak for {listed}"
                ),
                None => {
                    format!("the event has no `data.by`; name the party who did it, you speak for {listed}")
                }
            },
        ))
    }

    fn correctable(&self, record: &Record, target: &str) -> Result<(), Fault> {
        match self.seen(&event_key(&record.source, target)) {
            None => Err(Fault::new(
                "unknown-correction",
                format!(
                    "the correction names the record `{target}` of source `{}`, which is not in the log; name the id of \
                     a record of the same source",
                    record.source
                ),
            )),
            Some(seen) if seen.event != record.event.0 => Err(Fault::new(
                "correction-of-another-type",
                format!(
                    "the correction is of another type than the record `{target}`; withdraw that one and record a new \
                     event"
                ),
            )),
            Some(_) => Ok(()),
        }
    }
}

/// Whether all numbers of a value keep their digits in an entry, whose canonical form has those of doubles.
fn exact(value: &Value) -> Result<(), Fault> {
    match servanda_log::inexact(value) {
        None => Ok(()),
        Some(number) => Err(Fault::new(
            "inexact-number",
            format!("the number `{number}` would lose digits in the log; write it as a text, `\"{number}\"`"),
        )),
    }
}

/// Whether a directory has its form.
fn check_directory(value: &Value) -> Result<(), Fault> {
    exact(value)?;
    let wrong = |what: String| Fault::new("wrong-shape", format!("the directory {what}"));
    let object = value.as_object().ok_or_else(|| wrong("must be a JSON object".into()))?;
    for (name, list) in object {
        if name != "subjects" && name != "resources" {
            return Err(wrong(format!("has the member `{name}`; it has `subjects` and `resources`")));
        }
        let list = list.as_array().ok_or_else(|| wrong(format!("has `{name}`, which must be a list")))?;
        for (i, item) in list.iter().enumerate() {
            for member in ["type", "id"] {
                if item.get(member).and_then(Value::as_str).is_none_or(str::is_empty) {
                    return Err(wrong(format!("has `{name}[{i}]` without a text `{member}`")));
                }
            }
            for (member, fits) in [
                ("properties", item.get("properties").is_none_or(Value::is_object)),
                ("party", item.get("party").is_none_or(Value::is_string)),
            ] {
                if !fits {
                    return Err(wrong(format!("has `{name}[{i}].{member}` of another kind than expected")));
                }
            }
        }
    }
    Ok(())
}
