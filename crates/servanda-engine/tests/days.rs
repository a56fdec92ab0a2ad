//! What moves by itself as days pass: windows, duties in arrears, the end of the agreement. Small agreements that
//! are about nothing else, each asked on many days, by the engine and by the reference.

mod random;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use servanda_engine::{AnswerValue, Ask, Datum, Engine, Question, Record, ValueRef, reference};
use servanda_program::{
    AggregateKind, Clause, ClauseId, ClauseName, Comparison, Cond, Duty, DutyStart, DutyWhat, Effect,
    EffectTarget, EffectVerb, Ending, EventId, Expr, Moment, OpenId, PartyId, Pattern, Period, Program,
    Value, VersionId, Window,
};
use servanda_quantity::{Duration, DurationUnit, MonthEnd};

use random::{Dice, FIRST_FIELD, GO, PAID, STOP, day, days, money, number};

fn config() -> Config {
    Config {
        cases: 512,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        max_shrink_iters: 5_000,
        ..Config::default()
    }
}

fn throws() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(0u16..5040, 0..120)
}

fn window(dice: &mut Dice) -> Option<Window> {
    let period = dice.one(&[Period::Month, Period::Week]);
    Some(match dice.pick(6) {
        5 => Window::Before(period),
        0 => return None,
        1 => Window::This(period),
        2 => Window::Last(period),
        3 => Window::Over(days(1 + dice.pick(40) as u32), None),
        _ => {
            let (unit, month_end) = (DurationUnit::Months, MonthEnd::Down);
            Window::Over(Duration { count: 1, unit, month_end, calendar: None }, None)
        }
    })
}

fn total(dice: &mut Dice, event: EventId, kinds: &[AggregateKind]) -> Expr {
    let kind = dice.one(kinds);
    let field = (kind != AggregateKind::Count).then_some(FIRST_FIELD);
    let window = window(dice);
    Expr::Aggregate { kind, event, field, filter: Box::new(Cond::Constant(true)), window, default: None }
}

const FIGURES: [AggregateKind; 5] = [
    AggregateKind::Sum,
    AggregateKind::Count,
    AggregateKind::Highest,
    AggregateKind::Lowest,
    AggregateKind::Latest,
];

/// Something that days and records move.
fn moving(dice: &mut Dice, program: &mut Program) -> Cond {
    let site = OpenId(program.opens.len() as u32);
    program.opens.push(random::yes_no(&format!("site-{}", site.0)));
    let left = total(dice, GO, &[AggregateKind::Count, AggregateKind::Sum]);
    let left = if dice.chance(1, 4) {
        let stopped = Pattern { event: STOP, by: None, filter: Cond::Constant(true) };
        let none = Expr::Figure(number(0));
        Expr::Cases(vec![(Cond::Happened(Box::new(stopped)), none), (Cond::Constant(true), left)])
    } else {
        left
    };
    let right = Expr::Figure(number(dice.one(&[1, 2, 5])));
    let op = dice.one(&[Comparison::GreaterEqual, Comparison::Less, Comparison::Equal]);
    Cond::Compare(op, left, right, site)
}

fn duty(dice: &mut Dice, program: &mut Program) -> Duty {
    let by = days(dice.pick(32) as u32);
    let period = dice.one(&[Period::Month, Period::Week]);
    let start = match dice.pick(4) {
        0 => DutyStart::Period(period),
        1 => DutyStart::Clause,
        _ => DutyStart::Arrears(period, by, None),
    };
    let (worth, counting, done, what) = match dice.pick(4) {
        0 => (None, None, None, DutyWhat::Act(random::PAY)),
        1 => (None, None, Some(moving(dice, program)), DutyWhat::Words("do".into())),
        _ => {
            let loads = total(dice, GO, &FIGURES);
            let rate = Expr::Figure(money(2, "EUR"));
            let worth = Expr::Multiply(Box::new(rate), Box::new(loads));
            let counting = total(dice, PAID, &[AggregateKind::Sum]);
            (Some(worth), Some(counting), None, DutyWhat::Words("pay".into()))
        }
    };
    Duty {
        debtors: vec![PartyId(0)],
        creditors: vec![PartyId(1)],
        what,
        reach: if dice.chance(1, 5) { moving(dice, program) } else { Cond::Constant(true) },
        start,
        due: None,
        worth,
        counting,
        done,
        cure: dice.chance(1, 3).then(|| (days(dice.pick(9) as u32), None)),
        remedy: None,
        span: random::span(),
    }
}

fn moment(dice: &mut Dice, name: u32, agreement: bool) -> Moment {
    match dice.pick(6) {
        0 => Moment::Never,
        1 => Moment::Day(day(20 + dice.pick(70))),
        2 if agreement => Moment::AgreementEnd,
        3 if agreement => {
            Moment::Shift(Box::new(Moment::AgreementEnd), false, days(dice.pick(20) as u32), None)
        }
        4 if name > 0 => {
            let low = ClauseName(name - 1);
            dice.one(&[Moment::End(low), Moment::Violation(low), Moment::Fulfilment(low)])
        }
        _ => Moment::First(Pattern { event: STOP, by: None, filter: Cond::Constant(true) }),
    }
}

