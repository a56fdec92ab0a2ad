//! The standard library. Every template has a small agreement in `library/` that shows what it can give, and a section
//! in `docs/library`; written out by hand it answers alike; a wrong argument is told where the template is used.

#![allow(clippy::disallowed_methods, reason = "tests read the library's fixtures and documents")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use servanda_engine::{Engine, Question, Record};
use servanda_model::{LIBRARY, load};
use servanda_program::Program;
use servanda_quantity::Day;
use servanda_syntax::ast::{
    Clause, ExpectAsk, File, ItemKind, NormKind, Param, Template, Test, TestStepKind,
};
use servanda_syntax::parse;
use servanda_text::{Severity, SourceId, Sources, Style, render_all};

#[path = "library/chance.rs"]
mod chance;
mod common;

use chance::Dice;

/// Random logs for each template.
const CASES: u32 = 24;
/// Questions put to each of them.
const QUESTIONS: usize = 16;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library")
}

/// The `.deed` files of a folder: name without ending, and text.
fn deeds(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).expect("the folder is there").flatten().map(|e| e.path());
    files
        .filter(|p| p.extension().is_some_and(|e| e == "deed"))
        .map(|p| {
            let name = p.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&p).expect("a text"))
        })
        .collect()
}

/// A template and the agreement that shows it.
struct Shown {
    template: Template,
    text: String,
    file: File,
}

impl Shown {
    fn name(&self) -> &str {
        &self.template.name.text
    }

    /// The clauses that use the template.
    fn uses(&self) -> impl Iterator<Item = &Clause> {
        self.clauses().filter(|c| c.uses.as_ref().is_some_and(|u| u.template == self.template.name))
    }

    fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.file.items.iter().filter_map(|i| match &i.kind {
            ItemKind::Clause(c) => Some(c),
            _ => None,
        })
    }

    fn tests(&self) -> impl Iterator<Item = &Test> {
        self.file.items.iter().filter_map(|i| match &i.kind {
            ItemKind::Test(t) => Some(t),
            _ => None,
        })
    }

    /// Every day of its tests, so that random days fall on the edges of its terms.
    fn days(&self) -> Vec<Day> {
        let mut days = BTreeSet::new();
        for step in self.tests().flat_map(|t| &t.steps) {
            match &step.kind {
                TestStepKind::On(day) => days.insert(*day),
                TestStepKind::Log(line) => days.insert(line.day),
                _ => false,
            };
        }
        days.into_iter().collect()
    }
}

fn templates() -> Vec<(&'static str, Template)> {
    let mut found = Vec::new();
    for (import, text) in LIBRARY {
        for item in parse(text, SourceId(0)).file.items {
            if let ItemKind::Template(template) = item.kind {
                found.push((import.trim_start_matches("standard."), template));
            }
        }
    }
    found
}

fn library() -> Vec<Shown> {
    let mut fixtures = deeds(&folder());
    let shown = templates().into_iter().filter_map(|(_, template)| {
        let text = fixtures.remove(&template.name.text)?;
        let file = parse(&text, SourceId(0)).file;
        Some(Shown { template, text, file })
    });
    shown.collect()
}

fn checked(text: &str) -> (Sources, servanda_model::Checked) {
    let mut sources = Sources::new();
    let checked = load(&mut sources, &[("agreement.deed".to_string(), text.to_string())]);
    (sources, checked)
}

fn program(name: &str, text: &str) -> Program {
    let (sources, checked) = checked(text);
    checked
        .program
        .unwrap_or_else(|| panic!("{name}:\n{}", render_all(&checked.diagnostics, &sources, Style::Plain)))
}

/// What a page says under the heading of a template.
fn section<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let from = page.split_once(&format!("\n## {name}\n"))?.1;
    Some(from.split_once("\n## ").map_or(from, |(section, _)| section))
}

