//! One of each construct: that every variant has words of its own, in every language. The matches at the end name
//! every variant, so that a new one does not compile here until it is among those that are said.

use std::collections::BTreeMap;

use servanda_program::*;
use servanda_quantity::{Day, DayCount, DurationUnit, Figure, Rounding};

use super::name::Names;
use super::random;
use super::teller::Teller;
use crate::Tongue;

fn pattern() -> Pattern {
    Pattern {
        event: random::GO,
        by: Some(PartyId(0)),
        filter: Cond::Given(Expr::Field(random::GO, random::GO_LOT)),
    }
}

fn day() -> Day {
    random::day(3)
}

fn aggregates() -> Vec<Expr> {
    use AggregateKind::{Count, Highest, Latest, Lowest, Sum};
    let months = servanda_quantity::Duration { unit: DurationUnit::Months, ..random::days(6) };
    let windows = [
        None,
        Some(Window::This(Period::Week)),
        Some(Window::Last(Period::Week)),
        Some(Window::Before(Period::Week)),
        Some(Window::Over(months, None)),
    ];
    let mut out = Vec::new();
    for kind in [Sum, Count, Latest, Lowest, Highest] {
        for window in windows.clone() {
            for default in [None, Some(Box::new(Expr::Figure(random::number(7))))] {
                let field = (kind != Count).then_some(random::FIRST_FIELD);
                let filter = Box::new(Cond::Constant(true));
                let window = window.clone();
                out.push(Expr::Aggregate { kind, event: random::GO, field, filter, window, default });
            }
        }
    }
    out
}

fn exprs() -> Vec<Expr> {
    let figure = |n| Expr::Figure(random::number(n));
    let two = |make: fn(Box<Expr>, Box<Expr>) -> Expr| make(Box::new(figure(3)), Box::new(figure(5)));
    let mut out = vec![
        figure(1),
        Expr::Figure(Figure::exact(1.into(), servanda_quantity::Unit::Percent)),
        Expr::Day(day()),
        Expr::Word("low".into()),
        Expr::Party(PartyId(1)),
        Expr::Text("lot".into()),
        Expr::Attribute(random::BAND),
        Expr::Field(random::GO, random::FIRST_FIELD),
        Expr::By,
        Expr::Key,
        Expr::Value(ClauseName(0), "number".into(), None),
        Expr::Value(ClauseName(0), "number".into(), Some(Box::new(Expr::Text("A".into())))),
        Expr::Value(ClauseName(1), "number".into(), None),
        Expr::Fact(0),
        Expr::Kept(ClauseName(0), "run".into(), "size".into(), None),
        Expr::Undisclosed(random::RATE),
        Expr::Gives(random::READINGS[0], vec![figure(1), figure(2)]),
        Expr::Cases(vec![(Cond::InForce(ClauseName(0)), figure(1)), (Cond::Constant(true), figure(2))]),
        Expr::Cases(vec![(Cond::InForce(ClauseName(0)), figure(1))]),
        Expr::Today,
        Expr::DayOf(Box::new(Moment::First(pattern()))),
        Expr::DayOf(Box::new(Moment::Violation(ClauseName(0)))),
        Expr::RecordDay(random::GO),
        Expr::Shift(Box::new(Expr::Day(day())), false, random::days(7), None),
        Expr::Shift(Box::new(Expr::Day(day())), true, random::days(7), None),
        Expr::Between(Measure::Days, Box::new(Expr::Day(day())), Box::new(Expr::Today)),
        Expr::Between(
            Measure::BusinessDays(CalendarId(0)),
            Box::new(Expr::Day(day())),
            Box::new(Expr::Today),
        ),
        Expr::Between(Measure::Years(DayCount::A365), Box::new(Expr::Day(day())), Box::new(Expr::Today)),
        Expr::Between(Measure::Years(DayCount::A360), Box::new(Expr::Day(day())), Box::new(Expr::Today)),
        Expr::Counted(ClauseName(0)),
        Expr::Counted(ClauseName(1)),
        two(Expr::Add),
        two(Expr::Subtract),
        two(Expr::Multiply),
        two(Expr::Divide),
        two(|a, b| Expr::Round(Rounding::Nearest, a, b)),
        two(|a, b| Expr::Round(Rounding::Down, a, b)),
        two(|a, b| Expr::Round(Rounding::Up, a, b)),
        Expr::Extreme(ExtremeKind::Min, vec![figure(1), figure(2)]),
        Expr::Extreme(ExtremeKind::Max, vec![figure(1), figure(2)]),
    ];
    out.extend(aggregates());
    out
}

