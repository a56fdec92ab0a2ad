//! Derivations: the steps behind an outcome, in the contract's words.

use std::collections::BTreeSet;

use servanda_program::{ClauseName, Cond, Ending, EventId, Moment};

use crate::ahead::Ahead;
use crate::answer::{Because, Role, Step};
use crate::facts::Verdict;
use crate::opens::{Eval, Stop};
use crate::term::{Cause, End};
use crate::words::{Part, Phrase, Words};
use crate::world::{Env, Place, Point, World};

impl<'a> World<'a> {
    pub fn step(&self, text: Words, records: Vec<usize>) -> Step {
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
    /// What cannot be told of it takes no answer away that stands without it.
    pub fn term_steps(&self, place: &Place<'a>, pt: Point, movers: &mut Vec<ClauseName>) -> Eval<Vec<Step>> {
        let mut steps = Vec::new();
        match self.tell_term(place, pt, &mut steps, movers) {
            Ok(()) | Err(Stop::Fail(_)) => Ok(steps),
            Err(stop) => Err(stop),
        }
    }

    fn tell_term(
        &self,
        place: &Place<'a>,
        pt: Point,
        steps: &mut Vec<Step>,
        movers: &mut Vec<ClauseName>,
    ) -> Eval<()> {
        let start = self.start(place, pt)?;
        match (start, place.standing) {
            (Some(day), Some((standing, _))) => {
                let by = &self.program.versions[standing.birth.index()].name;
                let (verb, message) = if day <= pt.day {
                    ("it holds from", "step-holds-from")
                } else {
                    ("it begins on", "step-begins")
                };
                let with = [("day", Part::Day(day)), ("version", Part::name(by))];
                let text = Words::new(format!("{verb} {day}, by {by}"), message, with);
                steps.push(self.step(text, Vec::new()));
            }
            (Some(day), None) => {
                let (verb, message) = if day <= pt.day {
                    ("it binds from", "step-binds-from-law")
                } else {
                    ("it begins on", "step-begins-law")
                };
                let text = Words::new(format!("{verb} {day}, as law"), message, [("day", Part::Day(day))]);
                steps.push(self.step(text, Vec::new()));
            }
            (None, _) => {
                steps.push(self.step(Words::new("it has not begun", "step-not-begun", []), Vec::new()));
            }
        }
        if let Some(why) = self.rests(place, pt)? {
            let with = [("day", Part::Day(pt.day)), ("why", why.part())];
            let text = Words::new(format!("it rests on {}: {why}", pt.day), "step-rests", with);
            steps.push(self.step(text, Vec::new()));
        }
        let end = self.end(place, pt)?;
        self.tell_end(&end, place, pt, steps, movers)
    }

    fn tell_end(
        &self,
        end: &End,
        place: &Place<'a>,
        pt: Point,
        steps: &mut Vec<Step>,
        movers: &mut Vec<ClauseName>,
    ) -> Eval<()> {
        if let (Some(day), Some(cause)) = (end.day, &end.cause) {
            let ended = day <= pt.day;
            let verb = if ended { "it ended on" } else { "it ends on" };
            let either = |past, future| if ended { past } else { future };
            let on = ("day", Part::Day(day));
            match cause {
                Cause::Term(record) => {
                    let until = self.program.describe_moment(&place.clause.until);
                    let text = Words::new(
                        format!("{verb} {day}: until {until}"),
                        either("step-ended-term", "step-ends-term"),
                        [on, ("moment", Part::Of(place.id, Phrase::Until))],
                    );
                    steps.push(self.step(text, record.iter().copied().collect()));
                }
                Cause::Effect(by, _, record) => {
                    movers.push(*by);
                    let by = self.clause_text(*by);
                    let text = Words::new(
                        format!("{verb} {day}, by {by}"),
                        either("step-ended-by", "step-ends-by"),
                        [on, ("clause", Part::name(by))],
                    );
                    steps.push(self.step(text, record.iter().copied().collect()));
                }
                Cause::Instrument(version, how) => {
                    let (how, message) = match how {
                        Ending::Waived => ("waived", either("step-ended-waived", "step-ends-waived")),
                        Ending::Terminated => {
                            ("terminated", either("step-ended-terminated", "step-ends-terminated"))
                        }
                    };
                    let by = &self.program.versions[version.index()].name;
                    let text = Words::new(
                        format!("{verb} {day}: {how} by {by}"),
                        message,
                        [on, ("version", Part::name(by))],
                    );
                    steps.push(self.step(text, Vec::new()));
                }
            }
        }
        if end.day.is_none_or(|d| d > pt.day) {
            if !matches!(place.clause.until, Moment::Never | Moment::Day(_)) {
                let until = self.program.describe_moment(&place.clause.until);
                let text = Words::new(
                    format!("it holds until {until}"),
                    "step-holds-until",
                    [("moment", Part::Of(place.id, Phrase::Until))],
                );
                steps.push(self.step(text, Vec::new()));
            }
            // What can still come explains; where it cannot be told, the answer stands without it.
            let ahead = match self.ahead(place, pt) {
                Err(Stop::Fail(_)) => Ahead::default(),
                ahead => ahead?,
            };
            movers.extend(ahead.movers);
            for event in ahead.events {
                steps.push(self.pending_step(event, pt)?);
            }
        }
        Ok(())
    }

    /// Why an event that would end a clause has not come: who could bring it about, how the processes that
    /// it takes part in stand, and which records of it did not count.
    fn pending_step(&self, event: EventId, pt: Point) -> Eval<Step> {
        let name = self.event_text(event);
        let text = Words::new(
            format!("{name} has not come about by {}", pt.day),
            "step-not-come",
            [("event", Part::name(name)), ("day", Part::Day(pt.day))],
        );
        let mut step = self.step(text, Vec::new());
        let mut told: BTreeSet<String> = BTreeSet::new();
        for action in self.program.bringers(event) {
            for place in self.places(pt.text) {
                let powers = place.clause.powers.iter().enumerate();
                for (at, power) in powers.filter(|(_, p)| p.action == action) {
                    let who: Vec<String> = power.parties.iter().map(|&p| self.party(p).to_string()).collect();
                    let when = match &power.when {
                        Cond::Constant(true) => String::new(),
                        when => format!(" when {}", self.program.describe_cond(when, None)),
                    };
                    let action = &self.program.actions[action.index()].name;
                    let by = self.clause_text(place.clause.name);
                    let text = format!("only {} can {action}{when} ({by})", who.join(" or "));
                    if told.insert(text.clone()) {
                        let message = if when.is_empty() { "step-only-can" } else { "step-only-can-when" };
                        let mut with = vec![
                            ("who", Part::OneOf(who)),
                            ("action", Part::name(action)),
                            ("clause", Part::name(by)),
                        ];
                        if !when.is_empty() {
                            with.push(("condition", Part::Of(place.id, Phrase::When(at as u32))));
                        }
                        step.steps.push(self.step(Words::new(text, message, with), Vec::new()));
                        step.steps.extend(self.process_steps(&power.when, pt, Env::default())?);
                    }
                }
            }
        }
        for record in self.fold.doubtful(pt.cut) {
            if self.records[record].event != event {
                continue;
            }
            if let Verdict::Refused(why) = self.verdict(record)? {
                let with = [("why", why.part())];
                let text = Words::new(format!("without effect: {why}"), "step-without-effect", with);
                step.steps.push(self.step(text, vec![record]));
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
                    return Ok(vec![self.runs_on_none(process)]);
                }
                if let Some(place) = self.place(*clause, pt.text)
                    && let Some(at) = place.clause.processes.iter().position(|p| p.name == *process)
                {
                    let p = &place.clause.processes[at];
                    let run = self.run(place.id, p, at, key.as_deref(), pt)?;
                    let of = key.as_ref().map(|k| format!(" of {k}")).unwrap_or_default();
                    let state = &p.states[run.state as usize].name;
                    let moved = run.after != 0 || run.day.0 != i32::MIN;
                    let since = if moved { format!(" since {}", run.day) } else { String::new() };
                    let message = match (key.is_some(), moved) {
                        (false, false) => "step-state",
                        (false, true) => "step-state-since",
                        (true, false) => "step-state-keyed",
                        (true, true) => "step-state-keyed-since",
                    };
                    let mut with = vec![("process", Part::name(process)), ("state", Part::name(state))];
                    with.extend(key.as_ref().map(|k| ("key", Part::name(k.clone()))));
                    if moved {
                        with.push(("day", Part::Day(run.day)));
                    }
                    let text = Words::new(format!("{process}{of} is {state}{since}"), message, with);
                    let record = run.after.checked_sub(1).filter(|&r| self.records[r].time.day == run.day);
                    steps.push(self.step(text, record.into_iter().collect()));
                }
            }
            Cond::Defined(clause, name, key) => {
                let keyed = key.is_some();
                let key = self.key(key.as_deref(), pt, env)?;
                if keyed && key.is_none() {
                    return Ok(vec![self.runs_on_none(name)]);
                }
                if let Some(place) = self.place(*clause, pt.text)
                    && let Some(define) = place.clause.define(name, env.acting())
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

    /// An act that names no run of a process or definition that is kept for each of something.
    fn runs_on_none(&self, name: &str) -> Step {
        let with = [("name", Part::name(name))];
        self.step(Words::new(format!("{name}: the act runs on none"), "step-runs-on-none", with), Vec::new())
    }

    /// The acts before a point that had no effect, as notes.
    pub fn without_effect(&self, pt: Point) -> Eval<Vec<Words>> {
        const SHOWN: usize = 20;
        let mut notes = Vec::new();
        for record in self.fold.doubtful(pt.cut) {
            // A question that is open about the record itself is told where it matters.
            if let Ok(Verdict::Refused(why)) = self.verdict(record) {
                if notes.len() == SHOWN {
                    notes.push(Words::new("further acts had no effect", "note-further", []));
                    break;
                }
                let record = self.record_text(record);
                let with = [("record", record.part()), ("why", why.part())];
                notes.push(Words::new(format!("{record} had no effect: {why}"), "note-no-effect", with));
            }
        }
        Ok(notes)
    }
}
