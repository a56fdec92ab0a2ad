//! A backup that was taken while the server worked is restored elsewhere: what was acknowledged before it is there, what is there is
//! proved against a checkpoint that was kept, and work goes on.

#![allow(clippy::disallowed_methods, reason = "tests copy files and start a database")]

mod common;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../../../xtask/src/postgres.rs"]
mod postgres;
#[path = "common/served.rs"]
mod served;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::{Value, json};

use common::{said, servanda};
use served::Served;

fn event(id: &str) -> Value {
    json!({"source": "/port", "id": id, "type": "dues-paid", "time": "2026-02-02T00:00:00Z",
        "data": {"by": "Ferry", "amount": {"amount": "1", "unit": "EUR"}}})
}

fn paid(served: &Served) -> String {
    let reply = served.get("/v1/matters/ferry/values/dues.paid?as_of=2026-06-01");
    reply.json()["value"]["amount"].as_str().unwrap_or_else(|| panic!("{}", reply.text)).to_string()
}

/// Appends while a backup is taken; how many events were acknowledged before it was begun.
fn backed_up(served: &Served, take: impl FnOnce()) -> u64 {
    let (stop, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for i in 0.. {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let reply = served.post("/v1/matters/ferry/events", &event(&format!("e{i}")));
                assert_eq!(reply.status, 201, "{}", reply.text);
                acknowledged.fetch_add(1, Ordering::SeqCst);
            }
        });
        while acknowledged.load(Ordering::SeqCst) < 50 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let before = acknowledged.load(Ordering::SeqCst);
        let taken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(take));
        stop.store(true, Ordering::Relaxed);
        if let Err(why) = taken {
            std::panic::resume_unwind(why);
        }
        before
    })
}

/// What a restored server has to show: the events, the proof, the next event.
fn holds(mut served: Served, data: &Path, acknowledged: u64, kept: &str) {
    let events: u64 = paid(&served).parse().unwrap();
    assert!(
        events >= acknowledged,
        "{acknowledged} events were acknowledged before the backup, {events} are there"
    );
    let export = data.join("ferry.export");
    std::fs::write(&export, served.get("/v1/matters/ferry/export").text).unwrap();
    let checkpoint = data.join("kept.checkpoint");
    std::fs::write(&checkpoint, kept).unwrap();
    let mut verify = servanda();
    verify.args(["log", "verify"]).arg(&export).arg("--since").arg(&checkpoint).args(["--key", &served.key]);
    let (code, out, err) = said(&mut verify);
    assert_eq!(code, 0, "{out}{err}");
    // What it had is there already; what is new comes behind it.
    assert_eq!(served.post("/v1/matters/ferry/events", &event("e0")).status, 200);
    assert_eq!(served.post("/v1/matters/ferry/events", &event("after")).status, 201);
    assert_eq!(paid(&served), (events + 1).to_string());
    served.stop();
}

#[test]
fn a_file_that_is_copied_while_the_server_works_can_be_used() {
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let served = Served::start(data.path(), &[deed.to_str().unwrap()]);
    assert_eq!(served.post("/v1/matters/ferry/events", &event("first")).status, 201);
    let kept = served.get("/v1/matters/ferry/checkpoint").text;
    let copy = elsewhere.path().join("servanda.sqlite3");
    let acknowledged = backed_up(&served, || {
        // As `sqlite3 servanda.sqlite3 ".backup copy"` does.
        let from = rusqlite::Connection::open(data.path().join("servanda.sqlite3")).unwrap();
        from.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    });
    std::fs::copy(data.path().join("signing.key"), elsewhere.path().join("signing.key")).unwrap();
    drop(served);
    let restored = Served::start(elsewhere.path(), &[]);
    holds(restored, elsewhere.path(), acknowledged, &kept);
}

#[test]
fn a_dump_of_postgresql_can_be_used_in_another() {
    let (first, second) = match (postgres::Postgres::start(), postgres::Postgres::start()) {
        (Ok(Some(first)), Ok(Some(second))) => (first, second),
        (Ok(None), _) => {
            let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
            assert!(!required, "SERVANDA_REQUIRE=all, and there is no PostgreSQL");
            println!("left out: there is no PostgreSQL");
            return;
        }
        (first, second) => panic!("{:?} {:?}", first.err(), second.err()),
    };
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let served = Served::start(data.path(), &["--database", &first.url, deed.to_str().unwrap()]);
    assert_eq!(served.post("/v1/matters/ferry/events", &event("first")).status, 201);
    let kept = served.get("/v1/matters/ferry/checkpoint").text;
    let mut dump = Vec::new();
    let acknowledged = backed_up(&served, || {
        let done = first.program("pg_dump").args(["--dbname", &first.url]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        dump = done.stdout;
    });
    std::fs::copy(data.path().join("signing.key"), elsewhere.path().join("signing.key")).unwrap();
    drop(served);
    let mut restore = first.program("psql");
    restore.args(["--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", &second.url]);
    let mut restore =
        restore.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut restore.stdin.take().unwrap(), &dump).unwrap();
    assert!(restore.wait().unwrap().success());
    let restored = Served::start(elsewhere.path(), &["--database", &second.url]);
    holds(restored, elsewhere.path(), acknowledged, &kept);
    // The feed tells all of it, though the numbers of its transactions come from elsewhere.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        use servanda_store::{Position, Store};
        let store = servanda_store::Postgres::open(&second.url).await.unwrap();
        let place =
            servanda_store::Place { organisation: "main".parse().unwrap(), matter: "ferry".parse().unwrap() };
        let version = store.version(&place).await.unwrap();
        let told = store.feed(Position::default(), 100_000).await.unwrap();
        let of_matter: Vec<u64> = told.iter().filter(|i| i.place == place).map(|i| i.index).collect();
        assert_eq!(of_matter, (0..version).collect::<Vec<_>>());
        store.close().await;
    });
}
