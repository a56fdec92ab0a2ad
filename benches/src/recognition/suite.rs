//! The cases of the suites, each with what has to be found.

#![expect(clippy::disallowed_methods, reason = "a measuring command reads the folder that its user names")]

use serde_json::Value;
use std::path::Path;

/// A text and what has to be found in it.
pub struct Case {
    /// Suite, language and kind.
    pub group: String,
    /// Its name within the suite.
    pub name: String,
    /// The locale by which it is read.
    pub tag: String,
    /// The text.
    pub text: String,
    /// What has to be found.
    pub expected: Vec<Expected>,
    /// Nothing else may be found of these kinds; empty means of any kind.
    pub only: Vec<&'static str>,
    /// More mentions than expected are a miss.
    pub exact: bool,
}

/// One thing to find.
pub struct Expected {
    /// Its place in scalar values, where the suite gives one.
    pub place: Option<(usize, usize)>,
    /// What it says.
    pub what: What,
}

/// What a mention has to say.
pub enum What {
    /// A value, and its unit where the suite names one by its code.
    Number(f64, Option<String>),
    /// A kind, a value and a unit.
    Kind(&'static str, f64, Option<String>),
    /// A date as ISO 8601 writes it.
    Date(String),
    /// So many months and seconds in sum.
    Length {
        /// Months.
        months: f64,
        /// Seconds.
        seconds: f64,
    },
}

/// All cases under a folder.
///
/// # Errors
/// A file that cannot be read, by its name.
pub fn all(shared: &Path) -> Result<Vec<Case>, String> {
    let mut out = Vec::new();
    figures(shared, &mut out)?;
    cldr(shared, &mut out)?;
    duckling(shared, &mut out)?;
    recognizers(shared, &mut out)?;
    Ok(out)
}

/// Groups that are counted together, and the share of them that has to be right.
pub struct Aim {
    /// Its name.
    pub name: &'static str,
    /// Whether a group belongs to it.
    pub holds: fn(&str) -> bool,
    /// The share, in thousandths.
    pub thousandths: usize,
}

/// What the recogniser aims at.
pub const AIMS: [Aim; 9] = [
    Aim { name: "articles", holds: |group| group == "figures", thousandths: 1000 },
    Aim { name: "cldr", holds: |group| group.starts_with("cldr"), thousandths: 990 },
    Aim { name: "duckling", holds: |group| group.starts_with("duckling"), thousandths: 950 },
    Aim { name: "recognizers en, amounts", holds: |group| amounts(group, "en"), thousandths: 950 },
    Aim { name: "recognizers it, amounts", holds: |group| amounts(group, "it"), thousandths: 950 },
    Aim { name: "recognizers hi, amounts", holds: |group| amounts(group, "hi"), thousandths: 950 },
    Aim {
        name: "recognizers ar, numbers",
        holds: |group| group == "recognizers ar number",
        thousandths: 900,
    },
    Aim {
        name: "recognizers, plain dates",
        holds: |group| {
            group.starts_with("recognizers") && group.ends_with(" date") && !group.contains("less sure")
        },
        thousandths: 850,
    },
    Aim {
        name: "recognizers, of which the upstream is less sure",
        holds: |group| group.starts_with("recognizers") && group.contains("less sure"),
        thousandths: 0,
    },
];

/// Numbers, percentages and money of a language, without what the upstream is not sure of.
fn amounts(group: &str, language: &str) -> bool {
    ["number", "percent", "money"].iter().any(|kind| *group == format!("recognizers {language} {kind}"))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn json(path: &Path) -> Result<Vec<Value>, String> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(f64::NAN)
}

fn figures(shared: &Path, out: &mut Vec<Case>) -> Result<(), String> {
    let rows = read(&shared.join("answers/figures.jsonl"))?;
    let rows: Vec<Value> = rows.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let folder = shared.join("sources");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let whole = read(&file)?;
        let expected = rows
            .iter()
            .filter(|row| row["scan"] == true && name.starts_with(row["doc"].as_str().unwrap_or("?")))
            .map(|row| Expected {
                place: row["start"].as_u64().zip(row["end"].as_u64()).map(|(a, b)| (a as usize, b as usize)),
                what: What::Number(number(&row["value"]), row["currency"].as_str().map(str::to_owned)),
            })
            .collect();
        let tag = if whole.contains('ے') { "ur" } else { language_of(&whole) };
        out.push(Case {
            group: "figures".into(),
            name,
            tag: tag.into(),
            text: whole,
            expected,
            only: vec![],
            exact: true,
        });
    }
    Ok(())
}

