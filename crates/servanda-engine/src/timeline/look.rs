//! Looking at one day after the other, under every answer to the open questions, over one folded history.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use servanda_program::{ClauseName, Moment, OpenId, Program, Status, VersionId};
use servanda_quantity::Day;

use crate::answer::{AnswerValue, Error, Outcome};
use crate::engine::{BRANCHES_MAX, Engine};
use crate::facts::{Fold, Verdict};
use crate::opens::{self, Assignment, Eval, Stop};
use crate::question::{Ask, Question};
use crate::record::Record;
use crate::term::Cause;
use crate::tree::{self, Tree};
use crate::world::{Env, Place, Point, World};

use super::{
    ClauseKind, Ended, RecordMark, Row, RowEnd, State, TimelineQuestion, VersionLine, keep, kinds_of, lead_of,
};

/// Most looks at a clause, on a day, under an answer.
const LOOKS_MAX: usize = 20_000_000;

/// Most answers whose folded histories are kept.
const NODES_MAX: usize = 20_000;

/// The code of what ends a timeline as a whole, and not a day of it.
pub(super) const TOO_LARGE: &str = "timeline-too-large";

/// Some answers to open questions, with what has been found out under them. It is the same on every day.
pub(super) struct Node {
    assignment: Assignment,
    fold: Fold,
    /// The text that governs on the day that was looked at last.
    text: Cell<Option<(Day, Option<VersionId>)>>,
    forks: RefCell<BTreeMap<OpenId, Rc<[Rc<Node>]>>>,
}

impl Node {
    fn new(assignment: Assignment, fold: Fold) -> Rc<Node> {
        Rc::new(Node { assignment, fold, text: Cell::new(None), forks: RefCell::default() })
    }

    /// The text that governs on a day.
    pub fn text(&self, world: &World<'_>, day: Day) -> Eval<Option<VersionId>> {
        if let Some((known, text)) = self.text.get()
            && known == day
        {
            return Ok(text);
        }
        let text = world.text(day, world.cut(day))?;
        self.text.set(Some((day, text)));
        Ok(text)
    }

    /// A day by its end.
    fn point(&self, world: &World<'_>, day: Day) -> Eval<Point> {
        Ok(Point::new(day, world.cut(day), self.text(world, day)?))
    }
}

/// What is looked at.
pub(super) type Look<'l, T> = dyn Fn(&World<'_>, &Node) -> Eval<T> + 'l;

/// Who looks.
pub(super) struct Looker<'l> {
    pub program: &'l Program,
    pub asked: &'l TimelineQuestion,
    pub records: Rc<Vec<Rc<Record>>>,
    /// The versions that govern, from the first on.
    chain: Vec<VersionId>,
    /// What has been found out without the answers that versions settle.
    base: Fold,
    roots: RefCell<Vec<Rc<Node>>>,
    looks: Cell<usize>,
    nodes: Cell<usize>,
}

