//! What goes wrong, as callers see it: problem details of RFC 9457.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use servanda_matter::Problem;
use servanda_store::Error as StoreError;

/// A fault with its code, from which its status follows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Stable name of the kind of problem.
    pub code: String,
    /// What is wrong, what was expected, and a likely fix.
    pub message: String,
    /// Problems of a text.
    pub problems: Vec<Problem>,
}

impl Fault {
    /// A fault of a kind.
    pub fn new(code: &str, message: impl Into<String>) -> Fault {
        Fault { code: code.to_string(), message: message.into(), problems: Vec::new() }
    }

    /// Whether it is of a kind.
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// A matter that is not there, or that the caller may not see: they are not told apart.
    pub fn unknown_matter() -> Fault {
        Fault::new("unknown-matter", "there is no such matter, or you are in none of its parties")
    }

    /// The server has too much to do.
    pub fn busy() -> Fault {
        Fault::new("busy", "too much waits for this matter; try again in a moment")
    }

    /// The server is going down.
    pub fn stopping() -> Fault {
        Fault::new("stopping", "the server is stopping; ask another, or try again in a moment")
    }

    /// A mistake of ours.
    pub fn internal(message: &str) -> Fault {
        Fault::new("internal", format!("a mistake in the server: {message}"))
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        match self.code.as_str() {
            "unauthenticated" => StatusCode::UNAUTHORIZED,
            "forbidden-for-you" | "not-your-party" => StatusCode::FORBIDDEN,
            "unknown-matter" | "unknown-route" | "unknown-entry" | "unknown-document" | "unknown-user"
            | "unknown-token" | "unknown-version" | "unknown-feed" | "unknown-webhook" => {
                StatusCode::NOT_FOUND
            }
            "wrong-method" => StatusCode::METHOD_NOT_ALLOWED,
            "not-acceptable" => StatusCode::NOT_ACCEPTABLE,
            "matter-exists" | "conflicting-event" | "version-conflict" | "identity-taken" => {
                StatusCode::CONFLICT
            }
            "body-too-large" | "text-too-large" | "document-too-large" => StatusCode::PAYLOAD_TOO_LARGE,
            "unsupported-media-type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "too-many-requests" => StatusCode::TOO_MANY_REQUESTS,
            "busy" | "stopping" | "database-unavailable" | "provider-unavailable" => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            "internal" | "damaged" | "damaged-entry" => StatusCode::INTERNAL_SERVER_ERROR,
            "timeout" => StatusCode::REQUEST_TIMEOUT,
            "not-json" | "wrong-shape" | "missing-member" | "bad-request" | "bad-header" | "bad-path" => {
                StatusCode::BAD_REQUEST
            }
            // Well formed, and the agreement cannot make sense of it.
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Its JSON: a problem details object.
    ///
    /// # Source
    /// RFC 9457 §3.1.
    pub fn json(&self) -> Value {
        let mut out = Map::new();
        let status = self.status();
        out.insert("type".into(), format!("urn:servanda:problem:{}", self.code).into());
        out.insert("title".into(), status.canonical_reason().unwrap_or_default().into());
        out.insert("status".into(), status.as_u16().into());
        out.insert("code".into(), self.code.as_str().into());
        out.insert("detail".into(), self.message.as_str().into());
        if !self.problems.is_empty() {
            let problem =
                |p: &Problem| json!({"code": p.code, "detail": p.message, "place": p.place, "help": p.help});
            out.insert("problems".into(), self.problems.iter().map(problem).collect());
        }
        Value::Object(out)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, self.json().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"servanda\""));
        }
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl From<servanda_matter::Fault> for Fault {
    fn from(fault: servanda_matter::Fault) -> Fault {
        Fault { code: fault.code, message: fault.message, problems: fault.problems }
    }
}

impl From<servanda_wire::Error> for Fault {
    fn from(error: servanda_wire::Error) -> Fault {
        Fault::new(error.code, error.message)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        let code = match &error {
            StoreError::Conflict { .. } | StoreError::Taken { .. } | StoreError::Revised { .. } => {
                "version-conflict"
            }
            StoreError::TooLarge { .. } => "body-too-large",
            StoreError::Damaged { .. } => "damaged",
            StoreError::Unsafe(_) | StoreError::Unavailable(_) => "database-unavailable",
        };
        Fault::new(code, error.to_string())
    }
}
