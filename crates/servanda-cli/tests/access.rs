//! Who may do what: every route of the server, for every role, in one's own organisation and in another's. The routes come from
//! the server's own description; one that this table does not have fails the test.

mod common;
#[path = "common/served.rs"]
mod served;

use std::path::Path;

use serde_json::{Value, json};

use common::{said, servanda};
use served::{Reply, Served};

/// What a route takes.
struct Route {
    /// `METHOD /path` as the description has it.
    name: &'static str,
    /// The least role that may use it: 0 nobody needs any, 1 reader, 2 appender, 3 administrator.
    role: u8,
    /// A body that it takes.
    body: fn() -> Value,
}

fn nothing() -> Value {
    Value::Null
}

fn question() -> Value {
    json!({"ends": "dues", "as_of": "2026-06-01"})
}

fn decision() -> Value {
    json!({"subject": {"type": "party", "id": "Ferry"}, "action": {"name": "dock"}, "resource": {"type": "quay", "id": "south"}})
}

fn event() -> Value {
    json!({"type": "dues-paid", "time": "2026-02-02T00:00:00Z",
        "data": {"by": "Ferry", "amount": {"amount": "1", "unit": "EUR"}}})
}

fn text() -> Value {
    json!({"files": {"ferry.deed": common::FERRY}})
}

fn rights() -> Value {
    json!({"role": "reader"})
}

const fn route(name: &'static str, role: u8, body: fn() -> Value) -> Route {
    Route { name, role, body }
}

/// Every route. `{matter}` is one that is there.
const ROUTES: &[Route] = &[
    route("get /health/live", 0, nothing),
    route("get /health/ready", 0, nothing),
    route("get /.well-known/authzen-configuration", 0, nothing),
    route("get /.well-known/authzen-configuration/{matter}", 0, nothing),
    route("post /v1/sessions", 0, nothing),
    route("get /v1/me", 1, nothing),
    route("get /v1/users", 3, nothing),
    route("put /v1/users/{name}", 3, || json!({"password": "correct horse battery", "role": "reader"})),
    route("delete /v1/users/{name}", 3, nothing),
    route("get /v1/tokens", 3, nothing),
    route("post /v1/tokens", 3, rights),
    route("delete /v1/tokens/{id}", 3, nothing),
    route("get /v1/audit", 3, nothing),
    route("get /v1/matters", 1, nothing),
    route("post /v1/matters", 3, || json!({"name": "fresh", "files": {"ferry.deed": common::FERRY}})),
    route("get /v1/matters/{matter}", 1, nothing),
    route("get /v1/matters/{matter}/text", 1, nothing),
    route("put /v1/matters/{matter}/text", 3, text),
    route("get /v1/matters/{matter}/directory", 1, nothing),
    route("put /v1/matters/{matter}/directory", 3, || json!({"subjects": []})),
    route("post /v1/matters/{matter}/events", 2, event),
    route("get /v1/matters/{matter}/entries", 1, nothing),
    route("get /v1/matters/{matter}/entries/{entry}", 1, nothing),
    route("get /v1/matters/{matter}/stream", 1, nothing),
    route("post /v1/matters/{matter}/questions", 1, question),
    route("post /v1/matters/{matter}/receipts", 1, question),
    route("get /v1/matters/{matter}/obligations", 1, nothing),
    route("get /v1/matters/{matter}/values/{value}", 1, nothing),
    route("get /v1/matters/{matter}/timeline", 1, nothing),
    route("get /v1/matters/{matter}/versions", 1, nothing),
    route("get /v1/matters/{matter}/versions/{version}", 1, nothing),
    route("get /v1/matters/{matter}/checkpoint", 1, nothing),
    route("get /v1/matters/{matter}/proofs/inclusion/{entry}", 1, nothing),
    route("get /v1/matters/{matter}/proofs/consistency", 1, nothing),
    route("get /v1/matters/{matter}/export", 1, nothing),
    route("put /v1/matters/{matter}/documents/{name}", 3, || json!("the bytes")),
    route("get /v1/matters/{matter}/documents/{name}", 1, nothing),
    route("get /v1/matters/{matter}/webhooks", 3, nothing),
    route("post /v1/matters/{matter}/webhooks", 3, || json!({"url": "https://example.com/hook"})),
    route("delete /v1/matters/{matter}/webhooks/{id}", 3, nothing),
    route("post /v1/matters/{matter}/webhooks/{id}/retry", 3, nothing),
    route("post /v1/matters/{matter}/feeds", 1, || json!({"party": "Ferry"})),
    route("delete /v1/matters/{matter}/feeds/{id}", 1, nothing),
    route("get /v1/feeds/{feed}", 0, nothing),
    route("post /access/v1/evaluation", 1, decision),
    route("post /access/v1/evaluations", 1, decision),
    route("post /access/v1/search/subject", 1, decision),
    route("post /access/v1/search/resource", 1, decision),
    route("post /access/v1/search/action", 1, decision),
    route("post /v1/matters/{matter}/access/v1/evaluation", 1, decision),
    route("post /v1/matters/{matter}/access/v1/evaluations", 1, decision),
    route("post /v1/matters/{matter}/access/v1/search/subject", 1, decision),
    route("post /v1/matters/{matter}/access/v1/search/resource", 1, decision),
    route("post /v1/matters/{matter}/access/v1/search/action", 1, decision),
];

