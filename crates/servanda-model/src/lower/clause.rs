//! One wording of a clause.

use servanda_program::{
    Clause, Cond, Effect, EffectTarget, EffectVerb, Expr, Moment, Norm, NormForm, Override, Power, Process,
    Sign, State, Step, Trigger, Value,
};
use servanda_syntax::ast::{self, FieldKind, NormKind};
use servanda_text::{Diagnostic, Span};

use super::cond::{all, any, not};
use super::day::Bound;
use super::expr::fits;
use super::{Ctx, Ensured, Kind, Lowerer};
use crate::vocabulary::{text, unknown_at};

/// A norm before the exceptions are put in.
struct Plain {
    span: Span,
    norms: Vec<Norm>,
}

impl<'a> Lowerer<'a> {
    /// Lowers a wording and adds it to the program's clauses, whose indices are those of the wordings.
    pub(crate) fn clause(&mut self, index: usize) {
        let texts = self.texts;
        let wording = &texts.wordings[index];
        let before = self.diagnostics.len();
        let clause = self.clause_inner(index);
        self.program.clauses.push(clause);
        if wording.broken {
            self.diagnostics.truncate(before);
        }
        // What goes wrong inside a template goes wrong where it is used.
        if let Some(place) = wording.uses {
            for d in &mut self.diagnostics[before..] {
                let Some(primary) = &mut d.primary else { continue };
                if primary.span.source != wording.clause.name.span().source {
                    let inside = std::mem::replace(&mut primary.span, place);
                    let label = std::mem::take(&mut primary.text);
                    d.secondary.insert(
                        0,
                        servanda_text::Label {
                            span: inside,
                            text: if label.is_empty() { "in the template".into() } else { label },
                        },
                    );
                }
            }
        }
    }

    fn clause_inner(&mut self, index: usize) -> Clause {
        let texts = self.texts;
        let wording = &texts.wordings[index];
        let ast = &wording.clause;
        let ctx = Ctx::clause(index);
        let mut out = Clause {
            name: wording.name,
            title: text(&ast.title),
            protects: Vec::new(),
            from: None,
            until: Moment::Never,
            while_: None,
            norms: Vec::new(),
            powers: Vec::new(),
            duties: Vec::new(),
            overrides: Vec::new(),
            effects: Vec::new(),
            processes: Vec::new(),
            values: Vec::new(),
            defines: Vec::new(),
            survives: false,
            topics: Vec::new(),
            grounds: self.cited(index),
            span: wording.span,
        };
        self.duplicates(index);
        let mut exceptions: Vec<&'a ast::Expr> = Vec::new();
        let mut plain: Vec<Plain> = Vec::new();
        let mut duties = Vec::new();
        for field in &ast.fields {
            match &field.kind {
                FieldKind::For(names) => out.protects = self.parties(names),
                FieldKind::From(day) => out.from = Some(self.day(&ctx, day, Bound::From)),
                FieldKind::Until(day) => out.until = self.day(&ctx, day, Bound::Until),
                FieldKind::Through(day) => out.until = self.through(&ctx, day),
                FieldKind::While(cond) => {
                    let cond = self.cond(&ctx, cond);
                    out.while_ = Some(match out.while_.take() {
                        Some(before) => all(vec![before, cond]),
                        None => cond,
                    });
                }
                FieldKind::Unless(cond) => exceptions.push(cond),
                FieldKind::Overrides(name, cond) => match self.vocabulary.clause_in(name) {
                    Ok(clause) => {
                        let cond = match cond {
                            Some(cond) => self.override_cond(&ctx, index, cond),
                            None => Cond::Constant(true),
                        };
                        out.overrides.push(Override { clause, cond });
                    }
                    Err(d) => self.report(*d),
                },
                FieldKind::Effect(effect) => out.effects.push(self.effect(&ctx, effect, field.at.0)),
                FieldKind::Process(process) => out.processes.push(self.process(&ctx, process)),
                FieldKind::Value(value) => out.values.push(self.clause_value(&ctx, value)),
                FieldKind::Define(define) => self.definition(index, define, &mut out.defines),
                FieldKind::Norm(norm) => match &norm.kind {
                    NormKind::Must(duty) => duties.push((norm, duty, field.at.0)),
                    _ => {
                        let norms = self.norm(&ctx, norm, field.at.0, &mut out.powers);
                        plain.push(Plain { span: field.at.0, norms });
                    }
                },
                FieldKind::Survives => out.survives = true,
                FieldKind::Covers(names) => {
                    for topic in self.topics(names) {
                        if !out.topics.contains(&topic) {
                            out.topics.push(topic);
                        }
                    }
                }
                FieldKind::Ensure(cond, message) => self.ensure(&ctx, index, cond, message, field.at.0),
                FieldKind::Cites(_) | FieldKind::Outside(_) | FieldKind::Note(_) => {}
            }
        }
        let mut duty_exceptions = Vec::new();
        for exception in exceptions {
            self.exception(&ctx, exception, &mut plain, (!duties.is_empty()).then_some(&mut duty_exceptions));
        }
        for (norm, duty, span) in duties {
            let duty = self.duty(&ctx, norm, duty, span, &duty_exceptions);
            out.duties.extend(duty);
        }
        out.norms = plain.into_iter().flat_map(|p| p.norms).collect();
        out
    }

