//! `servanda export` and `servanda import`: matters moved whole.

use std::path::PathBuf;

use servanda_log::VerifierKey;
use servanda_log::export::verify;
use servanda_server::Access;
use servanda_store::{MatterName, Place};

use crate::context::{Context, Exit, Fault};
use crate::house::{House, Limits, runtime};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  servanda export steel-supply --to steel-supply.jsonl\n\n\
    The server that has the folder must not run; a running one gives the same file at /v1/matters/MATTER/export.")]
pub struct ExportArguments {
    /// The matter
    matter: String,
    /// The file to be written
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    house: House,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  servanda import steel-supply.jsonl --key localhost+2b1f6a5c+AbC…\n\n\
    The export is verified before anything is written.")]
pub struct ImportArguments {
    /// The file that `servanda export` wrote
    file: PathBuf,
    /// A key that may have signed it; the folder's own, where none is given
    #[arg(long, value_name = "VKEY")]
    key: Vec<String>,
    #[command(flatten)]
    house: House,
}

/// Writes a matter into a file.
///
/// # Errors
/// A database that cannot be used, a matter that there is not, a file that cannot be written.
pub fn export(arguments: &ExportArguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let matter: MatterName = arguments.matter.parse().map_err(|e| Fault::input(format!("{e}")))?;
    let place = Place { organisation: arguments.house.organisation()?, matter };
    let runtime = runtime()?;
    let app = arguments.house.app(&runtime, Access::Tokens, String::new(), None, Limits::default())?;
    let mut bytes = Vec::new();
    let done = runtime.block_on(async {
        let done = servanda_server::export(&app, &place, 1_000, &mut bytes).await;
        app.close().await;
        done
    });
    done.map_err(|e| Fault::input(e.to_string()))?;
    context
        .world
        .replace_file(&arguments.to, &bytes)
        .map_err(|e| Fault::input(format!("`{}` cannot be written: {e}", arguments.to.display())))?;
    Ok(Exit::Good)
}

/// Takes a matter in.
///
/// # Errors
/// A file that cannot be read or does not verify, a matter that is there already, a database that cannot be used.
pub fn import(arguments: &ImportArguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let open = || {
        let file = context.world.open(&arguments.file);
        file.map_err(|e| Fault::input(format!("`{}`: {e}", arguments.file.display())))
    };
    let mut keys: Vec<VerifierKey> = arguments
        .key
        .iter()
        .map(|key| key.parse().map_err(|e| Fault::input(format!("--key `{key}`: {e}"))))
        .collect::<Result<_, _>>()?;
    let runtime = runtime()?;
    let app = arguments.house.app(&runtime, Access::Tokens, String::new(), None, Limits::default())?;
    if keys.is_empty() {
        keys.push(app.verifier().clone());
    }
    let verified = verify(open()?, &keys, None)
        .map_err(|e| Fault::input(format!("`{}`: {e}", arguments.file.display())))?;
    let matter = verified
        .header
        .matter
        .parse()
        .map_err(|e| Fault::input(format!("`{}`: {e}", arguments.file.display())))?;
    let place = Place { organisation: arguments.house.organisation()?, matter };
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut open()?, &mut text)
        .map_err(|e| Fault::input(format!("`{}`: {e}", arguments.file.display())))?;
    let done = runtime.block_on(async {
        let done = app.import(&place, &mut text.as_slice()).await;
        app.close().await;
        done
    });
    let version = done.map_err(|e| Fault::input(e.to_string()))?;
    writeln!(context.out, "{} is there, with {version} entries", place.matter)?;
    Ok(Exit::Good)
}
