//! A language's folder and what the Unicode CLDR knows of a locale, as one set of rules.

use crate::UnknownLanguage;
use crate::data::{Money, Numbers, Table, Time, Words};
use crate::lexicon::{Lexicon, Sense};
use crate::mention::Calendar;
use fixed_decimal::Decimal;
use icu::calendar::{AnyCalendarKind, Date as IcuDate, Iso};
use icu::datetime::fieldsets::{M, MD, YMD};
use icu::datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu::decimal::DecimalFormatter;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use include_dir::{Dir, include_dir};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

static LANGUAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/languages");

/// The order of the parts of a date in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

/// The rules by which a text is read.
#[derive(Debug)]
pub(crate) struct Locale {
    /// The words.
    pub lexicon: Lexicon,
    /// The sign before decimals, in the digits of the locale.
    pub decimal: char,
    /// The sign between groups of digits.
    pub group: char,
    /// The order of day, month and year in digits.
    pub order: Order,
    /// The calendar in which dates in digits are meant.
    pub calendar: Option<Calendar>,
    /// The calendar that years such as 1404 mean without a word about it.
    pub old_years: Option<Calendar>,
}

impl Locale {
    /// Whether `sign` groups digits in this locale.
    pub fn groups(&self, sign: char) -> bool {
        let plain = |c: char| match c {
            '\u{66B}' => ',',
            c => c,
        };
        plain(self.group) == sign
            || (self.group == '\u{66C}' && sign == ',')
            || (self.decimal == ',' && sign == '.')
    }

    /// The rules for a BCP 47 tag, made at its first use.
    ///
    /// # Errors
    /// A tag that is none, or without a folder.
    pub fn of(tag: &str) -> Result<Arc<Locale>, UnknownLanguage> {
        static MADE: Mutex<BTreeMap<String, Arc<Locale>>> = Mutex::new(BTreeMap::new());
        let unknown = || UnknownLanguage { tag: tag.to_owned() };
        if let Some(made) = MADE.lock().ok().and_then(|made| made.get(tag).cloned()) {
            return Ok(made);
        }
        let locale: icu::locale::Locale = tag.parse().map_err(|_| unknown())?;
        let built = Arc::new(build(&locale).ok_or_else(unknown)?);
        if let Ok(mut made) = MADE.lock() {
            // Tags come from users: a bound keeps their variety from filling the memory.
            if made.len() >= 64 {
                made.clear();
            }
            made.insert(tag.to_owned(), built.clone());
        }
        Ok(built)
    }
}

/// The languages that have a folder.
pub(crate) fn languages() -> Vec<&'static str> {
    let mut all: Vec<_> = LANGUAGES.dirs().filter_map(|d| d.path().to_str()).collect();
    all.sort_unstable();
    all
}

/// The symbols that currencies share, and what they mean.
#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Shared {
    /// Symbol → region → code; the region `""` stands for all others.
    symbols: Table<Table<String>>,
    /// Other spellings of symbols and codes.
    spellings: Table<String>,
    /// Percent signs and the number of them in a whole.
    percent: Table<u32>,
}

fn file<T: serde::de::DeserializeOwned + Default>(language: &str, name: &str) -> Option<T> {
    let Some(file) = LANGUAGES.get_file(format!("{language}/{name}")) else { return Some(T::default()) };
    toml::from_str(file.contents_utf8()?).ok()
}

