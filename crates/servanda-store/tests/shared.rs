//! Several servers on one PostgreSQL: nothing lost, nothing doubled, nothing skipped by who reads the feed.

mod backends;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use servanda_store::{Draft, Error, Place, Position, Postgres, Store};

/// Servers, and writers of each.
const SERVERS: usize = 3;
const WRITERS: usize = 6;
/// Appends of each writer.
const APPENDS: u64 = 25;

fn place(matter: &str) -> Place {
    Place { organisation: "port".parse().unwrap(), matter: matter.parse().unwrap() }
}

#[test]
fn servers_on_one_database_make_one_history_and_no_reader_of_the_feed_skips() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let Some(url) = backends::database().await else { return };
        let over = Arc::new(AtomicBool::new(false));
        // Somebody holds transactions open, so that numbers come out of order.
        let holder = {
            let (url, over) = (url.clone(), over.clone());
            let first: Arc<dyn Store> = Arc::new(Postgres::open(&url).await.unwrap());
            drop(first);
            tokio::spawn(async move {
                let (client, connection) =
                    tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                let mut held = 0u64;
                while !over.load(Ordering::Relaxed) {
                    // A row of a matter that nobody else writes: begun early, committed late, every second one taken back.
                    let sql = format!(
                        "BEGIN; INSERT INTO entry (organisation, matter, place, bytes, seal)
                         VALUES ('port', 'slow', {held}, '', sha256('\\x00'))"
                    );
                    client.batch_execute(&sql).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    let end = if held.is_multiple_of(2) { "COMMIT" } else { "ROLLBACK; SELECT 1" };
                    client.batch_execute(end).await.unwrap();
                    held += 1;
                }
            })
        };
        let reader = {
            let (url, over) = (url.clone(), over.clone());
            tokio::spawn(async move {
                let store = Postgres::open(&url).await.unwrap();
                let (mut at, mut seen, mut quiet) = (Position::default(), Vec::new(), 0);
                while quiet < 20 {
                    let page = store.feed(at, 50).await.unwrap();
                    match page.last() {
                        Some(last) => at = last.position,
                        None => tokio::time::sleep(Duration::from_millis(5)).await,
                    }
                    quiet = if page.is_empty() && over.load(Ordering::Relaxed) { quiet + 1 } else { 0 };
                    seen.extend(page.into_iter().map(|item| (item.place.matter.to_string(), item.index)));
                }
                seen
            })
        };
        let mut writers = Vec::new();
        for server in 0..SERVERS {
            let store = Arc::new(Postgres::open(&url).await.unwrap());
            for writer in 0..WRITERS {
                let store = store.clone();
                writers.push(tokio::spawn(async move {
                    let mut acknowledged = Vec::new();
                    for i in 0..APPENDS {
                        let matter = place(if writer % 2 == 0 { "one" } else { "two" });
                        let name = format!("{server}/{writer}/{i}");
                        let mut at = store.version(&matter).await.unwrap();
                        loop {
                            let drafts = vec![
                                Draft { key: Some(name.clone()), bytes: name.clone().into_bytes() },
                                Draft { key: None, bytes: name.clone().into_bytes() },
                            ];
                            match store.append(&matter, at, drafts).await {
                                Ok(version) => break acknowledged.push((matter, version - 2, name)),
                                Err(Error::Conflict { version, .. }) => at = version,
                                Err(other) => panic!("{other}"),
                            }
                        }
                    }
                    acknowledged
                }));
            }
        }
        let mut acknowledged = BTreeSet::new();
        for writer in writers {
            for (matter, index, name) in writer.await.unwrap() {
                assert!(acknowledged.insert((matter.matter.to_string(), index, name)));
            }
        }
        over.store(true, Ordering::Relaxed);
        holder.await.unwrap();
        let seen = reader.await.unwrap();
        let store = Postgres::open(&url).await.unwrap();
        let mut told: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (matter, index) in &seen {
            told.entry(matter).or_default().push(*index);
        }
        assert_eq!(acknowledged.len(), SERVERS * WRITERS * APPENDS as usize);
        for matter in ["one", "two"] {
            let entries = store.entries(&place(matter), 0, 100_000).await.unwrap();
            let own = acknowledged.iter().filter(|(m, ..)| m == matter);
            for (_, index, name) in own.clone() {
                for entry in &entries[*index as usize..*index as usize + 2] {
                    assert_eq!(entry.bytes, name.as_bytes());
                }
            }
            assert_eq!(entries.len(), 2 * own.count());
            // The feed told every entry, once, and in its order.
            assert_eq!(told[matter], (0..entries.len() as u64).collect::<Vec<_>>(), "{matter}");
        }
        assert!(told["slow"].iter().all(|index| index.is_multiple_of(2)), "what was taken back was told");
        println!(
            "{} appends by {} writers of {SERVERS} servers; the feed told {}",
            acknowledged.len(),
            SERVERS * WRITERS,
            seen.len()
        );
    });
}

#[test]
fn a_database_that_can_lose_what_it_acknowledges_is_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let Some(url) = backends::database().await else { return };
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let name: String = client.query_one("SELECT current_database()", &[]).await.unwrap().get(0);
        client.batch_execute(&format!("ALTER DATABASE {name} SET synchronous_commit = off")).await.unwrap();
        let refused = Postgres::open(&url).await.unwrap_err();
        assert!(
            matches!(&refused, Error::Unsafe(told) if told.contains("synchronous_commit = off")),
            "{refused}"
        );
        client.batch_execute(&format!("ALTER DATABASE {name} SET synchronous_commit = on")).await.unwrap();
        drop(Postgres::open(&url).await.unwrap());
        client.batch_execute("UPDATE servanda_tables SET version = 99").await.unwrap();
        let refused = Postgres::open(&url).await.unwrap_err();
        assert!(matches!(&refused, Error::Unsafe(told) if told.contains("newer Servanda")), "{refused}");
    });
    assert!(runtime.block_on(Postgres::open("host=/nowhere user=nobody")).is_err());
}
