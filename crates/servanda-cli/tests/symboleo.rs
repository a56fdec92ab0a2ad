//! Traces of the Symboleo compliance checker, asked of two agreements of ours. The traces lie outside the project and are
//! looked at where `SERVANDA_SHARED` names their folder.
//!
//! A trace is mapped by the names of its events and by their attributes, never by its own name: [`meat`] and [`energy`]
//! hold what a term of the upstream is called here. `docs/expressiveness.md` says how the states compare.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;
#[path = "symboleo/energy.rs"]
mod energy;
#[path = "symboleo/meat.rs"]
mod meat;
#[path = "common/suites.rs"]
mod suites;
#[path = "symboleo/trace.rs"]
mod trace;

use trace::{State, Trace, Unit};

/// Every trace of a file comes out as the upstream says.
fn pass(file: &str, unit: impl Fn(&Trace) -> Unit) {
    let Some(folder) = suites::suite("symboleo") else { return };
    let traces = suites::read(&folder.join(file));
    let traces: Vec<Trace> = traces.as_array().expect("a list of traces").iter().map(Trace::read).collect();
    assert!(!traces.is_empty(), "{file} holds traces");
    let mut tally = suites::Tally::default();
    let mut states = 0;
    for trace in &traces {
        let unit = unit(trace);
        states += trace.expected.len();
        tally.count(&trace.name, unit.check(&trace.expected));
    }
    println!("{file}: {} of {} traces, {states} states", tally.passed, traces.len());
    assert!(tally.failed.is_empty(), "{file}:\n{}", tally.failed.join("\n"));
}

#[test]
fn a_sale_of_goods_comes_out_as_in_its_traces() {
    pass("sales-of-goods.json", meat::unit);
}

#[test]
fn transactive_energy_comes_out_as_in_its_traces() {
    pass("transactive-energy.json", energy::unit);
}

/// An invented trace: what it says stands in the names and attributes alone.
fn trace(initials: &str, attributes: &[&str], events: &[&str]) -> Trace {
    Trace::new("invented", initials, attributes, events)
}

