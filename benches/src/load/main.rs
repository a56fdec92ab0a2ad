//! Load on a server: decisions beside a server that only says hello on the same stack, durable appends beside the bare database,
//! and healthy requests beside a thousand slow clients. What counts is the ratios: all sides take turns on the same machine.

#![allow(clippy::disallowed_methods, reason = "it starts servers, and reads the clock")]

mod bare;
mod client;
mod figures;
mod process;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use client::{Maker, SlowClients, post, turn};
use figures::{Figures, Table};
use process::Server;

/// Connections that ask for decisions.
const ASKERS: usize = 32;
/// Connections that append.
const WRITERS: usize = 16;
/// Events of a batch.
const BATCH: usize = 100;
/// Clients that hold connections and send hardly anything.
const SLOW: usize = 1_000;
/// Turns over which each measurement is spread.
const TURNS: u32 = 3;
/// Files that a thousand connections take.
const FILES: u64 = 8_192;

/// A small agreement.
const LINE: &str = include_str!("line.deed");

/// Measures decisions, appends and patience of `servanda serve` on this machine.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// How long each measurement takes
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// A PostgreSQL in which a database is made and removed: `host=… user=…`
    #[arg(long, value_name = "ADDRESS", env = "SERVANDA_TEST_POSTGRES")]
    postgres: Option<String>,
    /// The binary that is measured [default: the one beside this program]
    #[arg(long, value_name = "FILE")]
    servanda: Option<PathBuf>,
    /// The large agreement
    #[arg(long, value_name = "FOLDER", default_value = "examples/microsoft-openai")]
    large: PathBuf,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// The server beside which decisions are measured
    #[command(hide = true)]
    Hello,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let end = match arguments.command {
        Some(Command::Hello) => {
            runtime(true).and_then(|r| r.block_on(process::hello())).map_err(|e| e.to_string())
        }
        None => runtime(false).map_err(|e| e.to_string()).and_then(|r| r.block_on(measure(&arguments))),
    };
    match end {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("{told}");
            ExitCode::FAILURE
        }
    }
}

/// The client works on one thread, and leaves the others to the server.
fn runtime(server: bool) -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = if server {
        tokio::runtime::Builder::new_multi_thread()
    } else {
        tokio::runtime::Builder::new_current_thread()
    };
    builder.enable_all().build()
}

async fn measure(arguments: &Arguments) -> Result<(), String> {
    let _ = rlimit::increase_nofile_limit(FILES);
    let bench = Bench::new(arguments)?;
    let made = match &arguments.postgres {
        Some(server) => Some(Database::make(server).await?),
        None => None,
    };
    let database = made.as_ref().map(|d| d.url.as_str());
    let tables = bench.all(database).await;
    if let Some(made) = made {
        made.remove().await?;
    }
    let tables = tables?;
    bench.bar.finish_and_clear();
    if arguments.json {
        println!("{}", json!(tables.iter().map(Table::json).collect::<Vec<_>>()));
    } else {
        let texts: Vec<String> = tables.iter().map(Table::text).collect();
        print!("{}", texts.join("\n"));
    }
    Ok(())
}

/// A database of PostgreSQL that is there for the measurement.
struct Database {
    server: String,
    name: String,
    url: String,
}

impl Database {
    async fn make(server: &str) -> Result<Database, String> {
        let name = format!("servanda_load_{}", std::process::id());
        let client = bare::connect(server).await?;
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.map_err(|e| e.to_string())?;
        Ok(Database { server: server.to_string(), url: format!("{server} dbname={name}"), name })
    }

    async fn remove(self) -> Result<(), String> {
        let client = bare::connect(&self.server).await?;
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        client.batch_execute(&sql).await.map_err(|e| e.to_string())
    }
}

/// A server in a race.
struct Runner {
    name: String,
    server: Server,
    make: Maker,
    figures: Figures,
}

/// What all measurements share.
struct Bench {
    servanda: PathBuf,
    large: PathBuf,
    folder: tempfile::TempDir,
    /// The length of a turn.
    time: Duration,
    bar: ProgressBar,
}

