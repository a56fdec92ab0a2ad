//! `servanda expand`: what templates stand for.

use std::path::PathBuf;

use servanda_syntax::print_clause;
use servanda_text::nearest;

use crate::agreement::Agreement;
use crate::context::{Context, Exit, Fault};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  servanda expand examples/steel-supply surplus")]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// Only this clause
    clause: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// An agreement that cannot be read or has errors, a clause that it does not have.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let clauses = &agreement.checked.expanded;
    let wanted = |name: &str| arguments.clause.as_deref().is_none_or(|w| w == name);
    if let Some(name) = &arguments.clause
        && !clauses.iter().any(|c| c.name.text == *name)
    {
        let near = nearest(name, clauses.iter().map(|c| c.name.text.as_str()));
        let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        return Err(Fault::input(format!("there is no clause `{name}`{hint}")));
    }
    let mut first = true;
    for clause in clauses.iter().filter(|c| wanted(&c.name.text)) {
        if !first {
            writeln!(context.out)?;
        }
        first = false;
        writeln!(context.out, "{}", print_clause(clause))?;
    }
    Ok(Exit::Good)
}
