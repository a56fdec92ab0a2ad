//! The vocabulary of the program: parties, sources, actions, events, questions, facts.

use servanda_program::{
    Action, ActionId, Answer, Answers, Attribute, EventId, EventType, Fact, Field, Grounds, Open, OpenId,
    OpenKind, Type, Undisclosed,
};
use servanda_syntax::ast;

use super::expr::fits;
use super::{Ctx, Kind, Lowerer};
use crate::opens::{answers, yes_no};
use crate::topics::{TOPICS, topic};
use crate::vocabulary::{AttrInfo, text, unknown};

impl<'a> Lowerer<'a> {
    /// Writes everything that belongs to no clause.
    pub(crate) fn declarations(&mut self) {
        let vocabulary = self.vocabulary;
        if let Some(agreement) = vocabulary.agreement {
            self.program.name.clone_from(&agreement.name.text);
            self.program.title.clone_from(&agreement.title.value);
            self.program.zone = agreement.zone.as_ref().map_or_else(|| "UTC".into(), |z| z.text.clone());
            self.program.currency = agreement.currency.as_ref().map(|c| c.text.clone());
        }
        self.program.parties.clone_from(&vocabulary.parties);
        self.program.sources.clone_from(&vocabulary.sources);
        self.program.calendars.clone_from(&vocabulary.calendars);
        self.program.schedules.clone_from(&vocabulary.schedules);
        self.program.clause_names.clone_from(&vocabulary.clause_names);
        self.readings();
        self.questions();
        self.data_opens();
        self.actions_and_events();
        for index in 0..vocabulary.facts.len() {
            let fact: &'a ast::Fact = vocabulary.facts[index];
            let ctx = Ctx { fact: Some(index), undisclosed: Some(fact.path.text()), ..Ctx::default() };
            let (expr, _) = self.value(&ctx, &fact.value, None);
            let grounds = self.grounds(&fact.grounds);
            self.program.facts.push(Fact { name: fact.path.text(), title: text(&fact.title), expr, grounds });
        }
        for undisclosed in &vocabulary.undisclosed {
            let topics = self.topics(&undisclosed.topics);
            let grounds = self.grounds(&undisclosed.grounds);
            self.program.undisclosed.push(Undisclosed { topics, grounds });
        }
        // Facts that nothing else asks about are values of their own: what gives of them is checked above.
    }

    pub(crate) fn grounds(&mut self, grounds: &ast::Grounds) -> Grounds {
        let mut found = Vec::new();
        let out = self.vocabulary.grounds(grounds, &mut found);
        found.into_iter().for_each(|d| self.report(d));
        out
    }

    /// Topics by name, after diagnostics about unknown ones.
    pub(crate) fn topics(&mut self, names: &[ast::Name]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for name in names {
            if topic(&name.text).is_none() {
                self.report(unknown("unknown-topic", "topic", name, TOPICS.iter().map(|t| t.name)));
            } else if !out.contains(&name.text) {
                out.push(name.text.clone());
            }
        }
        out
    }

    fn readings(&mut self) {
        let vocabulary = self.vocabulary;
        for (reading, _) in &vocabulary.readings {
            let mut words: Vec<Answer> = Vec::new();
            let mut grounds = self.grounds(&reading.grounds);
            for answer in &reading.answers {
                if words.iter().any(|w| w.word == answer.word.text) {
                    self.error(
                        "duplicate-name",
                        answer.word.span(),
                        format!("the answer `{}` is declared twice", answer.word.text),
                    );
                    continue;
                }
                words.push(Answer { word: answer.word.text.clone(), title: text(&answer.title) });
                let own = self.grounds(&answer.grounds);
                for cite in own.cites {
                    if !grounds.cites.contains(&cite) {
                        grounds.cites.push(cite);
                    }
                }
                if grounds.outside.is_none() {
                    grounds.outside = own.outside;
                }
                grounds.notes.extend(own.notes);
            }
            if words.len() < 2 {
                self.report(
                    servanda_text::Diagnostic::error(
                        "reading-without-choice",
                        reading.name.span(),
                        format!("the reading `{}` has fewer than two answers", reading.name.text),
                    )
                    .help("write one `answer` for each way in which the words can be read"),
                );
            }
            let open = Open {
                name: reading.name.text.clone(),
                kind: OpenKind::Reading,
                question: reading.question.value.clone(),
                answers: Answers::Words(words),
                grounds,
            };
            self.opens.add(open, None);
        }
    }

    fn questions(&mut self) {
        let vocabulary = self.vocabulary;
        for question in &vocabulary.questions {
            let ty = match &question.ty {
                ast::Type::Words(words) => Type::Words(words.iter().map(|w| w.text.clone()).collect()),
                ast::Type::YesNo => Type::Words(vec!["yes".into(), "no".into()]),
                _ => {
                    self.report(
                        servanda_text::Diagnostic::error(
                            "wrong-kind",
                            question.name.span(),
                            format!("the question `{}` needs words for answers", question.name.text),
                        )
                        .help("write `: yes-no` or `: one | other`"),
                    );
                    Type::Words(vec!["yes".into(), "no".into()])
                }
            };
            let grounds = self.grounds(&question.grounds);
            let open = Open {
                name: question.name.text.clone(),
                kind: OpenKind::Fact,
                question: question.question.value.clone(),
                answers: answers(&ty),
                grounds,
            };
            self.opens.add(open, Some(ty));
        }
    }

