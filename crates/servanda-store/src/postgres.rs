//! Matters kept in PostgreSQL, for any number of servers, which keep no state of their own.

mod schema;
mod tls;
mod writer;

use std::time::Duration;

use async_trait::async_trait;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::config::SslMode;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, NoTls, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::limits::{entry_seal, limit, register_digest, within_limits};
use crate::name::{AUDIT, Kept};
use crate::{
    BLOB_BYTES_MAX, Draft, Entry, Error, FeedItem, Hash, MatterName, Organisation, Place, Position,
    REGISTER_BYTES_MAX, Register, Store, leaf_hash,
};
use writer::Append;

/// Most connections of one server.
const CONNECTIONS_MAX: usize = 8;
/// The longest that a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// What every connection is set to: nothing takes for ever, and what is acknowledged is on the disk.
const OPTIONS: &str =
    "-c statement_timeout=15000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=15000";
/// Bytes of entries after which a page of them ends.
const PAGE_BYTES_MAX: usize = 16 << 20;
/// How often the write of a register is tried anew because another server was first.
const ATTEMPTS_MAX: usize = 20;

/// A store in a PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    pool: Pool,
    appends: mpsc::UnboundedSender<Append>,
    /// Where connections are worked on; callers may come from elsewhere.
    home: Handle,
}

impl Postgres {
    /// Opens the database of a URL as [`Postgres::open_with`] does, trusting the system's authorities.
    ///
    /// # Errors
    /// As [`Postgres::open_with`].
    pub async fn open(url: &str) -> Result<Postgres, Error> {
        Postgres::open_with(url, None).await
    }

    /// Opens the database of a URL such as `postgres://servanda@db.example/servanda`, and makes its tables where they are missing.
    /// With `sslmode=require` in the URL connections are encrypted, and the database has to show a certificate for its host by one of
    /// the system's authorities, or by those of a file of certificates in PEM; without it use a Unix socket or a private network.
    ///
    /// # Errors
    /// [`Error::Unsafe`] where the database can lose what it acknowledges, or where a newer Servanda wrote it, or where the file holds
    /// no certificate; [`Error::Unavailable`] where it does not answer, or the URL is none.
    pub async fn open_with(url: &str, authorities: Option<&[u8]>) -> Result<Postgres, Error> {
        let mut config: Config = url.parse().map_err(|e| {
            Error::Unavailable(format!(
                "`--database` is no address of PostgreSQL such as postgres://user@host/name: {e}"
            ))
        })?;
        config.options(OPTIONS).connect_timeout(PATIENCE).application_name("servanda");
        let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = if config.get_ssl_mode() == SslMode::Require {
            Manager::from_config(config, MakeRustlsConnect::new(tls::client(authorities)?), manager)
        } else if authorities.is_some() {
            return Err(Error::Unsafe(
                "authorities are named, but the address of the database does not say `sslmode=require`"
                    .into(),
            ));
        } else {
            Manager::from_config(config, NoTls, manager)
        };
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS_MAX)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            .build()
            .map_err(|e| Error::Unavailable(e.to_string()))?;
        let mut client = pooled(&pool).await?;
        schema::is_safe(&client).await?;
        schema::migrate(&mut client).await?;
        schema::adopt(&mut client).await?;
        drop(client);
        let (appends, waiting) = mpsc::unbounded_channel();
        let home = Handle::current();
        home.spawn(writer::work(pool.clone(), waiting));
        Ok(Postgres { pool, appends, home })
    }

    /// A connection, which is worked on at home: a caller's own runtime may be busy with something else.
    async fn client(&self) -> Result<Object, Error> {
        let pool = self.pool.clone();
        self.home
            .spawn(async move { pooled(&pool).await })
            .await
            .map_err(|_| Error::Unavailable("the store is closed".into()))?
    }

    async fn rows(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await.map_err(|e| failed(&e))?;
        client.query(&statement, values).await.map_err(|e| failed(&e))
    }

    async fn execute(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<u64, Error> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await.map_err(|e| failed(&e))?;
        client.execute(&statement, values).await.map_err(|e| failed(&e))
    }

    /// A register as its row has it, also where it was removed.
    async fn row_of(
        &self,
        organisation: &str,
        kind: &str,
        id: &str,
    ) -> Result<Option<(Register, bool)>, Error> {
        let sql = "SELECT id, revision, bytes, digest FROM register WHERE organisation = $1 AND kind = $2 AND id = $3";
        let rows = self.rows(sql, &[&organisation, &kind, &id]).await?;
        rows.first().map(|row| register_of(organisation, kind, row)).transpose()
    }
}

