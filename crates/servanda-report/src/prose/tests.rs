use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use servanda_program::{
    Clause, Cond, DutyStart, Effect, Expr, ExtremeKind, Moment, OpenId, Pattern, Program, Trigger, VersionId,
};
use servanda_quantity::Rounding;

use super::name::Names;
use super::teller::{Sentence, Teller};
use super::{ReadingOf, reading};
use crate::{Passages, Style, Tongue};

use super::random::{self, Depth, Dice};

fn config() -> Config {
    Config { cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() }
}

fn throws() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(0u16..5040, 0..600)
}

/// A condition without what its meaning does not show: the question that an undecided comparison becomes, and lists
/// of one.
fn plain_cond(cond: &Cond) -> Cond {
    match cond {
        Cond::All(list) | Cond::Any(list) if list.len() == 1 => plain_cond(&list[0]),
        Cond::All(list) if list.is_empty() => Cond::Constant(true),
        Cond::Any(list) if list.is_empty() => Cond::Constant(false),
        Cond::All(list) => Cond::All(list.iter().map(plain_cond).collect()),
        Cond::Any(list) => Cond::Any(list.iter().map(plain_cond).collect()),
        Cond::Not(inner) => Cond::Not(Box::new(plain_cond(inner))),
        Cond::Compare(op, a, b, _) => Cond::Compare(*op, plain_expr(a), plain_expr(b), OpenId(0)),
        Cond::Happened(p) => {
            Cond::Happened(Box::new(Pattern { filter: plain_cond(&p.filter), ..(**p).clone() }))
        }
        cond => cond.clone(),
    }
}

fn plain_expr(expr: &Expr) -> Expr {
    let two = |a: &Expr, b: &Expr| (Box::new(plain_expr(a)), Box::new(plain_expr(b)));
    match expr {
        Expr::Aggregate { kind, event, field, filter, default, window } => Expr::Aggregate {
            window: window.clone(),
            kind: *kind,
            event: *event,
            field: *field,
            filter: Box::new(plain_cond(filter)),
            default: default.clone(),
        },
        Expr::Add(a, b) => {
            let (a, b) = two(a, b);
            Expr::Add(a, b)
        }
        Expr::Subtract(a, b) => {
            let (a, b) = two(a, b);
            Expr::Subtract(a, b)
        }
        Expr::Multiply(a, b) => {
            let (a, b) = two(a, b);
            Expr::Multiply(a, b)
        }
        Expr::Divide(a, b) => {
            let (a, b) = two(a, b);
            Expr::Divide(a, b)
        }
        Expr::Round(way, a, b) => {
            let (a, b) = two(a, b);
            Expr::Round(*way, a, b)
        }
        Expr::Extreme(kind, list) => Expr::Extreme(*kind, list.iter().map(plain_expr).collect()),
        expr => expr.clone(),
    }
}

fn plain_moment(moment: &Moment) -> Moment {
    let all = |list: &[Moment]| list.iter().map(plain_moment).collect();
    match moment {
        Moment::First(p) => Moment::First(Pattern { filter: plain_cond(&p.filter), ..p.clone() }),
        Moment::Shift(m, back, by, calendar) => {
            Moment::Shift(Box::new(plain_moment(m)), *back, by.clone(), *calendar)
        }
        Moment::Earlier(list) => Moment::Earlier(all(list)),
        Moment::Later(list) => Moment::Later(all(list)),
        Moment::ByReading(open, list) => Moment::ByReading(*open, all(list)),
        moment => moment.clone(),
    }
}

/// The distinct conditions of which a condition is made.
fn leaves_of(cond: &Cond, out: &mut Vec<Cond>) {
    match cond {
        Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| leaves_of(c, out)),
        Cond::Not(inner) => leaves_of(inner, out),
        leaf if !out.contains(leaf) => out.push(leaf.clone()),
        _ => {}
    }
}

/// A condition, and its denial.
fn denied(cond: Cond) -> [Cond; 2] {
    [cond.clone(), Cond::Not(Box::new(cond))]
}

