//! Hindi: quantities as contracts and newspapers write them.

mod common;

use common::{found, said, spans};

fn hi(text: &str) -> Vec<String> {
    said("hi", text)
}

#[test]
fn money_in_words_digits_and_both() {
    assert_eq!(hi("खरीदार 2.5 करोड़ रुपये चुकाएगा।"), ["money 25000000 INR"]);
    assert_eq!(hi("कुल निवेश डेढ़ लाख करोड़ रुपये का है।"), ["money 1500000000000 INR"]);
    assert_eq!(hi("बैंक ने पौने दो अरब अमेरिकी डॉलर दिए।"), ["money 1750000000 USD"]);
    assert_eq!(hi("शुल्क साढ़े सात हज़ार यूरो है।"), ["money 7500 EUR"]);
    assert_eq!(hi("दाम ₹12,34,567.50 है"), ["money 1234567.5 INR"]);
    assert_eq!(hi("किराया रु. 8,000/- प्रति माह"), ["money 8000 INR"]);
    assert_eq!(hi("संयुक्त अरब अमीरात ने 40 करोड़ दिरहम लगाए।"), ["money 400000000 AED"]);
    assert_eq!(hi("सऊदी अरब 6 अरब रियाल देगा"), ["money 6000000000"]);
    assert_eq!(hi("तीस रुपये पच्चीस पैसे"), ["money 30.25 INR"]);
    assert_eq!(hi("जमा राशि: रुपये बीस हज़ार मात्र"), ["money 20000 INR"]);
    assert_eq!(hi("nine hundred rupees का बिल"), ["money 900 INR"]);
}

#[test]
fn the_same_amount_twice_is_one_mention() {
    assert_eq!(hi("पचास हज़ार (50,000) रुपये"), ["money 50000 INR"]);
    assert_eq!(hi("पंद्रह (15) दिनों के भीतर"), ["duration 15 day"]);
}

#[test]
fn percentages() {
    assert_eq!(hi("ब्याज 9.25 प्रतिशत है"), ["percent 9.25 percent"]);
    assert_eq!(hi("इक्यावन फ़ीसदी हिस्सेदारी"), ["percent 51 percent"]);
    assert_eq!(hi("एक प्रतिशत की छूट"), ["percent 1 percent"]);
    assert_eq!(hi("दर 50 आधार अंक बढ़ी"), ["percent 0.5 percent"]);
    assert_eq!(hi("शत-प्रतिशत अनुपालन"), ["percent 100 percent"]);
    assert_eq!(hi("12 से 14 परसेंट"), ["percent 12 percent", "percent 14 percent"]);
}

#[test]
fn number_words_and_their_spellings() {
    for (text, value) in [
        ("पाँच", "5"),
        ("पांच", "5"),
        ("छह", "6"),
        ("छः", "6"),
        ("पन्द्रह", "15"),
        ("अट्ठाईस", "28"),
        ("उनतीस", "29"),
        ("छियासठ", "66"),
        ("उन्यासी", "79"),
        ("निन्यानवे", "99"),
        ("सवा सौ", "125"),
        ("ढाई हज़ार", "2500"),
        ("एक करोड़ पाँच लाख तीन", "10500003"),
        ("दो नील", "20000000000000"),
        ("तीन दशमलव एक चार", "3.14"),
        ("सात बटा आठ", "0.875"),
        ("दो पूर्णांक एक बटा चार", "2.25"),
        ("आठ का पाँचवाँ भाग", "1.6"),
        ("सात चौथाई", "1.75"),
        ("माइनस बारह", "-12"),
        ("आधा दर्जन", "6"),
        ("फिफ्टी थ्री", "53"),
    ] {
        assert_eq!(hi(text), [format!("number {value}")], "{text}");
    }
}

#[test]
fn ordinals_with_every_ending() {
    assert_eq!(hi("इक्कीसवीं बैठक और बाईसवें सदस्य"), ["ordinal 21", "ordinal 22"]);
    assert_eq!(hi("एक सौ तीसवाँ संशोधन"), ["ordinal 130"]);
    assert_eq!(hi("42वें अधिवेशन में, 43 वीं बार"), ["ordinal 42", "ordinal 43"]);
    assert_eq!(hi("चौथी तिमाही"), ["ordinal 4"]);
    // "before" and "other" unless they stand alone or before a month.
    assert_eq!(hi("दूसरी"), ["ordinal 2"]);
    assert_eq!(hi("पहले मार्च को"), ["date XXXX-03-01"]);
    assert_eq!(hi("इससे पहले दूसरे पक्ष ने सूचना दी।"), Vec::<String>::new());
}

