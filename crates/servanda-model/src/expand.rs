//! Templates: the clause that uses one → the clause with the template's fields, holes filled with trees.

use std::collections::{BTreeMap, BTreeSet};

use servanda_quantity::{Day, Duration};
use servanda_syntax::ast::{self, ArgValue, DayExprKind, ExprKind, FieldKind, WhenKind};
use servanda_text::{Diagnostic, Span};

use crate::lower::edges;
use crate::vocabulary::{Thing, Vocabulary, unknown};

/// What fills a hole, with the kind of the parameter.
#[derive(Clone)]
struct Fill {
    kind: String,
    value: ArgValue,
}

/// The clause without `uses`: the template's fields with the holes filled, then its own. A field of a
/// keyword that a clause has once (`from`, `until`, `while`, `for`) replaces the template's.
pub(crate) fn expand(
    vocabulary: &Vocabulary<'_>,
    clause: &ast::Clause,
    diagnostics: &mut Vec<Diagnostic>,
) -> ast::Clause {
    let Some(uses) = &clause.uses else { return clause.clone() };
    let mut out = clause.clone();
    out.uses = None;
    let Some(template) = vocabulary.templates.get(uses.template.text.as_str()).copied() else {
        let names = vocabulary.templates.keys().copied();
        diagnostics.push(
            unknown("unknown-template", "template", &uses.template, names)
                .help("import the file that holds it, such as `import standard.first-refusal`"),
        );
        return out;
    };
    let declared: BTreeSet<&str> = template.fields.iter().filter_map(|f| declared_name(&f.kind)).collect();
    let fills = fill(vocabulary, template, uses, &declared, diagnostics);
    let own: BTreeSet<&str> =
        clause.fields.iter().map(|f| f.kind.keyword()).filter(|k| single_valued(k)).collect();
    let mut fields = Vec::new();
    for field in &template.fields {
        if own.contains(field.kind.keyword()) {
            continue;
        }
        let mut field = field.clone();
        if !(Filler { fills: &fills, declared: &declared }).field(&mut field) {
            continue;
        }
        // Nothing is ensured of a hole that is filled with `none`.
        if matches!(&field.kind, FieldKind::Ensure(cond, _) if says_none(cond)) {
            continue;
        }
        fields.push(field);
    }
    fields.append(&mut out.fields);
    out.fields = fields;
    if out.title.is_none() {
        out.title.clone_from(&template.title);
    }
    out
}

/// Keywords of which a clause has at most one field.
pub(crate) fn single_valued(keyword: &str) -> bool {
    matches!(keyword, "from" | "until" | "while" | "for")
}

/// The name that a field declares.
pub(crate) fn declared_name(kind: &FieldKind) -> Option<&str> {
    match kind {
        FieldKind::Process(p) => Some(&p.name.text),
        FieldKind::Value(v) => Some(&v.name.text),
        FieldKind::Define(d) => Some(&d.name.text),
        _ => None,
    }
}

