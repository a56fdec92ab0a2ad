//! Timelines for programs.

use serde_json::{Value, json};
use servanda_engine::{Ended, State, Timeline};
use servanda_program::{OpenId, Program};

/// The timeline as JSON: every day of the window is in exactly one stretch of each row; `until` is the first day left out.
pub fn timeline_json(program: &Program, timeline: &Timeline) -> Value {
    let open = |id: &OpenId| program.opens[id.index()].name.clone();
    let version = |v: servanda_program::VersionId| program.versions[v.index()].name.clone();
    let versions: Vec<Value> = timeline
        .versions
        .iter()
        .map(|v| {
            let days: Vec<String> = v.effective.iter().map(ToString::to_string).collect();
            json!({"version": version(v.version), "effective": days, "doubtful": v.doubtful})
        })
        .collect();
    let governs: Vec<Value> = timeline
        .governs
        .iter()
        .map(|s| {
            let of: Vec<Value> =
                s.state.0.iter().map(|v| v.map_or(Value::Null, |v| version(v).into())).collect();
            json!({"from": s.from.to_string(), "until": s.until.to_string(), "versions": of,
                "depends_on": s.on.iter().map(open).collect::<Vec<_>>()})
        })
        .collect();
    let rows: Vec<Value> = timeline
        .rows
        .iter()
        .map(|row| {
            let stretches: Vec<Value> = row
                .stretches
                .iter()
                .map(|s| {
                    let mut one = json!({"from": s.from.to_string(), "until": s.until.to_string(),
                        "state": s.state.word()});
                    match &s.state {
                        State::Ended(ended) => {
                            one["by"] = ended.word().into();
                            match ended {
                                Ended::Effect(c) => one["clause"] = program.clause_names[c.index()].clone().into(),
                                Ended::Waived(v) | Ended::Terminated(v) => one["version"] = version(*v).into(),
                                Ended::Term => {}
                            }
                        }
                        State::Depends(outcomes) => {
                            one["outcomes"] = outcomes.iter().map(|o| o.word()).collect::<Vec<_>>().into();
                        }
                        State::Unanswered(error) => {
                            one["error"] = json!({"code": error.code, "message": error.message});
                        }
                        _ => {}
                    }
                    if !s.on.is_empty() {
                        one["depends_on"] = s.on.iter().map(open).collect::<Vec<_>>().into();
                    }
                    one
                })
                .collect();
            let end = row.end.as_ref().map(|e| {
                json!({"earliest": e.earliest.map(|d| d.to_string()), "latest": e.latest.map(|d| d.to_string()),
                    "on": e.events.iter().map(|e| program.events[e.index()].name.clone()).collect::<Vec<_>>(),
                    "depends_on": e.on.iter().map(open).collect::<Vec<_>>()})
            });
            let dues: Vec<Value> = row
                .dues
                .iter()
                .map(|d| {
                    json!({"party": program.parties[d.party.index()].name, "what": d.what,
                        "since": d.since.to_string(), "due": d.due.to_string(),
                        "state": d.state.map(|s| s.word()), "depends": d.depends})
                })
                .collect();
            json!({"clause": program.clause_names[row.clause.index()], "title": row.title,
                "law": row.law, "kind": row.lead.word(),
                "kinds": row.kinds.iter().map(|k| k.word()).collect::<Vec<_>>(),
                "stretches": stretches, "end": end, "dues": dues})
        })
        .collect();
    let records: Vec<Value> = timeline
        .records
        .iter()
        .map(|r| {
            json!({"day": r.day.to_string(), "event": program.events[r.event.index()].name,
                "by": r.by.map(|p| program.parties[p.index()].name.clone()), "id": r.id, "counts": r.counts})
        })
        .collect();
    json!({"agreement": program.name, "from": timeline.from.to_string(), "until": timeline.until.to_string(),
        "as_of": timeline.as_of.to_string(), "versions": versions, "governs": governs, "rows": rows,
        "events": records,
        "faults": timeline.faults.iter().map(|e| json!({"code": e.code, "message": e.message})).collect::<Vec<_>>()})
}
