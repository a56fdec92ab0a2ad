//! A contract of the suite: its terms, what it brought, and the schedules that its terms describe.

use std::collections::BTreeSet;

use serde_json::Value;
use servanda_quantity::{
    Calendar, Convention, Day, Duration, DurationUnit, MonthEnd, MonthEndRule, Schedule, Stub, Weekday,
};

/// Something that recurs: the end of the names of its terms, and the events that it brings.
pub struct Leg {
    pub term: &'static str,
    pub events: &'static [&'static str],
    /// Whether it comes at maturity as well.
    pub at_end: bool,
}

impl Leg {
    pub const INTEREST: Leg = Leg { term: "OfInterestPayment", events: &["IP", "IPCI"], at_end: true };
    /// Of a loan that can be called: what is left is paid with the principal, at its end.
    pub const CAPITALISED: Leg = Leg { term: "OfInterestPayment", events: &["IPCI"], at_end: false };
    pub const FIXED: Leg = Leg { term: "OfInterestPayment", events: &["IPFX"], at_end: true };
    pub const FLOATING: Leg = Leg { term: "OfInterestPayment", events: &["IPFL"], at_end: true };
    pub const PRINCIPAL: Leg = Leg { term: "OfPrincipalRedemption", events: &["PR"], at_end: false };
    pub const RATE: Leg = Leg { term: "OfRateReset", events: &["RR", "RRF"], at_end: false };
    pub const BASE: Leg = Leg { term: "OfInterestCalculationBase", events: &["IPCB"], at_end: false };
    pub const SCALING: Leg = Leg { term: "OfScalingIndex", events: &["SC"], at_end: false };
}

/// One event as published.
pub struct Event {
    pub day: Day,
    pub kind: String,
    pub payoff: f64,
    pub principal: f64,
    pub rate: f64,
    pub accrued: f64,
}

pub struct Contract {
    pub name: String,
    terms: Value,
    to: String,
    /// When a loan that can be called was called.
    called: Option<Day>,
    pub events: Vec<Event>,
}

fn day(text: &str) -> Option<Day> {
    text.get(..10)?.parse().ok()
}

impl Contract {
    pub fn read(value: &Value) -> Contract {
        let number = |v: &Value| v.as_f64().or_else(|| v.as_str()?.trim().parse().ok()).unwrap_or(f64::NAN);
        let event = |e: &Value| Event {
            day: day(e["eventDate"].as_str().unwrap_or_default()).expect("an event has a day"),
            kind: e["eventType"].as_str().unwrap_or_default().to_string(),
            payoff: number(&e["payoff"]),
            principal: number(&e["notionalPrincipal"]),
            rate: number(&e["nominalInterestRate"]),
            accrued: number(&e["accruedInterest"]),
        };
        Contract {
            name: value["identifier"].as_str().expect("a contract has a name").to_string(),
            terms: value["terms"].clone(),
            to: value["to"].as_str().unwrap_or_default().to_string(),
            called: value["eventsObserved"]
                .as_array()
                .and_then(|all| all.iter().find(|e| e["type"] == "XD"))
                .and_then(|e| day(e["time"].as_str()?)),
            events: value["results"].as_array().expect("what it brought").iter().map(event).collect(),
        }
    }

    pub fn term(&self, name: &str) -> Option<&str> {
        self.terms[name].as_str().map(str::trim).filter(|t| !t.is_empty())
    }

    pub fn term_day(&self, name: &str) -> Option<Day> {
        day(self.term(name)?)
    }

    /// The days on which events of some kinds came.
    pub fn days(&self, kinds: &[&str]) -> BTreeSet<Day> {
        self.events.iter().filter(|e| kinds.contains(&e.kind.as_str())).map(|e| e.day).collect()
    }

    /// The last day of the contract: as stated, or, where amounts decide when it is paid off, as published.
    fn end(&self) -> Option<Day> {
        let stated = self.term_day("maturityDate").or(self.term_day("amortizationDate"));
        stated.or(self.events.iter().find(|e| e.kind == "MD").map(|e| e.day))
    }