fn build(locale: &icu::locale::Locale) -> Option<Locale> {
    let language = locale.id.language.as_str();
    LANGUAGES.get_dir(language)?;
    let numbers: Numbers = file(language, "numbers.toml")?;
    let money: Money = file(language, "money.toml")?;
    let time: Time = file(language, "time.toml")?;
    let words: Words = file(language, "words.toml")?;
    let shared: Shared = toml::from_str(LANGUAGES.get_file("shared.toml")?.contents_utf8()?).ok()?;

    let mut lexicon = Lexicon::new();
    let region = locale.id.region.map(|r| r.to_string()).unwrap_or_default();
    lexicon.add_numbers(&numbers, &region).ok()?;
    for other in &numbers.also {
        let words: Numbers = file(other, "numbers.toml")?;
        lexicon.add_foreign(&words, file(other, "money.toml")?, &file(other, "time.toml")?).ok()?;
    }
    lexicon.add_money(&money, &region).ok()?;
    lexicon.add_time(&time).ok()?;
    lexicon.add_words(&words);
    add_currencies(&mut lexicon, locale, &shared, &money);
    lexicon.add_percents(&shared.percent).ok()?;
    add_months(&mut lexicon, locale);

    let (decimal, group) = signs(locale);
    Some(Locale {
        lexicon,
        decimal,
        group,
        order: order(locale),
        calendar: calendar(locale),
        old_years: time.old_years.as_deref().and_then(calendar_named),
    })
}

/// The decimal and grouping signs, read off a formatted number.
fn signs(locale: &icu::locale::Locale) -> (char, char) {
    let text = DecimalFormatter::try_new(locale.into(), Default::default())
        .ok()
        .zip("1234567.5".parse::<Decimal>().ok())
        .map(|(format, number)| format.format(&number).to_string())
        .unwrap_or_default();
    let marks: Vec<char> = text
        .chars()
        .filter(|c| !c.is_numeric() && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}'))
        .collect();
    match (marks.last(), marks.first()) {
        (Some(&decimal), Some(&group)) if marks.len() > 1 => (plain(decimal), plain(group)),
        (Some(&decimal), _) => (plain(decimal), ','),
        _ => ('.', ','),
    }
}

/// A sign by its plainest form, so that spaces and apostrophes compare.
fn plain(sign: char) -> char {
    match sign {
        '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        '\u{66B}' => '\u{66B}',
        c => c,
    }
}

fn order(locale: &icu::locale::Locale) -> Order {
    let mut prefs = DateTimeFormatterPreferences::from(locale);
    prefs.calendar_algorithm =
        Some(icu::locale::preferences::extensions::unicode::keywords::CalendarAlgorithm::Gregory);
    prefs.numbering_system =
        "latn".parse().ok().and_then(|v: icu::locale::extensions::unicode::Value| v.try_into().ok());
    let text = DateTimeFormatter::try_new(prefs, YMD::short())
        .ok()
        .zip(IcuDate::try_new_iso(2031, 2, 5).ok())
        .map(|(format, date)| format.format(&date).to_string())
        .unwrap_or_default();
    let at = |part: &str| text.find(part).unwrap_or(usize::MAX);
    match (at("31"), at("2"), at("5")) {
        (year, month, day) if year < month && year < day => Order::YearMonthDay,
        (_, month, day) if month < day => Order::MonthDayYear,
        _ => Order::DayMonthYear,
    }
}

/// The calendar of `-u-ca-`, where it is not the Gregorian one.
fn calendar(locale: &icu::locale::Locale) -> Option<Calendar> {
    let value =
        locale.extensions.unicode.keywords.get(&icu::locale::extensions::unicode::key!("ca"))?.to_string();
    calendar_named(&value)
}

fn calendar_named(name: &str) -> Option<Calendar> {
    match name {
        "persian" => Some(Calendar::Persian),
        value if value.starts_with("islamic") => Some(Calendar::Islamic),
        "indian" => Some(Calendar::Indian),
        _ => None,
    }
}

