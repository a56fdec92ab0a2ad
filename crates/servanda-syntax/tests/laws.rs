//! Laws of reading and writing, over generated texts.

use proptest::prelude::*;
use servanda_syntax::ast::{File, ItemKind};
use servanda_syntax::{format, parse, print};
use servanda_text::SourceId;

const ID: SourceId = SourceId(0);

/// Pieces of which texts are put together: most of what comes out is broken, much of it nearly right.
const PIECES: &[&str] = &[
    "party",
    "A",
    "B",
    "clause",
    "c",
    "may",
    "must",
    "alone",
    "has power to",
    "only where",
    "if",
    "provided",
    "until",
    "from",
    "the earlier of",
    "and",
    "or",
    "not",
    "is",
    "one of",
    ",",
    "(",
    ")",
    "{",
    "}",
    ":",
    "|",
    "2030",
    "2026-06-01",
    "USD 250 billion",
    "27 percent",
    "\"text\"",
    "“text”",
    "-- note\n",
    "\n",
    "value",
    "sum of",
    "e.f",
    "process",
    "states",
    "on",
    "to",
    "ends",
    "this",
    "reading",
    "answer",
    "gives",
    "test",
    "expect",
    "version",
    "amends",
    "change",
    "drop",
    "add",
    "never",
    "30 days",
    "cites",
    "003 1..2",
    "`until`",
    "..",
    "%",
    "☃",
    "\"open",
    "template",
    "takes",
    "uses",
    "law",
    "fact",
    "is undisclosed percent",
    "agreement",
    "reads",
    "schedule",
    "every",
    "the next",
    "on or after",
    "each",
    "today",
    "day of",
    "days from",
    "years from",
    "by A365",
    "survives",
    "ensure",
    "covers",
    "undisclosed",
    "else",
    "lowest of",
    "in the last",
    "in this",
    "over the last",
    "each month",
    "due within",
    "end of agreement",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|v| v.join(" "))
}

/// Agreements that read without problems, from a grammar of fields.
fn sound() -> impl Strategy<Value = String> {
    let cond = prop::sample::select(vec![
        "cloud is Azure",
        "cloud is not one of Azure, own and size >= 3",
        "not (a is given or b is in force)",
        "e has happened by A where e.f = 2 tonne",
        "max(x, 2 * (y + 3)) < sum of e.f",
        "released of request or latest e.f else 3 > 2",
        "max((a is one of b, c), 2) = `002` + invested.2019",
        "(latest e.f) > 2",
        "days from day of e by A to today + 3 days < 5 and today - 1 month rounded down >= d",
        "(days from a to b) + 3 days = 2 * years from a to day of e by A365",
        "business-days from (day of e where e.f > 2) to 2030-01-01 in oslo > 3 + (3 days)",
        "years from (x + y) + 2 weeks to day of e by `AA` by 30E360ISDA * 5 = `today` + 1",
        "sum of e.f where (count of e > 2) in this quarter + lowest of e.g over the last 12 months else 3 > 2",
        "latest e.f before this rhythm else 2 > sum of e.f before this year",
        "count of e in the last rhythm < highest of e.f over the last window else 2",
    ]);
    let day = prop::sample::select(vec![
        "2030-01-01",
        "the earlier of e by A where e.f is met, 2030 and never",
        "e + 2 months rounded down + 10 business-days in oslo",
        "r reads { x: e, y: the end of 2030-06 }",
        "violation of c0",
        "the next payday after e by A where e.f is met",
        "the earlier of the next `week` on or after e + 90 days and (the later of e and f) + 3 days",
        "(the next payday after e) - 1 month rounded down",
        "the later of (e where e.f is one of a, b and e.g > 2), (the next payday after f where f.g is x) and never",
        "r reads { x: (e where e.f is one of a, b), y: 2030 }",
        "end of agreement + 2 years rounded down",
        "e + notice",
    ]);
    let field = prop_oneof![
        cond.clone().prop_map(|c| format!("A may host only where {c} if {c}")),
        cond.clone().prop_map(|c| format!("A, B may host provided {c}")),
        Just("A alone may host".to_string()),
        Just("A must host each payday if day of e = today".to_string()),
        Just("A must host each `month` worth EUR 3".to_string()),
        day.clone().prop_map(|d| format!("A must \"pay\" to B by {d} worth USD 2.5 million cure 3 days")),
        day.clone().prop_map(|d| format!("until {d}")),
        cond.clone().prop_map(|c| format!("unless {c}")),
        cond.clone().prop_map(|c| format!("value v per k is 3 percent if {c}")),
        cond.clone().prop_map(|c| format!("define d as {c}")),
        cond.clone()
            .prop_map(|c| format!("value w is 3 if {c} else sum of e.f if {c} else lowest of e.f else 2")),
        cond.clone().prop_map(|c| format!("ensure {c} else \"no\"")),
        Just("survives".to_string()),
        Just("covers insurance, audit-rights".to_string()),
        Just(
            "A must \"pay\" each quarter due within 30 days worth sum of e.f counting sum of e.g".to_string()
        ),
        Just("A must \"pay\" each rhythm due within grace cure mend else c0".to_string()),
        Just("A must \"pay\" within grace of e by A".to_string()),
        Just(
            "process p per k states s, t -- why\n on e from s to t keeps q as e.f after 3 days in t to s"
                .to_string()
        ),
        Just("on e before 2030-01-01 ends c0, c1".to_string()),
        Just("cites 003 1..2 digest \"sha256:00\", 001 3..4 digest \"sha256:11\"".to_string()),
        Just("cites 003 1..2 digest \"sha256:00\" anchor \"1:AAAA\", 001 3..4".to_string()),
        Just("note \"a “quoted” \\\" note\"".to_string()),
    ];
    let clause =
        prop::collection::vec(field, 0..8).prop_map(|f| format!("clause c0 \"C\"\n{}\n", f.join("\n")));
    let other = prop::sample::select(vec![
        "party A \"first\" stands for anyone else\n",
        "action host by A or B reserved brings e or f\n  cloud : Azure | own\n  size : number of tonne optional else 3\n",
        "reading r \"?\" answer x gives at least USD 1 billion answer y takes a year to its end cites 003 1..2\n",
        "version v \"V\" amends u binding from 2026-01-01 keeps a, b waives c by A suspends d until 2027 outside \"x\"\n",
        "change c0 until never add note \"n\" drop value v drop unless\n",
        "template t takes a : party takes w : duration or none else none process p states s, t after w in s to t\n",
        "test \"t\" on 2026-01-01 log 2026-01-01 e by A n 5 tonne recorded 2026-02-01 expect may A host cloud own is open on e by 2030-01-01 because c0\n",
        "undisclosed insurance, audit-rights outside \"nobody has said\"\n",
        "-- a comment\n",
        "schedule s \"S\" every 2 quarters from 2026-01-31 to 2030-01-01 long stub month-end end-of-month business-days calculate-shift-modified-following in oslo\n",
        "schedule `month` every 1 week from 2026-01-31\n",
        "fact a.b \"t\" is about 27 percent cites 003 1..2 note \"n\"\n",
    ])
    .prop_map(str::to_string);
    prop::collection::vec(prop_oneof![clause, other], 0..8).prop_map(|v| v.concat())
}