/// The language of an article by its script and commonest letters.
fn language_of(text: &str) -> &'static str {
    let count = |letters: &str| text.chars().filter(|c| letters.contains(*c)).count();
    let (persian, arabic, hindi) =
        (count("پچژگکی"), count("ةيكى"), text.chars().filter(|c| ('\u{900}'..'\u{980}').contains(c)).count());
    match () {
        () if hindi > 50 => "hi",
        () if persian > arabic && persian > 50 => "fa",
        () if arabic > 50 => "ar",
        () => "it",
    }
}

fn cldr(shared: &Path, out: &mut Vec<Case>) -> Result<(), String> {
    for file in ["currency", "compact_currency", "number", "compact_number", "percent", "date"] {
        for (index, row) in json(&shared.join(format!("suites/cldr/{file}.json")))?.iter().enumerate() {
            let locale = text(row, "locale");
            let mut tag = locale.clone();
            let what = match file {
                "currency" | "compact_currency" => {
                    What::Kind("money", number(&row["amount"]), row["currency"].as_str().map(str::to_owned))
                }
                "percent" => What::Kind("percent", number(&row["value"]) * 100.0, Some("percent".into())),
                "date" => {
                    let calendar = text(row, "calendar");
                    if calendar != "gregory" || row["style"] == "short" {
                        tag = with_calendar(&locale, &calendar);
                    }
                    What::Date(text(row, "date"))
                }
                _ => What::Kind("number", number(&row["value"]), None),
            };
            out.push(Case {
                group: format!("cldr {} {file}", &locale[..2]),
                name: format!("{index} {tag}"),
                tag,
                text: text(row, "text"),
                expected: vec![Expected { place: None, what }],
                only: vec![],
                exact: true,
            });
        }
    }
    Ok(())
}

fn with_calendar(locale: &str, calendar: &str) -> String {
    match locale.split_once("-u-") {
        Some((id, keys)) => format!("{id}-u-ca-{calendar}-{keys}"),
        None => format!("{locale}-u-ca-{calendar}"),
    }
}

fn duckling(shared: &Path, out: &mut Vec<Case>) -> Result<(), String> {
    for (file, languages) in [
        ("Numeral", "ar fa hi it en"),
        ("Ordinal", "ar hi it en"),
        ("AmountOfMoney", "ar it en"),
        ("Duration", "ar hi en"),
    ] {
        for language in languages.split(' ') {
            for row in json(&shared.join(format!("suites/duckling/{file}-{language}.json")))? {
                let value = &row["value"];
                let code = || {
                    value["currency"]
                        .as_str()
                        .filter(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase()))
                        .map(str::to_owned)
                };
                let whats = match file {
                    "Numeral" => vec![What::Number(number(&value["number"]), None)],
                    "Ordinal" => vec![What::Kind("ordinal", number(&value["ordinal"]), None)],
                    "Duration" => {
                        vec![length(number(&value["duration"]), value["unit"].as_str().unwrap_or_default())]
                    }
                    _ => ["amount", "from", "to", "under", "above"]
                        .iter()
                        .filter(|key| !value[**key].is_null())
                        .map(|key| What::Kind("money", number(&value[*key]), code()))
                        .collect(),
                };
                out.push(Case {
                    group: format!("duckling {language} {}", file.to_lowercase()),
                    name: row["case"].to_string(),
                    tag: language.into(),
                    text: text(&row, "text"),
                    expected: whats.into_iter().map(|what| Expected { place: None, what }).collect(),
                    only: vec![],
                    exact: true,
                });
            }
        }
    }
    Ok(())
}

