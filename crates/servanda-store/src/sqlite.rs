//! Matters kept in one SQLite file. One thread writes, and syncs once for all that waits; others read.

#![allow(clippy::disallowed_methods, reason = "a database is a file; this is the one place that opens it")]

mod schema;
mod writer;

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use async_trait::async_trait;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use crate::limits::{entry_seal, limit, register_digest, within_limits};
use crate::name::{AUDIT, Kept};
use crate::{
    BLOB_BYTES_MAX, Draft, Entry, Error, FeedItem, Hash, MatterName, Organisation, Place, Position,
    REGISTER_BYTES_MAX, Register, Store, leaf_hash,
};
use writer::{Job, Writer};

/// The oldest SQLite that is used: before it a reset of the write-ahead log could corrupt the file.
///
/// # Source
/// <https://sqlite.org/wal.html#walresetbug>
const VERSION_MIN: i32 = 3_051_003;
/// Connections that are kept for reading.
const READERS_MAX: usize = 8;
/// Pages of the write-ahead log from which on they are carried to the file.
const CHECKPOINT_PAGES: u32 = 1_000;
/// Bytes of entries after which a page of them ends.
const PAGE_BYTES_MAX: usize = 16 << 20;

/// A store in an SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    shared: Arc<Shared>,
    writer: Writer,
}

/// What those who read and the one who writes have in common.
#[derive(Debug)]
struct Shared {
    path: PathBuf,
    options: SqliteOptions,
    /// Connections that wait for the next reader. Whoever reads holds the outer lock for reading, so that who takes it for
    /// writing knows that nobody reads.
    readers: RwLock<Mutex<Vec<Connection>>>,
    /// Held until the store is closed; the system gives it back when the process ends, however it ends.
    lock: Mutex<Option<File>>,
}

/// How an SQLite file is opened.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// The virtual file system of SQLite to use, for tests; that of the system where it is `None`.
    pub vfs: Option<String>,
    /// What `PRAGMA synchronous` is set to. Anything below `FULL` loses what was acknowledged and is refused, unless
    /// `unsafe_for_tests` is set.
    pub synchronous: String,
    /// Lets a test show that it would find losses.
    pub unsafe_for_tests: bool,
    /// Pages of the write-ahead log from which on they are carried to the file.
    pub checkpoint_pages: u32,
    /// Writes a file once more as it is and syncs it, if it is there, and the names of its folder; another way than the
    /// system's is for tests.
    pub renew: fn(&Path) -> std::io::Result<()>,
}

impl Default for SqliteOptions {
    fn default() -> SqliteOptions {
        SqliteOptions {
            vfs: None,
            synchronous: "FULL".into(),
            unsafe_for_tests: false,
            checkpoint_pages: CHECKPOINT_PAGES,
            renew,
        }
    }
}

impl Sqlite {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// [`Error::Unsafe`] where another process has it, where SQLite is too old, or where a newer Servanda wrote it;
    /// [`Error::Unavailable`] where it cannot be opened.
    pub fn open(path: &Path) -> Result<Sqlite, Error> {
        Sqlite::open_with(path, &SqliteOptions::default())
    }

    /// Opens the file in another way than usual.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub fn open_with(path: &Path, options: &SqliteOptions) -> Result<Sqlite, Error> {
        if rusqlite::version_number() < VERSION_MIN {
            return Err(Error::Unsafe(format!(
                "SQLite {} can corrupt a file with a write-ahead log; 3.51.3 or later is needed",
                rusqlite::version()
            )));
        }
        let safe = options.synchronous.eq_ignore_ascii_case("FULL")
            || options.synchronous.eq_ignore_ascii_case("EXTRA");
        if !safe && !options.unsafe_for_tests {
            return Err(Error::Unsafe(format!(
                "`synchronous = {}` loses what was acknowledged when the power fails; use `FULL`",
                options.synchronous
            )));
        }
        let shared = Arc::new(Shared {
            path: path.to_path_buf(),
            options: options.clone(),
            readers: RwLock::default(),
            lock: Mutex::new(Some(locked(path)?)),
        });
        let opened = shared.connect(None)?;
        schema::migrate(&opened, path)?;
        let writer = Writer::start(opened, shared.clone())?;
        Ok(Sqlite { shared, writer })
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let shared = self.shared.clone();
        let done = tokio::task::spawn_blocking(move || {
            let readers = shared.readers.read().unwrap_or_else(PoisonError::into_inner);
            if lock(&shared.lock).is_none() {
                return Err(Error::Unavailable("the store is closed".into()));
            }
            let kept = lock(&readers).pop();
            let connection = match kept {
                Some(connection) => connection,
                None => reader(&shared.path, shared.options.vfs.as_deref())?,
            };
            let found = read(&connection)?;
            let mut readers = lock(&readers);
            if readers.len() < READERS_MAX {
                readers.push(connection);
            }
            Ok(found)
        });
        done.await.map_err(|e| Error::Unavailable(e.to_string()))?
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(Job::of(work, reply))?;
        answer.await.map_err(|_| Error::Unavailable("the store is closed".into()))?
    }
}

