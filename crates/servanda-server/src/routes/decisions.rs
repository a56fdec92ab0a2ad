//! Decisions for other programs, by the AuthZEN Authorization API 1.0. `docs/authzen.md`.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use servanda_authzen::{BadRequest, Decider, Search};

use super::extract::{At, ProblemDetails, Who, body, is_json, json as json_response, json_of};
use super::schema::{Evaluation, Evaluations};
use crate::app::App;
use crate::fault::Fault;
use crate::principal::Principal;

/// Which decision is asked for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Evaluation,
    Evaluations,
    Search(Search),
}

/// Decides about a matter: the one that is named, or the server's default.
async fn decide(
    app: App,
    who: Principal,
    matter: Option<String>,
    kind: Kind,
    request: Request,
) -> Result<Response, Fault> {
    let matter = matter.or_else(|| app.settings.default_matter.clone()).ok_or_else(|| {
        Fault::new(
            "unknown-matter",
            "no matter is named, and the server has no default: use /v1/matters/MATTER/access/v1/…",
        )
    })?;
    let place = who.place(&matter)?;
    if !is_json(request.headers()) {
        return Ok(bad("the body has to be `application/json`"));
    }
    let asked = match json_of(&body(request, &app).await?) {
        Ok(asked) => asked,
        Err(fault) => return Ok(bad(&fault.message)),
    };
    let now = app.edge.now();
    let decided = app
        .desks
        .read(&place, None, move |seat| {
            let today = seat.matter.day(now)?;
            Ok(seat.matter.live().with(|answering| {
                let decider = Decider {
                    engine: &answering.engine,
                    reader: &answering.reader,
                    directory: &seat.directory,
                    today,
                    version: seat.matter.version(),
                };
                match kind {
                    Kind::Evaluation => decider.evaluation(&asked),
                    Kind::Evaluations => decider.evaluations(&asked),
                    Kind::Search(search) => decider.search(search, &asked),
                }
            }))
        })
        .await?;
    Ok(match decided {
        Ok(told) => json_response(StatusCode::OK, &told),
        Err(BadRequest(message)) => bad(&message),
    })
}

/// A request that is none: the standard wants a message, and nothing else.
fn bad(message: &str) -> Response {
    (StatusCode::BAD_REQUEST, message.to_string()).into_response()
}

fn configured(app: &App, matter: Option<&str>) -> Value {
    let base = &app.settings.base;
    let (identifier, below) = match matter {
        Some(matter) => (format!("{base}/{matter}"), format!("{base}/v1/matters/{matter}")),
        None => (base.clone(), base.clone()),
    };
    json!({
        "policy_decision_point": identifier,
        "access_evaluation_endpoint": format!("{below}/access/v1/evaluation"),
        "access_evaluations_endpoint": format!("{below}/access/v1/evaluations"),
        "search_subject_endpoint": format!("{below}/access/v1/search/subject"),
        "search_resource_endpoint": format!("{below}/access/v1/search/resource"),
        "search_action_endpoint": format!("{below}/access/v1/search/action"),
        "capabilities": ["urn:servanda:authzen:outcome-in-context"],
    })
}

/// Where decisions about the default matter are given
#[utoipa::path(get, path = "/.well-known/authzen-configuration", tag = "decisions", security(()),
    responses((status = 200, description = "The metadata of the decision point", content_type = "application/json")))]
pub async fn configuration(State(app): State<App>) -> Response {
    json_response(StatusCode::OK, &configured(&app, None))
}

/// Where decisions about a matter are given
#[utoipa::path(get, path = "/.well-known/authzen-configuration/{matter}", tag = "decisions", security(()),
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "The metadata of the decision point", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn matter_configuration(State(app): State<App>, At(matter): At<String>) -> Result<Response, Fault> {
    // Whether there is such a matter is told to nobody who may not know it.
    let _: servanda_store::MatterName = matter.parse().map_err(|_| Fault::unknown_matter())?;
    Ok(json_response(StatusCode::OK, &configured(&app, Some(&matter))))
}

/// Decide: may this subject do this?
#[utoipa::path(post, path = "/access/v1/evaluation", tag = "decisions", request_body = Evaluation,
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn evaluation(State(app): State<App>, Who(who): Who, request: Request) -> Result<Response, Fault> {
    decide(app, who, None, Kind::Evaluation, request).await
}

/// Decide: may this subject do this? (of a matter)
#[utoipa::path(post, path = "/v1/matters/{matter}/access/v1/evaluation", tag = "decisions", request_body = Evaluation,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn matter_evaluation(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, Some(matter), Kind::Evaluation, request).await
}

/// Decide about several
#[utoipa::path(post, path = "/access/v1/evaluations", tag = "decisions", request_body = Evaluations,
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn evaluations(State(app): State<App>, Who(who): Who, request: Request) -> Result<Response, Fault> {
    decide(app, who, None, Kind::Evaluations, request).await
}

/// Decide about several (of a matter)
#[utoipa::path(post, path = "/v1/matters/{matter}/access/v1/evaluations", tag = "decisions", request_body = Evaluations,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn matter_evaluations(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, Some(matter), Kind::Evaluations, request).await
}

/// Who may?
#[utoipa::path(post, path = "/access/v1/search/subject", tag = "decisions", request_body = Evaluation,
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn search_subject(
    State(app): State<App>,
    Who(who): Who,

    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, None, Kind::Search(Search::Subject), request).await
}

/// Who may? (of a matter)
#[utoipa::path(post, path = "/v1/matters/{matter}/access/v1/search/subject", tag = "decisions", request_body = Evaluation,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn matter_search_subject(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, Some(matter), Kind::Search(Search::Subject), request).await
}

/// Where may this subject?
#[utoipa::path(post, path = "/access/v1/search/resource", tag = "decisions", request_body = Evaluation,
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn search_resource(
    State(app): State<App>,
    Who(who): Who,

    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, None, Kind::Search(Search::Resource), request).await
}

/// Where may this subject? (of a matter)
#[utoipa::path(post, path = "/v1/matters/{matter}/access/v1/search/resource", tag = "decisions", request_body = Evaluation,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn matter_search_resource(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, Some(matter), Kind::Search(Search::Resource), request).await
}

/// What may this subject?
#[utoipa::path(post, path = "/access/v1/search/action", tag = "decisions", request_body = Evaluation,
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn search_action(
    State(app): State<App>,
    Who(who): Who,

    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, None, Kind::Search(Search::Action), request).await
}

/// What may this subject? (of a matter)
#[utoipa::path(post, path = "/v1/matters/{matter}/access/v1/search/action", tag = "decisions", request_body = Evaluation,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "As the AuthZEN Authorization API 1.0 has it", content_type = "application/json"),
        (status = 400, description = "The request is none: why", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn matter_search_action(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    request: Request,
) -> Result<Response, Fault> {
    decide(app, who, Some(matter), Kind::Search(Search::Action), request).await
}
