//! Names of organisations and matters.

use std::fmt;
use std::str::FromStr;

/// Most letters of a name.
pub const NAME_LETTERS_MAX: usize = 63;

/// Why a name is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no name: use 1 to {NAME_LETTERS_MAX} of the letters a–z, digits and `-`, and begin with a letter or digit, as in \
     `steel-supply`"
)]
pub struct NameFault(String);

fn checked(text: &str) -> Result<String, NameFault> {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let fits = text.bytes().all(|b| letter(b) || b == b'-')
        && text.bytes().next().is_some_and(letter)
        && text.len() <= NAME_LETTERS_MAX;
    if fits { Ok(text.to_string()) } else { Err(NameFault(text.chars().take(80).collect())) }
}

/// The name under which an organisation's audit log is kept. It comes before all names that can be given.
pub(crate) const AUDIT: &str = "-audit";

/// Names as a database has them.
pub(crate) trait Kept: Sized {
    /// The name that a text is: one that can be given, or that of an audit log.
    fn kept(text: &str) -> Result<Self, NameFault>;
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Kept for $name {
            fn kept(text: &str) -> Result<$name, NameFault> {
                if text == AUDIT { Ok($name(text.to_string())) } else { text.parse() }
            }
        }

        impl FromStr for $name {
            type Err = NameFault;

            fn from_str(text: &str) -> Result<$name, NameFault> {
                checked(text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of an organisation: 1 to 63 of `a`–`z`, digits and `-`, beginning with a letter or digit.
    Organisation
}
name! {
    /// The name of a matter in its organisation: 1 to 63 of `a`–`z`, digits and `-`, beginning with a letter or digit.
    MatterName
}

impl MatterName {
    /// The name of the log of what was done to an organisation's accounts; nobody else can give it.
    pub fn audit() -> MatterName {
        MatterName(AUDIT.to_string())
    }

    /// Whether it is that of such a log.
    pub fn is_audit(&self) -> bool {
        self.0 == AUDIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_plain_and_says_what_is_expected_otherwise() {
        for good in ["a", "steel-supply", "2026-01", &"x".repeat(63)] {
            assert_eq!(good.parse::<MatterName>().unwrap().as_str(), good);
        }
        for bad in ["", "-a", AUDIT, "A", "a/b", "a b", "é", "..", &"x".repeat(64)] {
            let fault = bad.parse::<Organisation>().unwrap_err();
            assert!(fault.to_string().contains("as in `steel-supply`"), "{fault}");
        }
    }
}
