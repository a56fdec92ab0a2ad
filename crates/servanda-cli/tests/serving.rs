//! The living agreement, through the real server.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::path::Path;

use serde_json::{Value, json};

use common::{folder, said, servanda};
use served::Served;

/// The ferry line without its document, as a matter called `ferry`.
fn ferry(data: &Path) -> Served {
    let agreement = common::ferry();
    Served::start(data, &[agreement.path().join("ferry.deed").to_str().unwrap()])
}

fn storm(id: &str) -> Value {
    json!({"specversion": "1.0", "source": "/port", "id": id, "type": "storm",
        "time": "2026-02-01T00:00:00Z", "data": {"by": "Harbour"}})
}

fn paid(id: &str, amount: &str) -> Value {
    json!({"specversion": "1.0", "source": "/port", "id": id, "type": "dues-paid",
        "time": "2026-02-02T00:00:00Z", "data": {"by": "Ferry", "amount": {"amount": amount, "unit": "EUR"}}})
}

const EVENTS: &str = "/v1/matters/ferry/events";
const QUESTIONS: &str = "/v1/matters/ferry/questions";

#[test]
fn the_flagship_is_answered_over_http_as_on_the_command_line() {
    let data = tempfile::tempdir().unwrap();
    let flagship = common::root().join("examples/microsoft-openai");
    let flagship = flagship.to_str().unwrap();
    let served = Served::start(data.path(), &[flagship]);
    let with = json!({"interface": "api", "audience": "general", "made-with": "alone", "cloud": "Google"});
    let questions = json!([
        {"id": 1, "as_of": "2026-06-01", "may": {"party": "OpenAI", "action": "host", "with": with}},
        {"id": 2, "as_of": "2026-06-01", "ends": "research-ip"},
        {"id": 3, "as_of": "2026-06-01", "owes": {"party": "OpenAI"}},
        {"id": 4, "as_of": "2026-06-01", "in_force": "no-such-clause"},
    ]);
    let lines: Vec<String> = questions.as_array().unwrap().iter().map(Value::to_string).collect();
    let (_, out, _) = said(servanda().args(["ask", flagship, "--batch", "-"]).write_stdin(lines.join("\n")));
    let told: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let reply = served.post("/v1/matters/microsoft-openai/questions", &questions);
    assert_eq!(reply.json(), Value::Array(told.clone()));
    assert_eq!(told[0]["outcome"], "forbidden");
    // Who wrote what.
    let versions = served.get("/v1/matters/microsoft-openai/versions").json();
    assert_eq!(versions.as_array().unwrap().len(), 5);
    let text = served.get("/v1/matters/microsoft-openai/versions/definitive-2025-10").json();
    let clause =
        text["clauses"].as_array().unwrap().iter().find(|c| c["clause"] == "api-exclusivity").unwrap();
    let by: Vec<&Value> = clause["blame"].as_array().unwrap().iter().map(|b| &b["by"]).collect();
    assert!(by.contains(&&json!("v2025-01")) && by.contains(&&json!("definitive-2025-10")), "{clause}");
    assert_eq!(served.get("/v1/matters/microsoft-openai/versions/none").status, 404);
    // The same act, asked as a decision.
    let decision = json!({"subject": {"type": "party", "id": "OpenAI"}, "action": {"name": "host"},
        "resource": {"type": "cloud", "id": "Google", "properties": with}, "context": {"time": "2026-06-01"}});
    let decided = served.post("/access/v1/evaluation", &decision).json();
    assert_eq!(decided["decision"], false);
    assert_eq!(decided["context"]["servanda"]["because"], told[0]["because"]);
    // Where may it? Everywhere that the evaluation says.
    let search = json!({"subject": {"type": "party", "id": "OpenAI"}, "action": {"name": "host"},
        "resource": {"type": "cloud", "properties": {"interface": "api", "audience": "general", "made-with": "alone"}},
        "context": {"time": "2026-06-01"}});
    let found = served.post("/access/v1/search/resource", &search).json();
    assert_eq!(found["results"], json!([{"type": "cloud", "id": "Azure"}]));
}

