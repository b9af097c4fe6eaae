//! Kills workers at random moments and counts what became of their jobs.
//!
//! `TANDEM_TEST_POSTGRES=postgres://… cargo run --release -p kit --example torture_jobs -- --kills 200 --seed 1`: on SQLite
//! and on PostgreSQL. Fails when a job was lost or had its effect twice.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test by hand: it prints and ends where something is wrong"
)]

use std::process::ExitCode;

use testkit::torture::{Torment, by_hand, number, serve};

#[tokio::main]
async fn main() -> ExitCode {
    let worker = async |location: String| serve(&location).await;
    by_hand(worker, async |arguments, place| {
        let torment = Torment {
            place,
            kills: number(arguments, "--kills", 200),
            seed: number(arguments, "--seed", 1) as u64,
            program: std::env::current_exe().unwrap(),
        };
        let outcome = torment.run().await?;
        println!("{place:?}: {outcome}");
        Some(outcome.is_good())
    })
    .await
}
