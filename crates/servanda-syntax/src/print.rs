//! Trees → text that reads back as the same tree. Layout is the formatter's.

use std::fmt::Write;

use servanda_quantity::{DayCount, MonthEndRule, Number, Rounding, Stub};

use crate::ast::*;
use crate::format::format;

/// A file as text, laid out as the formatter does.
pub fn print(file: &File) -> String {
    let mut out = String::new();
    for item in &file.items {
        print_item(&item.kind, &mut out);
        out.push_str("\n\n");
    }
    format(&out)
}

/// A clause as text, without a trailing line end.
pub fn print_clause(clause: &Clause) -> String {
    let file = File { items: vec![Item { kind: ItemKind::Clause(clause.clone()), at: clause.name.at }] };
    print(&file).trim_end().to_string()
}

/// Words that would be read as something else where a name stands.
const TAKEN: &[&str] = &[
    "about",
    "at",
    "more",
    "less",
    "not",
    "none",
    "never",
    "the",
    "sum",
    "count",
    "lowest",
    "highest",
    "latest",
    "max",
    "min",
    "undisclosed",
    "today",
    "day",
    "days",
    "business-days",
    "years",
    "given",
    "in",
    "one",
    "violated",
    "fulfilled",
    "entry",
    "violation",
    "fulfilment",
    "end",
    "this",
    "agreement",
    "only",
    "is",
    "of",
    "or",
    "and",
    "party",
    "id",
    "yes-no",
    "money",
    "percent",
    "number",
    "date",
    "text",
    "kind",
];

/// A text as a name of the language: in backticks where it would be read as something else.
pub fn print_name(text: &str) -> String {
    let tokens = crate::lexer::tokens(text);
    let plain = tokens.len() == 1 && tokens[0].0 == crate::lexer::Token::Name;
    let taken = TAKEN.contains(&text)
        || crate::parser::DECLARATIONS.contains(&text)
        || crate::parser::FIELDS.contains(&text);
    if plain && !taken { text.to_string() } else { format!("`{text}`") }
}

fn name(n: &Name) -> String {
    print_name(&n.text)
}

/// A name where digits are one as well: a source, a part of a path after its first.
fn name_or_digits(n: &Name) -> String {
    let digits = !n.text.is_empty() && n.text.bytes().all(|b| b.is_ascii_digit());
    if digits { n.text.clone() } else { name(n) }
}

