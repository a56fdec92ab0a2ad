//! Tokens of an OpenID Connect provider, and whom they speak of. `docs/living.md`, "Who may do what".

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};

use crate::edge::Edge;
use crate::fault::Fault;
use crate::outside::{Call, Outside, Target};

/// Most letters of a token.
const TOKEN_LETTERS_MAX: usize = 16_384;
/// Most bytes of a document of the provider.
const DOCUMENT_BYTES_MAX: usize = 256 << 10;
/// The longest that the provider is waited for.
const TIME_MAX: Duration = Duration::from_secs(5);
/// How far the provider's clock may be from ours.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);
/// Keys are read anew after so long.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// Keys are not asked for more often than this.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);
/// Signatures that anybody can check and only the provider can make.
const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA];

/// A provider whose tokens are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcSettings {
    /// Its issuer identifier, as its tokens have it in `iss`.
    pub issuer: String,
    /// For whom tokens have to be, as they have it in `aud`.
    pub audience: String,
    /// The organisation whose users it knows.
    pub organisation: servanda_store::Organisation,
}

/// Whom a token speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// Somebody, by the name that the provider never gives to another.
    pub subject: String,
}

/// A provider, with the keys that it is known to have.
pub struct Provider {
    /// What is known of it from the start.
    pub settings: OidcSettings,
    edge: Arc<dyn Edge>,
    outside: Arc<dyn Outside>,
    keys: Mutex<Option<Keys>>,
    /// When they were asked for, with or without success; held by who asks.
    asked: tokio::sync::Mutex<Option<Timestamp>>,
}

/// Keys, and when they were read.
struct Keys {
    set: JwkSet,
    read: Timestamp,
}

/// What is read of a discovery document.
///
/// # Source
/// OpenID Connect Discovery 1.0 §3.
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

/// What is read of a token.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    nbf: Option<f64>,
}

impl Provider {
    /// A provider of which nothing has been read yet.
    pub fn new(settings: OidcSettings, edge: Arc<dyn Edge>, outside: Arc<dyn Outside>) -> Provider {
        Provider { settings, edge, outside, keys: Mutex::default(), asked: tokio::sync::Mutex::default() }
    }

    /// Whom a token speaks of.
    ///
    /// # Errors
    /// `unauthenticated`, whatever is wrong with it; `provider-unavailable` where nobody tells the provider's keys.
    ///
    /// # Source
    /// OpenID Connect Core 1.0 §3.1.3.7; RFC 8725 (algorithms of an own list, explicit issuer and audience).
    pub async fn identity(&self, token: &str) -> Result<Identity, Fault> {
        let refused = |why: &str| Fault::new("unauthenticated", format!("the provider's token {why}"));
        if token.len() > TOKEN_LETTERS_MAX {
            return Err(refused("is too long"));
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| refused("cannot be read"))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(refused(
                "is signed in a way that is not taken; RS256, PS256, ES256, ES384 and EdDSA are",
            ));
        }
        let key = self.key(header.kid.as_deref(), header.alg).await?;
        let key = key.ok_or_else(|| refused("is signed with a key that the provider does not have"))?;
        let key =
            DecodingKey::from_jwk(&key).map_err(|_| refused("is signed with a key that cannot be used"))?;
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_audience(&[&self.settings.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The time comes from the edge.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation)
            .map_err(|_| refused("has another signature, issuer or audience than it should"))?
            .claims;
        let now = self.edge.now().as_second() as f64;
        let leeway = LEEWAY.as_secs() as f64;
        let in_time = now < claims.exp + leeway && claims.nbf.is_none_or(|nbf| nbf - leeway <= now);
        if !in_time {
            return Err(refused("is not good at this time"));
        }
        if claims.sub.is_empty() {
            return Err(refused("names nobody"));
        }
        Ok(Identity { issuer: self.settings.issuer.clone(), subject: claims.sub })
    }

