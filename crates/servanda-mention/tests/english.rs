//! English: contracts and press.

mod common;

use common::{found, said, spans};

fn en(text: &str) -> Vec<String> {
    said("en", text)
}

#[test]
fn money() {
    assert_eq!(found("en", "about $135 billion in shares"), ["money 135000000000 USD about @6..18"]);
    assert_eq!(en("a loan of USD 2.5m at signing"), ["money 2500000 USD"]);
    assert_eq!(en("the fee is 1,200.50 euros"), ["money 1200.5 EUR"]);
    assert_eq!(en("half a million pounds"), ["money 500000 GBP"]);
    assert_eq!(en("twelve dollars and fifty cents"), ["money 12.5 USD"]);
    assert_eq!(en("120 MEUR this year, MUSD 60 the next"), ["money 120000000 EUR", "money 60000000 USD"]);
    assert_eq!(en("Rs. 12,34,567 only"), ["money 1234567 INR"]);
    assert_eq!(en("30 cents a share"), ["money 30"]);
}

#[test]
fn the_symbol_is_the_locales_own() {
    assert_eq!(said("en-CA", "$ 5"), ["money 5 CAD"]);
    assert_eq!(said("en-US", "$ 5"), ["money 5 USD"]);
    assert_eq!(said("en-IN", "2.5Cr rupees"), ["money 25000000 INR"]);
}

#[test]
fn an_amount_said_twice_is_one() {
    assert_eq!(en("within thirty (30) days"), ["duration 30 day"]);
    assert_eq!(en("ten (12) days"), ["number 10", "number 12"]);
}

#[test]
fn percentages() {
    assert_eq!(en("a stake of 27%"), ["percent 27 percent"]);
    assert_eq!(en("roughly thirty-two and a half percent"), ["percent 32.5 percent about"]);
    assert_eq!(en("5‰ of the price"), ["percent 0.5 percent"]);
}

#[test]
fn numbers() {
    assert_eq!(en("two hundred and two thousand units"), ["number 202000"]);
    assert_eq!(en("one million and a half"), ["number 1500000"]);
    assert_eq!(en("three lakh crore"), ["number 3000000000000"]);
    assert_eq!(en("two thirds of the votes"), ["number 0.666666666666667"]);
    assert_eq!(en("minus 5 and -7"), ["number -5", "number -7"]);
    assert_eq!(en("three dozen crates"), ["number 36"]);
    assert_eq!(en("2.5^2"), ["number 6.25"]);
}

#[test]
fn dates_and_years() {
    assert_eq!(en("made this 4th day of May, 2021"), ["date 2021-05-04"]);
    assert_eq!(en("on Monday, January 22, 2018"), ["date 2018-01-22"]);
    assert_eq!(en("by 2031-02-05 at the latest"), ["date 2031-02-05"]);
    assert_eq!(en("in October 2025"), ["date 2025-10"]);
    assert_eq!(en("on 2 August each year"), ["date XXXX-08-02"]);
    assert_eq!(en("until 2032"), ["year 2032"]);
    assert_eq!(said("en-GB", "04/05/2021"), ["date 2021-05-04"]);
    assert_eq!(said("en-US", "04/05/2021"), ["date 2021-04-05"]);
}

#[test]
fn durations_and_ordinals() {
    assert_eq!(en("five (5) business days' notice"), ["duration 5 day"]);
    assert_eq!(en("two years and three months"), ["duration 27 month"]);
    assert_eq!(en("an hour and a half"), ["duration 1.5 hour"]);
    assert_eq!(en("the 42nd clause and the twenty-first schedule"), ["ordinal 42", "ordinal 21"]);
}

#[test]
fn qualifiers() {
    assert_eq!(en("more than $ 13 billion"), ["money 13000000000 USD more-than"]);
    assert_eq!(en("at least 250 tonnes"), ["number 250 at-least"]);
    assert_eq!(en("up to 10 years"), ["duration 10 year at-most"]);
    assert_eq!(en("not exceeding 5%"), ["percent 5 percent at-most"]);
    assert_eq!(en("a further 12 billion dollars"), ["money 12000000000 USD additional"]);
}

#[test]
fn a_range_is_two_mentions() {
    assert_eq!(en("10 to 20 million dollars"), ["money 10000000 USD", "money 20000000 USD"]);
    assert_eq!(en("between 3 and 5 percent"), ["percent 3 percent", "percent 5 percent"]);
}

#[test]
fn what_counts_nothing_is_not_found() {
    for text in [
        "A third party may ask which one applies.",
        "The B2B unit ships GPT-4 and H100s under RFC-6962.",
        "see https://example.com/p/2020?x=30%25 for more",
        "some models, for many years",
        "the 180ml bottle",
        "",
    ] {
        assert!(en(text).is_empty(), "{text:?}: {:?}", spans("en", text));
    }
}

#[test]
fn numbers_of_parts_of_a_text_count_nothing() {
    assert!(en("Section 2.1 and Sections 4, 5.2 and 7 apply; see Exhibit 3.").is_empty());
    assert_eq!(en("2.1 License Grant. The fee under clause 4 is $ 5.").as_slice(), ["money 5 USD"]);
    assert_eq!(
        en("1. The parties.\n2. \"Term\" means ten years. 2.3 Renewal. One year."),
        ["duration 10 year", "duration 1 year"]
    );
    assert_eq!(en("It has 2.5 parts. 12 men came."), ["number 2.5", "number 12"]);
    assert_eq!(en("2.5 million units"), ["number 2500000"]);
    assert_eq!(said("it", "ai sensi dell'articolo 5, comma 3, entro 30 giorni"), ["duration 30 day"]);
    assert_eq!(said("ar", "وفقا للمادة 5 خلال 30 يوما"), ["duration 30 day"]);
    assert_eq!(said("fa", "طبق ماده ۵ ظرف ۳۰ روز"), ["duration 30 day"]);
    assert_eq!(said("hi", "धारा 5 के अनुसार 30 दिन"), ["duration 30 day"]);
    assert_eq!(said("es", "según el artículo 5 en 30 días"), ["duration 30 day"]);
}
