//! Schedules and what is written with them: periods, and the next day of one. `docs/language.md`, sections 3 to 5.

use servanda_quantity::{Convention, Duration, MonthEnd, MonthEndRule, Stub};

use super::{Parser, Read, duration_unit};
use crate::ast::*;
use crate::lexer::Token;

impl Parser<'_> {
    /// What follows the word `schedule`.
    pub(super) fn schedule(&mut self) -> Read<ScheduleDecl> {
        let (name, title) = self.titled()?;
        self.need("every")?;
        let every_at = self.span();
        let count = self.int("a number of days, weeks, months, quarters or years")?;
        let unit = match duration_unit(self.slice(0)) {
            Some(unit) if unit != servanda_quantity::DurationUnit::BusinessDays => unit,
            _ => return self.expected("`days`, `weeks`, `months`, `quarters` or `years`"),
        };
        self.bump();
        let every =
            (Duration { count, unit, month_end: MonthEnd::Exact, calendar: None }, self.since(every_at));
        self.need("from")?;
        let from_at = self.span();
        let from = (self.date()?, At(from_at));
        let mut out = ScheduleDecl { name, title, every, from, to: None, month_end: None, business: None };
        loop {
            let at = At(self.span());
            if self.eat("to") {
                let day_at = At(self.span());
                let day = self.date()?;
                let stub = if self.eat2("short", "stub") {
                    Some(Stub::Short)
                } else if self.eat2("long", "stub") {
                    Some(Stub::Long)
                } else {
                    None
                };
                out.to = Some((day, stub, day_at));
            } else if self.eat("month-end") {
                out.month_end = Some(if self.eat("same-day") {
                    MonthEndRule::SameDay
                } else if self.eat("end-of-month") {
                    MonthEndRule::EndOfMonth
                } else {
                    return self.expected("`same-day` or `end-of-month`");
                });
            } else if self.eat("business-days") {
                let Ok(convention) = self.slice(0).parse::<Convention>() else {
                    return self.expected("a business-day convention such as `calculate-shift-following`");
                };
                self.bump();
                self.need("in")?;
                out.business = Some((convention, self.name_as("the name of a calendar")?, at));
            } else {
                return Ok(out);
            }
        }
    }

    /// `period`
    pub(super) fn period(&mut self) -> Read<Period> {
        if self.token(0) == Token::Name
            && let Some(period) = Period::of_calendar(self.slice(0))
        {
            self.bump();
            return Ok(period);
        }
        Ok(Period::Schedule(self.name_as("`week`, `month`, `quarter`, `year` or the name of a schedule")?))
    }

    /// Whether `the next NAME after …` begins here.
    pub(super) fn at_next(&self) -> bool {
        self.word("the") && self.word_at(1, "next") && self.is_name(2)
    }

    /// `the next NAME (after | on or after) day`
    pub(super) fn next_day(&mut self) -> Read<DayExprKind> {
        self.at += 2;
        let name = self.name_as("the name of a schedule")?;
        let on = self.word("on") && self.word_at(1, "or");
        if on {
            self.at += 2;
        }
        self.need("after")?;
        Ok(DayExprKind::Next(name, on, Box::new(self.day()?)))
    }
}
