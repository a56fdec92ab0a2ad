//! What a question assumes: answers to open questions, and keys.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use servanda_engine::{Assumed, Assumptions, Datum, Engine, Error};
use servanda_program::{Answers, Open, OpenId, Program, Type};

use crate::json::{shown, wrong_shape};
use crate::{Reader, datum, unknown};

impl Reader<'_> {
    /// The assumptions of a question.
    pub(crate) fn assume(&self, object: &Map<String, Value>) -> Result<Assumptions, Error> {
        let mut assumptions = Assumptions::default();
        for (name, value) in object {
            if value.is_null() {
                continue;
            }
            if let Some(open) = self.program.open(name) {
                assumptions.opens.insert(open, self.assumed(open, value)?);
            } else if keys(self.program).contains(name.as_str()) {
                let Value::String(key) = value else {
                    return Err(wrong_shape(&format!("assume.{name}"), "an identifier: a text", value));
                };
                assumptions.keys.insert(name.clone(), key.clone());
            } else {
                let opens = self.program.opens.iter().map(|o| o.name.as_str());
                return Err(unknown(
                    "unknown-assumption",
                    "open question",
                    name,
                    opens.chain(keys(self.program)),
                ));
            }
        }
        Ok(assumptions)
    }

    fn assumed(&self, id: OpenId, value: &Value) -> Result<Assumed, Error> {
        let open = &self.program.opens[id.index()];
        let words = Engine::new(self.program).answers(id);
        if let Value::String(text) = value
            && let Some((_, assumed)) = words.iter().find(|(word, _)| word == text)
        {
            return Ok(assumed.clone());
        }
        let name = &open.name;
        match &open.answers {
            Answers::Words(_) | Answers::Parties => match value {
                Value::String(word) => {
                    let what = format!("answer for `{name}`:");
                    Err(unknown("unknown-answer", &what, word, words.iter().map(|(w, _)| w.as_str())))
                }
                other => Err(wrong_shape(name, &format!("one of {}", list(&words)), other)),
            },
            Answers::Ids => match value {
                Value::String(id) if !id.is_empty() => Ok(Assumed::Datum(Datum::Word(id.clone()))),
                other => Err(wrong_shape(name, "an identifier: a text that is not empty", other)),
            },
            Answers::Figure { unit, cuts } => {
                let declared = declared(self.program, id);
                let unit = match (&declared, unit, cuts.first()) {
                    (Some(Type::Figure(unit)), ..) | (_, Some(unit), _) => Some(unit),
                    (.., Some(cut)) => Some(&cut.unit),
                    _ => None,
                };
                let figure =
                    datum::figure(name, unit, value).map_err(|e| region_hint(open, &words, value, e))?;
                Ok(Assumed::Datum(Datum::Figure(figure)))
            }
            Answers::Date { .. } => match value {
                Value::String(text) => {
                    let day = datum::day(name, text).map_err(|e| region_hint(open, &words, value, e))?;
                    Ok(Assumed::Datum(Datum::Day(day)))
                }
                other => Err(wrong_shape(name, "a date such as `2026-06-01`", other)),
            },
        }
    }
}

/// An answer that is neither a figure nor a region: the regions are told beside it.
fn region_hint(open: &Open, words: &[(String, Assumed)], value: &Value, error: Error) -> Error {
    if words.is_empty() || !value.is_string() {
        return error;
    }
    Error::new(
        error.code,
        format!(
            "`{}` does not answer `{}`: {}; a region answers it as well: {}",
            shown(value),
            open.name,
            error.message,
            list(words)
        ),
    )
}

fn list(words: &[(String, Assumed)]) -> String {
    datum::listed(&words.iter().map(|(w, _)| w.clone()).collect::<Vec<_>>())
}

/// The type of the attribute or field that an open question stands for.
fn declared(program: &Program, id: OpenId) -> Option<Type> {
    let attributes = program.actions.iter().flat_map(|a| &a.attributes).map(|a| (a.open, &a.ty));
    let fields = program.events.iter().flat_map(|e| &e.fields).map(|f| (f.open, &f.ty));
    attributes.chain(fields).find(|(open, _)| *open == id).map(|(_, ty)| ty.clone())
}

/// The names of the keys of processes, values and definitions.
fn keys(program: &Program) -> BTreeSet<&str> {
    let mut keys = BTreeSet::new();
    for clause in &program.clauses {
        keys.extend(clause.processes.iter().filter_map(|p| p.key.as_deref()));
        keys.extend(clause.values.iter().filter_map(|v| v.key.as_deref()));
        keys.extend(clause.defines.iter().filter_map(|d| d.key.as_deref()));
    }
    keys
}
