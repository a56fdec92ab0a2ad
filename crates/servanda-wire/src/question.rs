//! Questions.

use serde_json::{Map, Value};

use servanda_engine::{Act, Ask, Error, Question, Time, ValueRef};
use servanda_program::{ActionId, ClauseName, PartyId, Program};
use servanda_quantity::Day;

use crate::json::{self, member, text_member, text_needed, wrong_shape};
use crate::{Reader, datum, unknown};

/// The members that say what is asked; a question has exactly one of them.
const KINDS: [&str; 6] = ["may", "in_force", "ends", "value", "owes", "who"];

/// The other members of a question.
const OTHERS: [&str; 6] = ["id", "as_of", "known_at", "version", "events", "assume"];

/// A line of a batch: its id, which errors bear as well, and the question or what is wrong with it.
#[derive(Debug)]
pub struct Asked {
    /// The id as it was given: any JSON value; null where there is none.
    pub id: Value,
    /// The question.
    pub question: Result<Question, Error>,
}

impl Reader<'_> {
    /// The question of a line of JSON. Without `as_of` it is about `today`.
    pub fn question_line(&self, line: &str, today: Day) -> Asked {
        match json::parse_line(line) {
            Ok(value) => self.question(&value, today),
            Err(error) => Asked { id: Value::Null, question: Err(error) },
        }
    }

    /// The question of a JSON value. Without `as_of` it is about `today`.
    pub fn question(&self, value: &Value, today: Day) -> Asked {
        let Value::Object(object) = value else {
            let error = wrong_shape("question", "an object such as `{\"ends\": \"CLAUSE\"}`", value);
            return Asked { id: Value::Null, question: Err(error) };
        };
        let id = object.get("id").cloned().unwrap_or(Value::Null);
        Asked { id, question: self.read(object, today) }
    }

    fn read(&self, object: &Map<String, Value>, today: Day) -> Result<Question, Error> {
        slips(object)?;
        let ask = self.ask(object)?;
        let as_of = match text_member(object, "as_of")? {
            Some(text) => datum::day("as_of", text)?,
            None => today,
        };
        let known_at = match text_member(object, "known_at")? {
            None => None,
            Some(text) => Some(match text.parse::<Day>() {
                // What was recorded on the day itself was known on it.
                Ok(day) => Time::last(day),
                Err(_) => self.time("known_at", text)?,
            }),
        };
        let version = match text_member(object, "version")? {
            None => None,
            Some(name) => Some(self.program.version(name).ok_or_else(|| {
                let versions = self.program.versions.iter().map(|v| v.name.as_str());
                unknown("unknown-version", "version", name, versions)
            })?),
        };
        let events = match member(object, "events") {
            None => Vec::new(),
            Some(Value::Array(list)) => {
                let event = |(i, e): (usize, &Value)| {
                    self.event(e).map_err(|e| Error::new(e.code, format!("event {}: {}", i + 1, e.message)))
                };
                list.iter().enumerate().map(event).collect::<Result<_, _>>()?
            }
            Some(other) => return Err(wrong_shape("events", "a list of events", other)),
        };
        let assume = match member(object, "assume") {
            None => Default::default(),
            Some(Value::Object(assumed)) => self.assume(assumed)?,
            Some(other) => return Err(wrong_shape("assume", "an object of names and answers", other)),
        };
        Ok(Question { as_of, known_at, version, events, assume, ask })
    }

    fn ask(&self, object: &Map<String, Value>) -> Result<Ask, Error> {
        let kinds: Vec<(&str, &Value)> =
            KINDS.iter().filter_map(|&k| member(object, k).map(|v| (k, v))).collect();
        let [(kind, value)] = kinds[..] else {
            return Err(match &kinds[..] {
                [] => Error::new(
                    "no-question",
                    format!("nothing is asked; give one of {}", datum::listed(&KINDS.map(str::to_string))),
                ),
                several => {
                    let names: Vec<String> = several.iter().map(|(k, _)| k.to_string()).collect();
                    Error::new(
                        "several-questions",
                        format!(
                            "several things are asked at once: {}; ask one on each line",
                            datum::listed(&names)
                        ),
                    )
                }
            });
        };
        let text = |what: &str| match value {
            Value::String(text) => Ok(text.as_str()),
            other => Err(wrong_shape(kind, what, other)),
        };
        let inner = |shape: &str| match value {
            Value::Object(inner) => Ok(inner),
            other => Err(wrong_shape(kind, &format!("an object such as `{shape}`"), other)),
        };
        Ok(match kind {
            "may" => Ask::May(self.act(inner("{\"party\": PARTY, \"action\": ACTION, \"with\": {}}")?)?),
            "in_force" => Ask::InForce(self.clause(text("a clause's name")?)?),
            "ends" => Ask::Ends(self.clause(text("a clause's name")?)?),
            "value" => Ask::Value(value_ref(self.program, text("a value's name, such as `CLAUSE.VALUE`")?)?),
            "owes" => Ask::Owes(self.party(text_needed(inner("{\"party\": PARTY}")?, "party", "`owes`")?)?),
            _ => Ask::Who(self.action(text_needed(inner("{\"action\": ACTION}")?, "action", "`who`")?)?),
        })
    }

    fn act(&self, object: &Map<String, Value>) -> Result<Act, Error> {
        let party = self.party(text_needed(object, "party", "`may`")?)?;
        let action = self.action(text_needed(object, "action", "`may`")?)?;
        let vocabulary = &self.program.actions[action.index()];
        if !vocabulary.by.contains(&party) {
            let name = |p: &PartyId| format!("`{}`", self.program.parties[p.index()].name);
            let actors: Vec<String> = vocabulary.by.iter().map(name).collect();
            return Err(Error::new(
                "not-an-actor",
                format!(
                    "{} is not among those who can `{}`: {}",
                    name(&party),
                    vocabulary.name,
                    actors.join(", ")
                ),
            ));
        }
        let none = Map::new();
        let given = match member(object, "with") {
            None => &none,
            Some(Value::Object(with)) => with,
            Some(other) => return Err(wrong_shape("with", "an object of attributes", other)),
        };
        let attributes = &vocabulary.attributes;
        for name in given.keys() {
            if !attributes.iter().any(|a| a.name == *name) {
                let what = format!("attribute of `{}`:", vocabulary.name);
                return Err(unknown(
                    "unknown-attribute",
                    &what,
                    name,
                    attributes.iter().map(|a| a.name.as_str()),
                ));
            }
        }
        let with = attributes
            .iter()
            .map(|a| {
                member(given, &a.name)
                    .map(|v| datum::datum(self.program, &format!("{}.{}", vocabulary.name, a.name), &a.ty, v))
                    .transpose()
            })
            .collect::<Result<_, _>>()?;
        Ok(Act { party, action, with })
    }

    fn party(&self, name: &str) -> Result<PartyId, Error> {
        self.program.party(name).ok_or_else(|| datum::unknown_party(self.program, name))
    }

    fn action(&self, name: &str) -> Result<ActionId, Error> {
        self.program.action(name).ok_or_else(|| {
            unknown("unknown-action", "action", name, self.program.actions.iter().map(|a| a.name.as_str()))
        })
    }

    fn clause(&self, name: &str) -> Result<ClauseName, Error> {
        self.program.clause_name(name).ok_or_else(|| {
            unknown("unknown-clause", "clause", name, self.program.clause_names.iter().map(String::as_str))
        })
    }
}

