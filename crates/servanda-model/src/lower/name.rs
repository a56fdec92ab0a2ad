//! Names in expressions: what they stand for at the place where they are used.

use servanda_program::{ClauseName, Cond, EventId, Expr, FieldId, Grounds, Open, OpenId, OpenKind, Type};
use servanda_syntax::ast::{self, FieldKind};
use servanda_text::{Diagnostic, Span, nearest};

use super::expr::broken;
use super::{Ctx, ItemRef, Kind, Low, Lowerer};
use crate::opens::answers;
use crate::vocabulary::{Thing, text, unknown_at};

impl<'a> Lowerer<'a> {
    /// What a path stands for, or nothing after a diagnostic.
    pub(crate) fn name(
        &mut self,
        ctx: &Ctx,
        path: &ast::Path,
        of: Option<&ast::Name>,
        expected: Option<&Kind>,
    ) -> Option<Low> {
        let last = path.parts.last()?;
        // A word of the enumeration that the other side has.
        if let (Some(name), Some(Kind::Words(words)), None) = (path.single(), expected, of)
            && words.contains(&name.text)
        {
            return Some(Low::Value(Expr::Word(name.text.clone()), Kind::Words(words.clone())));
        }
        if let Some(of) = of
            && path.single().is_some_and(|n| n.text == "counted")
        {
            return self.counted(ctx, of);
        }
        // The clause's own values, definitions, processes.
        if let (Some(name), Some(own)) = (path.single(), ctx.wording) {
            let clause = self.texts.wordings[own].name;
            if let Some(item) = self.item_in(own, &name.text) {
                let process_over_datum = matches!(item, ItemRef::Process(_)) && of.is_none();
                if !(process_over_datum && self.datum(ctx, path).is_some()) {
                    return self.item(ctx, own, clause, item, &name.text, of, path.span());
                }
            }
            if name.text == "counted" && of.is_none() {
                return self.counted(ctx, &self.texts.wordings[own].clause.name);
            }
        }
        if of.is_none()
            && let Some((value, kind)) = self.datum(ctx, path)
        {
            return Some(Low::Value(value, kind));
        }
        // Facts, readings, questions, parties.
        let whole = path.text();
        if of.is_none() {
            let facts = &self.vocabulary.facts;
            if let Some(i) =
                facts.iter().position(|f| f.path.text() == whole).filter(|i| ctx.fact != Some(*i))
            {
                let kind = self.fact_kind(i);
                return Some(Low::Value(Expr::Fact(i as u32), kind));
            }
            if let Some(name) = path.single() {
                match self.vocabulary.things.get(name.text.as_str()).map(|(t, _)| *t) {
                    Some(Thing::Reading(i)) => return self.gives(ctx, i, path.span()),
                    Some(Thing::Question(_)) => {
                        let open = self.opens.get(&name.text)?;
                        if self
                            .opens
                            .ty(open)
                            .is_some_and(|t| *t == Type::Words(vec!["yes".into(), "no".into()]))
                        {
                            return Some(Low::Cond(Cond::Answered(open, 0)));
                        }
                        self.report(
                            Diagnostic::error(
                                "wrong-kind",
                                name.span(),
                                format!("`{}` is a question; what it is compared with is missing", name.text),
                            )
                            .help(format!("write `{} is ANSWER`", name.text)),
                        );
                        return None;
                    }
                    Some(Thing::Party(id)) => return Some(Low::Value(Expr::Party(id), Kind::Party)),
                    _ => {}
                }
            }
        }
        // `clause.value`
        if let [clause_name, item_name] = &path.parts[..]
            && let Ok(clause) = self.vocabulary.clause_in(clause_name)
        {
            match self.item_of(clause, &item_name.text, ctx) {
                Some((wording, item)) => {
                    return self.item(ctx, wording, clause, item, &item_name.text, of, path.span());
                }
                None => {
                    let names = self.item_names(clause);
                    let d = unknown_at(
                        "unknown-name",
                        "value, definition or process",
                        &whole,
                        last.span(),
                        names.iter().map(String::as_str),
                    );
                    self.report(d);
                    return None;
                }
            }
        }
        if let (Some(constant), None) = (path.single().and_then(|n| constant(&n.text)), of) {
            return Some(Low::Cond(Cond::Constant(constant)));
        }
        self.unknown_name(ctx, path, of.is_some());
        None
    }

