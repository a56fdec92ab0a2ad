//! Agreements as legal prose: golden pages of the examples, and every construct in every language.

#![allow(clippy::disallowed_methods, reason = "the tests read the examples")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use servanda_engine::{Ask, Engine, Question};
use servanda_program::{ClauseName, Program};
use servanda_quantity::Day;
use servanda_report::{
    Passages, Reading, ReadingOf, Sentence, Style, Tongue, prose_json, prose_page, prose_text, reading,
};
use servanda_text::Sources;

fn load(files: &[(String, String)]) -> Program {
    let mut sources = Sources::new();
    let checked = servanda_model::load(&mut sources, files);
    let told = servanda_text::render_all(&checked.diagnostics, &sources, servanda_text::Style::Plain);
    checked.program.unwrap_or_else(|| panic!("{told}"))
}

fn example(name: &str) -> Program {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "deed"))
        .map(|p| {
            (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&p).unwrap())
        })
        .collect();
    files.sort();
    load(&files)
}

/// The text of a version on a day.
fn read(program: &Program, tongue: &Tongue, version: &str, day: &str, only: &[&str]) -> Reading {
    let day: Day = day.parse().unwrap();
    let engine = Engine::new(program);
    let version = program.version(version).unwrap();
    let only: Vec<ClauseName> = only.iter().map(|c| program.clause_name(c).unwrap()).collect();
    let ask = |clause: ClauseName| {
        let question = Question {
            as_of: day,
            known_at: None,
            version: Some(version),
            events: Vec::new(),
            assume: Default::default(),
            ask: Ask::InForce(clause),
        };
        (clause, engine.ask(&question).map_err(|e| e.to_string()))
    };
    let names = program.versions[version.index()].text.iter().map(|s| s.name);
    let in_force: BTreeMap<_, _> = names.map(ask).collect();
    let of =
        ReadingOf { version: Some(version), governs: Some(version), only, in_force, ..ReadingOf::default() };
    reading(tongue, program, &of, day, &Passages::new())
}

fn page(program: &Program, tag: &str, version: &str, day: &str, only: &[&str]) -> String {
    let tongue = Tongue::new(tag).unwrap();
    let reading = read(program, &tongue, version, day, only);
    prose_text(&tongue, &reading, Style { colour: false, width: Some(100) }, true)
}

#[test]
fn the_steel_supply_in_english_and_persian() {
    let program = example("steel-supply");
    insta::assert_snapshot!("steel_en", page(&program, "en", "signed-2026", "2026-06-01", &[]));
    insta::assert_snapshot!("steel_fa", page(&program, "fa", "signed-2026", "2026-06-01", &[]));
}

#[test]
fn the_flagship_at_two_dates() {
    let program = example("microsoft-openai");
    let before = page(&program, "en", "v2025-01", "2025-06-01", &["first-refusal", "api-exclusivity"]);
    insta::assert_snapshot!("flagship_2025", before);
    let after = page(
        &program,
        "en",
        "definitive-2025-10",
        "2026-06-01",
        &["first-refusal", "api-exclusivity", "research-ip"],
    );
    insta::assert_snapshot!("flagship_2026", after);
}

#[test]
fn lines_break_at_the_width_and_hang_below_their_first_word() {
    let program = example("steel-supply");
    let page = page(&program, "en", "signed-2026", "2026-06-01", &["surplus"]);
    assert!(page.lines().all(|l| l.chars().count() <= 100), "{page}");
    let lines: Vec<&str> = page.lines().collect();
    let at = lines.iter().position(|l| l.starts_with("       (d) upon the event")).unwrap();
    assert!(lines[at + 1].starts_with("           ") && !lines[at + 1].starts_with("            "), "{page}");
}

