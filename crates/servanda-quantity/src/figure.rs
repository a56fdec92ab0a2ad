//! Figures: a number with its unit and how sure the source is of it.

use std::cmp::Ordering;
use std::fmt;

use crate::number::{Number, NumberError, Rounding};

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A pure number, unit `1`.
    One,
    /// Hundredths.
    Percent,
    /// An amount in a currency, by its ISO 4217 code.
    Money(String),
    /// A unit that the agreement declares, such as `tonne`.
    Named(String),
    /// An amount of a currency for each of a named unit, such as `EUR per tonne`.
    MoneyPer(String, String),
}

impl fmt::Display for Unit {
    /// As answers write it: `1`, `percent`, a currency code, a unit's name, `EUR/tonne`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::One => f.write_str("1"),
            Unit::Percent => f.write_str("percent"),
            Unit::Money(code) | Unit::Named(code) => f.write_str(code),
            Unit::MoneyPer(code, unit) => write!(f, "{code}/{unit}"),
        }
    }
}

/// How a source qualifies a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// Stated without reserve.
    Exact,
    /// Stated as approximate ("about").
    About,
    /// Stated as a lower bound ("at least", "more than").
    AtLeast,
    /// Stated as an upper bound ("at most").
    AtMost,
}

impl Qualifier {
    /// The qualifier of a sum or product of two figures: `About` wins, opposite bounds give `About`.
    pub fn join(self, other: Qualifier) -> Qualifier {
        use Qualifier::*;
        match (self, other) {
            (Exact, q) | (q, Exact) => q,
            (a, b) if a == b => a,
            _ => About,
        }
    }

    /// The qualifier of the negated or divided-by figure: bounds change sides.
    pub fn flip(self) -> Qualifier {
        match self {
            Qualifier::AtLeast => Qualifier::AtMost,
            Qualifier::AtMost => Qualifier::AtLeast,
            q => q,
        }
    }
}

/// A number with its unit and qualifier: `about USD 135 billion`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The exact number, in the unit itself: dollars, not millions; 27 for 27 percent.
    pub number: Number,
    /// What it counts.
    pub unit: Unit,
    /// How sure the source is.
    pub qualifier: Qualifier,
}

/// Why an operation on figures has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArithmeticError {
    /// The units cannot be combined this way.
    #[error("cannot {verb} {left} and {right}")]
    Units {
        /// `add`, `subtract`, `multiply`, `divide`, `compare`, `round`.
        verb: &'static str,
        /// Unit of the left side.
        left: Unit,
        /// Unit of the right side.
        right: Unit,
    },
    /// The number has no result.
    #[error(transparent)]
    Number(#[from] NumberError),
}

impl Figure {
    /// An exact figure.
    pub fn exact(number: Number, unit: Unit) -> Figure {
        Figure { number, unit, qualifier: Qualifier::Exact }
    }

    fn units(verb: &'static str, a: &Figure, b: &Figure) -> ArithmeticError {
        ArithmeticError::Units { verb, left: a.unit.clone(), right: b.unit.clone() }
    }

    /// The unit of `left × right`, or `None` where the product has no meaning.
    pub fn product_unit(left: &Unit, right: &Unit) -> Option<Unit> {
        use Unit::*;
        Some(match (left, right) {
            (One, u) | (u, One) => u.clone(),
            (Percent, u) | (u, Percent) => u.clone(),
            (MoneyPer(c, u), Named(v)) | (Named(v), MoneyPer(c, u)) if u == v => Money(c.clone()),
            _ => return None,
        })
    }

    /// The unit of `left ÷ right`, or `None` where the quotient has no meaning.
    pub fn quotient_unit(left: &Unit, right: &Unit) -> Option<Unit> {
        use Unit::*;
        Some(match (left, right) {
            (u, One) => u.clone(),
            (a, b) if a == b => One,
            (u, Percent) => u.clone(),
            (Money(c), Named(u)) => MoneyPer(c.clone(), u.clone()),
            (Money(c), MoneyPer(d, u)) if c == d => Named(u.clone()),
            _ => return None,
        })
    }

    /// The sum of two figures of one unit.
    pub fn add(&self, other: &Figure) -> Result<Figure, ArithmeticError> {
        if self.unit != other.unit {
            return Err(Self::units("add", self, other));
        }
        Ok(Figure {
            number: self.number.add(&other.number)?,
            unit: self.unit.clone(),
            qualifier: self.qualifier.join(other.qualifier),
        })
    }

    /// The difference of two figures of one unit.
    pub fn sub(&self, other: &Figure) -> Result<Figure, ArithmeticError> {
        if self.unit != other.unit {
            return Err(Self::units("subtract", self, other));
        }
        Ok(Figure {
            number: self.number.sub(&other.number)?,
            unit: self.unit.clone(),
            qualifier: self.qualifier.join(other.qualifier.flip()),
        })
    }

