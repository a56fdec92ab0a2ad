//! Failing closed, in full: every kind of run-time failure × every place of a condition in a norm. An act is
//! permitted only if it is permitted whichever way the failing condition would have turned out.

use servanda_engine::{Act, Ask, Assumed, Assumptions, Datum, Engine, Outcome, Question, Record, Time};
use servanda_program::Program;
use servanda_quantity::{Day, Figure, Unit};
use servanda_text::Sources;

/// A condition that nobody can decide, by kind of failure. `flag is yes` stands for the decided ones.
const FAILURES: &[(&str, &str)] = &[
    ("undisclosed figure", "terms.price >= EUR 10"),
    ("undisclosed figure in a sum", "terms.price + EUR 1 >= EUR 10"),
    ("division by zero", "EUR 10 / count of never-logged rounded to EUR 1 >= EUR 5"),
    ("currencies brought together by data", "latest foreign.amount >= EUR 10"),
    ("missing datum", "latest bare.amount >= EUR 10"),
    ("left-out attribute", "purpose is trade"),
    ("qualifier that leaves it open", "terms.share >= 25 percent"),
    ("open fact", "guarded is yes"),
    ("reading", "scope is narrow"),
    ("attested event that is not logged", "storm has happened"),
];

/// Clauses with a condition, by kind of norm and place; `?` is the condition.
const PLACES: &[(&str, &str)] = &[
    ("restriction, what it demands", "clause c Radio may transmit only where ? outside \"x\""),
    ("restriction, what it reaches", "clause c Radio may not transmit if ? outside \"x\""),
    (
        "restriction, exception",
        "clause c Radio may not transmit if band is low unless ? and band is low outside \"x\"",
    ),
    ("restriction, while", "clause c Radio may not transmit while ? outside \"x\""),
    ("restriction, end", "clause c Radio may not transmit until tick where ? outside \"x\""),
    (
        "restriction, ended by another",
        "clause c Radio may not transmit outside \"x\" clause d on tick where ? ends c outside \"x\"",
    ),
    ("exclusive right, exception", "clause c Mast alone may transmit unless ? and band is low outside \"x\""),
    ("exclusive right, reach", "clause c Mast alone may transmit if ? outside \"x\""),
    ("permission, what it demands", "clause c Radio may transmit provided ? outside \"x\""),
    (
        "permission, what it reaches",
        "clause c Radio may transmit if ? outside \"x\" clause d Radio may not transmit outside \"x\" overrides e clause e note \"n\" outside \"x\"",
    ),
    (
        "permission, override",
        "clause c Radio may transmit overrides d if ? outside \"x\" clause d Radio may not transmit outside \"x\"",
    ),
    ("permission, while", "clause c Radio may transmit while ? outside \"x\""),
    ("permission, end", "clause c Radio may transmit until tick where ? outside \"x\""),
    (
        "power, guard",
        "clause c Radio has power to announce when ? outside \"x\" clause d Radio may not transmit until announced outside \"x\"",
    ),
];

const PREAMBLE: &str = r#"
agreement tower "A tower" zone UTC currency EUR
party Mast party Radio
action transmit by Radio or Mast
  band : low | high
  purpose : trade | rescue
action announce by Radio brings announced
event tick by Mast
event announced by Radio
event never-logged by Mast
event foreign by Mast amount : money
event bare by Mast amount : money
event storm by Mast attested
question flag "Which way?" : yes-no outside "x"
question guarded "Is it guarded?" : yes-no outside "x"
reading scope "How wide?" answer narrow answer wide outside "x"
version first "First" starts binding from 2026-01-01 outside "x"
clause terms
  value price is undisclosed money
  value share is about 27 percent
  outside "x"
"#;