impl Shared {
    /// Opens the connection that writes, in place of one that failed. No other is open meanwhile: so SQLite forgets what it
    /// believed of the files, and believes what is in the log alone.
    fn connect(&self, failed: Option<Connection>) -> Result<Connection, Error> {
        let mut alone = self.readers.write().unwrap_or_else(PoisonError::into_inner);
        drop(failed);
        alone.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        // After a sync that failed, the system may show bytes that never reach the disk. What comes rests on the log, so it
        // has to be there.
        let log = beside(&self.path, "-wal");
        (self.options.renew)(&log)
            .map_err(|e| Error::Unavailable(format!("`{}` cannot be written: {e}", log.display())))?;
        writer::connect(&self.path, &self.options)
    }

    /// Closes all connections. SQLite carries the log to the file as it does so.
    fn disconnect(&self, writer: Option<Connection>) {
        let mut alone = self.readers.write().unwrap_or_else(PoisonError::into_inner);
        alone.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        if let Some(writer) = writer {
            let _ = writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The path of a file that belongs to another.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(end);
    path.with_file_name(name)
}

/// Writes a file once more as it is, and syncs it, if it is there; and syncs the names of its folder.
fn renew(path: &Path) -> std::io::Result<()> {
    match OpenOptions::new().read(true).write(true).open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => {}
        file => rewrite(&mut file?)?,
    }
    // Other systems than Unix have no such thing.
    #[cfg(unix)]
    File::open(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn rewrite(file: &mut File) -> std::io::Result<()> {
    let mut piece = vec![0; 1 << 20];
    loop {
        let at = file.stream_position()?;
        let length = file.read(&mut piece)?;
        if length == 0 {
            return file.sync_all();
        }
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&piece[..length])?;
    }
}

/// Takes the lock beside the file.
fn locked(path: &Path) -> Result<File, Error> {
    let beside = beside(path, ".lock");
    let told = |e: &dyn std::fmt::Display| format!("`{}`: {e}", beside.display());
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(|e| Error::Unavailable(told(&e)))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::Unsafe(format!(
            "another process has opened `{}`; stop it, or use another folder",
            path.display()
        ))),
        Err(std::fs::TryLockError::Error(e)) => Err(Error::Unavailable(told(&e))),
    }
}

fn reader(path: &Path, vfs: Option<&str>) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs),
        None => Connection::open_with_flags(path, flags),
    }
    .map_err(|e| failed(&e))?;
    keep_log(&connection)?;
    let set = "PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA busy_timeout = 5000;";
    connection.execute_batch(set).map_err(|e| failed(&e))?;
    Ok(connection)
}

/// Lets a connection leave the log as it is when it is closed. What was half carried to the file when a sync failed is
/// known to the log alone.
fn keep_log(connection: &Connection) -> Result<(), Error> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(|e| failed(&e))
        .map(drop)
}

/// What an error of SQLite is for callers.
fn failed(error: &rusqlite::Error) -> Error {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Error::Damaged { place: "the database file".into(), problem: error.to_string() }
        }
        Some(ErrorCode::DiskFull) => Error::Unavailable("the disk is full; make room, and try again".into()),
        _ => match error {
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => {
                Error::Damaged { place: "a row of the database file".into(), problem: error.to_string() }
            }
            _ => Error::Unavailable(error.to_string()),
        },
    }
}

