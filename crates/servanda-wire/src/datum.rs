//! Data by their type: words, parties, identifiers, figures, days.

use serde_json::{Map, Value};

use servanda_engine::{Datum, Error};
use servanda_program::{Program, Type};
use servanda_quantity::{Day, Figure, Number, Qualifier, Unit};

use crate::json::{self, wrong_shape};
use crate::unknown;

/// A datum of a type. `name` is what messages call it.
///
/// # Errors
/// A value of another kind, an unknown word or party, another currency or unit, a negative figure.
pub(crate) fn datum(program: &Program, name: &str, ty: &Type, value: &Value) -> Result<Datum, Error> {
    match ty {
        Type::Words(words) => {
            let Value::String(word) = value else {
                return Err(wrong_shape(name, &format!("one of {}", listed(words)), value));
            };
            if !words.contains(word) {
                let what = format!("word for `{name}`:");
                return Err(unknown("unknown-word", &what, word, words.iter().map(String::as_str)));
            }
            Ok(Datum::Word(word.clone()))
        }
        Type::Party => match value {
            Value::String(party) => match program.party(party) {
                Some(id) => Ok(Datum::Party(id)),
                None => Err(unknown_party(program, party)),
            },
            other => Err(wrong_shape(name, "a party's name", other)),
        },
        Type::Id => match value {
            Value::String(id) if !id.is_empty() => Ok(Datum::Word(id.clone())),
            other => Err(wrong_shape(name, "an identifier: a text that is not empty", other)),
        },
        Type::Text => match value {
            Value::String(text) => Ok(Datum::Word(text.clone())),
            other => Err(wrong_shape(name, "a text", other)),
        },
        Type::Date => match value {
            Value::String(text) => day(name, text).map(Datum::Day),
            other => Err(wrong_shape(name, "a date such as `2026-06-01`", other)),
        },
        Type::Figure(unit) => {
            let figure = figure(name, Some(unit), value)?;
            if figure.number.is_negative() {
                return Err(Error::new(
                    "negative-figure",
                    format!("`{name}` is {figure}; a figure here is zero or more"),
                ));
            }
            Ok(Datum::Figure(figure))
        }
    }
}

/// `unknown party …`
pub(crate) fn unknown_party(program: &Program, party: &str) -> Error {
    unknown("unknown-party", "party", party, program.parties.iter().map(|p| p.name.as_str()))
}

/// A day of the form `2026-06-01`.
pub(crate) fn day(name: &str, text: &str) -> Result<Day, Error> {
    text.parse::<Day>().map_err(|_| {
        Error::new(
            "impossible-date",
            format!(
                "`{name}` is `{}`, which is no day; write a date such as `2026-06-01`",
                json::short(text)
            ),
        )
    })
}

/// A figure. `unit` is what it must count; `None` where nothing says so.
pub(crate) fn figure(name: &str, unit: Option<&Unit>, value: &Value) -> Result<Figure, Error> {
    let figure = match value {
        Value::Object(object) => from_object(name, object)?,
        Value::String(text) => from_text(name, unit, text)?,
        Value::Number(number) => bare(name, unit, &number.to_string())?,
        other => return Err(wrong_shape(name, &example(unit), other)),
    };
    match unit {
        Some(unit) if !fits(unit, &figure.unit) => Err(mismatch(name, unit, &figure)),
        _ => Ok(figure),
    }
}

/// Whether a figure of unit `found` can stand where `wanted` is. `Money("")` is money of any currency.
fn fits(wanted: &Unit, found: &Unit) -> bool {
    wanted == found || matches!((wanted, found), (Unit::Money(any), Unit::Money(_)) if any.is_empty())
}

fn mismatch(name: &str, wanted: &Unit, figure: &Figure) -> Error {
    match (wanted, &figure.unit) {
        (Unit::Money(wanted), Unit::Money(found)) => Error::new(
            "currency-mismatch",
            format!(
                "`{name}` is in {found}, but the agreement counts it in {wanted}; currencies are never converted"
            ),
        ),
        (wanted, found) => Error::new(
            "unit-mismatch",
            format!(
                "`{name}` has the unit {}, but the agreement counts it in {}",
                unit_words(found),
                unit_words(wanted)
            ),
        ),
    }
}

