//! Any line is a question or an error, and any text is a log or an error.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use servanda_quantity::Day;
use servanda_text::Sources;
use servanda_wire::Reader;

const TEXT: &str = r#"
agreement loan "A loan" zone Europe/Oslo currency EUR
party Bank party Firm
event paid by Firm amount : money share : percent else 1 percent on-day : date optional lot : id optional
action sell by Bank or Firm to : party size : number kind-of : a | b
version first "The loan" starts binding from 2026-01-01 outside "invented"
clause lien Bank alone may sell value rate is undisclosed percent outside "invented"
"#;

fuzz_target!(|line: &str| {
    static CHECKED: OnceLock<servanda_model::Checked> = OnceLock::new();
    let checked = CHECKED.get_or_init(|| {
        servanda_model::load(&mut Sources::new(), &[("loan.deed".to_string(), TEXT.to_string())])
    });
    let program = checked.program.as_ref().expect("the agreement checks");
    let reader = Reader::new(program).expect("the zone is known");
    let _ = reader.question_line(line, Day(20_000));
    let _ = reader.log("log", line);
});
