//! Terms: when a clause begins, rests and ends, and what can still end it.
//! `docs/meaning.md`, "Terms".

use servanda_program::{
    CalendarId, Clause, ClauseName, Effect, EffectTarget, EffectVerb, Ending, EventId, Moment, VersionId,
};
use servanda_quantity::{Day, Duration};

use crate::answer::Error;
use crate::facts::EffectKey;
use crate::opens::{Eval, Stop};
use crate::value::Val;
use crate::words::{Part, Phrase, Words};
use crate::world::{Env, Place, Point, Sought, World};

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
}

/// An effect that has been set off.
pub(crate) struct Fired {
    pub day: Day,
    pub by: ClauseName,
    pub text: Option<VersionId>,
    pub record: Option<usize>,
}

impl<'a> World<'a> {
    /// A moment at a point: its day, or `None` for not yet.
    pub fn moment(&self, moment: &Moment, pt: Point, env: Env) -> Eval<Option<Day>> {
        Ok(match moment {
            Moment::Day(day) => Some(*day),
            Moment::Never => None,
            Moment::First(pattern) => match self.first(pattern, pt, env)? {
                Some(record) => Some(self.records[record].time.day),
                None => match self.program.events[pattern.event.index()].attested {
                    Some(open) if self.answered(open)? == 0 => Some(pt.day),
                    _ => None,
                },
            },
            Moment::Entry(clause, process, state) => self.entry(*clause, process, *state, pt)?,
            Moment::Violation(clause) => self.nested(|| self.first_violation(*clause, pt))?,
            Moment::Fulfilment(clause) => self.nested(|| self.first_fulfilment(*clause, pt))?,
            Moment::End(clause) => match self.place(*clause, pt.text) {
                Some(place) => self.nested(|| self.end(&place, pt))?.day,
                None => None,
            },
            Moment::AgreementEnd => self.agreement_end(pt)?,
            Moment::Field(event, field) => {
                match self.in_hand(*event, env).map(|r| self.field(r, *field, pt, env)) {
                    Some(value) => match value? {
                        Val::Day(day) => Some(day),
                        Val::Unknown(Some(open)) => return Err(Stop::Need(open)),
                        _ => None,
                    },
                    None => None,
                }
            }
            Moment::Shift(base, back, duration, calendar) => match self.moment(base, pt, env)? {
                Some(day) => Some(self.shift(day, *back, duration, *calendar)?),
                None => None,
            },
            Moment::Next(schedule, on, after) => match self.moment(after, pt, env)? {
                Some(day) => self.next_of(*schedule, *on, day)?,
                None => None,
            },
            Moment::Earlier(all) => {
                let mut day = None;
                for m in all {
                    day = [day, self.moment(m, pt, env)?].into_iter().flatten().min();
                }
                day
            }
            Moment::Later(all) => {
                let mut day = Some(Day(i32::MIN));
                for m in all {
                    day = day.zip(self.moment(m, pt, env)?).map(|(a, b)| a.max(b));
                }
                day
            }
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.moment(arm, pt, env)?,
                None => None,
            },
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

    /// The first day of a clause; `None` while it has none.
    pub fn start(&self, place: &Place<'a>, pt: Point) -> Eval<Option<Day>> {
        let floor = match place.standing {
            Some((standing, _)) => self.effective(standing.birth, pt.day, pt.cut)?,
            None => match self.chain.first() {
                Some(&first) => self.effective(first, pt.day, pt.cut)?,
                None => None,
            },
        };
        let own = match &place.clause.from {
            Some(moment) => match self.moment(moment, pt, Env::of_term(place.clause.name))? {
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
        if !self.has_effect(place, EffectVerb::Starts, pt)? {
            return Ok(Some(day));
        }
        let fired = self.fired(place, EffectVerb::Starts, pt)?;
        Ok(fired.iter().map(|f| f.day).min().map(|d| d.max(day)))
    }

    /// Whether some text so far says that an effect of a verb reaches a clause. What later texts say does not count
    /// yet.
    fn has_effect(&self, place: &Place<'a>, verb: EffectVerb, pt: Point) -> Eval<bool> {
        let says = |v: Option<VersionId>| {
            let mut places = self.places(v);
            places.any(|k| k.clause.effects.iter().any(|e| e.verb == verb && targets(e, place.clause)))
        };
        if !self.chain.iter().any(|&v| says(Some(v))) {
            return Ok(false);
        }
        let own = pt.text.filter(|t| self.chain.contains(t));
        let last = if own.is_some() { own } else { self.text(pt.day, pt.cut)? };
        let so_far = self.chain.iter().position(|&v| Some(v) == last).map_or(0, |i| i + 1);
        let texts = self.chain[..so_far].iter().filter(|&&v| self.has_same(place, v));
        Ok(texts.map(|&v| Some(v)).chain([None]).any(says))
    }

    /// Whether a text has the same clause, not one of its name that was written afresh.
    fn has_same(&self, place: &Place<'a>, version: VersionId) -> bool {
        place.standing.is_none_or(|(own, _)| {
            let text = &self.program.versions[version.index()].text;
            text.iter().any(|s| s.name == own.name && s.birth == own.birth)
        })
    }

    /// The effects of a verb on a clause that have been set off before a point, in the order of the days.
    /// An effect counts where the clause that says so was in force in the text that governed then.
    fn fired(&self, place: &Place<'a>, verb: EffectVerb, pt: Point) -> Eval<Vec<Fired>> {
        let mut out: Vec<Fired> = Vec::new();
        for &version in self.chain {
            if !self.has_same(place, version) {
                continue;
            }
            for k in self.places(Some(version)) {
                for (i, effect) in k.clause.effects.iter().enumerate() {
                    if effect.verb == verb && targets(effect, place.clause) {
                        self.fired_by(&k, (i, effect), version, pt, &mut out)?;
                    }
                }
            }
            if pt.text == Some(version) {
                break;
            }
        }
        out.sort_by_key(|f| (f.day, f.record, f.by));
        out.dedup_by_key(|f| (f.day, f.by, f.record));
        Ok(out)
    }

    /// The times that one effect of a clause has been set off, by the text of a version.
    pub fn fired_by(
        &self,
        k: &Place<'a>,
        (index, effect): (usize, &Effect),
        version: VersionId,
        pt: Point,
        out: &mut Vec<Fired>,
    ) -> Eval<()> {
        let in_time = |day: Day, there: Point| -> Eval<bool> {
            Ok(match &effect.before {
                Some(before) => {
                    self.moment(before, there, Env::of_term(k.clause.name))?.is_none_or(|b| day < b)
                }
                None => true,
            })
        };
        let once = effect.verb == EffectVerb::Ends;
        let name = k.clause.name;
        if let Moment::First(pattern) = &effect.when {
            let effect_key = (version, k.id, index);
            let sets_off = |record: usize| -> Eval<bool> {
                let there = self.before(record)?;
                Ok(there.text == Some(version)
                    && self.matches(pattern, record, there, Env::of_term(name))?
                    && self.admitted(record)?
                    && self.speaks(k, effect, there)?
                    && in_time(there.day, there)?)
            };
            let mut from = 0;
            while let Some((record, surely)) =
                self.next_hit((effect_key, pattern.event), from, pt.cut, &sets_off)?
            {
                from = record + 1;
                if !surely {
                    let hit = match self.fold.hit(effect_key, record, self.own()) {
                        Some(hit) => hit,
                        None => self.nested(|| sets_off(record))?,
                    };
                    self.fold.keep_hit(effect_key, record, hit, self.own());
                    if !hit {
                        continue;
                    }
                }
                let day = self.records[record].time.day;
                out.push(Fired { day, by: name, text: k.version(), record: Some(record) });
                if once {
                    break;
                }
            }
            return Ok(());
        }
        let Some(day) = self.nested(|| self.moment(&effect.when, pt, Env::of_term(name)))? else {
            return Ok(());
        };
        if day > pt.day || day >= pt.timed {
            return Ok(());
        }
        // Judged by what the days before left, so that effects of one day do not look at each other.
        let cut = pt.cut.min(self.records.partition_point(|r| r.time.day < day));
        let there = Point { timed: day, ..Point::new(day, cut, self.text(day, cut)?) };
        if there.text == Some(version)
            && self.nested(|| self.speaks(k, effect, there))?
            && in_time(day, there)?
        {
            out.push(Fired { day, by: name, text: k.version(), record: None });
        }
        Ok(())
    }

    /// The first record from one on, and before `cut`, that sets off an effect or may do so, and whether it surely does.
    fn next_hit(
        &self,
        (effect, event): (EffectKey, EventId),
        from: usize,
        cut: usize,
        sets_off: &dyn Fn(usize) -> Eval<bool>,
    ) -> Eval<Option<(usize, bool)>> {
        let shared = self.fold.shared.min(cut);
        loop {
            let (known, found) = {
                let hits = self.fold.facts.hits.borrow();
                hits.get(&effect).map_or((0, None), |heard| (heard.upto, heard.next(from)))
            };
            if let Some((record, surely)) = found.filter(|(record, _)| *record < shared) {
                return Ok(Some((record, surely)));
            }
            let Some(record) = self.fold.among([event], (known, shared)).next() else {
                // Beyond what all questions share each record is looked at by itself.
                let own = self.fold.among([event], (shared.max(from), cut)).next();
                return Ok(own.map(|record| (record, false)));
            };
            let hit = self.nested(|| self.freely(|| sets_off(record)));
            let mut hits = self.fold.facts.hits.borrow_mut();
            let heard = hits.entry(effect).or_default();
            if heard.upto <= record {
                heard.upto = record + 1;
                match hit {
                    Ok(true) => heard.hits.push(record),
                    Ok(false) => {}
                    Err(_) => heard.open.push(record),
                }
            }
        }
    }

    /// The end of a clause by what is known at a point.
    pub fn end(&self, place: &Place<'a>, pt: Point) -> Eval<End> {
        self.seek(Sought::End(place.clause.name), pt, || {
            let mut end = End::default();
            let own = self.moment(&place.clause.until, pt, Env::of_term(place.clause.name))?;
            let sooner = |end: &mut End, day: Option<Day>, cause: Cause| {
                if let Some(day) = day
                    && end.day.is_none_or(|d| day < d)
                {
                    end.day = Some(day);
                    end.cause = Some(cause);
                }
            };
            let record = self.bringing(&place.clause.until, own, pt, Env::of_term(place.clause.name))?;
            sooner(&mut end, own, Cause::Term(record));
            if let Some((standing, _)) = place.standing
                && let Some((version, how)) = standing.ended
            {
                sooner(&mut end, self.effective(version, pt.day, pt.cut)?, Cause::Instrument(version, how));
            }
            for fired in self.fired(place, EffectVerb::Ends, pt)? {
                sooner(&mut end, Some(fired.day), Cause::Effect(fired.by, fired.text, fired.record));
            }
            Ok(end)
        })
    }

    /// The record that brought a term's end, where one did.
    fn bringing(&self, until: &Moment, day: Option<Day>, pt: Point, env: Env) -> Eval<Option<usize>> {
        let Some(day) = day else { return Ok(None) };
        Ok(match until {
            Moment::First(pattern) => {
                self.first(pattern, pt, env)?.filter(|&r| self.records[r].time.day == day)
            }
            Moment::Earlier(all) | Moment::Later(all) => {
                for m in all {
                    if let Some(record) = self.bringing(m, Some(day), pt, env)? {
                        return Ok(Some(record));
                    }
                }
                None
            }
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.bringing(arm, Some(day), pt, env)?,
                None => None,
            },
            _ => None,
        })
    }

    /// The day of a clause's end where it is known to lie on or before a point's day.
    pub fn known_end(&self, place: &Place<'a>, pt: Point) -> Eval<Option<Day>> {
        if matches!(place.clause.until, Moment::Never)
            && place.standing.is_none_or(|(s, _)| s.ended.is_none())
            && !self.has_effect(place, EffectVerb::Ends, pt)?
        {
            return Ok(None);
        }
        Ok(self.end(place, pt)?.day.filter(|&d| d <= pt.day))
    }

    /// Whether a clause rests on a point's day, and why.
    pub fn rests(&self, place: &Place<'a>, pt: Point) -> Eval<Option<Words>> {
        if let Some(cond) = &place.clause.while_
            && !self.cond(cond, pt, Env::of(place.clause.name))?
        {
            return Ok(Some(Words::new(
                format!("it holds only while {}", self.program.describe_cond(cond, None)),
                "rests-while",
                [("condition", Part::Of(place.id, Phrase::While))],
            )));
        }
        if let Some((standing, _)) = place.standing {
            for s in &standing.suspended {
                let from = match &s.from {
                    Some(m) => self.moment(m, pt, Env::default())?,
                    None => self.effective(s.by, pt.day, pt.cut)?,
                };
                let until = match &s.until {
                    Some(m) => self.moment(m, pt, Env::default())?,
                    None => None,
                };
                if from.is_some_and(|f| f <= pt.day) && until.is_none_or(|u| pt.day < u) {
                    let by = &self.program.versions[s.by.index()].name;
                    return Ok(Some(Words::new(
                        format!("it is suspended by {by}"),
                        "rests-suspended",
                        [("version", Part::name(by))],
                    )));
                }
            }
        }
        if self.has_effect(place, EffectVerb::Suspends, pt)? {
            let last = |fired: Vec<Fired>| fired.into_iter().rfind(|f| f.day <= pt.day);
            let suspended = last(self.fired(place, EffectVerb::Suspends, pt)?);
            let resumed = last(self.fired(place, EffectVerb::Resumes, pt)?);
            if let Some(s) = suspended {
                // On one day the later record decides; a suspension without one is lifted.
                let lifted = resumed.is_some_and(|r| (r.day, r.record) >= (s.day, s.record));
                if !lifted {
                    return Ok(Some(Words::new(
                        format!("it is suspended since {} by {}", s.day, self.clause_text(s.by)),
                        "rests-suspended-since",
                        [("day", Part::Day(s.day)), ("clause", Part::name(self.clause_text(s.by)))],
                    )));
                }
            }
        }
        Ok(None)
    }

    /// Whether an effect counts: its clause is in force, or merely rests and says when something goes on.
    fn speaks(&self, place: &Place<'a>, effect: &Effect, pt: Point) -> Eval<bool> {
        if effect.verb != EffectVerb::Resumes {
            return self.in_force(place, pt);
        }
        Ok(self.start(place, pt)?.is_some_and(|s| s <= pt.day) && self.known_end(place, pt)?.is_none())
    }

    /// Whether a clause is in force at a point.
    pub fn in_force(&self, place: &Place<'a>, pt: Point) -> Eval<bool> {
        if self.start(place, pt)?.is_none_or(|s| s > pt.day) {
            return Ok(false);
        }
        Ok(self.known_end(place, pt)?.is_none() && self.rests(place, pt)?.is_none())
    }
}

/// Whether an effect reaches a clause. The end of the agreement spares what survives it.
pub(crate) fn targets(effect: &Effect, clause: &Clause) -> bool {
    match &effect.target {
        EffectTarget::Clauses(names) => names.contains(&clause.name),
        EffectTarget::Agreement => effect.verb != EffectVerb::Ends || !clause.survives,
    }
}
