//! The tables, and how a database comes to have them.

use tokio_postgres::Client;

use super::failed;
use crate::Error;

/// What each version of the tables adds to the one before.
const MIGRATIONS: [&str; 1] = [include_str!("v1.sql")];

/// The lock under which one server at a time changes the tables: `SERVANDA` as a number.
const LOCK: i64 = 0x5345_5256_414e_4441;

/// Settings under which what is acknowledged can be lost.
const NEEDED: [(&str, &[&str]); 3] = [
    ("fsync", &["on"]),
    ("full_page_writes", &["on"]),
    ("synchronous_commit", &["on", "remote_write", "remote_apply"]),
];

/// The oldest PostgreSQL that is used: it has transaction numbers of 64 bits.
const VERSION_MIN: i32 = 130_000;

/// Brings the tables up to date, all steps or none, whoever else tries the same.
pub async fn migrate(client: &mut Client) -> Result<(), Error> {
    let transaction = client.transaction().await.map_err(|e| failed(&e))?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(|e| failed(&e))?;
    transaction
        .batch_execute("CREATE TABLE IF NOT EXISTS servanda_tables (version integer NOT NULL)")
        .await
        .map_err(|e| failed(&e))?;
    let row =
        transaction.query_opt("SELECT version FROM servanda_tables", &[]).await.map_err(|e| failed(&e))?;
    let version: i32 = row.map_or(0, |row| row.get(0));
    let newest = MIGRATIONS.len() as i32;
    if version > newest {
        return Err(Error::Unsafe(format!(
            "the database was written by a newer Servanda (tables of version {version}, and {newest} are known); use that one"
        )));
    }
    if version == newest {
        return Ok(());
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(0)) {
        transaction.batch_execute(step).await.map_err(|e| failed(&e))?;
    }
    transaction.batch_execute("DELETE FROM servanda_tables").await.map_err(|e| failed(&e))?;
    transaction
        .execute("INSERT INTO servanda_tables (version) VALUES ($1)", &[&newest])
        .await
        .map_err(|e| failed(&e))?;
    transaction.commit().await.map_err(|e| failed(&e))
}

/// Takes in rows that another cluster wrote, as a restored backup has them: their transactions may have numbers that this cluster has
/// not come to yet, and the feed would keep them back until it does. What they had is told before everything that comes.
pub async fn adopt(client: &mut Client) -> Result<(), Error> {
    let transaction = client.transaction().await.map_err(|e| failed(&e))?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(|e| failed(&e))?;
    // No transaction of this cluster has a number from here on.
    let sql = "UPDATE entry SET transaction = '3'
        WHERE EXISTS (SELECT 1 FROM entry WHERE transaction >= pg_snapshot_xmax(pg_current_snapshot()))";
    transaction.execute(sql, &[]).await.map_err(|e| failed(&e))?;
    transaction.commit().await.map_err(|e| failed(&e))
}

/// Whether the database keeps what it acknowledges.
pub async fn is_safe(client: &Client) -> Result<(), Error> {
    let show = async |name: &str| -> Result<String, Error> {
        let row = client.query_one("SELECT current_setting($1)", &[&name]).await.map_err(|e| failed(&e))?;
        Ok(row.get(0))
    };
    let version: i32 = show("server_version_num").await?.parse().unwrap_or_default();
    if version < VERSION_MIN {
        return Err(Error::Unsafe("PostgreSQL 13 or later is needed".into()));
    }
    for (name, good) in NEEDED {
        let found = show(name).await?;
        if !good.contains(&found.as_str()) {
            return Err(Error::Unsafe(format!(
                "PostgreSQL runs with `{name} = {found}` and can lose what it acknowledges; set it to `on`"
            )));
        }
    }
    Ok(())
}
