//! `servanda document-reader`: the other end of [`crate::contain`].

use std::io::Read;

use crate::context::{Context, Exit, Fault};
use crate::document;

/// Confines itself, reads a request, answers.
///
/// # Errors
/// The system does not confine it, or nobody listens.
pub fn run(context: &mut Context<'_>) -> Result<Exit, Fault> {
    context.world.confine().map_err(|e| Fault::input(format!("the reader cannot be confined: {e}")))?;
    let mut request = Vec::new();
    context.world.input().read_to_end(&mut request).map_err(|e| Fault::input(e.to_string()))?;
    context.out.write_all(&document::answer(&request))?;
    Ok(Exit::Good)
}
