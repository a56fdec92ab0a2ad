//! Lowering: consolidated texts → the program. Names become indices, expressions get kinds.

mod clause;
mod cond;
mod day;
mod declare;
mod define;
mod duty;
mod expr;
mod name;
mod period;
mod schedule;
mod span;
mod test;
mod title;
mod version;

pub(crate) use day::edges;

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{ActionId, ClauseName, Cond, EventId, Expr, OpenId, Program, Type};
use servanda_quantity::Unit;
use servanda_syntax::ast::{self, FieldKind};
use servanda_text::{Diagnostic, Severity, Span};

use crate::consolidate::Texts;
use crate::opens::OpenTable;
use crate::vocabulary::Vocabulary;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Figure(Unit),
    Day,
    Words(Vec<String>),
    Party,
    Id,
    Text,
    /// A diagnostic has been given; fits everything.
    Unknown,
}

impl Kind {
    pub(crate) fn of(ty: &Type) -> Kind {
        match ty {
            Type::Words(words) => Kind::Words(words.clone()),
            Type::Party => Kind::Party,
            Type::Id => Kind::Id,
            Type::Figure(unit) => Kind::Figure(unit.clone()),
            Type::Date => Kind::Day,
            Type::Text => Kind::Text,
        }
    }

    pub(crate) fn word(&self) -> String {
        match self {
            Kind::Figure(Unit::Money(c)) if c.is_empty() => "money".into(),
            Kind::Figure(Unit::Money(c)) => format!("money in {c}"),
            Kind::Figure(Unit::Percent) => "a percentage".into(),
            Kind::Figure(Unit::One) => "a number".into(),
            Kind::Figure(Unit::Named(u)) => format!("a number of {u}"),
            Kind::Figure(Unit::MoneyPer(c, u)) => format!("money in {c} per {u}"),
            Kind::Day => "a day".into(),
            Kind::Words(_) => "a word".into(),
            Kind::Party => "a party".into(),
            Kind::Id => "an identifier".into(),
            Kind::Text => "a text".into(),
            Kind::Unknown => "something unknown".into(),
        }
    }
}

/// What a name or an expression turns out to be.
#[derive(Debug, Clone)]
pub(crate) enum Low {
    Value(Expr, Kind),
    Cond(Cond),
}

/// Where an expression stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ctx {
    /// The wording in hand.
    pub(crate) wording: Option<usize>,
    /// The act that is asked about.
    pub(crate) act: Option<ActionId>,
    /// Records in hand, the innermost last.
    pub(crate) records: Vec<EventId>,
    /// The name of the key in hand, and what it is: `Expr::Key`, or what a definition was asked with.
    pub(crate) key: Option<(String, Expr)>,
    /// The fact that is being lowered.
    pub(crate) fact: Option<usize>,
    /// The declaration that an `undisclosed` fills.
    pub(crate) undisclosed: Option<String>,
}

impl Ctx {
    pub(crate) fn clause(wording: usize) -> Ctx {
        Ctx { wording: Some(wording), ..Ctx::default() }
    }

    pub(crate) fn with_record(&self, event: EventId) -> Ctx {
        let mut ctx = self.clone();
        ctx.records.push(event);
        ctx
    }

    pub(crate) fn with_act(&self, action: ActionId) -> Ctx {
        Ctx { act: Some(action), ..self.clone() }
    }

    pub(crate) fn with_key(&self, key: Option<&ast::Name>) -> Ctx {
        Ctx { key: key.map(|k| (k.text.clone(), Expr::Key)), ..self.clone() }
    }
}

