//! What is told of days: sums that are ambiguous, what moves by itself, calendars that end too soon.

use servanda_model::load;
use servanda_program::Moment;
use servanda_text::{Severity, Sources};

const PREAMBLE: &str = r#"
agreement small "A small agreement" zone UTC currency EUR language en
party Mast
party Radio
calendar work weekend Saturday, Sunday holiday 2026-12-25 through 2027-12-31
schedule payday every 1 month from 2026-01-15
schedule term-end every 1 year from 2027-01-01 to 2030-01-01
action transmit by Radio
  start : date optional
event fault by Radio
  seen : date
event mended by Mast
version first "The lease" starts binding from 2026-01-01 outside "invented"
"#;

/// The codes of the errors and warnings of an agreement, in order, each once.
fn codes(text: &str) -> Vec<&'static str> {
    let mut sources = Sources::new();
    let checked = load(&mut sources, &[("agreement.deed".to_string(), format!("{PREAMBLE}{text}"))]);
    let mut codes: Vec<&'static str> =
        checked.diagnostics.iter().filter(|d| d.severity != Severity::Note).map(|d| d.code).collect();
    codes.dedup();
    codes
}

/// The codes of a clause with these fields.
fn clause(fields: &str) -> Vec<&'static str> {
    codes(&format!("clause c\n  {fields}\n  outside \"invented\"\n"))
}

#[test]
fn months_after_a_day_that_a_month_may_lack_say_how_they_are_rounded() {
    let ambiguous = [
        "Radio may transmit until 2026-01-31 + 1 month",
        "Radio may transmit until fault + 1 month",
        "Radio may transmit until the next payday after fault + 1 quarter",
        "Radio may transmit until (the next payday after fault) + 1 year",
        "Radio must \"mend\" within 1 month of fault done when mended has happened",
        "Radio must \"mend\" by 2026-06-01 cure 1 month done when mended has happened",
        "Radio must \"report\" each payday due within 1 month done when mended has happened",
        "process p states a, b on fault from a to b after 1 month in b to a",
        "value v is 2024-02-29 + 1 year",
        "value v is today - 1 month",
        "value v is days from day of fault + 1 month to today",
    ];
    for fields in ambiguous {
        assert_eq!(clause(fields), ["ambiguous-date-sum"], "{fields}");
    }
    for fields in ambiguous {
        let rounded = fields
            .replace("1 month", "1 month rounded down")
            .replace("1 quarter", "1 quarter rounded up")
            .replace("1 year", "1 year rounded down");
        assert_eq!(clause(&rounded), [""; 0], "{rounded}");
    }
    // Where every month has the day, nothing is ambiguous.
    assert_eq!(
        clause("Radio may transmit until 2026-01-15 + 1 month value v is 2024-02-29 + 4 years"),
        [""; 0]
    );
    assert_eq!(codes("schedule s every 1 month from 2026-01-29\n"), ["ambiguous-date-sum"]);
    assert_eq!(codes("schedule s every 4 years from 2028-02-29\n"), ["ambiguous-date-sum"]);
    for sound in
        ["every 1 month from 2026-01-28", "every 1 year from 2026-12-31", "every 3 weeks from 2026-01-31"]
    {
        assert_eq!(codes(&format!("schedule s {sound}\n")), [""; 0], "{sound}");
    }
    // A schedule that ends before such a month comes never comes to it.
    assert_eq!(codes("schedule s every 1 month from 2026-03-30 to 2026-12-30\n"), [""; 0]);
}

