//! What a server needs of the machine: a folder with its database and key, the time, random bytes, signals.

#![allow(clippy::disallowed_methods, reason = "a server's one door to the world")]

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use servanda_log::SigningKey;
use servanda_server::edge::Edge;
use servanda_server::outside::{Call, Outside};
use servanda_server::{Access, App, OidcSettings, Settings};
use servanda_store::{Organisation, Postgres, Sqlite, Store};
use tokio::runtime::Runtime;

use crate::context::Fault;

/// The time of the system, and its random bytes.
pub struct System;

impl Edge for System {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }

    fn random(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        getrandom::fill(bytes).map_err(std::io::Error::other)
    }
}

/// Other servers, as they are.
struct Internet;

#[async_trait]
impl Outside for Internet {
    async fn resolve(&self, host: &str, port: u16) -> Result<Vec<IpAddr>, String> {
        let found = tokio::net::lookup_host((host, port)).await.map_err(|e| e.to_string())?;
        Ok(found.map(|address| address.ip()).collect())
    }

    async fn post(&self, call: Call) -> Result<u16, String> {
        let body = call.body.clone();
        Ok(sent(client(&call)?.post(&call.url).body(body), &call).await?.status().as_u16())
    }

    async fn get(&self, call: Call, bytes_max: usize) -> Result<(u16, Vec<u8>), String> {
        let mut answer = sent(client(&call)?.get(&call.url), &call).await?;
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|e| e.to_string())? {
            if body.len() + part.len() > bytes_max {
                return Err(format!("{} gives more than {bytes_max} bytes", call.url));
            }
            body.extend_from_slice(&part);
        }
        Ok((answer.status().as_u16(), body))
    }
}

/// A client of its own for each call: it knows no other address for the host than the one that was looked at.
fn client(call: &Call) -> Result<reqwest::Client, String> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .resolve(&call.host, call.at)
        .timeout(call.time_max)
        .user_agent(concat!("servanda/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| e.to_string())
}

async fn sent(mut request: reqwest::RequestBuilder, call: &Call) -> Result<reqwest::Response, String> {
    for (name, value) in &call.headers {
        request = request.header(*name, value);
    }
    request.send().await.map_err(|e| {
        let why = std::error::Error::source(&e).map(|s| format!(": {s}")).unwrap_or_default();
        format!("nobody answered{why}")
    })
}

/// What callers may do to a server, and a server to others.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// Whether webhooks may lead inside.
    pub private_webhooks: bool,
    /// Most requests of an organisation in a second.
    pub requests_a_second: Option<std::num::NonZeroU32>,
    /// A provider whose tokens are taken.
    pub oidc: Option<OidcSettings>,
}

/// Where the database is, as every command that opens it is told.
#[derive(Debug, clap::Args)]
pub struct House {
    /// The folder of the database and the signing key; it is made where it is missing
    #[arg(long, value_name = "DIR", default_value = "servanda-data")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of a file in the folder, for several servers: `postgres://user@host/name`. The signing key in
    /// the folder has to be the same for all of them
    #[arg(long, value_name = "URL", env = "SERVANDA_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Certificates of the authorities that vouch for the database, in PEM; those of the system otherwise. The address has to say
    /// `sslmode=require`
    #[arg(long, value_name = "FILE", requires = "database")]
    pub database_ca: Option<PathBuf>,
    /// The organisation that is meant
    #[arg(long, value_name = "NAME", default_value = "main")]
    pub organisation: String,
    /// The beginning of the origin of every log, and the name of the signing key
    #[arg(long, value_name = "NAME", default_value = "localhost")]
    pub origin: String,
}

impl House {
    /// The organisation.
    ///
    /// # Errors
    /// A name that is none.
    pub fn organisation(&self) -> Result<Organisation, Fault> {
        self.organisation.parse().map_err(|e| Fault::input(format!("--organisation: {e}")))
    }

    /// Opens the database.
    ///
    /// # Errors
    /// A folder that cannot be made; what the store says.
    fn store(&self, runtime: &Runtime) -> Result<Arc<dyn Store>, Fault> {
        std::fs::create_dir_all(&self.data)
            .map_err(|e| Fault::input(format!("--data `{}`: {e}", self.data.display())))?;
        if let Some(url) = &self.database {
            let authorities = match &self.database_ca {
                Some(path) => Some(
                    std::fs::read(path)
                        .map_err(|e| Fault::input(format!("--database-ca `{}`: {e}", path.display())))?,
                ),
                None => None,
            };
            let opened = Postgres::open_with(url, authorities.as_deref());
            let store = runtime.block_on(opened).map_err(|e| Fault::input(e.to_string()))?;
            return Ok(Arc::new(store));
        }
        let store =
            Sqlite::open(&self.data.join("servanda.sqlite3")).map_err(|e| Fault::input(e.to_string()))?;
        Ok(Arc::new(store))
    }

    /// The key with which checkpoints are signed; it is made where there is none.
    ///
    /// # Errors
    /// A file that cannot be read or written, or holds no key.
    pub fn key(&self) -> Result<SigningKey, Fault> {
        let path = self.data.join("signing.key");
        let told = |e: &dyn std::fmt::Display| Fault::input(format!("`{}`: {e}", path.display()));
        let seed = match std::fs::read_to_string(&path) {
            Ok(text) => seed_of(text.trim()).ok_or_else(|| {
                told(
                    &"a signing key is 64 hexadecimal digits; put the right file back, or move this one away",
                )
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut seed = [0; 32];
                System.random(&mut seed).map_err(|e| told(&e))?;
                keep(&path, &seed).map_err(|e| told(&e))?;
                seed
            }
            Err(e) => return Err(told(&e)),
        };
        SigningKey::from_seed(&self.origin, &seed).map_err(|e| Fault::input(format!("--origin: {e}")))
    }

    /// The application over the database.
    ///
    /// # Errors
    /// As [`House::store`] and [`House::key`].
    pub fn app(
        &self,
        runtime: &Runtime,
        access: Access,
        base: String,
        default_matter: Option<String>,
        limits: Limits,
    ) -> Result<App, Fault> {
        let store = self.store(runtime)?;
        let settings = Settings {
            access,
            base,
            origin: self.origin.clone(),
            default_matter,
            private_webhooks: limits.private_webhooks,
            requests_a_second: limits.requests_a_second,
            oidc: limits.oidc,
            desks: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        };
        // The only provider that is built in; a second time, in tests, it is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        App::new(store, Arc::new(System), Arc::new(Internet), self.key()?, settings)
            .map_err(|e| Fault::input(format!("the server cannot start: {e}")))
    }
}

fn seed_of(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut seed = [0; 32];
    for (byte, at) in seed.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(seed)
}

/// Writes a new key that nobody else on the machine can read.
fn keep(path: &Path, seed: &[u8; 32]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let text: String = seed.iter().map(|b| format!("{b:02x}")).collect();
    writeln!(file, "{text}")?;
    file.sync_all()
}

/// Files that a server would like to have open at once.
#[cfg(unix)]
const FILES: u64 = 16_384;

/// Where tasks run.
///
/// # Errors
/// The system gives no thread.
pub fn runtime() -> Result<Runtime, Fault> {
    // A connection is a file; what the system does not give is done without.
    #[cfg(unix)]
    let _ = rlimit::increase_nofile_limit(FILES);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Fault::input(format!("no runtime: {e}")))
}

/// Waits until somebody wants the process to end.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            },
            Err(_) => {
                let _ = tokio::signal::ctrl_c().await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
