//! Days: terms, bounds, durations.

use servanda_program::{CalendarId, Moment, OpenId, Pattern};
use servanda_quantity::{CalendarError, Day, DayError, Duration, DurationUnit, MonthEnd};
use servanda_syntax::ast::{self, DayExprKind, WhenKind, YearEdge};
use servanda_text::{Diagnostic, Span};

use super::{Ctx, Kind, Lowerer};
use crate::vocabulary::{unknown, unknown_at};

/// What a day bounds, which says how a bare year is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// `until`, `before`: the first day outside.
    Until,
    /// `through`: the last day inside.
    Through,
    /// `by`: the last day for a duty.
    By,
    /// `from`: the first day inside.
    From,
}

impl Bound {
    fn word(self) -> &'static str {
        match self {
            Bound::Until => "until",
            Bound::Through => "through",
            Bound::By => "by",
            Bound::From => "from",
        }
    }
}

impl<'a> Lowerer<'a> {
    /// A day as a moment.
    pub(crate) fn day(&mut self, ctx: &Ctx, day: &ast::DayExpr, bound: Bound) -> Moment {
        let span = day.at.0;
        if self.depth >= super::DEPTH_MAX {
            self.error("too-deep", span, "days are nested too deep");
            return Moment::Never;
        }
        self.depth += 1;
        let moment = self.day_inner(ctx, day, bound);
        self.depth -= 1;
        moment
    }

    fn day_inner(&mut self, ctx: &Ctx, day: &ast::DayExpr, bound: Bound) -> Moment {
        let span = day.at.0;
        match &day.kind {
            DayExprKind::Day(d) => Moment::Day(*d),
            DayExprKind::Never => Moment::Never,
            DayExprKind::Edge(edge, year, month) => match edges(*year, *month) {
                Some((first, _)) if *edge == YearEdge::Start => Moment::Day(first),
                Some((_, after)) => Moment::Day(Day(after.0 - 1)),
                None => self.bad_day(span),
            },
            DayExprKind::Year(year) => self.bare(ctx, span, *year, None, bound),
            DayExprKind::Month(year, month) => self.bare(ctx, span, *year, Some(*month), bound),
            DayExprKind::When(when) => self.when(ctx, when),
            DayExprKind::Shift(inner, back, duration) => {
                let inner = self.day(ctx, inner, bound);
                match self.long(duration) {
                    Some(duration) => self.shift(inner, *back, &duration, span),
                    None => Moment::Never,
                }
            }
            DayExprKind::Next(name, on, after) => {
                let after = self.day(ctx, after, bound);
                self.next_of(name, *on, after, span)
            }
            DayExprKind::Earlier(list) => {
                Moment::Earlier(list.iter().map(|d| self.day(ctx, d, bound)).collect())
            }
            DayExprKind::Later(list) => Moment::Later(list.iter().map(|d| self.day(ctx, d, bound)).collect()),
            DayExprKind::Reads(name, list) => self.reads(ctx, name, list, bound),
        }
    }

    fn bad_day(&mut self, span: Span) -> Moment {
        self.error("impossible-day", span, "there is no such year or month");
        Moment::Never
    }

    /// `through D`: the day after.
    pub(crate) fn through(&mut self, ctx: &Ctx, day: &ast::DayExpr) -> Moment {
        let moment = self.day(ctx, day, Bound::Through);
        after(moment)
    }

