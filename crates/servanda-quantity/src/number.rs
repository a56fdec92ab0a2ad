//! Exact rational numbers that read and print as decimals.

use std::fmt;
use std::str::FromStr;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// Most digits that a decimal may have on either side of its point. Larger input is refused, so that a
/// hostile figure cannot make arithmetic slow.
const DIGITS_MAX: usize = 60;

/// Most bits that the numerator or denominator of a result may have.
const BITS_MAX: usize = 2_048;

/// An exact rational number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(RBig);

/// Why a number could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The text is not a decimal such as `-12.50`.
    #[error("not a decimal number")]
    NotDecimal,
    /// More digits than any agreement needs.
    #[error("more than {DIGITS_MAX} digits")]
    TooLong,
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// The result has grown beyond what any agreement needs.
    #[error("the number is too large")]
    Overflow,
}

/// To which of two multiples a number between them is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rounding {
    /// To the nearer, halves away from zero (commercial rounding).
    Nearest,
    /// To the lower: what has been begun does not count.
    Down,
    /// To the higher: what has been begun counts in full.
    Up,
}

impl Number {
    /// Zero.
    pub fn zero() -> Self {
        Number(RBig::ZERO)
    }

    /// A hundred, by which percentages are divided.
    pub fn hundred() -> Self {
        Number::from(100)
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below zero.
    pub fn is_negative(&self) -> bool {
        self.0 < RBig::ZERO
    }

    fn checked(value: RBig) -> Result<Self, NumberError> {
        use dashu_int::ops::BitTest;
        if value.numerator().bit_len() > BITS_MAX || value.denominator().bit_len() > BITS_MAX {
            return Err(NumberError::Overflow);
        }
        Ok(Number(value))
    }

    /// The exact sum.
    pub fn add(&self, other: &Number) -> Result<Number, NumberError> {
        Self::checked(&self.0 + &other.0)
    }

    /// The exact difference.
    pub fn sub(&self, other: &Number) -> Result<Number, NumberError> {
        Self::checked(&self.0 - &other.0)
    }

    /// The exact product.
    pub fn mul(&self, other: &Number) -> Result<Number, NumberError> {
        Self::checked(&self.0 * &other.0)
    }

    /// The exact quotient.
    pub fn div(&self, other: &Number) -> Result<Number, NumberError> {
        if other.is_zero() {
            return Err(NumberError::DivisionByZero);
        }
        Self::checked(&self.0 / &other.0)
    }

    /// A multiple of `step`, which should be above zero: the nearest, or the next below or above.
    ///
    /// # Errors
    /// `DivisionByZero` when `step` is zero.
    pub fn round_to(&self, step: &Number, rounding: Rounding) -> Result<Number, NumberError> {
        let steps = self.div(step)?.0;
        let whole = match rounding {
            Rounding::Nearest => steps.round(),
            Rounding::Down => steps.floor(),
            Rounding::Up => steps.ceil(),
        };
        Self::checked(RBig::from(whole) * &step.0)
    }

    /// Whether this is a whole number.
    pub fn is_whole(&self) -> bool {
        self.0.is_int()
    }

    /// The whole number that this is, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(self.0.numerator().clone()).ok())?
    }

    /// Whether the number has a finite decimal expansion.
    pub fn is_decimal(&self) -> bool {
        let mut d = self.0.denominator().clone();
        for p in [2u8, 5] {
            let p = UBig::from(p);
            while (&d % &p).is_zero() {
                d /= &p;
            }
        }
        d == UBig::ONE
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Number(RBig::from(IBig::from(value)))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Number::from(i64::from(value))
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Reads an optional sign, digits, and an optional fraction; `_` may group digits. No exponent.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if digits.ends_with('.') || whole.is_empty() {
            return Err(NumberError::NotDecimal);
        }
        let clean: String = whole.chars().chain(fraction.chars()).filter(|&c| c != '_').collect();
        if clean.is_empty() || !clean.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NumberError::NotDecimal);
        }
        if clean.len() > DIGITS_MAX {
            return Err(NumberError::TooLong);
        }
        let places = fraction.chars().filter(|&c| c != '_').count();
        let numerator = clean.parse::<IBig>().map_err(|_| NumberError::NotDecimal)?;
        let denominator = UBig::from(10u8).pow(places);
        let value = RBig::from_parts(if negative { -numerator } else { numerator }, denominator);
        Ok(Number(value))
    }
}

impl fmt::Display for Number {
    /// The shortest exact decimal; a number without one prints as a fraction `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_decimal() {
            return write!(f, "{}/{}", self.0.numerator(), self.0.denominator());
        }
        let mut places = 0usize;
        let mut scale = UBig::ONE;
        while !(&scale % self.0.denominator()).is_zero() {
            scale *= 10u8;
            places += 1;
        }
        let scaled = self.0.numerator() * IBig::from(&scale / self.0.denominator());
        let text = scaled.to_string();
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text.as_str()),
        };
        if places == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_read_and_print_exactly() {
        for text in ["0", "-12.5", "0.05", "135000000000", "32.5", "-0.001"] {
            assert_eq!(n(text).to_string(), text);
        }
        assert_eq!(n("1_000.50").to_string(), "1000.5");
        assert!(
            "1e3".parse::<Number>().is_err()
                && ".5".parse::<Number>().is_err()
                && "".parse::<Number>().is_err()
        );
    }

    #[test]
    fn division_is_exact_and_rounding_is_commercial() {
        let third = n("1").div(&n("3")).unwrap();
        assert_eq!(third.mul(&n("3")).unwrap(), n("1"));
        assert_eq!(third.round_to(&n("0.01"), Rounding::Nearest).unwrap(), n("0.33"));
        assert_eq!(n("2.5").round_to(&n("1"), Rounding::Nearest).unwrap(), n("3"));
        assert_eq!(n("-2.5").round_to(&n("1"), Rounding::Nearest).unwrap(), n("-3"));
        for (number, down, up) in [("2.1", "2", "3"), ("-2.1", "-3", "-2"), ("2", "2", "2")] {
            assert_eq!(n(number).round_to(&n("1"), Rounding::Down).unwrap(), n(down));
            assert_eq!(n(number).round_to(&n("1"), Rounding::Up).unwrap(), n(up));
        }
        assert_eq!(n("1").div(&n("0")), Err(NumberError::DivisionByZero));
    }
}
