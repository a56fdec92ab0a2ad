//! Desks: where matters are worked on. Each matter has one desk on one thread of a few; what is asked of it comes through a
//! queue, so a matter is never changed by two at once within a server. Between servers the store's version guard decides.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use servanda_authzen::Directory;
use servanda_log::Tree;
use servanda_matter::{Body, Drafting, Folding, Live, Matter, Prepared};
use servanda_store::{Draft, Error as StoreError, Place, Store};
use tokio::sync::{mpsc, oneshot};

use crate::edge::Edge;
use crate::fault::Fault;

/// Stack of a desk's thread: deep texts are read by recursion, within limits.
const STACK_BYTES: usize = 256 << 20;
/// Most that waits at one desk.
const WAITING_MAX: usize = 4_096;
/// Most that is appended by one write.
const BATCH_MAX: usize = 1_024;
/// Entries that are read from the store at once.
const PAGE: usize = 1_000;
/// How often an append is drafted anew because another server was first.
const ATTEMPTS_MAX: usize = 64;
/// A desk at which nobody asks for so long is cleared.
const IDLE: Duration = Duration::from_secs(600);

/// A matter with the tree of its log.
pub struct Seat {
    /// The matter.
    pub matter: Matter,
    /// The tree over its entries.
    pub tree: Tree,
    /// Whom and what callers of decisions may name.
    pub directory: Directory,
}

impl Seat {
    fn new(matter: Matter, tree: Tree) -> Seat {
        let directory = matter.directory().map(|(_, value)| Directory::of(value)).unwrap_or_default();
        Seat { matter, tree, directory }
    }
}

/// Something that is read: it is given the seat, or why there is none.
type Reading = Box<dyn FnOnce(Result<&Seat, Fault>) + Send>;

/// Something that is appended: it may be drafted several times, and learns the end once.
trait Appending: Send {
    fn draft(&mut self, drafting: &mut Drafting<'_>, version: u64) -> Result<(), Fault>;
    fn done(self: Box<Self>, end: Result<u64, Fault>);
}

enum Work {
    Read { version: Option<u64>, reading: Reading },
    Append(Box<dyn Appending>),
    Text(NewText),
}

/// A text that is to govern from now on.
struct NewText {
    by: String,
    files: std::collections::BTreeMap<String, String>,
    expected: Option<u64>,
    reply: oneshot::Sender<Result<u64, Fault>>,
}

struct Appended<D, T> {
    drafter: D,
    expected: Option<u64>,
    made: Option<T>,
    reply: oneshot::Sender<Result<(T, u64), Fault>>,
}

impl<D, T> Appending for Appended<D, T>
where
    D: FnMut(&mut Drafting<'_>) -> Result<T, Fault> + Send,
    T: Send,
{
    fn draft(&mut self, drafting: &mut Drafting<'_>, version: u64) -> Result<(), Fault> {
        check_expected(self.expected, version)?;
        self.made = Some((self.drafter)(drafting)?);
        Ok(())
    }

    fn done(self: Box<Self>, end: Result<u64, Fault>) {
        let end = match (end, self.made) {
            (Ok(version), Some(made)) => Ok((made, version)),
            (Ok(_), None) => Err(Fault::internal("an append ended without having been drafted")),
            (Err(fault), _) => Err(fault),
        };
        // Whoever asked may be gone.
        let _ = self.reply.send(end);
    }
}

fn check_expected(expected: Option<u64>, version: u64) -> Result<(), Fault> {
    match expected {
        Some(expected) if expected != version => Err(Fault::new(
            "version-conflict",
            format!("the matter has {version} entries and not {expected}: read what is new and try again"),
        )),
        _ => Ok(()),
    }
}

/// All desks of a server.
#[derive(Clone)]
pub struct Desks {
    threads: Arc<Vec<mpsc::UnboundedSender<(Place, Work)>>>,
}

impl Desks {
    /// Opens desks on so many threads.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn open(store: Arc<dyn Store>, edge: Arc<dyn Edge>, threads: usize) -> std::io::Result<Desks> {
        let mut senders = Vec::new();
        for number in 0..threads.max(1) {
            let (sender, receiver) = mpsc::unbounded_channel();
            let (store, edge) = (store.clone(), edge.clone());
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            std::thread::Builder::new().name(format!("desk-{number}")).stack_size(STACK_BYTES).spawn(
                move || {
                    let local = tokio::task::LocalSet::new();
                    local.block_on(&runtime, hand_out(store, edge, receiver));
                },
            )?;
            senders.push(sender);
        }
        Ok(Desks { threads: Arc::new(senders) })
    }

    fn send(&self, place: &Place, work: Work) -> Result<(), Fault> {
        let mut hasher = DefaultHasher::new();
        place.hash(&mut hasher);
        let thread = (hasher.finish() % self.threads.len() as u64) as usize;
        self.threads[thread].send((place.clone(), work)).map_err(|_| Fault::stopping())
    }

    /// Reads from a matter as it is now, or as it was at a version.
    ///
    /// # Errors
    /// `unknown-matter`, `unknown-version`, what the reading itself finds, and what the store says.
    #[tracing::instrument(target = "servanda::desk", name = "read", skip_all)]
    pub async fn read<T, R>(&self, place: &Place, version: Option<u64>, read: R) -> Result<T, Fault>
    where
        T: Send + 'static,
        R: FnOnce(&Seat) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let reading: Reading = Box::new(move |seat| {
            let _ = reply.send(seat.and_then(read));
        });
        self.send(place, Work::Read { version, reading })?;
        answer.await.map_err(|_| Fault::stopping())?
    }

