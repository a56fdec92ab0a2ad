//! Tokens of an OpenID Connect provider: an issuer of the test's own signs them, the real server takes them or not. And the log of
//! what was done to accounts.

#![allow(clippy::disallowed_methods, reason = "tests open sockets and read the clock")]

#[path = "common/chance.rs"]
mod chance;
mod common;
#[path = "common/served.rs"]
mod served;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use common::{said, servanda};
use served::Served;

const AUDIENCE: &str = "servanda-port";

/// An issuer: its address, and the keys that it tells, which can be changed; how often they were asked for.
struct Issuer {
    url: String,
    keys: Arc<Mutex<(Value, usize)>>,
}

impl Issuer {
    fn start() -> Issuer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let keys = Arc::new(Mutex::new((json!({"keys": []}), 0)));
        let (own, told) = (url.clone(), keys.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut first = String::new();
                reader.read_line(&mut first).unwrap();
                let mut line = String::new();
                while reader.read_line(&mut line).unwrap_or(0) > 0 && line != "\r\n" {
                    line.clear();
                }
                let body = if first.contains("/.well-known/openid-configuration") {
                    json!({"issuer": own, "jwks_uri": format!("{own}/keys")})
                } else {
                    let mut told = told.lock().unwrap();
                    told.1 += 1;
                    told.0.clone()
                };
                let body = body.to_string();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        Issuer { url, keys }
    }

    fn tell(&self, keys: &[(&str, &SigningKey)]) {
        let jwk = |(id, key): &(&str, &SigningKey)| {
            let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
            json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": id, "x": x})
        };
        self.keys.lock().unwrap().0 = json!({"keys": keys.iter().map(jwk).collect::<Vec<_>>()});
    }