fn conds() -> Vec<Cond> {
    use Comparison::{Equal, Greater, GreaterEqual, Less, LessEqual};
    let band = || Expr::Attribute(random::BAND);
    let word = |w: &str| Expr::Word(w.into());
    let leaf = |w: &str| Cond::Same(band(), word(w));
    let state = |states: &[u32]| Cond::InState(ClauseName(0), "run".into(), None, states.to_vec());
    let mut out = vec![
        Cond::Constant(true),
        Cond::Constant(false),
        Cond::All(vec![leaf("low"), leaf("high")]),
        Cond::Any(vec![leaf("low"), leaf("high")]),
        leaf("low"),
        Cond::OneOf(band(), vec![word("low"), word("high")]),
        Cond::Given(Expr::Attribute(random::LOT)),
        Cond::Answered(random::READINGS[0], 0),
        Cond::Answered(random::FACT, 0),
        Cond::Happened(Box::new(pattern())),
        state(&[0]),
        state(&[0, 1]),
        Cond::InForce(ClauseName(0)),
        Cond::Violated(ClauseName(0)),
        Cond::Fulfilled(ClauseName(0)),
        Cond::InForce(ClauseName(1)),
        Cond::Defined(ClauseName(0), "so".into(), None),
        Cond::Defined(ClauseName(0), "so".into(), Some(Box::new(Expr::Text("A".into())))),
    ];
    for comparison in [Equal, Less, LessEqual, Greater, GreaterEqual] {
        let weight = Expr::Attribute(random::WEIGHT);
        out.push(Cond::Compare(comparison, weight, Expr::Figure(random::number(3)), OpenId(0)));
        out.push(Cond::Compare(comparison, Expr::Day(random::day(1)), Expr::Day(day()), OpenId(0)));
    }
    let denied: Vec<Cond> = out.iter().map(|c| Cond::Not(Box::new(c.clone()))).collect();
    out.extend(denied);
    out
}

fn moments() -> Vec<Moment> {
    let days = || vec![Moment::Day(day()), Moment::End(ClauseName(0))];
    vec![
        Moment::Day(day()),
        Moment::Never,
        Moment::First(pattern()),
        Moment::Entry(ClauseName(0), "run".into(), 1),
        Moment::Violation(ClauseName(0)),
        Moment::Fulfilment(ClauseName(0)),
        Moment::End(ClauseName(0)),
        Moment::End(ClauseName(1)),
        Moment::AgreementEnd,
        Moment::Field(random::GO, random::FIRST_FIELD),
        Moment::Shift(Box::new(Moment::Day(day())), false, random::days(7), None),
        Moment::Shift(Box::new(Moment::Day(day())), true, random::days(7), None),
        Moment::Next(ScheduleId(0), false, Box::new(Moment::Day(day()))),
        Moment::Next(ScheduleId(0), true, Box::new(Moment::Day(day()))),
        Moment::Earlier(days()),
        Moment::Later(days()),
        Moment::ByReading(random::READINGS[0], days()),
    ]
}

