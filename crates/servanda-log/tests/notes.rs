//! Keys, notes, checkpoints and proofs: known answers, every broken line, rotation of keys.

use servanda_log::{
    Checkpoint, CheckpointError, Hash, KeyError, NOTE_BYTES_MAX, Note, NoteError, Proof, ProofError,
    SIGNATURES_MAX, SigningKey, Tree, Unproved, VerifierKey, leaf_hash,
};

/// The key and note with which Go's `golang.org/x/mod/sumdb/note` is tested.
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/// The seed of that key: what follows the type in `PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz`.
const PETER_SEED: [u8; 32] = [
    0x81, 0x0a, 0x14, 0x02, 0xd5, 0x14, 0x6c, 0x8d, 0x84, 0xf2, 0x44, 0x33, 0x30, 0xf5, 0x40, 0x80, 0xeb,
    0xf9, 0x8e, 0xe1, 0x7d, 0x9c, 0x74, 0xf6, 0x25, 0x2f, 0xc5, 0xd5, 0xc7, 0x28, 0x31, 0x73,
];
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
const PETER_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_LINE: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

fn signer(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, &[seed; 32]).unwrap()
}

#[test]
fn the_known_note_is_made_to_the_byte() {
    let peter = SigningKey::from_seed("PeterNeumann", &PETER_SEED).unwrap();
    assert_eq!(peter.verifier().to_string(), PETER);
    assert_eq!(Note::sign(TEXT, &[&peter]).unwrap().to_string(), format!("{TEXT}\n{PETER_LINE}"));
    // The secret is never shown.
    assert_eq!(format!("{peter:?}"), format!("SigningKey({PETER})"));
}

#[test]
fn known_signatures_stand_and_unknown_ones_are_passed_over() {
    let written = format!("{TEXT}\n{PETER_LINE}{ENOCH_LINE}");
    let note = Note::parse(&written).unwrap();
    assert_eq!(note.text(), TEXT);
    assert_eq!(note.to_string(), written);
    let (peter, enoch) = (key(PETER), key(ENOCH));
    assert_eq!(note.verify(std::slice::from_ref(&peter)).unwrap(), [&peter]);
    assert_eq!(note.verify(&[enoch.clone(), peter.clone()]).unwrap(), [&peter, &enoch]);
    assert_eq!(note.verify(&[]), Err(NoteError::NoKeys));
    let stranger = signer("PeterNeumann", 7).verifier().clone();
    let error = note.verify(&[stranger]).unwrap_err();
    assert!(matches!(&error, NoteError::Untrusted { .. }), "{error:?}");
    assert!(error.to_string().contains("`PeterNeumann+c74f20a3`, `EnochRoot+af0cfe78`"), "{error}");
}

#[test]
fn a_signature_in_a_trusted_name_that_does_not_stand_spoils_the_note() {
    let forged = PETER_LINE.replace("ZJku", "ZJkv");
    let note = Note::parse(&format!("{TEXT}\n{forged}{ENOCH_LINE}")).unwrap();
    assert!(matches!(note.verify(&[key(PETER), key(ENOCH)]), Err(NoteError::Forged { .. })));
    // Who does not know Peter does not look at his signature.
    assert!(note.verify(&[key(ENOCH)]).is_ok());
    // A signature of another length, of a known key.
    let long = format!("{}ABCD{}", &PETER_LINE[..60], &PETER_LINE[60..]);
    let note = Note::parse(&format!("{TEXT}\n{long}")).unwrap();
    assert!(matches!(note.verify(&[key(PETER)]), Err(NoteError::Forged { .. })));
}

#[test]
fn every_mangled_key_is_refused() {
    for start in 0..=PETER.len() {
        for end in start..=PETER.len() {
            if end - start < PETER.len() {
                assert!(PETER[start..end].parse::<VerifierKey>().is_err(), "{}", &PETER[start..end]);
            }
        }
    }
    for at in 0..PETER.len() {
        let mut bytes = PETER.as_bytes().to_vec();
        bytes[at] += 1;
        let mangled = String::from_utf8(bytes).unwrap();
        assert!(mangled.parse::<VerifierKey>().is_err(), "{mangled}");
    }
    let other_type = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert!(matches!(other_type.parse::<VerifierKey>(), Err(KeyError::Algorithm { found: 0x65, .. })));
    let wrong_id = PETER.replace("c74f20a3", "c74f20a4");
    let error = wrong_id.parse::<VerifierKey>().unwrap_err().to_string();
    assert!(error.contains("identifier c74f20a4, but its name and key have c74f20a3"), "{error}");
}

