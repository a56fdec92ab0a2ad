//! What a device, a signature, an envelope or a month's report brings about.

use serde_json::{Value, json};

use crate::form::Case;
use crate::scenario::Scenario;

const BEFORE: &str = "2020-02-01";
const SIGNED: &str = "2020-01-30";
const PAID: &str = "2020-01-31";
const DAY: &str = "2020-02-02";

/// The place of a status among those that a contract runs through.
fn place(state: &Value, names: [&str; 3]) -> Option<usize> {
    let status = state["status"].as_str()?;
    Some(
        names.iter().position(|n| *n == status).unwrap_or_else(|| panic!("the status {status} is not known")),
    )
}

pub fn button(s: &Scenario) -> Case {
    const NAMES: [&str; 3] = ["INITIALIZED", "RUNNING", "COMPLETED"];
    let mut case = Case::new(include_str!("button.deed"), DAY);
    let currency = s
        .contract
        .split_once(" shall pay to ")
        .and_then(|(_, r)| r.split_once(" for each short button press"));
    let (price, currency) = currency
        .map(|(pay, _)| pay)
        .and_then(|pay| pay.rsplit_once("\" ")?.1.split_once(' '))
        .expect("a price");
    case.word("currency USD", &format!("currency {currency}"))
        .fill("price", format!("{currency} {price}"))
        .fill("most", s.stated("A maximum of "));
    if let Some(state) = &s.state {
        let times = |name: &str| state[name].as_f64().unwrap_or(0.0) as u32;
        if place(state, NAMES) != Some(0) {
            case.log_on(SIGNED, "contract-signed", "Buyer", json!({}));
        }
        // Payments while nothing is counted take nothing away.
        for _ in 0..times("paymentCount") {
            let data = json!({"amount": {"amount": "1", "unit": currency}, "foreign": "no"});
            case.log_on(PAID, "payment-received", "Buyer", data);
        }
        for _ in 0..times("counter") {
            case.log_on(BEFORE, "short-press", "Buyer", json!({}));
        }
    }
    match s.class() {
        "" => {}
        "ContractSigned" => drop(case.log("contract-signed", "Buyer", json!({}))),
        "SingleButtonPress" => drop(case.log("short-press", "Buyer", json!({}))),
        "DoubleButtonPress" => drop(case.log("double-press", "Buyer", json!({}))),
        "LongButtonPress" => drop(case.log("long-press", "Buyer", json!({}))),
        "MonetaryAmountPayment" => {
            let amount = &s.request()["amount"];
            let foreign = amount["currencyCode"].as_str().is_some_and(|c| c != currency);
            let data = json!({
                "amount": {"amount": amount["doubleValue"].to_string(), "unit": currency},
                "foreign": if foreign { "yes" } else { "no" },
            });
            case.may("Buyer", "pay", data.clone(), s.refused);
            case.log("payment-received", "Buyer", data);
        }
        other => panic!("{}: the request `{other}` is not known", s.name),
    }
    for expected in s.response.iter().chain(&s.after) {
        case.value("button.counter", &expected["counter"]);
        case.value("button.payments", &expected["paymentCount"]);
        if let Some(stage) = place(expected, NAMES) {
            case.value("button.stage", &json!(stage));
        }
    }
    case.owes("Buyer", s.obligations.as_ref());
    case
}

pub fn signature(s: &Scenario) -> Case {
    const NAMES: [&str; 3] = ["INITIALIZED", "OBLIGATION_EMITTED", "COMPLETED"];
    let mut case = Case::new(include_str!("signature.deed"), DAY);
    let price = s.before(" USD").expect("a price in dollars");
    case.fill("price", format!("USD {price}"));
    if s.state.as_ref().and_then(|state| place(state, NAMES)).is_some_and(|stage| stage > 0) {
        case.log_on(BEFORE, "contract-signed", "Payer", json!({}));
    }
    match s.class() {
        "ContractSigned" => drop(case.log("contract-signed", "Payer", json!({}))),
        "PaymentReceived" => drop(case.log("payment-acknowledged", "Payee", json!({}))),
        _ => {}
    }
    if let Some(stage) = s.after.as_ref().and_then(|state| place(state, NAMES)) {
        case.value("payment.step", &json!(stage));
    }
    case.owes("Payer", s.obligations.as_ref());
    case
}

pub fn envelopes(s: &Scenario) -> Case {
    let mut case = Case::new(include_str!("envelopes.deed"), DAY);
    let wanted = s.contract.split_once("status: ").map_or("", |(_, rest)| rest.trim_end_matches('.').trim());
    case.word("is Completed", &format!("is {wanted}"));
    if let Some(number) = s.state.as_ref().map(|state| state["counter"].to_string()) {
        case.log_on(BEFORE, "count-stated", "Holder", json!({"number": number}));
    }
    if s.request.is_some() {
        let status = &s.request()["envelopeStatus"]["status"];
        case.log("envelope-changed", "Sender", json!({"status": status}));
    }
    for expected in s.response.iter().chain(&s.after) {
        case.value("count.counted", &expected["counter"]);
    }
    case.owes("Holder", s.obligations.as_ref());
    case
}

pub fn service(s: &Scenario) -> Case {
    let mut case = Case::new(include_str!("service-level.deed"), DAY);
    let rows: Vec<Vec<&str>> = s
        .lines
        .iter()
        .filter(|l| l.starts_with('|') && l.contains('%'))
        .map(|l| {
            l.split('|').skip(2).map(|c| c.trim().split([' ', '%']).next().unwrap_or_default()).collect()
        })
        .collect();
    let caps: Vec<String> = s
        .contract
        .split("shall not exceed: ")
        .skip(1)
        .filter_map(|r| Some(r.split_once('%')?.0.into()))
        .collect();
    let percent = |figure: &str| format!("{figure} percent");
    case.fill("first-level", percent(rows[0][0]))
        .fill("first-credit", percent(rows[0][1]))
        .fill("second-level", percent(rows[1][0]))
        .fill("second-credit", percent(rows[1][1]))
        .fill("monthly-cap", percent(&caps[0]))
        .fill("yearly-cap", percent(&caps[1]));
    let request = s.request();
    let money = |name: &str| json!({"amount": request[name].to_string(), "unit": "GBP"});
    let level = json!({"amount": request["monthlyServiceLevel"].to_string(), "unit": "percent"});
    case.may("Supplier", "report-month", json!({"level": level}), s.refused);
    let data = json!({
        "level": level, "charge": money("monthlyCharge"),
        "earlier-charge": money("last11MonthCharge"), "earlier-credit": money("last11MonthCredit"),
    });
    case.log("month-reported", "Supplier", data);
    if let Some(response) = &s.response {
        case.value("credit.amount", &response["monthlyCredit"]);
    }
    case.owes("Supplier", s.obligations.as_ref());
    case
}