    /// An attribute of the act, the key in hand, a field of a record in hand, or who brought it about.
    pub(crate) fn datum(&self, ctx: &Ctx, path: &ast::Path) -> Option<(Expr, Kind)> {
        let whole = path.text();
        if let Some(act) = ctx.act {
            let attrs = &self.vocabulary.actions[act.index()].attrs;
            if let Some(i) = attrs.iter().position(|a| a.name == whole) {
                return Some((
                    Expr::Attribute(servanda_program::AttributeId(i as u32)),
                    Kind::of(&attrs[i].ty),
                ));
            }
        }
        // The run's key goes before a field of that name: `where offer.lot = lot` compares the record with the run.
        if let Some((name, key)) = &ctx.key
            && *name == whole
        {
            return Some((key.clone(), Kind::Id));
        }
        if let Some(innermost) = ctx.records.last() {
            if let Some((id, kind)) = self.field(*innermost, &whole) {
                return Some((Expr::Field(*innermost, id), kind));
            }
            if whole == "by" {
                return Some((Expr::By, Kind::Party));
            }
        }
        if path.parts.len() > 1
            && let Ok(event) = self.vocabulary.event_in(&path.parts[0])
            && ctx.records.contains(&event)
        {
            let rest = path.parts[1..].iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(".");
            if rest == "by" && ctx.records.last() == Some(&event) {
                return Some((Expr::By, Kind::Party));
            }
            return self.field(event, &rest).map(|(id, kind)| (Expr::Field(event, id), kind));
        }
        None
    }

    /// A field of an event by its name.
    pub(crate) fn field(&self, event: EventId, name: &str) -> Option<(FieldId, Kind)> {
        let attrs = &self.vocabulary.events[event.index()].attrs;
        let i = attrs.iter().position(|a| a.name == name)?;
        Some((FieldId(i as u32), Kind::of(&attrs[i].ty)))
    }

    pub(crate) fn unknown_field(&mut self, event: EventId, name: &str, span: Span) {
        let vocabulary = self.vocabulary;
        let info = &vocabulary.events[event.index()];
        let d =
            unknown_at("unknown-attribute", "field", name, span, info.attrs.iter().map(|a| a.name.as_str()))
                .also(info.ast.name.span(), "the event with its fields");
        self.report(d);
    }

    /// The open question of a reading or question of that name.
    pub(crate) fn question_named(&mut self, ctx: &Ctx, name: &str) -> Option<OpenId> {
        match self.vocabulary.things.get(name).map(|(t, _)| *t) {
            Some(Thing::Reading(_)) => {
                let open = self.opens.get(name)?;
                self.use_reading(open, ctx);
                Some(open)
            }
            Some(Thing::Question(_)) => self.opens.get(name),
            _ => None,
        }
    }

