//! Entries: the lines of a matter's log, and their bytes. `docs/living.md`, "Entries".

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::fault::Fault;
use servanda_log::{canonical, digest};

/// Places after the point of a second in `at`, so that texts of moments sort as the moments do.
pub const TIME_PLACES: usize = 9;

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When the server recorded it.
    pub at: Timestamp,
    /// Who brought it: `user:NAME`, `token:NAME`, `time`.
    pub by: String,
    /// The matter whose log it is in.
    pub matter: String,
    /// What it says.
    pub body: Body,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The whole agreement text from now on: file names and texts.
    Text(BTreeMap<String, String>),
    /// Whom and what callers may name.
    Directory(Value),
    /// A source document; its bytes are kept beside the log.
    Document(DocumentBody),
    /// A CloudEvent.
    Event(Value),
    /// What time did.
    Notice(Value),
}

/// What is said of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentBody {
    /// What the agreement's text calls its file.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, hex.
    pub digest: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Body {
    /// The word for its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Body::Text(_) => "text",
            Body::Directory(_) => "directory",
            Body::Document(_) => "document",
            Body::Event(_) => "event",
            Body::Notice(_) => "notice",
        }
    }

    /// Its JSON.
    pub fn json(&self) -> Value {
        match self {
            Body::Text(files) => json!({ "files": files }),
            Body::Document(d) => {
                json!({"name": d.name, "media_type": d.media_type, "digest": d.digest, "bytes": d.bytes})
            }
            Body::Directory(value) | Body::Event(value) | Body::Notice(value) => value.clone(),
        }
    }
}

impl Entry {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let whole = json!({
            "at": moment_text(self.at),
            "by": self.by,
            "matter": self.matter,
            "kind": self.body.kind(),
            "body": self.body.json(),
        });
        canonical(&whole).into_bytes()
    }

    /// An entry from its bytes.
    ///
    /// # Errors
    /// `damaged-entry`: bytes that no Servanda wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Entry, Fault> {
        let damaged = |what: &str| Fault::new("damaged-entry", format!("the entry {what}"));
        let value: Value =
            serde_json::from_slice(bytes).map_err(|e| damaged(&format!("is not JSON: {e}")))?;
        let Value::Object(mut object) = value else { return Err(damaged("is not a JSON object")) };
        let text = |object: &mut Map<String, Value>, name: &str| match object.remove(name) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(damaged(&format!("has no text `{name}`"))),
        };
        let at = text(&mut object, "at")?;
        let at: Timestamp = at.parse().map_err(|_| damaged(&format!("has `{at}` for its moment")))?;
        let by = text(&mut object, "by")?;
        let matter = text(&mut object, "matter")?;
        let kind = text(&mut object, "kind")?;
        let body = object.remove("body").unwrap_or_default();
        let body = match kind.as_str() {
            "text" => Body::Text(
                files_of(&body).ok_or_else(|| damaged("has no `files` with a text under each name"))?,
            ),
            "directory" => Body::Directory(body),
            "document" => {
                Body::Document(document_of(&body).ok_or_else(|| damaged("does not describe a document"))?)
            }
            "event" => Body::Event(body),
            "notice" => Body::Notice(body),
            other => {
                return Err(damaged(&format!(
                    "is of the kind `{other}`, which this version of Servanda does not know"
                )));
            }
        };
        Ok(Entry { at, by, matter, body })
    }

    /// The key that it has in its matter.
    pub fn key(&self) -> Option<String> {
        match &self.body {
            Body::Text(_) | Body::Directory(_) | Body::Document(_) => None,
            Body::Event(event) => {
                let text = |name: &str| event.get(name).and_then(Value::as_str);
                Some(event_key(text("source").unwrap_or_default(), text("id")?))
            }
            Body::Notice(notice) => notice.get("key").and_then(Value::as_str).map(str::to_string),
        }
    }
}

/// The key of an event. A digest, so that it is short whatever the sender calls his events.
pub(crate) fn event_key(source: &str, id: &str) -> String {
    // A JSON list, so that source and id do not run into each other.
    format!("event/{}", digest(canonical(&json!([source, id])).as_bytes()))
}

/// A moment with all its places: `2026-11-25T17:20:01.000000000Z`.
pub(crate) fn moment_text(at: Timestamp) -> String {
    format!("{at:.TIME_PLACES$}")
}

fn files_of(body: &Value) -> Option<BTreeMap<String, String>> {
    let files = body.get("files")?.as_object()?;
    files.iter().map(|(name, text)| Some((name.clone(), text.as_str()?.to_string()))).collect()
}

fn document_of(body: &Value) -> Option<DocumentBody> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_string);
    Some(DocumentBody {
        name: text("name")?,
        media_type: text("media_type")?,
        digest: text("digest")?,
        bytes: body.get("bytes")?.as_u64()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_back_from_its_bytes_and_has_one_spelling() {
        let entry = Entry {
            at: "2026-11-25T17:20:01.5Z".parse().unwrap(),
            by: "user:ada".into(),
            matter: "lease".into(),
            body: Body::Event(json!({"type": "paid", "id": "1", "data": {"b": 1, "a": "é\u{2028}"}})),
        };
        let bytes = entry.to_bytes();
        assert_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            "{\"at\":\"2026-11-25T17:20:01.500000000Z\",\"body\":{\"data\":{\"a\":\"é\u{2028}\",\"b\":1},\
             \"id\":\"1\",\"type\":\"paid\"},\"by\":\"user:ada\",\"kind\":\"event\",\"matter\":\"lease\"}"
        );
        assert_eq!(Entry::from_bytes(&bytes).unwrap(), entry);
        assert_eq!(Entry::from_bytes(&bytes).unwrap().to_bytes(), bytes);
    }

    #[test]
    fn source_and_id_do_not_run_into_each_other() {
        assert_ne!(event_key("a", "bc"), event_key("ab", "c"));
        assert_ne!(event_key("a\0", "b"), event_key("a", "\0b"));
    }

    #[test]
    fn bytes_that_nobody_wrote_are_told() {
        for bytes in [&b"\xff"[..], b"[]", b"{}", br#"{"at":"x","by":"","matter":"","kind":"text"}"#] {
            assert_eq!(Entry::from_bytes(bytes).unwrap_err().code, "damaged-entry");
        }
    }
}
