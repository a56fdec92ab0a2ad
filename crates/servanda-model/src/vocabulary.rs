//! What an agreement speaks of: the declarations of all files, by name.

use std::collections::{BTreeMap, BTreeSet};

use servanda_program::{self as program, ActionId, ClauseName, EventId, PartyId};
use servanda_quantity::{Calendar, Figure, Qualifier, Schedule, Unit, Weekday};
use servanda_syntax::ast;
use servanda_text::{Diagnostic, Span, nearest};

/// What a name of the agreement's one scope stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Party(PartyId),
    Role,
    Action(ActionId),
    Event(EventId),
    Reading(usize),
    Question(usize),
    Clause(ClauseName),
}

impl Thing {
    /// The word for it in diagnostics.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Thing::Party(_) => "a party",
            Thing::Role => "a role",
            Thing::Action(_) => "an action",
            Thing::Event(_) => "an event",
            Thing::Reading(_) => "a reading",
            Thing::Question(_) => "a question",
            Thing::Clause(_) => "a clause",
        }
    }
}

/// An attribute or field, kinds flattened.
#[derive(Debug, Clone)]
pub(crate) struct AttrInfo<'a> {
    pub(crate) name: String,
    pub(crate) ty: program::Type,
    pub(crate) optional: bool,
    pub(crate) default: Option<&'a ast::Expr>,
}

/// An action.
#[derive(Debug)]
pub(crate) struct ActionInfo<'a> {
    pub(crate) ast: &'a ast::Action,
    pub(crate) by: Vec<PartyId>,
    pub(crate) brings: Vec<EventId>,
    pub(crate) attrs: Vec<AttrInfo<'a>>,
}

/// An event type.
#[derive(Debug)]
pub(crate) struct EventInfo<'a> {
    pub(crate) ast: &'a ast::Event,
    pub(crate) by: Vec<PartyId>,
    pub(crate) performs: Option<ActionId>,
    pub(crate) attrs: Vec<AttrInfo<'a>>,
}

/// A version with the clauses and changes that stand below it.
#[derive(Debug)]
pub(crate) struct VersionDecl<'a> {
    pub(crate) ast: &'a ast::Version,
    pub(crate) span: Span,
    pub(crate) clauses: Vec<(&'a ast::Clause, Span)>,
    pub(crate) changes: Vec<(&'a ast::Change, Span)>,
}

/// All declarations.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary<'a> {
    pub(crate) agreement: Option<&'a ast::Agreement>,
    pub(crate) things: BTreeMap<&'a str, (Thing, Span)>,
    pub(crate) parties: Vec<program::Party>,
    pub(crate) party_titles: Vec<&'a [ast::Title]>,
    pub(crate) roles: BTreeMap<&'a str, Vec<PartyId>>,
    pub(crate) sources: Vec<program::SourceDocument>,
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) schedules: Vec<Schedule>,
    pub(crate) units: BTreeSet<&'a str>,
    pub(crate) kinds: Vec<&'a ast::Kind>,
    pub(crate) actions: Vec<ActionInfo<'a>>,
    pub(crate) events: Vec<EventInfo<'a>>,
    pub(crate) readings: Vec<(&'a ast::Reading, Span)>,
    pub(crate) questions: Vec<&'a ast::Question>,
    pub(crate) facts: Vec<&'a ast::Fact>,
    pub(crate) undisclosed: Vec<&'a ast::Undisclosed>,
    pub(crate) templates: BTreeMap<&'a str, &'a ast::Template>,
    pub(crate) laws: Vec<(&'a ast::Clause, Span)>,
    pub(crate) versions: Vec<VersionDecl<'a>>,
    pub(crate) clause_names: Vec<String>,
    pub(crate) tests: Vec<&'a ast::Test>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// `unknown-…` with the nearest name, if one is near.
pub(crate) fn unknown<'c>(
    code: &'static str,
    what: &str,
    name: &ast::Name,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    unknown_at(code, what, &name.text, name.span(), candidates)
}

/// [`unknown`] for a name that is not one of the tree.
pub(crate) fn unknown_at<'c>(
    code: &'static str,
    what: &str,
    name: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, span, format!("there is no {what} `{name}`"));
    match nearest(name, candidates) {
        Some(near) => diagnostic.help(format!("write `{near}`, which is the nearest name")),
        None => diagnostic,
    }
}

