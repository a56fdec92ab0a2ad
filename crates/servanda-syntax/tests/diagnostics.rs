//! Every kind of problem, as people see it.

use servanda_syntax::{CODES, parse};
use servanda_text::{Sources, Style, render};

fn cases() -> Vec<(&'static str, String)> {
    let case = |code, text: &str| (code, text.to_string());
    vec![
        case("bad-date", "version v \"V\" starts binding from 2026-02-30"),
        case("bad-number", "source 1 file \"a.txt\"\nfact a is USD 1\n  cites 1 99999999999..2"),
        case("bidi-control", "party A -- \u{202e}reversed"),
        case("mixed-script", "party O\u{440}enAI"),
        case(
            "reserved-name",
            "event e by A\n  approval : given | refused\ntemplate t\n  takes change : event\n  who may sing",
        ),
        case(
            "template-in-template",
            "template t\n  takes who : party\n  uses t\n    who who\n  who may sing\nparty A",
        ),
        case("too-deep", &format!("fact a is {}1", "(".repeat(200))),
        case("too-large", &"(".repeat((8 << 20) + 1)),
        case("too-many-problems", &"zzz\nparty A\n".repeat(60)),
        case("unclosed-text", "party A \"the first party"),
        case("unexpected", "party A\nclause c\n  until\n  A may sing only when loud is yes\n  cites 003 12"),
        case("unknown-character", "party A\nfact a is €"),
        case("unknown-declaration", "parti A\nparty B"),
        case("unknown-keyword", "clause c\n  A may sing\n  untill 2030-01-01\n  outside \"x\""),
    ]
}

#[test]
fn every_code_is_raised_and_reads_well() {
    let mut out = String::new();
    let mut raised = Vec::new();
    for (code, text) in cases() {
        let mut sources = Sources::new();
        let id = sources.add("agreement.deed", text.clone());
        let parsed = parse(&text, id);
        assert!(parsed.diagnostics.iter().any(|d| d.code == code), "{code} is not raised");
        assert_eq!(parsed.tree().to_string(), text, "{code}: the tree is not the text");
        raised.push(code);
        if text.len() < 10_000 {
            for diagnostic in parsed.diagnostics.iter().filter(|d| d.code == code) {
                out.push_str(&render(diagnostic, &sources, Style::Plain));
                out.push_str("\n\n");
            }
        }
    }
    raised.sort_unstable();
    assert_eq!(raised, CODES, "each code has a case here, in alphabetical order");
    insta::assert_snapshot!(out);
}

#[test]
fn one_run_tells_of_several_problems_and_keeps_what_is_sound() {
    let text = "party A\nclause one\n  A may\n  until 2030-01-01\n\nclause two\n  untill x\n  A may sing\n";
    let mut sources = Sources::new();
    let id = sources.add("agreement.deed", text);
    let parsed = parse(text, id);
    assert!(parsed.diagnostics.len() >= 2, "{:?}", parsed.diagnostics);
    assert_eq!(parsed.file.items.len(), 3);
}

#[test]
fn names_of_one_script_are_fine_in_any_script() {
    let text = "party `Câmara Municipal`\nparty مایکروسافت\nparty माइक्रोसॉफ्ट\nparty Öl-Händler\n";
    assert_eq!(parse(text, Sources::new().add("agreement.deed", text)).diagnostics, []);
}

#[test]
fn long_chains_are_refused_before_they_are_deep() {
    for link in [" + 1", " and a", " or a", " * 2"] {
        let text = format!("fact a is 1{}", link.repeat(100_000));
        let parsed = parse(&text, Sources::new().add("agreement.deed", text.clone()));
        assert!(parsed.diagnostics.iter().any(|d| d.code == "too-deep"), "{link}");
    }
    let text = format!("fact a is {}1", "latest e.f else ".repeat(100_000));
    let parsed = parse(&text, Sources::new().add("agreement.deed", text.clone()));
    assert!(parsed.diagnostics.iter().any(|d| d.code == "too-deep"));
}