#[test]
fn every_template_has_a_fixture_a_section_and_a_row_in_the_index() {
    let docs = common::root().join("docs/library");
    let read = |page: &str| std::fs::read_to_string(docs.join(page)).unwrap_or_default();
    let index = read("README.md");
    let mut missing = Vec::new();
    let mut fixtures = deeds(&folder());
    for (family, template) in templates() {
        let name = &template.name.text;
        if fixtures.remove(name).is_none() {
            missing.push(format!("tests/library/{name}.deed is missing"));
        }
        let page = format!("{family}.md");
        match section(&read(&page), name) {
            None => missing.push(format!("docs/library/{page}: no section `## {name}`")),
            Some(section) => {
                let rows: Vec<&str> = section.lines().filter(|l| l.starts_with("| `")).collect();
                let holes = template.params.iter().map(|p| format!("`{}`", p.name.text));
                let unsaid = holes.filter(|h| !rows.iter().any(|row| row.contains(h.as_str())));
                missing.extend(unsaid.map(|h| format!("docs/library/{page}, {name}: no row for {h}")));
                if !section.contains("```deed\n") || !section.contains("\n> ") {
                    missing.push(format!("docs/library/{page}, {name}: no sentence or no example"));
                }
            }
        }
        if !index.contains(&format!("[{name}]({page}#{name})")) {
            missing.push(format!("docs/library/README.md: no row `[{name}]({page}#{name})`"));
        }
        if template.params.iter().any(|p| p.kind.text == "word" && p.default.is_none()) {
            missing.push(format!("{name}: a hole for a word has no default"));
        }
    }
    missing.extend(fixtures.keys().map(|name| format!("tests/library/{name}.deed shows no template")));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_fixture_passes_its_tests() {
    let mut faults = Vec::new();
    for shown in library() {
        let path = folder().join(format!("{}.deed", shown.name()));
        for verb in ["check", "test"] {
            let (code, out, err) = common::said(common::servanda().arg(verb).arg(&path));
            if code != 0 || (verb == "check" && !err.starts_with("nothing to mend")) {
                faults.push(format!("{}: servanda {verb}\n{out}{err}", shown.name()));
                break;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Above each template stands where the construct is described.
#[test]
fn every_template_says_where_its_construct_is_described() {
    let mut missing = Vec::new();
    for (import, text) in LIBRARY {
        let mut described = false;
        for line in text.lines() {
            described |= line.starts_with("-- Described in: ");
            if let Some(rest) = line.strip_prefix("template ") {
                if !described {
                    missing.push(format!("{import}: {}", rest.split(' ').next().unwrap_or_default()));
                }
                described = false;
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What a template can give is asked in its fixture: each act it speaks of is answered in two ways at least, each holder
/// of a power, each value and each duty is asked for, and so is the term.
#[test]
fn every_outcome_of_a_template_is_shown() {
    let mut missing = Vec::new();
    for shown in library() {
        let (_, checked) = checked(&shown.text);
        let mut asked: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for step in shown.tests().flat_map(|t| &t.steps) {
            let TestStepKind::Expect(expect) = &step.kind else { continue };
            let what = match &expect.ask {
                ExpectAsk::May(_, action, _) => format!("may … {}", action.text),
                ExpectAsk::Who(action) => format!("who {}", action.text),
                ExpectAsk::Value(path) => format!("value {}", path.text()),
                ExpectAsk::InForce(clause) | ExpectAsk::Ends(clause) => {
                    format!("the term of {}", clause.text)
                }
                ExpectAsk::Owes(_) => "owes".into(),
            };
            asked.entry(what).or_default().insert(&expect.outcome.text);
        }
        let names: BTreeSet<&str> = shown.uses().map(|c| c.name.text.as_str()).collect();
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        let whole = |c: &&Clause| names.contains(c.name.text.as_str());
        for field in checked.expanded.iter().filter(whole).flat_map(|c| &c.fields) {
            let servanda_syntax::ast::FieldKind::Norm(norm) = &field.kind else { continue };
            match &norm.kind {
                NormKind::May(a)
                | NormKind::MayNot(a)
                | NormKind::AloneMay(a)
                | NormKind::MayOnlyWhere(a, _) => {
                    wanted.insert(format!("may … {}", a.text), 2);
                }
                NormKind::HasPower(a, _) => {
                    wanted.insert(format!("who {}", a.text), 1);
                }
                NormKind::Must(_) => {
                    wanted.insert("owes".into(), 1);
                }
            }
        }
        // A value and a term are asked of one of the clauses that use the template.
        let of_one = |what: &dyn Fn(&str) -> String| names.iter().any(|n| asked.contains_key(&what(n)));
        for field in &shown.template.fields {
            let servanda_syntax::ast::FieldKind::Value(value) = &field.kind else { continue };
            if !of_one(&|n| format!("value {n}.{}", value.name.text)) {
                missing.push(format!("{}: `value {}` is never asked", shown.name(), value.name.text));
            }
        }
        for (what, ways) in wanted {
            let found = asked.get(&what).map_or(0, BTreeSet::len);
            if found < ways {
                missing.push(format!("{}: `{what}` is answered in {found} ways of {ways}", shown.name()));
            }
        }
        if names.is_empty() || shown.tests().next().is_none() {
            missing.push(format!("{}: nothing shows it", shown.name()));
        }
        let binds =
            !shown.template.fields.iter().all(|f| matches!(f.kind.keyword(), "value" | "covers" | "ensure"));
        if binds && !of_one(&|n| format!("the term of {n}")) {
            missing.push(format!("{}: the term of no clause is asked", shown.name()));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The agreement with every clause written out, without imports.
fn written_out(text: &str) -> String {
    let (_, checked) = checked(text);
    let mut expanded = checked.expanded;
    // The agreement is the first text, so that the places tell which clause is which.
    let mut file = parse(text, SourceId(0)).file;
    file.items.retain(|item| !matches!(item.kind, ItemKind::Import(_)));
    for item in &mut file.items {
        let ItemKind::Clause(clause) = &mut item.kind else { continue };
        let at = expanded
            .iter()
            .position(|c| c.name.span() == clause.name.span())
            .expect("every clause is expanded");
        *clause = expanded.remove(at);
    }
    servanda_syntax::print(&file)
}

/// Everything that an answer says, but for the indices of questions.
fn answer(program: &Program, log: &[Record], question: &Question) -> String {
    let mut engine = Engine::new(program);
    let answer = engine.append(log.to_vec()).and_then(|()| engine.ask(question));
    match answer {
        Ok(answer) => {
            let depends: BTreeSet<&str> =
                answer.depends_on.iter().map(|d| program.opens[d.open.index()].name.as_str()).collect();
            format!("{:?} {:?} depends on {depends:?}", answer.outcome, answer.value)
        }
        Err(error) => format!("error {}", error.code),
    }
}

#[test]
fn a_template_written_out_by_hand_answers_alike() {
    for shown in library() {
        let by_template = program(shown.name(), &shown.text);
        let text = written_out(&shown.text);
        assert!(!text.contains(" uses "), "{}:\n{text}", shown.name());
        let by_hand = program(shown.name(), &text);
        assert_eq!(by_template.clause_names, by_hand.clause_names, "{}", shown.name());
        let days = shown.days();
        let config = Config {
            cases: CASES,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(5),
            ..Config::default()
        };
        let throws = prop::collection::vec(0u16..5040, 8..400);
        let alike = TestRunner::new(config).run(&throws, |throws| {
            let mut dice = Dice::new(throws);
            let log = dice.log(&by_template, &days, 12);
            for _ in 0..QUESTIONS {
                let question = dice.question(&by_template, &days);
                let (one, other) = (answer(&by_template, &log, &question), answer(&by_hand, &log, &question));
                prop_assert_eq!(one, other, "{:?}\n{:?}", &question, &log);
            }
            Ok(())
        });
        if let Err(fault) = alike {
            panic!("{}: {fault}\n{text}", shown.name());
        }
    }
}

/// The codes of the errors that lie in the use of the template.
fn told_at_the_use(name: &str, text: &str) -> Vec<String> {
    let (_, checked) = checked(text);
    let parsed = parse(text, SourceId(0)).file;
    let at = parsed.items.iter().find_map(|item| match &item.kind {
        ItemKind::Clause(c) if c.uses.as_ref().is_some_and(|u| u.template.text == name) => Some(item.at.0),
        _ => None,
    });
    let at = at.expect("the template is still used");
    let errors = checked.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors
        .filter(|d| {
            d.primary.as_ref().is_some_and(|l| {
                l.span.source == SourceId(0) && l.span.start >= at.start && l.span.end <= at.end
            })
        })
        .map(|d| format!("{}: {}", d.code, d.message))
        .collect()
}

/// Something that no hole of the kind takes.
fn nonsense(param: &Param) -> &'static str {
    match param.kind.text.as_str() {
        "text" | "condition" => "30 days",
        _ => "\"a text\"",
    }
}

#[test]
fn a_wrong_or_missing_argument_is_told_at_the_use() {
    let mut faults = Vec::new();
    for shown in library() {
        let clause = shown.uses().next().expect("a clause uses it");
        let Some(uses) = &clause.uses else { continue };
        for arg in &uses.args {
            let Some(param) = shown.template.params.iter().find(|p| p.name == arg.name) else { continue };
            let hole = &param.name.text;
            let (start, end) = (arg.at.0.start as usize, arg.at.0.end as usize);
            let with = |put: &str| format!("{}{put}{}", &shown.text[..start], &shown.text[end..]);
            let mut expect = |put: &str, code: &str| {
                let told = told_at_the_use(shown.name(), &with(put));
                if !told.iter().any(|t| t.starts_with(code) && t.contains(&format!("`{hole}`"))) {
                    faults.push(format!("{}: `{put}` for `{hole}` gives {told:?}", shown.name()));
                }
            };
            expect(&format!("{hole} {}", nonsense(param)), "wrong-argument");
            if param.default.is_none() {
                expect("", "missing-argument");
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Each agreement in `library/wrong` says something that a template does not allow; the snapshot shows what is told.
#[test]
fn what_a_template_does_not_allow_is_told_at_the_use() {
    let wrong = deeds(&folder().join("wrong"));
    let mut shown = String::new();
    for (name, text) in &wrong {
        let (sources, checked) = checked(text);
        let drawn = render_all(&checked.diagnostics, &sources, Style::Plain);
        assert!(
            checked.program.is_none() && drawn.contains("agreement.deed"),
            "{name} is not refused:\n{drawn}"
        );
        shown.push_str(&format!("-- {name}\n\n{drawn}\n\n"));
    }
    insta::assert_snapshot!("wrong", shown);
    let mut untried = Vec::new();
    for (_, template) in templates() {
        let ensures = template.fields.iter().any(|f| f.kind.keyword() == "ensure");
        let tried = wrong.keys().any(|name| name.starts_with(&template.name.text));
        if ensures && !tried {
            untried.push(template.name.text);
        }
    }
    assert!(untried.is_empty(), "library/wrong holds no agreement for {untried:?}, which ensure something");
}

#[test]
fn every_page_is_of_a_file_of_the_library() {
    let docs = std::fs::read_dir(common::root().join("docs/library")).expect("the pages of the library");
    for page in docs.flatten().map(|e| e.path()) {
        let name = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let known = LIBRARY.iter().any(|(import, _)| *import == format!("standard.{name}"));
        assert!(name == "README" || known, "{} is of no file of the library", page.display());
    }
}