impl<'a> Vocabulary<'a> {
    /// Reads the declarations of the agreement's files, then the templates of the library's.
    pub(crate) fn collect(files: &'a [ast::File], library: &'a [ast::File]) -> Self {
        let mut v = Vocabulary::default();
        let items = || files.iter().flat_map(|f| &f.items);
        for item in items() {
            v.declare(item);
        }
        for item in library.iter().flat_map(|f| &f.items) {
            if let ast::ItemKind::Template(t) = &item.kind {
                v.templates.entry(&t.name.text).or_insert(t);
            }
        }
        if v.agreement.is_none() {
            v.diagnostics.push(
                Diagnostic::global("missing-agreement", "no file declares the agreement")
                    .help("write `agreement NAME \"title\"` in one of the files"),
            );
        }
        for item in items() {
            v.connect(item);
        }
        v.clause_scope(files);
        v
    }

    fn name_thing(&mut self, name: &'a ast::Name, thing: Thing) -> bool {
        if let Some((other, span)) = self.things.get(name.text.as_str()) {
            let same = std::mem::discriminant(other) == std::mem::discriminant(&thing);
            let d = if same {
                let what = thing.word().split_once(' ').map_or("name", |(_, w)| w);
                Diagnostic::error(
                    "duplicate-name",
                    name.span(),
                    format!("the {what} `{}` is declared twice", name.text),
                )
            } else {
                Diagnostic::error(
                    "name-clash",
                    name.span(),
                    format!("`{}` is {} and {}", name.text, other.word(), thing.word()),
                )
                .help("give one of them another name")
            };
            let d = d.also(*span, "declared here first");
            self.diagnostics.push(d);
            return false;
        }
        self.things.insert(&name.text, (thing, name.span()));
        true
    }

    fn duplicate(&mut self, what: &str, name: &str, span: Span) {
        self.diagnostics.push(Diagnostic::error(
            "duplicate-name",
            span,
            format!("the {what} `{name}` is declared twice"),
        ));
    }

    /// First pass: names.
    fn declare(&mut self, item: &'a ast::Item) {
        use ast::ItemKind as K;
        let span = item.at.0;
        match &item.kind {
            K::Agreement(a) => {
                if self.agreement.is_some() {
                    self.duplicate("agreement", &a.name.text, a.name.span());
                } else {
                    self.agreement = Some(a);
                }
            }
            K::Party(p) => {
                if self.name_thing(&p.name, Thing::Party(PartyId(self.parties.len() as u32))) {
                    self.party_titles.push(&p.titles);
                    self.parties.push(program::Party {
                        name: p.name.text.clone(),
                        title: text(&p.title),
                        anyone_else: p.anyone_else,
                    });
                }
            }
            K::Role(r) => {
                if self.name_thing(&r.name, Thing::Role) {
                    self.roles.insert(&r.name.text, Vec::new());
                }
            }
            K::Source(s) => {
                if self.sources.iter().any(|o| o.name == s.name.text) {
                    self.duplicate("source", &s.name.text, s.name.span());
                } else {
                    self.sources.push(program::SourceDocument {
                        name: s.name.text.clone(),
                        file: s.file.value.clone(),
                        language: s.language.as_ref().map(|n| n.text.clone()),
                        digest: text(&s.digest),
                    });
                }
            }
            K::Unit(name, _) => {
                if !self.units.insert(&name.text) {
                    self.duplicate("unit", &name.text, name.span());
                }
            }
            K::Calendar(c) => self.calendar(c),
            K::Action(a) => {
                if self.name_thing(&a.name, Thing::Action(ActionId(self.actions.len() as u32))) {
                    self.actions.push(ActionInfo {
                        ast: a,
                        by: Vec::new(),
                        brings: Vec::new(),
                        attrs: Vec::new(),
                    });
                }
            }
            K::Event(e) => {
                if self.name_thing(&e.name, Thing::Event(EventId(self.events.len() as u32))) {
                    self.events.push(EventInfo { ast: e, by: Vec::new(), performs: None, attrs: Vec::new() });
                }
            }
            K::Reading(r) => {
                if self.name_thing(&r.name, Thing::Reading(self.readings.len())) {
                    self.readings.push((r, span));
                }
            }
            K::Question(q) => {
                if self.name_thing(&q.name, Thing::Question(self.questions.len())) {
                    self.questions.push(q);
                }
            }
            K::Fact(f) => {
                if self.facts.iter().any(|o| o.path == f.path) {
                    self.duplicate("fact", &f.path.text(), f.path.span());
                } else {
                    self.facts.push(f);
                }
            }
            K::Undisclosed(u) => self.undisclosed.push(u),
            K::Template(t) => {
                if self.templates.insert(&t.name.text, t).is_some() {
                    self.duplicate("template", &t.name.text, t.name.span());
                }
            }
            K::Version(v) => {
                if self.versions.iter().any(|o| o.ast.name == v.name) {
                    self.duplicate("version", &v.name.text, v.name.span());
                }
                self.versions.push(VersionDecl { ast: v, span, clauses: Vec::new(), changes: Vec::new() });
            }
            K::Test(t) => self.tests.push(t),
            K::Kind(k) => {
                if self.kinds.iter().any(|o| o.name == k.name) {
                    self.duplicate("kind", &k.name.text, k.name.span());
                } else {
                    self.kinds.push(k);
                }
            }
            K::Import(_) | K::Schedule(_) | K::Law(_) | K::Clause(_) | K::Change(_) | K::Continued(_) => {}
        }
    }

