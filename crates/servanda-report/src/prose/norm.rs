//! Permissions, restrictions, exclusive rights and powers.

use servanda_program::{Clause, Cond, Norm, NormForm, Power, Sign};

use super::cond::{always, never};
use super::teller::{Draft, Sentence, Teller};
use crate::Arg;

/// Words of conditions beyond which a norm is followed by a list of them, in characters.
const INLINE_MAX: usize = 220;

impl Teller<'_> {
    /// The sentences of the norms and powers of a clause.
    pub fn norms(&self, clause: &Clause) -> Vec<Sentence> {
        let mut out = Vec::new();
        for norm in &clause.norms {
            // The bar of an exclusive right is told with its grant.
            let told = norm.form == NormForm::Alone
                && norm.sign == Sign::Bar
                && clause.norms.iter().any(|n| {
                    n.form == NormForm::Alone
                        && n.sign == Sign::Grant
                        && n.parties == norm.holders
                        && n.action == norm.action
                        && n.reach == norm.reach
                        && n.except == norm.except
                });
            if !told {
                out.extend(self.norm(norm));
            }
        }
        let of_norm = |p: &&Power| {
            clause.norms.iter().any(|n| {
                n.form == NormForm::HasPower
                    && n.parties == p.parties
                    && n.action == p.action
                    && n.meet == p.when
            })
        };
        for power in clause.powers.iter().filter(|p| !of_norm(p)) {
            let norm = Norm {
                sign: Sign::Grant,
                form: NormForm::HasPower,
                parties: power.parties.clone(),
                holders: Vec::new(),
                action: power.action,
                reach: Cond::Constant(true),
                meet: power.when.clone(),
                except: Cond::Constant(false),
                span: power.span,
            };
            out.extend(self.norm(&norm));
        }
        out
    }

    fn norm(&self, norm: &Norm) -> Vec<Sentence> {
        let teller = Teller { action: Some(norm.action), ..*self };
        let who = if norm.sign == Sign::Bar && norm.form == NormForm::Alone {
            &norm.holders
        } else {
            &norm.parties
        };
        let parties = self.parties(who);
        let action = self.names.actions[norm.action.index()].as_str();
        let with =
            |message: &str| self.say(message, &[("parties", (&parties).into()), ("action", action.into())]);
        let base = with(match norm.form {
            NormForm::May | NormForm::OnlyWhere => "prose-may",
            NormForm::MayNot => "prose-may-not",
            NormForm::Alone => "prose-alone",
            NormForm::HasPower => "prose-has-power",
        });
        let demand = match norm.form {
            NormForm::OnlyWhere => Some(("prose-only-where", "prose-item-only")),
            NormForm::May if !always(&norm.meet) => Some(("prose-provided", "prose-item-provided")),
            NormForm::HasPower if !always(&norm.meet) => Some(("prose-when", "prose-item-when")),
            _ => None,
        };
        let mut parts = Vec::new();
        parts.extend(demand.map(|(inline, item)| (inline, item, teller.condition(&norm.meet))));
        if !always(&norm.reach) {
            let reach = ("prose-if", "prose-item-if", teller.condition(&norm.reach));
            // "may only where … if …", but "may … if …, provided that …".
            let at = if norm.form == NormForm::OnlyWhere { parts.len() } else { 0 };
            parts.insert(at, reach);
        }
        if !never(&norm.except) {
            parts.push(("prose-unless", "prose-item-unless", teller.condition(&norm.except)));
        }
        let long = parts.iter().any(|(_, _, c)| !c.items.is_empty())
            || parts.iter().map(|(_, _, c)| c.text.chars().count()).sum::<usize>() > INLINE_MAX;
        let mut out = Vec::new();
        if long && let [(inline, _, cond)] = &parts[..] {
            // One condition: its list follows the sentence.
            let text = self.inline(&parties, action, base, inline, cond.text.clone());
            out.push(self.with_list(&text, cond.items.clone()));
        } else if long {
            let item = |(_, item, cond): (&str, &str, Draft)| Draft {
                text: self.say(item, &[("condition", cond.text.into())]),
                items: cond.items,
            };
            let text = self.say("prose-subject-to", &[("norm", base.into())]);
            out.push(self.with_list(&text, parts.into_iter().map(item).collect()));
        } else {
            let add = |text: String, (inline, _, cond): (&str, &str, Draft)| {
                self.inline(&parties, action, text, inline, cond.text)
            };
            out.push(self.sentence(&parts.into_iter().fold(base, add)));
        }
        let brings = &self.program.actions[norm.action.index()].brings;
        if norm.form == NormForm::HasPower && !brings.is_empty() {
            let events: Vec<String> = brings.iter().map(|e| self.event(*e)).collect();
            let events = self.any_of(&events);
            let with = [("parties", Arg::from(&parties)), ("events", events.into())];
            out.push(self.sentence(&self.say("prose-brings", &with)));
        }
        out
    }

    fn inline(&self, parties: &str, action: &str, norm: String, message: &str, condition: String) -> String {
        let condition = ("condition", Arg::from(condition));
        match message {
            "prose-only-where" => {
                self.say(message, &[("parties", parties.into()), ("action", action.into()), condition])
            }
            _ => self.say(message, &[("norm", norm.into()), condition]),
        }
    }
}