fn length(count: f64, unit: &str) -> What {
    let (months, seconds) = match unit {
        "year" => (12.0, 0.0),
        "quarter" => (3.0, 0.0),
        "month" => (1.0, 0.0),
        "week" => (0.0, 604_800.0),
        "day" => (0.0, 86_400.0),
        "hour" => (0.0, 3_600.0),
        "minute" => (0.0, 60.0),
        _ => (0.0, 1.0),
    };
    What::Length { months: months * count, seconds: seconds * count }
}

fn recognizers(shared: &Path, out: &mut Vec<Case>) -> Result<(), String> {
    let root = shared.join("suites/recognizers");
    for (language, tag) in [("Arabic", "ar"), ("Hindi", "hi"), ("Italian", "it"), ("English", "en")] {
        for (folder, model, kind) in [
            ("Number", "NumberModel", "number"),
            ("Number", "PercentModel", "percent"),
            ("Number", "NumberRangeModel", "range"),
            ("NumberWithUnit", "CurrencyModel", "money"),
            ("DateTime", "DateParser", "date"),
            ("DateTime", "DateTimeModel", "date"),
            ("DateTime", "DurationParser", "duration"),
            ("DateTime", "DateTimeModel", "duration"),
        ] {
            let path = root.join(folder).join(language).join(format!("{model}.json"));
            if !path.exists() {
                continue;
            }
            for row in json(&path)? {
                if let Some(case) = recognizer(&row, language, tag, model, kind) {
                    out.push(case);
                }
            }
        }
    }
    Ok(())
}

/// A case of the Recognizers, where what it expects falls into our kinds.
fn recognizer(row: &Value, language: &str, tag: &str, model: &str, kind: &'static str) -> Option<Case> {
    let input = text(row, "Input");
    let results = row["Results"].as_array()?;
    let mut expected = Vec::new();
    for result in results {
        let place = place(result, &input);
        let resolution = &result["Resolution"];
        let value = resolution["value"].as_str().unwrap_or("null").trim_end_matches('%');
        let value =
            if language == "Italian" && kind != "range" { value.replace(',', ".") } else { value.to_owned() };
        let span = result["Text"].as_str().unwrap_or_default();
        match kind {
            "number" | "percent" | "money" => {
                // A currency or "percentage" by itself is no quantity.
                if value == "null" {
                    continue;
                }
                let unit = resolution["isoCurrency"].as_str().map(str::to_owned);
                let value = value.parse().ok()?;
                let what = match kind {
                    "percent" | "money" => What::Kind(kind, value, unit),
                    _ => What::Number(value, unit),
                };
                expected.push(Expected { place, what });
            }
            "range" => {
                // An interval of one point is said once.
                let mut bounds: Vec<&str> = value.trim_matches(['[', '(', ']', ')']).split(',').collect();
                bounds.dedup();
                for bound in bounds {
                    if let Ok(bound) = bound.parse::<f64>() {
                        expected.push(Expected { place, what: What::Number(bound, None) });
                    }
                }
            }
            _ => {
                let timex = match model {
                    "DateTimeModel" => {
                        let own = result["TypeName"].as_str()?.trim_start_matches("datetimeV2.");
                        if own != kind {
                            return None;
                        }
                        resolution["values"][0]["timex"].as_str()?
                    }
                    _ => result["Value"]["Timex"].as_str()?,
                };
                expected.push(Expected {
                    place,
                    what: if kind == "date" { plain_date(timex, span)? } else { plain_length(timex)? },
                });
            }
        }
    }
    // What the upstream itself is not sure of is counted apart.
    let unsure = row.get("IgnoreResolution").is_some()
        || row["NotSupported"].as_str().is_some_and(|n| n.contains("dotnet"));
    if results.is_empty() && (kind == "duration" || (kind == "date" && model != "DateParser")) {
        return None;
    }
    let only = match kind {
        "date" => vec!["date"],
        "duration" => vec!["duration"],
        "money" => vec!["money"],
        "percent" => vec!["percent"],
        // Dates and ordinals are no numbers to the upstream.
        "number" => vec!["number"],
        "range" if results.is_empty() => return None,
        _ => vec![],
    };
    Some(Case {
        group: format!("recognizers {tag} {}{kind}", if unsure { "less sure " } else { "" }),
        name: format!("{model} {}", row["case"]),
        tag: tag.into(),
        text: input,
        expected,
        only,
        exact: kind != "range",
    })
}