#[test]
fn a_key_that_accepts_forged_signatures_is_refused() {
    // The neutral point: with it, one signature stands for every text.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let id = &servanda_log::digest(&[b"weak\n\x01".as_slice(), &neutral].concat()).to_string()[..8];
    let weak = format!("weak+{id}+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert!(matches!(weak.parse::<VerifierKey>(), Err(KeyError::Point { .. })), "{weak}");
}

#[test]
fn names_of_keys_have_neither_spaces_nor_plus() {
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\u{2003}", "a\nb", "a\u{7f}"] {
        assert_eq!(SigningKey::from_seed(name, &[1; 32]).unwrap_err(), KeyError::Name(name.to_string()));
    }
    assert!(SigningKey::from_seed("beispiel.example/größe", &[1; 32]).is_ok());
}

#[test]
fn broken_notes_are_refused_with_their_line() {
    for (note, error) in [
        (String::new(), NoteError::NoSignatures),
        (TEXT.to_string(), NoteError::NoSignatures),
        (format!("{TEXT}\n"), NoteError::NoSignatures),
        (format!("{TEXT}{PETER_LINE}"), NoteError::NoSignatures),
        (format!("{TEXT}\n{}", PETER_LINE.trim_end()), NoteError::SignatureLine { line: 4 }),
        (format!("{TEXT}\n{PETER_LINE}More.\n"), NoteError::SignatureLine { line: 5 }),
        (format!("{TEXT}\n{}", PETER_LINE.replace("—", "-")), NoteError::SignatureLine { line: 4 }),
        (format!("{TEXT}\n{}", PETER_LINE.replace("Peter", "Peter ")), NoteError::SignatureLine { line: 4 }),
        (format!("{TEXT}\n{}", PETER_LINE.replace("Peter", "Peter+")), NoteError::SignatureLine { line: 4 }),
        (format!("{TEXT}\n{}", PETER_LINE.replace('=', "")), NoteError::SignatureLine { line: 4 }),
        (format!("{TEXT}\n— PeterNeumann x08g\n"), NoteError::SignatureLine { line: 4 }),
        (format!("{TEXT}\n— PeterNeumann x08goA==\n"), NoteError::SignatureLine { line: 4 }),
        (format!("\u{1}{TEXT}\n{PETER_LINE}"), NoteError::Control { line: 1 }),
        (format!("{}\n{PETER_LINE}", TEXT.replace(' ', "\t")), NoteError::Control { line: 1 }),
        (format!("{TEXT}\r\n\r\n{PETER_LINE}"), NoteError::Control { line: 3 }),
        (format!("{TEXT}\n{}", PETER_LINE.repeat(SIGNATURES_MAX + 1)), NoteError::TooManySignatures),
        ("x".repeat(NOTE_BYTES_MAX + 1), NoteError::TooLong),
    ] {
        assert_eq!(Note::parse(&note), Err(error), "{note}");
    }
    let many = Note::parse(&format!("{TEXT}\n{}", PETER_LINE.repeat(16))).unwrap();
    assert_eq!(many.verify(&[key(PETER)]).unwrap().len(), 1);
}

#[test]
fn a_text_may_have_empty_lines() {
    let peter = SigningKey::from_seed("PeterNeumann", &PETER_SEED).unwrap();
    for text in ["\n", "a\n\nb\n", "a\n\n\n"] {
        let note = Note::sign(text, &[&peter]).unwrap();
        let again = Note::parse(&note.to_string()).unwrap();
        assert_eq!(again, note);
        assert!(again.verify(&[key(PETER)]).is_ok());
    }
    assert_eq!(Note::sign("a", &[&peter]), Err(NoteError::TextEnd));
    assert_eq!(Note::sign("a\u{0}\n", &[&peter]), Err(NoteError::Control { line: 1 }));
    assert_eq!(Note::sign("a\n", &[]), Err(NoteError::NoKeys));
}

#[test]
fn a_key_that_is_trusted_twice_is_trusted() {
    let note = Note::parse(&format!("{TEXT}\n{PETER_LINE}")).unwrap();
    assert!(note.verify(&[key(PETER), key(PETER)]).is_ok());
}

