//! Receipts: answers with everything that they rest on. `docs/living.md`, "Answers and receipts".

use serde_json::{Value, json};

use crate::fault::Fault;
use crate::matter::Matter;
use servanda_log::canonical;

/// A receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Which Servanda answered.
    pub program: String,
    /// The origin of the matter's log.
    pub origin: String,
    /// How many entries were known.
    pub version: u64,
    /// The question, with its day.
    pub question: Value,
    /// The answer.
    pub answer: Value,
    /// The signed checkpoint of these entries.
    pub checkpoint: String,
}

impl Receipt {
    /// Its bytes: JSON in canonical form.
    pub fn to_text(&self) -> String {
        canonical(&json!({
            "servanda-receipt": 1,
            "program": self.program,
            "origin": self.origin,
            "version": self.version,
            "question": self.question,
            "answer": self.answer,
            "checkpoint": self.checkpoint,
        }))
    }

    /// A receipt from its bytes.
    ///
    /// # Errors
    /// `not-a-receipt`: what is missing or wrong.
    pub fn from_text(text: &str) -> Result<Receipt, Fault> {
        let not = |what: String| Fault::new("not-a-receipt", format!("this is no receipt: {what}"));
        let value: Value = serde_json::from_str(text).map_err(|e| not(format!("it is not JSON: {e}")))?;
        if value.get("servanda-receipt") != Some(&1.into()) {
            return Err(not("`servanda-receipt` is not 1".into()));
        }
        let word = |name: &str| {
            let found = value.get(name).and_then(Value::as_str).map(str::to_string);
            found.ok_or_else(|| not(format!("it has no text `{name}`")))
        };
        let whole = |name: &str| {
            let found = value.get(name).filter(|v| v.is_object()).cloned();
            found.ok_or_else(|| not(format!("it has no object `{name}`")))
        };
        Ok(Receipt {
            program: word("program")?,
            origin: word("origin")?,
            version: value
                .get("version")
                .and_then(Value::as_u64)
                .ok_or_else(|| not("`version` is no number of entries".into()))?,
            question: whole("question")?,
            answer: whole("answer")?,
            checkpoint: word("checkpoint")?,
        })
    }
}

/// The answer of a matter to the question of a receipt; the matter has the receipt's version.
///
/// # Errors
/// A question that this Servanda does not answer; a question without a day.
pub fn receipt_answer(matter: &Matter, question: &Value) -> Result<Value, Fault> {
    let day = question.get("as_of").and_then(Value::as_str).and_then(|text| text.parse().ok());
    let day = day.ok_or_else(|| Fault::new("not-a-receipt", "the question of the receipt has no `as_of`"))?;
    matter.ask(question, day).1
}
