//! `servanda serve`: agreements over HTTP.

use std::collections::BTreeMap;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};

use serde_json::Value;

use servanda_matter::Bringer;
use servanda_server::outside::Target;
use servanda_server::{Access, App, Fault as ServerFault, OidcSettings, listen, router, tell, watch};
use servanda_store::{Organisation, Place};

use crate::agreement::{Agreement, deed_files, read_text};
use crate::context::{Context, Exit, Fault};
use crate::house::{House, Limits, runtime, stopped};

/// Events that one append of a log takes.
const EVENTS_AT_ONCE: usize = 1_000;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  servanda serve examples/microsoft-openai\n  \
    servanda serve --listen 0.0.0.0:8080 --access tokens --data /var/lib/servanda --base https://servanda.example\n\n\
    Exit code: 0 stopped in good order, 2 it could not start.")]
pub struct Arguments {
    /// A `.deed` file, or a folder of them, to be served as a matter of its name
    agreement: Option<PathBuf>,
    /// Events for that matter; those that are there already change nothing
    #[arg(long, value_name = "LOG.jsonl", requires = "agreement")]
    events: Vec<PathBuf>,
    /// Where to listen; port 0 takes a free one, which is told
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Who may ask: `open`, everybody as an administrator, on this machine alone; `tokens`, who has one
    #[arg(long, value_name = "WHO", value_parser = ["open", "tokens"])]
    access: Option<String>,
    /// The address by which callers reach the server, where that is not the one it listens at
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// Lets webhooks lead to addresses that are not on the public internet, also without encryption
    #[arg(long)]
    private_webhooks: bool,
    /// Most requests of an organisation in a second; more get the status 429 (any number)
    #[arg(long, value_name = "REQUESTS")]
    rate: Option<std::num::NonZeroU32>,
    /// An OpenID Connect provider whose tokens are taken, by its issuer identifier
    #[arg(long, value_name = "URL", requires = "oidc_audience")]
    oidc_issuer: Option<String>,
    /// For whom the provider's tokens have to be: this server, by the name that the provider knows it by
    #[arg(long, value_name = "NAME", requires = "oidc_issuer")]
    oidc_audience: Option<String>,
    /// How the lines of the server's own log look
    #[arg(long, value_name = "FORM", value_parser = ["text", "json"], default_value = "text")]
    log: String,
    /// An OpenTelemetry collector to which spans are sent, as OTLP over HTTP in JSON
    #[cfg(feature = "otlp")]
    #[arg(long, value_name = "URL", env = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    traces: Option<String>,
    #[command(flatten)]
    house: House,
}

impl Arguments {
    /// The provider whose tokens are taken.
    fn oidc(&self, organisation: &Organisation) -> Result<Option<OidcSettings>, Fault> {
        let (Some(issuer), Some(audience)) = (&self.oidc_issuer, &self.oidc_audience) else {
            return Ok(None);
        };
        if Target::parse(issuer, true).is_err() || issuer.contains(['?', '#']) {
            return Err(Fault::input(format!(
                "--oidc-issuer `{issuer}`: write the provider's issuer identifier, such as https://login.example"
            )));
        }
        let (issuer, audience) = (issuer.clone(), audience.clone());
        Ok(Some(OidcSettings { issuer, audience, organisation: organisation.clone() }))
    }
}

/// Runs the command.
///
/// # Errors
/// An address that cannot be listened at, or not without tokens; a database or an agreement that cannot be used.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let address = address(&arguments.listen)?;
    let organisation = arguments.house.organisation()?;
    let access = match arguments.access.as_deref() {
        Some("tokens") => Access::Tokens,
        None if !address.ip().is_loopback() => Access::Tokens,
        _ if !address.ip().is_loopback() => {
            return Err(Fault::input(format!(
                "`--access open` makes everybody who reaches {address} an administrator; use `--access tokens` and make \
                 tokens with `servanda token`, or listen at 127.0.0.1"
            )));
        }
        _ => Access::Open(organisation.clone()),
    };
    let matter = match &arguments.agreement {
        Some(path) => Some(Brought::read(context, path, &arguments.events)?),
        None => None,
    };
    let observing = Observing::start(arguments)?;
    let runtime = runtime()?;
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind(address))
        .map_err(|e| Fault::input(format!("--listen {address}: {e}; is something else listening there?")))?;
    let address = listener.local_addr().map_err(|e| Fault::input(e.to_string()))?;
    let base = arguments.base.clone().unwrap_or_else(|| format!("http://{address}"));
    let default_matter = matter.as_ref().map(|m| m.name.clone());
    let app = arguments.house.app(
        &runtime,
        access.clone(),
        base.trim_end_matches('/').to_string(),
        default_matter,
        Limits {
            private_webhooks: arguments.private_webhooks,
            requests_a_second: arguments.rate,
            oidc: arguments.oidc(&organisation)?,
        },
    )?;
    if let Some(brought) = matter {
        let matter = brought.name.parse().map_err(|e| {
            Fault::input(format!(
                "`{}` cannot be the name of a matter: {e}; rename the file or folder",
                brought.name
            ))
        })?;
        let place = Place { organisation, matter };
        runtime.block_on(brought.put(&app, &place)).map_err(|e| Fault::input(e.to_string()))?;
        writeln!(context.out, "matter   {}", place.matter)?;
    }
    writeln!(context.out, "key      {}", app.verifier())?;
    let who = if access == Access::Tokens { "who has a token" } else { "everybody on this machine" };
    writeln!(context.out, "open to  {who}")?;
    writeln!(context.out, "address  http://{address}")?;
    context.out.flush()?;
    runtime.block_on(async {
        let (ended, end) = tokio::sync::oneshot::channel::<()>();
        let (end_telling, told) = tokio::sync::oneshot::channel::<()>();
        let watching = tokio::spawn(watch(app.clone(), async {
            let _ = end.await;
        }));
        let stopping = async {
            stopped().await;
            app.begin_stop();
        };
        let telling = tokio::spawn(tell(app.clone(), async move {
            let _ = told.await;
        }));
        listen(observing.over(router(app.clone())), listener, stopping).await;
        drop((ended, end_telling));
        let _ = (watching.await, telling.await);
        app.close().await;
    });
    observing.end();
    Ok(Exit::Good)
}

