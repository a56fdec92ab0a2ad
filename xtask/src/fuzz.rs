//! Fuzzing: every reader of untrusted bytes, for so many seconds each.

use std::path::Path;
use std::process::Command;

/// What the compiler has to put into the code for libFuzzer; a stable compiler can.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks";

/// The targets that read agreements: the examples are their seeds.
const AGREEMENTS: [&str; 2] = ["any_text_reads", "any_agreement_checks"];

/// Longest input, in bytes.
const LENGTH_MAX: u32 = 16_384;
/// Longest time for one input, in seconds: a longer one is a hang.
const TIMEOUT: u32 = 20;
/// Most memory, in mebibytes: more is a leak or a bomb.
const MEMORY_MAX: u32 = 3_072;

/// Replays the seeds of each target whose name contains one of `only` (all, if there is none), then fuzzes it.
///
/// Returns whether nothing was found. What was found lies in `fuzz/artifacts`.
pub fn fuzz(root: &Path, seconds: u32, only: &[&str]) -> bool {
    let folder = root.join("fuzz");
    // The same versions as everywhere, without a second list of them in the project.
    let lock = folder.join("Cargo.lock");
    if !lock.exists() && std::fs::copy(root.join("Cargo.lock"), &lock).is_err() {
        eprintln!("fuzz: cannot copy Cargo.lock into fuzz");
        return false;
    }
    let host = "x86_64-unknown-linux-gnu";
    let build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--target", host])
        .current_dir(&folder)
        .env("RUSTFLAGS", FLAGS)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .status();
    if !build.is_ok_and(|status| status.success()) {
        eprintln!("fuzz: the targets do not build");
        return false;
    }
    let mut targets: Vec<String> = std::fs::read_dir(folder.join("fuzz_targets"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.path().file_stem()?.to_str().map(str::to_owned))
        .filter(|name| only.is_empty() || only.iter().any(|part| name.contains(part)))
        .collect();
    targets.sort();
    let mut clean = !targets.is_empty();
    for target in targets {
        println!("== fuzz {target}: {seconds} s");
        let corpus = folder.join("corpus").join(&target);
        let artifacts = folder.join("artifacts").join(&target);
        let seeds = folder.join("seeds").join(&target);
        for made in [&corpus, &artifacts] {
            let _ = std::fs::create_dir_all(made);
        }
        let mut command = Command::new(folder.join("target").join(host).join("release").join(&target));
        command.arg(&corpus);
        if seeds.is_dir() {
            command.arg(&seeds);
        }
        if AGREEMENTS.contains(&target.as_str()) {
            command.arg(root.join("examples"));
        }
        command
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={LENGTH_MAX}"))
            .arg(format!("-timeout={TIMEOUT}"))
            .arg(format!("-rss_limit_mb={MEMORY_MAX}"))
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .args(["-print_final_stats=1", "-verbosity=0", "-print_funcs=0"])
            .current_dir(&folder);
        let found_nothing = command.status().is_ok_and(|status| status.success());
        println!("== fuzz {target}: {}", if found_nothing { "nothing found" } else { "FOUND" });
        clean &= found_nothing;
    }
    clean
}
