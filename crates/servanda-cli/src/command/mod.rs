//! The verbs of the command, a file for each.

mod ask;
mod batch;
mod check;
mod completions;
mod expand;
mod explain;
mod fmt;
mod owes;
mod question;
mod test;
mod versions;

use clap::{Parser, Subcommand};

use crate::context::{Context, Exit, Fault};

/// Executable agreements: check a text, ask it, and see why.
#[derive(Debug, Parser)]
#[command(name = "servanda", version, about, max_term_width = 100, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Tells everything that is wrong with an agreement
    Check(check::Arguments),
    /// Lays `.deed` files out
    Fmt(fmt::Arguments),
    /// Runs the `test` blocks of an agreement
    Test(test::Arguments),
    /// Shows clauses with their templates written out
    Expand(expand::Arguments),
    /// Asks an agreement
    Ask(ask::Arguments),
    /// Asks an agreement, and tells the whole derivation and what would have to change
    Explain(explain::Arguments),
    /// Shows the versions of an agreement, and the text that governs
    Versions(versions::Arguments),
    /// Shows what a party owes
    Owes(owes::Arguments),
    /// Prints a script that completes commands in a shell
    Completions(completions::Arguments),
}

/// Runs a command.
///
/// # Errors
/// Input that cannot be used, or output that cannot be written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    match &arguments.verb {
        Verb::Check(arguments) => check::run(arguments, context),
        Verb::Fmt(arguments) => fmt::run(arguments, context),
        Verb::Test(arguments) => test::run(arguments, context),
        Verb::Expand(arguments) => expand::run(arguments, context),
        Verb::Ask(arguments) => ask::run(arguments, context),
        Verb::Explain(arguments) => explain::run(arguments, context),
        Verb::Versions(arguments) => versions::run(arguments, context),
        Verb::Owes(arguments) => owes::run(arguments, context),
        Verb::Completions(arguments) => completions::run(arguments, context),
    }
}
