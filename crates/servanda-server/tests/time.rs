//! Time acts by itself, once, whatever stops in between and however many servers look.

#![allow(clippy::disallowed_methods, reason = "tests read the environment")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use servanda_log::SigningKey;
use servanda_matter::{Bringer, Entry};
use servanda_server::edge::Still;
use servanda_server::outside::Nobody;
use servanda_server::{App, Settings, watch_once};
use servanda_store::{Memory, Place, Postgres, Sqlite, Store};

const RENT: &str = r#"
agreement rent "A workshop let by the month" zone Europe/Lisbon currency EUR language en
party Owner  party Tenant
action use-crane by Tenant
event paid by Tenant  amount : money in EUR
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
  until 2026-03-01
  outside "an example"
"#;

fn place() -> Place {
    Place { organisation: "main".parse().unwrap(), matter: "rent".parse().unwrap() }
}

fn app(store: Arc<dyn Store>, clock: Arc<Still>) -> App {
    let settings = Settings::default();
    App::new(store, clock, Arc::new(Nobody), SigningKey::from_seed("localhost", &[7; 32]).unwrap(), settings)
        .unwrap()
}

async fn begin(app: &App) {
    let files = BTreeMap::from([("rent.deed".to_string(), RENT.to_string())]);
    app.desks().text(&place(), "user:ada".into(), files, Some(0)).await.unwrap();
}

/// The notices of the log: day, subject, to.
async fn notices(store: &dyn Store) -> Vec<(String, String, String)> {
    let entries = store.entries(&place(), 0, 10_000).await.unwrap();
    let entries = entries.iter().map(|e| Entry::from_bytes(&e.bytes).unwrap());
    let text = |v: &Value, name: &str| v[name].as_str().unwrap().to_string();
    entries
        .filter(|e| e.body.kind() == "notice")
        .map(|e| e.body.json())
        .map(|v| (text(&v, "day"), text(&v, "subject"), text(&v, "to")))
        .collect()
}

fn expected() -> Vec<(String, String, String)> {
    [
        ("2026-02-05", "rent", "due"),
        ("2026-02-06", "rent", "overdue"),
        ("2026-02-16", "rent", "violated"),
        ("2026-03-01", "crane", "ended"),
    ]
    .map(|(day, subject, to)| (day.to_string(), subject.to_string(), to.to_string()))
    .to_vec()
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[test]
fn nothing_is_told_before_its_day_has_begun_in_the_agreement_s_zone() {
    runtime().block_on(async {
        let store: Arc<dyn Store> = Arc::new(Memory::new());
        let clock = Arc::new(Still::at(at("2026-01-20T10:00:00Z")));
        let app = app(store.clone(), clock.clone());
        begin(&app).await;
        for (now, told) in [
            ("2026-01-20T10:00:01Z", 0),
            ("2026-02-04T23:59:59Z", 0),
            // In winter Lisbon has the time of Greenwich.
            ("2026-02-05T00:00:00Z", 1),
            ("2026-02-05T23:00:00Z", 0),
            // A clock that goes back tells nothing, and takes nothing back.
            ("2026-01-25T00:00:00Z", 0),
            ("2026-02-06T00:00:00Z", 1),
            ("2026-02-28T23:59:59Z", 1),
            ("2026-03-01T00:00:01Z", 1),
        ] {
            clock.set(at(now));
            assert_eq!(watch_once(&app).await.unwrap(), told, "{now}");
        }
        assert_eq!(notices(&*store).await, expected());
    });
}

#[test]
fn after_a_long_sleep_all_is_told_in_its_order_and_once() {
    runtime().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("servanda.sqlite3");
        let clock = Arc::new(Still::at(at("2026-01-20T10:00:00Z")));
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&path).unwrap());
        let first = app(store.clone(), clock.clone());
        begin(&first).await;
        first.close().await;
        drop((first, store));
        clock.set(at("2028-06-01T00:00:00Z"));
        for _ in 0..3 {
            let store: Arc<dyn Store> = Arc::new(Sqlite::open(&path).unwrap());
            let again = app(store.clone(), clock.clone());
            // More days than are looked at in one go.
            for _ in 0..4 {
                watch_once(&again).await.unwrap();
            }
            assert_eq!(notices(&*store).await, expected());
            again.close().await;
        }
    });
}

