//! Who asks, and what they may do. `docs/living.md`, "Who may do what".

use std::collections::{BTreeMap, BTreeSet};

use servanda_matter::Bringer;
use servanda_store::{MatterName, Organisation, Place};

use crate::fault::Fault;

/// What somebody may do in an organisation. Each may what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Asks and sees.
    Reader,
    /// Also sends events.
    Appender,
    /// Also texts, documents, directories, users, tokens and webhooks.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Appender, Role::Administrator];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Appender => "appender",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// The parties for which somebody speaks, by matter.
pub type Parties = BTreeMap<MatterName, BTreeSet<String>>;

/// Somebody who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Their organisation: nothing of another is there for them.
    pub organisation: Organisation,
    /// `user:NAME` or `token:NAME`.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// For whom they speak. An administrator speaks for all.
    pub parties: Parties,
}

impl Principal {
    /// Whether they have a role.
    ///
    /// # Errors
    /// `forbidden-for-you`
    pub fn needs(&self, role: Role) -> Result<(), Fault> {
        if self.role >= role {
            return Ok(());
        }
        Err(Fault::new(
            "forbidden-for-you",
            format!("this takes the role `{}`, and you have `{}`", role.word(), self.role.word()),
        ))
    }

    /// Whether they see a matter.
    pub fn sees(&self, matter: &MatterName) -> bool {
        self.role == Role::Administrator || self.parties.contains_key(matter)
    }

    /// The place of a matter that they see.
    ///
    /// # Errors
    /// `unknown-matter`, also where there is one that they do not see.
    pub fn place(&self, matter: &str) -> Result<Place, Fault> {
        let matter: MatterName = matter.parse().map_err(|_| Fault::unknown_matter())?;
        if !self.sees(&matter) {
            return Err(Fault::unknown_matter());
        }
        Ok(Place { organisation: self.organisation.clone(), matter })
    }

    /// As whom they bring events to a matter.
    pub fn bringer(&self, matter: &MatterName) -> Bringer {
        let administers = self.role == Role::Administrator;
        let own = || self.parties.get(matter).cloned().unwrap_or_default();
        Bringer { by: self.name.clone(), speaks_for: (!administers).then(own), may_backdate: administers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(role: Role) -> Principal {
        let parties = BTreeMap::from([("lease".parse().unwrap(), BTreeSet::from(["Ferry".to_string()]))]);
        Principal { organisation: "port".parse().unwrap(), name: "user:ada".into(), role, parties }
    }

    #[test]
    fn a_matter_without_a_party_of_ones_own_is_not_there() {
        let reader = principal(Role::Reader);
        assert!(reader.place("lease").is_ok());
        assert_eq!(reader.place("other").unwrap_err(), Fault::unknown_matter());
        assert_eq!(reader.place("no name!").unwrap_err(), Fault::unknown_matter());
        assert!(principal(Role::Administrator).place("other").is_ok());
    }

    #[test]
    fn each_role_may_what_those_before_it_may() {
        for (i, has) in Role::ALL.into_iter().enumerate() {
            for (j, needed) in Role::ALL.into_iter().enumerate() {
                assert_eq!(principal(has).needs(needed).is_ok(), i >= j);
            }
            assert_eq!(Role::of(has.word()), Some(has));
        }
    }

    #[test]
    fn only_an_administrator_speaks_for_all_and_of_the_past() {
        let lease = "lease".parse().unwrap();
        let appender = principal(Role::Appender).bringer(&lease);
        assert_eq!(appender.speaks_for, Some(BTreeSet::from(["Ferry".to_string()])));
        assert!(!appender.may_backdate);
        let other = principal(Role::Appender).bringer(&"other".parse().unwrap());
        assert_eq!(other.speaks_for, Some(BTreeSet::new()));
        let administrator = principal(Role::Administrator).bringer(&lease);
        assert!(administrator.speaks_for.is_none() && administrator.may_backdate);
    }
}