    fn calendar(&mut self, c: &'a ast::CalendarDecl) {
        let mut weekend = Vec::new();
        for name in &c.weekend {
            match weekday(&name.text) {
                Some(day) => weekend.push(day),
                None => {
                    const DAYS: [&str; 7] =
                        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
                    self.diagnostics.push(unknown("unknown-word", "day of the week", name, DAYS));
                }
            }
        }
        let last = c.holidays.iter().map(|(d, _)| *d).max();
        let Some(through) = c.through.map(|(d, _)| d).or(last) else {
            self.diagnostics.push(
                Diagnostic::error(
                    "calendar-without-end",
                    c.name.span(),
                    format!("the calendar `{}` does not say through which day it knows", c.name.text),
                )
                .help("write `through DATE` in the calendar"),
            );
            return;
        };
        if self.calendars.iter().any(|o| o.name == c.name.text) {
            self.duplicate("calendar", &c.name.text, c.name.span());
            return;
        }
        self.calendars.push(Calendar {
            name: c.name.text.clone(),
            weekend,
            holidays: c.holidays.iter().map(|(d, _)| *d).collect(),
            through,
        });
    }

    /// Second pass: what the declarations say of each other.
    fn connect(&mut self, item: &'a ast::Item) {
        match &item.kind {
            ast::ItemKind::Schedule(s) => self.schedule(s),
            ast::ItemKind::Role(r) => {
                let holders = self.parties_of(&r.holders);
                self.roles.insert(&r.name.text, holders);
            }
            ast::ItemKind::Action(a) => {
                let Some((Thing::Action(id), _)) = self.things.get(a.name.text.as_str()).copied() else {
                    return;
                };
                if !std::ptr::eq(self.actions[id.index()].ast, a) {
                    return;
                }
                let by = self.parties_of(&a.by);
                let brings = a.brings.iter().filter_map(|n| self.event(n)).collect();
                let attrs = self.attrs(&a.attrs);
                let info = &mut self.actions[id.index()];
                (info.by, info.brings, info.attrs) = (by, brings, attrs);
            }
            ast::ItemKind::Event(e) => {
                let Some((Thing::Event(id), _)) = self.things.get(e.name.text.as_str()).copied() else {
                    return;
                };
                if !std::ptr::eq(self.events[id.index()].ast, e) {
                    return;
                }
                let by = self.parties_of(&e.by);
                let performs = e.performs.as_ref().and_then(|n| self.action(n));
                let attrs = self.attrs(&e.attrs);
                let info = &mut self.events[id.index()];
                (info.by, info.performs, info.attrs) = (by, performs, attrs);
            }
            _ => {}
        }
    }

