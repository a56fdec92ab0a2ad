//! Processes: states that admitted events and time move, one run for each key.
//! `docs/meaning.md`, "Processes".

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{ClauseId, ClauseName, Process, Trigger};
use servanda_quantity::Day;

use crate::eval::Val;
use crate::opens::Eval;
use crate::record::Datum;
use crate::world::{Env, Hand, Place, Point, World};

/// Where a run stands after a step.
#[derive(Debug, Clone)]
pub(crate) struct At {
    /// One past the record that moved it; records before the first stand at 0.
    pub after: usize,
    /// The day of entry.
    pub day: Day,
    pub state: u32,
    pub kept: BTreeMap<String, Val>,
}

/// What has been found out about one run: the steps so far, and how far the records have been heard.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    steps: Vec<At>,
    heard: usize,
}

impl<'a> World<'a> {
    fn process(&self, clause: ClauseName, name: &str, pt: Point) -> Option<(Place<'a>, usize)> {
        let place = self.place(clause, pt.text)?;
        let at = place.clause.processes.iter().position(|p| p.name == name)?;
        Some((place, at))
    }

    /// The state of a run at a point; `None` where the text has no such process.
    pub fn state(&self, clause: ClauseName, name: &str, key: Option<&str>, pt: Point) -> Eval<Option<u32>> {
        let Some((place, at)) = self.process(clause, name, pt) else { return Ok(None) };
        Ok(Some(self.run(place.id, &place.clause.processes[at], at, key, pt)?.state))
    }

    /// A figure that a run has kept.
    pub fn kept(
        &self,
        clause: ClauseName,
        name: &str,
        slot: &str,
        key: Option<&str>,
        pt: Point,
    ) -> Eval<Val> {
        let Some((place, at)) = self.process(clause, name, pt) else { return Ok(Val::Absent) };
        let run = self.run(place.id, &place.clause.processes[at], at, key, pt)?;
        Ok(run.kept.get(slot).cloned().unwrap_or(Val::Absent))
    }

    /// The key of the run that a record belongs to; `None` where the record has no such datum.
    pub fn record_key(&self, process: &Process, record: usize) -> Option<Option<String>> {
        let Some(key) = &process.key else { return Some(None) };
        let r = &self.records[record];
        let field = self.program.events[r.event.index()].fields.iter().position(|f| f.name == *key)?;
        match r.data.get(field)? {
            Some(Datum::Word(id)) => Some(Some(id.clone())),
            _ => None,
        }
    }

    /// Where a run stands at a point, timers up to `pt.day` included.
    pub fn run(&self, id: ClauseId, process: &Process, at: usize, key: Option<&str>, pt: Point) -> Eval<At> {
        let slot = (id, at, key.map(str::to_string));
        let start = || At { after: 0, day: Day(i32::MIN), state: 0, kept: BTreeMap::new() };
        let mut run = self.fold.runs.borrow().get(&slot).cloned().unwrap_or_default();
        if run.heard < pt.cut {
            let events: BTreeSet<_> = process
                .steps
                .iter()
                .filter_map(|s| match &s.trigger {
                    Trigger::On(pattern) => Some(pattern.event),
                    Trigger::After(..) => None,
                })
                .collect();
            let mut positions: Vec<usize> = Vec::new();
            for event in events {
                let all = &self.fold.by_event[event.index()];
                let from = all.partition_point(|&r| r < run.heard);
                positions.extend(all[from..].iter().copied().take_while(|&r| r < pt.cut));
            }
            positions.sort_unstable();
            for record in positions {
                if self.record_key(process, record) != Some(key.map(str::to_string)) {
                    continue;
                }
                let mut now = run.steps.last().cloned().unwrap_or_else(start);
                let day = self.records[record].time.day;
                self.timers(process, &mut now, day, &mut |at| run.steps.push(at.clone()))?;
                if self.nested(|| self.admitted(record))?
                    && let Some(next) = self.moved_by((id, process, key), &now, record, pt)?
                {
                    run.steps.push(next);
                }
                run.heard = record + 1;
                self.remember(&slot, &run);
            }
            run.heard = pt.cut;
            self.remember(&slot, &run);
        }
        let mut now = run
            .steps
            .iter()
            .rev()
            .find(|s| s.after <= pt.cut && s.day <= pt.day)
            .cloned()
            .unwrap_or_else(start);
        self.timers(process, &mut now, pt.day, &mut |_| {})?;
        Ok(now)
    }

