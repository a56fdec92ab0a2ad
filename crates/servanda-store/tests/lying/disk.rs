//! The disk as the system shows it while it runs, its locks and shared memory, and the errors that it is told to make.

use std::collections::BTreeMap;
use std::ffi::c_int;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::ffi;

use super::replay::{Event, FileNumber, Shown, write};
use super::{Image, Replay, vfs};

/// How long a slow read takes.
const READING: Duration = Duration::from_micros(100);

/// What SQLite is answered where it is not [`ffi::SQLITE_OK`].
pub type Code = c_int;

/// What kind of error an operation meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The device does not do it.
    Device,
    /// There is no room.
    Full,
    /// Half of it is done.
    Half,
    /// A sync fails, and what it was to write is never written.
    Sync,
    /// A sync fails, and the system forgets what was to be written: from now on the old bytes are read.
    SyncForgets,
    /// A sync of the database fails, which comes when the log was carried to it.
    SyncOfDatabase,
}

impl Fault {
    /// Whether it is a sync that fails.
    pub fn is_of_sync(self) -> bool {
        matches!(self, Fault::Sync | Fault::SyncForgets | Fault::SyncOfDatabase)
    }
}

/// What goes wrong on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// The power goes at so many further changes.
    Cut(usize),
    /// Operations fail: how many, and how many that could have failed so go before them.
    Some { fault: Fault, before: usize, times: usize },
}

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Look,
    Open,
    Share,
    Measure,
    Read,
    Write,
    Shorten,
    Sync,
    SyncOfDatabase,
    Remove,
}

impl Doing {
    fn meets(self, fault: Fault) -> bool {
        match fault {
            Fault::Device => !matches!(self, Doing::Sync | Doing::SyncOfDatabase),
            Fault::Full => matches!(self, Doing::Write | Doing::Open),
            Fault::Half => matches!(self, Doing::Read | Doing::Write),
            Fault::Sync | Fault::SyncForgets => matches!(self, Doing::Sync | Doing::SyncOfDatabase),
            Fault::SyncOfDatabase => self == Doing::SyncOfDatabase,
        }
    }

    /// What SQLite is told of an error.
    fn code(self) -> Code {
        match self {
            Doing::Look => ffi::SQLITE_IOERR_ACCESS,
            Doing::Open => ffi::SQLITE_CANTOPEN,
            Doing::Share => ffi::SQLITE_IOERR_SHMMAP,
            Doing::Measure => ffi::SQLITE_IOERR_FSTAT,
            Doing::Read => ffi::SQLITE_IOERR_READ,
            Doing::Write => ffi::SQLITE_IOERR_WRITE,
            Doing::Shorten => ffi::SQLITE_IOERR_TRUNCATE,
            Doing::Sync | Doing::SyncOfDatabase => ffi::SQLITE_IOERR_FSYNC,
            Doing::Remove => ffi::SQLITE_IOERR_DELETE,
        }
    }
}

/// A file that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle {
    /// The file.
    pub file: FileNumber,
    /// No other has it.
    pub number: u64,
}

#[derive(Debug, Default)]
struct File {
    bytes: Vec<u8>,
    /// How strongly each handle has locked it, as SQLite counts.
    locks: BTreeMap<u64, c_int>,
    shared: Shared,
}

/// Memory that connections to a file share.
#[derive(Debug, Default)]
struct Shared {
    regions: Vec<Box<[AtomicU64]>>,
    /// The places that each handle has locked: with others, and alone.
    users: BTreeMap<u64, (u32, u32)>,
}

#[derive(Debug)]
struct State {
    names: BTreeMap<String, FileNumber>,
    files: Vec<File>,
    begin: Image,
    history: Vec<Event>,
    trouble: Trouble,
    dead: bool,
    /// How many changes there were when the trouble came.
    met: Option<usize>,
    slow: bool,
}

/// A disk.
#[derive(Debug)]
pub struct Disk {
    path: PathBuf,
    state: Mutex<State>,
}

impl Disk {
    /// A disk with files that are durable. SQLite finds it at the path that [`Disk::path`] says; `folder` is a folder
    /// of the system, for what does not go through SQLite.
    pub fn new(folder: &Path, begin: Image) -> Arc<Disk> {
        Disk::mounted(folder, State::new(begin, Vec::new()))
    }

