//! The forms of bodies, as the description of the interface tells them. What reads the bodies is stricter, and says what is wrong.

#![allow(dead_code, reason = "forms that are described, and read elsewhere")]

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An act: who, what, and its attributes
#[derive(Serialize, ToSchema)]
pub struct Act {
    /// The party
    #[schema(example = "Ferry")]
    party: String,
    /// The action
    #[schema(example = "dock")]
    action: String,
    /// Attributes by name
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<BTreeMap<String, Value>>,
}

/// Of a party
#[derive(Serialize, ToSchema)]
pub struct OfParty {
    /// The party
    party: String,
}

/// Of an action
#[derive(Serialize, ToSchema)]
pub struct OfAction {
    /// The action
    action: String,
}

/// A question: exactly one of `may`, `in_force`, `ends`, `value`, `owes`, `who`
#[derive(Serialize, ToSchema)]
pub struct Question {
    /// Comes back with the answer
    id: Option<Value>,
    /// The day asked about
    #[schema(format = Date)]
    as_of: Option<String>,
    /// Only what was recorded by then counts
    known_at: Option<String>,
    /// The version of the agreement, as if it governed
    version: Option<String>,
    /// Events that are added to the log, for this question alone
    events: Option<Vec<CloudEvent>>,
    /// Answers to open questions
    assume: Option<BTreeMap<String, Value>>,
    /// May they do this?
    may: Option<Act>,
    /// Is this clause in force?
    in_force: Option<String>,
    /// When does this clause end?
    ends: Option<String>,
    /// What is this value?
    value: Option<String>,
    /// What does this party owe?
    owes: Option<OfParty>,
    /// Who has the power to do this?
    who: Option<OfAction>,
}

/// A CloudEvent 1.0
#[derive(Serialize, ToSchema)]
pub struct CloudEvent {
    /// `1.0`
    #[schema(pattern = "^1\\.0$")]
    specversion: Option<String>,
    /// Its identity within the source; the server gives one where there is none
    id: Option<String>,
    /// Where it comes from
    source: Option<String>,
    /// An event of the vocabulary
    r#type: String,
    /// When it took effect: a timestamp or a date
    time: String,
    /// The record that it corrects
    corrects: Option<String>,
    /// Whether that record is taken back without another in its place
    withdrawn: Option<bool>,
    /// Its fields; `by` is the party who did it
    data: BTreeMap<String, Value>,
}

/// Somebody or something that callers of decisions may name
#[derive(Serialize, ToSchema)]
pub struct Known {
    /// Its type
    #[schema(min_length = 1)]
    r#type: String,
    /// Its identity
    #[schema(min_length = 1)]
    id: String,
    /// Its properties
    properties: Option<BTreeMap<String, Value>>,
    /// The party for which it acts
    party: Option<String>,
}

/// Whom and what callers of decisions may name
#[derive(Serialize, ToSchema)]
pub struct Directory {
    /// Who
    subjects: Option<Vec<Known>>,
    /// What
    resources: Option<Vec<Known>>,
}

/// A subject or a resource
#[derive(Serialize, ToSchema)]
pub struct Entity {
    /// Its type
    #[schema(min_length = 1)]
    r#type: String,
    /// Its identity; where it is searched for, it is ignored
    #[schema(min_length = 1)]
    id: Option<String>,
    /// Its properties
    properties: Option<BTreeMap<String, Value>>,
}

/// An action
#[derive(Serialize, ToSchema)]
pub struct Action {
    /// Its name
    #[schema(min_length = 1)]
    name: String,
    /// Its properties
    properties: Option<BTreeMap<String, Value>>,
}

/// An evaluation, or a search, of the AuthZEN Authorization API 1.0
#[derive(Serialize, ToSchema)]
pub struct Evaluation {
    /// Who
    subject: Option<Entity>,
    /// What
    action: Option<Action>,
    /// With what
    resource: Option<Entity>,
    /// In which circumstances; `time` is the day asked about
    context: Option<BTreeMap<String, Value>>,
    /// Which page of a search
    page: Option<Page>,
}

/// Several evaluations, with defaults for their members
#[derive(Serialize, ToSchema)]
pub struct Evaluations {
    /// The default of each
    subject: Option<Entity>,
    /// The default of each
    action: Option<Action>,
    /// The default of each
    resource: Option<Entity>,
    /// The default of each
    context: Option<BTreeMap<String, Value>>,
    /// The evaluations
    #[schema(max_items = 1000)]
    evaluations: Option<Vec<Evaluation>>,
}

/// Which page of a search
#[derive(Serialize, ToSchema)]
pub struct Page {
    /// The `next_token` of the page before
    token: Option<String>,
    /// At most so many results
    #[schema(minimum = 1)]
    limit: Option<u32>,
}
