//! Any JSON is a request for a decision or an error; what is decided alone is decided so in a batch, and `true` is *permitted*.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use servanda_authzen::{Decider, Directory, Search};
use servanda_engine::Engine;
use servanda_quantity::Day;
use servanda_text::Sources;
use servanda_wire::Reader;

const TEXT: &str = r#"
agreement loan "A loan" zone Europe/Oslo currency EUR
party Bank party Firm
action sell by Bank or Firm to : party size : number optional kind-of : a | b | other open : yes-no else no
version first "The loan" starts binding from 2026-01-01 outside "invented"
clause lien Bank may sell provided kind-of is a or open is yes Firm may not sell if kind-of is b outside "invented"
"#;

fuzz_target!(|text: &str| {
    static CHECKED: OnceLock<servanda_model::Checked> = OnceLock::new();
    let checked = CHECKED.get_or_init(|| {
        servanda_model::load(&mut Sources::new(), &[("loan.deed".to_string(), TEXT.to_string())])
    });
    let program = checked.program.as_ref().expect("the agreement checks");
    let Ok(request) = servanda_wire::parse_json(text) else { return };
    let directory = Directory::of(&request);
    let (engine, reader) = (Engine::new(program), Reader::new(program).expect("the zone is known"));
    let decider =
        Decider { engine: &engine, reader: &reader, directory: &directory, today: Day(20_500), version: 7 };
    for search in [Search::Subject, Search::Resource, Search::Action] {
        let _ = decider.search(search, &request);
    }
    let _ = decider.evaluations(&request);
    if let Ok(alone) = decider.evaluation(&request) {
        let outcome = &alone["context"]["servanda"]["outcome"];
        assert_eq!(alone["decision"] == true, outcome == "permitted");
        let batch = decider.evaluations(&json!({"evaluations": [request]})).expect("a batch of one");
        assert_eq!(batch["evaluations"][0], alone);
    }
});
