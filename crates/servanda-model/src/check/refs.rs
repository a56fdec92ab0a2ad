//! What expressions, conditions and days look at.

use servanda_program::{ClauseName, Cond, Expr, Moment, OpenId, Pattern};

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
            Expr::Aggregate { filter, default, .. } => {
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
            | Expr::Round(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Extreme(_, list) => list.iter().for_each(|e| self.expr(e)),
            Expr::Today => self.today = true,
            Expr::DayOf(moment) => self.moment(moment),
            Expr::Between(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Shift(base, ..) => self.expr(base),
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
        self.patterns.append(&mut inner.patterns);
        self.patterns.push(inner);
    }

    pub(crate) fn moment(&mut self, m: &Moment) {
        match m {
            Moment::Day(_) | Moment::Never | Moment::Entry(..) | Moment::Field(..) => {}
            Moment::First(pattern) => self.pattern(pattern),
            Moment::Violation(clause) | Moment::Fulfilment(clause) => self.nodes.push(Node::Duties(*clause)),
            Moment::End(clause) => self.nodes.push(Node::Term(*clause)),
            Moment::AgreementEnd => self.nodes.push(Node::Agreement),
            Moment::Shift(inner, ..) | Moment::Next(_, _, inner) => self.moment(inner),
            Moment::Earlier(list) | Moment::Later(list) => list.iter().for_each(|m| self.moment(m)),
            Moment::ByReading(open, list) => {
                self.readings.push(*open);
                list.iter().for_each(|m| self.moment(m));
            }
        }
    }
}
