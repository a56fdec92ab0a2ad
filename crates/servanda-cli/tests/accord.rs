//! Templates of Accord Project's library, written as agreements of ours and asked what their scenarios ask. The scenarios
//! lie outside the project and are looked at where `SERVANDA_SHARED` names their folder.
//!
//! A contract is a form (`accord/*.deed`): its figures are read out of the scenario's text of the contract, what it
//! receives becomes a record or an act, and what it responds with is asked. `docs/expressiveness.md` classifies all templates.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;
#[path = "accord/form.rs"]
mod form;
#[path = "accord/goods.rs"]
mod goods;
#[path = "accord/late.rs"]
mod late;
#[path = "accord/money.rs"]
mod money;
#[path = "accord/notice.rs"]
mod notice;
#[path = "accord/scenario.rs"]
mod scenario;
#[path = "common/suites.rs"]
mod suites;

use std::collections::{BTreeMap, BTreeSet};

use form::Case;
use scenario::Scenario;
use serde_json::{Value, json};

/// What a scenario of a template says in words of an agreement.
type Mapping = fn(&Scenario) -> Case;

/// The templates that are written, and their agreements.
const WRITTEN: [(&str, &str, Mapping); 20] = [
    ("acceptance-of-delivery", "acceptance.deed", goods::acceptance),
    ("car-rental-tr", "loan.deed", money::loan),
    ("docusign-connect", "envelopes.deed", notice::envelopes),
    ("fixed-interests", "loan.deed", money::loan),
    ("fixed-interests-static", "loan.deed", money::loan),
    ("full-payment-upon-signature", "signature.deed", notice::signature),
    ("installment-sale", "instalments.deed", money::instalments),
    ("ip-payment", "royalties.deed", money::royalties),
    ("latedeliveryandpenalty", "late-delivery.deed", late::case),
    ("latedeliveryandpenalty-currency-conversion", "late-delivery.deed", late::case),
    ("latedeliveryandpenalty-optional", "late-delivery.deed", late::case),
    ("minilatedeliveryandpenalty", "late-delivery.deed", late::case),
    ("minilatedeliveryandpenalty-payment", "late-delivery.deed", late::case),
    ("payment-upon-iot", "button.deed", notice::button),
    ("payment-upon-signature", "signature.deed", notice::signature),
    ("perishable-goods", "perishable.deed", goods::perishable),
    ("rental-deposit", "deposit.deed", goods::deposit),
    ("servicelevelagreement", "service-level.deed", notice::service),
    ("simplelatedeliveryandpenalty", "late-delivery.deed", late::case),
    ("supplyagreement", "supply.deed", goods::supply),
];
const VOLUMES: [(&str, &str, Mapping); 2] =
    [("volumediscount", "volume.deed", money::volume), ("volumediscountolist", "volume.deed", money::volume)];

fn written() -> impl Iterator<Item = (&'static str, &'static str, Mapping)> {
    WRITTEN.into_iter().chain(VOLUMES)
}

#[test]
fn every_scenario_of_a_written_template_is_answered_as_expected() {
    let Some(folder) = suites::suite("accord") else { return };
    let mut tally = suites::Tally::default();
    for (template, _, mapping) in written() {
        let scenarios = Scenario::all(&suites::read(&folder.join(format!("{template}.json"))));
        assert!(!scenarios.is_empty(), "{template} has scenarios");
        for scenario in &scenarios {
            tally.count(&format!("{template}: {}", scenario.name), mapping(scenario).check());
        }
    }
    let all = tally.passed + tally.failed.len();
    println!("accord: {} of {all} scenarios, {} templates", tally.passed, written().count());
    assert!(tally.failed.is_empty(), "\n{}", tally.failed.join("\n"));
}

/// The page that classifies the templates.
fn page() -> String {
    let text = std::fs::read_to_string(common::root().join("docs/expressiveness.md")).expect("the page");
    let section = text.split_once("\n## Accord's templates\n").expect("the section").1;
    section.split("\n## ").next().unwrap_or_default().to_owned()
}

fn rows(page: &str, columns: usize, first: usize) -> Vec<Vec<String>> {
    let tables = page.split("\n\n").filter(|t| t.starts_with('|'));
    let table = tables.clone().nth(first).expect("a table");
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    let rows: Vec<_> = table.lines().skip(2).map(cells).collect();
    assert!(rows.iter().all(|r| r.len() == columns), "{rows:?}");
    rows
}

