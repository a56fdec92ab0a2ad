//! Finds the amounts, percentages, numbers, years, dates, durations and ordinals that a text mentions, in any of
//! the languages of the folder `languages`.
//!
//! Text in, [`Mention`]s out. All that is particular to a language is data: one folder a language.

mod around;
mod data;
mod date;
mod duration;
mod fold;
mod lexicon;
mod literal;
mod locale;
mod mention;
mod money;
mod name;
mod number;
mod percent;
mod reader;
mod scan;
mod token;

pub use mention::{Calendar, Date, Kind, Mention, Qualifier, Value};

/// The mentions of `text`, in order of place, read by the rules of the locale `tag` (BCP 47; `-u-ca-` and
/// `-u-nu-` are obeyed).
///
/// # Errors
/// A tag that is not BCP 47, or a language without a folder.
pub fn scan(text: &str, tag: &str) -> Result<Vec<Mention>, UnknownLanguage> {
    Ok(scan::scan(text, &*locale::Locale::of(tag)?))
}

/// The languages that have a folder, by their primary subtag, sorted.
pub fn languages() -> Vec<&'static str> {
    locale::languages()
}

/// There is no folder for this language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage {
    /// The tag that was asked for.
    pub tag: String,
}
