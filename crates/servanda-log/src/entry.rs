//! The bytes of an entry: a JSON object in canonical form (`docs/living.md`, "Entries").

use serde_json::{Map, Value};

use crate::canonical::{canonical, is_canonical};
use crate::checkpoint::short;
use crate::hash::Hash;

/// An entry, read. Members that are not known here are read over; they are in the bytes all the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it was recorded: a moment in UTC such as `2026-11-25T17:20:01.123456789Z`.
    pub at: String,
    /// What kind of entry it is: `text`, `document`, `event`, …
    pub kind: String,
    /// Who brought it: `user:NAME`, `token:NAME`, `time`.
    pub by: String,
    /// The matter whose log it belongs to.
    pub matter: String,
    /// What it says.
    pub body: Map<String, Value>,
}

/// What an entry of kind `document` says of bytes that are kept beside the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// SHA-256 of the bytes.
    pub digest: Hash,
    /// How many there are.
    pub bytes: u64,
}

/// What is wrong with the bytes of an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// No JSON object.
    #[error("the entry is not a JSON object: {0}")]
    NotJson(String),
    /// Another spelling than the one that it may have.
    #[error(
        "the entry is not in canonical form (RFC 8785): members sorted, each once, no white space, numbers in their shortest form; it was written by another program, or changed"
    )]
    NotCanonical,
    /// A member is not there, or is something else.
    #[error("`{member}` of the entry must be {expected}, found {found}")]
    Member {
        /// Its name.
        member: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
}

impl Entry {
    /// Reads the bytes of an entry.
    ///
    /// # Errors
    /// Bytes that are no object in canonical form, or members that are not there or of another shape.
    pub fn parse(text: &str) -> Result<Entry, EntryError> {
        let value: Value = serde_json::from_str(text).map_err(|e| EntryError::NotJson(e.to_string()))?;
        if !is_canonical(text, &value) {
            return Err(EntryError::NotCanonical);
        }
        let Value::Object(mut object) = value else {
            return Err(EntryError::NotJson(format!("it is `{}`", short(text))));
        };
        let body = match object.remove("body") {
            Some(Value::Object(body)) => body,
            other => return Err(wrong("body", "an object", other.as_ref())),
        };
        let entry = Entry {
            at: take_text(&mut object, "at")?,
            kind: take_text(&mut object, "kind")?,
            by: take_text(&mut object, "by")?,
            matter: take_text(&mut object, "matter")?,
            body,
        };
        if entry.moment().is_none() {
            let found = Value::String(entry.at);
            return Err(wrong(
                "at",
                "a moment in UTC such as `2026-11-25T17:20:01.123456789Z`",
                Some(&found),
            ));
        }
        Ok(entry)
    }

    /// The bytes of the entry, for the log.
    pub fn canonical(&self) -> String {
        let text = |text: &str| Value::String(text.to_string());
        canonical(&Value::Object(Map::from_iter([
            ("at".to_string(), text(&self.at)),
            ("body".to_string(), Value::Object(self.body.clone())),
            ("by".to_string(), text(&self.by)),
            ("kind".to_string(), text(&self.kind)),
            ("matter".to_string(), text(&self.matter)),
        ])))
    }

    /// The document that it is about, where it is of that kind.
    ///
    /// # Errors
    /// A document without digest or length.
    pub fn document(&self) -> Result<Option<Document>, EntryError> {
        if self.kind != "document" {
            return Ok(None);
        }
        let (digest, bytes) = (self.body.get("digest"), self.body.get("bytes"));
        Ok(Some(Document {
            digest: digest.and_then(|v| v.as_str()?.parse().ok()).ok_or_else(|| {
                wrong("digest", "a SHA-256 hash, 64 hexadecimal digits in lower case", digest)
            })?,
            bytes: bytes.and_then(Value::as_u64).ok_or_else(|| wrong("bytes", "a number of bytes", bytes))?,
        }))
    }

    /// When it was recorded, so that moments compare. `None` where `at` is no moment.
    pub(crate) fn moment(&self) -> Option<Moment> {
        moment(&self.at)
    }
}

