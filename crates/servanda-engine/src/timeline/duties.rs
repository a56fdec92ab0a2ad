//! The last days of duties on a timeline.

use std::collections::BTreeMap;

use servanda_program::{ClauseName, PartyId};
use servanda_quantity::Day;

use crate::answer::{AnswerValue, Error, Owed};
use crate::question::Ask;

use super::look::Looker;
use super::{Due, Governs, Row, Stretch, TimelineQuestion, keep};

/// A duty among those of a clause.
type Key = (ClauseName, PartyId, String, Day, String);

/// Puts the last days of duties into the rows. They are asked for on the last day of each text, because a text
/// tells its own duties alone, and on the last day of which anything is known.
pub(super) fn put(
    looker: &Looker<'_>,
    asked: &TimelineQuestion,
    known: Day,
    governs: &[Stretch<Governs>],
    rows: &mut [Row],
    faults: &mut Vec<Error>,
) {
    let mut days: Vec<Day> = governs.iter().map(|s| Day(s.until.0 - 1)).collect();
    days.extend((asked.from <= known).then_some(known));
    days.sort_unstable();
    days.dedup();
    let mut found: BTreeMap<Key, Due> = BTreeMap::new();
    for day in days {
        for party in (0..looker.program.parties.len() as u32).map(PartyId) {
            let owes = looker.program.clauses.iter().flat_map(|c| &c.duties);
            if !owes.into_iter().any(|d| d.debtors.contains(&party)) {
                continue;
            }
            let look = looker.root(day).and_then(|root| {
                looker.explore(&root, &|world, _| looker.find(world, day, Ask::Owes(party)))
            });
            let leaves = match look {
                Ok((_, leaves)) => leaves,
                Err(error) => {
                    keep(faults, error);
                    continue;
                }
            };
            let mut seen: BTreeMap<Key, (Due, usize)> = BTreeMap::new();
            for owed in leaves.iter().flat_map(|(_, value)| owed(value)) {
                let Some(due) = owed.due else { continue };
                let instance = owed.instance.as_ref().map(|w| w.text.clone()).unwrap_or_default();
                let due = Due {
                    party,
                    what: owed.what.clone(),
                    since: owed.since,
                    due,
                    state: (day <= known).then_some(owed.state),
                    depends: false,
                };
                let key = (owed.clause, party, owed.what.clone(), owed.since, instance);
                seen.entry(key).and_modify(|(_, n)| *n += 1).or_insert((due, 1));
            }
            for (key, (mut due, times)) in seen {
                due.depends = times < leaves.len();
                match found.get_mut(&key) {
                    // What is said of a day that nobody knows yet is no news of a duty that has begun.
                    Some(earlier) if due.state.is_none() && earlier.state.is_some() => {}
                    _ => drop(found.insert(key, due)),
                }
            }
        }
    }
    for ((clause, ..), due) in found {
        if due.due < asked.from || asked.until <= due.due {
            continue;
        }
        if let Some(row) = rows.iter_mut().find(|r| r.clause == clause && r.only_in.is_none()) {
            row.dues.push(due);
        }
    }
    for row in rows {
        row.dues.sort_by(|a, b| (a.due, a.since, a.party, &a.what).cmp(&(b.due, b.since, b.party, &b.what)));
    }
}

fn owed(value: &AnswerValue) -> &[Owed] {
    match value {
        AnswerValue::Owes(list) => list,
        _ => &[],
    }
}
