//! A store that fails for a moment: what is told then, and that it is over when the moment is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde_json::json;
use tokio::sync::Semaphore;

use servanda_log::SigningKey;
use servanda_matter::{Admitted, Bringer};
use servanda_server::edge::Still;
use servanda_server::outside::Nobody;
use servanda_server::{App, Fault, Settings, watch_once};
use servanda_store::{
    Draft, Entry, Error, FeedItem, Hash, MatterName, Memory, Organisation, Place, Position, Register, Store,
};

const LINE: &str = r#"
agreement line "A line between islands" zone UTC currency EUR
party Ferry
action call by Ferry
event trip by Ferry  fare : money in EUR
version first "The line" starts binding from 2026-01-01 outside "invented"
clause calls
  Ferry may call
  until 2026-03-01
  outside "invented"
"#;

/// A store in memory that can be held up, and fails when it is told to.
struct Failing {
    store: Memory,
    /// Appends take one each.
    permits: Semaphore,
    /// How the appends to come end, the last one first; well, where nothing is said.
    ends: Mutex<Vec<bool>>,
    registers_fail: AtomicBool,
}

fn lost() -> Error {
    Error::Unavailable("the connection is lost".into())
}

#[async_trait]
impl Store for Failing {
    fn is_shared(&self) -> bool {
        true
    }

    async fn append(&self, place: &Place, expected: u64, drafts: Vec<Draft>) -> Result<u64, Error> {
        self.permits.acquire().await.map_err(|_| lost())?.forget();
        let good = self.ends.lock().unwrap().pop().unwrap_or(true);
        if good { self.store.append(place, expected, drafts).await } else { Err(lost()) }
    }

    async fn register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
    ) -> Result<Option<Register>, Error> {
        if self.registers_fail.load(Ordering::SeqCst) {
            return Err(lost());
        }
        self.store.register(organisation, kind, id).await
    }

    async fn version(&self, place: &Place) -> Result<u64, Error> {
        self.store.version(place).await
    }

    async fn entries(&self, place: &Place, from: u64, limit: usize) -> Result<Vec<Entry>, Error> {
        self.store.entries(place, from, limit).await
    }

    async fn index_of(&self, place: &Place, key: &str) -> Result<Option<u64>, Error> {
        self.store.index_of(place, key).await
    }

    async fn matters(
        &self,
        organisation: &Organisation,
        after: Option<&MatterName>,
        limit: usize,
    ) -> Result<Vec<(MatterName, u64)>, Error> {
        self.store.matters(organisation, after, limit).await
    }

    async fn feed(&self, after: Position, limit: usize) -> Result<Vec<FeedItem>, Error> {
        self.store.feed(after, limit).await
    }

    async fn registers(
        &self,
        organisation: &Organisation,
        kind: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Register>, Error> {
        self.store.registers(organisation, kind, after, limit).await
    }

    async fn registers_everywhere(
        &self,
        kind: &str,
        after: Option<(&Organisation, &str)>,
        limit: usize,
    ) -> Result<Vec<(Organisation, Register)>, Error> {
        self.store.registers_everywhere(kind, after, limit).await
    }

    async fn write_register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
        expected: u64,
        bytes: Option<Vec<u8>>,
    ) -> Result<u64, Error> {
        self.store.write_register(organisation, kind, id, expected, bytes).await
    }

    async fn keep_blob(&self, place: &Place, bytes: Vec<u8>) -> Result<Hash, Error> {
        self.store.keep_blob(place, bytes).await
    }

    async fn blob(&self, place: &Place, digest: &Hash) -> Result<Option<Vec<u8>>, Error> {
        self.store.blob(place, digest).await
    }

    async fn set_wake(&self, place: &Place, version: u64, at: Option<i64>) -> Result<(), Error> {
        self.store.set_wake(place, version, at).await
    }

    async fn awake(&self, by: i64, limit: usize) -> Result<Vec<Place>, Error> {
        self.store.awake(by, limit).await
    }

    async fn close(&self) {
        self.store.close().await;
    }
}

fn place() -> Place {
    Place { organisation: "main".parse().unwrap(), matter: "line".parse().unwrap() }
}