    /// Claims that are good now.
    fn claims(&self) -> Value {
        let now = jiff::Timestamp::now().as_second();
        json!({"iss": self.url, "aud": AUDIENCE, "sub": "248289761001", "iat": now, "exp": now + 600,
            "email": "ada@port.example", "role": "administrator"})
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn signed(header: &Value, claims: &Value, key: &SigningKey) -> String {
    let whole = format!("{}.{}", part(header), part(claims));
    let signature = key.sign(whole.as_bytes());
    format!("{whole}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn administrator(data: &Path) -> String {
    let mut command = servanda();
    command.args(["token", "--role", "administrator", "--data"]).arg(data);
    let (code, out, err) = said(&mut command);
    assert_eq!(code, 0, "{err}");
    out.trim().to_string()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

#[test]
fn a_provider_says_who_somebody_is_and_the_server_what_they_may() {
    let issuer = Issuer::start();
    let (first, second) = (key(1), key(2));
    issuer.tell(&[("a", &first)]);
    let data = tempfile::tempdir().unwrap();
    let root = administrator(data.path());
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let provider = ["--access", "tokens", "--oidc-issuer", &issuer.url, "--oidc-audience", AUDIENCE];
    let mut arguments = provider.to_vec();
    arguments.push(deed.to_str().unwrap());
    let mut served = Served::start(data.path(), &arguments);
    let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": "a"});
    let good = signed(&header, &issuer.claims(), &first);
    let me = |served: &mut Served, token: &str| {
        served.token = Some(token.to_string());
        served.get("/v1/me")
    };

    // Nobody is tied to the identity yet; what the token says of a role is nothing.
    assert_eq!(me(&mut served, &good).status, 401);
    served.token = Some(root.clone());
    let identity = json!({"issuer": issuer.url, "subject": "248289761001"});
    let user = json!({"identity": identity, "role": "reader", "parties": {"ferry": ["Ferry"]}});
    assert_eq!(served.put("/v1/users/ada", &user).status, 204);
    let known = me(&mut served, &good);
    assert_eq!(
        (known.status, &known.json()["name"], &known.json()["role"]),
        (200, &json!("user:ada"), &json!("reader"))
    );
    assert_eq!(served.get("/v1/matters/ferry").status, 200);
    assert_eq!(served.get("/v1/users").status, 403);

    // What is wrong with a token, one thing at a time.
    let claims = |change: &dyn Fn(&mut Value)| {
        let mut claims = issuer.claims();
        change(&mut claims);
        signed(&header, &claims, &first)
    };
    let now = jiff::Timestamp::now().as_second();
    let mut bad = vec![
        ("another issuer", claims(&|c| c["iss"] = "https://elsewhere.example".into())),
        ("another audience", claims(&|c| c["aud"] = "somebody-else".into())),
        ("no audience", claims(&|c| drop(c.as_object_mut().unwrap().remove("aud")))),
        ("over", claims(&|c| c["exp"] = (now - 120).into())),
        ("no end", claims(&|c| drop(c.as_object_mut().unwrap().remove("exp")))),
        ("not yet", claims(&|c| c["nbf"] = (now + 600).into())),
        ("another subject", claims(&|c| c["sub"] = "248289761002".into())),
        ("nobody", claims(&|c| c["sub"] = "".into())),
        ("another's key", signed(&header, &issuer.claims(), &second)),
        ("an unknown key", signed(&json!({"alg": "EdDSA", "kid": "z"}), &issuer.claims(), &second)),
        ("no signature", format!("{}.{}.", part(&json!({"alg": "none"})), part(&issuer.claims()))),
        ("an unsigned one that claims a signature", format!("{}.{}.", part(&header), part(&issuer.claims()))),
        ("no token", "a.b.c".into()),
        ("nothing", "".into()),
        ("long", "x".repeat(20_000)),
    ];
    // The public key taken for a secret that both share.
    bad.push(("a shared secret", {
        let whole = format!("{}.{}", part(&json!({"alg": "HS256", "kid": "a"})), part(&issuer.claims()));
        use hmac::{KeyInit as _, Mac as _};
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(first.verifying_key().as_bytes()).unwrap();
        mac.update(whole.as_bytes());
        format!("{whole}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }));
    for (what, token) in &bad {
        let reply = me(&mut served, token);
        assert_eq!(reply.status, 401, "{what}: {}", reply.text);
    }

    // Whatever letter is changed, it is no token any more.
    let mut draw = chance::Draw(5);
    for _ in 0..300 {
        let mut letters: Vec<char> = good.chars().collect();
        let at = draw.below(letters.len() as u64 - 1) as usize;
        let other = b"Aa0-_.=~+/"[draw.below(10) as usize] as char;
        // The last letter of a part has bits that mean nothing.
        if letters[at] == other || letters[at + 1] == '.' {
            continue;
        }
        letters[at] = other;
        let changed: String = letters.into_iter().collect();
        let status = me(&mut served, &changed).status;
        assert_eq!(status, 401, "letter {at} of {good} is `{other}`");
    }

    // One identity is one user.
    served.token = Some(root.clone());
    assert_eq!(served.put("/v1/users/bea", &user).code(), "identity-taken");
    // A user without a password cannot log in with one.
    let log_in = json!({"organisation": "main", "user": "ada", "password": ""});
    assert_eq!(served.post("/v1/sessions", &log_in).status, 401);

    // More rights at the next request; none once the user is gone, whatever tokens there still are.
    let more = json!({"role": "administrator"});
    assert_eq!(served.put("/v1/users/ada", &more).status, 204);
    served.token = Some(good.clone());
    assert_eq!(served.get("/v1/users").status, 200);
    served.token = Some(root.clone());
    assert_eq!(served.delete("/v1/users/ada").status, 204);
    assert_eq!(me(&mut served, &good).status, 401);
    // A user of that name who comes later is not who the token speaks of.
    served.token = Some(root);
    let other = json!({"password": "correct horse battery", "role": "reader"});
    assert_eq!(served.put("/v1/users/ada", &other).status, 204);
    assert_eq!(me(&mut served, &good).status, 401);
}

#[test]
fn keys_change_and_a_silent_provider_is_told_as_such() {
    let issuer = Issuer::start();
    let (first, second) = (key(1), key(2));
    let data = tempfile::tempdir().unwrap();
    let root = administrator(data.path());
    let provider = ["--access", "tokens", "--oidc-issuer", &issuer.url, "--oidc-audience", AUDIENCE];
    let mut served = Served::start(data.path(), &provider);
    served.token = Some(root);
    let identity = json!({"issuer": issuer.url, "subject": "248289761001"});
    assert_eq!(served.put("/v1/users/ada", &json!({"identity": identity, "role": "reader"})).status, 204);
    issuer.tell(&[("a", &first)]);
    served.token = Some(signed(&json!({"alg": "EdDSA", "kid": "a"}), &issuer.claims(), &first));
    assert_eq!(served.get("/v1/me").status, 200);
    // Keys that nobody knows do not make the server ask again and again.
    for kid in ["x", "y", "z"] {
        served.token = Some(signed(&json!({"alg": "EdDSA", "kid": kid}), &issuer.claims(), &second));
        assert_eq!(served.get("/v1/me").status, 401);
    }
    assert_eq!(issuer.keys.lock().unwrap().1, 1);
    drop(served);

    let silent = ["--access", "tokens", "--oidc-issuer", "http://127.0.0.1:9", "--oidc-audience", AUDIENCE];
    let mut served = Served::start(data.path(), &silent);
    served.token = Some(signed(&json!({"alg": "EdDSA", "kid": "a"}), &issuer.claims(), &first));
    let reply = served.get("/v1/me");
    assert_eq!((reply.status, reply.code()), (503, "provider-unavailable".into()), "{}", reply.text);
}

#[test]
fn what_was_done_to_accounts_is_kept() {
    let data = tempfile::tempdir().unwrap();
    let root = administrator(data.path());
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let arguments = ["--access", "tokens", deed.to_str().unwrap()];
    let mut served = Served::start(data.path(), &arguments);
    served.token = Some(root.clone());
    let user =
        json!({"password": "correct horse battery", "role": "reader", "parties": {"ferry": ["Ferry"]}});
    assert_eq!(served.put("/v1/users/bea", &user).status, 204);
    for password in ["wrong", "correct horse battery"] {
        let log_in = json!({"organisation": "main", "user": "bea", "password": password});
        let _ = served.post("/v1/sessions", &log_in);
    }
    let log_in = json!({"organisation": "main", "user": "nobody", "password": "wrong"});
    assert_eq!(served.post("/v1/sessions", &log_in).status, 401);
    let made = served.post("/v1/tokens", &json!({"role": "appender"})).json();
    let id = made["id"].as_str().unwrap().to_string();
    assert_eq!(served.delete(&format!("/v1/tokens/{id}")).status, 204);
    let feed = served.post("/v1/matters/ferry/feeds", &json!({"party": "Ferry"})).json();
    assert_eq!(
        served.delete(&format!("/v1/matters/ferry/feeds/{}", feed["id"].as_str().unwrap())).status,
        204
    );
    assert_eq!(served.delete("/v1/users/bea").status, 204);
    drop(served);

    // It is there after a restart, in order, and in parts.
    let mut served = Served::start(data.path(), &arguments);
    served.token = Some(root);
    let told = served.get("/v1/audit");
    let told_json = told.json();
    let entries = told_json["entries"].as_array().unwrap();
    let what: Vec<&str> = entries.iter().map(|e| e["what"].as_str().unwrap()).collect();
    assert_eq!(
        what,
        [
            "token-made",
            "user-set",
            "session-refused",
            "session-begun",
            "token-made",
            "token-removed",
            "feed-made",
            "feed-revoked",
            "user-removed"
        ]
    );
    assert_eq!((&entries[0]["by"], &entries[2]["subject"]), (&json!("command"), &json!("bea")));
    assert!(entries[5]["by"].as_str().unwrap().starts_with("token:"));
    let part = served.get("/v1/audit?from=2&limit=3").json();
    assert_eq!((part["entries"][0]["entry"].as_u64(), part["next"].as_u64()), (Some(2), Some(5)));
    for secret in ["correct horse battery", made["token"].as_str().unwrap(), "argon2"] {
        assert!(!told.text.contains(secret), "a secret is in the audit log");
    }
    // It is no matter.
    assert_eq!(served.get("/v1/matters").json().as_array().map(Vec::len), Some(1));
    for path in ["/v1/matters/-audit", "/v1/matters/-audit/entries"] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
}