#[test]
fn dates_and_years() {
    assert_eq!(hi("यह करार 7 मार्च 2031 को हुआ।"), ["date 2031-03-07"]);
    assert_eq!(hi("शुक्रवार, 9 नवंबर, 2029"), ["date 2029-11-09"]);
    assert_eq!(hi("दिनांक 03/02/2030"), ["date 2030-02-03"]);
    assert_eq!(hi("मई की सत्रह तारीख"), ["date XXXX-05-17"]);
    assert_eq!(hi("४ सितम्बर २०३०"), ["date 2030-09-04"]);
    assert_eq!(hi("एक जुलाई सन् 2028"), ["date 2028-07-01"]);
    assert_eq!(hi("वर्ष 2033 तक"), ["year 2033"]);
    assert_eq!(hi("सन उन्नीस सौ अस्सी"), ["year 1980"]);
    assert_eq!(hi("वित्त वर्ष 2026-27"), ["year 2026", "year 2027"]);
    assert_eq!(hi("2027 की तीसरी तिमाही"), ["year 2027", "ordinal 3"]);
    // Counts within a month are no days of it.
    assert_eq!(hi("जून की तीन बैठकें"), ["number 3"]);
    assert_eq!(hi("जून के 20 लाख ग्राहक"), ["number 2000000"]);
}

#[test]
fn lengths_of_time() {
    assert_eq!(hi("अवधि एक वर्ष है"), ["duration 1 year"]);
    assert_eq!(hi("डेढ़ महीने में"), ["duration 1.5 month"]);
    assert_eq!(hi("सवा दो घंटे"), ["duration 2.25 hour"]);
    assert_eq!(hi("4 वर्ष 3 माह"), ["duration 51 month"]);
    assert_eq!(hi("10 कार्य दिवसों के भीतर"), ["duration 10 day"]);
    assert_eq!(hi("दो दशकों से"), ["duration 20 year"]);
    assert_eq!(hi("45 मि. का विराम"), ["duration 45 minute"]);
    assert_eq!(hi("दो से तीन सप्ताह"), ["duration 2 week", "duration 3 week"]);
}

#[test]
fn qualifiers_before_and_after() {
    assert_eq!(hi("लगभग 60 लाख लोग"), ["number 6000000 about"]);
    assert_eq!(hi("कम से कम दस प्रतिशत"), ["percent 10 percent at-least"]);
    assert_eq!(hi("अधिकतम 3 करोड़ यूरो"), ["money 30000000 EUR at-most"]);
    assert_eq!(hi("80 अरब डॉलर से ज़्यादा का सौदा"), ["money 80000000000 USD more-than"]);
    assert_eq!(hi("छह माह से अधिक नहीं"), ["duration 6 month at-most"]);
    assert_eq!(hi("अतिरिक्त 20 करोड़ पाउंड"), ["money 200000000 GBP additional"]);
    assert_eq!(hi("500 के आसपास"), ["number 500 about"]);
    // "up to" of an amount, "until" of a year, "for" of a length of time.
    assert_eq!(hi("7 लाख रुपये तक"), ["money 700000 INR at-most"]);
    assert_eq!(hi("2035 तक"), ["year 2035"]);
    assert_eq!(hi("तीन साल तक"), ["duration 3 year"]);
}

#[test]
fn ranges_share_scale_and_unit() {
    assert_eq!(hi("5 से 8 करोड़ डॉलर"), ["money 50000000 USD", "money 80000000 USD"]);
    assert_eq!(hi("10 और 15 लाख रुपये के बीच"), ["money 1000000 INR", "money 1500000 INR"]);
}

#[test]
fn places_hold_number_scale_and_unit() {
    assert_eq!(found("hi", "करीब दस लाख डॉलर मिले"), ["money 1000000 USD about @5..16"]);
    assert_eq!(spans("hi", "पहला भुगतान साढ़े तीन करोड़ रुपये का था"), ["पहला", "साढ़े तीन करोड़ रुपये"]);
}

#[test]
fn nothing_is_found_where_nothing_counts() {
    for text in [
        "यह एक नई शुरुआत है और एक बड़ा कदम भी।",
        "दोनों पक्ष एक दूसरे की सहमति से पहले बात करेंगे।",
        "अरब देशों के नेता नील नदी के किनारे मिले।",
        "वन विभाग और पद्म पुरस्कार",
        "5G नेटवर्क और धारा 80C",
        "हज़ारों लोग कई सालों से वहाँ रहते हैं।",
        "तीसरे पक्ष को कोई अधिकार नहीं मिलता।",
        "नव भारत के जन प्रतिनिधि",
        "अर्ध-वार्षिक और त्रैमासिक रिपोर्ट",
    ] {
        assert_eq!(hi(text), Vec::<String>::new(), "{text}");
    }
}
