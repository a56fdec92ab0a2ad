//! The keys of an identity provider change, and the provider is away: what that means for who comes with its tokens.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey as Signs};
use serde_json::{Value, json};

use servanda_log::SigningKey;
use servanda_server::edge::{Edge, Still};
use servanda_server::outside::{Call, Outside};
use servanda_server::{Allowance, App, Credentials, Identity, OidcSettings, Role, Settings};
use servanda_store::Memory;

const ISSUER: &str = "https://login.example";

/// A provider that tells these keys, or nothing; how often it was asked.
struct Provider {
    keys: Mutex<Option<Vec<(&'static str, Signs)>>>,
    asked: Mutex<usize>,
}

#[async_trait]
impl Outside for Provider {
    async fn resolve(&self, _: &str, _: u16) -> Result<Vec<IpAddr>, String> {
        Ok(vec!["93.184.216.34".parse().unwrap()])
    }

    async fn post(&self, _: Call) -> Result<u16, String> {
        Err("nobody is told anything".into())
    }

    async fn get(&self, call: Call, _: usize) -> Result<(u16, Vec<u8>), String> {
        let keys = self.keys.lock().unwrap();
        let keys = keys.as_ref().ok_or("it is away")?;
        let told = if call.url.ends_with("/keys") {
            *self.asked.lock().unwrap() += 1;
            let jwk = |(id, key): &(&str, Signs)| {
                let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
                json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "x": x})
            };
            json!({"keys": keys.iter().map(jwk).collect::<Vec<_>>()})
        } else {
            json!({"issuer": ISSUER, "jwks_uri": format!("{ISSUER}/keys")})
        };
        Ok((200, told.to_string().into_bytes()))
    }
}

fn token(id: &str, key: &Signs, now: jiff::Timestamp) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims =
        json!({"iss": ISSUER, "aud": ["somebody", "servanda"], "sub": "ada", "exp": now.as_second() + 300});
    let whole = format!("{}.{}", part(&json!({"alg": "EdDSA", "kid": id})), part(&claims));
    format!("Bearer {whole}.{}", URL_SAFE_NO_PAD.encode(key.sign(whole.as_bytes()).to_bytes()))
}

#[tokio::test]
async fn a_new_key_is_learned_and_a_provider_that_is_away_keeps_nobody_out() {
    let (a, b) = (Signs::from_bytes(&[1; 32]), Signs::from_bytes(&[2; 32]));
    let provider =
        Arc::new(Provider { keys: Mutex::new(Some(vec![("a", a.clone())])), asked: Mutex::new(0) });
    let clock = Arc::new(Still::at("2026-02-01T10:00:00Z".parse().unwrap()));
    let oidc = OidcSettings {
        issuer: ISSUER.into(),
        audience: "servanda".into(),
        organisation: "main".parse().unwrap(),
    };
    let settings = Settings { oidc: Some(oidc), ..Settings::default() };
    let key = SigningKey::from_seed("localhost", &[7; 32]).unwrap();
    let app = App::new(Arc::new(Memory::new()), clock.clone(), provider.clone(), key, settings).unwrap();
    let identity = Identity { issuer: ISSUER.into(), subject: "ada".into() };
    let credentials = Credentials { password: None, identity: Some(identity) };
    let allowance = Allowance { role: Role::Reader, parties: BTreeMap::new(), expires: None };
    app.accounts().set_user(&"main".parse().unwrap(), "ada", credentials, allowance, "test").await.unwrap();
    let pass = |seconds: i64| clock.set(clock.now() + jiff::SignedDuration::from_secs(seconds));
    let who = async |id: &str, key: &Signs| {
        let header = token(id, key, clock.now());
        app.accounts().authenticate(Some(&header)).await.map(|p| p.name).map_err(|fault| fault.code)
    };
    let (ada, refused) = (Ok("user:ada".to_string()), Err("unauthenticated".to_string()));
    assert_eq!(who("a", &a).await, ada);
    // Another key takes its place. For a moment nobody asks again.
    *provider.keys.lock().unwrap() = Some(vec![("b", b.clone())]);
    assert_eq!((who("b", &b).await, *provider.asked.lock().unwrap()), (refused.clone(), 1));
    pass(11);
    assert_eq!((who("b", &b).await, *provider.asked.lock().unwrap()), (ada.clone(), 2));
    // What is not told any more is no key any more.
    pass(11);
    assert_eq!(who("a", &a).await, refused);
    assert_eq!(*provider.asked.lock().unwrap(), 3);
    // The provider is away for a day: who has a key that is known comes in, and nobody else.
    *provider.keys.lock().unwrap() = None;
    pass(86_400);
    assert_eq!(who("b", &b).await, ada);
    assert_eq!(who("c", &a).await, refused);
}
