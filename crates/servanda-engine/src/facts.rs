//! What has been found out about a history, so that it need not be found out again.
//!
//! Facts about a record rest on the records before it alone, and what is found without any assumption holds under every
//! assumption (`docs/meaning.md`, "Folding"). So all questions over one log share the [`Facts`] that were found without
//! one; what a question finds under its assumptions, or about records of its own, stays in its [`Fold`].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use servanda_program::{ClauseId, Cond, EventId, FieldId, PartyId, Process, Program, Step, VersionId};
use servanda_quantity::{Day, Figure, Number, Unit};

use crate::record::{Datum, Record};
use crate::value::Val;
use crate::words::Words;

/// Which run of a process: the text that is read, the wording, the process in it, the key.
pub(crate) type RunKey = (Option<VersionId>, ClauseId, usize, Option<String>);

/// Which effect: the text, the wording, the effect in it.
pub(crate) type EffectKey = (VersionId, ClauseId, usize);

/// Whether a record counts, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Admitted,
    Refused(Rc<Words>),
}

/// Where a run stands after a step.
#[derive(Debug, Clone)]
pub(crate) struct At {
    /// One past the record that moved it; records before the first stand at 0.
    pub after: usize,
    /// The record by whose hearing this was found out.
    pub by: usize,
    /// The day of entry.
    pub day: Day,
    pub state: u32,
    pub kept: BTreeMap<String, Val>,
}

/// What has been found out about one run: its steps after those that are shared, and how far the records have been heard.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    /// How many steps others have found that this one goes on from.
    pub base: usize,
    pub steps: Vec<At>,
    pub heard: usize,
}

impl Runs {
    /// The last step of its own.
    pub fn last(&self) -> Option<&At> {
        self.steps.last()
    }

    /// Takes in what a record brought.
    pub fn hear(&mut self, record: usize, steps: Vec<At>) {
        self.steps.extend(steps.into_iter().map(|step| At { by: record, ..step }));
        self.heard = record + 1;
    }

    /// How many steps were found by hearing the records before one.
    pub fn known(&self, before: usize) -> usize {
        self.steps.partition_point(|step| step.by < before)
    }

    /// Forgets what was found by hearing the records from one on.
    pub fn forget(&mut self, from: usize) {
        self.steps.truncate(self.known(from));
        self.heard = self.heard.min(from);
    }
}

/// Running totals of the aggregates that count the same.
#[derive(Debug)]
pub(crate) struct Totals {
    pub filter: Cond,
    /// Records before this one have been looked at.
    pub upto: usize,
    /// The records that count, for certain.
    pub counted: Vec<usize>,
    /// The sum of the figures of the first one, two, three … of them. Empty where nothing is summed.
    pub sums: Vec<Number>,
    /// The unit of all these figures.
    pub unit: Option<Unit>,
    /// The records that have to be looked at each time.
    pub apart: Vec<usize>,
}

impl Totals {
    pub fn of(filter: &Cond) -> Totals {
        let (counted, sums, apart) = Default::default();
        Totals { filter: filter.clone(), upto: 0, counted, sums, unit: None, apart }
    }

    /// Forgets everything about the records from one on.
    pub fn forget(&mut self, from: usize) {
        self.upto = self.upto.min(from);
        self.counted.truncate(self.counted.partition_point(|&r| r < from));
        self.sums.truncate(self.counted.len());
        self.apart.truncate(self.apart.partition_point(|&r| r < from));
        if self.counted.is_empty() {
            self.unit = None;
        }
    }

    /// Adds a record that counts, with its figure where figures are summed. `None` where it does not fit to the others.
    pub fn add(&mut self, record: usize, figure: Option<&Figure>) -> Option<()> {
        if let Some(figure) = figure {
            if *self.unit.get_or_insert_with(|| figure.unit.clone()) != figure.unit {
                return None;
            }
            let sum = match self.sums.last() {
                Some(sum) => sum.add(&figure.number).ok()?,
                None => figure.number.clone(),
            };
            self.sums.push(sum);
        }
        self.counted.push(record);
        Some(())
    }
}

/// Running totals by what they are of.
pub(crate) type AllTotals = HashMap<(EventId, Option<PartyId>, Option<FieldId>), Vec<Totals>>;

/// The records of one kind about which something has been decided, in their order.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// Records before this one have been looked at.
    pub upto: usize,
    /// Those of which it is so.
    pub hits: Vec<usize>,
    /// Those of which it cannot be said without an assumption.
    pub open: Vec<usize>,
}

impl Heard {
    /// The first record from one on of which it is so, or may be; and whether it surely is.
    pub fn next(&self, from: usize) -> Option<(usize, bool)> {
        let after = |list: &[usize]| list.get(list.partition_point(|&r| r < from)).copied();
        let hit = after(&self.hits).map(|r| (r, true));
        hit.into_iter().chain(after(&self.open).map(|r| (r, false))).min()
    }

    fn forget(&mut self, from: usize) {
        self.upto = self.upto.min(from);
        self.hits.retain(|&r| r < from);
        self.open.retain(|&r| r < from);
    }
}

