//! Events in, as CloudEvents 1.0; entries out.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;

use servanda_log::Hash;
use servanda_matter::{Admitted, Entry};

use super::extract::{
    Asked, At, ProblemDetails, Who, body, expected, json as json_response, json_of, media_type,
};
use super::schema::CloudEvent;
use crate::app::App;
use crate::fault::Fault;
use crate::principal::Role;

/// Most events of a batch.
const BATCH_MAX: usize = 1_000;
/// The prefix of the headers of a binary CloudEvent (CloudEvents HTTP binding §3.1.3.2).
const PREFIX: &str = "ce-";

/// Send events: a CloudEvent (structured or binary), or a batch of them, which is taken as a whole or not at all
#[utoipa::path(post, path = "/v1/matters/{matter}/events", tag = "events",
    params(("matter" = String, Path, description = "The matter"),
        ("if-match" = Option<String>, Header, description = "The version that you have seen")),
    request_body(content((CloudEvent = "application/cloudevents+json"), (Vec<CloudEvent> = "application/cloudevents-batch+json"), (CloudEvent = "application/json"))),
    responses((status = 200, description = "All were there already", content_type = "application/json"),
        (status = 201, description = "They are in the log", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn send(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Appender)?;
    let expected = expected(&headers)?;
    let bytes = body(request, &app).await?;
    let events = events_of(&headers, &bytes)?;
    let fresh: Vec<String> = events.iter().map(|_| app.fresh_id()).collect::<Result<_, _>>()?;
    let bringer = who.bringer(&place.matter);
    let several = events.len() != 1;
    let (admitted, version) = app
        .desks
        .append(&place, expected, move |drafting| {
            let mut admitted = Vec::new();
            for (i, (event, fresh)) in events.iter().zip(&fresh).enumerate() {
                let id = event.get("id").and_then(Value::as_str).unwrap_or(fresh).to_string();
                let done = drafting.event(&bringer, event.clone(), fresh).map_err(|fault| {
                    let mut fault = Fault::from(fault);
                    if several {
                        fault.message = format!("event {}: {}", i + 1, fault.message);
                    }
                    fault
                })?;
                admitted.push((id, done));
            }
            Ok(admitted)
        })
        .await?;
    let new = admitted.iter().any(|(_, a)| matches!(a, Admitted::New(_)));
    let told: Vec<Value> = admitted
        .iter()
        .map(|(id, admitted)| match admitted {
            Admitted::New(index) => json!({"id": id, "entry": index, "new": true}),
            Admitted::There(index) => json!({"id": id, "entry": index, "new": false}),
        })
        .collect();
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(json_response(status, &json!({"version": version, "events": told})))
}

/// The events of a request.
///
/// # Source
/// CloudEvents 1.0, HTTP protocol binding §3: binary, structured and batched content mode.
fn events_of(headers: &HeaderMap, bytes: &[u8]) -> Result<Vec<Value>, Fault> {
    let media = media_type(headers);
    let list = match media.as_deref() {
        Some("application/cloudevents-batch+json") => match json_of(bytes)? {
            Value::Array(list) => list,
            _ => return Err(Fault::new("wrong-shape", "a batch of events is a JSON list")),
        },
        Some("application/cloudevents+json") => {
            let event = json_of(bytes)?;
            complete(&event)?;
            vec![event]
        }
        Some("application/json") if headers.keys().any(|k| k.as_str().starts_with(PREFIX)) => {
            vec![binary(headers, json_of(bytes)?)?]
        }
        Some("application/json") => match json_of(bytes)? {
            Value::Array(list) => list,
            event => vec![event],
        },
        _ => {
            return Err(Fault::new(
                "unsupported-media-type",
                "events are sent as `application/cloudevents+json`, `application/cloudevents-batch+json` or `application/json`",
            ));
        }
    };
    if list.len() > BATCH_MAX {
        return Err(Fault::new(
            "body-too-large",
            format!("the batch has {} events; at most {BATCH_MAX} are taken at once", list.len()),
        ));
    }
    if media.as_deref() == Some("application/cloudevents-batch+json") {
        list.iter().try_for_each(complete)?;
    }
    Ok(list)
}

/// Whether an event that says to be a CloudEvent has what every CloudEvent has.
fn complete(event: &Value) -> Result<(), Fault> {
    for member in ["specversion", "id", "source", "type"] {
        if event.get(member).and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(Fault::new(
                "missing-member",
                format!("the CloudEvent has no `{member}`; give it as a text"),
            ));
        }
    }
    Ok(())
}

