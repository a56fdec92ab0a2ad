//! How often something has to be looked at to find the first day on which it is so.

use servanda_program::{AggregateKind, Comparison, Cond, Expr, Moment};

use crate::world::{Pace, Point, World};

impl World<'_> {
    /// On which days a condition can change. Where in doubt, on any.
    pub fn pace(&self, cond: &Cond, pt: Point) -> Pace {
        match cond {
            Cond::Constant(_) | Cond::Answered(..) => Pace::Still,
            Cond::All(list) | Cond::Any(list) => {
                list.iter().map(|c| self.pace(c, pt)).max().unwrap_or(Pace::Still)
            }
            Cond::Not(c) => match self.pace(c, pt) {
                Pace::Grows => Pace::Records,
                pace => pace,
            },
            // The filter looks at the record, as it was just before it.
            Cond::Happened(_) => Pace::Grows,
            Cond::Compare(op, a, b, _) => {
                let rises = matches!(op, Comparison::Greater | Comparison::GreaterEqual);
                match (self.pace_of(a, pt), self.pace_of(b, pt)) {
                    (Pace::Still, Pace::Still) => Pace::Still,
                    (Pace::Grows, Pace::Still) if rises => Pace::Grows,
                    (a, b) => a.max(b).max(Pace::Records),
                }
            }
            Cond::Same(a, b) => self.pace_of(a, pt).max(self.pace_of(b, pt)).apart_from_growth(),
            Cond::OneOf(a, list) => {
                let list = list.iter().map(|e| self.pace_of(e, pt)).max().unwrap_or(Pace::Still);
                self.pace_of(a, pt).max(list).apart_from_growth()
            }
            Cond::Given(e) => self.pace_of(e, pt).apart_from_growth(),
            _ => Pace::Days,
        }
    }

    /// On which days a figure can change; whether it only rises.
    pub fn pace_of(&self, expr: &Expr, pt: Point) -> Pace {
        match expr {
            Expr::Figure(_) | Expr::Day(_) | Expr::Word(_) | Expr::Text(_) | Expr::Party(_) => Pace::Still,
            Expr::Undisclosed(_) => Pace::Still,
            Expr::Aggregate { kind, event, field, filter, window, default } => {
                let by_record =
                    matches!(**filter, Cond::Constant(_)) && default.is_none() && window.is_none();
                match kind {
                    AggregateKind::Count if by_record => Pace::Grows,
                    AggregateKind::Sum if by_record && !self.can_fall(*event, *field) => Pace::Grows,
                    _ => {
                        let default = default.as_ref().map_or(Pace::Still, |d| self.pace_of(d, pt));
                        // Days leave a window as others enter it.
                        let own = if window.is_some() { Pace::Windows } else { Pace::Records };
                        self.pace(filter, pt).max(default).max(own)
                    }
                }
            }
            Expr::Value(clause, name, None) => {
                let place = self.place(*clause, pt.text);
                match place.and_then(|p| p.clause.values.iter().find(|v| v.name == *name)) {
                    Some(v) if v.cond == Cond::Constant(true) => self.pace_of(&v.expr, pt),
                    Some(v) => self.pace_of(&v.expr, pt).max(self.pace(&v.cond, pt)).apart_from_growth(),
                    None => Pace::Still,
                }
            }
            Expr::Cases(list) => {
                let case = |(c, e): &(Cond, Expr)| self.pace(c, pt).max(self.pace_of(e, pt));
                list.iter().map(case).max().unwrap_or(Pace::Still).apart_from_growth()
            }
            Expr::Add(a, b) => self.pace_of(a, pt).max(self.pace_of(b, pt)),
            Expr::Subtract(a, b) | Expr::Multiply(a, b) | Expr::Divide(a, b) | Expr::Round(_, a, b) => {
                self.pace_of(a, pt).max(self.pace_of(b, pt)).apart_from_growth()
            }
            Expr::Extreme(_, list) => list.iter().map(|e| self.pace_of(e, pt)).max().unwrap_or(Pace::Still),
            // The day of a record does not move; that of another moment may be looked ahead for.
            Expr::RecordDay(_) => Pace::Still,
            Expr::DayOf(moment) if matches!(**moment, Moment::First(_)) => Pace::Records,
            Expr::Between(_, a, b) => self.pace_of(a, pt).max(self.pace_of(b, pt)).apart_from_growth(),
            Expr::Shift(base, ..) => self.pace_of(base, pt).apart_from_growth(),
            _ => Pace::Days,
        }
    }
}
