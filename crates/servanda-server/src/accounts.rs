//! Users and tokens, kept in registers; who a request is from.
//!
//! A token is `svd_ORGANISATION_ID_SECRET`. Its secret has 256 random bits, so its SHA-256 is kept and not a slow hash; passwords
//! are kept as argon2id (RFC 9106).

use std::collections::BTreeMap;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use servanda_store::{Organisation, Store};

use crate::edge::{Edge, fill, fresh_secret};
use crate::fault::Fault;
use crate::principal::{Parties, Principal, Role};

/// The register kind of users.
const USER: &str = "user";
/// The register kind of tokens.
const TOKEN: &str = "token";
/// How long a session lasts.
const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// Most letters of a password.
const PASSWORD_LETTERS_MAX: usize = 1_000;
/// Fewest letters of a password (NIST SP 800-63B §5.1.1.1).
const PASSWORD_LETTERS_MIN: usize = 12;

/// An account or a token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What it may do.
    pub role: String,
    /// The parties for which it speaks, by matter.
    #[serde(default)]
    pub parties: BTreeMap<String, std::collections::BTreeSet<String>>,
    /// Until when it is good; for ever where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// argon2id of the password, or SHA-256 of the secret in hex.
    hash: String,
    /// Whose session it is, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session_of: Option<String>,
}

impl Grant {
    fn principal(&self, organisation: &Organisation, name: String) -> Option<Principal> {
        let role = Role::of(&self.role)?;
        let parties: Option<Parties> =
            self.parties.iter().map(|(m, p)| Some((m.parse().ok()?, p.clone()))).collect();
        Some(Principal { organisation: organisation.clone(), name, role, parties: parties? })
    }
}

/// What a grant is to allow.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// What it may do.
    pub role: Role,
    /// For whom it speaks.
    pub parties: Parties,
    /// Until when.
    pub expires: Option<Timestamp>,
}

/// Users and tokens.
#[derive(Clone)]
pub struct Accounts {
    store: Arc<dyn Store>,
    edge: Arc<dyn Edge>,
}

impl Accounts {
    /// The accounts of a store.
    pub fn new(store: Arc<dyn Store>, edge: Arc<dyn Edge>) -> Accounts {
        Accounts { store, edge }
    }

    /// Who a request with this `Authorization` header is from.
    ///
    /// # Errors
    /// `unauthenticated`, whatever is wrong with it; what the store says.
    pub async fn authenticate(&self, header: Option<&str>) -> Result<Principal, Fault> {
        let header = header.ok_or_else(|| unauthenticated("the request has no `Authorization: Bearer …`"))?;
        let refused = || unauthenticated("the token is unknown, revoked or expired");
        let token = header
            .split_once(' ')
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or_else(|| unauthenticated("`Authorization` has to be `Bearer` and a token"))?;
        let mut parts = token.splitn(4, '_');
        let (Some("svd"), Some(organisation), Some(id), Some(secret)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(refused());
        };
        let organisation: Organisation = organisation.parse().map_err(|_| refused())?;
        if id.len() > 64 || secret.len() > 128 {
            return Err(refused());
        }
        let grant = self.grant(&organisation, TOKEN, id).await?.ok_or_else(refused)?;
        // The digest of a secret of 256 bits tells nothing by the time that comparing it takes.
        if grant.hash != secret_hash(secret) || grant.expires.is_some_and(|e| e <= self.edge.now()) {
            return Err(refused());
        }
        let name = match &grant.session_of {
            Some(user) => {
                // A session is worth what its user is worth now.
                let user_grant = self.grant(&organisation, USER, user).await?.ok_or_else(refused)?;
                return user_grant.principal(&organisation, format!("user:{user}")).ok_or_else(refused);
            }
            None => format!("token:{id}"),
        };
        grant.principal(&organisation, name).ok_or_else(refused)
    }