/// Fields of a clause in one order: the formatter moves them.
fn ordered(mut file: File) -> File {
    for item in &mut file.items {
        match &mut item.kind {
            ItemKind::Clause(c) | ItemKind::Law(c) => c.fields.sort_by_key(|f| f.kind.keyword()),
            ItemKind::Template(t) => t.fields.sort_by_key(|f| f.kind.keyword()),
            _ => {}
        }
    }
    file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_and_the_tree_is_the_text(text in prop_oneof![soup(), any::<String>()]) {
        prop_assert_eq!(parse(&text, ID).tree().to_string(), text);
    }

    #[test]
    fn formatting_any_text_loses_nothing_that_it_cannot_read(text in soup()) {
        let parsed = parse(&text, ID);
        let formatted = format(&text);
        if parsed.diagnostics.is_empty() {
            prop_assert_eq!(ordered(parse(&formatted, ID).file), ordered(parsed.file));
        } else {
            prop_assert_eq!(formatted, text);
        }
    }

    #[test]
    fn parse_format_parse_is_the_identity_and_formatting_twice_is_once(text in sound()) {
        let parsed = parse(&text, ID);
        prop_assert!(parsed.diagnostics.is_empty(), "{:?}\n{text}", parsed.diagnostics);
        let once = format(&text);
        prop_assert_eq!(ordered(parse(&once, ID).file), ordered(parsed.file), "{}", once);
        prop_assert_eq!(format(&once), once);
    }

    #[test]
    fn print_parse_is_the_identity(text in sound()) {
        let file = parse(&text, ID).file;
        let printed = print(&file);
        let again = parse(&printed, ID);
        prop_assert!(again.diagnostics.is_empty(), "{:?}\n{printed}", again.diagnostics);
        prop_assert_eq!(ordered(again.file), ordered(file), "{}", printed);
    }
}

#[test]
fn ten_mebibytes_of_brackets_are_refused_at_once() {
    for c in ["(", "{", "\"", "`", "-"] {
        assert!(!parse(&c.repeat(10 << 20), ID).diagnostics.is_empty());
    }
    assert!(!parse(&"(".repeat(1 << 20), ID).diagnostics.is_empty());
}

#[test]
fn a_wide_norm_is_broken_before_its_parts_and_outside_brackets() {
    let norm = "Miller must \"pay for the sacks that were not taken\" to Baker within 30 days of year-end worth \
                (1000 - min(1000, sum of taken.sacks)) * price counting sum of payment.amount where by is Miller";
    let laid_out = format(&format!("clause a {norm}\n"));
    assert_eq!(
        laid_out,
        "clause a\n  Miller must \"pay for the sacks that were not taken\" to Baker within 30 days of year-end\n      \
         worth (1000 - min(1000, sum of taken.sacks)) * price counting sum of payment.amount where by is Miller\n"
    );
}
