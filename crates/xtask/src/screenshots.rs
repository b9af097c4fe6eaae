//! `cargo xtask screenshots`: every stop of the tour in light and dark and in three widths, and sheets that show them.
//!
//! The work is done by the example `screenshots` of `server`, which knows the tour and drives the browser.

use crate::failure::{Failure, Outcome};
use crate::{debian, demo, programs, source};
use std::path::PathBuf;

/// What the example reads, as the browser tests and the benches do.
const CHROMEDRIVER: &str = "TANDEM_TEST_CHROMEDRIVER";
const BINARY: &str = "TANDEM_BENCH_BINARY";

/// `cargo xtask screenshots [--out DIR] [name…]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let root = source::project_root()?;
    let (out, names) = wish(arguments)?;
    debian::provide(&["Chromium", "ChromeDriver"]);
    let driver =
        debian::find("ChromeDriver").ok_or_else(|| Failure::new("this machine has no ChromeDriver"))?;
    demo::build()?;
    let mut cargo = programs::cargo(&["run", "-p", "server", "--example", "screenshots", "--"])?;
    cargo
        .arg(root.join(out))
        .args(names)
        .env(CHROMEDRIVER, driver)
        .env(BINARY, programs::built(&root, "debug"));
    programs::run(cargo)
}

/// Where the pictures go, and of which stops they are; of all when none is named.
fn wish(arguments: &[String]) -> Result<(PathBuf, &[String]), Failure> {
    match arguments {
        [option, folder, names @ ..] if option == "--out" => Ok((folder.into(), names)),
        names if names.iter().all(|name| !name.starts_with('-')) => {
            Ok((PathBuf::from("target").join("screenshots"), names))
        }
        _ => Err(Failure::new(
            "screenshots takes `--out DIR` and names of stops only",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_and_stops_may_be_named() {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(wish(&[]).unwrap().0, PathBuf::from("target/screenshots"));
        assert_eq!(wish(&words("--out a home work")).unwrap().1, ["home", "work"]);
        assert_eq!(wish(&words("home")).unwrap().1, ["home"]);
        assert!(wish(&words("--fast")).is_err());
    }
}
