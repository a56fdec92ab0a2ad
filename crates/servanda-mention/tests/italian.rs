//! Italian: contracts and press.

mod common;

use common::{found, said, spans};

fn it(text: &str) -> Vec<String> {
    said("it", text)
}

#[test]
fn money() {
    assert_eq!(found("it", "circa 135 miliardi di dollari"), ["money 135000000000 USD about @6..29"]);
    assert_eq!(it("un investimento di 1,5 miliardi di euro"), ["money 1500000000 EUR"]);
    assert_eq!(it("il canone di € 1.200,50 al mese"), ["money 1200.5 EUR"]);
    assert_eq!(it("Euro 45.000,00 oltre IVA"), ["money 45000 EUR"]);
    assert_eq!(it("a $ 5 per azione"), ["money 5 USD"]);
    assert_eq!(it("tredici euro e quaranta centesimi"), ["money 13.4 EUR"]);
    assert_eq!(it("venti sterline e dieci franchi svizzeri"), ["money 20 GBP", "money 10 CHF"]);
    assert_eq!(
        it("3,5 mln di euro, 10 mld €, 250 mila euro"),
        ["money 3500000 EUR", "money 10000000000 EUR", "money 250000 EUR"]
    );
    assert_eq!(it("trenta centesimi"), ["money 30"]);
    assert_eq!(it("un milione e mezzo di dollari canadesi"), ["money 1500000 CAD"]);
}

#[test]
fn an_amount_said_twice_is_one() {
    assert_eq!(
        spans("it", "la somma di euro 2.500,00 (duemilacinquecento/00) entro 30 (trenta) giorni"),
        ["euro 2.500,00 (duemilacinquecento/00)", "30 (trenta) giorni"]
    );
}

#[test]
fn number_words() {
    assert_eq!(it("trecentoquarantacinquemilaseicentosettantotto"), ["number 345678"]);
    assert_eq!(it("ventitré soci e ventun delegati"), ["number 23", "number 21"]);
    assert_eq!(it("due milioni duecentomila azioni"), ["number 2200000"]);
    assert_eq!(it("due virgola zero cinque milioni"), ["number 2050000"]);
    assert_eq!(it("mezzo milione di abbonati"), ["number 500000"]);
    assert_eq!(it("1.234.567 azioni"), ["number 1234567"]);
    assert_eq!(it("due terzi dei voti e un quinto del capitale"), ["number 0.666666666666667", "number 0.2"]);
    assert_eq!(it("tre ventesimi"), ["number 0.15"]);
}

#[test]
fn percentages() {
    assert_eq!(it("il 32,5% del capitale"), ["percent 32.5 percent"]);
    assert_eq!(it("dieci virgola cinque per cento"), ["percent 10.5 percent"]);
    assert_eq!(it("maggiorato di 150 punti base"), ["percent 1.5 percent"]);
    assert_eq!(it("non superiore al 30%"), ["percent 30 percent at-most"]);
    assert_eq!(it("non più del 5%"), ["percent 5 percent at-most"]);
}

#[test]
fn dates() {
    assert_eq!(it("il 1° gennaio 2024"), ["date 2024-01-01"]);
    assert_eq!(it("lunedì 3 marzo 2025"), ["date 2025-03-03"]);
    assert_eq!(it("entro il primo maggio"), ["date XXXX-05-01"]);
    assert_eq!(it("firmato il 15/03/2024"), ["date 2024-03-15"]);
    assert_eq!(it("dall'8 al 12 aprile 2024"), ["date 2024-04-08", "date 2024-04-12"]);
    assert_eq!(it("fino al 2032"), ["year 2032"]);
    assert_eq!(it("ventidue aprile duemiladiciassette"), ["date 2017-04-22"]);
}

#[test]
fn durations() {
    assert_eq!(it("un preavviso di almeno sessanta giorni"), ["duration 60 day at-least"]);
    assert_eq!(it("vent’anni"), ["duration 20 year"]);
    assert_eq!(it("un'ora e mezza"), ["duration 1.5 hour"]);
    assert_eq!(it("tre quarti d'ora"), ["duration 0.75 hour"]);
    assert_eq!(it("2 anni e 3 mesi"), ["duration 27 month"]);
    assert_eq!(it("per un triennio"), ["duration 3 year"]);
    assert_eq!(it("due trimestri"), ["duration 6 month"]);
}

#[test]
fn ordinals() {
    assert_eq!(it("nel terzo trimestre"), ["ordinal 3"]);
    assert_eq!(it("la ventiduesima assemblea e il 25° anniversario"), ["ordinal 22", "ordinal 25"]);
    assert_eq!(it("la prima rata e la seconda rata"), ["ordinal 1", "ordinal 2"]);
    assert_eq!(it("centosessantanovemiladuecentodiecesimo"), ["ordinal 169210"]);
}

#[test]
fn qualifiers_and_ranges() {
    assert_eq!(it("da 5 a 10 milioni di euro"), ["money 5000000 EUR", "money 10000000 EUR"]);
    assert_eq!(it("tra 10 e 20 giorni"), ["duration 10 day", "duration 20 day"]);
    assert_eq!(it("dal 3 al 5%"), ["percent 3 percent", "percent 5 percent"]);
    assert_eq!(it("ulteriori 12 miliardi di euro"), ["money 12000000000 EUR additional"]);
    assert_eq!(it("più di duecentomila utenti"), ["number 200000 more-than"]);
    assert_eq!(it("una valutazione prossima ai 90 milioni di euro"), ["money 90000000 EUR about"]);
    assert_eq!(it("non meno di cinque"), ["number 5 at-least"]);
}

#[test]
fn prose_without_quantities() {
    for text in [
        "Una delle parti si impegna a trasferire un bene a terzi.",
        "Prima della consegna, secondo le norme vigenti, a mezzo posta.",
        "Un mezzo di trasporto è messo a disposizione; le due parti concordano.",
        "Milioni di utenti e centinaia di miliardi, secondo quanto dichiarato.",
        "L'esclusività resta in vigore per anni e fino all'avvento di un nuovo accordo.",
        "Un marchio e diritti su un brevetto; la leva finanziaria.",
        "Nel corso del secolo, ogni anno, più volte al giorno.",
    ] {
        assert_eq!(it(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_with_digits_count_nothing() {
    assert_eq!(it("il formato A4 e il modello GPT-4"), Vec::<String>::new());
}
