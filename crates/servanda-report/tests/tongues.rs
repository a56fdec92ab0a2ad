//! The same answers in every language: whole pages, and laws over random agreements.

#[path = "../../servanda-engine/tests/random/mod.rs"]
mod random;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};
use servanda_engine::{Answer, Engine, Outcome, Step, Words};
use servanda_program::Program;
use servanda_report::{Detail, Passages, Style, Tongue};
use servanda_text::Sources;
use servanda_wire::Reader;

use random::{Depth, Dice};

/// An invented agreement that gives every outcome.
fn mill() -> Program {
    let mut sources = Sources::new();
    let text = include_str!("mill.deed").to_string();
    let checked = servanda_model::load(&mut sources, &[("mill.deed".to_string(), text)]);
    let told = servanda_text::render_all(&checked.diagnostics, &sources, servanda_text::Style::Plain);
    checked.program.unwrap_or_else(|| panic!("{told}"))
}

/// A question for each outcome, with what it is.
fn questions() -> Vec<(Outcome, Value)> {
    let on = |day: &str, mut more: Value| {
        more["as_of"] = day.into();
        more
    };
    let may = |party: &str, action: &str, with: Value| json!({"may": {"party": party, "action": action, "with": with}});
    let closed =
        json!([{"type": "sluice-closed", "time": "2026-02-01", "id": "s1", "data": {"by": "Council"}}]);
    let refused = json!([{"type": "sluice-closed", "time": "2026-02-01", "data": {"by": "Miller"}},
        {"type": "rest-called", "time": "2026-02-01", "data": {"by": "Council"}}]);
    let with = |mut question: Value, events: &Value| {
        question["events"] = events.clone();
        question
    };
    let day = "2026-05-01";
    vec![
        (Outcome::Permitted, on(day, may("Miller", "grind", json!({"grain": "wheat", "weight": "5 sack"})))),
        (
            Outcome::Forbidden,
            with(on(day, may("Miller", "grind", json!({"grain": "rye", "weight": "5 sack"}))), &refused),
        ),
        (Outcome::Unregulated, on(day, may("Stranger", "draw-water", json!({"season": "wet"})))),
        (Outcome::Conflict, on(day, may("Baker", "draw-water", json!({"season": "dry"})))),
        (
            Outcome::Depends,
            on("2030-06-01", may("Miller", "grind", json!({"grain": "rye", "weight": "5 sack"}))),
        ),
        (Outcome::InForce, on(day, json!({"in_force": "water"}))),
        (Outcome::Ended, with(on(day, json!({"in_force": "water"})), &closed)),
        (Outcome::NotYet, on(day, json!({"in_force": "later"}))),
        (Outcome::Absent, on(day, json!({"in_force": "bridge"}))),
        (Outcome::NonBinding, on(day, json!({"in_force": "bridge", "version": "letter"}))),
        (Outcome::On, with(on(day, json!({"ends": "toll"})), &closed)),
        (Outcome::Open, on(day, json!({"ends": "water"}))),
        (Outcome::Never, on(day, json!({"ends": "forever"}))),
        (Outcome::Known, on(day, json!({"value": "price.floor"}))),
        (Outcome::Known, on(day, json!({"owes": {"party": "Miller"}}))),
        (Outcome::Known, on(day, json!({"who": {"action": "close-sluice"}}))),
        (Outcome::Undisclosed, on(day, json!({"value": "price.ceiling"}))),
    ]
}

#[test]
fn an_explanation_of_each_outcome_in_each_language() {
    let program = mill();
    let reader = Reader::new(&program).unwrap();
    let engine = Engine::new(&program);
    let none = Passages::new();
    for tag in Tongue::available() {
        let tongue = Tongue::new(tag).unwrap();
        let mut page = String::new();
        for (outcome, json) in questions() {
            let question = reader.question(&json, "2026-05-01".parse().unwrap()).question.unwrap();
            let answer = engine.ask(&question).unwrap();
            assert_eq!(answer.outcome, outcome, "{json}");
            page.push_str(&format!("== {json}\n"));
            page.push_str(&servanda_report::answer(
                &tongue,
                &program,
                &answer,
                &none,
                Style::PLAIN,
                Detail::Full,
            ));
            let ways = engine.ways_out(&question).unwrap();
            page.push_str(&servanda_report::ways(&tongue, &program, &ways, Style::PLAIN));
            page.push('\n');
        }
        page.push_str("== check --explain\n");
        page.push_str(&servanda_report::explain_program(&tongue, &program, Style::PLAIN));
        insta::assert_snapshot!(tag, page);
    }
}

