//! Declarations. `docs/language.md`, sections 3, 4 and 6.

use super::{Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::SyntaxKind;
use crate::words::{DECLARATIONS, GROUNDS, VERSION_FIELDS};

impl Parser<'_> {
    pub(super) fn declaration(&mut self) -> Read<(SyntaxKind, ItemKind)> {
        if !self.any_of(0, DECLARATIONS) {
            return self.unknown(codes::UNKNOWN_DECLARATION, "a declaration", &[DECLARATIONS]);
        }
        let keyword = self.slice(0);
        self.bump();
        Ok(match keyword {
            "agreement" => (SyntaxKind::Agreement, ItemKind::Agreement(self.agreement()?)),
            "import" => (SyntaxKind::Import, ItemKind::Import(self.path()?)),
            "party" => (SyntaxKind::Party, ItemKind::Party(self.party()?)),
            "role" => {
                let (name, title) = (self.name()?, self.optional_string());
                self.need("is")?;
                (SyntaxKind::Role, ItemKind::Role(Role { name, title, holders: self.names()? }))
            }
            "source" => (SyntaxKind::Source, ItemKind::Source(self.source_declaration()?)),
            "unit" => {
                let name = self.name()?;
                (SyntaxKind::Unit, ItemKind::Unit(name, self.optional_string()))
            }
            "calendar" => (SyntaxKind::Calendar, ItemKind::Calendar(self.calendar()?)),
            "kind" => {
                let (name, title) = (self.name()?, self.optional_string());
                (SyntaxKind::Kind, ItemKind::Kind(Kind { name, title, attrs: self.attrs() }))
            }
            "action" => (SyntaxKind::Action, ItemKind::Action(self.action()?)),
            "event" => (SyntaxKind::Event, ItemKind::Event(self.event()?)),
            "reading" => (SyntaxKind::Reading, ItemKind::Reading(self.reading()?)),
            "question" => {
                let (name, question) = (self.name()?, self.string()?);
                self.need(":")?;
                let ty = self.ty()?;
                let question = Question { name, question, ty, grounds: self.grounds() };
                (SyntaxKind::Question, ItemKind::Question(question))
            }
            "fact" => {
                let (path, title) = (self.path()?, self.optional_string());
                self.need("is")?;
                let value = self.expr()?;
                (SyntaxKind::Fact, ItemKind::Fact(Fact { path, title, value, grounds: self.grounds() }))
            }
            "law" => (SyntaxKind::Law, ItemKind::Law(self.clause(false)?)),
            "version" => (SyntaxKind::Version, ItemKind::Version(self.version()?)),
            "clause" => (SyntaxKind::Clause, ItemKind::Clause(self.clause(true)?)),
            "change" => {
                let name = self.name()?;
                (SyntaxKind::Change, ItemKind::Change(Change { name, edits: self.edits() }))
            }
            "template" => (SyntaxKind::Template, ItemKind::Template(self.template()?)),
            _ => {
                let title = self.string()?;
                (SyntaxKind::Test, ItemKind::Test(Test { title, steps: self.steps() }))
            }
        })
    }

    fn agreement(&mut self) -> Read<Agreement> {
        let (name, title) = (self.name()?, self.string()?);
        let mut agreement = Agreement { name, title, zone: None, currency: None, language: None };
        loop {
            let from = self.at;
            let (slot, what, value) = if self.eat("zone") {
                let zone = self.zone()?;
                (&mut agreement.zone, "`zone`", zone)
            } else if self.eat("currency") {
                let code = self.slice(0);
                if self.token(0) == Token::Name && !(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())) {
                    return self.expected(codes::UNEXPECTED, "three capital letters such as `EUR`");
                }
                (&mut agreement.currency, "`currency`", self.name_as("a currency such as `EUR`")?)
            } else if self.eat("language") {
                (&mut agreement.language, "`language`", self.name_as("a language such as `en`")?)
            } else {
                return Ok(agreement);
            };
            if slot.replace(value).is_some() {
                self.repeated(what);
            }
            self.node(SyntaxKind::Setting, from);
        }
    }

    /// `NAME { "/" NAME }`, joined. The names of zones also hold `_`, `+` and digits.
    fn zone(&mut self) -> Read<Name> {
        let (start, from) = (self.span(), self.at);
        let mut text = self.name_as("a time zone such as `Europe/Oslo`")?.text;
        loop {
            let touches = self.lexeme(0).is_some_and(|l| l.start == self.last().end);
            match self.token(0) {
                Token::Mark if matches!(self.slice(0), "/") || (touches && matches!(self.slice(0), "_" | "+" | "-")) => {
                    text.push_str(self.slice(0));
                    self.bump();
                    if self.is_name(0) {
                        text.push_str(&self.name()?.text);
                    } else if self.token(0) == Token::Int {
                        text.push_str(self.slice(0));
                        self.bump();
                    } else {
                        return self.expected(codes::EXPECTED_NAME, "the next part of the zone's name");
                    }
                }
                _ => break,
            }
        }
        self.node(SyntaxKind::Zone, from);
        Ok(Name { text, at: self.since(start) })
    }

    fn party(&mut self) -> Read<Party> {
        let (name, title) = (self.name()?, self.optional_string());
        let anyone_else = self.eat("stands");
        if anyone_else {
            for word in ["for", "anyone", "else"] {
                self.need(word)?;
            }
        }
        Ok(Party { name, title, anyone_else })
    }

    fn source_declaration(&mut self) -> Read<SourceDecl> {
        let name = self.name_or_digits("the name of a source")?;
        self.need("file")?;
        let mut source = SourceDecl { name, file: self.string()?, language: None, digest: None };
        loop {
            let from = self.at;
            let twice = if self.eat("language") {
                let language = self.name_as("a language such as `en`")?;
                source.language.replace(language).map(|_| "`language`")
            } else if self.eat("digest") {
                let digest = self.string()?;
                source.digest.replace(digest).map(|_| "`digest`")
            } else {
                return Ok(source);
            };
            if let Some(what) = twice {
                self.repeated(what);
            }
            self.node(SyntaxKind::Setting, from);
        }
    }

    fn calendar(&mut self) -> Read<CalendarDecl> {
        let mut calendar =
            CalendarDecl { name: self.name()?, weekend: Vec::new(), holidays: Vec::new(), through: None };
        loop {
            let from = self.at;
            if self.eat("weekend") {
                calendar.weekend.extend(self.names()?);
            } else if self.eat("holiday") {
                loop {
                    let at = At(self.span());
                    calendar.holidays.push((self.date()?, at));
                    if !self.eat(",") {
                        break;
                    }
                }
            } else if self.eat("through") {
                let at = At(self.span());
                let day = self.date()?;
                if calendar.through.replace((day, at)).is_some() {
                    self.repeated("`through`");
                }
            } else {
                return Ok(calendar);
            }
            self.node(SyntaxKind::Setting, from);
        }
    }

    // ── attributes ───────────────────────────────────────────────────────────────────────────────

    fn attrs(&mut self) -> Vec<Attr> {
        self.series(|p| if p.is_name(0) && p.mark_at(1, ":") { p.attr().map(Some) } else { Ok(None) })
    }

    fn attr(&mut self) -> Read<Attr> {
        let from = self.at;
        let name = self.name()?;
        self.need(":")?;
        let ty = self.ty()?;
        let optional = self.eat("optional");
        let default = if self.eat("else") { Some(self.expr()?) } else { None };
        self.node(SyntaxKind::Attr, from);
        Ok(Attr { name, ty, optional, default })
    }

    pub(super) fn ty(&mut self) -> Read<Type> {
        let from = self.at;
        let ty = self.ty_inner()?;
        self.node(SyntaxKind::Type, from);
        Ok(ty)
    }

    fn ty_inner(&mut self) -> Read<Type> {
        if self.token(0) == Token::Name && !self.mark_at(1, "|") {
            let simple = match self.slice(0) {
                "party" => Some(Type::Party),
                "id" => Some(Type::Id),
                "yes-no" => Some(Type::YesNo),
                "percent" => Some(Type::Percent),
                "date" => Some(Type::Date),
                "text" => Some(Type::Text),
                "money" => Some(Type::Money(None)),
                "number" => Some(Type::Number(None)),
                "kind" => {
                    self.bump();
                    return Ok(Type::Kind(self.name_as("the name of a kind")?));
                }
                _ => None,
            };
            if let Some(ty) = simple {
                self.bump();
                return Ok(match ty {
                    Type::Money(_) if self.eat("in") => Type::Money(Some(self.name_as("a currency such as `EUR`")?)),
                    Type::Number(_) if self.eat("of") => Type::Number(Some(self.name_as("a unit")?)),
                    ty => ty,
                });
            }
        }
        if !self.is_name(0) {
            return self.expected(codes::EXPECTED_TYPE, "a type, or words separated by `|`");
        }
        let mut words = vec![self.name()?];
        while self.eat("|") {
            words.push(self.name_as("a word")?);
        }
        Ok(Type::Words(words))
    }

    fn action(&mut self) -> Read<Action> {
        let (name, title) = (self.name()?, self.optional_string());
        self.need("by")?;
        let by = self.names()?;
        let mut action = Action { name, title, by, reserved: false, brings: Vec::new(), attrs: Vec::new() };
        loop {
            action.attrs.extend(self.attrs());
            let from = self.at;
            if self.eat("reserved") {
                action.reserved = true;
            } else if self.eat("brings") {
                action.brings.push(self.name_as("an event")?);
                while self.eat("or") {
                    action.brings.push(self.name_as("an event")?);
                }
            } else {
                return Ok(action);
            }
            self.node(SyntaxKind::Setting, from);
        }
    }

    fn event(&mut self) -> Read<Event> {
        let (name, title) = (self.name()?, self.optional_string());
        self.need("by")?;
        let by = self.names()?;
        let mut event = Event { name, title, by, performs: None, attested: false, attrs: Vec::new() };
        loop {
            event.attrs.extend(self.attrs());
            let from = self.at;
            if self.eat("attested") {
                event.attested = true;
            } else if self.eat("performs") {
                let action = self.name_as("an action")?;
                if event.performs.replace(action).is_some() {
                    self.repeated("`performs`");
                }
            } else {
                return Ok(event);
            }
            self.node(SyntaxKind::Setting, from);
        }
    }

    // ── readings and versions ────────────────────────────────────────────────────────────────────

    fn grounds(&mut self) -> Grounds {
        let mut grounds = Grounds::default();
        self.series(|p| Ok(p.ground(&mut grounds)?.then_some(())));
        grounds
    }

    fn reading(&mut self) -> Read<Reading> {
        let (name, question) = (self.name()?, self.string()?);
        let (mut answers, mut grounds) = (Vec::new(), Grounds::default());
        self.series(|p| {
            let mut found = p.ground(&mut grounds)?;
            if p.word("answer") {
                answers.push(p.answer()?);
                found = true;
            }
            Ok(found.then_some(()))
        });
        Ok(Reading { name, question, answers, grounds })
    }

    fn answer(&mut self) -> Read<ReadingAnswer> {
        let (from, column) = (self.at, self.column(0));
        self.bump();
        let (word, title) = (self.name()?, self.optional_string());
        let gives = if self.eat("gives") { Some(self.expr()?) } else { None };
        let takes_year = if self.eat("takes") {
            for word in ["a", "year", "to", "its"] {
                self.need(word)?;
            }
            Some(self.edge()?)
        } else {
            None
        };
        let mut grounds = Grounds::default();
        // Grounds belong to the answer where they stand deeper than it, or on its line; else to the reading.
        while self.any_of(0, GROUNDS) && (!self.line_first(0) || self.column(0) > column) {
            self.ground(&mut grounds)?;
        }
        self.node(SyntaxKind::Answer, from);
        Ok(ReadingAnswer { word, title, gives, takes_year, grounds })
    }

    fn version(&mut self) -> Read<Version> {
        let (name, title) = (self.name()?, self.string()?);
        let mut grounds = Grounds::default();
        let fields = self.series(|p| {
            while p.ground(&mut grounds)? {}
            if p.at_end() || p.at_declaration() {
                return Ok(None);
            }
            let (start, from) = (p.span(), p.at);
            let kind = p.version_field()?;
            p.node(SyntaxKind::VersionField, from);
            Ok(Some(VersionField { kind, at: p.since(start) }))
        });
        Ok(Version { name, title, fields, grounds })
    }

    fn version_field(&mut self) -> Read<VersionFieldKind> {
        use VersionFieldKind as V;
        if !self.any_of(0, VERSION_FIELDS) {
            return self.unknown(codes::UNKNOWN_FIELD, "a field of a version", &[VERSION_FIELDS, GROUNDS]);
        }
        let keyword = self.slice(0);
        self.bump();
        Ok(match keyword {
            "starts" => V::Starts,
            "amends" => V::Amends(self.name_as("a version")?),
            "restates" => V::Restates(self.name_as("a version")?),
            "clarifies" => V::Clarifies(self.name_as("a version")?),
            "terminates" => V::Terminates(self.name_as("a version")?),
            "binding" => {
                self.need("from")?;
                V::BindingFrom(self.day()?)
            }
            "proposed" => V::Proposed,
            "reported" => V::Reported,
            "non-binding" => V::NonBinding,
            "signed" => V::Signed(self.date()?),
            "parties" => V::Parties(self.names()?),
            "requires" => V::Requires(self.expr()?),
            "lapses" => V::Lapses(self.day()?),
            "keeps" => V::Keeps(self.names()?),
            "strikes" => V::Strikes(self.names()?),
            "waives" => {
                let clauses = self.names()?;
                V::Waives(clauses, if self.eat("by") { self.names()? } else { Vec::new() })
            }
            "revives" => V::Revives(self.names()?),
            "suspends" => {
                let clauses = self.names()?;
                let from = if self.eat("from") { Some(self.day()?) } else { None };
                let until = if self.eat("until") { Some(self.day()?) } else { None };
                V::Suspends(clauses, from, until)
            }
            "extends" => {
                let clause = self.name_as("a clause")?;
                self.need("until")?;
                V::Extends(clause, self.day()?)
            }
            "settles" => {
                let reading = self.name_as("a reading")?;
                self.need("as")?;
                V::Settles(reading, self.name_as("an answer of the reading")?)
            }
            _ => V::Survives(self.names()?),
        })
    }

    // ── clauses and templates ────────────────────────────────────────────────────────────────────

    fn clause(&mut self, can_use: bool) -> Read<Clause> {
        let (name, title) = (self.name()?, self.optional_string());
        let uses = if can_use { self.optional_use()? } else { None };
        Ok(Clause { name, title, uses, fields: self.fields() })
    }

    fn template(&mut self) -> Read<Template> {
        let (name, title) = (self.name()?, self.optional_string());
        let params = self.series(|p| if p.word("takes") { p.param().map(Some) } else { Ok(None) });
        Ok(Template { name, title, params, fields: self.fields() })
    }

    fn param(&mut self) -> Read<Param> {
        let from = self.at;
        self.bump();
        let name = self.name()?;
        self.need(":")?;
        let kind = self.name_as("the kind of a parameter")?;
        let (mut with, mut or_words) = (Vec::new(), Vec::new());
        while self.eat("with") {
            let name = self.name()?;
            self.need(":")?;
            with.push((name, self.ty()?));
        }
        while self.eat("or") {
            or_words.push(self.name_as("a word")?);
        }
        let default = if self.eat("else") { Some(self.arg_value()?) } else { None };
        self.node(SyntaxKind::Param, from);
        Ok(Param { name, kind, with, or_words, default })
    }
}
