//! Derivations: the steps behind an outcome, in the contract's words.

use std::collections::BTreeSet;

use servanda_program::{ClauseName, Cond, Ending, EventId, Moment};

use crate::answer::{Because, Role, Step};
use crate::opens::Eval;
use crate::term::{Cause, End};
use crate::world::{Env, Place, Point, Verdict, World};

impl<'a> World<'a> {
    pub fn step(&self, text: String, records: Vec<usize>) -> Step {
        Step { text, records: records.into_iter().map(|r| self.record_text(r)).collect(), steps: Vec::new() }
    }

    /// Adds a reason, or its steps to the same reason.
    pub fn reason(&self, because: &mut Vec<Because>, place: &Place<'a>, role: Role, steps: Vec<Step>) {
        let version = place.version();
        let same =
            |b: &&mut Because| b.clause == Some(place.clause.name) && b.version == version && b.role == role;
        if let Some(known) = because.iter_mut().find(same) {
            for step in steps {
                if !known.steps.contains(&step) {
                    known.steps.push(step);
                }
            }
            return;
        }
        because.push(Because {
            clause: Some(place.clause.name),
            fact: None,
            version,
            role,
            cites: place.clause.grounds.cites.clone(),
            steps,
        });
    }

    /// Adds the clause that moved the term of another.
    pub fn moved(&self, because: &mut Vec<Because>, mover: ClauseName, pt: Point) {
        let place = self
            .place(mover, pt.text)
            .or_else(|| self.chain.iter().rev().find_map(|&v| self.place(mover, Some(v))));
        if let Some(place) = place {
            self.reason(because, &place, Role::Moves, Vec::new());
        }
    }

    /// How a clause's term stands at a point: what began, rests and ended it, and what has not come yet.
    pub fn term_steps(&self, place: &Place<'a>, pt: Point, movers: &mut Vec<ClauseName>) -> Eval<Vec<Step>> {
        let mut steps = Vec::new();
        let start = self.start(place, pt)?;
        match (start, place.standing) {
            (Some(day), Some((standing, _))) => {
                let by = &self.program.versions[standing.birth.index()].name;
                let verb = if day <= pt.day { "it holds from" } else { "it begins on" };
                steps.push(self.step(format!("{verb} {day}, by {by}"), Vec::new()));
            }
            (Some(day), None) => {
                let verb = if day <= pt.day { "it binds from" } else { "it begins on" };
                steps.push(self.step(format!("{verb} {day}, as law"), Vec::new()));
            }
            (None, _) => steps.push(self.step("it has not begun".to_string(), Vec::new())),
        }
        if let Some(why) = self.rests(place, pt)? {
            steps.push(self.step(format!("it rests on {}: {why}", pt.day), Vec::new()));
        }
        let end = self.end(place, pt)?;
        steps.extend(self.end_steps(&end, place, pt, movers)?);
        Ok(steps)
    }

    fn end_steps(
        &self,
        end: &End,
        place: &Place<'a>,
        pt: Point,
        movers: &mut Vec<ClauseName>,
    ) -> Eval<Vec<Step>> {
        let mut steps = Vec::new();
        if let (Some(day), Some(cause)) = (end.day, &end.cause) {
            let verb = if day <= pt.day { "it ended on" } else { "it ends on" };
            match cause {
                Cause::Term(record) => {
                    let until = self.program.describe_moment(&place.clause.until);
                    steps.push(
                        self.step(format!("{verb} {day}: until {until}"), record.iter().copied().collect()),
                    );
                }
                Cause::Effect(by, _, record) => {
                    movers.push(*by);
                    steps.push(self.step(
                        format!("{verb} {day}, by {}", self.clause_text(*by)),
                        record.iter().copied().collect(),
                    ));
                }
                Cause::Instrument(version, how) => {
                    let how = match how {
                        Ending::Waived => "waived",
                        Ending::Terminated => "terminated",
                    };
                    let by = &self.program.versions[version.index()].name;
                    steps.push(self.step(format!("{verb} {day}: {how} by {by}"), Vec::new()));
                }
            }
        }
        if end.day.is_none_or(|d| d > pt.day) {
            if !matches!(place.clause.until, Moment::Never | Moment::Day(_)) {
                let until = self.program.describe_moment(&place.clause.until);
                steps.push(self.step(format!("it holds until {until}"), Vec::new()));
            }
            let ahead = self.can_end(place, pt)?;
            movers.extend(ahead.movers);
            for event in ahead.events {
                steps.push(self.pending_step(event, pt)?);
            }
        }
        Ok(steps)
    }

