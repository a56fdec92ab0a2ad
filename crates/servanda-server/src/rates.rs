//! How often somebody may ask.

use std::num::NonZeroU32;

use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::fault::Fault;

/// Attempts to log in as one user within a minute.
const LOG_INS_A_MINUTE: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
/// Names above which those that have been quiet are forgotten.
const NAMES_MAX: usize = 10_000;

type Limiter = RateLimiter<String, HashMapStateStore<String>, DefaultClock>;

/// Who has asked how often.
pub struct Rates {
    requests: Option<Limiter>,
    log_ins: Limiter,
}

impl Rates {
    /// So many requests of an organisation in a second, as many at once; any number where there is none.
    pub fn new(requests_a_second: Option<NonZeroU32>) -> Rates {
        Rates {
            requests: requests_a_second.map(|n| RateLimiter::hashmap(Quota::per_second(n))),
            log_ins: RateLimiter::hashmap(Quota::per_minute(LOG_INS_A_MINUTE)),
        }
    }

    /// Counts a request of an organisation.
    ///
    /// # Errors
    /// `too-many-requests`
    pub fn request(&self, organisation: &str) -> Result<(), Fault> {
        match &self.requests {
            Some(limiter) => check(limiter, organisation.to_string()),
            None => Ok(()),
        }
    }

    /// Counts an attempt to log in as a user, whether there is one or not.
    ///
    /// # Errors
    /// `too-many-requests`
    pub fn log_in(&self, organisation: &str, user: &str) -> Result<(), Fault> {
        let name = |text: &str| text.chars().take(64).collect::<String>();
        check(&self.log_ins, format!("{}/{}", name(organisation), name(user)))
    }
}

fn check(limiter: &Limiter, key: String) -> Result<(), Fault> {
    if limiter.len() > NAMES_MAX {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|_| {
        Fault::new("too-many-requests", "this was asked too often; wait a moment, and try again")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_measure_of_their_own() {
        let rates = Rates::new(NonZeroU32::new(2));
        let asked = |who: &str| (0..3).map(|_| rates.request(who).is_ok()).collect::<Vec<_>>();
        assert_eq!(asked("a"), [true, true, false]);
        assert_eq!(asked("b"), [true, true, false]);
        assert!((0..1_000).all(|_| Rates::new(None).request("a").is_ok()));
        let tries = (0..12).filter(|_| rates.log_in("main", "ada").is_ok()).count();
        assert_eq!(tries, 10);
        assert!(rates.log_in("main", "bea").is_ok());
    }
}
