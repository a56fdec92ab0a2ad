//! From the entities of a request to the act of a question. `docs/authzen.md`, "From a request to a question".

use serde_json::{Map, Value, json};

use servanda_program::{Program, Type};

use crate::directory::{Directory, Known};
use crate::entity::{Action, Entity};

/// The word of an attribute that stands for all that it does not have.
const OTHER: &str = "other";

/// Why there is no act: nobody can be allowed what is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoAct {
    /// Stable name of the kind of problem.
    pub code: &'static str,
    /// What is missing.
    pub message: String,
}

/// Everything from which an act is read.
pub struct Sources<'r> {
    /// The vocabulary.
    pub program: &'r Program,
    /// Whom and what callers may name.
    pub directory: &'r Directory,
    /// Who.
    pub subject: Entity<'r>,
    /// What.
    pub action: Action<'r>,
    /// With what.
    pub resource: Entity<'r>,
    /// In which circumstances.
    pub context: Option<&'r Map<String, Value>>,
}

impl Sources<'_> {
    /// The `may` of a question.
    pub fn act(&self) -> Result<Value, NoAct> {
        let party = self.party().ok_or_else(|| NoAct {
            code: "no-party",
            message: format!(
                "the subject `{}` of type `{}` acts for no party of the agreement; name it in the directory, or give \
                 `subject.properties.party`",
                short(self.subject.id),
                short(self.subject.kind)
            ),
        })?;
        let action = self.program.action(self.action.name).ok_or_else(|| NoAct {
            code: "unknown-action",
            message: format!("the agreement has no action `{}`", short(self.action.name)),
        })?;
        let mut with = Map::new();
        for attribute in &self.program.actions[action.index()].attributes {
            if let Some(value) = self.attribute(&attribute.name, &attribute.ty, party) {
                with.insert(attribute.name.clone(), datum(value, &attribute.ty));
            }
        }
        Ok(json!({"party": party, "action": self.action.name, "with": with}))
    }

    fn known_subject(&self) -> Option<&Known> {
        self.directory.subject(self.subject.kind, self.subject.id)
    }

    /// The party for which the subject acts.
    fn party(&self) -> Option<&str> {
        let own = self.subject.properties.and_then(|p| p.get("party")).and_then(Value::as_str);
        let named = || self.known_subject().and_then(|k| k.party.as_deref());
        let itself = || (self.subject.kind == "party").then_some(self.subject.id);
        let name = own.or_else(named).or_else(itself)?;
        self.program.party(name).map(|_| name)
    }

    /// The value of an attribute: the first that is there.
    fn attribute(&self, name: &str, ty: &Type, party: &str) -> Option<Value> {
        let known_resource = self.directory.resource(self.resource.kind, self.resource.id);
        let text = |text: &str| Some(Value::from(text));
        at(self.action.properties, name)
            .or_else(|| at(self.resource.properties, name))
            .or_else(|| match name {
                "resource-type" => text(self.resource.kind),
                name if name == "resource" || name == self.resource.kind => text(self.resource.id),
                _ => None,
            })
            .or_else(|| at(known_resource.map(|k| &k.properties), name))
            .or_else(|| match name {
                "subject" if *ty == Type::Party => text(party),
                "subject" => text(self.subject.id),
                "subject-type" => text(self.subject.kind),
                _ => None,
            })
            .or_else(|| of_subject(self.subject.properties, name))
            .or_else(|| of_subject(self.known_subject().map(|k| &k.properties), name))
            .or_else(|| at(self.context, name))
    }
}

fn of_subject(properties: Option<&Map<String, Value>>, name: &str) -> Option<Value> {
    at(properties, name).or_else(|| at(properties, name.strip_prefix("subject-")?))
}

/// A member, under its name or, where that has points, inside.
fn at(properties: Option<&Map<String, Value>>, name: &str) -> Option<Value> {
    let properties = properties?;
    let found = match properties.get(name) {
        Some(value) => Some(value),
        None => {
            let (outer, inner) = name.split_once('.')?;
            return at(properties.get(outer)?.as_object(), inner);
        }
    };
    found.filter(|v| !v.is_null()).cloned()
}

/// A property as the attribute writes it.
fn datum(value: Value, ty: &Type) -> Value {
    match (value, ty) {
        (Value::Bool(answer), Type::Words(words)) if words.iter().any(|w| w == "yes") => {
            (if answer { "yes" } else { "no" }).into()
        }
        (Value::String(word), Type::Words(words))
            if !words.contains(&word) && words.iter().any(|w| w == OTHER) =>
        {
            OTHER.into()
        }
        (Value::Bool(answer), _) => answer.to_string().into(),
        (Value::Number(number), _) => number.to_string().into(),
        (value, _) => value,
    }
}

/// A text for a message: its first characters.
fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