/// Clauses that have one of each part.
fn clauses() -> Vec<Clause> {
    let empty = || random::clause(ClauseName(0));
    let what = || DutyWhat::Act(random::PAY);
    let duty = |start| Duty {
        debtors: vec![PartyId(0)],
        creditors: vec![PartyId(1)],
        what: what(),
        reach: Cond::Constant(true),
        start,
        due: None,
        worth: None,
        counting: None,
        done: None,
        cure: None,
        remedy: None,
        span: random::span(),
    };
    let mut out = Vec::new();
    let mut starts = vec![
        DutyStart::Clause,
        DutyStart::Once(Moment::Day(day())),
        DutyStart::Each(pattern(), random::days(2), None),
        DutyStart::Within(Moment::Day(day()), random::days(2), None),
    ];
    for period in periods() {
        starts.push(DutyStart::Period(period));
        starts.push(DutyStart::Arrears(period, random::days(2), None));
    }
    out.extend(starts.into_iter().map(|s| Clause { duties: vec![duty(s)], ..empty() }));
    let full = Duty {
        due: Some(Moment::Day(day())),
        worth: Some(Expr::Figure(random::number(5))),
        counting: Some(Expr::Counted(ClauseName(0))),
        done: Some(Cond::Violated(ClauseName(1))),
        reach: Cond::InForce(ClauseName(1)),
        cure: Some((random::days(3), None)),
        remedy: Some(ClauseName(1)),
        ..duty(DutyStart::Clause)
    };
    out.push(Clause { duties: vec![full], ..empty() });
    for form in [NormForm::May, NormForm::MayNot, NormForm::OnlyWhere, NormForm::Alone, NormForm::HasPower] {
        let sign = match form {
            NormForm::MayNot | NormForm::OnlyWhere => Sign::Bar,
            NormForm::May | NormForm::Alone | NormForm::HasPower => Sign::Grant,
        };
        let norm = random::norm(sign, form, vec![PartyId(0)], random::TRANSMIT);
        out.push(Clause { norms: vec![norm.clone()], ..empty() });
        let reach = Cond::Given(Expr::Attribute(random::LOT));
        let except = Cond::Happened(Box::new(pattern()));
        out.push(Clause { norms: vec![Norm { reach, except, ..norm }], ..empty() });
    }
    for verb in [EffectVerb::Ends, EffectVerb::Starts, EffectVerb::Suspends, EffectVerb::Resumes] {
        for target in [EffectTarget::Agreement, EffectTarget::Clauses(vec![ClauseName(0), ClauseName(1)])] {
            for before in [None, Some(Moment::Day(day()))] {
                let effect = Effect {
                    when: Moment::Day(day()),
                    before,
                    verb,
                    target: target.clone(),
                    span: random::span(),
                };
                out.push(Clause { effects: vec![effect], ..empty() });
            }
        }
    }
    for cond in [Cond::Constant(true), Cond::InForce(ClauseName(1))] {
        out.push(Clause { overrides: vec![Override { clause: ClauseName(1), cond }], ..empty() });
    }
    out.push(Clause { from: Some(Moment::Day(day())), ..empty() });
    out.push(Clause { until: Moment::Day(day()), ..empty() });
    out.push(Clause { from: Some(Moment::Day(day())), until: Moment::AgreementEnd, ..empty() });
    out.push(Clause { while_: Some(Cond::InForce(ClauseName(1))), ..empty() });
    out.push(Clause { protects: vec![PartyId(2)], ..empty() });
    out.push(Clause { survives: true, ..empty() });
    out.push(empty());
    out
}

fn periods() -> Vec<Period> {
    vec![Period::Week, Period::Month, Period::Quarter, Period::Year, Period::Schedule(ScheduleId(0))]
}

/// A program in which all of that can stand: two clauses, of which the first has a process.
fn program() -> Program {
    let mut program = random::vocabulary(true);
    program.clause_names = vec!["first".into(), "second".into()];
    let mut first = random::clause(ClauseName(0));
    let state = |n: &str| State { name: n.into() };
    let states = vec![state("idle"), state("busy")];
    first.processes.push(Process { name: "run".into(), key: None, states, steps: Vec::new() });
    program.clauses = vec![first, random::clause(ClauseName(1))];
    let mut version = random::version("v", Some(Moment::Day(day())));
    for i in 0..2 {
        version.text.push(random::standing(ClauseName(i), ClauseId(i), VersionId(0)));
    }
    program.versions.push(version);
    let expr = Expr::Figure(random::number(1));
    program.facts.push(Fact { name: "a-fact".into(), title: None, expr, grounds: Grounds::default() });
    program
}

