//! Tests that this machine cannot run.

/// Says that a test can't do its work on this machine.
///
/// # Panics
/// In CI, where nothing is skipped.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test that is skipped says so, and CI skips none"
)]
pub fn skip(why: &str) {
    assert!(
        std::env::var_os("CI").is_none(),
        "in CI nothing is skipped: {why}"
    );
    println!("skipped: {why}");
}
