//! Puts new citations in the place of old ones, and leaves everything else of a file as it is.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use servanda_text::Sources;

use crate::agreement::read_text;
use crate::context::{Context, Fault};

/// A citation to be written.
pub struct Rewrite<'r> {
    /// The bytes of the old one.
    pub place: Range<usize>,
    /// The new one.
    pub new: &'r str,
}

/// Writes a file, all or nothing, and gives the first bytes of the citations that were written. One with a comment in
/// it is left to a person. A file that was laid out stays so.
///
/// # Errors
/// A file that changed since it was read, or cannot be written.
pub fn rewrite(
    context: &mut Context<'_>,
    path: &Path,
    text: &str,
    rewrites: &[Rewrite<'_>],
) -> Result<BTreeSet<usize>, Fault> {
    let mut done = BTreeSet::new();
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for rewrite in rewrites {
        let Some(old) = text.get(rewrite.place.clone()).filter(|_| rewrite.place.start >= at) else {
            continue;
        };
        if has_comment(old) {
            writeln!(
                context.err,
                "warning: `{}`: a comment stands within `{old}`; write it by hand",
                path.display()
            )?;
            continue;
        }
        new.push_str(&text[at..rewrite.place.start]);
        new.push_str(rewrite.new);
        at = rewrite.place.end;
        done.insert(rewrite.place.start);
    }
    new.push_str(&text[at..]);
    if done.is_empty() {
        return Ok(done);
    }
    if servanda_syntax::format(text) == text {
        new = servanda_syntax::format(&new);
    }
    let mut sources = Sources::new();
    let id = sources.add(path.display().to_string(), new.clone());
    if !servanda_syntax::parse(&new, id).diagnostics.is_empty() {
        return Err(Fault::input(format!(
            "`{}` would not read any more; it is left as it is",
            path.display()
        )));
    }
    if read_text(context.world, path)? != text {
        return Err(Fault::input(format!("`{}` was changed meanwhile; it is left as it is", path.display())));
    }
    context
        .world
        .replace_file(path, new.as_bytes())
        .map_err(|e| Fault::input(format!("`{}` cannot be written: {e}", path.display())))?;
    Ok(done)
}

/// Whether `--` stands outside quotation marks and backticks.
fn has_comment(citation: &str) -> bool {
    let mut closing = None;
    let mut before = ' ';
    for c in citation.chars() {
        match closing {
            Some(end) if c == end => closing = None,
            Some(_) => {}
            None if c == '-' && before == '-' => return true,
            None => {
                closing = match c {
                    '"' | '`' => Some(c),
                    '“' => Some('”'),
                    _ => None,
                }
            }
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_told_from_dashes_in_an_anchor() {
        assert!(!has_comment("lease 1..2 digest \"a\" anchor \"1:--\""));
        assert!(!has_comment("`a--b` 1..2"));
        assert!(has_comment("lease 1..2 -- why\n digest \"a\""));
    }
}
