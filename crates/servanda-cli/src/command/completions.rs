//! `servanda completions`: scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::context::{Context, Exit, Fault};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  servanda completions bash > ~/.local/share/bash-completion/completions/servanda"
)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Runs the command.
///
/// # Errors
/// Output that cannot be written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "servanda", &mut script);
    context.out.write_all(&script)?;
    Ok(Exit::Good)
}
