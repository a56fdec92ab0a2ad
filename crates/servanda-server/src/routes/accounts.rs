//! Users, tokens and sessions.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Asked, At, Form, ProblemDetails, Who, json as json_response};
use crate::accounts::{Allowance, Credentials, Grant, Kind};
use crate::app::App;
use crate::fault::Fault;
use crate::oidc::Identity;
use crate::principal::{Parties, Role};

/// Most of a list that is told at once.
pub const PAGE_MAX: usize = 1_000;

/// A user with a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The organisation
    #[schema(max_length = 63)]
    organisation: String,
    /// The user
    #[schema(max_length = 63)]
    user: String,
    /// The password
    #[schema(max_length = 1000)]
    password: String,
}

/// What somebody may do.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rights {
    /// `reader`, `appender` or `administrator`
    role: String,
    /// The parties for which they speak, by matter
    #[serde(default)]
    parties: BTreeMap<String, BTreeSet<String>>,
    /// Until when: an RFC 3339 timestamp; for ever, where it is left out
    #[serde(default)]
    expires: Option<String>,
}

/// A user as they are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// The password; the one there is stays, where it is left out
    #[serde(default)]
    #[schema(min_length = 12, max_length = 1000)]
    password: Option<String>,
    /// Whom the tokens of the identity provider speak of that are this user's; the one there is stays, where it is left out
    #[serde(default)]
    identity: Option<NewIdentity>,
    /// `reader`, `appender` or `administrator`
    role: String,
    /// The parties for which they speak, by matter
    #[serde(default)]
    parties: BTreeMap<String, BTreeSet<String>>,
}

/// Somebody whom an identity provider knows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIdentity {
    /// The provider's issuer identifier: `iss` of its tokens
    #[schema(max_length = 2000)]
    issuer: String,
    /// `sub` of its tokens
    #[schema(max_length = 255)]
    subject: String,
}

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Only what comes behind this name
    after: Option<String>,
    /// At most so many
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

impl Part {
    /// Where the part begins, and how long it is.
    pub fn of(&self) -> (Option<&str>, usize) {
        (self.after.as_deref(), self.limit.unwrap_or(100).clamp(1, PAGE_MAX))
    }
}

fn allowance(
    role: &str,
    parties: BTreeMap<String, BTreeSet<String>>,
    expires: Option<&str>,
) -> Result<Allowance, Fault> {
    let role = Role::of(role).ok_or_else(|| {
        Fault::new("wrong-shape", "`role` has to be `reader`, `appender` or `administrator`")
    })?;
    let matter = |(name, parties): (String, BTreeSet<String>)| match name.parse() {
        Ok(name) => Ok((name, parties)),
        Err(fault) => Err(Fault::new("wrong-shape", format!("`parties`: {fault}"))),
    };
    let parties: Parties = parties.into_iter().map(matter).collect::<Result<_, _>>()?;
    let moment = |text: &str| {
        text.parse::<Timestamp>().map_err(|_| {
            Fault::new("wrong-shape", "`expires` has to be a timestamp such as `2027-01-01T00:00:00Z`")
        })
    };
    Ok(Allowance { role, parties, expires: expires.map(moment).transpose()? })
}

fn grant_json(name: &str, grant: &Grant) -> Value {
    json!({"name": name, "role": grant.role, "parties": grant.parties, "identity": grant.identity,
        "expires": grant.expires.map(|e| e.to_string())})
}

