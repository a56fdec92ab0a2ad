//! The calendar of a party, read back by another program.

#![allow(clippy::disallowed_methods, reason = "tests start Python")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use served::Served;

const RENT: &str = r#"
agreement rent "A workshop, let; with a \"crane\"" zone Europe/Lisbon currency EUR language en
party Owner  party Tenant
action use-crane by Tenant
event paid by Tenant  amount : money in EUR
event storm by Owner
reading until-year "Is the year after “until” included?"
  answer through takes a year to its end
  answer before takes a year to its start
  outside "invented"
version first "The lease, as signed; for one year and a little longer than that, so that this line is folded" starts binding from 2026-01-01 outside "an example"
clause rent
  value received is sum of paid.amount
  Tenant must "pay the rent, in full" to Owner
    worth EUR 100
    counting received
    by 2026-02-05
  outside "an example"
clause crane "استفاده از جرثقیل"
  Tenant may use-crane
  until the earlier of storm and 2027-03-01
  outside "an example"
clause shed
  Tenant may use-crane
  until 2029
  outside "an example"
clause owners-own
  Owner must "mend the roof"
    by 2026-09-01
  outside "an example"
"#;

/// Reads a calendar with Python's `icalendar`; `None` where it is not there.
fn read_back(text: &str) -> Option<Value> {
    let program = "import sys, json, icalendar\n\
        c = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n\
        d = lambda e, n: str(e[n]) if n in e else None\n\
        print(json.dumps({'name': d(c, 'X-WR-CALNAME'), 'events': [{'uid': d(e, 'UID'), 'summary': d(e, 'SUMMARY'),\n\
        'start': e.decoded('DTSTART').isoformat(), 'status': d(e, 'STATUS'), 'description': d(e, 'DESCRIPTION'),\n\
        'language': e['SUMMARY'].params.get('LANGUAGE'), 'sequence': d(e, 'SEQUENCE')} for e in c.walk('VEVENT')]}))";
    let has =
        Command::new("python3").args(["-c", "import icalendar"]).output().is_ok_and(|o| o.status.success());
    if !has {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "Python has no `icalendar` although SERVANDA_REQUIRE=all");
        println!("left out: Python's `icalendar` is not there (`pip install icalendar`)");
        return None;
    }
    let mut child = Command::new("python3")
        .args(["-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    Some(serde_json::from_slice(&out.stdout).unwrap())
}

#[test]
fn another_program_reads_the_days_of_a_party_and_what_is_tentative() {
    let data = tempfile::tempdir().unwrap();
    let agreement = common::folder(&[("rent.deed", RENT)]);
    let served = Served::start(data.path(), &[agreement.path().join("rent.deed").to_str().unwrap()]);
    let made = served.post("/v1/matters/rent/feeds", &json!({"party": "Tenant", "locale": "fa"}));
    assert_eq!(made.status, 201, "{}", made.text);
    let path = made.json()["url"].as_str().unwrap().strip_prefix(&served.base).unwrap().to_string();
    let feed = served.get(&path);
    assert_eq!(feed.header("content-type"), Some("text/calendar; charset=utf-8"));
    for line in feed.text.split("\r\n") {
        assert!(line.len() <= 75, "a line of {} bytes: {line}", line.len());
        assert!(!line.contains('\n'), "{line:?}");
    }
    let tag = feed.header("etag").unwrap().to_string();
    assert_eq!(served.send("GET", &path, &[("if-none-match", &tag)], b"").status, 304);
    if let Some(read) = read_back(&feed.text) {
        let events = read["events"].as_array().unwrap();
        let of = |uid: &str| {
            events
                .iter()
                .find(|e| e["uid"].as_str().unwrap().starts_with(uid))
                .unwrap_or_else(|| panic!("{uid}: {read}"))
        };
        let rent = of("due-rent-Tenant-2026-01-01@localhost/main/rent");
        assert_eq!(
            (rent["start"].as_str(), rent["status"].as_str()),
            (Some("2026-02-05"), Some("CONFIRMED"))
        );
        assert!(rent["summary"].as_str().unwrap().contains("pay the rent, in full"), "{rent}");
        assert_eq!(rent["language"], "fa");
        let crane = of("end-crane@");
        assert_eq!(
            (crane["start"].as_str(), crane["status"].as_str()),
            (Some("2027-03-01"), Some("TENTATIVE"))
        );
        // A title inside a sentence of another direction is isolated.
        assert!(crane["summary"].as_str().unwrap().contains('\u{2068}'), "{crane}");
        let shed = of("end-shed@");
        assert_eq!(
            (shed["start"].as_str(), shed["status"].as_str()),
            (Some("2029-01-01"), Some("TENTATIVE"))
        );
        assert!(shed["description"].as_str().unwrap().contains("Is the year"), "{shed}");
        assert!(events.iter().all(|e| !e["uid"].as_str().unwrap().contains("owners-own")), "{read}");
        // It moves, and is the same entry.
        let put = served.put(
            "/v1/matters/rent/text",
            &json!({"files": {"rent.deed": RENT.replace("by 2026-02-05", "by 2026-02-15")}}),
        );
        assert_eq!(put.status, 200, "{}", put.text);
        let moved = read_back(&served.get(&path).text).unwrap();
        let again = moved["events"].as_array().unwrap().iter().find(|e| e["uid"] == rent["uid"]).unwrap();
        assert_eq!(again["start"], "2026-02-15");
        assert!(again["sequence"].as_str() > rent["sequence"].as_str());
    }
    let id = made.json()["id"].as_str().unwrap().to_string();
    assert_eq!(served.send("DELETE", &format!("/v1/matters/rent/feeds/{id}"), &[], b"").status, 204);
    assert_eq!(served.get(&path).code(), "unknown-feed");
    assert_eq!(served.get(&path.replace(".ics", "x.ics")).status, 404);
    assert_eq!(served.post("/v1/matters/rent/feeds", &json!({"party": "Nobody"})).code(), "unknown-party");
    assert_eq!(
        served.post("/v1/matters/rent/feeds", &json!({"party": "Owner", "locale": "xx"})).code(),
        "unknown-locale"
    );
}