    fn mounted(folder: &Path, state: State) -> Arc<Disk> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let path = folder.join(format!("{}.sqlite3", NUMBER.fetch_add(1, Ordering::Relaxed)));
        let disk = Arc::new(Disk { path, state: Mutex::new(state) });
        vfs::mount(&disk);
        disk
    }

    /// The disk for a process that begins where another was killed, after so many changes: what was written can be
    /// read, and what was not synced is still not durable.
    pub fn killed(&self, after: usize, folder: &Path) -> Arc<Disk> {
        let (begin, mut history) = self.history();
        history.truncate(after);
        Disk::mounted(folder, State::new(begin, history))
    }

    /// Where SQLite finds the database.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of SQLite's way to all such disks.
    pub fn vfs(&self) -> &'static str {
        vfs::NAME
    }

    /// Begins trouble.
    pub fn set(&self, trouble: Trouble) {
        self.state().trouble = trouble;
    }

    /// Makes all but the store's writing thread wait for what they read, so that much is written while they do.
    pub fn slow_reads(&self) {
        self.state().slow = true;
    }

    /// Takes the power away now.
    pub fn cut(&self) {
        self.state().dead = true;
    }

    /// Whether the power is away.
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// After how many changes the trouble came, if it came.
    pub fn met_trouble(&self) -> Option<usize> {
        self.state().met
    }

    /// How many changes there were.
    pub fn now(&self) -> usize {
        self.state().history.len()
    }

    /// The changes, and what there was before them.
    pub fn history(&self) -> (Image, Vec<Event>) {
        let state = self.state();
        (state.begin.clone(), state.history.clone())
    }

    /// What is there after everything that happened, synced or not.
    pub fn replay(&self) -> Replay {
        self.state().replay()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a file, and makes it where it is not there and may be made; says whether it did.
    pub fn open(&self, name: &str, make: bool) -> Result<(Handle, bool), Code> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut state = self.state();
        state.meets(Doing::Open)?;
        if let Some(&file) = state.names.get(name) {
            return Ok((Handle { file, number }, false));
        }
        if !make {
            return Err(ffi::SQLITE_CANTOPEN);
        }
        let file = state.files.len();
        let name = name.to_string();
        state.files.push(File::default());
        state.names.insert(name.clone(), file);
        state.note(Event::Made { file, name }, Doing::Open)?;
        Ok((Handle { file, number }, true))
    }

    /// Writes a file once more as it is and syncs it, if it is there; and syncs the names of all.
    pub fn renew(&self, name: &str) -> Result<(), Code> {
        if !self.has(name)? {
            let mut state = self.state();
            state.meets(Doing::Sync)?;
            return state.note(Event::SyncedNames, Doing::Sync);
        }
        let (handle, _) = self.open(name, false)?;
        let mut bytes = vec![0; self.length(handle)?];
        self.read(handle, 0, &mut bytes)?;
        self.write(handle, 0, &bytes)?;
        self.sync(handle, true)
    }

    /// Removes a file, for good where the folder is synced too.
    pub fn remove(&self, name: &str, lasting: bool) -> Result<(), Code> {
        let mut state = self.state();
        state.meets(Doing::Remove)?;
        if state.names.remove(name).is_none() {
            return Err(ffi::SQLITE_IOERR_DELETE_NOENT);
        }
        state.note(Event::Gone { name: name.to_string(), lasting }, Doing::Remove)
    }

    /// Whether there is a file of that name.
    pub fn has(&self, name: &str) -> Result<bool, Code> {
        let mut state = self.state();
        state.meets(Doing::Look)?;
        Ok(state.names.contains_key(name))
    }

    /// Reads bytes; zeros stand where the file has ended.
    pub fn read(&self, handle: Handle, at: usize, into: &mut [u8]) -> Result<(), Code> {
        if self.state().slow && std::thread::current().name() != Some("sqlite-writer") {
            std::thread::sleep(READING);
        }
        let mut state = self.state();
        let met = state.meets(Doing::Read);
        let bytes = &state.files[handle.file].bytes;
        let from = bytes.len().min(at);
        let mut there = into.len().min(bytes.len() - from);
        if let Err(fault) = met {
            there = if fault.half { there / 2 } else { 0 };
            into[..there].copy_from_slice(&bytes[from..from + there]);
            return Err(fault.code);
        }
        into[..there].copy_from_slice(&bytes[from..from + there]);
        into[there..].fill(0);
        if there < into.len() { Err(ffi::SQLITE_IOERR_SHORT_READ) } else { Ok(()) }
    }

    /// Writes bytes.
    pub fn write(&self, handle: Handle, at: usize, bytes: &[u8]) -> Result<(), Code> {
        let mut state = self.state();
        let (done, end) = match state.meets(Doing::Write) {
            Ok(()) => (bytes, Ok(())),
            Err(fault) if fault.half => (&bytes[..bytes.len() / 2], Err(fault.code)),
            Err(fault) => return Err(fault.code),
        };
        let file = handle.file;
        write(&mut state.files[file].bytes, at, done);
        state.note(Event::Write { file, at, bytes: done.into() }, Doing::Write)?;
        end
    }

    /// Gives a file a length.
    pub fn set_length(&self, handle: Handle, length: usize) -> Result<(), Code> {
        let mut state = self.state();
        state.meets(Doing::Shorten)?;
        let file = handle.file;
        state.files[file].bytes.resize(length, 0);
        state.note(Event::Length { file, length }, Doing::Shorten)
    }

    /// The length of a file.
    pub fn length(&self, handle: Handle) -> Result<usize, Code> {
        let mut state = self.state();
        state.meets(Doing::Measure)?;
        Ok(state.files[handle.file].bytes.len())
    }

    /// Makes durable what was written to a file, and the names of all where `folder`.
    pub fn sync(&self, handle: Handle, folder: bool) -> Result<(), Code> {
        let mut state = self.state();
        let file = handle.file;
        let database = state.names.get("db") == Some(&file);
        if let Err(met) = state.meets(if database { Doing::SyncOfDatabase } else { Doing::Sync }) {
            if !state.dead {
                state.history.push(Event::Lost { file, forgotten: met.forgets });
            }
            if met.forgets {
                let shown = Shown::after(&state.begin, &state.history);
                state.files[file].bytes.clone_from(&shown.files[file]);
            }
            return Err(met.code);
        }
        state.note(Event::Synced { file, folder }, Doing::Sync)
    }
}

