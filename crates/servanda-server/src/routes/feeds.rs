//! Calendars: a secret address for each party that wants one, which can be revoked.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use servanda_report::{CalendarOf, Tongue, calendar};
use servanda_store::{Organisation, Place};

use super::extract::{At, Form, ProblemDetails, Who, json as json_response};
use super::questions::timeline_of;
use crate::accounts::secret_hash;
use crate::app::App;
use crate::edge::fresh_secret;
use crate::fault::Fault;
use crate::principal::Role;

/// The register kind of calendars.
const FEED: &str = "feed";

/// A calendar as it is kept. Its secret is not.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    matter: String,
    party: String,
    locale: String,
    hash: String,
}

/// A calendar that is wanted
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFeed {
    /// The party whose days it has
    party: String,
    /// The language of its entries: `en`, `fa`, `ar`, `hi` or `it`
    #[serde(default)]
    locale: Option<String>,
}

fn unknown() -> Fault {
    Fault::new("unknown-feed", "there is no such calendar, or it was revoked")
}

/// Make a calendar of a party for other programs; its address is its secret
#[utoipa::path(post, path = "/v1/matters/{matter}/feeds", tag = "calendars", request_body = NewFeed,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 201, description = "Its id and its address, which cannot be seen again", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn make(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Form(form): Form<NewFeed>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let locale = form.locale.unwrap_or_else(|| "en".to_string());
    Tongue::new(&locale).map_err(|e| Fault::new("unknown-locale", e.to_string()))?;
    let party = form.party.clone();
    app.desks
        .read(&place, None, move |seat| match seat.matter.live().program().party(&party) {
            Some(_) => Ok(()),
            None => Err(Fault::new("unknown-party", "the agreement has no such party")),
        })
        .await?;
    let own = who.parties.get(&place.matter).is_some_and(|parties| parties.contains(&form.party));
    if !own && who.role < Role::Administrator {
        return Err(Fault::new("not-your-party", format!("you do not speak for `{}`", form.party)));
    }
    let (id, secret) = fresh_secret(&*app.edge)?;
    let secret = URL_SAFE_NO_PAD.encode(secret);
    let kept =
        Kept { matter: place.matter.to_string(), party: form.party, locale, hash: secret_hash(&secret) };
    let bytes = serde_json::to_vec(&kept).map_err(|e| Fault::internal(&e.to_string()))?;
    app.store.write_register(&place.organisation, FEED, &id, 0, Some(bytes)).await?;
    let url = format!("{}/v1/feeds/{}_{id}_{secret}.ics", app.settings.base, place.organisation);
    Ok(json_response(StatusCode::CREATED, &json!({"id": id, "url": url})))
}

/// Revoke a calendar
#[utoipa::path(delete, path = "/v1/matters/{matter}/feeds/{id}", tag = "calendars",
    params(("matter" = String, Path, description = "The matter"), ("id" = String, Path, description = "The calendar's id")),
    responses((status = 204, description = "Done"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn revoke(
    State(app): State<App>,
    Who(who): Who,
    At((matter, id)): At<(String, String)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let register = app.store.register(&place.organisation, FEED, &id).await?.ok_or_else(unknown)?;
    let kept: Kept = serde_json::from_slice(&register.bytes).map_err(|_| unknown())?;
    if kept.matter != place.matter.as_str() {
        return Err(unknown());
    }
    let own = who.parties.get(&place.matter).is_some_and(|parties| parties.contains(&kept.party));
    if !own && who.role < Role::Administrator {
        return Err(unknown());
    }
    app.store.write_register(&place.organisation, FEED, &id, register.revision, None).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The calendar, for whoever has its address (iCalendar, RFC 5545)
#[utoipa::path(get, path = "/v1/feeds/{feed}", tag = "calendars", security(()),
    params(("feed" = String, Path, description = "The secret of the calendar")),
    responses((status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
        (status = 304, description = "As you have it"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn read(
    State(app): State<App>,
    At(feed): At<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let mut parts = feed.strip_suffix(".ics").unwrap_or(&feed).splitn(3, '_');
    let (Some(organisation), Some(id), Some(secret)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(unknown());
    };
    let organisation: Organisation = organisation.parse().map_err(|_| unknown())?;
    if id.len() > 64 || secret.len() > 128 {
        return Err(unknown());
    }
    let register = app.store.register(&organisation, FEED, id).await?.ok_or_else(unknown)?;
    let kept: Kept = serde_json::from_slice(&register.bytes).map_err(|_| unknown())?;
    if kept.hash != secret_hash(secret) {
        return Err(unknown());
    }
    let matter = kept.matter.parse().map_err(|_| unknown())?;
    let place = Place { organisation, matter };
    let origin = app.origin(&place);
    let now = app.edge.now();
    let (version, text) = app
        .desks
        .read(&place, None, move |seat| {
            let tongue = Tongue::new(&kept.locale).unwrap_or_else(|_| Tongue::english());
            let as_of = seat.matter.day(now)?;
            let version = seat.matter.version();
            // When it last changed, and not when it is read: the same calendar is the same text.
            let stamp = seat.matter.at().unwrap_or(now).strftime("%Y%m%dT%H%M%SZ").to_string();
            let text = seat.matter.live().with(|answering| {
                let program = answering.engine.program();
                let party = program.party(&kept.party).ok_or_else(unknown)?;
                let nothing = || Fault::new("empty-window", "the text and the log name no day");
                let window = answering.engine.natural_window(as_of).ok_or_else(nothing)?;
                let timeline = timeline_of(answering, window, as_of)?;
                let of = CalendarOf { party, origin: &origin, stamp: &stamp, sequence: version };
                Ok::<_, Fault>(calendar(&tongue, program, &timeline, of))
            })?;
            Ok((format!("\"{version}-{as_of}\""), text))
        })
        .await?;
    let has = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()) == Some(version.as_str());
    let mut response = if has { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let media = HeaderValue::from_static("text/calendar; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    if let Ok(tag) = HeaderValue::from_str(&version) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