    /// Clauses and changes belong to the nearest version above them in the same file.
    fn clause_scope(&mut self, files: &'a [ast::File]) {
        let mut version = 0;
        for file in files {
            let mut current: Option<usize> = None;
            // Below the name of a version that there is not, one message is enough.
            let mut lost = false;
            for item in &file.items {
                let span = item.at.0;
                match &item.kind {
                    ast::ItemKind::Version(_) => {
                        (current, lost) = (Some(version), false);
                        version += 1;
                    }
                    ast::ItemKind::Continued(name) => {
                        current = self.versions.iter().position(|v| v.ast.name == *name);
                        lost = current.is_none();
                        if lost {
                            let names: Vec<&str> =
                                self.versions.iter().map(|v| v.ast.name.text.as_str()).collect();
                            self.diagnostics.push(unknown("unknown-version", "version", name, names));
                        }
                    }
                    ast::ItemKind::Law(c) => {
                        self.clause_name(&c.name);
                        if self.laws.iter().any(|(o, _)| o.name == c.name) {
                            self.duplicate("law", &c.name.text, c.name.span());
                        } else {
                            self.laws.push((c, span));
                        }
                    }
                    ast::ItemKind::Clause(c) => {
                        self.clause_name(&c.name);
                        match current.and_then(|v| self.versions.get_mut(v)) {
                            Some(v) if v.clauses.iter().any(|(o, _)| o.name == c.name) => {
                                self.duplicate("clause", &c.name.text, c.name.span());
                            }
                            Some(v) => v.clauses.push((c, span)),
                            None if lost => {}
                            None => self.diagnostics.push(
                                Diagnostic::error(
                                    "clause-without-version",
                                    c.name.span(),
                                    format!("the clause `{}` stands under no version", c.name.text),
                                )
                                .help(
                                    "write the clause below a `version` of the same file, or make it a `law`",
                                ),
                            ),
                        }
                    }
                    ast::ItemKind::Change(c) => match current.and_then(|v| self.versions.get_mut(v)) {
                        Some(v) => v.changes.push((c, span)),
                        None if lost => {}
                        None => self.diagnostics.push(
                            Diagnostic::error(
                                "clause-without-version",
                                c.name.span(),
                                format!("the change of `{}` stands under no version", c.name.text),
                            )
                            .help("write the change below a `version` of the same file"),
                        ),
                    },
                    _ => {}
                }
            }
        }
    }

    fn clause_name(&mut self, name: &'a ast::Name) {
        match self.things.get(name.text.as_str()) {
            Some((Thing::Clause(_), _)) => {}
            _ => {
                if self.name_thing(name, Thing::Clause(ClauseName(self.clause_names.len() as u32))) {
                    self.clause_names.push(name.text.clone());
                }
            }
        }
    }

    fn kind_of(&self, name: &str, files: &[&'a ast::Kind]) -> Option<&'a ast::Kind> {
        files.iter().copied().find(|k| k.name.text == name)
    }

    fn attrs(&mut self, attrs: &'a [ast::Attr]) -> Vec<AttrInfo<'a>> {
        let mut out: Vec<AttrInfo<'a>> = Vec::new();
        for attr in attrs {
            let mut new = Vec::new();
            if let ast::Type::Kind(kind_name) = &attr.ty {
                let kinds = std::mem::take(&mut self.kinds);
                match self.kind_of(&kind_name.text, &kinds) {
                    Some(kind) => {
                        for inner in &kind.attrs {
                            if let Some(ty) = self.ty(&inner.ty) {
                                new.push(AttrInfo {
                                    name: format!("{}.{}", attr.name.text, inner.name.text),
                                    ty,
                                    optional: inner.optional || attr.optional,
                                    default: inner.default.as_ref(),
                                });
                            }
                        }
                    }
                    None => self.diagnostics.push(unknown(
                        "unknown-kind",
                        "kind",
                        kind_name,
                        kinds.iter().map(|k| k.name.text.as_str()),
                    )),
                }
                self.kinds = kinds;
            } else if let Some(ty) = self.ty(&attr.ty) {
                new.push(AttrInfo {
                    name: attr.name.text.clone(),
                    ty,
                    optional: attr.optional,
                    default: attr.default.as_ref(),
                });
            }
            for info in new {
                if out.iter().any(|o| o.name == info.name) {
                    self.duplicate("attribute", &info.name, attr.name.span());
                } else {
                    out.push(info);
                }
            }
        }
        out
    }

    /// The type, or nothing after a diagnostic.
    pub(crate) fn ty(&mut self, ty: &ast::Type) -> Option<program::Type> {
        use program::Type as T;
        Some(match ty {
            ast::Type::Words(words) => T::Words(words.iter().map(|w| w.text.clone()).collect()),
            ast::Type::Party => T::Party,
            ast::Type::Id => T::Id,
            ast::Type::YesNo => T::Words(vec!["yes".into(), "no".into()]),
            ast::Type::Money(Some(currency)) => T::Figure(Unit::Money(currency.text.clone())),
            ast::Type::Money(None) => T::Figure(Unit::Money(self.currency())),
            ast::Type::Percent => T::Figure(Unit::Percent),
            ast::Type::Number(None) => T::Figure(Unit::One),
            ast::Type::Number(Some(unit)) => {
                self.unit(unit);
                T::Figure(Unit::Named(unit.text.clone()))
            }
            ast::Type::Date => T::Date,
            ast::Type::Text => T::Text,
            ast::Type::Kind(name) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        "wrong-kind",
                        name.span(),
                        format!("the kind `{}` cannot be the type of this datum", name.text),
                    )
                    .help("write the attributes out one by one"),
                );
                return None;
            }
        })
    }

