//! May the party do this? `docs/meaning.md`, "The decision rule".

use std::collections::HashMap;

use servanda_program::{Norm, NormForm, Sign};

use crate::answer::{AnswerValue, Because, Outcome, Role};
use crate::opens::Eval;
use crate::question::Act;
use crate::words::{Part, Phrase, Words};
use crate::world::{Env, Place, Point, World};

/// What one norm does to an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stance {
    /// Its term is over, or it rests.
    Over,
    /// It steps back.
    Excepted,
    /// In force, and it frees (a permission) or binds (a restriction).
    Fires,
    /// In force, and what it demands decides the other way.
    Quiet,
}

/// A norm that reaches the act.
struct Reached<'p> {
    place: Place<'p>,
    norm: &'p Norm,
    /// Its index among the norms of its clause.
    at: u32,
    stance: Stance,
}

/// What a run of an evaluation found.
pub(crate) struct Finding {
    pub outcome: Outcome,
    pub value: AnswerValue,
    pub because: Vec<Because>,
}

impl<'a> World<'a> {
    /// The decision on an act at a point.
    pub fn decide(&self, act: &Act, pt: Point) -> Eval<Finding> {
        let env = Env { act: Some(act), ..Env::default() };
        let mut reached: Vec<Reached<'a>> = Vec::new();
        for place in self.places(pt.text) {
            for (at, norm) in place.clause.norms.iter().enumerate() {
                if norm.action != act.action || !norm.parties.contains(&act.party) {
                    continue;
                }
                let env = Env { clause: Some(place.clause.name), ..env };
                if self.start(&place, pt)?.is_none_or(|s| s > pt.day) || !self.cond(&norm.reach, pt, env)? {
                    continue;
                }
                let stance = if !self.in_force(&place, pt)? {
                    Stance::Over
                } else if self.cond(&norm.except, pt, env)? {
                    Stance::Excepted
                } else {
                    let met = norm.holders.contains(&act.party) || self.cond(&norm.meet, pt, env)?;
                    if met == (norm.sign == Sign::Grant) { Stance::Fires } else { Stance::Quiet }
                };
                reached.push(Reached { place, norm, at: at as u32, stance });
            }
        }
        let mut known = HashMap::new();
        let mut beaten = Vec::with_capacity(reached.len());
        for i in 0..reached.len() {
            beaten.push(self.victor(i, &reached, pt, env, &mut known)?);
        }
        let pick = |sign: Sign, deciding: bool| -> Vec<usize> {
            (0..reached.len())
                .filter(|&i| reached[i].norm.sign == sign)
                .filter(|&i| (reached[i].stance == Stance::Fires && beaten[i].is_none()) == deciding)
                .collect()
        };
        let (frees, blocks) = (pick(Sign::Grant, true), pick(Sign::Bar, true));
        let (lacks, clears) = (pick(Sign::Grant, false), pick(Sign::Bar, false));
        let reserved = self.program.actions[act.action.index()].reserved;
        let bars = !blocks.is_empty() || !clears.is_empty();
        let (outcome, deciding) = if !frees.is_empty() && !blocks.is_empty() {
            (Outcome::Conflict, [frees, blocks].concat())
        } else if !blocks.is_empty() {
            let yielding = lacks.iter().copied().filter(|&i| beaten[i].is_some()).collect();
            (Outcome::Forbidden, [blocks, yielding].concat())
        } else if !frees.is_empty() {
            (Outcome::Permitted, [frees, clears].concat())
        } else if !lacks.is_empty() && (!bars || reserved) {
            (Outcome::Forbidden, [lacks, clears].concat())
        } else if !clears.is_empty() {
            (Outcome::Permitted, [clears, lacks].concat())
        } else {
            (Outcome::Unregulated, Vec::new())
        };
        let mut because = Vec::new();
        for i in deciding {
            let r = &reached[i];
            let role = match (r.norm.sign, r.stance) {
                (_, Stance::Fires) if beaten[i].is_some() => Role::Yields,
                (Sign::Grant, Stance::Fires) => Role::Permits,
                (Sign::Bar, Stance::Fires) => Role::Forbids,
                (_, Stance::Over) => Role::Over,
                (Sign::Grant, _) => Role::Lacks,
                (Sign::Bar, _) => Role::Met,
            };
            let sentence = ("phrase", Part::Of(r.place.id, Phrase::Norm(r.at)));
            let mut steps =
                vec![self.step(Words::new(self.norm_text(r.norm), "phrase", [sentence]), Vec::new())];
            match r.stance {
                Stance::Over => {}
                Stance::Excepted => {
                    let except = self.program.describe_cond(&r.norm.except, Some(act.action));
                    let text = Words::new(
                        format!("it steps back where {except}"),
                        "step-steps-back",
                        [("condition", Part::Of(r.place.id, Phrase::Except(r.at)))],
                    );
                    steps.push(self.step(text, Vec::new()));
                }
                Stance::Fires | Stance::Quiet => {
                    if let Some(text) = self.demand_text(r, r.stance == Stance::Fires, act) {
                        steps.push(self.step(text, Vec::new()));
                    }
                }
            }
            if let Some(victor) = beaten[i] {
                let victor = reached[victor].place.clause.name;
                let victor = self.clause_text(victor);
                let text = Words::new(
                    format!("it yields to {victor}"),
                    "step-yields",
                    [("clause", Part::name(victor))],
                );
                steps.push(self.step(text, Vec::new()));
            }
            let env = Env { clause: Some(r.place.clause.name), ..env };
            steps.extend(self.process_steps(&r.norm.meet, pt, env)?);
            let mut movers = Vec::new();
            steps.extend(self.term_steps(&r.place, pt, &mut movers)?);
            self.reason(&mut because, &r.place, role, steps);
            for mover in movers {
                self.moved(&mut because, mover, pt);
            }
        }
        Ok(Finding { outcome, value: AnswerValue::Nothing, because })
    }

