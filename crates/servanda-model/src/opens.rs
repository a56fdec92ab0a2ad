//! The table of open questions, and the points at which figures and days change the meaning.

use std::collections::BTreeMap;

use servanda_program::{Answer, Answers, Cond, Expr, Grounds, Open, OpenId, OpenKind, Program, Type};
use servanda_quantity::{Day, Figure, Qualifier, Unit};

/// Most constants that one comparison is traced to.
const CONSTANTS_MAX: usize = 256;

/// How deep values are followed to constants.
const DEPTH_MAX: usize = 32;

/// Questions by name, and comparisons whose other side cuts them.
#[derive(Debug, Default)]
pub(crate) struct OpenTable {
    pub(crate) opens: Vec<Open>,
    by_name: BTreeMap<String, OpenId>,
    /// Unit of a figure question, to tell whether two wordings ask the same.
    units: BTreeMap<OpenId, Type>,
    cuts: Vec<(CutSide, Expr)>,
}

/// The side of a comparison that may be left open.
#[derive(Debug, Clone)]
pub(crate) enum CutSide {
    /// An attribute or a field.
    Open(OpenId),
    /// A value or fact that may turn out to be undisclosed.
    Expr(Expr),
}

impl OpenTable {
    /// The question of a name.
    pub(crate) fn get(&self, name: &str) -> Option<OpenId> {
        self.by_name.get(name).copied()
    }

    /// A new question. The name must be new.
    pub(crate) fn add(&mut self, open: Open, ty: Option<Type>) -> OpenId {
        let id = OpenId(self.opens.len() as u32);
        self.by_name.insert(open.name.clone(), id);
        if let Some(ty) = ty {
            self.units.insert(id, ty);
        }
        self.opens.push(open);
        id
    }

    /// The type of the datum that a question stands for.
    pub(crate) fn ty(&self, id: OpenId) -> Option<&Type> {
        self.units.get(&id)
    }

    /// Notes that a comparison looks at `side`, with `other` on the other side.
    pub(crate) fn cut(&mut self, side: CutSide, other: Expr) {
        self.cuts.push((side, other));
    }

    /// Fills the cut points in, once every value is known.
    pub(crate) fn finish(&mut self, program: &Program) {
        let mut figures: BTreeMap<OpenId, Vec<Figure>> = BTreeMap::new();
        let mut days: BTreeMap<OpenId, Vec<Day>> = BTreeMap::new();
        for (side, other) in std::mem::take(&mut self.cuts) {
            let mut opens = Vec::new();
            match side {
                CutSide::Open(id) => opens.push(id),
                CutSide::Expr(e) => undisclosed(program, &e, DEPTH_MAX, &mut opens),
            }
            if opens.is_empty() {
                continue;
            }
            let constants = constants(program, &other, DEPTH_MAX);
            for open in opens {
                for constant in &constants {
                    match constant {
                        Constant::Figure(f) => figures.entry(open).or_default().push(f.clone()),
                        Constant::Day(d) => days.entry(open).or_default().push(*d),
                    }
                }
            }
        }
        for (id, mut cuts) in figures {
            let unit = match self.units.get(&id) {
                Some(Type::Figure(unit)) => Some(unit.clone()),
                _ => None,
            };
            cuts.iter_mut().for_each(|f| f.qualifier = Qualifier::Exact);
            let unit = match unit {
                Some(Unit::Money(c)) if c.is_empty() => cuts.first().map(|f| f.unit.clone()),
                other => other,
            };
            cuts.retain(|f| unit.as_ref().is_none_or(|u| *u == f.unit));
            cuts.sort_by(|a, b| a.number.cmp(&b.number));
            cuts.dedup();
            if let Some(Open { answers: Answers::Figure { cuts: place, .. }, .. }) =
                self.opens.get_mut(id.index())
            {
                *place = cuts;
            }
        }
        for (id, mut cuts) in days {
            cuts.sort();
            cuts.dedup();
            if let Some(Open { answers: Answers::Date { cuts: place }, .. }) = self.opens.get_mut(id.index())
            {
                *place = cuts;
            }
        }
    }
}

/// The answers of a question about a datum of a type.
pub(crate) fn answers(ty: &Type) -> Answers {
    match ty {
        Type::Words(words) => {
            Answers::Words(words.iter().map(|w| Answer { word: w.clone(), title: None }).collect())
        }
        Type::Party => Answers::Parties,
        Type::Id | Type::Text => Answers::Ids,
        Type::Figure(unit) => Answers::Figure { unit: Some(unit.clone()), cuts: Vec::new() },
        Type::Date => Answers::Date { cuts: Vec::new() },
    }
}

/// A yes/no question.
pub(crate) fn yes_no(name: String, question: String, grounds: Grounds) -> Open {
    let word = |w: &str| Answer { word: w.into(), title: None };
    Open {
        name,
        kind: OpenKind::Fact,
        question,
        answers: Answers::Words(vec![word("yes"), word("no")]),
        grounds,
    }
}