impl<'l> Looker<'l> {
    pub fn new(engine: &'l Engine<'_>, asked: &'l TimelineQuestion) -> Result<Looker<'l>, Error> {
        let question = Question {
            as_of: asked.as_of,
            known_at: asked.known_at,
            version: None,
            events: Vec::new(),
            assume: asked.assume.clone(),
            ask: Ask::InForce(ClauseName(0)),
        };
        let (records, base) = engine.history(&question)?;
        Ok(Looker {
            program: engine.program(),
            asked,
            records,
            chain: engine.chain(None),
            base,
            roots: RefCell::default(),
            looks: Cell::new(0),
            nodes: Cell::new(0),
        })
    }

    fn world<'w>(&'w self, node: &'w Node) -> World<'w> {
        World::new(self.program, &self.records, &node.fold, &node.assignment, &self.chain)
    }

    /// The node of what is assumed, and settled by the versions of a day.
    ///
    /// # Errors
    /// The beginning of a version that settles something cannot be computed.
    pub fn root(&self, day: Day) -> Result<Rc<Node>, Error> {
        let mut assignment = self.asked.assume.opens.clone();
        for &version in &self.chain {
            let settles = &self.program.versions[version.index()].settles;
            if settles.is_empty() {
                continue;
            }
            let node = self.root_of(&assignment)?;
            let world = self.world(&node);
            let begun = match world.effective(version, day, world.cut(day)) {
                Ok(begun) => begun,
                // A clarification whose own beginning is open settles nothing.
                Err(Stop::Need(_) | Stop::Unsure) => None,
                Err(Stop::Fail(error)) => return Err(error),
            };
            if begun.is_some_and(|b| b <= day) {
                let settled = settles.iter().filter(|(open, _)| !self.asked.assume.opens.contains_key(open));
                assignment.extend(settled.map(|(open, word)| (*open, crate::Assumed::Word(*word))));
            }
        }
        self.root_of(&assignment)
    }

    fn root_of(&self, assignment: &Assignment) -> Result<Rc<Node>, Error> {
        let mut roots = self.roots.borrow_mut();
        if let Some(root) = roots.iter().find(|r| r.assignment == *assignment) {
            return Ok(root.clone());
        }
        self.count(&self.nodes, NODES_MAX)?;
        roots.push(Node::new(assignment.clone(), self.base.clone()));
        Ok(roots[roots.len() - 1].clone())
    }

    fn count(&self, of: &Cell<usize>, most: usize) -> Result<(), Error> {
        of.set(of.get() + 1);
        if of.get() <= most {
            return Ok(());
        }
        Err(Error::new(
            TOO_LARGE,
            "the timeline has too many days, clauses and open questions; name a shorter window or single clauses, \
             or answer questions with `assume`",
        ))
    }

    /// The nodes under each answer to a question.
    fn fork(&self, node: &Node, open: OpenId) -> Result<Rc<[Rc<Node>]>, Error> {
        if let Some(children) = node.forks.borrow().get(&open) {
            return Ok(children.clone());
        }
        let answers = opens::answers(self.program, open, &self.records);
        if answers.is_empty() {
            let name = &self.program.opens[open.index()].name;
            return Err(Error::new(
                "unanswerable",
                format!("the answer needs `{name}`, which nobody has disclosed; give it with `assume`"),
            ));
        }
        let mut children = Vec::with_capacity(answers.len());
        for (_, answer) in answers {
            self.count(&self.nodes, NODES_MAX)?;
            let mut assignment = node.assignment.clone();
            assignment.insert(open, answer);
            children.push(Node::new(assignment, node.fold.clone()));
        }
        let children: Rc<[Rc<Node>]> = children.into();
        node.forks.borrow_mut().insert(open, children.clone());
        Ok(children)
    }

    /// What is found under every answer, and the tree whose leaves they are.
    ///
    /// # Errors
    /// It cannot be computed under some answer, or there are too many.
    pub fn explore<T>(&self, node: &Node, look: &Look<'_, T>) -> Result<(Tree, Vec<T>), Error> {
        let mut leaves = Vec::new();
        let tree = self.explore_into(node, look, &mut leaves)?;
        Ok((tree, leaves))
    }

    fn explore_into<T>(&self, node: &Node, look: &Look<'_, T>, leaves: &mut Vec<T>) -> Result<Tree, Error> {
        self.count(&self.looks, LOOKS_MAX)?;
        match look(&self.world(node), node) {
            Ok(leaf) if leaves.len() < BRANCHES_MAX => {
                leaves.push(leaf);
                Ok(Tree::Leaf(leaves.len() - 1))
            }
            Ok(_) => Err(Error::new(
                "too-many-open-questions",
                format!(
                    "a day has more than {BRANCHES_MAX} branches over open questions; answer some with `assume`"
                ),
            )),
            Err(Stop::Fail(error)) => Err(error),
            Err(Stop::Unsure) => Err(Error::new("undecided", "the answer cannot be decided")),
            Err(Stop::Need(open)) => {
                let mut branches = Vec::new();
                for child in self.fork(node, open)?.iter() {
                    branches.push(self.explore_into(child, look, leaves)?);
                }
                Ok(Tree::Fork(open, branches))
            }
        }
    }

    /// The texts that govern on a day, and the questions that matter where there are several.
    pub fn texts(&self, root: &Node, day: Day) -> Result<(Vec<Option<VersionId>>, Vec<OpenId>), Error> {
        let (tree, leaves) = self.explore(root, &|world, node| node.text(world, day))?;
        let distinct: BTreeSet<Option<VersionId>> = leaves.iter().copied().collect();
        let as_value = |text: &Option<VersionId>| {
            let value = text.map_or(AnswerValue::Nothing, |v| AnswerValue::Word(v.0.to_string()));
            (Outcome::Known, value)
        };
        let leaves: Vec<_> = leaves.iter().map(as_value).collect();
        Ok((distinct.into_iter().collect(), support(&tree, &leaves)))
    }

    /// How a clause stands on a day. What goes wrong on the day is a state of its own.
    ///
    /// # Errors
    /// The timeline is too large.
    pub fn state(&self, root: &Node, row: &Row, day: Day) -> Result<(State, Vec<OpenId>), Error> {
        let look: &Look<'_, State> = &|world, node| {
            let pt = node.point(world, day)?;
            match row.only_in {
                None => world.standing(row.clause, pt),
                Some(version) => world.state_in(row.clause, version, pt),
            }
        };
        let (tree, states) = match self.explore(root, look) {
            Ok(found) => found,
            Err(error) if error.code == TOO_LARGE => return Err(error),
            Err(error) => return Ok((State::Unanswered(error), Vec::new())),
        };
        let outcomes: Vec<Outcome> = states.iter().filter_map(State::outcome).collect();
        let distinct: BTreeSet<Outcome> = outcomes.iter().copied().collect();
        if distinct.len() > 1 {
            let leaves: Vec<_> = outcomes.into_iter().map(|o| (o, AnswerValue::Nothing)).collect();
            let on = support(&tree, &leaves);
            return Ok((State::Depends(distinct.into_iter().collect()), on));
        }
        // Alike in what is answered: over before resting, and inside a term before outside it.
        let first = |wanted: &dyn Fn(&State) -> bool| states.iter().find(|s| wanted(s));
        let state = first(&|s| matches!(s, State::Ended(_) | State::NonBinding { within: true }));
        Ok((state.or(states.first()).cloned().unwrap_or(State::Absent), Vec::new()))
    }