    /// Keeps what a wording ensures, until all values are known. It asks no questions, so nothing is written down.
    fn ensure(&mut self, ctx: &Ctx, wording: usize, cond: &'a ast::Expr, message: &ast::Text, at: Span) {
        let inner = Ctx { undisclosed: Some("ensure".into()), ..ctx.clone() };
        let (lowered, found) = self.try_out(|l| l.cond(&inner, cond));
        if !found.is_empty() {
            found.into_iter().for_each(|d| self.report(d));
            return;
        }
        let (written, message) = (crate::print::expr(cond), message.value.clone());
        self.ensured.push(Ensured { wording, cond: lowered, written, message, at });
    }

    fn parties(&mut self, names: &[ast::Name]) -> Vec<servanda_program::PartyId> {
        let mut found = Vec::new();
        let out = self.vocabulary.parties_in(names, &mut found);
        found.into_iter().for_each(|d| self.report(d));
        out
    }

    pub(crate) fn parties_of(&mut self, names: &[ast::Name]) -> Vec<servanda_program::PartyId> {
        self.parties(names)
    }

    /// The grounds of a wording, with diagnostics about sources and about a clause without any.
    fn cited(&mut self, index: usize) -> servanda_program::Grounds {
        let texts = self.texts;
        let clause = &texts.wordings[index].clause;
        let mut found = Vec::new();
        let mut any = false;
        for field in &clause.fields {
            match &field.kind {
                FieldKind::Cites(cites) => {
                    any = true;
                    for cite in cites {
                        self.vocabulary.cite(cite, &mut found);
                    }
                }
                FieldKind::Outside(_) => any = true,
                _ => {}
            }
        }
        found.into_iter().for_each(|d| self.report(d));
        if !any {
            self.report(
                Diagnostic::error(
                    "uncited-clause",
                    clause.name.span(),
                    format!("the clause `{}` does not say where it comes from", clause.name.text),
                )
                .help("write `cites SOURCE START..END`, or `outside \"…\"` for what no source says"),
            );
        }
        self.clause_grounds(index)
    }

