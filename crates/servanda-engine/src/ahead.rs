//! What can still end a clause: read off the text, once the answers and the past are put in.
//! `docs/meaning.md`, "Questions".

use std::collections::BTreeSet;

use servanda_program::{
    ClauseName, Cond, DutyStart, Effect, EffectTarget, EffectVerb, EventId, Moment, Pattern, Step, Trigger,
};
use servanda_quantity::Day;

use crate::opens::Eval;
use crate::term::targets;
use crate::world::{Env, Place, Point, World};

/// What is to come of a moment, or of the end of a clause, as far as the history tells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ahead {
    /// The day on which it comes at the latest: nothing that can still happen puts it off.
    pub by: Option<Day>,
    /// The events that bring it or bring it earlier, as the last record of a continuation, and those that put off
    /// what time alone would bring.
    pub events: BTreeSet<EventId>,
    /// The clauses whose effects bring the end of a clause.
    pub movers: BTreeSet<ClauseName>,
}

impl Ahead {
    fn sooner(&mut self, day: Option<Day>) {
        self.by = self.by.into_iter().chain(day).min();
    }
}

impl<'a> World<'a> {
    /// What is to come of the end of a clause that is not over.
    pub fn ahead(&self, place: &Place<'a>, pt: Point) -> Eval<Ahead> {
        self.end_ahead(place, pt, &mut BTreeSet::new())
    }

    /// `seen` holds the clauses whose end is being looked at: their own end brings nothing to it.
    fn end_ahead(&self, place: &Place<'a>, pt: Point, seen: &mut BTreeSet<ClauseName>) -> Eval<Ahead> {
        seen.insert(place.clause.name);
        let mut ahead =
            self.nested(|| self.coming(&place.clause.until, pt, Env::of_term(place.clause.name), seen))?;
        if let Some((standing, _)) = place.standing
            && let Some((version, _)) = standing.ended
        {
            ahead.sooner(self.effective(version, pt.day, pt.cut)?);
        }
        for k in self.places(pt.text) {
            for effect in k.clause.effects.iter().filter(|e| e.verb == EffectVerb::Ends) {
                if !targets(effect, place.clause) {
                    continue;
                }
                let coming = self.setting_off(&k, effect, pt, seen)?;
                if coming.by.is_some() || !coming.events.is_empty() {
                    ahead.movers.insert(k.clause.name);
                    ahead.events.extend(coming.events);
                    ahead.sooner(coming.by);
                }
            }
        }
        seen.remove(&place.clause.name);
        Ok(ahead)
    }

    /// What can still set off an effect of a clause.
    fn setting_off(
        &self,
        k: &Place<'a>,
        effect: &Effect,
        pt: Point,
        seen: &mut BTreeSet<ClauseName>,
    ) -> Eval<Ahead> {
        let env = Env::of_term(k.clause.name);
        let before = match &effect.before {
            Some(before) => self.moment(before, pt, env)?,
            None => None,
        };
        if before.is_some_and(|b| b <= pt.day) || self.known_end(k, pt)?.is_some() {
            return Ok(Ahead::default());
        }
        let mut coming = match &effect.when {
            // It may have come already, on a day on which it ended nothing.
            Moment::First(pattern) if self.possible(pattern, pt)? => {
                Ahead { events: [pattern.event].into(), ..Ahead::default() }
            }
            Moment::First(_) => Ahead::default(),
            Moment::End(c) if seen.contains(c) => Ahead::default(),
            other => self.nested(|| self.coming(other, pt, env, seen))?,
        };
        if let Some(day) = coming.by
            && (before.is_some_and(|b| b <= day) || !self.speaks_on(k, day, pt)?)
        {
            coming.by = None;
        }
        Ok(coming)
    }

    /// Whether a clause is in force on a day to come if nothing more happens.
    fn speaks_on(&self, k: &Place<'a>, day: Day, pt: Point) -> Eval<bool> {
        let there = Point { timed: day, ..Point::new(day, pt.cut, pt.text) };
        self.nested(|| self.in_force(k, there))
    }

