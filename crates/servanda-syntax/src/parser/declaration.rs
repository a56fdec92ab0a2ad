//! Declarations and versions. `docs/language.md`, sections 3, 4 and 6.

use servanda_text::Diagnostic;

use super::{DECLARATIONS, FIELDS, Parser, Read};
use crate::ast::*;
use crate::codes;
use crate::lexer::Token;
use crate::tree::Kind as Node;

impl Parser<'_> {
    pub(super) fn declaration(&mut self) -> Read<ItemKind> {
        if !self.any_of(0, DECLARATIONS) {
            self.unknown(codes::UNKNOWN_DECLARATION, "declaration", DECLARATIONS)?;
        }
        let word = self.slice(0);
        self.bump();
        Ok(match word {
            "agreement" => ItemKind::Agreement(self.agreement()?),
            "import" => ItemKind::Import(self.path()?),
            "party" => {
                let (name, title, titles) = self.titled_in()?;
                let anyone_else = self.eat("stands");
                if anyone_else {
                    for word in ["for", "anyone", "else"] {
                        self.need(word)?;
                    }
                }
                ItemKind::Party(Party { name, title, titles, anyone_else })
            }
            "role" => {
                let (name, title) = self.titled()?;
                self.need("is")?;
                ItemKind::Role(Role { name, title, holders: self.names()? })
            }
            "source" => {
                let name = self.name_as("a name or digits")?;
                self.need("file")?;
                let file = self.string()?;
                let language = if self.eat("language") { Some(self.name()?) } else { None };
                let digest = if self.eat("digest") { Some(self.string()?) } else { None };
                ItemKind::Source(SourceDecl { name, file, language, digest })
            }
            "unit" => {
                let (name, title) = self.titled()?;
                ItemKind::Unit(name, title)
            }
            "calendar" => ItemKind::Calendar(self.calendar()?),
            "schedule" => ItemKind::Schedule(self.schedule()?),
            "kind" => {
                let (name, title) = self.titled()?;
                ItemKind::Kind(Kind { name, title, attrs: self.attributes()? })
            }
            "action" => self.action()?,
            "event" => self.event()?,
            "reading" => ItemKind::Reading(self.reading()?),
            "question" => {
                let name = self.name()?;
                let question = self.string()?;
                self.need(":")?;
                let ty = self.ty()?;
                ItemKind::Question(Question { name, question, ty, grounds: self.grounds()? })
            }
            "fact" => {
                let path = self.path()?;
                let title = self.optional_string();
                self.need("is")?;
                let value = self.expr()?;
                ItemKind::Fact(Fact { path, title, value, grounds: self.grounds()? })
            }
            "undisclosed" => {
                let topics = self.names()?;
                ItemKind::Undisclosed(Undisclosed { topics, grounds: self.grounds()? })
            }
            "law" => {
                let (name, title, titles) = self.titled_in()?;
                ItemKind::Law(Clause { name, title, titles, uses: None, fields: self.fields() })
            }
            "version" if self.is_name(0) && self.word_at(1, "continued") => {
                let name = self.name()?;
                self.bump();
                ItemKind::Continued(name)
            }
            "version" => ItemKind::Version(self.version()?),
            "clause" => {
                let (name, title, titles) = self.titled_in()?;
                let from = self.at;
                let uses = if self.eat("uses") {
                    let template = self.name_as("a template")?;
                    self.node(Node::Field, from);
                    Some(Use { template, args: self.arguments() })
                } else {
                    None
                };
                ItemKind::Clause(Clause { name, title, titles, uses, fields: self.fields() })
            }
            "change" => {
                let name = self.name_as("a clause")?;
                ItemKind::Change(Change { name, edits: self.edits() })
            }
            "template" => self.template()?,
            _ => ItemKind::Test(self.test()?),
        })
    }

    pub(super) fn titled(&mut self) -> Read<(Name, Option<Text>)> {
        let name = self.name()?;
        Ok((name, self.optional_string()))
    }

    /// A name and its title, in further languages too.
    fn titled_in(&mut self) -> Read<(Name, Option<Text>, Vec<Title>)> {
        let (name, title) = self.titled()?;
        let titles = if title.is_some() { self.titles()? } else { Vec::new() };
        Ok((name, title, titles))
    }

    fn titles(&mut self) -> Read<Vec<Title>> {
        let mut titles = Vec::new();
        // A text after the next word tells it from a field that begins with a party of the name `in`.
        while self.word("in") && self.token(2) == Token::Text {
            self.bump();
            let language = self.name_as("a language such as it")?;
            titles.push(Title { language, text: self.string()? });
        }
        Ok(titles)
    }

    fn agreement(&mut self) -> Read<Agreement> {
        let name = self.name()?;
        let title = self.string()?;
        let mut out = Agreement { name, title, zone: None, currency: None, language: None };
        loop {
            if self.eat("zone") {
                let mut zone = self.name_as("a time zone such as Europe/Oslo")?;
                while self.eat("/") {
                    zone.text = format!("{}/{}", zone.text, self.name()?.text);
                }
                out.zone = Some(zone);
            } else if self.eat("currency") {
                out.currency = Some(self.name_as("a currency such as USD")?);
            } else if self.eat("language") {
                out.language = Some(self.name_as("a language such as en")?);
            } else {
                return Ok(out);
            }
        }
    }

    fn calendar(&mut self) -> Read<CalendarDecl> {
        let mut out =
            CalendarDecl { name: self.name()?, weekend: Vec::new(), holidays: Vec::new(), through: None };
        loop {
            if self.eat("weekend") {
                out.weekend.extend(self.names()?);
            } else if self.eat("holiday") {
                loop {
                    let at = At(self.span());
                    out.holidays.push((self.date()?, at));
                    if !self.eat(",") {
                        break;
                    }
                }
            } else if self.eat("through") {
                let at = At(self.span());
                out.through = Some((self.date()?, at));
            } else {
                return Ok(out);
            }
        }
    }

    fn action(&mut self) -> Read<ItemKind> {
        let (name, title, titles) = self.titled_in()?;
        self.need("by")?;
        let by = self.names()?;
        let (mut reserved, mut brings) = (false, Vec::new());
        loop {
            if self.word("reserved") && !self.mark_at(1, ":") {
                self.bump();
                reserved = true;
            } else if self.word("brings") && !self.mark_at(1, ":") {
                self.bump();
                brings.push(self.name_as("an event")?);
                while self.eat("or") {
                    brings.push(self.name_as("an event")?);
                }
            } else {
                let attrs = self.attributes()?;
                return Ok(ItemKind::Action(Action { name, title, titles, by, reserved, brings, attrs }));
            }
        }
    }

    fn event(&mut self) -> Read<ItemKind> {
        let (name, title, titles) = self.titled_in()?;
        self.need("by")?;
        let by = self.names()?;
        let (mut performs, mut attested) = (None, false);
        loop {
            if self.word("performs") && !self.mark_at(1, ":") {
                self.bump();
                performs = Some(self.name_as("an action")?);
            } else if self.word("attested") && !self.mark_at(1, ":") {
                self.bump();
                attested = true;
            } else {
                let attrs = self.attributes()?;
                return Ok(ItemKind::Event(Event { name, title, titles, by, performs, attested, attrs }));
            }
        }
    }

    fn attributes(&mut self) -> Read<Vec<Attr>> {
        let mut out = Vec::new();
        while self.is_name(0) && self.mark_at(1, ":") {
            let from = self.at;
            let name = self.name()?;
            self.bump();
            let ty = self.ty()?;
            let optional = self.eat("optional");
            let default = if self.eat("else") { Some(self.expr()?) } else { None };
            out.push(Attr { name, ty, optional, default });
            self.node(Node::Field, from);
        }
        Ok(out)
    }

    pub(super) fn ty(&mut self) -> Read<Type> {
        let quoted = self.token(0) == Token::Quoted;
        let first = self.name_as(
            "a type: words, `party`, `id`, `yes-no`, `money`, `percent`, `number`, `date`, `text`",
        )?;
        if quoted || self.mark("|") {
            let mut words = vec![first];
            while self.eat("|") {
                words.push(self.name_as("a word")?);
            }
            self.told_apart(&words);
            return Ok(Type::Words(words));
        }
        Ok(match first.text.as_str() {
            "party" => Type::Party,
            "id" => Type::Id,
            "yes-no" => Type::YesNo,
            "money" => {
                Type::Money(if self.eat("in") { Some(self.name_as("a currency such as USD")?) } else { None })
            }
            "percent" => Type::Percent,
            "number" => Type::Number(if self.eat("of") { Some(self.name_as("a unit")?) } else { None }),
            "date" => Type::Date,
            "text" => Type::Text,
            "kind" if self.is_name(0) && !self.mark_at(1, ":") => Type::Kind(self.name()?),
            _ => {
                let words = vec![first];
                self.told_apart(&words);
                Type::Words(words)
            }
        })
    }

    fn reading(&mut self) -> Read<Reading> {
        let name = self.name()?;
        let question = self.string()?;
        let mut grounds = self.grounds()?;
        let mut answers: Vec<ReadingAnswer> = Vec::new();
        while self.word("answer") {
            let from = self.at;
            self.bump();
            let word = self.name_as("a word")?;
            self.told_apart(std::slice::from_ref(&word));
            let title = self.optional_string();
            let (mut gives, mut takes_year) = (None, None);
            loop {
                if self.eat("gives") {
                    gives = Some(self.expr()?);
                } else if self.eat("takes") {
                    for word in ["a", "year", "to", "its"] {
                        self.need(word)?;
                    }
                    takes_year = Some(self.edge()?);
                } else {
                    break;
                }
            }
            let own = self.grounds()?;
            answers.push(ReadingAnswer { word, title, gives, takes_year, grounds: own });
            self.node(Node::Field, from);
        }
        // Grounds after the last answer are the reading's.
        if let Some(last) = answers.last_mut() {
            let own = std::mem::take(&mut last.grounds);
            grounds.cites.extend(own.cites);
            grounds.outside = grounds.outside.or(own.outside);
            grounds.notes.extend(own.notes);
        }
        Ok(Reading { name, question, answers, grounds })
    }

    pub(super) fn grounds(&mut self) -> Read<Grounds> {
        let mut out = Grounds::default();
        loop {
            let from = self.at;
            if self.eat("cites") {
                out.cites.extend(self.cites()?);
            } else if self.word("outside") && self.token(1) == Token::Text {
                self.bump();
                out.outside = self.optional_string();
            } else if self.word("note") && self.token(1) == Token::Text {
                self.bump();
                out.notes.extend(self.optional_string());
            } else {
                return Ok(out);
            }
            self.node(Node::Field, from);
        }
    }

    fn version(&mut self) -> Read<Version> {
        let name = self.name()?;
        let title = self.string()?;
        let titles = self.titles()?;
        let (mut fields, mut grounds) = (Vec::new(), Grounds::default());
        while !self.at_end() && !self.at_declaration() {
            let (start, from) = (self.span(), self.at);
            if self.any_of(0, &["cites", "outside", "note"]) {
                let more = self.grounds()?;
                if self.at == from {
                    return self.expected("a text in quotation marks");
                }
                grounds.cites.extend(more.cites);
                grounds.outside = more.outside.or(grounds.outside);
                grounds.notes.extend(more.notes);
                continue;
            }
            match self.version_field() {
                Ok(kind) => {
                    fields.push(VersionField { kind, at: self.since(start) });
                    self.node(Node::Field, from);
                }
                Err(_) => {
                    if self.at == from {
                        self.bump();
                    }
                    while !self.at_end() && !self.at_declaration() && !self.any_of(0, VERSION_FIELDS) {
                        self.bump();
                    }
                    self.node(Node::Error, from);
                }
            }
        }
        Ok(Version { name, title, titles, fields, grounds })
    }

    fn version_field(&mut self) -> Read<VersionFieldKind> {
        use VersionFieldKind as V;
        if !self.any_of(0, VERSION_FIELDS) {
            self.unknown(codes::UNKNOWN_KEYWORD, "field of a version", VERSION_FIELDS)?;
        }
        let word = self.slice(0);
        self.bump();
        Ok(match word {
            "starts" => V::Starts,
            "amends" => V::Amends(self.name_as("a version")?),
            "restates" => V::Restates(self.name_as("a version")?),
            "clarifies" => V::Clarifies(self.name_as("a version")?),
            "terminates" => V::Terminates(self.name_as("a version")?),
            "binding" if self.eat2("as", "of") => V::BindingAsOf(self.day()?),
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
                let by = if self.eat("by") { self.names()? } else { Vec::new() };
                V::Waives(clauses, by)
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
                V::Settles(reading, self.name_as("one of its answers")?)
            }
            _ => V::Survives(self.names()?),
        })
    }

    fn edits(&mut self) -> Vec<Edit> {
        let mut out = Vec::new();
        while !self.at_end() && !self.at_declaration() {
            let from = self.at;
            match self.edit() {
                Ok(edit) => {
                    out.push(edit);
                    self.node(Node::Field, from);
                }
                Err(_) => self.skip_field(from),
            }
        }
        out
    }

    fn edit(&mut self) -> Read<Edit> {
        if self.word("add") && !self.at_norm() {
            self.bump();
            return Ok(Edit::Add(self.field()?));
        }
        if self.word("drop") && !self.at_norm() {
            self.bump();
            let keyword = self.name_as("the keyword of a field")?;
            let named = ["process", "value", "define", "overrides", "norm"];
            let name = self.is_name(0)
                && named.contains(&keyword.text.as_str())
                && !self.at_declaration()
                && !self.any_of(0, &["add", "drop"])
                && !(self.any_of(0, FIELDS) || self.at_norm());
            let name = if name { Some(self.name()?) } else { None };
            return Ok(Edit::Drop { keyword, name });
        }
        Ok(Edit::Replace(self.field()?))
    }

    fn template(&mut self) -> Read<ItemKind> {
        let (name, title) = self.titled()?;
        let mut params = Vec::new();
        while self.word("takes") {
            let from = self.at;
            self.bump();
            let name = self.name()?;
            if [DECLARATIONS, FIELDS].iter().any(|list| list.contains(&name.text.as_str())) {
                let told = format!(
                    "a hole named `{0}` could not be filled: `{0}` begins a declaration or a field",
                    name.text
                );
                self.tell(
                    Diagnostic::error(codes::RESERVED_NAME, name.span(), told)
                        .help(format!("choose another name, such as `{}-event` or `the-{0}`", name.text)),
                );
            }
            self.need(":")?;
            let kind = self.name_as("a kind such as `party` or `duration`")?;
            let mut param = Param {
                name,
                kind,
                with: Vec::new(),
                brings: Vec::new(),
                or_words: Vec::new(),
                default: None,
            };
            loop {
                if self.eat("with") {
                    let field = self.name()?;
                    self.need(":")?;
                    param.with.push((field, self.ty()?));
                } else if self.eat("brings") {
                    param.brings.push(self.name_as("a hole for an event")?);
                    while self.word("or") && !self.word_at(1, "none") && !self.word_at(1, "undisclosed") {
                        self.bump();
                        param.brings.push(self.name_as("a hole for an event")?);
                    }
                } else if self.eat("or") {
                    param.or_words.push(self.name_as("`none` or `undisclosed`")?);
                } else if self.eat("else") {
                    param.default = Some(self.argument()?);
                } else {
                    break;
                }
            }
            params.push(param);
            self.node(Node::Field, from);
        }
        self.in_template = true;
        let fields = self.fields();
        self.in_template = false;
        Ok(ItemKind::Template(Template { name, title, params, fields }))
    }
}

const VERSION_FIELDS: &[&str] = &[
    "starts",
    "amends",
    "restates",
    "clarifies",
    "terminates",
    "binding",
    "proposed",
    "reported",
    "non-binding",
    "signed",
    "parties",
    "requires",
    "lapses",
    "keeps",
    "strikes",
    "waives",
    "revives",
    "suspends",
    "extends",
    "settles",
    "survives",
    "cites",
    "outside",
    "note",
];
