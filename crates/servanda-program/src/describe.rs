//! The program in the contract's words: conditions, norms and moments as short English phrases.

use crate::clause::{Norm, NormForm, Period, Sign};
use crate::expr::{AggregateKind, Comparison, Cond, Expr, ExtremeKind, Measure, Moment, Pattern, Window};
use crate::{ActionId, Program};
use servanda_quantity::Rounding;

impl Program {
    /// A condition as a phrase that follows "where": `cloud is Azure`. `action` names the attributes.
    pub fn describe_cond(&self, cond: &Cond, action: Option<ActionId>) -> String {
        match cond {
            Cond::Constant(true) => "always".to_string(),
            Cond::Constant(false) => "never".to_string(),
            Cond::All(list) => self.join(list, " and ", action),
            Cond::Any(list) => self.join(list, " or ", action),
            Cond::Not(inner) => match &**inner {
                Cond::Same(a, b) => {
                    format!("{} is not {}", self.describe_expr(a, action), self.describe_expr(b, action))
                }
                Cond::Given(e) => format!("{} is not given", self.describe_expr(e, action)),
                inner => format!("not ({})", self.describe_cond(inner, action)),
            },
            Cond::Compare(op, a, b, _) => {
                let op = match op {
                    Comparison::Equal => "=",
                    Comparison::Less => "<",
                    Comparison::LessEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterEqual => ">=",
                };
                format!("{} {op} {}", self.describe_expr(a, action), self.describe_expr(b, action))
            }
            Cond::Same(a, b) => {
                format!("{} is {}", self.describe_expr(a, action), self.describe_expr(b, action))
            }
            Cond::OneOf(a, list) => {
                let list: Vec<String> = list.iter().map(|e| self.describe_expr(e, action)).collect();
                format!("{} is one of {}", self.describe_expr(a, action), list.join(", "))
            }
            Cond::Given(e) => format!("{} is given", self.describe_expr(e, action)),
            Cond::Answered(open, answer) => {
                let open = &self.opens[open.index()];
                let word = match &open.answers {
                    crate::Answers::Words(words) => words.get(*answer as usize).map(|a| a.word.as_str()),
                    _ => None,
                };
                format!("{} is {}", open.name, word.unwrap_or("answered"))
            }
            Cond::Happened(pattern) => format!("{} has happened", self.describe_pattern(pattern)),
            Cond::InState(clause, process, key, states) => {
                let place = self.clauses.iter().find(|c| c.name == *clause);
                let process_def = place.and_then(|c| c.processes.iter().find(|p| p.name == *process));
                let names: Vec<&str> = states
                    .iter()
                    .filter_map(|&s| process_def?.states.get(s as usize).map(|s| s.name.as_str()))
                    .collect();
                let of = key
                    .as_ref()
                    .map(|k| format!(" of {}", self.describe_expr(k, action)))
                    .unwrap_or_default();
                let one = if names.len() == 1 { "" } else { "one of " };
                format!("{process}{of} is {one}{}", names.join(", "))
            }
            Cond::InForce(clause) => format!("{} is in force", self.clause_names[clause.index()]),
            Cond::Violated(clause) => format!("{} is violated", self.clause_names[clause.index()]),
            Cond::Fulfilled(clause) => format!("{} is fulfilled", self.clause_names[clause.index()]),
            Cond::Defined(_, name, key) => {
                let of = key
                    .as_ref()
                    .map(|k| format!(" of {}", self.describe_expr(k, action)))
                    .unwrap_or_default();
                format!("{name}{of}")
            }
        }
    }

    fn join(&self, list: &[Cond], word: &str, action: Option<ActionId>) -> String {
        let part = |c: &Cond| match c {
            Cond::All(l) | Cond::Any(l) if l.len() > 1 => format!("({})", self.describe_cond(c, action)),
            c => self.describe_cond(c, action),
        };
        list.iter().map(part).collect::<Vec<_>>().join(word)
    }

