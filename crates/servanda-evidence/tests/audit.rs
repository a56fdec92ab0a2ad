//! What must hold of verdicts for any agreement and any document, and what each verdict means in plain cases.

use proptest::prelude::*;

use servanda_evidence::{Audit, DisagreementKind, Found, Paper, Settings, Text, Verdict, audit};
use servanda_program::Program;
use servanda_text::{Severity, Sources};

/// A figure of a clause, in the agreement and in the document.
#[derive(Debug, Clone)]
enum Term {
    Money(u32),
    Percent(u32),
    Year(u32),
    Days(u32),
}

impl Term {
    /// The line of the clause.
    fn field(&self) -> String {
        match self {
            Term::Money(n) => format!("  value price is EUR {n}\n"),
            Term::Percent(n) => format!("  value share is {n} percent\n"),
            Term::Year(n) => format!("  until {n}\n"),
            Term::Days(n) => format!("  Keeper must \"oil it\" to Owner within {n} days of storm\n"),
        }
    }

    /// The sentence of the document about the thing of this number.
    fn sentence(&self, thing: usize) -> String {
        let words = ["anchor", "buoy", "capstan", "davit", "fender", "galley", "hawser", "jib"];
        let (this, that) = (words[thing % 8], words[(thing + 3) % 8]);
        match self {
            Term::Money(n) => {
                format!("For the {this} of berth {that} the keeper pays {n} euros, and no more than that.")
            }
            Term::Percent(n) => format!(
                "Of what the {this} beside the {that} earns, the owner keeps {n} percent for himself."
            ),
            Term::Year(n) => {
                format!("The {this} near the {that} may be used by the keeper until {n}, as both have said.")
            }
            Term::Days(n) => {
                format!("The {this} below the {that} is oiled by the keeper within {n} days of every storm.")
            }
        }
    }

    fn other(&self, step: u32) -> Term {
        match self {
            Term::Money(n) => Term::Money(n + 7 * step),
            Term::Percent(n) => Term::Percent((n + step) % 98 + 1),
            Term::Year(n) => Term::Year(n + step),
            Term::Days(n) => Term::Days(n + step),
        }
    }
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        (1_000u32..900_000).prop_map(Term::Money),
        (1u32..98).prop_map(Term::Percent),
        (2030u32..2060).prop_map(Term::Year),
        (2u32..80).prop_map(Term::Days),
    ]
}

const HEAD: &str = r#"
agreement berth "The berth" zone UTC currency EUR language en
party Owner
party Keeper
party Others "Anyone" stands for anyone else
source lease file "lease.txt" language en
event storm by Owner
reading year-edge "Is the year taken in?"
  answer in takes a year to its end
  answer out takes a year to its start
  outside "invented"
version first "The lease"
  starts
  binding from 2026-01-01
  outside "invented"
"#;

/// The program of an agreement.
fn program(text: &str) -> Program {
    let mut sources = Sources::new();
    let checked = servanda_model::load(&mut sources, &[("berth.deed".to_string(), text.to_string())]);
    let errors: Vec<_> = checked.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    checked.program.unwrap_or_else(|| panic!("{errors:?}\n{text}"))
}

/// The document and the agreement that cites its sentences.
fn berth(terms: &[Term], anchored: bool) -> (String, String) {
    let sentences: Vec<String> = terms.iter().enumerate().map(|(i, t)| t.sentence(i)).collect();
    let document = sentences.join("\n\n");
    let text = Text::new(&document);
    let mut deed = HEAD.to_string();
    let mut start = 0u32;
    for (i, (term, sentence)) in terms.iter().zip(&sentences).enumerate() {
        let end = start + sentence.chars().count() as u32;
        deed.push_str(&format!("clause thing-{i} \"A thing\"\n{}", term.field()));
        let anchor = match text.anchor(start..end) {
            Some(anchor) if anchored => format!(" anchor \"{anchor}\""),
            _ => String::new(),
        };
        let digest = servanda_document::digest(sentence);
        deed.push_str(&format!("  cites lease {start}..{end} digest \"{digest}\"{anchor}\n"));
        start = end + 2;
    }
    (document, deed)
}

