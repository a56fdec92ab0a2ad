//! The one thread that writes: everything that waits goes into one transaction, which is synced once.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

use super::{SqliteOptions, failed};
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
    vfs: Option<String>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(connection: Connection, path: PathBuf, options: SqliteOptions) -> Result<Writer, Error> {
        let (sender, receiver) = channel();
        let vfs = options.vfs.clone();
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || work(Some(connection), &path, &options, &receiver))
            .map_err(|e| Error::Unavailable(e.to_string()))?;
        Ok(Writer { sender: Mutex::new(sender), vfs })
    }

    /// The virtual file system that is used.
    pub fn vfs(&self) -> Option<&str> {
        self.vfs.as_deref()
    }

    /// Lets a job wait for its turn.
    pub fn send(&self, job: Job) -> Result<(), Error> {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        sender.send(job).map_err(|_| Error::Unavailable("the store is closed".into()))
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
    let mode: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0)).map_err(|e| failed(&e))?;
    if mode != "wal" {
        return Err(Error::Unsafe(format!(
            "`{}` cannot have a write-ahead log (its journal is `{mode}`); put it on a local disk",
            path.display()
        )));
    }
    let set = format!(
        "PRAGMA synchronous = {}; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;
         PRAGMA busy_timeout = 5000;",
        options.synchronous
    );
    connection.execute_batch(&set).map_err(|e| failed(&e))?;
    Ok(connection)
}

fn work(mut open: Option<Connection>, path: &Path, options: &SqliteOptions, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX
            && let Ok(job) = jobs.try_recv()
        {
            batch.push(job);
        }
        let mut closing = Vec::new();
        let mut writes = Vec::new();
        for job in batch {
            match job {
                Job::Write(write) if closing.is_empty() => writes.push(write),
                Job::Write(write) => drop(write),
                Job::Close(reply) => closing.push(reply),
            }
        }
        if !writes.is_empty() {
            // After a failed write the connection is not asked again: what it believes may not be on the disk.
            let connection = match open.take() {
                Some(connection) => Ok(connection),
                None => connect(path, options),
            };
            open = match connection {
                Ok(connection) => commit(connection, writes),
                Err(error) => {
                    for write in writes {
                        write.told(Err(error.clone()));
                    }
                    None
                }
            };
        }
        if !closing.is_empty() {
            drop(open.take());
            for reply in closing {
                let _ = reply.send(());
            }
            return;
        }
    }
}

/// Does the writes in one transaction, each whole or not at all, and tells how they ended. Gives the connection back if it
/// can be used on.
fn commit(connection: Connection, mut writes: Vec<Box<dyn Write>>) -> Option<Connection> {
    let mut run = || -> Result<(), Error> {
        let execute = |sql: &str| connection.execute_batch(sql).map_err(|e| failed(&e));
        execute("BEGIN IMMEDIATE")?;
        for write in &mut writes {
            execute("SAVEPOINT one")?;
            let stands = write.run(&connection);
            // Some errors end the whole transaction: nothing of it is left then.
            if connection.is_autocommit() {
                return Err(Error::Unavailable("the database took the whole write back; try again".into()));
            }
            execute(if stands { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" })?;
        }
        execute("COMMIT")
    };
    let end = run();
    let usable = end.is_ok();
    if !usable {
        let _ = connection.execute_batch("ROLLBACK");
    }
    let kept = usable.then_some(connection);
    for write in writes {
        write.told(end.clone());
    }
    kept
}
