//! `servanda log verify`: an exported log, checked without any server.

use std::path::PathBuf;

use serde_json::json;

use servanda_log::VerifierKey;
use servanda_log::export::{Limits, Options, Trust, verify_with};

use crate::context::{Context, Exit, Fault};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Finds any altered, dropped, added or reordered entry
    Verify(VerifyArguments),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  servanda log verify steel-supply.jsonl --key localhost+2b1f6a5c+AbC…\n  \
    servanda log verify steel-supply.jsonl --since kept.checkpoint\n\n\
    Without an older checkpoint (--since) nobody can tell that the newest entries were cut off together with their\n\
    checkpoint: keep checkpoints. Exit code: 0 it is whole, 1 it is not, 2 it could not be read."
)]
struct VerifyArguments {
    /// An export of a matter
    file: PathBuf,
    /// A key that may have signed it; without any, whether the signature is anybody's is not checked, and that is said
    #[arg(long, value_name = "VKEY")]
    key: Vec<String>,
    /// A checkpoint that you kept: the log has to begin with what it says
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// A file or a key that cannot be read.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let Verb::Verify(arguments) = &arguments.verb;
    let told = |path: &PathBuf, e: &dyn std::fmt::Display| Fault::input(format!("`{}`: {e}", path.display()));
    let keys: Vec<VerifierKey> = arguments
        .key
        .iter()
        .map(|key| key.parse().map_err(|e| Fault::input(format!("--key `{key}`: {e}"))))
        .collect::<Result<_, _>>()?;
    let since = match &arguments.since {
        Some(path) => Some(crate::agreement::read_text(context.world, path)?),
        None => None,
    };
    let input = context.world.open(&arguments.file).map_err(|e| told(&arguments.file, &e))?;
    let trust = if keys.is_empty() { Trust::Unchecked } else { Trust::Keys(&keys) };
    let options = Options { trust, since: since.as_deref(), limits: Limits::default() };
    match verify_with(input, &options, |_| {}) {
        Ok(verified) => {
            let signed: Vec<String> = verified.signed_by.iter().map(VerifierKey::to_string).collect();
            if arguments.json {
                let told = json!({"whole": true, "matter": verified.header.matter, "origin": verified.header.origin,
                    "entries": verified.checkpoint.size(), "root": verified.checkpoint.root().to_string(),
                    "signed_by": signed, "since": verified.since.as_ref().map(servanda_log::Checkpoint::size)});
                writeln!(context.out, "{told}")?;
                return Ok(Exit::Good);
            }
            writeln!(
                context.out,
                "{}: {} entries, whole",
                verified.header.origin,
                verified.checkpoint.size()
            )?;
            match &verified.since {
                Some(since) => {
                    writeln!(context.out, "it begins with the {} entries that you knew", since.size())?
                }
                None => writeln!(
                    context.out,
                    "whether newer entries were cut off cannot be told without --since"
                )?,
            }
            if keys.is_empty() {
                writeln!(context.out, "nobody's signature was checked: give --key")?;
            }
            Ok(Exit::Good)
        }
        Err(fault) => {
            if arguments.json {
                writeln!(context.out, "{}", json!({"whole": false, "fault": fault.to_string()}))?;
            } else {
                writeln!(context.out, "{fault}")?;
            }
            Ok(Exit::Failed)
        }
    }
}
