//! What an agreement states, and where: program → declarations with figures, days and citations.
//!
//! `docs/evidence.md`, "What is looked at", gives the rules.

pub(crate) mod compare;

use std::collections::BTreeMap;

use servanda_program::{
    Clause, ClauseId, Cond, Duty, DutyStart, Effect, Expr, Grounds, Moment, OpenId, OpenKind, Pattern,
    Program, Trigger, VersionId,
};
use servanda_quantity::{Day, Duration, Figure, Number, Unit};

/// How deep an expression or a condition is followed. The parser allows less.
const DEPTH_MAX: usize = 1_000;

/// A quantity that an agreement states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// A figure with its unit and qualifier.
    Figure(Figure),
    /// A day.
    Day(Day),
    /// A year that a reading takes to its start or its end.
    Year(i32),
    /// A month of a year, likewise.
    Month(i32, u8),
    /// A length of time.
    Duration(Duration),
}

/// A quantity, and where a declaration states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What.
    pub quantity: Quantity,
    /// The field, in the words of the language: `until`, `value share`.
    pub field: String,
    /// The reading of which it is one alternative.
    pub alternative: Option<OpenId>,
}

/// What a declaration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeclarationKind {
    /// A version.
    Version,
    /// A wording of a clause of a version.
    Clause,
    /// A clause of every version.
    Law,
    /// A value that belongs to no clause.
    Fact,
    /// Words that can be read in several ways.
    Reading,
    /// An open fact.
    Question,
}

impl DeclarationKind {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            DeclarationKind::Version => "version",
            DeclarationKind::Clause => "clause",
            DeclarationKind::Law => "law",
            DeclarationKind::Fact => "fact",
            DeclarationKind::Reading => "reading",
            DeclarationKind::Question => "question",
        }
    }
}

/// Something in an agreement that cites.
#[derive(Debug, Clone)]
pub struct Declaration<'p> {
    /// `clause:VERSION/NAME`, `law:NAME`, `fact:NAME` and so on; no two are alike.
    pub id: String,
    /// What it is.
    pub kind: DeclarationKind,
    /// Its name.
    pub name: &'p str,
    /// Its title; the question of a reading.
    pub title: Option<&'p str>,
    /// The versions in which it stands, the one that brought it first; empty but for clauses and versions.
    pub versions: Vec<VersionId>,
    /// The wording, of a clause or a law.
    pub clause: Option<ClauseId>,
    /// What it states, in the order of the text.
    pub stated: Vec<Stated>,
    /// What supports it.
    pub grounds: &'p Grounds,
}

/// The declarations of a program: versions with their clauses, then laws, facts, readings and questions.
pub fn declarations(program: &Program) -> Vec<Declaration<'_>> {
    let mut out = Vec::new();
    let standing = standing(program);
    for (i, version) in program.versions.iter().enumerate() {
        let mut gather = Gather::default();
        version.signed.iter().for_each(|day| gather.put("signed", Quantity::Day(*day)));
        version.effective.iter().for_each(|moment| gather.moment("binding from", moment));
        version.requires.iter().for_each(|cond| gather.cond("requires", cond));
        version.lapses.iter().for_each(|moment| gather.moment("lapses", moment));
        out.push(Declaration {
            id: format!("version:{}", version.name),
            kind: DeclarationKind::Version,
            name: &version.name,
            title: Some(&version.title),
            versions: vec![VersionId(i as u32)],
            clause: None,
            stated: gather.stated,
            grounds: &version.grounds,
        });
        let own = version.text.iter().filter(|s| standing.get(&s.clause).is_some_and(|v| v[0].index() == i));
        for clause in own.map(|s| s.clause) {
            let kind = DeclarationKind::Clause;
            let id = format!(
                "clause:{}/{}",
                version.name,
                program.clause_names[program.clause(clause).name.index()]
            );
            out.push(of_clause(program, clause, kind, id, standing[&clause].clone()));
        }
    }
    for law in &program.laws {
        let id = format!("law:{}", program.clause_names[program.clause(*law).name.index()]);
        out.push(of_clause(program, *law, DeclarationKind::Law, id, Vec::new()));
    }
    for fact in &program.facts {
        let mut gather = Gather::default();
        gather.whole("is", &fact.expr);
        out.push(Declaration {
            id: format!("fact:{}", fact.name),
            kind: DeclarationKind::Fact,
            name: &fact.name,
            title: fact.title.as_deref(),
            versions: Vec::new(),
            clause: None,
            stated: gather.stated,
            grounds: &fact.grounds,
        });
    }
    let given = given(program);
    for (i, open) in program.opens.iter().enumerate() {
        let kind = match open.kind {
            OpenKind::Reading => DeclarationKind::Reading,
            // What is left out of a declaration carries that declaration's grounds.
            OpenKind::Fact if is_question(program, open) => DeclarationKind::Question,
            OpenKind::Fact | OpenKind::Undisclosed => continue,
        };
        out.push(Declaration {
            id: format!("{}:{}", kind.word(), open.name),
            kind,
            name: &open.name,
            title: Some(&open.question),
            versions: Vec::new(),
            clause: None,
            stated: given.get(&OpenId(i as u32)).cloned().unwrap_or_default(),
            grounds: &open.grounds,
        });
    }
    out
}

