//! Which records count: acts are judged by the text that governs on their day.
//! `docs/meaning.md`, "Admission".

use std::rc::Rc;

use servanda_program::{ActionId, Trigger};

use crate::facts::Verdict;
use crate::opens::Eval;
use crate::words::{Part, Phrase, Words};
use crate::world::{Env, Hand, World};

impl World<'_> {
    /// Whether a record counts, and if not, why.
    pub fn verdict(&self, record: usize) -> Eval<Verdict> {
        if let Some(known) = self.fold.verdict(record, self.own()) {
            return Ok(known);
        }
        let verdict = match self.nested(|| self.judge(record))? {
            Ok(()) => Verdict::Admitted,
            Err(why) => Verdict::Refused(Rc::new(why)),
        };
        self.fold.keep_verdict(record, &verdict, self.is_free());
        Ok(verdict)
    }

    fn judge(&self, record: usize) -> Eval<Result<(), Words>> {
        let r = &self.records[record];
        let event = &self.program.events[r.event.index()];
        let Some(by) = r.by else {
            return Ok(Err(Words::new("it does not say who did it", "refused-nobody", [])));
        };
        if !event.by.contains(&by) {
            let who: Vec<String> = event.by.iter().map(|&p| self.party(p).to_string()).collect();
            let text = format!(
                "{} has no power to bring about {}; {} can",
                self.party(by),
                event.name,
                who.join(" or ")
            );
            return Ok(Err(Words::new(
                text,
                "refused-party",
                [
                    ("party", Part::name(self.party(by))),
                    ("event", Part::name(&event.name)),
                    ("who", Part::OneOf(who)),
                ],
            )));
        }
        let pt = self.before(record)?;
        let hand = Hand { record, outer: None };
        let env = Env { hand: Some(&hand), ..Env::default() };
        let bringers: Vec<ActionId> = self.program.bringers(r.event).collect();
        if !bringers.is_empty() {
            let mut guarded = None;
            let mut empowered = false;
            for place in self.places(pt.text) {
                for (at, power) in place.clause.powers.iter().enumerate() {
                    if !bringers.contains(&power.action)
                        || !power.parties.contains(&by)
                        || !self.in_force(&place, pt)?
                    {
                        continue;
                    }
                    let told = Some((power.action, record));
                    if self.cond(&power.when, pt, Env { clause: Some(place.clause.name), told, ..env })? {
                        empowered = true;
                    } else {
                        guarded =
                            Some((place.clause.name, power, Part::Of(place.id, Phrase::When(at as u32))));
                    }
                }
            }
            if !empowered {
                let action = bringers.iter().map(|a| self.program.actions[a.index()].name.clone());
                let action = action.collect::<Vec<_>>();
                let acts = action.join(" or ");
                let mut with = vec![("party", Part::name(self.party(by))), ("action", Part::OneOf(action))];
                return Ok(Err(match guarded {
                    Some((clause, power, when)) => {
                        with.push(("condition", when));
                        with.push(("clause", Part::name(self.clause_text(clause))));
                        let text = format!(
                            "{} has the power to {acts} only when {} ({})",
                            self.party(by),
                            self.program.describe_cond(&power.when, None),
                            self.clause_text(clause)
                        );
                        Words::new(text, "refused-guarded", with)
                    }
                    None => {
                        let text = format!(
                            "no clause in force on that day gave {} the power to {acts}",
                            self.party(by)
                        );
                        Words::new(text, "refused-powerless", with)
                    }
                }));
            }
        }
        let mut refused = None;
        for place in self.places(pt.text) {
            for (at, process) in place.clause.processes.iter().enumerate() {
                let Some(key) = self.record_key(process, record) else { continue };
                let env = Env { key: key.as_deref(), ..Env::of(place.clause.name) };
                let mut heard = false;
                for step in &process.steps {
                    if let Trigger::On(pattern) = &step.trigger {
                        heard = heard || self.matches(pattern, record, pt, env)?;
                    }
                }
                if !heard || !self.in_force(&place, pt)? {
                    continue;
                }
                let now = self.run(place.id, process, at, key.as_deref(), pt)?;
                if self.moved_by((place.id, process, key.as_deref()), &now, record, pt)?.is_some() {
                    return Ok(Ok(()));
                }
                let of = key.as_ref().map(|k| format!(" of {k}")).unwrap_or_default();
                let state = &process.states[now.state as usize].name;
                let clause = self.clause_text(place.clause.name);
                let text = format!(
                    "{}{of} is {state}, from where {} leads nowhere ({clause})",
                    process.name, event.name
                );
                let message = if key.is_some() { "refused-state-keyed" } else { "refused-state" };
                let mut with = vec![
                    ("process", Part::name(&process.name)),
                    ("state", Part::name(state)),
                    ("event", Part::name(&event.name)),
                    ("clause", Part::name(clause)),
                ];
                with.extend(key.map(|k| ("key", Part::Name(k))));
                refused = Some(Words::new(text, message, with));
            }
        }
        Ok(refused.map_or(Ok(()), Err))
    }
}
