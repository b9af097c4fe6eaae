//! Kills writers, and PostgreSQL's own processes, in the middle of their commits and counts what is stored.
//!
//! `TANDEM_TEST_POSTGRES=postgres://… cargo run --release -p kit --example torture_db -- --kills 1000 --seed 1`: on SQLite
//! and on PostgreSQL. Fails when an acknowledged write is lost or one is stored by half.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test by hand: it prints and ends where something is wrong"
)]

use std::process::ExitCode;

use testkit::Place;
use testkit::torture::{WriteTorment, number, write_until_killed};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, location] = &arguments[..]
        && word == "worker"
    {
        write_until_killed(location).await;
    }
    let mut is_good = true;
    for place in [Place::Sqlite, Place::Postgres] {
        let torment = WriteTorment {
            place,
            kills: number(&arguments, "--kills", 200),
            crashes_server: true,
            seed: number(&arguments, "--seed", 1) as u64,
            program: std::env::current_exe().unwrap(),
        };
        if let Some(outcome) = torment.run().await {
            println!("{place:?}: {outcome}");
            is_good &= outcome.is_good();
        }
    }
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
