//! What texts mean as a program.

#![allow(clippy::disallowed_methods, reason = "tests read the examples")]

use std::path::Path;

use servanda_model::{Checked, load};
use servanda_program::{
    Answers, Cond, DutyStart, EffectTarget, Ending, Expr, Moment, NormForm, OpenKind, Program, Sign, Status,
    Type,
};
use servanda_text::{Severity, Sources, Style, render_all};

const PREAMBLE: &str = r#"
agreement ferry "A ferry" zone UTC currency EUR language en
party Ferry
party Harbour
role Sides is Ferry and Harbour
unit tonne
action dock by Sides
  night : yes-no
  load  : number of tonne
  trip  : id optional
action stop by Harbour brings stopped
event stopped by Harbour
  trip : id optional
event fee-paid by Ferry
  amount : money
  trip   : id
  due    : date
version first "First" starts binding from 2026-01-01 outside "invented"
"#;

fn check(text: &str) -> Checked {
    let mut sources = Sources::new();
    let checked = load(&mut sources, &[("ferry.deed".to_string(), format!("{PREAMBLE}{text}"))]);
    let drawn = render_all(&checked.diagnostics, &sources, Style::Plain);
    assert!(checked.program.is_some(), "{drawn}");
    checked
}

fn lower(text: &str) -> Program {
    check(text).program.expect("checked above")
}

fn example(name: &str) -> (Sources, Checked) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let mut files: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("the example is there")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "deed"))
        .map(|p| {
            let name = p.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&p).expect("an example is text"))
        })
        .collect();
    files.sort();
    let mut sources = Sources::new();
    let checked = load(&mut sources, &files);
    (sources, checked)
}

#[test]
fn the_examples_check_without_errors_or_warnings() {
    for name in ["microsoft-openai", "steel-supply"] {
        let (sources, checked) = example(name);
        let bad: Vec<_> =
            checked.diagnostics.iter().filter(|d| d.severity != Severity::Note).cloned().collect();
        assert!(bad.is_empty(), "{name}\n{}", render_all(&bad, &sources, Style::Plain));
        assert!(checked.program.is_some());
    }
}

#[test]
fn an_exclusive_right_is_a_grant_and_a_bar_on_every_actor() {
    let p = lower("clause only\n  Ferry alone may dock if night is yes\n  outside \"x\"\n");
    let [grant, bar] = &p.clauses[0].norms[..] else { panic!("two norms") };
    assert_eq!((grant.sign, grant.form, grant.parties.len()), (Sign::Grant, NormForm::Alone, 1));
    assert_eq!((bar.sign, bar.form, bar.parties.len()), (Sign::Bar, NormForm::Alone, 2));
    assert_eq!(bar.holders, grant.parties);
    assert_eq!(bar.meet, Cond::Constant(false));
    assert_eq!(bar.reach, grant.reach);
}

#[test]
fn an_exception_limits_only_norms_whose_act_has_what_it_looks_at() {
    let p = lower(
        "clause rule\n  Ferry may not dock\n  Harbour has power to stop\n  unless night is yes\n  outside \"x\"\n",
    );
    let norms = &p.clauses[0].norms;
    assert!(norms.iter().any(|n| n.form == NormForm::MayNot && n.except != Cond::Constant(false)));
    assert!(norms.iter().any(|n| n.form == NormForm::HasPower && n.except == Cond::Constant(false)));
}

#[test]
fn through_a_day_is_until_the_next() {
    let p = lower("clause rule\n  Ferry may dock\n  through the end of 2026\n  outside \"x\"\n");
    assert_eq!(p.clauses[0].until, Moment::Day("2027-01-01".parse().unwrap()));
}

#[test]
fn a_bare_year_is_read_by_the_reading_of_years() {
    let p = lower(
        "reading years \"Is it included?\" answer in takes a year to its end answer out takes a year to its start outside \"x\"\n\
         clause rule\n  Ferry may dock\n  until 2030\n  outside \"x\"\n\
         clause debt\n  Ferry must \"pay\" to Harbour by 2030\n  outside \"x\"\n",
    );
    let day = |d: &str| Moment::Day(d.parse().unwrap());
    let years = p.open("years").unwrap();
    assert_eq!(p.clauses[0].until, Moment::ByReading(years, vec![day("2031-01-01"), day("2030-01-01")]));
    let due = p.clauses[1].duties[0].due.clone();
    assert_eq!(due, Some(Moment::ByReading(years, vec![day("2030-12-31"), day("2029-12-31")])));
}

#[test]
fn comparisons_cut_figures_where_the_meaning_changes() {
    let p = lower(
        "clause rule\n  value most is (40 tonne)\n  Ferry may dock only where load < most or load >= 10 tonne and night is yes\n  outside \"x\"\n",
    );
    let open = &p.opens[p.open("dock.load").unwrap().index()];
    let Answers::Figure { cuts, .. } = &open.answers else { panic!("figures") };
    assert_eq!(cuts.iter().map(|c| c.to_string()).collect::<Vec<_>>(), ["10 tonne", "40 tonne"]);
    assert!(p.open("rule.most").is_some() && p.open("rule.condition-1").is_some());
}

