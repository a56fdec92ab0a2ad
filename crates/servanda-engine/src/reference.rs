//! The meaning of a program, as plainly as we can say it: slow, without derivations, and with nothing
//! remembered but which records count. Every section of `docs/meaning.md` is a few functions here, in its order.
//!
//! [`answer`] evaluates the question under one answer to the open questions after another, and then looks,
//! by the definition, which of them matter. The [`Engine`](crate::Engine) is held to it by `tests/laws.rs`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{
    ActionId, AggregateKind, Answers, CalendarId, Clause, ClauseName, Comparison, Cond, Duty, DutyStart,
    DutyWhat, Effect, EffectTarget, EffectVerb, EventId, Expr, ExtremeKind, Measure, Moment, Norm, OpenId,
    PartyId, Pattern, Period, Process, Program, ScheduleId, Sign, Standing, Status, Trigger, Type, VersionId,
    Window,
};
use servanda_quantity::{ArithmeticError, Day, Figure, Number, Qualifier, Schedule, Unit};

use crate::answer::{AnswerValue, DutyState, Error, Outcome, Owed, OwedAmount};
use crate::opens;
use crate::question::{Act, Ask, Assumed, Question, ValueRef};
use crate::record::{Datum, Record};

/// Most full answers that are tried, as far as evaluation tells them apart.
const ANSWERS_MAX: usize = 4_096;

/// How deep terms may depend on each other.
const DEPTH_MAX: usize = 300;

type Given = BTreeMap<OpenId, Assumed>;

/// Why an evaluation stopped: it reads an open question without an answer, or there is no answer at all.
enum Stop {
    Ask(OpenId),
    Fail(Error),
}

type Eval<T> = Result<T, Stop>;

/// The outcome and value of a question, and the open questions that matter (section 11).
///
/// # Errors
/// A history or a question that has no answer.
pub fn answer(
    program: &Program,
    log: &[Record],
    question: &Question,
) -> Result<(Outcome, AnswerValue, BTreeSet<OpenId>), Error> {
    let all: Vec<Record> = log.iter().chain(&question.events).cloned().collect();
    let known = visible(program, &all, question)?;
    let past: Vec<Record> = known.iter().filter(|r| r.time.day <= question.as_of).cloned().collect();
    // Evaluate; where a question is read that has no answer yet, go on once with each of its answers.
    let mut leaves: Vec<(Given, (Outcome, AnswerValue))> = Vec::new();
    let mut todo: Vec<Given> = vec![question.assume.opens.clone()];
    while let Some(given) = todo.pop() {
        match evaluate(program, &past, question, &given) {
            Ok(found) => leaves.push((given, found)),
            Err(Stop::Fail(error)) => return Err(error),
            Err(Stop::Ask(open)) => {
                let answers = opens::answers(program, open, &known);
                if answers.is_empty() || given.contains_key(&open) {
                    return Err(Error::new("unanswerable", &program.opens[open.index()].name));
                }
                todo.extend(answers.into_iter().map(|(_, a)| {
                    let mut more = given.clone();
                    more.insert(open, a);
                    more
                }));
            }
        }
        if leaves.len() + todo.len() > ANSWERS_MAX {
            return Err(Error::new("too-many-open-questions", "too many open questions"));
        }
    }
    // A question matters if two full answers that differ in it alone give different results: two leaves
    // with different results that disagree about nothing else.
    let mut matters = BTreeSet::new();
    for (i, (a, found)) in leaves.iter().enumerate() {
        for (b, other) in &leaves[..i] {
            if found != other {
                let mut differ = a.iter().filter(|(q, x)| b.get(q).is_some_and(|y| *x != y));
                if let (Some((q, _)), None) = (differ.next(), differ.next()) {
                    matters.insert(*q);
                }
            }
        }
    }
    let (_, (outcome, value)) = leaves.swap_remove(0);
    Ok(match matters.is_empty() {
        true => (outcome, value, matters),
        false => (Outcome::Depends, AnswerValue::Nothing, matters),
    })
}

/// Section 2: the records that count for what was known, in their order.
fn visible(program: &Program, log: &[Record], question: &Question) -> Result<Vec<Record>, Error> {
    let known = log.iter().filter(|r| question.known_at.is_none_or(|k| r.recorded <= k));
    let mut records: Vec<&Record> = Vec::new();
    for r in known {
        match records.iter_mut().find(|o| r.id.is_some() && (&o.source, &o.id) == (&r.source, &r.id)) {
            Some(o) if o.digest != r.digest => {
                return Err(Error::new("contradictory-record", "two contents"));
            }
            Some(o) => *o = if r.recorded < o.recorded { r } else { o },
            None => records.push(r),
        }
    }
    let mut out: Vec<&Record> = records.iter().copied().filter(|r| !r.withdrawn).collect();
    let mut corrected: Vec<(&Record, &Record)> = Vec::new();
    for &r in records.iter().filter(|r| r.corrects.is_some()) {
        let Some(&first) = records.iter().find(|o| o.id == r.corrects && o.source == r.source) else {
            return Err(Error::new("unknown-correction", "no such record"));
        };
        if first.event != r.event || std::ptr::eq(first, r) {
            return Err(Error::new("correction-of-another-type", "another type"));
        }
        let can = |by| first.by == Some(by) || program.events[r.event.index()].by.contains(&by);
        if r.by.is_none_or(can) {
            corrected.push((first, r));
        } else {
            out.retain(|o| !std::ptr::eq(*o, r));
        }
    }
    for (first, r) in &corrected {
        let later = |other: &Record| (other.recorded, other.digest) > (r.recorded, r.digest);
        let beaten = corrected.iter().any(|(f, other)| std::ptr::eq(*f, *first) && later(other));
        out.retain(|o| !(std::ptr::eq(*o, *first) || beaten && std::ptr::eq(*o, *r)));
    }
    out.sort_by_key(|r| (r.time, r.event, r.recorded, r.digest));
    Ok(out.into_iter().cloned().collect())
}

/// The question under one answer to the open questions.
fn evaluate<'a>(
    program: &'a Program,
    records: &'a [Record],
    question: &'a Question,
    given: &Given,
) -> Eval<(Outcome, AnswerValue)> {
    let binding = |v: VersionId| program.versions[v.index()].status == Status::Binding;
    let latest = (0..program.versions.len()).rev().map(|i| VersionId(i as u32)).find(|&v| binding(v));
    let mut tip = question.version.filter(|&v| binding(v)).or(latest);
    let mut chain = Vec::new();
    while let Some(v) = tip {
        if binding(v) {
            chain.insert(0, v);
        }
        tip = program.versions[v.index()].base;
    }
    let mut world = World {
        program,
        records,
        chain,
        given: given.clone(),
        admitted: Vec::new(),
        depth: 0.into(),
        sought: Default::default(),
    };
    // A reading that a version settles is settled from its effective day on (section 4). An assumption goes first.
    let settles = world.chain.iter().any(|v| !program.versions[v.index()].settles.is_empty());
    if settles {
        world.replay()?;
        let mut settled = given.clone();
        for &v in &world.chain {
            if world.effective(v, question.as_of, records.len())?.is_some_and(|d| d <= question.as_of) {
                for (open, word) in &program.versions[v.index()].settles {
                    if !question.assume.opens.contains_key(open) {
                        settled.insert(*open, Assumed::Word(*word));
                    }
                }
            }
        }
        world.given = settled;
    }
    world.replay()?;
    world.find(question)
}

/// What an evaluation looks at.
struct World<'a> {
    program: &'a Program,
    records: &'a [Record],
    chain: Vec<VersionId>,
    given: Given,
    /// For each record, in their order, whether it counts.
    admitted: Vec<bool>,
    depth: std::cell::Cell<usize>,
    /// The ends that are being looked for, and where: of a clause, or of the agreement.
    sought: std::cell::RefCell<Vec<(Option<ClauseName>, At)>>,
}

/// Where an evaluation stands: a day, how many records have come, whose text is read, and before which day
/// the effects of time count (an effect of a day is judged by what the days before it left).
#[derive(Clone, Copy, PartialEq)]
struct At {
    day: Day,
    n: usize,
    text: Option<VersionId>,
    timed: Day,
}

/// What is in hand while a condition is read.
#[derive(Clone, Default)]
struct Hand<'a> {
    act: Option<&'a Act>,
    /// While a record is judged: the act that it tells of.
    told: Option<(ActionId, usize)>,
    /// Records, innermost last.
    records: Vec<usize>,
    key: Option<String>,
    /// The clause whose totals are counted.
    clause: Option<ClauseName>,
    /// The clause whose beginning, end or effect is looked for: its end does not cut its own totals meanwhile.
    uncut: Option<ClauseName>,
    /// The period of a duty.
    period: Option<(Day, Day)>,
    /// The days on which a duty in arrears is done; once they are the period, what is counted is counted in them.
    arrears: Option<(Day, Day)>,
    paying: bool,
    /// What nobody knows does not count as so, whatever it is: how duties are tested.
    sure: bool,
}

impl Hand<'_> {
    /// In a clause, with nothing in hand.
    fn of(clause: &Clause) -> Self {
        Hand { clause: Some(clause.name), ..Hand::default() }
    }

    /// While it is looked at what has been done for a duty: in arrears, that is counted on later days.
    fn doing(&self) -> Self {
        Hand { period: self.arrears.or(self.period), paying: self.arrears.is_some(), ..self.clone() }
    }

    /// Where a clause's beginning, end or effects are looked for.
    fn of_term(clause: &Clause) -> Self {
        Hand { uncut: Some(clause.name), ..Hand::of(clause) }
    }
}

/// What an expression gives (section 3).
#[derive(Clone, PartialEq)]
enum Val {
    Figure(Figure),
    Day(Day),
    Word(String),
    Party(PartyId),
    NotGiven,
    Absent,
    Unknown(Option<OpenId>),
    Fault,
}

/// A clause of a text; a law stands in none.
#[derive(Clone, Copy)]
struct Place<'a> {
    clause: &'a Clause,
    standing: Option<&'a Standing>,
}

/// One duty with its days (section 9).
struct DutyDays {
    clause: ClauseName,
    /// The first day of its period.
    period: Option<Day>,
    since: Day,
    due: Option<Day>,
    mend: Option<Day>,
    done: Option<Day>,
    /// Whether it might have been done before: what would tell is not known.
    doubtful: bool,
    /// Whether the clause was over before its last day.
    released: bool,
    state: DutyState,
    amount: OwedAmount,
}

impl<'a> World<'a> {
    // ---- Section 4: which text governs.

