//! `servanda token`: the first token of a server, or another.

use std::collections::BTreeMap;

use servanda_server::{Access, Allowance, Parties, Role};

use crate::context::{Context, Exit, Fault};
use crate::house::{House, Limits, runtime};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  servanda token --role administrator --data /var/lib/servanda\n  \
    servanda token --role appender --party steel-supply=Mill --party steel-supply=Yard\n\n\
    The token is printed once and not kept. The server that has the folder must not run.")]
pub struct Arguments {
    /// What it may do: `reader`, `appender` or `administrator`
    #[arg(long, value_parser = ["reader", "appender", "administrator"])]
    role: String,
    /// A matter and a party of it for which the token speaks
    #[arg(long, value_name = "MATTER=PARTY")]
    party: Vec<String>,
    #[command(flatten)]
    house: House,
}

/// Runs the command.
///
/// # Errors
/// A database that cannot be used; a matter that has no such name.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let organisation = arguments.house.organisation()?;
    let role = Role::of(&arguments.role).ok_or_else(|| Fault::input("--role: there is no such role"))?;
    let mut parties: Parties = BTreeMap::new();
    for pair in &arguments.party {
        let wrong =
            || Fault::input(format!("--party `{pair}`: write MATTER=PARTY, such as steel-supply=Mill"));
        let (matter, party) = pair.split_once('=').ok_or_else(wrong)?;
        let matter = matter.trim().parse().map_err(|_| wrong())?;
        parties.entry(matter).or_default().insert(party.trim().to_string());
    }
    let runtime = runtime()?;
    let app = arguments.house.app(&runtime, Access::Tokens, String::new(), None, Limits::default())?;
    let allowance = Allowance { role, parties, expires: None };
    let token = runtime.block_on(async {
        let made = app.accounts().make_token(&organisation, allowance, "command").await;
        app.close().await;
        made
    });
    let (_, token) = token.map_err(|e| Fault::input(e.to_string()))?;
    writeln!(context.out, "{token}")?;
    Ok(Exit::Good)
}