#[test]
fn every_template_is_classified_and_counted() {
    let page = page();
    let classes: BTreeMap<String, (String, String)> =
        rows(&page, 3, 1).into_iter().map(|mut r| (r.remove(0), (r.remove(0), r.remove(0)))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (how, _) in classes.values() {
        *counts.entry(how).or_default() += 1;
    }
    for row in rows(&page, 3, 0) {
        let found = if row[0] == "all" { classes.len() } else { counts.remove(row[0].as_str()).unwrap_or(0) };
        assert_eq!(row[1], found.to_string(), "{}", row[0]);
    }
    assert!(counts.is_empty(), "every class is explained: {counts:?}");
    let said: BTreeSet<&str> =
        classes.iter().filter(|(_, (how, _))| how == "written").map(|(t, _)| t.as_str()).collect();
    assert_eq!(said, written().map(|(t, ..)| t).collect(), "the templates that are written");
    for (template, deed, _) in written() {
        assert!(classes[template].1.starts_with(&format!("`{deed}`")), "{template} is `{deed}`");
    }
    let Some(folder) = suites::suite("accord") else { return };
    let files = std::fs::read_dir(folder).expect("the suite").flatten();
    let names: BTreeSet<String> = files
        .filter_map(|f| Some(f.file_name().to_string_lossy().strip_suffix(".json")?.to_owned()))
        .collect();
    assert_eq!(names, classes.into_keys().collect(), "every template of the suite");
}

/// A scenario that nobody else wrote.
fn invented(template: &str, contract: &str, steps: &[(&str, Value)]) -> Result<(), String> {
    let mut list = vec![json!({"step": "the contract says", "doc": contract})];
    list.extend(steps.iter().map(|(step, doc)| json!({"step": step, "doc": doc.to_string()})));
    let file = json!({"template": template, "features": [{"background": [], "scenarios": [{"name": "invented", "steps": list}]}]});
    let mapping = written().find(|(t, ..)| *t == template).expect("a template").2;
    Scenario::all(&file).iter().try_for_each(|s| mapping(s).check())
}

const RECEIVES: &str = "it receives the request";
const RESPONDS: &str = "it should respond with";
const REFUSES: &str = "it should reject the request with the error";

#[test]
fn a_penalty_with_other_figures() {
    let text = "Late machines: the maker owes, for every 5 days, a penalty amounting to 4% of their price, which cannot exceed 20%. \
                Where the delay is more than 3 weeks the buyer can leave.";
    let late = |delivered: &str| {
        (
            RECEIVES,
            json!({"agreedDelivery": "2024-02-28T12:00:00Z", "deliveredAt": delivered, "goodsValue": 1000}),
        )
    };
    let responds =
        |penalty: f64, leave: bool| (RESPONDS, json!({"penalty": penalty, "buyerMayTerminate": leave}));
    let penalty = |steps: &[(&str, Value)]| invented("latedeliveryandpenalty", text, steps);
    // A leap day is a day: eleven of them, and an hour.
    assert_eq!(penalty(&[late("2024-03-10T13:00:00Z"), responds(88.0, false)]), Ok(()));
    assert_eq!(penalty(&[late("2024-03-20T11:00:00Z"), responds(160.0, false)]), Ok(()));
    assert_eq!(penalty(&[late("2024-03-21T12:00:00Z"), responds(176.0, true)]), Ok(()));
    assert_eq!(penalty(&[late("2025-03-21T12:00:00Z"), responds(200.0, true)]), Ok(()));
    assert_eq!(penalty(&[late("2024-02-28T12:00:00Z"), (REFUSES, Value::Null)]), Ok(()));
    assert!(penalty(&[late("2024-03-10T13:00:00Z"), responds(80.0, false)]).is_err());
}

#[test]
fn an_account_with_other_figures() {
    let text = "total sum 600.00 CHF, of which 60.00 CHF is to be paid at closing and 50.00 CHF or more per month, with interest \
                at the rate of 2% from what shall start on month 2";
    let balance = |paid: f64| json!({"balance_remaining": {"doubleValue": 300}, "total_paid": {"doubleValue": paid}, "next_payment_month": 4});
    let pays = |class: &str, sum: f64| {
        (RECEIVES, json!({"$class": format!("x.{class}"), "amount": {"doubleValue": sum}}))
    };
    let state = ("the state", balance(320.0));
    let after = |left: f64, paid: f64, month: u8, status: &str| {
        (
            "the new state of the contract should be",
            json!({"balance_remaining": {"doubleValue": left},
            "total_paid": {"doubleValue": paid}, "next_payment_month": month, "status": status}),
        )
    };
    let sale = |steps: &[(&str, Value)]| invented("installment-sale", text, steps);
    assert_eq!(sale(&[state.clone(), pays("Installment", 100.0), after(204.0, 420.0, 5, "Waiting")]), Ok(()));
    assert_eq!(sale(&[state.clone(), pays("Installment", 40.0), (REFUSES, Value::Null)]), Ok(()));
    assert_eq!(sale(&[state.clone(), pays("Installment", 301.0), (REFUSES, Value::Null)]), Ok(()));
    assert_eq!(
        sale(&[state.clone(), pays("ClosingPayment", 360.0), after(0.0, 680.0, 0, "Fulfilled")]),
        Ok(())
    );
    assert_eq!(sale(&[state, pays("ClosingPayment", 359.0), (REFUSES, Value::Null)]), Ok(()));
}

#[test]
fn a_device_that_counts_to_its_last_payment() {
    let text = "For a long press \"Ann\" shall pay to \"Bo\" 4 EUR for each short button press. A maximum of 2 payments.";
    let state = |counter: u8, paid: u8| {
        ("the state", json!({"status": "RUNNING", "counter": counter, "paymentCount": paid}))
    };
    let pays = |sum: f64, currency: &str| {
        (
            RECEIVES,
            json!({"$class": "x.MonetaryAmountPayment", "amount": {"doubleValue": sum, "currencyCode": currency}}),
        )
    };
    let after = |counter: f64, paid: u8, status: &str| {
        (
            "the new state of the contract should be",
            json!({"counter": counter, "paymentCount": paid, "status": status}),
        )
    };
    let device = |steps: &[(&str, Value)]| invented("payment-upon-iot", text, steps);
    assert_eq!(device(&[state(3, 0), pays(6.0, "EUR"), after(1.5, 1, "RUNNING")]), Ok(()));
    assert_eq!(device(&[state(3, 1), pays(40.0, "EUR"), after(0.0, 2, "COMPLETED")]), Ok(()));
    assert_eq!(device(&[state(3, 1), pays(4.0, "USD"), (REFUSES, Value::Null)]), Ok(()));
    let asks = (RECEIVES, json!({"$class": "x.LongButtonPress"}));
    let owed =
        ("the following obligations should have been emitted", json!([{"amount": {"doubleValue": 12}}]));
    assert_eq!(device(&[state(3, 1), asks, owed]), Ok(()));
}
