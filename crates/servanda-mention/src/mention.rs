//! What was found.

use servanda_quantity::{Number, Rounding};
use std::ops::Range;

/// A quantity that a text mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its place, in Unicode scalar values of the text, end exclusive: the number with its scale and unit, without
    /// the qualifier.
    pub place: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub value: Value,
    /// An ISO 4217 code (money), `percent`, `year`, `month`, `week`, `day`, `hour`, `minute` or `second`.
    pub unit: Option<String>,
    /// The calendar in which the text gives a year or a date, where it is not the Gregorian one.
    pub calendar: Option<Calendar>,
    /// What the words around it make of it.
    pub qualifier: Option<Qualifier>,
}

/// The kinds of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An amount in a currency.
    Money,
    /// A percentage.
    Percent,
    /// A bare number or a count.
    Number,
    /// A year of a calendar.
    Year,
    /// A day, or a month of a year.
    Date,
    /// A length of time.
    Duration,
    /// A place in an order.
    Ordinal,
}

impl Kind {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Money => "money",
            Kind::Percent => "percent",
            Kind::Number => "number",
            Kind::Year => "year",
            Kind::Date => "date",
            Kind::Duration => "duration",
            Kind::Ordinal => "ordinal",
        }
    }
}

/// What a mention says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An exact decimal; a year's Gregorian number.
    Number(Number),
    /// A day or a month in the Gregorian calendar, parts of it possibly open.
    Date(Date),
}

impl Value {
    /// The value in JSON: an exact decimal where there is one, else rounded to 15 significant digits; a date in
    /// ISO 8601.
    pub fn decimal(&self) -> String {
        match self {
            Value::Date(date) => date.to_string(),
            Value::Number(number) if number.is_decimal() => number.to_string(),
            Value::Number(number) => rounded(number).unwrap_or_else(|| number.to_string()),
        }
    }
}

fn rounded(number: &Number) -> Option<String> {
    let size = if number.is_negative() { Number::zero().sub(number).ok()? } else { number.clone() };
    let (ten, one) = (Number::from(10), Number::from(1));
    // The place of the first digit, then fourteen more.
    let mut step = one.clone();
    while size >= step.mul(&ten).ok()? {
        step = step.mul(&ten).ok()?;
    }
    while size < step {
        step = step.div(&ten).ok()?;
    }
    for _ in 0..14 {
        step = step.div(&ten).ok()?;
    }
    Some(number.round_to(&step, Rounding::Nearest).ok()?.to_string())
}

/// A Gregorian date of which parts may be open: written `2025-10-28`, `XXXX-08-02`, `2025-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, where the text gives one.
    pub year: Option<i32>,
    /// The month, 1 to 12, where the text gives one.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31, where the text gives one.
    pub day: Option<u8>,
}

/// Calendars other than the Gregorian one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// The Solar Hijri calendar of Iran.
    Persian,
    /// The lunar Hijri calendar, in the Umm al-Qura reckoning.
    Islamic,
    /// The Indian national calendar (Saka era).
    Indian,
}

impl Calendar {
    /// Its name in CLDR (`-u-ca-`).
    pub fn word(self) -> &'static str {
        match self {
            Calendar::Persian => "persian",
            Calendar::Islamic => "islamic-umalqura",
            Calendar::Indian => "indian",
        }
    }
}

/// What the words around a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// Near it.
    About,
    /// It or more.
    AtLeast,
    /// More than it.
    MoreThan,
    /// It or less.
    AtMost,
    /// On top of what was there.
    Additional,
}

impl Qualifier {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Qualifier::About => "about",
            Qualifier::AtLeast => "at-least",
            Qualifier::MoreThan => "more-than",
            Qualifier::AtMost => "at-most",
            Qualifier::Additional => "additional",
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        match (self.month, self.day) {
            (None, None) => Ok(()),
            (Some(month), None) => write!(f, "-{month:02}"),
            (None, Some(day)) => write!(f, "-XX-{day:02}"),
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
        }
    }
}