/// A token that speaks for the ferry line in some matters, whether they are there or not.
fn token(data: &Path, organisation: &str, role: &str, matters: &[&str]) -> String {
    let arguments = ["token", "--role", role, "--organisation", organisation, "--data"];
    let mut command = servanda();
    command.args(arguments).arg(data);
    for matter in matters {
        command.args(["--party", &format!("{matter}=Ferry")]);
    }
    let (code, out, err) = said(&mut command);
    assert_eq!(code, 0, "{err}");
    out.trim().to_string()
}

/// Sends a request to a route, of a matter, as somebody.
fn send(served: &mut Served, route: &Route, matter: &str, token: Option<&str>) -> Reply {
    let (method, path) = route.name.split_once(' ').unwrap();
    let mut path = path
        .replace("{matter}", matter)
        .replace("{name}", "bea")
        .replace("{id}", "none")
        .replace("{entry}", "0")
        .replace("{version}", "first")
        .replace("{value}", "dues.paid");
    match route.name {
        name if name.ends_with("/consistency") => path.push_str("?from=1"),
        name if name.ends_with("/timeline") => path.push_str("?from=2026-01-01&to=2026-02-01"),
        _ => {}
    }
    served.token = token.map(str::to_string);
    if route.name.ends_with("/stream") && served.stream(&path, &[]).0 == 200 {
        // It does not end by itself.
        return Reply { status: 200, headers: Vec::new(), text: String::new() };
    }
    let body = (route.body)();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let headers: &[(&str, &str)] =
        if body.is_empty() { &[] } else { &[("content-type", "application/json")] };
    served.send(&method.to_uppercase(), &path, headers, body.as_bytes())
}

/// A server with tokens, whose organisation `main` has the matter `ferry`.
fn server(data: &Path) -> Served {
    let ferry = common::ferry();
    let deed = ferry.path().join("ferry.deed");
    Served::start(data, &["--access", "tokens", deed.to_str().unwrap()])
}

#[test]
fn every_route_has_its_role_and_shows_nothing_to_another_organisation() {
    let data = tempfile::tempdir().unwrap();
    let roles = ["reader", "appender", "administrator"];
    let own: Vec<String> = roles.iter().map(|role| token(data.path(), "main", role, &["ferry"])).collect();
    // In the same organisation and in none of the matter's parties.
    let beside = token(data.path(), "main", "appender", &["elsewhere"]);
    let other: Vec<String> =
        roles.iter().map(|role| token(data.path(), "other", role, &["ferry", "never"])).collect();
    let mut served = server(data.path());
    let openapi = served.get("/openapi.json").json();
    let mut described = Vec::new();
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|m| *m != "parameters") {
            described.push(format!("{method} {path}"));
        }
    }
    let known: Vec<&str> = ROUTES.iter().map(|r| r.name).collect();
    for name in &described {
        assert!(known.contains(&name.as_str()), "the table has no row for `{name}`: say who may use it");
    }
    for name in &known {
        assert!(described.iter().any(|d| d == name), "there is no route `{name}` any more");
    }
    let mut cells = 0;
    for route in ROUTES {
        let anonymous = send(&mut served, route, "ferry", None);
        let forged = send(&mut served, route, "ferry", Some("svd_main_00_AAAA"));
        for reply in [&anonymous, &forged] {
            let expected = route.role > 0;
            assert_eq!(
                reply.status == 401,
                expected && route.name != "post /v1/sessions",
                "{}: {}",
                route.name,
                reply.text
            );
        }
        cells += 2;
        for (rank, token) in (1..).zip(&own) {
            let reply = send(&mut served, route, "ferry", Some(token));
            let may = rank >= route.role;
            assert_eq!(
                reply.status == 403,
                !may,
                "{} as {}: {}",
                route.name,
                roles[rank as usize - 1],
                reply.text
            );
            assert!(reply.status < 500, "{}: {}", route.name, reply.text);
            if may && route.role > 0 && !route.name.contains("{name}") && !route.name.contains("{id}") {
                assert!(reply.status < 300, "{} as {}: {}", route.name, roles[rank as usize - 1], reply.text);
            }
            cells += 1;
        }
        if !route.name.contains("{matter}") || route.role == 0 {
            continue;
        }
        // What belongs to others is, byte for byte, what is not there.
        for token in other.iter().chain([&beside]) {
            let theirs = send(&mut served, route, "ferry", Some(token));
            let none = send(&mut served, route, "never", Some(token));
            assert_eq!((theirs.status, &theirs.text), (none.status, &none.text), "{}", route.name);
            assert!(matches!(theirs.status, 403 | 404), "{}: {}", route.name, theirs.text);
            let without_date = |reply: &Reply| -> Vec<(String, String)> {
                reply.headers.iter().filter(|(name, _)| name != "date").cloned().collect()
            };
            assert_eq!(without_date(&theirs), without_date(&none), "{}", route.name);
            cells += 1;
        }
    }
    println!("{cells} cells of {} routes", ROUTES.len());
}