/// All words of an answer.
fn all_words(answer: &Answer) -> Vec<&Words> {
    fn of_step<'a>(step: &'a Step, out: &mut Vec<&'a Words>) {
        out.push(&step.text);
        out.extend(&step.records);
        step.steps.iter().for_each(|s| of_step(s, out));
    }
    let mut out: Vec<&Words> = answer.notes.iter().collect();
    answer.because.iter().flat_map(|b| &b.steps).for_each(|s| of_step(s, &mut out));
    out
}

/// Whether every isolate ends, and ends once.
fn balanced(text: &str) -> bool {
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            '\u{202A}'..='\u{202E}' => return false,
            _ => {}
        }
    }
    depth == 0
}

fn config() -> Config {
    let cases = 128;
    let max_global_rejects = 20 * cases;
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        max_global_rejects,
        ..Config::default()
    }
}

/// An agreement and an answer of it.
fn case(
    throws: [Vec<u16>; 3],
    rename: impl Fn(&mut String),
) -> Option<(Program, Answer, Vec<servanda_engine::WayOut>)> {
    let [mut log, mut program, mut question] = throws.map(Dice::new);
    let log = random::log(&mut log);
    let mut program = random::program(&mut program, Depth::Plain);
    let question = random::question(&mut question, &program);
    program.parties.iter_mut().for_each(|p| rename(&mut p.name));
    program.clause_names.iter_mut().for_each(&rename);
    program.events.iter_mut().for_each(|e| rename(&mut e.name));
    program.versions.iter_mut().for_each(|v| rename(&mut v.name));
    program.opens.iter_mut().for_each(|o| rename(&mut o.question));
    let mut engine = Engine::new(&program);
    engine.append(log).ok()?;
    let answer = engine.ask(&question).ok()?;
    let ways = engine.ways_out(&question).ok()?;
    drop(engine);
    Some((program, answer, ways))
}

fn throws() -> impl Strategy<Value = [Vec<u16>; 3]> {
    let some = |n| prop::collection::vec(0u16..5040, n);
    (some(0..140), some(0..600), some(4..30)).prop_map(|(log, program, question)| [log, program, question])
}

thread_local! {
    static TONGUES: Vec<Tongue> = Tongue::available().into_iter().map(|t| Tongue::new(t).unwrap()).collect();
}

proptest! {
    #![proptest_config(config())]

    /// The engine's English and the English messages say the same.
    #[test]
    fn english_messages_say_what_the_engine_says(throws in throws()) {
        let english = Tongue::english();
        let found = case(throws, |_| {});
        prop_assume!(found.is_some());
        let (program, answer, ways) = found.unwrap();
        for words in all_words(&answer).into_iter().chain(ways.iter().flat_map(|w| &w.change)) {
            prop_assert!(words.said.is_some(), "{words}");
            prop_assert_eq!(&english.words(&program, words), &words.text);
        }
    }

    /// Any answer can be told in any language, and on every line isolates stand in pairs.
    #[test]
    fn any_answer_can_be_told_with_isolates_in_pairs_on_each_line(
        throws in throws(),
        name in "[a-zא-תا-ی\u{2066}-\u{2069}\u{202A}-\u{202E} {}$\"]{0,6}",
    ) {
        let found = case(throws, |text| text.push_str(&name));
        prop_assume!(found.is_some());
        let (program, answer, ways) = found.unwrap();
        TONGUES.with(|tongues| for tongue in tongues {
            let none = Passages::new();
            for style in [Style::PLAIN, Style { colour: true, width: Some(60) }] {
                let mut page = servanda_report::answer(tongue, &program, &answer, &none, style, Detail::Full);
                page += &servanda_report::ways(tongue, &program, &ways, style);
                page += &servanda_report::explain_program(tongue, &program, style);
                for line in page.lines() {
                    assert!(balanced(line), "{}: {line:?}", tongue.tag());
                }
            }
        });
    }
}
