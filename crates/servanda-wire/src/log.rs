//! Logs: one event a line.

use servanda_engine::{Error, Record};

use crate::{Reader, json};

impl Reader<'_> {
    /// The records of a log, one JSON object a line; blank lines are skipped. `name` is what messages call it.
    ///
    /// # Errors
    /// The first line that is not an event, with its number.
    pub fn log(&self, name: &str, text: &str) -> Result<Vec<Record>, Error> {
        let mut records = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let at = |e: Error| Error::new(e.code, format!("{name}, line {}: {}", index + 1, e.message));
            let value = json::parse_line(line).map_err(at)?;
            records.push(self.event(&value).map_err(at)?);
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use crate::Reader;
    use crate::question::tests::program;

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        let program = program();
        let reader = Reader::new(&program).unwrap();
        let good = r#"{"type":"storm","time":"2026-06-01","data":{"by":"Harbour"}}"#;
        assert_eq!(reader.log("log.jsonl", &format!("{good}\r\n\n{good}\n")).unwrap().len(), 2);
        let error = reader.log("log.jsonl", &format!("{good}\n\n{{\n")).unwrap_err();
        assert!(error.message.starts_with("log.jsonl, line 3: "), "{}", error.message);
    }
}