    /// The norm that beats a norm, if one does: one that fires, is not beaten itself, and whose clause
    /// overrides the other's.
    fn victor(
        &self,
        i: usize,
        reached: &[Reached<'a>],
        pt: Point,
        env: Env,
        known: &mut HashMap<usize, Option<usize>>,
    ) -> Eval<Option<usize>> {
        if let Some(&victor) = known.get(&i) {
            return Ok(victor);
        }
        // A ring of overrides does not compile; were there one, nobody in it would be beaten twice.
        known.insert(i, None);
        let mut found = None;
        if reached[i].stance == Stance::Fires {
            for (j, other) in reached.iter().enumerate() {
                if j == i || other.stance != Stance::Fires {
                    continue;
                }
                let mut overrides = false;
                for o in &other.place.clause.overrides {
                    if o.clause == reached[i].place.clause.name {
                        let env = Env { clause: Some(other.place.clause.name), ..env };
                        overrides = overrides || self.cond(&o.cond, pt, env)?;
                    }
                }
                if overrides && self.victor(j, reached, pt, env, known)?.is_none() {
                    found = Some(j);
                    break;
                }
            }
        }
        known.insert(i, found);
        Ok(found)
    }

    fn norm_text(&self, norm: &Norm) -> String {
        self.program.describe_norm(norm)
    }

    /// What a norm demands, and whether the act meets it.
    fn demand_text(&self, reached: &Reached<'a>, fires: bool, act: &Act) -> Option<Words> {
        let Reached { place, norm, at, .. } = reached;
        let demand = |lead: &str, message| {
            let demand = self.program.describe_cond(&norm.meet, Some(act.action));
            let part = Part::Of(place.id, Phrase::Meet(*at));
            Words::new(format!("{lead} {demand}"), message, [("condition", part)])
        };
        let party = self.party(act.party);
        let right = |text: &str, message| {
            Words::new(format!("{party} {text}"), message, [("party", Part::name(party))])
        };
        Some(match (norm.form, norm.sign, fires) {
            (NormForm::OnlyWhere, _, true) => demand("it is not so that", "step-not-so"),
            (NormForm::OnlyWhere, _, false) => demand("it is so that", "step-so"),
            (NormForm::May | NormForm::HasPower, _, false) => demand("it is not so that", "step-not-so"),
            (NormForm::Alone, Sign::Bar, false) => right("holds the right", "step-holds-right"),
            (NormForm::Alone, Sign::Bar, true) => right("does not hold the right", "step-lacks-right"),
            _ => return None,
        })
    }
}