fn names(list: &[Name]) -> String {
    list.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn path(p: &Path) -> String {
    let rest = p.parts.iter().skip(1).map(|n| format!(".{}", name_or_digits(n)));
    p.parts.iter().take(1).map(name).chain(rest).collect()
}

/// A text between quotation marks.
pub fn print_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn text(t: &Text) -> String {
    print_text(&t.value)
}

fn title(t: &Option<Text>) -> String {
    t.as_ref().map(|t| format!(" {}", text(t))).unwrap_or_default()
}

fn titles(list: &[Title]) -> String {
    list.iter().map(|t| format!(" in {} {}", name(&t.language), text(&t.text))).collect()
}

fn per(key: &Option<Name>) -> String {
    key.as_ref().map(|k| format!(" per {}", name(k))).unwrap_or_default()
}

fn print_item(item: &ItemKind, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write_item(item, out);
}

fn write_item(item: &ItemKind, out: &mut String) -> std::fmt::Result {
    match item {
        ItemKind::Agreement(a) => {
            write!(out, "agreement {} {}", name(&a.name), text(&a.title))?;
            if let Some(zone) = &a.zone {
                write!(out, " zone {}", zone.text)?;
            }
            if let Some(currency) = &a.currency {
                write!(out, " currency {}", currency.text)?;
            }
            if let Some(language) = &a.language {
                write!(out, " language {}", language.text)?;
            }
            Ok(())
        }
        ItemKind::Import(p) => write!(out, "import {}", p.text()),
        ItemKind::Party(p) => {
            let other = if p.anyone_else { " stands for anyone else" } else { "" };
            write!(out, "party {}{}{}{other}", name(&p.name), title(&p.title), titles(&p.titles))
        }
        ItemKind::Role(r) => {
            write!(out, "role {}{} is {}", name(&r.name), title(&r.title), names(&r.holders))
        }
        ItemKind::Source(s) => {
            write!(out, "source {} file {}", name_or_digits(&s.name), text(&s.file))?;
            if let Some(language) = &s.language {
                write!(out, " language {}", name(language))?;
            }
            if let Some(digest) = &s.digest {
                write!(out, " digest {}", text(digest))?;
            }
            Ok(())
        }
        ItemKind::Unit(n, t) => write!(out, "unit {}{}", name(n), title(t)),
        ItemKind::Calendar(c) => {
            write!(out, "calendar {}", name(&c.name))?;
            if !c.weekend.is_empty() {
                write!(out, " weekend {}", names(&c.weekend))?;
            }
            if !c.holidays.is_empty() {
                let days: Vec<String> = c.holidays.iter().map(|(d, _)| d.to_string()).collect();
                write!(out, " holiday {}", days.join(", "))?;
            }
            match &c.through {
                Some((day, _)) => write!(out, " through {day}"),
                None => Ok(()),
            }
        }
        ItemKind::Schedule(s) => {
            write!(
                out,
                "schedule {}{} every {} from {}",
                name(&s.name),
                title(&s.title),
                s.every.0,
                s.from.0
            )?;
            if let Some((day, stub, _)) = &s.to {
                let stub = match stub {
                    Some(Stub::Short) => " short stub",
                    Some(Stub::Long) => " long stub",
                    None => "",
                };
                write!(out, " to {day}{stub}")?;
            }
            match s.month_end {
                Some(MonthEndRule::SameDay) => out.push_str(" month-end same-day"),
                Some(MonthEndRule::EndOfMonth) => out.push_str(" month-end end-of-month"),
                None => {}
            }
            match &s.business {
                Some((convention, calendar, _)) => {
                    write!(out, " business-days {convention} in {}", name(calendar))
                }
                None => Ok(()),
            }
        }
        ItemKind::Kind(k) => {
            write!(out, "kind {}{}", name(&k.name), title(&k.title))?;
            attrs(&k.attrs, out)
        }
        ItemKind::Action(a) => {
            write!(
                out,
                "action {}{}{} by {}",
                name(&a.name),
                title(&a.title),
                titles(&a.titles),
                names(&a.by)
            )?;
            if a.reserved {
                out.push_str(" reserved");
            }
            if !a.brings.is_empty() {
                write!(out, " brings {}", a.brings.iter().map(name).collect::<Vec<_>>().join(" or "))?;
            }
            attrs(&a.attrs, out)
        }
        ItemKind::Event(e) => {
            write!(
                out,
                "event {}{}{} by {}",
                name(&e.name),
                title(&e.title),
                titles(&e.titles),
                names(&e.by)
            )?;
            if let Some(action) = &e.performs {
                write!(out, " performs {}", name(action))?;
            }
            if e.attested {
                out.push_str(" attested");
            }
            attrs(&e.attrs, out)
        }
        ItemKind::Reading(r) => {
            write!(out, "reading {} {}", name(&r.name), text(&r.question))?;
            for a in &r.answers {
                write!(out, "\nanswer {}{}", name(&a.word), title(&a.title))?;
                if let Some(gives) = &a.gives {
                    write!(out, " gives {}", expr(gives, 0))?;
                }
                if let Some(edge) = a.takes_year {
                    write!(out, " takes a year to its {}", edge_word(edge))?;
                }
                grounds(&a.grounds, out)?;
            }
            grounds(&r.grounds, out)
        }
        ItemKind::Question(q) => {
            write!(out, "question {} {} : {}", name(&q.name), text(&q.question), print_type(&q.ty))?;
            grounds(&q.grounds, out)
        }
        ItemKind::Fact(f) => {
            write!(out, "fact {}{} is {}", path(&f.path), title(&f.title), expr(&f.value, 0))?;
            grounds(&f.grounds, out)
        }
        ItemKind::Undisclosed(u) => {
            write!(out, "undisclosed {}", names(&u.topics))?;
            grounds(&u.grounds, out)
        }
        ItemKind::Law(c) => {
            write!(out, "law {}{}{}", name(&c.name), title(&c.title), titles(&c.titles))?;
            fields(&c.fields, out)
        }
        ItemKind::Continued(v) => write!(out, "version {} continued", name(v)),
        ItemKind::Version(v) => {
            write!(out, "version {} {}{}", name(&v.name), text(&v.title), titles(&v.titles))?;
            for field in &v.fields {
                write!(out, "\n{}", version_field(&field.kind))?;
            }
            grounds(&v.grounds, out)
        }
        ItemKind::Clause(c) => {
            write!(out, "clause {}{}{}", name(&c.name), title(&c.title), titles(&c.titles))?;
            if let Some(uses) = &c.uses {
                write!(out, "\nuses {}", name(&uses.template))?;
                for arg in &uses.args {
                    write!(out, "\n{} {}", name(&arg.name), argument(&arg.value))?;
                }
            }
            fields(&c.fields, out)
        }
        ItemKind::Change(c) => {
            write!(out, "change {}", name(&c.name))?;
            for edit in &c.edits {
                match edit {
                    Edit::Replace(field) => write!(out, "\n{}", print_field(&field.kind))?,
                    Edit::Add(field) => write!(out, "\nadd {}", print_field(&field.kind))?,
                    Edit::Drop { keyword, name: n } => {
                        let n = n.as_ref().map(|n| format!(" {}", name(n))).unwrap_or_default();
                        write!(out, "\ndrop {}{n}", keyword.text)?;
                    }
                }
            }
            Ok(())
        }
        ItemKind::Template(t) => {
            write!(out, "template {}{}", name(&t.name), title(&t.title))?;
            for p in &t.params {
                write!(out, "\ntakes {} : {}", name(&p.name), p.kind.text)?;
                for (field, of) in &p.with {
                    write!(out, " with {} : {}", name(field), print_type(of))?;
                }
                for (i, event) in p.brings.iter().enumerate() {
                    write!(out, " {} {}", if i == 0 { "brings" } else { "or" }, name(event))?;
                }
                for word in &p.or_words {
                    write!(out, " or {}", word.text)?;
                }
                if let Some(default) = &p.default {
                    write!(out, " else {}", argument(default))?;
                }
            }
            fields(&t.fields, out)
        }
        ItemKind::Test(t) => {
            write!(out, "test {}", text(&t.title))?;
            for step in &t.steps {
                write!(out, "\n{}", test_step(&step.kind))?;
            }
            Ok(())
        }
    }
}

fn attrs(list: &[Attr], out: &mut String) -> std::fmt::Result {
    for a in list {
        write!(out, "\n{} : {}", name(&a.name), print_type(&a.ty))?;
        if a.optional {
            out.push_str(" optional");
        }
        if let Some(default) = &a.default {
            write!(out, " else {}", expr(default, 0))?;
        }
    }
    Ok(())
}

fn grounds(g: &Grounds, out: &mut String) -> std::fmt::Result {
    if !g.cites.is_empty() {
        write!(out, "\ncites {}", cites(&g.cites))?;
    }
    if let Some(outside) = &g.outside {
        write!(out, "\noutside {}", text(outside))?;
    }
    for note in &g.notes {
        write!(out, "\nnote {}", text(note))?;
    }
    Ok(())
}

fn cites(list: &[Cite]) -> String {
    let one = |c: &Cite| {
        let digest = c.digest.as_ref().map(|d| format!(" digest {}", text(d))).unwrap_or_default();
        let anchor = c.anchor.as_ref().map(|a| format!(" anchor {}", text(a))).unwrap_or_default();
        format!("{} {}..{}{digest}{anchor}", name_or_digits(&c.source), c.start, c.end)
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A type as it is written after `:`.
pub fn print_type(t: &Type) -> String {
    match t {
        Type::Words(words) => {
            let quoted = |n: &Name| {
                if words.len() == 1 { format!("`{}`", n.text) } else { name(n) }
            };
            words.iter().map(quoted).collect::<Vec<_>>().join(" | ")
        }
        Type::Party => "party".to_string(),
        Type::Id => "id".to_string(),
        Type::YesNo => "yes-no".to_string(),
        Type::Money(None) => "money".to_string(),
        Type::Money(Some(c)) => format!("money in {}", c.text),
        Type::Percent => "percent".to_string(),
        Type::Number(None) => "number".to_string(),
        Type::Number(Some(u)) => format!("number of {}", name(u)),
        Type::Date => "date".to_string(),
        Type::Text => "text".to_string(),
        Type::Kind(k) => format!("kind {}", name(k)),
    }
}

fn edge_word(edge: YearEdge) -> &'static str {
    match edge {
        YearEdge::Start => "start",
        YearEdge::End => "end",
    }
}

fn version_field(field: &VersionFieldKind) -> String {
    use VersionFieldKind as V;
    match field {
        V::Starts => "starts".to_string(),
        V::Amends(v) => format!("amends {}", name(v)),
        V::Restates(v) => format!("restates {}", name(v)),
        V::Clarifies(v) => format!("clarifies {}", name(v)),
        V::Terminates(v) => format!("terminates {}", name(v)),
        V::BindingFrom(d) => format!("binding from {}", day(d)),
        V::BindingAsOf(d) => format!("binding as of {}", day(d)),
        V::Proposed => "proposed".to_string(),
        V::Reported => "reported".to_string(),
        V::NonBinding => "non-binding".to_string(),
        V::Signed(d) => format!("signed {d}"),
        V::Parties(list) => format!("parties {}", names(list)),
        V::Requires(e) => format!("requires {}", expr(e, 0)),
        V::Lapses(d) => format!("lapses {}", day(d)),
        V::Keeps(list) => format!("keeps {}", names(list)),
        V::Strikes(list) => format!("strikes {}", names(list)),
        V::Waives(list, by) if by.is_empty() => format!("waives {}", names(list)),
        V::Waives(list, by) => format!("waives {} by {}", names(list), names(by)),
        V::Suspends(list, from, until) => {
            let from = from.as_ref().map(|d| format!(" from {}", day(d))).unwrap_or_default();
            let until = until.as_ref().map(|d| format!(" until {}", day(d))).unwrap_or_default();
            format!("suspends {}{from}{until}", names(list))
        }
        V::Revives(list) => format!("revives {}", names(list)),
        V::Extends(c, d) => format!("extends {} until {}", name(c), day(d)),
        V::Settles(r, w) => format!("settles {} as {}", name(r), name(w)),
        V::Survives(list) => format!("survives {}", names(list)),
    }
}

fn argument(value: &ArgValue) -> String {
    match value {
        ArgValue::Expr(e) if matches!(e.kind, ExprKind::Day(_)) => format!("({})", expr(e, 0)),
        ArgValue::Expr(e) => expr(e, 0),
        ArgValue::Names(list) => names(list),
        ArgValue::Duration(d) => d.to_string(),
        ArgValue::Day(d) => day(d),
    }
}

fn fields(list: &[Field], out: &mut String) -> std::fmt::Result {
    for field in list {
        write!(out, "\n{}", print_field(&field.kind))?;
    }
    Ok(())
}

fn print_field(field: &FieldKind) -> String {
    match field {
        FieldKind::Norm(n) => norm(n),
        FieldKind::For(list) => format!("for {}", names(list)),
        FieldKind::From(d) => format!("from {}", day(d)),
        FieldKind::Until(d) => format!("until {}", day(d)),
        FieldKind::Through(d) => format!("through {}", day(d)),
        FieldKind::While(e) => format!("while {}", expr(e, 0)),
        FieldKind::Unless(e) => format!("unless {}", expr(e, 0)),
        FieldKind::Overrides(n, None) => format!("overrides {}", name(n)),
        FieldKind::Overrides(n, Some(e)) => format!("overrides {} if {}", name(n), expr(e, 0)),
        FieldKind::Effect(e) => {
            let before = e.before.as_ref().map(|d| format!(" before {}", day(d))).unwrap_or_default();
            let verb = match e.verb {
                EffectVerb::Ends => "ends",
                EffectVerb::Starts => "starts",
                EffectVerb::Suspends => "suspends",
                EffectVerb::Resumes => "resumes",
            };
            let target = match &e.target {
                EffectTarget::Clauses(list) => names(list),
                EffectTarget::This => "this".to_string(),
                EffectTarget::Agreement => "agreement".to_string(),
            };
            format!("on {}{before} {verb} {target}", when(&e.when))
        }
        FieldKind::Process(p) => {
            let mut out = format!("process {}{} states {}", name(&p.name), per(&p.key), names(&p.states));
            for step in &p.steps {
                let trigger = match &step.trigger {
                    StepTrigger::On(w, from) if from.is_empty() => format!("on {}", when(w)),
                    StepTrigger::On(w, from) => format!("on {} from {}", when(w), names(from)),
                    StepTrigger::After(d, state) => format!("after {} in {}", duration(d), name(state)),
                };
                out.push_str(&format!("\n{trigger} to {}", name(&step.to)));
                for (slot, e) in &step.keeps {
                    out.push_str(&format!(" keeps {} as {}", name(slot), expr(e, 0)));
                }
            }
            out
        }
        FieldKind::Value(v) => {
            let case = |(e, c): (&Expr, Option<&Expr>)| {
                let cond = c.map(|c| format!(" if {}", expr(c, 0))).unwrap_or_default();
                format!("{}{cond}", expr(e, 0))
            };
            let cases: Vec<String> = v.cases().map(case).collect();
            format!("value {}{} is {}", name(&v.name), per(&v.key), cases.join(" else "))
        }
        FieldKind::Define(d) => format!("define {}{} as {}", name(&d.name), per(&d.key), expr(&d.cond, 0)),
        FieldKind::Survives => "survives".to_string(),
        FieldKind::Ensure(e, t) => format!("ensure {} else {}", expr(e, 0), text(t)),
        FieldKind::Covers(list) => format!("covers {}", names(list)),
        FieldKind::Cites(list) => format!("cites {}", cites(list)),
        FieldKind::Outside(t) => format!("outside {}", text(t)),
        FieldKind::Note(t) => format!("note {}", text(t)),
    }
}

fn norm(n: &Norm) -> String {
    let mut out = names(&n.parties);
    match &n.kind {
        NormKind::May(a) => out.push_str(&format!(" may {}", name(a))),
        NormKind::MayNot(a) => out.push_str(&format!(" may not {}", name(a))),
        NormKind::MayOnlyWhere(a, e) => out.push_str(&format!(" may {} only where {}", name(a), expr(e, 0))),
        NormKind::AloneMay(a) => out.push_str(&format!(" alone may {}", name(a))),
        NormKind::HasPower(a, None) => out.push_str(&format!(" has power to {}", name(a))),
        NormKind::HasPower(a, Some(e)) => {
            out.push_str(&format!(" has power to {} when {}", name(a), expr(e, 0)))
        }
        NormKind::Must(d) => out.push_str(&duty(d)),
    }
    for e in &n.reach {
        out.push_str(&format!(" if {}", expr(e, 0)));
    }
    for e in &n.provided {
        out.push_str(&format!(" provided {}", expr(e, 0)));
    }
    out
}

fn duty(d: &Duty) -> String {
    let mut out = match &d.what {
        DutyWhat::Act(a) => format!(" must {}", name(a)),
        DutyWhat::Words(t) => format!(" must {}", text(t)),
    };
    if !d.to.is_empty() {
        out.push_str(&format!(" to {}", names(&d.to)));
    }
    for part in &d.parts {
        out.push(' ');
        out.push_str(&match part {
            DutyPart::Once(w) => format!("once {}", when(w)),
            DutyPart::By(x) => format!("by {}", day(x)),
            DutyPart::Within(x, w) => format!("within {} of {}", duration(x), when(w)),
            DutyPart::Each(p, None) => format!("each {}", period(p)),
            DutyPart::Each(p, Some(x)) => format!("each {} due within {}", period(p), duration(x)),
            DutyPart::Worth(e) => format!("worth {}", expr(e, 0)),
            DutyPart::Counting(e) => format!("counting {}", expr(e, 0)),
            DutyPart::Done(e) => format!("done when {}", expr(e, 0)),
            DutyPart::Cure(x) => format!("cure {}", duration(x)),
            DutyPart::Else(n) => format!("else {}", name(n)),
        });
    }
    out
}

fn duration(d: &DurationOrName) -> String {
    match d {
        DurationOrName::Duration(d) => d.to_string(),
        DurationOrName::Name(n) => name(n),
    }
}

fn period(p: &Period) -> String {
    match p {
        Period::Week => "week".to_string(),
        Period::Month => "month".to_string(),
        Period::Quarter => "quarter".to_string(),
        Period::Year => "year".to_string(),
        Period::Schedule(n) if Period::of_calendar(&n.text).is_some() => format!("`{}`", n.text),
        Period::Schedule(n) => name(n),
    }
}

/// The days of an aggregate as they stand after it, with a blank before them.
pub fn print_window(w: &Window) -> String {
    match w {
        Window::This(p) => format!(" in this {}", period(p)),
        Window::Last(p) => format!(" in the last {}", period(p)),
        Window::Over(d) => format!(" over the last {}", duration(d)),
        Window::Before(p) => format!(" before this {}", period(p)),
    }
}

/// A day before a `+` or `-`: one that would take the duration for its own gets parentheses.
/// `rounded to`, `rounded down to`, `rounded up to`.
pub fn print_rounding(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Nearest => "rounded to",
        Rounding::Down => "rounded down to",
        Rounding::Up => "rounded up to",
    }
}

fn shifted(d: &DayExpr) -> String {
    match &d.kind {
        DayExprKind::Earlier(_) | DayExprKind::Later(_) | DayExprKind::Next(..) => format!("({})", day(d)),
        DayExprKind::When(When { kind: WhenKind::Event { cond: Some(_), .. }, .. }) => {
            format!("({})", day(d))
        }
        _ => day(d),
    }
}

/// A day before another: one whose condition would reach into what follows gets parentheses.
fn closed(d: &DayExpr) -> String {
    if reaches(d) { format!("({})", day(d)) } else { day(d) }
}

/// Whether a day ends with a condition, which goes on as long as it can.
fn reaches(d: &DayExpr) -> bool {
    match &d.kind {
        DayExprKind::When(When { kind: WhenKind::Event { cond, .. }, .. }) => cond.is_some(),
        DayExprKind::Next(_, _, after) => reaches(after),
        DayExprKind::Earlier(all) | DayExprKind::Later(all) => all.last().is_some_and(reaches),
        _ => false,
    }
}

fn day(d: &DayExpr) -> String {
    let list = |all: &[DayExpr]| match all.split_last() {
        Some((last, rest)) => {
            format!("{} and {}", rest.iter().map(closed).collect::<Vec<_>>().join(", "), day(last))
        }
        None => String::new(),
    };
    let month = |y: i16, m: i8| format!("{y:04}-{m:02}");
    match &d.kind {
        DayExprKind::Day(x) => x.to_string(),
        DayExprKind::Year(y) => format!("{y:04}"),
        DayExprKind::Month(y, m) => month(*y, *m),
        DayExprKind::Edge(edge, y, None) => format!("the {} of {y:04}", edge_word(*edge)),
        DayExprKind::Edge(edge, y, Some(m)) => format!("the {} of {}", edge_word(*edge), month(*y, *m)),
        DayExprKind::When(w) => when(w),
        DayExprKind::Shift(base, back, x) => {
            format!("{} {} {}", shifted(base), if *back { "-" } else { "+" }, duration(x))
        }
        DayExprKind::Next(schedule, on, after) => {
            format!("the next {} {}after {}", name(schedule), if *on { "on or " } else { "" }, day(after))
        }
        DayExprKind::Earlier(all) => format!("the earlier of {}", list(all)),
        DayExprKind::Later(all) => format!("the later of {}", list(all)),
        DayExprKind::Reads(n, arms) => {
            let arms: Vec<String> = arms.iter().map(|(w, d)| format!("{}: {}", name(w), closed(d))).collect();
            format!("{} reads {{ {} }}", name(n), arms.join(", "))
        }
        DayExprKind::Never => "never".to_string(),
    }
}

fn when(w: &When) -> String {
    match &w.kind {
        WhenKind::Event { event, by, cond } => {
            // The name of a day count would end the `day of …` of `years from … to day of … by A365`.
            let party = |b: &Name| match b.text.parse::<DayCount>() {
                Ok(_) => format!(" by `{}`", b.text),
                Err(_) => format!(" by {}", name(b)),
            };
            let by = by.as_ref().map(party).unwrap_or_default();
            let cond = cond.as_ref().map(|c| format!(" where {}", expr(c, 0))).unwrap_or_default();
            format!("{}{by}{cond}", path(event))
        }
        WhenKind::Entry(state, process) => format!("entry into {} of {}", name(state), path(process)),
        WhenKind::Violation(n) => format!("violation of {}", name(n)),
        WhenKind::Fulfilment(n) => format!("fulfilment of {}", name(n)),
        WhenKind::End(n) => format!("end of {}", name(n)),
        WhenKind::EndOfAgreement => "end of agreement".to_string(),
    }
}

/// An expression in a place that binds as tightly as `above`; looser ones get parentheses.
fn expr(e: &Expr, above: u8) -> String {
    let (out, rank) = match &e.kind {
        // After a `+` this would be a duration.
        ExprKind::Figure(f) if counts_time(f) => (figure(f), 5),
        ExprKind::Figure(f) => (figure(f), 9),
        ExprKind::Day(d) => (d.to_string(), 9),
        ExprKind::Text(t) => (text(t), 9),
        ExprKind::Undisclosed(t) => (format!("undisclosed {}", print_type(t)), 9),
        ExprKind::NoneWord => ("none".to_string(), 9),
        ExprKind::Path(p) => (path(p), 9),
        ExprKind::Of(p, n) => (format!("{} of {}", path(p), name(n)), 9),
        ExprKind::Not(inner) => (format!("not {}", expr(inner, 3)), 3),
        ExprKind::Binary(op, a, b) => {
            let (word, rank) = match op {
                BinaryOp::Or => ("or", 1),
                BinaryOp::And => ("and", 2),
                BinaryOp::Equal => ("=", 4),
                BinaryOp::Less => ("<", 4),
                BinaryOp::LessEqual => ("<=", 4),
                BinaryOp::Greater => (">", 4),
                BinaryOp::GreaterEqual => (">=", 4),
                BinaryOp::Add => ("+", 5),
                BinaryOp::Subtract => ("-", 5),
                BinaryOp::Multiply => ("*", 7),
                BinaryOp::Divide => ("/", 7),
            };
            // Comparisons do not chain; the others lean left.
            let left = if rank == 4 { 5 } else { rank };
            (format!("{} {word} {}", expr(a, left), expr(b, rank + 1)), rank)
        }
        ExprKind::Is(inner, negated, test) => {
            let test = match test {
                IsTest::Word(w) => name(w),
                IsTest::OneOf(list) => format!("one of {}", names(list)),
                IsTest::Given => "given".to_string(),
                IsTest::InForce => "in force".to_string(),
                IsTest::Violated => "violated".to_string(),
                IsTest::Fulfilled => "fulfilled".to_string(),
            };
            (format!("{} is {}{test}", expr(inner, 5), if *negated { "not " } else { "" }), 4)
        }
        ExprKind::Happened { event, by, cond } => {
            let by = by.as_ref().map(|b| format!(" by {}", name(b))).unwrap_or_default();
            // A filter reaches as far as it can.
            let rank = if cond.is_some() { 0 } else { 4 };
            let cond = cond.as_ref().map(|c| format!(" where {}", expr(c, 0))).unwrap_or_default();
            (format!("{} has happened{by}{cond}", path(event)), rank)
        }
        ExprKind::Aggregate { kind, path: p, cond, window: days, default } => {
            let word = match kind {
                AggregateKind::Sum => "sum of",
                AggregateKind::Count => "count of",
                AggregateKind::Latest => "latest",
                AggregateKind::Lowest => "lowest of",
                AggregateKind::Highest => "highest of",
            };
            let rank = if cond.is_some() { 0 } else { 9 };
            // What counts over days of its own would take a total in the filter for it.
            let above = if days.is_some() { 9 } else { 0 };
            let cond = cond.as_ref().map(|c| format!(" where {}", expr(c, above))).unwrap_or_default();
            let default = default.as_ref().map(|d| format!(" else {}", expr(d, 9))).unwrap_or_default();
            let days = days.as_ref().map(print_window).unwrap_or_default();
            (format!("{word} {}{cond}{days}{default}", path(p)), rank)
        }
        ExprKind::Extreme(kind, list) => {
            // A list of words inside would take the next operand for one of its own.
            let list: Vec<String> = list.iter().map(|x| expr(x, 5)).collect();
            (format!("{}({})", if *kind == ExtremeKind::Min { "min" } else { "max" }, list.join(", ")), 9)
        }
        ExprKind::Rounded(way, a, b) => {
            (format!("{} {} {}", expr(a, 7), print_rounding(*way), expr(b, 9)), 6)
        }
        ExprKind::Today => ("today".to_string(), 9),
        ExprKind::DayOf(w) => {
            // A filter reaches as far as it can.
            let rank = if matches!(&w.kind, WhenKind::Event { cond: Some(_), .. }) { 0 } else { 9 };
            (format!("day of {}", when(w)), rank)
        }
        ExprKind::Between(measure, a, b) => {
            let (word, after) = match measure {
                Measure::Days => ("days", String::new()),
                Measure::BusinessDays(n) => ("business-days", format!(" in {}", name(n))),
                Measure::Years(count) => ("years", format!(" by {count}")),
            };
            // `days from a to b + 3 days` would be read as moving `b`.
            let rank = if *measure == Measure::Days { 8 } else { 9 };
            (format!("{word} from {} to {}{after}", date_value(a), date_value(b)), rank)
        }
        ExprKind::Shift(..) => (date_value(e), 5),
    };
    // An `else` that follows would be taken for its default.
    let bare = matches!(&e.kind, ExprKind::Aggregate { kind, default: None, .. }
        if !matches!(kind, AggregateKind::Sum | AggregateKind::Count));
    if rank < above || bare { format!("({out})") } else { out }
}

/// A day between which and another is counted: an atom, moved by durations.
fn date_value(e: &Expr) -> String {
    match &e.kind {
        ExprKind::Shift(base, back, x) => {
            format!("{} {} {x}", date_value(base), if *back { "-" } else { "+" })
        }
        _ => expr(e, 9),
    }
}

/// Whether a figure is of a unit that durations have.
fn counts_time(f: &FigureLit) -> bool {
    matches!(&f.unit, UnitLit::Named(unit) if crate::parser::duration_unit(&unit.text).is_some())
}

fn figure(f: &FigureLit) -> String {
    let q = match f.qualifier {
        None => "",
        Some(QualifierWord::About) => "about ",
        Some(QualifierWord::AtLeast) => "at least ",
        Some(QualifierWord::AtMost) => "at most ",
    };
    let number = scaled(&f.number);
    match &f.unit {
        UnitLit::One => format!("{q}{number}"),
        UnitLit::Percent => format!("{q}{number} percent"),
        UnitLit::Money(c) => format!("{q}{} {number}", c.text),
        UnitLit::Named(u) if counts_time(f) => format!("{q}{number} {}", u.text),
        UnitLit::Named(u) => format!("{q}{number} {}", name(u)),
        UnitLit::MoneyPer(c, u) => format!("{q}{} {number} per {}", c.text, name(u)),
    }
}

/// A number as a person writes it: `250 billion`.
fn scaled(number: &Number) -> String {
    for (scale, word) in
        [(1_000_000_000_000i64, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million")]
    {
        if let Ok(part) = number.div(&Number::from(scale)) {
            let text = part.to_string();
            if part >= Number::from(1) && part.is_decimal() && text.len() <= 6 {
                return format!("{text} {word}");
            }
        }
    }
    number.to_string()
}

fn datum(d: &Datum) -> String {
    match d {
        Datum::Word(w) => name(w),
        Datum::Figure(f) => figure(f),
        Datum::Text(t) => text(t),
        Datum::Day(d) => d.to_string(),
    }
}

fn test_step(step: &TestStepKind) -> String {
    match step {
        TestStepKind::On(d) => format!("on {d}"),
        TestStepKind::Known(d) => format!("known {d}"),
        TestStepKind::Under(v) => format!("under {}", name(v)),
        TestStepKind::Log(l) => {
            let mut out = format!("log {} {} by {}", l.day, name(&l.event), name(&l.by));
            if let Some(day) = l.recorded {
                out.push_str(&format!(" recorded {day}"));
            }
            for (field, value) in &l.data {
                out.push_str(&format!(" {} {}", name(field), datum(value)));
            }
            out
        }
        TestStepKind::Assume(p, d) => format!("assume {} {}", path(p), datum(d)),
        TestStepKind::Expect(e) => {
            let ask = match &e.ask {
                ExpectAsk::May(party, action, with) => {
                    let with: Vec<String> =
                        with.iter().map(|(p, d)| format!(" {} {}", path(p), datum(d))).collect();
                    format!("may {} {}{}", name(party), name(action), with.concat())
                }
                ExpectAsk::InForce(c) => format!("in-force {}", name(c)),
                ExpectAsk::Ends(c) => format!("ends {}", name(c)),
                ExpectAsk::Value(p) => format!("value {}", path(p)),
                ExpectAsk::Owes(p) => format!("owes {}", name(p)),
                ExpectAsk::Who(a) => format!("who {}", name(a)),
            };
            let mut out = format!("expect {ask} is {}", e.outcome.text);
            if e.outcome.text == "on" {
                out.extend(e.day.map(|d| format!(" {d}")));
            } else {
                if !e.values.is_empty() {
                    let list: Vec<String> = e.values.iter().map(datum).collect();
                    out.push_str(&format!(" {}", list.join(", ")));
                }
                if !e.on.is_empty() {
                    let list: Vec<String> = e.on.iter().map(path).collect();
                    out.push_str(&format!(" on {}", list.join(", ")));
                }
                out.extend(e.day.map(|d| format!(" by {d}")));
            }
            if !e.because.is_empty() {
                out.push_str(&format!(" because {}", names(&e.because)));
            }
            out
        }
    }
}
