//! Days held against python-dateutil over thousands of cases: sums of months, cycles, conventions, business days.

#![allow(clippy::disallowed_methods, reason = "tests read the environment and start processes")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use servanda_quantity::{
    Calendar, Convention, Day, Duration, DurationUnit, MonthEnd, MonthEndRule, Schedule, Weekday,
};

/// How many cases of each kind.
const CASES: usize = 1_500;

/// Numbers that look random and are always the same (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 1) as i64 % below
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.next(of.len() as i64) as usize]
    }

    /// A day from 1990 to 2059, often at the end of its month or in a leap year's February.
    fn day(&mut self) -> Day {
        let day = Day(7_305 + self.next(25_550) as i32);
        let date = day.date();
        let of_month = |d| Day::new(date.year(), date.month(), d).expect("a day of the month");
        match self.next(4) {
            0 => of_month(date.days_in_month()),
            1 => of_month(date.days_in_month().min(29)),
            2 => Day::new(1_992 + 4 * self.next(15) as i16, 2, 29).expect("a leap day"),
            _ => day,
        }
    }
}

fn calendar(numbers: &mut Numbers, around: Day) -> Calendar {
    let holidays: BTreeSet<Day> = (0..30).map(|_| Day(around.0 - 60 + numbers.next(400) as i32)).collect();
    Calendar {
        name: "work".into(),
        weekend: vec![Weekday::Saturday, Weekday::Sunday],
        holidays,
        through: "2999-12-31".parse().expect("a day"),
    }
}

fn texts(days: impl IntoIterator<Item = Day>) -> Vec<String> {
    days.into_iter().map(|d| d.to_string()).collect()
}

/// Questions, each with our answer.
fn cases() -> Vec<(Value, Value)> {
    let mut n = Numbers(26);
    let mut out = Vec::new();
    for _ in 0..CASES {
        let (day, months) = (n.day(), n.next(1_200) - 400);
        let ours = day.plus_months(months, MonthEnd::Down).expect("a day");
        out.push((json!({"kind": "sum", "day": day.to_string(), "months": months}), json!(ours.to_string())));
    }
    let units = [
        ("days", DurationUnit::Days),
        ("weeks", DurationUnit::Weeks),
        ("months", DurationUnit::Months),
        ("years", DurationUnit::Years),
    ];
    for _ in 0..CASES {
        let (anchor, (word, unit), step, end_of_month) =
            (n.day(), n.one(&units), 1 + n.next(14), n.next(2) == 0);
        let calendar = calendar(&mut n, anchor);
        let convention = n.one(&["", "following", "modified-following", "preceding", "modified-preceding"]);
        let business = (!convention.is_empty()).then(|| {
            let name = format!("{}-{convention}", n.one(&["calculate-shift", "shift-calculate"]));
            (name.parse::<Convention>().expect("a convention"), calendar.clone())
        });
        let schedule = Schedule {
            name: "s".into(),
            every: Duration { count: step as u32, unit, month_end: MonthEnd::Exact, calendar: None },
            anchor,
            to: None,
            month_end: if end_of_month { MonthEndRule::EndOfMonth } else { MonthEndRule::SameDay },
            business,
        };
        let count = 12;
        let ours = (0..count).map(|k| schedule.day(k).expect("a day").expect("there is no last"));
        let ours = json!(texts(ours));
        let question = json!({
            "kind": "cycle", "anchor": anchor.to_string(), "unit": word, "step": step, "count": count,
            "end_of_month": end_of_month, "convention": convention, "holidays": texts(calendar.holidays),
        });
        out.push((question, ours));
        // What comes next is asked of a rule, which leaves out the months that lack a day.
        if anchor.date().day() <= 28 {
            let plain = Schedule { business: None, month_end: MonthEndRule::SameDay, ..schedule };
            let (asked, on) = (Day(anchor.0 + n.next(4_000) as i32), n.next(2) == 0);
            let ours = plain.next(asked, on).expect("a day").expect("there is no last").to_string();
            let question = json!({
                "kind": "next", "anchor": anchor.to_string(), "unit": word, "step": step,
                "day": asked.to_string(), "on": on,
            });
            out.push((question, json!(ours)));
        }
    }
    for _ in 0..CASES {
        let from = n.day();
        let calendar = calendar(&mut n, from);
        let to = Day(from.0 + n.next(500) as i32);
        let holidays = texts(calendar.holidays.clone());
        let ours = calendar.count(from, to).expect("a count");
        let question =
            json!({"kind": "count", "from": from.to_string(), "to": to.to_string(), "holidays": holidays});
        out.push((question, json!(ours)));
        let days = n.one(&[-1, 1]) * (1 + n.next(90));
        let ours = calendar.plus(from, days).expect("a day").to_string();
        let question =
            json!({"kind": "plus", "day": from.to_string(), "business_days": days, "holidays": holidays});
        out.push((question, json!(ours)));
    }
    out
}

#[test]
fn days_are_those_of_dateutil() {
    let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
    let there = Command::new("python3").args(["-c", "import dateutil"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        assert!(
            !required,
            "left out although SERVANDA_REQUIRE=all: python3 with python-dateutil is not there"
        );
        println!("left out: days against python-dateutil: python3 with python-dateutil is not there");
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates/dates.py");
    let mut python = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let cases = cases();
    let lines: String = cases.iter().map(|(question, _)| format!("{question}\n")).collect();
    let mut stdin = python.stdin.take().expect("it reads");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = python.wait_with_output().expect("it ends");
    writer.join().expect("the questions are written").expect("it reads them");
    assert!(output.status.success(), "dates.py fails");
    let answers = String::from_utf8(output.stdout).expect("it writes text");
    let answers: Vec<Value> = answers.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(answers.len(), cases.len());
    let differ: Vec<String> = cases
        .iter()
        .zip(&answers)
        .filter(|((_, ours), theirs)| ours != *theirs)
        .map(|((question, ours), theirs)| format!("{question}\n  ours {ours}\n  dateutil {theirs}"))
        .collect();
    println!("{} cases against python-dateutil", cases.len());
    assert!(
        differ.is_empty(),
        "{} of {} differ:\n{}",
        differ.len(),
        cases.len(),
        differ[..differ.len().min(8)].join("\n")
    );
}
