//! Every diagnostic has a page with an example in `docs/diagnostics/`, and looks as its snapshot shows.

#![allow(clippy::disallowed_methods, reason = "tests read the documents")]

use std::path::Path;

use servanda_model::{CODES, Checked, load};
use servanda_text::{Severity, Sources, Style, render_all};

/// The first block of a page with these marks.
fn block(page: &str, marks: &str) -> Option<String> {
    let text = page.split(&format!("```{marks}\n")).nth(1)?;
    text.split("```").next().map(String::from)
}

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn check(text: &str) -> (Sources, Checked) {
    let mut sources = Sources::new();
    let checked = load(&mut sources, &[("agreement.deed".to_string(), text.to_string())]);
    (sources, checked)
}

/// The example that the page calls wrong or right, as a whole agreement.
fn example(page_text: &str, preamble: &str, mark: &str) -> Option<String> {
    block(page_text, &format!("deed {mark} whole"))
        .or_else(|| block(page_text, &format!("deed {mark}")).map(|b| format!("{preamble}{b}")))
}

#[test]
fn every_code_has_a_page_whose_example_raises_it_and_whose_mending_does_not() {
    let preamble = block(&page("README.md"), "deed preamble").expect("the preamble is there");
    let mut shown = String::new();
    for code in CODES {
        let text = page(&format!("{code}.md"));
        let Some(wrong) = example(&text, &preamble, "wrong") else { continue };
        let (sources, checked) = check(&wrong);
        let found: Vec<_> = checked.diagnostics.iter().filter(|d| d.code == *code).cloned().collect();
        assert!(
            !found.is_empty(),
            "{code} is not raised:\n{}",
            render_all(&checked.diagnostics, &sources, Style::Plain)
        );
        for other in &checked.diagnostics {
            assert!(
                other.code == *code || other.severity == Severity::Note,
                "{code} also raises:\n{}",
                render_all(std::slice::from_ref(other), &sources, Style::Plain)
            );
        }
        shown.push_str(&render_all(&found, &sources, Style::Plain));
        shown.push('\n');
        if let Some(right) = example(&text, &preamble, "right") {
            let (sources, checked) = check(&right);
            let drawn = render_all(&checked.diagnostics, &sources, Style::Plain);
            assert!(checked.diagnostics.iter().all(|d| d.code != *code), "{code} is still raised:\n{drawn}");
            assert!(checked.program.is_some(), "{code}: the mending does not check:\n{drawn}");
        }
    }
    insta::assert_snapshot!("diagnostics", shown);
}

/// What a template declares is declared by the clause that uses it.
#[test]
fn names_that_clash_once_a_template_is_written_out_are_told_at_their_place() {
    let preamble = block(&page("README.md"), "deed preamble").expect("the preamble is there");
    let text = format!(
        "{preamble}{}",
        r#"
template spending "What has been spent"
  takes cost : event with cost : money
  value spent is sum of cost.cost
  process watch
    states calm, busy
    on cost from calm to busy keeps last-cost as cost.cost
clause twice uses spending
    cost fault-reported
  value spent is EUR 5
  define watch as spent > EUR 5
  value last-cost is EUR 6
  outside "invented"
clause once uses spending
    cost fault-reported
  process other
    states calm, busy
    on fault-reported from calm to busy keeps last-cost as fault-reported.cost
  outside "invented"
"#
    );
    let (sources, checked) = check(&text);
    insta::assert_snapshot!("clashes", render_all(&checked.diagnostics, &sources, Style::Plain));
    assert!(checked.diagnostics.iter().all(|d| d.code == "duplicate-name"));
}

#[test]
fn expressions_that_are_nested_too_deep_are_refused_without_a_fall() {
    let deep = format!("{}band is low{}", "not (".repeat(20), ")".repeat(20));
    let sum = vec!["EUR 1"; 300].join(" + ");
    let preamble = block(&page("README.md"), "deed preamble").expect("the preamble is there");
    let text = format!(
        "{preamble}clause lease\n  Radio may transmit if {deep}\n  value total is {sum}\n  outside \"invented\"\n"
    );
    let (_, checked) = check(&text);
    assert!(checked.program.is_none() && checked.diagnostics.iter().any(|d| d.code == "too-deep"));
}
