//! Arabic: quantities as contracts and newspapers write them.

mod common;

use common::{found, said, spans};

fn ar(text: &str) -> Vec<String> {
    said("ar", text)
}

#[test]
fn money_in_digits_words_and_both() {
    assert_eq!(
        found("ar", "بلغت قيمة الصفقة نحو 2.5 مليار دولار أميركي."),
        ["money 2500000000 USD about @21..43"]
    );
    assert_eq!(ar("دفعت الشركة مبلغاً قدره مئتان وخمسون ألف ريال سعودي."), ["money 250000 SAR"]);
    assert_eq!(ar("تعهد المستثمر بضخ خمسة ملايين يورو"), ["money 5000000 EUR"]);
    assert_eq!(ar("خمسة آلاف وثلاثمئة واثنان وسبعون ديناراً أردنياً"), ["money 5372 JOD"]);
    assert_eq!(ar("بثلاثمئة مليون جنيه مصري"), ["money 300000000 EGP"]);
    assert_eq!(ar("رأس المال 10.000.000 دج"), ["money 10000000 DZD"]);
    assert_eq!(ar("برأسمال 100 ألف د.إ. ووديعة 40 د.أ."), ["money 100000 AED", "money 40 JOD"]);
    assert_eq!(ar("سدد 1500 درهم إماراتي و75 فلساً"), ["money 1500.075 AED"]);
    assert_eq!(ar("غرامة ٣٫٧٥ تريليون دولار"), ["money 3750000000000 USD"]);
    assert_eq!(ar("بـ 500 دولار"), ["money 500 USD"]);
    assert_eq!(ar("8 مليارات و400 مليون دولار"), ["money 8400000000 USD"]);
}

#[test]
fn a_scale_by_itself_counts_one_of_it_and_its_plural_nothing() {
    assert_eq!(ar("استثمر مليار دولار"), ["money 1000000000 USD"]);
    assert_eq!(ar("استثمرت مليوني دولار"), ["money 2000000 USD"]);
    assert_eq!(ar("ألفا دولار"), ["money 2000 USD"]);
    assert_eq!(ar("خمسون ألفاً وثلاثمئة"), ["number 50300"]);
    assert!(ar("إيرادات بمليارات الدولارات وآلاف العملاء").is_empty());
    assert!(ar("عشرات الملايين من الدولارات").is_empty());
}

#[test]
fn a_name_that_states_share_is_open_unless_the_region_decides() {
    assert_eq!(ar("إيجار قدره 4,500 ريال"), ["money 4500"]);
    assert_eq!(said("ar-SA", "إيجار قدره 4,500 ريال"), ["money 4500 SAR"]);
    assert_eq!(said("ar-KW", "أتعاب قدرها 200 دينار"), ["money 200 KWD"]);
    assert_eq!(said("ar-EG", "رسوم قدرها 90 جنيهاً"), ["money 90 EGP"]);
}

#[test]
fn a_further_amount_takes_the_currency_of_the_one_before() {
    assert_eq!(
        ar("ضخ مليوني دولار في المشروع، ثم ثلاثة ملايين أخرى."),
        ["money 2000000 USD", "money 3000000 USD additional"]
    );
    assert_eq!(
        ar("ضخ مليوني دولار. ووزع ثلاثة ملايين أخرى."),
        ["money 2000000 USD", "number 3000000 additional"]
    );
}

#[test]
fn the_same_number_twice_is_one_mention() {
    assert_eq!(spans("ar", "خلال ثلاثين (30) يوماً من التوقيع"), ["ثلاثين (30) يوماً"]);
}

#[test]
fn percentages() {
    assert_eq!(ar("غرامة عشرة بالمئة من القيمة"), ["percent 10 percent"]);
    assert_eq!(ar("النسبة 12 في المائة"), ["percent 12 percent"]);
    assert_eq!(ar("حصة ٢٧٫٥٪ من الأسهم"), ["percent 27.5 percent"]);
    assert_eq!(ar("ترتفع الفائدة من 3% إلى 5%"), ["percent 3 percent", "percent 5 percent"]);
    assert_eq!(ar("بنسبة %20 أو ٪٢٥"), ["percent 20 percent", "percent 25 percent"]);
    assert_eq!(ar("رفع الفائدة 25 نقطة أساس"), ["percent 0.25 percent"]);
    assert_eq!(ar("بين عشرة وعشرين في المئة"), ["percent 10 percent", "percent 20 percent"]);
}

#[test]
fn number_words() {
    assert_eq!(ar("عدد الموظفين ألف ومئتان وخمسة وثلاثون موظفاً"), ["number 1235"]);
    assert_eq!(ar("سبعة عشر عضواً"), ["number 17"]);
    assert_eq!(ar("عشرة آلاف وعشرة ملايين"), ["number 10000", "number 10000000"]);
    assert_eq!(ar("تسعمائة وتسعة وتسعون ألفا وتسعمائة وتسعة وتسعون"), ["number 999999"]);
    assert_eq!(ar("ألف وخمسمئة مليار"), ["number 1500000000000"]);
    assert_eq!(ar("مائة وأحد عشر سهماً"), ["number 111"]);
    assert_eq!(ar("مليون ونصف المليون برميل"), ["number 1500000"]);
    assert_eq!(ar("ثلاثة من أصل أربعة"), ["number 0.75"]);
    assert_eq!(ar("ثلاثة أرباع الحصص"), ["number 0.75"]);
    assert_eq!(ar("ثلثي الأسهم"), ["number 0.666666666666667"]);
    assert_eq!(ar("نسبة ال5% وال20 شركة"), ["percent 5 percent", "number 20"]);
}

