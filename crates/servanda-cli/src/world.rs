//! Everything outside the process: files, the clock, the terminal. The only room that touches them.

#![allow(clippy::disallowed_methods, reason = "the command's one door to the world")]

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// One of the standard streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Where lines come in.
    Input,
    /// Where data goes.
    Output,
    /// Where everything else goes.
    Error,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file, or something that reads like one.
    File,
    /// A folder.
    Folder,
}

/// How the reader of documents ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It answered.
    Answered(Vec<u8>),
    /// It was stopped, or stopped by itself: why.
    Stopped(String),
}

/// What commands may do to the world, so that tests can put another in its place.
pub trait World {
    /// What a path leads to; `None` where there is nothing.
    fn kind(&self, path: &Path) -> Option<Kind>;
    /// The bytes of a file.
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// What lies in a folder, by name.
    fn read_folder(&self, path: &Path) -> io::Result<Vec<PathBuf>>;
    /// A file to be read line by line.
    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead>>;
    /// Puts bytes in the place of a file, all or nothing. There may be no such file yet.
    fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes a folder that holds these files, all or nothing. There must be nothing at its path.
    fn create_folder(&self, path: &Path, files: &[(String, String)]) -> io::Result<()>;
    /// The present moment.
    fn now(&self) -> jiff::Timestamp;
    /// The time since the process began.
    fn elapsed(&self) -> Duration;
    /// Whether a person sits at a stream.
    fn is_terminal(&self, stream: Stream) -> bool;
    /// The columns of the terminal.
    fn columns(&self) -> Option<usize>;
    /// Whether the user wants no colours.
    fn no_colour(&self) -> bool;
    /// What comes in.
    fn input(&self) -> Box<dyn BufRead>;
    /// Gives a request to the reader of documents, which is this program once more, confined.
    fn contained(&self, request: Vec<u8>) -> io::Result<Ended>;
    /// Gives up what the reader of documents does not need: memory, time, files. There is no way back.
    fn confine(&self) -> io::Result<()>;
}

/// The world as it is.
pub struct Real {
    start: Instant,
}

impl Real {
    /// The world from now on.
    pub fn new() -> Real {
        Real { start: Instant::now() }
    }
}

impl World for Real {
    fn kind(&self, path: &Path) -> Option<Kind> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(if metadata.is_dir() { Kind::Folder } else { Kind::File })
    }

    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn read_folder(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths =
            std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead>> {
        Ok(Box::new(io::BufReader::new(std::fs::File::open(path)?)))
    }

    fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // A link stays a link: what it leads to is replaced.
        let path = match std::fs::canonicalize(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
            path => path?,
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let write = || {
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
            file.write_all(bytes)?;
            if let Ok(old) = std::fs::metadata(&path) {
                file.set_permissions(old.permissions())?;
            }
            file.sync_all()?;
            std::fs::rename(&beside, &path)
        };
        let done = write();
        if done.is_err() {
            // The old file is untouched; what was written beside it is of no use.
            let _ = std::fs::remove_file(&beside);
        }
        done
    }

    fn create_folder(&self, path: &Path, files: &[(String, String)]) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::create_dir(&beside)?;
        let write = || {
            for (name, text) in files {
                let mut file = std::fs::File::create_new(beside.join(name))?;
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
            }
            // Renaming onto an empty folder would succeed: it is somebody else's.
            if std::fs::symlink_metadata(path).is_ok() {
                return Err(io::Error::from(io::ErrorKind::AlreadyExists));
            }
            std::fs::rename(&beside, path)
        };
        let done = write();
        if done.is_err() {
            let _ = std::fs::remove_dir_all(&beside);
        }
        done
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn is_terminal(&self, stream: Stream) -> bool {
        match stream {
            Stream::Input => io::stdin().is_terminal(),
            Stream::Output => io::stdout().is_terminal(),
            Stream::Error => io::stderr().is_terminal(),
        }
    }

    fn columns(&self) -> Option<usize> {
        terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
    }

    fn no_colour(&self) -> bool {
        // https://no-color.org
        std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_some_and(|v| v == "dumb")
    }

    fn input(&self) -> Box<dyn BufRead> {
        Box::new(io::BufReader::new(io::stdin()))
    }

    fn contained(&self, request: Vec<u8>) -> io::Result<Ended> {
        crate::contain::run(request)
    }

    fn confine(&self) -> io::Result<()> {
        crate::contain::confine()
    }
}

#[cfg(test)]
pub mod fake {
    //! A world of a test's own.

    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;

    /// Files in memory, a person at the terminal who types what the test says, and a clock that stands.
    #[derive(Debug, Default)]
    pub struct Fake {
        /// Files by path; their folders are there as well.
        pub files: RefCell<BTreeMap<PathBuf, Vec<u8>>>,
        /// What the person types.
        pub typed: String,
        /// Whether a person sits at the terminal.
        pub terminal: bool,
        /// How the reader of documents ends, where it does not answer.
        pub ended: Option<Ended>,
    }

    impl Fake {
        /// A world with one file.
        pub fn with(path: &str, text: &str) -> Fake {
            let fake = Fake::default();
            fake.files.borrow_mut().insert(path.into(), text.into());
            fake
        }
    }

    fn not_found() -> io::Error {
        io::Error::from(io::ErrorKind::NotFound)
    }

    impl World for Fake {
        fn kind(&self, path: &Path) -> Option<Kind> {
            let files = self.files.borrow();
            if files.contains_key(path) {
                return Some(Kind::File);
            }
            files.keys().any(|f| f.starts_with(path)).then_some(Kind::Folder)
        }

        fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
            self.files.borrow().get(path).cloned().ok_or_else(not_found)
        }

        fn read_folder(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
            Ok(self.files.borrow().keys().filter(|f| f.parent() == Some(path)).cloned().collect())
        }

        fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead>> {
            Ok(Box::new(io::Cursor::new(self.read_file(path)?)))
        }

        fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            self.files.borrow_mut().insert(path.to_path_buf(), bytes.to_vec());
            Ok(())
        }

        fn create_folder(&self, path: &Path, files: &[(String, String)]) -> io::Result<()> {
            for (name, text) in files {
                self.replace_file(&path.join(name), text.as_bytes())?;
            }
            Ok(())
        }

        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn elapsed(&self) -> Duration {
            Duration::ZERO
        }

        fn is_terminal(&self, _: Stream) -> bool {
            self.terminal
        }

        fn columns(&self) -> Option<usize> {
            None
        }

        fn no_colour(&self) -> bool {
            true
        }

        fn input(&self) -> Box<dyn BufRead> {
            Box::new(io::Cursor::new(self.typed.clone().into_bytes()))
        }

        fn contained(&self, request: Vec<u8>) -> io::Result<Ended> {
            match &self.ended {
                Some(ended) => Ok(ended.clone()),
                None => Ok(Ended::Answered(crate::document::answer(&request))),
            }
        }

        fn confine(&self) -> io::Result<()> {
            Ok(())
        }
    }
}
