//! Webhooks: each entry of a matter is told to whoever asked for it, in order and at least once.
//!
//! # Source
//! Standard Webhooks (<https://www.standardwebhooks.com>): the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.

use std::future::Future;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;

use servanda_matter::Entry;
use servanda_store::{Error as StoreError, Organisation, Place, Register};

use crate::app::App;
use crate::fault::Fault;
use crate::outside::{Call, Target};

/// The register kind of webhooks.
pub const WEBHOOK: &str = "webhook";
/// How often what is outstanding is looked for.
const EVERY: Duration = Duration::from_millis(500);
/// Webhooks that are read at once.
const PAGE: usize = 100;
/// Entries that are told in one go before others have their turn.
const IN_A_ROW: usize = 50;
/// The longest that a receiver may take.
const TIME_MAX: Duration = Duration::from_secs(10);
/// The pause after the first failure; it doubles with each.
const PAUSE_MILLIS: i64 = 1_000;
/// The longest pause.
const PAUSE_MILLIS_MAX: i64 = 3_600_000;
/// Failures after which nothing is tried any more until somebody says so.
const FAILURES_MAX: u32 = 30;
/// How long one server has a webhook to itself, from its last sign of life on: a little longer than a receiver may take.
const LEASE_MILLIS: i64 = 12_000;

/// A webhook as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Webhook {
    /// Its matter.
    pub matter: String,
    /// Where entries are sent.
    pub url: String,
    /// The key of its signatures, in base64.
    pub secret: String,
    /// The kinds of entries that are told; all where there is none.
    pub kinds: Vec<String>,
    /// The next entry.
    pub next: u64,
    /// Failures in a row.
    pub failures: u32,
    /// When it is tried again: milliseconds since 1970.
    pub retry_at: i64,
    /// What went wrong last.
    pub problem: Option<String>,
    /// Until when a server has it to itself.
    pub leased_until: i64,
}

impl Webhook {
    /// Whether it is given up until somebody lets it try again.
    pub fn is_dead(&self) -> bool {
        self.failures >= FAILURES_MAX
    }
}

/// The signature of a message.
pub fn signature(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Result<String, Fault> {
    let key = STANDARD.decode(secret).map_err(|_| Fault::internal("the secret of a webhook is no base64"))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Fault::internal("a key of no length"))?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Tells entries until `stop` comes.
pub async fn tell(app: App, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(fault) = tell_once(&app).await {
            tracing::warn!(%fault, "webhooks could not be looked at");
        }
    }
}

/// Tells what is outstanding now, as far as it can be told; how many messages were taken.
///
/// # Errors
/// What the store says.
pub async fn tell_once(app: &App) -> Result<usize, Fault> {
    let (mut told, mut after): (usize, Option<(Organisation, String)>) = (0, None);
    loop {
        let behind = after.as_ref().map(|(o, id)| (o, id.as_str()));
        let page = app.store.registers_everywhere(WEBHOOK, behind, PAGE).await?;
        let Some((organisation, last)) = page.last() else { return Ok(told) };
        after = Some((organisation.clone(), last.id.clone()));
        for (organisation, register) in page {
            told += tell_one(app, &organisation, register).await?;
        }
    }
}

async fn tell_one(app: &App, organisation: &Organisation, register: Register) -> Result<usize, Fault> {
    let Ok(mut hook) = serde_json::from_slice::<Webhook>(&register.bytes) else { return Ok(0) };
    let Ok(matter) = hook.matter.parse() else { return Ok(0) };
    let place = Place { organisation: organisation.clone(), matter };
    let now = app.edge.now().as_millisecond();
    if hook.is_dead() || hook.retry_at > now || hook.leased_until > now {
        return Ok(0);
    }
    if app.store.version(&place).await? <= hook.next {
        return Ok(0);
    }
    // Two servers that both think it is theirs tell an entry twice, with the same id: that is allowed.
    hook.leased_until = now.saturating_add(LEASE_MILLIS);
    let Some(mut revision) = keep(app, organisation, &register.id, register.revision, &hook).await? else {
        return Ok(0);
    };
    let mut told = 0;
    for entry in app.store.entries(&place, hook.next, IN_A_ROW).await? {
        let index = entry.index;
        let kind = Entry::from_bytes(&entry.bytes)?.body.kind();
        if hook.kinds.is_empty() || hook.kinds.iter().any(|k| k == kind) {
            match send(app, &place, &register.id, &hook, &entry).await {
                Ok(()) => told += 1,
                Err(problem) => {
                    hook.failures += 1;
                    let pause = PAUSE_MILLIS << hook.failures.saturating_sub(1).min(20);
                    hook.retry_at =
                        app.edge.now().as_millisecond().saturating_add(pause.min(PAUSE_MILLIS_MAX));
                    hook.problem = Some(problem);
                    metrics::counter!("servanda_webhook_failures_total").increment(1);
                    break;
                }
            }
            metrics::counter!("servanda_webhook_deliveries_total").increment(1);
        }
        hook.next = index + 1;
        hook.failures = 0;
        hook.problem = None;
        hook.leased_until = app.edge.now().as_millisecond().saturating_add(LEASE_MILLIS);
        // What was told is kept before the next is told, so little is told twice after a crash.
        match keep(app, organisation, &register.id, revision, &hook).await? {
            Some(next) => revision = next,
            None => return Ok(told),
        }
    }
    hook.leased_until = 0;
    keep(app, organisation, &register.id, revision, &hook).await?;
    Ok(told)
}

/// Keeps how far a webhook has come; `None` where somebody else has changed it.
async fn keep(
    app: &App,
    organisation: &Organisation,
    id: &str,
    revision: u64,
    hook: &Webhook,
) -> Result<Option<u64>, Fault> {
    let bytes = serde_json::to_vec(hook).map_err(|e| Fault::internal(&e.to_string()))?;
    match app.store.write_register(organisation, WEBHOOK, id, revision, Some(bytes)).await {
        Ok(revision) => Ok(Some(revision)),
        Err(StoreError::Revised { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Sends one message; what went wrong, where it was not taken.
async fn send(
    app: &App,
    place: &Place,
    webhook: &str,
    hook: &Webhook,
    entry: &servanda_store::Entry,
) -> Result<(), String> {
    let private = app.settings.private_webhooks;
    let target = Target::parse(&hook.url, private).map_err(|e| e.to_string())?;
    // It is looked up each time, and called where it was found: a name that moves inside afterwards is called outside all the same.
    let at = target.at(&*app.outside, private).await.map_err(|e| e.to_string())?;
    let Entry { at: recorded, by, body, .. } = Entry::from_bytes(&entry.bytes).map_err(|e| e.message)?;
    let message = json!({"matter": place.matter.as_str(), "entry": entry.index, "at": recorded.to_string(), "by": by,
        "kind": body.kind(), "body": body.json()});
    let body = message.to_string().into_bytes();
    let id = format!("{webhook}-{}", entry.index);
    let timestamp = app.edge.now().as_second();
    let signature = signature(&hook.secret, &id, timestamp, &body).map_err(|e| e.message)?;
    let call = Call {
        url: target.url.clone(),
        host: target.host.clone(),
        at,
        headers: vec![
            ("content-type", "application/json".into()),
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ],
        body,
        time_max: TIME_MAX,
    };
    match app.outside.post(call).await? {
        200..=299 => Ok(()),
        status @ 300..=399 => Err(format!(
            "it answered {status}; redirects are not followed, give the address that it leads to"
        )),
        status => Err(format!("it answered {status}")),
    }
}
