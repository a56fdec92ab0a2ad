//! The shape of a language's folder: four files of words.
//!
//! `numbers.toml`, `money.toml`, `time.toml` and `words.toml`; what each key means is said here and nowhere else. Every
//! word may be a phrase of several words. Spelling variants that folding unites need no entry of their own.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Words with what they stand for.
pub(crate) type Table<T> = BTreeMap<String, T>;

/// `numbers.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Numbers {
    /// Units come before tens: "three and twenty".
    pub units_first: bool,
    /// Number words are written together: "ventitremila".
    pub compound: bool,
    /// The percent sign may stand before its number: "%20".
    pub percent_first: bool,
    /// A slash between digits is the decimal sign before a scale or a percent sign: "۲/۵ درصد" (2.5 %).
    pub slash_decimal: bool,
    /// A number word and what it counts may be one word: "ده‌ساله" (of ten years).
    pub joined_units: bool,
    /// An ordinal after a cardinal is a share of it: "دو سوم" (two thirds).
    pub ordinal_shares: bool,
    /// A digit pair may follow a digit: "one twenty two" is 122.
    pub spoken_pairs: bool,
    /// Words that count, with their values.
    pub cardinals: Table<u64>,
    /// Forms of cardinals that live within compounds only: "vent" of "ventuno".
    pub bound: Table<u64>,
    /// Words that multiply what stands before them; decimal, for they may exceed 64 bits.
    pub scales: Table<Scalar>,
    /// Scales that say nothing alone: an abbreviation such as "bn".
    pub bound_scales: Table<Scalar>,
    /// Letters on digits that multiply them: "10k"; compared exactly as written.
    pub suffixes: Table<Scalar>,
    /// The same, beside an amount of money only: "$5m".
    pub money_suffixes: Table<Scalar>,
    /// Suffixes of a region: "L" for a lakh in India.
    pub regional_suffixes: Table<Table<Scalar>>,
    /// Words for two of a scale: "ألفان" = 1000.
    pub dual_scales: Table<Scalar>,
    /// Words for groups: "dozen".
    pub groups: Table<u64>,
    /// Ordinals, with their values.
    pub ordinals: Table<u64>,
    /// Endings that make an ordinal of digits: "th"; marks too.
    pub ordinal_endings: Vec<String>,
    /// Those of them that may stand apart from the digits: "वीं".
    pub ordinal_endings_apart: Vec<String>,
    /// Endings that make an ordinal of a cardinal word: "esimo", "वाँ".
    pub ordinal_suffixes: Vec<String>,
    /// Ordinals that mean something else as well ("पहले": before, "secondo": according to): they count as the whole
    /// text, as the day of a month, at the end of a larger number, and after a word of `determiners`.
    pub weak_ordinals: Table<u64>,
    /// Words that make an ordinal of a weak one: "il".
    pub determiners: Vec<String>,
    /// Words for parts: "half" = "1/2", "two-thirds" = "2/3".
    pub parts: Table<String>,
    /// Words of `parts` that are other words besides ("mezzo": half, means): without a number before them they count
    /// only before a scale or a unit.
    pub weak_parts: Vec<String>,
    /// Words for parts that need a number before them: "fifths" = "1/5".
    pub bound_parts: Table<String>,
    /// Cardinals that are parts before a word with the article, a plural of time excepted: "خمس" of "خمس الأرض".
    pub definite_parts: Table<String>,
    /// The article, where it is written on the front of a word: "ال".
    pub definite: Vec<String>,
    /// Words between a number and the ordinal that names its share: "का" of "दो का पाँचवाँ भाग" (two fifths).
    pub share_links: Vec<String>,
    /// Words for a share, after such an ordinal: "भाग".
    pub share_nouns: Vec<String>,
    /// Words for numbers that add a part to the next one: "सवा" = "1/4" of the scale, "साढ़े" = "1/2"; with a minus
    /// where they take it away: "पौने" = "-1/4".
    pub added: Table<String>,
    /// Words for the percent sign and its kin, with the number of them in a whole: "percent" = 100.
    pub percent: Table<u32>,
    /// Languages whose number words are read too, where a text in this language uses them in their own script.
    pub also: Vec<String>,
    /// Words between the parts of a number.
    pub and: Vec<String>,
    /// Words for a minus sign.
    pub minus: Vec<String>,
    /// Words for the decimal sign.
    pub point: Vec<String>,
    /// Words between a numerator and a denominator.
    pub over: Vec<String>,
    /// Words that may stand between a number and its unit.
    pub of: Vec<String>,
    /// Words for "one" that count only before a scale, a part or a unit. One that is among the cardinals as well
    /// ("एक") counts wherever a numeral has to stand: before a percent sign or a month, after a minus, in a larger
    /// number, and as the whole text. So do cardinals that mean something else as well ("वन": also a forest).
    pub articles: Vec<String>,
    /// Phrases with a number word that do not count: "no one".
    pub not_numbers: Vec<String>,
    /// Particles written on the front of a word, with "and", "of" or nothing.
    pub prefixes: Table<String>,
    /// Endings that do not change what a word counts or names.
    pub endings: Vec<String>,
}