fn address(text: &str) -> Result<SocketAddr, Fault> {
    let wrong = || Fault::input(format!("--listen `{text}`: write HOST:PORT, such as 127.0.0.1:8080"));
    text.to_socket_addrs().map_err(|_| wrong())?.next().ok_or_else(wrong)
}

/// What tells others how the server does: lines on the error stream, and spans for a collector.
struct Observing {
    #[cfg(feature = "otlp")]
    traces: Option<crate::traces::Traces>,
}

impl Observing {
    #[cfg_attr(
        not(feature = "otlp"),
        expect(clippy::unnecessary_wraps, reason = "only a collector can be wrong")
    )]
    fn start(arguments: &Arguments) -> Result<Observing, Fault> {
        use tracing_subscriber::layer::SubscriberExt;
        use tracing_subscriber::util::SubscriberInitExt;
        use tracing_subscriber::{EnvFilter, Layer};
        let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
        let lines =
            if arguments.log == "json" { lines.json().boxed() } else { lines.with_ansi(false).boxed() };
        let subscriber = tracing_subscriber::registry().with(lines.with_filter(EnvFilter::new("warn")));
        #[cfg(feature = "otlp")]
        let traces = arguments.traces.as_deref().map(crate::traces::Traces::start).transpose()?;
        #[cfg(feature = "otlp")]
        let subscriber = subscriber.with(traces.as_ref().map(|traces| traces.layer()));
        // A second server in one process, in tests, has the lines of the first.
        let _ = subscriber.try_init();
        Ok(Observing {
            #[cfg(feature = "otlp")]
            traces,
        })
    }

    /// Routes whose requests are observed.
    #[cfg_attr(not(feature = "otlp"), expect(clippy::unused_self, reason = "spans are left out"))]
    fn over(&self, routes: servanda_server::Router) -> servanda_server::Router {
        #[cfg(feature = "otlp")]
        if self.traces.is_some() {
            return routes.layer(axum::middleware::from_fn(crate::traces::continued));
        }
        routes
    }

    /// Sends what is left.
    #[cfg_attr(not(feature = "otlp"), expect(clippy::unused_self, reason = "spans are left out"))]
    fn end(self) {
        #[cfg(feature = "otlp")]
        if let Some(traces) = self.traces {
            traces.end();
        }
    }
}

/// An agreement that was brought along.
struct Brought {
    name: String,
    files: BTreeMap<String, String>,
    events: Vec<Value>,
}

impl Brought {
    fn read(context: &mut Context<'_>, path: &Path, logs: &[PathBuf]) -> Result<Brought, Fault> {
        // Its errors are told as everywhere.
        Agreement::usable(context, path)?;
        let stem = path.canonical_name();
        let mut files = BTreeMap::new();
        for file in deed_files(context.world, path)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, read_text(context.world, &file)?);
        }
        let mut events = Vec::new();
        for log in logs {
            let text = read_text(context.world, log)?;
            for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let event = servanda_wire::parse_line(line)
                    .map_err(|e| Fault::input(format!("`{}`, line {}: {e}", log.display(), i + 1)))?;
                events.push(event);
            }
        }
        Ok(Brought { name: stem, files, events })
    }

    /// Lets the matter have this text and these events, whatever of them it has already.
    async fn put(self, app: &App, place: &Place) -> Result<(), ServerFault> {
        let own = self.files.clone();
        let same = app
            .desks()
            .read(place, None, move |seat| {
                let theirs = seat.matter.live().files();
                let mine = theirs.iter().filter(|(name, _)| !name.starts_with("standard/"));
                Ok(mine.eq(own.iter()))
            })
            .await;
        let by = "user:local".to_string();
        match same {
            Ok(true) => {}
            Ok(false) => {
                app.desks().text(place, by.clone(), self.files, None).await?;
            }
            Err(fault) if fault.is("unknown-matter") => {
                app.desks().text(place, by.clone(), self.files, Some(0)).await?;
            }
            Err(fault) => return Err(fault),
        }
        let bringer = Bringer { by, speaks_for: None, may_backdate: true };
        for (part, events) in self.events.chunks(EVENTS_AT_ONCE).enumerate() {
            let (events, bringer) = (events.to_vec(), bringer.clone());
            app.desks()
                .append(place, None, move |drafting| {
                    for (i, event) in events.iter().enumerate() {
                        // A line without an id is the same line whenever it is brought.
                        let id = format!("line-{}", part * EVENTS_AT_ONCE + i + 1);
                        drafting.event(&bringer, event.clone(), &id)?;
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }
}

/// What a path is called.
trait CanonicalName {
    fn canonical_name(&self) -> String;
}

impl CanonicalName for Path {
    fn canonical_name(&self) -> String {
        let last = self.components().next_back().map(|c| c.as_os_str().to_string_lossy().into_owned());
        last.unwrap_or_default().trim_end_matches(".deed").to_lowercase()
    }
}
