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

#[test]
fn a_clause_that_ends_with_a_fulfilment_is_open_on_what_can_fulfil() {
    let folder = common::folder(&[("loan.deed", TEXT)]);
    let (code, out, err) = common::said(common::servanda().arg("test").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
}
