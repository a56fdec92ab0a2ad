//! Laws of schedules, business days and day counts.

use proptest::prelude::*;
use servanda_quantity::{
    Calendar, Convention, Day, DayCount, Duration, DurationUnit, MonthEnd, MonthEndRule, Number, Schedule,
    Stub, Weekday,
};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn every(count: u32, unit: DurationUnit) -> Duration {
    Duration { count, unit, month_end: MonthEnd::Exact, calendar: None }
}

fn plain(count: u32, unit: DurationUnit, anchor: Day) -> Schedule {
    Schedule {
        name: "s".into(),
        every: every(count, unit),
        anchor,
        to: None,
        month_end: MonthEndRule::SameDay,
        business: None,
    }
}

fn days(schedule: &Schedule, most: i64) -> Vec<String> {
    (0..most).map_while(|k| schedule.day(k).expect("a day")).map(|d| d.to_string()).collect()
}

fn calendar() -> Calendar {
    Calendar {
        name: "work".into(),
        weekend: vec![Weekday::Saturday, Weekday::Sunday],
        holidays: ["2026-01-01", "2026-04-03", "2026-12-25", "2027-01-01", "2028-02-29"].map(day).into(),
        through: day("9000-12-31"),
    }
}

#[test]
fn days_are_counted_from_the_anchor_and_not_from_the_last_one() {
    let mut s = plain(1, DurationUnit::Months, day("2027-01-31"));
    assert_eq!(days(&s, 4), ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]);
    s.anchor = day("2027-02-28");
    assert_eq!(days(&s, 3), ["2027-02-28", "2027-03-28", "2027-04-28"]);
    s.month_end = MonthEndRule::EndOfMonth;
    assert_eq!(days(&s, 3), ["2027-02-28", "2027-03-31", "2027-04-30"]);
    s.anchor = day("2027-02-27");
    assert_eq!(days(&s, 2), ["2027-02-27", "2027-03-27"]);
    assert_eq!(plain(1, DurationUnit::Months, day("2027-01-30")).lacks(), Some(day("2027-02-28")));
    assert_eq!(plain(1, DurationUnit::Years, day("2027-12-31")).lacks(), None);
    assert_eq!(plain(1, DurationUnit::Years, day("2028-02-29")).lacks(), Some(day("2029-02-28")));
    assert_eq!(plain(1, DurationUnit::Weeks, day("2028-02-29")).lacks(), None);
}

#[test]
fn a_stub_is_short_or_joined_to_the_period_before() {
    let mut s = plain(1, DurationUnit::Quarters, day("2026-01-15"));
    s.to = Some((day("2026-11-01"), Stub::Short));
    assert_eq!(days(&s, 9), ["2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15", "2026-11-01"]);
    assert!(!s.ends_on_cycle());
    s.to = Some((day("2026-11-01"), Stub::Long));
    assert_eq!(days(&s, 9), ["2026-01-15", "2026-04-15", "2026-07-15", "2026-11-01"]);
    assert_eq!(s.period_of(day("2026-10-20")).unwrap(), Some((day("2026-07-15"), day("2026-11-01"))));
    assert_eq!(s.period_of(day("2026-11-01")).unwrap(), None);
    assert_eq!(s.period_of(day("2026-01-14")).unwrap(), None);
    assert_eq!(s.period_from(day("2026-01-14")).unwrap(), Some((day("2026-01-15"), day("2026-04-15"))));
    // There is nothing before it to join it to.
    s.to = Some((day("2026-02-01"), Stub::Long));
    assert_eq!(days(&s, 9), ["2026-01-15", "2026-02-01"]);
    s.to = Some((day("2026-10-15"), Stub::Long));
    assert_eq!(days(&s, 9).len(), 4);
    assert!(s.ends_on_cycle());
}