    /// A bare year or month.
    fn bare(&mut self, ctx: &Ctx, span: Span, year: i16, month: Option<i8>, bound: Bound) -> Moment {
        let Some((first, next)) = edges(year, month) else { return self.bad_day(span) };
        if bound == Bound::Through {
            return Moment::Day(Day(next.0 - 1));
        }
        let readings: Vec<&'a ast::Reading> = self
            .vocabulary
            .readings
            .iter()
            .map(|(r, _)| *r)
            .filter(|r| !r.answers.is_empty() && r.answers.iter().all(|a| a.takes_year.is_some()))
            .collect();
        let word = match month {
            Some(month) => format!("{year:04}-{month:02}"),
            None => format!("{year:04}"),
        };
        let [reading] = readings[..] else {
            let what = if month.is_some() { "month" } else { "year" };
            let mut d = Diagnostic::error(
                "ambiguous-year",
                span,
                format!("`{} {word}` does not say whether the {what} is included", bound.word()),
            );
            d = if bound == Bound::From {
                d.help(format!("write `from the start of {word}` or `from the end of {word} + 1 day`"))
            } else if bound == Bound::By {
                d.help(format!("write `by the start of {word}` or `by the end of {word}`"))
            } else {
                d.help(format!("write `until the start of {word}` to leave it out"))
                    .help(format!("write `through the end of {word}` to include it"))
            };
            if readings.is_empty() {
                d = d.help("or declare a reading whose answers say `takes a year to its start` and `… end`");
            } else {
                d = readings.iter().fold(d, |d, r| d.also(r.name.span(), "one of several readings of years"));
            }
            self.report(d);
            return Moment::Never;
        };
        let Some(open) = self.opens.get(&reading.name.text) else { return Moment::Never };
        self.use_reading(open, ctx);
        let back = if bound == Bound::By { 1 } else { 0 };
        let moments = reading
            .answers
            .iter()
            .map(|a| {
                let day = if a.takes_year == Some(YearEdge::End) { next } else { first };
                Moment::Day(day.plus_days(-back).unwrap_or(day))
            })
            .collect();
        Moment::ByReading(open, moments)
    }

    fn reads(
        &mut self,
        ctx: &Ctx,
        name: &ast::Name,
        list: &[(ast::Name, ast::DayExpr)],
        bound: Bound,
    ) -> Moment {
        let vocabulary = self.vocabulary;
        let Some(reading) = vocabulary.readings.iter().map(|(r, _)| *r).find(|r| r.name.text == name.text)
        else {
            let names = vocabulary.readings.iter().map(|(r, _)| r.name.text.as_str());
            self.report(unknown("unknown-reading", "reading", name, names));
            return Moment::Never;
        };
        let Some(open) = self.opens.get(&name.text) else { return Moment::Never };
        self.use_reading(open, ctx);
        for (word, _) in list {
            if !reading.answers.iter().any(|a| a.word.text == word.text) {
                let d = unknown_at(
                    "unknown-word",
                    "answer",
                    &word.text,
                    word.span(),
                    reading.answers.iter().map(|a| a.word.text.as_str()),
                )
                .also(reading.name.span(), "the reading with its answers");
                self.report(d);
            }
        }
        let mut moments = Vec::new();
        for answer in &reading.answers {
            match list.iter().find(|(word, _)| word.text == answer.word.text) {
                Some((_, day)) => moments.push(self.day(ctx, day, bound)),
                None => {
                    self.report(
                        Diagnostic::error(
                            "uncovered-answer",
                            name.span(),
                            format!("the answer `{}` of `{}` has no day here", answer.word.text, name.text),
                        )
                        .also(answer.word.span(), "this answer")
                        .help(format!("add `{}: DAY`", answer.word.text)),
                    );
                    moments.push(Moment::Never);
                }
            }
        }
        Moment::ByReading(open, moments)
    }

