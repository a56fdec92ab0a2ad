//! The process that reads documents: this program once more, with little memory, little time and no files.
//!
//! Whatever a document makes of the code that parses it, what can come of it is an answer that is too long, too late or
//! none. The process is started without arguments of the user's and without an environment.

#![allow(clippy::disallowed_methods, reason = "the one place that starts the document reader")]

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::world::Ended;

/// The verb of the reader.
pub const VERB: &str = "document-reader";

/// How long the caller waits.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of an answer that are taken.
const ANSWER_BYTES_MAX: u64 = 96 << 20;

#[cfg(unix)]
mod bounds {
    /// Bytes of address space, the stack of the working thread among them.
    pub const MEMORY: u64 = 1 << 30;
    /// Seconds of computing until it is told to stop; a second later it is stopped.
    pub const SECONDS: u64 = 20;
    /// Open files: the three streams, and a few that the system needs.
    pub const FILES: u64 = 16;
}

/// What the caller waits for at most.
struct Bounds {
    patience: Duration,
    answer_bytes: u64,
}

/// Starts the reader, gives it the request, and takes its answer within bounds.
///
/// # Errors
/// The process cannot be started.
pub fn run(request: Vec<u8>) -> io::Result<Ended> {
    let mut reader = Command::new(std::env::current_exe()?);
    // The allocator takes address space as it needs it, and not beforehand.
    reader.arg(VERB).env_clear().env("MIMALLOC_ARENA_RESERVE", "0").env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
    supervise(&mut reader, request, &Bounds { patience: PATIENCE, answer_bytes: ANSWER_BYTES_MAX })
}

fn supervise(reader: &mut Command, request: Vec<u8>, bounds: &Bounds) -> io::Result<Ended> {
    let most = bounds.answer_bytes;
    let mut child = reader.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A reader that has seen enough closes its end: no fault of ours.
        std::thread::spawn(move || {
            let _ = input.write_all(&request);
        });
    }
    let (sender, receiver) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut answer = Vec::new();
            let read = output.take(most + 1).read_to_end(&mut answer);
            // Nobody listens any more where the time is over.
            let _ = sender.send(read.map(|_| answer));
        });
    }
    let answer = receiver.recv_timeout(bounds.patience);
    Ok(match answer {
        Ok(Ok(answer)) if answer.len() as u64 > most => {
            stop(&mut child)?;
            Ended::Stopped(format!("its answer has more than {most} bytes"))
        }
        Ok(Ok(answer)) => match wait(&mut child)? {
            Some(status) if status.success() => Ended::Answered(answer),
            Some(status) => Ended::Stopped(cause(status)),
            None => Ended::Stopped("it answered and did not end".to_string()),
        },
        Ok(Err(error)) => {
            stop(&mut child)?;
            Ended::Stopped(error.to_string())
        }
        Err(_) => {
            stop(&mut child)?;
            Ended::Stopped(format!("it took more than {} seconds", bounds.patience.as_secs()))
        }
    })
}

/// How a child ended that has closed its output; `None` where it had to be stopped.
fn wait(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    const STEP: Duration = Duration::from_millis(2);
    const STEPS: u32 = 1_000;
    for _ in 0..STEPS {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(STEP);
    }
    stop(child)?;
    Ok(None)
}

fn stop(child: &mut Child) -> io::Result<()> {
    // It may have ended by itself meanwhile.
    let _ = child.kill();
    child.wait().map(|_| ())
}

/// Why a reader ended that did not end well.
fn cause(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        /// Numbers of signals that all Unix systems share.
        const ABORT: i32 = 6;
        const KILL: i32 = 9;
        const SEGMENT: i32 = 11;
        const TIME: i32 = 24;
        return match signal {
            ABORT => "it needed more memory than it may have".to_string(),
            TIME | KILL => format!("it needed more than {} seconds of computing", bounds::SECONDS),
            SEGMENT => "it broke off (signal 11)".to_string(),
            signal => format!("it was ended by signal {signal}"),
        };
    }
    match status.code() {
        Some(code) => format!("it failed with exit code {code}"),
        None => "it failed".to_string(),
    }
}

/// Gives up memory, time, files and core dumps; for the reader alone.
///
/// # Errors
/// A limit that the system does not take. Systems other than Linux do not know all of them, and may leave them out.
#[cfg(unix)]
pub fn confine() -> io::Result<()> {
    use rlimit::Resource;

    let limits = [
        (Resource::AS, bounds::MEMORY, bounds::MEMORY),
        (Resource::CPU, bounds::SECONDS, bounds::SECONDS + 1),
        (Resource::CORE, 0, 0),
        (Resource::FSIZE, 0, 0),
        (Resource::NOFILE, bounds::FILES, bounds::FILES),
    ];
    for (resource, soft, hard) in limits {
        let set = rlimit::getrlimit(resource).and_then(|(_, most)| {
            let hard = hard.min(most);
            rlimit::setrlimit(resource, soft.min(hard), hard)
        });
        if cfg!(target_os = "linux") {
            set?;
        }
    }
    Ok(())
}

/// Systems other than Unix have no such limits: there the caller's bounds on time and answer are all.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn confine() -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// How a script ends that stands for the reader.
    fn ended(script: &str, request: Vec<u8>, seconds: u64) -> Ended {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", script]);
        let bounds = Bounds { patience: Duration::from_secs(seconds), answer_bytes: 1 << 20 };
        supervise(&mut shell, request, &bounds).unwrap()
    }

    #[test]
    fn an_answer_is_taken_whatever_the_length_of_the_request() {
        let request = vec![b'x'; 1 << 20];
        assert_eq!(ended("exec cat", request.clone(), 60), Ended::Answered(request.clone()));
        assert_eq!(ended("echo no", vec![b'x'; 8 << 20], 60), Ended::Answered(b"no\n".to_vec()));
    }

    #[test]
    fn a_reader_that_does_not_answer_is_stopped() {
        for (script, seconds, told) in [
            ("exec sleep 600", 1, "took more than 1 seconds"),
            ("exec yes", 60, "more than 1048576 bytes"),
            ("exec >&-; exec sleep 600", 60, "did not end"),
            ("kill -ABRT $$", 60, "memory"),
            ("kill -XCPU $$", 60, "20 seconds of computing"),
            ("kill -SEGV $$", 60, "signal 11"),
            ("exit 101", 60, "exit code 101"),
        ] {
            let ended = ended(script, Vec::new(), seconds);
            assert!(matches!(&ended, Ended::Stopped(why) if why.contains(told)), "{script}: {ended:?}");
        }
    }
}