    /// The currency that is meant where none is written; empty for any.
    pub(crate) fn currency(&self) -> String {
        self.agreement.and_then(|a| a.currency.as_ref()).map(|c| c.text.clone()).unwrap_or_default()
    }

    fn unit(&mut self, unit: &ast::Name) {
        if !self.units.contains(unit.text.as_str()) {
            let d = unknown("unknown-unit", "unit", unit, self.units.iter().copied())
                .help(format!("declare `unit {}`", unit.text));
            self.diagnostics.push(d);
        }
    }

    /// The figure of a literal; an unknown unit is diagnosed by the caller's list.
    pub(crate) fn figure(&self, lit: &ast::FigureLit, diagnostics: &mut Vec<Diagnostic>) -> Figure {
        let mut known = |unit: &ast::Name| {
            if !self.units.contains(unit.text.as_str()) {
                diagnostics.push(
                    unknown("unknown-unit", "unit", unit, self.units.iter().copied())
                        .help(format!("declare `unit {}`", unit.text)),
                );
            }
            unit.text.clone()
        };
        let unit = match &lit.unit {
            ast::UnitLit::One => Unit::One,
            ast::UnitLit::Percent => Unit::Percent,
            ast::UnitLit::Money(currency) => Unit::Money(currency.text.clone()),
            ast::UnitLit::Named(name) => Unit::Named(known(name)),
            ast::UnitLit::MoneyPer(currency, name) => Unit::MoneyPer(currency.text.clone(), known(name)),
        };
        let qualifier = match lit.qualifier {
            None => Qualifier::Exact,
            Some(ast::QualifierWord::About) => Qualifier::About,
            Some(ast::QualifierWord::AtLeast) => Qualifier::AtLeast,
            Some(ast::QualifierWord::AtMost) => Qualifier::AtMost,
        };
        Figure { number: lit.number.clone(), unit, qualifier }
    }

    /// The party of a name, if it is one.
    pub(crate) fn party_named(&self, name: &str) -> Option<PartyId> {
        match self.things.get(name) {
            Some((Thing::Party(id), _)) => Some(*id),
            _ => None,
        }
    }

    /// The parties of names, roles expanded, after diagnostics about unknown ones.
    pub(crate) fn parties_in(&self, names: &[ast::Name], diagnostics: &mut Vec<Diagnostic>) -> Vec<PartyId> {
        let mut out = Vec::new();
        for name in names {
            match self.things.get(name.text.as_str()) {
                Some((Thing::Party(id), _)) => out.push(*id),
                Some((Thing::Role, _)) => {
                    out.extend(self.roles.get(name.text.as_str()).into_iter().flatten().copied());
                }
                other => diagnostics.push(self.not_a("unknown-party", "party", name, other.copied(), |t| {
                    matches!(t, Thing::Party(_) | Thing::Role)
                })),
            }
        }
        let mut seen = BTreeSet::new();
        out.retain(|p| seen.insert(*p));
        out
    }

