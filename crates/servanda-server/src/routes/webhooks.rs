//! Webhooks of a matter.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use servanda_store::{Place, Register};

use super::extract::{At, Form, ProblemDetails, Who, json as json_response};
use crate::app::App;
use crate::edge::fresh_secret;
use crate::fault::Fault;
use crate::outside::Target;
use crate::principal::Role;
use crate::webhooks::{WEBHOOK, Webhook};

/// Most webhooks of an organisation.
const WEBHOOKS_MAX: usize = 1_000;
/// The kinds of entries.
const KINDS: [&str; 5] = ["text", "directory", "document", "event", "notice"];

/// A webhook that is wanted
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where entries are sent: an `https` address on the public internet
    url: String,
    /// The kinds of entries that are told: `text`, `directory`, `document`, `event`, `notice`; all, where there is none
    #[serde(default)]
    kinds: Vec<String>,
    /// The first entry that is told; the next one, where it is left out
    #[serde(default)]
    from: Option<u64>,
}

fn unknown() -> Fault {
    Fault::new("unknown-webhook", "there is no such webhook")
}

fn told(id: &str, hook: &Webhook) -> Value {
    json!({"id": id, "url": hook.url, "kinds": hook.kinds, "next": hook.next, "failures": hook.failures,
        "problem": hook.problem, "dead": hook.is_dead()})
}

async fn of_matter(app: &App, place: &Place, id: &str) -> Result<(Register, Webhook), Fault> {
    let register = app.store.register(&place.organisation, WEBHOOK, id).await?.ok_or_else(unknown)?;
    let hook: Webhook = serde_json::from_slice(&register.bytes).map_err(|_| unknown())?;
    if hook.matter == place.matter.as_str() { Ok((register, hook)) } else { Err(unknown()) }
}

/// Let entries be told to another server, signed (Standard Webhooks)
#[utoipa::path(post, path = "/v1/matters/{matter}/webhooks", tag = "webhooks", request_body = NewWebhook,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 201, description = "Its id, and the secret of its signatures, which cannot be seen again", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn make(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Form(form): Form<NewWebhook>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    let version = app.store.version(&place).await?;
    if version == 0 {
        return Err(Fault::unknown_matter());
    }
    if let Some(kind) = form.kinds.iter().find(|k| !KINDS.contains(&k.as_str())) {
        let kind: String = kind.chars().take(80).collect();
        return Err(Fault::new(
            "wrong-shape",
            format!("`kinds` has `{kind}`; there are {}", KINDS.join(", ")),
        ));
    }
    let private = app.settings.private_webhooks;
    let target =
        Target::parse(&form.url, private).map_err(|e| Fault::new("refused-address", e.to_string()))?;
    if app.store.registers(&place.organisation, WEBHOOK, None, WEBHOOKS_MAX).await?.len() >= WEBHOOKS_MAX {
        return Err(Fault::new("too-many-webhooks", format!("there are {WEBHOOKS_MAX} webhooks already")));
    }
    let (id, secret) = fresh_secret(&*app.edge)?;
    let hook = Webhook {
        matter: place.matter.to_string(),
        url: target.url,
        secret: STANDARD.encode(secret),
        kinds: form.kinds,
        next: form.from.unwrap_or(version),
        failures: 0,
        retry_at: 0,
        problem: None,
        leased_until: 0,
    };
    let bytes = serde_json::to_vec(&hook).map_err(|e| Fault::internal(&e.to_string()))?;
    app.store.write_register(&place.organisation, WEBHOOK, &id, 0, Some(bytes)).await?;
    Ok(json_response(StatusCode::CREATED, &json!({"id": id, "secret": format!("whsec_{}", hook.secret)})))
}

/// The webhooks of a matter, and how far each has come
#[utoipa::path(get, path = "/v1/matters/{matter}/webhooks", tag = "webhooks",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "Webhooks by id", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, Who(who): Who, At(matter): At<String>) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    if app.store.version(&place).await? == 0 {
        return Err(Fault::unknown_matter());
    }
    let all = app.store.registers(&place.organisation, WEBHOOK, None, WEBHOOKS_MAX).await?;
    let own = all.iter().filter_map(|register| {
        let hook: Webhook = serde_json::from_slice(&register.bytes).ok()?;
        (hook.matter == place.matter.as_str()).then(|| told(&register.id, &hook))
    });
    Ok(json_response(StatusCode::OK, &own.collect()))
}

/// Let a webhook that failed try again at once
#[utoipa::path(post, path = "/v1/matters/{matter}/webhooks/{id}/retry", tag = "webhooks",
    params(("matter" = String, Path, description = "The matter"), ("id" = String, Path, description = "The webhook's id")),
    responses((status = 200, description = "How far it has come", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn retry(
    State(app): State<App>,
    Who(who): Who,
    At((matter, id)): At<(String, String)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    let (register, mut hook) = of_matter(&app, &place, &id).await?;
    hook.failures = 0;
    hook.retry_at = 0;
    let bytes = serde_json::to_vec(&hook).map_err(|e| Fault::internal(&e.to_string()))?;
    app.store.write_register(&place.organisation, WEBHOOK, &id, register.revision, Some(bytes)).await?;
    Ok(json_response(StatusCode::OK, &told(&id, &hook)))
}

/// Take a webhook away
#[utoipa::path(delete, path = "/v1/matters/{matter}/webhooks/{id}", tag = "webhooks",
    params(("matter" = String, Path, description = "The matter"), ("id" = String, Path, description = "The webhook's id")),
    responses((status = 204, description = "Done"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn remove(
    State(app): State<App>,
    Who(who): Who,
    At((matter, id)): At<(String, String)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    who.needs(Role::Administrator)?;
    let (register, _) = of_matter(&app, &place, &id).await?;
    app.store.write_register(&place.organisation, WEBHOOK, &id, register.revision, None).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
