//! Whether what clients were told of a log can have happened at single moments, one after the other: linearizability.
//!
//! The log as it was read in the end fixes the order of all appends, so nothing has to be searched. Entry `i` was appended at some
//! moment; each thing that was told bounds such moments from one side: who was told at `t` that there are `v` entries knows that entry
//! `v - 1` was there by then, and who asked at `s` that entry `v` was not there before. The history is good exactly where moments
//! within these bounds exist that go up with the entries.
//!
//! # Source
//! Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects" (1990), §2.

#![allow(dead_code, reason = "each test file uses some of it")]

use std::collections::HashMap;

/// An event as the log has it: its identity, and which content of several it has.
pub type Event = (String, u64);

/// What a client did.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// When it asked.
    pub invoked: u64,
    /// When it was told.
    pub returned: u64,
    /// What was asked and told.
    pub step: Step,
}

/// What a client asked, and was told.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// An event was sent; who expects a version has seen it.
    Append {
        /// The event.
        event: Event,
        /// How many entries the log should have.
        expected: Option<u64>,
        /// What was told.
        told: Told,
    },
    /// The number of entries was asked.
    Version(u64),
    /// Entries were read, from one on.
    Entries {
        /// The first of them.
        from: u64,
        /// Their events; `None` for what is no event.
        list: Vec<Option<Event>>,
        /// Whether the log ended with them.
        last: bool,
    },
}

/// What the sender of an event was told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Nothing: it may be appended at any time after it was sent, or never. The time of the return means nothing.
    Nothing,
    /// It is a new entry.
    New(u64),
    /// It is an entry that was there.
    There(u64),
    /// The same identity is there with other content.
    Conflicting,
    /// The log has gone beyond the version that was expected.
    Moved,
}

/// A bound of a moment, and the operation that set it.
#[derive(Debug, Clone, Copy)]
struct Bound {
    time: u64,
    by: Option<usize>,
}

/// The moments at which the entries of a log can have been appended.
struct Moments {
    earliest: Vec<Bound>,
    latest: Vec<Bound>,
}

impl Moments {
    fn of(entries: usize) -> Moments {
        let earliest = vec![Bound { time: 0, by: None }; entries];
        let latest = vec![Bound { time: u64::MAX, by: None }; entries];
        Moments { earliest, latest }
    }

    /// The log had at least so many entries by some time.
    fn reached(&mut self, version: u64, time: u64, by: usize) -> Result<(), String> {
        let Some(entry) = version.checked_sub(1) else { return Ok(()) };
        let Some(bound) = self.latest.get_mut(entry as usize) else {
            return Err(format!("version {version} was told, and there never was one"));
        };
        if time < bound.time {
            *bound = Bound { time, by: Some(by) };
        }
        Ok(())
    }

    /// The log had no more than so many entries at some time.
    fn not_passed(&mut self, version: u64, time: u64, by: usize) {
        if let Some(bound) = self.earliest.get_mut(version as usize)
            && time > bound.time
        {
            *bound = Bound { time, by: Some(by) };
        }
    }

    /// The log had exactly so many entries at some moment of an operation.
    fn stood_at(&mut self, version: u64, operation: &Operation, by: usize) -> Result<(), String> {
        self.not_passed(version, operation.invoked, by);
        self.reached(version, operation.returned, by)
    }

    /// Whether there are moments that go up with the entries.
    fn exist(&self, history: &[Operation]) -> Result<(), String> {
        let mut earliest = Bound { time: 0, by: None };
        for (entry, (own, latest)) in self.earliest.iter().zip(&self.latest).enumerate() {
            if own.time > earliest.time {
                earliest = *own;
            }
            if latest.time < earliest.time {
                let show = |bound: Bound| bound.by.map(|by| &history[by]);
                return Err(format!(
                    "entry {entry} was there by {} ({:?}), and not before {} ({:?})",
                    latest.time,
                    show(*latest),
                    earliest.time,
                    show(earliest)
                ));
            }
        }
        Ok(())
    }
}