/// A matter's version, and whether its entries and its own row agree on it.
fn version_of(connection: &Connection, place: &Place) -> Result<u64, Error> {
    let told: Option<u64> = connection
        .prepare_cached("SELECT version FROM matter WHERE organisation = ?1 AND name = ?2")
        .and_then(|mut s| {
            s.query_row(params![place.organisation.as_str(), place.matter.as_str()], |r| r.get(0)).optional()
        })
        .map_err(|e| failed(&e))?;
    let last: Option<u64> = connection
        .prepare_cached("SELECT max(place) FROM entry WHERE organisation = ?1 AND matter = ?2")
        .and_then(|mut s| {
            s.query_row(params![place.organisation.as_str(), place.matter.as_str()], |r| r.get(0))
        })
        .map_err(|e| failed(&e))?;
    let found = last.map_or(0, |last| last + 1);
    if told.unwrap_or(0) != found {
        return Err(Error::Damaged {
            place: format!("the matter `{}`", place.matter),
            problem: format!("it has {found} entries and should have {}", told.unwrap_or(0)),
        });
    }
    Ok(found)
}

fn entry_of(place: &Place, expected: u64, row: &Row<'_>) -> Result<Entry, Error> {
    let damaged = |problem: String| Error::Damaged {
        place: format!("entry {expected} of the matter `{}`", place.matter),
        problem,
    };
    let get = |e: rusqlite::Error| damaged(e.to_string());
    let index: u64 = row.get(0).map_err(get)?;
    if index != expected {
        return Err(damaged(format!("it is missing, and entry {index} comes next")));
    }
    let key: Option<String> = row.get(1).map_err(get)?;
    let bytes: Vec<u8> = row.get(2).map_err(get)?;
    let seal: Vec<u8> = row.get(3).map_err(get)?;
    let leaf = leaf_hash(&bytes);
    if seal != entry_seal(place, index, key.as_deref(), &leaf) {
        return Err(damaged("its bytes are not those that were written".into()));
    }
    Ok(Entry { index, key, bytes, leaf })
}

fn append(connection: &Connection, place: &Place, expected: u64, drafts: &[Draft]) -> Result<u64, Error> {
    let version = version_of(connection, place)?;
    if version != expected {
        return Err(Error::Conflict { expected, version });
    }
    let (organisation, matter) = (place.organisation.as_str(), place.matter.as_str());
    let mut seen: std::collections::HashMap<&str, u64> = std::collections::HashMap::new();
    for (index, draft) in (version..).zip(drafts) {
        let Some(key) = &draft.key else { continue };
        let there = index_of(connection, place, key)?.or_else(|| seen.get(key.as_str()).copied());
        if let Some(index) = there {
            return Err(Error::Taken { key: key.clone(), index });
        }
        seen.insert(key, index);
    }
    if drafts.is_empty() {
        return Ok(version);
    }
    let put = || -> rusqlite::Result<()> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO entry (organisation, matter, place, key, bytes, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (index, draft) in (version..).zip(drafts) {
            let seal = entry_seal(place, index, draft.key.as_deref(), &leaf_hash(&draft.bytes));
            insert.execute(params![organisation, matter, index, draft.key, draft.bytes, seal.as_slice()])?;
        }
        connection
            .prepare_cached(
                "INSERT INTO matter (organisation, name, version, wake) VALUES (?1, ?2, ?3, 0)
                 ON CONFLICT (organisation, name) DO UPDATE SET version = excluded.version, wake = 0",
            )?
            .execute(params![organisation, matter, version + drafts.len() as u64])?;
        Ok(())
    };
    put().map_err(|e| failed(&e))?;
    Ok(version + drafts.len() as u64)
}

fn index_of(connection: &Connection, place: &Place, key: &str) -> Result<Option<u64>, Error> {
    connection
        .prepare_cached("SELECT place FROM entry WHERE organisation = ?1 AND matter = ?2 AND key = ?3")
        .and_then(|mut s| {
            s.query_row(params![place.organisation.as_str(), place.matter.as_str(), key], |r| r.get(0))
                .optional()
        })
        .map_err(|e| failed(&e))
}