/// Every way to put three conditions together in their order.
fn structures(leaves: &[Cond; 3]) -> Vec<Cond> {
    let joins: [fn(Vec<Cond>) -> Cond; 2] = [Cond::All, Cond::Any];
    let not = |c: Cond| Cond::Not(Box::new(c));
    let mut out = vec![leaves[0].clone(), not(leaves[0].clone()), not(not(leaves[0].clone()))];
    for a in denied(leaves[0].clone()) {
        for b in denied(leaves[1].clone()) {
            for c in denied(leaves[2].clone()) {
                for join in joins {
                    out.extend(denied(join(vec![a.clone(), b.clone(), c.clone()])));
                    for inner in joins {
                        for pair in denied(inner(vec![b.clone(), c.clone()])) {
                            out.extend(denied(join(vec![a.clone(), pair])));
                        }
                        for pair in denied(inner(vec![a.clone(), b.clone()])) {
                            out.extend(denied(join(vec![pair, c.clone()])));
                        }
                    }
                }
            }
        }
    }
    out
}

/// Every way to put three values together in their order, with two signs.
fn formulas(leaves: &[Expr]) -> Vec<Expr> {
    let signs: [fn(Expr, Expr) -> Expr; 8] = [
        |a, b| Expr::Add(Box::new(a), Box::new(b)),
        |a, b| Expr::Subtract(Box::new(a), Box::new(b)),
        |a, b| Expr::Multiply(Box::new(a), Box::new(b)),
        |a, b| Expr::Divide(Box::new(a), Box::new(b)),
        |a, b| Expr::Round(Rounding::Nearest, Box::new(a), Box::new(b)),
        |a, b| Expr::Round(Rounding::Up, Box::new(a), Box::new(b)),
        |a, b| Expr::Extreme(ExtremeKind::Min, vec![a, b]),
        |a, b| Expr::Extreme(ExtremeKind::Max, vec![a, b]),
    ];
    let [a, b, c] = [0, 1, 2].map(|i| leaves[i].clone());
    let mut out = Vec::new();
    for one in signs {
        for two in signs {
            out.push(one(a.clone(), two(b.clone(), c.clone())));
            out.push(one(two(a.clone(), b.clone()), c.clone()));
        }
    }
    out
}

/// Ways to put three moments together in their order.
fn moments(leaves: &[Moment]) -> Vec<Moment> {
    let signs: [fn(Moment, Moment) -> Moment; 3] = [
        |a, b| Moment::Earlier(vec![a, b]),
        |a, b| Moment::Later(vec![a, b]),
        |a, b| Moment::Earlier(vec![Moment::Shift(Box::new(a), false, random::days(7), None), b]),
    ];
    let [a, b, c] = [0, 1, 2].map(|i| leaves[i].clone());
    let late = |m: Moment| Moment::Shift(Box::new(m), false, random::days(7), None);
    let mut out = Vec::new();
    for one in signs {
        for two in signs {
            let (right, left) =
                (one(a.clone(), two(b.clone(), c.clone())), one(two(a.clone(), b.clone()), c.clone()));
            out.extend([late(right.clone()), late(left.clone()), right, left]);
        }
    }
    out
}

/// All conditions of a clause that speak of its act, of no record, or of a record; each with what is in hand.
fn conditions(
    clause: &Clause,
) -> Vec<(Option<servanda_program::ActionId>, Option<servanda_program::EventId>, Cond)> {
    let mut out = Vec::new();
    for norm in &clause.norms {
        for cond in [&norm.reach, &norm.meet, &norm.except] {
            out.push((Some(norm.action), None, cond.clone()));
        }
    }
    out.extend(clause.while_.iter().map(|c| (None, None, c.clone())));
    out.extend(clause.values.iter().map(|v| (None, None, v.cond.clone())));
    out.extend(clause.powers.iter().map(|p| (None, None, p.when.clone())));
    let mut pattern = |p: &Pattern| out.push((None, Some(p.event), p.filter.clone()));
    for process in &clause.processes {
        for step in &process.steps {
            if let Trigger::On(p) = &step.trigger {
                pattern(p);
            }
        }
    }
    for duty in &clause.duties {
        if let DutyStart::Each(p, ..) = &duty.start {
            pattern(p);
        }
    }
    for Effect { when, .. } in &clause.effects {
        if let Moment::First(p) = when {
            pattern(p);
        }
    }
    out
}

