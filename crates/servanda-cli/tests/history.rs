//! Three servers on one PostgreSQL, killed, stopped and started again while many clients write and read: what the clients were told
//! is the history of one log, in which everything happened at a single moment.

#![allow(clippy::disallowed_methods, reason = "tests start servers, and read the clock")]

#[path = "common/chance.rs"]
mod chance;
#[path = "common/linear.rs"]
mod linear;
#[path = "common/served.rs"]
mod served;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use chance::Draw;
use linear::{Event, Operation, Step, Told};
use served::{Reply, Served};

const SERVERS: usize = 3;
const WRITERS: usize = 16;
const READERS: usize = 4;
/// Entries that a reader asks for at once.
const PAGE: u64 = 50;

const TEXT: &str = r#"
agreement line "A line between islands" zone UTC currency EUR
party Ferry
event trip by Ferry  fare : money in EUR
version first "The line" starts binding from 2026-01-01 outside "invented"
"#;

/// The servers as they run now. They have one key and one database, and nothing else.
struct Cluster {
    data: tempfile::TempDir,
    database: String,
    servers: Vec<RwLock<Arc<Served>>>,
}

impl Cluster {
    fn start(database: String) -> Cluster {
        let data = tempfile::tempdir().unwrap();
        let one = || RwLock::new(Arc::new(Served::start(data.path(), &["--database", &database])));
        let servers = (0..SERVERS).map(|_| one()).collect();
        Cluster { data, database, servers }
    }

    fn get(&self, number: usize) -> Arc<Served> {
        self.servers[number].read().unwrap().clone()
    }

    /// Kills a server, and puts another in its place.
    fn replace(&self, number: usize) {
        self.get(number).signal("KILL");
        let next = Served::start(self.data.path(), &["--database", &self.database]);
        *self.servers[number].write().unwrap() = Arc::new(next);
    }

    /// Lets a server stand still for a while.
    fn pause(&self, number: usize, time: Duration) {
        let server = self.get(number);
        server.signal("STOP");
        std::thread::sleep(time);
        server.signal("CONT");
    }
}

/// What all clients share.
struct Course {
    cluster: Cluster,
    matters: Vec<String>,
    begun: Instant,
    /// Operations of the writers that are still to come.
    left: AtomicUsize,
    over: AtomicBool,
    /// Identities that were used lately, by matter.
    recent: Vec<Mutex<Vec<String>>>,
}

/// What a client did, by matter.
type Done = Vec<(usize, Operation)>;

impl Course {
    fn now(&self) -> u64 {
        self.begun.elapsed().as_nanos() as u64
    }

    fn path(&self, matter: usize, rest: &str) -> String {
        format!("/v1/matters/{}{rest}", self.matters[matter])
    }

    /// Asks a server that may go away; when it was asked, when it told, and what.
    fn ask(
        &self,
        server: usize,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u64, u64, Option<Reply>) {
        let served = self.cluster.get(server);
        let invoked = self.now();
        let reply = served.try_send(method, path, headers, body.as_bytes()).ok();
        let returned = self.now();
        if reply.is_none() {
            // It is being replaced.
            std::thread::sleep(Duration::from_millis(5));
        }
        (invoked, returned, reply.filter(|r| r.status != 503))
    }
}

/// A client, and what it has seen.
struct Client<'c> {
    course: &'c Course,
    draw: Draw,
    /// The newest version that it was told, by matter.
    seen: Vec<u64>,
    done: Done,
}

