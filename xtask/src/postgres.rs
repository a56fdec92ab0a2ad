//! A PostgreSQL of one's own for the tests: in a folder that is gone afterwards, on a socket that nobody else has.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A server that runs until it is dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    /// Where it is reached: `host=… user=…`.
    pub url: String,
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
    on_path.or_else(debian)
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
        let Some(programs) = programs() else { return Ok(None) };
        // The path of a socket is short, and somebody else has to reach it: a folder of one's own may be neither.
        let shared = Path::new("/tmp");
        let folder = if shared.is_dir() { shared.to_path_buf() } else { std::env::temp_dir() };
        let folder = folder.join(format!("servanda-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        // Whoever runs the server has to be able to write there.
        let _ = Command::new("chown").arg("postgres").arg(&folder).stderr(Stdio::null()).status();
        let data = folder.join("data");
        let run = |mut command: Command| {
            let done = command.stdin(Stdio::null()).output().map_err(|e| e.to_string())?;
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            if done.status.success() { Ok(()) } else { Err(said) }
        };
        let mut initdb = command(&programs.join("initdb"));
        initdb.arg("-D").arg(&data).args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]);
        run(initdb)?;
        let mut start = command(&programs.join("pg_ctl"));
        let options = format!("-k {} -c listen_addresses= -c max_connections=300", folder.display());
        // Its output has to go to a file: the server keeps what it is given open.
        start
            .arg("-D")
            .arg(&data)
            .arg("-w")
            .arg("-o")
            .arg(&options)
            .arg("-l")
            .arg(folder.join("log"))
            .arg("start");
        let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !status.is_ok_and(|s| s.success()) {
            return Err(std::fs::read_to_string(folder.join("log")).unwrap_or_default());
        }
        let url = format!("host={} user=postgres", folder.display());
        Ok(Some(Postgres { programs, folder, url }))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = command(&self.programs.join("pg_ctl"));
        stop.arg("-D").arg(self.folder.join("data")).args(["-m", "immediate", "stop"]);
        let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
