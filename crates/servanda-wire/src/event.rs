//! Events: CloudEvents 1.0 objects to records.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use servanda_engine::{Error, Record, Time};
use servanda_program::{Field, PartyId};
use servanda_quantity::Day;

use crate::json::{self, member, text_member, text_needed, wrong_shape};
use crate::{Reader, datum, unknown};

impl Reader<'_> {
    /// The record of an event.
    ///
    /// # Errors
    /// An unknown type, party or word, an impossible time, a field of another kind, a missing `by`.
    pub fn event(&self, value: &Value) -> Result<Record, Error> {
        let Value::Object(object) = value else {
            return Err(wrong_shape("event", "an object with `type`, `time` and `data`", value));
        };
        if let Some(version) = member(object, "specversion")
            && version != "1.0"
        {
            return Err(wrong_shape(
                "specversion",
                "`1.0`, the only version of CloudEvents that is read",
                version,
            ));
        }
        let name = text_needed(object, "type", "the event")?;
        let event = self.program.event(name).ok_or_else(|| {
            unknown("unknown-event", "event", name, self.program.events.iter().map(|e| e.name.as_str()))
        })?;
        let time = match text_member(object, "time")? {
            Some(text) => self.time("time", text)?,
            None => return Err(Error::new("missing-member", format!("the event `{name}` has no `time`"))),
        };
        let recorded = match text_member(object, "recordedtime")? {
            Some(text) => self.time("recordedtime", text)?,
            None => time,
        };
        let none = Map::new();
        let data = match member(object, "data") {
            None => &none,
            Some(Value::Object(data)) => data,
            Some(other) => return Err(wrong_shape("data", "an object", other)),
        };
        let (corrects, withdrawn) = correction(object, data)?;
        let fields = &self.program.events[event.index()].fields;
        let record = Record {
            source: text_member(object, "source")?.unwrap_or_default().to_string(),
            id: text_member(object, "id")?.map(str::to_string),
            event,
            time,
            recorded,
            by: self.by(name, data, withdrawn)?,
            data: fields.iter().map(|f| self.field(name, f, data)).collect::<Result<_, _>>()?,
            digest: digest(name, time, data, corrects.as_deref(), withdrawn),
            corrects,
            withdrawn,
        };
        if record.id.as_deref() == Some("") {
            return Err(Error::new(
                "wrong-shape",
                "the `id` of an event is empty; leave it out or give it one",
            ));
        }
        Ok(record)
    }

    /// Whether an event that a person wrote has only data that its type knows. Logs may carry more; in a line
    /// written by hand, a name that nothing knows is a slip.
    ///
    /// # Errors
    /// A name that is no field of the event's type.
    pub fn only_known_data(&self, value: &Value) -> Result<(), Error> {
        let event = value["type"].as_str().and_then(|name| self.program.event(name));
        let (Some(event), Value::Object(data)) = (event, &value["data"]) else { return Ok(()) };
        let event = &self.program.events[event.index()];
        let known = || event.fields.iter().map(|f| f.name.as_str()).chain(["by", "corrects", "withdrawn"]);
        match data.keys().find(|name| !known().any(|k| k == *name)) {
            None => Ok(()),
            Some(name) => {
                Err(unknown("unknown-field", &format!("field of `{}`:", event.name), name, known()))
            }
        }
    }

    fn by(&self, event: &str, data: &Map<String, Value>, withdrawn: bool) -> Result<Option<PartyId>, Error> {
        match text_member(data, "by")? {
            Some(party) => match self.program.party(party) {
                Some(party) => Ok(Some(party)),
                None => Err(datum::unknown_party(self.program, party)),
            },
            None if withdrawn => Ok(None),
            None => Err(Error::new(
                "missing-member",
                format!("the event `{event}` has no `data.by`; name the party who did it"),
            )),
        }
    }

    fn field(
        &self,
        event: &str,
        field: &Field,
        data: &Map<String, Value>,
    ) -> Result<Option<servanda_engine::Datum>, Error> {
        let Some(value) = member(data, &field.name) else { return Ok(None) };
        datum::datum(self.program, &format!("{event}.{}", field.name), &field.ty, value).map(Some)
    }

    /// A date, which is the midnight with which its day begins, or a timestamp of RFC 3339, which is its
    /// moment on the clocks of the agreement's zone.
    pub(crate) fn time(&self, name: &str, text: &str) -> Result<Time, Error> {
        if let Ok(day) = text.parse::<Day>() {
            return Ok(Time::midnight(day));
        }
        let impossible = || {
            Error::new(
                "impossible-date",
                format!(
                    "`{name}` is `{}`, which is no time; write a date such as `2026-06-01` or a timestamp such as \
                     `2026-06-01T12:00:00Z`",
                    json::short(text)
                ),
            )
        };
        if !is_rfc_3339(text) {
            return Err(impossible());
        }
        let instant: jiff::Timestamp = text.to_uppercase().parse().map_err(|_| impossible())?;
        let zoned = instant.to_zoned_datetime(self.zone.clone());
        let day = Day::from_date(zoned.date()).map_err(|_| impossible())?;
        let midnight = zoned.start_of_day().map_err(|_| impossible())?;
        let nanos = instant.as_nanosecond() - midnight.timestamp().as_nanosecond();
        Ok(Time { day, nanos: i64::try_from(nanos).map_err(|_| impossible())? })
    }
}