    /// The product; a percentage counts as its hundredths.
    pub fn mul(&self, other: &Figure) -> Result<Figure, ArithmeticError> {
        let unit = Self::product_unit(&self.unit, &other.unit)
            .ok_or_else(|| Self::units("multiply", self, other))?;
        let mut number = self.number.mul(&other.number)?;
        // Percent × percent stays a percentage, so one of the two hundredths is taken out here as well.
        let percent = self.unit == Unit::Percent || other.unit == Unit::Percent;
        let pure = self.unit == Unit::One || other.unit == Unit::One;
        if percent && !(unit == Unit::Percent && pure) {
            number = number.div(&Number::hundred())?;
        }
        Ok(Figure { number, unit, qualifier: self.qualifier.join(other.qualifier) })
    }

    /// The quotient; a percentage counts as its hundredths.
    pub fn div(&self, other: &Figure) -> Result<Figure, ArithmeticError> {
        let unit =
            Self::quotient_unit(&self.unit, &other.unit).ok_or_else(|| Self::units("divide", self, other))?;
        let mut number = self.number.div(&other.number)?;
        if other.unit == Unit::Percent && self.unit != Unit::Percent {
            number = number.mul(&Number::hundred())?;
        }
        Ok(Figure { number, unit, qualifier: self.qualifier.join(other.qualifier.flip()) })
    }

    /// A multiple of `step`. A pure step rounds a figure of any unit.
    pub fn round_to(&self, step: &Figure, rounding: Rounding) -> Result<Figure, ArithmeticError> {
        if self.unit != step.unit && step.unit != Unit::One {
            return Err(Self::units("round", self, step));
        }
        Ok(Figure { number: self.number.round_to(&step.number, rounding)?, ..self.clone() })
    }

    /// How the two compare; `None` where a qualifier leaves it undecided (about 27 % against 25 %).
    ///
    /// # Errors
    /// Figures of different units do not compare.
    pub fn compare(&self, other: &Figure) -> Result<Option<Ordering>, ArithmeticError> {
        if self.unit != other.unit {
            return Err(Self::units("compare", self, other));
        }
        use Qualifier::*;
        let order = self.number.cmp(&other.number);
        Ok(match (self.qualifier, other.qualifier, order) {
            (Exact, Exact, o) => Some(o),
            (AtLeast, Exact | AtMost, Ordering::Greater) | (Exact, AtMost, Ordering::Greater) => {
                Some(Ordering::Greater)
            }
            (AtMost, Exact | AtLeast, Ordering::Less) | (Exact, AtLeast, Ordering::Less) => {
                Some(Ordering::Less)
            }
            _ => None,
        })
    }
}

impl fmt::Display for Figure {
    /// As a person writes it: `about USD 135000000000`, `27 percent`, `1000 tonne`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.qualifier {
            Qualifier::Exact => {}
            Qualifier::About => f.write_str("about ")?,
            Qualifier::AtLeast => f.write_str("at least ")?,
            Qualifier::AtMost => f.write_str("at most ")?,
        }
        match &self.unit {
            Unit::One => write!(f, "{}", self.number),
            Unit::Percent => write!(f, "{} percent", self.number),
            Unit::Money(code) => write!(f, "{code} {}", self.number),
            Unit::Named(unit) => write!(f, "{} {unit}", self.number),
            Unit::MoneyPer(code, unit) => write!(f, "{code} {} per {unit}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fig(text: &str, unit: Unit, qualifier: Qualifier) -> Figure {
        Figure { number: text.parse().unwrap(), unit, qualifier }
    }

    #[test]
    fn a_share_of_a_valuation_is_money_and_stays_about() {
        let usd = Unit::Money("USD".into());
        let share = fig("27", Unit::Percent, Qualifier::About);
        let printed = fig("135000000000", usd.clone(), Qualifier::About);
        let total = printed.div(&share).unwrap();
        assert_eq!(total, fig("500000000000", usd.clone(), Qualifier::About));
        assert_eq!(share.mul(&total).unwrap(), printed);
    }

    #[test]
    fn currencies_never_mix() {
        let usd = fig("1", Unit::Money("USD".into()), Qualifier::Exact);
        let eur = fig("1", Unit::Money("EUR".into()), Qualifier::Exact);
        assert!(usd.add(&eur).is_err() && usd.compare(&eur).is_err() && usd.mul(&eur).is_err());
    }

    #[test]
    fn a_bound_decides_only_what_it_can() {
        let usd = Unit::Money("USD".into());
        let least = fig("100", usd.clone(), Qualifier::AtLeast);
        assert_eq!(
            least.compare(&fig("90", usd.clone(), Qualifier::Exact)).unwrap(),
            Some(Ordering::Greater)
        );
        assert_eq!(least.compare(&fig("110", usd, Qualifier::Exact)).unwrap(), None);
    }
}
