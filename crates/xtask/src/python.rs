//! Programs from the Python package index, each in an environment of its own below `target`.

use crate::failure::{Failure, Outcome};
use crate::{programs, source};
use std::path::{Path, PathBuf};

/// The program that attacks an API by its document, and the version that the tests were written against.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Where Schemathesis is; installs it the first time. None where there is no Python, or no package index.
pub(crate) fn schemathesis() -> Option<PathBuf> {
    let place = source::project_root()
        .ok()?
        .join("target/python")
        .join(SCHEMATHESIS.replace("==", "-"));
    let program = place.join("bin/schemathesis");
    if !program.is_file()
        && let Err(failure) = install(&place)
    {
        println!("cannot install {SCHEMATHESIS}: {failure}");
        return None;
    }
    program.is_file().then_some(program)
}

fn install(place: &Path) -> Outcome {
    if !programs::succeeds(&["python3", "-m", "venv", "--help"]) {
        return Err(Failure::new("there is no Python that makes environments"));
    }
    let folder = place.display().to_string();
    programs::run(programs::program(&["python3", "-m", "venv", "--clear", &folder])?)?;
    let pip = place.join("bin/pip").display().to_string();
    let quiet = ["install", "--quiet", "--disable-pip-version-check"];
    programs::run(programs::program(
        &[&[pip.as_str()], &quiet[..], &[SCHEMATHESIS]].concat(),
    )?)
}