    /// `unknown-…` for a name that is unknown or stands for something else.
    pub(crate) fn not_a(
        &self,
        code: &'static str,
        what: &str,
        name: &ast::Name,
        other: Option<(Thing, Span)>,
        wanted: impl Fn(Thing) -> bool,
    ) -> Diagnostic {
        match other {
            Some((thing, span)) => Diagnostic::error(
                code,
                name.span(),
                format!("there is no {what} `{}`: it is {}", name.text, thing.word()),
            )
            .also(span, "declared here"),
            None => unknown(
                code,
                what,
                name,
                self.things.iter().filter(|(_, (t, _))| wanted(*t)).map(|(n, _)| *n),
            ),
        }
    }

    fn parties_of(&mut self, names: &[ast::Name]) -> Vec<PartyId> {
        let mut diagnostics = Vec::new();
        let out = self.parties_in(names, &mut diagnostics);
        self.diagnostics.append(&mut diagnostics);
        out
    }

    /// The action of a name, or a diagnostic.
    pub(crate) fn action_in(&self, name: &ast::Name) -> Result<ActionId, Box<Diagnostic>> {
        match self.things.get(name.text.as_str()) {
            Some((Thing::Action(id), _)) => Ok(*id),
            other => {
                let wanted = |t| matches!(t, Thing::Action(_));
                Err(Box::new(self.not_a("unknown-action", "action", name, other.copied(), wanted)))
            }
        }
    }

    /// The event of a name, or a diagnostic.
    pub(crate) fn event_in(&self, name: &ast::Name) -> Result<EventId, Box<Diagnostic>> {
        match self.things.get(name.text.as_str()) {
            Some((Thing::Event(id), _)) => Ok(*id),
            other => {
                let wanted = |t| matches!(t, Thing::Event(_));
                Err(Box::new(self.not_a("unknown-event", "event", name, other.copied(), wanted)))
            }
        }
    }

    /// The clause of a name, or a diagnostic.
    pub(crate) fn clause_in(&self, name: &ast::Name) -> Result<ClauseName, Box<Diagnostic>> {
        match self.things.get(name.text.as_str()) {
            Some((Thing::Clause(id), _)) => Ok(*id),
            other => {
                let wanted = |t| matches!(t, Thing::Clause(_));
                Err(Box::new(self.not_a("unknown-clause", "clause", name, other.copied(), wanted)))
            }
        }
    }

    fn action(&mut self, name: &ast::Name) -> Option<ActionId> {
        self.action_in(name).map_err(|d| self.diagnostics.push(*d)).ok()
    }

    fn event(&mut self, name: &ast::Name) -> Option<EventId> {
        self.event_in(name).map_err(|d| self.diagnostics.push(*d)).ok()
    }

    /// The grounds as data, after diagnostics about unknown sources.
    pub(crate) fn grounds(
        &self,
        grounds: &ast::Grounds,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> program::Grounds {
        program::Grounds {
            cites: grounds.cites.iter().map(|c| self.cite(c, diagnostics)).collect(),
            outside: text(&grounds.outside),
            notes: grounds.notes.iter().map(|n| n.value.clone()).collect(),
        }
    }

    /// A citation as data, after a diagnostic about an unknown source, an empty range or a malformed anchor.
    pub(crate) fn cite(&self, c: &ast::Cite, diagnostics: &mut Vec<Diagnostic>) -> program::Citation {
        if !self.sources.iter().any(|s| s.name == c.source.text) {
            let names = self.sources.iter().map(|s| s.name.as_str());
            diagnostics.push(unknown("unknown-source", "source", &c.source, names));
        }
        if c.end <= c.start {
            diagnostics.push(
                Diagnostic::error(
                    "empty-citation",
                    c.at.0,
                    format!("the range {}..{} holds nothing", c.start, c.end),
                )
                .help("write the first character and the one past the last"),
            );
        }
        let anchor = c.anchor.as_ref().and_then(|anchor| match anchor.value.parse() {
            Ok(anchor) => Some(anchor),
            Err(why) => {
                diagnostics.push(
                    Diagnostic::error("bad-anchor", anchor.at.0, format!("this is no anchor: {why}"))
                        .help("take it out; `servanda cite check --sources DIR --write` writes it anew"),
                );
                None
            }
        });
        program::Citation {
            source: c.source.text.clone(),
            start: c.start,
            end: c.end,
            digest: text(&c.digest),
            anchor,
        }
    }
}

/// The characters of an optional text.
pub(crate) fn text(text: &Option<ast::Text>) -> Option<String> {
    text.as_ref().map(|t| t.value.clone())
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}
