//! The verbs of the command, a file for each.

mod ask;
mod batch;
mod check;
mod cite;
mod completions;
mod document_reader;
mod evidence;
mod expand;
mod explain;
mod fmt;
mod locale;
mod log;
mod new;
mod owes;
mod question;
mod read;
mod receipt;
mod serve;
mod sources;
mod test;
mod timeline;
mod token;
mod transfer;
mod versions;

use clap::{Parser, Subcommand};
use servanda_report::Tongue;

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
    /// Starts an agreement from kinds of clauses
    New(new::Arguments),
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
    /// Shows the text of an agreement as legal prose
    Read(read::Arguments),
    /// Draws rights, duties and restrictions over the years
    Timeline(timeline::Arguments),
    /// Shows what a party owes
    Owes(owes::Arguments),
    /// Finds passages, writes citations, and tells what became of them
    Cite(cite::Arguments),
    /// Reads documents: their text, and the quantities in it
    Sources(sources::Arguments),
    /// Tells what the documents say of each clause, and where they disagree
    Evidence(evidence::Arguments),
    /// Keeps agreements alive: a server with a durable log, over HTTP
    Serve(serve::Arguments),
    /// Makes a token for a server
    Token(token::Arguments),
    /// Writes a matter of a server into a file, whole
    Export(transfer::ExportArguments),
    /// Takes an exported matter in
    Import(transfer::ImportArguments),
    /// Verifies the exported log of a matter, without any server
    Log(log::Arguments),
    /// Replays the answer of a receipt
    Receipt(receipt::Arguments),
    /// Reads one document from standard input, confined; `sources` starts it
    #[command(hide = true)]
    DocumentReader,
    /// Prints a script that completes commands in a shell
    Completions(completions::Arguments),
}

impl Arguments {
    /// The language in which a fault is framed; English where the verb has none or its tag has no messages.
    pub fn tongue(&self) -> Tongue {
        let locale = match &self.verb {
            Verb::Ask(arguments) => Some(&arguments.locale),
            Verb::Explain(arguments) => Some(&arguments.locale),
            Verb::Versions(arguments) => Some(&arguments.locale),
            Verb::Read(arguments) => Some(&arguments.locale),
            Verb::Owes(arguments) => Some(&arguments.locale),
            Verb::Timeline(arguments) => Some(&arguments.locale),
            Verb::Check(arguments) => Some(&arguments.locale),
            Verb::Evidence(arguments) => Some(&arguments.locale),
            _ => None,
        };
        locale.and_then(|l| l.tongue().ok()).unwrap_or_else(Tongue::english)
    }
}

/// Runs a command.
///
/// # Errors
/// Input that cannot be used, or output that cannot be written.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    match &arguments.verb {
        Verb::Check(arguments) => check::run(arguments, context),
        Verb::New(arguments) => new::run(arguments, context),
        Verb::Fmt(arguments) => fmt::run(arguments, context),
        Verb::Test(arguments) => test::run(arguments, context),
        Verb::Expand(arguments) => expand::run(arguments, context),
        Verb::Ask(arguments) => ask::run(arguments, context),
        Verb::Explain(arguments) => explain::run(arguments, context),
        Verb::Versions(arguments) => versions::run(arguments, context),
        Verb::Read(arguments) => read::run(arguments, context),
        Verb::Timeline(arguments) => timeline::run(arguments, context),
        Verb::Owes(arguments) => owes::run(arguments, context),
        Verb::Cite(arguments) => cite::run(arguments, context),
        Verb::Sources(arguments) => sources::run(arguments, context),
        Verb::Evidence(arguments) => evidence::run(arguments, context),
        Verb::Serve(arguments) => serve::run(arguments, context),
        Verb::Token(arguments) => token::run(arguments, context),
        Verb::Export(arguments) => transfer::export(arguments, context),
        Verb::Import(arguments) => transfer::import(arguments, context),
        Verb::Log(arguments) => log::run(arguments, context),
        Verb::Receipt(arguments) => receipt::run(arguments, context),
        Verb::DocumentReader => document_reader::run(context),
        Verb::Completions(arguments) => completions::run(arguments, context),
    }
}
