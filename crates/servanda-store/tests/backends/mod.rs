//! The stores that a promise is held by.

use std::future::Future;
use std::path::PathBuf;

use servanda_store::{Memory, Sqlite, Store};

/// A place for a store of one kind.
pub enum Backend {
    /// Nothing is kept.
    Memory,
    /// A file in a folder of its own.
    Sqlite(tempfile::TempDir),
}

impl Backend {
    /// Opens what is there.
    pub async fn open(&self) -> Box<dyn Store> {
        match self {
            Backend::Memory => Box::new(Memory::new()),
            Backend::Sqlite(folder) => Box::new(Sqlite::open(&file(folder)).unwrap()),
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

/// Holds each store to a promise.
pub fn each<F: Future<Output = ()>>(promise: impl Fn(Backend) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for backend in [Backend::Memory, Backend::Sqlite(tempfile::tempdir().unwrap())] {
        runtime.block_on(promise(backend));
    }
}
