//! The tree and its proofs: against the definitions of RFC 6962 §2.1, against known answers, against every small change.

use servanda_log::{
    Frontier, Hash, Tree, TreeError, Unproved, digest, leaf_hash, node_hash, verify_consistency,
    verify_inclusion,
};

/// The inputs and roots with which Certificate Transparency's own implementations are tested.
const CT_LEAVES: [&[u8]; 8] = [
    b"",
    &[0x00],
    &[0x10],
    &[0x20, 0x21],
    &[0x30, 0x31],
    &[0x40, 0x41, 0x42, 0x43],
    &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
];
const CT_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hash(text: &str) -> Hash {
    text.parse().unwrap()
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

/// MTH of RFC 6962 §2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => digest(b""),
        [one] => *one,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

/// PATH of RFC 6962 §2.1.1, word for word.
fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut hashes, last) = if m < k {
        (path(m, &leaves[..k]), mth(&leaves[k..]))
    } else {
        (path(m - k, &leaves[k..]), mth(&leaves[..k]))
    };
    hashes.push(last);
    hashes
}

/// SUBPROOF of RFC 6962 §2.1.2, word for word.
fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![mth(leaves)] };
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut hashes, last) = if m <= k {
        (subproof(m, &leaves[..k], whole), mth(&leaves[k..]))
    } else {
        (subproof(m - k, &leaves[k..], false), mth(&leaves[..k]))
    };
    hashes.push(last);
    hashes
}

#[test]
fn the_roots_of_certificate_transparency_are_reproduced() {
    let mut tree = Tree::new();
    let mut frontier = Frontier::new();
    for (size, root) in CT_ROOTS.iter().enumerate() {
        assert_eq!(tree.size(), size as u64);
        assert_eq!(tree.current_root(), hash(root));
        assert_eq!(frontier.root(), hash(root));
        if let Some(leaf) = CT_LEAVES.get(size) {
            tree.push(leaf_hash(leaf));
            frontier.push(leaf_hash(leaf));
        }
    }
    for (size, root) in CT_ROOTS.iter().enumerate() {
        assert_eq!(tree.root(size as u64), Ok(hash(root)));
    }
}

