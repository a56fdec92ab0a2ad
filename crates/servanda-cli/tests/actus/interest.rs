//! What interest comes to between two events, as an agreement that says so and as published.

use servanda_quantity::{Day, DayCount};

use crate::contract::{Contract, Leg};

/// Interest that ran between two events and was paid, added or kept with the second.
pub struct Run {
    pub from: Day,
    pub to: Day,
    pub principal: f64,
    pub rate: f64,
    pub count: DayCount,
    /// What ran, as published.
    pub published: f64,
}

/// The stretches of a contract in which interest ran, each with what is published of it.
pub fn runs(contract: &Contract) -> Result<Vec<Run>, String> {
    let count = contract.term("dayCountConvention").ok_or("no day count")?;
    let count = count.parse().map_err(|_| format!("a day count {count}"))?;
    // Under *calculate, then shift* interest runs to the day as counted.
    let schedule = contract.schedule(&Leg::INTEREST)?;
    let counted = |moved: Day| {
        let Some(schedule) = &schedule else { return moved };
        if schedule.business.as_ref().is_none_or(|(convention, _)| convention.periods_move) {
            return moved;
        }
        let plain = servanda_quantity::Schedule { business: None, ..schedule.clone() };
        let days = (0..10_000).map_while(|k| Some((schedule.day(k).ok()??, plain.day(k).ok()??)));
        days.filter(|(day, _)| *day == moved).map(|(_, counted)| counted).last().unwrap_or(moved)
    };
    let mut out = Vec::new();
    for pair in contract.events.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let published = match after.kind.as_str() {
            "IP" => after.payoff - before.accrued,
            "IPCI" => after.principal - before.principal - before.accrued,
            "RR" | "RRF" => after.accrued - before.accrued,
            _ => continue,
        };
        out.push(Run {
            from: counted(before.day),
            to: counted(after.day),
            principal: before.principal,
            rate: before.rate,
            count,
            published,
        });
    }
    Ok(out)
}

/// An agreement with a value for each stretch.
pub fn agreement(runs: &[Run]) -> String {
    let mut deed = String::from(
        "agreement loan \"A loan\" zone UTC currency EUR language en\n\
         party Lender party Borrower\n\
         version first \"The loan\" starts binding from 2000-01-01 outside \"the terms of the contract\"\n\
         clause interest\n",
    );
    for (i, run) in runs.iter().enumerate() {
        deed.push_str(&format!(
            "  value run-{i} is {:.12} * {:.14} * years from {} to {} by {} rounded to 0.000000000001\n",
            run.principal, run.rate, run.from, run.to, run.count
        ));
    }
    deed.push_str("  outside \"the terms of the contract\"\n");
    deed
}