    /// Why an event that would end a clause has not come: who could bring it about, how the processes that
    /// it takes part in stand, and which records of it did not count.
    fn pending_step(&self, event: EventId, pt: Point) -> Eval<Step> {
        let name = self.event_text(event);
        let mut step = self.step(format!("{name} has not come about by {}", pt.day), Vec::new());
        let mut told: BTreeSet<String> = BTreeSet::new();
        for action in self.program.bringers(event) {
            for place in self.places(pt.text) {
                for power in place.clause.powers.iter().filter(|p| p.action == action) {
                    let who = power.parties.iter().map(|&p| self.party(p)).collect::<Vec<_>>().join(" or ");
                    let when = match &power.when {
                        Cond::Constant(true) => String::new(),
                        when => format!(" when {}", self.program.describe_cond(when, None)),
                    };
                    let action = &self.program.actions[action.index()].name;
                    let by = self.clause_text(place.clause.name);
                    let text = format!("only {who} can {action}{when} ({by})");
                    if told.insert(text.clone()) {
                        step.steps.push(self.step(text, Vec::new()));
                        step.steps.extend(self.process_steps(&power.when, pt, Env::default())?);
                    }
                }
            }
        }
        for &record in &self.fold.by_event[event.index()] {
            if record >= pt.cut {
                break;
            }
            if let Verdict::Refused(why) = self.verdict(record)? {
                step.steps.push(self.step(format!("without effect: {why}"), vec![record]));
            }
        }
        Ok(step)
    }

    /// How the processes that a condition looks at stand.
    pub fn process_steps(&self, cond: &Cond, pt: Point, env: Env) -> Eval<Vec<Step>> {
        let mut steps = Vec::new();
        match cond {
            Cond::All(list) | Cond::Any(list) => {
                for c in list {
                    steps.extend(self.process_steps(c, pt, env)?);
                }
            }
            Cond::Not(c) => steps.extend(self.process_steps(c, pt, env)?),
            Cond::InState(clause, process, key, _) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    return Ok(vec![self.step(format!("{process}: the act runs on none"), Vec::new())]);
                }
                if let Some(place) = self.place(*clause, pt.text)
                    && let Some(at) = place.clause.processes.iter().position(|p| p.name == *process)
                {
                    let p = &place.clause.processes[at];
                    let run = self.run(place.id, p, at, key.as_deref(), pt)?;
                    let of = key.as_ref().map(|k| format!(" of {k}")).unwrap_or_default();
                    let state = &p.states[run.state as usize].name;
                    let since = if run.after == 0 && run.day.0 == i32::MIN {
                        String::new()
                    } else {
                        format!(" since {}", run.day)
                    };
                    let record = run.after.checked_sub(1).filter(|&r| self.records[r].time.day == run.day);
                    steps.push(
                        self.step(format!("{process}{of} is {state}{since}"), record.into_iter().collect()),
                    );
                }
            }
            Cond::Defined(clause, name, key) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    return Ok(vec![self.step(format!("{name}: the act runs on none"), Vec::new())]);
                }
                if let Some(place) = self.place(*clause, pt.text)
                    && let Some(define) = place.clause.defines.iter().find(|d| d.name == *name)
                {
                    let inner = Env { key: key.as_deref(), clause: Some(*clause), ..env };
                    let mut inner_steps = self.process_steps(&define.cond, pt, inner)?;
                    inner_steps.dedup();
                    steps.extend(inner_steps);
                }
            }
            _ => {}
        }
        steps.dedup();
        Ok(steps)
    }

    /// The acts before a point that had no effect, as notes.
    pub fn without_effect(&self, pt: Point) -> Eval<Vec<String>> {
        const SHOWN: usize = 20;
        let mut notes = Vec::new();
        for record in 0..pt.cut {
            // A question that is open about the record itself is told where it matters.
            if let Ok(Verdict::Refused(why)) = self.verdict(record) {
                if notes.len() == SHOWN {
                    notes.push("further acts had no effect".to_string());
                    break;
                }
                notes.push(format!("{} had no effect: {why}", self.record_text(record)));
            }
        }
        Ok(notes)
    }
}