/// A matter in a store, and a clock.
async fn begun() -> (App, Arc<Failing>, Arc<Still>) {
    let store = Arc::new(Failing {
        store: Memory::new(),
        permits: Semaphore::new(1),
        ends: Mutex::default(),
        registers_fail: AtomicBool::new(false),
    });
    let clock = Arc::new(Still::at("2026-02-01T10:00:00Z".parse().unwrap()));
    let settings = Settings::default();
    let key = SigningKey::from_seed("localhost", &[7; 32]).unwrap();
    let app = App::new(store.clone(), clock.clone(), Arc::new(Nobody), key, settings).unwrap();
    let files = BTreeMap::from([("line.deed".to_string(), LINE.to_string())]);
    app.desks().text(&place(), "user:ada".into(), files, Some(0)).await.unwrap();
    (app, store, clock)
}

/// Sends an event in the background.
fn send(
    app: &App,
    id: &str,
    fare: u32,
    expected: Option<u64>,
) -> tokio::task::JoinHandle<Result<Admitted, Fault>> {
    let bringer = Bringer { by: "user:ada".into(), speaks_for: None, may_backdate: true };
    let event = json!({"source": "/port", "id": id, "type": "trip", "time": "2026-02-01T09:00:00Z",
        "data": {"by": "Ferry", "fare": {"amount": fare.to_string(), "unit": "EUR"}}});
    let (app, place) = (app.clone(), place());
    tokio::spawn(async move {
        let drafted = app.desks().append(&place, expected, move |drafting| {
            Ok(drafting.event(&bringer, event.clone(), "fresh")?)
        });
        drafted.await.map(|(admitted, _)| admitted)
    })
}

/// Lets all others do what they can do.
async fn settle() {
    for _ in 0..20 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

fn code(end: Result<Admitted, Fault>) -> String {
    end.unwrap_err().code
}

#[tokio::test]
async fn nobody_is_refused_because_of_an_entry_that_is_not_written() {
    let (app, store, _) = begun().await;
    // One write is held up; what comes meanwhile is drafted together, and its write fails.
    let first = send(&app, "first", 1, None);
    settle().await;
    let lost = send(&app, "same", 1, None);
    settle().await;
    let other = send(&app, "same", 2, None);
    let behind = send(&app, "behind", 1, Some(2));
    settle().await;
    *store.ends.lock().unwrap() = vec![false, true];
    store.permits.add_permits(1);
    assert_eq!(first.await.unwrap(), Ok(Admitted::New(1)));
    settle().await;
    assert!(!other.is_finished() && !behind.is_finished(), "told before it is known");
    store.permits.add_permits(1);
    for end in [lost, other, behind] {
        assert_eq!(code(end.await.unwrap()), "database-unavailable");
    }
    // Nothing of it is there, so either content can still come; and then the other is refused.
    store.permits.add_permits(3);
    assert_eq!(send(&app, "same", 2, Some(2)).await.unwrap(), Ok(Admitted::New(2)));
    assert_eq!(code(send(&app, "same", 1, None).await.unwrap()), "conflicting-event");
    assert_eq!(code(send(&app, "behind", 1, Some(2)).await.unwrap()), "version-conflict");
}

#[tokio::test]
async fn a_refusal_because_of_an_entry_is_told_when_that_is_written() {
    let (app, store, _) = begun().await;
    let first = send(&app, "first", 1, None);
    settle().await;
    let same = send(&app, "same", 1, None);
    settle().await;
    let other = send(&app, "same", 2, None);
    settle().await;
    store.permits.add_permits(2);
    assert_eq!(first.await.unwrap(), Ok(Admitted::New(1)));
    assert_eq!(same.await.unwrap(), Ok(Admitted::New(2)));
    assert_eq!(code(other.await.unwrap()), "conflicting-event");
}

#[tokio::test]
async fn a_database_that_was_away_for_a_moment_delays_no_notice() {
    let (app, store, clock) = begun().await;
    store.permits.add_permits(10);
    assert_eq!(watch_once(&app).await.unwrap(), 0);
    clock.set("2026-03-01T00:00:00Z".parse().unwrap());
    store.registers_fail.store(true, Ordering::SeqCst);
    assert_eq!(watch_once(&app).await.unwrap(), 0);
    store.registers_fail.store(false, Ordering::SeqCst);
    assert_eq!(watch_once(&app).await.unwrap(), 1, "it is told as soon as the database is back");
}
