//! Programs from the Python package index, each in an environment of its own below `target`.

use crate::failure::{Failure, Outcome, While};
use crate::{programs, source};
use std::path::{Path, PathBuf};

/// A package in the version that the tests were written against, and the program of its environment that they start.
struct Package {
    requirement: &'static str,
    program: &'static str,
}

/// What attacks an API by its document.
const SCHEMATHESIS: Package = Package {
    requirement: "schemathesis==4.32.5",
    program: "bin/schemathesis",
};

/// What receivers of webhooks check signatures with: a library, so its program is the interpreter.
const STANDARD_WEBHOOKS: Package = Package {
    requirement: "standardwebhooks==1.1.0",
    program: "bin/python3",
};

/// What sends usage events from Python: a library, so its program is the interpreter.
const ANALYTICS: Package = Package {
    requirement: "segment-analytics-python==2.4.0",
    program: "bin/python3",
};

/// What reads the files of the lake without knowing us: a library, so its program is the interpreter.
const DUCKDB: Package = Package {
    requirement: "duckdb==1.5.6",
    program: "bin/python3",
};

/// Where Schemathesis is; installs it the first time. None where there is no Python, or no package index.
pub(crate) fn schemathesis() -> Option<PathBuf> {
    SCHEMATHESIS.found()
}

/// Where the Python is that has the library of Standard Webhooks; as of [`schemathesis`].
pub(crate) fn standard_webhooks() -> Option<PathBuf> {
    STANDARD_WEBHOOKS.found()
}

/// Where the Python is that has Segment's library; as of [`schemathesis`].
pub(crate) fn analytics() -> Option<PathBuf> {
    ANALYTICS.found()
}

/// Where the Python is that has DuckDB; as of [`schemathesis`].
pub(crate) fn duckdb() -> Option<PathBuf> {
    DUCKDB.found()
}

impl Package {
    fn found(&self) -> Option<PathBuf> {
        let place = source::project_root()
            .ok()?
            .join("target/python")
            .join(self.requirement.replace("==", "-"));
        // Written last: an environment without it is one whose installation was cut short.
        let mark = place.join("installed");
        if !mark.is_file()
            && let Err(failure) = self.install(&place).and_then(|()| finish(&mark))
        {
            println!("cannot install {}: {failure}", self.requirement);
            return None;
        }
        let program = place.join(self.program);
        program.is_file().then_some(program)
    }

    fn install(&self, place: &Path) -> Outcome {
        if !programs::succeeds(&["python3", "-m", "venv", "--help"]) {
            return Err(Failure::new("there is no Python that makes environments"));
        }
        let folder = place.display().to_string();
        programs::run(programs::program(&["python3", "-m", "venv", "--clear", &folder])?)?;
        let pip = place.join("bin/pip").display().to_string();
        let quiet = ["install", "--quiet", "--disable-pip-version-check"];
        programs::run(programs::program(
            &[&[pip.as_str()], &quiet[..], &[self.requirement]].concat(),
        )?)
    }
}

fn finish(mark: &Path) -> Outcome {
    std::fs::write(mark, "").while_trying(format!("write {}", mark.display()))
}
