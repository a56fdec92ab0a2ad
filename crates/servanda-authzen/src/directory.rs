//! The directory of a matter: whom and what callers may name. `docs/living.md`, "Entries".

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What is known of a subject or a resource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// The party for which it acts.
    pub party: Option<String>,
    /// Its properties.
    pub properties: Map<String, Value>,
}

/// Subjects and resources by type and id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Directory {
    subjects: BTreeMap<(String, String), Known>,
    resources: BTreeMap<(String, String), Known>,
}

impl Directory {
    /// The directory of a JSON value. What has not its form is passed over: it was refused when it was written.
    pub fn of(value: &Value) -> Directory {
        let list = |name: &str| {
            let items = value.get(name).and_then(Value::as_array).into_iter().flatten();
            let entry = |item: &Value| {
                let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_string);
                let properties = item.get("properties").and_then(Value::as_object).cloned();
                let known = Known { party: text("party"), properties: properties.unwrap_or_default() };
                Some(((text("type")?, text("id")?), known))
            };
            items.filter_map(entry).collect()
        };
        Directory { subjects: list("subjects"), resources: list("resources") }
    }

    /// What is known of a subject.
    pub fn subject(&self, kind: &str, id: &str) -> Option<&Known> {
        self.subjects.get(&(kind.to_string(), id.to_string()))
    }

    /// What is known of a resource.
    pub fn resource(&self, kind: &str, id: &str) -> Option<&Known> {
        self.resources.get(&(kind.to_string(), id.to_string()))
    }

    /// The ids of the subjects of a type, in order.
    pub fn subjects<'d>(&'d self, kind: &'d str) -> impl Iterator<Item = &'d str> {
        self.subjects.keys().filter(move |(k, _)| k == kind).map(|(_, id)| id.as_str())
    }

    /// The ids of the resources of a type, in order.
    pub fn resources<'d>(&'d self, kind: &'d str) -> impl Iterator<Item = &'d str> {
        self.resources.keys().filter(move |(k, _)| k == kind).map(|(_, id)| id.as_str())
    }
}
