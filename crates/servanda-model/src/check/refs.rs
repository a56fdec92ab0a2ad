//! What expressions, conditions and days look at.

use servanda_program::{
    CalendarId, ClauseName, Cond, Expr, Measure, Moment, OpenId, Pattern, Period, ScheduleId, Window,
};

/// Something that is computed from other things of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    Fact(u32),
    Value(ClauseName, String),
    Define(ClauseName, String),
    /// From when to when a clause holds.
    Term(ClauseName),
    /// The states of a clause's duties.
    Duties(ClauseName),
    /// What a clause's duties count.
    Counting(ClauseName),
    /// The end of the agreement.
    Agreement,
}

/// Collects what is looked at.
#[derive(Default)]
pub(crate) struct Refs {
    pub(crate) nodes: Vec<Node>,
    pub(crate) readings: Vec<OpenId>,
    /// Whether the day asked is looked at.
    pub(crate) today: bool,
    /// What the conditions look at that pick records, each by itself.
    pub(crate) patterns: Vec<Refs>,
    /// Calendars by which business days are counted.
    pub(crate) calendars: Vec<CalendarId>,
    /// Schedules whose days are looked for.
    pub(crate) schedules: Vec<ScheduleId>,
}

impl Refs {
    pub(crate) fn expr(&mut self, e: &Expr) {
        match e {
            Expr::Value(clause, name, key) => {
                self.nodes.push(Node::Value(*clause, name.clone()));
                key.iter().for_each(|k| self.expr(k));
            }
            Expr::Kept(_, _, _, key) => key.iter().for_each(|k| self.expr(k)),
            Expr::Fact(i) => self.nodes.push(Node::Fact(*i)),
            Expr::Gives(open, list) => {
                self.readings.push(*open);
                list.iter().for_each(|e| self.expr(e));
            }
            Expr::Aggregate { filter, default, window, .. } => {
                match window {
                    Some(Window::This(p) | Window::Last(p) | Window::Before(p)) => self.period(*p),
                    Some(Window::Over(_, calendar)) => self.calendars.extend(calendar),
                    None => {}
                }
                self.cond(filter);
                default.iter().for_each(|e| self.expr(e));
            }
            Expr::Cases(list) => list.iter().for_each(|(c, e)| {
                self.cond(c);
                self.expr(e);
            }),
            Expr::Counted(clause) => self.nodes.push(Node::Counting(*clause)),
            Expr::Add(a, b)
            | Expr::Subtract(a, b)
            | Expr::Multiply(a, b)
            | Expr::Divide(a, b)
            | Expr::Round(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Extreme(_, list) => list.iter().for_each(|e| self.expr(e)),
            Expr::Today => self.today = true,
            Expr::DayOf(moment) => self.moment(moment),
            Expr::Between(measure, a, b) => {
                if let Measure::BusinessDays(calendar) = measure {
                    self.calendars.push(*calendar);
                }
                self.expr(a);
                self.expr(b);
            }
            Expr::Shift(base, _, _, calendar) => {
                self.calendars.extend(calendar);
                self.expr(base);
            }
            Expr::Figure(_)
            | Expr::RecordDay(_)
            | Expr::Day(_)
            | Expr::Word(_)
            | Expr::Party(_)
            | Expr::Text(_)
            | Expr::Attribute(_)
            | Expr::Field(..)
            | Expr::By
            | Expr::Key
            | Expr::Undisclosed(_) => {}
        }
    }

    pub(crate) fn cond(&mut self, c: &Cond) {
        match c {
            Cond::Constant(_) => {}
            Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| self.cond(c)),
            Cond::Not(inner) => self.cond(inner),
            Cond::Compare(_, a, b, _) | Cond::Same(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Cond::OneOf(a, list) => {
                self.expr(a);
                list.iter().for_each(|e| self.expr(e));
            }
            Cond::Given(e) => self.expr(e),
            Cond::Answered(open, _) => self.readings.push(*open),
            Cond::Happened(pattern) => self.pattern(pattern),
            Cond::InState(_, _, key, _) => key.iter().for_each(|k| self.expr(k)),
            Cond::InForce(clause) => self.nodes.push(Node::Term(*clause)),
            Cond::Violated(clause) | Cond::Fulfilled(clause) => self.nodes.push(Node::Duties(*clause)),
            Cond::Defined(clause, name, key) => {
                self.nodes.push(Node::Define(*clause, name.clone()));
                key.iter().for_each(|k| self.expr(k));
            }
        }
    }

    pub(crate) fn pattern(&mut self, p: &Pattern) {
        let mut inner = Refs::default();
        inner.cond(&p.filter);
        self.nodes.extend(inner.nodes.iter().cloned());
        self.readings.extend(&inner.readings);
        self.today |= inner.today;
        self.calendars.extend(&inner.calendars);
        self.schedules.extend(&inner.schedules);
        self.patterns.append(&mut inner.patterns);
        self.patterns.push(inner);
    }

    pub(crate) fn period(&mut self, period: Period) {
        if let Period::Schedule(schedule) = period {
            self.schedules.push(schedule);
        }
    }

    pub(crate) fn moment(&mut self, m: &Moment) {
        match m {
            Moment::Day(_) | Moment::Never | Moment::Entry(..) | Moment::Field(..) => {}
            Moment::First(pattern) => self.pattern(pattern),
            Moment::Violation(clause) | Moment::Fulfilment(clause) => self.nodes.push(Node::Duties(*clause)),
            Moment::End(clause) => self.nodes.push(Node::Term(*clause)),
            Moment::AgreementEnd => self.nodes.push(Node::Agreement),
            Moment::Shift(inner, _, _, calendar) => {
                self.calendars.extend(calendar);
                self.moment(inner);
            }
            Moment::Next(schedule, _, inner) => {
                self.schedules.push(*schedule);
                self.moment(inner);
            }
            Moment::Earlier(list) | Moment::Later(list) => list.iter().for_each(|m| self.moment(m)),
            Moment::ByReading(open, list) => {
                self.readings.push(*open);
                list.iter().for_each(|m| self.moment(m));
            }
        }
    }
}
