//! What a phrase can mean.

use crate::mention::{Calendar, Qualifier};
use servanda_quantity::Number;

/// A length of time that a word stands for.
#[derive(Clone, Debug)]
pub(crate) struct TimeUnit {
    /// `year`, `month`, `week`, `day`, `hour`, `minute`, `second`.
    pub name: &'static str,
    /// How many of them.
    pub factor: Number,
    /// The word holds its number: "biennium", an Arabic dual.
    pub complete: bool,
    /// It has to follow its number directly.
    pub short: bool,
}

/// What a phrase can mean.
#[derive(Clone, Debug)]
pub(crate) enum Sense {
    Cardinal(u64),
    Scale {
        factor: Number,
        bound: bool,
    },
    /// Two of a scale.
    DualScale(Number),
    Group(u64),
    Ordinal(u64),
    /// An ordinal that means something else as well.
    WeakOrdinal(u64),
    /// It makes an ordinal of a weak one.
    Determiner,
    OrdinalEnding,
    /// An ending that may stand apart from its digits.
    EndingApart,
    ShareLink,
    ShareNoun,
    /// "only", after an amount in words.
    Closing,
    /// "तारीख", after a day's number.
    DayNoun,
    Part {
        part: Number,
        bound: bool,
    },
    /// A word for a part that means something else as well.
    WeakPart,
    /// A cardinal that is a part before a word with the article.
    DefinitePart(Number),
    Added(Number),
    And,
    Minus,
    Point,
    Over,
    Of,
    Article,
    NotNumber,
    /// A currency with its code; `None` where the name is shared and its meaning open.
    Currency(Option<String>),
    /// A code or symbol: it may be glued to the number, and stand before it.
    Symbol(Option<String>),
    /// An ISO 4217 code: it counts in capitals only.
    Code(String),
    Minor {
        part: Number,
    },
    /// So many of an ISO unit.
    Multiple {
        code: String,
        count: Number,
    },
    NotMoney,
    Percent(Number),
    Unit(TimeUnit),
    UnitBetween,
    One,
    OneAfter,
    PluralUnit,
    Rate,
    Month(Option<Calendar>, u8),
    Weekday,
    DayWord,
    BareDayWord,
    DateLink,
    YearWord,
    YearPreposition,
    Era(Era),
    Before(Qualifier),
    After(Qualifier),
    /// It qualifies amounts, no dates and lengths of time.
    AfterAmount(Qualifier),
    To,
    /// The same after a word for "between".
    ToWithin,
    Between,
    BetweenAfter,
    /// The number after it names a part of a text.
    Reference,
    Filler,
}

/// How years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    Gregorian,
    BeforeChrist,
    Other(Calendar),
}

/// What phrases that begin with a word can do: whether a quantity can begin there is asked at every word of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Roles(u8);

impl Roles {
    const COUNTS: u8 = 1;
    const LEADS: u8 = 2;
    const MEASURES: u8 = 4;
    const QUALIFIES: u8 = 8;
    const DATES: u8 = 16;
    const CLAIMS: u8 = 32;

    pub(crate) fn add(&mut self, sense: &Sense) {
        self.0 |= match sense {
            Sense::Cardinal(_)
            | Sense::Scale { .. }
            | Sense::DualScale(_)
            | Sense::DefinitePart(_)
            | Sense::Group(_)
            | Sense::Ordinal(_)
            | Sense::WeakOrdinal(_)
            | Sense::Part { .. }
            | Sense::Added(_)
            | Sense::NotNumber => Self::COUNTS,
            Sense::Month(..) => Self::COUNTS | Self::DATES,
            Sense::DayWord | Sense::Weekday | Sense::YearWord => Self::LEADS | Self::CLAIMS,
            Sense::Unit(unit) if unit.complete => Self::COUNTS,
            Sense::Unit(_) => Self::MEASURES,
            Sense::Minus
            | Sense::Article
            | Sense::One
            | Sense::Currency(_)
            | Sense::Symbol(_)
            | Sense::Code(_)
            | Sense::Percent(_)
            | Sense::Era(_) => Self::LEADS,
            Sense::Before(_) | Sense::Between | Sense::Reference => Self::QUALIFIES,
            _ => 0,
        };
    }

    /// A quantity may begin here.
    pub fn counts(self) -> bool {
        self.0 & Self::COUNTS != 0
    }

    /// A quantity may begin here if one of the next words counts or measures.
    pub fn leads(self) -> bool {
        self.0 & Self::LEADS != 0
    }

    /// A qualifier may begin here.
    pub fn qualifies(self) -> bool {
        self.0 & Self::QUALIFIES != 0
    }

    /// A month may begin here.
    pub fn dates(self) -> bool {
        self.0 & Self::DATES != 0
    }

    /// It claims a day or a year for what follows.
    pub fn claims(self) -> bool {
        self.0 & Self::CLAIMS != 0
    }

    /// It counts, or is a unit of time.
    pub fn follows(self) -> bool {
        self.0 & (Self::COUNTS | Self::MEASURES) != 0
    }
}