    /// A row for each clause of the texts that bind and for each law, and one for each clause that only a version
    /// has that does not bind.
    pub fn rows(&self) -> Result<Vec<Row>, Error> {
        let node = self.root_of(&self.asked.assume.opens)?;
        let world = self.world(&node);
        let mut rows: Vec<Row> = Vec::new();
        for text in self.chain.iter().map(|&v| Some(v)).chain([None]) {
            world.places(text).for_each(|place| add(&mut rows, &place, None));
        }
        for version in (0..self.program.versions.len() as u32).map(VersionId) {
            if self.program.versions[version.index()].status == Status::Binding {
                continue;
            }
            for place in world.places(Some(version)) {
                let own = |s: &servanda_program::Standing| s.blame.iter().any(|(_, v)| *v == version);
                let binds = rows.iter().any(|r| r.clause == place.clause.name && r.only_in.is_none());
                if !binds && place.standing.is_some_and(|(s, _)| own(s)) {
                    add(&mut rows, &place, Some(version));
                }
            }
        }
        if let Some(wanted) = &self.asked.clauses {
            rows.retain(|r| wanted.contains(&r.clause));
        }
        for row in rows.iter_mut().filter(|r| r.kinds.len() > 1) {
            row.kinds.remove(&ClauseKind::Other);
        }
        Ok(rows)
    }

    /// How a clause ends, asked on the last day of which anything is known, or where it holds later only, then.
    ///
    /// # Errors
    /// It cannot be computed.
    pub fn end(&self, row: &Row, known: Day) -> Result<Option<RowEnd>, Error> {
        let held = row.stretches.iter().find(|s| matches!(s.state, State::InForce | State::Resting));
        let asked = held.map_or(known, |s| s.from.max(known));
        let root = self.root(asked)?;
        let (tree, leaves) =
            self.explore(&root, &|world, _| self.find(world, asked, Ask::Ends(row.clause)))?;
        let mut end =
            RowEnd { asked, earliest: None, latest: None, events: Vec::new(), on: support(&tree, &leaves) };
        let mut days = Vec::new();
        let mut endless = false;
        for (outcome, value) in &leaves {
            match (outcome, value) {
                (Outcome::On, AnswerValue::Day(day)) => days.push(*day),
                (Outcome::Open, AnswerValue::End { on, by }) => {
                    end.events.extend(on);
                    days.extend(by);
                    endless |= by.is_none();
                }
                (Outcome::Never, _) => endless = true,
                _ => return Ok(None),
            }
        }
        end.events.sort_unstable();
        end.events.dedup();
        end.earliest = days.iter().min().copied();
        end.latest = days.iter().max().copied().filter(|_| !endless);
        Ok(Some(end))
    }

    /// What a question about a day finds.
    pub fn find(&self, world: &World<'_>, as_of: Day, ask: Ask) -> Eval<(Outcome, AnswerValue)> {
        let question = Question {
            as_of,
            known_at: self.asked.known_at,
            version: None,
            events: Vec::new(),
            assume: self.asked.assume.clone(),
            ask,
        };
        world.find(&question, None).map(|(finding, _)| (finding.outcome, finding.value))
    }

