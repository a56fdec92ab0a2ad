//! What a request carries, read with one message for whatever is wrong with it.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use servanda_store::Place;

use crate::app::App;
use crate::desk::Seat;
use crate::fault::Fault;
use crate::principal::Principal;

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDetails {
    /// `urn:servanda:problem:` and the code
    pub r#type: String,
    /// The status in words
    pub title: String,
    /// The status
    pub status: u16,
    /// Stable name of the kind of problem
    pub code: String,
    /// What is wrong, what was expected, and a likely fix
    pub detail: String,
}

/// Who the request is from.
pub struct Who(pub Principal);

impl FromRequestParts<App> for Who {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Who, Fault> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        app.principal(header).await.map(Who)
    }
}

/// The parts of the path.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<At<T>, Fault> {
        let Path(found) = Path::<T>::from_request_parts(parts, app)
            .await
            .map_err(|e| Fault::new("bad-path", format!("the address cannot be read: {}", e.body_text())))?;
        Ok(At(found))
    }
}

/// The parameters behind `?`.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Asked<T>, Fault> {
        let Query(found) = Query::<T>::from_request_parts(parts, app).await.map_err(|e| {
            Fault::new("bad-request", format!("a parameter cannot be read: {}", e.body_text()))
        })?;
        Ok(Asked(found))
    }
}

/// A body of JSON, with its headers.
pub struct Json(pub Value);

impl FromRequest<App> for Json {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Json, Fault> {
        if !is_json(request.headers()) {
            return Err(Fault::new("unsupported-media-type", "the body has to be `application/json`"));
        }
        Ok(Json(json_of(&body(request, app).await?)?))
    }
}

/// A body of JSON that has a form.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Form<T>, Fault> {
        let Json(value) = Json::from_request(request, app).await?;
        serde_json::from_value(value)
            .map(Form)
            .map_err(|e| Fault::new("wrong-shape", format!("the body does not have its form: {e}")))
    }
}

/// Whether the body says that it is JSON.
pub fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|m| m == "application/json")
}

/// The media type of a body, in small letters, without its parameters.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The bytes of a body.
pub async fn body(request: Request, app: &App) -> Result<Bytes, Fault> {
    Bytes::from_request(request, app).await.map_err(|rejection: BytesRejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Fault::new("body-too-large", format!("the body has more than {} bytes", super::BODY_BYTES_MAX))
        } else {
            Fault::new("bad-request", format!("the body could not be read: {}", rejection.body_text()))
        }
    })
}

/// The JSON of a body.
pub fn json_of(bytes: &[u8]) -> Result<Value, Fault> {
    if bytes.is_empty() {
        return Err(Fault::new("not-json", "the body is empty; JSON was expected"));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Fault::new(
            "not-json",
            format!("the body is not UTF-8: byte {} belongs to no character", e.valid_up_to()),
        )
    })?;
    servanda_wire::parse_json(text).map_err(|e| Fault::new("not-json", e.message))
}

/// What is told of a matter as it is now, with its version as the entity tag; nothing but that tag where the caller has it already.
pub async fn tagged(
    app: &App,
    place: &Place,
    headers: &HeaderMap,
    tell: impl FnOnce(&Seat) -> Value + Send + 'static,
) -> Result<Response, Fault> {
    let (version, told) = app.desks.read(place, None, |seat| Ok((seat.matter.version(), tell(seat)))).await?;
    let tag = format!("\"{version}\"");
    let has = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|tags| tags == "*" || tags.split(',').any(|t| t.trim().trim_start_matches("W/") == tag));
    let mut response =
        if has { StatusCode::NOT_MODIFIED.into_response() } else { json(StatusCode::OK, &told) };
    let value_of = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
    response.headers_mut().insert(header::ETAG, value_of(&tag));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// JSON.
pub fn json(status: StatusCode, value: &Value) -> Response {
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    let mut response = (status, bytes).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The version that `If-Match` names.
pub fn expected(headers: &HeaderMap) -> Result<Option<u64>, Fault> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    text.trim_matches('"').parse().map(Some).map_err(|_| {
        Fault::new(
            "bad-header",
            "`If-Match` has to be the version of the matter as its `ETag` tells it, such as `\"12\"`",
        )
    })
}
