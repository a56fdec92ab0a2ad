//! Agreements over HTTP: matters, questions, decisions, evidence.
//!
//! Takes a [`Store`](servanda_store::Store), a clock and a key; gives a [`router`]. `docs/living.md` explains what is kept and promised.
//! Read [`desk`] first: it is where matters are worked on. Files, sockets and processes are the command's business.

mod accounts;
mod app;
mod audit;
pub mod desk;
pub mod edge;
mod fault;
mod listen;
mod oidc;
pub mod outside;
mod principal;
mod rates;
mod routes;
mod transfer;
mod watch;
mod webhooks;

pub use accounts::{Accounts, Allowance, Credentials, Grant, Kind};
pub use app::{Access, App, Settings};
pub use axum::Router;
pub use fault::Fault;
pub use listen::listen;
pub use oidc::{Identity, OidcSettings};
pub use principal::{Parties, Principal, Role};
pub use routes::{BODY_BYTES_MAX, openapi, router};
pub use transfer::{export, import};
pub use watch::{watch, watch_once};
pub use webhooks::{signature, tell, tell_once};