    /// The questions that left-out attributes and fields are.
    fn data_opens(&mut self) {
        let vocabulary = self.vocabulary;
        for (i, action) in vocabulary.actions.iter().enumerate() {
            let title = text(&action.ast.title).unwrap_or_else(|| action.ast.name.text.clone());
            for (j, attr) in action.attrs.iter().enumerate() {
                let question = question_of(attr, &format!("the act “{title}”"));
                let id = self.data_open(&action.ast.name.text, attr, question);
                self.attribute_opens.insert((ActionId(i as u32), j as u32), id);
            }
        }
        for (i, event) in vocabulary.events.iter().enumerate() {
            let title = text(&event.ast.title).unwrap_or_else(|| event.ast.name.text.clone());
            for (j, attr) in event.attrs.iter().enumerate() {
                let question = question_of(attr, &format!("the event “{title}”"));
                let id = self.data_open(&event.ast.name.text, attr, question);
                self.field_opens.insert((EventId(i as u32), j as u32), id);
            }
        }
    }

    fn data_open(&mut self, owner: &str, attr: &AttrInfo<'_>, question: String) -> OpenId {
        let open = Open {
            name: format!("{owner}.{}", attr.name),
            kind: OpenKind::Fact,
            question,
            answers: answers(&attr.ty),
            grounds: Grounds::default(),
        };
        self.opens.add(open, Some(attr.ty.clone()))
    }

    fn actions_and_events(&mut self) {
        let vocabulary = self.vocabulary;
        for (i, action) in vocabulary.actions.iter().enumerate() {
            let id = ActionId(i as u32);
            let mut attributes = Vec::new();
            for (j, attr) in action.attrs.iter().enumerate() {
                let ctx = Ctx::default().with_act(id);
                attributes.push(Attribute {
                    name: attr.name.clone(),
                    ty: attr.ty.clone(),
                    optional: attr.optional,
                    default: self.default(&ctx, attr),
                    open: self.attribute_opens.get(&(id, j as u32)).copied().unwrap_or(OpenId(0)),
                });
            }
            self.program.actions.push(Action {
                name: action.ast.name.text.clone(),
                title: text(&action.ast.title),
                by: action.by.clone(),
                reserved: action.ast.reserved,
                brings: action.brings.clone(),
                attributes,
            });
        }
        for (i, event) in vocabulary.events.iter().enumerate() {
            let id = EventId(i as u32);
            let mut fields = Vec::new();
            for (j, attr) in event.attrs.iter().enumerate() {
                let ctx = Ctx::default().with_record(id);
                fields.push(Field {
                    name: attr.name.clone(),
                    ty: attr.ty.clone(),
                    optional: attr.optional,
                    default: self.default(&ctx, attr),
                    open: self.field_opens.get(&(id, j as u32)).copied().unwrap_or(OpenId(0)),
                });
            }
            let name = event.ast.name.text.clone();
            let attested = event.ast.attested.then(|| {
                let title = text(&event.ast.title).unwrap_or_else(|| name.clone());
                let question = format!("Has “{title}” happened without being recorded?");
                self.opens.add(yes_no(name.clone(), question, Grounds::default()), None)
            });
            self.program.events.push(EventType {
                name,
                title: text(&event.ast.title),
                by: event.by.clone(),
                performs: event.performs,
                attested,
                fields,
            });
        }
    }

    fn default(&mut self, ctx: &Ctx, attr: &AttrInfo<'a>) -> Option<servanda_program::Expr> {
        let e = attr.default?;
        let kind = Kind::of(&attr.ty);
        let (value, found) = self.value(ctx, e, Some(&kind));
        if !fits(&kind, &found) {
            self.error(
                "wrong-kind",
                e.span(),
                format!("{} is expected for `{}`, found {}", kind.word(), attr.name, found.word()),
            );
        }
        Some(value)
    }
}

/// The question that a left-out datum is.
fn question_of(attr: &AttrInfo<'_>, of: &str) -> String {
    let name = &attr.name;
    match &attr.ty {
        Type::Words(words) if words == &["yes", "no"] => format!("Is {of} one with `{name}`?"),
        Type::Words(_) => format!("Which {name} does {of} have?"),
        Type::Party => format!("Which party is the {name} of {of}?"),
        Type::Figure(_) => format!("How much is the {name} of {of}?"),
        Type::Date => format!("Which day is the {name} of {of}?"),
        Type::Id | Type::Text => format!("Which {name} does {of} have?"),
    }
}