/// The outcome for `Radio transmit band low`, with the condition in place, and `flag` answered where given.
fn outcome(place: &str, condition: &str, flag: Option<u32>) -> Option<Outcome> {
    // A power is judged without an act in hand, and so is a term.
    let text = format!("{PREAMBLE}\n{}\n", place.replace('?', &format!("({condition})")));
    let mut sources = Sources::new();
    let checked = servanda_model::load(&mut sources, &[("tower.deed".to_string(), text)]);
    let program = checked.program?;
    let mut engine = Engine::new(&program);
    engine.append(log(&program)).expect("a sound log");
    let mut assume = Assumptions::default();
    if let (Some(answer), Some(open)) = (flag, program.open("flag")) {
        assume.opens.insert(open, Assumed::Word(answer));
    }
    let act = Act {
        party: program.party("Radio").expect("a party"),
        action: program.action("transmit").expect("an action"),
        with: vec![Some(Datum::Word("low".to_string())), None],
    };
    let as_of = "2026-06-01".parse().expect("a day");
    let question =
        Question { as_of, known_at: None, version: None, events: Vec::new(), assume, ask: Ask::May(act) };
    // No answer at all is no permission either.
    Some(engine.ask(&question).map_or(Outcome::Depends, |a| a.outcome))
}

fn log(program: &Program) -> Vec<Record> {
    let usd = Figure::exact("20".parse().expect("a number"), Unit::Money("USD".to_string()));
    [
        ("tick", "Mast", vec![]),
        ("announced", "Radio", vec![]),
        ("foreign", "Mast", vec![Some(Datum::Figure(usd))]),
        ("bare", "Mast", vec![None]),
    ]
    .into_iter()
    .enumerate()
    .map(|(i, (event, by, data))| {
        let day: Day = "2026-02-01".parse().expect("a day");
        Record {
            source: "/test".to_string(),
            id: Some(event.to_string()),
            event: program.event(event).expect("an event"),
            time: Time::midnight(day),
            recorded: Time::midnight(day),
            by: program.party(by),
            data,
            corrects: None,
            withdrawn: false,
            digest: [i as u8; 32],
        }
    })
    .collect()
}

#[test]
fn no_failure_in_any_place_frees_an_act() {
    let (mut cells, mut open, mut left_out) = (0, 0, Vec::new());
    for (place_name, place) in PLACES {
        let yes = outcome(place, "flag is yes", Some(0)).expect("the decided form checks");
        let no = outcome(place, "flag is yes", Some(1)).expect("the decided form checks");
        for (failure, condition) in FAILURES {
            let Some(found) = outcome(place, condition, None) else {
                left_out.push((*place_name, *failure));
                continue;
            };
            cells += 1;
            let free = yes == Outcome::Permitted && no == Outcome::Permitted;
            assert!(
                found != Outcome::Permitted || free,
                "{failure} in {place_name}: permitted; decided {yes:?}, {no:?}"
            );
            if yes == no {
                assert_eq!(found, yes, "{failure} in {place_name}: nothing depends on it");
            } else {
                assert_eq!(found, Outcome::Depends, "{failure} in {place_name}: decided {yes:?}, {no:?}");
                open += 1;
            }
        }
    }
    // An attribute has no meaning where no act is in hand: in a term, an effect, or a guard.
    assert!(
        left_out.iter().all(|(_, failure)| *failure == "left-out attribute"),
        "do not check: {left_out:?}"
    );
    assert!(cells >= 120 && open >= 100, "{cells} cells, {open} of them open");
}

/// A duty whose amount nobody has disclosed may have been done: that its last day is past frees nothing.
#[test]
fn a_duty_that_nobody_can_judge_frees_no_act() {
    let duty = "clause owed Radio must \"pay\" to Mast by 2026-03-01 worth terms.price counting sum of bare.amount outside \"x\"";
    for lock in [
        "clause c Radio may not transmit until violation of owed outside \"x\"",
        "clause c Radio may not transmit unless owed is violated and band is low outside \"x\"",
        "clause c Radio may transmit provided not (owed is fulfilled) outside \"x\"",
        "clause c Radio may not transmit outside \"x\" clause d on violation of owed ends c outside \"x\"",
    ] {
        let found = outcome(&format!("{duty} {lock}"), "", None).expect("it checks");
        assert_ne!(found, Outcome::Permitted, "{lock}");
    }
}
