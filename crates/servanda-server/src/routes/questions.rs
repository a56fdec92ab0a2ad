//! Questions of every kind, and receipts for their answers.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;

use servanda_engine::{Timeline, TimelineQuestion};
use servanda_matter::{Answering, Matter, Receipt, Standing};
use servanda_quantity::Day;

use super::extract::{Asked, At, Json, ProblemDetails, Who, json as json_response, tagged};
use super::schema::Question;
use crate::app::App;
use crate::desk::Seat;
use crate::fault::Fault;

/// Most questions that are put at once.
const QUESTIONS_MAX: usize = 1_000;
/// The width of a picture, in pixels.
const PICTURE_WIDTH: u32 = 1_000;

/// Of which version of the matter a question is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Version {
    /// Only the first so many entries count (all)
    version: Option<u64>,
}

/// When.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct When {
    /// The day asked about (today in the agreement's zone)
    as_of: Option<String>,
    /// Only what was recorded by then counts (all)
    known_at: Option<String>,
    /// The version of the agreement, as if it governed
    text: Option<String>,
    /// Only the first so many entries count (all)
    version: Option<u64>,
}

/// Whose duties, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// The party that owes (every party)
    party: Option<String>,
    /// The day asked about (today in the agreement's zone)
    as_of: Option<String>,
    /// Only what was recorded by then counts (all)
    known_at: Option<String>,
    /// Only the first so many entries count (all)
    version: Option<u64>,
}

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Window {
    /// The first day (where text and log begin)
    from: Option<String>,
    /// The last day (where text and log end)
    to: Option<String>,
    /// The present day (today in the agreement's zone)
    as_of: Option<String>,
}

fn today(matter: &Matter, now: jiff::Timestamp) -> Result<Day, Fault> {
    Ok(matter.day(now)?)
}

fn day(name: &str, text: &Option<String>) -> Result<Option<Day>, Fault> {
    let read = |text: &String| {
        text.parse()
            .map_err(|_| Fault::new("bad-request", format!("`{name}` has to be a date such as `2026-06-01`")))
    };
    text.as_ref().map(read).transpose()
}

/// The answers to a list of questions, errors at their place.
fn answers(seat: &Seat, questions: &[Value], now: jiff::Timestamp) -> Result<Vec<Value>, Fault> {
    let today = today(&seat.matter, now)?;
    let answer = |question: &Value| match seat.matter.ask(question, today).1 {
        Ok(answer) => answer,
        Err(fault) => {
            let id = question.get("id").cloned().unwrap_or_default();
            json!({"id": id, "error": {"code": fault.code, "message": fault.message}})
        }
    };
    Ok(questions.iter().map(answer).collect())
}

