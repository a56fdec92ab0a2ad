//! Expressions and conditions.

use servanda_program::{AggregateKind, Comparison, Cond, Expr, ExtremeKind, OpenId, OpenKind, Pattern};
use servanda_quantity::{Figure, Unit};
use servanda_syntax::ast::{self, BinaryOp, ExprKind, IsTest};
use servanda_text::{Diagnostic, Span};

use super::{Ctx, DEPTH_MAX, ItemRef, Kind, Low, Lowerer};
use crate::opens::{CutSide, yes_no};
use crate::print;
use crate::vocabulary::unknown_at;

/// The expression that stands for one that could not be lowered.
pub(crate) fn broken() -> (Expr, Kind) {
    (Expr::Text(String::new()), Kind::Unknown)
}

/// The condition that stands for one that could not be lowered.
pub(crate) const BROKEN: Cond = Cond::Constant(false);

/// All of some conditions, the constants taken out.
pub(crate) fn all(conds: Vec<Cond>) -> Cond {
    let mut out = Vec::new();
    for cond in conds {
        match cond {
            Cond::Constant(true) => {}
            Cond::Constant(false) => return Cond::Constant(false),
            Cond::All(inner) => out.extend(inner),
            other => out.push(other),
        }
    }
    match out.len() {
        0 => Cond::Constant(true),
        1 => out.remove(0),
        _ => Cond::All(out),
    }
}

/// Any of some conditions, the constants taken out.
pub(crate) fn any(conds: Vec<Cond>) -> Cond {
    let mut out = Vec::new();
    for cond in conds {
        match cond {
            Cond::Constant(false) => {}
            Cond::Constant(true) => return Cond::Constant(true),
            Cond::Any(inner) => out.extend(inner),
            other => out.push(other),
        }
    }
    match out.len() {
        0 => Cond::Constant(false),
        1 => out.remove(0),
        _ => Cond::Any(out),
    }
}

/// Not a condition.
pub(crate) fn not(cond: Cond) -> Cond {
    match cond {
        Cond::Constant(b) => Cond::Constant(!b),
        Cond::Not(inner) => *inner,
        other => Cond::Not(Box::new(other)),
    }
}

fn negated(cond: Cond, negative: bool) -> Cond {
    if negative { not(cond) } else { cond }
}

impl<'a> Lowerer<'a> {
    /// Whether nesting is still within limits; reports once where it is not.
    fn enter(&mut self, span: Span) -> bool {
        if self.depth >= DEPTH_MAX {
            self.error("too-deep", span, format!("expressions are nested more than {DEPTH_MAX} deep"));
            return false;
        }
        self.depth += 1;
        true
    }

    /// An expression as a condition.
    pub(crate) fn cond(&mut self, ctx: &Ctx, e: &ast::Expr) -> Cond {
        if !self.enter(e.span()) {
            return BROKEN;
        }
        let cond = self.cond_inner(ctx, e);
        self.depth -= 1;
        cond
    }

    fn cond_inner(&mut self, ctx: &Ctx, e: &ast::Expr) -> Cond {
        match &e.kind {
            ExprKind::Binary(BinaryOp::And, a, b) => {
                let (a, b) = (self.cond(ctx, a), self.cond(ctx, b));
                all(vec![a, b])
            }
            ExprKind::Binary(BinaryOp::Or, a, b) => {
                let (a, b) = (self.cond(ctx, a), self.cond(ctx, b));
                any(vec![a, b])
            }
            ExprKind::Not(inner) => not(self.cond(ctx, inner)),
            ExprKind::Binary(op, a, b) => match comparison(*op) {
                Some(comparison) => self.compare(ctx, e, comparison, a, b),
                None => self.not_a_condition(e, "a value"),
            },
            ExprKind::Is(subject, negative, test) => {
                let cond = self.is_test(ctx, subject, test, e.span());
                negated(cond, *negative)
            }
            ExprKind::Happened { event, by, cond } => {
                match self.pattern(ctx, event, by.as_ref(), cond.as_deref()) {
                    Some(pattern) => Cond::Happened(Box::new(pattern)),
                    None => BROKEN,
                }
            }
            ExprKind::Path(path) => {
                let low = self.name(ctx, path, None, None);
                self.as_condition(e, low)
            }
            ExprKind::Of(path, key) => {
                let low = self.name(ctx, path, Some(key), None);
                self.as_condition(e, low)
            }
            ExprKind::Figure(_) => self.not_a_condition(e, "a figure"),
            ExprKind::Day(_) => self.not_a_condition(e, "a day"),
            ExprKind::Text(_) => self.not_a_condition(e, "a text"),
            _ => self.not_a_condition(e, "a value"),
        }
    }

