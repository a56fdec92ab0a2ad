//! Numbers that look random, and how often something is tried.

#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::disallowed_methods, reason = "the environment says how often")]

/// Numbers that look random, the same for a seed.
pub struct Draw(pub u64);

impl Draw {
    /// A number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        // Knuth's constants (MMIX); the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Whether nothing may be left out.
pub fn all_required() -> bool {
    std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all")
}

/// How many rounds: what `SERVANDA_ROUNDS` says, else one of these.
pub fn rounds(usual: u64, all: u64) -> u64 {
    let set = std::env::var("SERVANDA_ROUNDS").ok().and_then(|n| n.parse().ok());
    set.unwrap_or(if all_required() { all } else { usual })
}
