//! Instalments, royalties, rates by volume, stated sums.

use serde_json::{Value, json};

use crate::form::{Case, Want};
use crate::scenario::{Scenario, date, seconds};

const DAY: &str = "2020-02-02";

pub fn instalments(s: &Scenario) -> Case {
    let mut case = Case::new(include_str!("instalments.deed"), DAY);
    let total = s.stated("total sum ");
    let currency = s.contract.split_once(&format!("{} ", "total sum")).and_then(|(_, r)| r.split(' ').nth(1));
    let currency = currency.unwrap_or("EUR").trim_end_matches(',').to_owned();
    let sum = |figure: &str| format!("{currency} {figure}");
    case.word("currency EUR", &format!("currency {currency}"))
        .fill("total", sum(&total))
        .fill("closing", sum(&s.before(&format!(" {currency} is to be paid at closing")).expect("a sum")))
        .fill("least", sum(&s.before(&format!(" {currency} or more per month")).expect("a sum")))
        .fill("interest", s.stated("at the rate of ") + " percent")
        .fill("first-month", s.stated("shall start on month "));
    let money = |value: &Value| json!({"amount": value.to_string(), "unit": currency});
    if let Some(state) = &s.state {
        let data = json!({
            "balance": money(&state["balance_remaining"]["doubleValue"]),
            "paid": money(&state["total_paid"]["doubleValue"]),
            "month": state["next_payment_month"].to_string(),
        });
        case.log_on("2020-02-01", "account-stated", "Seller", data);
    }
    let amount = &s.request()["amount"]["doubleValue"];
    let (action, event) = match s.class() {
        "Installment" => ("declare-instalment", "instalment-declared"),
        _ => ("declare-closing", "closing-declared"),
    };
    if s.request.is_some() {
        case.may("Buyer", action, json!({"amount": money(amount)}), s.refused);
        case.log(event, "Buyer", json!({"amount": money(amount)}));
    }
    if let Some(response) = &s.response {
        case.value("account.balance", &response["balance"]["doubleValue"]);
        case.value("account.paid", &response["total_paid"]["doubleValue"]);
    }
    if let Some(after) = &s.after {
        case.value("account.balance", &after["balance_remaining"]["doubleValue"]);
        case.value("account.paid", &after["total_paid"]["doubleValue"]);
        case.value("account.next-month", &after["next_payment_month"]);
        if let Some(status) = after["status"].as_str() {
            case.value("account.settled", &json!(u8::from(status == "Fulfilled")));
        }
    }
    case.owes("Buyer", s.obligations.as_ref());
    case
}

pub fn royalties(s: &Scenario) -> Case {
    let request = s.request();
    let permission = request["permissionGrantedBy"].as_str().expect("a moment");
    let (granted, ahead) = date(permission);
    let now = s.now.as_deref().map_or(granted, |now| date(now).0);
    let mut case = Case::new(include_str!("royalties.deed"), now.max(granted));
    let rates: Vec<String> =
        s.contract.split(" percent (").skip(1).filter_map(|r| Some(r.split_once('%')?.0.into())).collect();
    case.fill("royalty", format!("{} percent", rates[0]))
        .fill("sublicensing", format!("{} percent", rates[1]))
        .word("within 7 days of", &format!("within {} days of", s.stated("shall make the payment within ")));
    let money = |value: &Value| json!({"amount": value.to_string(), "unit": "USD"});
    case.log_on(&granted.to_string(), "permission-given", "Authority", json!({}));
    let data = json!({"sales": money(&request["netSaleRevenue"]), "sublicences": money(&request["sublicensingRevenue"])});
    case.log("revenue-stated", "Licensee", data);
    if let Some(response) = &s.response {
        case.value("royalty.due", &response["totalAmount"]);
        let total = json!({"amount": {"doubleValue": response["totalAmount"]}});
        case.owes("Licensee", Some(&vec![total]));
        if let Some(due) = response["dueBy"].as_str() {
            // On the calendar of the place where permission was given.
            let there = jiff::Timestamp::from_second(seconds(due) + ahead).expect("a moment").to_string();
            case.ask(json!({"owes": {"party": "Licensee"}}), Want::Due(date(&there).0.to_string()));
        }
    }
    case
}

/// The steps of a table of rates: when each applies, and its rate.
fn steps(s: &Scenario) -> Vec<(String, String)> {
    let rows = s.lines.iter().filter_map(|line| {
        let (head, rate) = match line.split_once(" <= Volume < ") {
            Some((low, rest)) => {
                let (high, rate) = rest.split_once(':')?;
                let bound = |t: &str| {
                    t.split('$').next().unwrap_or_default().rsplit(' ').next().unwrap_or_default().to_owned()
                };
                (format!("stated >= {} and stated < {}", bound(low), bound(high)), rate)
            }
            None => {
                let mut cells = line.split('|').map(str::trim).skip(1);
                let (volume, rate) = (cells.next()?, cells.next()?);
                let figures: Vec<&str> =
                    volume.split('$').skip(1).filter_map(|f| f.split(' ').next()).collect();
                let head = match (volume.starts_with("Less than"), figures.as_slice()) {
                    (true, [high]) => format!("stated < {high}"),
                    (false, [_, high]) => format!("stated <= {high}"),
                    (false, [low]) => format!("stated > {low}"),
                    _ => return None,
                };
                (head, rate)
            }
        };
        Some((head, rate.trim().strip_suffix('%')?.to_owned()))
    });
    rows.collect()
}

pub fn volume(s: &Scenario) -> Case {
    let mut case = Case::new(include_str!("volume.deed"), DAY);
    let steps = steps(s);
    let rates = steps.iter().map(|(when, rate)| format!("{rate} percent if {when}"));
    case.fill("rate", rates.collect::<Vec<_>>().join(" else "));
    let places = steps.iter().enumerate().map(|(i, (when, _))| format!("{} if {when} else ", i + 1));
    case.fill("step", places.collect::<String>() + "0");
    case.log(
        "volume-stated",
        "Merchant",
        json!({"volume": s.request()["netAnnualChargeVolume"].to_string()}),
    );
    case.may("Card", "settle", json!({}), s.refused);
    if let Some(response) = &s.response {
        case.value("discount.rate", &response["discountRate"]);
    }
    case
}

/// A sum that the contract states and the response repeats.
pub fn loan(s: &Scenario) -> Case {
    let mut case = Case::new(include_str!("loan.deed"), DAY);
    let sum = s.after("loan to the amount of ").or_else(|| s.before(" USD) "));
    case.fill("amount", format!("USD {}", sum.expect("a sum")));
    let response = s.response.as_ref().unwrap_or(&Value::Null);
    let told = response["output"].as_str().and_then(|t| t.rsplit(' ').next()?.parse::<f64>().ok());
    let told = told.map_or_else(|| response["amount"]["doubleValue"].clone(), |t| json!(t));
    case.value("terms.amount", &told);
    case.owes("Debtor", Some(&vec![json!({"amount": {"doubleValue": told}})]));
    case
}
