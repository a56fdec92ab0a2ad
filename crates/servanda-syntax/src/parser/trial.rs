//! Tests of agreements. `docs/language.md`, section 6.

use super::{Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::SyntaxKind;
use crate::words::{DECLARATIONS, TEST_STEPS};

impl Parser<'_> {
    pub(super) fn steps(&mut self) -> Vec<TestStep> {
        self.series(|p| {
            if p.at_end() || p.at_declaration() {
                return Ok(None);
            }
            let (start, from) = (p.span(), p.at);
            let kind = p.step()?;
            p.node(SyntaxKind::TestStep, from);
            Ok(Some(TestStep { kind, at: p.since(start) }))
        })
    }

    fn step(&mut self) -> Read<TestStepKind> {
        if !self.any_of(0, TEST_STEPS) {
            return self.unknown(codes::UNKNOWN_FIELD, "a step of a test", &[TEST_STEPS]);
        }
        let keyword = self.slice(0);
        self.bump();
        Ok(match keyword {
            "on" => TestStepKind::On(self.date()?),
            "known" => TestStepKind::Known(self.date()?),
            "under" => TestStepKind::Under(self.name_as("a version")?),
            "log" => TestStepKind::Log(self.log_line()?),
            "assume" => {
                let path = self.path()?;
                TestStepKind::Assume(path, self.datum()?)
            }
            _ => TestStepKind::Expect(self.expect()?),
        })
    }

    fn log_line(&mut self) -> Read<LogLine> {
        let day = self.date()?;
        let event = self.name_as("an event")?;
        self.need("by")?;
        let by = self.name_as("a party")?;
        let recorded = if self.eat("recorded") { Some(self.date()?) } else { None };
        let mut data = Vec::new();
        while self.is_name(0) && !self.at_next_step() {
            let from = self.at;
            let name = self.name()?;
            data.push((name, self.datum()?));
            self.node(SyntaxKind::Datum, from);
        }
        Ok(LogLine { day, event, by, recorded, data })
    }

    /// Whether the next step or declaration begins here, rather than a datum of this step. In the middle of a
    /// line `kind` or `source` is the name of a datum.
    fn at_next_step(&self) -> bool {
        self.any_of(0, TEST_STEPS) || (self.any_of(0, DECLARATIONS) && self.line_first(0))
    }

    fn datum(&mut self) -> Read<Datum> {
        if self.at_figure(0) {
            return Ok(Datum::Figure(self.figure_among(true)?));
        }
        if self.token(0) == Token::Date {
            return Ok(Datum::Day(self.date()?));
        }
        if let Some(text) = self.optional_string() {
            return Ok(Datum::Text(text));
        }
        if !self.is_name(0) {
            return self.expected(codes::EXPECTED_VALUE, "a word, a figure, a text or a day");
        }
        Ok(Datum::Word(self.name()?))
    }

    fn expect(&mut self) -> Read<Expect> {
        let keyword = if self.token(0) == Token::Name { self.slice(0) } else { "" };
        let asks = ["may", "in-force", "ends", "value", "owes", "who"];
        if !asks.contains(&keyword) {
            return self.expected(codes::UNEXPECTED, "`may`, `in-force`, `ends`, `value`, `owes` or `who`");
        }
        self.bump();
        let ask = match keyword {
            "may" => {
                let (party, action) = (self.name_as("a party")?, self.name_as("an action")?);
                let mut data = Vec::new();
                while !self.word("is") {
                    let from = self.at;
                    let path = self.path_as("`is` and an outcome, or an attribute")?;
                    data.push((path, self.datum()?));
                    self.node(SyntaxKind::Datum, from);
                }
                ExpectAsk::May(party, action, data)
            }
            "in-force" => ExpectAsk::InForce(self.name_as("a clause")?),
            "ends" => ExpectAsk::Ends(self.name_as("a clause")?),
            "value" => ExpectAsk::Value(self.path()?),
            "owes" => ExpectAsk::Owes(self.name_as("a party")?),
            _ => ExpectAsk::Who(self.name_as("an action")?),
        };
        self.need("is")?;
        let outcome = self.name_as("an outcome")?;
        let mut expect = Expect { ask, outcome, day: None, on: Vec::new(), values: Vec::new(), because: Vec::new() };
        match expect.outcome.text.as_str() {
            "on" => expect.day = Some(self.date()?),
            "open" => {
                // `on` before a day is the next step of the test.
                if self.word("on") && self.is_name(1) {
                    self.bump();
                    expect.on = self.paths()?;
                }
                if self.eat("by") {
                    expect.day = Some(self.date()?);
                }
            }
            "depends" => {
                self.need("on")?;
                expect.on = self.paths()?;
            }
            "known" => loop {
                expect.values.push(self.datum()?);
                if !self.eat(",") {
                    break;
                }
            },
            _ => {}
        }
        if self.eat("because") {
            expect.because = self.words("a clause")?;
        }
        Ok(expect)
    }
}
