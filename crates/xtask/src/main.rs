//! The house's own commands: `cargo xtask help` lists them.
//!
//! This crate knows no other crate of the house and has few dependencies, so that it compiles in seconds. It
//! starts programs, reads source text and prints what it finds.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command line tool for developers: it prints, reads the environment and waits for programs"
)]

mod bench;
mod borders;
mod check;
mod debian;
mod demo;
mod dev;
mod excuses;
mod failure;
mod locales;
mod packages;
mod postgres;
mod programs;
mod routes;
mod rules;
mod screenshots;
mod sizes;
mod source;
mod sql;
mod suite;
mod tokens;

use failure::{Failure, Outcome};
use std::process::ExitCode;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        arguments: "[--no-check] [filter…]",
        about: "check, then every test on both databases",
        run: suite::test,
    },
    Command {
        name: "check",
        arguments: "",
        about: "formatting, lints and all house rules",
        run: check::all,
    },
    Command {
        name: "ci",
        arguments: "",
        about: "what continuous integration runs: check and test, nothing skipped",
        run: suite::ci,
    },
    Command {
        name: "borders",
        arguments: "",
        about: "which crate and which feature may know which",
        run: |_| rules::run("borders"),
    },
    Command {
        name: "sizes",
        arguments: "",
        about: "how long files and functions are",
        run: |_| rules::run("sizes"),
    },
    Command {
        name: "sql",
        arguments: "",
        about: "what statements and migrations may say",
        run: |_| rules::run("sql"),
    },
    Command {
        name: "locales",
        arguments: "",
        about: "words in every language, and none outside them",
        run: |_| rules::run("locales"),
    },
    Command {
        name: "routes",
        arguments: "",
        about: "one table of addresses, each with its access",
        run: |_| rules::run("routes"),
    },
    Command {
        name: "packages",
        arguments: "",
        about: "licences, bans, origin and number of what we link",
        run: packages::check,
    },
    Command {
        name: "dev",
        arguments: "[arguments…]",
        about: "the demo, built again and restarted at every change",
        run: dev::run,
    },
    Command {
        name: "screenshots",
        arguments: "[--out DIR]",
        about: "every page in both themes and four widths",
        run: screenshots::run,
    },
    Command {
        name: "bench",
        arguments: "[NAME [arguments…]]",
        about: "how fast it is",
        run: bench::bench,
    },
    Command {
        name: "torture",
        arguments: "[NAME [arguments…]]",
        about: "what it survives",
        run: bench::torture,
    },
    Command {
        name: "postgres",
        arguments: "[-- command…]",
        about: "a private PostgreSQL until Ctrl-C, or around a command",
        run: postgres::command,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        help();
        return ExitCode::SUCCESS;
    };
    let outcome = match name.as_str() {
        "help" | "--help" | "-h" => {
            help();
            Ok(())
        }
        postgres::HOLDER => postgres::hold(rest),
        _ => match COMMANDS.iter().find(|command| command.name == name) {
            Some(command) => (command.run)(rest),
            None => Err(Failure::new(format!(
                "no command `{name}`; `cargo xtask help` lists them"
            ))),
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn help() {
    println!("cargo xtask <command>\n");
    for command in COMMANDS {
        println!(
            "  {:<38} {}",
            format!("{} {}", command.name, command.arguments),
            command.about
        );
    }
}