/// Arguments by parameter, after diagnostics about unknown, missing and wrong ones.
fn fill(
    vocabulary: &Vocabulary<'_>,
    template: &ast::Template,
    uses: &ast::Use,
    declared: &BTreeSet<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Fill> {
    let mut fills: BTreeMap<String, Fill> = BTreeMap::new();
    for arg in &uses.args {
        let Some(param) = template.params.iter().find(|p| p.name == arg.name) else {
            let names = template.params.iter().map(|p| p.name.text.as_str());
            diagnostics.push(
                unknown("unknown-argument", "hole", &arg.name, names)
                    .also(template.name.span(), "the template is declared here"),
            );
            continue;
        };
        if fills.contains_key(&arg.name.text) {
            diagnostics.push(Diagnostic::error(
                "duplicate-argument",
                arg.name.span(),
                format!("the hole `{}` is filled twice", arg.name.text),
            ));
            continue;
        }
        let mut mentioned = Mentioned::default();
        mentioned.arg(&arg.value);
        for name in mentioned.names {
            if declared.contains(name.text.as_str())
                && param.kind.text != "word"
                && name.text != arg.name.text
            {
                diagnostics.push(
                    Diagnostic::error(
                        "captured-name",
                        name.span(),
                        format!("the argument mentions `{}`, which the template declares itself", name.text),
                    )
                    .also(template.name.span(), format!("the template `{}`", template.name.text))
                    .help("write what is meant without that name, or rename it"),
                );
            }
        }
        if let Some((found, help)) = wrong(vocabulary, param, &arg.value) {
            let mut d = Diagnostic::error(
                "wrong-argument",
                arg.at.0,
                format!("the hole `{}` takes {}, found {found}", param.name.text, one(&param.kind.text)),
            )
            .also(param.name.span(), "the hole is declared here");
            if let Some(help) = help {
                d = d.help(help);
            }
            diagnostics.push(d);
        }
        fills.insert(arg.name.text.clone(), Fill { kind: param.kind.text.clone(), value: arg.value.clone() });
    }
    for param in &template.params {
        if fills.contains_key(&param.name.text) {
            continue;
        }
        match &param.default {
            Some(default) => {
                let value = default.clone();
                fills.insert(param.name.text.clone(), Fill { kind: param.kind.text.clone(), value });
            }
            None => diagnostics.push(
                Diagnostic::error(
                    "missing-argument",
                    uses.template.span(),
                    format!(
                        "the hole `{}` of the template `{}` is not filled",
                        param.name.text, template.name.text
                    ),
                )
                .also(param.name.span(), format!("it takes {}", one(&param.kind.text)))
                .help(format!("write `{} …` in the clause", param.name.text)),
            ),
        }
    }
    for param in &template.params {
        not_brought(vocabulary, param, &fills, uses, diagnostics);
    }
    fills
}

/// A kind of hole with its article.
fn one(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// The action that fills a hole has to bring the events that fill others (`takes make : action brings claim`).
fn not_brought(
    vocabulary: &Vocabulary<'_>,
    param: &ast::Param,
    fills: &BTreeMap<String, Fill>,
    uses: &ast::Use,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let thing = |hole: &str| {
        let ArgValue::Expr(ast::Expr { kind: ExprKind::Path(path), .. }) = &fills.get(hole)?.value else {
            return None;
        };
        vocabulary.things.get(path.single()?.text.as_str()).map(|(thing, _)| *thing)
    };
    let Some(Thing::Action(action)) = thing(&param.name.text) else { return };
    let action = &vocabulary.actions[action.index()];
    for hole in &param.brings {
        let Some(Thing::Event(event)) = thing(&hole.text) else { continue };
        if action.brings.contains(&event) {
            continue;
        }
        let (action, event) = (&action.ast.name.text, &vocabulary.events[event.index()].ast.name.text);
        let place = uses.args.iter().find(|a| a.name == param.name).map_or(uses.template.span(), |a| a.at.0);
        diagnostics.push(
            Diagnostic::error(
                "not-brought",
                place,
                format!("the action `{action}` does not bring `{event}`"),
            )
            .also(hole.span(), format!("what fills `{}` has to bring it", param.name.text))
            .help(format!("write `brings {event}` in the action `{action}`")),
        );
    }
}

/// What was found instead of an argument of the parameter's kind, and a likely fix.
fn wrong(
    vocabulary: &Vocabulary<'_>,
    param: &ast::Param,
    value: &ArgValue,
) -> Option<(String, Option<String>)> {
    let or = |word: &str| param.or_words.iter().any(|w| w.text == word);
    let path = match value {
        ArgValue::Expr(ast::Expr { kind: ExprKind::Path(path), .. }) => Some(path),
        _ => None,
    };
    match value {
        ArgValue::Expr(e) => match &e.kind {
            ExprKind::NoneWord => return (!or("none")).then(|| ("`none`".into(), None)),
            ExprKind::Undisclosed(_) => {
                return (!or("undisclosed")).then(|| ("an undisclosed value".into(), None));
            }
            _ => {}
        },
        ArgValue::Names(names) if param.kind.text != "party" => {
            return (param.kind.text != "condition").then(|| (format!("{} names", names.len()), None));
        }
        _ => {}
    }
    if let Some(name) = path.and_then(|p| p.single())
        && or(&name.text)
    {
        return None;
    }
    let thing =
        path.and_then(|p| p.single()).and_then(|n| vocabulary.things.get(n.text.as_str())).map(|(t, _)| *t);
    let described = || match (value, path) {
        (_, Some(path)) => match thing {
            Some(thing) => format!("`{}`, which is {}", path.text(), thing.word()),
            None => format!("`{}`", path.text()),
        },
        (ArgValue::Duration(_), _) => "a duration".into(),
        (ArgValue::Day(_), _) => "a day".into(),
        (ArgValue::Names(_), _) => "names".into(),
        (ArgValue::Expr(e), _) => match &e.kind {
            ExprKind::Figure(_) => "a figure".into(),
            ExprKind::Text(_) => "a text".into(),
            ExprKind::Day(_) => "a day".into(),
            _ => "an expression".into(),
        },
    };
    let near = |wanted: fn(Thing) -> bool| {
        let name = path.and_then(|p| p.single())?;
        let candidates = vocabulary.things.iter().filter(|(_, (t, _))| wanted(*t)).map(|(n, _)| *n);
        servanda_text::nearest(&name.text, candidates)
            .map(|n| format!("write `{n}`, which is the nearest name"))
    };
    let fails =
        |ok: bool, wanted: fn(Thing) -> bool| if ok { None } else { Some((described(), near(wanted))) };
    let never: fn(Thing) -> bool = |_| false;
    match param.kind.text.as_str() {
        "party" => {
            let ok =
                matches!(value, ArgValue::Names(_)) || matches!(thing, Some(Thing::Party(_) | Thing::Role));
            fails(ok, |t| matches!(t, Thing::Party(_) | Thing::Role))
        }
        "action" => {
            let Some(Thing::Action(id)) = thing else {
                return fails(false, |t| matches!(t, Thing::Action(_)));
            };
            missing_field(param, &vocabulary.actions[id.index()].attrs, &described())
        }
        "event" => {
            let Some(Thing::Event(id)) = thing else { return fails(false, |t| matches!(t, Thing::Event(_))) };
            missing_field(param, &vocabulary.events[id.index()].attrs, &described())
        }
        "schedule" | "calendar" | "period" => {
            let name = path.and_then(|p| p.single());
            let names: Vec<&str> = match param.kind.text.as_str() {
                "calendar" => vocabulary.calendars.iter().map(|c| c.name.as_str()).collect(),
                _ => vocabulary.schedules.iter().map(|s| s.name.as_str()).collect(),
            };
            let calendar = param.kind.text == "period";
            let known = |n: &ast::Name| {
                names.contains(&n.text.as_str()) || (calendar && ast::Period::of_calendar(&n.text).is_some())
            };
            if name.is_some_and(known) {
                return None;
            }
            let near = name.and_then(|n| servanda_text::nearest(&n.text, names.iter().copied()));
            Some((described(), near.map(|n| format!("write `{n}`, which is the nearest name"))))
        }
        "clause" => fails(matches!(thing, Some(Thing::Clause(_))), |t| matches!(t, Thing::Clause(_))),
        "attribute" => {
            let known = path.is_some_and(|p| {
                let text = p.text();
                let mut attrs = vocabulary
                    .actions
                    .iter()
                    .flat_map(|a| &a.attrs)
                    .chain(vocabulary.events.iter().flat_map(|e| &e.attrs));
                attrs.any(|a| a.name == text)
            });
            fails(known, never)
        }
        "word" => fails(path.is_some_and(|p| p.single().is_some()), never),
        "duration" => fails(matches!(value, ArgValue::Duration(_)), never),
        "text" => fails(matches!(value, ArgValue::Expr(e) if matches!(e.kind, ExprKind::Text(_))), never),
        "day" => {
            let ok = match value {
                ArgValue::Day(_) => true,
                ArgValue::Expr(e) => matches!(e.kind, ExprKind::Day(_) | ExprKind::Path(_)),
                _ => false,
            };
            fails(ok, never)
        }
        "money" | "number" | "percent" => {
            let ok =
                matches!(value, ArgValue::Expr(e) if !matches!(e.kind, ExprKind::Text(_) | ExprKind::Day(_)));
            fails(ok, never)
        }
        "condition" => fails(matches!(value, ArgValue::Expr(_)), never),
        _ => None,
    }
}

/// The first field that the parameter asks for (`with percent : percent`) and the event or action lacks.
fn missing_field(
    param: &ast::Param,
    attrs: &[crate::vocabulary::AttrInfo<'_>],
    described: &str,
) -> Option<(String, Option<String>)> {
    use servanda_program::Type;
    use servanda_quantity::Unit;
    let fits = |ty: &ast::Type, found: &Type| match (ty, found) {
        (ast::Type::Words(a), Type::Words(b)) => a.iter().map(|w| &w.text).eq(b),
        (ast::Type::YesNo, Type::Words(b)) => b == &["yes", "no"],
        (ast::Type::Party, Type::Party) | (ast::Type::Id, Type::Id) => true,
        (ast::Type::Money(None), Type::Figure(Unit::Money(_))) => true,
        (ast::Type::Money(Some(c)), Type::Figure(Unit::Money(d))) => &c.text == d,
        (ast::Type::Percent, Type::Figure(Unit::Percent)) => true,
        (ast::Type::Number(None), Type::Figure(Unit::One | Unit::Named(_))) => true,
        (ast::Type::Number(Some(u)), Type::Figure(Unit::Named(v))) => &u.text == v,
        (ast::Type::Date, Type::Date) | (ast::Type::Text, Type::Text) => true,
        _ => false,
    };
    param.with.iter().find(|(name, ty)| !attrs.iter().any(|a| a.name == name.text && fits(ty, &a.ty))).map(
        |(name, _)| {
            (
                format!("{described} without the field `{}` of the type that the hole asks for", name.text),
                Some(format!("declare `{} : …` there", name.text)),
            )
        },
    )
}

/// Puts arguments into holes.
struct Filler<'a> {
    fills: &'a BTreeMap<String, Fill>,
    declared: &'a BTreeSet<&'a str>,
}

impl Filler<'_> {
    /// The fill of a hole. A name that the template declares is that name, not a hole, outside its own declaration.
    fn hole(&self, name: &str) -> Option<&Fill> {
        if self.declared.contains(name) { None } else { self.fills.get(name) }
    }

    /// Whether a hole is filled with `none`: what hangs on it is not in the clause.
    fn none(&self, name: &ast::Name) -> bool {
        let filled = self.hole(&name.text).map(|f| &f.value);
        matches!(filled, Some(ArgValue::Expr(ast::Expr { kind: ExprKind::NoneWord, .. })))
    }

    /// Whether the event of a pattern is a hole that is filled with `none`.
    fn none_when(&self, when: &ast::When) -> bool {
        match &when.kind {
            WhenKind::Event { event, .. } => event.single().is_some_and(|n| self.none(n)),
            WhenKind::Violation(c) | WhenKind::Fulfilment(c) | WhenKind::End(c) => self.none(c),
            WhenKind::Entry(..) | WhenKind::EndOfAgreement => false,
        }
    }

    /// Fills the holes of a field. Whether it stands: one that hangs on a hole filled with `none` does not.
    fn field(&self, field: &mut ast::Field) -> bool {
        match &mut field.kind {
            FieldKind::Norm(n) => {
                n.parties.retain(|p| !self.none(p));
                let act = match &n.kind {
                    ast::NormKind::May(a)
                    | ast::NormKind::MayNot(a)
                    | ast::NormKind::AloneMay(a)
                    | ast::NormKind::MayOnlyWhere(a, _)
                    | ast::NormKind::HasPower(a, _) => self.none(a),
                    ast::NormKind::Must(duty) => {
                        duty.parts.iter().any(|part| match part {
                            ast::DutyPart::Once(when) | ast::DutyPart::Within(_, when) => {
                                self.none_when(when)
                            }
                            _ => false,
                        }) || matches!(&duty.what, ast::DutyWhat::Act(a) if self.none(a))
                    }
                };
                if act || n.parties.is_empty() {
                    return false;
                }
                self.norm(n);
            }
            FieldKind::For(names) => {
                names.retain(|n| !self.none(n));
                self.names(names);
                return !names.is_empty();
            }
            FieldKind::From(d) | FieldKind::Until(d) | FieldKind::Through(d) => self.day(d),
            FieldKind::While(e) | FieldKind::Unless(e) => self.expr(e),
            FieldKind::Overrides(name, _) if self.none(name) => return false,
            FieldKind::Effect(effect) if self.none_when(&effect.when) => return false,
            FieldKind::Overrides(name, cond) => {
                self.name(name);
                if let Some(cond) = cond {
                    self.expr(cond);
                }
            }
            FieldKind::Effect(effect) => {
                self.when(&mut effect.when);
                if let Some(before) = &mut effect.before {
                    self.day(before);
                }
                if let ast::EffectTarget::Clauses(names) = &mut effect.target {
                    names.retain(|n| !self.none(n));
                    self.names(names);
                    return !names.is_empty();
                }
            }
            FieldKind::Process(p) => self.process(p),
            FieldKind::Value(v) => {
                self.opened(&v.name.text).expr(&mut v.expr);
                self.key(&mut v.key);
                if let Some(cond) = &mut v.cond {
                    self.expr(cond);
                }
                for (e, cond) in &mut v.otherwise {
                    self.opened(&v.name.text).expr(e);
                    cond.iter_mut().for_each(|c| self.expr(c));
                }
            }
            FieldKind::Define(d) => {
                self.key(&mut d.key);
                self.opened(&d.name.text).expr(&mut d.cond);
            }
            FieldKind::Ensure(cond, _) => self.expr(cond),
            FieldKind::Survives
            | FieldKind::Covers(_)
            | FieldKind::Cites(_)
            | FieldKind::Outside(_)
            | FieldKind::Note(_) => {}
        }
        true
    }

    /// Inside `value total is total` the second `total` is the hole.
    fn opened(&self, name: &str) -> Opened<'_> {
        let declared = self.declared.iter().copied().filter(|d| *d != name).collect();
        Opened { fills: self.fills, declared }
    }

    fn key(&self, key: &mut Option<ast::Name>) {
        if let Some(key) = key {
            self.name(key);
        }
    }

    fn norm(&self, norm: &mut ast::Norm) {
        self.names(&mut norm.parties);
        match &mut norm.kind {
            ast::NormKind::May(a) | ast::NormKind::MayNot(a) | ast::NormKind::AloneMay(a) => self.name(a),
            ast::NormKind::MayOnlyWhere(a, e) => {
                self.name(a);
                self.expr(e);
            }
            ast::NormKind::HasPower(a, e) => {
                self.name(a);
                if let Some(e) = e {
                    self.expr(e);
                }
            }
            ast::NormKind::Must(duty) => self.duty(duty),
        }
        for e in norm.reach.iter_mut().chain(&mut norm.provided) {
            self.expr(e);
        }
    }

    fn duty(&self, duty: &mut ast::Duty) {
        if let ast::DutyWhat::Act(name) = &mut duty.what {
            match self.hole(&name.text) {
                Some(Fill {
                    value: ArgValue::Expr(ast::Expr { kind: ExprKind::Text(text), .. }), ..
                }) => {
                    duty.what = ast::DutyWhat::Words(text.clone());
                }
                _ => self.name(name),
            }
        }
        self.names(&mut duty.to);
        duty.parts.retain_mut(|part| {
            match part {
                ast::DutyPart::Once(w) => self.when(w),
                ast::DutyPart::Within(long, w) => {
                    self.when(w);
                    return self.long(long);
                }
                ast::DutyPart::By(d) => self.day(d),
                ast::DutyPart::Worth(e) | ast::DutyPart::Counting(e) | ast::DutyPart::Done(e) => self.expr(e),
                ast::DutyPart::Else(name) if self.none(name) => return false,
                ast::DutyPart::Else(name) => self.name(name),
                ast::DutyPart::Each(period, due) => {
                    due.take_if(|long| !self.long(long));
                    return self.period(period);
                }
                ast::DutyPart::Cure(long) => return self.long(long),
            }
            true
        });
    }

    /// A duration. Whether there is one: it vanishes where its hole is filled with `none`.
    fn long(&self, duration: &mut ast::DurationOrName) -> bool {
        if let ast::DurationOrName::Name(name) = duration {
            match self.hole(&name.text).map(|f| &f.value) {
                Some(ArgValue::Duration(filled)) => *duration = ast::DurationOrName::Duration(filled.clone()),
                Some(ArgValue::Expr(ast::Expr { kind: ExprKind::NoneWord, .. })) => return false,
                Some(filled) => {
                    if let Some(other) = path_of(filled).and_then(|p| p.parts.first()) {
                        *name = other.clone();
                    }
                }
                None => {}
            }
        }
        true
    }

    /// What fills a hole for a duration that stands in an expression: `Some(None)` for `none`.
    fn duration_hole(&self, expr: &ast::Expr) -> Option<Option<Duration>> {
        let ExprKind::Path(path) = &expr.kind else { return None };
        match &self.hole(&path.single()?.text)? {
            Fill { value: ArgValue::Duration(duration), .. } => Some(Some(duration.clone())),
            Fill { value: ArgValue::Expr(ast::Expr { kind: ExprKind::NoneWord, .. }), kind }
                if kind == "duration" =>
            {
                Some(None)
            }
            _ => None,
        }
    }

    /// A period. Whether there is one: it vanishes where its hole is filled with `none`.
    fn period(&self, period: &mut ast::Period) -> bool {
        if let ast::Period::Schedule(name) = period {
            match self.hole(&name.text).map(|f| &f.value) {
                Some(ArgValue::Expr(ast::Expr { kind: ExprKind::NoneWord, .. })) => return false,
                Some(filled) => {
                    if let Some(other) = path_of(filled).and_then(|p| p.parts.first()) {
                        *period = ast::Period::of_calendar(&other.text)
                            .unwrap_or_else(|| ast::Period::Schedule(other.clone()));
                    }
                }
                None => {}
            }
        }
        true
    }

    fn process(&self, process: &mut ast::Process) {
        self.key(&mut process.key);
        for state in &mut process.states {
            self.word(state);
        }
        let mut steps = Vec::new();
        for mut step in std::mem::take(&mut process.steps) {
            self.word(&mut step.to);
            match &mut step.trigger {
                ast::StepTrigger::On(when, _) if self.none_when(when) => continue,
                ast::StepTrigger::On(when, from) => {
                    self.when(when);
                    for state in from {
                        self.word(state);
                    }
                }
                ast::StepTrigger::After(duration, state) => {
                    self.word(state);
                    if !self.long(duration) {
                        continue;
                    }
                }
            }
            for (_, e) in &mut step.keeps {
                self.expr(e);
            }
            steps.push(step);
        }
        process.steps = steps;
    }

    fn names(&self, names: &mut Vec<ast::Name>) {
        let mut out = Vec::new();
        for mut name in std::mem::take(names) {
            match self.hole(&name.text) {
                Some(Fill { value: ArgValue::Names(list), .. }) => out.extend(list.iter().cloned()),
                _ => {
                    self.name(&mut name);
                    out.push(name);
                }
            }
        }
        *names = out;
    }

    /// A name where a party, an action, an event, a clause or an attribute stands.
    fn name(&self, name: &mut ast::Name) {
        if let Some(filled) =
            self.hole(&name.text).and_then(|f| path_of(&f.value)).and_then(|p| p.parts.first())
        {
            *name = filled.clone();
        }
    }

    /// A state or a word after `is`: only holes of these kinds stand there, since states have their own scope.
    fn word(&self, name: &mut ast::Name) {
        let filled =
            self.hole(&name.text).filter(|f| matches!(f.kind.as_str(), "word" | "party" | "attribute"));
        if let Some(filled) = filled.and_then(|f| path_of(&f.value)).and_then(|p| p.parts.first()) {
            *name = filled.clone();
        }
    }

    fn path(&self, path: &mut ast::Path) {
        let Some(first) = path.parts.first() else { return };
        if let Some(filled) = self.hole(&first.text).and_then(|f| path_of(&f.value)) {
            let mut parts = filled.parts.clone();
            let tail: Vec<ast::Name> = path.parts.drain(1..).collect();
            parts.extend(tail);
            path.parts = parts;
            path.at = filled.at;
        }
        // `delivered.key`: the field is a hole of kind attribute.
        for part in path.parts.iter_mut().skip(1) {
            if self.hole(&part.text).is_some_and(|f| f.kind == "attribute") {
                self.name(part);
            }
        }
    }

    fn when(&self, when: &mut ast::When) {
        // A hole for a day that is something that happens.
        if let WhenKind::Event { event, by: None, cond: None } = &when.kind
            && let Some(Fill { value: ArgValue::Day(day), .. }) =
                event.single().and_then(|n| self.hole(&n.text))
            && let DayExprKind::When(filled) = &day.kind
        {
            *when = filled.clone();
            return;
        }
        match &mut when.kind {
            WhenKind::Event { event, by, cond } => {
                self.path(event);
                self.key(by);
                if let Some(cond) = cond {
                    self.expr(cond);
                }
            }
            WhenKind::Entry(state, process) => {
                self.word(state);
                self.path(process);
            }
            WhenKind::Violation(c) | WhenKind::Fulfilment(c) | WhenKind::End(c) => self.name(c),
            WhenKind::EndOfAgreement => {}
        }
    }

    fn day(&self, day: &mut ast::DayExpr) {
        if let DayExprKind::When(ast::When { kind: WhenKind::Event { event, by: None, cond: None }, .. }) =
            &day.kind
            && let Some(name) = event.single()
            && let Some(filled) = self.hole(&name.text)
        {
            match &filled.value {
                ArgValue::Day(d) => {
                    *day = d.clone();
                    return;
                }
                ArgValue::Expr(ast::Expr { kind: ExprKind::Day(d), at }) => {
                    *day = ast::DayExpr { kind: DayExprKind::Day(*d), at: *at };
                    return;
                }
                ArgValue::Expr(ast::Expr { kind: ExprKind::NoneWord, at }) => {
                    *day = ast::DayExpr { kind: DayExprKind::Never, at: *at };
                    return;
                }
                _ => {}
            }
        }
        match &mut day.kind {
            DayExprKind::When(when) => self.when(when),
            DayExprKind::Next(name, _, after) => {
                self.name(name);
                self.day(after);
            }
            DayExprKind::Shift(inner, _, long) => {
                self.day(inner);
                if !self.long(long) {
                    *day = (**inner).clone();
                }
            }
            DayExprKind::Earlier(list) | DayExprKind::Later(list) => {
                list.iter_mut().for_each(|d| self.day(d))
            }
            DayExprKind::Reads(_, list) => list.iter_mut().for_each(|(_, d)| self.day(d)),
            DayExprKind::Day(_)
            | DayExprKind::Year(_)
            | DayExprKind::Month(..)
            | DayExprKind::Edge(..)
            | DayExprKind::Never => {}
        }
    }

    /// The date that fills a hole where something that happens stands.
    fn date_in(&self, when: &ast::When) -> Option<Day> {
        let WhenKind::Event { event, by: None, cond: None } = &when.kind else { return None };
        match &self.hole(&event.single()?.text)?.value {
            ArgValue::Day(ast::DayExpr { kind: DayExprKind::Day(day), .. })
            | ArgValue::Expr(ast::Expr { kind: ExprKind::Day(day), .. }) => Some(*day),
            _ => None,
        }
    }

    fn expr(&self, expr: &mut ast::Expr) {
        match &mut expr.kind {
            ExprKind::Path(path) => {
                if let Some(name) = path.single()
                    && let Some(filled) = self.hole(&name.text)
                {
                    match &filled.value {
                        ArgValue::Expr(e) => {
                            *expr = e.clone();
                            return;
                        }
                        ArgValue::Day(day) => {
                            if let Some(fixed) = fixed_day(day) {
                                *expr = ast::Expr { kind: ExprKind::Day(fixed), at: day.at };
                                return;
                            }
                        }
                        _ => {}
                    }
                }
                self.path(path);
            }
            ExprKind::Of(path, name) => {
                self.path(path);
                self.name(name);
            }
            ExprKind::Not(e) => self.expr(e),
            // `day of notice + period`: a hole for a duration moves a day.
            ExprKind::Binary(op @ (ast::BinaryOp::Add | ast::BinaryOp::Subtract), base, by)
                if self.duration_hole(by).is_some() =>
            {
                let (filled, back) = (self.duration_hole(by), *op == ast::BinaryOp::Subtract);
                self.expr(base);
                expr.kind = match filled.flatten() {
                    Some(duration) => ExprKind::Shift(base.clone(), back, duration),
                    None => base.kind.clone(),
                };
            }
            ExprKind::Binary(_, a, b) | ExprKind::Rounded(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Is(e, _, test) => {
                self.expr(e);
                match test {
                    ast::IsTest::Word(w) => {
                        // `to is holder` with several holders is `to is one of …`.
                        if let Some(Fill { value: ArgValue::Names(list), .. }) = self.hole(&w.text) {
                            *test = ast::IsTest::OneOf(list.clone());
                        } else {
                            self.word(w);
                        }
                    }
                    ast::IsTest::OneOf(words) => {
                        let mut out = Vec::new();
                        for mut word in std::mem::take(words) {
                            if let Some(Fill { value: ArgValue::Names(list), .. }) = self.hole(&word.text) {
                                out.extend(list.iter().cloned());
                            } else {
                                self.word(&mut word);
                                out.push(word);
                            }
                        }
                        *words = out;
                    }
                    _ => {}
                }
            }
            ExprKind::Happened { event, by, cond } => {
                self.path(event);
                self.key(by);
                if let Some(cond) = cond {
                    self.expr(cond);
                }
            }
            ExprKind::Aggregate { path, cond, window, default, .. } => {
                self.path(path);
                window.take_if(|window| match window {
                    ast::Window::This(period) | ast::Window::Last(period) | ast::Window::Before(period) => {
                        !self.period(period)
                    }
                    ast::Window::Over(long) => !self.long(long),
                });
                for e in cond.iter_mut().chain(default) {
                    self.expr(e);
                }
            }
            ExprKind::Extreme(_, list) => list.iter_mut().for_each(|e| self.expr(e)),
            ExprKind::DayOf(when) => match self.date_in(when) {
                Some(day) => expr.kind = ExprKind::Day(day),
                None => self.when(when),
            },
            ExprKind::Between(measure, a, b) => {
                if let ast::Measure::BusinessDays(calendar) = measure {
                    self.name(calendar);
                }
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Shift(base, ..) => self.expr(base),
            ExprKind::Figure(_)
            | ExprKind::Day(_)
            | ExprKind::Text(_)
            | ExprKind::Undisclosed(_)
            | ExprKind::Today
            | ExprKind::NoneWord => {}
        }
    }
}

/// A [`Filler`] with one declared name fewer.
struct Opened<'a> {
    fills: &'a BTreeMap<String, Fill>,
    declared: BTreeSet<&'a str>,
}

impl Opened<'_> {
    fn expr(&self, expr: &mut ast::Expr) {
        Filler { fills: self.fills, declared: &self.declared }.expr(expr);
    }
}

