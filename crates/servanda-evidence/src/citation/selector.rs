//! Selectors of the W3C Web Annotation Data Model (Recommendation of 23 February 2017, sections 4.2.4 and 4.2.5):
//! a place in a text as JSON, and back. A quote selector quotes the document.

use std::ops::Range;

use serde_json::{Value, json};

use crate::citation::anchor::Text;
use crate::citation::fold::{Folded, Level};
use crate::citation::locate::Place;

/// Scalar values of the text before and after a quotation.
const CONTEXT: u32 = 32;

/// Most places that are compared.
const PLACES_MAX: usize = 1000;

/// Most selectors of a target.
const SELECTORS_MAX: usize = 64;

/// A `TextQuoteSelector`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// The passage.
    pub exact: String,
    /// What stands before it.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
}

/// One way to name a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// `TextPositionSelector`: scalar values, the end is one past the last.
    Position(Place),
    /// `TextQuoteSelector`.
    Quote(Quote),
}

/// Why JSON is not a target with a text selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectorError {
    /// It is not JSON.
    Json(String),
    /// There is no text selector in it.
    None,
    /// A member is missing or of another type.
    Member(&'static str),
    /// A position that begins after its end.
    Backward,
    /// More selectors than are read.
    TooMany,
}

impl std::fmt::Display for SelectorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SelectorError::Json(why) => write!(f, "it is not JSON: {why}"),
            SelectorError::None => {
                f.write_str("it has no `selector` of type `TextPositionSelector` or `TextQuoteSelector`")
            }
            SelectorError::Member(what) => f.write_str(what),
            SelectorError::Backward => {
                f.write_str("the `start` of a `TextPositionSelector` lies after its `end`")
            }
            SelectorError::TooMany => write!(f, "it has more than {SELECTORS_MAX} selectors"),
        }
    }
}

impl std::error::Error for SelectorError {}

impl Selector {
    /// A place as both selectors, the position first; empty where the place is not in the text.
    pub fn of(text: &Text<'_>, place: Range<u32>) -> Vec<Selector> {
        let Some(exact) = text.slice(place.clone()) else { return Vec::new() };
        let before = place.start.saturating_sub(CONTEXT)..place.start;
        let after = place.end..place.end.saturating_add(CONTEXT).min(text.scalars());
        let quote = Quote {
            exact: exact.to_string(),
            prefix: text.slice(before).unwrap_or_default().to_string(),
            suffix: text.slice(after).unwrap_or_default().to_string(),
        };
        vec![Selector::Position(place.into()), Selector::Quote(quote)]
    }

    /// The target of an annotation (a `SpecificResource`) with these selectors.
    pub fn target(source: &str, selectors: &[Selector]) -> Value {
        let selectors: Vec<Value> = selectors.iter().map(Selector::json).collect();
        json!({"type": "SpecificResource", "source": source, "selector": selectors})
    }

    fn json(&self) -> Value {
        match self {
            Selector::Position(place) => {
                json!({"type": "TextPositionSelector", "start": place.start, "end": place.end})
            }
            Selector::Quote(quote) => json!({
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix,
                "suffix": quote.suffix,
            }),
        }
    }