    /// From when each version governs, as far as a day tells.
    pub fn versions(&self, day: Day, faults: &mut Vec<Error>) -> Vec<VersionLine> {
        let mut line = |version: VersionId| {
            let mut line = VersionLine { version, effective: BTreeSet::new(), doubtful: false };
            if self.chain.contains(&version) {
                let look: &Look<'_, Option<Day>> = &|world, _| world.effective(version, day, world.cut(day));
                match self.root(day).and_then(|root| self.explore(&root, look)) {
                    Ok((_, days)) => {
                        line.effective = days.iter().flatten().copied().collect();
                        line.doubtful = !line.effective.is_empty() && days.contains(&None);
                    }
                    Err(error) => keep(faults, error),
                }
            }
            line
        };
        (0..self.program.versions.len() as u32).map(VersionId).map(&mut line).collect()
    }

    /// The records of the window.
    pub fn marks(&self, faults: &mut Vec<Error>) -> Vec<RecordMark> {
        let before = |day: Day| self.records.partition_point(|r| r.time.day < day);
        let mut marks = Vec::new();
        for at in before(self.asked.from)..before(self.asked.until) {
            let r = &self.records[at];
            let mut mark = RecordMark {
                day: r.time.day,
                event: r.event,
                by: r.by,
                id: r.id.clone(),
                counts: None,
                why: None,
            };
            match self.root(r.time.day).and_then(|root| self.explore(&root, &|world, _| world.verdict(at))) {
                Ok((_, verdicts)) => {
                    let admitted = |v: &Verdict| *v == Verdict::Admitted;
                    mark.counts = match verdicts.iter().filter(|v| admitted(v)).count() {
                        0 => Some(false),
                        n if n == verdicts.len() => Some(true),
                        _ => None,
                    };
                    mark.why = verdicts.into_iter().find_map(|v| match v {
                        Verdict::Refused(why) => Some((*why).clone()),
                        Verdict::Admitted => None,
                    });
                }
                Err(error) => keep(faults, error),
            }
            marks.push(mark);
        }
        marks
    }
}

/// The questions that matter.
fn support(tree: &Tree, leaves: &[(Outcome, AnswerValue)]) -> Vec<OpenId> {
    match tree {
        Tree::Leaf(_) => Vec::new(),
        tree => tree::reduce(tree, leaves).support().into_iter().collect(),
    }
}

/// Adds a wording to its row.
fn add(rows: &mut Vec<Row>, place: &Place<'_>, only_in: Option<VersionId>) {
    let clause = place.clause;
    match rows.iter_mut().find(|r| r.clause == clause.name && r.only_in == only_in) {
        Some(row) => {
            row.kinds.extend(kinds_of(clause));
            row.lead = lead_of(clause);
            row.title = clause.title.clone().or(row.title.take());
        }
        None => rows.push(Row {
            clause: clause.name,
            title: clause.title.clone(),
            only_in,
            law: place.standing.is_none(),
            kinds: kinds_of(clause),
            lead: lead_of(clause),
            stretches: Vec::new(),
            end: None,
            dues: Vec::new(),
        }),
    }
}

impl World<'_> {
    /// How a clause stands at a point: what `in_force` answers, with what it does not tell apart.
    fn standing(&self, clause: ClauseName, pt: Point) -> Eval<State> {
        let Some(place) = self.place(clause, pt.text) else {
            return Ok(if pt.text.is_none() { State::NotYet } else { State::Absent });
        };
        if self.start(&place, pt)?.is_none_or(|s| s > pt.day) {
            return Ok(State::NotYet);
        }
        if self.known_end(&place, pt)?.is_some() {
            return Ok(State::Ended(match self.end(&place, pt)?.cause {
                Some(Cause::Effect(by, ..)) => Ended::Effect(by),
                Some(Cause::Instrument(by, servanda_program::Ending::Waived)) => Ended::Waived(by),
                Some(Cause::Instrument(by, servanda_program::Ending::Terminated)) => Ended::Terminated(by),
                Some(Cause::Term(_)) | None => Ended::Term,
            }));
        }
        Ok(if self.rests(&place, pt)?.is_some() { State::Resting } else { State::InForce })
    }

    /// How a clause stands that only a version has which does not bind.
    fn state_in(&self, clause: ClauseName, version: VersionId, pt: Point) -> Eval<State> {
        if pt.text.is_none() {
            return Ok(State::NotYet);
        }
        let there = Point { text: Some(version), ..pt };
        let Some(place) = self.place(clause, there.text) else { return Ok(State::Absent) };
        let env = Env::of_term(clause);
        let from = match &place.clause.from {
            Some(from) => self.moment(from, there, env)?,
            None => Some(self.program.versions[version.index()].signed.unwrap_or(pt.day)),
        };
        let until = match &place.clause.until {
            Moment::Never => None,
            until => self.moment(until, there, env)?,
        };
        let within = from.is_some_and(|f| f <= pt.day) && until.is_none_or(|u| pt.day < u);
        Ok(State::NonBinding { within })
    }
}