enum Constant {
    Figure(Figure),
    Day(Day),
}

/// The values of that name in all wordings of a clause.
fn values<'p>(
    program: &'p Program,
    clause: servanda_program::ClauseName,
    name: &str,
) -> impl Iterator<Item = &'p Expr> {
    let name = name.to_string();
    program
        .clauses
        .iter()
        .filter(move |c| c.name == clause)
        .flat_map(|c| &c.values)
        .filter(move |v| v.name == name)
        .map(|v| &v.expr)
}

/// Undisclosed values that an expression simply is.
fn undisclosed(program: &Program, e: &Expr, depth: usize, out: &mut Vec<OpenId>) {
    if depth == 0 {
        return;
    }
    match e {
        Expr::Undisclosed(id) => out.push(*id),
        Expr::Value(clause, name, _) => {
            for value in values(program, *clause, name) {
                undisclosed(program, value, depth - 1, out);
            }
        }
        Expr::Cases(list) => list.iter().for_each(|(_, e)| undisclosed(program, e, depth - 1, out)),
        Expr::Fact(i) => {
            if let Some(fact) = program.facts.get(*i as usize) {
                undisclosed(program, &fact.expr, depth - 1, out);
            }
        }
        _ => {}
    }
}

/// The constants that an expression can be; none where it depends on anything else.
fn constants(program: &Program, e: &Expr, depth: usize) -> Vec<Constant> {
    figures(program, e, depth)
        .map(|list| list.into_iter().map(Constant::Figure).collect())
        .or_else(|| days(program, e, depth).map(|list| list.into_iter().map(Constant::Day).collect()))
        .unwrap_or_default()
}

/// The constant figures that an expression can be, or `None`.
fn figures(program: &Program, e: &Expr, depth: usize) -> Option<Vec<Figure>> {
    if depth == 0 {
        return None;
    }
    let both = |a: &Expr, b: &Expr, f: &dyn Fn(&Figure, &Figure) -> Option<Figure>| {
        let (left, right) = (figures(program, a, depth - 1)?, figures(program, b, depth - 1)?);
        if left.len() * right.len() > CONSTANTS_MAX {
            return None;
        }
        let pairs = left.iter().flat_map(|l| right.iter().map(move |r| f(l, r)));
        pairs.collect::<Option<Vec<Figure>>>()
    };
    match e {
        Expr::Figure(f) => Some(vec![f.clone()]),
        Expr::Gives(_, list) => {
            let mut out = Vec::new();
            for item in list {
                out.extend(figures(program, item, depth - 1)?);
            }
            Some(out)
        }
        Expr::Cases(list) => {
            let of = |(_, e): &(Cond, Expr)| figures(program, e, depth - 1).unwrap_or_default();
            let out: Vec<Figure> = list.iter().flat_map(of).collect();
            (!out.is_empty()).then_some(out)
        }
        Expr::Fact(i) => figures(program, &program.facts.get(*i as usize)?.expr, depth - 1),
        Expr::Value(clause, name, _) => {
            let mut out = Vec::new();
            for value in values(program, *clause, name) {
                out.extend(figures(program, value, depth - 1).unwrap_or_default());
            }
            (!out.is_empty()).then_some(out)
        }
        Expr::Add(a, b) => both(a, b, &|a, b| a.add(b).ok()),
        Expr::Subtract(a, b) => both(a, b, &|a, b| a.sub(b).ok()),
        Expr::Multiply(a, b) => both(a, b, &|a, b| a.mul(b).ok()),
        Expr::Divide(a, b) => both(a, b, &|a, b| a.div(b).ok()),
        Expr::Round(way, a, b) => both(a, b, &|a, b| a.round_to(b, *way).ok()),
        _ => None,
    }
}

/// The constant days that an expression can be, or `None`.
fn days(program: &Program, e: &Expr, depth: usize) -> Option<Vec<Day>> {
    if depth == 0 {
        return None;
    }
    match e {
        Expr::Day(d) => Some(vec![*d]),
        Expr::Gives(_, list) => {
            let mut out = Vec::new();
            for item in list {
                out.extend(days(program, item, depth - 1)?);
            }
            Some(out)
        }
        Expr::Cases(list) => {
            let of = |(_, e): &(Cond, Expr)| days(program, e, depth - 1).unwrap_or_default();
            let out: Vec<Day> = list.iter().flat_map(of).collect();
            (!out.is_empty()).then_some(out)
        }
        Expr::Fact(i) => days(program, &program.facts.get(*i as usize)?.expr, depth - 1),
        Expr::Value(clause, name, _) => {
            let mut out = Vec::new();
            for value in values(program, *clause, name) {
                out.extend(days(program, value, depth - 1).unwrap_or_default());
            }
            (!out.is_empty()).then_some(out)
        }
        _ => None,
    }
}