fn unit_words(unit: &Unit) -> String {
    match unit {
        Unit::One => "`1`, a pure number".to_string(),
        Unit::Money(code) if code.is_empty() => "a currency".to_string(),
        unit => format!("`{unit}`"),
    }
}

/// What a figure of a unit looks like.
fn example(unit: Option<&Unit>) -> String {
    match unit {
        Some(Unit::One) => "a number such as `\"12.5\"`".to_string(),
        Some(Unit::Percent) => "a percentage such as `\"12.5\"`".to_string(),
        Some(unit) => {
            let unit = match unit {
                Unit::Money(code) if code.is_empty() => "USD".to_string(),
                unit => unit.to_string(),
            };
            format!("a figure such as `{{\"amount\": \"1000\", \"unit\": \"{unit}\"}}`")
        }
        None => "a figure such as `{\"amount\": \"20\", \"unit\": \"percent\"}` or `\"USD 5 billion\"`"
            .to_string(),
    }
}

/// `{"amount": "5", "unit": "USD", "about": true}`
fn from_object(name: &str, object: &Map<String, Value>) -> Result<Figure, Error> {
    let amount = match json::member(object, "amount") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => {
            return Err(wrong_shape(&format!("{name}.amount"), "a decimal such as `\"12.50\"`", other));
        }
        None => return Err(Error::new("missing-member", format!("`{name}` has no `amount`"))),
    };
    let unit = json::text_needed(object, "unit", &format!("`{name}`"))?;
    let flag = |flag: &str| match json::member(object, flag) {
        None | Some(Value::Bool(false)) => Ok(false),
        Some(Value::Bool(true)) => Ok(true),
        Some(other) => Err(wrong_shape(&format!("{name}.{flag}"), "true or false", other)),
    };
    let qualifier = match (flag("about")?, flag("at_least")?, flag("at_most")?) {
        (false, false, false) => Qualifier::Exact,
        (true, false, false) => Qualifier::About,
        (false, true, false) => Qualifier::AtLeast,
        (false, false, true) => Qualifier::AtMost,
        _ => {
            return Err(Error::new(
                "wrong-shape",
                format!("`{name}` is qualified twice; give one of `about`, `at_least`, `at_most`"),
            ));
        }
    };
    Ok(Figure { number: decimal(name, &amount)?, unit: unit_from(unit), qualifier })
}

/// The unit of a word: `1`, `percent`, a currency's code, `EUR/tonne`, a unit of the agreement.
fn unit_from(word: &str) -> Unit {
    match word {
        "1" => Unit::One,
        "percent" | "%" => Unit::Percent,
        word if is_currency(word) => Unit::Money(word.to_string()),
        word => match word.split_once('/') {
            Some((code, unit)) if is_currency(code) => Unit::MoneyPer(code.to_string(), unit.to_string()),
            _ => Unit::Named(word.to_string()),
        },
    }
}

fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// A figure as the language writes it: `about USD 5 billion`, `20 percent`, `12 tonne`, `EUR 60 per tonne`.
fn from_text(name: &str, unit: Option<&Unit>, text: &str) -> Result<Figure, Error> {
    let wrong = || wrong_shape(name, &example(unit), &Value::String(text.to_string()));
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let qualifier = match words[..] {
        ["about", ..] => (1, Qualifier::About),
        ["at", "least", ..] | ["more", "than", ..] => (2, Qualifier::AtLeast),
        ["at", "most", ..] | ["less", "than", ..] => (2, Qualifier::AtMost),
        _ => (0, Qualifier::Exact),
    };
    words.drain(..qualifier.0);
    let currency = words.first().copied().filter(|w| is_currency(w));
    if currency.is_some() {
        words.remove(0);
    }
    if words.is_empty() {
        return Err(wrong());
    }
    let amount = words.remove(0);
    let (amount, percent) = match amount.strip_suffix('%') {
        Some(amount) => (amount, true),
        None => (amount, false),
    };
    let mut number = decimal(name, amount)?;
    let scale = match words.first() {
        Some(&"thousand") => Some(1_000i64),
        Some(&"million") => Some(1_000_000),
        Some(&"billion") => Some(1_000_000_000),
        Some(&"trillion") => Some(1_000_000_000_000),
        _ => None,
    };
    if let Some(scale) = scale {
        words.remove(0);
        number = number
            .mul(&Number::from(scale))
            .map_err(|e| Error::new("impossible-figure", format!("`{name}`: {e}")))?;
    }
    let found = match (currency, percent, &words[..]) {
        (Some(code), false, []) => Unit::Money(code.to_string()),
        (Some(code), false, ["per", unit]) => Unit::MoneyPer(code.to_string(), (*unit).to_string()),
        (None, true, []) | (None, false, ["percent" | "%"]) => Unit::Percent,
        (None, false, []) => match unit {
            Some(Unit::One) => Unit::One,
            Some(Unit::Percent) => Unit::Percent,
            _ => return Err(without_unit(name, unit, text)),
        },
        (None, false, ["1"]) => Unit::One,
        (None, false, [unit]) => unit_from(unit),
        _ => return Err(wrong()),
    };
    Ok(Figure { number, unit: found, qualifier: qualifier.1 })
}

