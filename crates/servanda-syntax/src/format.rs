//! The formatter: one layout, one order of fields, every comment kept.

use servanda_text::SourceId;

use crate::ast::{File, ItemKind};
use crate::parse;
use crate::parser::FIELDS;
use crate::tree::{Kind, SyntaxNode};

/// Widest line, in characters.
const WIDTH: usize = 110;

/// A text in the one layout. A text with problems is given back as it is, so that nothing is lost, and so is
/// one that would mean something else afterwards.
pub fn format(text: &str) -> String {
    let before = parse(text, SourceId(0));
    if !before.diagnostics.is_empty() {
        return text.to_string();
    }
    let mut page = Page::default();
    page.file(before.tree());
    let after = parse(&page.out, SourceId(0));
    let same = after.diagnostics.is_empty() && ordered(after.file) == ordered(before.file);
    if same { page.out } else { text.to_string() }
}

/// A file with the fields of its clauses in the formatter's order.
fn ordered(mut file: File) -> File {
    for item in &mut file.items {
        match &mut item.kind {
            ItemKind::Clause(c) | ItemKind::Law(c) => c.fields.sort_by_key(|f| rank(f.kind.keyword())),
            ItemKind::Template(t) => t.fields.sort_by_key(|f| rank(f.kind.keyword())),
            _ => {}
        }
    }
    file
}

/// Where a field stands in a clause, by its keyword; norms come first.
fn rank(keyword: &str) -> usize {
    let keyword = if keyword == "through" { "until" } else { keyword };
    FIELDS.iter().position(|f| *f == keyword).map_or(0, |i| i + 1)
}

/// A stretch of a declaration that begins a line.
#[derive(Default)]
struct Stretch {
    rank: usize,
    indent: usize,
    comments: Vec<String>,
    words: Vec<String>,
    trailing: Option<String>,
}

#[derive(Default)]
struct Page {
    out: String,
}

impl Page {
    fn file(&mut self, root: &SyntaxNode) {
        let mut newlines = 0;
        let mut single = false;
        for child in root.children_with_tokens() {
            match child.kind() {
                Kind::Blank => newlines += child.to_string().matches('\n').count(),
                Kind::Comment => {
                    if newlines == 0 && !self.out.is_empty() {
                        // Behind a declaration on its line.
                        let line = self.out.trim_end().len();
                        self.out.truncate(line);
                        self.out.push_str("  ");
                    } else if newlines > 1 && !self.out.is_empty() {
                        self.out.push('\n');
                    }
                    self.out.push_str(child.to_string().trim_end());
                    self.out.push('\n');
                    newlines = 0;
                    single = true;
                }
                _ => {
                    let Some(node) = child.as_node() else { continue };
                    let lines = layout(node);
                    let one = lines.len() == 1;
                    let gap = newlines > 1 || !(single && one);
                    let after_comment = self.out.lines().next_back().is_some_and(|l| l.starts_with("--"));
                    if !self.out.is_empty() && gap && !(after_comment && newlines <= 1) {
                        self.out.push('\n');
                    }
                    for line in lines {
                        self.out.push_str(&line);
                        self.out.push('\n');
                    }
                    single = one;
                    newlines = 0;
                }
            }
        }
    }
}

/// The lines of a declaration.
fn layout(declaration: &SyntaxNode) -> Vec<String> {
    let mut stretches = vec![Stretch::default()];
    let mut walk = Walk { fresh_line: false };
    walk.stretch(declaration, 0, &mut stretches);
    let sorted =
        stretches[0].words.first().is_some_and(|w| matches!(w.as_str(), "clause" | "law" | "template"));
    if sorted {
        sort(&mut stretches);
    }
    let zone = stretches[0].words.first().is_some_and(|w| w == "agreement");
    let mut lines = Vec::new();
    for s in &stretches {
        lines.extend(s.comments.iter().map(|c| format!("{:indent$}{c}", "", indent = s.indent)));
        if !s.words.is_empty() {
            wrap(s, zone, &mut lines);
        }
    }
    lines
}