    /// A value as a phrase: `total - bought`.
    pub fn describe_expr(&self, expr: &Expr, action: Option<ActionId>) -> String {
        let of = |key: &Option<Box<Expr>>| {
            key.as_ref().map(|k| format!(" of {}", self.describe_expr(k, action))).unwrap_or_default()
        };
        let two = |a: &Expr, op: &str, b: &Expr| {
            format!("{} {op} {}", self.describe_expr(a, action), self.describe_expr(b, action))
        };
        match expr {
            Expr::Figure(f) => f.to_string(),
            Expr::Day(d) => d.to_string(),
            Expr::Word(w) => w.clone(),
            Expr::Text(t) => format!("“{t}”"),
            Expr::Party(p) => self.parties[p.index()].name.clone(),
            Expr::Attribute(a) => {
                match action.and_then(|x| self.actions[x.index()].attributes.get(a.index())) {
                    Some(attribute) => attribute.name.clone(),
                    None => "the act's attribute".to_string(),
                }
            }
            Expr::Field(event, field) => {
                let event = &self.events[event.index()];
                format!("{}.{}", event.name, event.fields[field.index()].name)
            }
            Expr::By => "by".to_string(),
            Expr::Key => "the one asked".to_string(),
            Expr::Value(clause, name, key) => {
                format!("{}.{name}{}", self.clause_names[clause.index()], of(key))
            }
            Expr::Fact(fact) => self.facts[*fact as usize].name.clone(),
            Expr::Kept(_, _, slot, key) => format!("{slot}{}", of(key)),
            Expr::Undisclosed(open) | Expr::Gives(open, _) => self.opens[open.index()].name.clone(),
            Expr::Aggregate { kind, event, field, window, .. } => {
                let event = &self.events[event.index()];
                let field = field.map(|f| format!(".{}", event.fields[f.index()].name)).unwrap_or_default();
                let kind = match kind {
                    AggregateKind::Sum => "sum of",
                    AggregateKind::Count => "count of",
                    AggregateKind::Latest => "latest",
                    AggregateKind::Lowest => "lowest of",
                    AggregateKind::Highest => "highest of",
                };
                let days =
                    window.as_ref().map(|w| format!(" {}", self.describe_window(w))).unwrap_or_default();
                format!("{kind} {}{field}{days}", event.name)
            }
            Expr::Cases(list) => {
                let case = |(cond, e): &(Cond, Expr)| match cond {
                    Cond::Constant(true) => self.describe_expr(e, action),
                    cond => {
                        format!("{} if {}", self.describe_expr(e, action), self.describe_cond(cond, action))
                    }
                };
                list.iter().map(case).collect::<Vec<_>>().join(" else ")
            }
            Expr::Counted(clause) => format!("counted of {}", self.clause_names[clause.index()]),
            Expr::Add(a, b) => two(a, "+", b),
            Expr::Subtract(a, b) => two(a, "-", b),
            Expr::Multiply(a, b) => two(a, "*", b),
            Expr::Divide(a, b) => two(a, "/", b),
            Expr::Round(Rounding::Nearest, a, b) => two(a, "rounded to", b),
            Expr::Round(Rounding::Down, a, b) => two(a, "rounded down to", b),
            Expr::Round(Rounding::Up, a, b) => two(a, "rounded up to", b),
            Expr::Extreme(kind, list) => {
                let list: Vec<String> = list.iter().map(|e| self.describe_expr(e, action)).collect();
                let kind = match kind {
                    ExtremeKind::Min => "min",
                    ExtremeKind::Max => "max",
                };
                format!("{kind}({})", list.join(", "))
            }
            Expr::Today => "today".to_string(),
            Expr::DayOf(moment) => format!("day of {}", self.describe_moment(moment)),
            Expr::RecordDay(event) => format!("day of {}", self.events[event.index()].name),
            Expr::Between(measure, a, b) => {
                let (a, b) = (self.describe_expr(a, action), self.describe_expr(b, action));
                match measure {
                    Measure::Days => format!("days from {a} to {b}"),
                    Measure::BusinessDays(c) => {
                        format!("business-days from {a} to {b} in {}", self.calendars[c.index()].name)
                    }
                    Measure::Years(count) => format!("years from {a} to {b} by {count}"),
                }
            }
            Expr::Shift(base, back, duration, _) => {
                let sign = if *back { "-" } else { "+" };
                format!("{} {sign} {duration}", self.describe_expr(base, action))
            }
        }
    }

    /// The word for a period: the calendar's, or the name of the schedule.
    pub fn period_word(&self, period: Period) -> &str {
        match period {
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
            Period::Schedule(id) => &self.schedules[id.index()].name,
        }
    }

    /// Days as a phrase that follows an aggregate: `in this quarter`.
    pub fn describe_window(&self, window: &Window) -> String {
        match window {
            Window::This(period) => format!("in this {}", self.period_word(*period)),
            Window::Last(period) => format!("in the last {}", self.period_word(*period)),
            Window::Over(duration, _) => format!("over the last {duration}"),
            Window::Before(period) => format!("before this {}", self.period_word(*period)),
        }
    }

