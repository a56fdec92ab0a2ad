//! Whether an export is the log that was signed.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::{Fault, FaultKind, Header, Item, Limits, Place, Reader};
use crate::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use crate::entry::{Entry, Moment};
use crate::hash::{Hash, leaf_hash};
use crate::note::VerifierKey;
use crate::tree::Frontier;

/// Whose signature counts.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
    /// That of any of these keys.
    Keys(&'a [VerifierKey]),
    /// Nobody's: signatures are not looked at. The file is then known to fit together, and anybody could have made it.
    Unchecked,
}

/// How to verify.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Whose signatures count.
    pub trust: Trust<'a>,
    /// A checkpoint (the text of a signed note) that was kept from before. Without one, nobody can find out that the
    /// newest entries were cut off and an older checkpoint put beneath the rest.
    pub since: Option<&'a str>,
    /// What is read at most.
    pub limits: Limits,
}

/// What is known of an export that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The matter, the origin, and how many entries and blobs there are.
    pub header: Header,
    /// The checkpoint: origin, size and root are those of the entries.
    pub checkpoint: Checkpoint,
    /// The trusted keys that signed it: at least one, and none where nobody was asked for ([`Trust::Unchecked`]).
    pub signed_by: Vec<VerifierKey>,
    /// The older checkpoint from which the log goes on, where one was given.
    pub since: Option<Checkpoint>,
}

/// Whether an export is the log that one of these keys signed, and goes on from an older checkpoint, where there is
/// one.
///
/// # Errors
/// The first thing that shows that it is not, with its line.
pub fn verify(input: impl BufRead, trusted: &[VerifierKey], since: Option<&str>) -> Result<Verified, Fault> {
    let options = Options { trust: Trust::Keys(trusted), since, limits: Limits::default() };
    verify_with(input, &options, |_| {})
}

/// The same with limits and less trust, and with each line shown as it is read. Nothing of what was shown is known to
/// be true before all of it has been verified.
///
/// # Errors
/// The first thing that shows that the file is not what was signed, with its line.
pub fn verify_with(
    input: impl BufRead,
    options: &Options<'_>,
    mut each: impl FnMut(&Item),
) -> Result<Verified, Fault> {
    let since = match options.since {
        Some(note) => {
            let opened = open(note, options.trust);
            Some(opened.map_err(|e| Fault { place: Place::Since, kind: e.into() })?.checkpoint)
        }
        None => None,
    };
    let mut reader = Reader::new(input, options.limits)?;
    let mut log = Log::new(reader.header().clone(), since);
    while let Some(item) = reader.next_item()? {
        let line = reader.line();
        let at_line = |kind| Fault { place: Place::Line(line), kind };
        match &item {
            Item::Entry { bytes, .. } => log.entry(line, bytes).map_err(at_line)?,
            Item::Blob { digest, bytes } => log.blob(digest, bytes).map_err(at_line)?,
            Item::Checkpoint(note) => {
                log.no_blob_missing()?;
                let signed = open(note, options.trust).map_err(|e| at_line(e.into()))?;
                log.is_signed(&signed.checkpoint).map_err(at_line)?;
                log.goes_on().map_err(|kind| Fault { place: Place::Since, kind })?;
                each(&item);
                let SignedCheckpoint { checkpoint, signed_by } = signed;
                return Ok(Verified { header: log.header, checkpoint, signed_by, since: log.since });
            }
        }
        each(&item);
    }
    // The reader gives a checkpoint before it ends.
    let kind = FaultKind::Ended("the checkpoint".to_string());
    Err(Fault { place: Place::Line(reader.line()), kind })
}

fn open(note: &str, trust: Trust<'_>) -> Result<SignedCheckpoint, CheckpointError> {
    match trust {
        Trust::Keys(trusted) => Checkpoint::open(note, trusted),
        Trust::Unchecked => {
            let checkpoint = Checkpoint::open_unchecked(note)?;
            Ok(SignedCheckpoint { checkpoint, signed_by: Vec::new() })
        }
    }
}

/// What is known of the log so far.
struct Log {
    header: Header,
    since: Option<Checkpoint>,
    tree: Frontier,
    /// The root at the size of the older checkpoint, once there are so many entries.
    root_then: Option<Hash>,
    last: Option<(Moment, String)>,
    /// The documents that entries name, by digest.
    documents: BTreeMap<Hash, Named>,
}