#[test]
fn an_undisclosed_value_is_cut_and_shared_by_wordings_of_one_unit() {
    let p = lower(
        "clause fee\n  value rate is undisclosed percent\n  Ferry may dock provided rate < 5 percent\n  outside \"x\"\n\
         version second \"Second\" amends first binding from 2027-01-01 outside \"x\"\n\
         clause fee\n  value rate is undisclosed percent\n  outside \"x\"\n\
         version third \"Third\" amends second binding from 2028-01-01 outside \"x\"\n\
         clause fee\n  value rate is undisclosed money\n  outside \"x\"\n",
    );
    let named: Vec<&str> =
        p.opens.iter().filter(|o| o.kind == OpenKind::Undisclosed).map(|o| o.name.as_str()).collect();
    assert_eq!(named, ["fee.rate", "fee.rate.third"]);
    let Answers::Figure { cuts, .. } = &p.opens[p.open("fee.rate").unwrap().index()].answers else {
        panic!("figures")
    };
    assert_eq!(cuts.len(), 1);
}

#[test]
fn money_without_a_currency_is_money_of_the_agreement() {
    let p = lower("clause rule\n  Ferry may dock\n  outside \"x\"\n");
    let paid = p.event("fee-paid").unwrap();
    assert_eq!(
        p.events[paid.index()].fields[0].ty,
        Type::Figure(servanda_quantity::Unit::Money("EUR".into()))
    );
}

#[test]
fn a_change_replaces_fields_and_keeps_the_birth() {
    let checked = check(
        "clause rule\n  Ferry may dock\n  until 2027-01-01\n  outside \"x\"\n\
         version second \"Second\" amends first binding from 2026-06-01 outside \"x\"\n\
         change rule\n  through the end of 2028\n  add unless night is yes\n\
         clause other\n  Harbour may not dock\n  outside \"x\"\n",
    );
    let p = checked.program.unwrap();
    let text = &p.versions[1].text;
    assert_eq!(text.len(), 2);
    assert_eq!((text[0].birth.index(), text[1].birth.index()), (0, 1));
    let blame: Vec<(&str, usize)> = text[0].blame.iter().map(|(l, v)| (l.as_str(), v.index())).collect();
    assert_eq!(blame, [("may dock", 0), ("until", 1), ("outside", 0), ("unless", 1)]);
    let clause = p.clause(text[0].clause);
    assert_eq!(clause.until, Moment::Day("2029-01-01".parse().unwrap()));
    assert_ne!(clause.norms[0].except, Cond::Constant(false));
    assert_ne!(p.versions[0].text[0].clause, text[0].clause);
    assert_eq!(checked.texts[1].clauses[0].blame[1], ("until".to_string(), "second".to_string()));
}

#[test]
fn a_restatement_keeps_strikes_waives_and_replaces() {
    let p = lower(
        "clause a\n  Ferry may dock\n  outside \"x\"\nclause b\n  Ferry may dock\n  outside \"x\"\n\
         clause c\n  Ferry may dock\n  outside \"x\"\nclause d\n  Ferry may dock\n  outside \"x\"\n\
         version second \"Second\" restates first binding from 2026-06-01 keeps a strikes b waives c outside \"x\"\n\
         clause d\n  Harbour may dock\n  outside \"x\"\n",
    );
    let text = &p.versions[1].text;
    let names: Vec<&str> = text.iter().map(|s| p.clause_names[s.name.index()].as_str()).collect();
    assert_eq!(names, ["a", "c", "d"]);
    assert_eq!(text[0].clause, p.versions[0].text[0].clause);
    assert!(matches!(text[1].ended, Some((v, Ending::Waived)) if v.index() == 1));
    assert_eq!(text[2].birth.index(), 1);
    assert_eq!(p.versions[1].struck.len(), 1);
}

#[test]
fn a_version_that_is_signed_under_a_condition_binds_when_it_is_met() {
    let p = lower(
        "version second \"Second\" amends first signed 2026-03-01 requires stopped has happened lapses 2027-01-01 outside \"x\"\n",
    );
    let v = &p.versions[1];
    assert_eq!(v.status, Status::Binding);
    assert_eq!(v.effective, Some(Moment::Day("2026-03-01".parse().unwrap())));
    assert!(matches!(v.requires, Some(Cond::Happened(_))) && v.lapses.is_some());
}

#[test]
fn a_termination_ends_all_but_what_survives() {
    let p = lower(
        "clause a\n  Ferry may dock\n  outside \"x\"\nclause b\n  Ferry may dock\n  outside \"x\"\n\
         version end \"End\" terminates first binding from 2026-06-01 survives b outside \"x\"\n",
    );
    let text = &p.versions[1].text;
    assert!(matches!(text[0].ended, Some((_, Ending::Terminated))));
    assert_eq!(text[1].ended, None);
}