    /// Names that a wording declares twice, and fields that it has twice.
    fn duplicates(&mut self, index: usize) {
        let texts = self.texts;
        let clause = &texts.wordings[index].clause;
        let mut names: Vec<(&str, Span)> = Vec::new();
        let mut fields: Vec<(&str, Span)> = Vec::new();
        for field in &clause.fields {
            let span = field.at.0;
            if let Some(name) = crate::expand::declared_name(&field.kind) {
                if let Some((_, first)) = names.iter().find(|(n, _)| *n == name) {
                    self.report(
                        Diagnostic::error(
                            "duplicate-name",
                            span,
                            format!("the clause `{}` declares `{name}` twice", clause.name.text),
                        )
                        .also(*first, "declared here first"),
                    );
                } else {
                    names.push((name, span));
                }
            }
            let keyword = field.kind.keyword();
            if crate::expand::single_valued(keyword) && keyword != "while" {
                if let Some((_, first)) = fields.iter().find(|(k, _)| *k == keyword) {
                    let help = match keyword {
                        "until" => "write `until the earlier of … and …`",
                        "from" => "write `from the later of … and …`",
                        _ => "name everybody in one field",
                    };
                    self.report(
                        Diagnostic::error(
                            "duplicate-field",
                            span,
                            format!("the clause `{}` has two fields `{keyword}`", clause.name.text),
                        )
                        .also(*first, "the first of them")
                        .help(help),
                    );
                } else {
                    fields.push((keyword, span));
                }
            }
        }
        self.duplicate_slots(clause, &names);
    }

    /// Figures that processes keep under a name that the wording has for something else.
    fn duplicate_slots(&mut self, clause: &ast::Clause, names: &[(&str, Span)]) {
        let mut kept: Vec<(&str, &str, Span)> = Vec::new();
        let processes = clause.fields.iter().filter_map(|f| match &f.kind {
            FieldKind::Process(p) => Some(p),
            _ => None,
        });
        for process in processes {
            for (slot, _) in process.steps.iter().flat_map(|s| &s.keeps) {
                let name = slot.text.as_str();
                let declared = names.iter().find(|(n, _)| *n == name).map(|(_, span)| *span);
                let elsewhere = kept.iter().find(|(p, n, _)| *p != process.name.text && *n == name);
                match declared.or(elsewhere.map(|(.., span)| *span)) {
                    Some(first) => self.report(
                        Diagnostic::error(
                            "duplicate-name",
                            slot.span(),
                            format!("the clause `{}` declares `{name}` twice", clause.name.text),
                        )
                        .also(first, "declared here first"),
                    ),
                    None => kept.push((&process.name.text, name, slot.span())),
                }
            }
        }
    }

