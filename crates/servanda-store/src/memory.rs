//! Matters kept in memory: the plain form of the contract, for tests and trials.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use sha2::{Digest, Sha256};

use crate::limits::{limit, within_limits};
use crate::name::AUDIT;
use crate::{
    BLOB_BYTES_MAX, Draft, Entry, Error, FeedItem, Hash, MatterName, Organisation, Place, Position,
    REGISTER_BYTES_MAX, Register, Store, leaf_hash,
};

/// A store that forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct Memory {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    logs: BTreeMap<Place, Vec<Entry>>,
    keys: BTreeMap<(Place, String), u64>,
    feed: Vec<FeedItem>,
    registers: BTreeMap<(Organisation, String, String), Written>,
    blobs: BTreeMap<(Place, Hash), Vec<u8>>,
    wake: BTreeMap<Place, i64>,
}

/// A register with the revision at which it was last written or removed.
#[derive(Debug, Clone)]
struct Written {
    revision: u64,
    bytes: Option<Vec<u8>>,
}

impl Memory {
    /// A store without anything.
    pub fn new() -> Memory {
        Memory::default()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing is written before everything is checked, so a panic elsewhere leaves it whole.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Store for Memory {
    fn is_shared(&self) -> bool {
        false
    }

    async fn append(&self, place: &Place, expected: u64, drafts: Vec<Draft>) -> Result<u64, Error> {
        within_limits(&drafts)?;
        let mut kept = self.kept();
        let version = kept.logs.get(place).map_or(0, |log| log.len() as u64);
        if version != expected {
            return Err(Error::Conflict { expected, version });
        }
        let mut fresh = BTreeMap::new();
        for (index, draft) in (version..).zip(&drafts) {
            let Some(key) = &draft.key else { continue };
            let there = kept.keys.get(&(place.clone(), key.clone())).or_else(|| fresh.get(key)).copied();
            if let Some(index) = there {
                return Err(Error::Taken { key: key.clone(), index });
            }
            fresh.insert(key.clone(), index);
        }
        if drafts.is_empty() {
            return Ok(version);
        }
        for (key, index) in fresh {
            kept.keys.insert((place.clone(), key), index);
        }
        for (index, draft) in (version..).zip(drafts) {
            let row = kept.feed.len() as u64 + 1;
            let position = Position { transaction: row, row };
            kept.feed.push(FeedItem { position, place: place.clone(), index });
            let leaf = leaf_hash(&draft.bytes);
            let log = kept.logs.entry(place.clone()).or_default();
            log.push(Entry { index, key: draft.key, bytes: draft.bytes, leaf });
        }
        kept.wake.insert(place.clone(), 0);
        Ok(kept.logs[place].len() as u64)
    }

    async fn version(&self, place: &Place) -> Result<u64, Error> {
        Ok(self.kept().logs.get(place).map_or(0, |log| log.len() as u64))
    }

    async fn entries(&self, place: &Place, from: u64, limit: usize) -> Result<Vec<Entry>, Error> {
        let kept = self.kept();
        let Some(log) = kept.logs.get(place) else { return Ok(Vec::new()) };
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(log.len());
        Ok(log[from..].iter().take(limit).cloned().collect())
    }

    async fn index_of(&self, place: &Place, key: &str) -> Result<Option<u64>, Error> {
        Ok(self.kept().keys.get(&(place.clone(), key.to_string())).copied())
    }

    async fn matters(
        &self,
        organisation: &Organisation,
        after: Option<&MatterName>,
        limit: usize,
    ) -> Result<Vec<(MatterName, u64)>, Error> {
        let kept = self.kept();
        let own = kept.logs.iter().filter(|(place, _)| place.organisation == *organisation);
        let after = after.map_or(AUDIT, MatterName::as_str);
        let behind = own.filter(|(place, _)| place.matter.as_str() > after);
        Ok(behind.take(limit).map(|(place, log)| (place.matter.clone(), log.len() as u64)).collect())
    }

    async fn feed(&self, after: Position, limit: usize) -> Result<Vec<FeedItem>, Error> {
        let kept = self.kept();
        let from = kept.feed.partition_point(|item| item.position <= after);
        Ok(kept.feed[from..].iter().take(limit).cloned().collect())
    }

    async fn register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
    ) -> Result<Option<Register>, Error> {
        let kept = self.kept();
        let found = kept.registers.get(&(organisation.clone(), kind.to_string(), id.to_string()));
        Ok(found.and_then(|written| {
            let bytes = written.bytes.clone()?;
            Some(Register { id: id.to_string(), revision: written.revision, bytes })
        }))
    }

    async fn registers(
        &self,
        organisation: &Organisation,
        kind: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Register>, Error> {
        let kept = self.kept();
        let own = kept.registers.iter().filter(|((o, k, _), _)| o == organisation && k == kind);
        let behind = own.filter(|((_, _, id), _)| after.is_none_or(|a| id.as_str() > a));
        let there = behind.filter_map(|((_, _, id), written)| {
            Some(Register { id: id.clone(), revision: written.revision, bytes: written.bytes.clone()? })
        });
        Ok(there.take(limit).collect())
    }

    async fn registers_everywhere(
        &self,
        kind: &str,
        after: Option<(&Organisation, &str)>,
        limit: usize,
    ) -> Result<Vec<(Organisation, Register)>, Error> {
        let kept = self.kept();
        let of_kind = kept.registers.iter().filter(|((_, k, _), _)| k == kind);
        let behind = of_kind.filter(|((o, _, id), _)| after.is_none_or(|a| (o, id.as_str()) > a));
        let there = behind.filter_map(|((o, _, id), written)| {
            let bytes = written.bytes.clone()?;
            Some((o.clone(), Register { id: id.clone(), revision: written.revision, bytes }))
        });
        Ok(there.take(limit).collect())
    }

    async fn write_register(
        &self,
        organisation: &Organisation,
        kind: &str,
        id: &str,
        expected: u64,
        bytes: Option<Vec<u8>>,
    ) -> Result<u64, Error> {
        limit("a register, in bytes,", bytes.as_ref().map_or(0, Vec::len), REGISTER_BYTES_MAX)?;
        let mut kept = self.kept();
        let place = (organisation.clone(), kind.to_string(), id.to_string());
        let written = kept.registers.get(&place);
        let last = written.map_or(0, |w| w.revision);
        let revision = written.filter(|w| w.bytes.is_some()).map_or(0, |w| w.revision);
        if revision != expected {
            return Err(Error::Revised { kind: kind.into(), id: id.into(), expected, revision });
        }
        kept.registers.insert(place, Written { revision: last + 1, bytes });
        Ok(last + 1)
    }

    async fn keep_blob(&self, place: &Place, bytes: Vec<u8>) -> Result<Hash, Error> {
        limit("a document, in bytes,", bytes.len(), BLOB_BYTES_MAX)?;
        let digest: Hash = Sha256::digest(&bytes).into();
        self.kept().blobs.insert((place.clone(), digest), bytes);
        Ok(digest)
    }

    async fn blob(&self, place: &Place, digest: &Hash) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.kept().blobs.get(&(place.clone(), *digest)).cloned())
    }

    async fn set_wake(&self, place: &Place, version: u64, at: Option<i64>) -> Result<(), Error> {
        let mut kept = self.kept();
        if kept.logs.get(place).map_or(0, |log| log.len() as u64) != version {
            return Ok(());
        }
        match at {
            Some(at) => kept.wake.insert(place.clone(), at),
            None => kept.wake.remove(place),
        };
        Ok(())
    }

    async fn awake(&self, by: i64, limit: usize) -> Result<Vec<Place>, Error> {
        let kept = self.kept();
        let mut due: Vec<(i64, &Place)> =
            kept.wake.iter().filter(|(_, at)| **at <= by).map(|(place, at)| (*at, place)).collect();
        due.sort();
        Ok(due.into_iter().take(limit).map(|(_, place)| place.clone()).collect())
    }

    async fn close(&self) {}
}
