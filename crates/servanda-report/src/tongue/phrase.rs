//! What clauses say, in the reader's language: conditions, values, moments and norms. In English the phrases are
//! those of `servanda_program::Program::describe_norm` and its kin; a test compares them.

use servanda_program::{
    ActionId, AggregateKind, Answers, ClauseName, Comparison, Cond, Expr, ExtremeKind, Measure, Moment, Norm,
    NormForm, PartyId, Pattern, Period, Program, Sign, Window,
};
use servanda_quantity::{Duration, DurationUnit, Figure, MonthEnd, Rounding};

use super::{Arg, Tongue};

/// A program in a language.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'t> {
    pub tongue: &'t Tongue,
    pub program: &'t Program,
    /// Names the attributes of an act, where the phrase is about one.
    pub action: Option<ActionId>,
}

impl Tongue {
    /// What tells the phrases of a program.
    pub(crate) fn teller<'t>(&'t self, program: &'t Program, action: Option<ActionId>) -> Teller<'t> {
        Teller { tongue: self, program, action }
    }

    /// A moment of a program as a phrase that follows "until".
    pub fn moment(&self, program: &Program, moment: &Moment) -> String {
        self.teller(program, None).moment(moment)
    }

    /// A condition of a program as a phrase that follows "where".
    pub fn condition(&self, program: &Program, cond: &Cond) -> String {
        self.teller(program, None).cond(cond)
    }

    /// A figure within a phrase.
    pub(super) fn figure_within(&self, figure: &Figure) -> String {
        if self.plain { figure.to_string() } else { self.figure(figure) }
    }

    /// A duration within a phrase.
    pub(crate) fn duration(&self, duration: &Duration) -> String {
        let unit = match duration.unit {
            DurationUnit::Days => "duration-days",
            DurationUnit::Weeks => "duration-weeks",
            DurationUnit::Months => "duration-months",
            DurationUnit::Quarters => "duration-quarters",
            DurationUnit::Years => "duration-years",
            DurationUnit::BusinessDays => "duration-business-days",
        };
        let mut text = self.say(unit, &[("count", Arg::Count(duration.count.into()))]);
        match duration.month_end {
            MonthEnd::Exact => {}
            MonthEnd::Down => text = self.say("duration-rounded-down", &[("duration", text.into())]),
            MonthEnd::Up => text = self.say("duration-rounded-up", &[("duration", text.into())]),
        }
        if let Some(calendar) = &duration.calendar {
            text = self.say("duration-in", &[("duration", text.into()), ("calendar", calendar.into())]);
        }
        text
    }
}

