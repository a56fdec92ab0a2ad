//! Trees with lines between what hangs together.

use crate::{Style, Tongue};

/// A node: lines of its own, and what hangs below it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// The text; its first line hangs on the branch.
    pub text: String,
    /// Words that begin the text and may be coloured: they are not broken.
    pub head: String,
    /// Lines that are printed as they are: passages.
    pub verbatim: Vec<String>,
    /// What hangs below.
    pub below: Vec<Node>,
}

impl Node {
    /// A node of a text.
    pub fn text(text: impl Into<String>) -> Node {
        Node { text: text.into(), ..Node::default() }
    }
}

/// The nodes as lines, each with its line end. `depth` levels are shown.
pub(crate) fn draw(tongue: &Tongue, nodes: &[Node], style: Style, depth: usize) -> String {
    let mut out = String::new();
    below(tongue, nodes, style, depth, "", &mut out);
    out
}

fn below(tongue: &Tongue, nodes: &[Node], style: Style, depth: usize, stem: &str, out: &mut String) {
    let left = tongue.left();
    for (i, node) in nodes.iter().enumerate() {
        let last = i + 1 == nodes.len();
        let (branch, rest) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let inner = format!("{stem}{rest}");
        let more = depth > 1 && !node.below.is_empty();
        // Below the first line the stem goes on to what hangs there.
        let hang = if more { format!("{inner}│  ") } else { format!("{inner}   ") };
        let mut lines = style.lines(&node.text, hang.chars().count()).into_iter();
        let first = lines.next().unwrap_or_default();
        let space = if node.head.is_empty() || first.is_empty() { "" } else { " " };
        let first = tongue.drawn(&format!("{}{space}{first}", node.head));
        out.push_str(&format!("{left}{}{first}\n", style.faint(&format!("{stem}{branch}"))));
        for line in lines {
            out.push_str(&format!("{left}{}{}\n", style.faint(&hang), tongue.drawn(&line)));
        }
        for line in &node.verbatim {
            out.push_str(&format!("{left}{}{line}\n", style.faint(&hang)));
        }
        if more {
            below(tongue, &node.below, style, depth - 1, &inner, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_hang_on_their_stems() {
        let leaf = |t: &str| Node::text(t);
        let mut first = leaf("one");
        first.below = vec![leaf("a"), Node { verbatim: vec!["kept  as it is".into()], ..leaf("b") }];
        let tree = [first, leaf("two")];
        assert_eq!(
            draw(&Tongue::english(), &tree, Style::PLAIN, 9),
            "├─ one\n│  ├─ a\n│  └─ b\n│        kept  as it is\n└─ two\n"
        );
        assert_eq!(draw(&Tongue::english(), &tree, Style::PLAIN, 1), "├─ one\n└─ two\n");
    }
}
