//! `servanda test`: the tests that stand in an agreement.

use std::path::PathBuf;

use crate::agreement::{Agreement, counted};
use crate::context::{Context, Exit, Fault};
use crate::trial::Court;
use crate::world::Stream;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  servanda test examples/steel-supply\n\n\
    Exit code: 0 all passed, 1 some failed, 2 the agreement could not be read or has errors.")]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// Run only tests whose title holds this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// An agreement that cannot be read or has errors.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let court = Court::new(program, &agreement.sources)?;
    let style = context.style(Stream::Output);
    let (mut tests, mut failed, mut expectations) = (0usize, 0usize, 0usize);
    for test in &agreement.checked.tests {
        let title = &test.title.value;
        if arguments.only.as_ref().is_some_and(|only| !title.contains(only.as_str())) {
            continue;
        }
        let verdict = court.run(test);
        tests += 1;
        expectations += verdict.expectations;
        if verdict.misses.is_empty() {
            writeln!(context.out, "{}  {title}", style.good("ok  "))?;
            continue;
        }
        failed += 1;
        writeln!(context.out, "{}  {title}", style.bad("FAIL"))?;
        for miss in &verdict.misses {
            let (line, _) = agreement.sources.line_column(miss.span);
            let file = &agreement.sources.get(miss.span.source).name;
            let asked = agreement.sources.slice(miss.span).split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(context.out, "      {}", style.faint(&format!("{file}:{line}")))?;
            writeln!(context.out, "      {asked}")?;
            writeln!(context.out, "        expected {}", miss.expected)?;
            writeln!(context.out, "        found    {}", miss.found)?;
        }
    }
    let said = format!("{}, {}", counted(tests, "test"), counted(expectations, "expectation"));
    let result = if failed == 0 { style.good("all passed") } else { style.bad(&format!("{failed} failed")) };
    writeln!(context.out, "{said}: {result}")?;
    Ok(if failed == 0 { Exit::Good } else { Exit::Failed })
}
