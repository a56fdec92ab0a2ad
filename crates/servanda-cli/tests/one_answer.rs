//! One answer everywhere: a question, an evaluation, an element of a batch, membership in a search, the command line, a receipt that is
//! replayed, after a restart, and on the other database.
//!
//! `SERVANDA_CASES` sets how many cases are generated; without it 400, and 2,000 where `SERVANDA_REQUIRE=all`.

#![allow(clippy::disallowed_methods, reason = "tests read files and the environment")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use servanda_program::{Program, Type};

use common::{said, servanda};
use served::Served;

/// Questions of one request.
const BATCH: usize = 500;

fn cases() -> usize {
    let set = std::env::var("SERVANDA_CASES").ok().and_then(|n| n.parse().ok());
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    set.unwrap_or(if required { 2_000 } else { 400 })
}

struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn program(example: &str) -> Program {
    let folder = common::root().join("examples").join(example);
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|e| e.path().extension().is_some_and(|x| x == "deed"))
        .map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(e.path()).unwrap()))
        .collect();
    files.sort();
    servanda_model::load(&mut servanda_text::Sources::new(), &files).program.unwrap()
}

/// An act of the vocabulary on some day, attributes left out now and then, and now and then one that is none.
fn case(program: &Program, draw: &mut Draw, number: usize) -> Value {
    let action = &program.actions[draw.below(program.actions.len())];
    let party = match draw.below(5) {
        0 => &program.parties[draw.below(program.parties.len())],
        _ => &program.parties[action.by[draw.below(action.by.len())].index()],
    };
    let mut with = Map::new();
    for attribute in &action.attributes {
        if draw.below(6) == 0 {
            continue;
        }
        let value: Value = match &attribute.ty {
            // Where there is the word `other`, a decision takes it for every word that there is not.
            Type::Words(words) if draw.below(20) > 0 || words.iter().any(|w| w == "other") => {
                words[draw.below(words.len())].as_str().into()
            }
            Type::Words(_) => "no-such-word".into(),
            Type::Party => program.parties[draw.below(program.parties.len())].name.as_str().into(),
            Type::Id => ["r1", "r2"][draw.below(2)].into(),
            Type::Date => format!("202{}-06-01", draw.below(10)).into(),
            Type::Text => "words".into(),
            Type::Figure(unit) => {
                json!({"amount": (10 * draw.below(30)).to_string(), "unit": unit.to_string()})
            }
        };
        with.insert(attribute.name.clone(), value);
    }
    let day = format!("20{}-{:02}-{:02}", 19 + draw.below(15), 1 + draw.below(12), 1 + draw.below(28));
    json!({"id": number, "as_of": day, "may": {"party": party.name, "action": action.name, "with": with}})
}

/// The same as a decision.
fn evaluation(case: &Value) -> Value {
    json!({"subject": {"type": "party", "id": case["may"]["party"]}, "action": {"name": case["may"]["action"]},
        "resource": {"type": "thing", "id": "any", "properties": case["may"]["with"]},
        "context": {"time": case["as_of"]}})
}

/// What a decision tells of an answer.
fn core(answer: &Value) -> Value {
    match answer.get("error") {
        Some(error) => json!({"error": error["code"]}),
        None => {
            json!({"outcome": answer["outcome"], "because": answer["because"], "depends_on": answer["depends_on"]})
        }
    }
}

fn answers(served: &Served, matter: &str, cases: &[Value]) -> Vec<Value> {
    let mut out = Vec::new();
    for part in cases.chunks(BATCH) {
        let reply = served.post(&format!("/v1/matters/{matter}/questions"), &Value::Array(part.to_vec()));
        assert_eq!(reply.status, 200, "{}", reply.text);
        out.extend(reply.json().as_array().unwrap().clone());
    }
    out
}