fn read(text: &str) -> Paper {
    let languages = servanda_document::languages_of(text, &["en", "fr"]);
    Paper::new("lease", "lease.txt", Some("en"), text.to_string(), languages)
}

fn laid<'p>(program: &'p Program, text: &str) -> Audit<'p> {
    audit(program, vec![read(text)], &Settings::default())
}

/// The verdicts on the clauses, by their number.
fn verdicts(audit: &Audit<'_>) -> Vec<(usize, Verdict)> {
    let of = |f: &servanda_evidence::Finding<'_>| {
        Some((f.declaration.name.strip_prefix("thing-")?.parse().ok()?, f.verdict))
    };
    audit.findings.iter().filter_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_the_document_says_supports_every_clause(terms in proptest::collection::vec(term(), 1..8)) {
        let (document, deed) = berth(&terms, false);
        let program = program(&deed);
        let audit = laid(&program, &document);
        prop_assert!(verdicts(&audit).iter().all(|(_, v)| *v == Verdict::Supported), "{:?}\n{document}", verdicts(&audit));
        prop_assert!(audit.unaccounted.is_empty(), "{:?}\n{document}", audit.unaccounted);
        prop_assert!(!audit.has_failed());
    }

    #[test]
    fn another_figure_in_the_document_contradicts_exactly_the_clause_that_cites_it(
        terms in proptest::collection::vec(term(), 1..8), which in 0usize..8, step in 1u32..20, anchored: bool,
    ) {
        let which = which % terms.len();
        let (_, deed) = berth(&terms, anchored);
        let mut changed = terms.clone();
        changed[which] = terms[which].other(step);
        let program = program(&deed);
        let (document, _) = berth(&changed, false);
        let audit = laid(&program, &document);
        for (i, verdict) in verdicts(&audit) {
            prop_assert_eq!(verdict == Verdict::Contradicted, i == which, "{} {:?}\n{}", i, verdict, document);
        }
        prop_assert!(audit.has_failed());
        let against = audit.findings.iter().flat_map(|f| &f.figures).filter(|f| f.found == Found::Contradicted);
        prop_assert!(against.into_iter().all(|f| f.proven && f.against.len() == 1));
    }

    #[test]
    fn without_its_paragraph_no_clause_is_supported(
        terms in proptest::collection::vec(term(), 2..8), which in 0usize..8, anchored: bool,
    ) {
        let which = which % terms.len();
        let (_, deed) = berth(&terms, anchored);
        let program = program(&deed);
        let rest: Vec<String> =
            terms.iter().enumerate().filter(|(i, _)| *i != which).map(|(i, t)| t.sentence(i)).collect();
        let audit = laid(&program, &rest.join("\n\n"));
        for (i, verdict) in verdicts(&audit).into_iter().filter(|(i, _)| *i == which) {
            prop_assert!(!matches!(verdict, Verdict::Supported | Verdict::PartlySupported), "{} {:?}", i, verdict);
        }
        prop_assert!(audit.has_failed());
    }

    #[test]
    fn any_document_and_any_places_have_verdicts(
        text in "[a-z0-9€$%.,\n \u{6f0}-\u{6f9}\u{202e}]{0,200}", start in 0u32..300, length in 0u32..100, digest: bool,
    ) {
        let digest = if digest { " digest \"sha256:0123456789abcdef\"" } else { "" };
        let deed = format!(
            "{HEAD}clause thing-0\n  value price is EUR 12\n  until 2032\n  cites lease {start}..{}{digest}\n", start + length + 1
        );
        let program = program(&deed);
        let audit = laid(&program, &text);
        prop_assert_eq!(audit.findings.iter().filter(|f| f.declaration.kind.word() == "clause").count(), 1);
    }
}

/// A clause with fields, citing the whole of a document.
fn one<'p>(fields: &str, text: &str, was: Option<&str>, hold: &'p mut Option<Program>) -> Audit<'p> {
    let cited = was.unwrap_or(text);
    let digest = servanda_document::digest(cited);
    let end = cited.chars().count();
    let deed = format!("{HEAD}clause thing-0\n{fields}  cites lease 0..{end} digest \"{digest}\"\n");
    laid(hold.insert(program(&deed)), text)
}