    /// What is to come of a moment.
    fn coming(&self, moment: &Moment, pt: Point, env: Env, seen: &mut BTreeSet<ClauseName>) -> Eval<Ahead> {
        let mut out = Ahead::default();
        let come = self.moment(moment, pt, env)?;
        if come.is_some_and(|d| d <= pt.day) {
            out.by = come;
            return Ok(out);
        }
        if self.hopeless(moment, pt, env)? {
            return Ok(out);
        }
        match moment {
            Moment::Day(day) => out.by = Some(*day),
            Moment::First(pattern) => {
                out.events.insert(pattern.event);
            }
            Moment::Entry(clause, process, state) => {
                if let Some(place) = self.place(*clause, pt.text)
                    && let Some(at) = place.clause.processes.iter().position(|p| p.name == *process)
                {
                    out = self.entering(&place, at, *state, come, pt)?;
                }
            }
            Moment::Violation(clause) => out.events = self.violating(*clause, pt, seen)?,
            Moment::Fulfilment(clause) => out.events = self.fulfilling(*clause, pt),
            Moment::End(clause) => {
                if let Some(place) = self.place(*clause, pt.text)
                    && !seen.contains(clause)
                {
                    out = self.end_ahead(&place, pt, seen)?;
                    out.movers.clear();
                }
            }
            Moment::AgreementEnd => {
                for k in self.places(pt.text) {
                    for effect in &k.clause.effects {
                        if effect.verb == EffectVerb::Ends && effect.target == EffectTarget::Agreement {
                            let one = self.nested(|| self.setting_off(&k, effect, pt, seen))?;
                            out.sooner(one.by);
                            out.events.extend(one.events);
                        }
                    }
                }
            }
            Moment::Shift(base, back, duration, calendar) => {
                out = self.coming(base, pt, env, seen)?;
                if let Some(day) = out.by {
                    out.by = Some(self.shift(day, *back, duration, *calendar)?);
                }
            }
            Moment::Next(schedule, on, base) => {
                out = self.coming(base, pt, env, seen)?;
                if let Some(day) = out.by {
                    out.by = self.next_of(*schedule, *on, day)?;
                }
            }
            Moment::Earlier(all) => {
                for m in all {
                    let one = self.coming(m, pt, env, seen)?;
                    out.sooner(one.by);
                    out.events.extend(one.events);
                }
            }
            Moment::Later(all) => {
                let mut last = Some(Day(i32::MIN));
                for m in all {
                    let one = self.coming(m, pt, env, seen)?;
                    last = last.zip(one.by).map(|(a, b)| a.max(b));
                    out.events.extend(one.events);
                }
                out.by = last;
            }
            Moment::ByReading(open, arms) => {
                if let Some(arm) = arms.get(self.answered(*open)? as usize) {
                    out = self.coming(arm, pt, env, seen)?;
                }
            }
            Moment::Never | Moment::Field(..) => {}
        }
        Ok(out)
    }

    /// What is to come of the first entry into a state. `due` is the day on which timers that run bring it.
    ///
    /// Time takes a run from some states to this one; the events that count are those that lead into such a state
    /// from one in which a run can be. Where a timer runs already, the events that lead elsewhere put it off.
    fn entering(&self, place: &Place<'a>, at: usize, state: u32, due: Option<Day>, pt: Point) -> Eval<Ahead> {
        let process = &place.clause.processes[at];
        let mut taken = Vec::new();
        for step in &process.steps {
            if let Trigger::On(pattern) = &step.trigger
                && !self.possible(pattern, pt)?
            {
                continue;
            }
            taken.push(step);
        }
        let timed = |s: &&&Step| matches!(s.trigger, Trigger::After(..));
        let grow = |mut from: BTreeSet<u32>, next: &dyn Fn(&BTreeSet<u32>) -> Vec<u32>| {
            loop {
                let more = next(&from);
                if more.iter().all(|s| from.contains(s)) {
                    return from;
                }
                from.extend(more);
            }
        };
        // Where a run can be: a new key begins in the first state.
        let now = match &process.key {
            Some(_) => 0,
            None => self.run(place.id, process, at, None, pt)?.state,
        };
        let reached = grow([now].into(), &|all| {
            taken.iter().filter(|s| s.from.iter().any(|f| all.contains(f))).map(|s| s.to).collect()
        });
        // From where time alone leads to the state.
        let leading = grow([state].into(), &|all| {
            taken.iter().filter(timed).filter(|s| all.contains(&s.to)).flat_map(|s| s.from.clone()).collect()
        });
        let mut out = Ahead { by: due, ..Ahead::default() };
        // Where a run waits for the timer that brings it, an event that leads away puts it off.
        let waits = due.is_some();
        for step in &taken {
            let Trigger::On(pattern) = &step.trigger else { continue };
            let here = step.from.iter().any(|f| reached.contains(f));
            if here && leading.contains(&step.to) {
                out.events.insert(pattern.event);
            } else if waits && step.from.iter().any(|f| leading.contains(f) && *f != state) {
                out.by = None;
                out.events.insert(pattern.event);
            }
        }
        Ok(out)
    }

