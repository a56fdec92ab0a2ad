//! SQLite's way to the disks: the functions that it calls, each of which hands on to a [`Disk`].

#![allow(unsafe_code, reason = "SQLite calls a file system through pointers")]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use rusqlite::ffi;

use super::disk::{Code, Handle};
use super::{Disk, Image};

/// What SQLite calls it.
pub const NAME: &str = "lying";

/// The disks by the paths of their databases.
static MOUNTED: Mutex<BTreeMap<String, Weak<Disk>>> = Mutex::new(BTreeMap::new());

/// Lets SQLite find a disk.
pub fn mount(disk: &Arc<Disk>) {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(register);
    let path = disk.path().to_str().expect("the folder has a plain name").to_string();
    MOUNTED.lock().unwrap_or_else(PoisonError::into_inner).insert(path, Arc::downgrade(disk));
}

/// Forgets a disk.
pub fn unmount(path: &Path) {
    MOUNTED.lock().unwrap_or_else(PoisonError::into_inner).remove(path.to_str().unwrap_or_default());
}

/// The disk that a file is on: that of its database.
fn mounted(name: &str) -> Option<Arc<Disk>> {
    let database = ["-wal", "-journal"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    MOUNTED.lock().unwrap_or_else(PoisonError::into_inner).get(database)?.upgrade()
}

/// Does for a file of a disk what the store does for a file of the system: writes it once more as it is, and syncs it.
pub fn renew(path: &Path) -> std::io::Result<()> {
    let name = path.to_str().unwrap_or_default();
    let disk = mounted(name).ok_or(std::io::ErrorKind::NotFound)?;
    disk.renew(&short(name)).map_err(|code| std::io::Error::other(format!("error {code}")))
}

/// The name within a disk: `db`, `db-wal` or `db-journal`.
fn short(name: &str) -> String {
    ["-wal", "-journal"]
        .iter()
        .find(|end| name.ends_with(**end))
        .map_or("db".into(), |end| format!("db{end}"))
}

/// What SQLite keeps of an open file.
#[repr(C)]
struct Opened {
    base: ffi::sqlite3_file,
    file: *mut OpenFile,
}

struct OpenFile {
    disk: Arc<Disk>,
    handle: Handle,
    /// Whether the first sync makes the names of the folder durable too, as it does for a new journal.
    folder: AtomicBool,
}

/// The file behind a pointer of SQLite.
///
/// # Safety
/// `file` is one that [`open`] opened and that is not closed.
unsafe fn opened<'a>(file: *mut ffi::sqlite3_file) -> &'a OpenFile {
    // SAFETY: `open` made an `Opened` of it with a box that lives until `close`.
    unsafe { &*(*file.cast::<Opened>()).file }
}

/// The text behind a pointer.
///
/// # Safety
/// `name` is a C string.
unsafe fn text<'a>(name: *const c_char) -> &'a str {
    // SAFETY: as the caller promises.
    unsafe { CStr::from_ptr(name) }.to_str().unwrap_or_default()
}

fn code(end: Result<(), Code>) -> c_int {
    end.err().unwrap_or(ffi::SQLITE_OK)
}

fn size(n: impl TryInto<usize>) -> usize {
    n.try_into().unwrap_or(0)
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    told: *mut c_int,
) -> c_int {
    let place = file.cast::<Opened>();
    // SAFETY: SQLite gives `szOsFile` bytes; without methods it does not close what was not opened.
    unsafe { (*place).base.pMethods = std::ptr::null() };
    let (disk, name) = if name.is_null() {
        // A temporary file belongs to no database: it gets a disk of its own, and no trouble.
        (Some(Disk::new(Path::new("temporary"), Image::new())), "db".to_string())
    } else {
        // SAFETY: SQLite gives a C string.
        let name = unsafe { text(name) };
        (mounted(name), short(name))
    };
    let Some(disk) = disk else { return ffi::SQLITE_CANTOPEN };
    match disk.open(&name, flags & ffi::SQLITE_OPEN_CREATE != 0) {
        Ok((handle, made)) => {
            let journal = flags & (ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL) != 0;
            let file = OpenFile { disk, handle, folder: AtomicBool::new(made && journal) };
            // SAFETY: as above; `told` may be null.
            unsafe {
                (*place).file = Box::into_raw(Box::new(file));
                (*place).base.pMethods = &METHODS;
                if !told.is_null() {
                    *told = flags;
                }
            }
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, lasting: c_int) -> c_int {
    // SAFETY: SQLite gives a C string.
    let name = unsafe { text(name) };
    mounted(name).map_or(ffi::SQLITE_IOERR_DELETE, |disk| code(disk.remove(&short(name), lasting != 0)))
}

unsafe extern "C" fn access(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    _: c_int,
    found: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives a C string.
    let name = unsafe { text(name) };
    match mounted(name).map_or(Err(ffi::SQLITE_IOERR_ACCESS), |disk| disk.has(&short(name))) {
        Ok(there) => {
            // SAFETY: SQLite gives a place for the answer.
            unsafe { *found = c_int::from(there) };
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn full_path(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    most: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: SQLite gives a C string.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if name.len() > size(most) {
        return ffi::SQLITE_CANTOPEN;
    }
    // SAFETY: SQLite gives `most` bytes of room.
    unsafe { std::ptr::copy_nonoverlapping(name.as_ptr().cast(), out, name.len()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut ffi::sqlite3_vfs, length: c_int, out: *mut c_char) -> c_int {
    // SAFETY: SQLite gives `length` bytes of room.
    let out = unsafe { std::slice::from_raw_parts_mut(out.cast::<u8>(), size(length)) };
    let mut dice = super::Dice::new(1);
    out.fill_with(|| dice.roll() as u8);
    length
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    std::thread::sleep(std::time::Duration::from_micros(size(microseconds) as u64));
    microseconds
}

unsafe extern "C" fn time(_: *mut ffi::sqlite3_vfs, now: *mut f64) -> c_int {
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *now = 2_460_000.5 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn last_error(_: *mut ffi::sqlite3_vfs, _: c_int, _: *mut c_char) -> c_int {
    0
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes what is open, once; `open` made the box.
    let open = unsafe {
        (*file).pMethods = std::ptr::null();
        Box::from_raw((*file.cast::<Opened>()).file)
    };
    open.disk.unlock(open.handle, ffi::SQLITE_LOCK_NONE);
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, into: *mut c_void, length: c_int, at: i64) -> c_int {
    // SAFETY: SQLite gives an open file and `length` bytes of room.
    let (open, into) =
        unsafe { (opened(file), std::slice::from_raw_parts_mut(into.cast::<u8>(), size(length))) };
    code(open.disk.read(open.handle, size(at), into))
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: i64,
) -> c_int {
    // SAFETY: SQLite gives an open file and `length` bytes.
    let (open, bytes) =
        unsafe { (opened(file), std::slice::from_raw_parts(from.cast::<u8>(), size(length))) };
    code(open.disk.write(open.handle, size(at), bytes))
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    code(open.disk.set_length(open.handle, size(length)))
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    let end = open.disk.sync(open.handle, open.folder.load(Ordering::Relaxed));
    if end.is_ok() {
        open.folder.store(false, Ordering::Relaxed);
    }
    code(end)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    match open.disk.length(open.handle) {
        Ok(length) => {
            // SAFETY: SQLite gives a place for the answer.
            unsafe { *out = length as i64 };
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    code(open.disk.lock(open.handle, level))
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    open.disk.unlock(open.handle, level);
    ffi::SQLITE_OK
}

unsafe extern "C" fn is_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: SQLite gives an open file and a place for the answer.
    unsafe {
        let open = opened(file);
        *out = c_int::from(open.disk.is_reserved(open.handle));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    512
}

unsafe extern "C" fn characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    // What SQLite takes for granted of a disk: bytes beside those that are written do not change.
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    index: c_int,
    length: c_int,
    make: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    match open.disk.region(open.handle, size(index), size(length), make != 0) {
        Ok(region) => {
            // SAFETY: SQLite gives a place for the answer. The region stays where it is until all have left.
            unsafe { *out = region.map_or(std::ptr::null_mut(), <*mut u64>::cast) };
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    let mask = ((1u32 << count) - 1) << first;
    code(open.disk.lock_shared(open.handle, mask, flags))
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    std::sync::atomic::fence(Ordering::SeqCst);
    open.disk.barrier();
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let open = unsafe { opened(file) };
    open.disk.leave_shared(open.handle);
    ffi::SQLITE_OK
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Tells SQLite of the way, for as long as the process lives.
fn register() {
    let name = CString::new(NAME).expect("the name is plain").into_raw();
    let vfs = Box::leak(Box::new(ffi::sqlite3_vfs {
        iVersion: 1,
        szOsFile: size_of::<Opened>() as c_int,
        mxPathname: 1024,
        pNext: std::ptr::null_mut(),
        zName: name,
        pAppData: std::ptr::null_mut(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_path),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(time),
        xGetLastError: Some(last_error),
        xCurrentTimeInt64: None,
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    }));
    // SAFETY: the structure and its name live for ever, and every function of it keeps to SQLite's contract.
    let end = unsafe { ffi::sqlite3_vfs_register(vfs, 0) };
    assert_eq!(end, ffi::SQLITE_OK);
}