fn flat(sentence: &Sentence, depth: usize, out: &mut String) {
    out.push_str(&format!("{}{}\n", "  ".repeat(depth), sentence.text));
    sentence.items.iter().for_each(|s| flat(s, depth + 1, out));
}

/// The words of a condition as a reader sees them, the list included.
fn words(teller: &Teller<'_>, cond: &Cond) -> String {
    let draft = teller.condition(cond);
    let mut out = String::new();
    flat(&teller.with_list(&draft.text, draft.items), 0, &mut out);
    out
}

proptest! {
    #![proptest_config(config())]

    /// Two different conditions are never said alike.
    #[test]
    fn different_conditions_have_different_words(throws in throws()) {
        let program = random::program(&mut Dice::new(throws), Depth::Wild);
        let english = Tongue::english();
        let version = Some(VersionId(program.versions.len() as u32 - 1));
        let names = Names::new(&english, &program, version);
        let mut said: BTreeMap<String, Cond> = BTreeMap::new();
        for clause in &program.clauses {
            for (action, record, cond) in conditions(clause) {
                let teller = Teller { action, record, clause: None, ..Teller::new(&english, &program, &names) };
                let plain = plain_cond(&cond);
                let text = format!("{action:?} {record:?} {}", words(&teller, &cond));
                if let Some(other) = said.get(&text) {
                    prop_assert_eq!(other, &plain, "{}", text);
                }
                said.insert(text, plain);
            }
        }
    }

    /// However conditions are put together with and, or and not: another structure has other words.
    #[test]
    fn another_structure_has_other_words(throws in throws()) {
        let program = random::program(&mut Dice::new(throws), Depth::Wild);
        let english = Tongue::english();
        let names = Names::new(&english, &program, Some(VersionId(0)));
        let teller = Teller { action: Some(random::TRANSMIT), ..Teller::new(&english, &program, &names) };
        let mut leaves: Vec<Cond> = Vec::new();
        for (action, record, cond) in program.clauses.iter().flat_map(conditions) {
            if action == Some(random::TRANSMIT) && record.is_none() {
                leaves_of(&plain_cond(&cond), &mut leaves);
            }
        }
        for i in 0..leaves.len().saturating_sub(2).min(4) {
            let leaf = |at: usize| leaves[i + at].clone();
            // On one line, and with lists.
            for say in [|t: &Teller<'_>, c: &Cond| t.cond(c), words] {
                let mut said: BTreeMap<String, Cond> = BTreeMap::new();
                for cond in structures(&[leaf(0), leaf(1), leaf(2)]) {
                    let words = say(&teller, &cond);
                    if let Some(other) = said.get(&words) {
                        prop_assert_eq!(other, &cond, "{}", words);
                    }
                    said.insert(words, cond);
                }
            }
        }
    }

    /// However values are put together: another formula has other words.
    #[test]
    fn another_formula_has_other_words(throws in throws()) {
        let program = random::program(&mut Dice::new(throws), Depth::Wild);
        let english = Tongue::english();
        let names = Names::new(&english, &program, Some(VersionId(0)));
        let teller = Teller::new(&english, &program, &names);
        let values = program.clauses.iter().flat_map(|c| &c.values).map(|v| plain_expr(&v.expr));
        let mut said: BTreeMap<String, Expr> = BTreeMap::new();
        for value in values.collect::<Vec<_>>().chunks_exact(3).take(2).flat_map(formulas) {
            let words = teller.expr(&value);
            if let Some(other) = said.get(&words) {
                prop_assert_eq!(other, &value, "{}", words);
            }
            said.insert(words, value);
        }
    }

    /// However moments are put together: another one has other words.
    #[test]
    fn another_moment_has_other_words(throws in throws()) {
        let program = random::program(&mut Dice::new(throws), Depth::Wild);
        let english = Tongue::english();
        let names = Names::new(&english, &program, Some(VersionId(0)));
        let teller = Teller::new(&english, &program, &names);
        let untils: Vec<Moment> = program.clauses.iter().map(|c| plain_moment(&c.until)).collect();
        let mut said: BTreeMap<String, Moment> = BTreeMap::new();
        for moment in untils.chunks_exact(3).take(2).flat_map(moments) {
            let words = teller.moment(&moment);
            if let Some(other) = said.get(&words) {
                prop_assert_eq!(other, &moment, "{}", words);
            }
            said.insert(words, moment);
        }
    }

    /// Any text can be read in any language: every construct has its words, and isolates stand in pairs.
    #[test]
    fn any_text_can_be_read_in_any_language(
        throws in throws(),
        name in "[a-zא-תا-ی\u{2066}-\u{2069}\u{202A}-\u{202E} {}$\"]{0,6}",
    ) {
        let mut program = random::program(&mut Dice::new(throws), Depth::Wild);
        program.parties.iter_mut().for_each(|p| p.name.push_str(&name));
        program.clause_names.iter_mut().for_each(|c| c.push_str(&name));
        program.events.iter_mut().for_each(|e| e.title = Some(format!("{} {name}", e.name)));
        let messages = said_messages();
        for tag in Tongue::available() {
            let tongue = Tongue::new(tag).unwrap();
            for version in 0..program.versions.len() as u32 {
                let of = ReadingOf { version: Some(VersionId(version)), ..ReadingOf::default() };
                let day = "2026-06-01".parse().unwrap();
                let reading = reading(&tongue, &program, &of, day, &Passages::new());
                for style in [Style::PLAIN, Style { colour: true, width: Some(60) }] {
                    let text = super::prose_text(&tongue, &reading, style, true);
                    for line in text.lines() {
                        prop_assert!(balanced(line), "{tag}: {line:?}");
                    }
                    if let Some(m) = messages.iter().find(|m| text.contains(m.as_str())) {
                        prop_assert!(false, "{tag}: the message {m} is not there");
                    }
                }
            }
        }
    }
}