    /// The provider's key of a name, or the only one that fits.
    async fn key(&self, id: Option<&str>, algorithm: Algorithm) -> Result<Option<Jwk>, Fault> {
        if let (Some(key), false) = self.known(id, algorithm) {
            return Ok(Some(key));
        }
        // One asks, and the others wait for what it learns. Who has a key that is known does not wait.
        let mut asked = self.asked.lock().await;
        let (known, old) = self.known(id, algorithm);
        let now = self.edge.now();
        if (known.is_none() || old) && is_older(now, *asked, PAUSE) {
            *asked = Some(now);
            match self.read().await {
                Ok(set) => *self.keys() = Some(Keys { set, read: now }),
                Err(why) => {
                    tracing::warn!(issuer = %self.settings.issuer, %why, "the keys of the provider cannot be read");
                }
            }
        }
        if self.keys().is_none() {
            return Err(Fault::new(
                "provider-unavailable",
                "the identity provider does not tell its keys; try again in a moment",
            ));
        }
        Ok(self.known(id, algorithm).0)
    }

    /// The key among those that are known, and whether they were read long ago.
    fn known(&self, id: Option<&str>, algorithm: Algorithm) -> (Option<Jwk>, bool) {
        match &*self.keys() {
            Some(keys) => {
                (fitting(&keys.set, id, algorithm), is_older(self.edge.now(), Some(keys.read), FRESH))
            }
            None => (None, true),
        }
    }

    fn keys(&self) -> MutexGuard<'_, Option<Keys>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keys of the provider as it tells them now.
    async fn read(&self) -> Result<JwkSet, String> {
        let address =
            format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let discovery: Discovery = self.document(&address).await?;
        if discovery.issuer != self.settings.issuer {
            return Err(format!(
                "the document at {address} is that of another issuer, `{}`",
                discovery.issuer
            ));
        }
        self.document(&discovery.jwks_uri).await
    }

    async fn document<T: serde::de::DeserializeOwned>(&self, url: &str) -> Result<T, String> {
        // Whoever runs the server chose the provider; it may be inside.
        let target = Target::parse(url, true).map_err(|e| e.to_string())?;
        let at = target.at(&*self.outside, true).await.map_err(|e| e.to_string())?;
        let headers = vec![("accept", "application/json".to_string())];
        let call =
            Call { url: target.url, host: target.host, at, headers, body: Vec::new(), time_max: TIME_MAX };
        let (status, bytes) = self.outside.get(call, DOCUMENT_BYTES_MAX).await?;
        if status != 200 {
            return Err(format!("{url} answers with the status {status}"));
        }
        serde_json::from_slice(&bytes).map_err(|e| format!("what {url} gives cannot be read: {e}"))
    }
}

/// Whether a moment lies so far back, or ahead, or was never.
fn is_older(now: Timestamp, moment: Option<Timestamp>, than: SignedDuration) -> bool {
    moment.is_none_or(|m| now.duration_since(m).abs() >= than)
}

/// The key of a name that a signature of this kind can be checked with.
fn fitting(set: &JwkSet, id: Option<&str>, algorithm: Algorithm) -> Option<Jwk> {
    let fits = |key: &&Jwk| {
        let of_kind = matches!(
            (&key.algorithm, algorithm),
            (AlgorithmParameters::RSA(_), Algorithm::RS256 | Algorithm::PS256)
                | (AlgorithmParameters::EllipticCurve(_), Algorithm::ES256 | Algorithm::ES384)
                | (AlgorithmParameters::OctetKeyPair(_), Algorithm::EdDSA)
        );
        let said = key.common.key_algorithm.map(|a| a.to_string());
        of_kind && said.is_none_or(|said| said == format!("{algorithm:?}"))
    };
    let mut fitting =
        set.keys.iter().filter(fits).filter(|k| id.is_none() || k.common.key_id.as_deref() == id);
    let first = fitting.next();
    // Of several keys without a name nobody can say which is meant.
    if id.is_none() && fitting.next().is_some() { None } else { first.cloned() }
}
