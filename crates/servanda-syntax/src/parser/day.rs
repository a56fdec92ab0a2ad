//! Days and events. `docs/language.md`, section 5.

use servanda_quantity::Day;
use servanda_text::{Diagnostic, Span};

use super::{Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::SyntaxKind;

impl Parser<'_> {
    pub(super) fn day(&mut self) -> Read<DayExpr> {
        let (start, from) = (self.span(), self.at);
        self.deeper()?;
        let mut day = self.day_atom()?;
        let mut height = 1;
        while (self.mark("+") || self.mark("-")) && self.at_duration(1) {
            height = self.height(height, 0)?;
            let back = self.mark("-");
            self.bump();
            let duration = self.duration()?;
            day = DayExpr { kind: DayExprKind::Shift(Box::new(day), back, duration), at: self.since(start) };
        }
        self.depth -= 1;
        self.node(SyntaxKind::Day, from);
        Ok(day)
    }

    fn bad_date(&mut self, at: Span, raw: &str) {
        let problem = Diagnostic::error(codes::BAD_DATE, at, format!("`{raw}` is no year or month"))
            .label("expected a year such as 2030 or a month such as 2030-06");
        self.report(problem);
    }

    fn year_month(&mut self) -> Read<(i16, Option<i8>)> {
        let (raw, at) = (self.slice(0), self.span());
        let found = match self.token(0) {
            Token::Int if raw.len() == 4 => {
                raw.parse::<i16>().ok().filter(|&y| y >= 1).map(|year| (year, None))
            }
            Token::Int => None,
            Token::Month => match (raw[..4].parse::<i16>(), raw[5..].parse::<i8>()) {
                (Ok(year), Ok(month)) if Day::new(year, month, 1).is_ok() => Some((year, Some(month))),
                _ => None,
            },
            _ => return self.expected(codes::EXPECTED_DAY, "a year such as 2030 or a month such as 2030-06"),
        };
        if found.is_none() {
            self.bad_date(at, &super::shown(raw));
        }
        self.bump();
        Ok(found.unwrap_or((1, None)))
    }

    pub(super) fn edge(&mut self) -> Read<YearEdge> {
        if self.eat("start") {
            return Ok(YearEdge::Start);
        }
        if self.eat("end") {
            return Ok(YearEdge::End);
        }
        self.expected(codes::UNEXPECTED, "`start` or `end`")
    }

    fn day_atom(&mut self) -> Read<DayExpr> {
        let start = self.span();
        let kind = if self.token(0) == Token::Date {
            DayExprKind::Day(self.date()?)
        } else if matches!(self.token(0), Token::Int | Token::Month) {
            match self.year_month()? {
                (year, None) => DayExprKind::Year(year),
                (year, Some(month)) => DayExprKind::Month(year, month),
            }
        } else if self.eat("never") {
            DayExprKind::Never
        } else if self.word("the") && self.any_of(1, &["start", "end"]) {
            self.bump();
            let edge = self.edge()?;
            self.need("of")?;
            let (year, month) = self.year_month()?;
            DayExprKind::Edge(edge, year, month)
        } else if self.word("the") && self.any_of(1, &["earlier", "later"]) {
            let later = self.word_at(1, "later");
            self.at += 2;
            self.need("of")?;
            let outer = std::mem::replace(&mut self.in_list, true);
            let mut list = vec![self.day()?];
            while self.eat(",") {
                list.push(self.day()?);
            }
            self.need("and")?;
            list.push(self.day()?);
            self.in_list = outer;
            if later { DayExprKind::Later(list) } else { DayExprKind::Earlier(list) }
        } else if self.word("the") {
            self.bump();
            return self.expected(codes::EXPECTED_DAY, "`start`, `end`, `earlier` or `later`");
        } else if self.at_reads() {
            let name = self.name()?;
            let from = self.at + 1;
            self.at += 2;
            let outer = (std::mem::replace(&mut self.in_list, false), std::mem::replace(&mut self.in_duty, false));
            let mut arms = Vec::new();
            loop {
                let word = self.name_as("an answer of the reading")?;
                self.need(":")?;
                arms.push((word, self.day()?));
                if !self.eat(",") {
                    break;
                }
            }
            self.need("}")?;
            (self.in_list, self.in_duty) = outer;
            self.node(SyntaxKind::Reads, from);
            DayExprKind::Reads(name, arms)
        } else if self.is_name(0) {
            DayExprKind::When(self.when()?)
        } else {
            return self.expected(codes::EXPECTED_DAY, "a day or an event");
        };
        Ok(DayExpr { kind, at: self.since(start) })
    }

    pub(super) fn at_reads(&self) -> bool {
        self.is_name(0) && self.word_at(1, "reads") && self.mark_at(2, "{")
    }

    pub(super) fn when(&mut self) -> Read<When> {
        let (start, from) = (self.span(), self.at);
        let kind = if self.eat2("entry", "into") {
            let state = self.name_as("a state")?;
            self.need("of")?;
            WhenKind::Entry(state, self.path()?)
        } else if self.eat2("violation", "of") {
            WhenKind::Violation(self.name()?)
        } else if self.eat2("fulfilment", "of") {
            WhenKind::Fulfilment(self.name()?)
        } else if self.eat2("end", "of") {
            WhenKind::End(self.name()?)
        } else {
            let event = self.path_as("an event")?;
            let (by, cond) = self.by_where()?;
            WhenKind::Event { event, by, cond }
        };
        self.node(SyntaxKind::When, from);
        Ok(When { kind, at: self.since(start) })
    }

    /// `[ "by" NAME ] [ "where" cond ]`
    pub(super) fn by_where(&mut self) -> Read<(Option<Name>, Option<Box<Expr>>)> {
        let mut by = None;
        if self.word("by") && !(self.in_duty && self.by_begins_a_part()) {
            self.bump();
            by = Some(self.name()?);
        }
        let cond = if self.eat("where") { Some(Box::new(self.condition()?)) } else { None };
        Ok((by, cond))
    }

    /// Whether the `by` here is the last day of a duty rather than who brings an event about: it stands first
    /// on its line, or what follows can only be a day.
    fn by_begins_a_part(&self) -> bool {
        self.line_first(0)
            || !self.is_name(1)
            || self.any_of(1, &["the", "never"])
            || self.mark_at(2, ".")
            || self.mark_at(2, "+")
            || self.mark_at(2, "-")
            || self.any_of(2, &["of", "into", "reads"])
    }
}
