//! Moving matters whole: exports and imports. `docs/living.md`, "The log as evidence".

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use servanda_log::export::{Header, Item, Limits, Reader, Writer};
use servanda_matter::{Entry, Matter};
use servanda_store::{Draft, Place, Store};

use crate::app::App;
use crate::fault::Fault;

/// Most entries that one append of an import takes.
const APPEND_MAX: usize = 1_000;

/// Writes the export of a matter as it is now.
///
/// # Errors
/// `unknown-matter`; what the store says; an output that cannot be written.
pub async fn export(
    app: &App,
    place: &Place,
    page: usize,
    out: &mut (dyn Write + Send),
) -> Result<(), Fault> {
    let (inner, whole) = (app.clone(), place.clone());
    let (checkpoint, version, digests) = app
        .desks()
        .read(place, None, move |seat| {
            // In the order in which they came, each once.
            let mut seen = BTreeSet::new();
            let all = seat.matter.documents().iter().map(|d| d.body.digest.clone());
            let digests: Vec<String> = all.filter(|digest| seen.insert(digest.clone())).collect();
            Ok((inner.checkpoint(&whole, seat)?, seat.matter.version(), digests))
        })
        .await?;
    let failed = |e: servanda_log::export::WriteError| Fault::new("export-failed", e.to_string());
    let header = Header {
        matter: place.matter.to_string(),
        origin: app.origin(place),
        entries: version,
        blobs: digests.len() as u64,
    };
    let mut writer = Writer::new(out, header).map_err(failed)?;
    let mut at = 0;
    while at < version {
        let limit = page.min(usize::try_from(version - at).unwrap_or(page));
        let entries = app.store.entries(place, at, limit).await?;
        if entries.is_empty() {
            return Err(Fault::new(
                "damaged",
                format!("the matter has no entry {at}, which it had a moment ago"),
            ));
        }
        for entry in entries {
            let text = std::str::from_utf8(&entry.bytes)
                .map_err(|_| Fault::new("damaged-entry", format!("entry {at} is not UTF-8")))?;
            writer.entry(text).map_err(failed)?;
            at += 1;
        }
    }
    for digest in digests {
        let hash: servanda_log::Hash =
            digest.parse().map_err(|_| Fault::new("damaged-entry", "a document's digest is none"))?;
        let bytes = app.store.blob(place, hash.as_bytes()).await?;
        let bytes = bytes
            .ok_or_else(|| Fault::new("damaged", format!("the bytes of the document {digest} are gone")))?;
        writer.blob(&bytes).map_err(failed)?;
    }
    writer.finish(&checkpoint).map_err(failed)?;
    Ok(())
}

/// Takes an export in that was verified: a matter that is not there yet. Returns its version.
///
/// # Errors
/// An export that is damaged, or whose entries make no matter; `matter-exists`; what the store says.
pub async fn import(
    store: &dyn Store,
    place: &Place,
    input: &mut (dyn BufRead + Send),
) -> Result<u64, Fault> {
    let wrong = |fault: servanda_log::export::Fault| Fault::new("damaged-export", fault.to_string());
    if store.version(place).await? > 0 {
        return Err(Fault::new("matter-exists", format!("there is a matter `{}` already", place.matter)));
    }
    let mut reader = Reader::new(input, Limits::default()).map_err(wrong)?;
    let mut drafts: Vec<Draft> = Vec::new();
    while let Some(item) = reader.next_item().map_err(wrong)? {
        match item {
            Item::Entry { bytes, .. } => {
                let entry = Entry::from_bytes(bytes.as_bytes())?;
                drafts.push(Draft { key: entry.key(), bytes: bytes.into_bytes() });
            }
            Item::Blob { bytes, .. } => {
                store.keep_blob(place, bytes).await?;
            }
            Item::Checkpoint(_) => {}
        }
    }
    // Nothing is written of what cannot be folded.
    Matter::fold(place.matter.as_str(), drafts.iter().map(|d| d.bytes.as_slice()))?;
    let mut version = 0;
    let mut left = drafts.into_iter().peekable();
    while left.peek().is_some() {
        let part: Vec<Draft> = left.by_ref().take(APPEND_MAX).collect();
        version = store.append(place, version, part).await?;
    }
    Ok(version)
}
