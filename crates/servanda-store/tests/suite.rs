//! What every store promises, held by each of them. `docs/living.md`, "The store".

#![allow(clippy::disallowed_methods, reason = "a test that waits has a limit")]

mod backends;

use std::collections::BTreeSet;
use std::sync::Arc;

use servanda_store::{
    APPEND_ENTRIES_MAX, Draft, ENTRY_BYTES_MAX, Error, KEY_BYTES_MAX, Place, Position, REGISTER_BYTES_MAX,
    Store,
};

use backends::{Backend, each};

fn place(organisation: &str, matter: &str) -> Place {
    Place { organisation: organisation.parse().unwrap(), matter: matter.parse().unwrap() }
}

fn draft(bytes: impl Into<Vec<u8>>) -> Draft {
    Draft { key: None, bytes: bytes.into() }
}

fn keyed(key: &str, bytes: impl Into<Vec<u8>>) -> Draft {
    Draft { key: Some(key.into()), bytes: bytes.into() }
}

async fn all(store: &dyn Store, place: &Place) -> Vec<Vec<u8>> {
    store.entries(place, 0, 100_000).await.unwrap().into_iter().map(|e| e.bytes).collect()
}

#[test]
fn what_was_appended_is_read_back_in_order() {
    each(|backend| async move {
        let store = backend.open().await;
        let lease = place("port", "lease");
        assert_eq!(store.version(&lease).await, Ok(0));
        assert_eq!(store.entries(&lease, 0, 10).await, Ok(vec![]));
        assert_eq!(store.append(&lease, 0, vec![draft("a"), draft([0, 255, 0])]).await, Ok(2));
        assert_eq!(store.append(&lease, 2, vec![keyed("k", "")]).await, Ok(3));
        assert_eq!(store.append(&lease, 3, vec![]).await, Ok(3));
        let entries = store.entries(&lease, 1, 10).await.unwrap();
        assert_eq!(entries.iter().map(|e| e.index).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((&entries[0].bytes[..], entries[1].key.as_deref()), (&[0, 255, 0][..], Some("k")));
        assert_eq!(entries[0].leaf, *servanda_log::leaf_hash(&[0, 255, 0]).as_bytes());
        assert_eq!(store.entries(&lease, 3, 10).await, Ok(vec![]));
        assert_eq!(store.entries(&lease, u64::MAX >> 1, 10).await, Ok(vec![]));
        assert_eq!(store.entries(&lease, 0, 2).await.unwrap().len(), 2);
        assert_eq!(store.index_of(&lease, "k").await, Ok(Some(2)));
        assert_eq!(store.index_of(&lease, "j").await, Ok(None));
        store.close().await;
    });
}

#[test]
fn an_append_at_another_version_or_with_a_key_that_is_there_writes_nothing() {
    each(|backend| async move {
        let store = backend.open().await;
        let lease = place("port", "lease");
        store.append(&lease, 0, vec![keyed("k", "a")]).await.unwrap();
        let conflict = Error::Conflict { expected: 0, version: 1 };
        assert_eq!(store.append(&lease, 0, vec![draft("b")]).await, Err(conflict));
        let conflict = Error::Conflict { expected: 5, version: 1 };
        assert_eq!(store.append(&lease, 5, vec![draft("b")]).await, Err(conflict));
        let taken = |index| Err(Error::Taken { key: "k".into(), index });
        assert_eq!(store.append(&lease, 1, vec![draft("b"), keyed("k", "c")]).await, taken(0));
        // A key is a matter's own, and unique within one append as well.
        let other = place("port", "other");
        let twice = vec![draft("x"), keyed("k", "y"), keyed("k", "z")];
        assert_eq!(store.append(&other, 0, twice).await, taken(1));
        assert_eq!(store.append(&other, 0, vec![keyed("k", "y")]).await, Ok(1));
        // Letters count as they are.
        assert_eq!(store.append(&lease, 1, vec![keyed("K", "d"), keyed("k ", "e")]).await, Ok(3));
        assert_eq!(all(&*store, &lease).await, [b"a", b"d", b"e"]);
        store.close().await;
    });
}

#[test]
fn what_is_too_large_is_refused_whole() {
    each(|backend| async move {
        let store = backend.open().await;
        let lease = place("port", "lease");
        let too_large = |end: Result<u64, Error>| matches!(end, Err(Error::TooLarge { .. }));
        let big = vec![draft("a"), draft(vec![7; ENTRY_BYTES_MAX + 1])];
        assert!(too_large(store.append(&lease, 0, big).await));
        assert!(too_large(store.append(&lease, 0, vec![keyed(&"k".repeat(KEY_BYTES_MAX + 1), "")]).await));
        assert!(too_large(store.append(&lease, 0, vec![draft(""); APPEND_ENTRIES_MAX + 1]).await));
        let register = store
            .write_register(&lease.organisation, "user", "ada", 0, Some(vec![0; REGISTER_BYTES_MAX + 1]))
            .await;
        assert!(too_large(register));
        assert_eq!(store.version(&lease).await, Ok(0));
        let key = "k".repeat(KEY_BYTES_MAX);
        let largest = vec![keyed(&key, vec![7; ENTRY_BYTES_MAX])];
        assert_eq!(store.append(&lease, 0, largest).await, Ok(1));
        assert_eq!(store.entries(&lease, 0, 1).await.unwrap()[0].bytes.len(), ENTRY_BYTES_MAX);
        store.close().await;
    });
}

#[test]
fn a_page_of_large_entries_is_short_and_goes_on() {
    each(|backend| async move {
        let store = backend.open().await;
        let lease = place("port", "lease");
        for i in 0..5u8 {
            store.append(&lease, u64::from(i), vec![draft(vec![i; ENTRY_BYTES_MAX])]).await.unwrap();
        }
        let mut found = Vec::new();
        loop {
            let page = store.entries(&lease, found.len() as u64, 100).await.unwrap();
            if page.is_empty() {
                break;
            }
            found.extend(page.into_iter().map(|e| e.bytes[0]));
        }
        assert_eq!(found, [0, 1, 2, 3, 4]);
        store.close().await;
    });
}

#[test]
fn nothing_of_one_organisation_is_another_s() {
    each(|backend| async move {
        let store = backend.open().await;
        let (mine, yours) = (place("a", "lease"), place("b", "lease"));
        store.append(&mine, 0, vec![keyed("k", "mine")]).await.unwrap();
        store.append(&yours, 0, vec![keyed("k", "yours"), draft("more")]).await.unwrap();
        assert_eq!(all(&*store, &mine).await, [b"mine"]);
        assert_eq!(store.version(&yours).await, Ok(2));
        let digest = store.keep_blob(&mine, b"secret".to_vec()).await.unwrap();
        assert_eq!(store.blob(&mine, &digest).await, Ok(Some(b"secret".to_vec())));
        assert_eq!(store.blob(&yours, &digest).await, Ok(None));
        store.write_register(&mine.organisation, "user", "ada", 0, Some(b"1".to_vec())).await.unwrap();
        assert_eq!(store.register(&yours.organisation, "user", "ada").await, Ok(None));
        let list = store.matters(&mine.organisation, None, 10).await.unwrap();
        assert_eq!(list, [(mine.matter.clone(), 1)]);
        store.close().await;
    });
}

#[test]
fn matters_come_in_pages_by_name() {
    each(|backend| async move {
        let store = backend.open().await;
        for name in ["b", "a-b", "a", "ab", "a0"] {
            store.append(&place("port", name), 0, vec![draft(name)]).await.unwrap();
        }
        let organisation = "port".parse().unwrap();
        let mut names = Vec::new();
        loop {
            let page = store.matters(&organisation, names.last(), 2).await.unwrap();
            if page.is_empty() {
                break;
            }
            names.extend(page.into_iter().map(|(name, _)| name));
        }
        let names: Vec<&str> = names.iter().map(|n| n.as_str()).collect();
        // By their bytes, whatever language the database is set to.
        assert_eq!(names, ["a", "a-b", "a0", "ab", "b"]);
        store.close().await;
    });
}

#[test]
fn a_register_is_written_by_who_knows_its_revision() {
    each(|backend| async move {
        let store = backend.open().await;
        let o = "port".parse().unwrap();
        let put = |expected, bytes: Option<&str>| {
            let bytes = bytes.map(|b| b.as_bytes().to_vec());
            store.write_register(&o, "user", "ada", expected, bytes)
        };
        assert_eq!(put(0, Some("one")).await, Ok(1));
        let revised = |expected, revision| {
            Err(Error::Revised { kind: "user".into(), id: "ada".into(), expected, revision })
        };
        assert_eq!(put(0, Some("two")).await, revised(0, 1));
        assert_eq!(put(1, Some("two")).await, Ok(2));
        assert_eq!(store.register(&o, "user", "ada").await.unwrap().unwrap().bytes, b"two");
        assert_eq!(put(2, None).await, Ok(3));
        assert_eq!(store.register(&o, "user", "ada").await, Ok(None));
        assert_eq!(put(2, Some("late")).await, revised(2, 0));
        assert_eq!(put(0, Some("again")).await, Ok(4));
        for id in ["z", "B", "b", "ü"] {
            store.write_register(&o, "user", id, 0, Some(vec![])).await.unwrap();
        }
        store.write_register(&o, "token", "t", 0, Some(vec![])).await.unwrap();
        let page = store.registers(&o, "user", Some("B"), 2).await.unwrap();
        assert_eq!(
            page.iter().map(|r| (r.id.as_str(), r.revision)).collect::<Vec<_>>(),
            [("ada", 4), ("b", 1)]
        );
        let other = "pier".parse().unwrap();
        store.write_register(&other, "user", "zoe", 0, Some(vec![])).await.unwrap();
        let everywhere = store.registers_everywhere("user", None, 2).await.unwrap();
        let names = |list: &[(servanda_store::Organisation, servanda_store::Register)]| -> Vec<String> {
            list.iter().map(|(o, r)| format!("{o}/{}", r.id)).collect()
        };
        assert_eq!(names(&everywhere), ["pier/zoe", "port/B"]);
        let rest = store.registers_everywhere("user", Some((&o, "B")), 2).await.unwrap();
        assert_eq!(names(&rest), ["port/ada", "port/b"]);
        let all = store.registers(&o, "user", None, 10).await.unwrap();
        assert_eq!(all.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["B", "ada", "b", "z", "ü"]);
        store.close().await;
    });
}

#[test]
fn the_feed_tells_every_entry_once_and_each_matter_in_its_order() {
    each(|backend| async move {
        let store = backend.open().await;
        let (a, b) = (place("port", "a"), place("pier", "b"));
        store.append(&a, 0, vec![draft("0"), draft("1")]).await.unwrap();
        store.append(&b, 0, vec![draft("0")]).await.unwrap();
        store.append(&a, 2, vec![draft("2")]).await.unwrap();
        let (mut at, mut told) = (Position::default(), Vec::new());
        let start = std::time::Instant::now();
        while told.len() < 4 && start.elapsed().as_secs() < 60 {
            let page = store.feed(at, 3).await.unwrap();
            // As long as an older transaction runs on the same server, the feed waits for it.
            let Some(last) = page.last() else { continue };
            assert!(page.windows(2).all(|w| w[0].position < w[1].position) && page[0].position > at);
            at = last.position;
            told.extend(page.into_iter().map(|item| (item.place.matter.to_string(), item.index)));
        }
        let of = |name: &str| told.iter().filter(|(n, _)| n == name).map(|(_, i)| *i).collect::<Vec<_>>();
        assert_eq!((of("a"), of("b"), told.len()), (vec![0, 1, 2], vec![0], 4));
        assert_eq!(store.feed(at, 3).await, Ok(vec![]));
        store.close().await;
    });
}

#[test]
fn a_matter_wakes_when_it_wants_to_and_after_each_append() {
    each(|backend| async move {
        let store = backend.open().await;
        let (a, b) = (place("port", "a"), place("port", "b"));
        store.append(&a, 0, vec![draft("0")]).await.unwrap();
        store.append(&b, 0, vec![draft("0")]).await.unwrap();
        assert_eq!(store.awake(0, 10).await, Ok(vec![a.clone(), b.clone()]));
        store.set_wake(&a, 1, Some(2_000)).await.unwrap();
        store.set_wake(&b, 1, Some(1_000)).await.unwrap();
        assert_eq!(store.awake(999, 10).await, Ok(vec![]));
        assert_eq!(store.awake(2_000, 10).await, Ok(vec![b.clone(), a.clone()]));
        assert_eq!(store.awake(2_000, 1).await, Ok(vec![b.clone()]));
        store.set_wake(&b, 1, None).await.unwrap();
        assert_eq!(store.awake(i64::MAX, 10).await, Ok(vec![a.clone()]));
        store.append(&b, 1, vec![draft("1")]).await.unwrap();
        // Whoever looked before that append does not put it to sleep.
        store.set_wake(&b, 1, Some(9_000)).await.unwrap();
        assert_eq!(store.awake(0, 10).await, Ok(vec![b]));
        store.close().await;
    });
}

#[test]
fn of_sixteen_who_append_at_once_each_gets_a_place_of_its_own() {
    each(|backend| async move {
        let store: Arc<dyn Store> = Arc::from(backend.open().await);
        let mut tasks = Vec::new();
        for writer in 0..16 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                // All on one matter, and each on one of its own.
                let (shared, own) = (place("port", "shared"), place("port", &format!("own-{writer}")));
                let mut acknowledged = Vec::new();
                for i in 0..8u64 {
                    assert_eq!(store.append(&own, i, vec![draft(format!("{i}"))]).await, Ok(i + 1));
                    let mut at = store.version(&shared).await.unwrap();
                    loop {
                        match store.append(&shared, at, vec![draft(format!("{writer}/{i}"))]).await {
                            Ok(version) => break acknowledged.push((version - 1, format!("{writer}/{i}"))),
                            Err(Error::Conflict { version, .. }) => at = version,
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
                acknowledged
            }));
        }
        let mut acknowledged = BTreeSet::new();
        for task in tasks {
            acknowledged.extend(task.await.unwrap());
        }
        let found: BTreeSet<(u64, String)> = store
            .entries(&place("port", "shared"), 0, 1_000)
            .await
            .unwrap()
            .into_iter()
            .map(|e| (e.index, String::from_utf8(e.bytes).unwrap()))
            .collect();
        assert_eq!(found.len(), 128);
        assert_eq!(found, acknowledged);
        store.close().await;
    });
}

#[test]
fn what_was_acknowledged_is_there_when_the_database_is_opened_again() {
    each(|backend: Backend| async move {
        if !backend.lasts() {
            return;
        }
        let lease = place("port", "lease");
        let store = backend.open().await;
        store.append(&lease, 0, vec![keyed("k", "a"), draft("b")]).await.unwrap();
        store.write_register(&lease.organisation, "user", "ada", 0, Some(b"1".to_vec())).await.unwrap();
        let digest = store.keep_blob(&lease, b"text".to_vec()).await.unwrap();
        store.close().await;
        drop(store);
        let store = backend.open().await;
        assert_eq!(all(&*store, &lease).await, [b"a", b"b"]);
        assert_eq!(store.index_of(&lease, "k").await, Ok(Some(0)));
        assert_eq!(store.register(&lease.organisation, "user", "ada").await.unwrap().unwrap().revision, 1);
        assert_eq!(store.blob(&lease, &digest).await, Ok(Some(b"text".to_vec())));
        assert_eq!(store.append(&lease, 2, vec![draft("c")]).await, Ok(3));
        store.close().await;
    });
}
