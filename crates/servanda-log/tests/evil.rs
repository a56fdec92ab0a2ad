//! An administrator who does evil: has the disk, sometimes the key, and wants another past. Whoever kept a checkpoint
//! finds out, whatever is done to the entries below it.

mod common;

use common::*;
use proptest::prelude::*;
use serde_json::json;
use servanda_log::SigningKey;
use servanda_log::export::{FaultKind, Place, verify};

/// What is done to the entries.
#[derive(Clone, Debug)]
enum Deed {
    /// One entry says something else.
    Edit(usize),
    /// The newest entries are gone.
    Cut(usize),
    /// One entry is gone.
    Remove(usize),
    /// One entry stands at another place.
    Move(usize, usize),
    /// There is an entry that never was.
    Insert(usize),
    /// An entry stands there twice.
    Repeat(usize),
    /// An entry is that of another organisation, at the same place of a matter with the same name.
    Swap(usize),
    /// From here on the log is another one, of any length.
    Fork(usize, usize),
    /// All of it is new.
    Rewrite(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let any = 0..1000_usize;
    prop_oneof![
        any.clone().prop_map(Deed::Edit),
        any.clone().prop_map(Deed::Cut),
        any.clone().prop_map(Deed::Remove),
        (any.clone(), any.clone()).prop_map(|(from, to)| Deed::Move(from, to)),
        any.clone().prop_map(Deed::Insert),
        any.clone().prop_map(Deed::Repeat),
        any.clone().prop_map(Deed::Swap),
        (any.clone(), any.clone()).prop_map(|(from, length)| Deed::Fork(from, length)),
        any.prop_map(Deed::Rewrite),
    ]
}

/// An entry without any sign of its place: all were recorded in the same second, so that neither time nor form gives
/// the evil away.
fn plain(what: &str, number: usize) -> String {
    entry(MATTER, 0, "event", json!({"what": what, "number": number}))
}

/// Does the deed below `kept`, the size of the checkpoint that somebody has. What is changed is at most that.
fn done(deed: &Deed, log: &[String], kept: usize) -> Vec<String> {
    let mut log = log.to_vec();
    match *deed {
        Deed::Edit(at) => log[at % kept] = plain("edited", at),
        Deed::Cut(at) => log.truncate(at % kept),
        Deed::Remove(at) => drop(log.remove(at % kept)),
        Deed::Move(from, to) => {
            let entry = log.remove(from % kept);
            // Anywhere else, also above the checkpoint.
            let places = log.len() + 1;
            let to = if to % places == from % kept { (to + 1) % places } else { to % places };
            log.insert(to, entry);
        }
        Deed::Insert(at) => log.insert(at % kept, plain("inserted", at)),
        Deed::Repeat(at) => log.insert(at % kept, log[at % kept].clone()),
        Deed::Swap(at) => log[at % kept] = plain("theirs", at % kept),
        Deed::Fork(at, length) => {
            log.truncate(at % kept);
            log.extend((0..length % 40).map(|i| plain("forked", i)));
        }
        Deed::Rewrite(length) => log = (0..length % 40).map(|i| plain("rewritten", i)).collect(),
    }
    log
}

fn ours(count: usize) -> Vec<String> {
    (0..count).map(|i| plain("ours", i)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The key is in evil hands: the new past is signed like the old one. Without the older checkpoint the file is
    /// without fault; with it, every deed is found out.
    #[test]
    fn whoever_kept_a_checkpoint_finds_every_deed_out(
        count in 1..40_usize,
        keep in 0..1000_usize,
        deed in deed(),
    ) {
        let log = ours(count);
        let kept = keep % count + 1;
        let since = checkpoint(ORIGIN, &log[..kept], &key());
        let changed = done(&deed, &log, kept);
        // Moving an entry of two that are the same, or repeating the last below the checkpoint at its own place, may
        // leave what was signed as it was: then there is nothing to find.
        prop_assume!(changed.get(..kept) != log.get(..kept));
        let text = export(&changed, &[]);
        prop_assert!(verify(text.as_bytes(), &trusted(), None).is_ok());
        let fault = verify(text.as_bytes(), &trusted(), Some(&since)).unwrap_err();
        prop_assert_eq!(fault.place, Place::Since);
        match fault.kind {
            FaultKind::SinceSize { since, found } => {
                prop_assert_eq!((since, found), (kept as u64, changed.len() as u64));
            }
            FaultKind::SinceRoot { size, .. } => prop_assert_eq!(size, kept as u64),
            other => prop_assert!(false, "{}", other),
        }
    }

    /// Without the key nothing can be signed: every deed is found out without any older checkpoint.
    #[test]
    fn without_the_key_every_deed_is_found_out(count in 1..40_usize, deed in deed(), resign in any::<bool>()) {
        let log = ours(count);
        let changed = done(&deed, &log, count);
        prop_assume!(changed != log);
        // Either under the signature that was there, or under that of another key with the same name.
        let note = if resign {
            checkpoint(ORIGIN, &changed, &SigningKey::from_seed("log.example", &[66; 32]).unwrap())
        } else {
            checkpoint(ORIGIN, &log, &key())
        };
        let text = export_with(&changed, &[], &note);
        let fault = verify(text.as_bytes(), &trusted(), None).unwrap_err();
        let expected = match &fault.kind {
            FaultKind::Size { .. } | FaultKind::Root { .. } => !resign,
            FaultKind::Checkpoint(_) => resign,
            _ => false,
        };
        prop_assert!(expected, "{}", fault);
    }

    /// A log that only grew is never accused.
    #[test]
    fn who_did_nothing_is_not_accused(count in 0..40_usize, keep in 0..1000_usize) {
        let log = ours(count);
        let since = checkpoint(ORIGIN, &log[..keep % (count + 1)], &key());
        prop_assert!(verify(export(&log, &[]).as_bytes(), &trusted(), Some(&since)).is_ok());
    }
}

/// The whole export of one organisation handed over as that of another.
#[test]
fn an_export_is_not_that_of_another_organisation() {
    let log = ours(3);
    let theirs = checkpoint("log.example/other/lease", &log, &key());
    let fault = verify(export_with(&log, &[], &theirs).as_bytes(), &trusted(), None).unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Origin { .. }), "{fault}");
    let since = verify(export(&log, &[]).as_bytes(), &trusted(), Some(&theirs)).unwrap_err();
    assert!(matches!(since.kind, FaultKind::SinceOrigin { .. }), "{since}");
}

