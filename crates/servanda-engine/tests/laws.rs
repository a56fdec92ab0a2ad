//! Laws of the engine over random agreements, logs and questions: `docs/meaning.md`, section 12.

mod random;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use servanda_engine::{Answer, AnswerValue, Ask, Datum, Engine, Error, Outcome, Question, Record, reference};
use servanda_program::{
    AggregateKind, ClauseId, ClauseName, Comparison, Cond, Effect, EffectTarget, EffectVerb, Expr, Moment,
    OpenId, Pattern, Program, Value, VersionId,
};

use random::{Depth, Dice};

/// Many more when somebody hunts: `LAWS_CASES=1 cargo test --release -p servanda-engine --test laws`.
const CASES: u32 = match option_env!("LAWS_CASES") {
    Some(_) => 200_000,
    None => 4_096,
};

fn config() -> Config {
    Config {
        cases: CASES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        max_shrink_iters: 20_000,
        max_global_rejects: 10 * CASES,
        ..Config::default()
    }
}

/// Choices for a log, an agreement and a question: each by itself, so that none starves the others.
fn throws() -> impl Strategy<Value = [Vec<u16>; 3]> {
    let some = |n| prop::collection::vec(0u16..5040, n);
    (some(0..140), some(0..600), some(4..30)).prop_map(|(log, program, question)| [log, program, question])
}

/// An agreement, a log and a question. The conditions of its event patterns look at the record and at readings.
fn case(throws: [Vec<u16>; 3]) -> (Program, Vec<Record>, Question) {
    case_of(throws, Depth::Plain)
}

