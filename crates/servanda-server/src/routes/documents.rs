//! The documents behind an agreement.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use servanda_matter::DocumentBody;

use super::extract::{At, ProblemDetails, Who, body, json as json_response, media_type};
use crate::app::App;
use crate::fault::Fault;
use crate::principal::Role;

/// Most letters of a document's name.
const NAME_LETTERS_MAX: usize = 200;

/// Keep a document that the agreement cites, under the name of its file
#[utoipa::path(put, path = "/v1/matters/{matter}/documents/{name}", tag = "documents",
    params(("matter" = String, Path, description = "The matter"), ("name" = String, Path, description = "The name of its file")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "It is kept, and by which entry", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn keep(
    State(app): State<App>,
    Who(who): Who,
    At((matter, name)): At<(String, String)>,
    request: Request,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    let odd = |c: char| c.is_control() || c == '/' || c == '\\';
    if name.chars().count() > NAME_LETTERS_MAX || name.chars().any(odd) || name.starts_with('.') {
        return Err(Fault::new(
            "bad-request",
            format!(
                "a document has the name of a file: at most {NAME_LETTERS_MAX} letters, no `/`, not beginning with `.`"
            ),
        ));
    }
    let media_type = media_type(request.headers()).unwrap_or_else(|| "application/octet-stream".to_string());
    let bytes = body(request, &app).await?;
    if app.store.version(&place).await? == 0 {
        return Err(Fault::unknown_matter());
    }
    let described = DocumentBody {
        name,
        media_type,
        digest: servanda_log::digest(&bytes).to_string(),
        bytes: bytes.len() as u64,
    };
    // First the bytes, then the entry that names them: an entry never names what is not there.
    app.store.keep_blob(&place, bytes.to_vec()).await?;
    let (by, digest) = (who.name.clone(), described.digest.clone());
    let (entry, version) = app
        .desks
        .append(&place, None, move |drafting| Ok(drafting.document(&by, described.clone())?))
        .await?;
    Ok(json_response(StatusCode::OK, &json!({"entry": entry, "version": version, "digest": digest})))
}

/// The bytes of a document, as it was kept last under this name
#[utoipa::path(get, path = "/v1/matters/{matter}/documents/{name}", tag = "documents",
    params(("matter" = String, Path, description = "The matter"), ("name" = String, Path, description = "The name of its file")),
    responses((status = 200, description = "The document", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn read(
    State(app): State<App>,
    Who(who): Who,
    At((matter, name)): At<(String, String)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let unknown = || Fault::new("unknown-document", "the matter has no document of this name");
    let digest = app
        .desks
        .read(&place, None, move |seat| {
            let last = seat.matter.documents().iter().rev().find(|d| d.body.name == name);
            last.map(|d| d.body.digest.clone()).ok_or_else(unknown)
        })
        .await?;
    let hash: servanda_log::Hash =
        digest.parse().map_err(|_| Fault::new("damaged-entry", "the digest of the document is none"))?;
    let bytes = app.store.blob(&place, hash.as_bytes()).await?;
    let bytes = bytes.ok_or_else(|| Fault::new("damaged", "the bytes of the document are gone"))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    // Whatever it is, a browser only saves it.
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{digest}\"")) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}
