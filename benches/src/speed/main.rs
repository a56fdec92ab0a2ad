//! The CPU time of scanning mixed-language text, beside a floor that only matches one regular expression.
//!
//! Both run in one process over the same text, in turns; what is printed is the ratio of CPU times, per size, so
//! that a cost that is not linear shows as well.

use clap::Parser;
use cpu_time::ProcessTime;
use std::time::Duration;

/// Measures the speed of recognition beside a regular expression.
#[derive(Parser)]
struct Arguments {
    /// The largest text, in kibibytes.
    #[arg(long, default_value_t = 4096)]
    largest: usize,
    /// Rounds; the least CPU time of each side counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// Invented sentences of contracts and press, by language.
const SENTENCES: [(&str, &str); 5] = [
    (
        "en",
        "The Supplier shall deliver within thirty (30) days of the Effective Date, and the Buyer shall pay no more than $ 12.5 million for the goods that it has accepted under this clause. ",
    ),
    (
        "it",
        "Il Fornitore consegna la merce entro il 15 marzo 2027 e il Compratore versa non più di 12,5 milioni di euro, pari al 27% del valore della partecipazione descritta sopra. ",
    ),
    (
        "ar",
        "يلتزم المورد بالتسليم خلال ثلاثين يوما من تاريخ السريان، ويدفع المشتري ما لا يزيد على ١٢٫٥ مليون دولار أمريكي عن البضائع التي قبلها بموجب هذا البند. ",
    ),
    (
        "fa",
        "فروشنده باید کالا را ظرف سی روز پس از تاریخ اجرا تحویل دهد و خریدار حداکثر ۱۲٫۵ میلیون دلار بابت کالاهایی که پذیرفته است پرداخت کند. ",
    ),
    (
        "hi",
        "विक्रेता प्रभावी तिथि से तीस दिनों के भीतर माल देगा और खरीदार इस खंड के अंतर्गत स्वीकार किए गए माल के लिए 12.5 करोड़ रुपये से अधिक नहीं देगा। ",
    ),
];

/// What a floor finds: digits with signs, a currency or percent sign, a scale word.
const FLOOR: &str = r"[$€£₹]?\s?\p{Nd}[\p{Nd}.,٫٬]*(?:\s?(?:thousand|million|billion|mila|milioni|miliardi|هزار|میلیون|میلیارد|ألف|مليون|مليار|हज़ार|लाख|करोड़|अरब))?(?:\s?(?:%|٪|percent|dollars?|euros?|euro|دلار|دولار|रुपये|डॉलर|days|years|giorni|anni|روز|سال|يوما|سنوات|दिन|साल))?";

fn least(rounds: usize, mut run: impl FnMut() -> usize) -> (Duration, usize) {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..rounds {
        let start = ProcessTime::now();
        found = run();
        best = best.min(start.elapsed());
    }
    (best, found)
}

fn main() {
    let arguments = Arguments::parse();
    let Ok(floor) = regex::Regex::new(FLOOR) else { return };
    println!(
        "{:>8}  {:>4}  {:>10}  {:>10}  {:>9}  {:>9}  {:>6}",
        "KiB", "lang", "scan MB/s", "floor MB/s", "found", "floor", "ratio"
    );
    let mut size = 256;
    while size <= arguments.largest {
        let (mut scan_all, mut floor_all, mut bytes_all) = (Duration::ZERO, Duration::ZERO, 0);
        for (tag, sentence) in SENTENCES {
            let text = sentence.repeat(size * 1024 / 5 / sentence.len() + 1);
            let (scan, found) =
                least(arguments.rounds, || servanda_mention::scan(&text, tag).map_or(0, |found| found.len()));
            let (plain, matched) = least(arguments.rounds, || floor.find_iter(&text).count());
            print_row(size, tag, text.len(), scan, plain, (found, matched));
            scan_all += scan;
            floor_all += plain;
            bytes_all += text.len();
        }
        print_row(size, "all", bytes_all, scan_all, floor_all, (0, 0));
        size *= 4;
    }
}

fn print_row(size: usize, tag: &str, bytes: usize, scan: Duration, floor: Duration, found: (usize, usize)) {
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9);
    let ratio = floor.as_secs_f64() / scan.as_secs_f64().max(1e-9);
    println!(
        "{size:>8}  {tag:>4}  {:>10.1}  {:>10.1}  {:>9}  {:>9}  {ratio:>6.2}",
        speed(scan),
        speed(floor),
        found.0,
        found.1
    );
}
