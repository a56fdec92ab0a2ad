//! The tables, and how a file comes to have them.

use std::path::Path;

use rusqlite::Connection;

use super::failed;
use crate::Error;

/// What each version of the tables adds to the one before.
const MIGRATIONS: [&str; 1] = [include_str!("v1.sql")];

/// Marks the file as ours: `SVDA`.
const APPLICATION: i64 = 0x5356_4441;

/// Brings the tables of a file up to date, all steps or none.
pub fn migrate(connection: &Connection, path: &Path) -> Result<(), Error> {
    let get = |pragma: &str| -> Result<i64, Error> {
        connection.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get(0)).map_err(|e| failed(&e))
    };
    let (application, version) = (get("application_id")?, get("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))
        .map_err(|e| failed(&e))?;
    if application != APPLICATION && tables > 0 {
        return Err(Error::Unsafe(format!(
            "`{}` is a database of another program; name another file",
            path.display()
        )));
    }
    let newest = MIGRATIONS.len() as i64;
    if version > newest {
        return Err(Error::Unsafe(format!(
            "`{}` was written by a newer Servanda (tables of version {version}, and {newest} are known); use that one",
            path.display()
        )));
    }
    if version == newest {
        return Ok(());
    }
    let transaction = connection.unchecked_transaction().map_err(|e| failed(&e))?;
    for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(0)) {
        transaction.execute_batch(step).map_err(|e| failed(&e))?;
    }
    transaction
        .execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {newest};"))
        .map_err(|e| failed(&e))?;
    transaction.commit().map_err(|e| failed(&e))
}
