//! Penalties for late delivery: six forms of one contract.

use serde_json::json;

use crate::form::{Case, Want};
use crate::scenario::{Scenario, date, seconds};

const DEED: &str = include_str!("late-delivery.deed");

/// Beyond any storm.
const FAR: &str = "1000000";

pub fn case(s: &Scenario) -> Case {
    let request = s.request();
    let text = |name: &str| request[name].as_str();
    let arrived = text("deliveredAt").map_or(s.seconds(), seconds);
    let day = s
        .now
        .as_deref()
        .or(text("deliveredAt"))
        .map_or_else(|| "2020-01-01".into(), |m| date(m).0.to_string());
    let mut case = Case::new(DEED, day);
    let patience: f64 = s.stated("the delay is more than ").parse().expect("a number");
    let weeks = s
        .contract
        .split_once("the delay is more than ")
        .is_some_and(|(_, rest)| rest.split_whitespace().nth(1).is_some_and(|unit| unit.starts_with("week")));
    case.fill("period", s.stated("for every "))
        .fill("share", s.stated("amounting to ") + " percent")
        .fill("cap", s.after("exceed ").unwrap_or_else(|| FAR.into()) + " percent")
        .fill("patience", (patience * if weeks { 7.0 } else { 1.0 }).to_string())
        .fill("excusable", if s.contract.contains("except for Force Majeure") { "1" } else { "0" })
        .fill("reach", s.after("Force Majeure cases in a ").unwrap_or_else(|| FAR.into()) + " mile")
        .assume("excused-delay", "at-once");
    let agreed = seconds(text("agreedDelivery").expect("a moment"));
    let number = |value: i64| json!({"amount": value.to_string(), "unit": "second"});
    case.may(
        "Buyer",
        "claim-penalty",
        json!({"agreed": number(agreed), "arrived": number(arrived)}),
        s.refused,
    );

    let converts = s.contract.contains("at its equivalent amount in");
    let rate = request["currencyConversion"]["rate"].as_f64().filter(|_| converts).unwrap_or(1.0);
    let excuse = &request["forceMajeure"];
    let stormy = excuse.as_bool().unwrap_or(excuse.is_number());
    let mut data = json!({
        "agreed": number(agreed), "arrived": number(arrived), "excuse": if stormy { "storm" } else { "none" },
        "goods": {"amount": request["goodsValue"].to_string(), "unit": "USD"}, "rate": rate.to_string(),
    });
    if excuse.is_number() {
        data["radius"] = json!({"amount": excuse.to_string(), "unit": "mile"});
    }
    case.log("penalty-claimed", "Buyer", data);
    if let Some(response) = &s.response {
        case.value("penalty.amount", &response["penalty"]);
        if let Some(leave) = response["buyerMayTerminate"].as_bool() {
            let leave = if leave { "permitted" } else { "forbidden" };
            case.ask(json!({"may": {"party": "Buyer", "action": "end-contract"}}), Want::Outcome(leave));
        }
    }
    case.owes("Seller", s.obligations.as_ref());
    case
}