impl Bench {
    fn new(arguments: &Arguments) -> Result<Bench, String> {
        let beside = || {
            let own = std::env::current_exe().ok()?;
            Some(own.with_file_name(format!("servanda{}", std::env::consts::EXE_SUFFIX)))
        };
        let servanda = arguments.servanda.clone().or_else(beside).unwrap_or_default();
        if !servanda.is_file() {
            return Err(format!(
                "{} is not there; make it with `cargo build --release -p servanda-cli`, or name one with --servanda",
                servanda.display()
            ));
        }
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let databases = 1 + u64::from(arguments.postgres.is_some());
        let turns = u64::from(TURNS) * (1 + 2 * databases + 2 + 4 * databases);
        let bar = ProgressBar::new(turns);
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len}  {msg}  {eta} left");
        bar.set_style(style.map_err(|e| e.to_string())?);
        Ok(Bench {
            servanda,
            large: arguments.large.clone(),
            folder,
            time: Duration::from_secs(arguments.seconds) / TURNS,
            bar,
        })
    }

    async fn all(&self, database: Option<&str>) -> Result<Vec<Table>, String> {
        Ok(vec![self.decisions(database).await?, self.appends(database).await?, self.patience().await?])
    }

    /// Starts a server with data of its own.
    fn serve(&self, name: &str, agreement: &Path, database: Option<&str>) -> Result<Server, String> {
        Server::servanda(&self.servanda, agreement, &self.folder.path().join(name), database)
    }

    /// The small agreement, under a name that makes it a matter of its own.
    fn line(&self, name: &str) -> Result<PathBuf, String> {
        let path = self.folder.path().join(format!("{name}.deed"));
        std::fs::write(&path, LINE).map_err(|e| e.to_string())?;
        Ok(path)
    }

    /// One turn of a server.
    async fn turn(&self, runner: &mut Runner, connections: usize) -> Result<(), String> {
        self.bar.set_message(runner.name.clone());
        let before = runner.server.cpu();
        let done = turn(runner.server.address, connections, self.time, &runner.make).await;
        let done = done.map_err(|e| format!("{}: {e}", runner.name))?;
        let cpu = runner.server.cpu().zip(before).map(|(after, before)| after.saturating_sub(before));
        runner.figures.add(done, cpu);
        self.bar.inc(1);
        Ok(())
    }

    async fn decisions(&self, database: Option<&str>) -> Result<Table, String> {
        let runner = |name: &str, server: Server, requests: Vec<Value>| {
            let path = "/access/v1/evaluation";
            let requests: Vec<Vec<u8>> =
                requests.iter().map(|r| post(path, "application/json", &r.to_string())).collect();
            let make: Maker = Arc::new(move |connection, n| {
                requests[(connection * 7 + n as usize) % requests.len()].clone()
            });
            Runner { name: name.to_string(), server, make, figures: Figures::default() }
        };
        let mut runners = vec![runner("hello", Server::hello()?, large_requests())];
        for (kind, database) in
            [Some(("SQLite", None)), database.map(|d| ("PostgreSQL", Some(d)))].into_iter().flatten()
        {
            let (line, large) = (format!("line, {kind}"), format!("microsoft-openai, {kind}"));
            let server = self.serve(&line, &self.line("line")?, database)?;
            runners.push(runner(&line, server, line_requests()));
            let server = self.serve(&large, &self.large, database)?;
            runners.push(runner(&large, server, large_requests()));
        }
        for _ in 0..TURNS {
            for runner in &mut runners {
                self.turn(runner, ASKERS).await?;
            }
        }
        let title = format!("decisions, {ASKERS} connections");
        let mut table = Table::new(
            &title,
            &["a second", "p50 ms", "p99 ms", "CPU µs", "hello's CPU ÷ own", "rate ÷ hello's"],
        );
        let (hello_rate, hello_cpu) = (runners[0].figures.rate(), runners[0].figures.cpu());
        for Runner { name, figures, .. } in &runners {
            let ratio = figures.cpu().zip(hello_cpu).map(|(own, hello)| hello / own);
            let rate = figures.rate();
            let latencies = [Some(figures.within(0.5)), Some(figures.within(0.99))];
            let mut row = vec![Some(rate)];
            row.extend(latencies);
            row.extend([figures.cpu(), ratio, Some(rate / hello_rate)]);
            table.row(name, row);
        }
        Ok(table)
    }

    async fn appends(&self, database: Option<&str>) -> Result<Table, String> {
        let mut table = Table::new(
            &format!("appends, {WRITERS} connections"),
            &["events/s", "p50 ms", "p99 ms", "CPU µs", "in a write", "bare rows/s", "events ÷ rows"],
        );
        for (kind, database) in
            [Some(("SQLite", None)), database.map(|d| ("PostgreSQL", Some(d)))].into_iter().flatten()
        {
            for batch in [1, BATCH] {
                let name = match batch {
                    1 => format!("single, {kind}"),
                    _ => format!("batches of {batch}, {kind}"),
                };
                let matter = format!("line-{batch}");
                let server = self.serve(&format!("{matter} {kind}"), &self.line(&matter)?, database)?;
                let make = events(batch, &matter);
                let mut runner = Runner { name: name.clone(), server, make, figures: Figures::default() };
                let mut bare = 0.0;
                for _ in 0..TURNS {
                    self.turn(&mut runner, WRITERS).await?;
                    // In transactions as large as those that the server made of what waited.
                    let together = (runner.figures.together() * batch as f64).round().max(1.0) as usize;
                    self.bar.set_message(format!("bare {kind}"));
                    bare += match database {
                        None => bare::sqlite(&self.folder.path().join("bare.sqlite3"), together, self.time)?,
                        Some(url) => bare::postgres(url, together, self.time).await?,
                    } / f64::from(TURNS);
                    self.bar.inc(1);
                }
                let figures = &runner.figures;
                let events = figures.rate() * batch as f64;
                let cpu = figures.cpu().map(|cpu| cpu / batch as f64);
                let together = figures.together() * batch as f64;
                let mut row = vec![Some(events), Some(figures.within(0.5)), Some(figures.within(0.99)), cpu];
                row.extend([Some(together), Some(bare), Some(events / bare)]);
                table.row(&name, row);
            }
        }
        Ok(table)
    }

    /// Healthy requests, without and with slow clients.
    async fn patience(&self) -> Result<Table, String> {
        let requests: Vec<Vec<u8>> = line_requests()
            .iter()
            .map(|r| post("/access/v1/evaluation", "application/json", &r.to_string()))
            .collect();
        let make: Maker = Arc::new(move |_, n| requests[n as usize % requests.len()].clone());
        let server = self.serve("patience", &self.line("line")?, None)?;
        let mut runner =
            Runner { name: "without slow clients".into(), server, make, figures: Figures::default() };
        let mut with = Figures::default();
        for _ in 0..TURNS {
            self.turn(&mut runner, ASKERS).await?;
            let address = runner.server.address;
            let slow = SlowClients::connect(address, SLOW).await?;
            let trickling = tokio::spawn(slow.trickle(address));
            std::mem::swap(&mut with, &mut runner.figures);
            self.turn(&mut runner, ASKERS).await?;
            std::mem::swap(&mut with, &mut runner.figures);
            trickling.abort();
            let _ = trickling.await;
        }
        let mut table = Table::new("healthy requests", &["a second", "p50 ms", "p99 ms", "p99 ÷ without"]);
        let alone = runner.figures.within(0.99);
        for (name, figures) in [(runner.name, runner.figures), (format!("beside {SLOW} slow clients"), with)]
        {
            let p99 = figures.within(0.99);
            let row = vec![Some(figures.rate()), Some(figures.within(0.5)), Some(p99), Some(p99 / alone)];
            table.row(&name, row);
        }
        Ok(table)
    }
}

