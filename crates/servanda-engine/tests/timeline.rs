//! A timeline says of every day what a question about that day is answered.

mod random;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use servanda_engine::{
    AnswerValue, Ask, Engine, Governs, Outcome, Question, Record, State, Timeline, TimelineQuestion,
};
use servanda_program::{ClauseName, OpenId, Program};
use servanda_quantity::Day;

use random::{Depth, Dice};

/// Days before and after those that random agreements name.
const AROUND: i32 = 3;

fn config() -> Config {
    Config {
        cases: 256,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        max_global_rejects: 10_240,
        ..Config::default()
    }
}

/// Choices for a log, an agreement and a question.
fn throws() -> impl Strategy<Value = [Vec<u16>; 3]> {
    let some = |n| prop::collection::vec(0u16..5040, n);
    (some(0..140), some(0..600), some(4..30)).prop_map(|(log, program, question)| [log, program, question])
}

fn case(throws: [Vec<u16>; 3], depth: Depth) -> (Program, Vec<Record>, Question) {
    let [mut log, mut program, mut question] = throws.map(Dice::new);
    let log = random::log(&mut log);
    let program = random::program(&mut program, depth);
    let question = random::question(&mut question, &program);
    (program, log, question)
}

fn asked(question: &Question) -> TimelineQuestion {
    TimelineQuestion {
        from: Day(random::day(0).0 - AROUND),
        until: Day(random::day(70).0 + AROUND),
        as_of: question.as_of,
        known_at: question.known_at,
        assume: question.assume.clone(),
        clauses: None,
    }
}

/// The stretch of a day, which is in exactly one.
fn on<T>(stretches: &[servanda_engine::Stretch<T>], day: Day) -> &servanda_engine::Stretch<T> {
    let mut at = stretches.iter().filter(|s| s.from <= day && day < s.until);
    let found = at.next().expect("every day of the window is in a stretch");
    assert!(at.next().is_none(), "{day} is in two stretches");
    found
}

