//! A small client for HTTP/1.1: connections that stay open, each with one request at a time.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// The bytes of the request that a connection sends as its n-th.
pub type Maker = Arc<dyn Fn(usize, u64) -> Vec<u8> + Send + Sync>;

/// What came of asking for a while.
#[derive(Debug, Default)]
pub struct Turn {
    /// How long it took.
    pub wall: Duration,
    /// How long each request took.
    pub latencies: Vec<Duration>,
    /// The versions that the answers told.
    pub versions: BTreeSet<u64>,
}

/// A `POST` with a body.
pub fn post(path: &str, media: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Asks over so many connections for so long.
pub async fn turn(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    make: &Maker,
) -> Result<Turn, String> {
    let mut tasks = JoinSet::new();
    let begun = Instant::now();
    for number in 0..connections {
        tasks.spawn(one(address, number, begun + time, make.clone()));
    }
    let mut whole = Turn::default();
    while let Some(done) = tasks.join_next().await {
        let part = done.map_err(|e| e.to_string())??;
        whole.latencies.extend(part.latencies);
        whole.versions.extend(part.versions);
    }
    whole.wall = begun.elapsed();
    Ok(whole)
}

async fn one(address: SocketAddr, number: usize, end: Instant, make: Maker) -> Result<Turn, String> {
    let mut connection = Connection::open(address).await.map_err(|e| e.to_string())?;
    let mut turn = Turn::default();
    let mut count = 0;
    while Instant::now() < end {
        let request = make(number, count);
        let asked = Instant::now();
        let body = connection.ask(&request).await?;
        turn.latencies.push(asked.elapsed());
        turn.versions.extend(version(&body));
        count += 1;
    }
    Ok(turn)
}

/// The version with which an answer to events begins.
fn version(body: &[u8]) -> Option<u64> {
    let digits = body.strip_prefix(b"{\"version\":")?;
    let end = digits.iter().position(|b| !b.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

/// A connection that stays open.
struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> std::io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, read: Vec::with_capacity(16 << 10) })
    }

    /// The body of the answer to a request; anything but success is an error.
    async fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, String> {
        self.stream.write_all(request).await.map_err(|e| e.to_string())?;
        self.read.clear();
        let head = loop {
            if let Some(at) = self.read.windows(4).position(|w| w == b"\r\n\r\n") {
                break at;
            }
            self.more().await?;
        };
        let (status, length) = head_of(&self.read[..head])?;
        while self.read.len() < head + 4 + length {
            self.more().await?;
        }
        let body = self.read[head + 4..].to_vec();
        if (200..300).contains(&status) {
            Ok(body)
        } else {
            Err(format!("status {status}: {}", String::from_utf8_lossy(&body)))
        }
    }

    async fn more(&mut self) -> Result<(), String> {
        match self.stream.read_buf(&mut self.read).await {
            Ok(0) => Err("the server closed a connection".into()),
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The status of an answer, and the length of its body.
fn head_of(head: &[u8]) -> Result<(u16, usize), String> {
    let head = std::str::from_utf8(head).map_err(|e| e.to_string())?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok());
    status.zip(length).ok_or_else(|| format!("an answer that this client does not read: {head}"))
}

/// Clients that hold connections and hardly send anything: nothing, a head, or a body, a byte at a time.
pub struct SlowClients {
    streams: Vec<TcpStream>,
}

impl SlowClients {
    /// Connects so many.
    pub async fn connect(address: SocketAddr, count: usize) -> Result<SlowClients, String> {
        let mut streams = Vec::with_capacity(count);
        for number in 0..count {
            streams.push(slow(address, number).await.map_err(|e| format!("slow client {number}: {e}"))?);
        }
        Ok(SlowClients { streams })
    }

    /// Lets each send a byte now and then; who was closed comes back. It goes on until it is dropped.
    pub async fn trickle(mut self, address: SocketAddr) -> Result<(), String> {
        loop {
            tokio::time::sleep(Duration::from_millis(500)).await;
            for (number, stream) in self.streams.iter_mut().enumerate() {
                // Who sends nothing at all sends nothing.
                if !number.is_multiple_of(3) && stream.try_write(b" ").is_err() {
                    *stream = slow(address, number).await.map_err(|e| e.to_string())?;
                }
            }
        }
    }
}

async fn slow(address: SocketAddr, number: usize) -> std::io::Result<TcpStream> {
    let begun: &[u8] = match number % 3 {
        0 => b"",
        1 => b"POST /v1/matters HTTP/1.1\r\nhost: localhost\r\nx-slow: ",
        _ => {
            b"POST /access/v1/evaluation HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
              content-length: 10000\r\n\r\n{"
        }
    };
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(begun).await?;
    Ok(stream)
}