#[test]
fn conventions_move_days_and_periods() {
    // A Saturday at the end of its month, and a Sunday at the beginning of one.
    for (name, end, beginning) in [
        ("calculate-shift-following", "2026-02-02", "2026-02-02"),
        ("calculate-shift-modified-following", "2026-01-30", "2026-02-02"),
        ("calculate-shift-preceding", "2026-01-30", "2026-01-30"),
        ("calculate-shift-modified-preceding", "2026-01-30", "2026-02-02"),
    ] {
        let convention: Convention = name.parse().expect(name);
        assert_eq!(convention.to_string(), name);
        assert_eq!(convention.apply(day("2026-01-31"), &calendar()).unwrap(), day(end), "{name}");
        assert_eq!(convention.apply(day("2026-02-01"), &calendar()).unwrap(), day(beginning), "{name}");
    }
    assert_eq!(Convention::names().count(), 8);
    let mut s = plain(1, DurationUnit::Months, day("2026-01-31"));
    s.business = Some(("shift-calculate-following".parse().unwrap(), calendar()));
    assert_eq!(days(&s, 3), ["2026-02-02", "2026-03-02", "2026-03-31"]);
    assert_eq!(s.period_of(day("2026-02-28")).unwrap(), Some((day("2026-02-02"), day("2026-03-02"))));
    s.business = Some(("calculate-shift-following".parse().unwrap(), calendar()));
    assert_eq!(s.period_of(day("2026-02-28")).unwrap(), Some((day("2026-02-28"), day("2026-03-31"))));
    assert_eq!(s.next(day("2026-02-27"), false).unwrap(), Some(day("2026-03-02")));
    // A day that moves before what it is to come after is not the next.
    s.business = Some(("calculate-shift-preceding".parse().unwrap(), calendar()));
    assert_eq!(s.next(day("2026-01-30"), false).unwrap(), Some(day("2026-02-27")));
    assert_eq!(s.next(day("2026-01-30"), true).unwrap(), Some(day("2026-01-30")));
    let mut short = calendar();
    short.through = day("2026-01-31");
    for (name, ends) in [("calculate-shift-following", true), ("calculate-shift-modified-following", false)] {
        let convention: Convention = name.parse().expect(name);
        assert_eq!(convention.apply(day("2026-01-31"), &short).is_err(), ends, "{name}");
    }
    short.through = day("2026-01-24");
    let modified: Convention = "calculate-shift-modified-following".parse().unwrap();
    assert!(modified.apply(day("2026-01-24"), &short).is_err());
}

#[test]
fn day_counts_follow_their_rules() {
    let years = |count: &str, from: &str, to: &str| {
        let count: DayCount = count.parse().expect(count);
        count.years(day(from), day(to)).unwrap().to_string()
    };
    assert_eq!(years("A365", "2026-01-01", "2027-01-01"), "1");
    assert_eq!(years("A360", "2026-01-01", "2026-07-01"), "181/360");
    assert_eq!(years("30E360", "2026-01-31", "2026-07-31"), "0.5");
    assert_eq!(years("30E360", "2026-02-28", "2026-03-31"), "4/45");
    assert_eq!(years("30E360ISDA", "2026-02-28", "2026-03-31"), "1/12");
    assert_eq!(years("AA", "2027-07-01", "2028-07-01"), "66887/66795");
    assert_eq!(years("AA", "2028-01-01", "2029-01-01"), "1");
    assert_eq!(DayCount::names().count(), 5);
    assert!("ACT".parse::<DayCount>().is_err());
}

fn some_day() -> impl Strategy<Value = Day> {
    (0i32..14_000).prop_map(|n| Day(17_000 + n))
}

