//! Terms: when a clause begins, rests and ends, and what can still end it.
//! `docs/meaning.md`, "Terms".

use std::collections::BTreeSet;

use servanda_program::{
    CalendarId, ClauseName, Cond, Effect, EffectTarget, EffectVerb, Ending, EventId, Moment, Pattern,
    Trigger, VersionId,
};
use servanda_quantity::{Day, Duration};

use crate::answer::Error;
use crate::eval::Val;
use crate::opens::{Eval, Stop};
use crate::world::{Env, Place, Point, World};

/// A day as far as it is known, and the events that can still bring or move it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mom {
    pub day: Option<Day>,
    pub pending: BTreeSet<EventId>,
}

/// What ends a clause.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cause {
    /// Its own term, with the record that brought it.
    Term(Option<usize>),
    /// An effect of a clause, in the text of a version, with the record that set it off.
    Effect(ClauseName, Option<VersionId>, Option<usize>),
    /// An instrument.
    Instrument(VersionId, Ending),
}

/// The end of a clause as far as it is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct End {
    pub day: Option<Day>,
    pub cause: Option<Cause>,
    pub pending: BTreeSet<EventId>,
    /// Clauses whose effects can still end it.
    pub movers: BTreeSet<ClauseName>,
}

/// An effect that has been set off.
pub(crate) struct Fired {
    pub day: Day,
    pub by: ClauseName,
    pub text: Option<VersionId>,
    pub record: Option<usize>,
}

impl<'a> World<'a> {
    /// A moment at a point.
    pub fn moment(&self, moment: &Moment, pt: Point, env: Env) -> Eval<Mom> {
        let known = |day| Mom { day, pending: BTreeSet::new() };
        Ok(match moment {
            Moment::Day(day) => known(Some(*day)),
            Moment::Never => known(None),
            Moment::First(pattern) => match self.first(pattern, pt, env)? {
                Some(record) => known(Some(self.records[record].time.day)),
                None => {
                    let attested = self.program.events[pattern.event.index()].attested;
                    if let Some(open) = attested
                        && self.answered(open)? == 0
                    {
                        return Ok(known(Some(pt.day)));
                    }
                    let possible = self.possible(pattern, pt, env)?;
                    Mom { day: None, pending: possible.then_some(pattern.event).into_iter().collect() }
                }
            },
            Moment::Entry(clause, process, state) => {
                let day = self.entry(*clause, process, *state, pt)?;
                let mut pending = BTreeSet::new();
                if let Some(place) = self.place(*clause, pt.text) {
                    for step in
                        place.clause.processes.iter().filter(|p| p.name == *process).flat_map(|p| &p.steps)
                    {
                        if let (Trigger::On(pattern), true) = (&step.trigger, step.to == *state) {
                            pending.insert(pattern.event);
                        }
                    }
                }
                Mom { day, pending }
            }
            Moment::Violation(clause) => known(self.nested(|| self.first_violation(*clause, pt))?),
            Moment::Fulfilment(clause) => {
                let day = self.nested(|| self.first_fulfilment(*clause, pt))?;
                let pending = if day.is_none() { self.fulfilling(*clause, pt) } else { BTreeSet::new() };
                Mom { day, pending }
            }
            Moment::End(clause) => match self.place(*clause, pt.text) {
                Some(place) => {
                    let end = self.nested(|| self.end(&place, pt))?;
                    Mom { day: end.day, pending: end.pending }
                }
                None => known(None),
            },
            Moment::Field(event, field) => {
                known(match self.in_hand(*event, env).map(|r| self.field(r, *field, pt, env)) {
                    Some(value) => match value? {
                        Val::Day(day) => Some(day),
                        Val::Unknown(Some(open)) => return Err(Stop::Need(open)),
                        _ => None,
                    },
                    None => None,
                })
            }
            Moment::Shift(base, back, duration, calendar) => {
                let base = self.moment(base, pt, env)?;
                let day = match base.day {
                    Some(day) => Some(self.shift(day, *back, duration, *calendar)?),
                    None => None,
                };
                Mom { day, ..base }
            }
            Moment::Earlier(all) => {
                let mut out = Mom::default();
                for m in all {
                    let m = self.moment(m, pt, env)?;
                    out.day = out.day.into_iter().chain(m.day).min();
                    out.pending.extend(m.pending);
                }
                out
            }
            Moment::Later(all) => {
                let mut day = Some(Day(i32::MIN));
                let mut pending = BTreeSet::new();
                for m in all {
                    let m = self.moment(m, pt, env)?;
                    match m.day {
                        Some(d) => day = day.map(|x| x.max(d)),
                        None => {
                            day = None;
                            pending.extend(m.pending);
                        }
                    }
                }
                Mom { day, pending }
            }
            Moment::ByReading(open, arms) => {
                let answer = self.answered(*open)?;
                match arms.get(answer as usize) {
                    Some(arm) => self.moment(arm, pt, env)?,
                    None => known(None),
                }
            }
        })
    }