/// Something that a clause declares.
#[derive(Clone, Copy)]
pub(crate) enum ItemRef<'a> {
    Value(&'a ast::Value),
    Define(&'a ast::Define),
    Process(&'a ast::Process),
    /// A figure that a step of the process keeps.
    Slot(&'a ast::Process, &'a ast::Expr, Option<&'a ast::When>),
}

/// The state of lowering.
pub(crate) struct Lowerer<'a> {
    pub(crate) vocabulary: &'a Vocabulary<'a>,
    pub(crate) texts: &'a Texts<'a>,
    pub(crate) program: Program,
    pub(crate) opens: OpenTable,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Which readings are used, and by which clauses.
    pub(crate) used: BTreeMap<OpenId, BTreeSet<Option<ClauseName>>>,
    /// Open questions of attributes and fields.
    pub(crate) attribute_opens: BTreeMap<(ActionId, u32), OpenId>,
    pub(crate) field_opens: BTreeMap<(EventId, u32), OpenId>,
    /// Above zero, nothing is written down: diagnostics, questions and uses are dropped.
    pub(crate) dry: usize,
    /// Kinds of values that are known or being found.
    kinds: BTreeMap<(usize, String), Option<Kind>>,
    fact_kinds: BTreeMap<usize, Option<Kind>>,
    /// What the wordings ensure of themselves.
    pub(crate) ensured: Vec<Ensured>,
    /// How deep expressions are nested now.
    pub(crate) depth: usize,
    /// The actions for which definitions that look at an act are written.
    act_defines: BTreeMap<(usize, String), Vec<ActionId>>,
    /// Which actions have norms that use each definition, once it is known.
    users: Option<define::Users>,
}

/// What a wording ensures.
pub(crate) struct Ensured {
    pub(crate) wording: usize,
    /// The condition; the open questions in it mean nothing.
    pub(crate) cond: Cond,
    /// The condition as written, holes filled.
    pub(crate) written: String,
    /// What to tell where it is not so.
    pub(crate) message: String,
    /// Where it is written.
    pub(crate) at: Span,
}

/// How deep expressions may be nested.
pub(crate) const DEPTH_MAX: usize = 64;

impl<'a> Lowerer<'a> {
    pub(crate) fn new(vocabulary: &'a Vocabulary<'a>, texts: &'a Texts<'a>) -> Self {
        Lowerer {
            vocabulary,
            texts,
            program: Program::default(),
            opens: OpenTable::default(),
            diagnostics: Vec::new(),
            used: BTreeMap::new(),
            attribute_opens: BTreeMap::new(),
            field_opens: BTreeMap::new(),
            dry: 0,
            kinds: BTreeMap::new(),
            fact_kinds: BTreeMap::new(),
            ensured: Vec::new(),
            depth: 0,
            act_defines: BTreeMap::new(),
            users: None,
        }
    }

    /// The whole program.
    pub(crate) fn run(mut self) -> Self {
        self.declarations();
        for wording in 0..self.texts.wordings.len() {
            self.clause(wording);
        }
        self.versions();
        self.titles();
        self.tests();
        self.opens.finish(&self.program);
        self.program.opens = std::mem::take(&mut self.opens.opens);
        self
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        // What is only tried out needs no more than to know that it fails.
        if self.dry == 0 || self.diagnostics.len() < 64 {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.report(Diagnostic::error(code, span, message));
    }

    /// Runs something without writing anything down; the diagnostics that it would give come back.
    pub(crate) fn try_out<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, Vec<Diagnostic>) {
        let saved = std::mem::take(&mut self.diagnostics);
        self.dry += 1;
        let result = run(self);
        self.dry -= 1;
        let found = std::mem::replace(&mut self.diagnostics, saved);
        (result, found.into_iter().filter(|d| d.severity == Severity::Error).collect())
    }

    pub(crate) fn use_reading(&mut self, open: OpenId, ctx: &Ctx) {
        if self.dry == 0 {
            let clause = ctx.wording.map(|w| self.texts.wordings[w].name);
            self.used.entry(open).or_default().insert(clause);
        }
    }

    /// The clause name of the wording in hand.
    pub(crate) fn own_name(&self, ctx: &Ctx) -> Option<ClauseName> {
        ctx.wording.map(|w| self.texts.wordings[w].name)
    }

    /// What a wording declares under a name.
    pub(crate) fn item_in(&self, wording: usize, name: &str) -> Option<ItemRef<'a>> {
        let texts = self.texts;
        let fields = &texts.wordings[wording].clause.fields;
        let declared = fields.iter().find_map(|f| match &f.kind {
            FieldKind::Value(v) if v.name.text == name => Some(ItemRef::Value(v)),
            FieldKind::Define(d) if d.name.text == name => Some(ItemRef::Define(d)),
            FieldKind::Process(p) if p.name.text == name => Some(ItemRef::Process(p)),
            _ => None,
        });
        declared.or_else(|| {
            fields.iter().find_map(|f| match &f.kind {
                FieldKind::Process(p) => p.steps.iter().find_map(|step| {
                    let (_, e) = step.keeps.iter().find(|(slot, _)| slot.text == name)?;
                    let when = match &step.trigger {
                        ast::StepTrigger::On(when, _) => Some(when),
                        ast::StepTrigger::After(..) => None,
                    };
                    Some(ItemRef::Slot(p, e, when))
                }),
                _ => None,
            })
        })
    }

    /// The wordings of a clause, the likeliest to be meant first: the own one, then the one that stands in
    /// the version in which the own one first stands, then the others.
    pub(crate) fn wordings_of(&self, clause: ClauseName, ctx: &Ctx) -> Vec<usize> {
        let texts = self.texts;
        let mut out: Vec<usize> = Vec::new();
        if let Some(own) = ctx.wording {
            if texts.wordings[own].name == clause {
                return vec![own];
            }
            if let Some(version) = texts.wordings[own].version {
                out.extend(
                    texts.versions[version].text.iter().filter(|s| s.name == clause).map(|s| s.wording),
                );
            }
        }
        for (i, wording) in texts.wordings.iter().enumerate().rev() {
            if wording.name == clause && !out.contains(&i) {
                out.push(i);
            }
        }
        out
    }

    /// What a clause declares under a name, in the likeliest wording that does.
    pub(crate) fn item_of(&self, clause: ClauseName, name: &str, ctx: &Ctx) -> Option<(usize, ItemRef<'a>)> {
        self.wordings_of(clause, ctx).into_iter().find_map(|w| Some((w, self.item_in(w, name)?)))
    }

    /// The kind of a value of a wording.
    pub(crate) fn value_kind(&mut self, wording: usize, value: &'a ast::Value) -> Kind {
        let key = (wording, value.name.text.clone());
        match self.kinds.get(&key) {
            Some(Some(kind)) => return kind.clone(),
            Some(None) => return Kind::Unknown,
            None => {}
        }
        self.kinds.insert(key.clone(), None);
        let ctx = Ctx {
            undisclosed: Some(value.name.text.clone()),
            ..Ctx::clause(wording).with_key(value.key.as_ref())
        };
        let kind = self.kind_of_cases(&ctx, value);
        self.kinds.insert(key, Some(kind.clone()));
        kind
    }

    /// The kind of the first case of a value that has one; a bare zero has that of the others.
    pub(crate) fn kind_of_cases(&mut self, ctx: &Ctx, value: &'a ast::Value) -> Kind {
        let mut first = Kind::Unknown;
        for (e, _) in value.cases() {
            let ((_, kind), _) = self.try_out(|l| l.value(ctx, e, None));
            if kind != Kind::Unknown && !expr::is_zero(e) {
                return kind;
            }
            if first == Kind::Unknown {
                first = kind;
            }
        }
        first
    }

    /// The kind of a fact.
    pub(crate) fn fact_kind(&mut self, index: usize) -> Kind {
        match self.fact_kinds.get(&index) {
            Some(Some(kind)) => return kind.clone(),
            Some(None) => return Kind::Unknown,
            None => {}
        }
        self.fact_kinds.insert(index, None);
        let fact: &'a ast::Fact = self.vocabulary.facts[index];
        let ctx = Ctx { fact: Some(index), undisclosed: Some(fact.path.text()), ..Ctx::default() };
        let ((_, kind), _) = self.try_out(|l| l.value(&ctx, &fact.value, None));
        self.fact_kinds.insert(index, Some(kind.clone()));
        kind
    }

    /// The actions that a wording's norms speak of.
    pub(crate) fn acts_of(&self, wording: usize) -> Vec<ActionId> {
        let mut out = Vec::new();
        for field in &self.texts.wordings[wording].clause.fields {
            let FieldKind::Norm(norm) = &field.kind else { continue };
            let name = match &norm.kind {
                ast::NormKind::May(a)
                | ast::NormKind::MayNot(a)
                | ast::NormKind::MayOnlyWhere(a, _)
                | ast::NormKind::AloneMay(a)
                | ast::NormKind::HasPower(a, _) => a,
                ast::NormKind::Must(_) => continue,
            };
            out.extend(self.vocabulary.action_in(name).ok().filter(|a| !out.contains(a)));
        }
        out
    }
}