fn agrees(throws: [Vec<u16>; 3], depth: Depth, step: usize) -> Result<(), TestCaseError> {
    let (program, log, question) = case(throws, depth);
    let mut engine = Engine::new(&program);
    prop_assume!(engine.append(log).is_ok());
    let asked = asked(&question);
    let timeline: Timeline = match engine.timeline(&asked) {
        Ok(timeline) => timeline,
        Err(error) => {
            prop_assert_eq!(error.code, "timeline-too-large");
            return Ok(());
        }
    };
    for row in &timeline.rows {
        for day in (asked.from.0..asked.until.0).step_by(step).map(Day) {
            let stretch = on(&row.stretches, day);
            let one = Question {
                as_of: day,
                known_at: question.known_at,
                version: row.only_in,
                events: Vec::new(),
                assume: question.assume.clone(),
                ask: Ask::InForce(row.clause),
            };
            // Where there is no answer there is nothing to agree with: reasons can fail where the outcome does not.
            let Ok(answer) = engine.ask(&one) else { continue };
            let on: BTreeSet<OpenId> = answer.depends_on.iter().map(|d| d.open).collect();
            prop_assert_eq!(stretch.state.outcome(), Some(answer.outcome), "{:?} on {}", row.clause, day);
            prop_assert_eq!(
                stretch.on.iter().copied().collect::<BTreeSet<_>>(),
                on,
                "{:?} on {}",
                row.clause,
                day
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_row_says_what_in_force_answers(throws in throws(), step in 1usize..9) {
        agrees(throws, Depth::Plain, step)?;
    }

    #[test]
    fn a_row_says_what_in_force_answers_about_the_past(throws in throws(), step in 1usize..9) {
        agrees(throws, Depth::Wild, step)?;
    }

    /// A timeline of one clause, or of some days, is a part of the whole one.
    #[test]
    fn a_part_is_a_part(throws in throws(), pick in 0usize..8, from in 0usize..60) {
        let (program, log, question) = case(throws, Depth::Plain);
        let mut engine = Engine::new(&program);
        prop_assume!(engine.append(log).is_ok() && !program.clause_names.is_empty());
        let asked = asked(&question);
        let Ok(whole) = engine.timeline(&asked) else { return Ok(()) };
        let clause = ClauseName((pick % program.clause_names.len()) as u32);
        let day = random::day(from);
        let part = TimelineQuestion {
            from: day,
            until: Day(day.0 + 9),
            clauses: Some(vec![clause]),
            ..asked
        };
        let part = engine.timeline(&part).map_err(|e| TestCaseError::fail(e.message))?;
        prop_assert!(part.rows.iter().all(|r| r.clause == clause));
        for row in &part.rows {
            let same = whole.rows.iter().find(|r| r.clause == clause && r.only_in == row.only_in).unwrap();
            for day in (day.0..day.0 + 9).map(Day) {
                prop_assert_eq!(&on(&row.stretches, day).state, &on(&same.stretches, day).state);
            }
        }
    }

    /// The end of a row is the one that `ends` answers on its day, and what governs is what a clause stands in.
    #[test]
    fn the_end_of_a_row_is_what_ends_answers(throws in throws()) {
        let (program, log, question) = case(throws, Depth::Plain);
        let mut engine = Engine::new(&program);
        prop_assume!(engine.append(log).is_ok());
        let Ok(timeline) = engine.timeline(&asked(&question)) else { return Ok(()) };
        for row in timeline.rows.iter().filter(|r| r.only_in.is_none()) {
            let Some(end) = &row.end else { continue };
            let one = Question {
                as_of: end.asked,
                known_at: question.known_at,
                version: None,
                events: Vec::new(),
                assume: question.assume.clone(),
                ask: Ask::Ends(row.clause),
            };
            let Ok(answer) = engine.ask(&one) else { continue };
            prop_assert_eq!(end.on.is_empty(), answer.depends_on.is_empty());
            match (answer.outcome, answer.value) {
                (Outcome::On, AnswerValue::Day(day)) => {
                    prop_assert_eq!((end.earliest, end.latest), (Some(day), Some(day)));
                    prop_assert!(end.events.is_empty());
                }
                (Outcome::Open, AnswerValue::End { on, by }) => {
                    prop_assert_eq!((end.earliest, end.latest), (by, by));
                    prop_assert_eq!(&end.events, &on);
                }
                (Outcome::Never, _) => prop_assert!(end.earliest.is_none() && end.events.is_empty()),
                (outcome, _) => prop_assert_eq!(outcome, Outcome::Depends),
            }
            prop_assert!(end.earliest <= end.latest.or(end.earliest));
        }
        for stretch in &timeline.governs {
            let Governs(texts) = &stretch.state;
            prop_assert_eq!(texts.len() > 1, !stretch.on.is_empty());
        }
    }
}

#[test]
fn a_window_has_days_and_not_too_many() {
    let program = random::vocabulary(false);
    let engine = Engine::new(&program);
    let window = |from, until| {
        let days = random::day(0);
        TimelineQuestion {
            from: Day(days.0 + from),
            until: Day(days.0 + until),
            as_of: days,
            known_at: None,
            assume: Default::default(),
            clauses: None,
        }
    };
    let code = |from, until| engine.timeline(&window(from, until)).err().map(|e| e.code);
    assert_eq!(code(0, 0), Some("empty-window"));
    assert_eq!(code(0, servanda_engine::WINDOW_DAYS_MAX + 1), Some("window-too-long"));
    assert_eq!(code(0, 1), None);
}

/// What a state tells beside the outcome is told in its word.
#[test]
fn states_have_words_of_their_own() {
    let words: BTreeSet<&str> =
        [State::Absent, State::NotYet, State::InForce, State::Resting].iter().map(State::word).collect();
    assert_eq!(words.len(), 4);
    assert_eq!(State::Resting.outcome(), Some(Outcome::Ended));
}