    /// The events on which the violation of a clause's duties turns: those that begin a duty, and those that fulfil one.
    /// What nobody can put off or bring is no event.
    fn violating(
        &self,
        clause: ClauseName,
        pt: Point,
        seen: &mut BTreeSet<ClauseName>,
    ) -> Eval<BTreeSet<EventId>> {
        let mut out = BTreeSet::new();
        let Some(place) = self.place(clause, pt.text) else { return Ok(out) };
        let mut last = false;
        for duty in &place.clause.duties {
            match &duty.start {
                DutyStart::Each(pattern, ..) if self.possible(pattern, pt)? => {
                    out.insert(pattern.event);
                }
                DutyStart::Once(moment) | DutyStart::Within(moment, ..) => {
                    out.extend(self.nested(|| self.coming(moment, pt, Env::of_term(clause), seen))?.events);
                }
                _ => {}
            }
            last |= duty.due.is_some() || !matches!(duty.start, DutyStart::Clause | DutyStart::Once(_));
        }
        if last {
            out.extend(self.fulfilling(clause, pt));
        }
        Ok(if last { out } else { BTreeSet::new() })
    }

    /// Whether a moment that has not come never comes.
    fn hopeless(&self, moment: &Moment, pt: Point, env: Env) -> Eval<bool> {
        let parts = |all: &[Moment], any: bool| -> Eval<bool> {
            for m in all {
                if self.hopeless(m, pt, env)? == any {
                    return Ok(any);
                }
            }
            Ok(!any)
        };
        Ok(match moment {
            Moment::Never => true,
            Moment::First(pattern) => {
                self.moment(moment, pt, env)?.is_none() && !self.possible(pattern, pt)?
            }
            Moment::Shift(base, ..) => self.hopeless(base, pt, env)?,
            // What has not come comes today at the earliest; after it there has to be a day.
            Moment::Next(schedule, on, base) => {
                self.hopeless(base, pt, env)? || self.next_of(*schedule, *on, pt.day)?.is_none()
            }
            Moment::Earlier(all) => parts(all, false)?,
            Moment::Later(all) => parts(all, true)?,
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.hopeless(arm, pt, env)?,
                None => true,
            },
            _ => false,
        })
    }

    /// Whether a record that matches a pattern could still come and count: a clause that is not over gives
    /// somebody the power, and the answers do not rule the pattern out.
    fn possible(&self, pattern: &Pattern, pt: Point) -> Eval<bool> {
        if self.by_answers(&pattern.filter, pt)? == Some(false) {
            return Ok(false);
        }
        let mut brought = false;
        for action in self.program.bringers(pattern.event) {
            brought = true;
            for place in self.places(pt.text) {
                let empowers = place
                    .clause
                    .powers
                    .iter()
                    .any(|p| p.action == action && pattern.by.is_none_or(|by| p.parties.contains(&by)));
                if empowers && self.nested(|| self.known_end(&place, pt))?.is_none() {
                    return Ok(true);
                }
            }
        }
        Ok(!brought)
    }

    /// What the answers alone make of a filter. What the history decides can change with the history.
    fn by_answers(&self, filter: &Cond, pt: Point) -> Eval<Option<bool>> {
        Ok(match filter {
            Cond::Constant(b) => Some(*b),
            Cond::Answered(..) => Some(self.cond(filter, pt, Env::default())?),
            Cond::Not(inner) => self.by_answers(inner, pt)?.map(|b| !b),
            Cond::All(list) | Cond::Any(list) => {
                let by = matches!(filter, Cond::Any(_));
                let mut open = false;
                for c in list {
                    match self.by_answers(c, pt)? {
                        Some(b) if b == by => return Ok(Some(by)),
                        Some(_) => {}
                        None => open = true,
                    }
                }
                if open { None } else { Some(!by) }
            }
            _ => None,
        })
    }
}
