//! Small random agreements, logs and questions, built from a sequence of choices: each choice that is missing is
//! the first one, which is the plainest, so that a shorter sequence is a simpler case.

#![allow(dead_code)]

use servanda_engine::{Act, Ask, Assumed, Assumptions, Datum, Question, Record, Time, ValueRef};
use servanda_program::*;
use servanda_quantity::{
    Calendar, Day, DayCount, Duration, DurationUnit, Figure, MonthEnd, MonthEndRule, Number, Qualifier,
    Rounding, Schedule, Stub, Unit, Weekday,
};

/// A sequence of choices.
pub struct Dice {
    throws: Vec<u16>,
    at: usize,
}

impl Dice {
    pub fn new(throws: Vec<u16>) -> Dice {
        Dice { throws, at: 0 }
    }

    /// One of `n`.
    pub fn pick(&mut self, n: usize) -> usize {
        let throw = self.throws.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(throw) % n
    }

    /// Whether something that happens `n` times in `of` happens.
    pub fn chance(&mut self, n: usize, of: usize) -> bool {
        self.pick(of) >= of - n
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())].clone()
    }
}

// The vocabulary is always the same.
pub const PARTIES: u32 = 3;
pub const TRANSMIT: ActionId = ActionId(0);
pub const RULE: ActionId = ActionId(1);
pub const PAY: ActionId = ActionId(2);
/// A definition that looks at no act, and one that looks at acts of [`TRANSMIT`].
const SAID: &str = "said";
const ACTED: &str = "acted";
pub const BAND: AttributeId = AttributeId(0);
pub const WEIGHT: AttributeId = AttributeId(1);
pub const LOT: AttributeId = AttributeId(2);
pub const WHOM: AttributeId = AttributeId(3);
pub const GO: EventId = EventId(0);
pub const RULING: EventId = EventId(1);
pub const PAID: EventId = EventId(2);
pub const STOP: EventId = EventId(3);
/// `go.size`, `ruling.kind`, `paid.amount`
pub const FIRST_FIELD: FieldId = FieldId(0);
/// `go.lot`
pub const GO_LOT: FieldId = FieldId(1);
pub const READINGS: [OpenId; 2] = [OpenId(0), OpenId(1)];
pub const FACT: OpenId = OpenId(2);
pub const RATE: OpenId = OpenId(3);
pub const PRICE: OpenId = OpenId(4);
/// `transmit.lot` and `go.lot` may be left out.
pub const OPTIONAL: [OpenId; 2] = [OpenId(7), OpenId(10)];
pub const FIXED_OPENS: u32 = 14;

pub fn day(offset: usize) -> Day {
    Day::new(2026, 1, 1).unwrap().plus_days(offset as i64).unwrap()
}

pub fn days(count: u32) -> Duration {
    Duration { count, unit: DurationUnit::Days, month_end: MonthEnd::Exact, calendar: None }
}

pub fn number(n: i64) -> Figure {
    Figure::exact(Number::from(n), Unit::One)
}

pub fn money(n: i64, currency: &str) -> Figure {
    Figure::exact(Number::from(n), Unit::Money(currency.to_string()))
}

fn words(list: &[&str]) -> Answers {
    Answers::Words(list.iter().map(|w| Answer { word: w.to_string(), title: None }).collect())
}

pub fn open(name: &str, kind: OpenKind, answers: Answers) -> Open {
    Open { name: name.to_string(), kind, question: format!("{name}?"), answers, grounds: Grounds::default() }
}

pub fn yes_no(name: &str) -> Open {
    open(name, OpenKind::Fact, words(&["yes", "no"]))
}

pub fn span() -> servanda_text::Span {
    servanda_text::Span::new(servanda_text::SourceId(0), 0, 0)
}

pub fn clause(name: ClauseName) -> Clause {
    Clause {
        name,
        title: None,
        protects: Vec::new(),
        from: None,
        until: Moment::Never,
        while_: None,
        norms: Vec::new(),
        powers: Vec::new(),
        duties: Vec::new(),
        overrides: Vec::new(),
        effects: Vec::new(),
        processes: Vec::new(),
        values: Vec::new(),
        defines: Vec::new(),
        survives: false,
        topics: Vec::new(),
        grounds: Grounds::default(),
        span: span(),
    }
}

pub fn version(name: &str, effective: Option<Moment>) -> Version {
    Version {
        name: name.to_string(),
        title: name.to_string(),
        base: None,
        status: Status::Binding,
        signed: None,
        effective,
        retroactive: false,
        requires: None,
        lapses: None,
        parties: Vec::new(),
        text: Vec::new(),
        struck: Vec::new(),
        settles: Vec::new(),
        clarifies: false,
        terminates: false,
        grounds: Grounds::default(),
        span: span(),
    }
}

pub fn standing(name: ClauseName, clause: ClauseId, birth: VersionId) -> Standing {
    let blame = vec![("until".to_string(), birth)];
    Standing { name, clause, birth, ended: None, suspended: Vec::new(), blame }
}

pub fn norm(sign: Sign, form: NormForm, parties: Vec<PartyId>, action: ActionId) -> Norm {
    let always = Cond::Constant(true);
    Norm {
        sign,
        form,
        parties,
        holders: Vec::new(),
        action,
        reach: always.clone(),
        meet: Cond::Constant(sign == Sign::Grant),
        except: Cond::Constant(false),
        span: span(),
    }
}

/// A calendar with a few holidays.
fn calendar() -> Calendar {
    Calendar {
        name: "work".into(),
        weekend: vec![Weekday::Saturday, Weekday::Sunday],
        holidays: [3, 4, 19, 33, 59].map(day).into(),
        through: day(20_000),
    }
}

