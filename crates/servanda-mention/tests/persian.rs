//! Persian: quantities as contracts and newspapers write them.

mod common;

use common::{found, said, spans};

fn fa(text: &str) -> Vec<String> {
    said("fa", text)
}

#[test]
fn money() {
    assert_eq!(found("fa", "ارزش سهام حدود سه و نیم میلیون یورو است"), ["money 3500000 EUR about @15..35"]);
    assert_eq!(fa("قرارداد ۲۵۰ میلیون دلاری امضا شد"), ["money 250000000 USD"]);
    assert_eq!(fa("بیست و پنج هزار و سیصد و چهل ریال"), ["money 25340 IRR"]);
    assert_eq!(fa("۱۲ هزار و ۵۰۰ میلیارد ریال"), ["money 12500000000000 IRR"]);
    assert_eq!(fa("۳۵۰۰ دلار آمریکا و ۲۰۰۰ دینار عراق"), ["money 3500 USD", "money 2000 IQD"]);
    assert_eq!(fa("به مبلغ ۱۰۰٬۰۰۰٬۰۰۰ ریال"), ["money 100000000 IRR"]);
    assert_eq!(fa("یک و نیم میلیارد دلار"), ["money 1500000000 USD"]);
    assert_eq!(fa("۱/۲ میلیارد دلار"), ["money 1200000000 USD"]);
    assert_eq!(fa("نه میلیون دلار"), ["money 9000000 USD"]);
}

#[test]
fn a_toman_is_ten_rials() {
    assert_eq!(fa("۲۰ میلیارد تومان سرمایه"), ["money 200000000000 IRR"]);
    assert_eq!(fa("وام پنج‌هزار تومانی"), ["money 50000 IRR"]);
}

#[test]
fn percentages() {
    assert_eq!(fa("نرخ بهره ۱۸ درصدی"), ["percent 18 percent"]);
    assert_eq!(fa("بیش از ۱۲٫۵ درصد رشد"), ["percent 12.5 percent more-than"]);
    assert_eq!(fa("یک درصد از درآمد و صد در صد سهام"), ["percent 1 percent", "percent 100 percent"]);
    assert_eq!(fa("٪۲۰ یا ۲/۵ درصد"), ["percent 20 percent", "percent 2.5 percent"]);
    assert_eq!(fa("بین ۵ و ۱۰ درصد"), ["percent 5 percent", "percent 10 percent"]);
}

#[test]
fn number_words() {
    assert_eq!(fa("یک میلیون و دویست هزار و پنجاه و سه سهم"), ["number 1200053"]);
    assert_eq!(fa("ششصد و شصت و شش نفر"), ["number 666"]);
    assert_eq!(fa("دو سوم اعضا و سه‌چهارم سهام‌داران"), ["number 0.666666666666667", "number 0.75"]);
    assert_eq!(fa("نیم میلیون نفر"), ["number 500000"]);
    assert_eq!(fa("منفی پنج درجه"), ["number -5"]);
    assert_eq!(fa("۱۴۰۰ نفر در جلسه بودند"), ["number 1400"]);
}

#[test]
fn ordinals() {
    assert_eq!(fa("ماده دوم و بند سوم"), ["ordinal 2", "ordinal 3"]);
    assert_eq!(fa("ماده بیست و یکم"), ["ordinal 21"]);
    assert_eq!(fa("سی‌امین جلسه"), ["ordinal 30"]);
}

#[test]
fn the_calendar_of_iran() {
    assert_eq!(fa("در تاریخ ۱۵ مهر ۱۴۰۴"), ["date 2025-10-07 persian"]);
    assert_eq!(fa("در تاریخ ۱۴۰۴/۰۷/۱۵"), ["date 2025-10-07 persian"]);
    assert_eq!(fa("پانزدهم مهرماه ۱۴۰۴"), ["date 2025-10-07 persian"]);
    assert_eq!(fa("سال ۱۴۴۵ هجری قمری"), ["year 2023 islamic-umalqura"]);
    assert_eq!(fa("از سال ۱۳۹۸ تا ۱۴۰۲"), ["year 2019 persian", "year 2023 persian"]);
    assert_eq!(fa("سال‌های ۱۳۹۵ و ۱۳۹۶"), ["year 2016 persian", "year 2017 persian"]);
    assert!(fa("جلسه روز ۱۲ خرداد است").is_empty());
}

#[test]
fn gregorian_dates() {
    assert_eq!(fa("در ۲۸ اکتبر ۲۰۲۵"), ["date 2025-10-28"]);
    assert_eq!(fa("تا سال 2032"), ["year 2032"]);
}

#[test]
fn durations() {
    assert_eq!(fa("دو سال و شش ماه"), ["duration 30 month"]);
    assert_eq!(spans("fa", "سی (۳۰) روز از تاریخ امضا"), ["سی (۳۰) روز"]);
    assert_eq!(fa("وام ده‌ساله و قرارداد دوساله"), ["duration 10 year", "duration 2 year"]);
    assert_eq!(fa("بیست و پنج‌ساله و یکسال"), ["duration 25 year", "duration 1 year"]);
    assert_eq!(fa("پنج تا ده روز کاری"), ["duration 5 day", "duration 10 day"]);
    assert_eq!(fa("نه ماه"), ["duration 9 month"]);
}

#[test]
fn qualifiers() {
    assert_eq!(fa("حداقل پنج درصد"), ["percent 5 percent at-least"]);
    assert_eq!(fa("حداکثر تا سقف ۵۰۰ میلیون ریال"), ["money 500000000 IRR at-most"]);
    assert_eq!(fa("۲۵۰ میلیارد دلار دیگر می‌خرد"), ["money 250000000000 USD additional"]);
    assert_eq!(fa("حدوداً ده هزار نفر"), ["number 10000 about"]);
}

#[test]
fn nothing_is_counted() {
    for text in [
        "یک هیئت کارشناس و یک توافق‌نامه جدید",
        "نه، این قرارداد لازم نیست",
        "هر دو طرف و این دو شرکت به توافق رسیدند",
        "یکی از مهمترین بندها همین است",
        "صدها نفر و هزاران دلار و میلیون‌ها تومان",
        "سهم و سهام و نهاد و دودی و سهمیه",
        "تا سال‌ها ادامه دارد",
    ] {
        assert_eq!(fa(text), Vec::<String>::new(), "{text}");
    }
}
