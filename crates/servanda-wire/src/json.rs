//! JSON lines, read strictly: a member that comes twice is an error, and so is a line that is too long.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use servanda_engine::Error;

/// Most bytes of one line of JSON.
pub const LINE_BYTES_MAX: usize = 1 << 20;

/// The JSON value of a line.
///
/// # Errors
/// A line that is too long, is not JSON, nests more than 128 deep, or names a member twice.
pub fn parse_line(line: &str) -> Result<Value, Error> {
    if line.len() > LINE_BYTES_MAX {
        return Err(too_long());
    }
    parse_json(line)
}

/// The JSON value of a text of any length.
///
/// # Errors
/// A text that is not JSON, nests more than 128 deep, or names a member twice.
pub fn parse_json(line: &str) -> Result<Value, Error> {
    let not_json = |e: serde_json::Error| {
        let text = e.to_string();
        // A line is all there is: the position within it is its column.
        let text = match text.rsplit_once(" at line 1 column ") {
            Some((what, column)) => format!("{what} at character {column}"),
            None => text,
        };
        Error::new("not-json", format!("this is not JSON: {text}"))
    };
    let value: Value = serde_json::from_str(line).map_err(not_json)?;
    serde_json::from_str::<Once>(line).map_err(not_json)?;
    Ok(value)
}

/// The error of a line beyond [`LINE_BYTES_MAX`].
pub(crate) fn too_long() -> Error {
    Error::new("line-too-long", format!("the line has more than {LINE_BYTES_MAX} bytes"))
}

/// JSON in which no object names a member twice. It holds nothing: only whether it could be read counts.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(Once)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Once, A::Error> {
        while seq.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<Once>()?;
            if seen.contains(&key) {
                return Err(de::Error::custom(format!("the member `{}` comes twice", short(&key))));
            }
            seen.insert(key);
        }
        Ok(Once)
    }
}

/// A text for a message: its first characters.
pub(crate) fn short(text: &str) -> String {
    const CHARACTERS_MAX: usize = 80;
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}

/// A value for a message.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::String(s) => short(s),
        other => short(&other.to_string()),
    }
}

/// A member, where it is there and not null.
pub(crate) fn member<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).filter(|v| !v.is_null())
}

/// A member that must be a text where it is there.
pub(crate) fn text_member<'v>(object: &'v Map<String, Value>, name: &str) -> Result<Option<&'v str>, Error> {
    match member(object, name) {
        None => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(other) => Err(wrong_shape(name, "a text", other)),
    }
}

/// A member that must be there and be a text.
pub(crate) fn text_needed<'v>(
    object: &'v Map<String, Value>,
    name: &str,
    whose: &str,
) -> Result<&'v str, Error> {
    text_member(object, name)?
        .ok_or_else(|| Error::new("missing-member", format!("{whose} has no `{name}`; give it as a text")))
}

/// `` `as_of` must be a date such as `2026-06-01`, found `7` ``
pub(crate) fn wrong_shape(name: &str, expected: &str, found: &Value) -> Error {
    Error::new("wrong-shape", format!("`{name}` must be {expected}, found `{}`", shown(found)))
}

/// The text with the members of all objects sorted and every number in its own digits, for digests.
pub fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                canonical(&map[key], out);
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for (i, item) in list.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                canonical(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_comes_twice_is_an_error_wherever_it_is() {
        for line in [r#"{"a":1,"a":2}"#, r#"[{"b":{"a":1.5,"c":[],"a":null}}]"#] {
            assert!(parse_line(line).unwrap_err().message.contains("`a` comes twice"), "{line}");
        }
        assert!(parse_line(r#"{"a":{"a":[1,{"a":12345678901234567890.123}]}}"#).is_ok());
    }

    #[test]
    fn deep_and_long_lines_are_errors() {
        assert_eq!(parse_line(&"[".repeat(10_000)).unwrap_err().code, "not-json");
        let long = format!("\"{}\"", "x".repeat(LINE_BYTES_MAX));
        assert_eq!(parse_line(&long).unwrap_err().code, "line-too-long");
    }

    #[test]
    fn a_number_keeps_its_digits() {
        let value = parse_line(r#"{"n":100000000000000000000.10}"#).unwrap();
        assert_eq!(value["n"].to_string(), "100000000000000000000.10");
    }

    #[test]
    fn canonical_text_does_not_depend_on_the_order_of_members() {
        let text = |line| {
            let mut out = String::new();
            canonical(&parse_line(line).unwrap(), &mut out);
            out
        };
        assert_eq!(text(r#"{"b":[1,{"d":1,"c":2}],"a":"x"}"#), text(r#"{"a":"x","b":[1,{"c":2,"d":1}]}"#));
    }
}