/// Whether an open fact was declared as a question: no clause and no fact lends it its grounds.
fn is_question(program: &Program, open: &servanda_program::Open) -> bool {
    let grounds = &open.grounds;
    let lent = program.clauses.iter().map(|c| &c.grounds).chain(program.facts.iter().map(|f| &f.grounds));
    *grounds != Grounds::default() && !lent.into_iter().any(|g| g == grounds)
}

/// The versions in which each wording stands, its birth first.
fn standing(program: &Program) -> BTreeMap<ClauseId, Vec<VersionId>> {
    let mut standing: BTreeMap<ClauseId, Vec<VersionId>> = BTreeMap::new();
    for (i, version) in program.versions.iter().enumerate() {
        for s in &version.text {
            standing.entry(s.clause).or_default().push(VersionId(i as u32));
        }
    }
    standing
}

fn of_clause(
    program: &Program,
    id: ClauseId,
    kind: DeclarationKind,
    name: String,
    versions: Vec<VersionId>,
) -> Declaration<'_> {
    let clause = program.clause(id);
    Declaration {
        id: name,
        kind,
        name: &program.clause_names[clause.name.index()],
        title: clause.title.as_deref(),
        versions,
        clause: Some(id),
        stated: stated(clause),
        grounds: &clause.grounds,
    }
}

/// What a clause states.
fn stated(clause: &Clause) -> Vec<Stated> {
    let mut gather = Gather::default();
    clause.from.iter().for_each(|m| gather.moment("from", m));
    gather.moment("until", &clause.until);
    clause.while_.iter().for_each(|c| gather.cond("while", c));
    for norm in &clause.norms {
        gather.cond("if", &norm.reach);
        gather.cond("provided", &norm.meet);
        gather.cond("unless", &norm.except);
    }
    clause.powers.iter().for_each(|p| gather.cond("when", &p.when));
    clause.duties.iter().for_each(|d| gather.duty(d));
    clause.overrides.iter().for_each(|o| gather.cond("overrides", &o.cond));
    clause.effects.iter().for_each(|e| gather.effect(e));
    for process in &clause.processes {
        for step in &process.steps {
            match &step.trigger {
                Trigger::On(pattern) => gather.pattern("on", pattern),
                Trigger::After(duration, _) => gather.put("after", Quantity::Duration(duration.clone())),
            }
            step.keeps.iter().for_each(|(slot, e)| gather.expr(&format!("keeps {slot}"), e));
        }
    }
    for value in &clause.values {
        let field = format!("value {}", value.name);
        gather.whole(&field, &value.expr);
        gather.cond(&field, &value.cond);
    }
    clause.defines.iter().for_each(|d| gather.cond(&format!("define {}", d.name), &d.cond));
    gather.stated
}

/// What readings give: of each its alternatives.
fn given(program: &Program) -> BTreeMap<OpenId, Vec<Stated>> {
    let mut given: BTreeMap<OpenId, Vec<Stated>> = BTreeMap::new();
    let mut gather = Gather::default();
    program.facts.iter().for_each(|f| gather.whole("gives", &f.expr));
    for stated in program.clauses.iter().flat_map(stated).chain(gather.stated) {
        let Some(open) = stated.alternative else { continue };
        let all = given.entry(open).or_default();
        // A term by reading is the term of its clause; figures are what the reading gives.
        if matches!(stated.quantity, Quantity::Figure(_))
            && !all.iter().any(|s| s.quantity == stated.quantity)
        {
            all.push(Stated { field: "gives".into(), ..stated });
        }
    }
    given
}

