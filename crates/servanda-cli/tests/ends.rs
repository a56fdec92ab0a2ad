//! When clauses end: what the answer to `ends` says can still end them.

mod common;

const TEXT: &str = r#"
agreement loan "A loan" zone UTC currency EUR
party Bank party Firm
event paid by Firm amount : money
version first "The loan" starts binding from 2026-01-01 outside "invented"
clause repayment
  value back is sum of paid.amount
  Firm must "repay" to Bank worth EUR 100 counting back
  outside "invented"
clause lien
  Bank alone may sell
  until fulfilment of repayment
  outside "invented"
action sell by Bank or Firm
test "a lien ends with the payment that repays the loan, and only a payment can end it"
  on 2026-02-01
  expect ends lien is open on paid
  expect may Firm sell is forbidden because lien
  log 2026-03-01 paid by Firm amount EUR 60
  log 2026-04-01 paid by Firm amount EUR 40
  on 2026-03-02
  expect ends lien is open on paid
  on 2026-05-01
  expect ends lien is on 2026-04-01
  expect may Firm sell is permitted because lien
"#;

/// Ends that time brings: by a timer that an event starts, by the end of another clause, by silence.
const TIME: &str = r#"
agreement loan "A loan" zone UTC currency EUR
party Bank party Firm
action quit by Firm brings quit-notice
action sell by Bank or Firm
event quit-notice by Firm
event claim by Bank
event withdrawn by Bank
event delivery by Bank
event paid by Firm performs pay
action pay by Firm
version first "The loan" starts binding from 2026-01-01 outside "invented"
clause leave
  Firm has power to quit
  process leaving states none, running, over
    on quit-notice from none to running
    after 10 days in running to over
  outside "invented"
clause silence
  process standing states quiet, claimed, confirmed
    on claim from quiet to claimed
    on withdrawn from claimed to quiet
    after 5 days in claimed to confirmed
  outside "invented"
clause lapse
  on entry into over of leave.leaving ends by-effect
  on end of dated ends by-end
  on violation of payment ends by-violation
  outside "invented"
clause payment
  Firm must pay to Bank within 30 days of delivery
  outside "invented"
clause by-term
  Bank alone may sell
  until entry into over of leave.leaving
  outside "invented"
clause by-effect
  Bank alone may sell
  outside "invented"
clause by-silence
  Bank alone may sell
  until entry into confirmed of silence.standing
  outside "invented"
clause dated
  Bank alone may sell
  until 2027-01-01
  outside "invented"
clause by-end
  Bank alone may sell
  outside "invented"
clause by-violation
  Bank alone may sell
  outside "invented"
test "nobody has said anything"
  on 2026-02-01
  expect ends by-term is open on quit-notice
  expect ends by-effect is open on quit-notice
  expect ends by-silence is open on claim
  expect ends by-end is on 2027-01-01
  expect ends by-violation is open on delivery, paid
test "time runs, and nothing stops it"
  log 2026-02-02 quit-notice by Firm
  on 2026-02-03
  expect ends by-term is on 2026-02-13
  expect ends by-effect is on 2026-02-13
  on 2026-02-13
  expect ends by-effect is on 2026-02-13
test "time runs, and something can stop it"
  log 2026-02-02 claim by Bank
  on 2026-02-03
  expect ends by-silence is open on claim, withdrawn
  on 2026-02-08
  expect ends by-silence is on 2026-02-08
"#;

#[test]
fn a_clause_that_time_ends_is_never_said_to_end_never() {
    let folder = common::folder(&[("loan.deed", TIME)]);
    let (code, out, err) = common::said(common::servanda().arg("test").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_clause_that_ends_with_a_fulfilment_is_open_on_what_can_fulfil() {
    let folder = common::folder(&[("loan.deed", TEXT)]);
    let (code, out, err) = common::said(common::servanda().arg("test").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
}