async fn pooled(pool: &Pool) -> Result<Object, Error> {
    pool.get().await.map_err(|e| Error::Unavailable(e.to_string()))
}

/// What an error of PostgreSQL is for callers.
fn failed(error: &tokio_postgres::Error) -> Error {
    use tokio_postgres::error::SqlState;
    match (error.code(), error.as_db_error()) {
        (Some(code), Some(told))
            if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED =>
        {
            Error::Damaged { place: "the database".into(), problem: told.message().into() }
        }
        (Some(code), _) if *code == SqlState::DISK_FULL => {
            Error::Unavailable("the disk of the database is full; make room, and try again".into())
        }
        (_, Some(told)) => Error::Unavailable(told.message().into()),
        _ => Error::Unavailable(error.to_string()),
    }
}

fn number(row: &Row, column: usize) -> Result<u64, Error> {
    let found: i64 = row.try_get(column).map_err(|e| failed(&e))?;
    u64::try_from(found).map_err(|_| Error::Damaged {
        place: "a row of the database".into(),
        problem: format!("{found} is no number of entries"),
    })
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn name<T: Kept>(row: &Row, column: usize) -> Result<T, Error> {
    let text: String = row.try_get(column).map_err(|e| failed(&e))?;
    T::kept(&text).map_err(|_| Error::Damaged {
        place: "a row of the database".into(),
        problem: format!("`{text}` is no name"),
    })
}

fn register_of(organisation: &str, kind: &str, row: &Row) -> Result<(Register, bool), Error> {
    let id: String = row.try_get(0).map_err(|e| failed(&e))?;
    let revision = number(row, 1)?;
    let bytes: Option<Vec<u8>> = row.try_get(2).map_err(|e| failed(&e))?;
    let digest: Vec<u8> = row.try_get(3).map_err(|e| failed(&e))?;
    if digest != register_digest(organisation, kind, &id, revision, bytes.as_deref()) {
        return Err(Error::Damaged {
            place: format!("the register `{kind}/{id}`"),
            problem: "its bytes are not those that were written".into(),
        });
    }
    let there = bytes.is_some();
    Ok((Register { id, revision, bytes: bytes.unwrap_or_default() }, there))
}

fn entry_of(place: &Place, expected: u64, row: &Row) -> Result<Entry, Error> {
    let damaged = |problem: String| Error::Damaged {
        place: format!("entry {expected} of the matter `{}`", place.matter),
        problem,
    };
    let index = number(row, 0)?;
    if index != expected {
        return Err(damaged(format!("it is missing, and entry {index} comes next")));
    }
    let key: Option<String> = row.try_get(1).map_err(|e| failed(&e))?;
    let bytes: Vec<u8> = row.try_get(2).map_err(|e| failed(&e))?;
    let seal: Vec<u8> = row.try_get(3).map_err(|e| failed(&e))?;
    let leaf = leaf_hash(&bytes);
    if seal != entry_seal(place, index, key.as_deref(), &leaf) {
        return Err(damaged("its bytes are not those that were written".into()));
    }
    Ok(Entry { index, key, bytes, leaf })
}

#[async_trait]
impl Store for Postgres {
    fn is_shared(&self) -> bool {
        true
    }

    async fn append(&self, place: &Place, expected: u64, drafts: Vec<Draft>) -> Result<u64, Error> {
        within_limits(&drafts)?;
        let (reply, answer) = oneshot::channel();
        let append = Append { place: place.clone(), expected, drafts, reply };
        let closed = || Error::Unavailable("the store is closed".into());
        self.appends.send(append).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    async fn version(&self, place: &Place) -> Result<u64, Error> {
        let sql = "SELECT coalesce((SELECT version FROM matter WHERE organisation = $1 AND name = $2), 0),
            coalesce((SELECT max(place) + 1 FROM entry WHERE organisation = $1 AND matter = $2), 0)";
        let rows = self.rows(sql, &[&place.organisation.as_str(), &place.matter.as_str()]).await?;
        let Some(row) = rows.first() else { return Ok(0) };
        let (told, found) = (number(row, 0)?, number(row, 1)?);
        if told != found {
            return Err(Error::Damaged {
                place: format!("the matter `{}`", place.matter),
                problem: format!("it has {found} entries and should have {told}"),
            });
        }
        Ok(found)
    }

    async fn entries(&self, place: &Place, from: u64, limit: usize) -> Result<Vec<Entry>, Error> {
        let version = self.version(place).await?;
        let from = from.min(version);
        let client = self.client().await?;
        let statement = client
            .prepare_cached(
                "SELECT place, key, bytes, seal FROM entry
                 WHERE organisation = $1 AND matter = $2 AND place >= $3 ORDER BY place LIMIT $4",
            )
            .await
            .map_err(|e| failed(&e))?;
        let (organisation, matter) = (place.organisation.as_str(), place.matter.as_str());
        let (first, most) = (signed(from), i64::try_from(limit).unwrap_or(i64::MAX));
        let values: [&(dyn ToSql + Sync); 4] = [&organisation, &matter, &first, &most];
        let rows = client.query_raw(&statement, values).await.map_err(|e| failed(&e))?;
        let mut rows = std::pin::pin!(rows);
        let (mut out, mut bytes) = (Vec::new(), 0);
        while bytes < PAGE_BYTES_MAX
            && let Some(row) = rows.try_next().await.map_err(|e| failed(&e))?
        {
            let entry = entry_of(place, from + out.len() as u64, &row)?;
            bytes += entry.bytes.len();
            out.push(entry);
        }
        let asked = (version - from).min(limit as u64);
        if bytes < PAGE_BYTES_MAX && (out.len() as u64) < asked {
            return Err(Error::Damaged {
                place: format!("entry {} of the matter `{}`", from + out.len() as u64, place.matter),
                problem: "it is missing".into(),
            });
        }
        Ok(out)
    }

    async fn index_of(&self, place: &Place, key: &str) -> Result<Option<u64>, Error> {
        let sql = "SELECT place FROM entry WHERE organisation = $1 AND matter = $2 AND key = $3";
        let rows = self.rows(sql, &[&place.organisation.as_str(), &place.matter.as_str(), &key]).await?;
        rows.first().map(|row| number(row, 0)).transpose()
    }

    async fn matters(
        &self,
        organisation: &Organisation,
        after: Option<&MatterName>,
        limit: usize,
    ) -> Result<Vec<(MatterName, u64)>, Error> {
        let sql =
            "SELECT name, version FROM matter WHERE organisation = $1 AND name > $2 ORDER BY name LIMIT $3";
        let after = after.map_or(AUDIT, MatterName::as_str);
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.rows(sql, &[&organisation.as_str(), &after, &most]).await?;
        rows.iter().map(|row| Ok((name(row, 0)?, number(row, 1)?))).collect()
    }

    async fn feed(&self, after: Position, limit: usize) -> Result<Vec<FeedItem>, Error> {
        // A transaction that began before the oldest that still runs is over: nothing more comes at or before it.
        let sql =
            "SELECT e.transaction::text AS number, e.row, e.organisation, e.matter, e.place FROM entry e
            WHERE e.transaction < pg_snapshot_xmin(pg_current_snapshot())
              AND (e.transaction, e.row) > ($1::text::xid8, $2)
            ORDER BY e.transaction, e.row LIMIT $3";
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.rows(sql, &[&after.transaction.to_string(), &signed(after.row), &most]).await?;
        let item = |row: &Row| {
            let transaction: String = row.try_get(0).map_err(|e| failed(&e))?;
            let transaction = transaction.parse().map_err(|_| Error::Damaged {
                place: "a row of the database".into(),
                problem: format!("`{transaction}` is no transaction"),
            })?;
            let place = Place { organisation: name(row, 2)?, matter: name(row, 3)? };
            let position = Position { transaction, row: number(row, 1)? };
            Ok(FeedItem { position, place, index: number(row, 4)? })
        };
        rows.iter().map(item).collect()
    }

    async fn register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
    ) -> Result<Option<Register>, Error> {
        let found = self.row_of(organisation.as_str(), kind, id).await?;
        Ok(found.filter(|(_, there)| *there).map(|(register, _)| register))
    }

    async fn registers(
        &self,
        organisation: &Organisation,
        kind: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Register>, Error> {
        let sql = "SELECT id, revision, bytes, digest FROM register
            WHERE organisation = $1 AND kind = $2 AND ($3::text IS NULL OR id > $3) AND bytes IS NOT NULL
            ORDER BY id LIMIT $4";
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.rows(sql, &[&organisation.as_str(), &kind, &after, &most]).await?;
        rows.iter().map(|row| Ok(register_of(organisation.as_str(), kind, row)?.0)).collect()
    }

    async fn registers_everywhere(
        &self,
        kind: &str,
        after: Option<(&Organisation, &str)>,
        limit: usize,
    ) -> Result<Vec<(Organisation, Register)>, Error> {
        let sql = "SELECT id, revision, bytes, digest, organisation FROM register
            WHERE kind = $1 AND (organisation, id) > ($2, $3) AND bytes IS NOT NULL
            ORDER BY organisation, id LIMIT $4";
        let (organisation, id) = after.map(|(o, id)| (o.as_str(), id)).unwrap_or_default();
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.rows(sql, &[&kind, &organisation, &id, &most]).await?;
        let register = |row: &Row| {
            let organisation: Organisation = name(row, 4)?;
            let register = register_of(organisation.as_str(), kind, row)?.0;
            Ok((organisation, register))
        };
        rows.iter().map(register).collect()
    }

    async fn write_register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
        expected: u64,
        bytes: Option<Vec<u8>>,
    ) -> Result<u64, Error> {
        limit("a register, in bytes,", bytes.as_ref().map_or(0, Vec::len), REGISTER_BYTES_MAX)?;
        let organisation = organisation.as_str();
        for _ in 0..ATTEMPTS_MAX {
            let found = self.row_of(organisation, kind, id).await?;
            let last = found.as_ref().map_or(0, |(register, _)| register.revision);
            let revision = found.as_ref().filter(|(_, there)| *there).map_or(0, |_| last);
            if revision != expected {
                return Err(Error::Revised { kind: kind.into(), id: id.into(), expected, revision });
            }
            let digest = register_digest(organisation, kind, id, last + 1, bytes.as_deref()).to_vec();
            let next = signed(last + 1);
            let written = if found.is_none() {
                let sql = "INSERT INTO register (organisation, kind, id, revision, bytes, digest)
                    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
                self.execute(sql, &[&organisation, &kind, &id, &next, &bytes, &digest]).await?
            } else {
                let sql = "UPDATE register SET revision = $4, bytes = $5, digest = $6
                    WHERE organisation = $1 AND kind = $2 AND id = $3 AND revision = $7";
                let before = signed(last);
                self.execute(sql, &[&organisation, &kind, &id, &next, &bytes, &digest, &before]).await?
            };
            if written == 1 {
                return Ok(last + 1);
            }
        }
        Err(Error::Unavailable("other servers were first again and again; try again".into()))
    }

    async fn keep_blob(&self, place: &Place, bytes: Vec<u8>) -> Result<Hash, Error> {
        limit("a document, in bytes,", bytes.len(), BLOB_BYTES_MAX)?;
        let digest: Hash = Sha256::digest(&bytes).into();
        let sql = "INSERT INTO blob (organisation, matter, digest, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let (organisation, matter) = (place.organisation.as_str(), place.matter.as_str());
        self.execute(sql, &[&organisation, &matter, &digest.as_slice(), &bytes]).await?;
        Ok(digest)
    }

    async fn blob(&self, place: &Place, digest: &Hash) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT bytes FROM blob WHERE organisation = $1 AND matter = $2 AND digest = $3";
        let (organisation, matter) = (place.organisation.as_str(), place.matter.as_str());
        let rows = self.rows(sql, &[&organisation, &matter, &digest.as_slice()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let bytes: Vec<u8> = row.try_get(0).map_err(|e| failed(&e))?;
        if Hash::from(Sha256::digest(&bytes)) != *digest {
            return Err(Error::Damaged {
                place: format!("a document of the matter `{}`", place.matter),
                problem: "its bytes are not those that were written".into(),
            });
        }
        Ok(Some(bytes))
    }

    async fn set_wake(&self, place: &Place, version: u64, at: Option<i64>) -> Result<(), Error> {
        let sql = "UPDATE matter SET wake = $4 WHERE organisation = $1 AND name = $2 AND version = $3";
        let version = signed(version);
        self.execute(sql, &[&place.organisation.as_str(), &place.matter.as_str(), &version, &at]).await?;
        Ok(())
    }

    async fn awake(&self, by: i64, limit: usize) -> Result<Vec<Place>, Error> {
        let sql = "SELECT organisation, name FROM matter WHERE wake <= $1 ORDER BY wake, organisation, name LIMIT $2";
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.rows(sql, &[&by, &most]).await?;
        rows.iter().map(|row| Ok(Place { organisation: name(row, 0)?, matter: name(row, 1)? })).collect()
    }

    async fn close(&self) {
        self.pool.close();
    }
}