/// Where the records of a sorted history are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// By event type, ascending.
    pub by_event: Vec<Vec<usize>>,
    /// The days on which something is recorded, ascending.
    pub days: Vec<Day>,
    /// By event type, field and what stands there: for the fields that tell which run of a process a record moves.
    pub by_key: HashMap<(EventId, usize), HashMap<String, Vec<usize>>>,
}

impl Places {
    pub fn of(program: &Program, records: &[Rc<Record>]) -> Places {
        let mut by_key = HashMap::new();
        for process in program.clauses.iter().flat_map(|c| &c.processes) {
            for event in process.steps.iter().filter_map(Step::event) {
                by_key
                    .extend(key_field(program, process, event).map(|field| ((event, field), HashMap::new())));
            }
        }
        let by_event = vec![Vec::new(); program.events.len()];
        let mut places = Places { by_event, days: Vec::new(), by_key };
        places.extend(0, records);
        places
    }

    /// Takes in the records from one on; what was known of them is forgotten.
    pub fn extend(&mut self, from: usize, records: &[Rc<Record>]) {
        for list in &mut self.by_event {
            list.truncate(list.partition_point(|&r| r < from));
        }
        for runs in self.by_key.values_mut() {
            runs.retain(|_, list| {
                list.truncate(list.partition_point(|&r| r < from));
                !list.is_empty()
            });
        }
        let last = from.checked_sub(1).map(|r| records[r].time.day);
        self.days.truncate(self.days.partition_point(|&d| last.is_some_and(|l| d <= l)));
        for (at, record) in records.iter().enumerate().skip(from) {
            self.by_event[record.event.index()].push(at);
            if self.days.last() != Some(&record.time.day) {
                self.days.push(record.time.day);
            }
            for (&(event, field), runs) in &mut self.by_key {
                if event == record.event
                    && let Some(Some(Datum::Word(key))) = record.data.get(field)
                {
                    runs.entry(key.clone()).or_default().push(at);
                }
            }
        }
    }
}

/// Whether the sum of a field can fall with some record.
#[derive(Debug, Default)]
pub(crate) struct Falls {
    /// How many records of the event were looked at.
    pub seen: usize,
    pub so: bool,
}

/// What was found without any assumption.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// By record; `None` where it is not known, or not without an assumption.
    verdicts: RefCell<Vec<Option<Verdict>>>,
    /// The records that do not plainly count.
    doubtful: RefCell<BTreeSet<usize>>,
    runs: RefCell<HashMap<RunKey, Runs>>,
    /// The records that set off an effect.
    pub hits: RefCell<HashMap<EffectKey, Heard>>,
    /// Running totals.
    pub totals: RefCell<AllTotals>,
    /// Whether sums of a field can fall.
    pub falls: RefCell<HashMap<(EventId, FieldId), Falls>>,
}

impl Facts {
    /// Keeps that nobody can say without an assumption whether a record counts.
    pub fn doubt(&self, record: usize) {
        self.doubtful.borrow_mut().insert(record);
    }

    /// Forgets everything about the records from one on.
    pub fn forget(&self, from: usize) {
        self.verdicts.borrow_mut().truncate(from);
        drop(self.doubtful.borrow_mut().split_off(&from));
        self.runs.borrow_mut().values_mut().for_each(|run| run.forget(from));
        self.hits.borrow_mut().values_mut().for_each(|heard| heard.forget(from));
        self.totals.borrow_mut().values_mut().flatten().for_each(|totals| totals.forget(from));
        self.falls.borrow_mut().clear();
    }
}

/// What a question knows: the facts that all share, and its own.
#[derive(Debug, Clone)]
pub(crate) struct Fold {
    pub places: Rc<Places>,
    pub facts: Rc<Facts>,
    /// The shared facts hold for the records before this one.
    pub shared: usize,
    verdicts: RefCell<HashMap<usize, Verdict>>,
    runs: RefCell<HashMap<RunKey, Runs>>,
    hits: RefCell<HashMap<(EffectKey, usize), bool>>,
}

impl Fold {
    pub fn new(places: Rc<Places>, facts: Rc<Facts>, shared: usize) -> Fold {
        let (verdicts, runs, hits) = Default::default();
        Fold { places, facts, shared, verdicts, runs, hits }
    }

    /// The records of an event type, ascending.
    pub fn of(&self, event: EventId) -> &[usize] {
        &self.places.by_event[event.index()]
    }

    /// The records of some event types before a record and from another on, ascending.
    pub fn among(
        &self,
        events: impl IntoIterator<Item = EventId>,
        (from, until): (usize, usize),
    ) -> impl Iterator<Item = usize> {
        merged(events.into_iter().map(|event| self.of(event)), (from, until))
    }

    /// What is known of a record's standing. With `own`, what was found under the question's assumptions counts too.
    pub fn verdict(&self, record: usize, own: bool) -> Option<Verdict> {
        if record < self.shared
            && let Some(Some(known)) = self.facts.verdicts.borrow().get(record)
        {
            return Some(known.clone());
        }
        if own { self.verdicts.borrow().get(&record).cloned() } else { None }
    }

