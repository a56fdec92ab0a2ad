//! Days as values, and what lies between two of them. `docs/meaning.md`, "Values and conditions".

use servanda_program::{CalendarId, Expr, Measure, Moment};
use servanda_quantity::{Day, Duration, Figure, Number, Unit};

use crate::opens::Eval;
use crate::value::Val;
use crate::world::{Env, Point, World};

impl World<'_> {
    /// The day of a moment: of an event, of its first admitted match.
    pub fn day_of(&self, moment: &Moment, pt: Point, env: Env) -> Eval<Val> {
        if let Moment::First(pattern) = moment {
            return Ok(
                match (self.first(pattern, pt, env)?, self.program.events[pattern.event.index()].attested) {
                    (Some(record), _) => Val::Day(self.records[record].time.day),
                    // It happened, on a day that nobody recorded.
                    (None, Some(open)) if self.answered(open)? == 0 => Val::Unknown(None),
                    _ => Val::Absent,
                },
            );
        }
        Ok(self.nested(|| self.moment(moment, pt, env))?.map_or(Val::Absent, Val::Day))
    }

    /// What lies between two days.
    pub fn between(&self, measure: Measure, a: &Expr, b: &Expr, pt: Point, env: Env) -> Eval<Val> {
        let (a, b) = (self.expr(a, pt, env)?, self.expr(b, pt, env)?);
        Ok(match (a, b) {
            (Val::Day(a), Val::Day(b)) => self.measured(measure, a, b),
            (fault @ Val::Fault(_), _) | (_, fault @ Val::Fault(_)) => fault,
            (Val::Unknown(_), _) | (_, Val::Unknown(_)) => Val::Unknown(None),
            (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
            _ => Val::Fault("a day was expected".to_string()),
        })
    }

    fn measured(&self, measure: Measure, a: Day, b: Day) -> Val {
        let number = match measure {
            Measure::Days => Ok(Number::from(i64::from(b.0) - i64::from(a.0))),
            Measure::BusinessDays(c) => {
                let count = self.program.calendars[c.index()].count(a, b);
                count.map(Number::from).map_err(|e| e.to_string())
            }
            Measure::Years(count) => count.years(a, b).map_err(|e| e.to_string()),
        };
        match number {
            Ok(number) => Val::Figure(Figure::exact(number, Unit::One)),
            Err(why) => Val::Fault(why),
        }
    }

    /// A day moved by a duration. A sum without a result is no day.
    #[allow(clippy::too_many_arguments)]
    pub fn shifted(
        &self,
        base: &Expr,
        back: bool,
        duration: &Duration,
        calendar: Option<CalendarId>,
        pt: Point,
        env: Env,
    ) -> Eval<Val> {
        Ok(match self.expr(base, pt, env)? {
            Val::Day(day) => {
                let calendar = calendar.map(|c| &self.program.calendars[c.index()]);
                duration.from(day, back, calendar).map_or_else(|e| Val::Fault(e.to_string()), Val::Day)
            }
            Val::Unknown(_) => Val::Unknown(None),
            other @ (Val::Fault(_) | Val::Absent) => other,
            _ => Val::Fault("a day was expected".to_string()),
        })
    }
}