/// Schedules with and without an end, with days that move forward and back.
fn schedules() -> Vec<Schedule> {
    let every = |count, unit| Duration { count, unit, month_end: MonthEnd::Exact, calendar: None };
    let plain = |name: &str, every, anchor| Schedule {
        name: name.into(),
        every,
        anchor: day(anchor),
        to: None,
        month_end: MonthEndRule::SameDay,
        business: None,
    };
    let by = |convention: &str| Some((convention.parse().unwrap(), calendar()));
    vec![
        plain("monthly", every(1, DurationUnit::Months), 30),
        Schedule {
            to: Some((day(60), Stub::Long)),
            business: by("shift-calculate-following"),
            ..plain("weekly", every(1, DurationUnit::Weeks), 9)
        },
        Schedule {
            to: Some((day(70), Stub::Short)),
            business: by("calculate-shift-modified-preceding"),
            ..plain("often", every(10, DurationUnit::Days), 2)
        },
        Schedule {
            month_end: MonthEndRule::EndOfMonth,
            business: by("shift-calculate-preceding"),
            ..plain("ends", every(1, DurationUnit::Months), 30)
        },
    ]
}

pub const SCHEDULES: [ScheduleId; 4] = [ScheduleId(0), ScheduleId(1), ScheduleId(2), ScheduleId(3)];

/// The vocabulary without versions.
pub fn vocabulary(attested: bool) -> Program {
    let party = |n: &str| Party { name: n.to_string(), title: None, anyone_else: false };
    let attribute =
        |name: &str, ty, optional, open| Attribute { name: name.into(), ty, optional, default: None, open };
    let field =
        |name: &str, ty, optional, open| Field { name: name.into(), ty, optional, default: None, open };
    let action = |name: &str, by: &[u32], brings: Vec<EventId>, attributes| Action {
        name: name.into(),
        title: None,
        by: by.iter().map(|&p| PartyId(p)).collect(),
        reserved: false,
        brings,
        attributes,
    };
    let event = |name: &str, by: &[u32], performs, attested, fields| EventType {
        name: name.into(),
        title: None,
        by: by.iter().map(|&p| PartyId(p)).collect(),
        performs,
        attested,
        fields,
    };
    let word = |list: &[&str]| Type::Words(list.iter().map(|w| w.to_string()).collect());
    let eur = || Unit::Money("EUR".to_string());
    let cuts = |list: &[i64]| Answers::Figure { unit: None, cuts: list.iter().map(|&n| number(n)).collect() };
    let euros =
        |list: &[i64]| Answers::Figure { unit: None, cuts: list.iter().map(|&n| money(n, "EUR")).collect() };
    let opens = vec![
        open("first-reading", OpenKind::Reading, words(&["broad", "narrow"])),
        open("second-reading", OpenKind::Reading, words(&["broad", "narrow"])),
        yes_no("sound"),
        open("rate", OpenKind::Undisclosed, cuts(&[5])),
        open("price", OpenKind::Undisclosed, euros(&[10, 20])),
        open("transmit.band", OpenKind::Fact, words(&["low", "high"])),
        open("transmit.weight", OpenKind::Fact, cuts(&[3, 5])),
        open("transmit.lot", OpenKind::Fact, Answers::Ids),
        open("transmit.whom", OpenKind::Fact, Answers::Parties),
        open("go.size", OpenKind::Fact, cuts(&[3, 5])),
        open("go.lot", OpenKind::Fact, Answers::Ids),
        open("ruling.kind", OpenKind::Fact, words(&["good", "bad"])),
        open("paid.amount", OpenKind::Fact, euros(&[10])),
        yes_no("stop"),
    ];
    assert_eq!(opens.len(), FIXED_OPENS as usize);
    Program {
        name: "random".into(),
        title: "random".into(),
        zone: "UTC".into(),
        currency: Some("EUR".into()),
        parties: vec![party("Mast"), party("Radio"), party("Judge")],
        actions: vec![
            action(
                "transmit",
                &[0, 1, 2],
                Vec::new(),
                vec![
                    attribute("band", word(&["low", "high"]), false, OpenId(5)),
                    attribute("weight", Type::Figure(Unit::One), false, OpenId(6)),
                    attribute("lot", Type::Id, true, OpenId(7)),
                    attribute("whom", Type::Party, false, OpenId(8)),
                ],
            ),
            action(
                "rule",
                &[1, 2],
                vec![RULING],
                // The record of a ruling tells of it under the same name.
                vec![attribute("kind", word(&["good", "bad"]), false, OpenId(11))],
            ),
            action("pay", &[0], Vec::new(), Vec::new()),
        ],
        events: vec![
            event(
                "go",
                &[0, 1],
                None,
                None,
                vec![
                    field("size", Type::Figure(Unit::One), false, OpenId(9)),
                    field("lot", Type::Id, true, OpenId(10)),
                ],
            ),
            event(
                "ruling",
                &[1, 2],
                None,
                None,
                vec![field("kind", word(&["good", "bad"]), false, OpenId(11))],
            ),
            event(
                "paid",
                &[0, 2],
                Some(PAY),
                None,
                vec![field("amount", Type::Figure(eur()), false, OpenId(12))],
            ),
            event("stop", &[2], None, attested.then_some(OpenId(13)), Vec::new()),
        ],
        opens,
        calendars: vec![calendar()],
        schedules: schedules(),
        ..Program::default()
    }
}

/// How far conditions inside event patterns may look: at the record and at readings, or at the history too.
#[derive(Clone, Copy, PartialEq)]
pub enum Depth {
    Plain,
    Wild,
}

/// Where a condition stands: what is in hand there.
#[derive(Clone, Copy)]
struct Place {
    clause: u32,
    act: bool,
    record: Option<EventId>,
    /// Conditions may only look at the record and at readings.
    narrow: bool,
    /// The process of this clause is keyed by the act's lot.
    keyed: bool,
    /// No term waits for what stands here, so that it may look at the day asked.
    today: bool,
}

struct Build<'d> {
    dice: &'d mut Dice,
    program: Program,
    depth: Depth,
    sites: usize,
}

/// A random agreement.
pub fn program(dice: &mut Dice, depth: Depth) -> Program {
    let attested = dice.chance(1, 6);
    let program = vocabulary(attested);
    let mut b = Build { dice, program, depth, sites: 0 };
    b.versions();
    b.program
}