    /// The text selectors in the JSON of an annotation, of its target, or of a selector. Others are passed over.
    ///
    /// # Errors
    /// Not JSON, no text selector, or one that is malformed.
    pub fn read(text: &str) -> Result<Vec<Selector>, SelectorError> {
        let value: Value = serde_json::from_str(text).map_err(|e| SelectorError::Json(e.to_string()))?;
        let target = value.get("target").unwrap_or(&value);
        let selector = target.get("selector").unwrap_or(target);
        let all = match selector {
            Value::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        if all.len() > SELECTORS_MAX {
            return Err(SelectorError::TooMany);
        }
        let mut found = Vec::new();
        for one in all {
            match one.get("type").and_then(Value::as_str) {
                Some("TextPositionSelector") => found.push(Selector::Position(position(one)?)),
                Some("TextQuoteSelector") => found.push(Selector::Quote(quote(one)?)),
                _ => {}
            }
        }
        if found.is_empty() { Err(SelectorError::None) } else { Ok(found) }
    }
}

fn position(value: &Value) -> Result<Place, SelectorError> {
    let number = |name: &str| value.get(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
    let start =
        number("start").ok_or(SelectorError::Member("a `TextPositionSelector` needs a number `start`"))?;
    let end = number("end").ok_or(SelectorError::Member("a `TextPositionSelector` needs a number `end`"))?;
    if start > end { Err(SelectorError::Backward) } else { Ok(Place { start, end }) }
}

fn quote(value: &Value) -> Result<Quote, SelectorError> {
    let optional = |name: &str| match value.get(name) {
        None => Ok(String::new()),
        Some(Value::String(s)) => Ok(s.clone()),
        Some(_) => Err(SelectorError::Member("`prefix` and `suffix` of a `TextQuoteSelector` are texts")),
    };
    let exact = value.get("exact").and_then(Value::as_str);
    Ok(Quote {
        exact: exact.ok_or(SelectorError::Member("a `TextQuoteSelector` needs a text `exact`"))?.to_string(),
        prefix: optional("prefix")?,
        suffix: optional("suffix")?,
    })
}

impl Quote {
    /// Where the quotation stands: its letters, whatever the spaces. Where it stands several times, the places
    /// beside which most letters of the prefix and suffix stand; more than one place is a tie.
    pub fn find(&self, text: &Text<'_>) -> Vec<Place> {
        let fold = |t: &str| Folded::new(t, Level::Letters);
        let (exact, prefix, suffix) = (fold(&self.exact), fold(&self.prefix), fold(&self.suffix));
        let letters = &text.folded.letters;
        let beside = |place: &Range<usize>| {
            let before = letters[..place.start].iter().rev().zip(prefix.letters.iter().rev());
            let after = letters[place.end..].iter().zip(&suffix.letters);
            before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
        };
        let places = text.folded.find(&exact, PLACES_MAX);
        let best = places.iter().map(beside).max();
        let places = places.into_iter().filter(|p| Some(beside(p)) == best);
        places.map(|letters| text.folded.place_of(letters).into()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The crane is let.\nThe  lessee pays.\n\nThe crane is oiled. The lessee pays.";

    #[test]
    fn a_place_is_written_and_found_again_in_another_layout() {
        let text = Text::new(TEXT);
        let start = TEXT.rfind("The lessee").unwrap() as u32;
        let selectors = Selector::of(&text, start..start + 16);
        let json = Selector::target("lease.txt", &selectors).to_string();
        assert_eq!(Selector::read(&json), Ok(selectors.clone()));
        let other = TEXT.replace(' ', "\n");
        let Selector::Quote(quote) = &selectors[1] else { panic!("{selectors:?}") };
        let found = quote.find(&Text::new(&other));
        assert_eq!(found, [Place { start, end: start + 16 }]);
    }

    #[test]
    fn a_tie_is_told() {
        let quote = Quote { exact: "The lessee pays.".into(), ..Quote::default() };
        assert_eq!(quote.find(&Text::new(TEXT)).len(), 2);
        assert_eq!(Quote { prefix: "is let.".into(), ..quote.clone() }.find(&Text::new(TEXT)).len(), 1);
        assert_eq!(Quote { exact: " ".into(), ..quote }.find(&Text::new(TEXT)), []);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for (json, why) in [
            ("{", "not JSON"),
            ("[]", "no `selector`"),
            (r#"{"selector": {"type": "XPathSelector", "value": "/p"}}"#, "no `selector`"),
            (r#"{"type": "TextPositionSelector", "start": 1}"#, "`end`"),
            (r#"{"type": "TextPositionSelector", "start": -1, "end": 3}"#, "`start`"),
            (r#"{"type": "TextPositionSelector", "start": 4, "end": 3}"#, "lies after"),
            (r#"{"type": "TextQuoteSelector", "prefix": "a"}"#, "`exact`"),
            (r#"{"type": "TextQuoteSelector", "exact": "a", "suffix": 1}"#, "are texts"),
        ] {
            let error = Selector::read(json).expect_err(json).to_string();
            assert!(error.contains(why), "{json}: {error}");
        }
    }
}