/// Holds a history against the log that was read when all was over.
///
/// # Errors
/// Why nobody can have been told all this about this log.
pub fn check(history: &[Operation], log: &[Option<Event>]) -> Result<(), String> {
    let mut places: HashMap<&str, u64> = HashMap::new();
    for (index, event) in (0..).zip(log) {
        if let Some((id, _)) = event
            && let Some(first) = places.insert(id, index)
        {
            return Err(format!("the event {id} stands twice: at {first} and {index}"));
        }
    }
    let mut moments = Moments::of(log.len());
    let mut makers: Vec<Option<usize>> = vec![None; log.len()];
    for (by, operation) in history.iter().enumerate() {
        explain(by, operation, log, &places, &mut moments, &mut makers)
            .map_err(|why| format!("{why}: {operation:?}"))?;
    }
    for (index, event) in (0..).zip(log) {
        let Some(event) = event.as_ref().filter(|_| makers[index as usize].is_none()) else { continue };
        // Whoever sent it first of those that were told nothing leaves the most room.
        let sent = |o: &Operation| match &o.step {
            Step::Append { event: own, expected, told: Told::Nothing } => {
                own == event && expected.is_none_or(|e| e == index)
            }
            _ => false,
        };
        let first = history.iter().enumerate().filter(|(_, o)| sent(o)).min_by_key(|(_, o)| o.invoked);
        let Some((by, first)) = first else {
            return Err(format!("nobody appended entry {index}: {event:?}"));
        };
        moments.not_passed(index, first.invoked, by);
    }
    moments.exist(history)
}