    fn as_condition(&mut self, e: &ast::Expr, low: Option<Low>) -> Cond {
        match low {
            Some(Low::Cond(cond)) => cond,
            Some(Low::Value(value, Kind::Words(words))) if words == ["yes", "no"] => {
                Cond::Same(value, Expr::Word("yes".into()))
            }
            Some(Low::Value(_, Kind::Unknown)) | None => BROKEN,
            Some(Low::Value(_, kind)) => self.not_a_condition(e, &kind.word()),
        }
    }

    fn not_a_condition(&mut self, e: &ast::Expr, found: &str) -> Cond {
        self.report(
            Diagnostic::error("wrong-kind", e.span(), format!("a condition is expected, found {found}"))
                .help("write a comparison, `… is …`, or the name of a definition"),
        );
        BROKEN
    }

    /// An expression as a value, with what it is. `expected` helps words and a bare zero.
    pub(crate) fn value(&mut self, ctx: &Ctx, e: &ast::Expr, expected: Option<&Kind>) -> (Expr, Kind) {
        if !self.enter(e.span()) {
            return broken();
        }
        let result = self.value_inner(ctx, e, expected);
        self.depth -= 1;
        result
    }

    fn value_inner(&mut self, ctx: &Ctx, e: &ast::Expr, expected: Option<&Kind>) -> (Expr, Kind) {
        match &e.kind {
            ExprKind::Figure(lit) => {
                let mut found = Vec::new();
                let mut figure = self.vocabulary.figure(lit, &mut found);
                found.into_iter().for_each(|d| self.report(d));
                // Nothing is nothing in every unit.
                if let Some(Kind::Figure(unit)) = expected
                    && figure.unit == Unit::One
                    && figure.number.is_zero()
                {
                    figure.unit = unit.clone();
                }
                let kind = Kind::Figure(figure.unit.clone());
                (Expr::Figure(figure), kind)
            }
            ExprKind::Day(day) => (Expr::Day(*day), Kind::Day),
            ExprKind::Text(text) => (Expr::Text(text.value.clone()), Kind::Text),
            ExprKind::Undisclosed(ty) => self.undisclosed(ctx, e, ty),
            ExprKind::NoneWord => {
                self.report(
                    Diagnostic::error("wrong-kind", e.span(), "a value is expected, found `none`")
                        .help("write `none` only where it fills a hole of a template that allows it"),
                );
                broken()
            }
            ExprKind::Path(path) => {
                let low = self.name(ctx, path, None, expected);
                self.as_value(e, low)
            }
            ExprKind::Of(path, key) => {
                let low = self.name(ctx, path, Some(key), expected);
                self.as_value(e, low)
            }
            ExprKind::Binary(op @ (BinaryOp::Add | BinaryOp::Subtract), a, b) => {
                let ((a, ka), (b, kb)) = self.pair(ctx, a, b, expected);
                let verb = if *op == BinaryOp::Add { "add" } else { "subtract" };
                let Some(kind) = self.same_unit(e.span(), verb, &ka, &kb) else { return broken() };
                let (a, b) = (Box::new(a), Box::new(b));
                (if *op == BinaryOp::Add { Expr::Add(a, b) } else { Expr::Subtract(a, b) }, kind)
            }
            ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Divide, ..) => self.product(ctx, e, false),
            ExprKind::Rounded(inner, step) => {
                let (value, kind) = match &inner.kind {
                    ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Divide, ..) => self.product(ctx, inner, true),
                    _ => self.value(ctx, inner, expected),
                };
                let (step, step_kind) = self.value(ctx, step, None);
                let fits = match (&kind, &step_kind) {
                    (Kind::Unknown, _) | (_, Kind::Unknown) | (Kind::Figure(_), Kind::Figure(Unit::One)) => true,
                    (Kind::Figure(a), Kind::Figure(b)) => same_money(a, b),
                    _ => false,
                };
                if !fits {
                    self.units(e.span(), "round", &kind, &step_kind);
                    return broken();
                }
                (Expr::Round(Box::new(value), Box::new(step)), kind)
            }
            ExprKind::Extreme(which, list) => self.extreme(ctx, e, *which, list, expected),
            ExprKind::Aggregate { kind, path, cond, default } => {
                self.aggregate(ctx, e, *kind, path, cond.as_deref(), default.as_deref())
            }
            ExprKind::Not(_) | ExprKind::Is(..) | ExprKind::Happened { .. } | ExprKind::Binary(..) => {
                self.report(Diagnostic::error("wrong-kind", e.span(), "a value is expected, found a condition"));
                broken()
            }
        }
    }

    fn as_value(&mut self, e: &ast::Expr, low: Option<Low>) -> (Expr, Kind) {
        match low {
            Some(Low::Value(value, kind)) => (value, kind),
            Some(Low::Cond(_)) => {
                self.report(Diagnostic::error("wrong-kind", e.span(), "a value is expected, found a condition"));
                broken()
            }
            None => broken(),
        }
    }

    /// Two sides that should be of one kind; a bare zero or a word takes the kind of the other side.
    fn pair(
        &mut self,
        ctx: &Ctx,
        a: &ast::Expr,
        b: &ast::Expr,
        expected: Option<&Kind>,
    ) -> ((Expr, Kind), (Expr, Kind)) {
        if is_zero(a) {
            let right = self.value(ctx, b, expected);
            let left = self.value(ctx, a, Some(&right.1));
            return (left, right);
        }
        let left = self.value(ctx, a, expected);
        let right = self.value(ctx, b, Some(&left.1));
        (left, right)
    }

    /// The unit of a sum, or a diagnostic.
    fn same_unit(&mut self, span: Span, verb: &'static str, a: &Kind, b: &Kind) -> Option<Kind> {
        match (a, b) {
            (Kind::Unknown, other) | (other, Kind::Unknown) => Some(match other {
                Kind::Figure(_) | Kind::Unknown => other.clone(),
                _ => {
                    self.units(span, verb, a, b);
                    return None;
                }
            }),
            (Kind::Figure(x), Kind::Figure(y)) if same_money(x, y) => {
                Some(Kind::Figure(if matches!(x, Unit::Money(c) if c.is_empty()) { y.clone() } else { x.clone() }))
            }
            _ => {
                self.units(span, verb, a, b);
                None
            }
        }
    }

    fn units(&mut self, span: Span, verb: &str, a: &Kind, b: &Kind) {
        let code = match (a, b) {
            (Kind::Figure(Unit::Money(_)), Kind::Figure(Unit::Money(_))) if verb != "multiply" => "currency-mismatch",
            (Kind::Figure(_), Kind::Figure(_)) => "unit-mismatch",
            _ => "wrong-kind",
        };
        let mut d = Diagnostic::error(code, span, format!("cannot {verb} {} and {}", a.word(), b.word()));
        if code == "currency-mismatch" {
            d = d.help("convert one of them by a rate that the agreement states");
        }
        self.report(d);
    }

    /// A product or quotient; `rounded` says whether its result is rounded.
    fn product(&mut self, ctx: &Ctx, e: &ast::Expr, rounded: bool) -> (Expr, Kind) {
        let ExprKind::Binary(op, left, right) = &e.kind else { return self.value(ctx, e, None) };
        if !self.enter(e.span()) {
            return broken();
        }
        let (a, ka) = match &left.kind {
            ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Divide, ..) => self.product(ctx, left, rounded),
            _ => self.value(ctx, left, None),
        };
        let (b, kb) = self.value(ctx, right, None);
        self.depth -= 1;
        let divides = *op == BinaryOp::Divide;
        if divides {
            self.divisor(ctx, e, right, rounded);
        }
        let kind = match (&ka, &kb) {
            (Kind::Unknown, Kind::Figure(_) | Kind::Unknown) | (Kind::Figure(_), Kind::Unknown) => Kind::Unknown,
            (Kind::Figure(x), Kind::Figure(y)) => {
                let unit = if divides { Figure::quotient_unit(x, y) } else { Figure::product_unit(x, y) };
                match unit {
                    Some(unit) => Kind::Figure(unit),
                    None => {
                        self.units(e.span(), if divides { "divide" } else { "multiply" }, &ka, &kb);
                        return broken();
                    }
                }
            }
            _ => {
                self.units(e.span(), if divides { "divide" } else { "multiply" }, &ka, &kb);
                return broken();
            }
        };
        let (a, b) = (Box::new(a), Box::new(b));
        (if divides { Expr::Divide(a, b) } else { Expr::Multiply(a, b) }, kind)
    }

    /// A quotient is exact only where the divisor is a constant; otherwise it says how it rounds.
    fn divisor(&mut self, ctx: &Ctx, e: &ast::Expr, divisor: &ast::Expr, rounded: bool) {
        match self.constant(ctx, divisor, 16) {
            Some(figures) if figures.iter().any(|f| f.number.is_zero()) => self.report(
                Diagnostic::error("division-by-zero", divisor.span(), "this divisor is zero")
                    .help("divide by something that is never zero"),
            ),
            Some(_) => {}
            None if rounded => {}
            None => self.report(
                Diagnostic::error("unrounded-division", e.span(), "this quotient does not say how it is rounded")
                    .help("write `rounded to STEP` after it, such as `rounded to 0.01`"),
            ),
        }
    }

    /// The constants that an expression is, where it is nothing else.
    fn constant(&mut self, ctx: &Ctx, e: &ast::Expr, depth: usize) -> Option<Vec<Figure>> {
        if depth == 0 {
            return None;
        }
        match &e.kind {
            ExprKind::Figure(lit) => Some(vec![self.vocabulary.figure(lit, &mut Vec::new())]),
            ExprKind::Path(path) => {
                let vocabulary = self.vocabulary;
                if let (Some(name), Some(own)) = (path.single(), ctx.wording)
                    && let Some(ItemRef::Value(v)) = self.item_in(own, &name.text)
                {
                    return self.constant(ctx, &v.expr, depth - 1);
                }
                if let Some(fact) = vocabulary.facts.iter().find(|f| f.path.text() == path.text()) {
                    return self.constant(&Ctx::default(), &fact.value, depth - 1);
                }
                let [clause, value] = &path.parts[..] else { return None };
                let clause = vocabulary.clause_in(clause).ok()?;
                let (wording, item) = self.item_of(clause, &value.text, ctx)?;
                let ItemRef::Value(v) = item else { return None };
                self.constant(&Ctx::clause(wording), &v.expr, depth - 1)
            }
            _ => None,
        }
    }

    fn extreme(
        &mut self,
        ctx: &Ctx,
        e: &ast::Expr,
        which: ast::ExtremeKind,
        list: &[ast::Expr],
        expected: Option<&Kind>,
    ) -> (Expr, Kind) {
        // A bare zero takes the unit of the others.
        let wanted = self.dry < 4 && list.iter().any(is_zero);
        let unit = list.iter().filter(|e| wanted && !is_zero(e)).find_map(|e| {
            let ((_, kind), _) = self.try_out(|l| l.value(ctx, e, expected));
            (kind != Kind::Unknown).then_some(kind)
        });
        let mut out = Vec::new();
        let mut kind: Option<Kind> = None;
        for item in list {
            let (value, found) = self.value(ctx, item, unit.as_ref().or(expected));
            out.push(value);
            kind = match kind {
                None => Some(found),
                Some(Kind::Day) if found == Kind::Day => Some(Kind::Day),
                Some(before) => match self.same_unit(e.span(), "compare", &before, &found) {
                    Some(kind) => Some(kind),
                    None => return broken(),
                },
            };
        }
        let kind = kind.unwrap_or(Kind::Unknown);
        if !matches!(kind, Kind::Figure(_) | Kind::Day | Kind::Unknown) {
            self.error("wrong-kind", e.span(), format!("figures or days are expected, found {}", kind.word()));
            return broken();
        }
        let which = match which {
            ast::ExtremeKind::Min => ExtremeKind::Min,
            ast::ExtremeKind::Max => ExtremeKind::Max,
        };
        (Expr::Extreme(which, out), kind)
    }

    fn aggregate(
        &mut self,
        ctx: &Ctx,
        e: &ast::Expr,
        kind: ast::AggregateKind,
        path: &ast::Path,
        cond: Option<&ast::Expr>,
        default: Option<&ast::Expr>,
    ) -> (Expr, Kind) {
        let Some(first) = path.parts.first() else { return broken() };
        let event = match self.vocabulary.event_in(first) {
            Ok(event) => event,
            Err(d) => {
                self.report(d);
                return broken();
            }
        };
        let inner = ctx.with_record(event);
        let (field, field_kind) = match (kind, path.parts.len()) {
            (ast::AggregateKind::Count, 1) => (None, Kind::Figure(Unit::One)),
            (ast::AggregateKind::Count, _) => {
                self.report(
                    Diagnostic::error("wrong-kind", path.span(), "`count of` counts events, not fields")
                        .help(format!("write `count of {}`", first.text)),
                );
                return broken();
            }
            (_, 1) => {
                self.report(
                    Diagnostic::error("wrong-kind", path.span(), format!("`{}` is an event; its field is needed here", first.text))
                        .help(format!("write `{}.FIELD`", first.text)),
                );
                return broken();
            }
            _ => {
                let rest = path.parts[1..].iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(".");
                match self.field(event, &rest) {
                    Some((id, kind)) => (Some(id), kind),
                    None => {
                        self.unknown_field(event, &rest, path.span());
                        return broken();
                    }
                }
            }
        };
        if kind == ast::AggregateKind::Sum && !matches!(field_kind, Kind::Figure(_) | Kind::Unknown) {
            self.error("wrong-kind", path.span(), format!("a sum needs figures, found {}", field_kind.word()));
            return broken();
        }
        let filter = match cond {
            Some(cond) => self.cond(&inner, cond),
            None => Cond::Constant(true),
        };
        let default = default.map(|d| {
            let (value, found) = self.value(ctx, d, Some(&field_kind));
            if !fits(&field_kind, &found) {
                self.error(
                    "wrong-kind",
                    d.span(),
                    format!("{} is expected after `else`, found {}", field_kind.word(), found.word()),
                );
            }
            Box::new(value)
        });
        let _ = e;
        let kind = match kind {
            ast::AggregateKind::Sum => AggregateKind::Sum,
            ast::AggregateKind::Count => AggregateKind::Count,
            ast::AggregateKind::Latest => AggregateKind::Latest,
        };
        (Expr::Aggregate { kind, event, field, filter: Box::new(filter), default }, field_kind)
    }

    /// `event by party where cond`.
    pub(crate) fn pattern(
        &mut self,
        ctx: &Ctx,
        event: &ast::Path,
        by: Option<&ast::Name>,
        cond: Option<&ast::Expr>,
    ) -> Option<Pattern> {
        let name = event.parts.first()?;
        if event.parts.len() > 1 {
            self.report(
                Diagnostic::error("wrong-kind", event.span(), format!("an event is expected, found `{}`", event.text()))
                    .help(format!("write `{}`", name.text)),
            );
            return None;
        }
        let event = match self.vocabulary.event_in(name) {
            Ok(event) => event,
            Err(d) => {
                self.report(d);
                return None;
            }
        };
        let mut filters = Vec::new();
        let mut party = None;
        if let Some(by) = by {
            let mut found = Vec::new();
            let parties = self.vocabulary.parties_in(std::slice::from_ref(by), &mut found);
            found.into_iter().for_each(|d| self.report(d));
            match parties[..] {
                [] => {}
                [one] => party = Some(one),
                _ => filters.push(Cond::OneOf(Expr::By, parties.into_iter().map(Expr::Party).collect())),
            }
            if let Some(party) = party
                && !self.vocabulary.events[event.index()].by.contains(&party)
            {
                let span = self.vocabulary.events[event.index()].ast.name.span();
                self.report(
                    Diagnostic::error(
                        "wrong-actor",
                        by.span(),
                        format!("`{}` cannot bring `{}` about", by.text, name.text),
                    )
                    .also(span, "the event says who can"),
                );
            }
        }
        if let Some(cond) = cond {
            filters.push(self.cond(&ctx.with_record(event), cond));
        }
        Some(Pattern { event, by: party, filter: all(filters) })
    }

    /// `a = b`, `a < b` …
    fn compare(&mut self, ctx: &Ctx, e: &ast::Expr, comparison: Comparison, a: &ast::Expr, b: &ast::Expr) -> Cond {
        let ((left, ka), (right, kb)) = self.pair(ctx, a, b, None);
        match (&ka, &kb) {
            (Kind::Unknown, _) | (_, Kind::Unknown) => BROKEN,
            (Kind::Figure(_), Kind::Figure(_)) => {
                if self.same_unit(e.span(), "compare", &ka, &kb).is_none() {
                    return BROKEN;
                }
                self.compare_open(ctx, e, comparison, left, right, (a, b))
            }
            (Kind::Day, Kind::Day) => self.compare_open(ctx, e, comparison, left, right, (a, b)),
            _ if comparison == Comparison::Equal && fits(&ka, &kb) => Cond::Same(left, right),
            _ if fits(&ka, &kb) => {
                self.report(
                    Diagnostic::error("wrong-kind", e.span(), format!("{} has no order", ka.word()))
                        .help("write `=` or `is`"),
                );
                BROKEN
            }
            _ => {
                self.units(e.span(), "compare", &ka, &kb);
                BROKEN
            }
        }
    }

    fn compare_open(
        &mut self,
        ctx: &Ctx,
        e: &ast::Expr,
        comparison: Comparison,
        left: Expr,
        right: Expr,
        (a, b): (&ast::Expr, &ast::Expr),
    ) -> Cond {
        if self.dry > 0 {
            return Cond::Compare(comparison, left, right, OpenId(0));
        }
        for (side, other) in [(&left, &right), (&right, &left)] {
            let open = match side {
                Expr::Attribute(id) => {
                    ctx.act.and_then(|act| self.attribute_opens.get(&(act, id.0)).copied()).map(CutSide::Open)
                }
                Expr::Field(event, id) => self.field_opens.get(&(*event, id.0)).copied().map(CutSide::Open),
                Expr::Value(..) | Expr::Fact(_) | Expr::Undisclosed(_) => Some(CutSide::Expr(side.clone())),
                _ => None,
            };
            if let Some(open) = open {
                self.opens.cut(open, other.clone());
            }
        }
        let open = self.condition_open(ctx, e, a, b);
        Cond::Compare(comparison, left, right, open)
    }

    /// The yes/no question that a comparison becomes where its sides do not decide it.
    fn condition_open(&mut self, ctx: &Ctx, e: &ast::Expr, a: &ast::Expr, b: &ast::Expr) -> OpenId {
        let question = format!("Is it so that {}?", print::expr(e));
        let (prefix, grounds) = match ctx.wording {
            Some(w) => {
                let clause = &self.texts.wordings[w].clause;
                (clause.name.text.clone(), self.clause_grounds(w))
            }
            None => match ctx.fact {
                Some(f) => (self.vocabulary.facts[f].path.text(), Default::default()),
                None => ("agreement".into(), Default::default()),
            },
        };
        let named = [a, b].into_iter().find_map(|side| match (&side.kind, ctx.wording) {
            (ExprKind::Path(path) | ExprKind::Of(path, _), Some(w)) => {
                let last = path.parts.last()?;
                match (path.parts.len(), self.item_in(w, &last.text)) {
                    (1, Some(ItemRef::Value(_) | ItemRef::Slot(..))) => Some(format!("{prefix}.{}", last.text)),
                    (2, _) if self.vocabulary.clause_in(&path.parts[0]).is_ok() => Some(path.text()),
                    _ => None,
                }
            }
            _ => None,
        });
        let mut candidates = named.into_iter().chain((1..10_000).map(|n| format!("{prefix}.condition-{n}")));
        loop {
            let Some(name) = candidates.next() else { return OpenId(0) };
            match self.opens.get(&name) {
                None => {
                    if self.names_a_datum(&name) {
                        continue;
                    }
                    return self.opens.add(yes_no(name, question, grounds), None);
                }
                Some(id) => {
                    let open = &self.opens.opens[id.index()];
                    if open.kind == OpenKind::Fact && open.question == question {
                        return id;
                    }
                }
            }
        }
    }

    /// Whether a name is that of an undisclosed value, whose question it will be.
    fn names_a_datum(&self, name: &str) -> bool {
        let Some((clause, value)) = name.split_once('.') else { return false };
        self.texts.wordings.iter().any(|w| {
            w.clause.name.text == clause
                && w.clause.fields.iter().any(|f| {
                    matches!(&f.kind, ast::FieldKind::Value(v)
                        if v.name.text == value && matches!(v.expr.kind, ExprKind::Undisclosed(_)))
                })
        })
    }

    /// `subject is …`
    fn is_test(&mut self, ctx: &Ctx, subject: &ast::Expr, test: &IsTest, span: Span) -> Cond {
        match test {
            IsTest::InForce | IsTest::Violated | IsTest::Fulfilled => {
                let ExprKind::Path(path) = &subject.kind else {
                    self.error("wrong-kind", subject.span(), "a clause is expected");
                    return BROKEN;
                };
                let Some(name) = path.single() else {
                    self.error("unknown-clause", path.span(), format!("there is no clause `{}`", path.text()));
                    return BROKEN;
                };
                match self.vocabulary.clause_in(name) {
                    Ok(clause) => match test {
                        IsTest::InForce => Cond::InForce(clause),
                        IsTest::Violated => Cond::Violated(clause),
                        _ => Cond::Fulfilled(clause),
                    },
                    Err(d) => {
                        self.report(d);
                        BROKEN
                    }
                }
            }
            IsTest::Given => {
                let (value, kind) = match &subject.kind {
                    ExprKind::Path(path) => match self.datum(ctx, path) {
                        Some(found) => found,
                        None => self.value(ctx, subject, None),
                    },
                    _ => self.value(ctx, subject, None),
                };
                if kind == Kind::Unknown {
                    return BROKEN;
                }
                if !matches!(value, Expr::Attribute(_) | Expr::Field(..) | Expr::Key) {
                    self.error("wrong-kind", subject.span(), "only an attribute or a field can be given or not");
                    return BROKEN;
                }
                Cond::Given(value)
            }
            IsTest::Word(word) => self.is_one_of(ctx, subject, std::slice::from_ref(word), span),
            IsTest::OneOf(words) => self.is_one_of(ctx, subject, words, span),
        }
    }

    fn is_one_of(&mut self, ctx: &Ctx, subject: &ast::Expr, words: &[ast::Name], span: Span) -> Cond {
        if let Some(cond) = self.state_test(ctx, subject, words) {
            return cond;
        }
        if let Some(cond) = self.answer_test(ctx, subject, words) {
            return cond;
        }
        let (value, kind) = self.value(ctx, subject, None);
        let mut options = Vec::new();
        for word in words {
            match &kind {
                Kind::Unknown => return BROKEN,
                Kind::Words(list) if list.contains(&word.text) => options.push(Expr::Word(word.text.clone())),
                Kind::Words(list) => match self.named_value(ctx, word, &kind) {
                    Some(other) => options.push(other),
                    None => {
                        let d = unknown_at(
                            "unknown-word",
                            "word",
                            &word.text,
                            word.span(),
                            list.iter().map(String::as_str),
                        )
                        .help(format!("the words are {}", list.join(", ")));
                        self.report(d);
                        return BROKEN;
                    }
                },
                Kind::Party => {
                    let mut found = Vec::new();
                    let parties = self.vocabulary.parties_in(std::slice::from_ref(word), &mut found);
                    if found.is_empty() {
                        options.extend(parties.into_iter().map(Expr::Party));
                    } else if let Some(other) = self.named_value(ctx, word, &kind) {
                        options.push(other);
                    } else {
                        found.into_iter().for_each(|d| self.report(d));
                        return BROKEN;
                    }
                }
                Kind::Id | Kind::Text => match self.named_value(ctx, word, &kind) {
                    Some(other) => options.push(other),
                    None => {
                        self.report(
                            Diagnostic::error(
                                "unknown-name",
                                word.span(),
                                format!("`{}` names no datum to compare {} with", word.text, kind.word()),
                            )
                            .help("compare with an attribute, a field or a key"),
                        );
                        return BROKEN;
                    }
                },
                Kind::Figure(_) | Kind::Day => {
                    self.report(
                        Diagnostic::error("wrong-kind", span, format!("`is` needs a word, found {}", kind.word()))
                            .help("write `=` to compare"),
                    );
                    return BROKEN;
                }
            }
        }
        match options.len() {
            1 => Cond::Same(value, options.remove(0)),
            _ => Cond::OneOf(value, options),
        }
    }

    /// A name after `is` that is a datum of the same kind.
    fn named_value(&mut self, ctx: &Ctx, word: &ast::Name, kind: &Kind) -> Option<Expr> {
        let path = ast::Path { parts: vec![word.clone()], at: word.at };
        let (low, found) = self.try_out(|l| l.name(ctx, &path, None, None));
        match low {
            Some(Low::Value(value, other)) if found.is_empty() && fits(kind, &other) && other != Kind::Unknown => {
                Some(value)
            }
            _ => None,
        }
    }

    /// `offer is one of lapsed, waived`, where the subject is a process.
    fn state_test(&mut self, ctx: &Ctx, subject: &ast::Expr, words: &[ast::Name]) -> Option<Cond> {
        let (path, key) = match &subject.kind {
            ExprKind::Path(path) => (path, None),
            ExprKind::Of(path, key) => (path, Some(key)),
            _ => return None,
        };
        let (clause, process) = self.process_of(ctx, path)?;
        // An attribute of the same name, with these words, is meant.
        if key.is_none()
            && !words.iter().any(|w| process.states.iter().any(|s| s.text == w.text))
            && self.datum(ctx, path).is_some()
        {
            return None;
        }
        let mut states = Vec::new();
        for word in words {
            match process.states.iter().position(|s| s.text == word.text) {
                Some(i) => states.push(i as u32),
                None => {
                    let names = process.states.iter().map(|s| s.text.as_str());
                    let d = unknown_at("unknown-word", "state", &word.text, word.span(), names)
                        .also(process.name.span(), "the process with its states");
                    self.report(d);
                    return Some(BROKEN);
                }
            }
        }
        let name = process.name.text.clone();
        let key = match (&process.key, key) {
            (None, None) => None,
            (None, Some(key)) => {
                self.error("no-key", key.span(), format!("the process `{name}` has no keys"));
                return Some(BROKEN);
            }
            (Some(own), given) => match self.key(ctx, given.unwrap_or(own), subject.span()) {
                Some(key) => Some(Box::new(key)),
                None => return Some(BROKEN),
            },
        };
        Some(Cond::InState(clause, name, key, states))
    }

    /// `until-year is through`, where the subject is a reading or a question.
    fn answer_test(&mut self, ctx: &Ctx, subject: &ast::Expr, words: &[ast::Name]) -> Option<Cond> {
        let ExprKind::Path(path) = &subject.kind else { return None };
        let name = path.single()?;
        let shadowed = self.datum(ctx, path).is_some()
            || ctx.wording.is_some_and(|w| self.item_in(w, &name.text).is_some());
        if shadowed {
            return None;
        }
        let open = self.question_named(ctx, &name.text)?;
        let servanda_program::Answers::Words(answers) = self.opens.opens[open.index()].answers.clone() else {
            return None;
        };
        let mut out = Vec::new();
        for word in words {
            match answers.iter().position(|a| a.word == word.text) {
                Some(i) => out.push(Cond::Answered(open, i as u32)),
                None => {
                    let d = unknown_at(
                        "unknown-word",
                        "answer",
                        &word.text,
                        word.span(),
                        answers.iter().map(|a| a.word.as_str()),
                    )
                    .help(format!(
                        "the answers are {}",
                        answers.iter().map(|a| a.word.as_str()).collect::<Vec<_>>().join(", ")
                    ));
                    self.report(d);
                    return Some(BROKEN);
                }
            }
        }
        Some(any(out))
    }
}