#[test]
fn the_same_event_again_changes_nothing_and_another_under_its_name_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let served = ferry(data.path());
    let first = served.post(EVENTS, &storm("1"));
    assert_eq!((first.status, first.json()["version"].clone()), (201, json!(2)), "{}", first.text);
    let again = served.post(EVENTS, &storm("1"));
    assert_eq!((again.status, again.json()["version"].clone()), (200, json!(2)));
    assert_eq!(again.json()["events"][0], json!({"id": "1", "entry": 1, "new": false}));
    let mut other = storm("1");
    other["time"] = "2026-02-03T00:00:00Z".into();
    let refused = served.post(EVENTS, &other);
    assert_eq!((refused.status, refused.code().as_str()), (409, "conflicting-event"));
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    // A batch is taken whole or not at all, and says which event it was.
    let headers = [("content-type", "application/cloudevents-batch+json")];
    let batch = json!([paid("2", "400"), paid("2", "500")]).to_string();
    let refused = served.send("POST", EVENTS, &headers, batch.as_bytes());
    assert_eq!(refused.status, 409);
    assert!(refused.json()["detail"].as_str().unwrap().starts_with("event 2:"), "{}", refused.text);
    let batch = json!([paid("2", "400"), paid("3", "500"), storm("1")]).to_string();
    let taken = served.send("POST", EVENTS, &headers, batch.as_bytes());
    assert_eq!((taken.status, taken.json()["version"].clone()), (201, json!(4)), "{}", taken.text);
    // By headers alone, and without an id.
    let binary = [
        ("content-type", "application/json"),
        ("ce-specversion", "1.0"),
        ("ce-id", "1"),
        ("ce-source", "/port"),
        ("ce-type", "storm"),
        ("ce-time", "2026-02-01T00:00:00Z"),
    ];
    assert_eq!(served.send("POST", EVENTS, &binary, br#"{"by":"Harbour"}"#).status, 200);
    let nameless = json!({"type": "storm", "time": "2026-02-05", "data": {"by": "Harbour"}});
    let named = served.post(EVENTS, &nameless).json();
    assert_eq!(named["events"][0]["id"].as_str().map(str::len), Some(36), "{named}");
}

#[test]
fn answers_follow_events_corrections_and_what_was_known() {
    let data = tempfile::tempdir().unwrap();
    let mut served = ferry(data.path());
    let ask = |served: &Served, question: Value| served.post(QUESTIONS, &question).json();
    let dues = json!({"value": "dues.paid", "as_of": "2026-06-01"});
    assert_eq!(ask(&served, dues.clone())["value"]["amount"], "0");
    served.post(EVENTS, &paid("1", "400"));
    let before = served.get("/v1/matters/ferry/entries?from=1").json()["entries"][0]["at"].clone();
    let mut correction = paid("2", "40");
    correction["corrects"] = "1".into();
    assert_eq!(served.post(EVENTS, &correction).status, 201);
    assert_eq!(ask(&served, dues.clone())["value"]["amount"], "40");
    let mut then = dues.clone();
    then["known_at"] = before;
    assert_eq!(ask(&served, then)["value"]["amount"], "400");
    // As after the first two entries.
    let early = served.post(&format!("{QUESTIONS}?version=2"), &dues).json();
    assert_eq!(early["value"]["amount"], "400");
    assert_eq!(served.post(&format!("{QUESTIONS}?version=9"), &dues).code(), "unknown-version");
    let owed = served.get("/v1/matters/ferry/obligations?party=Ferry&as_of=2026-06-01").json();
    assert_eq!(owed["Ferry"]["value"][0]["amount"]["amount"], "960");
    let value = served.get("/v1/matters/ferry/values/dues.paid?as_of=2026-06-01").json();
    assert_eq!(value["value"]["amount"], "40");
    // All of it is there after a restart.
    assert_eq!(served.stop(), Some(0));
    let served = Served::start(data.path(), &[]);
    assert_eq!(ask(&served, dues)["value"]["amount"], "40");
}

#[test]
fn a_text_governs_from_the_moment_it_is_put_or_is_refused_with_its_faults() {
    let data = tempfile::tempdir().unwrap();
    let served = ferry(data.path());
    served.post(EVENTS, &storm("1"));
    let text = served.get("/v1/matters/ferry/text");
    let tag = text.header("etag").unwrap().to_string();
    assert_eq!(served.send("GET", "/v1/matters/ferry/text", &[("if-none-match", &tag)], b"").status, 304);
    let name = "ferry.deed";
    let deed = text.json()["files"][name].as_str().unwrap().to_string();
    let put = |deed: String| served.put("/v1/matters/ferry/text", &json!({"files": {name: deed}}));
    let faulty = put(deed.replace("until storm", "until strom"));
    assert_eq!((faulty.status, faulty.code().as_str()), (422, "faulty-text"));
    assert!(
        faulty.json()["problems"][0]["place"].as_str().unwrap().starts_with("ferry.deed:"),
        "{}",
        faulty.text
    );
    let forgetful = put(deed.replace("event storm by Harbour", "").replace("  until storm\n", ""));
    assert_eq!((forgetful.status, forgetful.code().as_str()), (422, "unreadable-event"));
    let good = put(deed.replace("EUR 1000", "EUR 2000"));
    assert_eq!((good.status, good.json()["version"].clone()), (200, json!(3)), "{}", good.text);
    let owed = served.get("/v1/matters/ferry/obligations?party=Ferry&as_of=2026-06-01").json();
    assert_eq!(owed["Ferry"]["value"][0]["amount"]["amount"], "2000");
    // Whoever has not seen it does not write over it.
    let late = [("content-type", "application/json"), ("if-match", "\"2\"")];
    let body = json!({"files": {name: deed}}).to_string();
    let refused = served.send("PUT", "/v1/matters/ferry/text", &late, body.as_bytes());
    assert_eq!((refused.status, refused.code().as_str()), (409, "version-conflict"));
    assert_eq!(
        served.post("/v1/matters", &json!({"name": "ferry", "files": {name: deed}})).code(),
        "matter-exists"
    );
    assert_eq!(served.post("/v1/matters", &json!({"name": "two", "files": {name: deed}})).status, 201);
    assert_eq!(
        served.get("/v1/matters").json(),
        json!([{"name": "ferry", "version": 3}, {"name": "two", "version": 1}])
    );
}

#[test]
fn a_document_is_kept_once_and_travels_with_its_matter() {
    let data = tempfile::tempdir().unwrap();
    let mut served = ferry(data.path());
    let put = |name: &str, bytes: &[u8]| {
        let path = format!("/v1/matters/ferry/documents/{name}");
        served.send("PUT", &path, &[("content-type", "text/plain")], bytes)
    };
    let first = put("lease.txt", b"the lease");
    assert_eq!((first.status, first.json()["entry"].clone()), (200, json!(1)), "{}", first.text);
    let again = put("lease.txt", b"the lease").json();
    assert_eq!((again["entry"].clone(), again["version"].clone()), (json!(1), json!(2)));
    assert_eq!(put("lease.txt", b"the lease, amended").json()["version"], 3);
    assert_eq!(served.get("/v1/matters/ferry/documents/lease.txt").text, "the lease, amended");
    // What was kept before is kept anew, and counts; so does another media type.
    assert_eq!(put("lease.txt", b"the lease").json()["version"], 4);
    assert_eq!(served.get("/v1/matters/ferry/documents/lease.txt").text, "the lease");
    let path = "/v1/matters/ferry/documents/lease.txt";
    assert_eq!(served.send("PUT", path, &[("content-type", "text/html")], b"the lease").json()["version"], 5);
    assert_eq!(put("lease.txt", b"the lease, amended").json()["version"], 6);
    assert_eq!(served.get("/v1/matters/ferry/documents/other.txt").code(), "unknown-document");
    assert_eq!(put(".hidden", b"x").status, 400);
    assert_eq!(put("a%2Fb", b"x").status, 400);
    let export = served.get("/v1/matters/ferry/export").text;
    assert_eq!(export.lines().filter(|l| l.starts_with("{\"blob\":")).count(), 2);
    let key = served.key.clone();
    served.stop();
    let (files, elsewhere) = (folder(&[("x.jsonl", &export)]), tempfile::tempdir().unwrap());
    let file = files.path().join("x.jsonl");
    let there = elsewhere.path().to_str().unwrap();
    let (code, out, err) =
        said(servanda().args(["import", file.to_str().unwrap(), "--key", &key, "--data", there]));
    assert_eq!(code, 0, "{out}{err}");
    let served = Served::start(elsewhere.path(), &[]);
    assert_eq!(served.get("/v1/matters/ferry/documents/lease.txt").text, "the lease, amended");
}

#[test]
fn the_log_is_evidence_and_a_receipt_can_be_replayed() {
    let data = tempfile::tempdir().unwrap();
    let mut served = ferry(data.path());
    served.post(EVENTS, &storm("1"));
    let old = served.get("/v1/matters/ferry/checkpoint").text;
    let question = json!({"may": {"party": "Ferry", "action": "carry", "with": {"price": {"amount": "5", "unit": "EUR"}}},
        "as_of": "2026-03-01"});
    let receipt = served.post("/v1/matters/ferry/receipts", &question);
    assert_eq!((receipt.status, receipt.json()["answer"]["outcome"].clone()), (201, json!("forbidden")));
    served.post(EVENTS, &paid("2", "400"));
    let export = served.get("/v1/matters/ferry/export").text;
    let proof = served.get("/v1/matters/ferry/proofs/inclusion/1").text;
    assert!(proof.starts_with("c2sp.org/tlog-proof@v1\n"), "{proof}");
    let consistent = served.get("/v1/matters/ferry/proofs/consistency?from=2").json();
    assert_eq!((consistent["from"].clone(), consistent["to"].clone()), (json!(2), json!(3)));
    let forged = export.replacen("\\\"storm\\\"", "\\\"strom\\\"", 1);
    assert_ne!(forged, export);
    let mut lines: Vec<&str> = export.lines().collect();
    lines.swap(2, 3);
    let files = folder(&[
        ("x.jsonl", &export),
        ("forged.jsonl", &forged),
        ("swapped.jsonl", &lines.join("\n")),
        ("old.checkpoint", &old),
        ("receipt.json", &receipt.text),
        ("lie.json", &receipt.text.replace("forbidden", "permitted")),
    ]);
    let path = |name: &str| files.path().join(name).to_str().unwrap().to_string();
    let verify = |name: &str| {
        let arguments =
            ["log", "verify", &path(name), "--key", &served.key, "--since", &path("old.checkpoint")];
        said(servanda().args(arguments))
    };
    let (code, out, err) = verify("x.jsonl");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("3 entries, whole") && out.contains("it begins with the 2 entries"), "{out}");
    for bad in ["forged.jsonl", "swapped.jsonl"] {
        assert_eq!(verify(bad).0, 1, "{bad}");
    }
    let replay = |name: &str, log: &str| {
        said(servanda().args(["receipt", "verify", &path(name), "--log", &path(log), "--key", &served.key]))
    };
    let (code, out, err) = replay("receipt.json", "x.jsonl");
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(replay("lie.json", "x.jsonl").0, 1);
    assert_eq!(replay("receipt.json", "forged.jsonl").0, 1);
    let key = served.key.clone();
    served.stop();
    // Moved to another server, it is the same matter, to the byte.
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(data.path().join("signing.key"), elsewhere.path().join("signing.key")).unwrap();
    let there = elsewhere.path().to_str().unwrap();
    let import = ["import", &path("x.jsonl"), "--key", &key, "--data", there, "--organisation", "main"];
    let (code, out, err) = said(servanda().args(import));
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(said(servanda().args(import)).0, 2, "it is there already");
    let (code, _, err) =
        said(servanda().args(["import", &path("forged.jsonl"), "--key", &key, "--data", there]));
    assert_eq!(code, 2, "{err}");
    let out = path("again.jsonl");
    let (code, _, err) = said(servanda().args(["export", "ferry", "--to", &out, "--data", there]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(out).unwrap(), export);
}

#[test]
fn a_stream_tells_what_is_there_and_what_comes_and_goes_on_where_it_was() {
    let data = tempfile::tempdir().unwrap();
    let mut served = ferry(data.path());
    served.post(EVENTS, &paid("1", "1"));
    let (status, lines) = served.stream("/v1/matters/ferry/stream?from=1", &[]);
    assert_eq!(status, 200);
    let mut ids = lines.filter_map(|line| line.strip_prefix("id: ").map(str::to_string));
    assert_eq!(ids.next().as_deref(), Some("1"));
    served.post(EVENTS, &paid("2", "1"));
    served.post(EVENTS, &paid("3", "1"));
    assert_eq!([ids.next(), ids.next()].map(Option::unwrap), ["2", "3"]);
    let (_, lines) = served.stream("/v1/matters/ferry/stream", &[("last-event-id", "2")]);
    let mut data = lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_string));
    let entry: Value = serde_json::from_str(&data.next().unwrap()).unwrap();
    assert_eq!((entry["entry"].clone(), entry["body"]["id"].clone()), (json!(3), json!("3")));
    assert_eq!(served.stream("/v1/matters/none/stream", &[]).0, 404);
    // A server that stops does not wait for who follows.
    let start = std::time::Instant::now();
    assert_eq!(served.stop(), Some(0));
    assert!(start.elapsed().as_secs() < 10, "it waited for a stream");
}

