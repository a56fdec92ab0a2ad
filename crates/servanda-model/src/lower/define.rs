//! Definitions. One that looks at an act (`define feature as length > 60 minute`) is written once for each action whose
//! norms use it, by itself or by way of other definitions.

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{ActionId, ClauseName, Cond, Define, Expr};
use servanda_syntax::ast::{self, FieldKind, NormKind};
use servanda_text::{Diagnostic, Span};

use super::{Ctx, ItemRef, Low, Lowerer};
use crate::expand::Mentioned;

/// Which actions have norms that use a definition of a clause.
pub(super) type Users = BTreeMap<(ClauseName, String), BTreeSet<ActionId>>;

impl<'a> Lowerer<'a> {
    /// Which actions have norms that use each definition, in any wording.
    fn find_users(&self) -> Users {
        let mut users = Users::new();
        let mut through: Vec<((ClauseName, String), (ClauseName, String))> = Vec::new();
        for (index, wording) in self.texts.wordings.iter().enumerate() {
            for field in &wording.clause.fields {
                let (acts, exprs): (Vec<ActionId>, Vec<&ast::Expr>) = match &field.kind {
                    FieldKind::Norm(norm) => {
                        let (name, cond) = match &norm.kind {
                            NormKind::May(a) | NormKind::MayNot(a) | NormKind::AloneMay(a) => (a, None),
                            NormKind::MayOnlyWhere(a, cond) => (a, Some(cond)),
                            NormKind::HasPower(a, when) => (a, when.as_ref()),
                            NormKind::Must(_) => continue,
                        };
                        let exprs = norm.reach.iter().chain(&norm.provided).chain(cond).collect();
                        (self.vocabulary.action_in(name).into_iter().collect(), exprs)
                    }
                    FieldKind::Unless(cond) | FieldKind::Overrides(_, Some(cond)) => {
                        (self.acts_of(index), vec![cond])
                    }
                    FieldKind::Define(define) => {
                        let this = (wording.name, define.name.text.clone());
                        let other = self.defined_in(index, &define.cond);
                        through.extend(other.into_iter().map(|other| (this.clone(), other)));
                        continue;
                    }
                    _ => continue,
                };
                for used in exprs.into_iter().flat_map(|e| self.defined_in(index, e)) {
                    users.entry(used).or_default().extend(&acts);
                }
            }
        }
        loop {
            let before: usize = users.values().map(BTreeSet::len).sum();
            for (this, other) in &through {
                if let Some(acts) = users.get(this).cloned() {
                    users.entry(other.clone()).or_default().extend(acts);
                }
            }
            if users.values().map(BTreeSet::len).sum::<usize>() == before {
                return users;
            }
        }
    }

    /// The names that an expression of a wording mentions, as those of definitions.
    fn defined_in(&self, wording: usize, expr: &ast::Expr) -> Vec<(ClauseName, String)> {
        let mut mentioned = Mentioned::default();
        mentioned.expr(expr);
        let named = mentioned.paths.iter().filter_map(|path| match &path.parts[..] {
            [name] => Some((self.texts.wordings[wording].name, name.text.clone())),
            [clause, name] => Some((self.vocabulary.clause_in(clause).ok()?, name.text.clone())),
            _ => None,
        });
        named.collect()
    }

    /// The actions for which a definition is written; none where it means something without an act.
    pub(super) fn acts_for(&mut self, wording: usize, define: &'a ast::Define) -> Vec<ActionId> {
        let key = (wording, define.name.text.clone());
        if let Some(known) = self.act_defines.get(&key) {
            return known.clone();
        }
        self.act_defines.insert(key.clone(), Vec::new());
        let alone = Ctx::clause(wording).with_key(define.key.as_ref());
        let mut acts = Vec::new();
        if !self.try_out(|l| l.cond(&alone, &define.cond)).1.is_empty() {
            if self.users.is_none() {
                self.users = Some(self.find_users());
            }
            let named = (self.texts.wordings[wording].name, define.name.text.clone());
            let users = self.users.as_ref().and_then(|u| u.get(&named)).cloned().unwrap_or_default();
            // One that nothing uses is still written, for an act of its clause.
            let own = self.acts_of(wording).into_iter().filter(|_| users.is_empty()).take(1);
            for act in users.iter().copied().chain(own) {
                let inner = alone.with_act(act);
                if self.try_out(|l| l.cond(&inner, &define.cond)).1.is_empty() {
                    acts.push(act);
                }
            }
        }
        self.act_defines.insert(key, acts.clone());
        acts
    }

    /// Writes a definition of a clause.
    pub(super) fn definition(&mut self, wording: usize, define: &'a ast::Define, out: &mut Vec<Define>) {
        let acts = self.acts_for(wording, define);
        let alone = Ctx::clause(wording).with_key(define.key.as_ref());
        let each = acts.iter().map(|act| Some(*act)).chain(acts.is_empty().then_some(None));
        for action in each {
            let inner = action.map_or_else(|| alone.clone(), |act| alone.with_act(act));
            out.push(Define {
                name: define.name.text.clone(),
                key: define.key.as_ref().map(|k| k.text.clone()),
                action,
                cond: self.cond(&inner, &define.cond),
            });
        }
    }

    /// A definition where it is used. One that looks at an act needs one in hand that has what it looks at, in every
    /// wording of its clause.
    pub(super) fn defined(
        &mut self,
        ctx: &Ctx,
        clause: ClauseName,
        name: &str,
        key: Option<Box<Expr>>,
        span: Span,
    ) -> Option<Low> {
        for wording in 0..self.texts.wordings.len() {
            if self.texts.wordings[wording].name != clause {
                continue;
            }
            let Some(ItemRef::Define(define)) = self.item_in(wording, name) else { continue };
            let acts = self.acts_for(wording, define);
            if acts.is_empty() || ctx.act.is_some_and(|act| acts.contains(&act)) {
                continue;
            }
            let told = match ctx.act {
                Some(act) => {
                    let action = &self.vocabulary.actions[act.index()].ast.name.text;
                    format!("`{name}` looks at what `{action}` does not have")
                }
                None => format!("`{name}` looks at an act, and none is in hand here"),
            };
            self.report(
                Diagnostic::error("unknown-name", span, told)
                    .also(define.name.span(), "the definition")
                    .help("use it in a norm about such an act"),
            );
            return None;
        }
        Some(Low::Cond(Cond::Defined(clause, name.into(), key)))
    }
}
