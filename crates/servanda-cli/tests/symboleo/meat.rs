//! The sale of meat: what its traces say in words of `meat-sale.deed`.

use serde_json::{Value, json};

use crate::trace::{History, Thing, Trace, Unit, term};

const DEED: &str = include_str!("meat-sale.deed");

/// The day on which the buyer may have waited long enough.
const WAITED: i64 = 20;
/// How long neither side discloses, in days from the start.
const SECRECY: i64 = 180;

/// What the agreement answers about a trace of `meatSale(contract, buyer, seller, goods, delivery due, payment due)`.
pub fn unit(trace: &Trace) -> Unit {
    let [contract, buyer, seller, goods, delivery, payment] = trace.arguments.as_slice() else {
        panic!("{}: a sale has six arguments", trace.name)
    };
    let number = |text: &str| text.parse::<i64>().expect("a date is a day");
    let (delivery, payment) = (number(delivery), number(payment));
    let started = trace.first("started").unwrap_or(0);
    // Full days between the start and a date that is too late.
    let within = |date: i64| format!(" {} days", (date - started - 1).max(0));
    let mut deed = DEED.to_owned();
    for (printed, date) in [(" 9 days", delivery), (" 6 days", payment), (" 19 days", WAITED)] {
        assert!(deed.contains(printed), "the agreement says{printed}");
        deed = deed.replace(printed, &format!(" \u{0}{}", within(date)));
    }
    let deed = deed.replace(" \u{0}", "");

    let party = |name: Option<&str>, role: &'static str| match name {
        Some(name) if name == buyer && role == "Grocer" => "Grocer",
        Some(name) if name == seller && role == "Ranch" => "Ranch",
        _ => "Stranger",
    };
    let mut history = History::default();
    for (event, on) in &trace.events {
        let (head, arguments) = term(event);
        let of = arguments.first().map_or("", String::as_str);
        let attribute = |name: &str| trace.attribute(name, event);
        let from = attribute("from");
        let payee = match attribute("to") {
            Some(to) if to == seller => "Ranch",
            Some(to) if to == buyer => "Grocer",
            _ => "Stranger",
        };
        let payment = || -> Vec<(&str, Value)> {
            let amount = json!({"amount": attribute("amount").unwrap_or("0"), "unit": "EUR"});
            vec![("amount", amount), ("payee", json!(payee))]
        };
        match (head.as_str(), attribute("type")) {
            ("started", _) if of == contract => history.log(*on, "started", "Ranch", &[]),
            ("suspended", _) if of == "oDel" => history.log(*on, "delivery-suspended", "Ranch", &[]),
            ("resumed", _) if of == "oDel" => history.log(*on, "delivery-resumed", "Grocer", &[]),
            ("terminated", _) if of == contract => history.log(*on, "contract-ended", "Grocer", &[]),
            (_, Some("delivered")) => {
                let grade = attribute("item")
                    .filter(|item| item == goods)
                    .and_then(|g| trace.attribute("quality", g));
                let grade = if grade == Some("aaa") { "agreed" } else { "other" };
                let place =
                    if attribute("deliveryAddress") == Some("saintLaurent") { "agreed" } else { "elsewhere" };
                let data = [("place", json!(place)), ("grade", json!(grade))];
                history.log(*on, "delivered", party(from, "Ranch"), &data);
            }
            (_, Some("paid")) => history.log(*on, "price-paid", party(from, "Grocer"), &payment()),
            (_, Some("paidLate")) => history.log(*on, "late-price-paid", party(from, "Grocer"), &payment()),
            (_, Some("sellerDisclosed")) if from == Some(seller) => {
                history.log(*on, "disclosed", "Ranch", &[])
            }
            (_, Some("buyerDisclosed")) if from == Some(buyer) => {
                history.log(*on, "disclosed", "Grocer", &[])
            }
            // An event that says nothing about this contract, or of which nothing is said.
            _ => {}
        }
    }

    let near = trace.last().max(delivery).max(payment).max(WAITED) + 1;
    let far = near.max(started + SECRECY + 1);
    let things = [
        ("oDel", Thing::Duty("Ranch", &["delivery", "delivery-again"], None)),
        ("oPay", Thing::Duty("Grocer", &["payment"], None)),
        ("oLpay", Thing::Duty("Grocer", &["late-payment"], None)),
        ("pSusDelivery", Thing::Power("Ranch", "suspend-delivery", "suspension")),
        ("pResDelivery", Thing::Power("Grocer", "resume-delivery", "resumption")),
        ("pTermContract", Thing::Power("Grocer", "end-contract", "ending")),
        (
            "soSellerDisclosure",
            Thing::Abstention(["secrecy.seller-silent", "secrecy.seller-broken", "secrecy.seller-kept"]),
        ),
        (
            "soBuyerDisclosure",
            Thing::Abstention(["secrecy.buyer-silent", "secrecy.buyer-broken", "secrecy.buyer-kept"]),
        ),
        (contract, Thing::Contract(json!({"in_force": "trade"}), "in-force", Some("ended"))),
    ];
    let things = things.into_iter().map(|(name, thing)| (name.to_owned(), thing)).collect();
    Unit::ask(&deed, &history, near, far, things)
}
