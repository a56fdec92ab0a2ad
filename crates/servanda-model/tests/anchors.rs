//! What is told of an anchor that is none.

use servanda_model::load;
use servanda_text::{Sources, Style, render_all};

/// An anchor as version 1 writes it, without samples.
const SOUND: &str = "1:AABBBAAAAABAABAABAABAABAABAABAAAAAAAAAAA";

/// The anchor with some characters at a place after its version.
fn with(at: usize, characters: &str) -> String {
    let mut anchor = SOUND.to_string();
    anchor.replace_range(2 + at..2 + at + characters.len(), characters);
    anchor
}

fn check(cite: &str) -> (Sources, Vec<servanda_text::Diagnostic>) {
    let text = format!(
        "agreement small \"A\"\nparty Radio\nsource lease file \"lease.txt\"\nfact site is 1\n  cites lease {cite}\n\
         version first \"F\"\n  starts\n  binding from 2026-01-01\n  outside \"invented\"\n"
    );
    let mut sources = Sources::new();
    let checked = load(&mut sources, &[("agreement.deed".to_string(), text)]);
    (sources, checked.diagnostics)
}

#[test]
fn a_sound_anchor_is_no_problem() {
    for anchor in [SOUND.to_string(), format!("{SOUND}AAABBB"), with(5, "------")] {
        let (sources, found) = check(&format!("1..2 digest \"sha256:00\" anchor \"{anchor}\""));
        assert!(
            found.iter().all(|d| d.code == "unused-reading"),
            "{}",
            render_all(&found, &sources, Style::Plain)
        );
    }
}

#[test]
fn each_malformed_anchor_is_told_for_its_reason() {
    let mut shown = String::new();
    let too_long = format!("{SOUND}{}", "AABAAB".repeat(5));
    for anchor in [
        "",
        "beside the mast",
        "2:AAAA",
        "1:",
        "1:AAA",
        &with(7, "+"),
        &with(7, "\u{7f}"),
        &too_long,
        &with(0, "AAA"),
        &with(3, "A"),
        &with(11, "AAA").replace("BBBAAAAAB", "BB-AAAAAB"),
        &format!("{SOUND}AABAAB"),
        &format!("{SOUND}AAAAAA"),
    ] {
        let (sources, found) = check(&format!("1..2 digest \"sha256:00\" anchor \"{anchor}\""));
        let found: Vec<_> = found.into_iter().filter(|d| d.code == "bad-anchor").collect();
        assert_eq!(found.len(), 1, "{anchor:?}");
        shown.push_str(&render_all(&found, &sources, Style::Plain));
    }
    let (sources, found) = check("1..2 anchor \"1:AA\"");
    shown.push_str(&render_all(&found, &sources, Style::Plain));
    insta::assert_snapshot!(shown);
}
