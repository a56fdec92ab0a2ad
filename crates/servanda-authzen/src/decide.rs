//! Decisions, several decisions, searches.

use serde_json::{Map, Value, json};

use servanda_engine::Engine;
use servanda_program::Type;
use servanda_quantity::Day;
use servanda_wire::{Reader, answer_json};

use crate::act::{NoAct, Sources};
use crate::directory::Directory;
use crate::entity::{Action, Entity, Parts};
use crate::page::Page;
use crate::{BadRequest, Search};

/// Most elements of a batch.
pub const EVALUATIONS_MAX: usize = 1_000;
/// Most candidates of a search.
const CANDIDATES_MAX: usize = 100_000;

/// What decides about one agreement.
pub struct Decider<'d, 'p> {
    /// What answers.
    pub engine: &'d Engine<'p>,
    /// What reads questions.
    pub reader: &'d Reader<'p>,
    /// Whom and what callers may name.
    pub directory: &'d Directory,
    /// The present day.
    pub today: Day,
    /// How many entries the matter has.
    pub version: u64,
}

/// A decision with what it rests on.
struct Decided {
    decision: bool,
    context: Value,
}

impl Decided {
    fn json(self) -> Value {
        // What is large is moved; `json!` would copy it.
        let mut told = json!({"decision": self.decision, "context": {}});
        told["context"]["servanda"] = self.context;
        told
    }
}

impl Decider<'_, '_> {
    /// One decision.
    ///
    /// # Errors
    /// A request that is none.
    pub fn evaluation(&self, request: &Value) -> Result<Value, BadRequest> {
        let object = whole(request)?;
        Ok(self.decide(Parts::of(object))?.json())
    }

    /// Several decisions, in the order of the request. Without any, the one of the request itself.
    ///
    /// # Errors
    /// A request that is none. An element that is none is a refusal at its place.
    pub fn evaluations(&self, request: &Value) -> Result<Value, BadRequest> {
        let object = whole(request)?;
        let list = match object.get("evaluations") {
            None | Some(Value::Null) => return self.evaluation(request),
            Some(Value::Array(list)) if list.is_empty() => return self.evaluation(request),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(BadRequest("`evaluations` has to be a list".into())),
        };
        if list.len() > EVALUATIONS_MAX {
            return Err(BadRequest(format!(
                "`evaluations` has {} elements; at most {EVALUATIONS_MAX} are decided at once",
                list.len()
            )));
        }
        let stop_at = semantic(object)?;
        let defaults = Parts::of(object);
        let mut out = Vec::with_capacity(list.len());
        for element in list {
            let decided = match element {
                Value::Object(own) => self.decide(Parts::of(own).or(defaults)),
                _ => Err(BadRequest("an element of `evaluations` has to be an object".into())),
            };
            let (decision, told) = match decided {
                Ok(decided) => (decided.decision, decided.json()),
                Err(bad) => {
                    let error = json!({"status": 400, "message": bad.0});
                    (false, json!({"decision": false, "context": {"error": error}}))
                }
            };
            out.push(told);
            if stop_at == Some(decision) {
                break;
            }
        }
        Ok(json!({ "evaluations": out }))
    }

    /// Those for which the decision is `true`.
    ///
    /// # Errors
    /// A request that is none; a page of another request.
    pub fn search(&self, search: Search, request: &Value) -> Result<Value, BadRequest> {
        let object = whole(request)?;
        let parts = Parts::of(object);
        let subject = Parts::entity(parts.subject, "subject", search == Search::Subject)?;
        let resource = Parts::entity(parts.resource, "resource", search == Search::Resource)?;
        let action = match search {
            Search::Action => Action { name: "", properties: None },
            _ => parts.action()?,
        };
        let context = parts.context()?;
        let page = Page::of(object, &format!("{search:?} {}", self.today), self.version)?;
        let mut results = Vec::new();
        for name in self.candidates(search, subject, action, resource)? {
            let (mut subject, mut resource, mut action) = (subject, resource, action);
            let told = match search {
                Search::Subject => {
                    subject.id = &name;
                    json!({"type": subject.kind, "id": name})
                }
                Search::Resource => {
                    resource.id = &name;
                    json!({"type": resource.kind, "id": name})
                }
                Search::Action => {
                    action.name = &name;
                    json!({ "name": name })
                }
            };
            if self.decide_on(subject, action, resource, context).decision {
                results.push(told);
            }
        }
        Ok(page.response(results))
    }