impl Build<'_> {
    fn versions(&mut self) {
        self.program.actions[0].reserved = self.dice.chance(1, 4);
        let names = 2 + self.dice.pick(3) as u32;
        self.program.clause_names = (0..names).map(|i| format!("c{i}")).collect();
        // The first version.
        let from = 10 * self.dice.pick(2);
        let mut first = version("v0", Some(Moment::Day(day(from))));
        for name in 0..names {
            let id = self.clause(name);
            first.text.push(standing(ClauseName(name), id, VersionId(0)));
        }
        if self.dice.chance(1, 6) {
            let law = self.program.clause_names.len() as u32;
            self.program.clause_names.push("law".into());
            let id = self.clause(law);
            self.program.laws.push(id);
        }
        self.program.versions.push(first);
        let more = self.dice.pick(3);
        for i in 1..=more {
            self.amendment(i, from, names);
        }
    }

    fn amendment(&mut self, i: usize, from: usize, names: u32) {
        let id = VersionId(i as u32);
        let base = (0..i).rev().find(|&b| self.program.versions[b].status == Status::Binding).unwrap();
        let offset = from + 5 + 15 * i + self.dice.pick(10);
        let mut v = version(&format!("v{i}"), Some(Moment::Day(day(offset))));
        v.base = Some(VersionId(base as u32));
        v.text = self.program.versions[base].text.clone();
        match self.dice.pick(8) {
            6 => {
                v.signed = Some(day(offset + 5));
                v.retroactive = self.dice.chance(1, 2);
            }
            7 => {
                v.status = self.dice.one(&[Status::Proposed, Status::NonBinding]);
                v.effective = None;
            }
            5 => v.effective = Some(Moment::First(self.pattern(0, STOP))),
            4 => {
                let c =
                    Place { clause: 1, act: false, record: None, narrow: false, keyed: false, today: false };
                v.requires = Some(match self.dice.pick(3) {
                    0 => {
                        let event = self.dice.one(&[GO, STOP]);
                        Cond::Happened(Box::new(self.pattern(0, event)))
                    }
                    1 => Cond::Not(Box::new(Cond::InForce(ClauseName(0)))),
                    _ => self.cond(c, 1),
                });
                if self.dice.chance(1, 2) {
                    v.lapses = Some(Moment::Day(day(offset + 12)));
                }
            }
            _ => {}
        }
        // What settles a reading does not wait for one.
        let dated = |v: &Version| v.requires.is_none() && matches!(v.effective, None | Some(Moment::Day(_)));
        if dated(&v) && self.program.versions.iter().all(dated) && self.dice.chance(1, 4) {
            v.settles.push((self.dice.one(&READINGS), self.dice.pick(2) as u32));
        }
        let binds = v.status == Status::Binding;
        for name in 0..names {
            let at = v.text.iter().position(|s| s.name == ClauseName(name));
            match (self.dice.pick(9), at) {
                (5, Some(at)) => {
                    let how = self.dice.one(&[Ending::Waived, Ending::Terminated]);
                    if binds && v.text[at].ended.is_none() {
                        v.text[at].ended = Some((id, how));
                    }
                }
                (6, Some(at)) => {
                    v.text.remove(at);
                    v.struck.push(ClauseName(name));
                }
                (7, at) => {
                    let wording = self.clause(name);
                    let new = standing(ClauseName(name), wording, id);
                    match at {
                        Some(at) => v.text[at] = new,
                        None => v.text.push(new),
                    }
                }
                (8, Some(at)) => {
                    let from = self.dice.chance(1, 2).then(|| Moment::Day(day(offset + 5)));
                    let until = self.dice.chance(1, 2).then(|| Moment::Day(day(offset + 20)));
                    v.text[at].suspended.push(Suspension { by: id, from, until });
                }
                _ => {}
            }
        }
        if binds && self.dice.chance(1, 8) {
            v.terminates = true;
            for s in v.text.iter_mut().filter(|s| s.ended.is_none()) {
                if !self.program.clauses[s.clause.index()].survives {
                    s.ended = Some((id, Ending::Terminated));
                }
            }
        }
        self.program.versions.push(v);
    }

    fn clause(&mut self, name: u32) -> ClauseId {
        let mut c = clause(ClauseName(name));
        let plain =
            Place { clause: name, act: false, record: None, narrow: false, keyed: false, today: false };
        // A process first, so that everything else can look at it.
        let keyed = self.dice.chance(1, 3);
        if self.dice.chance(1, 3) {
            c.processes.push(self.process(name, keyed));
        }
        for (define, action) in [(SAID, None), (ACTED, Some(TRANSMIT))] {
            if self.dice.chance(1, 3) {
                let cond = self.cond(Place { act: action.is_some(), ..plain }, 1);
                c.defines.push(Define { name: define.into(), key: None, action, cond });
            }
        }
        for _ in 0..self.dice.pick(3) {
            let n = self.norms(name, keyed);
            c.norms.extend(n);
        }
        if self.dice.chance(1, 2) {
            c.until = self.moment(name, 2);
        }
        if self.dice.chance(1, 5) {
            c.from = Some(match self.dice.pick(3) {
                0 => Moment::Day(day(20 + self.dice.pick(20))),
                _ => self.moment(name, 1),
            });
        }
        if self.dice.chance(1, 6) {
            c.while_ = Some(self.cond(plain, 1));
        }
        if self.dice.chance(1, 3) {
            let parties = vec![self.dice.one(&[PartyId(2), PartyId(1)])];
            let when = match self.dice.pick(6) {
                0 => Cond::Same(Expr::Attribute(AttributeId(0)), Expr::Word("good".into())),
                1 | 2 => self.cond(plain, 1),
                _ => Cond::Constant(true),
            };
            let mut n = norm(Sign::Grant, NormForm::HasPower, parties.clone(), RULE);
            n.meet = when.clone();
            c.norms.push(n);
            c.powers.push(Power { parties, action: RULE, when, span: span() });
        }
        if self.dice.chance(1, 3) {
            for _ in 0..=self.dice.pick(2) {
                let e = self.effect(name);
                c.effects.push(e);
            }
        }
        if name > 0 && self.dice.chance(1, 3) {
            let cond = if self.dice.chance(1, 3) {
                // An attribute belongs to one action.
                self.cond(Place { act: c.powers.is_empty(), ..plain }, 1)
            } else {
                Cond::Constant(true)
            };
            c.overrides.push(Override { clause: ClauseName(self.dice.pick(name as usize) as u32), cond });
        }
        if self.dice.chance(1, 2) {
            let expr = self.figure(plain, 2);
            let cond = if self.dice.chance(1, 4) { self.cond(plain, 1) } else { Cond::Constant(true) };
            c.values.push(Value { name: "number".into(), key: None, expr, cond });
            let expr = self.money(plain, 2);
            c.values.push(Value { name: "money".into(), key: None, expr, cond: Cond::Constant(true) });
            // Nothing looks at this one, so that it may look at the day asked.
            let clock = Place { today: true, ..plain };
            let expr = if self.dice.chance(1, 2) { self.figure(clock, 2) } else { self.date(clock, 1) };
            let cond = if self.dice.chance(1, 4) { self.cond(clock, 1) } else { Cond::Constant(true) };
            c.values.push(Value { name: "clock".into(), key: None, expr, cond });
        }
        if self.dice.chance(1, 4) {
            let d = self.duty(name);
            c.duties.push(d);
        }
        c.survives = self.dice.chance(1, 4);
        self.program.clauses.push(c);
        ClauseId(self.program.clauses.len() as u32 - 1)
    }

    fn norms(&mut self, name: u32, keyed: bool) -> Vec<Norm> {
        let p = Place { clause: name, act: true, record: None, narrow: false, keyed, today: true };
        let parties = match self.dice.pick(3) {
            0 => vec![PartyId(0)],
            1 => vec![PartyId(0), PartyId(1)],
            _ => vec![PartyId(1)],
        };
        let mut n = match self.dice.pick(4) {
            0 => norm(Sign::Grant, NormForm::May, parties, TRANSMIT),
            1 => norm(Sign::Bar, NormForm::MayNot, parties, TRANSMIT),
            2 => {
                let mut n = norm(Sign::Bar, NormForm::OnlyWhere, parties, TRANSMIT);
                n.meet = self.cond(p, 2);
                n
            }
            _ => {
                let mut n = norm(Sign::Grant, NormForm::Alone, parties.clone(), TRANSMIT);
                if self.dice.chance(1, 2) {
                    n.reach = self.cond(p, 1);
                }
                let everybody = (0..PARTIES).map(PartyId).collect();
                let mut bar = norm(Sign::Bar, NormForm::Alone, everybody, TRANSMIT);
                bar.holders = parties;
                bar.reach = n.reach.clone();
                return vec![n, bar];
            }
        };
        if n.form == NormForm::May && self.dice.chance(1, 2) {
            n.meet = self.cond(p, 2);
        }
        if self.dice.chance(1, 3) {
            n.reach = self.cond(p, 1);
        }
        if self.dice.chance(1, 4) {
            n.except = self.cond(p, 1);
        }
        vec![n]
    }

    fn process(&mut self, name: u32, keyed: bool) -> Process {
        let mut steps = Vec::new();
        for i in 0..=self.dice.pick(3) {
            let from = vec![self.dice.pick(3) as u32];
            let to = self.dice.pick(3) as u32;
            let trigger = if i > 0 && self.dice.chance(1, 3) {
                Trigger::After(days(2 + self.dice.pick(9) as u32), None)
            } else {
                let event = if keyed { GO } else { self.dice.one(&[GO, RULING, STOP]) };
                Trigger::On(self.pattern(name, event))
            };
            let mut keeps = Vec::new();
            if let (Trigger::On(p), true) = (&trigger, self.dice.chance(1, 3))
                && p.event == GO
            {
                keeps.push(("size".to_string(), Expr::Field(GO, FIRST_FIELD)));
            }
            let (from, to) = match &trigger {
                // Time goes on to a later state, so that no ring of timers turns for ever.
                Trigger::After(..) => (vec![1], 2),
                Trigger::On(_) => (if i == 0 { vec![0] } else { from }, if i == 0 { 1 } else { to }),
            };
            steps.push(Step { trigger, from, to, keeps });
        }
        let state = |n: &str| State { name: n.into() };
        Process {
            name: "run".into(),
            key: keyed.then(|| "lot".to_string()),
            states: vec![state("idle"), state("busy"), state("gone")],
            steps,
        }
    }

    /// A lower clause with a process, and whether it has a key.
    fn run_below(&mut self, below: u32) -> Option<(ClauseName, bool)> {
        let all: Vec<_> = self
            .program
            .clauses
            .iter()
            .filter(|c| c.name.0 < below && !c.processes.is_empty())
            .map(|c| (c.name, c.processes[0].key.is_some()))
            .collect();
        if all.is_empty() { None } else { Some(self.dice.one(&all)) }
    }

    fn below(&mut self, name: u32) -> ClauseName {
        ClauseName(self.dice.pick(name as usize) as u32)
    }

    /// An event pattern; clauses below `name` may be looked at.
    fn pattern(&mut self, name: u32, event: EventId) -> Pattern {
        let by_all = self.program.events[event.index()].by.clone();
        let by = if self.dice.chance(1, 4) { Some(self.dice.one(&by_all)) } else { None };
        let filter = if self.dice.chance(1, 3) {
            let narrow = self.depth == Depth::Plain;
            self.cond(
                Place { clause: name, act: false, record: Some(event), narrow, keyed: false, today: false },
                1,
            )
        } else {
            Cond::Constant(true)
        };
        Pattern { event, by, filter }
    }

    fn any_pattern(&mut self, name: u32) -> Pattern {
        let event = self.dice.one(&[GO, RULING, STOP, PAID]);
        self.pattern(name, event)
    }

    fn effect(&mut self, name: u32) -> Effect {
        let verb =
            self.dice.one(&[EffectVerb::Ends, EffectVerb::Suspends, EffectVerb::Resumes, EffectVerb::Starts]);
        let names = self.program.clause_names.len();
        let any = ClauseName(self.dice.pick(names) as u32);
        let below = name > 0 && self.dice.chance(1, 4);
        let (when, target) = if below {
            // A moment of time: it looks at a clause below and reaches one above that.
            let low = self.below(name);
            let when = match self.dice.pick(3) {
                0 => Moment::Violation(low),
                1 => Moment::End(low),
                _ => match self.run_below(name) {
                    Some((c, _)) => Moment::Entry(c, "run".into(), 1 + self.dice.pick(2) as u32),
                    None => Moment::Fulfilment(low),
                },
            };
            // A clause above, or this one.
            let above = name + self.dice.pick(names - name as usize) as u32;
            (when, EffectTarget::Clauses(vec![ClauseName(above)]))
        } else {
            let when = Moment::First(self.any_pattern(name));
            let all = verb == EffectVerb::Ends && self.dice.chance(1, 6);
            (when, if all { EffectTarget::Agreement } else { EffectTarget::Clauses(vec![any]) })
        };
        let before = self.dice.chance(1, 5).then(|| Moment::Day(day(40)));
        Effect { when, before, verb, target, span: span() }
    }

    fn moment(&mut self, name: u32, depth: usize) -> Moment {
        match self.dice.pick(if depth == 0 { 3 } else { 12 }) {
            9 | 10 => {
                // Often on a day of a schedule, where *after* and *on or after* part.
                let after = match self.dice.chance(1, 3) {
                    true => Box::new(Moment::Day(self.dice.one(&[day(30), day(37), day(42), day(61)]))),
                    false => Box::new(self.moment(name, depth - 1)),
                };
                Moment::Next(self.dice.one(&SCHEDULES), self.dice.chance(1, 2), after)
            }
            11 => Moment::AgreementEnd,
            0 => Moment::Day(day(25 + self.dice.pick(50))),
            1 | 2 => Moment::First(self.any_pattern(name)),
            3 => Moment::Earlier(vec![self.moment(name, depth - 1), self.moment(name, depth - 1)]),
            4 => Moment::Later(vec![self.moment(name, depth - 1), self.moment(name, depth - 1)]),
            5 => {
                let by = days(self.dice.pick(20) as u32);
                Moment::Shift(Box::new(self.moment(name, depth - 1)), false, by, None)
            }
            6 => {
                let reading = self.dice.one(&READINGS);
                Moment::ByReading(reading, vec![self.moment(name, depth - 1), self.moment(name, depth - 1)])
            }
            7 if name > 0 => {
                let low = self.below(name);
                self.dice.one(&[Moment::End(low), Moment::Violation(low), Moment::Fulfilment(low)])
            }
            8 => match self.run_below(name) {
                Some((c, _)) => Moment::Entry(c, "run".into(), 1 + self.dice.pick(2) as u32),
                None => Moment::Never,
            },
            _ => Moment::Never,
        }
    }

    fn site(&mut self) -> OpenId {
        self.sites += 1;
        self.program.opens.push(yes_no(&format!("site-{}", self.sites)));
        OpenId(self.program.opens.len() as u32 - 1)
    }

    fn cond(&mut self, p: Place, depth: usize) -> Cond {
        if depth > 0 && self.dice.chance(1, 3) {
            let a = self.cond(p, depth - 1);
            return match self.dice.pick(3) {
                0 => Cond::Not(Box::new(a)),
                1 => Cond::All(vec![a, self.cond(p, depth - 1)]),
                _ => Cond::Any(vec![a, self.cond(p, depth - 1)]),
            };
        }
        // What is in hand first.
        if p.act && self.dice.chance(1, 2) {
            return match self.dice.pick(5) {
                0 => Cond::Same(Expr::Attribute(BAND), Expr::Word("low".into())),
                1 => Cond::Same(Expr::Attribute(WHOM), Expr::Party(PartyId(self.dice.pick(3) as u32))),
                2 => Cond::Given(Expr::Attribute(LOT)),
                3 => Cond::OneOf(Expr::Attribute(LOT), vec![Expr::Text("A".into()), Expr::Text("B".into())]),
                _ => self.comparison(Expr::Attribute(WEIGHT), p),
            };
        }
        if let (Some(event), true) = (p.record, self.dice.chance(2, 3)) {
            return match event {
                GO => match self.dice.pick(4) {
                    0 => self.comparison(Expr::Field(GO, FIRST_FIELD), p),
                    1 => Cond::Same(Expr::Field(GO, GO_LOT), Expr::Text("A".into())),
                    2 => Cond::Given(Expr::Field(GO, GO_LOT)),
                    _ => Cond::Same(Expr::By, Expr::Party(PartyId(0))),
                },
                RULING => Cond::Same(Expr::Field(RULING, FIRST_FIELD), Expr::Word("good".into())),
                PAID => {
                    let op = self.op();
                    let border = Expr::Figure(money(10, "EUR"));
                    Cond::Compare(op, Expr::Field(PAID, FIRST_FIELD), border, self.site())
                }
                _ => Cond::Same(Expr::By, Expr::Party(PartyId(2))),
            };
        }
        if p.narrow {
            return match (self.dice.pick(4), p.record) {
                (3, Some(event)) => {
                    let other = if p.today { Expr::Today } else { Expr::Day(day(20 + self.dice.pick(40))) };
                    let days =
                        Expr::Between(Measure::Days, Box::new(Expr::RecordDay(event)), Box::new(other));
                    let most = Expr::Figure(number(self.dice.one(&[0, 10, 20])));
                    Cond::Compare(self.op(), days, most, self.site())
                }
                (0, _) => Cond::Answered(self.dice.one(&READINGS), self.dice.pick(2) as u32),
                (1, _) => Cond::Answered(FACT, 0),
                _ => Cond::Constant(self.dice.chance(1, 2)),
            };
        }
        match self.dice.pick(12) {
            11 if p.clause > 0 => {
                let name = if p.act && self.dice.chance(1, 2) { ACTED } else { SAID };
                Cond::Defined(self.below(p.clause), name.into(), None)
            }
            9 | 10 => {
                let op = self.op();
                let (a, b) = (self.date(p, 1), self.date(p, 1));
                Cond::Compare(op, a, b, self.site())
            }
            0 => Cond::Happened(Box::new(self.any_pattern(p.clause))),
            1 => Cond::Answered(self.dice.one(&READINGS), self.dice.pick(2) as u32),
            2 => Cond::Answered(FACT, 0),
            3 => {
                let a = self.figure(p, 1);
                self.comparison(a, p)
            }
            4 => {
                let op = self.op();
                let a = self.money(p, 1);
                let b = self.money(p, 0);
                Cond::Compare(op, a, b, self.site())
            }
            5 | 6 if p.clause > 0 => {
                let low = self.below(p.clause);
                match self.dice.pick(4) {
                    0 | 1 => Cond::InForce(low),
                    2 => Cond::Violated(low),
                    _ => Cond::Fulfilled(low),
                }
            }
            7 | 8 => match self.run_below(p.clause + u32::from(p.act)) {
                Some((c, keyed)) => {
                    let key = match (keyed, p.act) {
                        (false, _) => None,
                        (true, true) => Some(Box::new(Expr::Attribute(LOT))),
                        (true, false) => Some(Box::new(Expr::Text("A".into()))),
                    };
                    Cond::InState(c, "run".into(), key, vec![self.dice.pick(3) as u32])
                }
                None => Cond::Constant(self.dice.chance(1, 2)),
            },
            _ => Cond::Constant(self.dice.chance(1, 2)),
        }
    }

    fn op(&mut self) -> Comparison {
        self.dice.one(&[
            Comparison::GreaterEqual,
            Comparison::Less,
            Comparison::Equal,
            Comparison::LessEqual,
            Comparison::Greater,
        ])
    }

    fn comparison(&mut self, a: Expr, p: Place) -> Cond {
        let op = self.op();
        let b = if self.dice.chance(1, 4) && !p.narrow {
            self.figure(p, 1)
        } else {
            let n = self.dice.one(&[5, 3, 4]);
            let mut f = number(n);
            if self.dice.chance(1, 6) {
                f.qualifier = self.dice.one(&[Qualifier::About, Qualifier::AtLeast]);
            }
            Expr::Figure(f)
        };
        Cond::Compare(op, a, b, self.site())
    }

    /// A pure number.
    fn figure(&mut self, p: Place, depth: usize) -> Expr {
        let sub = depth.saturating_sub(1);
        match self.dice.pick(if depth == 0 { 6 } else { 15 }) {
            14 => {
                let measure = self.dice.one(&[
                    Measure::Days,
                    Measure::BusinessDays(CalendarId(0)),
                    Measure::Years(DayCount::A360),
                    Measure::Years(DayCount::ThirtyE360),
                ]);
                let (a, b) = (self.date(p, 1), self.date(p, 1));
                Expr::Between(measure, Box::new(a), Box::new(b))
            }
            0 => Expr::Figure(number(self.dice.pick(8) as i64)),
            1 | 2 => self.aggregate(p, GO, Some(FIRST_FIELD)),
            3 => Expr::Undisclosed(RATE),
            4 => {
                Expr::Gives(self.dice.one(&READINGS), vec![Expr::Figure(number(3)), Expr::Figure(number(6))])
            }
            5 if p.clause > 0 => Expr::Value(self.below(p.clause), "number".into(), None),
            6 => self.two(p, sub, Expr::Add),
            7 => self.two(p, sub, Expr::Subtract),
            8 => {
                let count = self.aggregate(p, GO, None);
                Expr::Divide(Box::new(Expr::Figure(number(6))), Box::new(count))
            }
            9 => {
                let kind = self.dice.one(&[ExtremeKind::Max, ExtremeKind::Min]);
                Expr::Extreme(kind, vec![self.figure(p, sub), self.figure(p, sub)])
            }
            10 => match self.run_below(p.clause) {
                Some((c, keyed)) => {
                    let key = keyed.then(|| Box::new(Expr::Text("A".into())));
                    Expr::Kept(c, "run".into(), "size".into(), key)
                }
                None => Expr::Figure(number(1)),
            },
            12 | 13 => {
                let mut list = vec![(self.cond(p, 0), self.figure(p, sub))];
                if self.dice.chance(1, 2) {
                    list.push((Cond::Constant(true), self.figure(p, sub)));
                }
                Expr::Cases(list)
            }
            11 => {
                let a = self.two(p, sub, Expr::Multiply);
                let way = self.dice.one(&[Rounding::Nearest, Rounding::Down, Rounding::Up]);
                Expr::Round(way, Box::new(a), Box::new(Expr::Figure(number(2))))
            }
            _ => Expr::Figure(number(5)),
        }
    }

    /// A day. The day asked is looked at where no term waits for it.
    fn date(&mut self, p: Place, depth: usize) -> Expr {
        match self.dice.pick(if depth == 0 { 4 } else { 6 }) {
            0 | 1 if p.today => Expr::Today,
            0 => Expr::Day(day(20 + self.dice.pick(40))),
            1 | 2 => match p.record {
                Some(event) => Expr::RecordDay(event),
                None => Expr::DayOf(Box::new(Moment::First(self.any_pattern(p.clause)))),
            },
            3 if p.clause > 0 => {
                let low = self.below(p.clause);
                let moments = [Moment::End(low), Moment::Violation(low), Moment::Fulfilment(low)];
                Expr::DayOf(Box::new(self.dice.one(&moments)))
            }
            4 => {
                let base = Box::new(self.date(p, 0));
                let (count, unit) = self.dice.one(&[
                    (10, DurationUnit::Days),
                    (1, DurationUnit::Months),
                    (3, DurationUnit::BusinessDays),
                ]);
                let month_end = self.dice.one(&[MonthEnd::Down, MonthEnd::Exact]);
                let calendar = (unit == DurationUnit::BusinessDays).then_some(CalendarId(0));
                let by = Duration { count, unit, month_end, calendar: None };
                Expr::Shift(base, self.dice.chance(1, 2), by, calendar)
            }
            5 => {
                let kind = self.dice.one(&[ExtremeKind::Max, ExtremeKind::Min]);
                Expr::Extreme(kind, vec![self.date(p, 0), self.date(p, 0)])
            }
            _ => Expr::Day(day(33)),
        }
    }

    fn two(&mut self, p: Place, depth: usize, make: fn(Box<Expr>, Box<Expr>) -> Expr) -> Expr {
        let a = self.figure(p, depth);
        let b = self.figure(p, depth);
        make(Box::new(a), Box::new(b))
    }

    fn money(&mut self, p: Place, depth: usize) -> Expr {
        match self.dice.pick(if depth == 0 { 3 } else { 5 }) {
            0 => Expr::Figure(money(self.dice.one(&[10, 20, 15]), "EUR")),
            1 => self.aggregate(p, PAID, Some(FIRST_FIELD)),
            2 => Expr::Undisclosed(PRICE),
            3 if p.clause > 0 => Expr::Value(self.below(p.clause), "money".into(), None),
            _ => {
                let a = self.money(p, depth.saturating_sub(1));
                let b = self.money(p, depth.saturating_sub(1));
                Expr::Subtract(Box::new(a), Box::new(b))
            }
        }
    }

    fn aggregate(&mut self, p: Place, event: EventId, field: Option<FieldId>) -> Expr {
        let kind = match (field, self.dice.chance(1, 4)) {
            (None, _) => AggregateKind::Count,
            (Some(_), true) => {
                self.dice.one(&[AggregateKind::Latest, AggregateKind::Lowest, AggregateKind::Highest])
            }
            (Some(_), false) => AggregateKind::Sum,
        };
        let window = if self.dice.chance(1, 3) {
            let period = self.dice.one(&[Period::Month, Period::Week]);
            Some(match self.dice.pick(4) {
                0 => Window::This(period),
                1 => Window::Last(period),
                2 => Window::Over(days(1 + self.dice.pick(20) as u32), None),
                _ => {
                    let month_end = MonthEnd::Down;
                    let unit = DurationUnit::Months;
                    Window::Over(Duration { count: 1, unit, month_end, calendar: None }, None)
                }
            })
        } else {
            None
        };
        let filter = if self.dice.chance(1, 3) {
            self.cond(Place { act: false, record: Some(event), narrow: true, ..p }, 1)
        } else {
            Cond::Constant(true)
        };
        let last = matches!(kind, AggregateKind::Lowest | AggregateKind::Highest) && event == GO;
        let default = (last && self.dice.chance(1, 2)).then(|| Box::new(Expr::Figure(number(4))));
        Expr::Aggregate { kind, event, field, filter: Box::new(filter), window, default }
    }

    fn duty(&mut self, name: u32) -> Duty {
        // No clause looks at the duties of the law.
        let today = self.program.clause_names[name as usize] == "law";
        let p = Place { clause: name, act: false, record: None, narrow: false, keyed: false, today };
        let mut inner = p;
        let start = match self.dice.pick(7) {
            0 => DutyStart::Clause,
            1 => DutyStart::Once(self.moment(name, 0)),
            2 => {
                inner.record = Some(GO);
                DutyStart::Each(self.pattern(name, GO), days(self.dice.pick(10) as u32), None)
            }
            3 => DutyStart::Within(self.moment(name, 0), days(self.dice.pick(10) as u32), None),
            4 => {
                let schedule = Period::Schedule(self.dice.one(&SCHEDULES));
                DutyStart::Period(self.dice.one(&[Period::Month, Period::Week, schedule]))
            }
            _ => {
                let by = days(self.dice.pick(12) as u32);
                let schedule = Period::Schedule(self.dice.one(&SCHEDULES));
                DutyStart::Arrears(self.dice.one(&[Period::Month, Period::Week, schedule]), by, None)
            }
        };
        let (what, worth, counting, done) = match self.dice.pick(4) {
            0 => (DutyWhat::Act(PAY), None, None, None),
            1 => {
                let worth = self.money(p, 1);
                (
                    DutyWhat::Words("pay".into()),
                    Some(worth),
                    Some(self.aggregate(p, PAID, Some(FIRST_FIELD))),
                    None,
                )
            }
            2 => {
                let done = self.cond(inner, 1);
                (DutyWhat::Words("do".into()), None, None, Some(done))
            }
            _ => (DutyWhat::Words("wait".into()), Some(self.money(p, 0)), None, Some(self.cond(inner, 1))),
        };
        let due = self.dice.chance(1, 2).then(|| Moment::Day(day(30 + self.dice.pick(30))));
        let cure = self.dice.chance(1, 3).then(|| (days(self.dice.pick(10) as u32), None));
        let reach = if self.dice.chance(1, 5) { self.cond(inner, 1) } else { Cond::Constant(true) };
        Duty {
            debtors: vec![PartyId(0)],
            creditors: vec![PartyId(1)],
            what,
            reach,
            start,
            due,
            worth,
            counting,
            done,
            cure,
            remedy: None,
            span: span(),
        }
    }
}

