//! What a clause speaks of: the acts, events, facts and open questions that a reader needs explained.

use std::collections::BTreeSet;

use servanda_program::{
    ActionId, Clause, Cond, DutyStart, DutyWhat, EventId, Expr, Moment, OpenId, Pattern, Period, ScheduleId,
    Trigger, Window,
};

/// What is spoken of.
#[derive(Default)]
pub(super) struct Uses {
    pub actions: BTreeSet<ActionId>,
    pub events: BTreeSet<EventId>,
    pub facts: BTreeSet<u32>,
    pub schedules: BTreeSet<ScheduleId>,
    pub opens: BTreeSet<OpenId>,
}

impl Uses {
    pub fn clause(&mut self, clause: &Clause) {
        for norm in &clause.norms {
            self.actions.insert(norm.action);
            [&norm.reach, &norm.meet, &norm.except].into_iter().for_each(|c| self.cond(c));
        }
        for power in &clause.powers {
            self.actions.insert(power.action);
            self.cond(&power.when);
        }
        for duty in &clause.duties {
            if let DutyWhat::Act(action) = duty.what {
                self.actions.insert(action);
            }
            match &duty.start {
                DutyStart::Clause => {}
                DutyStart::Period(period) | DutyStart::Arrears(period, ..) => self.period(*period),
                DutyStart::Once(moment) | DutyStart::Within(moment, ..) => self.moment(moment),
                DutyStart::Each(pattern, ..) => self.pattern(pattern),
            }
            self.cond(&duty.reach);
            duty.due.iter().for_each(|m| self.moment(m));
            duty.worth.iter().chain(&duty.counting).for_each(|e| self.expr(e));
            duty.done.iter().for_each(|c| self.cond(c));
        }
        for process in &clause.processes {
            for step in &process.steps {
                if let Trigger::On(pattern) = &step.trigger {
                    self.pattern(pattern);
                }
                step.keeps.iter().for_each(|(_, e)| self.expr(e));
            }
        }
        for value in &clause.values {
            self.expr(&value.expr);
            self.cond(&value.cond);
        }
        clause.defines.iter().for_each(|d| self.cond(&d.cond));
        clause.overrides.iter().for_each(|o| self.cond(&o.cond));
        for effect in &clause.effects {
            self.moment(&effect.when);
            effect.before.iter().for_each(|m| self.moment(m));
        }
        clause.from.iter().for_each(|m| self.moment(m));
        self.moment(&clause.until);
        clause.while_.iter().for_each(|c| self.cond(c));
    }

    pub fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Constant(_) | Cond::InForce(_) | Cond::Violated(_) | Cond::Fulfilled(_) => {}
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
            Cond::Answered(open, _) => {
                self.opens.insert(*open);
            }
            Cond::Happened(pattern) => self.pattern(pattern),
            Cond::InState(_, _, key, _) | Cond::Defined(_, _, key) => {
                key.iter().for_each(|k| self.expr(k));
            }
        }
    }

    pub fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Figure(_)
            | Expr::Day(_)
            | Expr::Word(_)
            | Expr::Text(_)
            | Expr::Party(_)
            | Expr::Attribute(_)
            | Expr::By
            | Expr::Key
            | Expr::Today
            | Expr::Counted(_) => {}
            Expr::Field(event, _) => {
                self.events.insert(*event);
            }
            Expr::Value(_, _, key) | Expr::Kept(_, _, _, key) => key.iter().for_each(|k| self.expr(k)),
            Expr::DayOf(moment) => self.moment(moment),
            Expr::RecordDay(event) => {
                self.events.insert(*event);
            }
            Expr::Between(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Shift(base, ..) => self.expr(base),
            Expr::Fact(fact) => {
                self.facts.insert(*fact);
            }
            Expr::Undisclosed(open) => {
                self.opens.insert(*open);
            }
            Expr::Gives(open, list) => {
                self.opens.insert(*open);
                list.iter().for_each(|e| self.expr(e));
            }
            Expr::Aggregate { event, filter, window, default, .. } => {
                match window {
                    Some(Window::This(period) | Window::Last(period) | Window::Before(period)) => {
                        self.period(*period)
                    }
                    Some(Window::Over(..)) | None => {}
                }
                self.events.insert(*event);
                self.cond(filter);
                default.iter().for_each(|e| self.expr(e));
            }
            Expr::Add(a, b)
            | Expr::Subtract(a, b)
            | Expr::Multiply(a, b)
            | Expr::Divide(a, b)
            | Expr::Round(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Cases(list) => list.iter().for_each(|(c, e)| {
                self.cond(c);
                self.expr(e);
            }),
            Expr::Extreme(_, list) => list.iter().for_each(|e| self.expr(e)),
        }
    }

    fn period(&mut self, period: Period) {
        match period {
            Period::Week | Period::Month | Period::Quarter | Period::Year => {}
            Period::Schedule(schedule) => {
                self.schedules.insert(schedule);
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        self.events.insert(pattern.event);
        self.cond(&pattern.filter);
    }

    pub fn moment(&mut self, moment: &Moment) {
        match moment {
            Moment::Day(_)
            | Moment::Never
            | Moment::Entry(..)
            | Moment::Violation(_)
            | Moment::Fulfilment(_)
            | Moment::End(_)
            | Moment::AgreementEnd => {}
            Moment::First(pattern) => self.pattern(pattern),
            Moment::Field(event, _) => {
                self.events.insert(*event);
            }
            Moment::Shift(base, ..) => self.moment(base),
            Moment::Next(schedule, _, after) => {
                self.schedules.insert(*schedule);
                self.moment(after);
            }
            Moment::Earlier(all) | Moment::Later(all) => all.iter().for_each(|m| self.moment(m)),
            Moment::ByReading(open, arms) => {
                self.opens.insert(*open);
                arms.iter().for_each(|m| self.moment(m));
            }
        }
    }
}