    /// Appends what the drafter drafts, all or nothing, and returns what it made and the version after it. The drafter is
    /// called again where another server was first.
    ///
    /// # Errors
    /// `unknown-matter`, `version-conflict`, what the drafter refuses, and what the store says.
    #[tracing::instrument(target = "servanda::desk", name = "append", skip_all)]
    pub async fn append<T, D>(
        &self,
        place: &Place,
        expected: Option<u64>,
        drafter: D,
    ) -> Result<(T, u64), Fault>
    where
        T: Send + 'static,
        D: FnMut(&mut Drafting<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let appended = Appended { drafter, expected, made: None, reply };
        self.send(place, Work::Append(Box::new(appended)))?;
        answer.await.map_err(|_| Fault::stopping())?
    }

    /// Lets a text govern from now on; a matter that is not there begins with it where `expected` is 0. Returns the version.
    ///
    /// # Errors
    /// A faulty text, or one that cannot read the events that are there; `version-conflict`; what the store says.
    #[tracing::instrument(target = "servanda::desk", name = "text", skip_all)]
    pub async fn text(
        &self,
        place: &Place,
        by: String,
        files: std::collections::BTreeMap<String, String>,
        expected: Option<u64>,
    ) -> Result<u64, Fault> {
        let (reply, answer) = oneshot::channel();
        self.send(place, Work::Text(NewText { by, files, expected, reply }))?;
        answer.await.map_err(|_| Fault::stopping())?
    }
}

/// Gives work to the desk of its matter, on one thread.
async fn hand_out(
    store: Arc<dyn Store>,
    edge: Arc<dyn Edge>,
    mut receiver: mpsc::UnboundedReceiver<(Place, Work)>,
) {
    let mut desks: HashMap<Place, mpsc::Sender<Work>> = HashMap::new();
    while let Some((place, work)) = receiver.recv().await {
        let open = desks.get(&place).filter(|desk| !desk.is_closed());
        let desk = match open {
            Some(desk) => desk.clone(),
            None => {
                let (sender, receiver) = mpsc::channel(WAITING_MAX);
                let desk =
                    Desk { place: place.clone(), store: store.clone(), edge: edge.clone(), seat: None };
                tokio::task::spawn_local(desk.work(receiver));
                desks.retain(|_, desk| !desk.is_closed());
                desks.insert(place, sender.clone());
                sender
            }
        };
        match desk.try_send(work) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(work)) => refuse(work, &Fault::busy()),
            // It was cleared at this very moment: whoever asked asks again.
            Err(mpsc::error::TrySendError::Closed(work)) => refuse(work, &Fault::busy()),
        }
    }
}

