//! An operation of the disk fails, or several do: what was acknowledged is there afterwards, whatever comes then, and the store
//! goes on or says why not.
//!
//! Each operation of the work is tried where `SERVANDA_REQUIRE=all`, and every seventh without it.

#![allow(clippy::disallowed_methods, reason = "tests read the environment and write files")]

mod lying;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lying::work::{self, Asked, Plan};
use lying::{Dice, Disk, Fault, Image, Keep, Trouble};
use servanda_store::{Draft, Place, Sqlite, Store};
use tokio::runtime::Runtime;

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(60);

/// What came of errors.
#[derive(Debug, Default)]
struct Count {
    runs: usize,
    operations: usize,
    told: usize,
    refused: usize,
    acknowledged: usize,
    wrong: Vec<String>,
}

struct Bench<'a> {
    runtime: Runtime,
    folder: &'a Path,
    plan: Plan,
    dice: Dice,
}

impl Bench<'_> {
    /// Lets a store work while operations fail, so many of their kind after the beginning; says whether one did.
    fn run(&mut self, fault: Fault, before: usize, times: usize, count: &mut Count) -> bool {
        let disk = Disk::new(self.folder, Image::new());
        disk.slow_reads();
        disk.set(Trouble::Some { fault, before, times });
        let mut asked = Asked::default();
        let mut store = work::open(&disk, &self.plan);
        for _ in 0..times {
            if store.is_err() && disk.met_trouble().is_some() {
                store = work::open(&disk, &self.plan);
            }
        }
        let ended = match store {
            Ok(store) => self.ask(Arc::new(store), &disk, &mut asked, count),
            Err(error) => Err(format!("it is not opened: {error}")),
        };
        count.wrong.extend(ended.err().map(|e| format!("{times} {fault:?} after {before}: {e}")));
        if disk.met_trouble().is_none() {
            return false;
        }
        count.runs += 1;
        count.told += usize::from(!asked.errors.is_empty());
        count.acknowledged += asked.acknowledged(usize::MAX);
        true
    }

    fn ask(
        &mut self,
        store: Arc<Sqlite>,
        disk: &Arc<Disk>,
        asked: &mut Asked,
        count: &mut Count,
    ) -> Result<(), String> {
        let Bench { runtime, dice, plan, .. } = self;
        let asking = async {
            work::ask(&store, disk, plan, asked, dice).await;
            disk.set(Trouble::None);
            count.refused += usize::from(work::goes_on(&store, disk, asked, dice).await.is_err());
            asked.clone().are_in(&store, disk.now()).await.map_err(|e| format!("while it runs: {e}"))
        };
        let running = runtime.block_on(async { tokio::time::timeout(LONG, asking).await });
        running.map_err(|_| "it hangs")??;
        let ended = self.ends(disk, asked);
        let closing = async { tokio::time::timeout(LONG, store.close()).await };
        self.runtime.block_on(closing).map_err(|_| "it hangs when it is closed")?;
        ended?;
        self.cut(disk, Keep::Nothing, asked).map_err(|e| format!("closed, then cut: {e}"))
    }

    /// The power goes now; or the process is killed, another goes on, and then the power goes.
    fn ends(&mut self, disk: &Arc<Disk>, asked: &Asked) -> Result<(), String> {
        let any = Keep::any(&mut self.dice);
        self.cut(disk, Keep::Nothing, asked).map_err(|e| format!("cut: {e}"))?;
        self.cut(disk, any, asked).map_err(|e| format!("cut, {any:?}: {e}"))?;
        let met = disk.met_trouble().unwrap_or(disk.now());
        let killed = disk.now().min(met + self.dice.below(6));
        let disk = disk.killed(killed, self.folder);
        let mut asked = asked.until(killed);
        let store = Arc::new(work::open(&disk, &self.plan).map_err(|e| format!("killed: {e}"))?);
        let Bench { runtime, dice, plan, .. } = self;
        let held = runtime.block_on(async {
            asked.are_in(&store, disk.now()).await?;
            let plan = Plan { rounds: 3, ..plan.clone() };
            work::ask(&store, &disk, &plan, &mut asked, dice).await;
            work::goes_on(&store, &disk, &mut asked, dice).await
        });
        let ended =
            held.and_then(|()| self.cut(&disk, Keep::Nothing, &asked).map_err(|e| format!("cut: {e}")));
        self.runtime.block_on(store.close());
        ended.map_err(|e| format!("killed, then {e}"))
    }

    /// Whether all that was acknowledged is there when the power goes now.
    fn cut(&mut self, disk: &Arc<Disk>, keep: Keep, asked: &Asked) -> Result<(), String> {
        let (now, mut asked) = (disk.now(), asked.clone());
        let disk = Disk::new(self.folder, disk.replay().cut(keep, &mut self.dice));
        let store = Arc::new(work::open(&disk, &self.plan).map_err(|e| format!("it is not opened: {e}"))?);
        let held = self.runtime.block_on(async {
            asked = asked.after(now);
            asked.are_in(&store, 0).await?;
            work::goes_on(&store, &disk, &mut asked, &mut self.dice).await?;
            work::integrity(&disk)
        });
        self.runtime.block_on(store.close());
        held
    }
}