/// A register as a row has it, and whether it is what was written.
fn register_of(organisation: &str, kind: &str, row: &Row<'_>) -> Result<(Register, bool), Error> {
    let get = |e: rusqlite::Error| failed(&e);
    let id: String = row.get(0).map_err(get)?;
    let revision: u64 = row.get(1).map_err(get)?;
    let bytes: Option<Vec<u8>> = row.get(2).map_err(get)?;
    let digest: Vec<u8> = row.get(3).map_err(get)?;
    if digest != register_digest(organisation, kind, &id, revision, bytes.as_deref()) {
        return Err(Error::Damaged {
            place: format!("the register `{kind}/{id}`"),
            problem: "its bytes are not those that were written".into(),
        });
    }
    let there = bytes.is_some();
    Ok((Register { id, revision, bytes: bytes.unwrap_or_default() }, there))
}

fn register(
    connection: &Connection,
    organisation: &str,
    kind: &str,
    id: &str,
) -> Result<Option<(Register, bool)>, Error> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id, revision, bytes, digest FROM register WHERE organisation = ?1 AND kind = ?2 AND id = ?3",
        )
        .map_err(|e| failed(&e))?;
    let mut rows = statement.query(params![organisation, kind, id]).map_err(|e| failed(&e))?;
    rows.next().map_err(|e| failed(&e))?.map(|row| register_of(organisation, kind, row)).transpose()
}

fn name<T: Kept>(text: String) -> Result<T, Error> {
    T::kept(&text).map_err(|_| Error::Damaged {
        place: "a row of the database file".into(),
        problem: format!("`{text}` is no name"),
    })
}

#[async_trait]
impl Store for Sqlite {
    fn is_shared(&self) -> bool {
        false
    }

    async fn append(&self, place: &Place, expected: u64, drafts: Vec<Draft>) -> Result<u64, Error> {
        within_limits(&drafts)?;
        let place = place.clone();
        self.write(move |connection| append(connection, &place, expected, &drafts)).await
    }

    async fn version(&self, place: &Place) -> Result<u64, Error> {
        let place = place.clone();
        self.read(move |connection| {
            // Both are looked at in one transaction, so that no append comes between them.
            let transaction = connection.unchecked_transaction().map_err(|e| failed(&e))?;
            version_of(&transaction, &place)
        })
        .await
    }

    async fn entries(&self, place: &Place, from: u64, limit: usize) -> Result<Vec<Entry>, Error> {
        let place = place.clone();
        self.read(move |connection| {
            let transaction = connection.unchecked_transaction().map_err(|e| failed(&e))?;
            let version = version_of(&transaction, &place)?;
            let mut statement = transaction
                .prepare_cached(
                    "SELECT place, key, bytes, seal FROM entry
                     WHERE organisation = ?1 AND matter = ?2 AND place >= ?3 ORDER BY place LIMIT ?4",
                )
                .map_err(|e| failed(&e))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let from = from.min(version);
            let found = params![place.organisation.as_str(), place.matter.as_str(), from, limit];
            let mut rows = statement.query(found).map_err(|e| failed(&e))?;
            let (mut out, mut bytes) = (Vec::new(), 0);
            while bytes < PAGE_BYTES_MAX
                && let Some(row) = rows.next().map_err(|e| failed(&e))?
            {
                let entry = entry_of(&place, from + out.len() as u64, row)?;
                bytes += entry.bytes.len();
                out.push(entry);
            }
            let asked = (version - from).min(limit as u64);
            if bytes < PAGE_BYTES_MAX && (out.len() as u64) < asked {
                return Err(Error::Damaged {
                    place: format!("entry {} of the matter `{}`", from + out.len() as u64, place.matter),
                    problem: "it is missing".into(),
                });
            }
            Ok(out)
        })
        .await
    }

    async fn index_of(&self, place: &Place, key: &str) -> Result<Option<u64>, Error> {
        let (place, key) = (place.clone(), key.to_string());
        self.read(move |connection| index_of(connection, &place, &key)).await
    }