fn some_schedule() -> impl Strategy<Value = Schedule> {
    let unit = prop_oneof![
        Just(DurationUnit::Days),
        Just(DurationUnit::Weeks),
        Just(DurationUnit::Months),
        Just(DurationUnit::Quarters),
        Just(DurationUnit::Years)
    ];
    let stub = prop_oneof![Just(Stub::Short), Just(Stub::Long)];
    let rule = prop_oneof![Just(MonthEndRule::SameDay), Just(MonthEndRule::EndOfMonth)];
    let to = proptest::option::of((1i32..2_000, stub));
    (1u32..8, unit, 0i32..3_000, to, rule, 0usize..10).prop_map(|(count, unit, anchor, to, month_end, c)| {
        let anchor = Day(20_454 + anchor);
        Schedule {
            name: "s".into(),
            every: every(count, unit),
            anchor,
            to: to.map(|(long, stub)| (Day(anchor.0 + long), stub)),
            month_end,
            business: Convention::names()
                .nth(c)
                .map(|name| (name.parse().expect("a convention"), calendar())),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Days come one after the other, and the next of a day is the first in the list that is.
    #[test]
    fn the_next_day_is_the_first_of_the_list(s in some_schedule(), asked in 0i32..3_500, on: bool) {
        let list: Vec<Day> = (0..60).map_while(|k| s.day(k).unwrap()).collect();
        prop_assert!(list.windows(2).all(|w| w[0] <= w[1]));
        let mut counted = s.clone();
        counted.business = None;
        let unmoved: Vec<Day> = (0..60).map_while(|k| counted.day(k).unwrap()).collect();
        prop_assert!(unmoved.windows(2).all(|w| w[0] < w[1]));
        let asked = Day(s.anchor.0 - 20 + asked);
        let comes = |d: Day| d > asked || (on && d == asked);
        let found = list.iter().zip(&unmoved).find(|(d, u)| comes(**d) && comes(**u)).map(|(d, _)| *d);
        if found.is_some() || list.len() < 60 {
            prop_assert_eq!(s.next(asked, on).unwrap(), found);
        }
    }

    /// Periods touch, hold what they are asked for, and leave no gap between the first day and the last.
    #[test]
    fn periods_leave_no_gap(s in some_schedule(), asked in 0i32..3_000) {
        let asked = Day(s.anchor.0 - 10 + asked);
        if let Some((first, next)) = s.period_from(asked).unwrap() {
            prop_assert!(first < next && asked < next);
            if let Some((again, _)) = s.period_from(next).unwrap() {
                prop_assert_eq!(again, next);
            }
            prop_assert_eq!(s.period_of(first).unwrap(), Some((first, next)));
            prop_assert_eq!(s.period_of(Day(next.0 - 1)).unwrap(), Some((first, next)));
            prop_assert_eq!(s.period_of(asked).unwrap().is_some(), first <= asked);
        } else {
            prop_assert!(s.to.is_some());
        }
    }

    #[test]
    fn business_days_count_back(from in some_day(), n in -400i64..400) {
        prop_assume!(from <= day("2038-01-01"));
        let calendar = calendar();
        let to = calendar.plus(from, n).unwrap();
        prop_assert_eq!(calendar.count(from, to).unwrap(), n);
        let (a, b) = (from.min(to), from.max(to));
        let works = |d: &i32| calendar.is_business_day(Day(*d));
        prop_assert_eq!(calendar.count(a, b).unwrap(), (a.0 + 1..=b.0).filter(works).count() as i64);
    }

    /// Turned round a span is as long, below zero; cut, its parts add up.
    #[test]
    fn years_add_up(a in some_day(), b in some_day(), c in some_day()) {
        for name in DayCount::names() {
            let count: DayCount = name.parse().unwrap();
            let years = |from, to| count.years(from, to).unwrap();
            prop_assert_eq!(years(a, b), Number::zero().sub(&years(b, a)).unwrap());
            prop_assert_eq!(years(a, c), years(a, b).add(&years(b, c)).unwrap(), "{}", name);
            let long = years(a, b).sub(&Number::from(i64::from(b.0 - a.0)).div(&"365.25".parse().unwrap()).unwrap());
            let long = long.unwrap();
            prop_assert!(long < Number::from(1) && long > Number::from(-1), "{}", name);
        }
    }
}
