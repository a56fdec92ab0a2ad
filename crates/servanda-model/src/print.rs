//! Conditions as their question shows them.

use servanda_syntax::ast::{
    AggregateKind, BinaryOp, Expr, ExprKind, ExtremeKind, FigureLit, IsTest, Measure, QualifierWord, UnitLit,
    When, WhenKind,
};

/// The expression as written, in one line. Deep trees are cut.
pub(crate) fn expr(e: &Expr) -> String {
    let mut out = String::new();
    write(e, &mut out, 0, 0);
    out
}

/// A figure as written.
pub(crate) fn figure(f: &FigureLit) -> String {
    let q = match f.qualifier {
        None => "",
        Some(QualifierWord::About) => "about ",
        Some(QualifierWord::AtLeast) => "at least ",
        Some(QualifierWord::AtMost) => "at most ",
    };
    match &f.unit {
        UnitLit::One => format!("{q}{}", f.number),
        UnitLit::Percent => format!("{q}{} percent", f.number),
        UnitLit::Money(c) => format!("{q}{} {}", c.text, f.number),
        UnitLit::Named(u) => format!("{q}{} {}", f.number, u.text),
        UnitLit::MoneyPer(c, u) => format!("{q}{} {} per {}", c.text, f.number, u.text),
    }
}

fn operator(op: BinaryOp) -> (&'static str, u8) {
    match op {
        BinaryOp::Or => ("or", 1),
        BinaryOp::And => ("and", 2),
        BinaryOp::Equal => ("=", 4),
        BinaryOp::Less => ("<", 4),
        BinaryOp::LessEqual => ("<=", 4),
        BinaryOp::Greater => (">", 4),
        BinaryOp::GreaterEqual => (">=", 4),
        BinaryOp::Add => ("+", 5),
        BinaryOp::Subtract => ("-", 5),
        BinaryOp::Multiply => ("*", 6),
        BinaryOp::Divide => ("/", 6),
    }
}

fn write(e: &Expr, out: &mut String, above: u8, depth: usize) {
    if depth > 40 {
        out.push('…');
        return;
    }
    let next = depth + 1;
    match &e.kind {
        ExprKind::Figure(f) => out.push_str(&figure(f)),
        ExprKind::Day(d) => out.push_str(&d.to_string()),
        ExprKind::Text(t) => out.push_str(&format!("“{}”", t.value)),
        ExprKind::Undisclosed(_) => out.push_str("undisclosed"),
        ExprKind::NoneWord => out.push_str("none"),
        ExprKind::Path(p) => out.push_str(&p.text()),
        ExprKind::Of(p, n) => out.push_str(&format!("{} of {}", p.text(), n.text)),
        ExprKind::Not(inner) => {
            out.push_str("not ");
            write(inner, out, 3, next);
        }
        ExprKind::Binary(op, a, b) => {
            let (word, rank) = operator(*op);
            if rank < above {
                out.push('(');
            }
            write(a, out, rank, next);
            out.push_str(&format!(" {word} "));
            write(b, out, rank + 1, next);
            if rank < above {
                out.push(')');
            }
        }
        ExprKind::Is(inner, negated, test) => {
            write(inner, out, 5, next);
            out.push_str(if *negated { " is not " } else { " is " });
            match test {
                IsTest::Word(w) => out.push_str(&w.text),
                IsTest::OneOf(list) => {
                    out.push_str("one of ");
                    out.push_str(&list.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(", "));
                }
                IsTest::Given => out.push_str("given"),
                IsTest::InForce => out.push_str("in force"),
                IsTest::Violated => out.push_str("violated"),
                IsTest::Fulfilled => out.push_str("fulfilled"),
            }
        }
        ExprKind::Happened { event, by, cond } => {
            out.push_str(&format!("{} has happened", event.text()));
            if let Some(by) = by {
                out.push_str(&format!(" by {}", by.text));
            }
            filter(cond.as_deref(), out, next);
        }
        ExprKind::Aggregate { kind, path, cond, window, default } => {
            let word = match kind {
                AggregateKind::Sum => "sum of",
                AggregateKind::Count => "count of",
                AggregateKind::Latest => "latest",
                AggregateKind::Lowest => "lowest of",
                AggregateKind::Highest => "highest of",
            };
            out.push_str(&format!("{word} {}", path.text()));
            filter(cond.as_deref(), out, next);
            out.push_str(&window.as_ref().map(servanda_syntax::print_window).unwrap_or_default());
            if let Some(default) = default {
                out.push_str(" else ");
                write(default, out, 9, next);
            }
        }
        ExprKind::Extreme(kind, list) => {
            out.push_str(if *kind == ExtremeKind::Min { "min(" } else { "max(" });
            for (i, item) in list.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write(item, out, 0, next);
            }
            out.push(')');
        }
        ExprKind::Rounded(way, a, b) => {
            write(a, out, 6, next);
            out.push_str(&format!(" {} ", servanda_syntax::print_rounding(*way)));
            write(b, out, 9, next);
        }
        ExprKind::Today => out.push_str("today"),
        ExprKind::DayOf(w) => {
            out.push_str("day of ");
            when(w, out, next);
        }
        ExprKind::Between(measure, a, b) => {
            let (word, by) = match measure {
                Measure::Days => ("days", String::new()),
                Measure::BusinessDays(calendar) => ("business-days", format!(" in {}", calendar.text)),
                Measure::Years(count) => ("years", format!(" by {count}")),
            };
            out.push_str(&format!("{word} from "));
            write(a, out, 5, next);
            out.push_str(" to ");
            write(b, out, 5, next);
            out.push_str(&by);
        }
        ExprKind::Shift(base, back, duration) => {
            write(base, out, 5, next);
            out.push_str(&format!(" {} {duration}", if *back { "-" } else { "+" }));
        }
    }
}

fn when(w: &When, out: &mut String, depth: usize) {
    match &w.kind {
        WhenKind::Event { event, by, cond } => {
            out.push_str(&event.text());
            if let Some(by) = by {
                out.push_str(&format!(" by {}", by.text));
            }
            filter(cond.as_deref(), out, depth);
        }
        WhenKind::Entry(state, process) => {
            out.push_str(&format!("entry into {} of {}", state.text, process.text()));
        }
        WhenKind::Violation(clause) => out.push_str(&format!("violation of {}", clause.text)),
        WhenKind::Fulfilment(clause) => out.push_str(&format!("fulfilment of {}", clause.text)),
        WhenKind::EndOfAgreement => out.push_str("end of agreement"),
        WhenKind::End(clause) => out.push_str(&format!("end of {}", clause.text)),
    }
}

fn filter(cond: Option<&Expr>, out: &mut String, depth: usize) {
    if let Some(cond) = cond {
        out.push_str(" where ");
        write(cond, out, 0, depth);
    }
}
