//! Exports: what is written is read, and each fault is told with its line.

mod common;

use std::io::{BufReader, Read};

use common::*;
use serde_json::json;
use servanda_log::export::{
    ENTRY_BYTES_MAX, Fault, FaultKind, Header, Item, Limits, Options, Place, Reader, Trust, Verified,
    WriteError, Writer, verify, verify_with,
};
use servanda_log::{CheckpointError, EntryError, NoteError, SigningKey, digest};

const CONTRACT: &[u8] = b"The contract.";
const ANNEX: &[u8] = b"\x00\xff";

/// The bytes of an entry that names a document.
fn document(second: u32, name: &str, bytes: &[u8]) -> String {
    let body = serde_json::json!({
        "name": name, "media_type": "text/plain", "digest": digest(bytes).to_string(), "bytes": bytes.len(),
    });
    entry(MATTER, second, "document", body)
}

/// A log of `count` entries, without documents.
fn events(count: u32) -> Vec<String> {
    (0..count).map(|i| entry(MATTER, i, "event", serde_json::json!({"number": i, "type": "paid"}))).collect()
}

/// A log with two documents, one of them named twice.
fn log() -> Vec<String> {
    vec![
        entry(MATTER, 0, "text", json!({"files": {"lease.deed": "agreement lease \"A lease\"\n"}})),
        document(1, "contract.txt", CONTRACT),
        document(1, "annex.bin", ANNEX),
        document(2, "contract, again.txt", CONTRACT),
        entry(
            MATTER,
            3,
            "event",
            json!({"type": "paid", "data": {"amount": 12.5, "emoji": "😀\u{7f}\u{1}"}}),
        ),
    ]
}

fn whole() -> String {
    export(&log(), &[CONTRACT, ANNEX])
}

fn verified(text: &str) -> Result<Verified, Fault> {
    verify(text.as_bytes(), &trusted(), None)
}

fn refused(text: &str) -> Fault {
    verified(text).unwrap_err()
}

/// The export with a line replaced, from 1; an empty one is taken out.
fn with_line(text: &str, number: usize, line: &str) -> String {
    let replaced = text.lines().enumerate().map(|(i, old)| if i + 1 == number { line } else { old });
    replaced.filter(|l| !l.is_empty()).map(|l| format!("{l}\n")).collect()
}

fn line(text: &str, number: usize) -> String {
    text.lines().nth(number - 1).unwrap().to_string()
}

/// The export of other entries under the signature of the server, so that only the tree agrees.
fn of(entries: &[String], blobs: &[&[u8]]) -> Fault {
    refused(&export(entries, blobs))
}

