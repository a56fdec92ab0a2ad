//! What holds for every text in every language.

use proptest::prelude::*;
use servanda_mention::{Kind, Value, languages, scan};

/// Texts that look like quantities more often than chance would have them.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9٠-٩۰-۹०-९]{1,5}",
        2 => "[.,٫٬،' %٪$€£₹/:()-]{1,2}",
        2 => prop::sample::select(vec![
            "million", "miliardi", "مليار", "میلیارد", "अरब", "and a half", "e mezzo", "و", "ventitremila", "साढ़े", "twenty", "third",
            "dollars", "دولار", "دلار", "euro", "रुपये", "years", "anni", "سنوات", "سال", "days", "giorni", "October", "ottobre", "مهر",
            "رجب", "जनवरी", "of", "di", "the", "a", "un", "एक", "about", "circa", "up to", "minus", "point", "over", "e", "^", "th",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
        1 => Just("\n".to_owned()),
    ];
    prop::collection::vec((piece, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(p, space)| if space { format!("{p} ") } else { p }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn mentions_lie_in_the_text_in_order_and_apart(text in texts()) {
        let length = text.chars().count();
        for language in languages() {
            let found = scan(&text, language).unwrap();
            let mut end = 0;
            for mention in found {
                prop_assert!(mention.place.start >= end && mention.place.start < mention.place.end && mention.place.end <= length,
                    "{language}: {:?} in {text:?}", mention.place);
                end = mention.place.end;
            }
        }
    }

    #[test]
    fn a_text_before_another_does_not_change_what_is_found(text in texts()) {
        for language in languages() {
            let alone = scan(&text, language).unwrap();
            let before = "Preambolo.\n\n";
            let shift = before.chars().count();
            let after = scan(&format!("{before}{text}"), language).unwrap();
            let moved: Vec<_> = after.iter().map(|m| (m.place.start - shift, m.place.end - shift, m.kind)).collect();
            let own: Vec<_> = alone.iter().map(|m| (m.place.start, m.place.end, m.kind)).collect();
            // A text that is one word alone is the exception: there an article counts.
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
            if words > 1 {
                prop_assert_eq!(own, moved, "{} {:?}", language, &text);
            }
        }
    }

    #[test]
    fn whole_numbers_are_read_back(number in 0u64..1_000_000_000_000, tag in prop::sample::select(vec!["en", "it", "hi", "ar", "fa"])) {
        let found = scan(&format!("({number})"), tag).unwrap();
        prop_assert_eq!(found.len(), 1, "{} {}", tag, number);
        let year = found[0].kind == Kind::Year;
        match &found[0].value {
            Value::Number(value) => prop_assert!(value.to_string() == number.to_string() || year, "{} {}", tag, number),
            Value::Date(_) => prop_assert!(false, "{} {}", tag, number),
        }
    }
}

#[test]
fn a_tag_without_a_folder_is_refused() {
    assert_eq!(scan("10", "tlh").unwrap_err().tag, "tlh");
    assert_eq!(scan("10", "not a tag").unwrap_err().tag, "not a tag");
}

#[test]
fn the_cost_of_a_text_is_bounded_by_its_length() {
    // Texts that make a recogniser with unbounded looking ahead or back quadratic; each is read in a moment.
    for unit in ["1,", "one ", "a ", "1 234 ", "un ", "twenty-", "(", "1.", "ventitre", "$", "and a half "] {
        let text = unit.repeat(10_000);
        for tag in ["en", "it"] {
            let _ = scan(&text, tag).unwrap();
        }
    }
}
