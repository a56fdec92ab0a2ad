//! Bits of the database file change: what is read is what was written, or an error.
//!
//! `SERVANDA_ROUNDS` sets how many bits are tried; without it 300, and 2,000 where `SERVANDA_REQUIRE=all`.

#![allow(clippy::disallowed_methods, reason = "tests read the environment and write files")]

mod backends;

use servanda_store::{Draft, Place, Sqlite, Store};

/// Entries of the matter that is damaged.
const ENTRIES: usize = 1_000;

fn rounds() -> usize {
    let set = std::env::var("SERVANDA_ROUNDS").ok().and_then(|n| n.parse().ok());
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    set.unwrap_or(if required { 2_000 } else { 300 })
}

/// Everything that can be read of the matter and of a register; `None` where something is an error.
async fn all(store: &Sqlite, place: &Place) -> Option<(Vec<(Option<String>, Vec<u8>)>, Vec<u8>)> {
    let mut entries = Vec::new();
    loop {
        let page = store.entries(place, entries.len() as u64, 300).await.ok()?;
        if page.is_empty() {
            break;
        }
        entries.extend(page.into_iter().map(|e| (e.key, e.bytes)));
    }
    let register = store.register(&place.organisation, "user", "ada").await.ok()??;
    Some((entries, register.bytes))
}

#[test]
fn a_changed_bit_is_an_error_or_changes_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let place = Place { organisation: "port".parse().unwrap(), matter: "lease".parse().unwrap() };
        let folder = tempfile::tempdir().unwrap();
        let path = backends::file(&folder);
        let store = Sqlite::open(&path).unwrap();
        let draft = |i: usize| Draft {
            key: None,
            bytes: format!("the bytes of entry {i}, {}", "x".repeat(i % 200)).into_bytes(),
        };
        store.append(&place, 0, (0..ENTRIES).map(draft).collect()).await.unwrap();
        store.write_register(&place.organisation, "user", "ada", 0, Some(b"reader".to_vec())).await.unwrap();
        let good = all(&store, &place).await.unwrap();
        store.close().await;
        drop(store);
        let whole = std::fs::read(&path).unwrap();
        assert!(whole.len() > 200_000, "everything is in the file, and not beside it");
        let (mut told, mut silent, mut state) = (0, 0, 11u64);
        for round in 0..rounds() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let bit = (state >> 20) as usize % (whole.len() * 8);
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let copy = tempfile::tempdir().unwrap();
            std::fs::write(backends::file(&copy), &bytes).unwrap();
            let Ok(store) = Sqlite::open(&backends::file(&copy)) else {
                told += 1;
                continue;
            };
            match all(&store, &place).await {
                None => told += 1,
                Some((entries, register)) => {
                    let changed: Vec<usize> = (0..ENTRIES.max(entries.len()))
                        .filter(|&i| entries.get(i).map(|e| &e.1) != good.0.get(i).map(|e| &e.1))
                        .collect();
                    assert!(
                        changed.is_empty() && register == good.1,
                        "round {round}, bit {bit}: other bytes without an error: {} entries, of which {changed:?} are others, \
                         register {register:?}",
                        entries.len()
                    );
                    silent += 1;
                }
            }
            store.close().await;
        }
        println!("{told} changed bits were told, {silent} changed nothing, 0 changed what was read");
        assert!(told > silent, "most bits matter");
    });
}
