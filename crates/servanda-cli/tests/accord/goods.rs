//! Goods that are inspected, spoil, are ordered; and a deposit.

use serde_json::{Value, json};

use crate::form::{Case, Want};
use crate::scenario::{Scenario, date, seconds};

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn money(value: &Value) -> Value {
    json!({"amount": value.to_string(), "unit": "USD"})
}

fn of(value: &Value, unit: &str) -> Value {
    json!({"amount": value.to_string(), "unit": unit})
}

/// The day of the current time.
fn today(s: &Scenario) -> String {
    s.now.as_deref().map_or_else(|| "2018-01-01".into(), |now| date(now).0.to_string())
}

pub fn acceptance(s: &Scenario) -> Case {
    let request = s.request();
    let mut case = Case::new(include_str!("acceptance.deed"), today(s));
    case.fill("window", s.before(" Business Days to inspect").expect("a window"))
        .assume("days-meant", "calendar");
    let delivered = request["deliverableReceivedAt"].as_str().expect("a moment");
    let second = |value: i64| json!({"amount": value.to_string(), "unit": "second"});
    let moments = json!({"received": second(seconds(delivered)), "reported": second(s.seconds())});
    case.log_on(
        &date(delivered).0.to_string(),
        "delivered",
        "Shipper",
        json!({"moment": moments["received"]}),
    );
    case.may("Receiver", "report-inspection", moments.clone(), s.refused);
    let mut data = moments;
    data["passed"] = json!(if request["inspectionPassed"] == true { "yes" } else { "no" });
    case.log("inspected", "Receiver", data);
    let status = s.response.as_ref().and_then(|r| r["status"].as_str());
    for (named, path) in [
        ("PASSED_TESTING", "result.accepted"),
        ("FAILED_TESTING", "result.rejected"),
        ("OUTSIDE_INSPECTION_PERIOD", "result.late"),
    ] {
        if let Some(status) = status {
            case.value(path, &json!(u8::from(status == named)));
        }
    }
    case
}

pub fn perishable(s: &Scenario) -> Case {
    let request = s.request();
    let mut case = Case::new(include_str!("perishable.deed"), today(s));
    let behind = |figure: &str, phrase: &str| {
        let rest = s.contract.split_once(figure).map_or("", |(_, rest)| rest);
        let text = rest.split_once(phrase).map_or("", |(_, rest)| rest);
        text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .next()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_owned()
    };
    let unit = |figure: String| figure + " kilogram";
    case.fill("price", format!("USD {} per kilogram", s.before(" USD per KG").expect("a price")))
        .fill("least", unit(behind("shipment must contain ", "between ")))
        .fill("most", unit(behind("shipment must contain ", "and ")))
        .fill("coldest", behind("Temperature readings", "between "))
        .fill("warmest", behind("Temperature readings", "and "))
        .fill("driest", behind("Humidity readings", "between "))
        .fill("moistest", behind("Humidity readings", "and "))
        .fill("factor", format!("USD {} per kilogram", s.stated("penalty factor to be used is ")));
    let due = s.contract.split_once("arrive after ").and_then(|(_, rest)| {
        let mut parts = rest.get(..10)?.split('/');
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        Some(seconds(&format!("{year}-{month}-{day}T00:00:00Z")))
    });
    case.fill("deadline", format!("{} second", due.expect("a last day")));
    for reading in list(&request["shipment"]["sensorReadings"]) {
        let data = json!({"temperature": reading["centigrade"].to_string(), "humidity": reading["humidity"].to_string()});
        case.log("sensor-read", "Grower", data);
    }
    let quantity = json!({"quantity": of(&request["unitCount"], "kilogram")});
    case.may("Importer", "report-receipt", quantity.clone(), s.refused);
    let mut data = quantity;
    data["moment"] = json!({"amount": s.seconds().to_string(), "unit": "second"});
    case.log("received", "Importer", data);
    if let Some(response) = &s.response {
        case.value("price.total", &response["totalPrice"]["doubleValue"]);
        case.value("price.penalty", &response["penalty"]["doubleValue"]);
        if let Some(late) = response["late"].as_bool() {
            case.value("price.late", &json!(u8::from(late)));
        }
    }
    case.owes("Importer", s.obligations.as_ref());
    case
}

pub fn supply(s: &Scenario) -> Case {
    let request = s.request();
    let day = today(s);
    let mut case = Case::new(include_str!("supply.deed"), &day);
    case.fill("committed", s.stated("included in each Supply Forecast at least ") + " percent");
    let after = s.after.as_ref().unwrap_or(&Value::Null);
    match s.class() {
        "ForecastRequest" => {
            case.log(
                "forecast-sent",
                "Purchaser",
                json!({"quantity": of(&request["supplyForecast"], "piece")}),
            );
            let promise = &after["purchaseObligation"];
            case.value("forecast.required", &promise["requiredPurchase"]);
            let last = match promise["quarter"].as_u64() {
                Some(1) => "03-31",
                Some(2) => "06-30",
                Some(3) => "09-30",
                _ => "12-31",
            };
            case.ask(
                json!({"owes": {"party": "Purchaser"}}),
                Want::Due(format!("{}-{last}", promise["year"])),
            );
        }
        "PurchaseRequest" => {
            let order = &request["purchaseOrder"];
            let expected = date(order["deliveryDate"].as_str().expect("a day")).0.to_string();
            for product in list(&order["products"]) {
                let quantity = of(&product["quantity"], "piece");
                let data = json!({"part": product["name"], "quantity": quantity, "expected": expected});
                case.log("ordered", "Purchaser", data);
            }
            let promise = &after["deliveryObligation"];
            let wanted = date(promise["expectedDelivery"].as_str().expect("a day")).0.to_string();
            for item in list(&promise["deliverables"]) {
                case.assume("part", item["partNumber"].as_str().expect("a name"));
                case.value("orders.quantity", &item["quantity"]);
                case.ask(json!({"value": "orders.expected"}), Want::Day(wanted.clone()));
            }
        }
        "DeliveryRequest" => {
            for product in list(&request["products"]) {
                let data = json!({
                    "part": product["name"], "quantity": product["quantity"].to_string(), "price": money(&product["unitPrice"]),
                });
                case.log("delivered", "Supplier", data);
            }
            case.value("price.due", &after["paymentObligation"]["amount"]);
        }
        other => panic!("{}: the request `{other}` is not known", s.name),
    }
    case
}

pub fn deposit(s: &Scenario) -> Case {
    let mut case = Case::new(include_str!("deposit.deed"), today(s));
    case.fill("deposit", format!("USD {}", s.stated("the sum of ")));
    for penalty in list(&s.request()["penalties"]) {
        case.log("damage-found", "Landlord", json!({"cost": money(&penalty["amount"]["doubleValue"])}));
    }
    case.log("inspected", "Landlord", json!({}));
    if let Some(response) = &s.response {
        case.value("deposit.balance", &response["balance"]["doubleValue"]);
    }
    case.owes("Landlord", s.obligations.as_ref());
    case
}