    /// Everything that a search looks at, each once and in a fixed order.
    fn candidates(
        &self,
        search: Search,
        subject: Entity<'_>,
        action: Action<'_>,
        resource: Entity<'_>,
    ) -> Result<Vec<String>, BadRequest> {
        let program = self.engine.program();
        let mut out: Vec<String> = match search {
            Search::Subject => {
                let known = self.directory.subjects(subject.kind).map(str::to_string);
                let parties = program.parties.iter().map(|p| p.name.clone());
                known.chain(parties.filter(|_| subject.kind == "party")).collect()
            }
            Search::Resource => {
                let known = self.directory.resources(resource.kind).map(str::to_string);
                let attributes = program
                    .action(action.name)
                    .map(|a| &program.actions[a.index()].attributes[..])
                    .unwrap_or_default();
                let words = attributes.iter().filter(|a| a.name == resource.kind).flat_map(|a| match &a.ty {
                    Type::Words(words) => words.clone(),
                    Type::Party => program.parties.iter().map(|p| p.name.clone()).collect(),
                    _ => Vec::new(),
                });
                known.chain(words).collect()
            }
            Search::Action => program.actions.iter().map(|a| a.name.clone()).collect(),
        };
        let mut seen = std::collections::BTreeSet::new();
        out.retain(|name| seen.insert(name.clone()));
        if out.len() > CANDIDATES_MAX {
            return Err(BadRequest(format!(
                "there are {} candidates; at most {CANDIDATES_MAX} are looked at",
                out.len()
            )));
        }
        Ok(out)
    }

    fn decide(&self, parts: Parts<'_>) -> Result<Decided, BadRequest> {
        let subject = Parts::entity(parts.subject, "subject", false)?;
        let action = parts.action()?;
        let resource = Parts::entity(parts.resource, "resource", false)?;
        Ok(self.decide_on(subject, action, resource, parts.context()?))
    }

    fn decide_on(
        &self,
        subject: Entity<'_>,
        action: Action<'_>,
        resource: Entity<'_>,
        context: Option<&Map<String, Value>>,
    ) -> Decided {
        let program = self.engine.program();
        let sources = Sources { program, directory: self.directory, subject, action, resource, context };
        let day = match self.day(context) {
            Ok(day) => day,
            Err(error) => return self.refused(self.today, error),
        };
        let act = match sources.act() {
            Ok(act) => act,
            Err(NoAct { code, message }) => {
                return self.refused(day, json!({"code": code, "message": message}));
            }
        };
        let mut question = json!({"as_of": day.to_string(), "may": act});
        for member in ["known_at", "version", "assume"] {
            if let Some(value) = context.and_then(|c| c.get(member)) {
                question[member] = value.clone();
            }
        }
        let asked = self.reader.question(&question, day);
        match asked.question.and_then(|q| self.engine.ask(&q)) {
            Ok(answer) => {
                let mut told = answer_json(program, &Value::Null, &answer);
                if let Value::Object(told) = &mut told {
                    told.remove("id");
                    told.remove("value");
                    told.insert("as_of".into(), day.to_string().into());
                    told.insert("version".into(), self.version.into());
                }
                Decided { decision: answer.outcome == servanda_engine::Outcome::Permitted, context: told }
            }
            Err(error) => self.refused(day, json!({"code": error.code, "message": error.message})),
        }
    }

    /// A question that has no answer frees nobody.
    fn refused(&self, day: Day, error: Value) -> Decided {
        let context = json!({"error": error, "as_of": day.to_string(), "version": self.version});
        Decided { decision: false, context }
    }

    /// The day that is asked about: that of `context.time`, or today.
    fn day(&self, context: Option<&Map<String, Value>>) -> Result<Day, Value> {
        let Some(time) = context.and_then(|c| c.get("time")).filter(|t| !t.is_null()) else {
            return Ok(self.today);
        };
        let wrong = || {
            let message = "`context.time` has to be a date or a timestamp, such as `2026-06-01T12:00:00Z`";
            json!({"code": "impossible-date", "message": message})
        };
        let text = time.as_str().ok_or_else(wrong)?;
        if let Ok(day) = text.parse::<Day>() {
            return Ok(day);
        }
        let instant = text.parse::<jiff::Timestamp>().map_err(|_| wrong())?;
        self.reader.day(instant).map_err(|_| wrong())
    }
}

fn whole(request: &Value) -> Result<&Map<String, Value>, BadRequest> {
    request.as_object().ok_or_else(|| BadRequest("the request has to be a JSON object".into()))
}

/// The decision after which a batch ends.
fn semantic(object: &Map<String, Value>) -> Result<Option<bool>, BadRequest> {
    let options = crate::entity::object_or_nothing(object.get("options"), "options")?;
    match options.and_then(|o| o.get("evaluations_semantic")) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(word)) => match word.as_str() {
            "execute_all" => Ok(None),
            "deny_on_first_deny" => Ok(Some(false)),
            "permit_on_first_permit" => Ok(Some(true)),
            _ => Err(BadRequest(
                "`options.evaluations_semantic` has to be `execute_all`, `deny_on_first_deny` or \
                 `permit_on_first_permit`"
                    .into(),
            )),
        },
        Some(_) => Err(BadRequest("`options.evaluations_semantic` has to be a text".into())),
    }
}