fn case_of(throws: [Vec<u16>; 3], depth: Depth) -> (Program, Vec<Record>, Question) {
    let [mut log, mut program, mut question] = throws.map(Dice::new);
    let log = random::log(&mut log);
    let program = random::program(&mut program, depth);
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

/// With the duties in the order in which the engine gives them.
fn ask(program: &Program, log: &[Record], question: &Question) -> Result<(Outcome, AnswerValue), String> {
    let mut engine = Engine::new(program);
    engine.append(log.to_vec()).map_err(|e| e.code.to_string())?;
    engine.ask(question).map(|a| (a.outcome, a.value)).map_err(|e| e.code.to_string())
}

/// Whether an assumption is no answer to an open question, but goes before what is known without it: a datum that
/// may be left out, and a reading that a version settles.
fn goes_first(program: &Program, open: OpenId) -> bool {
    random::OPTIONAL.contains(&open)
        || program.versions.iter().any(|v| v.settles.iter().any(|(q, _)| *q == open))
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

fn agree((program, log, question): (Program, Vec<Record>, Question)) -> Result<(), TestCaseError> {
    let wanted = by_reference(&program, &log, &question);
    // The engine asks less, so it may still have an answer.
    // The reference looks at everything, the engine at what it needs: the reference refuses more often. An
    // engine that refuses where the reference answers is still found.
    prop_assume!(
        wanted.as_ref().err().is_none_or(|e| e != "too-many-open-questions" && e != "undecided-duty")
    );
    let got = by_engine(&program, &log, &question);
    let case = || show(&program, &log, &question);
    prop_assert_eq!(&got, &wanted, "\nleft: engine, right: reference\n{}", case());
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_means_what_the_reference_means(throws in throws()) {
        agree(case(throws))?;
    }

    /// Also where the conditions of event patterns look at the history and at other clauses.
    #[test]
    fn the_engine_means_what_the_reference_means_about_the_past(throws in throws()) {
        agree(case_of(throws, Depth::Wild))?;
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
            prop_assert_eq!(found(engine.ask(&question)), wanted, "event by event\n{}", show(&program, &log, &question));
        }
    }

    /// The order of clauses, and of what stands in them, is nothing.
    #[test]
    fn a_text_means_the_same_in_any_order(throws in throws(), turn in 0usize..64) {
        let (program, log, question) = case(throws);
        let mut turned = program.clone();
        for version in &mut turned.versions {
            let by = turn % version.text.len().max(1);
            version.text.rotate_left(by);
            version.settles.reverse();
        }
        for clause in &mut turned.clauses {
            clause.norms.reverse();
            clause.powers.reverse();
            clause.effects.reverse();
            clause.values.reverse();
            clause.overrides.reverse();
        }
        prop_assert_eq!(ask(&turned, &log, &question), ask(&program, &log, &question));
    }

    /// An engine that has answered other questions answers the same, and records that come with the question are
    /// records of the log.
    #[test]
    fn asking_changes_nothing(throws in throws(), others in prop::collection::vec(prop::collection::vec(0u16..5040, 4..30), 1..4)) {
        let (program, log, mut question) = case_of(throws, Depth::Wild);
        let mut engine = Engine::new(&program);
        prop_assume!(engine.append(log.clone()).is_ok());
        for other in others {
            let _ = engine.ask(&random::question(&mut Dice::new(other), &program));
        }
        let wanted = by_engine(&program, &log, &question);
        prop_assert_eq!(found(engine.ask(&question)), wanted.clone(), "{}", show(&program, &log, &question));
        question.events = log;
        prop_assert_eq!(by_engine(&program, &[], &question), wanted);
    }

    /// What comes with a question counts as if it were in the log, whatever was asked before of the rest, and however late
    /// it is recorded.
    #[test]
    fn what_comes_with_a_question_is_as_in_the_log(
        throws in throws(),
        part in 0usize..64,
        others in prop::collection::vec(prop::collection::vec(0u16..5040, 4..30), 1..4),
    ) {
        let (program, mut log, mut question) = case_of(throws, Depth::Wild);
        let wanted = by_engine(&program, &log, &question);
        prop_assume!(wanted.is_ok());
        log.sort_by_key(|r| (r.corrects.is_some(), r.id.clone()));
        let rest = log.split_off(part % (log.len() + 1));
        let mut engine = Engine::new(&program);
        prop_assume!(engine.append(log.clone()).is_ok());
        for other in &others {
            let _ = engine.ask(&random::question(&mut Dice::new(other.clone()), &program));
        }
        question.events = rest.clone();
        let case = || show(&program, &log, &question);
        prop_assert_eq!(found(engine.ask(&question)), wanted.clone(), "with the question\n{}", case());
        engine.append(rest).unwrap();
        for other in others {
            let _ = engine.ask(&random::question(&mut Dice::new(other), &program));
        }
        question.events = Vec::new();
        prop_assert_eq!(found(engine.ask(&question)), wanted, "afterwards in the log");
    }

    /// What happens after the day that is asked about changes no answer.
    #[test]
    fn nothing_looks_ahead(throws in throws()) {
        let (program, log, question) = case_of(throws, Depth::Wild);
        let wanted = by_engine(&program, &log, &question);
        prop_assume!(wanted.is_ok());
        // A correction moves a record, so it stays, with what it corrects.
        let corrected = |r: &Record| r.corrects.is_some() || log.iter().any(|c| c.corrects.is_some() && c.corrects == r.id);
        let past: Vec<Record> =
            log.iter().filter(|r| r.time.day <= question.as_of || corrected(r)).cloned().collect();
        prop_assert_eq!(by_engine(&program, &past, &question), wanted);
    }

    /// Assuming an answer to what is not listed changes nothing, save that it discloses a figure, and so what is
    /// owed of it.
    #[test]
    fn what_is_not_listed_does_not_matter(throws in throws(), pick in 0usize..64, word in 0usize..8) {
        let (program, log, question) = case(throws);
        let mut engine = Engine::new(&program);
        prop_assume!(engine.append(log).is_ok());
        let Ok(answer) = engine.ask(&question) else { return Ok(()) };
        let open = OpenId((pick % program.opens.len()) as u32);
        let listed = answer.depends_on.iter().any(|d| d.open == open);
        prop_assume!(!listed && !question.assume.opens.contains_key(&open));
        prop_assume!(!goes_first(&program, open));
        // A value that is undisclosed is known once it is assumed.
        prop_assume!(!matches!(question.ask, Ask::Value(_)) || !random::is_figure(&program, open));
        let answers = engine.answers(open);
        let mut one = question.clone();
        one.assume.opens.insert(open, answers[word % answers.len()].1.clone());
        prop_assert_eq!(found(engine.ask(&one)), found(Ok(answer)), "{}\n{}", program.opens[open.index()].name, show(&program, &engine.log().cloned().collect::<Vec<_>>(), &one));
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
            for (i, question_open) in program.opens.iter().enumerate() {
                let open = OpenId(i as u32);
                if question.assume.opens.contains_key(&open) || goes_first(&program, open) {
                    continue;
                }
                for (word, assumed) in engine.answers(open) {
                    let mut one = question.clone();
                    one.assume.opens.insert(open, assumed);
                    let row = engine.ask(&one).map_err(|e| TestCaseError::fail(e.message))?;
                    prop_assert_eq!(row.outcome, Outcome::Permitted, "{} is {}\n{}", question_open.name, word, show(&program, &engine.log().cloned().collect::<Vec<_>>(), &question));
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

/// One clause with a total.
fn sample(until: Moment, effects: Vec<Effect>) -> Program {
    let mut program = random::vocabulary(false);
    let mut clause = random::clause(ClauseName(0));
    let total = Expr::Aggregate {
        kind: AggregateKind::Sum,
        event: random::PAID,
        field: Some(random::FIRST_FIELD),
        filter: Box::new(Cond::Constant(true)),
        window: None,
        default: None,
    };
    clause.values.push(Value { name: "total".into(), key: None, expr: total, cond: Cond::Constant(true) });
    clause.until = until;
    clause.effects = effects;
    program.clause_names.push("c".into());
    program.clauses.push(clause);
    program.opens.push(random::yes_no("site"));
    let mut first = random::version("first", Some(Moment::Day(random::day(0))));
    first.text.push(random::standing(ClauseName(0), ClauseId(0), VersionId(0)));
    program.versions.push(first);
    program
}

fn in_force(on: usize) -> Question {
    let ask = Ask::InForce(ClauseName(0));
    let as_of = random::day(on);
    Question { as_of, known_at: None, version: None, events: Vec::new(), assume: Default::default(), ask }
}

/// What a total has reached before a record can end the clause that counts it.
#[test]
fn a_total_ends_its_own_clause() {
    let total = Expr::Value(ClauseName(0), "total".into(), None);
    let reached = Expr::Figure(random::money(30, "EUR"));
    let filter = Cond::Compare(Comparison::GreaterEqual, total, reached, OpenId(random::FIXED_OPENS));
    let program = sample(Moment::First(Pattern { event: random::PAID, by: None, filter }), Vec::new());
    let paid = |on| {
        let amount = Datum::Figure(random::money(10, "EUR"));
        random::record(random::PAID, 0, on, vec![Some(amount)])
    };
    let log: Vec<Record> = (1..40).map(paid).collect();
    // The fourth payment finds 30 paid; nothing that is paid later moves that day.
    for (on, outcome) in [(3, Outcome::InForce), (4, Outcome::Ended), (39, Outcome::Ended)] {
        assert_eq!(by_engine(&program, &log, &in_force(on)).map(|f| f.0), Ok(outcome), "day {on}");
        let few = &log[..on.min(8)];
        assert_eq!(
            by_reference(&program, few, &in_force(on.min(8))),
            by_engine(&program, few, &in_force(on.min(8)))
        );
    }
}

/// Each effect is judged by the effects before it; that takes no longer than there are records.
#[test]
fn a_clause_that_suspends_itself_often_is_no_trouble() {
    let effect = |verb, event| Effect {
        when: Moment::First(Pattern { event, by: None, filter: Cond::Constant(true) }),
        before: None,
        verb,
        target: EffectTarget::Clauses(vec![ClauseName(0)]),
        span: random::span(),
    };
    let effects = vec![effect(EffectVerb::Suspends, random::GO), effect(EffectVerb::Suspends, random::PAID)];
    let program = sample(Moment::Never, effects);
    let go = |on| random::record(random::GO, 0, on, vec![None, None]);
    let log: Vec<Record> = (1..60).map(go).collect();
    assert_eq!(by_engine(&program, &log, &in_force(59)).map(|f| f.0), Ok(Outcome::Ended));
    assert_eq!(by_engine(&program, &log, &in_force(0)).map(|f| f.0), Ok(Outcome::InForce));
}
