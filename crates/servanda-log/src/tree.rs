//! The Merkle tree of a log, and what can be proved with it (RFC 6962 §2.1).

use crate::hash::{Hash, node_hash};

/// Most hashes of a proof of inclusion: one for each level of a tree with 2⁶⁴ − 1 leaves.
pub(crate) const PROOF_HASHES_MAX: usize = 64;

/// The Merkle tree of a log: the hashes of all leaves and of all complete subtrees.
///
/// A push computes one hash on average. Roots and proofs of every earlier size are there for the asking.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Level `l` holds the roots of the complete subtrees with 2ˡ leaves, from the left.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree without leaves.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The hash of the leaf at this index.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// Adds a leaf, by its hash ([`crate::leaf_hash`]).
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let nodes = &mut self.levels[level];
            nodes.push(node);
            match nodes.as_slice() {
                [.., left, right] if nodes.len().is_multiple_of(2) => node = node_hash(left, right),
                _ => break,
            }
        }
    }

    /// The root of the tree of the first `size` leaves (RFC 6962 §2.1).
    ///
    /// # Errors
    /// A size that the log never had.
    pub fn root(&self, size: u64) -> Result<Hash, TreeError> {
        Ok(self.subtree(0, self.known(size)?))
    }

    /// The root of all leaves.
    pub fn current_root(&self) -> Hash {
        self.subtree(0, self.levels.first().map_or(0, Vec::len))
    }

    /// What proves that the leaf at `index` is in the tree of the first `size` leaves, from its sibling upwards: the
    /// audit path (RFC 6962 §2.1.1).
    ///
    /// # Errors
    /// A size that the log never had, or an index beyond it.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
        let end = self.known(size)?;
        let index = match usize::try_from(index) {
            Ok(index) if index < end => index,
            _ => return Err(TreeError::Index { index, size }),
        };
        let (mut low, mut high) = (0, end);
        let mut path = Vec::new();
        while high - low > 1 {
            let middle = low + split(high - low);
            if index < middle {
                path.push(self.subtree(middle, high));
                high = middle;
            } else {
                path.push(self.subtree(low, middle));
                low = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// What proves that the first `old` leaves of the tree of `new` leaves are those of the tree of `old` leaves
    /// (RFC 6962 §2.1.2). It is empty where `old` is 0 or `new`: there is nothing to prove.
    ///
    /// # Errors
    /// A size that the log never had, or an old size above the new one.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, TreeError> {
        if old > new {
            return Err(TreeError::Backwards { old, new });
        }
        let (old, mut high) = (self.known(old)?, self.known(new)?);
        let mut path = Vec::new();
        if old == 0 {
            return Ok(path);
        }
        let mut low = 0;
        // The verifier has the root of the old tree, so it is left out where it is a node of the new one.
        while old != high {
            let middle = low + split(high - low);
            if old <= middle {
                path.push(self.subtree(middle, high));
                high = middle;
            } else {
                path.push(self.subtree(low, middle));
                low = middle;
            }
        }
        if low > 0 {
            path.push(self.subtree(low, high));
        }
        path.reverse();
        Ok(path)
    }

    /// The size as an index, where the log had it.
    fn known(&self, size: u64) -> Result<usize, TreeError> {
        match usize::try_from(size) {
            Ok(known) if size <= self.size() => Ok(known),
            _ => Err(TreeError::Size { size, has: self.size() }),
        }
    }

    /// The root of the leaves from `low` to before `high`, as the recursion of RFC 6962 §2.1 cuts them.
    fn subtree(&self, low: usize, high: usize) -> Hash {
        let leaves = high - low;
        if leaves == 0 {
            return Hash::EMPTY;
        }
        if leaves.is_power_of_two() && low.is_multiple_of(leaves) {
            let level = leaves.trailing_zeros() as usize;
            return self.levels[level][low >> level];
        }
        let middle = low + split(leaves);
        node_hash(&self.subtree(low, middle), &self.subtree(middle, high))
    }
}

impl Extend<Hash> for Tree {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Tree {
        let mut tree = Tree::new();
        tree.extend(leaves);
        tree
    }
}

/// How many of `leaves` (at least 2) are to the left: the largest power of two below (RFC 6962 §2.1).
fn split(leaves: usize) -> usize {
    1 << (leaves - 1).ilog2()
}

/// The tree of a log that is read once: as many hashes as its size has bits, and no proofs.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    size: u64,
    /// The roots of the complete subtrees, the largest first: one for each bit of the size.
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// The tree without leaves.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, by its hash ([`crate::leaf_hash`]).
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.subtrees.push(node);
        self.size += 1;
    }

    /// The root of all leaves (RFC 6962 §2.1).
    pub fn root(&self) -> Hash {
        let mut subtrees = self.subtrees.iter().rev();
        let Some(&last) = subtrees.next() else { return Hash::EMPTY };
        subtrees.fold(last, |right, left| node_hash(left, &right))
    }
}

