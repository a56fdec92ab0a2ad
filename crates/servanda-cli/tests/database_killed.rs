//! PostgreSQL is killed with all of its processes while clients append; the server that stood before it goes on by itself, and what it
//! acknowledged is there, once.
//!
//! `SERVANDA_ROUNDS` sets how often; without it 5 times, and 50 times where `SERVANDA_REQUIRE=all`.

#![allow(clippy::disallowed_methods, reason = "tests start a database, and read the clock")]

#[path = "common/chance.rs"]
mod chance;
mod common;
#[path = "../../../xtask/src/postgres.rs"]
mod postgres;
#[path = "common/served.rs"]
mod served;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use chance::Draw;
use postgres::Postgres;
use servanda_log::{Checkpoint, Hash, SignedCheckpoint, VerifierKey, verify_consistency};
use servanda_store::{Draft, Place, Store};
use served::{Reply, Served};

/// Clients that append at once.
const CLIENTS: usize = 4;
/// Rounds after which a new matter is begun, so that opening it stays quick.
const ROUNDS_PER_MATTER: u64 = 10;
/// The longest that the service may need to come back, and a notice to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A line of ships; each storm ends one of its rights.
fn text() -> String {
    let mut text = String::from(
        "agreement isles \"A line between islands\" zone UTC\nparty Ferry\naction call by Ferry\nevent trip by Ferry\n",
    );
    for storm in 0..ROUNDS_PER_MATTER {
        text.push_str(&format!("event storm-{storm} by Ferry\n"));
    }
    text.push_str("version first \"The line\" starts binding from 2026-01-01 outside \"invented\"\n");
    for storm in 0..ROUNDS_PER_MATTER {
        text.push_str(&format!(
            "clause calls-{storm}\n  Ferry may call\n  until storm-{storm}\n  outside \"invented\"\n"
        ));
    }
    text
}

fn event(id: &str, kind: &str) -> Value {
    let yesterday = Timestamp::now() - 24.hours();
    json!({"source": "/port", "id": id, "type": kind, "time": yesterday.to_string(), "data": {"by": "Ferry"}})
}

/// A matter, and what its clients were told about it.
struct Matter {
    name: String,
    /// Where each acknowledged event is.
    acknowledged: BTreeMap<String, u64>,
    /// Where each event of the log is.
    logged: BTreeMap<String, u64>,
    /// How many entries were read.
    read: u64,
    storms: u64,
    checkpoint: Option<Checkpoint>,
    /// Requests that were told that the database is away.
    refused: AtomicUsize,
}