/// The day of a calendar that an argument is.
fn fixed_day(day: &ast::DayExpr) -> Option<Day> {
    match &day.kind {
        DayExprKind::Day(day) => Some(*day),
        DayExprKind::Edge(edge, year, month) => {
            let (first, next) = edges(*year, *month)?;
            Some(if *edge == ast::YearEdge::Start { first } else { Day(next.0 - 1) })
        }
        _ => None,
    }
}

/// Whether `none` stands in an expression.
fn says_none(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ExprKind::NoneWord => true,
        ExprKind::Not(e) | ExprKind::Is(e, ..) => says_none(e),
        ExprKind::Binary(_, a, b) | ExprKind::Rounded(_, a, b) => says_none(a) || says_none(b),
        ExprKind::Extreme(_, list) => list.iter().any(says_none),
        _ => false,
    }
}

/// The path that an argument is.
fn path_of(value: &ArgValue) -> Option<&ast::Path> {
    match value {
        ArgValue::Expr(ast::Expr { kind: ExprKind::Path(path), .. }) => Some(path),
        ArgValue::Day(ast::DayExpr {
            kind: DayExprKind::When(ast::When { kind: WhenKind::Event { event, by: None, cond: None }, .. }),
            ..
        }) => Some(event),
        _ => None,
    }
}

