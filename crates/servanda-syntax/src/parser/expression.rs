//! Conditions and expressions. `docs/language.md`, section 5.

use servanda_quantity::{Number, NumberError};
use servanda_text::{Diagnostic, Span};

use super::{Parser, Read, never_unit, shown, well_grouped};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::SyntaxKind;
use crate::words;

/// How tightly operators bind, loosest first.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const RELATION: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const ATOM: u8 = 7;

/// An expression with the height of its tree.
type Tall = (Expr, u32);

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> Read<Expr> {
        let from = self.at;
        let (expr, _) = self.at_least(OR)?;
        self.node(SyntaxKind::Expr, from);
        Ok(expr)
    }

    /// The condition of a `where`. In a list of days a bare `and` goes on with the list, so that only one
    /// comparison, or parentheses, can follow.
    pub(super) fn condition(&mut self) -> Read<Expr> {
        let from = self.at;
        let (expr, _) = self.at_least(if self.in_list { NOT } else { OR })?;
        self.node(SyntaxKind::Expr, from);
        Ok(expr)
    }

    /// An expression inside parentheses, where what is around them does not matter.
    fn inside(&mut self) -> Read<Tall> {
        let outer = (std::mem::replace(&mut self.in_list, false), std::mem::replace(&mut self.in_duty, false));
        let inner = self.at_least(OR)?;
        (self.in_list, self.in_duty) = outer;
        Ok(inner)
    }

    fn operator(&self) -> Option<(BinaryOp, u8)> {
        Some(match (self.token(0), self.slice(0)) {
            (Token::Name, "or") => (BinaryOp::Or, OR),
            (Token::Name, "and") => (BinaryOp::And, AND),
            (Token::Mark, "=") => (BinaryOp::Equal, RELATION),
            (Token::Mark, "<") => (BinaryOp::Less, RELATION),
            (Token::Mark, "<=") => (BinaryOp::LessEqual, RELATION),
            (Token::Mark, ">") => (BinaryOp::Greater, RELATION),
            (Token::Mark, ">=") => (BinaryOp::GreaterEqual, RELATION),
            (Token::Mark, "+") => (BinaryOp::Add, SUM),
            (Token::Mark, "-") => (BinaryOp::Subtract, SUM),
            (Token::Mark, "*") => (BinaryOp::Multiply, PRODUCT),
            (Token::Mark, "/") => (BinaryOp::Divide, PRODUCT),
            _ => return None,
        })
    }

    /// An expression whose operators bind at least as tightly as `least`.
    fn at_least(&mut self, least: u8) -> Read<Tall> {
        self.deeper()?;
        let start = self.span();
        // The tightest operator that can still follow: comparisons do not chain, and `rounded to` ends a product.
        let mut tightest = PRODUCT;
        let (mut left, mut height) = if least <= NOT && self.eat("not") {
            let (inner, height) = self.at_least(NOT)?;
            tightest = AND;
            (Expr { kind: ExprKind::Not(Box::new(inner)), at: self.since(start) }, self.height(height, 0)?)
        } else {
            self.atom()?
        };
        loop {
            if let Some((op, tightness)) = self.operator() {
                if tightness < least || tightness > tightest {
                    break;
                }
                self.bump();
                let (right, right_height) = self.at_least(tightness + 1)?;
                height = self.height(height, right_height)?;
                let kind = ExprKind::Binary(op, Box::new(left), Box::new(right));
                left = Expr { kind, at: self.since(start) };
                tightest = if tightness == RELATION { AND } else { tightness };
            } else if self.word("is") && least <= RELATION && RELATION <= tightest {
                self.bump();
                height = self.height(height, 0)?;
                let negated = self.eat("not");
                let kind = ExprKind::Is(Box::new(left), negated, self.is_test()?);
                left = Expr { kind, at: self.since(start) };
                tightest = AND;
            } else if self.at_happened() && least <= RELATION && RELATION <= tightest {
                let (happened, negated) = self.happened(start, left)?;
                left = happened;
                height = self.height(height, u32::from(negated))?;
                tightest = AND;
            } else if self.word("rounded") && self.word_at(1, "to") && least <= PRODUCT && PRODUCT <= tightest {
                self.at += 2;
                let (step, step_height) = self.atom()?;
                height = self.height(height, step_height)?;
                left =
                    Expr { kind: ExprKind::Rounded(Box::new(left), Box::new(step)), at: self.since(start) };
                tightest = SUM;
            } else {
                break;
            }
        }
        self.depth -= 1;
        Ok((left, height))
    }

    fn is_test(&mut self) -> Read<IsTest> {
        Ok(if self.eat2("one", "of") {
            IsTest::OneOf(self.words("a word")?)
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
        })
    }

    fn at_happened(&self) -> bool {
        self.word("has")
            && (self.word_at(1, "happened") || (self.word_at(1, "not") && self.word_at(2, "happened")))
    }

    /// `has [not] happened [by NAME] [where cond]` after the name of an event.
    fn happened(&mut self, start: Span, left: Expr) -> Read<(Expr, bool)> {
        let ExprKind::Path(event) = left.kind else {
            let problem = Diagnostic::error(codes::UNEXPECTED, left.at.0, "only an event can have happened")
                .label("expected the name of an event");
            self.report(problem);
            return Err(super::Broken);
        };
        let negated = self.word_at(1, "not");
        self.at += if negated { 3 } else { 2 };
        let (by, cond) = self.by_where()?;
        let at = self.since(start);
        let happened = Expr { kind: ExprKind::Happened { event, by, cond }, at };
        Ok(if negated {
            (Expr { kind: ExprKind::Not(Box::new(happened)), at }, true)
        } else {
            (happened, false)
        })
    }

    fn atom(&mut self) -> Read<Tall> {
        let start = self.span();
        let (kind, height) = self.atom_kind()?;
        Ok((Expr { kind, at: self.since(start) }, height))
    }

    fn atom_kind(&mut self) -> Read<(ExprKind, u32)> {
        let from = self.at;
        let kind = match self.token(0) {
            Token::Int | Token::Decimal => ExprKind::Figure(self.figure()?),
            Token::Date => ExprKind::Day(self.date()?),
            Token::Text => ExprKind::Text(self.string()?),
            Token::Mark if self.mark("(") => {
                self.bump();
                let (inner, height) = self.inside()?;
                self.need(")")?;
                self.node(SyntaxKind::Paren, from);
                return Ok((inner.kind, height));
            }
            Token::Quoted => return Ok((self.named()?, 1)),
            Token::Name => match self.slice(0) {
                _ if self.at_figure(0) => ExprKind::Figure(self.figure()?),
                "undisclosed" if self.goes_on(1) || self.any_of(1, words::TYPES) => {
                    self.bump();
                    ExprKind::Undisclosed(self.ty()?)
                }
                "none" => {
                    self.bump();
                    ExprKind::NoneWord
                }
                "max" | "min" if self.mark_at(1, "(") => {
                    let kind = if self.word("max") { ExtremeKind::Max } else { ExtremeKind::Min };
                    self.at += 2;
                    let mut list = Vec::new();
                    let mut height = 0;
                    loop {
                        let (item, item_height) = self.inside()?;
                        height = height.max(item_height);
                        list.push(item);
                        if !self.eat(",") {
                            break;
                        }
                    }
                    self.need(")")?;
                    self.node(SyntaxKind::Call, from);
                    return Ok((ExprKind::Extreme(kind, list), self.height(height, 0)?));
                }
                "sum" if self.word_at(1, "of") => return self.aggregate(AggregateKind::Sum, 2),
                "count" if self.word_at(1, "of") => return self.aggregate(AggregateKind::Count, 2),
                "latest" if self.goes_on(1) => return self.aggregate(AggregateKind::Latest, 1),
                "not" => return self.expected(codes::EXPECTED_VALUE, "a value"),
                _ => return Ok((self.named()?, 1)),
            },
            _ => return self.expected(codes::EXPECTED_VALUE, "a value or a condition"),
        };
        Ok((kind, 1))
    }

    /// Whether a name stands here that cannot be a word after an expression.
    fn goes_on(&self, ahead: usize) -> bool {
        self.token(ahead) == Token::Quoted || (self.token(ahead) == Token::Name && !never_unit(self.slice(ahead)))
    }

    /// `PATH [ "of" NAME ]`
    fn named(&mut self) -> Read<ExprKind> {
        let path = self.path()?;
        if self.word("of") {
            self.bump();
            let name = self.name()?;
            return Ok(ExprKind::Of(path, name));
        }
        Ok(ExprKind::Path(path))
    }

    fn aggregate(&mut self, kind: AggregateKind, words: usize) -> Read<(ExprKind, u32)> {
        self.at += words;
        let path = self.path_as("an event")?;
        let (mut cond, mut default, mut height) = (None, None, 1);
        if self.eat("where") {
            let from = self.at;
            let (inner, inner_height) = self.at_least(if self.in_list { NOT } else { OR })?;
            self.node(SyntaxKind::Expr, from);
            height = self.height(height, inner_height)?;
            cond = Some(Box::new(inner));
        }
        if kind == AggregateKind::Latest && self.eat("else") {
            let (inner, inner_height) = self.at_least(ATOM)?;
            height = self.height(height, inner_height)?;
            default = Some(Box::new(inner));
        }
        Ok((ExprKind::Aggregate { kind, path, cond, default }, height))
    }

    /// Whether `FIGURE` begins here.
    pub(super) fn at_figure(&self, ahead: usize) -> bool {
        let amount = |ahead| self.is_number(ahead) || self.is_currency(ahead);
        let two = |first, second: &[&str]| self.word_at(ahead, first) && self.any_of(ahead + 1, second);
        amount(ahead)
            || (self.word_at(ahead, "about") && amount(ahead + 1))
            || ((two("at", &["least", "most"]) || two("more", &["than"]) || two("less", &["than"]))
                && amount(ahead + 2))
    }

    /// `FIGURE`, where one begins here.
    pub(super) fn figure(&mut self) -> Read<FigureLit> {
        self.figure_among(false)
    }

    /// `FIGURE` among data, whose next name can look like a unit.
    pub(super) fn figure_among(&mut self, data: bool) -> Read<FigureLit> {
        let (start, from) = (self.span(), self.at);
        let qualifier = if self.eat("about") {
            Some(QualifierWord::About)
        } else if self.eat2("at", "least") || self.eat2("more", "than") {
            Some(QualifierWord::AtLeast)
        } else if self.eat2("at", "most") || self.eat2("less", "than") {
            Some(QualifierWord::AtMost)
        } else {
            None
        };
        let currency = if self.is_currency(0) { Some(self.name()?) } else { None };
        if !self.is_number(0) {
            return self.expected(codes::EXPECTED_VALUE, "a number");
        }
        let (raw, number_at) = (self.slice(0), self.span());
        self.bump();
        let scale = if self.token(0) == Token::Name && !self.line_first(0) { words::scale(self.slice(0)) } else { None };
        if scale.is_some() {
            self.bump();
        }
        let number = match number(raw, scale.unwrap_or(1)) {
            Ok(number) => number,
            Err(why) => {
                let problem = Diagnostic::error(
                    codes::BAD_NUMBER,
                    number_at,
                    format!("the number `{}` cannot be read: {why}", shown(raw)),
                );
                self.report(problem);
                Number::zero()
            }
        };
        let unit = match currency {
            Some(currency) if self.eat("per") => UnitLit::MoneyPer(currency, self.name_as("a unit")?),
            Some(currency) => UnitLit::Money(currency),
            None if self.mark("%") || (self.word("percent") && self.at_unit(data)) => {
                self.bump();
                UnitLit::Percent
            }
            None if self.at_unit(data) => UnitLit::Named(self.name()?),
            None => UnitLit::One,
        };
        self.node(SyntaxKind::Figure, from);
        Ok(FigureLit { qualifier, number, unit, at: self.since(start) })
    }

    /// Whether the name here is the unit of the number before it: it stands on the same line, is no word that
    /// goes on after an expression, and does not itself begin something.
    fn at_unit(&self, data: bool) -> bool {
        if !self.is_name(0) || self.line_first(0) || self.mark_at(1, ":") {
            return false;
        }
        if self.token(0) == Token::Name && never_unit(self.slice(0)) {
            return false;
        }
        // A name before a value is the name of an argument or of a datum.
        if matches!(self.token(1), Token::Text | Token::Date | Token::Int | Token::Decimal)
            || (!self.line_first(1) && self.at_figure(1))
        {
            return false;
        }
        if data { self.data_fit(1, 0) } else { !self.at_norm(0) }
    }

    /// Whether what follows reads as pairs of names and data. Looks at one line and at few pairs.
    fn data_fit(&self, mut ahead: usize, pairs: u32) -> bool {
        if !self.is_name(ahead) || self.line_first(ahead) || self.any_of(ahead, &["is", "because"]) || pairs > 8 {
            return true;
        }
        ahead += 1;
        while self.mark_at(ahead, ".") {
            ahead += 2;
        }
        if self.line_first(ahead) {
            return false;
        }
        if self.at_figure(ahead) && self.token(ahead) == Token::Name && !self.is_currency(ahead) {
            ahead += if self.word_at(ahead, "about") { 1 } else { 2 };
        }
        let money = self.is_currency(ahead);
        ahead += usize::from(money);
        match self.token(ahead) {
            Token::Text | Token::Date | Token::Name | Token::Quoted => self.data_fit(ahead + 1, pairs + 1),
            Token::Int | Token::Decimal => {
                ahead += 1;
                ahead += usize::from(words::scale(self.slice(ahead)).is_some());
                let unit = if money {
                    2 * usize::from(self.word_at(ahead, "per"))
                } else {
                    usize::from(self.mark_at(ahead, "%") || (self.is_name(ahead) && !self.line_first(ahead)))
                };
                self.data_fit(ahead, pairs + 1) || (unit > 0 && self.data_fit(ahead + unit, pairs + 1))
            }
            _ => false,
        }
    }
}

/// A number as written, times its scale, if it can be written without one.
fn number(raw: &str, scale: i64) -> Result<Number, NumberError> {
    if !well_grouped(raw) {
        return Err(NumberError::NotDecimal);
    }
    let number = raw.parse::<Number>()?.mul(&Number::from(scale))?;
    number.to_string().parse()
}