/// An error that an operation meets.
struct Met {
    code: Code,
    half: bool,
    forgets: bool,
}

impl From<Met> for Code {
    fn from(met: Met) -> Code {
        met.code
    }
}

impl State {
    fn new(begin: Image, history: Vec<Event>) -> State {
        let Shown { names, files } = Shown::after(&begin, &history);
        let files = files.into_iter().map(|bytes| File { bytes, ..File::default() }).collect();
        State { names, files, begin, history, trouble: Trouble::None, dead: false, met: None, slow: false }
    }

    /// Whether an operation fails.
    fn meets(&mut self, doing: Doing) -> Result<(), Met> {
        let failed = |code| Met { code, half: false, forgets: false };
        if self.dead {
            return Err(failed(doing.code()));
        }
        let Trouble::Some { fault, before, times } = self.trouble else { return Ok(()) };
        if !doing.meets(fault) {
            return Ok(());
        }
        if before > 0 {
            self.trouble = Trouble::Some { fault, before: before - 1, times };
            return Ok(());
        }
        let rest = Trouble::Some { fault, before, times: times - 1 };
        self.trouble = if times > 1 { rest } else { Trouble::None };
        self.met.get_or_insert(self.history.len());
        let code = if fault == Fault::Full { ffi::SQLITE_FULL } else { doing.code() };
        Err(Met { code, half: fault == Fault::Half, forgets: fault == Fault::SyncForgets })
    }

    /// Notes a change, or the end of the power at it: then it is on its way like all that is not synced.
    fn note(&mut self, event: Event, doing: Doing) -> Result<(), Code> {
        if let Trouble::Cut(left) = &mut self.trouble {
            if *left == 0 {
                (self.dead, self.met) = (true, Some(self.history.len()));
                match event {
                    Event::Synced { .. } | Event::SyncedNames => {}
                    Event::Gone { name, .. } => self.history.push(Event::Gone { name, lasting: false }),
                    event => self.history.push(event),
                }
                return Err(doing.code());
            }
            *left -= 1;
        }
        self.history.push(event);
        Ok(())
    }

