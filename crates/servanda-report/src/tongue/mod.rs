//! The words of a report in the reader's language: message + variables → text.
//!
//! Each folder of `messages` is a language; nothing here knows which there are. Numbers, days and lists are
//! formatted by the CLDR data of `icu`. `docs/localisation.md` says what is translated and what is not.

pub(crate) mod bidi;
mod folder;
mod formats;
mod phrase;
mod words;

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use icu::locale::Locale;
use icu::plurals::PluralCategory;
use servanda_quantity::{Day, Figure, Number, Qualifier, Unit};

use crate::Table;
use crate::figure::scaled;
use formats::Formats;

/// Longest tag of a locale, in bytes.
const TAG_BYTES_MAX: usize = 64;

type Bundle = FluentBundle<FluentResource>;

/// A locale without messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no messages for the locale `{tag}`; there are {}", .available.join(", "))]
pub struct UnknownLocale {
    /// What was asked for, shortened where it is longer than any tag.
    pub tag: String,
    /// The languages that there are.
    pub available: Vec<&'static str>,
}

/// A language with its messages and its way to write numbers, days and lists.
pub struct Tongue {
    folder: &'static str,
    messages: Bundle,
    /// What is said where a message is missing; `None` where the language is English.
    english: Option<Bundle>,
    formats: Formats,
    right_to_left: bool,
    /// English as programs and people know it from the language itself: days in ISO 8601, numbers in formulas
    /// without groups. Any wish for digits or a calendar ends it.
    plain: bool,
}