/// A document that an entry names.
struct Named {
    /// The line of the entry.
    line: u64,
    bytes: u64,
    has_blob: bool,
}

impl Log {
    fn new(header: Header, since: Option<Checkpoint>) -> Log {
        let root_then = since.as_ref().filter(|s| s.size() == 0).map(|_| Hash::EMPTY);
        Log { header, since, tree: Frontier::new(), root_then, last: None, documents: BTreeMap::new() }
    }

    fn entry(&mut self, line: u64, bytes: &str) -> Result<(), FaultKind> {
        let entry = Entry::parse(bytes)?;
        if entry.matter != self.header.matter {
            return Err(FaultKind::Matter { expected: self.header.matter.clone(), found: entry.matter });
        }
        if let Some(document) = entry.document()? {
            let named = Named { line, bytes: document.bytes, has_blob: false };
            let digest = document.digest;
            let blobs = self.header.blobs;
            match self.documents.get(&digest) {
                Some(before) if before.bytes == named.bytes => {}
                Some(before) => {
                    let (expected, found) = (before.bytes, named.bytes);
                    return Err(FaultKind::DocumentLength { digest, expected, found });
                }
                None if self.documents.len() as u64 == blobs => {
                    return Err(FaultKind::BlobsMissing { digest, blobs });
                }
                None => {
                    self.documents.insert(digest, named);
                }
            }
        }
        let moment = entry.moment();
        if let (Some(moment), Some((last, before))) = (moment, &self.last)
            && moment < *last
        {
            return Err(FaultKind::TimeBack { found: entry.at, before: before.clone() });
        }
        self.last = moment.map(|moment| (moment, entry.at));
        self.tree.push(leaf_hash(bytes.as_bytes()));
        if self.since.as_ref().is_some_and(|since| since.size() == self.tree.size()) {
            self.root_then = Some(self.tree.root());
        }
        Ok(())
    }

    fn blob(&mut self, digest: &Hash, bytes: &[u8]) -> Result<(), FaultKind> {
        let named = self.documents.get_mut(digest).filter(|named| !named.has_blob);
        let named = named.ok_or(FaultKind::BlobUnwanted(*digest))?;
        let found = bytes.len() as u64;
        if named.bytes != found {
            return Err(FaultKind::BlobLength { digest: *digest, expected: named.bytes, found });
        }
        named.has_blob = true;
        Ok(())
    }

    fn no_blob_missing(&self) -> Result<(), Fault> {
        let missing = self.documents.iter().filter(|(_, named)| !named.has_blob);
        match missing.min_by_key(|(_, named)| named.line) {
            None => Ok(()),
            Some((digest, named)) => {
                Err(Fault { place: Place::Line(named.line), kind: FaultKind::BlobMissing(*digest) })
            }
        }
    }

    /// Whether the entries are those of the signed checkpoint.
    fn is_signed(&self, signed: &Checkpoint) -> Result<(), FaultKind> {
        let Header { matter, origin, .. } = &self.header;
        if signed.origin() != origin {
            let (header, signed) = (origin.clone(), signed.origin().to_string());
            return Err(FaultKind::Origin { header, signed });
        }
        if !origin.strip_suffix(matter.as_str()).is_some_and(|before| before.ends_with('/')) {
            return Err(FaultKind::OriginMatter { origin: origin.clone(), matter: matter.clone() });
        }
        if signed.size() != self.tree.size() {
            return Err(FaultKind::Size { signed: signed.size(), found: self.tree.size() });
        }
        let found = self.tree.root();
        if signed.root() != found {
            return Err(FaultKind::Root { signed: signed.root(), found });
        }
        Ok(())
    }

    /// Whether the log begins with the entries of the older checkpoint. All entries are here, so no proof is needed:
    /// the older root is computed again.
    fn goes_on(&self) -> Result<(), FaultKind> {
        let Some(since) = &self.since else { return Ok(()) };
        if since.origin() != self.header.origin {
            let (since, signed) = (since.origin().to_string(), self.header.origin.clone());
            return Err(FaultKind::SinceOrigin { since, signed });
        }
        match self.root_then {
            None => Err(FaultKind::SinceSize { since: since.size(), found: self.tree.size() }),
            Some(found) if found != since.root() => {
                Err(FaultKind::SinceRoot { size: since.size(), since: since.root(), found })
            }
            Some(_) => Ok(()),
        }
    }
}
