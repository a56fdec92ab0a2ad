//! The engine: a log folded once, extended event by event, and questions answered over it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use servanda_program::{OpenId, OpenKind, Program, Status, VersionId};

use crate::answer::{Answer, AnswerValue, Because, Dependence, Error, Outcome};
use crate::ask::Named;
use crate::decide::Finding;
use crate::facts::{Facts, Fold, Places};
use crate::log::{self, Log};
use crate::opens::{self, Assignment, Stop};
use crate::question::{Assumed, Question};
use crate::record::Record;
use crate::tree::{self, Tree};
use crate::words::Words;
use crate::world::World;

/// Most branches that an answer may have before it is refused. A partial answer is never given.
pub(crate) const BRANCHES_MAX: usize = 4_096;

/// Most chains of versions whose facts are kept.
const CHAINS_MAX: usize = 16;

/// What has been found out about the whole log without any assumption, where a chain of versions governs.
struct History {
    version: Option<VersionId>,
    /// Records before this one have been judged.
    judged: usize,
    facts: Rc<Facts>,
}

/// The records of a question and what is known of them.
pub(crate) type Known = (Rc<Vec<Rc<Record>>>, Fold);

/// What answers questions about one agreement.
pub struct Engine<'p> {
    program: &'p Program,
    log: Log,
    places: Rc<Places>,
    histories: RefCell<Vec<History>>,
}

