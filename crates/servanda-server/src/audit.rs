//! What was done to accounts: a log of its own for each organisation. `docs/living.md`, "Who may do what".

use std::sync::Arc;

use serde_json::{Value, json};

use servanda_store::{Draft, Error as StoreError, MatterName, Organisation, Place, Store};

use crate::edge::Edge;
use crate::fault::Fault;

/// How often it is tried again because another came first.
const ATTEMPTS_MAX: usize = 64;

/// The log.
#[derive(Clone)]
pub struct Audit {
    store: Arc<dyn Store>,
    edge: Arc<dyn Edge>,
}

/// Something that was done.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'d> {
    /// Who did it: `user:NAME`, `token:ID`, `command`.
    pub by: &'d str,
    /// What: `token-made`, `user-removed`, …
    pub what: &'static str,
    /// To whom or what.
    pub subject: &'d str,
}

impl Audit {
    /// The logs of a store.
    pub fn new(store: Arc<dyn Store>, edge: Arc<dyn Edge>) -> Audit {
        Audit { store, edge }
    }

    /// Writes what was done, and more about it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn write(&self, organisation: &Organisation, deed: Deed<'_>, more: Value) -> Result<(), Fault> {
        let place = Place { organisation: organisation.clone(), matter: MatterName::audit() };
        let entry = json!({"at": self.edge.now().to_string(), "by": deed.by, "what": deed.what,
            "subject": deed.subject, "details": more});
        let bytes = servanda_log::canonical(&entry).into_bytes();
        for _ in 0..ATTEMPTS_MAX {
            let version = self.store.version(&place).await?;
            match self.store.append(&place, version, vec![Draft { key: None, bytes: bytes.clone() }]).await {
                Err(StoreError::Conflict { .. }) => {}
                done => return done.map(drop).map_err(Fault::from),
            }
        }
        Err(Fault::busy())
    }

    /// What was done, from an entry on, and how many entries there are.
    ///
    /// # Errors
    /// What the store says.
    pub async fn read(
        &self,
        organisation: &Organisation,
        from: u64,
        limit: usize,
    ) -> Result<(Vec<Value>, u64), Fault> {
        let place = Place { organisation: organisation.clone(), matter: MatterName::audit() };
        let version = self.store.version(&place).await?;
        let mut out = Vec::new();
        for entry in self.store.entries(&place, from, limit).await? {
            let mut value: Value = serde_json::from_slice(&entry.bytes)
                .map_err(|e| Fault::new("damaged", format!("entry {} of the audit log: {e}", entry.index)))?;
            value["entry"] = entry.index.into();
            out.push(value);
        }
        Ok((out, version))
    }
}