/// Every text of a reading.
fn texts(reading: &Reading) -> Vec<String> {
    fn of(sentence: &Sentence, out: &mut Vec<String>) {
        out.push(sentence.text.clone());
        sentence.items.iter().for_each(|s| of(s, out));
    }
    let mut out: Vec<String> = reading.head.iter().map(|(t, _)| t.clone()).collect();
    out.extend(reading.parties.clone());
    for (term, sentences) in reading.definitions.iter().chain(&reading.questions) {
        out.push(term.clone());
        sentences.iter().for_each(|s| of(s, &mut out));
    }
    for clause in &reading.clauses {
        out.extend(clause.status_words.clone());
        clause.sentences.iter().for_each(|s| of(s, &mut out));
    }
    out
}

/// The agreement of the language's own page: it has every construct.
fn language() -> Vec<Program> {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language.md"))
        .unwrap();
    let mut blocks = page.split("\n```deed").skip(1).filter_map(|b| b.split_once("\n```").map(|(b, _)| b));
    let first = blocks.next().unwrap();
    let preamble = first.strip_prefix(" preamble").unwrap().to_string();
    let with = |b: &str| load(&[("page.deed".to_string(), format!("{preamble}\n{b}"))]);
    blocks.map(with).collect()
}

/// Every construct of every example has its words in every language, and no language falls back on English.
#[test]
fn every_example_can_be_read_in_every_language() {
    let mut programs = vec![example("steel-supply"), example("microsoft-openai")];
    programs.extend(language());
    let english: BTreeSet<&str> =
        ["this clause", "may not", "the value", "does not apply", "until, but", "the event", "is brought"]
            .into();
    for program in &programs {
        for tag in Tongue::available() {
            let tongue = Tongue::new(tag).unwrap();
            for version in &program.versions {
                let reading = read(program, &tongue, &version.name, "2026-06-01", &[]);
                for text in texts(&reading) {
                    assert!(!text.contains("prose-"), "{tag}: {text}");
                    let own = text.replace(['\u{2068}', '\u{2069}'], "");
                    let own = own.split(['“', '”', '«', '»']).step_by(2).collect::<String>();
                    let falls = english.iter().find(|w| tag != "en" && own.contains(**w));
                    assert!(falls.is_none(), "{tag}: {text}");
                }
                prose_json(&tongue, &reading, true);
                assert!(prose_page(&tongue, &reading, true).trim_end().ends_with("</html>"), "{tag}");
            }
        }
    }
}

#[test]
fn a_page_is_one_file_and_holds_no_markup_of_the_agreement() {
    let mut program = example("steel-supply");
    program.title = "<script>alert(1)</script>".into();
    let clause = program.versions[0].text[0].clause;
    program.clauses[clause.index()].title = Some("\"><img src=x onerror=alert(1)>".into());
    let persian = Tongue::new("fa").unwrap();
    let page = prose_page(&persian, &read(&program, &persian, "signed-2026", "2026-06-01", &[]), true);
    assert!(page.contains("<html lang=\"fa\" dir=\"rtl\">"));
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("), "{page}");
}

#[test]
fn a_version_that_does_not_bind_says_so_first() {
    let program = language().into_iter().find(|p| p.version("talks").is_some()).unwrap();
    let english = Tongue::english();
    let reading = read(&program, &english, "talks", "2026-06-01", &[]);
    assert_eq!(
        reading.head[1].0,
        "This version is only proposed. It binds nobody, and nothing in it is in force."
    );
    assert!(reading.head[1].1, "it is a warning");
    assert!(reading.clauses.iter().all(|c| c.status.word() == "non-binding"));
}

#[test]
fn numbers_stay_when_only_some_clauses_are_read() {
    let program = example("steel-supply");
    let english = Tongue::english();
    let all = read(&program, &english, "signed-2026", "2026-06-01", &[]);
    let some = read(&program, &english, "signed-2026", "2026-06-01", &["surplus"]);
    let of =
        |r: &Reading| r.clauses.iter().find(|c| c.name == "surplus").map(|c| (c.number, c.sentences.clone()));
    assert_eq!(of(&all), of(&some));
    assert_eq!(some.clauses.len(), 1);
    assert_eq!(some.version.as_deref(), Some("signed-2026"));
}