/// The events of a trace, and the states that they lead to.
type Case<'a> = (&'a [&'a str], &'a [(State, &'a str)]);

#[test]
fn a_sale_that_goes_wrong_in_other_ways() {
    let sale = "meatSale(c, b, s, g, 10, 7)";
    let good = [
        "type(d, delivered)",
        "from(d, s)",
        "item(d, g)",
        "deliveryAddress(d, saintLaurent)",
        "quality(g, aaa)",
    ];
    let late = ["type(l, paidLate)", "from(l, b)", "to(l, s)", "amount(l, 1100)"];
    let paid = ["type(p, paid)", "from(p, b)", "to(p, s)", "amount(p, 1000)"];
    let all: Vec<&str> = good.iter().chain(&late).chain(&paid).copied().collect();
    let cases: [Case<'_>; 9] = [
        // Good meat after the date fulfils nothing.
        (&["started(c),0", "d,12"], &[(State::Violation, "oDel"), (State::Active, "c")]),
        // On the date itself it is too late, a day earlier it is not.
        (&["started(c),0", "d,10"], &[(State::Violation, "oDel")]),
        (&["started(c),0", "d,9"], &[(State::Fulfillment, "oDel")]),
        // Nobody can hold back, resume or end before the contract gives the power.
        (
            &["started(c),0", "suspended(oDel),5", "terminated(c),15"],
            &[(State::Violation, "oDel"), (State::Active, "c"), (State::InEffect, "pTermContract")],
        ),
        (&["started(c),0", "suspended(oDel),8", "resumed(oDel),9"], &[(State::Suspension, "oDel")]),
        // Late on both sides, but the last duty is fulfilled.
        (
            &["started(c),0", "d,9", "l,15"],
            &[(State::Violation, "oPay"), (State::Fulfillment, "oLpay"), (State::SuccessfulTermination, "c")],
        ),
        // The last of them to end is violated.
        (
            &["started(c),0", "p,3"],
            &[(State::Fulfillment, "oPay"), (State::Violation, "oDel"), (State::Active, "c")],
        ),
        // Ended by the buyer, what is still owed is owed no longer.
        (
            &["started(c),0", "terminated(c),25"],
            &[
                (State::UnsuccessfulTermination, "c"),
                (State::UnsuccessfulTermination, "oLpay"),
                (State::SuccessfulTermination, "pTermContract"),
                (State::UnsuccessfulTermination, "pSusDelivery"),
                (State::Fulfillment, "soBuyerDisclosure"),
            ],
        ),
        // Nothing is in effect that has not started.
        (&["d,5"], &[]),
    ];
    for (events, expected) in cases {
        let trace = trace(sale, &all, events);
        let unit = meat::unit(&trace);
        for (state, name) in expected {
            assert!(unit.states(name).contains(state), "{events:?}: {name} is {:?}", unit.states(name));
        }
    }
    let idle = meat::unit(&trace(sale, &all, &["d,5"]));
    for name in ["oDel", "oPay", "oLpay", "pSusDelivery", "pTermContract", "soSellerDisclosure", "c"] {
        assert!(idle.states(name).is_empty(), "{name} is {:?}", idle.states(name));
    }
}

#[test]
fn energy_that_goes_wrong_in_other_ways() {
    let contract = "transactiveEnergy(c, caISO, dERP)";
    let attributes = [
        "type(sub, bidSubmitted)",
        "type(acc, bidAccepted)",
        "type(sup, energySupplied)",
        "type(deb, debittedInvoiceIssued)",
        "type(cre, creditedInvoiceIssued)",
        "type(unpaid, invoiceFailed)",
        "type(pay, invoicePaid)",
        "type(over, overdueIssued)",
        "type(overpaid, overduePaid)",
        "type(overfail, overdueFailed)",
        "type(note, terminationNoticeIssued)",
    ];
    let cases: [Case<'_>; 8] = [
        (&["sub,1"], &[(State::InEffect, "pAcceptBid"), (State::Active, "c")]),
        // Supplied a day late, and not at all.
        (
            &["sub,1", "acc,2", "exertionDone,2", "sup,4"],
            &[(State::Violation, "oEnergy"), (State::InEffect, "oCreditInvoice")],
        ),
        (&["sub,1", "exertionDone,2", "acc,2"], &[(State::Violation, "oEnergy")]),
        // Exerted before it is held, a power is not used.
        (&["exertionDone,1", "sub,2"], &[(State::InEffect, "pAcceptBid")]),
        (&["cre,1", "pay,3"], &[(State::Fulfillment, "oPayIso")]),
        (&["deb,1", "unpaid,3"], &[(State::Violation, "oPaySup"), (State::InEffect, "pOverdue")]),
        (
            &["unpaid,1", "over,5", "exertionDone,5", "overfail,36", "exertionDoneTen,40"],
            &[
                (State::SuccessfulTermination, "pOverdue"),
                (State::Violation, "oOverdue"),
                (State::SuccessfulTermination, "pTermIso"),
                (State::UnsuccessfulTermination, "c"),
            ],
        ),
        (
            &["deb,1", "note,2", "exertionDone,95"],
            &[
                (State::SuccessfulTermination, "pTermSup"),
                (State::UnsuccessfulTermination, "c"),
                (State::UnsuccessfulTermination, "oPaySup"),
            ],
        ),
    ];
    for (events, expected) in cases {
        let events: Vec<&str> = ["started(c),0"].iter().chain(events).copied().collect();
        let unit = energy::unit(&trace(contract, &attributes, &events));
        for (state, name) in expected {
            assert!(unit.states(name).contains(state), "{events:?}: {name} is {:?}", unit.states(name));
        }
    }
}