/// That no two of these are said alike, and that each message is there.
fn all_differ<T: std::fmt::Debug>(tag: &str, things: Vec<T>, say: impl Fn(&T) -> String) {
    let mut said: BTreeMap<String, T> = BTreeMap::new();
    for thing in things {
        let words = say(&thing);
        assert!(!words.trim().is_empty() && !words.contains("prose-"), "{tag}: {thing:?}: {words}");
        if let Some(other) = said.insert(words.clone(), thing) {
            panic!("{tag}: {:?} and {other:?} are both said: {words}", said[&words]);
        }
    }
}

#[test]
fn every_construct_has_words_of_its_own_in_every_language() {
    let program = program();
    for tag in Tongue::available() {
        let tongue = Tongue::new(tag).unwrap();
        let names = Names::new(&tongue, &program, Some(VersionId(0)));
        let teller = Teller { action: Some(random::TRANSMIT), ..Teller::new(&tongue, &program, &names) };
        let own = Teller { clause: Some(ClauseName(0)), ..teller };
        for teller in [teller, own] {
            all_differ(tag, exprs(), |e| teller.expr(e));
            all_differ(tag, conds(), |c| teller.cond(c));
            all_differ(tag, moments(), |m| teller.moment(m));
        }
        all_differ(tag, clauses(), |c| {
            let sentences = teller.clause_sentences(c, None);
            sentences.iter().map(|s| format!("{s:?}")).collect()
        });
    }
}

/// A variant that is missing above is missing here too.
#[allow(dead_code)]
fn nothing_is_left_out(expr: &Expr, cond: &Cond, moment: &Moment, start: &DutyStart, window: &Window) {
    match expr {
        Expr::Figure(_) | Expr::Day(_) | Expr::Word(_) | Expr::Party(_) | Expr::Text(_) => {}
        Expr::Attribute(_) | Expr::Field(..) | Expr::By | Expr::Key | Expr::Value(..) | Expr::Fact(_) => {}
        Expr::Kept(..) | Expr::Undisclosed(_) | Expr::Gives(..) | Expr::Aggregate { .. } | Expr::Cases(_) => {
        }
        Expr::Counted(_) | Expr::Add(..) | Expr::Subtract(..) | Expr::Multiply(..) | Expr::Divide(..) => {}
        Expr::Round(..) | Expr::Extreme(..) | Expr::Today | Expr::DayOf(_) | Expr::RecordDay(_) => {}
        Expr::Between(..) | Expr::Shift(..) => {}
    }
    match cond {
        Cond::Constant(_)
        | Cond::All(_)
        | Cond::Any(_)
        | Cond::Not(_)
        | Cond::Compare(..)
        | Cond::Same(..) => {}
        Cond::OneOf(..) | Cond::Given(_) | Cond::Answered(..) | Cond::Happened(_) | Cond::InState(..) => {}
        Cond::InForce(_) | Cond::Violated(_) | Cond::Fulfilled(_) | Cond::Defined(..) => {}
    }
    match moment {
        Moment::Day(_) | Moment::Never | Moment::First(_) | Moment::Entry(..) | Moment::Violation(_) => {}
        Moment::Fulfilment(_) | Moment::End(_) | Moment::AgreementEnd | Moment::Field(..) => {}
        Moment::Shift(..)
        | Moment::Earlier(_)
        | Moment::Later(_)
        | Moment::ByReading(..)
        | Moment::Next(..) => {}
    }
    match start {
        DutyStart::Clause | DutyStart::Once(_) | DutyStart::Each(..) | DutyStart::Within(..) => {}
        DutyStart::Period(_) | DutyStart::Arrears(..) => {}
    }
    match window {
        Window::This(Period::Week | Period::Month | Period::Quarter | Period::Year | Period::Schedule(_)) => {
        }
        Window::Last(_) | Window::Before(_) | Window::Over(..) => {}
    }
}
