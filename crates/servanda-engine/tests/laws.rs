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

/// Choices for a log, an agreement and a question: each by itself, so that none starves the others.
fn throws() -> impl Strategy<Value = [Vec<u16>; 3]> {
    let some = |n| prop::collection::vec(0u16..5040, n);
    (some(0..90), some(0..400), some(4..30)).prop_map(|(log, program, question)| [log, program, question])
}

/// An agreement, a log and a question.
fn case(throws: [Vec<u16>; 3]) -> (Program, Vec<Record>, Question) {
    let [mut log, mut program, mut question] = throws.map(Dice::new);
    let log = random::log(&mut log);
    let program = random::program(&mut program, Depth::Plain);
    let question = random::question(&mut question, &program);
    (program, log, question)
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
        let (program, log, question) = case(throws);
        let wanted = by_reference(&program, &log, &question);
        prop_assume!(wanted.as_ref().err().is_none_or(|e| e != "too-many-open-questions"));
        let got = by_engine(&program, &log, &question);
        if option_env!("LAWS_STATS").is_some() {
            let kind = format!("{:?}", question.ask);
            let kind = kind.split('(').next().unwrap();
            match &wanted { Ok((o, _, q)) => println!("STAT {kind} {} {}", o.word(), q.len().min(3)), Err(e) => println!("STAT {kind} {e}") }
        }
        prop_assert_eq!(&got, &wanted, "\nleft: engine, right: reference\n{}", show(&program, &log, &question));
    }

    /// The order of the log is nothing; folding event by event is folding at once.
    #[test]
    fn a_log_means_the_same_in_any_order_and_in_any_steps(throws in throws(), turn in 0usize..64) {
        let (program, mut log, question) = case(throws);
        let wanted = by_engine(&program, &log, &question);
        if wanted.is_ok() && !log.is_empty() {
            let turn = turn % log.len();
            log.rotate_left(turn);
            prop_assert_eq!(&by_engine(&program, &log, &question), &wanted, "turned");
            log.reverse();
            prop_assert_eq!(&by_engine(&program, &log, &question), &wanted, "reversed");
        }
        // Corrections follow what they correct, so that every prefix is a log.
        log.sort_by_key(|r| (r.corrects.is_some(), r.recorded, r.id.clone()));
        let mut engine = Engine::new(&program);
        for record in &log {
            if engine.append(vec![record.clone()]).is_ok() {
                // Asking between the steps folds what is there.
                let _ = engine.ask(&question);
            }
        }
        if wanted.is_ok() {
            prop_assert_eq!(found(engine.ask(&question)), wanted, "event by event");
        }
    }

    /// What is recorded later, or happens later, changes no answer about what was known, or was so.
    #[test]
    fn knowledge_only_grows(throws in throws()) {
        let (program, log, mut question) = case(throws);
        let known = question.known_at.unwrap_or(servanda_engine::Time::last(question.as_of));
        question.known_at = Some(known);
        let wanted = by_engine(&program, &log, &question);
        let earlier: Vec<Record> = log.into_iter().filter(|r| r.recorded <= known).collect();
        prop_assert_eq!(by_engine(&program, &earlier, &question), wanted);
    }

    /// Each question that is listed leads to its row; all of them together settle the answer; permitted is
    /// permitted under every answer.
    #[test]
    fn exactly_what_matters_is_asked(throws in throws()) {
        let (program, log, question) = case(throws);
        let mut engine = Engine::new(&program);
        prop_assume!(engine.append(log).is_ok());
        let Ok(answer) = engine.ask(&question) else { return Ok(()) };
        prop_assert_eq!(answer.depends_on.is_empty(), answer.outcome != Outcome::Depends);
        let mut settled = question.clone();
        for dependence in &answer.depends_on {
            let answers = engine.answers(dependence.open);
            for ((word, outcome, value), (again, assumed)) in dependence.answers.iter().zip(&answers) {
                prop_assert_eq!(word, again);
                let mut one = question.clone();
                one.assume.opens.insert(dependence.open, assumed.clone());
                let row = engine.ask(&one).map_err(|e| TestCaseError::fail(e.message))?;
                prop_assert_eq!(row.outcome, *outcome, "{}", word);
                if row.outcome != Outcome::Depends {
                    prop_assert_eq!(plain(row.value), plain(value.clone()), "{}", word);
                }
            }
            if let Some((_, assumed)) = answers.first() {
                settled.assume.opens.insert(dependence.open, assumed.clone());
            }
        }
        let last = engine.ask(&settled).map_err(|e| TestCaseError::fail(e.message))?;
        prop_assert!(last.outcome != Outcome::Depends, "still {:?}", last.depends_on);
        if answer.outcome == Outcome::Permitted {
            for (i, open) in program.opens.iter().enumerate() {
                for (word, assumed) in engine.answers(OpenId(i as u32)) {
                    if question.assume.opens.contains_key(&OpenId(i as u32)) {
                        continue;
                    }
                    let mut one = question.clone();
                    one.assume.opens.insert(OpenId(i as u32), assumed);
                    let row = engine.ask(&one).map_err(|e| TestCaseError::fail(e.message))?;
                    prop_assert_eq!(row.outcome, Outcome::Permitted, "{} is {}", open.name, word);
                }
            }
        }
    }

    /// Settling a reading is assuming its answer; an answer that did not depend on it stays.
    #[test]
    fn clarifying_is_conservative(throws in throws(), pick in 0usize..8) {
        let (program, log, question) = case(throws);
        let readings: Vec<OpenId> = (0..program.opens.len() as u32)
            .map(OpenId)
            .filter(|o| program.opens[o.index()].kind == servanda_program::OpenKind::Reading)
            .filter(|o| !question.assume.opens.contains_key(o))
            .filter(|o| program.versions.iter().all(|v| v.settles.iter().all(|(q, _)| q != o)))
            .collect();
        prop_assume!(!readings.is_empty());
        let open = readings[pick % readings.len()];
        let mut clarified = program.clone();
        clarified.versions[0].settles.push((open, 0));
        let before = by_engine(&program, &log, &question);
        let after = by_engine(&clarified, &log, &question);
        let mut assuming = question.clone();
        assuming.assume.opens.insert(open, servanda_engine::Assumed::Word(0));
        let assumed = by_engine(&program, &log, &assuming);
        prop_assert!(after == assumed || after == before, "{after:?} is neither {assumed:?} nor {before:?}");
        if before.as_ref().is_ok_and(|(.., matters)| !matters.contains(&open)) {
            prop_assert_eq!(after, before);
        }
    }
}
