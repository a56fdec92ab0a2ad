//! The calendar of a party: the days of an agreement as other programs keep them.
//!
//! # Source
//! RFC 5545 (iCalendar).

use chrono::NaiveDate;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use servanda_engine::{DutyState, Timeline};
use servanda_program::{Clause, OpenId, PartyId, Program};
use servanda_quantity::Day;

use crate::Tongue;

/// What a calendar is of.
#[derive(Debug, Clone, Copy)]
pub struct CalendarOf<'c> {
    /// The party.
    pub party: PartyId,
    /// The end of every UID, so that no two agreements share one: the origin of the matter's log.
    pub origin: &'c str,
    /// When it was made, in UTC: `20261125T172001Z`.
    pub stamp: &'c str,
    /// Grows with each change of the agreement or its log.
    pub sequence: u64,
}

/// An all-day entry.
struct Entry {
    /// Stable as long as it is the same thing, on whatever day.
    uid: String,
    day: Day,
    summary: String,
    notes: Vec<String>,
    status: EventStatus,
}

/// The days that concern a party, as an iCalendar object: last days of duties that it owes or that are owed to it, ends of clauses that
/// speak of it, and days on which versions take effect. A day that depends on an open question is tentative and says on which.
pub fn calendar(tongue: &Tongue, program: &Program, timeline: &Timeline, of: CalendarOf<'_>) -> String {
    let party = &program.parties[of.party.index()].name;
    let title = if program.title.is_empty() { &program.name } else { &program.title };
    let mut calendar = Calendar::new();
    let name = tongue.say("calendar-name", &[("agreement", title.into()), ("party", party.into())]);
    calendar.append_property(Property::new("PRODID", "-//Servanda//servanda//EN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(&name);
    let mut entries = versions(tongue, program, timeline);
    entries.extend(dues(tongue, program, timeline, of.party));
    entries.extend(ends(tongue, program, timeline, of.party));
    entries.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    for entry in entries {
        // Days beyond the calendar of the library are beyond everybody's.
        let Some(day) = date(entry.day) else { continue };
        let mut event = Event::new();
        event.uid(&format!("{}@{}", entry.uid, of.origin)).all_day(day).status(entry.status);
        let language = |name: &str, text: &str| {
            let mut property = Property::new(name, text);
            property.add_parameter("LANGUAGE", tongue.tag());
            property
        };
        event.append_property(language("SUMMARY", &entry.summary));
        if !entry.notes.is_empty() {
            event.append_property(language("DESCRIPTION", &entry.notes.join("\n")));
        }
        event.add_property("DTSTAMP", of.stamp);
        event.add_property("LAST-MODIFIED", of.stamp);
        event.add_property("SEQUENCE", of.sequence.to_string());
        event.add_property("TRANSP", "TRANSPARENT");
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

fn date(day: Day) -> Option<NaiveDate> {
    let date = day.date();
    NaiveDate::from_ymd_opt(
        date.year().into(),
        date.month().unsigned_abs().into(),
        date.day().unsigned_abs().into(),
    )
}

fn depends(tongue: &Tongue, program: &Program, on: &[OpenId]) -> String {
    let questions: Vec<String> = on
        .iter()
        .map(|open| {
            let open = &program.opens[open.index()];
            tongue.name(if open.question.is_empty() { &open.name } else { &open.question })
        })
        .collect();
    tongue.say("calendar-depends", &[("questions", tongue.list(&questions).into())])
}

fn versions(tongue: &Tongue, program: &Program, timeline: &Timeline) -> Vec<Entry> {
    let entry = |line: &servanda_engine::VersionLine| {
        let (first, last) = (*line.effective.first()?, *line.effective.last()?);
        let version = &program.versions[line.version.index()].name;
        let title = tongue.version_title(program, line.version);
        let shown = if title.is_empty() { version.as_str() } else { title };
        let mut notes = Vec::new();
        if first != last {
            notes.push(between(tongue, first, last));
        }
        let firm = first == last && !line.doubtful;
        Some(Entry {
            uid: format!("version-{version}"),
            day: first,
            summary: tongue.say("calendar-version", &[("version", shown.into())]),
            notes,
            status: if firm { EventStatus::Confirmed } else { EventStatus::Tentative },
        })
    };
    timeline.versions.iter().filter_map(entry).collect()
}

fn between(tongue: &Tongue, first: Day, last: Day) -> String {
    let with = [("first", tongue.day(first).into()), ("last", tongue.day(last).into())];
    tongue.say("calendar-between", &with)
}

fn dues(tongue: &Tongue, program: &Program, timeline: &Timeline, party: PartyId) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for row in &timeline.rows {
        let clause = &program.clause_names[row.clause.index()];
        let wordings: Vec<&Clause> = program.clauses.iter().filter(|c| c.name == row.clause).collect();
        for due in &row.dues {
            let owed_to_it = || {
                let duties = wordings.iter().flat_map(|c| &c.duties);
                duties.into_iter().any(|d| d.debtors.contains(&due.party) && d.creditors.contains(&party))
            };
            if due.party != party && !owed_to_it() {
                continue;
            }
            let debtor = &program.parties[due.party.index()].name;
            let uid = format!("due-{clause}-{debtor}-{}", due.since);
            // Several duties of a clause may begin on one day.
            let alike = out.iter().filter(|e| e.uid == uid || e.uid.starts_with(&format!("{uid}."))).count();
            let uid = if alike == 0 { uid } else { format!("{uid}.{alike}") };
            let state = match due.state {
                Some(DutyState::Fulfilled) => Some("calendar-done"),
                Some(DutyState::Discharged) => Some("calendar-off"),
                Some(DutyState::Violated) => Some("calendar-missed"),
                _ => None,
            };
            out.push(Entry {
                uid,
                day: due.due,
                summary: tongue
                    .say("calendar-due", &[("party", debtor.into()), ("what", (&due.what).into())]),
                notes: state.map(|message| tongue.say(message, &[])).into_iter().collect(),
                status: match due.state {
                    Some(DutyState::Discharged) => EventStatus::Cancelled,
                    _ if due.depends => EventStatus::Tentative,
                    _ => EventStatus::Confirmed,
                },
            });
        }
    }
    out
}

/// Whether a wording speaks of a party.
fn concerns(clause: &Clause, party: PartyId) -> bool {
    let norms = clause.norms.iter().any(|n| n.parties.contains(&party) || n.holders.contains(&party));
    let powers = clause.powers.iter().any(|p| p.parties.contains(&party));
    let duties = clause.duties.iter().any(|d| d.debtors.contains(&party) || d.creditors.contains(&party));
    norms || powers || duties
}

fn ends(tongue: &Tongue, program: &Program, timeline: &Timeline, party: PartyId) -> Vec<Entry> {
    let mut out = Vec::new();
    for row in timeline.rows.iter().filter(|r| r.only_in.is_none()) {
        let of_it = program.clauses.iter().any(|c| c.name == row.clause && concerns(c, party));
        let Some(end) = row.end.as_ref().filter(|_| of_it) else { continue };
        let Some(first) = end.earliest else { continue };
        let mut notes = Vec::new();
        match end.latest {
            Some(last) if last != first => notes.push(between(tongue, first, last)),
            _ => {}
        }
        if !end.on.is_empty() {
            notes.push(depends(tongue, program, &end.on));
        }
        if !end.events.is_empty() {
            let events: Vec<String> =
                end.events.iter().map(|e| tongue.name(&program.events[e.index()].name)).collect();
            notes.push(tongue.say("calendar-earlier", &[("events", tongue.list(&events).into())]));
        }
        let clause = &program.clause_names[row.clause.index()];
        let shown = row.title.as_ref().unwrap_or(clause);
        let firm = end.on.is_empty() && end.events.is_empty() && end.latest == Some(first);
        out.push(Entry {
            uid: format!("end-{clause}"),
            day: first,
            summary: tongue.say("calendar-end", &[("clause", shown.into())]),
            notes,
            status: if firm { EventStatus::Confirmed } else { EventStatus::Tentative },
        });
    }
    out
}
