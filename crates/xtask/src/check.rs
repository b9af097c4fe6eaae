//! Everything about the source that can be checked without running it.

use crate::failure::Outcome;
use crate::{packages, programs, rules};

/// `cargo xtask check`: the quick rules first, so that a breach shows before the long compile.
pub(crate) fn all(_: &[String]) -> Outcome {
    let formatted = programs::run(programs::cargo(&["fmt", "--all", "--check"])?);
    let beside = ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"];
    let formatted = formatted.and(programs::run(programs::cargo(&beside)?));
    let (ruled, packaged) = (rules::run_all(), packages::check(&[]));
    formatted.and(ruled).and(packaged)?;
    if programs::succeeds(&["cargo", "deny", "--version"]) {
        // Advisories need the network, so they are asked for by hand.
        let offline = ["deny", "--offline", "check", "bans", "licenses", "sources"];
        programs::run(programs::cargo(&offline)?)?;
    }
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--quiet"];
    programs::run(programs::cargo(
        &[&clippy[..], &["--", "-D", "warnings"]].concat(),
    )?)
}