#[test]
fn the_proofs_of_certificate_transparency_are_reproduced() {
    let tree: Tree = CT_LEAVES.iter().map(|leaf| leaf_hash(leaf)).collect();
    let hashes = |list: &[&str]| list.iter().map(|h| hash(h)).collect::<Vec<_>>();
    assert_eq!(
        tree.inclusion_proof(0, 8).unwrap(),
        hashes(&[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ])
    );
    assert_eq!(
        tree.inclusion_proof(5, 8).unwrap(),
        hashes(&[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(
        tree.consistency_proof(6, 8).unwrap(),
        hashes(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(
        tree.consistency_proof(2, 5).unwrap(),
        hashes(&[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ])
    );
}

#[test]
fn roots_of_every_earlier_size_are_those_of_the_definition() {
    let leaves = leaves(256);
    let tree: Tree = leaves.iter().copied().collect();
    let mut frontier = Frontier::new();
    for size in 0..=256 {
        let root = mth(&leaves[..size]);
        assert_eq!(tree.root(size as u64), Ok(root), "{size}");
        assert_eq!(frontier.root(), root, "{size}");
        assert_eq!(frontier.size(), size as u64);
        if let Some(leaf) = leaves.get(size) {
            assert_eq!(tree.leaf(size as u64), Some(*leaf));
            frontier.push(*leaf);
        }
    }
    assert_eq!(tree.leaf(256), None);
}

#[test]
fn every_leaf_of_every_tree_is_proved() {
    let leaves = leaves(256);
    let tree: Tree = leaves.iter().copied().collect();
    for size in 1..=256_usize {
        // Beyond 64 every seventh leaf and the last ones.
        for index in (0..size).filter(|i| size <= 64 || i % 7 == size % 7 || i + 3 > size) {
            let proof = tree.inclusion_proof(index as u64, size as u64).unwrap();
            assert_eq!(proof, path(index, &leaves[..size]), "{index} of {size}");
            let root = tree.root(size as u64).unwrap();
            let verified = verify_inclusion(&leaves[index], index as u64, size as u64, &proof, &root);
            assert_eq!(verified, Ok(()), "{index} of {size}");
        }
    }
}

#[test]
fn every_tree_is_proved_to_go_on_from_every_earlier_one() {
    let leaves = leaves(256);
    let tree: Tree = leaves.iter().copied().collect();
    let roots: Vec<Hash> = (0..=256).map(|size| tree.root(size).unwrap()).collect();
    for new in 0..=256_usize {
        for old in 0..=new {
            let proof = tree.consistency_proof(old as u64, new as u64).unwrap();
            if old > 0 && (new <= 64 || old % 5 == new % 5) {
                assert_eq!(proof, subproof(old, &leaves[..new], true), "{old} to {new}");
            }
            let verified = verify_consistency(old as u64, new as u64, &proof, &roots[old], &roots[new]);
            assert_eq!(verified, Ok(()), "{old} to {new}");
        }
    }
}

/// The proof with one hash changed, one left out, or one more, at every place.
fn changed(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for at in 0..=proof.len() {
        let mut more = proof.to_vec();
        more.insert(at, leaf_hash(b"more"));
        all.push(more);
        if at < proof.len() {
            let mut other = proof.to_vec();
            let mut bytes = *other[at].as_bytes();
            bytes[at % Hash::BYTES] ^= 1;
            other[at] = Hash::from_bytes(bytes);
            all.push(other);
            let mut less = proof.to_vec();
            less.remove(at);
            all.push(less);
            let mut twice = proof.to_vec();
            twice.insert(at, proof[at]);
            all.push(twice);
        }
    }
    all
}

#[test]
fn no_changed_proof_of_inclusion_stands() {
    let leaves = leaves(64);
    let tree: Tree = leaves.iter().copied().collect();
    for size in 1..=64_u64 {
        let root = tree.root(size).unwrap();
        for index in 0..size {
            let leaf = &leaves[index as usize];
            let proof = tree.inclusion_proof(index, size).unwrap();
            for wrong in changed(&proof) {
                assert!(verify_inclusion(leaf, index, size, &wrong, &root).is_err(), "{index} of {size}");
            }
            for other in (0..=size).filter(|other| *other != index) {
                assert!(verify_inclusion(leaf, other, size, &proof, &root).is_err(), "{index} as {other}");
            }
            let other_leaf = leaf_hash(b"other");
            assert!(verify_inclusion(&other_leaf, index, size, &proof, &root).is_err());
            assert!(verify_inclusion(leaf, index, size, &proof, &other_leaf).is_err());
        }
    }
}

#[test]
fn no_changed_proof_of_consistency_stands() {
    let tree: Tree = leaves(64).into_iter().collect();
    let roots: Vec<Hash> = (0..=64).map(|size| tree.root(size).unwrap()).collect();
    let other = leaf_hash(b"other");
    for new in 1..=64_u64 {
        for old in 1..=new {
            let (old_root, new_root) = (&roots[old as usize], &roots[new as usize]);
            let proof = tree.consistency_proof(old, new).unwrap();
            for wrong in changed(&proof) {
                assert!(verify_consistency(old, new, &wrong, old_root, new_root).is_err(), "{old} to {new}");
            }
            assert!(verify_consistency(old, new, &proof, &other, new_root).is_err(), "{old} to {new}");
            assert!(verify_consistency(old, new, &proof, old_root, &other).is_err(), "{old} to {new}");
        }
    }
}

#[test]
fn empty_trees_prove_nothing_and_need_no_proof() {
    let one = leaf_hash(b"a");
    assert_eq!(verify_consistency(0, 0, &[], &Hash::EMPTY, &Hash::EMPTY), Ok(()));
    assert_eq!(verify_consistency(0, 1, &[], &Hash::EMPTY, &one), Ok(()));
    assert!(verify_consistency(0, 1, &[], &one, &one).is_err());
    assert!(verify_consistency(0, 0, &[], &Hash::EMPTY, &one).is_err());
    assert!(verify_consistency(0, 1, &[one], &Hash::EMPTY, &one).is_err());
    assert!(verify_consistency(1, 2, &[], &one, &one).is_err());
    assert!(verify_consistency(3, 5, &[], &one, &one).is_err());
    assert_eq!(verify_consistency(1, 0, &[], &one, &one), Err(Unproved::Backwards { old: 1, new: 0 }));
    assert_eq!(verify_inclusion(&one, 0, 0, &[], &one), Err(Unproved::Index { index: 0, size: 0 }));
}

#[test]
fn sizes_at_the_end_of_the_numbers_are_no_trouble() {
    let h = leaf_hash(b"a");
    let many = vec![h; 200];
    for size in [u64::MAX, u64::MAX - 1, 1 << 63, (1 << 63) + 1] {
        for index in [0, 1, size / 2, size - 1] {
            for count in [0, 1, 63, 64, 65, 200] {
                assert!(verify_inclusion(&h, index, size, &many[..count], &h).is_err());
                assert!(verify_consistency(index, size, &many[..count], &h, &h).is_err());
            }
        }
    }
}

#[test]
fn what_the_log_never_had_is_an_error() {
    let tree: Tree = leaves(3).into_iter().collect();
    assert_eq!(tree.root(4), Err(TreeError::Size { size: 4, has: 3 }));
    assert_eq!(tree.root(u64::MAX), Err(TreeError::Size { size: u64::MAX, has: 3 }));
    assert_eq!(tree.inclusion_proof(0, 4), Err(TreeError::Size { size: 4, has: 3 }));
    assert_eq!(tree.inclusion_proof(2, 2), Err(TreeError::Index { index: 2, size: 2 }));
    assert_eq!(tree.inclusion_proof(0, 0), Err(TreeError::Index { index: 0, size: 0 }));
    assert_eq!(tree.consistency_proof(3, 2), Err(TreeError::Backwards { old: 3, new: 2 }));
    assert_eq!(tree.consistency_proof(3, 4), Err(TreeError::Size { size: 4, has: 3 }));
}

/// A root by itself does not say of how many leaves it is: the first leaf of three also passes as the first of four.
/// So sizes are taken from signed checkpoints only (`tests/notes.rs`).
#[test]
fn a_bare_root_does_not_say_its_size() {
    let leaves = leaves(3);
    let tree: Tree = leaves.iter().copied().collect();
    let proof = tree.inclusion_proof(0, 3).unwrap();
    let root = tree.current_root();
    assert_eq!(verify_inclusion(&leaves[0], 0, 3, &proof, &root), Ok(()));
    assert_eq!(verify_inclusion(&leaves[0], 0, 4, &proof, &root), Ok(()));
}

/// Run with `--release --ignored --nocapture`, beside a clock.
#[test]
#[ignore = "a measurement"]
fn a_million_leaves() {
    let mut tree = Tree::new();
    for i in 0..1_000_000_u64 {
        tree.push(leaf_hash(&i.to_be_bytes()));
    }
    println!("{}", tree.current_root());
}