/// Ask: a question, or a list of questions, which gives a list of answers with errors at their place
#[utoipa::path(post, path = "/v1/matters/{matter}/questions", tag = "questions", request_body = Question,
    params(("matter" = String, Path, description = "The matter"), Version),
    responses((status = 200, description = "The answer, or the answers", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn ask(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Asked(at): Asked<Version>,
    Json(asked): Json,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let now = app.edge.now();
    let told = match asked {
        Value::Array(list) => {
            if list.len() > QUESTIONS_MAX {
                return Err(Fault::new(
                    "body-too-large",
                    format!("there are {} questions; at most {QUESTIONS_MAX} are put at once", list.len()),
                ));
            }
            app.desks
                .read(&place, at.version, move |seat| Ok(Value::Array(answers(seat, &list, now)?)))
                .await?
        }
        question => {
            app.desks
                .read(&place, at.version, move |seat| {
                    let today = today(&seat.matter, now)?;
                    Ok(seat.matter.ask(&question, today).1?)
                })
                .await?
        }
    };
    Ok(json_response(StatusCode::OK, &told))
}

/// Ask, and get a receipt: the answer with everything that it rests on, which anybody can replay
#[utoipa::path(post, path = "/v1/matters/{matter}/receipts", tag = "questions", request_body = Question,
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 201, description = "The receipt", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn receipt(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Json(question): Json,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let now = app.edge.now();
    let (inner, whole) = (app.clone(), place.clone());
    let receipt = app
        .desks
        .read(&place, None, move |seat| {
            let today = today(&seat.matter, now)?;
            let (question, answer) = seat.matter.ask(&question, today);
            Ok(Receipt {
                program: concat!("servanda ", env!("CARGO_PKG_VERSION")).to_string(),
                origin: inner.origin(&whole),
                version: seat.matter.version(),
                question,
                answer: answer?,
                checkpoint: inner.checkpoint(&whole, seat)?,
            })
        })
        .await?;
    let mut response = (StatusCode::CREATED, receipt.to_text()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// What is owed
#[utoipa::path(get, path = "/v1/matters/{matter}/obligations", tag = "questions",
    params(("matter" = String, Path, description = "The matter"), Whose),
    responses((status = 200, description = "By party: the answer to `owes`", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn obligations(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Asked(whose): Asked<Whose>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let now = app.edge.now();
    let told = app
        .desks
        .read(&place, whose.version, move |seat| {
            let parties = match &whose.party {
                Some(party) => vec![party.clone()],
                None => seat.matter.live().program().parties.iter().map(|p| p.name.clone()).collect(),
            };
            let today = today(&seat.matter, now)?;
            let mut out = Map::new();
            for party in parties {
                let mut question = json!({"owes": {"party": party}});
                when(&mut question, &whose.as_of, &whose.known_at, &None);
                out.insert(party, seat.matter.ask(&question, today).1?);
            }
            Ok(Value::Object(out))
        })
        .await?;
    Ok(json_response(StatusCode::OK, &told))
}

fn when(question: &mut Value, as_of: &Option<String>, known_at: &Option<String>, text: &Option<String>) {
    for (name, value) in [("as_of", as_of), ("known_at", known_at), ("version", text)] {
        if let Some(value) = value {
            question[name] = value.as_str().into();
        }
    }
}

/// A value
#[utoipa::path(get, path = "/v1/matters/{matter}/values/{value}", tag = "questions",
    params(("matter" = String, Path, description = "The matter"),
        ("value" = String, Path, description = "The value, such as `rent.amount`"), When),
    responses((status = 200, description = "The answer to `value`", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn value(
    State(app): State<App>,
    Who(who): Who,
    At((matter, name)): At<(String, String)>,
    Asked(asked): Asked<When>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let now = app.edge.now();
    let told = app
        .desks
        .read(&place, asked.version, move |seat| {
            let mut question = json!({"value": name});
            when(&mut question, &asked.as_of, &asked.known_at, &asked.text);
            Ok(seat.matter.ask(&question, today(&seat.matter, now)?).1?)
        })
        .await?;
    Ok(json_response(StatusCode::OK, &told))
}

/// The timeline of a window: its first day, and the first day after it.
pub(super) fn timeline_of(
    answering: &Answering<'_>,
    (from, until): (Day, Day),
    as_of: Day,
) -> Result<Timeline, Fault> {
    let assume = Default::default();
    let asked = TimelineQuestion { from, until, as_of, known_at: None, assume, clauses: None };
    Ok(answering.engine.timeline(&asked)?)
}

/// Rights, duties and restrictions over the years, as JSON or, where `Accept` prefers it, as a picture
#[utoipa::path(get, path = "/v1/matters/{matter}/timeline", tag = "questions",
    params(("matter" = String, Path, description = "The matter"), Window),
    responses((status = 200, description = "The timeline", content((Value = "application/json"), (String = "image/svg+xml"))),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn timeline(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    Asked(window): Asked<Window>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let now = app.edge.now();
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let picture = accept.starts_with("image/svg+xml");
    let from = day("from", &window.from)?;
    let to = day("to", &window.to)?;
    let as_of = day("as_of", &window.as_of)?;
    let (told, svg) = app
        .desks
        .read(&place, None, move |seat| {
            let as_of = as_of.map_or_else(|| today(&seat.matter, now), Ok)?;
            seat.matter.live().with(|answering| {
                let natural = answering.engine.natural_window(as_of);
                let nothing =
                    || Fault::new("empty-window", "the text and the log name no day: say `from` and `to`");
                let from = from.or(natural.map(|w| w.0)).ok_or_else(nothing)?;
                let until = match to {
                    Some(to) => to.plus_days(1).map_err(|e| Fault::new("impossible-date", e.to_string()))?,
                    None => natural.map(|w| w.1).ok_or_else(nothing)?,
                };
                let timeline = timeline_of(answering, (from, until), as_of)?;
                let program = answering.engine.program();
                if picture {
                    let english = servanda_report::Tongue::english();
                    let svg = servanda_report::timeline_svg(&english, program, &timeline, PICTURE_WIDTH);
                    return Ok((Value::Null, Some(svg)));
                }
                Ok((servanda_report::timeline_json(program, &timeline), None))
            })
        })
        .await?;
    Ok(match svg {
        Some(svg) => {
            let mut response = svg.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
            // A picture by itself has its own style, and nothing else.
            let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            response
        }
        None => json_response(StatusCode::OK, &told),
    })
}

/// The versions of the agreement, and which of them governs each day
#[utoipa::path(get, path = "/v1/matters/{matter}/versions", tag = "questions",
    params(("matter" = String, Path, description = "The matter")),
    responses((status = 200, description = "Versions in their order", content_type = "application/json"),
        (status = 304, description = "As you have it"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn versions(
    State(app): State<App>,
    Who(who): Who,
    At(matter): At<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    tagged(&app, &place, &headers, |seat| {
        let program = seat.matter.live().program();
        let name = |v: servanda_program::VersionId| program.versions[v.index()].name.clone();
        let list: Vec<Value> = program
            .versions
            .iter()
            .map(|v| {
                json!({"name": v.name, "title": v.title, "amends": v.base.map(name),
                        "status": status_word(v.status), "signed": v.signed.map(|d| d.to_string())})
            })
            .collect();
        Value::Array(list)
    })
    .await
}

/// The text of a version: its clauses, and which version wrote each of their fields
#[utoipa::path(get, path = "/v1/matters/{matter}/versions/{version}", tag = "questions",
    params(("matter" = String, Path, description = "The matter"), ("version" = String, Path, description = "The version of the agreement")),
    responses((status = 200, description = "Clauses in the order of the text", content_type = "application/json"),
        (status = "4XX", description = "Refused", body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn version(
    State(app): State<App>,
    Who(who): Who,
    At((matter, version)): At<(String, String)>,
) -> Result<Response, Fault> {
    let place = who.place(&matter)?;
    let told = app
        .desks
        .read(&place, None, move |seat| {
            let text = seat.matter.live().text_of(&version).ok_or_else(|| {
                Fault::new(
                    "unknown-version",
                    "the agreement has no such version; its versions are at …/versions",
                )
            })?;
            let clause = |s: &Standing| {
                let blame: Vec<Value> =
                    s.blame.iter().map(|(field, by)| json!({"field": field, "by": by})).collect();
                json!({"clause": s.clause, "ended_by": s.ended, "blame": blame})
            };
            Ok(json!({"version": version, "clauses": text.iter().map(clause).collect::<Vec<_>>()}))
        })
        .await?;
    Ok(json_response(StatusCode::OK, &told))
}

fn status_word(status: servanda_program::Status) -> &'static str {
    use servanda_program::Status;
    match status {
        Status::Reported => "reported",
        Status::Proposed => "proposed",
        Status::NonBinding => "non-binding",
        Status::Binding => "binding",
    }
}
