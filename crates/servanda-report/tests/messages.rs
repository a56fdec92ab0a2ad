//! Messages and the code that says them.

#![allow(clippy::disallowed_methods, reason = "the test reads the sources")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use servanda_report::Tongue;

fn files(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, out);
        } else if path.to_string_lossy().ends_with(ending) {
            out.push(path);
        }
    }
}

/// The names of the English messages.
fn messages() -> BTreeSet<String> {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("messages/en"), ".ftl", &mut paths);
    let texts = paths.iter().map(|p| std::fs::read_to_string(p).unwrap());
    let name = |line: &str| {
        let (name, _) = line.split_once(" = ")?;
        name.chars().all(|c| c.is_ascii_lowercase() || c == '-').then(|| name.to_string())
    };
    texts.flat_map(|t| t.lines().filter_map(name).collect::<Vec<_>>()).collect()
}

/// The texts between quotation marks in code.
fn quoted(places: &[&str]) -> BTreeSet<String> {
    let mut paths = Vec::new();
    for place in places {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(place);
        if path.is_dir() { files(&path, ".rs", &mut paths) } else { paths.push(path) }
    }
    let texts = paths.iter().map(|p| std::fs::read_to_string(p).unwrap());
    texts.flat_map(|t| t.split('"').map(str::to_string).collect::<Vec<_>>()).collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let quoted = quoted(&["servanda-engine/src", "servanda-report/src", "servanda-cli/src"]);
    let silent: Vec<String> = messages()
        .into_iter()
        // Settings, labels for reports that other rooms write, and scales whose names are put together.
        .filter(|m| {
            !["language-", "evidence-", "figure-money-", "topic-"].iter().any(|lead| m.starts_with(lead))
        })
        .filter(|m| !quoted.contains(m))
        .collect();
    assert!(silent.is_empty(), "nothing says {silent:?}");
}

#[test]
fn every_topic_of_the_checklist_has_a_title_and_every_title_a_topic() {
    let titles = messages().into_iter().filter_map(|m| m.strip_prefix("topic-").map(String::from));
    let topics: BTreeSet<String> = servanda_model::TOPICS.iter().map(|t| t.name.to_string()).collect();
    assert_eq!(titles.collect::<BTreeSet<_>>(), topics);
}

#[test]
fn every_message_that_is_said_is_there() {
    let messages = messages();
    let leads = [
        "acts-",
        "between-",
        "cond-",
        "currency",
        "duration-",
        "expr-",
        "figure-",
        "frame-",
        "heading-",
        "kind-",
        "moment-",
        "norm-",
        "note-",
        "outcome-",
        "passage-",
        "pattern-",
        "prose-",
        "reason-",
        "record-",
        "refused-",
        "rests-",
        "role-",
        "silence-",
        "state-",
        "status-",
        "step-",
        "value-",
        "versions-",
        "way-",
    ];
    let name = |q: &String| q.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !q.ends_with('-');
    let places = [
        "servanda-engine/src",
        "servanda-report/src/tongue",
        "servanda-report/src/answer.rs",
        "servanda-report/src/passage.rs",
        "servanda-report/src/prose",
        "servanda-report/src/silence.rs",
        "servanda-report/src/version.rs",
    ];
    let said: Vec<String> =
        quoted(&places).into_iter().filter(|q| name(q) && leads.iter().any(|l| q.starts_with(l))).collect();
    assert!(said.len() > 100);
    let english = Tongue::english();
    let missing: Vec<&String> = said.iter().filter(|m| !messages.contains(*m)).collect();
    assert!(missing.is_empty(), "no message is called {missing:?}");
    assert_eq!(english.say("heading-because", &[]), "because");
}