/// Adds the day to every fourth request; the others ask about today.
fn dated(number: usize, mut request: Value) -> Value {
    if number.is_multiple_of(4) {
        let time = format!("2026-{:02}-15T12:00:00Z", number / 4 % 12 + 1);
        request["context"] = json!({"time": time});
    }
    request
}

fn large_requests() -> Vec<Value> {
    let mut requests = Vec::new();
    for cloud in ["Azure", "Google", "Oracle", "own"] {
        for interface in ["api", "other"] {
            for audience in ["general", "us-national-security"] {
                for made in ["alone", "third-party"] {
                    let properties = json!({"interface": interface, "audience": audience, "made-with": made});
                    let request = json!({
                        "subject": {"type": "party", "id": "OpenAI"},
                        "action": {"name": "host"},
                        "resource": {"type": "cloud", "id": cloud, "properties": properties},
                    });
                    requests.push(dated(requests.len(), request));
                }
            }
        }
    }
    requests
}

fn line_requests() -> Vec<Value> {
    let request = |number: usize| {
        let quay = if number.is_multiple_of(3) { "north" } else { "south" };
        let request = json!({
            "subject": {"type": "party", "id": "Ferry"},
            "action": {"name": "dock"},
            "resource": {"type": "quay", "id": quay},
        });
        dated(number, request)
    };
    (0..48).map(request).collect()
}

/// Events that nobody has sent before, one by one or in batches.
fn events(batch: usize, matter: &str) -> Maker {
    let path = format!("/v1/matters/{matter}/events");
    // A turn does not know what those before it have sent.
    let number = std::sync::atomic::AtomicU64::new(0);
    Arc::new(move |_, _| {
        let event = |id: u64| {
            json!({"specversion": "1.0", "source": "/port", "id": id.to_string(), "type": "trip",
                "time": "2026-02-02T00:00:00Z", "data": {"by": "Ferry", "fare": {"amount": "12.50", "unit": "EUR"}}})
        };
        let first = number.fetch_add(batch as u64, std::sync::atomic::Ordering::Relaxed);
        let events: Vec<Value> = (first..).take(batch).map(event).collect();
        let (media, body) = match &events[..] {
            [one] => ("application/cloudevents+json", one.to_string()),
            _ => ("application/cloudevents-batch+json", Value::from(events).to_string()),
        };
        post(&path, media, &body)
    })
}
