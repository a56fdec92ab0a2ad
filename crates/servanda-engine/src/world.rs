//! What an evaluation looks at: the program, the visible history, the governing texts, the answers so far.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use servanda_program::{
    ActionId, Clause, ClauseId, ClauseName, EventId, PartyId, Program, Standing, VersionId,
};
use servanda_quantity::Day;

use crate::answer::Error;
use crate::facts::Fold;
use crate::opens::{Assignment, Eval, Stop};
use crate::question::Act;
use crate::record::Record;
use crate::words::{Part, Words};

/// How deep evaluations may nest. Texts whose terms depend on each other without end stop here.
const DEPTH_MAX: u32 = 400;

/// No answers at all.
static NOTHING: Assignment = Assignment::new();

/// Where an evaluation stands: the day, how many records of the sorted history count, the text that is read, and
/// the first day whose effects of time do not count: one is judged by what the days before it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub day: Day,
    pub cut: usize,
    pub text: Option<VersionId>,
    pub timed: Day,
}

impl Point {
    /// A day by its end, in a text.
    pub fn new(day: Day, cut: usize, text: Option<VersionId>) -> Point {
        Point { day, cut, text, timed: day.next() }
    }
}

/// How the truth of a condition, or a figure, moves as the days go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pace {
    /// Not at all.
    Still,
    /// With records, and only one way: from not so to so, or upwards.
    Grows,
    /// With records.
    Records,
    /// With records, and with time as windows move; those of a duty that recurs stop at its last day.
    Windows,
    /// With time.
    Days,
}

impl Pace {
    pub fn apart_from_growth(self) -> Pace {
        if self == Pace::Grows { Pace::Records } else { self }
    }
}

/// A clause as it stands in a text, or a law.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'p> {
    pub id: ClauseId,
    pub clause: &'p Clause,
    /// `None` for a law.
    pub standing: Option<(&'p Standing, VersionId)>,
}

impl Place<'_> {
    pub fn version(&self) -> Option<VersionId> {
        self.standing.map(|(_, v)| v)
    }
}

/// The records in hand, innermost first: what `event.field` speaks of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hand<'e> {
    pub record: usize,
    pub outer: Option<&'e Hand<'e>>,
}

/// One duty among several of a clause: the period or the record that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub clause: ClauseName,
    pub duty: usize,
    pub record: Option<usize>,
    /// First and last day of its period.
    pub window: Option<(Day, Day)>,
    /// Of a duty in arrears, the first and the last day on which it is done.
    pub arrears: Option<(Day, Day)>,
    /// Its window is that in which it is done in arrears.
    pub paying: bool,
}

impl Instance {
    /// The duty while it is looked at what has been done: in arrears, that is counted on later days.
    pub fn doing(&self) -> Instance {
        let window = self.arrears.or(self.window);
        Instance { window, paying: self.arrears.is_some(), ..self.clone() }
    }
}

/// What is in hand while an expression is evaluated.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Env<'e> {
    pub act: Option<&'e Act>,
    /// The act that a record tells of, while it is judged: its attributes are the record's data of the same name.
    pub told: Option<(ActionId, usize)>,
    pub hand: Option<&'e Hand<'e>>,
    pub key: Option<&'e str>,
    /// The clause whose value is computed: its totals begin with it.
    pub clause: Option<ClauseName>,
    pub duty: Option<&'e Instance>,
    /// The clause whose beginning, end or effect is looked for: its end does not cut its own totals meanwhile.
    pub uncut: Option<ClauseName>,
    /// A duty is tested: what nobody knows is not asked, it does not fulfil.
    pub sure: bool,
}

impl Env<'_> {
    /// In a clause, with nothing in hand.
    pub fn of(clause: ClauseName) -> Self {
        Env { clause: Some(clause), ..Env::default() }
    }

    /// The action of the act in hand.
    pub fn acting(&self) -> Option<ActionId> {
        self.act.map(|a| a.action).or(self.told.map(|t| t.0))
    }

    /// Where a clause's beginning, end or effects are looked for.
    pub fn of_term(clause: ClauseName) -> Self {
        Env { uncut: Some(clause), ..Env::of(clause) }
    }
}

