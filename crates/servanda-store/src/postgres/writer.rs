//! The task that appends: everything that waits goes into one transaction.
//!
//! The unique indexes on (organisation, matter, place) and (organisation, matter, key) are the guard, not the isolation level: a row
//! that another server wrote first is not inserted, and then the whole transaction is taken back and tried anew over what is there.

use std::collections::{BTreeMap, HashMap};

use deadpool_postgres::{Pool, Transaction};
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::error::SqlState;

use super::{failed, pooled};
use crate::limits::entry_seal;
use crate::{Draft, Error, Place, leaf_hash};

/// Most appends that share a transaction.
const BATCH_MAX: usize = 256;
/// Most bytes of the entries of a transaction.
const BATCH_BYTES_MAX: usize = 32 << 20;
/// How often a transaction is tried anew because another server was first.
const ATTEMPTS_MAX: usize = 20;

/// An append that waits.
pub struct Append {
    /// The matter.
    pub place: Place,
    /// The version that it should have.
    pub expected: u64,
    /// What is appended.
    pub drafts: Vec<Draft>,
    /// Learns the end.
    pub reply: oneshot::Sender<Result<u64, Error>>,
}

impl Append {
    fn bytes(&self) -> usize {
        self.drafts.iter().map(|d| d.bytes.len()).sum()
    }
}

/// Appends what comes, until nothing comes any more.
pub async fn work(pool: Pool, mut waiting: mpsc::UnboundedReceiver<Append>) {
    let mut next = None;
    loop {
        let first = match next.take() {
            Some(first) => first,
            None => match waiting.recv().await {
                Some(first) => first,
                None => return,
            },
        };
        let mut bytes = first.bytes();
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX
            && let Ok(append) = waiting.try_recv()
        {
            bytes += append.bytes();
            if bytes > BATCH_BYTES_MAX {
                next = Some(append);
                break;
            }
            batch.push(append);
        }
        let ends = write(&pool, &batch).await;
        for (append, end) in batch.into_iter().zip(ends) {
            // Whoever asked may be gone.
            let _ = append.reply.send(end);
        }
    }
}

async fn write(pool: &Pool, batch: &[Append]) -> Vec<Result<u64, Error>> {
    let mut end = Error::Unavailable("other servers were first again and again; try again".into());
    // Who appends has looked already; only where a row does not go in is it asked which keys are there.
    let mut look = false;
    for _ in 0..ATTEMPTS_MAX {
        match attempt(pool, batch, look).await {
            Ok(Some(ends)) => return ends,
            Ok(None) => look = true,
            Err(error) => {
                end = error;
                break;
            }
        }
    }
    batch.iter().map(|_| Err(end.clone())).collect()
}

/// Tries once; `None` where a row is there already: another server was first, or a key is taken that was not looked up.
async fn attempt(
    pool: &Pool,
    batch: &[Append],
    look: bool,
) -> Result<Option<Vec<Result<u64, Error>>>, Error> {
    let mut client = pooled(pool).await?;
    let transaction = client.transaction().await.map_err(|e| failed(&e))?;
    let mut versions = versions(&transaction, batch).await?;
    let taken = if look { taken(&transaction, batch).await? } else { HashMap::new() };
    let mut fresh: HashMap<(&Place, &str), u64> = HashMap::new();
    let mut ends = Vec::with_capacity(batch.len());
    let mut rows = Rows::default();
    for append in batch {
        let version = versions.get(&append.place).copied().unwrap_or(0);
        if version != append.expected {
            ends.push(Err(Error::Conflict { expected: append.expected, version }));
            continue;
        }
        let mut own: HashMap<&str, u64> = HashMap::new();
        let clash = (version..).zip(&append.drafts).find_map(|(index, draft)| {
            let key = draft.key.as_deref()?;
            let there = taken
                .get(&(append.place.clone(), key.to_string()))
                .or_else(|| fresh.get(&(&append.place, key)))
                .or_else(|| own.get(key))
                .copied();
            own.entry(key).or_insert(index);
            there.map(|index| Error::Taken { key: key.to_string(), index })
        });
        if let Some(clash) = clash {
            ends.push(Err(clash));
            continue;
        }
        fresh.extend(own.into_iter().map(|(key, index)| ((&append.place, key), index)));
        for (index, draft) in (version..).zip(&append.drafts) {
            rows.push(&append.place, index, draft);
        }
        let version = version + append.drafts.len() as u64;
        versions.insert(append.place.clone(), version);
        ends.push(Ok(version));
    }
    if rows.is_empty() {
        return Ok(Some(ends));
    }
    let put = async {
        let written = rows.insert(&transaction).await?;
        if written < rows.len() as u64 {
            return Ok(false);
        }
        rows.tell_versions(&transaction, &versions).await?;
        Ok(true)
    };
    match put.await {
        Ok(true) => {}
        Ok(false) => {
            transaction.rollback().await.map_err(|e| failed(&e))?;
            return Ok(None);
        }
        Err(error) if is_race(&error) => return Ok(None),
        Err(error) => return Err(failed(&error)),
    }
    transaction.commit().await.map_err(|e| failed(&e))?;
    Ok(Some(ends))
}

/// Whether a transaction was ended for the sake of another.
fn is_race(error: &tokio_postgres::Error) -> bool {
    matches!(
        error.code(),
        Some(code) if *code == SqlState::T_R_DEADLOCK_DETECTED
            || *code == SqlState::T_R_SERIALIZATION_FAILURE
            || *code == SqlState::UNIQUE_VIOLATION
    )
}