    fn replay(&self) -> Replay {
        let mut replay = Replay::new(&self.begin);
        self.history.iter().for_each(|event| replay.step(event));
        replay
    }
}

/// Locks of files, and shared memory with its own.
impl Disk {
    /// Locks a file more strongly.
    pub fn lock(&self, handle: Handle, level: c_int) -> Result<(), Code> {
        let mut state = self.state();
        let locks = &mut state.files[handle.file].locks;
        let own = locks.get(&handle.number).copied().unwrap_or(0);
        let most = locks.iter().filter(|(n, _)| **n != handle.number).map(|(_, l)| *l).max().unwrap_or(0);
        if own >= level {
            return Ok(());
        }
        let (granted, end) = match level {
            ffi::SQLITE_LOCK_SHARED if most >= ffi::SQLITE_LOCK_PENDING => (own, Err(ffi::SQLITE_BUSY)),
            ffi::SQLITE_LOCK_SHARED => (level, Ok(())),
            _ if most >= ffi::SQLITE_LOCK_RESERVED => (own, Err(ffi::SQLITE_BUSY)),
            ffi::SQLITE_LOCK_RESERVED => (level, Ok(())),
            _ if most > ffi::SQLITE_LOCK_NONE => (ffi::SQLITE_LOCK_PENDING, Err(ffi::SQLITE_BUSY)),
            _ => (level, Ok(())),
        };
        locks.insert(handle.number, granted);
        end
    }

    /// Locks a file less strongly.
    pub fn unlock(&self, handle: Handle, level: c_int) {
        let mut state = self.state();
        let locks = &mut state.files[handle.file].locks;
        if level == ffi::SQLITE_LOCK_NONE {
            locks.remove(&handle.number);
        } else {
            locks.insert(handle.number, level);
        }
    }

    /// Whether somebody is about to write a file.
    pub fn is_reserved(&self, handle: Handle) -> bool {
        self.state().files[handle.file].locks.values().any(|l| *l >= ffi::SQLITE_LOCK_RESERVED)
    }

    /// A region of shared memory, made where it may be.
    pub fn region(
        &self,
        handle: Handle,
        index: usize,
        size: usize,
        make: bool,
    ) -> Result<Option<*mut u64>, Code> {
        let mut state = self.state();
        state.meets(Doing::Share)?;
        let shared = &mut state.files[handle.file].shared;
        shared.users.entry(handle.number).or_default();
        while make && shared.regions.len() <= index {
            shared.regions.push((0..size / 8).map(|_| AtomicU64::new(0)).collect());
        }
        Ok(shared.regions.get(index).map(|region| region[0].as_ptr()))
    }

    /// Locks places of shared memory, or gives them back.
    pub fn lock_shared(&self, handle: Handle, mask: u32, flags: c_int) -> Result<(), Code> {
        let mut state = self.state();
        let users = &mut state.files[handle.file].shared.users;
        let others = users.iter().filter(|(number, _)| **number != handle.number).map(|(_, held)| *held);
        let (with, alone) = others.fold((0, 0), |all, held| (all.0 | held.0, all.1 | held.1));
        let own = users.entry(handle.number).or_default();
        if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
            *own = (own.0 & !mask, own.1 & !mask);
        } else if flags & ffi::SQLITE_SHM_SHARED != 0 {
            if alone & mask != 0 {
                return Err(ffi::SQLITE_BUSY);
            }
            own.0 |= mask;
        } else {
            if (with | alone) & mask != 0 {
                return Err(ffi::SQLITE_BUSY);
            }
            own.1 |= mask;
        }
        Ok(())
    }

    /// Needs shared memory no more. It ends with its last user.
    pub fn leave_shared(&self, handle: Handle) {
        let mut state = self.state();
        let shared = &mut state.files[handle.file].shared;
        shared.users.remove(&handle.number);
        if shared.users.is_empty() {
            shared.regions.clear();
        }
    }

    /// Waits until others see what was written to shared memory.
    pub fn barrier(&self) {
        drop(self.state());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        vfs::unmount(&self.path);
    }
}