/// Collects what is stated.
#[derive(Default)]
struct Gather {
    alternative: Option<OpenId>,
    depth: usize,
    stated: Vec<Stated>,
}

impl Gather {
    fn put(&mut self, field: &str, quantity: Quantity) {
        let stated = Stated { quantity, field: field.to_string(), alternative: self.alternative };
        if !self.stated.iter().any(|s| s.quantity == stated.quantity && s.alternative == stated.alternative) {
            self.stated.push(stated);
        }
    }

    /// An expression that is stated as a whole.
    fn whole(&mut self, field: &str, expr: &Expr) {
        match expr {
            Expr::Figure(figure) => self.put(field, Quantity::Figure(figure.clone())),
            Expr::Gives(open, arms) => {
                let outer = self.alternative.replace(*open);
                arms.iter().for_each(|arm| self.whole(field, arm));
                self.alternative = outer;
            }
            expr => self.expr(field, expr),
        }
    }

    /// A part of an expression.
    fn expr(&mut self, field: &str, expr: &Expr) {
        if self.depth >= DEPTH_MAX {
            return;
        }
        self.depth += 1;
        match expr {
            Expr::Figure(figure) if is_neutral(figure) => {}
            Expr::Figure(_) | Expr::Gives(..) => self.whole(field, expr),
            Expr::Day(day) => self.put(field, Quantity::Day(*day)),
            Expr::Aggregate { filter, default, window, .. } => {
                self.cond(field, filter);
                if let Some(servanda_program::Window::Over(duration, _)) = window {
                    self.put(field, Quantity::Duration(duration.clone()));
                }
                default.iter().for_each(|e| self.expr(field, e));
            }
            Expr::Add(a, b) | Expr::Subtract(a, b) | Expr::Multiply(a, b) | Expr::Divide(a, b) => {
                self.expr(field, a);
                self.expr(field, b);
            }
            Expr::Round(_, a, _) => self.expr(field, a),
            Expr::Between(_, a, b) => {
                self.expr(field, a);
                self.expr(field, b);
            }
            Expr::Shift(base, _, duration, _) => {
                self.expr(field, base);
                self.put(field, Quantity::Duration(duration.clone()));
            }
            Expr::DayOf(moment) => self.moment(field, moment),
            Expr::Extreme(_, list) => list.iter().for_each(|e| self.expr(field, e)),
            Expr::Cases(list) => list.iter().for_each(|(c, e)| {
                self.expr(field, e);
                self.cond(field, c);
            }),
            Expr::Value(_, _, key) | Expr::Kept(_, _, _, key) => key.iter().for_each(|e| self.expr(field, e)),
            Expr::Word(_)
            | Expr::Party(_)
            | Expr::Text(_)
            | Expr::Attribute(_)
            | Expr::Field(..)
            | Expr::By
            | Expr::Key
            | Expr::Fact(_)
            | Expr::Today
            | Expr::RecordDay(_)
            | Expr::Undisclosed(_)
            | Expr::Counted(_) => {}
        }
        self.depth -= 1;
    }