#[test]
fn a_singular_with_the_article_makes_a_part_of_five() {
    assert_eq!(ar("باع خمس المزرعة"), ["number 0.2"]);
    assert_eq!(ar("باع خمس مزارع"), ["number 5"]);
    assert_eq!(ar("خلال خمس السنوات المقبلة"), ["duration 5 year"]);
}

#[test]
fn ordinals() {
    assert_eq!(ar("المادة الخامسة عشرة"), ["ordinal 15"]);
    assert_eq!(ar("الفصل الأول والمادة الثانية والعشرون"), ["ordinal 1", "ordinal 22"]);
    assert_eq!(ar("الدرجة العشرون"), ["ordinal 20"]);
    assert_eq!(ar("خلال الثلاثين يوماً التالية للإخطار"), ["duration 30 day"]);
}

#[test]
fn dates_in_the_names_of_all_regions() {
    assert_eq!(ar("في الحادي والعشرين من آذار/مارس 2019"), ["date 2019-03-21"]);
    assert_eq!(ar("تنتهي في كانون الأول (ديسمبر) 2026"), ["date 2026-12"]);
    assert_eq!(ar("في 3 فبراير"), ["date XXXX-02-03"]);
    assert_eq!(ar("يوم 14 غشت 2023"), ["date 2023-08-14"]);
    assert_eq!(ar("في يوم الأحد 12 يناير 2025"), ["date 2025-01-12"]);
    assert_eq!(ar("صدر في 2024/9/18م ونشر"), ["date 2024-09-18"]);
}

#[test]
fn the_hijri_calendar() {
    assert_eq!(ar("بتاريخ 15 رمضان 1446هـ"), ["date 2025-03-15 islamic-umalqura"]);
    assert_eq!(ar("بتاريخ 15/03/1446 هـ"), ["date 2024-09-18 islamic-umalqura"]);
    assert_eq!(ar("اعتباراً من عام 1445"), ["year 2023 islamic-umalqura"]);
    assert!(ar("تبدأ الإجازة في 20 رمضان").is_empty());
    assert_eq!(ar("1350 موظفاً"), ["number 1350"]);
}

#[test]
fn years() {
    assert_eq!(ar("حتى عام 2030 أو بعد 2031"), ["year 2030", "year 2031"]);
    assert_eq!(ar("عام ألف وتسعمئة وثمانية وأربعين"), ["year 1948"]);
    assert_eq!(ar("القرار رقم 15 لسنة 2020"), ["number 15", "year 2020"]);
}

#[test]
fn durations() {
    assert_eq!(
        ar("مدة العقد خمس سنوات قابلة للتجديد لسنتين إضافيتين"),
        ["duration 5 year", "duration 2 year additional"]
    );
    assert_eq!(ar("بعد إشعار مدته شهران"), ["duration 2 month"]);
    assert_eq!(ar("لمدة عام واحد قابل للتجديد"), ["duration 1 year"]);
    assert_eq!(ar("ساعة ونصف من العمل"), ["duration 1.5 hour"]);
    assert_eq!(ar("وعشر سنوات وثماني ساعات"), ["duration 10 year", "duration 8 hour"]);
    assert_eq!(ar("خلال الأيام العشرة التالية"), ["duration 10 day"]);
    assert_eq!(ar("سنة ميلادية واحدة"), ["duration 1 year"]);
    assert_eq!(ar("على مدى ربع قرن"), ["duration 25 year"]);
    assert_eq!(ar("عقدان من الزمن"), ["duration 20 year"]);
}

#[test]
fn qualifiers() {
    assert_eq!(ar("ما لا يقل عن خمسة ملايين يورو"), ["money 5000000 EUR at-least"]);
    assert_eq!(ar("المهلة أسبوعان على الأقل"), ["duration 2 week at-least"]);
    assert_eq!(ar("أكثر من نصف مليون ريال"), ["money 500000 more-than"]);
    assert_eq!(ar("يزيد على 40 ألف متر"), ["number 40000 more-than"]);
    assert_eq!(ar("لا تتجاوز 300 يورو"), ["money 300 EUR at-most"]);
    assert_eq!(ar("بحد أقصى قدره 10 أيام"), ["duration 10 day at-most"]);
    assert_eq!(ar("بحوالي ثلثي العملاء"), ["number 0.666666666666667 about"]);
}

#[test]
fn ranges_share_their_unit() {
    assert_eq!(ar("بين 20 و30 دولاراً للبرميل"), ["money 20 USD", "money 30 USD"]);
    assert_eq!(ar("من 5 إلى 10 سنوات"), ["duration 5 year", "duration 10 year"]);
}

#[test]
fn nothing_is_counted() {
    for text in [
        "واحد من أهم البنود هو بند السرية",
        "اتفقت الشركتان على شروط جديدة طويلة الأجل",
        "لست متأكداً من أن المدير العام سيوافق",
        "اجتمع المدعون العامون مع المدعين العامين في المحكمة",
        "لا يوجد في هذا العام أي تغيير",
        "لا يحق لأحد الطرفين أو كليهما",
        "عدة سنوات وبضعة أشهر",
        "ثمن السلعة وعقد البيع",
        "وقع الطرفان عقدين جديدين",
        "اجتماع ربع سنوي",
        "الربع الثاني من العام",
        "سعر المتر للشخص الواحد",
        "فيروس كوفيد19",
    ] {
        assert_eq!(ar(text), Vec::<String>::new(), "{text}");
    }
}