/// What is looked for by way of other terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sought {
    /// The end of a clause.
    End(ClauseName),
    /// The end of the agreement.
    AgreementEnd,
}

/// Everything that an evaluation looks at.
pub(crate) struct World<'a> {
    pub program: &'a Program,
    pub records: &'a [Rc<Record>],
    pub fold: &'a Fold,
    assignment: Cell<&'a Assignment>,
    /// The versions that govern, from the first on.
    pub chain: &'a [VersionId],
    /// Whether the assumptions of the question are looked away from.
    free: Cell<bool>,
    depth: Cell<u32>,
    /// What is being looked for, and where.
    sought: RefCell<Vec<(Sought, Point)>>,
}

impl<'a> World<'a> {
    pub fn new(
        program: &'a Program,
        records: &'a [Rc<Record>],
        fold: &'a Fold,
        assignment: &'a Assignment,
        chain: &'a [VersionId],
    ) -> World<'a> {
        let (assignment, depth) = (Cell::new(assignment), Cell::new(0));
        World {
            program,
            records,
            fold,
            assignment,
            chain,
            free: Cell::new(false),
            depth,
            sought: RefCell::default(),
        }
    }

    /// The answers so far.
    pub fn assignment(&self) -> &'a Assignment {
        self.assignment.get()
    }

    /// Runs an evaluation without any assumption: what it finds holds under all.
    pub fn freely<T>(&self, run: impl FnOnce() -> Eval<T>) -> Eval<T> {
        let assignment = self.assignment.replace(&NOTHING);
        let free = self.free.replace(self.free.get() || !assignment.is_empty());
        let out = run();
        self.assignment.set(assignment);
        self.free.set(free);
        out
    }

    /// Whether what is found now holds under all assumptions.
    pub fn is_free(&self) -> bool {
        self.assignment.get().is_empty()
    }

    /// Whether what the question found out for itself counts now: not where it looks away from its assumptions.
    pub fn own(&self) -> bool {
        !self.free.get()
    }

    /// Runs a nested evaluation, within the limit of depth.
    pub fn nested<T>(&self, run: impl FnOnce() -> Eval<T>) -> Eval<T> {
        if self.depth.get() >= DEPTH_MAX {
            return Err(Stop::Fail(Error::new(
                "endless-terms",
                "terms of this agreement depend on each other without end; give one of them a day of its own",
            )));
        }
        self.depth.set(self.depth.get() + 1);
        let out = run();
        self.depth.set(self.depth.get() - 1);
        out
    }

    /// Looks for something that may wait for itself. An end that waits for itself does not move itself: while it is
    /// looked for at a point, there is none there.
    pub fn seek<T: Default>(&self, sought: Sought, pt: Point, look: impl FnOnce() -> Eval<T>) -> Eval<T> {
        if self.sought.borrow().contains(&(sought, pt)) {
            return Ok(T::default());
        }
        self.sought.borrow_mut().push((sought, pt));
        let found = self.nested(look);
        self.sought.borrow_mut().pop();
        found
    }

    /// How many records lie on or before a day.
    pub fn cut(&self, day: Day) -> usize {
        self.records.partition_point(|r| r.time.day <= day)
    }

    /// The day from which a version of the chain governs, as far as the first `cut` records and the days up to
    /// `today` tell.
    pub fn effective(&self, version: VersionId, today: Day, cut: usize) -> Eval<Option<Day>> {
        self.nested(|| {
            let at = self.chain.iter().position(|&v| v == version);
            let v = &self.program.versions[version.index()];
            let previous = match at {
                Some(0) | None => None,
                Some(i) => Some(self.chain[i - 1]),
            };
            let floor = match previous {
                Some(previous) => match self.effective(previous, today, cut)? {
                    Some(day) => Some(day),
                    None => return Ok(None),
                },
                None => None,
            };
            let Some(moment) = &v.effective else { return Ok(None) };
            let now = Point::new(today, cut, previous);
            let Some(day) = self.moment(moment, now, Env::default())? else { return Ok(None) };
            let mut day = floor.map_or(day, |f| day.max(f));
            if let Some(signed) = v.signed.filter(|_| !v.retroactive) {
                day = day.max(signed);
            }
            let lapses = match &v.lapses {
                Some(lapses) => self.moment(lapses, now, Env::default())?,
                None => None,
            };
            let in_time = |day: Day| lapses.is_none_or(|l| day < l);
            let Some(requires) = &v.requires else { return Ok(Some(day).filter(|&d| in_time(d))) };
            // The condition precedent is judged by the text that governed before, on the first day on which it holds.
            let pace = self.pace(requires, now);
            while day <= today && in_time(day) {
                let there = Point::new(day, cut.min(self.cut(day)), previous);
                if self.cond(requires, there, Env::default())? {
                    return Ok(Some(day));
                }
                let next = match pace {
                    Pace::Days | Pace::Windows => Some(day.next()),
                    _ => self.records[there.cut..cut].first().map(|r| r.time.day),
                };
                let Some(next) = next else { break };
                day = next;
            }
            Ok(None)
        })
    }

    /// The version that governs on a day, as far as the first `cut` records tell.
    pub fn text(&self, day: Day, cut: usize) -> Eval<Option<VersionId>> {
        let mut governing = None;
        for &version in self.chain {
            match self.effective(version, day, cut)? {
                Some(d) if d <= day => governing = Some(version),
                _ => break,
            }
        }
        Ok(governing)
    }

    /// The point just before a record, for judging it.
    pub fn before(&self, record: usize) -> Eval<Point> {
        let day = self.records[record].time.day;
        Ok(Point::new(day, record, self.text(day, record)?))
    }

    /// The end of an earlier day, in the same text.
    pub fn end_of(&self, day: Day, pt: Point) -> Point {
        Point { day, cut: pt.cut.min(self.cut(day)), timed: pt.timed.min(day.next()), ..pt }
    }

    /// The clauses of a text, and the laws.
    pub fn places(&self, text: Option<VersionId>) -> impl Iterator<Item = Place<'a>> + use<'a> {
        let program = self.program;
        let own = text.into_iter().flat_map(move |v| {
            program.versions[v.index()].text.iter().map(move |s| Place {
                id: s.clause,
                clause: program.clause(s.clause),
                standing: Some((s, v)),
            })
        });
        own.chain(program.laws.iter().map(move |&id| Place {
            id,
            clause: program.clause(id),
            standing: None,
        }))
    }

    /// The clause of a name in a text, or the law of that name.
    pub fn place(&self, name: ClauseName, text: Option<VersionId>) -> Option<Place<'a>> {
        self.places(text).find(|p| p.clause.name == name)
    }

    pub fn party(&self, party: PartyId) -> &'a str {
        &self.program.parties[party.index()].name
    }

    pub fn clause_text(&self, name: ClauseName) -> &'a str {
        &self.program.clause_names[name.index()]
    }

    pub fn event_text(&self, event: EventId) -> &'a str {
        &self.program.events[event.index()].name
    }

    /// A record as derivations name it.
    pub fn record_text(&self, record: usize) -> Words {
        let r = &self.records[record];
        let by = r.by.map(|b| format!(" by {}", self.party(b))).unwrap_or_default();
        let id = r.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
        let mut with = vec![("event", Part::name(self.event_text(r.event))), ("day", Part::Day(r.time.day))];
        with.extend(r.by.map(|b| ("party", Part::name(self.party(b)))));
        with.extend(r.id.as_ref().map(|id| ("id", Part::name(id))));
        let message = match (r.by, &r.id) {
            (None, None) => "record",
            (Some(_), None) => "record-by",
            (None, Some(_)) => "record-id",
            (Some(_), Some(_)) => "record-by-id",
        };
        Words::new(format!("{}{by} on {}{id}", self.event_text(r.event), r.time.day), message, with)
    }
}