#[test]
fn the_checkpoint_of_the_specification_reads() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let checkpoint = Checkpoint::parse(text).unwrap();
    assert_eq!(checkpoint.origin(), "example.com/behind-the-sofa");
    assert_eq!(checkpoint.size(), 20_852_163);
    assert_eq!(checkpoint.to_string(), text);
    let note = format!(
        "{text}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    );
    assert_eq!(Checkpoint::open_unchecked(&note).unwrap(), checkpoint);
}

#[test]
fn extension_lines_are_kept() {
    let key = signer("log.example", 1);
    let plain = Checkpoint::new("log.example/a/b", 0, Hash::EMPTY).unwrap();
    let extended = plain.clone().with_extension("one").unwrap().with_extension("two three").unwrap();
    let note = extended.sign(&[&key]).unwrap();
    let opened = Checkpoint::open(&note, &[key.verifier().clone()]).unwrap();
    assert_eq!(opened.checkpoint, extended);
    assert_eq!(opened.checkpoint.extensions(), ["one", "two three"]);
    assert_eq!(opened.signed_by, [key.verifier().clone()]);
    assert!(matches!(plain.clone().with_extension(""), Err(CheckpointError::Extension)));
    assert!(matches!(plain.with_extension("a\nb"), Err(CheckpointError::Extension)));
}

#[test]
fn broken_checkpoints_are_refused() {
    let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    for text in [
        String::new(),
        "\n".to_string(),
        format!("\n0\n{root}\n"),
        format!("a\n0\n{root}"),
        "a\n0\n".to_string(),
        format!("a\n00\n{root}\n"),
        format!("a\n+1\n{root}\n"),
        format!("a\n-1\n{root}\n"),
        format!("a\n1 \n{root}\n"),
        format!("a\n18446744073709551616\n{root}\n"),
        format!("a\n0\n{}\n", &root[1..]),
        format!("a\n0\n{}\n", root.replace('=', "")),
        format!("a\n0\n{}\n", root.replace("FU=", "FV=")),
        format!("a\n0\n{root}\n\n"),
        format!("a\n0\n{root}\n\nx\n"),
    ] {
        assert!(Checkpoint::parse(&text).is_err(), "{text}");
    }
    assert!(Checkpoint::parse(&format!("a\n18446744073709551615\n{root}\n")).is_ok());
    assert!(matches!(Checkpoint::new("a\nb", 0, Hash::EMPTY), Err(CheckpointError::Origin)));
}

#[test]
fn keys_are_rotated_and_old_checkpoints_verify() {
    let (old, new) = (signer("log.example", 1), signer("log.example", 2));
    let checkpoint = |size| Checkpoint::new("log.example/main/a", size, Hash::EMPTY).unwrap();
    let before = checkpoint(1).sign(&[&old]).unwrap();
    let between = checkpoint(2).sign(&[&old, &new]).unwrap();
    let after = checkpoint(3).sign(&[&new]).unwrap();
    let (old, new) = (old.verifier().clone(), new.verifier().clone());
    let both = [old.clone(), new.clone()];
    assert_eq!(Checkpoint::open(&before, &both).unwrap().signed_by, std::slice::from_ref(&old));
    assert_eq!(Checkpoint::open(&between, &both).unwrap().signed_by, both);
    assert_eq!(Checkpoint::open(&after, &both).unwrap().signed_by, std::slice::from_ref(&new));
    assert!(Checkpoint::open(&between, std::slice::from_ref(&old)).is_ok());
    assert!(Checkpoint::open(&between, std::slice::from_ref(&new)).is_ok());
    assert!(Checkpoint::open(&after, &[old]).is_err());
    assert!(Checkpoint::open(&before, &[new]).is_err());
}

const ORIGIN: &str = "log.example/main/lease";

fn entry(i: u64) -> Vec<u8> {
    format!("entry {i}").into_bytes()
}

fn tree(size: u64) -> Tree {
    (0..size).map(|i| leaf_hash(&entry(i))).collect()
}

fn signed(tree: &Tree, size: u64, key: &SigningKey) -> String {
    Checkpoint::new(ORIGIN, size, tree.root(size).unwrap()).unwrap().sign(&[key]).unwrap()
}