impl<'t> Teller<'t> {
    fn say(&self, message: &str, with: &[(&str, Arg<'_>)]) -> String {
        self.tongue.say(message, with)
    }

    fn two(&self, message: &str, left: &Expr, right: &Expr) -> String {
        self.say(message, &[("left", self.expr(left).into()), ("right", self.expr(right).into())])
    }

    fn clause(&self, message: &str, clause: ClauseName) -> String {
        self.say(message, &[("clause", self.program.clause_names[clause.index()].as_str().into())])
    }

    /// `total of r1`, or `total` alone.
    fn of(&self, value: &str, key: Option<&Expr>) -> String {
        match key {
            None => value.to_string(),
            Some(key) => self.say("expr-of", &[("value", value.into()), ("key", self.expr(key).into())]),
        }
    }

    pub fn cond(&self, cond: &Cond) -> String {
        match cond {
            Cond::Constant(true) => self.say("cond-always", &[]),
            Cond::Constant(false) => self.say("cond-never", &[]),
            Cond::All(list) => self.join(list, "between-and"),
            Cond::Any(list) => self.join(list, "between-or"),
            Cond::Not(inner) => match &**inner {
                Cond::Same(a, b) => self.two("cond-is-not", a, b),
                Cond::Given(e) => self.say("cond-not-given", &[("left", self.expr(e).into())]),
                inner => self.say("cond-not", &[("condition", self.cond(inner).into())]),
            },
            Cond::Compare(comparison, a, b, _) => {
                let message = match comparison {
                    Comparison::Equal => "cond-equal",
                    Comparison::Less => "cond-less",
                    Comparison::LessEqual => "cond-less-equal",
                    Comparison::Greater => "cond-greater",
                    Comparison::GreaterEqual => "cond-greater-equal",
                };
                self.two(message, a, b)
            }
            Cond::Same(a, b) => self.two("cond-is", a, b),
            Cond::OneOf(a, list) => {
                let list = self.tongue.commas(&list.iter().map(|e| self.expr(e)).collect::<Vec<_>>());
                self.say("cond-one-of", &[("left", self.expr(a).into()), ("list", list.into())])
            }
            Cond::Given(e) => self.say("cond-given", &[("left", self.expr(e).into())]),
            Cond::Answered(open, answer) => {
                let open = &self.program.opens[open.index()];
                let word = match &open.answers {
                    Answers::Words(words) => words.get(*answer as usize).map(|a| a.word.as_str()),
                    _ => None,
                };
                match word {
                    Some(word) => {
                        self.say("cond-is", &[("left", (&open.name).into()), ("right", word.into())])
                    }
                    None => self.say("cond-answered", &[("name", (&open.name).into())]),
                }
            }
            Cond::Happened(pattern) => {
                self.say("cond-happened", &[("records", self.pattern(pattern).into())])
            }
            Cond::InState(clause, process, key, states) => {
                let place = self.program.clauses.iter().find(|c| c.name == *clause);
                let found = place.and_then(|c| c.processes.iter().find(|p| p.name == *process));
                let names: Vec<&str> = states
                    .iter()
                    .filter_map(|&s| found?.states.get(s as usize).map(|s| s.name.as_str()))
                    .collect();
                let process = self.of(process, key.as_deref());
                match names[..] {
                    [one] => self.say("cond-is", &[("left", process.into()), ("right", one.into())]),
                    _ => self.say(
                        "cond-one-of",
                        &[("left", process.into()), ("list", self.tongue.commas(&names).into())],
                    ),
                }
            }
            Cond::InForce(clause) => self.clause("cond-in-force", *clause),
            Cond::Violated(clause) => self.clause("cond-violated", *clause),
            Cond::Fulfilled(clause) => self.clause("cond-fulfilled", *clause),
            Cond::Defined(_, name, key) => {
                self.say("cond-defined", &[("name", self.of(name, key.as_deref()).into())])
            }
        }
    }

    fn join(&self, list: &[Cond], between: &str) -> String {
        let part = |c: &Cond| match c {
            Cond::All(l) | Cond::Any(l) if l.len() > 1 => {
                self.say("cond-group", &[("condition", self.cond(c).into())])
            }
            c => self.cond(c),
        };
        let between = self.say(between, &[]);
        list.iter().map(|c| self.tongue.name(&part(c))).collect::<Vec<_>>().join(&between)
    }

    pub fn expr(&self, expr: &Expr) -> String {
        let program = self.program;
        let field = |event: &servanda_program::EventId, field: Option<servanda_program::FieldId>| {
            let event = &program.events[event.index()];
            let field = field.map(|f| format!(".{}", event.fields[f.index()].name)).unwrap_or_default();
            format!("{}{field}", event.name)
        };
        match expr {
            Expr::Figure(f) => self.tongue.figure_within(f),
            Expr::Day(d) => self.tongue.day(*d),
            Expr::Word(w) => w.clone(),
            Expr::Text(t) => self.say("expr-text", &[("text", t.into())]),
            Expr::Party(p) => program.parties[p.index()].name.clone(),
            Expr::Attribute(a) => {
                match self.action.and_then(|x| program.actions[x.index()].attributes.get(a.index())) {
                    Some(attribute) => attribute.name.clone(),
                    None => self.say("expr-attribute", &[]),
                }
            }
            Expr::Field(event, of) => field(event, Some(*of)),
            Expr::By => self.say("expr-by", &[]),
            Expr::Key => self.say("expr-key", &[]),
            Expr::Value(clause, name, key) => {
                self.of(&format!("{}.{name}", program.clause_names[clause.index()]), key.as_deref())
            }
            Expr::Fact(fact) => program.facts[*fact as usize].name.clone(),
            Expr::Kept(_, _, slot, key) => self.of(slot, key.as_deref()),
            Expr::Undisclosed(open) | Expr::Gives(open, _) => program.opens[open.index()].name.clone(),
            Expr::Aggregate { kind, event, field: of, window, .. } => {
                let message = match kind {
                    AggregateKind::Sum => "expr-sum",
                    AggregateKind::Count => "expr-count",
                    AggregateKind::Latest => "expr-latest",
                    AggregateKind::Lowest => "expr-lowest",
                    AggregateKind::Highest => "expr-highest",
                };
                let value = self.say(message, &[("records", field(event, *of).into())]);
                match window {
                    None => value,
                    Some(Window::This(p)) => self.within("expr-this", value, *p),
                    Some(Window::Last(p)) => self.within("expr-last", value, *p),
                    Some(Window::Before(p)) => self.within("expr-before", value, *p),
                    Some(Window::Over(duration, _)) => {
                        let duration = self.tongue.duration(duration);
                        self.say("expr-over", &[("value", value.into()), ("duration", duration.into())])
                    }
                }
            }
            Expr::Cases(list) => {
                let case = |(cond, e): &(Cond, Expr)| match cond {
                    Cond::Constant(true) => self.expr(e),
                    cond => {
                        let with = [("value", self.expr(e).into()), ("condition", self.cond(cond).into())];
                        self.say("expr-if", &with)
                    }
                };
                let between = self.say("between-else", &[]);
                list.iter().map(case).collect::<Vec<_>>().join(&between)
            }
            Expr::Counted(clause) => self.clause("expr-counted", *clause),
            Expr::Add(a, b) => self.two("expr-add", a, b),
            Expr::Subtract(a, b) => self.two("expr-subtract", a, b),
            Expr::Multiply(a, b) => self.two("expr-multiply", a, b),
            Expr::Divide(a, b) => self.two("expr-divide", a, b),
            Expr::Round(way, a, b) => {
                let message = match way {
                    Rounding::Nearest => "expr-round",
                    Rounding::Down => "expr-round-down",
                    Rounding::Up => "expr-round-up",
                };
                self.two(message, a, b)
            }
            Expr::Extreme(kind, list) => {
                let message = match kind {
                    ExtremeKind::Min => "expr-min",
                    ExtremeKind::Max => "expr-max",
                };
                let list = self.tongue.commas(&list.iter().map(|e| self.expr(e)).collect::<Vec<_>>());
                self.say(message, &[("list", list.into())])
            }
            Expr::Today => self.say("expr-today", &[]),
            Expr::DayOf(moment) => self.say("expr-day-of", &[("moment", self.moment(moment).into())]),
            Expr::RecordDay(event) => self.say("expr-day-of", &[("moment", field(event, None).into())]),
            Expr::Between(measure, a, b) => self.between(*measure, a, b),
            Expr::Shift(base, back, duration, _) => {
                let message = if *back { "expr-day-minus" } else { "expr-day-plus" };
                let duration = self.tongue.duration(duration);
                self.say(message, &[("day", self.expr(base).into()), ("duration", duration.into())])
            }
        }
    }

    /// `days from a to b`, with the calendar or the day count.
    fn between(&self, measure: Measure, a: &Expr, b: &Expr) -> String {
        let mut with = vec![("from", Arg::from(self.expr(a))), ("to", self.expr(b).into())];
        match measure {
            Measure::Days => self.say("expr-days", &with),
            Measure::BusinessDays(c) => {
                with.push(("calendar", (&self.program.calendars[c.index()].name).into()));
                self.say("expr-business-days", &with)
            }
            Measure::Years(count) => {
                with.push(("count", count.to_string().into()));
                self.say("expr-years", &with)
            }
        }
    }

    /// A total of the days of a period.
    fn within(&self, message: &str, value: String, period: Period) -> String {
        let word = match period {
            Period::Week => "period-week",
            Period::Month => "period-month",
            Period::Quarter => "period-quarter",
            Period::Year => "period-year",
            Period::Schedule(_) => "",
        };
        let period = match word {
            "" => self.program.period_word(period).to_string(),
            word => self.say(word, &[]),
        };
        self.say(message, &[("value", value.into()), ("period", period.into())])
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        let event = self.program.events[pattern.event.index()].name.as_str();
        let by = match pattern.by {
            None => event.to_string(),
            Some(by) => {
                let party = self.program.parties[by.index()].name.as_str();
                self.say("pattern-by", &[("event", event.into()), ("party", party.into())])
            }
        };
        match &pattern.filter {
            Cond::Constant(true) => by,
            filter => {
                let filter = self.tongue.teller(self.program, None).cond(filter);
                self.say("pattern-where", &[("records", by.into()), ("condition", filter.into())])
            }
        }
    }

    pub fn moment(&self, moment: &Moment) -> String {
        let list = |all: &[Moment]| self.tongue.list(&all.iter().map(|m| self.moment(m)).collect::<Vec<_>>());
        match moment {
            Moment::Day(day) => self.tongue.day(*day),
            Moment::Never => self.say("moment-never", &[]),
            Moment::First(pattern) => self.pattern(pattern),
            Moment::Entry(clause, process, state) => {
                let place = self.program.clauses.iter().find(|c| c.name == *clause);
                let state = place
                    .and_then(|c| c.processes.iter().find(|p| p.name == *process))
                    .and_then(|p| p.states.get(*state as usize))
                    .map_or_else(|| self.say("moment-some-state", &[]), |s| s.name.clone());
                self.say("moment-entry", &[("process", process.into()), ("state", state.into())])
            }
            Moment::Violation(clause) => self.clause("moment-violation", *clause),
            Moment::Fulfilment(clause) => self.clause("moment-fulfilment", *clause),
            Moment::End(clause) => self.clause("moment-end", *clause),
            Moment::AgreementEnd => self.say("moment-agreement-end", &[]),
            Moment::Field(event, field) => self.expr(&Expr::Field(*event, *field)),
            Moment::Shift(base, back, duration, _) => {
                let message = if *back { "moment-before" } else { "moment-after" };
                let duration = self.tongue.duration(duration);
                self.say(message, &[("duration", duration.into()), ("moment", self.moment(base).into())])
            }
            Moment::Next(schedule, on, after) => {
                let message = if *on { "moment-next-on" } else { "moment-next" };
                let name = &self.program.schedules[schedule.index()].name;
                self.say(message, &[("schedule", name.into()), ("moment", self.moment(after).into())])
            }
            Moment::Earlier(all) => self.say("moment-earlier", &[("list", list(all).into())]),
            Moment::Later(all) => self.say("moment-later", &[("list", list(all).into())]),
            Moment::ByReading(open, arms) => {
                let open = &self.program.opens[open.index()];
                let arm = |(i, m): (usize, &Moment)| {
                    let word = match &open.answers {
                        Answers::Words(words) => words.get(i).map_or("", |a| a.word.as_str()),
                        _ => "",
                    };
                    self.say("moment-arm", &[("word", word.into()), ("moment", self.moment(m).into())])
                };
                let arms: Vec<String> =
                    arms.iter().enumerate().map(arm).map(|a| self.tongue.name(&a)).collect();
                let arms = arms.join(&self.say("semicolon", &[]));
                self.say("moment-by-reading", &[("name", (&open.name).into()), ("arms", arms.into())])
            }
        }
    }

    fn parties(&self, ids: &[PartyId]) -> String {
        let names: Vec<&str> = ids.iter().map(|p| self.program.parties[p.index()].name.as_str()).collect();
        self.tongue.one_of(&names)
    }

    /// A norm as a sentence without its full stop.
    pub fn norm(&self, norm: &Norm) -> String {
        let teller = self.tongue.teller(self.program, Some(norm.action));
        let act = self.program.actions[norm.action.index()].name.as_str();
        let (message, who) = match (norm.form, norm.sign) {
            (NormForm::Alone, Sign::Bar) => ("norm-alone", &norm.holders),
            (NormForm::Alone, Sign::Grant) => ("norm-alone", &norm.parties),
            (NormForm::May, _) => ("norm-may", &norm.parties),
            (NormForm::MayNot, _) => ("norm-may-not", &norm.parties),
            (NormForm::OnlyWhere, _) => ("norm-only-where", &norm.parties),
            (NormForm::HasPower, _) => ("norm-has-power", &norm.parties),
        };
        let mut with = vec![("parties", Arg::from(self.parties(who))), ("action", act.into())];
        if norm.form == NormForm::OnlyWhere {
            with.push(("condition", teller.cond(&norm.meet).into()));
        }
        let mut text = self.say(message, &with);
        let more = |message: &str, text: String, cond: &Cond| {
            self.say(message, &[("norm", text.into()), ("condition", teller.cond(cond).into())])
        };
        if norm.reach != Cond::Constant(true) {
            text = more("norm-if", text, &norm.reach);
        }
        if matches!(norm.form, NormForm::May | NormForm::HasPower) && norm.meet != Cond::Constant(true) {
            let message = if norm.form == NormForm::May { "norm-provided" } else { "norm-when" };
            text = more(message, text, &norm.meet);
        }
        text
    }
}