    /// A day moved by a duration. A sum without a result has no answer: taken for *never* it would let a
    /// permission stand for ever.
    pub fn shift(
        &self,
        day: Day,
        back: bool,
        duration: &Duration,
        calendar: Option<CalendarId>,
    ) -> Eval<Day> {
        duration.from(day, back, calendar.map(|c| &self.program.calendars[c.index()])).map_err(|why| {
            let sign = if back { "before" } else { "after" };
            Stop::Fail(Error::new(
                "no-such-day",
                format!("the day {duration} {sign} {day} cannot be found: {why}"),
            ))
        })
    }

    /// Whether a record that matches a pattern could still come and count: somebody has the power, and the
    /// pattern is not ruled out by what is known already.
    fn possible(&self, pattern: &Pattern, pt: Point, env: Env) -> Eval<bool> {
        if self.ruled_out(&pattern.filter, pt, env)? {
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
                if empowers && self.nested(|| self.may_hold(&place, pt))? {
                    return Ok(true);
                }
            }
        }
        Ok(!brought)
    }

    /// Whether a clause is not over: its end, effects aside, lies ahead.
    fn may_hold(&self, place: &Place<'a>, pt: Point) -> Eval<bool> {
        if let Some((standing, _)) = place.standing
            && standing.ended.is_some()
        {
            return Ok(false);
        }
        // Its own term alone: what effects can do is what is being asked.
        Ok(match self.static_until(&place.clause.until, pt)? {
            Some(day) => day > pt.day,
            None => true,
        })
    }

    /// The day of a term that needs no look at what can still happen.
    fn static_until(&self, moment: &Moment, pt: Point) -> Eval<Option<Day>> {
        Ok(match moment {
            Moment::Day(day) => Some(*day),
            Moment::First(pattern) => {
                self.first(pattern, pt, Env::default())?.map(|r| self.records[r].time.day)
            }
            Moment::Earlier(all) => {
                let mut day = None;
                for m in all {
                    day = [day, self.static_until(m, pt)?].into_iter().flatten().min();
                }
                day
            }
            Moment::Later(all) => {
                let mut day = Some(Day(i32::MIN));
                for m in all {
                    day = day.zip(self.static_until(m, pt)?).map(|(a, b)| a.max(b));
                }
                day
            }
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.static_until(arm, pt)?,
                None => None,
            },
            Moment::Shift(base, back, duration, calendar) => match self.static_until(base, pt)? {
                Some(day) => Some(self.shift(day, *back, duration, *calendar)?),
                None => None,
            },
            _ => None,
        })
    }

    /// Whether a filter is false whatever the record's data are.
    fn ruled_out(&self, filter: &Cond, pt: Point, env: Env) -> Eval<bool> {
        Ok(match filter {
            Cond::All(all) => {
                for c in all {
                    if self.ruled_out(c, pt, env)? {
                        return Ok(true);
                    }
                }
                false
            }
            Cond::Any(any) => {
                for c in any {
                    if !self.ruled_out(c, pt, env)? {
                        return Ok(false);
                    }
                }
                true
            }
            Cond::Constant(b) => !b,
            // What the history decides can change with the history; readings cannot.
            Cond::Answered(..) => !self.cond(filter, pt, env)?,
            Cond::Not(inner) => match &**inner {
                Cond::Answered(..) | Cond::Constant(_) => !self.cond(filter, pt, env)?,
                _ => false,
            },
            _ => false,
        })
    }

    /// The first day of a clause; `None` while it has none.
    pub fn start(&self, place: &Place<'a>, pt: Point) -> Eval<Option<Day>> {
        let floor = match place.standing {
            Some((standing, _)) => self.effective(standing.birth, pt.cut)?,
            None => match self.chain.first() {
                Some(&first) => self.effective(first, pt.cut)?,
                None => None,
            },
        };
        let own = match &place.clause.from {
            Some(moment) => match self.moment(moment, pt, Env::default())?.day {
                Some(day) => Some(day),
                None => return Ok(None),
            },
            None => None,
        };
        let day = match (own, floor, place.standing.is_some()) {
            // A law begins when it says so, whatever the versions say.
            (Some(own), _, false) => own,
            (Some(own), Some(floor), true) => own.max(floor),
            (None, Some(floor), _) => floor,
            _ => return Ok(None),
        };
        if !self.has_effect(place, EffectVerb::Starts) {
            return Ok(Some(day));
        }
        // A clause that only itself could begin never begins.
        let asked = (place.clause.name, pt.day, pt.cut);
        if self.starting.borrow().contains(&asked) {
            return Ok(None);
        }
        self.starting.borrow_mut().push(asked);
        let fired = self.fired(place, EffectVerb::Starts, pt);
        self.starting.borrow_mut().pop();
        Ok(fired?.iter().map(|f| f.day).min().map(|d| d.max(day)))
    }

    fn has_effect(&self, place: &Place<'a>, verb: EffectVerb) -> bool {
        let versions = self.chain.iter().map(|&v| Some(v)).chain([None]);
        versions
            .flat_map(|v| self.places(v))
            .any(|k| k.clause.effects.iter().any(|e| e.verb == verb && targets(e, place.clause.name)))
    }

    /// The effects of a verb on a clause that have been set off before a point, in the order of the days.
    /// An effect counts where the clause that says so was in force in the text that governed then.
    fn fired(&self, place: &Place<'a>, verb: EffectVerb, pt: Point) -> Eval<Vec<Fired>> {
        let mut out: Vec<Fired> = Vec::new();
        let name = place.clause.name;
        let birth = place.standing.map(|(s, _)| s.birth);
        for &version in self.chain {
            // Only texts in which the clause is the same clause, not one that was replaced afresh since.
            let same = match birth {
                None => true,
                Some(birth) => self.program.versions[version.index()]
                    .text
                    .iter()
                    .any(|s| s.name == name && s.birth == birth),
            };
            if !same {
                continue;
            }
            for k in self.places(Some(version)) {
                for effect in k.clause.effects.iter().filter(|e| e.verb == verb && targets(e, name)) {
                    self.fired_by(&k, effect, version, pt, &mut out)?;
                }
            }
            if pt.text == Some(version) {
                break;
            }
        }
        out.sort_by_key(|f| (f.day, f.by));
        out.dedup_by_key(|f| (f.day, f.by, f.record));
        Ok(out)
    }

    fn fired_by(
        &self,
        k: &Place<'a>,
        effect: &Effect,
        version: VersionId,
        pt: Point,
        out: &mut Vec<Fired>,
    ) -> Eval<()> {
        let in_time = |day: Day, there: Point| -> Eval<bool> {
            Ok(match &effect.before {
                Some(before) => self.moment(before, there, Env::default())?.day.is_none_or(|b| day < b),
                None => true,
            })
        };
        let once = effect.verb == EffectVerb::Ends;
        let name = k.clause.name;
        if let Moment::First(pattern) = &effect.when {
            for &record in &self.fold.by_event[pattern.event.index()] {
                if record >= pt.cut {
                    break;
                }
                let there = self.before(record)?;
                if there.text != Some(version) {
                    continue;
                }
                let hit = self.nested(|| {
                    Ok(self.matches(pattern, record, there, Env { clause: Some(name), ..Env::default() })?
                        && self.admitted(record)?
                        && self.in_force(k, there)?
                        && in_time(there.day, there)?)
                })?;
                if hit {
                    out.push(Fired { day: there.day, by: name, text: k.version(), record: Some(record) });
                    if once {
                        break;
                    }
                }
            }
            return Ok(());
        }
        let Some(day) = self.nested(|| self.moment(&effect.when, pt, Env::default()))?.day else {
            return Ok(());
        };
        if day > pt.day {
            return Ok(());
        }
        let there = self.end_of(day, pt.cut)?;
        if there.text == Some(version) && self.nested(|| self.began(k, there))? && in_time(day, there)? {
            out.push(Fired { day, by: name, text: k.version(), record: None });
        }
        Ok(())
    }

    /// Whether a clause has begun and its own term is not over, effects on it left aside.
    fn began(&self, place: &Place<'a>, pt: Point) -> Eval<bool> {
        Ok(self.start(place, pt)?.is_some_and(|s| s <= pt.day) && self.may_hold(place, pt)?)
    }

    /// The end of a clause by what is known at a point.
    pub fn end(&self, place: &Place<'a>, pt: Point) -> Eval<End> {
        self.nested(|| {
            let mut end = End::default();
            let own = self.moment(&place.clause.until, pt, Env::default())?;
            let sooner = |end: &mut End, day: Option<Day>, cause: Cause| {
                if let Some(day) = day
                    && end.day.is_none_or(|d| day < d)
                {
                    end.day = Some(day);
                    end.cause = Some(cause);
                }
            };
            let record = self.bringing(&place.clause.until, own.day, pt)?;
            sooner(&mut end, own.day, Cause::Term(record));
            end.pending = own.pending;
            if let Some((standing, _)) = place.standing
                && let Some((version, how)) = standing.ended
            {
                sooner(&mut end, self.effective(version, pt.cut)?, Cause::Instrument(version, how));
            }
            for fired in self.fired(place, EffectVerb::Ends, pt)? {
                sooner(&mut end, Some(fired.day), Cause::Effect(fired.by, fired.text, fired.record));
            }
            if end.day.is_some_and(|d| d <= pt.day) {
                end.pending.clear();
                return Ok(end);
            }
            for k in self.places(pt.text) {
                for effect in k.clause.effects.iter().filter(|e| e.verb == EffectVerb::Ends) {
                    if !targets(effect, place.clause.name) || !self.may_hold(&k, pt)? {
                        continue;
                    }
                    let coming = match &effect.when {
                        Moment::First(pattern) => {
                            if self.possible(pattern, pt, Env::default())? {
                                [pattern.event].into()
                            } else {
                                BTreeSet::new()
                            }
                        }
                        // Its own end cannot move it.
                        Moment::End(c) if *c == place.clause.name => BTreeSet::new(),
                        other => self.moment(other, pt, Env::default())?.pending,
                    };
                    if !coming.is_empty() {
                        end.movers.insert(k.clause.name);
                        end.pending.extend(coming);
                    }
                }
            }
            Ok(end)
        })
    }

    /// The record that brought a term's end, where one did.
    fn bringing(&self, until: &Moment, day: Option<Day>, pt: Point) -> Eval<Option<usize>> {
        let Some(day) = day else { return Ok(None) };
        Ok(match until {
            Moment::First(pattern) => {
                self.first(pattern, pt, Env::default())?.filter(|&r| self.records[r].time.day == day)
            }
            Moment::Earlier(all) | Moment::Later(all) => {
                for m in all {
                    if let Some(record) = self.bringing(m, Some(day), pt)? {
                        return Ok(Some(record));
                    }
                }
                None
            }
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.bringing(arm, Some(day), pt)?,
                None => None,
            },
            _ => None,
        })
    }

    /// The day of a clause's end where it is known to lie on or before a point's day.
    pub fn known_end(&self, place: &Place<'a>, pt: Point) -> Eval<Option<Day>> {
        if matches!(place.clause.until, Moment::Never)
            && place.standing.is_none_or(|(s, _)| s.ended.is_none())
            && !self.has_effect(place, EffectVerb::Ends)
        {
            return Ok(None);
        }
        Ok(self.end(place, pt)?.day.filter(|&d| d <= pt.day))
    }

    /// Whether a clause rests on a point's day, and why.
    pub fn rests(&self, place: &Place<'a>, pt: Point) -> Eval<Option<String>> {
        if let Some(cond) = &place.clause.while_
            && !self.cond(cond, pt, Env { clause: Some(place.clause.name), ..Env::default() })?
        {
            return Ok(Some(format!("it holds only while {}", self.program.describe_cond(cond, None))));
        }
        if let Some((standing, _)) = place.standing {
            for s in &standing.suspended {
                let from = match &s.from {
                    Some(m) => self.moment(m, pt, Env::default())?.day,
                    None => self.effective(s.by, pt.cut)?,
                };
                let until = match &s.until {
                    Some(m) => self.moment(m, pt, Env::default())?.day,
                    None => None,
                };
                if from.is_some_and(|f| f <= pt.day) && until.is_none_or(|u| pt.day < u) {
                    let by = &self.program.versions[s.by.index()].name;
                    return Ok(Some(format!("it is suspended by {by}")));
                }
            }
        }
        if self.has_effect(place, EffectVerb::Suspends) {
            let last = |fired: Vec<Fired>| fired.into_iter().rfind(|f| f.day <= pt.day);
            let suspended = last(self.fired(place, EffectVerb::Suspends, pt)?);
            let resumed = last(self.fired(place, EffectVerb::Resumes, pt)?);
            if let Some(s) = suspended {
                // On one day the later record decides; a suspension without one is lifted.
                let lifted = resumed.is_some_and(|r| (r.day, r.record) >= (s.day, s.record));
                if !lifted {
                    return Ok(Some(format!(
                        "it is suspended since {} by {}",
                        s.day,
                        self.clause_text(s.by)
                    )));
                }
            }
        }
        Ok(None)
    }

    /// Whether a clause is in force at a point.
    pub fn in_force(&self, place: &Place<'a>, pt: Point) -> Eval<bool> {
        if self.start(place, pt)?.is_none_or(|s| s > pt.day) {
            return Ok(false);
        }
        Ok(self.known_end(place, pt)?.is_none() && self.rests(place, pt)?.is_none())
    }
}

/// Whether an effect reaches a clause.
fn targets(effect: &Effect, clause: ClauseName) -> bool {
    match &effect.target {
        EffectTarget::Clauses(names) => names.contains(&clause),
        EffectTarget::Agreement => true,
    }
}
