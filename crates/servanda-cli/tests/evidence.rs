//! `servanda evidence` through the binary: an invented agreement with documents in five languages, hostile ones, the
//! page in a browser where there is one, and the flagship beside its articles.

#![allow(clippy::disallowed_methods, reason = "tests read the environment, write files and start processes")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{folder, root, said, servanda};
use serde_json::Value;
use tempfile::TempDir;

const DOCUMENTS: [(&str, &str, &str); 5] = [
    (
        "en",
        "en.txt",
        "The ferry line may use the north quay until 2034.\n\nFor the new lighthouse the harbour pays about 40 million \
         euros. Boats are inspected within 30 days.\n",
    ),
    (
        "it",
        "it.txt",
        "Per il nuovo faro il porto paga circa 40 milioni di euro.\n\nLa compagnia versa il 12,5 per cento dei \
         biglietti al porto.\n",
    ),
    (
        "fa",
        "fa.txt",
        "شرکت کشتیرانی تا سال ۲۰۳۴ می‌تواند از اسکله شمالی استفاده کند.\n\nبندر برای فانوس دریایی تازه حدود ۴۰ میلیون یورو می‌پردازد.\n",
    ),
    (
        "ar",
        "ar.txt",
        "تدفع الشركة للميناء 12.5% من ثمن التذاكر.\n\nويحق لها استعمال الرصيف الشمالي حتى عام 2034.\n",
    ),
    (
        "hi",
        "hi.txt",
        "नौका कंपनी 2034 तक उत्तरी घाट का उपयोग कर सकती है।\n\nनए प्रकाशस्तंभ के लिए बंदरगाह लगभग 40 मिलियन यूरो देता है।\n",
    ),
];

/// A citation of the paragraph of a document that holds some words.
fn cite(source: &str, words: &str) -> String {
    let (_, _, text) = DOCUMENTS.iter().find(|(name, ..)| *name == source).unwrap();
    let paragraph = text.trim_end().split("\n\n").find(|p| p.contains(words)).unwrap();
    let start = text[..text.find(paragraph).unwrap()].chars().count();
    let end = start + paragraph.chars().count();
    format!("{source} {start}..{end} digest \"{}\"", servanda_document::digest(paragraph))
}

fn agreement() -> String {
    let sources: String = DOCUMENTS
        .iter()
        .map(|(name, file, _)| format!("source {name} file \"{file}\" language {name}\n"))
        .collect();
    let cites = |all: &[(&str, &str)]| all.iter().map(|(s, w)| cite(s, w)).collect::<Vec<_>>().join(", ");
    format!(
        r#"agreement ferry "The <ferry> & \"its\" line" zone Europe/Lisbon currency EUR language en
party Harbour
party Ferry
party Others "Anyone" stands for anyone else
{sources}
action dock by Ferry
  quay : north | south
event storm by Harbour
reading until-year "Is the year taken in?"
  answer through takes a year to its end
  answer before takes a year to its start
  outside "invented"
version first "The lease"
  starts
  binding from 2026-01-01
  outside "invented"
clause north-quay "Boats lie in the north"
  Ferry may dock where quay is north
  until 2034
  cites {}
clause lighthouse "The harbour pays for a lighthouse"
  value cost is about EUR 40 million
  cites {}
clause tickets "A share of the tickets"
  value share is 12.5 percent
  cites {}
clause inspection "Boats are inspected"
  Harbour must "inspect the boats" to Ferry within 30 days of storm
  cites {}
"#,
        cites(&[("en", "2034"), ("fa", "۲۰۳۴"), ("ar", "2034"), ("hi", "2034")]),
        cites(&[("en", "40"), ("it", "40"), ("fa", "۴۰"), ("hi", "40")]),
        cites(&[("it", "12,5"), ("ar", "12.5")]),
        cites(&[("en", "30")]),
    )
    .replace("dock where quay is north", "dock if quay is north")
}