fn add_currencies(lexicon: &mut Lexicon, locale: &icu::locale::Locale, shared: &Shared, money: &Money) {
    use iso_currency::IntoEnumIterator;
    let region = locale.id.region.map(|r| r.to_string()).unwrap_or_default();
    let mut heads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let counts: Vec<Decimal> =
        ["0", "1", "2", "3", "11", "100"].iter().filter_map(|n| n.parse().ok()).collect();
    let mut by_symbol: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for currency in iso_currency::Currency::iter() {
        let code = currency.code();
        lexicon.add_code(code);
        let Ok(kind) = code.to_lowercase().parse::<icu::locale::extensions::unicode::Value>() else {
            continue;
        };
        let Ok(kind) = CurrencyType::try_from(kind) else { continue };
        // Amounts with decimals are in the plural even where they are one; the compact form has none.
        let mut texts = Vec::new();
        if let Ok(format) = CurrencyFormatter::try_new_name(locale.into(), kind) {
            texts.extend(counts.iter().map(|count| format.format_fixed_decimal(count).to_string()));
        }
        if let Ok(format) = CurrencyFormatter::try_new_compact_long_name(locale.into(), kind) {
            texts.extend(counts.iter().map(|count| format.format_fixed_decimal(count).to_string()));
        }
        let names: BTreeSet<String> = texts
            .iter()
            .map(|text| beside_digits(text))
            .filter(|name| name != code && !name.is_empty())
            .collect();
        for name in names {
            let head = match money.head.as_str() {
                "first" => name.split(' ').next(),
                "last" => name.rsplit(' ').next(),
                _ => None,
            };
            // Codes with X are funds, metals and units of account: their heads are common words.
            if let Some(head) = head.filter(|head| *head != name && !code.starts_with('X')) {
                heads.entry(head.to_lowercase()).or_default().insert(code.to_owned());
            }
            if !money.names.contains_key(&name) {
                lexicon.add(&name, Sense::Currency(Some(code.to_owned())));
            }
        }
        for symbol in [
            CurrencyFormatter::try_new_symbol(locale.into(), kind, Default::default())
                .map(|f| f.format_fixed_decimal(&counts[1]).to_string()),
            CurrencyFormatter::try_new_symbol_narrow(locale.into(), kind, Default::default())
                .map(|f| f.format_fixed_decimal(&counts[1]).to_string()),
        ]
        .into_iter()
        .flatten()
        {
            let symbol = beside_digits(&symbol);
            if symbol != code && !symbol.is_empty() {
                by_symbol.entry(symbol).or_default().insert(code.to_owned());
            }
        }
    }
    for (head, codes) in heads {
        if let (1, Some(code)) = (codes.len(), codes.first())
            && !money.names.contains_key(&head)
            && head.chars().count() > 2
        {
            lexicon.add(&head, Sense::Currency(Some(code.clone())));
        }
    }
    for (symbol, codes) in by_symbol {
        // Letters alone are words before they are signs: a language's own file has those that are used.
        if symbol.len() <= 2 && symbol.bytes().all(|b| b.is_ascii_alphabetic()) {
            continue;
        }
        if shared.spellings.contains_key(&symbol)
            || shared.symbols.contains_key(&symbol)
            || money.names.contains_key(&symbol)
        {
            continue;
        }
        if let (1, Some(code)) = (codes.len(), codes.first()) {
            lexicon.add(&symbol, Sense::Symbol(Some(code.clone())));
        }
    }
    for (symbol, by_region) in &shared.symbols {
        if let Some(code) = by_region.get(&region).or_else(|| by_region.get("")) {
            lexicon.add(symbol, Sense::Symbol((!code.is_empty()).then(|| code.clone())));
        }
    }
    for (spelling, code) in &shared.spellings {
        lexicon.add(spelling, Sense::Symbol(Some(code.clone())));
    }
}

/// What stands beside the digits of a formatted amount; digits of the name itself ("(1964—2022)") are no amount.
fn beside_digits(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}')).collect();
    let Some(first) = plain.find(char::is_numeric) else { return plain.trim().to_owned() };
    let amount =
        plain[first..].find(|c: char| c.is_alphabetic() || c == '(').map_or(plain.len(), |end| first + end);
    let last = plain[..amount].rfind(char::is_numeric).unwrap_or(first);
    let after = plain[last..].chars().next().map_or(last, |c| last + c.len_utf8());
    format!("{}{}", &plain[..first], &plain[after..]).trim().to_owned()
}

