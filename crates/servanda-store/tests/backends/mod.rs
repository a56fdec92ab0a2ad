//! The stores that a promise is held by.

#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::disallowed_methods, reason = "tests read the environment")]

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use servanda_store::{Memory, Postgres, Sqlite, Store};

/// A place for a store of one kind.
#[derive(Debug)]
pub enum Backend {
    /// Nothing is kept.
    Memory,
    /// A file in a folder of its own.
    Sqlite(tempfile::TempDir),
    /// A database of its own: its address.
    Postgres(String),
}

impl Backend {
    /// Opens what is there.
    pub async fn open(&self) -> Box<dyn Store> {
        match self {
            Backend::Memory => Box::new(Memory::new()),
            Backend::Sqlite(folder) => Box::new(Sqlite::open(&file(folder)).unwrap()),
            Backend::Postgres(url) => Box::new(Postgres::open(url).await.unwrap()),
        }
    }

    /// Whether what is closed can be opened again.
    pub fn lasts(&self) -> bool {
        !matches!(self, Backend::Memory)
    }
}

/// The database file of a folder.
pub fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("servanda.sqlite3")
}

/// The address of a new database, or `None` where there is no PostgreSQL; that it is left out is printed.
///
/// # Panics
/// Where `SERVANDA_REQUIRE=all` says that nothing may be left out, and there is none.
pub async fn database() -> Option<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var("SERVANDA_TEST_POSTGRES") else {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "there is no PostgreSQL although SERVANDA_REQUIRE=all");
        println!("left out: PostgreSQL: SERVANDA_TEST_POSTGRES names none (see `cargo xtask postgres`)");
        return None;
    };
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    Some(format!("{server} dbname={name}"))
}

/// Holds each store to a promise.
pub fn each<F: Future<Output = ()>>(promise: impl Fn(Backend) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for backend in [Backend::Memory, Backend::Sqlite(tempfile::tempdir().unwrap())] {
        runtime.block_on(promise(backend));
    }
    if let Some(url) = runtime.block_on(database()) {
        runtime.block_on(promise(Backend::Postgres(url)));
    }
}
