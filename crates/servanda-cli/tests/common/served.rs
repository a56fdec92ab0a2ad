//! A real server for a test: the binary, on a port of its own, stopped when the test ends.

#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::disallowed_methods, reason = "tests start the server")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A server that runs.
pub struct Served {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub base: String,
    /// The key with which its checkpoints are signed.
    pub key: String,
    /// Sent with every request.
    pub token: Option<String>,
    agent: ureq::Agent,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers, by name in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub text: String,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_string()
    }
}

impl Served {
    /// Starts the server with a folder for its data and other arguments, and waits until it listens.
    pub fn start(data: &Path, arguments: &[&str]) -> Served {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("servanda"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it has an output")).lines();
        let (mut key, mut base) = (String::new(), String::new());
        while base.is_empty() {
            let line = match lines.next() {
                Some(line) => line.expect("a line"),
                None => panic!("the server ended before it listened: {:?}", child.wait()),
            };
            match line.split_once(' ') {
                Some(("key", rest)) => key = rest.trim().to_string(),
                Some(("address", rest)) => base = rest.trim().to_string(),
                _ => {}
            }
        }
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        Served { child, base, key, token: None, agent }
    }

    /// A request with a body.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        self.try_send(method, path, headers, body).unwrap_or_else(|e| panic!("{method} {path}: {e}"))
    }

    /// A request that may fail, because the server goes away.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_vec()).expect("a request");
        let request = self.agent.configure_request(request).allow_non_standard_methods(true).build();
        let mut response = self.agent.run(request)?;
        let headers = response
            .headers()
            .iter()
            .map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned()))
            .collect();
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(256 << 20).read_to_string()?;
        Ok(Reply { status, headers, text })
    }

    /// A stream of server-sent events: its status, and what comes, line by line.
    pub fn stream(
        &self,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (u16, impl Iterator<Item = String> + use<>) {
        self.try_stream(path, headers).expect("it listens")
    }

    /// A stream that may not begin, because the server goes away.
    pub fn try_stream(
        &self,
        path: &str,
        headers: &[(&str, &str)],
    ) -> std::io::Result<(u16, impl Iterator<Item = String> + use<>)> {
        let address = self.base.strip_prefix("http://").expect("a base");
        let mut socket = std::net::TcpStream::connect(address)?;
        socket.set_read_timeout(Some(std::time::Duration::from_secs(20)))?;
        let mut head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n");
        if let Some(token) = &self.token {
            head.push_str(&format!("authorization: Bearer {token}\r\n"));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        std::io::Write::write_all(&mut socket, head.as_bytes())?;
        let mut lines = BufReader::new(socket).lines().map_while(Result::ok);
        let first = lines.next().ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status line");
        Ok((status, lines))
    }

    /// `GET`
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    /// `POST` of JSON.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string().as_bytes())
    }

    /// `PUT` of JSON.
    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.send("PUT", path, &[("content-type", "application/json")], body.to_string().as_bytes())
    }

    /// `DELETE`
    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, &[], b"")
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let line = format!("kill -{name} {}", self.child.id());
        Command::new("sh").args(["-c", &line]).status().expect("a shell is there");
    }

    /// Asks it to end, and waits until it has; its exit code.
    pub fn stop(&mut self) -> Option<i32> {
        self.signal("TERM");
        self.child.wait().ok().and_then(|status| status.code())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The address of a new PostgreSQL database, or `None` where there is no server; that it is left out is printed.
///
/// # Panics
/// Where `SERVANDA_REQUIRE=all` says that nothing may be left out, and there is none.
pub fn database() -> Option<String> {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let Ok(server) = std::env::var("SERVANDA_TEST_POSTGRES") else {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "there is no PostgreSQL although SERVANDA_REQUIRE=all");
        println!("left out: PostgreSQL: SERVANDA_TEST_POSTGRES names none (see `cargo xtask postgres`)");
        return None;
    };
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = format!("served_{}_{number}", std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("it answers");
        tokio::spawn(connection);
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("it makes databases");
    });
    Some(format!("{server} dbname={name}"))
}