    /// A permission, a restriction or a power.
    fn norm(&mut self, ctx: &Ctx, norm: &'a ast::Norm, span: Span, powers: &mut Vec<Power>) -> Vec<Norm> {
        let parties = self.parties(&norm.parties);
        let name = match &norm.kind {
            NormKind::May(a)
            | NormKind::MayNot(a)
            | NormKind::MayOnlyWhere(a, _)
            | NormKind::AloneMay(a)
            | NormKind::HasPower(a, _) => a,
            NormKind::Must(_) => return Vec::new(),
        };
        let action = match self.vocabulary.action_in(name) {
            Ok(action) => action,
            Err(d) => {
                self.report(*d);
                return Vec::new();
            }
        };
        let info = &self.vocabulary.actions[action.index()];
        for party in &parties {
            if !info.by.contains(party) {
                let who = &self.vocabulary.parties[party.index()].name;
                let d =
                    Diagnostic::error("wrong-actor", span, format!("`{who}` cannot `{}` at all", name.text))
                        .also(info.ast.name.span(), "the action says who can")
                        .help(format!("write `by {who}` in the action, or take `{who}` out of the norm"));
                self.report(d);
            }
        }
        let ctx = &ctx.with_act(action);
        let reach = all(norm.reach.iter().map(|e| self.cond(ctx, e)).collect());
        let provided: Vec<Cond> = norm.provided.iter().map(|e| self.cond(ctx, e)).collect();
        let provided_ok = matches!(norm.kind, NormKind::May(_) | NormKind::HasPower(..));
        if !provided_ok && let Some(first) = norm.provided.first() {
            self.report(
                Diagnostic::error(
                    "provided-on-restriction",
                    first.span(),
                    "only a permission can be `provided`",
                )
                .help("write `only where …` for what a restriction demands, or `if …` for what it speaks of"),
            );
        }
        let make = |sign, form, parties, holders, meet| Norm {
            sign,
            form,
            parties,
            holders,
            action,
            reach: reach.clone(),
            meet,
            except: Cond::Constant(false),
            span,
        };
        let actors = info.by.clone();
        match &norm.kind {
            NormKind::May(_) => vec![make(Sign::Grant, NormForm::May, parties, Vec::new(), all(provided))],
            NormKind::MayNot(_) => {
                vec![make(Sign::Bar, NormForm::MayNot, parties, Vec::new(), Cond::Constant(false))]
            }
            NormKind::MayOnlyWhere(_, where_) => {
                let meet = self.cond(ctx, where_);
                vec![make(Sign::Bar, NormForm::OnlyWhere, parties, Vec::new(), meet)]
            }
            NormKind::AloneMay(_) => vec![
                make(Sign::Grant, NormForm::Alone, parties.clone(), Vec::new(), Cond::Constant(true)),
                make(Sign::Bar, NormForm::Alone, actors, parties, Cond::Constant(false)),
            ],
            NormKind::HasPower(_, guard) => {
                if info.brings.is_empty() {
                    let d = Diagnostic::error(
                        "power-without-event",
                        name.span(),
                        format!("the action `{}` brings no event, so there is no power to it", name.text),
                    )
                    .also(info.ast.name.span(), "the action")
                    .help("write `brings EVENT` in the action, or `may` instead of `has power to`");
                    self.report(d);
                }
                let guard = match guard {
                    Some(guard) => self.cond(ctx, guard),
                    None => Cond::Constant(true),
                };
                let meet = all(std::iter::once(guard).chain(provided).collect());
                powers.push(Power {
                    parties: parties.clone(),
                    action,
                    when: all(vec![reach.clone(), meet.clone()]),
                    span,
                });
                vec![make(Sign::Grant, NormForm::HasPower, parties, Vec::new(), meet)]
            }
            NormKind::Must(_) => Vec::new(),
        }
    }

    /// `unless X`: an exception of each norm whose act has what X looks at, and of duties where X looks at no act.
    fn exception(
        &mut self,
        ctx: &Ctx,
        exception: &'a ast::Expr,
        plain: &mut [Plain],
        duties: Option<&mut Vec<Cond>>,
    ) {
        let mut applied = false;
        let mut first_failure: Option<Vec<Diagnostic>> = None;
        for p in plain.iter_mut() {
            for norm in &mut p.norms {
                let inner = ctx.with_act(norm.action);
                let (_, found) = self.try_out(|l| l.cond(&inner, exception));
                if found.is_empty() {
                    let cond = self.cond(&inner, exception);
                    let before = std::mem::replace(&mut norm.except, Cond::Constant(false));
                    norm.except = any(vec![before, cond]);
                    applied = true;
                } else if first_failure.is_none() {
                    first_failure = Some(found);
                }
            }
        }
        if let Some(duties) = duties {
            let (_, found) = self.try_out(|l| l.cond(ctx, exception));
            if found.is_empty() {
                duties.push(self.cond(ctx, exception));
                applied = true;
            } else if first_failure.is_none() {
                first_failure = Some(found);
            }
        }
        if applied {
            return;
        }
        match first_failure {
            Some(found) if found.iter().any(|d| d.code != "unknown-name" || !d.help.is_empty()) => {
                found.into_iter().for_each(|d| self.report(d));
            }
            _ => {
                let mut d = Diagnostic::error(
                    "exception-without-norm",
                    exception.span(),
                    "no norm of the clause has an act with what this exception looks at",
                );
                for p in plain.iter() {
                    let Some(norm) = p.norms.first() else { continue };
                    let info = &self.vocabulary.actions[norm.action.index()];
                    let attrs: Vec<&str> = info.attrs.iter().map(|a| a.name.as_str()).collect();
                    let text = if attrs.is_empty() {
                        format!("`{}` has no attributes", info.ast.name.text)
                    } else {
                        format!("`{}` has {}", info.ast.name.text, attrs.join(", "))
                    };
                    d = d.also(p.span, text);
                }
                self.report(d.help("look only at attributes of the acts that the clause speaks of"));
            }
        }
    }

