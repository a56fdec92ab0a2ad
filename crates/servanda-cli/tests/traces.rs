//! Spans reach an OpenTelemetry collector of the test's own, as children of the caller's.

#![cfg(feature = "otlp")]
#![allow(clippy::disallowed_methods, reason = "tests open sockets")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use served::Served;

/// A collector: its address, and what is sent to it.
fn collector() -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, sent) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut first = String::new();
            reader.read_line(&mut first).unwrap();
            let mut length = 0;
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                    break;
                }
                if let Some((name, value)) = line.trim_end().split_once(": ")
                    && name.eq_ignore_ascii_case("content-length")
                {
                    length = value.parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
            let _ = write!(stream, "{answer}");
            let path = first.split(' ').nth(1).unwrap_or_default().to_string();
            if sender.send((path, serde_json::from_slice(&body).unwrap())).is_err() {
                return;
            }
        }
    });
    (url, sent)
}

fn attribute<'s>(span: &'s Value, name: &str) -> &'s Value {
    let all = span["attributes"].as_array().unwrap();
    all.iter().find(|a| a["key"] == name).map_or(&Value::Null, |a| &a["value"])
}

#[test]
fn a_request_is_a_span_under_that_of_the_caller() {
    let (url, sent) = collector();
    let data = tempfile::tempdir().unwrap();
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let mut served = Served::start(data.path(), &["--traces", &url, deed.to_str().unwrap()]);
    let (trace, caller) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    let parent = format!("00-{trace}-{caller}-01");
    let headers = [("content-type", "application/json"), ("traceparent", parent.as_str())];
    let question = json!({"ends": "south-only", "as_of": "2026-06-01"}).to_string();
    let reply = served.send("POST", "/v1/matters/ferry/questions", &headers, question.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.text);
    served.stop();
    let mut spans: Vec<Value> = Vec::new();
    while let Ok((path, body)) = sent.recv_timeout(Duration::from_secs(5)) {
        assert_eq!(path, "/v1/traces");
        for resource in body["resourceSpans"].as_array().unwrap() {
            for scope in resource["scopeSpans"].as_array().unwrap() {
                spans.extend(scope["spans"].as_array().unwrap().iter().cloned());
            }
        }
        if spans.iter().any(|s| s["parentSpanId"] == caller) {
            break;
        }
    }
    let request = spans.iter().find(|s| s["parentSpanId"] == caller).expect("the span of the request");
    assert_eq!(
        (&request["traceId"], &request["name"]),
        (&json!(trace), &json!("POST /v1/matters/{matter}/questions"))
    );
    assert_eq!(attribute(request, "http.route")["stringValue"], "/v1/matters/{matter}/questions");
    // A whole number is a text or a number in the JSON of protobuf.
    let status = &attribute(request, "http.response.status_code")["intValue"];
    assert_eq!(status.to_string().trim_matches('"'), "200");
    let desk = spans.iter().find(|s| s["name"] == "read" && s["parentSpanId"] == request["spanId"]);
    assert!(desk.is_some(), "what was done at the matter has no span: {spans:?}");
    let told = json!(spans).to_string();
    assert!(!told.contains("south-only") && !told.contains("ferry.deed"), "what was asked is in a span");
}
