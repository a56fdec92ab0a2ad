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
use serde_json::Value;

use servanda_store::{Organisation, Store};

use crate::audit::{Audit, Deed};
use crate::edge::{Edge, fill, fresh_secret};
use crate::fault::Fault;
use crate::oidc::{Identity, Provider};
use crate::principal::{Parties, Principal, Role};

/// The register kind of users.
const USER: &str = "user";
/// The register kind of tokens.
const TOKEN: &str = "token";
/// The register kind of what ties a provider's identities to users.
const IDENTITY: &str = "identity";
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
    /// argon2id of the password, or SHA-256 of the secret in hex; empty where a user has no password.
    hash: String,
    /// Whom the provider's tokens speak of that are this user's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
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

/// How a user shows who they are: by a password, by a provider's tokens, or both.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// The password.
    pub password: Option<String>,
    /// Whom the provider's tokens speak of.
    pub identity: Option<Identity>,
}

/// Users and tokens.
#[derive(Clone)]
pub struct Accounts {
    store: Arc<dyn Store>,
    edge: Arc<dyn Edge>,
    audit: Audit,
    provider: Option<Arc<Provider>>,
}

impl Accounts {
    /// The accounts of a store.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        edge: Arc<dyn Edge>,
        audit: Audit,
        provider: Option<Arc<Provider>>,
    ) -> Accounts {
        Accounts { store, edge, audit, provider }
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
        if let Some(provider) = self.provider.as_ref().filter(|_| !token.starts_with("svd_")) {
            return self.known_by(provider, token).await;
        }
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

    /// The user of whom a provider's token speaks.
    async fn known_by(&self, provider: &Provider, token: &str) -> Result<Principal, Fault> {
        let identity = provider.identity(token).await?;
        let organisation = &provider.settings.organisation;
        let nobody = || {
            unauthenticated(
                "the provider's token is good, but no user is tied to its `sub`; an administrator does that",
            )
        };
        let user = self.user_of(organisation, &identity).await?.ok_or_else(nobody)?;
        let grant = self.grant(organisation, USER, &user).await?.ok_or_else(nobody)?;
        grant.principal(organisation, format!("user:{user}")).ok_or_else(nobody)
    }

    /// The user that an identity is tied to.
    async fn user_of(
        &self,
        organisation: &Organisation,
        identity: &Identity,
    ) -> Result<Option<String>, Fault> {
        let kept = self.store.register(organisation, IDENTITY, &identity_id(identity)).await?;
        let Some(kept) = kept else { return Ok(None) };
        let user = String::from_utf8(kept.bytes)
            .map_err(|_| Fault::new("damaged", "the user of an identity cannot be read"))?;
        // The user says last whose they are: they may have been taken away, or tied to another identity since.
        let grant = self.grant(organisation, USER, &user).await?;
        Ok(grant.filter(|g| g.identity.as_ref() == Some(identity)).map(|_| user))
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
        let hash = match grant.as_ref().filter(|grant| !grant.hash.is_empty()) {
            Some(grant) => grant.hash.clone(),
            None => password_hash(&[0; 16], "nobody at all")?,
        };
        let by = format!("user:{user}");
        let told = |what| Deed { by: &by, what, subject: user };
        let password = password.to_string();
        let good = tokio::task::spawn_blocking(move || {
            PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
        .unwrap_or(false);
        let good = good && grant.as_ref().is_some_and(|grant| !grant.hash.is_empty());
        let Some(grant) = grant else { return Err(refused()) };
        if !good {
            self.audit.write(&organisation, told("session-refused"), Value::Null).await?;
            return Err(refused());
        }
        let ends = self.edge.now().checked_add(SESSION).map_err(|_| refused())?;
        let kept = Grant {
            role: grant.role,
            parties: BTreeMap::new(),
            expires: Some(ends),
            hash: String::new(),
            identity: None,
            session_of: Some(user.to_string()),
        };
        let (_, token) = self.mint(&organisation, kept).await?;
        self.audit.write(&organisation, told("session-begun"), Value::Null).await?;
        Ok((token, ends))
    }

    /// Makes a user, or gives one other credentials and another allowance. Credentials that are left out of a user that there is
    /// stay.
    ///
    /// # Errors
    /// `bad-request`: a password that is too short, no credentials at all; `identity-taken`; what the store says.
    pub async fn set_user(
        &self,
        organisation: &Organisation,
        user: &str,
        credentials: Credentials,
        allowance: Allowance,
        by: &str,
    ) -> Result<(), Fault> {
        let _: servanda_store::MatterName = user
            .parse()
            .map_err(|fault: servanda_store::NameFault| Fault::new("bad-request", fault.to_string()))?;
        let before = self.store.register(organisation, USER, user).await?;
        let revision = before.as_ref().map_or(0, |r| r.revision);
        let known: Option<Grant> = before.map(|r| read(&r.bytes)).transpose()?;
        let (hash, identity) = known.map(|grant| (grant.hash, grant.identity)).unwrap_or_default();
        let hash = match credentials.password {
            Some(password) => self.hash_of(password).await?,
            None => hash,
        };
        let identity = credentials.identity.or(identity);
        if hash.is_empty() && identity.is_none() {
            return Err(Fault::new("bad-request", "a user needs a `password`, an `identity`, or both"));
        }
        if let Some(identity) = &identity {
            self.tie(organisation, identity, user).await?;
        }
        let grant = Grant {
            role: allowance.role.word().into(),
            parties: words(allowance.parties),
            expires: allowance.expires,
            hash,
            identity,
            session_of: None,
        };
        let (details, grant) = (told(&grant), bytes(&grant)?);
        self.store.write_register(organisation, USER, user, revision, Some(grant)).await?;
        self.audit.write(organisation, Deed { by, what: "user-set", subject: user }, details).await
    }

    async fn hash_of(&self, password: String) -> Result<String, Fault> {
        let letters = password.chars().count();
        if !(PASSWORD_LETTERS_MIN..=PASSWORD_LETTERS_MAX).contains(&letters) {
            return Err(Fault::new(
                "bad-request",
                format!("a password has {PASSWORD_LETTERS_MIN} to {PASSWORD_LETTERS_MAX} letters"),
            ));
        }
        let mut salt = [0; 16];
        fill(&*self.edge, &mut salt)?;
        tokio::task::spawn_blocking(move || password_hash(&salt, &password))
            .await
            .map_err(|_| Fault::stopping())?
    }

    /// Ties an identity to a user, who need not be there yet.
    async fn tie(&self, organisation: &Organisation, identity: &Identity, user: &str) -> Result<(), Fault> {
        if identity.subject.is_empty() || identity.issuer.is_empty() {
            return Err(Fault::new("bad-request", "`identity` needs an `issuer` and a `subject`"));
        }
        match self.user_of(organisation, identity).await? {
            Some(other) if other != user => {
                return Err(Fault::new(
                    "identity-taken",
                    format!("this identity is that of the user `{other}` already"),
                ));
            }
            _ => {}
        }
        let id = identity_id(identity);
        let revision = self.store.register(organisation, IDENTITY, &id).await?.map_or(0, |r| r.revision);
        let name = Some(user.as_bytes().to_vec());
        self.store.write_register(organisation, IDENTITY, &id, revision, name).await?;
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
        by: &str,
    ) -> Result<(String, String), Fault> {
        let grant = Grant {
            role: allowance.role.word().into(),
            parties: words(allowance.parties),
            expires: allowance.expires,
            hash: String::new(),
            identity: None,
            session_of: None,
        };
        let details = told(&grant);
        let (id, token) = self.mint(organisation, grant).await?;
        self.audit.write(organisation, Deed { by, what: "token-made", subject: &id }, details).await?;
        Ok((id, token))
    }

    /// Takes a token or a user away.
    ///
    /// # Errors
    /// `unknown-token` or `unknown-user`; what the store says.
    pub async fn remove(
        &self,
        organisation: &Organisation,
        kind: Kind,
        id: &str,
        by: &str,
    ) -> Result<(), Fault> {
        let (register, code, what) = match kind {
            Kind::User => (USER, "unknown-user", "user-removed"),
            Kind::Token => (TOKEN, "unknown-token", "token-removed"),
        };
        let there = self.store.register(organisation, register, id).await?;
        let revision =
            there.ok_or_else(|| Fault::new(code, format!("there is no {register} `{id}`")))?.revision;
        self.store.write_register(organisation, register, id, revision, None).await?;
        self.audit.write(organisation, Deed { by, what, subject: id }, Value::Null).await
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

/// The id of the register that says whose an identity is.
fn identity_id(identity: &Identity) -> String {
    let whole = serde_json::json!([identity.issuer, identity.subject]);
    secret_hash(&servanda_log::canonical(&whole))
}

/// What the audit log says of a grant.
fn told(grant: &Grant) -> Value {
    serde_json::json!({"role": grant.role, "parties": grant.parties, "identity": grant.identity,
        "expires": grant.expires.map(|e| e.to_string()), "password": !grant.hash.is_empty()})
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
