//! Webhooks: told in order, at least once, signed; nobody inside is called.

#![allow(clippy::disallowed_methods, reason = "tests start a receiver")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use served::Served;

/// A message as it arrived.
struct Message {
    id: String,
    timestamp: i64,
    signature: String,
    body: String,
}

/// A receiver that gives these statuses in turn, and 200 from then on.
fn receiver(statuses: &'static [u16]) -> (String, Receiver<Message>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (sender, messages) = channel();
    std::thread::spawn(move || {
        let mut statuses = statuses.iter().copied();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut message) = (
                0,
                Message { id: String::new(), timestamp: 0, signature: String::new(), body: String::new() },
            );
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                    break;
                }
                let Some((name, value)) = line.trim_end().split_once(": ") else { continue };
                match name.to_ascii_lowercase().as_str() {
                    "content-length" => length = value.parse().unwrap(),
                    "webhook-id" => message.id = value.into(),
                    "webhook-timestamp" => message.timestamp = value.parse().unwrap(),
                    "webhook-signature" => message.signature = value.into(),
                    _ => {}
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            message.body = String::from_utf8(body).unwrap();
            let status = statuses.next().unwrap_or(200);
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    (url, messages)
}

fn paid(id: &str) -> Value {
    json!({"source": "/port", "id": id, "type": "dues-paid", "time": "2026-02-02T00:00:00Z",
        "data": {"by": "Ferry", "amount": {"amount": "1", "unit": "EUR"}}})
}

fn next(messages: &Receiver<Message>) -> Message {
    messages.recv_timeout(Duration::from_secs(30)).expect("a message comes")
}

#[test]
fn entries_are_told_in_order_signed_and_again_where_they_were_not_taken() {
    let data = tempfile::tempdir().unwrap();
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let arguments = ["--private-webhooks", deed.to_str().unwrap()];
    let mut served = Served::start(data.path(), &arguments);
    // Refused, and redirected, which is not followed.
    let (url, messages) = receiver(&[500, 302]);
    let made = served.post("/v1/matters/ferry/webhooks", &json!({"url": url, "kinds": ["event"], "from": 0}));
    assert_eq!(made.status, 201, "{}", made.text);
    let secret = made.json()["secret"].as_str().unwrap().strip_prefix("whsec_").unwrap().to_string();
    for id in ["1", "2", "3"] {
        assert_eq!(served.post("/v1/matters/ferry/events", &paid(id)).status, 201);
    }
    let mut taken = Vec::new();
    for turn in 0..5 {
        let message = next(&messages);
        let body: Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!(body["kind"], "event");
        let expected =
            servanda_server::signature(&secret, &message.id, message.timestamp, message.body.as_bytes())
                .unwrap();
        assert_eq!(message.signature, expected);
        if turn < 2 {
            assert_eq!(body["entry"], 1, "the first is tried again before the second");
        } else {
            taken.push((body["entry"].as_u64().unwrap(), message.id));
        }
    }
    assert_eq!(taken.iter().map(|(entry, _)| *entry).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(taken.iter().map(|(_, id)| id).collect::<BTreeSet<_>>().len(), 3);
    // After a kill it goes on where it was, and tells little twice.
    served.kill();
    let served = Served::start(data.path(), &arguments);
    served.post("/v1/matters/ferry/events", &paid("4"));
    let message = loop {
        let message = next(&messages);
        let body: Value = serde_json::from_str(&message.body).unwrap();
        if body["entry"] == 4 {
            break message;
        }
        assert!(
            taken.contains(&(body["entry"].as_u64().unwrap(), message.id)),
            "told twice, with the same id"
        );
    };
    assert!(message.id.ends_with("-4"));
    let list = served.get("/v1/matters/ferry/webhooks").json();
    assert_eq!((list[0]["failures"].clone(), list[0]["dead"].clone()), (json!(0), json!(false)), "{list}");
    assert!(list[0].get("secret").is_none());
}

#[test]
fn nobody_inside_is_called_whatever_the_address_is_called() {
    let data = tempfile::tempdir().unwrap();
    let agreement = common::ferry();
    let served = Served::start(data.path(), &[agreement.path().join("ferry.deed").to_str().unwrap()]);
    let (url, messages) = receiver(&[]);
    let port = url.rsplit_once(':').unwrap().1.trim_end_matches("/hook").to_string();
    for bad in [
        url.clone(),
        url.replace("http:", "https:"),
        format!("https://localhost:{port}/"),
        "https://127.0.0.1/".to_string(),
        "https://[::1]/".to_string(),
        "https://[::ffff:127.0.0.1]/".to_string(),
        "https://169.254.169.254/latest/meta-data".to_string(),
        "https://2130706433/".to_string(),
        "https://user@example.com/".to_string(),
    ] {
        let refused = served.post("/v1/matters/ferry/webhooks", &json!({"url": bad}));
        assert_eq!((refused.status, refused.code().as_str()), (422, "refused-address"), "{bad}");
    }
    // A name is looked up when it is called: `localhost` passes as a name, and is not called.
    let made = served.post("/v1/matters/ferry/webhooks", &json!({"url": "https://localhost/", "from": 0}));
    assert_eq!(made.status, 201, "{}", made.text);
    let told = loop {
        let list = served.get("/v1/matters/ferry/webhooks").json();
        if list[0]["failures"].as_u64() > Some(0) {
            break list;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(told[0]["problem"].as_str().unwrap().contains("not on the public internet"), "{told}");
    assert!(messages.recv_timeout(Duration::from_millis(200)).is_err(), "somebody inside was called");
}
