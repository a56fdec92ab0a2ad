//! Decisions for other programs: requests of the OpenID AuthZEN Authorization API 1.0 → answers of one agreement.
//!
//! Takes the JSON of a request and gives that of a response; HTTP is somebody else's business. `docs/authzen.md` says how a request
//! becomes a question. Read [`Decider`] first.
//!
//! # Source
//! OpenID AuthZEN Authorization API 1.0.

mod act;
mod decide;
mod directory;
mod entity;
mod page;

pub use decide::{Decider, EVALUATIONS_MAX};
pub use directory::Directory;
pub use page::PAGE_MAX;

/// A request that is none: status 400, with this message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRequest(pub String);

/// Which entity is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Who may?
    Subject,
    /// Where may we?
    Resource,
    /// What may we?
    Action,
}