/// The versions of the matters of a batch.
async fn versions(transaction: &Transaction<'_>, batch: &[Append]) -> Result<BTreeMap<Place, u64>, Error> {
    let mut places: Vec<&Place> = batch.iter().map(|a| &a.place).collect();
    places.sort();
    places.dedup();
    let organisations: Vec<&str> = places.iter().map(|p| p.organisation.as_str()).collect();
    let matters: Vec<&str> = places.iter().map(|p| p.matter.as_str()).collect();
    let statement = transaction
        .prepare_cached(
            "SELECT coalesce((SELECT max(e.place) + 1 FROM entry e
                              WHERE e.organisation = a.organisation AND e.matter = a.matter), 0)
             FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (organisation, matter, n) ORDER BY a.n",
        )
        .await
        .map_err(|e| failed(&e))?;
    let rows = transaction.query(&statement, &[&organisations, &matters]).await.map_err(|e| failed(&e))?;
    let version = |row: &tokio_postgres::Row| u64::try_from(row.get::<_, i64>(0)).unwrap_or_default();
    Ok(places.into_iter().cloned().zip(rows.iter().map(version)).collect())
}

/// The keys of a batch that are there already, and where.
async fn taken(
    transaction: &Transaction<'_>,
    batch: &[Append],
) -> Result<HashMap<(Place, String), u64>, Error> {
    let mut asked: Vec<(&Place, &str)> = Vec::new();
    for append in batch {
        asked.extend(append.drafts.iter().filter_map(|d| Some((&append.place, d.key.as_deref()?))));
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let organisations: Vec<&str> = asked.iter().map(|(p, _)| p.organisation.as_str()).collect();
    let matters: Vec<&str> = asked.iter().map(|(p, _)| p.matter.as_str()).collect();
    let keys: Vec<&str> = asked.iter().map(|(_, key)| *key).collect();
    let statement = transaction
        .prepare_cached(
            "SELECT a.n, e.place FROM unnest($1::text[], $2::text[], $3::text[])
                 WITH ORDINALITY AS a (organisation, matter, key, n)
             JOIN entry e ON e.organisation = a.organisation AND e.matter = a.matter AND e.key = a.key",
        )
        .await
        .map_err(|e| failed(&e))?;
    let rows =
        transaction.query(&statement, &[&organisations, &matters, &keys]).await.map_err(|e| failed(&e))?;
    let mut out = HashMap::new();
    for row in rows {
        let number = usize::try_from(row.get::<_, i64>(0) - 1).unwrap_or_default();
        let index = u64::try_from(row.get::<_, i64>(1)).unwrap_or_default();
        if let Some((place, key)) = asked.get(number) {
            out.insert(((*place).clone(), (*key).to_string()), index);
        }
    }
    Ok(out)
}

/// Rows that will be inserted, column by column.
#[derive(Default)]
struct Rows<'b> {
    organisations: Vec<&'b str>,
    matters: Vec<&'b str>,
    places: Vec<i64>,
    keys: Vec<Option<&'b str>>,
    bytes: Vec<&'b [u8]>,
    seals: Vec<Vec<u8>>,
}

impl<'b> Rows<'b> {
    fn push(&mut self, place: &'b Place, index: u64, draft: &'b Draft) {
        self.organisations.push(place.organisation.as_str());
        self.matters.push(place.matter.as_str());
        self.places.push(i64::try_from(index).unwrap_or(i64::MAX));
        self.keys.push(draft.key.as_deref());
        self.bytes.push(&draft.bytes);
        let seal = entry_seal(place, index, draft.key.as_deref(), &leaf_hash(&draft.bytes));
        self.seals.push(seal.to_vec());
    }

    fn len(&self) -> usize {
        self.places.len()
    }

    fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Inserts those that nobody else has inserted; how many. In one order for all servers, so that they do not wait for each
    /// other in a circle.
    async fn insert(&self, transaction: &Transaction<'_>) -> Result<u64, tokio_postgres::Error> {
        let statement = transaction
            .prepare_cached(
                "INSERT INTO entry (organisation, matter, place, key, bytes, seal)
                 SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[])
                     AS a (organisation, matter, place, key, bytes, seal)
                 ORDER BY a.organisation COLLATE \"C\", a.matter COLLATE \"C\", a.place
                 ON CONFLICT DO NOTHING",
            )
            .await?;
        transaction
            .execute(
                &statement,
                &[&self.organisations, &self.matters, &self.places, &self.keys, &self.bytes, &self.seals],
            )
            .await
    }

    async fn tell_versions(
        &self,
        transaction: &Transaction<'_>,
        versions: &BTreeMap<Place, u64>,
    ) -> Result<(), tokio_postgres::Error> {
        let own: std::collections::BTreeSet<(&str, &str)> =
            self.organisations.iter().copied().zip(self.matters.iter().copied()).collect();
        let told: Vec<(&str, &str, i64)> = versions
            .iter()
            .map(|(p, v)| (p.organisation.as_str(), p.matter.as_str(), i64::try_from(*v).unwrap_or(i64::MAX)))
            .filter(|(organisation, matter, _)| own.contains(&(organisation, matter)))
            .collect();
        let organisations: Vec<&str> = told.iter().map(|t| t.0).collect();
        let matters: Vec<&str> = told.iter().map(|t| t.1).collect();
        let versions: Vec<i64> = told.iter().map(|t| t.2).collect();
        let statement = transaction
            .prepare_cached(
                "INSERT INTO matter (organisation, name, version, wake)
                 SELECT a.organisation, a.name, a.version, 0
                 FROM unnest($1::text[], $2::text[], $3::bigint[]) AS a (organisation, name, version)
                 ORDER BY a.organisation COLLATE \"C\", a.name COLLATE \"C\"
                 ON CONFLICT (organisation, name) DO UPDATE SET version = excluded.version, wake = 0",
            )
            .await?;
        transaction.execute(&statement, &[&organisations, &matters, &versions]).await?;
        Ok(())
    }
}
