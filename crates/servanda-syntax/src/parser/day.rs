//! Days and events. `docs/language.md`, section 5.

use servanda_text::{Diagnostic, Span};

use super::{Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;

impl Parser<'_> {
    pub(super) fn day(&mut self) -> Read<DayExpr> {
        self.deeper()?;
        let start = self.span();
        let mut day = self.day_atom()?;
        let depth = self.depth;
        while (self.mark("+") || self.mark("-")) && (self.token(1) == Token::Int || self.is_name(1)) {
            let back = self.mark("-");
            self.bump();
            self.deeper()?;
            let duration = self.duration_or_name()?;
            day = DayExpr { kind: DayExprKind::Shift(Box::new(day), back, duration), at: self.since(start) };
        }
        self.depth = depth - 1;
        Ok(day)
    }

    fn year_month(&mut self) -> Read<(i16, Option<i8>)> {
        let (raw, at) = (self.slice(0), self.span());
        let bad = |raw: &str, at: Span| {
            Diagnostic::error(codes::BAD_DATE, at, format!("`{raw}` is no year or month"))
                .label("expected a year such as 2030 or a month such as 2030-06")
        };
        match self.token(0) {
            Token::Int if raw.len() == 4 => match raw.parse::<i16>() {
                Ok(year) if year >= 1000 => {
                    self.bump();
                    Ok((year, None))
                }
                _ => self.report(bad(raw, at)),
            },
            Token::Month => match (raw[..4].parse::<i16>(), raw[5..].parse::<i8>()) {
                (Ok(year), Ok(month)) if year >= 1 && (1..=12).contains(&month) => {
                    self.bump();
                    Ok((year, Some(month)))
                }
                _ => self.report(bad(raw, at)),
            },
            Token::Int => self.report(bad(raw, at)),
            _ => self.expected("a year such as 2030"),
        }
    }

    pub(super) fn edge(&mut self) -> Read<YearEdge> {
        if self.eat("start") {
            return Ok(YearEdge::Start);
        }
        if self.eat("end") {
            return Ok(YearEdge::End);
        }
        self.expected("`start` or `end`")
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
        } else if self.word("the") && (self.word_at(1, "start") || self.word_at(1, "end")) {
            self.bump();
            let edge = self.edge()?;
            self.need("of")?;
            let (year, month) = self.year_month()?;
            DayExprKind::Edge(edge, year, month)
        } else if self.word("the") && (self.word_at(1, "earlier") || self.word_at(1, "later")) {
            let later = self.word_at(1, "later");
            self.at += 2;
            self.need("of")?;
            let mut list = vec![self.day()?];
            while self.eat(",") {
                list.push(self.day()?);
            }
            self.need("and")?;
            list.push(self.day()?);
            if later { DayExprKind::Later(list) } else { DayExprKind::Earlier(list) }
        } else if self.at_next() {
            self.next_day()?
        } else if self.eat("(") {
            let inner = self.day()?;
            self.need(")")?;
            return Ok(inner);
        } else if self.is_name(0) && self.word_at(1, "reads") && self.mark_at(2, "{") {
            let name = self.name()?;
            self.at += 2;
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
            DayExprKind::Reads(name, arms)
        } else if self.is_name(0) {
            DayExprKind::When(self.when()?)
        } else {
            return self.expected("a day, an event, `the earlier of …` or `never`");
        };
        Ok(DayExpr { kind, at: self.since(start) })
    }

    pub(super) fn when(&mut self) -> Read<When> {
        let start = self.span();
        let kind = if self.eat2("entry", "into") {
            let state = self.name_as("a state")?;
            self.need("of")?;
            WhenKind::Entry(state, self.path()?)
        } else if self.eat2("violation", "of") {
            WhenKind::Violation(self.name()?)
        } else if self.eat2("fulfilment", "of") {
            WhenKind::Fulfilment(self.name()?)
        } else if self.word("end") && self.word_at(1, "of") && self.word_at(2, "agreement") {
            self.at += 3;
            WhenKind::EndOfAgreement
        } else if self.eat2("end", "of") {
            WhenKind::End(self.name()?)
        } else {
            if !self.is_name(0) {
                return self.expected("an event");
            }
            let event = self.path()?;
            // What a duty is due `by` is a day, and not who brought the event about.
            let edge = ["start", "end", "earlier", "later", "next"];
            let due = self.word_at(1, "the") && self.any_of(2, &edge) || !self.is_name(1);
            let by = self.word("by") && !self.is_day_count(1) && !due;
            if by {
                self.bump();
            }
            let by = if by { Some(self.name()?) } else { None };
            let cond = if self.eat("where") { Some(Box::new(self.expr()?)) } else { None };
            WhenKind::Event { event, by, cond }
        };
        Ok(When { kind, at: self.since(start) })
    }
}
