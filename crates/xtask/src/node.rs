//! Packages from npm, each in a folder of its own below `target`.

use crate::failure::{Outcome, While};
use crate::{programs, source};
use std::path::{Path, PathBuf};

/// Segment's SDK for Node.js, in the version that the tests were written against.
const ANALYTICS: &str = "@segment/analytics-node@3.1.0";

/// The folder in which Node.js finds Segment's SDK; installs it the first time. None where there is no npm, or no
/// registry.
pub(crate) fn analytics() -> Option<PathBuf> {
    let place = source::project_root()
        .ok()?
        .join("target/node/analytics-node-3.1.0");
    // Written last: a folder without it is one whose installation was cut short.
    let mark = place.join("installed");
    if !mark.is_file()
        && let Err(failure) = install(&place).and_then(|()| finish(&mark))
    {
        println!("cannot install {ANALYTICS}: {failure}");
        return None;
    }
    Some(place)
}

fn install(place: &Path) -> Outcome {
    std::fs::create_dir_all(place).while_trying(format!("make {}", place.display()))?;
    let folder = place.display().to_string();
    let quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"];
    let line = [
        &["npm", "install", "--prefix", folder.as_str()],
        &quiet[..],
        &[ANALYTICS],
    ]
    .concat();
    programs::run(programs::program(&line)?)
}

fn finish(mark: &Path) -> Outcome {
    std::fs::write(mark, "").while_trying(format!("write {}", mark.display()))
}
