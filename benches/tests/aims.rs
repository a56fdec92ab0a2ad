//! The aims of recognition hold on the suites of the folder that the environment names.

#![allow(clippy::disallowed_methods, reason = "the folder of the suites is named by the environment")]

#[test]
fn recognition_reaches_its_aims() {
    let Some(shared) = std::env::var_os("SERVANDA_SHARED") else {
        assert!(std::env::var("SERVANDA_REQUIRE").as_deref() != Ok("all"), "SERVANDA_SHARED is not set");
        eprintln!("left out: SERVANDA_SHARED is not set; it names a folder with the suites");
        return;
    };
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_recognition"))
        .arg("--shared")
        .arg(shared)
        .arg("--check")
        .output()
        .expect("the command runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
