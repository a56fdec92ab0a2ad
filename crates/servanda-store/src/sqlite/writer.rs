//! The one thread that writes: everything that waits goes into one transaction, which is synced once.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

use super::{Shared, SqliteOptions, failed, keep_log, lock};
use crate::Error;

/// Most writes that share a transaction.
const BATCH_MAX: usize = 256;

/// A write that waits.
pub trait Write: Send {
    /// Does its part in a transaction, and says whether that part stands.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Tells whoever asked how the transaction ended, once that is certain.
    fn told(self: Box<Self>, end: Result<(), Error>);
}

/// What comes through the queue.
pub enum Job {
    /// A write.
    Write(Box<dyn Write>),
    /// Nothing more comes.
    Close(oneshot::Sender<()>),
}

struct Asked<W, T> {
    work: Option<W>,
    done: Option<Result<T, Error>>,
    reply: oneshot::Sender<Result<T, Error>>,
}

impl<W, T> Write for Asked<W, T>
where
    W: FnOnce(&Connection) -> Result<T, Error> + Send,
    T: Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        self.done = self.work.take().map(|work| work(connection));
        matches!(self.done, Some(Ok(_)))
    }

    fn told(self: Box<Self>, end: Result<(), Error>) {
        // What failed by itself is told as it is, what was lost with the whole as that. Whoever asked may be gone.
        let _ = self.reply.send(match (self.done, end) {
            (Some(Err(own)), _) => Err(own),
            (Some(Ok(done)), Ok(())) => Ok(done),
            (_, Err(error)) => Err(error),
            (None, Ok(())) => Err(Error::Unavailable("the write was not begun".into())),
        });
    }
}

impl Job {
    /// A write whose result is told by `reply` when it is durable.
    pub fn of<T: Send + 'static>(
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
        reply: oneshot::Sender<Result<T, Error>>,
    ) -> Job {
        Job::Write(Box::new(Asked { work: Some(work), done: None, reply }))
    }
}

/// The way to the thread.
#[derive(Debug)]
pub struct Writer {
    sender: Mutex<Sender<Job>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(connection: Connection, shared: Arc<Shared>) -> Result<Writer, Error> {
        let (sender, receiver) = channel();
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || work(connection, &shared, &receiver))
            .map_err(|e| Error::Unavailable(e.to_string()))?;
        Ok(Writer { sender: Mutex::new(sender) })
    }

    /// Lets a job wait for its turn.
    pub fn send(&self, job: Job) -> Result<(), Error> {
        lock(&self.sender).send(job).map_err(|_| Error::Unavailable("the store is closed".into()))
    }

    /// Waits until everything before is done; nothing comes after.
    pub async fn close(&self) {
        let (reply, done) = oneshot::channel();
        if self.send(Job::Close(reply)).is_ok() {
            let _ = done.await;
        }
    }
}

/// A connection that writes.
pub fn connect(path: &Path, options: &SqliteOptions) -> Result<Connection, Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match &options.vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs.as_str()),
        None => Connection::open_with_flags(path, flags),
    }
    .map_err(|e| failed(&e))?;
    keep_log(&connection)?;
    let mode = log_ahead(&connection).map_err(|e| failed(&e))?;
    if mode != "wal" {
        return Err(Error::Unsafe(format!(
            "`{}` cannot have a write-ahead log (its journal is `{mode}`); put it on a local disk",
            path.display()
        )));
    }
    let set = format!(
        "PRAGMA synchronous = {}; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;
         PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 0;",
        options.synchronous
    );
    connection.execute_batch(&set).map_err(|e| failed(&e))?;
    Ok(connection)
}

/// Asks for a write-ahead log, and says what journal there is. SQLite answers first, and writes the change then: so the
/// answer counts only when all is done.
fn log_ahead(connection: &Connection) -> rusqlite::Result<String> {
    let mut ask = connection.prepare("PRAGMA journal_mode = WAL")?;
    let (mut rows, mut mode) = (ask.query([])?, String::new());
    while let Some(row) = rows.next()? {
        mode = row.get(0)?;
    }
    Ok(mode)
}

fn work(connection: Connection, shared: &Shared, jobs: &Receiver<Job>) {
    let mut open = Some(connection);
    let mut closing = Vec::new();
    while closing.is_empty()
        && let Ok(first) = jobs.recv()
    {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX
            && let Ok(job) = jobs.try_recv()
        {
            batch.push(job);
        }
        let mut writes = Vec::new();
        for job in batch {
            match job {
                Job::Write(write) if closing.is_empty() => writes.push(write),
                Job::Write(write) => drop(write),
                Job::Close(reply) => closing.push(reply),
            }
        }
        if !writes.is_empty() {
            open = write(open, writes, shared);
        }
    }
    shared.disconnect(open);
    for reply in closing {
        let _ = reply.send(());
    }
}

/// Does writes and tells how they ended. Gives back the connection for the next.
///
/// After an error a connection is not asked again: what it believes may not be on the disk.
fn write(open: Option<Connection>, mut writes: Vec<Box<dyn Write>>, shared: &Shared) -> Option<Connection> {
    let (end, open) = match open.map_or_else(|| shared.connect(None), Ok) {
        Ok(connection) => match commit(&connection, &mut writes) {
            Ok(()) => (Ok(()), Some(connection)),
            // Who is told of the error and looks finds what stays.
            Err(error) => (Err(error), shared.connect(Some(connection)).ok()),
        },
        Err(error) => (Err(error), None),
    };
    for write in writes {
        write.told(end.clone());
    }
    match open {
        Some(connection) if checkpoint(&connection, shared.options.checkpoint_pages).is_err() => {
            shared.connect(Some(connection)).ok()
        }
        open => open,
    }
}

/// Does the writes in one transaction, each whole or not at all.
fn commit(connection: &Connection, writes: &mut [Box<dyn Write>]) -> Result<(), Error> {
    let execute = |sql: &str| connection.execute_batch(sql).map_err(|e| failed(&e));
    execute("BEGIN IMMEDIATE")?;
    for write in writes {
        execute("SAVEPOINT one")?;
        let stands = write.run(connection);
        // Some errors end the whole transaction: nothing of it is left then.
        if connection.is_autocommit() {
            return Err(Error::Unavailable("the database took the whole write back; try again".into()));
        }
        execute(if stands { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" })?;
    }
    execute("COMMIT")
}

/// Carries the log to the file where it is long. SQLite would do so by itself, and say nothing of an error: then a part that
/// was carried while somebody read could be lost, and the log with it.
fn checkpoint(connection: &Connection, pages: u32) -> rusqlite::Result<()> {
    let log: i64 = connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |r| r.get(1))?;
    if log < i64::from(pages) { Ok(()) } else { connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)") }
}
