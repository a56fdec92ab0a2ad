//! Conditions: comparisons, tests with `is`, and what joins them.

use servanda_program::{Comparison, Cond, Expr, OpenId, OpenKind};
use servanda_syntax::ast::{self, BinaryOp, ExprKind, IsTest};
use servanda_text::{Diagnostic, Span};

use super::expr::fits;
use super::{Ctx, ItemRef, Kind, Low, Lowerer};
use crate::opens::{CutSide, yes_no};
use crate::print;
use crate::vocabulary::unknown_at;

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
            ExprKind::Binary(op @ (BinaryOp::And | BinaryOp::Or), ..) => {
                // A long chain is no deep nesting.
                let mut parts = Vec::new();
                let mut at = e;
                while let ExprKind::Binary(other, left, right) = &at.kind
                    && other == op
                {
                    parts.push(&**right);
                    at = left;
                }
                parts.push(at);
                let conds = parts.into_iter().rev().map(|part| self.cond(ctx, part)).collect();
                if *op == BinaryOp::And { all(conds) } else { any(conds) }
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

    /// `a = b`, `a < b` …
    fn compare(
        &mut self,
        ctx: &Ctx,
        e: &ast::Expr,
        comparison: Comparison,
        a: &ast::Expr,
        b: &ast::Expr,
    ) -> Cond {
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
                    (1, Some(ItemRef::Value(_) | ItemRef::Slot(..))) => {
                        Some(format!("{prefix}.{}", last.text))
                    }
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
                        if v.name.text == value
                            && v.cases().any(|(e, _)| matches!(e.kind, ExprKind::Undisclosed(_))))
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
                    self.error(
                        "unknown-clause",
                        path.span(),
                        format!("there is no clause `{}`", path.text()),
                    );
                    return BROKEN;
                };
                match self.vocabulary.clause_in(name) {
                    Ok(clause) => match test {
                        IsTest::InForce => Cond::InForce(clause),
                        IsTest::Violated => Cond::Violated(clause),
                        _ => Cond::Fulfilled(clause),
                    },
                    Err(d) => {
                        self.report(*d);
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
                    self.error(
                        "wrong-kind",
                        subject.span(),
                        "only an attribute or a field can be given or not",
                    );
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
                        Diagnostic::error(
                            "wrong-kind",
                            span,
                            format!("`is` needs a word, found {}", kind.word()),
                        )
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
            Some(Low::Value(value, other))
                if found.is_empty() && fits(kind, &other) && other != Kind::Unknown =>
            {
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
