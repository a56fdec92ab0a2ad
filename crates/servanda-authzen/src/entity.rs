//! The entities of a request.

use serde_json::{Map, Value};

use crate::BadRequest;

/// A subject or a resource.
#[derive(Debug, Clone, Copy)]
pub struct Entity<'r> {
    /// Its type.
    pub kind: &'r str,
    /// Its identity; empty while it is searched for.
    pub id: &'r str,
    /// Its properties.
    pub properties: Option<&'r Map<String, Value>>,
}

/// An action.
#[derive(Debug, Clone, Copy)]
pub struct Action<'r> {
    /// Its name.
    pub name: &'r str,
    /// Its properties.
    pub properties: Option<&'r Map<String, Value>>,
}

/// What a request says, each with the default where the element of a batch has none.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'r> {
    /// Who.
    pub subject: Option<&'r Value>,
    /// What.
    pub action: Option<&'r Value>,
    /// With what.
    pub resource: Option<&'r Value>,
    /// In which circumstances.
    pub context: Option<&'r Value>,
}

impl<'r> Parts<'r> {
    /// Those of a JSON object.
    pub fn of(object: &'r Map<String, Value>) -> Parts<'r> {
        let get = |name: &str| object.get(name);
        Parts {
            subject: get("subject"),
            action: get("action"),
            resource: get("resource"),
            context: get("context"),
        }
    }

    /// The same with defaults: a member that is there replaces the default completely.
    pub fn or(self, default: Parts<'r>) -> Parts<'r> {
        Parts {
            subject: self.subject.or(default.subject),
            action: self.action.or(default.action),
            resource: self.resource.or(default.resource),
            context: self.context.or(default.context),
        }
    }

    /// The subject or the resource.
    pub fn entity(value: Option<&'r Value>, name: &str, searched: bool) -> Result<Entity<'r>, BadRequest> {
        let object = needed(value, name)?;
        let id = if searched { "" } else { text(object, name, "id")? };
        Ok(Entity { kind: text(object, name, "type")?, id, properties: properties(object, name)? })
    }

    /// The action.
    pub fn action(self) -> Result<Action<'r>, BadRequest> {
        let object = needed(self.action, "action")?;
        Ok(Action { name: text(object, "action", "name")?, properties: properties(object, "action")? })
    }

    /// The context.
    pub fn context(self) -> Result<Option<&'r Map<String, Value>>, BadRequest> {
        object_or_nothing(self.context, "context")
    }
}

fn needed<'r>(value: Option<&'r Value>, name: &str) -> Result<&'r Map<String, Value>, BadRequest> {
    match value {
        Some(Value::Object(object)) => Ok(object),
        None | Some(Value::Null) => Err(BadRequest(format!("the request has no `{name}`"))),
        Some(_) => Err(BadRequest(format!("`{name}` has to be an object"))),
    }
}

fn text<'r>(object: &'r Map<String, Value>, name: &str, member: &str) -> Result<&'r str, BadRequest> {
    match object.get(member) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        None | Some(Value::Null) => Err(BadRequest(format!("`{name}` has no `{member}`"))),
        Some(_) => Err(BadRequest(format!("`{name}.{member}` has to be a text that is not empty"))),
    }
}

fn properties<'r>(
    object: &'r Map<String, Value>,
    name: &str,
) -> Result<Option<&'r Map<String, Value>>, BadRequest> {
    object_or_nothing(object.get("properties"), &format!("{name}.properties"))
}

/// A member that is an object where it is there.
pub fn object_or_nothing<'r>(
    value: Option<&'r Value>,
    name: &str,
) -> Result<Option<&'r Map<String, Value>>, BadRequest> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(BadRequest(format!("`{name}` has to be an object"))),
    }
}