    async fn matters(
        &self,
        organisation: &Organisation,
        after: Option<&MatterName>,
        limit: usize,
    ) -> Result<Vec<(MatterName, u64)>, Error> {
        let organisation = organisation.to_string();
        let after = after.map_or(AUDIT, MatterName::as_str).to_string();
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT name, version FROM matter WHERE organisation = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
                )
                .map_err(|e| failed(&e))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = statement
                .query_map(params![organisation, after, limit], |r| Ok((r.get(0)?, r.get(1)?)))
                .map_err(|e| failed(&e))?;
            let rows: Vec<(String, u64)> = rows.collect::<Result<_, _>>().map_err(|e| failed(&e))?;
            rows.into_iter().map(|(matter, version)| Ok((name(matter)?, version))).collect()
        })
        .await
    }

    async fn feed(&self, after: Position, limit: usize) -> Result<Vec<FeedItem>, Error> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT row, organisation, matter, place FROM entry WHERE row > ?1 ORDER BY row LIMIT ?2",
                )
                .map_err(|e| failed(&e))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = statement
                .query_map(params![after.row, limit], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
                .map_err(|e| failed(&e))?;
            let rows: Vec<(u64, String, String, u64)> =
                rows.collect::<Result<_, _>>().map_err(|e| failed(&e))?;
            let item = |(row, organisation, matter, index)| {
                let place = Place { organisation: name(organisation)?, matter: name(matter)? };
                // One thread writes, so rows are in the order of their transactions.
                Ok(FeedItem { position: Position { transaction: row, row }, place, index })
            };
            rows.into_iter().map(item).collect()
        })
        .await
    }

    async fn register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
    ) -> Result<Option<Register>, Error> {
        let (organisation, kind, id) = (organisation.to_string(), kind.to_string(), id.to_string());
        self.read(move |connection| {
            let found = register(connection, &organisation, &kind, &id)?;
            Ok(found.filter(|(_, there)| *there).map(|(register, _)| register))
        })
        .await
    }

    async fn registers(
        &self,
        organisation: &Organisation,
        kind: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Register>, Error> {
        let (organisation, kind) = (organisation.to_string(), kind.to_string());
        let after = after.map(str::to_string);
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT id, revision, bytes, digest FROM register
                     WHERE organisation = ?1 AND kind = ?2 AND (?3 IS NULL OR id > ?3) AND bytes IS NOT NULL
                     ORDER BY id LIMIT ?4",
                )
                .map_err(|e| failed(&e))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut rows =
                statement.query(params![organisation, kind, after, limit]).map_err(|e| failed(&e))?;
            let mut out = Vec::new();
            while let Some(row) = rows.next().map_err(|e| failed(&e))? {
                out.push(register_of(&organisation, &kind, row)?.0);
            }
            Ok(out)
        })
        .await
    }

    async fn registers_everywhere(
        &self,
        kind: &str,
        after: Option<(&Organisation, &str)>,
        limit: usize,
    ) -> Result<Vec<(Organisation, Register)>, Error> {
        let kind = kind.to_string();
        let (organisation, id) = after.map(|(o, id)| (o.to_string(), id.to_string())).unwrap_or_default();
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT id, revision, bytes, digest, organisation FROM register
                     WHERE kind = ?1 AND (organisation, id) > (?2, ?3) AND bytes IS NOT NULL
                     ORDER BY organisation, id LIMIT ?4",
                )
                .map_err(|e| failed(&e))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut rows = statement.query(params![kind, organisation, id, limit]).map_err(|e| failed(&e))?;
            let mut out = Vec::new();
            while let Some(row) = rows.next().map_err(|e| failed(&e))? {
                let organisation: String = row.get(4).map_err(|e| failed(&e))?;
                let register = register_of(&organisation, &kind, row)?.0;
                out.push((name(organisation)?, register));
            }
            Ok(out)
        })
        .await
    }

    async fn write_register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
        expected: u64,
        bytes: Option<Vec<u8>>,
    ) -> Result<u64, Error> {
        limit("a register, in bytes,", bytes.as_ref().map_or(0, Vec::len), REGISTER_BYTES_MAX)?;
        let (organisation, kind, id) = (organisation.to_string(), kind.to_string(), id.to_string());
        self.write(move |connection| {
            let found = register(connection, &organisation, &kind, &id)?;
            let last = found.as_ref().map_or(0, |(register, _)| register.revision);
            let revision = found.filter(|(_, there)| *there).map_or(0, |(register, _)| register.revision);
            if revision != expected {
                return Err(Error::Revised { kind, id, expected, revision });
            }
            let digest = register_digest(&organisation, &kind, &id, last + 1, bytes.as_deref());
            connection
                .prepare_cached(
                    "INSERT INTO register (organisation, kind, id, revision, bytes, digest)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (organisation, kind, id)
                     DO UPDATE SET revision = excluded.revision, bytes = excluded.bytes, digest = excluded.digest",
                )
                .and_then(|mut s| {
                    s.execute(params![organisation, kind, id, last + 1, bytes, digest.as_slice()])
                })
                .map_err(|e| failed(&e))?;
            Ok(last + 1)
        })
        .await
    }

    async fn keep_blob(&self, place: &Place, bytes: Vec<u8>) -> Result<Hash, Error> {
        limit("a document, in bytes,", bytes.len(), BLOB_BYTES_MAX)?;
        let place = place.clone();
        self.write(move |connection| {
            let digest: Hash = Sha256::digest(&bytes).into();
            connection
                .prepare_cached(
                    "INSERT INTO blob (organisation, matter, digest, bytes) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO NOTHING",
                )
                .and_then(|mut s| {
                    let (organisation, matter) = (place.organisation.as_str(), place.matter.as_str());
                    s.execute(params![organisation, matter, digest.as_slice(), bytes])
                })
                .map_err(|e| failed(&e))?;
            Ok(digest)
        })
        .await
    }

    async fn blob(&self, place: &Place, digest: &Hash) -> Result<Option<Vec<u8>>, Error> {
        let (place, digest) = (place.clone(), *digest);
        self.read(move |connection| {
            let found: Option<Vec<u8>> = connection
                .prepare_cached(
                    "SELECT bytes FROM blob WHERE organisation = ?1 AND matter = ?2 AND digest = ?3",
                )
                .and_then(|mut s| {
                    let (organisation, matter) = (place.organisation.as_str(), place.matter.as_str());
                    s.query_row(params![organisation, matter, digest.as_slice()], |r| r.get(0)).optional()
                })
                .map_err(|e| failed(&e))?;
            match found {
                Some(bytes) if Hash::from(Sha256::digest(&bytes)) != digest => Err(Error::Damaged {
                    place: format!("a document of the matter `{}`", place.matter),
                    problem: "its bytes are not those that were written".into(),
                }),
                found => Ok(found),
            }
        })
        .await
    }

    async fn set_wake(&self, place: &Place, version: u64, at: Option<i64>) -> Result<(), Error> {
        let place = place.clone();
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE matter SET wake = ?4 WHERE organisation = ?1 AND name = ?2 AND version = ?3",
                )
                .and_then(|mut s| {
                    s.execute(params![place.organisation.as_str(), place.matter.as_str(), version, at])
                })
                .map_err(|e| failed(&e))?;
            Ok(())
        })
        .await
    }

    async fn awake(&self, by: i64, limit: usize) -> Result<Vec<Place>, Error> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT organisation, name FROM matter WHERE wake <= ?1
                     ORDER BY wake, organisation, name LIMIT ?2",
                )
                .map_err(|e| failed(&e))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = statement
                .query_map(params![by, limit], |r| Ok((r.get(0)?, r.get(1)?)))
                .map_err(|e| failed(&e))?;
            let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>().map_err(|e| failed(&e))?;
            rows.into_iter()
                .map(|(organisation, matter)| {
                    Ok(Place { organisation: name(organisation)?, matter: name(matter)? })
                })
                .collect()
        })
        .await
    }

    async fn close(&self) {
        self.writer.close().await;
        // From now on another process may have the file.
        drop(lock(&self.shared.lock).take());
    }
}
