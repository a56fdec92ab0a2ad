//! The public vectors of the AuthZEN Authorization API 1.0, sent to the real server over agreements of ours. The vectors lie
//! outside the project and are looked at where `SERVANDA_SHARED` names their folder.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;
#[path = "common/served.rs"]
mod served;
#[path = "common/suites.rs"]
mod suites;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use served::Served;

/// A server whose default matter is an agreement of ours, with a directory.
fn serve(data: &Path, agreement: &str, directory: &Value) -> Served {
    let deed = common::root().join("crates/servanda-cli/tests/authzen").join(format!("{agreement}.deed"));
    let served = Served::start(data, &[deed.to_str().expect("a path")]);
    let put = served.put(&format!("/v1/matters/{agreement}/directory"), directory);
    assert_eq!(put.status, 200, "{}", put.text);
    served
}

/// The people of the to-do scenario, as the suite describes them: a part of the id, and who they are.
fn household(file: &Value, kind: &str) -> Value {
    let people = [
        ("ZDA2", "rick@the-citadel.com", true, true, true),
        ("ZDE2", "morty@the-citadel.com", true, false, false),
        ("ZDI2", "summer@the-smiths.com", true, false, false),
        ("ZDM2", "beth@the-smiths.com", false, false, false),
        ("ZDQ2", "jerry@the-smiths.com", false, false, false),
    ];
    let ids: BTreeSet<&str> =
        cases(file).iter().filter_map(|c| c["request"]["subject"]["id"].as_str()).collect();
    let entry = |id: &&str| {
        let (_, email, editor, admin, genius) =
            people.iter().find(|(part, ..)| id.contains(part)).expect("one of the five");
        let properties = json!({"email": email, "editor": editor, "admin": admin, "evil-genius": genius});
        json!({"type": kind, "id": id, "party": "Household", "properties": properties})
    };
    json!({"subjects": ids.iter().map(entry).collect::<Vec<_>>(), "resources": []})
}

fn cases(file: &Value) -> &Vec<Value> {
    file["evaluation"].as_array().expect("a list of cases")
}