impl Matter {
    /// Begins it in the database as of three days ago: what changes today is told by a notice.
    fn begin(name: &str, database: &str) -> Matter {
        let at = (Timestamp::now() - 72.hours()).to_string();
        let entry = json!({"at": at, "body": {"files": {"isles.deed": text()}}, "by": "user:local", "kind": "text", "matter": name});
        let draft = Draft { key: None, bytes: servanda_log::canonical(&entry).into_bytes() };
        let place = Place { organisation: "main".parse().unwrap(), matter: name.parse().unwrap() };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = servanda_store::Postgres::open(database).await.unwrap();
            store.append(&place, 0, vec![draft]).await.unwrap();
            store.close().await;
        });
        Matter {
            name: name.to_string(),
            acknowledged: BTreeMap::new(),
            logged: BTreeMap::new(),
            read: 0,
            storms: 0,
            checkpoint: None,
            refused: AtomicUsize::new(0),
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/matters/{}/{rest}", self.name)
    }

    /// Sends an event once; where it stands, if that was told, and whether it is new.
    fn send(&self, served: &Served, event: &Value) -> Option<(u64, bool)> {
        let headers = [("content-type", "application/json")];
        let body = event.to_string();
        match served.try_send("POST", &self.path("events"), &headers, body.as_bytes()) {
            Ok(reply) if matches!(reply.status, 200 | 201) => Some(told(&reply)),
            Ok(reply) => {
                assert_eq!(
                    (reply.status, reply.code().as_str()),
                    (503, "database-unavailable"),
                    "{}",
                    reply.text
                );
                self.refused.fetch_add(1, Ordering::Relaxed);
                None
            }
            Err(error) => panic!("the server itself went away: {error}"),
        }
    }

    /// Reads what is new in the log; each event may stand there once.
    fn read_on(&mut self, served: &Served) -> Vec<Value> {
        let mut out = Vec::new();
        loop {
            let page = served.get(&self.path(&format!("entries?from={}&limit=1000", self.read))).json();
            for entry in page["entries"].as_array().unwrap() {
                assert_eq!(entry["entry"], self.read, "a gap");
                if let Some(id) = entry["body"]["id"].as_str() {
                    let there = self.logged.insert(id.to_string(), self.read);
                    assert_eq!(there, None, "the event {id} stands twice, also at {}", self.read);
                }
                out.push(entry.clone());
                self.read += 1;
            }
            if page["next"].is_null() {
                return out;
            }
        }
    }

    /// Everything that was acknowledged is where it was acknowledged, and the log is the one of before with more behind it.
    fn verify(&mut self, served: &Served) {
        self.read_on(served);
        for (id, entry) in &self.acknowledged {
            assert_eq!(self.logged.get(id), Some(entry), "the acknowledged event {id} of {}", self.name);
        }
        let key: VerifierKey = served.key.parse().unwrap();
        let now: SignedCheckpoint =
            Checkpoint::open(&served.get(&self.path("checkpoint")).text, &[key]).unwrap();
        let now = now.checkpoint;
        if let Some(before) = &self.checkpoint {
            let path = format!("proofs/consistency?from={}&to={}", before.size(), now.size());
            let told = served.get(&self.path(&path)).json();
            let hashes = told["proof"].as_array().unwrap();
            let proof: Vec<Hash> = hashes.iter().map(|h| h.as_str().unwrap().parse().unwrap()).collect();
            verify_consistency(before.size(), now.size(), &proof, &before.root(), &now.root()).unwrap();
        }
        self.checkpoint = Some(now);
    }

    /// Waits until each storm has its notice, and looks whether it has one only.
    fn notices(&mut self, served: &Served) {
        let mut told: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let begun = Instant::now();
        self.read = 0;
        self.logged.clear();
        loop {
            for entry in self.read_on(served).into_iter().filter(|e| e["kind"] == "notice") {
                let subject = entry["body"]["subject"].as_str().unwrap().to_string();
                told.entry(subject).or_default().push(entry["body"].clone());
            }
            if told.len() as u64 >= self.storms {
                break;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "of {} storms {} were noticed: {told:?}",
                self.storms,
                told.len()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(told.len() as u64, self.storms);
        for (subject, notices) in told {
            assert_eq!(notices.len(), 1, "{subject}: {notices:?}");
            assert_eq!(notices[0]["to"], "ended");
        }
    }
}

/// Where the event of a request stands, and whether it is new.
fn told(reply: &Reply) -> (u64, bool) {
    assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
    let event = &reply.json()["events"][0];
    (event["entry"].as_u64().unwrap(), event["new"].as_bool().unwrap())
}

/// Sends an event until it is acknowledged, or all is over.
fn insist(matter: &Matter, served: &Served, event: &Value, over: &AtomicBool) -> Option<(u64, bool)> {
    while !over.load(Ordering::Relaxed) {
        if let Some(end) = matter.send(served, event) {
            return Some(end);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    None
}

/// What became of the events of a round: where they stand, or nobody knows.
type Fates = Vec<(Value, Option<(u64, bool)>)>;

/// Appends until the database was killed and everybody was heard again.
fn round(number: u64, matter: &Matter, served: &Served, database: &Postgres, draw: &mut Draw) -> Fates {
    let over = AtomicBool::new(false);
    let heard: Vec<AtomicUsize> = (0..CLIENTS).map(|_| AtomicUsize::new(0)).collect();
    let pause = Duration::from_micros(20_000 + draw.below(180_000));
    let outage = Duration::from_millis(draw.below(100));
    let storm = (Duration::from_micros(draw.below(220_000)), format!("storm-{}", number % ROUNDS_PER_MATTER));
    std::thread::scope(|scope| {
        let (over, heard) = (&over, &heard);
        let client = |client: usize| {
            let mut fates = Fates::new();
            for i in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let event = event(&format!("{number}-{client}-{i}"), "trip");
                // Every fifth is not sent again by its client.
                let entry = if i % 5 == 4 {
                    matter.send(served, &event)
                } else {
                    insist(matter, served, &event, over)
                };
                heard[client].fetch_add(usize::from(entry.is_some()), Ordering::Relaxed);
                fates.push((event, entry));
            }
            fates
        };
        let mut clients: Vec<_> = (0..CLIENTS).map(|c| scope.spawn(move || client(c))).collect();
        clients.push(scope.spawn(move || {
            std::thread::sleep(storm.0);
            let event = event(&storm.1, &storm.1);
            let entry = insist(matter, served, &event, over);
            vec![(event, entry)]
        }));
        std::thread::sleep(pause);
        let killed = database.kill();
        std::thread::sleep(outage);
        let started = database.restart();
        let before: Vec<usize> = heard.iter().map(|h| h.load(Ordering::Relaxed)).collect();
        let begun = Instant::now();
        let again =
            || heard.iter().zip(&before).all(|(now, before)| now.load(Ordering::Relaxed) > before + 1);
        while !again() && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(2));
        }
        let back = again();
        over.store(true, Ordering::Relaxed);
        let fates = clients.into_iter().flat_map(|c| c.join().unwrap()).collect();
        assert!(killed.unwrap() > 1, "only one process was there");
        started.unwrap();
        assert!(back, "round {number}: the server did not come back to its database");
        fates
    })
}