    /// A session token for a user with a password, and when it ends.
    ///
    /// # Errors
    /// `unauthenticated`: no such user, or another password; they are not told apart.
    pub async fn log_in(
        &self,
        organisation: &str,
        user: &str,
        password: &str,
    ) -> Result<(String, Timestamp), Fault> {
        let refused = || unauthenticated("the user or the password is wrong");
        let organisation: Organisation = organisation.parse().map_err(|_| refused())?;
        if password.chars().count() > PASSWORD_LETTERS_MAX {
            return Err(refused());
        }
        let grant = self.grant(&organisation, USER, user).await?;
        // An unknown user takes as long as a wrong password.
        let hash = match &grant {
            Some(grant) => grant.hash.clone(),
            None => password_hash(&[0; 16], "nobody at all")?,
        };
        let password = password.to_string();
        let good = tokio::task::spawn_blocking(move || {
            PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
        .unwrap_or(false);
        let Some(grant) = grant.filter(|_| good) else { return Err(refused()) };
        let ends = self.edge.now().checked_add(SESSION).map_err(|_| refused())?;
        let kept = Grant {
            role: grant.role,
            parties: BTreeMap::new(),
            expires: Some(ends),
            hash: String::new(),
            session_of: Some(user.to_string()),
        };
        Ok((self.mint(&organisation, kept).await?.1, ends))
    }

    /// Makes a user, or gives one another password and allowance.
    ///
    /// # Errors
    /// `bad-request`: a password that is too short; what the store says.
    pub async fn set_user(
        &self,
        organisation: &Organisation,
        user: &str,
        password: &str,
        allowance: Allowance,
    ) -> Result<(), Fault> {
        let letters = password.chars().count();
        if !(PASSWORD_LETTERS_MIN..=PASSWORD_LETTERS_MAX).contains(&letters) {
            return Err(Fault::new(
                "bad-request",
                format!("a password has {PASSWORD_LETTERS_MIN} to {PASSWORD_LETTERS_MAX} letters"),
            ));
        }
        let _: servanda_store::MatterName = user
            .parse()
            .map_err(|fault: servanda_store::NameFault| Fault::new("bad-request", fault.to_string()))?;
        let mut salt = [0; 16];
        fill(&*self.edge, &mut salt)?;
        let secret = password.to_string();
        let hash = tokio::task::spawn_blocking(move || password_hash(&salt, &secret))
            .await
            .map_err(|_| Fault::stopping())??;
        let grant = Grant {
            role: allowance.role.word().into(),
            parties: words(allowance.parties),
            expires: allowance.expires,
            hash,
            session_of: None,
        };
        let before = self.store.register(organisation, USER, user).await?.map_or(0, |r| r.revision);
        self.store.write_register(organisation, USER, user, before, Some(bytes(&grant)?)).await?;
        Ok(())
    }

    /// Makes a token; its id, and the token itself, which is not kept and cannot be seen again.
    ///
    /// # Errors
    /// What the store says.
    pub async fn make_token(
        &self,
        organisation: &Organisation,
        allowance: Allowance,
    ) -> Result<(String, String), Fault> {
        let grant = Grant {
            role: allowance.role.word().into(),
            parties: words(allowance.parties),
            expires: allowance.expires,
            hash: String::new(),
            session_of: None,
        };
        self.mint(organisation, grant).await
    }

    /// Takes a token or a user away.
    ///
    /// # Errors
    /// `unknown-token` or `unknown-user`; what the store says.
    pub async fn remove(&self, organisation: &Organisation, kind: Kind, id: &str) -> Result<(), Fault> {
        let (register, code) = match kind {
            Kind::User => (USER, "unknown-user"),
            Kind::Token => (TOKEN, "unknown-token"),
        };
        let there = self.store.register(organisation, register, id).await?;
        let revision =
            there.ok_or_else(|| Fault::new(code, format!("there is no {register} `{id}`")))?.revision;
        self.store.write_register(organisation, register, id, revision, None).await?;
        Ok(())
    }

    /// Users or tokens with what they may do, by name, behind `after`. Sessions are left out.
    ///
    /// # Errors
    /// What the store says.
    pub async fn list(
        &self,
        organisation: &Organisation,
        kind: Kind,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Grant)>, Fault> {
        let register = match kind {
            Kind::User => USER,
            Kind::Token => TOKEN,
        };
        let mut out = Vec::new();
        for kept in self.store.registers(organisation, register, after, limit).await? {
            let grant: Grant = read(&kept.bytes)?;
            if grant.session_of.is_none() {
                out.push((kept.id, grant));
            }
        }
        Ok(out)
    }

    async fn grant(&self, organisation: &Organisation, kind: &str, id: &str) -> Result<Option<Grant>, Fault> {
        self.store.register(organisation, kind, id).await?.map(|r| read(&r.bytes)).transpose()
    }

    async fn mint(&self, organisation: &Organisation, mut grant: Grant) -> Result<(String, String), Fault> {
        // The parts of a token are told apart by `_`, so its id has none.
        let (id, secret) = fresh_secret(&*self.edge)?;
        let secret = URL_SAFE_NO_PAD.encode(secret);
        grant.hash = secret_hash(&secret);
        self.store.write_register(organisation, TOKEN, &id, 0, Some(bytes(&grant)?)).await?;
        let token = format!("svd_{organisation}_{id}_{secret}");
        Ok((id, token))
    }
}

/// Whether a user or a token is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody with a password.
    User,
    /// A token of a service.
    Token,
}

fn unauthenticated(message: &str) -> Fault {
    Fault::new("unauthenticated", message)
}

/// What is kept of a secret: it has so many random bits that a quick hash tells nothing of it.
pub(crate) fn secret_hash(secret: &str) -> String {
    servanda_log::digest(secret.as_bytes()).to_string()
}

fn password_hash(salt: &[u8], password: &str) -> Result<String, Fault> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|e| Fault::internal(&format!("argon2: {e}")))
}

fn words(parties: Parties) -> BTreeMap<String, std::collections::BTreeSet<String>> {
    parties.into_iter().map(|(matter, parties)| (matter.to_string(), parties)).collect()
}

fn bytes(grant: &Grant) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(grant).map_err(|e| Fault::internal(&e.to_string()))
}

fn read(bytes: &[u8]) -> Result<Grant, Fault> {
    serde_json::from_slice(bytes)
        .map_err(|e| Fault::new("damaged", format!("an account cannot be read: {e}")))
}
