//! Days as values, and what lies between two of them. `docs/language.md`, section 5.

use servanda_quantity::DayCount;

use super::{Parser, Read, duration_unit};
use crate::ast::*;
use crate::lexer::Token;

impl Parser<'_> {
    /// `today`, `day of …`, `days from …`, `business-days from …`, `years from …`, where one begins here.
    pub(super) fn day_value(&mut self) -> Read<Option<ExprKind>> {
        if self.word("today") && !self.mark_at(1, ".") && !self.word_at(1, "of") {
            self.bump();
            return Ok(Some(ExprKind::Today));
        }
        if self.word("day") && self.word_at(1, "of") && self.is_name(2) {
            self.at += 2;
            return Ok(Some(ExprKind::DayOf(self.when()?)));
        }
        let measured = self.any_of(0, &["days", "business-days", "years"]) && self.word_at(1, "from");
        if !measured {
            return Ok(None);
        }
        let word = self.slice(0);
        self.at += 2;
        let from = Box::new(self.date_value()?);
        self.need("to")?;
        let to = Box::new(self.date_value()?);
        let measure = match word {
            "days" => Measure::Days,
            "business-days" => {
                self.need("in")?;
                Measure::BusinessDays(self.name_as("the name of a calendar")?)
            }
            _ => {
                self.need("by")?;
                match self.slice(0).parse() {
                    Ok(count) => {
                        self.bump();
                        Measure::Years(count)
                    }
                    Err(_) => {
                        let names: Vec<String> = DayCount::names().map(|n| format!("`{n}`")).collect();
                        return self.expected(&format!("a day count: {}", names.join(", ")));
                    }
                }
            }
        };
        Ok(Some(ExprKind::Between(measure, from, to)))
    }

    /// `date`: an atom, moved by durations.
    fn date_value(&mut self) -> Read<Expr> {
        self.deeper()?;
        let start = self.span();
        let depth = self.depth;
        let mut day = self.atom()?;
        while self.at_shift() {
            self.deeper()?;
            day = self.shifted(start, day)?;
        }
        self.depth = depth - 1;
        Ok(day)
    }

    /// Whether `+ DURATION` or `- DURATION` stands here.
    pub(super) fn at_shift(&self) -> bool {
        (self.mark("+") || self.mark("-"))
            && self.token(1) == Token::Int
            && self.token(2) == Token::Name
            && duration_unit(self.slice(2)).is_some()
    }

    /// A day moved by the duration that stands here.
    pub(super) fn shifted(&mut self, start: servanda_text::Span, day: Expr) -> Read<Expr> {
        let back = self.mark("-");
        self.bump();
        let duration = self.duration()?;
        Ok(Expr { kind: ExprKind::Shift(Box::new(day), back, duration), at: self.since(start) })
    }

    /// Whether a day count stands here, which ends a `when` before its `by`.
    pub(super) fn is_day_count(&self, ahead: usize) -> bool {
        self.token(ahead) == Token::Name && self.slice(ahead).parse::<DayCount>().is_ok()
    }
}
