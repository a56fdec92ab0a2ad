//! Tests. `docs/language.md`, section 6.

use super::{Parser, Read};
use crate::ast::*;
use crate::lexer::Token;
use crate::tree::Kind;

const STEPS: &[&str] = &["on", "known", "under", "log", "assume", "expect"];

impl Parser<'_> {
    pub(super) fn test(&mut self) -> Read<Test> {
        let title = self.string()?;
        let mut steps = Vec::new();
        while !self.at_end() && !self.at_declaration() {
            let (start, from) = (self.span(), self.at);
            match self.test_step() {
                Ok(kind) => {
                    steps.push(TestStep { kind, at: self.since(start) });
                    self.node(Kind::Field, from);
                }
                Err(_) => {
                    if self.at == from {
                        self.bump();
                    }
                    while !self.at_end() && !self.at_declaration() && !self.any_of(0, STEPS) {
                        self.bump();
                    }
                    self.node(Kind::Error, from);
                }
            }
        }
        Ok(Test { title, steps })
    }

    fn test_step(&mut self) -> Read<TestStepKind> {
        Ok(match self.slice(0) {
            "on" => {
                self.bump();
                TestStepKind::On(self.date()?)
            }
            "known" => {
                self.bump();
                TestStepKind::Known(self.date()?)
            }
            "under" => {
                self.bump();
                TestStepKind::Under(self.name_as("a version")?)
            }
            "log" => {
                self.bump();
                let day = self.date()?;
                let event = self.name_as("an event")?;
                self.need("by")?;
                let by = self.name_as("a party")?;
                let (mut recorded, mut data) = (None, Vec::new());
                // On the line of what was logged a word such as `kind` is a field; at the start of a line it declares.
                while self.is_name(0)
                    && !self.any_of(0, STEPS)
                    && !(self.at_declaration() && self.followed_on_next_line(0))
                {
                    if self.word("recorded") && self.token(1) == Token::Date {
                        self.bump();
                        recorded = Some(self.date()?);
                        continue;
                    }
                    let name = self.name()?;
                    data.push((name, self.datum()?));
                }
                TestStepKind::Log(LogLine { day, event, by, recorded, data })
            }
            "assume" => {
                self.bump();
                let path = self.path()?;
                TestStepKind::Assume(path, self.datum()?)
            }
            "expect" => {
                self.bump();
                TestStepKind::Expect(self.expectation()?)
            }
            _ => return self.expected("`on`, `known`, `under`, `log`, `assume` or `expect`"),
        })
    }

    fn datum(&mut self) -> Read<Datum> {
        if let Some(figure) = self.figure()? {
            return Ok(Datum::Figure(figure));
        }
        if self.token(0) == Token::Date {
            return Ok(Datum::Day(self.date()?));
        }
        if let Some(text) = self.optional_string() {
            return Ok(Datum::Text(text));
        }
        Ok(Datum::Word(self.name_as("a word, a figure, a text or a day")?))
    }

    fn expectation(&mut self) -> Read<Expect> {
        let ask = match self.slice(0) {
            "may" => {
                self.bump();
                let party = self.name_as("a party")?;
                let action = self.name_as("an action")?;
                let mut with = Vec::new();
                while self.is_name(0) && !self.word("is") {
                    let path = self.path()?;
                    with.push((path, self.datum()?));
                }
                ExpectAsk::May(party, action, with)
            }
            "in-force" => {
                self.bump();
                ExpectAsk::InForce(self.name_as("a clause")?)
            }
            "ends" => {
                self.bump();
                ExpectAsk::Ends(self.name_as("a clause")?)
            }
            "value" => {
                self.bump();
                ExpectAsk::Value(self.path()?)
            }
            "owes" => {
                self.bump();
                ExpectAsk::Owes(self.name_as("a party")?)
            }
            "who" => {
                self.bump();
                ExpectAsk::Who(self.name_as("an action")?)
            }
            _ => return self.expected("`may`, `in-force`, `ends`, `value`, `owes` or `who`"),
        };
        self.need("is")?;
        let outcome = self.name_as("an outcome")?;
        let mut expect =
            Expect { ask, outcome, day: None, on: Vec::new(), values: Vec::new(), because: Vec::new() };
        if expect.outcome.text == "on" {
            expect.day = Some(self.date()?);
        } else if expect.outcome.text == "known" {
            if !self.step_ends() {
                expect.values.push(self.datum()?);
                while self.eat(",") {
                    expect.values.push(self.datum()?);
                }
            }
        } else {
            if self.word("on") && self.is_name(1) {
                self.bump();
                expect.on.push(self.path()?);
                while self.eat(",") {
                    expect.on.push(self.path()?);
                }
            }
            if self.eat("by") {
                expect.day = Some(self.date()?);
            }
        }
        if self.eat("because") {
            expect.because = self.words()?;
        }
        Ok(expect)
    }

    fn step_ends(&self) -> bool {
        self.at_end() || self.at_declaration() || self.any_of(0, STEPS) || self.word("because")
    }
}
