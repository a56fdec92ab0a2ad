//! What people read, in whole.

use servanda_engine::{
    Answer, AnswerValue, Because, Dependence, DutyState, Outcome, Owed, OwedAmount, Role, Step, WayOut,
};
use servanda_program::{
    Action, ActionId, Answers, Citation, Clause, ClauseId, ClauseName, Cond, EventId, EventType, Expr,
    Grounds, Moment, Norm, NormForm, Open, OpenId, OpenKind, Party, PartyId, Program, Sign, Standing, Status,
    Type, Version, VersionId,
};
use servanda_quantity::{Figure, Unit};
use servanda_report::{Detail, Passages, Style, Tongue, VersionRow, VersionState};
use servanda_text::{SourceId, Span};

/// A ferry that lies in the south, unless it is small.
fn program() -> Program {
    let span = Span::new(SourceId(0), 0, 0);
    let attribute = |name: &str, words: &[&str], open| servanda_program::Attribute {
        name: name.into(),
        ty: Type::Words(words.iter().map(|w| w.to_string()).collect()),
        optional: false,
        default: None,
        open: OpenId(open),
    };
    let is = |attribute, word: &str| {
        Cond::Same(Expr::Attribute(servanda_program::AttributeId(attribute)), Expr::Word(word.into()))
    };
    let clause = Clause {
        name: ClauseName(0),
        title: Some("Boats lie in the south".into()),
        protects: vec![],
        from: None,
        until: Moment::Day("2030-01-01".parse().unwrap()),
        while_: None,
        norms: vec![Norm {
            sign: Sign::Bar,
            form: NormForm::OnlyWhere,
            parties: vec![PartyId(1)],
            holders: vec![],
            action: ActionId(0),
            reach: is(1, "yes"),
            meet: is(0, "south"),
            except: is(2, "small"),
            span,
        }],
        powers: vec![],
        duties: vec![],
        overrides: vec![],
        effects: vec![],
        processes: vec![],
        values: vec![],
        defines: vec![],
        survives: false,
        topics: vec![],
        grounds: Grounds { notes: vec!["the mole is to the north".into()], ..Grounds::default() },
        span,
    };
    Program {
        name: "ferry".into(),
        parties: ["Harbour", "Ferry"]
            .map(|name| Party { name: name.into(), title: None, anyone_else: false })
            .to_vec(),
        actions: vec![Action {
            name: "dock".into(),
            title: None,
            by: vec![PartyId(1)],
            reserved: false,
            brings: vec![],
            attributes: vec![
                attribute("quay", &["north", "south"], 0),
                attribute("night", &["yes", "no"], 0),
                attribute("size", &["small", "large"], 0),
            ],
        }],
        events: vec![EventType {
            name: "storm".into(),
            title: None,
            by: vec![PartyId(0)],
            performs: None,
            attested: None,
            fields: vec![],
        }],
        opens: vec![Open {
            name: "until-year".into(),
            kind: OpenKind::Reading,
            question: "Is the year after “until” included?".into(),
            answers: Answers::Words(vec![]),
            grounds: Grounds::default(),
        }],
        clause_names: vec!["south-only".into()],
        clauses: vec![clause],
        versions: vec![Version {
            name: "first".into(),
            title: "The lease".into(),
            base: None,
            status: Status::Binding,
            signed: None,
            effective: None,
            retroactive: false,
            requires: None,
            lapses: None,
            parties: vec![],
            text: vec![Standing {
                name: ClauseName(0),
                clause: ClauseId(0),
                birth: VersionId(0),
                ended: None,
                suspended: vec![],
                blame: vec![],
            }],
            struck: vec![],
            settles: vec![],
            clarifies: false,
            terminates: false,
            grounds: Grounds::default(),
            span,
        }],
        ..Program::default()
    }
}

fn because(role: Role) -> Because {
    let inner = Step {
        text: "the storm ended it".into(),
        records: vec!["storm by Harbour on 2026-02-01".into()],
        steps: vec![],
    };
    Because {
        clause: Some(ClauseName(0)),
        fact: None,
        version: Some(VersionId(0)),
        role,
        cites: vec![Citation { source: "lease".into(), start: 0, end: 5, digest: None, anchor: None }],
        steps: vec![
            Step { text: "it is not so that quay is south".into(), ..Step::default() },
            Step { text: "in force until 2030-01-01".into(), records: vec![], steps: vec![inner] },
        ],
    }
}

fn answer(outcome: Outcome, value: AnswerValue) -> Answer {
    Answer { outcome, value, depends_on: vec![], because: vec![], notes: vec![] }
}

fn text(answer: &Answer, detail: Detail) -> String {
    servanda_report::answer(&Tongue::english(), &program(), answer, &Passages::new(), Style::PLAIN, detail)
}

