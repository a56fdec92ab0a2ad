//! The power fails at any change of the disk: what was acknowledged is there afterwards, and nothing is there in part.
//!
//! `SERVANDA_ROUNDS` sets how many cuts are tried; without it 500, and 20,000 where `SERVANDA_REQUIRE=all`.

#![allow(clippy::disallowed_methods, reason = "tests read the environment")]

mod lying;

use std::ops::AddAssign;
use std::path::Path;
use std::sync::Arc;

use lying::work::{self, Asked, Plan};
use lying::{Dice, Disk, Image, Keep, Replay, Trouble};
use servanda_store::Store;
use tokio::runtime::Runtime;

/// Cuts that are made in the history of one run.
const CUTS: usize = 50;
/// Runs of which each part of the work begins with these dice.
const SEED: u64 = 20_261_125;

fn rounds() -> usize {
    let set = std::env::var("SERVANDA_ROUNDS").ok().and_then(|n| n.parse().ok());
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    set.unwrap_or(if required { 20_000 } else { 500 })
}

/// What came of cuts.
#[derive(Debug, Default)]
struct Count {
    cuts: usize,
    in_opening: usize,
    in_checkpoints: usize,
    twice: usize,
    acknowledged: usize,
    lost: Vec<String>,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.cuts += other.cuts;
        self.in_opening += other.in_opening;
        self.in_checkpoints += other.in_checkpoints;
        self.twice += other.twice;
        self.acknowledged += other.acknowledged;
        self.lost.extend(other.lost);
    }
}

/// Where a thread of the test works.
struct Bench<'a> {
    runtime: Runtime,
    folder: &'a Path,
    dice: Dice,
}

impl Bench<'_> {
    /// Lets a store work on a new disk until the power goes, and cuts the power at many points of what happened.
    fn run(&mut self, plan: &Plan, cuts: usize) -> Count {
        let disk = Disk::new(self.folder, Image::new());
        if self.dice.in_hundred(25) {
            disk.slow_reads();
        }
        let (least, most) = if self.dice.in_hundred(10) { (0, 40) } else { (200, 900) };
        disk.set(Trouble::Cut(least + self.dice.below(most - least)));
        let mut asked = Asked::default();
        let opened = self.work(&disk, plan, &mut asked);
        let (begin, history) = disk.history();
        let mut points: Vec<usize> = (1..cuts).map(|_| self.dice.below(history.len() + 1)).collect();
        points.push(history.len());
        points.sort_unstable();
        let mut replay = Replay::new(&begin);
        let (mut count, mut done) = (Count::default(), 0);
        for point in points {
            history[done..point].iter().for_each(|event| replay.step(event));
            done = point;
            count.in_opening += usize::from(point <= opened);
            count.in_checkpoints += usize::from(point > opened && replay.waits("db"));
            count.acknowledged += asked.acknowledged(point);
            count.cuts += 1;
            let keep = Keep::any(&mut self.dice);
            let image = replay.cut(keep, &mut self.dice);
            let again = self.dice.in_hundred(10);
            count.twice += usize::from(again);
            if let Err(lost) = self.holds(image, asked.after(point), plan, again) {
                count.lost.push(format!("after {point} of {} changes, {keep:?}: {lost}", history.len()));
            }
        }
        count
    }

    /// Opens a store and asks; says after how many changes it was open.
    fn work(&mut self, disk: &Arc<Disk>, plan: &Plan, asked: &mut Asked) -> usize {
        let Ok(store) = work::open(disk, plan) else { return usize::MAX };
        let (store, opened) = (Arc::new(store), disk.now());
        self.runtime.block_on(async {
            work::ask(&store, disk, plan, asked, &mut self.dice).await;
            disk.cut();
            store.close().await;
        });
        opened
    }

    /// Whether all that was asked and acknowledged is in what a cut left, and whether a store goes on with it; where
    /// `again`, through a second cut meanwhile.
    fn holds(&mut self, image: Image, mut asked: Asked, plan: &Plan, again: bool) -> Result<(), String> {
        let disk = Disk::new(self.folder, image);
        if again {
            disk.set(Trouble::Cut(self.dice.below(60)));
            self.work(&disk, &Plan { rounds: 6, ..plan.clone() }, &mut asked);
            let keep = Keep::any(&mut self.dice);
            let (now, image) = (disk.now(), disk.replay().cut(keep, &mut self.dice));
            let ended = self.holds(image, asked.after(now), plan, false);
            return ended.map_err(|e| format!("after a second cut: {e}"));
        }
        let store = Arc::new(work::open(&disk, plan).map_err(|e| format!("it is not opened: {e}"))?);
        let held = self.runtime.block_on(async {
            asked.are_in(&store, 0).await?;
            work::goes_on(&store, &disk, &mut asked, &mut self.dice).await?;
            asked.are_in(&store, usize::MAX).await?;
            work::integrity(&disk)
        });
        self.runtime.block_on(store.close());
        held
    }
}

/// Cuts the power so often, by two threads.
fn cut(cuts: usize, plan: &Plan) -> Count {
    let folder = tempfile::tempdir().unwrap();
    let runs = cuts.div_ceil(CUTS);
    let part = |first: usize| {
        let mut count = Count::default();
        for run in (first..runs).step_by(2) {
            let dice = Dice::new(SEED + run as u64);
            let mut bench = Bench { runtime: work::runtime(), folder: folder.path(), dice };
            let checkpoint_pages = [6, 24, 80][bench.dice.below(3)];
            let lost = count.lost.len();
            count += bench.run(&Plan { checkpoint_pages, ..plan.clone() }, CUTS.min(cuts - run * CUTS));
            count.lost[lost..].iter_mut().for_each(|l| *l = format!("seed {}: {l}", SEED + run as u64));
        }
        count
    };
    let mut count = Count::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|first| scope.spawn(move || part(first))).collect();
        threads.into_iter().for_each(|thread| count += thread.join().unwrap());
    });
    println!(
        "synchronous = {}, seeds from {SEED}: {} cuts ({} in the first opening, {} in checkpoints, {} twice), {} acknowledged \
         appends looked for, {} losses",
        plan.synchronous,
        count.cuts,
        count.in_opening,
        count.in_checkpoints,
        count.twice,
        count.acknowledged,
        count.lost.len()
    );
    count
}

#[test]
fn nothing_that_was_acknowledged_is_lost() {
    let count = cut(rounds(), &Plan::default());
    assert!(count.lost.is_empty(), "{}", count.lost.join("\n"));
    assert!(count.acknowledged > count.cuts, "there was something to lose");
    assert!(count.in_opening > 0 && count.in_checkpoints > 0 && count.twice > 0, "cuts came everywhere");
}

#[test]
fn a_store_that_does_not_sync_loses_something() {
    for synchronous in ["NORMAL", "OFF"] {
        let count = cut(500, &Plan { synchronous, ..Plan::default() });
        assert!(!count.lost.is_empty(), "a loss would be found");
    }
}
