//! Numbers, days and lists as the CLDR has them for a locale.

use icu::calendar::{Date, Iso};
use icu::datetime::DateTimeFormatter;
use icu::datetime::fieldsets::YMD;
use icu::decimal::input::Decimal;
use icu::decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu::decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu::list::{ListFormatter, ListFormatterPreferences};
use icu::locale::Locale;
use icu::locale::extensions::unicode::{Key, Value};
use icu::plurals::{PluralCategory, PluralRules};
use servanda_quantity::Day;

/// The formatters of one locale. Where the data has none, what they format stays as programs write it.
pub(super) struct Formats {
    grouped: Option<DecimalFormatter>,
    bare: Option<DecimalFormatter>,
    forms: Option<PluralRules>,
    days: Option<DateTimeFormatter<YMD>>,
    and: Option<ListFormatter>,
    or: Option<ListFormatter>,
}

/// What a tag wishes for a key of its `-u-` part.
pub(super) fn wish(locale: &Locale, key: &str) -> Option<(Key, Value)> {
    let key: Key = key.parse().ok()?;
    Some((key, locale.extensions.unicode.keywords.get(&key)?.clone()))
}

/// A locale with the wishes of another.
pub(super) fn with_wishes(tag: &str, wishes: &[Option<(Key, Value)>]) -> Locale {
    let mut locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
    for (key, value) in wishes.iter().flatten() {
        locale.extensions.unicode.keywords.set(*key, value.clone());
    }
    locale
}

impl Formats {
    /// The formatters of a locale; `digits` and the Gregorian calendar where the tag wishes for no others. The
    /// CLDR's own defaults differ from country to country, and a contract's dates do not.
    pub fn new(mut locale: Locale, digits: &str) -> Formats {
        for (key, value) in [("ca", "gregory"), ("nu", digits)] {
            if wish(&locale, key).is_none()
                && let (Ok(key), Ok(value)) = (key.parse::<Key>(), value.parse::<Value>())
            {
                locale.extensions.unicode.keywords.set(key, value);
            }
        }
        let decimals = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(DecimalFormatterPreferences::from(&locale), options).ok()
        };
        let lists = || ListFormatterPreferences::from(&locale);
        Formats {
            grouped: decimals(GroupingStrategy::Auto),
            bare: decimals(GroupingStrategy::Never),
            forms: PluralRules::try_new_cardinal((&locale).into()).ok(),
            days: DateTimeFormatter::try_new((&locale).into(), YMD::long()).ok(),
            and: ListFormatter::try_new_and(lists(), Default::default()).ok(),
            or: ListFormatter::try_new_or(lists(), Default::default()).ok(),
        }
    }

    /// A decimal such as `-1234.5`.
    pub fn number(&self, decimal: &str, grouped: bool) -> String {
        let formatter = if grouped { &self.grouped } else { &self.bare };
        match (formatter, Decimal::try_from_str(decimal)) {
            (Some(formatter), Ok(number)) => formatter.format(&number).to_string(),
            _ => decimal.to_string(),
        }
    }

    /// The plural form that goes with a decimal. A fraction such as `1/3` takes the general one.
    pub fn form(&self, decimal: &str) -> PluralCategory {
        match (&self.forms, Decimal::try_from_str(decimal)) {
            (Some(rules), Ok(number)) => rules.category_for(&number),
            _ => PluralCategory::Other,
        }
    }

    /// A day with the name of its month.
    pub fn day(&self, day: Day) -> String {
        let date = day.date();
        let iso = Date::<Iso>::try_new_iso(date.year().into(), date.month() as u8, date.day() as u8);
        match (&self.days, iso) {
            (Some(formatter), Ok(date)) => formatter.format(&date).to_string(),
            _ => day.to_string(),
        }
    }

    /// `A, B and C`
    pub fn all(&self, items: &[String]) -> String {
        list(&self.and, items)
    }

    /// `A, B or C`
    pub fn any(&self, items: &[String]) -> String {
        list(&self.or, items)
    }
}

fn list(formatter: &Option<ListFormatter>, items: &[String]) -> String {
    match formatter {
        Some(formatter) => formatter.format(items.iter()).to_string(),
        None => items.join(", "),
    }
}