/// Sorts the fields of a clause; what stands deeper moves with the field above it.
fn sort(stretches: &mut Vec<Stretch>) {
    let mut groups: Vec<Vec<Stretch>> = Vec::new();
    for s in std::mem::take(stretches) {
        if s.indent > 2
            && groups.len() > 1
            && let Some(group) = groups.last_mut()
        {
            group.push(s);
            continue;
        }
        groups.push(vec![s]);
    }
    groups[1..].sort_by_key(|g| g[0].rank);
    stretches.extend(groups.into_iter().flatten());
}

struct Walk {
    /// Whether a line has ended since the last word.
    fresh_line: bool,
}

impl Walk {
    fn stretch(&mut self, node: &SyntaxNode, depth: usize, out: &mut Vec<Stretch>) {
        for child in node.children_with_tokens() {
            match child.kind() {
                Kind::Blank => self.fresh_line |= child.to_string().contains('\n'),
                Kind::Comment => {
                    let comment = child.to_string().trim_end().to_string();
                    let last = out.len() - 1;
                    if self.fresh_line || out[last].words.is_empty() || out[last].trailing.is_some() {
                        out.push(Stretch {
                            indent: (depth + 1) * 2,
                            comments: vec![comment],
                            ..Stretch::default()
                        });
                    } else {
                        out[last].trailing = Some(comment);
                    }
                    self.fresh_line = false;
                }
                Kind::Word => {
                    self.fresh_line = false;
                    let word = child.to_string();
                    let last = out.len() - 1;
                    if out[last].trailing.is_some()
                        || (out[last].words.is_empty() && !out[last].comments.is_empty())
                    {
                        // The words go on after a comment, on a line of their own.
                        out.push(Stretch { indent: depth * 2 + 2, ..Stretch::default() });
                    }
                    let last = out.len() - 1;
                    out[last].words.push(word);
                }
                kind => {
                    let Some(inner) = child.as_node() else { continue };
                    let deeper = depth + 1 + usize::from(kind == Kind::Argument);
                    let first = inner
                        .children_with_tokens()
                        .find(|c| c.kind() == Kind::Word)
                        .map(|c| c.to_string())
                        .unwrap_or_default();
                    let rank = if kind == Kind::Argument || matches!(first.as_str(), "uses" | "takes") {
                        0
                    } else {
                        rank(&first) + 1
                    };
                    let last = out.len() - 1;
                    if out[last].words.is_empty() && !out[last].comments.is_empty() {
                        // The comment above a field moves with it.
                        out[last].rank = rank;
                        out[last].indent = deeper * 2;
                    } else {
                        out.push(Stretch { rank, indent: deeper * 2, ..Stretch::default() });
                    }
                    let at = out.len() - 1;
                    self.inside(inner, deeper, at, out);
                }
            }
        }
    }

    /// The words of a field go into the stretch that was begun for it.
    fn inside(&mut self, node: &SyntaxNode, depth: usize, at: usize, out: &mut Vec<Stretch>) {
        let mut first = true;
        for child in node.children_with_tokens() {
            if child.kind() == Kind::Word && first {
                out[at].words.push(child.to_string());
                self.fresh_line = false;
                first = false;
            } else if child.kind() == Kind::Word {
                self.fresh_line = false;
                let last = out.len() - 1;
                if out[last].trailing.is_some() || last != at {
                    let rank = out[at].rank;
                    if last == at || out[last].trailing.is_some() || out[last].words.is_empty() {
                        out.push(Stretch { rank, indent: depth * 2 + 2, ..Stretch::default() });
                    }
                }
                let last = out.len() - 1;
                out[last].words.push(child.to_string());
            } else {
                let before = out.len();
                match child.kind() {
                    Kind::Blank => self.fresh_line |= child.to_string().contains('\n'),
                    Kind::Comment => {
                        let comment = child.to_string().trim_end().to_string();
                        let last = out.len() - 1;
                        if self.fresh_line || out[last].trailing.is_some() {
                            let comments = vec![comment];
                            out.push(Stretch { indent: depth * 2 + 2, comments, ..Stretch::default() });
                        } else {
                            out[last].trailing = Some(comment);
                        }
                        self.fresh_line = false;
                    }
                    _ => {
                        if let Some(inner) = child.as_node() {
                            out.push(Stretch { indent: depth * 2 + 2, ..Stretch::default() });
                            let at = out.len() - 1;
                            self.inside(inner, depth + 1, at, out);
                        }
                    }
                }
                debug_assert!(out.len() >= before);
            }
        }
    }
}

