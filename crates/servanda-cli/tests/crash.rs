//! The server is killed at random moments while several clients append; what it acknowledged is there afterwards, once.
//!
//! `SERVANDA_ROUNDS` sets how often; without it 20 times, and 500 times where `SERVANDA_REQUIRE=all`; over PostgreSQL a tenth of that.

#![allow(clippy::disallowed_methods, reason = "tests make folders and wait")]

#[path = "common/chance.rs"]
mod chance;
mod common;
#[path = "common/served.rs"]
mod served;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use chance::Draw;
use served::Served;

/// Clients that append at once.
const CLIENTS: usize = 4;
/// Rounds after which a new matter is begun, so that opening it stays quick.
const ROUNDS_PER_FOLDER: u64 = 25;

fn event(id: &str) -> Value {
    json!({"source": "/port", "id": id, "type": "dues-paid", "time": "2026-02-02T00:00:00Z",
        "data": {"by": "Ferry", "amount": {"amount": "1", "unit": "EUR"}}})
}

/// The ids of all events of the log with their entries, and how many entries there are.
fn logged(served: &Served) -> (BTreeMap<String, Vec<u64>>, u64) {
    let (mut ids, mut from) = (BTreeMap::new(), 0);
    loop {
        let page = served.get(&format!("/v1/matters/ferry/entries?from={from}&limit=1000")).json();
        for entry in page["entries"].as_array().unwrap() {
            let index = entry["entry"].as_u64().unwrap();
            assert_eq!(index, from, "a gap");
            from += 1;
            if let Some(id) = entry["body"]["id"].as_str() {
                ids.entry(id.to_string()).or_insert_with(Vec::new).push(index);
            }
        }
        if page["next"].is_null() {
            return (ids, from);
        }
    }
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_once() {
    kills(chance::rounds(20, 500), 7, false);
}

#[test]
fn what_was_acknowledged_before_a_kill_is_in_postgresql_once() {
    if served::database().is_some() {
        kills((chance::rounds(20, 500) / 10).max(5), 8, true);
    }
}

fn kills(rounds: u64, seed: u64, shared: bool) {
    println!("{rounds} rounds from seed {seed}");
    let mut draw = Draw(seed);
    let (mut acknowledged_in_all, mut cut_off) = (0usize, 0usize);
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let mut data = tempfile::tempdir().unwrap();
    let mut database = None;
    let mut acknowledged: BTreeMap<String, u64> = BTreeMap::new();
    for round in 0..rounds {
        if round % ROUNDS_PER_FOLDER == 0 {
            data = tempfile::tempdir().unwrap();
            database = if shared { served::database() } else { None };
            acknowledged.clear();
        }
        let mut arguments = Vec::new();
        if let Some(database) = &database {
            arguments.extend(["--database", database]);
        }
        let again = arguments.clone();
        arguments.push(deed.to_str().unwrap());
        let mut served = Served::start(data.path(), &arguments);
        // A shared database is asked before each answer, so less gets done in a moment.
        let pause = Duration::from_micros((2_000 + draw.below(23_000)) * if shared { 6 } else { 1 });
        let (over, begun) = (AtomicBool::new(false), AtomicBool::new(false));
        let told: Vec<(Vec<(String, u64)>, usize)> = std::thread::scope(|scope| {
            let (served_ref, over, begun) = (&served, &over, &begun);
            let client = |client: usize| {
                let (mut told, mut lost) = (Vec::new(), 0);
                for i in 0.. {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    let id = format!("{round}-{client}-{i}");
                    let body = event(&id).to_string();
                    let headers = [("content-type", "application/json")];
                    match served_ref.try_send("POST", "/v1/matters/ferry/events", &headers, body.as_bytes()) {
                        Ok(reply) if reply.status == 201 => {
                            begun.store(true, Ordering::Relaxed);
                            told.push((id, reply.json()["events"][0]["entry"].as_u64().unwrap()));
                        }
                        Ok(reply) => panic!("{}", reply.text),
                        Err(_) => {
                            lost += 1;
                            break;
                        }
                    }
                }
                (told, lost)
            };
            let clients: Vec<_> = (0..CLIENTS).map(|c| scope.spawn(move || client(c))).collect();
            // Every second time it is killed among appends, however slow the machine is, else at any moment.
            for _ in 0..5_000 {
                if round.is_multiple_of(2) || begun.load(Ordering::Relaxed) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(pause);
            served_ref.signal("KILL");
            over.store(true, Ordering::Relaxed);
            clients.into_iter().map(|c| c.join().unwrap()).collect()
        });
        served.kill();
        for (told, lost) in told {
            acknowledged_in_all += told.len();
            cut_off += lost;
            acknowledged.extend(told);
        }
        let served = Served::start(data.path(), &again);
        let (ids, version) = logged(&served);
        for (id, entry) in &acknowledged {
            assert_eq!(ids.get(id), Some(&vec![*entry]), "round {round}: the acknowledged event {id}");
        }
        assert!(ids.values().all(|places| places.len() == 1), "round {round}: an event stands twice");
        // An event whose fate nobody knows can be sent again, and is there once.
        let again = served.post("/v1/matters/ferry/events", &event(&format!("{round}-0-0")));
        assert!(matches!(again.status, 200 | 201), "{}", again.text);
        let checkpoint = served.get("/v1/matters/ferry/checkpoint").text;
        assert_eq!(
            checkpoint.lines().nth(1),
            Some((version + u64::from(again.status == 201)).to_string().as_str())
        );
        let entry = again.json()["events"][0]["entry"].as_u64().unwrap();
        acknowledged.insert(format!("{round}-0-0"), entry);
    }
    println!("{acknowledged_in_all} acknowledged, {cut_off} cut off, 0 lost, 0 doubled in {rounds} kills");
    assert!(acknowledged_in_all > 0 && cut_off > 0, "the kills came at no interesting moment");
}
