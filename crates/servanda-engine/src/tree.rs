//! An answer as a function of the open questions: forked where it reads one, reduced to those that matter.
//! `docs/meaning.md`, "Open questions".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use servanda_program::OpenId;

use crate::answer::{AnswerValue, Outcome};

/// A decision tree over open questions. Leaves are indices into the findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    Leaf(usize),
    /// The question, and a tree for each of its answers.
    Fork(OpenId, Vec<Tree>),
}

/// A reduced tree: equal subtrees are one, and no fork has all its branches equal. The questions in it are
/// those that matter: `q` matters exactly if some two answers of it differ under some answers of the others.
pub(crate) struct Reduced {
    nodes: Vec<Node>,
    root: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Leaf(Outcome, AnswerValue),
    Fork(OpenId, Vec<usize>),
}

/// Reduces a tree, taking the questions in one order.
///
/// # Source
/// Bryant, *Graph-Based Algorithms for Boolean Function Manipulation* (1986), for many-valued variables and
/// terminals: in an ordered, reduced diagram the support is the set of variables that it mentions.
pub(crate) fn reduce(tree: &Tree, leaves: &[(Outcome, AnswerValue)]) -> Reduced {
    let mut widths = BTreeMap::new();
    questions(tree, &mut widths);
    let order: Vec<(OpenId, usize)> = widths.into_iter().collect();
    let mut nodes = Vec::new();
    let mut index = HashMap::new();
    let root = build(tree, &order, leaves, &mut nodes, &mut index);
    Reduced { nodes, root }
}

impl Reduced {
    /// The questions that matter.
    pub fn support(&self) -> BTreeSet<OpenId> {
        let mut out = BTreeSet::new();
        let mut todo = vec![self.root];
        let mut seen = BTreeSet::new();
        while let Some(at) = todo.pop() {
            if let (Node::Fork(open, children), true) = (&self.nodes[at], seen.insert(at)) {
                out.insert(*open);
                todo.extend(children);
            }
        }
        out
    }

    /// The outcome, where it is the same under all answers.
    pub fn constant(&self) -> Option<(Outcome, AnswerValue)> {
        match &self.nodes[self.root] {
            Node::Leaf(outcome, value) => Some((*outcome, value.clone())),
            Node::Fork(..) => None,
        }
    }
}

/// The tree once a question has the given answer.
pub(crate) fn restrict(tree: &Tree, open: OpenId, answer: usize) -> Tree {
    match tree {
        Tree::Leaf(leaf) => Tree::Leaf(*leaf),
        Tree::Fork(q, children) if *q == open => restrict(&children[answer], open, answer),
        Tree::Fork(q, children) => {
            Tree::Fork(*q, children.iter().map(|c| restrict(c, open, answer)).collect())
        }
    }
}

pub(crate) fn questions(tree: &Tree, out: &mut BTreeMap<OpenId, usize>) {
    if let Tree::Fork(q, children) = tree {
        out.insert(*q, children.len());
        children.iter().for_each(|c| questions(c, out));
    }
}

fn build(
    tree: &Tree,
    order: &[(OpenId, usize)],
    leaves: &[(Outcome, AnswerValue)],
    nodes: &mut Vec<Node>,
    index: &mut HashMap<Node, usize>,
) -> usize {
    let mut intern = |node: Node, nodes: &mut Vec<Node>| {
        *index.entry(node.clone()).or_insert_with(|| {
            nodes.push(node);
            nodes.len() - 1
        })
    };
    if let Tree::Leaf(leaf) = tree {
        let (outcome, value) = &leaves[*leaf];
        return intern(Node::Leaf(*outcome, value.clone()), nodes);
    }
    let mut mentioned = BTreeMap::new();
    questions(tree, &mut mentioned);
    // The first question in the order that this tree mentions; the rest follow in the branches.
    let Some(at) = order.iter().position(|(q, _)| mentioned.contains_key(q)) else {
        return intern(Node::Leaf(Outcome::Unregulated, AnswerValue::Nothing), nodes);
    };
    let (open, width) = order[at];
    let mut children = Vec::with_capacity(width);
    for answer in 0..width {
        let branch = restrict(tree, open, answer);
        children.push(build(&branch, &order[at + 1..], leaves, nodes, index));
    }
    if children.windows(2).all(|w| w[0] == w[1]) {
        return children[0];
    }
    let node = Node::Fork(open, children);
    *index.entry(node.clone()).or_insert_with(|| {
        nodes.push(node);
        nodes.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_whose_answers_lead_to_the_same_falls_out() {
        let (p, q) = (OpenId(0), OpenId(1));
        let leaves =
            vec![(Outcome::Permitted, AnswerValue::Nothing), (Outcome::Forbidden, AnswerValue::Nothing)];
        // q is read first, but only p decides.
        let inner = || Tree::Fork(p, vec![Tree::Leaf(0), Tree::Leaf(1)]);
        let tree = Tree::Fork(q, vec![inner(), inner()]);
        assert_eq!(reduce(&tree, &leaves).support(), [p].into());
        assert_eq!(reduce(&restrict(&tree, p, 1), &leaves).constant(), Some(leaves[1].clone()));
    }
}
