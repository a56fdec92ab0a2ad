//! The HTTP interface: a file for each kind of thing.

#![allow(unused_qualifications, reason = "what describes the parameters of a route qualifies them")]

mod accounts;
mod decisions;
mod documents;
mod events;
mod evidence;
mod extract;
mod feeds;
mod matters;
mod questions;
mod schema;
mod server;
mod webhooks;

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::fault::Fault;

/// Most bytes of the body of a request.
pub const BODY_BYTES_MAX: usize = 8 << 20;
/// A body of at most so many bytes is read whatever becomes of the request.
const SMALL_BODY_BYTES: u64 = 64 << 10;
/// The longest that a request is worked on.
const TIME_MAX: Duration = Duration::from_secs(30);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Servanda",
        description = "Agreements over HTTP: matters, questions, decisions, evidence. Errors are problem details (RFC 9457).",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT")
    ),
    components(schemas(extract::ProblemDetails)),
    modifiers(&Bearer),
)]
struct Description;

/// How a request says who it is from.
struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let components = openapi.components.get_or_insert_with(Default::default);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        openapi.security =
            Some(vec![utoipa::openapi::security::SecurityRequirement::new("bearer", Vec::<String>::new())]);
    }
}

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(server::live))
        .routes(routes!(server::ready))
        .routes(routes!(accounts::log_in))
        .routes(routes!(accounts::me))
        .routes(routes!(accounts::users))
        .routes(routes!(accounts::set_user, accounts::remove_user))
        .routes(routes!(accounts::tokens, accounts::make_token))
        .routes(routes!(accounts::remove_token))
        .routes(routes!(accounts::audit))
        .routes(routes!(matters::list, matters::create))
        .routes(routes!(matters::show))
        .routes(routes!(matters::text, matters::set_text))
        .routes(routes!(matters::directory, matters::set_directory))
        .routes(routes!(events::send))
        .routes(routes!(events::entries))
        .routes(routes!(events::entry))
        .routes(routes!(events::stream))
        .routes(routes!(questions::ask))
        .routes(routes!(questions::receipt))
        .routes(routes!(questions::obligations))
        .routes(routes!(questions::value))
        .routes(routes!(questions::timeline))
        .routes(routes!(questions::versions))
        .routes(routes!(questions::version))
        .routes(routes!(evidence::checkpoint))
        .routes(routes!(evidence::inclusion))
        .routes(routes!(evidence::consistency))
        .routes(routes!(evidence::export))
        .routes(routes!(webhooks::make, webhooks::list))
        .routes(routes!(webhooks::remove))
        .routes(routes!(webhooks::retry))
        .routes(routes!(documents::keep, documents::read))
        .routes(routes!(feeds::make))
        .routes(routes!(feeds::revoke))
        .routes(routes!(feeds::read))
        .routes(routes!(decisions::configuration))
        .routes(routes!(decisions::evaluation))
        .routes(routes!(decisions::evaluations))
        .routes(routes!(decisions::search_subject))
        .routes(routes!(decisions::search_resource))
        .routes(routes!(decisions::search_action))
        .routes(routes!(decisions::matter_configuration))
        .routes(routes!(decisions::matter_evaluation))
        .routes(routes!(decisions::matter_evaluations))
        .routes(routes!(decisions::matter_search_subject))
        .routes(routes!(decisions::matter_search_resource))
        .routes(routes!(decisions::matter_search_action))
}

/// The description of the interface, in OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

/// All routes of an application.
pub fn router(app: App) -> Router {
    let (router, openapi) = described().split_for_parts();
    let text = openapi.to_json().unwrap_or_default();
    router
        .route("/metrics", axum::routing::get(server::metrics))
        .route(
            "/openapi.json",
            axum::routing::get(move || async move { ([(header::CONTENT_TYPE, "application/json")], text) }),
        )
        .fallback(|| async {
            Fault::new("unknown-route", "there is nothing at this address; /openapi.json lists what there is")
        })
        .method_not_allowed_fallback(|| async {
            Fault::new(
                "wrong-method",
                "this address does not take this method; /openapi.json lists those it takes",
            )
        })
        .layer(axum::extract::DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(framed))
        .layer(middleware::from_fn(server::observed))
        .with_state(app)
}

/// Headers that every answer has, unless it says something else there.
const FIXED: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
];

/// What is the same for every request: it gets an answer in time, whatever happens on the way, and the answer has its headers and the
/// caller's name for the request.
async fn framed(request: Request, next: Next) -> Response {
    const ID: HeaderName = HeaderName::from_static("x-request-id");
    let id = request.headers().get(&ID).filter(|v| v.len() <= 256).cloned();
    let answered = AssertUnwindSafe(answered(request, next)).catch_unwind();
    let mut response = match tokio::time::timeout(TIME_MAX, answered).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Fault::internal("a request could not be worked on to its end").into_response(),
        Err(_) => Fault::new(
            "busy",
            format!("the request took more than {} seconds; ask for less, or try again", TIME_MAX.as_secs()),
        )
        .into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.entry(name).or_insert(value);
    }
    if let Some(id) = id {
        headers.insert(ID, id);
    }
    response
}

/// Reads a small body before anything is decided about the request: what is refused unread would break its connection for the
/// next request. Where a large one is refused, the connection says that it ends.
async fn answered(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let length = axum::body::HttpBody::size_hint(&body).upper().unwrap_or(u64::MAX);
    if length <= SMALL_BODY_BYTES {
        return match axum::body::to_bytes(body, SMALL_BODY_BYTES as usize).await {
            Ok(bytes) => next.run(Request::from_parts(parts, axum::body::Body::from(bytes))).await,
            Err(e) => Fault::new("bad-request", format!("the body could not be read: {e}")).into_response(),
        };
    }
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if response.status().is_client_error() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