fn refuse(work: Work, fault: &Fault) {
    match work {
        Work::Read { reading, .. } => reading(Err(fault.clone())),
        Work::Append(appending) => appending.done(Err(fault.clone())),
        Work::Text(text) => {
            let _ = text.reply.send(Err(fault.clone()));
        }
    }
}

/// The desk of one matter.
struct Desk {
    place: Place,
    store: Arc<dyn Store>,
    edge: Arc<dyn Edge>,
    seat: Option<Seat>,
}

impl Desk {
    async fn work(mut self, mut receiver: mpsc::Receiver<Work>) {
        let mut waiting: VecDeque<Work> = VecDeque::new();
        loop {
            if waiting.is_empty() {
                match tokio::time::timeout(IDLE, receiver.recv()).await {
                    Ok(Some(work)) => waiting.push_back(work),
                    Ok(None) => return,
                    Err(_) => {
                        // No more comes in; what came at this very moment is still done.
                        receiver.close();
                        match receiver.recv().await {
                            Some(work) => waiting.push_back(work),
                            None => return,
                        }
                    }
                }
            }
            while waiting.len() < BATCH_MAX
                && let Ok(work) = receiver.try_recv()
            {
                waiting.push_back(work);
            }
            if let Err(fault) = self.be_current().await {
                for work in waiting.drain(..) {
                    self.without_matter(work, &fault).await;
                }
                continue;
            }
            let mut appends = Vec::new();
            let mut later = VecDeque::new();
            for work in waiting.drain(..) {
                match work {
                    Work::Read { version, reading } => self.read(version, reading).await,
                    Work::Append(appending) => appends.push(appending),
                    text @ Work::Text(_) => later.push_back(text),
                }
            }
            if !appends.is_empty() {
                self.append(appends, &mut receiver, &mut later).await;
            }
            while let Some(work) = later.pop_front() {
                match work {
                    Work::Text(text) => self.text(text).await,
                    other => waiting.push_back(other),
                }
            }
        }
    }

    /// Work at a desk whose matter cannot be had: a first text can still begin it.
    async fn without_matter(&mut self, work: Work, fault: &Fault) {
        match work {
            Work::Text(text) if fault.is("unknown-matter") => self.text(text).await,
            work => refuse(work, fault),
        }
    }

