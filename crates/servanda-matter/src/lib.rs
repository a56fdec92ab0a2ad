//! One live agreement: its entries folded, its questions answered, its receipts.
//!
//! Takes the bytes of entries in their order and the moment at which something is asked; gives answers, and the bytes of
//! entries that may be appended. `docs/living.md` explains the words. Read [`Matter`] first. It knows no store, no
//! clock and no network.

mod entry;
mod fault;
mod live;
mod matter;
mod receipt;
mod watch;

pub use entry::{Body, DocumentBody, Entry, TIME_PLACES};
pub use fault::{Fault, Problem};
pub use live::{Answering, Live, Standing};
pub use matter::{Admitted, Bringer, Document, Drafting, Folding, Matter, Prepared, TextVersion};
pub use receipt::{Receipt, receipt_answer};
pub use watch::{DAYS_MAX, Look, Watched};
