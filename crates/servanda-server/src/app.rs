//! What every route works with.

use std::sync::Arc;

use servanda_log::{Checkpoint, SigningKey, VerifierKey};
use servanda_store::{Organisation, Place, Store};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::accounts::Accounts;
use crate::audit::Audit;
use crate::desk::{Desks, Seat};
use crate::edge::{Edge, fill};
use crate::fault::Fault;
use crate::oidc::{OidcSettings, Provider};
use crate::outside::Outside;
use crate::principal::{Parties, Principal, Role};
use crate::rates::Rates;

/// Most streams at once.
const STREAMS_MAX: usize = 1_000;

/// Who may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Everybody, as an administrator of this organisation: for a server that nobody else reaches.
    Open(Organisation),
    /// Who has a token.
    Tokens,
}

/// How a server answers.
pub struct Settings {
    /// Who may ask.
    pub access: Access,
    /// The beginning of every address that is told to callers, such as `https://servanda.example`, without a `/` at its end.
    pub base: String,
    /// The beginning of the origin of every log, such as `servanda.example`.
    pub origin: String,
    /// The matter that decisions are about where none is named.
    pub default_matter: Option<String>,
    /// Most requests of an organisation in a second; any number where there is none.
    pub requests_a_second: Option<std::num::NonZeroU32>,
    /// Whether webhooks may lead to addresses that are not on the public internet, and without encryption.
    pub private_webhooks: bool,
    /// A provider whose tokens are taken.
    pub oidc: Option<OidcSettings>,
    /// Threads on which matters are worked on.
    pub desks: usize,
}

impl Default for Settings {
    /// For who has a token, at the machine itself, with nothing besides.
    fn default() -> Settings {
        Settings {
            access: Access::Tokens,
            base: "http://localhost".into(),
            origin: "localhost".into(),
            default_matter: None,
            requests_a_second: None,
            private_webhooks: false,
            oidc: None,
            desks: 1,
        }
    }
}

/// What every route works with. A copy is the same application.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an application is made of.
pub struct Parts {
    pub(crate) desks: Desks,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) accounts: Accounts,
    pub(crate) audit: Audit,
    pub(crate) edge: Arc<dyn Edge>,
    pub(crate) outside: Arc<dyn Outside>,
    pub(crate) settings: Settings,
    pub(crate) key: SigningKey,
    stop: watch::Sender<bool>,
    streams: Arc<Semaphore>,
    pub(crate) rates: Rates,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// An application over a store.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn new(
        store: Arc<dyn Store>,
        edge: Arc<dyn Edge>,
        outside: Arc<dyn Outside>,
        key: SigningKey,
        settings: Settings,
    ) -> std::io::Result<App> {
        let audit = Audit::new(store.clone(), edge.clone());
        let provider = settings.oidc.clone();
        let provider = provider.map(|p| Arc::new(Provider::new(p, edge.clone(), outside.clone())));
        let parts = Parts {
            desks: Desks::open(store.clone(), edge.clone(), settings.desks)?,
            accounts: Accounts::new(store.clone(), edge.clone(), audit.clone(), provider),
            audit,
            store,
            edge,
            outside,
            rates: Rates::new(settings.requests_a_second),
            settings,
            key,
            stop: watch::channel(false).0,
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
        };
        Ok(App(Arc::new(parts)))
    }

    /// The matters of this server.
    pub fn desks(&self) -> &Desks {
        &self.desks
    }

    /// Its accounts.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The key with which its checkpoints can be verified.
    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// Takes an export in, under a place that has no matter yet. It should have been verified. Returns its version.
    ///
    /// # Errors
    /// As [`crate::transfer::import`].
    pub async fn import(
        &self,
        place: &Place,
        input: &mut (dyn std::io::BufRead + Send),
    ) -> Result<u64, Fault> {
        crate::transfer::import(&*self.store, place, input).await
    }

    /// Lets streams end: the server is going to stop.
    pub fn begin_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until the server is going to stop.
    pub(crate) async fn stopping(&self) {
        let mut stop = self.stop.subscribe();
        // The sender lives as long as the application.
        let _ = stop.wait_for(|stop| *stop).await;
    }

    /// A place among the streams, for as long as it is held.
    pub(crate) fn follow(&self) -> Result<OwnedSemaphorePermit, Fault> {
        self.streams.clone().try_acquire_owned().map_err(|_| {
            Fault::new(
                "busy",
                format!("there are {STREAMS_MAX} streams already; try again later, or read entries"),
            )
        })
    }

    /// Waits until what was begun is done, and gives the database back.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// Who a request is from.
    pub(crate) async fn principal(&self, authorization: Option<&str>) -> Result<Principal, Fault> {
        match &self.settings.access {
            Access::Open(organisation) => Ok(Principal {
                organisation: organisation.clone(),
                name: "user:local".into(),
                role: Role::Administrator,
                parties: Parties::new(),
            }),
            Access::Tokens => {
                let who = self.accounts.authenticate(authorization).await?;
                self.rates.request(who.organisation.as_str())?;
                Ok(who)
            }
        }
    }

    /// The origin of a matter's log.
    pub(crate) fn origin(&self, place: &Place) -> String {
        format!("{}/{}/{}", self.settings.origin, place.organisation, place.matter)
    }

    /// The signed checkpoint of a seat.
    pub(crate) fn checkpoint(&self, place: &Place, seat: &Seat) -> Result<String, Fault> {
        let wrong = |what: String| Fault::internal(&what);
        let checkpoint = Checkpoint::new(&self.origin(place), seat.tree.size(), seat.tree.current_root())
            .map_err(|e| wrong(e.to_string()))?;
        checkpoint.sign(&[&self.key]).map_err(|e| wrong(e.to_string()))
    }

    /// An identity that nobody has had: a UUID of version 7.
    pub(crate) fn fresh_id(&self) -> Result<String, Fault> {
        let mut random = [0; 10];
        fill(&*self.edge, &mut random)?;
        let millis = u64::try_from(self.edge.now().as_millisecond()).unwrap_or_default();
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string())
    }
}
