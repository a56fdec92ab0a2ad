//! How the server is.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::json;
use servanda_store::Organisation;
use tracing::Instrument;

use super::extract::{ProblemDetails, json as json_response};
use crate::app::App;
use crate::fault::Fault;

/// Whether the server runs
#[utoipa::path(get, path = "/health/live", tag = "server", security(()),
    responses((status = 200, description = "It runs", content_type = "application/json")))]
pub async fn live() -> Response {
    json_response(StatusCode::OK, &json!({"status": "live"}))
}

/// Whether the server can answer: its database does
#[utoipa::path(get, path = "/health/ready", tag = "server", security(()),
    responses((status = 200, description = "It can answer", content_type = "application/json"),
        (status = 503, description = "Its database does not answer", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn ready(State(app): State<App>) -> Result<Response, Fault> {
    let organisation: Organisation =
        "health".parse().map_err(|_| Fault::internal("a fixed name is no name"))?;
    app.store.matters(&organisation, None, 1).await?;
    Ok(json_response(StatusCode::OK, &json!({"status": "ready"})))
}

/// The figures of the process, which is one for all applications in it.
fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
            PrometheusBuilder::new().set_buckets(&buckets).ok()?.install_recorder().ok()
        })
        .as_ref()
}

/// Figures for Prometheus.
pub async fn metrics() -> Response {
    match recorder() {
        Some(handle) => {
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response()
        }
        None => Fault::internal("another recorder of figures was there first").into_response(),
    }
}

/// Requests of the process so far.
static REQUESTS: AtomicU64 = AtomicU64::new(0);
/// After so many requests their times are counted up: until then each is kept, also where nobody asks for figures.
const TIDY_EVERY: u64 = 4_096;

/// Counts and times requests, each a span. No body, no token and no name in a path is told.
pub async fn observed(request: Request, next: Next) -> Response {
    let handle = recorder();
    if REQUESTS.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_EVERY)
        && let Some(handle) = handle
    {
        handle.run_upkeep();
    }
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", |p| p.as_str()).to_string();
    let start = tokio::time::Instant::now();
    let span = tracing::info_span!(
        target: "servanda::http",
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = tracing::field::Empty,
        http.request.method = %method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
    );
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    span.record("http.response.status_code", i64::from(status.as_u16()));
    count((method, route, status.as_u16()), start.elapsed());
    response
}

/// A kind of requests.
type Kind = (Method, String, u16);

/// Counts a request.
fn count(kind: Kind, time: std::time::Duration) {
    /// What is counted of each kind.
    static KINDS: LazyLock<RwLock<HashMap<Kind, (Counter, Histogram)>>> = LazyLock::new(RwLock::default);
    let add = |(counter, histogram): &(Counter, Histogram)| {
        counter.increment(1);
        histogram.record(time.as_secs_f64());
    };
    if let Some(known) = KINDS.read().unwrap_or_else(PoisonError::into_inner).get(&kind) {
        return add(known);
    }
    let (method, route, status) = &kind;
    let labels = [("method", method.to_string()), ("route", route.clone()), ("status", status.to_string())];
    let counter = metrics::counter!("servanda_http_requests_total", &labels);
    let histogram = metrics::histogram!("servanda_http_request_seconds", "route" => route.clone());
    add(KINDS.write().unwrap_or_else(PoisonError::into_inner).entry(kind).or_insert((counter, histogram)));
}
