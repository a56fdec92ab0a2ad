//! Texts of another direction: isolates, and controls that would reach beyond a value.

use std::borrow::Cow;

/// FIRST STRONG ISOLATE: the direction of what follows is that of its first letter.
const FIRST_STRONG: char = '\u{2068}';

/// POP DIRECTIONAL ISOLATE.
const POP: char = '\u{2069}';

/// RIGHT-TO-LEFT ISOLATE: what follows runs from right to left.
const RIGHT_TO_LEFT: char = '\u{2067}';

/// LEFT-TO-RIGHT MARK: an invisible letter; as the first of a line it makes the line run from left to right.
pub(crate) const LEFT_TO_RIGHT_MARK: &str = "\u{200E}";

/// RIGHT-TO-LEFT MARK: an invisible letter; as the first of a line it makes the line run from right to left.
pub(crate) const RIGHT_TO_LEFT_MARK: &str = "\u{200F}";

/// A text that runs from right to left.
pub(crate) fn right_to_left(text: &str) -> String {
    format!("{RIGHT_TO_LEFT}{text}{POP}")
}

/// A text inside isolates of its own.
pub(crate) fn isolate(text: &str) -> String {
    format!("{FIRST_STRONG}{text}{POP}")
}

/// A text whose controls do not reach beyond it: embeddings and overrides are dropped, and so are isolates where
/// they are not in pairs.
pub(super) fn seal(text: &str) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut whole = true;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            POP => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => whole = false,
            },
            '\u{202A}'..='\u{202E}' => whole = false,
            _ => {}
        }
    }
    if whole && depth == 0 {
        return Cow::Borrowed(text);
    }
    let control = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    Cow::Owned(text.chars().filter(|c| !control(c)).collect())
}

/// Lines of one text, each with its isolates in pairs: what is open at the end of a line ends there, and begins
/// again with the next. Direction is a matter of single lines.
pub(crate) fn in_pairs(lines: Vec<String>) -> Vec<String> {
    let mut open: Vec<char> = Vec::new();
    let mend = |line: String| {
        let before: String = open.iter().collect();
        for c in line.chars() {
            match c {
                '\u{2066}'..='\u{2068}' => open.push(c),
                POP => drop(open.pop()),
                _ => {}
            }
        }
        let after: String = open.iter().map(|_| POP).collect();
        format!("{before}{line}{after}")
    };
    lines.into_iter().map(mend).collect()
}

/// Whether letters of a right-to-left script stand outside any isolate.
pub(crate) fn has_open_right_to_left(text: &str) -> bool {
    let mut depth = 0usize;
    text.chars().any(|c| {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            POP => depth = depth.saturating_sub(1),
            _ => {}
        }
        // The blocks that the Unicode Bidirectional Algorithm sets aside for such scripts.
        depth == 0
            && matches!(c,
                '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
                | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    })
}