#[test]
fn every_way_of_asking_gives_one_answer() {
    let examples = ["microsoft-openai", "steel-supply", "software-licence", "joint-venture"];
    let each = cases() / examples.len();
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for (seed, example) in (3..).zip(examples) {
        let program = program(example);
        let mut draw = Draw(seed);
        let cases: Vec<Value> = (0..each).map(|i| case(&program, &mut draw, i)).collect();
        let folder = common::root().join("examples").join(example);
        let log = folder.join("log.jsonl");
        let mut arguments = vec![folder.to_str().unwrap()];
        if log.is_file() {
            arguments.extend(["--events", log.to_str().unwrap()]);
        }
        let data = tempfile::tempdir().unwrap();
        let mut served = Served::start(data.path(), &arguments);
        let told = answers(&served, example, &cases);
        for answer in &told {
            let word = answer["outcome"].as_str().unwrap_or("error").to_string();
            *outcomes.entry(word).or_default() += 1;
        }
        // On the command line.
        let lines: Vec<String> = cases.iter().map(Value::to_string).collect();
        let mut command = servanda();
        command.args(["ask", folder.to_str().unwrap(), "--batch", "-"]).args(&arguments[1..]);
        let (_, out, _) = said(command.write_stdin(lines.join("\n")));
        let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines, told, "{example}: the command line");
        // As decisions, in a batch and one by one.
        let path = format!("/v1/matters/{example}/access/v1");
        for (part, told) in cases.chunks(BATCH).zip(told.chunks(BATCH)) {
            let list: Vec<Value> = part.iter().map(evaluation).collect();
            let batch = served.post(&format!("{path}/evaluations"), &json!({"evaluations": list})).json();
            for ((case, told), decided) in part.iter().zip(told).zip(batch["evaluations"].as_array().unwrap())
            {
                assert_eq!(decided["decision"], told["outcome"] == "permitted", "{case}");
                assert_eq!(core(&decided["context"]["servanda"]), core(told), "{case}");
            }
            for (i, (case, told)) in part.iter().zip(told).enumerate().filter(|(i, _)| i % 5 == 0) {
                let one = served.post(&format!("{path}/evaluation"), &evaluation(case)).json();
                assert_eq!(one, batch["evaluations"][i], "{case}");
                // Among those who may, exactly where they may.
                let mut search = evaluation(case);
                search["subject"] = json!({"type": "party"});
                let found = served.post(&format!("{path}/search/subject"), &search).json();
                let among =
                    found["results"].as_array().unwrap().iter().any(|r| r["id"] == case["may"]["party"]);
                assert_eq!(among, told["outcome"] == "permitted", "{case}: {found}");
            }
        }
        // In receipts.
        let export = served.get(&format!("/v1/matters/{example}/export")).text;
        for (case, told) in
            cases.iter().zip(&told).filter(|(_, t)| t.get("error").is_none()).step_by(each / 4)
        {
            let receipt = served.post(&format!("/v1/matters/{example}/receipts"), case);
            assert_eq!(receipt.json()["answer"], *told, "{case}");
            let files = common::folder(&[("r.json", &receipt.text), ("x.jsonl", &export)]);
            let at = |name: &str| files.path().join(name).to_str().unwrap().to_string();
            let verify = ["receipt", "verify", &at("r.json"), "--log", &at("x.jsonl"), "--key", &served.key];
            let (code, out, err) = said(servanda().args(verify));
            assert_eq!(code, 0, "{out}{err}");
        }
        // After a restart.
        served.kill();
        let served = Served::start(data.path(), &[]);
        assert_eq!(answers(&served, example, &cases), told, "{example}: after a restart");
        // On the other database.
        if let Some(database) = served::database() {
            let data = tempfile::tempdir().unwrap();
            let mut shared = vec!["--database", &database];
            shared.extend(&arguments);
            let served = Served::start(data.path(), &shared);
            assert_eq!(answers(&served, example, &cases), told, "{example}: PostgreSQL");
        }
    }
    println!("{} cases, 0 differences: {outcomes:?}", each * examples.len());
    assert!(outcomes.len() >= 5, "the cases reach few outcomes: {outcomes:?}");
}
