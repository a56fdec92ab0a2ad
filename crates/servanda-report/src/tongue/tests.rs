use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use icu::plurals::{PluralCategory, PluralRules};

use super::*;

/// The messages of a file: name → variables.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn pattern(pattern: &Pattern<&str>, out: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => inline_expression(inline, out),
                Expression::Select { selector, variants } => select(selector, variants, out),
            }
        }
    }
}

fn select(selector: &InlineExpression<&str>, variants: &[Variant<&str>], out: &mut BTreeSet<String>) {
    inline_expression(selector, out);
    for variant in variants {
        // A number only stands for its plural form.
        assert!(matches!(variant.key, VariantKey::Identifier { .. }), "{variant:?}");
        pattern(&variant.value, out);
    }
}

fn inline_expression(inline: &InlineExpression<&str>, out: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            out.insert(id.name.to_string());
        }
        InlineExpression::StringLiteral { .. } => {}
        InlineExpression::Placeable { expression } => match &**expression {
            Expression::Inline(inner) => inline_expression(inner, out),
            Expression::Select { selector, variants } => select(selector, variants, out),
        },
        other => panic!("messages use variables and nothing else: {other:?}"),
    }
}

/// The messages of a file of a folder.
fn read(folder: &str, file: &str, text: &str) -> Messages {
    let resource = fluent_syntax::parser::parse(text)
        .unwrap_or_else(|(_, errors)| panic!("messages/{folder}/{file}: {errors:?}"));
    let mut messages = Messages::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let mut variables = BTreeSet::new();
                let value = message.value.as_ref().expect("a message has a value");
                pattern(value, &mut variables);
                assert!(message.attributes.is_empty(), "messages/{folder}/{file}: {}", message.id.name);
                let before = messages.insert(message.id.name.to_string(), variables);
                assert!(before.is_none(), "messages/{folder}/{file}: {} stands twice", message.id.name);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => panic!("messages/{folder}/{file}: {other:?}"),
        }
    }
    messages
}

fn folder(name: &str) -> BTreeMap<&'static str, Messages> {
    folder::files(name).into_iter().map(|(file, text)| (file, read(name, file, text))).collect()
}

#[test]
fn every_language_says_every_message_with_the_same_variables() {
    let english = folder(folder::ENGLISH);
    assert!(english.values().map(BTreeMap::len).sum::<usize>() > 200);
    for name in folder::all() {
        let theirs = folder(name);
        let files = |f: &BTreeMap<&'static str, Messages>| f.keys().copied().collect::<Vec<_>>();
        assert_eq!(files(&theirs), files(&english), "the files of messages/{name}");
        for (file, messages) in &english {
            for (message, variables) in messages {
                let found = theirs[file].get(message);
                assert_eq!(found, Some(variables), "messages/{name}/{file}: {message}");
            }
            let more: Vec<_> = theirs[file].keys().filter(|m| !messages.contains_key(*m)).collect();
            assert!(more.is_empty(), "messages/{name}/{file} says what English does not: {more:?}");
        }
    }
}

#[test]
fn every_language_tells_its_name_digits_and_direction() {
    for name in folder::all() {
        let setting = |message| folder::setting(name, message);
        assert!(!setting("language-name").is_empty(), "{name}");
        assert!(
            ["left-to-right", "right-to-left"].contains(&setting("language-direction").as_str()),
            "{name}"
        );
        assert!(
            setting("language-digits").parse::<icu::locale::extensions::unicode::Value>().is_ok(),
            "{name}"
        );
        let arabic_script = folder(name)["outcome.ftl"].len() > 10 && ["ar", "fa"].contains(&name);
        assert_eq!(Tongue::new(name).unwrap().is_right_to_left(), arabic_script, "{name}");
    }
}

/// Fluent has plural rules of its own; those of the CLDR must count.
#[test]
fn plural_forms_are_those_of_the_cldr() {
    const FORMS: &str = "form = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n}\n";
    for name in folder::all() {
        let rules = PluralRules::try_new_cardinal(name.parse::<Locale>().unwrap().into()).unwrap();
        let mut tongue = Tongue::new(name).unwrap();
        tongue.messages.add_resource(FluentResource::try_new(FORMS.to_string()).unwrap()).unwrap();
        for n in (0u64..=1_000).chain([1_000_000, 3_000_000, u64::MAX]) {
            let meant = match rules.category_for(n) {
                PluralCategory::Zero => "zero",
                PluralCategory::One => "one",
                PluralCategory::Two => "two",
                PluralCategory::Few => "few",
                PluralCategory::Many => "many",
                PluralCategory::Other => "other",
            };
            assert_eq!(tongue.say("form", &[("n", Arg::Count(n))]), meant, "{name}: {n}");
            assert_eq!(tongue.say("form", &[("n", Arg::Number(&n.to_string().parse().unwrap()))]), meant);
        }
    }
}

