//! What goes wrong around a server: slow clients, a database that goes away and comes back, a folder that is full.

#![allow(clippy::disallowed_methods, reason = "tests open sockets and files")]

mod common;
#[path = "common/served.rs"]
mod served;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use served::Served;

const EVENTS: &str = "/v1/matters/ferry/events";

fn paid(id: &str) -> Value {
    json!({"source": "/port", "id": id, "type": "dues-paid", "time": "2026-02-02T00:00:00Z",
        "data": {"by": "Ferry", "amount": {"amount": "1", "unit": "EUR"}}})
}

fn dues(served: &Served) -> Value {
    served.post("/v1/matters/ferry/questions", &json!({"value": "dues.paid", "as_of": "2026-06-01"})).json()
}

#[test]
fn every_healthy_request_is_answered_while_a_thousand_slow_ones_hold() {
    let _ = rlimit::increase_nofile_limit(8_192);
    let data = tempfile::tempdir().unwrap();
    let agreement = common::ferry();
    let served = Served::start(data.path(), &[agreement.path().join("ferry.deed").to_str().unwrap()]);
    let address = served.base.strip_prefix("http://").unwrap().to_string();
    let mut slow: Vec<TcpStream> = Vec::new();
    for i in 0..1_000 {
        let mut stream = TcpStream::connect(&address).unwrap_or_else(|e| panic!("connection {i}: {e}"));
        let begun = match i % 3 {
            // Nothing at all, half a head, half a body.
            0 => "",
            1 => "POST /v1/matters HTTP/1.1\r\nhost: x\r\nx-slow: ",
            _ => {
                "POST /v1/matters/ferry/questions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"
            }
        };
        stream.write_all(begun.as_bytes()).unwrap();
        slow.push(stream);
    }
    for i in 0..200 {
        assert_eq!(served.post(EVENTS, &paid(&i.to_string())).status, 201);
        if i % 20 == 0 {
            for stream in &mut slow {
                // Some are closed by now: that is their end.
                let _ = stream.write_all(b" ");
            }
        }
    }
    assert_eq!(dues(&served)["value"]["amount"], "200");
    // A head that does not end is not waited for.
    let mut held = slow.swap_remove(1);
    held.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let mut rest = Vec::new();
    let ended = held.read_to_end(&mut rest);
    assert!(
        ended.is_ok() || ended.is_err_and(|e| e.kind() == std::io::ErrorKind::ConnectionReset),
        "it still holds"
    );
}

/// Stands before a PostgreSQL, and can be cut.
struct Gate {
    folder: tempfile::TempDir,
    open: Arc<AtomicBool>,
    streams: Arc<Mutex<Vec<UnixStream>>>,
}

impl Gate {
    fn before(server: PathBuf) -> Gate {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let gate = Gate { folder, open: Arc::new(AtomicBool::new(true)), streams: Arc::default() };
        let (open, streams) = (gate.open.clone(), gate.streams.clone());
        std::thread::spawn(move || {
            for here in listener.incoming() {
                let Ok(here) = here else { return };
                if !open.load(Ordering::SeqCst) {
                    continue;
                }
                let there = UnixStream::connect(server.join(".s.PGSQL.5432")).unwrap();
                for (mut from, mut to) in [
                    (here.try_clone().unwrap(), there.try_clone().unwrap()),
                    (there.try_clone().unwrap(), here.try_clone().unwrap()),
                ] {
                    std::thread::spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(std::net::Shutdown::Both);
                    });
                }
                streams.lock().unwrap().extend([here, there]);
            }
        });
        gate
    }

    fn cut(&self) {
        self.open.store(false, Ordering::SeqCst);
        for stream in self.streams.lock().unwrap().drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.open.store(true, Ordering::SeqCst);
    }
}

#[test]
fn a_database_that_goes_away_is_told_and_comes_back_with_nothing_lost() {
    let Some(database) = served::database() else { return };
    let socket = database.split_whitespace().find_map(|part| part.strip_prefix("host=")).unwrap().to_string();
    if !Path::new(&socket).is_absolute() {
        println!("left out: PostgreSQL is not reached by a Unix socket");
        return;
    }
    let gate = Gate::before(PathBuf::from(&socket));
    let through = database.replace(&socket, gate.folder.path().to_str().unwrap());
    let data = tempfile::tempdir().unwrap();
    let agreement = common::ferry();
    let deed = agreement.path().join("ferry.deed");
    let served = Served::start(data.path(), &["--database", &through, deed.to_str().unwrap()]);
    assert_eq!(served.post(EVENTS, &paid("1")).status, 201);
    for round in 0..3 {
        gate.cut();
        let refused = served.post(EVENTS, &paid(&format!("cut-{round}")));
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (503, "database-unavailable"),
            "{}",
            refused.text
        );
        assert_eq!(refused.header("retry-after"), Some("1"));
        let question = json!({"value": "dues.paid", "as_of": "2026-06-01"});
        assert_eq!(
            served.post("/v1/matters/ferry/questions", &question).status,
            503,
            "nobody knows what is new"
        );
        assert_eq!(served.get("/health/ready").status, 503);
        assert_eq!(served.get("/health/live").status, 200);
        gate.mend();
        // Whether it was written nobody was told; sent again it is there once.
        let again = served.post(EVENTS, &paid(&format!("cut-{round}")));
        assert!(matches!(again.status, 200 | 201), "{}", again.text);
        assert_eq!(dues(&served)["value"]["amount"], (round + 2).to_string());
    }
    assert_eq!(served.get("/health/ready").status, 200);
}

#[test]
fn a_full_disk_is_told_and_the_service_goes_on_when_there_is_room() {
    // A file system of a few megabytes takes a privilege that not everybody has.
    let mount = tempfile::tempdir().unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
        .arg(mount.path())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|s| s.success());
    if !mounted {
        println!("left out: a full disk: this user may not mount a small file system");
        return;
    }
    let agreement = common::ferry();
    let mut served = Served::start(mount.path(), &[agreement.path().join("ferry.deed").to_str().unwrap()]);
    let mut large = paid("0");
    large["data"]["remark"] = "x".repeat(200_000).into();
    let (mut taken, mut refused) = (Vec::new(), None);
    for i in 0..200 {
        large["id"] = i.to_string().into();
        let reply = served.post(EVENTS, &large);
        if reply.status == 201 {
            taken.push(i);
        } else {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.expect("the disk is full at some time");
    assert_eq!((refused.status, refused.code().as_str()), (503, "database-unavailable"), "{}", refused.text);
    assert!(refused.json()["detail"].as_str().unwrap().contains("disk is full"), "{}", refused.text);
    // It still answers, from what is there.
    assert_eq!(dues(&served)["value"]["amount"], taken.len().to_string());
    let more =
        std::process::Command::new("mount").args(["-o", "remount,size=64m"]).arg(mount.path()).status();
    assert!(more.is_ok_and(|s| s.success()));
    let again = served.post(EVENTS, &large);
    assert_eq!(again.status, 201, "{}", again.text);
    assert_eq!(dues(&served)["value"]["amount"], (taken.len() + 1).to_string());
    served.stop();
    let served = Served::start(mount.path(), &[]);
    assert_eq!(dues(&served)["value"]["amount"], (taken.len() + 1).to_string());
    drop(served);
    let _ = std::process::Command::new("umount").arg(mount.path()).status();
}