/// `corrects` and `withdrawn`, which may stand in `data` as well.
fn correction(
    object: &Map<String, Value>,
    data: &Map<String, Value>,
) -> Result<(Option<String>, bool), Error> {
    let corrects = match text_member(object, "corrects")? {
        Some(id) => Some(id),
        None => text_member(data, "corrects")?,
    };
    let withdrawn = match member(object, "withdrawn").or_else(|| member(data, "withdrawn")) {
        None | Some(Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(other) => return Err(wrong_shape("withdrawn", "true or false", other)),
    };
    if withdrawn && corrects.is_none() {
        return Err(Error::new(
            "missing-member",
            "the event is `withdrawn` and has no `corrects`; name the id of the record that is taken back",
        ));
    }
    Ok((corrects.map(str::to_string), withdrawn))
}

/// Whether a text has the form `2026-06-01T12:00:00.5+02:00`; whether there is such a moment is another question.
fn is_rfc_3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = b"0000-00-00T00:00:00";
    if bytes.len() < shape.len() {
        return false;
    }
    let (head, mut tail) = bytes.split_at(shape.len());
    let fits = |(b, s): (&u8, &u8)| if *s == b'0' { b.is_ascii_digit() } else { b.eq_ignore_ascii_case(s) };
    if !head.iter().zip(shape).all(fits) {
        return false;
    }
    if let [b'.', rest @ ..] = tail {
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 9 {
            return false;
        }
        tail = &rest[digits..];
    }
    match tail {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].iter().all(|d| d.is_ascii_digit()),
        _ => false,
    }
}

