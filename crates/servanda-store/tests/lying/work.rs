//! What the store is asked to do on a disk, what it acknowledged, and whether that is there.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use rusqlite::{Connection, OpenFlags};
use servanda_store::{Draft, Error, Hash, Place, Sqlite, SqliteOptions, Store};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::{Dice, Disk, renew};

/// Matters that are written to.
const MATTERS: [&str; 3] = ["lease", "loan", "licence"];
/// Registers that are written.
const REGISTERS: [&str; 2] = ["ada", "bob"];

/// An append that was begun.
#[derive(Debug, Clone)]
struct Append {
    matter: usize,
    expected: u64,
    drafts: Vec<Draft>,
    /// How many changes of the disk there were when it was acknowledged.
    acknowledged: Option<usize>,
}

/// A revision of a register that was begun to be written.
#[derive(Debug, Clone)]
struct Revision {
    register: usize,
    revision: u64,
    bytes: Vec<u8>,
    acknowledged: Option<usize>,
}

/// A document that was acknowledged.
#[derive(Debug, Clone)]
struct Blob {
    matter: usize,
    digest: Hash,
    bytes: Vec<u8>,
    acknowledged: usize,
}

/// All that was asked of a store.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    appends: Vec<Append>,
    revisions: Vec<Revision>,
    blobs: Vec<Blob>,
    /// Errors that were told.
    pub errors: Vec<Error>,
}

impl Asked {
    /// How many appends were acknowledged when there had been so many changes.
    pub fn acknowledged(&self, by: usize) -> usize {
        self.appends.iter().filter(|a| a.acknowledged.is_some_and(|at| at <= by)).count()
    }

    /// The same, where nothing was heard of what was acknowledged after a time.
    pub fn until(&self, time: usize) -> Asked {
        let by_then = |at: Option<usize>| at.filter(|at| *at <= time);
        let mut then = self.clone();
        then.appends.iter_mut().for_each(|a| a.acknowledged = by_then(a.acknowledged));
        then.revisions.iter_mut().for_each(|r| r.acknowledged = by_then(r.acknowledged));
        then.blobs.retain(|b| b.acknowledged <= time);
        then
    }

    /// The same, for a disk that begins with what this one left at a cut: the acknowledged is there from the beginning.
    pub fn after(&self, cut: usize) -> Asked {
        let mut next = self.until(cut);
        let at_begin = |at: Option<usize>| at.map(|_| 0);
        next.appends.iter_mut().for_each(|a| a.acknowledged = at_begin(a.acknowledged));
        next.revisions.iter_mut().for_each(|r| r.acknowledged = at_begin(r.acknowledged));
        next.blobs.iter_mut().for_each(|b| b.acknowledged = 0);
        next.errors.clear();
        next
    }
}

/// How a store is asked.
#[derive(Debug, Clone)]
pub struct Plan {
    /// `PRAGMA synchronous`.
    pub synchronous: &'static str,
    /// Pages of the log after which they are carried to the file.
    pub checkpoint_pages: u32,
    /// How often several things are asked at once.
    pub rounds: usize,
    /// How many of ten things that are asked are to read.
    pub reads: usize,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { synchronous: "FULL", checkpoint_pages: 24, rounds: 25, reads: 1 }
    }
}

/// Opens the store of a disk.
pub fn open(disk: &Disk, plan: &Plan) -> Result<Sqlite, Error> {
    let options = SqliteOptions {
        vfs: Some(disk.vfs().into()),
        synchronous: plan.synchronous.into(),
        unsafe_for_tests: plan.synchronous != "FULL",
        checkpoint_pages: plan.checkpoint_pages,
        renew,
    };
    Sqlite::open_with(disk.path(), &options)
}

/// A runtime for one thread of asking.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

fn place(matter: usize) -> Place {
    Place { organisation: "port".parse().unwrap(), matter: MATTERS[matter].parse().unwrap() }
}

/// Notes when an answer came: after how many changes of the disk.
struct Noting {
    disk: Arc<Disk>,
    at: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

impl Noting {
    fn note(&self) {
        let now = self.disk.now();
        let _ = self.at.compare_exchange(usize::MAX, now, Ordering::SeqCst, Ordering::SeqCst);
    }
}

impl Wake for Noting {
    fn wake(self: Arc<Self>) {
        self.note();
        if let Some(waker) = self.waker.lock().unwrap().take() {
            waker.wake();
        }
    }
}

/// Waits for an answer, and notes when it came. The store's thread wakes who waits, so nothing comes between.
async fn noted<T>(disk: &Arc<Disk>, work: impl Future<Output = T>) -> (T, usize) {
    let noting =
        Arc::new(Noting { disk: disk.clone(), at: AtomicUsize::new(usize::MAX), waker: Mutex::default() });
    let waker = Waker::from(noting.clone());
    let mut work = pin!(work);
    let done = std::future::poll_fn(|context| {
        *noting.waker.lock().unwrap() = Some(context.waker().clone());
        match work.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(done) => Poll::Ready(done),
            Poll::Pending => Poll::Pending,
        }
    });
    let done = done.await;
    noting.note();
    (done, noting.at.load(Ordering::SeqCst))
}

