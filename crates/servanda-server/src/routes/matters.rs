//! Matters, their texts and directories.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use servanda_store::{MatterName, NameFault, Place};

use super::accounts::Part;
use super::extract::{Asked, At, Form, Json, ProblemDetails, Who, expected, json as json_response, tagged};
use super::schema::Directory;
use crate::app::App;
use crate::fault::Fault;
use crate::principal::Role;

/// A matter that is to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMatter {
    /// Its name: 1 to 63 of the letters a–z, digits and `-`
    #[schema(pattern = "^[a-z0-9][a-z0-9-]{0,62}$")]
    name: String,
    /// The agreement: file names, which end in `.deed`, and texts
    files: BTreeMap<String, String>,
}

/// A text that is to govern.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewText {
    /// The agreement: file names, which end in `.deed`, and texts
    files: BTreeMap<String, String>,
}

/// The matters that you see
#[utoipa::path(get, path = "/v1/matters", tag = "matters", params(Part),
    responses((status = 200, description = "Matters by name, with their versions", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn list(
    State(app): State<App>,
    Who(who): Who,
    Asked(part): Asked<Part>,
) -> Result<Response, Fault> {
    let (after, limit) = part.of();
    let after: Option<MatterName> = after
        .map(str::parse)
        .transpose()
        .map_err(|fault: NameFault| Fault::new("bad-request", format!("`after`: {fault}")))?;
    let mut out = Vec::new();
    if who.role == Role::Administrator {
        for (name, version) in app.store.matters(&who.organisation, after.as_ref(), limit).await? {
            out.push(json!({"name": name.as_str(), "version": version}));
        }
    } else {
        let own = who.parties.keys().filter(|name| after.as_ref().is_none_or(|a| *name > a));
        for name in own.take(limit) {
            let place = Place { organisation: who.organisation.clone(), matter: name.clone() };
            let version = app.store.version(&place).await?;
            if version > 0 {
                out.push(json!({"name": name.as_str(), "version": version}));
            }
        }
    }
    Ok(json_response(StatusCode::OK, &Value::Array(out)))
}

/// Begin a matter
#[utoipa::path(post, path = "/v1/matters", tag = "matters", request_body = NewMatter,
    responses((status = 201, description = "It has begun", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    Who(who): Who,
    Form(form): Form<NewMatter>,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    let matter: MatterName =
        form.name.parse().map_err(|fault: NameFault| Fault::new("wrong-shape", fault.to_string()))?;
    let place = Place { organisation: who.organisation.clone(), matter };
    let version = app.desks.text(&place, who.name.clone(), form.files, Some(0)).await?;
    let told = json!({"name": place.matter.as_str(), "version": version});
    Ok(json_response(StatusCode::CREATED, &told))
}

/// What a matter is
#[utoipa::path(get, path = "/v1/matters/{matter}", tag = "matters",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "Its title, version, parties, actions, events, clauses, texts and documents", content_type = "application/json"),
        (status = 304, description = "As you have it"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn show(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    tagged(&app, &place, &headers, |seat| {
        let matter = &seat.matter;
        let program = matter.live().program();
        let names = |names: &mut dyn Iterator<Item = &str>| names.map(Value::from).collect::<Value>();
        let texts: Vec<Value> = matter
            .texts()
            .iter()
            .map(|t| json!({"entry": t.index, "at": t.at.to_string(), "by": t.by}))
            .collect();
        let documents: Vec<Value> = matter
            .documents()
            .iter()
            .map(|d| {
                json!({"entry": d.index, "name": d.body.name, "media_type": d.body.media_type,
                    "digest": d.body.digest, "bytes": d.body.bytes})
            })
            .collect();
        json!({
            "name": matter.name(),
            "agreement": program.name,
            "title": program.title,
            "zone": program.zone,
            "version": matter.version(),
            "parties": names(&mut program.parties.iter().map(|p| p.name.as_str())),
            "actions": names(&mut program.actions.iter().map(|a| a.name.as_str())),
            "events": names(&mut program.events.iter().map(|e| e.name.as_str())),
            "clauses": names(&mut program.clause_names.iter().map(String::as_str)),
            "texts": texts,
            "documents": documents,
        })
    })
    .await
}

/// The text that governs
#[utoipa::path(get, path = "/v1/matters/{matter}/text", tag = "matters",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "Its files", content_type = "application/json"),
        (status = 304, description = "As you have it"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn text(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    tagged(&app, &place, &headers, |seat| json!({"files": seat.matter.live().files()})).await
}

/// Let a text govern from now on
#[utoipa::path(put, path = "/v1/matters/{matter}/text", tag = "matters", request_body = NewText,
    params(("matter" = String, Path, description = "The matter"),
        ("if-match" = Option<String>, Header, description = "The version that you have seen")),
    responses((status = 200, description = "It governs", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn set_text(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
    Form(form): Form<NewText>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    let expected = expected(&headers)?.filter(|v| *v > 0);
    let version = app.desks.text(&place, who.name.clone(), form.files, expected).await?;
    Ok(json_response(StatusCode::OK, &json!({"version": version})))
}

/// Whom and what callers of decisions may name
#[utoipa::path(get, path = "/v1/matters/{matter}/directory", tag = "matters",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "Subjects and resources", content_type = "application/json"),
        (status = 304, description = "As you have it"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn directory(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    tagged(&app, &place, &headers, |seat| {
        let empty = || json!({"subjects": [], "resources": []});
        seat.matter.directory().map_or_else(empty, |(_, value)| value.clone())
    })
    .await
}

/// Say whom and what callers of decisions may name
#[utoipa::path(put, path = "/v1/matters/{matter}/directory", tag = "matters", request_body = Directory,
    params(("matter" = String, Path, description = "The matter"),
        ("if-match" = Option<String>, Header, description = "The version that you have seen")),
    responses((status = 200, description = "It holds from now on", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn set_directory(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
    Json(value): Json,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    let by = who.name.clone();
    let ((), version) = app
        .desks
        .append(&place, expected(&headers)?, move |drafting| {
            drafting.directory(&by, value.clone())?;
            Ok(())
        })
        .await?;
    Ok(json_response(StatusCode::OK, &json!({"version": version})).into_response())
}
