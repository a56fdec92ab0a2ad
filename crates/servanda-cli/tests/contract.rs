//! The server keeps to its own description: schemathesis sends what the description allows and what it does not, and finds no
//! status, no media type and no body that is not described, and no failure of the server.

#![allow(clippy::disallowed_methods, reason = "tests start schemathesis")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::process::Command;

use serde_json::json;

use served::Served;

#[test]
fn the_server_does_what_its_description_says() {
    let found = Command::new("schemathesis").arg("--version").output().is_ok_and(|o| o.status.success());
    if !found {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "there is no schemathesis although SERVANDA_REQUIRE=all");
        println!("left out: schemathesis is not on the path (Python: `pip install schemathesis`)");
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let agreement = common::ferry();
    let served = Served::start(data.path(), &[agreement.path().join("ferry.deed").to_str().unwrap()]);
    let event = json!({"source": "/port", "id": "1", "type": "dues-paid", "time": "2026-02-02T00:00:00Z",
        "data": {"by": "Ferry", "amount": {"amount": "1", "unit": "EUR"}}});
    assert_eq!(served.post("/v1/matters/ferry/events", &event).status, 201);
    // Half of what is sent is about a matter that is there.
    for settings in ["", "[parameters]\n\"path.matter\" = \"ferry\"\n\"path.value\" = \"dues.paid\"\n"] {
        let folder = common::folder(&[("schemathesis.toml", settings)]);
        let done = Command::new("schemathesis")
            .arg("--config-file")
            .arg(folder.path().join("schemathesis.toml"))
            .args(["run", &format!("{}/openapi.json", served.base)])
            // What it would infer about links between routes is guessed from names, and wrong.
            .args(["--phases", "examples,coverage,fuzzing"])
            // A stream does not end by itself.
            .args(["--exclude-path", "/v1/matters/{matter}/stream"])
            .args(["--max-examples", "8", "--seed", "1", "--generation-database", "none", "--no-color", "--checks"])
            .arg("not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let out = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{out}{}", String::from_utf8_lossy(&done.stderr));
        println!("{}", out.lines().filter(|l| l.contains("generated")).collect::<Vec<_>>().join("\n"));
    }
    assert_eq!(served.get("/health/ready").status, 200);
}
