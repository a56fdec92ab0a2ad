//! Versions: declarations → for each version the clauses that stand in it, with who wrote each field.

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{ClauseName, Ending, Status};
use servanda_quantity::Day;
use servanda_syntax::ast::{self, FieldKind, VersionFieldKind as V};
use servanda_text::{Diagnostic, Span};

use crate::expand::{declared_name, expand, use_span};
use crate::vocabulary::{VersionDecl, Vocabulary, unknown};

/// One wording of a clause, templates expanded and changes applied.
#[derive(Debug)]
pub(crate) struct Wording {
    pub(crate) clause: ast::Clause,
    pub(crate) name: ClauseName,
    /// The version in whose text it first stands; `None` for a law.
    pub(crate) version: Option<usize>,
    /// The whole declaration.
    pub(crate) span: Span,
    /// The place where it uses a template.
    pub(crate) uses: Option<Span>,
    /// Whether its template could not be filled, so that what follows from that need not be reported.
    pub(crate) broken: bool,
}

/// A clause in a version.
#[derive(Debug, Clone)]
pub(crate) struct StandingText<'a> {
    pub(crate) name: ClauseName,
    pub(crate) wording: usize,
    pub(crate) birth: usize,
    pub(crate) ended: Option<(usize, Ending)>,
    pub(crate) suspended: Vec<SuspensionText<'a>>,
    pub(crate) blame: Vec<(String, usize)>,
}

/// A rest of a clause.
#[derive(Debug, Clone)]
pub(crate) struct SuspensionText<'a> {
    pub(crate) by: usize,
    pub(crate) from: Option<&'a ast::DayExpr>,
    pub(crate) until: Option<&'a ast::DayExpr>,
}

/// A version and its text.
#[derive(Debug)]
pub(crate) struct VersionText<'a> {
    pub(crate) decl: &'a ast::Version,
    pub(crate) span: Span,
    pub(crate) base: Option<usize>,
    pub(crate) status: Status,
    pub(crate) signed: Option<Day>,
    pub(crate) binding_from: Option<&'a ast::DayExpr>,
    pub(crate) retroactive: bool,
    pub(crate) requires: Option<&'a ast::Expr>,
    pub(crate) lapses: Option<&'a ast::DayExpr>,
    pub(crate) text: Vec<StandingText<'a>>,
    pub(crate) struck: Vec<ClauseName>,
    pub(crate) settles: Vec<(&'a ast::Name, &'a ast::Name)>,
    pub(crate) clarifies: bool,
    pub(crate) terminates: bool,
}

/// All versions with a base before what builds on it, and all wordings.
#[derive(Debug, Default)]
pub(crate) struct Texts<'a> {
    pub(crate) versions: Vec<VersionText<'a>>,
    pub(crate) wordings: Vec<Wording>,
    pub(crate) laws: Vec<usize>,
    /// The expanded clauses as they are declared, laws first.
    pub(crate) expanded: Vec<ast::Clause>,
}

/// How a version builds on another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Starts,
    Amends,
    Restates,
    Clarifies,
    Terminates,
}

fn how(v: &ast::Version) -> (How, Option<&ast::Name>) {
    v.fields
        .iter()
        .find_map(|f| match &f.kind {
            V::Starts => Some((How::Starts, None)),
            V::Amends(n) => Some((How::Amends, Some(n))),
            V::Restates(n) => Some((How::Restates, Some(n))),
            V::Clarifies(n) => Some((How::Clarifies, Some(n))),
            V::Terminates(n) => Some((How::Terminates, Some(n))),
            _ => None,
        })
        .unwrap_or((How::Starts, None))
}

fn status(v: &ast::Version) -> Option<Status> {
    let has = |wanted: fn(&V) -> bool| v.fields.iter().any(|f| wanted(&f.kind));
    if has(|k| matches!(k, V::Reported)) {
        Some(Status::Reported)
    } else if has(|k| matches!(k, V::Proposed)) {
        Some(Status::Proposed)
    } else if has(|k| matches!(k, V::NonBinding)) {
        Some(Status::NonBinding)
    } else if has(|k| matches!(k, V::BindingFrom(_) | V::BindingAsOf(_) | V::Signed(_))) {
        Some(Status::Binding)
    } else {
        None
    }
}

