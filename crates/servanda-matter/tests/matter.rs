//! What a matter takes in, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use servanda_matter::{Admitted, Bringer, DocumentBody, Live, Matter, Prepared};

const LEASE: &str = r#"
agreement lease "A lease of a mooring" zone Europe/Lisbon currency EUR language en
import standard.termination
party Harbour  party Ferry
action dock by Ferry  quay : north | south
event storm-forecast by Harbour
event fee-paid by Ferry  amount : money
event offered by Harbour  lot : a | b optional
version first "The lease" starts binding from 2026-01-01 outside "an example"
clause north-closed
  Ferry may not dock if quay is north
  from storm-forecast
  outside "an example"
clause mooring
  Ferry may dock
  outside "an example"
clause fees
  value paid is sum of fee-paid.amount
  value recent is sum of fee-paid.amount over the last 30 days
  outside "an example"
"#;

fn files(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("lease.deed".to_string(), text.to_string())])
}

fn anybody() -> Bringer {
    Bringer { by: "user:ada".into(), speaks_for: None, may_backdate: false }
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// A matter with its text as entry 0, and the bytes of its entries.
fn begun() -> (Matter, Vec<Prepared>) {
    let mut matter = Matter::begin("lease", Live::check(files(LEASE)).unwrap()).unwrap();
    let mut drafting = matter.draft(at("2026-01-01T09:00:00Z"));
    drafting.text("user:ada");
    let entries = drafting.finish();
    matter.take(entries.clone()).unwrap();
    (matter, entries)
}

fn storm(id: &str) -> Value {
    json!({"specversion": "1.0", "source": "/port", "id": id, "type": "storm-forecast",
        "time": "2026-02-01T00:00:00Z", "data": {"by": "Harbour"}})
}

fn fee(id: &str, amount: &str) -> Value {
    json!({"source": "/port", "id": id, "type": "fee-paid", "time": "2026-02-02",
        "data": {"by": "Ferry", "amount": {"amount": amount, "unit": "EUR"}}})
}

fn code(matter: &Matter, bringer: &Bringer, event: Value) -> String {
    let mut drafting = matter.draft(at("2026-03-01T00:00:00Z"));
    drafting.event(bringer, event, "fresh").unwrap_err().code
}

fn outcome(matter: &Matter) -> Value {
    let question = json!({"may": {"party": "Ferry", "action": "dock", "with": {"quay": "north"}},
        "as_of": "2026-03-01"});
    matter.ask(&question, "2026-03-01".parse().unwrap()).1.unwrap()["outcome"].clone()
}

#[test]
fn what_is_taken_in_is_what_a_fold_of_the_bytes_gives() {
    let (mut matter, mut log) = begun();
    assert_eq!(outcome(&matter), "permitted");
    let mut drafting = matter.draft(at("2026-02-01T10:00:00Z"));
    assert_eq!(drafting.event(&anybody(), storm("1"), "x").unwrap(), Admitted::New(1));
    assert_eq!(drafting.event(&anybody(), fee("2", "5"), "y").unwrap(), Admitted::New(2));
    assert_eq!(drafting.event(&anybody(), storm("1"), "z").unwrap(), Admitted::There(1));
    let drafted = drafting.finish();
    log.extend(drafted.clone());
    matter.take(drafted).unwrap();
    assert_eq!((outcome(&matter), matter.version()), (json!("conflict"), 3));
    let folded = Matter::fold("lease", log.iter().map(|p| p.bytes.as_slice())).unwrap();
    assert_eq!((outcome(&folded), folded.version()), (json!("conflict"), 3));
    assert_eq!(folded.event_index("/port", "2"), Some(2));
    assert!(Matter::fold("other", log.iter().map(|p| p.bytes.as_slice())).is_err());
}

#[test]
fn an_identity_has_one_content_for_ever() {
    let (mut matter, _) = begun();
    let mut drafting = matter.draft(at("2026-02-01T10:00:00Z"));
    drafting.event(&anybody(), fee("1", "5"), "x").unwrap();
    assert_eq!(drafting.event(&anybody(), fee("1", "6"), "x").unwrap_err().code, "conflicting-event");
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
    assert_eq!(code(&matter, &anybody(), fee("1", "6")), "conflicting-event");
    let mut again = fee("1", "5");
    again["recordedtime"] = "2026-02-09T00:00:00Z".into();
    let mut drafting = matter.draft(at("2026-03-01T00:00:00Z"));
    // What the server itself gave out can be sent back.
    assert_eq!(drafting.event(&anybody(), again, "x").unwrap(), Admitted::There(1));
    assert!(drafting.is_empty());
}

#[test]
fn only_who_may_says_by_whom_and_when_it_was_recorded() {
    let (matter, _) = begun();
    let ferry = Bringer { speaks_for: Some(BTreeSet::from(["Ferry".to_string()])), ..anybody() };
    assert_eq!(code(&matter, &ferry, storm("1")), "not-your-party");
    let withdrawal = json!({"id": "9", "source": "/port", "type": "storm-forecast", "time": "2026-02-01",
        "corrects": "1", "withdrawn": true});
    assert_eq!(code(&matter, &ferry, withdrawal), "not-your-party");
    let mut dated = fee("1", "5");
    dated["recordedtime"] = "2026-02-03".into();
    assert_eq!(code(&matter, &ferry, dated.clone()), "recorded-time-given");
    let historian = Bringer { may_backdate: true, ..anybody() };
    let mut drafting = matter.draft(at("2026-03-01T00:00:00Z"));
    assert_eq!(drafting.event(&historian, dated, "x").unwrap(), Admitted::New(1));
    let mut ahead = fee("2", "5");
    ahead["recordedtime"] = "2026-03-02".into();
    assert_eq!(code(&matter, &historian, ahead), "recorded-time-given");
}

#[test]
fn a_correction_names_a_record_of_its_type_that_is_there() {
    let (matter, _) = begun();
    let mut correction = fee("2", "6");
    correction["corrects"] = "1".into();
    assert_eq!(code(&matter, &anybody(), correction.clone()), "unknown-correction");
    let mut drafting = matter.draft(at("2026-03-01T00:00:00Z"));
    drafting.event(&anybody(), storm("1"), "x").unwrap();
    assert_eq!(
        drafting.event(&anybody(), correction.clone(), "x").unwrap_err().code,
        "correction-of-another-type"
    );
    correction["corrects"] = "3".into();
    drafting.event(&anybody(), fee("3", "5"), "x").unwrap();
    assert!(drafting.event(&anybody(), correction, "x").is_ok());
    // A batch of which a part is taken back forgets that part.
    drafting.truncate(1);
    assert_eq!(drafting.event(&anybody(), fee("3", "7"), "x").unwrap(), Admitted::New(2));
}

#[test]
fn the_moment_of_an_entry_never_goes_back() {
    let (mut matter, _) = begun();
    let drafting = matter.draft(at("2025-12-31T00:00:00Z"));
    assert_eq!(drafting.at(), at("2026-01-01T09:00:00Z"));
    let mut drafting = matter.draft(at("2026-04-01T00:00:00Z"));
    drafting.event(&anybody(), fee("1", "5"), "x").unwrap();
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
    assert_eq!(matter.draft(at("2026-02-01T00:00:00Z")).at(), at("2026-04-01T00:00:00Z"));
}

#[test]
fn the_last_text_reads_all_events_or_is_refused() {
    let (matter, mut log) = begun();
    let mut drafting = matter.draft(at("2026-02-01T10:00:00Z"));
    drafting.event(&anybody(), storm("1"), "x").unwrap();
    log.extend(drafting.finish());
    let amended = LEASE.replace("if quay is north", "if quay is south");
    let fold_over = |text: &str| {
        let mut folding = servanda_matter::Folding::over("lease", Live::check(files(text))?);
        for prepared in &log {
            folding.add(&prepared.bytes)?;
        }
        folding.finish()
    };
    let candidate = fold_over(&amended).unwrap().unwrap_or_else(|_| panic!("the text was given"));
    let mut drafting = candidate.draft(at("2026-02-02T10:00:00Z"));
    drafting.text("user:ada");
    let text = drafting.finish();
    let without = LEASE.replace("event storm-forecast by Harbour", "").replace("from storm-forecast", "");
    assert_eq!(fold_over(&without).err().unwrap().code, "unreadable-event");
    log.extend(text);
    let folded = Matter::fold("lease", log.iter().map(|p| p.bytes.as_slice())).unwrap();
    assert_eq!((outcome(&folded), folded.texts().len()), (json!("permitted"), 2));
}

#[test]
fn a_text_with_errors_is_told_with_its_places_and_an_import_becomes_part_of_it() {
    let fault = Live::check(files(&LEASE.replace("Ferry may dock", "Fery may dock"))).err().unwrap();
    assert_eq!((fault.code.as_str(), fault.problems.len()), ("faulty-text", 1));
    assert!(fault.problems[0].place.starts_with("lease.deed:"), "{:?}", fault.problems);
    let live = Live::check(files(LEASE)).unwrap();
    assert!(live.files().contains_key("standard/termination.deed"));
    assert_eq!(Live::check(BTreeMap::new()).err().unwrap().code, "no-text");
}

#[test]
fn a_document_counts_once_and_a_directory_has_its_form() {
    let (mut matter, _) = begun();
    let body = DocumentBody {
        name: "lease.pdf".into(),
        media_type: "application/pdf".into(),
        digest: "00".repeat(32),
        bytes: 9,
    };
    let mut drafting = matter.draft(at("2026-02-01T10:00:00Z"));
    assert_eq!(drafting.document("user:ada", body.clone()).unwrap(), 1);
    for bad in [json!([]), json!({"subject": []}), json!({"subjects": [{"type": "user"}]})] {
        assert_eq!(drafting.directory("user:ada", bad).unwrap_err().code, "wrong-shape");
    }
    let good = json!({"subjects": [{"type": "user", "id": "ada", "party": "Ferry"}]});
    assert_eq!(drafting.directory("user:ada", good.clone()).unwrap(), 2);
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
    assert_eq!(matter.draft(at("2026-02-02T10:00:00Z")).document("user:ada", body).unwrap(), 1);
    assert_eq!(matter.directory(), Some((2, &good)));
}

#[test]
fn a_number_that_would_lose_digits_is_refused() {
    let (matter, _) = begun();
    let mut event = storm("1");
    event["data"]["height"] = serde_json::from_str("123456789012345678901").unwrap();
    assert_eq!(code(&matter, &anybody(), event.clone()), "inexact-number");
    event["data"]["height"] = serde_json::from_str("1.25").unwrap();
    assert!(matter.draft(at("2026-03-01T00:00:00Z")).event(&anybody(), event, "x").is_ok());
}

fn answer(matter: &Matter, question: &Value) -> Value {
    matter
        .ask(question, "2026-03-10".parse().unwrap())
        .1
        .unwrap_or_else(|fault| panic!("{question}: {fault:?}"))
}

#[test]
fn what_was_known_before_is_asked_after_what_is_known_now() {
    let (mut matter, _) = begun();
    for (now, id) in
        [("2026-02-20T10:00:00Z", "1"), ("2026-02-25T10:00:00Z", "2"), ("2026-03-01T10:00:00Z", "3")]
    {
        let mut event = fee(id, "5");
        event["time"] = now.into();
        let mut drafting = matter.draft(at(now));
        drafting.event(&anybody(), event, "x").unwrap();
        let drafted = drafting.finish();
        matter.take(drafted).unwrap();
    }
    let recent = |known: &str| json!({"value": "fees.recent", "as_of": "2026-03-10", "known_at": known});
    let paid = |question: &Value| answer(&matter, question)["value"]["amount"].clone();
    assert_eq!(paid(&json!({"value": "fees.recent", "as_of": "2026-03-10"})), "15");
    assert_eq!(paid(&recent("2026-02-26T00:00:00Z")), "10");
    assert_eq!(paid(&recent("2026-02-21T00:00:00Z")), "5");
    assert_eq!(paid(&json!({"value": "fees.recent", "as_of": "2026-03-10"})), "15");
}

#[test]
fn an_assumed_datum_counts_also_after_it_was_left_out() {
    let text = LEASE.replace(
        "clause mooring\n",
        "clause lots\n  on offered where offered.lot is a ends mooring\n  outside \"an example\"\nclause mooring\n",
    );
    let mut matter = Matter::begin("lease", Live::check(files(&text)).unwrap()).unwrap();
    let mut drafting = matter.draft(at("2026-02-01T10:00:00Z"));
    drafting.text("user:ada");
    let event =
        json!({"id": "1", "type": "offered", "time": "2026-02-01T00:00:00Z", "data": {"by": "Harbour"}});
    drafting.event(&anybody(), event, "x").unwrap();
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
    let plain = json!({"in_force": "mooring", "as_of": "2026-03-10"});
    let mut assuming = plain.clone();
    assuming["assume"] = json!({"offered.lot": "a"});
    for _ in 0..2 {
        assert_eq!(answer(&matter, &plain)["outcome"], "in-force");
        assert_eq!(answer(&matter, &assuming)["outcome"], "ended");
    }
}