fn verdict(fields: &str, text: &str) -> Verdict {
    verdicts(&one(fields, text, None, &mut None))[0].1
}

#[test]
fn other_figures_in_a_passage_contradict_nothing() {
    let price = "  value price is EUR 500\n";
    assert_eq!(verdict(price, "The crane costs 500 euros, and its chain 40 euros."), Verdict::Supported);
    // Two others: which of them would stand for it cannot be said.
    assert_eq!(verdict(price, "The crane costs 600 euros, and its chain 40 euros."), Verdict::Unsupported);
    assert_eq!(verdict(price, "The crane costs 600 euros."), Verdict::Contradicted);
    // Another currency, another kind.
    assert_eq!(
        verdict(price, "The crane costs 600 dollars or 500 percent of what it was."),
        Verdict::Unsupported
    );
    assert_eq!(verdict("  for Owner\n", "It costs 3 euros."), Verdict::NotChecked);
}

#[test]
fn some_figures_found_support_in_part() {
    let fields = "  value price is EUR 500\n  value share is 20 percent\n";
    assert_eq!(verdict(fields, "The crane costs 500 euros."), Verdict::PartlySupported);
    assert_eq!(
        verdict(fields, "The crane costs 500 euros, of which the owner gets 20 percent."),
        Verdict::Supported
    );
}

#[test]
fn sums_and_qualifiers_are_remarked() {
    let mut hold = None;
    let text = "The keeper paid 10 million euros at the start, and then 20 million euros more.";
    let audit = one("  value paid is EUR 30000000\n", text, None, &mut hold);
    let figure = &audit.findings.iter().find(|f| f.declaration.name == "thing-0").unwrap().figures[0];
    assert_eq!((figure.found, figure.mentions.len()), (Found::Sum, 2));
    assert!(audit.unaccounted.is_empty());
    let mut hold = None;
    let audit = one("  value paid is EUR 30\n", "The keeper paid about 30 euros.", None, &mut hold);
    let figure = &audit.findings.iter().find(|f| f.declaration.name == "thing-0").unwrap().figures[0];
    assert_eq!(figure.found, Found::Yes);
    assert_eq!(figure.remarks.iter().map(|r| r.word()).collect::<Vec<_>>(), ["qualifier"]);
}

#[test]
fn a_share_and_an_odd_amount_are_told_whatever_cites_them() {
    let text = "He gets more than 100 million euros, that is about 20% of the 500 million euros.\n\nLater 3000 million euros.";
    let mut hold = None;
    let audit = one("  value price is EUR 500000000\n", text, None, &mut hold);
    let kinds: Vec<DisagreementKind> = audit.disagreements.iter().map(|d| d.kind).collect();
    assert!(kinds.contains(&DisagreementKind::Arithmetic), "{kinds:?}");
    assert!(kinds.contains(&DisagreementKind::Implausible), "{kinds:?}");
}

#[test]
fn passages_of_one_clause_with_other_figures_disagree() {
    let text = "The crane costs 500 euros.\n\nThe crane costs 520 euros.";
    let first = text.find('\n').unwrap();
    let deed = format!(
        "{HEAD}clause thing-0\n  value price is EUR 500\n  cites lease 0..{first}, lease {}..{}\n",
        first + 2,
        text.len()
    );
    let program = program(&deed);
    let audit = laid(&program, text);
    assert_eq!(verdicts(&audit)[0].1, Verdict::Supported);
    let odds: Vec<_> = audit.disagreements.iter().filter(|d| d.kind == DisagreementKind::Figures).collect();
    assert!(odds.len() == 1 && odds[0].sides.len() == 2, "{odds:?}");
    // A second figure that the clause states is another thing.
    let both = deed.replace("EUR 500\n", "EUR 500\n  value other is EUR 520\n");
    let program = self::program(&both);
    assert!(laid(&program, text).disagreements.is_empty());
}

#[test]
fn a_document_that_is_not_there_loses_its_citations() {
    let program = program(&format!("{HEAD}clause thing-0\n  value price is EUR 500\n  cites lease 0..9\n"));
    let audit = audit(
        &program,
        vec![Paper::missing("lease", "lease.txt", "is not there".into())],
        &Settings::default(),
    );
    assert_eq!(verdicts(&audit)[0].1, Verdict::Unsupported);
    assert!(audit.has_failed());
}