impl<'c> Client<'c> {
    fn new(course: &'c Course, seed: u64) -> Client<'c> {
        Client { course, draw: Draw(seed), seen: vec![1; course.matters.len()], done: Vec::new() }
    }

    fn note(&mut self, matter: usize, invoked: u64, returned: u64, step: Step) {
        self.done.push((matter, Operation { invoked, returned, step }));
    }

    /// Something is told about how many entries there are.
    fn version(&mut self, matter: usize, invoked: u64, returned: u64, version: u64) {
        self.seen[matter] = self.seen[matter].max(version);
        self.note(matter, invoked, returned, Step::Version(version));
    }

    fn send(&mut self, matter: usize, event: Event, expected: Option<u64>) {
        let server = self.draw.below(SERVERS as u64) as usize;
        let amount = (event.1 + 1).to_string();
        let body = json!({"source": "/port", "id": event.0, "type": "trip", "time": "2026-02-02T00:00:00Z",
            "data": {"by": "Ferry", "fare": {"amount": amount, "unit": "EUR"}}});
        let tag = expected.map(|e| format!("\"{e}\""));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(tag.as_deref().map(|tag| ("if-match", tag)));
        let path = self.course.path(matter, "/events");
        let (invoked, returned, reply) = self.course.ask(server, "POST", &path, &headers, &body.to_string());
        let told = match reply {
            None => Told::Nothing,
            Some(reply) if reply.status == 409 => match reply.code().as_str() {
                "conflicting-event" => Told::Conflicting,
                "version-conflict" if expected.is_some() => Told::Moved,
                _ => panic!("{}", reply.text),
            },
            Some(reply) => {
                assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
                let (told, version) = (&reply.json()["events"][0], reply.json()["version"].as_u64().unwrap());
                let entry = told["entry"].as_u64().unwrap();
                assert!(entry < version, "{}", reply.text);
                self.version(matter, invoked, returned, version);
                if told["new"] == true { Told::New(entry) } else { Told::There(entry) }
            }
        };
        self.note(matter, invoked, returned, Step::Append { event, expected, told });
    }

    fn read(&mut self, matter: usize) {
        let server = self.draw.below(SERVERS as u64) as usize;
        let from = self.draw.below(self.seen[matter] + 1);
        match self.draw.below(3) {
            0 => {
                let path = self.course.path(matter, "/checkpoint");
                let (invoked, returned, reply) = self.course.ask(server, "GET", &path, &[], "");
                let Some(reply) = reply else { return };
                let version = reply.text.lines().nth(1).unwrap().parse().unwrap();
                self.version(matter, invoked, returned, version);
            }
            1 => {
                let path = self.course.path(matter, "");
                let (invoked, returned, reply) = self.course.ask(server, "GET", &path, &[], "");
                let Some(reply) = reply else { return };
                self.version(matter, invoked, returned, reply.json()["version"].as_u64().unwrap());
            }
            _ => {
                let path = self.course.path(matter, &format!("/entries?from={from}&limit={PAGE}"));
                let (invoked, returned, reply) = self.course.ask(server, "GET", &path, &[], "");
                let Some(reply) = reply else { return };
                let list = events_of(&reply.json()["entries"]);
                let last = (list.len() as u64) < PAGE;
                self.version(matter, invoked, returned, reply.json()["version"].as_u64().unwrap());
                self.note(matter, invoked, returned, Step::Entries { from, list, last });
            }
        }
    }

    /// An identity that somebody used lately.
    fn recent(&mut self, matter: usize) -> Option<String> {
        let recent = self.course.recent[matter].lock().unwrap();
        // Rather one of the very last: it may not be written yet.
        let back = self.draw.below(20).min(self.draw.below(20)) as usize;
        recent.iter().rev().nth(back).cloned()
    }

    fn write(mut self, writer: usize) -> Done {
        let one_less = |left: usize| left.checked_sub(1);
        for i in 0.. {
            if self.course.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_err() {
                break;
            }
            let matter = self.draw.below(self.course.matters.len() as u64) as usize;
            let choice = self.draw.below(100);
            let expected = choice.is_multiple_of(3).then(|| self.seen[matter]);
            match self.recent(matter) {
                Some(id) if choice < 15 => self.send(matter, (id, 0), expected),
                Some(id) if choice < 25 => self.send(matter, (id, 1), expected),
                _ if choice < 40 => self.read(matter),
                _ => {
                    let id = format!("{writer}-{i}");
                    self.course.recent[matter].lock().unwrap().push(id.clone());
                    self.send(matter, (id, 0), expected);
                }
            }
        }
        self.done
    }

    fn watch(mut self) -> Done {
        while !self.course.over.load(Ordering::Relaxed) {
            let matter = self.draw.below(self.course.matters.len() as u64) as usize;
            self.read(matter);
            std::thread::sleep(Duration::from_millis(self.draw.below(60)));
        }
        self.done
    }
}

/// The events of entries.
fn events_of(entries: &Value) -> Vec<Option<Event>> {
    let event = |entry: &Value| {
        let body = &entry["body"];
        let amount: u64 = body["data"]["fare"]["amount"].as_str()?.parse().ok()?;
        Some((body["id"].as_str()?.to_string(), amount - 1))
    };
    entries.as_array().unwrap().iter().map(event).collect()
}

/// Follows a matter's stream until `end` entries were told, from whichever server is there; each has to come once, in order.
fn follow(course: &Course, matter: usize, told: &AtomicU64, end: &AtomicU64, mut draw: Draw) {
    let mut next = 0;
    while next < end.load(Ordering::SeqCst) {
        let server = course.cluster.get(draw.below(SERVERS as u64) as usize);
        let last = (next > 0).then(|| (next - 1).to_string());
        let headers: Vec<_> = last.as_deref().map(|id| ("last-event-id", id)).into_iter().collect();
        let Ok((200, lines)) = server.try_stream(&course.path(matter, "/stream"), &headers) else {
            std::thread::sleep(Duration::from_millis(20));
            continue;
        };
        drop(server);
        for line in lines {
            if next >= end.load(Ordering::SeqCst) {
                return;
            }
            let Some(id) = line.strip_prefix("id: ") else { continue };
            assert_eq!(id.parse(), Ok(next), "the stream skipped or doubled an entry");
            next += 1;
            told.store(next, Ordering::SeqCst);
        }
    }
}

/// Lets everybody come to an end, also where a client has found something wrong.
struct Ending<'c>(&'c Course, &'c [AtomicU64]);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::Relaxed);
        self.1.iter().for_each(|end| end.store(0, Ordering::SeqCst));
        for server in &self.0.cluster.servers {
            server.read().unwrap().signal("KILL");
        }
    }
}