    /// The schedule of something that recurs; `None` where no cycle is stated.
    pub fn schedule(&self, leg: &Leg) -> Result<Option<Schedule>, String> {
        let Some(cycle) = self.term(&format!("cycle{}", leg.term)) else { return Ok(None) };
        let anchor = self.term_day(&format!("cycleAnchorDate{}", leg.term));
        let anchor = anchor.or(self.term_day("initialExchangeDate")).ok_or("no anchor")?;
        let (every, stub) = read_cycle(cycle).ok_or_else(|| format!("a cycle {cycle}"))?;
        let month_end = match self.term("endOfMonthConvention") {
            Some("EOM") => MonthEndRule::EndOfMonth,
            Some("SD") | None => MonthEndRule::SameDay,
            Some(other) => return Err(format!("an end-of-month convention {other}")),
        };
        let business = match (self.term("businessDayConvention"), self.term("calendar")) {
            (None, _) | (_, None | Some("NC")) => None,
            (Some(convention), Some("MF")) => {
                Some((read_convention(convention).ok_or(convention)?, monday_to_friday()))
            }
            (_, Some(other)) => return Err(format!("a calendar {other}")),
        };
        let to = self.end().map(|day| (day, stub));
        Ok(Some(Schedule { name: leg.term.into(), every, anchor, to, month_end, business }))
    }

    /// The days on which something that recurs is to come within what was published.
    pub fn expected(&self, leg: &Leg) -> Result<Option<BTreeSet<Day>>, String> {
        let Some(schedule) = self.schedule(leg)? else { return Ok(None) };
        // The base of interest is taken anew only where it lags behind the principal.
        if leg.term == Leg::BASE.term && self.term("interestCalculationBase") != Some("NTL") {
            return Ok(None);
        }
        let last = self.events.iter().map(|e| e.day).max().ok_or("nothing came")?;
        let horizon = day(&self.to).into_iter().chain([last]).min().ok_or("no horizon")?;
        let mut out = BTreeSet::new();
        let counted = Schedule { business: None, ..schedule.clone() };
        for k in 0.. {
            let (counted, day) = (counted.day(k), schedule.day(k).map_err(|e| e.to_string())?);
            match day {
                Some(day) if day <= horizon => {}
                _ => break,
            }
            if leg.at_end || counted != Ok(self.end()) {
                out.extend(day);
            }
        }
        // The interest that is added to the principal is added on the last such day, whatever the cycle.
        if leg.term == Leg::INTEREST.term && leg.at_end {
            out.extend(self.term_day("capitalizationEndDate"));
        }
        let status = self.term_day("statusDate").ok_or("no status day")?;
        let purchase = self.term_day("purchaseDate");
        let termination = self.term_day("terminationDate");
        out.retain(|&d| {
            d > status
                && purchase.is_none_or(|p| d > p)
                && termination.is_none_or(|t| d <= t)
                && self.called.is_none_or(|c| d < c)
        });
        Ok(Some(out))
    }
}

/// `P1ML0`: a period of ISO 8601, and a long (0) or short (1) stub.
fn read_cycle(text: &str) -> Option<(Duration, Stub)> {
    let (period, stub) = text.strip_prefix('P')?.split_once('L')?;
    let (count, unit) = period.split_at(period.len().checked_sub(1)?);
    let (factor, unit) = match unit {
        "D" => (1, DurationUnit::Days),
        "W" => (1, DurationUnit::Weeks),
        "M" => (1, DurationUnit::Months),
        "Q" => (1, DurationUnit::Quarters),
        "H" => (6, DurationUnit::Months),
        "Y" => (1, DurationUnit::Years),
        _ => return None,
    };
    let count = count.parse::<u32>().ok()?.checked_mul(factor)?;
    let stub = match stub {
        "0" => Stub::Long,
        "1" => Stub::Short,
        _ => return None,
    };
    Some((Duration { count, unit, month_end: MonthEnd::Exact, calendar: None }, stub))
}

/// `SCMF`: shift, then calculate, modified, following.
fn read_convention(text: &str) -> Option<Convention> {
    let (order, shift) = text.split_at_checked(2)?;
    let order = match order {
        "SC" => "shift-calculate",
        "CS" => "calculate-shift",
        _ => return None,
    };
    let shift = match shift {
        "F" => "following",
        "MF" => "modified-following",
        "P" => "preceding",
        "MP" => "modified-preceding",
        _ => return None,
    };
    format!("{order}-{shift}").parse().ok()
}

fn monday_to_friday() -> Calendar {
    Calendar {
        name: "MF".into(),
        weekend: vec![Weekday::Saturday, Weekday::Sunday],
        holidays: BTreeSet::new(),
        through: "2999-12-31".parse().expect("a day"),
    }
}
