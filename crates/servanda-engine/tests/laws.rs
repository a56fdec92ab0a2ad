//! Laws of the engine over random agreements, logs and questions: `docs/meaning.md`, section 12.

mod random;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use servanda_engine::{Answer, AnswerValue, Engine, Error, Outcome, Question, Record, reference};
use servanda_program::{OpenId, Program};

use random::{Depth, Dice};

const CASES: u32 = match option_env!("LAWS_CASES") {
    Some(_) => 20_000,
    None => 512,
};

fn config() -> Config {
    Config {
        cases: CASES,
        failure_persistence: None,
        rng_seed: match option_env!("LAWS_CASES") {
            Some(s) => RngSeed::Fixed(s.len() as u64),
            None => RngSeed::Fixed(1),
        },
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}

fn throws() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(0u16..5040, 0..260)
}

type Found = Result<(Outcome, AnswerValue, BTreeSet<OpenId>), String>;

/// The order of duties means nothing, and the reference does not name their instances.
fn plain(value: AnswerValue) -> AnswerValue {
    match value {
        AnswerValue::Owes(mut list) => {
            for owed in &mut list {
                owed.instance = None;
            }
            list.sort_by_key(|o| (o.clause, o.since, format!("{o:?}")));
            AnswerValue::Owes(list)
        }
        value => value,
    }
}

fn by_engine(program: &Program, log: &[Record], question: &Question) -> Found {
    let mut engine = Engine::new(program);
    engine.append(log.to_vec()).map_err(|e| e.code.to_string())?;
    found(engine.ask(question))
}

fn found(answer: Result<Answer, Error>) -> Found {
    let answer = answer.map_err(|e| e.code.to_string())?;
    Ok((answer.outcome, plain(answer.value), answer.depends_on.iter().map(|d| d.open).collect()))
}

fn by_reference(program: &Program, log: &[Record], question: &Question) -> Found {
    let (outcome, value, opens) =
        reference::answer(program, log, question).map_err(|e| e.code.to_string())?;
    Ok((outcome, plain(value), opens))
}

fn show(program: &Program, log: &[Record], question: &Question) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for v in &program.versions {
        writeln!(
            out,
            "VERSION {} base {:?} {:?} effective {:?} signed {:?} requires {:?} lapses {:?} settles {:?}",
            v.name, v.base, v.status, v.effective, v.signed, v.requires, v.lapses, v.settles
        )
        .unwrap();
        for s in &v.text {
            writeln!(
                out,
                "  {:?} clause {:?} birth {:?} ended {:?} susp {:?}",
                s.name, s.clause, s.birth, s.ended, s.suspended
            )
            .unwrap();
        }
    }
    for (i, c) in program.clauses.iter().enumerate() {
        writeln!(
            out,
            "CLAUSE {i} name {:?} from {:?} until {:?} while {:?}",
            c.name, c.from, c.until, c.while_
        )
        .unwrap();
        for n in &c.norms {
            writeln!(out, "   NORM {n:?}").unwrap();
        }
        for n in &c.powers {
            writeln!(out, "   POWER {n:?}").unwrap();
        }
        for n in &c.effects {
            writeln!(out, "   EFFECT {n:?}").unwrap();
        }
        for n in &c.processes {
            writeln!(out, "   PROCESS {n:?}").unwrap();
        }
        for n in &c.values {
            writeln!(out, "   VALUE {n:?}").unwrap();
        }
        for n in &c.duties {
            writeln!(out, "   DUTY {n:?}").unwrap();
        }
        for n in &c.overrides {
            writeln!(out, "   OVERRIDE {n:?}").unwrap();
        }
    }
    writeln!(
        out,
        "LAWS {:?}; reserved {}; attested {}",
        program.laws,
        program.actions[0].reserved,
        program.events[3].attested.is_some()
    )
    .unwrap();
    for r in log {
        writeln!(
            out,
            "RECORD {:?} {} by {:?} on {}+{} recorded {} data {:?} corrects {:?} withdrawn {}",
            r.id,
            program.events[r.event.index()].name,
            r.by,
            r.time.day,
            r.time.nanos,
            r.recorded.day,
            r.data,
            r.corrects,
            r.withdrawn
        )
        .unwrap();
    }
    writeln!(
        out,
        "QUESTION as of {} known {:?} version {:?} assume {:?}\n   {:?}",
        question.as_of, question.known_at, question.version, question.assume, question.ask
    )
    .unwrap();
    let mut out = out.replace("qualifier: Exact", "=");
    for i in 0..random::FIXED_OPENS {
        out = out.replace(&format!("OpenId({i})"), &program.opens[i as usize].name);
    }
    for i in 0..90 {
        let d = random::day(i);
        out = out.replace(&format!("Day({})", d.0), &d.to_string());
    }
    out.replace(", span: Span { source: SourceId(0), start: 0, end: 0 }", "")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_means_what_the_reference_means(throws in throws()) {
        let mut dice = Dice::new(throws);
        let question_first = random::vocabulary(false);
        let _ = question_first;
        let log = random::log(&mut dice);
        let program = random::program(&mut dice, Depth::Plain);
        let question = random::question(&mut dice, &program);
        let wanted = by_reference(&program, &log, &question);
        prop_assume!(wanted.as_ref().err().is_none_or(|e| e != "too-many-open-questions"));
        let got = by_engine(&program, &log, &question);
        prop_assert_eq!(&got, &wanted, "\nleft: engine, right: reference\n{}", show(&program, &log, &question));
    }
}