/// What came of a scenario.
#[derive(Debug, Default)]
struct Figures {
    operations: usize,
    open: usize,
    conflicts: usize,
    repeated: usize,
    kills: usize,
    pauses: usize,
    entries: usize,
}

/// Kills and pauses servers until all is over.
fn trouble(course: &Course, mut draw: Draw) -> (usize, usize) {
    let (mut kills, mut pauses) = (0, 0);
    while !course.over.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(30 + draw.below(150)));
        let server = draw.below(SERVERS as u64) as usize;
        if draw.below(2) == 0 {
            course.cluster.replace(server);
            kills += 1;
        } else {
            course.cluster.pause(server, Duration::from_millis(20 + draw.below(200)));
            pauses += 1;
        }
    }
    (kills, pauses)
}

fn scenario(operations: usize, matters: usize, seed: u64) {
    let Some(database) = served::database() else { return };
    let cluster = Cluster::start(database);
    let matters: Vec<String> = (0..matters).map(|m| format!("line-{m}")).collect();
    for matter in &matters {
        let made = cluster.get(0).post("/v1/matters", &json!({"name": matter, "files": {"line.deed": TEXT}}));
        assert_eq!(made.status, 201, "{}", made.text);
    }
    let course = Course {
        cluster,
        recent: matters.iter().map(|_| Mutex::default()).collect(),
        matters,
        begun: Instant::now(),
        left: AtomicUsize::new(operations),
        over: AtomicBool::new(false),
    };
    let many = || course.matters.iter().map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
    let (told, ends) = (many(), many());
    ends.iter().for_each(|end| end.store(u64::MAX, Ordering::SeqCst));
    let mut figures = Figures::default();
    let (mut histories, mut logs) = (BTreeMap::<usize, Vec<Operation>>::new(), Vec::new());
    std::thread::scope(|scope| {
        let course = &course;
        let _ending = Ending(course, &ends);
        let writers: Vec<_> = (0..WRITERS)
            .map(|w| scope.spawn(move || Client::new(course, seed * 1_000 + w as u64).write(w)))
            .collect();
        let readers: Vec<_> = (0..READERS)
            .map(|r| scope.spawn(move || Client::new(course, seed * 2_000 + r as u64).watch()))
            .collect();
        for (matter, (told, end)) in told.iter().zip(&ends).enumerate() {
            scope.spawn(move || follow(course, matter, told, end, Draw(seed * 3_000 + matter as u64)));
        }
        let trouble = scope.spawn(move || trouble(course, Draw(seed)));
        let mut done: Done = writers.into_iter().flat_map(|w| w.join().unwrap()).collect();
        course.over.store(true, Ordering::Relaxed);
        done.extend(readers.into_iter().flat_map(|r| r.join().unwrap()));
        (figures.kills, figures.pauses) = trouble.join().unwrap();
        for (matter, operation) in done {
            histories.entry(matter).or_default().push(operation);
        }
        // No server that could still write something lives when the log is read.
        (0..SERVERS).for_each(|server| course.cluster.replace(server));
        for matter in 0..course.matters.len() {
            logs.push(whole(course, matter));
            ends[matter].store(logs[matter].len() as u64, Ordering::SeqCst);
        }
        let begun = Instant::now();
        let all_told =
            || told.iter().zip(&ends).all(|(t, e)| t.load(Ordering::SeqCst) >= e.load(Ordering::SeqCst));
        while !all_told() && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(all_told(), "a stream did not tell all: {told:?}");
    });
    for (told, log) in told.iter().zip(&logs) {
        assert_eq!(told.load(Ordering::SeqCst), log.len() as u64, "a stream told more than there is");
    }
    for (matter, history) in &histories {
        figures.take(history, &logs[*matter]);
        linear::check(history, &logs[*matter])
            .unwrap_or_else(|why| panic!("{}: {why}", course.matters[*matter]));
    }
    println!("{figures:?}, 0 anomalies in {:.1?}", course.begun.elapsed());
    let interesting = figures.open > 0 && figures.conflicts > 0 && figures.repeated > 0 && figures.kills > 0;
    assert!(interesting && figures.pauses > 0, "nothing of interest happened");
}

impl Figures {
    fn take(&mut self, history: &[Operation], log: &[Option<Event>]) {
        self.operations += history.len();
        self.entries += log.len();
        for operation in history {
            let Step::Append { told, .. } = &operation.step else { continue };
            self.open += usize::from(*told == Told::Nothing);
            self.conflicts += usize::from(matches!(told, Told::Conflicting | Told::Moved));
            self.repeated += usize::from(matches!(told, Told::There(_)));
        }
    }
}

/// The whole log of a matter.
fn whole(course: &Course, matter: usize) -> Vec<Option<Event>> {
    let mut log = Vec::new();
    loop {
        let path = course.path(matter, &format!("/entries?from={}&limit=1000", log.len()));
        let page = course.cluster.get(0).get(&path).json();
        log.extend(events_of(&page["entries"]));
        if page["next"].is_null() {
            return log;
        }
    }
}

/// Operations of the writers of a scenario.
fn operations() -> usize {
    if chance::all_required() { 3_000 } else { 600 }
}

#[test]
fn what_was_told_of_one_matter_is_one_history() {
    scenario(operations(), 1, 21);
}

#[test]
fn what_was_told_of_four_matters_is_one_history_each() {
    scenario(operations(), 4, 22);
}
