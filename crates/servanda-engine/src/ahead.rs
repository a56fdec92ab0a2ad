//! What can still end a clause: read off the text, once the answers and the past are put in.
//! `docs/meaning.md`, "Questions".

use std::collections::BTreeSet;

use servanda_program::{
    ClauseName, Cond, Effect, EffectTarget, EffectVerb, EventId, Moment, Pattern, Trigger,
};

use crate::opens::Eval;
use crate::term::targets;
use crate::world::{Env, Place, Point, Sought, World};

/// The events that can still end a clause, and the clauses whose effects they set off.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ahead {
    pub events: BTreeSet<EventId>,
    pub movers: BTreeSet<ClauseName>,
}

impl<'a> World<'a> {
    /// What can still end a clause that is not over.
    pub fn can_end(&self, place: &Place<'a>, pt: Point) -> Eval<Ahead> {
        self.seek(Sought::Ahead(place.clause.name), pt, || {
            let mut ahead = Ahead {
                events: self.coming(&place.clause.until, pt, Env::of_term(place.clause.name))?,
                movers: BTreeSet::new(),
            };
            for k in self.places(pt.text) {
                for effect in k.clause.effects.iter().filter(|e| e.verb == EffectVerb::Ends) {
                    if !targets(effect, place.clause) {
                        continue;
                    }
                    // Its own end cannot move it.
                    let events = match &effect.when {
                        Moment::End(c) if *c == place.clause.name => BTreeSet::new(),
                        _ => self.setting_off(&k, effect, pt)?,
                    };
                    if !events.is_empty() {
                        ahead.movers.insert(k.clause.name);
                        ahead.events.extend(events);
                    }
                }
            }
            Ok(ahead)
        })
    }

    /// The events that can still set off an effect of a clause.
    fn setting_off(&self, k: &Place<'a>, effect: &Effect, pt: Point) -> Eval<BTreeSet<EventId>> {
        let env = Env::of_term(k.clause.name);
        if self.known_end(k, pt)?.is_some() {
            return Ok(BTreeSet::new());
        }
        if let Some(before) = &effect.before
            && self.moment(before, pt, env)?.is_some_and(|b| b <= pt.day)
        {
            return Ok(BTreeSet::new());
        }
        match &effect.when {
            // It may have come already, on a day on which it ended nothing.
            Moment::First(pattern) if self.possible(pattern, pt)? => Ok([pattern.event].into()),
            Moment::First(_) => Ok(BTreeSet::new()),
            other => self.coming(other, pt, env),
        }
    }

    /// The events that stand in a moment and can still bring it, or bring it earlier.
    fn coming(&self, moment: &Moment, pt: Point, env: Env) -> Eval<BTreeSet<EventId>> {
        let mut out = BTreeSet::new();
        if self.moment(moment, pt, env)?.is_some_and(|d| d <= pt.day) || self.hopeless(moment, pt, env)? {
            return Ok(out);
        }
        match moment {
            Moment::First(pattern) => {
                out.insert(pattern.event);
            }
            Moment::Entry(clause, process, state) => {
                let place = self.place(*clause, pt.text);
                let processes = place.iter().flat_map(|p| &p.clause.processes).filter(|p| p.name == *process);
                for step in processes.flat_map(|p| &p.steps).filter(|s| s.to == *state) {
                    if let Trigger::On(pattern) = &step.trigger
                        && self.possible(pattern, pt)?
                    {
                        out.insert(pattern.event);
                    }
                }
            }
            Moment::Fulfilment(clause) => out = self.fulfilling(*clause, pt),
            Moment::End(clause) => {
                if let Some(place) = self.place(*clause, pt.text) {
                    out = self.can_end(&place, pt)?.events;
                }
            }
            Moment::AgreementEnd => {
                out = self.seek(Sought::AheadOfAgreement, pt, || {
                    let mut out = BTreeSet::new();
                    for k in self.places(pt.text) {
                        for effect in &k.clause.effects {
                            if effect.verb == EffectVerb::Ends && effect.target == EffectTarget::Agreement {
                                out.extend(self.setting_off(&k, effect, pt)?);
                            }
                        }
                    }
                    Ok(out)
                })?;
            }
            Moment::Shift(base, ..) => out = self.coming(base, pt, env)?,
            Moment::Earlier(all) | Moment::Later(all) => {
                for m in all {
                    out.extend(self.coming(m, pt, env)?);
                }
            }
            Moment::ByReading(open, arms) => {
                if let Some(arm) = arms.get(self.answered(*open)? as usize) {
                    out = self.coming(arm, pt, env)?;
                }
            }
            Moment::Day(_) | Moment::Never | Moment::Violation(_) | Moment::Field(..) => {}
        }
        Ok(out)
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
