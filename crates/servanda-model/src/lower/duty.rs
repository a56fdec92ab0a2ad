//! Obligations.

use servanda_program::{Cond, Duty, DutyStart, DutyWhat, Moment, Period};
use servanda_quantity::Duration;
use servanda_syntax::ast::{self, DutyPart, WhenKind};
use servanda_text::{Diagnostic, Span};

use super::day::Bound;
use super::expr::fits;
use super::period::outlasts;
use super::{Ctx, Kind, Lowerer};

impl<'a> Lowerer<'a> {
    /// A duty; nothing where its action is unknown.
    pub(crate) fn duty(
        &mut self,
        ctx: &Ctx,
        norm: &'a ast::Norm,
        duty: &'a ast::Duty,
        span: Span,
        exceptions: &[Cond],
    ) -> Option<Duty> {
        let debtors = self.parties_of(&norm.parties);
        let creditors = self.parties_of(&duty.to);
        if let Some(first) = norm.provided.first() {
            self.report(
                Diagnostic::error(
                    "provided-on-restriction",
                    first.span(),
                    "only a permission can be `provided`",
                )
                .help("write `if …` for when the duty is owed"),
            );
        }
        let what = match &duty.what {
            ast::DutyWhat::Words(text) => DutyWhat::Words(text.value.clone()),
            ast::DutyWhat::Act(name) => match self.vocabulary.action_in(name) {
                Ok(action) => {
                    let info = &self.vocabulary.actions[action.index()];
                    for party in &debtors {
                        if !info.by.contains(party) {
                            let who = &self.vocabulary.parties[party.index()].name;
                            let d = Diagnostic::error(
                                "wrong-actor",
                                span,
                                format!("`{who}` cannot `{}` at all", name.text),
                            )
                            .also(info.ast.name.span(), "the action says who can");
                            self.report(d);
                        }
                    }
                    DutyWhat::Act(action)
                }
                Err(d) => {
                    self.report(*d);
                    return None;
                }
            },
        };
        let mut start: Option<DutyStart> = None;
        let mut ctx = ctx.clone();
        for part in &duty.parts {
            let next = match part {
                DutyPart::Once(when) => DutyStart::Once(self.when(&ctx, when)),
                DutyPart::Within(duration, when) => {
                    let Some((duration, calendar)) = self.span_of_time(duration, when.at.0) else { continue };
                    let is_event = matches!(&when.kind, WhenKind::Event { event, .. }
                        if event.single().is_some_and(|n| self.vocabulary.event_in(n).is_ok()));
                    if is_event {
                        let Some(pattern) = self.when_pattern(&ctx, when) else { continue };
                        ctx = ctx.with_record(pattern.event);
                        DutyStart::Each(pattern, duration, calendar)
                    } else {
                        DutyStart::Within(self.when(&ctx, when), duration, calendar)
                    }
                }
                DutyPart::Each(period, due) => {
                    let Some(period) = self.period(period) else { continue };
                    match due {
                        None => DutyStart::Period(period),
                        Some(due) => {
                            let Some((due, calendar)) = self.span_of_time(due, span) else { continue };
                            self.due_in_time(&due, period, span);
                            DutyStart::Arrears(period, due, calendar)
                        }
                    }
                }
                _ => continue,
            };
            if start.is_some() {
                self.report(
                    Diagnostic::error("duplicate-start", span, "the duty begins in two ways")
                        .help("write one of `once`, `within` and `each`"),
                );
            } else {
                start = Some(next);
            }
        }
        let (mut due, mut worth, mut counting, mut done, mut cure, mut remedy) =
            (None, None, None, None, None, None);
        for part in &duty.parts {
            match part {
                DutyPart::By(day) => due = Some(self.day(&ctx, day, Bound::By)),
                DutyPart::Worth(e) => worth = Some((self.value(&ctx, e, None), e.span())),
                DutyPart::Counting(e) => counting = Some((self.value(&ctx, e, None), e.span())),
                DutyPart::Done(e) => done = Some(self.cond(&ctx, e)),
                DutyPart::Cure(duration) => {
                    cure = self.span_of_time(duration, span);
                }
                DutyPart::Else(name) => match self.vocabulary.clause_in(name) {
                    Ok(clause) => remedy = Some(clause),
                    Err(d) => self.report(*d),
                },
                DutyPart::Once(_) | DutyPart::Within(..) | DutyPart::Each(..) => {}
            }
        }
        for ((_, kind), at) in [&worth, &counting].into_iter().flatten() {
            if !matches!(kind, Kind::Figure(_) | Kind::Unknown) {
                self.error("wrong-kind", *at, format!("a figure is expected, found {}", kind.word()));
            }
        }
        if let (Some(((_, a), _)), Some(((_, b), at))) = (&worth, &counting)
            && !fits(a, b)
        {
            self.error(
                "unit-mismatch",
                *at,
                format!("what counts must be of the unit of what is owed: {} and {}", a.word(), b.word()),
            );
        }
        if due == Some(Moment::Never) {
            due = None;
        }
        if due.is_some()
            && matches!(
                start,
                Some(
                    DutyStart::Each(..)
                        | DutyStart::Within(..)
                        | DutyStart::Period(_)
                        | DutyStart::Arrears(..)
                )
            )
        {
            self.report(
                Diagnostic::error("duplicate-due", span, "the duty has two last days")
                    .help("write `by DAY`, or `within … of …`, or `each …`"),
            );
        }
        let reach = self.reach_of_duty(&ctx, norm, exceptions);
        Some(Duty {
            debtors,
            creditors,
            what,
            reach,
            start: start.unwrap_or(DutyStart::Clause),
            due,
            worth: worth.map(|((e, _), _)| e),
            counting: counting.map(|((e, _), _)| e),
            done,
            cure,
            remedy,
            span,
        })
    }

    /// Reports a last day that lies beyond the period that follows: what is done by then counts for that one.
    fn due_in_time(&mut self, due: &Duration, period: Period, span: Span) {
        let word = match period {
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
            Period::Schedule(id) => &self.vocabulary.schedules[id.index()].name,
        };
        if outlasts(due, period, &self.vocabulary.schedules) {
            self.report(
                Diagnostic::error(
                    "due-too-late",
                    span,
                    format!("`{due}` after a {word} is longer than a {word}"),
                )
                .label("what is done for one period counts until the end of the next")
                .help("write a shorter time, or a longer period"),
            );
        }
    }
}