/// One thing that is asked, with its answer.
enum Answer {
    Append(Append, Result<u64, Error>),
    Revision(Revision, Result<u64, Error>),
    Blob(usize, Vec<u8>, Result<Hash, Error>, usize),
    Read(Option<Error>),
}

/// Asks a store for things, several at once, until the power goes or all is done.
pub async fn ask(store: &Arc<Sqlite>, disk: &Arc<Disk>, plan: &Plan, asked: &mut Asked, dice: &mut Dice) {
    let mut versions = [0u64; MATTERS.len()];
    let mut revisions = [0u64; REGISTERS.len()];
    for _ in 0..plan.rounds {
        let mut waiting = JoinSet::new();
        // Most appends rest on those that were asked for just before; the others come too late.
        let mut coming = versions;
        for _ in 0..1 + dice.below(7) {
            let matter = dice.below(MATTERS.len());
            let (store, disk) = (store.clone(), disk.clone());
            match dice.below(10) {
                0 => {
                    let register = dice.below(REGISTERS.len());
                    let revision = Revision {
                        register,
                        revision: revisions[register] + 1,
                        bytes: bytes(dice, 300),
                        acknowledged: None,
                    };
                    waiting.spawn(write_register(store, disk, revision));
                }
                1 if dice.in_hundred(40) => {
                    let bytes = bytes(dice, 6_000);
                    waiting.spawn(async move {
                        let (end, at) = noted(&disk, store.keep_blob(&place(matter), bytes.clone())).await;
                        Answer::Blob(matter, bytes, end, at)
                    });
                }
                kind if kind >= 10 - plan.reads => {
                    waiting.spawn(async move {
                        Answer::Read(store.entries(&place(matter), 0, 1_000).await.err())
                    });
                }
                _ => {
                    let append =
                        Append { matter, expected: coming[matter], drafts: drafts(dice), acknowledged: None };
                    if dice.in_hundred(85) {
                        coming[matter] += append.drafts.len() as u64;
                    }
                    waiting.spawn(write_append(store, disk, append));
                }
            }
        }
        while let Some(answer) = waiting.join_next().await {
            asked.take(answer.expect("no panic"), &mut versions, &mut revisions);
        }
        if disk.is_dead() {
            return;
        }
    }
}

async fn write_append(store: Arc<Sqlite>, disk: Arc<Disk>, mut append: Append) -> Answer {
    let place = place(append.matter);
    let (end, at) = noted(&disk, store.append(&place, append.expected, append.drafts.clone())).await;
    append.acknowledged = end.is_ok().then_some(at);
    Answer::Append(append, end)
}

async fn write_register(store: Arc<Sqlite>, disk: Arc<Disk>, mut revision: Revision) -> Answer {
    let organisation = place(0).organisation;
    let (id, bytes) = (REGISTERS[revision.register], revision.bytes.clone());
    let write = store.write_register(&organisation, "user", id, revision.revision - 1, Some(bytes));
    let (end, at) = noted(&disk, write).await;
    revision.acknowledged = end.is_ok().then_some(at);
    Answer::Revision(revision, end)
}

fn bytes(dice: &mut Dice, most: usize) -> Vec<u8> {
    let length = 16 + dice.below(most);
    let mut bytes = dice.roll().to_be_bytes().to_vec();
    bytes.resize(length, dice.roll() as u8);
    bytes
}

fn drafts(dice: &mut Dice) -> Vec<Draft> {
    let most = if dice.in_hundred(15) { 5_000 } else { 200 };
    let draft = |dice: &mut Dice| {
        let key = dice.in_hundred(50).then(|| format!("key {:x}", dice.roll()));
        Draft { key, bytes: bytes(dice, most) }
    };
    (0..1 + dice.below(4)).map(|_| draft(dice)).collect()
}

impl Asked {
    fn take(&mut self, answer: Answer, versions: &mut [u64], revisions: &mut [u64]) {
        let error = match answer {
            Answer::Append(append, end) => {
                let matter = append.matter;
                self.appends.push(append);
                match end {
                    Ok(version) => {
                        versions[matter] = versions[matter].max(version);
                        None
                    }
                    Err(error) => {
                        if let Error::Conflict { version, .. } = error {
                            versions[matter] = versions[matter].max(version);
                        }
                        Some(error)
                    }
                }
            }
            Answer::Revision(revision, end) => {
                let register = revision.register;
                self.revisions.push(revision);
                match end {
                    Ok(at) => {
                        revisions[register] = revisions[register].max(at);
                        None
                    }
                    Err(error) => {
                        if let Error::Revised { revision, .. } = error {
                            revisions[register] = revisions[register].max(revision);
                        }
                        Some(error)
                    }
                }
            }
            Answer::Blob(matter, bytes, Ok(digest), acknowledged) => {
                self.blobs.push(Blob { matter, digest, bytes, acknowledged });
                None
            }
            Answer::Blob(_, _, Err(error), _) => Some(error),
            Answer::Read(error) => error,
        };
        let told = |e: &Error| !matches!(e, Error::Conflict { .. } | Error::Revised { .. });
        self.errors.extend(error.filter(told));
    }

