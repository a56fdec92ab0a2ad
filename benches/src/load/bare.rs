//! Databases without anything before them: rows of one table, written durably, so many in a transaction.

use std::path::Path;
use std::time::{Duration, Instant};

/// Bytes of a row, about as many as an entry of an event has.
const ROW_BYTES: usize = 330;

fn failed(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Rows a second in a file of SQLite.
pub fn sqlite(file: &Path, together: usize, time: Duration) -> Result<f64, String> {
    let connection = rusqlite::Connection::open(file).map_err(failed)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE IF NOT EXISTS entry (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);",
        )
        .map_err(failed)?;
    let bytes = vec![b'x'; ROW_BYTES];
    let (begun, mut rows) = (Instant::now(), 0u64);
    while begun.elapsed() < time {
        connection.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
        let mut insert =
            connection.prepare_cached("INSERT INTO entry (bytes) VALUES (?1)").map_err(failed)?;
        for _ in 0..together {
            insert.execute([&bytes]).map_err(failed)?;
        }
        connection.execute_batch("COMMIT").map_err(failed)?;
        rows += together as u64;
    }
    Ok(rows as f64 / begun.elapsed().as_secs_f64())
}

/// A connection to PostgreSQL.
pub async fn connect(url: &str) -> Result<tokio_postgres::Client, String> {
    let (client, connection) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.map_err(|e| format!("--postgres: {e}"))?;
    tokio::spawn(connection);
    Ok(client)
}

/// Rows a second in PostgreSQL.
pub async fn postgres(url: &str, together: usize, time: Duration) -> Result<f64, String> {
    let client = connect(url).await?;
    client
        .batch_execute("CREATE TABLE IF NOT EXISTS bare (place bigint PRIMARY KEY, bytes bytea NOT NULL)")
        .await
        .map_err(failed)?;
    let sql = "INSERT INTO bare SELECT * FROM unnest($1::bigint[], $2::bytea[])";
    let insert = client.prepare(sql).await.map_err(failed)?;
    let row = client.query_one("SELECT coalesce(max(place) + 1, 0) FROM bare", &[]).await.map_err(failed)?;
    let mut next: i64 = row.get(0);
    let bytes = vec![vec![b'x'; ROW_BYTES]; together];
    let (begun, first) = (Instant::now(), next);
    while begun.elapsed() < time {
        let places: Vec<i64> = (next..).take(together).collect();
        client.execute(&insert, &[&places, &bytes]).await.map_err(failed)?;
        next += together as i64;
    }
    Ok((next - first) as f64 / begun.elapsed().as_secs_f64())
}
