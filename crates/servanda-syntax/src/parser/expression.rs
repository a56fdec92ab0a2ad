//! Conditions and expressions. `docs/language.md`, section 5.

use servanda_quantity::{Number, Rounding};
use servanda_text::{Diagnostic, Span};

use super::{AFTER, DECLARATIONS, FIELDS, Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;

/// Most links of a chain of one operator.
const LINKS_MAX: u32 = 200;

impl Parser<'_> {
    fn expr_of(&self, start: Span, kind: ExprKind) -> Expr {
        Expr { kind, at: self.since(start) }
    }

    fn binary(&self, start: Span, op: BinaryOp, a: Expr, b: Expr) -> Expr {
        self.expr_of(start, ExprKind::Binary(op, Box::new(a), Box::new(b)))
    }

    /// Counts the links of a chain such as `a + b + c`: the tree of a chain is as deep as it is long.
    fn link(&mut self, links: &mut u32) -> Read<()> {
        *links += 1;
        if *links > LINKS_MAX {
            self.depth += super::DEPTH_MAX;
            return self.deeper();
        }
        Ok(())
    }

    pub(super) fn expr(&mut self) -> Read<Expr> {
        self.deeper()?;
        let start = self.span();
        let mut left = self.conjunction()?;
        let mut links = 0;
        while self.eat("or") {
            self.link(&mut links)?;
            let right = self.conjunction()?;
            left = self.binary(start, BinaryOp::Or, left, right);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self) -> Read<Expr> {
        let start = self.span();
        let mut left = self.negation()?;
        let mut links = 0;
        while self.eat("and") {
            self.link(&mut links)?;
            let right = self.negation()?;
            left = self.binary(start, BinaryOp::And, left, right);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Read<Expr> {
        let start = self.span();
        if !self.eat("not") {
            return self.relation();
        }
        self.deeper()?;
        let inner = self.negation()?;
        self.depth -= 1;
        Ok(self.expr_of(start, ExprKind::Not(Box::new(inner))))
    }

    fn relation(&mut self) -> Read<Expr> {
        let start = self.span();
        let left = self.sum()?;
        for (mark, op) in [
            ("=", BinaryOp::Equal),
            ("<=", BinaryOp::LessEqual),
            (">=", BinaryOp::GreaterEqual),
            ("<", BinaryOp::Less),
            (">", BinaryOp::Greater),
        ] {
            if self.mark(mark) {
                self.bump();
                let right = self.sum()?;
                return Ok(self.binary(start, op, left, right));
            }
        }
        if self.eat("is") {
            let negated = self.eat("not");
            let test = if self.eat2("one", "of") {
                IsTest::OneOf(self.words()?)
            } else if self.eat2("in", "force") {
                IsTest::InForce
            } else if self.eat("given") {
                IsTest::Given
            } else if self.eat("violated") {
                IsTest::Violated
            } else if self.eat("fulfilled") {
                IsTest::Fulfilled
            } else {
                IsTest::Word(self.name_as("a word after `is`")?)
            };
            return Ok(self.expr_of(start, ExprKind::Is(Box::new(left), negated, test)));
        }
        let negated = self.word("has") && self.word_at(1, "not") && self.word_at(2, "happened");
        if negated || (self.word("has") && self.word_at(1, "happened")) {
            let ExprKind::Path(event) = left.kind else {
                return self.expected("the name of an event before `has`");
            };
            self.at += if negated { 3 } else { 2 };
            let by = if self.eat("by") { Some(self.name()?) } else { None };
            let cond = if self.eat("where") { Some(Box::new(self.expr()?)) } else { None };
            let happened = self.expr_of(start, ExprKind::Happened { event, by, cond });
            return Ok(if negated {
                self.expr_of(start, ExprKind::Not(Box::new(happened)))
            } else {
                happened
            });
        }
        Ok(left)
    }

    fn sum(&mut self) -> Read<Expr> {
        let start = self.span();
        let mut left = self.product()?;
        let mut links = 0;
        loop {
            self.link(&mut links)?;
            if self.at_shift() {
                left = self.shifted(start, left)?;
                continue;
            }
            let op = match (self.mark("+"), self.mark("-")) {
                (true, _) => BinaryOp::Add,
                (_, true) => BinaryOp::Subtract,
                _ => return Ok(left),
            };
            self.bump();
            let right = self.product()?;
            left = self.binary(start, op, left, right);
        }
    }

    fn product(&mut self) -> Read<Expr> {
        let start = self.span();
        let mut left = self.atom()?;
        let mut links = 0;
        loop {
            self.link(&mut links)?;
            let op = match (self.mark("*"), self.mark("/")) {
                (true, _) => BinaryOp::Multiply,
                (_, true) => BinaryOp::Divide,
                _ => break,
            };
            self.bump();
            let right = self.atom()?;
            left = self.binary(start, op, left, right);
        }
        let way = if self.word_at(1, "to") { 0 } else { 1 };
        if self.word("rounded") && self.word_at(1 + way, "to") {
            let rounding = match self.slice(1) {
                "to" => Rounding::Nearest,
                "down" => Rounding::Down,
                "up" => Rounding::Up,
                _ => return self.expected("`rounded to`, `rounded down to` or `rounded up to`"),
            };
            self.at += 2 + way;
            let step = self.atom()?;
            left = self.expr_of(start, ExprKind::Rounded(rounding, Box::new(left), Box::new(step)));
        }
        Ok(left)
    }

    pub(super) fn atom(&mut self) -> Read<Expr> {
        let start = self.span();
        if let Some(figure) = self.figure()? {
            return Ok(self.expr_of(start, ExprKind::Figure(figure)));
        }
        if self.token(0) == Token::Date {
            let day = self.date()?;
            return Ok(self.expr_of(start, ExprKind::Day(day)));
        }
        if let Some(text) = self.optional_string() {
            return Ok(self.expr_of(start, ExprKind::Text(text)));
        }
        if self.eat("(") {
            let inner = self.expr()?;
            self.need(")")?;
            return Ok(inner);
        }
        if let Some(kind) = self.day_value()? {
            return Ok(self.expr_of(start, kind));
        }
        if self.word("undisclosed") && self.is_name(1) {
            self.bump();
            let ty = self.ty()?;
            return Ok(self.expr_of(start, ExprKind::Undisclosed(ty)));
        }
        if self.eat("none") {
            return Ok(self.expr_of(start, ExprKind::NoneWord));
        }
        if (self.word("max") || self.word("min")) && self.mark_at(1, "(") {
            let kind = if self.word("max") { ExtremeKind::Max } else { ExtremeKind::Min };
            self.at += 2;
            let mut list = vec![self.expr()?];
            while self.eat(",") {
                list.push(self.expr()?);
            }
            self.need(")")?;
            return Ok(self.expr_of(start, ExprKind::Extreme(kind, list)));
        }
        let aggregate = if self.eat2("sum", "of") {
            Some(AggregateKind::Sum)
        } else if self.eat2("count", "of") {
            Some(AggregateKind::Count)
        } else if self.eat2("lowest", "of") {
            Some(AggregateKind::Lowest)
        } else if self.eat2("highest", "of") {
            Some(AggregateKind::Highest)
        } else if self.word("latest") && self.is_name(1) {
            self.bump();
            Some(AggregateKind::Latest)
        } else {
            None
        };
        if let Some(kind) = aggregate {
            let path = self.path()?;
            let cond = if self.eat("where") { Some(Box::new(self.expr()?)) } else { None };
            let window = self.window()?;
            let mut default = None;
            // A sum or a count of nothing is zero: an `else` after it belongs to something else.
            let empty = !matches!(kind, AggregateKind::Sum | AggregateKind::Count);
            if empty && self.eat("else") {
                self.deeper()?;
                default = Some(Box::new(self.atom()?));
                self.depth -= 1;
            }
            return Ok(self.expr_of(start, ExprKind::Aggregate { kind, path, cond, window, default }));
        }
        if !self.is_name(0) {
            return self.expected("a name, a figure, a day or a condition");
        }
        let path = self.path()?;
        if self.word("of") && self.is_name(1) {
            self.bump();
            let name = self.name()?;
            return Ok(self.expr_of(start, ExprKind::Of(path, name)));
        }
        Ok(self.expr_of(start, ExprKind::Path(path)))
    }

    /// `before this PERIOD`, `in this PERIOD`, `in the last PERIOD`, `over the last DURATION`, where one begins here.
    fn window(&mut self) -> Read<Option<Window>> {
        if self.eat2("before", "this") {
            return Ok(Some(Window::Before(self.period()?)));
        }
        if self.eat2("in", "this") {
            return Ok(Some(Window::This(self.period()?)));
        }
        if self.word("in") && self.word_at(1, "the") && self.word_at(2, "last") {
            self.at += 3;
            return Ok(Some(Window::Last(self.period()?)));
        }
        if self.word("over") && self.word_at(1, "the") && self.word_at(2, "last") {
            self.at += 3;
            return Ok(Some(Window::Over(self.duration_or_name()?)));
        }
        Ok(None)
    }

    /// `FIGURE`, where one begins here.
    pub(super) fn figure(&mut self) -> Read<Option<FigureLit>> {
        let (start, back) = (self.span(), self.at);
        let qualifier = if self.word("about") && (self.is_number(1) || self.is_currency(1)) {
            self.bump();
            Some(QualifierWord::About)
        } else if self.eat2("at", "least") || self.eat2("more", "than") {
            Some(QualifierWord::AtLeast)
        } else if self.eat2("at", "most") || self.eat2("less", "than") {
            Some(QualifierWord::AtMost)
        } else {
            None
        };
        let currency = if self.is_currency(0) { Some(self.name()?) } else { None };
        let negative = self.mark("-") && self.is_number(1);
        if negative {
            self.bump();
        }
        if !self.is_number(0) {
            self.at = back;
            return Ok(None);
        }
        let (raw, number_at) = (self.slice(0), self.span());
        let number =
            raw.parse::<Number>().and_then(|n| if negative { Number::zero().sub(&n) } else { Ok(n) });
        self.bump();
        let scale = match self.slice(0) {
            "thousand" => 1_000,
            "million" => 1_000_000,
            "billion" => 1_000_000_000,
            "trillion" => 1_000_000_000_000i64,
            _ => 1,
        };
        if scale != 1 {
            self.bump();
        }
        let number = match number.and_then(|n| n.mul(&Number::from(scale))) {
            Ok(number) => number,
            Err(why) => {
                let problem =
                    Diagnostic::error(codes::BAD_NUMBER, number_at, format!("`{raw}` cannot be read: {why}"));
                return self.report(problem);
            }
        };
        let unit = match currency {
            Some(currency) if self.eat("per") => UnitLit::MoneyPer(currency, self.name_as("a unit")?),
            Some(currency) => UnitLit::Money(currency),
            None if self.eat("percent") || self.eat("%") => UnitLit::Percent,
            None if self.at_unit() => UnitLit::Named(self.name()?),
            None => UnitLit::One,
        };
        Ok(Some(FigureLit { qualifier, number, unit, at: self.since(start) }))
    }

    fn is_currency(&self, ahead: usize) -> bool {
        let word = self.slice(ahead);
        self.token(ahead) == Token::Name
            && word.len() == 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && (self.is_number(ahead + 1) || (self.mark_at(ahead + 1, "-") && self.is_number(ahead + 2)))
    }

    /// Whether the name here is the unit of the number before it: it stands on the same line, it is no word
    /// that goes on after an expression, and it does not itself begin something.
    fn at_unit(&self) -> bool {
        if self.token(0) != Token::Name || self.at == 0 {
            return false;
        }
        let (number, name) = (self.last(), self.span());
        let between = &self.text[number.end as usize..name.start as usize];
        if between.contains('\n') || self.mark_at(1, ":") {
            return false;
        }
        if [AFTER, FIELDS, DECLARATIONS].iter().any(|words| words.contains(&self.slice(0))) || self.at_norm()
        {
            return false;
        }
        // A name before a value is the name of an argument or a datum.
        let value_follows = self.is_number(1)
            || self.token(1) == Token::Text
            || self.token(1) == Token::Date
            || self.is_currency(1)
            || (self.is_name(1)
                && !self.followed_on_next_line(1)
                && ![AFTER, FIELDS, DECLARATIONS].iter().any(|words| words.contains(&self.slice(1))));
        !value_follows || self.unit_then_datum()
    }

    pub(super) fn followed_on_next_line(&self, ahead: usize) -> bool {
        match (self.meaning.get((self.at + ahead).saturating_sub(1)), self.meaning.get(self.at + ahead)) {
            (Some(&a), Some(&b)) => self.text[self.all[a].1.end..self.all[b].1.start].contains('\n'),
            _ => false,
        }
    }

    /// `1000 tonne invoice i1`: the name is a unit where a further name and its value follow it.
    fn unit_then_datum(&self) -> bool {
        self.is_name(1)
            && !self.followed_on_next_line(1)
            && (self.is_name(2) || self.is_number(2))
            && !self.followed_on_next_line(2)
            && !self.any_of(2, AFTER)
    }

    /// `[ "if" cond ]`
    pub(super) fn optional_if(&mut self) -> Read<Option<Expr>> {
        if self.eat("if") { Ok(Some(self.expr()?)) } else { Ok(None) }
    }
}
