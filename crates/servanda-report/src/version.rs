//! The versions of an agreement and how far each has come.

use servanda_quantity::Day;

use crate::{Style, Table};

/// How a version stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionState {
    /// Somebody reports it.
    Reported,
    /// Somebody proposes it.
    Proposed,
    /// Signed without meaning to be bound.
    NonBinding,
    /// Signed; its day has not come.
    Signed,
    /// Signed; it waits for its condition.
    Conditional,
    /// It governs.
    InForce,
    /// It governed, and a later one does now.
    Superseded,
    /// Its condition was not met in time.
    Lapsed,
    /// On that day there is nothing of it yet.
    NotYet,
}

impl VersionState {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            VersionState::Reported => "reported",
            VersionState::Proposed => "proposed",
            VersionState::NonBinding => "non-binding",
            VersionState::Signed => "signed",
            VersionState::Conditional => "conditional",
            VersionState::InForce => "in force",
            VersionState::Superseded => "superseded",
            VersionState::Lapsed => "lapsed",
            VersionState::NotYet => "not yet",
        }
    }
}

/// A row of the table of versions.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// Its name.
    pub name: String,
    /// What it builds on.
    pub base: Option<String>,
    /// When it was signed.
    pub signed: Option<Day>,
    /// From when it binds, in words.
    pub effective: String,
    /// How it stands.
    pub state: VersionState,
    /// Its title.
    pub title: String,
}

/// The table of versions.
pub fn versions(rows: &[VersionRow], style: Style) -> String {
    let mut table = Table::new(&["version", "builds on", "signed", "binds from", "status", "title"]);
    for row in rows {
        table.row(vec![
            row.name.clone(),
            row.base.clone().unwrap_or_default(),
            row.signed.map(|d| d.to_string()).unwrap_or_default(),
            row.effective.clone(),
            row.state.word().to_string(),
            row.title.clone(),
        ]);
    }
    table.text(style, 0)
}