/// A new database of PostgreSQL; none where there is no server.
async fn database(tag: &str) -> Option<String> {
    let Ok(server) = std::env::var("SERVANDA_TEST_POSTGRES") else {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "there is no PostgreSQL although SERVANDA_REQUIRE=all");
        println!("left out: PostgreSQL: SERVANDA_TEST_POSTGRES names none (see `cargo xtask postgres`)");
        return None;
    };
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let name = format!("time_{tag}_{}", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    Some(format!("{server} dbname={name}"))
}

#[test]
fn servers_whose_clocks_differ_tell_everything_once_and_in_order() {
    runtime().block_on(async {
        let Some(url) = database("skew").await else { return };
        let mut servers = Vec::new();
        for ahead in [24, 0, -30] {
            let clock = Arc::new(Still::at(at("2026-01-20T10:00:00Z")));
            let store: Arc<dyn Store> = Arc::new(Postgres::open(&url).await.unwrap());
            servers.push((app(store, clock.clone()), clock, ahead));
        }
        begin(&servers[0].0).await;
        let start = at("2026-02-01T12:00:00Z");
        for day in 0..40i64 {
            for turn in 0..3 {
                let (app, clock, ahead) = &servers[((day + turn) % 3) as usize];
                clock.set(start + jiff::SignedDuration::from_hours(24 * day + ahead));
                watch_once(app).await.unwrap();
                // Whoever is behind records what comes, as of when the last entry was recorded.
                if day % 10 == 5 {
                    let bringer = Bringer { by: "user:ada".into(), speaks_for: None, may_backdate: false };
                    let event = serde_json::json!({"id": format!("{day}-{turn}"), "type": "paid",
                        "time": "2026-03-05T00:00:00Z",
                        "data": {"by": "Tenant", "amount": {"amount": "1", "unit": "EUR"}}});
                    let place = place();
                    let sent = app.desks().append(&place, None, move |drafting| {
                        drafting.event(&bringer, event.clone(), "fresh").map_err(Into::into)
                    });
                    sent.await.unwrap();
                }
            }
        }
        let store = Postgres::open(&url).await.unwrap();
        assert_eq!(notices(&store).await, expected());
        let entries = store.entries(&place(), 0, 10_000).await.unwrap();
        let times: Vec<_> = entries.iter().map(|e| Entry::from_bytes(&e.bytes).unwrap().at).collect();
        assert!(times.is_sorted(), "an entry was recorded before the one before it");
        assert_eq!(entries.len(), 1 + expected().len() + 12);
    });
}

#[test]
fn of_three_servers_that_look_at_once_each_notice_is_told_by_one() {
    runtime().block_on(async {
        let Some(url) = database("three").await else { return };
        let clock = Arc::new(Still::at(at("2026-01-20T10:00:00Z")));
        let mut apps = Vec::new();
        for _ in 0..3 {
            let store: Arc<dyn Store> = Arc::new(Postgres::open(&url).await.unwrap());
            apps.push(app(store, clock.clone()));
        }
        begin(&apps[0]).await;
        for now in
            ["2026-02-05T00:00:00Z", "2026-02-06T00:00:00Z", "2026-02-17T00:00:00Z", "2026-04-01T00:00:00Z"]
        {
            clock.set(at(now));
            let looks: Vec<_> = apps
                .iter()
                .map(|app| {
                    let app = app.clone();
                    tokio::spawn(async move { watch_once(&app).await.unwrap() })
                })
                .collect();
            let mut told = 0;
            for look in looks {
                told += look.await.unwrap();
            }
            assert_eq!(told, 1, "{now}");
        }
        let store = Postgres::open(&url).await.unwrap();
        let told = notices(&store).await;
        assert_eq!(told, expected());
        assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len());
    });
}