#[test]
fn what_was_acknowledged_before_the_database_was_killed_is_there_once() {
    let database = match Postgres::start() {
        Ok(Some(database)) => database,
        other => {
            assert!(
                !chance::all_required(),
                "PostgreSQL cannot be started although SERVANDA_REQUIRE=all: {other:?}"
            );
            println!("left out: killing PostgreSQL: none can be started here: {other:?}");
            return;
        }
    };
    let rounds = chance::rounds(5, 50);
    let seed = 11;
    println!("{rounds} rounds from seed {seed}");
    let mut draw = Draw(seed);
    let data = tempfile::tempdir().unwrap();
    let served = Served::start(data.path(), &["--database", &database.url]);
    let mut matter = Matter::begin("isles-0", &database.url);
    let (mut acknowledged, mut sent, mut written) = (0usize, 0usize, 0usize);
    for number in 0..rounds {
        if number > 0 && number % ROUNDS_PER_MATTER == 0 {
            matter.notices(&served);
            matter = Matter::begin(&format!("isles-{}", number / ROUNDS_PER_MATTER), &database.url);
        }
        let fates = round(number, &matter, &served, &database, &mut draw);
        matter.storms += 1;
        sent += fates.len();
        for (event, end) in &fates {
            acknowledged += usize::from(end.is_some());
            // An event whose fate nobody knows can be sent again, and is there once.
            let (entry, new) = end.unwrap_or_else(|| told(&served.post(&matter.path("events"), event)));
            written += usize::from(!new);
            matter.acknowledged.insert(event["id"].as_str().unwrap().to_string(), entry);
        }
        matter.verify(&served);
        let refused = matter.refused.swap(0, Ordering::Relaxed);
        assert!(refused > 0, "round {number}: nobody noticed that the database was away");
    }
    matter.notices(&served);
    println!(
        "{sent} events, {acknowledged} acknowledged while they came, {written} written and not acknowledged before they \
         were sent again, 0 lost, 0 doubled in {rounds} kills"
    );
}