#[test]
fn somebody_speaks_only_for_the_parties_that_are_theirs() {
    let data = tempfile::tempdir().unwrap();
    let appender = token(data.path(), "main", "appender", &["ferry"]);
    let mut served = server(data.path());
    served.token = Some(appender);
    let mut foreign = event();
    foreign["type"] = "storm".into();
    foreign["data"] = json!({"by": "Harbour"});
    let refused = served.post("/v1/matters/ferry/events", &foreign);
    assert_eq!((refused.status, refused.code().as_str()), (403, "not-your-party"));
    let mut dated = event();
    dated["recordedtime"] = "2026-02-03T00:00:00Z".into();
    assert_eq!(served.post("/v1/matters/ferry/events", &dated).code(), "recorded-time-given");
    assert_eq!(served.post("/v1/matters/ferry/events", &event()).status, 201);
    let entry = served.get("/v1/matters/ferry/entries/1").json();
    assert!(entry["by"].as_str().unwrap().starts_with("token:"), "{entry}");
}

#[test]
fn a_user_logs_in_and_a_removed_one_is_out() {
    let data = tempfile::tempdir().unwrap();
    let administrator = token(data.path(), "main", "administrator", &["ferry"]);
    let mut served = server(data.path());
    served.token = Some(administrator.clone());
    let user =
        json!({"password": "correct horse battery", "role": "reader", "parties": {"ferry": ["Ferry"]}});
    assert_eq!(served.put("/v1/users/ada", &json!({"password": "short", "role": "reader"})).status, 400);
    assert_eq!(served.put("/v1/users/ada", &user).status, 204);
    let log_in = |served: &Served, password: &str| {
        served.post("/v1/sessions", &json!({"organisation": "main", "user": "ada", "password": password}))
    };
    assert_eq!(log_in(&served, "wrong horse battery").status, 401);
    let session = log_in(&served, "correct horse battery");
    assert_eq!(session.status, 201, "{}", session.text);
    assert!(!served.get("/v1/users").text.contains("argon2"));
    served.token = session.json()["token"].as_str().map(str::to_string);
    assert_eq!(served.get("/v1/me").json()["name"], "user:ada");
    assert_eq!(served.get("/v1/matters").json(), json!([{"name": "ferry", "version": 1}]));
    let session = served.token.replace(administrator);
    // Sessions are not told among tokens.
    assert_eq!(served.get("/v1/tokens").json().as_array().unwrap().len(), 1);
    assert_eq!(served.send("DELETE", "/v1/users/ada", &[], b"").status, 204);
    served.token = session;
    assert_eq!(served.get("/v1/me").status, 401);
}

#[test]
fn who_asks_too_often_is_told_to_wait() {
    let data = tempfile::tempdir().unwrap();
    let (own, other) =
        (token(data.path(), "main", "reader", &["ferry"]), token(data.path(), "other", "reader", &[]));
    let ferry = common::ferry();
    let deed = ferry.path().join("ferry.deed");
    let mut served =
        Served::start(data.path(), &["--access", "tokens", "--rate", "5", deed.to_str().unwrap()]);
    served.token = Some(own);
    let replies: Vec<Reply> = (0..20).map(|_| served.get("/v1/me")).collect();
    let refused = replies.iter().find(|r| r.status == 429).expect("it is too often");
    assert_eq!((refused.code().as_str(), refused.header("retry-after")), ("too-many-requests", Some("1")));
    assert_eq!(replies[0].status, 200);
    // Others are not in its way.
    served.token = Some(other);
    assert_eq!(served.get("/v1/me").status, 200);
    let log_in = json!({"organisation": "main", "user": "ada", "password": "wrong horse battery"});
    let tries: Vec<u16> = (0..12).map(|_| served.post("/v1/sessions", &log_in).status).collect();
    assert!(tries.contains(&401) && tries.contains(&429), "{tries:?}");
}