/// Begin a session
#[utoipa::path(post, path = "/v1/sessions", tag = "accounts", request_body = LogIn, security(()),
    responses((status = 201, description = "The token of the session", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn log_in(State(app): State<App>, Form(form): Form<LogIn>) -> Result<Response, Fault> {
    app.rates.log_in(&form.organisation, &form.user)?;
    let (token, ends) = app.accounts.log_in(&form.organisation, &form.user, &form.password).await?;
    Ok(json_response(StatusCode::CREATED, &json!({"token": token, "expires": ends.to_string()})))
}

/// Who I am
#[utoipa::path(get, path = "/v1/me", tag = "accounts",
    responses((status = 200, description = "Organisation, name, role and parties", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn me(Who(who): Who) -> Response {
    let parties: BTreeMap<&str, &BTreeSet<String>> =
        who.parties.iter().map(|(matter, parties)| (matter.as_str(), parties)).collect();
    let me = json!({"organisation": who.organisation.as_str(), "name": who.name, "role": who.role.word(),
        "parties": parties});
    json_response(StatusCode::OK, &me)
}

/// The users of the organisation
#[utoipa::path(get, path = "/v1/users", tag = "accounts", params(Part),
    responses((status = 200, description = "Users by name", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn users(
    State(app): State<App>,
    Who(who): Who,
    Asked(part): Asked<Part>,
) -> Result<Response, Fault> {
    list(&app, &who, Kind::User, &part).await
}

/// The tokens of the organisation, without their secrets
#[utoipa::path(get, path = "/v1/tokens", tag = "accounts", params(Part),
    responses((status = 200, description = "Tokens by id", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn tokens(
    State(app): State<App>,
    Who(who): Who,
    Asked(part): Asked<Part>,
) -> Result<Response, Fault> {
    list(&app, &who, Kind::Token, &part).await
}

async fn list(
    app: &App,
    who: &crate::principal::Principal,
    kind: Kind,
    part: &Part,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    let (after, limit) = part.of();
    let list = app.accounts.list(&who.organisation, kind, after, limit).await?;
    let list: Vec<Value> = list.iter().map(|(name, grant)| grant_json(name, grant)).collect();
    Ok(json_response(StatusCode::OK, &Value::Array(list)))
}

/// Make a user, or give one another password and other rights
#[utoipa::path(put, path = "/v1/users/{name}", tag = "accounts", request_body = NewUser,
    params(("name" = String, Path, description = "The user")),
    responses((status = 204, description = "Done"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn set_user(
    State(app): State<App>,
    Who(who): Who,
    At(name): At<String>,
    Form(form): Form<NewUser>,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    let allowance = allowance(&form.role, form.parties, None)?;
    let identity = form.identity.map(|i| Identity { issuer: i.issuer, subject: i.subject });
    let credentials = Credentials { password: form.password, identity };
    app.accounts.set_user(&who.organisation, &name, credentials, allowance, &who.name).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Take a user away; sessions of theirs end
#[utoipa::path(delete, path = "/v1/users/{name}", tag = "accounts",
    params(("name" = String, Path, description = "The user")),
    responses((status = 204, description = "Done"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn remove_user(
    State(app): State<App>,
    Who(who): Who,
    At(name): At<String>,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    app.accounts.remove(&who.organisation, Kind::User, &name, &who.name).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Which entries of the audit log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Audited {
    /// The first entry
    from: Option<u64>,
    /// At most so many
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// What was done to accounts, webhooks and feeds
#[utoipa::path(get, path = "/v1/audit", tag = "accounts", params(Audited),
    responses((status = 200, description = "Entries in their order, and where the next ones begin", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn audit(
    State(app): State<App>,
    Who(who): Who,
    Asked(part): Asked<Audited>,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    let from = part.from.unwrap_or(0);
    let limit = part.limit.unwrap_or(100).clamp(1, PAGE_MAX);
    let (entries, version) = app.audit.read(&who.organisation, from, limit).await?;
    let next = from.saturating_add(entries.len() as u64);
    let next = (next < version).then_some(next);
    Ok(json_response(StatusCode::OK, &json!({"entries": entries, "next": next})))
}

/// Make a token for a service
#[utoipa::path(post, path = "/v1/tokens", tag = "accounts", request_body = Rights,
    responses((status = 201, description = "The token, which cannot be seen again", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn make_token(
    State(app): State<App>,
    Who(who): Who,
    Form(form): Form<Rights>,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    let allowance = allowance(&form.role, form.parties, form.expires.as_deref())?;
    let (id, token) = app.accounts.make_token(&who.organisation, allowance, &who.name).await?;
    Ok(json_response(StatusCode::CREATED, &json!({"id": id, "token": token})))
}

/// Revoke a token
#[utoipa::path(delete, path = "/v1/tokens/{id}", tag = "accounts",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204, description = "Done"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn remove_token(
    State(app): State<App>,
    Who(who): Who,
    At(id): At<String>,
) -> Result<Response, Fault> {
    who.needs(Role::Administrator)?;
    app.accounts.remove(&who.organisation, Kind::Token, &id, &who.name).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