    /// `overrides K if X`: X may look at the act, where that means the same for every act of the clause.
    fn override_cond(&mut self, ctx: &Ctx, wording: usize, cond: &'a ast::Expr) -> Cond {
        if self.try_out(|l| l.cond(ctx, cond)).1.is_empty() {
            return self.cond(ctx, cond);
        }
        let acts: Vec<Ctx> = self.acts_of(wording).into_iter().map(|act| ctx.with_act(act)).collect();
        let Some(first) = acts.first() else { return self.cond(ctx, cond) };
        let (lowered, found) = self.try_out(|l| l.cond(first, cond));
        if found.is_empty() {
            for other in &acts[1..] {
                let (same, found) = self.try_out(|l| l.cond(other, cond));
                if !found.is_empty() || same != lowered {
                    self.report(
                        Diagnostic::error(
                            "exception-without-norm",
                            cond.span(),
                            "this condition looks at an act, and the clause speaks of several",
                        )
                        .help("write a clause for each act"),
                    );
                    return Cond::Constant(false);
                }
            }
        }
        self.cond(first, cond)
    }

    fn effect(&mut self, ctx: &Ctx, effect: &'a ast::Effect, span: Span) -> Effect {
        let when = self.when(ctx, &effect.when);
        let before = effect.before.as_ref().map(|d| self.day(ctx, d, Bound::Until));
        let verb = match effect.verb {
            ast::EffectVerb::Ends => EffectVerb::Ends,
            ast::EffectVerb::Starts => EffectVerb::Starts,
            ast::EffectVerb::Suspends => EffectVerb::Suspends,
            ast::EffectVerb::Resumes => EffectVerb::Resumes,
        };
        let target = match &effect.target {
            ast::EffectTarget::Agreement => EffectTarget::Agreement,
            ast::EffectTarget::This => EffectTarget::Clauses(self.own_name(ctx).into_iter().collect()),
            ast::EffectTarget::Clauses(names) => {
                let mut out = Vec::new();
                for name in names {
                    match self.vocabulary.clause_in(name) {
                        Ok(clause) => out.push(clause),
                        Err(d) => self.report(*d),
                    }
                }
                EffectTarget::Clauses(out)
            }
        };
        Effect { when, before, verb, target, span }
    }

    fn state(&mut self, process: &ast::Process, name: &ast::Name) -> Option<u32> {
        match process.states.iter().position(|s| s.text == name.text) {
            Some(i) => Some(i as u32),
            None => {
                let d = unknown_at(
                    "unknown-word",
                    "state",
                    &name.text,
                    name.span(),
                    process.states.iter().map(|s| s.text.as_str()),
                )
                .also(process.name.span(), "the process with its states");
                self.report(d);
                None
            }
        }
    }