    /// The records before one that may not count, ascending. All that is shared has been judged.
    pub fn doubtful(&self, before: usize) -> Vec<usize> {
        let shared = self.shared.min(before);
        let known = self.facts.doubtful.borrow();
        known.range(..shared).copied().chain(shared..before).collect()
    }

    /// Keeps a record's standing: for all, where it was found `freely`.
    pub fn keep_verdict(&self, record: usize, verdict: &Verdict, freely: bool) {
        if freely && record < self.shared {
            let mut verdicts = self.facts.verdicts.borrow_mut();
            if verdicts.len() <= record {
                verdicts.resize(record + 1, None);
            }
            verdicts[record] = Some(verdict.clone());
            if *verdict != Verdict::Admitted {
                self.facts.doubt(record);
            }
        } else {
            self.verdicts.borrow_mut().insert(record, verdict.clone());
        }
    }

    /// Up to where a run has been heard, and where it stands then.
    pub fn heard(&self, key: &RunKey, own: bool) -> (usize, Option<At>) {
        if own && let Some(run) = self.runs.borrow().get(key) {
            return (run.heard, run.last().cloned().or_else(|| self.shared_step(key, run.base)));
        }
        match self.facts.runs.borrow().get(key) {
            Some(run) => {
                let known = run.known(self.shared);
                (run.heard.min(self.shared), known.checked_sub(1).map(|i| run.steps[i].clone()))
            }
            None => (0, None),
        }
    }

    fn shared_step(&self, key: &RunKey, len: usize) -> Option<At> {
        self.facts.runs.borrow().get(key)?.steps.get(len.checked_sub(1)?).cloned()
    }

    /// Where a run stood last among the steps of which something is so that is so of all steps up to some.
    pub fn step_where(&self, key: &RunKey, own: bool, so: impl Fn(&At) -> bool) -> Option<At> {
        self.with_steps(key, own, |base, more| {
            more.partition_point(&so)
                .checked_sub(1)
                .map(|i| more[i].clone())
                .or_else(|| base.partition_point(&so).checked_sub(1).map(|i| base[i].clone()))
        })
    }

    /// Does something with the steps of a run, those that all share and those after them.
    pub fn with_steps<T>(&self, key: &RunKey, own: bool, work: impl FnOnce(&[At], &[At]) -> T) -> T {
        let (facts, runs) = (self.facts.runs.borrow(), self.runs.borrow());
        let shared = facts.get(key).map_or(&[][..], |run| &run.steps);
        match runs.get(key).filter(|_| own) {
            Some(run) => work(&shared[..run.base.min(shared.len())], &run.steps),
            None => {
                let known = facts.get(key).map_or(0, |run| run.known(self.shared));
                work(&shared[..known], &[])
            }
        }
    }

    /// Adds the steps that the next record brought a run, unless more has been heard meanwhile.
    pub fn keep_steps(&self, key: &RunKey, (from, record): (usize, usize), steps: Vec<At>, freely: bool) {
        let mut runs = self.runs.borrow_mut();
        let mut facts = self.facts.runs.borrow_mut();
        if freely && record < self.shared {
            let run = facts.entry(key.clone()).or_default();
            if run.heard == from {
                run.hear(record, steps);
            }
            return;
        }
        let run = runs.entry(key.clone()).or_insert_with(|| {
            let (base, heard) =
                facts.get(key).map_or((0, 0), |run| (run.known(self.shared), run.heard.min(self.shared)));
            Runs { base, heard, ..Runs::default() }
        });
        if run.heard == from {
            run.hear(record, steps);
        }
    }

    /// Whether a record sets off an effect, where that was found out under the question's assumptions, and those count.
    pub fn hit(&self, effect: EffectKey, record: usize, own: bool) -> Option<bool> {
        if own { self.hits.borrow().get(&(effect, record)).copied() } else { None }
    }

    /// Keeps whether a record sets off an effect, under the question's assumptions.
    pub fn keep_hit(&self, effect: EffectKey, record: usize, hit: bool, own: bool) {
        if own {
            self.hits.borrow_mut().insert((effect, record), hit);
        }
    }
}

/// Records of some ascending lists before a record and from another on, ascending.
pub(crate) fn merged<'l>(
    lists: impl IntoIterator<Item = &'l [usize]>,
    (from, until): (usize, usize),
) -> impl Iterator<Item = usize> {
    let part = |all: &'l [usize]| {
        let first = all.partition_point(|&r| r < from);
        &all[first..all.partition_point(|&r| r < until).max(first)]
    };
    let mut parts: Vec<&[usize]> = lists.into_iter().map(part).collect();
    std::iter::from_fn(move || {
        let least = parts.iter_mut().filter(|p| !p.is_empty()).min_by_key(|p| p[0])?;
        let (&first, rest) = least.split_first()?;
        *least = rest;
        Some(first)
    })
}

/// The field of an event type that tells which run of a process a record moves; `None` where there is none.
pub(crate) fn key_field(program: &Program, process: &Process, event: EventId) -> Option<usize> {
    let key = process.key.as_ref()?;
    program.events[event.index()].fields.iter().position(|f| f.name == *key)
}
