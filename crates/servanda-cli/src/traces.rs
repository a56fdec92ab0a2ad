//! Traces for an OpenTelemetry collector: a span for each request, and within it one for each thing that is done at a matter.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{FutureExt, TracerProvider};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::registry::LookupSpan;

use crate::context::Fault;

/// What sends spans away. They are sent in the background; what is left is sent when it ends.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends to a collector: OTLP over HTTP, in JSON, at `URL/v1/traces`.
    ///
    /// # Errors
    /// No URL.
    pub fn start(url: &str) -> Result<Traces, Fault> {
        // What calls the collector needs it to be there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpJson)
            .with_endpoint(format!("{}/v1/traces", url.trim_end_matches('/')))
            .build()
            .map_err(|e| {
                Fault::input(format!(
                    "--traces `{url}`: {e}; write the address of a collector, such as http://127.0.0.1:4318"
                ))
            })?;
        let resource = Resource::builder().with_service_name("servanda").build();
        Ok(Traces(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build()))
    }

    /// What turns the spans of the program into spans for the collector.
    pub fn layer<S: tracing::Subscriber + for<'s> LookupSpan<'s>>(&self) -> impl Layer<S> + use<S> {
        let own = Targets::new().with_target("servanda", LevelFilter::INFO);
        tracing_opentelemetry::layer().with_tracer(self.0.tracer("servanda")).with_filter(own)
    }

    /// Sends what is left.
    pub fn end(self) {
        // Nobody is there any more to whom it could be told.
        let _ = self.0.shutdown();
    }
}

/// The headers of a request, as the propagator reads them.
struct Headers<'h>(&'h HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}

/// Lets the spans of a request go on from those of the caller.
///
/// # Source
/// W3C Trace Context: `traceparent`, `tracestate`.
pub async fn continued(request: Request, next: Next) -> Response {
    let caller = TraceContextPropagator::new().extract(&Headers(request.headers()));
    next.run(request).with_context(caller).await
}