fn add_months(lexicon: &mut Lexicon, locale: &icu::locale::Locale) {
    use icu::locale::preferences::extensions::unicode::keywords::{
        CalendarAlgorithm, HijriCalendarAlgorithm,
    };
    let calendars = [
        (CalendarAlgorithm::Gregory, AnyCalendarKind::Gregorian, None),
        (CalendarAlgorithm::Persian, AnyCalendarKind::Persian, Some(Calendar::Persian)),
        (
            CalendarAlgorithm::Hijri(Some(HijriCalendarAlgorithm::Umalqura)),
            AnyCalendarKind::HijriUmmAlQura,
            Some(Calendar::Islamic),
        ),
        (CalendarAlgorithm::Indian, AnyCalendarKind::Indian, Some(Calendar::Indian)),
    ];
    for (algorithm, kind, calendar) in calendars {
        let mut prefs = DateTimeFormatterPreferences::from(locale);
        prefs.calendar_algorithm = Some(algorithm);
        let mut names: BTreeMap<String, BTreeSet<u8>> = BTreeMap::new();
        let any = icu::calendar::AnyCalendar::new(kind);
        let Some(start) = IcuDate::try_new_iso(2022, 1, 1).ok() else { return };
        for step in 0..45 {
            let Some(date) = plus_days(start, step * 9) else { continue };
            let month = date.to_calendar(icu::calendar::Ref(&any)).month().ordinal;
            let mut put = |text: String| {
                let name: String = text
                    .chars()
                    .filter(|c| !c.is_numeric() && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}'))
                    .collect();
                let name = name.trim().trim_end_matches(['.', ',']).trim().to_owned();
                if name.chars().count() > 1 {
                    names.entry(name).or_default().insert(month);
                }
            };
            for format in
                [DateTimeFormatter::try_new(prefs, M::long()), DateTimeFormatter::try_new(prefs, M::medium())]
                    .into_iter()
                    .flatten()
            {
                put(format.format(&date).to_string());
            }
            for format in [
                DateTimeFormatter::try_new(prefs, MD::long()),
                DateTimeFormatter::try_new(prefs, MD::medium()),
            ]
            .into_iter()
            .flatten()
            {
                put(format.format(&date).to_string());
            }
        }
        let mut table = Table::new();
        for (name, months) in names {
            if let (1, Some(&month)) = (months.len(), months.first()) {
                table.insert(name, month);
            }
        }
        lexicon.add_months(&table, calendar);
    }
}

fn plus_days(date: IcuDate<Iso>, days: i64) -> Option<IcuDate<Iso>> {
    let rata = date.to_rata_die();
    Some(IcuDate::<Iso>::from_rata_die(rata + days, Iso))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads<T: serde::de::DeserializeOwned>(path: &str) {
        let file = LANGUAGES.get_file(path).unwrap_or_else(|| panic!("languages/{path} is missing"));
        if let Err(error) = toml::from_str::<T>(file.contents_utf8().unwrap_or("not UTF-8")) {
            panic!("languages/{path}: {error}");
        }
    }

    /// A folder that cannot be read is no language at all: this tells which line is the cause.
    #[test]
    fn every_file_of_every_language_reads() {
        reads::<Shared>("shared.toml");
        for language in languages() {
            reads::<Numbers>(&format!("{language}/numbers.toml"));
            reads::<Money>(&format!("{language}/money.toml"));
            reads::<Time>(&format!("{language}/time.toml"));
            reads::<Words>(&format!("{language}/words.toml"));
            let locale: icu::locale::Locale = language.parse().expect("a folder is named by a tag");
            assert!(build(&locale).is_some(), "languages/{language}: an entry is not what its table holds");
        }
    }

    #[test]
    fn the_signs_and_the_order_are_those_of_the_cldr() {
        for (tag, decimal, group, order) in [
            ("en-US", '.', ',', Order::MonthDayYear),
            ("en-GB", '.', ',', Order::DayMonthYear),
            ("it-IT", ',', '.', Order::DayMonthYear),
            ("it-CH", '.', '\'', Order::DayMonthYear),
            ("ar-EG", '\u{66B}', '\u{66C}', Order::DayMonthYear),
            ("ar-MA", ',', '.', Order::DayMonthYear),
        ] {
            let locale = Locale::of(tag).expect("the language has a folder");
            assert_eq!((locale.decimal, locale.group, locale.order), (decimal, group, order), "{tag}");
        }
    }
}
