//! `bench NAME` and `torture NAME`: long programs beside the tests, each with a private PostgreSQL if its crate knows databases.
//!
//! A program is an example of any crate named `bench_NAME` or `torture_NAME`; to add one, write the file. It finds
//! PostgreSQL's URL in `TANDEM_BENCH_POSTGRES` or, to make databases as tests do, in `TANDEM_TEST_POSTGRES`; an example
//! of `server` finds the built product in `TANDEM_BENCH_BINARY`, and ChromeDriver, mail servers and libfaketime, if there
//! are any, where tests do.

use crate::failure::{Failure, Outcome};
use crate::mail::PrivateMail;
use crate::postgres::{Durability, PrivatePostgres};
use crate::source::{self, SourceFile, Sources};
use crate::{debian, programs};
use std::process::Command;

const POSTGRES: [&str; 2] = ["TANDEM_BENCH_POSTGRES", "TANDEM_TEST_POSTGRES"];
/// The crate whose programs need no database.
const WITHOUT_DATABASE: &str = "mail";
const BINARY: &str = "TANDEM_BENCH_BINARY";
const CHROMEDRIVER: &str = "TANDEM_TEST_CHROMEDRIVER";
const FAKETIME: &str = "TANDEM_TEST_FAKETIME";
/// How the programs are called that torment the product with mail: they get real mail servers and another clock, where there
/// are any.
const WITH_MAIL: &str = "mail-";

/// One kind of program.
struct Kind {
    name: &'static str,
    durability: Durability,
}

/// `cargo xtask bench [NAME [arguments…]]`: how fast it is, with everything forced to disk as in production.
pub(crate) fn bench(arguments: &[String]) -> Outcome {
    run(
        &Kind {
            name: "bench",
            durability: Durability::Real,
        },
        arguments,
    )
}

/// `cargo xtask torture [NAME [arguments…]]`: what it survives. It is our processes that are killed, not
/// PostgreSQL, so nothing needs to reach the disk.
pub(crate) fn torture(arguments: &[String]) -> Outcome {
    run(
        &Kind {
            name: "torture",
            durability: Durability::Fast,
        },
        arguments,
    )
}

fn run(kind: &Kind, arguments: &[String]) -> Outcome {
    let root = source::project_root()?;
    let programs = found(kind, &Sources::read(&root)?);
    let Some((name, rest)) = arguments.split_first() else {
        for program in &programs {
            println!("  {:<10} {}", program.name, program.about);
        }
        return Ok(());
    };
    let program = programs.iter().find(|program| program.name == *name);
    let program = program.ok_or_else(|| {
        Failure::new(format!(
            "no {0} `{name}`; `cargo xtask {0}` lists them",
            kind.name
        ))
    })?;
    let postgres = if program.package == WITHOUT_DATABASE {
        None
    } else {
        debian::provide(&["PostgreSQL"]);
        Some(PrivatePostgres::start(kind.durability)?)
    };
    let example = format!("{}_{name}", kind.name);
    // One build of the program and of what measures it: in two, everything that they share would be built twice, with
    // other features each time.
    let mut build = vec!["build", "--release", "--workspace", "--example", &example];
    if program.package == "server" {
        build.extend(["--bin", "tandem"]);
    }
    programs::run(programs::cargo(&build)?)?;
    let built = programs::built(&root, "release");
    let mut running = Command::new(built.with_file_name("examples").join(&example));
    running.current_dir(&root).args(rest).env(BINARY, built);
    if let Some(postgres) = &postgres {
        running.envs(POSTGRES.map(|name| (name, postgres.url())));
    }
    if let Some(driver) = debian::find("ChromeDriver") {
        running.env(CHROMEDRIVER, driver);
    }
    let mail = mail_for(program)?;
    if let Some(mail) = &mail {
        running.envs(mail.variables().iter().map(|(name, value)| (name, value)));
    }
    if let Some(library) = debian::find("libfaketime") {
        running.env(FAKETIME, library);
    }
    programs::run(running)
}

/// Mail servers for those who want them.
fn mail_for(program: &Program) -> Result<Option<PrivateMail>, Failure> {
    if program.package != "server" || !program.name.starts_with(WITH_MAIL) {
        return Ok(None);
    }
    if debian::provide(&["Dovecot", "libfaketime"])
        .iter()
        .any(|need| need.name == "Dovecot")
    {
        return Ok(None);
    }
    PrivateMail::start().map(Some)
}

/// A program and the crate it is an example of.
#[derive(Debug, PartialEq, Eq)]
struct Program {
    name: String,
    package: String,
    about: String,
}

fn found(kind: &Kind, sources: &Sources) -> Vec<Program> {
    let files = sources.with_extension("rs");
    files.filter_map(|file| program(kind, file)).collect()
}

/// `crates/kit/examples/bench_db.rs`, or the `main.rs` of a folder of that name.
fn program(kind: &Kind, file: &SourceFile) -> Option<Program> {
    let below = file.path.strip_prefix("crates/")?.split_once("/examples/")?.1;
    let stem = below
        .strip_suffix("/main.rs")
        .or_else(|| below.strip_suffix(".rs"))?;
    let name = stem
        .strip_prefix(kind.name)?
        .strip_prefix('_')
        .filter(|name| !name.contains('/'))?;
    let about = file
        .text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .unwrap_or_default();
    let package = match file.crate_folder()? {
        "core" => "tandem-core",
        folder => folder,
    };
    Some(Program {
        name: name.to_owned(),
        package: package.to_owned(),
        about: about.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_an_example_named_by_its_kind() {
        let sources = Sources::of(&[
            (
                "crates/kit/examples/bench_db.rs",
                "//! The database layer against the bare drivers.\nfn main() {}",
            ),
            ("crates/core/examples/bench_events/main.rs", "fn main() {}"),
            ("crates/core/examples/bench_events/report.rs", "fn a() {}"),
            ("crates/kit/examples/torture_jobs.rs", "fn main() {}"),
            ("crates/kit/src/bench_not.rs", ""),
        ]);
        let found = found(
            &Kind {
                name: "bench",
                durability: Durability::Real,
            },
            &sources,
        );
        let listed: Vec<_> = found
            .iter()
            .map(|program| (program.name.as_str(), program.package.as_str()))
            .collect();
        assert_eq!(listed, [("db", "kit"), ("events", "tandem-core")]);
        assert_eq!(found[0].about, "The database layer against the bare drivers.");
    }
}
