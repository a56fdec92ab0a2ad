//! The log as evidence: checkpoints, proofs, exports.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use servanda_log::{Hash, Proof};

use super::extract::{Asked, At, ProblemDetails, Who, json as json_response};
use crate::app::App;
use crate::fault::Fault;

/// Entries that an export reads at once.
const PAGE: usize = 1_000;

fn plain(text: String) -> Response {
    let mut response = text.into_response();
    let media = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

/// The signed checkpoint of a matter's log (C2SP tlog-checkpoint)
#[utoipa::path(get, path = "/v1/matters/{matter}/checkpoint", tag = "evidence",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "The signed note", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn checkpoint(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let (inner, whole) = (app.clone(), place.clone());
    let note = app.desks.read(&place, None, move |seat| inner.checkpoint(&whole, seat)).await?;
    Ok(plain(note))
}

/// A proof that an entry is in the log (C2SP tlog-proof)
#[utoipa::path(get, path = "/v1/matters/{matter}/proofs/inclusion/{entry}", tag = "evidence",
    params(("matter" = String, Path, description = "The matter"), ("entry" = u64, Path, description = "Its place, from 0")),
    responses((status = 200, description = "The proof with its checkpoint", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn inclusion(
    State(app): State<App>,
    Who(who): Who,
    At((matter, entry)): At<(String, u64)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let (inner, whole) = (app.clone(), place.clone());
    let proof = app
        .desks
        .read(&place, None, move |seat| {
            if entry >= seat.tree.size() {
                return Err(Fault::new("unknown-entry", format!("the matter has no entry {entry} yet")));
            }
            let checkpoint = inner.checkpoint(&whole, seat)?;
            let proof =
                Proof::new(&seat.tree, entry, &checkpoint).map_err(|e| Fault::internal(&e.to_string()))?;
            Ok(proof.to_string())
        })
        .await?;
    Ok(plain(proof))
}

/// Between which versions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Between {
    /// The earlier version
    from: u64,
    /// The later version (the present one)
    to: Option<u64>,
}

/// A proof that a later version of the log begins with an earlier one (RFC 6962 §2.1.2)
#[utoipa::path(get, path = "/v1/matters/{matter}/proofs/consistency", tag = "evidence",
    params(("matter" = String, Path, description = "The matter"), Between),
    responses((status = 200, description = "Both versions with their roots, and the hashes of the proof", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn consistency(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Asked(between): Asked<Between>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let told = app
        .desks
        .read(&place, None, move |seat| {
            let tree = &seat.tree;
            let to = between.to.unwrap_or(tree.size());
            let wrong = |e: servanda_log::TreeError| Fault::new("unknown-version", e.to_string());
            let proof = tree.consistency_proof(between.from, to).map_err(wrong)?;
            let root = |size| tree.root(size).map(|h| h.to_string()).map_err(wrong);
            Ok(json!({"from": between.from, "from_root": root(between.from)?, "to": to, "to_root": root(to)?,
                "proof": proof.iter().map(Hash::to_string).collect::<Vec<_>>()}))
        })
        .await?;
    Ok(json_response(axum::http::StatusCode::OK, &told))
}

/// The whole matter: an export, which `servanda log verify` checks and `servanda import` takes in
#[utoipa::path(get, path = "/v1/matters/{matter}/export", tag = "evidence",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "JSON lines", body = String, content_type = "application/jsonl"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn export(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let mut bytes = Vec::new();
    crate::transfer::export(&app, &place, PAGE, &mut bytes).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl"));
    let name = format!("attachment; filename=\"{}.jsonl\"", place.matter);
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