/// The log beside a file of the system is written once more before SQLite believes it.
#[test]
fn a_log_that_is_found_is_written_once_more() {
    let runtime = work::runtime();
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let names = ["servanda.sqlite3", "servanda.sqlite3-wal"];
    let place = Place { organisation: "port".parse().unwrap(), matter: "lease".parse().unwrap() };
    let store = Sqlite::open(&first.path().join(names[0])).unwrap();
    let draft = Draft { key: None, bytes: vec![7; 1 << 20] };
    runtime.block_on(store.append(&place, 0, vec![draft.clone(), draft.clone()])).unwrap();
    for name in names {
        std::fs::copy(first.path().join(name), second.path().join(name)).unwrap();
    }
    let log = second.path().join(names[1]);
    let bytes = std::fs::read(&log).unwrap();
    File::options().write(true).open(&log).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let again = Sqlite::open(&second.path().join(names[0])).unwrap();
    assert!(std::fs::metadata(&log).unwrap().modified().unwrap() > SystemTime::UNIX_EPOCH);
    assert_eq!(std::fs::read(&log).unwrap(), bytes, "as it was");
    let entries = runtime.block_on(again.entries(&place, 0, 10)).unwrap();
    assert!(entries.len() == 2 && entries.iter().all(|e| e.bytes == draft.bytes));
    runtime.block_on(async { tokio::join!(store.close(), again.close()) });
}

/// Tries a kind of error at each operation where `all` are tried, and at some of them where not.
fn tried(fault: Fault, times: usize, all: bool) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut count = Count::default();
    // There are few syncs, and fewest of the database; each is another case.
    let (stride, seeds) = match (fault, all) {
        (Fault::SyncOfDatabase, _) => (1, if all { 20 } else { 8 }),
        (Fault::Sync | Fault::SyncForgets, _) => (1, if all { 4 } else { 1 }),
        _ => (if all { 1 } else { 7 }, 1),
    };
    // Of several errors in a row the first comes where another run had one.
    let (stride, seeds) = if times > 1 { (stride * 3, 1.max(seeds / 4)) } else { (stride, seeds) };
    for seed in 0..seeds {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut plan = Plan { rounds: 11, ..Plan::default() };
        if fault == Fault::SyncOfDatabase {
            // The log is carried each time, and often only in part, as somebody reads.
            (plan.checkpoint_pages, plan.reads) = (4, 4);
        }
        let mut bench = Bench { runtime, folder: folder.path(), plan, dice: Dice::new(seed) };
        let mut before = 0;
        while bench.run(fault, before, times, &mut count) {
            before += stride;
        }
        count.operations += before;
    }
    println!(
        "{fault:?}, {times} at once: {} runs over {} operations, {} in which an error was told, {} that refuse what comes after, \
         {} acknowledged appends, {} wrong",
        count.runs,
        count.operations,
        count.told,
        count.refused,
        count.acknowledged,
        count.wrong.len()
    );
    assert!(count.runs > 0 && count.acknowledged > 0, "there was something to lose");
    count.wrong
}

#[test]
fn errors_of_the_disk_lose_nothing() {
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    let faults =
        [Fault::Device, Fault::Full, Fault::Half, Fault::Sync, Fault::SyncForgets, Fault::SyncOfDatabase];
    let mut wrong = Vec::new();
    std::thread::scope(|scope| {
        let tried = |fault| scope.spawn(move || [tried(fault, 1, required), tried(fault, 4, required)]);
        let threads: Vec<_> = faults.into_iter().map(tried).collect();
        wrong.extend(threads.into_iter().flat_map(|t| t.join().unwrap()).flatten());
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