impl<'p> Engine<'p> {
    /// An engine without any log.
    pub fn new(program: &'p Program) -> Engine<'p> {
        let places = Rc::new(Places::of(program, &[]));
        Engine { program, log: Log::new(), places, histories: RefCell::default() }
    }

    /// The program.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The log, as it was appended.
    pub fn log(&self) -> impl ExactSizeIterator<Item = &Record> {
        self.log.records().iter().map(|record| &**record)
    }

    /// Adds records to the log. Order does not matter; a record that is there already changes nothing.
    /// What is known of the records before the first new one stays; the rest is found out anew when it is needed.
    ///
    /// # Errors
    /// The same identity with other content, or a correction of something that is not there. Nothing is
    /// added then.
    pub fn append(&mut self, records: Vec<Record>) -> Result<(), Error> {
        let first = self.log.append(self.program, records.into_iter().map(Rc::new).collect())?;
        let sorted = self.log.history(self.program, None, &[])?;
        Rc::make_mut(&mut self.places).extend(first, &sorted);
        for history in self.histories.get_mut() {
            history.facts.forget(first);
            history.judged = history.judged.min(first);
        }
        Ok(())
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// A question that has no answer: contradictory records, a value that cannot be computed, too many
    /// open questions.
    pub fn ask(&self, question: &Question) -> Result<Answer, Error> {
        let chain = self.chain(question.version);
        let named = question.version.map(|version| Named {
            version,
            governs: self.program.versions[version.index()].status == Status::Binding,
        });
        let (records, fold) = self.history(question)?;
        let mut assignment: Assignment = question.assume.opens.clone();
        self.settle(&chain, question, (&records, &fold), &mut assignment)?;
        let mut run = Run {
            program: self.program,
            records: &records,
            chain: &chain,
            question,
            named: named.as_ref(),
            findings: Vec::new(),
        };
        let tree = run.explore(&assignment, fold)?;
        Ok(self.answer(&tree, run.findings, &records))
    }

    /// The words that answer an open question, in order, as they stand in answers and in `assume`.
    /// Figures without cut points have none.
    pub fn answers(&self, open: OpenId) -> Vec<(String, Assumed)> {
        opens::answers(self.program, open, self.log.records())
    }

    /// The versions that govern when `version` is asked, from the first on.
    pub(crate) fn chain(&self, version: Option<VersionId>) -> Vec<VersionId> {
        let binding = |v: VersionId| self.program.versions[v.index()].status == Status::Binding;
        let tip = match version {
            Some(v) if binding(v) => Some(v),
            _ => (0..self.program.versions.len()).rev().map(|i| VersionId(i as u32)).find(|&v| binding(v)),
        };
        let mut chain = Vec::new();
        let mut at = tip;
        while let Some(v) = at {
            if chain.contains(&v) {
                break;
            }
            if binding(v) {
                chain.push(v);
            }
            at = self.program.versions[v.index()].base;
        }
        chain.reverse();
        chain
    }

    /// The sorted history of a question, with what is known of it.
    pub(crate) fn history(&self, question: &Question) -> Result<Known, Error> {
        // Powers are judged by the governing chain, so facts belong to a version.
        let version = question.version.filter(|v| self.program.versions[v.index()].status == Status::Binding);
        // Readings are always asked for, so that what has been found without them holds with them. A datum that may be left
        // out, or a figure, is not: what rests on its absence is another thing when it is assumed.
        let asked_for = |q: &OpenId| self.program.opens[q.index()].kind == OpenKind::Reading;
        if !question.assume.opens.keys().all(asked_for) {
            let records = self.log.history(self.program, question.known_at, &question.events)?;
            let places = Rc::new(Places::of(self.program, &records));
            return Ok((records, Fold::new(places, Rc::default(), 0)));
        }
        let whole = self.log.history(self.program, None, &[])?;
        let facts = self.facts(version, &whole);
        if question.events.is_empty() && question.known_at.is_none() {
            let fold = Fold::new(self.places.clone(), facts, whole.len());
            return Ok((whole, fold));
        }
        let records = self.log.history(self.program, question.known_at, &question.events)?;
        // What the histories have in common at their beginning is known.
        let shared = log::common(&whole, &records);
        let mut places = (*self.places).clone();
        places.extend(shared, &records);
        Ok((records, Fold::new(Rc::new(places), facts, shared)))
    }

    /// What is known without any assumption of the whole log, all of its records judged as far as that goes.
    fn facts(&self, version: Option<VersionId>, whole: &[Rc<Record>]) -> Rc<Facts> {
        let mut histories = self.histories.borrow_mut();
        let at = histories.iter().position(|h| h.version == version).unwrap_or_else(|| {
            if histories.len() >= CHAINS_MAX {
                histories.remove(0);
            }
            histories.push(History { version, judged: 0, facts: Rc::default() });
            histories.len() - 1
        });
        let history = &mut histories[at];
        if history.judged < whole.len() {
            let chain = self.chain(version);
            let fold = Fold::new(self.places.clone(), history.facts.clone(), whole.len());
            let nothing = Assignment::new();
            let world = World::new(self.program, whole, &fold, &nothing, &chain);
            for record in history.judged..whole.len() {
                // What depends on an open question is found out when a question brings its answers.
                if world.verdict(record).is_err() {
                    history.facts.doubt(record);
                }
            }
            history.judged = whole.len();
        }
        history.facts.clone()
    }

    /// Adds the answers that clarifications in force have settled.
    fn settle(
        &self,
        chain: &[VersionId],
        question: &Question,
        (records, fold): (&[Rc<Record>], &Fold),
        assignment: &mut Assignment,
    ) -> Result<(), Error> {
        let settling: Vec<VersionId> =
            chain.iter().copied().filter(|v| !self.program.versions[v.index()].settles.is_empty()).collect();
        for version in settling {
            let effective = {
                let fold = fold.clone();
                let world = World::new(self.program, records, &fold, assignment, chain);
                match world.effective(version, question.as_of, world.cut(question.as_of)) {
                    Ok(day) => day,
                    // A clarification whose own beginning is open settles nothing.
                    Err(Stop::Need(_) | Stop::Unsure) => None,
                    Err(Stop::Fail(error)) => return Err(error),
                }
            };
            if effective.is_some_and(|d| d <= question.as_of) {
                for (open, answer) in &self.program.versions[version.index()].settles {
                    // What is assumed goes first; of two versions that settle a reading, the later.
                    if !question.assume.opens.contains_key(open) {
                        assignment.insert(*open, Assumed::Word(*answer));
                    }
                }
            }
        }
        Ok(())
    }

    fn answer(&self, tree: &Tree, findings: Vec<(Finding, Vec<Words>)>, records: &[Rc<Record>]) -> Answer {
        let leaves: Vec<(Outcome, AnswerValue)> =
            findings.iter().map(|(f, _)| (f.outcome, f.value.clone())).collect();
        let reduced = tree::reduce(tree, &leaves);
        let mut because: Vec<Because> = Vec::new();
        let mut notes: Vec<Words> = Vec::new();
        for (finding, more) in findings {
            for b in finding.because {
                let same = |k: &Because| {
                    k.clause == b.clause && k.fact == b.fact && k.version == b.version && k.role == b.role
                };
                if !because.iter().any(same) {
                    because.push(b);
                }
            }
            notes.extend(more);
        }
        let mut seen = BTreeSet::new();
        notes.retain(|n| seen.insert(n.text.clone()));
        let support = reduced.support();
        let (outcome, value) = reduced.constant().unwrap_or((Outcome::Depends, AnswerValue::Nothing));
        let depends_on = support
            .into_iter()
            .map(|open| {
                let answers = opens::answers(self.program, open, records)
                    .into_iter()
                    .enumerate()
                    .map(|(i, (word, _))| {
                        let branch = tree::reduce(&tree::restrict(tree, open, i), &leaves);
                        let (outcome, value) =
                            branch.constant().unwrap_or((Outcome::Depends, AnswerValue::Nothing));
                        (word, outcome, value)
                    })
                    .collect();
                Dependence { open, answers }
            })
            .collect();
        Answer { outcome, value, depends_on, because, notes }
    }
}

/// One question over one history, forking over the open questions that it reads.
struct Run<'r> {
    program: &'r Program,
    records: &'r [Rc<Record>],
    chain: &'r [VersionId],
    question: &'r Question,
    named: Option<&'r Named>,
    findings: Vec<(Finding, Vec<Words>)>,
}

impl Run<'_> {
    fn explore(&mut self, assignment: &Assignment, fold: Fold) -> Result<Tree, Error> {
        let world = World::new(self.program, self.records, &fold, assignment, self.chain);
        match world.find(self.question, self.named) {
            Ok(finding) => {
                if self.findings.len() >= BRANCHES_MAX {
                    return Err(Error::new(
                        "too-many-open-questions",
                        format!(
                            "the answer has more than {BRANCHES_MAX} branches over open questions; \
                             answer some of them with `assume`"
                        ),
                    ));
                }
                self.findings.push(finding);
                Ok(Tree::Leaf(self.findings.len() - 1))
            }
            Err(Stop::Fail(error)) => Err(error),
            // Only the tests of duties are unsure, and they take it for not fulfilled.
            Err(Stop::Unsure) => Err(Error::new("undecided", "the answer cannot be decided")),
            Err(Stop::Need(open)) => {
                let answers = opens::answers(self.program, open, self.records);
                if answers.is_empty() {
                    let name = &self.program.opens[open.index()].name;
                    return Err(Error::new(
                        "unanswerable",
                        format!(
                            "the answer needs `{name}`, which nobody has disclosed; give it with `assume`"
                        ),
                    ));
                }
                let mut branches = Vec::with_capacity(answers.len());
                for (_, answer) in answers {
                    let mut assignment = assignment.clone();
                    assignment.insert(open, answer);
                    branches.push(self.explore(&assignment, fold.clone())?);
                }
                Ok(Tree::Fork(open, branches))
            }
        }
    }
}