fn binary(headers: &HeaderMap, data: Value) -> Result<Value, Fault> {
    let mut event = Map::new();
    for (name, value) in headers {
        let Some(attribute) = name.as_str().strip_prefix(PREFIX) else { continue };
        let text = value.to_str().map_err(|_| {
            Fault::new("bad-header", format!("the header `{name}` is not plain text; escape it with `%`"))
        })?;
        event.insert(attribute.to_string(), unescaped(text)?.into());
    }
    event.insert("data".into(), data);
    let event = Value::Object(event);
    complete(&event)?;
    Ok(event)
}

/// A header's text without its percent escapes.
///
/// # Source
/// CloudEvents 1.0, HTTP protocol binding §3.1.3.2.
fn unescaped(text: &str) -> Result<String, Fault> {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            let byte = hex.ok_or_else(|| {
                Fault::new("bad-header", format!("`{text}` has a `%` without two digits behind it"))
            })?;
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).map_err(|_| Fault::new("bad-header", "the escapes of a header are not UTF-8"))
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Range {
    /// From this entry on (0)
    from: Option<u64>,
    /// At most so many
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

fn told(entry: &servanda_store::Entry) -> Result<Value, Fault> {
    let text = String::from_utf8_lossy(&entry.bytes).into_owned();
    let Entry { at, by, body, .. } = Entry::from_bytes(&entry.bytes)?;
    Ok(json!({"entry": entry.index, "at": at.to_string(), "by": by, "kind": body.kind(), "body": body.json(),
        "leaf": Hash::from_bytes(entry.leaf).to_string(), "bytes": text}))
}

/// Entries of a matter's log
#[utoipa::path(get, path = "/v1/matters/{matter}/entries", tag = "events",
    params(("matter" = String, Path, description = "The matter"), Range),
    responses((status = 200, description = "Entries in order, and where the next part begins", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn entries(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Asked(range): Asked<Range>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let version = app.store.version(&place).await?;
    if version == 0 {
        return Err(Fault::unknown_matter());
    }
    let from = range.from.unwrap_or(0);
    let limit = range.limit.unwrap_or(100).clamp(1, super::accounts::PAGE_MAX);
    let page = app.store.entries(&place, from, limit).await?;
    let next = page.last().map(|e| e.index + 1).filter(|next| *next < version);
    let list: Vec<Value> = page.iter().map(told).collect::<Result<_, _>>()?;
    Ok(json_response(StatusCode::OK, &json!({"version": version, "entries": list, "next": next})))
}

/// One entry
#[utoipa::path(get, path = "/v1/matters/{matter}/entries/{entry}", tag = "events",
    params(("matter" = String, Path, description = "The matter"), ("entry" = u64, Path, description = "Its place, from 0")),
    responses((status = 200, description = "The entry, with its exact bytes as text", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn entry(
    State(app): State<App>,
    Who(who): Who,
    At((matter, entry)): At<(String, u64)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let page = app.store.entries(&place, entry, 1).await?;
    match page.first() {
        Some(found) => Ok(json_response(StatusCode::OK, &told(found)?)),
        None if app.store.version(&place).await? == 0 => Err(Fault::unknown_matter()),
        None => Err(Fault::new("unknown-entry", format!("the matter has no entry {entry} yet"))),
    }
}

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// From this entry on (0); `Last-Event-ID` goes before it
    from: Option<u64>,
}

/// How often a stream looks for what is new.
const EVERY: std::time::Duration = std::time::Duration::from_millis(300);
/// Entries that a stream reads at once.
const STREAM_PAGE: usize = 100;

/// A reader of a stream, and what it has read and not told.
struct Follower {
    app: App,
    place: servanda_store::Place,
    next: u64,
    waiting: std::collections::VecDeque<Event>,
}

impl Follower {
    /// The next entry, once there is one; `None` when the server stops or the store fails: whoever reads comes back.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let page = self.app.store.entries(&self.place, self.next, STREAM_PAGE).await.ok()?;
            for entry in &page {
                let event = Event::default().id(entry.index.to_string()).event("entry");
                self.waiting.push_back(event.data(told(entry).ok()?.to_string()));
                self.next = entry.index + 1;
            }
            if page.is_empty() {
                tokio::select! {
                    () = self.app.stopping() => return None,
                    () = tokio::time::sleep(EVERY) => {}
                }
            }
        }
    }
}

/// Every entry as it comes, as server-sent events
#[utoipa::path(get, path = "/v1/matters/{matter}/stream", tag = "events",
    params(("matter" = String, Path, description = "The matter"), From,
        ("last-event-id" = Option<String>, Header, description = "The last entry that you have seen")),
    responses((status = 200, description = "Entries, each with its place as its id", body = String, content_type = "text/event-stream"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn stream(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Asked(from): Asked<From>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    if app.store.version(&place).await? == 0 {
        return Err(Fault::unknown_matter());
    }
    let next = match headers.get("last-event-id") {
        Some(id) => id
            .to_str()
            .ok()
            .and_then(|id| id.trim().parse::<u64>().ok())
            .map(|id| id.saturating_add(1))
            .ok_or_else(|| {
                Fault::new("bad-header", "`Last-Event-ID` has to be the place of an entry, such as `12`")
            })?,
        None => from.from.unwrap_or(0),
    };
    let place_in_queue = app.follow()?;
    let follower = Follower { app, place, next, waiting: std::collections::VecDeque::new() };
    let stream =
        futures_util::stream::unfold((follower, place_in_queue), |(mut follower, kept)| async move {
            let event = follower.next().await?;
            Some((Ok::<_, std::convert::Infallible>(event), (follower, kept)))
        });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&str, &str)]) -> HeaderMap {
        list.iter().map(|(n, v)| (n.parse::<axum::http::HeaderName>().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn a_binary_event_is_the_same_as_a_structured_one() {
        let binary = headers(&[
            ("content-type", "application/json; charset=utf-8"),
            ("ce-specversion", "1.0"),
            ("ce-id", "1"),
            ("ce-source", "/h%C3%A4fen"),
            ("ce-type", "storm"),
            ("ce-time", "2026-02-01T00:00:00Z"),
        ]);
        let structured = headers(&[("content-type", "application/cloudevents+json")]);
        let whole = r#"{"specversion":"1.0","id":"1","source":"/häfen","type":"storm","time":"2026-02-01T00:00:00Z","data":{"by":"A"}}"#;
        let left = events_of(&binary, br#"{"by":"A"}"#).unwrap();
        assert_eq!(left, events_of(&structured, whole.as_bytes()).unwrap());
    }

    #[test]
    fn what_is_no_event_is_told() {
        let code = |media: &str, body: &str| {
            events_of(&headers(&[("content-type", media)]), body.as_bytes()).unwrap_err().code
        };
        assert_eq!(code("text/plain", "{}"), "unsupported-media-type");
        assert_eq!(code("application/cloudevents+json", "{}"), "missing-member");
        assert_eq!(code("application/cloudevents+json", "{"), "not-json");
        assert_eq!(code("application/json", ""), "not-json");
        assert_eq!(code("application/json", r#"{"a":1,"a":2}"#), "not-json");
        assert_eq!(code("application/cloudevents-batch+json", "{}"), "wrong-shape");
        assert_eq!(code("application/cloudevents-batch+json", "[{}]"), "missing-member");
        let many = format!("[{}]", vec!["{}"; BATCH_MAX + 1].join(","));
        assert_eq!(code("application/json", &many), "body-too-large");
        for bad in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(unescaped(bad).unwrap_err().code, "bad-header", "{bad}");
        }
    }
}
