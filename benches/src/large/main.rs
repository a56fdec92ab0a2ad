//! A matter of a million events: how long it takes to open, to answer and to append.
//!
//! The matter is a broker's that buys capacity every few minutes: purchases that are summed, requests that run through a
//! right of first refusal, outages that free. It is kept in one SQLite file, read back, asked, and appended to as the server
//! does it, without the way over HTTP. What is printed is wall time: the median and the 99th of a hundred.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock and makes a folder")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use clap::Parser;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use servanda_matter::{Bringer, Folding, Live, Matter, Prepared};
use servanda_store::{Draft, Place, Sqlite, Store};

const TEXT: &str = include_str!("broker.deed");
/// Entries that are written at once.
const PAGE: usize = 1_000;
/// The moment of the first event.
const BEGIN: &str = "2024-01-01T00:00:00Z";
/// The years over which events come.
const YEARS: u64 = 5;

/// Measures a matter with a long log.
#[derive(Parser)]
struct Arguments {
    /// How many events the log has.
    #[arg(long, default_value_t = 1_000_000)]
    events: u64,
    /// How often each thing is measured.
    #[arg(long, default_value_t = 200)]
    rounds: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// One line of what was measured.
struct Measured {
    what: String,
    times: Vec<Duration>,
}

impl Measured {
    /// The time that so many of a hundred stay below, in milliseconds.
    fn percentile(&self, of: usize) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get((times.len() * of / 100).min(times.len() - 1)).map_or(0.0, |t| t.as_secs_f64() * 1e3)
    }
}

/// The event that comes at a place of the log: mostly purchases, and every twentieth a step of a request.
fn event(index: u64, of: u64) -> Value {
    let begin: Timestamp = BEGIN.parse().expect("a moment");
    let seconds = YEARS * 365 * 86_400 * index / of;
    let time = begin + SignedDuration::from_secs(seconds as i64);
    let by = |party: &str, mut data: Value| {
        data["by"] = party.into();
        data
    };
    let request = json!({"request": format!("r{}", index / 60)});
    let (kind, data) = match index % 60 {
        0 => ("needed", by("Broker", request)),
        20 => ("offered", by("Broker", request)),
        40 if index % 120 == 40 => ("declined", by("Cloud", request)),
        40 => ("taken", by("Cloud", request)),
        50 if index % 6_000 == 50 => ("outage", by("Cloud", json!({}))),
        51 if index % 6_000 == 51 => ("restored", by("Cloud", json!({}))),
        n => {
            let region = if n % 2 == 0 { "north" } else { "south" };
            let amount = json!({"amount": format!("{}.25", 100 + index % 900), "unit": "EUR"});
            ("purchase", by("Broker", json!({"amount": amount, "region": region})))
        }
    };
    json!({"specversion": "1.0", "source": "/broker", "id": format!("e{index}"), "type": kind,
        "time": time.to_string(), "data": data})
}

fn bringer() -> Bringer {
    Bringer { by: "user:broker".into(), speaks_for: None, may_backdate: false }
}

/// Drafts events, as a server does when they arrive.
fn draft(matter: &Matter, events: impl Iterator<Item = Value>) -> Vec<Prepared> {
    let last = matter.at().unwrap_or_else(|| BEGIN.parse().expect("a moment"));
    let mut drafting = matter.draft(last + SignedDuration::from_millis(1));
    for event in events {
        drafting.event(&bringer(), event, "fresh").expect("the agreement reads its events");
    }
    drafting.finish()
}

async fn append(store: &Sqlite, place: &Place, matter: &mut Matter, prepared: Vec<Prepared>) {
    let drafts = prepared.iter().map(|p| Draft { key: p.key.clone(), bytes: p.bytes.clone() }).collect();
    store.append(place, matter.version(), drafts).await.expect("the disk takes it");
    matter.take(prepared).expect("what was drafted is taken in");
}

/// Reads a matter back.
async fn open(store: &Sqlite, place: &Place) -> Matter {
    let mut folding = Folding::new(place.matter.as_str());
    loop {
        let page = store.entries(place, folding.version(), PAGE).await.expect("the disk gives it back");
        if page.is_empty() {
            break;
        }
        for entry in page {
            folding.add(&entry.bytes).expect("an entry that was written");
        }
    }
    folding.finish().ok().and_then(Result::ok).expect("the matter that was written")
}

fn measured(what: &str, rounds: u64, mut run: impl FnMut(u64)) -> Measured {
    let mut times = Vec::new();
    for round in 0..rounds {
        let start = Instant::now();
        run(round);
        times.push(start.elapsed());
    }
    Measured { what: what.to_string(), times }
}

