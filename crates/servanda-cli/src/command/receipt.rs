//! `servanda receipt verify`: the answer of a receipt, given again.

use std::path::PathBuf;

use servanda_log::export::{Item, Limits, Reader};
use servanda_log::{Checkpoint, Tree, VerifierKey, canonical, leaf_hash};
use servanda_matter::{Matter, Receipt, receipt_answer};

use crate::agreement::read_text;
use crate::context::{Context, Exit, Fault};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Asks again, of the same entries, and compares the answers byte by byte
    Verify(VerifyArguments),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  servanda receipt verify receipt.json --log steel-supply.jsonl --key localhost+2b1f6a5c+AbC…\n\n\
    Exit code: 0 it holds, 1 it does not, 2 something could not be read."
)]
struct VerifyArguments {
    /// The receipt
    receipt: PathBuf,
    /// An export of the matter: as it was then, or later
    #[arg(long, value_name = "FILE")]
    log: PathBuf,
    /// A key that may have signed the receipt
    #[arg(long, value_name = "VKEY", required = true)]
    key: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A file or a key that cannot be read.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let Verb::Verify(arguments) = &arguments.verb;
    let keys: Vec<VerifierKey> = arguments
        .key
        .iter()
        .map(|key| key.parse().map_err(|e| Fault::input(format!("--key `{key}`: {e}"))))
        .collect::<Result<_, _>>()?;
    let text = read_text(context.world, &arguments.receipt)?;
    let receipt = Receipt::from_text(&text).map_err(|e| Fault::input(e.to_string()))?;
    let open = context.world.open(&arguments.log);
    let input = open.map_err(|e| Fault::input(format!("`{}`: {e}", arguments.log.display())))?;
    match holds(&receipt, text.trim_end(), &keys, input)? {
        Ok(()) => {
            writeln!(
                context.out,
                "it holds: {} gives the same answer from the first {} entries",
                receipt.origin, receipt.version
            )?;
            Ok(Exit::Good)
        }
        Err(why) => {
            writeln!(context.out, "it does not hold: {why}")?;
            Ok(Exit::Failed)
        }
    }
}

/// Whether a receipt holds, or why it does not.
fn holds(
    receipt: &Receipt,
    text: &str,
    keys: &[VerifierKey],
    input: Box<dyn std::io::BufRead>,
) -> Result<Result<(), String>, Fault> {
    if receipt.to_text() != text {
        return Ok(Err("it is not in canonical form".into()));
    }
    let checkpoint = match Checkpoint::open(&receipt.checkpoint, keys) {
        Ok(signed) => signed.checkpoint,
        Err(e) => return Ok(Err(e.to_string())),
    };
    if (checkpoint.origin(), checkpoint.size()) != (receipt.origin.as_str(), receipt.version) {
        return Ok(Err("its checkpoint is of another log or another version".into()));
    }
    let unreadable = |e: servanda_log::export::Fault| Fault::input(e.to_string());
    let mut reader = Reader::new(input, Limits::default()).map_err(unreadable)?;
    let matter = reader.header().matter.clone();
    let (mut tree, mut entries) = (Tree::new(), Vec::new());
    while tree.size() < receipt.version
        && let Some(item) = reader.next_item().map_err(unreadable)?
    {
        if let Item::Entry { bytes, .. } = item {
            tree.push(leaf_hash(bytes.as_bytes()));
            entries.push(bytes);
        }
    }
    if tree.size() < receipt.version || tree.current_root() != checkpoint.root() {
        return Ok(Err("the log does not begin with the entries that the receipt rests on".into()));
    }
    let folded = Matter::fold(&matter, entries.iter().map(String::as_bytes));
    let folded = match folded {
        Ok(folded) => folded,
        Err(e) => return Ok(Err(format!("this Servanda cannot read the log: {e}"))),
    };
    match receipt_answer(&folded, &receipt.question) {
        Ok(answer) if canonical(&answer) == canonical(&receipt.answer) => Ok(Ok(())),
        Ok(_) => Ok(Err("the log gives another answer".into())),
        Err(e) => Ok(Err(format!("the log gives no answer: {e}"))),
    }
}
