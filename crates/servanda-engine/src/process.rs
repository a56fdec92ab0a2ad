//! Processes: states that admitted events and time move, one run for each key.
//! `docs/meaning.md`, "Processes".

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{ClauseId, ClauseName, EventId, Process, Step, Trigger};
use servanda_quantity::Day;

use crate::facts::{At, key_field, merged};
use crate::opens::Eval;
use crate::record::Datum;
use crate::value::Val;
use crate::world::{Env, Hand, Place, Point, World};

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
        if process.key.is_none() {
            return Some(None);
        }
        let r = &self.records[record];
        let field = key_field(self.program, process, r.event)?;
        match r.data.get(field)? {
            Some(Datum::Word(id)) => Some(Some(id.clone())),
            _ => None,
        }
    }

    /// The records that a run can hear, by event type.
    fn of_run(&self, process: &Process, key: Option<&str>) -> Vec<&[usize]> {
        let places = &self.fold.places;
        let of = |event: EventId| match key {
            None if process.key.is_none() => self.fold.of(event),
            Some(key) => {
                let field = key_field(self.program, process, event);
                let runs = field.and_then(|field| places.by_key.get(&(event, field)));
                runs.and_then(|runs| runs.get(key)).map_or(&[][..], |list| list)
            }
            None => &[],
        };
        let events: BTreeSet<_> = process.steps.iter().filter_map(Step::event).collect();
        events.into_iter().map(of).collect()
    }

    /// Where a run stands at a point, timers up to `pt.day` included.
    pub fn run(&self, id: ClauseId, process: &Process, at: usize, key: Option<&str>, pt: Point) -> Eval<At> {
        let slot = (pt.text, id, at, key.map(str::to_string));
        let start = || At { after: 0, by: 0, day: Day(i32::MIN), state: 0, kept: BTreeMap::new() };
        let of_run = self.of_run(process, key);
        loop {
            let (heard, last) = self.fold.heard(&slot, self.own());
            let next = merged(of_run.iter().copied(), (heard, pt.cut)).next();
            let Some(record) = next else { break };
            let mut now = last.unwrap_or_else(start);
            let mut steps = Vec::new();
            let day = self.records[record].time.day;
            self.timers(process, &mut now, day, &mut |at| steps.push(at.clone()))?;
            if self.nested(|| self.admitted(record))?
                && let Some(next) = self.moved_by((id, process, key), &now, record, pt)?
            {
                steps.push(next);
            }
            self.fold.keep_steps(&slot, (heard, record), steps, self.is_free());
        }
        let so = |s: &At| s.after <= pt.cut && s.day <= pt.day;
        let mut now = self.fold.step_where(&slot, self.own(), so).unwrap_or_else(start);
        self.timers(process, &mut now, pt.day, &mut |_| {})?;
        Ok(now)
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
            return Ok(Some(At { after: record + 1, by: record, day, state: step.to, kept }));
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
        if process.key.is_none() {
            return [None].into();
        }
        let mut keys = BTreeSet::new();
        for event in process.steps.iter().filter_map(Step::event) {
            let field = key_field(self.program, process, event);
            let runs = field.and_then(|field| self.fold.places.by_key.get(&(event, field)));
            let begun =
                |(key, list): (&String, &Vec<usize>)| (*list.first()? < cut).then(|| Some(key.clone()));
            keys.extend(runs.into_iter().flatten().filter_map(begun));
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
            let slot = (pt.text, place.id, at, key.clone());
            let entered = |s: &&At| s.after <= pt.cut && s.state == state;
            // Steps are in the order of their days.
            let entered = self.fold.with_steps(&slot, self.own(), |base, more| {
                base.iter().chain(more).find(entered).map(|s| s.day)
            });
            let mut days: Vec<Day> = entered.into_iter().collect();
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
