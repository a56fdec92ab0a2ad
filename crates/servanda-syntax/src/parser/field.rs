//! Fields of clauses: norms, terms, effects, processes, values. `docs/language.md`, section 4.

use servanda_quantity::DurationUnit;

use super::{Parser, Read, never_unit};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::SyntaxKind;
use crate::words::{DROPPED, DUTY_PARTS, FIELDS, GROUNDS};

impl Parser<'_> {
    fn field_of(&self, start: servanda_text::Span, kind: FieldKind) -> Field {
        Field { kind, at: self.since(start) }
    }

    /// The fields of a clause, up to the next declaration.
    pub(super) fn fields(&mut self) -> Vec<Field> {
        self.series(|p| if p.at_end() || p.at_declaration() { Ok(None) } else { p.field().map(Some) })
    }

    /// The edits of a change, up to the next declaration.
    pub(super) fn edits(&mut self) -> Vec<Edit> {
        self.series(|p| {
            if p.at_end() || p.at_declaration() {
                return Ok(None);
            }
            let from = p.at;
            let edit = if p.eat("add") {
                Edit::Add(p.field()?)
            } else if p.eat("drop") {
                if !p.any_of(0, DROPPED) {
                    return p.unknown(codes::UNKNOWN_FIELD, "the keyword of a field", &[DROPPED]);
                }
                let keyword = p.name()?;
                let named = matches!(keyword.text.as_str(), "process" | "value" | "define" | "overrides");
                // Without a name all fields of the keyword go; then what follows begins something else.
                let follows = p.token(0) == Token::Quoted
                    || (p.token(0) == Token::Name && !never_unit(p.slice(0)))
                    || !p.line_first(0);
                let name = if named && p.is_name(0) && follows && !p.at_norm(0) { Some(p.name()?) } else { None };
                Edit::Drop { keyword, name }
            } else {
                return p.field().map(|field| Some(Edit::Replace(field)));
            };
            p.node(SyntaxKind::Edit, from);
            Ok(Some(edit))
        })
    }

    pub(super) fn field(&mut self) -> Read<Field> {
        let (start, from) = (self.span(), self.at);
        let (node, kind) = if self.token(0) != Token::Name {
            (SyntaxKind::Norm, self.norm_or_unknown()?)
        } else {
            match self.slice(0) {
                "for" => {
                    self.bump();
                    (SyntaxKind::For, FieldKind::For(self.names()?))
                }
                "from" => {
                    self.bump();
                    (SyntaxKind::From, FieldKind::From(self.day()?))
                }
                "until" => {
                    self.bump();
                    (SyntaxKind::Until, FieldKind::Until(self.day()?))
                }
                "through" => {
                    self.bump();
                    (SyntaxKind::Until, FieldKind::Through(self.day()?))
                }
                "while" => {
                    self.bump();
                    (SyntaxKind::While, FieldKind::While(self.expr()?))
                }
                "unless" => {
                    self.bump();
                    (SyntaxKind::Unless, FieldKind::Unless(self.expr()?))
                }
                "overrides" => {
                    self.bump();
                    let name = self.name()?;
                    let cond = if self.eat("if") { Some(self.expr()?) } else { None };
                    (SyntaxKind::Overrides, FieldKind::Overrides(name, cond))
                }
                "on" => {
                    self.bump();
                    let when = self.when()?;
                    (SyntaxKind::Effect, FieldKind::Effect(self.effect(when)?))
                }
                "process" => return self.process(),
                "value" => {
                    self.bump();
                    (SyntaxKind::Value, FieldKind::Value(self.value()?))
                }
                "define" => {
                    self.bump();
                    let name = self.name()?;
                    let key = self.key()?;
                    self.need("as")?;
                    (SyntaxKind::Define, FieldKind::Define(Define { name, key, cond: self.expr()? }))
                }
                "cites" => {
                    self.bump();
                    (SyntaxKind::Cites, FieldKind::Cites(self.cites()?))
                }
                "outside" => {
                    self.bump();
                    (SyntaxKind::Outside, FieldKind::Outside(self.string()?))
                }
                "note" => {
                    self.bump();
                    (SyntaxKind::Note, FieldKind::Note(self.string()?))
                }
                _ => (SyntaxKind::Norm, self.norm_or_unknown()?),
            }
        };
        self.node(node, from);
        Ok(self.field_of(start, kind))
    }

    fn norm_or_unknown(&mut self) -> Read<FieldKind> {
        if self.at_norm(0) {
            return Ok(FieldKind::Norm(self.norm()?));
        }
        if self.is_name(0) && self.any_of(1, &["has", "alone"]) {
            let needed = if self.word_at(1, "has") { "power" } else { "may" };
            self.at += 2;
            return self.expected(codes::UNEXPECTED, &format!("`{needed}`"));
        }
        self.unknown(codes::UNKNOWN_FIELD, "a field", &[FIELDS, GROUNDS])
    }

    /// `[ "per" NAME ]`
    fn key(&mut self) -> Read<Option<Name>> {
        if self.eat("per") { Ok(Some(self.name()?)) } else { Ok(None) }
    }

    fn value(&mut self) -> Read<Value> {
        let name = self.name()?;
        let key = self.key()?;
        self.need("is")?;
        let expr = self.expr()?;
        let from = self.at;
        let cond = if self.eat("if") { Some(self.expr()?) } else { None };
        self.node(SyntaxKind::ValueCond, from);
        Ok(Value { name, key, expr, cond })
    }

    pub(super) fn cites(&mut self) -> Read<Vec<Cite>> {
        let mut out = Vec::new();
        loop {
            let (start, from) = (self.span(), self.at);
            let source = self.name_or_digits("the name of a source")?;
            let first = self.int("the first character of a passage")?;
            self.need("..")?;
            let end = self.int("the end of a passage")?;
            let digest = if self.eat("digest") { Some(self.string()?) } else { None };
            self.node(SyntaxKind::Cite, from);
            out.push(Cite { source, start: first, end, digest, at: self.since(start) });
            if !self.eat(",") {
                return Ok(out);
            }
        }
    }

    /// Grounds, where some begin here. `repeated` tells a second `outside`.
    pub(super) fn ground(&mut self, grounds: &mut Grounds) -> Read<bool> {
        let from = self.at;
        let node = if self.eat("cites") {
            grounds.cites.extend(self.cites()?);
            SyntaxKind::Cites
        } else if self.eat("outside") {
            let text = self.string()?;
            if grounds.outside.replace(text).is_some() {
                self.repeated("`outside`");
            }
            SyntaxKind::Outside
        } else if self.eat("note") {
            grounds.notes.push(self.string()?);
            SyntaxKind::Note
        } else {
            return Ok(false);
        };
        self.node(node, from);
        Ok(true)
    }

    // ── norms ────────────────────────────────────────────────────────────────────────────────────

    fn norm(&mut self) -> Read<Norm> {
        let parties = self.names()?;
        let kind = if self.eat("may") {
            if self.word("not") {
                self.bump();
                NormKind::MayNot(self.name_as("an action")?)
            } else {
                let action = self.name_as("an action")?;
                if self.eat("only") {
                    self.need("where")?;
                    NormKind::MayOnlyWhere(action, self.expr()?)
                } else {
                    NormKind::May(action)
                }
            }
        } else if self.eat("alone") {
            self.need("may")?;
            NormKind::AloneMay(self.name_as("an action")?)
        } else if self.eat("has") {
            self.need("power")?;
            self.need("to")?;
            let action = self.name_as("an action")?;
            let from = self.at;
            let cond = if self.eat("when") { Some(self.expr()?) } else { None };
            self.node(SyntaxKind::NormCond, from);
            NormKind::HasPower(action, cond)
        } else {
            self.need("must")?;
            NormKind::Must(self.duty()?)
        };
        let (mut reach, mut provided) = (Vec::new(), Vec::new());
        loop {
            let from = self.at;
            if self.eat("if") {
                reach.push(self.expr()?);
            } else if self.eat("provided") {
                provided.push(self.expr()?);
            } else {
                return Ok(Norm { parties, kind, reach, provided });
            }
            self.node(SyntaxKind::NormCond, from);
        }
    }

    fn duty(&mut self) -> Read<Duty> {
        let what = match self.optional_string() {
            Some(text) => DutyWhat::Words(text),
            None => DutyWhat::Act(self.name_as("an action, or a text that says what is owed")?),
        };
        let to = if self.eat("to") { self.names()? } else { Vec::new() };
        let mut parts = Vec::new();
        while self.any_of(0, DUTY_PARTS) {
            let from = self.at;
            let outer = std::mem::replace(&mut self.in_duty, true);
            parts.push(self.duty_part()?);
            self.in_duty = outer;
            self.node(SyntaxKind::DutyPart, from);
        }
        Ok(Duty { what, to, parts })
    }

    fn duty_part(&mut self) -> Read<DutyPart> {
        let keyword = self.slice(0);
        self.bump();
        Ok(match keyword {
            "once" => DutyPart::Once(self.when()?),
            "by" => DutyPart::By(self.day()?),
            "within" => {
                let duration = self.duration()?;
                self.need("of")?;
                DutyPart::Within(duration, self.when()?)
            }
            "each" => {
                let unit = match self.slice(0) {
                    "week" => DurationUnit::Weeks,
                    "month" => DurationUnit::Months,
                    "quarter" => DurationUnit::Quarters,
                    "year" => DurationUnit::Years,
                    _ => return self.expected(codes::UNEXPECTED, "`week`, `month`, `quarter` or `year`"),
                };
                self.bump();
                DutyPart::Each(unit)
            }
            "worth" => DutyPart::Worth(self.expr()?),
            "counting" => DutyPart::Counting(self.expr()?),
            "done" => {
                self.need("when")?;
                DutyPart::Done(self.expr()?)
            }
            "cure" => DutyPart::Cure(self.duration()?),
            _ => DutyPart::Else(self.name_as("the clause that answers a violation")?),
        })
    }

    // ── effects and processes ────────────────────────────────────────────────────────────────────

    fn at_effect(&self) -> bool {
        self.any_of(0, &["before", "ends", "starts", "suspends", "resumes"])
    }

    /// The rest of an effect after `on when`.
    fn effect(&mut self, when: When) -> Read<Effect> {
        let before = if self.eat("before") { Some(self.day()?) } else { None };
        let verb = match self.slice(0) {
            "ends" => EffectVerb::Ends,
            "starts" => EffectVerb::Starts,
            "suspends" => EffectVerb::Suspends,
            "resumes" => EffectVerb::Resumes,
            "from" | "to" if before.is_none() => {
                return self.expected(
                    codes::UNEXPECTED,
                    "`ends`, `starts`, `suspends` or `resumes` outside a process",
                );
            }
            _ => return self.expected(codes::UNEXPECTED, "`ends`, `starts`, `suspends` or `resumes`"),
        };
        self.bump();
        let target = if self.eat("this") {
            EffectTarget::This
        } else if self.word("agreement") {
            self.bump();
            EffectTarget::Agreement
        } else {
            EffectTarget::Clauses(self.names()?)
        };
        Ok(Effect { when, before, verb, target })
    }

    fn process(&mut self) -> Read<Field> {
        let (start, from) = (self.span(), self.at);
        self.bump();
        let name = self.name()?;
        let key = self.key()?;
        let states_from = self.at;
        self.need("states")?;
        let states = self.words("a state")?;
        self.node(SyntaxKind::States, states_from);
        let mut steps = Vec::new();
        loop {
            let (step_start, step_from) = (self.span(), self.at);
            let trigger = if self.eat("after") {
                let time = if self.token(0) == Token::Int {
                    // The `in` of a calendar is followed by the `in` of the state.
                    DurationOrName::Duration(self.duration_before(Some("in"))?)
                } else {
                    DurationOrName::Name(self.name_as("a duration such as `30 days`")?)
                };
                self.need("in")?;
                StepTrigger::After(time, self.name_as("a state")?)
            } else if self.word("on") {
                let marks = self.marks.len();
                self.bump();
                let when = self.when()?;
                if self.at_effect() {
                    // Not a step: the effect is the next field. It is read again from its beginning.
                    self.at = step_from;
                    self.marks.truncate(marks);
                    break;
                }
                let states = if self.eat("from") { self.words("a state")? } else { Vec::new() };
                StepTrigger::On(when, states)
            } else {
                break;
            };
            self.need("to")?;
            let to = self.name_as("a state")?;
            let mut keeps = Vec::new();
            while self.eat("keeps") {
                let name = self.name()?;
                self.need("as")?;
                keeps.push((name, self.expr()?));
            }
            self.node(SyntaxKind::Step, step_from);
            steps.push(ProcessStep { trigger, to, keeps, at: self.since(step_start) });
        }
        let field = self.field_of(start, FieldKind::Process(Process { name, key, states, steps }));
        self.node(SyntaxKind::Process, from);
        Ok(field)
    }

    // ── templates ────────────────────────────────────────────────────────────────────────────────

    /// `uses NAME { arg }`
    pub(super) fn optional_use(&mut self) -> Read<Option<Use>> {
        let from = self.at;
        if !self.eat("uses") {
            return Ok(None);
        }
        let template = self.name_as("the name of a template")?;
        let args = self.series(|p| {
            let at_field = p.any_of(0, FIELDS) || p.any_of(0, GROUNDS) || p.at_norm(0);
            if !p.is_name(0) || at_field || p.at_declaration() {
                return Ok(None);
            }
            let (start, from) = (p.span(), p.at);
            let name = p.name()?;
            let value = p.arg_value()?;
            p.node(SyntaxKind::Arg, from);
            Ok(Some(Arg { name, value, at: p.since(start) }))
        });
        self.node(SyntaxKind::Uses, from);
        Ok(Some(Use { template, args }))
    }

    pub(super) fn arg_value(&mut self) -> Read<ArgValue> {
        if self.at_duration(0) {
            return Ok(ArgValue::Duration(self.duration()?));
        }
        if self.at_day_value() {
            return Ok(ArgValue::Day(self.day()?));
        }
        if self.is_name(0) && self.mark_at(1, ",") {
            return Ok(ArgValue::Names(self.words("a name")?));
        }
        Ok(ArgValue::Expr(self.expr()?))
    }

    /// Whether a day begins here that is not an expression.
    fn at_day_value(&self) -> bool {
        match self.token(0) {
            Token::Month => true,
            Token::Date => {
                !(self.token(1) == Token::Mark && matches!(self.slice(1), "=" | "<" | "<=" | ">" | ">="))
                    && !self.any_of(1, &["and", "or", "is"])
            }
            Token::Name | Token::Quoted => {
                if self.word("never") || self.at_reads() {
                    return true;
                }
                if self.word("the") && self.any_of(1, &["start", "end", "earlier", "later"])
                    || self.word("entry") && self.word_at(1, "into")
                    || self.any_of(0, &["violation", "fulfilment", "end"]) && self.word_at(1, "of")
                {
                    return true;
                }
                let mut after = 1;
                while self.mark_at(after, ".") {
                    after += 2;
                }
                (self.mark_at(after, "+") || self.mark_at(after, "-")) && self.at_duration(after + 1)
            }
            _ => false,
        }
    }
}
