//! Names in tests.

use servanda_syntax::ast::{self, ExpectAsk, TestStepKind};

use super::Lowerer;
use crate::vocabulary::unknown;

impl<'a> Lowerer<'a> {
    /// Checks that tests speak of things that there are. Tests are run elsewhere.
    pub(crate) fn tests(&mut self) {
        let vocabulary = self.vocabulary;
        for test in &vocabulary.tests {
            for step in &test.steps {
                match &step.kind {
                    TestStepKind::Under(name) => self.version_name(name),
                    TestStepKind::Log(line) => {
                        if let Err(d) = vocabulary.event_in(&line.event) {
                            self.report(*d);
                        }
                        self.party_name(&line.by);
                    }
                    TestStepKind::Expect(expect) => self.expectation(expect),
                    TestStepKind::On(_) | TestStepKind::Known(_) | TestStepKind::Assume(..) => {}
                }
            }
        }
    }

    fn version_name(&mut self, name: &ast::Name) {
        let versions = &self.texts.versions;
        if !versions.iter().any(|v| v.decl.name.text == name.text) {
            let d = unknown(
                "unknown-version",
                "version",
                name,
                versions.iter().map(|v| v.decl.name.text.as_str()),
            );
            self.report(d);
        }
    }

    fn party_name(&mut self, name: &ast::Name) {
        if self.vocabulary.party_named(&name.text).is_none() {
            let names = self.vocabulary.parties.iter().map(|p| p.name.as_str());
            self.report(unknown("unknown-party", "party", name, names));
        }
    }

    fn expectation(&mut self, expect: &ast::Expect) {
        match &expect.ask {
            ExpectAsk::May(party, action, _) => {
                self.party_name(party);
                if let Err(d) = self.vocabulary.action_in(action) {
                    self.report(*d);
                }
            }
            ExpectAsk::InForce(clause) | ExpectAsk::Ends(clause) => {
                if let Err(d) = self.vocabulary.clause_in(clause) {
                    self.report(*d);
                }
            }
            ExpectAsk::Owes(party) => self.party_name(party),
            ExpectAsk::Who(action) => {
                if let Err(d) = self.vocabulary.action_in(action) {
                    self.report(*d);
                }
            }
            ExpectAsk::Value(_) => {}
        }
        for clause in &expect.because {
            if let Err(d) = self.vocabulary.clause_in(clause) {
                self.report(*d);
            }
        }
    }
}
