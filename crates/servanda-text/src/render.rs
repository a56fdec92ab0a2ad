//! Problems as people see them: the sentence, the line of text with the place marked, the fix.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Whether the rendering may use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain characters: files, pipes, tests.
    Plain,
    /// ANSI colours: terminals.
    Colour,
}

/// A range of a text, the words about it, and whether it is where the problem is.
type Marked<'a> = (std::ops::Range<usize>, &'a str, bool);

/// One problem as text, without a trailing line end.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
    // Labels are grouped by text so that each text is shown once.
    let mut shown: Vec<(crate::SourceId, Vec<Marked>)> = Vec::new();
    let labels =
        diagnostic.primary.iter().map(|l| (l, true)).chain(diagnostic.secondary.iter().map(|l| (l, false)));
    for (label, primary) in labels {
        let entry =
            (clamp(label.span.range(), &sources.get(label.span.source).text), label.text.as_str(), primary);
        match shown.iter_mut().find(|(id, _)| *id == label.span.source) {
            Some((_, list)) => list.push(entry),
            None => shown.push((label.span.source, vec![entry])),
        }
    }
    for (id, list) in shown {
        let source = sources.get(id);
        let annotations = list.into_iter().map(|(range, text, primary)| {
            let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(range);
            if text.is_empty() { annotation } else { annotation.label(text) }
        });
        group = group.element(Snippet::source(&source.text).path(&source.name).annotations(annotations));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    renderer.render(&[group]).trim_end().to_string()
}

/// All problems, a blank line between two, with a trailing line end when there is any.
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    for (i, diagnostic) in diagnostics.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&render(diagnostic, sources, style));
        out.push('\n');
    }
    out
}

/// A range that surely lies in the text, on character boundaries.
fn clamp(range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let down = |mut i: usize| {
        i = i.min(text.len());
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    down(range.start)..down(range.end.max(range.start))
}