/// The label of a field in blame: `may host`, `until`, `value rate`.
pub(crate) fn label(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Norm(n) => match &n.kind {
            ast::NormKind::May(a) => format!("may {}", a.text),
            ast::NormKind::MayNot(a) => format!("may not {}", a.text),
            ast::NormKind::MayOnlyWhere(a, _) => format!("may {} only where", a.text),
            ast::NormKind::AloneMay(a) => format!("alone may {}", a.text),
            ast::NormKind::HasPower(a, _) => format!("has power to {}", a.text),
            ast::NormKind::Must(d) => match &d.what {
                ast::DutyWhat::Act(a) => format!("must {}", a.text),
                ast::DutyWhat::Words(w) => format!("must “{}”", w.value),
            },
        },
        other => match declared_name(other) {
            Some(name) => format!("{} {name}", other.keyword()),
            None => match other {
                FieldKind::Overrides(name, _) => format!("overrides {}", name.text),
                _ => other.keyword().to_string(),
            },
        },
    }
}

/// Consolidates every version.
pub(crate) fn consolidate<'a>(
    vocabulary: &'a Vocabulary<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Texts<'a> {
    let mut texts = Texts::default();
    for (law, span) in &vocabulary.laws {
        let before = diagnostics.len();
        let clause = expand(vocabulary, law, diagnostics);
        let broken = diagnostics.len() > before;
        texts.expanded.push(clause.clone());
        let Ok(name) = vocabulary.clause_in(&law.name) else { continue };
        texts.laws.push(texts.wordings.len());
        texts.wordings.push(Wording {
            clause,
            name,
            version: None,
            span: *span,
            uses: use_span(law),
            broken,
        });
    }
    let order = order(vocabulary, diagnostics);
    if vocabulary.versions.is_empty() && vocabulary.laws.is_empty() && vocabulary.agreement.is_some() {
        diagnostics.push(
            Diagnostic::global("missing-version", "the agreement has no version")
                .help("write `version NAME \"title\" starts binding from DATE`"),
        );
    }
    let place: BTreeMap<&str, usize> = order
        .iter()
        .enumerate()
        .map(|(i, (d, _))| (vocabulary.versions[*d].ast.name.text.as_str(), i))
        .collect();
    for (decl_index, _) in &order {
        let decl = &vocabulary.versions[*decl_index];
        let index = texts.versions.len();
        let base = how(decl.ast).1.and_then(|n| place.get(n.text.as_str()).copied()).filter(|b| *b < index);
        let version = Builder { vocabulary, texts: &mut texts, diagnostics, index, decl, base }.version();
        texts.versions.push(version);
    }
    chain(&texts, diagnostics);
    texts
}

