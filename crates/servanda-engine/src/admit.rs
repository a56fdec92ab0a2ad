//! Which records count: acts are judged by the text that governs on their day.
//! `docs/meaning.md`, "Admission".

use servanda_program::{ActionId, Trigger};

use crate::opens::Eval;
use crate::world::{Env, Hand, Verdict, World};

impl World<'_> {
    /// Whether a record counts, and if not, why.
    pub fn verdict(&self, record: usize) -> Eval<Verdict> {
        if let Some(known) = &self.fold.verdicts.borrow()[record] {
            return Ok(known.clone());
        }
        let verdict = self.nested(|| self.judge(record))?;
        self.fold.verdicts.borrow_mut()[record] = Some(verdict.clone());
        Ok(verdict)
    }

    fn judge(&self, record: usize) -> Eval<Verdict> {
        let r = &self.records[record];
        let event = &self.program.events[r.event.index()];
        let Some(by) = r.by else { return Ok(Verdict::Refused("it does not say who did it".to_string())) };
        if !event.by.contains(&by) {
            return Ok(Verdict::Refused(format!(
                "{} has no power to bring about {}; {} can",
                self.party(by),
                event.name,
                event.by.iter().map(|&p| self.party(p)).collect::<Vec<_>>().join(" or ")
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
                for power in &place.clause.powers {
                    if !bringers.contains(&power.action)
                        || !power.parties.contains(&by)
                        || !self.in_force(&place, pt)?
                    {
                        continue;
                    }
                    if self.cond(&power.when, pt, Env { clause: Some(place.clause.name), ..env })? {
                        empowered = true;
                    } else {
                        guarded = Some((place.clause.name, power));
                    }
                }
            }
            if !empowered {
                let action = bringers.iter().map(|a| self.program.actions[a.index()].name.as_str());
                let action = action.collect::<Vec<_>>().join(" or ");
                return Ok(Verdict::Refused(match guarded {
                    Some((clause, power)) => format!(
                        "{} has the power to {action} only when {} ({})",
                        self.party(by),
                        self.program.describe_cond(&power.when, None),
                        self.clause_text(clause)
                    ),
                    None => format!(
                        "no clause in force on that day gave {} the power to {action}",
                        self.party(by)
                    ),
                }));
            }
        }
        let mut refused = None;
        for place in self.places(pt.text) {
            for (at, process) in place.clause.processes.iter().enumerate() {
                let mut heard = false;
                for step in &process.steps {
                    if let Trigger::On(pattern) = &step.trigger {
                        heard = heard || self.matches(pattern, record, pt, Env::of(place.clause.name))?;
                    }
                }
                let Some(key) = self.record_key(process, record).filter(|_| heard) else { continue };
                if !self.in_force(&place, pt)? {
                    continue;
                }
                let now = self.run(place.id, process, at, key.as_deref(), pt)?;
                if self.moved_by(place.id, process, &now, record, pt)?.is_some() {
                    return Ok(Verdict::Admitted);
                }
                let of = key.map(|k| format!(" of {k}")).unwrap_or_default();
                refused = Some(format!(
                    "{}{of} is {}, from where {} leads nowhere ({})",
                    process.name,
                    process.states[now.state as usize].name,
                    event.name,
                    self.clause_text(place.clause.name)
                ));
            }
        }
        Ok(refused.map_or(Verdict::Admitted, Verdict::Refused))
    }
}