/// The first names of all paths in an argument.
#[derive(Default)]
pub(crate) struct Mentioned {
    names: Vec<ast::Name>,
    /// The paths among them.
    pub(crate) paths: Vec<ast::Path>,
}

impl Mentioned {
    fn arg(&mut self, value: &ArgValue) {
        match value {
            ArgValue::Expr(e) => self.expr(e),
            ArgValue::Names(names) => self.names.extend(names.iter().cloned()),
            ArgValue::Duration(_) => {}
            ArgValue::Day(day) => self.day(day),
        }
    }

    fn path(&mut self, path: &ast::Path) {
        self.names.extend(path.parts.first().cloned());
        self.paths.push(path.clone());
    }

    fn day(&mut self, day: &ast::DayExpr) {
        match &day.kind {
            DayExprKind::When(when) => self.when(when),
            DayExprKind::Shift(inner, ..) | DayExprKind::Next(_, _, inner) => self.day(inner),
            DayExprKind::Earlier(list) | DayExprKind::Later(list) => list.iter().for_each(|d| self.day(d)),
            DayExprKind::Reads(_, list) => list.iter().for_each(|(_, d)| self.day(d)),
            _ => {}
        }
    }

    fn when(&mut self, when: &ast::When) {
        match &when.kind {
            WhenKind::Event { event, cond, .. } => {
                self.path(event);
                cond.iter().for_each(|c| self.expr(c));
            }
            WhenKind::Entry(_, process) => self.path(process),
            _ => {}
        }
    }

