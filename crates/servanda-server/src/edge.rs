//! Time and randomness: what comes in from outside besides requests.

use std::sync::Mutex;

use jiff::Timestamp;

use crate::fault::Fault;

/// Where the server takes the time and random bytes from.
pub trait Edge: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
    /// Bytes that nobody can guess.
    ///
    /// # Errors
    /// The system has none.
    fn random(&self, bytes: &mut [u8]) -> std::io::Result<()>;
}

/// The bytes of a secret.
const SECRET_BYTES: usize = 32;
/// The bytes of an id.
const ID_BYTES: usize = 9;

/// An id in hexadecimal digits, and a secret that nobody can guess.
///
/// # Errors
/// `internal`: the system has no random bytes.
pub(crate) fn fresh_secret(edge: &dyn Edge) -> Result<(String, [u8; SECRET_BYTES]), Fault> {
    let (mut id, mut secret) = ([0; ID_BYTES], [0; SECRET_BYTES]);
    fill(edge, &mut id)?;
    fill(edge, &mut secret)?;
    Ok((id.iter().map(|b| format!("{b:02x}")).collect(), secret))
}

/// Fills bytes so that nobody can guess them.
///
/// # Errors
/// `internal`: the system has no random bytes.
pub(crate) fn fill(edge: &dyn Edge, bytes: &mut [u8]) -> Result<(), Fault> {
    edge.random(bytes).map_err(|e| Fault::internal(&format!("no random bytes: {e}")))
}

/// A clock that stands until it is moved, and bytes that count up: for tests.
#[derive(Debug)]
pub struct Still {
    now: Mutex<Timestamp>,
    counter: Mutex<u64>,
}

impl Still {
    /// A clock that shows a moment.
    pub fn at(now: Timestamp) -> Still {
        Still { now: Mutex::new(now), counter: Mutex::new(0) }
    }

    /// Moves the clock, forwards or backwards.
    pub fn set(&self, now: Timestamp) {
        *self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Edge for Still {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn random(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        let mut counter = self.counter.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *counter += 1;
        for (byte, value) in bytes.iter_mut().zip(counter.to_be_bytes().into_iter().rev().cycle()) {
            *byte = value;
        }
        Ok(())
    }
}
