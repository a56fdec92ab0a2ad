//! The versions of an agreement and how far each has come.

use servanda_quantity::Day;

use crate::{Style, Tongue};

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
    pub(crate) fn message(self) -> &'static str {
        match self {
            VersionState::Reported => "version-reported",
            VersionState::Proposed => "version-proposed",
            VersionState::NonBinding => "version-non-binding",
            VersionState::Signed => "version-signed",
            VersionState::Conditional => "version-conditional",
            VersionState::InForce => "version-in-force",
            VersionState::Superseded => "version-superseded",
            VersionState::Lapsed => "version-lapsed",
            VersionState::NotYet => "version-not-yet",
        }
    }

    /// The English words for it.
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
    /// From when it binds, in words of the reader's language.
    pub effective: String,
    /// How it stands.
    pub state: VersionState,
    /// Its title.
    pub title: String,
}

/// The table of versions.
pub fn versions(tongue: &Tongue, rows: &[VersionRow], style: Style) -> String {
    let mut table = tongue.table(&[
        "column-version",
        "column-builds-on",
        "column-signed",
        "column-binds-from",
        "column-status",
        "column-title",
    ]);
    for row in rows {
        table.row(vec![
            tongue.name(&row.name),
            row.base.as_ref().map(|b| tongue.name(b)).unwrap_or_default(),
            row.signed.map(|d| tongue.day(d)).unwrap_or_default(),
            row.effective.clone(),
            tongue.say(row.state.message(), &[]),
            tongue.name(&row.title),
        ]);
    }
    table.text(style, 0)
}