/// Whether an open question is a figure.
pub fn is_figure(program: &Program, open: OpenId) -> bool {
    matches!(program.opens[open.index()].answers, Answers::Figure { .. } | Answers::Date { .. })
}

/// Digests the content of a record, the recorded time left out.
pub fn seal(mut r: Record) -> Record {
    let content =
        format!("{:?}", (&r.source, &r.id, r.event, r.time, r.by, &r.data, &r.corrects, r.withdrawn));
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (i, b) in content.bytes().enumerate() {
        hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        r.digest[i % 4 * 8..i % 4 * 8 + 8].copy_from_slice(&hash.to_be_bytes());
    }
    r
}

pub fn record(event: EventId, by: u32, on: usize, data: Vec<Option<Datum>>) -> Record {
    seal(Record {
        source: String::new(),
        id: None,
        event,
        time: Time::midnight(day(on)),
        recorded: Time::midnight(day(on)),
        by: Some(PartyId(by)),
        data,
        corrects: None,
        withdrawn: false,
        digest: [0; 32],
    })
}

fn data(dice: &mut Dice, event: EventId) -> Vec<Option<Datum>> {
    let missing = dice.chance(1, 8);
    let first = match event {
        GO => Some(Datum::Figure(number(dice.one(&[3, 6, 5, 0])))),
        RULING => Some(Datum::Word(dice.one(&["good", "bad"]).to_string())),
        PAID => {
            let currency = if dice.chance(1, 8) { "USD" } else { "EUR" };
            Some(Datum::Figure(money(dice.one(&[10, 4]), currency)))
        }
        _ => None,
    };
    let first = first.filter(|_| !missing);
    match event {
        GO => {
            let lot = match dice.pick(3) {
                0 => None,
                1 => Some(Datum::Word("A".into())),
                _ => Some(Datum::Word("B".into())),
            };
            vec![first, lot]
        }
        STOP => Vec::new(),
        _ => vec![first],
    }
}