    pub(crate) fn expr(&mut self, expr: &ast::Expr) {
        match &expr.kind {
            ExprKind::Path(path) => self.path(path),
            ExprKind::Of(path, name) => {
                self.path(path);
                self.names.push(name.clone());
            }
            ExprKind::Not(e) | ExprKind::Is(e, ..) => self.expr(e),
            ExprKind::Binary(_, a, b) | ExprKind::Rounded(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Happened { event, cond, .. } => {
                self.path(event);
                cond.iter().for_each(|c| self.expr(c));
            }
            ExprKind::Aggregate { path, cond, default, .. } => {
                self.path(path);
                cond.iter().chain(default).for_each(|c| self.expr(c));
            }
            ExprKind::Extreme(_, list) => list.iter().for_each(|e| self.expr(e)),
            ExprKind::DayOf(when) => self.when(when),
            ExprKind::Between(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Shift(base, ..) => self.expr(base),
            ExprKind::Today
            | ExprKind::Figure(_)
            | ExprKind::Day(_)
            | ExprKind::Text(_)
            | ExprKind::Undisclosed(_)
            | ExprKind::NoneWord => {}
        }
    }
}

/// The place of the use of a template in a clause.
pub(crate) fn use_span(clause: &ast::Clause) -> Option<Span> {
    clause.uses.as_ref().map(|u| u.template.span())
}