/// Writes a stretch, broken where it is too wide: before a word that begins a part of a norm rather than inside one, and
/// outside brackets rather than inside. A number stays with its unit.
fn wrap(s: &Stretch, zone: bool, lines: &mut Vec<String>) {
    let digests = s.words.first().is_some_and(|w| w == "cites") && s.words.iter().any(|w| w == "digest");
    let cites = digests && s.words.iter().filter(|w| *w == "..").count() > 1;
    let mut line = Line { text: " ".repeat(s.indent), breaks: Vec::new() };
    let (mut braces, mut depth) = (0usize, 0usize);
    for (i, word) in s.words.iter().enumerate() {
        let before = i.checked_sub(1).map(|b| s.words[b].as_str());
        let space = before.is_some_and(|b| spaced(b, word, braces, zone));
        // An anchor is long: its word does not stay behind on the line above.
        let anchor = digests && word == "anchor" && s.words.get(i + 1).is_some_and(|w| w.starts_with('"'));
        let anchored = digests && before == Some("anchor") && word.starts_with('"');
        let length = if anchor { 1 + s.words[i + 1].chars().count() } else { 0 } + word.chars().count();
        let number = joint(word) == JOINTS.len() - 1
            && before.is_some_and(|b| b.starts_with(|c: char| c.is_ascii_digit()));
        let fresh = cites && before == Some(",");
        let deeper = match (anchor, cites) {
            (true, _) => 8,
            (false, true) => 6,
            (false, false) => 4,
        };
        if space && !number {
            if i > 1 && !anchored {
                line.breaks.push((line.text.len(), depth * JOINTS.len() + joint(word)));
            }
            if fresh {
                lines.push(std::mem::replace(&mut line.text, " ".repeat(s.indent + deeper)));
                line.breaks.clear();
            } else if line.text.chars().count() + length + 1 > WIDTH {
                line.split(s.indent + deeper, digests, lines);
            }
        }
        if space && line.text.len() > s.indent && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(word);
        match word.as_str() {
            "{" => braces += 1,
            "}" => braces = braces.saturating_sub(1),
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if let Some(comment) = &s.trailing {
        line.text.push_str("  ");
        line.text.push_str(comment);
    }
    lines.push(line.text.trim_end().to_string());
}

/// Words before which a line is broken, the better ones first; before any other word if there is none.
const JOINTS: [&[&str]; 3] = [
    &[
        "worth", "counting", "keeps", "within", "once", "done", "provided", "unless", "where", "when",
        "else", "if", "by", "brings",
    ],
    &["and", "or", "each", "from", "over", "in", "+", "-"],
    &[],
];

fn joint(word: &str) -> usize {
    JOINTS.iter().position(|words| words.contains(&word)).unwrap_or(JOINTS.len() - 1)
}

/// A line as it grows: where it could be broken, and how badly that would read.
struct Line {
    text: String,
    breaks: Vec<(usize, usize)>,
}

impl Line {
    /// Breaks a full line at its best place, the last of those that are equally good; what is behind it begins the next.
    fn split(&mut self, indent: usize, at_the_end: bool, lines: &mut Vec<String>) {
        // A line of less than half the width would waste more than a good break gains.
        let long = |at: usize| at > WIDTH / 2 || at == self.text.len();
        let best = self.breaks.iter().filter(|(at, _)| long(*at) && (!at_the_end || *at == self.text.len()));
        let Some(&(at, _)) = best.rev().min_by_key(|(_, cost)| *cost) else { return };
        let rest = self.text.split_off(at);
        lines.push(std::mem::replace(&mut self.text, format!("{:indent$}{}", "", rest.trim_start())));
        let moved = |b: usize| (b + self.text.len()).checked_sub(rest.len() + at);
        self.breaks =
            self.breaks.iter().filter(|b| b.0 > at).filter_map(|b| Some((moved(b.0)?, b.1))).collect();
    }
}

/// Whether a blank stands between two words.
fn spaced(before: &str, word: &str, braces: usize, zone: bool) -> bool {
    if matches!(word, "," | ")" | "." | ".." | "%") || matches!(before, "(" | "." | "..") {
        return false;
    }
    if word == "(" && matches!(before, "max" | "min") {
        return false;
    }
    if zone && (word == "/" || before == "/") {
        return false;
    }
    !(word == ":" && braces > 0)
}