    /// Takes in what other servers have appended, or everything where nothing is known yet.
    async fn be_current(&mut self) -> Result<(), Fault> {
        let known = self.seat.as_ref().map(|seat| seat.matter.version());
        match known {
            None => self.seat = Some(self.load(None).await?),
            Some(known) if self.store.is_shared() => {
                let version = self.store.version(&self.place).await?;
                if version > known {
                    self.catch_up(known).await?;
                } else if version < known {
                    // Somebody has put an older database in its place.
                    self.seat = None;
                    self.seat = Some(self.load(None).await?);
                }
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Takes in the entries from a version on; everything anew where a text is among them.
    async fn catch_up(&mut self, known: u64) -> Result<(), Fault> {
        let mut from = known;
        loop {
            let page = self.store.entries(&self.place, from, PAGE).await?;
            if page.is_empty() {
                return Ok(());
            }
            from += page.len() as u64;
            let mut prepared = Vec::with_capacity(page.len());
            for servanda_store::Entry { key, bytes, .. } in page {
                prepared.push(Prepared::read(key, bytes)?);
            }
            let texts = prepared.iter().any(|p| matches!(p.entry.body, Body::Text(_)));
            let taken =
                if texts { Err(Fault::internal("a text is folded anew")) } else { self.take(prepared) };
            if taken.is_err() {
                self.seat = None;
                self.seat = Some(self.load(None).await?);
                return Ok(());
            }
        }
    }

    /// Folds the entries up to a version.
    async fn load(&self, version: Option<u64>) -> Result<Seat, Fault> {
        let mut folding = Folding::new(self.place.matter.as_str());
        loop {
            let (folded, tree) = self.fold(folding, version).await?;
            match folded.finish()? {
                Ok(matter) => return Ok(Seat::new(matter, tree)),
                Err(newer) => folding = Folding::over(self.place.matter.as_str(), newer),
            }
        }
    }

    async fn fold(&self, mut folding: Folding, version: Option<u64>) -> Result<(Folding, Tree), Fault> {
        let mut tree = Tree::new();
        loop {
            let left = version.map_or(PAGE as u64, |v| v.saturating_sub(folding.version())).min(PAGE as u64);
            let page = match left {
                0 => Vec::new(),
                left => self.store.entries(&self.place, folding.version(), left as usize).await?,
            };
            if page.is_empty() {
                break;
            }
            for entry in page {
                folding.add(&entry.bytes)?;
                tree.push(servanda_log::Hash::from_bytes(entry.leaf));
            }
            // Others on this thread have their turn.
            tokio::task::yield_now().await;
        }
        if folding.version() == 0 {
            return Err(Fault::unknown_matter());
        }
        Ok((folding, tree))
    }

    async fn read(&mut self, version: Option<u64>, reading: Reading) {
        let Some(seat) = &self.seat else { return reading(Err(Fault::unknown_matter())) };
        let now = seat.matter.version();
        match version {
            None => reading(Ok(seat)),
            Some(version) if version == now => reading(Ok(seat)),
            Some(version) if version > now || version == 0 => reading(Err(Fault::new(
                "unknown-version",
                format!("the matter has the versions 1 to {now}, and not {version}"),
            ))),
            Some(version) => match self.load(Some(version)).await {
                Ok(seat) => reading(Ok(&seat)),
                Err(fault) => reading(Err(fault)),
            },
        }
    }

    /// Drafts everything that waits, appends it by one write, and takes it in.
    async fn append(
        &mut self,
        mut appends: Vec<Box<dyn Appending>>,
        receiver: &mut mpsc::Receiver<Work>,
        later: &mut VecDeque<Work>,
    ) {
        for _ in 0..ATTEMPTS_MAX {
            let Some(seat) = &self.seat else { break };
            let version = seat.matter.version();
            let mut drafting = seat.matter.draft(self.edge.now());
            let (mut good, mut refused) = (Vec::new(), Vec::new());
            for mut appending in appends.drain(..) {
                let before = drafting.len();
                match appending.draft(&mut drafting, version + before as u64) {
                    Ok(()) => good.push(appending),
                    Err(fault) => {
                        drafting.truncate(before);
                        if before == 0 {
                            appending.done(Err(fault));
                        } else {
                            // It may rest on what is not written yet, and perhaps never will be.
                            refused.push((appending, fault));
                        }
                    }
                }
            }
            let prepared = drafting.finish();
            if prepared.is_empty() {
                return end(good, Ok(version));
            }
            let drafts = prepared.iter().map(draft_of).collect();
            let store = self.store.clone();
            let place = self.place.clone();
            let mut writing = std::pin::pin!(store.append(&place, version, drafts));
            let written = loop {
                tokio::select! {
                    biased;
                    written = &mut writing => break written,
                    // What is durable can be read while the rest is being written; but what another server may have
                    // changed has to be looked at first.
                    Some(work) = receiver.recv(), if later.len() < BATCH_MAX => match work {
                        Work::Read { version: None, reading } if !self.store.is_shared() => {
                            match &self.seat {
                                Some(seat) => reading(Ok(seat)),
                                None => reading(Err(Fault::unknown_matter())),
                            }
                        }
                        work => later.push_back(work),
                    },
                }
            };
            match written {
                Ok(version) => {
                    for (appending, fault) in refused {
                        appending.done(Err(fault));
                    }
                    if let Err(fault) = self.take(prepared) {
                        // It is kept; only this desk does not know what to make of it.
                        self.seat = None;
                        tracing::error!(matter = %self.place.matter, %fault, "an entry was written and not understood");
                    }
                    return end(good, Ok(version));
                }
                Err(StoreError::Conflict { .. } | StoreError::Taken { .. }) => {
                    appends = good;
                    appends.extend(refused.into_iter().map(|(appending, _)| appending));
                    if !self.store.is_shared() {
                        // Nobody else writes here: what this desk believes is wrong.
                        self.seat = None;
                    }
                    if let Err(fault) = self.be_current().await {
                        return end(appends, Err(fault));
                    }
                }
                Err(error) => {
                    // Whether it was written is not known: what is there is looked at before the next word.
                    self.seat = None;
                    good.extend(refused.into_iter().map(|(appending, _)| appending));
                    return end(good, Err(error.into()));
                }
            }
        }
        end(appends, Err(Fault::busy()));
    }

    fn take(&mut self, prepared: Vec<Prepared>) -> Result<(), Fault> {
        let Some(seat) = &mut self.seat else {
            return Err(Fault::internal("there is no seat to take entries in"));
        };
        for entry in &prepared {
            seat.tree.push(servanda_log::leaf_hash(&entry.bytes));
        }
        let before = seat.matter.directory().map(|(index, _)| index);
        seat.matter.take(prepared)?;
        if let Some((index, value)) = seat.matter.directory()
            && Some(index) != before
        {
            seat.directory = Directory::of(value);
        }
        Ok(())
    }

    async fn text(&mut self, text: NewText) {
        let NewText { by, files, expected, reply } = text;
        let _ = reply.send(self.govern(&by, files, expected).await);
    }

    async fn govern(
        &mut self,
        by: &str,
        files: std::collections::BTreeMap<String, String>,
        expected: Option<u64>,
    ) -> Result<u64, Fault> {
        for _ in 0..ATTEMPTS_MAX {
            let known = match self.be_current().await {
                Ok(()) => self.seat.as_ref().map_or(0, |seat| seat.matter.version()),
                Err(fault) if fault.is("unknown-matter") => 0,
                Err(fault) => return Err(fault),
            };
            if expected == Some(0) && known > 0 {
                return Err(Fault::new(
                    "matter-exists",
                    format!("there is a matter `{}` already; choose another name", self.place.matter),
                ));
            }
            if known == 0 && expected != Some(0) {
                return Err(Fault::unknown_matter());
            }
            check_expected(expected, known)?;
            let live = Live::check(files.clone())?;
            let name = self.place.matter.as_str();
            let (mut matter, mut tree) = if known == 0 {
                (Matter::begin(name, live)?, Tree::new())
            } else {
                let (folded, tree) = self.fold(Folding::over(name, live), Some(known)).await?;
                match folded.finish()? {
                    Ok(matter) => (matter, tree),
                    Err(_) => return Err(Fault::internal("a text that was given was not used")),
                }
            };
            let mut drafting = matter.draft(self.edge.now());
            drafting.text(by);
            let prepared = drafting.finish();
            match self.store.append(&self.place, known, prepared.iter().map(draft_of).collect()).await {
                Ok(version) => {
                    for entry in &prepared {
                        tree.push(servanda_log::leaf_hash(&entry.bytes));
                    }
                    matter.take(prepared)?;
                    self.seat = Some(Seat::new(matter, tree));
                    return Ok(version);
                }
                Err(StoreError::Conflict { .. } | StoreError::Taken { .. }) => self.seat = None,
                Err(error) => {
                    self.seat = None;
                    return Err(error.into());
                }
            }
        }
        Err(Fault::busy())
    }
}

fn draft_of(prepared: &Prepared) -> Draft {
    Draft { key: prepared.key.clone(), bytes: prepared.bytes.clone() }
}

fn end(appends: Vec<Box<dyn Appending>>, end: Result<u64, Fault>) {
    for appending in appends {
        appending.done(end.clone());
    }
}