    /// The day from which a version takes effect, as far as `n` records and the days up to `day` tell.
    fn effective(&self, version: VersionId, day: Day, n: usize) -> Eval<Option<Day>> {
        let v = &self.program.versions[version.index()];
        let at = self.chain.iter().position(|&c| c == version);
        let before = at.and_then(|i| i.checked_sub(1)).map(|i| self.chain[i]);
        let mut first = v.signed.filter(|_| !v.retroactive).unwrap_or(Day(i32::MIN));
        if let Some(before) = before {
            let Some(floor) = self.effective(before, day, n)? else { return Ok(None) };
            first = first.max(floor);
        }
        let there = At { day, n, text: before, timed: day.next() };
        let Some(from) = v.effective.as_ref() else { return Ok(None) };
        let Some(from) = self.moment(from, there, &Hand::default())? else { return Ok(None) };
        let mut first = first.max(from);
        if let Some(requires) = &v.requires {
            // Judged by the text that governed before, day by day; the first day on which it holds, from when
            // everything else is there.
            loop {
                if first > day {
                    return Ok(None);
                }
                let n = n.min(self.until(first.next()));
                if self.holds(
                    requires,
                    At { day: first, n, text: before, timed: first.next() },
                    &Hand::default(),
                )? {
                    break;
                }
                first = first.next();
            }
        }
        let lapses = match &v.lapses {
            Some(m) => self.moment(m, there, &Hand::default())?,
            None => None,
        };
        Ok(if lapses.is_some_and(|l| l <= first) { None } else { Some(first) })
    }

    fn text(&self, day: Day, n: usize) -> Eval<Option<VersionId>> {
        let mut governs = None;
        for &v in &self.chain {
            match self.effective(v, day, n)? {
                Some(d) if d <= day => governs = Some(v),
                _ => break,
            }
        }
        Ok(governs)
    }

    /// How many records lie before a day.
    fn until(&self, day: Day) -> usize {
        self.records.iter().filter(|r| r.time.day < day).count()
    }

    /// The end of an earlier day, in the same text.
    fn end_of(&self, day: Day, at: At) -> At {
        At { day, n: self.until(day.next()).min(at.n), text: at.text, timed: at.timed.min(day.next()) }
    }

    /// The point just before a record, in the text that governs its day.
    fn before(&self, record: usize) -> Eval<At> {
        let day = self.records[record].time.day;
        Ok(At { day, n: record, text: self.text(day, record)?, timed: day.next() })
    }