/// Declared versions, a base before what builds on it; with diagnostics about unknown bases and cycles.
fn order(vocabulary: &Vocabulary<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(usize, ())> {
    let versions = &vocabulary.versions;
    let by_name: BTreeMap<&str, usize> =
        versions.iter().enumerate().rev().map(|(i, v)| (v.ast.name.text.as_str(), i)).collect();
    let mut base_of: Vec<Option<usize>> = Vec::new();
    for v in versions {
        let (how, name) = how(v.ast);
        let base = name.and_then(|n| by_name.get(n.text.as_str()).copied());
        if let (Some(name), None) = (name, base) {
            let names = versions.iter().map(|o| o.ast.name.text.as_str());
            diagnostics.push(unknown("unknown-version", "version", name, names));
        }
        if how == How::Starts && !v.ast.fields.iter().any(|f| matches!(f.kind, V::Starts)) {
            diagnostics.push(
                Diagnostic::error(
                    "version-without-base",
                    v.ast.name.span(),
                    format!("the version `{}` does not say what it builds on", v.ast.name.text),
                )
                .help("write `starts`, or `amends`, `restates`, `clarifies` or `terminates` with a version"),
            );
        }
        base_of.push(base);
    }
    // Cycles are cut where they are found.
    let mut cut = base_of.clone();
    for start in 0..versions.len() {
        let mut seen = BTreeSet::new();
        let mut at = start;
        while let Some(next) = cut[at] {
            if !seen.insert(at) || next == start {
                let mut d = Diagnostic::error(
                    "amendment-cycle",
                    versions[start].ast.name.span(),
                    format!("the version `{}` builds on itself", versions[start].ast.name.text),
                );
                let mut other = start;
                while let Some(b) = cut[other] {
                    if b == start {
                        break;
                    }
                    d = d.also(versions[b].ast.name.span(), "through this version");
                    other = b;
                    if d.secondary.len() > 8 {
                        break;
                    }
                }
                diagnostics.push(d);
                cut[start] = None;
                break;
            }
            at = next;
        }
    }
    let mut placed = vec![false; versions.len()];
    let mut out = Vec::new();
    while out.len() < versions.len() {
        let Some(next) = (0..versions.len()).find(|&i| !placed[i] && cut[i].is_none_or(|b| placed[b])) else {
            break;
        };
        placed[next] = true;
        out.push((next, ()));
    }
    out
}

/// Binding versions form one line.
fn chain(texts: &Texts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let binding: Vec<usize> =
        (0..texts.versions.len()).filter(|&i| texts.versions[i].status == Status::Binding).collect();
    let mut newest: Option<usize> = None;
    for &i in &binding {
        let v = &texts.versions[i];
        // A base that is missing, unknown or cut from a cycle has been reported.
        let starts = v.decl.fields.iter().any(|f| matches!(f.kind, V::Starts));
        let lost = v.base.is_none() && !starts;
        if newest != v.base && !lost {
            let name = |v: &VersionText<'_>| v.decl.name.text.clone();
            let mut d = match (newest, v.base) {
                (Some(newest), Some(base)) => Diagnostic::error(
                    "branched-amendment",
                    v.decl.name.span(),
                    format!(
                        "the version `{}` builds on `{}`, and `{}` binds already on top of that",
                        name(v),
                        name(&texts.versions[base]),
                        name(&texts.versions[newest])
                    ),
                )
                .help(format!("build on `{}`", name(&texts.versions[newest]))),
                (Some(newest), None) => Diagnostic::error(
                    "branched-amendment",
                    v.decl.name.span(),
                    format!(
                        "the version `{}` starts anew, and `{}` binds already",
                        name(v),
                        name(&texts.versions[newest])
                    ),
                )
                .help(format!("write `amends {0}` or `restates {0}`", name(&texts.versions[newest]))),
                (None, Some(base)) => Diagnostic::error(
                    "branched-amendment",
                    v.decl.name.span(),
                    format!(
                        "the version `{}` binds, and builds on `{}`, which does not",
                        name(v),
                        name(&texts.versions[base])
                    ),
                )
                .help("make the base binding, or build on a binding version"),
                (None, None) => continue,
            };
            if let Some(newest) = newest {
                d = d.also(texts.versions[newest].decl.name.span(), "the newest binding version");
            }
            diagnostics.push(d);
        }
        newest = Some(i);
    }
}

/// Builds the text of one version.
struct Builder<'a, 'b> {
    vocabulary: &'a Vocabulary<'a>,
    texts: &'b mut Texts<'a>,
    diagnostics: &'b mut Vec<Diagnostic>,
    index: usize,
    decl: &'a VersionDecl<'a>,
    base: Option<usize>,
}

impl<'a> Builder<'a, '_> {
    fn version(mut self) -> VersionText<'a> {
        let v = self.decl.ast;
        let (how, _) = how(v);
        let status = match status(v) {
            Some(status) => status,
            None => {
                self.diagnostics.push(
                    Diagnostic::error(
                        "version-without-status",
                        v.name.span(),
                        format!("the version `{}` does not say whether it binds", v.name.text),
                    )
                    .help(
                        "write `binding from DATE`, `signed DATE`, `proposed`, `reported` or `non-binding`",
                    ),
                );
                Status::Proposed
            }
        };
        let mut text = match self.base {
            Some(base) => self.texts.versions[base].text.clone(),
            None => Vec::new(),
        };
        let mut struck = Vec::new();
        let mut settles = Vec::new();
        let mut survives = BTreeSet::new();
        // What the restatement speaks of.
        let mut spoken: BTreeSet<ClauseName> = BTreeSet::new();
        let (mut signed, mut binding_from, mut requires, mut lapses) = (None, None, None, None);
        let mut retroactive = false;
        for field in &v.fields {
            match &field.kind {
                V::Signed(day) => signed = Some(*day),
                V::BindingFrom(day) => binding_from = Some(day),
                V::BindingAsOf(day) => (binding_from, retroactive) = (Some(day), true),
                V::Requires(cond) => requires = Some(cond),
                V::Lapses(day) => lapses = Some(day),
                V::Settles(reading, word) => settles.push((reading, word)),
                V::Keeps(names) => {
                    for name in names {
                        spoken.extend(self.standing(&text, name).map(|i| text[i].name));
                    }
                }
                V::Strikes(names) => {
                    for name in names {
                        if let Some(i) = self.standing(&text, name) {
                            spoken.insert(text[i].name);
                            struck.push(text[i].name);
                            text.remove(i);
                        }
                    }
                }
                V::Waives(names, by) => {
                    for name in names {
                        if let Some(i) = self.standing(&text, name) {
                            spoken.insert(text[i].name);
                            self.waiver(&text[i], name, by);
                            text[i].ended = Some((self.index, Ending::Waived));
                        }
                    }
                }
                V::Suspends(names, from, until) => {
                    for name in names {
                        if let Some(i) = self.standing(&text, name) {
                            spoken.insert(text[i].name);
                            let (from, until) = (from.as_ref(), until.as_ref());
                            text[i].suspended.push(SuspensionText { by: self.index, from, until });
                        }
                    }
                }
                V::Revives(names) => {
                    for name in names {
                        if let Some(i) = self.standing(&text, name) {
                            spoken.insert(text[i].name);
                            text[i].ended = None;
                            text[i].suspended.clear();
                        }
                    }
                }
                V::Extends(name, day) => {
                    if let Some(i) = self.standing(&text, name) {
                        spoken.insert(text[i].name);
                        let field = ast::Field { kind: FieldKind::Until(day.clone()), at: field.at };
                        self.edit(&mut text[i], &[ast::Edit::Replace(field)], name.span());
                    }
                }
                V::Survives(names) => {
                    for name in names {
                        survives.extend(self.standing(&text, name).map(|i| text[i].name));
                    }
                }
                _ => {}
            }
        }
        for (change, _) in &self.decl.changes {
            if let Some(i) = self.standing(&text, &change.name) {
                spoken.insert(text[i].name);
                self.edit(&mut text[i], &change.edits, change.name.span());
            }
        }
        for (clause, span) in &self.decl.clauses {
            let before = self.diagnostics.len();
            let expanded = expand(self.vocabulary, clause, self.diagnostics);
            let broken = self.diagnostics.len() > before;
            self.texts.expanded.push(expanded.clone());
            let Ok(name) = self.vocabulary.clause_in(&clause.name) else { continue };
            spoken.insert(name);
            let blame = expanded.fields.iter().map(|f| (label(&f.kind), self.index)).collect();
            let wording = self.texts.wordings.len();
            self.texts.wordings.push(Wording {
                clause: expanded,
                name,
                version: Some(self.index),
                span: *span,
                uses: use_span(clause),
                broken,
            });
            let new =
                StandingText { name, wording, birth: self.index, ended: None, suspended: Vec::new(), blame };
            struck.retain(|s| *s != name);
            match text.iter().position(|s| s.name == name) {
                Some(i) => text[i] = new,
                None => text.push(new),
            }
        }
        if how == How::Restates {
            self.silent(&spoken);
        }
        if how == How::Terminates {
            for standing in &mut text {
                let own = &self.texts.wordings[standing.wording].clause.fields;
                let spared = survives.contains(&standing.name)
                    || own.iter().any(|f| matches!(f.kind, FieldKind::Survives));
                if !spared && standing.ended.is_none() {
                    standing.ended = Some((self.index, Ending::Terminated));
                }
            }
        }
        let clarifies = how == How::Clarifies;
        if clarifies && (!self.decl.clauses.is_empty() || !self.decl.changes.is_empty() || !struck.is_empty())
        {
            self.diagnostics.push(
                Diagnostic::error(
                    "clarification-with-changes",
                    v.name.span(),
                    format!("the version `{}` clarifies, and changes clauses", v.name.text),
                )
                .help("write `amends` instead of `clarifies`, or keep only `settles`"),
            );
        }
        VersionText {
            decl: v,
            span: self.decl.span,
            base: self.base,
            status,
            signed,
            binding_from,
            retroactive,
            requires,
            lapses,
            text,
            struck,
            settles,
            clarifies,
            terminates: how == How::Terminates,
        }
    }

    /// The place of a clause in the text, or a diagnostic.
    fn standing(&mut self, text: &[StandingText<'a>], name: &ast::Name) -> Option<usize> {
        match self.vocabulary.clause_in(name) {
            Ok(id) => match text.iter().position(|s| s.name == id) {
                Some(i) => Some(i),
                None => {
                    let base = match self.base {
                        Some(b) => format!("the text of `{}`", self.texts.versions[b].decl.name.text),
                        None => "an earlier text".into(),
                    };
                    self.diagnostics.push(Diagnostic::error(
                        "unknown-clause",
                        name.span(),
                        format!("{base} has no clause `{}`", name.text),
                    ));
                    None
                }
            },
            Err(d) => {
                self.diagnostics.push(*d);
                None
            }
        }
    }

    /// Only those whom a clause protects can waive it.
    fn waiver(&mut self, standing: &StandingText<'a>, name: &ast::Name, by: &[ast::Name]) {
        let wording = &self.texts.wordings[standing.wording];
        let protected = wording.clause.fields.iter().find_map(|f| match &f.kind {
            FieldKind::For(names) => Some((names, f.at.0)),
            _ => None,
        });
        let Some((protected, span)) = protected else { return };
        let mut ignored = Vec::new();
        let holders = self.vocabulary.parties_in(protected, &mut ignored);
        for waiver in by {
            let parties = self.vocabulary.parties_in(std::slice::from_ref(waiver), self.diagnostics);
            if parties.iter().any(|p| !holders.contains(p)) {
                self.diagnostics.push(
                    Diagnostic::error(
                        "waiver-by-stranger",
                        waiver.span(),
                        format!("`{}` cannot waive `{}`, which does not protect it", waiver.text, name.text),
                    )
                    .also(span, "whom the clause protects"),
                );
            }
        }
    }

    /// Every clause of the base must be spoken of.
    fn silent(&mut self, spoken: &BTreeSet<ClauseName>) {
        let Some(base) = self.base else { return };
        let silent: Vec<String> = self.texts.versions[base]
            .text
            .iter()
            .filter(|s| s.ended.is_none() && !spoken.contains(&s.name))
            .map(|s| format!("`{}`", self.vocabulary.clause_names[s.name.index()]))
            .collect();
        if silent.is_empty() {
            return;
        }
        let v = self.decl.ast;
        self.diagnostics.push(
            Diagnostic::error(
                "restatement-silent",
                v.name.span(),
                format!(
                    "the version `{}` restates `{}` and does not say what becomes of {}",
                    v.name.text,
                    self.texts.versions[base].decl.name.text,
                    silent.join(", ")
                ),
            )
            .help(
                "name each of them in `keeps`, `strikes` or `waives`, or write it as a `clause` or `change`",
            ),
        );
    }

    /// Applies edits to a clause: a new wording with the same birth.
    fn edit(&mut self, standing: &mut StandingText<'a>, edits: &[ast::Edit], span: Span) {
        let old = &self.texts.wordings[standing.wording];
        let mut fields: Vec<(ast::Field, (String, usize))> =
            old.clause.fields.iter().cloned().zip(standing.blame.iter().cloned()).collect();
        let mut clause = old.clause.clone();
        let (name, uses, broken) = (old.name, old.uses, old.broken);
        for edit in edits {
            match edit {
                ast::Edit::Add(field) => fields.push((field.clone(), (label(&field.kind), self.index))),
                ast::Edit::Replace(field) => {
                    let slot = slot(&field.kind);
                    let place = fields.iter().position(|(f, _)| self::slot(&f.kind) == slot);
                    fields.retain(|(f, (_, by))| {
                        self::slot(&f.kind) != slot || (*by == self.index && many(&f.kind))
                    });
                    let new = (field.clone(), (label(&field.kind), self.index));
                    match place {
                        Some(at) if at <= fields.len() => fields.insert(at, new),
                        _ => fields.push(new),
                    }
                }
                ast::Edit::Drop { keyword, name } => {
                    let before = fields.len();
                    fields.retain(|(f, _)| {
                        f.kind.keyword() != keyword.text
                            || name.as_ref().is_some_and(|n| match &f.kind {
                                FieldKind::Overrides(o, _) => o.text != n.text,
                                other => declared_name(other) != Some(n.text.as_str()),
                            })
                    });
                    if fields.len() == before {
                        let what = match name {
                            Some(n) => format!("{} {}", keyword.text, n.text),
                            None => keyword.text.clone(),
                        };
                        self.diagnostics.push(Diagnostic::error(
                            "unknown-field",
                            keyword.span(),
                            format!("the clause `{}` has no field `{what}` to drop", clause.name.text),
                        ));
                    }
                }
            }
        }
        let (fields, blame) = fields.into_iter().unzip();
        clause.fields = fields;
        standing.blame = blame;
        standing.wording = self.texts.wordings.len();
        self.texts.wordings.push(Wording { clause, name, version: Some(self.index), span, uses, broken });
    }
}

/// Fields that stand for each other in a change.
fn slot(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Norm(n) => match &n.kind {
            ast::NormKind::Must(_) => "must".into(),
            _ => label(kind),
        },
        FieldKind::Overrides(..) => "overrides".into(),
        _ => label(kind),
    }
}

/// Fields of which one change may write several of one slot.
fn many(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Norm(_)
            | FieldKind::Overrides(..)
            | FieldKind::Effect(_)
            | FieldKind::Unless(_)
            | FieldKind::Ensure(..)
            | FieldKind::Covers(_)
            | FieldKind::Note(_)
            | FieldKind::Cites(_)
    )
}