#[test]
fn an_act_is_forbidden_because_of_a_clause() {
    let answer = Answer {
        because: vec![because(Role::Forbids)],
        notes: vec!["storm by Ferry on 2026-01-01 had no effect: Ferry cannot bring it about".into()],
        ..answer(Outcome::Forbidden, AnswerValue::Nothing)
    };
    insta::assert_snapshot!(text(&answer, Detail::Short), @r"
    forbidden

    because
    └─ south-only (first) forbids it
       ├─ it is not so that quay is south
       ├─ in force until 2030-01-01
       └─ cites lease 0..5

    to know
    └─ storm by Ferry on 2026-01-01 had no effect: Ferry cannot bring it about
    ");
    insta::assert_snapshot!(text(&answer, Detail::Full), @r"
    forbidden

    because
    └─ south-only (first) forbids it
       ├─ it is not so that quay is south
       ├─ in force until 2030-01-01
       │  └─ the storm ended it [storm by Harbour on 2026-02-01]
       ├─ cites lease 0..5
       └─ note: the mole is to the north

    to know
    └─ storm by Ferry on 2026-01-01 had no effect: Ferry cannot bring it about
    ");
}

#[test]
fn a_passage_stands_below_its_citation_in_its_own_language() {
    let mut passages = Passages::new();
    passages.add("lease", Some("fa"), "جنوب بندر".into());
    let mut reason = because(Role::Stands);
    reason.cites[0].end = 4;
    let drawn = |reason: &Because, passages: &Passages| {
        let answer =
            Answer { because: vec![reason.clone()], ..answer(Outcome::InForce, AnswerValue::Nothing) };
        servanda_report::answer(
            &Tongue::english(),
            &program(),
            &answer,
            passages,
            Style::PLAIN,
            Detail::Short,
        )
    };
    reason.cites[0].digest = None;
    let shown = drawn(&reason, &passages);
    assert!(shown.contains("\u{2067}جنوب\u{2069}\n"), "{shown}");
    // Another text is never shown for the one that was cited.
    reason.cites[0].digest = Some("sha256:0000000000000000".into());
    let lost = drawn(&reason, &passages);
    assert!(lost.contains("! the passage that was cited is nowhere in the document"), "{lost}");
    assert!(!lost.contains("جنوب"), "{lost}");
}

#[test]
fn an_answer_that_depends_lists_the_questions() {
    let on = |day: &str| (Outcome::On, AnswerValue::Day(day.parse().unwrap()));
    let ((a, b), (c, d)) = (on("2031-01-01"), on("2030-01-01"));
    let answer = Answer {
        depends_on: vec![Dependence {
            open: OpenId(0),
            answers: vec![("through".into(), a, b), ("before".into(), c, d)],
        }],
        ..answer(Outcome::Depends, AnswerValue::Nothing)
    };
    insta::assert_snapshot!(text(&answer, Detail::Short), @r"
    depends

    depends on  kind     answer   then
    until-year  reading  through  on 2031-01-01
                         before   on 2030-01-01
    until-year: Is the year after “until” included?
    ");
}

#[test]
fn what_is_owed_is_a_table() {
    let owed = |what: &str, amount, due: Option<&str>, state| Owed {
        clause: ClauseName(0),
        to: vec![PartyId(0)],
        what: what.into(),
        amount,
        due: due.map(|d| d.parse().unwrap()),
        state,
        since: "2026-01-01".parse().unwrap(),
        instance: None,
    };
    let eur = |n: i64| OwedAmount::Known(Figure::exact(n.into(), Unit::Money("EUR".into())));
    let list = vec![
        owed("pay the dues", eur(212_500_000_000), None, DutyState::InEffect),
        owed("报告", OwedAmount::Undisclosed, Some("2026-06-30"), DutyState::Overdue),
    ];
    insta::assert_snapshot!(text(&answer(Outcome::Known, AnswerValue::Owes(list)), Detail::Short), @r"
    known
    clause      to       what          remains            due         state
    south-only  Harbour  pay the dues  EUR 212.5 billion              in-effect
    south-only  Harbour  报告          undisclosed        2026-06-30  overdue
    ");
    let nothing = answer(Outcome::Known, AnswerValue::Owes(vec![]));
    insta::assert_snapshot!(text(&nothing, Detail::Short), @r"
    known
    nothing is owed
    ");
}

#[test]
fn an_end_is_told_with_its_events() {
    let end = |by: Option<&str>| {
        let by = by.map(|d| d.parse().unwrap());
        text(&answer(Outcome::Open, AnswerValue::End { on: vec![EventId(0)], by }), Detail::Short)
    };
    insta::assert_snapshot!(end(None), @"open until storm");
    insta::assert_snapshot!(end(Some("2031-01-01")), @"open until storm, or on 2031-01-01 without it");
}

#[test]
fn each_norm_says_where_it_is_silent() {
    insta::assert_snapshot!(servanda_report::explain_program(&Tongue::english(), &program(), Style::PLAIN), @r"
    first The lease
    └─ south-only until 2030-01-01
       └─ Ferry may dock only where quay is south, if night is yes
          ├─ silent for others, and where night is not yes
          ├─ forbidden for quay is not south
          ├─ left free for quay is south
          └─ steps back for size is small
    ");
}

#[test]
fn ways_out_name_the_change_and_the_outcome() {
    let way = WayOut {
        change: vec!["quay is south instead of north".into()],
        outcome: Outcome::Permitted,
        value: AnswerValue::Nothing,
    };
    insta::assert_snapshot!(servanda_report::ways(&Tongue::english(), &program(), &[way], Style::PLAIN), @r"

    what would have to change
    └─ permitted if quay is south instead of north
    ");
}

#[test]
fn versions_are_a_table_with_their_standing() {
    let row = |name: &str, base: Option<&str>, state| VersionRow {
        name: name.into(),
        base: base.map(str::to_string),
        signed: None,
        effective: "2026-01-01".into(),
        state,
        title: "A title".into(),
    };
    let rows =
        [row("first", None, VersionState::Superseded), row("second", Some("first"), VersionState::InForce)];
    insta::assert_snapshot!(servanda_report::versions(&Tongue::english(), &rows, Style::PLAIN), @r"
    version  builds on  binds from  status      title
    first               2026-01-01  superseded  A title
    second   first      2026-01-01  in force    A title
    ");
}
