//! A file system in memory that keeps what was synced and may lose all else, for SQLite to stand on.
//!
//! A [`Disk`] notes every change in a history. What a power cut leaves can be made from any part of it: what was
//! synced is there; of what was not, some is kept, some is lost, and some is torn between sectors. A disk can also
//! fail one operation, or all from one on.

#![allow(dead_code, unused_imports, reason = "each test file uses some of it")]

mod disk;
mod replay;
mod vfs;
pub mod work;

pub use disk::{Disk, Fault, Trouble};
pub use replay::{Image, Keep, Replay};
pub use vfs::renew;

/// Numbers by chance, the same for the same seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    /// Whether something happens that does so `percent` times in a hundred.
    pub fn in_hundred(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