impl fmt::Debug for Tongue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tongue").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// What stands in a message.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Words; isolated from the text around them where their direction may differ from it.
    Text(Cow<'a, str>),
    /// How many; chooses the plural form.
    Count(u64),
    /// A number; chooses the plural form.
    Number(&'a Number),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Arg<'a> {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Arg<'a> {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(count as u64)
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Arg::Count(count)
    }
}

impl<'a> From<&'a Number> for Arg<'a> {
    fn from(number: &'a Number) -> Arg<'a> {
        Arg::Number(number)
    }
}

impl Tongue {
    /// The language of a BCP 47 tag; `-u-ca-` and `-u-nu-` are obeyed. Without them: the Gregorian calendar, and the
    /// digits that the language's folder names.
    ///
    /// # Errors
    /// There is no folder of messages for the tag, or it is none.
    pub fn new(tag: &str) -> Result<Tongue, UnknownLocale> {
        let unknown = || UnknownLocale {
            tag: tag.chars().take(TAG_BYTES_MAX).filter(|c| !c.is_control()).collect(),
            available: folder::all(),
        };
        if tag.len() > TAG_BYTES_MAX {
            return Err(unknown());
        }
        let locale: Locale = tag.parse().map_err(|_| unknown())?;
        let folder = folder::of(&locale.id).ok_or_else(unknown)?;
        Ok(Tongue::of(folder, locale))
    }

    /// English.
    pub fn english() -> Tongue {
        Tongue::of(folder::ENGLISH, Locale::UNKNOWN)
    }

    fn of(folder: &'static str, mut locale: Locale) -> Tongue {
        let wishes = ["ca", "nu"].map(|key| formats::wish(&locale, key));
        let is_english = folder == folder::ENGLISH;
        if is_english && locale.id.region.is_none() {
            // Our English is British: "A, B and C".
            locale = formats::with_wishes("en-GB", &wishes);
        }
        let right_to_left = folder::setting(folder, "language-direction") == "right-to-left";
        let digits = folder::setting(folder, "language-digits");
        let bundle = |name| folder::bundle(name, right_to_left);
        Tongue {
            folder,
            messages: bundle(folder),
            english: (!is_english).then(|| bundle(folder::ENGLISH)),
            formats: Formats::new(locale, &digits),
            right_to_left,
            plain: is_english && wishes.iter().all(Option::is_none),
        }
    }

    /// The languages that there are, as tags.
    pub fn available() -> Vec<&'static str> {
        folder::all()
    }

    /// The tag of the language, for `lang` attributes.
    pub fn tag(&self) -> &'static str {
        self.folder
    }

    /// Whether the language is English.
    pub(crate) fn is_english(&self) -> bool {
        self.folder == folder::ENGLISH
    }

    /// Whether the language is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// A message; in English where the language lacks it, and its own name where English lacks it as well.
    pub fn say(&self, message: &str, with: &[(&str, Arg<'_>)]) -> String {
        self.try_say(message, with).unwrap_or_else(|| message.to_string())
    }

    /// A message, where there is one.
    pub(crate) fn try_say(&self, message: &str, with: &[(&str, Arg<'_>)]) -> Option<String> {
        let mut args = FluentArgs::with_capacity(with.len());
        for (name, arg) in with {
            args.set(*name, self.value(arg));
        }
        let speak = |bundle: &Bundle| {
            let pattern = bundle.get_message(message)?.value()?;
            // A variable that is missing is written as its name; that is better than no text.
            Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
        };
        speak(&self.messages).or_else(|| self.english.as_ref().and_then(speak))
    }

    fn value<'v>(&self, arg: &'v Arg<'_>) -> FluentValue<'v> {
        match arg {
            Arg::Text(text) => {
                let text = bidi::seal(text);
                // In right-to-left messages Fluent isolates every value itself.
                if !self.right_to_left && bidi::has_open_right_to_left(&text) {
                    return FluentValue::String(Cow::Owned(bidi::isolate(&text)));
                }
                FluentValue::String(text)
            }
            Arg::Count(count) => {
                let text = count.to_string();
                number(self.formats.form(&text), self.formats.number(&text, !self.plain))
            }
            Arg::Number(n) => number(self.formats.form(&n.to_string()), self.number(n)),
        }
    }

    /// A name or other text that the agreement wrote, inside isolates where its direction may differ.
    pub fn name(&self, name: &str) -> String {
        let name = bidi::seal(name);
        if self.right_to_left || bidi::has_open_right_to_left(&name) {
            bidi::isolate(&name)
        } else {
            name.into_owned()
        }
    }

    /// A day: ISO 8601 in English, with the name of its month elsewhere.
    pub fn day(&self, day: Day) -> String {
        if self.plain { day.to_string() } else { self.formats.day(day) }
    }

    /// A year of the Gregorian calendar in the digits of the locale.
    pub fn year(&self, year: i16) -> String {
        self.formats.number(&year.to_string(), false)
    }

    /// A number in the digits and groups of the locale. It stays exact: without a finite decimal it is a fraction.
    pub fn number(&self, number: &Number) -> String {
        let text = number.to_string();
        match text.split_once('/') {
            None => self.formats.number(&text, true),
            Some((over, under)) => {
                format!("{}/{}", self.formats.number(over, false), self.formats.number(under, false))
            }
        }
    }

    /// A figure with its unit and qualifier: `about USD 135 billion`, `27 percent`, `1/3`.
    pub fn figure(&self, figure: &Figure) -> String {
        let number = &figure.number;
        let currency = |code: &str| self.say("currency", &[("code", code.into()), ("number", number.into())]);
        let text = match &figure.unit {
            Unit::One => self.number(number),
            Unit::Percent => self.say("figure-percent", &[("number", number.into())]),
            Unit::Named(unit) => {
                self.say("figure-named", &[("number", number.into()), ("unit", unit.into())])
            }
            Unit::Money(code) => match scaled(number) {
                Some((scale, short)) => {
                    let currency = self.say("currency-scaled", &[("code", code.into())]);
                    let with = [("number", Arg::Number(&short)), ("currency", currency.into())];
                    self.say(&format!("figure-money-{scale}"), &with)
                }
                None => {
                    let with = [("number", Arg::Number(number)), ("currency", currency(code).into())];
                    self.say("figure-money", &with)
                }
            },
            Unit::MoneyPer(code, unit) => self.say(
                "figure-money-per",
                &[("number", number.into()), ("currency", currency(code).into()), ("unit", unit.into())],
            ),
        };
        match figure.qualifier {
            Qualifier::Exact => text,
            Qualifier::About => self.say("figure-about", &[("figure", text.into())]),
            Qualifier::AtLeast => self.say("figure-at-least", &[("figure", text.into())]),
            Qualifier::AtMost => self.say("figure-at-most", &[("figure", text.into())]),
        }
    }

    /// Several texts, all of them: `A, B and C`.
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        self.formats.all(&self.names(items))
    }

    /// Several texts, any of them: `A or B`.
    pub(crate) fn one_of(&self, items: &[impl AsRef<str>]) -> String {
        let items = self.names(items);
        if self.plain { items.join(" or ") } else { self.formats.any(&items) }
    }

    /// Several texts, any of them, with commas between all but the last two: `A, B or C`.
    pub(crate) fn any_of(&self, items: &[impl AsRef<str>]) -> String {
        self.formats.any(&self.names(items))
    }

    /// Several names of equal standing, as English separates them by commas alone.
    pub(crate) fn commas(&self, items: &[impl AsRef<str>]) -> String {
        self.names(items).join(&self.say("comma", &[]))
    }

    /// A table whose heading says these messages.
    pub fn table(&self, columns: &[&str]) -> Table {
        let heading: Vec<String> = columns.iter().map(|c| self.say(c, &[])).collect();
        let mut table = Table::new(&heading);
        table.isolating = self.right_to_left;
        table
    }

    /// The names apart from each other; one alone is apart already where it stands.
    fn names(&self, items: &[impl AsRef<str>]) -> Vec<String> {
        match items {
            [one] if self.right_to_left => vec![bidi::seal(one.as_ref()).into_owned()],
            _ => items.iter().map(|i| self.name(i.as_ref())).collect(),
        }
    }

    /// What begins a line of a drawing. Drawings stay on the left in every language, where a terminal puts them.
    pub(crate) fn left(&self) -> &'static str {
        if self.right_to_left { bidi::LEFT_TO_RIGHT_MARK } else { "" }
    }

    /// Words in a drawing, in the direction of the language whatever stands around them and in them.
    pub(crate) fn drawn(&self, words: &str) -> String {
        if self.right_to_left && !words.is_empty() { bidi::right_to_left(words) } else { words.to_string() }
    }
}

/// A number for Fluent: one that stands for its plural form, with the digits that are shown.
///
/// Fluent's own plural rules are older than the CLDR of `icu`, so the form is chosen here, and every bundle counts as
/// Arabic does, which has all six forms.
fn number(form: PluralCategory, shown: String) -> FluentValue<'static> {
    let example = match form {
        PluralCategory::Zero => 0,
        PluralCategory::One => 1,
        PluralCategory::Two => 2,
        PluralCategory::Few => 3,
        PluralCategory::Many => 11,
        PluralCategory::Other => 100,
    };
    // What is shown travels in an option that nothing else uses; see `shown`.
    let options = FluentNumberOptions { currency: Some(shown), ..Default::default() };
    FluentValue::Number(FluentNumber { options, ..FluentNumber::from(example) })
}

/// How Fluent writes a number: as it was formatted when it was made.
fn shown(value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => number.options.currency.clone(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
