//! Energy by bids: what its traces say in words of `energy.deed`.

use serde_json::{Value, json};

use crate::trace::{History, Thing, Trace, Unit, term};

const DEED: &str = include_str!("energy.deed");

/// What is exerted by the events that name no power. The agreement admits those whose power is held.
const EXERTED: [(&str, &str); 5] = [
    ("submission-exerted", "Producer"),
    ("acceptance-exerted", "Operator"),
    ("demand-exerted", "Operator"),
    ("producer-left", "Producer"),
    ("operator-left", "Operator"),
];

/// The event of ours that a type of the upstream means. Types are told by the words in them.
fn event(kind: &str, status: Option<&str>) -> Option<&'static str> {
    let kind = kind.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    let undone = has(&["fail", "unpaid", "notpaid", "missed"]);
    let debit = has(&["debit"]) || status == Some("debit");
    Some(match () {
        () if has(&["bid"]) && has(&["prepar"]) => "bid-prepared",
        () if has(&["bid"]) && has(&["submit"]) => "bid-submitted",
        () if has(&["bid"]) && has(&["accept"]) => "bid-accepted",
        () if has(&["energy", "supply", "supplied"]) => {
            if undone {
                "supply-failed"
            } else {
                "energy-supplied"
            }
        }
        () if has(&["overdue"]) && undone => "overdue-unpaid",
        () if has(&["overdue"]) && has(&["paid", "payed"]) => "overdue-paid",
        () if has(&["overdue"]) => "overdue-invoice",
        () if has(&["invoice"]) && undone => "invoice-unpaid",
        () if has(&["invoice"]) && has(&["paid", "payed"]) => "invoice-paid",
        () if has(&["invoice"]) && has(&["issue"]) => {
            if debit {
                "debit-invoice"
            } else {
                "credit-invoice"
            }
        }
        () if has(&["terminat"]) => "leave-announced",
        () => return None,
    })
}

/// What the agreement answers about a trace of `transactiveEnergy(contract, operator, supplier)`.
pub fn unit(trace: &Trace) -> Unit {
    let [contract, operator, supplier] = trace.arguments.as_slice() else {
        panic!("{}: the energy contract has three arguments", trace.name)
    };
    let mut history = History::default();
    // Whose invoices are open, the last one last: a payment is by who owes one.
    let mut debtors: Vec<&str> = Vec::new();
    for (name, on) in &trace.events {
        let (head, arguments) = term(name);
        let attribute = |attribute: &str| trace.attribute(attribute, name);
        let status = attribute("invoiceStatus").or(attribute("overdueStatus"));
        if head == "started" && arguments.first() == Some(contract) {
            history.log(*on, "started", "Operator", &[]);
            continue;
        }
        if let Some(suffix) = head.strip_prefix("exertionDone") {
            for (exerted, by) in match suffix {
                "Zero" => &EXERTED[..1],
                "" => &EXERTED[1..4],
                "Ten" => &EXERTED[4..],
                _ => &EXERTED[..],
            } {
                history.log(*on, exerted, by, &[]);
            }
            continue;
        }
        // What nothing is said of, or nothing that matters here, is not logged.
        let Some(event) = attribute("type").and_then(|kind| event(kind, status)) else { continue };
        let bid: Vec<(&str, Value)> =
            attribute("proposedBid").map(|bid| ("bid", json!(bid))).into_iter().collect();
        let by = match event {
            "bid-accepted" | "debit-invoice" | "credit-invoice" | "overdue-invoice" => "Operator",
            "invoice-paid" | "invoice-unpaid" => match attribute("from") {
                Some(from) if from == operator => "Operator",
                Some(from) if from == supplier => "Producer",
                _ => debtors.pop().unwrap_or("Producer"),
            },
            _ => "Producer",
        };
        match event {
            "debit-invoice" => debtors.push("Producer"),
            "credit-invoice" => debtors.push("Operator"),
            _ => {}
        }
        let with_bid = event.starts_with("bid-") || event == "energy-supplied" || event == "supply-failed";
        history.log(*on, event, by, if with_bid { &bid } else { &[] });
    }

    let near = trace.last() + 3;
    let things = [
        ("pSubmitBid", Thing::Power("Producer", "submit-bid", "submission")),
        ("pAcceptBid", Thing::Power("Operator", "accept-bid", "acceptance")),
        ("pOverdue", Thing::Power("Operator", "demand-overdue", "demand")),
        ("pTermIso", Thing::Power("Operator", "leave-unpaid", "exit-of-operator")),
        ("pTermSup", Thing::Power("Producer", "leave", "exit-of-producer")),
        ("oEnergy", Thing::Duty("Producer", &["supply"], Some("supply.missed"))),
        ("oDebitInvoice", Thing::Duty("Operator", &["debit"], None)),
        ("oCreditInvoice", Thing::Duty("Operator", &["credit"], None)),
        ("oPaySup", Thing::Duty("Producer", &["producer-pays"], Some("producer-pays.unpaid"))),
        ("oPayIso", Thing::Duty("Operator", &["operator-pays"], Some("operator-pays.unpaid"))),
        ("oOverdue", Thing::Duty("Producer", &["overdue"], Some("overdue.unpaid"))),
        (contract, Thing::Contract(json!({"value": "life.active"}), "known", None)),
    ];
    let things = things.into_iter().map(|(name, thing)| (name.to_owned(), thing)).collect();
    Unit::ask(DEED, &history, near, near, things)
}