/// Takes in what one operation tells.
fn explain(
    by: usize,
    operation: &Operation,
    log: &[Option<Event>],
    places: &HashMap<&str, u64>,
    moments: &mut Moments,
    makers: &mut [Option<usize>],
) -> Result<(), String> {
    match &operation.step {
        Step::Version(version) => moments.stood_at(*version, operation, by),
        Step::Entries { from, list, last } => {
            let end = from + list.len() as u64;
            if log.get(*from as usize..end as usize) != Some(list) {
                return Err("entries were told that are not in the log".into());
            }
            if *last {
                return moments.stood_at(end, operation, by);
            }
            moments.reached(end, operation.returned, by)
        }
        Step::Append { event, expected, told } => {
            let at = places.get(event.0.as_str()).copied();
            let same = at.and_then(|at| log[at as usize].as_ref()).is_some_and(|there| there == event);
            let held = match (told, at) {
                (Told::Nothing, _) => return Ok(()),
                (Told::Moved, _) => {
                    let expected = expected.ok_or("no version was expected")?;
                    return moments.reached(expected + 1, operation.returned, by);
                }
                (Told::New(index), Some(at)) if same && *index == at => {
                    if let Some(other) = makers[at as usize].replace(by) {
                        return Err(format!("operation {other} made this entry as well"));
                    }
                    moments.not_passed(at, operation.invoked, by);
                    if expected.is_some_and(|e| e != at) {
                        return Err("another version was expected".into());
                    }
                    return moments.reached(at + 1, operation.returned, by);
                }
                (Told::There(index), Some(at)) if same && *index == at => at + 1,
                (Told::Conflicting, Some(at)) if !same => at + 1,
                _ => return Err(format!("the log has something else: entry {at:?}")),
            };
            match expected {
                Some(expected) if *expected < held => Err("another version was expected".into()),
                Some(expected) => moments.stood_at(*expected, operation, by),
                None => moments.reached(held, operation.returned, by),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Draw;

    fn event(id: &str) -> Event {
        (id.to_string(), 0)
    }

    fn at(invoked: u64, returned: u64, step: Step) -> Operation {
        Operation { invoked, returned, step }
    }

    fn append(id: &str, told: Told) -> Step {
        Step::Append { event: event(id), expected: None, told }
    }

    fn log(ids: &[&str]) -> Vec<Option<Event>> {
        ids.iter().map(|id| Some(event(id))).collect()
    }

    #[test]
    fn a_good_history_is_accepted() {
        let other = Step::Append { event: ("a".into(), 1), expected: None, told: Told::Conflicting };
        let moved = Step::Append { event: event("d"), expected: Some(1), told: Told::Moved };
        let history = [
            at(0, 9, append("a", Told::New(0))),
            // They overlap: either order will do.
            at(1, 4, Step::Version(0)),
            at(2, 5, Step::Version(1)),
            at(10, 11, append("a", Told::There(0))),
            at(10, 12, other),
            // Nobody knows when it came.
            at(13, 14, append("b", Told::Nothing)),
            at(15, 16, Step::Version(1)),
            at(20, 21, Step::Version(2)),
            at(22, 23, moved),
            at(24, 25, append("never", Told::Nothing)),
            at(26, 27, Step::Entries { from: 0, list: log(&["a", "b"]), last: true }),
            at(28, 29, Step::Append { event: event("c"), expected: Some(2), told: Told::New(2) }),
        ];
        check(&history, &log(&["a", "b", "c"])).unwrap();
    }

    #[test]
    fn a_bad_history_is_refused() {
        let a = || at(0, 1, append("a", Told::New(0)));
        let b = || at(2, 3, append("b", Told::New(1)));
        let both = || log(&["a", "b"]);
        let refused = |what: &str, history: Vec<Operation>, log: Vec<Option<Event>>| {
            assert!(check(&history, &log).is_err(), "{what}");
        };
        refused("a stale read", vec![a(), b(), at(4, 5, Step::Version(1))], both());
        let stale = Step::Entries { from: 0, list: log(&["a"]), last: true };
        refused("a stale reading of entries", vec![a(), b(), at(4, 5, stale)], both());
        refused(
            "a read that goes back",
            vec![
                a(),
                at(2, 9, append("b", Told::New(1))),
                at(3, 4, Step::Version(2)),
                at(5, 6, Step::Version(1)),
            ],
            both(),
        );
        refused(
            "a read of what comes later",
            vec![a(), at(2, 3, Step::Version(2)), at(4, 5, append("b", Told::New(1)))],
            both(),
        );
        refused("a lost append", vec![a(), b()], log(&["a"]));
        refused("another one in its place", vec![a(), b()], log(&["b", "a"]));
        refused("a doubled one", vec![a(), at(2, 3, append("a", Told::Nothing))], log(&["a", "a"]));
        refused("one that was new twice", vec![a(), at(2, 3, append("a", Told::New(0)))], log(&["a"]));
        refused("two with one version", vec![a(), at(2, 3, append("b", Told::New(0)))], both());
        let expects = |id: &str, told| Step::Append { event: event(id), expected: Some(1), told };
        refused(
            "two that expected one version",
            vec![a(), at(2, 9, expects("b", Told::New(1))), at(2, 9, expects("c", Told::New(2)))],
            log(&["a", "b", "c"]),
        );
        refused(
            "an order that turns time round",
            vec![at(0, 1, append("b", Told::New(1))), at(2, 3, append("a", Told::New(0)))],
            both(),
        );
        refused("an entry by nobody", vec![a()], both());
        refused(
            "one that came before it was sent",
            vec![a(), at(2, 3, Step::Version(2)), at(4, 5, append("b", Told::Nothing))],
            both(),
        );
        refused("a conflict with nothing", vec![a(), at(2, 3, append("b", Told::Conflicting))], log(&["a"]));
        refused(
            "a conflict with what comes later",
            vec![
                at(0, 1, Step::Append { event: ("a".into(), 1), expected: None, told: Told::Conflicting }),
                at(2, 3, append("a", Told::New(0))),
            ],
            log(&["a"]),
        );
        refused(
            "a version that was not passed",
            vec![a(), at(2, 3, expects("b", Told::Moved)), at(4, 5, append("c", Told::New(1)))],
            log(&["a", "c"]),
        );
    }

    /// Tries every order.
    fn search(left: &[Operation], state: &mut Vec<Event>, log: &[Option<Event>]) -> bool {
        let open = |o: &Operation| matches!(o.step, Step::Append { told: Told::Nothing, .. });
        if left.iter().all(open) && state.iter().cloned().map(Some).eq(log.iter().cloned()) {
            return true;
        }
        let soonest = left.iter().filter(|o| !open(o)).map(|o| o.returned).min().unwrap_or(u64::MAX);
        (0..left.len()).filter(|i| left[*i].invoked <= soonest).any(|i| {
            let mut rest = left.to_vec();
            let operation = rest.remove(i);
            let length = state.len();
            let good = happens(&operation.step, state) && search(&rest, state, log);
            state.truncate(length);
            good
        })
    }

    /// The sequential log: whether a step can be told in a state, which it changes.
    fn happens(step: &Step, state: &mut Vec<Event>) -> bool {
        let version = state.len() as u64;
        match step {
            Step::Version(told) => *told == version,
            Step::Entries { from, list, last } => {
                let (from, end) = (*from as usize, *from as usize + list.len());
                let same = state
                    .get(from..end)
                    .is_some_and(|s| s.iter().cloned().map(Some).eq(list.iter().cloned()));
                same && (!*last || end == state.len())
            }
            Step::Append { event, expected, told } => {
                let right = expected.is_none_or(|e| e == version);
                let there = state.iter().position(|(id, _)| *id == event.0);
                let same = there.is_some_and(|i| state[i] == *event);
                match told {
                    Told::Moved => expected.is_some_and(|e| version > e),
                    Told::There(index) => right && same && there == Some(*index as usize),
                    Told::Conflicting => right && there.is_some() && !same,
                    Told::New(index) if *index != version => false,
                    Told::New(_) | Told::Nothing => {
                        let good = right && there.is_none();
                        state.push(event.clone());
                        good
                    }
                }
            }
        }
    }

    /// What a log would tell whoever does something at one moment.
    fn done(draw: &mut Draw, state: &mut Vec<Event>) -> Step {
        let version = state.len() as u64;
        if draw.below(3) == 0 {
            let from = draw.below(version + 1);
            let list: Vec<_> = state[from as usize..].iter().cloned().map(Some).collect();
            return if draw.below(2) == 0 {
                Step::Version(version)
            } else {
                Step::Entries { from, list, last: true }
            };
        }
        let event = (format!("e{}", draw.below(4)), draw.below(2));
        let expected = (draw.below(3) == 0).then(|| draw.below(version + 1));
        let there = state.iter().position(|(id, _)| *id == event.0);
        let told = match there {
            _ if expected.is_some_and(|e| e != version) => Told::Moved,
            Some(i) if state[i] == event => Told::There(i as u64),
            Some(_) => Told::Conflicting,
            None => {
                state.push(event.clone());
                Told::New(version)
            }
        };
        let told = if draw.below(5) == 0 { Told::Nothing } else { told };
        Step::Append { event, expected, told }
    }

    #[test]
    fn it_says_what_trying_every_order_says() {
        let (mut good, mut bad) = (0, 0);
        for seed in 0..4_000 {
            let mut draw = Draw(seed);
            let mut state = Vec::new();
            // Moments in a row, around which each operation lasts for a while: told truly, unless it is spoilt.
            let mut history: Vec<Operation> = (1..=6u64)
                .map(|i| {
                    let (before, after) = (draw.below(30), draw.below(30));
                    at((10 * i).saturating_sub(before), 10 * i + after, done(&mut draw, &mut state))
                })
                .collect();
            if draw.below(2) == 0 {
                let i = draw.below(6) as usize;
                let change = draw.below(3);
                let later = draw.below(40);
                match &mut history[i].step {
                    Step::Version(v) if change == 0 => *v = (*v + 1).saturating_sub(2 * (later % 2)),
                    Step::Append { told: Told::New(n) | Told::There(n), .. } if change == 0 => *n += 1,
                    _ if change == 1 => (history[i].invoked, history[i].returned) = (later, later + 5),
                    _ => drop(state.pop()),
                }
            }
            let log: Vec<_> = state.into_iter().map(Some).collect();
            let (said, found) = (check(&history, &log), search(&history, &mut Vec::new(), &log));
            assert_eq!(said.is_ok(), found, "seed {seed}: {said:?}\n{history:#?}\n{log:?}");
            if found { good += 1 } else { bad += 1 }
        }
        assert!(good > 1_000 && bad > 500, "{good} good, {bad} bad");
    }
}