/// `timed`: the end of a clause may end the agreement, and only the last clause looks at that.
fn clause(dice: &mut Dice, program: &mut Program, name: u32, timed: bool, last: bool) -> Clause {
    let mut c = random::clause(ClauseName(name));
    c.survives = dice.chance(1, 2);
    c.until = moment(dice, name, last || !timed);
    if dice.chance(1, 4) {
        c.from = Some(moment(dice, name, last || !timed));
    }
    if dice.chance(1, 4) {
        c.while_ = Some(moving(dice, program));
    }
    if dice.chance(2, 3) {
        c.duties.push(duty(dice, program));
    }
    if dice.chance(1, 3) {
        let filter = if dice.chance(1, 3) { moving(dice, program) } else { Cond::Constant(true) };
        let when = Moment::First(Pattern { event: dice.one(&[STOP, PAID]), by: None, filter });
        let when =
            if timed && dice.chance(1, 2) { Moment::End(ClauseName(dice.pick(3) as u32)) } else { when };
        let (verb, target) = (EffectVerb::Ends, EffectTarget::Agreement);
        c.effects.push(Effect { when, before: None, verb, target, span: random::span() });
    }
    let cases = vec![
        (moving(dice, program), total(dice, GO, &FIGURES)),
        (moving(dice, program), Expr::Figure(number(7))),
    ];
    let always = Cond::Constant(true);
    c.values.push(Value { name: "number".into(), key: None, expr: Expr::Cases(cases), cond: always.clone() });
    let expr = total(dice, PAID, &[AggregateKind::Sum, AggregateKind::Lowest, AggregateKind::Highest]);
    c.values.push(Value { name: "money".into(), key: None, expr, cond: always });
    c
}

fn program(dice: &mut Dice) -> Program {
    let mut program = random::vocabulary(false);
    let names = 1 + dice.pick(3) as u32;
    let mut first = random::version("first", Some(Moment::Day(day(dice.pick(20)))));
    let timed = dice.chance(1, 3);
    for name in 0..names {
        let clause = clause(dice, &mut program, name, timed, name + 1 == names);
        program.clause_names.push(format!("c{name}"));
        program.clauses.push(clause);
        first.text.push(random::standing(ClauseName(name), ClauseId(name), VersionId(0)));
    }
    program.versions.push(first);
    if dice.chance(1, 3) {
        let mut second = random::version("second", Some(Moment::Day(day(40 + dice.pick(30)))));
        second.base = Some(VersionId(0));
        second.text = program.versions[0].text.clone();
        second.terminates = dice.chance(1, 2);
        if dice.chance(1, 2) {
            second.requires = Some(moving(dice, &mut program));
        }
        for s in second.text.iter_mut().filter(|_| second.terminates) {
            if !program.clauses[s.clause.index()].survives {
                s.ended = Some((VersionId(1), Ending::Terminated));
            }
        }
        program.versions.push(second);
    }
    program
}

/// Loads, payments, and sometimes a stop.
fn log(dice: &mut Dice) -> Vec<Record> {
    let one = |dice: &mut Dice| {
        let on = dice.pick(100);
        match dice.pick(9) {
            0 => random::record(STOP, 2, on, Vec::new()),
            1..=4 => {
                let amount = Datum::Figure(money(dice.one(&[6, 2, 12]), "EUR"));
                random::record(PAID, 0, on, vec![Some(amount)])
            }
            _ => {
                let size = Datum::Figure(number(dice.one(&[1, 3, 5])));
                random::record(GO, 0, on, vec![Some(size), None])
            }
        }
    };
    (0..dice.pick(12)).map(|_| one(dice)).collect()
}

type Found = Result<(servanda_engine::Outcome, AnswerValue), String>;

/// Duties in one order, without their names for the period.
fn plain(mut value: AnswerValue) -> AnswerValue {
    if let AnswerValue::Owes(list) = &mut value {
        list.iter_mut().for_each(|o| o.instance = None);
        list.sort_by_key(|o| (o.clause, o.since, format!("{o:?}")));
    }
    value
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_days_move_means_one_thing(program_throws in throws(), log_throws in throws(), more in throws()) {
        let program = program(&mut Dice::new(program_throws));
        let log = log(&mut Dice::new(log_throws));
        let mut dice = Dice::new(more);
        let mut engine = Engine::new(&program);
        engine.append(log.clone()).map_err(|e| TestCaseError::fail(e.message))?;
        for _ in 0..6 {
            let name = ClauseName(dice.pick(program.clause_names.len()) as u32);
            let ask = match dice.pick(5) {
                0 => Ask::InForce(name),
                1 => Ask::Ends(name),
                2 => Ask::Value(ValueRef::Clause(name, dice.one(&["number", "money"]).into())),
                _ => Ask::Owes(PartyId(0)),
            };
            let as_of = day(10 + dice.pick(120));
            let question =
                Question { as_of, known_at: None, version: None, events: Vec::new(), assume: Default::default(), ask };
            let wanted: Found =
                reference::answer(&program, &log, &question).map(|(o, v, _)| (o, plain(v))).map_err(|e| e.code.to_string());
            let got: Found = engine.ask(&question).map(|a| (a.outcome, plain(a.value))).map_err(|e| e.code.to_string());
            if wanted.as_ref().err().is_some_and(|e| e == "undecided-duty") {
                continue;
            }
            prop_assert_eq!(got, wanted, "left: engine, right: reference\n{:#?}\n{:?}\n{:#?}", question, log, program.clauses);
        }
    }
}
