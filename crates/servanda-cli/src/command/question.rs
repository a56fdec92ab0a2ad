//! The flags of a question, and the JSON that they stand for: there is one way to ask.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::context::Fault;

/// What is asked, and about which day.
#[derive(Debug, Clone, clap::Args)]
pub struct Flags {
    /// May a party do this? The party's name, then the action's
    #[arg(long, value_name = "\"PARTY ACTION\"", group = "kind")]
    may: Option<String>,
    /// An attribute of the act
    #[arg(long, value_name = "NAME=VALUE", requires = "may")]
    with: Vec<String>,
    /// Is a clause in force?
    #[arg(long, value_name = "CLAUSE", group = "kind")]
    in_force: Option<String>,
    /// When does a clause end?
    #[arg(long, value_name = "CLAUSE", group = "kind")]
    ends: Option<String>,
    /// What is a value?
    #[arg(long, value_name = "CLAUSE.VALUE", group = "kind")]
    value: Option<String>,
    /// What does a party owe?
    #[arg(long, value_name = "PARTY", group = "kind")]
    owes: Option<String>,
    /// Who has the power to do this?
    #[arg(long, value_name = "ACTION", group = "kind")]
    who: Option<String>,
    /// The day asked about (today, where it is left out)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Only what had been recorded by then counts
    #[arg(long, value_name = "DATE")]
    known_at: Option<String>,
    /// Ask this version as if it governed
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// A log of events, one JSON object a line; can be given more than once
    #[arg(long, value_name = "LOG.jsonl")]
    pub events: Vec<PathBuf>,
    /// What if this had happened as well? Its type, its day, who did it, and its data
    #[arg(long, value_name = "\"TYPE DATE by=PARTY NAME=VALUE…\"")]
    event: Vec<String>,
    /// An answer to an open question, or a key such as `request=r1`
    #[arg(long, value_name = "NAME=ANSWER")]
    assume: Vec<String>,
}

impl Flags {
    /// Whether anything is asked.
    pub fn asks(&self) -> bool {
        [&self.may, &self.in_force, &self.ends, &self.value, &self.owes, &self.who]
            .iter()
            .any(|k| k.is_some())
    }

    /// Whether something is said that only a single question can use.
    pub fn says_more(&self) -> bool {
        self.known_at.is_some() || self.version.is_some() || !self.event.is_empty() || !self.assume.is_empty()
    }

    /// The question as JSON.
    ///
    /// # Errors
    /// A flag that is not of its form.
    pub fn json(&self) -> Result<Map<String, Value>, Fault> {
        let mut question = Map::new();
        for (name, text) in [
            ("as_of", &self.as_of),
            ("known_at", &self.known_at),
            ("version", &self.version),
            ("in_force", &self.in_force),
            ("ends", &self.ends),
            ("value", &self.value),
        ] {
            if let Some(text) = text {
                question.insert(name.into(), text.as_str().into());
            }
        }
        if let Some(may) = &self.may {
            let (party, action) = may.trim().rsplit_once(char::is_whitespace).ok_or_else(|| {
                Fault::input(format!(
                    "--may `{may}`: a party and an action are needed, such as --may \"OpenAI host\""
                ))
            })?;
            let with = pairs("--with", &self.with)?;
            question
                .insert("may".into(), json!({"party": bare(party), "action": bare(action), "with": with}));
        }
        if let Some(party) = &self.owes {
            question.insert("owes".into(), json!({"party": party}));
        }
        if let Some(action) = &self.who {
            question.insert("who".into(), json!({"action": action}));
        }
        let events = self.event.iter().map(|e| event(e)).collect::<Result<Vec<_>, _>>()?;
        if !events.is_empty() {
            question.insert("events".into(), events.into());
        }
        question.insert("assume".into(), pairs("--assume", &self.assume)?.into());
        Ok(question)
    }
}

/// A name without blanks around it and without its backticks.
fn bare(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix('`').and_then(|n| n.strip_suffix('`')).unwrap_or(name)
}

/// `NAME=VALUE` pairs; a name that comes twice is an error, because one of the two would be passed over.
fn pairs(flag: &str, list: &[String]) -> Result<Map<String, Value>, Fault> {
    let mut map = Map::new();
    for pair in list {
        let (name, value) = pair
            .split_once('=')
            .filter(|(name, _)| !name.trim().is_empty())
            .ok_or_else(|| Fault::input(format!("{flag} `{pair}`: write NAME=VALUE")))?;
        if map.insert(bare(name).to_string(), bare(value).into()).is_some() {
            return Err(Fault::input(format!("{flag}: `{}` is given twice", bare(name))));
        }
    }
    Ok(map)
}

/// An event of the form `TYPE DATE by=PARTY NAME=VALUE…`. Words without `=` go on the value before them, so
/// that `amount=USD 5 billion` needs no quotes of its own.
fn event(text: &str) -> Result<Value, Fault> {
    let wrong = || Fault::input(format!("--event `{text}`: write \"TYPE DATE by=PARTY NAME=VALUE…\""));
    let mut words = text.split_whitespace();
    let (name, time) = (words.next().ok_or_else(wrong)?, words.next().ok_or_else(wrong)?);
    if name.contains('=') || time.contains('=') {
        return Err(wrong());
    }
    let mut given: Vec<(String, String)> = Vec::new();
    for word in words {
        match (word.split_once('='), given.last_mut()) {
            (Some((name, value)), _) => given.push((name.to_string(), value.to_string())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => return Err(wrong()),
        }
    }
    let mut event = Map::new();
    event.insert("type".into(), bare(name).into());
    event.insert("time".into(), time.into());
    let mut data = Map::new();
    for (name, value) in given {
        let (place, value) = match name.as_str() {
            "recorded" => (&mut event, Value::from(value)),
            "id" | "source" | "corrects" => (&mut event, Value::from(value)),
            "withdrawn" => (&mut event, Value::from(value == "true" || value == "yes")),
            _ => (&mut data, Value::from(bare(value.trim_matches('"')))),
        };
        let name = if name == "recorded" { "recordedtime".to_string() } else { name };
        if place.insert(name.clone(), value).is_some() {
            return Err(Fault::input(format!("--event `{text}`: `{name}` is given twice")));
        }
    }
    event.insert("data".into(), Value::Object(data));
    Ok(Value::Object(event))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_written_in_a_line() {
        let read = |text: &str| event(text).map(|e| e.to_string()).map_err(|e| e.to_string());
        assert_eq!(
            read("azure-purchase 2026-03-01 by=OpenAI amount=USD 5 billion recorded=2026-03-02 id=7")
                .unwrap(),
            r#"{"type":"azure-purchase","time":"2026-03-01","recordedtime":"2026-03-02","id":"7","data":{"by":"OpenAI","amount":"USD 5 billion"}}"#
        );
        assert!(read("azure-purchase").is_err() && read("").is_err() && read("a b c").is_err());
        assert!(read("a 2026-03-01 by=X by=Y").unwrap_err().contains("twice"));
    }

    #[test]
    fn a_pair_has_a_name() {
        assert!(pairs("--with", &["cloud".into()]).is_err() && pairs("--with", &["=x".into()]).is_err());
        assert!(pairs("--with", &["a=x".into(), "a=y".into()]).is_err());
        assert_eq!(pairs("--with", &["a=x=y".into()]).unwrap()["a"], "x=y");
    }
}