    /// Keeps what has been heard, unless more has been heard meanwhile.
    fn remember(&self, slot: &(ClauseId, usize, Option<String>), run: &Runs) {
        let mut runs = self.fold.runs.borrow_mut();
        match runs.get(slot) {
            Some(known) if known.heard >= run.heard => {}
            _ => {
                runs.insert(slot.clone(), run.clone());
            }
        }
    }

    /// The first step that a record moves a run by, from where it stands.
    pub fn moved_by(
        &self,
        (id, process, key): (ClauseId, &Process, Option<&str>),
        now: &At,
        record: usize,
        pt: Point,
    ) -> Eval<Option<At>> {
        let day = self.records[record].time.day;
        let there = Point::new(day, record.min(pt.cut), pt.text);
        let env = Env { key, ..Env::of(self.program.clause(id).name) };
        for step in &process.steps {
            let Trigger::On(pattern) = &step.trigger else { continue };
            if !step.from.contains(&now.state) || !self.matches(pattern, record, there, env)? {
                continue;
            }
            let mut kept = now.kept.clone();
            let hand = Hand { record, outer: None };
            for (slot, expr) in &step.keeps {
                kept.insert(slot.clone(), self.expr(expr, there, Env { hand: Some(&hand), ..env })?);
            }
            return Ok(Some(At { after: record + 1, day, state: step.to, kept }));
        }
        Ok(None)
    }

    /// Moves a run by its timers, up to and with a day.
    fn timers(&self, process: &Process, now: &mut At, day: Day, moved: &mut dyn FnMut(&At)) -> Eval<()> {
        // Each timer moves to another state; a ring of timers passes at least a day in each.
        while let Some(due) = self.timer(process, now)? {
            if due.0 > day {
                break;
            }
            now.day = due.0;
            now.state = due.1;
            moved(now);
        }
        Ok(())
    }

    /// The next step of time from where a run stands: its day and the state.
    pub fn timer(&self, process: &Process, now: &At) -> Eval<Option<(Day, u32)>> {
        let mut first = None;
        if now.day == Day(i32::MIN) {
            return Ok(None);
        }
        for step in process.steps.iter().filter(|s| s.from.contains(&now.state)) {
            if let Trigger::After(duration, calendar) = &step.trigger {
                let day = self.shift(now.day, false, duration, *calendar)?.next();
                first = first.into_iter().chain([(day, step.to)]).min();
            }
        }
        Ok(first)
    }

    /// All keys that records give runs of a process, and the run without a key.
    pub fn keys(&self, process: &Process, cut: usize) -> BTreeSet<Option<String>> {
        let mut keys = BTreeSet::new();
        if process.key.is_none() {
            keys.insert(None);
            return keys;
        }
        for record in 0..cut {
            let event = self.records[record].event;
            let heard =
                process.steps.iter().any(|s| matches!(&s.trigger, Trigger::On(p) if p.event == event));
            if heard {
                keys.extend(self.record_key(process, record));
            }
        }
        keys
    }

    /// The first day on which a run of any key enters a state, its steps of time to come included.
    pub fn entry(&self, clause: ClauseName, name: &str, state: u32, pt: Point) -> Eval<Option<Day>> {
        let Some((place, at)) = self.process(clause, name, pt) else { return Ok(None) };
        let process = &place.clause.processes[at];
        let mut first: Option<Day> = None;
        for key in self.keys(process, pt.cut) {
            let mut now = self.run(place.id, process, at, key.as_deref(), pt)?;
            let slot = (place.id, at, key.clone());
            let mut days: Vec<Day> = Vec::new();
            if let Some(run) = self.fold.runs.borrow().get(&slot) {
                days.extend(
                    run.steps.iter().filter(|s| s.after <= pt.cut && s.state == state).map(|s| s.day),
                );
            }
            if now.state == state {
                days.push(now.day);
            }
            for _ in 0..process.states.len() {
                let Some((day, to)) = self.timer(process, &now)? else { break };
                now.day = day;
                now.state = to;
                if to == state {
                    days.push(day);
                }
            }
            first = first.into_iter().chain(days).min();
        }
        Ok(first)
    }
}