/// The digest of what a record says, the time at which it was recorded left out.
fn digest(
    event: &str,
    time: Time,
    data: &Map<String, Value>,
    corrects: Option<&str>,
    withdrawn: bool,
) -> [u8; 32] {
    let content = serde_json::json!({
        "type": event,
        "time": format!("{} {}", time.day, time.nanos),
        "data": data,
        "corrects": corrects,
        "withdrawn": withdrawn,
    });
    let mut text = String::new();
    json::canonical(&content, &mut text);
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use servanda_program::Program;

    use super::*;
    use crate::question::tests::program;

    fn read(program: &Program, value: Value) -> Result<Record, Error> {
        Reader::new(program)?.event(&value)
    }

    #[test]
    fn an_instant_is_the_day_that_the_clocks_of_the_zone_show() {
        let program = program();
        let event = |time: &str| json!({"type": "storm", "time": time, "data": {"by": "Harbour"}});
        let time = |text: &str| read(&program, event(text)).map(|r| (r.time.day.to_string(), r.time.nanos));
        assert_eq!(time("2026-06-01").unwrap(), ("2026-06-01".into(), 0));
        // Lisbon is one hour ahead of UTC in summer.
        assert_eq!(time("2026-05-31T23:00:00Z").unwrap(), ("2026-06-01".into(), 0));
        assert_eq!(time("2026-06-01t00:00:01.5+01:00").unwrap(), ("2026-06-01".into(), 1_500_000_000));
        // The clock goes back at two in the morning: the second two o'clock comes after the first.
        let (first, second) = (time("2026-10-25T00:30:00Z").unwrap(), time("2026-10-25T01:30:00Z").unwrap());
        assert!(first.1 < second.1 && first.0 == second.0);
        for bad in
            ["2026-02-30", "2026-06-01T25:00:00Z", "2026-06-01 12:00:00Z", "2026-06-01T12:00:00", "June", ""]
        {
            assert_eq!(time(bad).unwrap_err().code, "impossible-date", "{bad}");
        }
    }

    #[test]
    fn a_field_has_its_kind_and_a_missing_one_stays_open() {
        let program = program();
        let event = |data: Value| json!({"type": "dues-paid", "time": "2026-06-01", "data": data});
        let record = read(&program, event(json!({"by": "Ferry"}))).unwrap();
        assert_eq!(record.data, vec![None]);
        let read_code = |data: Value| read(&program, event(data)).map_err(|e| e.code);
        assert!(
            read_code(json!({"by": "Ferry", "amount": {"amount": "5", "unit": "EUR"}, "extra": 1})).is_ok()
        );
        assert_eq!(read_code(json!({"by": "Ferry", "amount": "5"})), Err("missing-unit"));
        assert_eq!(
            read_code(json!({"by": "Ferry", "amount": {"amount": "5", "unit": "USD"}})),
            Err("currency-mismatch")
        );
        assert_eq!(
            read_code(json!({"by": "Ferry", "amount": {"amount": "-5", "unit": "EUR"}})),
            Err("negative-figure")
        );
        assert_eq!(read_code(json!({"by": "Fery"})), Err("unknown-party"));
        assert_eq!(read_code(json!({})), Err("missing-member"));
    }

    #[test]
    fn only_a_withdrawal_may_leave_its_author_out() {
        let program = program();
        let taken_back = json!({"type": "storm", "time": "2026-06-01", "corrects": "1", "withdrawn": true});
        let record = read(&program, taken_back).unwrap();
        assert!(record.withdrawn && record.by.is_none() && record.corrects.as_deref() == Some("1"));
        let inside =
            json!({"type": "storm", "time": "2026-06-01", "data": {"corrects": "1", "withdrawn": true}});
        assert!(read(&program, inside).unwrap().withdrawn);
        let of_nothing = json!({"type": "storm", "time": "2026-06-01", "withdrawn": true});
        assert_eq!(read(&program, of_nothing).unwrap_err().code, "missing-member");
    }

    #[test]
    fn the_recorded_time_and_the_order_of_members_are_not_content() {
        let program = program();
        let a = json!({"type": "storm", "time": "2026-06-01", "data": {"by": "Harbour", "a": 1, "b": 2}});
        let b = json!({"data": {"b": 2, "by": "Harbour", "a": 1}, "recordedtime": "2026-07-01", "time": "2026-06-01",
            "type": "storm"});
        let c = json!({"type": "storm", "time": "2026-06-02", "data": {"by": "Harbour", "a": 1, "b": 2}});
        let digest = |v: &Value| read(&program, v.clone()).unwrap().digest;
        assert_eq!(digest(&a), digest(&b));
        assert_ne!(digest(&a), digest(&c));
    }

    #[test]
    fn a_slip_in_data_is_told_where_a_person_wrote_it() {
        let program = program();
        let event =
            json!({"type": "dues-paid", "time": "2026-06-01", "data": {"by": "Ferry", "amuont": "EUR 5"}});
        let error = Reader::new(&program).unwrap().only_known_data(&event).unwrap_err();
        assert!(error.message.contains("did you mean `amount`?"), "{}", error.message);
    }

    #[test]
    fn an_unknown_type_comes_with_the_nearest() {
        let program = program();
        let error = read(&program, json!({"type": "strom", "time": "2026-06-01"})).unwrap_err();
        assert_eq!((error.code, error.message.contains("did you mean `storm`?")), ("unknown-event", true));
    }
}