/// What a tree was asked for and cannot have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A size that the log never had.
    #[error("the log has {has} entries and never had {size}; ask for a size up to {has}")]
    Size {
        /// The size asked for.
        size: u64,
        /// How many entries there are.
        has: u64,
    },
    /// An entry beyond the tree.
    #[error("the tree of {size} entries has no entry {index}; the first is entry 0")]
    Index {
        /// The entry asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// An old size above the new one.
    #[error("the old size {old} is above the new size {new}; give the smaller size first")]
    Backwards {
        /// The old size.
        old: u64,
        /// The new size.
        new: u64,
    },
}

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unproved {
    /// The index is not below the size.
    #[error("the tree of {size} entries has no entry {index}; the first is entry 0")]
    Index {
        /// The index of the entry.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The old size is above the new one.
    #[error(
        "the older tree has {old} entries and the newer one only {new}: entries were cut off, or the two were swapped"
    )]
    Backwards {
        /// The old size.
        old: u64,
        /// The new size.
        new: u64,
    },
    /// Too few or too many hashes for these sizes.
    #[error(
        "the proof has {found} hashes, and these sizes need another number; it belongs to another tree, or was cut"
    )]
    Length {
        /// How many there are.
        found: usize,
    },
    /// The hashes lead to another root.
    #[error(
        "the proof leads to the root {found}, but the tree has the root {expected}: the entry, the proof or the tree was changed"
    )]
    Root {
        /// The root that was given.
        expected: Hash,
        /// The root to which the proof leads.
        found: Hash,
    },
}

/// Whether a proof leads from a leaf to the root of the tree with `size` leaves (RFC 9162 §2.1.3.2).
///
/// A bare root does not commit to its size, so a proof may also fit another size. Take size and root of a signed
/// checkpoint, as [`crate::Proof::verify`] does.
///
/// # Errors
/// Why the proof does not hold.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), Unproved> {
    if index >= size {
        return Err(Unproved::Index { index, size });
    }
    let (mut index, mut last) = (index, size - 1);
    let mut node = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(Unproved::Length { found: proof.len() });
        }
        if index & 1 == 1 || index == last {
            node = node_hash(sibling, &node);
            (index, last) = skip_alone(index, last);
        } else {
            node = node_hash(&node, sibling);
        }
        (index, last) = (index >> 1, last >> 1);
    }
    if last != 0 {
        return Err(Unproved::Length { found: proof.len() });
    }
    same_root(root, node)
}

/// Whether a proof shows that the tree with `old` leaves is the beginning of that with `new` leaves (RFC 9162
/// §2.1.4.2). Every tree goes on from the one without leaves.
///
/// # Errors
/// Why the proof does not hold.
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), Unproved> {
    if old > new {
        return Err(Unproved::Backwards { old, new });
    }
    if old == 0 {
        same_root(old_root, Hash::EMPTY)?;
    }
    if old == 0 || old == new {
        if !proof.is_empty() {
            return Err(Unproved::Length { found: proof.len() });
        }
        let known = if new == 0 { Hash::EMPTY } else { *old_root };
        return if old == new { same_root(new_root, known) } else { Ok(()) };
    }
    let wrong_length = Unproved::Length { found: proof.len() };
    // Where the old tree is a complete subtree of the new one, its root starts the path.
    let (first, rest) = match proof.split_first() {
        _ if old.is_power_of_two() => (*old_root, proof),
        Some((first, rest)) => (*first, rest),
        None => return Err(wrong_length),
    };
    let (mut index, mut last) = (old - 1, new - 1);
    let complete = index.trailing_ones();
    (index, last) = (index >> complete, last >> complete);
    let (mut old_node, mut new_node) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(wrong_length);
        }
        if index & 1 == 1 || index == last {
            old_node = node_hash(sibling, &old_node);
            new_node = node_hash(sibling, &new_node);
            (index, last) = skip_alone(index, last);
        } else {
            new_node = node_hash(&new_node, sibling);
        }
        (index, last) = (index >> 1, last >> 1);
    }
    if last != 0 {
        return Err(wrong_length);
    }
    same_root(old_root, old_node)?;
    same_root(new_root, new_node)
}

/// Climbs past the levels on which the node, the last of its level, has no sibling (RFC 9162 §2.1.3.2, step 4b).
fn skip_alone(index: u64, last: u64) -> (u64, u64) {
    let levels = if index == 0 { 0 } else { index.trailing_zeros() };
    (index >> levels, last >> levels)
}

fn same_root(expected: &Hash, found: Hash) -> Result<(), Unproved> {
    if *expected == found { Ok(()) } else { Err(Unproved::Root { expected: *expected, found }) }
}