#[test]
fn the_lines_are_those_of_the_page() {
    let text = whole();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"servanda-export":1,"matter":"lease","origin":"log.example/main/lease","entries":5,"blobs":2}"#
    );
    assert!(
        lines[1].starts_with(r#"{"entry":0,"bytes":"{\"at\":\"2026-11-25T17:00:00Z\",\"body\":"#),
        "{}",
        lines[1]
    );
    assert_eq!(lines[6], format!(r#"{{"blob":"{}","base64":"VGhlIGNvbnRyYWN0Lg=="}}"#, digest(CONTRACT)));
    assert!(lines[8].starts_with(r#"{"checkpoint":"log.example/main/lease\n5\n"#), "{}", lines[8]);
    assert_eq!(lines.len(), 9);
    assert!(text.ends_with('\n'));
}

#[test]
fn what_is_written_verifies_and_says_so() {
    let key = key();
    let verified = verified(&whole()).unwrap();
    assert_eq!(verified.header.entries, 5);
    assert_eq!(verified.header.blobs, 2);
    assert_eq!(verified.checkpoint.size(), 5);
    assert_eq!(verified.signed_by, [key.verifier().clone()]);
    assert_eq!(verified.since, None);
    let since = checkpoint(ORIGIN, &log()[..2], &key);
    let verified = verify(whole().as_bytes(), &trusted(), Some(&since)).unwrap();
    assert_eq!(verified.since.unwrap().size(), 2);
}

#[test]
fn every_older_checkpoint_of_the_log_is_gone_on_from() {
    let (text, log, key) = (whole(), log(), key());
    for size in 0..=log.len() {
        let since = checkpoint(ORIGIN, &log[..size], &key);
        assert!(verify(text.as_bytes(), &trusted(), Some(&since)).is_ok(), "{size}");
    }
}

#[test]
fn an_empty_log_is_exported_too() {
    let text = export(&[], &[]);
    assert_eq!(verified(&text).unwrap().checkpoint.size(), 0);
    let since = checkpoint(ORIGIN, &[], &key());
    assert!(verify(text.as_bytes(), &trusted(), Some(&since)).is_ok());
    let since = checkpoint(ORIGIN, &log()[..1], &key());
    let fault = verify(text.as_bytes(), &trusted(), Some(&since)).unwrap_err();
    assert_eq!(fault.kind, FaultKind::SinceSize { since: 1, found: 0 });
}

#[test]
fn what_is_read_can_be_written_again_to_the_byte() {
    let text = whole();
    let mut reader = Reader::new(text.as_bytes(), Limits::default()).unwrap();
    let mut writer = Writer::new(Vec::new(), reader.header().clone()).unwrap();
    let note = loop {
        match reader.next_item().unwrap().unwrap() {
            Item::Entry { bytes, .. } => writer.entry(&bytes).unwrap(),
            Item::Blob { bytes, .. } => writer.blob(&bytes).unwrap(),
            Item::Checkpoint(note) => break note,
        }
    };
    assert_eq!(reader.next_item(), Ok(None));
    assert_eq!(reader.next_item(), Ok(None));
    assert_eq!(String::from_utf8(writer.finish(&note).unwrap()).unwrap(), text);
}

#[test]
fn it_is_read_from_a_slow_source_and_each_line_is_shown() {
    let text = whole();
    let mut shown = Vec::new();
    let input = BufReader::with_capacity(3, text.as_bytes());
    let keys = trusted();
    let options = Options { trust: Trust::Keys(&keys), since: None, limits: Limits::default() };
    verify_with(input, &options, |item| shown.push(item.clone())).unwrap();
    assert_eq!(shown.len(), 8);
    assert_eq!(shown[0], Item::Entry { index: 0, bytes: log()[0].clone() });
    assert_eq!(shown[6], Item::Blob { digest: digest(ANNEX), bytes: ANNEX.to_vec() });
}

#[test]
fn the_last_line_feed_may_be_missing() {
    assert!(verified(whole().trim_end()).is_ok());
}

#[test]
fn every_file_that_was_cut_off_is_refused() {
    let text = whole();
    let body = text.trim_end();
    for end in (0..body.len()).filter(|end| body.is_char_boundary(*end)) {
        assert!(verified(&body[..end]).is_err(), "{end}");
    }
    let fault = refused(&with_line(&text, 9, ""));
    assert_eq!(fault.place, Place::Line(9));
    assert_eq!(fault.kind, FaultKind::Ended("the checkpoint".to_string()));
    assert_eq!(
        refused("").to_string(),
        "line 1: the file ends where the first line of an export, `{\"servanda-export\":1,…}` should stand; it was \
         cut off, so export it again"
    );
}

/// Each byte of the export changed in one bit: what still verifies says the same.
#[test]
fn every_changed_bit_is_found_or_changes_nothing() {
    let text = export(&log()[..2], &[CONTRACT]);
    let keys = trusted();
    let items = |bytes: &[u8]| {
        let mut items = Vec::new();
        let options = Options { trust: Trust::Keys(&keys), since: None, limits: Limits::default() };
        verify_with(bytes, &options, |item| items.push(item.clone())).map(|v| (v, items))
    };
    let right = items(text.as_bytes()).unwrap();
    let mut found = 0;
    for at in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1 << (at % 8);
        match items(&bytes) {
            Err(_) => found += 1,
            Ok(other) => assert_eq!(other, right, "byte {at}"),
        }
    }
    // White space could become other white space; this file has none but line feeds.
    assert_eq!(found, text.len());
}

#[test]
fn lines_that_are_missing_added_or_moved_are_named() {
    let text = whole();
    let order =
        |expected: &str, found: &str| FaultKind::Order { expected: expected.into(), found: found.into() };
    for (changed, number, kind) in [
        (with_line(&text, 3, ""), 3, order("entry 1 of the 5 from 0 to 4", "entry 2")),
        (
            with_line(&text, 3, &format!("{0}\n{0}", line(&text, 3))),
            4,
            order("entry 2 of the 5 from 0 to 4", "entry 1"),
        ),
        (with_line(&text, 2, &line(&text, 3)), 2, order("entry 0 of the 5 from 0 to 4", "entry 1")),
        (
            with_line(&text, 6, ""),
            6,
            order("entry 4 of the 5 from 0 to 4", &format!("the blob {}", digest(CONTRACT))),
        ),
        (with_line(&text, 8, ""), 8, order("blob 2 of 2", "the checkpoint")),
        (
            with_line(&text, 9, &line(&text, 8)),
            9,
            order("the checkpoint", &format!("the blob {}", digest(ANNEX))),
        ),
        (with_line(&text, 2, &line(&text, 9)), 2, order("entry 0 of the 5 from 0 to 4", "the checkpoint")),
        (format!("{text}\n"), 10, FaultKind::AfterEnd),
        (format!("{text}{}", line(&text, 9)), 10, FaultKind::AfterEnd),
        (with_line(&text, 8, &line(&text, 7)), 8, FaultKind::BlobUnwanted(digest(CONTRACT))),
    ] {
        assert_eq!(refused(&changed), Fault { place: Place::Line(number), kind });
    }
}

#[test]
fn lines_that_are_none_are_named() {
    let text = whole();
    for (number, wrong, part) in [
        (1, "[]", "line 1: expected the first line of an export"),
        (1, "{\"servanda-export\":2,\"new\":true}", "line 1: the export is of version 2"),
        (
            1,
            "{\"servanda-export\":1,\"matter\":\"m\",\"origin\":\"o\",\"entries\":1}",
            "missing field `blobs`",
        ),
        (1, "{\"servanda-export\":1,\"matter\":\"m\",\"origin\":\"o\",\"entries\":-1,\"blobs\":0}", "line 1"),
        (
            1,
            "{\"servanda-export\":1,\"matter\":\"m\",\"origin\":\"o\",\"entries\":100000001,\"blobs\":0}",
            "line 1: the export has 100000001 entries, and at most 100000000 are read",
        ),
        (2, "nothing", "line 2: expected entry 0 of the 5 from 0 to 4, but the line cannot be read as that"),
        (2, "{}", "it has to hold `entry` and `bytes`"),
        (2, "{\"entry\":0}", "it has to hold `entry` and `bytes`"),
        (2, "{\"entry\":0,\"bytes\":\"\",\"checkpoint\":\"\"}", "it has to hold `entry` and `bytes`"),
        (2, "{\"entry\":0,\"entry\":0,\"bytes\":\"{}\"}", "duplicate field `entry`"),
        (2, "{\"entry\":0,\"bytes\":\"{}\",\"more\":1}", "unknown field `more`"),
        (2, "{\"entry\":0,\"bytes\":\"\\ud800\"}", "line 2"),
        (
            7,
            "{\"blob\":\"abc\",\"base64\":\"\"}",
            "line 7: expected blob 1 of 2, but the line cannot be read as that: not a SHA-256 hash",
        ),
        (9, "{\"checkpoint\":\"\"}", "line 9: the note has no empty line"),
    ] {
        let message = refused(&with_line(&text, number, wrong)).to_string();
        assert!(message.contains(part), "{part}: {message}");
    }
    let mut bytes = text.clone().into_bytes();
    let at = text.find("user:ada").unwrap();
    bytes[at] = 0xff;
    assert_eq!(verify(&bytes[..], &trusted(), None).unwrap_err().place, Place::Line(2));
}

#[test]
fn blobs_are_those_that_entries_name() {
    let log = log();
    let text = whole();
    let swapped = with_line(&text, 7, &line(&text, 7).replace("VGhl", "VGhm"));
    assert!(matches!(
        refused(&swapped),
        Fault { place: Place::Line(7), kind: FaultKind::BlobDigest { expected, .. } } if expected == digest(CONTRACT)
    ));
    let not_base64 = with_line(&text, 7, &line(&text, 7).replace("==", ""));
    assert!(refused(&not_base64).to_string().starts_with("line 7: expected blob 1 of 2"));
    assert_eq!(
        of(&log, &[CONTRACT]),
        Fault { place: Place::Line(4), kind: FaultKind::BlobsMissing { digest: digest(ANNEX), blobs: 1 } }
    );
    assert_eq!(
        of(&log, &[CONTRACT, ANNEX, b"more"]),
        Fault { place: Place::Line(9), kind: FaultKind::BlobUnwanted(digest(b"more")) }
    );
    assert_eq!(
        of(&log, &[b"more", ANNEX]),
        Fault { place: Place::Line(7), kind: FaultKind::BlobUnwanted(digest(b"more")) }
    );
    // The header promises more than there are documents, and so many lines stand there.
    let missing =
        with_line(&export(&log[..1], &[]), 1, &line(&text, 1).replace("\"entries\":5", "\"entries\":1"));
    assert_eq!(refused(&missing).place, Place::Line(3));
    let body = json!({"digest": digest(CONTRACT).to_string(), "bytes": 4});
    let short = entry(MATTER, 1, "document", body);
    assert_eq!(
        of(std::slice::from_ref(&short), &[CONTRACT]).kind,
        FaultKind::BlobLength { digest: digest(CONTRACT), expected: 4, found: 13 }
    );
    assert!(matches!(of(&[log[1].clone(), short], &[CONTRACT]).kind, FaultKind::DocumentLength { .. }));
    // As many blobs as documents, one of them under no entry, is one missing.
    let first_only = export(&log[..2], &[]);
    let promised = with_line(&first_only, 1, &line(&first_only, 1).replace("\"blobs\":0", "\"blobs\":1"));
    assert_eq!(refused(&promised).place, Place::Line(4));
}

#[test]
fn entries_are_canonical_of_this_matter_and_in_the_order_of_time() {
    let log = log();
    let with = |entry: String| of(&[log[0].clone(), entry], &[]);
    let spaced = with(log[4].replace("\":", "\": "));
    assert_eq!(spaced, Fault { place: Place::Line(3), kind: EntryError::NotCanonical.into() });
    for other in [
        log[4].replace("12.5", "12.50"),
        log[4].replace("12.5", "125e-1"),
        log[4].replace("12.5", "1e400"),
        log[4].replace("12.5", "{\"$serde_json::private::Number\":\"1\"}"),
        log[4].replace("\"amount\":12.5", "\"amount\":12.5,\"amount\":12.5"),
        log[4].replace("😀", "\\ud83d\\ude00"),
        log[4].replace("\"by\"", "\"by\":\"x\",\"aa\""),
    ] {
        assert_eq!(with(other.clone()).kind, EntryError::NotCanonical.into(), "{other}");
    }
    let kind = with(entry("sale", 9, "event", json!({}))).kind;
    assert_eq!(kind, FaultKind::Matter { expected: "lease".into(), found: "sale".into() });
    let back = of(&[log[4].clone(), log[0].clone()], &[]);
    assert_eq!(
        back.to_string(),
        "line 3: the entry was recorded at 2026-11-25T17:00:00Z, before the one above at 2026-11-25T17:00:03Z; time \
         never goes back in a log"
    );
    assert!(matches!(with("{}".into()).kind, FaultKind::Entry(EntryError::Member { member: "body", .. })));
    let no_digest = entry(MATTER, 1, "document", json!({"bytes": 1}));
    assert!(matches!(with(no_digest).kind, FaultKind::Entry(EntryError::Member { member: "digest", .. })));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(matches!(with(deep).kind, FaultKind::Entry(EntryError::NotJson(_))));
}

#[test]
fn the_checkpoint_is_of_this_log_and_by_somebody_who_is_trusted() {
    let log = events(3);
    let stranger = SigningKey::from_seed("log.example", &[9; 32]).unwrap();
    let fault = refused(&export_with(&log, &[], &checkpoint(ORIGIN, &log, &stranger)));
    assert_eq!(fault.place, Place::Line(5));
    assert!(matches!(fault.kind, FaultKind::Checkpoint(CheckpointError::Note(NoteError::Untrusted { .. }))));
    let fault = refused(&export_with(&log, &[], &checkpoint("log.example/other/lease", &log, &key())));
    assert!(matches!(fault.kind, FaultKind::Origin { .. }), "{fault}");
    let fault = refused(&export_with(&log, &[], &checkpoint(ORIGIN, &log[..2], &key())));
    assert_eq!(fault.kind, FaultKind::Size { signed: 2, found: 3 });
    let fault = refused(&export_with(&log[..2], &[], &checkpoint(ORIGIN, &log, &key())));
    assert_eq!(fault.kind, FaultKind::Size { signed: 3, found: 2 });
    let text = export(&log, &[]).replace("\"matter\":\"lease\",\"origin\"", "\"matter\":\"ease\",\"origin\"");
    assert!(matches!(refused(&text).kind, FaultKind::Matter { .. }));
    // Nobody is trusted.
    let nobody = verify(export(&log, &[]).as_bytes(), &[], None).unwrap_err();
    assert_eq!(nobody.kind, FaultKind::Checkpoint(NoteError::NoKeys.into()));
}

#[test]
fn the_name_of_the_log_ends_in_that_of_the_matter() {
    for origin in ["log.example/main/sale", "lease", "log.example/main/re-lease"] {
        let header = Header { matter: MATTER.into(), origin: origin.into(), entries: 0, blobs: 0 };
        let writer = Writer::new(Vec::new(), header).unwrap();
        let bytes = writer.finish(&checkpoint(origin, &[], &key())).unwrap();
        let fault = verify(&bytes[..], &trusted(), None).unwrap_err();
        assert!(matches!(fault.kind, FaultKind::OriginMatter { .. }), "{fault}");
    }
}

#[test]
fn without_keys_the_file_is_only_known_to_fit_together() {
    let log = events(3);
    let stranger = SigningKey::from_seed("log.example", &[9; 32]).unwrap();
    let text = export_with(&log, &[], &checkpoint(ORIGIN, &log, &stranger));
    let since = checkpoint(ORIGIN, &log[..1], &key());
    let options = Options { trust: Trust::Unchecked, since: Some(&since), limits: Limits::default() };
    let verified = verify_with(text.as_bytes(), &options, |_| {}).unwrap();
    assert_eq!(verified.signed_by, []);
    let wrong = with_line(&text, 3, &line(&text, 3).replace("paid", "owed"));
    let fault = verify_with(wrong.as_bytes(), &options, |_| {}).unwrap_err();
    assert!(matches!(fault, Fault { place: Place::Line(5), kind: FaultKind::Root { .. } }), "{fault}");
}

#[test]
fn limits_are_held() {
    let text = export(&events(3), &[]);
    let longest = text.lines().map(str::len).max().unwrap();
    let read = |limits| {
        let mut reader = Reader::new(text.as_bytes(), limits)?;
        while reader.next_item()?.is_some() {}
        Ok::<_, Fault>(())
    };
    assert_eq!(read(Limits { line_bytes: longest, entries: 3, blobs: 0, ..Limits::default() }), Ok(()));
    let fault = read(Limits { line_bytes: longest - 1, ..Limits::default() }).unwrap_err();
    assert_eq!(fault.kind, FaultKind::LineTooLong(longest - 1));
    let fault = read(Limits { entries: 2, ..Limits::default() }).unwrap_err();
    assert_eq!(fault.kind, FaultKind::TooMany { what: "entries", count: 3, max: 2 });
    let entry = events(1)[0].len();
    assert_eq!(read(Limits { entry_bytes: entry, ..Limits::default() }), Ok(()));
    let fault = read(Limits { entry_bytes: entry - 1, ..Limits::default() }).unwrap_err();
    assert_eq!(fault.kind, FaultKind::EntryTooLong { found: entry, max: entry - 1 });
    // A line without an end is not read to its end.
    let endless = std::io::repeat(b'x').take(1 << 40);
    let fault =
        Reader::new(BufReader::new(endless), Limits { line_bytes: 1000, ..Limits::default() }).unwrap_err();
    assert_eq!(fault.kind, FaultKind::LineTooLong(1000));
}

#[test]
fn a_source_that_fails_is_no_end() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let text = whole();
    let half = text.as_bytes()[..text.len() / 2].chain(Broken);
    let fault = verify(BufReader::new(half), &trusted(), None).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Unreadable("the disk is gone".to_string()));
}

#[test]
fn a_writer_holds_to_what_its_header_promised() {
    let header = Header { matter: MATTER.into(), origin: ORIGIN.into(), entries: 1, blobs: 1 };
    let writer = || Writer::new(Vec::new(), header.clone()).unwrap();
    let count = |result: Result<(), WriteError>| match result {
        Err(WriteError::Count { what, promised, given }) => (what, promised, given),
        other => panic!("{other:?}"),
    };
    assert_eq!(count(writer().blob(b"")), ("entries", 1, 0));
    assert_eq!(count(writer().finish("").map(|_| ())), ("entries", 1, 0));
    let mut full = writer();
    full.entry("{}").unwrap();
    assert_eq!(count(full.entry("{}")), ("entries", 1, 2));
    let long = "x".repeat(ENTRY_BYTES_MAX + 1);
    assert!(matches!(writer().entry(&long), Err(WriteError::EntryTooLong(_))));
    full.blob(b"").unwrap();
    assert_eq!(count(full.blob(b"")), ("blobs", 1, 2));
    let mut half = writer();
    half.entry("{}").unwrap();
    assert_eq!(count(half.finish("").map(|_| ())), ("blobs", 1, 0));
}
