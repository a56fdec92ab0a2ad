//! Answers as JSON.

use serde_json::{Map, Value, json};

use servanda_engine::{
    Answer, AnswerValue, Because, Dependence, Error, Outcome, Owed, OwedAmount, Step, WayOut, Words,
};
use servanda_program::{Citation, OpenKind, PartyId, Program};
use servanda_quantity::{Figure, Number, Qualifier, Rounding};

/// Places after the point of a decimal that stands for a fraction without a finite one.
const ROUNDED_TO: &str = "0.000000000001";

/// An answer as a line of a batch, with the id of its question.
pub fn answer_json(program: &Program, id: &Value, answer: &Answer) -> Value {
    object([
        ("id", id.clone()),
        ("outcome", answer.outcome.word().into()),
        ("value", value_json(program, &answer.value)),
        ("depends_on", answer.depends_on.iter().map(|d| dependence(program, d)).collect()),
        ("because", answer.because.iter().map(|b| because(program, b)).collect()),
        ("notes", texts(&answer.notes)),
    ])
}

/// An object of values that are moved into it; `json!` copies them.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    members.into_iter().map(|(name, value)| (name.to_string(), value)).collect::<Map<_, _>>().into()
}

/// An error as a line of a batch, with the id of its question.
pub fn error_json(id: &Value, error: &Error) -> Value {
    json!({"id": id, "error": {"code": error.code, "message": error.message}})
}

/// Ways to another outcome.
pub fn ways_json(program: &Program, ways: &[WayOut]) -> Value {
    let way = |w: &WayOut| {
        let value = value_json(program, &w.value);
        json!({"change": texts(&w.change), "outcome": w.outcome.word(), "value": value})
    };
    Value::Array(ways.iter().map(way).collect())
}

/// The value of an answer.
pub fn value_json(program: &Program, value: &AnswerValue) -> Value {
    let party = |p: &PartyId| Value::from(program.parties[p.index()].name.as_str());
    match value {
        AnswerValue::Nothing => Value::Null,
        AnswerValue::Figure(f) => figure(f),
        AnswerValue::Day(day) => day.to_string().into(),
        AnswerValue::End { on, by } => {
            let on: Vec<&str> = on.iter().map(|e| program.events[e.index()].name.as_str()).collect();
            match by {
                Some(day) => json!({"on": on, "by": day.to_string()}),
                None => json!({"on": on}),
            }
        }
        AnswerValue::Party(p) => party(p),
        AnswerValue::Word(word) => word.as_str().into(),
        AnswerValue::Parties(list) => list.iter().map(party).collect(),
        AnswerValue::Owes(list) => list.iter().map(|o| owed(program, o)).collect(),
    }
}

/// `{"amount": "135000000000", "unit": "USD", "about": true}`
fn figure(figure: &Figure) -> Value {
    let mut out = Map::new();
    let number = &figure.number;
    let rounded = if number.is_decimal() {
        None
    } else {
        ROUNDED_TO.parse::<Number>().and_then(|step| number.round_to(&step, Rounding::Nearest)).ok()
    };
    out.insert("amount".into(), rounded.as_ref().unwrap_or(number).to_string().into());
    out.insert("unit".into(), figure.unit.to_string().into());
    if rounded.is_some() {
        // A third has no decimal: the fraction stands beside the decimal that is near it.
        out.insert("rounded".into(), true.into());
        out.insert("exact".into(), number.to_string().into());
    }
    let flag = match figure.qualifier {
        Qualifier::Exact => None,
        Qualifier::About => Some("about"),
        Qualifier::AtLeast => Some("at_least"),
        Qualifier::AtMost => Some("at_most"),
    };
    if let Some(flag) = flag {
        out.insert(flag.into(), true.into());
    }
    Value::Object(out)
}

fn owed(program: &Program, owed: &Owed) -> Value {
    let party = |p: &PartyId| program.parties[p.index()].name.as_str();
    let mut out = Map::new();
    out.insert("clause".into(), program.clause_names[owed.clause.index()].as_str().into());
    let to = match &owed.to[..] {
        [one] => party(one).into(),
        several => several.iter().map(party).collect(),
    };
    out.insert("to".into(), to);
    out.insert("what".into(), owed.what.as_str().into());
    match &owed.amount {
        OwedAmount::None => {}
        OwedAmount::Known(f) => {
            out.insert("amount".into(), figure(f));
        }
        OwedAmount::Undisclosed => {
            out.insert("amount".into(), "undisclosed".into());
        }
    }
    if let Some(due) = owed.due {
        out.insert("due".into(), due.to_string().into());
    }
    out.insert("state".into(), owed.state.word().into());
    out.insert("since".into(), owed.since.to_string().into());
    if let Some(instance) = &owed.instance {
        out.insert("instance".into(), instance.text.as_str().into());
    }
    Value::Object(out)
}

