//! Duties: what is owed, since when, by when, and how it stands. `docs/meaning.md`, "Duties".

use std::cell::Cell;
use std::collections::BTreeSet;

use servanda_program::{ClauseName, Cond, Duty, DutyStart, DutyWhat, EventId, Expr, Moment, PartyId};
use servanda_quantity::{Day, Figure, Number};

use crate::answer::{AnswerValue, Because, DutyState, Error, Outcome, Owed, OwedAmount, Role};
use crate::decide::Finding;
use crate::opens::{Eval, Stop};
use crate::value::Val;
use crate::words::{Part, Words};
use crate::world::{Env, Hand, Instance, Pace, Place, Point, World};

/// Most instances of one duty that are looked at: periods since its beginning.
const INSTANCES_MAX: usize = 20_000;

/// One duty with its days.
struct Standing {
    instance: Instance,
    /// It is owed from this day on.
    since: Day,
    /// The last day for it.
    due: Option<Day>,
    /// The last day on which it can still be mended.
    mend: Option<Day>,
    /// The first day on which it is fulfilled.
    fulfilled: Option<Day>,
    /// Whether it might have been fulfilled before: what would tell is not known.
    doubtful: bool,
}

impl Standing {
    /// Whether its clause was over before its last day: what was due before stays owed, and so does what is paid in
    /// arrears.
    fn released(&self, end: Option<Day>) -> bool {
        self.instance.arrears.is_none() && end.is_some_and(|x| self.due.is_none_or(|d| d >= x))
    }

    /// Whether nobody can tell that its last day passed without it.
    fn violation_in_doubt(&self, day: Day) -> bool {
        self.doubtful && self.mend.is_some_and(|m| m < day)
    }

    /// The first day on which it is violated, by what is known at a point.
    fn violation(&self) -> Option<Day> {
        let day = self.mend?.next();
        if self.fulfilled.is_some_and(|f| f < day) { None } else { Some(day) }
    }
}

impl<'a> World<'a> {
    /// What a party owes at a point.
    pub fn owes(&self, party: PartyId, pt: Point) -> Eval<Finding> {
        let mut owed = Vec::new();
        let mut because: Vec<Because> = Vec::new();
        for place in self.places(pt.text) {
            for (i, duty) in place.clause.duties.iter().enumerate() {
                if !duty.debtors.contains(&party) || self.start(&place, pt)?.is_none_or(|s| s > pt.day) {
                    continue;
                }
                for standing in self.standings(&place, i, pt)? {
                    owed.push(self.owed(&place, duty, &standing, pt)?);
                    self.reason(&mut because, &place, Role::Obliges, Vec::new());
                }
            }
        }
        // The order of the clauses in the text means nothing.
        owed.sort_by_key(|o: &Owed| (self.clause_text(o.clause), o.since));
        for b in &mut because {
            if let Some(place) = b.clause.and_then(|c| self.place(c, pt.text)) {
                b.steps = self.term_steps(&place, pt, &mut Vec::new())?;
            }
        }
        Ok(Finding { outcome: Outcome::Known, value: AnswerValue::Owes(owed), because })
    }