/// A paragraph for each text, cited in this order by one clause, after some of them were rewritten.
fn rewritten(fields: &str, was: &[&str], now: &[&str]) -> Vec<(String, Found)> {
    let document = was.join("\n\n");
    let text = Text::new(&document);
    let mut cites = Vec::new();
    let mut start = 0;
    for paragraph in was {
        let end = start + paragraph.chars().count() as u32;
        let anchor = text.anchor(start..end).expect("the paragraph has letters");
        let digest = servanda_document::digest(paragraph);
        cites.push(format!("lease {start}..{end} digest \"{digest}\" anchor \"{anchor}\""));
        start = end + 2;
    }
    let deed = format!("{HEAD}clause thing-0\n{fields}  cites {}\n", cites.join(", "));
    let program = program(&deed);
    let audit = laid(&program, &now.join("\n\n"));
    let clause = audit.findings.iter().find(|f| f.declaration.name == "thing-0").unwrap();
    clause.figures.iter().map(|f| (f.stated.field.clone(), f.found)).collect()
}

#[test]
fn a_rewritten_passage_with_another_figure_contradicts_though_others_support() {
    let was = [
        "The keeper of the crane beside the northern quay pays 500 euros to the owner in every season of the year.",
        "As was said before the court in the matter of the crane, the price of it is 500 euros, and was never another.",
        "The painter, who came after the storm had gone, took 40 euros of the owner for the door of the galley.",
    ];
    let other = "The keeper of the crane beside the northern quay now pays as much as 650 euros to the owner in every season.";
    let price = "  value price is EUR 500\n  value paint is EUR 40\n";
    let found = rewritten(price, &was, &[other, was[1], was[2]]);
    assert_eq!(found, [("value price".into(), Found::Contradicted), ("value paint".into(), Found::Yes)]);
    // Other words around the same figure are no contradiction, nor is another figure in a passage that was never for it.
    let same = other.replace("650", "500");
    let found = rewritten(price, &was, &[&same, was[1], was[2]]);
    assert!(found.iter().all(|(_, f)| *f == Found::Yes), "{found:?}");
}

#[test]
fn a_term_may_stand_where_the_version_is_cited() {
    let text = "This lease of the berth takes effect on 1 January 2026 and runs through 31 December 2031.\n\nThe keeper oils the crane.";
    let first = text.find('\n').unwrap();
    let head = HEAD.replacen(
        "  binding from 2026-01-01\n  outside \"invented\"\n",
        &format!("  binding from 2026-01-01\n  cites lease 0..{first}\n"),
        1,
    );
    let deed =
        format!("{head}clause thing-0\n  until 2032-01-01\n  cites lease {}..{}\n", first + 2, text.len());
    let program = program(&deed);
    let audit = laid(&program, text);
    assert_eq!(verdicts(&audit)[0].1, Verdict::Supported);
    let clause = audit.findings.iter().find(|f| f.declaration.name == "thing-0").unwrap();
    assert!(clause.figures[0].remarks.iter().any(|r| r.word() == "by-version"), "{clause:?}");
    assert!(audit.unaccounted.is_empty());
}

#[test]
fn a_range_beside_a_single_figure_and_a_length_beside_a_year_are_told() {
    let text = "The rent is 500-600 euros.\n\nThe rent is 550 euros.\n\nA lease of 10 years runs until 2032.";
    let (first, second) = (text.find('\n').unwrap(), text.find("\n\nA lease").unwrap());
    let deed = format!(
        "{HEAD}clause thing-0\n  value rent is EUR 550\n  cites lease 0..{first}, lease {}..{second}\n",
        first + 2
    );
    let program = program(&deed);
    let audit = laid(&program, text);
    let kinds: Vec<&str> = audit.disagreements.iter().map(|d| d.kind.word()).collect();
    assert!(
        kinds.contains(&"range") && kinds.contains(&"duration"),
        "{kinds:?} {:?}",
        audit.papers[0].mentions
    );
}