#[test]
fn an_entry_is_proved_to_somebody_without_a_log() {
    let key = signer("log.example", 1);
    let trusted = [key.verifier().clone()];
    let tree = tree(11);
    for size in 1..=11 {
        let checkpoint = signed(&tree, size, &key);
        for index in 0..size {
            let proof = Proof::new(&tree, index, &checkpoint).unwrap();
            let text = proof.to_string();
            assert!(text.starts_with(&format!("c2sp.org/tlog-proof@v1\nindex {index}\n")), "{text}");
            assert!(text.ends_with(&format!("\n\n{checkpoint}")), "{text}");
            let read = Proof::parse(&text).unwrap();
            assert_eq!(read, proof);
            assert_eq!(read.verify(&entry(index), ORIGIN, &trusted).unwrap().checkpoint.size(), size);
            assert!(matches!(
                read.verify(&entry(index + 1), ORIGIN, &trusted),
                Err(ProofError::Unproved(Unproved::Root { .. }))
            ));
            assert!(matches!(
                read.verify(&entry(index), "log.example/main/other", &trusted),
                Err(ProofError::Origin { .. })
            ));
            let stranger = [signer("log.example", 2).verifier().clone()];
            assert!(matches!(read.verify(&entry(index), ORIGIN, &stranger), Err(ProofError::Checkpoint(_))));
        }
        assert!(matches!(Proof::new(&tree, size, &checkpoint), Err(ProofError::Tree(_))));
    }
}

/// What a bare root cannot do (`tests/tree.rs`), a signed size does.
#[test]
fn a_proof_with_another_size_does_not_stand_because_the_size_is_signed() {
    let key = signer("log.example", 1);
    let trusted = [key.verifier().clone()];
    let tree = tree(3);
    let text = Proof::new(&tree, 0, &signed(&tree, 3, &key)).unwrap().to_string();
    assert!(Proof::parse(&text).unwrap().verify(&entry(0), ORIGIN, &trusted).is_ok());
    let confused = text.replace(&format!("{ORIGIN}\n3\n"), &format!("{ORIGIN}\n4\n"));
    assert_ne!(confused, text);
    assert!(matches!(
        Proof::parse(&confused).unwrap().verify(&entry(0), ORIGIN, &trusted),
        Err(ProofError::Checkpoint(CheckpointError::Note(NoteError::Forged { .. })))
    ));
}

#[test]
fn extra_data_is_carried_and_proves_nothing() {
    let key = signer("log.example", 1);
    let tree = tree(2);
    for extra in [vec![], b"beside".to_vec()] {
        let proof = Proof { extra: Some(extra), ..Proof::new(&tree, 1, &signed(&tree, 2, &key)).unwrap() };
        let read = Proof::parse(&proof.to_string()).unwrap();
        assert_eq!(read, proof);
        assert!(read.verify(&entry(1), ORIGIN, &[key.verifier().clone()]).is_ok());
    }
}

#[test]
fn a_proof_against_the_checkpoint_of_another_tree_is_not_made() {
    let key = signer("log.example", 1);
    let other: Tree = (0..3).map(|i| leaf_hash(&entry(i + 1))).collect();
    let checkpoint = signed(&other, 3, &key);
    assert!(matches!(Proof::new(&tree(3), 0, &checkpoint), Err(ProofError::Unproved(Unproved::Root { .. }))));
    assert!(matches!(Proof::new(&tree(2), 0, &checkpoint), Err(ProofError::Tree(_))));
}

#[test]
fn broken_proofs_are_refused_with_their_line() {
    let key = signer("log.example", 1);
    let tree = tree(5);
    let text = Proof::new(&tree, 2, &signed(&tree, 5, &key)).unwrap().to_string();
    for (wrong, part) in [
        (String::new(), "was cut off"),
        (text.replace("@v1", "@v2"), "line 1 of a proof"),
        (text.replace("index 2", "index 02"), "line 2 of the proof"),
        (text.replace("index 2", "2"), "line 2 of the proof"),
        (text.replace("index 2", "extra !\nindex 2"), "line 2 of the proof: `extra`"),
        (text.replace("index 2", "extra YQ==\nextra YQ==\nindex 2"), "line 3 of the proof: expected `index`"),
        (text.replace("index 2\n", "index 2\nAAAA\n"), "line 3 of the proof: expected a hash"),
        (text.replacen("\n\n", "\n", 1), "expected a hash in base64"),
        (text.replace('\n', "\r\n"), "line 1 of a proof"),
        (text[..60].to_string(), "was cut off"),
        (
            text.replace(
                "index 2\n",
                &format!("index 2\n{}", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".repeat(70)),
            ),
            "more than 64 hashes",
        ),
        (text.trim_end().to_string(), "the checkpoint of the proof: line"),
    ] {
        let error = Proof::parse(&wrong).unwrap_err().to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
}