    /// Which records, as a phrase: `structure-approved by Delaware`.
    pub fn describe_pattern(&self, pattern: &Pattern) -> String {
        let by = pattern.by.map(|p| format!(" by {}", self.parties[p.index()].name)).unwrap_or_default();
        let filter = match &pattern.filter {
            Cond::Constant(true) => String::new(),
            filter => format!(" where {}", self.describe_cond(filter, None)),
        };
        format!("{}{by}{filter}", self.events[pattern.event.index()].name)
    }

    /// A moment as a phrase that follows "until": `the earlier of agi-verified and 2031-01-01`.
    pub fn describe_moment(&self, moment: &Moment) -> String {
        let list = |all: &[Moment]| {
            let all: Vec<String> = all.iter().map(|m| self.describe_moment(m)).collect();
            match all.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                _ => all.join(", "),
            }
        };
        match moment {
            Moment::Day(day) => day.to_string(),
            Moment::Never => "never".to_string(),
            Moment::First(pattern) => self.describe_pattern(pattern),
            Moment::Entry(clause, process, state) => {
                let state = self
                    .clauses
                    .iter()
                    .find(|c| c.name == *clause)
                    .and_then(|c| c.processes.iter().find(|p| p.name == *process))
                    .and_then(|p| p.states.get(*state as usize))
                    .map_or("a state", |s| s.name.as_str());
                format!("{process} becomes {state}")
            }
            Moment::Violation(clause) => format!("violation of {}", self.clause_names[clause.index()]),
            Moment::Fulfilment(clause) => format!("fulfilment of {}", self.clause_names[clause.index()]),
            Moment::End(clause) => format!("the end of {}", self.clause_names[clause.index()]),
            Moment::AgreementEnd => "the end of the agreement".to_string(),
            Moment::Field(event, field) => {
                let event = &self.events[event.index()];
                format!("{}.{}", event.name, event.fields[field.index()].name)
            }
            Moment::Shift(base, back, duration, _) => {
                let sign = if *back { "before" } else { "after" };
                format!("{} {sign} {}", duration, self.describe_moment(base))
            }
            Moment::Next(schedule, on, after) => {
                let name = &self.schedules[schedule.index()].name;
                let or = if *on { "on or " } else { "" };
                format!("the next {name} {or}after {}", self.describe_moment(after))
            }
            Moment::Earlier(all) => format!("the earlier of {}", list(all)),
            Moment::Later(all) => format!("the later of {}", list(all)),
            Moment::ByReading(open, arms) => {
                let open = &self.opens[open.index()];
                let arms: Vec<String> = arms
                    .iter()
                    .enumerate()
                    .map(|(i, m)| {
                        let word = match &open.answers {
                            crate::Answers::Words(words) => words.get(i).map_or("", |a| a.word.as_str()),
                            _ => "",
                        };
                        format!("{word}: {}", self.describe_moment(m))
                    })
                    .collect();
                format!("{} ({})", open.name, arms.join("; "))
            }
        }
    }

    /// A norm as a sentence without its full stop: `OpenAI may host only where cloud is Azure, if …`.
    pub fn describe_norm(&self, norm: &Norm) -> String {
        let names = |ids: &[crate::PartyId]| {
            ids.iter().map(|p| self.parties[p.index()].name.as_str()).collect::<Vec<_>>().join(" or ")
        };
        let action = Some(norm.action);
        let act = &self.actions[norm.action.index()].name;
        let mut out = match (norm.form, norm.sign) {
            (NormForm::Alone, Sign::Bar) => format!("{} alone may {act}", names(&norm.holders)),
            (NormForm::Alone, Sign::Grant) => format!("{} alone may {act}", names(&norm.parties)),
            (NormForm::May, _) => format!("{} may {act}", names(&norm.parties)),
            (NormForm::MayNot, _) => format!("{} may not {act}", names(&norm.parties)),
            (NormForm::OnlyWhere, _) => format!(
                "{} may {act} only where {}",
                names(&norm.parties),
                self.describe_cond(&norm.meet, action)
            ),
            (NormForm::HasPower, _) => format!("{} has power to {act}", names(&norm.parties)),
        };
        if norm.reach != Cond::Constant(true) {
            out.push_str(&format!(", if {}", self.describe_cond(&norm.reach, action)));
        }
        if matches!(norm.form, NormForm::May | NormForm::HasPower) && norm.meet != Cond::Constant(true) {
            let word = if norm.form == NormForm::May { "provided" } else { "when" };
            out.push_str(&format!(", {word} {}", self.describe_cond(&norm.meet, action)));
        }
        out
    }
}