#[test]
fn a_duty_for_each_record_has_the_record_in_hand() {
    let p = lower(
        "clause receipt\n  Harbour must \"write a receipt\" to Ferry\n    within 3 days of fee-paid\n    worth fee-paid.amount\n  outside \"x\"\n\
         clause follow\n  Ferry must \"say sorry\" to Harbour\n    within 3 days of violation of receipt\n  outside \"x\"\n",
    );
    let duty = &p.clauses[0].duties[0];
    assert!(matches!(duty.start, DutyStart::Each(..)));
    assert!(matches!(duty.worth, Some(Expr::Field(..))));
    assert!(matches!(p.clauses[1].duties[0].start, DutyStart::Within(Moment::Violation(_), ..)));
}

#[test]
fn a_keyed_process_is_asked_with_the_key_at_hand() {
    let p = lower(
        "clause trips\n  process paid per trip\n    states no-fee, settled\n    on fee-paid from no-fee to settled keeps sum-paid as fee-paid.amount\n\
         \x20 define free per trip as paid is settled and sum-paid >= EUR 10\n\
         \x20 Ferry may dock only where free of trip if trip is given\n  outside \"x\"\n\
         clause other\n  Ferry may dock only where trips.paid is settled if trip is given\n  outside \"x\"\n",
    );
    let trips = &p.clauses[0];
    assert_eq!(trips.processes[0].key.as_deref(), Some("trip"));
    assert!(matches!(&trips.norms[0].meet, Cond::Defined(_, name, Some(_)) if name == "free"));
    let Cond::All(parts) = &trips.defines[0].cond else { panic!("two parts") };
    assert!(
        matches!(&parts[0], Cond::InState(_, _, Some(key), states) if **key == Expr::Key && states == &[1])
    );
    assert!(
        matches!(&p.clauses[1].norms[0].meet, Cond::InState(_, _, Some(key), _) if matches!(**key, Expr::Attribute(_)))
    );
}

#[test]
fn a_definition_that_looks_at_the_act_is_written_for_each_action_that_uses_it() {
    let p = lower(
        "clause trips\n  define quiet as night is no\n  Ferry may dock only where quiet\n  outside \"x\"\n",
    );
    let [quiet] = &p.clauses[0].defines[..] else { panic!("one definition") };
    assert!(matches!(&quiet.cond, Cond::Same(Expr::Attribute(_), Expr::Word(w)) if w == "no"));
    assert_eq!(quiet.action, Some(p.clauses[0].norms[0].action));
    assert!(matches!(&p.clauses[0].norms[0].meet, Cond::Defined(_, name, None) if name == "quiet"));
}

#[test]
fn a_template_is_written_out_in_the_clause_that_uses_it() {
    let checked = check(
        "template pay \"Pay\"\n  takes who : party\n  takes total : money or undisclosed\n  takes wait : duration or none else none\n\
         \x20 takes ended : event\n  value total is total\n  value half is total / 2\n  process p\n    states a, b\n    on ended from a to b\n    after wait in b to a\n\
         \x20 on ended ends this\n\
         clause one uses pay who Ferry total EUR 10 ended stopped outside \"x\"\n\
         clause two uses pay who Ferry total undisclosed money wait 3 days ended stopped outside \"x\"\n",
    );
    let p = checked.program.unwrap();
    assert_eq!((p.clauses[0].processes[0].steps.len(), p.clauses[1].processes[0].steps.len()), (1, 2));
    assert!(matches!(p.clauses[0].values[0].expr, Expr::Figure(_)));
    assert!(matches!(p.clauses[1].values[0].expr, Expr::Undisclosed(_)));
    assert!(matches!(&p.clauses[1].values[1].expr, Expr::Divide(a, _) if matches!(**a, Expr::Value(..))));
    assert_eq!(p.clauses[0].effects[0].target, EffectTarget::Clauses(vec![p.clauses[0].name]));
    assert!(p.open("two.total").is_some() && p.open("two.half").is_none());
    assert!(checked.expanded.iter().all(|c| c.uses.is_none()));
}

#[test]
fn a_file_of_the_folder_standard_takes_the_place_of_the_library() {
    let mut sources = Sources::new();
    let files = [
        (
            "ferry.deed".to_string(),
            format!(
                "import standard.commitment\n{PREAMBLE}clause one uses purchase-commitment who Ferry outside \"x\"\n"
            ),
        ),
        (
            "standard/commitment.deed".to_string(),
            "template purchase-commitment takes who : party  who may dock".to_string(),
        ),
    ];
    let checked = load(&mut sources, &files);
    let drawn = render_all(&checked.diagnostics, &sources, Style::Plain);
    assert!(checked.program.is_some(), "{drawn}");
}
