//! The `servanda` command: argv → exit code.
//!
//! Each verb is a file in [`command`]. Whatever touches the world does so through [`world::World`]; the rooms
//! below know neither files nor clocks. Standard output carries data and nothing else.

mod agreement;
mod citation;
mod command;
mod contain;
mod context;
mod document;
mod history;
mod house;
mod progress;
#[cfg(feature = "otlp")]
mod traces;
mod trial;
mod world;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::command::Arguments;
use crate::context::{Context, Exit, Fault};
use crate::world::Real;

/// Memory for many threads.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Stack of the thread that works: deep texts are read by recursion, within limits.
const STACK_BYTES: usize = 256 << 20;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is no error; a closed pipe while it is printed is none either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || work(&arguments));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        // The panic has told what happened; an internal mistake is told apart from bad input.
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn work(arguments: &Arguments) -> ExitCode {
    let world = Real::new();
    let mut out = io::BufWriter::new(io::stdout());
    let mut err = io::stderr();
    let mut context = Context { world: &world, out: &mut out, err: &mut err };
    let done = command::run(arguments, &mut context).and_then(|exit| {
        context.out.flush()?;
        Ok(exit)
    });
    match done {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough.
        Err(Fault::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Good.into(),
        Err(fault) => {
            let _ = context.out.flush();
            let said = arguments.tongue().say("frame-error", &[("message", fault.to_string().into())]);
            let _ = writeln!(context.err, "{said}");
            Exit::Unusable.into()
        }
    }
}