/// Two pasts, each signed: whoever has a checkpoint of one recognises the other.
#[test]
fn two_readers_who_were_told_different_pasts_find_out_when_they_compare() {
    let mut other = ours(5);
    other[3] = plain("told to the other", 3);
    let (to_one, to_other) = (checkpoint(ORIGIN, &ours(5), &key()), checkpoint(ORIGIN, &other, &key()));
    let (one, other) = (export(&ours(5), &[]), export(&other, &[]));
    assert!(verify(one.as_bytes(), &trusted(), Some(&to_one)).is_ok());
    assert!(verify(other.as_bytes(), &trusted(), Some(&to_other)).is_ok());
    assert!(verify(one.as_bytes(), &trusted(), Some(&to_other)).is_err());
    assert!(verify(other.as_bytes(), &trusted(), Some(&to_one)).is_err());
}

/// What cannot be found out: the newest entries are cut off, and below the rest stands the checkpoint that was honestly
/// signed when the log was so long. Only whoever kept a newer checkpoint knows.
#[test]
fn entries_cut_off_above_an_old_checkpoint_are_missed_only_by_who_kept_a_newer_one() {
    let log = ours(5);
    let (old, new) = (checkpoint(ORIGIN, &log[..3], &key()), checkpoint(ORIGIN, &log, &key()));
    let cut = export_with(&log[..3], &[], &old);
    assert!(verify(cut.as_bytes(), &trusted(), None).is_ok());
    assert!(verify(cut.as_bytes(), &trusted(), Some(&old)).is_ok());
    let fault = verify(cut.as_bytes(), &trusted(), Some(&new)).unwrap_err();
    assert_eq!(fault.kind, FaultKind::SinceSize { since: 5, found: 3 });
    assert_eq!(fault.place, Place::Since);
}

/// The server changed its key. Who trusts both goes on from a checkpoint of the old one.
#[test]
fn the_log_goes_on_under_another_key() {
    let (old, new) = (key(), SigningKey::from_seed("log.example", &[2; 32]).unwrap());
    let log = ours(5);
    let since = checkpoint(ORIGIN, &log[..3], &old);
    let text = export_with(&log, &[], &checkpoint(ORIGIN, &log, &new));
    let both = [old.verifier().clone(), new.verifier().clone()];
    let verified = verify(text.as_bytes(), &both, Some(&since)).unwrap();
    assert_eq!(verified.signed_by, [new.verifier().clone()]);
    let fault = verify(text.as_bytes(), &both[1..], Some(&since)).unwrap_err();
    assert_eq!(fault.place, Place::Since);
}