#[test]
fn what_cannot_be_done_is_said_before_it_is_begun() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().to_str().unwrap();
    let open = ["serve", "--listen", "0.0.0.0:0", "--access", "open", "--data", path];
    let (code, _, err) = said(servanda().args(open));
    assert_eq!(code, 2);
    assert!(err.contains("--access tokens"), "{err}");
    let (code, _, err) = said(servanda().args(["serve", "--listen", "nowhere", "--data", path]));
    assert_eq!(code, 2);
    assert!(err.contains("HOST:PORT"), "{err}");
    let _served = ferry(data.path());
    let (code, _, err) = said(servanda().args(["serve", "--listen", "127.0.0.1:0", "--data", path]));
    assert_eq!(code, 2);
    assert!(err.contains("another process has opened"), "{err}");
}

#[test]
fn bad_requests_get_one_clear_answer() {
    let data = tempfile::tempdir().unwrap();
    let served = ferry(data.path());
    let json_header = [("content-type", "application/json")];
    for (path, headers, body, status, code) in [
        (QUESTIONS, &json_header[..], &b"{"[..], 400, "not-json"),
        (QUESTIONS, &json_header[..], b"", 400, "not-json"),
        (QUESTIONS, &json_header[..], b"\xff", 400, "not-json"),
        (QUESTIONS, &json_header[..], br#"{"a":1,"a":2}"#, 400, "not-json"),
        (QUESTIONS, &json_header[..], b"{}", 422, "no-question"),
        (QUESTIONS, &[("content-type", "text/plain")][..], b"{}", 415, "unsupported-media-type"),
        (QUESTIONS, &json_header[..], br#"{"ends":"dus"}"#, 422, "unknown-clause"),
        (
            EVENTS,
            &json_header[..],
            br#"{"type":"strom","time":"2026-01-01","data":{"by":"Harbour"}}"#,
            422,
            "unknown-event",
        ),
        (EVENTS, &[("content-type", "application/json"), ("if-match", "x")][..], b"{}", 400, "bad-header"),
        ("/v1/matters/none/questions", &json_header[..], br#"{"ends":"dues"}"#, 404, "unknown-matter"),
        ("/v1/matters/NONE!/questions", &json_header[..], br#"{"ends":"dues"}"#, 404, "unknown-matter"),
        ("/v1/nothing", &json_header[..], b"{}", 404, "unknown-route"),
        ("/v1/me", &json_header[..], b"{}", 405, "wrong-method"),
    ] {
        let reply = served.send("POST", path, headers, body);
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{path}: {}", reply.text);
    }
    let deep = "[".repeat(100_000);
    assert_eq!(served.send("POST", QUESTIONS, &json_header, deep.as_bytes()).status, 400);
    let huge = vec![b' '; servanda_server::BODY_BYTES_MAX + 1];
    let reply = served.send("POST", QUESTIONS, &json_header, &huge);
    assert_eq!((reply.status, reply.code().as_str()), (413, "body-too-large"));
    assert_eq!(served.get("/v1/matters/ferry/entries/99").code(), "unknown-entry");
    assert_eq!(served.get("/v1/matters/ferry/entries/x").code(), "bad-path");
    assert_eq!(served.get("/v1/matters/ferry/entries?limit=x").code(), "bad-request");
    assert_eq!(served.get("/v1/matters/ferry/timeline?from=x").code(), "bad-request");
    let svg = served.send(
        "GET",
        "/v1/matters/ferry/timeline?from=2026-01-01&to=2027-01-01",
        &[("accept", "image/svg+xml")],
        b"",
    );
    assert_eq!((svg.status, svg.text.starts_with("<svg")), (200, true));
    assert_eq!(served.get("/health/ready").json(), json!({"status": "ready"}));
    assert!(served.get("/metrics").text.contains("servanda_http_requests_total"));
}

#[test]
fn two_servers_on_one_postgresql_are_one() {
    let Some(database) = served::database() else { return };
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let mut first = Served::start(folders[0].path(), &["--database", &database, deed.to_str().unwrap()]);
    let key = folders[1].path().join("signing.key");
    std::fs::copy(folders[0].path().join("signing.key"), key).unwrap();
    let second = Served::start(folders[1].path(), &["--database", &database]);
    let dues = json!({"value": "dues.paid", "as_of": "2026-06-01"});
    for (i, pair) in [(&first, &second), (&second, &first)].into_iter().cycle().take(10).enumerate() {
        let (here, there) = pair;
        let sent = here.post(EVENTS, &paid(&i.to_string(), "10"));
        assert_eq!((sent.status, sent.json()["version"].clone()), (201, json!(i + 2)), "{}", sent.text);
        // Whatever was acknowledged by one is known to the other.
        assert_eq!(there.post(QUESTIONS, &dues).json()["value"]["amount"], (10 * (i + 1)).to_string());
        assert_eq!(there.post(EVENTS, &paid(&i.to_string(), "10")).status, 200);
        assert_eq!(there.post(EVENTS, &paid(&i.to_string(), "11")).code(), "conflicting-event");
    }
    // A new text as well.
    let text = first.get("/v1/matters/ferry/text").json();
    let deed = text["files"]["ferry.deed"].as_str().unwrap().replace("EUR 1000", "EUR 2000");
    assert_eq!(second.put("/v1/matters/ferry/text", &json!({"files": {"ferry.deed": deed}})).status, 200);
    let owed = first.get("/v1/matters/ferry/obligations?party=Ferry&as_of=2026-06-01").json();
    assert_eq!(owed["Ferry"]["value"][0]["amount"]["amount"], "1900");
    assert_eq!(second.put("/v1/matters/ferry/text", &text).status, 200);
    assert_eq!(
        first.get("/v1/matters/ferry/checkpoint").text,
        second.get("/v1/matters/ferry/checkpoint").text
    );
    // Any of them may be killed.
    first.kill();
    assert_eq!(second.post(EVENTS, &storm("s")).status, 201);
    let third = Served::start(folders[0].path(), &["--database", &database]);
    assert_eq!(third.get("/v1/matters/ferry").json()["version"], 14);
    // The same answers as from a file.
    let file = tempfile::tempdir().unwrap();
    let alone = ferry(file.path());
    for i in 0..10 {
        alone.post(EVENTS, &paid(&i.to_string(), "10"));
    }
    alone.post(EVENTS, &storm("s"));
    for question in [
        dues,
        json!({"in_force": "no-storm", "as_of": "2026-06-01"}),
        json!({"owes": {"party": "Ferry"}, "as_of": "2026-06-01"}),
    ] {
        assert_eq!(third.post(QUESTIONS, &question).json(), alone.post(QUESTIONS, &question).json());
    }
}