    fn owed(&self, place: &Place<'a>, duty: &Duty, s: &Standing, pt: Point) -> Eval<Owed> {
        let end = self.known_end(place, pt)?;
        let done = s.fulfilled.filter(|&f| f <= pt.day);
        let state = if done.is_some() {
            DutyState::Fulfilled
        } else if s.released(end) {
            DutyState::Discharged
        } else if self.rests(place, pt)?.is_some() {
            DutyState::Suspended
        } else {
            match (s.due, s.mend) {
                (Some(due), _) if pt.day == due => DutyState::Due,
                (Some(due), _) if pt.day < due => DutyState::InEffect,
                (Some(_), Some(mend)) if pt.day <= mend => DutyState::Overdue,
                (Some(_), _) => DutyState::Violated,
                (None, _) => DutyState::InEffect,
            }
        };
        let hand = s.instance.record.map(|record| Hand { record, outer: None });
        let env = self.duty_env(place.clause.name, &s.instance, hand.as_ref());
        let zero = |f: &Figure| Figure::exact(Number::zero(), f.unit.clone());
        let amount = match (&duty.worth, &duty.counting) {
            (None, _) => OwedAmount::None,
            (Some(worth), counting) => {
                let worth = self.expr(worth, pt, env)?;
                let counted = match counting {
                    Some(counting) => {
                        let doing = s.instance.doing();
                        Some(self.expr(counting, pt, Env { duty: Some(&doing), ..env })?)
                    }
                    None => None,
                };
                match (worth, counted) {
                    (Val::Figure(worth), None) if state == DutyState::Fulfilled => {
                        OwedAmount::Known(zero(&worth))
                    }
                    (Val::Figure(worth), None) => OwedAmount::Known(worth),
                    (Val::Figure(worth), Some(Val::Figure(counted))) => match worth.sub(&counted) {
                        Ok(rest) if rest.number.is_negative() => OwedAmount::Known(zero(&worth)),
                        Ok(rest) => OwedAmount::Known(rest),
                        Err(_) => OwedAmount::Undisclosed,
                    },
                    _ => OwedAmount::Undisclosed,
                }
            }
        };
        Ok(Owed {
            clause: place.clause.name,
            to: duty.creditors.clone(),
            what: match &duty.what {
                DutyWhat::Act(action) => {
                    let action = &self.program.actions[action.index()];
                    action.title.clone().unwrap_or_else(|| action.name.clone())
                }
                DutyWhat::Words(words) => words.clone(),
            },
            amount,
            due: s.due,
            state,
            since: s.since,
            instance: match (s.instance.record, s.instance.window) {
                (Some(record), _) => Some(self.record_text(record)),
                (None, Some((first, _))) => {
                    Some(Words::new(first.to_string(), "day", [("day", Part::Day(first))]))
                }
                _ => None,
            },
        })
    }