/// A member whose name is one of ours but for a hyphen or a capital letter (`asOf`, `in-force`) was meant to
/// be ours; to pass it over would answer another question. Any other member is nobody's business.
fn slips(object: &Map<String, Value>) -> Result<(), Error> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    for name in object.keys() {
        let ours = KINDS.iter().chain(&OTHERS);
        if let Some(meant) = ours.clone().find(|o| plain(o) == plain(name))
            && !ours.clone().any(|o| o == name)
        {
            return Err(Error::new(
                "unknown-member",
                format!("unknown member `{name}`; did you mean `{meant}`?"),
            ));
        }
    }
    Ok(())
}

/// A value of a clause, or a fact.
fn value_ref(program: &Program, name: &str) -> Result<ValueRef, Error> {
    if let Some(fact) = program.facts.iter().position(|f| f.name == name) {
        return Ok(ValueRef::Fact(fact as u32));
    }
    let has = |clause: ClauseName, value: &str| {
        program.clauses.iter().any(|c| c.name == clause && c.values.iter().any(|v| v.name == value))
    };
    for (dot, _) in name.match_indices('.') {
        if let Some(clause) = program.clause_name(&name[..dot])
            && has(clause, &name[dot + 1..])
        {
            return Ok(ValueRef::Clause(clause, name[dot + 1..].to_string()));
        }
    }
    let mut names: Vec<String> = program.facts.iter().map(|f| f.name.clone()).collect();
    for clause in &program.clauses {
        let of = &program.clause_names[clause.name.index()];
        names.extend(clause.values.iter().map(|v| format!("{of}.{}", v.name)));
    }
    names.sort();
    names.dedup();
    // Where the clause is right, its own values are what was meant.
    let own: Vec<String> = match name.rsplit_once('.') {
        Some((clause, _)) => names.iter().filter(|n| n.starts_with(&format!("{clause}."))).cloned().collect(),
        None => Vec::new(),
    };
    let offered = if own.is_empty() { &names } else { &own };
    Err(unknown("unknown-value", "value", name, offered.iter().map(String::as_str)))
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use servanda_engine::{Assumed, Datum};
    use servanda_program::{
        Action, Answer, Answers, Attribute, Clause, Cond, EventType, Expr, Fact, Field, Grounds, Moment,
        Open, OpenId, OpenKind, Party, Status, Type, Version,
    };
    use servanda_quantity::{Figure, Unit};
    use servanda_text::{SourceId, Span};

    use super::*;

    fn open(name: &str, answers: Answers) -> Open {
        Open {
            name: name.into(),
            kind: OpenKind::Fact,
            question: "?".into(),
            answers,
            grounds: Grounds::default(),
        }
    }

    fn words(list: &[&str]) -> Answers {
        Answers::Words(list.iter().map(|w| Answer { word: (*w).into(), title: None }).collect())
    }

    /// A port, a ferry, one clause.
    pub(crate) fn program() -> Program {
        let party = |name: &str| Party { name: name.into(), title: None, anyone_else: false };
        let percent = |n: i64| Figure::exact(n.into(), Unit::Percent);
        let span = Span::new(SourceId(0), 0, 0);
        let event = |name: &str, fields: Vec<Field>| EventType {
            name: name.into(),
            title: None,
            by: vec![PartyId(0)],
            performs: None,
            attested: None,
            fields,
        };
        let attribute = |name: &str, ty: Type, optional: bool, open: u32| Attribute {
            name: name.into(),
            ty,
            optional,
            default: None,
            open: OpenId(open),
        };
        Program {
            name: "ferry-line".into(),
            title: "The ferry line".into(),
            zone: "Europe/Lisbon".into(),
            parties: vec![party("Harbour"), party("Ferry")],
            actions: vec![Action {
                name: "dock".into(),
                title: None,
                by: vec![PartyId(1)],
                reserved: false,
                brings: vec![],
                attributes: vec![
                    attribute("quay", Type::Words(vec!["north".into(), "south".into()]), false, 0),
                    attribute("weight", Type::Figure(Unit::Named("tonne".into())), false, 1),
                    attribute("lot", Type::Id, true, 2),
                ],
            }],
            events: vec![
                event("storm", vec![]),
                event(
                    "dues-paid",
                    vec![Field {
                        name: "amount".into(),
                        ty: Type::Figure(Unit::Money("EUR".into())),
                        optional: false,
                        default: None,
                        open: OpenId(3),
                    }],
                ),
            ],
            opens: vec![
                open("dock.quay", words(&["north", "south"])),
                open("dock.weight", Answers::Figure { unit: None, cuts: vec![] }),
                open("dock.lot", Answers::Ids),
                open("dues-paid.amount", Answers::Figure { unit: None, cuts: vec![] }),
                open("until-year", words(&["through", "before"])),
                open("rates.rate", Answers::Figure { unit: None, cuts: vec![percent(10)] }),
            ],
            facts: vec![Fact {
                name: "investment.total".into(),
                title: None,
                expr: Expr::Figure(Figure::exact(2.into(), Unit::Money("EUR".into()))),
                grounds: Grounds::default(),
            }],
            clause_names: vec!["rates".into()],
            clauses: vec![Clause {
                name: ClauseName(0),
                title: None,
                protects: vec![],
                from: None,
                until: Moment::Never,
                while_: None,
                norms: vec![],
                powers: vec![],
                duties: vec![],
                overrides: vec![],
                effects: vec![],
                processes: vec![],
                values: vec![servanda_program::Value {
                    name: "rate".into(),
                    key: Some("lot".into()),
                    expr: Expr::Undisclosed(OpenId(5)),
                    cond: Cond::Constant(true),
                }],
                defines: vec![],
                survives: false,
                topics: vec![],
                grounds: Grounds::default(),
                span,
            }],
            versions: vec![Version {
                name: "first".into(),
                title: "The lease".into(),
                base: None,
                status: Status::Binding,
                signed: None,
                effective: Some(Moment::Day("2026-01-01".parse().unwrap())),
                retroactive: false,
                requires: None,
                lapses: None,
                parties: vec![],
                text: vec![],
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

    fn ask(value: Value) -> Result<Question, Error> {
        let program = program();
        let today = "2026-11-24".parse().unwrap();
        Reader::new(&program).unwrap().question(&value, today).question
    }

    fn code(value: Value) -> &'static str {
        ask(value).unwrap_err().code
    }

    #[test]
    fn a_question_without_a_day_is_about_today() {
        assert_eq!(ask(json!({"ends": "rates"})).unwrap().as_of.to_string(), "2026-11-24");
        assert_eq!(
            ask(json!({"as_of": "2026-06-01", "ends": "rates"})).unwrap().as_of.to_string(),
            "2026-06-01"
        );
    }

    #[test]
    fn exactly_one_thing_is_asked() {
        assert_eq!(code(json!({"as_of": "2026-06-01"})), "no-question");
        assert_eq!(code(json!({"ends": "rates", "in_force": "rates"})), "several-questions");
        assert!(ask(json!({"ends": "rates", "in_force": null})).is_ok());
        assert_eq!(code(json!({"in-force": "rates"})), "unknown-member");
        assert_eq!(code(json!({"ends": "rates", "asOf": "2026-06-01"})), "unknown-member");
        assert!(ask(json!({"ends": "rates", "text": "When?", "why": 1})).is_ok());
        assert_eq!(code(json!([1])), "wrong-shape");
        assert_eq!(code(json!({"ends": {"clause": "rates"}})), "wrong-shape");
        assert_eq!(code(json!({"owes": "Ferry"})), "wrong-shape");
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest() {
        for (value, expected, near) in [
            (json!({"ends": "rate"}), "unknown-clause", "rates"),
            (json!({"ends": "rates", "version": "frist"}), "unknown-version", "first"),
            (json!({"owes": {"party": "Fery"}}), "unknown-party", "Ferry"),
            (json!({"who": {"action": "dok"}}), "unknown-action", "dock"),
            (json!({"value": "rates.rat"}), "unknown-value", "rates.rate"),
            (
                json!({"ends": "rates", "assume": {"until-yaer": "before"}}),
                "unknown-assumption",
                "until-year",
            ),
            (json!({"ends": "rates", "assume": {"until-year": "befor"}}), "unknown-answer", "before"),
            (
                json!({"may": {"party": "Ferry", "action": "dock", "with": {"kay": "x"}}}),
                "unknown-attribute",
                "quay",
            ),
            (
                json!({"may": {"party": "Ferry", "action": "dock", "with": {"quay": "noth"}}}),
                "unknown-word",
                "north",
            ),
        ] {
            let error = ask(value.clone()).unwrap_err();
            assert_eq!(error.code, expected, "{value}");
            assert!(error.message.contains(&format!("`{near}`")), "{}", error.message);
        }
    }

    #[test]
    fn an_actor_is_one_whom_the_vocabulary_allows() {
        let error = ask(json!({"may": {"party": "Harbour", "action": "dock"}})).unwrap_err();
        assert_eq!((error.code, error.message.contains("`Ferry`")), ("not-an-actor", true));
    }

    #[test]
    fn there_is_no_thirteenth_month() {
        assert_eq!(code(json!({"ends": "rates", "as_of": "2026-13-01"})), "impossible-date");
        assert_eq!(code(json!({"ends": "rates", "as_of": 20260601})), "wrong-shape");
        assert_eq!(code(json!({"ends": "rates", "known_at": "2026-02-29"})), "impossible-date");
    }

    #[test]
    fn what_was_recorded_on_the_day_was_known_on_it() {
        let known = |text: &str| ask(json!({"ends": "rates", "known_at": text})).unwrap().known_at;
        assert_eq!(known("2026-06-01"), Some(Time::last("2026-06-01".parse().unwrap())));
        assert_eq!(known("2026-05-31T23:00:00Z"), Some(Time::midnight("2026-06-01".parse().unwrap())));
    }

    #[test]
    fn what_is_assumed_is_a_word_a_region_a_figure_or_a_key() {
        let assume = |name: &str, value: Value| {
            ask(json!({"ends": "rates", "assume": {name: value}})).map(|q| q.assume)
        };
        let opens = |name, value| assume(name, value).unwrap().opens.into_values().next().unwrap();
        assert_eq!(opens("until-year", json!("before")), Assumed::Word(1));
        assert_eq!(opens("dock.quay", json!("south")), Assumed::Word(1));
        assert_eq!(opens("rates.rate", json!("below 10 percent")), Assumed::Region(0));
        let five = Assumed::Datum(Datum::Figure(Figure::exact(5.into(), Unit::Percent)));
        assert_eq!(opens("rates.rate", json!("5 percent")), five);
        assert_eq!(opens("rates.rate", json!({"amount": "5", "unit": "percent"})), five);
        assert_eq!(opens("dock.lot", json!("r1")), Assumed::Datum(Datum::Word("r1".into())));
        assert_eq!(assume("lot", json!("r1")).unwrap().keys["lot"], "r1");
        assert_eq!(assume("rates.rate", json!("USD 5")).unwrap_err().code, "unit-mismatch");
        assert_eq!(assume("lot", json!(1)).unwrap_err().code, "wrong-shape");
    }

    #[test]
    fn an_optional_identifier_that_is_null_is_left_out() {
        let question =
            ask(json!({"may": {"party": "Ferry", "action": "dock", "with": {"lot": null, "quay": "north"}}}))
                .unwrap();
        let Ask::May(act) = question.ask else { panic!("an act was asked") };
        assert_eq!(act.with, vec![Some(Datum::Word("north".into())), None, None]);
    }

    #[test]
    fn an_error_keeps_the_id_of_its_question() {
        let program = program();
        let reader = Reader::new(&program).unwrap();
        let today = "2026-11-24".parse().unwrap();
        let asked = reader.question_line(r#"{"id": {"n": 1.50}, "ends": "rats"}"#, today);
        assert_eq!((asked.id.to_string(), asked.question.is_err()), (r#"{"n":1.50}"#.into(), true));
        assert_eq!(reader.question_line("not JSON", today).id, Value::Null);
    }
}
