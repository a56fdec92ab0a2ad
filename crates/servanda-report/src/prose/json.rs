//! A reading as JSON.

use serde_json::{Value, json};

use super::{ClauseReading, Reading, Sentence};
use crate::Tongue;

/// A reading as JSON: what is named by keys is English, the sentences are in the language of the reader.
pub fn prose_json(tongue: &Tongue, reading: &Reading, blame: bool) -> Value {
    let entry = |(term, sentences): &(String, Vec<Sentence>)| json!({"term": term, "sentences": sentences.iter().map(sentence).collect::<Vec<_>>()});
    json!({
        "agreement": reading.agreement,
        "as_of": reading.day.to_string(),
        "version": reading.version,
        "locale": tongue.tag(),
        "head": reading.head.iter().map(|(text, _)| text).collect::<Vec<_>>(),
        "warnings": reading.head.iter().filter(|(_, w)| *w).map(|(text, _)| text).collect::<Vec<_>>(),
        "parties": reading.parties,
        "definitions": reading.definitions.iter().map(entry).collect::<Vec<_>>(),
        "clauses": reading.clauses.iter().map(|c| clause(c, blame)).collect::<Vec<_>>(),
        "questions": reading.questions.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn clause(clause: &ClauseReading, blame: bool) -> Value {
    let cite = |c: &super::CiteReading| {
        let place = c.place.as_ref();
        json!({"source": c.source, "start": c.start, "end": c.end, "file": place.map(|p| &p.0),
            "passage": place.map(|p| p.1), "warning": c.warning})
    };
    let mut out = json!({
        "name": clause.name,
        "number": clause.number,
        "title": clause.title,
        "law": clause.law,
        "status": clause.status.word(),
        "status_words": clause.status_words,
        "sentences": clause.sentences.iter().map(sentence).collect::<Vec<_>>(),
        "cites": clause.cites.iter().map(cite).collect::<Vec<_>>(),
        "notes": clause.notes,
        "topics": clause.topics,
    });
    if blame {
        let field = |(field, version): &(String, String)| json!({"field": field, "version": version});
        out["blame"] = clause.blame.iter().map(field).collect();
    }
    out
}

fn sentence(of: &Sentence) -> Value {
    match &of.items[..] {
        [] => json!({"text": of.text}),
        items => json!({"text": of.text, "items": items.iter().map(sentence).collect::<Vec<_>>()}),
    }
}
