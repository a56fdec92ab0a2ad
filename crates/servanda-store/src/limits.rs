//! Limits, and digests of what is kept.

use sha2::{Digest, Sha256};

use crate::{APPEND_ENTRIES_MAX, Draft, ENTRY_BYTES_MAX, Error, Hash, KEY_BYTES_MAX, Place};

/// Whether the drafts of an append keep to the limits.
pub(crate) fn within_limits(drafts: &[Draft]) -> Result<(), Error> {
    limit("the append, in entries,", drafts.len(), APPEND_ENTRIES_MAX)?;
    for draft in drafts {
        limit("an entry, in bytes,", draft.bytes.len(), ENTRY_BYTES_MAX)?;
        limit("a key, in bytes,", draft.key.as_ref().map_or(0, String::len), KEY_BYTES_MAX)?;
    }
    Ok(())
}

/// Whether a size keeps to its limit.
pub(crate) fn limit(what: &'static str, size: usize, max: usize) -> Result<(), Error> {
    if size > max { Err(Error::TooLarge { what, size, max }) } else { Ok(()) }
}

/// The digest of a register with everything that it is found by, so that a row that changed is noticed.
pub(crate) fn register_digest(
    organisation: &str,
    kind: &str,
    id: &str,
    revision: u64,
    bytes: Option<&[u8]>,
) -> Hash {
    let mut digest = Sha256::new();
    for part in [organisation, kind, id] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.update(revision.to_be_bytes());
    digest.update([u8::from(bytes.is_some())]);
    digest.update(bytes.unwrap_or_default());
    digest.finalize().into()
}

/// The digest of an entry with everything that it is found by. The leaf hash alone would hold for the bytes of another entry as
/// well, to which a damaged index may lead.
pub(crate) fn entry_seal(place: &Place, index: u64, key: Option<&str>, leaf: &Hash) -> Hash {
    let mut digest = Sha256::new();
    for part in [place.organisation.as_str(), place.matter.as_str(), key.unwrap_or_default()] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.update([u8::from(key.is_some())]);
    digest.update(index.to_be_bytes());
    digest.update(leaf);
    digest.finalize().into()
}
