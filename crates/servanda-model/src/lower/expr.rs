//! Values: figures, days, words, parties, and what is computed from them.

use servanda_program::{AggregateKind, Cond, Expr, ExtremeKind, Pattern};
use servanda_quantity::{Figure, Unit};
use servanda_syntax::ast::{self, BinaryOp, ExprKind};
use servanda_text::{Diagnostic, Span};

use super::cond::all;
use super::{Ctx, DEPTH_MAX, ItemRef, Kind, Low, Lowerer};

/// The expression that stands for one that could not be lowered.
pub(crate) fn broken() -> (Expr, Kind) {
    (Expr::Text(String::new()), Kind::Unknown)
}

impl<'a> Lowerer<'a> {
    /// Whether nesting is still within limits; reports once where it is not.
    pub(crate) fn enter(&mut self, span: Span) -> bool {
        if self.depth >= DEPTH_MAX {
            self.error("too-deep", span, format!("expressions are nested more than {DEPTH_MAX} deep"));
            return false;
        }
        self.depth += 1;
        true
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
                if !found.is_empty() {
                    found.into_iter().for_each(|d| self.report(d));
                    return broken();
                }
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
            ExprKind::Rounded(rounding, inner, step) => {
                let (value, kind) = match &inner.kind {
                    ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Divide, ..) => {
                        self.product(ctx, inner, true)
                    }
                    _ => self.value(ctx, inner, expected),
                };
                let (step, step_kind) = self.value(ctx, step, None);
                let fits = match (&kind, &step_kind) {
                    (Kind::Unknown, _) | (_, Kind::Unknown) | (Kind::Figure(_), Kind::Figure(Unit::One)) => {
                        true
                    }
                    (Kind::Figure(a), Kind::Figure(b)) => same_money(a, b),
                    _ => false,
                };
                if !fits {
                    self.units(e.span(), "round", &kind, &step_kind);
                    return broken();
                }
                (Expr::Round(*rounding, Box::new(value), Box::new(step)), kind)
            }
            ExprKind::Extreme(which, list) => self.extreme(ctx, e, *which, list, expected),
            ExprKind::Aggregate { .. } => self.aggregate(ctx, e),
            ExprKind::Today => (Expr::Today, Kind::Day),
            ExprKind::DayOf(when) => self.day_of(ctx, when),
            ExprKind::Between(measure, a, b) => self.between(ctx, measure, a, b),
            ExprKind::Shift(base, back, duration) => self.moved(ctx, base, *back, duration, e.span()),
            ExprKind::Not(_) | ExprKind::Is(..) | ExprKind::Happened { .. } | ExprKind::Binary(..) => {
                self.report(Diagnostic::error(
                    "wrong-kind",
                    e.span(),
                    "a value is expected, found a condition",
                ));
                broken()
            }
        }
    }

    fn as_value(&mut self, e: &ast::Expr, low: Option<Low>) -> (Expr, Kind) {
        match low {
            Some(Low::Value(value, kind)) => (value, kind),
            Some(Low::Cond(_)) => {
                self.report(Diagnostic::error(
                    "wrong-kind",
                    e.span(),
                    "a value is expected, found a condition",
                ));
                broken()
            }
            None => broken(),
        }
    }

    /// Two sides that should be of one kind; a bare zero or a word takes the kind of the other side.
    pub(crate) fn pair(
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
    pub(crate) fn same_unit(&mut self, span: Span, verb: &'static str, a: &Kind, b: &Kind) -> Option<Kind> {
        match (a, b) {
            (Kind::Unknown, other) | (other, Kind::Unknown) => Some(match other {
                Kind::Figure(_) | Kind::Unknown => other.clone(),
                _ => {
                    self.units(span, verb, a, b);
                    return None;
                }
            }),
            (Kind::Figure(x), Kind::Figure(y)) if same_money(x, y) => {
                Some(Kind::Figure(if matches!(x, Unit::Money(c) if c.is_empty()) {
                    y.clone()
                } else {
                    x.clone()
                }))
            }
            _ => {
                self.units(span, verb, a, b);
                None
            }
        }
    }

    pub(crate) fn units(&mut self, span: Span, verb: &str, a: &Kind, b: &Kind) {
        let code = match (a, b) {
            (Kind::Figure(Unit::Money(_)), Kind::Figure(Unit::Money(_))) if verb != "multiply" => {
                "currency-mismatch"
            }
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
            (Kind::Unknown, Kind::Figure(_) | Kind::Unknown) | (Kind::Figure(_), Kind::Unknown) => {
                Kind::Unknown
            }
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
                Diagnostic::error(
                    "unrounded-division",
                    e.span(),
                    "this quotient does not say how it is rounded",
                )
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
                    return self.constants(ctx, v, depth - 1);
                }
                if let Some(fact) = vocabulary.facts.iter().find(|f| f.path.text() == path.text()) {
                    return self.constant(&Ctx::default(), &fact.value, depth - 1);
                }
                let [clause, value] = &path.parts[..] else { return None };
                let clause = vocabulary.clause_in(clause).ok()?;
                let (wording, item) = self.item_of(clause, &value.text, ctx)?;
                let ItemRef::Value(v) = item else { return None };
                self.constants(&Ctx::clause(wording), v, depth - 1)
            }
            _ => None,
        }
    }

    /// The constants that a value is in its cases, where they are nothing else.
    fn constants(&mut self, ctx: &Ctx, value: &ast::Value, depth: usize) -> Option<Vec<Figure>> {
        let mut out = Vec::new();
        for (e, _) in value.cases() {
            out.extend(self.constant(ctx, e, depth)?);
        }
        Some(out)
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
            self.error(
                "wrong-kind",
                e.span(),
                format!("figures or days are expected, found {}", kind.word()),
            );
            return broken();
        }
        let which = match which {
            ast::ExtremeKind::Min => ExtremeKind::Min,
            ast::ExtremeKind::Max => ExtremeKind::Max,
        };
        (Expr::Extreme(which, out), kind)
    }

    fn aggregate(&mut self, ctx: &Ctx, e: &ast::Expr) -> (Expr, Kind) {
        let ExprKind::Aggregate { kind, path, cond, window, default } = &e.kind else { return broken() };
        let (kind, cond, default) = (*kind, cond.as_deref(), default.as_deref());
        let Some(first) = path.parts.first() else { return broken() };
        let event = match self.vocabulary.event_in(first) {
            Ok(event) => event,
            Err(d) => {
                self.report(*d);
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
                    Diagnostic::error(
                        "wrong-kind",
                        path.span(),
                        format!("`{}` is an event; its field is needed here", first.text),
                    )
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
            self.error(
                "wrong-kind",
                path.span(),
                format!("a sum needs figures, found {}", field_kind.word()),
            );
            return broken();
        }
        let extreme = matches!(kind, ast::AggregateKind::Lowest | ast::AggregateKind::Highest);
        if extreme && !matches!(field_kind, Kind::Figure(_) | Kind::Day | Kind::Unknown) {
            self.error(
                "wrong-kind",
                path.span(),
                format!("figures or days are expected, found {}", field_kind.word()),
            );
            return broken();
        }
        let window = match window {
            Some(window) => match self.window(window, e.span()) {
                Some(window) => Some(window),
                None => return broken(),
            },
            None => None,
        };
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
        let kind = match kind {
            ast::AggregateKind::Sum => AggregateKind::Sum,
            ast::AggregateKind::Count => AggregateKind::Count,
            ast::AggregateKind::Latest => AggregateKind::Latest,
            ast::AggregateKind::Lowest => AggregateKind::Lowest,
            ast::AggregateKind::Highest => AggregateKind::Highest,
        };
        (Expr::Aggregate { kind, event, field, filter: Box::new(filter), window, default }, field_kind)
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
                Diagnostic::error(
                    "wrong-kind",
                    event.span(),
                    format!("an event is expected, found `{}`", event.text()),
                )
                .help(format!("write `{}`", name.text)),
            );
            return None;
        }
        let event = match self.vocabulary.event_in(name) {
            Ok(event) => event,
            Err(d) => {
                self.report(*d);
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
}

pub(crate) fn is_zero(e: &ast::Expr) -> bool {
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