/// Every decision comes out as expected: one by one, and all in one batch.
fn decided(served: &Served, file: &Value) -> usize {
    let cases = cases(file);
    let mut wrong = Vec::new();
    for case in cases {
        let reply = served.post("/access/v1/evaluation", &case["request"]);
        if reply.status != 200 || reply.json()["decision"] != case["expected"] {
            wrong.push(format!("{}: {}", case["case"], reply.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let requests: Vec<&Value> = cases.iter().map(|c| &c["request"]).collect();
    let batch = served.post("/access/v1/evaluations", &json!({"evaluations": requests})).json();
    let batch: Vec<&Value> =
        batch["evaluations"].as_array().unwrap().iter().map(|e| &e["decision"]).collect();
    assert_eq!(batch, cases.iter().map(|c| &c["expected"]).collect::<Vec<_>>());
    cases.len()
}

#[test]
fn the_to_do_and_gateway_scenarios_come_out_as_expected() {
    let Some(suite) = suites::suite("authzen") else { return };
    let mut passed = 0;
    for (folder, agreement, kind) in [("todo", "todo", "user"), ("api-gateway", "gateway", "identity")] {
        let file = suites::read(&suite.join(folder).join("decisions.json"));
        let data = tempfile::tempdir().unwrap();
        let served = serve(data.path(), agreement, &household(&file, kind));
        passed += decided(&served, &file);
        if let Some(batches) = file["evaluations"].as_array() {
            for batch in batches {
                let reply = served.post("/access/v1/evaluations", &batch["request"]).json();
                let decisions = |v: &Value| -> Vec<Value> {
                    v.as_array().unwrap().iter().map(|e| e["decision"].clone()).collect()
                };
                assert_eq!(
                    decisions(&reply["evaluations"]),
                    decisions(&batch["expected"]),
                    "{}",
                    batch["case"]
                );
                passed += 1;
            }
        }
    }
    println!("authzen interop, decisions: {passed} of {passed}");
    assert_eq!(passed, 39);
}

#[test]
fn the_searches_come_out_as_expected() {
    let Some(suite) = suites::suite("authzen") else { return };
    let users = suites::read(&suite.join("search/data/users.json"));
    let records = suites::read(&suite.join("search/data/records.json"));
    let subjects: Vec<Value> = users
        .as_array()
        .unwrap()
        .iter()
        .map(|u| {
            json!({"type": "user", "id": u["id"], "party": "Staff",
                "properties": {"role": u["role"], "department": u["department"]}})
        })
        .collect();
    let resources: Vec<Value> = records
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            json!({"type": "record", "id": r["id"].to_string(),
                "properties": {"owner": r["owner"], "department": r["department"]}})
        })
        .collect();
    let data = tempfile::tempdir().unwrap();
    let served = serve(data.path(), "library", &json!({"subjects": subjects, "resources": resources}));
    let set = |results: &Value| -> BTreeSet<String> {
        results.as_array().unwrap().iter().map(Value::to_string).collect()
    };
    let mut passed = 0;
    for kind in ["subject", "resource", "action"] {
        let file = suites::read(&suite.join(format!("search/{kind}.json")));
        for case in cases(&file) {
            let reply = served.post(&format!("/access/v1/search/{kind}"), &case["request"]);
            let found: BTreeSet<String> = reply.json()["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|r| match r.get("type") {
                    Some(kind) => json!({"type": kind, "id": r["id"]}).to_string(),
                    None => json!({"name": r["name"]}).to_string(),
                })
                .collect();
            assert_eq!(found, set(&case["expected"]["results"]), "{kind} {}", case["case"]);
            passed += 1;
        }
    }
    println!("authzen interop, searches: {passed} of {passed}");
    assert_eq!(passed, 123);
}

#[test]
fn the_certification_requests_come_out_as_expected() {
    let Some(suite) = suites::suite("authzen") else { return };
    let file = suites::read(&suite.join("certification.json"));
    let directory = json!({
        "subjects": [{"type": "user", "id": "alice", "party": "Alice"}, {"type": "user", "id": "bob", "party": "Bob", "properties": {"role": "admin"}}],
        "resources": [{"type": "record", "id": "record-1", "properties": {"status": "active"}},
            {"type": "record", "id": "record-2", "properties": {"status": "archived"}}],
    });
    let data = tempfile::tempdir().unwrap();
    let served = serve(data.path(), "records", &directory);
    let mut token = String::new();
    let mut passed = 0;
    for case in file["cases"].as_array().unwrap() {
        let mut request = case["request"].clone();
        if request["page"]["token"].is_string() {
            request["page"] = json!({"limit": 1, "token": token});
        }
        let reply = served.post(case["path"].as_str().unwrap(), &request);
        let name = format!("{} {}: {}", case["case"], case["title"], reply.text);
        assert_eq!(u64::from(reply.status), case["status"].as_u64().unwrap(), "{name}");
        if reply.status == 200 {
            let told = reply.json();
            if let Some(next) = told["page"]["next_token"].as_str() {
                token = next.to_string();
            }
            if let Some(decision) = case.get("decision") {
                assert_eq!(told["decision"], *decision, "{name}");
            }
            if let Some(list) = case["evaluations"].as_array() {
                let found = told["evaluations"].as_array().unwrap();
                assert_eq!(found.len(), list.len(), "{name}");
                for (found, expected) in found.iter().zip(list) {
                    assert!(found["decision"].is_boolean(), "{name}");
                    assert!(expected.is_null() || found["decision"] == *expected, "{name}");
                }
            }
            if let Some(included) = case["results_include"].as_array() {
                let found = told["results"].as_array().unwrap();
                assert!(included.iter().all(|i| found.contains(i)), "{name}");
            }
            if let Some(exact) = case.get("results") {
                assert_eq!(told["results"], *exact, "{name}");
            }
        }
        passed += 1;
    }
    println!("authzen certification: {passed} of {passed}");
    assert_eq!(passed, 50);
}

#[test]
fn what_the_standard_says_beside_the_vectors_holds() {
    let data = tempfile::tempdir().unwrap();
    let directory = json!({"subjects": [{"type": "user", "id": "alice", "party": "Alice"}], "resources": []});
    let served = serve(data.path(), "records", &directory);
    let request = json!({"subject": {"type": "user", "id": "alice"}, "action": {"name": "read"},
        "resource": {"type": "record", "id": "record-1"}});
    let body = request.to_string();
    let path = "/access/v1/evaluation";
    let send =
        |media: &str, body: &str| served.send("POST", path, &[("content-type", media)], body.as_bytes());
    assert_eq!(send("text/plain", &body).status, 400);
    assert_eq!(send("application/json", "{").status, 400);
    assert_eq!(send("application/json", "").status, 400);
    assert_eq!(send("application/json; charset=utf-8", &body).json()["decision"], true);
    let headers =
        [("content-type", "application/json"), ("x-request-id", "bfe9eb29-ab87-4ca3-be83-a1d5d8305716")];
    let named = served.send("POST", path, &headers, body.as_bytes());
    assert_eq!(named.header("x-request-id"), Some("bfe9eb29-ab87-4ca3-be83-a1d5d8305716"));
    let told = named.json();
    assert_eq!(told["context"]["servanda"]["outcome"], "permitted");
    assert!(told["context"].get("obligations").is_none());
    let metadata = served.get("/.well-known/authzen-configuration");
    assert_eq!(metadata.header("content-type"), Some("application/json"));
    let metadata = metadata.json();
    assert_eq!(metadata["policy_decision_point"], served.base.as_str());
    assert_eq!(metadata["access_evaluation_endpoint"], format!("{}{path}", served.base));
    // Whoever acts for no party may do nothing, and is told why.
    let mut stranger = request.clone();
    stranger["subject"]["id"] = "mallory".into();
    let told = served.post(path, &stranger).json();
    assert_eq!(
        (&told["decision"], &told["context"]["servanda"]["error"]["code"]),
        (&json!(false), &json!("no-party"))
    );
    // A token of another request is refused.
    let page = json!({"subject": {"type": "user"}, "action": {"name": "read"},
        "resource": {"type": "record", "id": "record-1"}, "page": {"token": "AAAA"}});
    assert_eq!(served.post("/access/v1/search/subject", &page).status, 400);
}
