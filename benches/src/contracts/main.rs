//! How many of the dates, terms and laws that lawyers marked in real contracts are found, on the Contract
//! Understanding Atticus Dataset in a folder that the user names.
//!
//! Two measures: from the clause that the lawyers marked, and from the whole text of a contract. The lawyers' answers
//! are sometimes open ("[]/[]/2016") or empty; those are left out. Some are debatable; none is fitted.

#![expect(clippy::disallowed_methods, reason = "a measuring command reads the folder that its user names")]

use clap::Parser;
use serde_json::Value;
use servanda_evidence::{Says, Term, TermKind, terms};
use servanda_mention::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Measures the terms of contracts.
#[derive(Parser)]
struct Arguments {
    /// The folder with `suites/cuad`.
    #[arg(long, env = "SERVANDA_SHARED")]
    shared: PathBuf,
    /// Shows the misses of the terms whose name contains this.
    #[arg(long)]
    misses: Option<String>,
}

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    let folder = arguments.shared.join("suites/cuad");
    let outcome = clauses(&folder, &arguments).and_then(|marked| Ok((marked, whole(&folder, &arguments)?)));
    match outcome {
        Ok((marked, whole)) => {
            println!("{:18} {:>16} {:>16}", "term", "marked clauses", "whole contracts");
            for kind in TermKind::ALL {
                let show = |counts: &Counts| {
                    counts.get(&kind).map_or("-".to_owned(), |(right, of)| format!("{right} of {of}"))
                };
                println!("{:18} {:>16} {:>16}", kind.word(), show(&marked), show(&whole));
            }
            std::process::ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::from(2)
        }
    }
}

type Counts = BTreeMap<TermKind, (usize, usize)>;