/// A number without a unit, which only pure numbers and percentages may be.
fn bare(name: &str, unit: Option<&Unit>, text: &str) -> Result<Figure, Error> {
    match unit {
        Some(unit @ (Unit::One | Unit::Percent)) => Ok(Figure::exact(decimal(name, text)?, unit.clone())),
        _ => Err(without_unit(name, unit, text)),
    }
}

fn without_unit(name: &str, unit: Option<&Unit>, text: &str) -> Error {
    Error::new(
        "missing-unit",
        format!("`{name}` is `{}`, without a unit; give {}", json::short(text), example(unit)),
    )
}

fn decimal(name: &str, text: &str) -> Result<Number, Error> {
    text.parse().map_err(|e: servanda_quantity::NumberError| {
        Error::new(
            "impossible-figure",
            format!("`{name}` is `{}`: {e}; write digits, such as `12.50`", json::short(text)),
        )
    })
}

/// `` `a`, `b` ``
pub(crate) fn listed(words: &[String]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn usd() -> Unit {
        Unit::Money("USD".into())
    }

    #[test]
    fn a_figure_reads_as_an_object_a_text_or_a_number() {
        let shown = |unit: &Unit, value: Value| figure("x", Some(unit), &value).map(|f| f.to_string());
        assert_eq!(shown(&usd(), json!({"amount": "12.50", "unit": "USD"})).unwrap(), "USD 12.5");
        assert_eq!(shown(&usd(), json!("about USD 5 billion")).unwrap(), "about USD 5000000000");
        assert_eq!(shown(&Unit::Percent, json!("20 percent")).unwrap(), "20 percent");
        assert_eq!(shown(&Unit::Percent, json!("20%")).unwrap(), "20 percent");
        assert_eq!(shown(&Unit::Percent, json!("60")).unwrap(), "60 percent");
        assert_eq!(shown(&Unit::Percent, json!(60)).unwrap(), "60 percent");
        assert_eq!(shown(&Unit::One, json!("121")).unwrap(), "121");
        let tonne = Unit::Named("tonne".into());
        assert_eq!(shown(&tonne, json!({"amount": 600, "unit": "tonne"})).unwrap(), "600 tonne");
        let per = Unit::MoneyPer("EUR".into(), "tonne".into());
        assert_eq!(shown(&per, json!("EUR 60 per tonne")).unwrap(), "EUR 60 per tonne");
        assert_eq!(shown(&per, json!({"amount": "60", "unit": "EUR/tonne"})).unwrap(), "EUR 60 per tonne");
    }

    #[test]
    fn another_currency_is_named_beside_the_right_one() {
        let error = figure("amount", Some(&usd()), &json!({"amount": "1", "unit": "EUR"})).unwrap_err();
        assert_eq!(error.code, "currency-mismatch");
        assert!(error.message.contains("EUR") && error.message.contains("USD"), "{}", error.message);
    }

    #[test]
    fn what_is_no_figure_is_an_error() {
        for value in
            [json!("five"), json!("USD"), json!(""), json!(true), json!([]), json!("1e3 USD"), json!("5")]
        {
            assert!(figure("x", Some(&usd()), &value).is_err(), "{value}");
        }
        assert!(figure("x", Some(&usd()), &json!({"amount": "1", "unit": "USD", "about": 1})).is_err());
        assert!(figure("x", None, &json!("5")).is_err());
        assert!(figure("x", Some(&Unit::One), &json!({"amount": "1".repeat(90), "unit": "1"})).is_err());
    }
}
