//! What stands around the clauses: the version, the parties, definitions, sources and notes.

use servanda_program::{Citation, Grounds, PartyId, Status};
use servanda_quantity::Day;

use super::teller::{Sentence, Teller};
use super::uses::Uses;
use super::{CiteReading, ReadingOf};
use crate::{Arg, Passages, title};

impl Teller<'_> {
    pub fn heading(&self) -> String {
        let with = [("agreement", (&self.program.name).into()), ("title", (&self.program.title).into())];
        self.say("prose-title", &with)
    }

    /// What there is to say of the version, each with whether it is a warning; and its name.
    pub fn head(&self, of: &ReadingOf, day: Day, uses: &mut Uses) -> (Vec<(String, bool)>, Option<String>) {
        let on = ("day", Arg::from(self.tongue.day(day)));
        let Some(id) = of.version else {
            return (vec![(self.say("prose-no-version", &[on]), true)], None);
        };
        let version = &self.program.versions[id.index()];
        let own = title::of_version(self.program, self.tongue, id).any().unwrap_or(&version.name);
        let with = [("title", Arg::from(own)), ("version", (&version.name).into()), on];
        let mut head = vec![(self.say("prose-text-of", &with), false)];
        let message = match version.status {
            Status::Proposed => Some("prose-proposed"),
            Status::Reported => Some("prose-reported"),
            Status::NonBinding => Some("prose-non-binding"),
            Status::Binding => None,
        };
        let state = of.state.map(|s| self.say(s.message(), &[])).unwrap_or_default();
        head.push(match (message, of.governs) {
            (Some(message), _) => (self.say(message, &[]), true),
            (None, Some(governs)) if governs == id => (self.say("prose-governs", &[]), false),
            (None, Some(governs)) => {
                let governing = self.program.versions[governs.index()].name.as_str().into();
                let with = [("state", state.into()), ("governing", governing)];
                (self.say("prose-not-governing", &with), true)
            }
            (None, None) => (self.say("prose-none-governing", &[("state", state.into())]), true),
        });
        if version.terminates {
            head.push((self.say("prose-terminates", &[]), false));
        }
        if !version.parties.is_empty() {
            let parties: Vec<String> = version.parties.iter().map(|p| self.party(*p)).collect();
            let parties = self.list(&parties);
            head.push((self.say("prose-between", &[("parties", parties.into())]), false));
        }
        if let Some(signed) = version.signed {
            head.push((self.say("prose-signed", &[("day", self.tongue.day(signed).into())]), false));
        }
        if let Some(effective) = &version.effective {
            uses.moment(effective);
            let moment = ("moment", Arg::from(self.moment(effective)));
            let text = match &version.requires {
                None => self.say("prose-effective", &[moment]),
                Some(cond) => {
                    uses.cond(cond);
                    self.say("prose-effective-once", &[moment, ("condition", self.cond(cond).into())])
                }
            };
            head.push((text, false));
            if let Some(lapses) = version.lapses.as_ref().filter(|_| version.requires.is_some()) {
                uses.moment(lapses);
                head.push((self.say("prose-lapses", &[("moment", self.moment(lapses).into())]), false));
            }
        }
        (head, Some(version.name.clone()))
    }

    /// The parties, each with its title.
    pub fn party_entries(&self) -> Vec<String> {
        let one = |(at, party): (usize, &servanda_program::Party)| {
            let called = match title::of_party(self.program, self.tongue, PartyId(at as u32)).any() {
                Some(title) => {
                    self.say("prose-party", &[("name", (&party.name).into()), ("title", title.into())])
                }
                None => self.tongue.name(&party.name),
            };
            match party.anyone_else {
                true => self.say("prose-party-else", &[("party", called.into())]),
                false => called,
            }
        };
        self.program.parties.iter().enumerate().map(one).collect()
    }

    /// Acts, events and facts that are spoken of.
    pub fn definitions(&self, uses: &Uses) -> Vec<(String, Vec<Sentence>)> {
        let mut out: Vec<_> = uses.actions.iter().map(|a| self.action_entry(*a)).collect();
        out.extend(uses.events.iter().map(|e| self.event_entry(*e)));
        out.extend(uses.schedules.iter().map(|s| self.schedule_entry(*s)));
        out.extend(uses.facts.iter().map(|f| self.fact_entry(*f)));
        out
    }

    /// Who wrote which fields, a line for each version.
    pub fn written(&self, blame: &[(String, String)]) -> Vec<String> {
        let mut by: Vec<(&String, Vec<&str>)> = Vec::new();
        for (field, version) in blame {
            match by.iter_mut().find(|(v, _)| *v == version) {
                Some((_, fields)) => fields.push(field),
                None => by.push((version, vec![field])),
            }
        }
        let line = |(version, fields): (&String, Vec<&str>)| {
            let fields = self.commas(&fields);
            self.say("prose-written", &[("version", version.into()), ("fields", fields.into())])
        };
        by.into_iter().map(line).collect()
    }

    /// A citation by its place; with the number of the passage where the document is there.
    pub fn cite(&self, citation: &Citation, passages: &Passages) -> CiteReading {
        let file = self.program.sources.iter().find(|s| s.name == citation.source).map(|s| s.file.clone());
        let (number, warning) = passages.place(self.tongue, citation);
        let place = file.zip(number);
        let Citation { source, start, end, .. } = citation;
        let range = format!("{source} {start}..{end}");
        let shown = match &place {
            None => range,
            Some((file, number)) => {
                let with = [("place", range.into()), ("file", file.into()), ("number", (*number).into())];
                self.say("prose-cite-in", &with)
            }
        };
        let Citation { source, start, end, .. } = citation.clone();
        CiteReading { source, start, end, place, shown, warning }
    }

    /// The topics of a clause on one line.
    pub fn topics_line(&self, topics: &[String]) -> Option<String> {
        let shown = self.topics(topics);
        (!topics.is_empty()).then(|| self.say("prose-topics", &[("topics", shown.into())]))
    }

    /// The topics of which nobody has said what is agreed, and how that is known.
    pub fn unsaid(&self) -> Vec<(String, Vec<Sentence>)> {
        let one = |u: &servanda_program::Undisclosed| {
            let term = self.say("prose-unsaid", &[("topics", self.topics(&u.topics).into())]);
            let plain = |text: String| Sentence { text, items: Vec::new() };
            (term, self.notes(&u.grounds).into_iter().map(plain).collect())
        };
        self.program.undisclosed.iter().map(one).collect()
    }

    /// Topics in words of the language, where it has them.
    fn topics(&self, topics: &[String]) -> String {
        let word = |t: &String| self.tongue.try_say(&format!("topic-{t}"), &[]).unwrap_or_else(|| t.clone());
        self.commas(&topics.iter().map(word).collect::<Vec<_>>())
    }

    /// The places of citations on one line.
    pub fn sources(&self, cites: &[CiteReading]) -> Option<String> {
        let places: Vec<&str> = cites.iter().map(|c| c.shown.as_str()).collect();
        let places = self.commas(&places);
        (!cites.is_empty()).then(|| self.say("prose-cites", &[("places", places.into())]))
    }

    /// What supports a clause besides passages.
    pub fn notes(&self, grounds: &Grounds) -> Vec<String> {
        let outside = grounds.outside.iter().map(|o| self.say("prose-outside", &[("where", o.into())]));
        let notes = grounds.notes.iter().map(|n| self.say("prose-note", &[("note", n.into())]));
        outside.chain(notes).collect()
    }
}
