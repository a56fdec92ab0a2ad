//! `calendar-too-short`, as a warning: a term that goes on for longer than a calendar that it counts by.

use servanda_program::{Clause, DutyStart, Program, Trigger};
use servanda_quantity::{Calendar, Day};
use servanda_syntax::ast::FieldKind;
use servanda_text::Diagnostic;

use super::refs::Refs;
use super::terms::latest_end;
use crate::consolidate::Texts;

pub(super) fn check(texts: &Texts<'_>, program: &Program, out: &mut Vec<Diagnostic>) {
    for (wording, clause) in texts.wordings.iter().zip(&program.clauses) {
        let Some(end) = latest_end(&clause.until) else { continue };
        let last = Day(end.0 - 1);
        for calendar in calendars(program, clause) {
            if calendar.through >= last {
                continue;
            }
            let until = |f: &&servanda_syntax::ast::Field| {
                matches!(f.kind, FieldKind::Until(_) | FieldKind::Through(_))
            };
            let span =
                wording.clause.fields.iter().find(until).map_or(wording.clause.name.span(), |f| f.at.0);
            out.push(
                Diagnostic::warning(
                    "calendar-too-short",
                    span,
                    format!(
                        "the term of `{}` goes on to {last}, and the calendar `{}`, by which it counts, knows no day \
                         after {}",
                        wording.clause.name.text, calendar.name, calendar.through
                    ),
                )
                .help(format!("write a later `through` in the calendar `{}`, with its holidays", calendar.name)),
            );
        }
    }
}

/// The calendars by which a clause counts, each once. A schedule with an end has been looked at by itself.
fn calendars<'p>(program: &'p Program, clause: &'p Clause) -> Vec<&'p Calendar> {
    let refs = refs(clause);
    let own = refs.calendars.iter().filter_map(|c| program.calendars.get(c.index()));
    let schedules = refs.schedules.iter().filter_map(|s| program.schedules.get(s.index()));
    let moved = schedules.filter(|s| s.to.is_none()).filter_map(|s| s.business.as_ref().map(|(_, c)| c));
    let mut out: Vec<&Calendar> = Vec::new();
    for calendar in own.chain(moved) {
        if !out.iter().any(|c| c.name == calendar.name) {
            out.push(calendar);
        }
    }
    out
}

/// Everything that a clause looks at.
fn refs(clause: &Clause) -> Refs {
    let mut refs = Refs::default();
    clause.from.iter().chain([&clause.until]).for_each(|m| refs.moment(m));
    clause.while_.iter().for_each(|c| refs.cond(c));
    for norm in &clause.norms {
        [&norm.reach, &norm.meet, &norm.except].iter().for_each(|c| refs.cond(c));
    }
    for duty in &clause.duties {
        match &duty.start {
            DutyStart::Clause => {}
            DutyStart::Once(moment) => refs.moment(moment),
            DutyStart::Each(pattern, _, calendar) => {
                refs.pattern(pattern);
                refs.calendars.extend(calendar);
            }
            DutyStart::Within(moment, _, calendar) => {
                refs.moment(moment);
                refs.calendars.extend(calendar);
            }
            DutyStart::Period(period) => refs.period(*period),
            DutyStart::Arrears(period, _, calendar) => {
                refs.period(*period);
                refs.calendars.extend(calendar);
            }
        }
        refs.calendars.extend(duty.cure.iter().filter_map(|(_, calendar)| *calendar));
        duty.due.iter().for_each(|m| refs.moment(m));
        [Some(&duty.reach), duty.done.as_ref()].into_iter().flatten().for_each(|c| refs.cond(c));
        duty.worth.iter().chain(&duty.counting).for_each(|e| refs.expr(e));
    }
    for effect in &clause.effects {
        std::iter::once(&effect.when).chain(&effect.before).for_each(|m| refs.moment(m));
    }
    for step in clause.processes.iter().flat_map(|p| &p.steps) {
        match &step.trigger {
            Trigger::On(pattern) => refs.pattern(pattern),
            Trigger::After(_, calendar) => refs.calendars.extend(calendar),
        }
        step.keeps.iter().for_each(|(_, e)| refs.expr(e));
    }
    for value in &clause.values {
        refs.expr(&value.expr);
        refs.cond(&value.cond);
    }
    clause.defines.iter().for_each(|d| refs.cond(&d.cond));
    clause.overrides.iter().for_each(|o| refs.cond(&o.cond));
    refs
}
