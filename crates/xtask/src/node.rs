//! Packages from npm, each in a folder of its own below `target`.

use crate::failure::{Outcome, While};
use crate::{programs, source};
use std::path::{Path, PathBuf};

/// A package in the version that the tests were written against, and the folder in which it stands.
struct Package {
    name: &'static str,
    folder: &'static str,
}

/// Segment's SDK for Node.js.
const ANALYTICS: Package = Package {
    name: "@segment/analytics-node@3.1.0",
    folder: "analytics-node-3.1.0",
};
/// Segment's SDK for browsers.
const BROWSER: Package = Package {
    name: "@segment/analytics-next@1.84.3",
    folder: "analytics-next-1.84.3",
};
/// What pages load of it.
const BUNDLE: &str = "node_modules/@segment/analytics-next/dist/umd/index.js";

/// The folder in which Node.js finds Segment's SDK; installs it the first time. None where there is no npm, or no
/// registry.
pub(crate) fn analytics() -> Option<PathBuf> {
    ANALYTICS.installed()
}

/// The script of Segment's SDK that pages load, as [`analytics`].
pub(crate) fn browser() -> Option<PathBuf> {
    BROWSER.installed().map(|place| place.join(BUNDLE))
}

impl Package {
    fn installed(&self) -> Option<PathBuf> {
        let place = source::project_root().ok()?.join("target/node").join(self.folder);
        // Written last: a folder without it is one whose installation was cut short.
        let mark = place.join("installed");
        if !mark.is_file()
            && let Err(failure) = self.install(&place).and_then(|()| finish(&mark))
        {
            println!("cannot install {}: {failure}", self.name);
            return None;
        }
        Some(place)
    }

    fn install(&self, place: &Path) -> Outcome {
        std::fs::create_dir_all(place).while_trying(format!("make {}", place.display()))?;
        let folder = place.display().to_string();
        let quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"];
        let line = [
            &["npm", "install", "--prefix", folder.as_str()],
            &quiet[..],
            &[self.name],
        ]
        .concat();
        programs::run(programs::program(&line)?)
    }
}

fn finish(mark: &Path) -> Outcome {
    std::fs::write(mark, "").while_trying(format!("write {}", mark.display()))
}