    fn places(&self, text: Option<VersionId>) -> Vec<Place<'a>> {
        let program = self.program;
        let own = text.into_iter().flat_map(|v| &program.versions[v.index()].text);
        let own = own.map(|s| Place { clause: program.clause(s.clause), standing: Some(s) });
        own.chain(program.laws.iter().map(|&l| Place { clause: program.clause(l), standing: None })).collect()
    }

    fn place(&self, name: ClauseName, text: Option<VersionId>) -> Option<Place<'a>> {
        self.places(text).into_iter().find(|p| p.clause.name == name)
    }

    /// A clause that a version wrote itself, in whole or in part.
    fn wrote(&self, version: VersionId, name: ClauseName) -> Option<&'a Standing> {
        let mut text = self.program.versions[version.index()].text.iter();
        text.find(|s| s.name == name && s.blame.iter().any(|(_, v)| *v == version))
    }

    // ---- Section 5: which records count. Each record is judged by those before it.

    fn replay(&mut self) -> Eval<()> {
        self.admitted.clear();
        for record in 0..self.records.len() {
            let counts = self.counts(record)?;
            self.admitted.push(counts);
        }
        Ok(())
    }

    fn counts(&self, record: usize) -> Eval<bool> {
        let r = &self.records[record];
        let Some(by) = r.by.filter(|by| self.program.events[r.event.index()].by.contains(by)) else {
            return Ok(false);
        };
        let at = self.before(record)?;
        let mut empowered = self.program.bringers(r.event).next().is_none();
        let (mut heard, mut taken) = (false, false);
        for place in self.places(at.text) {
            if !self.in_force(place, at)? {
                continue;
            }
            let hand = Hand { records: vec![record], ..Hand::of(place.clause) };
            for power in &place.clause.powers {
                let fits = self.program.actions[power.action.index()].brings.contains(&r.event);
                let told = Hand { told: Some((power.action, record)), ..hand.clone() };
                if fits && power.parties.contains(&by) && self.holds(&power.when, at, &told)? {
                    empowered = true;
                }
            }
            for process in &place.clause.processes {
                // A record that leaves the key out moves no run, so this process has nothing to say about it.
                let Some(key) = self.run_key(process, record) else { continue };
                for step in &process.steps {
                    if let Trigger::On(pattern) = &step.trigger {
                        let hand = Hand { key: key.clone(), ..Hand::of(place.clause) };
                        heard = heard || self.matches(pattern, record, at, &hand)?;
                    }
                }
                let (state, ..) = self.run(place.clause, process, &key, at)?;
                taken = taken || self.step(place.clause, process, &key, state, record, at)?.is_some();
            }
        }
        Ok(empowered && (taken || !heard))
    }

    /// Whether a record matches a pattern, read with the record in hand just before it came.
    fn matches(&self, pattern: &Pattern, record: usize, at: At, hand: &Hand<'a>) -> Eval<bool> {
        Ok(self.may_match(pattern, record, at, hand)? == Some(true))
    }

    /// [`Self::matches`]; `None` only while a duty is tested, where it depends on what nobody knows.
    fn may_match(&self, pattern: &Pattern, record: usize, at: At, hand: &Hand<'a>) -> Eval<Option<bool>> {
        let r = &self.records[record];
        if r.event != pattern.event || pattern.by.is_some_and(|by| r.by != Some(by)) {
            return Ok(Some(false));
        }
        let at = At { day: r.time.day, n: record, text: at.text, timed: r.time.day.next() };
        let mut hand = hand.clone();
        hand.records.push(record);
        self.cond(&pattern.filter, at, &hand)
    }

    /// The first admitted record that matches.
    fn first(&self, pattern: &Pattern, at: At, hand: &Hand<'a>) -> Eval<Option<usize>> {
        for record in 0..at.n {
            if self.admitted[record] && self.matches(pattern, record, at, hand)? {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    // ---- Section 6: processes, replayed from the start each time.

    /// The run that a record speaks of: `None` where the record leaves the key out.
    fn run_key(&self, process: &Process, record: usize) -> Option<Option<String>> {
        let Some(key) = &process.key else { return Some(None) };
        let r = &self.records[record];
        let field = self.program.events[r.event.index()].fields.iter().position(|f| f.name == *key)?;
        match &r.data[field] {
            Some(Datum::Word(word)) => Some(Some(word.clone())),
            _ => None,
        }
    }

    /// The step that a record takes from a state: the first in the text that fits.
    fn step(
        &self,
        clause: &Clause,
        process: &'a Process,
        key: &Option<String>,
        state: u32,
        record: usize,
        at: At,
    ) -> Eval<Option<usize>> {
        let hand = Hand { key: key.clone(), ..Hand::of(clause) };
        for (i, step) in process.steps.iter().enumerate() {
            if let (Trigger::On(pattern), true) = (&step.trigger, step.from.contains(&state))
                && self.matches(pattern, record, at, &hand)?
            {
                return Ok(Some(i));
            }
        }
        Ok(None)
    }

    /// The state of a run, what it has kept, and the days on which it entered states.
    #[allow(clippy::type_complexity)]
    fn run(
        &self,
        clause: &Clause,
        process: &'a Process,
        key: &Option<String>,
        at: At,
    ) -> Eval<(u32, BTreeMap<&'a str, Val>, Vec<(Day, u32)>)> {
        let (mut state, mut kept, mut entries) = (0, BTreeMap::new(), Vec::new());
        for record in 0..at.n {
            if !self.admitted[record] || self.run_key(process, record).as_ref() != Some(key) {
                continue;
            }
            let day = self.records[record].time.day;
            self.pass(process, &mut state, &mut entries, day)?;
            if let Some(i) = self.step(clause, process, key, state, record, at)? {
                let there = At { day, n: record, text: at.text, timed: day.next() };
                let hand = Hand { records: vec![record], key: key.clone(), ..Hand::of(clause) };
                for (slot, expr) in &process.steps[i].keeps {
                    let value = self.expr(expr, there, &hand)?;
                    kept.insert(slot.as_str(), value);
                }
                state = process.steps[i].to;
                entries.push((day, state));
            }
        }
        self.pass(process, &mut state, &mut entries, at.day)?;
        Ok((state, kept, entries))
    }

    /// Takes the steps of time up to a day. Nothing has entered the first state, so no time runs in it.
    fn pass(&self, process: &Process, state: &mut u32, entries: &mut Vec<(Day, u32)>, day: Day) -> Eval<()> {
        while let Some((entered, _)) = entries.last().copied() {
            let mut due: Option<(Day, u32)> = None;
            for step in process.steps.iter().filter(|s| s.from.contains(state)) {
                if let Trigger::After(by, calendar) = &step.trigger {
                    let day = self.shift(entered, false, by, *calendar)?.next();
                    due = due.filter(|d| d.0 <= day).or(Some((day, step.to)));
                }
            }
            match due {
                Some((due, to)) if due <= day => {
                    *state = to;
                    entries.push((due, to));
                }
                _ => break,
            }
        }
        Ok(())
    }

    /// The first day on which some run of a process enters a state; time that runs already is counted ahead.
    fn entry(&self, clause: ClauseName, name: &str, state: u32, at: At) -> Eval<Option<Day>> {
        let Some((owner, process)) = self.process(clause, name, at) else { return Ok(None) };
        let keys: BTreeSet<_> = match process.key {
            None => [None].into(),
            Some(_) => (0..at.n).filter_map(|r| self.run_key(process, r)).collect(),
        };
        let mut days = Vec::new();
        for key in keys {
            let (mut now, _, mut entries) = self.run(owner, process, &key, at)?;
            let limit = entries.len() + process.states.len();
            let mut horizon = at.day;
            while entries.len() < limit && horizon.0 < at.day.0 + 4_000 {
                horizon = Day(horizon.0 + 1);
                self.pass(process, &mut now, &mut entries, horizon)?;
            }
            days.extend(entries.into_iter().take(limit).filter(|(_, s)| *s == state).map(|(d, _)| d));
        }
        Ok(days.into_iter().min())
    }

    fn process(&self, clause: ClauseName, name: &str, at: At) -> Option<(&'a Clause, &'a Process)> {
        let clause = self.place(clause, at.text)?.clause;
        clause.processes.iter().find(|p| p.name == name).map(|p| (clause, p))
    }

    // ---- Section 7: moments and terms.

    /// A moment: a day, or `None` for not yet.
    fn moment(&self, moment: &Moment, at: At, hand: &Hand<'a>) -> Eval<Option<Day>> {
        Ok(match moment {
            Moment::Day(day) => Some(*day),
            Moment::Never => None,
            Moment::First(pattern) => match self.first(pattern, at, hand)? {
                Some(record) => Some(self.records[record].time.day),
                None => match self.program.events[pattern.event.index()].attested {
                    Some(open) if self.answered(open)? == 0 => Some(at.day),
                    _ => None,
                },
            },
            Moment::Entry(clause, process, state) => self.entry(*clause, process, *state, at)?,
            Moment::Violation(clause) => {
                // The first day on which one is violated: after its days, and the clause does not rest.
                let Some(place) = self.place(*clause, at.text) else { return Ok(None) };
                let mut first: Option<Day> = None;
                for duty in self.duties(*clause, at)?.iter().filter(|d| !d.released) {
                    decided(!(duty.doubtful && duty.mend.is_some_and(|m| m < at.day)))?;
                    let mut day = violation(duty).unwrap_or(Day(i32::MAX));
                    while day <= at.day && self.rests(place, self.end_of(day, at))? {
                        day = day.next();
                    }
                    first = first.into_iter().chain((day <= at.day).then_some(day)).min();
                }
                first
            }
            Moment::Fulfilment(clause) => {
                let duties = self.duties(*clause, at)?;
                decided(duties.iter().all(|d| !d.doubtful))?;
                duties.iter().filter(|d| d.state == DutyState::Fulfilled).filter_map(|d| d.done).min()
            }
            Moment::End(clause) => match self.place(*clause, at.text) {
                Some(place) => self.end(place, at)?,
                None => None,
            },
            Moment::AgreementEnd => self.agreement_end(at)?,
            Moment::Field(event, field) => match self.expr(&Expr::Field(*event, *field), at, hand)? {
                Val::Day(day) => Some(day),
                Val::Unknown(Some(open)) => return Err(Stop::Ask(open)),
                _ => None,
            },
            Moment::Shift(base, back, by, calendar) => match self.moment(base, at, hand)? {
                Some(day) => Some(self.shift(day, *back, by, *calendar)?),
                None => None,
            },
            Moment::Next(schedule, on, after) => match self.moment(after, at, hand)? {
                Some(day) => self.next(*schedule, *on, day)?,
                None => None,
            },
            Moment::Earlier(all) => {
                let days: Vec<_> = all.iter().map(|m| self.moment(m, at, hand)).collect::<Eval<_>>()?;
                days.into_iter().flatten().min()
            }
            Moment::Later(all) => {
                let days: Vec<_> = all.iter().map(|m| self.moment(m, at, hand)).collect::<Eval<_>>()?;
                days.into_iter().collect::<Option<Vec<Day>>>().and_then(|d| d.into_iter().max())
            }
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.moment(arm, at, hand)?,
                None => None,
            },
        })
    }

    fn shift(
        &self,
        day: Day,
        back: bool,
        by: &servanda_quantity::Duration,
        calendar: Option<CalendarId>,
    ) -> Eval<Day> {
        let calendar = calendar.map(|c| &self.program.calendars[c.index()]);
        by.from(day, back, calendar).map_err(|e| Stop::Fail(Error::new("no-such-day", e.to_string())))
    }

    /// The first day of a schedule after a day, or on it: day after day from the beginning of the schedule.
    fn next(&self, schedule: ScheduleId, on: bool, after: Day) -> Eval<Option<Day>> {
        let schedule = &self.program.schedules[schedule.index()];
        let plain = Schedule { business: None, ..schedule.clone() };
        let comes = |day: Day| if on { day >= after } else { day > after };
        for k in 0.. {
            let Some(counted) = plain.day(k).map_err(no_day)? else { break };
            if comes(counted)
                && let Some(moved) = schedule.day(k).map_err(no_day)?.filter(|&d| comes(d))
            {
                return Ok(Some(moved));
            }
        }
        Ok(None)
    }

    /// The days on which periods of a schedule begin or end, up to the first after a day.
    fn bounds(&self, schedule: ScheduleId, day: Day) -> Eval<Vec<Day>> {
        let mut schedule = self.program.schedules[schedule.index()].clone();
        if schedule.business.as_ref().is_some_and(|(convention, _)| !convention.periods_move) {
            schedule.business = None;
        }
        let mut out: Vec<Day> = Vec::new();
        while out.last().is_none_or(|&last| last <= day) {
            let Some(bound) = schedule.day(out.len() as i64).map_err(no_day)? else { break };
            out.push(bound);
        }
        Ok(out)
    }

    /// The period that holds a day, or the first one after it: its first day and the first day after it.
    fn period_from(&self, period: Period, day: Day) -> Eval<Option<(Day, Day)>> {
        if let Period::Schedule(schedule) = period {
            let mut bounds = self.bounds(schedule, day)?;
            if let [only] = bounds[..] {
                bounds = self.bounds(schedule, only)?;
            }
            let mut pairs = bounds.windows(2).map(|pair| (pair[0], pair[1]));
            return Ok(pairs.find(|(first, next)| first < next && *next > day));
        }
        let mut next = day.next();
        while !begins(period, next) {
            next = next.next();
        }
        Ok(Some((begun(period, day), next)))
    }

    /// The first day of the period that holds a day.
    fn begun_period(&self, period: Period, day: Day) -> Eval<Option<Day>> {
        Ok(self.period_from(period, day)?.map(|(first, _)| first).filter(|&first| first <= day))
    }

    /// The days, with their places among the records, on which effects of a verb on a clause were set off.
    /// An effect counts where its clause was in force, in the text that governed that day.
    fn fired(&self, place: Place<'a>, verb: EffectVerb, at: At) -> Eval<Vec<(Day, usize)>> {
        let depth = self.depth.get();
        if depth > DEPTH_MAX {
            return Err(Stop::Fail(Error::new("endless-terms", "terms depend on each other without end")));
        }
        self.depth.set(depth + 1);
        let mut out = Vec::new();
        for &version in &self.chain {
            for k in self.places(Some(version)) {
                for effect in k.clause.effects.iter().filter(|e| e.verb == verb && targets(e, place.clause)) {
                    for (day, n) in self.fired_by(effect, k, version, at)? {
                        if self.has_same(place, version) {
                            out.push((day, n));
                        }
                    }
                }
            }
        }
        self.depth.set(depth);
        out.sort();
        Ok(out)
    }

    /// The first day on which the agreement was ended as a whole, by the texts up to the one that is read.
    fn agreement_end(&self, at: At) -> Eval<Option<Day>> {
        self.seek(None, at, || self.end_of_agreement(at))
    }

    fn end_of_agreement(&self, at: At) -> Eval<Option<Day>> {
        let depth = self.depth.get();
        if depth > DEPTH_MAX {
            return Err(Stop::Fail(Error::new("endless-terms", "terms depend on each other without end")));
        }
        self.depth.set(depth + 1);
        let read = self.chain.iter().position(|&v| Some(v) == at.text).map_or(self.chain.len(), |i| i + 1);
        let mut days = Vec::new();
        for &version in &self.chain[..read] {
            if self.program.versions[version.index()].terminates {
                days.extend(self.effective(version, at.day, at.n)?.filter(|&d| d <= at.day));
            }
            for k in self.places(Some(version)) {
                for effect in &k.clause.effects {
                    if effect.verb == EffectVerb::Ends && effect.target == EffectTarget::Agreement {
                        days.extend(self.fired_by(effect, k, version, at)?.into_iter().map(|(day, _)| day));
                    }
                }
            }
        }
        self.depth.set(depth);
        Ok(days.into_iter().min())
    }

    /// Whether a text has the same clause, not one of its name that was written afresh.
    fn has_same(&self, place: Place<'a>, version: VersionId) -> bool {
        let text = &self.program.versions[version.index()].text;
        place.standing.is_none_or(|p| text.iter().any(|s| (s.name, s.birth) == (p.name, p.birth)))
    }

    fn fired_by(
        &self,
        effect: &'a Effect,
        k: Place<'a>,
        version: VersionId,
        at: At,
    ) -> Eval<Vec<(Day, usize)>> {
        let hand = Hand::of_term(k.clause);
        let mut candidates: Vec<(At, usize)> = Vec::new();
        if let Moment::First(pattern) = &effect.when {
            for record in (0..at.n).filter(|&r| self.admitted[r]) {
                let there = self.before(record)?;
                if self.matches(pattern, record, there, &hand)? {
                    candidates.push((there, record + 1));
                }
            }
        } else if let Some(day) =
            self.moment(&effect.when, at, &hand)?.filter(|&d| d <= at.day && d < at.timed)
        {
            // Judged by what the days before left, so that effects of one day do not look at each other.
            let n = self.until(day).min(at.n);
            candidates.push((At { day, n, text: self.text(day, n)?, timed: day }, 0));
        }
        let mut out = Vec::new();
        for (there, n) in candidates {
            if there.text != Some(version) || !self.speaks(k, effect, there)? {
                continue;
            }
            let in_time = match &effect.before {
                Some(before) => self.moment(before, there, &hand)?.is_none_or(|b| there.day < b),
                None => true,
            };
            if in_time {
                out.push((there.day, n));
            }
        }
        Ok(out)
    }

    /// The first day of a clause.
    fn start(&self, place: Place<'a>, at: At) -> Eval<Option<Day>> {
        let own = match &place.clause.from {
            None => None,
            Some(from) => match self.moment(from, at, &Hand::of_term(place.clause))? {
                None => return Ok(None),
                day => day,
            },
        };
        let floor = match place.standing {
            Some(s) => self.effective(s.birth, at.day, at.n)?,
            None if own.is_some() => own,
            None => match self.chain.first() {
                Some(&v) => self.effective(v, at.day, at.n)?,
                None => None,
            },
        };
        let Some(floor) = floor else { return Ok(None) };
        let day = own.map_or(floor, |o| o.max(floor));
        // Where an effect of a text so far begins it, it begins with the first of them.
        let own = at.text.filter(|t| self.chain.contains(t));
        let last = if own.is_some() { own } else { self.text(at.day, at.n)? };
        let so_far = self.chain.iter().filter(|&&v| last.is_some_and(|t| v <= t) && self.has_same(place, v));
        let waits = so_far.map(|&v| Some(v)).chain([None]).flat_map(|v| self.places(v)).any(|k| {
            k.clause.effects.iter().any(|e| e.verb == EffectVerb::Starts && targets(e, place.clause))
        });
        if !waits {
            return Ok(Some(day));
        }
        Ok(self.fired(place, EffectVerb::Starts, at)?.first().map(|(d, _)| day.max(*d)))
    }

    /// An end that waits for itself does not move itself: while it is looked for at a point, there is none there.
    fn seek<T: Default>(&self, of: Option<ClauseName>, at: At, look: impl FnOnce() -> Eval<T>) -> Eval<T> {
        if self.sought.borrow().contains(&(of, at)) {
            return Ok(T::default());
        }
        self.sought.borrow_mut().push((of, at));
        let found = look();
        self.sought.borrow_mut().pop();
        found
    }

    /// The end of a clause as far as the history tells: the earliest of what ends it.
    fn end(&self, place: Place<'a>, at: At) -> Eval<Option<Day>> {
        self.seek(Some(place.clause.name), at, || self.end_of_clause(place, at))
    }

    fn end_of_clause(&self, place: Place<'a>, at: At) -> Eval<Option<Day>> {
        let own = self.moment(&place.clause.until, at, &Hand::of_term(place.clause))?;
        let instrument = match place.standing.and_then(|s| s.ended) {
            Some((version, _)) => self.effective(version, at.day, at.n)?,
            None => None,
        };
        let effects = self.fired(place, EffectVerb::Ends, at)?;
        Ok(own.into_iter().chain(instrument).chain(effects.first().map(|(d, _)| *d)).min())
    }

    fn over(&self, place: Place<'a>, at: At) -> Eval<Option<Day>> {
        Ok(self.end(place, at)?.filter(|&d| d <= at.day))
    }

    fn rests(&self, place: Place<'a>, at: At) -> Eval<bool> {
        if let Some(cond) = &place.clause.while_
            && !self.holds(cond, at, &Hand::of(place.clause))?
        {
            return Ok(true);
        }
        for s in place.standing.iter().flat_map(|s| &s.suspended) {
            let from = match &s.from {
                Some(m) => self.moment(m, at, &Hand::default())?,
                None => self.effective(s.by, at.day, at.n)?,
            };
            let until = match &s.until {
                Some(m) => self.moment(m, at, &Hand::default())?,
                None => None,
            };
            if from.is_some_and(|f| f <= at.day) && until.is_none_or(|u| at.day < u) {
                return Ok(true);
            }
        }
        let suspended = self.fired(place, EffectVerb::Suspends, at)?;
        let resumed = self.fired(place, EffectVerb::Resumes, at)?;
        Ok(suspended.last().is_some_and(|s| resumed.last().is_none_or(|r| r < s)))
    }

    fn begun(&self, place: Place<'a>, at: At) -> Eval<bool> {
        Ok(self.start(place, at)?.is_some_and(|s| s <= at.day))
    }

    fn in_force(&self, place: Place<'a>, at: At) -> Eval<bool> {
        Ok(self.begun(place, at)? && self.over(place, at)?.is_none() && !self.rests(place, at)?)
    }

    /// Whether an effect counts: its clause is in force, or merely rests and says when something goes on.
    fn speaks(&self, place: Place<'a>, effect: &Effect, at: At) -> Eval<bool> {
        Ok(self.begun(place, at)?
            && self.over(place, at)?.is_none()
            && (effect.verb == EffectVerb::Resumes || !self.rests(place, at)?))
    }

    // ---- Section 3: conditions and values.

    fn answered(&self, open: OpenId) -> Eval<u32> {
        match self.given.get(&open) {
            Some(Assumed::Word(i) | Assumed::Region(i)) => Ok(*i),
            _ => Err(Stop::Ask(open)),
        }
    }

    fn holds(&self, cond: &Cond, at: At, hand: &Hand<'a>) -> Eval<bool> {
        Ok(self.cond(cond, at, hand)? == Some(true))
    }

    /// Whether a condition holds; `None` only while a duty is tested, where it depends on what nobody knows.
    fn cond(&self, cond: &Cond, at: At, hand: &Hand<'a>) -> Eval<Option<bool>> {
        Ok(Some(match cond {
            Cond::Constant(b) => *b,
            Cond::All(all) => return self.every(all, at, hand, false),
            Cond::Any(any) => return self.every(any, at, hand, true),
            Cond::Not(c) => return Ok(self.cond(c, at, hand)?.map(|b| !b)),
            Cond::Compare(op, a, b, site) => return self.compare(*op, a, b, *site, at, hand),
            Cond::Same(a, b) => same(&self.definite(a, at, hand)?, &self.definite(b, at, hand)?),
            Cond::OneOf(a, list) => {
                let a = self.definite(a, at, hand)?;
                let list: Vec<Val> = list.iter().map(|b| self.definite(b, at, hand)).collect::<Eval<_>>()?;
                list.iter().any(|b| same(&a, b))
            }
            Cond::Given(e) => !matches!(self.expr(e, at, hand)?, Val::NotGiven | Val::Absent),
            Cond::Answered(open, answer) => self.answered(*open)? == *answer,
            Cond::Happened(pattern) => {
                let mut unsure = false;
                for record in (0..at.n).filter(|&r| self.admitted[r]) {
                    match self.may_match(pattern, record, at, hand)? {
                        Some(true) => return Ok(Some(true)),
                        Some(false) => {}
                        None => unsure = true,
                    }
                }
                match self.program.events[pattern.event.index()].attested {
                    _ if unsure => return Ok(None),
                    Some(open) => self.answered(open)? == 0,
                    None => false,
                }
            }
            Cond::InState(clause, name, key, states) => {
                let word = self.key(key.as_deref(), at, hand)?;
                match self.process(*clause, name, at) {
                    Some((owner, process)) if key.is_none() || word.is_some() => {
                        states.contains(&self.run(owner, process, &word, at)?.0)
                    }
                    _ => false,
                }
            }
            Cond::InForce(clause) => match self.place(*clause, at.text) {
                Some(place) => self.in_force(place, at)?,
                None => false,
            },
            Cond::Violated(clause) => {
                let duties = self.duties(*clause, at)?;
                let late = |d: &DutyDays| d.doubtful && d.mend.is_some_and(|m| m < at.day);
                let judged = |d: &&DutyDays| !d.released && d.state != DutyState::Suspended;
                decided(!duties.iter().filter(judged).any(late))?;
                duties.iter().any(|d| d.state == DutyState::Violated)
            }
            Cond::Fulfilled(clause) => {
                let duties = self.duties(*clause, at)?;
                decided(duties.iter().all(|d| !d.doubtful))?;
                !duties.is_empty() && duties.iter().all(|d| d.state == DutyState::Fulfilled)
            }
            Cond::Defined(clause, name, key) => {
                let word = self.key(key.as_deref(), at, hand)?;
                let place = self.place(*clause, at.text);
                let acting = hand.act.map(|a| a.action).or(hand.told.map(|t| t.0));
                match place.and_then(|p| p.clause.define(name, acting)) {
                    Some(define) if key.is_none() || word.is_some() => {
                        return self.cond(
                            &define.cond,
                            at,
                            &Hand { key: word, clause: Some(*clause), ..hand.clone() },
                        );
                    }
                    _ => false,
                }
            }
        }))
    }

    /// `any`: whether one holds; otherwise whether all do.
    fn every(&self, list: &[Cond], at: At, hand: &Hand<'a>, any: bool) -> Eval<Option<bool>> {
        let mut out = Some(!any);
        for c in list {
            match self.cond(c, at, hand)? {
                Some(b) if b == any => return Ok(Some(any)),
                Some(_) => {}
                None => out = None,
            }
        }
        Ok(out)
    }

    /// Section 11, "where it is compared": by its regions where the other side is one of their borders, otherwise
    /// as far as the figures decide, otherwise it is a question of its own.
    fn compare(
        &self,
        op: Comparison,
        a: &Expr,
        b: &Expr,
        site: OpenId,
        at: At,
        hand: &Hand<'a>,
    ) -> Eval<Option<bool>> {
        let (a, b) = (self.expr(a, at, hand)?, self.expr(b, at, hand)?);
        let order = match (&a, &b) {
            (Val::Unknown(Some(q)), other) if self.borders(*q, other) => {
                if hand.sure {
                    return Ok(None);
                }
                self.region(*q, other)?
            }
            (other, Val::Unknown(Some(q))) if self.borders(*q, other) => {
                if hand.sure {
                    return Ok(None);
                }
                self.region(*q, other)?.map(Ordering::reverse)
            }
            (Val::Figure(a), Val::Figure(b)) => a.compare(b).ok().flatten(),
            (Val::Day(a), Val::Day(b)) => Some(a.cmp(b)),
            _ => None,
        };
        Ok(match order {
            Some(o) => Some(match op {
                Comparison::Equal => o.is_eq(),
                Comparison::Less => o.is_lt(),
                Comparison::LessEqual => o.is_le(),
                Comparison::Greater => o.is_gt(),
                Comparison::GreaterEqual => o.is_ge(),
            }),
            None if hand.sure => None,
            None => Some(self.answered(site)? == 0),
        })
    }

    fn borders(&self, open: OpenId, other: &Val) -> bool {
        match (&self.program.opens[open.index()].answers, other) {
            (Answers::Figure { cuts, .. }, Val::Figure(f)) => {
                f.qualifier == Qualifier::Exact && cuts.contains(f)
            }
            (Answers::Date { cuts }, Val::Day(d)) => cuts.contains(d),
            _ => false,
        }
    }

    fn region(&self, open: OpenId, border: &Val) -> Eval<Option<Ordering>> {
        let region = self.answered(open)?;
        Ok(match (&self.program.opens[open.index()].answers, border) {
            (Answers::Figure { cuts, .. }, Val::Figure(f)) => {
                opens::representative(cuts, region).map(|r| r.number.cmp(&f.number))
            }
            (Answers::Date { cuts }, Val::Day(d)) => {
                opens::representative_day(cuts, region).map(|r| r.cmp(d))
            }
            _ => None,
        })
    }

    /// A value whose equality is tested: what nobody has said is asked.
    fn definite(&self, e: &Expr, at: At, hand: &Hand<'a>) -> Eval<Val> {
        match self.expr(e, at, hand)? {
            Val::Unknown(Some(open)) => Err(Stop::Ask(open)),
            value => Ok(value),
        }
    }

    fn key(&self, key: Option<&Expr>, at: At, hand: &Hand<'a>) -> Eval<Option<String>> {
        let Some(key) = key else { return Ok(None) };
        Ok(match self.definite(key, at, hand)? {
            Val::Word(word) => Some(word),
            _ => None,
        })
    }

    /// A datum: as given, as assumed, its default, *not given*, or unknown.
    fn datum(
        &self,
        given: Option<&Datum>,
        default: Option<&Expr>,
        optional: bool,
        open: OpenId,
        at: At,
        hand: &Hand<'a>,
    ) -> Eval<Val> {
        if let Some(datum) = given {
            return Ok(datum.clone().into());
        }
        if let Some(assumed) = self.assumed(open) {
            return Ok(assumed);
        }
        if let Some(default) = default {
            match self.expr(default, at, hand)? {
                Val::Absent | Val::NotGiven => {}
                value => return Ok(value),
            }
        }
        Ok(if optional { Val::NotGiven } else { Val::Unknown(Some(open)) })
    }

    fn assumed(&self, open: OpenId) -> Option<Val> {
        match (self.given.get(&open)?, &self.program.opens[open.index()].answers) {
            (Assumed::Datum(d), _) => Some(d.clone().into()),
            (Assumed::Word(i), Answers::Words(words)) => {
                Some(Val::Word(words.get(*i as usize)?.word.clone()))
            }
            _ => None,
        }
    }

    fn field(&self, record: usize, field: usize, at: At, hand: &Hand<'a>) -> Eval<Val> {
        let r = &self.records[record];
        let f = &self.program.events[r.event.index()].fields[field];
        let mut hand = hand.clone();
        hand.records.push(record);
        self.datum(r.data[field].as_ref(), f.default.as_ref(), f.optional, f.open, at, &hand)
    }

    fn expr(&self, expr: &Expr, at: At, hand: &Hand<'a>) -> Eval<Val> {
        let two = |a: &Expr, b: &Expr, op: &dyn Fn(&Figure, &Figure) -> Result<Figure, ArithmeticError>| {
            Ok(match (self.expr(a, at, hand)?, self.expr(b, at, hand)?) {
                (Val::Figure(a), Val::Figure(b)) => op(&a, &b).map_or(Val::Fault, Val::Figure),
                (Val::Fault, _) | (_, Val::Fault) => Val::Fault,
                (Val::Unknown(_), _) | (_, Val::Unknown(_)) => Val::Unknown(None),
                (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
                _ => Val::Fault,
            })
        };
        Ok(match expr {
            Expr::Figure(f) => Val::Figure(f.clone()),
            Expr::Day(d) => Val::Day(*d),
            Expr::Word(w) | Expr::Text(w) => Val::Word(w.clone()),
            Expr::Party(p) => Val::Party(*p),
            Expr::Attribute(a) => match hand.act {
                Some(act) => {
                    let d = &self.program.actions[act.action.index()].attributes[a.index()];
                    let given = act.with[a.index()].as_ref();
                    self.datum(given, d.default.as_ref(), d.optional, d.open, at, hand)?
                }
                None => match hand.told {
                    Some((action, record)) => {
                        let name = &self.program.actions[action.index()].attributes[a.index()].name;
                        let fields = &self.program.events[self.records[record].event.index()].fields;
                        match fields.iter().position(|f| f.name == *name) {
                            Some(i) => self.field(record, i, at, hand)?,
                            None => Val::NotGiven,
                        }
                    }
                    None => Val::NotGiven,
                },
            },
            Expr::Field(event, field) => {
                match hand.records.iter().rev().find(|&&r| self.records[r].event == *event) {
                    Some(&record) => self.field(record, field.index(), at, hand)?,
                    None => Val::NotGiven,
                }
            }
            Expr::By => match hand.records.last().and_then(|&r| self.records[r].by) {
                Some(party) => Val::Party(party),
                None => Val::NotGiven,
            },
            Expr::Key => hand.key.clone().map_or(Val::NotGiven, Val::Word),
            Expr::Value(clause, name, key) => {
                let word = self.key(key.as_deref(), at, hand)?;
                if key.is_some() && word.is_none() {
                    return Ok(Val::Absent);
                }
                self.value(*clause, name, word, at, hand)?
            }
            Expr::Fact(i) => self.expr(&self.program.facts[*i as usize].expr, at, &Hand::default())?,
            Expr::Kept(clause, name, slot, key) => {
                let word = self.key(key.as_deref(), at, hand)?;
                match self.process(*clause, name, at) {
                    Some((owner, process)) if key.is_none() || word.is_some() => {
                        self.run(owner, process, &word, at)?.1.remove(slot.as_str()).unwrap_or(Val::Absent)
                    }
                    _ => Val::Absent,
                }
            }
            Expr::Undisclosed(open) => self.assumed(*open).unwrap_or(Val::Unknown(Some(*open))),
            Expr::Gives(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.expr(arm, at, hand)?,
                None => Val::Absent,
            },
            Expr::Aggregate { .. } => self.aggregate(expr, at, hand)?,
            Expr::Cases(list) => {
                for (cond, e) in list {
                    match self.cond(cond, at, hand)? {
                        Some(true) => return self.expr(e, at, hand),
                        Some(false) => {}
                        None => return Ok(Val::Unknown(None)),
                    }
                }
                Val::Absent
            }
            Expr::Counted(clause) => {
                let place = self.place(*clause, at.text);
                match place.and_then(|p| p.clause.duties.iter().find_map(|d| d.counting.as_ref())) {
                    Some(e) => {
                        self.expr(e, at, &Hand { clause: Some(*clause), act: None, ..hand.doing() })?
                    }
                    None => Val::Absent,
                }
            }
            Expr::Add(a, b) => two(a, b, &Figure::add)?,
            Expr::Subtract(a, b) => two(a, b, &Figure::sub)?,
            Expr::Multiply(a, b) => two(a, b, &Figure::mul)?,
            Expr::Divide(a, b) => two(a, b, &Figure::div)?,
            Expr::Round(way, a, b) => two(a, b, &|a, b| a.round_to(b, *way))?,
            Expr::Extreme(kind, all) => {
                let all: Vec<Val> = all.iter().map(|e| self.expr(e, at, hand)).collect::<Eval<_>>()?;
                all.into_iter().reduce(|a, b| extreme(*kind, a, b)).unwrap_or(Val::Absent)
            }
            Expr::Today => Val::Day(at.day),
            Expr::DayOf(moment) => match &**moment {
                Moment::First(pattern) => {
                    match (
                        self.first(pattern, at, hand)?,
                        self.program.events[pattern.event.index()].attested,
                    ) {
                        (Some(record), _) => Val::Day(self.records[record].time.day),
                        (None, Some(open)) if self.answered(open)? == 0 => Val::Unknown(None),
                        _ => Val::Absent,
                    }
                }
                moment => self.moment(moment, at, hand)?.map_or(Val::Absent, Val::Day),
            },
            Expr::RecordDay(event) => {
                match hand.records.iter().rev().find(|&&r| self.records[r].event == *event) {
                    Some(&record) => Val::Day(self.records[record].time.day),
                    None => Val::NotGiven,
                }
            }
            Expr::Between(measure, a, b) => match (self.expr(a, at, hand)?, self.expr(b, at, hand)?) {
                (Val::Day(a), Val::Day(b)) => {
                    let number = match measure {
                        Measure::Days => Some(Number::from(i64::from(b.0 - a.0))),
                        Measure::BusinessDays(c) => self.business_days(*c, a, b),
                        Measure::Years(count) => count.years(a, b).ok(),
                    };
                    number.map_or(Val::Fault, |n| Val::Figure(Figure::exact(n, Unit::One)))
                }
                (Val::Fault, _) | (_, Val::Fault) => Val::Fault,
                (Val::Unknown(_), _) | (_, Val::Unknown(_)) => Val::Unknown(None),
                (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
                _ => Val::Fault,
            },
            Expr::Shift(base, back, by, c) => match self.expr(base, at, hand)? {
                Val::Day(day) => {
                    let calendar = c.map(|c| &self.program.calendars[c.index()]);
                    by.from(day, *back, calendar).map_or(Val::Fault, Val::Day)
                }
                Val::Unknown(_) => Val::Unknown(None),
                Val::Absent => Val::Absent,
                _ => Val::Fault,
            },
        })
    }

    /// The business days after the first day up to the second, one by one; turned round, below zero.
    fn business_days(&self, calendar: CalendarId, a: Day, b: Day) -> Option<Number> {
        let calendar = &self.program.calendars[calendar.index()];
        let works = |d: &i32| calendar.is_business_day(Day(*d));
        let count = match a <= b {
            true => (a.0 + 1..b.0 + 1).filter(works).count() as i64,
            false => -((b.0..a.0).filter(works).count() as i64),
        };
        (a.max(b) <= calendar.through).then(|| Number::from(count))
    }

    fn value(
        &self,
        clause: ClauseName,
        name: &str,
        key: Option<String>,
        at: At,
        hand: &Hand<'a>,
    ) -> Eval<Val> {
        let place = self.place(clause, at.text);
        let Some(value) = place.and_then(|p| p.clause.values.iter().find(|v| v.name == name)) else {
            return Ok(Val::Absent);
        };
        let hand = Hand { key, clause: Some(clause), act: None, records: Vec::new(), ..hand.clone() };
        Ok(match self.cond(&value.cond, at, &hand)? {
            Some(true) => self.expr(&value.expr, at, &hand)?,
            Some(false) => Val::Absent,
            None => Val::Unknown(None),
        })
    }

    /// All but `latest` run from the effective day of the version that wrote the clause, until the clause is over,
    /// and inside the period of a duty or the days of a window; `latest` looks at the whole history.
    fn aggregate(&self, aggregate: &Expr, at: At, hand: &Hand<'a>) -> Eval<Val> {
        let Expr::Aggregate { kind, event, field, filter, window, default } = aggregate else {
            return Ok(Val::Fault);
        };
        let (kind, event, field, default) = (*kind, *event, field.map(|f| f.index()), default.as_deref());
        let (mut from, mut until) = (Day(i32::MIN), Day(i32::MAX));
        if let (Some(place), true) =
            (hand.clause.and_then(|c| self.place(c, at.text)), kind != AggregateKind::Latest)
        {
            if let Some(s) = place.standing {
                from = self.effective(s.birth, at.day, at.n)?.unwrap_or(from);
            }
            // What is paid in arrears counts when the clause is over, too.
            if hand.uncut != hand.clause && !hand.paying {
                until = self.over(place, at)?.unwrap_or(until);
            }
        }
        if kind != AggregateKind::Latest || window.is_some() {
            // A duty that recurs looks back from its last day, once that is past.
            let day = hand.period.map_or(at.day, |(_, last)| at.day.min(last));
            let days = match window {
                None => hand.period,
                // A schedule may have no such period; then there is no day.
                Some(Window::This(period)) => {
                    Some(self.begun_period(*period, day)?.map_or((day.next(), day), |first| (first, day)))
                }
                Some(Window::Before(period)) => Some(match self.begun_period(*period, day)? {
                    Some(first) => (Day(i32::MIN), Day(first.0 - 1)),
                    None => (day.next(), day),
                }),
                Some(Window::Last(period)) => Some(match self.begun_period(*period, day)? {
                    Some(first) => {
                        let last = Day(first.0 - 1);
                        self.begun_period(*period, last)?.map_or((day.next(), day), |first| (first, last))
                    }
                    None => (day.next(), day),
                }),
                Some(Window::Over(by, calendar)) => Some((self.shift(day, true, by, *calendar)?.next(), day)),
            };
            if let Some((first, last)) = days {
                (from, until) = (from.max(first), until.min(last.next()));
            }
        }
        let latest = kind == AggregateKind::Latest;
        let mut values = Vec::new();
        // From the last record back; of `latest`, none before the first that matches is looked at.
        for record in (0..at.n).rev() {
            if latest && !values.is_empty() {
                break;
            }
            let r = &self.records[record];
            if r.event != event || !self.admitted[record] || r.time.day < from || r.time.day >= until {
                continue;
            }
            let mut inner = hand.clone();
            inner.records.push(record);
            match self.cond(filter, at, &inner)? {
                Some(true) => values.push(match field {
                    Some(f) => self.field(record, f, at, hand)?,
                    None => Val::Day(r.time.day),
                }),
                Some(false) => {}
                None => return Ok(Val::Unknown(None)),
            }
        }
        let exact = |number, unit| Val::Figure(Figure::exact(number, unit));
        Ok(match kind {
            AggregateKind::Count => exact(Number::from(values.len() as i64), Unit::One),
            AggregateKind::Latest => match (values.pop(), default) {
                (Some(value), _) => value,
                (None, Some(default)) => self.expr(default, at, hand)?,
                (None, None) => Val::Absent,
            },
            AggregateKind::Lowest | AggregateKind::Highest => {
                values.retain(|v| *v != Val::NotGiven);
                let which = if kind == AggregateKind::Lowest { ExtremeKind::Min } else { ExtremeKind::Max };
                if values.contains(&Val::Fault) {
                    return Ok(Val::Fault);
                }
                if values.iter().any(|v| matches!(v, Val::Unknown(_))) {
                    return Ok(Val::Unknown(None));
                }
                match (values.into_iter().reduce(|a, b| extreme(which, a, b)), default) {
                    (Some(value), _) => value,
                    (None, Some(default)) => self.expr(default, at, hand)?,
                    (None, None) => Val::Absent,
                }
            }
            AggregateKind::Sum => {
                values.retain(|v| *v != Val::NotGiven);
                let zero = field.map(|f| &self.program.events[event.index()].fields[f].ty);
                match (values.is_empty(), default, zero) {
                    (true, Some(default), _) => self.expr(default, at, hand)?,
                    (true, None, Some(Type::Figure(Unit::Money(code)))) if code.is_empty() => {
                        exact(Number::zero(), Unit::Money(self.program.currency.clone().unwrap_or_default()))
                    }
                    (true, None, Some(Type::Figure(unit))) => exact(Number::zero(), unit.clone()),
                    _ if values.contains(&Val::Fault) => Val::Fault,
                    _ if values.iter().any(|v| matches!(v, Val::Unknown(_))) => Val::Unknown(None),
                    _ => values.into_iter().reduce(sum).unwrap_or(Val::Fault),
                }
            }
        })
    }

    // ---- Section 10: duties.

    /// The duties of a clause that have begun.
    fn duties(&self, clause: ClauseName, at: At) -> Eval<Vec<DutyDays>> {
        let Some(place) = self.place(clause, at.text) else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for duty in &place.clause.duties {
            out.extend(self.instances(place, duty, at)?);
        }
        Ok(out)
    }

    fn instances(&self, place: Place<'a>, duty: &'a Duty, at: At) -> Eval<Vec<DutyDays>> {
        let Some(start) = self.start(place, at)?.filter(|&s| s <= at.day) else { return Ok(Vec::new()) };
        let end = self.over(place, at)?;
        let lasts = |day: Day| day <= at.day && end.is_none_or(|e| day < e);
        let plain = Hand::of(place.clause);
        let term = Hand::of_term(place.clause);
        // Each with its first day, the last day that its beginning gives, and what it holds in hand.
        let mut begun: Vec<(Day, Option<Day>, Hand<'a>)> = Vec::new();
        match &duty.start {
            DutyStart::Clause => begun.push((start, None, plain)),
            DutyStart::Once(moment) => {
                let day = self.moment(moment, at, &term)?.filter(|&d| lasts(d));
                begun.extend(day.map(|d| (d.max(start), None, plain)));
            }
            DutyStart::Within(moment, by, c) => {
                if let Some(d) = self.moment(moment, at, &term)?.filter(|&d| d >= start && lasts(d)) {
                    begun.push((d, Some(self.shift(d, false, by, *c)?), plain));
                }
            }
            DutyStart::Each(pattern, by, c) => {
                for record in (0..at.n).filter(|&r| self.admitted[r]) {
                    let day = self.records[record].time.day;
                    if day >= start && lasts(day) && self.matches(pattern, record, at, &term)? {
                        let due = self.shift(day, false, by, *c)?;
                        begun.push((day, Some(due), Hand { records: vec![record], ..plain.clone() }));
                    }
                }
            }
            DutyStart::Period(Period::Schedule(schedule)) => {
                for pair in self.bounds(*schedule, at.day)?.windows(2) {
                    let (first, last) = (pair[0].max(start), Day(pair[1].0 - 1));
                    if first <= last && lasts(first) {
                        let hand = Hand { period: Some((first, last)), ..plain.clone() };
                        begun.push((first, Some(last), hand));
                    }
                }
            }
            DutyStart::Period(period) => {
                let mut first = start;
                while lasts(first) {
                    let mut last = first;
                    while !begins(*period, last.next()) {
                        last = last.next();
                    }
                    begun.push((first, Some(last), Hand { period: Some((first, last)), ..plain.clone() }));
                    first = last.next();
                }
            }
            DutyStart::Arrears(period, by, c) => {
                let (mut from, mut taken) = (start, Day(i32::MIN));
                while let Some((first, next)) = self.period_from(*period, from)? {
                    let (first, last) = (first.max(start), Day(next.0 - 1));
                    if end.is_some_and(|e| first >= e) {
                        break;
                    }
                    // The clause's end cuts its last period; that is owed all the same.
                    let since = end.map_or(last.next(), |e| e.min(last.next()));
                    if since > at.day {
                        break;
                    }
                    let cut = Day(since.0 - 1);
                    let due = self.shift(cut, false, by, *c)?;
                    // What counts for the period before does not count again.
                    let after = self.period_from(*period, next)?.map(|(_, after)| Day(after.0 - 1));
                    let paid = (since.max(taken.next()), after.map_or(due, |last| due.max(last)));
                    taken = paid.1;
                    let hand = Hand { period: Some((first, cut)), arrears: Some(paid), ..plain.clone() };
                    begun.push((since, Some(due), hand));
                    from = next;
                }
            }
        }
        let mut out = Vec::new();
        for (since, own, hand) in begun {
            if !self.holds(&duty.reach, at, &hand)? {
                continue;
            }
            let by = match &duty.due {
                Some(moment) => self.moment(moment, at, &hand)?,
                None => None,
            };
            let due = by.into_iter().chain(own).min();
            let mend = match (due, &duty.cure) {
                (Some(due), Some((by, c))) => Some(self.shift(due, false, by, *c)?),
                _ => due,
            };
            let (done, doubtful) = self.done(duty, since, at, &hand)?;
            // What fell due before the clause was over stays owed.
            let released = hand.arrears.is_none() && end.is_some_and(|e| due.is_none_or(|d| d >= e));
            let state = match (due, mend) {
                _ if done.is_some() => DutyState::Fulfilled,
                _ if released => DutyState::Discharged,
                _ if self.rests(place, at)? => DutyState::Suspended,
                (_, Some(mend)) if at.day > mend => DutyState::Violated,
                (Some(due), _) if at.day > due => DutyState::Overdue,
                (Some(due), _) if at.day == due => DutyState::Due,
                _ => DutyState::InEffect,
            };
            let amount = self.remains(duty, state, at, &hand)?;
            out.push(DutyDays {
                clause: place.clause.name,
                period: hand.period.map(|(first, _)| first),
                since,
                due,
                mend,
                done,
                doubtful,
                released,
                state,
                amount,
            });
        }
        Ok(out)
    }

    /// The first day on which a duty is done. What nobody knows never fulfils.
    fn done(&self, duty: &Duty, since: Day, at: At, hand: &Hand<'a>) -> Eval<(Option<Day>, bool)> {
        let hand = Hand { sure: true, ..hand.clone() };
        let doing = hand.doing();
        let mut doubtful = false;
        let mut day = since;
        while day <= at.day {
            let there = self.end_of(day, at);
            let done = match (&duty.done, &duty.worth, &duty.counting, &duty.what) {
                (Some(done), ..) => self.cond(done, there, &doing)?,
                (None, Some(worth), Some(counting), _) => {
                    match (self.expr(counting, there, &doing)?, self.expr(worth, there, &hand)?) {
                        (Val::Figure(c), Val::Figure(w)) => Some(c.unit == w.unit && c.number >= w.number),
                        (Val::Unknown(_) | Val::Fault, _) | (_, Val::Unknown(_) | Val::Fault) => None,
                        _ => Some(false),
                    }
                }
                (None, _, None, DutyWhat::Act(action)) => Some((0..there.n).any(|r| {
                    let record = &self.records[r];
                    let event = &self.program.events[record.event.index()];
                    let by = record.by.is_some_and(|by| duty.debtors.contains(&by));
                    let (first, last) = hand.arrears.unwrap_or((since, Day(i32::MAX)));
                    let in_time = (first..=last).contains(&record.time.day);
                    self.admitted[r] && by && in_time && event.performs == Some(*action)
                })),
                _ => Some(false),
            };
            if done == Some(true) {
                return Ok((Some(day), doubtful));
            }
            doubtful |= done.is_none();
            day = day.next();
        }
        Ok((None, doubtful))
    }

    fn remains(&self, duty: &Duty, state: DutyState, at: At, hand: &Hand<'a>) -> Eval<OwedAmount> {
        let Some(worth) = &duty.worth else { return Ok(OwedAmount::None) };
        let Val::Figure(worth) = self.expr(worth, at, hand)? else { return Ok(OwedAmount::Undisclosed) };
        let zero = Figure::exact(Number::zero(), worth.unit.clone());
        Ok(match &duty.counting {
            None if state == DutyState::Fulfilled => OwedAmount::Known(zero),
            None => OwedAmount::Known(worth),
            Some(counting) => match self.expr(counting, at, &hand.doing())? {
                Val::Figure(counted) => match worth.sub(&counted) {
                    Ok(rest) if rest.number.is_negative() => OwedAmount::Known(zero),
                    Ok(rest) => OwedAmount::Known(rest),
                    Err(_) => OwedAmount::Undisclosed,
                },
                _ => OwedAmount::Undisclosed,
            },
        })
    }

    // ---- Sections 8 and 9: the decision and the other questions.

    fn find(&self, question: &Question) -> Eval<(Outcome, AnswerValue)> {
        let (day, n) = (question.as_of, self.records.len());
        let governs = self.text(day, n)?;
        let binds = |v: &VersionId| self.program.versions[v.index()].status == Status::Binding;
        let early = question.version.filter(binds).map_or(governs.is_none(), |v| governs != Some(v));
        let at = At { day, n, text: governs.filter(|_| !early), timed: day.next() };
        let plain = |outcome| Ok((outcome, AnswerValue::Nothing));
        // A version that does not bind speaks only where the governing text is silent.
        let printed = question.version.filter(|v| !binds(v));
        match &question.ask {
            Ask::May(act) => plain(self.may(act, at)?),
            Ask::InForce(name) | Ask::Ends(name) => {
                let Some(place) = self.place(*name, at.text) else {
                    return plain(match printed.and_then(|v| self.wrote(v, *name)) {
                        _ if early => Outcome::NotYet,
                        Some(_) => Outcome::NonBinding,
                        None => Outcome::Absent,
                    });
                };
                if !self.begun(place, at)? {
                    return plain(Outcome::NotYet);
                }
                if matches!(question.ask, Ask::Ends(_)) {
                    return self.ends(place, at);
                }
                plain(if self.in_force(place, at)? { Outcome::InForce } else { Outcome::Ended })
            }
            Ask::Value(value) => {
                let value = match value {
                    ValueRef::Fact(i) => self.expr(&Expr::Fact(*i), at, &Hand::default())?,
                    ValueRef::Clause(clause, name) => {
                        let has =
                            |text| self.place(*clause, text)?.clause.values.iter().find(|v| v.name == *name);
                        let wrote = printed.filter(|&v| self.wrote(v, *clause).is_some());
                        let text = if has(at.text).is_none() && !early { wrote.or(at.text) } else { at.text };
                        let Some(value) = has(text) else { return plain(Outcome::Absent) };
                        let key = match &value.key {
                            Some(key) => match question.assume.keys.get(key) {
                                None => return Err(Stop::Fail(Error::new("key-needed", key))),
                                word => word.cloned(),
                            },
                            None => None,
                        };
                        self.value(*clause, name, key, At { text, ..at }, &Hand::default())?
                    }
                };
                Ok(match value {
                    Val::Figure(f) => (Outcome::Known, AnswerValue::Figure(f)),
                    Val::Day(d) => (Outcome::Known, AnswerValue::Day(d)),
                    Val::Word(w) => (Outcome::Known, AnswerValue::Word(w)),
                    Val::Party(p) => (Outcome::Known, AnswerValue::Party(p)),
                    Val::Unknown(_) => (Outcome::Undisclosed, AnswerValue::Nothing),
                    Val::Absent | Val::NotGiven => (Outcome::Absent, AnswerValue::Nothing),
                    Val::Fault => {
                        return Err(Stop::Fail(Error::new("no-value", "the value cannot be computed")));
                    }
                })
            }
            Ask::Who(action) => {
                let mut holders = BTreeSet::new();
                for place in self.places(at.text) {
                    for power in place.clause.powers.iter().filter(|p| p.action == *action) {
                        if self.in_force(place, at)? {
                            holders.extend(power.parties.iter().copied());
                        }
                    }
                }
                match holders.is_empty() {
                    true => plain(Outcome::Absent),
                    false => Ok((Outcome::Known, AnswerValue::Parties(holders.into_iter().collect()))),
                }
            }
            Ask::Owes(party) => {
                let mut owed = Vec::new();
                for place in self.places(at.text) {
                    for duty in place.clause.duties.iter().filter(|d| d.debtors.contains(party)) {
                        for d in self.instances(place, duty, at)? {
                            let what = match &duty.what {
                                DutyWhat::Act(a) => {
                                    let a = &self.program.actions[a.index()];
                                    a.title.as_ref().unwrap_or(&a.name)
                                }
                                DutyWhat::Words(words) => words,
                            };
                            owed.push(Owed {
                                clause: d.clause,
                                to: duty.creditors.clone(),
                                what: what.clone(),
                                amount: d.amount,
                                due: d.due,
                                state: d.state,
                                since: d.since,
                                // In arrears, a period is told by its first day alone.
                                instance: d.period.map(|first| first.to_string().into()),
                            });
                        }
                    }
                }
                owed.sort_by_key(|o: &Owed| (&self.program.clause_names[o.clause.index()], o.since));
                Ok((Outcome::Known, AnswerValue::Owes(owed)))
            }
        }
    }

    /// Section 8.
    fn may(&self, act: &'a Act, at: At) -> Eval<Outcome> {
        // The norms that reach the act, each with whether it fires.
        let mut reached: Vec<(Place<'a>, &Norm, bool)> = Vec::new();
        for place in self.places(at.text) {
            let hand = Hand { act: Some(act), ..Hand::of(place.clause) };
            for norm in place.clause.norms.iter().filter(|n| n.action == act.action) {
                if !norm.parties.contains(&act.party)
                    || !self.begun(place, at)?
                    || !self.holds(&norm.reach, at, &hand)?
                {
                    continue;
                }
                let live = self.in_force(place, at)? && !self.holds(&norm.except, at, &hand)?;
                let met = norm.holders.contains(&act.party) || self.holds(&norm.meet, at, &hand)?;
                reached.push((place, norm, live && met == (norm.sign == Sign::Grant)));
            }
        }
        let decides: Vec<bool> = (0..reached.len())
            .map(|i| Ok(reached[i].2 && !self.beaten(reached[i].0.clause.name, &reached, act, at)?))
            .collect::<Eval<_>>()?;
        let some = |sign, only_deciding: bool| {
            reached.iter().zip(&decides).any(|((_, n, _), &d)| n.sign == sign && (d || !only_deciding))
        };
        let reserved = self.program.actions[act.action.index()].reserved;
        Ok(match (some(Sign::Bar, true), some(Sign::Grant, true)) {
            (true, true) => Outcome::Conflict,
            (true, false) => Outcome::Forbidden,
            (false, true) => Outcome::Permitted,
            _ if some(Sign::Grant, false) && (!some(Sign::Bar, false) || reserved) => Outcome::Forbidden,
            _ if some(Sign::Bar, false) => Outcome::Permitted,
            _ => Outcome::Unregulated,
        })
    }

    /// Whether some norm fires whose clause overrides this one, and is not beaten itself.
    fn beaten(
        &self,
        clause: ClauseName,
        reached: &[(Place<'a>, &Norm, bool)],
        act: &'a Act,
        at: At,
    ) -> Eval<bool> {
        for (other, _, fires) in reached {
            let hand = Hand { act: Some(act), ..Hand::of(other.clause) };
            for o in other.clause.overrides.iter().filter(|o| *fires && o.clause == clause) {
                if self.holds(&o.cond, at, &hand)? && !self.beaten(other.clause.name, reached, act, at)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Section 9, `ends`: the end as far as it is known, and the events that can still bring it.
    fn ends(&self, place: Place<'a>, at: At) -> Eval<(Outcome, AnswerValue)> {
        if let Some(day) = self.over(place, at)? {
            return Ok((Outcome::On, AnswerValue::Day(day)));
        }
        let (by, on) = self.end_ahead(place, at, &mut Vec::new())?;
        Ok(match by {
            Some(day) if on.is_empty() => (Outcome::On, AnswerValue::Day(day)),
            None if on.is_empty() => (Outcome::Never, AnswerValue::Nothing),
            by => (Outcome::Open, AnswerValue::End { on: on.into_iter().collect(), by }),
        })
    }

    /// The day by which a clause ends whatever happens, and the events on which its end turns.
    fn end_ahead(
        &self,
        place: Place<'a>,
        at: At,
        asked: &mut Vec<ClauseName>,
    ) -> Eval<(Option<Day>, BTreeSet<EventId>)> {
        let name = place.clause.name;
        asked.push(name);
        let (own, mut on) = self.ahead(&place.clause.until, at, &Hand::of_term(place.clause), asked)?;
        let instrument = match place.standing.and_then(|s| s.ended) {
            Some((version, _)) => self.effective(version, at.day, at.n)?,
            None => None,
        };
        let mut by = own.into_iter().chain(instrument).min();
        for k in self.places(at.text) {
            for effect in &k.clause.effects {
                if effect.verb != EffectVerb::Ends || !targets(effect, place.clause) {
                    continue;
                }
                let (day, events) = self.can_set_off(k, effect, at, asked)?;
                by = by.into_iter().chain(day).min();
                on.extend(events);
            }
        }
        asked.pop();
        Ok((by, on))
    }

    /// The day by which an effect of a clause is set off whatever happens, and the events on which that turns.
    fn can_set_off(
        &self,
        k: Place<'a>,
        effect: &Effect,
        at: At,
        asked: &mut Vec<ClauseName>,
    ) -> Eval<(Option<Day>, BTreeSet<EventId>)> {
        let hand = Hand::of_term(k.clause);
        let before = match &effect.before {
            Some(before) => self.moment(before, at, &hand)?,
            None => None,
        };
        let nothing = (None, BTreeSet::new());
        if before.is_some_and(|b| b <= at.day) || self.over(k, at)?.is_some() {
            return Ok(nothing);
        }
        let (day, events) = match &effect.when {
            // It may have come already, on a day on which it ended nothing.
            Moment::First(pattern) if self.can_come(pattern, at)? => (None, [pattern.event].into()),
            Moment::First(_) => nothing,
            Moment::End(c) if asked.contains(c) => nothing,
            other => self.ahead(other, at, &hand, asked)?,
        };
        let day = match day {
            Some(day)
                if before.is_none_or(|b| day < b) && self.in_force(k, At { day, timed: day, ..at })? =>
            {
                Some(day)
            }
            _ => None,
        };
        Ok((day, events))
    }

    /// The day by which a moment comes whatever happens, and the events on which it turns: that bring it, or that put
    /// off what time alone would bring.
    fn ahead(
        &self,
        moment: &Moment,
        at: At,
        hand: &Hand<'a>,
        asked: &mut Vec<ClauseName>,
    ) -> Eval<(Option<Day>, BTreeSet<EventId>)> {
        let come = self.moment(moment, at, hand)?;
        if come.is_some_and(|d| d <= at.day) {
            return Ok((come, BTreeSet::new()));
        }
        let mut out = BTreeSet::new();
        if self.hopeless(moment, at, hand)? {
            return Ok((None, out));
        }
        let mut by = None;
        match moment {
            Moment::Day(day) => by = Some(*day),
            Moment::First(pattern) => out.extend([pattern.event]),
            Moment::Entry(clause, name, state) => {
                if let Some((owner, process)) = self.process(*clause, name, at) {
                    (by, out) = self.entry_ahead(owner, process, *state, come, at)?;
                }
            }
            Moment::End(clause) => {
                if let Some(place) = self.place(*clause, at.text)
                    && !asked.contains(clause)
                {
                    return self.end_ahead(place, at, asked);
                }
            }
            Moment::Violation(clause) => {
                let duties = self.place(*clause, at.text).into_iter().flat_map(|p| &p.clause.duties);
                let mut can_be = false;
                for duty in duties.clone() {
                    match &duty.start {
                        DutyStart::Each(pattern, ..) => {
                            can_be = true;
                            if self.can_come(pattern, at)? {
                                out.extend([pattern.event]);
                            }
                        }
                        DutyStart::Once(begins) | DutyStart::Within(begins, ..) => {
                            can_be |= duty.due.is_some() || matches!(duty.start, DutyStart::Within(..));
                            let owner = self.place(*clause, at.text).expect("it has duties").clause;
                            out.extend(self.ahead(begins, at, &Hand::of_term(owner), asked)?.1);
                        }
                        DutyStart::Clause => can_be |= duty.due.is_some(),
                        DutyStart::Period(_) | DutyStart::Arrears(..) => can_be = true,
                    }
                }
                if !can_be {
                    return Ok((None, BTreeSet::new()));
                }
                for duty in duties {
                    self.fulfilling(duty, at, &mut out);
                }
            }
            Moment::AgreementEnd => {
                for k in self.places(at.text) {
                    for effect in &k.clause.effects {
                        if effect.verb == EffectVerb::Ends && effect.target == EffectTarget::Agreement {
                            let (day, events) = self.can_set_off(k, effect, at, asked)?;
                            by = by.into_iter().chain(day).min();
                            out.extend(events);
                        }
                    }
                }
            }
            Moment::Fulfilment(clause) => {
                for duty in self.place(*clause, at.text).iter().flat_map(|p| &p.clause.duties) {
                    self.fulfilling(duty, at, &mut out);
                }
            }
            Moment::Next(schedule, on, base) => {
                let (day, events) = self.ahead(base, at, hand, asked)?;
                out = events;
                if let Some(day) = day {
                    by = self.next(*schedule, *on, day)?;
                }
            }
            Moment::Shift(base, back, duration, calendar) => {
                let (day, on) = self.ahead(base, at, hand, asked)?;
                out = on;
                if let Some(day) = day {
                    by = Some(self.shift(day, *back, duration, *calendar)?);
                }
            }
            Moment::Earlier(all) => {
                for m in all {
                    let (day, on) = self.ahead(m, at, hand, asked)?;
                    by = by.into_iter().chain(day).min();
                    out.extend(on);
                }
            }
            Moment::Later(all) => {
                let mut days = Vec::new();
                for m in all {
                    let (day, on) = self.ahead(m, at, hand, asked)?;
                    days.push(day);
                    out.extend(on);
                }
                by = days.into_iter().collect::<Option<Vec<_>>>().and_then(|d| d.into_iter().max());
            }
            Moment::ByReading(open, arms) => {
                if let Some(arm) = arms.get(self.answered(*open)? as usize) {
                    return self.ahead(arm, at, hand, asked);
                }
            }
            Moment::Never | Moment::Field(..) => {}
        }
        Ok((by, out))
    }

    /// For the entry into a state: `due` is when running timers bring it.
    fn entry_ahead(
        &self,
        owner: &Clause,
        process: &'a Process,
        state: u32,
        due: Option<Day>,
        at: At,
    ) -> Eval<(Option<Day>, BTreeSet<EventId>)> {
        let count = process.states.len();
        let mut can = Vec::new();
        for step in &process.steps {
            can.push(match &step.trigger {
                Trigger::On(pattern) => self.can_come(pattern, at)?,
                Trigger::After(..) => true,
            });
        }
        let by_time = |i: usize| matches!(process.steps[i].trigger, Trigger::After(..));
        // Where a run is or can come to be; where time alone leads to the state from.
        let (mut reached, mut leading) = (vec![false; count], vec![false; count]);
        let first = if process.key.is_some() { 0 } else { self.run(owner, process, &None, at)?.0 };
        reached[first as usize] = true;
        leading[state as usize] = true;
        for _ in 0..count {
            for (i, step) in process.steps.iter().enumerate().filter(|(i, _)| can[*i]) {
                if step.from.iter().any(|f| reached[*f as usize]) {
                    reached[step.to as usize] = true;
                }
                if by_time(i) && leading[step.to as usize] {
                    step.from.iter().for_each(|f| leading[*f as usize] = true);
                }
            }
        }
        let (mut by, mut on) = (due, BTreeSet::new());
        for (i, step) in process.steps.iter().enumerate().filter(|(i, _)| can[*i]) {
            let Trigger::On(pattern) = &step.trigger else { continue };
            debug_assert!(!by_time(i), "events are not time");
            if step.from.iter().any(|f| reached[*f as usize]) && leading[step.to as usize] {
                on.extend([pattern.event]);
            } else if due.is_some() && step.from.iter().any(|f| leading[*f as usize] && *f != state) {
                by = None;
                on.extend([pattern.event]);
            }
        }
        Ok((by, on))
    }

    /// Whether a moment can never come.
    fn hopeless(&self, moment: &Moment, at: At, hand: &Hand<'a>) -> Eval<bool> {
        let parts = |all: &[Moment]| all.iter().map(|m| self.hopeless(m, at, hand)).collect::<Eval<Vec<_>>>();
        Ok(match moment {
            Moment::Never => true,
            Moment::First(pattern) => {
                self.moment(moment, at, hand)?.is_none() && !self.can_come(pattern, at)?
            }
            Moment::Shift(base, ..) => self.hopeless(base, at, hand)?,
            Moment::Next(schedule, on, base) => {
                self.next(*schedule, *on, at.day)?.is_none() || self.hopeless(base, at, hand)?
            }
            Moment::Later(all) => parts(all)?.contains(&true),
            Moment::Earlier(all) => !parts(all)?.contains(&false),
            Moment::ByReading(open, arms) => match arms.get(self.answered(*open)? as usize) {
                Some(arm) => self.hopeless(arm, at, hand)?,
                None => true,
            },
            _ => false,
        })
    }

    /// The events that can fulfil a duty: that perform it, or that its test or count looks at.
    fn fulfilling(&self, duty: &Duty, at: At, out: &mut BTreeSet<EventId>) {
        match (&duty.done, &duty.counting, &duty.what) {
            (Some(done), ..) => self.looks_at(done, at, out),
            (None, Some(counting), _) => self.counts_on(counting, at, out),
            (None, None, DutyWhat::Act(action)) => {
                let events =
                    self.program.events.iter().enumerate().filter(|(_, e)| e.performs == Some(*action));
                out.extend(events.map(|(i, _)| EventId(i as u32)));
            }
            _ => {}
        }
    }

    fn looks_at(&self, cond: &Cond, at: At, out: &mut BTreeSet<EventId>) {
        match cond {
            Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| self.looks_at(c, at, out)),
            Cond::Not(c) => self.looks_at(c, at, out),
            Cond::Compare(_, a, b, _) | Cond::Same(a, b) => {
                [a, b].iter().for_each(|e| self.counts_on(e, at, out))
            }
            Cond::Happened(pattern) => out.extend([pattern.event]),
            _ => {}
        }
    }

    fn counts_on(&self, expr: &Expr, at: At, out: &mut BTreeSet<EventId>) {
        match expr {
            Expr::Aggregate { event, .. } => out.extend([*event]),
            Expr::Add(a, b)
            | Expr::Subtract(a, b)
            | Expr::Multiply(a, b)
            | Expr::Divide(a, b)
            | Expr::Round(_, a, b)
            | Expr::Between(_, a, b) => {
                [a, b].iter().for_each(|e| self.counts_on(e, at, out));
            }
            Expr::Shift(base, ..) => self.counts_on(base, at, out),
            Expr::DayOf(moment) => {
                if let Moment::First(pattern) = &**moment {
                    out.extend([pattern.event]);
                }
            }
            Expr::Extreme(_, list) => list.iter().for_each(|e| self.counts_on(e, at, out)),
            Expr::Cases(list) => list.iter().for_each(|(c, e)| {
                self.looks_at(c, at, out);
                self.counts_on(e, at, out);
            }),
            Expr::Value(clause, name, _) => {
                let values = self.place(*clause, at.text).into_iter().flat_map(|p| &p.clause.values);
                values.filter(|v| v.name == *name).for_each(|v| self.counts_on(&v.expr, at, out));
            }
            Expr::Counted(clause) => {
                let duties = self.place(*clause, at.text).into_iter().flat_map(|p| &p.clause.duties);
                duties.filter_map(|d| d.counting.as_ref()).for_each(|e| self.counts_on(e, at, out));
            }
            _ => {}
        }
    }

    /// Whether a record could still come that matches: its condition is not false by the answers alone, and where
    /// it needs a power, a clause that is not over gives it.
    fn can_come(&self, pattern: &Pattern, at: At) -> Eval<bool> {
        if self.settled(&pattern.filter)? == Some(false) {
            return Ok(false);
        }
        let mut free = true;
        for action in self.program.bringers(pattern.event) {
            free = false;
            for k in self.places(at.text) {
                let holds = |p: &servanda_program::Power| {
                    p.action == action && pattern.by.is_none_or(|by| p.parties.contains(&by))
                };
                if k.clause.powers.iter().any(holds) && self.over(k, at)?.is_none() {
                    return Ok(true);
                }
            }
        }
        Ok(free)
    }

    /// What readings alone make of a condition.
    fn settled(&self, cond: &Cond) -> Eval<Option<bool>> {
        Ok(match cond {
            Cond::Constant(b) => Some(*b),
            Cond::Answered(open, word) => Some(self.answered(*open)? == *word),
            Cond::Not(c) => self.settled(c)?.map(|b| !b),
            Cond::All(list) | Cond::Any(list) => {
                let any = matches!(cond, Cond::Any(_));
                let list: Vec<_> = list.iter().map(|c| self.settled(c)).collect::<Eval<_>>()?;
                if list.contains(&Some(any)) {
                    Some(any)
                } else if list.contains(&None) {
                    None
                } else {
                    Some(!any)
                }
            }
            _ => None,
        })
    }
}

impl From<Datum> for Val {
    fn from(datum: Datum) -> Val {
        match datum {
            Datum::Word(w) => Val::Word(w),
            Datum::Party(p) => Val::Party(p),
            Datum::Figure(f) => Val::Figure(f),
            Datum::Day(d) => Val::Day(d),
        }
    }
}

/// Refuses what rests on a duty of which nobody can tell whether it was done.
fn decided(it_is: bool) -> Eval<()> {
    if it_is { Ok(()) } else { Err(Stop::Fail(Error::new("undecided-duty", "a duty cannot be judged"))) }
}

fn no_day(why: servanda_quantity::CalendarError) -> Stop {
    Stop::Fail(Error::new("no-such-day", why.to_string()))
}

/// The day on which a duty is violated, where it was not done in time.
fn violation(duty: &DutyDays) -> Option<Day> {
    let day = duty.mend?.next();
    if duty.done.is_some_and(|d| d < day) { None } else { Some(day) }
}

/// Whether a calendar period begins on a day.
fn begins(period: Period, day: Day) -> bool {
    let date = day.date();
    match period {
        Period::Week => date.weekday().to_monday_zero_offset() == 0,
        Period::Month => date.day() == 1,
        Period::Quarter => date.day() == 1 && (date.month() - 1) % 3 == 0,
        Period::Year => date.day() == 1 && date.month() == 1,
        // Its bounds are listed.
        Period::Schedule(_) => true,
    }
}

/// The first day of the period that a day lies in.
fn begun(period: Period, mut day: Day) -> Day {
    while !begins(period, day) {
        day = Day(day.0 - 1);
    }
    day
}

/// Whether an effect reaches a clause. The end of the agreement spares what survives it.
fn targets(effect: &Effect, clause: &Clause) -> bool {
    match &effect.target {
        EffectTarget::Clauses(names) => names.contains(&clause.name),
        EffectTarget::Agreement => effect.verb != EffectVerb::Ends || !clause.survives,
    }
}

/// Equality. What is not there equals nothing.
fn same(a: &Val, b: &Val) -> bool {
    a == b && matches!(a, Val::Word(_) | Val::Party(_) | Val::Day(_) | Val::Figure(_))
}

fn sum(a: Val, b: Val) -> Val {
    match (&a, &b) {
        (Val::Figure(x), Val::Figure(y)) => x.add(y).map_or(Val::Fault, Val::Figure),
        _ => Val::Fault,
    }
}

/// The lesser or greater of two. The result is as sure as both are.
fn extreme(kind: ExtremeKind, a: Val, b: Val) -> Val {
    let first =
        |order: Ordering| order == Ordering::Equal || (order == Ordering::Less) == (kind == ExtremeKind::Min);
    match (a, b) {
        (Val::Figure(x), Val::Figure(y)) if x.unit == y.unit => {
            let qualifier = x.qualifier.join(y.qualifier);
            let best = if first(x.number.cmp(&y.number)) { x } else { y };
            Val::Figure(Figure { qualifier, ..best })
        }
        (Val::Day(x), Val::Day(y)) => Val::Day(if first(x.cmp(&y)) { x } else { y }),
        (Val::Fault, _) | (_, Val::Fault) => Val::Fault,
        (Val::Unknown(_), _) | (_, Val::Unknown(_)) => Val::Unknown(None),
        (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
        _ => Val::Fault,
    }
}
