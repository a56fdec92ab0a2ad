//! Servers as processes of their own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use axum::{Json, Router, routing};
use serde_json::{Value, json};

/// Ticks of a second in which Linux counts the time of a process, as programs see them.
const TICKS: u64 = 100;

/// A server that runs until it is dropped.
pub struct Server {
    child: Child,
    /// Kept open: it may say more.
    _output: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// `servanda serve` of an agreement, over a database where one is named, else over a file.
    pub fn servanda(
        program: &Path,
        agreement: &Path,
        data: &Path,
        database: Option<&str>,
    ) -> Result<Server, String> {
        let mut command = Command::new(program);
        command.arg("serve").arg(agreement).args(["--listen", "127.0.0.1:0", "--data"]).arg(data);
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        Server::start(command)
    }

    /// The server that does nothing but read JSON and write JSON.
    pub fn hello() -> Result<Server, String> {
        let own = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut command = Command::new(own);
        command.arg("hello");
        Server::start(command)
    }

    fn start(mut command: Command) -> Result<Server, String> {
        let told = format!("{command:?}");
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("{told}: {e}"))?;
        let output = child.stdout.take().ok_or("it has no output")?;
        let mut output = BufReader::new(output);
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).map_err(|e| e.to_string())? == 0 {
                return Err(format!("{told} ended: {:?}", child.wait()));
            }
            let address = line.strip_prefix("address").and_then(|rest| rest.trim().strip_prefix("http://"));
            if let Some(address) = address {
                let address = address.parse().map_err(|e| format!("{address}: {e}"))?;
                return Ok(Server { child, _output: output, address });
            }
        }
    }

    /// The CPU time that it has taken so far, where the system tells it.
    pub fn cpu(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name, in brackets, may hold anything.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let user: u64 = fields.next()?.parse().ok()?;
        let system: u64 = fields.next()?.parse().ok()?;
        Some(Duration::from_millis((user + system) * 1_000 / TICKS))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves an answer as short as a decision to every request, on the same stack as Servanda.
pub async fn hello() -> std::io::Result<()> {
    let answer = |Json(asked): Json<Value>| async move {
        let context = json!({"servanda": {"outcome": "permitted", "subject": asked["subject"]["id"]}});
        Json(json!({"decision": true, "context": context}))
    };
    let router = Router::new().route("/access/v1/evaluation", routing::post(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("address  http://{}", listener.local_addr()?);
    axum::serve(listener, router).await
}