/// A moment in UTC: year, month, day, hour, minute, second, nanosecond.
pub(crate) type Moment = [u32; 7];

/// Reads `2026-11-25T17:20:01Z` with up to nine digits of a second. Years have four digits, no second is the sixtieth.
fn moment(text: &str) -> Option<Moment> {
    let (whole, fraction) = match text.strip_suffix('Z')?.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (text.strip_suffix('Z')?, "0"),
    };
    let shape = whole.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b });
    if !shape.eq(*b"0000-00-00T00:00:00") {
        return None;
    }
    if !(1..=9).contains(&fraction.len()) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| whole.get(range)?.parse::<u32>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let (hour, minute, second) = (part(11..13)?, part(14..16)?, part(17..19)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let nanosecond = format!("{fraction:0<9}").parse().ok()?;
    Some([year, month, day, hour, minute, second, nanosecond])
}

fn take_text(object: &mut Map<String, Value>, member: &'static str) -> Result<String, EntryError> {
    match object.remove(member) {
        Some(Value::String(text)) => Ok(text),
        other => Err(wrong(member, "a text", other.as_ref())),
    }
}

fn wrong(member: &'static str, expected: &'static str, found: Option<&Value>) -> EntryError {
    let found = found.map_or("nothing".to_string(), |value| format!("`{}`", short(&value.to_string())));
    EntryError::Member { member, expected, found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_compare_as_time_does() {
        let in_order = [
            "1999-12-31T23:59:59.999999999Z",
            "2026-11-25T17:20:01Z",
            "2026-11-25T17:20:01.000000001Z",
            "2026-11-25T17:20:01.09Z",
            "2026-11-25T17:20:01.1Z",
            "2026-11-25T17:20:02Z",
            "2028-02-29T00:00:00Z",
        ];
        let moments: Vec<_> = in_order.iter().map(|m| moment(m).unwrap()).collect();
        assert!(moments.is_sorted_by(|a, b| a < b), "{moments:?}");
        assert_eq!(moment("2026-11-25T17:20:01.5Z"), moment("2026-11-25T17:20:01.500Z"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "Z",
            "2026-11-25",
            "2026-11-25T17:20:01",
            "2026-11-25T17:20:01+00:00",
            "2026-11-25t17:20:01Z",
            "2026-11-25T17:20:01.Z",
            "2026-11-25T17:20:01.1234567890Z",
            "2026-11-25T17:20:01.+1Z",
            "2026-13-25T17:20:01Z",
            "2026-00-25T17:20:01Z",
            "2027-02-29T17:20:01Z",
            "2100-02-29T17:20:01Z",
            "2026-11-31T17:20:01Z",
            "2026-11-25T24:00:00Z",
            "2026-11-25T17:60:01Z",
            "2026-11-25T17:20:60Z",
            "12026-11-25T17:20:01Z",
            "٢٠٢٦-11-25T17:20:01Z",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn an_entry_is_its_bytes() {
        let text = r#"{"at":"2026-11-25T17:20:01.123456789Z","body":{"files":{}},"by":"user:ada","kind":"text","matter":"m"}"#;
        let entry = Entry::parse(text).unwrap();
        assert_eq!(entry.canonical(), text);
        assert_eq!(entry.document(), Ok(None));
    }

    #[test]
    fn a_fault_of_an_entry_names_the_member() {
        for (text, part) in [
            ("", "not a JSON object"),
            ("[]", "not a JSON object: it is `[]`"),
            ("{", "not a JSON object"),
            ("{ }", "canonical form"),
            ("{}", "`body` of the entry must be an object, found nothing"),
            (r#"{"body":{}}"#, "`at` of the entry must be a text, found nothing"),
            (r#"{"at":1,"body":{}}"#, "`at` of the entry must be a text, found `1`"),
            (r#"{"at":"now","body":{},"by":"","kind":"","matter":""}"#, "must be a moment in UTC"),
        ] {
            let message = Entry::parse(text).unwrap_err().to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
