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

use testkit::torture::{WriteTorment, by_hand, number, write_until_killed};

#[tokio::main]
async fn main() -> ExitCode {
    let worker = async |location: String| write_until_killed(&location).await;
    by_hand(worker, async |arguments, place| {
        let torment = WriteTorment {
            place,
            kills: number(arguments, "--kills", 200),
            crashes_server: true,
            seed: number(arguments, "--seed", 1) as u64,
            program: std::env::current_exe().unwrap(),
        };
        let outcome = torment.run().await?;
        println!("{place:?}: {outcome}");
        Some(outcome.is_good())
    })
    .await
}