fn json(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The rows of `terms.json`: each term from its own clauses.
fn clauses(folder: &Path, arguments: &Arguments) -> Result<Counts, String> {
    let rows = json(&folder.join("terms.json"))?;
    let mut counts = Counts::new();
    for row in rows.as_array().into_iter().flatten() {
        let start =
            ["effective_date", "agreement_date"].iter().find_map(|key| date(row[*key]["answer"].as_str()?));
        for (kind, key) in [
            (TermKind::AgreementDate, "agreement_date"),
            (TermKind::EffectiveDate, "effective_date"),
            (TermKind::ExpirationDate, "expiration_date"),
            (TermKind::RenewalTerm, "renewal_term"),
            (TermKind::NoticePeriod, "notice_to_terminate_renewal"),
            (TermKind::GoverningLaw, "governing_law"),
        ] {
            let Some(answer) = row[key]["answer"].as_str() else { continue };
            let marked: Vec<&str> =
                row[key]["clauses"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            // A length is reckoned from a day that another clause gives: it is said before the clause.
            let opening = match (kind, start) {
                (TermKind::ExpirationDate, Some(day)) => format!("Effective date: {day}.\n\n"),
                _ => String::new(),
            };
            let text = format!("{opening}{}", marked.join("\n\n"));
            count(&mut counts, kind, answer, &text, arguments, row["contract"].as_str().unwrap_or_default());
        }
    }
    Ok(counts)
}

/// The contracts in full with their labels.
fn whole(folder: &Path, arguments: &Arguments) -> Result<Counts, String> {
    let labels = json(&folder.join("labels.json"))?;
    let mut counts = Counts::new();
    for (name, label) in labels.as_object().into_iter().flatten() {
        let path = folder.join("contracts").join(if name.ends_with(".txt") {
            name.clone()
        } else {
            format!("{name}.txt")
        });
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for (kind, key) in [
            (TermKind::AgreementDate, "Agreement Date"),
            (TermKind::EffectiveDate, "Effective Date"),
            (TermKind::ExpirationDate, "Expiration Date"),
            (TermKind::RenewalTerm, "Renewal Term"),
            (TermKind::NoticePeriod, "Notice Period To Terminate Renewal"),
            (TermKind::GoverningLaw, "Governing Law"),
        ] {
            if let Some(answer) = label[key]["answer"].as_str() {
                count(&mut counts, kind, answer, &text, arguments, name);
            }
        }
    }
    Ok(counts)
}

fn count(counts: &mut Counts, kind: TermKind, answer: &str, text: &str, arguments: &Arguments, name: &str) {
    let Some(wanted) = Wanted::read(kind, answer) else { return };
    let found = terms(text, "en").into_iter().find(|term| term.kind == kind);
    let right = found.as_ref().is_some_and(|term| wanted.is(term));
    let entry = counts.entry(kind).or_default();
    entry.1 += 1;
    entry.0 += usize::from(right);
    if !right && arguments.misses.as_deref().is_some_and(|m| kind.word().contains(m)) {
        let near: String = text.chars().take(400).collect();
        println!("{}\t{name}\n\t{answer:?}; found {:?}\n\t{near:?}", kind.word(), found.map(|t| t.says));
    }
}

/// What the lawyers answered.
enum Wanted {
    Day(Date),
    Length(String, &'static str),
    Perpetual,
    Place(String),
}

impl Wanted {
    fn read(kind: TermKind, answer: &str) -> Option<Wanted> {
        match kind {
            TermKind::GoverningLaw => {
                (!answer.is_empty() && !answer.contains('[')).then(|| Wanted::Place(answer.to_lowercase()))
            }
            TermKind::RenewalTerm | TermKind::NoticePeriod => {
                let words: Vec<&str> = answer.split([' ', ')']).filter(|word| !word.is_empty()).collect();
                let at = words.iter().position(|word| word.bytes().all(|b| b.is_ascii_digit()))?;
                let unit = ["year", "month", "week", "day"]
                    .into_iter()
                    .find(|unit| words.get(at + 1).is_some_and(|word| word.starts_with(unit)))?;
                Some(Wanted::Length(words[at].to_owned(), unit))
            }
            TermKind::ExpirationDate if answer.eq_ignore_ascii_case("perpetual") => Some(Wanted::Perpetual),
            _ => date(answer).map(Wanted::Day),
        }
    }

    fn is(&self, term: &Term) -> bool {
        match (self, &term.says) {
            // "Five years from 1 January" ends on the day or on the day before: lawyers write both.
            (Wanted::Day(day), Says::Reckoned { day: found, .. }) => {
                found == day || before(found) == Some(*day)
            }
            (Wanted::Day(day), Says::Day(found)) => found == day,
            (Wanted::Length(count, unit), Says::Length(found, own)) => {
                *count == found.to_string() && own == unit
                    || same_length(count, unit, &found.to_string(), own)
            }
            (Wanted::Perpetual, Says::Perpetual) => true,
            // The lawyers name a place with or without its office and its country.
            (Wanted::Place(place), Says::Place(found)) => {
                let found = found.to_lowercase();
                let main = place.split([',', ';', '/']).next().unwrap_or(place).trim();
                let bare = |name: &str| {
                    name.trim_start_matches("the ")
                        .trim_start_matches("state of ")
                        .trim_start_matches("province of ")
                        .trim_start_matches("people's ")
                        .to_owned()
                };
                bare(&found).contains(&bare(main)) || bare(main).contains(&bare(&found))
            }
            _ => false,
        }
    }
}

fn same_length(count: &str, unit: &str, other: &str, own: &str) -> bool {
    let months = |count: &str, unit: &str| -> Option<u64> {
        let count: u64 = count.parse().ok()?;
        match unit {
            "year" => Some(count * 12),
            "month" => Some(count),
            _ => None,
        }
    };
    months(count, unit).is_some_and(|m| months(other, own) == Some(m))
}

fn before(date: &Date) -> Option<Date> {
    use servanda_quantity::Day;
    let day = Day::new(
        i16::try_from(date.year?).ok()?,
        i8::try_from(date.month?).ok()?,
        i8::try_from(date.day?).ok()?,
    )
    .ok()?;
    let date = day.plus_days(-1).ok()?.date();
    Some(Date {
        year: Some(date.year().into()),
        month: u8::try_from(date.month()).ok(),
        day: u8::try_from(date.day()).ok(),
    })
}

/// "5/8/14": month, day, and two digits of a year from 1970 on.
fn date(answer: &str) -> Option<Date> {
    let parts: Vec<u16> = answer.split('/').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [month, day, year] = parts[..] else { return None };
    let year = match year {
        70..=99 => 1900 + year,
        0..=69 => 2000 + year,
        _ => year,
    };
    Some(Date { year: Some(year.into()), month: u8::try_from(month).ok(), day: u8::try_from(day).ok() })
}