#[test]
fn what_moves_by_itself_stands_in_no_term() {
    let late = "value late is days from 2026-01-01 to today define over as late > 30 ";
    for fields in [
        "Radio may transmit while today < 2027-01-01",
        "Radio may transmit until fault where today > 2026-05-01",
        "Radio may transmit until fault where fault.seen < today",
        "Radio may transmit while late < 30",
        "Radio may transmit while not over",
        "Radio may transmit if fault has happened where late > 3",
        "on fault where late > 3 ends this",
        "process p states a, b on fault where late > 3 from a to b",
        "process p states a, b on fault from a to b keeps since as late",
        "Radio must \"mend\" once fault where late > 3 done when mended has happened",
        "value n is count of fault where mended has happened where late > 3",
    ] {
        assert_eq!(clause(&format!("{late}{fields}")), ["today-in-term"], "{fields}");
    }
    for fields in [
        "Radio may transmit if late < 30 provided not over",
        "Radio may transmit unless today > 2026-05-01",
        "Radio may transmit provided start >= today",
        "value n is count of fault where days from day of fault to today < 30",
        "Radio must \"mend\" worth EUR 1 * late counting EUR 0 done when mended has happened",
    ] {
        assert_eq!(clause(&format!("{late}{fields}")), [""; 0], "{fields}");
    }
    // Through the duties of another clause.
    let duty = "clause d\n Radio must \"wait\" by 2026-06-01 done when days from 2026-01-01 to today > 30 outside \"x\"\n";
    for fields in ["until fulfilment of d", "until violation of d", "while d is not violated"] {
        let other = format!("clause c\n Radio may transmit {fields} outside \"x\"\n");
        assert_eq!(codes(&format!("{duty}{other}")), ["today-in-term"], "{fields}");
    }
    let fact = "fact age is days from 2026-01-01 to today outside \"x\"\n";
    let term = "clause c\n Radio may transmit while age < 30 outside \"x\"\n";
    assert_eq!(codes(&format!("{fact}{term}")), ["today-in-term"]);
    assert_eq!(codes("event seen by Mast\n  on-day : date else today\n"), ["today-in-term"]);
}

#[test]
fn a_calendar_that_ends_too_soon_is_told() {
    for text in [
        "schedule s every 1 month from 2026-01-15 to 2028-01-15 business-days calculate-shift-following in work\n",
        "clause c Radio may transmit until 2027-12-24 + 20 business-days in work outside \"x\"\n",
        "clause c value v is 2027-12-24 + 20 business-days in work outside \"x\"\n",
        "clause c Radio may transmit until the earlier of fault + 3 business-days in work and 2029-01-01 outside \"x\"\n",
        "schedule s every 1 month from 2026-01-15 business-days calculate-shift-following in work\n\
         clause c Radio must \"pay\" each s done when mended has happened until 2029-01-01 outside \"x\"\n",
        "clause c value v is business-days from day of fault to today in work until 2029-01-01 outside \"x\"\n",
    ] {
        assert_eq!(codes(text), ["calendar-too-short"], "{text}");
    }
    let sound = "clause c value v is business-days from day of fault to today in work through 2027-12-31 outside \"x\"\n";
    assert_eq!(codes(sound), [""; 0]);
}

#[test]
fn names_and_kinds_are_told() {
    for (text, code) in [
        ("schedule s every 0 days from 2026-01-15\n", "empty-schedule"),
        ("schedule s every 1 month from 2026-01-15 to 2026-01-15\n", "empty-schedule"),
        ("schedule s every 1 month from 2026-01-15 to 2026-03-01\n", "missing-stub"),
        (
            "schedule s every 1 week from 2026-01-15 business-days shift-calculate-preceding in w\n",
            "unknown-calendar",
        ),
        ("schedule payday every 1 week from 2026-01-15\n", "duplicate-name"),
        (
            "clause c Radio must \"pay\" each paydays done when mended has happened outside \"x\"\n",
            "unknown-schedule",
        ),
        ("clause c value v is days from 3 to today outside \"x\"\n", "wrong-kind"),
        ("clause c value v is 3 + 3 days outside \"x\"\n", "wrong-kind"),
        ("clause c value v is business-days from today to today in w outside \"x\"\n", "unknown-calendar"),
        (
            "clause c Radio may transmit until (the next payday after fault) - 3 days outside \"x\"\n",
            "backward-shift",
        ),
    ] {
        assert_eq!(codes(text), [code], "{text}");
    }
}

#[test]
fn the_next_day_after_a_date_is_a_date() {
    let until = |day: &str| {
        let text = format!("{PREAMBLE}clause c Radio may transmit until {day} outside \"x\"\n");
        let checked = load(&mut Sources::new(), &[("agreement.deed".to_string(), text)]);
        checked.program.map(|p| p.clauses[0].until.clone())
    };
    let day = |d: &str| Some(Moment::Day(d.parse().unwrap()));
    assert_eq!(until("the next payday after 2026-02-15"), day("2026-03-15"));
    assert_eq!(until("the next payday on or after 2026-02-15"), day("2026-02-15"));
    assert_eq!(until("(the next payday after 2026-02-15) - 10 days"), day("2026-03-05"));
    assert_eq!(until("the next term-end after 2030-01-01"), Some(Moment::Never));
    assert!(matches!(until("the next payday after fault"), Some(Moment::Next(..))));
}