    /// The process that a path names.
    pub(crate) fn process_of(&self, ctx: &Ctx, path: &ast::Path) -> Option<(ClauseName, &'a ast::Process)> {
        match &path.parts[..] {
            [name] => {
                let own = ctx.wording?;
                match self.item_in(own, &name.text) {
                    Some(ItemRef::Process(p)) => Some((self.texts.wordings[own].name, p)),
                    _ => None,
                }
            }
            [clause, name] => {
                let clause = self.vocabulary.clause_in(clause).ok()?;
                match self.item_of(clause, &name.text, ctx) {
                    Some((_, ItemRef::Process(p))) => Some((clause, p)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The key of a name: the one in hand, an attribute of the act, or a field of a record in hand.
    pub(crate) fn key(&mut self, ctx: &Ctx, name: &ast::Name, span: Span) -> Option<Expr> {
        if let Some((own, key)) = &ctx.key
            && *own == name.text
        {
            return Some(key.clone());
        }
        let path = ast::Path { parts: vec![name.clone()], at: name.at };
        if let Some((value, _)) = self.datum(ctx, &path) {
            return Some(value);
        }
        for event in ctx.records.iter().rev() {
            if let Some((id, _)) = self.field(*event, &name.text) {
                return Some(Expr::Field(*event, id));
            }
        }
        self.report(
            Diagnostic::error("no-key", span, format!("nothing here says which `{}` is meant", name.text))
                .help(format!(
                    "write it where an act or event has `{0}`, or inside something `per {0}`",
                    name.text
                )),
        );
        None
    }

    #[expect(clippy::too_many_arguments, reason = "where the name stands and what it stands for")]
    fn item(
        &mut self,
        ctx: &Ctx,
        wording: usize,
        clause: ClauseName,
        item: ItemRef<'a>,
        name: &str,
        of: Option<&ast::Name>,
        span: Span,
    ) -> Option<Low> {
        let keyed = match item {
            ItemRef::Value(v) => v.key.as_ref(),
            ItemRef::Define(d) => d.key.as_ref(),
            ItemRef::Process(p) | ItemRef::Slot(p, ..) => p.key.as_ref(),
        };
        let key = match (keyed, of) {
            (None, None) => None,
            (None, Some(of)) => {
                self.report(
                    Diagnostic::error("no-key", of.span(), format!("`{name}` has no keys"))
                        .help(format!("write `{name}` alone")),
                );
                return None;
            }
            (Some(own), given) => Some(Box::new(self.key(ctx, given.unwrap_or(own), span)?)),
        };
        Some(match item {
            ItemRef::Value(v) => {
                let kind = self.value_kind(wording, v);
                Low::Value(Expr::Value(clause, name.into(), key), kind)
            }
            ItemRef::Define(_) => return self.defined(ctx, clause, name, key, span),
            ItemRef::Slot(p, e, when) => {
                let mut inner = Ctx::clause(wording).with_key(p.key.as_ref());
                if let Some(ast::When { kind: ast::WhenKind::Event { event, .. }, .. }) = when
                    && let Some(Ok(event)) = event.single().map(|n| self.vocabulary.event_in(n))
                {
                    inner = inner.with_record(event);
                }
                let ((_, kind), _) = self.try_out(|l| l.value(&inner, e, None));
                Low::Value(Expr::Kept(clause, p.name.text.clone(), name.into(), key), kind)
            }
            ItemRef::Process(p) => {
                self.report(
                    Diagnostic::error(
                        "wrong-kind",
                        span,
                        format!("`{name}` is a process; its state is missing"),
                    )
                    .also(p.name.span(), "the process with its states")
                    .help(format!("write `{name} is STATE`")),
                );
                return None;
            }
        })
    }

    /// What a duty has counted.
    fn counted(&mut self, ctx: &Ctx, clause_name: &ast::Name) -> Option<Low> {
        let clause = match self.vocabulary.clause_in(clause_name) {
            Ok(clause) => clause,
            Err(d) => {
                self.report(*d);
                return None;
            }
        };
        for wording in self.wordings_of(clause, ctx) {
            let texts = self.texts;
            let counting = texts.wordings[wording].clause.fields.iter().find_map(|f| match &f.kind {
                FieldKind::Norm(ast::Norm { kind: ast::NormKind::Must(duty), .. }) => {
                    duty.parts.iter().find_map(|p| match p {
                        ast::DutyPart::Counting(e) => Some(e),
                        _ => None,
                    })
                }
                _ => None,
            });
            if let Some(counting) = counting {
                let inner = Ctx::clause(wording);
                let ((_, kind), _) = self.try_out(|l| l.value(&inner, counting, None));
                return Some(Low::Value(Expr::Counted(clause), kind));
            }
        }
        self.report(
            Diagnostic::error(
                "unknown-name",
                clause_name.span(),
                format!("no duty of the clause `{}` counts anything", clause_name.text),
            )
            .help("write `counting …` in its duty"),
        );
        None
    }

    /// What the answers of a reading give.
    fn gives(&mut self, ctx: &Ctx, index: usize, span: Span) -> Option<Low> {
        let (reading, _): (&'a ast::Reading, Span) = self.vocabulary.readings[index];
        let open = self.opens.get(&reading.name.text)?;
        self.use_reading(open, ctx);
        let mut list = Vec::new();
        let mut kind = Kind::Unknown;
        for answer in &reading.answers {
            let Some(gives) = &answer.gives else {
                self.report(
                    Diagnostic::error(
                        "reading-gives-nothing",
                        span,
                        format!(
                            "the reading `{}` is used as a value, and its answer `{}` gives none",
                            reading.name.text, answer.word.text
                        ),
                    )
                    .also(answer.word.span(), "this answer")
                    .help(format!(
                        "write `gives …` after the answer, or `{} is {}`",
                        reading.name.text, answer.word.text
                    )),
                );
                return None;
            };
            let (value, found) = self.value(&Ctx::default(), gives, None);
            if !super::expr::fits(&kind, &found) {
                self.error(
                    "wrong-kind",
                    gives.span(),
                    format!("{} is expected as in the other answers, found {}", kind.word(), found.word()),
                );
            }
            if kind == Kind::Unknown {
                kind = found;
            }
            list.push(value);
        }
        Some(Low::Value(Expr::Gives(open, list), kind))
    }

    /// `undisclosed percent`
    pub(crate) fn undisclosed(&mut self, ctx: &Ctx, e: &ast::Expr, ty: &ast::Type) -> (Expr, Kind) {
        let ty = match ty {
            ast::Type::Words(_) | ast::Type::YesNo => {
                self.report(
                    Diagnostic::error("wrong-kind", e.span(), "words are not undisclosed values")
                        .help("declare a `question` with these answers"),
                );
                return broken();
            }
            ast::Type::Party => Type::Party,
            ast::Type::Id => Type::Id,
            ast::Type::Text => Type::Text,
            ast::Type::Date => Type::Date,
            ast::Type::Percent => Type::Figure(servanda_quantity::Unit::Percent),
            ast::Type::Money(c) => Type::Figure(servanda_quantity::Unit::Money(
                c.as_ref().map_or_else(|| self.vocabulary.currency(), |c| c.text.clone()),
            )),
            ast::Type::Number(None) => Type::Figure(servanda_quantity::Unit::One),
            ast::Type::Number(Some(u)) => Type::Figure(servanda_quantity::Unit::Named(u.text.clone())),
            ast::Type::Kind(name) => {
                self.error("wrong-kind", name.span(), "a kind is not a value");
                return broken();
            }
        };
        let kind = Kind::of(&ty);
        let Some(name) = &ctx.undisclosed else {
            self.report(
                Diagnostic::error("undisclosed-without-name", e.span(), "an undisclosed value needs a name")
                    .help("give it to a `value` or a `fact`, and use its name here"),
            );
            return broken();
        };
        if self.dry > 0 {
            return (Expr::Undisclosed(OpenId(0)), kind);
        }
        let (full, of, grounds) = match ctx.wording {
            Some(w) => {
                let clause = &self.texts.wordings[w].clause;
                let title = text(&clause.title).unwrap_or_else(|| clause.name.text.clone());
                (format!("{}.{name}", clause.name.text), format!(" of “{title}”"), self.clause_grounds(w))
            }
            None => {
                let grounds = match ctx.fact {
                    Some(f) => self.vocabulary.grounds(&self.vocabulary.facts[f].grounds, &mut Vec::new()),
                    None => Grounds::default(),
                };
                (name.clone(), String::new(), grounds)
            }
        };
        let version = ctx.wording.and_then(|w| self.texts.wordings[w].version);
        let suffix =
            version.map_or_else(|| "law".to_string(), |v| self.texts.versions[v].decl.name.text.clone());
        let mut full_name = full;
        if let Some(id) = self.opens.get(&full_name) {
            if self.opens.ty(id) == Some(&ty) {
                return (Expr::Undisclosed(id), kind);
            }
            full_name = format!("{full_name}.{suffix}");
            if let Some(id) = self.opens.get(&full_name) {
                return (Expr::Undisclosed(id), kind);
            }
        }
        let id = self.opens.add(
            Open {
                name: full_name,
                kind: OpenKind::Undisclosed,
                question: format!("What is the {name}{of}? It is not disclosed."),
                answers: answers(&ty),
                grounds,
            },
            Some(ty),
        );
        (Expr::Undisclosed(id), kind)
    }

    /// The grounds of a wording, without diagnostics.
    pub(crate) fn clause_grounds(&self, wording: usize) -> Grounds {
        let mut grounds = Grounds::default();
        for field in &self.texts.wordings[wording].clause.fields {
            match &field.kind {
                FieldKind::Cites(cites) => {
                    grounds.cites.extend(cites.iter().map(|c| self.vocabulary.cite(c, &mut Vec::new())));
                }
                FieldKind::Outside(t) => grounds.outside = Some(t.value.clone()),
                FieldKind::Note(t) => grounds.notes.push(t.value.clone()),
                _ => {}
            }
        }
        grounds
    }

    /// The names that wordings of a clause declare.
    fn item_names(&self, clause: ClauseName) -> Vec<String> {
        let mut out = Vec::new();
        for wording in self.texts.wordings.iter().filter(|w| w.name == clause) {
            for field in &wording.clause.fields {
                if let Some(name) = crate::expand::declared_name(&field.kind) {
                    out.push(format!("{}.{name}", wording.clause.name.text));
                }
            }
        }
        out
    }

    /// Reports a name that stands for nothing here, with the nearest that does.
    fn unknown_name(&mut self, ctx: &Ctx, path: &ast::Path, keyed: bool) {
        let whole = path.text();
        let vocabulary = self.vocabulary;
        // A field of an event of which no record is in hand.
        if let Some(first) = path.parts.first()
            && path.parts.len() > 1
            && let Ok(event) = vocabulary.event_in(first)
        {
            let rest = path.parts[1..].iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(".");
            if self.field(event, &rest).is_none() {
                self.unknown_field(event, &rest, path.span());
                return;
            }
            self.report(
                Diagnostic::error(
                    "no-record",
                    path.span(),
                    format!("no record of `{}` is in hand here, so `{whole}` says nothing", first.text),
                )
                .help(format!("write `latest {whole}` or `sum of {whole}`")),
            );
            return;
        }
        let mut candidates: Vec<String> = Vec::new();
        if let Some(act) = ctx.act {
            candidates.extend(vocabulary.actions[act.index()].attrs.iter().map(|a| a.name.clone()));
        }
        for event in &ctx.records {
            candidates.extend(vocabulary.events[event.index()].attrs.iter().map(|a| a.name.clone()));
        }
        if let Some(own) = ctx.wording {
            let fields = &self.texts.wordings[own].clause.fields;
            candidates.extend(
                fields.iter().filter_map(|f| crate::expand::declared_name(&f.kind)).map(String::from),
            );
        }
        if !keyed {
            candidates.extend(vocabulary.facts.iter().map(|f| f.path.text()));
            candidates.extend(
                vocabulary
                    .things
                    .iter()
                    .filter(|(_, (t, _))| {
                        matches!(t, Thing::Reading(_) | Thing::Question(_) | Thing::Party(_))
                    })
                    .map(|(n, _)| n.to_string()),
            );
        }
        let near = nearest(&whole, candidates.iter().map(String::as_str));
        let thing = path.single().and_then(|n| vocabulary.things.get(n.text.as_str()));
        let mut d = match (thing, ctx.act) {
            (Some((thing, _)), _) => Diagnostic::error(
                "wrong-kind",
                path.span(),
                format!("`{whole}` is {}, not a value or a condition", thing.word()),
            ),
            (None, Some(act)) => Diagnostic::error(
                "unknown-name",
                path.span(),
                format!("`{whole}` names nothing that can be looked at here"),
            )
            .label(format!("not an attribute of `{}` either", vocabulary.actions[act.index()].ast.name.text)),
            (None, None) => Diagnostic::error(
                "unknown-name",
                path.span(),
                format!("`{whole}` names nothing that can be looked at here"),
            ),
        };
        // Exactly that name in another clause is nearer than a name that looks alike.
        let elsewhere = path.single().and_then(|name| {
            let wordings = &self.texts.wordings;
            let found = (0..wordings.len()).rev().find(|w| self.item_in(*w, &name.text).is_some())?;
            Some(wordings[found].clause.name.text.as_str())
        });
        let owner = vocabulary.actions.iter().find(|a| a.attrs.iter().any(|attr| attr.name == whole));
        if let Some(clause) = elsewhere {
            d = d.help(format!("the clause `{clause}` declares it: write `{clause}.{whole}`"));
        } else if let Some(near) = near {
            d = d.help(format!("write `{near}`, which is the nearest name"));
        } else if let (None, Some(owner)) = (ctx.act, owner) {
            let action = &owner.ast.name.text;
            d = d.help(format!("it is an attribute of `{action}`; look at it in a norm about such an act"));
        } else if thing.is_none() && owner.is_none() {
            d = d.help(
                "a condition looks at attributes of the act, at values, definitions, processes, facts and readings, and at \
                 what has happened (`EVENT has happened`)",
            );
        } else if let Some((Thing::Event(_), _)) = thing {
            d = d.help(format!("write `{whole} has happened`"));
        } else if let Some((Thing::Clause(_), _)) = thing {
            d = d.help(format!("write `{whole} is in force`"));
        }
        self.report(d);
    }
}

/// `yes` and `no` where a condition stands.
fn constant(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
