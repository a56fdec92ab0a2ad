//! A PostgreSQL of one's own for the tests: in a folder that is gone afterwards, on a socket that nobody else has.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    /// Where it is reached: `host=… user=…`.
    pub url: String,
    /// What it is told when it starts.
    options: String,
}

/// The folder with PostgreSQL's programs: on the path, or where Debian puts them; the newest.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file());
    let debian = || {
        let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .flatten()
            .map(|version| version.path().join("bin"))
            .filter(|folder| folder.join("initdb").is_file())
            .collect();
        folders.sort_by_key(|folder| {
            let version = folder.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
            version.parse::<u32>().unwrap_or_default()
        });
        folders.pop()
    };
    let folder = on_path.or_else(debian)?;
    // Where the program itself is, the others are beside it.
    let program = folder.join("initdb").canonicalize().ok()?;
    program.parent().map(Path::to_path_buf)
}

/// A command as somebody whom PostgreSQL accepts: it refuses to run as root.
fn command(program: &Path) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"));
    if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

impl Postgres {
    /// Starts a server; `None` where there is none on this machine.
    ///
    /// # Errors
    /// It is there and does not start: what it said.
    pub fn start() -> Result<Option<Postgres>, String> {
        Postgres::start_with("-c listen_addresses=", |_| Ok(()))
    }

    /// Starts a server that is told more, whose folder `data` is prepared before.
    ///
    /// # Errors
    /// As [`Postgres::start`]; what the preparation says.
    pub fn start_with(
        options: &str,
        prepare: impl FnOnce(&Path) -> std::io::Result<()>,
    ) -> Result<Option<Postgres>, String> {
        let Some(programs) = programs() else { return Ok(None) };
        // The path of a socket is short, and somebody else has to reach it: a folder of one's own may be neither.
        let shared = Path::new("/tmp");
        let folder = if shared.is_dir() { shared.to_path_buf() } else { std::env::temp_dir() };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = folder.join(format!("servanda-postgres-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        // Whoever runs the server has to be able to write there.
        let _ = Command::new("chown").arg("postgres").arg(&folder).stderr(Stdio::null()).status();
        let url = format!("host={} user=postgres", folder.display());
        let options = options.to_string();
        let server = Postgres { programs, folder, url, options };
        let mut initdb = command(&server.programs.join("initdb"));
        initdb.arg("-D").arg(server.data());
        initdb.args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]);
        let done = initdb.stdin(Stdio::null()).output().map_err(|e| e.to_string())?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        prepare(&server.data()).map_err(|e| e.to_string())?;
        let _ = Command::new("chown")
            .arg("-R")
            .arg("postgres")
            .arg(&server.folder)
            .stderr(Stdio::null())
            .status();
        server.run()?;
        Ok(Some(server))
    }

    /// One of its programs, such as `pg_dump`, as somebody whom it accepts.
    #[allow(dead_code, reason = "only a test does that")]
    pub fn program(&self, name: &str) -> Command {
        command(&self.programs.join(name))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Lets it run, and waits until it answers.
    fn run(&self) -> Result<(), String> {
        let log = self.folder.join("log");
        let mut start = command(&self.programs.join("pg_ctl"));
        let options = format!("-k {} -c max_connections=300 {}", self.folder.display(), self.options);
        // Its output has to go to a file: the server keeps what it is given open.
        start.arg("-D").arg(self.data()).arg("-w").arg("-o").arg(&options).arg("-l").arg(&log).arg("start");
        let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if status.is_ok_and(|s| s.success()) {
            Ok(())
        } else {
            Err(std::fs::read_to_string(log).unwrap_or_default())
        }
    }

    /// Ends all of its processes at once, as a fault of its machine would; how many.
    ///
    /// # Errors
    /// It does not run.
    #[allow(dead_code, reason = "only a test does that")]
    pub fn kill(&self) -> Result<usize, String> {
        let file = std::fs::read_to_string(self.data().join("postmaster.pid")).map_err(|e| e.to_string())?;
        let first = file.lines().next().unwrap_or_default().trim().to_string();
        // It begins no further process while those that there are are looked for.
        signal("STOP", std::slice::from_ref(&first))?;
        let mut processes = children(&first);
        processes.push(first);
        signal("KILL", &processes)?;
        Ok(processes.len())
    }

    /// Starts it again after it was killed.
    ///
    /// # Errors
    /// What it said.
    #[allow(dead_code, reason = "only a test does that")]
    pub fn restart(&self) -> Result<(), String> {
        // The number in them may be that of another process by now, or of one that nobody has taken leave of.
        for file in [self.data().join("postmaster.pid"), self.folder.join(".s.PGSQL.5432.lock")] {
            let _ = std::fs::remove_file(file);
        }
        let mut end = String::new();
        // It refuses while a process of before still has its memory.
        for _ in 0..50 {
            match self.run() {
                Ok(()) => return Ok(()),
                Err(said) => end = said,
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        Err(end)
    }
}

/// The processes that a process has begun, where the system tells that in `/proc`.
fn children(parent: &str) -> Vec<String> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    let names = processes.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let begun = |process: &String| {
        let told = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // Behind the name, which may hold anything in its brackets, come the state and the parent.
        told.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)) == Some(parent)
    };
    names.filter(|name| name.bytes().all(|b| b.is_ascii_digit())).filter(begun).collect()
}

fn signal(name: &str, processes: &[String]) -> Result<(), String> {
    let line = format!("kill -{name} {}", processes.join(" "));
    let done = Command::new("sh").args(["-c", &line]).output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    // One of them may have ended by itself.
    if done.status.success() || processes.len() > 1 { Ok(()) } else { Err(said) }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = command(&self.programs.join("pg_ctl"));
        stop.arg("-D").arg(self.data()).args(["-m", "immediate", "stop"]);
        let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