    /// Whether everything that was acknowledged by a time is in a store, in its place and as it was; all else is whole.
    /// What is found counts as acknowledged from then on.
    ///
    /// # Errors
    /// What is lost, or wrong.
    pub async fn are_in(&mut self, store: &Sqlite, by: usize) -> Result<(), String> {
        for matter in 0..MATTERS.len() {
            self.appends_are_in(store, matter, by).await?;
        }
        for register in 0..REGISTERS.len() {
            self.register_is_in(store, register, by).await?;
        }
        for blob in self.blobs.iter().filter(|b| b.acknowledged <= by) {
            let found = store.blob(&place(blob.matter), &blob.digest).await;
            if !matches!(&found, Ok(Some(bytes)) if *bytes == blob.bytes) {
                return Err(format!("a document is lost: {:?}", found.map(|b| b.map(|b| b.len()))));
            }
        }
        Ok(())
    }

    async fn appends_are_in(&mut self, store: &Sqlite, matter: usize, by: usize) -> Result<(), String> {
        let name = MATTERS[matter];
        let version = store.version(&place(matter)).await.map_err(|e| e.to_string())?;
        let entries = store.entries(&place(matter), 0, 100_000).await.map_err(|e| e.to_string())?;
        if entries.len() as u64 != version {
            return Err(format!("{name} has {} entries and the version {version}", entries.len()));
        }
        let mut found = BTreeSet::new();
        let mut at = 0;
        while at < entries.len() {
            let begun = self.appends.iter().position(|append| {
                let there = entries[at..].iter().map(|e| (&e.key, &e.bytes));
                let length = append.drafts.len();
                append.matter == matter
                    && append.expected == at as u64
                    && there.take(length).eq(append.drafts.iter().map(|d| (&d.key, &d.bytes)))
            });
            let Some(begun) = begun else {
                return Err(format!("{name} has at {at} what is no whole append that was begun"));
            };
            found.insert(begun);
            at += self.appends[begun].drafts.len();
        }
        for (number, append) in self.appends.iter_mut().enumerate().filter(|(_, a)| a.matter == matter) {
            if found.contains(&number) {
                append.acknowledged = append.acknowledged.filter(|at| *at <= by).or(Some(by));
            } else if append.acknowledged.is_some_and(|at| at <= by) {
                let (begin, length) = (append.expected, append.drafts.len());
                return Err(format!("{name} lost {length} entries at {begin}; it has {version}"));
            }
        }
        Ok(())
    }

    async fn register_is_in(&mut self, store: &Sqlite, register: usize, by: usize) -> Result<(), String> {
        let id = REGISTERS[register];
        let found = store.register(&place(0).organisation, "user", id).await.map_err(|e| e.to_string())?;
        let revision = found.as_ref().map_or(0, |r| r.revision);
        let own = |r: &&mut Revision| r.register == register;
        let least =
            self.revisions.iter_mut().filter(own).filter(|r| r.acknowledged.is_some_and(|at| at <= by));
        let least = least.map(|r| r.revision).max().unwrap_or(0);
        if revision < least {
            return Err(format!("the register {id} is at {revision} and was acknowledged at {least}"));
        }
        let Some(found) = found else { return Ok(()) };
        let same = |r: &&mut Revision| r.revision == revision && r.bytes == found.bytes;
        match self.revisions.iter_mut().filter(own).find(same) {
            Some(begun) => {
                begun.acknowledged = begun.acknowledged.filter(|at| *at <= by).or(Some(by));
                Ok(())
            }
            None => Err(format!("the register {id} has at {revision} what nobody wrote")),
        }
    }
}

/// Whether the database is whole as SQLite sees it.
///
/// # Errors
/// What SQLite finds.
pub fn integrity(disk: &Disk) -> Result<(), String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags_and_vfs(disk.path(), flags, disk.vfs()).map_err(|e| e.to_string())?;
    let told: String =
        connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).map_err(|e| e.to_string())?;
    if told == "ok" { Ok(()) } else { Err(told) }
}

/// Whether a store takes what is asked of it.
///
/// # Errors
/// What it answers.
pub async fn goes_on(
    store: &Arc<Sqlite>,
    disk: &Arc<Disk>,
    asked: &mut Asked,
    dice: &mut Dice,
) -> Result<(), String> {
    let matter = dice.below(MATTERS.len());
    let expected = store.version(&place(matter)).await.map_err(|e| e.to_string())?;
    let append = Append { matter, expected, drafts: drafts(dice), acknowledged: None };
    let answer = write_append(store.clone(), disk.clone(), append).await;
    let error = if let Answer::Append(_, Err(error)) = &answer { Some(error.to_string()) } else { None };
    asked.take(answer, &mut [0; MATTERS.len()], &mut [0; REGISTERS.len()]);
    error.map_or(Ok(()), Err)
}
