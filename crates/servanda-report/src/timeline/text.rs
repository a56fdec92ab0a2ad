//! Timelines for a terminal.

use servanda_engine::{DutyState, Timeline};
use servanda_program::{Program, VersionId};
use servanda_quantity::Day;

use super::scale::Scale;
use super::{Bar, Look, bars, called, governed};
use crate::tongue::bidi;
use crate::{Style, Tongue};

/// Columns where the terminal does not say how many it has.
const WIDTH: usize = 100;
/// The widest column of names, and the narrowest line of days.
const NAMES_MAX: usize = 28;
const DAYS_MIN: usize = 20;

fn sign(look: Look) -> char {
    match look {
        Look::Nothing => ' ',
        Look::Over => '·',
        Look::NonBinding => '░',
        Look::Resting => '-',
        Look::Open => '?',
        Look::Fading => '▒',
        Look::Firm => '█',
        Look::Fault => '!',
    }
}

/// The timeline as aligned lines: a scale of years, the versions, a row for each clause, and a legend.
pub fn timeline_text(tongue: &Tongue, program: &Program, timeline: &Timeline, style: Style) -> String {
    let names: Vec<String> = timeline.rows.iter().map(|r| called(program, tongue, r).0).collect();
    let versions = timeline.versions.iter().map(|v| program.versions[v.version.index()].name.chars().count());
    let widest = names.iter().map(|n| n.chars().count()).chain(versions).max().unwrap_or(0).min(NAMES_MAX);
    let width = style.width.unwrap_or(WIDTH);
    let columns = width.saturating_sub(widest + 2).max(DAYS_MIN);
    let scale = Scale { from: timeline.from, until: timeline.until, length: columns as f64 };
    let mut out = String::new();
    let mut line = |name: &str, cells: String| {
        // Columns of days go from left to right in every language.
        let mark = if tongue.is_right_to_left() { bidi::LEFT_TO_RIGHT_MARK } else { "" };
        let short: String = name.chars().take(widest).collect();
        let pad = " ".repeat(widest - short.chars().count());
        out.push_str(format!("{mark}{short}{pad}  {cells}").trim_end());
        out.push('\n');
    };
    let mut years = vec![' '; columns];
    for (day, year) in scale.years(6.0) {
        let at = scale.at(day) as usize;
        for (i, c) in format!("|{year}").chars().enumerate() {
            if at + i < columns {
                years[at + i] = c;
            }
        }
    }
    line("", style.faint(&years.iter().collect::<String>()));
    for version in &timeline.versions {
        let cells = version_cells(timeline, version.version, &scale, columns);
        line(&program.versions[version.version.index()].name, style.faint(&cells));
    }
    for (row, name) in timeline.rows.iter().zip(&names) {
        let mut cells = cells(&bars(row, timeline), &scale, columns);
        for due in &row.dues {
            let at = scale.at(due.due) as usize;
            if at < columns && (timeline.from..timeline.until).contains(&due.due) {
                cells[at] = match due.state {
                    Some(DutyState::Violated | DutyState::Overdue) => '✗',
                    Some(DutyState::Fulfilled | DutyState::Discharged) => '✓',
                    _ => '◆',
                };
            }
        }
        line(name, cells.iter().collect());
    }
    let mut today = vec![' '; columns];
    if (timeline.from..timeline.until).contains(&timeline.as_of) {
        today[(scale.at(timeline.as_of) as usize).min(columns - 1)] = '^';
        line("", today.iter().collect::<String>() + &format!(" {}", timeline.as_of));
    }
    out.push('\n');
    let used: Vec<Look> = timeline.rows.iter().flat_map(|r| bars(r, timeline)).map(|b| b.look).collect();
    for look in Look::TOLD.into_iter().filter(|l| used.contains(l)) {
        out.push_str(&format!("{}  {}\n", sign(look), tongue.say(look.message(), &[])));
    }
    for (mark, message, states) in [
        ('◆', "timeline-due-open", &[DutyState::InEffect, DutyState::Due][..]),
        ('✓', "timeline-due-done", &[DutyState::Fulfilled, DutyState::Discharged]),
        ('✗', "timeline-due-missed", &[DutyState::Violated, DutyState::Overdue]),
    ] {
        let dues = || timeline.rows.iter().flat_map(|r| &r.dues);
        if dues().any(|d| d.state.is_some_and(|s| states.contains(&s))) {
            out.push_str(&format!("{mark}  {}\n", tongue.say(message, &[])));
        }
    }
    for fault in &timeline.faults {
        out.push_str(&format!("!  {} [{}]\n", fault.message, fault.code));
    }
    out
}

fn version_cells(timeline: &Timeline, version: VersionId, scale: &Scale, columns: usize) -> String {
    let days = governed(timeline, version);
    (0..columns)
        .map(|c| {
            let (from, until) = (scale.day(c), scale.day(c + 1).max(Day(scale.day(c).0 + 1)));
            if days.iter().any(|(f, u)| *f < until && from < *u) { '─' } else { ' ' }
        })
        .collect()
}

/// One sign for each column: the strongest look of its days.
fn cells(bars: &[Bar], scale: &Scale, columns: usize) -> Vec<char> {
    (0..columns)
        .map(|c| {
            let (from, until) = (scale.day(c), scale.day(c + 1).max(Day(scale.day(c).0 + 1)));
            let looks = bars.iter().filter(|b| b.from < until && from < b.until).map(|b| b.look);
            sign(looks.max().unwrap_or(Look::Nothing))
        })
        .collect()
}