    fn process(&mut self, ctx: &Ctx, process: &'a ast::Process) -> Process {
        let ctx = ctx.with_key(process.key.as_ref());
        let mut steps = Vec::new();
        for (i, state) in process.states.iter().enumerate() {
            if process.states[..i].iter().any(|s| s.text == state.text) {
                self.error(
                    "duplicate-name",
                    state.span(),
                    format!("the state `{}` is declared twice", state.text),
                );
            }
        }
        for step in &process.steps {
            let to = self.state(process, &step.to);
            let mut record = ctx.clone();
            let (trigger, from) = match &step.trigger {
                ast::StepTrigger::On(when, from) => {
                    let states: Vec<u32> = if from.is_empty() {
                        (0..process.states.len() as u32).collect()
                    } else {
                        from.iter().filter_map(|s| self.state(process, s)).collect()
                    };
                    let Some(pattern) = self.when_pattern(&ctx, when) else { continue };
                    record = ctx.with_record(pattern.event);
                    if let Some(key) = &process.key
                        && self.field(pattern.event, &key.text).is_none()
                    {
                        let info = &self.vocabulary.events[pattern.event.index()];
                        let d = Diagnostic::error(
                            "no-key",
                            when.at.0,
                            format!(
                                "the event `{}` has no field `{}`, which tells the runs of `{}` apart",
                                info.ast.name.text, key.text, process.name.text
                            ),
                        )
                        .also(info.ast.name.span(), "the event with its fields")
                        .help(format!("write `{} : id` in the event", key.text));
                        self.report(d);
                    }
                    (Trigger::On(pattern), states)
                }
                ast::StepTrigger::After(duration, state) => {
                    let from: Vec<u32> = self.state(process, state).into_iter().collect();
                    let Some((duration, calendar)) = self.span_of_time(duration, step.at.0) else { continue };
                    (Trigger::After(duration, calendar), from)
                }
            };
            let keeps = step
                .keeps
                .iter()
                .map(|(slot, e)| {
                    let (value, kind) = self.value(&record, e, None);
                    if !matches!(kind, Kind::Figure(_) | Kind::Day | Kind::Unknown) {
                        self.error(
                            "wrong-kind",
                            e.span(),
                            format!("a figure or a day is expected, found {}", kind.word()),
                        );
                    }
                    (slot.text.clone(), value)
                })
                .collect();
            let Some(to) = to else { continue };
            steps.push(Step { trigger, from, to, keeps });
        }
        Process {
            name: process.name.text.clone(),
            key: process.key.as_ref().map(|k| k.text.clone()),
            states: process.states.iter().map(|s| State { name: s.text.clone() }).collect(),
            steps,
        }
    }

    fn clause_value(&mut self, ctx: &Ctx, value: &'a ast::Value) -> Value {
        let inner = Ctx { undisclosed: Some(value.name.text.clone()), ..ctx.with_key(value.key.as_ref()) };
        let (name, key) = (value.name.text.clone(), value.key.as_ref().map(|k| k.text.clone()));
        let always = Cond::Constant(true);
        if value.otherwise.is_empty() {
            let (expr, _): (Expr, Kind) = self.value(&inner, &value.expr, None);
            let cond = value.cond.as_ref().map_or(always, |cond| self.cond(&inner, cond));
            return Value { name, key, expr, cond };
        }
        // All cases are of one kind.
        let kind = self.kind_of_cases(&inner, value);
        let mut cases = Vec::new();
        for (e, cond) in value.cases() {
            let (expr, found) = self.value(&inner, e, Some(&kind));
            if !fits(&kind, &found) {
                let message =
                    format!("{} is expected as in the other cases, found {}", kind.word(), found.word());
                self.error("wrong-kind", e.span(), message);
            }
            let cond = cond.map_or(Cond::Constant(true), |cond| self.cond(&inner, cond));
            cases.push((cond, expr));
        }
        Value { name, key, expr: Expr::Cases(cases), cond: always }
    }

    /// What the exceptions leave of a duty's conditions.
    pub(crate) fn reach_of_duty(&mut self, ctx: &Ctx, norm: &ast::Norm, exceptions: &[Cond]) -> Cond {
        let mut conds: Vec<Cond> = norm.reach.iter().map(|e| self.cond(ctx, e)).collect();
        conds.extend(exceptions.iter().cloned().map(not));
        all(conds)
    }
}
