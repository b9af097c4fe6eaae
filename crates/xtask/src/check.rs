//! Everything about the source that can be checked without running it.

use crate::failure::Outcome;
use crate::{programs, rules};

/// `cargo xtask check`: the quick rules first, so that a breach shows before the long compile.
pub(crate) fn all(_: &[String]) -> Outcome {
    programs::run(programs::cargo(&["fmt", "--all", "--check"])?)?;
    rules::run_all()?;
    programs::run(programs::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ])?)
}