/// The names of the messages of prose, which are said where a message is missing.
fn said_messages() -> Vec<String> {
    let english = include_str!("../../messages/en/prose-clause.ftl").lines();
    let english = english.chain(include_str!("../../messages/en/prose-value.ftl").lines());
    let english = english.chain(include_str!("../../messages/en/prose-condition.ftl").lines());
    english
        .filter_map(|l| Some(l.split_once(" =")?.0.to_string()))
        .filter(|m| m.starts_with("prose-"))
        .collect()
}

/// Whether every isolate ends, and ends once.
fn balanced(text: &str) -> bool {
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            '\u{202A}'..='\u{202E}' => return false,
            _ => {}
        }
    }
    depth == 0
}

#[test]
fn a_condition_within_another_is_in_parentheses() {
    let program: Program = random::vocabulary(false);
    let english = Tongue::english();
    let names = Names::new(&english, &program, None);
    let teller = Teller { action: Some(random::TRANSMIT), ..Teller::new(&english, &program, &names) };
    let low = Cond::Same(Expr::Attribute(random::BAND), Expr::Word("low".into()));
    let lot = Cond::Given(Expr::Attribute(random::LOT));
    let sound = Cond::Answered(random::FACT, 0);
    let said = |c: &Cond| teller.cond(c);
    assert_eq!(said(&low), "the band is low");
    let either = Cond::Any(vec![low.clone(), lot.clone()]);
    assert_eq!(
        said(&Cond::All(vec![either.clone(), sound.clone()])),
        "(the band is low or the lot is stated) and the question “sound?” is answered with yes"
    );
    assert_eq!(
        said(&Cond::Any(vec![low.clone(), Cond::All(vec![lot, sound])])),
        "the band is low or (the lot is stated and the question “sound?” is answered with yes)"
    );
    assert_eq!(
        said(&Cond::Not(Box::new(either))),
        "it is not so that (the band is low or the lot is stated)"
    );
    assert_eq!(said(&Cond::Not(Box::new(low))), "the band is not low");
}