/// A log: late, out of order, with duplicates, corrections, and records by parties without power.
pub fn log(dice: &mut Dice) -> Vec<Record> {
    let mut out: Vec<Record> = Vec::new();
    for i in 0..dice.pick(7) {
        let old = out.iter().filter(|r| r.id.is_some() && r.corrects.is_none()).cloned().collect::<Vec<_>>();
        let kind = dice.pick(10);
        if kind >= 8 && !old.is_empty() {
            let original = dice.one(&old);
            let mut r = original.clone();
            r.recorded = Time::midnight(r.recorded.day.plus_days(dice.pick(20) as i64).unwrap());
            if kind == 8 {
                r.id = Some(format!("r{i}"));
                r.corrects = original.id;
                r.withdrawn = dice.chance(1, 3);
                r.data = data(dice, r.event);
                r.by = Some(PartyId(dice.pick(3) as u32));
                if dice.chance(1, 3) {
                    r.time = Time::midnight(day(dice.pick(70)));
                }
            }
            out.push(seal(r));
            continue;
        }
        let event = dice.one(&[GO, STOP, RULING, PAID]);
        let by = match (event, dice.chance(1, 6)) {
            (_, true) => dice.pick(3) as u32,
            (STOP | RULING, _) => 2,
            _ => 0,
        };
        let on = dice.pick(70);
        let mut r = record(event, by, on, data(dice, event));
        if dice.chance(1, 3) {
            r.recorded = Time::midnight(day(on + dice.pick(25)));
        }
        if dice.chance(1, 3) {
            r.time.nanos = 3_600_000_000_000 * (1 + dice.pick(4) as i64);
            r.recorded = r.recorded.max(r.time);
        }
        if dice.chance(1, 2) {
            r.id = Some(format!("r{i}"));
        }
        out.push(seal(r));
    }
    out
}