/// An open question that matters. Each answer leads to its outcome, or to its value where the settled
/// outcomes agree.
fn dependence(program: &Program, dependence: &Dependence) -> Value {
    let open = &program.opens[dependence.open.index()];
    let kind = match open.kind {
        OpenKind::Fact => "fact",
        OpenKind::Undisclosed => "undisclosed",
        OpenKind::Reading => "reading",
    };
    let settled: Vec<&(String, Outcome, AnswerValue)> =
        dependence.answers.iter().filter(|(_, outcome, _)| *outcome != Outcome::Depends).collect();
    let agree = settled.windows(2).all(|w| w[0].1 == w[1].1)
        && settled.iter().all(|(_, _, value)| *value != AnswerValue::Nothing);
    let mut answers = Map::new();
    for (word, outcome, value) in &dependence.answers {
        let told = if agree && *outcome != Outcome::Depends {
            value_json(program, value)
        } else {
            outcome.word().into()
        };
        answers.insert(word.clone(), told);
    }
    json!({"open": open.name, "kind": kind, "question": open.question, "answers": answers})
}

fn because(program: &Program, because: &Because) -> Value {
    let mut out = Map::new();
    let clause = because.clause.map(|c| program.clause_names[c.index()].as_str());
    let version = because.version.map(|v| &program.versions[v.index()]);
    out.insert("clause".into(), clause.into());
    if let Some(fact) = &because.fact {
        out.insert("fact".into(), fact.as_str().into());
    }
    out.insert("version".into(), version.map(|v| v.name.as_str()).into());
    out.insert("effect".into(), because.role.word().into());
    out.insert("cites".into(), because.cites.iter().map(cite).collect());
    if let Some(title) = title(program, because) {
        out.insert("title".into(), title.into());
    }
    out.insert("steps".into(), steps(&because.steps, ""));
    Value::Object(out)
}

/// The title of the clause in the text that the reason stands in, or of the fact.
fn title<'p>(program: &'p Program, because: &Because) -> Option<&'p str> {
    if let Some(fact) = &because.fact {
        return program.facts.iter().find(|f| f.name == *fact)?.title.as_deref();
    }
    let name = because.clause?;
    let wording = match because.version {
        Some(v) => program.versions[v.index()].text.iter().find(|s| s.name == name)?.clause,
        None => *program.laws.iter().find(|l| program.clause(**l).name == name)?,
    };
    program.clause(wording).title.as_deref()
}

fn cite(citation: &Citation) -> Value {
    let mut out = Map::new();
    out.insert("source".into(), citation.source.as_str().into());
    out.insert("start".into(), citation.start.into());
    out.insert("end".into(), citation.end.into());
    if let Some(digest) = &citation.digest {
        out.insert("digest".into(), digest.as_str().into());
    }
    Value::Object(out)
}

/// Words in English: JSON is for programs, and the same in every locale.
fn texts(list: &[Words]) -> Value {
    list.iter().map(|w| w.text.as_str()).collect()
}

