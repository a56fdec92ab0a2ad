//! Days as values, and what lies between two of them.

use servanda_program::{CalendarId, Expr, Measure, Moment};
use servanda_quantity::{CalendarError, DayError, Duration, Unit};
use servanda_syntax::ast::{self, WhenKind};
use servanda_text::{Diagnostic, Span};

use super::expr::broken;
use super::{Ctx, Kind, Lowerer};
use crate::vocabulary::unknown;

impl Lowerer<'_> {
    /// `day of E`: of the record in hand, where nothing else is described; otherwise of the moment.
    pub(crate) fn day_of(&mut self, ctx: &Ctx, when: &ast::When) -> (Expr, Kind) {
        if let WhenKind::Event { event, by: None, cond: None } = &when.kind
            && let Some(name) = event.single()
            && let Ok(event) = self.vocabulary.event_in(name)
            && ctx.records.contains(&event)
        {
            return (Expr::RecordDay(event), Kind::Day);
        }
        let before = self.diagnostics.len();
        let moment = self.when(ctx, when);
        if self.diagnostics.len() > before {
            return broken();
        }
        let day = match moment {
            Moment::Day(day) => Expr::Day(day),
            Moment::Field(event, field) => Expr::Field(event, field),
            moment => Expr::DayOf(Box::new(moment)),
        };
        (day, Kind::Day)
    }

    /// `days from a to b` and its kin.
    pub(crate) fn between(
        &mut self,
        ctx: &Ctx,
        measure: &ast::Measure,
        a: &ast::Expr,
        b: &ast::Expr,
    ) -> (Expr, Kind) {
        let measure = match measure {
            ast::Measure::Days => Measure::Days,
            ast::Measure::Years(count) => Measure::Years(*count),
            ast::Measure::BusinessDays(name) => {
                let calendars = &self.vocabulary.calendars;
                match calendars.iter().position(|c| c.name == name.text) {
                    Some(i) => Measure::BusinessDays(CalendarId(i as u32)),
                    None => {
                        let names = calendars.iter().map(|c| c.name.as_str());
                        let d = unknown("unknown-calendar", "calendar", name, names);
                        self.report(d);
                        return broken();
                    }
                }
            }
        };
        let (Some(a), Some(b)) = (self.day_value(ctx, a), self.day_value(ctx, b)) else { return broken() };
        (Expr::Between(measure, Box::new(a), Box::new(b)), Kind::Figure(Unit::One))
    }

    /// A value that is a day, or nothing after a diagnostic.
    fn day_value(&mut self, ctx: &Ctx, e: &ast::Expr) -> Option<Expr> {
        let (value, kind) = self.value(ctx, e, None);
        match kind {
            Kind::Day => Some(value),
            Kind::Unknown => None,
            kind => {
                self.report(
                    Diagnostic::error(
                        "wrong-kind",
                        e.span(),
                        format!("a day is expected, found {}", kind.word()),
                    )
                    .help("write a day, `today`, `day of EVENT`, or a field or value of type `date`"),
                );
                None
            }
        }
    }

    /// `D + DURATION`, `D - DURATION`.
    pub(crate) fn moved(
        &mut self,
        ctx: &Ctx,
        base: &ast::Expr,
        back: bool,
        duration: &Duration,
        span: Span,
    ) -> (Expr, Kind) {
        let Some(base) = self.day_value(ctx, base) else { return broken() };
        let before = self.diagnostics.len();
        let calendar = self.duration(duration, span);
        if self.diagnostics.len() > before {
            return broken();
        }
        let Expr::Day(day) = base else {
            self.month_sum(duration, span);
            return (Expr::Shift(Box::new(base), back, duration.clone(), calendar), Kind::Day);
        };
        let known = calendar.and_then(|c| self.vocabulary.calendars.get(c.index()));
        match duration.from(day, back, known) {
            Ok(day) => return (Expr::Day(day), Kind::Day),
            Err(CalendarError::Day(DayError::Ambiguous)) => self.ambiguous_sum(duration, span),
            Err(why) => self.no_day(span, &why),
        }
        broken()
    }
}