/// Asks what everybody asks, each as of a day near the end or in the middle.
fn questions(of: u64) -> Vec<(&'static str, Value)> {
    let open = format!("r{}", of / 60);
    vec![
        (
            "may, by its request",
            json!({"may": {"party": "Broker", "action": "buy", "with": {"region": "north", "request": open}}}),
        ),
        ("may, exempt", json!({"may": {"party": "Broker", "action": "buy", "with": {"region": "south"}}})),
        ("a sum of all", json!({"value": "commitment.bought"})),
        ("a sum of the year", json!({"value": "commitment.this-year"})),
        ("a filtered sum of 30 days", json!({"value": "commitment.north"})),
        ("a count", json!({"value": "commitment.orders"})),
        ("what is owed", json!({"owes": {"party": "Broker"}})),
        ("when a term ends", json!({"ends": "cheap"})),
        ("in force, two years before", json!({"in_force": "cheap", "as_of": "2026-06-01"})),
        ("a sum, two years before", json!({"value": "commitment.bought", "as_of": "2026-06-01"})),
        (
            "as known two years before",
            json!({"value": "commitment.bought", "known_at": "2024-01-02T00:00:00Z"}),
        ),
        (
            "what if one more comes",
            json!({"value": "commitment.bought", "events": [{"type": "purchase", "time": "2028-12-31T00:00:00Z",
                "data": {"by": "Broker", "region": "north", "amount": {"amount": "7", "unit": "EUR"}}}]}),
        ),
    ]
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments = Arguments::parse();
    let (events, rounds) = (arguments.events, arguments.rounds);
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let store = Sqlite::open(&folder.path().join("matters.sqlite")).expect("a database");
    let place =
        Place { organisation: "bench".parse().expect("a name"), matter: "broker".parse().expect("a name") };
    let files = BTreeMap::from([("broker.deed".to_string(), TEXT.to_string())]);
    let mut matter =
        Matter::begin("broker", Live::check(files).expect("the text is whole")).expect("a matter");
    let mut drafting = matter.draft(BEGIN.parse().expect("a moment"));
    drafting.text("user:broker");
    let text = drafting.finish();
    append(&store, &place, &mut matter, text).await;

    let mut lines = Vec::new();
    let mut times = Vec::new();
    let mut next = 0;
    while next < events {
        let until = (next + PAGE as u64).min(events);
        let start = Instant::now();
        let prepared = draft(&matter, (next..until).map(|i| event(i, events)));
        append(&store, &place, &mut matter, prepared).await;
        times.push(start.elapsed());
        next = until;
        eprint!("\r{:3} % of {events} events", 100 * next / events);
    }
    eprintln!();
    lines.push(Measured { what: format!("append {PAGE} events"), times });
    drop(matter);

    let start = Instant::now();
    let mut matter = open(&store, &place).await;
    lines.push(Measured { what: "open".into(), times: vec![start.elapsed()] });
    let today = "2028-12-31".parse().expect("a day");
    let ask = |matter: &Matter, question: &Value| {
        let (_, answer) = matter.ask(question, today);
        answer.unwrap_or_else(|fault| panic!("{question}: {fault:?}"))
    };
    lines.push(measured("the first answer", 1, |_| drop(ask(&matter, &questions(events)[0].1))));
    for (what, question) in questions(events) {
        let first = measured(&format!("{what}, first"), 1, |_| drop(ask(&matter, &question)));
        lines.push(first);
        lines.push(measured(what, rounds, |_| drop(ask(&matter, &question))));
    }
    for (what, late) in [("append one event", 0), ("append one event, a day late", 86_400)] {
        let mut times = Vec::new();
        for round in 0..rounds {
            let mut event = event(events + 60 * round + 1, events + 60 * rounds + 60);
            event["id"] = format!("{what}-{round}").into();
            let end: Timestamp = "2028-12-31T00:00:00Z".parse().expect("a moment");
            event["time"] = (end - SignedDuration::from_secs(late)).to_string().into();
            let start = Instant::now();
            let prepared = draft(&matter, std::iter::once(event));
            append(&store, &place, &mut matter, prepared).await;
            drop(ask(&matter, &questions(events)[0].1));
            times.push(start.elapsed());
        }
        lines.push(Measured { what: format!("{what}, and answer"), times });
    }
    let end: Timestamp = "2028-12-31T12:00:00Z".parse().expect("a moment");
    let day = matter.day(end).expect("a day");
    let watched = Some(servanda_matter::Watched { version: matter.version() - 1, day });
    let look = |_| drop(matter.look(day, watched).expect("the day is looked at"));
    lines.push(measured("what time does, after an event", rounds.min(20), look));
    print(&lines, events, arguments.json);
    store.close().await;
}

fn print(lines: &[Measured], events: u64, as_json: bool) {
    if as_json {
        let list: Vec<Value> = lines
            .iter()
            .map(|l| json!({"what": l.what, "times": l.times.len(), "p50_ms": l.percentile(50), "p99_ms": l.percentile(99)}))
            .collect();
        println!("{}", json!({"events": events, "measured": list}));
        return;
    }
    println!("{:<40} {:>6} {:>12} {:>12}", format!("{events} events"), "times", "p50 ms", "p99 ms");
    for l in lines {
        println!("{:<40} {:>6} {:>12.3} {:>12.3}", l.what, l.times.len(), l.percentile(50), l.percentile(99));
    }
}