    /// What happens, as the first day on which it does.
    pub(crate) fn when(&mut self, ctx: &Ctx, when: &ast::When) -> Moment {
        match &when.kind {
            WhenKind::Event { event, by, cond } => {
                if by.is_none() && cond.is_none() {
                    if let Some((servanda_program::Expr::Field(event, field), kind)) = self.datum(ctx, event)
                    {
                        if !matches!(kind, Kind::Day | Kind::Unknown) {
                            self.error(
                                "wrong-kind",
                                when.at.0,
                                format!("a day is expected, found {}", kind.word()),
                            );
                            return Moment::Never;
                        }
                        return Moment::Field(event, field);
                    }
                    let text = event.text();
                    let fact = self.vocabulary.facts.iter().find(|f| f.path.text() == text);
                    if let Some(fact) = fact
                        && let ast::ExprKind::Day(day) = fact.value.kind
                    {
                        return Moment::Day(day);
                    }
                }
                if event.parts.len() > 1
                    && let Ok(id) = self.vocabulary.event_in(&event.parts[0])
                {
                    let rest = event.parts[1..].iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(".");
                    if self.field(id, &rest).is_none() {
                        self.unknown_field(id, &rest, event.span());
                    } else {
                        self.report(
                            Diagnostic::error(
                                "no-record",
                                event.span(),
                                format!("no record of `{}` is in hand here", event.parts[0].text),
                            )
                            .help(format!("write it in a duty `within … of {}`", event.parts[0].text)),
                        );
                    }
                    return Moment::Never;
                }
                if let Some(name) = event.single()
                    && let Some((thing, _)) = self.vocabulary.things.get(name.text.as_str())
                    && !matches!(thing, crate::vocabulary::Thing::Event(_))
                {
                    let mut d = Diagnostic::error(
                        "unknown-event",
                        name.span(),
                        format!("there is no event `{}`: it is {}", name.text, thing.word()),
                    );
                    if matches!(thing, crate::vocabulary::Thing::Clause(_)) {
                        d = d.help(format!("write `end of {}` or `violation of {}`", name.text, name.text));
                    }
                    self.report(d);
                    return Moment::Never;
                }
                match self.pattern(ctx, event, by.as_ref(), cond.as_deref()) {
                    Some(pattern) => Moment::First(pattern),
                    None => Moment::Never,
                }
            }
            WhenKind::Entry(state, process) => match self.process_of(ctx, process) {
                Some((clause, found)) => match found.states.iter().position(|s| s.text == state.text) {
                    Some(i) => Moment::Entry(clause, found.name.text.clone(), i as u32),
                    None => {
                        let d = unknown_at(
                            "unknown-word",
                            "state",
                            &state.text,
                            state.span(),
                            found.states.iter().map(|s| s.text.as_str()),
                        )
                        .also(found.name.span(), "the process with its states");
                        self.report(d);
                        Moment::Never
                    }
                },
                None => {
                    self.error(
                        "unknown-name",
                        process.span(),
                        format!("there is no process `{}`", process.text()),
                    );
                    Moment::Never
                }
            },
            WhenKind::Violation(name) => self.of_clause(name, Moment::Violation),
            WhenKind::Fulfilment(name) => self.of_clause(name, Moment::Fulfilment),
            WhenKind::End(name) => self.of_clause(name, Moment::End),
            WhenKind::EndOfAgreement => Moment::AgreementEnd,
        }
    }

    fn of_clause(&mut self, name: &ast::Name, moment: fn(servanda_program::ClauseName) -> Moment) -> Moment {
        match self.vocabulary.clause_in(name) {
            Ok(clause) => moment(clause),
            Err(d) => {
                self.report(*d);
                Moment::Never
            }
        }
    }

    /// What happens, as an event pattern; a diagnostic where it is no event.
    pub(crate) fn when_pattern(&mut self, ctx: &Ctx, when: &ast::When) -> Option<Pattern> {
        match &when.kind {
            WhenKind::Event { event, by, cond } => self.pattern(ctx, event, by.as_ref(), cond.as_deref()),
            _ => {
                self.report(
                    Diagnostic::error("wrong-kind", when.at.0, "an event is expected here")
                        .help("name an event of the vocabulary"),
                );
                None
            }
        }
    }

    /// A duration's calendar, after a diagnostic where business days have none.
    pub(crate) fn duration(&mut self, duration: &Duration, span: Span) -> Option<CalendarId> {
        let calendars = &self.vocabulary.calendars;
        match (&duration.calendar, duration.unit) {
            (Some(name), _) => match calendars.iter().position(|c| c.name == *name) {
                Some(i) => Some(CalendarId(i as u32)),
                None => {
                    let d = unknown_at(
                        "unknown-calendar",
                        "calendar",
                        name,
                        span,
                        calendars.iter().map(|c| c.name.as_str()),
                    );
                    self.report(d);
                    None
                }
            },
            (None, DurationUnit::BusinessDays) => {
                self.report(
                    Diagnostic::error(
                        "missing-calendar",
                        span,
                        format!("`{duration}` does not say by which calendar"),
                    )
                    .help(format!("write `{duration} in CALENDAR`")),
                );
                None
            }
            (None, _) => None,
        }
    }