/// The place of a result: UTF-16 code units with an inclusive end, or a length.
fn place(result: &Value, input: &str) -> Option<(usize, usize)> {
    let start = result["Start"].as_u64()? as usize;
    let end = match result["End"].as_u64() {
        Some(end) => end as usize + 1,
        None => start + result["Length"].as_u64()? as usize,
    };
    let scalar = |unit: usize| {
        let mut seen = 0;
        input
            .chars()
            .take_while(|c| {
                let before = seen;
                seen += c.len_utf16();
                before < unit
            })
            .count()
    };
    Some((scalar(start), scalar(end)))
}

/// A date that does not depend on the day on which it was said.
fn plain_date(timex: &str, span: &str) -> Option<What> {
    let parts: Vec<&str> = timex.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    if month.parse::<u8>().is_err() || day.parse::<u8>().is_err() {
        return None;
    }
    let digits: String = span.chars().map(|c| ascii(c).unwrap_or(' ')).collect();
    // Other numbers in it reckon from another day: "16 days from 1 February".
    let own = |run: &str| {
        [year, month, day]
            .iter()
            .any(|part| part.trim_start_matches('0') == run.trim_start_matches('0') || part.ends_with(run))
    };
    if !digits.split_whitespace().all(own) {
        return None;
    }
    // The upstream tries its parser on days that there are not; they are no dates.
    let most = match (month, year.parse::<i32>()) {
        ("02", Ok(year)) if year % 4 != 0 || (year % 100 == 0 && year % 400 != 0) => 28,
        ("02", _) => 29,
        ("04" | "06" | "09" | "11", _) => 30,
        _ => 31,
    };
    if day.parse::<u8>().is_ok_and(|day| day > most) {
        return None;
    }
    let said = year == "XXXX"
        || digits.split_whitespace().any(|run| run == year || (run.len() == 2 && year.ends_with(run)));
    said.then(|| What::Date(timex.to_owned()))
}

fn ascii(c: char) -> Option<char> {
    [0x30u32, 0x660, 0x6F0, 0x966]
        .iter()
        .find_map(|zero| char::from_digit((c as u32).checked_sub(*zero).filter(|d| *d < 10)?, 10))
}

/// A duration in ISO 8601 whose parts are counted.
fn plain_length(timex: &str) -> Option<What> {
    let rest = timex.strip_prefix('P')?;
    let (mut months, mut seconds, mut count, mut time) = (0.0, 0.0, String::new(), false);
    for c in rest.chars() {
        match c {
            'T' => time = true,
            '0'..='9' | '.' => count.push(c),
            _ => {
                let unit = match (c, time) {
                    ('Y', _) => "year",
                    ('M', false) => "month",
                    ('W', _) => "week",
                    ('D', _) => "day",
                    ('H', _) => "hour",
                    ('M', true) => "minute",
                    ('S', _) => "second",
                    _ => return None,
                };
                let What::Length { months: m, seconds: s } = length(count.parse().ok()?, unit) else {
                    return None;
                };
                months += m;
                seconds += s;
                count.clear();
            }
        }
    }
    count.is_empty().then_some(What::Length { months, seconds })
}
