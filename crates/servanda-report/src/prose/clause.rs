//! A clause: its sentences in order, and what became of it.

use servanda_program::{Clause, Effect, EffectTarget, EffectVerb, Ending, Moment, Standing};

use super::cond::always;
use super::teller::{Sentence, Teller};
use crate::Arg;

impl Teller<'_> {
    /// All sentences of a clause.
    pub fn clause_sentences(&self, clause: &Clause, standing: Option<&Standing>) -> Vec<Sentence> {
        let teller = Teller { clause: Some(clause.name), ..*self };
        let mut out = teller.norms(clause);
        out.extend(teller.duties(clause));
        out.extend(teller.processes(clause));
        out.extend(teller.values(clause));
        out.extend(teller.defines(clause));
        out.extend(teller.overrides(clause));
        out.extend(clause.effects.iter().map(|e| teller.effect(e)));
        out.extend(teller.term(clause));
        if !clause.protects.is_empty() {
            let parties: Vec<String> = clause.protects.iter().map(|p| self.party(*p)).collect();
            let parties = self.list(&parties);
            out.push(teller.sentence(&teller.say("prose-protects", &[("parties", parties.into())])));
        }
        if clause.survives {
            out.push(teller.sentence(&teller.say("prose-survives", &[])));
        }
        out.extend(standing.map(|s| teller.instruments(s)).unwrap_or_default());
        out
    }

    fn term(&self, clause: &Clause) -> Vec<Sentence> {
        let from = clause.from.as_ref().map(|m| ("from", Arg::from(self.moment(m))));
        let until = match &clause.until {
            Moment::Never => None,
            until => Some(("until", Arg::from(self.moment(until)))),
        };
        let text = match (from, until) {
            (None, None) => self.say("prose-term-open", &[]),
            (Some(from), None) => self.say("prose-term-from", &[from]),
            (None, Some(until)) => self.say("prose-term-until", &[until]),
            (Some(from), Some(until)) => self.say("prose-term-both", &[from, until]),
        };
        let mut out = vec![self.sentence(&text)];
        if let Some(cond) = &clause.while_ {
            let cond = self.condition(cond);
            let text = self.say("prose-term-while", &[("condition", cond.text.into())]);
            out.push(self.with_list(&text, cond.items));
        }
        out
    }

    fn overrides(&self, clause: &Clause) -> Vec<Sentence> {
        // A condition may look at the acts of the clause's norms, of which there is one action where it does.
        let action = clause.norms.first().map(|n| n.action);
        let teller = Teller { action, ..*self };
        let one = |o: &servanda_program::Override| {
            let yields = ("clause", Arg::from(self.clause_called(o.clause)));
            if always(&o.cond) {
                return self.sentence(&self.say("prose-overrides", &[yields]));
            }
            let cond = teller.condition(&o.cond);
            let text = self.say("prose-overrides-if", &[yields, ("condition", cond.text.into())]);
            self.with_list(&text, cond.items)
        };
        clause.overrides.iter().map(one).collect()
    }

    fn effect(&self, effect: &Effect) -> Sentence {
        let target = match &effect.target {
            EffectTarget::Agreement => self.say("prose-agreement", &[]),
            EffectTarget::Clauses(list) => {
                let name = |c: &servanda_program::ClauseName| match self.clause == Some(*c) {
                    true => self.say("prose-itself", &[]),
                    false => self.clause_called(*c),
                };
                self.list(&list.iter().map(name).collect::<Vec<_>>())
            }
        };
        let message = match effect.verb {
            EffectVerb::Ends => "prose-effect-ends",
            EffectVerb::Starts => "prose-effect-starts",
            EffectVerb::Suspends => "prose-effect-suspends",
            EffectVerb::Resumes => "prose-effect-resumes",
        };
        let moment = self.moment(&effect.when);
        let mut text = self.say(message, &[("moment", moment.into()), ("target", target.into())]);
        if let Some(before) = &effect.before {
            let before = self.moment(before);
            text = self.say("prose-effect-before", &[("effect", text.into()), ("before", before.into())]);
        }
        self.sentence(&text)
    }

    /// What instruments did to the clause.
    fn instruments(&self, standing: &Standing) -> Vec<Sentence> {
        let version = |v: servanda_program::VersionId| {
            ("version", Arg::from(self.program.versions[v.index()].name.as_str()))
        };
        let mut out = Vec::new();
        if let Some((by, how)) = standing.ended {
            let message = match how {
                Ending::Waived => "prose-waived",
                Ending::Terminated => "prose-terminated",
            };
            out.push(self.sentence(&self.say(message, &[version(by)])));
        }
        for rest in &standing.suspended {
            let from = rest.from.as_ref().map(|m| ("from", Arg::from(self.moment(m))));
            let until = rest.until.as_ref().map(|m| ("until", Arg::from(self.moment(m))));
            let by = version(rest.by);
            out.push(self.sentence(&match (from, until) {
                (None, None) => self.say("prose-suspended", &[by]),
                (Some(from), None) => self.say("prose-suspended-from", &[by, from]),
                (None, Some(until)) => self.say("prose-suspended-until", &[by, until]),
                (Some(from), Some(until)) => self.say("prose-suspended-both", &[by, from, until]),
            }));
        }
        out
    }
}