/// An answer to an open question that has words, regions, parties or identifiers.
pub fn assumed(dice: &mut Dice, program: &Program, open: OpenId) -> Assumed {
    match &program.opens[open.index()].answers {
        Answers::Words(words) => Assumed::Word(dice.pick(words.len()) as u32),
        Answers::Parties => Assumed::Datum(Datum::Party(PartyId(dice.pick(3) as u32))),
        Answers::Ids => Assumed::Datum(Datum::Word(dice.one(&["A", "B", "another"]).to_string())),
        Answers::Figure { cuts, .. } if dice.chance(1, 3) => Assumed::Datum(Datum::Figure(dice.one(cuts))),
        Answers::Figure { cuts, .. } => Assumed::Region(dice.pick(2 * cuts.len() + 1) as u32),
        Answers::Date { cuts } => Assumed::Region(dice.pick(2 * cuts.len() + 1) as u32),
    }
}

/// A question of any kind.
pub fn question(dice: &mut Dice, program: &Program) -> Question {
    let names = program.clause_names.len();
    let clause = ClauseName(dice.pick(names) as u32);
    let ask = match dice.pick(9) {
        0..=3 => {
            let band = dice.one(&[None, Some("low"), Some("high")]).map(|w| Datum::Word(w.into()));
            let weight =
                if dice.chance(1, 2) { Some(Datum::Figure(number(dice.one(&[5, 3, 9])))) } else { None };
            let lot = dice.one(&[None, Some("A"), Some("B")]).map(|w| Datum::Word(w.into()));
            let whom =
                if dice.chance(2, 3) { Some(Datum::Party(PartyId(dice.pick(3) as u32))) } else { None };
            if dice.chance(1, 6) {
                let kind = dice.one(&[None, Some("good"), Some("bad")]).map(|w| Datum::Word(w.into()));
                Ask::May(Act { party: PartyId(2), action: RULE, with: vec![kind] })
            } else {
                let party = PartyId(dice.one(&[0, 1]));
                Ask::May(Act { party, action: TRANSMIT, with: vec![band, weight, lot, whom] })
            }
        }
        4 => Ask::InForce(clause),
        5 => Ask::Ends(clause),
        6 => Ask::Value(ValueRef::Clause(clause, dice.one(&["number", "money", "clock"]).into())),
        7 => Ask::Owes(PartyId(0)),
        _ => Ask::Who(RULE),
    };
    let as_of = day(15 + dice.pick(80));
    let version =
        if dice.chance(1, 5) { Some(VersionId(dice.pick(program.versions.len()) as u32)) } else { None };
    let known_at = if dice.chance(1, 5) { Some(Time::last(day(20 + dice.pick(60)))) } else { None };
    let mut assume = Assumptions::default();
    for _ in 0..dice.pick(3) {
        let open = OpenId(dice.pick(program.opens.len()) as u32);
        let answer = assumed(dice, program, open);
        assume.opens.insert(open, answer);
    }
    Question { as_of, known_at, version, events: Vec::new(), assume, ask }
}