    /// Reports months that are counted from a day that is not known, without a rounding.
    pub(crate) fn month_sum(&mut self, duration: &Duration, span: Span) {
        let months =
            matches!(duration.unit, DurationUnit::Months | DurationUnit::Quarters | DurationUnit::Years);
        if months && duration.month_end == MonthEnd::Exact {
            self.ambiguous_sum(duration, span);
        }
    }

    pub(crate) fn ambiguous_sum(&mut self, duration: &Duration, span: Span) {
        self.report(
            Diagnostic::error(
                "ambiguous-date-sum",
                span,
                format!(
                    "`{duration}` after a day that its month may not have does not say which day is meant"
                ),
            )
            .help(format!("write `{duration} rounded down` for the last day of the month"))
            .help(format!("write `{duration} rounded up` for the first day of the next")),
        );
    }

    fn shift(&mut self, moment: Moment, back: bool, duration: &Duration, span: Span) -> Moment {
        let before = self.diagnostics.len();
        let calendar = self.duration(duration, span);
        if self.diagnostics.len() > before {
            return Moment::Never;
        }
        if let Moment::Day(day) = moment {
            let known = calendar.and_then(|c| self.vocabulary.calendars.get(c.0 as usize));
            return match duration.from(day, back, known) {
                Ok(day) => Moment::Day(day),
                Err(CalendarError::Day(DayError::Ambiguous)) => {
                    self.ambiguous_sum(duration, span);
                    Moment::Never
                }
                Err(e) => {
                    self.no_day(span, &e);
                    Moment::Never
                }
            };
        }
        if back && !fixed(&moment) {
            self.report(
                Diagnostic::error(
                    "backward-shift",
                    span,
                    "a day before something that has not happened is not known",
                )
                .help("count forward from an event, or back from a date"),
            );
            return Moment::Never;
        }
        self.month_sum(duration, span);
        Moment::Shift(Box::new(moment), back, duration.clone(), calendar)
    }

    /// The open question of a reading, for `settles`.
    pub(crate) fn reading_open(&self, name: &str) -> Option<OpenId> {
        self.vocabulary
            .readings
            .iter()
            .any(|(r, _)| r.name.text == name)
            .then(|| self.opens.get(name))
            .flatten()
    }
}

/// Whether a moment is made of fixed days and readings only.
fn fixed(moment: &Moment) -> bool {
    match moment {
        Moment::Day(_) | Moment::Never => true,
        Moment::Shift(inner, ..) | Moment::Next(_, _, inner) => fixed(inner),
        Moment::Earlier(list) | Moment::Later(list) | Moment::ByReading(_, list) => list.iter().all(fixed),
        _ => false,
    }
}

/// The day after a moment.
fn after(moment: Moment) -> Moment {
    match moment {
        // After the last day of the calendar there is none.
        Moment::Day(day) => day.plus_days(1).map_or(Moment::Never, Moment::Day),
        Moment::Never => Moment::Never,
        Moment::ByReading(open, list) => Moment::ByReading(open, list.into_iter().map(after).collect()),
        other => {
            let day =
                Duration { count: 1, unit: DurationUnit::Days, month_end: MonthEnd::Exact, calendar: None };
            Moment::Shift(Box::new(other), false, day, None)
        }
    }
}

/// The first day of a year or month, and the first day after it.
pub(crate) fn edges(year: i16, month: Option<i8>) -> Option<(Day, Day)> {
    let first = Day::new(year, month.unwrap_or(1), 1).ok()?;
    let next = first.plus_months(if month.is_some() { 1 } else { 12 }, MonthEnd::Exact).ok()?;
    Some((first, next))
}