/// Steps with ids that say where they stand: `1`, `1.2`.
fn steps(list: &[Step], above: &str) -> Value {
    let step = |(i, s): (usize, &Step)| {
        let id = if above.is_empty() { (i + 1).to_string() } else { format!("{above}.{}", i + 1) };
        let inner = steps(&s.steps, &id);
        object([
            ("id", id.into()),
            ("text", s.text.text.as_str().into()),
            ("records", texts(&s.records)),
            ("steps", inner),
        ])
    };
    list.iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests {
    use servanda_engine::{DutyState, Role};
    use servanda_program::{ClauseName, EventId, OpenId, VersionId};
    use servanda_quantity::Unit;

    use super::*;
    use crate::question::tests::program;

    fn figure(text: &str, unit: Unit, qualifier: Qualifier) -> Figure {
        Figure { number: text.parse().unwrap(), unit, qualifier }
    }

    fn json_of(value: &AnswerValue) -> String {
        value_json(&program(), value).to_string()
    }

    #[test]
    fn values_have_the_shapes_of_the_interface() {
        let eur = Unit::Money("EUR".into());
        let day = "2029-02-01".parse().unwrap();
        assert_eq!(json_of(&AnswerValue::Nothing), "null");
        assert_eq!(
            json_of(&AnswerValue::Figure(figure("250000000000", eur.clone(), Qualifier::Exact))),
            r#"{"amount":"250000000000","unit":"EUR"}"#
        );
        assert_eq!(
            json_of(&AnswerValue::Figure(figure("27", Unit::Percent, Qualifier::About))),
            r#"{"amount":"27","unit":"percent","about":true}"#
        );
        assert_eq!(
            json_of(&AnswerValue::Figure(figure("3", Unit::One, Qualifier::AtLeast))),
            r#"{"amount":"3","unit":"1","at_least":true}"#
        );
        assert_eq!(json_of(&AnswerValue::Day(day)), r#""2029-02-01""#);
        assert_eq!(json_of(&AnswerValue::End { on: vec![EventId(0)], by: None }), r#"{"on":["storm"]}"#);
        assert_eq!(
            json_of(&AnswerValue::End { on: vec![EventId(0)], by: Some(day) }),
            r#"{"on":["storm"],"by":"2029-02-01"}"#
        );
        assert_eq!(json_of(&AnswerValue::Party(PartyId(1))), r#""Ferry""#);
        assert_eq!(json_of(&AnswerValue::Parties(vec![PartyId(1), PartyId(0)])), r#"["Ferry","Harbour"]"#);
    }

    #[test]
    fn a_third_comes_as_a_decimal_with_its_fraction_beside_it() {
        let third = Number::from(1).div(&Number::from(3)).unwrap();
        assert_eq!(
            json_of(&AnswerValue::Figure(Figure::exact(third, Unit::One))),
            r#"{"amount":"0.333333333333","unit":"1","rounded":true,"exact":"1/3"}"#
        );
    }

    #[test]
    fn what_is_owed_names_one_creditor_or_several() {
        let owed = |to: Vec<PartyId>, amount| Owed {
            clause: ClauseName(0),
            to,
            what: "buy".into(),
            amount,
            due: None,
            state: DutyState::InEffect,
            since: "2026-01-01".parse().unwrap(),
            instance: None,
        };
        let text = json_of(&AnswerValue::Owes(vec![
            owed(vec![PartyId(0)], OwedAmount::Undisclosed),
            owed(vec![PartyId(0), PartyId(1)], OwedAmount::None),
        ]));
        assert_eq!(
            text,
            r#"[{"clause":"rates","to":"Harbour","what":"buy","amount":"undisclosed","state":"in-effect","since":"2026-01-01"},{"clause":"rates","to":["Harbour","Ferry"],"what":"buy","state":"in-effect","since":"2026-01-01"}]"#
        );
    }

    #[test]
    fn an_open_question_tells_outcomes_or_values_where_the_outcomes_agree() {
        let day = |text: &str| AnswerValue::Day(text.parse().unwrap());
        let told = |answers: Vec<(&str, Outcome, AnswerValue)>| {
            let answers = answers.into_iter().map(|(w, o, v)| (w.to_string(), o, v)).collect();
            dependence(&program(), &Dependence { open: OpenId(4), answers })["answers"].to_string()
        };
        assert_eq!(
            told(vec![
                ("through", Outcome::On, day("2031-01-01")),
                ("before", Outcome::On, day("2030-01-01"))
            ]),
            r#"{"through":"2031-01-01","before":"2030-01-01"}"#
        );
        assert_eq!(
            told(vec![
                ("through", Outcome::Permitted, AnswerValue::Nothing),
                ("before", Outcome::Depends, AnswerValue::Nothing)
            ]),
            r#"{"through":"permitted","before":"depends"}"#
        );
        assert_eq!(
            told(vec![
                ("through", Outcome::Never, AnswerValue::Nothing),
                ("before", Outcome::On, day("2030-01-01"))
            ]),
            r#"{"through":"never","before":"on"}"#
        );
    }

    #[test]
    fn a_reason_names_clause_version_effect_and_passages() {
        let leaf = Step {
            text: "a storm".into(),
            records: vec!["storm by Harbour on 2026-02-01".into()],
            steps: vec![],
        };
        let reason = Because {
            clause: Some(ClauseName(0)),
            fact: None,
            version: Some(VersionId(0)),
            role: Role::Permits,
            cites: vec![Citation { source: "003".into(), start: 1, end: 4, digest: None, anchor: None }],
            steps: vec![Step { text: "it holds".into(), records: vec![], steps: vec![leaf] }],
        };
        let answer = Answer {
            outcome: Outcome::Permitted,
            value: AnswerValue::Nothing,
            depends_on: vec![],
            because: vec![reason],
            notes: vec![],
        };
        let id = json!("q1");
        assert_eq!(
            answer_json(&program(), &id, &answer).to_string(),
            r#"{"id":"q1","outcome":"permitted","value":null,"depends_on":[],"because":[{"clause":"rates","version":"first","effect":"permits","cites":[{"source":"003","start":1,"end":4}],"steps":[{"id":"1","text":"it holds","records":[],"steps":[{"id":"1.1","text":"a storm","records":["storm by Harbour on 2026-02-01"],"steps":[]}]}]}],"notes":[]}"#
        );
        let error = Error::new("unknown-clause", "unknown clause");
        assert_eq!(
            error_json(&id, &error).to_string(),
            r#"{"id":"q1","error":{"code":"unknown-clause","message":"unknown clause"}}"#
        );
    }
}