    fn cond(&mut self, field: &str, cond: &Cond) {
        if self.depth >= DEPTH_MAX {
            return;
        }
        self.depth += 1;
        match cond {
            Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| self.cond(field, c)),
            Cond::Not(inner) => self.cond(field, inner),
            Cond::Compare(_, a, b, _) | Cond::Same(a, b) => {
                self.expr(field, a);
                self.expr(field, b);
            }
            Cond::OneOf(a, list) => std::iter::once(a).chain(list).for_each(|e| self.expr(field, e)),
            Cond::Happened(pattern) => self.pattern(field, pattern),
            Cond::Given(_)
            | Cond::Constant(_)
            | Cond::Answered(..)
            | Cond::InState(..)
            | Cond::InForce(_)
            | Cond::Violated(_)
            | Cond::Fulfilled(_)
            | Cond::Defined(..) => {}
        }
        self.depth -= 1;
    }

    fn pattern(&mut self, field: &str, pattern: &Pattern) {
        self.cond(field, &pattern.filter);
    }

    fn moment(&mut self, field: &str, moment: &Moment) {
        if self.depth >= DEPTH_MAX {
            return;
        }
        self.depth += 1;
        match moment {
            Moment::Day(day) => self.put(field, Quantity::Day(*day)),
            Moment::First(pattern) => self.pattern(field, pattern),
            Moment::Shift(base, _, duration, _) => {
                // `through D` is the day after D: the day is what was written.
                match (&**base, through(moment)) {
                    (Moment::Day(day), true) => self.put(field, Quantity::Day(*day)),
                    (base, true) => self.moment(field, base),
                    (base, false) => {
                        self.moment(field, base);
                        self.put(field, Quantity::Duration(duration.clone()));
                    }
                }
            }
            Moment::Next(_, _, after) => self.moment(field, after),
            Moment::Earlier(list) | Moment::Later(list) => list.iter().for_each(|m| self.moment(field, m)),
            Moment::ByReading(open, arms) => match span_of(arms) {
                Some(quantity) => self.put(field, quantity),
                None => {
                    let outer = self.alternative.replace(*open);
                    arms.iter().for_each(|arm| self.moment(field, arm));
                    self.alternative = outer;
                }
            },
            Moment::Never
            | Moment::Entry(..)
            | Moment::Violation(_)
            | Moment::Fulfilment(_)
            | Moment::End(_)
            | Moment::AgreementEnd
            | Moment::Field(..) => {}
        }
        self.depth -= 1;
    }

    fn duty(&mut self, duty: &Duty) {
        self.cond("if", &duty.reach);
        match &duty.start {
            DutyStart::Clause | DutyStart::Period(_) => {}
            DutyStart::Arrears(_, duration, _) => {
                self.put("due within", Quantity::Duration(duration.clone()));
            }
            DutyStart::Once(moment) => self.moment("once", moment),
            DutyStart::Each(pattern, duration, _) => {
                self.pattern("once", pattern);
                self.put("within", Quantity::Duration(duration.clone()));
            }
            DutyStart::Within(moment, duration, _) => {
                self.moment("of", moment);
                self.put("within", Quantity::Duration(duration.clone()));
            }
        }
        duty.due.iter().for_each(|m| self.moment("by", m));
        duty.worth.iter().for_each(|e| self.whole("worth", e));
        duty.counting.iter().for_each(|e| self.expr("counting", e));
        duty.done.iter().for_each(|c| self.cond("done", c));
        duty.cure.iter().for_each(|(d, _)| self.put("cure", Quantity::Duration(d.clone())));
    }

    fn effect(&mut self, effect: &Effect) {
        self.moment("on", &effect.when);
        effect.before.iter().for_each(|m| self.moment("before", m));
    }
}

/// Whether a moment is a day after another by one day: how `through` is lowered.
fn through(moment: &Moment) -> bool {
    use servanda_quantity::DurationUnit::Days;
    matches!(moment, Moment::Shift(_, false, d, None) if d.count == 1 && d.unit == Days)
}

/// What sums are written with: nothing, one, the whole.
fn is_neutral(figure: &Figure) -> bool {
    let one = figure.unit == Unit::One && figure.number == Number::from(1);
    let whole = figure.unit == Unit::Percent && figure.number == Number::hundred();
    figure.number.is_zero() || one || whole
}

/// The year or the month whose edges these moments are.
fn span_of(arms: &[Moment]) -> Option<Quantity> {
    let days: Vec<Day> = arms
        .iter()
        .map(|m| if let Moment::Day(day) = m { Some(*day) } else { None })
        .collect::<Option<_>>()?;
    let (first, last) = (*days.iter().min()?, *days.iter().max()?);
    // `by` names the last day instead of the first outside: both edges lie a day before.
    [first, first.next()].into_iter().zip([last, last.next()]).find_map(|(first, after)| {
        let (a, b) = (first.date(), after.date());
        let (from, to) = (i32::from(a.year()), i32::from(b.year()));
        match (a.day(), b.day()) {
            (1, 1) if a.month() == 1 && b.month() == 1 && to == from + 1 => Some(Quantity::Year(from)),
            (1, 1) if to * 12 + i32::from(b.month()) == from * 12 + i32::from(a.month()) + 1 => {
                Some(Quantity::Month(from, a.month() as u8))
            }
            _ => None,
        }
    })
}