/// A positive rational: "1000", "1/4".
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Scalar {
    /// A small one.
    Small(u64),
    /// A decimal, a fraction, or a power of ten such as "1e12".
    Text(String),
}

/// `money.toml`. The names and symbols of the Unicode CLDR are known without it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Money {
    /// Further names with their ISO 4217 codes. A name that several currencies share has the code that is meant when
    /// nothing else is said, or `""` where that cannot be known.
    pub names: Table<String>,
    /// Names that mean the currency of a region there: name → region → code.
    pub regional_names: Table<Table<String>>,
    /// Units that are so many of an ISO unit: "تومان" = "IRR 10".
    pub multiples: Table<String>,
    /// Which word of a currency's name may stand for it where no other currency has that word: `first` or `last`.
    pub head: String,
    /// Codes that may be written in small letters.
    pub small_codes: Vec<String>,
    /// Hundredths and thousandths: name = "1/100". Alone they count themselves, without a unit.
    pub minor: Table<String>,
    /// Words that close an amount in words, so that its currency may stand before it: "Rupees Five Thousand *Only*".
    pub closing: Vec<String>,
    /// Words that count money in a scale of their own: "lakh rupees" needs none, "grand" = 1000.
    pub not_money: Vec<String>,
}

/// `time.toml`. The names of months and weekdays of the Unicode CLDR are known without it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Time {
    /// Units of time: name = "year", "month", "week", "day", "hour", "minute", "second", or with a factor, as in
    /// "10 year" for a decade; "=2 year" for a word that holds its number.
    pub units: Table<String>,
    /// Units that a number has to precede directly: "h".
    pub short_units: Table<String>,
    /// Words between the number and the unit: "business" of "business days".
    pub between: Vec<String>,
    /// A number after an hour counts minutes: "1 hour thirty".
    pub spoken_minutes: bool,
    /// Words that make a span of a unit without a number: "an", "a whole".
    pub one: Vec<String>,
    /// Words that make it one after the unit: "كامل" of "شهر كامل".
    pub one_after: Vec<String>,
    /// The language has no article for one: a unit by itself is one of it as the whole text, and before "and a half".
    pub bare_units: bool,
    /// Units in the plural, which a number has to count.
    pub plural_units: Vec<String>,
    /// Words before a unit that make it a rate, no duration: "per", "every".
    pub rates: Vec<String>,
    /// Gregorian months.
    pub months: Table<u8>,
    /// Months of the Persian calendar.
    pub persian_months: Table<u8>,
    /// Months of the Islamic calendar.
    pub islamic_months: Table<u8>,
    /// Months of the Indian national calendar.
    pub indian_months: Table<u8>,
    /// Days of the week, Monday = 1.
    pub weekdays: Table<u8>,
    /// Words before a day's number: "the".
    pub day_words: Vec<String>,
    /// Words after a day's number: "तारीख".
    pub day_nouns: Vec<String>,
    /// Words before a bare day of an open month: "on the".
    pub bare_day_words: Vec<String>,
    /// Words between the parts of a date.
    pub date_links: Vec<String>,
    /// Words before a year: "year", "anno".
    pub year_words: Vec<String>,
    /// Words before a year that claim it only where it looks like one: "in", "since". A bare year of the calendar of
    /// `old_years` needs one of them.
    pub year_prepositions: Vec<String>,
    /// The calendar that years from 1250 to 1499 mean: `persian` or `islamic`.
    pub old_years: Option<String>,
    /// Eras after or before a year: "gregorian", "bce", "persian", "islamic", "indian".
    pub eras: Table<String>,
}

/// `words.toml`: qualifiers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Words {
    /// Before the number: "about".
    pub about: Vec<String>,
    /// After it: "or so".
    pub about_after: Vec<String>,
    /// "at least".
    pub at_least: Vec<String>,
    /// "or more".
    pub at_least_after: Vec<String>,
    /// "more than".
    pub more_than: Vec<String>,
    /// "and over".
    pub more_than_after: Vec<String>,
    /// "up to".
    pub at_most: Vec<String>,
    /// "at most".
    pub at_most_after: Vec<String>,
    /// The same after an amount only: "तक" says of a date until when, and of a length of time how long.
    pub amount_at_most_after: Vec<String>,
    /// "a further".
    pub additional: Vec<String>,
    /// "more", after it.
    pub additional_after: Vec<String>,
    /// Between the ends of a range: "to".
    pub to: Vec<String>,
    /// The same after a word of `between` only: "ل" of "من عشرة لعشرين".
    pub to_within: Vec<String>,
    /// Before a range: "between".
    pub between: Vec<String>,
    /// After a range whose ends "and" joins: "के बीच".
    pub between_after: Vec<String>,
    /// Words before the number of a part of a text, which counts nothing: "section".
    pub references: Vec<String>,
    /// Words that may stand between a qualifier and its number.
    pub filler: Vec<String>,
}
