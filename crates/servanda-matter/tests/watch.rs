//! What time does is told once, whenever and however often somebody looks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use servanda_matter::{Bringer, Live, Matter, Watched};
use servanda_quantity::Day;

const RENT: &str = r#"
agreement rent "A workshop let by the month" zone Europe/Lisbon currency EUR language en
party Owner  party Tenant
action use-crane by Tenant
event paid by Tenant  amount : money in EUR
event storm by Owner
event offered by Owner  desk : id
event taken by Tenant  desk : id
version first "The lease" starts binding from 2026-01-01 outside "an example"
clause rent
  value received is sum of paid.amount
  Tenant must "pay the rent" to Owner
    worth EUR 100
    counting received
    by 2026-02-05
    cure 10 days
  outside "an example"
clause crane
  Tenant may use-crane
  until storm
  outside "an example"
clause first-look
  Tenant may use-crane
  process offer per desk states open, offered, taken, lapsed
    on offered from open to offered
    on taken from offered to taken
    after 5 days in offered to lapsed
  outside "an example"
clause quiet
  Tenant may not use-crane
  from 2026-02-20 until 2026-03-20
  outside "an example"
version second "The lease amended" amends first binding from 2026-03-10 outside "an example"
clause later-crane
  Tenant may use-crane
  until 2026-04-20
  outside "an example"
"#;

fn bringer() -> Bringer {
    Bringer { by: "user:ada".into(), speaks_for: None, may_backdate: false }
}

fn moment(day: &str) -> jiff::Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

fn begun(day: &str) -> Matter {
    let files = BTreeMap::from([("rent.deed".to_string(), RENT.to_string())]);
    let live = Live::check(files).unwrap_or_else(|fault| panic!("{fault:?}"));
    let mut matter = Matter::begin("rent", live).unwrap();
    let mut drafting = matter.draft(moment(day));
    drafting.text("user:ada");
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
    matter
}

fn send(matter: &mut Matter, on: &str, event: Value) {
    let mut drafting = matter.draft(moment(on));
    drafting.event(&bringer(), event, "fresh").unwrap();
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
}

/// Looks, and appends what has to be told; the keys of that.
fn look(matter: &mut Matter, on: &str, watched: &mut Option<Watched>) -> Vec<String> {
    let look = matter.look(on.parse().unwrap(), *watched).unwrap();
    let mut drafting = matter.draft(moment(on));
    for body in &look.notices {
        drafting.notice(body.clone());
    }
    let drafted = drafting.finish();
    matter.take(drafted).unwrap();
    *watched = Some(look.watched);
    look.notices.iter().map(|n| n["key"].as_str().unwrap().to_string()).collect()
}

/// What is told and not taken back: day, subject, from, to.
fn standing(matter: &Matter) -> BTreeSet<(String, String, String, String)> {
    let bodies: Vec<&Value> = matter.notices().iter().map(|(_, body)| body).collect();
    let retracted: BTreeSet<&str> = bodies.iter().filter_map(|b| b["retracts"].as_str()).collect();
    let told =
        bodies.iter().filter(|b| b["retracts"].is_null() && !retracted.contains(b["key"].as_str().unwrap()));
    let text = |b: &Value, name: &str| b[name].as_str().unwrap().to_string();
    told.map(|b| (text(b, "day"), text(b, "subject"), text(b, "from"), text(b, "to"))).collect()
}

fn paid(id: &str, day: &str) -> Value {
    json!({"id": id, "type": "paid", "time": day, "data": {"by": "Tenant", "amount": {"amount": "100", "unit": "EUR"}}})
}

#[test]
fn a_duty_becomes_due_overdue_and_violated_and_each_is_told_once() {
    let mut matter = begun("2026-01-20");
    let mut watched = None;
    for day in ["2026-01-20", "2026-02-05", "2026-02-05", "2026-02-06", "2026-04-01", "2026-04-01"] {
        look(&mut matter, day, &mut watched);
    }
    let told = standing(&matter);
    let has = |day: &str, subject: &str, from: &str, to: &str| {
        told.contains(&(day.into(), subject.into(), from.into(), to.into()))
    };
    assert!(has("2026-02-05", "rent", "in-effect", "due"), "{told:?}");
    assert!(has("2026-02-06", "rent", "due", "overdue"), "{told:?}");
    assert!(has("2026-02-16", "rent", "overdue", "violated"), "{told:?}");
    assert!(has("2026-02-20", "quiet", "not-yet", "in-force"), "{told:?}");
    assert!(has("2026-03-10", "rent", "first", "second"), "{told:?}");
    assert!(has("2026-03-20", "quiet", "in-force", "ended"), "{told:?}");
    let keys: BTreeSet<&str> = matter.notices().iter().filter_map(|(_, b)| b["key"].as_str()).collect();
    assert_eq!(keys.len(), matter.notices().len(), "no key twice");
    // Nothing of before the matter was begun is told.
    assert!(told.iter().all(|(day, ..)| day.as_str() > "2026-01-20"));
}

