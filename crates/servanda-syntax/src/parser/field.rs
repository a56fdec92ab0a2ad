//! Fields of clauses. `docs/language.md`, section 4.

use servanda_text::Diagnostic;

use super::{FIELDS, Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::Kind;

impl Parser<'_> {
    /// Fields until the next declaration. A word that begins no field is told, and skipped to the next.
    pub(super) fn fields(&mut self) -> Vec<Field> {
        let mut out = Vec::new();
        while !self.at_end() && !self.at_declaration() {
            let from = self.at;
            match self.field() {
                Ok(field) => {
                    out.push(field);
                    self.node(Kind::Field, from);
                }
                Err(_) => self.skip_field(from),
            }
        }
        out
    }

    /// Skips a broken field: to the next field or declaration.
    pub(super) fn skip_field(&mut self, from: usize) {
        if self.at == from {
            self.bump();
        }
        while !self.at_end() && !self.at_declaration() && !self.at_field() {
            self.bump();
        }
        self.node(Kind::Error, from);
    }

    pub(super) fn field(&mut self) -> Read<Field> {
        let start = self.span();
        let kind = self.field_kind()?;
        Ok(Field { kind, at: self.since(start) })
    }

    fn field_kind(&mut self) -> Read<FieldKind> {
        if self.at_norm() {
            return Ok(FieldKind::Norm(self.norm()?));
        }
        if self.in_template && self.word("uses") {
            let problem = Diagnostic::error(
                codes::TEMPLATE_IN_TEMPLATE,
                self.span(),
                "a template uses no template, so that every clause can be written out",
            )
            .help("write the fields of the other template here, or use the two templates in two clauses");
            return self.report(problem);
        }
        if !self.any_of(0, FIELDS) {
            self.unknown(codes::UNKNOWN_KEYWORD, "field", FIELDS)?;
        }
        let word = self.slice(0);
        self.bump();
        Ok(match word {
            "for" => FieldKind::For(self.names()?),
            "from" => FieldKind::From(self.day()?),
            "until" => FieldKind::Until(self.day()?),
            "through" => FieldKind::Through(self.day()?),
            "while" => FieldKind::While(self.expr()?),
            "unless" => FieldKind::Unless(self.expr()?),
            "overrides" => {
                let name = self.name_as("the clause that yields")?;
                FieldKind::Overrides(name, self.optional_if()?)
            }
            "on" => FieldKind::Effect(self.effect()?),
            "process" => FieldKind::Process(self.process()?),
            "value" => {
                let (name, key) = self.named()?;
                self.need("is")?;
                let expr = self.expr()?;
                let cond = self.optional_if()?;
                let mut otherwise: Vec<(Expr, Option<Expr>)> = Vec::new();
                // After a case without a condition nothing can come.
                while otherwise.last().map_or(cond.is_some(), |(_, c)| c.is_some()) && self.eat("else") {
                    let expr = self.expr()?;
                    otherwise.push((expr, self.optional_if()?));
                }
                FieldKind::Value(Value { name, key, expr, cond, otherwise })
            }
            "define" => {
                let (name, key) = self.named()?;
                self.need("as")?;
                FieldKind::Define(Define { name, key, cond: self.expr()? })
            }
            "survives" => FieldKind::Survives,
            "ensure" => {
                let cond = self.expr()?;
                self.need("else")?;
                FieldKind::Ensure(cond, self.string()?)
            }
            "covers" => FieldKind::Covers(self.names()?),
            "cites" => FieldKind::Cites(self.cites()?),
            "outside" => FieldKind::Outside(self.string()?),
            _ => FieldKind::Note(self.string()?),
        })
    }

    /// `NAME [ "per" NAME ]`
    fn named(&mut self) -> Read<(Name, Option<Name>)> {
        let name = self.name()?;
        let key = if self.eat("per") { Some(self.name()?) } else { None };
        Ok((name, key))
    }

    fn effect(&mut self) -> Read<Effect> {
        let when = self.when()?;
        let before = if self.eat("before") { Some(self.day()?) } else { None };
        let verb = match self.slice(0) {
            "ends" => EffectVerb::Ends,
            "starts" => EffectVerb::Starts,
            "suspends" => EffectVerb::Suspends,
            "resumes" => EffectVerb::Resumes,
            _ => return self.expected("`ends`, `starts`, `suspends` or `resumes`"),
        };
        self.bump();
        let target = if self.eat("this") {
            EffectTarget::This
        } else if self.word("agreement")
            && (self.any_of(1, FIELDS) || !(self.is_name(1) && self.token(2) == Token::Text))
        {
            self.bump();
            EffectTarget::Agreement
        } else {
            EffectTarget::Clauses(self.names()?)
        };
        Ok(Effect { when, before, verb, target })
    }

    fn process(&mut self) -> Read<Process> {
        let (name, key) = self.named()?;
        self.need("states")?;
        let states = self.words()?;
        self.told_apart(&states);
        let mut steps = Vec::new();
        loop {
            let (start, back) = (self.span(), self.at);
            let trigger = if self.eat("on") {
                let when = self.when()?;
                let from = if self.eat("from") { self.words()? } else { Vec::new() };
                if !self.word("to") {
                    // An effect of the clause: the process is over.
                    self.at = back;
                    break;
                }
                StepTrigger::On(when, from)
            } else if self.eat("after") {
                let long = self.duration_or_name()?;
                self.need("in")?;
                StepTrigger::After(long, self.name_as("a state")?)
            } else {
                break;
            };
            self.need("to")?;
            let to = self.name_as("a state")?;
            let mut keeps = Vec::new();
            while self.eat("keeps") {
                let slot = self.name()?;
                self.need("as")?;
                keeps.push((slot, self.expr()?));
            }
            steps.push(ProcessStep { trigger, to, keeps, at: self.since(start) });
            self.node(Kind::Field, back);
        }
        Ok(Process { name, key, states, steps })
    }

    pub(super) fn cites(&mut self) -> Read<Vec<Cite>> {
        let mut out = Vec::new();
        loop {
            let start = self.span();
            let source = self.name_as("the name of a source")?;
            let from = self.int("the first character of the passage")?;
            self.need("..")?;
            let end = self.int("the end of the passage")?;
            let digest = if self.eat("digest") { Some(self.string()?) } else { None };
            if digest.is_none() && self.word("anchor") {
                return self.expected("`digest` before `anchor`");
            }
            let anchor = if digest.is_some() && self.eat("anchor") { Some(self.string()?) } else { None };
            out.push(Cite { source, start: from, end, digest, anchor, at: self.since(start) });
            if !self.eat(",") {
                return Ok(out);
            }
        }
    }

    fn norm(&mut self) -> Read<Norm> {
        let parties = self.names()?;
        let kind = if self.eat("may") {
            if self.eat("not") {
                NormKind::MayNot(self.name_as("an action")?)
            } else {
                let act = self.name_as("an action")?;
                if self.eat2("only", "where") {
                    NormKind::MayOnlyWhere(act, self.expr()?)
                } else {
                    NormKind::May(act)
                }
            }
        } else if self.eat("alone") {
            self.need("may")?;
            NormKind::AloneMay(self.name_as("an action")?)
        } else if self.eat("has") {
            self.need("power")?;
            self.need("to")?;
            let act = self.name_as("an action")?;
            NormKind::HasPower(act, if self.eat("when") { Some(self.expr()?) } else { None })
        } else {
            self.need("must")?;
            NormKind::Must(self.duty()?)
        };
        let (mut reach, mut provided) = (Vec::new(), Vec::new());
        loop {
            if self.eat("if") {
                reach.push(self.expr()?);
            } else if self.eat("provided") {
                provided.push(self.expr()?);
            } else {
                return Ok(Norm { parties, kind, reach, provided });
            }
        }
    }

    fn duty(&mut self) -> Read<Duty> {
        let what = match self.optional_string() {
            Some(text) => DutyWhat::Words(text),
            None => DutyWhat::Act(self.name_as("an action, or what is owed in quotation marks")?),
        };
        let to = if self.eat("to") { self.names()? } else { Vec::new() };
        let mut parts = Vec::new();
        loop {
            parts.push(match self.slice(0) {
                _ if self.token(0) != Token::Name => break,
                "once" => {
                    self.bump();
                    DutyPart::Once(self.when()?)
                }
                "by" => {
                    self.bump();
                    DutyPart::By(self.day()?)
                }
                "within" => {
                    self.bump();
                    let long = self.duration_or_name()?;
                    self.need("of")?;
                    DutyPart::Within(long, self.when()?)
                }
                "each" => {
                    self.bump();
                    let period = self.period()?;
                    let due = if self.eat2("due", "within") { Some(self.duration_or_name()?) } else { None };
                    DutyPart::Each(period, due)
                }
                "worth" => {
                    self.bump();
                    DutyPart::Worth(self.expr()?)
                }
                "counting" => {
                    self.bump();
                    DutyPart::Counting(self.expr()?)
                }
                "done" => {
                    self.bump();
                    self.need("when")?;
                    DutyPart::Done(self.expr()?)
                }
                "cure" => {
                    self.bump();
                    DutyPart::Cure(self.duration_or_name()?)
                }
                "else" => {
                    self.bump();
                    DutyPart::Else(self.name_as("the clause that answers a violation")?)
                }
                _ => break,
            });
        }
        Ok(Duty { what, to, parts })
    }

    // ── templates' arguments ─────────────────────────────────────────────────────────────────────

    pub(super) fn arguments(&mut self) -> Vec<Arg> {
        let mut out = Vec::new();
        while !self.at_end() && !self.at_declaration() && !self.at_field() {
            let (start, from) = (self.span(), self.at);
            let read = self.name_as("an argument's name").and_then(|name| Ok((name, self.argument()?)));
            match read {
                Ok((name, value)) => {
                    out.push(Arg { name, value, at: self.since(start) });
                    self.node(Kind::Argument, from);
                }
                Err(_) => self.skip_field(from),
            }
        }
        out
    }

    pub(super) fn argument(&mut self) -> Read<ArgValue> {
        if self.at_duration() {
            return Ok(ArgValue::Duration(self.duration()?));
        }
        let edge = ["start", "end", "earlier", "later", "next"];
        let happening = ["end", "violation", "fulfilment"];
        let moved = (self.mark_at(1, "+") || self.mark_at(1, "-"))
            && self.token(2) == Token::Int
            && super::duration_unit(self.slice(3)).is_some();
        let day = self.word("never")
            || self.token(0) == Token::Date
            || (self.word("the") && self.any_of(1, &edge))
            || (self.any_of(0, &happening) && self.word_at(1, "of"))
            || (self.word("entry") && self.word_at(1, "into"))
            || (self.is_name(0) && (self.any_of(1, &["by", "where"]) || moved));
        if day {
            return Ok(ArgValue::Day(self.day()?));
        }
        if self.is_name(0) && self.mark_at(1, ",") {
            return Ok(ArgValue::Names(self.words()?));
        }
        Ok(ArgValue::Expr(self.expr()?))
    }
}
