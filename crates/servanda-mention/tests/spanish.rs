//! Spanish: a language of data alone.

mod common;

use common::{found, said, spans};

fn es(text: &str) -> Vec<String> {
    said("es", text)
}

#[test]
fn money() {
    assert_eq!(found("es", "unos 135 mil millones de dólares"), ["money 135000000000 USD about @5..32"]);
    assert_eq!(es("1.500 millones de euros"), ["money 1500000000 EUR"]);
    assert_eq!(es("dos mil quinientos millones de pesos mexicanos"), ["money 2500000000 MXN"]);
    assert_eq!(es("diez euros y cincuenta céntimos"), ["money 10.5 EUR"]);
    assert_eq!(es("treinta centavos"), ["money 30"]);
    assert_eq!(es("veinte libras esterlinas y S/ 300"), ["money 20 GBP", "money 300 PEN"]);
    assert_eq!(es("el canon de 1.200,50 € al mes"), ["money 1200.5 EUR"]);
    assert_eq!(
        spans("es", "la suma de 2.500 euros (dos mil quinientos euros) al año"),
        ["2.500 euros (dos mil quinientos euros)"]
    );
}

#[test]
fn the_region_says_which_peso() {
    assert_eq!(said("es-MX", "5000 pesos"), ["money 5000 MXN"]);
    assert_eq!(said("es-AR", "$ 5.000,50"), ["money 5000.5 ARS"]);
    assert_eq!(said("es-MX", "$5,000.50"), ["money 5000.5 MXN"]);
    assert_eq!(es("5000 pesos"), ["money 5000"]);
}

#[test]
fn number_words() {
    assert_eq!(es("ciento veintitrés mil cuatrocientos cincuenta y seis"), ["number 123456"]);
    assert_eq!(es("treintaicinco socios"), ["number 35"]);
    assert_eq!(es("un millón doscientas mil acciones"), ["number 1200000"]);
    assert_eq!(es("cinco coma dos"), ["number 5.2"]);
    assert_eq!(es("medio millón de usuarios y media docena"), ["number 500000", "number 6"]);
    assert_eq!(es("tres quintos y cinco doceavos"), ["number 0.6", "number 0.416666666666667"]);
    assert_eq!(es("la tercera parte del capital"), ["number 0.333333333333333"]);
}

#[test]
fn percentages() {
    assert_eq!(es("el 32,5 % del capital"), ["percent 32.5 percent"]);
    assert_eq!(es("diez por ciento"), ["percent 10 percent"]);
    assert_eq!(es("150 puntos básicos"), ["percent 1.5 percent"]);
    assert_eq!(es("no superior al 30 %"), ["percent 30 percent at-most"]);
    assert_eq!(es("no más del 5 %"), ["percent 5 percent at-most"]);
}

#[test]
fn dates() {
    assert_eq!(es("el 28 de octubre de 2025"), ["date 2025-10-28"]);
    assert_eq!(es("lunes, 3 de marzo de 2025"), ["date 2025-03-03"]);
    assert_eq!(es("antes del primero de mayo"), ["date XXXX-05-01"]);
    assert_eq!(es("firmado el 15/03/2024"), ["date 2024-03-15"]);
    assert_eq!(es("del 8 al 12 de abril de 2024"), ["date 2024-04-08", "date 2024-04-12"]);
    assert_eq!(es("hasta 2032"), ["year 2032"]);
}

#[test]
fn durations() {
    assert_eq!(es("un plazo de al menos sesenta (60) días hábiles"), ["duration 60 day at-least"]);
    assert_eq!(es("un año y medio"), ["duration 1.5 year"]);
    assert_eq!(es("un cuarto de hora"), ["duration 0.25 hour"]);
    assert_eq!(es("2 años y 3 meses"), ["duration 27 month"]);
    assert_eq!(es("durante un trienio"), ["duration 3 year"]);
}

#[test]
fn ordinals() {
    assert_eq!(es("en el tercer trimestre"), ["ordinal 3"]);
    assert_eq!(es("el vigésimo primer aniversario y la 3.ª cuota"), ["ordinal 21", "ordinal 3"]);
}

#[test]
fn qualifiers_and_ranges() {
    assert_eq!(es("de 5 a 10 millones de euros"), ["money 5000000 EUR", "money 10000000 EUR"]);
    assert_eq!(es("entre diez y veinte días"), ["duration 10 day", "duration 20 day"]);
    assert_eq!(es("otros 12 millones de euros"), ["money 12000000 EUR additional"]);
    assert_eq!(es("más de doscientas mil personas"), ["number 200000 more-than"]);
}

#[test]
fn prose_without_quantities() {
    for text in [
        "Una de las partes cede su posición a un tercero.",
        "Un medio de transporte, por medio de correo, en primer lugar.",
        "Miles de millones, según el marco legal y los derechos de cada año.",
        "Los dos contratos siguen en vigor durante años.",
    ] {
        assert_eq!(es(text), Vec::<String>::new(), "{text}");
    }
}