    fn duty_env<'e>(
        &self,
        clause: ClauseName,
        instance: &'e Instance,
        hand: Option<&'e Hand<'e>>,
    ) -> Env<'e> {
        Env { clause: Some(clause), duty: Some(instance), hand, ..Env::default() }
    }

    /// The duties of one kind that have begun at a point, with their days.
    fn standings(&self, place: &Place<'a>, index: usize, pt: Point) -> Eval<Vec<Standing>> {
        let duty = &place.clause.duties[index];
        let name = place.clause.name;
        let Some(start) = self.start(place, pt)?.filter(|&s| s <= pt.day) else { return Ok(Vec::new()) };
        let end = self.known_end(place, pt)?;
        let bare = |record, window| Instance {
            clause: name,
            duty: index,
            record,
            window,
            arrears: None,
            paying: false,
        };
        let mut begun: Vec<(Instance, Day, Option<Day>)> = Vec::new();
        match &duty.start {
            DutyStart::Clause => begun.push((bare(None, None), start, None)),
            DutyStart::Once(moment) => {
                let day = self.moment(moment, pt, Env::of_term(name))?;
                let day = day.filter(|&d| d <= pt.day && end.is_none_or(|e| d < e));
                begun.extend(day.map(|d| (bare(None, None), d.max(start), None)));
            }
            DutyStart::Within(Moment::Violation(other), duration, c) => {
                // One for each violation: the remedy speaks of the duty that was violated.
                for (instance, day) in self.violations(*other, pt)? {
                    if day >= start && end.is_none_or(|e| day < e) && day <= pt.day {
                        let due = self.shift(day, false, duration, *c)?;
                        begun.push((instance, day, Some(due)));
                    }
                }
            }
            DutyStart::Within(moment, duration, c) => {
                if let Some(day) = self
                    .moment(moment, pt, Env::of_term(name))?
                    .filter(|&d| d <= pt.day && d >= start && end.is_none_or(|e| d < e))
                {
                    let due = self.shift(day, false, duration, *c)?;
                    begun.push((bare(None, None), day, Some(due)));
                }
            }
            DutyStart::Each(pattern, duration, c) => {
                for &record in self.fold.of(pattern.event) {
                    if record >= pt.cut {
                        break;
                    }
                    let there = self.before(record)?;
                    let day = there.day;
                    if day >= start
                        && end.is_none_or(|e| day < e)
                        && self.matches(pattern, record, there, Env::of_term(name))?
                        && self.admitted(record)?
                    {
                        let due = self.shift(day, false, duration, *c)?;
                        begun.push((bare(Some(record), None), day, Some(due)));
                    }
                }
            }
            DutyStart::Period(period) => {
                let mut at = start;
                while let Some((first, next)) = self.period_from(*period, at)? {
                    let since = first.max(start);
                    if since > pt.day || end.is_some_and(|e| since >= e) || begun.len() >= INSTANCES_MAX {
                        break;
                    }
                    let last = Day(next.0 - 1);
                    begun.push((bare(None, Some((since, last))), since, Some(last)));
                    if next > pt.day {
                        break;
                    }
                    at = next;
                }
            }
            DutyStart::Arrears(period, duration, c) => {
                let mut at = start;
                // The last day that counts for the period before.
                let mut taken: Option<Day> = None;
                while let Some((first, next)) = self.period_from(*period, at)? {
                    if end.is_some_and(|e| first.max(start) >= e) || begun.len() >= INSTANCES_MAX {
                        break;
                    }
                    let after = self.period_from(*period, next)?.map(|(_, after)| after);
                    // The clause's end cuts its last period; that is owed all the same.
                    let since = end.map_or(next, |e| next.min(e));
                    if since > pt.day {
                        break;
                    }
                    let last = Day(since.0 - 1);
                    let due = self.shift(last, false, duration, *c)?;
                    let mut instance = bare(None, Some((first.max(start), last)));
                    let ends = after.map_or(due, |after| due.max(Day(after.0 - 1)));
                    instance.arrears = Some((taken.map_or(since, |t| since.max(t.next())), ends));
                    taken = Some(ends);
                    begun.push((instance, since, Some(due)));
                    at = next;
                }
            }
        }
        let mut out = Vec::new();
        for (instance, since, own_due) in begun {
            let hand = instance.record.map(|record| Hand { record, outer: None });
            let env = self.duty_env(name, &instance, hand.as_ref());
            if !self.cond(&duty.reach, pt, env)? {
                continue;
            }
            let due = match (&duty.due, own_due) {
                (Some(moment), own) => {
                    let by = self.moment(moment, pt, env)?;
                    by.into_iter().chain(own).min()
                }
                (None, own) => own,
            };
            let mend = match (due, &duty.cure) {
                (Some(due), Some((duration, c))) => Some(self.shift(due, false, duration, *c)?),
                (due, _) => due,
            };
            let (fulfilled, doubtful) = self.fulfilment(place, duty, &instance, since, pt)?;
            out.push(Standing { instance, since, due, mend, fulfilled, doubtful });
        }
        Ok(out)
    }

    /// The first day, up to a point's, on which a duty is fulfilled: by its own test, by an event that
    /// performs it, or by a count that reaches what is owed. What nobody has disclosed never fulfils.
    fn fulfilment(
        &self,
        place: &Place<'a>,
        duty: &Duty,
        instance: &Instance,
        since: Day,
        pt: Point,
    ) -> Eval<(Option<Day>, bool)> {
        let hand = instance.record.map(|record| Hand { record, outer: None });
        let env = Env { sure: true, ..self.duty_env(place.clause.name, instance, hand.as_ref()) };
        let doing = instance.doing();
        let doing = Env { duty: Some(&doing), ..env };
        let sure = |there: Point| -> Eval<bool> {
            if let Some(done) = &duty.done {
                return self.cond(done, there, doing);
            }
            if let (Some(worth), Some(counting)) = (&duty.worth, &duty.counting) {
                let (worth, counted) = (self.expr(worth, there, env)?, self.expr(counting, there, doing)?);
                return Ok(match (counted, worth) {
                    (Val::Figure(c), Val::Figure(w)) => c.number >= w.number && c.unit == w.unit,
                    (Val::Unknown(_) | Val::Fault(_), _) | (_, Val::Unknown(_) | Val::Fault(_)) => {
                        return Err(Stop::Unsure);
                    }
                    _ => false,
                });
            }
            Ok(false)
        };
        let doubt = Cell::new(false);
        let holds = |there: Point| match sure(there) {
            Err(Stop::Unsure) => {
                doubt.set(true);
                Ok(false)
            }
            other => other,
        };
        if duty.done.is_none() && duty.counting.is_none() {
            let DutyWhat::Act(action) = duty.what else { return Ok((None, false)) };
            let events = self.program.events.iter().enumerate();
            let performing = events.filter(|(_, e)| e.performs == Some(action));
            let performing = performing.map(|(i, _)| EventId(i as u32));
            let from = self.records.partition_point(|r| r.time.day < since);
            for record in self.fold.among(performing, (from, pt.cut)) {
                let r = &self.records[record];
                if instance.arrears.is_none_or(|(first, last)| (first..=last).contains(&r.time.day))
                    && r.by.is_some_and(|by| duty.debtors.contains(&by))
                    && self.admitted(record)?
                {
                    return Ok((Some(r.time.day), false));
                }
            }
            return Ok((None, false));
        }
        let pace = match (&duty.done, &duty.worth, &duty.counting) {
            (Some(done), ..) => self.pace(done, pt),
            (None, Some(worth), Some(counting)) => match self.pace_of(worth, pt) {
                Pace::Still => self.pace_of(counting, pt),
                pace => pace.max(self.pace_of(counting, pt)).max(Pace::Records),
            },
            _ => Pace::Still,
        };
        let mut days: Vec<Day> = vec![since];
        // Up to here on every day, then where something is recorded.
        let daily = match pace {
            Pace::Days => pt.day,
            Pace::Windows => {
                let own = instance.window.max(doing.duty.and_then(|d| d.window));
                own.map_or(pt.day, |(_, last)| last.min(pt.day))
            }
            _ => since,
        };
        days.extend((since.0 + 1..=daily.0).map(Day));
        if let Some(last) = pt.cut.checked_sub(1).map(|r| self.records[r].time.day) {
            let recorded = &self.fold.places.days;
            let from = recorded.partition_point(|&d| d <= daily.max(since));
            days.extend(recorded[from..].iter().take_while(|&&d| d <= last));
        }
        if pace > Pace::Grows {
            for &day in &days {
                if holds(self.end_of(day, pt))? {
                    return Ok((Some(day), doubt.get()));
                }
            }
            return Ok((None, doubt.get()));
        }
        // What only grows holds from some day on: that is found by halving.
        let (mut low, mut high) = (0, days.len());
        while low < high {
            let middle = (low + high) / 2;
            if holds(self.end_of(days[middle], pt))? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // What is in doubt stays so until it is fulfilled: the day before tells.
        doubt.set(false);
        if let Some(&day) = low.checked_sub(1).and_then(|before| days.get(before)) {
            holds(self.end_of(day, pt))?;
        }
        Ok((days.get(low).copied(), doubt.get()))
    }

    /// All violations of a clause's duties up to a point, with the duties.
    fn violations(&self, clause: ClauseName, pt: Point) -> Eval<Vec<(Instance, Day)>> {
        let Some(place) = self.place(clause, pt.text) else { return Ok(Vec::new()) };
        let end = self.known_end(&place, pt)?;
        let mut out = Vec::new();
        for i in 0..place.clause.duties.len() {
            for s in self.nested(|| self.standings(&place, i, pt))? {
                // A duty that the clause's end discharged is not violated afterwards.
                if s.released(end) {
                    continue;
                }
                if s.violation_in_doubt(pt.day) {
                    return Err(self.undecided(clause));
                }
                if let Some(day) = self.waking_day(&place, s.violation(), pt)? {
                    out.push((s.instance, day));
                }
            }
        }
        out.sort_by_key(|(_, day)| *day);
        Ok(out)
    }

    /// The first day on or after `day`, up to a point's, on which a clause does not rest: a duty that rests
    /// is not violated meanwhile.
    fn waking_day(&self, place: &Place<'a>, day: Option<Day>, pt: Point) -> Eval<Option<Day>> {
        let Some(mut day) = day else { return Ok(None) };
        while day <= pt.day {
            if self.rests(place, self.end_of(day, pt))?.is_none() {
                return Ok(Some(day));
            }
            day = day.next();
        }
        Ok(None)
    }

    /// Whether some duty of a clause is violated and not done since; one that rests is not.
    pub fn violated(&self, clause: ClauseName, pt: Point) -> Eval<bool> {
        let Some(place) = self.place(clause, pt.text) else { return Ok(false) };
        if self.rests(&place, pt)?.is_some() {
            return Ok(false);
        }
        let end = self.known_end(&place, pt)?;
        let mut found = false;
        for i in 0..place.clause.duties.len() {
            for s in self.standings(&place, i, pt)? {
                if s.violation_in_doubt(pt.day) && !s.released(end) {
                    return Err(self.undecided(clause));
                }
                let violated = s.violation().is_some_and(|d| d <= pt.day) && !s.released(end);
                found |= violated && s.fulfilled.is_none();
            }
        }
        Ok(found)
    }

    /// A condition or a term rests on a duty of which nobody can tell whether it was done: taken for undone it
    /// could free an act.
    fn undecided(&self, clause: ClauseName) -> Stop {
        let name = self.clause_text(clause);
        Stop::Fail(Error::new(
            "undecided-duty",
            format!(
                "the answer rests on whether a duty of `{name}` was fulfilled, and what would tell is not known; \
                 give the figure that nobody has disclosed with `assume`, or complete the record"
            ),
        ))
    }

    /// Whether every duty of a clause that has begun is fulfilled; a clause without duties is not.
    pub fn fulfilled(&self, clause: ClauseName, pt: Point) -> Eval<bool> {
        let all = self.judged(clause, pt)?;
        Ok(!all.is_empty() && all.iter().all(Option::is_some))
    }

    /// For each duty of a clause that has begun, the first day on which it is fulfilled.
    fn judged(&self, clause: ClauseName, pt: Point) -> Eval<Vec<Option<Day>>> {
        let Some(place) = self.place(clause, pt.text) else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for i in 0..place.clause.duties.len() {
            for s in self.standings(&place, i, pt)? {
                if s.doubtful {
                    return Err(self.undecided(clause));
                }
                out.push(s.fulfilled);
            }
        }
        Ok(out)
    }

    /// The first day on which a duty of a clause is violated, by what is known at a point.
    pub fn first_violation(&self, clause: ClauseName, pt: Point) -> Eval<Option<Day>> {
        Ok(self.violations(clause, pt)?.first().map(|(_, day)| *day))
    }

    /// The first day on which a duty of a clause is fulfilled.
    pub fn first_fulfilment(&self, clause: ClauseName, pt: Point) -> Eval<Option<Day>> {
        Ok(self.judged(clause, pt)?.into_iter().flatten().min())
    }

    /// The events that can fulfil a duty of a clause: those that its test or count looks at, or that perform it.
    pub fn fulfilling(&self, clause: ClauseName, pt: Point) -> BTreeSet<EventId> {
        let mut out = BTreeSet::new();
        let Some(place) = self.place(clause, pt.text) else { return out };
        for duty in &place.clause.duties {
            match (&duty.done, &duty.counting, &duty.what) {
                (Some(done), _, _) => self.looked_at(done, pt, 0, &mut out),
                (None, Some(counting), _) => self.looked_at_by(counting, pt, 0, &mut out),
                (None, None, DutyWhat::Act(action)) => {
                    let events = self.program.events.iter().enumerate();
                    let performs = events.filter(|(_, e)| e.performs == Some(*action));
                    out.extend(performs.map(|(i, _)| EventId(i as u32)));
                }
                _ => {}
            }
        }
        out
    }

    fn looked_at(&self, cond: &Cond, pt: Point, depth: u32, out: &mut BTreeSet<EventId>) {
        match cond {
            Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| self.looked_at(c, pt, depth, out)),
            Cond::Not(c) => self.looked_at(c, pt, depth, out),
            Cond::Compare(_, a, b, _) | Cond::Same(a, b) => {
                self.looked_at_by(a, pt, depth, out);
                self.looked_at_by(b, pt, depth, out);
            }
            Cond::Happened(pattern) => {
                out.insert(pattern.event);
            }
            _ => {}
        }
    }

    fn looked_at_by(&self, expr: &Expr, pt: Point, depth: u32, out: &mut BTreeSet<EventId>) {
        // Values do not depend on each other in a ring; the limit only bounds the walk.
        if depth > 32 {
            return;
        }
        match expr {
            Expr::Aggregate { event, .. } => {
                out.insert(*event);
            }
            Expr::Add(a, b)
            | Expr::Subtract(a, b)
            | Expr::Multiply(a, b)
            | Expr::Divide(a, b)
            | Expr::Round(_, a, b)
            | Expr::Between(_, a, b) => {
                self.looked_at_by(a, pt, depth, out);
                self.looked_at_by(b, pt, depth, out);
            }
            Expr::Shift(base, ..) => self.looked_at_by(base, pt, depth, out),
            Expr::DayOf(moment) => {
                if let Moment::First(pattern) = &**moment {
                    out.insert(pattern.event);
                }
            }
            Expr::Extreme(_, list) => list.iter().for_each(|e| self.looked_at_by(e, pt, depth, out)),
            Expr::Cases(list) => list.iter().for_each(|(c, e)| {
                self.looked_at(c, pt, depth + 1, out);
                self.looked_at_by(e, pt, depth + 1, out);
            }),
            Expr::Value(clause, name, _) => {
                let place = self.place(*clause, pt.text);
                if let Some(value) = place.and_then(|p| p.clause.values.iter().find(|v| v.name == *name)) {
                    self.looked_at_by(&value.expr, pt, depth + 1, out);
                }
            }
            Expr::Counted(clause) => {
                let place = self.place(*clause, pt.text);
                for duty in place.iter().flat_map(|p| &p.clause.duties) {
                    duty.counting.iter().for_each(|e| self.looked_at_by(e, pt, depth + 1, out));
                }
            }
            _ => {}
        }
    }

    /// What has been counted for the duty in hand, or for the first counted duty of a clause.
    pub fn counted(&self, clause: ClauseName, pt: Point, env: Env) -> Eval<Val> {
        self.nested(|| {
            let Some(place) = self.place(clause, pt.text) else { return Ok(Val::Absent) };
            let own = env.duty.filter(|d| d.clause == clause).map(Instance::doing);
            let own = own.as_ref();
            let index =
                own.map(|d| d.duty).or_else(|| place.clause.duties.iter().position(|d| d.counting.is_some()));
            let Some(counting) = index.and_then(|i| place.clause.duties[i].counting.as_ref()) else {
                return Ok(Val::Absent);
            };
            self.expr(counting, pt, Env { clause: Some(clause), duty: own, act: None, ..env })
        })
    }
}