/// Without the isolates around values.
fn bare(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn arabic_has_six_forms() {
    let arabic = Tongue::new("ar").unwrap();
    let clauses = |n: usize| bare(&arabic.say("evidence-clause-count", &[("count", n.into())]));
    let said: Vec<String> = [0, 1, 2, 3, 11, 100].map(clauses).to_vec();
    assert_eq!(said, ["لا بنود", "بند واحد", "بندان", "3 بنود", "11 بندًا", "100 بند"]);
    assert_eq!(clauses(103), "103 بنود");
    assert_eq!(clauses(1_000_011), "1,000,011 بندًا");
}

fn money(tongue: &str, text: &str) -> String {
    let figure = Figure::exact(text.parse().unwrap(), Unit::Money("USD".into()));
    bare(&Tongue::new(tongue).unwrap().figure(&figure))
}

#[test]
fn round_figures_have_their_scale_and_others_their_groups() {
    for (text, english) in [
        ("135000000000", "USD 135 billion"),
        ("212500000000", "USD 212.5 billion"),
        ("1234567.89", "USD 1,234,567.89"),
        ("-999999", "USD -999,999"),
        ("0", "USD 0"),
        ("1000", "USD 1,000"),
    ] {
        assert_eq!(money("en", text), english);
    }
    assert_eq!(money("fa", "250000000000"), "۲۵۰ میلیارد دلار آمریکا");
    assert_eq!(money("fa", "1234567.89"), "۱٬۲۳۴٬۵۶۷٫۸۹ دلار آمریکا");
    assert_eq!(money("fa-u-nu-latn", "250000000000"), "250 میلیارد دلار آمریکا");
    assert_eq!(money("ar", "3000000"), "3 ملايين دولار أمريكي");
    assert_eq!(money("ar-u-nu-arab", "3000"), "٣٬٠٠٠ دولار أمريكي");
    assert_eq!(money("ar", "11"), "11 دولارًا أمريكيًا");
    assert_eq!(money("hi", "250000000000"), "250 अरब अमेरिकी डॉलर");
    assert_eq!(money("hi", "1234567"), "12,34,567 अमेरिकी डॉलर");
    assert_eq!(money("it", "1000000000"), "1 miliardo di dollari statunitensi");
    assert_eq!(money("it", "2500000000"), "2,5 miliardi di dollari statunitensi");
    assert_eq!(money("it", "1234567.8"), "1.234.567,8 dollari statunitensi");
}

#[test]
fn figures_keep_their_units_and_stay_exact() {
    let third = Number::from(1).div(&Number::from(3)).unwrap();
    let say = |tag: &str, number: Number, unit: Unit| {
        bare(&Tongue::new(tag).unwrap().figure(&Figure { number, unit, qualifier: Qualifier::AtLeast }))
    };
    assert_eq!(say("en", third.clone(), Unit::One), "at least 1/3");
    assert_eq!(say("fa", third, Unit::One), "دست‌کم ۱/۳");
    assert_eq!(say("it", Number::from(27), Unit::Percent), "almeno 27 per cento");
    assert_eq!(say("hi", Number::from(27), Unit::Named("tonne".into())), "कम से कम 27 tonne");
    assert_eq!(
        say("ar", Number::from(60), Unit::MoneyPer("SEK".into(), "tonne".into())),
        "60 SEK لكل tonne على الأقل"
    );
    let long: Number = format!("{}.{}", "9".repeat(30), "1".repeat(30)).parse().unwrap();
    assert!(say("fa", long, Unit::One).ends_with(&"۱".repeat(30)));
}

#[test]
fn days_have_the_months_of_the_locale_and_the_calendar_that_is_asked_for() {
    let day = |tag: &str| Tongue::new(tag).unwrap().day("2026-06-01".parse().unwrap());
    assert_eq!(day("en"), "2026-06-01");
    assert_eq!(day("fa"), "۱ ژوئن ۲۰۲۶");
    assert!(day("fa-u-ca-persian").starts_with("۱۱ خرداد ۱۴۰۵"));
    assert!(day("fa-u-ca-persian-nu-latn").starts_with("11 خرداد 1405"));
    assert_eq!(day("ar"), "1 يونيو 2026");
    assert_eq!(day("ar-EG-u-nu-arab"), "١ يونيو ٢٠٢٦");
    assert_eq!(day("it-CH"), "1 giugno 2026");
    assert!(day("hi").contains("जून"));
    assert!(day("en-u-ca-persian").contains("Khordad"));
}

#[test]
fn a_locale_without_messages_is_told_with_those_that_there_are() {
    let error = Tongue::new("de").unwrap_err();
    assert_eq!(error.available, ["ar", "en", "fa", "hi", "it"]);
    assert_eq!(error.to_string(), "there are no messages for the locale `de`; there are ar, en, fa, hi, it");
    for tag in ["", "en_US!", "-", "fa-u-nu-arabext-".repeat(99).as_str(), "../en", "x"] {
        assert!(Tongue::new(tag).is_err(), "{tag}");
    }
    for tag in ["EN", "fa-IR", "fa-Arab-IR", "ar-u-nu-bogus", "it-u-ca-bogus"] {
        assert!(Tongue::new(tag).is_ok(), "{tag}");
    }
}

#[test]
fn values_cannot_reach_beyond_their_place() {
    let persian = Tongue::new("fa").unwrap();
    let said = persian.say("step-yields", &[("clause", "\u{2069}\u{202E}x\u{2067}".into())]);
    assert_eq!(said, "در برابر \u{2068}x\u{2069} کنار می‌رود");
    let english = Tongue::english();
    assert_eq!(english.say("step-yields", &[("clause", "بند".into())]), "it yields to \u{2068}بند\u{2069}");
    assert_eq!(english.say("step-yields", &[("clause", "a".into())]), "it yields to a");
}

#[test]
fn what_no_language_says_is_told_by_its_name() {
    assert_eq!(Tongue::new("it").unwrap().say("no-such-message", &[]), "no-such-message");
}