/// The agreement with its documents, one of them with other words.
fn ferry(changed: Option<(&str, &str, &str)>) -> TempDir {
    let deed = agreement();
    let texts: Vec<(String, String)> = DOCUMENTS
        .iter()
        .map(|(name, file, text)| {
            let text = match changed {
                Some((source, from, to)) if source == *name => {
                    assert!(text.contains(from), "{from} is not in {source}");
                    text.replacen(from, to, 1)
                }
                _ => (*text).to_string(),
            };
            (format!("sources/{file}"), text)
        })
        .collect();
    let mut files: Vec<(&str, &str)> = vec![("ferry.deed", &deed)];
    files.extend(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    folder(&files)
}

fn evidence(at: &Path, arguments: &[&str]) -> (i32, String, String) {
    said(servanda().args(["evidence", "ferry.deed", "--sources", "sources"]).args(arguments).current_dir(at))
}

fn json(at: &Path) -> (i32, Value) {
    let (code, out, err) = evidence(at, &["--json"]);
    (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}")))
}

fn of_verdict(report: &Value, verdict: &str) -> Vec<String> {
    let all = report["declarations"].as_array().unwrap().iter();
    all.filter(|d| d["verdict"] == verdict && d["kind"] == "clause")
        .map(|d| d["name"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn documents_in_five_languages_support_the_clauses_that_cite_them() {
    let at = ferry(None);
    let (code, report) = json(at.path());
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(
        of_verdict(&report, "supported"),
        ["north-quay", "lighthouse", "tickets", "inspection"],
        "{report:#}"
    );
    assert_eq!(report["unaccounted"], Value::Array(Vec::new()), "{report:#}");
    assert_eq!(report["counts"]["citations"]["exact"], 10);
    let quay = report["declarations"].as_array().unwrap().iter().find(|d| d["name"] == "north-quay").unwrap();
    let figure = &quay["figures"][0];
    assert_eq!(
        (&figure["in"], &figure["value"], &figure["found"]),
        (&"until".into(), &"2034".into(), &"yes".into())
    );
    let sources: BTreeSet<&str> =
        figure["mentions"].as_array().unwrap().iter().map(|m| m["document"].as_str().unwrap()).collect();
    assert_eq!(sources, BTreeSet::from(["ar", "en", "fa", "hi"]));
}

#[test]
fn another_figure_in_any_language_contradicts_exactly_the_clause_that_cites_it() {
    for (source, from, to, clause, value) in [
        ("en", "30 days", "45 days", "inspection", "45"),
        ("it", "12,5 per", "9,25 per", "tickets", "9.25"),
        ("it", "40 milioni", "140 milioni", "lighthouse", "140000000"),
        ("fa", "۲۰۳۴", "۲۰۳۶", "north-quay", "2036"),
        ("fa", "۴۰ میلیون", "۴۵ میلیون", "lighthouse", "45000000"),
        ("ar", "12.5%", "13%", "tickets", "13"),
        ("hi", "2034", "2031", "north-quay", "2031"),
    ] {
        let at = ferry(Some((source, from, to)));
        let (code, report) = json(at.path());
        assert_eq!(code, 1, "{source} {to}");
        assert_eq!(of_verdict(&report, "contradicted"), [clause], "{source} {to}: {report:#}");
        let all =
            report["declarations"].as_array().unwrap().iter().flat_map(|d| d["figures"].as_array().unwrap());
        let figure = all.clone().find(|f| f["found"] == "contradicted").unwrap();
        assert_eq!(figure["proven"], true, "{source} {to}");
        assert_eq!(figure["against"][0]["value"], value, "{source} {to}");
        assert_eq!(figure["against"][0]["document"], source);
        // The clause, both figures, and the passage are told to whoever reads.
        let (code, out, _) = evidence(at.path(), &[]);
        assert_eq!(code, 1);
        let told = out.split("\n\n").find(|part| part.starts_with(clause)).unwrap_or_else(|| panic!("{out}"));
        assert!(told.contains(to.split(' ').next().unwrap()), "{told}");
        assert!(told.contains("another figure stands in its place"), "{told}");
    }
}

#[test]
fn a_paragraph_that_is_gone_is_lost() {
    let at = ferry(Some((
        "en",
        "For the new lighthouse the harbour pays about 40 million euros. Boats are inspected within 30 days.\n",
        "",
    )));
    let (code, report) = json(at.path());
    assert_eq!(code, 1);
    assert_eq!(of_verdict(&report, "unsupported"), ["inspection"], "{report:#}");
    // Three other documents have the figure, and still one passage is gone.
    assert_eq!(of_verdict(&report, "partly-supported"), ["lighthouse"], "{report:#}");
    assert_eq!(report["counts"]["citations"]["lost"], 1);
}

#[test]
fn what_cannot_be_used_is_two_and_a_missing_document_is_a_lost_one() {
    let at = ferry(None);
    let (code, _, err) =
        said(servanda().args(["evidence", "ferry.deed", "--sources", "nowhere"]).current_dir(at.path()));
    assert!(code == 2 && err.contains("there is no such folder"), "{err}");
    let (code, _, err) =
        said(servanda().args(["evidence", "no.deed", "--sources", "sources"]).current_dir(at.path()));
    assert!(code == 2 && err.contains("there is no such file"), "{err}");
    let (code, _, err) = evidence(at.path(), &["--html", "no/such/folder.html"]);
    assert!(code == 2 && err.contains("cannot be written"), "{err}");
    std::fs::remove_file(at.path().join("sources/hi.txt")).unwrap();
    let (code, out, err) = evidence(at.path(), &["--json"]);
    assert!(code == 1 && err.contains("warning") && err.contains("hi.txt"), "{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert!(report["documents"][4]["fault"].as_str().unwrap().contains("is not there"));
    assert_eq!(report["counts"]["citations"]["lost"], 2);
}

#[test]
fn the_report_speaks_the_readers_language() {
    let at = ferry(None);
    for (tag, word) in [("it", "sostenuta"), ("fa", "تأییدشده"), ("hi", "समर्थित"), ("ar", "مؤيَّد")]
    {
        let (code, out, err) = evidence(at.path(), &["--locale", tag, "--html", "page.html"]);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(word), "{tag}: {out}");
        let page = std::fs::read_to_string(at.path().join("page.html")).unwrap();
        let dir = if matches!(tag, "fa" | "ar") { "rtl" } else { "ltr" };
        assert!(page.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\">")), "{tag}");
        // Every label has a message.
        assert!(!out.contains("evidence-") && !page.contains(">evidence-"), "{tag}");
        let plain = evidence(at.path(), &["--json", "--locale", tag]).1;
        assert_eq!(plain, evidence(at.path(), &["--json"]).1);
    }
}

/// The values of an attribute.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let lead = format!(" {name}=\"");
    page.split(&lead).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_is_whole_and_each_passage_has_its_direction() {
    let at = ferry(Some(("fa", "۲۰۳۴", "۲۰۳۶")));
    let (code, ..) = evidence(at.path(), &["--html", "page.html"]);
    assert_eq!(code, 1);
    let page = std::fs::read_to_string(at.path().join("page.html")).unwrap();
    let ids = attributes(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an anchor stands twice");
    for href in attributes(&page, "href") {
        let target = href.strip_prefix('#').unwrap_or_else(|| panic!("a link leads out: {href}"));
        assert!(unique.contains(target), "nothing has the anchor {target}");
    }
    for outside in
        ["<script", "<link", "<img", "<iframe", "http://", "https://", "url(", "@import", " style=", " src="]
    {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    for text in [
        "<p class=\"text\" dir=\"rtl\" lang=\"fa\">",
        "<p class=\"text\" dir=\"rtl\" lang=\"ar\">",
        "<p class=\"text\" dir=\"ltr\" lang=\"hi\">",
        "<p class=\"text\" dir=\"ltr\" lang=\"it\">",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let mark = page.split("class=\"cited against\"").nth(1).expect("the contradicting figure is marked");
    let (link, text) = mark.split_once('>').unwrap();
    let clause = link.split('"').nth(1).and_then(|href| href.strip_prefix('#')).unwrap();
    assert!(text.split('<').next().unwrap().contains("۲۰۳۶"), "{text}");
    let article =
        page.split(&format!("<article id=\"{clause}\">")).nth(1).expect("the mark leads to a clause");
    assert!(article.split("</article>").next().unwrap().contains("north-quay"));
    assert!(page.contains("The &#60;ferry&#62; &#38; "), "the title is not escaped");
}

#[test]
fn a_hostile_document_stays_a_document() {
    let evil = "The ferry line may use the north quay until 2034.</p><script>alert(1)</script><!-- \u{202e}\u{2066}\u{1b}[2J\u{9b}";
    let at = ferry(None);
    std::fs::write(
        at.path().join("sources/en.txt"),
        format!("{evil}\n\n\"onload=\"x\" & 45 euros 'now' {{{{ seven }}}}\n"),
    )
    .unwrap();
    let (_, out, _) = evidence(at.path(), &["--html", "page.html"]);
    assert!(!out.contains('\u{1b}') && !out.contains('\u{9b}') && !out.contains('\u{202e}'));
    let page = std::fs::read_to_string(at.path().join("page.html")).unwrap();
    assert!(!page.contains("<script") && page.contains("&#60;script&#62;"));
    assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
    assert!(page.contains("{{ seven }}"), "{page}");
}

/// A browser, if there is one.
fn browser() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("SERVANDA_CHROMIUM") {
        return Some(path.into());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("chromium")).find(|file| file.is_file())
}

#[test]
fn a_browser_shows_the_page() {
    let Some(browser) = browser() else {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|all| all == "all");
        assert!(!required, "there is no `chromium` on the path, and SERVANDA_CHROMIUM is not set");
        println!(
            "left out: the page in a browser: there is no `chromium` on the path, and SERVANDA_CHROMIUM is not set"
        );
        return;
    };
    let at = ferry(Some(("fa", "۲۰۳۴", "۲۰۳۶")));
    evidence(at.path(), &["--html", "page.html"]);
    let page = at.path().join("page.html");
    let profile = at.path().join("profile");
    let show = |arguments: &[&str]| {
        Command::new(&browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(arguments)
            .arg(format!("file://{}", page.display()))
            .current_dir(at.path())
            .output()
            .expect("the browser starts")
    };
    let shown = String::from_utf8_lossy(&show(&["--dump-dom"]).stdout).into_owned();
    assert!(shown.contains("dir=\"rtl\"") && shown.contains("۲۰۳۶"), "{shown}");
    // The style was let in: what the page's policy refuses is told on the console.
    let told = String::from_utf8_lossy(&show(&["--enable-logging=stderr", "--dump-dom"]).stderr).into_owned();
    assert!(!told.contains("Content Security Policy"), "{told}");
    show(&["--window-size=390,844", "--screenshot=phone.png"]);
    let picture = std::fs::metadata(at.path().join("phone.png")).expect("the page has a picture");
    assert!(picture.len() > 10_000);
}

#[test]
fn the_articles_support_the_flagship() {
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    let Some(shared) = std::env::var_os("SERVANDA_SHARED").map(PathBuf::from) else {
        assert!(!required, "left out although SERVANDA_REQUIRE=all: SERVANDA_SHARED is not set");
        println!("left out: the flagship beside its articles: SERVANDA_SHARED is not set");
        return;
    };
    let articles = root().join(shared).join("sources");
    let run = |sources: &Path| {
        let (code, out, err) = said(
            servanda()
                .arg("evidence")
                .arg(root().join("examples/microsoft-openai"))
                .arg("--sources")
                .arg(sources)
                .arg("--json"),
        );
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {err}"));
        (code, report)
    };
    let (code, report) = run(&articles);
    assert_eq!(code, 0);
    assert_eq!(report["counts"]["contradicted"], 0);
    for outcome in ["moved", "edited", "ambiguous", "lost"] {
        assert_eq!(report["counts"]["citations"][outcome], 0, "{outcome}");
    }
    // One figure of one article is changed: whoever cites it is told of it, and nobody else.
    let mentioned: Vec<(Value, String)> = report["declarations"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|d| d["figures"].as_array().unwrap().iter().map(move |f| (d["id"].as_str().unwrap(), f)))
        .filter(|(_, f)| f["found"] == "yes" && f["kind"] == "money")
        .map(|(id, f)| (f["mentions"][0].clone(), id.to_string()))
        .collect();
    assert!(!mentioned.is_empty());
    for (mention, id) in mentioned {
        let at = tempfile::tempdir().unwrap();
        let mut done = false;
        for entry in std::fs::read_dir(&articles).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let mut text: Vec<char> = std::fs::read_to_string(&path).unwrap().chars().collect();
            if name.starts_with(mention["document"].as_str().unwrap()) {
                let place =
                    mention["start"].as_u64().unwrap() as usize..mention["end"].as_u64().unwrap() as usize;
                // The next digit of the same script; a nine would become a longer number.
                if let Some(digit) = text[place].iter_mut().find(|c| is_digit_below_nine(**c)) {
                    *digit = char::from_u32(u32::from(*digit) + 1).unwrap();
                    done = true;
                }
            }
            std::fs::write(at.path().join(name), text.into_iter().collect::<String>()).unwrap();
        }
        if !done {
            continue;
        }
        let (code, report) = run(at.path());
        assert_eq!(code, 1, "{id}");
        let told =
            report["declarations"].as_array().unwrap().iter().find(|d| d["id"] == id.as_str()).unwrap();
        assert_eq!(told["verdict"], "contradicted", "{id}: {told:#}");
        let figures = told["figures"].as_array().unwrap();
        let figure = figures.iter().find(|f| f["found"] == "contradicted").unwrap();
        assert_eq!(figure["against"][0]["document"], mention["document"]);
        assert_eq!(figure["against"][0]["start"], mention["start"]);
        assert_ne!(figure["against"][0]["value"], mention["value"]);
    }
}

/// Digits of the scripts of the articles.
fn is_digit_below_nine(c: char) -> bool {
    ['0', '\u{660}', '\u{6f0}', '\u{966}']
        .iter()
        .any(|zero| (u32::from(*zero)..u32::from(*zero) + 9).contains(&u32::from(c)))
}
