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
mod directions;
mod excuses;
mod failure;
mod fuzz;
mod held;
mod locales;
mod mail;
mod node;
mod packages;
mod postgres;
mod programs;
mod python;
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
    command(
        "test",
        "[--no-check] [filter…]",
        "check, then every test on both databases",
        suite::test,
    ),
    command("check", "", "formatting, lints and all house rules", check::all),
    command("ci", "", "check and test, and nothing may be skipped", suite::ci),
    command(
        "borders",
        "",
        "which crate and which feature may know which",
        |_| rules::run("borders"),
    ),
    command("sizes", "", "how long files and functions are", |_| {
        rules::run("sizes")
    }),
    command("sql", "", "what statements and migrations may say", |_| {
        rules::run("sql")
    }),
    command(
        "locales",
        "",
        "words in every language, and none outside them",
        |_| rules::run("locales"),
    ),
    command(
        "routes",
        "",
        "one table of addresses, each with its access",
        |_| rules::run("routes"),
    ),
    command(
        "directions",
        "",
        "styles that can be read from right to left",
        |_| rules::run("directions"),
    ),
    command(
        "packages",
        "",
        "licences, bans, origin and number of what we link",
        packages::check,
    ),
    command(
        "dev",
        "[arguments…]",
        "the demo, built again and restarted at every change",
        dev::run,
    ),
    command(
        "screenshots",
        "[--out DIR] [name…]",
        "every page in both themes and three widths",
        screenshots::run,
    ),
    command(
        "bench",
        "[NAME [arguments…]]",
        "how fast it is; lists the programs without a name",
        bench::bench,
    ),
    command(
        "torture",
        "[NAME [arguments…]]",
        "what it survives; lists likewise",
        bench::torture,
    ),
    command(
        "fuzz",
        "[TARGET [MINUTES]]",
        "inputs that find what breaks it; lists likewise",
        fuzz::run,
    ),
    command(
        "postgres",
        "[-- command…]",
        "a private PostgreSQL until Ctrl-C, or around a command",
        postgres::command,
    ),
    command(
        "mail",
        "[-- command…]",
        "private Dovecot and Postfix, likewise",
        mail::command,
    ),
];

const fn command(
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
) -> Command {
    Command {
        name,
        arguments,
        about,
        run,
    }
}

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
        held::HOLDER => held::hold(rest),
        mail::HOLDER => mail::hold(rest),
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
