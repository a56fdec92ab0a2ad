//! Answers in the languages of their readers, through the binary.

#![allow(clippy::disallowed_methods, reason = "tests start processes")]

mod common;

use common::{ferry, root, said, servanda};

/// The flagship's question about its API, in a locale.
fn api(locale: &str, verb: &str) -> (i32, String, String) {
    said(servanda().arg(verb).arg(root().join("examples/microsoft-openai")).args([
        "--may",
        "OpenAI host",
        "--with",
        "interface=api",
        "--with",
        "audience=general",
        "--with",
        "made-with=alone",
        "--with",
        "cloud=Google",
        "--as-of",
        "2026-06-01",
        "--locale",
        locale,
    ]))
}

#[test]
fn the_flagship_answers_in_each_language() {
    for (locale, outcome, because, day, isolates) in [
        ("fa", "ممنوع", "زیرا", "۲۱ ژانویهٔ ۲۰۲۵|۲۱ ژانویه ۲۰۲۵", true),
        ("ar", "محظور", "لأن", "21 يناير 2025", true),
        ("ar-u-nu-arab", "محظور", "لأن", "٢١ يناير ٢٠٢٥", true),
        ("hi", "निषिद्ध", "क्योंकि", "21 जनवरी, 2025|21 जनवरी 2025", false),
        ("it", "vietato", "perché", "21 gennaio 2025", false),
        ("it-CH", "vietato", "perché", "21 gennaio 2025", false),
    ] {
        for verb in ["ask", "explain"] {
            let (code, out, err) = api(locale, verb);
            assert_eq!((code, err.as_str()), (0, ""), "{locale}");
            assert!(out.starts_with(&format!("{outcome}\n\n{because}\n")), "{out}");
            let name = if isolates {
                "\u{2068}api-exclusivity\u{2069}"
            } else {
                "api-exclusivity (definitive-2025-10)"
            };
            assert!(out.contains(name), "{out}");
            assert!(day.split('|').any(|d| out.contains(d)), "{out}");
            assert_eq!(out.contains('\u{2068}'), isolates, "{out}");
            assert_eq!(out.matches(['\u{2067}', '\u{2068}']).count(), out.matches('\u{2069}').count());
            assert!(!out.contains("because") && !out.contains("forbidden"), "{out}");
        }
    }
}

#[test]
fn figures_days_and_calendars_are_those_of_the_locale() {
    let value = |locale: &str| {
        let command = &mut servanda();
        let command = command.arg("ask").arg(root().join("examples/microsoft-openai"));
        let command = command.args(["--value", "azure-commitment.total", "--as-of", "2026-06-01"]);
        let (_, out, _) = said(command.args(["--locale", locale]));
        out.lines().next().unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "")
    };
    assert_eq!(value("en"), "known USD 250 billion");
    assert_eq!(value("fa"), "معلوم: ۲۵۰ میلیارد دلار آمریکا");
    assert_eq!(value("fa-u-nu-latn"), "معلوم: 250 میلیارد دلار آمریکا");
    assert_eq!(value("ar"), "معلوم: 250 مليار دولار أمريكي");
    assert_eq!(value("hi"), "ज्ञात: 250 अरब अमेरिकी डॉलर");
    assert_eq!(value("it"), "noto: 250 miliardi di dollari statunitensi");
    let (_, persian, _) = api("fa-u-ca-persian", "ask");
    assert!(persian.contains("بهمن ۱۴۰۳"), "{persian}");
}

#[test]
fn english_is_the_default_and_json_is_never_translated() {
    let folder = ferry();
    let run = |verb: &str, more: &[&str]| said(servanda().arg(verb).arg(folder.path()).args(more));
    let plain = run("ask", &["--in-force", "south-only", "--as-of", "2026-06-01"]);
    assert_eq!(plain, run("ask", &["--in-force", "south-only", "--as-of", "2026-06-01", "--locale", "en"]));
    for (verb, question) in [
        ("ask", vec!["--in-force", "south-only", "--as-of", "2026-06-01"]),
        ("explain", vec!["--in-force", "south-only", "--as-of", "2026-06-01"]),
        ("owes", vec!["Ferry", "--as-of", "2026-06-01"]),
        ("versions", vec!["--as-of", "2026-06-01"]),
    ] {
        let with = |locale: &str| run(verb, &[question.as_slice(), &["--json", "--locale", locale]].concat());
        assert_eq!(with("fa"), with("en"), "{verb}");
        let read = |locale: &str| run(verb, &[question.as_slice(), &["--locale", locale]].concat()).1;
        assert_ne!(read("fa"), read("en"), "{verb}");
    }
}

#[test]
fn a_locale_without_messages_is_bad_usage() {
    let folder = ferry();
    for (verb, question) in [
        ("ask", vec!["--in-force", "south-only"]),
        ("explain", vec!["--in-force", "south-only"]),
        ("owes", vec!["Ferry"]),
        ("versions", vec![]),
        ("check", vec!["--explain"]),
    ] {
        let (code, out, err) =
            said(servanda().arg(verb).arg(folder.path()).args(question).args(["--locale", "de"]));
        assert_eq!((code, out.as_str()), (2, ""), "{verb}");
        assert!(err.contains("`de`") && err.contains("ar, en, fa, hi, it"), "{verb}: {err}");
    }
}

#[test]
fn the_frame_of_an_error_is_translated() {
    let folder = ferry();
    let (code, _, err) =
        said(servanda().arg("ask").arg(folder.path()).args(["--in-force", "south-olny", "--locale", "it"]));
    assert_eq!(code, 2);
    assert!(
        err.starts_with("errore: ") && err.contains("south-only") && err.contains("[unknown-clause]"),
        "{err}"
    );
}
