//! Cash flows of ACTUS contracts: their days against our schedules, and their interest against our day counts. The
//! contracts lie outside the project and are looked at where `SERVANDA_SHARED` names their folder.
//!
//! A contract is read by the terms of the ACTUS data dictionary. What its days turn on besides cycle, anchor, stub,
//! conventions and calendar (an amount that decides when a loan is paid off, a market) is not decided here, and told.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;
#[path = "actus/contract.rs"]
mod contract;
#[path = "actus/interest.rs"]
mod interest;
#[path = "common/suites.rs"]
mod suites;

use std::collections::BTreeSet;

use contract::{Contract, Leg};
use serde_json::{Value, json};
use servanda_quantity::Day;

/// The kinds of contracts, with what recurs in them: the terms that say when, and the events that it brings.
const KINDS: [(&str, &[Leg]); 6] = [
    ("pam", &[Leg::INTEREST, Leg::RATE]),
    ("lam", &[Leg::INTEREST, Leg::PRINCIPAL, Leg::RATE, Leg::BASE, Leg::SCALING]),
    ("nam", &[Leg::INTEREST, Leg::PRINCIPAL, Leg::RATE, Leg::BASE]),
    ("ann", &[Leg::INTEREST, Leg::PRINCIPAL, Leg::RATE]),
    ("clm", &[Leg::CAPITALISED, Leg::RATE]),
    ("swppv", &[Leg::FIXED, Leg::FLOATING, Leg::RATE]),
];

fn contracts(kind: &str) -> Option<Vec<Contract>> {
    let folder = suites::suite("actus")?;
    let file = suites::read(&folder.join(format!("actus-tests-{kind}.json")));
    let contracts: Vec<Contract> =
        file.as_object().expect("contracts by name").values().map(Contract::read).collect();
    assert!(!contracts.is_empty(), "{kind} holds contracts");
    Some(contracts)
}

/// Days as a set that prints.
fn list(days: &BTreeSet<Day>) -> String {
    days.iter().map(Day::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_days_of_every_cycle_are_those_of_the_contract() {
    let (mut legs, mut days, mut left, mut failed) = (0, 0, Vec::new(), Vec::new());
    for (kind, of) in KINDS {
        let Some(contracts) = contracts(kind) else { return };
        for contract in &contracts {
            for leg in of {
                let published = contract.days(leg.events);
                match contract.expected(leg) {
                    Ok(None) if published.is_empty() => {}
                    Ok(None) => left.push(format!("{} {}: no cycle", contract.name, leg.events[0])),
                    Err(why) => left.push(format!("{} {}: {why}", contract.name, leg.events[0])),
                    Ok(Some(ours)) if ours == published => {
                        legs += 1;
                        days += ours.len();
                    }
                    Ok(Some(ours)) => failed.push(format!(
                        "{} {}\n  ours      {}\n  published {}",
                        contract.name,
                        leg.events[0],
                        list(&ours),
                        list(&published)
                    )),
                }
            }
        }
    }
    println!("{legs} cycles decided, {days} days; not decided:\n{}", left.join("\n"));
    assert!(legs >= 150 && days >= 1_500, "the cycles of the suite are looked at");
    assert!(failed.is_empty(), "{} cycles differ:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn interest_comes_to_what_is_published() {
    let Some(contracts) = contracts("pam") else { return };
    let (mut decided, mut differ) = (0, Vec::new());
    for contract in &contracts {
        let runs = interest::runs(contract).expect("the terms of interest");
        assert!(!runs.is_empty(), "{}: interest runs", contract.name);
        let questions: Vec<Value> = (0..runs.len())
            .map(|i| json!({"value": format!("interest.run-{i}"), "as_of": "2001-01-01"}))
            .collect();
        for (run, answer) in runs.iter().zip(suites::ask(&interest::agreement(&runs), &questions)) {
            let ours = answer["value"]["amount"].as_str().and_then(|n| n.parse::<f64>().ok());
            let close = |ours: f64| (ours - run.published).abs() <= 1e-6 * run.published.abs().max(1e-3);
            match ours {
                Some(ours) if close(ours) => decided += 1,
                _ => differ.push(format!(
                    "{} from {} to {} by {}: {answer} and not {}",
                    contract.name, run.from, run.to, run.count, run.published
                )),
            }
        }
    }
    println!("{decided} runs of interest come to what is published, of {} contracts", contracts.len());
    assert!(differ.is_empty(), "{} runs differ:\n{}", differ.len(), differ.join("\n"));
    assert!(decided >= 150, "the interest of the suite is looked at");
}