#[test]
fn a_window_that_runs_out_is_told_for_each_run() {
    let mut matter = begun("2026-01-20");
    let mut watched = None;
    let step = |kind: &str, by: &str, desk: &str, day: &str| json!({"id": format!("{kind}-{desk}"), "type": kind, "time": day, "data": {"by": by, "desk": desk}});
    for desk in ["a", "b", "c"] {
        send(&mut matter, "2026-02-01", step("offered", "Owner", desk, "2026-02-01"));
    }
    send(&mut matter, "2026-02-03", step("taken", "Tenant", "a", "2026-02-03"));
    let lapsed = |matter: &Matter| -> Vec<(String, String)> {
        let retracted: BTreeSet<&str> =
            matter.notices().iter().filter_map(|(_, b)| b["retracts"].as_str()).collect();
        let told = matter.notices().iter().filter(|(_, b)| b["what"] == "process");
        let told = told.filter(|(_, b)| !retracted.contains(b["key"].as_str().unwrap()));
        let text = |b: &Value, name: &str| b[name].as_str().unwrap().to_string();
        told.inspect(|(_, b)| {
            assert_eq!((&b["subject"], &b["to"]), (&json!("first-look.offer"), &json!("lapsed")))
        })
        .map(|(_, b)| (text(b, "instance"), text(b, "day")))
        .collect()
    };
    // The last day is the sixth; time takes the step when it is over.
    look(&mut matter, "2026-02-06", &mut watched);
    assert!(lapsed(&matter).is_empty());
    look(&mut matter, "2026-02-07", &mut watched);
    look(&mut matter, "2026-03-01", &mut watched);
    let on = |desk: &str| (desk.to_string(), "2026-02-07".to_string());
    assert_eq!(lapsed(&matter), [on("b"), on("c")]);
    // It was taken in time after all, as is learned late.
    send(&mut matter, "2026-03-02", step("taken", "Tenant", "c", "2026-02-06"));
    look(&mut matter, "2026-03-02", &mut watched);
    assert_eq!(lapsed(&matter), [on("b")]);
}

#[test]
fn a_late_record_takes_back_what_no_longer_holds() {
    let mut matter = begun("2026-01-20");
    let mut watched = None;
    look(&mut matter, "2026-02-10", &mut watched);
    let overdue = ("2026-02-06".to_string(), "rent".to_string(), "due".to_string(), "overdue".to_string());
    assert!(standing(&matter).contains(&overdue));
    send(&mut matter, "2026-02-10", paid("1", "2026-02-01"));
    look(&mut matter, "2026-02-10", &mut watched);
    assert!(!standing(&matter).contains(&overdue));
    assert!(standing(&matter).iter().any(|(day, _, _, to)| day == "2026-02-01" && to == "fulfilled"));
    // Taken back itself, it was overdue after all.
    let withdrawn = json!({"id": "2", "type": "paid", "time": "2026-02-01", "corrects": "1", "withdrawn": true,
        "data": {"by": "Tenant"}});
    send(&mut matter, "2026-02-11", withdrawn);
    let keys = look(&mut matter, "2026-02-11", &mut watched);
    assert!(standing(&matter).contains(&overdue));
    assert!(keys.iter().any(|k| k.starts_with("notice/2026-02-06/") && k.ends_with("/1")), "{keys:?}");
    assert!(look(&mut matter, "2026-02-11", &mut watched).is_empty());
}

#[test]
fn however_often_somebody_looks_the_same_is_told_in_the_end() {
    let mut state = 5u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let day = |n: u64| Day("2026-01-20".parse::<Day>().unwrap().0 + n as i32).to_string();
    for round in 0..12 {
        let (mut eager, mut lazy) = (begun("2026-01-20"), begun("2026-01-20"));
        let mut watched = None;
        let mut sent: Vec<(String, String)> = Vec::new();
        for n in 0..70 {
            if below(8) == 0 {
                let id = format!("{n}");
                let then = day(below(n + 1));
                let event = match (below(3), sent.last()) {
                    (0, Some((target, time))) => {
                        json!({"id": id, "type": "paid", "time": time, "corrects": target,
                        "withdrawn": true, "data": {"by": "Tenant"}})
                    }
                    (1, _) => json!({"id": id, "type": "storm", "time": then, "data": {"by": "Owner"}}),
                    _ => {
                        sent.push((id.clone(), then.clone()));
                        paid(&id, &then)
                    }
                };
                if event["withdrawn"] == true {
                    sent.pop();
                }
                send(&mut eager, &day(n), event.clone());
                send(&mut lazy, &day(n), event);
            }
            if below(3) > 0 {
                look(&mut eager, &day(n), &mut watched);
            }
            // The hint of how far it was watched can be lost.
            if below(10) == 0 {
                watched = None;
            }
        }
        look(&mut eager, &day(70), &mut watched);
        look(&mut lazy, &day(70), &mut None);
        assert_eq!(standing(&eager), standing(&lazy), "round {round}");
        let keys: BTreeSet<&str> = eager.notices().iter().filter_map(|(_, b)| b["key"].as_str()).collect();
        assert_eq!(keys.len(), eager.notices().len(), "no key twice");
        // Folded from its bytes it is looked at with the same result.
        assert!(look(&mut eager, &day(70), &mut None).is_empty());
    }
}