fn is_zero(e: &ast::Expr) -> bool {
    matches!(&e.kind, ExprKind::Figure(f) if f.unit == ast::UnitLit::One && f.number.is_zero())
}

/// Whether two units are one, money of any currency counting as every currency.
pub(crate) fn same_money(a: &Unit, b: &Unit) -> bool {
    match (a, b) {
        (Unit::Money(x), Unit::Money(y)) => x == y || x.is_empty() || y.is_empty(),
        _ => a == b,
    }
}

/// Whether a value of a kind can stand where another is expected.
pub(crate) fn fits(expected: &Kind, found: &Kind) -> bool {
    match (expected, found) {
        (Kind::Unknown, _) | (_, Kind::Unknown) => true,
        (Kind::Figure(a), Kind::Figure(b)) => same_money(a, b),
        (Kind::Words(a), Kind::Words(b)) => a.iter().any(|w| b.contains(w)),
        (a, b) => a == b,
    }
}

fn comparison(op: BinaryOp) -> Option<Comparison> {
    Some(match op {
        BinaryOp::Equal => Comparison::Equal,
        BinaryOp::Less => Comparison::Less,
        BinaryOp::LessEqual => Comparison::LessEqual,
        BinaryOp::Greater => Comparison::Greater,
        BinaryOp::GreaterEqual => Comparison::GreaterEqual,
        _ => return None,
    })
}
